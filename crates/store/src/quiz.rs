//! Quizzes of modules, every state of their questions, and what people answered.

use crate::{Connection, Error, Result, Value};

/// A quiz.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow, serde::Serialize, serde::Deserialize)]
pub struct QuizRow {
    /// Identifier.
    pub id: String,
    /// Slug of its module.
    pub module: String,
    /// The one session that it is for; none: every session of the module.
    pub session_id: Option<String>,
    /// The trainer whose it is; none: the desk's.
    pub trainer_id: Option<String>,
    /// Its title.
    pub title: String,
    /// `draft`, `open` or `archived`.
    pub stage: String,
    /// The newest state of its questions, from 1.
    pub revision: i64,
    /// Whether it may be answered more than once: 0 or 1.
    pub again: i64,
    /// When it was made, UTC milliseconds.
    pub created_at: i64,
    /// Raised at every change.
    pub version: i64,
}

/// A state of a quiz's questions.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow, serde::Serialize, serde::Deserialize)]
pub struct QuizRevisionRow {
    /// The quiz.
    pub quiz_id: String,
    /// From 1.
    pub number: i64,
    /// JSON list of questions.
    pub questions: String,
    /// Who wrote it.
    pub author_name: String,
    /// When, UTC milliseconds.
    pub created_at: i64,
}

/// A quiz in a list.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow, serde::Serialize)]
pub struct QuizLine {
    /// Identifier.
    pub id: String,
    /// Slug of its module.
    pub module: String,
    /// The one session that it is for.
    pub session_id: Option<String>,
    /// Start of that session, UTC milliseconds.
    pub session_starts_at: Option<i64>,
    /// The trainer whose it is.
    pub trainer_id: Option<String>,
    /// Their name.
    pub trainer_name: Option<String>,
    /// Its title.
    pub title: String,
    /// `draft`, `open` or `archived`.
    pub stage: String,
    /// The newest state of its questions.
    pub revision: i64,
    /// People who answered, whoever was erased left out.
    pub people: i64,
    /// When its questions were last changed, UTC milliseconds.
    pub changed_at: i64,
    /// Raised at every change.
    pub version: i64,
}

/// A sheet of answers.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow, serde::Serialize, serde::Deserialize)]
pub struct QuizAnswerRow {
    /// Identifier.
    pub id: String,
    /// The quiz.
    pub quiz_id: String,
    /// The state of its questions that was answered.
    pub revision: i64,
    /// In which session.
    pub session_id: String,
    /// Who.
    pub person_id: String,
    /// Counts the tries of that person in that session, from 1.
    pub turn: i64,
    /// `web` or `paper`.
    pub origin: String,
    /// JSON, one entry a question.
    pub answers: String,
    /// Mean over the questions, in thousandths.
    pub score: i64,
    /// When, UTC milliseconds.
    pub made_at: i64,
    /// Account that entered a sheet of paper.
    pub entered_by: Option<String>,
    /// Raised at every correction, from 1.
    pub version: i64,
}

/// A sheet of answers with whose it is and when the session was.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow, serde::Serialize)]
pub struct AnsweredLine {
    /// Identifier.
    pub id: String,
    /// The quiz.
    pub quiz_id: String,
    /// The state of its questions that was answered.
    pub revision: i64,
    /// In which session.
    pub session_id: String,
    /// Start of the session, UTC milliseconds.
    pub starts_at: i64,
    /// Programme of the session.
    pub programme_id: String,
    /// Where it was held.
    pub site_name: String,
    /// Who gave it.
    pub trainer_id: Option<String>,
    /// Their name.
    pub trainer_name: Option<String>,
    /// Who answered.
    pub person_id: String,
    /// Their name.
    pub name: String,
    /// Counts their tries.
    pub turn: i64,
    /// `web` or `paper`.
    pub origin: String,
    /// JSON, one entry a question.
    pub answers: String,
    /// Mean over the questions, in thousandths.
    pub score: i64,
    /// When, UTC milliseconds.
    pub made_at: i64,
    /// Raised at every correction.
    pub version: i64,
}

/// Stores a new quiz.
pub async fn insert(db: &mut Connection, row: &QuizRow) -> Result<()> {
    db.execute(
        "INSERT INTO quiz (id, module, session_id, trainer_id, title, stage, revision, again, created_at, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        [
            Value::from(&row.id),
            Value::from(&row.module),
            Value::from(&row.session_id),
            Value::from(&row.trainer_id),
            Value::from(&row.title),
            Value::from(&row.stage),
            row.revision.into(),
            row.again.into(),
            row.created_at.into(),
            row.version.into(),
        ],
    )
    .await?;
    Ok(())
}

/// One quiz.
pub async fn get(db: &mut Connection, id: &str) -> Result<Option<QuizRow>> {
    db.fetch_optional(
        "SELECT id, module, session_id, trainer_id, title, stage, revision, again, created_at, version FROM quiz WHERE id = $1",
        [id.into()],
    )
    .await
}

/// Writes a quiz over the version that `row` carries; answers the new version.
///
/// # Errors
/// [`Error::Stale`] when that version is no longer the newest.
pub async fn update(db: &mut Connection, row: &QuizRow) -> Result<i64> {
    let changed = db
        .execute(
            "UPDATE quiz SET module = $3, session_id = $4, title = $5, stage = $6, revision = $7, again = $8, version = version + 1
             WHERE id = $1 AND version = $2",
            [
                Value::from(&row.id),
                row.version.into(),
                Value::from(&row.module),
                Value::from(&row.session_id),
                Value::from(&row.title),
                Value::from(&row.stage),
                row.revision.into(),
                row.again.into(),
            ],
        )
        .await?;
    if changed == 0 {
        return Err(Error::Stale);
    }
    Ok(row.version + 1)
}

/// Keeps a state of a quiz's questions.
pub async fn insert_revision(db: &mut Connection, row: &QuizRevisionRow) -> Result<()> {
    db.execute(
        "INSERT INTO quiz_revision (quiz_id, number, questions, author_name, created_at) VALUES ($1, $2, $3, $4, $5)",
        [
            Value::from(&row.quiz_id),
            row.number.into(),
            Value::from(&row.questions),
            Value::from(&row.author_name),
            row.created_at.into(),
        ],
    )
    .await?;
    Ok(())
}

/// One state of a quiz's questions.
pub async fn revision(
    db: &mut Connection,
    quiz: &str,
    number: i64,
) -> Result<Option<QuizRevisionRow>> {
    db.fetch_optional(
        "SELECT quiz_id, number, questions, author_name, created_at FROM quiz_revision WHERE quiz_id = $1 AND number = $2",
        [quiz.into(), number.into()],
    )
    .await
}

/// Every state of a quiz's questions, oldest first.
pub async fn revisions(db: &mut Connection, quiz: &str) -> Result<Vec<QuizRevisionRow>> {
    db.fetch_all(
        "SELECT quiz_id, number, questions, author_name, created_at FROM quiz_revision WHERE quiz_id = $1 ORDER BY number",
        [quiz.into()],
    )
    .await
}

/// Every quiz, by module and title.
pub async fn list(db: &mut Connection) -> Result<Vec<QuizLine>> {
    db.fetch_all(
        "SELECT q.id, q.module, q.session_id, s.starts_at AS session_starts_at, q.trainer_id, t.name AS trainer_name, q.title, q.stage,
                q.revision, r.created_at AS changed_at, q.version,
                (SELECT COUNT(DISTINCT a.person_id) FROM quiz_answer a JOIN person p ON p.id = a.person_id
                 WHERE a.quiz_id = q.id AND p.erased_at IS NULL) AS people
         FROM quiz q
         JOIN quiz_revision r ON r.quiz_id = q.id AND r.number = q.revision
         LEFT JOIN session s ON s.id = q.session_id
         LEFT JOIN trainer t ON t.id = q.trainer_id
         ORDER BY q.module, q.title, q.id",
        [],
    )
    .await
}

/// Quizzes of a module that are in use, in order of making.
pub async fn open_of_module(db: &mut Connection, module: &str) -> Result<Vec<QuizRow>> {
    db.fetch_all(
        "SELECT id, module, session_id, trainer_id, title, stage, revision, again, created_at, version
         FROM quiz WHERE module = $1 AND stage = 'open' ORDER BY created_at, id",
        [module.into()],
    )
    .await
}

/// Quizzes that were answered in a session, whatever became of them, in order of making.
pub async fn answered_in(db: &mut Connection, session: &str) -> Result<Vec<QuizRow>> {
    db.fetch_all(
        "SELECT id, module, session_id, trainer_id, title, stage, revision, again, created_at, version
         FROM quiz WHERE id IN (SELECT quiz_id FROM quiz_answer WHERE session_id = $1) ORDER BY created_at, id",
        [session.into()],
    )
    .await
}

/// Whether somebody takes part in a session: has a seat and was not marked as missing, or came without one.
pub async fn takes_part(db: &mut Connection, session: &str, person: &str) -> Result<bool> {
    let count = db
        .number(
            "SELECT COUNT(*) FROM session s
             LEFT JOIN attendance a ON a.session_id = s.id AND a.person_id = $2
             WHERE s.id = $1 AND s.stage <> 'cancelled' AND (
                 a.minutes > 0
                 OR (a.minutes IS NULL AND EXISTS (SELECT 1 FROM enrolment e
                     WHERE e.session_id = s.id AND e.person_id = $2 AND e.stage = 'placed')))",
            [session.into(), person.into()],
        )
        .await?;
    Ok(count > 0)
}

/// Sessions that somebody came to, latest first.
pub async fn came_to(db: &mut Connection, person: &str) -> Result<Vec<(String,)>> {
    db.fetch_all(
        "SELECT s.id FROM attendance a JOIN session s ON s.id = a.session_id
         WHERE a.person_id = $1 AND a.minutes > 0 ORDER BY s.starts_at DESC, s.id",
        [person.into()],
    )
    .await
}

/// Stores a sheet of answers.
///
/// # Errors
/// [`Error::Duplicate`] when that try of that person is there already.
pub async fn insert_answer(db: &mut Connection, row: &QuizAnswerRow) -> Result<()> {
    db.execute(
        "INSERT INTO quiz_answer (id, quiz_id, revision, session_id, person_id, turn, origin, answers, score, made_at, entered_by, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        [
            Value::from(&row.id),
            Value::from(&row.quiz_id),
            row.revision.into(),
            Value::from(&row.session_id),
            Value::from(&row.person_id),
            row.turn.into(),
            Value::from(&row.origin),
            Value::from(&row.answers),
            row.score.into(),
            row.made_at.into(),
            Value::from(&row.entered_by),
            row.version.into(),
        ],
    )
    .await?;
    Ok(())
}

/// Corrects a sheet of paper over the version that `row` carries.
///
/// # Errors
/// [`Error::Stale`] when that version is no longer the newest.
pub async fn update_answer(db: &mut Connection, row: &QuizAnswerRow) -> Result<()> {
    let changed = db
        .execute(
            "UPDATE quiz_answer SET revision = $3, answers = $4, score = $5, made_at = $6, entered_by = $7, version = version + 1
             WHERE id = $1 AND version = $2",
            [
                Value::from(&row.id),
                row.version.into(),
                row.revision.into(),
                Value::from(&row.answers),
                row.score.into(),
                row.made_at.into(),
                Value::from(&row.entered_by),
            ],
        )
        .await?;
    if changed == 0 {
        return Err(Error::Stale);
    }
    Ok(())
}

/// The sheets of a person in a session, by quiz and try.
pub async fn answers_of(
    db: &mut Connection,
    session: &str,
    person: &str,
) -> Result<Vec<QuizAnswerRow>> {
    db.fetch_all(
        "SELECT id, quiz_id, revision, session_id, person_id, turn, origin, answers, score, made_at, entered_by, version
         FROM quiz_answer WHERE session_id = $1 AND person_id = $2 ORDER BY quiz_id, turn",
        [session.into(), person.into()],
    )
    .await
}

/// The sheets answered in a session (of one quiz, if given) or to a quiz anywhere, by session, name and try. People who were erased are left out.
pub async fn answered(
    db: &mut Connection,
    quiz: Option<&str>,
    session: Option<&str>,
) -> Result<Vec<AnsweredLine>> {
    db.fetch_all(
        "SELECT a.id, a.quiz_id, a.revision, a.session_id, s.starts_at, n.programme_id, i.name AS site_name, s.trainer_id, t.name AS trainer_name,
                a.person_id, p.name, a.turn, a.origin, a.answers, a.score, a.made_at, a.version
         FROM quiz_answer a
         JOIN session s ON s.id = a.session_id
         JOIN season n ON n.id = s.season_id
         JOIN site i ON i.id = s.site_id
         JOIN person p ON p.id = a.person_id
         LEFT JOIN trainer t ON t.id = s.trainer_id
         WHERE p.erased_at IS NULL
           AND (CAST($1 AS TEXT) IS NULL OR a.quiz_id = $1)
           AND (CAST($2 AS TEXT) IS NULL OR a.session_id = $2)
         ORDER BY s.starts_at, s.id, p.folded, p.id, a.turn",
        [quiz.into(), session.into()],
    )
    .await
}

/// Sessions closed since `since` in which somebody who came has an address and was not yet told of the quiz, though there is one that may be
/// theirs.
pub async fn sessions_to_tell(db: &mut Connection, since: i64) -> Result<Vec<(String,)>> {
    db.fetch_all(
        "SELECT DISTINCT s.id
         FROM session s
         JOIN quiz q ON q.module = s.module AND q.stage = 'open' AND (q.session_id IS NULL OR q.session_id = s.id)
         JOIN attendance a ON a.session_id = s.id AND a.minutes > 0
         JOIN person p ON p.id = a.person_id AND p.email IS NOT NULL AND p.erased_at IS NULL
         WHERE s.stage = 'held' AND s.stage_at >= $1
           AND (q.session_id IS NOT NULL OR q.trainer_id IS NULL OR q.trainer_id = s.trainer_id)
           AND NOT EXISTS (SELECT 1 FROM mail m WHERE m.kind = 'quiz-ready' AND m.person_id = p.id AND m.subject_id = s.id)
           AND NOT EXISTS (SELECT 1 FROM quiz_answer x WHERE x.session_id = s.id AND x.person_id = p.id)
         ORDER BY s.id",
        [since.into()],
    )
    .await
}

/// People who came to a session, have an address, answered no quiz there and were not yet told of one, by id.
pub async fn people_to_tell(db: &mut Connection, session: &str) -> Result<Vec<(String,)>> {
    db.fetch_all(
        "SELECT p.id
         FROM attendance a JOIN person p ON p.id = a.person_id
         WHERE a.session_id = $1 AND a.minutes > 0 AND p.email IS NOT NULL AND p.erased_at IS NULL
           AND NOT EXISTS (SELECT 1 FROM mail m WHERE m.kind = 'quiz-ready' AND m.person_id = p.id AND m.subject_id = $1)
           AND NOT EXISTS (SELECT 1 FROM quiz_answer x WHERE x.session_id = $1 AND x.person_id = p.id)
         ORDER BY p.id",
        [session.into()],
    )
    .await
}

/// What somebody answered, as their page and their data export tell it.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow, serde::Serialize)]
pub struct PersonQuizRow {
    /// The sheet.
    pub id: String,
    /// Title of the quiz.
    pub title: String,
    /// Slug of its module.
    pub module: String,
    /// The session.
    pub session_id: String,
    /// The questions as they were answered, JSON.
    pub questions: String,
    /// The answers, JSON.
    pub answers: String,
    /// Mean over the questions, in thousandths.
    pub score: i64,
    /// Counts the tries.
    pub turn: i64,
    /// `web` or `paper`.
    pub origin: String,
    /// When, UTC milliseconds.
    pub made_at: i64,
}

/// The sheets of a person, newest first.
pub async fn of_person(db: &mut Connection, person: &str) -> Result<Vec<PersonQuizRow>> {
    db.fetch_all(
        "SELECT a.id, q.title, q.module, a.session_id, r.questions, a.answers, a.score, a.turn, a.origin, a.made_at
         FROM quiz_answer a
         JOIN quiz q ON q.id = a.quiz_id
         JOIN quiz_revision r ON r.quiz_id = a.quiz_id AND r.number = a.revision
         WHERE a.person_id = $1 ORDER BY a.made_at DESC, a.id DESC",
        [person.into()],
    )
    .await
}
