//! The plan of a session by the clock: when each of its four parts begins and ends, and what the room lacks.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use crate::catalogue::Parts;

/// Sessions of another length than the module's are parted to multiples of this, in minutes.
const ROUND: i64 = 5;

/// One part of a session by the clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// `input`, `hands_on`, `evaluation` or `exchange` (the break with its exchange of experience).
    pub part: &'static str,
    /// When it begins.
    pub from: Timestamp,
    /// When it ends.
    pub until: Timestamp,
}

impl Step {
    /// How long it takes, in minutes.
    #[must_use]
    pub fn minutes(&self) -> i64 {
        self.until.duration_since(self.from).as_mins()
    }
}

/// The parts of a session one after the other, from its start to its end. A session that is longer or shorter than its module is parted
/// alike, in steps of five minutes.
#[must_use]
pub fn schedule(parts: &Parts, starts: Timestamp, ends: Timestamp) -> Vec<Step> {
    let planned: i64 = parts
        .all()
        .iter()
        .map(|(_, part)| i64::from(part.minutes))
        .sum();
    let length = ends.duration_since(starts).as_mins().max(0);
    let mut steps = Vec::with_capacity(4);
    let mut passed = 0;
    let mut from = starts;
    for (place, (name, part)) in parts.all().into_iter().enumerate() {
        passed += i64::from(part.minutes);
        let minutes = if planned == length || planned == 0 {
            passed
        } else {
            (2 * passed * length + planned * ROUND) / (2 * planned * ROUND) * ROUND
        };
        let until = if place == 3 {
            ends
        } else {
            starts
                .saturating_add(SignedDuration::from_mins(minutes.min(length)))
                .unwrap_or(ends)
        };
        steps.push(Step {
            part: name,
            from,
            until,
        });
        from = until;
    }
    steps
}

/// When the evaluation of a session begins: from then on its quiz can be taken.
#[must_use]
pub fn evaluation_begins(parts: &Parts, starts: Timestamp, ends: Timestamp) -> Timestamp {
    schedule(parts, starts, ends)
        .into_iter()
        .find(|step| step.part == "evaluation")
        .map_or(ends, |step| step.from)
}

/// A piece of equipment that a session needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// Its slug.
    pub slug: String,
    /// How many the room has; `None`: no room is known.
    pub there: Option<i64>,
    /// Whether it is missing for sure.
    pub missing: bool,
}

/// What the room must have against what it has. `room` counts pieces by slug; what is not counted there is not there.
#[must_use]
pub fn needs(needed: &[String], room: Option<&BTreeMap<String, i64>>) -> Vec<Need> {
    needed
        .iter()
        .map(|slug| {
            let there = room.map(|room| room.get(slug).copied().unwrap_or_default());
            Need {
                slug: slug.clone(),
                there,
                missing: there == Some(0),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Part;

    fn parts(minutes: [u32; 4]) -> Parts {
        let part = |minutes| Part {
            minutes,
            ..Part::default()
        };
        let [input, hands_on, evaluation, exchange] = minutes.map(part);
        Parts {
            input,
            hands_on,
            evaluation,
            exchange,
        }
    }

    fn minutes(steps: &[Step]) -> Vec<i64> {
        steps.iter().map(Step::minutes).collect()
    }

    #[test]
    fn a_session_of_its_modules_length_is_parted_as_written() {
        let starts: Timestamp = "2026-02-03T13:00:00Z".parse().unwrap();
        let ends: Timestamp = "2026-02-03T15:00:00Z".parse().unwrap();
        let steps = schedule(&parts([25, 65, 15, 15]), starts, ends);
        assert_eq!(minutes(&steps), [25, 65, 15, 15]);
        assert_eq!(steps[0].from, starts);
        assert_eq!(steps[3].until, ends);
        let begins = evaluation_begins(&parts([25, 65, 15, 15]), starts, ends);
        assert_eq!(begins, "2026-02-03T14:30:00Z".parse().unwrap());
    }

    #[test]
    fn another_length_is_parted_alike_in_round_minutes_and_nothing_is_left_over() {
        let starts: Timestamp = "2026-02-03T13:00:00Z".parse().unwrap();
        let ends: Timestamp = "2026-02-03T16:00:00Z".parse().unwrap();
        let steps = schedule(&parts([25, 65, 15, 15]), starts, ends);
        assert_eq!(minutes(&steps), [40, 95, 25, 20]);
        assert_eq!(steps[3].until, ends);
        let none = schedule(&Parts::default(), starts, starts);
        assert_eq!(minutes(&none), [0, 0, 0, 0]);
    }

    #[test]
    fn what_the_room_does_not_count_is_missing_and_nothing_is_said_without_a_room() {
        let wanted = ["ordinateurs".to_owned(), "projecteur".to_owned()];
        let room = BTreeMap::from([("ordinateurs".to_owned(), 6)]);
        let found = needs(&wanted, Some(&room));
        assert_eq!((found[0].there, found[0].missing), (Some(6), false));
        assert_eq!((found[1].there, found[1].missing), (Some(0), true));
        assert!(needs(&wanted, None).iter().all(|need| !need.missing));
    }
}
