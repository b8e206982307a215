//! Opening a database, and taking connections and transactions from it.

use std::fmt;
use std::num::NonZero;
use std::str::FromStr as _;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{PgPool, SqlitePool};

use crate::connection::{Connection, Inner, Transaction};
use crate::{Error, Result};

/// The two engines that Essor runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// One file beside the program, one writer.
    Sqlite,
    /// A server shared by any number of nodes.
    Postgres,
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        })
    }
}

/// An open database with its migrations applied.
#[derive(Clone)]
pub enum Database {
    /// A single writer with `BEGIN IMMEDIATE`, and read-only connections beside it (WAL): measured faster than several writers.
    Sqlite {
        /// The one connection that writes.
        writer: SqlitePool,
        /// Connections that can only read.
        readers: SqlitePool,
    },
    /// One pool for everything.
    Postgres(PgPool),
}

/// Connections of a node on a large machine: several nodes share what PostgreSQL allows, 100 unless told otherwise.
const MOST_CONNECTIONS: u32 = 16;

/// How long a request waits for a connection before it fails.
const PATIENCE: Duration = Duration::from_secs(15);

/// Connections of a node to PostgreSQL: two a core and one more keep the cores of both sides busy; each further one costs the server a process
/// that has to learn every statement, for nothing.
fn connections() -> u32 {
    let cores = std::thread::available_parallelism().map_or(2, NonZero::get);
    u32::try_from(2 * cores + 1)
        .unwrap_or(MOST_CONNECTIONS)
        .min(MOST_CONNECTIONS)
}

impl Database {
    /// Opens the database at `address` (`sqlite:PATH`, a plain path, or `postgres://…`), makes the file if it is not there, and applies
    /// the migrations.
    ///
    /// # Errors
    /// [`Error::Address`] when the address is of neither engine; otherwise what the engine says.
    pub async fn open(address: &str) -> Result<Self> {
        if address.starts_with("postgres://") || address.starts_with("postgresql://") {
            return Self::open_postgres(address).await;
        }
        match address
            .strip_prefix("sqlite:")
            .or_else(|| (!address.contains("://")).then_some(address))
        {
            Some(path) => Self::open_sqlite(path.strip_prefix("//").unwrap_or(path)).await,
            None => Err(Error::Address(address.to_owned())),
        }
    }

    async fn open_sqlite(path: &str) -> Result<Self> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(PATIENCE)
            .statement_cache_capacity(500);
        // On one connection, before any other is open: a migration must not race with readers.
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(PATIENCE)
            .connect_with(options.clone())
            .await?;
        sqlx::migrate!("migrations/sqlite").run(&writer).await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(4)
            .acquire_timeout(PATIENCE)
            .connect_lazy_with(options.read_only(true));
        Ok(Self::Sqlite { writer, readers })
    }

    async fn open_postgres(address: &str) -> Result<Self> {
        let options = PgConnectOptions::from_str(address)
            .map_err(|error| Error::Address(error.to_string()))?
            .statement_cache_capacity(500);
        let pool = PgPoolOptions::new()
            .max_connections(connections())
            .acquire_timeout(PATIENCE)
            .connect_with(options)
            .await?;
        sqlx::migrate!("migrations/postgres").run(&pool).await?;
        Ok(Self::Postgres(pool))
    }

    /// Which engine this is.
    #[must_use]
    pub fn engine(&self) -> Engine {
        match self {
            Self::Sqlite { .. } => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }

    /// A connection to read with.
    pub async fn read(&self) -> Result<Connection> {
        Ok(Connection(match self {
            Self::Sqlite { readers, .. } => Inner::Sqlite(readers.acquire().await?),
            Self::Postgres(pool) => Inner::Postgres(pool.acquire().await?),
        }))
    }

    /// A transaction to decide and write in. On SQLite it has the write lock from the start; on PostgreSQL take the rows that a decision rests
    /// on with [`Connection::lock`].
    pub async fn write(&self) -> Result<Transaction> {
        Ok(Transaction(Connection(match self {
            Self::Sqlite { writer, .. } => {
                Inner::SqliteTransaction(writer.begin_with("BEGIN IMMEDIATE").await?)
            }
            Self::Postgres(pool) => Inner::PostgresTransaction(pool.begin().await?),
        })))
    }

    /// A transaction that sees one state of the whole database from beginning to end, for copies and backups.
    pub async fn snapshot(&self) -> Result<Transaction> {
        Ok(Transaction(Connection(match self {
            Self::Sqlite { readers, .. } => Inner::SqliteTransaction(readers.begin().await?),
            Self::Postgres(pool) => Inner::PostgresTransaction(
                pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                    .await?,
            ),
        })))
    }

    /// Gives back every connection; what is committed is safe.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}
