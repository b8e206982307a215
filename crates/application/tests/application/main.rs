//! The use cases against real SQLite and real PostgreSQL.

mod access;
mod attendance;
mod certificate;
mod enrolment;
mod exchange;
mod people;
mod programme;
mod questionnaire;
mod scene;
mod session;
