//! Sessions as the desk lists and opens them.

use std::collections::HashMap;

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde::Serialize;
use store::Connection;
use store::enrolment::RosterLine;
use store::mail::MailRow;
use store::programme::SeasonRow;
use store::session::{SessionFilter, SessionNoteRow, SessionOverview};

use super::season_of;
use crate::access::{Action, Actor, Resource, authorise};
use crate::enrolment::{instant, parse};
use crate::{App, Error, Result};

/// The newest letters shown with a session.
const MOST_LETTERS: i64 = 200;

/// A session with its times as the clocks of its territory show them.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Listed {
    /// The session.
    #[serde(flatten)]
    pub session: SessionOverview,
    /// Begin.
    pub starts: DateTime,
    /// End.
    pub ends: DateTime,
}

impl Listed {
    /// Seats that a newcomer would get at once.
    #[must_use]
    pub fn free(&self) -> i64 {
        let session = &self.session;
        if session.waiting > 0 {
            0
        } else {
            (session.capacity - session.placed - session.offered).max(0)
        }
    }

    /// Whether it is still to take place.
    #[must_use]
    pub fn is_ahead(&self) -> bool {
        matches!(self.session.stage.as_str(), "gathering" | "confirmed")
    }
}

/// The time zones of programmes, each looked up once; `None` where the actor may not see the desk.
#[derive(Default)]
pub(super) struct Zones(HashMap<String, Option<TimeZone>>);

impl Zones {
    /// The zone of a programme whose desk the actor sees.
    pub(super) async fn of(
        &mut self,
        app: &App,
        db: &mut Connection,
        actor: &Actor,
        programme: &str,
    ) -> Result<Option<TimeZone>> {
        if let Some(zone) = self.0.get(programme) {
            return Ok(zone.clone());
        }
        let resource = Resource::of_programme(parse(programme)?);
        let zone = if app.policies().allow(actor, Action::SeeDesk, &resource)? {
            let row = store::programme::get(db, programme)
                .await?
                .ok_or(Error::NotFound)?;
            let zone = TimeZone::get(&row.time_zone)
                .map_err(|error| Error::Internal(error.to_string()))?;
            Some(zone)
        } else {
            None
        };
        self.0.insert(programme.to_owned(), zone.clone());
        Ok(zone)
    }

    /// Those sessions whose desk the actor sees, with their local times.
    pub(super) async fn listed(
        &mut self,
        app: &App,
        db: &mut Connection,
        actor: &Actor,
        sessions: Vec<SessionOverview>,
    ) -> Result<Vec<Listed>> {
        let mut listed = Vec::with_capacity(sessions.len());
        for session in sessions {
            let programme = session.programme_id.clone();
            if let Some(zone) = self.of(app, db, actor, &programme).await? {
                listed.push(local(session, &zone)?);
            }
        }
        Ok(listed)
    }
}

/// A session with its local times.
pub(super) fn local(session: SessionOverview, zone: &TimeZone) -> Result<Listed> {
    Ok(Listed {
        starts: zone.to_datetime(instant(session.starts_at)?),
        ends: zone.to_datetime(instant(session.ends_at)?),
        session,
    })
}

/// The sessions that match, in order of time, of the programmes whose desk the actor sees.
///
/// # Errors
/// What [`authorise`] says.
pub async fn list(app: &App, actor: &Actor, filter: &SessionFilter) -> Result<Vec<Listed>> {
    authorise(app, actor, Action::SeeDesk, &Resource::everything())?;
    let mut db = app.read().await?;
    let sessions = store::session::list(&mut db, filter).await?;
    Zones::default().listed(app, &mut db, actor, sessions).await
}

/// Somebody on a session's roster.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Seated {
    /// Who, and where they stand.
    #[serde(flatten)]
    pub line: RosterLine,
    /// Place on the waiting list, from 1.
    pub rank: Option<i64>,
    /// Until when a seat is held out, local.
    pub until: Option<DateTime>,
    /// When it was asked for, local.
    pub asked: DateTime,
}

/// All about one session.
#[derive(Clone, Debug, PartialEq)]
pub struct SessionPage {
    /// The session.
    pub session: Listed,
    /// Its season.
    pub season: SeasonRow,
    /// The time zone in which it is told.
    pub zone: TimeZone,
    /// Who has, is offered or waits for a seat, by arrival.
    pub roster: Vec<Seated>,
    /// Other dates of the module in the season, still to come.
    pub others: Vec<Listed>,
    /// Letters about it, newest first.
    pub letters: Vec<MailRow>,
    /// Notes of trainers.
    pub notes: Vec<SessionNoteRow>,
}

/// One session with everything around it.
///
/// # Errors
/// [`Error::NotFound`], and what [`authorise`] says.
pub async fn page(app: &App, actor: &Actor, id: &str) -> Result<SessionPage> {
    let mut db = app.read().await?;
    let Some(overview) = store::session::overview(&mut db, id).await? else {
        authorise(app, actor, Action::SeeDesk, &Resource::everything())?;
        return Err(Error::NotFound);
    };
    let resource = Resource::of_programme(parse(&overview.programme_id)?);
    authorise(app, actor, Action::SeeDesk, &resource)?;
    let (season, zone) = season_of(&mut db, &overview.season_id).await?;
    let mut roster = Vec::new();
    let mut rank = 0;
    for line in store::enrolment::roster(&mut db, id).await? {
        let waits = line.stage == "waiting";
        rank += i64::from(waits);
        let until = line.offered_until.map(instant).transpose()?;
        roster.push(Seated {
            rank: waits.then_some(rank),
            until: until.map(|at| zone.to_datetime(at)),
            asked: zone.to_datetime(instant(line.requested_at)?),
            line,
        });
    }
    let filter = SessionFilter {
        season_id: Some(overview.season_id.clone()),
        from: Some(app.now().as_millisecond()),
        modules: Some(store::session::listed([overview.module.as_str()])),
        stages: Some(store::session::listed(["gathering", "confirmed"])),
        ..SessionFilter::default()
    };
    let mut others = Vec::new();
    for other in store::session::list(&mut db, &filter).await? {
        if other.id != id {
            others.push(local(other, &zone)?);
        }
    }
    Ok(SessionPage {
        session: local(overview, &zone)?,
        season,
        roster,
        others,
        letters: store::mail::about(&mut db, "session", id, MOST_LETTERS).await?,
        notes: store::session::notes(&mut db, id).await?,
        zone,
    })
}

/// The enrolment's session, for pages about one enrolment.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn session_of_enrolment(app: &App, enrolment: &str) -> Result<String> {
    let mut db = app.read().await?;
    let row = store::enrolment::get(&mut db, enrolment)
        .await?
        .ok_or(Error::NotFound)?;
    Ok(row.session_id)
}

/// An instant where most programmes run, for pages that show more than one programme.
#[must_use]
pub fn usual_time(at: jiff::Timestamp) -> DateTime {
    let zone = TimeZone::get(crate::programme::USUAL_TIME_ZONE).unwrap_or(TimeZone::UTC);
    zone.to_datetime(at)
}

/// The day that it is where most programmes run, for pages that show more than one programme.
#[must_use]
pub fn today_of(now: jiff::Timestamp) -> jiff::civil::Date {
    usual_time(now).date()
}

/// A session with its local times, for pages that the key of a letter opens: what everybody may know of it.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn told(app: &App, id: &str) -> Result<Listed> {
    let mut db = app.read().await?;
    let session = store::session::overview(&mut db, id)
        .await?
        .ok_or(Error::NotFound)?;
    let (_, zone) = season_of(&mut db, &session.season_id).await?;
    local(session, &zone)
}

/// An instant (UTC milliseconds) as the clocks show it where the session is held.
///
/// # Errors
/// The store's.
pub async fn local_time(app: &App, of: &Listed, at: i64) -> Result<Option<DateTime>> {
    let mut db = app.read().await?;
    let (_, zone) = season_of(&mut db, &of.session.season_id).await?;
    Ok(Some(zone.to_datetime(instant(at)?)))
}
