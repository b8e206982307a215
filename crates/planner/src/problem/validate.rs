//! Whether an instance keeps to its format: every defect, by field and element.
//!
//! Fields that the format does not know are tolerated, so that a maker may note more; everything
//! that it knows is checked, and sizes are bounded so that the tables of a problem fit in memory.

use std::collections::{HashMap, HashSet};

use crate::defect::{Defect, Fault};
use crate::format::{FORMAT, Instance, PlannedSession};

#[cfg(test)]
mod tests;

/// The largest weight: with [`MOST_KM`] the cost of a way still fits into 31 bits.
const MOST_WEIGHT: i64 = 100_000;
/// The longest way, kilometres.
const MOST_KM: u32 = 20_000;
/// The largest of other numbers (seats, sessions a week).
const MOST: u32 = 1_000_000;
/// Most elements of each list.
const SIZES: [(&str, usize); 8] = [
    ("slots", 20_000),
    ("communes", 40_000),
    ("sites", 2_000),
    ("modules", 2_000),
    ("precedence", 100_000),
    ("trainers", 20_000),
    ("people", 200_000),
    ("rooms", 20_000),
];
/// Most cells of a table of two of these lists.
const MOST_CELLS: usize = 50_000_000;

/// Every defect of the instance.
pub(crate) fn validate(instance: &Instance) -> Vec<Defect> {
    let mut search = Search {
        instance,
        modules: HashMap::new(),
        defects: Vec::new(),
    };
    if instance.format != FORMAT {
        let (found, wanted) = (instance.format.clone(), FORMAT);
        search.say("format", Fault::Format { found, wanted });
    }
    search.sizes();
    if !search.defects.is_empty() {
        // What is too large to be handled is too large to be gone through.
        return search.defects;
    }
    search.modules = search.unique("modules", instance.modules.iter().map(|it| it.id.as_str()));
    search.slots();
    search.places();
    search.modules();
    search.precedence();
    search.trainers();
    search.people();
    search.weights();
    search.replan();
    search.defects
}

struct Search<'a> {
    instance: &'a Instance,
    modules: HashMap<&'a str, usize>,
    defects: Vec<Defect>,
}

impl<'a> Search<'a> {
    fn say(&mut self, at: impl Into<String>, fault: Fault) {
        self.defects.push(Defect::new(at, fault));
    }

    fn range(&mut self, at: impl FnOnce() -> String, value: i64, least: i64, most: i64) {
        if !(least..=most).contains(&value) {
            self.say(at(), Fault::Range { value, least, most });
        }
    }

    fn sizes(&mut self) {
        let it = self.instance;
        let rooms = it.sites.iter().map(|site| site.rooms.len()).sum();
        let found = [
            it.slots.len(),
            it.communes.len(),
            it.sites.len(),
            it.modules.len(),
            it.precedence.len(),
            it.trainers.len(),
            it.people.len(),
            rooms,
        ];
        for ((field, most), size) in SIZES.into_iter().zip(found) {
            if size > most {
                self.say(field, Fault::TooMany { size, most });
            }
        }
        let (people, most) = (it.people.len(), MOST_CELLS);
        let tables = [
            ("people × modules", people.saturating_mul(it.modules.len())),
            ("people × sites", people.saturating_mul(it.sites.len())),
            (
                "people × slots",
                people.saturating_mul(it.slots.len().div_ceil(16)),
            ),
            (
                "communes × sites",
                it.communes.len().saturating_mul(it.sites.len()),
            ),
        ];
        for (field, size) in tables {
            if size > most {
                self.say(field, Fault::TooMany { size, most });
            }
        }
    }

    /// Identifiers and their positions; none is empty or stands there twice.
    fn unique<'b>(
        &mut self,
        field: &str,
        ids: impl Iterator<Item = &'b str>,
    ) -> HashMap<&'b str, usize> {
        let mut positions = HashMap::new();
        for (i, id) in ids.enumerate() {
            if id.is_empty() {
                self.say(format!("{field}[{i}].id"), Fault::Empty);
            } else if positions.insert(id, i).is_some() {
                let id = id.to_owned();
                self.say(format!("{field}[{i}].id"), Fault::Twice { id });
            }
        }
        positions
    }

    /// The positions of a numbered list are its numbers.
    fn numbered(&mut self, field: &str, ids: impl Iterator<Item = u32>) {
        for (wanted, found) in ids.enumerate() {
            if found as usize != wanted {
                let found = i64::from(found);
                self.say(
                    format!("{field}[{wanted}].id"),
                    Fault::Position { found, wanted },
                );
            }
        }
    }

    fn commune(&mut self, at: impl FnOnce() -> String, commune: u32) {
        if commune as usize >= self.instance.communes.len() {
            let id = commune.to_string();
            self.say(
                at(),
                Fault::Unknown {
                    what: "commune",
                    id,
                },
            );
        }
    }

    /// Slots that exist, each once.
    fn slot_list(&mut self, at: impl Fn() -> String, slots: &[u32]) {
        let mut seen = HashSet::new();
        for (k, &slot) in slots.iter().enumerate() {
            let id = slot.to_string();
            if slot as usize >= self.instance.slots.len() {
                self.say(
                    format!("{}[{k}]", at()),
                    Fault::Unknown { what: "slot", id },
                );
            } else if !seen.insert(slot) {
                self.say(format!("{}[{k}]", at()), Fault::Twice { id });
            }
        }
    }

    /// Modules that exist, each once.
    fn module_list(&mut self, at: impl Fn() -> String, modules: &[String]) {
        let mut seen = HashSet::new();
        for (k, module) in modules.iter().enumerate() {
            let id = module.clone();
            if !self.modules.contains_key(module.as_str()) {
                self.say(
                    format!("{}[{k}]", at()),
                    Fault::Unknown { what: "module", id },
                );
            } else if !seen.insert(module) {
                self.say(format!("{}[{k}]", at()), Fault::Twice { id });
            }
        }
    }

    fn slots(&mut self) {
        const KINDS: [&str; 4] = ["morning", "afternoon", "evening", "saturday"];
        let slots = &self.instance.slots;
        self.numbered("slots", slots.iter().map(|slot| slot.id));
        for (i, slot) in slots.iter().enumerate() {
            let at = |field: &str| format!("slots[{i}].{field}");
            self.range(|| at("week"), slot.week.into(), 0, 10_000);
            self.range(|| at("start"), slot.start.into(), 0, 24 * 60);
            self.range(
                || at("end"),
                slot.end.into(),
                i64::from(slot.start) + 1,
                24 * 60,
            );
            let monday = 7 * i64::from(slot.week);
            self.range(|| at("day"), slot.day.into(), monday, monday + 6);
            if !KINDS.contains(&slot.kind.as_str()) {
                let (found, known) = (slot.kind.clone(), "morning, afternoon, evening, saturday");
                self.say(at("kind"), Fault::Word { found, known });
            }
            let before = i.checked_sub(1).and_then(|i| slots.get(i));
            if before.is_some_and(|it| (it.day, it.end) > (slot.day, slot.start)) {
                self.say(format!("slots[{i}]"), Fault::Order);
            }
        }
    }

    fn places(&mut self) {
        let it = self.instance;
        self.numbered("communes", it.communes.iter().map(|commune| commune.id));
        self.unique("sites", it.sites.iter().map(|site| site.id.as_str()));
        let mut rooms = HashSet::new();
        for (i, site) in it.sites.iter().enumerate() {
            self.commune(|| format!("sites[{i}].commune"), site.commune);
            self.slot_list(|| format!("sites[{i}].open_slots"), &site.open_slots);
            for (k, room) in site.rooms.iter().enumerate() {
                let at = |field: &str| format!("sites[{i}].rooms[{k}].{field}");
                if room.id.is_empty() {
                    self.say(at("id"), Fault::Empty);
                } else if !rooms.insert(room.id.as_str()) {
                    let id = room.id.clone();
                    self.say(at("id"), Fault::Twice { id });
                }
                self.range(|| at("capacity"), room.capacity.into(), 0, MOST.into());
            }
        }
        if it.km.len() != it.communes.len() {
            let (found, wanted) = (it.km.len(), it.communes.len());
            self.say("km", Fault::Length { found, wanted });
        }
        for (i, row) in it.km.iter().enumerate() {
            if row.len() != it.sites.len() {
                let (found, wanted) = (row.len(), it.sites.len());
                self.say(format!("km[{i}]"), Fault::Length { found, wanted });
            }
            for (k, &km) in row.iter().enumerate() {
                self.range(|| format!("km[{i}][{k}]"), km.into(), 0, MOST_KM.into());
            }
        }
    }

    fn modules(&mut self) {
        for (i, module) in self.instance.modules.iter().enumerate() {
            let at = |field: &str| format!("modules[{i}].{field}");
            self.range(|| at("min_fill"), module.min_fill.into(), 0, MOST.into());
            self.range(|| at("max_group"), module.max_group.into(), 0, MOST.into());
        }
    }

    /// Pairs of modules that exist, each once, transitively closed, nothing before itself.
    fn precedence(&mut self) {
        let pairs = &self.instance.precedence;
        let mut after: HashMap<&str, Vec<&str>> = HashMap::new();
        let mut all: HashSet<(&str, &str)> = HashSet::new();
        for (i, (a, b)) in pairs.iter().enumerate() {
            let mut known = true;
            for (k, id) in [a, b].into_iter().enumerate() {
                if !self.modules.contains_key(id.as_str()) {
                    let id = id.clone();
                    self.say(
                        format!("precedence[{i}][{k}]"),
                        Fault::Unknown { what: "module", id },
                    );
                    known = false;
                }
            }
            if !known {
                continue;
            }
            if a == b {
                let module = a.clone();
                self.say(format!("precedence[{i}]"), Fault::Cycle { module });
            } else if all.insert((a, b)) {
                after.entry(a).or_default().push(b);
            } else {
                let id = format!("{a}, {b}");
                self.say(format!("precedence[{i}]"), Fault::Twice { id });
            }
        }
        let mut missing = HashSet::new();
        for (i, (a, b)) in pairs.iter().enumerate().filter(|(_, (a, b))| a != b) {
            for &c in after.get(b.as_str()).into_iter().flatten() {
                if c == a {
                    let module = a.clone();
                    self.say(format!("precedence[{i}]"), Fault::Cycle { module });
                } else if !all.contains(&(a.as_str(), c)) && missing.insert((a.as_str(), c)) {
                    let (first, middle, last) = (a.clone(), b.clone(), c.to_owned());
                    self.say(
                        "precedence",
                        Fault::NotClosed {
                            first,
                            middle,
                            last,
                        },
                    );
                }
            }
        }
    }

    fn trainers(&mut self) {
        let trainers = &self.instance.trainers;
        self.unique("trainers", trainers.iter().map(|it| it.id.as_str()));
        for (i, trainer) in trainers.iter().enumerate() {
            let at = |field: &str| format!("trainers[{i}].{field}");
            self.commune(|| at("commune"), trainer.commune);
            self.module_list(|| at("skills"), &trainer.skills);
            self.slot_list(|| at("available_slots"), &trainer.available_slots);
            self.range(
                || at("max_per_week"),
                trainer.max_per_week.into(),
                0,
                MOST.into(),
            );
        }
    }

    fn people(&mut self) {
        const KINDS: [&str; 3] = ["agent", "elected", "pro"];
        let people = &self.instance.people;
        self.unique("people", people.iter().map(|it| it.id.as_str()));
        for (i, person) in people.iter().enumerate() {
            let at = |field: &str| format!("people[{i}].{field}");
            if !person.kind.is_empty() && !KINDS.contains(&person.kind.as_str()) {
                let (found, known) = (person.kind.clone(), "agent, elected, pro");
                self.say(at("kind"), Fault::Word { found, known });
            }
            self.commune(|| at("commune"), person.commune);
            self.range(|| at("level"), person.level.into(), 1, 3);
            self.module_list(|| at("path"), &person.path);
            self.slot_list(|| at("available_slots"), &person.available_slots);
            self.slot_list(|| at("preferred_slots"), &person.preferred_slots);
            let available: HashSet<u32> = person.available_slots.iter().copied().collect();
            for (k, &slot) in person.preferred_slots.iter().enumerate() {
                if !available.contains(&slot) {
                    self.say(
                        at(&format!("preferred_slots[{k}]")),
                        Fault::NotAvailable { slot },
                    );
                }
            }
            self.range(
                || at("max_per_week"),
                person.max_per_week.into(),
                0,
                MOST.into(),
            );
            self.range(|| at("max_km"), person.max_km.into(), 0, MOST.into());
        }
    }

    fn weights(&mut self) {
        let it = &self.instance.weights;
        let weights = [
            ("missing_module", it.missing_module),
            ("incomplete_path", it.incomplete_path),
            ("non_preferred", it.non_preferred),
            ("level_spread", it.level_spread),
            ("person_km", it.person_km),
            ("trainer_km", it.trainer_km),
            ("session", it.session),
            ("underfill", it.underfill),
        ];
        for (field, weight) in weights {
            self.range(|| format!("weights.{field}"), weight, 0, MOST_WEIGHT);
        }
        let limits = &self.instance.limits;
        let per_day = limits.person_sessions_per_day;
        self.range(
            || "limits.person_sessions_per_day".to_owned(),
            per_day.into(),
            0,
            MOST.into(),
        );
        if let Some(most) = limits.max_sessions {
            self.range(
                || "limits.max_sessions".to_owned(),
                most.into(),
                0,
                MOST.into(),
            );
        }
    }

    /// What lies in the past must exist; what lies ahead may name what has gone meanwhile.
    fn replan(&mut self) {
        let Some(replan) = &self.instance.replan else {
            return;
        };
        let slots = i64::try_from(self.instance.slots.len()).unwrap_or(i64::MAX);
        self.range(
            || "replan.freeze_before_slot".to_owned(),
            replan.freeze_before_slot.into(),
            0,
            slots,
        );
        self.range(
            || "replan.w_change".to_owned(),
            replan.w_change,
            0,
            MOST_WEIGHT,
        );
        self.range(
            || "replan.w_trainer_change".to_owned(),
            replan.w_trainer_change,
            0,
            MOST_WEIGHT,
        );
        let known = Names::new(self.instance);
        for (i, session) in replan.reference.iter().enumerate() {
            if session.slot < replan.freeze_before_slot {
                for (field, what, id) in known.unknown(session) {
                    self.say(
                        format!("replan.reference[{i}].{field}"),
                        Fault::Unknown { what, id },
                    );
                }
            }
        }
    }
}

/// What an instance has names for.
pub(crate) struct Names<'a> {
    slots: usize,
    modules: HashSet<&'a str>,
    /// Site to its rooms.
    sites: HashMap<&'a str, HashSet<&'a str>>,
    trainers: HashSet<&'a str>,
    people: HashSet<&'a str>,
}

impl<'a> Names<'a> {
    pub(crate) fn new(instance: &'a Instance) -> Self {
        Self {
            slots: instance.slots.len(),
            modules: instance.modules.iter().map(|it| it.id.as_str()).collect(),
            sites: instance
                .sites
                .iter()
                .map(|it| {
                    (
                        it.id.as_str(),
                        it.rooms.iter().map(|room| room.id.as_str()).collect(),
                    )
                })
                .collect(),
            trainers: instance.trainers.iter().map(|it| it.id.as_str()).collect(),
            people: instance.people.iter().map(|it| it.id.as_str()).collect(),
        }
    }

    /// What a session names that does not exist: field, kind, identifier.
    pub(crate) fn unknown(&self, session: &PlannedSession) -> Vec<(String, &'static str, String)> {
        let mut unknown = Vec::new();
        let mut miss = |field: &str, what, id: &str| {
            unknown.push((field.to_owned(), what, id.to_owned()));
        };
        if !self.modules.contains(session.module.as_str()) {
            miss("module", "module", &session.module);
        }
        match self.sites.get(session.site.as_str()) {
            None => miss("site", "site", &session.site),
            Some(rooms) if !rooms.contains(session.room.as_str()) => {
                miss("room", "room of the site", &session.room);
            }
            Some(_) => {}
        }
        if session.slot as usize >= self.slots {
            miss("slot", "slot", &session.slot.to_string());
        }
        if !self.trainers.contains(session.trainer.as_str()) {
            miss("trainer", "trainer", &session.trainer);
        }
        for (k, person) in session.people.iter().enumerate() {
            if !self.people.contains(person.as_str()) {
                miss(&format!("people[{k}]"), "person", person);
            }
        }
        unknown
    }
}
