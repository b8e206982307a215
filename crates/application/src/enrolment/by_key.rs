//! One-click pages of letters: the link's key is enough, nobody signs in.

use store::enrolment::EnrolmentRow;
use store::session::SessionOverview;

use super::{Move, act, parse};
use crate::access::{Actor, link};
use crate::{App, Error, Result};

/// An enrolment behind a letter's link.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyedEnrolment {
    /// The enrolment.
    pub enrolment: EnrolmentRow,
    /// Its session.
    pub session: SessionOverview,
    /// Name of the person.
    pub name: String,
}

/// The enrolment behind a letter's link.
///
/// # Errors
/// [`Error::NotFound`] also when the key is wrong.
pub async fn by_key(app: &App, id: &str, key: &str) -> Result<KeyedEnrolment> {
    if !link::enrolment_holds(app, id, key) {
        return Err(Error::NotFound);
    }
    let mut db = app.read().await?;
    let enrolment = store::enrolment::get(&mut db, id)
        .await?
        .ok_or(Error::NotFound)?;
    let session = store::session::overview(&mut db, &enrolment.session_id)
        .await?
        .ok_or(Error::NotFound)?;
    let person = store::people::person(&mut db, &enrolment.person_id)
        .await?
        .ok_or(Error::NotFound)?;
    Ok(KeyedEnrolment {
        enrolment,
        session,
        name: person.name,
    })
}

/// Carries out a move on the enrolment behind a letter's link.
///
/// # Errors
/// [`Error::NotFound`] also when the key is wrong, [`Error::Refused`] with the rule's sentence.
pub async fn act_by_key(app: &App, id: &str, key: &str, what: Move) -> Result<()> {
    let keyed = by_key(app, id, key).await?;
    let actor = Actor::Participant {
        person: parse(&keyed.enrolment.person_id)?,
        name: keyed.name,
    };
    act(app, &actor, id, what).await
}
