//! Responses to questionnaires, kept page by page.

use crate::{Connection, Error, Result, Value};

/// A response as stored.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow, serde::Serialize, serde::Deserialize)]
pub struct ResponseRow {
    /// Identifier.
    pub id: String,
    /// Season that it leads into.
    pub season_id: String,
    /// Who answered; known once it is complete.
    pub person_id: Option<String>,
    /// Slug of the questionnaire.
    pub questionnaire: String,
    /// The questionnaire's state when it was last answered (`content_version`).
    pub questionnaire_version: String,
    /// JSON of `domain::questionnaire::Answers`.
    pub answers: String,
    /// Place of the page to go on with, from 0.
    pub page: i64,
    /// `web`, `paper` or `phone`.
    pub origin: String,
    /// Account of whoever typed it in for somebody else.
    pub entered_by: Option<String>,
    /// `fr` or `en`.
    pub language: String,
    /// When it was begun, UTC milliseconds.
    pub started_at: i64,
    /// When it was last written, UTC milliseconds.
    pub updated_at: i64,
    /// When it was completed, UTC milliseconds.
    pub completed_at: Option<i64>,
    /// 1 while the person has not confirmed what was completed in their name: it does not count until then.
    pub unconfirmed: i64,
    /// Raised at every change.
    pub version: i64,
}

/// Stores a new response.
pub async fn insert(db: &mut Connection, row: &ResponseRow) -> Result<()> {
    db.execute(
        "INSERT INTO response (id, season_id, person_id, questionnaire, questionnaire_version, answers, page, origin, entered_by, language,
                               started_at, updated_at, completed_at, unconfirmed, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        [
            Value::from(&row.id),
            Value::from(&row.season_id),
            Value::from(&row.person_id),
            Value::from(&row.questionnaire),
            Value::from(&row.questionnaire_version),
            Value::from(&row.answers),
            row.page.into(),
            Value::from(&row.origin),
            Value::from(&row.entered_by),
            Value::from(&row.language),
            row.started_at.into(),
            row.updated_at.into(),
            row.completed_at.into(),
            row.unconfirmed.into(),
            row.version.into(),
        ],
    )
    .await?;
    Ok(())
}

/// One response.
pub async fn get(db: &mut Connection, id: &str) -> Result<Option<ResponseRow>> {
    db.fetch_optional(
        "SELECT id, season_id, person_id, questionnaire, questionnaire_version, answers, page, origin, entered_by, language,
                started_at, updated_at, completed_at, unconfirmed, version
         FROM response WHERE id = $1",
        [id.into()],
    )
    .await
}

/// Writes answers, page, person and completion over version `row.version`, which is raised by one.
///
/// # Errors
/// [`Error::Stale`] when somebody else wrote it meanwhile, or it is complete already.
pub async fn update(db: &mut Connection, row: &ResponseRow) -> Result<()> {
    let rows = db
        .execute(
            "UPDATE response
             SET person_id = $3, questionnaire_version = $4, answers = $5, page = $6, language = $7, updated_at = $8, completed_at = $9,
                 unconfirmed = $10, version = version + 1
             WHERE id = $1 AND version = $2 AND completed_at IS NULL",
            [
                Value::from(&row.id),
                row.version.into(),
                Value::from(&row.person_id),
                Value::from(&row.questionnaire_version),
                Value::from(&row.answers),
                row.page.into(),
                Value::from(&row.language),
                row.updated_at.into(),
                row.completed_at.into(),
                row.unconfirmed.into(),
            ],
        )
        .await?;
    if rows == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Confirms a completed response as of `at`; answers whether it was still to be confirmed.
pub async fn confirm(db: &mut Connection, id: &str, at: i64) -> Result<bool> {
    let rows = db
        .execute(
            "UPDATE response SET unconfirmed = 0, completed_at = $2, updated_at = $2, version = version + 1
             WHERE id = $1 AND completed_at IS NOT NULL AND unconfirmed = 1",
            [id.into(), at.into()],
        )
        .await?;
    Ok(rows == 1)
}

/// The last response that a person completed for a season.
pub async fn completed_by(
    db: &mut Connection,
    person: &str,
    season: &str,
) -> Result<Option<ResponseRow>> {
    db.fetch_optional(
        "SELECT id, season_id, person_id, questionnaire, questionnaire_version, answers, page, origin, entered_by, language,
                started_at, updated_at, completed_at, unconfirmed, version
         FROM response
         WHERE person_id = $1 AND season_id = $2 AND completed_at IS NOT NULL AND unconfirmed = 0
         ORDER BY completed_at DESC, id DESC LIMIT 1",
        [person.into(), season.into()],
    )
    .await
}

/// The last completed response of everybody in a season, by name of the person.
pub async fn completed_in(db: &mut Connection, season: &str) -> Result<Vec<ResponseRow>> {
    db.fetch_all(
        "SELECT r.id, r.season_id, r.person_id, r.questionnaire, r.questionnaire_version, r.answers, r.page, r.origin, r.entered_by,
                r.language, r.started_at, r.updated_at, r.completed_at, r.unconfirmed, r.version
         FROM response r JOIN person p ON p.id = r.person_id
         WHERE r.season_id = $1 AND r.completed_at IS NOT NULL AND r.unconfirmed = 0 AND p.erased_at IS NULL
           AND NOT EXISTS (SELECT 1 FROM response o
                           WHERE o.person_id = r.person_id AND o.season_id = r.season_id AND o.completed_at IS NOT NULL
                             AND o.unconfirmed = 0 AND (o.completed_at > r.completed_at OR (o.completed_at = r.completed_at AND o.id > r.id)))
         ORDER BY p.folded, r.id",
        [season.into()],
    )
    .await
}

/// A response that somebody typed in for somebody else.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct EnteredRow {
    /// Identifier.
    pub id: String,
    /// Person.
    pub person_id: String,
    /// Their name.
    pub name: String,
    /// Their commune.
    pub commune_code: Option<String>,
    /// `paper` or `phone`.
    pub origin: String,
    /// When, UTC milliseconds.
    pub completed_at: i64,
}

/// What an account typed in since `since`, newest first.
pub async fn entered_by(db: &mut Connection, account: &str, since: i64) -> Result<Vec<EnteredRow>> {
    db.fetch_all(
        "SELECT r.id, p.id AS person_id, p.name, p.commune_code, r.origin, r.completed_at
         FROM response r JOIN person p ON p.id = r.person_id
         WHERE r.entered_by = $1 AND r.completed_at IS NOT NULL AND r.completed_at >= $2
         ORDER BY r.completed_at DESC, r.id DESC",
        [account.into(), since.into()],
    )
    .await
}
