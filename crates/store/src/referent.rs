//! Referents: who relays the programme in a territory.

use crate::error::one_or_stale;
use crate::{Connection, Result, Value};

/// A referent as stored.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow, serde::Serialize)]
pub struct ReferentRow {
    /// Identifier.
    pub id: String,
    /// Where they relay the programme.
    pub territory_id: String,
    /// With which account they sign in, if any.
    pub account_id: Option<String>,
    /// Name.
    pub name: String,
    /// Name for comparing and searching (`domain::text::fold`).
    pub folded: String,
    /// `elected`, `staff` or `other`.
    pub kind: String,
    /// Town hall, intercommunality, chamber …; may be empty.
    pub organisation: String,
    /// INSEE or NIS code of their commune.
    pub commune_code: Option<String>,
    /// Where to write.
    pub email: Option<String>,
    /// Where to call.
    pub phone: Option<String>,
    /// Note for staff, may be empty.
    pub note: String,
    /// When it was made, UTC milliseconds.
    pub created_at: i64,
    /// Raised at every change.
    pub version: i64,
}

/// Which referents to list; `None` means any.
#[derive(Clone, Debug, Default)]
pub struct ReferentFilter {
    /// Part of the folded name.
    pub search: Option<String>,
    /// Only those of this territory.
    pub territory_id: Option<String>,
    /// Only those of this kind.
    pub kind: Option<String>,
}

macro_rules! columns {
    () => {
        "id, territory_id, account_id, name, folded, kind, organisation, commune_code, email, phone, note, created_at, version"
    };
}

/// The referent of that id.
pub async fn get(db: &mut Connection, id: &str) -> Result<Option<ReferentRow>> {
    db.fetch_optional(
        concat!("SELECT ", columns!(), " FROM referent WHERE id = $1"),
        [id.into()],
    )
    .await
}

/// The referent who signs in with that account.
pub async fn by_account(db: &mut Connection, account: &str) -> Result<Option<ReferentRow>> {
    db.fetch_optional(
        concat!(
            "SELECT ",
            columns!(),
            " FROM referent WHERE account_id = $1"
        ),
        [account.into()],
    )
    .await
}

/// Lists referents by name.
pub async fn list(db: &mut Connection, filter: &ReferentFilter) -> Result<Vec<ReferentRow>> {
    db.fetch_all(
        concat!(
            "SELECT ",
            columns!(),
            " FROM referent
             WHERE (CAST($1 AS TEXT) IS NULL OR folded LIKE '%' || CAST($1 AS TEXT) || '%')
               AND (CAST($2 AS TEXT) IS NULL OR territory_id = $2)
               AND (CAST($3 AS TEXT) IS NULL OR kind = $3)
             ORDER BY folded, id"
        ),
        [
            Value::from(&filter.search),
            Value::from(&filter.territory_id),
            Value::from(&filter.kind),
        ],
    )
    .await
}

/// Adds a referent.
pub async fn insert(db: &mut Connection, row: &ReferentRow) -> Result<()> {
    db.execute(
        "INSERT INTO referent (id, territory_id, account_id, name, folded, kind, organisation, commune_code, email, phone, note,
             created_at, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        [
            Value::from(&row.id),
            Value::from(&row.territory_id),
            Value::from(&row.account_id),
            Value::from(&row.name),
            Value::from(&row.folded),
            Value::from(&row.kind),
            Value::from(&row.organisation),
            Value::from(&row.commune_code),
            Value::from(&row.email),
            Value::from(&row.phone),
            Value::from(&row.note),
            row.created_at.into(),
            row.version.into(),
        ],
    )
    .await?;
    Ok(())
}

/// Writes the referent over version `row.version`, which is raised by one.
pub async fn update(db: &mut Connection, row: &ReferentRow) -> Result<()> {
    let rows = db
        .execute(
            "UPDATE referent SET territory_id = $3, account_id = $4, name = $5, folded = $6, kind = $7, organisation = $8,
                 commune_code = $9, email = $10, phone = $11, note = $12, version = version + 1
             WHERE id = $1 AND version = $2",
            [
                Value::from(&row.id),
                row.version.into(),
                Value::from(&row.territory_id),
                Value::from(&row.account_id),
                Value::from(&row.name),
                Value::from(&row.folded),
                Value::from(&row.kind),
                Value::from(&row.organisation),
                Value::from(&row.commune_code),
                Value::from(&row.email),
                Value::from(&row.phone),
                Value::from(&row.note),
            ],
        )
        .await?;
    one_or_stale(rows)
}

/// Removes a referent.
pub async fn delete(db: &mut Connection, id: &str, version: i64) -> Result<()> {
    let rows = db
        .execute(
            "DELETE FROM referent WHERE id = $1 AND version = $2",
            [id.into(), version.into()],
        )
        .await?;
    one_or_stale(rows)
}
