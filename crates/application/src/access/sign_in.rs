//! Signing in and out: staff by password, participants by link or by a six-digit code.

use domain::id::PersonId;
use jiff::SignedDuration;
use store::Connection;
use store::access::{SignInCodeRow, SignInRow};
use store::people::PersonRow;

use super::{Actor, Binding, Role, Staff, limit, link, secret};
use crate::{App, Error, Refused, Result, history};

pub use super::letter::{send_code, send_link};

/// How long a sign-in of staff lasts: a long working day.
const STAFF: SignedDuration = SignedDuration::from_hours(12);
/// How long one of a participant lasts.
const PARTICIPANT: SignedDuration = SignedDuration::from_hours(24 * 30);
/// How long a code is good.
pub(super) const CODE: SignedDuration = SignedDuration::from_mins(15);
/// Wrong tries after which a code is void.
const CODE_TRIES: i64 = 5;
/// Most characters kept of what a browser calls itself.
const USER_AGENT: usize = 200;
/// A browser or a program that comes back is written down at most this often, in milliseconds.
const SEEN_EVERY: i64 = 5 * 60_000;
/// Characters of a sign-in's hash by which its holder names it: enough to tell one's own apart, useless to sign in with.
const NAMED_BY: usize = 16;

/// A browser that is now signed in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The token to keep in its cookie.
    pub token: String,
    /// Seconds after which it ends.
    pub seconds: i64,
    /// Who it is.
    pub actor: Actor,
}

/// Signs a member of staff in; `client` is the network address that asks.
///
/// # Errors
/// [`Error::Refused`] with one sentence for a wrong address and a wrong password alike; [`Error::TooMany`].
pub async fn with_password(
    app: &App,
    email: &str,
    password: &str,
    client: &str,
    user_agent: &str,
) -> Result<SignedIn> {
    let email = email.trim().to_lowercase();
    let pair = format!("{email} {client}");
    // Tries that are refused here do not count for the account.
    limit::count(app, limit::PASSWORD, &pair).await?;
    limit::count(app, limit::PASSWORD_CLIENT, client).await?;
    limit::count(app, limit::PASSWORD_ACCOUNT, &email).await?;
    let account = {
        let mut db = app.read().await?;
        store::access::account_by_email(&mut db, &email)
            .await?
            .filter(|account| account.disabled_at.is_none())
    };
    let hash = account
        .as_ref()
        .and_then(|account| account.password_hash.clone());
    let holds = secret::password_holds(password, hash).await?;
    let Some(account) = account.filter(|_| holds) else {
        return Err(Refused::new("access-refused-password").into());
    };
    limit::forget(app, limit::PASSWORD, &pair).await?;
    let mut tx = app.write().await?;
    let staff = staff(&mut tx, &account.id).await?.ok_or(Error::Forbidden)?;
    let signed_in = start(app, &mut tx, Actor::Staff(staff), STAFF, user_agent).await?;
    tx.commit().await?;
    Ok(signed_in)
}

/// Makes a code for the participants with that e-mail address, to be sent to it. Answers nothing when nobody has it; the page says the
/// same either way.
pub async fn make_code(
    app: &App,
    tx: &mut Connection,
    email: &str,
) -> Result<Option<(PersonRow, String)>> {
    let Some(person) = participant_at(tx, email).await? else {
        return Ok(None);
    };
    let now = app.now();
    let number = u64::from_le_bytes(app.random()) % 1_000_000;
    let code = format!("{number:06}");
    let row = SignInCodeRow {
        id: app.new_id::<SignInCodeRow>().to_string(),
        email: email.to_owned(),
        code_hash: app.seal("code", &format!("{email} {code}"))?,
        created_at: now.as_millisecond(),
        expires_at: now.saturating_add(CODE).unwrap_or(now).as_millisecond(),
        attempts: 0,
        used_at: None,
    };
    store::access::insert_code(tx, &row).await?;
    Ok(Some((person, code)))
}

/// Signs a participant in with the code sent to their address.
///
/// # Errors
/// [`Error::Refused`] when the code is wrong, used or too old; [`Error::TooMany`].
pub async fn with_code(app: &App, email: &str, code: &str, user_agent: &str) -> Result<SignedIn> {
    let email = email.trim().to_lowercase();
    limit::count(app, limit::CODE_TRIED, &email).await?;
    let digits: String = code.chars().filter(char::is_ascii_digit).take(7).collect();
    let mut tx = app.write().await?;
    let row = store::access::try_code(&mut tx, &email, app.now().as_millisecond()).await?;
    let right = row.filter(|row| {
        row.attempts <= CODE_TRIES
            && app.seal_holds("code", &format!("{email} {digits}"), &row.code_hash)
    });
    let Some(row) = right else {
        // The try counts even though it failed.
        tx.commit().await?;
        return Err(Refused::new("access-refused-code").into());
    };
    if !store::access::use_code(&mut tx, &row.id, app.now().as_millisecond()).await? {
        return Err(Refused::new("access-refused-code").into());
    }
    let person = participant_at(&mut tx, &email)
        .await?
        .ok_or(Error::NotFound)?;
    let signed_in = start(app, &mut tx, participant(&person)?, PARTICIPANT, user_agent).await?;
    tx.commit().await?;
    limit::forget(app, limit::CODE_TRIED, &email).await?;
    Ok(signed_in)
}

/// Signs a participant in with the last part of their personal link.
///
/// # Errors
/// [`Error::NotFound`] when the link is not one of ours, too old, or void since they signed out everywhere.
pub async fn with_link(app: &App, personal_link: &str, user_agent: &str) -> Result<SignedIn> {
    let (id, epoch) = link::open_personal(app, personal_link)?;
    let mut tx = app.write().await?;
    let named = store::people::person(&mut tx, &id.to_string())
        .await?
        .ok_or(Error::NotFound)?;
    // Merging raises the epoch once: what was good until then goes on, and opens the record that was kept.
    let good = named.link_epoch - i64::from(named.merged_into.is_some());
    if epoch != good {
        return Err(Error::NotFound);
    }
    let person = living(&mut tx, id).await?.ok_or(Error::NotFound)?;
    let signed_in = start(app, &mut tx, participant(&person)?, PARTICIPANT, user_agent).await?;
    tx.commit().await?;
    Ok(signed_in)
}

/// Who holds the sign-in of that token; nobody when it has ended.
pub async fn holder(app: &App, token: &str) -> Result<Option<Actor>> {
    let mut db = app.read().await?;
    let hash = secret::token_hash(token);
    let now = app.now().as_millisecond();
    let Some(row) = store::access::sign_in(&mut db, &hash, now).await? else {
        return Ok(None);
    };
    if now - row.seen_at >= SEEN_EVERY {
        // Not while holding a connection: under load everybody would wait for a second one.
        drop(db);
        let mut tx = app.write().await?;
        store::access::seen(&mut tx, &hash, now).await?;
        tx.commit().await?;
        db = app.read().await?;
    }
    match (row.account_id, row.person_id) {
        (Some(account), _) => Ok(staff(&mut db, &account).await?.map(Actor::Staff)),
        (None, Some(person)) => match person.parse() {
            Ok(id) => living(&mut db, id)
                .await?
                .map(|person| participant(&person))
                .transpose(),
            Err(_) => Ok(None),
        },
        (None, None) => Ok(None),
    }
}

/// Ends one sign-in.
pub async fn out(app: &App, token: &str) -> Result<()> {
    let mut tx = app.write().await?;
    store::access::end_sign_in(&mut tx, &secret::token_hash(token)).await?;
    tx.commit().await?;
    Ok(())
}

/// A browser in which whoever asks is signed in.
#[derive(Clone, Debug)]
pub struct Browser {
    /// Names it to its holder.
    pub name: String,
    /// What it calls itself.
    pub user_agent: String,
    /// Since when, UTC milliseconds.
    pub since: i64,
    /// Last seen, give or take five minutes, UTC milliseconds.
    pub seen_at: i64,
    /// Whether it is the one that asks.
    pub this_one: bool,
}

/// The browsers in which whoever asks is signed in, last seen first; `token` is the one that asks.
pub async fn browsers(app: &App, actor: &Actor, token: &str) -> Result<Vec<Browser>> {
    let holder = actor.id().ok_or(Error::SignInNeeded)?;
    let this = secret::token_hash(token);
    let mut db = app.read().await?;
    let rows = store::access::sign_ins_of(&mut db, &holder, app.now().as_millisecond()).await?;
    let browsers = rows.into_iter().map(|row| Browser {
        name: named(&row),
        this_one: row.token_hash == this,
        user_agent: row.user_agent,
        since: row.created_at,
        seen_at: row.seen_at,
    });
    Ok(browsers.collect())
}

fn named(row: &SignInRow) -> String {
    row.token_hash.chars().take(NAMED_BY).collect()
}

/// Ends one's own sign-in of that name.
///
/// # Errors
/// [`Error::NotFound`] when whoever asks has none such.
pub async fn out_there(app: &App, actor: &Actor, name: &str) -> Result<()> {
    let holder = actor.id().ok_or(Error::SignInNeeded)?;
    let mut tx = app.write().await?;
    let rows = store::access::sign_ins_of(&mut tx, &holder, app.now().as_millisecond()).await?;
    let row = rows
        .iter()
        .find(|row| named(row) == name)
        .ok_or(Error::NotFound)?;
    store::access::end_sign_in(&mut tx, &row.token_hash).await?;
    tx.commit().await?;
    Ok(())
}

/// Ends every sign-in of whoever asks, in every browser, and makes a participant's links void.
pub async fn out_everywhere(app: &App, actor: &Actor) -> Result<()> {
    let Some(holder) = actor.id() else {
        return Err(Error::SignInNeeded);
    };
    let mut tx = app.write().await?;
    store::access::end_sign_ins_of(&mut tx, &holder).await?;
    if let Actor::Participant { .. } = actor {
        store::people::void_links(&mut tx, &holder).await?;
    }
    history::record::<()>(
        app,
        &mut tx,
        actor,
        "access.out-everywhere",
        ("sign-in", &holder),
        None,
        None,
    )
    .await?;
    tx.commit().await?;
    Ok(())
}

/// Whoever a bearer token of the API acts for; nobody when it is unknown, revoked or too old.
pub async fn with_token(app: &App, token: &str) -> Result<Option<Actor>> {
    let mut db = app.read().await?;
    let hash = secret::token_hash(token);
    let Some(row) = store::access::token(&mut db, &hash, app.now().as_millisecond()).await? else {
        return Ok(None);
    };
    let Some(staff) = staff(&mut db, &row.account_id).await? else {
        return Ok(None);
    };
    drop(db);
    let now = app.now().as_millisecond();
    if row.last_used_at.is_none_or(|at| now - at >= SEEN_EVERY) {
        let mut tx = app.write().await?;
        store::access::token_used(&mut tx, &row.id, now).await?;
        tx.commit().await?;
    }
    let token = row.id.parse().map_err(|_| Error::NotFound)?;
    Ok(Some(Actor::Api {
        staff,
        token,
        scopes: row.scopes.split_whitespace().map(str::to_owned).collect(),
    }))
}

/// An account that can be used, with its roles.
pub(crate) async fn staff(db: &mut Connection, account: &str) -> Result<Option<Staff>> {
    let Some(row) = store::access::account(db, account)
        .await?
        .filter(|row| row.disabled_at.is_none())
    else {
        return Ok(None);
    };
    let mut bindings = Vec::new();
    for binding in store::access::bindings(db, account).await? {
        let Some(role) = Role::parse(&binding.role) else {
            continue;
        };
        bindings.push(Binding {
            role,
            programme: binding
                .programme_id
                .as_deref()
                .and_then(|id| id.parse().ok()),
            territory: binding
                .territory_id
                .as_deref()
                .and_then(|id| id.parse().ok()),
        });
    }
    let trainer = store::trainer::by_account(db, account)
        .await?
        .and_then(|trainer| trainer.id.parse().ok());
    let account = row.id.parse().map_err(|_| Error::NotFound)?;
    Ok(Some(Staff {
        account,
        name: row.name,
        bindings,
        trainer,
    }))
}

async fn start(
    app: &App,
    tx: &mut Connection,
    actor: Actor,
    lasts: SignedDuration,
    user_agent: &str,
) -> Result<SignedIn> {
    let token = secret::new_token(app);
    let now = app.now();
    let holder = actor.id();
    let is_staff = actor.staff().is_some();
    let row = SignInRow {
        token_hash: secret::token_hash(&token),
        account_id: holder.clone().filter(|_| is_staff),
        person_id: holder.filter(|_| !is_staff),
        created_at: now.as_millisecond(),
        seen_at: now.as_millisecond(),
        expires_at: now.saturating_add(lasts).unwrap_or(now).as_millisecond(),
        user_agent: user_agent.chars().take(USER_AGENT).collect(),
    };
    store::access::insert_sign_in(tx, &row).await?;
    Ok(SignedIn {
        token,
        seconds: lasts.as_secs(),
        actor,
    })
}

/// The participant with that address; of several (a shared address) the one known longest.
pub(super) async fn participant_at(db: &mut Connection, email: &str) -> Result<Option<PersonRow>> {
    let people = store::people::people_by_email(db, email).await?;
    Ok(people
        .into_iter()
        .filter(|person| person.merged_into.is_none() && person.erased_at.is_none())
        .min_by(|one, other| (one.created_at, &one.id).cmp(&(other.created_at, &other.id))))
}

/// A person who is neither erased nor merged; for a merged one, whom they were merged into.
async fn living(db: &mut Connection, id: PersonId) -> Result<Option<PersonRow>> {
    let mut person = store::people::person(db, &id.to_string()).await?;
    if let Some(into) = person
        .as_ref()
        .and_then(|person| person.merged_into.clone())
    {
        person = store::people::person(db, &into).await?;
    }
    Ok(person.filter(|person| person.erased_at.is_none() && person.merged_into.is_none()))
}

fn participant(person: &PersonRow) -> Result<Actor> {
    let id = person.id.parse().map_err(|_| Error::NotFound)?;
    Ok(Actor::Participant {
        person: id,
        name: person.name.clone(),
    })
}
