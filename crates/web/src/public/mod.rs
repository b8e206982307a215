//! The public pages: home, agenda with its feeds, sessions with registration, workshops, sites, seasons, and the plain words that the law
//! asks for. Whoever is not signed in gets them from [`cache`].

mod agenda;
mod cache;
mod feeds;
mod home;
mod markup;
mod modules;
mod notices;
mod registration;
mod season;
mod session;
mod sites;
mod view;

use axum::Router;
use axum::routing::get;

use crate::State;

use cache::Public;
pub use cache::PublicCache;
pub(crate) use view::Card;
#[cfg(test)]
pub(crate) use view::samples::card as sample_card;

pub(crate) fn routes() -> Router<State> {
    Router::new()
        .route("/", get(home::home))
        .route("/agenda", get(agenda::list))
        .route("/agenda.ics", get(feeds::calendar))
        .route("/agenda.atom", get(feeds::atom))
        .route("/seances/{id}", get(session::show))
        .route(
            "/seances/{id}/inscription",
            get(registration::form).post(registration::send),
        )
        .route(
            "/seances/{id}/inscription/reponse",
            get(registration::answer),
        )
        .route("/ateliers", get(modules::list))
        .route("/ateliers/{slug}", get(modules::show))
        .route("/lieux", get(sites::list))
        .route("/lieux/{slug}", get(sites::show))
        .route("/saison", get(season::current))
        .route("/saison/{slug}", get(season::show))
        .route("/communes/suggestions", get(home::suggestions))
        .route("/accessibilite", get(notices::accessibility))
        .route("/donnees-personnelles", get(notices::privacy))
        .route("/mentions", get(notices::legal))
        .route("/robots.txt", get(notices::robots))
        .route("/sitemap.xml", get(notices::sitemap))
}

/// Samples of all public pages.
#[cfg(test)]
pub(crate) fn samples() -> Vec<crate::shell::sample::Sample> {
    [
        home::samples(),
        agenda::samples(),
        session::samples(),
        registration::samples(),
        modules::samples(),
        sites::samples(),
        season::samples(),
        notices::samples(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
