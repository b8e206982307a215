//! What is wrong with questions and answers, in sentences.

use application::quiz::Why;
use domain::assessment::gift::Reason;
use domain::quiz::{LONGEST_TEXT, MOST_CHOICES, Unreadable};

use crate::shell::Ctx;

/// Why a question cannot be taken.
pub(super) fn why(ctx: &Ctx, why: &Why) -> String {
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    match why {
        Why::TooManyChoices => ctx.text_with(
            "quiz-fault-too-many",
            &[("most", count(MOST_CHOICES).into())],
        ),
        Why::TooLong => ctx.text_with(
            "quiz-fault-too-long",
            &[("most", count(LONGEST_TEXT).into())],
        ),
        Why::Gift(reason) => gift(ctx, reason),
    }
}

fn gift(ctx: &Ctx, reason: &Reason) -> String {
    let of = |key: &str, text: &str| ctx.text_with(key, &[("text", text.into())]);
    match reason {
        Reason::Essay => ctx.text("quiz-fault-essay"),
        Reason::NoClosingBrace => ctx.text("quiz-fault-no-closing-brace"),
        Reason::NoOpeningBrace => ctx.text("quiz-fault-no-opening-brace"),
        Reason::TwoGroups => ctx.text("quiz-fault-two-groups"),
        Reason::EndlessTitle => ctx.text("quiz-fault-endless-title"),
        Reason::AnswerWithoutSign => ctx.text("quiz-fault-answer-without-sign"),
        Reason::EmptyAnswer => ctx.text("quiz-fault-empty-answer"),
        Reason::TooFewChoices => ctx.text("quiz-fault-too-few-choices"),
        Reason::NoRightAnswer => ctx.text("quiz-fault-no-right-answer"),
        Reason::NothingIsWorthAll => ctx.text("quiz-fault-nothing-worth-all"),
        Reason::WeightsDoNotAddUp(sum) => of("quiz-fault-weights", sum),
        Reason::BadWeight(text) => of("quiz-fault-bad-weight", text),
        Reason::BadNumber(text) => of("quiz-fault-bad-number", text),
        Reason::RangeUpsideDown => ctx.text("quiz-fault-range"),
        Reason::WrongNumber => ctx.text("quiz-fault-wrong-number"),
        Reason::PairWithoutArrow => ctx.text("quiz-fault-pair-without-arrow"),
        Reason::TooFewPairs => ctx.text("quiz-fault-too-few-pairs"),
        Reason::NoText => ctx.text("quiz-fault-no-text"),
    }
}

/// What is wrong with an answer.
pub(super) fn unreadable(ctx: &Ctx, wrong: Unreadable) -> String {
    ctx.text(match wrong {
        Unreadable::Missing => "quiz-answer-missing",
        Unreadable::NotANumber => "quiz-answer-not-a-number",
        Unreadable::NotAnAnswer => "quiz-answer-not-an-answer",
        Unreadable::NotOffered => "quiz-answer-not-offered",
        Unreadable::OtherCount => "quiz-answer-other-count",
    })
}

/// What a kind of question is called.
pub(super) fn kind(ctx: &Ctx, kind: &str) -> String {
    ctx.text(match kind {
        "single" => "quiz-kind-single",
        "multiple" => "quiz-kind-multiple",
        "truth" => "quiz-kind-truth",
        "words" => "quiz-kind-words",
        "number" => "quiz-kind-number",
        "matching" => "quiz-kind-matching",
        _ => "quiz-kind-description",
    })
}

/// The tone and the word of a stage.
pub(super) fn stage(ctx: &Ctx, stage: &str) -> (&'static str, String) {
    match stage {
        "open" => ("ok", ctx.text("quiz-stage-open")),
        "archived" => ("full", ctx.text("quiz-stage-archived")),
        _ => ("wait", ctx.text("quiz-stage-draft")),
    }
}

/// Thousandths as “83 %”.
pub(crate) fn share(ctx: &Ctx, permille: i64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "from 0 to 1000")]
    documents::formats::percent(ctx.language(), permille as f64 / 1000.0)
}
