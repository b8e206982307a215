//! Official numbers of firms and local authorities. Never demanded, checked when given.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{InputError, text};

/// The digits of an entry; spaces, dots and dashes are how people group them.
fn digits(raw: &str, error: InputError) -> Result<Vec<u8>, InputError> {
    let line = text::line(raw, 40).map_err(|cause| match cause {
        InputError::TooLong { .. } => error.clone(),
        other => other,
    })?;
    let mut out = Vec::with_capacity(14);
    for c in line.chars() {
        match c {
            '0'..='9' => out.push(u8::try_from(c).unwrap_or(b'0') - b'0'),
            ' ' | '.' | '-' => {}
            _ => return Err(error),
        }
    }
    Ok(out)
}

fn text_of(digits: &[u8]) -> String {
    digits
        .iter()
        .map(|digit| char::from(b'0' + digit))
        .collect()
}

/// Luhn's sum: every second digit from the right doubled, both digits of the double added.
fn luhn(digits: &[u8]) -> u32 {
    digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            let value = u32::from(*digit) * if place % 2 == 1 { 2 } else { 1 };
            if value > 9 { value - 9 } else { value }
        })
        .sum()
}

/// The 14 digits that name one establishment in France.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Siret(String);

impl Siret {
    /// Reads and checks a SIRET. The post offices (SIREN 356 000 000) ran out of numbers that
    /// pass Luhn's check; theirs have a sum of digits divisible by five.
    ///
    /// # Errors
    /// [`InputError::Empty`], [`InputError::ControlCharacters`], [`InputError::NotASiret`].
    pub fn parse(raw: &str) -> Result<Self, InputError> {
        const LA_POSTE: [u8; 9] = [3, 5, 6, 0, 0, 0, 0, 0, 0];
        let digits = digits(raw, InputError::NotASiret)?;
        let siren = digits.get(..9).unwrap_or_default();
        let is_post_office =
            siren == LA_POSTE && digits.iter().map(|d| u32::from(*d)).sum::<u32>() % 5 == 0;
        let is_sound = digits.len() == 14
            && digits.iter().any(|digit| *digit != 0)
            && luhn(siren).is_multiple_of(10)
            && (luhn(&digits).is_multiple_of(10) || is_post_office);
        if is_sound {
            Ok(Self(text_of(&digits)))
        } else {
            Err(InputError::NotASiret)
        }
    }

    /// The 14 digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The nine digits of the firm.
    #[must_use]
    pub fn siren(&self) -> &str {
        self.0.get(..9).unwrap_or_default()
    }
}

impl TryFrom<String> for Siret {
    type Error = InputError;

    fn try_from(raw: String) -> Result<Self, InputError> {
        Self::parse(&raw)
    }
}

impl From<Siret> for String {
    fn from(siret: Siret) -> Self {
        siret.0
    }
}

impl fmt::Display for Siret {
    /// Grouped as on official papers: `356 000 000 00048`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = |range: std::ops::Range<usize>| self.0.get(range).unwrap_or_default();
        write!(
            f,
            "{} {} {} {}",
            part(0..3),
            part(3..6),
            part(6..9),
            part(9..14)
        )
    }
}

/// The ten digits that name an enterprise in Belgium.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EnterpriseNumber(String);

impl EnterpriseNumber {
    /// Reads `0403.170.701`, `BE 0403 170 701` or the nine digits of before 2005. The last two
    /// digits are 97 less the remainder of the first eight divided by 97.
    ///
    /// # Errors
    /// [`InputError::Empty`], [`InputError::ControlCharacters`],
    /// [`InputError::NotAnEnterpriseNumber`].
    pub fn parse(raw: &str) -> Result<Self, InputError> {
        let trimmed = raw.trim();
        let bare = match trimmed.get(..2) {
            Some(country) if country.eq_ignore_ascii_case("be") => {
                trimmed.get(2..).unwrap_or_default()
            }
            _ => trimmed,
        };
        let mut digits = digits(bare, InputError::NotAnEnterpriseNumber)?;
        if digits.len() == 9 {
            digits.insert(0, 0);
        }
        let number = |part: &[u8]| {
            part.iter()
                .fold(0_u32, |sum, digit| sum * 10 + u32::from(*digit))
        };
        let is_sound = match digits.split_at_checked(8) {
            Some((base, check)) if check.len() == 2 => {
                matches!(base.first(), Some(0 | 1))
                    && number(base) > 0
                    && number(check) == 97 - number(base) % 97
            }
            _ => false,
        };
        if is_sound {
            Ok(Self(text_of(&digits)))
        } else {
            Err(InputError::NotAnEnterpriseNumber)
        }
    }

    /// The ten digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for EnterpriseNumber {
    type Error = InputError;

    fn try_from(raw: String) -> Result<Self, InputError> {
        Self::parse(&raw)
    }
}

impl From<EnterpriseNumber> for String {
    fn from(number: EnterpriseNumber) -> Self {
        number.0
    }
}

impl fmt::Display for EnterpriseNumber {
    /// Grouped as on official papers: `0403.170.701`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = |range: std::ops::Range<usize>| self.0.get(range).unwrap_or_default();
        write!(f, "{}.{}.{}", part(0..4), part(4..7), part(7..10))
    }
}

/// The official number of a firm on either side of the border.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum CompanyNumber {
    /// French: the establishment.
    Siret(Siret),
    /// Belgian: the enterprise.
    Enterprise(EnterpriseNumber),
}

impl CompanyNumber {
    /// Reads either number, told apart by length.
    ///
    /// # Errors
    /// Those of [`EnterpriseNumber::parse`] for entries of nine or ten digits or beginning with
    /// `BE`, those of [`Siret::parse`] for all others.
    pub fn parse(raw: &str) -> Result<Self, InputError> {
        let digits = raw.bytes().filter(u8::is_ascii_digit).count();
        let is_belgian = raw
            .trim()
            .get(..2)
            .is_some_and(|country| country.eq_ignore_ascii_case("be"));
        if is_belgian || digits == 10 || digits == 9 {
            EnterpriseNumber::parse(raw).map(Self::Enterprise)
        } else {
            Siret::parse(raw).map(Self::Siret)
        }
    }

    /// The digits alone.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Siret(siret) => siret.as_str(),
            Self::Enterprise(number) => number.as_str(),
        }
    }
}

impl TryFrom<String> for CompanyNumber {
    type Error = InputError;

    fn try_from(raw: String) -> Result<Self, InputError> {
        Self::parse(&raw)
    }
}

impl From<CompanyNumber> for String {
    fn from(number: CompanyNumber) -> Self {
        match number {
            CompanyNumber::Siret(siret) => siret.into(),
            CompanyNumber::Enterprise(number) => number.into(),
        }
    }
}

impl fmt::Display for CompanyNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Siret(siret) => siret.fmt(f),
            Self::Enterprise(number) => number.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_siret_is_checked_by_its_digits() {
        let siret = Siret::parse("732 829 320 00074").unwrap();
        assert_eq!(siret.as_str(), "73282932000074");
        assert_eq!(siret.siren(), "732829320");
        assert_eq!(siret.to_string(), "732 829 320 00074");
        for bad in [
            "73282932000075",
            "7328293200007",
            "732829320000740",
            "00000000000000",
            "7328293200007A",
        ] {
            assert_eq!(Siret::parse(bad), Err(InputError::NotASiret), "{bad}");
        }
    }

    #[test]
    fn post_offices_have_their_own_check() {
        // Head office: passes Luhn. Second: fails Luhn, sum of digits 20.
        assert!(Siret::parse("35600000000048").is_ok());
        assert!(Siret::parse("35600000000015").is_ok());
        assert_eq!(Siret::parse("35600000000016"), Err(InputError::NotASiret));
        // Sum of digits divisible by five helps nobody else.
        assert_eq!(Siret::parse("73282932000083"), Err(InputError::NotASiret));
    }

    #[test]
    fn an_enterprise_number_is_checked_modulo_97() {
        for raw in [
            "0403.170.701",
            "BE 0403 170 701",
            "be0403170701",
            "403170701",
        ] {
            assert_eq!(
                EnterpriseNumber::parse(raw).unwrap().to_string(),
                "0403.170.701",
                "{raw}"
            );
        }
        for bad in [
            "0403.170.702",
            "2403170701",
            "0000000097",
            "04031707011",
            "BE",
        ] {
            assert!(EnterpriseNumber::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn either_number_is_recognised() {
        assert!(matches!(
            CompanyNumber::parse("73282932000074"),
            Ok(CompanyNumber::Siret(_))
        ));
        assert!(matches!(
            CompanyNumber::parse("0403170701"),
            Ok(CompanyNumber::Enterprise(_))
        ));
        assert_eq!(CompanyNumber::parse("12"), Err(InputError::NotASiret));
    }
}
