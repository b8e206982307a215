//! What changes cost, each in constant time, and the whole recomputed.
#![expect(
    clippy::indexing_slicing,
    reason = "hot tables, indexed by what the problem numbered"
)]

use super::{Session, Solution};
use crate::objective::{Facts, Terms};
use crate::problem::NONE;

/// Highest minus lowest level, by which of the three levels are there (one bit each).
const SPREAD: [i64; 8] = [0, 0, 0, 1, 0, 2, 1, 2];

impl Session {
    /// Highest minus lowest level of its people.
    #[inline]
    fn spread(&self) -> i64 {
        spread(self.levels)
    }
}

#[inline]
fn spread(levels: [u16; 3]) -> i64 {
    let [low, mid, high] = levels.map(|n| usize::from(n > 0));
    SPREAD[low | mid << 1 | high << 2]
}

impl Solution<'_> {
    /// What a session costs for the seats that it lacks below its least filling.
    #[inline]
    pub(super) fn underfill(&self, session: &Session) -> i64 {
        let least = self.problem.min_fill[session.module as usize];
        self.problem.weights.underfill * i64::from(least.saturating_sub(session.size))
    }

    /// What a session costs for not having the trainer of the reference.
    pub(super) fn trainer_change(&self, session: &Session) -> i64 {
        if self.problem.trainer_was.is_empty() {
            return 0;
        }
        let key = (session.site, session.slot, session.module);
        match self.problem.trainer_was.get(&key) {
            Some(trainer) if *trainer != session.trainer => self.problem.w_trainer_change,
            _ => 0,
        }
    }

    /// What it costs that an entry is at this place rather than nowhere, whatever the session.
    #[inline]
    pub(crate) fn place_cost(&self, entry: u32, site: u32, slot: u32) -> i64 {
        let problem = self.problem;
        let person = problem.entry_person[entry as usize];
        let mut cost = problem.way(person, site);
        if !problem.likes(person, slot) {
            cost += problem.weights.non_preferred;
        }
        let was = problem.entry_was[entry as usize];
        if was != NONE && was == slot * problem.sites as u32 + site {
            cost -= problem.w_change;
        }
        cost
    }

    /// What a session's spread and filling cost after somebody left (by level) and somebody came, minus what they cost now.
    #[inline]
    pub(crate) fn group_delta(&self, session: u32, out: Option<u32>, come: Option<u32>) -> i64 {
        let s = &self.sessions[session as usize];
        let weights = &self.problem.weights;
        let mut levels = s.levels;
        let mut size = s.size;
        if let Some(level) = out {
            levels[level as usize] -= 1;
            size -= 1;
        }
        if let Some(level) = come {
            levels[level as usize] += 1;
            size += 1;
        }
        let mut delta = weights.level_spread * (spread(levels) - s.spread());
        if size != s.size {
            let least = self.problem.min_fill[s.module as usize];
            let lack = i64::from(least.saturating_sub(size));
            delta += weights.underfill * (lack - i64::from(least.saturating_sub(s.size)));
        }
        delta
    }

    /// What it costs a person to have one module more, given how many the person lacks now.
    #[inline]
    pub(crate) fn gain(&self, person: u32) -> i64 {
        let weights = &self.problem.weights;
        let complete = self.lacks[person as usize] == 1;
        -weights.missing_module - if complete { weights.incomplete_path } else { 0 }
    }

    /// What it costs a person to lose one module, given how many the person lacks now.
    #[inline]
    pub(crate) fn loss(&self, person: u32) -> i64 {
        let weights = &self.problem.weights;
        let complete = self.lacks[person as usize] == 0;
        weights.missing_module + if complete { weights.incomplete_path } else { 0 }
    }

    /// Level of an entry's person, by rank.
    #[inline]
    pub(crate) fn level_of(&self, entry: u32) -> u32 {
        self.problem.level[self.problem.entry_person[entry as usize] as usize]
    }

    /// Change of cost if the entry were seated there.
    #[inline]
    pub(crate) fn seat_delta(&self, entry: u32, session: u32) -> i64 {
        let s = &self.sessions[session as usize];
        let person = self.problem.entry_person[entry as usize];
        self.gain(person)
            + self.place_cost(entry, s.site, s.slot)
            + self.group_delta(session, None, Some(self.level_of(entry)))
    }

    /// Change of cost if the entry lost its seat.
    #[inline]
    pub(crate) fn unseat_delta(&self, entry: u32) -> i64 {
        let session = self.seat[entry as usize];
        let s = &self.sessions[session as usize];
        let person = self.problem.entry_person[entry as usize];
        self.loss(person) - self.place_cost(entry, s.site, s.slot)
            + self.group_delta(session, Some(self.level_of(entry)), None)
    }

    /// The objective by term, computed anew.
    pub(crate) fn terms(&self) -> Terms {
        let problem = self.problem;
        let weights = &problem.weights;
        let mut terms = Terms {
            change: problem.lost,
            ..Terms::default()
        };
        for person in 0..problem.people as u32 {
            let lacking = problem.entries(person);
            let lacking = lacking.filter(|e| self.seat[*e as usize] == NONE).count() as i64;
            terms.missing_module += weights.missing_module * lacking;
            terms.incomplete_path += if lacking > 0 {
                weights.incomplete_path
            } else {
                0
            };
        }
        for entry in 0..problem.entry_person.len() {
            let session = self.seat[entry];
            let was = problem.entry_was[entry];
            if session == NONE {
                terms.change += if was == NONE { 0 } else { problem.w_change };
                continue;
            }
            let s = &self.sessions[session as usize];
            let person = problem.entry_person[entry];
            terms.person_km += problem.way(person, s.site);
            if !problem.likes(person, s.slot) {
                terms.non_preferred += weights.non_preferred;
            }
            if was != NONE && was != s.slot * problem.sites as u32 + s.site {
                terms.change += problem.w_change;
            }
        }
        for id in &self.open {
            let s = &self.sessions[*id as usize];
            terms.session += weights.session;
            terms.level_spread += weights.level_spread * s.spread();
            terms.underfill += self.underfill(s);
            terms.trainer_change += self.trainer_change(s);
        }
        for (at, (sessions, site)) in self.trainer_day.iter().enumerate() {
            if *sessions > 0 {
                let trainer = at / problem.days;
                terms.trainer_km += problem.trainer_way[trainer * problem.sites + *site as usize];
            }
        }
        terms
    }

    /// People who attend anything.
    pub(crate) fn served(&self) -> u32 {
        let people = 0..self.problem.people as u32;
        let path = |person| self.problem.entries(person).len() as u32;
        people.filter(|p| self.lacks(*p) < path(*p)).count() as u32
    }

    /// The counts told beside the objective.
    pub(crate) fn facts(&self) -> Facts {
        let problem = self.problem;
        let terms = self.terms();
        let per = |sum: i64, weight: i64| {
            if weight == 0 {
                0
            } else {
                (sum / weight) as u32
            }
        };
        Facts {
            sessions: self.open.len() as u32,
            attendances: (problem.entry_person.len() - self.missing.len()) as u32,
            people: problem.people as u32,
            complete_paths: self.lacks.iter().filter(|lacks| **lacks == 0).count() as u32,
            missing_modules: self.missing.len() as u32,
            changed_attendances: per(terms.change, problem.w_change),
            changed_trainers: per(terms.trainer_change, problem.w_trainer_change),
        }
    }
}
