//! Moves of people between sessions that stay.

use crate::engine::Random;
use crate::problem::NONE;
use crate::solution::{Solution, Which};

/// People who may make room for each other in one chain.
const CHAIN: u32 = 3;
/// People asked for a seat that becomes free by moving up.
const MOVE_UP: usize = 24;

impl Solution<'_> {
    /// A random entry that has a seat and may leave it.
    fn some_seated(&self, random: &mut Random) -> Option<u32> {
        let all = self.problem.entry_person.len() as u32;
        (0..4)
            .map(|_| random.below(all))
            .find(|e| all > 0 && self.seat_of(*e) != NONE && !self.is_pinned(*e))
    }

    /// Somebody to another session of the module; if that is full, in exchange for somebody who can come here, or who finds a third.
    pub(super) fn shift(&mut self, random: &mut Random, limit: i64) -> Option<i64> {
        let entry = self.some_seated(random)?;
        let (from, level) = (self.seat_of(entry), self.level_of(entry));
        if self.find(entry, Which::Open) == 0 {
            return None;
        }
        let to = self.pick_found(random);
        let (a, b) = (*self.session(from), *self.session(to));
        let own = self.place_cost(entry, b.site, b.slot) - self.place_cost(entry, a.site, a.slot);
        if b.size < b.seats {
            if a.size == 1 {
                return self.trial(limit, |s| s.leave_last(entry, to));
            }
            let delta = own
                + self.group_delta(from, Some(level), None)
                + self.group_delta(to, None, Some(level));
            if delta > limit {
                return None;
            }
            self.unseat(entry);
            self.seat(entry, to);
            return Some(delta);
        }
        let start = random.below(b.size);
        for n in 0..b.size {
            let other = self.member(to, (start + n) % b.size);
            if self.is_pinned(other) || !self.fits(other, a.site, a.slot) {
                continue;
            }
            let back = self.level_of(other);
            let delta = own + self.place_cost(other, a.site, a.slot)
                - self.place_cost(other, b.site, b.slot)
                + self.group_delta(from, Some(level), Some(back))
                + self.group_delta(to, Some(back), Some(level));
            if delta > limit {
                return None;
            }
            self.unseat(entry);
            self.unseat(other);
            self.seat(entry, to);
            self.seat(other, from);
            return Some(delta);
        }
        let other = self.member(to, start);
        if a.size == 1 || self.is_pinned(other) {
            return None;
        }
        self.trial(limit, |s| {
            s.unseat(entry);
            s.unseat(other);
            s.seat(entry, to);
            s.place_by_chain(other, CHAIN - 1, random)
        })
    }

    /// The last person of a session goes to another, and the session closes.
    fn leave_last(&mut self, entry: u32, to: u32) -> Option<()> {
        let from = self.seat_of(entry);
        if !self.is_free(from) {
            return None;
        }
        self.unseat(entry);
        self.close(from);
        self.seat(entry, to);
        Some(())
    }

    /// Somebody without seat takes one; if all are taken, others make room in a chain.
    pub(super) fn insert(&mut self, random: &mut Random) -> Option<()> {
        let entry = *random.pick(self.missing())?;
        self.window(entry)?;
        self.place_by_chain(entry, CHAIN, random)
    }

    /// Seats an entry. If there is no free seat, somebody is put out, who is seated in turn; the last one may stay out if nothing that
    /// is attended needs it.
    pub(super) fn place_by_chain(
        &mut self,
        entry: u32,
        length: u32,
        random: &mut Random,
    ) -> Option<()> {
        let mut entry = entry;
        for _ in 0..length {
            if self.find(entry, Which::Free) > 0 {
                let session = if random.below(4) == 0 {
                    self.pick_found(random)
                } else {
                    self.best_found(entry, random)?.1
                };
                self.seat(entry, session);
                return Some(());
            }
            if self.find(entry, Which::Open) == 0 {
                break;
            }
            let session = self.pick_found(random);
            let size = self.session(session).size;
            let out = self.member(session, random.below(size));
            if self.is_pinned(out) {
                return None;
            }
            self.unseat(out);
            self.seat(entry, session);
            entry = out;
        }
        (!self.is_needed(entry)).then_some(())
    }

    /// Somebody loses a module that nothing needs.
    pub(super) fn drop_one(&mut self, random: &mut Random, limit: i64) -> Option<i64> {
        let entry = self.some_seated(random)?;
        let delta = self.unseat_delta(entry);
        if delta > limit || self.is_needed(entry) || self.session(self.seat_of(entry)).size == 1 {
            return None;
        }
        self.unseat(entry);
        Some(delta)
    }

    /// Takes somebody out of all sessions; the session that would be empty closes. Refuses if it must not.
    pub(super) fn withdraw(&mut self, person: u32) -> Option<()> {
        for entry in self.problem.entries(person).rev() {
            if self.seat_of(entry) != NONE && !self.is_pinned(entry) {
                self.leave_seat(entry)?;
            }
        }
        Some(())
    }

    /// Takes an entry out of its session, which closes if it becomes empty.
    pub(super) fn leave_seat(&mut self, entry: u32) -> Option<()> {
        let session = self.seat_of(entry);
        let closes = self.session(session).size == 1;
        if closes && !self.is_free(session) {
            return None;
        }
        self.unseat(entry);
        if closes {
            self.close(session);
        }
        Some(())
    }

    /// One person's whole path anew.
    pub(super) fn renew(&mut self, random: &mut Random) -> Option<()> {
        let person = random.below(self.problem.people as u32);
        self.withdraw(person)?;
        let style = Style::any(random);
        self.seat_path(person, style, random);
        self.is_whole(person)
    }

    /// Whether nothing that the person attends lacks what must come before it.
    fn is_whole(&self, person: u32) -> Option<()> {
        let mut lacking = self.problem.entries(person);
        let broken = lacking.any(|e| self.seat_of(e) == NONE && self.is_needed(e));
        (!broken).then_some(())
    }

    /// Seats what a person lacks in free seats, in the order of precedence.
    pub(crate) fn seat_path(&mut self, person: u32, style: Style, random: &mut Random) {
        for entry in self.problem.entries(person) {
            if self.seat_of(entry) != NONE || self.find(entry, Which::Free) == 0 {
                continue;
            }
            let session = match style {
                Style::Cheap => self.best_found(entry, random).map(|(_, session)| session),
                Style::Early => Some(self.first_found()),
                Style::Random => Some(self.pick_found(random)),
            };
            if let Some(session) = session {
                self.seat(entry, session);
            }
        }
    }

    /// Somebody's path is given up, mostly of those who lack something anyway; others fill the seats, one moving up for another where
    /// nobody fits directly; the person then takes what is left.
    pub(super) fn give_up(&mut self, random: &mut Random) -> Option<()> {
        let person = if random.below(4) == 0 {
            random.below(self.problem.people as u32)
        } else {
            self.person_of(*random.pick(self.missing())?)
        };
        let mut seats: Vec<u32> = (self.problem.entries(person))
            .filter(|e| self.seat_of(*e) != NONE && !self.is_pinned(*e))
            .map(|e| self.seat_of(e))
            .collect();
        if seats.is_empty() {
            return None;
        }
        seats.sort_unstable_by_key(|s| self.session(*s).slot);
        for entry in self.problem.entries(person).rev() {
            if self.seat_of(entry) != NONE && !self.is_pinned(entry) {
                self.unseat(entry);
            }
        }
        for session in &seats {
            self.fill_but(*session, person);
            if self.session(*session).size < self.session(*session).seats {
                self.move_up(*session, person, random);
            }
        }
        self.close_empty(&seats)?;
        self.seat_path(person, Style::Cheap, random);
        self.is_whole(person)
    }

    /// Somebody of another session moves into this one, and somebody who lacks the module takes the seat that becomes free.
    fn move_up(&mut self, session: u32, without: u32, random: &mut Random) {
        let s = *self.session(session);
        let lacking = self.missing_in(s.module).len();
        let start = random.index(lacking);
        for n in 0..lacking.min(MOVE_UP) {
            let Some(entry) = self
                .missing_in(s.module)
                .get((start + n) % lacking)
                .copied()
            else {
                return;
            };
            if self.person_of(entry) == without || self.find(entry, Which::Open) == 0 {
                continue;
            }
            for _ in 0..3 {
                let other = self.pick_found(random);
                if other == session {
                    continue;
                }
                let b = *self.session(other);
                if b.size < b.seats {
                    self.seat(entry, other);
                    break;
                }
                let movable = (self.members(other).iter().copied())
                    .find(|m| !self.is_pinned(*m) && self.fits(*m, s.site, s.slot));
                if let Some(member) = movable {
                    self.unseat(member);
                    self.seat(member, session);
                    self.seat(entry, other);
                    return;
                }
            }
        }
    }

    /// The people of a session, with a few others, withdraw and are seated anew, in a random order.
    pub(super) fn regroup(&mut self, random: &mut Random) -> Option<()> {
        let session = *random.pick(self.open_sessions())?;
        let mut people: Vec<u32> = (self.members(session).iter())
            .map(|entry| self.person_of(*entry))
            .collect();
        for _ in 0..random.below(4) {
            if let Some(entry) = random.pick(self.missing()) {
                people.push(self.person_of(*entry));
            }
        }
        random.shuffle(&mut people);
        people.truncate(2 + random.index(6));
        people.sort_unstable();
        people.dedup();
        random.shuffle(&mut people);
        let mut touched = Vec::new();
        for person in &people {
            for entry in self.problem.entries(*person).rev() {
                if self.seat_of(entry) != NONE && !self.is_pinned(entry) {
                    touched.push(self.seat_of(entry));
                    self.unseat(entry);
                }
            }
        }
        for person in &people {
            self.seat_path(*person, Style::any(random), random);
            self.is_whole(*person)?;
        }
        self.close_empty(&touched)
    }
}

/// How a path is seated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// Each module where it costs least.
    Cheap,
    /// Each module as early as possible.
    Early,
    /// Each module anywhere.
    Random,
}

impl Style {
    pub(super) fn any(random: &mut Random) -> Self {
        match random.below(5) {
            0 | 1 => Self::Cheap,
            2 | 3 => Self::Early,
            _ => Self::Random,
        }
    }
}
