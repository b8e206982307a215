//! Who did what to a session and to those in it.

use std::collections::HashMap;

use serde::Serialize;
use serde_json::Value;

use crate::access::{Action, Actor};
use crate::enrolment::authorise_for_session;
use crate::{App, Error, Result};

/// The newest lines shown.
const MOST_LINES: i64 = 300;

/// One line of a session's history.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HistoryLine {
    /// When, UTC milliseconds.
    pub at: i64,
    /// `staff`, `participant`, `visitor`, `api` or `system`.
    pub actor_kind: String,
    /// Name at the time.
    pub actor_name: String,
    /// `session.changed`, `enrolment.placed`, …
    pub action: String,
    /// Whose enrolment.
    pub person: Option<String>,
    /// Fields that changed, with their values before and after as stored.
    pub changes: Vec<(String, String, String)>,
}

/// The history of a session, newest first.
///
/// # Errors
/// [`Error::NotFound`], and what [`crate::access::authorise`] says.
pub async fn history_of_session(app: &App, actor: &Actor, id: &str) -> Result<Vec<HistoryLine>> {
    let mut db = app.read().await?;
    let session = store::session::get(&mut db, id)
        .await?
        .ok_or(Error::NotFound)?;
    authorise_for_session(app, &mut db, actor, Action::SeeRoster, &session).await?;
    let events = store::event::of_session(&mut db, id, MOST_LINES).await?;
    let mut names: HashMap<String, Option<String>> = HashMap::new();
    let mut lines = Vec::with_capacity(events.len());
    for event in events {
        let before = state(event.before_state.as_deref());
        let after = state(event.after_state.as_deref());
        let person = match after.get("person").and_then(Value::as_str) {
            Some(person) => {
                if !names.contains_key(person) {
                    let row = store::people::person(&mut db, person).await?;
                    names.insert(person.to_owned(), row.map(|row| row.name));
                }
                names.get(person).cloned().flatten()
            }
            None => None,
        };
        let changes = if event.action == "session.changed" {
            differences(&before, &after)
        } else {
            Vec::new()
        };
        lines.push(HistoryLine {
            at: event.at,
            actor_kind: event.actor_kind,
            actor_name: event.actor_name,
            action: event.action,
            person,
            changes,
        });
    }
    Ok(lines)
}

fn state(json: Option<&str>) -> Value {
    json.and_then(|json| serde_json::from_str(json).ok())
        .unwrap_or(Value::Null)
}

/// Fields that people see and whose values differ.
fn differences(before: &Value, after: &Value) -> Vec<(String, String, String)> {
    const SHOWN: [&str; 9] = [
        "module",
        "site_id",
        "room_id",
        "trainer_id",
        "starts_at",
        "ends_at",
        "least",
        "capacity",
        "public_note",
    ];
    let text = |value: &Value| match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let nothing = Value::Null;
    let field = |state: &Value, name: &str| text(state.get(name).unwrap_or(&nothing));
    SHOWN
        .into_iter()
        .map(|name| (name.to_owned(), field(before, name), field(after, name)))
        .filter(|(_, before, after)| before != after)
        .collect()
}
