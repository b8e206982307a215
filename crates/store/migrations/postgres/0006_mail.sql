-- The outbox: letters written in the same transaction as what they tell, sent at least once by a worker.
-- stage: queued, sent, failed, dropped. dedup_key makes writing the same letter twice harmless.
CREATE TABLE mail (
    id TEXT NOT NULL PRIMARY KEY,
    created_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    recipient_address TEXT NOT NULL,
    recipient_name TEXT NOT NULL,
    person_id TEXT,
    language TEXT NOT NULL,
    subject TEXT NOT NULL,
    text_body TEXT NOT NULL,
    html_body TEXT NOT NULL,
    calendar_method TEXT,
    calendar_body TEXT,
    subject_kind TEXT,
    subject_id TEXT,
    dedup_key TEXT UNIQUE,
    stage TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    claimed_until BIGINT,
    sent_at BIGINT,
    last_error TEXT NOT NULL
);
CREATE INDEX mail_queue ON mail (stage, due_at);
CREATE INDEX mail_person ON mail (person_id, created_at);
CREATE INDEX mail_recent ON mail (created_at);
CREATE INDEX mail_subject ON mail (subject_kind, subject_id, created_at);
