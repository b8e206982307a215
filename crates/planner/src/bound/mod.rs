//! A lower bound of the objective: no plan costs less.
//!
//! The relaxation keeps, for each person, which slots suit, how many sessions a day and a week
//! are allowed, and how far the sites are. What is common is priced (Lagrangian relaxation,
//! Geoffrion 1974): a seat of a site in a slot, a session of the season, and attending a module.
//! At given prices every person chooses alone, the cheapest slots and modules first; every room
//! decides alone in each slot whether a session there earns more than it costs; what remains is a
//! bound, whatever the prices. Three figures set them all, and are searched by halving steps.
//!
//! Attending a module is priced because of its last, partly filled session: with c seats in a
//! session and N people who want the module, r of them beyond the full sessions, j sessions serve
//! at most floor(N / c) (c - r) + r j people (mixed-integer rounding, Nemhauser and Wolsey 1990).
//! Which module is taught in which room and slot, how many sessions trainers can give in a week,
//! and differences of level are left out: that is what the bound gives away.
//!
//! All costs are integers times [`SCALE`], so the bound is one whatever the rounding of prices.

mod relax;
#[cfg(test)]
mod tests;

use crate::problem::Problem;
use relax::{Prices, Relaxation};

/// Parts of a unit of cost.
const SCALE: i64 = 1024;
/// Choices of one person that all tries together may ask for: it bounds the time on large seasons.
const CHOICES: usize = 60_000;

/// No plan for this problem costs less than this.
#[must_use]
pub fn bound(problem: &Problem) -> i64 {
    let relaxation = Relaxation::new(problem);
    let tries = (CHOICES / problem.people.max(1)).clamp(10, 400);
    let mut climb = Climb {
        relaxation: &relaxation,
        prices: Prices::default(),
        best: relaxation.value(Prices::default()),
        tries,
    };
    let session = (problem.weights.session * SCALE).max(SCALE);
    let mut steps = [session, session / 2, SCALE];
    while climb.tries > 0 && steps.iter().any(|step| *step > SCALE / 64) {
        for (which, step) in steps.iter_mut().enumerate() {
            // A step that helps is taken again, longer; one that does not is halved.
            *step = if climb.try_both(which, *step) {
                *step * 3 / 2
            } else {
                *step / 2
            };
        }
    }
    (climb.best + SCALE - 1).div_euclid(SCALE)
}

/// The way of prices upwards.
struct Climb<'a> {
    relaxation: &'a Relaxation<'a>,
    prices: Prices,
    best: i64,
    tries: usize,
}

impl Climb<'_> {
    /// Tries one price higher, then lower; also a session's price together with the part of it
    /// that is asked for each module. Whether the bound has grown.
    fn try_both(&mut self, which: usize, step: i64) -> bool {
        if step == 0 {
            return false;
        }
        let moved = |step: i64| {
            let mut prices = self.prices;
            match which {
                0 => {
                    prices.session += step;
                    prices.last += step;
                }
                1 => prices.last += step,
                _ => prices.seat += step,
            }
            prices
        };
        let tries = [moved(step), moved(-step)];
        tries.into_iter().any(|prices| self.try_one(prices))
    }

    fn try_one(&mut self, prices: Prices) -> bool {
        if self.tries == 0 || prices.session < 0 || prices.last < 0 {
            return false;
        }
        self.tries -= 1;
        let value = self.relaxation.value(prices);
        if value > self.best {
            (self.best, self.prices) = (value, prices);
            return true;
        }
        false
    }
}
