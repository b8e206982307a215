//! The relaxed problem at given prices: what people take, which rooms open.

#![expect(
    clippy::indexing_slicing,
    reason = "every index is one of the problem's own tables"
)]

use super::SCALE;
use crate::check::check;
use crate::format::Plan;
use crate::problem::{NONE, Problem};
use crate::reach::{Reach, bits};

/// A cost that nothing has.
const NEVER: i64 = i64::MAX / 4;

/// Prices from which all others follow, scaled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Prices {
    /// Of a session of the season, beside what it costs.
    pub(super) session: i64,
    /// Of what the last session of a module lacks: the part of a session's price that is asked for
    /// each module by itself, instead of for each seat.
    pub(super) last: i64,
    /// Of a seat, beside its part of a session in the largest room.
    pub(super) seat: i64,
}

/// One person's part.
struct Guest {
    /// Modules not attended in the past.
    wants: usize,
    /// How many of them fit at most.
    fits: usize,
    /// Which of them are possible.
    modules: Vec<u32>,
    /// Slots that suit, and the first of their offers in `offers`.
    slots: Vec<(u32, u32)>,
    /// Sessions a week, at most.
    week_most: u32,
}

/// Seats of a site in a slot, as a person sees them.
#[derive(Clone, Copy)]
struct Offer {
    cell: u32,
    /// Way and dislike, scaled.
    cost: i64,
}

/// A site in a slot.
struct Cell {
    /// Seats of each room that a trainer could be found for, largest first.
    rooms: Vec<i64>,
    /// Cost of a session with its share of a trainer's day, scaled.
    session: i64,
}

/// What the last session of a module limits: at most `full` people and `rest` a session.
#[derive(Clone, Copy)]
struct Cut {
    full: i64,
    rest: i64,
}

pub(super) struct Relaxation<'a> {
    problem: &'a Problem,
    cells: Vec<Cell>,
    guests: Vec<Guest>,
    offers: Vec<Offer>,
    /// `[module]`.
    cuts: Vec<Cut>,
    /// Sessions that there may be besides the past.
    sessions: Option<i64>,
    /// Cost of the past, which nobody changes, scaled.
    past: i64,
}

impl<'a> Relaxation<'a> {
    pub(super) fn new(problem: &'a Problem) -> Self {
        let (past, past_sessions) = past_cost(problem);
        let most = problem.instance().limits.max_sessions;
        let mut it = Self {
            problem,
            cells: Vec::new(),
            guests: Vec::new(),
            offers: Vec::new(),
            cuts: Vec::new(),
            sessions: most.map(|most| (i64::from(most) - past_sessions).max(0)),
            past: past * SCALE,
        };
        let cell_of = it.cells();
        let reach = Reach::new(problem);
        for person in 0..problem.people {
            it.guest(&reach, &cell_of, person);
        }
        it.cuts();
        it
    }

    /// Lists what is open; gives the cell of each (site, slot).
    fn cells(&mut self) -> Vec<u32> {
        let problem = self.problem;
        let mut cell_of = vec![NONE; problem.sites * problem.slots];
        let group = problem.max_group.iter().max().copied().unwrap_or(0);
        for site in 0..problem.sites {
            let rooms = problem.rooms(index(site));
            let mut seats: Vec<i64> = rooms
                .map(|room| i64::from(problem.room_seats[room as usize].min(group)))
                .filter(|seats| *seats > 0)
                .collect();
            seats.sort_unstable_by(|a, b| b.cmp(a));
            for slot in problem.freeze..index(problem.slots) {
                if seats.is_empty() || !problem.site_is_open(index(site), slot) {
                    continue;
                }
                let Some((trainers, way)) = trainers_at(problem, site, slot) else {
                    continue;
                };
                cell_of[site * problem.slots + slot as usize] = index(self.cells.len());
                self.cells.push(Cell {
                    rooms: seats.iter().take(trainers).copied().collect(),
                    session: problem.weights.session * SCALE + way,
                });
            }
        }
        cell_of
    }

    fn guest(&mut self, reach: &Reach, cell_of: &[u32], person: usize) {
        let problem = self.problem;
        let words = problem.words;
        let mut suits = vec![0_u64; words];
        let mut attended = 0;
        let mut modules = Vec::new();
        let entries = problem.entries(index(person));
        for entry in entries.clone() {
            if reach.past[entry as usize] != NONE {
                attended += 1;
                continue;
            }
            if reach.possible(entry as usize) {
                modules.push(problem.entry_module[entry as usize]);
            }
            for (word, suits) in suits.iter_mut().enumerate() {
                *suits |= reach.usable[entry as usize * words + word];
            }
        }
        let mut slots = Vec::new();
        for slot in bits(&suits) {
            let first = index(self.offers.len());
            let liked = problem.likes(index(person), slot);
            let dislike = if liked {
                0
            } else {
                problem.weights.non_preferred
            };
            for &site in problem.reach_of(index(person)) {
                let cell = cell_of[site as usize * problem.slots + slot as usize];
                if cell != NONE {
                    let cost = (problem.way(index(person), site) + dislike) * SCALE;
                    self.offers.push(Offer { cell, cost });
                }
            }
            if index(self.offers.len()) > first {
                slots.push((slot, first));
            }
        }
        slots.push((NONE, index(self.offers.len())));
        let most = reach.most_modules(problem, person) as usize;
        self.guests.push(Guest {
            wants: entries.len() - attended,
            fits: most.saturating_sub(attended).min(modules.len()),
            modules,
            slots,
            week_most: problem.person_max[person],
        });
    }

    fn cuts(&mut self) {
        let problem = self.problem;
        let room = problem.room_seats.iter().max().copied().unwrap_or(0);
        let mut wanted = vec![0_i64; problem.modules];
        for module in self.guests.iter().flat_map(|guest| &guest.modules) {
            wanted[*module as usize] += 1;
        }
        let cut = |module: usize| {
            let seats = i64::from(room.min(problem.max_group[module])).max(1);
            // Without a rest the limit is the plain one, so many seats a session.
            let rest = match wanted[module] % seats {
                0 => seats,
                rest => rest,
            };
            let full = wanted[module] / seats * (seats - rest);
            Cut { full, rest }
        };
        self.cuts = (0..problem.modules).map(cut).collect();
    }

    /// The bound at these prices, scaled: everybody and every room chooses.
    pub(super) fn value(&self, prices: Prices) -> i64 {
        let last = prices.last.max(0);
        let session = if self.sessions.is_some() {
            prices.session.max(0)
        } else {
            0
        };
        let module: Vec<i64> = self.cuts.iter().map(|cut| last / cut.rest).collect();
        // What a session gives its module; which room takes it is left open.
        let reward = self
            .cuts
            .iter()
            .zip(&module)
            .map(|(cut, price)| cut.rest * price)
            .max()
            .unwrap_or(0);
        let cost = |cell: &Cell| cell.session + session - reward;
        let seat: Vec<i64> = self
            .cells
            .iter()
            .map(|cell| {
                (cost(cell) / cell.rooms.first().copied().unwrap_or(1).max(1) + prices.seat).max(0)
            })
            .collect();
        let mut room = Room {
            day: vec![0; self.problem.days],
            week: vec![0; self.problem.weeks],
            list: Vec::new(),
            modules: Vec::new(),
            chosen: Vec::new(),
        };
        let mut value = self.past - self.sessions.unwrap_or(0) * session;
        for guest in &self.guests {
            value += self.choose(guest, &seat, &module, &mut room);
        }
        for (cell, seat) in self.cells.iter().zip(&seat) {
            value -= cell
                .rooms
                .iter()
                .map(|seats| (seats * seat - cost(cell)).max(0))
                .sum::<i64>();
        }
        for (cut, price) in self.cuts.iter().zip(&module) {
            value -= cut.full * price;
        }
        value
    }

    /// The cheapest that one person can do.
    fn choose(&self, guest: &Guest, seat: &[i64], module: &[i64], room: &mut Room) -> i64 {
        let weights = &self.problem.weights;
        let (missing, incomplete) = (
            weights.missing_module * SCALE,
            weights.incomplete_path * SCALE,
        );
        room.list.clear();
        for pair in guest.slots.windows(2) {
            let ((slot, first), (_, end)) = (pair[0], pair[1]);
            let best = self.offers[first as usize..end as usize]
                .iter()
                .map(|offer| offer.cost + seat[offer.cell as usize])
                .min()
                .unwrap_or(NEVER);
            room.list.push((best, slot));
        }
        room.list.sort_unstable();
        room.modules.clear();
        room.modules
            .extend(guest.modules.iter().map(|&it| module[it as usize]));
        room.modules.sort_unstable();
        let whole = |left: usize| {
            let left_out = i64::try_from(left).unwrap_or(0) * missing;
            left_out + if left > 0 { incomplete } else { 0 }
        };
        let (mut best, mut sum, mut count) = (whole(guest.wants), 0, 0);
        room.chosen.clear();
        for &(cost, slot) in &room.list {
            if count == guest.fits {
                break;
            }
            let day = self.problem.slot_day[slot as usize] as usize;
            let week = self.problem.slot_week[slot as usize] as usize;
            if room.day[day] >= self.problem.per_day || room.week[week] >= guest.week_most {
                continue;
            }
            room.day[day] += 1;
            room.week[week] += 1;
            room.chosen.push(slot);
            sum += cost + room.modules[count];
            count += 1;
            best = best.min(sum + whole(guest.wants - count));
        }
        for &slot in &room.chosen {
            room.day[self.problem.slot_day[slot as usize] as usize] -= 1;
            room.week[self.problem.slot_week[slot as usize] as usize] -= 1;
        }
        best
    }
}

/// Counters used again for each person.
struct Room {
    day: Vec<u32>,
    week: Vec<u32>,
    list: Vec<(i64, u32)>,
    modules: Vec<i64>,
    chosen: Vec<u32>,
}

/// How many trainers could teach at the site in the slot, and the least share of a trainer's day
/// that a session there can have, scaled.
fn trainers_at(problem: &Problem, site: usize, slot: u32) -> Option<(usize, i64)> {
    let day = problem.slot_day[slot as usize];
    let mut count = 0;
    let mut least = NEVER;
    for trainer in 0..problem.trainers {
        let most = problem.trainer_max[trainer];
        let skilled = problem.skill[trainer * problem.modules..(trainer + 1) * problem.modules]
            .contains(&true);
        if most == 0 || !skilled || !problem.trainer_can(index(trainer), slot) {
            continue;
        }
        count += 1;
        let sessions = (0..index(problem.slots))
            .filter(|&other| {
                problem.slot_day[other as usize] == day
                    && problem.trainer_can(index(trainer), other)
                    && problem.site_is_open(index(site), other)
            })
            .count();
        let sessions = index(sessions).min(most).max(1);
        // A day that has begun may be paid for already.
        let begun = problem.freeze > 0 && problem.slot_day[problem.freeze as usize - 1] == day;
        let way = if begun {
            0
        } else {
            problem.trainer_way[trainer * problem.sites + site]
        };
        least = least.min(way * SCALE / i64::from(sessions));
    }
    (count > 0).then_some((count, least))
}

/// What the frozen sessions cost whatever is planned, and how many they are.
fn past_cost(problem: &Problem) -> (i64, i64) {
    let instance = problem.instance();
    let Some(replan) = &instance.replan else {
        return (0, 0);
    };
    let frozen = replan
        .reference
        .iter()
        .filter(|it| it.slot < problem.freeze);
    let plan = Plan {
        instance: None,
        sessions: frozen.cloned().collect(),
        meta: None,
    };
    let mut alone = instance.clone();
    alone.replan = None;
    let terms = check(&alone, &plan).terms;
    let paths = terms.missing_module + terms.incomplete_path;
    let sessions = i64::try_from(plan.sessions.len()).unwrap_or(i64::MAX);
    (terms.sum() - paths + problem.lost, sessions)
}

fn index(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(NONE)
}
