//! Sessions and the notes that trainers leave each other.

use crate::{Connection, Error, Result, Value};

/// A session as stored. Times are UTC milliseconds.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow, serde::Serialize, serde::Deserialize)]
pub struct SessionRow {
    /// Identifier.
    pub id: String,
    /// Season.
    pub season_id: String,
    /// Slug of the module.
    pub module: String,
    /// Version of the module's content when the session was made.
    pub module_version: String,
    /// Site.
    pub site_id: String,
    /// Room of the site, if chosen.
    pub room_id: Option<String>,
    /// Trainer, if found.
    pub trainer_id: Option<String>,
    /// Start.
    pub starts_at: i64,
    /// End.
    pub ends_at: i64,
    /// People from which it opens.
    pub least: i64,
    /// Seats.
    pub capacity: i64,
    /// `gathering`, `confirmed`, `held` or `cancelled`.
    pub stage: String,
    /// Since when.
    pub stage_at: i64,
    /// Why it was cancelled; empty otherwise.
    pub cancel_reason: String,
    /// Shown on the session's page.
    pub public_note: String,
    /// SEQUENCE of the calendar entry: raised at every change that people are told of.
    pub calendar_sequence: i64,
    /// Number of the next request for a seat.
    pub next_arrival: i64,
    /// Creation.
    pub created_at: i64,
    /// Raised at every change.
    pub version: i64,
}

/// A session with the names around it and its counts: what lists, the agenda and the API show.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow, serde::Serialize)]
pub struct SessionOverview {
    /// Identifier.
    pub id: String,
    /// Season.
    pub season_id: String,
    /// Programme of the season.
    pub programme_id: String,
    /// Slug of the module.
    pub module: String,
    /// Start.
    pub starts_at: i64,
    /// End.
    pub ends_at: i64,
    /// People from which it opens.
    pub least: i64,
    /// Seats.
    pub capacity: i64,
    /// `gathering`, `confirmed`, `held` or `cancelled`.
    pub stage: String,
    /// Why it was cancelled; empty otherwise.
    pub cancel_reason: String,
    /// Shown on the session's page.
    pub public_note: String,
    /// SEQUENCE of the calendar entry.
    pub calendar_sequence: i64,
    /// Raised at every change.
    pub version: i64,
    /// Site.
    pub site_id: String,
    /// Its name.
    pub site_name: String,
    /// Its address on the site's page.
    pub site_slug: String,
    /// Its street address.
    pub site_address: String,
    /// Its commune.
    pub commune_code: String,
    /// Room.
    pub room_id: Option<String>,
    /// Its name.
    pub room_name: Option<String>,
    /// Trainer.
    pub trainer_id: Option<String>,
    /// Their name.
    pub trainer_name: Option<String>,
    /// People with a seat.
    pub placed: i64,
    /// People to whom a seat is held out.
    pub offered: i64,
    /// People waiting.
    pub waiting: i64,
}

/// Which sessions to list; `None` means any. Lists of slugs or identifiers are given as `,a,b,` (see [`listed`]).
#[derive(Clone, Debug, Default)]
pub struct SessionFilter {
    /// Season.
    pub season_id: Option<String>,
    /// Starting at or after.
    pub from: Option<i64>,
    /// Starting before.
    pub until: Option<i64>,
    /// Modules, as `,a,b,`.
    pub modules: Option<String>,
    /// Sites, as `,a,b,`.
    pub sites: Option<String>,
    /// Trainer.
    pub trainer_id: Option<String>,
    /// Stages, as `,a,b,`.
    pub stages: Option<String>,
    /// Only with a seat that a newcomer can have.
    pub with_free_seats: bool,
    /// After this (start, id), for pages by cursor.
    pub after: Option<(i64, String)>,
    /// At most this many; `None`: all.
    pub limit: Option<i64>,
}

/// Writes a list of slugs or identifiers as `,a,b,` for a filter.
pub fn listed<'a>(values: impl IntoIterator<Item = &'a str>) -> String {
    values
        .into_iter()
        .fold(",".to_owned(), |list, value| list + value + ",")
}

/// Sessions with the names around them and their counts; a condition and the grouping follow.
macro_rules! overview {
    () => {
        "
    SELECT s.id, s.season_id, season.programme_id, s.module, s.starts_at, s.ends_at, s.least, s.capacity, s.stage, s.cancel_reason,
           s.public_note, s.calendar_sequence, s.version, s.site_id, site.name AS site_name, site.slug AS site_slug,
           site.address AS site_address, site.commune_code, s.room_id, room.name AS room_name, s.trainer_id,
           trainer.name AS trainer_name,
           COUNT(CASE WHEN e.stage = 'placed' THEN 1 END) AS placed,
           COUNT(CASE WHEN e.stage = 'offered' THEN 1 END) AS offered,
           COUNT(CASE WHEN e.stage = 'waiting' THEN 1 END) AS waiting
    FROM session s
    JOIN season ON season.id = s.season_id
    JOIN site ON site.id = s.site_id
    LEFT JOIN room ON room.id = s.room_id
    LEFT JOIN trainer ON trainer.id = s.trainer_id
    LEFT JOIN enrolment e ON e.session_id = s.id AND e.stage IN ('placed', 'offered', 'waiting')
"
    };
}

const LIST: &str = concat!(
    overview!(),
    "    WHERE (CAST($1 AS TEXT) IS NULL OR s.season_id = $1)
      AND (CAST($2 AS BIGINT) IS NULL OR s.starts_at >= $2)
      AND (CAST($3 AS BIGINT) IS NULL OR s.starts_at < $3)
      AND (CAST($4 AS TEXT) IS NULL OR $4 LIKE '%,' || s.module || ',%')
      AND (CAST($5 AS TEXT) IS NULL OR $5 LIKE '%,' || s.site_id || ',%')
      AND (CAST($6 AS TEXT) IS NULL OR s.trainer_id = $6)
      AND (CAST($7 AS TEXT) IS NULL OR $7 LIKE '%,' || s.stage || ',%')
      AND (CAST($8 AS BIGINT) IS NULL OR s.starts_at > $8 OR (s.starts_at = $8 AND s.id > CAST($9 AS TEXT)))
    GROUP BY s.id, season.id, site.id, room.id, trainer.id
    HAVING $10 = 0
        OR COUNT(CASE WHEN e.stage IN ('placed', 'offered') THEN 1 END) < s.capacity
           AND COUNT(CASE WHEN e.stage = 'waiting' THEN 1 END) = 0
    ORDER BY s.starts_at, s.id
    LIMIT $11"
);

/// One session alone has its own statement: a planner's work on [`LIST`] costs more than its answer, and letters ask at every registration.
const ONE: &str = concat!(
    overview!(),
    "    WHERE s.id = $1
    GROUP BY s.id, season.id, site.id, room.id, trainer.id"
);

/// Lists sessions in order of time.
pub async fn list(db: &mut Connection, filter: &SessionFilter) -> Result<Vec<SessionOverview>> {
    let (after_start, after_id) = filter.after.clone().unzip();
    db.fetch_all(
        LIST,
        [
            Value::from(&filter.season_id),
            filter.from.into(),
            filter.until.into(),
            Value::from(&filter.modules),
            Value::from(&filter.sites),
            Value::from(&filter.trainer_id),
            Value::from(&filter.stages),
            after_start.into(),
            after_id.into(),
            filter.with_free_seats.into(),
            filter.limit.unwrap_or(i64::MAX).into(),
        ],
    )
    .await
}

/// One session with the names around it and its counts.
pub async fn overview(db: &mut Connection, id: &str) -> Result<Option<SessionOverview>> {
    db.fetch_optional(ONE, [id.into()]).await
}

/// One session as stored.
pub async fn get(db: &mut Connection, id: &str) -> Result<Option<SessionRow>> {
    db.fetch_optional(
        "SELECT id, season_id, module, module_version, site_id, room_id, trainer_id, starts_at, ends_at, least, capacity, stage,
                stage_at, cancel_reason, public_note, calendar_sequence, next_arrival, created_at, version
         FROM session WHERE id = $1",
        [id.into()],
    )
    .await
}

/// Sessions that overlap `[starts_at, ends_at)`, cancelled ones left out: what a conflict can be found in.
pub async fn overlapping(
    db: &mut Connection,
    starts_at: i64,
    ends_at: i64,
) -> Result<Vec<SessionRow>> {
    db.fetch_all(
        "SELECT id, season_id, module, module_version, site_id, room_id, trainer_id, starts_at, ends_at, least, capacity, stage,
                stage_at, cancel_reason, public_note, calendar_sequence, next_arrival, created_at, version
         FROM session WHERE starts_at < $2 AND ends_at > $1 AND stage <> 'cancelled' ORDER BY starts_at, id",
        [starts_at.into(), ends_at.into()],
    )
    .await
}

/// Stores a new session.
pub async fn insert(db: &mut Connection, row: &SessionRow) -> Result<()> {
    db.execute(
        "INSERT INTO session (id, season_id, module, module_version, site_id, room_id, trainer_id, starts_at, ends_at, least, capacity,
                              stage, stage_at, cancel_reason, public_note, calendar_sequence, next_arrival, created_at, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)",
        [
            Value::from(&row.id),
            Value::from(&row.season_id),
            Value::from(&row.module),
            Value::from(&row.module_version),
            Value::from(&row.site_id),
            Value::from(&row.room_id),
            Value::from(&row.trainer_id),
            row.starts_at.into(),
            row.ends_at.into(),
            row.least.into(),
            row.capacity.into(),
            Value::from(&row.stage),
            row.stage_at.into(),
            Value::from(&row.cancel_reason),
            Value::from(&row.public_note),
            row.calendar_sequence.into(),
            row.next_arrival.into(),
            row.created_at.into(),
            row.version.into(),
        ],
    )
    .await?;
    Ok(())
}

/// Stores a session as changed; `row.version` is the version that was read, the stored one becomes the next.
///
/// # Errors
/// [`Error::Stale`] when somebody changed it meanwhile.
pub async fn update(db: &mut Connection, row: &SessionRow) -> Result<()> {
    let changed = db
        .execute(
            "UPDATE session
             SET module = $3, module_version = $4, site_id = $5, room_id = $6, trainer_id = $7, starts_at = $8, ends_at = $9, least = $10,
                 capacity = $11, stage = $12, stage_at = $13, cancel_reason = $14, public_note = $15, calendar_sequence = $16,
                 next_arrival = $17, version = version + 1
             WHERE id = $1 AND version = $2",
            [
                Value::from(&row.id),
                row.version.into(),
                Value::from(&row.module),
                Value::from(&row.module_version),
                Value::from(&row.site_id),
                Value::from(&row.room_id),
                Value::from(&row.trainer_id),
                row.starts_at.into(),
                row.ends_at.into(),
                row.least.into(),
                row.capacity.into(),
                Value::from(&row.stage),
                row.stage_at.into(),
                Value::from(&row.cancel_reason),
                Value::from(&row.public_note),
                row.calendar_sequence.into(),
                row.next_arrival.into(),
            ],
        )
        .await?;
    if changed == 0 {
        Err(Error::Stale)
    } else {
        Ok(())
    }
}

/// What a decision on seats changes of a session. It does not raise the version: a coordinator's edit in progress stays valid when
/// somebody registers meanwhile.
pub async fn after_decision(
    db: &mut Connection,
    id: &str,
    next_arrival: i64,
    stage: &str,
    stage_at: i64,
) -> Result<()> {
    db.execute(
        "UPDATE session SET next_arrival = $2, stage = $3, stage_at = $4 WHERE id = $1",
        [
            id.into(),
            next_arrival.into(),
            stage.into(),
            stage_at.into(),
        ],
    )
    .await?;
    Ok(())
}

/// A note from one trainer to the next.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow, serde::Serialize)]
pub struct SessionNoteRow {
    /// Identifier.
    pub id: String,
    /// Session.
    pub session_id: String,
    /// Account of the author.
    pub author_id: Option<String>,
    /// Their name at the time.
    pub author_name: String,
    /// What is noted.
    pub body: String,
    /// When.
    pub created_at: i64,
}

/// Adds a note.
pub async fn add_note(db: &mut Connection, note: &SessionNoteRow) -> Result<()> {
    db.execute(
        "INSERT INTO session_note (id, session_id, author_id, author_name, body, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
        [
            Value::from(&note.id),
            Value::from(&note.session_id),
            Value::from(&note.author_id),
            Value::from(&note.author_name),
            Value::from(&note.body),
            note.created_at.into(),
        ],
    )
    .await?;
    Ok(())
}

/// Notes of a session, oldest first.
pub async fn notes(db: &mut Connection, session_id: &str) -> Result<Vec<SessionNoteRow>> {
    db.fetch_all(
        "SELECT id, session_id, author_id, author_name, body, created_at FROM session_note WHERE session_id = $1 ORDER BY created_at, id",
        [session_id.into()],
    )
    .await
}

/// Notes left at earlier sessions of the same module in the same season, newest first: what the next trainer should know.
pub async fn earlier_notes(
    db: &mut Connection,
    season_id: &str,
    module: &str,
    before: i64,
) -> Result<Vec<SessionNoteRow>> {
    db.fetch_all(
        "SELECT n.id, n.session_id, n.author_id, n.author_name, n.body, n.created_at
         FROM session_note n JOIN session s ON s.id = n.session_id
         WHERE s.season_id = $1 AND s.module = $2 AND s.starts_at < $3
         ORDER BY n.created_at DESC, n.id
         LIMIT 20",
        [season_id.into(), module.into(), before.into()],
    )
    .await
}
