//! When in the week someone has time: the grid that participants tick and trainers fill in.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{DateTime, Time, Weekday};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A part of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Slot {
    /// Starts before noon.
    Morning,
    /// Starts from noon and before 17:30.
    Afternoon,
    /// Starts at 17:30 or later, after the shops' and town halls' working hours.
    Evening,
}

impl Slot {
    /// Every slot, in the order of the day.
    pub const ALL: [Self; 3] = [Self::Morning, Self::Afternoon, Self::Evening];

    /// The slot of something that starts at this local time.
    #[must_use]
    pub fn of(start: Time) -> Self {
        if start.hour() < 12 {
            Self::Morning
        } else if start < jiff::civil::time(17, 30, 0, 0) {
            Self::Afternoon
        } else {
            Self::Evening
        }
    }

    /// Its name in forms and files.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Morning => "morning",
            Self::Afternoon => "afternoon",
            Self::Evening => "evening",
        }
    }
}

/// Days of the week, Monday first.
pub const DAYS: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

/// The name of a day in forms and files: `monday` to `sunday`.
#[must_use]
pub const fn day_code(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "monday",
        Weekday::Tuesday => "tuesday",
        Weekday::Wednesday => "wednesday",
        Weekday::Thursday => "thursday",
        Weekday::Friday => "friday",
        Weekday::Saturday => "saturday",
        Weekday::Sunday => "sunday",
    }
}

/// One cell of the week grid, written `monday-morning`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Cell {
    /// The day.
    pub day: Weekday,
    /// The part of that day.
    pub slot: Slot,
}

impl Cell {
    /// The cell in which something starts.
    #[must_use]
    pub fn of(start: DateTime) -> Self {
        Self {
            day: start.weekday(),
            slot: Slot::of(start.time()),
        }
    }

    fn bit(self) -> u32 {
        let slot = match self.slot {
            Slot::Morning => 0,
            Slot::Afternoon => 1,
            Slot::Evening => 2,
        };
        // Monday is zero, so the shift is at most 6 * 3 + 2.
        1 << (self.day.to_monday_zero_offset().unsigned_abs() * 3 + slot)
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}-{}", day_code(self.day), self.slot.code())
    }
}

/// A text that names no cell of the week.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is no part of a week; write it like monday-morning")]
pub struct UnknownCell(pub String);

impl FromStr for Cell {
    type Err = UnknownCell;

    fn from_str(text: &str) -> Result<Self, UnknownCell> {
        Availability::ALWAYS
            .cells()
            .find(|cell| cell.to_string() == text)
            .ok_or_else(|| UnknownCell(text.to_owned()))
    }
}

/// The cells of a week in which someone has time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Availability(u32);

impl Availability {
    /// No time at all.
    pub const NEVER: Self = Self(0);
    /// Every day, morning to evening, Sunday included.
    pub const ALWAYS: Self = Self((1 << 21) - 1);
    /// What the questionnaire offers: Monday to Friday from morning to evening, Saturday morning
    /// and afternoon.
    pub const OFFERED: Self = Self((1 << 17) - 1);

    /// Whether that part of that day is free.
    #[must_use]
    pub fn covers(self, day: Weekday, slot: Slot) -> bool {
        self.has(Cell { day, slot })
    }

    /// Whether something that starts then, local time, falls in a free cell.
    #[must_use]
    pub fn covers_start(self, start: DateTime) -> bool {
        self.has(Cell::of(start))
    }

    /// Whether this cell is free.
    #[must_use]
    pub fn has(self, cell: Cell) -> bool {
        self.0 & cell.bit() != 0
    }

    /// Whether no cell is free.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The same with one more cell free.
    #[must_use]
    pub fn with(self, cell: Cell) -> Self {
        Self(self.0 | cell.bit())
    }

    /// The same with one cell taken.
    #[must_use]
    pub fn without(self, cell: Cell) -> Self {
        Self(self.0 & !cell.bit())
    }

    /// The cells free in both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The free cells, Monday morning first.
    pub fn cells(self) -> impl Iterator<Item = Cell> {
        DAYS.into_iter()
            .flat_map(|day| Slot::ALL.map(|slot| Cell { day, slot }))
            .filter(move |cell| self.has(*cell))
    }
}

impl FromIterator<Cell> for Availability {
    fn from_iter<I: IntoIterator<Item = Cell>>(cells: I) -> Self {
        cells.into_iter().fold(Self::NEVER, Self::with)
    }
}

impl Serialize for Availability {
    /// A list of cells: `["monday-morning", "saturday-morning"]`.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.cells().map(|cell| cell.to_string()))
    }
}

impl<'de> Deserialize<'de> for Availability {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::<String>::deserialize(deserializer)?
            .iter()
            .map(|text| text.parse::<Cell>())
            .collect::<Result<_, _>>()
            .map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time};

    #[test]
    fn the_slot_of_a_session_is_that_of_its_start() {
        assert_eq!(Slot::of(time(11, 59, 0, 0)), Slot::Morning);
        assert_eq!(Slot::of(time(12, 0, 0, 0)), Slot::Afternoon);
        assert_eq!(Slot::of(time(17, 29, 59, 0)), Slot::Afternoon);
        assert_eq!(Slot::of(time(17, 30, 0, 0)), Slot::Evening);
    }

    #[test]
    fn a_saturday_morning_is_told_from_a_friday_morning() {
        let free: Availability = ["saturday-morning".parse::<Cell>().unwrap()]
            .into_iter()
            .collect();
        assert!(free.covers_start(date(2026, 3, 7).at(9, 30, 0, 0)));
        assert!(!free.covers_start(date(2026, 3, 6).at(9, 30, 0, 0)));
        assert!(!free.covers(Weekday::Saturday, Slot::Afternoon));
    }

    #[test]
    fn the_grid_offered_has_three_slots_on_weekdays_and_two_on_saturday() {
        assert_eq!(Availability::OFFERED.cells().count(), 17);
        assert!(Availability::OFFERED.covers(Weekday::Saturday, Slot::Afternoon));
        assert!(!Availability::OFFERED.covers(Weekday::Saturday, Slot::Evening));
        assert_eq!(Availability::ALWAYS.cells().count(), 21);
    }

    #[test]
    fn an_availability_survives_its_json() {
        for cell in Availability::ALWAYS.cells() {
            let free = Availability::OFFERED.without(cell);
            let json = serde_json::to_string(&free).unwrap();
            assert_eq!(serde_json::from_str::<Availability>(&json).unwrap(), free);
        }
        assert!(serde_json::from_str::<Availability>(r#"["monday-night"]"#).is_err());
    }
}
