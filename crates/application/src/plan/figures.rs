//! What a plan comes to, in plain counts.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use planner::format::{Instance, PlannedSession};
use planner::{Plan, Progress, Terms};
use serde::{Deserialize, Serialize};

use super::translate::{Frame, key};

/// What a plan comes to. Stand-ins are not counted among people; sessions that exist already are counted apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Figures {
    /// Cost by the scenario's weights.
    pub objective: i64,
    /// No plan costs less, as far as that is known.
    pub bound: Option<i64>,
    /// Cost by term.
    pub terms: Terms,
    /// People with something to attend.
    pub people: u32,
    /// People who attend at least one module.
    pub served: u32,
    /// People who attend every module of their path.
    pub complete: u32,
    /// Modules wanted by all together.
    pub wanted: u32,
    /// Modules that somebody wants and the plan does not give.
    pub missing: u32,
    /// Sessions to be opened.
    pub opened: u32,
    /// Sessions that exist already.
    pub existing: u32,
    /// Seats taken.
    pub attendances: u32,
    /// Ways of people, kilometres one way.
    pub person_km: i64,
    /// Ways of trainers, kilometres one way, once a day.
    pub trainer_km: i64,
    /// Steps of the search so far.
    pub steps: u64,
    /// Part of the computing time that is spent, in thousandths.
    pub spent: u32,
}

impl Figures {
    /// Counts a plan.
    pub(super) fn of(instance: &Instance, frame: &Frame, plan: &Plan) -> Self {
        let stand_ins: BTreeSet<&str> = frame.stand_ins.iter().map(String::as_str).collect();
        let mut attended: HashMap<&str, u32> = HashMap::new();
        let ways = Ways::of(instance);
        let mut figures = Self::default();
        let mut days: BTreeSet<(&str, u32, &str)> = BTreeSet::new();
        for session in &plan.sessions {
            if frame.existing.contains_key(&key(session)) {
                figures.existing += 1;
            } else {
                figures.opened += 1;
            }
            for person in &session.people {
                if !stand_ins.contains(person.as_str()) {
                    *attended.entry(person).or_default() += 1;
                    figures.attendances += 1;
                    figures.person_km += ways.of_person(person, &session.site);
                }
            }
            let day = instance
                .slots
                .get(session.slot as usize)
                .map_or(0, |slot| slot.day);
            if days.insert((&session.trainer, day, &session.site)) {
                figures.trainer_km += ways.of_trainer(&session.trainer, &session.site);
            }
        }
        for person in &instance.people {
            if stand_ins.contains(person.id.as_str()) {
                continue;
            }
            let had = attended.get(person.id.as_str()).copied().unwrap_or(0);
            let wanted = u32::try_from(person.path.len()).unwrap_or_default();
            figures.people += 1;
            figures.wanted += wanted;
            figures.missing += wanted.saturating_sub(had);
            figures.served += u32::from(had > 0);
            figures.complete += u32::from(had >= wanted);
        }
        figures
    }

    /// The same with its cost.
    pub(super) fn costing(self, terms: Terms) -> Self {
        Self {
            objective: terms.sum(),
            terms,
            ..self
        }
    }

    /// What a search has come to so far, on top of what the plan began with.
    pub(super) fn so_far(self, progress: &Progress, frame: &Frame) -> Self {
        let there =
            |all: u32, others: usize| all.saturating_sub(u32::try_from(others).unwrap_or_default());
        Self {
            objective: progress.objective,
            bound: progress.bound.or(self.bound),
            served: there(progress.people_served, frame.stand_ins.len()),
            complete: there(progress.complete_paths, frame.stand_ins.len()),
            missing: progress.missing_modules,
            opened: there(progress.sessions, frame.existing.len()),
            steps: progress.steps,
            spent: thousandths(progress.share),
            ..self
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped between 0 and 1000 first"
)]
fn thousandths(share: f64) -> u32 {
    (share * 1000.0).clamp(0.0, 1000.0) as u32
}

/// Distances by name.
struct Ways<'a> {
    instance: &'a Instance,
    sites: BTreeMap<&'a str, usize>,
    people: HashMap<&'a str, u32>,
    trainers: HashMap<&'a str, u32>,
}

impl<'a> Ways<'a> {
    fn of(instance: &'a Instance) -> Self {
        let sites = instance.sites.iter().enumerate();
        Self {
            sites: sites.map(|(n, site)| (site.id.as_str(), n)).collect(),
            people: instance
                .people
                .iter()
                .map(|one| (one.id.as_str(), one.commune))
                .collect(),
            trainers: instance
                .trainers
                .iter()
                .map(|one| (one.id.as_str(), one.commune))
                .collect(),
            instance,
        }
    }

    fn km(&self, from: Option<&u32>, site: &str) -> i64 {
        let row = from.and_then(|from| self.instance.km.get(*from as usize));
        let place = self.sites.get(site);
        row.zip(place)
            .and_then(|(row, place)| row.get(*place))
            .map_or(0, |km| i64::from(*km))
    }

    fn of_person(&self, person: &str, site: &str) -> i64 {
        self.km(self.people.get(person), site)
    }

    fn of_trainer(&self, trainer: &str, site: &str) -> i64 {
        self.km(self.trainers.get(trainer), site)
    }
}

/// The sessions of an older plan that could be opened in this instance beside what it keeps, with those of their people who still want them.
/// What is no longer possible in other ways is repaired by the search.
pub(super) fn still_possible(
    instance: &Instance,
    kept: &[PlannedSession],
    old: &Frame,
    plan: &Plan,
) -> Vec<PlannedSession> {
    let mut busy: BTreeSet<(u32, String)> = kept
        .iter()
        .flat_map(|one| {
            [
                (one.slot, one.room.clone()),
                (one.slot, one.trainer.clone()),
            ]
        })
        .collect();
    let mut seats: BTreeSet<(String, String)> = kept
        .iter()
        .flat_map(|one| {
            let module = one.module.clone();
            one.people
                .iter()
                .map(move |person| (person.clone(), module.clone()))
        })
        .collect();
    let open: BTreeSet<(&str, u32)> = instance
        .sites
        .iter()
        .flat_map(|site| site.open_slots.iter().map(|slot| (site.id.as_str(), *slot)))
        .collect();
    let wanted: BTreeMap<&str, &Vec<String>> = instance
        .people
        .iter()
        .map(|one| (one.id.as_str(), &one.path))
        .collect();
    let mut possible = Vec::new();
    for session in &plan.sessions {
        let (room, trainer) = (
            (session.slot, session.room.clone()),
            (session.slot, session.trainer.clone()),
        );
        let knows = instance
            .trainers
            .iter()
            .any(|one| one.id == session.trainer && one.skills.contains(&session.module));
        if old.existing.contains_key(&key(session))
            || !knows
            || !open.contains(&(session.site.as_str(), session.slot))
            || busy.contains(&room)
            || busy.contains(&trainer)
        {
            continue;
        }
        let people: Vec<String> = session
            .people
            .iter()
            .filter(|person| {
                wanted
                    .get(person.as_str())
                    .is_some_and(|path| path.contains(&session.module))
                    && seats.insert(((*person).clone(), session.module.clone()))
            })
            .cloned()
            .collect();
        if !people.is_empty() {
            busy.extend([room, trainer]);
            possible.push(PlannedSession {
                people,
                ..session.clone()
            });
        }
    }
    possible
}
