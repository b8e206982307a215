//! Partners and funders shown on a season's page.

use crate::error::one_or_stale;
use crate::{Connection, Result, Value};

/// A partner as stored.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow, serde::Serialize)]
pub struct PartnerRow {
    /// Identifier.
    pub id: String,
    /// The season on whose page it is shown.
    pub season_id: String,
    /// Name.
    pub name: String,
    /// `funder`, `host`, `chamber`, `sponsor` or `other`.
    pub kind: String,
    /// Its website.
    pub url: Option<String>,
    /// What it brings, in words; may be empty.
    pub contribution: String,
    /// Place in the list, from 1.
    pub position: i64,
    /// Raised at every change.
    pub version: i64,
}

/// The partner of that id.
pub async fn get(db: &mut Connection, id: &str) -> Result<Option<PartnerRow>> {
    db.fetch_optional(
        "SELECT id, season_id, name, kind, url, contribution, position, version FROM partner WHERE id = $1",
        [id.into()],
    )
    .await
}

/// The partners of a season, in the order in which they are shown.
pub async fn of_season(db: &mut Connection, season: &str) -> Result<Vec<PartnerRow>> {
    db.fetch_all(
        "SELECT id, season_id, name, kind, url, contribution, position, version FROM partner
         WHERE season_id = $1 ORDER BY position, id",
        [season.into()],
    )
    .await
}

/// Adds a partner.
pub async fn insert(db: &mut Connection, row: &PartnerRow) -> Result<()> {
    db.execute(
        "INSERT INTO partner (id, season_id, name, kind, url, contribution, position, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        [
            Value::from(&row.id),
            Value::from(&row.season_id),
            Value::from(&row.name),
            Value::from(&row.kind),
            Value::from(&row.url),
            Value::from(&row.contribution),
            row.position.into(),
            row.version.into(),
        ],
    )
    .await?;
    Ok(())
}

/// Writes the partner over version `row.version`, which is raised by one. Its season does not change.
pub async fn update(db: &mut Connection, row: &PartnerRow) -> Result<()> {
    let rows = db
        .execute(
            "UPDATE partner SET name = $3, kind = $4, url = $5, contribution = $6, position = $7, version = version + 1
             WHERE id = $1 AND version = $2",
            [
                Value::from(&row.id),
                row.version.into(),
                Value::from(&row.name),
                Value::from(&row.kind),
                Value::from(&row.url),
                Value::from(&row.contribution),
                row.position.into(),
            ],
        )
        .await?;
    one_or_stale(rows)
}

/// Puts the partner at a place of the list; not a change of the partner itself, so the version stays.
pub async fn place(db: &mut Connection, id: &str, position: i64) -> Result<()> {
    db.execute(
        "UPDATE partner SET position = $2 WHERE id = $1",
        [id.into(), position.into()],
    )
    .await?;
    Ok(())
}

/// Removes a partner, with what it was said to pay for.
pub async fn delete(db: &mut Connection, id: &str, version: i64) -> Result<()> {
    for sql in [
        "DELETE FROM session_funding WHERE partner_id = $1",
        "DELETE FROM enrolment_funding WHERE partner_id = $1",
    ] {
        db.execute(sql, [id.into()]).await?;
    }
    let rows = db
        .execute(
            "DELETE FROM partner WHERE id = $1 AND version = $2",
            [id.into(), version.into()],
        )
        .await?;
    one_or_stale(rows)
}
