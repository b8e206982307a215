//! Own territories, made of communes, intercommunalities, départements and regions.

use crate::error::one_or_stale;
use crate::{Connection, Result, Value};

/// An own territory as stored.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow, serde::Serialize)]
pub struct TerritoryRow {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: String,
    /// Name for comparing and searching (`domain::text::fold`).
    pub folded: String,
    /// Note for staff, may be empty.
    pub note: String,
    /// When it was made, UTC milliseconds.
    pub created_at: i64,
    /// Raised at every change.
    pub version: i64,
}

/// One part of a territory.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, sqlx::FromRow, serde::Serialize)]
pub struct PartRow {
    /// The territory.
    pub territory_id: String,
    /// `commune`, `epci`, `departement` or `region`.
    pub kind: String,
    /// INSEE, SIREN or NIS code.
    pub code: String,
}

/// The territory of that id.
pub async fn get(db: &mut Connection, id: &str) -> Result<Option<TerritoryRow>> {
    db.fetch_optional(
        "SELECT id, name, folded, note, created_at, version FROM territory WHERE id = $1",
        [id.into()],
    )
    .await
}

/// The territory of that name, once folded.
pub async fn by_folded(db: &mut Connection, folded: &str) -> Result<Option<TerritoryRow>> {
    db.fetch_optional(
        "SELECT id, name, folded, note, created_at, version FROM territory WHERE folded = $1",
        [folded.into()],
    )
    .await
}

/// Territories whose folded name contains `search` (`None`: all), by name.
pub async fn list(db: &mut Connection, search: Option<&str>) -> Result<Vec<TerritoryRow>> {
    db.fetch_all(
        "SELECT id, name, folded, note, created_at, version FROM territory
         WHERE (CAST($1 AS TEXT) IS NULL OR folded LIKE '%' || CAST($1 AS TEXT) || '%')
         ORDER BY folded, id",
        [search.into()],
    )
    .await
}

/// The parts of a territory, by kind and code.
pub async fn parts(db: &mut Connection, territory: &str) -> Result<Vec<PartRow>> {
    db.fetch_all(
        "SELECT territory_id, kind, code FROM territory_part WHERE territory_id = $1 ORDER BY kind, code",
        [territory.into()],
    )
    .await
}

/// The parts of every territory.
pub async fn all_parts(db: &mut Connection) -> Result<Vec<PartRow>> {
    db.fetch_all(
        "SELECT territory_id, kind, code FROM territory_part ORDER BY territory_id, kind, code",
        [],
    )
    .await
}

/// Adds a territory, without parts.
pub async fn insert(db: &mut Connection, row: &TerritoryRow) -> Result<()> {
    db.execute(
        "INSERT INTO territory (id, name, folded, note, created_at, version) VALUES ($1, $2, $3, $4, $5, $6)",
        [
            Value::from(&row.id),
            Value::from(&row.name),
            Value::from(&row.folded),
            Value::from(&row.note),
            row.created_at.into(),
            row.version.into(),
        ],
    )
    .await?;
    Ok(())
}

/// Writes the territory over version `row.version`, which is raised by one.
pub async fn update(db: &mut Connection, row: &TerritoryRow) -> Result<()> {
    let rows = db
        .execute(
            "UPDATE territory SET name = $3, folded = $4, note = $5, version = version + 1 WHERE id = $1 AND version = $2",
            [
                Value::from(&row.id),
                row.version.into(),
                Value::from(&row.name),
                Value::from(&row.folded),
                Value::from(&row.note),
            ],
        )
        .await?;
    one_or_stale(rows)
}

/// Makes the territory consist of exactly these parts, `(kind, code)`.
pub async fn replace_parts(
    db: &mut Connection,
    territory: &str,
    parts: &[(String, String)],
) -> Result<()> {
    db.execute(
        "DELETE FROM territory_part WHERE territory_id = $1",
        [territory.into()],
    )
    .await?;
    for (kind, code) in parts {
        db.execute(
            "INSERT INTO territory_part (territory_id, kind, code) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
            [territory.into(), Value::from(kind), Value::from(code)],
        )
        .await?;
    }
    Ok(())
}

/// How many programmes, referents and roles rest on the territory.
pub async fn uses(db: &mut Connection, territory: &str) -> Result<i64> {
    db.number(
        "SELECT (SELECT COUNT(*) FROM programme WHERE territory_id = $1)
              + (SELECT COUNT(*) FROM referent WHERE territory_id = $1)
              + (SELECT COUNT(*) FROM role_binding WHERE territory_id = $1)",
        [territory.into()],
    )
    .await
}

/// Removes a territory that nothing rests on (see [`uses`]) at version `version`.
pub async fn delete(db: &mut Connection, id: &str, version: i64) -> Result<()> {
    db.execute(
        "DELETE FROM territory_part WHERE territory_id = $1",
        [id.into()],
    )
    .await?;
    let rows = db
        .execute(
            "DELETE FROM territory WHERE id = $1 AND version = $2",
            [id.into(), version.into()],
        )
        .await?;
    one_or_stale(rows)
}
