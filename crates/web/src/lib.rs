//! The web of Essor: routes, forms, pages, feeds and the API.
//!
//! Every area is a module of its own with `pub(crate) fn routes() -> Router<State>`, its page
//! structs, and its templates under `templates/<area>/`. What all of them stand on is in [`shell`].

mod access;
mod api;
mod assessment;
mod attendance;
mod badge;
mod bag;
mod certificate;
mod debrief;
mod enrolment;
mod exchange;
mod funding;
mod history;
pub mod listing;
mod mailbox;
mod pathway;
mod people;
mod plan;
mod preparation;
mod programme;
mod public;
mod questionnaire;
mod quiz;
mod referent;
mod satisfaction;
mod session;
pub mod shell;
mod site;
mod space;
mod state;
mod territory;
mod trainer;
mod wish;

#[cfg(test)]
mod samples;

use std::net::SocketAddr;

use axum::Router;
use tokio::net::TcpListener;

pub use public::PublicCache;
pub use state::{Settings, State};

/// Everything that Essor answers over HTTP, ready to be served.
pub fn router(state: State) -> Router {
    let areas = Router::new()
        .merge(api::routes())
        .merge(access::routes())
        .merge(assessment::routes())
        .merge(attendance::routes())
        .merge(bag::routes())
        .merge(certificate::routes())
        .merge(badge::routes())
        .merge(funding::routes())
        .merge(shell::routes())
        .merge(site::routes())
        .merge(trainer::routes())
        .merge(referent::routes())
        .merge(territory::routes())
        .merge(programme::routes())
        .merge(people::routes())
        .merge(plan::routes())
        .merge(preparation::routes())
        .merge(quiz::routes())
        .merge(exchange::routes())
        .merge(public::routes())
        .merge(history::routes())
        .merge(questionnaire::routes())
        .merge(pathway::routes())
        .merge(wish::routes())
        .merge(debrief::routes())
        .merge(satisfaction::routes())
        .merge(session::routes())
        .merge(enrolment::routes())
        .merge(mailbox::routes())
        .merge(space::routes());
    shell::wrap(areas, state)
}

/// Answers on `listener` until `stop` is done; requests under way are finished first.
///
/// # Errors
/// What the listener says.
pub async fn serve(
    listener: TcpListener,
    state: State,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let service = router(state).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service)
        .with_graceful_shutdown(stop)
        .await
}
