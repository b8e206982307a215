//! The moves of the search on a [`Solution`], and how often each is tried.

mod people;
mod seating;
mod section;
mod sessions;
mod trainers;

#[cfg(test)]
mod tests;

pub(crate) use people::Style;

use crate::engine::{Random, State};
use crate::solution::Solution;

/// A kind of move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Somebody to another session of the module; if that is full, somebody back or on.
    Shift,
    /// Somebody without seat takes one, others make room in a chain.
    Insert,
    /// Somebody loses the last module that nothing needs.
    Drop,
    /// One person's whole path anew.
    Renew,
    /// Somebody's path is given up, others fill the seats.
    Yield,
    /// The people of a session, or some others, anew together.
    Regroup,
    /// The people of a module to its sessions, exactly.
    Section,
    /// A session for somebody without seat.
    Open,
    /// A session is closed, its people reseated.
    Close,
    /// A session to another slot, room or site.
    Relocate,
    /// A session closed and another opened for somebody without seat.
    Remake,
    /// Two sessions exchange their modules.
    Exchange,
    /// Another trainer.
    Trainer,
    /// Two sessions exchange their trainers.
    Trainers,
    /// All that a trainer does on a day to another trainer.
    TrainerDay,
}

impl Kind {
    /// All kinds, each with how often it is tried, in ten thousandths.
    pub(crate) const MIX: [(Self, u32); 15] = [
        (Self::Shift, 6399),
        (Self::Insert, 2400),
        (Self::Drop, 40),
        (Self::Renew, 250),
        (Self::Yield, 20),
        (Self::Regroup, 20),
        (Self::Section, 1),
        (Self::Open, 100),
        (Self::Close, 50),
        (Self::Relocate, 200),
        (Self::Remake, 100),
        (Self::Exchange, 120),
        (Self::Trainer, 150),
        (Self::Trainers, 100),
        (Self::TrainerDay, 50),
    ];
}

impl Solution<'_> {
    /// Tries a move of this kind; kept only if its delta is at most `limit`.
    pub(crate) fn attempt(&mut self, kind: Kind, random: &mut Random, limit: i64) -> Option<i64> {
        let delta = match kind {
            Kind::Shift => self.shift(random, limit),
            Kind::Insert => self.trial(limit, |s| s.insert(random)),
            Kind::Drop => self.drop_one(random, limit),
            Kind::Renew => self.trial(limit, |s| s.renew(random)),
            Kind::Yield => self.trial(limit, |s| s.give_up(random)),
            Kind::Regroup => self.trial(limit, |s| s.regroup(random)),
            Kind::Section => self.trial(limit, |s| s.resection(random)),
            Kind::Open => self.trial(limit, |s| s.open_for(random).map(drop)),
            Kind::Close => self.trial(limit, |s| s.close_one(random)),
            Kind::Relocate => self.trial(limit, |s| s.relocate(random)),
            Kind::Remake => self.trial(limit, |s| s.remake(random)),
            Kind::Exchange => self.trial(limit, |s| s.exchange(random)),
            Kind::Trainer => self.trial(limit, |s| s.retrain(random)),
            Kind::Trainers => self.trial(limit, |s| s.swap_trainers(random)),
            Kind::TrainerDay => self.trial(limit, |s| s.hand_over_day(random)),
        };
        self.commit();
        delta
    }

    /// Does something, and undoes it unless it succeeded with a delta of at most `limit`.
    pub(crate) fn trial(
        &mut self,
        limit: i64,
        work: impl FnOnce(&mut Self) -> Option<()>,
    ) -> Option<i64> {
        let (mark, before) = (self.mark(), self.cost());
        let done = work(self);
        let delta = self.cost() - before;
        if done.is_some() && delta <= limit && self.mark() > mark {
            return Some(delta);
        }
        self.undo_to(mark);
        None
    }
}

impl State for Solution<'_> {
    fn cost(&self) -> i64 {
        Solution::cost(self)
    }

    fn step(&mut self, random: &mut Random, limit: i64) -> Option<i64> {
        if self.problem.entry_person.is_empty() {
            return None;
        }
        let mut draw = random.below(10_000);
        for (kind, share) in Kind::MIX {
            if draw < share {
                return self.attempt(kind, random, limit);
            }
            draw -= share;
        }
        None
    }
}
