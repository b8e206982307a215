//! Wishes: demand that no session meets yet.

use crate::{Connection, Error, Result, Value};

/// A wish as stored.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow, serde::Serialize, serde::Deserialize)]
pub struct WishRow {
    /// Identifier.
    pub id: String,
    /// Season.
    pub season_id: String,
    /// Whose it is.
    pub person_id: String,
    /// Slug of the module, if it is about one.
    pub module: Option<String>,
    /// The wish in the person's words.
    pub detail: String,
    /// `full`, `absent` or `asked`.
    pub reason: String,
    /// `open`, `answered` or `closed`.
    pub stage: String,
    /// When it was kept, UTC milliseconds.
    pub created_at: i64,
    /// When it was answered, UTC milliseconds.
    pub answered_at: Option<i64>,
    /// What was answered.
    pub answer: String,
    /// The session that answers it.
    pub session_id: Option<String>,
    /// Raised at every change.
    pub version: i64,
}

/// Stores a new wish.
pub async fn insert(db: &mut Connection, row: &WishRow) -> Result<()> {
    db.execute(
        "INSERT INTO wish (id, season_id, person_id, module, detail, reason, stage, created_at, answered_at, answer, session_id, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        [
            Value::from(&row.id),
            Value::from(&row.season_id),
            Value::from(&row.person_id),
            Value::from(&row.module),
            Value::from(&row.detail),
            Value::from(&row.reason),
            Value::from(&row.stage),
            row.created_at.into(),
            row.answered_at.into(),
            Value::from(&row.answer),
            Value::from(&row.session_id),
            row.version.into(),
        ],
    )
    .await?;
    Ok(())
}

/// One wish.
pub async fn get(db: &mut Connection, id: &str) -> Result<Option<WishRow>> {
    db.fetch_optional(
        "SELECT id, season_id, person_id, module, detail, reason, stage, created_at, answered_at, answer, session_id, version
         FROM wish WHERE id = $1",
        [id.into()],
    )
    .await
}

/// What a person wishes in a season, closed ones too, oldest first.
pub async fn of_person(db: &mut Connection, person: &str, season: &str) -> Result<Vec<WishRow>> {
    db.fetch_all(
        "SELECT id, season_id, person_id, module, detail, reason, stage, created_at, answered_at, answer, session_id, version
         FROM wish WHERE person_id = $1 AND season_id = $2 ORDER BY created_at, id",
        [person.into(), season.into()],
    )
    .await
}

/// Writes detail, reason, stage, answer and session over version `row.version`, which is raised by one.
///
/// # Errors
/// [`Error::Stale`] when somebody else wrote it meanwhile.
pub async fn update(db: &mut Connection, row: &WishRow) -> Result<()> {
    let rows = db
        .execute(
            "UPDATE wish SET detail = $3, reason = $4, stage = $5, answered_at = $6, answer = $7, session_id = $8, version = version + 1
             WHERE id = $1 AND version = $2",
            [
                Value::from(&row.id),
                row.version.into(),
                Value::from(&row.detail),
                Value::from(&row.reason),
                Value::from(&row.stage),
                row.answered_at.into(),
                Value::from(&row.answer),
                Value::from(&row.session_id),
            ],
        )
        .await?;
    if rows == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// A wish with who it comes from.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct WishLine {
    /// Identifier.
    pub id: String,
    /// Person.
    pub person_id: String,
    /// Their name.
    pub name: String,
    /// Their e-mail.
    pub email: Option<String>,
    /// Their telephone.
    pub phone: Option<String>,
    /// Their commune.
    pub commune_code: Option<String>,
    /// Their firm or authority.
    pub organisation_name: Option<String>,
    /// Slug of the module, if it is about one.
    pub module: Option<String>,
    /// The wish in the person's words.
    pub detail: String,
    /// `full`, `absent` or `asked`.
    pub reason: String,
    /// `open`, `answered` or `closed`.
    pub stage: String,
    /// When it was kept, UTC milliseconds.
    pub created_at: i64,
    /// When it was answered, UTC milliseconds.
    pub answered_at: Option<i64>,
    /// What was answered.
    pub answer: String,
    /// The session that answers it.
    pub session_id: Option<String>,
    /// Version of the wish.
    pub version: i64,
}

/// Which wishes to list; `None` means any.
#[derive(Clone, Debug, Default)]
pub struct WishFilter {
    /// Season.
    pub season_id: String,
    /// `open`, `answered` or `closed`.
    pub stage: Option<String>,
    /// Slug of the module; empty for wishes about none.
    pub module: Option<String>,
    /// Commune.
    pub commune: Option<String>,
    /// Folded part of the person's name.
    pub name: Option<String>,
    /// Part of what was wished, lower case.
    pub words: Option<String>,
    /// Oldest first instead of newest first.
    pub oldest_first: bool,
    /// How many to leave out.
    pub offset: i64,
    /// At most this many.
    pub limit: i64,
}

impl WishFilter {
    fn values(&self) -> [Value; 6] {
        [
            Value::from(&self.season_id),
            Value::from(&self.stage),
            Value::from(&self.module),
            Value::from(&self.commune),
            Value::from(&self.name),
            Value::from(&self.words),
        ]
    }
}

/// Lists wishes.
pub async fn list(db: &mut Connection, filter: &WishFilter) -> Result<Vec<WishLine>> {
    let mut values = filter.values().to_vec();
    values.extend([
        filter.oldest_first.into(),
        filter.limit.into(),
        filter.offset.into(),
    ]);
    db.fetch_all(
        "SELECT w.id, w.person_id, p.name, p.email, p.phone, p.commune_code, o.name AS organisation_name, w.module, w.detail, w.reason,
                w.stage, w.created_at, w.answered_at, w.answer, w.session_id, w.version
         FROM wish w JOIN person p ON p.id = w.person_id LEFT JOIN organisation o ON o.id = p.organisation_id
         WHERE w.season_id = $1
           AND (CAST($2 AS TEXT) IS NULL OR w.stage = $2)
           AND (CAST($3 AS TEXT) IS NULL OR COALESCE(w.module, '') = $3)
           AND (CAST($4 AS TEXT) IS NULL OR p.commune_code = $4)
           AND (CAST($5 AS TEXT) IS NULL OR p.folded LIKE '%' || $5 || '%' OR LOWER(w.detail) LIKE '%' || CAST($6 AS TEXT) || '%')
         ORDER BY CASE WHEN CAST($7 AS BIGINT) = 1 THEN w.created_at ELSE -w.created_at END, w.id
         LIMIT $8 OFFSET $9",
        values,
    )
    .await
}

/// How many wishes match.
pub async fn count(db: &mut Connection, filter: &WishFilter) -> Result<i64> {
    let row: (i64,) = db
        .fetch_one(
            "SELECT COUNT(*)
             FROM wish w JOIN person p ON p.id = w.person_id
             WHERE w.season_id = $1
               AND (CAST($2 AS TEXT) IS NULL OR w.stage = $2)
               AND (CAST($3 AS TEXT) IS NULL OR COALESCE(w.module, '') = $3)
               AND (CAST($4 AS TEXT) IS NULL OR p.commune_code = $4)
               AND (CAST($5 AS TEXT) IS NULL OR p.folded LIKE '%' || $5 || '%' OR LOWER(w.detail) LIKE '%' || CAST($6 AS TEXT) || '%')",
            filter.values(),
        )
        .await?;
    Ok(row.0)
}

/// How many people wish for something.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct Demand {
    /// Slug of the module, or code of the commune; empty when there is none.
    pub what: String,
    /// People with an open wish.
    pub people: i64,
}

/// People with an open wish, by module, most wished first.
pub async fn by_module(db: &mut Connection, season: &str) -> Result<Vec<Demand>> {
    db.fetch_all(
        "SELECT COALESCE(module, '') AS what, COUNT(DISTINCT person_id) AS people
         FROM wish WHERE season_id = $1 AND stage = 'open' GROUP BY COALESCE(module, '') ORDER BY 2 DESC, 1",
        [season.into()],
    )
    .await
}

/// People with an open wish, by commune, most first.
pub async fn by_commune(db: &mut Connection, season: &str) -> Result<Vec<Demand>> {
    db.fetch_all(
        "SELECT COALESCE(p.commune_code, '') AS what, COUNT(DISTINCT w.person_id) AS people
         FROM wish w JOIN person p ON p.id = w.person_id
         WHERE w.season_id = $1 AND w.stage = 'open' GROUP BY COALESCE(p.commune_code, '') ORDER BY 2 DESC, 1",
        [season.into()],
    )
    .await
}
