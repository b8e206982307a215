//! Bearer tokens of programs that act for a member of staff.

use domain::input::{InputError, ShortText};
use store::access::ApiTokenRow;

use super::secret::{new_token, token_hash};
use super::{Action, Actor, Resource, authorise};
use crate::input::Fields;
use crate::{App, Error, Result, history};

/// What a token may be allowed to do; the policies say what each covers.
pub const SCOPES: [&str; 8] = [
    "sessions:read",
    "sessions:write",
    "enrolments:read",
    "enrolments:write",
    "people:read",
    "people:write",
    "attendance:read",
    "attendance:write",
];

/// The bearer tokens of an account: one's own, or anybody's for whoever manages accounts.
pub async fn tokens(app: &App, actor: &Actor, account: &str) -> Result<Vec<ApiTokenRow>> {
    own_or_managed(app, actor, account)?;
    let mut db = app.read().await?;
    Ok(store::access::tokens_of(&mut db, account).await?)
}

/// Makes a bearer token and answers it: it is shown once and never again.
///
/// # Errors
/// [`Error::Invalid`] for a name that is empty or too long, or a scope that does not exist.
pub async fn create_token(
    app: &App,
    actor: &Actor,
    account: &str,
    name: &str,
    scopes: &[String],
) -> Result<String> {
    own_or_managed(app, actor, account)?;
    let mut fields = Fields::default();
    let name = fields.take("name", ShortText::<80>::parse(name));
    if scopes.is_empty() {
        fields.wrong("scopes", InputError::Empty);
    } else if scopes.iter().any(|scope| !SCOPES.contains(&scope.as_str())) {
        fields.wrong("scopes", InputError::UnknownChoice);
    }
    let name = fields.finish(name)?;
    let token = format!("essor_{}", new_token(app));
    let row = ApiTokenRow {
        id: app.new_id::<domain::id::kind::Token>().to_string(),
        account_id: account.to_owned(),
        name: String::from(name),
        token_hash: token_hash(&token),
        scopes: scopes.join(" "),
        created_at: app.now().as_millisecond(),
        last_used_at: None,
        expires_at: None,
        revoked_at: None,
    };
    let mut tx = app.write().await?;
    store::access::insert_token(&mut tx, &row).await?;
    let after = (&row.name, &row.scopes);
    history::record(
        app,
        &mut tx,
        actor,
        "account.token-created",
        ("account", account),
        None,
        Some(&after),
    )
    .await?;
    tx.commit().await?;
    Ok(token)
}

/// Revokes a token.
///
/// # Errors
/// [`Error::NotFound`] when the account has no such token.
pub async fn revoke_token(app: &App, actor: &Actor, account: &str, token: &str) -> Result<()> {
    own_or_managed(app, actor, account)?;
    let mut tx = app.write().await?;
    if !store::access::revoke_token(&mut tx, account, token, app.now().as_millisecond()).await? {
        return Err(Error::NotFound);
    }
    history::record(
        app,
        &mut tx,
        actor,
        "account.token-revoked",
        ("account", account),
        Some(&token),
        None,
    )
    .await?;
    tx.commit().await?;
    Ok(())
}

fn own_or_managed(app: &App, actor: &Actor, account: &str) -> Result<()> {
    match actor {
        Actor::Staff(staff) if staff.account.to_string() == account => Ok(()),
        _ => authorise(app, actor, Action::ManageAccounts, &Resource::everything()),
    }
}
