//! Numbers, lengths of time, days and times of day.

use std::iter::Sum;
use std::ops::Add;

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::{InputError, text};

/// Longest entry of a number, a date or a time.
const LONGEST: usize = 40;

fn entry(raw: &str, error: InputError) -> Result<String, InputError> {
    text::line(raw, LONGEST).map_err(|cause| match cause {
        InputError::TooLong { .. } => error,
        other => other,
    })
}

fn in_range(value: i64, min: i64, max: i64) -> Result<i64, InputError> {
    if (min..=max).contains(&value) {
        Ok(value)
    } else {
        Err(InputError::OutOfRange { min, max })
    }
}

/// A whole number between `min` and `max`, both included; spaces between thousands are taken.
///
/// # Errors
/// [`InputError::Empty`], [`InputError::ControlCharacters`], [`InputError::NotANumber`],
/// [`InputError::OutOfRange`].
pub fn parse_whole(raw: &str, min: i64, max: i64) -> Result<i64, InputError> {
    let digits = entry(raw, InputError::NotANumber)?.replace([' ', '\u{202F}'], "");
    let bare = digits.strip_prefix(['-', '+']).unwrap_or(&digits);
    if bare.is_empty() || !bare.bytes().all(|b| b.is_ascii_digit()) {
        return Err(InputError::NotANumber);
    }
    // Only digits are left, so what does not fit is too great or too small.
    let value = digits
        .parse()
        .map_err(|_| InputError::OutOfRange { min, max })?;
    in_range(value, min, max)
}

/// One of the choices offered, by its exact key.
///
/// # Errors
/// [`InputError::Empty`], [`InputError::UnknownChoice`].
pub fn parse_choice<T: Clone>(raw: &str, choices: &[(&str, T)]) -> Result<T, InputError> {
    let key = raw.trim();
    if key.is_empty() {
        return Err(InputError::Empty);
    }
    choices
        .iter()
        .find(|(name, _)| *name == key)
        .map_or(Err(InputError::UnknownChoice), |(_, choice)| {
            Ok(choice.clone())
        })
}

/// A day of 1900 to 2100: `2026-03-05` as browsers send it, `05/03/2026` or `5.3.2026` as typed.
///
/// # Errors
/// [`InputError::Empty`], [`InputError::ControlCharacters`], [`InputError::NotADate`].
pub fn parse_date(raw: &str) -> Result<Date, InputError> {
    let line = entry(raw, InputError::NotADate)?;
    let parts: Vec<&str> = line.split(['-', '/', '.']).map(str::trim).collect();
    let &[first, second, third] = parts.as_slice() else {
        return Err(InputError::NotADate);
    };
    let (year, month, day) = if first.len() == 4 {
        (first, second, third)
    } else {
        (third, second, first)
    };
    let is_written = year.len() == 4
        && (1..=2).contains(&month.len())
        && (1..=2).contains(&day.len())
        && [year, month, day]
            .iter()
            .all(|part| part.bytes().all(|b| b.is_ascii_digit()));
    if !is_written {
        return Err(InputError::NotADate);
    }
    let number = |part: &str| part.parse::<i16>().map_err(|_| InputError::NotADate);
    let small = |part: &str| part.parse::<i8>().map_err(|_| InputError::NotADate);
    let date =
        Date::new(number(year)?, small(month)?, small(day)?).map_err(|_| InputError::NotADate)?;
    if (1900..=2100).contains(&date.year()) {
        Ok(date)
    } else {
        Err(InputError::NotADate)
    }
}

/// A time of day: `14:30`, `14h30`, `14 h`, `9h`. Seconds that browsers add are dropped.
///
/// # Errors
/// [`InputError::Empty`], [`InputError::ControlCharacters`], [`InputError::NotATime`].
pub fn parse_time(raw: &str) -> Result<Time, InputError> {
    let line = entry(raw, InputError::NotATime)?.to_ascii_lowercase();
    let mut parts = line.split([':', 'h']).map(str::trim);
    let hour = clock_part(parts.next().unwrap_or_default(), InputError::NotATime)?;
    let minute = match parts.next() {
        None => return Err(InputError::NotATime),
        Some("") => 0,
        Some(part) => clock_part(part, InputError::NotATime)?,
    };
    let second = parts
        .next()
        .map_or(Ok(0), |part| clock_part(part, InputError::NotATime))?;
    if parts.next().is_some() || second > 59 {
        return Err(InputError::NotATime);
    }
    Time::new(hour, minute, 0, 0).map_err(|_| InputError::NotATime)
}

fn clock_part(part: &str, error: InputError) -> Result<i8, InputError> {
    let is_written = (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    if is_written {
        part.parse().map_err(|_| error)
    } else {
        Err(error)
    }
}

/// The instant of a day and time of day at a place. In the hour that a change of clocks skips
/// it is an hour later; in the hour that comes twice it is the first.
///
/// # Errors
/// Those of [`parse_date`] and [`parse_time`].
pub fn parse_date_time(date: &str, time: &str, zone: &TimeZone) -> Result<Timestamp, InputError> {
    let local = parse_date(date)?.to_datetime(parse_time(time)?);
    zone.to_ambiguous_timestamp(local)
        .compatible()
        .map_err(|_| InputError::NotADate)
}

/// A length of time in whole minutes.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Minutes(pub u32);

impl Minutes {
    /// Reads `90`, `1h30`, `1 h 30`, `1:30`, `2 h`, `45 min`, between `min` and `max` minutes.
    ///
    /// # Errors
    /// [`InputError::Empty`], [`InputError::ControlCharacters`], [`InputError::NotADuration`],
    /// [`InputError::OutOfRange`].
    pub fn parse(raw: &str, min: u32, max: u32) -> Result<Self, InputError> {
        let line = entry(raw, InputError::NotADuration)?.to_ascii_lowercase();
        let bare = line
            .trim_end_matches("minutes")
            .trim_end_matches("min")
            .trim_end_matches("mn")
            .trim();
        let number = |part: &str| -> Result<i64, InputError> {
            let part = part.trim();
            if part.is_empty() || part.len() > 6 || !part.bytes().all(|b| b.is_ascii_digit()) {
                return Err(InputError::NotADuration);
            }
            part.parse().map_err(|_| InputError::NotADuration)
        };
        let total = match bare.split_once([':', 'h']) {
            None => number(bare)?,
            Some((hours, "")) => number(hours)? * 60,
            Some((hours, minutes)) => {
                let minutes = number(minutes)?;
                if minutes > 59 {
                    return Err(InputError::NotADuration);
                }
                number(hours)? * 60 + minutes
            }
        };
        let total = in_range(total, i64::from(min), i64::from(max))?;
        u32::try_from(total)
            .map(Self)
            .map_err(|_| InputError::NotADuration)
    }

    /// Whole hours, for "3 h 30".
    #[must_use]
    pub fn hours(self) -> u32 {
        self.0 / 60
    }

    /// Minutes beyond the whole hours.
    #[must_use]
    pub fn rest(self) -> u32 {
        self.0 % 60
    }
}

impl Add for Minutes {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sum for Minutes {
    fn sum<I: Iterator<Item = Self>>(parts: I) -> Self {
        parts.fold(Self(0), Add::add)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::*;

    #[test]
    fn numbers_keep_to_their_bounds() {
        assert_eq!(parse_whole(" 12 ", 1, 12), Ok(12));
        assert_eq!(parse_whole("38 000", 0, 100_000), Ok(38_000));
        assert_eq!(
            parse_whole("13", 1, 12),
            Err(InputError::OutOfRange { min: 1, max: 12 })
        );
        assert_eq!(
            parse_whole("-1", 1, 12),
            Err(InputError::OutOfRange { min: 1, max: 12 })
        );
        let huge = "99999999999999999999";
        assert_eq!(
            parse_whole(huge, 1, 12),
            Err(InputError::OutOfRange { min: 1, max: 12 })
        );
        for bad in ["x", "1.5", "1e3", "-", "+", "0x10", "--1"] {
            assert_eq!(
                parse_whole(bad, 1, 12),
                Err(InputError::NotANumber),
                "{bad}"
            );
        }
        assert_eq!(parse_whole("", 1, 12), Err(InputError::Empty));
    }

    #[test]
    fn dates_are_read_as_browsers_send_and_as_people_type() {
        for raw in [
            "2026-03-05",
            "05/03/2026",
            "5/3/2026",
            "5.3.2026",
            " 05-03-2026 ",
        ] {
            assert_eq!(parse_date(raw), Ok(date(2026, 3, 5)), "{raw}");
        }
        for bad in [
            "2026-02-30",
            "31/04/2026",
            "05/03/26",
            "1/1/1",
            "demain",
            "2026-03",
            "20260305",
            "0001-01-01",
            "2026-3-5-1",
        ] {
            assert_eq!(parse_date(bad), Err(InputError::NotADate), "{bad}");
        }
    }

    #[test]
    fn times_are_read_as_browsers_send_and_as_people_type() {
        for raw in ["14:30", "14h30", "14 h 30", "14H30", "14:30:00"] {
            assert_eq!(parse_time(raw), Ok(time(14, 30, 0, 0)), "{raw}");
        }
        assert_eq!(parse_time("9h"), Ok(time(9, 0, 0, 0)));
        for bad in [
            "24:00", "12:60", "14", "midi", "1:2:3:4", "-1:00", "14:30:99",
        ] {
            assert_eq!(parse_time(bad), Err(InputError::NotATime), "{bad}");
        }
    }

    #[test]
    fn a_time_of_day_becomes_the_instant_at_the_place() {
        let paris = TimeZone::get("Europe/Paris").unwrap();
        let at = |day, clock| parse_date_time(day, clock, &paris).unwrap().to_string();
        assert_eq!(at("15/01/2026", "9h"), "2026-01-15T08:00:00Z");
        assert_eq!(at("15/07/2026", "9h"), "2026-07-15T07:00:00Z");
        assert_eq!(at("29/03/2026", "2h30"), "2026-03-29T01:30:00Z");
        assert_eq!(at("25/10/2026", "2h30"), "2026-10-25T00:30:00Z");
    }

    #[test]
    fn lengths_of_time_are_read_in_hours_or_minutes() {
        for raw in ["90", "1h30", "1 h 30", "1:30", "90 min", "1 h 30 min"] {
            assert_eq!(Minutes::parse(raw, 15, 480), Ok(Minutes(90)), "{raw}");
        }
        assert_eq!(Minutes::parse("2 h", 15, 480), Ok(Minutes(120)));
        assert_eq!(
            Minutes::parse("9 h", 15, 480),
            Err(InputError::OutOfRange { min: 15, max: 480 })
        );
        for bad in ["1h75", "h", "-90", "1,5", "une heure"] {
            assert_eq!(
                Minutes::parse(bad, 15, 480),
                Err(InputError::NotADuration),
                "{bad}"
            );
        }
        assert_eq!((Minutes(95).hours(), Minutes(95).rest()), (1, 35));
    }

    #[test]
    fn only_offered_choices_are_taken() {
        let choices = [("fr", 1), ("en", 2)];
        assert_eq!(parse_choice("en", &choices), Ok(2));
        assert_eq!(
            parse_choice("EN'--", &choices),
            Err(InputError::UnknownChoice)
        );
        assert_eq!(parse_choice(" ", &choices), Err(InputError::Empty));
    }
}
