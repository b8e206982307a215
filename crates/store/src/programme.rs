//! Programmes and their seasons.

use crate::error::one_or_stale;
use crate::{Connection, Result, Value};

/// A programme as stored.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow, serde::Serialize)]
pub struct ProgrammeRow {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: String,
    /// Name in addresses.
    pub slug: String,
    /// Where it runs.
    pub territory_id: String,
    /// What it is, for everybody.
    pub summary: String,
    /// Where people can write.
    pub contact_email: Option<String>,
    /// Where people can call.
    pub contact_phone: Option<String>,
    /// IANA name of the time zone in which its sessions are told.
    pub time_zone: String,
    /// How long before a session people are reminded of it, in hours.
    pub reminder_hours: i64,
    /// When it was made, UTC milliseconds.
    pub created_at: i64,
    /// Raised at every change.
    pub version: i64,
}

/// A season as stored.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow, serde::Serialize)]
pub struct SeasonRow {
    /// Identifier.
    pub id: String,
    /// Its programme.
    pub programme_id: String,
    /// Name.
    pub name: String,
    /// Name in addresses, unique over all programmes.
    pub slug: String,
    /// First day, `YYYY-MM-DD` in the programme's time zone.
    pub starts_on: String,
    /// Last day, included.
    pub ends_on: String,
    /// `preparing`, `open` or `closed`.
    pub stage: String,
    /// What it is, for everybody.
    pub summary: String,
    /// Slug of the questionnaire that leads into it.
    pub questionnaire: String,
    /// Slug of the rules that make paths of answers.
    pub pathway_rules: String,
    /// How long an offered seat is kept, in hours.
    pub offer_hours: i64,
    /// Attended minutes from which a certificate is issued.
    pub certificate_minutes: i64,
    /// When it was made, UTC milliseconds.
    pub created_at: i64,
    /// Raised at every change.
    pub version: i64,
}

macro_rules! programme_columns {
    () => {
        "id, name, slug, territory_id, summary, contact_email, contact_phone, time_zone, reminder_hours, created_at, version"
    };
}

macro_rules! season_columns {
    () => {
        "id, programme_id, name, slug, starts_on, ends_on, stage, summary, questionnaire, pathway_rules,
         offer_hours, certificate_minutes, created_at, version"
    };
}

/// The programme of that id.
pub async fn get(db: &mut Connection, id: &str) -> Result<Option<ProgrammeRow>> {
    db.fetch_optional(
        concat!(
            "SELECT ",
            programme_columns!(),
            " FROM programme WHERE id = $1"
        ),
        [id.into()],
    )
    .await
}

/// The programme of that slug.
pub async fn by_slug(db: &mut Connection, slug: &str) -> Result<Option<ProgrammeRow>> {
    db.fetch_optional(
        concat!(
            "SELECT ",
            programme_columns!(),
            " FROM programme WHERE slug = $1"
        ),
        [slug.into()],
    )
    .await
}

/// Every programme, oldest first.
pub async fn list(db: &mut Connection) -> Result<Vec<ProgrammeRow>> {
    db.fetch_all(
        concat!(
            "SELECT ",
            programme_columns!(),
            " FROM programme ORDER BY created_at, id"
        ),
        [],
    )
    .await
}

/// Adds a programme.
pub async fn insert(db: &mut Connection, row: &ProgrammeRow) -> Result<()> {
    db.execute(
        "INSERT INTO programme (id, name, slug, territory_id, summary, contact_email, contact_phone, time_zone, reminder_hours,
                                created_at, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        [
            Value::from(&row.id),
            Value::from(&row.name),
            Value::from(&row.slug),
            Value::from(&row.territory_id),
            Value::from(&row.summary),
            Value::from(&row.contact_email),
            Value::from(&row.contact_phone),
            Value::from(&row.time_zone),
            row.reminder_hours.into(),
            row.created_at.into(),
            row.version.into(),
        ],
    )
    .await?;
    Ok(())
}

/// Writes the programme over version `row.version`, which is raised by one.
pub async fn update(db: &mut Connection, row: &ProgrammeRow) -> Result<()> {
    let rows = db
        .execute(
            "UPDATE programme SET name = $3, slug = $4, territory_id = $5, summary = $6, contact_email = $7,
                 contact_phone = $8, time_zone = $9, reminder_hours = $10, version = version + 1
             WHERE id = $1 AND version = $2",
            [
                Value::from(&row.id),
                row.version.into(),
                Value::from(&row.name),
                Value::from(&row.slug),
                Value::from(&row.territory_id),
                Value::from(&row.summary),
                Value::from(&row.contact_email),
                Value::from(&row.contact_phone),
                Value::from(&row.time_zone),
                row.reminder_hours.into(),
            ],
        )
        .await?;
    one_or_stale(rows)
}

/// How many seasons and roles rest on the programme.
pub async fn uses(db: &mut Connection, programme: &str) -> Result<i64> {
    db.number(
        "SELECT (SELECT COUNT(*) FROM season WHERE programme_id = $1)
              + (SELECT COUNT(*) FROM role_binding WHERE programme_id = $1)",
        [programme.into()],
    )
    .await
}

/// Removes a programme that nothing rests on (see [`uses`]) at version `version`.
pub async fn delete(db: &mut Connection, id: &str, version: i64) -> Result<()> {
    for sql in [
        "DELETE FROM proof_rule WHERE programme_id = $1",
        "DELETE FROM badge_key WHERE programme_id = $1",
    ] {
        db.execute(sql, [id.into()]).await?;
    }
    let rows = db
        .execute(
            "DELETE FROM programme WHERE id = $1 AND version = $2",
            [id.into(), version.into()],
        )
        .await?;
    one_or_stale(rows)
}

/// The season of that id.
pub async fn season(db: &mut Connection, id: &str) -> Result<Option<SeasonRow>> {
    db.fetch_optional(
        concat!("SELECT ", season_columns!(), " FROM season WHERE id = $1"),
        [id.into()],
    )
    .await
}

/// The season of that slug.
pub async fn season_by_slug(db: &mut Connection, slug: &str) -> Result<Option<SeasonRow>> {
    db.fetch_optional(
        concat!("SELECT ", season_columns!(), " FROM season WHERE slug = $1"),
        [slug.into()],
    )
    .await
}

/// The season to show first on `today` (`YYYY-MM-DD`): the open one that is running, else the next open one, else the open or closed one
/// that ended last. Never one in preparation.
pub async fn current_season(db: &mut Connection, today: &str) -> Result<Option<SeasonRow>> {
    db.fetch_optional(
        concat!(
            "SELECT ",
            season_columns!(),
            " FROM season
             WHERE stage IN ('open', 'closed')
             ORDER BY CASE
                 WHEN stage = 'open' AND starts_on <= CAST($1 AS TEXT) AND ends_on >= CAST($1 AS TEXT) THEN 0
                 WHEN stage = 'open' AND starts_on > CAST($1 AS TEXT) THEN 1
                 WHEN stage = 'open' THEN 2
                 ELSE 3 END,
                 CASE WHEN stage = 'open' AND starts_on > CAST($1 AS TEXT) THEN starts_on ELSE '' END,
                 ends_on DESC, id
             LIMIT 1"
        ),
        [today.into()],
    )
    .await
}

/// Seasons of a programme (`None`: of every programme), latest first.
pub async fn list_seasons(db: &mut Connection, programme: Option<&str>) -> Result<Vec<SeasonRow>> {
    db.fetch_all(
        concat!(
            "SELECT ",
            season_columns!(),
            " FROM season WHERE (CAST($1 AS TEXT) IS NULL OR programme_id = $1) ORDER BY starts_on DESC, id"
        ),
        [programme.into()],
    )
    .await
}

/// Adds a season.
pub async fn insert_season(db: &mut Connection, row: &SeasonRow) -> Result<()> {
    db.execute(
        "INSERT INTO season (id, programme_id, name, slug, starts_on, ends_on, stage, summary, questionnaire, pathway_rules,
             offer_hours, certificate_minutes, created_at, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        [
            Value::from(&row.id),
            Value::from(&row.programme_id),
            Value::from(&row.name),
            Value::from(&row.slug),
            Value::from(&row.starts_on),
            Value::from(&row.ends_on),
            Value::from(&row.stage),
            Value::from(&row.summary),
            Value::from(&row.questionnaire),
            Value::from(&row.pathway_rules),
            row.offer_hours.into(),
            row.certificate_minutes.into(),
            row.created_at.into(),
            row.version.into(),
        ],
    )
    .await?;
    Ok(())
}

/// Writes the season over version `row.version`, which is raised by one. Its programme does not change.
pub async fn update_season(db: &mut Connection, row: &SeasonRow) -> Result<()> {
    let rows = db
        .execute(
            "UPDATE season SET name = $3, slug = $4, starts_on = $5, ends_on = $6, stage = $7, summary = $8, questionnaire = $9,
                 pathway_rules = $10, offer_hours = $11, certificate_minutes = $12, version = version + 1
             WHERE id = $1 AND version = $2",
            [
                Value::from(&row.id),
                row.version.into(),
                Value::from(&row.name),
                Value::from(&row.slug),
                Value::from(&row.starts_on),
                Value::from(&row.ends_on),
                Value::from(&row.stage),
                Value::from(&row.summary),
                Value::from(&row.questionnaire),
                Value::from(&row.pathway_rules),
                row.offer_hours.into(),
                row.certificate_minutes.into(),
            ],
        )
        .await?;
    one_or_stale(rows)
}

/// First and last instant of the season's sessions that are not cancelled, UTC milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct SessionSpan {
    /// Beginning of the first, if there is one.
    pub first: Option<i64>,
    /// End of the last, if there is one.
    pub last: Option<i64>,
}

/// Between which instants the season has sessions.
pub async fn session_span(db: &mut Connection, season: &str) -> Result<SessionSpan> {
    db.fetch_one(
        "SELECT MIN(starts_at) AS first, MAX(ends_at) AS last FROM session WHERE season_id = $1 AND stage <> 'cancelled'",
        [season.into()],
    )
    .await
}

/// Removes a season with its partners; [`crate::Error::Reference`] when sessions, questionnaires, paths, wishes or certificates belong to it.
pub async fn delete_season(db: &mut Connection, id: &str, version: i64) -> Result<()> {
    db.execute("DELETE FROM partner WHERE season_id = $1", [id.into()])
        .await?;
    let rows = db
        .execute(
            "DELETE FROM season WHERE id = $1 AND version = $2",
            [id.into(), version.into()],
        )
        .await?;
    one_or_stale(rows)
}
