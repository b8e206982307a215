//! Checking a badge that somebody shows: anybody may.

use domain::badge::{Presented, PublicKey, Unreadable, email_hash, json, open};
use serde_json::Value;
use store::Connection;
use store::badge::{BadgeRow, KeyRow};
use store::certificate::CertificateRow;

use crate::access::limit;
use crate::certificate::REPLACED;
use crate::{App, Error, Result};

/// What came of checking a badge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Signed by us, unchanged, not withdrawn, not expired.
    Valid,
    /// All of that, but its time is over.
    Expired,
    /// Withdrawn.
    Revoked,
    /// Withdrawn because another one took its place.
    Replaced,
    /// Withdrawn, and its bearer had their data erased.
    Erased,
    /// What it says is not what was signed.
    Altered,
    /// Signed by somebody whom this installation does not know.
    UnknownIssuer,
    /// Signed by us, it says, with a key that is not kept here any more.
    KeyGone,
    /// Signed with a key of ours, but not in the register: it cannot be said whether it was withdrawn.
    NotRegistered,
    /// Valid, but not of the person whose address was given.
    OtherHolder,
    /// Not a badge that can be checked.
    Unreadable(Unreadable),
}

/// What a badge says, once it is known to be true.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Says {
    /// Title of the badge.
    pub title: String,
    /// Whose it is.
    pub person: String,
    /// What it means.
    pub description: String,
    /// What one had to do for it.
    pub criteria: String,
    /// Who gave it: name and address of the profile.
    pub issuer: (String, String),
    /// From when, as written in the badge (RFC 3339).
    pub from: String,
    /// Until when, if not for good.
    pub until: Option<String>,
    /// Modules with their hours and the names of their competences.
    pub modules: Vec<(String, String, Vec<String>)>,
    /// Whether the address that was given is the bearer's: `None` when none was given, or when the badge holds none.
    pub holder: Option<bool>,
}

/// The outcome.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    /// What came of it.
    pub verdict: Verdict,
    /// What it says; only of badges that are valid or expired. What is withdrawn says nothing about anybody any more.
    pub says: Option<Says>,
}

impl Checked {
    fn no(verdict: Verdict) -> Self {
        Self {
            verdict,
            says: None,
        }
    }
}

/// Checks a badge as shown: JSON, compact text, or its address here. `email`: the address of the person who shows it, if it is to be
/// compared. `who` is the network address that asks: badges cannot be tried one after the other.
///
/// # Errors
/// [`Error::TooMany`].
pub async fn check(app: &App, who: &str, shown: &str, email: &str) -> Result<Checked> {
    limit::count(app, limit::BADGE, who).await?;
    let shown = shown.trim();
    let mut db = app.read().await?;
    if let Some(id) = id_in(app, shown) {
        return by_id(app, &mut db, id, email).await;
    }
    if shown.starts_with("https://") || shown.starts_with("http://") {
        return Ok(Checked::no(Verdict::UnknownIssuer));
    }
    match open(shown) {
        Ok(presented) => of_presented(app, &mut db, &presented, email).await,
        Err(why) => Ok(Checked::no(Verdict::Unreadable(why))),
    }
}

/// What stands behind the address of a badge.
///
/// # Errors
/// [`Error::NotFound`], [`Error::TooMany`].
pub async fn show(app: &App, who: &str, id: &str) -> Result<Checked> {
    limit::count(app, limit::BADGE, who).await?;
    let mut db = app.read().await?;
    match by_id(app, &mut db, id, "").await? {
        Checked {
            verdict: Verdict::NotRegistered,
            ..
        } => Err(Error::NotFound),
        checked => Ok(checked),
    }
}

/// The id in an address of a badge of this installation.
fn id_in<'a>(app: &App, shown: &'a str) -> Option<&'a str> {
    let path = shown
        .strip_prefix(app.config().base_url.as_str())
        .unwrap_or(shown);
    let id = path.strip_prefix("/badges/")?;
    let id = id.split(['#', '?']).next().unwrap_or_default();
    (!id.contains('/') && id.len() <= 40).then_some(id)
}

async fn by_id(app: &App, db: &mut Connection, id: &str, email: &str) -> Result<Checked> {
    let Some((badge, certificate)) = registered(db, id).await? else {
        return Ok(Checked::no(Verdict::NotRegistered));
    };
    let Ok(credential) = json::read(&badge.credential) else {
        return Ok(Checked::no(
            standing(&badge, &certificate).unwrap_or(Verdict::Erased),
        ));
    };
    Ok(judged(app, &badge, &certificate, &credential, email))
}

/// The badge of that id with its certificate.
async fn registered(db: &mut Connection, id: &str) -> Result<Option<(BadgeRow, CertificateRow)>> {
    let Some(badge) = store::badge::get(db, id).await? else {
        return Ok(None);
    };
    let certificate = store::certificate::get(db, &badge.certificate_id).await?;
    Ok(certificate.map(|certificate| (badge, certificate)))
}

/// Why a badge does not stand any more, if it does not.
fn standing(badge: &BadgeRow, certificate: &CertificateRow) -> Option<Verdict> {
    if badge.credential.is_empty() {
        return Some(Verdict::Erased);
    }
    certificate.revoked_at?;
    Some(if certificate.revoked_why == REPLACED {
        Verdict::Replaced
    } else {
        Verdict::Revoked
    })
}

fn judged(
    app: &App,
    badge: &BadgeRow,
    certificate: &CertificateRow,
    credential: &Value,
    email: &str,
) -> Checked {
    if let Some(verdict) = standing(badge, certificate) {
        return Checked::no(verdict);
    }
    let says = read(credential, email);
    if says.holder == Some(false) {
        return Checked::no(Verdict::OtherHolder);
    }
    let is_over = badge
        .expires_at
        .is_some_and(|until| until <= app.now().as_millisecond());
    Checked {
        verdict: if is_over {
            Verdict::Expired
        } else {
            Verdict::Valid
        },
        says: Some(says),
    }
}

async fn of_presented(
    app: &App,
    db: &mut Connection,
    shown: &Presented,
    email: &str,
) -> Result<Checked> {
    let Some(key) = key_of(db, &shown.key).await? else {
        return Ok(Checked::no(without_key(app, db, shown).await?));
    };
    // A key speaks for its own programme only.
    let public = PublicKey::parse(&key.public_key);
    let is_signed =
        key.issuer == shown.issuer && public.is_some_and(|key| shown.is_signed_by(&key));
    if !is_signed {
        return Ok(Checked::no(Verdict::Altered));
    }
    let id = shown.id.rsplit('/').next().unwrap_or_default();
    let Some((badge, certificate)) = registered(db, id).await? else {
        return Ok(Checked::no(Verdict::NotRegistered));
    };
    if badge.key_id != key.id {
        return Ok(Checked::no(Verdict::Altered));
    }
    // Once erased there is nothing left to compare with, and nothing to say.
    if !badge.credential.is_empty() && badge.credential != json::canonical(&shown.credential) {
        return Ok(Checked::no(Verdict::Altered));
    }
    Ok(judged(app, &badge, &certificate, &shown.credential, email))
}

/// The key of that address: the last part is its id, the rest must be what it was made under.
async fn key_of(db: &mut Connection, address: &str) -> Result<Option<KeyRow>> {
    let Some((_, id)) = address.rsplit_once("/cles/") else {
        return Ok(None);
    };
    let row = store::badge::key(db, id).await?;
    Ok(row.filter(|row| super::key_address(row) == address))
}

/// Why there is no key: ours is gone, or the badge is somebody else's.
async fn without_key(app: &App, db: &mut Connection, shown: &Presented) -> Result<Verdict> {
    let Some(programme) = shown
        .issuer
        .strip_prefix(&super::issuer_address(app, ""))
        .filter(|id| !id.contains('/'))
    else {
        return Ok(Verdict::UnknownIssuer);
    };
    let known = store::programme::get(db, programme).await?.is_some();
    Ok(
        if known && shown.key.starts_with(&format!("{}/cles/", shown.issuer)) {
            Verdict::KeyGone
        } else {
            Verdict::UnknownIssuer
        },
    )
}

fn read(credential: &Value, email: &str) -> Says {
    let text = |path: &str| {
        let found = credential.pointer(path).and_then(Value::as_str);
        found.unwrap_or_default().to_owned()
    };
    let list = |path: &str| {
        let found = credential.pointer(path).and_then(Value::as_array);
        found.map(Vec::as_slice).unwrap_or_default()
    };
    let of = |value: &Value, name: &str| {
        let found = value.get(name).and_then(Value::as_str);
        found.unwrap_or_default().to_owned()
    };
    let identity = |kind: &str| {
        let all = list("/credentialSubject/identifier").iter();
        all.clone().find(|one| of(one, "identityType") == kind)
    };
    let results = list("/credentialSubject/result");
    let modules = list("/credentialSubject/achievement/resultDescription")
        .iter()
        .map(|module| {
            let id = of(module, "id");
            let hours = results
                .iter()
                .find(|result| of(result, "resultDescription") == id)
                .map(|result| of(result, "value"));
            let competences = module.get("alignment").and_then(Value::as_array);
            let names = competences
                .map(Vec::as_slice)
                .unwrap_or_default()
                .iter()
                .map(|one| format!("{} {}", of(one, "targetCode"), of(one, "targetName")))
                .collect();
            (of(module, "name"), hours.unwrap_or_default(), names)
        })
        .collect();
    let holder = identity("emailAddress")
        .filter(|_| !email.trim().is_empty())
        .map(|one| email_hash(email, &of(one, "salt")) == of(one, "identityHash"));
    Says {
        title: text("/name"),
        person: identity("name").map_or_else(String::new, |one| of(one, "identityHash")),
        description: text("/credentialSubject/achievement/description"),
        criteria: text("/credentialSubject/achievement/criteria/narrative"),
        issuer: (text("/issuer/name"), text("/issuer/id")),
        from: text("/validFrom"),
        until: credential
            .get("validUntil")
            .and_then(Value::as_str)
            .map(str::to_owned),
        modules,
        holder,
    }
}
