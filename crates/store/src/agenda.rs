//! What the public pages show: sessions of seasons that are no longer in preparation, and what a season amounts to.

use crate::{Connection, Result, Value};

/// A session as anybody may see it, with its place and its counts.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow, serde::Serialize)]
pub struct AgendaRow {
    /// Identifier.
    pub id: String,
    /// Season.
    pub season_id: String,
    /// The season's name in addresses.
    pub season_slug: String,
    /// Slug of the module.
    pub module: String,
    /// Start, UTC milliseconds.
    pub starts_at: i64,
    /// End.
    pub ends_at: i64,
    /// People from which it opens.
    pub least: i64,
    /// Seats.
    pub capacity: i64,
    /// `gathering`, `confirmed`, `held` or `cancelled`.
    pub stage: String,
    /// Since when.
    pub stage_at: i64,
    /// Why it was cancelled; empty otherwise.
    pub cancel_reason: String,
    /// Shown on the session's page.
    pub public_note: String,
    /// SEQUENCE of the calendar entry.
    pub calendar_sequence: i64,
    /// Site.
    pub site_id: String,
    /// Its name.
    pub site_name: String,
    /// Its name in addresses.
    pub site_slug: String,
    /// Its street address.
    pub site_address: String,
    /// Its commune.
    pub commune_code: String,
    /// Degrees north, when known better than the commune's centre.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// Room of the site, if chosen.
    pub room_name: Option<String>,
    /// IANA name of the programme's time zone.
    pub time_zone: String,
    /// Where people can call.
    pub contact_phone: Option<String>,
    /// Where people can write.
    pub contact_email: Option<String>,
    /// People with a seat.
    pub placed: i64,
    /// People to whom a seat is held out.
    pub offered: i64,
    /// People waiting.
    pub waiting: i64,
}

const AGENDA: &str = "
    SELECT s.id, s.season_id, season.slug AS season_slug, s.module, s.starts_at, s.ends_at, s.least, s.capacity, s.stage, s.stage_at,
           s.cancel_reason, s.public_note, s.calendar_sequence, s.site_id, site.name AS site_name, site.slug AS site_slug,
           site.address AS site_address, site.commune_code, site.latitude, site.longitude, room.name AS room_name,
           programme.time_zone, programme.contact_phone, programme.contact_email,
           COUNT(CASE WHEN e.stage = 'placed' THEN 1 END) AS placed,
           COUNT(CASE WHEN e.stage = 'offered' THEN 1 END) AS offered,
           COUNT(CASE WHEN e.stage = 'waiting' THEN 1 END) AS waiting
    FROM session s
    JOIN season ON season.id = s.season_id
    JOIN programme ON programme.id = season.programme_id
    JOIN site ON site.id = s.site_id
    LEFT JOIN room ON room.id = s.room_id
    LEFT JOIN enrolment e ON e.session_id = s.id AND e.stage IN ('placed', 'offered', 'waiting')
    WHERE season.stage <> 'preparing'
      AND (CAST($1 AS TEXT) IS NULL OR s.id = $1)
      AND (CAST($2 AS BIGINT) IS NULL OR season.stage = 'open' AND s.starts_at > $2)
    GROUP BY s.id, season.id, programme.id, site.id, room.id
    ORDER BY s.starts_at, s.id";

/// Sessions of open seasons that begin after an instant, cancelled ones too, in order of time.
pub async fn coming(db: &mut Connection, after: i64) -> Result<Vec<AgendaRow>> {
    db.fetch_all(AGENDA, [Value::Text(None), after.into()])
        .await
}

/// One session, whenever it is; none of a season in preparation.
pub async fn session(db: &mut Connection, id: &str) -> Result<Option<AgendaRow>> {
    db.fetch_optional(AGENDA, [id.into(), Value::Integer(None)])
        .await
}

/// What a season amounts to, sessions called off left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct SeasonFigures {
    /// Dates.
    pub sessions: i64,
    /// Different workshops.
    pub modules: i64,
    /// Different sites.
    pub sites: i64,
    /// Seats.
    pub seats: i64,
    /// Dates that are over.
    pub held: i64,
    /// People who have, or had, a seat.
    pub people: i64,
}

/// What a season amounts to.
pub async fn season_figures(db: &mut Connection, season: &str) -> Result<SeasonFigures> {
    db.fetch_one(
        "SELECT COUNT(*) AS sessions, COUNT(DISTINCT s.module) AS modules, COUNT(DISTINCT s.site_id) AS sites,
                CAST(COALESCE(SUM(s.capacity), 0) AS BIGINT) AS seats,
                COUNT(CASE WHEN s.stage = 'held' THEN 1 END) AS held,
                (SELECT COUNT(DISTINCT e.person_id) FROM enrolment e JOIN session t ON t.id = e.session_id
                 WHERE t.season_id = CAST($1 AS TEXT) AND t.stage <> 'cancelled' AND e.stage = 'placed') AS people
         FROM session s WHERE s.season_id = $1 AND s.stage <> 'cancelled'",
        [season.into()],
    )
    .await
}

/// The sites at which a season has sessions that are not called off.
pub async fn season_sites(db: &mut Connection, season: &str) -> Result<Vec<(String,)>> {
    db.fetch_all(
        "SELECT DISTINCT site_id FROM session WHERE season_id = $1 AND stage <> 'cancelled' ORDER BY site_id",
        [season.into()],
    )
    .await
}
