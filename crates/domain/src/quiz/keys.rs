//! Answers from paper, typed as letters: what stands on the sheet is what is typed.

use crate::assessment::gift::{Kind, Question};
use crate::assessment::marking::Answer;

use super::put::{Asked, Choice, Put};
use super::sheet::{Reading, Unreadable, figure, words};

/// The letter of the answer that comes `index`-th on the sheet.
#[must_use]
pub fn letter(index: usize) -> char {
    u8::try_from(index)
        .ok()
        .and_then(|index| b'A'.checked_add(index))
        .filter(u8::is_ascii_uppercase)
        .map_or('?', char::from)
}

/// The letters typed, without what parts them.
fn letters(typed: &str) -> impl Iterator<Item = char> + '_ {
    typed
        .chars()
        .filter(|c| !c.is_whitespace() && !",;.+/".contains(*c))
        .map(|c| c.to_ascii_uppercase())
}

fn at(choices: &[Choice], wanted: char) -> Result<usize, Unreadable> {
    choices
        .iter()
        .enumerate()
        .find(|(index, _)| letter(*index) == wanted)
        .map(|(_, choice)| choice.place)
        .ok_or(Unreadable::NotOffered)
}

/// Reads what was typed for one question: `b`; `a c`; `v` or `f` (`t` in English); for pairs a letter a line in order, `-` for none;
/// a word; a number.
#[must_use]
pub fn read_keys(put: &Put, question: &Question, typed: &str) -> Reading {
    let typed = typed.trim();
    if typed.is_empty() {
        return Reading::of(Ok(None));
    }
    Reading::of(match &put.asked {
        Asked::Nothing => Ok(None),
        Asked::One(choices) => one(choices, typed).map(Some),
        Asked::Several(choices) => letters(typed)
            .map(|wanted| at(choices, wanted))
            .collect::<Result<Vec<_>, _>>()
            .map(|places| Some(Answer::Choices(places))),
        Asked::Truth => match typed.to_lowercase().as_str() {
            "v" | "vrai" | "t" | "true" | "o" | "oui" | "y" | "yes" => {
                Ok(Some(Answer::Truth(true)))
            }
            "f" | "faux" | "false" | "n" | "non" | "no" => Ok(Some(Answer::Truth(false))),
            _ => Err(Unreadable::NotOffered),
        },
        Asked::Words => words(typed),
        Asked::Number => figure(typed),
        Asked::Pairs { left, right } => {
            let Kind::Matching(pairs) = &question.kind else {
                return Reading::of(Err(Unreadable::NotOffered));
            };
            let typed: Vec<char> = letters(typed).collect();
            if typed.len() == left.len() {
                let mut chosen = vec![None; pairs.len()];
                let read: Result<(), Unreadable> =
                    left.iter().zip(&typed).try_for_each(|(side, wanted)| {
                        let place = match wanted {
                            '-' | '?' => None,
                            wanted => Some(at(right, *wanted)?),
                        };
                        if let Some(slot) = chosen.get_mut(side.place) {
                            *slot = place;
                        }
                        Ok(())
                    });
                read.map(|()| {
                    chosen
                        .iter()
                        .any(Option::is_some)
                        .then_some(Answer::Pairs(chosen))
                })
            } else {
                Err(Unreadable::OtherCount)
            }
        }
    })
}

fn one(choices: &[Choice], typed: &str) -> Result<Answer, Unreadable> {
    let mut all = letters(typed);
    match (all.next(), all.next()) {
        (Some(wanted), None) => at(choices, wanted).map(Answer::Choice),
        _ => Err(Unreadable::OtherCount),
    }
}

/// What would have to be typed for an answer; `yes` and `no` are the letters of true and false.
#[must_use]
pub fn keys(put: &Put, answer: &Answer, yes: char, no: char) -> String {
    let named = |choices: &[Choice], place: usize| {
        choices
            .iter()
            .position(|choice| choice.place == place)
            .map_or('?', letter)
    };
    match (&put.asked, answer) {
        (Asked::One(choices), Answer::Choice(place)) => named(choices, *place).to_string(),
        (Asked::Several(choices), Answer::Choices(places)) => {
            let mut all: Vec<char> = places.iter().map(|place| named(choices, *place)).collect();
            all.sort_unstable();
            all.into_iter().collect()
        }
        (Asked::Truth, Answer::Truth(true)) => yes.to_string(),
        (Asked::Truth, Answer::Truth(false)) => no.to_string(),
        (Asked::Words | Asked::Number, Answer::Typed(text)) => text.clone(),
        (Asked::Pairs { left, right }, Answer::Pairs(chosen)) => left
            .iter()
            .map(|side| {
                chosen
                    .get(side.place)
                    .copied()
                    .flatten()
                    .map_or('-', |place| named(right, place))
            })
            .collect(),
        _ => String::new(),
    }
}
