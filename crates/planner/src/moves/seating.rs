//! Seats filled and people reseated, as parts of larger moves.

use crate::engine::Random;
use crate::problem::NONE;
use crate::solution::{Solution, Which};

impl Solution<'_> {
    /// Fills what seats a session has left with people who lack its module, the cheapest first, as long as that pays.
    pub(super) fn fill(&mut self, session: u32) {
        self.fill_but(session, NONE);
    }

    /// The same, without one person.
    pub(super) fn fill_but(&mut self, session: u32, without: u32) {
        let s = *self.session(session);
        if s.size >= s.seats {
            return;
        }
        let mut ranked = std::mem::take(&mut self.scratch.ranked);
        ranked.clear();
        for entry in self.missing_in(s.module) {
            let person = self.person_of(*entry);
            if person != without && self.may_take(*entry, session) {
                ranked.push((self.seat_delta(*entry, session), *entry));
            }
        }
        ranked.sort_unstable();
        for (_, entry) in &ranked {
            if self.session(session).size >= s.seats {
                break;
            }
            if self.seat_delta(*entry, session) < 0 {
                self.seat(*entry, session);
            }
        }
        self.scratch.ranked = ranked;
    }

    /// Draws people out of other sessions of the module into this one, where that pays by itself.
    pub(super) fn draw(&mut self, session: u32, random: &mut Random) {
        let s = *self.session(session);
        let others = self.problem.wanting_of(s.module);
        let start = random.index(others.len());
        for n in 0..others.len().min(200) {
            if self.session(session).size >= s.seats {
                return;
            }
            let Some(entry) = others.get((start + n) % others.len()).copied() else {
                return;
            };
            let from = self.seat_of(entry);
            if from == NONE
                || from == session
                || self.is_pinned(entry)
                || self.session(from).size == 1
                || !self.fits(entry, s.site, s.slot)
            {
                continue;
            }
            let level = self.level_of(entry);
            let a = self.session(from);
            let delta = self.place_cost(entry, s.site, s.slot)
                - self.place_cost(entry, a.site, a.slot)
                + self.group_delta(from, Some(level), None)
                + self.group_delta(session, None, Some(level));
            if delta <= 0 {
                self.unseat(entry);
                self.seat(entry, session);
            }
        }
    }

    /// Empties a session and closes it; returns who was in it.
    pub(super) fn dissolve(&mut self, session: u32) -> Vec<u32> {
        let people = self.members(session).to_vec();
        for entry in people.iter().rev() {
            self.unseat(*entry);
        }
        self.close(session);
        people
    }

    /// Seats people who have just lost their seat; who finds none loses with it what comes after.
    pub(super) fn reseat(&mut self, mut people: Vec<u32>, random: &mut Random) -> Option<()> {
        random.shuffle(&mut people);
        for entry in people {
            if self.seat_of(entry) != NONE {
                continue;
            }
            if self.find(entry, Which::Free) > 0
                && let Some((_, session)) = self.best_found(entry, random)
            {
                self.seat(entry, session);
                continue;
            }
            let mark = self.mark();
            if self.place_by_chain(entry, 2, random).is_some() {
                continue;
            }
            self.undo_to(mark);
            self.drop_after(entry)?;
        }
        Some(())
    }

    /// Takes away all that comes after an entry.
    fn drop_after(&mut self, entry: u32) -> Option<()> {
        let problem = self.problem;
        for after in problem.after.of(entry) {
            if self.seat_of(*after) != NONE {
                if self.is_pinned(*after) {
                    return None;
                }
                self.drop_after(*after)?;
                self.leave_seat(*after)?;
            }
        }
        Some(())
    }

    /// Closes sessions that have become empty. Refuses if one must stay.
    pub(super) fn close_empty(&mut self, touched: &[u32]) -> Option<()> {
        for session in touched {
            if self.session(*session).size == 0 && self.exists(*session) {
                if !self.is_free(*session) {
                    return None;
                }
                self.close(*session);
            }
        }
        Some(())
    }

    /// Person of an entry.
    #[inline]
    pub(super) fn person_of(&self, entry: u32) -> u32 {
        self.problem.person_of(entry)
    }
}
