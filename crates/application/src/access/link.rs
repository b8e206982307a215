//! Links in letters: sealed rather than stored. Whoever has one may do what it is for, and nothing else.

use domain::id::{EnrolmentId, PersonId, ResponseId, SessionId};
use jiff::{SignedDuration, Timestamp};
use store::people::PersonRow;

use crate::{App, Error, Result};

/// How long a personal link is good.
const PERSONAL: SignedDuration = SignedDuration::from_hours(24 * 180);
/// How long a link is good that was asked for to sign in.
pub(super) const SIGN_IN: SignedDuration = SignedDuration::from_hours(1);

/// The personal link of a participant: opens their own pages. Void once they sign out everywhere.
pub fn personal(app: &App, person: &PersonRow) -> Result<String> {
    for_a_while(app, person, PERSONAL)
}

/// A personal link that is soon over, for whoever asked for it just now.
pub(super) fn sign_in(app: &App, person: &PersonRow) -> Result<String> {
    for_a_while(app, person, SIGN_IN)
}

fn for_a_while(app: &App, person: &PersonRow, lasts: SignedDuration) -> Result<String> {
    let until = app
        .now()
        .saturating_add(lasts)
        .unwrap_or(app.now())
        .as_second();
    let message = format!("{}.{}.{until}", person.id, person.link_epoch);
    Ok(format!(
        "{}/acces/{message}.{}",
        app.config().base_url,
        seal(app, "personal", &message)?
    ))
}

/// The person and epoch that a personal link's last part names, if its seal holds and its time is not over.
pub(super) fn open_personal(app: &App, link: &str) -> Result<(PersonId, i64)> {
    let (message, given) = link.rsplit_once('.').ok_or(Error::NotFound)?;
    if !holds(app, "personal", message, given) {
        return Err(Error::NotFound);
    }
    let mut parts = message.split('.');
    let (Some(person), Some(epoch), Some(until)) = (parts.next(), parts.next(), parts.next())
    else {
        return Err(Error::NotFound);
    };
    let until = until
        .parse()
        .ok()
        .and_then(|until| Timestamp::from_second(until).ok())
        .ok_or(Error::NotFound)?;
    if until < app.now() {
        return Err(Error::NotFound);
    }
    Ok((
        person.parse().map_err(|_| Error::NotFound)?,
        epoch.parse().map_err(|_| Error::NotFound)?,
    ))
}

/// The address that a letter gives to act on one enrolment: `action` is `retrait`, `accepter` or `refuser`.
pub fn enrolment(app: &App, id: EnrolmentId, action: &str) -> Result<String> {
    let id = id.to_string();
    Ok(format!(
        "{}/inscriptions/{id}/{action}?cle={}",
        app.config().base_url,
        seal(app, "enrolment", &id)?
    ))
}

/// Whether `key` is the key of that enrolment's links.
#[must_use]
pub fn enrolment_holds(app: &App, id: &str, key: &str) -> bool {
    holds(app, "enrolment", id, key)
}

/// The address that an invitation gives: takes a seat for that person.
pub fn invitation(app: &App, session: SessionId, person: PersonId) -> Result<String> {
    Ok(format!(
        "{}/inscriptions/invitation/{session}/{person}?cle={}",
        app.config().base_url,
        seal(app, "invitation", &format!("{session}.{person}"))?
    ))
}

/// Whether `key` is the key of that invitation.
#[must_use]
pub fn invitation_holds(app: &App, session: SessionId, person: PersonId, key: &str) -> bool {
    holds(app, "invitation", &format!("{session}.{person}"), key)
}

/// The address under which a questionnaire is taken up again.
pub fn response(app: &App, id: ResponseId) -> Result<String> {
    let id = id.to_string();
    Ok(format!(
        "{}/questionnaire/reprise/{id}?cle={}",
        app.config().base_url,
        seal(app, "response", &id)?
    ))
}

/// The key of a response's links.
pub fn response_key(app: &App, id: ResponseId) -> Result<String> {
    seal(app, "response", &id.to_string())
}

/// Whether `key` is the key of that response's links.
#[must_use]
pub fn response_holds(app: &App, id: &str, key: &str) -> bool {
    holds(app, "response", id, key)
}

/// The address under which a person confirms a questionnaire that was completed in their name.
pub fn confirmation(app: &App, id: ResponseId) -> Result<String> {
    let id = id.to_string();
    Ok(format!(
        "{}/questionnaire/{id}/confirmer?cle={}",
        app.config().base_url,
        seal(app, "confirmation", &id)?
    ))
}

/// Whether `key` is the key of that response's confirmation.
#[must_use]
pub fn confirmation_holds(app: &App, id: &str, key: &str) -> bool {
    holds(app, "confirmation", id, key)
}

/// The address under which a level test is taken up again.
pub fn level_run(app: &App, id: &str) -> Result<String> {
    Ok(format!(
        "{}/test/{id}?cle={}",
        app.config().base_url,
        level_run_key(app, id)?
    ))
}

/// The key of a level test's pages.
pub fn level_run_key(app: &App, id: &str) -> Result<String> {
    seal(app, "level-run", id)
}

/// Whether `key` is the key of that level test's pages.
#[must_use]
pub fn level_run_holds(app: &App, id: &str, key: &str) -> bool {
    holds(app, "level-run", id, key)
}

/// The address under which a person answers the quiz of a session.
pub fn quiz(app: &App, session: SessionId, person: PersonId) -> Result<String> {
    Ok(format!(
        "{}/quiz/{session}/{person}?cle={}",
        app.config().base_url,
        seal(app, "quiz", &format!("{session}.{person}"))?
    ))
}

/// Whether `key` is the key of that person's quiz of that session.
#[must_use]
pub fn quiz_holds(app: &App, session: SessionId, person: PersonId, key: &str) -> bool {
    holds(app, "quiz", &format!("{session}.{person}"), key)
}

/// The first 128 bits of the seal: short enough for an address, too many to be guessed.
fn seal(app: &App, purpose: &str, message: &str) -> Result<String> {
    let mut seal = app.seal(purpose, message)?;
    seal.truncate(32);
    Ok(seal)
}

fn holds(app: &App, purpose: &str, message: &str, given: &str) -> bool {
    use subtle::ConstantTimeEq as _;
    seal(app, purpose, message).is_ok_and(|right| right.as_bytes().ct_eq(given.as_bytes()).into())
}
