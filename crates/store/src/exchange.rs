//! Lists that leave as files, and files on their way in.

use crate::{Connection, Result, Value};

/// An enrolment as a line of a file.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow, serde::Serialize)]
pub struct EnrolmentLine {
    /// The person's name.
    pub name: String,
    /// Their e-mail address.
    pub email: Option<String>,
    /// Their telephone.
    pub phone: Option<String>,
    /// Code of their commune.
    pub commune_code: Option<String>,
    /// Name of their organisation.
    pub organisation: Option<String>,
    /// Slug of their sector, or of their organisation's.
    pub sector: Option<String>,
    /// Slug of the season.
    pub season: String,
    /// Slug of the module.
    pub module: String,
    /// Name of the site.
    pub site: String,
    /// Start of the session, UTC milliseconds.
    pub starts_at: i64,
    /// The programme's time zone.
    pub time_zone: String,
    /// Stage of the enrolment.
    pub stage: String,
    /// How it was asked for.
    pub origin: String,
    /// When, UTC milliseconds.
    pub requested_at: i64,
    /// Attendance mark, once marked.
    pub mark: Option<String>,
    /// Minutes really attended, once marked.
    pub minutes: Option<i64>,
}

/// Every enrolment of a season (`None`: of all), by session, then in order of arrival.
pub async fn enrolments(db: &mut Connection, season: Option<&str>) -> Result<Vec<EnrolmentLine>> {
    db.fetch_all(
        "SELECT p.name, p.email, p.phone, p.commune_code, o.name AS organisation, COALESCE(p.sector, o.sector) AS sector,
                n.slug AS season, s.module, t.name AS site, s.starts_at, g.time_zone, e.stage, e.origin, e.requested_at, a.mark, a.minutes
         FROM enrolment e JOIN person p ON p.id = e.person_id JOIN session s ON s.id = e.session_id
         JOIN site t ON t.id = s.site_id JOIN season n ON n.id = s.season_id JOIN programme g ON g.id = n.programme_id
         LEFT JOIN organisation o ON o.id = p.organisation_id
         LEFT JOIN attendance a ON a.session_id = e.session_id AND a.person_id = e.person_id
         WHERE (CAST($1 AS TEXT) IS NULL OR s.season_id = $1)
         ORDER BY s.starts_at, s.id, e.arrival, e.id",
        [season.into()],
    )
    .await
}

/// Every mark of attendance of a season (`None`: of all), by session, then by name. Stage and origin are those of the enrolment, empty
/// for somebody who came without one.
pub async fn attendance(db: &mut Connection, season: Option<&str>) -> Result<Vec<EnrolmentLine>> {
    db.fetch_all(
        "SELECT p.name, p.email, p.phone, p.commune_code, o.name AS organisation, COALESCE(p.sector, o.sector) AS sector,
                n.slug AS season, s.module, t.name AS site, s.starts_at, g.time_zone, '' AS stage, '' AS origin,
                a.marked_at AS requested_at, a.mark, a.minutes
         FROM attendance a JOIN person p ON p.id = a.person_id JOIN session s ON s.id = a.session_id
         JOIN site t ON t.id = s.site_id JOIN season n ON n.id = s.season_id JOIN programme g ON g.id = n.programme_id
         LEFT JOIN organisation o ON o.id = p.organisation_id
         WHERE (CAST($1 AS TEXT) IS NULL OR s.season_id = $1)
         ORDER BY s.starts_at, s.id, p.folded, p.id",
        [season.into()],
    )
    .await
}

/// A wish as a line of a file.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow, serde::Serialize)]
pub struct WishLine {
    /// The person's name.
    pub name: String,
    /// Their e-mail address.
    pub email: Option<String>,
    /// Their telephone.
    pub phone: Option<String>,
    /// Code of their commune.
    pub commune_code: Option<String>,
    /// Slug of the season.
    pub season: String,
    /// Slug of the module, if one was named.
    pub module: Option<String>,
    /// In their words.
    pub detail: String,
    /// `full`, `absent` or `asked`.
    pub reason: String,
    /// `open`, `answered` or `closed`.
    pub stage: String,
    /// What was answered.
    pub answer: String,
    /// When, UTC milliseconds.
    pub created_at: i64,
    /// The programme's time zone.
    pub time_zone: String,
}

/// Every wish of a season (`None`: of all), oldest first.
pub async fn wishes(db: &mut Connection, season: Option<&str>) -> Result<Vec<WishLine>> {
    db.fetch_all(
        "SELECT p.name, p.email, p.phone, p.commune_code, n.slug AS season, w.module, w.detail, w.reason, w.stage, w.answer,
                w.created_at, g.time_zone
         FROM wish w JOIN person p ON p.id = w.person_id JOIN season n ON n.id = w.season_id JOIN programme g ON g.id = n.programme_id
         WHERE (CAST($1 AS TEXT) IS NULL OR w.season_id = $1)
         ORDER BY w.created_at, w.id",
        [season.into()],
    )
    .await
}

/// A session already planned: same season, module, site and start.
pub async fn same_session(
    db: &mut Connection,
    season: &str,
    module: &str,
    site: &str,
    starts_at: i64,
) -> Result<Option<String>> {
    let found: Option<(String,)> = db
        .fetch_optional(
            "SELECT id FROM session
             WHERE season_id = $1 AND module = $2 AND site_id = $3 AND starts_at = $4 AND stage <> 'cancelled' ORDER BY id LIMIT 1",
            [season.into(), module.into(), site.into(), starts_at.into()],
        )
        .await?;
    Ok(found.map(|row| row.0))
}

/// A file read and not yet confirmed.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct DraftRow {
    /// Identifier.
    pub id: String,
    /// Who sent it; nobody else may confirm it.
    pub account_id: String,
    /// Which list.
    pub list: String,
    /// The file's name on the sender's computer, for showing.
    pub file_name: String,
    /// Its lines, JSON.
    pub body: String,
    /// When it was sent, UTC milliseconds.
    pub created_at: i64,
}

/// Keeps a file until it is confirmed, and lets go of those sent before `oldest`.
pub async fn keep_draft(db: &mut Connection, draft: &DraftRow, oldest: i64) -> Result<()> {
    db.execute(
        "DELETE FROM import_draft WHERE created_at < $1",
        [oldest.into()],
    )
    .await?;
    db.execute(
        "INSERT INTO import_draft (id, account_id, list, file_name, body, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
        [
            Value::from(&draft.id),
            Value::from(&draft.account_id),
            Value::from(&draft.list),
            Value::from(&draft.file_name),
            Value::from(&draft.body),
            draft.created_at.into(),
        ],
    )
    .await?;
    Ok(())
}

/// The file of that id, if that account sent it for that list.
pub async fn draft(
    db: &mut Connection,
    id: &str,
    account: &str,
    list: &str,
) -> Result<Option<DraftRow>> {
    db.fetch_optional(
        "SELECT id, account_id, list, file_name, body, created_at FROM import_draft WHERE id = $1 AND account_id = $2 AND list = $3",
        [id.into(), account.into(), list.into()],
    )
    .await
}

/// Lets go of a file; answers whether it was still there (of two confirmations at once only one goes on).
pub async fn drop_draft(db: &mut Connection, id: &str) -> Result<bool> {
    Ok(db
        .execute("DELETE FROM import_draft WHERE id = $1", [id.into()])
        .await?
        == 1)
}
