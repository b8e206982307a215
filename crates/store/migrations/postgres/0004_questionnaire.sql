-- A response to a questionnaire, kept page by page. origin: web, paper, phone. answers: JSON by question slug.
CREATE TABLE response (
    id TEXT NOT NULL PRIMARY KEY,
    season_id TEXT NOT NULL REFERENCES season (id),
    person_id TEXT REFERENCES person (id),
    questionnaire TEXT NOT NULL,
    questionnaire_version TEXT NOT NULL,
    answers TEXT NOT NULL,
    page BIGINT NOT NULL,
    origin TEXT NOT NULL,
    entered_by TEXT,
    language TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    completed_at BIGINT,
    version BIGINT NOT NULL
);
CREATE INDEX response_person ON response (person_id);
CREATE INDEX response_season ON response (season_id, completed_at);

-- A personal path. level: 0 to 3. superseded_at: a later one took its place.
CREATE TABLE pathway (
    id TEXT NOT NULL PRIMARY KEY,
    season_id TEXT NOT NULL REFERENCES season (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    response_id TEXT NOT NULL REFERENCES response (id),
    level BIGINT NOT NULL,
    rules TEXT NOT NULL,
    rules_version TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    superseded_at BIGINT
);
CREATE INDEX pathway_person ON pathway (person_id, season_id);

-- reasons: JSON list of {rule, text: {fr, en}}; outcome: booked, proposed, full, absent; session_id: the one booked or proposed first.
CREATE TABLE pathway_step (
    pathway_id TEXT NOT NULL REFERENCES pathway (id),
    position BIGINT NOT NULL,
    module TEXT NOT NULL,
    reasons TEXT NOT NULL,
    outcome TEXT NOT NULL,
    session_id TEXT,
    PRIMARY KEY (pathway_id, position)
);

-- Demand that no session meets. reason: full, absent, asked. stage: open, answered, closed.
CREATE TABLE wish (
    id TEXT NOT NULL PRIMARY KEY,
    season_id TEXT NOT NULL REFERENCES season (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    module TEXT,
    detail TEXT NOT NULL,
    reason TEXT NOT NULL,
    stage TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    answered_at BIGINT,
    answer TEXT NOT NULL,
    session_id TEXT,
    version BIGINT NOT NULL
);
CREATE INDEX wish_season ON wish (season_id, stage, module);
CREATE INDEX wish_person ON wish (person_id);
