-- Level tests that people take. occasion: questionnaire, before, after. stage: open, done, declined. ending: sure, length, stopped; empty before.
-- rules: JSON of domain::assessment::adaptive::Rules, as they were at the beginning; bank: content version of the item bank then.
-- item, item_version: the question at hand, shown at shown_at. level: 1 to 8 (0: before level 1); conclusive: rests on enough answers;
-- applied: the person wants it to count for their path.
CREATE TABLE level_run (
    id TEXT NOT NULL PRIMARY KEY,
    season_id TEXT NOT NULL REFERENCES season (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    occasion TEXT NOT NULL,
    bank TEXT NOT NULL,
    rules TEXT NOT NULL,
    seed BIGINT NOT NULL,
    stage TEXT NOT NULL,
    ending TEXT NOT NULL,
    item TEXT,
    item_version TEXT,
    shown_at BIGINT,
    answers BIGINT NOT NULL,
    ability DOUBLE PRECISION,
    error DOUBLE PRECISION,
    level BIGINT,
    conclusive BIGINT NOT NULL,
    applied BIGINT NOT NULL,
    started_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    finished_at BIGINT,
    version BIGINT NOT NULL
);
CREATE INDEX level_run_person ON level_run (person_id, season_id);
CREATE INDEX level_run_season ON level_run (season_id, started_at);

-- Their answers. reply: choice, unknown ("I do not know"), passed. choice: place of the answer in the item's file, from 0.
-- millis: how long it took; none when the test was left in between.
CREATE TABLE level_answer (
    run_id TEXT NOT NULL REFERENCES level_run (id),
    position BIGINT NOT NULL,
    item TEXT NOT NULL,
    item_version TEXT NOT NULL,
    reply TEXT NOT NULL,
    choice BIGINT,
    is_right BIGINT NOT NULL,
    millis BIGINT,
    answered_at BIGINT NOT NULL,
    PRIMARY KEY (run_id, position),
    UNIQUE (run_id, item)
);
CREATE INDEX level_answer_item ON level_answer (item);

-- How often each item was shown; under the empty name how many tests were begun.
CREATE TABLE level_use (
    item TEXT NOT NULL PRIMARY KEY,
    shown BIGINT NOT NULL
);
