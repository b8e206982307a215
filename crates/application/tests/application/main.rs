//! The use cases against real SQLite and real PostgreSQL.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::too_many_lines,
    reason = "a test stops at the first surprise, and a story is told in one go"
)]

mod access;
mod assessment;
mod attendance;
mod attendance_offline;
mod badge;
mod bag;
mod certificate;
mod debrief;
mod enrolment;
mod exchange;
mod funding;
mod people;
mod plan;
mod programme;
mod questionnaire;
mod quiz;
mod scene;
mod session;
