//! Two records of one person, or of one organisation, become one.

use super::SettledRow;
use super::separate::doubled_attendance;
use crate::{Connection, Error, Result, Value};

/// A session in which both people are active: only one of the two enrolments can remain.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow, serde::Serialize)]
pub struct ClashRow {
    /// The session.
    pub session_id: String,
    /// Slug of its module.
    pub module: String,
    /// From when, UTC milliseconds.
    pub starts_at: i64,
    /// Enrolment of the person who stays.
    pub kept_id: String,
    /// Its stage.
    pub kept_stage: String,
    /// Its place in the order of arrival.
    pub kept_arrival: i64,
    /// Enrolment of the person merged away.
    pub gone_id: String,
    /// Its stage.
    pub gone_stage: String,
    /// Its place in the order of arrival.
    pub gone_arrival: i64,
}

/// The sessions in which both are active.
pub async fn active_clashes(db: &mut Connection, kept: &str, gone: &str) -> Result<Vec<ClashRow>> {
    db.fetch_all(
        "SELECT k.session_id, s.module, s.starts_at, k.id AS kept_id, k.stage AS kept_stage, k.arrival AS kept_arrival,
                g.id AS gone_id, g.stage AS gone_stage, g.arrival AS gone_arrival
         FROM enrolment k JOIN enrolment g ON g.session_id = k.session_id JOIN session s ON s.id = k.session_id
         WHERE k.person_id = $1 AND g.person_id = $2
           AND k.stage IN ('placed', 'waiting', 'offered') AND g.stage IN ('placed', 'waiting', 'offered')
         ORDER BY s.starts_at, s.id",
        [kept.into(), gone.into()],
    )
    .await
}

/// Ends an active enrolment (the doubled one of two) as withdrawn at `at`; the roster must be settled afterwards by the caller.
pub async fn close_enrolment(db: &mut Connection, enrolment: &str, at: i64) -> Result<()> {
    db.execute(
        "UPDATE enrolment SET stage = 'withdrawn', stage_at = $2, offered_until = NULL, version = version + 1
         WHERE id = $1 AND stage IN ('placed', 'waiting', 'offered')",
        [enrolment.into(), at.into()],
    )
    .await?;
    Ok(())
}

/// How many rows of one kind a merge moves.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow, serde::Serialize, serde::Deserialize)]
pub struct MovedRow {
    /// What it is, by the name of its table with hyphens: `enrolment`, `attendance`, `level-test` …
    pub kind: String,
    /// Which row: its id (for attendance, the session's).
    pub id: String,
}

/// The rows that would move when `gone` is merged away.
pub async fn moved_by_merge(db: &mut Connection, gone: &str) -> Result<Vec<MovedRow>> {
    db.fetch_all(
        "SELECT 'enrolment' AS kind, id FROM enrolment WHERE person_id = $1
         UNION ALL SELECT 'attendance' AS kind, session_id AS id FROM attendance WHERE person_id = $1
         UNION ALL SELECT 'operation' AS kind, id FROM attendance_operation WHERE person_id = $1
         UNION ALL SELECT 'response' AS kind, id FROM response WHERE person_id = $1
         UNION ALL SELECT 'pathway' AS kind, id FROM pathway WHERE person_id = $1
         UNION ALL SELECT 'wish' AS kind, id FROM wish WHERE person_id = $1
         UNION ALL SELECT 'debrief' AS kind, id FROM debrief WHERE person_id = $1
         UNION ALL SELECT 'certificate' AS kind, id FROM certificate WHERE person_id = $1
         UNION ALL SELECT 'level-test' AS kind, id FROM level_run WHERE person_id = $1
         UNION ALL SELECT 'quiz' AS kind, id FROM quiz_answer WHERE person_id = $1
         UNION ALL SELECT 'mail' AS kind, id FROM mail WHERE person_id = $1
         ORDER BY kind, id",
        [gone.into()],
    )
    .await
}

/// Where both are marked in one session the longer attendance stays.
const ATTENDANCE_KEPT: &str = "DELETE FROM attendance WHERE person_id = $1 AND EXISTS (
    SELECT 1 FROM attendance g WHERE g.session_id = attendance.session_id AND g.person_id = $2 AND g.minutes > attendance.minutes)";
const ATTENDANCE_GONE: &str = "DELETE FROM attendance WHERE person_id = $2 AND EXISTS (
    SELECT 1 FROM attendance k WHERE k.session_id = attendance.session_id AND k.person_id = $1)";
/// A season has one path of a person that holds: the newest.
const PATHWAYS: &str = "UPDATE pathway SET superseded_at = $2 WHERE person_id = $1 AND superseded_at IS NULL AND EXISTS (
    SELECT 1 FROM pathway n WHERE n.person_id = $1 AND n.season_id = pathway.season_id AND n.superseded_at IS NULL
       AND (n.made_at > pathway.made_at OR (n.made_at = pathway.made_at AND n.id > pathway.id))) RETURNING id";
/// Demand is counted once: of two open wishes for one module in one season the older stays open.
const WISHES: &str = "UPDATE wish SET stage = 'closed', version = version + 1
    WHERE person_id = $1 AND stage = 'open' AND module IS NOT NULL AND EXISTS (
    SELECT 1 FROM wish o WHERE o.person_id = $1 AND o.season_id = wish.season_id AND o.module = wish.module AND o.stage = 'open'
       AND o.id < wish.id) RETURNING id";
const MOVES: &[&str] = &[
    "UPDATE enrolment SET person_id = $1, version = version + 1 WHERE person_id = $2",
    "UPDATE attendance SET person_id = $1, version = version + 1 WHERE person_id = $2",
    "UPDATE attendance_operation SET person_id = $1 WHERE person_id = $2",
    "UPDATE response SET person_id = $1 WHERE person_id = $2",
    "UPDATE pathway SET person_id = $1 WHERE person_id = $2",
    "UPDATE wish SET person_id = $1, version = version + 1 WHERE person_id = $2",
    "UPDATE debrief SET person_id = $1, version = version + 1 WHERE person_id = $2",
    "UPDATE certificate SET person_id = $1 WHERE person_id = $2",
    "UPDATE level_run SET person_id = $1, version = version + 1 WHERE person_id = $2",
    // Tries at one quiz in one session are counted on.
    "UPDATE quiz_answer SET person_id = $1, version = version + 1, turn = turn + COALESCE((
         SELECT MAX(k.turn) FROM quiz_answer k
         WHERE k.quiz_id = quiz_answer.quiz_id AND k.session_id = quiz_answer.session_id AND k.person_id = $1), 0)
     WHERE person_id = $2",
    "UPDATE mail SET person_id = $1 WHERE person_id = $2",
];

/// Moves everything of `gone` to `kept` and marks `gone` (read at `gone_version`) as merged. Clashing enrolments must have been closed
/// before, with [`close_enrolment`]; who was signed in as `gone` is signed out. Answers what was settled besides.
///
/// # Errors
/// [`Error::Stale`] when `gone` was changed, merged or erased meanwhile; [`Error::Duplicate`] when a clash remains.
pub async fn merge_person(
    db: &mut Connection,
    kept: &str,
    gone: &str,
    gone_version: i64,
    at: i64,
) -> Result<SettledRow> {
    let pair = || [Value::from(kept), Value::from(gone)];
    let touched = db
        .execute(
            "UPDATE person SET merged_into = $1, link_epoch = link_epoch + 1, version = version + 1
             WHERE id = $2 AND version = $3 AND merged_into IS NULL AND erased_at IS NULL",
            [kept.into(), gone.into(), gone_version.into()],
        )
        .await?;
    if touched == 0 {
        return Err(Error::Stale);
    }
    let merged: Vec<(String,)> = db
        .fetch_all(
            "UPDATE person SET merged_into = $1 WHERE merged_into = $2 RETURNING id",
            pair(),
        )
        .await?;
    let attendance = doubled_attendance(db, kept, gone).await?;
    db.execute(ATTENDANCE_KEPT, pair()).await?;
    db.execute(ATTENDANCE_GONE, pair()).await?;
    for sql in MOVES {
        db.execute(sql, pair()).await?;
    }
    let pathways: Vec<(String,)> = db.fetch_all(PATHWAYS, [kept.into(), at.into()]).await?;
    let wishes: Vec<(String,)> = db.fetch_all(WISHES, [kept.into()]).await?;
    db.execute("DELETE FROM sign_in WHERE person_id = $1", [gone.into()])
        .await?;
    Ok(SettledRow {
        merged: ids(merged),
        attendance,
        pathways: ids(pathways),
        wishes: ids(wishes),
        enrolments: Vec::new(),
    })
}

fn ids(rows: Vec<(String,)>) -> Vec<String> {
    rows.into_iter().map(|(id,)| id).collect()
}

/// Moves the people of `gone` to `kept` and marks `gone` (read at `gone_version`) as merged. Answers the organisations that had been merged into `gone`.
///
/// # Errors
/// [`Error::Stale`] when `gone` was changed or merged meanwhile.
pub async fn merge_organisation(
    db: &mut Connection,
    kept: &str,
    gone: &str,
    gone_version: i64,
) -> Result<Vec<String>> {
    let touched = db
        .execute(
            "UPDATE organisation SET merged_into = $1, version = version + 1 WHERE id = $2 AND version = $3 AND merged_into IS NULL",
            [kept.into(), gone.into(), gone_version.into()],
        )
        .await?;
    if touched == 0 {
        return Err(Error::Stale);
    }
    let merged = db
        .fetch_all(
            "UPDATE organisation SET merged_into = $1 WHERE merged_into = $2 RETURNING id",
            [kept.into(), gone.into()],
        )
        .await?;
    db.execute(
        "UPDATE person SET organisation_id = $1, version = version + 1 WHERE organisation_id = $2",
        [kept.into(), gone.into()],
    )
    .await?;
    Ok(ids(merged))
}

/// Remembers that two records are two, so that they are not proposed for merging again. `kind` is `person` or `organisation`.
pub async fn keep_apart(
    db: &mut Connection,
    kind: &str,
    one: &str,
    other: &str,
    at: i64,
) -> Result<()> {
    db.execute(
        "INSERT INTO not_duplicate (kind, first_id, second_id, at) VALUES ($1, $2, $3, $4) ON CONFLICT (kind, first_id, second_id) DO NOTHING",
        [kind.into(), one.min(other).into(), one.max(other).into(), at.into()],
    )
    .await?;
    Ok(())
}

/// The pairs that are two, the smaller id first.
pub async fn kept_apart(db: &mut Connection, kind: &str) -> Result<Vec<(String, String)>> {
    db.fetch_all(
        "SELECT first_id, second_id FROM not_duplicate WHERE kind = $1",
        [kind.into()],
    )
    .await
}
