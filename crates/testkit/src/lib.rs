//! What tests need around the code that they test. A dev-dependency only.
//!
//! - [`both_engines`]: one test, run on SQLite and on PostgreSQL, each time on a fresh database.
//! - [`MailSink`]: an SMTP server that keeps what it is sent.

#![expect(clippy::expect_used, reason = "a test that cannot be set up fails")]

mod engines;
mod mail;

pub use engines::{TestDatabase, both_engines};
pub use mail::{MailSink, Received};
