//! Ed25519 keys, and how they are written for others.

use data_encoding::BASE64URL_NOPAD;
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey};
use serde_json::{Value, json};

/// Bytes of the secret from which a key follows.
pub const SEED: usize = 32;

/// The two bytes that say “Ed25519, public” in front of a key (multicodec 0xed as a varint).
const MULTICODEC: [u8; 2] = [0xed, 0x01];

/// A key that signs. It is never shown: no `Debug`, no `Serialize`.
pub struct SigningKey(Ed25519KeyPair);

impl SigningKey {
    /// The key that follows from a seed; the caller owns the randomness. `None` never happens for 32 bytes.
    #[must_use]
    pub fn from_seed(seed: &[u8; SEED]) -> Option<Self> {
        Ed25519KeyPair::from_seed_unchecked(seed).ok().map(Self)
    }

    /// Its public half.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        let mut bytes = [0; 32];
        bytes.copy_from_slice(self.0.public_key().as_ref());
        PublicKey(bytes)
    }

    /// Signs a message.
    #[must_use]
    pub(crate) fn sign(&self, message: &[u8]) -> [u8; 64] {
        let mut bytes = [0; 64];
        bytes.copy_from_slice(self.0.sign(message).as_ref());
        bytes
    }
}

/// The public half of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublicKey([u8; 32]);

impl PublicKey {
    /// A key from its 32 bytes.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// A key from what [`PublicKey::text`] wrote.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
        bytes.try_into().ok().map(Self)
    }

    /// Its bytes in base64url, as in a JSON Web Key and in the database.
    #[must_use]
    pub fn text(&self) -> String {
        BASE64URL_NOPAD.encode(&self.0)
    }

    /// As PEM (RFC 8410), for verifiers that take a key from a file.
    #[must_use]
    pub fn pem(&self) -> String {
        // SubjectPublicKeyInfo of Ed25519: a fixed beginning, then the key.
        const BEGINNING: [u8; 12] = [
            0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00,
        ];
        let bytes: Vec<u8> = BEGINNING.into_iter().chain(self.0).collect();
        let text = data_encoding::BASE64.encode(&bytes);
        format!("-----BEGIN PUBLIC KEY-----\n{text}\n-----END PUBLIC KEY-----\n")
    }

    /// As a JSON Web Key (RFC 8037), under its address.
    #[must_use]
    pub fn jwk(&self, address: &str) -> Value {
        json!({ "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig", "kid": address, "x": self.text() })
    }

    /// As a Multikey: base58 after the letter `z`.
    #[must_use]
    pub fn multibase(&self) -> String {
        let bytes: Vec<u8> = MULTICODEC.into_iter().chain(self.0).collect();
        format!("z{}", bs58::encode(bytes).into_string())
    }

    /// Whether it is the signature of that message by the other half of this key.
    #[must_use]
    pub fn verifies(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        UnparsedPublicKey::new(&ED25519, &self.0)
            .verify(message, signature)
            .is_ok()
    }
}
