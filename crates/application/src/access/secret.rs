//! Passwords and tokens: how they are made, kept and checked.

use argon2::Argon2;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash};
use domain::input::InputError;
use sha2::{Digest as _, Sha256};

use crate::{App, Error, Result};

/// Fewest characters of a password (NIST SP 800-63B asks for 8; a little more costs nobody anything).
pub const PASSWORD_LEAST: usize = 10;
/// Most characters, so that hashing stays cheap.
pub const PASSWORD_MOST: usize = 200;

/// Checks a new password's length.
pub fn check_password(password: &str) -> std::result::Result<(), InputError> {
    match password.chars().count() {
        0 => Err(InputError::Empty),
        length if length > PASSWORD_MOST => Err(InputError::TooLong { max: PASSWORD_MOST }),
        length if length < PASSWORD_LEAST => Err(InputError::TooShort {
            min: PASSWORD_LEAST,
        }),
        _ => Ok(()),
    }
}

/// Argon2id of a password, in PHC form. Takes tens of milliseconds of one core, away from the threads that serve.
pub(crate) async fn hash_password(app: &App, password: &str) -> Result<String> {
    let password = password.to_owned();
    let salt = app.random::<16>();
    tokio::task::spawn_blocking(move || {
        Argon2::default()
            .hash_password_with_salt(password.as_bytes(), &salt)
            .map(|hash| hash.to_string())
            .map_err(|error| Error::Internal(error.to_string()))
    })
    .await
    .map_err(|error| Error::Internal(error.to_string()))?
}

/// Whether the password is the one hashed. Without a hash it takes as long and answers no, so that nobody learns which accounts exist.
pub(crate) async fn password_holds(password: &str, hash: Option<String>) -> Result<bool> {
    // Argon2id with the same cost, of a password that nobody has.
    const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    let password: String = password.chars().take(PASSWORD_MOST + 1).collect();
    tokio::task::spawn_blocking(move || {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODY.to_owned());
        let Ok(parsed) = PasswordHash::new(&hash) else {
            return false;
        };
        Argon2::default()
            .verify_password(password.as_bytes(), &parsed)
            .is_ok()
            && known
    })
    .await
    .map_err(|error| Error::Internal(error.to_string()))
}

/// A token of 256 random bits, as it is given out.
pub(crate) fn new_token(app: &App) -> String {
    data_encoding::BASE64URL_NOPAD.encode(&app.random::<32>())
}

/// What is kept of a token: it has too many bits to be guessed, so a fast hash is enough.
#[must_use]
pub fn token_hash(token: &str) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(token.as_bytes()))
}
