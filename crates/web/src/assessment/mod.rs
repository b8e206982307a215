//! The level test: taken page by page without script, its result, and what the desk sees of it.

mod desk;
mod items;
mod result;
mod take;
mod words;

use application::assessment::Invitation;
use axum::Router;
use axum::routing::{get, post};
use serde::{Deserialize, Serialize};

use crate::State;

/// The addresses of this area.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        .route(
            "/mon-espace/test",
            get(take::own_welcome).post(take::own_begin),
        )
        .route(
            "/questionnaire/{id}/test",
            get(take::welcome).post(take::begin),
        )
        .route("/test/{id}", get(take::show).post(take::reply))
        .route("/test/{id}/pause", get(take::pause).post(take::send_link))
        .route("/test/{id}/fin", post(take::stop))
        .route("/test/{id}/image/{place}", get(take::picture))
        .route("/test/{id}/resultat", get(result::show))
        .route("/test/{id}/parcours", post(result::apply))
        .route("/bureau/personnes/{id}/test", post(take::begin_for))
        .route("/bureau/tests", get(desk::list))
        .route("/bureau/tests/bilan", get(desk::summary))
        .route("/bureau/tests/questions", get(items::list))
        .route("/bureau/tests/questions/{slug}", get(items::page))
        .route("/bureau/tests/questions/{slug}/image", get(items::picture))
}

/// The key of a run's or a response's links, in every address of it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Key {
    cle: String,
}

/// What pages about the path say of the level test.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Proposal {
    /// `new`, `open`, `done` or `declined`.
    pub(crate) stage: &'static str,
    /// Whether it is about where somebody has got to, rather than where they start from.
    pub(crate) after: bool,
    /// Where it leads.
    pub(crate) href: String,
    /// A result from the start, to compare with.
    pub(crate) before: Option<String>,
    /// Whether a result counts for the path.
    pub(crate) applied: bool,
}

impl Proposal {
    /// An invitation as pages show it; `welcome` is where one may begin.
    pub(crate) fn of(invitation: Invitation, welcome: String) -> Self {
        Self {
            stage: invitation.stage,
            after: !invitation.occasion.is_start(),
            href: invitation.link.unwrap_or(welcome),
            before: invitation.before,
            applied: invitation.applied,
        }
    }
}

#[cfg(test)]
pub(crate) mod samples;

pub(crate) use desk::{TestLine, of_person};
