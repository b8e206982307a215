//! A first plan: the season is walked through in the order of its slots, and each room with a trainer takes the module for which the
//! most valuable group is ready. People who have begun come before people who have not, so that what seats are short of is whole paths
//! rather than the end of many.
#![expect(
    clippy::indexing_slicing,
    reason = "tables indexed by what the problem numbered"
)]

use crate::problem::{NONE, Problem};
use crate::solution::Solution;

/// Advantage of somebody who has begun, in the weight of a missing module.
const BEGUN: f64 = 0.4;
/// Advantage of somebody who has just enough time left, in the weight of a missing module.
const URGENT: f64 = 0.6;

/// Adds sessions to a solution, from the freeze on, wherever a group is ready.
pub(crate) fn build(solution: &mut Solution<'_>) {
    let problem = solution.problem;
    let near: Vec<Vec<u32>> = (0..problem.sites as u32)
        .map(|site| {
            let people = 0..problem.people as u32;
            people.filter(|p| problem.is_near(*p, site)).collect()
        })
        .collect();
    let mut slot = problem.freeze;
    while (slot as usize) < problem.slots {
        let week = slot..problem.week_of(slot).end;
        let mut crew = Crew::of(solution, week.clone());
        for slot in week.clone() {
            for site in 0..problem.sites as u32 {
                fill_site(solution, &mut crew, &near[site as usize], site, slot);
            }
        }
        slot = week.end;
    }
    solution.commit();
}

/// Which trainer is where in a week, scarce slots served first.
struct Crew {
    first: u32,
    /// `[room × length of the week + slot]`.
    trainer: Vec<u32>,
    length: usize,
}

impl Crew {
    fn of(solution: &Solution<'_>, week: std::ops::Range<u32>) -> Self {
        let problem = solution.problem;
        let length = (week.end - week.start) as usize;
        let mut crew = Self {
            first: week.start,
            trainer: vec![NONE; problem.room_site.len() * length],
            length,
        };
        let mut left: Vec<u32> = (0..problem.trainers as u32)
            .map(|k| solution.trainer_left(k, week.start))
            .collect();
        let mut site_of = vec![NONE; problem.trainers * problem.days];
        let mut busy = vec![false; problem.trainers * length];
        let mut order: Vec<(usize, u32, u32)> = Vec::new();
        for slot in week.clone() {
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
        for (_, slot, room) in order {
            let site = problem.room_site[room as usize];
            let day = problem.slot_day[slot as usize] as usize;
            let at = (slot - week.start) as usize;
            let can = |k: &u32| {
                let there = site_of[*k as usize * problem.days + day];
                left[*k as usize] > 0
                    && problem.trainer_can(*k, slot)
                    && !busy[*k as usize * length + at]
                    && (there == NONE || there == site)
            };
            let cost = |k: &u32| {
                let there = site_of[*k as usize * problem.days + day] == site;
                let way = problem.trainer_way[*k as usize * problem.sites + site as usize];
                (
                    if there { 0 } else { way },
                    u32::MAX - left[*k as usize],
                    *k,
                )
            };
            let Some(k) = (0..problem.trainers as u32).filter(can).min_by_key(cost) else {
                continue;
            };
            left[k as usize] -= 1;
            busy[k as usize * length + at] = true;
            site_of[k as usize * problem.days + day] = site;
            crew.trainer[room as usize * length + at] = k;
        }
        crew
    }

    fn at(&self, room: u32, slot: u32) -> u32 {
        self.trainer[room as usize * self.length + (slot - self.first) as usize]
    }
}

/// Opens what can be opened at a site in a slot.
fn fill_site(solution: &mut Solution<'_>, crew: &mut Crew, near: &[u32], site: u32, slot: u32) {
    let problem = solution.problem;
    let mut rooms: Vec<u32> = (problem.rooms(site))
        .filter(|room| crew.at(*room, slot) != NONE)
        .collect();
    rooms.sort_unstable_by_key(|room| u32::MAX - problem.room_seats[*room as usize]);
    if rooms.is_empty() {
        return;
    }
    let mut ready = ready(solution, near, site, slot);
    for room in rooms {
        let trainer = crew.at(room, slot);
        let mut best: Option<(f64, u32)> = None;
        for module in 0..problem.modules as u32 {
            if !solution.may_open()
                || !solution.room_fits(module, room, slot)
                || !solution.trainer_fits(trainer, module, site, slot)
            {
                continue;
            }
            let value = value(problem, &ready[module as usize], module, room);
            if value > best.map_or(0.0, |(value, _)| value) {
                best = Some((value, module));
            }
        }
        let Some((_, module)) = best else {
            continue;
        };
        let session = solution.open(module, room, slot, trainer);
        for (_, entry) in &ready[module as usize] {
            if solution.may_take(*entry, session) {
                solution.seat(*entry, session);
            }
        }
        if solution.session(session).size == 0 {
            solution.close(session);
        }
        for list in &mut ready {
            list.retain(|(_, entry)| {
                let free = solution.free_slots(problem.person_of(*entry));
                free[(slot >> 6) as usize] >> (slot & 63) & 1 == 1
            });
        }
    }
}

/// Who could come now, by module, the most valuable first.
fn ready(solution: &Solution<'_>, near: &[u32], site: u32, slot: u32) -> Vec<Vec<(f64, u32)>> {
    let problem = solution.problem;
    let mut ready = vec![Vec::new(); problem.modules];
    for person in near.iter().copied() {
        let free = solution.free_slots(person);
        if free[(slot >> 6) as usize] >> (slot & 63) & 1 == 0 || solution.lacks(person) == 0 {
            continue;
        }
        let merit = merit(solution, person, slot);
        for entry in problem.entries(person) {
            if solution.seat_of(entry) == NONE && solution.fits(entry, site, slot) {
                let cost = solution.place_cost(entry, site, slot) as f64;
                ready[problem.module_of(entry) as usize].push((merit - cost, entry));
            }
        }
    }
    for list in &mut ready {
        list.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    }
    ready
}

/// What it is worth to serve a person now.
fn merit(solution: &Solution<'_>, person: u32, slot: u32) -> f64 {
    let problem = solution.problem;
    let whole = problem.weights.missing_module as f64;
    let path = problem.entries(person).len() as u32;
    let lacks = solution.lacks(person);
    let mut merit = whole;
    if lacks < path {
        merit += BEGUN * whole;
    }
    let mut weeks = 0;
    let mut at = slot;
    while (at as usize) < problem.slots {
        let end = problem.week_of(at).end;
        let can = (at..end).any(|t| problem.person_can(person, t));
        weeks += u32::from(can);
        at = end;
    }
    let time = weeks * problem.person_max[person as usize];
    let spare = time.saturating_sub(lacks);
    merit + URGENT * whole / f64::from(1 + spare)
}

/// What a session of the module would be worth now.
fn value(problem: &Problem, ready: &[(f64, u32)], module: u32, room: u32) -> f64 {
    let seats = problem.seats(module, room) as usize;
    let come = ready.len().min(seats);
    let lack = (problem.min_fill[module as usize] as usize).saturating_sub(come);
    let people: f64 = ready[..come].iter().map(|(value, _)| value).sum();
    people - problem.weights.session as f64 - problem.weights.underfill as f64 * lack as f64
        + ready.len().min(10 * seats) as f64
}
