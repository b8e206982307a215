//! How long a test is, what it is made of and how it treats people.

use serde::{Deserialize, Serialize};

/// How many items of each area a test has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AreaShare {
    /// A test that goes its full length has so many at least.
    pub least: usize,
    /// No test has more.
    pub most: usize,
}

/// The rules of a test.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Rules {
    /// No estimate rests on fewer answers.
    pub least: usize,
    /// No test is longer.
    pub most: usize,
    /// Sure enough: the test ends when the standard error is not above this and, where areas are
    /// balanced, each of them has come at least once.
    pub enough: f64,
    /// Balance of areas, if wanted.
    pub areas: Option<AreaShare>,
    /// Whether the test starts easy, comforts after two wrong answers and ends on a success.
    pub humane: bool,
    /// No item is shown to more than this share of people; 1 for no limit.
    pub cap: f64,
}

impl Default for Rules {
    /// The level test: 8 to 15 items of all five areas, humane, no item shown to more than 30 %.
    fn default() -> Self {
        Self {
            least: 8,
            most: 15,
            enough: 0.4,
            areas: Some(AreaShare { least: 2, most: 5 }),
            humane: true,
            cap: 0.3,
        }
    }
}

impl Rules {
    /// A test of exactly `length` items with nothing but choice by gain, and a cap on the share of
    /// people who see an item (1 for none): what simulations compare.
    #[must_use]
    pub const fn bare(length: usize, cap: f64) -> Self {
        Self {
            least: length,
            most: length,
            enough: 0.0,
            areas: None,
            humane: false,
            cap,
        }
    }
}
