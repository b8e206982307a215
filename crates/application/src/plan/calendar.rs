//! The half-days of an instance, by number.

use domain::plan::{HalfDay, half_days, monday};
use domain::questionnaire::{Availability, Slot};
use jiff::civil::{Date, Time, Weekday};

use super::ground::Ground;
use super::scenario::Scenario;

/// Minutes that a half-day takes: the longest session there is.
const SLOT_MINUTES: u32 = 180;

/// Half-days by number, and when sessions may be opened.
pub(super) struct Calendar {
    pub(super) monday: Date,
    pub(super) half_days: Vec<HalfDay>,
    /// Whether new sessions may be opened then.
    pub(super) plannable: Vec<bool>,
}

impl Calendar {
    pub(super) fn new(ground: &Ground, scenario: &Scenario) -> Self {
        let mut first = scenario.from;
        for one in &ground.sessions {
            first = first.min(one.starts.date());
        }
        let half_days = half_days(first, scenario.until, &scenario.starts);
        let plannable = half_days.iter().map(|half| {
            half.day >= scenario.from
                && half.day > ground.now.date()
                && !scenario.days_off.contains(&half.day)
                && scenario.starts.of(half.slot).is_some()
        });
        Self {
            monday: monday(first),
            plannable: plannable.collect(),
            half_days,
        }
    }

    pub(super) fn numbered(&self) -> impl Iterator<Item = (u32, &HalfDay)> {
        (0_u32..).zip(&self.half_days)
    }

    /// The half-day in which something starts.
    pub(super) fn slot_of(&self, day: Date, start: Time) -> Option<u32> {
        let part = Slot::of(start);
        self.numbered()
            .find(|(_, half)| half.day == day && half.slot == part)
            .map(|(number, _)| number)
    }

    pub(super) fn is_plannable(&self, slot: u32) -> bool {
        self.plannable.get(slot as usize).copied().unwrap_or(false)
    }

    pub(super) fn day_of(&self, slot: u32) -> Option<Date> {
        self.half_days.get(slot as usize).map(|half| half.day)
    }

    /// Day and week of a half-day, counted from the first Monday.
    pub(super) fn day_number(&self, slot: u32) -> u32 {
        self.day_of(slot)
            .map_or(0, |day| days_between(self.monday, day))
    }

    /// Plannable half-days in which somebody has time.
    pub(super) fn free(&self, availability: Availability) -> Vec<u32> {
        self.numbered()
            .filter(|(slot, half)| {
                self.is_plannable(*slot) && availability.covers(half.day.weekday(), half.slot)
            })
            .map(|(slot, _)| slot)
            .collect()
    }

    pub(super) fn slots(&self) -> Vec<planner::format::Slot> {
        self.numbered()
            .map(|(id, half)| {
                let day = days_between(self.monday, half.day);
                let start = minutes(half.start);
                planner::format::Slot {
                    id,
                    week: day / 7,
                    day,
                    start,
                    end: (start + SLOT_MINUTES).min(24 * 60),
                    kind: if half.day.weekday() == Weekday::Saturday {
                        "saturday".to_owned()
                    } else {
                        half.slot.code().to_owned()
                    },
                }
            })
            .collect()
    }
}

fn days_between(from: Date, to: Date) -> u32 {
    let days = from.until(to).map_or(0, |span| span.get_days());
    u32::try_from(days).unwrap_or_default()
}

fn minutes(time: Time) -> u32 {
    u32::from(time.hour().unsigned_abs()) * 60 + u32::from(time.minute().unsigned_abs())
}
