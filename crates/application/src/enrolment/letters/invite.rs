//! Invitations: a letter with a link that takes a seat, for somebody who called.

use documents::mail::Mail;
use domain::enrolment::Decision;
use domain::id::{PersonId, SessionId};
use store::session::SessionOverview;

use super::facts::{Facts, language};
use super::post;
use crate::access::{Action, Actor, link};
use crate::enrolment::{Answer, Origin, authorise_for_session, parse, refused, request};
use crate::{App, Error, Refused, Result, history};

/// Sends somebody a letter with a link that takes a seat in a session; at most one a day.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Refused`] for a person without e-mail or a session that is over, and what [`crate::access::authorise`] says.
pub async fn invite(app: &App, actor: &Actor, session: &str, person: PersonId) -> Result<()> {
    let mut tx = app.write().await?;
    let row = store::session::get(&mut tx, session)
        .await?
        .ok_or(Error::NotFound)?;
    authorise_for_session(app, &mut tx, actor, Action::ManageEnrolments, &row).await?;
    let person = store::people::person(&mut tx, &person.to_string())
        .await?
        .filter(|person| person.erased_at.is_none())
        .ok_or(Error::NotFound)?;
    if person.email.is_none() {
        return Err(Refused::new("enrolment-refused-no-email").into());
    }
    let open = matches!(row.stage.as_str(), "gathering" | "confirmed");
    if !open || row.starts_at <= app.now().as_millisecond() {
        return Err(Refused::new("enrolment-refused-started").into());
    }
    let facts = Facts::load(app, &mut tx, session).await?;
    let mail = Mail::Invitation {
        session: facts.told(language(&person)),
        by: actor.name().to_owned(),
        until: None,
        accept: link::invitation(app, parse(session)?, parse(&person.id)?)?,
    };
    let today = app.now().as_second() / 86_400;
    let key = format!("invitation:{session}:{}:{today}", person.id);
    if post(app, &mut tx, &facts, &person, &mail, Some(&key)).await? {
        let state = serde_json::json!({ "person": person.id });
        let subject = ("session", session);
        let action = "enrolment.invited";
        history::record(app, &mut tx, actor, action, subject, None, Some(&state)).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// What the page behind an invitation's link shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Invited {
    /// The session.
    pub session: SessionOverview,
    /// The name of the person invited.
    pub name: String,
}

/// The invitation behind a link.
///
/// # Errors
/// [`Error::NotFound`] also when the key is wrong.
pub async fn invited(app: &App, session: &str, person: &str, key: &str) -> Result<Invited> {
    let (session, person) = ids(app, session, person, key)?;
    let mut db = app.read().await?;
    let session = store::session::overview(&mut db, &session.to_string())
        .await?
        .ok_or(Error::NotFound)?;
    let person = store::people::person(&mut db, &person.to_string())
        .await?
        .filter(|person| person.erased_at.is_none())
        .ok_or(Error::NotFound)?;
    Ok(Invited {
        session,
        name: person.name,
    })
}

/// Takes the seat of an invitation, or a place on the waiting list.
///
/// # Errors
/// [`Error::NotFound`] also when the key is wrong, [`Error::Refused`] with the rule's sentence.
pub async fn take_up(app: &App, session: &str, person: &str, key: &str) -> Result<Answer> {
    let name = invited(app, session, person, key).await?.name;
    let (session, person) = ids(app, session, person, key)?;
    let actor = Actor::Participant { person, name };
    let answers = request(app, &actor, &session.to_string(), &[person], Origin::Web).await?;
    let answer = answers.into_iter().next().ok_or(Error::NotFound)?;
    match &answer.decision {
        Decision::Refused { why } => Err(refused(why)),
        _ => Ok(answer),
    }
}

fn ids(app: &App, session: &str, person: &str, key: &str) -> Result<(SessionId, PersonId)> {
    let (session, person) = (parse(session)?, parse(person)?);
    if link::invitation_holds(app, session, person, key) {
        Ok((session, person))
    } else {
        Err(Error::NotFound)
    }
}
