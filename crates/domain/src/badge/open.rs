//! Reading a badge that somebody shows, before anything in it is believed.

use data_encoding::BASE64URL_NOPAD;
use jiff::Timestamp;
use serde_json::{Map, Value};

use super::json::{canonical, read};
use super::key::PublicKey;
use super::proof::{hashes, with_claims};

/// Longest text that can be a badge, in bytes; ours have five to ten thousand.
pub const LONGEST: usize = 64 * 1024;

/// Why a text is no badge that can be checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Nothing there.
    #[error("there is nothing")]
    Empty,
    /// Longer than [`LONGEST`].
    #[error("far longer than any badge")]
    TooLong,
    /// Neither of the two forms.
    #[error("not a badge")]
    NotABadge,
    /// A credential, but signed in a way that is not checked here.
    #[error("signed in another way")]
    OtherProof,
}

/// A badge as shown. Its content is worth nothing until [`Presented::is_signed_by`] has said yes.
#[derive(Debug, Clone, PartialEq)]
pub struct Presented {
    /// Address of the key it names.
    pub key: String,
    /// Address of the issuer it names.
    pub issuer: String,
    /// Its own address.
    pub id: String,
    /// Until when it holds.
    pub until: Option<Timestamp>,
    /// Everything it says.
    pub credential: Value,
    message: Vec<u8>,
    signature: [u8; 64],
}

impl Presented {
    /// Whether that key signed exactly this.
    #[must_use]
    pub fn is_signed_by(&self, key: &PublicKey) -> bool {
        key.verifies(&self.message, &self.signature)
    }
}

/// Reads a text: JSON with its proof, or the compact form.
///
/// # Errors
/// [`Unreadable`].
pub fn open(text: &str) -> Result<Presented, Unreadable> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if text.is_empty() {
        return Err(Unreadable::Empty);
    }
    if text.len() > LONGEST {
        return Err(Unreadable::TooLong);
    }
    if text.starts_with('{') {
        document(text)
    } else {
        compact(text)
    }
}

fn object(text: &str) -> Result<Map<String, Value>, Unreadable> {
    match read(text) {
        Ok(Value::Object(members)) => Ok(members),
        _ => Err(Unreadable::NotABadge),
    }
}

fn member<'a>(members: &'a Map<String, Value>, name: &str) -> Result<&'a str, Unreadable> {
    let found = members.get(name).and_then(Value::as_str);
    found.ok_or(Unreadable::NotABadge)
}

fn bytes64(bytes: Vec<u8>) -> Result<[u8; 64], Unreadable> {
    bytes.try_into().map_err(|_| Unreadable::NotABadge)
}

fn document(text: &str) -> Result<Presented, Unreadable> {
    let mut members = object(text)?;
    let Some(Value::Object(mut options)) = members.remove("proof") else {
        return Err(Unreadable::OtherProof);
    };
    let known = [
        ("type", "DataIntegrityProof"),
        ("cryptosuite", "eddsa-jcs-2022"),
        ("proofPurpose", "assertionMethod"),
    ];
    if known
        .iter()
        .any(|(name, value)| options.get(*name).and_then(Value::as_str) != Some(value))
    {
        return Err(Unreadable::OtherProof);
    }
    // The proof was made for this context; with another one the words would mean something else.
    if options.get("@context") != members.get("@context") {
        return Err(Unreadable::NotABadge);
    }
    let key = member(&options, "verificationMethod")?.to_owned();
    let value = match options.remove("proofValue") {
        Some(Value::String(value)) if value.len() <= 100 => value,
        _ => return Err(Unreadable::NotABadge),
    };
    let encoded = value.strip_prefix('z').ok_or(Unreadable::OtherProof)?;
    let decoded = bs58::decode(encoded).into_vec();
    let signature = bytes64(decoded.map_err(|_| Unreadable::NotABadge)?)?;
    let credential = Value::Object(members);
    let message = hashes(&Value::Object(options), &canonical(&credential));
    presented(key, credential, message, signature)
}

fn compact(text: &str) -> Result<Presented, Unreadable> {
    let parts: Vec<&str> = text.splitn(4, '.').collect();
    let &[header, payload, signature] = parts.as_slice() else {
        return Err(Unreadable::NotABadge);
    };
    let decoded = |part: &str| {
        let bytes = BASE64URL_NOPAD.decode(part.as_bytes());
        bytes.map_err(|_| Unreadable::NotABadge)
    };
    let words = |part: &str| String::from_utf8(decoded(part)?).map_err(|_| Unreadable::NotABadge);
    let head = object(&words(header)?)?;
    // The algorithm is ours, whatever the header would like; `crit` asks for what we do not know.
    if head.get("alg").and_then(Value::as_str) != Some("EdDSA") || head.contains_key("crit") {
        return Err(Unreadable::OtherProof);
    }
    let key = member(&head, "kid").map_err(|_| Unreadable::OtherProof)?;
    let claims = object(&words(payload)?)?;
    let mut members = claims.clone();
    for name in ["iss", "jti", "nbf", "exp", "sub", "iat"] {
        members.remove(name);
    }
    let credential = Value::Object(members);
    // What the names beside the credential say must be what it says itself.
    if with_claims(&credential) != Value::Object(claims) {
        return Err(Unreadable::NotABadge);
    }
    let message = format!("{header}.{payload}").into_bytes();
    presented(
        key.to_owned(),
        credential,
        message,
        bytes64(decoded(signature)?)?,
    )
}

fn presented(
    key: String,
    credential: Value,
    message: Vec<u8>,
    signature: [u8; 64],
) -> Result<Presented, Unreadable> {
    let text = |path: &str| {
        let found = credential.pointer(path).and_then(Value::as_str);
        found.map(str::to_owned).ok_or(Unreadable::NotABadge)
    };
    let is_badge = credential
        .get("type")
        .and_then(Value::as_array)
        .is_some_and(|types| {
            let has = |name: &str| types.iter().any(|one| one.as_str() == Some(name));
            has("VerifiableCredential")
                && (has("OpenBadgeCredential") || has("AchievementCredential"))
        });
    if !is_badge {
        return Err(Unreadable::NotABadge);
    }
    let until = match credential.get("validUntil") {
        None => None,
        Some(at) => {
            let at = at.as_str().and_then(|at| at.parse().ok());
            Some(at.ok_or(Unreadable::NotABadge)?)
        }
    };
    Ok(Presented {
        issuer: text("/issuer/id")?,
        id: text("/id")?,
        key,
        until,
        message,
        signature,
        credential,
    })
}
