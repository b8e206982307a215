//! Parsing a command: every wrong field is told, not only the first.

use domain::input::{EmailAddress, InputError, LongText, Phone, optional, parse_whole};

use crate::{Error, FieldError, Refused, Result};

/// Collects what is wrong with the fields of a command.
#[derive(Debug, Default)]
pub(crate) struct Fields(Vec<FieldError>);

impl Fields {
    /// The parsed value of a field; nothing, and a note, when it is wrong.
    pub(crate) fn take<T>(
        &mut self,
        field: &str,
        parsed: std::result::Result<T, InputError>,
    ) -> Option<T> {
        match parsed {
            Ok(value) => Some(value),
            Err(error) => {
                self.wrong(field, error);
                None
            }
        }
    }

    /// The parsed value of a field that may be left empty.
    pub(crate) fn take_optional<T>(
        &mut self,
        field: &str,
        raw: &str,
        parse: impl FnOnce(&str) -> std::result::Result<T, InputError>,
    ) -> Option<T> {
        self.take(field, optional(raw, parse)).flatten()
    }

    /// A text of several lines that may be left empty.
    pub(crate) fn note<const MAX: usize>(&mut self, field: &str, raw: &str) -> String {
        self.take_optional(field, raw, LongText::<MAX>::parse)
            .map_or_else(String::new, String::from)
    }

    /// The version of what was edited; 0, and nothing to tell, for something new.
    pub(crate) fn version(&mut self, raw: &str, existing: bool) -> i64 {
        if !existing {
            return 0;
        }
        self.take("version", parse_whole(raw, 0, i64::MAX))
            .unwrap_or_default()
    }

    /// An e-mail address that may be left empty.
    pub(crate) fn email(&mut self, field: &str, raw: &str) -> Option<String> {
        self.take_optional(field, raw, EmailAddress::parse)
            .map(String::from)
    }

    /// A telephone number that may be left empty.
    pub(crate) fn phone(&mut self, field: &str, raw: &str) -> Option<String> {
        self.take_optional(field, raw, Phone::parse)
            .map(String::from)
    }

    /// The slugs of a list that are all words of the vocabulary, each once, in order of the list.
    pub(crate) fn slugs(
        &mut self,
        field: &str,
        raw: &[String],
        known: impl Fn(&str) -> bool,
    ) -> Vec<String> {
        let mut slugs: Vec<String> = Vec::new();
        for slug in raw
            .iter()
            .map(|slug| slug.trim())
            .filter(|slug| !slug.is_empty())
        {
            if !known(slug) {
                self.wrong(field, InputError::UnknownChoice);
            } else if !slugs.iter().any(|other| other == slug) {
                slugs.push(slug.to_owned());
            }
        }
        slugs
    }

    /// Notes a wrong field.
    pub(crate) fn wrong(&mut self, field: &str, error: InputError) {
        self.0.push(FieldError::new(field, error));
    }

    /// The whole command, if nothing was wrong with it; `value` is there whenever nothing was.
    pub(crate) fn finish<T>(self, value: Option<T>) -> Result<T> {
        match value {
            Some(value) if self.0.is_empty() => Ok(value),
            _ if self.0.is_empty() => Err(Error::Internal("a field went missing unnoticed".into())),
            _ => Err(Error::Invalid(self.0)),
        }
    }
}

/// The version that a button (archive, delete) was shown for.
pub(crate) fn version_of(raw: &str) -> Result<i64> {
    parse_whole(raw, 0, i64::MAX).map_err(|error| Error::field("version", error))
}

/// Two who take the same name at the same instant: the second is told at the field.
pub(crate) fn taken(field: &'static str) -> impl Fn(store::Error) -> Error {
    move |error| match error {
        store::Error::Duplicate(_) => Error::field(field, InputError::AlreadyTaken),
        other => other.into(),
    }
}

/// What is still referred to cannot be deleted: the rule's sentence instead of the database's.
pub(crate) fn in_use(refused: Refused) -> impl FnOnce(store::Error) -> Error {
    move |error| match error {
        store::Error::Reference => refused.into(),
        other => other.into(),
    }
}
