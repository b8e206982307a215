//! What someone answered.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::Availability;

/// The answer to one question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "value", rename_all = "lowercase")]
pub enum Answer {
    /// The value of one option.
    Choice(String),
    /// The values of several options.
    Choices(BTreeSet<String>),
    /// A number or a step of a scale.
    Number(i64),
    /// The free cells of the week.
    Week(Availability),
    /// A text, one or several lines.
    Text(String),
    /// A commune.
    Commune(CommuneAnswer),
}

/// The commune that someone named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CommuneAnswer {
    /// Its code (INSEE or NIS).
    pub code: String,
    /// Its name.
    pub name: String,
}

/// Answers by slug of question; its JSON is what the store keeps.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Answers(BTreeMap<String, Answer>);

impl Answers {
    /// The answer to a question, if given.
    #[must_use]
    pub fn get(&self, question: &str) -> Option<&Answer> {
        self.0.get(question)
    }

    /// Records an answer in place of an earlier one.
    pub fn set(&mut self, question: impl Into<String>, answer: Answer) {
        self.0.insert(question.into(), answer);
    }

    /// Forgets an answer.
    pub fn remove(&mut self, question: &str) {
        self.0.remove(question);
    }

    /// Every answer, by slug of question.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Answer)> {
        self.0.iter().map(|(slug, answer)| (slug.as_str(), answer))
    }

    /// How many questions are answered.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing is answered yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The option chosen, for a question with one.
    #[must_use]
    pub fn choice(&self, question: &str) -> Option<&str> {
        match self.0.get(question) {
            Some(Answer::Choice(value)) => Some(value),
            _ => None,
        }
    }

    /// The options chosen: one for a single choice, none when unanswered.
    #[must_use]
    pub fn choices(&self, question: &str) -> Vec<&str> {
        match self.0.get(question) {
            Some(Answer::Choice(value)) => vec![value],
            Some(Answer::Choices(values)) => values.iter().map(String::as_str).collect(),
            _ => Vec::new(),
        }
    }
}

impl FromIterator<(String, Answer)> for Answers {
    fn from_iter<I: IntoIterator<Item = (String, Answer)>>(answers: I) -> Self {
        Self(answers.into_iter().collect())
    }
}
