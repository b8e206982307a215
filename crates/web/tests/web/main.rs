//! Pages from outside: what people see and send, through the whole router.

mod access;
mod api;
mod attendance;
mod people;
mod programme;
mod public;
mod questionnaire;
mod session;
mod space;
