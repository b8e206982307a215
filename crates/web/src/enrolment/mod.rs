//! Registration: what the desk does to seats, and the one-click pages behind links in letters.

mod desk;
mod key;
#[cfg(test)]
pub(crate) mod samples;

use axum::Router;
use axum::routing::{get, post};

use crate::State;

/// The addresses of this area.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        .route(
            "/bureau/seances/{id}/inscrire",
            get(desk::ask_register).post(desk::register_new),
        )
        .route(
            "/bureau/seances/{id}/inscrire/connue",
            post(desk::register_known),
        )
        .route("/bureau/seances/{id}/placer", post(desk::place))
        .route("/bureau/seances/{id}/inviter", post(desk::invite))
        .route(
            "/bureau/inscriptions/{id}/retirer",
            get(desk::ask_withdraw).post(desk::withdraw),
        )
        .route("/bureau/inscriptions/{id}/accepter", post(desk::accept))
        .route("/bureau/inscriptions/{id}/refuser", post(desk::decline))
        .route(
            "/bureau/inscriptions/{id}/deplacer",
            get(desk::ask_transfer).post(desk::transfer),
        )
        .route(
            "/inscriptions/{id}/retrait",
            get(key::ask_withdraw).post(key::withdraw),
        )
        .route(
            "/inscriptions/{id}/accepter",
            get(key::ask_accept).post(key::accept),
        )
        .route(
            "/inscriptions/{id}/refuser",
            get(key::ask_decline).post(key::decline),
        )
        .route(
            "/inscriptions/invitation/{session}/{person}",
            get(key::ask_invited).post(key::take_up),
        )
}
