//! Open Badges: given with each certificate, withdrawn with it, checked by anybody.
//!
//! A badge says what its certificate says; there is nothing to enter. Its programme is the issuer, with keys of its own that the
//! administrator renews; what they signed stays good (see `docs/decisions/2026-11-22-badges.md`).

mod check;
mod file;
mod grant;
mod keys;
mod rule;
mod vault;

use domain::id::ProgrammeId;
use serde_json::{Value, json};
use store::badge::KeyRow;
use store::programme::ProgrammeRow;

use crate::{App, Error, Result};

pub use check::{Checked, Says, Verdict, check, show};
pub use file::{BadgeFile, Form, file};
pub(crate) use grant::Press;
pub use keys::{KeyUse, Rotated, keys, rotate};
pub(crate) use rule::asked;
pub use rule::{EditRule, rule, set_rule};

/// Address of the profile of a programme that gives badges.
pub(crate) fn issuer_address(app: &App, programme: &str) -> String {
    format!("{}/badges/emetteurs/{programme}", app.config().base_url)
}

/// Address of a key.
fn key_address(key: &KeyRow) -> String {
    format!("{}/cles/{}", key.issuer, key.id)
}

/// Address of a badge.
fn badge_address(app: &App, id: &str) -> String {
    format!("{}/badges/{id}", app.config().base_url)
}

/// Address of a list of badges that are withdrawn.
fn list_address(app: &App, programme: &str, list: u64) -> String {
    format!("{}/badges/listes/{programme}/{list}", app.config().base_url)
}

/// Who gives badges, for everybody.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// Name of the programme.
    pub name: String,
    /// Address of the profile.
    pub address: String,
    /// Where people can write.
    pub email: Option<String>,
    /// Its keys, newest first: address, since when, until when it signed (UTC milliseconds).
    pub keys: Vec<(String, i64, Option<i64>)>,
    /// The same for machines: a profile of Open Badges 3.0 that is a controlled identifier document too.
    pub document: Value,
}

/// The profile of a programme that has given badges.
///
/// # Errors
/// [`Error::NotFound`] for a programme without keys.
pub async fn profile(app: &App, programme: &str) -> Result<Profile> {
    let mut db = app.read().await?;
    let (programme, keys) = issuer_of(&mut db, programme).await?;
    let address = issuer_address(app, &programme.id);
    let methods: Vec<Value> = keys.iter().filter_map(key_document).collect();
    let names: Vec<String> = keys.iter().map(key_address).collect();
    let mut document = json!({
        "@context": ["https://www.w3.org/ns/cid/v1", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
        "id": address,
        "type": ["Profile"],
        "name": programme.name,
        "url": app.config().base_url,
        "verificationMethod": methods,
        "assertionMethod": names,
    });
    if let (Some(email), Value::Object(members)) = (&programme.contact_email, &mut document) {
        members.insert("email".to_owned(), email.as_str().into());
    }
    Ok(Profile {
        name: programme.name,
        email: programme.contact_email,
        keys: keys
            .iter()
            .map(|key| (key_address(key), key.created_at, key.retired_at))
            .collect(),
        address,
        document,
    })
}

async fn issuer_of(
    db: &mut store::Connection,
    programme: &str,
) -> Result<(ProgrammeRow, Vec<KeyRow>)> {
    ProgrammeId::parse(programme).map_err(|_| Error::NotFound)?;
    let row = store::programme::get(db, programme).await?;
    let keys = store::badge::keys(db, programme).await?;
    row.filter(|_| !keys.is_empty())
        .map(|row| (row, keys))
        .ok_or(Error::NotFound)
}

/// A key for machines, at its own address: a JSON Web Key and a Multikey in one object; readers of either leave the rest alone.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn key(app: &App, programme: &str, id: &str) -> Result<Value> {
    let mut db = app.read().await?;
    let row = store::badge::key(&mut db, id).await?;
    row.filter(|row| row.programme_id == programme)
        .as_ref()
        .and_then(key_document)
        .ok_or(Error::NotFound)
}

fn key_document(row: &KeyRow) -> Option<Value> {
    let public = domain::badge::PublicKey::parse(&row.public_key)?;
    let address = key_address(row);
    let mut document = public.jwk(&address);
    if let Value::Object(members) = &mut document {
        for (name, value) in [
            ("id", address),
            ("type", "Multikey".to_owned()),
            ("controller", row.issuer.clone()),
            ("publicKeyMultibase", public.multibase()),
        ] {
            members.insert(name.to_owned(), value.into());
        }
    }
    Some(document)
}

/// The public list of a programme's badges that are withdrawn, signed now and good for a day.
///
/// # Errors
/// [`Error::NotFound`] for a list that no badge is in, or when no key can sign it.
pub async fn list(app: &App, programme: &str, list: u64) -> Result<Value> {
    let mut db = app.read().await?;
    let (_, keys) = issuer_of(&mut db, programme).await?;
    let first = list
        .checked_mul(domain::badge::BITS)
        .and_then(|first| i64::try_from(first).ok())
        .ok_or(Error::NotFound)?;
    if first > 0 && first >= store::badge::count(&mut db, programme).await? {
        return Err(Error::NotFound);
    }
    let until = first.saturating_add(i64::try_from(domain::badge::BITS).unwrap_or(i64::MAX));
    let withdrawn = store::badge::withdrawn(&mut db, programme, first, until).await?;
    drop(db);
    let bits = withdrawn
        .into_iter()
        .filter_map(|number| u64::try_from(number).ok())
        .map(|number| domain::badge::place(number).1);
    let encoded = domain::badge::encoded_list(bits)
        .ok_or_else(|| Error::Internal("a list could not be compressed".into()))?;
    let (key, signer) = keys
        .iter()
        .find_map(|key| Some((key, vault::open(app, key)?)))
        .ok_or(Error::NotFound)?;
    let address = list_address(app, programme, list);
    let document = domain::badge::list_credential(&address, &key.issuer, &encoded, app.now());
    Ok(domain::badge::sign_document(
        &signer,
        &key_address(key),
        document,
        app.now(),
    ))
}
