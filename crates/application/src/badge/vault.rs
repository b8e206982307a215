//! Secret keys at rest: sealed with a key that follows from the installation's secret and, where it is set, from a passphrase that is not
//! in the database.

use data_encoding::BASE64URL_NOPAD;
use domain::badge::{SEED, SigningKey};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use store::badge::KeyRow;

use crate::{App, Error, Result};

fn broken() -> Error {
    Error::Internal("a signing key could not be sealed".into())
}

fn wrapping(app: &App) -> Result<LessSafeKey> {
    let seal = app.seal("badge-key", &app.config().key_passphrase)?;
    let bytes = data_encoding::HEXLOWER
        .decode(seal.as_bytes())
        .map_err(|_| broken())?;
    let key = UnboundKey::new(&CHACHA20_POLY1305, &bytes).map_err(|_| broken())?;
    Ok(LessSafeKey::new(key))
}

/// Seals the seed of the key `id`; nobody else's seal is taken for it.
pub(super) fn seal(app: &App, id: &str, seed: &[u8; SEED]) -> Result<String> {
    let nonce: [u8; NONCE_LEN] = app.random();
    let mut sealed = seed.to_vec();
    wrapping(app)?
        .seal_in_place_append_tag(
            Nonce::assume_unique_for_key(nonce),
            Aad::from(id.as_bytes()),
            &mut sealed,
        )
        .map_err(|_| broken())?;
    let mut text = nonce.to_vec();
    text.append(&mut sealed);
    Ok(BASE64URL_NOPAD.encode(&text))
}

/// The key that signs; `None` when it is retired, or cannot be opened here (another passphrase).
pub(super) fn open(app: &App, row: &KeyRow) -> Option<SigningKey> {
    if row.retired_at.is_some() {
        return None;
    }
    let mut text = BASE64URL_NOPAD
        .decode(row.sealed.as_deref()?.as_bytes())
        .ok()?;
    let (nonce, sealed) = text.split_first_chunk_mut::<NONCE_LEN>()?;
    let seed = wrapping(app)
        .ok()?
        .open_in_place(
            Nonce::assume_unique_for_key(*nonce),
            Aad::from(row.id.as_bytes()),
            sealed,
        )
        .ok()?;
    let signer = SigningKey::from_seed((&*seed).try_into().ok()?)?;
    // What is not the other half of the public key must sign nothing.
    (signer.public().text() == row.public_key).then_some(signer)
}
