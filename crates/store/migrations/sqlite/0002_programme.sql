-- Own territories, programmes, seasons, and the means: providers, trainers, sites, rooms, referents.

CREATE TABLE territory (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    folded TEXT NOT NULL UNIQUE,
    note TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);

-- kind: commune, epci, departement, region; code: INSEE, SIREN or NIS code.
CREATE TABLE territory_part (
    territory_id TEXT NOT NULL REFERENCES territory (id),
    kind TEXT NOT NULL,
    code TEXT NOT NULL,
    PRIMARY KEY (territory_id, kind, code)
);

CREATE TABLE programme (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    slug TEXT NOT NULL UNIQUE,
    territory_id TEXT NOT NULL REFERENCES territory (id),
    summary TEXT NOT NULL,
    contact_email TEXT,
    contact_phone TEXT,
    time_zone TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);

-- stage: preparing, open, closed. Dates are ISO text, local to the programme's time zone.
CREATE TABLE season (
    id TEXT NOT NULL PRIMARY KEY,
    programme_id TEXT NOT NULL REFERENCES programme (id),
    name TEXT NOT NULL,
    slug TEXT NOT NULL UNIQUE,
    starts_on TEXT NOT NULL,
    ends_on TEXT NOT NULL,
    stage TEXT NOT NULL,
    summary TEXT NOT NULL,
    questionnaire TEXT NOT NULL,
    pathway_rules TEXT NOT NULL,
    offer_hours BIGINT NOT NULL,
    certificate_minutes BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);

-- kind: funder, host, chamber, sponsor, other. Shown on the season's page in order of position.
CREATE TABLE partner (
    id TEXT NOT NULL PRIMARY KEY,
    season_id TEXT NOT NULL REFERENCES season (id),
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    url TEXT,
    contribution TEXT NOT NULL,
    position BIGINT NOT NULL,
    version BIGINT NOT NULL
);

CREATE TABLE provider (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    email TEXT,
    phone TEXT,
    note TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);

-- skills: JSON list of skill slugs; availability: JSON week grid.
CREATE TABLE trainer (
    id TEXT NOT NULL PRIMARY KEY,
    provider_id TEXT REFERENCES provider (id),
    account_id TEXT UNIQUE REFERENCES account (id),
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    email TEXT,
    phone TEXT,
    commune_code TEXT,
    skills TEXT NOT NULL,
    availability TEXT NOT NULL,
    note TEXT NOT NULL,
    archived_at BIGINT,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);

-- opening_hours: JSON, per weekday a list of [from, to]; accessibility: JSON list of slugs. regular = 0: a one-off place.
CREATE TABLE site (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    slug TEXT NOT NULL UNIQUE,
    commune_code TEXT NOT NULL,
    address TEXT NOT NULL,
    latitude DOUBLE PRECISION,
    longitude DOUBLE PRECISION,
    opening_hours TEXT NOT NULL,
    accessibility TEXT NOT NULL,
    access_note TEXT NOT NULL,
    phone TEXT,
    regular BIGINT NOT NULL,
    archived_at BIGINT,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);

-- equipment: JSON object, slug to how many.
CREATE TABLE room (
    id TEXT NOT NULL PRIMARY KEY,
    site_id TEXT NOT NULL REFERENCES site (id),
    name TEXT NOT NULL,
    capacity BIGINT NOT NULL,
    equipment TEXT NOT NULL,
    archived_at BIGINT,
    version BIGINT NOT NULL
);
CREATE INDEX room_site ON room (site_id);

-- kind: elected, staff, other.
CREATE TABLE referent (
    id TEXT NOT NULL PRIMARY KEY,
    territory_id TEXT NOT NULL REFERENCES territory (id),
    account_id TEXT UNIQUE REFERENCES account (id),
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    kind TEXT NOT NULL,
    organisation TEXT NOT NULL,
    commune_code TEXT,
    email TEXT,
    phone TEXT,
    note TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
