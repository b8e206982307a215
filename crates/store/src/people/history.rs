//! All that is known of one person: what their page shows and their data export holds.

use crate::event::EventRow;
use crate::{Connection, Result};

/// A session that a person asked for.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow, serde::Serialize)]
pub struct PersonEnrolmentRow {
    /// The enrolment.
    pub id: String,
    /// The session.
    pub session_id: String,
    /// Slug of its module.
    pub module: String,
    /// Where.
    pub site_name: String,
    /// From when, UTC milliseconds.
    pub starts_at: i64,
    /// Until when, UTC milliseconds.
    pub ends_at: i64,
    /// The session's stage.
    pub session_stage: String,
    /// The enrolment's stage.
    pub stage: String,
    /// Since when, UTC milliseconds.
    pub stage_at: i64,
    /// How it was asked for.
    pub origin: String,
    /// When it was asked for, UTC milliseconds.
    pub requested_at: i64,
    /// Attendance mark, once marked.
    pub mark: Option<String>,
    /// Minutes really attended, once marked.
    pub minutes: Option<i64>,
}

/// The person's enrolments, latest session first.
pub async fn person_enrolments(
    db: &mut Connection,
    person: &str,
) -> Result<Vec<PersonEnrolmentRow>> {
    db.fetch_all(
        "SELECT e.id, e.session_id, s.module, t.name AS site_name, s.starts_at, s.ends_at, s.stage AS session_stage, e.stage, e.stage_at,
                e.origin, e.requested_at, a.mark, a.minutes
         FROM enrolment e JOIN session s ON s.id = e.session_id JOIN site t ON t.id = s.site_id
         LEFT JOIN attendance a ON a.session_id = e.session_id AND a.person_id = e.person_id
         WHERE e.person_id = $1
         ORDER BY s.starts_at DESC, e.id DESC",
        [person.into()],
    )
    .await
}

/// A certificate given to a person.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow, serde::Serialize)]
pub struct PersonCertificateRow {
    /// Identifier.
    pub id: String,
    /// Name of the season.
    pub season_name: String,
    /// Its code.
    pub code: String,
    /// Minutes certified.
    pub minutes: i64,
    /// The lines as certified, JSON.
    pub content: String,
    /// When, UTC milliseconds.
    pub issued_at: i64,
    /// Since when no longer good, UTC milliseconds.
    pub revoked_at: Option<i64>,
    /// What its badge says, JSON; empty once erased.
    pub badge: Option<String>,
}

/// The person's certificates, newest first.
pub async fn person_certificates(
    db: &mut Connection,
    person: &str,
) -> Result<Vec<PersonCertificateRow>> {
    db.fetch_all(
        "SELECT c.id, n.name AS season_name, c.code, c.minutes, c.content, c.issued_at, c.revoked_at, b.credential AS badge
         FROM certificate c JOIN season n ON n.id = c.season_id LEFT JOIN badge b ON b.certificate_id = c.id
         WHERE c.person_id = $1 ORDER BY c.issued_at DESC, c.id DESC",
        [person.into()],
    )
    .await
}

/// A letter to a person.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow, serde::Serialize)]
pub struct PersonLetterRow {
    /// Identifier.
    pub id: String,
    /// Kind of letter.
    pub kind: String,
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub text_body: String,
    /// To which address.
    pub recipient_address: String,
    /// `queued`, `sent`, `failed`, `dropped`.
    pub stage: String,
    /// When written, UTC milliseconds.
    pub created_at: i64,
    /// When sent, UTC milliseconds.
    pub sent_at: Option<i64>,
}

/// Letters to the person, newest first.
pub async fn person_letters(db: &mut Connection, person: &str) -> Result<Vec<PersonLetterRow>> {
    db.fetch_all(
        "SELECT id, kind, subject, text_body, recipient_address, stage, created_at, sent_at
         FROM mail WHERE person_id = $1 ORDER BY created_at DESC, id DESC",
        [person.into()],
    )
    .await
}

/// A questionnaire that a person filled.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow, serde::Serialize)]
pub struct PersonResponseRow {
    /// Identifier.
    pub id: String,
    /// Name of the season.
    pub season_name: String,
    /// Slug of the questionnaire.
    pub questionnaire: String,
    /// `web`, `paper` or `phone`.
    pub origin: String,
    /// JSON by question slug.
    pub answers: String,
    /// When begun, UTC milliseconds.
    pub started_at: i64,
    /// When finished, UTC milliseconds.
    pub completed_at: Option<i64>,
}

/// The person's questionnaires, newest first.
pub async fn person_responses(db: &mut Connection, person: &str) -> Result<Vec<PersonResponseRow>> {
    db.fetch_all(
        "SELECT r.id, n.name AS season_name, r.questionnaire, r.origin, r.answers, r.started_at, r.completed_at
         FROM response r JOIN season n ON n.id = r.season_id
         WHERE r.person_id = $1 ORDER BY r.started_at DESC, r.id DESC",
        [person.into()],
    )
    .await
}

/// A wish of a person.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow, serde::Serialize)]
pub struct PersonWishRow {
    /// Identifier.
    pub id: String,
    /// Slug of the module, if one was named.
    pub module: Option<String>,
    /// In their words.
    pub detail: String,
    /// `full`, `absent` or `asked`.
    pub reason: String,
    /// `open`, `answered` or `closed`.
    pub stage: String,
    /// What was answered.
    pub answer: String,
    /// When, UTC milliseconds.
    pub created_at: i64,
}

/// The person's wishes, newest first.
pub async fn person_wishes(db: &mut Connection, person: &str) -> Result<Vec<PersonWishRow>> {
    db.fetch_all(
        "SELECT id, module, detail, reason, stage, answer, created_at FROM wish
         WHERE person_id = $1 ORDER BY created_at DESC, id DESC",
        [person.into()],
    )
    .await
}

/// A step of one of a person's paths.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow, serde::Serialize)]
pub struct PersonPathwayRow {
    /// The path.
    pub id: String,
    /// Name of the season.
    pub season_name: String,
    /// Level found, 0 to 3.
    pub level: i64,
    /// When made, UTC milliseconds.
    pub made_at: i64,
    /// Since when a later one took its place, UTC milliseconds.
    pub superseded_at: Option<i64>,
    /// Order of the step.
    pub position: i64,
    /// Slug of the module.
    pub module: String,
    /// JSON list of reasons in each language.
    pub reasons: String,
}

/// The steps of all paths of the person, newest path first.
pub async fn person_pathways(db: &mut Connection, person: &str) -> Result<Vec<PersonPathwayRow>> {
    db.fetch_all(
        "SELECT w.id, n.name AS season_name, w.level, w.made_at, w.superseded_at, t.position, t.module, t.reasons
         FROM pathway w JOIN season n ON n.id = w.season_id JOIN pathway_step t ON t.pathway_id = w.id
         WHERE w.person_id = $1 ORDER BY w.made_at DESC, w.id DESC, t.position",
        [person.into()],
    )
    .await
}

/// What happened to the person and to what is theirs (enrolments, questionnaires, wishes, certificates, level tests), and to the records merged into
/// theirs; newest first.
pub async fn person_events(db: &mut Connection, person: &str, limit: i64) -> Result<Vec<EventRow>> {
    db.fetch_all(
        "SELECT seq, id, at, actor_kind, actor_id, actor_name, action, subject_kind, subject_id, before_state, after_state
         FROM event
         WHERE subject_id IN (SELECT id FROM person WHERE id = $1 OR merged_into = $1
                              UNION SELECT id FROM enrolment WHERE person_id = $1
                              UNION SELECT id FROM response WHERE person_id = $1
                              UNION SELECT id FROM wish WHERE person_id = $1
                              UNION SELECT id FROM debrief WHERE person_id = $1
                              UNION SELECT id FROM certificate WHERE person_id = $1
                              UNION SELECT id FROM level_run WHERE person_id = $1)
         ORDER BY seq DESC LIMIT $2",
        [person.into(), limit.into()],
    )
    .await
}
