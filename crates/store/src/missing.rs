//! What was missing: voices from talks and open wishes, the subjects they are put into, and the workshops proposed for them.

use crate::{Connection, Error, Result, Value};

/// Somebody who missed something.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct VoiceRow {
    /// `debrief` or `wish`.
    pub kind: String,
    /// The line of the talk, or the wish.
    pub source_id: String,
    /// Who.
    pub person_id: String,
    /// Their commune.
    pub commune_code: Option<String>,
    /// Slug of the module; none for own words.
    pub module: Option<String>,
    /// Own words.
    pub detail: String,
    /// How much it matters, 1 to 3.
    pub weight: i64,
    /// The subject into which the words were put.
    pub subject_id: Option<String>,
}

/// Every voice of a season: what finished and drafted talks miss, and open wishes. Erased people have none.
pub async fn voices(db: &mut Connection, season: &str) -> Result<Vec<VoiceRow>> {
    db.fetch_all(
        "WITH talk AS (
             SELECT d.id, d.person_id,
                    ROW_NUMBER() OVER (PARTITION BY d.person_id ORDER BY d.updated_at DESC, d.id DESC) AS place
             FROM debrief d WHERE d.season_id = $1),
         voice AS (
             SELECT 'debrief' AS kind, l.id AS source_id, talk.person_id, l.module, l.detail, l.weight
             FROM debrief_lack l JOIN talk ON talk.id = l.debrief_id AND talk.place = 1
             UNION ALL
             SELECT 'wish' AS kind, w.id AS source_id, w.person_id, w.module, w.detail, CAST(2 AS BIGINT) AS weight
             FROM wish w WHERE w.season_id = $1 AND w.stage = 'open')
         SELECT v.kind, v.source_id, v.person_id, p.commune_code, v.module, v.detail, v.weight, g.subject_id
         FROM voice v JOIN person p ON p.id = v.person_id
         LEFT JOIN debrief_grouping g ON g.kind = v.kind AND g.source_id = v.source_id
         WHERE p.erased_at IS NULL AND p.merged_into IS NULL
         ORDER BY v.person_id, v.kind, v.source_id",
        [season.into()],
    )
    .await
}

/// A subject as stored.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow, serde::Serialize, serde::Deserialize)]
pub struct SubjectRow {
    /// Identifier.
    pub id: String,
    /// Season.
    pub season_id: String,
    /// Its name.
    pub title: String,
    /// The subject into which it was put.
    pub merged_into: Option<String>,
    /// When it was made, UTC milliseconds.
    pub created_at: i64,
    /// Raised at every change.
    pub version: i64,
}

/// The subjects of a season, by name.
pub async fn subjects(db: &mut Connection, season: &str) -> Result<Vec<SubjectRow>> {
    db.fetch_all(
        "SELECT id, season_id, title, merged_into, created_at, version FROM debrief_subject WHERE season_id = $1 ORDER BY title, id",
        [season.into()],
    )
    .await
}

/// One subject.
pub async fn subject(db: &mut Connection, id: &str) -> Result<Option<SubjectRow>> {
    db.fetch_optional(
        "SELECT id, season_id, title, merged_into, created_at, version FROM debrief_subject WHERE id = $1",
        [id.into()],
    )
    .await
}

/// Stores a new subject.
pub async fn insert_subject(db: &mut Connection, row: &SubjectRow) -> Result<()> {
    db.execute(
        "INSERT INTO debrief_subject (id, season_id, title, merged_into, created_at, version) VALUES ($1, $2, $3, $4, $5, $6)",
        [
            Value::from(&row.id),
            Value::from(&row.season_id),
            Value::from(&row.title),
            Value::from(&row.merged_into),
            row.created_at.into(),
            row.version.into(),
        ],
    )
    .await?;
    Ok(())
}

/// Writes name and where it was put over version `row.version`, which is raised by one.
///
/// # Errors
/// [`Error::Stale`] when somebody else wrote it meanwhile.
pub async fn update_subject(db: &mut Connection, row: &SubjectRow) -> Result<()> {
    let rows = db
        .execute(
            "UPDATE debrief_subject SET title = $3, merged_into = $4, version = version + 1 WHERE id = $1 AND version = $2",
            [
                Value::from(&row.id),
                row.version.into(),
                Value::from(&row.title),
                Value::from(&row.merged_into),
            ],
        )
        .await?;
    if rows == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Puts words into a subject, out of another if they were in one.
pub async fn put_into(
    db: &mut Connection,
    (kind, source): (&str, &str),
    subject: &str,
) -> Result<()> {
    db.execute(
        "INSERT INTO debrief_grouping (kind, source_id, subject_id) VALUES ($1, $2, $3)
         ON CONFLICT (kind, source_id) DO UPDATE SET subject_id = $3",
        [kind.into(), source.into(), subject.into()],
    )
    .await?;
    Ok(())
}

/// Takes words out of their subject.
pub async fn take_out(db: &mut Connection, (kind, source): (&str, &str)) -> Result<bool> {
    let rows = db
        .execute(
            "DELETE FROM debrief_grouping WHERE kind = $1 AND source_id = $2",
            [kind.into(), source.into()],
        )
        .await?;
    Ok(rows == 1)
}

/// A proposed workshop as stored.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow, serde::Serialize, serde::Deserialize)]
pub struct ProposalRow {
    /// Identifier.
    pub id: String,
    /// The season in which it was missing.
    pub season_id: String,
    /// The season for which it is proposed, once there is one.
    pub next_season_id: Option<String>,
    /// Slug of the module; none for a new subject.
    pub module: Option<String>,
    /// The subject; none for a module.
    pub subject_id: Option<String>,
    /// Its name.
    pub title: String,
    /// Why, in the coordinator's words.
    pub why: String,
    /// JSON object: code of the commune, how many people.
    pub communes: String,
    /// `proposed`, `taken-up` or `declined`.
    pub stage: String,
    /// What is said to those who asked about what came of it.
    pub reason: String,
    /// When it was proposed, UTC milliseconds.
    pub created_at: i64,
    /// When it was decided, UTC milliseconds.
    pub decided_at: Option<i64>,
    /// When those who asked were last told, UTC milliseconds.
    pub told_at: Option<i64>,
    /// Raised at every change.
    pub version: i64,
}

macro_rules! proposal_columns {
    () => {
        "q.id, q.season_id, q.next_season_id, q.module, q.subject_id, q.title, q.why, q.communes, q.stage, q.reason, q.created_at, q.decided_at, q.told_at, q.version"
    };
}

/// The proposals that came of a season, newest first.
pub async fn proposals(db: &mut Connection, season: &str) -> Result<Vec<ProposalRow>> {
    db.fetch_all(
        concat!(
            "SELECT ",
            proposal_columns!(),
            " FROM debrief_proposal q WHERE q.season_id = $1 ORDER BY q.created_at DESC, q.id DESC"
        ),
        [season.into()],
    )
    .await
}

/// One proposal.
pub async fn proposal(db: &mut Connection, id: &str) -> Result<Option<ProposalRow>> {
    db.fetch_optional(
        concat!(
            "SELECT ",
            proposal_columns!(),
            " FROM debrief_proposal q WHERE q.id = $1"
        ),
        [id.into()],
    )
    .await
}

/// Stores a new proposal.
pub async fn insert_proposal(db: &mut Connection, row: &ProposalRow) -> Result<()> {
    db.execute(
        "INSERT INTO debrief_proposal (id, season_id, next_season_id, module, subject_id, title, why, communes, stage, reason, created_at,
                                       decided_at, told_at, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        [
            Value::from(&row.id),
            Value::from(&row.season_id),
            Value::from(&row.next_season_id),
            Value::from(&row.module),
            Value::from(&row.subject_id),
            Value::from(&row.title),
            Value::from(&row.why),
            Value::from(&row.communes),
            Value::from(&row.stage),
            Value::from(&row.reason),
            row.created_at.into(),
            row.decided_at.into(),
            row.told_at.into(),
            row.version.into(),
        ],
    )
    .await?;
    Ok(())
}

/// Writes a proposal over version `row.version`, which is raised by one.
///
/// # Errors
/// [`Error::Stale`] when somebody else wrote it meanwhile.
pub async fn update_proposal(db: &mut Connection, row: &ProposalRow) -> Result<()> {
    let rows = db
        .execute(
            "UPDATE debrief_proposal SET next_season_id = $3, title = $4, why = $5, communes = $6, stage = $7, reason = $8, decided_at = $9,
                    told_at = $10, version = version + 1
             WHERE id = $1 AND version = $2",
            [
                Value::from(&row.id),
                row.version.into(),
                Value::from(&row.next_season_id),
                Value::from(&row.title),
                Value::from(&row.why),
                Value::from(&row.communes),
                Value::from(&row.stage),
                Value::from(&row.reason),
                row.decided_at.into(),
                row.told_at.into(),
            ],
        )
        .await?;
    if rows == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Remembers that somebody asked for it; once.
pub async fn add_asker(db: &mut Connection, proposal: &str, person: &str) -> Result<()> {
    db.execute(
        "INSERT INTO debrief_asker (proposal_id, person_id, wish_id) VALUES ($1, $2, NULL) ON CONFLICT (proposal_id, person_id) DO NOTHING",
        [proposal.into(), person.into()],
    )
    .await?;
    Ok(())
}

/// Remembers the wish that counts somebody in the next season.
pub async fn counted(db: &mut Connection, proposal: &str, person: &str, wish: &str) -> Result<()> {
    db.execute(
        "UPDATE debrief_asker SET wish_id = $3 WHERE proposal_id = $1 AND person_id = $2",
        [proposal.into(), person.into(), wish.into()],
    )
    .await?;
    Ok(())
}

/// Somebody who asked for what is proposed.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct AskerRow {
    /// As whom they asked: the record may have been merged since.
    pub asked_as: String,
    /// Person.
    pub person_id: String,
    /// Their name.
    pub name: String,
    /// Their commune.
    pub commune_code: Option<String>,
    /// The wish that counts them in the next season.
    pub wish_id: Option<String>,
}

/// Those who asked for it and can be told, by name; a merged record stands for the one it became.
pub async fn askers(db: &mut Connection, proposal: &str) -> Result<Vec<AskerRow>> {
    db.fetch_all(
        "SELECT a.person_id AS asked_as, p.id AS person_id, p.name, p.commune_code, a.wish_id
         FROM debrief_asker a JOIN person s ON s.id = a.person_id JOIN person p ON p.id = COALESCE(s.merged_into, s.id)
         WHERE a.proposal_id = $1 AND p.erased_at IS NULL ORDER BY p.folded, p.id, a.person_id",
        [proposal.into()],
    )
    .await
}

/// A proposal for which a person asked.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct AskedRow {
    /// Its name.
    pub title: String,
    /// `proposed`, `taken-up` or `declined`.
    pub stage: String,
    /// What was said of it.
    pub reason: String,
    /// When it was proposed, UTC milliseconds.
    pub created_at: i64,
}

/// The proposals for which a person asked, newest first.
pub async fn asked_by(db: &mut Connection, person: &str) -> Result<Vec<AskedRow>> {
    db.fetch_all(
        "SELECT DISTINCT q.title, q.stage, q.reason, q.created_at
         FROM debrief_proposal q JOIN debrief_asker a ON a.proposal_id = q.id JOIN person s ON s.id = a.person_id
         WHERE s.id = $1 OR s.merged_into = $1 ORDER BY q.created_at DESC, q.title",
        [person.into()],
    )
    .await
}
