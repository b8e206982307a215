//! Questions as they are put to people, on the screen and on paper alike.

use crate::assessment::gift::{Choice as GiftChoice, Kind, Pair, Question};
use crate::text::fold;

use super::words::shown;

/// An answer to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Its place in the question, which an answer names.
    pub place: usize,
    /// What it says.
    pub text: String,
}

/// The left side of a pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// The place of the pair in the question.
    pub place: usize,
    /// What it says.
    pub text: String,
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// One of these.
    One(Vec<Choice>),
    /// Any of these.
    Several(Vec<Choice>),
    /// True or false.
    Truth,
    /// A word to type.
    Words,
    /// A number to type.
    Number,
    /// For each left side one of the right sides.
    Pairs {
        /// What is asked, in the question's order.
        left: Vec<Side>,
        /// What belongs to it, by alphabet, each text once.
        right: Vec<Choice>,
    },
    /// Nothing: a text between questions.
    Nothing,
}

/// A question as it is put.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Put {
    /// Its place in the quiz.
    pub place: usize,
    /// Its number among those that ask something, from 1; none for a text between questions.
    pub number: Option<usize>,
    /// What is asked, up to the gap where a word is missing.
    pub text: String,
    /// What comes after the gap.
    pub after: String,
    /// What is asked for.
    pub asked: Asked,
}

/// The questions of a quiz as they are put. Answers to choose from come in an order that depends on the quiz and on the question's text
/// alone: it is the same on every screen and sheet, tells nothing, and stays when other questions change.
#[must_use]
pub fn put(quiz: &str, questions: &[Question]) -> Vec<Put> {
    let mut number = 0;
    questions
        .iter()
        .enumerate()
        .map(|(place, question)| {
            let asks = question.kind != Kind::Description;
            number += usize::from(asks);
            put_one(quiz, place, asks.then_some(number), question)
        })
        .collect()
}

/// One question as it is put.
#[must_use]
pub fn put_one(quiz: &str, place: usize, number: Option<usize>, question: &Question) -> Put {
    let asked = match &question.kind {
        Kind::Single(choices) => Asked::One(shuffled(quiz, question, choices)),
        Kind::Multiple(choices) => Asked::Several(shuffled(quiz, question, choices)),
        Kind::TrueFalse { .. } => Asked::Truth,
        Kind::Short(_) => Asked::Words,
        Kind::Numeric { .. } => Asked::Number,
        Kind::Matching(pairs) => sides(pairs),
        Kind::Description => Asked::Nothing,
    };
    Put {
        place,
        number,
        text: shown(&question.text),
        after: question.after.clone(),
        asked,
    }
}

fn sides(pairs: &[Pair]) -> Asked {
    let left = pairs
        .iter()
        .enumerate()
        .filter(|(_, pair)| !pair.left.is_empty())
        .map(|(place, pair)| Side {
            place,
            text: shown(&pair.left),
        })
        .collect();
    let mut right: Vec<Choice> = Vec::new();
    for (place, pair) in pairs.iter().enumerate() {
        if right.iter().all(|known| known.text != pair.right) {
            right.push(Choice {
                place,
                text: pair.right.clone(),
            });
        }
    }
    right.sort_by_key(|choice| (fold(&choice.text), choice.place));
    Asked::Pairs { left, right }
}

fn shuffled(quiz: &str, question: &Question, choices: &[GiftChoice]) -> Vec<Choice> {
    let mut all: Vec<Choice> = choices
        .iter()
        .enumerate()
        .map(|(place, choice)| Choice {
            place,
            text: shown(&choice.text),
        })
        .collect();
    let mut state = seed(quiz, &question.text.text);
    // Fisher and Yates: from the last to the second, each changes places with one before it or with itself.
    for last in (1..all.len()).rev() {
        state = next(state);
        let other = usize::try_from(mix(state) % (last as u64 + 1)).unwrap_or_default();
        all.swap(last, other);
    }
    all
}

/// FNV-1a, 64 bits: a number that stands for a text.
fn seed(quiz: &str, text: &str) -> u64 {
    let bytes = quiz.bytes().chain([0]).chain(text.bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// The steps of SplitMix64 (Steele, Lea, Flood, 2014).
const fn next(state: u64) -> u64 {
    state.wrapping_add(0x9e37_79b9_7f4a_7c15)
}

const fn mix(state: u64) -> u64 {
    let state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    state ^ (state >> 31)
}
