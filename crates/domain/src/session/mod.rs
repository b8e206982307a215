//! Dated occurrences of a module: when, where, with whom, for how many, and how far along.

mod conflict;
mod hours;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use serde::{Deserialize, Serialize};

pub(crate) use conflict::overlap;
pub use conflict::{Conflict, Occupation, conflicts};
pub use hours::{HoursWarning, OpenSpan, WeekHours, hours_warnings};

use crate::id::{RoomId, SeasonId, SessionId, SiteId, TrainerId};
use crate::input::{Minutes, ShortText};

/// Longest session, in minutes: a whole day with its evening.
pub const LONGEST_MINUTES: u32 = 12 * 60;

/// Most seats of a session; beyond it a figure is a slip of the keyboard.
pub const MOST_SEATS: u32 = 500;

/// Why a session does not take place, as told to those registered.
pub type Reason = ShortText<300>;

/// Where a session stands. Each stage carries what is known only from then on.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "kebab-case")]
pub enum Stage {
    /// Open to registration; not yet sure to take place.
    Gathering,
    /// Takes place: enough people have a seat, or the coordinator decided so.
    Confirmed {
        /// Since when.
        at: Timestamp,
    },
    /// Has taken place.
    Held {
        /// When the trainer or coordinator said so.
        at: Timestamp,
    },
    /// Does not take place.
    Cancelled {
        /// Since when.
        at: Timestamp,
        /// Why, for those registered.
        reason: Reason,
    },
}

/// What can be done to a session's stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Move {
    /// Say that it takes place.
    Confirm,
    /// Say that it has taken place.
    Hold,
    /// Call it off.
    Cancel,
    /// Give it another time, place or size.
    Change,
}

impl Move {
    /// The stable name of the move, for locale keys and the API.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::Hold => "hold",
            Self::Cancel => "cancel",
            Self::Change => "change",
        }
    }
}

/// A move that the stage does not allow.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a session that is {from} cannot be moved by: {attempted}", from = .from.name(), attempted = .attempted.name())]
pub struct IllegalMove {
    /// What was tried.
    pub attempted: Move,
    /// The stage it was tried from.
    pub from: Stage,
}

impl Stage {
    /// The stable name of the stage, for storage, locale keys and the API.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Gathering => "gathering",
            Self::Confirmed { .. } => "confirmed",
            Self::Held { .. } => "held",
            Self::Cancelled { .. } => "cancelled",
        }
    }

    /// When the stage was reached; a gathering session has always been.
    #[must_use]
    pub fn at(&self) -> Option<Timestamp> {
        match self {
            Self::Gathering => None,
            Self::Confirmed { at } | Self::Held { at } | Self::Cancelled { at, .. } => Some(*at),
        }
    }

    /// Whether it is still to take place.
    #[must_use]
    pub fn is_ahead(&self) -> bool {
        matches!(self, Self::Gathering | Self::Confirmed { .. })
    }

    /// The stage from the columns it is stored in; `None` when they do not belong together.
    #[must_use]
    pub fn from_parts(name: &str, at: Option<Timestamp>, reason: Option<Reason>) -> Option<Self> {
        match (name, at, reason) {
            ("gathering", _, _) => Some(Self::Gathering),
            ("confirmed", Some(at), _) => Some(Self::Confirmed { at }),
            ("held", Some(at), _) => Some(Self::Held { at }),
            ("cancelled", Some(at), Some(reason)) => Some(Self::Cancelled { at, reason }),
            _ => None,
        }
    }

    /// Says that the session takes place. Saying it again changes nothing.
    ///
    /// # Errors
    /// [`IllegalMove`] once held or cancelled.
    pub fn confirmed(&self, at: Timestamp) -> Result<Self, IllegalMove> {
        match self {
            Self::Gathering => Ok(Self::Confirmed { at }),
            Self::Confirmed { .. } => Ok(self.clone()),
            Self::Held { .. } | Self::Cancelled { .. } => Err(self.illegal(Move::Confirm)),
        }
    }

    /// Says that the session has taken place, even with fewer people than it wanted.
    ///
    /// # Errors
    /// [`IllegalMove`] once held or cancelled.
    pub fn held(&self, at: Timestamp) -> Result<Self, IllegalMove> {
        if self.is_ahead() {
            Ok(Self::Held { at })
        } else {
            Err(self.illegal(Move::Hold))
        }
    }

    /// Calls the session off.
    ///
    /// # Errors
    /// [`IllegalMove`] once held or cancelled.
    pub fn cancelled(&self, at: Timestamp, reason: Reason) -> Result<Self, IllegalMove> {
        if self.is_ahead() {
            Ok(Self::Cancelled { at, reason })
        } else {
            Err(self.illegal(Move::Cancel))
        }
    }

    /// Whether time, place, trainer and size may still be edited.
    ///
    /// # Errors
    /// [`IllegalMove`] once held or cancelled.
    pub fn changeable(&self) -> Result<(), IllegalMove> {
        if self.is_ahead() {
            Ok(())
        } else {
            Err(self.illegal(Move::Change))
        }
    }

    fn illegal(&self, attempted: Move) -> IllegalMove {
        IllegalMove {
            attempted,
            from: self.clone(),
        }
    }
}

/// A module in the wording it had when the session was made.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ModuleRef {
    /// Stable short name of the module.
    pub slug: String,
    /// Version of its content.
    pub version: u32,
}

/// A dated occurrence of a module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Identity.
    pub id: SessionId,
    /// The season it belongs to.
    pub season: SeasonId,
    /// What is taught.
    pub module: ModuleRef,
    /// Where.
    pub site: SiteId,
    /// In which room of the site; `None` while none is chosen, or where a place has no rooms.
    pub room: Option<RoomId>,
    /// By whom; `None` while nobody is found.
    pub trainer: Option<TrainerId>,
    /// Begin.
    pub starts_at: Timestamp,
    /// End, not itself part of the session: another may begin at that instant.
    pub ends_at: Timestamp,
    /// Fewest people for whom it takes place.
    pub least: u32,
    /// Most people.
    pub capacity: u32,
    /// Where it stands.
    pub stage: Stage,
}

/// Why a session's figures do not hold together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum SessionFault {
    /// It ends before it begins, or at that instant.
    #[error("ends before it begins")]
    EndsBeforeStart,
    /// It lasts longer than [`LONGEST_MINUTES`].
    #[error("lasts longer than {LONGEST_MINUTES} minutes")]
    TooLong,
    /// No seat, or more than [`MOST_SEATS`].
    #[error("seats not between 1 and {MOST_SEATS}")]
    Seats,
    /// It would take more people to open than it has seats, or none at all.
    #[error("the least is not between 1 and the capacity")]
    Least,
    /// More seats than the room has.
    #[error("the room has {room} seats")]
    RoomTooSmall {
        /// Seats of the room.
        room: u32,
    },
}

impl SessionFault {
    /// The key of the sentence in the locale files.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::EndsBeforeStart => "session-fault-ends-before-start",
            Self::TooLong => "session-fault-too-long",
            Self::Seats => "session-fault-seats",
            Self::Least => "session-fault-least",
            Self::RoomTooSmall { .. } => "session-fault-room-too-small",
        }
    }
}

impl Session {
    /// Everything about its figures that does not hold together; empty when sound.
    #[must_use]
    pub fn faults(&self, room_capacity: u32) -> Vec<SessionFault> {
        let mut faults = Vec::new();
        if self.ends_at <= self.starts_at {
            faults.push(SessionFault::EndsBeforeStart);
        } else if self.length() > Minutes(LONGEST_MINUTES) {
            faults.push(SessionFault::TooLong);
        }
        if !(1..=MOST_SEATS).contains(&self.capacity) {
            faults.push(SessionFault::Seats);
        } else if !(1..=self.capacity).contains(&self.least) {
            faults.push(SessionFault::Least);
        }
        if self.capacity > room_capacity {
            faults.push(SessionFault::RoomTooSmall {
                room: room_capacity,
            });
        }
        faults
    }

    /// Length in whole minutes.
    #[must_use]
    pub fn length(&self) -> Minutes {
        length(self.starts_at, self.ends_at)
    }

    /// The day it is held, where it is held.
    #[must_use]
    pub fn day(&self, zone: &TimeZone) -> Date {
        zone.to_datetime(self.starts_at).date()
    }

    /// The same session at another instant, as long as before.
    ///
    /// # Errors
    /// [`IllegalMove`] once held or cancelled.
    pub fn moved_to(&self, starts_at: Timestamp) -> Result<Self, IllegalMove> {
        self.stage.changeable()?;
        let ends_at = starts_at
            .saturating_add(self.ends_at.duration_since(self.starts_at))
            .unwrap_or(self.ends_at);
        Ok(Self {
            starts_at,
            ends_at,
            ..self.clone()
        })
    }

    /// A new session like this one at another time, without its registrations.
    #[must_use]
    pub fn copied_to(&self, id: SessionId, when: (Timestamp, Timestamp)) -> Self {
        Self {
            id,
            starts_at: when.0,
            ends_at: when.1,
            stage: Stage::Gathering,
            ..self.clone()
        }
    }
}

/// Whole minutes between two instants, 0 when the second comes first.
#[must_use]
pub fn length(starts_at: Timestamp, ends_at: Timestamp) -> Minutes {
    let minutes = ends_at.duration_since(starts_at).as_mins();
    Minutes(u32::try_from(minutes.max(0)).unwrap_or(u32::MAX))
}

/// The times of `weeks` further occurrences, one a week from the week after the first, at the
/// same time of the clock even when summer time begins or ends, leaving out the days `closed`.
///
/// A week left out is not made up for at the end: the last date stays the one that was planned.
#[must_use]
pub fn weekly(
    first: (Timestamp, Timestamp),
    weeks: u8,
    zone: &TimeZone,
    closed: &[Date],
) -> Vec<(Timestamp, Timestamp)> {
    let (starts, ends) = (zone.to_datetime(first.0), zone.to_datetime(first.1));
    (1..=i64::from(weeks))
        .filter_map(|week| {
            let later = |local: jiff::civil::DateTime| {
                let local = local.checked_add(Span::new().weeks(week)).ok()?;
                Some((
                    local.date(),
                    zone.to_ambiguous_timestamp(local).compatible().ok()?,
                ))
            };
            let (day, start) = later(starts)?;
            let (_, end) = later(ends)?;
            (!closed.contains(&day)).then_some((start, end))
        })
        .collect()
}

/// What is missing before a session opens: "opens at 3: 1 more".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// People it takes to open.
    pub least: u32,
    /// How many more; never 0.
    pub missing: u32,
}

/// What is missing before the session opens; `None` when it is sure to take place, or never will.
#[must_use]
pub fn opening(stage: &Stage, least: u32, placed: u32) -> Option<Opening> {
    match (stage, least.saturating_sub(placed)) {
        (Stage::Gathering, missing @ 1..) => Some(Opening { least, missing }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Id;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn reason() -> Reason {
        Reason::parse("Panne de chauffage").unwrap()
    }

    fn session() -> Session {
        Session {
            id: Id::new(1, &[1; 10]),
            season: Id::new(1, &[2; 10]),
            module: ModuleRef {
                slug: "courriel".into(),
                version: 1,
            },
            site: Id::new(1, &[3; 10]),
            room: Some(Id::new(1, &[4; 10])),
            trainer: None,
            starts_at: at("2026-03-10T13:00:00Z"),
            ends_at: at("2026-03-10T15:00:00Z"),
            least: 3,
            capacity: 4,
            stage: Stage::Gathering,
        }
    }

    #[test]
    fn a_session_goes_from_gathering_to_confirmed_to_held() {
        let now = at("2026-03-01T08:00:00Z");
        let confirmed = Stage::Gathering.confirmed(now).unwrap();
        assert_eq!(confirmed, Stage::Confirmed { at: now });
        let later = at("2026-03-02T08:00:00Z");
        assert_eq!(
            confirmed.confirmed(later).unwrap(),
            confirmed,
            "the first confirmation counts"
        );
        assert_eq!(confirmed.held(later).unwrap(), Stage::Held { at: later });
        assert_eq!(
            Stage::Gathering.held(later).unwrap(),
            Stage::Held { at: later }
        );
    }

    #[test]
    fn what_is_over_stays_as_it_is_and_says_so() {
        let now = at("2026-03-01T08:00:00Z");
        for over in [
            Stage::Held { at: now },
            Stage::Cancelled {
                at: now,
                reason: reason(),
            },
        ] {
            let moves = [
                (Move::Confirm, over.confirmed(now).unwrap_err()),
                (Move::Hold, over.held(now).unwrap_err()),
                (Move::Cancel, over.cancelled(now, reason()).unwrap_err()),
                (Move::Change, over.changeable().unwrap_err()),
            ];
            for (attempted, error) in moves {
                assert_eq!(
                    error,
                    IllegalMove {
                        attempted,
                        from: over.clone()
                    }
                );
                assert!(
                    error.to_string().contains(over.name())
                        && error.to_string().contains(attempted.name())
                );
            }
        }
    }

    #[test]
    fn stages_are_read_back_from_their_columns() {
        let now = at("2026-03-01T08:00:00Z");
        for stage in [
            Stage::Gathering,
            Stage::Confirmed { at: now },
            Stage::Held { at: now },
            Stage::Cancelled {
                at: now,
                reason: reason(),
            },
        ] {
            let why = if let Stage::Cancelled { reason, .. } = &stage {
                Some(reason.clone())
            } else {
                None
            };
            assert_eq!(
                Stage::from_parts(stage.name(), stage.at(), why),
                Some(stage)
            );
        }
        assert_eq!(Stage::from_parts("cancelled", Some(now), None), None);
        assert_eq!(Stage::from_parts("open", None, None), None);
    }

    #[test]
    fn figures_hold_together() {
        assert_eq!(session().faults(4), vec![]);
        assert_eq!(
            session().faults(3),
            vec![SessionFault::RoomTooSmall { room: 3 }]
        );
        let backwards = Session {
            ends_at: session().starts_at,
            ..session()
        };
        assert_eq!(backwards.faults(4), vec![SessionFault::EndsBeforeStart]);
        let endless = Session {
            ends_at: at("2026-03-11T13:00:00Z"),
            ..session()
        };
        assert_eq!(endless.faults(4), vec![SessionFault::TooLong]);
        assert_eq!(
            Session {
                least: 5,
                ..session()
            }
            .faults(4),
            vec![SessionFault::Least]
        );
        assert_eq!(
            Session {
                least: 0,
                ..session()
            }
            .faults(4),
            vec![SessionFault::Least]
        );
        assert_eq!(
            Session {
                capacity: 0,
                ..session()
            }
            .faults(4),
            vec![SessionFault::Seats]
        );
    }

    #[test]
    fn a_weekly_repeat_keeps_the_clock_over_the_change_to_summer_time() {
        let paris = TimeZone::get("Europe/Paris").unwrap();
        let first = (at("2026-03-17T13:00:00Z"), at("2026-03-17T15:00:00Z"));
        let dates = weekly(first, 3, &paris, &[jiff::civil::date(2026, 3, 24)]);
        assert_eq!(
            dates,
            vec![
                (at("2026-03-31T12:00:00Z"), at("2026-03-31T14:00:00Z")),
                (at("2026-04-07T12:00:00Z"), at("2026-04-07T14:00:00Z")),
            ]
        );
    }

    #[test]
    fn moving_keeps_the_length_and_copying_starts_afresh() {
        let moved = session().moved_to(at("2026-03-12T18:00:00Z")).unwrap();
        assert_eq!(moved.ends_at, at("2026-03-12T20:00:00Z"));
        let held = Session {
            stage: Stage::Held {
                at: at("2026-03-10T15:00:00Z"),
            },
            ..session()
        };
        assert!(held.moved_to(held.starts_at).is_err());
        let copy = held.copied_to(Id::new(2, &[0; 10]), (moved.starts_at, moved.ends_at));
        assert_eq!(
            (copy.stage, copy.starts_at),
            (Stage::Gathering, moved.starts_at)
        );
    }

    #[test]
    fn a_gathering_session_says_how_many_more_it_takes() {
        assert_eq!(
            opening(&Stage::Gathering, 3, 2),
            Some(Opening {
                least: 3,
                missing: 1
            })
        );
        assert_eq!(opening(&Stage::Gathering, 3, 3), None);
        let confirmed = Stage::Confirmed {
            at: at("2026-03-01T08:00:00Z"),
        };
        assert_eq!(opening(&confirmed, 3, 0), None);
    }
}
