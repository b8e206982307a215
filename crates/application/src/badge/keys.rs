//! The keys of programmes: made when first needed, renewed by the administrator.

use domain::badge::{SEED, SigningKey};
use serde::Serialize;
use store::Connection;
use store::badge::KeyRow;
pub use store::badge::KeyUse;
use store::programme::ProgrammeRow;

use super::{issuer_address, vault};
use crate::access::{Action, Actor, Resource, authorise};
use crate::{App, Error, Result, history};

/// What the event log keeps of a key: never the secret half.
#[derive(Serialize)]
struct Logged<'a> {
    programme: &'a str,
    public_key: &'a str,
    retired_at: Option<i64>,
}

impl<'a> Logged<'a> {
    fn of(row: &'a KeyRow) -> Self {
        Self {
            programme: &row.programme_id,
            public_key: &row.public_key,
            retired_at: row.retired_at,
        }
    }
}

/// What came of renewing a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rotated {
    /// The programme's name.
    pub programme: String,
    /// The new key.
    pub key: String,
}

/// Every key, with the programme that signs with it and how many badges it signed.
///
/// # Errors
/// What [`authorise`] says.
pub async fn keys(app: &App, actor: &Actor) -> Result<Vec<KeyUse>> {
    authorise(app, actor, Action::ManageKeys, &Resource::everything())?;
    let mut db = app.read().await?;
    Ok(store::badge::key_uses(&mut db).await?)
}

/// Gives a programme (by slug) a new key. The old one signs no more, its secret half is forgotten; what it signed stays good.
///
/// # Errors
/// [`Error::NotFound`], and what [`authorise`] says.
pub async fn rotate(app: &App, actor: &Actor, slug: &str) -> Result<Rotated> {
    authorise(app, actor, Action::ManageKeys, &Resource::everything())?;
    let mut tx = app.write().await?;
    let programme = store::programme::by_slug(&mut tx, slug)
        .await?
        .ok_or(Error::NotFound)?;
    lock(&mut tx, &programme.id).await?;
    let (row, _) = replace(app, &mut tx, actor, &programme).await?;
    tx.commit().await?;
    Ok(Rotated {
        programme: programme.name,
        key: row.id,
    })
}

/// One at a time for a programme: numbers of badges and keys.
async fn lock(tx: &mut Connection, programme: &str) -> Result<()> {
    Ok(tx.lock_name(&format!("badges {programme}")).await?)
}

/// The key with which a programme signs now, made if there is none that does. A key that cannot be opened here, or that was made under
/// another address of this installation, is replaced.
pub(super) async fn signing(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    programme: &ProgrammeRow,
) -> Result<(KeyRow, SigningKey)> {
    lock(tx, &programme.id).await?;
    let address = issuer_address(app, &programme.id);
    for row in store::badge::keys(tx, &programme.id).await? {
        if row.issuer == address
            && let Some(signer) = vault::open(app, &row)
        {
            return Ok((row, signer));
        }
    }
    replace(app, tx, actor, programme).await
}

async fn replace(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    programme: &ProgrammeRow,
) -> Result<(KeyRow, SigningKey)> {
    let at = app.now().as_millisecond();
    for old in store::badge::keys(tx, &programme.id).await? {
        if old.retired_at.is_none() {
            let after = KeyRow {
                retired_at: Some(at),
                ..old.clone()
            };
            let states = (Logged::of(&old), Logged::of(&after));
            let subject = ("badge-key", old.id.as_str());
            history::record(
                app,
                tx,
                actor,
                "badge.key-retired",
                subject,
                Some(&states.0),
                Some(&states.1),
            )
            .await?;
        }
    }
    store::badge::retire_keys(tx, &programme.id, at).await?;
    let seed: [u8; SEED] = app.random();
    let signer = SigningKey::from_seed(&seed)
        .ok_or_else(|| Error::Internal("a signing key could not be made".into()))?;
    let id = app.new_id::<KeyRow>().to_string();
    let row = KeyRow {
        sealed: Some(vault::seal(app, &id, &seed)?),
        id,
        programme_id: programme.id.clone(),
        issuer: issuer_address(app, &programme.id),
        public_key: signer.public().text(),
        created_at: at,
        retired_at: None,
    };
    store::badge::insert_key(tx, &row).await?;
    let logged = Logged::of(&row);
    let subject = ("badge-key", row.id.as_str());
    history::record(
        app,
        tx,
        actor,
        "badge.key-made",
        subject,
        None,
        Some(&logged),
    )
    .await?;
    Ok((row, signer))
}
