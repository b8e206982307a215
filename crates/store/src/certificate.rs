//! Certificates given, and what was frozen in them.

use crate::{Connection, Result, Value};

/// A certificate as stored.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow, serde::Serialize)]
pub struct CertificateRow {
    /// Identifier.
    pub id: String,
    /// Season.
    pub season_id: String,
    /// Person.
    pub person_id: String,
    /// By which anyone can check it, as printed.
    pub code: String,
    /// Minutes certified in all.
    pub minutes: i64,
    /// JSON of everything printed; `{}` once the person is erased.
    pub content: String,
    /// Two-letter code of the language it is written in.
    pub language: String,
    /// When it was given, UTC milliseconds.
    pub issued_at: i64,
    /// When it was withdrawn, UTC milliseconds.
    pub revoked_at: Option<i64>,
    /// Why; empty otherwise.
    pub revoked_why: String,
}

/// Somebody to whom a certificate may be given.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow, serde::Serialize)]
pub struct BearerRow {
    /// Person.
    pub person_id: String,
    /// Their name.
    pub name: String,
    /// Their firm or authority.
    pub organisation_name: Option<String>,
    /// `firm`, `local-authority`, `association` or `other`.
    pub organisation_kind: Option<String>,
    /// Two-letter code of the language they read.
    pub language: String,
}

macro_rules! columns {
    () => {
        "c.id, c.season_id, c.person_id, c.code, c.minutes, c.content, c.language, c.issued_at, c.revoked_at, c.revoked_why"
    };
}

/// The certificate of that id.
pub async fn get(db: &mut Connection, id: &str) -> Result<Option<CertificateRow>> {
    db.fetch_optional(
        concat!("SELECT ", columns!(), " FROM certificate c WHERE c.id = $1"),
        [id.into()],
    )
    .await
}

/// The certificate of that code, as printed.
pub async fn by_code(db: &mut Connection, code: &str) -> Result<Option<CertificateRow>> {
    db.fetch_optional(
        concat!(
            "SELECT ",
            columns!(),
            " FROM certificate c WHERE c.code = $1"
        ),
        [code.into()],
    )
    .await
}

/// The certificates of a season that hold, by name of the bearer; `person_id`: of that person only.
pub async fn valid(
    db: &mut Connection,
    season_id: &str,
    person_id: Option<&str>,
) -> Result<Vec<CertificateRow>> {
    db.fetch_all(
        concat!(
            "SELECT ",
            columns!(),
            " FROM certificate c JOIN person p ON p.id = c.person_id
             WHERE c.season_id = $1 AND c.revoked_at IS NULL AND (CAST($2 AS TEXT) IS NULL OR c.person_id = $2)
             ORDER BY p.folded, c.issued_at, c.id"
        ),
        [season_id.into(), person_id.into()],
    )
    .await
}

/// The people who attended anything in a season, by name; `person_id`: that person only.
pub async fn bearers(
    db: &mut Connection,
    season_id: &str,
    person_id: Option<&str>,
) -> Result<Vec<BearerRow>> {
    db.fetch_all(
        "SELECT p.id AS person_id, p.name, o.name AS organisation_name, o.kind AS organisation_kind, p.language
         FROM person p
         LEFT JOIN organisation o ON o.id = p.organisation_id
         WHERE p.erased_at IS NULL AND (CAST($2 AS TEXT) IS NULL OR p.id = $2)
           AND p.id IN (SELECT a.person_id FROM attendance a JOIN session s ON s.id = a.session_id
                        WHERE s.season_id = $1 AND s.stage <> 'cancelled' AND a.minutes > 0)
         ORDER BY p.folded, p.id",
        [season_id.into(), person_id.into()],
    )
    .await
}

/// Writes a new certificate.
///
/// # Errors
/// [`crate::Error::Duplicate`] when the code is given already.
pub async fn insert(db: &mut Connection, row: &CertificateRow) -> Result<()> {
    db.execute(
        "INSERT INTO certificate (id, season_id, person_id, code, minutes, content, language, issued_at, revoked_at, revoked_why)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        [
            Value::from(&row.id),
            Value::from(&row.season_id),
            Value::from(&row.person_id),
            Value::from(&row.code),
            row.minutes.into(),
            Value::from(&row.content),
            Value::from(&row.language),
            row.issued_at.into(),
            row.revoked_at.into(),
            Value::from(&row.revoked_why),
        ],
    )
    .await?;
    Ok(())
}

/// Withdraws a certificate that holds; answers whether it did.
pub async fn revoke(db: &mut Connection, id: &str, at: i64, why: &str) -> Result<bool> {
    let changed = db
        .execute(
            "UPDATE certificate SET revoked_at = $2, revoked_why = $3 WHERE id = $1 AND revoked_at IS NULL",
            [id.into(), at.into(), why.into()],
        )
        .await?;
    Ok(changed > 0)
}

/// A session of somebody's path in a season: one that they have a seat in, or came to.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow, serde::Serialize)]
pub struct FollowedRow {
    /// Person.
    pub person_id: String,
    /// Length of the session, in milliseconds.
    pub length: i64,
    /// Minutes really attended; 0 for a session missed or still to come.
    pub minutes: i64,
}

/// The sessions of everybody's path in a season, by person; `person_id`: of that person only.
pub async fn followed(
    db: &mut Connection,
    season_id: &str,
    person_id: Option<&str>,
) -> Result<Vec<FollowedRow>> {
    db.fetch_all(
        "WITH path AS (
             SELECT e.person_id, e.session_id FROM enrolment e JOIN session s ON s.id = e.session_id
             WHERE s.season_id = $1 AND s.stage <> 'cancelled' AND e.stage = 'placed'
             UNION
             SELECT a.person_id, a.session_id FROM attendance a JOIN session s ON s.id = a.session_id
             WHERE s.season_id = $1 AND s.stage <> 'cancelled' AND a.minutes > 0)
         SELECT x.person_id, s.ends_at - s.starts_at AS length, COALESCE(a.minutes, 0) AS minutes
         FROM path x
         JOIN session s ON s.id = x.session_id
         JOIN person p ON p.id = x.person_id
         LEFT JOIN attendance a ON a.session_id = x.session_id AND a.person_id = x.person_id
         WHERE p.erased_at IS NULL AND (CAST($2 AS TEXT) IS NULL OR x.person_id = $2)
         ORDER BY x.person_id, s.starts_at, s.id",
        [season_id.into(), person_id.into()],
    )
    .await
}

/// Minutes that people attended in all seasons of a programme together, by person; `person_id`: of that person only.
pub async fn cumulative(
    db: &mut Connection,
    programme_id: &str,
    person_id: Option<&str>,
) -> Result<Vec<(String, i64)>> {
    db.fetch_all(
        "SELECT a.person_id, CAST(SUM(a.minutes) AS BIGINT) AS minutes
         FROM attendance a JOIN session s ON s.id = a.session_id JOIN season n ON n.id = s.season_id
         WHERE n.programme_id = $1 AND s.stage <> 'cancelled' AND a.minutes > 0
           AND (CAST($2 AS TEXT) IS NULL OR a.person_id = $2)
         GROUP BY a.person_id ORDER BY a.person_id",
        [programme_id.into(), person_id.into()],
    )
    .await
}
