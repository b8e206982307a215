//! Questions as pages show them: to be answered, and answered.

use std::collections::BTreeMap;

use application::quiz::{Sheet, Told, in_words};
use domain::assessment::gift::Question;
use domain::quiz::{Asked, Put, Said, letter, put};
use serde::Serialize;

use crate::listing::Choice;
use crate::shell::{Ctx, FieldErrors};

/// A left side of a pair, with what was chosen for it.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Side {
    pub(super) name: String,
    pub(super) label: String,
    pub(super) value: String,
}

/// A question with what was typed in it.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct QuestionView {
    /// The name of its field.
    pub(super) name: String,
    /// `single`, `multiple`, `truth`, `words`, `number`, `matching` or `description`.
    pub(super) kind: &'static str,
    /// What is asked, with its number.
    pub(super) label: String,
    pub(super) options: Vec<Choice>,
    pub(super) sides: Vec<Side>,
    pub(super) value: String,
    pub(super) chosen: Vec<String>,
}

/// The questions of a quiz, with what was sent.
pub(super) fn questions(
    ctx: &Ctx,
    quiz: &str,
    questions: &[Question],
    sent: &BTreeMap<String, Vec<String>>,
) -> Vec<QuestionView> {
    put(quiz, questions)
        .iter()
        .map(|put| question(ctx, put, sent))
        .collect()
}

fn question(ctx: &Ctx, put: &Put, sent: &BTreeMap<String, Vec<String>>) -> QuestionView {
    let name = format!("q{}", put.place);
    let values = |name: &str| sent.get(name).cloned().unwrap_or_default();
    let first = |name: &str| values(name).into_iter().next().unwrap_or_default();
    let choices = |choices: &[domain::quiz::Choice]| {
        choices
            .iter()
            .map(|choice| Choice::new(choice.place.to_string(), choice.text.clone()))
            .collect()
    };
    let mut view = QuestionView {
        label: label(put),
        value: first(&name),
        chosen: values(&name),
        ..QuestionView::default()
    };
    match &put.asked {
        Asked::One(all) => {
            view.kind = "single";
            view.options = choices(all);
        }
        Asked::Several(all) => {
            view.kind = "multiple";
            view.options = choices(all);
        }
        Asked::Truth => {
            view.kind = "truth";
            view.options = vec![
                Choice::new("true", ctx.text("document-quiz-true")),
                Choice::new("false", ctx.text("document-quiz-false")),
            ];
        }
        Asked::Words => view.kind = "words",
        Asked::Number => view.kind = "number",
        Asked::Pairs { left, right } => {
            view.kind = "matching";
            view.options = choices(right);
            view.sides = left
                .iter()
                .map(|side| {
                    let name = format!("q{}-{}", put.place, side.place);
                    Side {
                        label: side.text.clone(),
                        value: first(&name),
                        name,
                    }
                })
                .collect();
        }
        Asked::Nothing => view.kind = "description",
    }
    view.name = name;
    view
}

/// “3. What is asked …… to the end”.
pub(super) fn label(put: &Put) -> String {
    let text = if put.after.is_empty() {
        put.text.clone()
    } else {
        format!("{} …… {}", put.text, put.after)
    };
    match put.number {
        Some(number) => format!("{number}. {text}"),
        None => text,
    }
}

/// A question that was answered.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct ToldView {
    pub(super) label: String,
    /// Whether something was asked.
    pub(super) asked: bool,
    /// `ok`, `wait` (in part) or `bad`.
    pub(super) tone: &'static str,
    pub(super) said: Option<String>,
    pub(super) pairs: Vec<PairView>,
    /// What would have been right, unless it was.
    pub(super) right: Option<String>,
    pub(super) feedback: Vec<String>,
}

/// A pair as it was put together.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct PairView {
    pub(super) left: String,
    pub(super) said: Option<String>,
    pub(super) right: String,
    pub(super) well: bool,
}

/// A sheet with its correction.
pub(super) fn told(ctx: &Ctx, sheet: &Sheet) -> Vec<ToldView> {
    sheet.told.iter().map(|told| one(ctx, told)).collect()
}

fn one(ctx: &Ctx, told: &Told) -> ToldView {
    let language = ctx.language();
    let words = |said: &Said| in_words(said, language);
    let mut view = ToldView {
        label: label(&told.put),
        asked: told.right.is_some(),
        tone: match told {
            told if told.is_right => "ok",
            told if told.worth > 0.0 => "wait",
            _ => "bad",
        },
        feedback: told.feedback.clone(),
        ..ToldView::default()
    };
    if let Some(Said::Pairs(right)) = &told.right {
        let said = match &told.said {
            Some(Said::Pairs(said)) => said.as_slice(),
            _ => &[],
        };
        view.pairs = right
            .iter()
            .enumerate()
            .map(|(place, (left, right))| {
                let said = said.get(place).and_then(|(_, said)| said.clone());
                PairView {
                    left: left.clone(),
                    well: said.is_some() && said == *right,
                    said,
                    right: right.clone().unwrap_or_default(),
                }
            })
            .collect();
    } else {
        view.said = told.said.as_ref().map(words);
        view.right = told.right.as_ref().filter(|_| !told.is_right).map(words);
    }
    view
}

/// A question as its maker sees it: with letters and what is right.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct MadeView {
    pub(super) place: usize,
    pub(super) label: String,
    pub(super) kind: String,
    /// Letter, text, and whether it is right.
    pub(super) choices: Vec<MadeChoice>,
    /// What is right, where there is nothing to choose.
    pub(super) right: Option<String>,
    pub(super) feedback: Option<String>,
}

/// An answer as its maker sees it.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct MadeChoice {
    pub(super) letter: String,
    pub(super) text: String,
    pub(super) right: bool,
}

/// The questions as their maker sees them.
pub(super) fn made(ctx: &Ctx, quiz: &str, questions: &[Question]) -> Vec<MadeView> {
    put(quiz, questions)
        .into_iter()
        .zip(questions)
        .map(|(put, question)| {
            let right = domain::quiz::right(question);
            let mut view = MadeView {
                place: put.place,
                label: label(&put),
                kind: super::words::kind(ctx, &domain::quiz::Draft::of(question).kind),
                feedback: question.feedback.as_ref().map(domain::quiz::shown),
                ..MadeView::default()
            };
            match (&put.asked, &right) {
                (Asked::One(choices) | Asked::Several(choices), Some(Said::Texts(texts))) => {
                    view.choices = choices
                        .iter()
                        .enumerate()
                        .map(|(index, choice)| MadeChoice {
                            letter: letter(index).to_string(),
                            text: choice.text.clone(),
                            right: texts.contains(&choice.text),
                        })
                        .collect();
                }
                _ => {
                    view.right = right.as_ref().map(|right| in_words(right, ctx.language()));
                }
            }
            view
        })
        .collect()
}

/// What is wrong with each question, by name of field.
pub(super) fn errors(ctx: &Ctx, wrong: &[(usize, domain::quiz::Unreadable)]) -> FieldErrors {
    let mut errors = FieldErrors::default();
    for (place, unreadable) in wrong {
        errors.add(
            format!("q{place}"),
            super::words::unreadable(ctx, *unreadable),
        );
    }
    errors
}
