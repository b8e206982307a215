//! Writing down who changed what: the event log is the audit trail and the history shown to users.

use serde::Serialize;
use store::Connection;
pub use store::event::{EventFilter, EventRow};

use crate::access::{Action, Actor, Resource, authorise};
use crate::{App, Result};

/// Appends an event to the log, in the transaction of the change itself.
///
/// `action` is `area.verb` (`session.cancelled`); `before` and `after` are the subject's states, `None` where it did not exist yet or no longer does.
pub async fn record<S: Serialize>(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    action: &str,
    subject: (&str, &str),
    before: Option<&S>,
    after: Option<&S>,
) -> Result<()> {
    let json = |state: Option<&S>| {
        state
            .map(serde_json::to_string)
            .transpose()
            .map_err(store::Error::from)
    };
    let event = EventRow {
        seq: 0,
        id: app.new_id::<EventRow>().to_string(),
        at: app.now().as_millisecond(),
        actor_kind: actor.kind().to_owned(),
        actor_id: actor.id(),
        actor_name: actor.name().to_owned(),
        action: action.to_owned(),
        subject_kind: subject.0.to_owned(),
        subject_id: subject.1.to_owned(),
        before_state: json(before)?,
        after_state: json(after)?,
    };
    Ok(store::event::append(tx, &event).await?)
}

/// The event log as far as a filter reaches, newest first, with those who appear in it (id and name) to choose from.
///
/// # Errors
/// What [`authorise`] says.
pub async fn search(
    app: &App,
    actor: &Actor,
    filter: &EventFilter,
) -> Result<(Vec<EventRow>, Vec<(String, String)>)> {
    authorise(app, actor, Action::SeeHistory, &Resource::everything())?;
    let mut db = app.read().await?;
    Ok((
        store::event::list(&mut db, filter).await?,
        store::event::actors(&mut db).await?,
    ))
}

/// The number of the newest event: as long as it is the same, nothing was changed.
///
/// On PostgreSQL two changes at once may be seen in the other order than their numbers, so what is kept by this number must not be kept for long.
pub async fn newest(app: &App) -> Result<i64> {
    let mut db = app.read().await?;
    Ok(store::event::latest(&mut db).await?)
}
