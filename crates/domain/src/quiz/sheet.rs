//! What comes back from a form, and what it is worth.

use crate::assessment::gift::{Kind, Pair, Question, number};
use crate::assessment::marking::{Answer, mark};
use crate::input::ShortText;

use super::LONGEST_ANSWER;

/// Why an answer cannot be taken as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// Nothing, or not all of it, is answered.
    Missing,
    /// Something else than a number where one is asked for.
    NotANumber,
    /// Too long to be an answer, or with characters that nobody types.
    NotAnAnswer,
    /// None of the answers offered.
    NotOffered,
    /// Another number of letters than there are lines.
    OtherCount,
}

/// One answer as it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The answer, as far as there is one.
    pub answer: Option<Answer>,
    /// What is wrong with it.
    pub wrong: Option<Unreadable>,
}

impl Reading {
    pub(super) fn of(read: Result<Option<Answer>, Unreadable>) -> Self {
        match read {
            Ok(Some(answer)) => Self {
                answer: Some(answer),
                wrong: None,
            },
            Ok(None) => Self {
                answer: None,
                wrong: Some(Unreadable::Missing),
            },
            Err(wrong) => Self {
                answer: None,
                wrong: Some(wrong),
            },
        }
    }
}

/// Reads the answer to one question. `sent` gives what was sent for the question (`None`), or for one of its pairs (their place).
#[must_use]
pub fn read<'s>(
    question: &Question,
    sent: impl Fn(Option<usize>) -> Vec<&'s str>,
) -> Option<Reading> {
    let first = || sent(None).first().copied().unwrap_or_default().trim();
    let read = match &question.kind {
        Kind::Description => return None,
        Kind::Single(choices) => {
            place(first(), choices.len()).map(|place| place.map(Answer::Choice))
        }
        Kind::Multiple(choices) => {
            let places: Result<Vec<Option<usize>>, Unreadable> = sent(None)
                .into_iter()
                .map(|sent| place(sent.trim(), choices.len()))
                .collect();
            places.map(|places| {
                let places: Vec<usize> = places.into_iter().flatten().collect();
                (!places.is_empty()).then_some(Answer::Choices(places))
            })
        }
        Kind::TrueFalse { .. } => match first() {
            "" => Ok(None),
            "true" => Ok(Some(Answer::Truth(true))),
            "false" => Ok(Some(Answer::Truth(false))),
            _ => Err(Unreadable::NotOffered),
        },
        Kind::Short(_) => words(first()),
        Kind::Numeric { .. } => figure(first()),
        Kind::Matching(pairs) => {
            return Some(matching(pairs, |pair| {
                sent(Some(pair))
                    .first()
                    .copied()
                    .unwrap_or_default()
                    .trim()
                    .to_owned()
            }));
        }
    };
    Some(Reading::of(read))
}

/// The place of an answer among `count`.
fn place(sent: &str, count: usize) -> Result<Option<usize>, Unreadable> {
    if sent.is_empty() {
        return Ok(None);
    }
    let place: Option<usize> = sent.parse().ok();
    place
        .filter(|place| *place < count)
        .map(Some)
        .ok_or(Unreadable::NotOffered)
}

pub(super) fn words(typed: &str) -> Result<Option<Answer>, Unreadable> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    ShortText::<LONGEST_ANSWER>::parse(typed)
        .map(|text| Some(Answer::Typed(text.into())))
        .map_err(|_| Unreadable::NotAnAnswer)
}

pub(super) fn figure(typed: &str) -> Result<Option<Answer>, Unreadable> {
    let read = words(typed)?;
    if let Some(Answer::Typed(text)) = &read
        && number(text).is_none()
    {
        return Err(Unreadable::NotANumber);
    }
    Ok(read)
}

fn matching(pairs: &[Pair], sent: impl Fn(usize) -> String) -> Reading {
    let mut chosen = Vec::with_capacity(pairs.len());
    let mut wrong = None;
    for (index, pair) in pairs.iter().enumerate() {
        if pair.left.is_empty() {
            chosen.push(None);
            continue;
        }
        match place(&sent(index), pairs.len()) {
            Ok(place) => {
                if place.is_none() {
                    wrong = wrong.or(Some(Unreadable::Missing));
                }
                chosen.push(place);
            }
            Err(unreadable) => {
                wrong = Some(unreadable);
                chosen.push(None);
            }
        }
    }
    let any = chosen.iter().any(Option::is_some);
    Reading {
        answer: any.then_some(Answer::Pairs(chosen)),
        wrong,
    }
}

/// What a sheet is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Score {
    /// Questions answered wholly right.
    pub right: usize,
    /// Questions that ask something.
    pub asked: usize,
    /// The mean over these, in thousandths.
    pub permille: u32,
}

/// What a sheet is worth; an answer that cannot be marked is worth nothing.
#[must_use]
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "at most a hundred questions worth from 0 to 1 each"
)]
pub fn score(questions: &[Question], answers: &[Option<Answer>]) -> Score {
    let mut score = Score {
        right: 0,
        asked: 0,
        permille: 0,
    };
    let mut sum = 0.0;
    for (place, question) in questions.iter().enumerate() {
        if question.kind == Kind::Description {
            continue;
        }
        score.asked += 1;
        if let Ok(mark) = mark(question, answers.get(place).and_then(Option::as_ref)) {
            sum += mark.score;
            score.right += usize::from(mark.is_right());
        }
    }
    score.permille = (sum * 1000.0 / score.asked.max(1) as f64).round() as u32;
    score
}
