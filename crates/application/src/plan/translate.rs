//! A season's demand and means as an instance of the planner.
//!
//! Times are half-days ([`domain::plan::half_days`]). Distances are road kilometres: the straight line between the centres of two communes
//! times [`DETOUR`], rounded; a distance that is not known counts nothing. How far people travel is told as the crow flies everywhere in the
//! program, so their limit is multiplied by the same. Sessions that exist are part of the instance as they are (see [`super::existing`]).

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::catalogue::Audience;
use domain::plan::HalfDay;
use domain::programme::TimeRange;
use jiff::ToSpan as _;
use jiff::civil::Date;
use planner::format::{
    Instance, Limits, Module, Person, PlannedSession, Replan, Room, Site, Trainer,
};
use serde::{Deserialize, Serialize};

use super::calendar::Calendar;
use super::communes::{Communes, DETOUR, rounded};
use super::existing::{self, Seating};
use super::ground::{Existing, Ground, Participant, Place};
use super::scenario::Scenario;
use crate::content;

/// Who did not say how far they travel goes anywhere.
const ANYWHERE_KM: u32 = 100_000;
/// Minutes that a site must be open after the beginning for a session to be planned there; longer sessions are warned of at publication.
const OPEN_MINUTES: i64 = 120;
/// Sessions of one person in one day.
const PER_DAY: u32 = 1;
/// What leaving an existing seat costs a plan of a season: nothing is ever worth it.
const NEVER: i64 = 100_000;
/// What moving somebody costs a repair: five times what `training-planning/1` suggests, since nobody is to change their day to spare a session
/// that was half empty anyway. Another trainer costs what the format suggests.
const CHANGE: i64 = 200;
const TRAINER_CHANGE: i64 = 5;

/// Why what exists cannot stay as it is, from a first to a last day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disruption {
    /// What is missing.
    pub what: Missing,
    /// First day.
    pub from: Date,
    /// Last day.
    pub until: Date,
}

/// What is missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "id", rename_all = "lowercase")]
pub enum Missing {
    /// A trainer, by id.
    Trainer(String),
    /// A site, by id.
    Site(String),
    /// One session, by id.
    Session(String),
}

impl Disruption {
    /// Whether that session cannot take place as it is.
    pub(super) fn affects(&self, existing: &Existing) -> bool {
        let session = &existing.session;
        let day = existing.starts.date();
        match &self.what {
            Missing::Session(id) => session.id == *id,
            _ if day < self.from || day > self.until => false,
            Missing::Trainer(id) => session.trainer_id.as_deref() == Some(id),
            Missing::Site(id) => session.site_id == *id,
        }
    }
}

/// What the names in an instance mean, kept with it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Frame {
    /// Monday of week 0.
    pub monday: Date,
    /// Sessions that exist: [`key`] in the plan to identifier.
    pub existing: BTreeMap<String, String>,
    /// Keys of those that the disruption affects.
    pub affected: Vec<String>,
    /// Trainers added by the scenario, to the trainer whom each is a copy of.
    pub like: BTreeMap<String, String>,
    /// Stand-ins for the places and trainers of sessions that exist, to the session whose real one is meant.
    pub stands_for: BTreeMap<String, String>,
    /// Stand-ins for people yet to come, who keep an empty session open.
    pub stand_ins: Vec<String>,
    /// Seats that the plan could not take in: their modules are left out of the paths of their people.
    pub outside_seats: usize,
    /// Why the plan was made, for a repair.
    pub disruption: Option<Disruption>,
}

/// What names a session within a plan: a room holds one session at a time.
#[must_use]
pub fn key(session: &PlannedSession) -> String {
    format!("{}-{}", session.slot, session.room)
}

/// The room that stands for a site without rooms.
pub(super) fn whole_site(site: &str) -> String {
    format!("site-{site}")
}

/// An instance with its meaning.
pub(super) struct Translation {
    pub(super) instance: Instance,
    pub(super) frame: Frame,
    /// What exists and can stay.
    pub(super) kept: Vec<PlannedSession>,
}

fn small(number: i64) -> u32 {
    u32::try_from(number).unwrap_or_default()
}

/// The instance under construction.
pub(super) struct Draft {
    pub(super) calendar: Calendar,
    pub(super) communes: Communes,
    pub(super) sites: Vec<Site>,
    pub(super) trainers: Vec<Trainer>,
    pub(super) modules: BTreeMap<String, Module>,
    pub(super) people: BTreeMap<String, Person>,
    pub(super) frame: Frame,
}

/// Translates a season. `name` is the instance's name; with a disruption, only what exists is planned anew, with the least change.
pub(super) fn translate(
    ground: &Ground,
    scenario: &Scenario,
    name: &str,
    disruption: Option<&Disruption>,
) -> Translation {
    let calendar = Calendar::new(ground, scenario);
    let mut draft = Draft {
        frame: Frame {
            monday: calendar.monday,
            disruption: disruption.cloned(),
            ..Frame::default()
        },
        calendar,
        communes: Communes::default(),
        sites: Vec::new(),
        trainers: Vec::new(),
        modules: BTreeMap::new(),
        people: BTreeMap::new(),
    };
    draft.communes.number(None);
    draft.add_modules(ground);
    draft.add_sites(ground, scenario, disruption);
    draft.add_trainers(ground, scenario);
    draft.add_people(ground, scenario, disruption.is_some());
    let seating = existing::seat(&mut draft, ground, disruption);
    if let Some(disruption) = disruption {
        draft.take_away(disruption);
    }
    draft.finish(scenario, name, seating)
}

impl Draft {
    fn add_modules(&mut self, ground: &Ground) {
        let demanded = ground.people.iter().flat_map(|person| person.path.iter());
        let held = ground.sessions.iter().map(|one| &one.session.module);
        let slugs: BTreeSet<&String> = demanded.chain(held).collect();
        for slug in slugs {
            let module = match content::catalogue().module(slug) {
                Some(module) => Module {
                    id: slug.clone(),
                    name: module.title.get(domain::language::Language::Fr).to_owned(),
                    series: module.track.clone(),
                    min_fill: module.group.least,
                    max_group: module.group.most,
                },
                // A module that the catalogue no longer has, still to be held.
                None => Module {
                    id: slug.clone(),
                    name: slug.clone(),
                    series: String::new(),
                    min_fill: 1,
                    max_group: ground
                        .sessions
                        .iter()
                        .filter(|one| one.session.module == *slug)
                        .map(|one| small(one.session.capacity))
                        .max()
                        .unwrap_or(1),
                },
            };
            self.modules.insert(slug.clone(), module);
        }
    }

    fn add_sites(&mut self, ground: &Ground, scenario: &Scenario, disruption: Option<&Disruption>) {
        let in_use = ground.sites.iter().filter(|place| {
            place.row.regular == 1 && !scenario.without_sites.contains(&place.row.id)
        });
        for place in in_use {
            let closed = |day: Date| {
                disruption.is_some_and(|one| {
                    one.what == Missing::Site(place.row.id.clone())
                        && day >= one.from
                        && day <= one.until
                })
            };
            let open_slots = self
                .calendar
                .numbered()
                .filter(|(slot, half)| {
                    self.calendar.is_plannable(*slot) && is_open(place, half) && !closed(half.day)
                })
                .map(|(slot, _)| slot)
                .collect();
            let mut rooms: Vec<Room> = place
                .rooms
                .iter()
                .map(|room| Room {
                    id: room.id.clone(),
                    capacity: small(room.capacity),
                })
                .filter(|room| room.capacity > 0)
                .collect();
            if rooms.is_empty() {
                rooms.push(Room {
                    id: whole_site(&place.row.id),
                    capacity: domain::session::MOST_SEATS,
                });
            }
            self.sites.push(Site {
                id: place.row.id.clone(),
                name: place.row.name.clone(),
                commune: self.communes.number(Some(&place.row.commune_code)),
                rooms,
                open_slots,
            });
        }
    }

    fn add_trainers(&mut self, ground: &Ground, scenario: &Scenario) {
        let skills_of = |known: &BTreeSet<String>| -> Vec<String> {
            self.modules
                .keys()
                .filter(|slug| {
                    content::catalogue().module(slug).is_some_and(|module| {
                        module.skills.iter().all(|skill| known.contains(skill))
                    })
                })
                .cloned()
                .collect()
        };
        let mut trainers = Vec::new();
        for one in &ground.trainers {
            let trainer = Trainer {
                id: one.row.id.clone(),
                commune: self.communes.number(one.row.commune_code.as_deref()),
                skills: skills_of(&one.skills),
                available_slots: self.calendar.free(one.availability),
                max_per_week: scenario.per_trainer,
            };
            if scenario.extra_like.as_ref() == Some(&one.row.id) {
                for number in 1..=scenario.extra {
                    let id = format!("extra-{number}");
                    self.frame.like.insert(id.clone(), one.row.id.clone());
                    trainers.push(Trainer {
                        id,
                        ..trainer.clone()
                    });
                }
            }
            trainers.push(trainer);
        }
        self.trainers = trainers;
    }

    /// Everybody with their demand; in a repair the demand is what they have a seat for, added with their seats.
    fn add_people(&mut self, ground: &Ground, scenario: &Scenario, is_repair: bool) {
        for one in &ground.people {
            let free = self.calendar.free(one.availability);
            let person = Person {
                id: one.id.clone(),
                kind: kind_of(one).to_owned(),
                commune: self.communes.number(one.home.as_deref()),
                level: small(one.level.clamp(1, 3)),
                path: if is_repair {
                    Vec::new()
                } else {
                    one.path.clone()
                },
                preferred_slots: free.clone(),
                available_slots: free,
                max_per_week: scenario.per_person,
                max_km: one.travel_km.map_or(ANYWHERE_KM, |km| rounded(km * DETOUR)),
            };
            self.people.insert(one.id.clone(), person);
        }
    }

    /// What is missing is missing for new sessions as well.
    fn take_away(&mut self, disruption: &Disruption) {
        let Missing::Trainer(missing) = &disruption.what else {
            return;
        };
        let calendar = &self.calendar;
        for trainer in &mut self.trainers {
            if trainer.id == *missing {
                trainer.available_slots.retain(|slot| {
                    calendar
                        .day_of(*slot)
                        .is_some_and(|day| day < disruption.from || day > disruption.until)
                });
            }
        }
    }

    fn finish(mut self, scenario: &Scenario, name: &str, seating: Seating) -> Translation {
        self.people.retain(|_, person| !person.path.is_empty());
        let is_repair = self.frame.disruption.is_some();
        let replan = (!seating.reference.is_empty()).then(|| Replan {
            freeze_before_slot: 0,
            reference: seating.reference.clone(),
            w_change: if is_repair { CHANGE } else { NEVER },
            w_trainer_change: if is_repair { TRAINER_CHANGE } else { NEVER },
            sick_trainer: None,
            sick_weeks: Vec::new(),
        });
        let instance = Instance {
            format: planner::format::FORMAT.to_owned(),
            name: name.to_owned(),
            size: None,
            seed: None,
            slots: self.calendar.slots(),
            communes: self.communes.listed(),
            km: self.communes.matrix(&self.sites),
            sites: self.sites,
            precedence: precedence(&self.modules),
            modules: self.modules.into_values().collect(),
            trainers: self.trainers,
            people: self.people.into_values().collect(),
            limits: Limits {
                max_sessions: scenario
                    .most_sessions
                    .filter(|_| !is_repair)
                    .map(|most| most + u32::try_from(seating.reference.len()).unwrap_or_default()),
                person_sessions_per_day: PER_DAY,
            },
            weights: scenario.weights(),
            replan,
        };
        Translation {
            instance,
            frame: self.frame,
            kept: seating.kept,
        }
    }
}

fn is_open(place: &Place, half: &HalfDay) -> bool {
    let end = half.start.saturating_add(OPEN_MINUTES.minutes());
    TimeRange::new(half.start, end).is_ok_and(|time| place.hours.allow(half.day.weekday(), time))
}

fn kind_of(person: &Participant) -> &'static str {
    if person.audiences.contains(&Audience::ElectedOrStaff) {
        "agent"
    } else {
        "pro"
    }
}

/// Every pair of modules of which the first comes before the second, directly or through others.
pub(super) fn precedence(modules: &BTreeMap<String, Module>) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for after in modules.keys() {
        for before in content::catalogue().all_before(after) {
            if modules.contains_key(&before.slug) {
                pairs.push((before.slug.clone(), after.clone()));
            }
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Modules by their successors.
pub(super) fn before(modules: &BTreeMap<String, Module>) -> HashMap<String, Vec<String>> {
    let mut before: HashMap<String, Vec<String>> = HashMap::new();
    for (first, then) in precedence(modules) {
        before.entry(then).or_default().push(first);
    }
    before
}
