//! A first plan: the season is walked through in the order of its slots, and each room with a trainer takes the module for which the
//! most valuable group is ready. Who has little time left for what is lacking comes first, so that many people stay in reach of every
//! module until the end and groups are full.
#![expect(
    clippy::indexing_slicing,
    reason = "tables indexed by what the problem numbered"
)]

mod crew;

use crate::engine::Random;
use crate::moves::Style;
use crate::problem::{NONE, Problem};
use crate::solution::Solution;
use crew::Crew;

/// Advantage of somebody who has just enough time left, in the weight of a missing module.
const URGENT: f64 = 1.5;
/// Sessions that somebody who has not begun must have time for beyond the path: who starts with less mostly ends in the middle.
const SPARE: u32 = 3;

/// Adds sessions to a solution, from the freeze on, wherever a group is ready.
pub(crate) fn build(solution: &mut Solution<'_>, random: &mut Random) {
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
        let crew = Crew::of(solution, week.clone(), random);
        for slot in week.clone() {
            for site in 0..problem.sites as u32 {
                fill_site(solution, &crew, &near[site as usize], site, slot);
            }
        }
        slot = week.end;
    }
    let mut last: Vec<u32> = (0..problem.people as u32).collect();
    last.retain(|person| solution.lacks(*person) > 0);
    random.shuffle(&mut last);
    for person in last {
        solution.seat_path(person, Style::Early, random);
    }
    solution.commit();
}

/// Opens what can be opened at a site in a slot.
fn fill_site(solution: &mut Solution<'_>, crew: &Crew, near: &[u32], site: u32, slot: u32) {
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
        let Some(merit) = merit(solution, person, slot) else {
            continue;
        };
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

/// What it is worth to serve a person now; nothing to somebody for whom it is too late to begin.
fn merit(solution: &Solution<'_>, person: u32, slot: u32) -> Option<f64> {
    let problem = solution.problem;
    let whole = problem.weights.missing_module as f64;
    let lacks = solution.lacks(person);
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
    let begun = (lacks as usize) < problem.entries(person).len();
    (begun || spare >= SPARE).then(|| whole + URGENT * whole / f64::from(1 + spare))
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
