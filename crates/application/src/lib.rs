//! Use cases, one function each: authorise, open a transaction, ask the domain's rule, store, write the letters and the event, commit.
//!
//! Each takes the [`App`], the [`access::Actor`] who asks, and a command; it answers what was decided or an [`Error`] whose sentence the edge writes.

pub mod access;
pub mod agenda;
pub mod api;
mod app;
pub mod assessment;
pub mod attendance;
pub mod badge;
pub mod bag;
pub mod certificate;
pub mod content;
pub mod debrief;
pub mod enrolment;
pub mod environment;
mod error;
pub mod exchange;
pub mod funding;
pub mod history;
mod input;
pub mod mail;
mod means;
pub mod pathway;
pub mod people;
pub mod plan;
pub mod preparation;
pub mod programme;
pub mod questionnaire;
pub mod quiz;
pub mod referent;
pub mod satisfaction;
pub mod session;
pub mod showcase;
pub mod site;
pub mod territory;
pub mod trainer;
pub mod wish;

pub use app::{App, Config};
pub use error::{Error, FieldError, Refused};

/// What every use case answers.
pub type Result<T> = std::result::Result<T, Error>;
