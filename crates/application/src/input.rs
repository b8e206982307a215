//! Parsing a command: every wrong field is told, not only the first.

use domain::input::{InputError, LongText, optional};

use crate::{Error, FieldError, Result};

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
