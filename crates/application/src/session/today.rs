//! What the coordinator should see to today.

use std::collections::{HashMap, HashSet};

use jiff::civil::DateTime;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use store::desk::WishCount;
use store::enrolment::Ahead;
use store::mail::{MailFilter, MailRow};
use store::session::SessionFilter;

use super::list::{Listed, Zones};
use crate::access::{Action, Actor, Resource, authorise};
use crate::enrolment::{Call, instant, people_to_phone};
use crate::{App, Result};

/// How far ahead groups and means are looked at, in days.
const DAYS_OF_GROUPS: i64 = 7;
const DAYS_OF_MEANS: i64 = 30;

/// Somebody who waits and could have a seat on another date.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Movable {
    /// The enrolment.
    pub enrolment: String,
    /// The person.
    pub person: String,
    /// Their name.
    pub name: String,
    /// Their telephone.
    pub phone: Option<String>,
    /// Place on the waiting list.
    pub rank: i64,
    /// Where they wait.
    pub from: Listed,
    /// Where a seat is free.
    pub to: Listed,
}

/// A seat held out to somebody who has not answered.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OpenOffer {
    /// The enrolment.
    pub enrolment: String,
    /// The person.
    pub person: String,
    /// Their name.
    pub name: String,
    /// Their telephone.
    pub phone: Option<String>,
    /// Until when, local.
    pub until: DateTime,
    /// In which session.
    pub session: Listed,
}

/// What needs doing.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Today {
    /// Groups of the next days that lack people.
    pub groups: Vec<Listed>,
    /// People who wait and could have a seat on another date.
    pub movable: Vec<Movable>,
    /// Sessions with free seats and people waiting, too near for offers.
    pub too_late: Vec<Listed>,
    /// Sessions of the next weeks without trainer or room.
    pub without: Vec<Listed>,
    /// Sessions that are over and not yet said to be held.
    pub to_close: Vec<Listed>,
    /// Offers, the one that ends first before the others.
    pub offers: Vec<OpenOffer>,
    /// Unanswered wishes by module.
    pub wishes: Vec<WishCount>,
    /// People to telephone.
    pub calls: Vec<Call>,
    /// Letters that could not be sent.
    pub failed: Vec<MailRow>,
}

impl Today {
    /// Whether there is nothing to do.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self == &Self::default()
    }
}

/// What needs doing in the programmes whose desk the actor sees.
///
/// # Errors
/// What [`authorise`] says.
pub async fn today(app: &App, actor: &Actor) -> Result<Today> {
    authorise(app, actor, Action::SeeDesk, &Resource::everything())?;
    let mut db = app.read().await?;
    let now = app.now();
    let mut zones = Zones::default();
    let stages = Some(store::session::listed(["gathering", "confirmed"]));
    let sessions = store::session::list(
        &mut db,
        &SessionFilter {
            stages,
            ..SessionFilter::default()
        },
    )
    .await?;
    let all = zones.listed(app, &mut db, actor, sessions).await?;
    let (past, ahead): (Vec<_>, Vec<_>) = all
        .into_iter()
        .partition(|listed| listed.session.starts_at <= now.as_millisecond());
    let people = store::enrolment::ahead(&mut db, now.as_millisecond()).await?;
    let mut wishes = Vec::new();
    for wish in store::desk::wishes_by_module(&mut db, None).await? {
        let seen = zones.of(app, &mut db, actor, &wish.programme_id).await?;
        if wish.open > 0 && seen.is_some() {
            wishes.push(wish);
        }
    }
    let offers = offers(app, &mut db, actor, &mut zones, &ahead, &people).await?;
    let failed = if app
        .policies()
        .allow(actor, Action::SeeMail, &Resource::everything())?
    {
        let filter = MailFilter {
            stage: Some("failed".to_owned()),
            limit: 20,
            ..MailFilter::default()
        };
        store::mail::list(&mut db, &filter).await?
    } else {
        Vec::new()
    };
    drop(db);
    Ok(Today {
        groups: of_next_days(&ahead, now, DAYS_OF_GROUPS)
            .filter(|listed| {
                listed.session.stage == "gathering" && listed.session.placed < listed.session.least
            })
            .cloned()
            .collect(),
        movable: movable(&ahead, &people),
        too_late: ahead
            .iter()
            .filter(|one| is_too_late(one))
            .cloned()
            .collect(),
        without: of_next_days(&ahead, now, DAYS_OF_MEANS)
            .filter(|listed| {
                listed.session.trainer_id.is_none() || listed.session.room_id.is_none()
            })
            .cloned()
            .collect(),
        to_close: past
            .into_iter()
            .filter(|listed| listed.session.ends_at <= now.as_millisecond())
            .collect(),
        offers,
        wishes,
        calls: people_to_phone(app, actor).await?,
        failed,
    })
}

fn of_next_days(ahead: &[Listed], now: Timestamp, days: i64) -> impl Iterator<Item = &Listed> {
    let until = now
        .saturating_add(SignedDuration::from_hours(24 * days))
        .unwrap_or(now)
        .as_millisecond();
    ahead
        .iter()
        .filter(move |listed| listed.session.starts_at <= until)
}

/// Free seats are offered to those who wait at once, unless it is too late for an answer.
fn is_too_late(listed: &Listed) -> bool {
    let session = &listed.session;
    session.waiting > 0 && session.placed + session.offered < session.capacity
}

async fn offers(
    app: &App,
    db: &mut store::Connection,
    actor: &Actor,
    zones: &mut Zones,
    ahead: &[Listed],
    people: &[Ahead],
) -> Result<Vec<OpenOffer>> {
    let mut offers = Vec::new();
    for person in people.iter().filter(|person| person.stage == "offered") {
        let Some(session) = ahead.iter().find(|one| one.session.id == person.session_id) else {
            continue;
        };
        let programme = &session.session.programme_id;
        let (Some(zone), Some(until)) = (
            zones.of(app, db, actor, programme).await?,
            person.offered_until,
        ) else {
            continue;
        };
        offers.push(OpenOffer {
            enrolment: person.id.clone(),
            person: person.person_id.clone(),
            name: person.name.clone(),
            phone: person.phone.clone(),
            until: zone.to_datetime(instant(until)?),
            session: session.clone(),
        });
    }
    offers.sort_by_key(|offer| offer.until);
    Ok(offers)
}

/// For everyone who waits the first other date of the same module and season that has a seat left and suits their other registrations.
/// Each free seat is proposed once.
fn movable(ahead: &[Listed], people: &[Ahead]) -> Vec<Movable> {
    let sessions: HashMap<&str, &Listed> = ahead
        .iter()
        .map(|listed| (listed.session.id.as_str(), listed))
        .collect();
    let mut free: HashMap<&str, i64> = ahead
        .iter()
        .map(|listed| (listed.session.id.as_str(), listed.free()))
        .collect();
    let mut ranks: HashMap<&str, i64> = HashMap::new();
    let mut found = Vec::new();
    for person in people.iter().filter(|person| person.stage == "waiting") {
        let rank = ranks.entry(person.session_id.as_str()).or_default();
        *rank += 1;
        let Some(from) = sessions.get(person.session_id.as_str()) else {
            continue;
        };
        let own: HashSet<&str> = people
            .iter()
            .filter(|other| other.person_id == person.person_id)
            .map(|other| other.session_id.as_str())
            .collect();
        let suits = |to: &Listed| {
            let same = to.session.module == from.session.module
                && to.session.season_id == from.session.season_id;
            let busy = own.iter().filter(|id| **id != person.session_id);
            let mut busy = busy.filter_map(|id| sessions.get(id));
            same && !own.contains(to.session.id.as_str())
                && !busy.any(|other| {
                    other.session.starts_at < to.session.ends_at
                        && to.session.starts_at < other.session.ends_at
                })
        };
        let to = ahead.iter().find(|to| {
            free.get(to.session.id.as_str())
                .is_some_and(|free| *free > 0)
                && suits(to)
        });
        if let Some(to) = to {
            if let Some(seats) = free.get_mut(to.session.id.as_str()) {
                *seats -= 1;
            }
            found.push(Movable {
                enrolment: person.id.clone(),
                person: person.person_id.clone(),
                name: person.name.clone(),
                phone: person.phone.clone(),
                rank: *rank,
                from: (*from).clone(),
                to: to.clone(),
            });
        }
    }
    found
}
