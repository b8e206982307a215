-- Attendance without network: devices, what they said, and what could not be applied.

-- A browser that a member of staff has prepared. public_key: P-256, uncompressed point, base64url. list_until: to when it may show the
-- lists it was given; send_until: to when it may send what was said. last_batch: number of the last delivery that was taken.
-- clock_offset: how far its clock was behind ours when they last met, in milliseconds.
CREATE TABLE device (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id),
    name TEXT NOT NULL,
    public_key TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    list_until BIGINT NOT NULL,
    send_until BIGINT NOT NULL,
    last_batch BIGINT NOT NULL,
    clock_offset BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    revoked_at BIGINT
);
CREATE INDEX device_account ON device (account_id, created_at);

-- The sessions whose lists a device was given.
CREATE TABLE device_session (
    device_id TEXT NOT NULL REFERENCES device (id),
    session_id TEXT NOT NULL REFERENCES session (id),
    PRIMARY KEY (device_id, session_id)
);
CREATE INDEX device_session_session ON device_session (session_id);

-- Everything said of an attendance, on a page (device_id NULL) or on a device; never updated but for whom it is of. attendance holds what it
-- comes to. number: order of arrival within the session. person_id: whom it is of; subject_id: as the device called them. body: JSON of what
-- was said. replaces: JSON list of ids.
CREATE TABLE attendance_operation (
    id TEXT NOT NULL PRIMARY KEY,
    session_id TEXT NOT NULL REFERENCES session (id),
    number BIGINT NOT NULL,
    person_id TEXT REFERENCES person (id),
    subject_id TEXT,
    device_id TEXT,
    account_id TEXT,
    body TEXT NOT NULL,
    replaces TEXT NOT NULL,
    counter BIGINT NOT NULL,
    clock_at BIGINT NOT NULL,
    clock_offset BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    UNIQUE (session_id, number)
);
CREATE INDEX attendance_operation_person ON attendance_operation (person_id);
CREATE INDEX attendance_operation_subject ON attendance_operation (subject_id);

-- What a device sent and could not be applied, as it came: shown to the trainer until somebody has seen to it.
CREATE TABLE attendance_aside (
    id TEXT NOT NULL PRIMARY KEY,
    device_id TEXT NOT NULL,
    session_id TEXT,
    person_id TEXT,
    account_id TEXT NOT NULL,
    body TEXT NOT NULL,
    reason TEXT NOT NULL,
    received_at BIGINT NOT NULL,
    settled_at BIGINT
);
CREATE INDEX attendance_aside_session ON attendance_aside (session_id, settled_at);
CREATE INDEX attendance_aside_person ON attendance_aside (person_id);
