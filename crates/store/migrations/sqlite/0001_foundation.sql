-- What every other area leans on: settings, the event log, and who may come in.

CREATE TABLE setting (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

-- The event log: audit trail and the history shown to users. Never updated, never deleted from
-- (erasing a person empties the two states of their events).
CREATE TABLE event (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    at BIGINT NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_id TEXT,
    actor_name TEXT NOT NULL,
    action TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    before_state TEXT,
    after_state TEXT
);
CREATE INDEX event_subject ON event (subject_kind, subject_id, seq);
CREATE INDEX event_actor ON event (actor_id, seq);

-- A member of staff: administrator, coordinator, trainer or referent, according to role_binding.
CREATE TABLE account (
    id TEXT NOT NULL PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    password_hash TEXT,
    language TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    disabled_at BIGINT,
    version BIGINT NOT NULL
);

-- A role held within one programme (NULL: all) and one territory (NULL: all).
CREATE TABLE role_binding (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id),
    role TEXT NOT NULL,
    programme_id TEXT,
    territory_id TEXT,
    created_at BIGINT NOT NULL
);
CREATE INDEX role_binding_account ON role_binding (account_id);

-- A signed-in browser, of staff (account_id) or of a participant (person_id). Only the hash of the cookie is kept.
CREATE TABLE sign_in (
    token_hash TEXT NOT NULL PRIMARY KEY,
    account_id TEXT,
    person_id TEXT,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    user_agent TEXT NOT NULL
);
CREATE INDEX sign_in_account ON sign_in (account_id);
CREATE INDEX sign_in_person ON sign_in (person_id);

CREATE TABLE sign_in_code (
    id TEXT NOT NULL PRIMARY KEY,
    email TEXT NOT NULL,
    code_hash TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX sign_in_code_email ON sign_in_code (email, created_at);

CREATE TABLE api_token (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id),
    name TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    scopes TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    last_used_at BIGINT,
    expires_at BIGINT,
    revoked_at BIGINT
);
CREATE INDEX api_token_account ON api_token (account_id);

-- Counts of what can be guessed (codes, passwords), per bucket and window; in the database so that they hold over several nodes.
CREATE TABLE rate_limit (
    bucket TEXT NOT NULL,
    window_start BIGINT NOT NULL,
    hits BIGINT NOT NULL,
    PRIMARY KEY (bucket, window_start)
);

-- Answers already given to API calls that carried an Idempotency-Key.
CREATE TABLE idempotency (
    token_id TEXT NOT NULL,
    idempotency_key TEXT NOT NULL,
    request_hash TEXT NOT NULL,
    status BIGINT NOT NULL,
    body TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (token_id, idempotency_key)
);

-- Content files as they were when used (modules, questionnaires, pathway rules); body is the file's text.
CREATE TABLE content_version (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    slug TEXT NOT NULL,
    version TEXT NOT NULL,
    body TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    created_by TEXT,
    published_at BIGINT,
    UNIQUE (kind, slug, version)
);
