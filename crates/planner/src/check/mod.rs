//! The referee: which rules a plan breaks, what it costs, and plain counts.
//!
//! Works on the format's own types and shares nothing with the search, so that a mistake in the
//! tables of one does not hide in the other.

mod breach;
mod replan;
#[cfg(test)]
mod tests;
mod uses;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

pub use breach::{Breach, Rule, Violation};

use crate::format::{Instance, Module, Person, Plan, PlannedSession, Room, Slot, Trainer};
use crate::objective::{Facts, Terms};

/// What the referee says of a plan.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Verdict {
    /// Every rule broken, every time.
    pub violations: Vec<Violation>,
    /// Cost by term.
    pub terms: Terms,
    /// Plain counts.
    pub facts: Facts,
    /// The sum of the terms.
    pub objective: i64,
}

impl Verdict {
    /// Whether every rule holds.
    #[must_use]
    pub fn feasible(&self) -> bool {
        self.violations.is_empty()
    }
}

/// Judges a plan. The instance need not be valid: whatever it lacks is a violation of H0.
#[must_use]
pub fn check(instance: &Instance, plan: &Plan) -> Verdict {
    let mut referee = Referee::new(instance);
    if let Some(found) = plan
        .instance
        .as_ref()
        .filter(|name| **name != instance.name)
    {
        let found = found.clone();
        referee.say(Rule::H0, None, Breach::OtherInstance { found });
    }
    for (index, session) in plan.sessions.iter().enumerate() {
        referee.session(index, session);
    }
    referee.use_of_rooms();
    referee.use_of_trainers();
    referee.use_of_people();
    referee.paths();
    if let Some(most) = instance.limits.max_sessions
        && plan.sessions.len() > most as usize
    {
        let sessions = count(plan.sessions.len());
        referee.say(Rule::H9, None, Breach::TooManySessions { sessions, most });
    }
    referee.facts.sessions = count(plan.sessions.len());
    referee.facts.people = count(instance.people.len());
    if let Some(replan) = &instance.replan {
        referee.replan(replan, plan);
    }
    Verdict {
        objective: referee.terms.sum(),
        violations: referee.violations,
        terms: referee.terms,
        facts: referee.facts,
    }
}

/// A session's place among others: what must happen once only is counted under such keys.
type Uses<K> = BTreeMap<K, u32>;

struct Referee<'a> {
    instance: &'a Instance,
    slots: HashMap<u32, &'a Slot>,
    /// Site to its column in the matrix of distances.
    sites: HashMap<&'a str, usize>,
    modules: HashMap<&'a str, &'a Module>,
    trainers: HashMap<&'a str, Known<'a, Trainer>>,
    people: HashMap<&'a str, Known<'a, Person>>,
    open: Vec<HashSet<u32>>,
    likes: HashMap<&'a str, HashSet<u32>>,

    violations: Vec<Violation>,
    terms: Terms,
    facts: Facts,
    rooms_used: Uses<(&'a str, u32)>,
    modules_used: Uses<(&'a str, u32, &'a str)>,
    trainer_slot: Uses<(&'a str, u32)>,
    trainer_week: Uses<(&'a str, u32)>,
    trainer_day: BTreeMap<(&'a str, u32), BTreeSet<&'a str>>,
    person_day: Uses<(&'a str, u32)>,
    person_week: Uses<(&'a str, u32)>,
    /// Person to module to (slot, site).
    attended: HashMap<&'a str, HashMap<&'a str, (u32, &'a str)>>,
}

/// A trainer or a person, with the slots and modules that they can have.
struct Known<'a, T> {
    it: &'a T,
    slots: HashSet<u32>,
    modules: HashSet<&'a str>,
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

fn words(list: &[String]) -> HashSet<&str> {
    list.iter().map(String::as_str).collect()
}

fn set(list: &[u32]) -> HashSet<u32> {
    list.iter().copied().collect()
}

impl<'a> Referee<'a> {
    fn new(instance: &'a Instance) -> Self {
        let trainer = |it: &'a Trainer| Known {
            it,
            slots: set(&it.available_slots),
            modules: words(&it.skills),
        };
        let person = |it: &'a Person| Known {
            it,
            slots: set(&it.available_slots),
            modules: words(&it.path),
        };
        Self {
            instance,
            slots: instance.slots.iter().map(|slot| (slot.id, slot)).collect(),
            sites: instance
                .sites
                .iter()
                .map(|site| site.id.as_str())
                .zip(0..)
                .collect(),
            modules: instance
                .modules
                .iter()
                .map(|it| (it.id.as_str(), it))
                .collect(),
            trainers: instance
                .trainers
                .iter()
                .map(|it| (it.id.as_str(), trainer(it)))
                .collect(),
            people: instance
                .people
                .iter()
                .map(|it| (it.id.as_str(), person(it)))
                .collect(),
            open: instance
                .sites
                .iter()
                .map(|site| set(&site.open_slots))
                .collect(),
            likes: instance
                .people
                .iter()
                .map(|it| (it.id.as_str(), set(&it.preferred_slots)))
                .collect(),
            violations: Vec::new(),
            terms: Terms::default(),
            facts: Facts::default(),
            rooms_used: Uses::new(),
            modules_used: Uses::new(),
            trainer_slot: Uses::new(),
            trainer_week: Uses::new(),
            trainer_day: BTreeMap::new(),
            person_day: Uses::new(),
            person_week: Uses::new(),
            attended: HashMap::new(),
        }
    }

    fn say(&mut self, rule: Rule, session: Option<usize>, breach: Breach) {
        self.violations.push(Violation {
            rule,
            session,
            breach,
        });
    }

    /// Kilometres from a commune to a site; as far as can be when the matrix does not say.
    fn km(&self, commune: u32, site: usize) -> u32 {
        let row = self.instance.km.get(commune as usize);
        row.and_then(|row| row.get(site))
            .copied()
            .unwrap_or(u32::MAX)
    }

    /// One session by itself, and what it uses.
    fn session(&mut self, index: usize, session: &'a PlannedSession) {
        let at = Some(index);
        let unknown = |what: &'static str, id: &str| Breach::Unknown {
            what,
            id: id.to_owned(),
        };
        let module = self.modules.get(session.module.as_str()).copied();
        let site = self.sites.get(session.site.as_str()).copied();
        let slot = self.slots.get(&session.slot).copied();
        let trainer = self.trainers.contains_key(session.trainer.as_str());
        let (Some(module), Some(column), Some(slot), true) = (module, site, slot, trainer) else {
            let breach = if module.is_none() {
                unknown("module", &session.module)
            } else if site.is_none() {
                unknown("site", &session.site)
            } else if slot.is_none() {
                unknown("slot", &session.slot.to_string())
            } else {
                unknown("trainer", &session.trainer)
            };
            self.say(Rule::H0, at, breach);
            return;
        };
        let rooms = self
            .instance
            .sites
            .get(column)
            .map_or(&[][..], |site| &site.rooms);
        let Some(room) = rooms.iter().find(|room| room.id == session.room) else {
            let (room, site) = (session.room.clone(), session.site.clone());
            self.say(Rule::H1, at, Breach::ForeignRoom { room, site });
            return;
        };
        if !self
            .open
            .get(column)
            .is_some_and(|open| open.contains(&slot.id))
        {
            let site = session.site.clone();
            self.say(
                Rule::H1,
                at,
                Breach::Closed {
                    site,
                    slot: slot.id,
                },
            );
        }
        self.size(index, session, room, module);
        *self.rooms_used.entry((&session.room, slot.id)).or_default() += 1;
        let key = (session.site.as_str(), slot.id, session.module.as_str());
        *self.modules_used.entry(key).or_default() += 1;
        self.trainer(index, session, slot);
        self.attendees(index, session, slot, column);
    }

    fn size(&mut self, index: usize, session: &PlannedSession, room: &Room, module: &Module) {
        let people = count(session.people.len());
        let seats = room.capacity.min(module.max_group);
        if people == 0 {
            self.say(Rule::H2, Some(index), Breach::Empty);
        }
        if people > seats {
            self.say(Rule::H2, Some(index), Breach::Overfull { people, seats });
        }
        self.facts.attendances += people;
        self.terms.session += self.instance.weights.session;
        let missing = module.min_fill.saturating_sub(people);
        self.terms.underfill += self.instance.weights.underfill * i64::from(missing);
    }

    fn trainer(&mut self, index: usize, session: &'a PlannedSession, slot: &Slot) {
        let id = session.trainer.as_str();
        let Some(known) = self.trainers.get(id) else {
            return;
        };
        let skilled = known.modules.contains(session.module.as_str());
        let available = known.slots.contains(&slot.id);
        let trainer = || id.to_owned();
        if !skilled {
            let module = session.module.clone();
            self.say(
                Rule::H4,
                Some(index),
                Breach::NoSkill {
                    trainer: trainer(),
                    module,
                },
            );
        }
        if !available {
            let breach = Breach::TrainerAway {
                trainer: trainer(),
                slot: slot.id,
            };
            self.say(Rule::H4, Some(index), breach);
        }
        *self.trainer_slot.entry((id, slot.id)).or_default() += 1;
        *self.trainer_week.entry((id, slot.week)).or_default() += 1;
        self.trainer_day
            .entry((id, slot.day))
            .or_default()
            .insert(&session.site);
    }

    fn attendees(&mut self, index: usize, session: &'a PlannedSession, slot: &Slot, column: usize) {
        let weights = self.instance.weights;
        let mut levels: Option<(u32, u32)> = None;
        for id in &session.people {
            let Some(known) = self.people.get(id.as_str()) else {
                let breach = Breach::Unknown {
                    what: "person",
                    id: id.clone(),
                };
                self.say(Rule::H0, Some(index), breach);
                continue;
            };
            let person = known.it;
            let wanted = known.modules.contains(session.module.as_str());
            let available = known.slots.contains(&slot.id);
            levels = Some(levels.map_or((person.level, person.level), |(low, high)| {
                (low.min(person.level), high.max(person.level))
            }));
            let module = session.module.as_str();
            if !wanted {
                let breach = Breach::NotInPath {
                    person: id.clone(),
                    module: module.to_owned(),
                };
                self.say(Rule::H5, Some(index), breach);
            }
            let place = (slot.id, session.site.as_str());
            let before = self.attended.entry(id).or_default().insert(module, place);
            if before.is_some() {
                let breach = Breach::Again {
                    person: id.clone(),
                    module: module.to_owned(),
                };
                self.say(Rule::H5, Some(index), breach);
            }
            if !available {
                let breach = Breach::PersonAway {
                    person: id.clone(),
                    slot: slot.id,
                };
                self.say(Rule::H6, Some(index), breach);
            }
            let km = self.km(person.commune, column);
            if km > person.max_km {
                let breach = Breach::TooFar {
                    person: id.clone(),
                    km,
                    most: person.max_km,
                };
                self.say(Rule::H6, Some(index), breach);
            }
            *self.person_day.entry((id, slot.day)).or_default() += 1;
            *self.person_week.entry((id, slot.week)).or_default() += 1;
            self.terms.person_km += weights.person_km * i64::from(km);
            if !self
                .likes
                .get(id.as_str())
                .is_some_and(|likes| likes.contains(&slot.id))
            {
                self.terms.non_preferred += weights.non_preferred;
            }
        }
        if let Some((low, high)) = levels {
            self.terms.level_spread += weights.level_spread * i64::from(high - low);
        }
    }

    /// Order of modules, and what is missing.
    fn paths(&mut self) {
        let mut before: HashMap<&str, Vec<&str>> = HashMap::new();
        for (a, b) in &self.instance.precedence {
            before.entry(b).or_default().push(a);
        }
        let nothing = HashMap::new();
        let weights = self.instance.weights;
        let mut broken = Vec::new();
        for person in &self.instance.people {
            let got = self.attended.get(person.id.as_str()).unwrap_or(&nothing);
            let path = words(&person.path);
            for (&module, &(slot, _)) in got {
                for &first in before.get(module).into_iter().flatten() {
                    if path.contains(first) && got.get(first).is_none_or(|(at, _)| *at >= slot) {
                        broken.push(Breach::Before {
                            person: person.id.clone(),
                            module: module.to_owned(),
                            slot,
                            first: first.to_owned(),
                        });
                    }
                }
            }
            let missing = person
                .path
                .iter()
                .filter(|module| !got.contains_key(module.as_str()));
            let missing = count(missing.count());
            self.facts.missing_modules += missing;
            self.terms.missing_module += weights.missing_module * i64::from(missing);
            if missing == 0 {
                self.facts.complete_paths += 1;
            } else {
                self.terms.incomplete_path += weights.incomplete_path;
            }
        }
        // The order of a hash map is none.
        broken.sort_by_cached_key(ToString::to_string);
        for breach in broken {
            self.say(Rule::H8, None, breach);
        }
    }
}
