//! Pages from outside: what people see and send, through the whole router.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::too_many_lines,
    reason = "a test stops at the first surprise, and a story is told in one go"
)]

mod access;
mod api;
mod assessment;
mod attendance;
mod badge;
mod debrief;
mod people;
mod plan;
mod programme;
mod public;
mod questionnaire;
mod quiz;
mod session;
mod space;
