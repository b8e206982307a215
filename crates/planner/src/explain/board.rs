//! A plan laid out by index: who is where when, which rooms and trainers are free.

#![expect(
    clippy::indexing_slicing,
    reason = "every index is one of the problem's own tables"
)]

use crate::format::Plan;
use crate::problem::{NONE, Problem};

/// A session by index.
#[derive(Clone, Debug)]
pub(super) struct Session {
    pub(super) module: u32,
    pub(super) site: u32,
    pub(super) slot: u32,
    /// Seats that are left.
    pub(super) left: u32,
}

/// A plan laid out. What it names that does not exist is left out.
pub(super) struct Board<'a> {
    pub(super) problem: &'a Problem,
    pub(super) sessions: Vec<Session>,
    /// `[entry]`: slot, or [`NONE`].
    pub(super) slot_of: Vec<u32>,
    /// `[person × slots + slot]`: busy.
    busy: Vec<bool>,
    person_day: Vec<u32>,
    person_week: Vec<u32>,
    /// `[room × slots + slot]`.
    room_used: Vec<bool>,
    /// `[trainer × slots + slot]`.
    trainer_used: Vec<bool>,
    /// `[trainer × days + day]`: site, or [`NONE`].
    trainer_site: Vec<u32>,
    trainer_week: Vec<u32>,
    /// `[person]`: modules missing.
    pub(super) lacks: Vec<u32>,
}

impl<'a> Board<'a> {
    pub(super) fn new(problem: &'a Problem, plan: &Plan) -> Self {
        let it = problem;
        let mut board = Self {
            problem,
            sessions: Vec::new(),
            slot_of: vec![NONE; it.entry_person.len()],
            busy: vec![false; it.people * it.slots],
            person_day: vec![0; it.people * it.days],
            person_week: vec![0; it.people * it.weeks],
            room_used: vec![false; it.room_site.len() * it.slots],
            trainer_used: vec![false; it.trainers * it.slots],
            trainer_site: vec![NONE; it.trainers * it.days],
            trainer_week: vec![0; it.trainers * it.weeks],
            lacks: (0..it.people)
                .map(|p| it.first_entry[p + 1] - it.first_entry[p])
                .collect(),
        };
        for planned in &plan.sessions {
            let names = &it.names;
            let (Some(&module), Some(&site), Some(&room)) = (
                names.module.get(&planned.module),
                names.site.get(&planned.site),
                names.room.get(&planned.room),
            ) else {
                continue;
            };
            let slot = planned.slot;
            if slot as usize >= it.slots {
                continue;
            }
            board.room_used[room as usize * it.slots + slot as usize] = true;
            if let Some(&trainer) = names.trainer.get(&planned.trainer) {
                let (trainer, day) = (trainer as usize, it.slot_day[slot as usize] as usize);
                board.trainer_used[trainer * it.slots + slot as usize] = true;
                board.trainer_site[trainer * it.days + day] = site;
                board.trainer_week[trainer * it.weeks + it.slot_week[slot as usize] as usize] += 1;
            }
            for person in planned.people.iter().filter_map(|id| names.person.get(id)) {
                board.seat(*person as usize, module, slot);
            }
            let people = u32::try_from(planned.people.len()).unwrap_or(u32::MAX);
            let left = it.seats(module, room).saturating_sub(people);
            board.sessions.push(Session {
                module,
                site,
                slot,
                left,
            });
        }
        board
    }

    fn seat(&mut self, person: usize, module: u32, slot: u32) {
        let it = self.problem;
        let entry = it.entry_at[person * it.modules + module as usize];
        if entry != NONE && self.slot_of[entry as usize] == NONE {
            self.slot_of[entry as usize] = slot;
            self.lacks[person] -= 1;
        }
        self.busy[person * it.slots + slot as usize] = true;
        self.person_day[person * it.days + it.slot_day[slot as usize] as usize] += 1;
        self.person_week[person * it.weeks + it.slot_week[slot as usize] as usize] += 1;
    }

    /// Whether a person could attend an entry in a slot, apart from hours and weekly limits:
    /// after what must come before, not in the past, not in two places.
    pub(super) fn in_order(&self, entry: u32, slot: u32) -> bool {
        let it = self.problem;
        let person = it.entry_person[entry as usize] as usize;
        let earlier = |before: &u32| self.slot_of[*before as usize] < slot;
        slot >= it.freeze
            && !self.busy[person * it.slots + slot as usize]
            && it.before.of(entry).iter().all(earlier)
    }

    /// Whether the person comes in the slot at all.
    pub(super) fn comes(&self, entry: u32, slot: u32) -> bool {
        self.problem
            .person_can(self.problem.entry_person[entry as usize], slot)
    }

    /// Whether the person's day and week have room for one more session.
    pub(super) fn has_room(&self, entry: u32, slot: u32) -> bool {
        let it = self.problem;
        let person = it.entry_person[entry as usize] as usize;
        let (day, week) = (
            it.slot_day[slot as usize] as usize,
            it.slot_week[slot as usize] as usize,
        );
        self.person_day[person * it.days + day] < it.per_day
            && self.person_week[person * it.weeks + week] < it.person_max[person]
    }

    /// Seats of the largest room of the site that is free in the slot.
    pub(super) fn free_room(&self, site: u32, slot: u32) -> Option<u32> {
        let it = self.problem;
        let free = |room: &u32| !self.room_used[*room as usize * it.slots + slot as usize];
        it.rooms(site)
            .filter(free)
            .map(|room| it.room_seats[room as usize])
            .max()
    }

    /// Whether somebody who can teach the module is free to do so there and then.
    pub(super) fn free_trainer(&self, module: u32, site: u32, slot: u32) -> bool {
        let it = self.problem;
        let (day, week) = (
            it.slot_day[slot as usize] as usize,
            it.slot_week[slot as usize] as usize,
        );
        it.teachers[module as usize].iter().any(|&trainer| {
            let at = trainer as usize;
            let where_today = self.trainer_site[at * it.days + day];
            it.trainer_can(trainer, slot)
                && !self.trainer_used[at * it.slots + slot as usize]
                && (where_today == NONE || where_today == site)
                && self.trainer_week[at * it.weeks + week] < it.trainer_max[at]
        })
    }

    /// Whether the site runs the module in the slot already.
    pub(super) fn runs(&self, module: u32, site: u32, slot: u32) -> bool {
        let same = |it: &Session| it.module == module && it.site == site && it.slot == slot;
        self.sessions.iter().any(same)
    }
}
