//! A timetable: what is where, and the counts from which the change of cost of any move follows in constant time.
//!
//! Hard rules hold at all times for all lectures that are placed. Between two moves all are.

#![expect(
    clippy::indexing_slicing,
    reason = "tables by index: every lecture, course, room and period is in range by construction"
)]

use std::fmt::Write;

use crate::instance::Instance;
use crate::tables::{ISOLATED, Set, Tables, WORKING_DAY};

/// No lecture, or no slot.
pub(crate) const NONE: u16 = u16::MAX;

/// Change of the number of isolated periods when the middle one of five becomes busy, by the bits of the five.
const JOIN: [i32; 32] = {
    let mut change = [0; 32];
    let mut window = 0;
    while window < 32 {
        let (before, after) = (window & 2 != 0, window & 8 != 0);
        let mut delta = if before || after { 0 } else { 1 };
        if before && window & 1 == 0 {
            delta -= 1;
        }
        if after && window & 16 == 0 {
            delta -= 1;
        }
        change[window] = delta;
        window += 1;
    }
    change
};

/// Change of the number of isolated periods when this one joins the busy ones, it not being among them.
#[inline]
pub(crate) fn join(busy: Set, period: usize) -> i32 {
    JOIN[((busy << 2) >> period) as usize & 31]
}

/// A timetable in the making.
#[derive(Debug)]
pub(crate) struct Timetable<'t> {
    pub(crate) tables: &'t Tables,
    /// Slot (period × rooms + room) of each lecture.
    pub(crate) slot: Vec<u16>,
    /// Lecture in each slot.
    pub(crate) lecture: Vec<u16>,
    /// Rooms in use at each period.
    pub(crate) used: Vec<Set>,
    /// By course and period: lectures there that the course may not meet.
    foes: Vec<u8>,
    /// Periods at which each course would meet such a lecture.
    pub(crate) barred: Vec<Set>,
    /// By course and day: lectures.
    on_day: Vec<u8>,
    /// Days with lectures of each course.
    spread: Vec<i32>,
    /// By course and room: lectures.
    pub(crate) in_room: Vec<u8>,
    /// Rooms of each course.
    homes: Vec<i32>,
    /// Busy periods of each curriculum.
    busy: Vec<Set>,
    /// The soft terms, weighted.
    pub(crate) cost: i64,
    /// Reused by moves of several lectures.
    pub(crate) scratch: Vec<(usize, usize)>,
}

impl Clone for Timetable<'_> {
    fn clone(&self) -> Self {
        Self {
            tables: self.tables,
            slot: self.slot.clone(),
            lecture: self.lecture.clone(),
            used: self.used.clone(),
            foes: self.foes.clone(),
            barred: self.barred.clone(),
            on_day: self.on_day.clone(),
            spread: self.spread.clone(),
            in_room: self.in_room.clone(),
            homes: self.homes.clone(),
            busy: self.busy.clone(),
            cost: self.cost,
            scratch: Vec::new(),
        }
    }

    fn clone_from(&mut self, source: &Self) {
        self.tables = source.tables;
        self.slot.clone_from(&source.slot);
        self.lecture.clone_from(&source.lecture);
        self.used.clone_from(&source.used);
        self.foes.clone_from(&source.foes);
        self.barred.clone_from(&source.barred);
        self.on_day.clone_from(&source.on_day);
        self.spread.clone_from(&source.spread);
        self.in_room.clone_from(&source.in_room);
        self.homes.clone_from(&source.homes);
        self.busy.clone_from(&source.busy);
        self.cost = source.cost;
    }
}

impl<'t> Timetable<'t> {
    /// A timetable without lectures.
    pub(crate) fn empty(tables: &'t Tables) -> Self {
        let missing: i32 = tables.spread.iter().sum();
        Self {
            tables,
            slot: vec![NONE; tables.course.len()],
            lecture: vec![NONE; tables.periods * tables.rooms],
            used: vec![0; tables.periods],
            foes: vec![0; tables.courses * tables.periods],
            barred: vec![0; tables.courses],
            on_day: vec![0; tables.courses * tables.days],
            spread: vec![0; tables.courses],
            in_room: vec![0; tables.courses * tables.rooms],
            homes: vec![0; tables.courses],
            busy: vec![0; tables.plans],
            cost: i64::from(missing * WORKING_DAY),
            scratch: Vec::new(),
        }
    }

    /// Period and room of a lecture that is placed.
    #[inline]
    pub(crate) fn place(&self, lecture: usize) -> (usize, usize) {
        let slot = usize::from(self.slot[lecture]);
        (slot / self.tables.rooms, slot % self.tables.rooms)
    }

    /// The lecture in a room at a period.
    #[inline]
    pub(crate) fn occupant(&self, period: usize, room: usize) -> Option<usize> {
        let lecture = self.lecture[period * self.tables.rooms + room];
        (lecture != NONE).then_some(usize::from(lecture))
    }

    /// Whether a course may be taught at a period as things are.
    #[inline]
    pub(crate) fn admits(&self, course: usize, period: usize) -> bool {
        (self.tables.open[course] & !self.barred[course]) >> period & 1 == 1
    }

    /// Cost of the days missing to a course that has lectures on so many.
    #[inline]
    fn missing(&self, course: usize, days: i32) -> i32 {
        WORKING_DAY * (self.tables.spread[course] - days).max(0)
    }

    /// Change of the room terms when one lecture of a course changes rooms.
    #[inline]
    pub(crate) fn rehouse(&self, course: usize, from: usize, to: usize) -> i32 {
        if from == to {
            return 0;
        }
        let row = course * self.tables.rooms;
        self.tables.over[row + to] - self.tables.over[row + from]
            + i32::from(self.in_room[row + to] == 0)
            - i32::from(self.in_room[row + from] == 1)
    }

    /// Change of the cost of missing days when one lecture of a course changes periods.
    #[inline]
    pub(crate) fn respread(&self, course: usize, from: usize, to: usize) -> i32 {
        let (from, to) = (self.tables.day[from], self.tables.day[to]);
        if from == to {
            return 0;
        }
        let row = course * self.tables.days;
        let days = self.spread[course];
        let after =
            days + i32::from(self.on_day[row + to] == 0) - i32::from(self.on_day[row + from] == 1);
        self.missing(course, after) - self.missing(course, days)
    }

    /// Change of the cost of isolated lectures when a lecture of a course changes periods. A curriculum that is busy at both is so
    /// afterwards too: whoever of it is there changes with the lecture, or the move would not be allowed.
    #[inline]
    pub(crate) fn recompact(&self, course: usize, from: usize, to: usize) -> i32 {
        let mut delta = 0;
        for &curriculum in &self.tables.curricula[course] {
            let busy = self.busy[usize::from(curriculum)];
            if busy >> to & 1 == 0 {
                let left = busy & !(1 << from);
                delta += join(left, to) - join(left, from);
            }
        }
        ISOLATED * delta
    }

    /// Rooms in which a course has lectures.
    pub(crate) fn homes(&self, course: usize) -> Set {
        let row = course * self.tables.rooms;
        (self.in_room[row..row + self.tables.rooms].iter())
            .enumerate()
            .filter(|(_, lectures)| **lectures > 0)
            .fold(0, |set, (room, _)| set | 1 << room)
    }

    /// Puts a lecture into a slot that is free and admits it.
    pub(crate) fn put(&mut self, lecture: usize, period: usize, room: usize) {
        let tables = self.tables;
        let course = tables.course[lecture];
        let slot = period * tables.rooms + room;
        debug_assert_eq!(self.lecture[slot], NONE, "the slot is free");
        self.slot[lecture] = slot as u16;
        self.lecture[slot] = lecture as u16;
        self.used[period] |= 1 << room;
        for &foe in &tables.foes[course] {
            self.foes[foe * tables.periods + period] += 1;
            self.barred[foe] |= 1 << period;
        }
        let mut delta = tables.over[course * tables.rooms + room];
        let on_day = &mut self.on_day[course * tables.days + tables.day[period]];
        *on_day += 1;
        if *on_day == 1 {
            let days = self.spread[course];
            self.spread[course] += 1;
            delta += self.missing(course, days + 1) - self.missing(course, days);
        }
        let in_room = &mut self.in_room[course * tables.rooms + room];
        *in_room += 1;
        if *in_room == 1 {
            self.homes[course] += 1;
            delta += i32::from(self.homes[course] > 1);
        }
        for &curriculum in &tables.curricula[course] {
            let busy = &mut self.busy[usize::from(curriculum)];
            delta += ISOLATED * join(*busy, period);
            *busy |= 1 << period;
        }
        self.cost += i64::from(delta);
    }

    /// Takes a lecture out of its slot.
    pub(crate) fn take(&mut self, lecture: usize) {
        let tables = self.tables;
        let course = tables.course[lecture];
        let (period, room) = self.place(lecture);
        self.lecture[usize::from(self.slot[lecture])] = NONE;
        self.slot[lecture] = NONE;
        self.used[period] &= !(1 << room);
        for &foe in &tables.foes[course] {
            let foes = &mut self.foes[foe * tables.periods + period];
            *foes -= 1;
            if *foes == 0 {
                self.barred[foe] &= !(1 << period);
            }
        }
        let mut delta = -tables.over[course * tables.rooms + room];
        let on_day = &mut self.on_day[course * tables.days + tables.day[period]];
        *on_day -= 1;
        if *on_day == 0 {
            let days = self.spread[course];
            self.spread[course] -= 1;
            delta += self.missing(course, days - 1) - self.missing(course, days);
        }
        let in_room = &mut self.in_room[course * tables.rooms + room];
        *in_room -= 1;
        if *in_room == 0 {
            delta -= i32::from(self.homes[course] > 1);
            self.homes[course] -= 1;
        }
        for &curriculum in &tables.curricula[course] {
            let busy = &mut self.busy[usize::from(curriculum)];
            *busy &= !(1 << period);
            delta -= ISOLATED * join(*busy, period);
        }
        self.cost += i64::from(delta);
    }

    /// Whether the lecture is the only one at a period that bars a course from it.
    #[inline]
    pub(crate) fn only_foe(&self, course: usize, period: usize, lecture: usize) -> bool {
        let foes = self.foes[course * self.tables.periods + period];
        let apart = course * self.tables.courses + self.tables.course[lecture];
        foes == u8::from(self.tables.apart[apart])
    }

    /// The solution in the official format.
    pub(crate) fn text(&self, instance: &Instance) -> String {
        let mut text = String::new();
        for (lecture, slot) in self.slot.iter().enumerate() {
            if *slot == NONE {
                continue;
            }
            let (period, room) = self.place(lecture);
            let (day, period) = self.tables.civil(period);
            let course = &instance.courses[self.tables.course[lecture]].id;
            let room = &instance.rooms[room].id;
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{course} {room} {day} {period}");
        }
        text
    }
}
