//! Sessions given to trainers and taken from them.
#![expect(
    clippy::indexing_slicing,
    reason = "hot tables, indexed by what the problem numbered"
)]

use super::{Change, Solution};
use crate::problem::NONE;

impl Solution<'_> {
    /// Gives a session another trainer, who is free for it.
    pub(crate) fn set_trainer(&mut self, id: u32, trainer: u32) {
        let was = self.sessions[id as usize].trainer;
        self.release(id);
        self.sessions[id as usize].trainer = trainer;
        self.engage(id);
        self.journal.push(Change::Trainer(id, was));
    }

    /// Exchanges the trainers of two sessions, if each can take the other's.
    pub(crate) fn exchange_trainers(&mut self, first: u32, second: u32) -> Option<()> {
        let (a, b) = (*self.session(first), *self.session(second));
        if a.trainer == b.trainer {
            return None;
        }
        self.release(first);
        self.release(second);
        let possible = self.trainer_fits(b.trainer, a.module, a.site, a.slot)
            && self.trainer_fits(a.trainer, b.module, b.site, b.slot);
        self.engage(first);
        self.engage(second);
        possible.then(|| self.cross_trainers(first, second))
    }

    pub(super) fn cross_trainers(&mut self, first: u32, second: u32) {
        self.release(first);
        self.release(second);
        let (a, b) = (first as usize, second as usize);
        let trainer = self.sessions[a].trainer;
        self.sessions[a].trainer = self.sessions[b].trainer;
        self.sessions[b].trainer = trainer;
        self.engage(first);
        self.engage(second);
        self.journal.push(Change::Trainers(first, second));
    }

    /// The session of a trainer in a slot, or [`NONE`].
    pub(crate) fn trainer_at(&self, trainer: u32, slot: u32) -> u32 {
        self.trainer_at[trainer as usize * self.problem.slots + slot as usize]
    }

    /// Enters the session at its trainer, with the cost of that.
    pub(super) fn engage(&mut self, id: u32) {
        let s = self.sessions[id as usize];
        let (k, slot) = (s.trainer as usize, s.slot as usize);
        self.trainer_at[k * self.problem.slots + slot] = id;
        self.trainer_week[k * self.problem.weeks + self.problem.slot_week[slot] as usize] += 1;
        let day =
            &mut self.trainer_day[k * self.problem.days + self.problem.slot_day[slot] as usize];
        day.0 += 1;
        day.1 = s.site;
        if day.0 == 1 {
            self.cost += self.problem.trainer_way[k * self.problem.sites + s.site as usize];
        }
        self.cost += self.trainer_change(&s);
    }

    /// Takes the session from its trainer, with the cost of that.
    pub(super) fn release(&mut self, id: u32) {
        let s = self.sessions[id as usize];
        let (k, slot) = (s.trainer as usize, s.slot as usize);
        self.trainer_at[k * self.problem.slots + slot] = NONE;
        self.trainer_week[k * self.problem.weeks + self.problem.slot_week[slot] as usize] -= 1;
        let day =
            &mut self.trainer_day[k * self.problem.days + self.problem.slot_day[slot] as usize];
        day.0 -= 1;
        if day.0 == 0 {
            self.cost -= self.problem.trainer_way[k * self.problem.sites + s.site as usize];
        }
        self.cost -= self.trainer_change(&s);
    }
}
