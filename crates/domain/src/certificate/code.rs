//! The code printed on a certificate: short enough to be read out on the telephone, with a
//! check character that finds a slip before the database is asked.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::input::InputError;

/// 31 characters, none of which is taken for another: no I, L, O, U or Z. A prime number of
/// them, so that one weighted sum finds any wrong character and any two that are exchanged.
const ALPHABET: [u8; 31] = *b"0123456789ABCDEFGHJKMNPQRSTVWXY";

/// Characters before the check character: 31⁸, about 850 thousand million codes.
const LENGTH: usize = 8;

/// A certificate code such as `ESS-7K3M-9QXT-2`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Code {
    /// Places in [`ALPHABET`], without the check character.
    places: [u8; LENGTH],
}

impl Code {
    /// A code from random bytes; the caller owns the randomness and sees to it that the code
    /// is not yet given.
    #[must_use]
    pub fn from_random(bytes: [u8; 8]) -> Self {
        let base = ALPHABET.len() as u64;
        let mut number = u64::from_be_bytes(bytes);
        let places = std::array::from_fn(|_| {
            let place = u8::try_from(number % base).unwrap_or(0);
            number /= base;
            place
        });
        Self { places }
    }

    /// Reads a code as people type it: any case, with or without dashes, spaces and the `ESS`
    /// in front, and the letters that are not used for the characters they look like.
    ///
    /// # Errors
    /// [`InputError::Empty`], [`InputError::NotACode`].
    pub fn parse(raw: &str) -> Result<Self, InputError> {
        if raw.trim().is_empty() {
            return Err(InputError::Empty);
        }
        let mut typed = Vec::with_capacity(LENGTH + 4);
        for c in raw.chars() {
            if c.is_whitespace() || matches!(c, '-' | '.' | '\u{2010}'..='\u{2015}') {
                continue;
            }
            if typed.len() > LENGTH + 4 || !c.is_ascii_alphanumeric() {
                return Err(InputError::NotACode);
            }
            typed.push(c.to_ascii_uppercase());
        }
        // Nine characters are a code without its front, even if they begin with ESS.
        let code = match typed.as_slice() {
            ['E', 'S', 'S', rest @ ..] if rest.len() == LENGTH + 1 => rest,
            all => all,
        };
        let places: Vec<u8> = code
            .iter()
            .map(|c| place(*c))
            .collect::<Option<_>>()
            .ok_or(InputError::NotACode)?;
        let (check, places) = places.split_last().ok_or(InputError::NotACode)?;
        let places: [u8; LENGTH] = places.try_into().map_err(|_| InputError::NotACode)?;
        let code = Self { places };
        if code.check() == *check {
            Ok(code)
        } else {
            Err(InputError::NotACode)
        }
    }

    /// Sum of places, each weighted by its position from 1.
    fn check(self) -> u8 {
        let sum: u32 = (1..)
            .zip(self.places)
            .map(|(weight, place): (u32, u8)| weight * u32::from(place))
            .sum();
        u8::try_from(sum % ALPHABET.len() as u32).unwrap_or(0)
    }
}

fn place(c: char) -> Option<u8> {
    let meant = match c {
        'O' => '0',
        'I' | 'L' => '1',
        'Z' => '2',
        'U' => 'V',
        other => other,
    };
    let found = ALPHABET
        .iter()
        .position(|known| char::from(*known) == meant)?;
    u8::try_from(found).ok()
}

fn character(place: u8) -> char {
    ALPHABET
        .get(usize::from(place))
        .map_or('0', |c| char::from(*c))
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ESS")?;
        for group in self.places.chunks(4) {
            f.write_str("-")?;
            for place in group {
                write!(f, "{}", character(*place))?;
            }
        }
        write!(f, "-{}", character(self.check()))
    }
}

impl FromStr for Code {
    type Err = InputError;

    fn from_str(text: &str) -> Result<Self, InputError> {
        Self::parse(text)
    }
}

impl TryFrom<String> for Code {
    type Error = InputError;

    fn try_from(text: String) -> Result<Self, InputError> {
        Self::parse(&text)
    }
}

impl From<Code> for String {
    fn from(code: Code) -> Self {
        code.to_string()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;

    use super::*;

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        let code = Code {
            places: [0, 1, 2, 27, 10, 0, 30, 5],
        };
        let printed = code.to_string();
        assert_eq!(
            printed, "ESS-012V-A0Y5-D",
            "0 + 2 + 6 + 108 + 50 + 0 + 210 + 40 = 416 = 13 × 31 + 13"
        );
        for typed in [
            "ess-012v-a0y5-d",
            " ESS 012V A0Y5 D ",
            "OIZU-AOY5-D",
            "olzuaoy5d",
            "ESS\u{2013}012V.A0Y5 D",
        ] {
            assert_eq!(Code::parse(typed), Ok(code), "{typed}");
        }
    }

    #[test]
    fn what_is_not_a_code_is_refused() {
        for bad in [
            "ESS-012V-A0Y5-8",
            "ESS-012V-A0Y5",
            "ESS",
            "ESS-012V-A0Y5-DD",
            "ÉSS-012V-A0Y5-D",
            "ESS/012V/A0Y5/D",
            "' OR 1=1",
        ] {
            assert_eq!(Code::parse(bad), Err(InputError::NotACode), "{bad}");
        }
        assert_eq!(Code::parse("  "), Err(InputError::Empty));
        assert_eq!(
            Code::parse(&"0".repeat(1_000_000)),
            Err(InputError::NotACode)
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig {
            rng_seed: RngSeed::Fixed(31),
            failure_persistence: None,
            ..ProptestConfig::default()
        })]

        #[test]
        fn every_code_is_read_back(bytes: [u8; 8]) {
            let code = Code::from_random(bytes);
            prop_assert_eq!(Code::parse(&code.to_string()), Ok(code));
            let bare: String = code.to_string().chars().filter(|c| *c != '-').skip(3).collect();
            prop_assert_eq!(Code::parse(&bare), Ok(code));
        }

        #[test]
        fn any_single_slip_and_any_exchange_is_found(bytes: [u8; 8], at in 0..9_usize, with in 0..9_usize, other in 0..31_u8) {
            let bare: Vec<char> = Code::from_random(bytes).to_string().chars().filter(|c| *c != '-').skip(3).collect();
            let mut slip = bare.clone();
            slip[at] = character(other);
            let mut exchanged = bare.clone();
            exchanged.swap(at, with);
            for wrong in [slip, exchanged] {
                let text: String = wrong.iter().collect();
                prop_assert_eq!(Code::parse(&text).is_ok(), wrong == bare, "{}", text);
            }
        }
    }
}
