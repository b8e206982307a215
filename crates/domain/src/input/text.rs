//! Texts of one line and of several.

use std::fmt;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use super::InputError;

/// Marks that change the direction of writing unseen: they can make a text read as another.
fn is_hidden_direction(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Marks without width that come along when text is copied from a web page.
fn is_debris(c: char) -> bool {
    matches!(c, '\u{FEFF}' | '\u{200B}' | '\u{2060}' | '\u{AD}')
}

fn checked(text: String, max: usize) -> Result<String, InputError> {
    if text.is_empty() {
        return Err(InputError::Empty);
    }
    if text.chars().count() > max {
        return Err(InputError::TooLong { max });
    }
    Ok(text)
}

/// One line: white space of any kind becomes single spaces.
pub(super) fn line(raw: &str, max: usize) -> Result<String, InputError> {
    let mut text = String::with_capacity(raw.len().min(4 * max));
    for word in raw.split_whitespace() {
        if !text.is_empty() {
            text.push(' ');
        }
        for c in word.nfc().filter(|c| !is_debris(*c)) {
            if c.is_control() || is_hidden_direction(c) {
                return Err(InputError::ControlCharacters);
            }
            text.push(c);
        }
    }
    checked(text.trim().to_owned(), max)
}

/// Several lines: ends of line become `\n`, tabs and inner spaces stay.
fn lines(raw: &str, max: usize) -> Result<String, InputError> {
    let mut text = String::with_capacity(raw.len().min(4 * max));
    let mut after_return = false;
    for c in raw.trim().nfc().filter(|c| !is_debris(*c)) {
        match c {
            '\n' if after_return => {}
            '\r' | '\n' => text.push('\n'),
            '\t' => text.push('\t'),
            c if c.is_control() || is_hidden_direction(c) => {
                return Err(InputError::ControlCharacters);
            }
            c => text.push(c),
        }
        after_return = c == '\r';
    }
    checked(text.trim().to_owned(), max)
}

/// One line of 1 to `MAX` characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ShortText<const MAX: usize>(String);

impl<const MAX: usize> ShortText<MAX> {
    /// Reads one line; runs of white space become one space.
    ///
    /// # Errors
    /// [`InputError::Empty`], [`InputError::TooLong`], [`InputError::ControlCharacters`].
    pub fn parse(raw: &str) -> Result<Self, InputError> {
        line(raw, MAX).map(Self)
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<const MAX: usize> TryFrom<String> for ShortText<MAX> {
    type Error = InputError;

    fn try_from(raw: String) -> Result<Self, InputError> {
        Self::parse(&raw)
    }
}

impl<const MAX: usize> From<ShortText<MAX>> for String {
    fn from(text: ShortText<MAX>) -> Self {
        text.0
    }
}

impl<const MAX: usize> fmt::Display for ShortText<MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The name of a firm, farm or local authority.
pub type OrganisationName = ShortText<160>;

/// Several lines of 1 to `MAX` characters in all (4,000 unless said otherwise).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct LongText<const MAX: usize = 4000>(String);

impl<const MAX: usize> LongText<MAX> {
    /// Reads several lines; ends of line become `\n`.
    ///
    /// # Errors
    /// [`InputError::Empty`], [`InputError::TooLong`], [`InputError::ControlCharacters`].
    pub fn parse(raw: &str) -> Result<Self, InputError> {
        lines(raw, MAX).map(Self)
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<const MAX: usize> TryFrom<String> for LongText<MAX> {
    type Error = InputError;

    fn try_from(raw: String) -> Result<Self, InputError> {
        Self::parse(&raw)
    }
}

impl<const MAX: usize> From<LongText<MAX>> for String {
    fn from(text: LongText<MAX>) -> Self {
        text.0
    }
}

impl<const MAX: usize> fmt::Display for LongText<MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A person's whole name as they write it, 1 to 120 characters with at least one letter.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PersonName(String);

impl PersonName {
    /// Most characters of a name.
    pub const MAX: usize = 120;

    /// Reads a name. Any script and any punctuation are a name as soon as there is one letter.
    ///
    /// # Errors
    /// Those of [`ShortText::parse`], and [`InputError::NotAName`] without a letter.
    pub fn parse(raw: &str) -> Result<Self, InputError> {
        let text = line(raw, Self::MAX)?;
        if text.chars().any(char::is_alphabetic) {
            Ok(Self(text))
        } else {
            Err(InputError::NotAName)
        }
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for PersonName {
    type Error = InputError;

    fn try_from(raw: String) -> Result<Self, InputError> {
        Self::parse(&raw)
    }
}

impl From<PersonName> for String {
    fn from(name: PersonName) -> Self {
        name.0
    }
}

impl fmt::Display for PersonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_counted_not_bytes() {
        assert!(ShortText::<5>::parse("éèàùç").is_ok());
        assert_eq!(
            ShortText::<5>::parse("éèàùçâ"),
            Err(InputError::TooLong { max: 5 })
        );
    }

    #[test]
    fn letters_are_composed_and_spaces_single() {
        let name = PersonName::parse("  Re\u{301}my \u{A0}\t Delobel\n").unwrap();
        assert_eq!(name.as_str(), "Rémy Delobel");
    }

    #[test]
    fn control_characters_are_refused_and_copied_debris_dropped() {
        for bad in ["a\0b", "a\u{1b}[31m", "a\u{202E}b", "a\u{7f}"] {
            assert_eq!(PersonName::parse(bad), Err(InputError::ControlCharacters));
            assert_eq!(
                LongText::<99>::parse(bad),
                Err(InputError::ControlCharacters)
            );
        }
        assert_eq!(
            PersonName::parse("\u{FEFF}Anne\u{200B}").unwrap().as_str(),
            "Anne"
        );
        assert_eq!(
            PersonName::parse("\u{200B} \u{FEFF}"),
            Err(InputError::Empty)
        );
    }

    #[test]
    fn a_name_has_a_letter() {
        assert_eq!(PersonName::parse("42"), Err(InputError::NotAName));
        assert_eq!(PersonName::parse(" "), Err(InputError::Empty));
        assert!(PersonName::parse("O’Neill-d'Été, Jr").is_ok());
        assert!(PersonName::parse("李").is_ok());
    }

    #[test]
    fn long_texts_keep_their_lines() {
        let text = LongText::<99>::parse("\r\nune\r\ndeux\rtrois\n\n").unwrap();
        assert_eq!(text.as_str(), "une\ndeux\ntrois");
    }

    #[test]
    fn texts_come_back_from_json_by_the_same_rules() {
        assert!(serde_json::from_str::<PersonName>("\"a\\u0000\"").is_err());
        let name: PersonName = serde_json::from_str("\" Anne \"").unwrap();
        assert_eq!(serde_json::to_string(&name).unwrap(), "\"Anne\"");
    }
}
