//! Questions and what is wrong with their answers, in the reader's words.

use documents::formats;
use documents::texts::Arg;
use domain::questionnaire::{
    AnswerError, Availability, DAYS, Question, QuestionKind, Slot, day_code,
};

use crate::listing::Choice;
use crate::shell::Ctx;
use crate::shell::form::sentence;

/// What a macro of `components.html` needs to ask a question.
pub(super) fn kind(question: &Question) -> &'static str {
    match question.kind {
        QuestionKind::Single | QuestionKind::Scale => "radios",
        QuestionKind::Multiple => "checkboxes",
        QuestionKind::Grid => "grid",
        QuestionKind::Text => "text",
        QuestionKind::Commune => "commune",
        QuestionKind::Number => "number",
    }
}

/// The options of a question.
pub(super) fn options(ctx: &Ctx, question: &Question) -> Vec<Choice> {
    question
        .options
        .iter()
        .map(|option| Choice::new(&option.value, option.label.get(ctx.language())))
        .collect()
}

/// The days of the week grid.
pub(super) fn days(ctx: &Ctx) -> Vec<Choice> {
    DAYS.into_iter()
        .filter(|day| {
            Slot::ALL
                .into_iter()
                .any(|slot| Availability::OFFERED.covers(*day, slot))
        })
        .map(|day| Choice::new(day_code(day), formats::weekday(ctx.language(), day)))
        .collect()
}

/// The parts of a day.
pub(super) fn moments(ctx: &Ctx) -> Vec<Choice> {
    vec![
        Choice::new("morning", ctx.text("questionnaire-morning")),
        Choice::new("afternoon", ctx.text("questionnaire-afternoon")),
        Choice::new("evening", ctx.text("questionnaire-evening")),
    ]
}

/// Cells of the grid that are not offered.
pub(super) fn absent() -> Vec<String> {
    Availability::ALWAYS
        .cells()
        .filter(|cell| !Availability::OFFERED.has(*cell))
        .map(|cell| cell.to_string())
        .collect()
}

/// What is wrong with an answer, and what to do.
pub(crate) fn wrong(ctx: &Ctx, question: &Question, error: &AnswerError) -> String {
    match error {
        AnswerError::Required => ctx.text("questionnaire-wrong-required"),
        AnswerError::UnknownOption { .. } => ctx.text("questionnaire-wrong-option"),
        AnswerError::OnlyOne => ctx.text("questionnaire-wrong-only-one"),
        AnswerError::TooMany { most, .. } => ctx.text_with(
            "questionnaire-wrong-too-many",
            &[("most", Arg::Integer(i64::from(*most)))],
        ),
        AnswerError::NotWithOthers { value } => {
            let label = question
                .option(value)
                .map_or(value.as_str(), |option| option.label.get(ctx.language()));
            ctx.text_with("questionnaire-wrong-alone", &[("option", Arg::from(label))])
        }
        AnswerError::Input(error) => sentence(error, ctx.language()),
        AnswerError::UnknownCommune { entry } => ctx.text_with(
            "questionnaire-wrong-commune",
            &[("entry", Arg::from(entry.as_str()))],
        ),
        AnswerError::SeveralCommunes { entry, .. } => ctx.text_with(
            "questionnaire-several-communes",
            &[("entry", Arg::from(entry.as_str()))],
        ),
    }
}
