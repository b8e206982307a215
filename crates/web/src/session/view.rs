//! How sessions look on all pages of the desk.

use application::content;
use application::people::commune_label;
use application::session::Listed;
use documents::formats;
use domain::language::Language;
use jiff::civil::DateTime;
use serde::Serialize;

use crate::shell::{Ctx, Flash};

/// A session as a line of a list.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Line {
    pub(crate) id: String,
    pub(crate) href: String,
    pub(crate) title: String,
    /// Begin, local, ISO.
    pub(crate) starts: String,
    /// End, local, ISO.
    pub(crate) ends: String,
    pub(crate) place: String,
    pub(crate) room: String,
    pub(crate) trainer: String,
    pub(crate) placed: i64,
    pub(crate) offered: i64,
    pub(crate) waiting: i64,
    pub(crate) capacity: i64,
    pub(crate) free: i64,
    pub(crate) tone: &'static str,
    pub(crate) status: String,
    pub(crate) version: i64,
}

impl Line {
    /// The line of a session, in the visitor's language.
    pub(crate) fn of(ctx: &Ctx, listed: &Listed) -> Self {
        let session = &listed.session;
        let (tone, status) = badge(ctx, listed);
        Self {
            href: format!("/bureau/seances/{}", session.id),
            title: title(&session.module, ctx.language()),
            starts: listed.starts.to_string(),
            ends: listed.ends.to_string(),
            place: format!(
                "{}, {}",
                session.site_name,
                commune_label(&session.commune_code)
            ),
            room: session
                .room_name
                .clone()
                .unwrap_or_else(|| ctx.text("session-no-room")),
            trainer: session
                .trainer_name
                .clone()
                .unwrap_or_else(|| ctx.text("session-no-trainer")),
            placed: session.placed,
            offered: session.offered,
            waiting: session.waiting,
            capacity: session.capacity,
            free: listed.free(),
            tone,
            status,
            version: session.version,
            id: session.id.clone(),
        }
    }
}

/// Many lines.
pub(crate) fn lines(ctx: &Ctx, listed: &[Listed]) -> Vec<Line> {
    listed.iter().map(|one| Line::of(ctx, one)).collect()
}

/// The title of a module.
pub(crate) fn title(module: &str, language: Language) -> String {
    content::catalogue().module(module).map_or_else(
        || module.to_owned(),
        |module| module.title.get(language).to_owned(),
    )
}

/// Where a session stands: shape and words.
pub(crate) fn badge(ctx: &Ctx, listed: &Listed) -> (&'static str, String) {
    let session = &listed.session;
    let missing = session.least - session.placed;
    match session.stage.as_str() {
        "gathering" if missing > 0 => (
            "wait",
            ctx.text_with(
                "session-opens-at",
                &[("least", session.least.into()), ("missing", missing.into())],
            ),
        ),
        "confirmed" if session.placed >= session.capacity => ("full", ctx.text("session-full")),
        "confirmed" => ("ok", ctx.text("session-stage-confirmed")),
        "held" => ("info", ctx.text("session-stage-held")),
        "cancelled" => ("bad", ctx.text("session-stage-cancelled")),
        _ => ("wait", ctx.text("session-stage-gathering")),
    }
}

/// “mardi 3 février 2026, 14 h”.
pub(crate) fn instant(language: Language, at: DateTime) -> String {
    format!(
        "{}, {}",
        formats::date(language, at.date()),
        formats::time(language, at.time())
    )
}

/// What, when and where in one go.
pub(crate) fn in_words(ctx: &Ctx, listed: &Listed) -> String {
    format!(
        "{}, {}, {}",
        title(&listed.session.module, ctx.language()),
        instant(ctx.language(), listed.starts),
        listed.session.site_name
    )
}

/// Back to `to` with what came of it: a rule that says no is a sentence on the page, not an error page.
///
/// # Errors
/// Everything but a refusal.
pub(crate) fn answered(
    ctx: &Ctx,
    outcome: application::Result<Vec<Flash>>,
    to: &str,
) -> crate::shell::Answer {
    let flashes = match outcome {
        Ok(flashes) => flashes,
        Err(application::Error::Refused(refused)) => {
            vec![Flash::bad(crate::shell::error::refusal(
                &refused,
                ctx.language(),
            ))]
        }
        Err(error) => return Err(error.into()),
    };
    Ok(ctx.redirect_with(to, &flashes))
}

/// A field that leads back to the page a button was on.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(crate) struct Back {
    pub(crate) back: String,
}

impl Back {
    /// The page asked for, else `usual`. Only pages of the desk.
    pub(crate) fn or<'a>(&'a self, usual: &'a str) -> &'a str {
        if self.back == "/bureau" || self.back.starts_with("/bureau/") {
            &self.back
        } else {
            usual
        }
    }
}
