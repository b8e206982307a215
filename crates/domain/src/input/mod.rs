//! What people type: forms, imports and the API are parsed into these types once, at the edge.
//!
//! Every parser trims, brings letters into their composed form (NFC), counts characters rather
//! than bytes, and refuses control characters. Errors name a text of the locale files.

mod company;
mod contact;
mod number;
mod text;

pub use company::{CompanyNumber, EnterpriseNumber, Siret};
pub use contact::{EmailAddress, Phone, PhoneCountry};
pub use number::{Minutes, parse_choice, parse_date, parse_date_time, parse_time, parse_whole};
pub use text::{LongText, OrganisationName, PersonName, ShortText};

/// Why an entry cannot be taken. [`InputError::key`] names the sentence shown beside the field.
#[derive(Debug, Clone, PartialEq, Eq, Hash, thiserror::Error)]
pub enum InputError {
    /// Nothing was entered where something is needed.
    #[error("nothing entered")]
    Empty,
    /// More characters than allowed.
    #[error("longer than {max} characters")]
    TooLong {
        /// Most characters allowed.
        max: usize,
    },
    /// Fewer characters than needed.
    #[error("shorter than {min} characters")]
    TooShort {
        /// Fewest characters needed.
        min: usize,
    },
    /// Characters that nobody types: control codes, NUL, hidden changes of writing direction.
    #[error("contains control characters")]
    ControlCharacters,
    /// A name without a single letter.
    #[error("not a name")]
    NotAName,
    /// Not an e-mail address.
    #[error("not an e-mail address")]
    NotAnEmail,
    /// Not a telephone number.
    #[error("not a telephone number")]
    NotAPhone,
    /// Neither a SIRET nor of its check digits.
    #[error("not a SIRET")]
    NotASiret,
    /// Not a Belgian enterprise number.
    #[error("not an enterprise number")]
    NotAnEnterpriseNumber,
    /// Not a day of the calendar.
    #[error("not a date")]
    NotADate,
    /// Not a time of day.
    #[error("not a time of day")]
    NotATime,
    /// Not a whole number.
    #[error("not a number")]
    NotANumber,
    /// Not a length of time.
    #[error("not a length of time")]
    NotADuration,
    /// A number outside its bounds.
    #[error("not between {min} and {max}")]
    OutOfRange {
        /// Least value allowed.
        min: i64,
        /// Greatest value allowed.
        max: i64,
    },
    /// None of the choices offered.
    #[error("not one of the choices")]
    UnknownChoice,
    /// Not the id of anything.
    #[error("not an id")]
    NotAnId,
    /// Not the code of a certificate.
    #[error("not a certificate code")]
    NotACode,
    /// Not opening hours such as `9:00-12:00, 14:00-18:00`.
    #[error("not opening hours")]
    NotOpeningHours,
    /// Not the address of a website.
    #[error("not a web address")]
    NotAWebAddress,
    /// Something else has this name (or address, or account) already.
    #[error("already taken")]
    AlreadyTaken,
    /// An end that comes before its beginning.
    #[error("ends before it begins")]
    EndBeforeStart,
    /// No commune of that name, postcode or code.
    #[error("not a known commune")]
    UnknownCommune,
    /// A postcode that communes share, or a name that several have.
    #[error("may be {communes:?} or {others} others")]
    SeveralCommunes {
        /// How the first of them are called, the most populous first.
        communes: Vec<String>,
        /// How many more there are.
        others: usize,
    },
}

impl InputError {
    /// The key of the sentence in the locale files; never changes for a given error.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::Empty => "input-error-empty",
            Self::TooLong { .. } => "input-error-too-long",
            Self::TooShort { .. } => "input-error-too-short",
            Self::ControlCharacters => "input-error-control-characters",
            Self::NotAName => "input-error-not-a-name",
            Self::NotAnEmail => "input-error-not-an-email",
            Self::NotAPhone => "input-error-not-a-phone",
            Self::NotASiret => "input-error-not-a-siret",
            Self::NotAnEnterpriseNumber => "input-error-not-an-enterprise-number",
            Self::NotADate => "input-error-not-a-date",
            Self::NotATime => "input-error-not-a-time",
            Self::NotANumber => "input-error-not-a-number",
            Self::NotADuration => "input-error-not-a-duration",
            Self::OutOfRange { .. } => "input-error-out-of-range",
            Self::UnknownChoice => "input-error-unknown-choice",
            Self::NotAnId => "input-error-not-an-id",
            Self::NotACode => "input-error-not-a-code",
            Self::NotOpeningHours => "input-error-not-opening-hours",
            Self::NotAWebAddress => "input-error-not-a-web-address",
            Self::AlreadyTaken => "input-error-already-taken",
            Self::EndBeforeStart => "input-error-end-before-start",
            Self::UnknownCommune => "input-error-unknown-commune",
            Self::SeveralCommunes { .. } => "input-error-several-communes",
        }
    }

    /// The figures that the sentence names, by the name of their variable in the locale files.
    #[must_use]
    pub fn figures(&self) -> Vec<(&'static str, i64)> {
        let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        match *self {
            Self::TooShort { min } => vec![("min", count(min))],
            Self::TooLong { max } => vec![("max", count(max))],
            Self::OutOfRange { min, max } => vec![("min", min), ("max", max)],
            Self::SeveralCommunes { others, .. } => vec![("others", count(others))],
            _ => Vec::new(),
        }
    }

    /// The words that the sentence names, by the name of their variable in the locale files.
    #[must_use]
    pub fn words(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::SeveralCommunes { communes, .. } => vec![("communes", communes.join(", "))],
            _ => Vec::new(),
        }
    }

    /// One of each error, for the test that every locale has its sentence.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        vec![
            Self::Empty,
            Self::TooLong { max: 80 },
            Self::TooShort { min: 10 },
            Self::ControlCharacters,
            Self::NotAName,
            Self::NotAnEmail,
            Self::NotAPhone,
            Self::NotASiret,
            Self::NotAnEnterpriseNumber,
            Self::NotADate,
            Self::NotATime,
            Self::NotANumber,
            Self::NotADuration,
            Self::OutOfRange { min: 1, max: 12 },
            Self::UnknownChoice,
            Self::NotAnId,
            Self::NotACode,
            Self::NotOpeningHours,
            Self::NotAWebAddress,
            Self::AlreadyTaken,
            Self::EndBeforeStart,
            Self::UnknownCommune,
            Self::SeveralCommunes {
                communes: vec!["Frévent".to_owned(), "Nuncq-Hautecôte".to_owned()],
                others: 3,
            },
        ]
    }
}

/// An entry that may be left empty: blank is `None`, anything else goes to `parse`.
///
/// # Errors
/// Those of `parse`.
pub fn optional<T>(
    raw: &str,
    parse: impl FnOnce(&str) -> Result<T, InputError>,
) -> Result<Option<T>, InputError> {
    if raw.trim().is_empty() {
        Ok(None)
    } else {
        parse(raw).map(Some)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_error_has_its_own_sentence() {
        let keys: BTreeSet<_> = InputError::samples().iter().map(InputError::key).collect();
        assert_eq!(keys.len(), InputError::samples().len());
        assert!(keys.iter().all(|key| key.starts_with("input-error-")));
    }

    #[test]
    fn blank_is_no_answer_and_not_an_error() {
        assert_eq!(optional(" \t", Siret::parse), Ok(None));
        assert_eq!(optional("12", Siret::parse), Err(InputError::NotASiret));
    }
}
