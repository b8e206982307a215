//! The moves of the search, all from one timetable without hard violations to another.
//!
//! Moves of one lecture, of two and along a chain are evaluated from the counts without being made; the rare ones of whole periods or
//! courses are made and taken back.

#![expect(
    clippy::indexing_slicing,
    reason = "tables by index: every lecture, course, room and period is in range by construction"
)]

use planner::engine::{Random, State};

use crate::matching::best_rooms;
use crate::tables::{ISOLATED, Set};
use crate::timetable::Timetable;

/// Draws of a period before a move gives up.
const TRIES: u32 = 4;

/// A kind of move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A lecture to another period.
    Shift,
    /// Two lectures change places.
    Swap,
    /// A lecture to another period, those in its way to the first, and so on.
    Chain,
    /// A lecture to another room at its period, changing with who is there.
    Room,
    /// All lectures of a course to one room.
    Gather,
    /// All lectures of two periods change places.
    Block,
    /// The lectures of a period to the cheapest rooms.
    Rooms,
}

/// How often each kind is tried, of 1024 moves.
const MIX: [(Kind, u32); 7] = [
    (Kind::Shift, 340),
    (Kind::Swap, 440),
    (Kind::Chain, 160),
    (Kind::Room, 70),
    (Kind::Gather, 10),
    (Kind::Block, 2),
    (Kind::Rooms, 2),
];

impl State for Timetable<'_> {
    const CHEAP_COPY: bool = true;

    fn cost(&self) -> i64 {
        self.cost
    }

    fn step(&mut self, random: &mut Random, limit: i64) -> Option<i64> {
        let mut drawn = random.below(1024);
        for (kind, share) in MIX {
            if drawn < share {
                return self.attempt(kind, random, limit);
            }
            drawn -= share;
        }
        None
    }
}

/// A random element of a set.
#[inline]
fn any(set: Set, random: &mut Random) -> Option<usize> {
    if set == 0 {
        return None;
    }
    let mut left = set;
    for _ in 0..random.below(set.count_ones()) {
        left &= left - 1;
    }
    Some(left.trailing_zeros() as usize)
}

impl Timetable<'_> {
    /// Tries one random move of a kind.
    pub(crate) fn attempt(&mut self, kind: Kind, random: &mut Random, limit: i64) -> Option<i64> {
        match kind {
            Kind::Shift => self.shift(random, limit),
            Kind::Swap => self.swap(random, limit),
            Kind::Chain => self.chain(random, limit),
            Kind::Room => self.room(random, limit),
            Kind::Gather => self.gather(random, limit),
            Kind::Block => self.block(random, limit),
            Kind::Rooms => self.rooms(random, limit),
        }
    }

    fn shift(&mut self, random: &mut Random, limit: i64) -> Option<i64> {
        let lecture = random.index(self.slot.len());
        let course = self.tables.course[lecture];
        let (from, old) = self.place(lecture);
        let choices = &self.tables.choices[course];
        for _ in 0..TRIES {
            let to = usize::from(*random.pick(choices)?);
            if !self.admits(course, to) {
                continue;
            }
            let free = !self.used[to];
            // Most courses want to stay in their room.
            let room = if free >> old & 1 == 1 && random.below(2) == 0 {
                old
            } else {
                match any(free & self.tables.fitting[course], random) {
                    Some(room) => room,
                    None => continue,
                }
            };
            return self.carry(lecture, (from, old), (to, room), limit);
        }
        None
    }

    /// Moves one lecture to a free slot that admits it, at another period.
    fn carry(
        &mut self,
        lecture: usize,
        (from, old): (usize, usize),
        (to, room): (usize, usize),
        limit: i64,
    ) -> Option<i64> {
        let course = self.tables.course[lecture];
        let mut delta = self.rehouse(course, old, room) + self.respread(course, from, to);
        if i64::from(delta - self.most_gain(course)) > limit {
            return None;
        }
        delta += self.recompact(course, from, to);
        if i64::from(delta) > limit {
            return None;
        }
        self.take(lecture);
        self.put(lecture, to, room);
        Some(delta.into())
    }

    /// No change of periods gains a course more by its curricula: each loses at most one isolated lecture that leaves and two joined.
    #[inline]
    fn most_gain(&self, course: usize) -> i32 {
        3 * ISOLATED * self.tables.curricula[course].len() as i32
    }

    fn swap(&mut self, random: &mut Random, limit: i64) -> Option<i64> {
        let one = random.index(self.slot.len());
        let course = self.tables.course[one];
        let (from, old) = self.place(one);
        let choices = &self.tables.choices[course];
        for _ in 0..TRIES {
            let to = usize::from(*random.pick(choices)?);
            let room = if random.below(2) == 0 {
                old
            } else {
                any(self.tables.fitting[course], random)?
            };
            let Some(two) = self.occupant(to, room) else {
                if self.admits(course, to) {
                    return self.carry(one, (from, old), (to, room), limit);
                }
                continue;
            };
            let other = self.tables.course[two];
            if to == from
                || other == course
                || !self.only_foe(course, to, two)
                || self.tables.open[other] >> from & 1 == 0
                || !self.only_foe(other, from, one)
            {
                continue;
            }
            let mut delta = self.rehouse(course, old, room)
                + self.rehouse(other, room, old)
                + self.respread(course, from, to)
                + self.respread(other, to, from);
            if i64::from(delta - self.most_gain(course) - self.most_gain(other)) > limit {
                return None;
            }
            delta += self.recompact(course, from, to) + self.recompact(other, to, from);
            if i64::from(delta) > limit {
                return None;
            }
            self.take(one);
            self.take(two);
            self.put(one, to, room);
            self.put(two, from, old);
            return Some(delta.into());
        }
        None
    }

    fn room(&mut self, random: &mut Random, limit: i64) -> Option<i64> {
        let one = random.index(self.slot.len());
        let course = self.tables.course[one];
        let (period, old) = self.place(one);
        let room = if random.below(16) == 0 {
            random.index(self.tables.rooms)
        } else {
            any(self.tables.fitting[course], random)?
        };
        if room == old {
            return None;
        }
        let two = self.occupant(period, room);
        let mut delta = self.rehouse(course, old, room);
        if let Some(two) = two {
            delta += self.rehouse(self.tables.course[two], room, old);
        }
        if i64::from(delta) > limit {
            return None;
        }
        self.take(one);
        if let Some(two) = two {
            self.take(two);
            self.put(two, period, old);
        }
        self.put(one, period, room);
        Some(delta.into())
    }

    /// A Kempe chain: a lecture goes to another period, those there that it may not meet to its own, and so on until none is left.
    /// Each course has at most one lecture in it, so that the changes of all simply add up.
    fn chain(&mut self, random: &mut Random, limit: i64) -> Option<i64> {
        let first = random.index(self.slot.len());
        let course = self.tables.course[first];
        let from = self.place(first).0;
        let to = usize::from(*random.pick(&self.tables.choices[course])?);
        if to == from {
            return None;
        }
        let mut chain = std::mem::take(&mut self.scratch);
        chain.clear();
        let delta = self
            .link(first, (from, to), &mut chain)
            .and_then(|left| self.lodge(&mut chain, (from, to), left, random))
            .map(|()| self.chain_delta(&chain))
            .filter(|delta| *delta <= limit);
        if delta.is_some() {
            self.rearrange(&chain);
        }
        self.scratch = chain;
        delta
    }

    /// Collects the lectures of a chain; gives the rooms that it leaves at both periods, or nothing if a lecture may not follow.
    fn link(
        &self,
        first: usize,
        (from, to): (usize, usize),
        chain: &mut Vec<(usize, usize)>,
    ) -> Option<(Set, Set)> {
        let tables = self.tables;
        let (start, room) = (tables.course[first], self.place(first).1);
        chain.push((first, 0));
        let mut left = (1 << room, 0);
        let mut at = 0;
        while let Some(&(lecture, _)) = chain.get(at) {
            at += 1;
            let outward = self.place(lecture).0 == from;
            let (there, back) = if outward { (to, from) } else { (from, to) };
            let gone = if outward { &mut left.1 } else { &mut left.0 };
            let course = tables.course[lecture];
            if self.barred[course] >> there & 1 == 0 {
                continue;
            }
            let mut rest = self.used[there] & !*gone;
            while rest != 0 {
                let room = rest.trailing_zeros() as usize;
                rest &= rest - 1;
                let Some(next) = self.occupant(there, room) else {
                    continue;
                };
                let other = tables.course[next];
                if !tables.apart[course * tables.courses + other] {
                    continue;
                }
                if other == start || tables.open[other] >> back & 1 == 0 {
                    return None;
                }
                *gone |= 1 << room;
                chain.push((next, 0));
            }
        }
        Some(left)
    }

    /// Gives every lecture of a chain a room at its new period: its own if that is free there, otherwise one that its course uses, or
    /// any that fits.
    fn lodge(
        &self,
        chain: &mut [(usize, usize)],
        (from, to): (usize, usize),
        left: (Set, Set),
        random: &mut Random,
    ) -> Option<()> {
        let tables = self.tables;
        let rooms = Set::MAX >> (64 - tables.rooms);
        let mut free_from = rooms & (!self.used[from] | left.0);
        let mut free_to = rooms & (!self.used[to] | left.1);
        let mut homeless = 0_usize;
        for (lecture, slot) in chain.iter_mut() {
            let (period, room) = self.place(*lecture);
            let (there, free) = if period == from {
                (to, &mut free_to)
            } else {
                (from, &mut free_from)
            };
            if *free >> room & 1 == 1 {
                *free &= !(1 << room);
                *slot = there * tables.rooms + room;
            } else {
                *slot = usize::MAX;
                homeless += 1;
            }
        }
        if homeless == 0 {
            return Some(());
        }
        for (lecture, slot) in chain.iter_mut().filter(|(_, slot)| *slot == usize::MAX) {
            let course = tables.course[*lecture];
            let (there, free) = if self.place(*lecture).0 == from {
                (to, &mut free_to)
            } else {
                (from, &mut free_from)
            };
            let fitting = *free & tables.fitting[course];
            let room = any(fitting & self.homes(course), random)
                .or_else(|| any(fitting, random))
                .or_else(|| any(*free, random))?;
            *free &= !(1 << room);
            *slot = there * tables.rooms + room;
        }
        Some(())
    }

    fn chain_delta(&self, chain: &[(usize, usize)]) -> i64 {
        let rooms = self.tables.rooms;
        let one = |&(lecture, slot): &(usize, usize)| {
            let course = self.tables.course[lecture];
            let (from, old) = self.place(lecture);
            let (to, room) = (slot / rooms, slot % rooms);
            let delta = self.rehouse(course, old, room)
                + self.respread(course, from, to)
                + self.recompact(course, from, to);
            i64::from(delta)
        };
        chain.iter().map(one).sum()
    }

    /// Puts lectures into their new slots, all at once.
    pub(crate) fn rearrange(&mut self, list: &[(usize, usize)]) {
        for &(lecture, _) in list {
            self.take(lecture);
        }
        for &(lecture, slot) in list {
            self.put(lecture, slot / self.tables.rooms, slot % self.tables.rooms);
        }
    }

    /// Puts lectures into their new slots if that costs at most so much.
    fn rearrange_within(&mut self, list: &mut [(usize, usize)], limit: i64) -> Option<i64> {
        let before = self.cost;
        for (lecture, slot) in list.iter_mut() {
            let old = usize::from(self.slot[*lecture]);
            self.take(*lecture);
            // From here on the list holds where each lecture was and, in the timetable, where it goes.
            self.slot[*lecture] = *slot as u16;
            *slot = old;
        }
        for &(lecture, _) in list.iter() {
            let (period, room) = self.place(lecture);
            self.put(lecture, period, room);
        }
        let delta = self.cost - before;
        if delta <= limit {
            return Some(delta);
        }
        self.rearrange(list);
        None
    }

    fn gather(&mut self, random: &mut Random, limit: i64) -> Option<i64> {
        let tables = self.tables;
        let chosen = random.index(self.slot.len());
        let course = tables.course[chosen];
        let room = any(tables.fitting[course], random)?;
        let mut list = std::mem::take(&mut self.scratch);
        list.clear();
        // The lectures of a course have numbers in a row.
        let first = (0..=chosen)
            .rev()
            .take_while(|n| tables.course[*n] == course);
        let rest = (chosen + 1..self.slot.len()).take_while(|n| tables.course[*n] == course);
        for lecture in first.chain(rest) {
            let (period, old) = self.place(lecture);
            if old == room {
                continue;
            }
            list.push((lecture, period * tables.rooms + room));
            if let Some(other) = self.occupant(period, room) {
                list.push((other, period * tables.rooms + old));
            }
        }
        let delta = self.rearrange_within(&mut list, limit);
        self.scratch = list;
        delta
    }

    fn block(&mut self, random: &mut Random, limit: i64) -> Option<i64> {
        let tables = self.tables;
        let (one, two) = (random.index(tables.periods), random.index(tables.periods));
        let mut list = std::mem::take(&mut self.scratch);
        list.clear();
        let mut allowed = one != two;
        for (from, to) in [(one, two), (two, one)] {
            for room in 0..tables.rooms {
                if let Some(lecture) = self.occupant(from, room) {
                    allowed &= tables.open[tables.course[lecture]] >> to & 1 == 1;
                    list.push((lecture, to * tables.rooms + room));
                }
            }
        }
        let delta = if allowed && !list.is_empty() {
            self.rearrange_within(&mut list, limit)
        } else {
            None
        };
        self.scratch = list;
        delta
    }

    fn rooms(&mut self, random: &mut Random, limit: i64) -> Option<i64> {
        let tables = self.tables;
        let period = random.index(tables.periods);
        let lectures: Vec<usize> = (0..tables.rooms)
            .filter_map(|room| self.occupant(period, room))
            .collect();
        if lectures.is_empty() {
            return None;
        }
        // What a room costs a lecture, given the rooms of the others of its course; thousandths break ties at random.
        let price = |lecture: &usize, room: usize| {
            let course = tables.course[*lecture];
            let cell = course * tables.rooms + room;
            let others = self.in_room[cell] - u8::from(self.place(*lecture).1 == room);
            let cost = tables.over[cell] + i32::from(others == 0);
            i64::from(cost) * 1000
        };
        let prices: Vec<i64> = (lectures.iter())
            .flat_map(|lecture| (0..tables.rooms).map(move |room| price(lecture, room)))
            .map(|price| price + i64::from(random.below(10)))
            .collect();
        let mut list: Vec<(usize, usize)> = (lectures.iter())
            .zip(best_rooms(&prices, tables.rooms))
            .map(|(lecture, room)| (*lecture, period * tables.rooms + room))
            .collect();
        self.rearrange_within(&mut list, limit)
    }
}
