-- kind: firm, local-authority, association, other. registration: SIRET or enterprise number, digits only.
CREATE TABLE organisation (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    kind TEXT NOT NULL,
    registration TEXT,
    sector TEXT,
    commune_code TEXT,
    email TEXT,
    phone TEXT,
    note TEXT NOT NULL,
    merged_into TEXT,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX organisation_folded ON organisation (folded);
CREATE INDEX organisation_registration ON organisation (registration);

-- audience: JSON list of profile slugs (farmer, elected, staff, founder …) against which reserved modules are checked.
-- link_epoch: raised to make every personal link sent so far void.
CREATE TABLE person (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    email TEXT,
    phone TEXT,
    commune_code TEXT,
    organisation_id TEXT REFERENCES organisation (id),
    sector TEXT,
    audience TEXT NOT NULL,
    language TEXT NOT NULL,
    needs TEXT NOT NULL,
    note TEXT NOT NULL,
    origin TEXT NOT NULL,
    link_epoch BIGINT NOT NULL,
    merged_into TEXT,
    erased_at BIGINT,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX person_folded ON person (folded);
CREATE INDEX person_email ON person (email);
CREATE INDEX person_phone ON person (phone);
CREATE INDEX person_organisation ON person (organisation_id);

-- Pairs that somebody looked at and found to be two. kind: person, organisation; first_id < second_id.
CREATE TABLE not_duplicate (
    kind TEXT NOT NULL,
    first_id TEXT NOT NULL,
    second_id TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (kind, first_id, second_id)
);

-- A file read for an import and not yet confirmed: its lines as JSON. Gone once confirmed, and after a day.
CREATE TABLE import_draft (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL,
    list TEXT NOT NULL,
    file_name TEXT NOT NULL,
    body TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
