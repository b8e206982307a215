//! A question of a quiz.

use serde::{Deserialize, Serialize};

/// How a text is marked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// HTML.
    Html,
    /// Moodle's own mixture of text and HTML.
    Moodle,
    /// Plain text.
    Plain,
    /// Markdown.
    Markdown,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 4] = [Self::Html, Self::Moodle, Self::Plain, Self::Markdown];

    /// What GIFT calls it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Moodle => "moodle",
            Self::Plain => "plain",
            Self::Markdown => "markdown",
        }
    }
}

/// A text, with its format where the file says it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// The format, if said.
    pub format: Option<Format>,
    /// The text itself.
    pub text: String,
}

impl Text {
    /// A text without format.
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            format: None,
            text: text.into(),
        }
    }

    /// Whether there is nothing to read.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}

/// An answer that may be chosen or typed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// What it says.
    pub text: Text,
    /// What it is worth, in percent of the question; wrong choices may be worth less than nothing.
    pub weight: f64,
    /// What is told to those who give it.
    pub feedback: Option<Text>,
}

/// The numbers that an answer takes in.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum Numbers {
    /// Those not further than `tolerance` from `value`.
    Near {
        /// The exact answer.
        value: f64,
        /// How far off one may be.
        tolerance: f64,
    },
    /// Those from `low` to `high`.
    Between {
        /// The lowest.
        low: f64,
        /// The highest.
        high: f64,
    },
}

impl Numbers {
    /// Whether a number is among them. A hair's breadth is allowed for binary fractions.
    #[must_use]
    pub fn contain(&self, number: f64) -> bool {
        let (low, high) = match *self {
            Self::Near { value, tolerance } => (value - tolerance, value + tolerance),
            Self::Between { low, high } => (low, high),
        };
        let hair = 1e-9 * f64::max(1.0, number.abs());
        number >= low - hair && number <= high + hair
    }
}

/// A number that is right, wholly or in part.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NumericAnswer {
    /// The numbers taken in.
    pub numbers: Numbers,
    /// What they are worth, in percent.
    pub weight: f64,
    /// What is told to those who give one of them.
    pub feedback: Option<Text>,
}

/// Two things that belong together. With an empty left side, the right one is there to mislead.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pair {
    /// What is asked.
    pub left: Text,
    /// What belongs to it.
    pub right: String,
}

/// What kind of question it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Kind {
    /// One answer to choose.
    Single(Vec<Choice>),
    /// Several answers to choose; their weights add up.
    Multiple(Vec<Choice>),
    /// True or false.
    TrueFalse {
        /// Whether it is true.
        right: bool,
        /// What is told to those who are wrong.
        if_wrong: Option<Text>,
        /// What is told to those who are right.
        if_right: Option<Text>,
    },
    /// Words to type; `*` stands for anything.
    Short(Vec<Choice>),
    /// A number to type.
    Numeric {
        /// Numbers that are right.
        answers: Vec<NumericAnswer>,
        /// What is told to everyone else.
        otherwise: Option<Text>,
    },
    /// Things to match.
    Matching(Vec<Pair>),
    /// Nothing to answer: a text between questions.
    Description,
}

/// A question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// The category it is filed under, as a path parted by `/`.
    pub category: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// What is asked; up to the gap where a word is missing.
    pub text: Text,
    /// What comes after the gap; empty where no word is missing.
    pub after: String,
    /// Its kind, with the answers.
    pub kind: Kind,
    /// What is told to everyone.
    pub feedback: Option<Text>,
}
