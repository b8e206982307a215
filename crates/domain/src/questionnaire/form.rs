//! The questions themselves, as the content file holds them.

use serde::{Deserialize, Serialize};

use crate::catalogue::{Audience, Vocabulary};
use crate::content::{Problems, is_slug};
use crate::language::{Language, Translated};

/// How a question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum QuestionKind {
    /// One of the options.
    Single,
    /// Several of the options.
    Multiple,
    /// One step of a scale: options whose values are whole numbers, from little to much.
    Scale,
    /// The week grid.
    Grid,
    /// A free text.
    Text,
    /// A commune, by name, postcode or code.
    Commune,
    /// A whole number.
    Number,
}

/// What the programme uses an answer for, beside the conditions of its rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Who someone is: options carry `audiences`. Kind: single or multiple.
    Profile,
    /// The line of business. Kind: single.
    Sector,
    /// The home commune. Kind: commune.
    Home,
    /// How far one can travel: options carry `number`, in kilometres. Kind: single or number.
    Travel,
    /// The week grid. Kind: grid.
    Availability,
    /// A wish in one's own words. Kind: text.
    Wish,
    /// What one needs to be able to come. Kind: multiple.
    Needs,
}

impl Role {
    const fn suits(self, kind: QuestionKind) -> bool {
        use QuestionKind::{Commune, Grid, Multiple, Number, Single, Text};
        matches!(
            (self, kind),
            (Self::Profile, Single | Multiple)
                | (Self::Sector, Single)
                | (Self::Home, Commune)
                | (Self::Travel, Single | Number)
                | (Self::Availability, Grid)
                | (Self::Wish, Text)
                | (Self::Needs, Multiple)
        )
    }
}

/// A list of the vocabulary that serves as options.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum OptionsFrom {
    /// The sectors.
    Sectors,
}

/// One answer to choose.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// What forms, conditions and the store call it; never changes once used.
    pub value: String,
    /// What people read.
    pub label: Translated,
    /// How a sentence takes it up again ("Vous avez dit vouloir …"); the label in small letters
    /// when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub echo: Option<Translated>,
    /// Audiences that someone who chooses this belongs to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub audiences: Vec<Audience>,
    /// Cannot be chosen along with others ("none of these").
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub exclusive: bool,
    /// What it counts for, in the unit of the question (kilometres for travel).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
}

impl Choice {
    /// The words that take this choice up again inside a sentence.
    #[must_use]
    pub fn echo(&self, language: Language) -> String {
        if let Some(echo) = &self.echo {
            return echo.get(language).to_owned();
        }
        let mut letters = self.label.get(language).chars();
        letters
            .next()
            .map(|first| first.to_lowercase().chain(letters).collect())
            .unwrap_or_default()
    }
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// What forms, conditions and the store call it (small letters, figures, `_`); never changes
    /// once used.
    pub slug: String,
    /// How it is answered.
    pub kind: QuestionKind,
    /// What the programme uses the answer for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// Whether it must be answered.
    #[serde(default)]
    pub required: bool,
    /// The question.
    pub label: Translated,
    /// A word of help under it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<Translated>,
    /// Condition (CEL) on questions of earlier pages; asked of everyone when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown_if: Option<String>,
    /// Least number, for a number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub least: Option<u32>,
    /// Greatest number for a number, most options for several, most characters for a text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<u32>,
    /// A list of the vocabulary that serves as options, put before the question's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub options_from: Option<OptionsFrom>,
    /// The answers to choose from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<Choice>,
}

impl Question {
    /// The option of this value.
    #[must_use]
    pub fn option(&self, value: &str) -> Option<&Choice> {
        self.options.iter().find(|option| option.value == value)
    }

    /// Greatest number, most options or most characters.
    #[must_use]
    pub fn most(&self) -> u32 {
        self.most.unwrap_or(match self.kind {
            QuestionKind::Text => 500,
            QuestionKind::Number => 1_000_000,
            _ => u32::try_from(self.options.len()).unwrap_or(u32::MAX),
        })
    }

    pub(super) fn take_vocabulary(&mut self, vocabulary: &Vocabulary) {
        if self.options_from == Some(OptionsFrom::Sectors) {
            let own = std::mem::take(&mut self.options);
            let sectors = vocabulary.sectors.iter().map(|sector| Choice {
                value: sector.slug.clone(),
                label: sector.label.clone(),
                ..Choice::default()
            });
            self.options = sectors.chain(own).collect();
        }
    }

    pub(super) fn check(&self, file: &str, field: &str, problems: &mut Problems) {
        if !is_slug(&self.slug.replace('_', "-")) || self.slug.contains('-') {
            problems.add(
                file,
                format!("{field}.slug"),
                format!(
                    "\"{}\" cannot be used in conditions; write small letters without accents, figures and _",
                    self.slug
                ),
            );
        }
        problems.need_text(file, &format!("{field}.label"), &self.label);
        if let Some(help) = &self.help {
            problems.need_text(file, &format!("{field}.help"), help);
        }
        if let Some(role) = self.role
            && !role.suits(self.kind)
        {
            problems.add(
                file,
                format!("{field}.role"),
                "this role does not go with this kind of question; change one of them",
            );
        }
        self.check_bounds(file, field, problems);
        self.check_options(file, field, problems);
    }

    fn check_bounds(&self, file: &str, field: &str, problems: &mut Problems) {
        let is_number = self.kind == QuestionKind::Number;
        if self.least.is_some() && !is_number {
            problems.add(
                file,
                format!("{field}.least"),
                "only a number has a least; remove it",
            );
        }
        let has_most = matches!(
            self.kind,
            QuestionKind::Number | QuestionKind::Multiple | QuestionKind::Text
        );
        if self.most.is_some() && !has_most {
            problems.add(
                file,
                format!("{field}.most"),
                "only a number, several options or a text have a most; remove it",
            );
        }
        if has_most && (self.most() == 0 || self.most() < self.least.unwrap_or(0)) {
            problems.add(
                file,
                format!("{field}.most"),
                "this leaves no answer possible; raise it",
            );
        }
        if self.kind == QuestionKind::Text && self.most() > 5000 {
            problems.add(
                file,
                format!("{field}.most"),
                "a text has 5000 characters at most",
            );
        }
    }

    fn check_options(&self, file: &str, field: &str, problems: &mut Problems) {
        let chooses = matches!(
            self.kind,
            QuestionKind::Single | QuestionKind::Multiple | QuestionKind::Scale
        );
        if chooses && self.options.len() < 2 {
            problems.add(
                file,
                format!("{field}.options"),
                "give at least two options",
            );
        }
        if !chooses && !self.options.is_empty() {
            problems.add(
                file,
                format!("{field}.options"),
                "this kind of question has no options; remove them or change the kind",
            );
        }
        for (index, option) in self.options.iter().enumerate() {
            let place = format!("{field}.options[{index}]");
            problems.need_text(file, &format!("{place}.label"), &option.label);
            if let Some(echo) = &option.echo {
                problems.need_text(file, &format!("{place}.echo"), echo);
            }
            let is_figures = option.value.len() <= 4
                && !option.value.is_empty()
                && option.value.bytes().all(|b| b.is_ascii_digit());
            if self.kind == QuestionKind::Scale && !is_figures {
                problems.add(
                    file,
                    format!("{place}.value"),
                    "steps of a scale are numbers: 0, 1, 2…",
                );
            }
            if !is_figures && !is_slug(&option.value) {
                problems.need_slug(file, &format!("{place}.value"), &option.value);
            }
            if self
                .options
                .iter()
                .take(index)
                .any(|o| o.value == option.value)
            {
                problems.add(
                    file,
                    format!("{place}.value"),
                    format!("\"{}\" is there twice; choose another", option.value),
                );
            }
            if option.exclusive && self.kind != QuestionKind::Multiple {
                problems.add(
                    file,
                    format!("{place}.exclusive"),
                    "only among several options can one be exclusive; remove it",
                );
            }
            if self.role == Some(Role::Travel) && option.number.is_none() {
                problems.add(
                    file,
                    format!("{place}.number"),
                    "say how many kilometres this means",
                );
            }
        }
    }
}

/// One page: a theme and its questions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Page {
    /// What addresses call it.
    pub slug: String,
    /// Its heading.
    pub title: Translated,
    /// A sentence under the heading.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intro: Option<Translated>,
    /// Its questions, in order.
    pub questions: Vec<Question>,
}

/// A questionnaire file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// What files and addresses call it.
    pub slug: String,
    /// Counts up when questions or options are added or removed.
    pub version: u32,
    /// Its name.
    pub title: Translated,
    /// What it is for, before the first page.
    pub intro: Translated,
    /// Its pages, in order.
    pub pages: Vec<Page>,
}
