//! Quizzes: the trainers' and the desk's pages, and those on which participants answer.

mod entry;
mod import;
mod list;
mod page;
mod question;
mod results;
#[cfg(test)]
mod samples;
mod settings;
mod take;
mod view;
mod words;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use crate::State;
use crate::shell::upload;

#[cfg(test)]
pub(crate) use samples::samples;
pub(crate) use words::share;

/// The list of quizzes.
const LIST: &str = "/bureau/quiz";

/// The addresses of this area.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        .merge(desk())
        .route("/formateur/seances/{id}/quiz", get(results::of_session))
        .route(
            "/formateur/seances/{id}/quiz/{quiz}/saisie/{person}",
            get(entry::show).post(entry::save),
        )
        .route(
            "/mon-espace/seances/{session}/quiz/{quiz}",
            get(take::own).post(take::hand_in_own),
        )
        .route(
            "/quiz/{session}/{person}",
            get(take::keyed).post(take::hand_in_keyed),
        )
}

fn desk() -> Router<State> {
    let large = || DefaultBodyLimit::max(upload::LIMIT);
    Router::new()
        .route(LIST, get(list::list))
        .route("/bureau/quiz/resultats", get(list::results))
        .route(
            "/bureau/quiz/nouveau",
            get(import::new).post(import::create).layer(large()),
        )
        .route("/bureau/quiz/{id}", get(page::show))
        .route(
            "/bureau/quiz/{id}/importer",
            get(import::again).post(import::replace).layer(large()),
        )
        .route(
            "/bureau/quiz/{id}/modifier",
            get(settings::edit).post(settings::save),
        )
        .route("/bureau/quiz/{id}/etat", post(settings::set_stage))
        .route(
            "/bureau/quiz/{id}/copier",
            get(settings::ask_copy).post(settings::copy),
        )
        .route(
            "/bureau/quiz/{id}/apercu",
            get(take::preview).post(take::try_out),
        )
        .route("/bureau/quiz/{id}/export.gift", get(page::export))
        .route("/bureau/quiz/{id}/papier.pdf", get(page::paper))
        .route("/bureau/quiz/{id}/resultats", get(results::of_quiz))
        .route(
            "/bureau/quiz/{id}/questions/nouvelle",
            get(question::new).post(question::add),
        )
        .route(
            "/bureau/quiz/{id}/questions/{place}",
            get(question::edit).post(question::save),
        )
        .route(
            "/bureau/quiz/{id}/questions/{place}/deplacer",
            post(question::shift),
        )
        .route(
            "/bureau/quiz/{id}/questions/{place}/retirer",
            get(question::ask_remove).post(question::remove),
        )
}
