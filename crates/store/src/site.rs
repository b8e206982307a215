//! Sites: places where sessions are held, regular or for once.

use crate::error::one_or_stale;
use crate::{Connection, Result, Value};

/// A site as stored.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow, serde::Serialize)]
pub struct SiteRow {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: String,
    /// Name for comparing and searching (`domain::text::fold`).
    pub folded: String,
    /// Name in addresses.
    pub slug: String,
    /// INSEE or NIS code of its commune.
    pub commune_code: String,
    /// Street and number, postcode left to the commune.
    pub address: String,
    /// Degrees north, when known better than the commune's centre.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// JSON of `domain::programme::OpeningHours`.
    pub opening_hours: String,
    /// JSON list of slugs of the vocabulary.
    pub accessibility: String,
    /// How to get there and in, in words; may be empty.
    pub access_note: String,
    /// Where people can call.
    pub phone: Option<String>,
    /// 0: a one-off place.
    pub regular: i64,
    /// When it was put away, UTC milliseconds.
    pub archived_at: Option<i64>,
    /// When it was made, UTC milliseconds.
    pub created_at: i64,
    /// Raised at every change.
    pub version: i64,
}

/// Which sites to list; `None` means any.
#[derive(Clone, Debug, Default)]
pub struct SiteFilter {
    /// Part of the folded name.
    pub search: Option<String>,
    /// Only archived ones, or only those that are not.
    pub archived: Option<bool>,
    /// Only regular sites, or only one-off places.
    pub regular: Option<bool>,
}

macro_rules! columns {
    () => {
        "id, name, folded, slug, commune_code, address, latitude, longitude, opening_hours, accessibility, access_note, phone,
         regular, archived_at, created_at, version"
    };
}

/// The site of that id.
pub async fn get(db: &mut Connection, id: &str) -> Result<Option<SiteRow>> {
    db.fetch_optional(
        concat!("SELECT ", columns!(), " FROM site WHERE id = $1"),
        [id.into()],
    )
    .await
}

/// The site of that slug.
pub async fn by_slug(db: &mut Connection, slug: &str) -> Result<Option<SiteRow>> {
    db.fetch_optional(
        concat!("SELECT ", columns!(), " FROM site WHERE slug = $1"),
        [slug.into()],
    )
    .await
}

/// Lists sites by name.
pub async fn list(db: &mut Connection, filter: &SiteFilter) -> Result<Vec<SiteRow>> {
    db.fetch_all(
        concat!(
            "SELECT ",
            columns!(),
            " FROM site
             WHERE (CAST($1 AS TEXT) IS NULL OR folded LIKE '%' || CAST($1 AS TEXT) || '%')
               AND (CAST($2 AS BIGINT) IS NULL OR (archived_at IS NOT NULL) = (CAST($2 AS BIGINT) = 1))
               AND (CAST($3 AS BIGINT) IS NULL OR regular = $3)
             ORDER BY folded, id"
        ),
        [Value::from(&filter.search), filter.archived.into(), filter.regular.into()],
    )
    .await
}

/// Adds a site.
pub async fn insert(db: &mut Connection, row: &SiteRow) -> Result<()> {
    db.execute(
        "INSERT INTO site (id, name, folded, slug, commune_code, address, latitude, longitude, opening_hours, accessibility,
             access_note, phone, regular, archived_at, created_at, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
        [
            Value::from(&row.id),
            Value::from(&row.name),
            Value::from(&row.folded),
            Value::from(&row.slug),
            Value::from(&row.commune_code),
            Value::from(&row.address),
            row.latitude.into(),
            row.longitude.into(),
            Value::from(&row.opening_hours),
            Value::from(&row.accessibility),
            Value::from(&row.access_note),
            Value::from(&row.phone),
            row.regular.into(),
            row.archived_at.into(),
            row.created_at.into(),
            row.version.into(),
        ],
    )
    .await?;
    Ok(())
}

/// Writes the site over version `row.version`, which is raised by one.
pub async fn update(db: &mut Connection, row: &SiteRow) -> Result<()> {
    let rows = db
        .execute(
            "UPDATE site SET name = $3, folded = $4, slug = $5, commune_code = $6, address = $7, latitude = $8, longitude = $9,
                 opening_hours = $10, accessibility = $11, access_note = $12, phone = $13, regular = $14, archived_at = $15,
                 version = version + 1
             WHERE id = $1 AND version = $2",
            [
                Value::from(&row.id),
                row.version.into(),
                Value::from(&row.name),
                Value::from(&row.folded),
                Value::from(&row.slug),
                Value::from(&row.commune_code),
                Value::from(&row.address),
                row.latitude.into(),
                row.longitude.into(),
                Value::from(&row.opening_hours),
                Value::from(&row.accessibility),
                Value::from(&row.access_note),
                Value::from(&row.phone),
                row.regular.into(),
                row.archived_at.into(),
            ],
        )
        .await?;
    one_or_stale(rows)
}

/// Removes a site with its rooms; [`crate::Error::Reference`] when a session was ever held there.
pub async fn delete(db: &mut Connection, id: &str, version: i64) -> Result<()> {
    db.execute("DELETE FROM room WHERE site_id = $1", [id.into()])
        .await?;
    let rows = db
        .execute(
            "DELETE FROM site WHERE id = $1 AND version = $2",
            [id.into(), version.into()],
        )
        .await?;
    one_or_stale(rows)
}

/// How many sessions that are not cancelled the site still has from an instant on.
pub async fn sessions_from(db: &mut Connection, site: &str, from: i64) -> Result<i64> {
    db.number(
        "SELECT COUNT(*) FROM session WHERE site_id = $1 AND ends_at > $2 AND stage <> 'cancelled'",
        [site.into(), from.into()],
    )
    .await
}
