//! Content files as they were when used.

use crate::{Connection, Result, Value};

/// One state of a content file.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow, serde::Serialize, serde::Deserialize)]
pub struct ContentVersionRow {
    /// Identifier.
    pub id: String,
    /// `questionnaire`, `pathway-rules` or `assessment-item`.
    pub kind: String,
    /// Its slug.
    pub slug: String,
    /// Names the state (`domain::content::ContentVersion`).
    pub version: String,
    /// The file's text.
    pub body: String,
    /// When it was kept, UTC milliseconds.
    pub created_at: i64,
    /// Name of whoever wrote it; none for what came with the program.
    pub created_by: Option<String>,
    /// When it was put to use, UTC milliseconds.
    pub published_at: Option<i64>,
}

/// Keeps a state of a content file; harmless when it is kept already. Answers the row that is kept.
pub async fn keep(db: &mut Connection, row: &ContentVersionRow) -> Result<ContentVersionRow> {
    db.fetch_one(
        "INSERT INTO content_version (id, kind, slug, version, body, created_at, created_by, published_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (kind, slug, version)
         DO UPDATE SET published_at = COALESCE(content_version.published_at, excluded.published_at)
         RETURNING id, kind, slug, version, body, created_at, created_by, published_at",
        [
            Value::from(&row.id),
            Value::from(&row.kind),
            Value::from(&row.slug),
            Value::from(&row.version),
            Value::from(&row.body),
            row.created_at.into(),
            Value::from(&row.created_by),
            row.published_at.into(),
        ],
    )
    .await
}

/// One kept state.
pub async fn get(db: &mut Connection, id: &str) -> Result<Option<ContentVersionRow>> {
    db.fetch_optional(
        "SELECT id, kind, slug, version, body, created_at, created_by, published_at FROM content_version WHERE id = $1",
        [id.into()],
    )
    .await
}

/// One state of one file, if it was kept.
pub async fn find(
    db: &mut Connection,
    kind: &str,
    slug: &str,
    version: &str,
) -> Result<Option<ContentVersionRow>> {
    db.fetch_optional(
        "SELECT id, kind, slug, version, body, created_at, created_by, published_at
         FROM content_version WHERE kind = $1 AND slug = $2 AND version = $3",
        [kind.into(), slug.into(), version.into()],
    )
    .await
}

/// Every kept state of one file, newest first.
pub async fn of(db: &mut Connection, kind: &str, slug: &str) -> Result<Vec<ContentVersionRow>> {
    db.fetch_all(
        "SELECT id, kind, slug, version, body, created_at, created_by, published_at
         FROM content_version WHERE kind = $1 AND slug = $2 ORDER BY created_at DESC, id DESC",
        [kind.into(), slug.into()],
    )
    .await
}
