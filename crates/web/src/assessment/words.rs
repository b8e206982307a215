//! The words for levels, areas and occasions.

use documents::texts::Arg;
use domain::assessment::adaptive::{Band, Level};
use domain::assessment::run::{Change, Footing};
use jiff::Timestamp;

use crate::shell::Ctx;

/// The band of a level, in the framework's words as we say them: name and meaning.
pub(super) fn band(ctx: &Ctx, band: Band) -> (String, String) {
    let framework = application::content::bank().framework();
    framework.band(band).map_or_else(Default::default, |named| {
        let language = ctx.language();
        (
            named.name.get(language).to_owned(),
            named.means.get(language).to_owned(),
        )
    })
}

/// A level in a few words: `3 sur 8, Intermédiaire`.
pub(super) fn level(ctx: &Ctx, level: Option<Level>) -> String {
    let Some(level) = level else {
        return ctx.text("assessment-level-before");
    };
    let (name, _) = band(ctx, level.band());
    ctx.text_with(
        "assessment-level",
        &[
            ("number", Arg::Integer(i64::from(level.number()))),
            ("band", Arg::from(name.as_str())),
        ],
    )
}

/// How an area stands: a badge's tone and its word.
pub(super) fn footing(ctx: &Ctx, footing: Footing) -> (&'static str, String) {
    match footing {
        Footing::Firm => ("ok", ctx.text("assessment-footing-firm")),
        Footing::Even => ("info", ctx.text("assessment-footing-even")),
        Footing::First => ("wait", ctx.text("assessment-footing-first")),
        Footing::Unseen => ("full", ctx.text("assessment-footing-unseen")),
    }
}

/// What has changed, for the desk.
pub(super) fn change(ctx: &Ctx, change: Change) -> String {
    ctx.text(match change {
        Change::Up => "assessment-change-up",
        Change::Same => "assessment-change-same",
        Change::Down => "assessment-change-down",
    })
}

/// The word for an occasion.
pub(super) fn occasion(ctx: &Ctx, slug: &str) -> String {
    ctx.text(match slug {
        "questionnaire" => "assessment-occasion-questionnaire",
        "before" => "assessment-occasion-before",
        _ => "assessment-occasion-after",
    })
}

/// What became of a run: a badge's tone and its word.
pub(super) fn stage(ctx: &Ctx, stage: &str, conclusive: bool) -> (&'static str, String) {
    match (stage, conclusive) {
        ("done", true) => ("ok", ctx.text("assessment-stage-done")),
        ("done", false) => ("wait", ctx.text("assessment-stage-stopped")),
        ("open", _) => ("info", ctx.text("assessment-stage-open")),
        _ => ("full", ctx.text("assessment-stage-declined")),
    }
}

/// The day of an instant, ISO text.
pub(super) fn day(ctx: &Ctx, at: i64) -> String {
    Timestamp::from_millisecond(at).map_or_else(
        |_| String::new(),
        |at| ctx.zone().to_datetime(at).date().to_string(),
    )
}
