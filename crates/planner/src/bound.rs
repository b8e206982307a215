//! A lower bound of the objective: no plan costs less.
//!
//! The relaxation keeps, for each person, which slots suit, how many sessions a day and a week
//! are allowed, and how far the sites are; it keeps, for all together, how many seats a site has
//! in a slot, how many sessions trainers can give in a week, and how many sessions there may be.
//! Those common limits are priced (Lagrangian relaxation, Geoffrion 1974): at given prices every
//! person chooses alone, the cheapest slots first, and the sum less what the limits are worth at
//! these prices is a bound. Prices are moved by subgradient steps. What a session and a day of a
//! trainer cost is divided among as many people as could ever share it. Which module is taught
//! in which session, and differences of level, are left out: that is what the bound gives away.
//!
//! All costs are integers times [`SCALE`] and every division rounds down, so that the bound is
//! one whatever the rounding of the steps.

#![expect(
    clippy::indexing_slicing,
    reason = "every index is one of the problem's own tables"
)]

use crate::check::check;
use crate::format::Plan;
use crate::problem::{NONE, Problem};
use crate::reach::{Reach, bits};

/// Parts of a unit of cost.
const SCALE: i64 = 1024;
/// Subgradient steps.
const ROUNDS: u32 = 20;
/// A cost that nothing has.
const NEVER: i64 = i64::MAX / 4;

/// No plan for this problem costs less than this.
#[must_use]
pub fn bound(problem: &Problem) -> i64 {
    Relaxation::new(problem).best()
}

/// One person's part.
struct Guest {
    /// Modules not attended in the past.
    wants: i64,
    /// How many of them fit at most.
    fits: usize,
    /// Slots that suit, and the first of their offers in `offers`.
    slots: Vec<(u32, u32)>,
    /// Sessions a week, at most.
    week_most: u32,
}

/// Seats of a site in a slot, as a person sees them.
#[derive(Clone, Copy)]
struct Offer {
    /// Which cell of the common table.
    cell: u32,
    /// What attending there costs besides: way, dislike, scaled.
    cost: i64,
}

/// Seats of a site in a slot.
struct Cell {
    seats: i64,
    /// Week of the slot.
    week: usize,
    /// The most people that a session there can have.
    session: i64,
    /// Share of a session's and a trainer's cost in one attendance, scaled.
    share: i64,
}

struct Relaxation<'a> {
    problem: &'a Problem,
    cells: Vec<Cell>,
    guests: Vec<Guest>,
    offers: Vec<Offer>,
    /// `[week]`: sessions that trainers can give.
    trainers: Vec<i64>,
    /// Sessions that there may be besides the past.
    sessions: Option<i64>,
    /// Cost of the past, which nobody changes, scaled.
    past: i64,
}

/// A price of each common limit, scaled: seats by cell, sessions by week, sessions of all.
#[derive(Clone)]
struct Prices {
    seat: Vec<i64>,
    week: Vec<i64>,
    session: i64,
}

/// What people take at given prices.
struct Taken {
    value: i64,
    seats: Vec<i64>,
}

impl<'a> Relaxation<'a> {
    fn new(problem: &'a Problem) -> Self {
        let (past, past_sessions) = past_cost(problem);
        let mut it = Self {
            problem,
            cells: Vec::new(),
            guests: Vec::new(),
            offers: Vec::new(),
            trainers: weeks_of_trainers(problem),
            sessions: problem
                .instance()
                .limits
                .max_sessions
                .map(|most| (i64::from(most) - past_sessions).max(0)),
            past: past * SCALE,
        };
        let cell_of = it.cells();
        let reach = Reach::new(problem);
        for person in 0..problem.people {
            it.guest(&reach, &cell_of, person);
        }
        it
    }

    /// Lists what is open to whom; gives the cell of each (site, slot).
    fn cells(&mut self) -> Vec<u32> {
        let problem = self.problem;
        let mut cell_of = vec![NONE; problem.sites * problem.slots];
        let least_fill = problem.min_fill.iter().min().copied().unwrap_or(0);
        let group = problem.max_group.iter().max().copied().unwrap_or(0);
        for site in 0..problem.sites {
            let rooms = problem.rooms(index(site));
            let mut seats: Vec<u32> = rooms
                .map(|room| problem.room_seats[room as usize].min(group))
                .collect();
            seats.sort_unstable_by(|a, b| b.cmp(a));
            let Some(&largest) = seats.first().filter(|seats| **seats > 0) else {
                continue;
            };
            let session = (1..=largest)
                .map(|people| {
                    let missing = i64::from(least_fill.saturating_sub(people));
                    let cost = problem.weights.session + problem.weights.underfill * missing;
                    cost * SCALE / i64::from(people)
                })
                .min();
            for slot in problem.freeze..index(problem.slots) {
                if !problem.site_is_open(index(site), slot) {
                    continue;
                }
                let Some((trainers, way)) = trainers_at(problem, site, slot) else {
                    continue;
                };
                let rooms = seats.iter().take(trainers);
                cell_of[site * problem.slots + slot as usize] = index(self.cells.len());
                self.cells.push(Cell {
                    seats: rooms.map(|seats| i64::from(*seats)).sum(),
                    week: problem.slot_week[slot as usize] as usize,
                    session: i64::from(largest),
                    share: session.unwrap_or(0) + way / i64::from(largest),
                });
            }
        }
        cell_of
    }

    fn guest(&mut self, reach: &Reach, cell_of: &[u32], person: usize) {
        let problem = self.problem;
        let words = problem.words;
        let mut suits = vec![0_u64; words];
        let mut attended: Vec<u32> = Vec::new();
        let entries = problem.first_entry[person]..problem.first_entry[person + 1];
        for entry in entries.clone() {
            if reach.past[entry as usize] != NONE {
                attended.push(reach.past[entry as usize]);
                continue;
            }
            for (word, suits) in suits.iter_mut().enumerate() {
                *suits |= reach.usable[entry as usize * words + word];
            }
        }
        let most = reach.most_modules(problem, person) as usize;
        let mut slots = Vec::new();
        for slot in bits(&suits) {
            let first = index(self.offers.len());
            let dislike = if problem.likes(index(person), slot) {
                0
            } else {
                problem.weights.non_preferred
            };
            for &site in &problem.reach[person] {
                let cell = cell_of[site as usize * problem.slots + slot as usize];
                if cell != NONE {
                    let way = problem.way(index(person), site);
                    let cost = (way + dislike) * SCALE + self.cells[cell as usize].share;
                    self.offers.push(Offer { cell, cost });
                }
            }
            if index(self.offers.len()) > first {
                slots.push((slot, first));
            }
        }
        slots.push((NONE, index(self.offers.len())));
        self.guests.push(Guest {
            wants: i64::try_from(entries.len() - attended.len()).unwrap_or(0),
            fits: most.saturating_sub(attended.len()),
            slots,
            week_most: problem.person_max[person],
        });
    }

    /// Moves prices and keeps the best bound.
    fn best(&self) -> i64 {
        let mut prices = Prices {
            seat: vec![0; self.cells.len()],
            week: vec![0; self.trainers.len()],
            session: 0,
        };
        let (mut best, mut theta, mut idle) = (i64::MIN, 1.0_f64, 0);
        let mut best_prices = prices.clone();
        for _ in 0..ROUNDS {
            let taken = self.take(&prices);
            if taken.value > best {
                best = taken.value;
                best_prices = prices.clone();
                idle = 0;
            } else {
                idle += 1;
                if idle == 4 {
                    (theta, idle) = (theta * 0.6, 0);
                    prices = best_prices.clone();
                    continue;
                }
            }
            if !self.step(&mut prices, &taken, theta) {
                break;
            }
        }
        (best + SCALE - 1).div_euclid(SCALE)
    }

    /// One step along the subgradient; false when no common limit is exceeded.
    fn step(&self, prices: &mut Prices, taken: &Taken, theta: f64) -> bool {
        let over: Vec<i64> = self
            .cells
            .iter()
            .zip(&taken.seats)
            .map(|(cell, seats)| seats - cell.seats)
            .collect();
        let mut weeks = vec![0; self.trainers.len()];
        for (cell, seats) in self.cells.iter().zip(&taken.seats) {
            weeks[cell.week] += seats * SCALE / cell.session.max(1);
        }
        let total: i64 = weeks.iter().sum();
        let weeks: Vec<i64> = weeks
            .iter()
            .zip(&self.trainers)
            .map(|(used, most)| used - most * SCALE)
            .collect();
        let sessions = self.sessions.map_or(0, |most| total - most * SCALE);
        // Directions that lead below zero are none.
        let square = |slope: f64, price: i64| {
            if slope < 0.0 && price == 0 {
                0.0
            } else {
                slope * slope
            }
        };
        let mut length: f64 = over
            .iter()
            .zip(&prices.seat)
            .map(|(o, p)| square(real(*o), *p))
            .sum();
        length += weeks
            .iter()
            .zip(&prices.week)
            .map(|(o, p)| square(real(*o) / real(SCALE), *p))
            .sum::<f64>();
        length += square(real(sessions) / real(SCALE), prices.session);
        if length == 0.0 {
            return false;
        }
        let aim = real(taken.value.abs()) * 0.05 + real(SCALE);
        let step = theta * aim / length;
        for (price, over) in prices.seat.iter_mut().zip(&over) {
            *price = (*price + whole(step * real(*over))).max(0);
        }
        for (price, over) in prices.week.iter_mut().zip(&weeks) {
            *price = (*price + whole(step * real(*over) / real(SCALE))).max(0);
        }
        prices.session = (prices.session + whole(step * real(sessions) / real(SCALE))).max(0);
        true
    }

    /// Everybody chooses at these prices.
    fn take(&self, prices: &Prices) -> Taken {
        let at: Vec<i64> = self
            .cells
            .iter()
            .zip(&prices.seat)
            .map(|(cell, seat)| {
                seat + (prices.week[cell.week] + prices.session) / cell.session.max(1)
            })
            .collect();
        let mut taken = Taken {
            value: self.past,
            seats: vec![0; self.cells.len()],
        };
        let mut room = Room {
            day: vec![0; self.problem.days],
            week: vec![0; self.problem.weeks],
            list: Vec::new(),
        };
        for guest in &self.guests {
            taken.value += self.choose(guest, &at, &mut room, &mut taken.seats);
        }
        for (cell, price) in self.cells.iter().zip(&prices.seat) {
            taken.value -= cell.seats * price;
        }
        for (most, price) in self.trainers.iter().zip(&prices.week) {
            taken.value -= most * price;
        }
        taken.value -= self.sessions.unwrap_or(0) * prices.session;
        taken
    }

    /// The cheapest that one person can do; counts the seats taken.
    fn choose(&self, guest: &Guest, at: &[i64], room: &mut Room, seats: &mut [i64]) -> i64 {
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
                .map(|offer| (offer.cost + at[offer.cell as usize], offer.cell))
                .min()
                .unwrap_or((NEVER, NONE));
            // Beyond this even the last module of a path is not worth it.
            if best.0 < missing + incomplete {
                room.list.push((best.0, slot, best.1));
            }
        }
        room.list.sort_unstable();
        let wants = usize::try_from(guest.wants).unwrap_or(0);
        let none = guest.wants * missing + if wants > 0 { incomplete } else { 0 };
        let (mut best, mut best_count, mut sum, mut count) = (none, 0, 0, 0);
        let mut chosen: Vec<(u32, u32)> = Vec::with_capacity(guest.fits);
        for &(cost, slot, cell) in &room.list {
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
            chosen.push((slot, cell));
            sum += cost;
            count += 1;
            let left = guest.wants - i64::try_from(count).unwrap_or(0);
            let value = sum + left * missing + if left > 0 { incomplete } else { 0 };
            if value < best {
                (best, best_count) = (value, count);
            }
        }
        for (n, &(slot, cell)) in chosen.iter().enumerate() {
            room.day[self.problem.slot_day[slot as usize] as usize] -= 1;
            room.week[self.problem.slot_week[slot as usize] as usize] -= 1;
            if n < best_count {
                seats[cell as usize] += 1;
            }
        }
        best
    }
}

/// Counters used again for each person.
struct Room {
    day: Vec<u32>,
    week: Vec<u32>,
    list: Vec<(i64, u32, u32)>,
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

/// Sessions that all trainers together can give in each week from the freeze on.
fn weeks_of_trainers(problem: &Problem) -> Vec<i64> {
    let mut weeks = vec![0; problem.weeks];
    for trainer in 0..problem.trainers {
        let mut slots = vec![0_i64; problem.weeks];
        for slot in problem.freeze..index(problem.slots) {
            if problem.trainer_can(index(trainer), slot) {
                slots[problem.slot_week[slot as usize] as usize] += 1;
            }
        }
        for (all, slots) in weeks.iter_mut().zip(slots) {
            *all += slots.min(problem.trainer_max[trainer].into());
        }
    }
    weeks
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

#[expect(
    clippy::cast_precision_loss,
    reason = "the length of a step need not be exact"
)]
fn real(number: i64) -> f64 {
    number as f64
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "the length of a step need not be exact"
)]
fn whole(number: f64) -> i64 {
    number as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{climbed_plan, random_instance};

    #[test]
    fn no_plan_costs_less_than_the_bound() {
        let mut told = 0;
        for seed in 0..24 {
            let instance = random_instance(seed);
            let problem = Problem::new(instance.clone()).unwrap();
            let bound = bound(&problem);
            let empty = check(&instance, &Plan::default()).objective;
            let good = check(&instance, &climbed_plan(&instance, seed, 1_500)).objective;
            assert!(bound <= good, "seed {seed}: {bound} above {good}");
            assert!(bound >= 0 && good <= empty);
            told += i32::from(bound * 3 >= good);
        }
        assert!(
            told >= 12,
            "the bound says little: {told} of 24 within a third"
        );
    }

    #[test]
    fn whoever_can_attend_nothing_counts_whole() {
        let mut instance = random_instance(1);
        for person in &mut instance.people {
            person.max_km = 0;
        }
        for row in &mut instance.km {
            row.fill(1);
        }
        let empty = check(&instance, &Plan::default()).objective;
        assert_eq!(bound(&Problem::new(instance).unwrap()), empty);
    }

    #[test]
    fn what_has_been_attended_is_counted_as_it_was() {
        for seed in 0..12 {
            let mut instance = random_instance(seed);
            let plan = climbed_plan(&instance, seed, 1_500);
            instance.replan = Some(crate::format::Replan {
                freeze_before_slot: 5,
                reference: plan.sessions.clone(),
                w_change: 40,
                w_trainer_change: 5,
                ..crate::format::Replan::default()
            });
            let plan = Plan {
                instance: None,
                ..plan
            };
            let objective = check(&instance, &plan).objective;
            let bound = bound(&Problem::new(instance.clone()).unwrap());
            assert!(bound <= objective, "seed {seed}: {bound} above {objective}");
            // With everything in the past, nothing is left to choose.
            instance.replan.as_mut().unwrap().freeze_before_slot = 12;
            let bound = super::bound(&Problem::new(instance).unwrap());
            assert_eq!(bound, objective, "seed {seed}");
        }
    }
}
