//! Accounts of staff, the roles they hold, and the tokens of programs that act for them.

use domain::id::AccountId;
use domain::input::{EmailAddress, InputError, PersonName};
use domain::language::Language;
use serde::{Deserialize, Serialize};
pub use store::access::{AccountRow, ApiTokenRow, RoleBindingRow};
use store::{Connection, Transaction};

use super::secret::{check_password, hash_password, password_holds};
pub use super::token::{SCOPES, create_token, revoke_token, tokens};
use super::{Action, Actor, Resource, Role, authorise};
use crate::input::Fields;
use crate::{App, Error, Refused, Result, history};

/// An account as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct EditAccount {
    /// Name.
    pub name: String,
    /// E-mail address, the name to sign in with.
    pub email: String,
    /// `fr` or `en`.
    pub language: String,
    /// New password; empty: as it is.
    pub password: String,
    /// Roles, each `role`, `coordinator@programme:ID` or `referent@territory:ID`.
    pub roles: Vec<String>,
    /// Not usable for the time being.
    pub disabled: String,
    /// The version that was edited; empty for a new account.
    pub version: String,
}

/// An account with its roles.
#[derive(Clone, Debug)]
pub struct Account {
    /// As stored.
    pub row: AccountRow,
    /// Its roles.
    pub roles: Vec<RoleBindingRow>,
}

/// What the event log keeps of an account: never its password.
#[derive(Serialize)]
struct Logged<'a> {
    name: &'a str,
    email: &'a str,
    language: &'a str,
    roles: &'a [String],
    disabled: bool,
}

/// Every account with its roles, by name.
pub async fn list(app: &App, actor: &Actor) -> Result<Vec<Account>> {
    authorise(app, actor, Action::ManageAccounts, &Resource::everything())?;
    let mut db = app.read().await?;
    let bindings = store::access::all_bindings(&mut db).await?;
    let accounts = store::access::accounts(&mut db).await?;
    let with_roles = accounts.into_iter().map(|row| {
        let roles = bindings
            .iter()
            .filter(|binding| binding.account_id == row.id)
            .cloned()
            .collect();
        Account { row, roles }
    });
    Ok(with_roles.collect())
}

/// Whether there is no account at all yet, so that nobody can sign in at the desk.
pub async fn none_yet(app: &App) -> Result<bool> {
    let mut db = app.read().await?;
    Ok(store::access::accounts(&mut db).await?.is_empty())
}

/// One's own account.
///
/// # Errors
/// [`Error::SignInNeeded`] for a visitor, [`Error::Forbidden`] for whoever else is not a member of staff.
pub async fn own(app: &App, actor: &Actor) -> Result<Account> {
    let staff = match actor {
        Actor::Staff(staff) => staff,
        Actor::Visitor => return Err(Error::SignInNeeded),
        _ => return Err(Error::Forbidden),
    };
    let mut db = app.read().await?;
    load(&mut db, &staff.account.to_string()).await
}

/// One account.
pub async fn get(app: &App, actor: &Actor, id: &str) -> Result<Account> {
    authorise(app, actor, Action::ManageAccounts, &Resource::everything())?;
    let mut db = app.read().await?;
    load(&mut db, id).await
}

/// Makes an account.
///
/// # Errors
/// [`Error::Invalid`] with every wrong field, an e-mail address already taken among them.
pub async fn create(app: &App, actor: &Actor, command: &EditAccount) -> Result<AccountId> {
    authorise(app, actor, Action::ManageAccounts, &Resource::everything())?;
    let parsed = parse(command, true)?;
    let password_hash = Some(hash_password(app, &command.password).await?);
    let id: AccountId = app.new_id();
    let row = AccountRow {
        id: id.to_string(),
        email: parsed.email,
        name: parsed.name,
        password_hash,
        language: parsed.language.code().to_owned(),
        created_at: app.now().as_millisecond(),
        disabled_at: parsed.disabled.then(|| app.now().as_millisecond()),
        version: 1,
    };
    let mut tx = app.write().await?;
    store::access::insert_account(&mut tx, &row)
        .await
        .map_err(taken)?;
    give(app, &mut tx, &row.id, &parsed.roles).await?;
    let after = logged(&row, &command.roles);
    history::record(
        app,
        &mut tx,
        actor,
        "account.created",
        ("account", &row.id),
        None,
        Some(&after),
    )
    .await?;
    tx.commit().await?;
    Ok(id)
}

/// Changes an account: name, address, roles, password, whether it can be used. Whoever is signed in with it is signed out when the password
/// changes or it is disabled.
///
/// # Errors
/// [`Error::Invalid`], [`Error::Stale`], and [`Error::Refused`] when no administrator would be left.
pub async fn edit(app: &App, actor: &Actor, id: &str, command: &EditAccount) -> Result<()> {
    authorise(app, actor, Action::ManageAccounts, &Resource::everything())?;
    let parsed = parse(command, false)?;
    let new_hash = match command.password.as_str() {
        "" => None,
        password => Some(hash_password(app, password).await?),
    };
    let mut tx = app.write().await?;
    // Two administrators who take each other's role at the same instant: the second finds out.
    tx.lock_name("administrators").await?;
    let before = load(&mut tx, id).await?;
    let version = command.version.parse().map_err(|_| Error::Stale)?;
    let signs_out = new_hash.is_some() || (parsed.disabled && before.row.disabled_at.is_none());
    let now = app.now().as_millisecond();
    let row = AccountRow {
        email: parsed.email,
        name: parsed.name,
        language: parsed.language.code().to_owned(),
        password_hash: new_hash.or_else(|| before.row.password_hash.clone()),
        disabled_at: parsed
            .disabled
            .then(|| before.row.disabled_at.unwrap_or(now)),
        version,
        ..before.row.clone()
    };
    store::access::update_account(&mut tx, &row)
        .await
        .map_err(taken)?;
    store::access::delete_bindings(&mut tx, id).await?;
    give(app, &mut tx, id, &parsed.roles).await?;
    if store::access::holders(&mut tx, Role::Administrator.slug()).await? == 0 {
        return Err(Refused::new("access-refused-last-administrator").into());
    }
    if signs_out {
        store::access::end_sign_ins_of(&mut tx, id).await?;
    }
    let roles_before: Vec<_> = before.roles.iter().map(written).collect();
    let (before, after) = (
        logged(&before.row, &roles_before),
        logged(&row, &command.roles),
    );
    history::record(
        app,
        &mut tx,
        actor,
        "account.edited",
        ("account", id),
        Some(&before),
        Some(&after),
    )
    .await?;
    tx.commit().await?;
    Ok(())
}

/// Changes one's own name and language.
///
/// # Errors
/// [`Error::Invalid`], [`Error::Stale`].
pub async fn edit_own(
    app: &App,
    actor: &Actor,
    name: &str,
    language: &str,
    version: &str,
) -> Result<()> {
    let before = own(app, actor).await?;
    let mut fields = Fields::default();
    let name = fields.take("name", PersonName::parse(name));
    let language = fields.take(
        "language",
        language
            .parse::<Language>()
            .map_err(|_| InputError::UnknownChoice),
    );
    let (name, language) = fields.finish(name.zip(language))?;
    let row = AccountRow {
        name: name.to_string(),
        language: language.code().to_owned(),
        version: version.parse().map_err(|_| Error::Stale)?,
        ..before.row.clone()
    };
    let roles: Vec<_> = before.roles.iter().map(written).collect();
    let mut tx = app.write().await?;
    store::access::update_account(&mut tx, &row).await?;
    history::record(
        app,
        &mut tx,
        actor,
        "account.edited",
        ("account", &row.id),
        Some(&logged(&before.row, &roles)),
        Some(&logged(&row, &roles)),
    )
    .await?;
    tx.commit().await?;
    Ok(())
}

/// Changes one's own password, which ends every sign-in.
///
/// # Errors
/// [`Error::Invalid`] when the old one is wrong or the new one too short.
pub async fn change_own_password(app: &App, actor: &Actor, old: &str, new: &str) -> Result<()> {
    let Actor::Staff(staff) = actor else {
        return Err(Error::SignInNeeded);
    };
    super::limit::count(app, super::limit::PASSWORD, &staff.account.to_string()).await?;
    check_password(new).map_err(|error| Error::field("new", error))?;
    let id = staff.account.to_string();
    let row = load(&mut app.read().await?, &id).await?.row;
    if !password_holds(old, row.password_hash.clone()).await? {
        return Err(Error::field("old", InputError::UnknownChoice));
    }
    let row = AccountRow {
        password_hash: Some(hash_password(app, new).await?),
        ..row
    };
    let mut tx = app.write().await?;
    store::access::update_account(&mut tx, &row).await?;
    store::access::end_sign_ins_of(&mut tx, &id).await?;
    history::record::<()>(
        app,
        &mut tx,
        actor,
        "account.password-changed",
        ("account", &id),
        None,
        None,
    )
    .await?;
    tx.commit().await?;
    Ok(())
}

async fn load(db: &mut Connection, id: &str) -> Result<Account> {
    let row = store::access::account(db, id)
        .await?
        .ok_or(Error::NotFound)?;
    let roles = store::access::bindings(db, id).await?;
    Ok(Account { row, roles })
}

async fn give(
    app: &App,
    tx: &mut Transaction,
    account: &str,
    roles: &[RoleBindingRow],
) -> Result<()> {
    for role in roles {
        let is_there = match (&role.programme_id, &role.territory_id) {
            (Some(programme), _) => store::programme::get(tx, programme).await?.is_some(),
            (None, Some(territory)) => store::territory::get(tx, territory).await?.is_some(),
            (None, None) => true,
        };
        if !is_there {
            return Err(Error::field("roles", InputError::UnknownChoice));
        }
        let row = RoleBindingRow {
            id: app.new_id::<RoleBindingRow>().to_string(),
            account_id: account.to_owned(),
            created_at: app.now().as_millisecond(),
            ..role.clone()
        };
        store::access::insert_binding(tx, &row).await?;
    }
    Ok(())
}

struct Parsed {
    name: String,
    email: String,
    language: Language,
    roles: Vec<RoleBindingRow>,
    disabled: bool,
}

fn parse(command: &EditAccount, is_new: bool) -> Result<Parsed> {
    let mut fields = Fields::default();
    let name = fields.take("name", PersonName::parse(&command.name));
    let email = fields.take("email", EmailAddress::parse(&command.email));
    let language = fields.take(
        "language",
        command
            .language
            .parse()
            .map_err(|_| InputError::UnknownChoice),
    );
    if is_new || !command.password.is_empty() {
        fields.take("password", check_password(&command.password));
    }
    let roles: Option<Vec<_>> = command.roles.iter().map(|role| binding(role)).collect();
    match &roles {
        None => fields.wrong("roles", InputError::UnknownChoice),
        Some(roles) if roles.is_empty() => fields.wrong("roles", InputError::Empty),
        Some(_) => {}
    }
    let parsed =
        name.zip(email)
            .zip(language)
            .zip(roles)
            .map(|(((name, email), language), roles)| Parsed {
                name: name.to_string(),
                email: email.to_string(),
                language,
                roles,
                disabled: !command.disabled.is_empty(),
            });
    fields.finish(parsed)
}

/// `role`, `coordinator@programme:ID` or `referent@territory:ID`; a limit that the role does not know would be no limit at all.
fn binding(written: &str) -> Option<RoleBindingRow> {
    let (role, within) = written
        .split_once('@')
        .map_or((written, None), |(role, within)| (role, Some(within)));
    let role = Role::parse(role)?;
    let mut row = RoleBindingRow {
        id: String::new(),
        account_id: String::new(),
        role: role.slug().to_owned(),
        programme_id: None,
        territory_id: None,
        created_at: 0,
    };
    match within.map(|within| within.split_once(':')) {
        None => {}
        Some(Some(("programme", id))) if role == Role::Coordinator => {
            row.programme_id = Some(id.parse::<domain::id::ProgrammeId>().ok()?.to_string());
        }
        Some(Some(("territory", id))) if role == Role::Referent => {
            row.territory_id = Some(id.parse::<domain::id::TerritoryId>().ok()?.to_string());
        }
        Some(_) => return None,
    }
    Some(row)
}

/// A role in the form that an account is edited with.
#[must_use]
pub fn written(row: &RoleBindingRow) -> String {
    match (&row.programme_id, &row.territory_id) {
        (Some(programme), _) => format!("{}@programme:{programme}", row.role),
        (None, Some(territory)) => format!("{}@territory:{territory}", row.role),
        (None, None) => row.role.clone(),
    }
}

fn logged<'a>(row: &'a AccountRow, roles: &'a [String]) -> Logged<'a> {
    Logged {
        name: &row.name,
        email: &row.email,
        language: &row.language,
        roles,
        disabled: row.disabled_at.is_some(),
    }
}

fn taken(error: store::Error) -> Error {
    match error {
        store::Error::Duplicate(_) => Error::field("email", InputError::AlreadyTaken),
        other => other.into(),
    }
}
