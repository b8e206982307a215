-- A quiz of a module. session_id: for that one session only. trainer_id: that trainer's own; none: the desk's, for every trainer.
-- stage: draft, open, archived. revision: the newest state of its questions. again: may be answered more than once (0 or 1).
CREATE TABLE quiz (
    id TEXT NOT NULL PRIMARY KEY,
    module TEXT NOT NULL,
    session_id TEXT REFERENCES session (id),
    trainer_id TEXT REFERENCES trainer (id),
    title TEXT NOT NULL,
    stage TEXT NOT NULL,
    revision BIGINT NOT NULL,
    again BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX quiz_module ON quiz (module, stage);

-- Every state of a quiz's questions, JSON: answers stay bound to the one they were given to.
CREATE TABLE quiz_revision (
    quiz_id TEXT NOT NULL REFERENCES quiz (id),
    number BIGINT NOT NULL,
    questions TEXT NOT NULL,
    author_name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (quiz_id, number)
);

-- A sheet of answers. turn: counts the tries of that person in that session. origin: web, paper. answers: JSON, one entry a question.
-- score: mean over the questions, in thousandths.
CREATE TABLE quiz_answer (
    id TEXT NOT NULL PRIMARY KEY,
    quiz_id TEXT NOT NULL REFERENCES quiz (id),
    revision BIGINT NOT NULL,
    session_id TEXT NOT NULL REFERENCES session (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    turn BIGINT NOT NULL,
    origin TEXT NOT NULL,
    answers TEXT NOT NULL,
    score BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    entered_by TEXT,
    version BIGINT NOT NULL,
    UNIQUE (quiz_id, session_id, person_id, turn)
);
CREATE INDEX quiz_answer_session ON quiz_answer (session_id);
CREATE INDEX quiz_answer_person ON quiz_answer (person_id);
