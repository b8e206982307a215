-- Proofs: what a programme asks for, badges with their keys, and who pays for sessions and places.

-- basis: path, session; share: percent of it that makes a certificate of success. badge_months: how long a badge holds, 0: for good.
CREATE TABLE proof_rule (
    programme_id TEXT NOT NULL PRIMARY KEY REFERENCES programme (id),
    basis TEXT NOT NULL,
    share BIGINT NOT NULL,
    badge_months BIGINT NOT NULL,
    version BIGINT NOT NULL
);

-- A key with which a programme signs. issuer: address of its profile when the key was made; sealed: the secret half, encrypted; NULL once
-- the key is retired, for then it only verifies.
CREATE TABLE badge_key (
    id TEXT NOT NULL PRIMARY KEY,
    programme_id TEXT NOT NULL REFERENCES programme (id),
    issuer TEXT NOT NULL,
    public_key TEXT NOT NULL,
    sealed TEXT,
    created_at BIGINT NOT NULL,
    retired_at BIGINT
);
CREATE INDEX badge_key_programme ON badge_key (programme_id, created_at);

-- The badge of a certificate; withdrawn with it. number: counts the badges of a programme from 0, and gives the place in the public list of
-- those withdrawn. credential, proof, signature: as signed; empty once the person is erased.
CREATE TABLE badge (
    id TEXT NOT NULL PRIMARY KEY,
    certificate_id TEXT NOT NULL UNIQUE REFERENCES certificate (id),
    programme_id TEXT NOT NULL REFERENCES programme (id),
    key_id TEXT NOT NULL REFERENCES badge_key (id),
    number BIGINT NOT NULL,
    credential TEXT NOT NULL,
    proof TEXT NOT NULL,
    signature TEXT NOT NULL,
    issued_at BIGINT NOT NULL,
    expires_at BIGINT,
    UNIQUE (programme_id, number)
);

-- Who pays for a session, and for a place in it where that is somebody else.
CREATE TABLE session_funding (
    session_id TEXT NOT NULL PRIMARY KEY REFERENCES session (id),
    partner_id TEXT NOT NULL REFERENCES partner (id)
);
CREATE INDEX session_funding_partner ON session_funding (partner_id);
CREATE TABLE enrolment_funding (
    enrolment_id TEXT NOT NULL PRIMARY KEY REFERENCES enrolment (id),
    partner_id TEXT NOT NULL REFERENCES partner (id)
);
CREATE INDEX enrolment_funding_partner ON enrolment_funding (partner_id);
