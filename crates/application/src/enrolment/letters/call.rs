//! People without e-mail are told by telephone: the desk's list of calls.

use serde::Serialize;

use crate::access::{Action, Actor};
use crate::enrolment::authorise_for_session;
use crate::{App, Error, Result, history};

/// A letter that is told on the telephone, because the person has no e-mail.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Call {
    /// The letter's id.
    pub id: String,
    /// Kind of letter.
    pub kind: String,
    /// The person.
    pub person: String,
    /// Their name.
    pub name: String,
    /// Their telephone.
    pub phone: Option<String>,
    /// The session it is about.
    pub session: String,
    /// What to tell, in short.
    pub subject: String,
    /// Since when, UTC milliseconds.
    pub since: i64,
}

/// People without e-mail who have something to be told about a session still to come, soonest session first.
///
/// # Errors
/// The store's. Sessions that the actor may not manage are left out.
pub async fn people_to_phone(app: &App, actor: &Actor) -> Result<Vec<Call>> {
    let mut db = app.read().await?;
    let mut calls = Vec::new();
    for row in store::mail::to_call(&mut db, app.now().as_millisecond()).await? {
        let Some(session) = store::session::get(&mut db, &row.session_id).await? else {
            continue;
        };
        let action = Action::ManageEnrolments;
        match authorise_for_session(app, &mut db, actor, action, &session).await {
            Ok(()) => calls.push(Call {
                id: row.id,
                kind: row.kind,
                person: row.person_id,
                name: row.name,
                phone: row.phone,
                session: row.session_id,
                subject: row.subject,
                since: row.created_at,
            }),
            Err(Error::Forbidden | Error::SignInNeeded) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(calls)
}

/// The desk has told somebody by telephone.
///
/// # Errors
/// [`Error::NotFound`], and what [`crate::access::authorise`] says.
pub async fn phoned(app: &App, actor: &Actor, call: &str) -> Result<()> {
    let mut tx = app.write().await?;
    let row = store::mail::get(&mut tx, call)
        .await?
        .ok_or(Error::NotFound)?;
    let session = row.subject_id.as_deref().ok_or(Error::NotFound)?;
    let session = store::session::get(&mut tx, session)
        .await?
        .ok_or(Error::NotFound)?;
    authorise_for_session(app, &mut tx, actor, Action::ManageEnrolments, &session).await?;
    if store::mail::called(&mut tx, call, app.now().as_millisecond()).await? {
        let state = serde_json::json!({ "person": row.person_id, "kind": row.kind });
        let subject = ("session", session.id.as_str());
        history::record(
            app,
            &mut tx,
            actor,
            "enrolment.phoned",
            subject,
            None,
            Some(&state),
        )
        .await?;
    }
    tx.commit().await?;
    Ok(())
}
