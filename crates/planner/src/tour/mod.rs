//! Where the stands travel: which stand stays with which host in which wave, at the least cost
//! of transport, assembly, lost weeks and hosts left out.
//!
//! [`solve`] anneals a good tour, bounds the cost from below by prices of hosts, and closes the
//! gap by dynamic programming over subsets of hosts: 21 hosts, 7 stands and 3 waves are solved
//! with proof within a fraction of a second. Beyond what can be gone through, the tour carries
//! the bound, so that it is known how far from an optimum it may be.

mod exact;
mod format;
mod late;
mod model;
mod prices;
mod search;
mod shape;
#[cfg(test)]
mod tests;

pub use format::{
    Agreed, FORMAT, Host, Place, Stand, Stopover, Tour, TourInstance, TourTerms, TourWeights, Wave,
    Window,
};
pub use late::{Delay, TourChange, WhatIf, what_if_late};

use crate::defect::Defect;
use model::Model;

/// A tour at the least cost, with proof as far as it goes; the same for the same seed.
///
/// # Errors
/// Every defect of the instance, if it breaks the format.
pub fn solve(instance: &TourInstance, seed: u64) -> Result<Tour, Vec<Defect>> {
    let model = Model::new(instance)?;
    let (mut chains, mut cost) = search::anneal(&model, seed);
    let kind = prices::kinds(&model);
    let columns = prices::Columns::new(&model, &kind);
    let prices = prices::prices(&model, &kind, columns.as_ref(), cost);
    let mut bound = prices.bound.div_euclid(prices::SCALE);
    if prices.bound.rem_euclid(prices::SCALE) > 0 {
        bound += 1;
    }
    if let Some(columns) = &columns {
        // A low limit leaves little to go through, and a tour found below it is the cheapest of
        // all; when there is none, the limit is a bound.
        let first = bound;
        for part in [64, 32, 16, 8, 4, 2, 1] {
            let limit = first + (cost - first).div_euclid(part);
            if limit <= bound && part > 1 {
                continue;
            }
            match exact::solve(&model, columns, &prices, limit) {
                exact::Answer::Best(best) => {
                    chains = best;
                    cost = model.terms(&chains).total();
                    bound = cost;
                    break;
                }
                exact::Answer::None => bound = bound.max(limit),
                exact::Answer::TooMany => break,
            }
        }
    }
    Ok(model.tour(&chains, bound.min(cost)))
}
