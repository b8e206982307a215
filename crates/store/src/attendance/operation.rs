//! What was said of attendances, and what of it could not be applied.

use crate::{Connection, Result, Value};

/// One thing said of an attendance.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow, serde::Serialize)]
pub struct OperationRow {
    /// Identifier, made where it was said.
    pub id: String,
    /// Session.
    pub session_id: String,
    /// Order of arrival within the session, from 1.
    pub number: i64,
    /// Whom it is of.
    pub person_id: Option<String>,
    /// How the device called them: somebody at the door has an id made on the device.
    pub subject_id: Option<String>,
    /// Device; none on a page.
    pub device_id: Option<String>,
    /// Account that said it.
    pub account_id: Option<String>,
    /// What was said, JSON.
    pub body: String,
    /// Ids of operations that no longer hold, JSON list.
    pub replaces: String,
    /// Logical time.
    pub counter: i64,
    /// Clock of the device, UTC milliseconds.
    pub clock_at: i64,
    /// How far that clock was behind ours, in milliseconds.
    pub clock_offset: i64,
    /// When it arrived, UTC milliseconds.
    pub received_at: i64,
}

/// Something that could not be applied.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow, serde::Serialize)]
pub struct AsideRow {
    /// Identifier: a digest of what came.
    pub id: String,
    /// Device that sent it.
    pub device_id: String,
    /// Session, when it names one of the device's.
    pub session_id: Option<String>,
    /// Person, when it names one.
    pub person_id: Option<String>,
    /// Account whose device it is.
    pub account_id: String,
    /// As it came.
    pub body: String,
    /// Why it could not be applied.
    pub reason: String,
    /// When it came, UTC milliseconds.
    pub received_at: i64,
    /// When somebody had seen to it.
    pub settled_at: Option<i64>,
}

/// Something said of a person, for themself.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow, serde::Serialize)]
pub struct OperationToldRow {
    /// Session.
    pub session_id: String,
    /// What was said, JSON.
    pub body: String,
    /// Clock of the device, put right, UTC milliseconds.
    pub at: i64,
}

macro_rules! columns {
    () => {
        "id, session_id, number, person_id, subject_id, device_id, account_id, body, replaces, counter, clock_at, clock_offset, received_at"
    };
}

macro_rules! aside_columns {
    () => {
        "id, device_id, session_id, person_id, account_id, body, reason, received_at, settled_at"
    };
}

/// Everything said in a session, in order of arrival.
pub async fn operations(db: &mut Connection, session: &str) -> Result<Vec<OperationRow>> {
    db.fetch_all(
        concat!(
            "SELECT ",
            columns!(),
            " FROM attendance_operation WHERE session_id = $1 ORDER BY number"
        ),
        [session.into()],
    )
    .await
}

/// The operation of that id.
pub async fn operation(db: &mut Connection, id: &str) -> Result<Option<OperationRow>> {
    db.fetch_optional(
        concat!(
            "SELECT ",
            columns!(),
            " FROM attendance_operation WHERE id = $1"
        ),
        [id.into()],
    )
    .await
}

/// Everything said of a person, in order of arrival.
pub async fn operations_of_person(
    db: &mut Connection,
    person: &str,
) -> Result<Vec<OperationToldRow>> {
    db.fetch_all(
        "SELECT session_id, body, clock_at + clock_offset AS at FROM attendance_operation WHERE person_id = $1
         ORDER BY received_at, session_id, number",
        [person.into()],
    )
    .await
}

/// Whom a device means by an id of its own making.
pub async fn person_of_subject(
    db: &mut Connection,
    session: &str,
    subject: &str,
) -> Result<Option<String>> {
    let found: Option<(String,)> = db
        .fetch_optional(
            "SELECT person_id FROM attendance_operation
             WHERE subject_id = $2 AND session_id = $1 AND person_id IS NOT NULL ORDER BY number LIMIT 1",
            [session.into(), subject.into()],
        )
        .await?;
    Ok(found.map(|(person,)| person))
}

/// Adds an operation; the caller has locked the session and counted.
///
/// # Errors
/// [`crate::Error::Duplicate`] when the id or the number is taken.
pub async fn insert_operation(db: &mut Connection, row: &OperationRow) -> Result<()> {
    db.execute(
        "INSERT INTO attendance_operation (id, session_id, number, person_id, subject_id, device_id, account_id, body, replaces, counter,
                                           clock_at, clock_offset, received_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        [
            Value::from(&row.id),
            Value::from(&row.session_id),
            row.number.into(),
            Value::from(&row.person_id),
            Value::from(&row.subject_id),
            Value::from(&row.device_id),
            Value::from(&row.account_id),
            Value::from(&row.body),
            Value::from(&row.replaces),
            row.counter.into(),
            row.clock_at.into(),
            row.clock_offset.into(),
            row.received_at.into(),
        ],
    )
    .await?;
    Ok(())
}

/// Keeps something that cannot be applied; once, however often it comes.
pub async fn set_aside(db: &mut Connection, row: &AsideRow) -> Result<()> {
    db.execute(
        "INSERT INTO attendance_aside (id, device_id, session_id, person_id, account_id, body, reason, received_at, settled_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (id) DO NOTHING",
        [
            Value::from(&row.id),
            Value::from(&row.device_id),
            Value::from(&row.session_id),
            Value::from(&row.person_id),
            Value::from(&row.account_id),
            Value::from(&row.body),
            Value::from(&row.reason),
            row.received_at.into(),
            row.settled_at.into(),
        ],
    )
    .await?;
    Ok(())
}

/// What waits for somebody to see to it in a session, oldest first.
pub async fn aside_of_session(db: &mut Connection, session: &str) -> Result<Vec<AsideRow>> {
    db.fetch_all(
        concat!(
            "SELECT ",
            aside_columns!(),
            " FROM attendance_aside WHERE session_id = $1 AND settled_at IS NULL ORDER BY received_at, id"
        ),
        [session.into()],
    )
    .await
}

/// What waits and names no session, of one account's devices or of all, oldest first.
pub async fn aside_of_device(db: &mut Connection, account: Option<&str>) -> Result<Vec<AsideRow>> {
    db.fetch_all(
        concat!(
            "SELECT ",
            aside_columns!(),
            " FROM attendance_aside WHERE session_id IS NULL AND settled_at IS NULL AND (CAST($1 AS TEXT) IS NULL OR account_id = $1)
             ORDER BY received_at, id"
        ),
        [account.into()],
    )
    .await
}

/// Somebody has seen to it; answers whether it waited.
pub async fn settle_aside(
    db: &mut Connection,
    id: &str,
    session: Option<&str>,
    at: i64,
) -> Result<bool> {
    let changed = db
        .execute(
            "UPDATE attendance_aside SET settled_at = $3
             WHERE id = $1 AND settled_at IS NULL AND COALESCE(session_id, '') = COALESCE(CAST($2 AS TEXT), '')",
            [id.into(), session.into(), at.into()],
        )
        .await?;
    Ok(changed > 0)
}
