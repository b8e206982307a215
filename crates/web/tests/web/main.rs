//! Pages from outside: what people see and send, through the whole router.

mod access;
mod api;
mod attendance;
mod programme;
mod questionnaire;
mod session;
