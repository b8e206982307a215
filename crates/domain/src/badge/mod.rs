//! Open Badges 3.0: what a badge says, how it is signed, and what is read from one that somebody shows.
//!
//! A badge is a verifiable credential. It is signed twice over the same content: as a compact JSON Web Signature (the form that goes into
//! pictures and that every verifier of Open Badges 3.0 takes) and as a JSON file with an embedded proof (`eddsa-jcs-2022`, a W3C
//! recommendation), which people can read. Sources: Open Badges 3.0 (1EdTech), Verifiable Credentials 2.0, Data Integrity EdDSA
//! Cryptosuites 1.0, Bitstring Status List 1.0 (all W3C), RFC 7515 and RFC 8785.

mod award;
mod competence;
pub mod json;
mod key;
mod open;
mod proof;
mod status;

pub use award::{Award, Issuer, Module, Place, email_hash};
pub use competence::{Competences, Named};
pub use key::{PublicKey, SEED, SigningKey};
pub use open::{LONGEST, Presented, Unreadable, open};
pub use proof::{Signed, Token, sign, sign_document, token};
pub use status::{BITS, encoded_list, list_credential, place};

/// What the first context of every credential is.
pub(crate) const CREDENTIALS: &str = "https://www.w3.org/ns/credentials/v2";
/// The context of Open Badges 3.0.
pub(crate) const OPEN_BADGES: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";

#[cfg(test)]
mod tests;
