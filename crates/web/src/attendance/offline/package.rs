//! The day's lists as a device is given them: names and needs, and what was said. No address, no telephone number, no drawn signature.

use application::attendance::{List, OperationRow, Prepared, SheetPerson};
use application::people::commune_label;
use documents::formats;
use serde::Serialize;
use serde_json::Value;

use super::super::view::{civil, needs, title};
use crate::shell::{Ctx, WebError};

/// The lists of a device.
#[derive(Serialize)]
pub(super) struct Package {
    device: String,
    /// The server's clock, UTC milliseconds like every instant here.
    now: i64,
    until: i64,
    send_until: i64,
    sessions: Vec<Session>,
}

#[derive(Serialize)]
struct Session {
    id: String,
    title: String,
    when: String,
    #[serde(rename = "where")]
    place: String,
    starts: i64,
    ends: i64,
    people: Vec<Person>,
    operations: Vec<Value>,
}

#[derive(Serialize)]
struct Person {
    id: String,
    name: String,
    needs: Vec<String>,
    conflict: bool,
}

impl Package {
    pub(super) fn of(ctx: &Ctx, prepared: &Prepared) -> Result<Self, WebError> {
        let sessions = prepared.lists.iter().map(|list| Session::of(ctx, list));
        Ok(Self {
            device: prepared.device.id.clone(),
            now: ctx.app().now().as_millisecond(),
            until: prepared.device.list_until,
            send_until: prepared.device.send_until,
            sessions: sessions.collect::<Result<_, _>>()?,
        })
    }
}

impl Session {
    fn of(ctx: &Ctx, list: &List) -> Result<Self, WebError> {
        let session = &list.sheet.session;
        let (day, starts) = civil(session.starts_at, &list.sheet.zone)?;
        let (_, ends) = civil(session.ends_at, &list.sheet.zone)?;
        let language = ctx.language();
        let place = [
            session.site_name.clone(),
            session.room_name.clone().unwrap_or_default(),
            commune_label(&session.commune_code),
        ];
        Ok(Self {
            id: session.id.clone(),
            title: title(ctx, &session.module),
            when: format!(
                "{}, {}",
                formats::date(language, day),
                formats::time_range(language, starts, ends)
            ),
            place: place
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(", "),
            starts: session.starts_at,
            ends: session.ends_at,
            people: list
                .sheet
                .people
                .iter()
                .map(|person| Person::of(ctx, person))
                .collect(),
            operations: list.operations.iter().filter_map(told).collect(),
        })
    }
}

impl Person {
    fn of(ctx: &Ctx, person: &SheetPerson) -> Self {
        Self {
            id: person.line.person_id.clone(),
            name: person.line.name.clone(),
            needs: needs(ctx, person),
            conflict: person.conflict.is_some(),
        }
    }
}

/// An operation for other devices; nothing once an erasure has emptied it.
fn told(row: &OperationRow) -> Option<Value> {
    let Ok(Value::Object(mut told)) = serde_json::from_str(&row.body) else {
        return None;
    };
    if told.get("kind").and_then(Value::as_str) == Some("erased") {
        return None;
    }
    for kept_here in ["strokes", "phone", "organisation"] {
        told.remove(kept_here);
    }
    told.insert("id".into(), row.id.clone().into());
    told.insert("session".into(), row.session_id.clone().into());
    told.insert("counter".into(), row.counter.into());
    told.insert("clock".into(), row.clock_at.into());
    told.insert(
        "said_at".into(),
        row.clock_at.saturating_add(row.clock_offset).into(),
    );
    told.insert("replaces".into(), serde_json::from_str(&row.replaces).ok()?);
    if let Some(device) = &row.device_id {
        told.insert("device".into(), device.clone().into());
    }
    if let Some(person) = &row.person_id {
        told.insert("person".into(), person.clone().into());
    }
    if row.subject_id.is_some() && row.subject_id != row.person_id {
        told.insert("subject".into(), row.subject_id.clone().into());
    }
    Some(Value::Object(told))
}
