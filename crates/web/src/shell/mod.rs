//! What every page stands on: templates, language, forms, security, errors.

pub mod account;
pub mod assets;
pub mod client;
pub mod ctx;
pub mod error;
pub mod flash;
pub mod form;
pub mod frame;
#[cfg(test)]
mod gallery;
mod language;
mod layers;
mod navigation;
pub mod query;
#[cfg(test)]
pub(crate) mod sample;
pub mod templates;
#[cfg(test)]
mod tests;
pub mod upload;
mod visit;

use axum::Router;
use axum::routing::get;

pub use client::Client;
pub use ctx::Ctx;
pub use error::WebError;
pub use flash::Flash;
pub use form::{FieldErrors, Form};
pub use frame::Page;
pub use query::Query;
pub use upload::Upload;

use crate::State;

pub(crate) use layers::wrap;

/// What a handler answers.
pub type Answer = Result<axum::response::Response, WebError>;

/// The shell's own address: whether the server is alive.
pub(crate) fn routes() -> Router<State> {
    Router::new().route("/sante", get(async || "ok"))
}
