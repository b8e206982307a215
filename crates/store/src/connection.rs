//! Running statements, on either engine, with one text of SQL.

use std::ops::{Deref, DerefMut};

use futures_util::TryStreamExt as _;
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgArguments, PgRow};
use sqlx::query::Query;
use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{Executor as _, FromRow, Postgres, Row as _, SqlSafeStr, Sqlite};

use crate::{Engine, Result, Value};

/// A row type that both engines can fill: what `#[derive(sqlx::FromRow)]` makes of text, i64 and f64 fields.
pub trait Record:
    for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin
{
}

impl<T> Record for T where
    T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin
{
}

/// One connection to the database, taken from its pool and given back when dropped.
pub struct Connection(pub(crate) Inner);

pub(crate) enum Inner {
    Sqlite(PoolConnection<Sqlite>),
    SqliteTransaction(sqlx::Transaction<'static, Sqlite>),
    Postgres(PoolConnection<Postgres>),
    PostgresTransaction(sqlx::Transaction<'static, Postgres>),
}

impl Connection {
    /// Which engine answers.
    #[must_use]
    pub fn engine(&self) -> Engine {
        match self.0 {
            Inner::Sqlite(_) | Inner::SqliteTransaction(_) => Engine::Sqlite,
            Inner::Postgres(_) | Inner::PostgresTransaction(_) => Engine::Postgres,
        }
    }

    /// Runs a statement and says how many rows it touched.
    pub async fn execute(
        &mut self,
        sql: &'static str,
        parameters: impl IntoIterator<Item = Value> + Send,
    ) -> Result<u64> {
        Ok(match self.on() {
            On::Sqlite(connection) => connection
                .execute(sqlite(sql, parameters))
                .await?
                .rows_affected(),
            On::Postgres(connection) => connection
                .execute(postgres(sql, parameters))
                .await?
                .rows_affected(),
        })
    }

    /// All rows of a query.
    pub async fn fetch_all<T: Record>(
        &mut self,
        sql: &'static str,
        parameters: impl IntoIterator<Item = Value> + Send,
    ) -> Result<Vec<T>> {
        let mut records = Vec::new();
        match self.on() {
            On::Sqlite(connection) => {
                let mut rows = connection.fetch(sqlite(sql, parameters));
                while let Some(row) = rows.try_next().await? {
                    records.push(T::from_row(&row)?);
                }
            }
            On::Postgres(connection) => {
                let mut rows = connection.fetch(postgres(sql, parameters));
                while let Some(row) = rows.try_next().await? {
                    records.push(T::from_row(&row)?);
                }
            }
        }
        Ok(records)
    }

    /// The first row of a query, if there is one.
    pub async fn fetch_optional<T: Record>(
        &mut self,
        sql: &'static str,
        parameters: impl IntoIterator<Item = Value> + Send,
    ) -> Result<Option<T>> {
        Ok(match self.on() {
            On::Sqlite(connection) => {
                match connection.fetch_optional(sqlite(sql, parameters)).await? {
                    Some(row) => Some(T::from_row(&row)?),
                    None => None,
                }
            }
            On::Postgres(connection) => {
                match connection.fetch_optional(postgres(sql, parameters)).await? {
                    Some(row) => Some(T::from_row(&row)?),
                    None => None,
                }
            }
        })
    }

    /// The first row of a query that always has one (an aggregate, a `RETURNING`).
    pub async fn fetch_one<T: Record>(
        &mut self,
        sql: &'static str,
        parameters: impl IntoIterator<Item = Value> + Send,
    ) -> Result<T> {
        self.fetch_optional(sql, parameters)
            .await?
            .ok_or(crate::Error::Engine(sqlx::Error::RowNotFound))
    }

    /// The single number that a query such as `SELECT COUNT(*)` gives.
    pub async fn number(
        &mut self,
        sql: &'static str,
        parameters: impl IntoIterator<Item = Value> + Send,
    ) -> Result<i64> {
        Ok(match self.on() {
            On::Sqlite(connection) => connection
                .fetch_one(sqlite(sql, parameters))
                .await?
                .try_get(0)?,
            On::Postgres(connection) => connection
                .fetch_one(postgres(sql, parameters))
                .await?
                .try_get(0)?,
        })
    }

    /// Has the engine parse and plan a statement without running it.
    pub async fn prepare(&mut self, sql: &'static str) -> Result<()> {
        match self.on() {
            On::Sqlite(connection) => drop(connection.prepare(sql.into_sql_str()).await?),
            On::Postgres(connection) => drop(connection.prepare(sql.into_sql_str()).await?),
        }
        Ok(())
    }

    pub(crate) fn on(&mut self) -> On<'_> {
        match &mut self.0 {
            Inner::Sqlite(connection) => On::Sqlite(connection),
            Inner::SqliteTransaction(transaction) => On::Sqlite(transaction),
            Inner::Postgres(connection) => On::Postgres(connection),
            Inner::PostgresTransaction(transaction) => On::Postgres(transaction),
        }
    }
}

/// The raw connection of the engine at hand.
pub(crate) enum On<'c> {
    Sqlite(&'c mut sqlx::SqliteConnection),
    Postgres(&'c mut sqlx::PgConnection),
}

pub(crate) fn sqlite(
    sql: impl SqlSafeStr,
    parameters: impl IntoIterator<Item = Value>,
) -> Query<'static, Sqlite, SqliteArguments> {
    parameters
        .into_iter()
        .fold(sqlx::query(sql), |query, value| match value {
            Value::Text(text) => query.bind(text.map(storable)),
            Value::Integer(integer) => query.bind(integer),
            Value::Real(real) => query.bind(real),
        })
}

pub(crate) fn postgres(
    sql: impl SqlSafeStr,
    parameters: impl IntoIterator<Item = Value>,
) -> Query<'static, Postgres, PgArguments> {
    parameters
        .into_iter()
        .fold(sqlx::query(sql), |query, value| match value {
            Value::Text(text) => query.bind(text.map(storable)),
            Value::Integer(integer) => query.bind(integer),
            Value::Real(real) => query.bind(real),
        })
}

/// PostgreSQL takes no NUL in a text; one that comes in a search or an address becomes the mark for what cannot be read, on both engines.
fn storable(text: String) -> String {
    if text.contains('\0') {
        text.replace('\0', "\u{fffd}")
    } else {
        text
    }
}

/// A write transaction. Nothing of it remains unless [`Transaction::commit`] is called.
pub struct Transaction(pub(crate) Connection);

impl Transaction {
    /// Makes everything done in this transaction last.
    pub async fn commit(self) -> Result<()> {
        match self.0.0 {
            Inner::SqliteTransaction(transaction) => transaction.commit().await?,
            Inner::PostgresTransaction(transaction) => transaction.commit().await?,
            Inner::Sqlite(_) | Inner::Postgres(_) => {}
        }
        Ok(())
    }
}

impl Deref for Transaction {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.0
    }
}

impl DerefMut for Transaction {
    fn deref_mut(&mut self) -> &mut Connection {
        &mut self.0
    }
}
