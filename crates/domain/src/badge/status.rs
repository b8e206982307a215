//! The public list of badges that are withdrawn: one bit each (W3C Bitstring Status List 1.0).

use std::io::Write as _;

use data_encoding::BASE64URL_NOPAD;
use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::CREDENTIALS;
use super::proof::seconds;

/// Bits of one list: the fewest that the standard allows, so that nobody is told from the crowd by the list they are in.
pub const BITS: u64 = 131_072;

/// In which list, and at which bit, the badge of that number (from 0) is.
///
/// Numbers next to each other are far apart in the list: its order says nothing of who was in one room. 48271 is odd, hence without a
/// common factor with 2¹⁷: every bit is used once.
#[must_use]
pub fn place(number: u64) -> (u64, u64) {
    (number / BITS, (number % BITS).wrapping_mul(48_271) % BITS)
}

/// A list in which these bits are set: compressed, in base64url after the letter `u`. `None` if it could not be compressed, which
/// cannot happen in memory.
#[must_use]
pub fn encoded_list(withdrawn: impl IntoIterator<Item = u64>) -> Option<String> {
    let mut bits = vec![0_u8; usize::try_from(BITS / 8).ok()?];
    for place in withdrawn {
        let byte = usize::try_from(place / 8).ok()?;
        // The first bit is the leftmost of the first byte.
        if let Some(byte) = bits.get_mut(byte) {
            *byte |= 0x80 >> (place % 8);
        }
    }
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(&bits).ok()?;
    Some(format!("u{}", BASE64URL_NOPAD.encode(&gzip.finish().ok()?)))
}

/// The credential that publishes a list under its address, good for a day.
#[must_use]
pub fn list_credential(address: &str, issuer: &str, encoded: &str, at: Timestamp) -> Value {
    let until = at
        .saturating_add(jiff::SignedDuration::from_hours(24))
        .unwrap_or(at);
    json!({
        "@context": [CREDENTIALS],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "validFrom": seconds(at),
        "validUntil": seconds(until),
        "credentialSubject": {
            "id": format!("{address}#list"),
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": encoded,
        },
    })
}
