//! Signing a credential, in both forms.

use data_encoding::BASE64URL_NOPAD;
use jiff::Timestamp;
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use super::json::canonical;
use super::key::SigningKey;

/// A credential signed in both forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// The credential without any proof, in its canonical form.
    pub credential: String,
    /// The proof to be put into the JSON file, in its canonical form.
    pub proof: String,
    /// The signature of the compact form, in base64url.
    pub signature: String,
}

/// What stands in the compact form besides the credential: who, what, from when and until when (RFC 7519).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    header: String,
    payload: String,
}

/// Signs a credential with a key whose address is `key` (the compact form names it as `kid`, the proof as `verificationMethod`).
#[must_use]
pub fn sign(signer: &SigningKey, key: &str, credential: &Value, at: Timestamp) -> Signed {
    let text = canonical(credential);
    let token = token(key, credential);
    let signature = signer.sign(token.message().as_bytes());
    Signed {
        proof: canonical(&proof(signer, key, credential, &text, at)),
        signature: BASE64URL_NOPAD.encode(&signature),
        credential: text,
    }
}

/// A document with its proof in it: credentials other than badges, such as lists of those withdrawn.
#[must_use]
pub fn sign_document(signer: &SigningKey, key: &str, mut document: Value, at: Timestamp) -> Value {
    let proof = proof(signer, key, &document, &canonical(&document), at);
    if let Value::Object(members) = &mut document {
        members.insert("proof".to_owned(), proof);
    }
    document
}

/// The proof of `eddsa-jcs-2022`: the options are hashed, then the document, and both hashes are signed.
fn proof(
    signer: &SigningKey,
    key: &str,
    document: &Value,
    canonical_document: &str,
    at: Timestamp,
) -> Value {
    let mut options = Map::new();
    if let Some(context) = document.get("@context") {
        options.insert("@context".to_owned(), context.clone());
    }
    for (name, value) in [
        ("type", "DataIntegrityProof"),
        ("cryptosuite", "eddsa-jcs-2022"),
        ("verificationMethod", key),
        ("proofPurpose", "assertionMethod"),
    ] {
        options.insert(name.to_owned(), value.into());
    }
    options.insert("created".to_owned(), seconds(at).into());
    let signature = signer.sign(&hashes(&Value::Object(options.clone()), canonical_document));
    let value = format!("z{}", bs58::encode(signature).into_string());
    options.insert("proofValue".to_owned(), value.into());
    Value::Object(options)
}

/// What a proof signs.
pub(super) fn hashes(options: &Value, canonical_document: &str) -> Vec<u8> {
    let mut message = Sha256::digest(canonical(options).as_bytes()).to_vec();
    message.extend_from_slice(&Sha256::digest(canonical_document.as_bytes()));
    message
}

/// An instant as credentials write it: whole seconds, UTC.
#[must_use]
pub(crate) fn seconds(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// The compact form of a credential before it is signed: the credential itself with the registered names beside it.
#[must_use]
pub fn token(key: &str, credential: &Value) -> Token {
    let header = json!({ "alg": "EdDSA", "kid": key, "typ": "JWT" });
    Token {
        header: canonical(&header),
        payload: canonical(&with_claims(credential)),
    }
}

/// The credential with `iss`, `jti`, `nbf` and `exp`, which follow from it.
pub(super) fn with_claims(credential: &Value) -> Value {
    let mut claims = credential.clone();
    let text = |path: &str| credential.pointer(path).and_then(Value::as_str);
    let instant = |path: &str| {
        let at: Timestamp = text(path)?.parse().ok()?;
        Some(Value::from(at.as_second()))
    };
    let found = [
        ("iss", text("/issuer/id").map(Value::from)),
        ("jti", text("/id").map(Value::from)),
        ("nbf", instant("/validFrom")),
        ("exp", instant("/validUntil")),
    ];
    if let Value::Object(members) = &mut claims {
        for (name, value) in found {
            if let Some(value) = value {
                members.insert(name.to_owned(), value);
            }
        }
    }
    claims
}

impl Token {
    /// What is signed.
    fn message(&self) -> String {
        let part = |text: &str| BASE64URL_NOPAD.encode(text.as_bytes());
        format!("{}.{}", part(&self.header), part(&self.payload))
    }

    /// The compact form with its signature.
    #[must_use]
    pub fn with(&self, signature: &str) -> String {
        format!("{}.{signature}", self.message())
    }
}
