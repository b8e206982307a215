//! A merge taken back: two records again.

use super::MovedRow;
use crate::attendance::AttendanceRow;
use crate::{Connection, Error, Result, Value};

/// What a merge ended or left out besides moving rows, so that it can be taken back.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct SettledRow {
    /// Records that had been merged into the one that goes.
    pub merged: Vec<String>,
    /// Marks of sessions in which both had one; a merge keeps the longer attendance.
    pub attendance: Vec<AttendanceRow>,
    /// Paths that ceased to hold.
    pub pathways: Vec<String>,
    /// Wishes that were closed, being doubled.
    pub wishes: Vec<String>,
    /// Enrolments that ended because both were active in one session; these are not taken back.
    pub enrolments: Vec<String>,
}

/// The marks of sessions in which both have one.
pub(super) async fn doubled_attendance(
    db: &mut Connection,
    kept: &str,
    gone: &str,
) -> Result<Vec<AttendanceRow>> {
    db.fetch_all(
        "SELECT a.session_id, a.person_id, a.mark, a.minutes, a.marked_at, a.marked_by, a.version
         FROM attendance a
         WHERE a.person_id IN ($1, $2)
           AND EXISTS (SELECT 1 FROM attendance k WHERE k.session_id = a.session_id AND k.person_id = $1)
           AND EXISTS (SELECT 1 FROM attendance g WHERE g.session_id = a.session_id AND g.person_id = $2)
         ORDER BY a.session_id, a.person_id",
        [kept.into(), gone.into()],
    )
    .await
}

/// Gives `gone` (merged into `kept`, at `gone_version`) its own rows back, as far as they are still `kept`'s.
///
/// # Errors
/// [`Error::Stale`] when `gone` is no longer merged into `kept`, or a doubled mark was corrected since.
pub async fn separate_person(
    db: &mut Connection,
    (kept, gone): (&str, &str),
    gone_version: i64,
    moved: &[MovedRow],
    settled: &SettledRow,
) -> Result<()> {
    let touched = db
        .execute(
            "UPDATE person SET merged_into = NULL, link_epoch = link_epoch + 1, version = version + 1
             WHERE id = $2 AND merged_into = $1 AND version = $3 AND erased_at IS NULL",
            [kept.into(), gone.into(), gone_version.into()],
        )
        .await?;
    if touched == 0 {
        return Err(Error::Stale);
    }
    for id in &settled.merged {
        db.execute(
            "UPDATE person SET merged_into = $2 WHERE id = $3 AND merged_into = $1",
            [kept.into(), gone.into(), Value::from(id)],
        )
        .await?;
    }
    restore_marks(db, kept, &settled.attendance).await?;
    for row in moved {
        let sql = match row.kind.as_str() {
            "enrolment" => {
                "UPDATE enrolment SET person_id = $2, version = version + 1 WHERE id = $3 AND person_id = $1"
            }
            "attendance"
                if settled
                    .attendance
                    .iter()
                    .any(|own| own.session_id == row.id) =>
            {
                continue;
            }
            "attendance" => {
                "UPDATE attendance SET person_id = $2, version = version + 1 WHERE session_id = $3 AND person_id = $1"
            }
            "operation" => {
                "UPDATE attendance_operation SET person_id = $2 WHERE id = $3 AND person_id = $1"
            }
            "response" => "UPDATE response SET person_id = $2 WHERE id = $3 AND person_id = $1",
            "pathway" => "UPDATE pathway SET person_id = $2 WHERE id = $3 AND person_id = $1",
            "wish" => {
                "UPDATE wish SET person_id = $2, version = version + 1 WHERE id = $3 AND person_id = $1"
            }
            "debrief" => {
                "UPDATE debrief SET person_id = $2, version = version + 1 WHERE id = $3 AND person_id = $1"
            }
            "certificate" => {
                "UPDATE certificate SET person_id = $2 WHERE id = $3 AND person_id = $1"
            }
            "level-test" => {
                "UPDATE level_run SET person_id = $2, version = version + 1 WHERE id = $3 AND person_id = $1"
            }
            "quiz" => {
                "UPDATE quiz_answer SET person_id = $2, version = version + 1 WHERE id = $3 AND person_id = $1"
            }
            "mail" => "UPDATE mail SET person_id = $2 WHERE id = $3 AND person_id = $1",
            _ => continue,
        };
        db.execute(sql, [kept.into(), gone.into(), Value::from(&row.id)])
            .await?;
    }
    for id in &settled.pathways {
        // Unless a newer path was made since.
        db.execute(
            "UPDATE pathway SET superseded_at = NULL WHERE id = $1 AND NOT EXISTS (
                 SELECT 1 FROM pathway n WHERE n.person_id = pathway.person_id AND n.season_id = pathway.season_id
                    AND n.superseded_at IS NULL)",
            [Value::from(id)],
        )
        .await?;
    }
    for id in &settled.wishes {
        db.execute(
            "UPDATE wish SET stage = 'open', version = version + 1 WHERE id = $1 AND stage = 'closed'",
            [Value::from(id)],
        )
        .await?;
    }
    Ok(())
}

/// Both marks of the sessions in which both had one, in place of the one that was kept.
async fn restore_marks(db: &mut Connection, kept: &str, doubled: &[AttendanceRow]) -> Result<()> {
    for row in doubled.iter().filter(|row| row.person_id == kept) {
        let longer = doubled
            .iter()
            .filter(|own| own.session_id == row.session_id)
            .map(|own| own.minutes)
            .max();
        let touched = db
            .execute(
                "DELETE FROM attendance WHERE session_id = $1 AND person_id = $2 AND minutes = $3",
                [
                    Value::from(&row.session_id),
                    kept.into(),
                    longer.unwrap_or_default().into(),
                ],
            )
            .await?;
        if touched == 0 {
            return Err(Error::Stale);
        }
    }
    for row in doubled {
        db.execute(
            "INSERT INTO attendance (session_id, person_id, mark, minutes, marked_at, marked_by, version)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            [
                Value::from(&row.session_id),
                Value::from(&row.person_id),
                Value::from(&row.mark),
                row.minutes.into(),
                row.marked_at.into(),
                Value::from(&row.marked_by),
                (row.version + 1).into(),
            ],
        )
        .await?;
    }
    Ok(())
}

/// Gives `gone` (merged into `kept`, at `gone_version`) its people back, as far as they are still `kept`'s, and the organisations that
/// had been merged into it.
///
/// # Errors
/// [`Error::Stale`] when `gone` is no longer merged into `kept`.
pub async fn separate_organisation(
    db: &mut Connection,
    (kept, gone): (&str, &str),
    gone_version: i64,
    people: &[MovedRow],
    merged: &[String],
) -> Result<()> {
    let touched = db
        .execute(
            "UPDATE organisation SET merged_into = NULL, version = version + 1 WHERE id = $2 AND merged_into = $1 AND version = $3",
            [kept.into(), gone.into(), gone_version.into()],
        )
        .await?;
    if touched == 0 {
        return Err(Error::Stale);
    }
    for id in merged {
        db.execute(
            "UPDATE organisation SET merged_into = $2 WHERE id = $3 AND merged_into = $1",
            [kept.into(), gone.into(), Value::from(id)],
        )
        .await?;
    }
    for person in people {
        db.execute(
            "UPDATE person SET organisation_id = $2, version = version + 1 WHERE id = $3 AND organisation_id = $1",
            [kept.into(), gone.into(), Value::from(&person.id)],
        )
        .await?;
    }
    Ok(())
}
