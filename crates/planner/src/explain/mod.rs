//! What holds a plan back: for the modules that people lack, the one resource whose lack is in
//! the way, found by adding one unit of each in turn and seeing whom that would serve.

#![expect(
    clippy::indexing_slicing,
    reason = "every index is one of the problem's own tables"
)]

mod board;
mod cause;
mod relax;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub use cause::Cause;

use crate::format::{Instance, Plan};
use crate::problem::{NONE, Problem};
use crate::reach::Reach;
use board::Board;

/// People who lack a module, and why.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Obstacle {
    /// What they lack.
    pub module: String,
    /// The site nearest to them, which stands for where they live.
    pub site: Option<String>,
    /// The kind of slot in which they could come, when the cause concerns one.
    pub slots: Option<String>,
    /// The weekday of these slots (0 = Monday), when it is one alone.
    pub weekday: Option<u32>,
    /// Who, in the order of the instance.
    pub people: Vec<String>,
    /// What is in the way.
    pub cause: Cause,
    /// How many of them one more unit of it would serve, with everything else as it is.
    pub served: u32,
}

/// What is in the way of everybody who lacks a module, largest groups first.
#[must_use]
pub fn explain(problem: &Problem, plan: &Plan) -> Vec<Obstacle> {
    let board = Board::new(problem, plan);
    let reach = Reach::new(problem);
    let mut obstacles = Vec::new();
    // Groups: module, nearest site, and the module that is missing before it, if one is.
    let mut ready: BTreeMap<(u32, u32), Vec<u32>> = BTreeMap::new();
    let mut waiting: BTreeMap<(u32, u32, u32), Vec<u32>> = BTreeMap::new();
    for entry in (0..board.slot_of.len()).filter(|&entry| board.slot_of[entry] == NONE) {
        let number = u32::try_from(entry).unwrap_or(NONE);
        let module = problem.entry_module[entry];
        let person = problem.entry_person[entry] as usize;
        let site = problem.reach[person].first().copied().unwrap_or(NONE);
        let missing = |first: &&u32| board.slot_of[**first as usize] == NONE;
        if let Some(&first) = problem.before.of(number).iter().find(missing) {
            let first = problem.entry_module[first as usize];
            waiting
                .entry((module, site, first))
                .or_default()
                .push(number);
        } else {
            ready.entry((module, site)).or_default().push(number);
        }
    }
    for ((module, site, first), entries) in waiting {
        let cause = Cause::Before {
            module: problem.instance().modules[first as usize].id.clone(),
        };
        obstacles.push(Obstacle::new(problem, module, site, &entries, cause));
    }
    for ((module, site), entries) in ready {
        relax::split(&board, &reach, module, site, entries, &mut obstacles);
    }
    obstacles.sort_by(|a, b| {
        let rank = |it: &Obstacle| (it.served, it.people.len());
        rank(b)
            .cmp(&rank(a))
            .then_with(|| (&a.module, &a.site, &a.slots).cmp(&(&b.module, &b.site, &b.slots)))
    });
    obstacles
}

impl Obstacle {
    fn new(problem: &Problem, module: u32, site: u32, entries: &[u32], cause: Cause) -> Self {
        let instance = problem.instance();
        let mut people: Vec<u32> = entries
            .iter()
            .map(|&entry| problem.entry_person[entry as usize])
            .collect();
        people.sort_unstable();
        Self {
            module: instance.modules[module as usize].id.clone(),
            site: instance
                .sites
                .get(site as usize)
                .map(|site| site.id.clone()),
            slots: None,
            weekday: None,
            people: people
                .iter()
                .map(|&p| instance.people[p as usize].id.clone())
                .collect(),
            cause,
            served: 0,
        }
    }

    /// The obstacle as an English sentence, for the command line.
    #[must_use]
    pub fn sentence(&self, instance: &Instance) -> String {
        let module = instance.modules.iter().find(|it| it.id == self.module);
        let module = module.map_or(self.module.as_str(), |it| it.name.as_str());
        let site = self
            .site
            .as_ref()
            .and_then(|id| instance.sites.iter().find(|it| it.id == *id));
        let place = site.map_or_else(String::new, |site| format!(" near {}", site.name));
        let time = self.time();
        let (people, have) = match self.people.len() {
            1 => ("1 person".to_owned(), "has"),
            n => (format!("{n} people"), "have"),
        };
        let why = self.cause.sentence(instance, &place, &time);
        let more = match (self.cause.unit(), self.served) {
            (Some(unit), served @ 1..) => format!("; {unit} would serve {served}"),
            _ => String::new(),
        };
        format!("{people} {have} no session of {module}: {why}{more}")
    }

    /// When, in words.
    fn time(&self) -> String {
        const DAYS: [&str; 7] = [
            "Monday",
            "Tuesday",
            "Wednesday",
            "Thursday",
            "Friday",
            "Saturday",
            "Sunday",
        ];
        let day = self.weekday.and_then(|day| DAYS.get(day as usize));
        match (self.slots.as_deref(), day) {
            (Some("saturday"), _) => " on Saturdays".to_owned(),
            (Some(kind), Some(day)) => format!(" on {day} {kind}s"),
            (Some(kind), None) => format!(" in the {kind}"),
            (None, _) => String::new(),
        }
    }
}
