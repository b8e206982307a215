//! Copying a whole database into another, of either engine: moves, backups, restores.

use std::fmt::Write as _;

use futures_util::TryStreamExt as _;
use sqlx::{AssertSqlSafe, Column as _, Executor as _, Row as _, TypeInfo as _};

use crate::connection::{Connection, On, Transaction, postgres, sqlite};
use crate::event::{self, EventRow};
use crate::{Database, Error, Result, Value};

/// Every table, each after those it refers to.
pub const TABLES: &[&str] = &[
    "setting",
    "event",
    "account",
    "role_binding",
    "sign_in",
    "sign_in_code",
    "api_token",
    "rate_limit",
    "idempotency",
    "content_version",
    "territory",
    "territory_part",
    "programme",
    "season",
    "partner",
    "provider",
    "trainer",
    "site",
    "room",
    "referent",
    "organisation",
    "person",
    "not_duplicate",
    "import_draft",
    "response",
    "pathway",
    "pathway_step",
    "wish",
    "session",
    "session_note",
    "enrolment",
    "attendance",
    "device",
    "device_session",
    "attendance_operation",
    "attendance_aside",
    "certificate",
    "quiz",
    "quiz_revision",
    "quiz_answer",
    "mail",
    "debrief",
    "debrief_lack",
    "debrief_subject",
    "debrief_grouping",
    "debrief_proposal",
    "debrief_asker",
    "satisfaction_answer",
    "satisfaction_spent",
    "plan",
    "plan_step",
    "plan_session",
    "plan_seat",
    "level_run",
    "level_answer",
    "level_use",
    "proof_rule",
    "badge_key",
    "badge",
    "session_funding",
    "enrolment_funding",
];

/// Rows sent in one statement.
const BATCH: usize = 100;

/// Tries to have a database for oneself, each of which the engine may end because others wait in a circle.
const TRIES: usize = 5;

/// Copies every row of `from`, as of one instant, into `to`, in one transaction: all or nothing. `progress` hears of each table and its number of rows.
///
/// `told` is appended to the log of `to`, under a number that is above all that were ever there: a server that goes on meanwhile sees that
/// everything has changed.
///
/// # Errors
/// [`Error::NotEmpty`] when `to` holds anything already and `replace` is not asked for; [`Error::Corrupt`] when fewer rows arrived than left.
pub async fn copy(
    from: &Database,
    to: &Database,
    replace: bool,
    told: Option<&EventRow>,
    mut progress: impl FnMut(&str, u64),
) -> Result<()> {
    let mut source = from.snapshot().await?;
    let mut target = alone(to).await?;
    let before = event::latest(&mut target).await?;
    if !replace && target.number("SELECT COUNT(*) FROM event", []).await? > 0 {
        return Err(Error::NotEmpty);
    }
    empty(&mut target).await?;
    for table in TABLES {
        let rows = copy_table(&mut source, &mut target, table).await?;
        progress(table, rows);
    }
    if let Some(told) = told {
        let seq = before.max(event::latest(&mut target).await?) + 1;
        event::append_as(&mut target, seq, told).await?;
    }
    if let On::Postgres(_) = target.on() {
        // Rows came with their numbers; the next event must not take one of them again.
        target
            .execute(
                "SELECT setval(pg_get_serial_sequence('event', 'seq'), COALESCE((SELECT MAX(seq) FROM event), 0) + 1, false)",
                [],
            )
            .await?;
    }
    target.commit().await
}

/// Forgets everything, the installation's secret too.
pub async fn clear(database: &Database) -> Result<()> {
    let mut tx = alone(database).await?;
    empty(&mut tx).await?;
    tx.commit().await
}

/// A transaction beside which nobody writes: what others commit meanwhile would be left among what is put in its place.
async fn alone(database: &Database) -> Result<Transaction> {
    let mut tries = 1;
    loop {
        let mut tx = database.write().await?;
        // SQLite has one writer anyway.
        if let On::Sqlite(_) = tx.on() {
            return Ok(tx);
        }
        let lock = format!("LOCK TABLE {} IN EXCLUSIVE MODE", TABLES.join(", "));
        match run(&mut tx, lock, Vec::new()).await {
            Ok(_) => return Ok(tx),
            Err(Error::Transient(_)) if tries < TRIES => tries += 1,
            Err(error) => return Err(error),
        }
    }
}

async fn empty(target: &mut Connection) -> Result<()> {
    for table in TABLES.iter().rev() {
        run(target, format!("DELETE FROM {table}"), Vec::new()).await?;
    }
    Ok(())
}

async fn copy_table(source: &mut Connection, target: &mut Connection, table: &str) -> Result<u64> {
    let columns = columns(target, table).await?;
    let names = columns.join(", ");
    let select = format!("SELECT {names} FROM {table}");
    let mut batch = Vec::with_capacity(BATCH * columns.len());
    let mut sent = 0;
    match source.on() {
        On::Sqlite(connection) => {
            let mut rows = connection.fetch(sqlx::query(AssertSqlSafe(select)));
            while let Some(row) = rows.try_next().await? {
                for index in 0..columns.len() {
                    batch.push(sqlite_value(&row, index)?);
                }
                sent += flush(target, table, &names, &mut batch, columns.len(), BATCH).await?;
            }
        }
        On::Postgres(connection) => {
            let mut rows = connection.fetch(sqlx::query(AssertSqlSafe(select)));
            while let Some(row) = rows.try_next().await? {
                for index in 0..columns.len() {
                    batch.push(postgres_value(&row, index)?);
                }
                sent += flush(target, table, &names, &mut batch, columns.len(), BATCH).await?;
            }
        }
    }
    sent += flush(target, table, &names, &mut batch, columns.len(), 1).await?;
    Ok(sent)
}

/// Sends the rows collected so far, once there are at least `at_least` of them.
async fn flush(
    target: &mut Connection,
    table: &str,
    names: &str,
    batch: &mut Vec<Value>,
    width: usize,
    at_least: usize,
) -> Result<u64> {
    let rows = batch.len() / width.max(1);
    if rows < at_least {
        return Ok(0);
    }
    let mut sql = format!("INSERT INTO {table} ({names}) VALUES ");
    for row in 0..rows {
        sql.push_str(if row == 0 { "(" } else { ", (" });
        for column in 0..width {
            let comma = if column == 0 { "" } else { ", " };
            // Writing into a String cannot fail.
            let _ = write!(sql, "{comma}${}", row * width + column + 1);
        }
        sql.push(')');
    }
    let written = run(target, sql, std::mem::take(batch)).await?;
    if written == rows as u64 {
        Ok(written)
    } else {
        Err(Error::Corrupt(format!("{table}: {written} of {rows} rows")))
    }
}

async fn run(db: &mut Connection, sql: String, values: Vec<Value>) -> Result<u64> {
    let sql = AssertSqlSafe(sql);
    Ok(match db.on() {
        On::Sqlite(connection) => connection
            .execute(sqlite(sql, values))
            .await?
            .rows_affected(),
        On::Postgres(connection) => connection
            .execute(postgres(sql, values))
            .await?
            .rows_affected(),
    })
}

/// The columns of a table, in the order of the migrations.
pub async fn columns(db: &mut Connection, table: &str) -> Result<Vec<String>> {
    let sql = match db.on() {
        On::Sqlite(_) => "SELECT name FROM pragma_table_info($1) ORDER BY cid",
        On::Postgres(_) => {
            "SELECT column_name::text FROM information_schema.columns
             WHERE table_name = $1 AND table_schema = current_schema() ORDER BY ordinal_position"
        }
    };
    Ok(db
        .fetch_all::<(String,)>(sql, [table.into()])
        .await?
        .into_iter()
        .map(|row| row.0)
        .collect())
}

fn sqlite_value(row: &sqlx::sqlite::SqliteRow, index: usize) -> Result<Value> {
    Ok(match row.column(index).type_info().name() {
        "TEXT" => Value::Text(row.try_get(index)?),
        "REAL" => Value::Real(row.try_get(index)?),
        _ => Value::Integer(row.try_get(index)?),
    })
}

fn postgres_value(row: &sqlx::postgres::PgRow, index: usize) -> Result<Value> {
    Ok(match row.column(index).type_info().name() {
        "INT8" => Value::Integer(row.try_get(index)?),
        "FLOAT8" => Value::Real(row.try_get(index)?),
        _ => Value::Text(row.try_get(index)?),
    })
}
