-- Plans of a season: which sessions to open, where, when, with whom, for whom; and what became of them.
-- kind: season (from the demand), absence (what exists, repaired). stage: draft, running, ready, failed, published, undone.
-- scenario: JSON of the settings; frame: JSON of what the instance's names mean (first Monday, sessions that exist already);
-- instance and best: JSON of the planner's format; figures: JSON of the best plan's figures; locks: JSON list of session keys;
-- seen: JSON, one short hash for each thing of the season that the plan rests on.
-- beat_at: last sign of life of the node that computes it.
CREATE TABLE plan (
    id TEXT NOT NULL PRIMARY KEY,
    season_id TEXT NOT NULL REFERENCES season (id),
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    stage TEXT NOT NULL,
    stage_at BIGINT NOT NULL,
    reason TEXT NOT NULL,
    scenario TEXT NOT NULL,
    frame TEXT NOT NULL,
    instance TEXT NOT NULL,
    best TEXT,
    figures TEXT NOT NULL,
    locks TEXT NOT NULL,
    seen TEXT NOT NULL,
    stop_asked BIGINT NOT NULL,
    beat_at BIGINT,
    made_by TEXT,
    made_by_name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX plan_season ON plan (season_id, created_at);
CREATE INDEX plan_stage ON plan (stage, beat_at);

-- The plan before each change by hand, to take it back.
CREATE TABLE plan_step (
    plan_id TEXT NOT NULL REFERENCES plan (id),
    number BIGINT NOT NULL,
    what TEXT NOT NULL,
    before_plan TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (plan_id, number)
);

-- The sessions that a publication made, and the seats that it held out.
CREATE TABLE plan_session (
    plan_id TEXT NOT NULL REFERENCES plan (id),
    session_id TEXT NOT NULL REFERENCES session (id),
    PRIMARY KEY (plan_id, session_id)
);
CREATE TABLE plan_seat (
    plan_id TEXT NOT NULL REFERENCES plan (id),
    enrolment_id TEXT NOT NULL REFERENCES enrolment (id),
    PRIMARY KEY (plan_id, enrolment_id)
);
