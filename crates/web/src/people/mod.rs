//! People and organisations at the desk.

pub(crate) mod download;
mod duplicates;
mod form;
mod list;
mod organisations;
mod page;
mod removal;
#[cfg(test)]
mod samples;
mod separate;
pub(crate) mod shared;
pub(crate) mod story;

use axum::Router;
use axum::routing::{get, post};

use crate::State;

#[cfg(test)]
pub(crate) use samples::samples;

/// The addresses of this area.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        .route("/bureau/personnes", get(list::people))
        .route(
            "/bureau/personnes/nouvelle",
            get(form::new_person).post(form::create_person),
        )
        .route("/bureau/personnes/doublons", get(duplicates::people))
        .route(
            "/bureau/personnes/distinctes",
            post(duplicates::keep_people_apart),
        )
        .route(
            "/bureau/personnes/reunir",
            get(duplicates::preview_people).post(duplicates::merge_people),
        )
        .route("/bureau/personnes/{id}", get(page::person))
        .route(
            "/bureau/personnes/{id}/modifier",
            get(form::edit_person).post(form::save_person),
        )
        .route(
            "/bureau/personnes/{id}/effacer",
            get(removal::ask).post(removal::erase),
        )
        .route("/bureau/personnes/{id}/donnees", get(removal::export))
        .route(
            "/bureau/personnes/{id}/separer",
            get(separate::ask_people).post(separate::separate_people),
        )
        .route("/bureau/organisations", get(organisations::list))
        .route(
            "/bureau/organisations/nouvelle",
            get(organisations::new).post(organisations::create),
        )
        .route(
            "/bureau/organisations/doublons",
            get(duplicates::organisations),
        )
        .route(
            "/bureau/organisations/distinctes",
            post(duplicates::keep_organisations_apart),
        )
        .route(
            "/bureau/organisations/reunir",
            get(duplicates::preview_organisations).post(duplicates::merge_organisations),
        )
        .route("/bureau/organisations/{id}", get(organisations::page))
        .route(
            "/bureau/organisations/{id}/modifier",
            get(organisations::edit).post(organisations::save),
        )
        .route(
            "/bureau/organisations/{id}/separer",
            get(separate::ask_organisations).post(separate::separate_organisations),
        )
}
