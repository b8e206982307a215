//! Providers and their trainers.

use crate::error::one_or_stale;
use crate::{Connection, Result, Value};

/// A provider as stored: the firm or body that sends trainers.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow, serde::Serialize)]
pub struct ProviderRow {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: String,
    /// Name for comparing and searching (`domain::text::fold`).
    pub folded: String,
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

/// A trainer as stored.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow, serde::Serialize)]
pub struct TrainerRow {
    /// Identifier.
    pub id: String,
    /// Who sends them, if anybody.
    pub provider_id: Option<String>,
    /// With which account they sign in, if any.
    pub account_id: Option<String>,
    /// Name.
    pub name: String,
    /// Name for comparing and searching (`domain::text::fold`).
    pub folded: String,
    /// Where to write.
    pub email: Option<String>,
    /// Where to call.
    pub phone: Option<String>,
    /// INSEE or NIS code of the commune where they live.
    pub commune_code: Option<String>,
    /// JSON list of slugs of the vocabulary.
    pub skills: String,
    /// JSON week grid of the questionnaire's availability.
    pub availability: String,
    /// Note for staff, may be empty.
    pub note: String,
    /// When they were put away, UTC milliseconds.
    pub archived_at: Option<i64>,
    /// When it was made, UTC milliseconds.
    pub created_at: i64,
    /// Raised at every change.
    pub version: i64,
}

/// Which trainers to list; `None` means any.
#[derive(Clone, Debug, Default)]
pub struct TrainerFilter {
    /// Part of the folded name.
    pub search: Option<String>,
    /// Only archived ones, or only those who are not.
    pub archived: Option<bool>,
    /// Only those whom this provider sends.
    pub provider_id: Option<String>,
}

macro_rules! columns {
    () => {
        "id, provider_id, account_id, name, folded, email, phone, commune_code, skills, availability, note, archived_at,
         created_at, version"
    };
}

/// The trainer of that id.
pub async fn get(db: &mut Connection, id: &str) -> Result<Option<TrainerRow>> {
    db.fetch_optional(
        concat!("SELECT ", columns!(), " FROM trainer WHERE id = $1"),
        [id.into()],
    )
    .await
}

/// The trainer who signs in with that account.
pub async fn by_account(db: &mut Connection, account: &str) -> Result<Option<TrainerRow>> {
    db.fetch_optional(
        concat!("SELECT ", columns!(), " FROM trainer WHERE account_id = $1"),
        [account.into()],
    )
    .await
}

/// Lists trainers by name.
pub async fn list(db: &mut Connection, filter: &TrainerFilter) -> Result<Vec<TrainerRow>> {
    db.fetch_all(
        concat!(
            "SELECT ",
            columns!(),
            " FROM trainer
             WHERE (CAST($1 AS TEXT) IS NULL OR folded LIKE '%' || CAST($1 AS TEXT) || '%')
               AND (CAST($2 AS BIGINT) IS NULL OR (archived_at IS NOT NULL) = (CAST($2 AS BIGINT) = 1))
               AND (CAST($3 AS TEXT) IS NULL OR provider_id = $3)
             ORDER BY folded, id"
        ),
        [Value::from(&filter.search), filter.archived.into(), Value::from(&filter.provider_id)],
    )
    .await
}

/// Adds a trainer.
pub async fn insert(db: &mut Connection, row: &TrainerRow) -> Result<()> {
    db.execute(
        "INSERT INTO trainer (id, provider_id, account_id, name, folded, email, phone, commune_code, skills, availability, note,
             archived_at, created_at, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        [
            Value::from(&row.id),
            Value::from(&row.provider_id),
            Value::from(&row.account_id),
            Value::from(&row.name),
            Value::from(&row.folded),
            Value::from(&row.email),
            Value::from(&row.phone),
            Value::from(&row.commune_code),
            Value::from(&row.skills),
            Value::from(&row.availability),
            Value::from(&row.note),
            row.archived_at.into(),
            row.created_at.into(),
            row.version.into(),
        ],
    )
    .await?;
    Ok(())
}

/// Writes the trainer over version `row.version`, which is raised by one.
pub async fn update(db: &mut Connection, row: &TrainerRow) -> Result<()> {
    let rows = db
        .execute(
            "UPDATE trainer SET provider_id = $3, account_id = $4, name = $5, folded = $6, email = $7, phone = $8,
                 commune_code = $9, skills = $10, availability = $11, note = $12, archived_at = $13, version = version + 1
             WHERE id = $1 AND version = $2",
            [
                Value::from(&row.id),
                row.version.into(),
                Value::from(&row.provider_id),
                Value::from(&row.account_id),
                Value::from(&row.name),
                Value::from(&row.folded),
                Value::from(&row.email),
                Value::from(&row.phone),
                Value::from(&row.commune_code),
                Value::from(&row.skills),
                Value::from(&row.availability),
                Value::from(&row.note),
                row.archived_at.into(),
            ],
        )
        .await?;
    one_or_stale(rows)
}

/// Removes a trainer; [`crate::Error::Reference`] when they were ever given a session.
pub async fn delete(db: &mut Connection, id: &str, version: i64) -> Result<()> {
    let rows = db
        .execute(
            "DELETE FROM trainer WHERE id = $1 AND version = $2",
            [id.into(), version.into()],
        )
        .await?;
    one_or_stale(rows)
}

/// How many sessions that are not cancelled the trainer still has from an instant on.
pub async fn sessions_from(db: &mut Connection, trainer: &str, from: i64) -> Result<i64> {
    db.number(
        "SELECT COUNT(*) FROM session WHERE trainer_id = $1 AND ends_at > $2 AND stage <> 'cancelled'",
        [trainer.into(), from.into()],
    )
    .await
}

/// The provider of that id.
pub async fn provider(db: &mut Connection, id: &str) -> Result<Option<ProviderRow>> {
    db.fetch_optional(
        "SELECT id, name, folded, email, phone, note, created_at, version FROM provider WHERE id = $1",
        [id.into()],
    )
    .await
}

/// The provider of that name, once folded.
pub async fn provider_by_folded(db: &mut Connection, folded: &str) -> Result<Option<ProviderRow>> {
    db.fetch_optional(
        "SELECT id, name, folded, email, phone, note, created_at, version FROM provider
         WHERE folded = $1 ORDER BY created_at, id LIMIT 1",
        [folded.into()],
    )
    .await
}

/// Providers whose folded name contains `search` (`None`: all), by name.
pub async fn list_providers(db: &mut Connection, search: Option<&str>) -> Result<Vec<ProviderRow>> {
    db.fetch_all(
        "SELECT id, name, folded, email, phone, note, created_at, version FROM provider
         WHERE (CAST($1 AS TEXT) IS NULL OR folded LIKE '%' || CAST($1 AS TEXT) || '%')
         ORDER BY folded, id",
        [search.into()],
    )
    .await
}

/// Adds a provider.
pub async fn insert_provider(db: &mut Connection, row: &ProviderRow) -> Result<()> {
    db.execute(
        "INSERT INTO provider (id, name, folded, email, phone, note, created_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        [
            Value::from(&row.id),
            Value::from(&row.name),
            Value::from(&row.folded),
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

/// Writes the provider over version `row.version`, which is raised by one.
pub async fn update_provider(db: &mut Connection, row: &ProviderRow) -> Result<()> {
    let rows = db
        .execute(
            "UPDATE provider SET name = $3, folded = $4, email = $5, phone = $6, note = $7, version = version + 1
             WHERE id = $1 AND version = $2",
            [
                Value::from(&row.id),
                row.version.into(),
                Value::from(&row.name),
                Value::from(&row.folded),
                Value::from(&row.email),
                Value::from(&row.phone),
                Value::from(&row.note),
            ],
        )
        .await?;
    one_or_stale(rows)
}

/// Removes a provider; [`crate::Error::Reference`] when it sends trainers.
pub async fn delete_provider(db: &mut Connection, id: &str, version: i64) -> Result<()> {
    let rows = db
        .execute(
            "DELETE FROM provider WHERE id = $1 AND version = $2",
            [id.into(), version.into()],
        )
        .await?;
    one_or_stale(rows)
}

/// An account that can be linked to a trainer or referent.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow, serde::Serialize)]
pub struct AccountChoice {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: String,
    /// Address they sign in with.
    pub email: String,
}

/// Accounts that are not disabled, by name.
pub async fn account_choices(db: &mut Connection) -> Result<Vec<AccountChoice>> {
    db.fetch_all(
        "SELECT id, name, email FROM account WHERE disabled_at IS NULL ORDER BY name, id",
        [],
    )
    .await
}
