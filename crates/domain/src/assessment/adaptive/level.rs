//! From an ability to a level of the European framework.

use serde::{Deserialize, Serialize};

use super::ability::Ability;

/// The four levels of DigComp 3.0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Band {
    /// Simple tasks, with help where needed.
    Basic,
    /// Well-defined tasks, on one's own.
    Intermediate,
    /// Varied and complex tasks, and helping others.
    Advanced,
    /// Specialised problems, and new solutions.
    HighlyAdvanced,
}

/// One of the eight levels of DigComp 3.0, two to each [`Band`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Level(u8);

/// No such level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there is no level {0}: levels go from 1 to 8")]
pub struct NoSuchLevel(pub u8);

impl TryFrom<u8> for Level {
    type Error = NoSuchLevel;

    fn try_from(number: u8) -> Result<Self, NoSuchLevel> {
        if (1..=8).contains(&number) {
            Ok(Self(number))
        } else {
            Err(NoSuchLevel(number))
        }
    }
}

impl From<Level> for u8 {
    fn from(level: Level) -> Self {
        level.0
    }
}

/// The distance between the difficulties of two neighbouring levels. A convention of Essor's:
/// the public of the workshops, N(0, 1) by definition, spreads over levels 1 to 6, its middle
/// between 3 and 4.
const STEP: f64 = 0.7;
const MIDDLE: f64 = 3.5;

impl Level {
    /// Its number, from 1 to 8.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.0
    }

    /// The one of the four levels that it is part of.
    #[must_use]
    pub const fn band(self) -> Band {
        match self.0 {
            0..=2 => Band::Basic,
            3 | 4 => Band::Intermediate,
            5 | 6 => Band::Advanced,
            _ => Band::HighlyAdvanced,
        }
    }

    /// The difficulty of a typical item of this level: what an item counts for until it has been
    /// calibrated from answers.
    #[must_use]
    pub fn difficulty(self) -> f64 {
        (f64::from(self.0) - MIDDLE) * STEP
    }

    /// The level whose items someone of this ability is just a match for: the one with the
    /// nearest difficulty. Nothing below level 1: the very first steps are still ahead.
    #[must_use]
    pub fn of(ability: f64) -> Option<Self> {
        (1..=8)
            .rev()
            .map(Self)
            .find(|level| ability >= level.difficulty() - STEP / 2.0)
    }

    /// The level of practice, from 0 to 3, that paths and workshops speak of: 0 before level 1, then
    /// one for each of the first three bands. A convention of Essor's: level 3 is where the
    /// workshops of the programmes end.
    #[must_use]
    pub const fn practice(level: Option<Self>) -> u8 {
        match level {
            None => 0,
            Some(level) => match level.band() {
                Band::Basic => 1,
                Band::Intermediate => 2,
                Band::Advanced | Band::HighlyAdvanced => 3,
            },
        }
    }

    /// The levels within one standard error, lowest first; nothing stands for "before level 1".
    #[must_use]
    pub fn between(ability: Ability) -> (Option<Self>, Option<Self>) {
        (
            Self::of(ability.mean - ability.error),
            Self::of(ability.mean + ability.error),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_as_able_as_an_item_is_difficult_has_its_level() {
        for number in 1..=8 {
            let level = Level::try_from(number).unwrap();
            assert_eq!(Level::of(level.difficulty()), Some(level));
        }
        assert_eq!(Level::of(-3.0), None);
        assert_eq!(Level::of(9.0), Level::try_from(8).ok());
    }

    #[test]
    fn two_levels_make_a_band() {
        let band = |number| Level::try_from(number).unwrap().band();
        assert_eq!((band(1), band(2)), (Band::Basic, Band::Basic));
        assert_eq!((band(3), band(6)), (Band::Intermediate, Band::Advanced));
        assert_eq!(
            (band(7), band(8)),
            (Band::HighlyAdvanced, Band::HighlyAdvanced)
        );
        assert!(Level::try_from(0).is_err() && Level::try_from(9).is_err());
    }

    #[test]
    fn the_level_of_practice_grows_with_the_level() {
        assert_eq!(Level::practice(None), 0);
        let practice: Vec<u8> = (1..=8)
            .map(|number| Level::practice(Level::try_from(number).ok()))
            .collect();
        assert_eq!(practice, [1, 1, 2, 2, 3, 3, 3, 3]);
    }

    #[test]
    fn an_unsure_estimate_covers_several_levels() {
        let (low, high) = Level::between(Ability {
            mean: 0.0,
            error: 0.5,
        });
        assert_eq!(low.map(Level::number), Some(3));
        assert_eq!(high.map(Level::number), Some(4));
    }
}
