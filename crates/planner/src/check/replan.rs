//! What is different from the reference of a replanning.

use std::collections::HashMap;

use super::breach::{Breach, Rule};
use super::{Referee, count};
use crate::format::{Plan, PlannedSession, Replan};

impl<'a> Referee<'a> {
    /// The past is as it was; what is different from the reference is counted.
    pub(super) fn replan(&mut self, replan: &Replan, plan: &'a Plan) {
        let freeze = replan.freeze_before_slot;
        let before = past(&replan.reference, freeze);
        let now = past(&plan.sessions, freeze);
        if before != now {
            let lost = before
                .iter()
                .map(|(key, n)| n.saturating_sub(now.get(key).copied().unwrap_or(0)));
            let new = now
                .iter()
                .map(|(key, n)| n.saturating_sub(before.get(key).copied().unwrap_or(0)));
            let breach = Breach::PastChanged {
                slot: freeze,
                lost: lost.sum(),
                new: new.sum(),
            };
            self.say(Rule::H10, None, breach);
        }
        let mut trainer_now: HashMap<(&str, u32, &str), &str> = HashMap::new();
        for it in &plan.sessions {
            trainer_now.insert((&it.site, it.slot, &it.module), &it.trainer);
        }
        for session in replan.reference.iter().filter(|it| it.slot >= freeze) {
            let place = (session.slot, session.site.as_str());
            let kept = |person: &String| {
                let got = self.attended.get(person.as_str());
                got.and_then(|got| got.get(session.module.as_str())) == Some(&place)
            };
            let moved = session.people.iter().filter(|person| !kept(person)).count();
            self.facts.changed_attendances += count(moved);
            let trainer =
                trainer_now.get(&(session.site.as_str(), session.slot, session.module.as_str()));
            if trainer.is_some_and(|trainer| *trainer != session.trainer) {
                self.facts.changed_trainers += 1;
            }
        }
        self.terms.change = replan.w_change * i64::from(self.facts.changed_attendances);
        self.terms.trainer_change =
            replan.w_trainer_change * i64::from(self.facts.changed_trainers);
    }
}

/// A session with its people in order, so that two of the same are equal.
type Key<'a> = (&'a str, u32, &'a str, &'a str, &'a str, Vec<&'a str>);

fn past(sessions: &[PlannedSession], freeze: u32) -> HashMap<Key<'_>, u32> {
    let mut all = HashMap::new();
    for it in sessions.iter().filter(|it| it.slot < freeze) {
        let mut people: Vec<&str> = it.people.iter().map(String::as_str).collect();
        people.sort_unstable();
        let key: Key = (&it.site, it.slot, &it.module, &it.room, &it.trainer, people);
        *all.entry(key).or_default() += 1;
    }
    all
}
