//! The talk at the end of a path, the page one takes home, and what was missing.

mod list;
mod missing;
mod own;
mod proposal;
#[cfg(test)]
pub(crate) mod samples;
mod subject;
mod talk;

use application::debrief::Home;
use axum::Router;
use axum::routing::{get, post};
use documents::pdf::{HomeModule, HomeSheet};
use domain::debrief::{Due, Use, Wanted};
use domain::language::Language;
use jiff::Timestamp;

use crate::State;
use crate::shell::{Ctx, WebError};

pub(crate) use own::has_own;

/// The talks.
const LIST: &str = "/bureau/bilans";
/// What was missing.
const MISSING: &str = "/bureau/manques";
/// What is proposed for it.
const PROPOSALS: &str = "/bureau/propositions";

/// The addresses of this area.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        .route("/bureau/bilans", get(list::list))
        .route(
            "/bureau/bilans/{season}/{person}",
            get(talk::show).post(talk::save),
        )
        .route(
            "/bureau/bilans/{season}/{person}/bilan.pdf",
            get(talk::print),
        )
        .route("/bureau/bilans/{season}/{person}/envoyer", post(talk::send))
        .route("/bureau/manques", get(missing::list))
        .route(
            "/bureau/manques/regrouper",
            get(missing::grouping).post(missing::group),
        )
        .route("/bureau/manques/sujets/{id}", get(subject::show))
        .route(
            "/bureau/manques/sujets/{id}/sortir/{source}",
            post(subject::take_out),
        )
        .route(
            "/bureau/manques/sujets/{id}/reunir",
            get(subject::ask_merge).post(subject::merge),
        )
        .route(
            "/bureau/manques/sujets/{id}/separer/{part}",
            post(subject::split),
        )
        .route("/bureau/manques/{topic}", get(missing::show))
        .route("/bureau/manques/{topic}/proposer", post(missing::propose))
        .route("/bureau/propositions", get(proposal::list))
        .route("/bureau/propositions/{id}", get(proposal::show))
        .route(
            "/bureau/propositions/{id}/decider",
            get(proposal::form).post(proposal::decide),
        )
        .route("/bureau/propositions/{id}/reporter", post(proposal::report))
        .route(
            "/bureau/propositions/{id}/annoncer",
            get(proposal::preview).post(proposal::tell),
        )
        .route("/mon-espace/bilan", get(own::show))
        .route("/mon-espace/bilan.pdf", get(own::print))
}

/// The title of a module in the reader's language.
fn title(ctx: &Ctx, slug: &str) -> String {
    application::debrief::module_title(slug, ctx.language())
}

fn due_word(ctx: &Ctx, due: Option<Due>) -> String {
    match due {
        Some(Due::PathComplete) => ctx.text("debrief-due-complete"),
        Some(Due::SeasonOver) => ctx.text("debrief-due-over"),
        Some(Due::LastSessionPast) => ctx.text("debrief-due-past"),
        None => ctx.text("debrief-due-none"),
    }
}

fn stage(ctx: &Ctx, stage: Option<&str>) -> (&'static str, String) {
    match stage {
        Some("finished") => ("ok", ctx.text("debrief-stage-finished")),
        Some(_) => ("info", ctx.text("debrief-stage-draft")),
        None => ("wait", ctx.text("debrief-stage-due")),
    }
}

/// What is used of a module, in words.
fn use_word(language: Language, how: Use) -> String {
    let texts = documents::texts::Texts::embedded();
    match how {
        Use::Weekly => texts.get(language, "debrief-use-weekly"),
        Use::Sometimes => texts.get(language, "debrief-use-sometimes"),
        Use::NotYet => texts.get(language, "debrief-use-not-yet"),
        Use::GaveUp => texts.get(language, "debrief-use-gave-up"),
    }
}

/// A day of the programme, as `2026-02-03`.
fn day(ctx: &Ctx, at: i64) -> String {
    Timestamp::from_millisecond(at).map_or_else(
        |_| String::new(),
        |at| ctx.zone().to_datetime(at).date().to_string(),
    )
}

/// What is taken home, on paper, in the language of the person.
fn sheet(home: &Home, language: Language, base: &str) -> HomeSheet {
    let module_title = |slug: &str| application::debrief::module_title(slug, language);
    HomeSheet {
        language,
        programme: home.programme.clone(),
        season: home.season.clone(),
        person: home.person.clone(),
        sessions: home.sessions,
        minutes: home.minutes,
        modules: home
            .modules
            .iter()
            .map(|used| HomeModule {
                title: module_title(&used.module),
                days: used.days.clone(),
                used: used
                    .how
                    .map_or_else(String::new, |how| use_word(language, how)),
            })
            .collect(),
        next: home.next.clone(),
        missing: missing_words(&home.missing, language),
        contact: home.contact.clone(),
        link: Some(format!("{base}/mon-espace")),
        made: home.made,
    }
}

fn missing_words(missing: &[Wanted], language: Language) -> Vec<String> {
    missing
        .iter()
        .map(|wanted| match wanted {
            Wanted::Module(slug) => application::debrief::module_title(slug, language),
            Wanted::Words(words) => words.clone(),
        })
        .collect()
}

async fn printed(home: &Home, language: Language, base: &str) -> Result<Vec<u8>, WebError> {
    let sheet = sheet(home, language, base);
    tokio::task::spawn_blocking(move || sheet.pdf())
        .await
        .map_err(WebError::internal)?
        .map_err(WebError::internal)
}
