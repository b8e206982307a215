//! Badges, the keys that signed them, and what a programme asks for before it certifies success.

use crate::error::one_or_stale;
use crate::{Connection, Result, Value};

/// What a programme asks for, and for how long its badges hold.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow, serde::Serialize, serde::Deserialize)]
pub struct RuleRow {
    /// Programme.
    pub programme_id: String,
    /// `path` or `session`.
    pub basis: String,
    /// Percent.
    pub share: i64,
    /// Months; 0: for good.
    pub badge_months: i64,
    /// Raised at every change, from 1.
    pub version: i64,
}

/// A key as stored. Its secret half is sealed and never leaves this row in the open.
#[derive(Clone, PartialEq, sqlx::FromRow)]
pub struct KeyRow {
    /// Identifier.
    pub id: String,
    /// Programme that signs with it.
    pub programme_id: String,
    /// Address of the programme's profile when it was made.
    pub issuer: String,
    /// Public half, base64url.
    pub public_key: String,
    /// Secret half, encrypted; none once retired.
    pub sealed: Option<String>,
    /// When it was made, UTC milliseconds.
    pub created_at: i64,
    /// Since when it only verifies, UTC milliseconds.
    pub retired_at: Option<i64>,
}

impl std::fmt::Debug for KeyRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Not even the sealed secret belongs into a log.
        f.debug_struct("KeyRow")
            .field("id", &self.id)
            .field("programme_id", &self.programme_id)
            .field("retired_at", &self.retired_at)
            .finish_non_exhaustive()
    }
}

/// A badge as stored.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct BadgeRow {
    /// Identifier.
    pub id: String,
    /// The certificate that it says the same as.
    pub certificate_id: String,
    /// Programme that gave it.
    pub programme_id: String,
    /// Key that signed it.
    pub key_id: String,
    /// Its number among those of the programme, from 0.
    pub number: i64,
    /// What it says, in canonical JSON; empty once the person is erased.
    pub credential: String,
    /// The proof of the JSON form.
    pub proof: String,
    /// The signature of the compact form.
    pub signature: String,
    /// When it was given, UTC milliseconds.
    pub issued_at: i64,
    /// Until when it holds, UTC milliseconds.
    pub expires_at: Option<i64>,
}

/// A key with what it signed, for the desk.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct KeyUse {
    /// Identifier.
    pub id: String,
    /// Name of the programme.
    pub programme_name: String,
    /// Slug of the programme.
    pub programme_slug: String,
    /// Programme.
    pub programme_id: String,
    /// When it was made, UTC milliseconds.
    pub created_at: i64,
    /// Since when it only verifies, UTC milliseconds.
    pub retired_at: Option<i64>,
    /// How many badges it signed.
    pub badges: i64,
}

macro_rules! key_columns {
    () => {
        "k.id, k.programme_id, k.issuer, k.public_key, k.sealed, k.created_at, k.retired_at"
    };
}

macro_rules! badge_columns {
    () => {
        "b.id, b.certificate_id, b.programme_id, b.key_id, b.number, b.credential, b.proof, b.signature, b.issued_at, b.expires_at"
    };
}

/// What a programme asks for, if it said anything.
pub async fn rule(db: &mut Connection, programme_id: &str) -> Result<Option<RuleRow>> {
    db.fetch_optional(
        "SELECT programme_id, basis, share, badge_months, version FROM proof_rule WHERE programme_id = $1",
        [programme_id.into()],
    )
    .await
}

/// Writes what a programme asks for: the first time when `row.version` is 0, else over that version.
pub async fn put_rule(db: &mut Connection, row: &RuleRow) -> Result<()> {
    let values = || {
        [
            Value::from(&row.programme_id),
            Value::from(&row.basis),
            row.share.into(),
            row.badge_months.into(),
            row.version.into(),
        ]
    };
    let rows = if row.version == 0 {
        db.execute(
            "INSERT INTO proof_rule (programme_id, basis, share, badge_months, version) VALUES ($1, $2, $3, $4, $5 + 1)
             ON CONFLICT (programme_id) DO NOTHING",
            values(),
        )
        .await?
    } else {
        db.execute(
            "UPDATE proof_rule SET basis = $2, share = $3, badge_months = $4, version = version + 1
             WHERE programme_id = $1 AND version = $5",
            values(),
        )
        .await?
    };
    one_or_stale(rows)
}

/// The key of that id.
pub async fn key(db: &mut Connection, id: &str) -> Result<Option<KeyRow>> {
    db.fetch_optional(
        concat!(
            "SELECT ",
            key_columns!(),
            " FROM badge_key k WHERE k.id = $1"
        ),
        [id.into()],
    )
    .await
}

/// The keys of a programme, newest first.
pub async fn keys(db: &mut Connection, programme_id: &str) -> Result<Vec<KeyRow>> {
    db.fetch_all(
        concat!(
            "SELECT ",
            key_columns!(),
            " FROM badge_key k WHERE k.programme_id = $1 ORDER BY k.created_at DESC, COALESCE(k.retired_at, 0), k.id DESC"
        ),
        [programme_id.into()],
    )
    .await
}

/// Every key with what it signed, by programme, newest first.
pub async fn key_uses(db: &mut Connection) -> Result<Vec<KeyUse>> {
    db.fetch_all(
        "SELECT k.id, p.name AS programme_name, p.slug AS programme_slug, k.programme_id, k.created_at, k.retired_at,
                (SELECT COUNT(*) FROM badge b WHERE b.key_id = k.id) AS badges
         FROM badge_key k JOIN programme p ON p.id = k.programme_id
         ORDER BY p.name, k.created_at DESC, COALESCE(k.retired_at, 0), k.id DESC",
        [],
    )
    .await
}

/// Adds a key.
pub async fn insert_key(db: &mut Connection, row: &KeyRow) -> Result<()> {
    db.execute(
        "INSERT INTO badge_key (id, programme_id, issuer, public_key, sealed, created_at, retired_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        [
            Value::from(&row.id),
            Value::from(&row.programme_id),
            Value::from(&row.issuer),
            Value::from(&row.public_key),
            Value::from(&row.sealed),
            row.created_at.into(),
            row.retired_at.into(),
        ],
    )
    .await?;
    Ok(())
}

/// Retires every key of a programme that still signs: its secret half is forgotten, its public half verifies on. Answers how many.
pub async fn retire_keys(db: &mut Connection, programme_id: &str, at: i64) -> Result<u64> {
    db.execute(
        "UPDATE badge_key SET retired_at = COALESCE(retired_at, $2), sealed = NULL
         WHERE programme_id = $1 AND (retired_at IS NULL OR sealed IS NOT NULL)",
        [programme_id.into(), at.into()],
    )
    .await
}

/// The badge of that id.
pub async fn get(db: &mut Connection, id: &str) -> Result<Option<BadgeRow>> {
    db.fetch_optional(
        concat!("SELECT ", badge_columns!(), " FROM badge b WHERE b.id = $1"),
        [id.into()],
    )
    .await
}

/// The badge of a certificate.
pub async fn of_certificate(db: &mut Connection, certificate_id: &str) -> Result<Option<BadgeRow>> {
    db.fetch_optional(
        concat!(
            "SELECT ",
            badge_columns!(),
            " FROM badge b WHERE b.certificate_id = $1"
        ),
        [certificate_id.into()],
    )
    .await
}

/// How many badges a programme has given: the number of its next one. Badges are never deleted.
pub async fn count(db: &mut Connection, programme_id: &str) -> Result<i64> {
    db.number(
        "SELECT COUNT(*) FROM badge WHERE programme_id = $1",
        [programme_id.into()],
    )
    .await
}

/// Adds a badge.
pub async fn insert(db: &mut Connection, row: &BadgeRow) -> Result<()> {
    db.execute(
        "INSERT INTO badge (id, certificate_id, programme_id, key_id, number, credential, proof, signature, issued_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        [
            Value::from(&row.id),
            Value::from(&row.certificate_id),
            Value::from(&row.programme_id),
            Value::from(&row.key_id),
            row.number.into(),
            Value::from(&row.credential),
            Value::from(&row.proof),
            Value::from(&row.signature),
            row.issued_at.into(),
            row.expires_at.into(),
        ],
    )
    .await?;
    Ok(())
}

/// The numbers, from `from` and below `until`, of a programme's badges that are withdrawn.
pub async fn withdrawn(
    db: &mut Connection,
    programme_id: &str,
    from: i64,
    until: i64,
) -> Result<Vec<i64>> {
    Ok(db
        .fetch_all::<(i64,)>(
            "SELECT b.number FROM badge b JOIN certificate c ON c.id = b.certificate_id
             WHERE b.programme_id = $1 AND b.number >= $2 AND b.number < $3 AND c.revoked_at IS NOT NULL
             ORDER BY b.number",
            [programme_id.into(), from.into(), until.into()],
        )
        .await?
        .into_iter()
        .map(|row| row.0)
        .collect())
}
