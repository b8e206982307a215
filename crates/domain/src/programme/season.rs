//! When a season takes place, and how far it is.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::input::InputError;

/// How far a season is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SeasonStage {
    /// Only staff see it.
    Preparing,
    /// Everybody sees it, and its sessions take registrations.
    Open,
    /// Over: everybody sees it, nothing more is registered.
    Closed,
}

impl SeasonStage {
    /// Every stage, in order.
    pub const ALL: [Self; 3] = [Self::Preparing, Self::Open, Self::Closed];

    /// The stage's name in the store and in forms.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Preparing => "preparing",
            Self::Open => "open",
            Self::Closed => "closed",
        }
    }

    /// The stage of that name.
    #[must_use]
    pub fn parse(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.slug() == slug)
    }
}

/// First and last day of a season, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SeasonDates {
    starts_on: Date,
    ends_on: Date,
}

impl SeasonDates {
    /// Days in order, at most three years apart (longer is a slip of the year).
    ///
    /// # Errors
    /// [`InputError::EndBeforeStart`], [`InputError::NotADate`] for an end beyond three years; both are about the end.
    pub fn new(starts_on: Date, ends_on: Date) -> Result<Self, InputError> {
        if ends_on < starts_on {
            return Err(InputError::EndBeforeStart);
        }
        if starts_on
            .checked_add(jiff::Span::new().years(3))
            .is_ok_and(|limit| ends_on > limit)
        {
            return Err(InputError::NotADate);
        }
        Ok(Self { starts_on, ends_on })
    }

    /// The first day.
    #[must_use]
    pub const fn starts_on(self) -> Date {
        self.starts_on
    }

    /// The last day.
    #[must_use]
    pub const fn ends_on(self) -> Date {
        self.ends_on
    }

    /// Whether a day lies in the season.
    #[must_use]
    pub fn contains(self, day: Date) -> bool {
        self.starts_on <= day && day <= self.ends_on
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_season_may_last_one_day_but_not_end_before_it_begins() {
        let day = date(2026, 9, 14);
        assert!(SeasonDates::new(day, day).unwrap().contains(day));
        assert_eq!(
            SeasonDates::new(day, date(2026, 9, 13)),
            Err(InputError::EndBeforeStart)
        );
    }

    #[test]
    fn a_slip_of_the_year_is_noticed() {
        assert!(SeasonDates::new(date(2026, 1, 1), date(2029, 1, 1)).is_ok());
        assert_eq!(
            SeasonDates::new(date(2026, 1, 1), date(2206, 6, 1)),
            Err(InputError::NotADate)
        );
    }

    #[test]
    fn both_ends_belong_to_the_season() {
        let season = SeasonDates::new(date(2026, 9, 1), date(2026, 12, 18)).unwrap();
        assert!(season.contains(date(2026, 12, 18)));
        assert!(!season.contains(date(2026, 12, 19)));
        assert!(!season.contains(date(2026, 8, 31)));
    }
}
