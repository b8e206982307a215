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

/// The public holidays of France between two days, both included (Code du travail, article L3133-1), in order.
#[must_use]
pub fn public_holidays(first: Date, last: Date) -> Vec<Date> {
    const FIXED: [(i8, i8); 8] = [
        (1, 1),
        (5, 1),
        (5, 8),
        (7, 14),
        (8, 15),
        (11, 1),
        (11, 11),
        (12, 25),
    ];
    /// Easter Monday, Ascension, Whit Monday.
    const AFTER_EASTER: [i64; 3] = [1, 39, 50];
    let mut days = Vec::new();
    for year in first.year()..=last.year() {
        let fixed = FIXED
            .iter()
            .map(|(month, day)| Date::new(year, *month, *day));
        days.extend(fixed.flatten());
        if let Some(easter) = easter(year) {
            days.extend(AFTER_EASTER.map(|after| easter.saturating_add(after.days())));
        }
    }
    days.retain(|day| first <= *day && *day <= last);
    days.sort_unstable();
    days
}

/// Easter Sunday (the anonymous Gregorian computus, Nature 13, 1876).
fn easter(year: i16) -> Option<Date> {
    let year = i32::from(year);
    let (golden, century) = (year % 19, year / 100);
    let leap = century - century / 4 - (8 * century + 13) / 25;
    let moon = (19 * golden + leap + 15) % 30;
    let moon = moon - (moon / 28) * (1 - (moon / 28) * (29 / (moon + 1)) * ((21 - golden) / 11));
    let weekday = (year + year / 4 + moon + 2 - century + century / 4) % 7;
    let from_march = moon - weekday;
    let month = 3 + (from_march + 40) / 44;
    let day = from_march + 28 - 31 * (month / 4);
    Date::new(
        i16::try_from(year).ok()?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    )
    .ok()
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
    fn holidays_that_move_follow_easter() {
        let of = |year| public_holidays(date(year, 1, 1), date(year, 12, 31));
        let moving = |year| {
            let days: Vec<String> = of(year).iter().map(Date::to_string).collect();
            days
        };
        for day in ["2026-04-06", "2026-05-14", "2026-05-25", "2026-11-11"] {
            assert!(moving(2026).contains(&day.to_owned()), "{day}");
        }
        assert!(moving(2024).contains(&"2024-04-01".to_owned()));
        assert!(
            moving(2038).contains(&"2038-04-26".to_owned()),
            "the latest"
        );
        assert!(
            moving(2008).contains(&"2008-03-24".to_owned()),
            "the earliest of this century"
        );
        assert_eq!(of(2027).len(), 11);
        assert_eq!(
            public_holidays(date(2026, 12, 1), date(2027, 1, 31)),
            [date(2026, 12, 25), date(2027, 1, 1)]
        );
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
