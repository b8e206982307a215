//! Accounts of staff, their roles, signed-in browsers, codes, API tokens, and counts of what can be guessed.

use crate::error::one_or_stale;
use crate::{Connection, Result, Value};

/// An account as stored.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct AccountRow {
    /// Identifier.
    pub id: String,
    /// E-mail address, lower case: the name to sign in with.
    pub email: String,
    /// Name.
    pub name: String,
    /// Argon2id hash in PHC form; without one nobody can sign in by password.
    pub password_hash: Option<String>,
    /// `fr` or `en`.
    pub language: String,
    /// When it was made, UTC milliseconds.
    pub created_at: i64,
    /// Since when it can no longer be used.
    pub disabled_at: Option<i64>,
    /// Raised at every change.
    pub version: i64,
}

macro_rules! account_columns {
    () => {
        "id, email, name, password_hash, language, created_at, disabled_at, version"
    };
}

/// One account.
pub async fn account(db: &mut Connection, id: &str) -> Result<Option<AccountRow>> {
    db.fetch_optional(
        concat!("SELECT ", account_columns!(), " FROM account WHERE id = $1"),
        [id.into()],
    )
    .await
}

/// The account with that e-mail address (lower case).
pub async fn account_by_email(db: &mut Connection, email: &str) -> Result<Option<AccountRow>> {
    db.fetch_optional(
        concat!(
            "SELECT ",
            account_columns!(),
            " FROM account WHERE email = $1"
        ),
        [email.into()],
    )
    .await
}

/// Every account, by name.
pub async fn accounts(db: &mut Connection) -> Result<Vec<AccountRow>> {
    db.fetch_all(
        concat!(
            "SELECT ",
            account_columns!(),
            " FROM account ORDER BY LOWER(name), id"
        ),
        [],
    )
    .await
}

/// Stores a new account.
///
/// # Errors
/// [`crate::Error::Duplicate`] when the e-mail address is taken.
pub async fn insert_account(db: &mut Connection, row: &AccountRow) -> Result<()> {
    db.execute(
        "INSERT INTO account (id, email, name, password_hash, language, created_at, disabled_at, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        [
            Value::from(&row.id),
            Value::from(&row.email),
            Value::from(&row.name),
            Value::from(&row.password_hash),
            Value::from(&row.language),
            row.created_at.into(),
            row.disabled_at.into(),
            row.version.into(),
        ],
    )
    .await?;
    Ok(())
}

/// Stores a changed account; `row.version` is the version that was read.
///
/// # Errors
/// [`crate::Error::Stale`] when somebody changed it meanwhile, [`crate::Error::Duplicate`] when the e-mail address is taken.
pub async fn update_account(db: &mut Connection, row: &AccountRow) -> Result<()> {
    let changed = db
        .execute(
            "UPDATE account SET email = $3, name = $4, password_hash = $5, language = $6, disabled_at = $7, version = version + 1
             WHERE id = $1 AND version = $2",
            [
                Value::from(&row.id),
                row.version.into(),
                Value::from(&row.email),
                Value::from(&row.name),
                Value::from(&row.password_hash),
                Value::from(&row.language),
                row.disabled_at.into(),
            ],
        )
        .await?;
    one_or_stale(changed)
}

/// A role held within one programme and one territory (`None`: all).
#[derive(Clone, Debug, PartialEq, sqlx::FromRow, serde::Serialize)]
pub struct RoleBindingRow {
    /// Identifier.
    pub id: String,
    /// Account.
    pub account_id: String,
    /// `administrator`, `coordinator`, `trainer` or `referent`.
    pub role: String,
    /// Programme.
    pub programme_id: Option<String>,
    /// Territory.
    pub territory_id: Option<String>,
    /// Since when, UTC milliseconds.
    pub created_at: i64,
}

/// Roles of an account.
pub async fn bindings(db: &mut Connection, account: &str) -> Result<Vec<RoleBindingRow>> {
    db.fetch_all(
        "SELECT id, account_id, role, programme_id, territory_id, created_at FROM role_binding WHERE account_id = $1 ORDER BY id",
        [account.into()],
    )
    .await
}

/// Every role of every account.
pub async fn all_bindings(db: &mut Connection) -> Result<Vec<RoleBindingRow>> {
    db.fetch_all(
        "SELECT id, account_id, role, programme_id, territory_id, created_at FROM role_binding ORDER BY account_id, id",
        [],
    )
    .await
}

/// Gives a role.
pub async fn insert_binding(db: &mut Connection, row: &RoleBindingRow) -> Result<()> {
    db.execute(
        "INSERT INTO role_binding (id, account_id, role, programme_id, territory_id, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
        [
            Value::from(&row.id),
            Value::from(&row.account_id),
            Value::from(&row.role),
            Value::from(&row.programme_id),
            Value::from(&row.territory_id),
            row.created_at.into(),
        ],
    )
    .await?;
    Ok(())
}

/// Takes every role from an account.
pub async fn delete_bindings(db: &mut Connection, account: &str) -> Result<()> {
    db.execute(
        "DELETE FROM role_binding WHERE account_id = $1",
        [account.into()],
    )
    .await?;
    Ok(())
}

/// Accounts that can still be used and have that role.
pub async fn holders(db: &mut Connection, role: &str) -> Result<i64> {
    db.number(
        "SELECT COUNT(DISTINCT a.id) FROM account a JOIN role_binding b ON b.account_id = a.id
         WHERE b.role = $1 AND a.disabled_at IS NULL",
        [role.into()],
    )
    .await
}

/// A signed-in browser.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct SignInRow {
    /// SHA-256 of the cookie's token, hexadecimal.
    pub token_hash: String,
    /// Member of staff.
    pub account_id: Option<String>,
    /// Or participant.
    pub person_id: Option<String>,
    /// When, UTC milliseconds.
    pub created_at: i64,
    /// Last seen, UTC milliseconds.
    pub seen_at: i64,
    /// Until when it is good.
    pub expires_at: i64,
    /// What the browser calls itself.
    pub user_agent: String,
}

/// Stores a sign-in; those that have ended go.
pub async fn insert_sign_in(db: &mut Connection, row: &SignInRow) -> Result<()> {
    db.execute(
        "DELETE FROM sign_in WHERE expires_at < $1",
        [row.created_at.into()],
    )
    .await?;
    db.execute(
        "INSERT INTO sign_in (token_hash, account_id, person_id, created_at, seen_at, expires_at, user_agent)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        [
            Value::from(&row.token_hash),
            Value::from(&row.account_id),
            Value::from(&row.person_id),
            row.created_at.into(),
            row.seen_at.into(),
            row.expires_at.into(),
            Value::from(&row.user_agent),
        ],
    )
    .await?;
    Ok(())
}

/// The sign-in of that token, unless it has ended.
pub async fn sign_in(db: &mut Connection, token_hash: &str, now: i64) -> Result<Option<SignInRow>> {
    db.fetch_optional(
        "SELECT token_hash, account_id, person_id, created_at, seen_at, expires_at, user_agent FROM sign_in
         WHERE token_hash = $1 AND expires_at > $2",
        [token_hash.into(), now.into()],
    )
    .await
}

/// Sign-ins of an account or a person that have not ended, newest first.
pub async fn sign_ins_of(db: &mut Connection, holder: &str, now: i64) -> Result<Vec<SignInRow>> {
    db.fetch_all(
        "SELECT token_hash, account_id, person_id, created_at, seen_at, expires_at, user_agent FROM sign_in
         WHERE (account_id = $1 OR person_id = $1) AND expires_at > $2 ORDER BY seen_at DESC",
        [holder.into(), now.into()],
    )
    .await
}

/// The browser of that token came back.
pub async fn seen(db: &mut Connection, token_hash: &str, now: i64) -> Result<()> {
    db.execute(
        "UPDATE sign_in SET seen_at = $2 WHERE token_hash = $1",
        [token_hash.into(), now.into()],
    )
    .await?;
    Ok(())
}

/// Ends one sign-in.
pub async fn end_sign_in(db: &mut Connection, token_hash: &str) -> Result<()> {
    db.execute(
        "DELETE FROM sign_in WHERE token_hash = $1",
        [token_hash.into()],
    )
    .await?;
    Ok(())
}

/// Ends every sign-in of an account or a person.
pub async fn end_sign_ins_of(db: &mut Connection, holder: &str) -> Result<u64> {
    db.execute(
        "DELETE FROM sign_in WHERE account_id = $1 OR person_id = $1",
        [holder.into()],
    )
    .await
}

/// A code sent by mail.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct SignInCodeRow {
    /// Identifier.
    pub id: String,
    /// To which address, lower case.
    pub email: String,
    /// Its seal.
    pub code_hash: String,
    /// When, UTC milliseconds.
    pub created_at: i64,
    /// Until when it is good.
    pub expires_at: i64,
    /// Wrong tries so far.
    pub attempts: i64,
    /// When it was used.
    pub used_at: Option<i64>,
}

/// Stores a code; earlier ones to the same address are void.
pub async fn insert_code(db: &mut Connection, row: &SignInCodeRow) -> Result<()> {
    db.execute(
        "DELETE FROM sign_in_code WHERE email = $1 OR expires_at < $2",
        [Value::from(&row.email), row.created_at.into()],
    )
    .await?;
    db.execute(
        "INSERT INTO sign_in_code (id, email, code_hash, created_at, expires_at, attempts, used_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        [
            Value::from(&row.id),
            Value::from(&row.email),
            Value::from(&row.code_hash),
            row.created_at.into(),
            row.expires_at.into(),
            row.attempts.into(),
            row.used_at.into(),
        ],
    )
    .await?;
    Ok(())
}

/// The code sent to that address, if it can still be used; counts the try.
pub async fn try_code(db: &mut Connection, email: &str, now: i64) -> Result<Option<SignInCodeRow>> {
    db.fetch_optional(
        "UPDATE sign_in_code SET attempts = attempts + 1
         WHERE email = $1 AND expires_at > $2 AND used_at IS NULL
         RETURNING id, email, code_hash, created_at, expires_at, attempts, used_at",
        [email.into(), now.into()],
    )
    .await
}

/// The code was used; `false` when it had been already.
pub async fn use_code(db: &mut Connection, id: &str, now: i64) -> Result<bool> {
    let changed = db
        .execute(
            "UPDATE sign_in_code SET used_at = $2 WHERE id = $1 AND used_at IS NULL",
            [id.into(), now.into()],
        )
        .await?;
    Ok(changed > 0)
}

/// A bearer token of the API.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct ApiTokenRow {
    /// Identifier.
    pub id: String,
    /// For whom it acts.
    pub account_id: String,
    /// What it is for.
    pub name: String,
    /// SHA-256 of the token, hexadecimal.
    pub token_hash: String,
    /// Scopes, separated by spaces.
    pub scopes: String,
    /// When it was made, UTC milliseconds.
    pub created_at: i64,
    /// Last used.
    pub last_used_at: Option<i64>,
    /// Until when it is good.
    pub expires_at: Option<i64>,
    /// Since when it is not.
    pub revoked_at: Option<i64>,
}

/// Stores a token.
pub async fn insert_token(db: &mut Connection, row: &ApiTokenRow) -> Result<()> {
    db.execute(
        "INSERT INTO api_token (id, account_id, name, token_hash, scopes, created_at, last_used_at, expires_at, revoked_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        [
            Value::from(&row.id),
            Value::from(&row.account_id),
            Value::from(&row.name),
            Value::from(&row.token_hash),
            Value::from(&row.scopes),
            row.created_at.into(),
            row.last_used_at.into(),
            row.expires_at.into(),
            row.revoked_at.into(),
        ],
    )
    .await?;
    Ok(())
}

/// The token of that hash, if it is good now.
pub async fn token(db: &mut Connection, token_hash: &str, now: i64) -> Result<Option<ApiTokenRow>> {
    db.fetch_optional(
        "SELECT id, account_id, name, token_hash, scopes, created_at, last_used_at, expires_at, revoked_at FROM api_token
         WHERE token_hash = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $2)",
        [token_hash.into(), now.into()],
    )
    .await
}

/// The token was used.
pub async fn token_used(db: &mut Connection, id: &str, now: i64) -> Result<()> {
    db.execute(
        "UPDATE api_token SET last_used_at = $2 WHERE id = $1",
        [id.into(), now.into()],
    )
    .await?;
    Ok(())
}

/// Tokens of an account, newest first.
pub async fn tokens_of(db: &mut Connection, account: &str) -> Result<Vec<ApiTokenRow>> {
    db.fetch_all(
        "SELECT id, account_id, name, token_hash, scopes, created_at, last_used_at, expires_at, revoked_at FROM api_token
         WHERE account_id = $1 ORDER BY created_at DESC, id DESC",
        [account.into()],
    )
    .await
}

/// Revokes a token of an account; `false` when there is none such.
pub async fn revoke_token(db: &mut Connection, account: &str, id: &str, now: i64) -> Result<bool> {
    let changed = db
        .execute(
            "UPDATE api_token SET revoked_at = $3 WHERE id = $2 AND account_id = $1 AND revoked_at IS NULL",
            [account.into(), id.into(), now.into()],
        )
        .await?;
    Ok(changed > 0)
}

/// Counts one try in a bucket's window, and answers how many there are now.
pub async fn hit(db: &mut Connection, bucket: &str, window_start: i64) -> Result<i64> {
    db.execute(
        "DELETE FROM rate_limit WHERE bucket = $1 AND window_start < $2",
        [bucket.into(), window_start.into()],
    )
    .await?;
    db.number(
        "INSERT INTO rate_limit (bucket, window_start, hits) VALUES ($1, $2, 1)
         ON CONFLICT (bucket, window_start) DO UPDATE SET hits = rate_limit.hits + 1
         RETURNING hits",
        [bucket.into(), window_start.into()],
    )
    .await
}

/// Forgets the tries in a bucket.
pub async fn forget_hits(db: &mut Connection, bucket: &str) -> Result<()> {
    db.execute("DELETE FROM rate_limit WHERE bucket = $1", [bucket.into()])
        .await?;
    Ok(())
}

/// An answer given to an API call with an Idempotency-Key.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct IdempotencyRow {
    /// SHA-256 of the request, hexadecimal.
    pub request_hash: String,
    /// HTTP status.
    pub status: i64,
    /// Body.
    pub body: String,
}

/// The answer already given under that key.
pub async fn answered(
    db: &mut Connection,
    token: &str,
    key: &str,
) -> Result<Option<IdempotencyRow>> {
    db.fetch_optional(
        "SELECT request_hash, status, body FROM idempotency WHERE token_id = $1 AND idempotency_key = $2",
        [token.into(), key.into()],
    )
    .await
}

/// Keeps an answer under a key.
///
/// # Errors
/// [`crate::Error::Duplicate`] when another call with the same key was quicker.
pub async fn answer(
    db: &mut Connection,
    token: &str,
    key: &str,
    row: &IdempotencyRow,
    at: i64,
) -> Result<()> {
    db.execute(
        "INSERT INTO idempotency (token_id, idempotency_key, request_hash, status, body, at) VALUES ($1, $2, $3, $4, $5, $6)",
        [
            token.into(),
            key.into(),
            Value::from(&row.request_hash),
            row.status.into(),
            Value::from(&row.body),
            at.into(),
        ],
    )
    .await?;
    Ok(())
}
