//! Seats held out to people who did not ask: what a plan proposes, and taking that back.

use domain::enrolment::{Refusal, Request};
use domain::id::{EnrolmentId, PersonId};
use store::Connection;

use super::{Origin, Seats, ToTell, authorise_for_session, refused};
use crate::access::{Action, Actor};
use crate::{App, Result};

/// What came of holding seats out.
#[derive(Default)]
pub(crate) struct Proposed {
    /// The offers made.
    pub(crate) seats: Vec<(PersonId, EnrolmentId)>,
    /// Those to whom none could be made, and why.
    pub(crate) left_out: Vec<(PersonId, Refusal)>,
    /// Who is told what.
    pub(crate) letters: Vec<ToTell>,
}

/// Holds seats of a session out to `people` for `hours`, inside the caller's transaction, which holds their rows.
pub(crate) async fn propose_in(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    session: &str,
    people: &[PersonId],
    hours: u32,
) -> Result<Proposed> {
    let mut seats = Seats::load(tx, session).await?;
    authorise_for_session(app, tx, actor, Action::ManageSessions, &seats.session).await?;
    seats.policy.offer_hours = hours;
    let mut proposed = Proposed::default();
    for person in people.iter().copied() {
        let request = Request {
            id: app.new_id(),
            person,
            review: seats.review(tx, person).await?,
        };
        match seats.roster.offer(&request, app.now(), &seats.policy) {
            Ok(changed) => {
                seats
                    .keep(app, tx, actor, &changed.changes, Origin::Plan)
                    .await?;
                proposed.seats.push((person, request.id));
            }
            Err(refusal) => proposed.left_out.push((person, refusal)),
        }
    }
    proposed.letters = seats.tell(app, tx, None).await?;
    Ok(proposed)
}

/// Takes back a seat that nobody has answered, inside the caller's transaction; the person is told that it no longer stands.
pub(crate) async fn take_back_in(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    session: &str,
    enrolment: EnrolmentId,
) -> Result<Vec<ToTell>> {
    let mut seats = Seats::load(tx, session).await?;
    authorise_for_session(app, tx, actor, Action::ManageSessions, &seats.session).await?;
    let changed = seats
        .roster
        .withdraw(enrolment, app.now(), &seats.policy)
        .map_err(|refusal| refused(&refusal))?;
    seats
        .keep(app, tx, actor, &changed.changes, Origin::Plan)
        .await?;
    seats.tell_taken_back(app, tx).await
}
