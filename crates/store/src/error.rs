//! What can go wrong in the store.

/// A failure of the database, told apart as far as callers act differently on it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A UNIQUE or primary-key rule was broken; names the constraint or the column as the engine reports it.
    #[error("already there: {0}")]
    Duplicate(String),
    /// A FOREIGN KEY rule was broken: what is referred to does not exist, or what is deleted is still in use.
    #[error("missing or still in use")]
    Reference,
    /// The engine gave up on a transaction that may succeed when run again (deadlock, serialisation, busy).
    #[error("the database asks to try again")]
    Transient(#[source] sqlx::Error),
    /// No connection came free in time: more is asked at once than the database can answer.
    #[error("the database is busy")]
    Busy,
    /// An update expected a version that is no longer there: somebody else changed the row meanwhile.
    #[error("changed meanwhile by somebody else")]
    Stale,
    /// A stored value cannot be read back as what it should be.
    #[error("stored value cannot be read: {0}")]
    Corrupt(String),
    /// A copy was to go into a database that holds something already.
    #[error("the target database is not empty")]
    NotEmpty,
    /// The address of the database is not understood.
    #[error("database address not understood: {0}")]
    Address(String),
    /// Anything else: connection lost, disk full, a mistake in the SQL.
    #[error(transparent)]
    Engine(sqlx::Error),
    /// A migration failed.
    #[error(transparent)]
    Migration(#[from] sqlx::migrate::MigrateError),
}

/// PostgreSQL: serialization_failure and deadlock_detected. SQLite: SQLITE_BUSY, SQLITE_BUSY_SNAPSHOT, SQLITE_LOCKED.
const TRANSIENT_CODES: [&str; 5] = ["40001", "40P01", "5", "517", "6"];

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        if matches!(error, sqlx::Error::PoolTimedOut) {
            return Self::Busy;
        }
        let Some(database) = error.as_database_error() else {
            return Self::Engine(error);
        };
        if database.is_unique_violation() {
            return Self::Duplicate(
                database
                    .constraint()
                    .map_or_else(|| database.message().to_owned(), str::to_owned),
            );
        }
        if database.is_foreign_key_violation() {
            return Self::Reference;
        }
        if database
            .code()
            .is_some_and(|code| TRANSIENT_CODES.contains(&code.as_ref()))
        {
            return Self::Transient(error);
        }
        Self::Engine(error)
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Corrupt(error.to_string())
    }
}

/// What an update that named the version it saw answers: [`Error::Stale`] when no row matched.
pub(crate) fn one_or_stale(rows: u64) -> Result<(), Error> {
    if rows == 0 { Err(Error::Stale) } else { Ok(()) }
}
