//! The outbox: letters written in the transaction of what they tell, sent by a worker.

use crate::{Connection, Result, Value};

/// A letter as stored.
#[derive(Clone, Debug, Default, PartialEq, sqlx::FromRow, serde::Serialize)]
pub struct MailRow {
    /// Identifier.
    pub id: String,
    /// When it was written, UTC milliseconds.
    pub created_at: i64,
    /// From when it may be sent.
    pub due_at: i64,
    /// Kind of letter.
    pub kind: String,
    /// To which address.
    pub recipient_address: String,
    /// To whom.
    pub recipient_name: String,
    /// Which participant it is for, if one.
    pub person_id: Option<String>,
    /// `fr` or `en`.
    pub language: String,
    /// Subject.
    pub subject: String,
    /// Plain text.
    pub text_body: String,
    /// HTML.
    pub html_body: String,
    /// `REQUEST`, `CANCEL` … when a calendar file goes with it.
    pub calendar_method: Option<String>,
    /// The calendar file.
    pub calendar_body: Option<String>,
    /// Kind of what it is about, such as `session`.
    pub subject_kind: Option<String>,
    /// Identifier of what it is about.
    pub subject_id: Option<String>,
    /// Writing a second letter with the same key does nothing.
    pub dedup_key: Option<String>,
    /// `queued`, `sent`, `failed` or `dropped`; `call`: to be told by telephone, `called`: told so.
    pub stage: String,
    /// Tries so far.
    pub attempts: i64,
    /// When it was sent.
    pub sent_at: Option<i64>,
    /// What the last try said.
    pub last_error: String,
}

/// Writes a letter into the outbox; answers whether it is new (`false`: one with the same `dedup_key` is there already).
pub async fn enqueue(db: &mut Connection, row: &MailRow) -> Result<bool> {
    let written = db
        .execute(
            "INSERT INTO mail (id, created_at, due_at, kind, recipient_address, recipient_name, person_id, language, subject, text_body,
                               html_body, calendar_method, calendar_body, subject_kind, subject_id, dedup_key, stage, attempts, last_error)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,
                     CASE WHEN CAST($17 AS TEXT) = 'call' THEN 'call' ELSE 'queued' END, 0, '')
             ON CONFLICT (dedup_key) DO NOTHING",
            [
                Value::from(&row.id),
                row.created_at.into(),
                row.due_at.into(),
                Value::from(&row.kind),
                Value::from(&row.recipient_address),
                Value::from(&row.recipient_name),
                Value::from(&row.person_id),
                Value::from(&row.language),
                Value::from(&row.subject),
                Value::from(&row.text_body),
                Value::from(&row.html_body),
                Value::from(&row.calendar_method),
                Value::from(&row.calendar_body),
                Value::from(&row.subject_kind),
                Value::from(&row.subject_id),
                Value::from(&row.dedup_key),
                Value::from(&row.stage),
            ],
        )
        .await?;
    Ok(written > 0)
}

/// Takes up to `limit` letters that are due, for this node alone until `claimed_until`.
pub async fn claim(
    db: &mut Connection,
    now: i64,
    claimed_until: i64,
    limit: i64,
) -> Result<Vec<MailRow>> {
    // The conditions stand again outside: PostgreSQL checks them anew on a row that another node took meanwhile.
    db.fetch_all(
        "UPDATE mail SET claimed_until = $2, attempts = attempts + 1
         WHERE stage = 'queued' AND (claimed_until IS NULL OR claimed_until < $1)
           AND id IN (SELECT id FROM mail
                      WHERE stage = 'queued' AND due_at <= $1 AND (claimed_until IS NULL OR claimed_until < $1)
                      ORDER BY due_at, id LIMIT $3)
         RETURNING id, created_at, due_at, kind, recipient_address, recipient_name, person_id, language, subject, text_body, html_body,
                   calendar_method, calendar_body, subject_kind, subject_id, dedup_key, stage, attempts, sent_at, last_error",
        [now.into(), claimed_until.into(), limit.into()],
    )
    .await
}

/// The letter was taken over by the mail server.
pub async fn sent(db: &mut Connection, id: &str, at: i64) -> Result<()> {
    db.execute(
        "UPDATE mail SET stage = 'sent', sent_at = $2, claimed_until = NULL, last_error = '' WHERE id = $1",
        [id.into(), at.into()],
    )
    .await?;
    Ok(())
}

/// The letter could not be sent: again at `retry_at`, or never (`None`).
pub async fn not_sent(
    db: &mut Connection,
    id: &str,
    error: &str,
    retry_at: Option<i64>,
) -> Result<()> {
    db.execute(
        "UPDATE mail
         SET stage = CASE WHEN CAST($3 AS BIGINT) IS NULL THEN 'failed' ELSE 'queued' END,
             due_at = COALESCE($3, due_at), claimed_until = NULL, last_error = $2
         WHERE id = $1",
        [id.into(), error.into(), retry_at.into()],
    )
    .await?;
    Ok(())
}

/// Puts a failed letter back in the queue.
pub async fn retry(db: &mut Connection, id: &str, now: i64) -> Result<bool> {
    let changed = db
        .execute("UPDATE mail SET stage = 'queued', due_at = $2, attempts = 0 WHERE id = $1 AND stage = 'failed'", [
            id.into(),
            now.into(),
        ])
        .await?;
    Ok(changed > 0)
}

/// One letter.
pub async fn get(db: &mut Connection, id: &str) -> Result<Option<MailRow>> {
    db.fetch_optional(
        "SELECT id, created_at, due_at, kind, recipient_address, recipient_name, person_id, language, subject, text_body, html_body,
                calendar_method, calendar_body, subject_kind, subject_id, dedup_key, stage, attempts, sent_at, last_error
         FROM mail WHERE id = $1",
        [id.into()],
    )
    .await
}

/// Which letters to list; `None` means any. Newest first.
#[derive(Clone, Debug, Default)]
pub struct MailFilter {
    /// To one person.
    pub person_id: Option<String>,
    /// Stage.
    pub stage: Option<String>,
    /// Part of the address, the name or the subject.
    pub search: Option<String>,
    /// How many to leave out.
    pub offset: i64,
    /// At most this many.
    pub limit: i64,
}

/// Lists letters, newest first.
pub async fn list(db: &mut Connection, filter: &MailFilter) -> Result<Vec<MailRow>> {
    db.fetch_all(
        "SELECT id, created_at, due_at, kind, recipient_address, recipient_name, person_id, language, subject, text_body, html_body,
                calendar_method, calendar_body, subject_kind, subject_id, dedup_key, stage, attempts, sent_at, last_error
         FROM mail
         WHERE (CAST($1 AS TEXT) IS NULL OR person_id = $1)
           AND (CAST($2 AS TEXT) IS NULL OR stage = $2)
           AND (CAST($3 AS TEXT) IS NULL
                OR LOWER(recipient_address || ' ' || recipient_name || ' ' || subject) LIKE '%' || LOWER($3) || '%')
         ORDER BY created_at DESC, id DESC
         LIMIT $4 OFFSET $5",
        [
            Value::from(&filter.person_id),
            Value::from(&filter.stage),
            Value::from(&filter.search),
            filter.limit.into(),
            filter.offset.into(),
        ],
    )
    .await
}

/// Something to tell somebody by telephone.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow, serde::Serialize)]
pub struct CallRow {
    /// The letter.
    pub id: String,
    /// Kind of letter.
    pub kind: String,
    /// Whom.
    pub person_id: String,
    /// Their name.
    pub name: String,
    /// Their telephone.
    pub phone: Option<String>,
    /// About which session.
    pub session_id: String,
    /// In short.
    pub subject: String,
    /// Since when.
    pub created_at: i64,
}

/// Calls to make about sessions that are still to come, soonest session first.
pub async fn to_call(db: &mut Connection, now: i64) -> Result<Vec<CallRow>> {
    db.fetch_all(
        "SELECT m.id, m.kind, p.id AS person_id, p.name, p.phone, s.id AS session_id, m.subject, m.created_at
         FROM mail m
         JOIN session s ON s.id = m.subject_id
         JOIN person p ON p.id = m.person_id
         WHERE m.stage = 'call' AND m.subject_kind = 'session' AND s.starts_at > $1
         ORDER BY s.starts_at, m.created_at, m.id",
        [now.into()],
    )
    .await
}

/// Somebody was told by telephone; answers whether the call was still to be made.
pub async fn called(db: &mut Connection, id: &str, at: i64) -> Result<bool> {
    let changed = db
        .execute(
            "UPDATE mail SET stage = 'called', sent_at = $2 WHERE id = $1 AND stage = 'call'",
            [id.into(), at.into()],
        )
        .await?;
    Ok(changed > 0)
}

/// Letters about something, newest first.
pub async fn about(
    db: &mut Connection,
    subject_kind: &str,
    subject_id: &str,
    limit: i64,
) -> Result<Vec<MailRow>> {
    db.fetch_all(
        "SELECT id, created_at, due_at, kind, recipient_address, recipient_name, person_id, language, subject, text_body, html_body,
                calendar_method, calendar_body, subject_kind, subject_id, dedup_key, stage, attempts, sent_at, last_error
         FROM mail WHERE subject_kind = $1 AND subject_id = $2
         ORDER BY created_at DESC, id DESC
         LIMIT $3",
        [subject_kind.into(), subject_id.into(), limit.into()],
    )
    .await
}

/// How many letters match, paging left aside.
pub async fn count(db: &mut Connection, filter: &MailFilter) -> Result<i64> {
    db.number(
        "SELECT COUNT(*)
         FROM mail
         WHERE (CAST($1 AS TEXT) IS NULL OR person_id = $1)
           AND (CAST($2 AS TEXT) IS NULL OR stage = $2)
           AND (CAST($3 AS TEXT) IS NULL
                OR LOWER(recipient_address || ' ' || recipient_name || ' ' || subject) LIKE '%' || LOWER($3) || '%')",
        [
            Value::from(&filter.person_id),
            Value::from(&filter.stage),
            Value::from(&filter.search),
        ],
    )
    .await
}
