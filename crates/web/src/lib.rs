//! The web of Essor: routes, forms, pages, feeds and the API.
//!
//! Every area is a module of its own with `pub(crate) fn routes() -> Router<State>`, its page
//! structs, and its templates under `templates/<area>/`. What all of them stand on is in [`shell`].

mod api;
pub mod shell;
mod state;

#[cfg(test)]
mod samples;

use axum::Router;
use tokio::net::TcpListener;

pub use state::{Names, Settings, State};

/// Everything that Essor answers over HTTP, ready to be served.
pub fn router(state: State) -> Router {
    let areas = Router::new().merge(shell::routes()).merge(api::routes());
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
    axum::serve(listener, router(state))
        .with_graceful_shutdown(stop)
        .await
}
