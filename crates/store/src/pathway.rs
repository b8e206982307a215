//! Personal paths as they were drawn up.

use crate::{Connection, Result, Value};

/// A path as stored.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow, serde::Serialize, serde::Deserialize)]
pub struct PathwayRow {
    /// Identifier.
    pub id: String,
    /// Season.
    pub season_id: String,
    /// Whose it is.
    pub person_id: String,
    /// The response that it answers.
    pub response_id: String,
    /// Level of practice, 0 to 3.
    pub level: i64,
    /// Slug of the rules.
    pub rules: String,
    /// Their state (`content_version`).
    pub rules_version: String,
    /// When it was drawn up, UTC milliseconds.
    pub made_at: i64,
    /// When a later one took its place.
    pub superseded_at: Option<i64>,
}

/// One module of a path as stored.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow, serde::Serialize, serde::Deserialize)]
pub struct PathwayStepRow {
    /// The path.
    pub pathway_id: String,
    /// Place in the path, from 1.
    pub position: i64,
    /// Slug of the module.
    pub module: String,
    /// JSON list of the reasons, each `{rule, text: {fr, en}}`.
    pub reasons: String,
    /// `booked`, `proposed`, `full` or `absent`.
    pub outcome: String,
    /// The session booked or proposed first.
    pub session_id: Option<String>,
}

/// Stores a path in place of the person's earlier one of that season.
pub async fn replace(
    db: &mut Connection,
    row: &PathwayRow,
    steps: &[PathwayStepRow],
) -> Result<()> {
    db.execute(
        "UPDATE pathway SET superseded_at = $3 WHERE person_id = $1 AND season_id = $2 AND superseded_at IS NULL",
        [Value::from(&row.person_id), Value::from(&row.season_id), row.made_at.into()],
    )
    .await?;
    db.execute(
        "INSERT INTO pathway (id, season_id, person_id, response_id, level, rules, rules_version, made_at, superseded_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        [
            Value::from(&row.id),
            Value::from(&row.season_id),
            Value::from(&row.person_id),
            Value::from(&row.response_id),
            row.level.into(),
            Value::from(&row.rules),
            Value::from(&row.rules_version),
            row.made_at.into(),
            row.superseded_at.into(),
        ],
    )
    .await?;
    for step in steps {
        db.execute(
            "INSERT INTO pathway_step (pathway_id, position, module, reasons, outcome, session_id) VALUES ($1, $2, $3, $4, $5, $6)",
            [
                Value::from(&row.id),
                step.position.into(),
                Value::from(&step.module),
                Value::from(&step.reasons),
                Value::from(&step.outcome),
                Value::from(&step.session_id),
            ],
        )
        .await?;
    }
    Ok(())
}

/// The path of a person in a season that holds now.
pub async fn current(
    db: &mut Connection,
    person: &str,
    season: &str,
) -> Result<Option<PathwayRow>> {
    db.fetch_optional(
        "SELECT id, season_id, person_id, response_id, level, rules, rules_version, made_at, superseded_at
         FROM pathway WHERE person_id = $1 AND season_id = $2 AND superseded_at IS NULL
         ORDER BY made_at DESC, id DESC LIMIT 1",
        [person.into(), season.into()],
    )
    .await
}

/// Every path of a season that holds now.
pub async fn of_season(db: &mut Connection, season: &str) -> Result<Vec<PathwayRow>> {
    db.fetch_all(
        "SELECT id, season_id, person_id, response_id, level, rules, rules_version, made_at, superseded_at
         FROM pathway WHERE season_id = $1 AND superseded_at IS NULL ORDER BY person_id, made_at, id",
        [season.into()],
    )
    .await
}

/// The steps of a path, in order.
pub async fn steps(db: &mut Connection, pathway: &str) -> Result<Vec<PathwayStepRow>> {
    db.fetch_all(
        "SELECT pathway_id, position, module, reasons, outcome, session_id
         FROM pathway_step WHERE pathway_id = $1 ORDER BY position",
        [pathway.into()],
    )
    .await
}

/// Slugs of the modules that a person attended, whatever the season.
pub async fn attended(db: &mut Connection, person: &str) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = db
        .fetch_all(
            "SELECT DISTINCT s.module FROM attendance a JOIN session s ON s.id = a.session_id
             WHERE a.person_id = $1 AND a.mark IN ('present', 'late', 'left-early') ORDER BY s.module",
            [person.into()],
        )
        .await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// Somebody of a territory as their referent sees them.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct RelayedPerson {
    /// Person.
    pub id: String,
    /// Their name.
    pub name: String,
    /// Their commune.
    pub commune_code: Option<String>,
    /// Their firm or authority.
    pub organisation_name: Option<String>,
    /// Their telephone.
    pub phone: Option<String>,
    /// Level of their path in the season, if they have one.
    pub level: Option<i64>,
    /// Seats that they have in sessions to come.
    pub seats: i64,
    /// Sessions to come for which they wait.
    pub waiting: i64,
    /// Start of their next session with a seat, UTC milliseconds.
    pub next_at: Option<i64>,
    /// Its module.
    pub next_module: Option<String>,
    /// Its site.
    pub next_site: Option<String>,
}

/// The people of these communes (JSON-free list `,a,b,`; `None`: of all) with how far they are in a season, by name.
pub async fn relayed(
    db: &mut Connection,
    season: &str,
    communes: Option<&str>,
    now: i64,
) -> Result<Vec<RelayedPerson>> {
    db.fetch_all(
        "WITH coming AS (
             SELECT e.person_id, e.stage, s.module, s.starts_at, site.name AS site_name,
                    ROW_NUMBER() OVER (PARTITION BY e.person_id, e.stage ORDER BY s.starts_at, s.id) AS place,
                    COUNT(*) OVER (PARTITION BY e.person_id, e.stage) AS number
             FROM enrolment e JOIN session s ON s.id = e.session_id JOIN site ON site.id = s.site_id
             WHERE e.stage IN ('placed', 'waiting') AND s.stage <> 'cancelled' AND s.season_id = $1 AND s.ends_at > $3)
         SELECT p.id, p.name, p.commune_code, o.name AS organisation_name, p.phone,
                (SELECT MAX(w.level) FROM pathway w
                 WHERE w.person_id = p.id AND w.season_id = $1 AND w.superseded_at IS NULL) AS level,
                COALESCE(seat.number, 0) AS seats, COALESCE(wait.number, 0) AS waiting,
                seat.starts_at AS next_at, seat.module AS next_module, seat.site_name AS next_site
         FROM person p
         LEFT JOIN organisation o ON o.id = p.organisation_id
         LEFT JOIN coming seat ON seat.person_id = p.id AND seat.stage = 'placed' AND seat.place = 1
         LEFT JOIN coming wait ON wait.person_id = p.id AND wait.stage = 'waiting' AND wait.place = 1
         WHERE p.merged_into IS NULL AND p.erased_at IS NULL
           AND (CAST($2 AS TEXT) IS NULL OR $2 LIKE '%,' || p.commune_code || ',%')
         ORDER BY p.folded, p.id",
        [season.into(), Value::from(communes), now.into()],
    )
    .await
}
