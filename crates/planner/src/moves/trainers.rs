//! Moves of trainers between sessions that stay.

use crate::engine::Random;
use crate::problem::NONE;
use crate::solution::Solution;

impl Solution<'_> {
    /// A trainer for a session there and then, cheap and with time left; if nobody is free, somebody is freed by handing over a session.
    pub(super) fn engage_trainer(
        &mut self,
        module: u32,
        site: u32,
        slot: u32,
        random: &mut Random,
    ) -> Option<u32> {
        let problem = self.problem;
        let teachers = problem.teachers_of(module);
        let free = (teachers.iter().copied())
            .filter(|k| self.trainer_fits(*k, module, site, slot))
            .min_by_key(|k| (self.trainer_cost(*k, site, slot), random.bits()));
        if free.is_some() {
            return free;
        }
        let start = random.index(teachers.len());
        for n in 0..teachers.len() {
            let trainer = *teachers.get((start + n) % teachers.len())?;
            if problem.trainer_can(trainer, slot)
                && self.free_trainer(trainer, slot)
                && self.trainer_fits(trainer, module, site, slot)
            {
                return Some(trainer);
            }
        }
        None
    }

    /// Hands over what stands between a trainer and a session in this slot: the one at the same time, or any of the week.
    fn free_trainer(&mut self, trainer: u32, slot: u32) -> bool {
        let busy = self.trainer_at(trainer, slot);
        if busy != NONE {
            return self.hand_over(busy);
        }
        if self.trainer_left(trainer, slot) > 0 {
            return false;
        }
        let problem = self.problem;
        for other in problem.week_of(slot) {
            let session = self.trainer_at(trainer, other);
            if session != NONE && self.hand_over(session) {
                return true;
            }
        }
        false
    }

    /// Gives a session to the cheapest other trainer who can.
    fn hand_over(&mut self, session: u32) -> bool {
        if !self.is_free(session) {
            return false;
        }
        let s = *self.session(session);
        let teachers = self.problem.teachers_of(s.module).iter().copied();
        let other = teachers
            .filter(|k| *k != s.trainer && self.trainer_fits(*k, s.module, s.site, s.slot))
            .min_by_key(|k| (self.trainer_cost(*k, s.site, s.slot), *k));
        other.is_some_and(|other| {
            self.set_trainer(session, other);
            true
        })
    }

    /// A session gets another trainer.
    pub(super) fn retrain(&mut self, random: &mut Random) -> Option<()> {
        let session = self.some_session(random)?;
        let s = *self.session(session);
        let other = *random.pick(self.problem.teachers_of(s.module))?;
        if other == s.trainer || !self.trainer_fits(other, s.module, s.site, s.slot) {
            return None;
        }
        self.set_trainer(session, other);
        Some(())
    }

    /// Two sessions, of the same slot or of the same week, exchange their trainers.
    pub(super) fn swap_trainers(&mut self, random: &mut Random) -> Option<()> {
        let first = self.some_session(random)?;
        let slot = self.session(first).slot;
        let slots = self.problem.week_of(slot);
        let when = if random.below(2) == 0 {
            slot
        } else {
            slots.start + random.below(slots.end - slots.start)
        };
        let room = random.below(self.problem.room_site.len() as u32);
        let second = self.room_at(room, when);
        if second == NONE || second == first || !self.is_free(second) {
            return None;
        }
        self.exchange_trainers(first, second)
    }

    /// All that a trainer does on a day goes to another.
    pub(super) fn hand_over_day(&mut self, random: &mut Random) -> Option<()> {
        let session = self.some_session(random)?;
        let s = *self.session(session);
        let other = *random.pick(self.problem.teachers_of(s.module))?;
        if other == s.trainer {
            return None;
        }
        let problem = self.problem;
        for slot in problem.day_of(s.slot) {
            let session = self.trainer_at(s.trainer, slot);
            if session == NONE {
                continue;
            }
            let module = self.session(session).module;
            if !self.is_free(session) || !self.trainer_fits(other, module, s.site, slot) {
                return None;
            }
            self.set_trainer(session, other);
        }
        Some(())
    }
}
