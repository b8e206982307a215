//! Many people change sessions at once, inside the caller's transaction: a repair of a season.

use std::collections::{BTreeMap, BTreeSet};

use domain::enrolment::{Request, Reseat, Stage};
use domain::id::{EnrolmentId, PersonId, SessionId};
use jiff::Timestamp;
use store::Connection;

use super::letters::ToTell;
use super::seats::Seats;
use super::{Origin, parse, refused};
use crate::access::{Action, Actor};
use crate::{App, Error, Result};

/// One person's change.
pub(crate) struct SeatChange {
    /// The session they leave.
    pub(crate) from: String,
    /// Who.
    pub(crate) person: String,
    /// The session they go to; `None`: they lose their seat.
    pub(crate) to: Option<String>,
}

/// A change whose registration is found.
struct Found {
    id: EnrolmentId,
    had: Stage,
    person: PersonId,
    from: String,
    to: Option<String>,
}

/// Carries the changes out together, so that full sessions can exchange people; `closing` are sessions about to be cancelled. Who is no longer
/// registered where they were is left alone. Answers who is told what. The caller holds the rows of these people.
pub(crate) async fn reseat_in(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    changes: &[SeatChange],
    closing: &BTreeSet<String>,
) -> Result<Vec<ToTell>> {
    let concerned: BTreeSet<&String> = changes
        .iter()
        .flat_map(|change| [Some(&change.from), change.to.as_ref()])
        .flatten()
        .collect();
    let mut all: BTreeMap<String, Seats> = BTreeMap::new();
    for session in concerned {
        let seats = Seats::load(tx, session).await?;
        seats.authorise(app, actor, Action::ManageSessions)?;
        all.insert(session.clone(), seats);
    }
    let found: Vec<Found> = changes
        .iter()
        .map(|change| find(&all, change, app.now()))
        .filter_map(Result::transpose)
        .collect::<Result<_>>()?;
    let mut orders: BTreeMap<&String, Reseat> = BTreeMap::new();
    for one in &found {
        let order = orders.entry(&one.from).or_default();
        order.leaving.push(one.id);
        order.is_closing = closing.contains(&one.from);
        if let Some(to) = &one.to {
            let left = left_by(one.person, &found, closing)?;
            let review = seats(&mut all, to)?
                .review_leaving(tx, one.person, &left)
                .await?;
            let request = Request {
                id: app.new_id(),
                person: one.person,
                review,
            };
            let order = orders.entry(to).or_default();
            order.joining.push((request, one.had));
        }
    }
    for (session, order) in &orders {
        let seats = seats(&mut all, session)?;
        let changed = seats
            .roster
            .reseat(order, app.now(), &seats.policy)
            .map_err(|refusal| refused(&refusal))?;
        seats
            .keep(app, tx, actor, &changed.changes, Origin::Plan)
            .await?;
    }
    let mut told = Vec::new();
    for seats in all.values_mut() {
        told.extend(seats.tell(app, tx, None).await?);
    }
    Ok(told)
}

/// The registration that a change is about; nothing once it, or its offer, is over.
fn find(
    all: &BTreeMap<String, Seats>,
    change: &SeatChange,
    now: Timestamp,
) -> Result<Option<Found>> {
    let person: PersonId = parse(&change.person)?;
    let entry = all
        .get(&change.from)
        .and_then(|seats| seats.roster.active(person));
    Ok(entry
        .filter(|entry| !matches!(entry.stage, Stage::Offered { until } if until <= now))
        .map(|entry| Found {
            id: entry.id,
            had: entry.stage,
            person,
            from: change.from.clone(),
            to: change.to.clone(),
        }))
}

/// Sessions that no longer take the person's time once all is done.
fn left_by(
    person: PersonId,
    found: &[Found],
    closing: &BTreeSet<String>,
) -> Result<Vec<SessionId>> {
    let own = found.iter().filter(|one| one.person == person);
    own.map(|one| &one.from)
        .chain(closing)
        .map(|session| parse(session))
        .collect()
}

fn seats<'a>(all: &'a mut BTreeMap<String, Seats>, session: &str) -> Result<&'a mut Seats> {
    all.get_mut(session)
        .ok_or_else(|| Error::Internal("a session went missing".into()))
}
