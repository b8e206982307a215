//! An instance as compact tables by index: slots of people, trainers and sites as bitsets, distances as costs, precedence per person.
#![expect(
    clippy::indexing_slicing,
    reason = "every index is made here from the length of the table that it reads"
)]

mod tables;
pub(crate) mod validate;
mod warnings;

use std::collections::HashMap;

pub use warnings::{Warning, Why};

use crate::defect::Defect;
use crate::format::{Instance, Weights};

/// No index.
pub(crate) const NONE: u32 = u32::MAX;

/// An instance that keeps to its format, with the tables that the search reads.
///
/// Everything is known by index: sites, modules, trainers and people in the order of the instance, rooms numbered over all sites. An
/// *entry* is one module of one person's path; the entries of a person follow each other.
#[derive(Clone, Debug)]
pub struct Problem {
    instance: Instance,
    /// Index of each identifier.
    pub(crate) names: Names,
    pub(crate) weights: Weights,
    pub(crate) w_change: i64,
    pub(crate) w_trainer_change: i64,
    /// Slots before this one are as the reference has them.
    pub(crate) freeze: u32,
    pub(crate) max_sessions: u32,
    pub(crate) per_day: u32,

    /// Words of 64 slots in every bitset.
    pub(crate) words: usize,
    pub(crate) slots: usize,
    pub(crate) days: usize,
    pub(crate) weeks: usize,
    pub(crate) slot_day: Vec<u32>,
    pub(crate) slot_week: Vec<u32>,
    /// `[day × words]`: its slots.
    pub(crate) day_mask: Vec<u64>,
    /// `[week × words]`: its slots.
    pub(crate) week_mask: Vec<u64>,

    pub(crate) sites: usize,
    /// Rooms of site s: `first_room[s]..first_room[s + 1]`.
    pub(crate) first_room: Vec<u32>,
    pub(crate) room_site: Vec<u32>,
    pub(crate) room_seats: Vec<u32>,
    /// `[site × words]`.
    pub(crate) site_open: Vec<u64>,

    pub(crate) modules: usize,
    pub(crate) min_fill: Vec<u32>,
    pub(crate) max_group: Vec<u32>,
    /// The most people that any session can have.
    pub(crate) most_seats: usize,

    pub(crate) trainers: usize,
    /// `[trainer × modules + module]`.
    pub(crate) skill: Vec<bool>,
    /// `[trainer × words]`.
    pub(crate) trainer_slots: Vec<u64>,
    pub(crate) trainer_max: Vec<u32>,
    /// `[trainer × sites + site]`: cost of a day there.
    pub(crate) trainer_way: Vec<i64>,
    /// Trainers who can teach a module.
    pub(crate) teachers: Vec<Vec<u32>>,

    pub(crate) people: usize,
    /// Level by rank: 0, 1 or 2.
    pub(crate) level: Vec<u32>,
    pub(crate) person_max: Vec<u32>,
    /// `[person × words]`.
    pub(crate) person_slots: Vec<u64>,
    /// `[person × words]`.
    pub(crate) person_likes: Vec<u64>,
    /// `[person × sites + site]`: cost of the way.
    pub(crate) way: Vec<i64>,
    /// `[person × sites + site]`: whether it is near enough.
    pub(crate) near: Vec<bool>,
    /// Sites within reach, nearest first.
    pub(crate) reach: Vec<Vec<u32>>,
    /// Entries of person p, what comes before first: `first_entry[p]..first_entry[p + 1]`.
    pub(crate) first_entry: Vec<u32>,
    pub(crate) entry_person: Vec<u32>,
    pub(crate) entry_module: Vec<u32>,
    /// `[person × modules + module]`: the entry, or [`NONE`].
    pub(crate) entry_at: Vec<u32>,
    /// Entries of a module.
    pub(crate) wanting: Vec<Vec<u32>>,
    /// Entries of the same person that must come just before an entry.
    pub(crate) before: Lists,
    /// Entries of the same person that must come just after an entry.
    pub(crate) after: Lists,

    /// Replanning: where the reference has an entry (`slot × sites + site`) from the freeze on, or [`NONE`].
    pub(crate) entry_was: Vec<u32>,
    /// Replanning: attendances of the reference that no plan can keep, always counted as changed.
    pub(crate) lost: i64,
    /// Replanning: trainer of the reference's session at `(site, slot, module)`, from the freeze on.
    pub(crate) trainer_was: HashMap<(u32, u32, u32), u32>,
    /// Replanning: sessions of the reference before the freeze, by index.
    pub(crate) frozen: Vec<u32>,
}

/// Lists by index, one behind the other.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lists {
    first: Vec<u32>,
    all: Vec<u32>,
}

impl Lists {
    /// The list of `index`.
    #[inline]
    pub(crate) fn of(&self, index: u32) -> &[u32] {
        let index = index as usize;
        &self.all[self.first[index] as usize..self.first[index + 1] as usize]
    }
}

/// Index of each identifier.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    pub(crate) site: HashMap<String, u32>,
    pub(crate) room: HashMap<String, u32>,
    pub(crate) module: HashMap<String, u32>,
    pub(crate) trainer: HashMap<String, u32>,
    pub(crate) person: HashMap<String, u32>,
}

impl Problem {
    /// Checks the instance and makes its tables.
    ///
    /// # Errors
    /// Every defect of the instance, if it breaks the format.
    pub fn new(instance: Instance) -> Result<Self, Vec<Defect>> {
        let defects = validate::validate(&instance);
        if defects.is_empty() {
            Ok(tables::build(instance))
        } else {
            Err(defects)
        }
    }

    /// The instance that it was made from.
    #[must_use]
    pub fn instance(&self) -> &Instance {
        &self.instance
    }

    /// Seats of a session of `module` in `room`.
    #[inline]
    pub(crate) fn seats(&self, module: u32, room: u32) -> u32 {
        self.room_seats[room as usize].min(self.max_group[module as usize])
    }

    /// The entries of a person.
    #[inline]
    pub(crate) fn entries(&self, person: u32) -> std::ops::Range<u32> {
        self.first_entry[person as usize]..self.first_entry[person as usize + 1]
    }

    /// The rooms of a site.
    #[inline]
    pub(crate) fn rooms(&self, site: u32) -> std::ops::Range<u32> {
        self.first_room[site as usize]..self.first_room[site as usize + 1]
    }

    /// Person of an entry.
    #[inline]
    pub(crate) fn person_of(&self, entry: u32) -> u32 {
        self.entry_person[entry as usize]
    }

    /// Module of an entry.
    #[inline]
    pub(crate) fn module_of(&self, entry: u32) -> u32 {
        self.entry_module[entry as usize]
    }

    /// Entries of a module.
    #[inline]
    pub(crate) fn wanting_of(&self, module: u32) -> &[u32] {
        &self.wanting[module as usize]
    }

    /// Sites within reach of a person, nearest first.
    #[inline]
    pub(crate) fn reach_of(&self, person: u32) -> &[u32] {
        &self.reach[person as usize]
    }

    /// Trainers who can teach a module.
    #[inline]
    pub(crate) fn teachers_of(&self, module: u32) -> &[u32] {
        &self.teachers[module as usize]
    }

    /// Slots of the same week, which follow each other.
    pub(crate) fn week_of(&self, slot: u32) -> std::ops::Range<u32> {
        alike(&self.slot_week, slot)
    }

    /// Slots of the same day, which follow each other.
    pub(crate) fn day_of(&self, slot: u32) -> std::ops::Range<u32> {
        alike(&self.slot_day, slot)
    }

    /// Whether the trainer works in the slot.
    #[inline]
    pub(crate) fn trainer_can(&self, trainer: u32, slot: u32) -> bool {
        has(&self.trainer_slots, self.words, trainer, slot)
    }

    /// Whether the person can come in the slot.
    #[inline]
    pub(crate) fn person_can(&self, person: u32, slot: u32) -> bool {
        has(&self.person_slots, self.words, person, slot)
    }

    /// Whether the person likes the slot.
    #[inline]
    pub(crate) fn likes(&self, person: u32, slot: u32) -> bool {
        has(&self.person_likes, self.words, person, slot)
    }

    /// Whether the site receives in the slot.
    #[inline]
    pub(crate) fn site_is_open(&self, site: u32, slot: u32) -> bool {
        has(&self.site_open, self.words, site, slot)
    }

    /// Whether the trainer can teach the module.
    #[inline]
    pub(crate) fn teaches(&self, trainer: u32, module: u32) -> bool {
        self.skill[trainer as usize * self.modules + module as usize]
    }

    /// Cost of the person's way to the site.
    #[inline]
    pub(crate) fn way(&self, person: u32, site: u32) -> i64 {
        self.way[person as usize * self.sites + site as usize]
    }

    /// Whether the site is near enough for the person.
    #[inline]
    pub(crate) fn is_near(&self, person: u32, site: u32) -> bool {
        self.near[person as usize * self.sites + site as usize]
    }
}

/// The run of equal values around `at`.
fn alike(values: &[u32], at: u32) -> std::ops::Range<u32> {
    let at = at as usize;
    let same = |value: &&u32| **value == values[at];
    let first = at - values[..at].iter().rev().take_while(same).count();
    let end = at + values[at..].iter().take_while(same).count();
    first as u32..end as u32
}

/// Whether row `row` of a table of bitsets has the slot.
pub(crate) fn has(table: &[u64], words: usize, row: u32, slot: u32) -> bool {
    let word = row as usize * words + (slot >> 6) as usize;
    table[word] >> (slot & 63) & 1 == 1
}
