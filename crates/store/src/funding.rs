//! Who pays for sessions and for places in them.

use crate::{Connection, Result, Value};

/// A session that was given, with who pays for it.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct GivenRow {
    /// Session.
    pub id: String,
    /// Season.
    pub season_id: String,
    /// Name of the season.
    pub season_name: String,
    /// Programme.
    pub programme_id: String,
    /// Time zone of the programme.
    pub time_zone: String,
    /// Slug of the module.
    pub module: String,
    /// Start, UTC milliseconds.
    pub starts_at: i64,
    /// End, UTC milliseconds.
    pub ends_at: i64,
    /// Name of the site.
    pub site_name: String,
    /// Name of the trainer, if there is one.
    pub trainer_name: Option<String>,
    /// Who pays for it, as the desk said.
    pub funder_id: Option<String>,
}

/// Somebody who has a place in a session, or came without one.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct PlaceRow {
    /// Session.
    pub session_id: String,
    /// Their seat; none for somebody who walked in.
    pub enrolment_id: Option<String>,
    /// Person.
    pub person_id: String,
    /// Their name; empty once erased.
    pub name: String,
    /// Their firm or authority.
    pub organisation_name: Option<String>,
    /// Who pays for this place, if somebody else than for the session.
    pub funder_id: Option<String>,
    /// `present`, `late`, `left-early`, `absent` or `excused`, once it is said.
    pub mark: Option<String>,
    /// Minutes really attended.
    pub minutes: Option<i64>,
}

/// A funder of a season.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct FunderRow {
    /// Partner.
    pub id: String,
    /// Season.
    pub season_id: String,
    /// Name.
    pub name: String,
}

/// Sessions that are not cancelled and begin from `from` and before `until`, by time; `season_id`: of that season only, `session_id`: that
/// session only.
pub async fn given(
    db: &mut Connection,
    season_id: Option<&str>,
    session_id: Option<&str>,
    from: i64,
    until: i64,
) -> Result<Vec<GivenRow>> {
    db.fetch_all(
        "SELECT s.id, s.season_id, n.name AS season_name, n.programme_id, g.time_zone, s.module, s.starts_at, s.ends_at,
                t.name AS site_name, r.name AS trainer_name, f.partner_id AS funder_id
         FROM session s
         JOIN season n ON n.id = s.season_id
         JOIN programme g ON g.id = n.programme_id
         JOIN site t ON t.id = s.site_id
         LEFT JOIN trainer r ON r.id = s.trainer_id
         LEFT JOIN session_funding f ON f.session_id = s.id
         WHERE s.stage <> 'cancelled' AND s.starts_at >= $3 AND s.starts_at < $4
           AND (CAST($1 AS TEXT) IS NULL OR s.season_id = $1) AND (CAST($2 AS TEXT) IS NULL OR s.id = $2)
         ORDER BY s.starts_at, s.id",
        [season_id.into(), session_id.into(), from.into(), until.into()],
    )
    .await
}

/// The places of the same sessions, by session and name.
pub async fn places(
    db: &mut Connection,
    season_id: Option<&str>,
    session_id: Option<&str>,
    from: i64,
    until: i64,
) -> Result<Vec<PlaceRow>> {
    db.fetch_all(
        "WITH wanted AS (
             SELECT s.id, s.starts_at FROM session s
             WHERE s.stage <> 'cancelled' AND s.starts_at >= $3 AND s.starts_at < $4
               AND (CAST($1 AS TEXT) IS NULL OR s.season_id = $1) AND (CAST($2 AS TEXT) IS NULL OR s.id = $2)),
         place AS (
             SELECT e.session_id, e.person_id, e.id AS enrolment_id
             FROM enrolment e JOIN wanted w ON w.id = e.session_id WHERE e.stage = 'placed'
             UNION ALL
             SELECT a.session_id, a.person_id, CAST(NULL AS TEXT) AS enrolment_id
             FROM attendance a JOIN wanted w ON w.id = a.session_id
             WHERE NOT EXISTS (SELECT 1 FROM enrolment e
                               WHERE e.session_id = a.session_id AND e.person_id = a.person_id AND e.stage = 'placed'))
         SELECT x.session_id, x.enrolment_id, x.person_id, p.name, o.name AS organisation_name, f.partner_id AS funder_id, a.mark, a.minutes
         FROM place x
         JOIN wanted w ON w.id = x.session_id
         JOIN person p ON p.id = x.person_id
         LEFT JOIN organisation o ON o.id = p.organisation_id
         LEFT JOIN enrolment_funding f ON f.enrolment_id = x.enrolment_id
         LEFT JOIN attendance a ON a.session_id = x.session_id AND a.person_id = x.person_id
         ORDER BY w.starts_at, x.session_id, p.folded, p.id",
        [season_id.into(), session_id.into(), from.into(), until.into()],
    )
    .await
}

/// The funders of every season, in the order in which partners are shown.
pub async fn funders(db: &mut Connection) -> Result<Vec<FunderRow>> {
    db.fetch_all(
        "SELECT id, season_id, name FROM partner WHERE kind = 'funder' ORDER BY season_id, position, id",
        [],
    )
    .await
}

/// Says who pays for a session; `None`: nobody in particular.
pub async fn set_session(
    db: &mut Connection,
    session_id: &str,
    partner_id: Option<&str>,
) -> Result<()> {
    match partner_id {
        None => {
            db.execute(
                "DELETE FROM session_funding WHERE session_id = $1",
                [session_id.into()],
            )
            .await?;
        }
        Some(partner) => {
            db.execute(
                "INSERT INTO session_funding (session_id, partner_id) VALUES ($1, $2)
                 ON CONFLICT (session_id) DO UPDATE SET partner_id = excluded.partner_id",
                [Value::from(session_id), partner.into()],
            )
            .await?;
        }
    }
    Ok(())
}

/// Says who pays for a place; `None`: whoever pays for the session.
pub async fn set_place(
    db: &mut Connection,
    enrolment_id: &str,
    partner_id: Option<&str>,
) -> Result<()> {
    match partner_id {
        None => {
            db.execute(
                "DELETE FROM enrolment_funding WHERE enrolment_id = $1",
                [enrolment_id.into()],
            )
            .await?;
        }
        Some(partner) => {
            db.execute(
                "INSERT INTO enrolment_funding (enrolment_id, partner_id) VALUES ($1, $2)
                 ON CONFLICT (enrolment_id) DO UPDATE SET partner_id = excluded.partner_id",
                [Value::from(enrolment_id), partner.into()],
            )
            .await?;
        }
    }
    Ok(())
}
