//! Who came to a session, for how long, and what the trainer should know of them.

mod device;
mod operation;

use crate::{Connection, Error, Result, Value};

pub use device::{
    DeviceRow, device, devices, grant, insert_device, met, renew_device, revoke_device,
    sessions_of_device,
};
pub use operation::{
    AsideRow, OperationRow, OperationToldRow, aside_of_device, aside_of_session, insert_operation,
    operation, operations, operations_of_person, person_of_subject, set_aside, settle_aside,
};

/// One person's attendance in one session, as it stands.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow, serde::Serialize, serde::Deserialize)]
pub struct AttendanceRow {
    /// Session.
    pub session_id: String,
    /// Person.
    pub person_id: String,
    /// `present`, `late`, `left-early`, `absent` or `excused`.
    pub mark: String,
    /// Minutes really attended.
    pub minutes: i64,
    /// When it was last said, UTC milliseconds.
    pub marked_at: i64,
    /// Account that said so, when known.
    pub marked_by: Option<String>,
    /// Raised at every correction, from 1.
    pub version: i64,
}

/// A line of the attendance list: who is expected or came, and what the trainer should know.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow, serde::Serialize)]
pub struct SheetLine {
    /// Person.
    pub person_id: String,
    /// Their seat; none for somebody who walked in.
    pub enrolment_id: Option<String>,
    /// Their name.
    pub name: String,
    /// Their e-mail.
    pub email: Option<String>,
    /// Their phone.
    pub phone: Option<String>,
    /// Their commune.
    pub commune_code: Option<String>,
    /// Their firm or authority.
    pub organisation_name: Option<String>,
    /// Help they need.
    pub needs: String,
    /// Level of their newest path, 0 to 3.
    pub level: Option<i64>,
    /// Sessions they came to before this one.
    pub earlier: i64,
    /// Mark, when there is one.
    pub mark: Option<String>,
    /// Minutes really attended.
    pub minutes: Option<i64>,
    /// Version of the mark.
    pub mark_version: Option<i64>,
}

/// A session that a person really attended.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow, serde::Serialize)]
pub struct AttendedRow {
    /// Person.
    pub person_id: String,
    /// Session.
    pub session_id: String,
    /// Slug of the module.
    pub module: String,
    /// Start of the session, UTC milliseconds.
    pub starts_at: i64,
    /// Commune where it was held.
    pub commune_code: String,
    /// Minutes really attended, more than 0.
    pub minutes: i64,
}

/// The mark of a person in a session.
pub async fn get(
    db: &mut Connection,
    session_id: &str,
    person_id: &str,
) -> Result<Option<AttendanceRow>> {
    db.fetch_optional(
        "SELECT session_id, person_id, mark, minutes, marked_at, marked_by, version
         FROM attendance WHERE session_id = $1 AND person_id = $2",
        [session_id.into(), person_id.into()],
    )
    .await
}

/// Writes a mark: the first one when `row.version` is 1, else a correction of the version before.
///
/// # Errors
/// [`Error::Stale`] when that version is no longer the newest, [`Error::Duplicate`] when a first mark is not the first.
pub async fn put(db: &mut Connection, row: &AttendanceRow) -> Result<()> {
    let values = || {
        [
            Value::from(&row.session_id),
            Value::from(&row.person_id),
            Value::from(&row.mark),
            row.minutes.into(),
            row.marked_at.into(),
            Value::from(&row.marked_by),
            row.version.into(),
        ]
    };
    if row.version == 1 {
        db.execute(
            "INSERT INTO attendance (session_id, person_id, mark, minutes, marked_at, marked_by, version)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            values(),
        )
        .await?;
        return Ok(());
    }
    let changed = db
        .execute(
            "UPDATE attendance SET mark = $3, minutes = $4, marked_at = $5, marked_by = $6, version = $7
             WHERE session_id = $1 AND person_id = $2 AND version = $7 - 1",
            values(),
        )
        .await?;
    if changed == 0 {
        Err(Error::Stale)
    } else {
        Ok(())
    }
}

/// Takes a mark back: nothing is said of that person any more.
pub async fn remove(db: &mut Connection, session_id: &str, person_id: &str) -> Result<()> {
    db.execute(
        "DELETE FROM attendance WHERE session_id = $1 AND person_id = $2",
        [session_id.into(), person_id.into()],
    )
    .await?;
    Ok(())
}

/// Everybody who has a seat in the session or was marked there, by name.
pub async fn sheet(db: &mut Connection, session_id: &str) -> Result<Vec<SheetLine>> {
    db.fetch_all(
        "WITH expected AS (
             SELECT e.person_id, e.id AS enrolment_id
             FROM enrolment e WHERE e.session_id = $1 AND e.stage = 'placed'
             UNION ALL
             SELECT a.person_id, CAST(NULL AS TEXT) AS enrolment_id
             FROM attendance a
             WHERE a.session_id = $1 AND NOT EXISTS (
                 SELECT 1 FROM enrolment e
                 WHERE e.session_id = a.session_id AND e.person_id = a.person_id AND e.stage = 'placed'))
         SELECT p.id AS person_id, x.enrolment_id, p.name, p.email, p.phone, p.commune_code, o.name AS organisation_name, p.needs,
                (SELECT w.level FROM pathway w WHERE w.person_id = p.id AND w.superseded_at IS NULL
                 ORDER BY w.made_at DESC, w.id DESC LIMIT 1) AS level,
                (SELECT COUNT(*) FROM attendance b JOIN session t ON t.id = b.session_id
                 WHERE b.person_id = p.id AND b.minutes > 0 AND t.starts_at < s.starts_at) AS earlier,
                a.mark, a.minutes, a.version AS mark_version
         FROM expected x
         JOIN person p ON p.id = x.person_id
         JOIN session s ON s.id = $1
         LEFT JOIN organisation o ON o.id = p.organisation_id
         LEFT JOIN attendance a ON a.session_id = s.id AND a.person_id = p.id
         ORDER BY p.folded, p.id",
        [session_id.into()],
    )
    .await
}

/// Modules that people on the session's list have taken before it, or had a seat in: person and slug.
pub async fn taken_before(db: &mut Connection, session_id: &str) -> Result<Vec<(String, String)>> {
    db.fetch_all(
        "SELECT DISTINCT e.person_id, t.module
         FROM session s
         JOIN session t ON t.ends_at <= s.starts_at AND t.stage <> 'cancelled'
         JOIN enrolment e ON e.session_id = t.id AND e.stage = 'placed'
         LEFT JOIN attendance a ON a.session_id = t.id AND a.person_id = e.person_id
         WHERE s.id = $1 AND (a.minutes IS NULL OR a.minutes > 0)
           AND e.person_id IN (SELECT person_id FROM enrolment WHERE session_id = $1
                               UNION SELECT person_id FROM attendance WHERE session_id = $1)
         UNION
         SELECT a.person_id, t.module
         FROM session s
         JOIN session t ON t.ends_at <= s.starts_at AND t.stage <> 'cancelled'
         JOIN attendance a ON a.session_id = t.id AND a.minutes > 0
         WHERE s.id = $1
           AND a.person_id IN (SELECT person_id FROM enrolment WHERE session_id = $1
                               UNION SELECT person_id FROM attendance WHERE session_id = $1)",
        [session_id.into()],
    )
    .await
}

/// What was really attended in a season, by person, then by time; `person_id`: of that person only.
pub async fn attended(
    db: &mut Connection,
    season_id: &str,
    person_id: Option<&str>,
) -> Result<Vec<AttendedRow>> {
    db.fetch_all(
        "SELECT a.person_id, a.session_id, s.module, s.starts_at, site.commune_code, a.minutes
         FROM attendance a
         JOIN session s ON s.id = a.session_id
         JOIN site ON site.id = s.site_id
         JOIN person p ON p.id = a.person_id
         WHERE s.season_id = $1 AND s.stage <> 'cancelled' AND a.minutes > 0 AND p.erased_at IS NULL
           AND (CAST($2 AS TEXT) IS NULL OR a.person_id = $2)
         ORDER BY a.person_id, s.starts_at, s.id",
        [season_id.into(), person_id.into()],
    )
    .await
}
