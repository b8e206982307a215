//! Records of firms, farms, local authorities and associations.

use crate::{Connection, Error, Result, Value};

/// A firm, farm, local authority or association.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow, serde::Serialize, serde::Deserialize)]
pub struct OrganisationRow {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: String,
    /// The name as compared, sorted and searched (`domain::text::fold`).
    pub folded: String,
    /// `firm`, `local-authority`, `association` or `other`.
    pub kind: String,
    /// SIRET or enterprise number, digits only.
    pub registration: Option<String>,
    /// Slug of the sector of activity.
    pub sector: Option<String>,
    /// INSEE or NIS code of the commune.
    pub commune_code: Option<String>,
    /// E-mail address, lower case.
    pub email: Option<String>,
    /// Telephone, `+` and digits.
    pub phone: Option<String>,
    /// The desk's note.
    pub note: String,
    /// The organisation that this record was merged into.
    pub merged_into: Option<String>,
    /// When the record was made, UTC milliseconds.
    pub created_at: i64,
    /// Raised with every change.
    pub version: i64,
}

/// The organisation with that id, merged ones too.
pub async fn organisation(db: &mut Connection, id: &str) -> Result<Option<OrganisationRow>> {
    db.fetch_optional("SELECT * FROM organisation WHERE id = $1", [id.into()])
        .await
}

/// Writes a new organisation.
pub async fn insert_organisation(
    db: &mut Connection,
    organisation: &OrganisationRow,
) -> Result<()> {
    db.execute(
        "INSERT INTO organisation (id, name, folded, kind, registration, sector, commune_code, email, phone, note, merged_into,
                                   created_at, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        [
            Value::from(&organisation.id),
            Value::from(&organisation.name),
            Value::from(&organisation.folded),
            Value::from(&organisation.kind),
            Value::from(&organisation.registration),
            Value::from(&organisation.sector),
            Value::from(&organisation.commune_code),
            Value::from(&organisation.email),
            Value::from(&organisation.phone),
            Value::from(&organisation.note),
            Value::from(&organisation.merged_into),
            organisation.created_at.into(),
            organisation.version.into(),
        ],
    )
    .await?;
    Ok(())
}

/// Writes a changed organisation; `organisation.version` is the version that was read. Answers the new version.
///
/// # Errors
/// [`Error::Stale`] when somebody changed or merged it meanwhile.
pub async fn update_organisation(
    db: &mut Connection,
    organisation: &OrganisationRow,
) -> Result<i64> {
    let touched = db
        .execute(
            "UPDATE organisation SET name = $3, folded = $4, kind = $5, registration = $6, sector = $7, commune_code = $8, email = $9,
                    phone = $10, note = $11, version = version + 1
             WHERE id = $1 AND version = $2 AND merged_into IS NULL",
            [
                Value::from(&organisation.id),
                organisation.version.into(),
                Value::from(&organisation.name),
                Value::from(&organisation.folded),
                Value::from(&organisation.kind),
                Value::from(&organisation.registration),
                Value::from(&organisation.sector),
                Value::from(&organisation.commune_code),
                Value::from(&organisation.email),
                Value::from(&organisation.phone),
                Value::from(&organisation.note),
            ],
        )
        .await?;
    if touched == 0 {
        Err(Error::Stale)
    } else {
        Ok(organisation.version + 1)
    }
}

/// The organisation of that official number; the oldest record when there are several.
pub async fn organisation_by_registration(
    db: &mut Connection,
    registration: &str,
) -> Result<Option<OrganisationRow>> {
    Ok(organisations_of_registration(db, registration)
        .await?
        .into_iter()
        .next())
}

/// Every organisation of that official number, oldest record first.
pub async fn organisations_of_registration(
    db: &mut Connection,
    registration: &str,
) -> Result<Vec<OrganisationRow>> {
    db.fetch_all(
        "SELECT * FROM organisation WHERE registration = $1 AND merged_into IS NULL ORDER BY id",
        [registration.into()],
    )
    .await
}

/// The organisation of that folded name in that commune (`None`: of unknown commune); the oldest record when there are several.
pub async fn organisation_by_name(
    db: &mut Connection,
    folded: &str,
    commune_code: Option<&str>,
) -> Result<Option<OrganisationRow>> {
    db.fetch_optional(
        "SELECT * FROM organisation
         WHERE folded = $1 AND COALESCE(commune_code, '') = COALESCE(CAST($2 AS TEXT), '') AND merged_into IS NULL
         ORDER BY id LIMIT 1",
        [folded.into(), commune_code.into()],
    )
    .await
}

/// Organisations whose folded name contains `folded`, for suggestions while typing.
pub async fn organisations_close_to(
    db: &mut Connection,
    folded: &str,
    limit: i64,
) -> Result<Vec<OrganisationRow>> {
    db.fetch_all(
        "SELECT * FROM organisation WHERE folded LIKE '%' || $1 || '%' AND merged_into IS NULL AND folded <> ''
         ORDER BY LENGTH(folded), folded, id LIMIT $2",
        [folded.into(), limit.into()],
    )
    .await
}
