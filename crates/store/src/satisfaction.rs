//! Anonymous answers after a session or at the end of a season. Nothing here leads to a person, or from a used link to an answer.

use crate::{Connection, Result, Value};

/// What is answered about: `session` or `season`, and its id.
pub type Subject<'a> = (&'a str, &'a str);

/// Marks a link, by the hash of its token, as used; answers whether it was not before.
pub async fn spend(db: &mut Connection, token_hash: &str, subject: Subject<'_>) -> Result<bool> {
    let rows = db
        .execute(
            "INSERT INTO satisfaction_spent (token_hash, subject_kind, subject_id) VALUES ($1, $2, $3)
             ON CONFLICT (token_hash) DO NOTHING",
            [token_hash.into(), subject.0.into(), subject.1.into()],
        )
        .await?;
    Ok(rows == 1)
}

/// Whether a link was used.
pub async fn is_spent(db: &mut Connection, token_hash: &str) -> Result<bool> {
    let used = db
        .number(
            "SELECT COUNT(*) FROM satisfaction_spent WHERE token_hash = $1",
            [token_hash.into()],
        )
        .await?;
    Ok(used > 0)
}

/// Stores an answer; `id` must be random.
pub async fn insert(
    db: &mut Connection,
    id: &str,
    subject: Subject<'_>,
    content_version: &str,
    answers: &str,
) -> Result<()> {
    db.execute(
        "INSERT INTO satisfaction_answer (id, subject_kind, subject_id, content_version, answers) VALUES ($1, $2, $3, $4, $5)",
        [
            id.into(),
            subject.0.into(),
            subject.1.into(),
            content_version.into(),
            answers.into(),
        ],
    )
    .await?;
    Ok(())
}

/// The answers about one session or season, as JSON, in the order of their random ids.
pub async fn answers(db: &mut Connection, subject: Subject<'_>) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = db
        .fetch_all(
            "SELECT answers FROM satisfaction_answer WHERE subject_kind = $1 AND subject_id = $2 ORDER BY id",
            [subject.0.into(), subject.1.into()],
        )
        .await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// A session of which people can say what they think.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct RatedRow {
    /// Session.
    pub session_id: String,
    /// Slug of its module.
    pub module: String,
    /// Where.
    pub site_name: String,
    /// Its trainer.
    pub trainer_id: Option<String>,
    /// The trainer's name.
    pub trainer_name: Option<String>,
    /// Start, UTC milliseconds.
    pub starts_at: i64,
    /// People who attended.
    pub attended: i64,
    /// People who answered.
    pub answered: i64,
}

/// The past sessions of a season that somebody attended, newest first; `trainer`: those of that one only.
pub async fn rated(
    db: &mut Connection,
    season: &str,
    trainer: Option<&str>,
    now: i64,
) -> Result<Vec<RatedRow>> {
    db.fetch_all(
        "SELECT s.id AS session_id, s.module, site.name AS site_name, s.trainer_id, t.name AS trainer_name, s.starts_at,
                (SELECT COUNT(*) FROM attendance a WHERE a.session_id = s.id AND a.minutes > 0) AS attended,
                (SELECT COUNT(*) FROM satisfaction_answer q WHERE q.subject_kind = 'session' AND q.subject_id = s.id) AS answered
         FROM session s JOIN site ON site.id = s.site_id LEFT JOIN trainer t ON t.id = s.trainer_id
         WHERE s.season_id = $1 AND (CAST($2 AS TEXT) IS NULL OR s.trainer_id = $2) AND s.ends_at <= $3 AND s.stage <> 'cancelled'
           AND EXISTS (SELECT 1 FROM attendance a WHERE a.session_id = s.id AND a.minutes > 0)
         ORDER BY s.starts_at DESC, s.id",
        [season.into(), Value::from(trainer), now.into()],
    )
    .await
}

/// Ids of the people who attended a session, or anything of a season.
pub async fn attendees(db: &mut Connection, subject: Subject<'_>) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = db
        .fetch_all(
            "SELECT DISTINCT a.person_id FROM attendance a JOIN session s ON s.id = a.session_id JOIN person p ON p.id = a.person_id
             WHERE a.minutes > 0 AND p.erased_at IS NULL
               AND ((CAST($1 AS TEXT) = 'session' AND s.id = $2) OR (CAST($1 AS TEXT) = 'season' AND s.season_id = $2))
             ORDER BY a.person_id",
            [subject.0.into(), subject.1.into()],
        )
        .await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}
