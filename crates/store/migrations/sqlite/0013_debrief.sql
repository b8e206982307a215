-- The talk at the end of a path. stage: draft, finished. answers: JSON of domain::debrief::Kept. The newest of a person and a season counts.
CREATE TABLE debrief (
    id TEXT NOT NULL PRIMARY KEY,
    season_id TEXT NOT NULL REFERENCES season (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    content_version TEXT NOT NULL,
    answers TEXT NOT NULL,
    held_by TEXT,
    held_by_name TEXT NOT NULL,
    stage TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    finished_at BIGINT,
    version BIGINT NOT NULL
);
CREATE INDEX debrief_person ON debrief (person_id, season_id);
CREATE INDEX debrief_season ON debrief (season_id, stage);

-- What was missing, said in a debrief: a module of the catalogue, or own words. weight: 1 to 3.
CREATE TABLE debrief_lack (
    id TEXT NOT NULL PRIMARY KEY,
    debrief_id TEXT NOT NULL REFERENCES debrief (id),
    module TEXT,
    detail TEXT NOT NULL,
    weight BIGINT NOT NULL,
    position BIGINT NOT NULL
);
CREATE INDEX debrief_lack_debrief ON debrief_lack (debrief_id);

-- A subject that the coordinator makes of own words. merged_into: it was put into another.
CREATE TABLE debrief_subject (
    id TEXT NOT NULL PRIMARY KEY,
    season_id TEXT NOT NULL REFERENCES season (id),
    title TEXT NOT NULL,
    merged_into TEXT,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX debrief_subject_season ON debrief_subject (season_id);

-- Which own words belong to which subject. kind: debrief (a line of debrief_lack), wish.
CREATE TABLE debrief_grouping (
    kind TEXT NOT NULL,
    source_id TEXT NOT NULL,
    subject_id TEXT NOT NULL REFERENCES debrief_subject (id),
    PRIMARY KEY (kind, source_id)
);

-- What was missing becomes an offer. stage: proposed, taken-up, declined. communes: JSON object, code to number of people.
CREATE TABLE debrief_proposal (
    id TEXT NOT NULL PRIMARY KEY,
    season_id TEXT NOT NULL REFERENCES season (id),
    next_season_id TEXT REFERENCES season (id),
    module TEXT,
    subject_id TEXT REFERENCES debrief_subject (id),
    title TEXT NOT NULL,
    why TEXT NOT NULL,
    communes TEXT NOT NULL,
    stage TEXT NOT NULL,
    reason TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    decided_at BIGINT,
    told_at BIGINT,
    version BIGINT NOT NULL
);
CREATE INDEX debrief_proposal_season ON debrief_proposal (season_id, stage);

-- Who asked for what is proposed: they are told what came of it. wish_id: the wish that counts them in the next season.
CREATE TABLE debrief_asker (
    proposal_id TEXT NOT NULL REFERENCES debrief_proposal (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    wish_id TEXT,
    PRIMARY KEY (proposal_id, person_id)
);
CREATE INDEX debrief_asker_person ON debrief_asker (person_id);

-- Anonymous answers after a session or at the end of a season: neither person, nor instant, nor the link that was used.
-- id: random, so that its order says nothing.
CREATE TABLE satisfaction_answer (
    id TEXT NOT NULL PRIMARY KEY,
    subject_kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    content_version TEXT NOT NULL,
    answers TEXT NOT NULL
);
CREATE INDEX satisfaction_answer_subject ON satisfaction_answer (subject_kind, subject_id);

-- Links that were used, by hash: each is good for one answer. Nothing leads from here to an answer.
CREATE TABLE satisfaction_spent (
    token_hash TEXT NOT NULL PRIMARY KEY,
    subject_kind TEXT NOT NULL,
    subject_id TEXT NOT NULL
);
