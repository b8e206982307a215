//! Reading enrolments, for the desk and for programs.

use store::enrolment::EnrolmentRow;

use super::{authorise_for_session, parse};
use crate::access::{Action, Actor};
use crate::{App, Error, Result};

/// The active enrolments of a session, by arrival.
///
/// # Errors
/// [`Error::NotFound`], and what the policies say.
pub async fn of_session(app: &App, actor: &Actor, session: &str) -> Result<Vec<EnrolmentRow>> {
    let mut db = app.read().await?;
    let session = store::session::get(&mut db, session)
        .await?
        .ok_or(Error::NotFound)?;
    authorise_for_session(app, &mut db, actor, Action::SeeRoster, &session).await?;
    Ok(store::enrolment::active_of_session(&mut db, &session.id).await?)
}

/// One enrolment, with its rank when it waits.
///
/// # Errors
/// [`Error::NotFound`], and what the policies say.
pub async fn get(app: &App, actor: &Actor, id: &str) -> Result<(EnrolmentRow, Option<i64>)> {
    let mut db = app.read().await?;
    let id = parse::<domain::id::kind::Enrolment>(id)?.to_string();
    let row = store::enrolment::get(&mut db, &id)
        .await?
        .ok_or(Error::NotFound)?;
    let session = store::session::get(&mut db, &row.session_id)
        .await?
        .ok_or(Error::NotFound)?;
    authorise_for_session(app, &mut db, actor, Action::SeeRoster, &session).await?;
    let waiting = store::enrolment::active_of_session(&mut db, &session.id).await?;
    let waiting = waiting
        .iter()
        .filter(|other| other.stage == "waiting" && other.arrival <= row.arrival);
    let rank = (row.stage == "waiting").then(|| i64::try_from(waiting.count()).unwrap_or(i64::MAX));
    Ok((row, rank))
}
