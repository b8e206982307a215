//! The store against real SQLite and real PostgreSQL.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod schema;
mod statements;
mod transfer;
