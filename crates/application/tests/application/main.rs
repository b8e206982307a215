//! The use cases against real SQLite and real PostgreSQL.

mod attendance;
mod certificate;
mod access;
mod people;
mod programme;
mod questionnaire;
mod scene;
