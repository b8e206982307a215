//! Sessions at the desk: what to do today, list, calendar, one session, forms with a preview, dashboard.

mod calendar;
mod dashboard;
mod deed;
mod form;
mod list;
mod no_season;
mod page;
#[cfg(test)]
pub(crate) mod samples;
mod today;
pub(crate) mod view;

use axum::Router;
use axum::routing::{get, post};

use crate::State;
pub(crate) use no_season::or_no_season;

/// The addresses of this area.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        .route("/bureau", get(today::today))
        .route("/bureau/appels/{id}/fait", post(today::called))
        .route("/bureau/seances", get(list::list))
        .route("/bureau/calendrier", get(calendar::calendar))
        .route(
            "/bureau/seances/nouvelle",
            get(form::new).post(form::create),
        )
        .route("/bureau/seances/{id}", get(page::show))
        .route(
            "/bureau/seances/{id}/modifier",
            get(form::edit).post(form::save),
        )
        .route(
            "/bureau/seances/{id}/repeter",
            get(deed::ask_repeat).post(deed::repeat),
        )
        .route(
            "/bureau/seances/{id}/confirmer",
            get(deed::ask_confirm).post(deed::confirm),
        )
        .route(
            "/bureau/seances/{id}/annuler",
            get(deed::ask_cancel).post(deed::cancel),
        )
        .route("/bureau/seances/{id}/tenue", post(deed::hold))
        .route("/bureau/seances/{id}/formateur", post(deed::assign))
        .route("/bureau/saison", get(dashboard::current))
        .route("/bureau/saison/{slug}", get(dashboard::show))
}
