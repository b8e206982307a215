//! The one door to SQLite and PostgreSQL.
//!
//! [`Database`] opens either engine; [`Connection`] reads, [`Transaction`] writes, both with the same portable SQL (see
//! `ARCHITECTURE.md`, "Storage"). Each area has a module of its own with its records and its statements; nothing outside
//! this crate knows SQL.

mod connection;
mod database;
mod dialect;
mod error;
mod value;

pub mod access;
pub mod agenda;
pub mod assessment;
pub mod attendance;
pub mod badge;
pub mod certificate;
pub mod content_version;
pub mod debrief;
pub mod desk;
pub mod enrolment;
pub mod event;
pub mod exchange;
pub mod funding;
pub mod mail;
pub mod missing;
pub mod partner;
pub mod pathway;
pub mod people;
pub mod plan;
pub mod programme;
pub mod quiz;
pub mod referent;
pub mod response;
pub mod room;
pub mod satisfaction;
pub mod session;
pub mod setting;
pub mod site;
pub mod territory;
pub mod trainer;
pub mod transfer;
pub mod wish;

pub use connection::{Connection, Record, Transaction};
pub use database::{Database, Engine};
pub use dialect::Lock;
pub use error::Error;
pub use value::Value;

/// What every function of this crate answers.
pub type Result<T> = std::result::Result<T, Error>;
