//! What tests need around the code that they test. A dev-dependency only.
//!
//! - [`both_engines`]: one test, run on SQLite and on PostgreSQL, each time on a fresh database.
//! - [`TestApp`]: a whole installation with a clock that stands still; [`app_on_both_engines`] runs a test on two.
//! - [`Visitor`]: someone with a browser without scripts, who opens pages and fills in forms.
//! - [`MailSink`]: an SMTP server that keeps what it is sent.

#![expect(clippy::expect_used, reason = "a test that cannot be set up fails")]

mod app;
mod engines;
mod mail;
mod visitor;

pub use app::{TestApp, app_on_both_engines, staff};
pub use engines::{TestDatabase, both_engines};
pub use mail::{MailSink, Received};
pub use visitor::{Form, Page, Visitor};
