//! Opening hours of sites and availability of trainers. Outside them a session is still
//! possible (someone has a key, someone swaps a day), so they warn and never refuse.

use jiff::Timestamp;
use jiff::civil::{Time, Weekday};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

/// One stretch of a weekday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct OpenSpan {
    /// Day of the week: 1 is Monday, 7 Sunday.
    pub weekday: i8,
    /// From this time of day.
    pub from: Time,
    /// To this time of day.
    pub to: Time,
}

/// The hours of a usual week. Empty means that nobody has said, not that all is closed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct WeekHours(pub Vec<OpenSpan>);

impl WeekHours {
    /// Whether hours are known at all.
    #[must_use]
    pub fn is_known(&self) -> bool {
        !self.0.is_empty()
    }

    /// Whether the whole time of a day lies within the hours; stretches that touch count as one.
    #[must_use]
    pub fn covers(&self, weekday: Weekday, from: Time, to: Time) -> bool {
        let mut spans: Vec<&OpenSpan> = self
            .0
            .iter()
            .filter(|span| span.weekday == weekday.to_monday_one_offset())
            .collect();
        spans.sort_by_key(|span| span.from);
        let mut covered = from;
        for span in spans {
            if span.from <= covered {
                covered = covered.max(span.to);
            }
        }
        covered >= to
    }
}

/// Whose usual hours a session leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HoursWarning {
    /// The site is not usually open.
    SiteClosed,
    /// The trainer is not usually available.
    TrainerAway,
}

impl HoursWarning {
    /// The key of the sentence in the locale files.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::SiteClosed => "session-warning-site-closed",
            Self::TrainerAway => "session-warning-trainer-away",
        }
    }
}

/// Warnings for a session from `starts_at` to `ends_at`, in the local time of `zone`.
#[must_use]
pub fn hours_warnings(
    (starts_at, ends_at): (Timestamp, Timestamp),
    zone: &TimeZone,
    site: &WeekHours,
    trainer: Option<&WeekHours>,
) -> Vec<HoursWarning> {
    let (from, to) = (zone.to_datetime(starts_at), zone.to_datetime(ends_at));
    let leaves = |hours: &WeekHours| {
        hours.is_known()
            && (from.date() != to.date() || !hours.covers(from.weekday(), from.time(), to.time()))
    };
    let mut warnings = Vec::new();
    if leaves(site) {
        warnings.push(HoursWarning::SiteClosed);
    }
    if trainer.is_some_and(leaves) {
        warnings.push(HoursWarning::TrainerAway);
    }
    warnings
}

#[cfg(test)]
mod tests {
    use jiff::civil::time;

    use super::*;

    fn hours(spans: &[(i8, i8, i8)]) -> WeekHours {
        let span = |&(weekday, from, to): &(i8, i8, i8)| OpenSpan {
            weekday,
            from: time(from, 0, 0, 0),
            to: time(to, 0, 0, 0),
        };
        WeekHours(spans.iter().map(span).collect())
    }

    /// A Tuesday, in winter: local time is an hour ahead.
    fn tuesday(from: &str, to: &str) -> (Timestamp, Timestamp) {
        let at = |clock: &str| format!("2026-03-10T{clock}:00Z").parse().unwrap();
        (at(from), at(to))
    }

    #[test]
    fn hours_warn_in_local_time_for_site_and_trainer() {
        let paris = TimeZone::get("Europe/Paris").unwrap();
        let site = hours(&[(2, 14, 18)]);
        let trainer = hours(&[(1, 9, 18)]);
        let warn = |when, site: &WeekHours, trainer| hours_warnings(when, &paris, site, trainer);
        assert_eq!(warn(tuesday("13:00", "17:00"), &site, None), vec![]);
        assert_eq!(
            warn(tuesday("12:59", "17:00"), &site, None),
            vec![HoursWarning::SiteClosed]
        );
        assert_eq!(
            warn(tuesday("13:00", "17:01"), &site, None),
            vec![HoursWarning::SiteClosed]
        );
        assert_eq!(
            warn(tuesday("13:00", "17:00"), &site, Some(&trainer)),
            vec![HoursWarning::TrainerAway]
        );
    }

    #[test]
    fn stretches_that_touch_are_one_and_a_break_is_a_break() {
        let paris = TimeZone::get("Europe/Paris").unwrap();
        let all_day = hours(&[(2, 12, 18), (2, 9, 12)]);
        let closed_at_noon = hours(&[(2, 9, 12), (2, 14, 18)]);
        let when = tuesday("10:00", "14:00");
        assert_eq!(hours_warnings(when, &paris, &all_day, None), vec![]);
        assert_eq!(
            hours_warnings(when, &paris, &closed_at_noon, None),
            vec![HoursWarning::SiteClosed]
        );
    }

    #[test]
    fn unknown_hours_warn_of_nothing_and_a_session_past_midnight_is_outside_any() {
        let paris = TimeZone::get("Europe/Paris").unwrap();
        assert_eq!(
            hours_warnings(
                tuesday("02:00", "04:00"),
                &paris,
                &WeekHours::default(),
                None
            ),
            vec![]
        );
        let evening = hours(&[(2, 0, 23)]);
        let over_midnight = tuesday("22:00", "23:30");
        assert_eq!(
            hours_warnings(over_midnight, &paris, &evening, None),
            vec![HoursWarning::SiteClosed]
        );
    }
}
