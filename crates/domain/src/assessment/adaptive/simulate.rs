//! Simulated people: to learn prices, to measure a pool, to test. Everything follows from a seed.

use super::choose::{Answered, Step, next};
use super::demand::Demand;
use super::pool::Pool;
use super::rules::Rules;

/// A sequence of draws that follows from a seed (SplitMix64: Steele, Lea and Flood, "Fast
/// splittable pseudorandom number generators", 2014). Not for secrets.
#[derive(Debug, Clone)]
pub struct Draws(u64);

const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

impl Draws {
    /// The sequence of a seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The sequence that belongs to one item at one place of a test.
    pub(super) const fn at(seed: u64, place: u64, item: u64) -> Self {
        Self(
            seed.wrapping_add(place.wrapping_mul(0xD1B5_4A32_D192_ED03))
                .wrapping_add(item.wrapping_mul(0x8CB9_2BA7_2F3D_8DD7)),
        )
    }

    /// Any 64 bits.
    pub const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(GOLDEN);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to below 1.
    #[expect(clippy::cast_precision_loss, reason = "53 bits are what a float holds")]
    pub const fn uniform(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// From N(0, 1), by the method of Box and Muller.
    pub fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.uniform()).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.uniform()).cos()
    }
}

/// Someone of known ability, with the answer they would give to each item.
#[derive(Debug, Clone)]
pub struct Person {
    /// Their ability.
    pub ability: f64,
    /// Whether they would answer each item right.
    pub right: Vec<bool>,
}

impl Person {
    /// Someone from N(0, 1).
    #[must_use]
    pub fn draw(pool: &Pool, draws: &mut Draws) -> Self {
        let ability = draws.normal();
        Self::of(pool, ability, draws)
    }

    /// Someone of this ability.
    #[must_use]
    pub fn of(pool: &Pool, ability: f64, draws: &mut Draws) -> Self {
        let right = (0..pool.len())
            .filter_map(|number| pool.item(number))
            .map(|item| draws.uniform() < item.parameters.probability(ability))
            .collect();
        Self { ability, right }
    }
}

/// The whole test as this person takes it.
#[must_use]
pub fn take(
    pool: &Pool,
    rules: &Rules,
    demand: Demand<'_>,
    person: &Person,
    seed: u64,
) -> Vec<Answered> {
    let mut answers = Vec::with_capacity(rules.most);
    while let Step::Ask(item) = next(pool, rules, &answers, demand, seed) {
        let right = person.right.get(item).copied().unwrap_or(false);
        answers.push(Answered { item, right });
    }
    answers
}
