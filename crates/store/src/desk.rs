//! Counts for the coordinator's desk.

use crate::{Connection, Result, Value};

/// How many different people with a seat in sessions of the season that are not cancelled, by sector (their own, else their firm's).
pub async fn people_by_sector(
    db: &mut Connection,
    season: &str,
) -> Result<Vec<(Option<String>, i64)>> {
    db.fetch_all(
        "SELECT COALESCE(p.sector, o.sector) AS sector, COUNT(DISTINCT p.id) AS people
         FROM enrolment e
         JOIN session s ON s.id = e.session_id
         JOIN person p ON p.id = e.person_id
         LEFT JOIN organisation o ON o.id = p.organisation_id
         WHERE s.season_id = $1 AND s.stage <> 'cancelled' AND e.stage = 'placed'
         GROUP BY COALESCE(p.sector, o.sector)
         ORDER BY people DESC, sector",
        [season.into()],
    )
    .await
}

/// The same by commune (their own, else their firm's).
pub async fn people_by_commune(
    db: &mut Connection,
    season: &str,
) -> Result<Vec<(Option<String>, i64)>> {
    db.fetch_all(
        "SELECT COALESCE(p.commune_code, o.commune_code) AS commune, COUNT(DISTINCT p.id) AS people
         FROM enrolment e
         JOIN session s ON s.id = e.session_id
         JOIN person p ON p.id = e.person_id
         LEFT JOIN organisation o ON o.id = p.organisation_id
         WHERE s.season_id = $1 AND s.stage <> 'cancelled' AND e.stage = 'placed'
         GROUP BY COALESCE(p.commune_code, o.commune_code)
         ORDER BY people DESC, commune",
        [season.into()],
    )
    .await
}

/// Wishes for one module.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow, serde::Serialize)]
pub struct WishCount {
    /// Slug of the module; none for a wish in words.
    pub module: Option<String>,
    /// Programme of the season.
    pub programme_id: String,
    /// Wishes not yet answered.
    pub open: i64,
    /// All wishes.
    pub total: i64,
}

/// Wishes of a season (`None`: of every season that is not closed) by module, most open first.
pub async fn wishes_by_module(db: &mut Connection, season: Option<&str>) -> Result<Vec<WishCount>> {
    db.fetch_all(
        "SELECT w.module, season.programme_id, COUNT(CASE WHEN w.stage = 'open' THEN 1 END) AS open, COUNT(*) AS total
         FROM wish w JOIN season ON season.id = w.season_id
         WHERE (CAST($1 AS TEXT) IS NULL AND season.stage <> 'closed') OR season.id = $1
         GROUP BY w.module, season.programme_id
         ORDER BY open DESC, total DESC, w.module",
        [Value::from(season.map(str::to_owned))],
    )
    .await
}

/// Marks of attendance of one kind.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow, serde::Serialize)]
pub struct AttendanceCount {
    /// `present`, `late`, `left-early`, `absent` or `excused`.
    pub mark: String,
    /// How often.
    pub marks: i64,
    /// Minutes attended, all together.
    pub minutes: i64,
}

/// Attendance of a season by mark.
pub async fn attendance_by_mark(db: &mut Connection, season: &str) -> Result<Vec<AttendanceCount>> {
    db.fetch_all(
        "SELECT a.mark, COUNT(*) AS marks, CAST(COALESCE(SUM(a.minutes), 0) AS BIGINT) AS minutes
         FROM attendance a JOIN session s ON s.id = a.session_id
         WHERE s.season_id = $1 AND s.stage <> 'cancelled'
         GROUP BY a.mark
         ORDER BY a.mark",
        [season.into()],
    )
    .await
}
