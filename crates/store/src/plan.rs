//! Plans of a season, their changes by hand, and what their publication made.

use crate::error::one_or_stale;
use crate::{Connection, Result, Value};

/// A plan without its large parts: what lists and most decisions need.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct PlanRow {
    /// Identifier.
    pub id: String,
    /// Season.
    pub season_id: String,
    /// Name of the scenario.
    pub name: String,
    /// `season` or `absence`.
    pub kind: String,
    /// `draft`, `running`, `ready`, `failed`, `published` or `undone`.
    pub stage: String,
    /// Since when, UTC milliseconds.
    pub stage_at: i64,
    /// Why it failed: the key of a sentence; empty otherwise.
    pub reason: String,
    /// JSON of the settings.
    pub scenario: String,
    /// JSON of the best plan's figures.
    pub figures: String,
    /// JSON list of the keys of locked sessions.
    pub locks: String,
    /// 1 once somebody asked to stop computing.
    pub stop_asked: i64,
    /// Last sign of life of the node that computes it, UTC milliseconds.
    pub beat_at: Option<i64>,
    /// Account of its maker.
    pub made_by: Option<String>,
    /// Their name at the time.
    pub made_by_name: String,
    /// When it was made, UTC milliseconds.
    pub created_at: i64,
    /// Raised at every change by hand.
    pub version: i64,
}

/// The large parts of a plan.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct PlanBody {
    /// JSON of what the instance's names mean.
    pub frame: String,
    /// JSON of the planner's instance.
    pub instance: String,
    /// JSON of the best plan so far.
    pub best: Option<String>,
    /// JSON of what the plan rests on.
    pub seen: String,
}

macro_rules! columns {
    () => {
        "id, season_id, name, kind, stage, stage_at, reason, scenario, figures, locks, stop_asked, beat_at, made_by, made_by_name,
         created_at, version"
    };
}

/// Stores a new plan.
pub async fn insert(db: &mut Connection, row: &PlanRow, body: &PlanBody) -> Result<()> {
    db.execute(
        "INSERT INTO plan (id, season_id, name, kind, stage, stage_at, reason, scenario, frame, instance, best, figures, locks, seen,
                           stop_asked, beat_at, made_by, made_by_name, created_at, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)",
        [
            Value::from(&row.id),
            Value::from(&row.season_id),
            Value::from(&row.name),
            Value::from(&row.kind),
            Value::from(&row.stage),
            row.stage_at.into(),
            Value::from(&row.reason),
            Value::from(&row.scenario),
            Value::from(&body.frame),
            Value::from(&body.instance),
            Value::from(&body.best),
            Value::from(&row.figures),
            Value::from(&row.locks),
            Value::from(&body.seen),
            row.stop_asked.into(),
            row.beat_at.into(),
            Value::from(&row.made_by),
            Value::from(&row.made_by_name),
            row.created_at.into(),
            row.version.into(),
        ],
    )
    .await?;
    Ok(())
}

/// One plan.
pub async fn get(db: &mut Connection, id: &str) -> Result<Option<PlanRow>> {
    db.fetch_optional(
        concat!("SELECT ", columns!(), " FROM plan WHERE id = $1"),
        [id.into()],
    )
    .await
}

/// The large parts of a plan.
pub async fn body(db: &mut Connection, id: &str) -> Result<Option<PlanBody>> {
    db.fetch_optional(
        "SELECT frame, instance, best, seen FROM plan WHERE id = $1",
        [id.into()],
    )
    .await
}

/// The plans of a season (`None`: of every season), newest first.
pub async fn list(db: &mut Connection, season: Option<&str>) -> Result<Vec<PlanRow>> {
    db.fetch_all(
        concat!(
            "SELECT ",
            columns!(),
            " FROM plan WHERE (CAST($1 AS TEXT) IS NULL OR season_id = $1) ORDER BY created_at DESC, id DESC"
        ),
        [season.into()],
    )
    .await
}

/// Writes stage, reason, figures, locks and the signs of a run over version `row.version`, which is raised by one.
///
/// # Errors
/// [`crate::Error::Stale`] when somebody else wrote it meanwhile.
pub async fn update(db: &mut Connection, row: &PlanRow) -> Result<()> {
    let rows = db
        .execute(
            "UPDATE plan SET name = $3, stage = $4, stage_at = $5, reason = $6, figures = $7, locks = $8, stop_asked = $9, beat_at = $10,
                 version = version + 1
             WHERE id = $1 AND version = $2",
            [
                Value::from(&row.id),
                row.version.into(),
                Value::from(&row.name),
                Value::from(&row.stage),
                row.stage_at.into(),
                Value::from(&row.reason),
                Value::from(&row.figures),
                Value::from(&row.locks),
                row.stop_asked.into(),
                row.beat_at.into(),
            ],
        )
        .await?;
    one_or_stale(rows)
}

/// Writes the best plan.
pub async fn set_best(db: &mut Connection, id: &str, best: &str) -> Result<()> {
    db.execute(
        "UPDATE plan SET best = $2 WHERE id = $1",
        [id.into(), best.into()],
    )
    .await?;
    Ok(())
}

/// A run's sign of life with what it has come to; nothing once the plan no longer runs. Does not raise the version.
pub async fn beat(
    db: &mut Connection,
    id: &str,
    now: i64,
    figures: &str,
    best: Option<&str>,
) -> Result<()> {
    db.execute(
        "UPDATE plan SET beat_at = $2, figures = $3, best = COALESCE(CAST($4 AS TEXT), best) WHERE id = $1 AND stage = 'running'",
        [id.into(), now.into(), figures.into(), best.into()],
    )
    .await?;
    Ok(())
}

/// Asks whichever node computes the plan to stop.
pub async fn ask_to_stop(db: &mut Connection, id: &str) -> Result<()> {
    db.execute(
        "UPDATE plan SET stop_asked = 1 WHERE id = $1 AND stage = 'running'",
        [id.into()],
    )
    .await?;
    Ok(())
}

/// Runs that gave no sign of life since `before` are over; answers how many.
pub async fn give_up_silent(
    db: &mut Connection,
    before: i64,
    now: i64,
    reason: &str,
) -> Result<u64> {
    db.execute(
        "UPDATE plan SET stage = 'failed', stage_at = $2, reason = $3, version = version + 1
         WHERE stage = 'running' AND COALESCE(beat_at, 0) < $1",
        [before.into(), now.into(), reason.into()],
    )
    .await
}

/// Removes a plan with its steps, at version `version`; [`crate::Error::Reference`] when it made sessions.
pub async fn delete(db: &mut Connection, id: &str, version: i64) -> Result<()> {
    db.execute("DELETE FROM plan_step WHERE plan_id = $1", [id.into()])
        .await?;
    let rows = db
        .execute(
            "DELETE FROM plan WHERE id = $1 AND version = $2",
            [id.into(), version.into()],
        )
        .await?;
    one_or_stale(rows)
}

/// A change by hand, with the plan before it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct PlanStepRow {
    /// Plan.
    pub plan_id: String,
    /// Number, from 1.
    pub number: i64,
    /// JSON of what was done.
    pub what: String,
    /// JSON of the plan before.
    pub before_plan: String,
    /// When, UTC milliseconds.
    pub at: i64,
}

/// The last change by hand.
pub async fn last_step(db: &mut Connection, plan: &str) -> Result<Option<PlanStepRow>> {
    db.fetch_optional(
        "SELECT plan_id, number, what, before_plan, at FROM plan_step WHERE plan_id = $1 ORDER BY number DESC LIMIT 1",
        [plan.into()],
    )
    .await
}

/// Adds a change by hand.
pub async fn add_step(db: &mut Connection, row: &PlanStepRow) -> Result<()> {
    db.execute(
        "INSERT INTO plan_step (plan_id, number, what, before_plan, at) VALUES ($1, $2, $3, $4, $5)",
        [
            Value::from(&row.plan_id),
            row.number.into(),
            Value::from(&row.what),
            Value::from(&row.before_plan),
            row.at.into(),
        ],
    )
    .await?;
    Ok(())
}

/// Forgets changes by hand from `number` on.
pub async fn drop_steps(db: &mut Connection, plan: &str, number: i64) -> Result<()> {
    db.execute(
        "DELETE FROM plan_step WHERE plan_id = $1 AND number >= $2",
        [plan.into(), number.into()],
    )
    .await?;
    Ok(())
}

/// Notes a session that the plan's publication made.
pub async fn add_session(db: &mut Connection, plan: &str, session: &str) -> Result<()> {
    db.execute(
        "INSERT INTO plan_session (plan_id, session_id) VALUES ($1, $2)",
        [plan.into(), session.into()],
    )
    .await?;
    Ok(())
}

/// Notes a seat that the plan's publication held out.
pub async fn add_seat(db: &mut Connection, plan: &str, enrolment: &str) -> Result<()> {
    db.execute(
        "INSERT INTO plan_seat (plan_id, enrolment_id) VALUES ($1, $2)",
        [plan.into(), enrolment.into()],
    )
    .await?;
    Ok(())
}

/// The sessions that the plan's publication made.
pub async fn sessions(db: &mut Connection, plan: &str) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = db
        .fetch_all(
            "SELECT p.session_id FROM plan_session p JOIN session s ON s.id = p.session_id WHERE p.plan_id = $1 ORDER BY s.starts_at, s.id",
            [plan.into()],
        )
        .await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// A seat that the plan's publication held out, as it stands now.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct PlanSeat {
    /// Enrolment.
    pub enrolment_id: String,
    /// Session.
    pub session_id: String,
    /// Person.
    pub person_id: String,
    /// Stage of the enrolment.
    pub stage: String,
}

/// The seats that the plan's publication held out.
pub async fn seats(db: &mut Connection, plan: &str) -> Result<Vec<PlanSeat>> {
    db.fetch_all(
        "SELECT p.enrolment_id, e.session_id, e.person_id, e.stage
         FROM plan_seat p JOIN enrolment e ON e.id = p.enrolment_id WHERE p.plan_id = $1 ORDER BY e.session_id, e.arrival",
        [plan.into()],
    )
    .await
}

/// How many registrations of the plan's sessions are not its own: somebody came by another way.
pub async fn others_in_sessions(db: &mut Connection, plan: &str) -> Result<i64> {
    db.number(
        "SELECT COUNT(*) FROM plan_session p JOIN enrolment e ON e.session_id = p.session_id
         WHERE p.plan_id = $1 AND NOT EXISTS (SELECT 1 FROM plan_seat s WHERE s.plan_id = $1 AND s.enrolment_id = e.id)",
        [plan.into()],
    )
    .await
}

/// Somebody whom a plan of a season is for.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Someone {
    /// Person.
    pub id: String,
    /// Their name.
    pub name: String,
    /// Their commune.
    pub commune_code: Option<String>,
    /// JSON list of profile slugs.
    pub audience: String,
}

/// Everybody with a path or an open wish in the season, or with a registration in any session that ends after `now`, by id.
pub async fn people(db: &mut Connection, season: &str, now: i64) -> Result<Vec<Someone>> {
    db.fetch_all(
        "SELECT p.id, p.name, p.commune_code, p.audience FROM person p
         WHERE p.erased_at IS NULL AND p.merged_into IS NULL
           AND p.id IN (SELECT person_id FROM pathway WHERE season_id = $1 AND superseded_at IS NULL
                        UNION SELECT person_id FROM wish WHERE season_id = $1 AND stage = 'open' AND module IS NOT NULL
                        UNION SELECT e.person_id FROM enrolment e JOIN session s ON s.id = e.session_id
                              WHERE s.ends_at > $2 AND s.stage <> 'cancelled' AND e.stage IN ('placed', 'offered', 'waiting'))
         ORDER BY p.id",
        [season.into(), now.into()],
    )
    .await
}

/// A module that somebody is to attend.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Wanted {
    /// Person.
    pub person_id: String,
    /// Level of their path, 0 to 3; `None` for a wish.
    pub level: Option<i64>,
    /// Slug of the module.
    pub module: String,
}

/// The steps of every path of the season that holds now, by person and place in the path.
pub async fn path_steps(db: &mut Connection, season: &str) -> Result<Vec<Wanted>> {
    db.fetch_all(
        "SELECT p.person_id, p.level, s.module FROM pathway p JOIN pathway_step s ON s.pathway_id = p.id
         WHERE p.season_id = $1 AND p.superseded_at IS NULL ORDER BY p.person_id, p.made_at, s.position",
        [season.into()],
    )
    .await
}

/// The modules that are wished for in the season and not yet answered.
pub async fn open_wishes(db: &mut Connection, season: &str) -> Result<Vec<Wanted>> {
    db.fetch_all(
        "SELECT w.person_id, CAST(NULL AS BIGINT) AS level, w.module FROM wish w
         WHERE w.season_id = $1 AND w.stage = 'open' AND w.module IS NOT NULL ORDER BY w.person_id, w.created_at, w.id",
        [season.into()],
    )
    .await
}

/// Modules that people have attended, whatever the season, or had a seat in that is over and not marked yet: person and module.
pub async fn attended(db: &mut Connection, now: i64) -> Result<Vec<(String, String)>> {
    db.fetch_all(
        "SELECT a.person_id, s.module FROM attendance a JOIN session s ON s.id = a.session_id
         WHERE a.mark IN ('present', 'late', 'left-early')
         UNION
         SELECT e.person_id, s.module FROM enrolment e JOIN session s ON s.id = e.session_id
         WHERE e.stage = 'placed' AND s.ends_at <= $1 AND s.stage <> 'cancelled'
           AND NOT EXISTS (SELECT 1 FROM attendance a WHERE a.session_id = e.session_id AND a.person_id = e.person_id)
         ORDER BY 1, 2",
        [now.into()],
    )
    .await
}

/// Who counts on a session that is not over yet.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Counting {
    /// Enrolment.
    pub id: String,
    /// Session.
    pub session_id: String,
    /// Person.
    pub person_id: String,
    /// `placed`, `offered` or `waiting`.
    pub stage: String,
}

/// Every registration that counts in a session that ends after `now`, by session and arrival.
pub async fn counting(db: &mut Connection, now: i64) -> Result<Vec<Counting>> {
    db.fetch_all(
        "SELECT e.id, e.session_id, e.person_id, e.stage FROM enrolment e JOIN session s ON s.id = e.session_id
         WHERE s.ends_at > $1 AND s.stage IN ('gathering', 'confirmed') AND e.stage IN ('placed', 'offered', 'waiting')
         ORDER BY e.session_id, e.arrival, e.id",
        [now.into()],
    )
    .await
}
