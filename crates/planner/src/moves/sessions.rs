//! Moves of sessions. People follow where they can; the others are reseated; free seats are filled.

use crate::engine::Random;
use crate::solution::Solution;

/// Places tried for a session before giving up.
const TRIES: u32 = 6;

impl Solution<'_> {
    /// A random session that may be changed.
    pub(super) fn some_session(&self, random: &mut Random) -> Option<u32> {
        let session = *random.pick(self.open_sessions())?;
        self.is_free(session).then_some(session)
    }

    /// Opens a session for somebody without seat, at a place and time that suit that person.
    pub(super) fn open_for(&mut self, random: &mut Random) -> Option<u32> {
        if !self.may_open() {
            return None;
        }
        let entry = *random.pick(self.missing())?;
        let (first, end) = self.window(entry)?;
        let person = self.person_of(entry);
        let module = self.problem.module_of(entry);
        let site = *random.pick(self.problem.reach_of(person))?;
        let slot = self.some_slot(person, first, end, random)?;
        let session = self.open_at(module, site, slot, None, random)?;
        self.seat(entry, session);
        self.fill(session);
        self.draw(session, random);
        Some(session)
    }

    /// A random slot in which the person has time.
    fn some_slot(&self, person: u32, first: u32, end: u32, random: &mut Random) -> Option<u32> {
        let free = self.free_slots(person);
        for _ in 0..TRIES {
            let slot = first + random.below(end - first);
            // From there on, the first that is free.
            let mut word = (slot >> 6) as usize;
            let mut bits = free.get(word)? & (u64::MAX << (slot & 63));
            while bits == 0 && word + 1 < free.len() {
                word += 1;
                bits = *free.get(word)?;
            }
            let found = word as u32 * 64 + bits.trailing_zeros();
            if bits != 0 && found < end {
                return Some(found);
            }
        }
        None
    }

    /// Opens a session in a free room of the site, with `trainer` if possible, otherwise with whoever can.
    fn open_at(
        &mut self,
        module: u32,
        site: u32,
        slot: u32,
        trainer: Option<u32>,
        random: &mut Random,
    ) -> Option<u32> {
        let rooms = self.problem.rooms(site);
        let fitting = rooms.filter(|room| self.room_fits(module, *room, slot));
        let room = fitting.max_by_key(|room| (self.problem.seats(module, *room), random.bits()))?;
        let kept = trainer.filter(|k| self.trainer_fits(*k, module, site, slot));
        let trainer = kept.or_else(|| self.engage_trainer(module, site, slot, random))?;
        Some(self.open(module, room, slot, trainer))
    }

    /// Closes a session and reseats its people.
    pub(super) fn close_one(&mut self, random: &mut Random) -> Option<()> {
        let session = self.some_session(random)?;
        let people = self.dissolve(session);
        self.reseat(people, random)
    }

    /// A session to another slot, room or site.
    pub(super) fn relocate(&mut self, random: &mut Random) -> Option<()> {
        let session = self.some_session(random)?;
        let s = *self.session(session);
        let (site, slot) = self.another_place(session, random)?;
        let people = self.dissolve(session);
        let keep = (slot == s.slot && site == s.site) || random.below(2) == 0;
        let moved = self.open_at(s.module, site, slot, keep.then_some(s.trainer), random)?;
        self.follow(people, moved, random)
    }

    /// Where a session could go: a slot that suits one of its people, mostly at the same site.
    fn another_place(&self, session: u32, random: &mut Random) -> Option<(u32, u32)> {
        let s = self.session(session);
        let entry = *random.pick(self.members(session))?;
        let person = self.person_of(entry);
        let site = if random.below(3) == 0 {
            *random.pick(self.problem.reach_of(person))?
        } else {
            s.site
        };
        let (first, end) = self.window(entry)?;
        for _ in 0..TRIES {
            let slot = first + random.below(end - first);
            let same = slot == s.slot && site == s.site;
            if !same
                && self.fits(entry, site, slot)
                && (self.problem.rooms(site)).any(|room| self.room_fits(s.module, room, slot))
            {
                return Some((site, slot));
            }
        }
        None
    }

    /// People who can go with their session do; the others are reseated; the session is filled.
    fn follow(&mut self, people: Vec<u32>, session: u32, random: &mut Random) -> Option<()> {
        let mut left = Vec::new();
        for entry in people {
            if self.may_take(entry, session) {
                self.seat(entry, session);
            } else {
                left.push(entry);
            }
        }
        self.reseat(left, random)?;
        self.fill(session);
        self.draw(session, random);
        if self.session(session).size == 0 {
            self.close(session);
        }
        Some(())
    }

    /// A session is closed, another is opened for somebody without seat: in the same place, or anywhere.
    pub(super) fn remake(&mut self, random: &mut Random) -> Option<()> {
        let session = self.some_session(random)?;
        let s = *self.session(session);
        let people = self.dissolve(session);
        if random.below(2) == 0 {
            self.open_for(random)?;
        } else {
            let module = random.below(self.problem.modules as u32);
            if module == s.module {
                return None;
            }
            let new = self.open_at(module, s.site, s.slot, Some(s.trainer), random)?;
            self.fill(new);
            self.draw(new, random);
            if self.session(new).size == 0 {
                return None;
            }
        }
        self.reseat(people, random)
    }

    /// Two sessions of different modules exchange their places.
    pub(super) fn exchange(&mut self, random: &mut Random) -> Option<()> {
        let first = self.some_session(random)?;
        let second = self.partner(first, random)?;
        let (a, b) = (*self.session(first), *self.session(second));
        let of_a = self.dissolve(first);
        let of_b = self.dissolve(second);
        let there = self.open_at(a.module, b.site, b.slot, Some(b.trainer), random)?;
        let here = self.open_at(b.module, a.site, a.slot, Some(a.trainer), random)?;
        let mut left = Vec::new();
        // Who comes first must be seated first, since what comes after waits for it.
        let mut pairs = [(there, of_a), (here, of_b)];
        pairs.sort_by_key(|(session, _)| self.session(*session).slot);
        for (session, people) in pairs {
            for entry in people {
                if self.may_take(entry, session) {
                    self.seat(entry, session);
                } else {
                    left.push(entry);
                }
            }
        }
        self.reseat(left, random)?;
        for session in [there, here] {
            self.fill(session);
            self.draw(session, random);
        }
        self.close_empty(&[there, here])
    }

    /// Another session that may be changed, of another module, at the same site or one near.
    fn partner(&self, first: u32, random: &mut Random) -> Option<u32> {
        let a = self.session(first);
        for _ in 0..TRIES {
            let second = *random.pick(self.open_sessions())?;
            let b = self.session(second);
            if b.module != a.module && b.site == a.site && b.slot != a.slot && self.is_free(second)
            {
                return Some(second);
            }
        }
        None
    }
}
