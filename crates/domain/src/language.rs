//! The languages people read Essor in, and texts that exist in each of them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A language that every page, mail, document and content file is complete in.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// French, the language everything is written in first.
    #[default]
    Fr,
    /// English.
    En,
}

impl Language {
    /// Every language, French first.
    pub const ALL: [Self; 2] = [Self::Fr, Self::En];

    /// The two-letter code (ISO 639-1), as used in addresses, `lang` attributes and content files.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::En => "en",
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.code())
    }
}

/// A code that is no language of Essor's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown language \"{0}\": use fr or en")]
pub struct UnknownLanguage(pub String);

impl FromStr for Language {
    type Err = UnknownLanguage;

    /// Reads `fr`, `en`, or either with a region (`fr-FR`, `en_GB`), whatever the case.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let primary = text.split(['-', '_']).next().unwrap_or_default().trim();
        Self::ALL
            .into_iter()
            .find(|language| language.code().eq_ignore_ascii_case(primary))
            .ok_or_else(|| UnknownLanguage(text.to_owned()))
    }
}

/// One text in every language.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Translated {
    /// The French text.
    pub fr: String,
    /// The English text.
    pub en: String,
}

impl Translated {
    /// The same fact said in French and in English.
    pub fn new(fr: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            fr: fr.into(),
            en: en.into(),
        }
    }

    /// The text in one language.
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Fr => &self.fr,
            Language::En => &self.en,
        }
    }

    /// The text of one language, to be filled or changed.
    pub const fn get_mut(&mut self, language: Language) -> &mut String {
        match language {
            Language::Fr => &mut self.fr,
            Language::En => &mut self.en,
        }
    }

    /// The languages in which the text is empty or blank.
    pub fn missing(&self) -> impl Iterator<Item = Language> + '_ {
        Language::ALL
            .into_iter()
            .filter(|language| self.get(*language).trim().is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_s_language_tag_is_understood() {
        assert_eq!("fr-BE".parse(), Ok(Language::Fr));
        assert_eq!("EN".parse(), Ok(Language::En));
        assert_eq!(
            "nl".parse::<Language>(),
            Err(UnknownLanguage("nl".to_owned()))
        );
    }

    #[test]
    fn a_blank_text_counts_as_missing() {
        let text = Translated::new("Bonjour", "  ");
        assert_eq!(text.missing().collect::<Vec<_>>(), [Language::En]);
    }
}
