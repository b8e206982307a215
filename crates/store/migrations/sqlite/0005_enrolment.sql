-- A dated session of a module. stage: gathering, confirmed, held, cancelled. Times in UTC milliseconds.
-- next_arrival: the number the next request for a seat gets; ranks follow it.
CREATE TABLE session (
    id TEXT NOT NULL PRIMARY KEY,
    season_id TEXT NOT NULL REFERENCES season (id),
    module TEXT NOT NULL,
    module_version TEXT NOT NULL,
    site_id TEXT NOT NULL REFERENCES site (id),
    room_id TEXT REFERENCES room (id),
    trainer_id TEXT REFERENCES trainer (id),
    starts_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    least BIGINT NOT NULL,
    capacity BIGINT NOT NULL,
    stage TEXT NOT NULL,
    stage_at BIGINT NOT NULL,
    cancel_reason TEXT NOT NULL,
    public_note TEXT NOT NULL,
    calendar_sequence BIGINT NOT NULL,
    next_arrival BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX session_season ON session (season_id, starts_at);
CREATE INDEX session_starts ON session (starts_at);
CREATE INDEX session_trainer ON session (trainer_id, starts_at);
CREATE INDEX session_room ON session (room_id, starts_at);

-- From one trainer to the next.
CREATE TABLE session_note (
    id TEXT NOT NULL PRIMARY KEY,
    session_id TEXT NOT NULL REFERENCES session (id),
    author_id TEXT,
    author_name TEXT NOT NULL,
    body TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX session_note_session ON session_note (session_id);

-- stage: placed, waiting, offered, withdrawn, lapsed, cancelled. origin: web, phone, referent, coordinator, api.
CREATE TABLE enrolment (
    id TEXT NOT NULL PRIMARY KEY,
    session_id TEXT NOT NULL REFERENCES session (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    arrival BIGINT NOT NULL,
    stage TEXT NOT NULL,
    stage_at BIGINT NOT NULL,
    offered_until BIGINT,
    origin TEXT NOT NULL,
    requested_by TEXT,
    requested_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX enrolment_active ON enrolment (session_id, person_id) WHERE stage IN ('placed', 'waiting', 'offered');
CREATE INDEX enrolment_session ON enrolment (session_id, stage, arrival);
CREATE INDEX enrolment_person ON enrolment (person_id, stage);
CREATE INDEX enrolment_offers ON enrolment (stage, offered_until);

-- mark: present, late, left-early, absent, excused. minutes: really attended.
CREATE TABLE attendance (
    session_id TEXT NOT NULL REFERENCES session (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    mark TEXT NOT NULL,
    minutes BIGINT NOT NULL,
    marked_at BIGINT NOT NULL,
    marked_by TEXT,
    version BIGINT NOT NULL,
    PRIMARY KEY (session_id, person_id)
);
CREATE INDEX attendance_person ON attendance (person_id);

-- content: JSON of the lines as certified, so that a later correction never changes a certificate already given.
CREATE TABLE certificate (
    id TEXT NOT NULL PRIMARY KEY,
    season_id TEXT NOT NULL REFERENCES season (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    code TEXT NOT NULL UNIQUE,
    minutes BIGINT NOT NULL,
    content TEXT NOT NULL,
    language TEXT NOT NULL,
    issued_at BIGINT NOT NULL,
    revoked_at BIGINT,
    revoked_why TEXT NOT NULL
);
CREATE INDEX certificate_person ON certificate (person_id, season_id);
