//! Level tests: runs, answers, and the use made of each item.

use crate::{Connection, Error, Result, Value};

/// Somebody's level test.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow, serde::Serialize, serde::Deserialize)]
pub struct RunRow {
    /// Identifier.
    pub id: String,
    /// Season.
    pub season_id: String,
    /// Whose it is.
    pub person_id: String,
    /// `questionnaire`, `before` or `after`.
    pub occasion: String,
    /// Version of the item bank when it began.
    pub bank: String,
    /// JSON of the rules it began under.
    pub rules: String,
    /// What its choices follow from.
    pub seed: i64,
    /// `open`, `done` or `declined`.
    pub stage: String,
    /// `sure`, `length` or `stopped`; empty while it is open.
    pub ending: String,
    /// Slug of the item at hand.
    pub item: Option<String>,
    /// Version of its words.
    pub item_version: Option<String>,
    /// When it was put, UTC milliseconds.
    pub shown_at: Option<i64>,
    /// Items answered.
    pub answers: i64,
    /// The ability estimated.
    pub ability: Option<f64>,
    /// Its standard error.
    pub error: Option<f64>,
    /// The level, 1 to 8; 0 for before level 1.
    pub level: Option<i64>,
    /// 1 where it rests on enough answers.
    pub conclusive: i64,
    /// 1 where it counts for the person's path.
    pub applied: i64,
    /// When it was begun, UTC milliseconds.
    pub started_at: i64,
    /// When it was last answered, UTC milliseconds.
    pub updated_at: i64,
    /// When it ended, UTC milliseconds.
    pub finished_at: Option<i64>,
    /// Raised at every change.
    pub version: i64,
}

/// One answer.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow, serde::Serialize, serde::Deserialize)]
pub struct AnswerRow {
    /// The run.
    pub run_id: String,
    /// Place in the run, from 1.
    pub position: i64,
    /// Slug of the item.
    pub item: String,
    /// Version of its words.
    pub item_version: String,
    /// `choice`, `unknown` or `passed`.
    pub reply: String,
    /// Which answer of the item, from 0 in the order of its file.
    pub choice: Option<i64>,
    /// 1 where it was the right one.
    pub is_right: i64,
    /// How long it took in milliseconds.
    pub millis: Option<i64>,
    /// When, UTC milliseconds.
    pub answered_at: i64,
}

/// A run with who took it.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow, serde::Serialize)]
pub struct RunLine {
    /// The run.
    pub id: String,
    /// Person.
    pub person_id: String,
    /// Their name.
    pub name: String,
    /// Their commune.
    pub commune_code: Option<String>,
    /// Their firm or authority.
    pub organisation_name: Option<String>,
    /// `questionnaire`, `before` or `after`.
    pub occasion: String,
    /// `open`, `done` or `declined`.
    pub stage: String,
    /// `sure`, `length`, `stopped` or empty.
    pub ending: String,
    /// Items answered.
    pub answers: i64,
    /// The ability estimated.
    pub ability: Option<f64>,
    /// Its standard error.
    pub error: Option<f64>,
    /// The level, 1 to 8; 0 for before level 1.
    pub level: Option<i64>,
    /// 1 where it rests on enough answers.
    pub conclusive: i64,
    /// 1 where it counts for the person's path.
    pub applied: i64,
    /// When it was begun, UTC milliseconds.
    pub started_at: i64,
    /// When it ended, UTC milliseconds.
    pub finished_at: Option<i64>,
}

/// What people answered to one item.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct ItemLine {
    /// Slug of the item.
    pub item: String,
    /// Answers.
    pub answers: i64,
    /// Of these right.
    pub right_answers: i64,
    /// "I do not know".
    pub unknown: i64,
    /// Passed over.
    pub passed: i64,
    /// Mean time of an answer in milliseconds, where known.
    pub millis: Option<i64>,
}

/// An answer of a test that gave a result.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow, serde::Serialize)]
pub struct MeasuredRow {
    /// Person.
    pub person_id: String,
    /// `questionnaire`, `before` or `after`.
    pub occasion: String,
    /// The ability that the test gave.
    pub ability: f64,
    /// Slug of the item.
    pub item: String,
    /// 1 where it was right.
    pub is_right: i64,
}

/// Stores a new run.
pub async fn insert(db: &mut Connection, row: &RunRow) -> Result<()> {
    db.execute(
        "INSERT INTO level_run (id, season_id, person_id, occasion, bank, rules, seed, stage, ending, item, item_version, shown_at, answers,
                                ability, error, level, conclusive, applied, started_at, updated_at, finished_at, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)",
        [
            Value::from(&row.id),
            Value::from(&row.season_id),
            Value::from(&row.person_id),
            Value::from(&row.occasion),
            Value::from(&row.bank),
            Value::from(&row.rules),
            row.seed.into(),
            Value::from(&row.stage),
            Value::from(&row.ending),
            Value::from(&row.item),
            Value::from(&row.item_version),
            row.shown_at.into(),
            row.answers.into(),
            Value::Real(row.ability),
            Value::Real(row.error),
            row.level.into(),
            row.conclusive.into(),
            row.applied.into(),
            row.started_at.into(),
            row.updated_at.into(),
            row.finished_at.into(),
            row.version.into(),
        ],
    )
    .await?;
    Ok(())
}

/// One run.
pub async fn get(db: &mut Connection, id: &str) -> Result<Option<RunRow>> {
    db.fetch_optional(
        "SELECT id, season_id, person_id, occasion, bank, rules, seed, stage, ending, item, item_version, shown_at, answers, ability, error,
                level, conclusive, applied, started_at, updated_at, finished_at, version
         FROM level_run WHERE id = $1",
        [id.into()],
    )
    .await
}

/// Writes how far a run is over version `row.version`, which is raised by one.
///
/// # Errors
/// [`Error::Stale`] when somebody else wrote it meanwhile.
pub async fn update(db: &mut Connection, row: &RunRow) -> Result<()> {
    let rows = db
        .execute(
            "UPDATE level_run
             SET stage = $3, ending = $4, item = $5, item_version = $6, shown_at = $7, answers = $8, ability = $9, error = $10, level = $11,
                 conclusive = $12, applied = $13, updated_at = $14, finished_at = $15, version = version + 1
             WHERE id = $1 AND version = $2",
            [
                Value::from(&row.id),
                row.version.into(),
                Value::from(&row.stage),
                Value::from(&row.ending),
                Value::from(&row.item),
                Value::from(&row.item_version),
                row.shown_at.into(),
                row.answers.into(),
                Value::Real(row.ability),
                Value::Real(row.error),
                row.level.into(),
                row.conclusive.into(),
                row.applied.into(),
                row.updated_at.into(),
                row.finished_at.into(),
            ],
        )
        .await?;
    if rows == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// The runs of a person, newest first; `season`: of that season only.
pub async fn of_person(
    db: &mut Connection,
    person: &str,
    season: Option<&str>,
) -> Result<Vec<RunRow>> {
    db.fetch_all(
        "SELECT id, season_id, person_id, occasion, bank, rules, seed, stage, ending, item, item_version, shown_at, answers, ability, error,
                level, conclusive, applied, started_at, updated_at, finished_at, version
         FROM level_run WHERE person_id = $1 AND (CAST($2 AS TEXT) IS NULL OR season_id = $2)
         ORDER BY started_at DESC, id DESC",
        [person.into(), season.into()],
    )
    .await
}

/// The runs of a season with who took them, newest first.
pub async fn of_season(db: &mut Connection, season: &str) -> Result<Vec<RunLine>> {
    db.fetch_all(
        "SELECT r.id, r.person_id, p.name, p.commune_code, o.name AS organisation_name, r.occasion, r.stage, r.ending, r.answers, r.ability,
                r.error, r.level, r.conclusive, r.applied, r.started_at, r.finished_at
         FROM level_run r JOIN person p ON p.id = r.person_id LEFT JOIN organisation o ON o.id = p.organisation_id
         WHERE r.season_id = $1
         ORDER BY r.started_at DESC, r.id DESC",
        [season.into()],
    )
    .await
}

/// The level that counts for a person's path in a season: of the newest run that they wanted to count.
pub async fn applied(db: &mut Connection, person: &str, season: &str) -> Result<Option<i64>> {
    let found: Option<(Option<i64>,)> = db
        .fetch_optional(
            "SELECT level FROM level_run
             WHERE person_id = $1 AND season_id = $2 AND stage = 'done' AND conclusive = 1 AND applied = 1
             ORDER BY finished_at DESC, id DESC LIMIT 1",
            [person.into(), season.into()],
        )
        .await?;
    Ok(found.and_then(|(level,)| level))
}

/// The person's other runs of the season count for their path no longer.
pub async fn apply_no_other(db: &mut Connection, run: &RunRow) -> Result<()> {
    db.execute(
        "UPDATE level_run SET applied = 0, version = version + 1
         WHERE person_id = $1 AND season_id = $2 AND id <> $3 AND applied = 1",
        [
            Value::from(&run.person_id),
            Value::from(&run.season_id),
            Value::from(&run.id),
        ],
    )
    .await?;
    Ok(())
}

/// Stores an answer.
///
/// # Errors
/// [`Error::Duplicate`] when that place or item is answered.
pub async fn insert_answer(db: &mut Connection, row: &AnswerRow) -> Result<()> {
    db.execute(
        "INSERT INTO level_answer (run_id, position, item, item_version, reply, choice, is_right, millis, answered_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        [
            Value::from(&row.run_id),
            row.position.into(),
            Value::from(&row.item),
            Value::from(&row.item_version),
            Value::from(&row.reply),
            row.choice.into(),
            row.is_right.into(),
            row.millis.into(),
            row.answered_at.into(),
        ],
    )
    .await?;
    Ok(())
}

/// The answers of a run, in order.
pub async fn answers(db: &mut Connection, run: &str) -> Result<Vec<AnswerRow>> {
    db.fetch_all(
        "SELECT run_id, position, item, item_version, reply, choice, is_right, millis, answered_at
         FROM level_answer WHERE run_id = $1 ORDER BY position",
        [run.into()],
    )
    .await
}

/// The answers of a person in all their runs, in order.
pub async fn answers_of(db: &mut Connection, person: &str) -> Result<Vec<AnswerRow>> {
    db.fetch_all(
        "SELECT a.run_id, a.position, a.item, a.item_version, a.reply, a.choice, a.is_right, a.millis, a.answered_at
         FROM level_answer a JOIN level_run r ON r.id = a.run_id
         WHERE r.person_id = $1 ORDER BY r.started_at, a.run_id, a.position",
        [person.into()],
    )
    .await
}

/// Slugs of the items that a person has seen in other runs than this one.
pub async fn seen_before(db: &mut Connection, person: &str, run: &str) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = db
        .fetch_all(
            "SELECT a.item FROM level_answer a JOIN level_run r ON r.id = a.run_id WHERE r.person_id = $1 AND r.id <> $2
             UNION
             SELECT r.item FROM level_run r WHERE r.person_id = $1 AND r.id <> $2 AND r.item IS NOT NULL",
            [person.into(), run.into()],
        )
        .await?;
    Ok(rows.into_iter().map(|(item,)| item).collect())
}

/// The answers of a season's tests that gave a result.
pub async fn answers_in(db: &mut Connection, season: &str) -> Result<Vec<MeasuredRow>> {
    db.fetch_all(
        "SELECT r.person_id, r.occasion, r.ability, a.item, a.is_right
         FROM level_answer a JOIN level_run r ON r.id = a.run_id
         WHERE r.season_id = $1 AND r.stage = 'done' AND r.conclusive = 1 AND r.ability IS NOT NULL
         ORDER BY r.id, a.position",
        [season.into()],
    )
    .await
}

/// Every answer there is, run by run and in order: the run, the item, and 1 where it was right.
pub async fn every_answer(db: &mut Connection) -> Result<Vec<(String, String, i64)>> {
    db.fetch_all(
        "SELECT run_id, item, is_right FROM level_answer ORDER BY run_id, position",
        [],
    )
    .await
}

/// Counts one more showing of an item; of the empty name: one more test begun.
pub async fn count_use(db: &mut Connection, item: &str) -> Result<()> {
    db.execute(
        "INSERT INTO level_use (item, shown) VALUES ($1, 1)
         ON CONFLICT (item) DO UPDATE SET shown = level_use.shown + 1",
        [item.into()],
    )
    .await?;
    Ok(())
}

/// How often each item was shown; under the empty name how many tests were begun.
pub async fn uses(db: &mut Connection) -> Result<Vec<(String, i64)>> {
    db.fetch_all("SELECT item, shown FROM level_use ORDER BY item", [])
        .await
}

/// What people answered to each item.
pub async fn by_item(db: &mut Connection) -> Result<Vec<ItemLine>> {
    db.fetch_all(
        "SELECT item, COUNT(*) AS answers, CAST(SUM(is_right) AS BIGINT) AS right_answers,
                CAST(SUM(CASE WHEN reply = 'unknown' THEN 1 ELSE 0 END) AS BIGINT) AS unknown,
                CAST(SUM(CASE WHEN reply = 'passed' THEN 1 ELSE 0 END) AS BIGINT) AS passed,
                CAST(AVG(millis) AS BIGINT) AS millis
         FROM level_answer GROUP BY item ORDER BY item",
        [],
    )
    .await
}

/// How often each answer of an item was chosen, by its place in the item's file.
pub async fn chosen(db: &mut Connection, item: &str, version: &str) -> Result<Vec<(i64, i64)>> {
    db.fetch_all(
        "SELECT choice, COUNT(*) FROM level_answer
         WHERE item = $1 AND item_version = $2 AND choice IS NOT NULL GROUP BY choice ORDER BY choice",
        [item.into(), version.into()],
    )
    .await
}
