//! The event log: audit trail, and the history shown to users.

use crate::{Connection, Result, Value};

/// One event as stored: who did what to what, when, with the state before and after as JSON.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct EventRow {
    /// Order of the log; 0 in an event not yet stored.
    pub seq: i64,
    /// Identifier.
    pub id: String,
    /// When, UTC milliseconds.
    pub at: i64,
    /// `staff`, `participant`, `visitor`, `api` or `system`.
    pub actor_kind: String,
    /// Account or person, when known.
    pub actor_id: Option<String>,
    /// Name as it was shown at the time.
    pub actor_name: String,
    /// `area.verb`, for instance `session.cancelled`.
    pub action: String,
    /// What it happened to: `session`, `person`, …
    pub subject_kind: String,
    /// Identifier of the subject.
    pub subject_id: String,
    /// JSON before, if it existed.
    pub before_state: Option<String>,
    /// JSON after, if it still exists.
    pub after_state: Option<String>,
}

/// Appends an event; `seq` is given by the database.
pub async fn append(db: &mut Connection, event: &EventRow) -> Result<()> {
    db.execute(
        "INSERT INTO event (id, at, actor_kind, actor_id, actor_name, action, subject_kind, subject_id, before_state, after_state)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        [
            Value::from(&event.id),
            event.at.into(),
            Value::from(&event.actor_kind),
            Value::from(&event.actor_id),
            Value::from(&event.actor_name),
            Value::from(&event.action),
            Value::from(&event.subject_kind),
            Value::from(&event.subject_id),
            Value::from(&event.before_state),
            Value::from(&event.after_state),
        ],
    )
    .await?;
    Ok(())
}

/// Appends an event under a number of the caller's choice, when a log is put in another's place.
pub(crate) async fn append_as(db: &mut Connection, seq: i64, event: &EventRow) -> Result<()> {
    append(db, event).await?;
    db.execute(
        "UPDATE event SET seq = $1 WHERE id = $2",
        [seq.into(), Value::from(&event.id)],
    )
    .await?;
    Ok(())
}

/// Which events to list; `None` means any. Newest first, from `before_seq` (exclusive) backwards.
#[derive(Clone, Debug, Default)]
pub struct EventFilter {
    /// Kind of subject.
    pub subject_kind: Option<String>,
    /// Identifier of the subject.
    pub subject_id: Option<String>,
    /// Who.
    pub actor_id: Option<String>,
    /// Beginning of the action, such as `session.`.
    pub action_prefix: Option<String>,
    /// Only events at or after this instant, UTC milliseconds.
    pub since: Option<i64>,
    /// Only events before this one.
    pub before_seq: Option<i64>,
    /// At most this many.
    pub limit: i64,
}

/// Lists events, newest first.
pub async fn list(db: &mut Connection, filter: &EventFilter) -> Result<Vec<EventRow>> {
    db.fetch_all(
        "SELECT seq, id, at, actor_kind, actor_id, actor_name, action, subject_kind, subject_id, before_state, after_state
         FROM event
         WHERE (CAST($1 AS TEXT) IS NULL OR subject_kind = $1)
           AND (CAST($2 AS TEXT) IS NULL OR subject_id = $2)
           AND (CAST($3 AS TEXT) IS NULL OR actor_id = $3)
           AND (CAST($4 AS TEXT) IS NULL OR SUBSTR(action, 1, LENGTH($4)) = $4)
           AND (CAST($5 AS BIGINT) IS NULL OR at >= $5)
           AND (CAST($6 AS BIGINT) IS NULL OR seq < $6)
         ORDER BY seq DESC
         LIMIT $7",
        [
            Value::from(&filter.subject_kind),
            Value::from(&filter.subject_id),
            Value::from(&filter.actor_id),
            Value::from(&filter.action_prefix),
            filter.since.into(),
            filter.before_seq.into(),
            filter.limit.into(),
        ],
    )
    .await
}

/// Events of a session and of everyone's enrolments in it, newest first.
pub async fn of_session(
    db: &mut Connection,
    session_id: &str,
    limit: i64,
) -> Result<Vec<EventRow>> {
    db.fetch_all(
        "SELECT seq, id, at, actor_kind, actor_id, actor_name, action, subject_kind, subject_id, before_state, after_state
         FROM event
         WHERE (subject_kind = 'session' AND subject_id = $1)
            OR (subject_kind = 'enrolment' AND subject_id IN (SELECT id FROM enrolment WHERE session_id = $1))
         ORDER BY seq DESC
         LIMIT $2",
        [session_id.into(), limit.into()],
    )
    .await
}

/// Number of the newest event, 0 when there is none: what a cache of public pages can be keyed by.
pub async fn latest(db: &mut Connection) -> Result<i64> {
    db.number("SELECT COALESCE(MAX(seq), 0) FROM event", [])
        .await
}

/// Those who appear in the log, by name.
pub async fn actors(db: &mut Connection) -> Result<Vec<(String, String)>> {
    db.fetch_all(
        "SELECT actor_id, MAX(actor_name) AS actor_name FROM event
         WHERE actor_id IS NOT NULL AND actor_kind IN ('staff', 'api') AND actor_name <> ''
         GROUP BY actor_id ORDER BY 2, 1",
        [],
    )
    .await
}
