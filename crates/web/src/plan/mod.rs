//! Planning at the desk: scenarios, their computation, the calendar to adjust them, publication, and repairs after an absence.

mod board;
mod form;
mod list;
mod page;
mod publish;
mod repair;
#[cfg(test)]
pub(crate) mod samples;
mod session;
mod words;

use axum::Router;
use axum::routing::{get, post};

use crate::State;

/// The list of plans.
const LIST: &str = "/bureau/planification";

/// The addresses of this area.
pub(crate) fn routes() -> Router<State> {
    let one = "/bureau/planification/{id}";
    let of = |rest: &str| format!("{one}/{rest}");
    Router::new()
        .route(LIST, get(list::list))
        .route(
            "/bureau/planification/nouveau",
            get(form::new).post(form::create),
        )
        .route(
            "/bureau/planification/remplacement",
            get(repair::new).post(repair::create),
        )
        .route("/bureau/planification/comparer", get(list::compare))
        .route(one, get(page::show))
        .route(&of("avancement"), get(page::progress))
        .route(&of("calculer"), post(page::compute))
        .route(&of("arreter"), post(page::stop))
        .route(&of("actualiser"), post(page::renew))
        .route(&of("supprimer"), get(page::ask_delete).post(page::delete))
        .route(&of("seances"), get(list::sessions))
        .route(&of("personnes"), get(list::people))
        .route(&of("calendrier"), get(board::board))
        .route(&of("essai"), get(board::trial))
        .route(&of("reprendre"), post(board::take_back))
        .route(&of("seances/{key}"), get(session::show))
        .route(&of("seances/{key}/changer"), post(session::change))
        .route(&of("seances/{key}/verrou"), post(session::lock))
        .route(&of("publier"), get(publish::ask).post(publish::publish))
        .route(&of("retirer"), get(publish::ask_undo).post(publish::undo))
        .route(&of("appliquer"), get(repair::ask).post(repair::apply))
}
