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

/// What became of something since it was shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Since {
    /// The state that was shown, as JSON.
    pub shown: String,
    /// The state of now.
    pub stored: String,
    /// Its version.
    pub version: i64,
    /// Who changed it last; empty when nobody by name did.
    pub who: String,
}

/// What became of a subject (kind and id) since its `version` was shown; `None` when it is gone, when its history does not reach back so
/// far, or for whoever may not see it.
///
/// # Errors
/// The store's.
pub async fn since(
    app: &App,
    actor: &Actor,
    (kind, id): (&str, &str),
    version: i64,
) -> Result<Option<Since>> {
    if authorise(app, actor, Action::SeeHistory, &Resource::everything()).is_err() {
        return Ok(None);
    }
    let filter = EventFilter {
        subject_kind: Some(kind.to_owned()),
        subject_id: Some(id.to_owned()),
        limit: 100,
        ..EventFilter::default()
    };
    let events = store::event::list(&mut app.read().await?, &filter).await?;
    let shown = events
        .iter()
        .flat_map(|event| [&event.before_state, &event.after_state])
        .flatten()
        .find(|state| version_in(state) == Some(version));
    let newest = events
        .first()
        .and_then(|event| Some((event, event.after_state.as_ref()?)));
    let (Some(shown), Some((event, stored))) = (shown, newest) else {
        return Ok(None);
    };
    Ok(version_in(stored).map(|version| Since {
        shown: shown.clone(),
        stored: stored.clone(),
        version,
        who: event.actor_name.clone(),
    }))
}

/// The version that a state says.
fn version_in(state: &str) -> Option<i64> {
    let state: serde_json::Value = serde_json::from_str(state).ok()?;
    state.get("version")?.as_i64()
}

/// The number of the newest event: as long as it is the same, nothing was changed.
///
/// On PostgreSQL two changes at once may be seen in the other order than their numbers, so what is kept by this number must not be kept for long.
pub async fn newest(app: &App) -> Result<i64> {
    let mut db = app.read().await?;
    Ok(store::event::latest(&mut db).await?)
}
