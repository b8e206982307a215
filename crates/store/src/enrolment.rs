//! Who has, wants or had a seat in a session.

use crate::{Connection, Result, Value};

/// An enrolment as stored.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow, serde::Serialize, serde::Deserialize)]
pub struct EnrolmentRow {
    /// Identifier.
    pub id: String,
    /// Session.
    pub session_id: String,
    /// Person.
    pub person_id: String,
    /// Order of arrival in the session, from 1.
    pub arrival: i64,
    /// `placed`, `waiting`, `offered`, `withdrawn`, `lapsed` or `cancelled`.
    pub stage: String,
    /// Since when, UTC milliseconds.
    pub stage_at: i64,
    /// Until when the seat is held out, UTC milliseconds; only when `offered`.
    pub offered_until: Option<i64>,
    /// `web`, `phone`, `referent`, `coordinator` or `api`.
    pub origin: String,
    /// Account or person who asked, when known.
    pub requested_by: Option<String>,
    /// When, UTC milliseconds.
    pub requested_at: i64,
    /// Raised at every change.
    pub version: i64,
}

/// Every enrolment of a session, ended ones too, by arrival.
pub async fn of_session(db: &mut Connection, session_id: &str) -> Result<Vec<EnrolmentRow>> {
    db.fetch_all(
        "SELECT id, session_id, person_id, arrival, stage, stage_at, offered_until, origin, requested_by, requested_at, version
         FROM enrolment WHERE session_id = $1 ORDER BY arrival, id",
        [session_id.into()],
    )
    .await
}

/// The enrolments that take part in a decision (placed, waiting, offered), by arrival.
pub async fn active_of_session(db: &mut Connection, session_id: &str) -> Result<Vec<EnrolmentRow>> {
    db.fetch_all(
        "SELECT id, session_id, person_id, arrival, stage, stage_at, offered_until, origin, requested_by, requested_at, version
         FROM enrolment WHERE session_id = $1 AND stage IN ('placed', 'waiting', 'offered') ORDER BY arrival, id",
        [session_id.into()],
    )
    .await
}

/// One enrolment.
pub async fn get(db: &mut Connection, id: &str) -> Result<Option<EnrolmentRow>> {
    db.fetch_optional(
        "SELECT id, session_id, person_id, arrival, stage, stage_at, offered_until, origin, requested_by, requested_at, version
         FROM enrolment WHERE id = $1",
        [id.into()],
    )
    .await
}

/// Stores a new enrolment.
///
/// # Errors
/// [`crate::Error::Duplicate`] when the person has an active one in that session already.
pub async fn insert(db: &mut Connection, row: &EnrolmentRow) -> Result<()> {
    db.execute(
        "INSERT INTO enrolment (id, session_id, person_id, arrival, stage, stage_at, offered_until, origin, requested_by, requested_at, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        [
            Value::from(&row.id),
            Value::from(&row.session_id),
            Value::from(&row.person_id),
            row.arrival.into(),
            Value::from(&row.stage),
            row.stage_at.into(),
            row.offered_until.into(),
            Value::from(&row.origin),
            Value::from(&row.requested_by),
            row.requested_at.into(),
            row.version.into(),
        ],
    )
    .await?;
    Ok(())
}

/// Moves an enrolment to another stage. Called with the session locked, so nobody else decides on it.
pub async fn set_stage(
    db: &mut Connection,
    id: &str,
    stage: &str,
    at: i64,
    offered_until: Option<i64>,
) -> Result<()> {
    db.execute(
        "UPDATE enrolment SET stage = $2, stage_at = $3, offered_until = $4, version = version + 1 WHERE id = $1",
        [id.into(), stage.into(), at.into(), offered_until.into()],
    )
    .await?;
    Ok(())
}

/// An enrolment with its session's time and place: what a person's pages and the check for two sessions at once need.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow, serde::Serialize)]
pub struct PersonEnrolment {
    /// Enrolment.
    pub id: String,
    /// Session.
    pub session_id: String,
    /// Person.
    pub person_id: String,
    /// Stage of the enrolment.
    pub stage: String,
    /// Until when a seat is held out.
    pub offered_until: Option<i64>,
    /// Rank among those who wait, from 1; 0 when not waiting.
    pub rank: i64,
    /// When it was asked for.
    pub requested_at: i64,
    /// Slug of the module.
    pub module: String,
    /// Season.
    pub season_id: String,
    /// Start.
    pub starts_at: i64,
    /// End.
    pub ends_at: i64,
    /// Stage of the session.
    pub session_stage: String,
    /// Site's name.
    pub site_name: String,
    /// Site's commune.
    pub commune_code: String,
}

/// Enrolments of a person, in order of time of the sessions.
pub async fn of_person(db: &mut Connection, person_id: &str) -> Result<Vec<PersonEnrolment>> {
    db.fetch_all(
        "SELECT e.id, e.session_id, e.person_id, e.stage, e.offered_until, e.requested_at, s.module, s.season_id, s.starts_at, s.ends_at,
                s.stage AS session_stage, site.name AS site_name, site.commune_code,
                CASE WHEN e.stage = 'waiting'
                     THEN (SELECT COUNT(*) FROM enrolment o
                           WHERE o.session_id = e.session_id AND o.stage = 'waiting' AND o.arrival <= e.arrival)
                     ELSE 0 END AS rank
         FROM enrolment e
         JOIN session s ON s.id = e.session_id
         JOIN site ON site.id = s.site_id
         WHERE e.person_id = $1
         ORDER BY s.starts_at, e.requested_at, e.id",
        [person_id.into()],
    )
    .await
}

/// Seats (held or held out) of a person in sessions that overlap `[starts_at, ends_at)`, other than `session_id` itself.
pub async fn clashes(
    db: &mut Connection,
    person_id: &str,
    session_id: &str,
    starts_at: i64,
    ends_at: i64,
) -> Result<Vec<(String,)>> {
    db.fetch_all(
        "SELECT s.id
         FROM enrolment e JOIN session s ON s.id = e.session_id
         WHERE e.person_id = $1 AND e.stage IN ('placed', 'offered', 'waiting') AND s.stage <> 'cancelled'
           AND s.id <> $2 AND s.starts_at < $4 AND s.ends_at > $3
         ORDER BY s.starts_at, s.id",
        [person_id.into(), session_id.into(), starts_at.into(), ends_at.into()],
    )
    .await
}

/// A line of a session's roster with what the trainer and the coordinator need of the person.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow, serde::Serialize)]
pub struct RosterLine {
    /// Enrolment.
    pub enrolment_id: String,
    /// Person.
    pub person_id: String,
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
    /// Stage of the enrolment.
    pub stage: String,
    /// Order of arrival.
    pub arrival: i64,
    /// Until when a seat is held out.
    pub offered_until: Option<i64>,
    /// When it was asked for.
    pub requested_at: i64,
    /// Through what.
    pub origin: String,
    /// Attendance, when marked.
    pub mark: Option<String>,
    /// Minutes really attended.
    pub minutes: Option<i64>,
    /// Version of the attendance mark.
    pub mark_version: Option<i64>,
}

/// The roster of a session with names, active enrolments only, by arrival.
pub async fn roster(db: &mut Connection, session_id: &str) -> Result<Vec<RosterLine>> {
    db.fetch_all(
        "SELECT e.id AS enrolment_id, p.id AS person_id, p.name, p.email, p.phone, p.commune_code, o.name AS organisation_name, p.needs,
                e.stage, e.arrival, e.offered_until, e.requested_at, e.origin, a.mark, a.minutes, a.version AS mark_version
         FROM enrolment e
         JOIN person p ON p.id = e.person_id
         LEFT JOIN organisation o ON o.id = p.organisation_id
         LEFT JOIN attendance a ON a.session_id = e.session_id AND a.person_id = e.person_id
         WHERE e.session_id = $1 AND e.stage IN ('placed', 'waiting', 'offered')
         ORDER BY e.arrival, e.id",
        [session_id.into()],
    )
    .await
}

/// Sessions that have an offer past its time, for the worker.
pub async fn sessions_with_expired_offers(db: &mut Connection, now: i64) -> Result<Vec<(String,)>> {
    db.fetch_all(
        "SELECT DISTINCT session_id FROM enrolment WHERE stage = 'offered' AND offered_until <= $1 ORDER BY session_id",
        [now.into()],
    )
    .await
}

/// Who counts on which of the sessions that overlap `[starts_at, ends_at)`, cancelled ones left out: session and person.
pub async fn busy_between(
    db: &mut Connection,
    starts_at: i64,
    ends_at: i64,
) -> Result<Vec<(String, String)>> {
    db.fetch_all(
        "SELECT e.session_id, e.person_id
         FROM enrolment e JOIN session s ON s.id = e.session_id
         WHERE s.starts_at < $2 AND s.ends_at > $1 AND s.stage <> 'cancelled' AND e.stage IN ('placed', 'offered', 'waiting')
         ORDER BY e.session_id, e.arrival",
        [starts_at.into(), ends_at.into()],
    )
    .await
}

/// Sessions soon to take place, by the programme's hours, in which somebody with a seat is still to be reminded.
pub async fn sessions_to_remind(db: &mut Connection, now: i64) -> Result<Vec<(String,)>> {
    db.fetch_all(
        "SELECT DISTINCT s.id
         FROM session s JOIN enrolment e ON e.session_id = s.id
              JOIN season n ON n.id = s.season_id JOIN programme g ON g.id = n.programme_id
         WHERE s.stage = 'confirmed' AND s.starts_at > $1 AND s.starts_at <= $1 + g.reminder_hours * 3600000 AND e.stage = 'placed'
           AND e.stage_at < s.starts_at - g.reminder_hours * 3600000
           AND NOT EXISTS (SELECT 1 FROM mail m
                           WHERE m.kind = 'reminder' AND m.person_id = e.person_id AND m.subject_id = s.id
                             AND m.created_at >= s.starts_at - g.reminder_hours * 3600000)
         ORDER BY s.id",
        [now.into()],
    )
    .await
}

/// Seats of a session whose holders are still to be reminded: had for longer than the programme's hours before the start, by arrival.
pub async fn to_remind(db: &mut Connection, session_id: &str) -> Result<Vec<EnrolmentRow>> {
    db.fetch_all(
        "SELECT e.id, e.session_id, e.person_id, e.arrival, e.stage, e.stage_at, e.offered_until, e.origin, e.requested_by, e.requested_at,
                e.version
         FROM enrolment e JOIN session s ON s.id = e.session_id
              JOIN season n ON n.id = s.season_id JOIN programme g ON g.id = n.programme_id
         WHERE s.id = $1 AND e.stage = 'placed' AND e.stage_at < s.starts_at - g.reminder_hours * 3600000
           AND NOT EXISTS (SELECT 1 FROM mail m
                           WHERE m.kind = 'reminder' AND m.person_id = e.person_id AND m.subject_id = s.id
                             AND m.created_at >= s.starts_at - g.reminder_hours * 3600000)
         ORDER BY e.arrival, e.id",
        [session_id.into()],
    )
    .await
}

/// A registration in a session still to come, with whose it is: what the desk weighs every morning.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow, serde::Serialize)]
pub struct Ahead {
    /// Enrolment.
    pub id: String,
    /// Session.
    pub session_id: String,
    /// Person.
    pub person_id: String,
    /// Their name.
    pub name: String,
    /// Their telephone.
    pub phone: Option<String>,
    /// `placed`, `offered` or `waiting`.
    pub stage: String,
    /// Until when a seat is held out.
    pub offered_until: Option<i64>,
}

/// Every registration that counts in sessions that start after `now`, by session and arrival.
pub async fn ahead(db: &mut Connection, now: i64) -> Result<Vec<Ahead>> {
    db.fetch_all(
        "SELECT e.id, e.session_id, e.person_id, p.name, p.phone, e.stage, e.offered_until
         FROM enrolment e
         JOIN session s ON s.id = e.session_id
         JOIN person p ON p.id = e.person_id
         WHERE s.starts_at > $1 AND s.stage IN ('gathering', 'confirmed') AND e.stage IN ('placed', 'offered', 'waiting')
         ORDER BY e.session_id, e.arrival, e.id",
        [now.into()],
    )
    .await
}
