//! Exposure control: popular items have a price, and none is shown to too many.

use serde::{Deserialize, Serialize};

use super::pool::Pool;
use super::rules::Rules;
use super::simulate;

/// How often each item was shown so far.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Use {
    /// Tests begun, the one at hand not counted.
    pub tests: u64,
    /// For each item, in how many of these tests it was shown.
    pub shown: Vec<u64>,
}

/// What showing each item costs, in shares of variance: the multipliers of the limits on exposure
/// in the problem "lower everybody's variance most, with each item shown to a limited share".
///
/// Unlike a plain cap, which gives the best items to whoever comes first, a price leaves an item
/// to those for whom nothing else does as well. The idea of multipliers learnt from simulated
/// people is that of Sympson and Hetter (1985) with the linear programme of van der Linden and
/// Veldkamp (2004) in place of acceptance by chance.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Prices(pub Vec<f64>);

/// The share of the cap that prices aim at; the rest is room for chance.
const AIM: f64 = 0.97;
/// How much a price moves for each person above or below the aim, once the test is in use.
const CORRECTION: f64 = 0.002;
/// Before so many showings the cap does not hold: with few people any share is large.
const FADE_IN: f64 = 10.0;
/// Simulated people, with how much each of them moves a price: first fast, then finely.
const LESSONS: [(u32, f64); 2] = [(500, 0.02), (500, 0.005)];

impl Prices {
    /// Learns prices for this pool and these rules from 1,000 simulated people from N(0, 1).
    /// The same seed gives the same prices. Takes a fraction of a second; keep the result.
    #[must_use]
    pub fn learn(pool: &Pool, rules: &Rules, seed: u64) -> Self {
        let mut prices = vec![0.0; pool.len()];
        if rules.cap >= 1.0 {
            return Self(prices);
        }
        let aim = rules.cap * AIM;
        // The cap itself is left out here: it would hide how far a price is off.
        let open = Rules { cap: 1.0, ..*rules };
        let mut draws = simulate::Draws::new(seed);
        for (people, step) in LESSONS {
            for _ in 0..people {
                let demand = Demand {
                    prices: &Self(prices.clone()),
                    used: &Use::default(),
                    before: &[],
                };
                let person = simulate::Person::draw(pool, &mut draws);
                let taken = simulate::take(pool, &open, demand, &person, draws.next());
                for (number, price) in prices.iter_mut().enumerate() {
                    let shown = taken.iter().any(|answer| answer.item == number);
                    let share: f64 = if shown { 1.0 } else { 0.0 };
                    *price = f64::max(0.0, *price + step * (share - aim));
                }
            }
        }
        Self(prices)
    }
}

/// What limits the choice beside the answers.
#[derive(Debug, Clone, Copy)]
pub struct Demand<'d> {
    /// Prices learnt beforehand; an item without one is free.
    pub prices: &'d Prices,
    /// The use made of each item so far.
    pub used: &'d Use,
    /// Items this person has seen in an earlier test: not shown again while others are left.
    pub before: &'d [usize],
}

impl Demand<'_> {
    /// The price of an item: as learnt, corrected by the use really made of it.
    pub(super) fn price(&self, number: usize, rules: &Rules) -> f64 {
        if rules.cap >= 1.0 && self.prices.0.is_empty() {
            return 0.0;
        }
        let learnt = self.prices.0.get(number).copied().unwrap_or(0.0);
        if rules.cap >= 1.0 {
            return learnt;
        }
        let expected = rules.cap * AIM * self.tests();
        f64::max(0.0, learnt + CORRECTION * (self.shown(number) - expected))
    }

    /// Whether showing the item once more stays within the cap.
    pub(super) fn allows(&self, number: usize, rules: &Rules) -> bool {
        rules.cap >= 1.0
            || self.shown(number) + 1.0 <= f64::max(FADE_IN, rules.cap * (self.tests() + 1.0))
    }

    #[expect(clippy::cast_precision_loss, reason = "counts far below 2^53")]
    fn tests(&self) -> f64 {
        self.used.tests as f64
    }

    #[expect(clippy::cast_precision_loss, reason = "counts far below 2^53")]
    fn shown(&self, number: usize) -> f64 {
        self.used.shown.get(number).copied().unwrap_or(0) as f64
    }
}
