//! The program from outside: started, killed, backed up and restored as on a real machine.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::too_many_lines,
    reason = "a test stops at the first surprise, and a story is told in one go"
)]

mod assessment;
mod backup;
mod calls;
mod crash;
mod demo;
mod hostile;
mod plan;
mod season;
mod secrets;
mod server;
