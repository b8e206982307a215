//! The few true differences between the engines. Everything else is one text of SQL.

use crate::connection::{Connection, On, Transaction};
use crate::{Database, Engine, Result, Value};

/// What can be locked for a decision, in the order in which locks must be taken (so that two decisions never wait for each other).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lock {
    /// A person: their enrolments across sessions.
    Person,
    /// A session: its roster.
    Session,
}

impl Connection {
    /// Holds a row until the end of the transaction, so that nobody else decides on it meanwhile.
    ///
    /// PostgreSQL locks the row; on SQLite the writer is alone already.
    pub async fn lock(&mut self, what: Lock, id: impl Into<Value> + Send) -> Result<()> {
        if let On::Postgres(_) = self.on() {
            let sql = match what {
                Lock::Person => "SELECT 1 FROM person WHERE id = $1 FOR UPDATE",
                Lock::Session => "SELECT 1 FROM session WHERE id = $1 FOR UPDATE",
            };
            self.execute(sql, [id.into()]).await?;
        }
        Ok(())
    }
}

impl Connection {
    /// Holds a name (an e-mail address, a folded name …) until the end of the transaction: whoever looks for it and makes it where it is
    /// missing does so alone. Taken before any [`Connection::lock`].
    pub async fn lock_name(&mut self, name: &str) -> Result<()> {
        if let On::Postgres(_) = self.on() {
            self.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))",
                [name.into()],
            )
            .await?;
        }
        Ok(())
    }
}

impl Transaction {
    /// Commits so that others can go on from it at once; it is sure to last only when [`Database::settled`], called afterwards, has answered,
    /// and nobody may be told of it before.
    ///
    /// PostgreSQL frees the rows without waiting for the disk: a crowd that wants one row would otherwise pay one wait each, in a line. SQLite
    /// waits for its disk here.
    pub async fn commit_ahead(mut self) -> Result<()> {
        if self.engine() == Engine::Postgres {
            self.execute("SET LOCAL synchronous_commit = off", [])
                .await?;
        }
        self.commit().await
    }
}

impl Database {
    /// Waits until everything committed so far is on the disk. The log is written in order: whoever comes while it is being written is served
    /// by the same write.
    pub async fn settled(&self) -> Result<()> {
        if self.engine() == Engine::Postgres {
            // A transaction that writes to the log and touches no row.
            let mut db = self.read().await?;
            db.execute("SELECT pg_logical_emit_message(true, 'essor', '')", [])
                .await?;
        }
        Ok(())
    }
}
