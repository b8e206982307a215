//! Talks at the end of a path: who is due, what was said.

use crate::{Connection, Error, Result, Value};

/// A talk as stored.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow, serde::Serialize, serde::Deserialize)]
pub struct DebriefRow {
    /// Identifier.
    pub id: String,
    /// Season.
    pub season_id: String,
    /// With whom.
    pub person_id: String,
    /// The questions' state (`content_version`).
    pub content_version: String,
    /// JSON of `domain::debrief::Kept`.
    pub answers: String,
    /// Account of whoever held it.
    pub held_by: Option<String>,
    /// Their name.
    pub held_by_name: String,
    /// `draft` or `finished`.
    pub stage: String,
    /// When it was begun, UTC milliseconds.
    pub started_at: i64,
    /// When it was last written, UTC milliseconds.
    pub updated_at: i64,
    /// When it was first finished, UTC milliseconds.
    pub finished_at: Option<i64>,
    /// Raised at every change.
    pub version: i64,
}

/// Something that was missing, as stored.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow, serde::Serialize, serde::Deserialize)]
pub struct LackRow {
    /// Identifier.
    pub id: String,
    /// The talk.
    pub debrief_id: String,
    /// Slug of the module; none for own words.
    pub module: Option<String>,
    /// Own words; empty for a module.
    pub detail: String,
    /// How much it matters, 1 to 3.
    pub weight: i64,
    /// Place in the talk.
    pub position: i64,
}

macro_rules! columns {
    () => {
        "d.id, d.season_id, d.person_id, d.content_version, d.answers, d.held_by, d.held_by_name, d.stage, d.started_at, d.updated_at, d.finished_at, d.version"
    };
}

/// The talk that counts of a person in a season: the one written last.
pub async fn current(
    db: &mut Connection,
    season: &str,
    person: &str,
) -> Result<Option<DebriefRow>> {
    db.fetch_optional(
        concat!(
            "SELECT ",
            columns!(),
            " FROM debrief d WHERE d.season_id = $1 AND d.person_id = $2 ORDER BY d.updated_at DESC, d.id DESC LIMIT 1"
        ),
        [season.into(), person.into()],
    )
    .await
}

/// The finished talks of a person, newest first.
pub async fn finished_of(db: &mut Connection, person: &str) -> Result<Vec<DebriefRow>> {
    db.fetch_all(
        concat!(
            "SELECT ",
            columns!(),
            " FROM debrief d WHERE d.person_id = $1 AND d.stage = 'finished' ORDER BY d.updated_at DESC, d.id DESC"
        ),
        [person.into()],
    )
    .await
}

/// Every talk of a person, newest first.
pub async fn of_person(db: &mut Connection, person: &str) -> Result<Vec<DebriefRow>> {
    db.fetch_all(
        concat!(
            "SELECT ",
            columns!(),
            " FROM debrief d WHERE d.person_id = $1 ORDER BY d.updated_at DESC, d.id DESC"
        ),
        [person.into()],
    )
    .await
}

/// Stores a new talk.
pub async fn insert(db: &mut Connection, row: &DebriefRow) -> Result<()> {
    db.execute(
        "INSERT INTO debrief (id, season_id, person_id, content_version, answers, held_by, held_by_name, stage, started_at, updated_at,
                              finished_at, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        [
            Value::from(&row.id),
            Value::from(&row.season_id),
            Value::from(&row.person_id),
            Value::from(&row.content_version),
            Value::from(&row.answers),
            Value::from(&row.held_by),
            Value::from(&row.held_by_name),
            Value::from(&row.stage),
            row.started_at.into(),
            row.updated_at.into(),
            row.finished_at.into(),
            row.version.into(),
        ],
    )
    .await?;
    Ok(())
}

/// Writes what was said over version `row.version`, which is raised by one.
///
/// # Errors
/// [`Error::Stale`] when somebody else wrote it meanwhile.
pub async fn update(db: &mut Connection, row: &DebriefRow) -> Result<()> {
    let rows = db
        .execute(
            "UPDATE debrief SET content_version = $3, answers = $4, held_by = $5, held_by_name = $6, stage = $7, updated_at = $8,
                    finished_at = $9, version = version + 1
             WHERE id = $1 AND version = $2",
            [
                Value::from(&row.id),
                row.version.into(),
                Value::from(&row.content_version),
                Value::from(&row.answers),
                Value::from(&row.held_by),
                Value::from(&row.held_by_name),
                Value::from(&row.stage),
                row.updated_at.into(),
                row.finished_at.into(),
            ],
        )
        .await?;
    if rows == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// What was missing, in order.
pub async fn lacks(db: &mut Connection, debrief: &str) -> Result<Vec<LackRow>> {
    db.fetch_all(
        "SELECT id, debrief_id, module, detail, weight, position FROM debrief_lack WHERE debrief_id = $1 ORDER BY position, id",
        [debrief.into()],
    )
    .await
}

/// Stores a line of what was missing, or writes over the one of that id.
pub async fn put_lack(db: &mut Connection, row: &LackRow) -> Result<()> {
    db.execute(
        "INSERT INTO debrief_lack (id, debrief_id, module, detail, weight, position) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (id) DO UPDATE SET module = $3, detail = $4, weight = $5, position = $6",
        [
            Value::from(&row.id),
            Value::from(&row.debrief_id),
            Value::from(&row.module),
            Value::from(&row.detail),
            row.weight.into(),
            row.position.into(),
        ],
    )
    .await?;
    Ok(())
}

/// Takes a line of what was missing away, from its subject too.
pub async fn drop_lack(db: &mut Connection, id: &str) -> Result<()> {
    db.execute(
        "DELETE FROM debrief_grouping WHERE kind = 'debrief' AND source_id = $1",
        [id.into()],
    )
    .await?;
    db.execute("DELETE FROM debrief_lack WHERE id = $1", [id.into()])
        .await?;
    Ok(())
}

/// Somebody of a season as the list of talks shows them.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct DueLine {
    /// Person.
    pub person_id: String,
    /// Their name.
    pub name: String,
    /// Their name without accents and capitals.
    pub folded: String,
    /// Their commune.
    pub commune_code: Option<String>,
    /// Their telephone.
    pub phone: Option<String>,
    /// Their e-mail.
    pub email: Option<String>,
    /// Their firm or authority.
    pub organisation_name: Option<String>,
    /// Sessions of the season attended.
    pub sessions: i64,
    /// Minutes attended in the season.
    pub minutes: i64,
    /// End of the last session attended, UTC milliseconds.
    pub last_at: Option<i64>,
    /// Sessions to come with a seat, an offer or a rank.
    pub coming: i64,
    /// Stage of the talk that counts, if there is one.
    pub stage: Option<String>,
    /// When it was last written, UTC milliseconds.
    pub updated_at: Option<i64>,
    /// Who held it.
    pub held_by_name: Option<String>,
}

/// Everybody with a path, an attended session or a talk in a season, by name; `person`: that one only.
pub async fn lines(
    db: &mut Connection,
    season: &str,
    person: Option<&str>,
    now: i64,
) -> Result<Vec<DueLine>> {
    db.fetch_all(
        "WITH came AS (
             SELECT a.person_id, COUNT(*) AS sessions, CAST(SUM(a.minutes) AS BIGINT) AS minutes, MAX(s.ends_at) AS last_at
             FROM attendance a JOIN session s ON s.id = a.session_id
             WHERE s.season_id = $1 AND a.minutes > 0 GROUP BY a.person_id),
         ahead AS (
             SELECT e.person_id, COUNT(*) AS coming FROM enrolment e JOIN session s ON s.id = e.session_id
             WHERE s.season_id = $1 AND e.stage IN ('placed', 'waiting', 'offered') AND s.stage <> 'cancelled' AND s.ends_at > $3
             GROUP BY e.person_id),
         talk AS (
             SELECT d.person_id, d.stage, d.updated_at, d.held_by_name,
                    ROW_NUMBER() OVER (PARTITION BY d.person_id ORDER BY d.updated_at DESC, d.id DESC) AS place
             FROM debrief d WHERE d.season_id = $1)
         SELECT p.id AS person_id, p.name, p.folded, p.commune_code, p.phone, p.email, o.name AS organisation_name,
                COALESCE(came.sessions, 0) AS sessions, COALESCE(came.minutes, 0) AS minutes, came.last_at,
                COALESCE(ahead.coming, 0) AS coming, talk.stage, talk.updated_at, talk.held_by_name
         FROM person p
         LEFT JOIN organisation o ON o.id = p.organisation_id
         LEFT JOIN came ON came.person_id = p.id
         LEFT JOIN ahead ON ahead.person_id = p.id
         LEFT JOIN talk ON talk.person_id = p.id AND talk.place = 1
         WHERE p.merged_into IS NULL AND p.erased_at IS NULL AND (CAST($2 AS TEXT) IS NULL OR p.id = $2)
           AND (came.sessions IS NOT NULL OR talk.stage IS NOT NULL
                OR EXISTS (SELECT 1 FROM pathway w WHERE w.person_id = p.id AND w.season_id = $1 AND w.superseded_at IS NULL))
         ORDER BY p.folded, p.id",
        [season.into(), Value::from(person), now.into()],
    )
    .await
}

/// A module that somebody attended.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct TakenRow {
    /// Person.
    pub person_id: String,
    /// Slug of the module.
    pub module: String,
    /// Season in which it was attended.
    pub season_id: String,
}

/// The modules attended, in whatever season; `person`: by that one only.
pub async fn taken(db: &mut Connection, person: Option<&str>) -> Result<Vec<TakenRow>> {
    db.fetch_all(
        "SELECT DISTINCT a.person_id, s.module, s.season_id FROM attendance a JOIN session s ON s.id = a.session_id
         WHERE a.minutes > 0 AND (CAST($1 AS TEXT) IS NULL OR a.person_id = $1) ORDER BY a.person_id, s.module, s.season_id",
        [Value::from(person)],
    )
    .await
}

/// A step of a path that holds.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct StepRow {
    /// Person.
    pub person_id: String,
    /// Slug of the module.
    pub module: String,
    /// `booked`, `proposed`, `full` or `absent`.
    pub outcome: String,
}

/// The steps of the paths of a season that hold, in order; `person`: of that one only.
pub async fn steps(
    db: &mut Connection,
    season: &str,
    person: Option<&str>,
) -> Result<Vec<StepRow>> {
    db.fetch_all(
        "SELECT w.person_id, t.module, t.outcome FROM pathway w JOIN pathway_step t ON t.pathway_id = w.id
         WHERE w.season_id = $1 AND w.superseded_at IS NULL AND (CAST($2 AS TEXT) IS NULL OR w.person_id = $2)
         ORDER BY w.person_id, t.position",
        [season.into(), Value::from(person)],
    )
    .await
}

/// The people who attended a session of a trainer in a season.
pub async fn trained_by(db: &mut Connection, season: &str, trainer: &str) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = db
        .fetch_all(
            "SELECT DISTINCT a.person_id FROM attendance a JOIN session s ON s.id = a.session_id
             WHERE s.season_id = $1 AND s.trainer_id = $2 AND a.minutes > 0 ORDER BY a.person_id",
            [season.into(), trainer.into()],
        )
        .await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}
