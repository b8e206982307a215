//! Which trainer is in which room in each slot of a week: as many rooms as possible have one, at small cost of ways.
#![expect(
    clippy::indexing_slicing,
    reason = "tables indexed by what the problem numbered"
)]

use std::ops::Range;

use crate::engine::Random;
use crate::problem::{NONE, Problem};
use crate::solution::Solution;

/// Attempts to improve a week, for each of its rooms and slots.
const EFFORT: usize = 12;

/// The trainers of a week.
#[derive(Clone)]
pub(super) struct Crew<'p> {
    problem: &'p Problem,
    week: Range<u32>,
    /// `[room × length of the week + slot]`.
    trainer: Vec<u32>,
    /// `[trainer × length of the week + slot]`: the room.
    room: Vec<u32>,
    /// Sessions that each may still give.
    left: Vec<u32>,
    /// Rooms and slots without trainer.
    bare: Vec<(u32, u32)>,
    cost: i64,
}

impl<'p> Crew<'p> {
    /// Trainers for all rooms that are open and empty in the week.
    pub(super) fn of(solution: &Solution<'p>, week: Range<u32>, random: &mut Random) -> Self {
        let problem = solution.problem;
        let length = week.len();
        let mut crew = Self {
            problem,
            trainer: vec![NONE; problem.room_site.len() * length],
            room: vec![NONE; problem.trainers * length],
            left: (0..problem.trainers as u32)
                .map(|k| solution.trainer_left(k, week.start))
                .collect(),
            bare: Vec::new(),
            cost: 0,
            week: week.clone(),
        };
        let mut order: Vec<(usize, u32, u32)> = Vec::new();
        for slot in week {
            let able = |k: &u32| problem.trainer_can(*k, slot);
            let able = (0..problem.trainers as u32).filter(able).count();
            for room in 0..problem.room_site.len() as u32 {
                let open = problem.site_is_open(problem.room_site[room as usize], slot);
                if open && solution.room_at(room, slot) == NONE {
                    order.push((able, slot, room));
                }
            }
        }
        order.sort_unstable();
        crew.bare = order
            .into_iter()
            .map(|(_, slot, room)| (room, slot))
            .collect();
        crew.cover();
        let efforts = EFFORT * crew.trainer.len();
        for _ in 0..efforts {
            if crew.bare.is_empty() {
                break;
            }
            let mut other = crew.clone();
            other.rotate(random);
            other.cover();
            if (other.bare.len(), other.cost) <= (crew.bare.len(), crew.cost) {
                crew = other;
            }
        }
        crew
    }

    /// The trainer of a room, or [`NONE`].
    pub(super) fn at(&self, room: u32, slot: u32) -> u32 {
        self.trainer[room as usize * self.week.len() + (slot - self.week.start) as usize]
    }

    fn at_mut(&mut self, trainer: u32, slot: u32) -> &mut u32 {
        &mut self.room[trainer as usize * self.week.len() + (slot - self.week.start) as usize]
    }

    fn room_of(&self, trainer: u32, slot: u32) -> u32 {
        self.room[trainer as usize * self.week.len() + (slot - self.week.start) as usize]
    }

    /// The site where a trainer is on the day of a slot, or [`NONE`].
    fn site_on(&self, trainer: u32, slot: u32) -> u32 {
        (self.problem.day_of(slot))
            .map(|t| self.room_of(trainer, t))
            .find(|room| *room != NONE)
            .map_or(NONE, |room| self.problem.room_site[room as usize])
    }

    /// Gives bare rooms the cheapest trainers who are free for them.
    fn cover(&mut self) {
        let problem = self.problem;
        let mut bare = std::mem::take(&mut self.bare);
        bare.retain(|(room, slot)| {
            let site = problem.room_site[*room as usize];
            let mut best = None;
            for k in 0..problem.trainers as u32 {
                if self.left[k as usize] == 0
                    || !problem.trainer_can(k, *slot)
                    || self.room_of(k, *slot) != NONE
                {
                    continue;
                }
                let there = self.site_on(k, *slot);
                if there != NONE && there != site {
                    continue;
                }
                let way = problem.trainer_way[k as usize * problem.sites + site as usize];
                let cost = if there == site { 0 } else { way };
                let key = (cost, u32::MAX - self.left[k as usize], k);
                if best.is_none_or(|best| key < best) {
                    best = Some(key);
                }
            }
            let Some((cost, _, k)) = best else {
                return true;
            };
            self.put(k, *room, *slot, cost);
            false
        });
        self.bare = bare;
    }

    fn put(&mut self, trainer: u32, room: u32, slot: u32, cost: i64) {
        self.left[trainer as usize] -= 1;
        *self.at_mut(trainer, slot) = room;
        let at = room as usize * self.week.len() + (slot - self.week.start) as usize;
        self.trainer[at] = trainer;
        self.cost += cost;
    }

    fn take(&mut self, trainer: u32, slot: u32) {
        let room = self.room_of(trainer, slot);
        if room == NONE {
            return;
        }
        *self.at_mut(trainer, slot) = NONE;
        self.left[trainer as usize] += 1;
        let site = self.problem.room_site[room as usize];
        if self.site_on(trainer, slot) == NONE {
            let way = trainer as usize * self.problem.sites + site as usize;
            self.cost -= self.problem.trainer_way[way];
        }
        let at = room as usize * self.week.len() + (slot - self.week.start) as usize;
        self.trainer[at] = NONE;
        self.bare.push((room, slot));
    }

    /// Gives a bare room a trainer who could come if it were not for other rooms, which become bare.
    fn rotate(&mut self, random: &mut Random) {
        let problem = self.problem;
        let place = random.index(self.bare.len());
        let (room, slot) = self.bare[place];
        let k = random.below(problem.trainers as u32);
        if !problem.trainer_can(k, slot) || problem.trainer_max[k as usize] == 0 {
            return;
        }
        let given = |crew: &Self| crew.week.clone().any(|t| crew.room_of(k, t) != NONE);
        if self.left[k as usize] == 0 && !given(self) {
            return;
        }
        self.bare.swap_remove(place);
        let site = problem.room_site[room as usize];
        let there = self.site_on(k, slot);
        if there != NONE && there != site {
            for other in problem.day_of(slot) {
                self.take(k, other);
            }
        }
        self.take(k, slot);
        while self.left[k as usize] == 0 {
            let other = self.week.start + random.below(self.week.len() as u32);
            self.take(k, other);
        }
        let new = self.site_on(k, slot) == NONE;
        let way = problem.trainer_way[k as usize * problem.sites + site as usize];
        self.put(k, room, slot, if new { way } else { 0 });
        let start = random.index(self.bare.len());
        self.bare.rotate_left(start);
    }
}
