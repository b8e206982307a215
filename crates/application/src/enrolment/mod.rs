//! Registration: asking for a seat, giving it up, answering an offer, and the coordinator's hand.
//!
//! Each use case takes the session's row, asks `domain::enrolment` what follows, and stores that with its letters and its events in one
//! transaction.

mod by_key;
mod letters;
mod propose;
mod read;
mod register;
mod reseat;
mod seats;
mod standing;
mod turn;

use domain::enrolment::{Advice, Decision, Refusal, Request};
use domain::id::{EnrolmentId, PersonId, ProgrammeId, SessionId};
use store::Connection;
use store::session::SessionRow;

use crate::access::{Action, Actor, Resource, authorise};
use crate::{App, Error, Refused, Result};

pub use by_key::{KeyedEnrolment, act_by_key, by_key};
pub use letters::{
    Call, Invited, Letter, ToTell, invite, invited, people_to_phone, phoned, remind, take_up,
};
pub(crate) use propose::{propose_in, take_back_in};
pub use read::{get, of_session};
pub use register::{MOST_PEOPLE, name_of, register, register_in, register_own};
pub(crate) use reseat::{SeatChange, reseat_in};
pub(crate) use seats::{Seats, instant};
pub use standing::{Standing, standing};
pub(crate) use turn::Turns;

/// Through what a seat was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The public pages, by the participant.
    Web,
    /// The participant's call, entered by a coordinator.
    Phone,
    /// A referent, for somebody of their territory.
    Referent,
    /// The coordinator's own decision.
    Coordinator,
    /// A program.
    Api,
    /// The publication of a plan.
    Plan,
}

impl Origin {
    /// As stored.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Phone => "phone",
            Self::Referent => "referent",
            Self::Coordinator => "coordinator",
            Self::Api => "api",
            Self::Plan => "plan",
        }
    }
}

/// The answer to one person's request.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The person.
    pub person: PersonId,
    /// The enrolment, unless refused.
    pub enrolment: Option<EnrolmentId>,
    /// Seat, waiting list or refusal.
    pub decision: Decision,
    /// What would be good to do first.
    pub advice: Vec<Advice>,
}

/// Asks for seats in a session for people who are known already, all in one go: seats first to as many as fit, the rest waits.
///
/// # Errors
/// [`Error::NotFound`], and what [`authorise`] says. A rule that says no is an answer, not an error.
pub async fn request(
    app: &App,
    actor: &Actor,
    session: &str,
    people: &[PersonId],
    origin: Origin,
) -> Result<Vec<Answer>> {
    let mut tx = app.write().await?;
    let answers = request_in(app, &mut tx, actor, session, people, origin).await?;
    tx.commit().await?;
    Ok(answers)
}

/// The same within a transaction that has more to do (making the people's records, say).
pub async fn request_in(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    session: &str,
    people: &[PersonId],
    origin: Origin,
) -> Result<Vec<Answer>> {
    let mut in_order: Vec<_> = people.to_vec();
    in_order.sort_unstable();
    in_order.dedup();
    for person in &in_order {
        tx.lock(store::Lock::Person, *person).await?;
    }
    let mut seats = Seats::load(tx, session).await?;
    authorise_request(app, tx, actor, people, &seats).await?;
    let mut requests = Vec::with_capacity(people.len());
    for person in people.iter().copied() {
        let review = seats.review(tx, person).await?;
        requests.push(Request {
            id: app.new_id(),
            person,
            review,
        });
    }
    let advice: Vec<_> = requests
        .iter()
        .map(|request| request.review.advice.clone())
        .collect();
    let outcome = seats
        .roster
        .request_group(&requests, app.now(), &seats.policy);
    seats
        .store(app, tx, actor, &outcome.changed.changes, origin)
        .await?;
    let answers = requests.iter().zip(advice).zip(outcome.decisions).map(
        |((request, advice), (person, decision))| {
            let refused = matches!(decision, Decision::Refused { .. });
            Answer {
                person,
                enrolment: (!refused).then_some(request.id),
                decision,
                advice,
            }
        },
    );
    Ok(answers.collect())
}

/// What a participant or the desk does to an enrolment that exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// Give up the seat or the wait.
    Withdraw,
    /// Take the seat held out.
    Accept,
    /// Leave it to the next.
    Decline,
}

/// Carries out a move on an enrolment, by its participant or by the desk.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Refused`] with the rule's sentence, and what [`authorise`] says.
pub async fn act(app: &App, actor: &Actor, enrolment: &str, what: Move) -> Result<()> {
    let mut tx = app.write().await?;
    let row = store::enrolment::get(&mut tx, enrolment)
        .await?
        .ok_or(Error::NotFound)?;
    let mut seats = Seats::load(&mut tx, &row.session_id).await?;
    authorise_for_enrolment(app, &mut tx, actor, &row.person_id, &seats.session).await?;
    let id: EnrolmentId = parse(&row.id)?;
    let changed = match what {
        Move::Withdraw => seats.roster.withdraw(id, app.now(), &seats.policy),
        Move::Accept => seats.roster.accept(id, app.now(), &seats.policy),
        Move::Decline => seats.roster.decline(id, app.now(), &seats.policy),
    };
    let changed = changed.map_err(|refusal| refused(&refusal))?;
    seats
        .store(app, &mut tx, actor, &changed.changes, Origin::Web)
        .await?;
    tx.commit().await?;
    Ok(())
}

/// Ends an active enrolment inside the caller's transaction, which has authorised the caller: the seat goes to whoever is next. Answers whether
/// it could be ended; what is over already (held, cancelled) stays as it was.
pub(crate) async fn withdraw_in(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    enrolment: &str,
) -> Result<bool> {
    let row = store::enrolment::get(tx, enrolment)
        .await?
        .ok_or(Error::NotFound)?;
    let mut seats = Seats::load(tx, &row.session_id).await?;
    match seats
        .roster
        .withdraw(parse(&row.id)?, app.now(), &seats.policy)
    {
        Ok(changed) => {
            seats
                .store(app, tx, actor, &changed.changes, Origin::Coordinator)
                .await?;
            Ok(true)
        }
        Err(Refusal::Closed { .. } | Refusal::NotActive { .. } | Refusal::Unknown) => Ok(false),
        Err(refusal) => Err(refused(&refusal)),
    }
}

/// The coordinator gives a seat past those who wait, never past the capacity.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Refused`], and what [`authorise`] says.
pub async fn place_by_hand(
    app: &App,
    actor: &Actor,
    session: &str,
    person: PersonId,
) -> Result<()> {
    let mut tx = app.write().await?;
    tx.lock(store::Lock::Person, person).await?;
    let mut seats = Seats::load(&mut tx, session).await?;
    seats.authorise(app, actor, Action::ManageSessions)?;
    let request = Request {
        id: app.new_id(),
        person,
        review: seats.review(&mut tx, person).await?,
    };
    let changed = seats
        .roster
        .place_by_hand(&request, app.now(), &seats.policy);
    let changed = changed.map_err(|refusal| refused(&refusal))?;
    seats
        .store(app, &mut tx, actor, &changed.changes, Origin::Coordinator)
        .await?;
    tx.commit().await?;
    Ok(())
}

/// Moves a person from one session to another in one go: they keep the one until they have the other.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Refused`], and what [`authorise`] says.
pub async fn transfer(
    app: &App,
    actor: &Actor,
    enrolment: &str,
    to_session: &str,
) -> Result<Decision> {
    let mut tx = app.write().await?;
    let row = store::enrolment::get(&mut tx, enrolment)
        .await?
        .ok_or(Error::NotFound)?;
    let person: PersonId = parse(&row.person_id)?;
    tx.lock(store::Lock::Person, person).await?;
    // Both rosters, in order of id, so that two transfers that cross do not wait for each other.
    let mut ids = [row.session_id.as_str(), to_session];
    ids.sort_unstable();
    for id in ids {
        tx.lock(store::Lock::Session, id).await?;
    }
    let mut from = Seats::load(&mut tx, &row.session_id).await?;
    let mut to = Seats::load(&mut tx, to_session).await?;
    from.authorise(app, actor, Action::ManageSessions)?;
    to.authorise(app, actor, Action::ManageSessions)?;
    let leaving: SessionId = parse(&row.session_id)?;
    let review = to.review_leaving(&mut tx, person, &[leaving]).await?;
    let request = Request {
        id: app.new_id(),
        person,
        review,
    };
    let moved = domain::enrolment::transfer(
        (&from.roster, parse(&row.id)?),
        (&to.roster, &request),
        app.now(),
        &to.policy,
    )
    .map_err(|refusal| refused(&refusal))?;
    let origin = Origin::Coordinator;
    from.store(app, &mut tx, actor, &moved.left.changes, origin)
        .await?;
    to.store(app, &mut tx, actor, &moved.joined.changes, origin)
        .await?;
    tx.commit().await?;
    Ok(moved.decision)
}

/// Ends offers that are past their time and passes the seats on; answers how many sessions were touched. Run by the worker of any node.
pub async fn expire_offers(app: &App) -> Result<usize> {
    let sessions = {
        let mut db = app.read().await?;
        store::enrolment::sessions_with_expired_offers(&mut db, app.now().as_millisecond()).await?
    };
    for (session,) in &sessions {
        let mut tx = app.write().await?;
        let mut seats = Seats::load(&mut tx, session).await?;
        let changed = seats.roster.expire(app.now(), &seats.policy);
        seats
            .store(app, &mut tx, &Actor::System, &changed.changes, Origin::Web)
            .await?;
        tx.commit().await?;
    }
    Ok(sessions.len())
}

/// The rule's refusal as the sentence of the locale files.
#[must_use]
pub fn refused(refusal: &Refusal) -> Error {
    let refused = Refused::new(refusal.key());
    Error::Refused(match refusal {
        Refusal::SeatsTaken { must_leave } => refused.with("must-leave", must_leave),
        Refusal::NoSeatFree { capacity } => refused.with("capacity", capacity),
        Refusal::ReservedTo { audiences } => refused.with("audiences", audiences.join(",")),
        Refusal::Clash { session } => refused.with("session", session),
        _ => refused,
    })
}

/// Checks the right to do `action` on a session.
pub(crate) async fn authorise_for_session(
    app: &App,
    db: &mut Connection,
    actor: &Actor,
    action: Action,
    session: &SessionRow,
) -> Result<()> {
    let season = store::programme::season(db, &session.season_id)
        .await?
        .ok_or(Error::NotFound)?;
    let resource = resource(parse(&season.programme_id)?, session)?;
    authorise(app, actor, action, &resource)
}

/// What the policies know of a session.
fn resource(programme: ProgrammeId, session: &SessionRow) -> Result<Resource> {
    Ok(Resource {
        programme: Some(programme),
        trainer: session.trainer_id.as_deref().map(parse).transpose()?,
        ..Resource::default()
    })
}

/// Checks the right to ask for seats: in the session, or, for referents, for each of these people.
async fn authorise_request(
    app: &App,
    db: &mut Connection,
    actor: &Actor,
    people: &[PersonId],
    seats: &Seats,
) -> Result<()> {
    let action = Action::RequestEnrolment;
    let answer = seats.authorise(app, actor, action);
    if answer.is_ok() || !actor.is(crate::access::Role::Referent) {
        return answer;
    }
    for person in people {
        let row = store::people::person(db, &person.to_string()).await?;
        let row = row.ok_or(Error::NotFound)?;
        let resource = crate::people::person_resource(db, &row).await?;
        authorise(app, actor, action, &resource)?;
    }
    Ok(())
}

/// The participant may act on what is theirs, the desk on what it runs.
async fn authorise_for_enrolment(
    app: &App,
    db: &mut Connection,
    actor: &Actor,
    person: &str,
    session: &SessionRow,
) -> Result<()> {
    if let Actor::Participant { person: own, .. } = actor {
        // To somebody else's enrolment the answer is the same as to one that does not exist.
        let resource = Resource::of_person(parse(person)?);
        return match authorise(app, actor, Action::ManageOwn, &resource) {
            Err(Error::Forbidden) if own.to_string() != person => Err(Error::NotFound),
            answer => answer,
        };
    }
    authorise_for_session(app, db, actor, Action::ManageEnrolments, session).await
}

/// An identifier as stored.
pub(crate) fn parse<K>(id: &str) -> Result<domain::id::Id<K>> {
    id.parse().map_err(|_| Error::NotFound)
}
