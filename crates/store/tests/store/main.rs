//! The store against real SQLite and real PostgreSQL.

mod schema;
mod statements;
mod transfer;
