//! How likely an answer is: the logistic item-response models.

use serde::{Deserialize, Serialize};

/// Parameters that no item can have.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum BadParameters {
    /// A slope that is not above 0 and at most 5.
    #[error("the slope is {0}; it must be above 0 and at most 5")]
    Slope(f64),
    /// A difficulty that is not between -6 and 6.
    #[error("the difficulty is {0}; it must be between -6 and 6")]
    Difficulty(f64),
    /// A chance of guessing that is not from 0 to below 0.6.
    #[error("the chance of guessing is {0}; it must be from 0 to below 0.6")]
    Guess(f64),
}

/// An item in the three-parameter logistic model (Birnbaum, in Lord and Novick, *Statistical
/// Theories of Mental Test Scores*, 1968, chapter 17), in the logistic metric (no factor 1.7).
/// With a guess of 0 it is the two-parameter model.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Parameters {
    /// `a`: how sharply the item tells apart people around its difficulty; above 0.
    pub slope: f64,
    /// `b`: the ability at which the chance of a right answer is half way from `guess` to 1.
    pub difficulty: f64,
    /// `c`: the chance that someone who does not know at all answers right.
    pub guess: f64,
}

impl Parameters {
    /// Parameters within what makes sense.
    ///
    /// # Errors
    /// The first parameter that does not.
    pub fn new(slope: f64, difficulty: f64, guess: f64) -> Result<Self, BadParameters> {
        if !(slope > 0.0 && slope <= 5.0) {
            return Err(BadParameters::Slope(slope));
        }
        if !(-6.0..=6.0).contains(&difficulty) {
            return Err(BadParameters::Difficulty(difficulty));
        }
        if !(0.0..0.6).contains(&guess) {
            return Err(BadParameters::Guess(guess));
        }
        Ok(Self {
            slope,
            difficulty,
            guess,
        })
    }

    /// The chance of a right answer at an ability: `c + (1 - c) / (1 + exp(-a (θ - b)))`.
    #[must_use]
    pub fn probability(&self, ability: f64) -> f64 {
        self.guess + (1.0 - self.guess) * self.knows(ability)
    }

    /// The chance of knowing the answer, guessing left aside.
    pub(crate) fn knows(&self, ability: f64) -> f64 {
        1.0 / (1.0 + (-self.slope * (ability - self.difficulty)).exp())
    }

    /// Fisher information at an ability: `a² (1 - P)/P ((P - c)/(1 - c))²` (Lord, *Applications
    /// of Item Response Theory*, 1980, equation 4-43).
    #[must_use]
    pub fn information(&self, ability: f64) -> f64 {
        let right = self.probability(ability);
        let knows = self.knows(ability);
        self.slope * self.slope * (1.0 - right) / right * knows * knows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_its_difficulty_an_item_is_half_way_from_guessing_to_certainty() {
        let item = Parameters::new(1.3, 0.4, 0.2).unwrap();
        assert!((item.probability(0.4) - 0.6).abs() < 1e-12);
        assert!((item.probability(-40.0) - 0.2).abs() < 1e-9);
        assert!((item.probability(40.0) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn information_is_the_squared_slope_of_the_curve_over_its_variance() {
        for item in [
            Parameters::new(1.7, -0.5, 0.25).unwrap(),
            Parameters::new(0.8, 1.0, 0.0).unwrap(),
        ] {
            for ability in [-2.0, -0.3, 0.0, 1.4] {
                let step = 1e-5;
                let rise = (item.probability(ability + step) - item.probability(ability - step))
                    / (2.0 * step);
                let right = item.probability(ability);
                let wanted = rise * rise / (right * (1.0 - right));
                assert!((item.information(ability) - wanted).abs() < 1e-6);
            }
        }
    }

    #[test]
    fn parameters_that_no_item_can_have_are_refused() {
        assert_eq!(
            Parameters::new(0.0, 0.0, 0.0),
            Err(BadParameters::Slope(0.0))
        );
        assert!(Parameters::new(f64::NAN, 0.0, 0.0).is_err());
        assert_eq!(
            Parameters::new(1.0, 7.0, 0.0),
            Err(BadParameters::Difficulty(7.0))
        );
        assert_eq!(
            Parameters::new(1.0, 0.0, 0.6),
            Err(BadParameters::Guess(0.6))
        );
    }
}
