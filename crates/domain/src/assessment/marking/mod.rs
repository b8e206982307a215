//! Marking quizzes: what an answer is worth and what is told to the person, and what a whole group
//! has missed.

mod group;

use any_ascii::any_ascii_char;
use serde::{Deserialize, Serialize};

use super::gift::{Choice, Kind, NumericAnswer, Pair, Question, Text, number};

pub use group::{Missed, group, most_missed};

/// What someone answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// The place of the answer chosen.
    Choice(usize),
    /// The places of the answers chosen.
    Choices(Vec<usize>),
    /// True or false.
    Truth(bool),
    /// What was typed, a word or a number.
    Typed(String),
    /// For each pair, the place of the pair whose right side was chosen.
    Pairs(Vec<Option<usize>>),
}

/// What an answer is worth.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark<'q> {
    /// From 0 to 1.
    pub score: f64,
    /// What is told to the person, first on the answer, then on the question.
    pub feedback: Vec<&'q Text>,
}

impl Mark<'_> {
    /// Whether the answer is wholly right.
    #[must_use]
    pub fn is_right(&self) -> bool {
        self.score > 1.0 - 1e-6
    }
}

/// Why an answer cannot be marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unmarkable {
    /// The answer is of another kind than the question.
    #[error("this answer does not belong to a question of this kind")]
    OtherKind,
    /// A choice that the question does not offer.
    #[error("this answer is not one of those offered")]
    NotOffered,
    /// Something typed that is no number where one is asked for.
    #[error("this is not a number")]
    NotANumber,
    /// Nothing is asked.
    #[error("there is nothing to answer")]
    NothingAsked,
}

/// Marks one answer; `None` is a question left out, worth nothing.
///
/// # Errors
/// When the answer does not fit the question: it comes from a form that was tampered with or
/// from another version of the quiz, or is no number.
pub fn mark<'q>(question: &'q Question, answer: Option<&Answer>) -> Result<Mark<'q>, Unmarkable> {
    let mut mark = match (&question.kind, answer) {
        (Kind::Description, _) => return Err(Unmarkable::NothingAsked),
        (_, None) => Mark {
            score: 0.0,
            feedback: Vec::new(),
        },
        (Kind::Single(choices), Some(Answer::Choice(place))) => single(choices, *place)?,
        (Kind::Multiple(choices), Some(Answer::Choices(places))) => multiple(choices, places)?,
        (
            Kind::TrueFalse {
                right,
                if_wrong,
                if_right,
            },
            Some(Answer::Truth(said)),
        ) => {
            let told = if said == right { if_right } else { if_wrong };
            Mark {
                score: f64::from(u8::from(said == right)),
                feedback: told.iter().collect(),
            }
        }
        (Kind::Short(choices), Some(Answer::Typed(typed))) => short(choices, typed),
        (Kind::Numeric { answers, otherwise }, Some(Answer::Typed(typed))) => {
            numeric(answers, otherwise.as_ref(), typed)?
        }
        (Kind::Matching(pairs), Some(Answer::Pairs(chosen))) => matching(pairs, chosen)?,
        _ => return Err(Unmarkable::OtherKind),
    };
    mark.feedback.extend(&question.feedback);
    Ok(mark)
}

fn worth(weight: f64) -> f64 {
    (weight / 100.0).clamp(0.0, 1.0)
}

fn single(choices: &[Choice], place: usize) -> Result<Mark<'_>, Unmarkable> {
    let chosen = choices.get(place).ok_or(Unmarkable::NotOffered)?;
    Ok(Mark {
        score: worth(chosen.weight),
        feedback: chosen.feedback.iter().collect(),
    })
}

/// The weights of what was chosen add up, each choice counted once; never less than nothing.
fn multiple<'q>(choices: &'q [Choice], places: &[usize]) -> Result<Mark<'q>, Unmarkable> {
    if places.iter().any(|place| *place >= choices.len()) {
        return Err(Unmarkable::NotOffered);
    }
    let chosen = || {
        choices
            .iter()
            .enumerate()
            .filter(|(place, _)| places.contains(place))
            .map(|(_, choice)| choice)
    };
    let sum: f64 = chosen().map(|choice| choice.weight).sum();
    // Thirds may be written 33.333 or 33: who chose all that counts has everything.
    let all: f64 = choices.iter().map(|choice| choice.weight.max(0.0)).sum();
    Ok(Mark {
        score: worth(sum * 100.0 / all.max(1.0)),
        feedback: chosen()
            .filter_map(|choice| choice.feedback.as_ref())
            .collect(),
    })
}

fn short<'q>(choices: &'q [Choice], typed: &str) -> Mark<'q> {
    let found = choices
        .iter()
        .find(|choice| matches(&choice.text.text, typed));
    Mark {
        score: found.map_or(0.0, |choice| worth(choice.weight)),
        feedback: found
            .and_then(|choice| choice.feedback.as_ref())
            .into_iter()
            .collect(),
    }
}

fn numeric<'q>(
    answers: &'q [NumericAnswer],
    otherwise: Option<&'q Text>,
    typed: &str,
) -> Result<Mark<'q>, Unmarkable> {
    let typed = number(typed).ok_or(Unmarkable::NotANumber)?;
    // Of overlapping ranges the one that is worth most counts.
    let found = answers
        .iter()
        .filter(|answer| answer.numbers.contain(typed))
        .max_by(|a, b| a.weight.total_cmp(&b.weight));
    Ok(match found {
        Some(answer) => Mark {
            score: worth(answer.weight),
            feedback: answer.feedback.iter().collect(),
        },
        None => Mark {
            score: 0.0,
            feedback: otherwise.into_iter().collect(),
        },
    })
}

/// The share of the pairs that were put together right. Two pairs may share a right side.
#[expect(clippy::cast_precision_loss, reason = "a handful of pairs")]
fn matching<'q>(pairs: &'q [Pair], chosen: &[Option<usize>]) -> Result<Mark<'q>, Unmarkable> {
    if chosen.len() > pairs.len() || chosen.iter().flatten().any(|place| *place >= pairs.len()) {
        return Err(Unmarkable::NotOffered);
    }
    let right = |place: usize| pairs.get(place).map(|pair| pair.right.as_str());
    let asked = pairs.iter().filter(|pair| !pair.left.is_empty()).count();
    let found = pairs
        .iter()
        .zip(chosen)
        .filter(|(pair, chosen)| {
            !pair.left.is_empty() && chosen.and_then(right) == Some(pair.right.as_str())
        })
        .count();
    Ok(Mark {
        score: found as f64 / asked.max(1) as f64,
        feedback: Vec::new(),
    })
}

/// Whether what was typed is meant by `wanted`, in which `*` stands for anything. Case, accents,
/// curly apostrophes and doubled spaces make no difference; other signs do (`C` is not `C++`).
fn matches(wanted: &str, typed: &str) -> bool {
    let wanted = lenient(wanted);
    let typed = lenient(typed);
    let mut parts = wanted.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = typed.strip_prefix(first) else {
        return false;
    };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else {
        return rest.is_empty();
    };
    for part in parts {
        let Some((_, after)) = rest.split_once(part) else {
            return false;
        };
        rest = after;
    }
    rest.ends_with(last)
}

fn lenient(text: &str) -> String {
    let simple: String = text
        .chars()
        .flat_map(|c| any_ascii_char(c).chars())
        .flat_map(char::to_lowercase)
        .collect();
    simple.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
