//! Which items do not do what is supposed of them.
//!
//! Each answer is compared with what the person's earlier answers let expect, item by item, in the
//! order in which they came ("prequential", after Dawid, *JRSS A* 147, 1984). Under the model the
//! differences have known means and variances even in an adaptive test, where later items depend
//! on the answer, so that outfit and infit (Wright and Masters, *Rating Scale Analysis*, 1982) need
//! no corrections for abilities estimated from the same answers.

use crate::assessment::adaptive::{Answered, Parameters, Posterior, Quadrature};

use super::tabulate;

/// What is wrong with an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubt {
    /// Fewer people than expected answer right.
    Harder,
    /// More people than expected answer right.
    Easier,
    /// Answers have too little to do with ability: an ambiguous text, a wrong key, two things
    /// asked at once.
    Erratic,
    /// The slope is so flat that the item hardly tells anybody from anybody.
    TellsNothing,
}

/// How the answers to an item agree with its parameters.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// Answers looked at.
    pub answers: usize,
    /// Right answers.
    pub right: usize,
    /// Right answers expected.
    pub expected: f64,
    /// `right - expected` in standard deviations.
    pub shift: f64,
    /// Mean square of the standardised differences: 1 when all is well.
    pub outfit: f64,
    /// The same weighted by information, hence less moved by single surprises.
    pub infit: f64,
    /// `infit - 1` in standard deviations.
    pub infit_z: f64,
    /// `outfit - 1` in standard deviations.
    pub outfit_z: f64,
    /// What to look into; empty when all is well or too few have answered to say.
    pub doubts: Vec<Doubt>,
}

/// Fewer answers than this raise no doubt.
const ENOUGH: usize = 30;
/// So many standard deviations are hardly chance.
const BEYOND_CHANCE: f64 = 3.0;
/// With many answers even a trifle is beyond chance: a mean square below this is left alone.
const NOTABLE: f64 = 1.1;
/// Below this an item tells nothing.
const FLAT: f64 = 0.4;

#[derive(Default, Clone)]
struct Sums {
    answers: usize,
    right: usize,
    expected: f64,
    variance: f64,
    squares: f64,
    standardised: f64,
    variance_of_squares: f64,
    variance_of_standardised: f64,
}

impl Sums {
    fn add(&mut self, chance: f64, right: bool) {
        let chance = chance.clamp(1e-6, 1.0 - 1e-6);
        let spread = chance * (1.0 - chance);
        let square = (f64::from(u8::from(right)) - chance).powi(2);
        self.answers += 1;
        self.right += usize::from(right);
        self.expected += chance;
        self.variance += spread;
        self.squares += square;
        self.standardised += square / spread;
        // The fourth central moment of a yes or no is spread (1 - 3 spread).
        self.variance_of_squares += spread * (1.0 - 4.0 * spread);
        self.variance_of_standardised += 1.0 / spread - 4.0;
    }

    #[expect(clippy::cast_precision_loss, reason = "counts of answers")]
    fn fit(&self, parameters: &Parameters) -> Fit {
        let answers = self.answers as f64;
        let over = |a: f64, b: f64| if b > 0.0 { a / b } else { 0.0 };
        let excess = self.squares - self.variance;
        let mut fit = Fit {
            answers: self.answers,
            right: self.right,
            expected: self.expected,
            shift: over(self.right as f64 - self.expected, self.variance.sqrt()),
            outfit: over(self.standardised, answers),
            infit: over(self.squares, self.variance),
            infit_z: over(excess, self.variance_of_squares.sqrt()),
            outfit_z: over(
                self.standardised - answers,
                self.variance_of_standardised.sqrt(),
            ),
            doubts: Vec::new(),
        };
        if self.answers < ENOUGH {
            return fit;
        }
        let checks = [
            (Doubt::Harder, fit.shift < -BEYOND_CHANCE),
            (Doubt::Easier, fit.shift > BEYOND_CHANCE),
            (
                Doubt::Erratic,
                (fit.infit_z > BEYOND_CHANCE && fit.infit > NOTABLE)
                    || (fit.outfit_z > BEYOND_CHANCE && fit.outfit > NOTABLE),
            ),
            (Doubt::TellsNothing, parameters.slope < FLAT),
        ];
        fit.doubts = checks
            .into_iter()
            .filter_map(|(doubt, raised)| raised.then_some(doubt))
            .collect();
        fit
    }
}

/// Compares people's answers, each in the order they were given, with these items. Answers to
/// unknown items are passed over.
#[must_use]
pub fn fit(people: &[Vec<Answered>], items: &[Parameters]) -> Vec<Fit> {
    let rule = Quadrature::default();
    let right = tabulate(items, &rule);
    let mut sums = vec![Sums::default(); items.len()];
    for answers in people {
        let mut posterior = Posterior::prior(&rule);
        for answer in answers {
            let (Some(right), Some(sums)) = (right.get(answer.item), sums.get_mut(answer.item))
            else {
                continue;
            };
            sums.add(posterior.expects(right), answer.right);
            posterior.take(right, answer.right);
        }
    }
    sums.iter()
        .zip(items)
        .map(|(sums, item)| sums.fit(item))
        .collect()
}
