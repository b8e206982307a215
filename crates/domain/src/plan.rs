//! Plans of a season: how far one is along, and the half-days on which sessions can be planned.

use jiff::ToSpan as _;
use jiff::civil::{Date, Time, Weekday};
use serde::{Deserialize, Serialize};

use crate::questionnaire::Slot;

/// Where a plan stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// Made, never computed.
    Draft,
    /// Being computed.
    Running,
    /// Computed; can be adjusted and published.
    Ready,
    /// The computation broke off; it can be started again.
    Failed,
    /// Its sessions exist and its people were asked.
    Published,
    /// Its publication was taken back.
    Undone,
}

impl Stage {
    /// Every stage.
    pub const ALL: [Self; 6] = [
        Self::Draft,
        Self::Running,
        Self::Ready,
        Self::Failed,
        Self::Published,
        Self::Undone,
    ];

    /// The stable name, for storage and locale keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Running => "running",
            Self::Ready => "ready",
            Self::Failed => "failed",
            Self::Published => "published",
            Self::Undone => "undone",
        }
    }

    /// The stage of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.name() == name)
    }

    /// Whether it can be computed, for the first time or again.
    #[must_use]
    pub const fn may_run(self) -> bool {
        matches!(self, Self::Draft | Self::Ready | Self::Failed)
    }

    /// Whether it can be changed by hand, given that there is a plan to change.
    #[must_use]
    pub const fn may_adjust(self) -> bool {
        matches!(self, Self::Ready | Self::Failed)
    }

    /// Whether it can be published, given that there is a plan to publish.
    #[must_use]
    pub const fn may_publish(self) -> bool {
        matches!(self, Self::Ready | Self::Failed)
    }

    /// Whether it can be thrown away: nothing that people know of rests on it.
    #[must_use]
    pub const fn may_delete(self) -> bool {
        matches!(self, Self::Draft | Self::Ready | Self::Failed)
    }
}

/// When sessions of a plan begin in each part of the day; `None`: never then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Starts {
    /// In the morning.
    pub morning: Option<Time>,
    /// In the afternoon.
    pub afternoon: Option<Time>,
    /// In the evening, on working days only.
    pub evening: Option<Time>,
}

impl Default for Starts {
    /// The usual hours: 9:30, 14:00, 18:00.
    fn default() -> Self {
        Self {
            morning: Some(Time::constant(9, 30, 0, 0)),
            afternoon: Some(Time::constant(14, 0, 0, 0)),
            evening: Some(Time::constant(18, 0, 0, 0)),
        }
    }
}

impl Starts {
    /// In that part of the day.
    #[must_use]
    pub const fn of(&self, slot: Slot) -> Option<Time> {
        match slot {
            Slot::Morning => self.morning,
            Slot::Afternoon => self.afternoon,
            Slot::Evening => self.evening,
        }
    }
}

/// A part of a day on which sessions can be planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HalfDay {
    /// The day.
    pub day: Date,
    /// The part.
    pub slot: Slot,
    /// When sessions begin.
    pub start: Time,
}

/// The half-days from the Monday of the first day's week to the last day, in order of time: Monday to Friday from morning to evening, Saturday
/// morning and afternoon, as the questionnaire offers them. Parts of the day without a usual hour get one all the same when `Starts` has none, so
/// that what exists already has its place; whether something may be planned then is for the caller to say.
#[must_use]
pub fn half_days(first: Date, last: Date, starts: &Starts) -> Vec<HalfDay> {
    let usual = Starts::default();
    let mut found = Vec::new();
    let mut day = monday(first);
    while day <= last {
        for slot in Slot::ALL {
            let offered = match day.weekday() {
                Weekday::Sunday => false,
                Weekday::Saturday => slot != Slot::Evening,
                _ => true,
            };
            if let (true, Some(start)) = (offered, starts.of(slot).or_else(|| usual.of(slot))) {
                found.push(HalfDay { day, slot, start });
            }
        }
        let next = day.saturating_add(1.day());
        if next <= day {
            break;
        }
        day = next;
    }
    found
}

/// The Monday of a day's week.
#[must_use]
pub fn monday(day: Date) -> Date {
    day.saturating_sub(i64::from(day.weekday().to_monday_zero_offset()).days())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn what_people_know_of_is_neither_computed_again_nor_thrown_away() {
        for stage in [Stage::Published, Stage::Undone] {
            assert!(!stage.may_run() && !stage.may_adjust() && !stage.may_delete());
            assert!(!stage.may_publish());
        }
        assert!(!Stage::Running.may_publish() && !Stage::Running.may_adjust());
        assert!(Stage::Failed.may_run(), "a run that broke off starts again");
    }

    #[test]
    fn every_stage_is_known_by_its_name() {
        for stage in Stage::ALL {
            assert_eq!(Stage::from_name(stage.name()), Some(stage));
        }
        assert_eq!(Stage::from_name("done"), None);
    }

    #[test]
    fn a_week_has_seventeen_half_days_and_begins_on_monday() {
        let days = half_days(date(2026, 10, 7), date(2026, 10, 11), &Starts::default());
        assert_eq!(days.len(), 17);
        assert_eq!(days[0].day, date(2026, 10, 5));
        assert!(
            days.iter()
                .all(|half| half.day.weekday() != Weekday::Sunday)
        );
        assert!(
            days.windows(2)
                .all(|pair| (pair[0].day, pair[0].start) < (pair[1].day, pair[1].start)),
            "in order of time"
        );
    }
}
