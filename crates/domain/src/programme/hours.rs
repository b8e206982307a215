//! When a site is open, by day of the week.

use std::fmt;

use jiff::civil::{Time, Weekday};
use serde::{Deserialize, Serialize};

use crate::input::{InputError, parse_time};
use crate::questionnaire::DAYS;

/// From when to when, within one day; the end comes after the beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "(String, String)", into = "(String, String)")]
pub struct TimeRange {
    from: Time,
    to: Time,
}

impl TimeRange {
    /// From `from` to `to`.
    ///
    /// # Errors
    /// [`InputError::EndBeforeStart`] unless `to` is later than `from`.
    pub fn new(from: Time, to: Time) -> Result<Self, InputError> {
        if from < to {
            Ok(Self { from, to })
        } else {
            Err(InputError::EndBeforeStart)
        }
    }

    /// The beginning.
    #[must_use]
    pub const fn from(self) -> Time {
        self.from
    }

    /// The end.
    #[must_use]
    pub const fn to(self) -> Time {
        self.to
    }

    /// Whether all of the other lies within.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.from <= other.from && other.to <= self.to
    }
}

impl TryFrom<(String, String)> for TimeRange {
    type Error = InputError;

    fn try_from((from, to): (String, String)) -> Result<Self, InputError> {
        Self::new(parse_time(&from)?, parse_time(&to)?)
    }
}

impl From<TimeRange> for (String, String) {
    fn from(range: TimeRange) -> Self {
        (clock(range.from), clock(range.to))
    }
}

fn clock(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

impl fmt::Display for TimeRange {
    /// `09:00-12:00`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}-{}", clock(self.from), clock(self.to))
    }
}

/// The hours of a week. Without any, nothing is known (rather than: always closed).
///
/// Stored as JSON, a list of `[from, to]` for each day that has some: `{"monday":[["09:00","12:00"]]}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OpeningHours {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    monday: Vec<TimeRange>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tuesday: Vec<TimeRange>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    wednesday: Vec<TimeRange>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    thursday: Vec<TimeRange>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    friday: Vec<TimeRange>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    saturday: Vec<TimeRange>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sunday: Vec<TimeRange>,
}

impl OpeningHours {
    /// The hours of one day, in order and apart from each other.
    #[must_use]
    pub fn of(&self, day: Weekday) -> &[TimeRange] {
        match day {
            Weekday::Monday => &self.monday,
            Weekday::Tuesday => &self.tuesday,
            Weekday::Wednesday => &self.wednesday,
            Weekday::Thursday => &self.thursday,
            Weekday::Friday => &self.friday,
            Weekday::Saturday => &self.saturday,
            Weekday::Sunday => &self.sunday,
        }
    }

    /// Sets the hours of one day from what people type: `9:00-12:00, 14h-18h`, `9h à 12h et 14h à 18h`; blank or `fermé`: closed.
    /// Hours that touch or overlap become one.
    ///
    /// # Errors
    /// [`InputError::NotOpeningHours`], [`InputError::EndBeforeStart`].
    pub fn set(&mut self, day: Weekday, raw: &str) -> Result<(), InputError> {
        let ranges = parse_ranges(raw)?;
        *match day {
            Weekday::Monday => &mut self.monday,
            Weekday::Tuesday => &mut self.tuesday,
            Weekday::Wednesday => &mut self.wednesday,
            Weekday::Thursday => &mut self.thursday,
            Weekday::Friday => &mut self.friday,
            Weekday::Saturday => &mut self.saturday,
            Weekday::Sunday => &mut self.sunday,
        } = ranges;
        Ok(())
    }

    /// The hours of one day as [`Self::set`] reads them.
    #[must_use]
    pub fn text(&self, day: Weekday) -> String {
        let ranges: Vec<String> = self.of(day).iter().map(ToString::to_string).collect();
        ranges.join(", ")
    }

    /// Whether no hours are known at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        DAYS.into_iter().all(|day| self.of(day).is_empty())
    }

    /// Whether the site is open all through that time of that day.
    #[must_use]
    pub fn contains(&self, day: Weekday, time: TimeRange) -> bool {
        self.of(day).iter().any(|open| open.contains(time))
    }

    /// Whether something can be held there then: within the hours, or no hours are known.
    #[must_use]
    pub fn allow(&self, day: Weekday, time: TimeRange) -> bool {
        self.is_empty() || self.contains(day, time)
    }
}

fn parse_ranges(raw: &str) -> Result<Vec<TimeRange>, InputError> {
    let text = raw
        .trim()
        .to_lowercase()
        .replace(['–', '—', '−', 'à'], "-")
        .replace(" to ", "-")
        .replace(" et ", ",")
        .replace(" and ", ",");
    if matches!(
        text.as_str(),
        "" | "-" | "fermé" | "ferme" | "fermée" | "closed"
    ) {
        return Ok(Vec::new());
    }
    let mut ranges = Vec::new();
    for part in text.split([',', ';', '/']) {
        let (from, to) = part.split_once('-').ok_or(InputError::NotOpeningHours)?;
        ranges.push(TimeRange::new(time_of(from)?, time_of(to)?)?);
    }
    ranges.sort_unstable();
    let mut apart: Vec<TimeRange> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match apart.last_mut() {
            Some(last) if range.from <= last.to => last.to = last.to.max(range.to),
            _ => apart.push(range),
        }
    }
    Ok(apart)
}

/// A time of day, with or without minutes.
fn time_of(raw: &str) -> Result<Time, InputError> {
    let raw = raw.trim();
    let bare = !raw.is_empty() && raw.bytes().all(|b| b.is_ascii_digit());
    let written = if bare {
        format!("{raw}:00")
    } else {
        raw.to_owned()
    };
    parse_time(&written).map_err(|_| InputError::NotOpeningHours)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::time;
    use proptest::prelude::*;

    fn range(from: i8, to: i8) -> TimeRange {
        TimeRange::new(time(from, 0, 0, 0), time(to, 0, 0, 0)).unwrap()
    }

    fn monday(raw: &str) -> Result<String, InputError> {
        let mut hours = OpeningHours::default();
        hours.set(Weekday::Monday, raw)?;
        Ok(hours.text(Weekday::Monday))
    }

    #[test]
    fn hours_are_read_however_people_write_them() {
        for raw in [
            "9:00-12:00, 14:00-18:00",
            "9h-12h ; 14h-18h",
            "9 h à 12 h et 14 h à 18 h",
            "9–12, 14–18",
            "14:00 - 18:00, 9:00 - 12:00",
        ] {
            assert_eq!(
                monday(raw).as_deref(),
                Ok("09:00-12:00, 14:00-18:00"),
                "{raw}"
            );
        }
        assert_eq!(monday(" Fermé ").as_deref(), Ok(""));
    }

    #[test]
    fn what_is_no_time_or_backwards_is_refused() {
        for raw in ["matin", "9-", "9:00", "25-26", "9-12-14", ",", "9-12,"] {
            assert_eq!(monday(raw), Err(InputError::NotOpeningHours), "{raw}");
        }
        assert_eq!(monday("18-9"), Err(InputError::EndBeforeStart));
        assert_eq!(monday("9-9"), Err(InputError::EndBeforeStart));
    }

    #[test]
    fn hours_that_touch_become_one() {
        assert_eq!(monday("9-12, 12-14, 13-18").as_deref(), Ok("09:00-18:00"));
    }

    #[test]
    fn a_session_over_the_lunch_break_is_outside_the_hours() {
        let mut hours = OpeningHours::default();
        assert!(
            hours.allow(Weekday::Sunday, range(3, 4)),
            "nothing is known"
        );
        hours.set(Weekday::Monday, "9-12, 14-18").unwrap();
        assert!(hours.contains(Weekday::Monday, range(9, 12)));
        assert!(!hours.contains(Weekday::Monday, range(11, 15)));
        assert!(!hours.allow(Weekday::Tuesday, range(9, 12)));
    }

    #[test]
    fn stored_hours_name_only_the_days_that_have_some() {
        let mut hours = OpeningHours::default();
        hours.set(Weekday::Saturday, "9:30-12").unwrap();
        let json = serde_json::to_string(&hours).unwrap();
        assert_eq!(json, r#"{"saturday":[["09:30","12:00"]]}"#);
        assert_eq!(serde_json::from_str::<OpeningHours>(&json).unwrap(), hours);
        assert!(
            serde_json::from_str::<OpeningHours>("{}")
                .unwrap()
                .is_empty()
        );
    }

    proptest! {
        #[test]
        fn what_is_shown_is_read_back_as_the_same(times in proptest::collection::vec((0i8..24, 0i8..60, 0i8..24, 0i8..60), 0..4)) {
            let raw: Vec<String> = times.iter().filter(|(a, b, c, d)| (a, b) < (c, d))
                .map(|(a, b, c, d)| format!("{a}:{b:02}-{c}:{d:02}")).collect();
            let shown = monday(&raw.join(",")).unwrap();
            prop_assert_eq!(monday(&shown).unwrap(), shown);
        }
    }
}
