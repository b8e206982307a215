//! Plans as pages show them: with names, days and hours.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::plan::Stage;
use domain::questionnaire::Slot as Part;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{Span, ToSpan as _};
use planner::format::{Instance, PlannedSession};
use serde::Serialize;
use store::Connection;
use store::plan::PlanRow;
use store::programme::SeasonRow;
use store::session::SessionOverview;

use super::figures::Figures;
use super::names::Names;
use super::translate::{Frame, key};
use super::{Body, Scenario, body, load, read, zone};
use crate::access::{Action, Actor, Resource, authorise};
use crate::enrolment::{instant, parse};
use crate::{App, Result, content};

/// A plan in a list.
#[derive(Clone, Debug)]
pub struct Listed {
    /// As stored.
    pub row: PlanRow,
    /// Where it stands.
    pub stage: Stage,
    /// Its season.
    pub season: SeasonRow,
    /// What it comes to.
    pub figures: Figures,
    /// When it was made, local.
    pub made: DateTime,
}

/// A plan with all there is to show of it.
#[derive(Clone, Debug)]
pub struct PlanView {
    /// The plan.
    pub listed: Listed,
    /// Its settings.
    pub scenario: Scenario,
    /// What the names of its instance mean.
    pub frame: Frame,
    /// Its sessions, in order of time.
    pub sessions: Vec<PlannedView>,
    /// People with something to attend and what they do not get: id, name, modules wanted, modules missing.
    pub people: Vec<PersonOfPlan>,
    /// Sites and trainers by id, for forms.
    pub names: Names,
    /// Every site in use by id, those that the scenario leaves out among them.
    pub all_sites: BTreeMap<String, String>,
    /// Half-days on which something can be planned, with when sessions begin.
    pub half_days: Vec<(u32, DateTime)>,
    /// Places to choose from: `site/room` and their names with their seats.
    pub places: Vec<(String, String)>,
    /// Trainers to choose from: id, name, and whether the scenario added them (then the name is of whom they are a copy of).
    pub choices_of_trainers: Vec<(String, String, bool)>,
    /// The sessions that its publication made.
    pub made: Vec<String>,
    /// How many seats were held out, and how many of them are answered.
    pub asked: (usize, usize),
    /// Whether the last change by hand can be taken back.
    pub can_take_back: bool,
}

impl PlanView {
    /// The half-day of that part of that day, if something can be planned then.
    #[must_use]
    pub fn slot_of(&self, day: Date, part: Part) -> Option<u32> {
        self.half_days
            .iter()
            .find(|(_, at)| at.date() == day && Part::of(at.time()) == part)
            .map(|(slot, _)| *slot)
    }
}

/// Somebody in a plan.
#[derive(Clone, Debug, Serialize)]
pub struct PersonOfPlan {
    /// Person.
    pub id: String,
    /// Their name.
    pub name: String,
    /// Modules that they want.
    pub wanted: usize,
    /// Slugs of those that the plan does not give.
    pub missing: Vec<String>,
}

/// Somebody in a planned session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Seated {
    /// Person.
    pub id: String,
    /// Their name.
    pub name: String,
    /// Has the seat already.
    pub has: bool,
}

/// A session of a plan.
#[derive(Clone, Debug, Serialize)]
pub struct PlannedView {
    /// What names it in the plan.
    pub key: String,
    /// Half-day.
    pub slot: u32,
    /// Slug of the module.
    pub module: String,
    /// Site, in the instance's words.
    pub site: String,
    /// Its name.
    pub site_name: String,
    /// Room, in the instance's words.
    pub room: String,
    /// Its name; empty where the site has none.
    pub room_name: String,
    /// Trainer, in the instance's words.
    pub trainer: String,
    /// Their name; of an added one, whom they are a copy of; empty: nobody yet.
    pub trainer_name: String,
    /// The trainer is one that the scenario added.
    pub extra: bool,
    /// Begin, local.
    pub starts: DateTime,
    /// End, local.
    pub ends: DateTime,
    /// Who attends.
    pub people: Vec<Seated>,
    /// Fewest people that the module wants.
    pub least: u32,
    /// Most people.
    pub most: u32,
    /// The session that exists already.
    pub existing: Option<String>,
    /// It exists and cannot stay as it is.
    pub affected: bool,
    /// Locked by hand.
    pub locked: bool,
}

/// The plans that the actor may see, newest first.
///
/// # Errors
/// What the policies say.
pub async fn list(app: &App, actor: &Actor) -> Result<Vec<Listed>> {
    authorise(app, actor, Action::ManagePlans, &Resource::everything())?;
    let mut db = app.read().await?;
    let mut seasons: HashMap<String, Option<(SeasonRow, TimeZone)>> = HashMap::new();
    let mut listed = Vec::new();
    for row in store::plan::list(&mut db, None).await? {
        if !seasons.contains_key(&row.season_id) {
            let season = store::programme::season(&mut db, &row.season_id).await?;
            let seen = match season {
                Some(season) => {
                    let resource = Resource::of_programme(parse(&season.programme_id)?);
                    let may = app
                        .policies()
                        .allow(actor, Action::ManagePlans, &resource)?;
                    let zone = zone(&mut db, &season).await?;
                    may.then_some((season, zone))
                }
                None => None,
            };
            seasons.insert(row.season_id.clone(), seen);
        }
        if let Some(Some((season, zone))) = seasons.get(&row.season_id) {
            listed.push(one(row, season, zone)?);
        }
    }
    Ok(listed)
}

fn one(row: PlanRow, season: &SeasonRow, zone: &TimeZone) -> Result<Listed> {
    Ok(Listed {
        stage: Stage::from_name(&row.stage).unwrap_or(Stage::Failed),
        figures: read(&row.figures).unwrap_or_default(),
        made: zone.to_datetime(instant(row.created_at)?),
        season: season.clone(),
        row,
    })
}

/// Several plans side by side, in the order asked for; those that the actor may not see are left out.
///
/// # Errors
/// What the policies say.
pub async fn compare(app: &App, actor: &Actor, ids: &[String]) -> Result<Vec<Listed>> {
    let all = list(app, actor).await?;
    let wanted = ids
        .iter()
        .filter_map(|id| all.iter().find(|one| one.row.id == *id).cloned());
    Ok(wanted.collect())
}

/// One plan with its sessions and people.
///
/// # Errors
/// [`crate::Error::NotFound`], and what the policies say.
pub async fn get(app: &App, actor: &Actor, id: &str) -> Result<PlanView> {
    let mut db = app.read().await?;
    let loaded = load(app, &mut db, actor, id).await?;
    let Body {
        frame,
        instance,
        best,
        ..
    } = body(&mut db, id).await?;
    let zone = zone(&mut db, &loaded.season).await?;
    let names = Names::load(app, &mut db, &loaded.season, &instance).await?;
    let exists = existing(&mut db, &frame).await?;
    let locks: BTreeSet<String> = loaded.locks().into_iter().collect();
    let around = Around {
        instance: &instance,
        frame: &frame,
        names: &names,
        zone: &zone,
        exists: &exists,
        locks: &locks,
    };
    let mut sessions = best
        .sessions
        .iter()
        .map(|session| around.view(session))
        .collect::<Result<Vec<_>>>()?;
    sessions
        .sort_by(|a, b| (a.starts, &a.site_name, &a.key).cmp(&(b.starts, &b.site_name, &b.key)));
    let people = people(&instance, &frame, &best.sessions, &names);
    let seats = store::plan::seats(&mut db, id).await?;
    let answered = seats.iter().filter(|seat| seat.stage != "offered").count();
    let (all_sites, _) = super::means(&mut db).await?;
    Ok(PlanView {
        all_sites: all_sites.into_iter().collect(),
        half_days: half_days(&instance, &frame),
        places: places(&instance, &names),
        choices_of_trainers: trainers(&instance, &frame, &names),
        scenario: loaded.scenario()?,
        made: store::plan::sessions(&mut db, id).await?,
        asked: (seats.len(), answered),
        can_take_back: loaded.stage.may_adjust()
            && store::plan::last_step(&mut db, id).await?.is_some(),
        listed: one(loaded.row, &loaded.season, &zone)?,
        frame,
        sessions,
        people,
        names,
    })
}

/// Half-days on which at least one real site is open.
fn half_days(instance: &Instance, frame: &Frame) -> Vec<(u32, DateTime)> {
    let open: BTreeSet<u32> = instance
        .sites
        .iter()
        .filter(|site| !site.id.starts_with("session-"))
        .flat_map(|site| site.open_slots.iter().copied())
        .collect();
    open.into_iter()
        .map(|slot| (slot, slot_start(instance, frame, slot)))
        .collect()
}

fn places(instance: &Instance, names: &Names) -> Vec<(String, String)> {
    let mut places = Vec::new();
    for site in &instance.sites {
        let Some(name) = names.sites.get(&site.id) else {
            continue;
        };
        for room in &site.rooms {
            let known = names.rooms.iter().find(|one| one.0 == room.id);
            let label = known.map_or_else(
                || name.clone(),
                |known| format!("{name}, {} ({})", known.2, room.capacity),
            );
            places.push((format!("{}/{}", site.id, room.id), label));
        }
    }
    places
}

fn trainers(instance: &Instance, frame: &Frame, names: &Names) -> Vec<(String, String, bool)> {
    let known = |id: &String| names.trainers.get(id).cloned();
    instance
        .trainers
        .iter()
        .filter_map(|one| match frame.like.get(&one.id) {
            Some(like) => Some((one.id.clone(), known(like)?, true)),
            None => Some((one.id.clone(), known(&one.id)?, false)),
        })
        .collect()
}

/// The sessions of the frame as they are now, by id.
async fn existing(db: &mut Connection, frame: &Frame) -> Result<HashMap<String, SessionOverview>> {
    let mut found = HashMap::new();
    for id in frame.existing.values() {
        if let Some(session) = store::session::overview(db, id).await? {
            found.insert(id.clone(), session);
        }
    }
    Ok(found)
}

/// What a session's view is put together from.
struct Around<'a> {
    instance: &'a Instance,
    frame: &'a Frame,
    names: &'a Names,
    zone: &'a TimeZone,
    exists: &'a HashMap<String, SessionOverview>,
    locks: &'a BTreeSet<String>,
}

impl Around<'_> {
    fn view(&self, session: &PlannedSession) -> Result<PlannedView> {
        let key = key(session);
        let existing = self.frame.existing.get(&key);
        let real = existing.and_then(|id| self.exists.get(id));
        let (starts, ends) = match real {
            Some(real) => (
                self.zone.to_datetime(instant(real.starts_at)?),
                self.zone.to_datetime(instant(real.ends_at)?),
            ),
            None => times(self.instance, self.frame, session),
        };
        let like = self.frame.like.get(&session.trainer);
        let room = self.names.rooms.iter().find(|one| one.0 == session.room);
        let trainer = like.unwrap_or(&session.trainer);
        let had = self.reference(session);
        let people = session
            .people
            .iter()
            .filter(|person| !self.frame.stand_ins.contains(person))
            .map(|person| Seated {
                id: person.clone(),
                name: self.names.person(person),
                has: had.contains(&person.as_str()),
            });
        let limits = self
            .instance
            .modules
            .iter()
            .find(|one| one.id == session.module)
            .map_or((1, 1), |one| (one.min_fill, one.max_group));
        let seats = self
            .instance
            .sites
            .iter()
            .flat_map(|site| &site.rooms)
            .find(|one| one.id == session.room)
            .map_or(limits.1, |one| one.capacity);
        Ok(PlannedView {
            slot: session.slot,
            module: session.module.clone(),
            site: session.site.clone(),
            site_name: match real {
                Some(real) => real.site_name.clone(),
                None => self
                    .names
                    .sites
                    .get(&session.site)
                    .cloned()
                    .unwrap_or_default(),
            },
            room: session.room.clone(),
            room_name: match real {
                Some(real) => real.room_name.clone().unwrap_or_default(),
                None => room.map(|one| one.2.clone()).unwrap_or_default(),
            },
            trainer: session.trainer.clone(),
            trainer_name: match (real, self.names.trainers.get(trainer)) {
                (_, Some(name)) => name.clone(),
                (Some(real), None) => real.trainer_name.clone().unwrap_or_default(),
                (None, None) => String::new(),
            },
            extra: like.is_some(),
            starts,
            ends,
            people: people.collect(),
            least: limits.0,
            most: limits.1.min(seats),
            affected: self.frame.affected.contains(&key),
            locked: self.locks.contains(&key),
            existing: existing.cloned(),
            key,
        })
    }

    /// Who has a seat in that session already.
    fn reference(&self, session: &PlannedSession) -> Vec<&str> {
        let reference = self.instance.replan.as_ref();
        let same = reference.and_then(|replan| {
            let mut all = replan.reference.iter();
            all.find(|one| key(one) == key(session) && one.module == session.module)
        });
        same.map_or_else(Vec::new, |one| {
            one.people.iter().map(String::as_str).collect()
        })
    }
}

/// Begin and end of a session to be opened.
pub(super) fn times(
    instance: &Instance,
    frame: &Frame,
    session: &PlannedSession,
) -> (DateTime, DateTime) {
    let starts = slot_start(instance, frame, session.slot);
    let minutes = content::catalogue()
        .module(&session.module)
        .map_or(120, |module| module.minutes);
    let ends = starts.saturating_add(i64::from(minutes).minutes());
    (starts, ends)
}

/// When a half-day begins.
pub(super) fn slot_start(instance: &Instance, frame: &Frame, slot: u32) -> DateTime {
    let found = instance.slots.get(slot as usize);
    let (day, start) = found.map_or((0, 0), |slot| (slot.day, slot.start));
    let date: Date = frame
        .monday
        .saturating_add(Span::new().days(i64::from(day)));
    let hour = i8::try_from(start / 60).unwrap_or_default();
    let minute = i8::try_from(start % 60).unwrap_or_default();
    date.to_datetime(Time::new(hour, minute, 0, 0).unwrap_or(Time::midnight()))
}

/// Everybody with what they do not get, those who miss most first.
fn people(
    instance: &Instance,
    frame: &Frame,
    sessions: &[PlannedSession],
    names: &Names,
) -> Vec<PersonOfPlan> {
    let mut attended: HashMap<&str, BTreeSet<&str>> = HashMap::new();
    for session in sessions {
        for person in &session.people {
            attended.entry(person).or_default().insert(&session.module);
        }
    }
    let none = BTreeSet::new();
    let mut people: Vec<PersonOfPlan> = instance
        .people
        .iter()
        .filter(|one| !frame.stand_ins.contains(&one.id))
        .map(|one| {
            let had = attended.get(one.id.as_str()).unwrap_or(&none);
            let missing = one.path.iter().filter(|slug| !had.contains(slug.as_str()));
            PersonOfPlan {
                id: one.id.clone(),
                name: names.person(&one.id),
                wanted: one.path.len(),
                missing: missing.cloned().collect(),
            }
        })
        .collect();
    people.sort_by(|a, b| {
        (b.missing.len(), domain::text::fold(&a.name))
            .cmp(&(a.missing.len(), domain::text::fold(&b.name)))
    });
    people
}
