//! What stands against a session before it is stored: clashes by time, and what only warns.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::id::{PersonId, SessionId};
use domain::programme::{OpeningHours, TimeRange};
use domain::questionnaire::Availability;
use domain::session::{Conflict, Occupation, conflicts};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;
use store::Connection;
use store::programme::SeasonRow;
use store::session::SessionOverview;

use super::command::Planned;
use crate::enrolment::{instant, parse};
use crate::{App, Result};

/// One thing or person that would be in two sessions at once.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Clash {
    /// Key of the sentence: `session-conflict-room`, `-trainer` or `-participant`.
    pub key: &'static str,
    /// Whether it refuses the session unless the coordinator insists.
    pub refuses: bool,
    /// The other session.
    pub with: SessionOverview,
    /// The participant, if it is one.
    pub person: Option<String>,
}

/// What does not fit and yet may be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Warning {
    /// It would have begun already.
    Past,
    /// Its day is not within the season.
    OutsideSeason,
    /// The site is not usually open then.
    SiteClosed,
    /// The trainer is not usually available then.
    TrainerAway,
    /// The trainer is not known to have these skills.
    TrainerLacks {
        /// Slugs of the vocabulary.
        skills: Vec<String>,
    },
    /// The room is not known to have this equipment.
    RoomLacks {
        /// Slugs of the vocabulary.
        equipment: Vec<String>,
    },
    /// The room holds fewer people.
    RoomTooSmall {
        /// Its seats.
        room: i64,
    },
    /// The module is meant for fewer people.
    GroupTooLarge {
        /// Most people of the module.
        most: u32,
    },
}

impl Warning {
    /// Key of the sentence in the locale files.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::Past => "session-warning-past",
            Self::OutsideSeason => "session-warning-outside-season",
            Self::SiteClosed => "session-warning-site-closed",
            Self::TrainerAway => "session-warning-trainer-away",
            Self::TrainerLacks { .. } => "session-warning-trainer-lacks",
            Self::RoomLacks { .. } => "session-warning-room-lacks",
            Self::RoomTooSmall { .. } => "session-warning-room-too-small",
            Self::GroupTooLarge { .. } => "session-warning-group-too-large",
        }
    }
}

/// Everything that `planned` would keep busy twice; `participants` are those who count on it.
pub(super) async fn clashes(
    db: &mut Connection,
    session: SessionId,
    planned: &Planned,
    participants: Vec<PersonId>,
) -> Result<Vec<Clash>> {
    let room = planned.room.as_ref().map(|room| room.id.as_str());
    let trainer = planned.trainer.as_ref().map(|trainer| trainer.id.as_str());
    let (from, to) = (
        planned.starts_at.as_millisecond(),
        planned.ends_at.as_millisecond(),
    );
    let proposed = Occupation {
        session,
        starts_at: planned.starts_at,
        ends_at: planned.ends_at,
        room: room.map(parse).transpose()?,
        trainer: trainer.map(parse).transpose()?,
        participants,
    };
    let mut busy: HashMap<String, Vec<PersonId>> = HashMap::new();
    for (session, person) in store::enrolment::busy_between(db, from, to).await? {
        busy.entry(session).or_default().push(parse(&person)?);
    }
    let mut others = Vec::new();
    for row in store::session::overlapping(db, from, to).await? {
        others.push(Occupation {
            session: parse(&row.id)?,
            starts_at: instant(row.starts_at)?,
            ends_at: instant(row.ends_at)?,
            room: row.room_id.as_deref().map(parse).transpose()?,
            trainer: row.trainer_id.as_deref().map(parse).transpose()?,
            participants: busy.remove(&row.id).unwrap_or_default(),
        });
    }
    let mut shown = Vec::new();
    for conflict in conflicts(&proposed, &others) {
        shown.extend(clash(db, conflict).await?);
    }
    Ok(shown)
}

async fn clash(db: &mut Connection, conflict: Conflict) -> Result<Option<Clash>> {
    let (with, person) = match conflict {
        Conflict::Room { with } | Conflict::Trainer { with } => (with, None),
        Conflict::Participant { person, with } => (with, Some(person)),
    };
    let Some(with) = store::session::overview(db, &with.to_string()).await? else {
        return Ok(None);
    };
    let name = match person {
        Some(person) => store::people::person(db, &person.to_string())
            .await?
            .map(|row| row.name),
        None => None,
    };
    Ok(Some(Clash {
        key: conflict.key(),
        refuses: !matches!(conflict, Conflict::Participant { .. }),
        with,
        person: name,
    }))
}

/// What does not fit and yet may be.
pub(super) fn warnings(
    app: &App,
    planned: &Planned,
    season: &SeasonRow,
    zone: &TimeZone,
) -> Vec<Warning> {
    let mut found = Vec::new();
    let day = zone.to_datetime(planned.starts_at).date().to_string();
    if planned.starts_at <= app.now() {
        found.push(Warning::Past);
    }
    if day < season.starts_on || day > season.ends_on {
        found.push(Warning::OutsideSeason);
    }
    if !site_is_open(planned, zone) {
        found.push(Warning::SiteClosed);
    }
    found.extend(trainer_warnings(planned, zone));
    found.extend(room_warnings(planned));
    let most = planned.module.group.most;
    if planned.capacity > most {
        found.push(Warning::GroupTooLarge { most });
    }
    found
}

fn site_is_open(planned: &Planned, zone: &TimeZone) -> bool {
    let hours: OpeningHours = serde_json::from_str(&planned.site.opening_hours).unwrap_or_default();
    let local = |at: Timestamp| zone.to_datetime(at);
    let (from, to) = (local(planned.starts_at), local(planned.ends_at));
    hours.is_empty()
        || from.date() == to.date()
            && TimeRange::new(from.time(), to.time())
                .is_ok_and(|time| hours.allow(from.weekday(), time))
}

fn trainer_warnings(planned: &Planned, zone: &TimeZone) -> Vec<Warning> {
    let Some(trainer) = &planned.trainer else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let free: Availability = serde_json::from_str(&trainer.availability).unwrap_or_default();
    // An empty grid: nobody has asked yet.
    if !free.is_empty() && !free.covers_start(zone.to_datetime(planned.starts_at)) {
        found.push(Warning::TrainerAway);
    }
    let skills: BTreeSet<String> = serde_json::from_str(&trainer.skills).unwrap_or_default();
    let lacking: Vec<String> = planned
        .module
        .skills
        .iter()
        .filter(|skill| !skills.contains(*skill))
        .cloned()
        .collect();
    if !lacking.is_empty() {
        found.push(Warning::TrainerLacks { skills: lacking });
    }
    found
}

fn room_warnings(planned: &Planned) -> Vec<Warning> {
    let Some(room) = &planned.room else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let there: BTreeMap<String, i64> = serde_json::from_str(&room.equipment).unwrap_or_default();
    let lacking: Vec<String> = planned
        .module
        .room
        .iter()
        .filter(|wanted| there.get(*wanted).copied().unwrap_or_default() < 1)
        .cloned()
        .collect();
    if !lacking.is_empty() {
        found.push(Warning::RoomLacks { equipment: lacking });
    }
    if i64::from(planned.capacity) > room.capacity {
        found.push(Warning::RoomTooSmall {
            room: room.capacity,
        });
    }
    found
}
