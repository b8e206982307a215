//! Records of people.

use crate::{Connection, Error, Result, Value};

/// A person: a participant, or somebody who may become one.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow, serde::Serialize, serde::Deserialize)]
pub struct PersonRow {
    /// Identifier.
    pub id: String,
    /// Whole name as written; empty once erased.
    pub name: String,
    /// The name as compared, sorted and searched (`domain::text::fold`).
    pub folded: String,
    /// E-mail address, lower case.
    pub email: Option<String>,
    /// Telephone, `+` and digits.
    pub phone: Option<String>,
    /// INSEE or NIS code of the commune.
    pub commune_code: Option<String>,
    /// The firm, farm or local authority.
    pub organisation_id: Option<String>,
    /// Slug of the sector of activity.
    pub sector: Option<String>,
    /// JSON list of audience profile slugs.
    pub audience: String,
    /// Two-letter code of the language that letters are written in.
    pub language: String,
    /// What the person needs to take part, in their words.
    pub needs: String,
    /// The desk's note.
    pub note: String,
    /// How the person came in: `web`, `phone`, `referent`, `coordinator`, `api`, `import`, `questionnaire`.
    pub origin: String,
    /// Raised to make every personal link sent so far void.
    pub link_epoch: i64,
    /// The person that this record was merged into.
    pub merged_into: Option<String>,
    /// When the personal data was erased, UTC milliseconds.
    pub erased_at: Option<i64>,
    /// When the record was made, UTC milliseconds.
    pub created_at: i64,
    /// Raised with every change.
    pub version: i64,
}

/// The person with that id, merged and erased ones too.
pub async fn person(db: &mut Connection, id: &str) -> Result<Option<PersonRow>> {
    db.fetch_optional("SELECT * FROM person WHERE id = $1", [id.into()])
        .await
}

/// The ids that are this person: its own and those merged into it.
pub async fn person_identity(db: &mut Connection, id: &str) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = db
        .fetch_all(
            "SELECT id FROM person WHERE id = $1 OR merged_into = $1 ORDER BY id",
            [id.into()],
        )
        .await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// Writes a new person.
pub async fn insert_person(db: &mut Connection, person: &PersonRow) -> Result<()> {
    db.execute(
        "INSERT INTO person (id, name, folded, email, phone, commune_code, organisation_id, sector, audience, language, needs, note,
                             origin, link_epoch, merged_into, erased_at, created_at, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
        [
            Value::from(&person.id),
            Value::from(&person.name),
            Value::from(&person.folded),
            Value::from(&person.email),
            Value::from(&person.phone),
            Value::from(&person.commune_code),
            Value::from(&person.organisation_id),
            Value::from(&person.sector),
            Value::from(&person.audience),
            Value::from(&person.language),
            Value::from(&person.needs),
            Value::from(&person.note),
            Value::from(&person.origin),
            person.link_epoch.into(),
            Value::from(&person.merged_into),
            person.erased_at.into(),
            person.created_at.into(),
            person.version.into(),
        ],
    )
    .await?;
    Ok(())
}

/// Writes a changed person; `person.version` is the version that was read. Answers the new version.
///
/// # Errors
/// [`Error::Stale`] when somebody changed, merged or erased the person meanwhile.
pub async fn update_person(db: &mut Connection, person: &PersonRow) -> Result<i64> {
    let touched = db
        .execute(
            "UPDATE person SET name = $3, folded = $4, email = $5, phone = $6, commune_code = $7, organisation_id = $8, sector = $9,
                    audience = $10, language = $11, needs = $12, note = $13, version = version + 1
             WHERE id = $1 AND version = $2 AND merged_into IS NULL AND erased_at IS NULL",
            [
                Value::from(&person.id),
                person.version.into(),
                Value::from(&person.name),
                Value::from(&person.folded),
                Value::from(&person.email),
                Value::from(&person.phone),
                Value::from(&person.commune_code),
                Value::from(&person.organisation_id),
                Value::from(&person.sector),
                Value::from(&person.audience),
                Value::from(&person.language),
                Value::from(&person.needs),
                Value::from(&person.note),
            ],
        )
        .await?;
    if touched == 0 {
        Err(Error::Stale)
    } else {
        Ok(person.version + 1)
    }
}

/// Makes every personal link sent so far to that person void.
pub async fn void_links(db: &mut Connection, id: &str) -> Result<()> {
    db.execute(
        "UPDATE person SET link_epoch = link_epoch + 1 WHERE id = $1 OR merged_into = $1",
        [id.into()],
    )
    .await?;
    Ok(())
}

/// The living person of that e-mail address and folded name; the oldest record when there are several.
pub async fn person_by_email_and_name(
    db: &mut Connection,
    email: &str,
    folded: &str,
) -> Result<Option<PersonRow>> {
    db.fetch_optional(
        "SELECT * FROM person WHERE email = $1 AND folded = $2 AND merged_into IS NULL AND erased_at IS NULL ORDER BY id LIMIT 1",
        [email.into(), folded.into()],
    )
    .await
}

/// Everybody reached under that e-mail address (couples and small firms share one), oldest record first.
pub async fn people_by_email(db: &mut Connection, email: &str) -> Result<Vec<PersonRow>> {
    db.fetch_all(
        "SELECT * FROM person WHERE email = $1 AND merged_into IS NULL AND erased_at IS NULL ORDER BY id",
        [email.into()],
    )
    .await
}

/// Everybody reached under that telephone number, oldest record first.
pub async fn people_by_phone(db: &mut Connection, phone: &str) -> Result<Vec<PersonRow>> {
    db.fetch_all(
        "SELECT * FROM person WHERE phone = $1 AND merged_into IS NULL AND erased_at IS NULL ORDER BY id",
        [phone.into()],
    )
    .await
}

/// The people of an organisation, by name.
pub async fn people_of_organisation(
    db: &mut Connection,
    organisation: &str,
) -> Result<Vec<PersonRow>> {
    db.fetch_all(
        "SELECT * FROM person WHERE organisation_id = $1 AND merged_into IS NULL AND erased_at IS NULL ORDER BY folded, id",
        [organisation.into()],
    )
    .await
}

/// How many people an organisation has, among those neither merged away nor erased.
pub async fn people_of_organisation_count(db: &mut Connection, organisation: &str) -> Result<i64> {
    db.number(
        "SELECT COUNT(*) FROM person WHERE organisation_id = $1 AND merged_into IS NULL AND erased_at IS NULL",
        [organisation.into()],
    )
    .await
}
