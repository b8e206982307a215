//! The use cases against real SQLite and real PostgreSQL.

mod people;
mod programme;
mod scene;
