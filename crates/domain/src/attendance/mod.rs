//! Who came, for how long, and who said so. Marks may be taken offline and corrected later;
//! every correction keeps what was there before.
//!
//! What is said, on a page or on a device without network, is an operation ([`Operation`]) that is never changed; the operations of a
//! session ([`Ledger`]) say who was there and for how long, whatever the order in which they arrive.

mod ledger;
mod operation;

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::id::{AccountId, EnrolmentId, PersonId, SeasonId, SessionId};
use crate::input::Minutes;
use crate::session::{self, Stage};

pub use ledger::{Conflict, Entry, GRACE_MINUTES, Inserted, Ledger, Signed, Standing};
pub use operation::{Fault, Moment, Operation, Said, Signing};

/// Minutes before the start from which people may be marked: they arrive early.
pub const OPENS_BEFORE_MINUTES: i64 = 30;

/// How someone attended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "mark", rename_all = "kebab-case")]
pub enum Mark {
    /// From begin to end.
    Present,
    /// Came after the begin.
    Late {
        /// Minutes missed.
        minutes: u32,
    },
    /// Left before the end, or came and went.
    LeftEarly {
        /// Minutes missed in all.
        minutes: u32,
    },
    /// Did not come.
    Absent,
    /// Did not come, and said so.
    Excused,
}

impl Mark {
    /// The stable name of the mark, for storage, locale keys and the API.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::Late { .. } => "late",
            Self::LeftEarly { .. } => "left-early",
            Self::Absent => "absent",
            Self::Excused => "excused",
        }
    }

    /// Minutes missed by someone who came; `None` for marks that carry none.
    #[must_use]
    pub fn missed(self) -> Option<u32> {
        match self {
            Self::Late { minutes } | Self::LeftEarly { minutes } => Some(minutes),
            Self::Present | Self::Absent | Self::Excused => None,
        }
    }

    /// The mark from the columns it is stored in; `None` when they do not belong together.
    #[must_use]
    pub fn from_parts(name: &str, missed: Option<u32>) -> Option<Self> {
        match (name, missed) {
            ("present", _) => Some(Self::Present),
            ("late", Some(minutes)) => Some(Self::Late { minutes }),
            ("left-early", Some(minutes)) => Some(Self::LeftEarly { minutes }),
            ("absent", _) => Some(Self::Absent),
            ("excused", _) => Some(Self::Excused),
            _ => None,
        }
    }

    /// Whether the person was there at all.
    #[must_use]
    pub fn came(self) -> bool {
        matches!(
            self,
            Self::Present | Self::Late { .. } | Self::LeftEarly { .. }
        )
    }

    /// Minutes really attended of a session of that length.
    #[must_use]
    pub fn attended(self, length: Minutes) -> Minutes {
        if self.came() {
            Minutes(length.0.saturating_sub(self.missed().unwrap_or(0)))
        } else {
            Minutes(0)
        }
    }
}

/// One person's attendance in one session, as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attendance {
    /// The session.
    pub session: SessionId,
    /// Who.
    pub person: PersonId,
    /// Under which registration; `None` for someone who walked in.
    pub enrolment: Option<EnrolmentId>,
    /// How.
    #[serde(flatten)]
    pub mark: Mark,
    /// 1 for the first mark, one more with each correction.
    pub version: u32,
    /// When it was last said.
    pub marked_at: Timestamp,
    /// By whom.
    pub marked_by: AccountId,
}

/// What is needed of a session to take attendance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sitting {
    /// The session.
    pub session: SessionId,
    /// Its stage.
    pub stage: Stage,
    /// Begin.
    pub starts_at: Timestamp,
    /// End.
    pub ends_at: Timestamp,
}

impl Sitting {
    /// The instant from which people may be marked.
    #[must_use]
    pub fn opens_at(&self) -> Timestamp {
        let early = SignedDuration::from_mins(OPENS_BEFORE_MINUTES);
        self.starts_at
            .saturating_sub(early)
            .unwrap_or(self.starts_at)
    }

    /// Length of the session.
    #[must_use]
    pub fn length(&self) -> Minutes {
        session::length(self.starts_at, self.ends_at)
    }
}

/// What someone says about a person's attendance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marking {
    /// Who attended or not.
    pub person: PersonId,
    /// Under which registration; `None` for someone who walked in.
    pub enrolment: Option<EnrolmentId>,
    /// How.
    pub mark: Mark,
    /// Version that was on the screen; `None` when there was no mark yet.
    pub seen: Option<u32>,
    /// When it was said: for marks taken offline, then and not when they arrive.
    pub at: Timestamp,
    /// By whom.
    pub by: AccountId,
}

/// One line of the history: a mark given or corrected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marked {
    /// The session.
    pub session: SessionId,
    /// Who.
    pub person: PersonId,
    /// Mark before; `None` for the first.
    pub before: Option<Mark>,
    /// Mark after.
    pub after: Mark,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: AccountId,
}

/// What a marking comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recorded {
    /// To be stored with its line of history.
    New {
        /// As it now stands.
        attendance: Attendance,
        /// For the history.
        event: Marked,
    },
    /// The same was already said; nothing to store. A tablet that sends twice is harmless.
    Unchanged,
}

/// Why a marking is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AttendanceError {
    /// The session has not begun, nor is about to.
    #[error("attendance opens at {opens_at}")]
    TooEarly {
        /// When it may be taken.
        opens_at: Timestamp,
    },
    /// The session was cancelled.
    #[error("the session was cancelled")]
    Cancelled,
    /// More minutes missed than the session has.
    #[error("the session lasts {} minutes", length.0)]
    MissedTooMuch {
        /// Length of the session.
        length: Minutes,
    },
    /// Someone else said otherwise meanwhile; both are shown.
    #[error("marked otherwise meanwhile")]
    Stale {
        /// As it now stands; `None` when the mark seen no longer exists.
        current: Option<Box<Attendance>>,
    },
}

impl AttendanceError {
    /// The key of the sentence in the locale files.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::TooEarly { .. } => "attendance-error-too-early",
            Self::Cancelled => "attendance-error-cancelled",
            Self::MissedTooMuch { .. } => "attendance-error-missed-too-much",
            Self::Stale { .. } => "attendance-error-stale",
        }
    }
}

/// Marks a person, for the first time or as a correction.
///
/// # Errors
/// [`AttendanceError`]; the same mark again is never stale.
pub fn record(
    sitting: &Sitting,
    current: Option<&Attendance>,
    marking: &Marking,
) -> Result<Recorded, AttendanceError> {
    if matches!(sitting.stage, Stage::Cancelled { .. }) {
        return Err(AttendanceError::Cancelled);
    }
    let opens_at = sitting.opens_at();
    if marking.at < opens_at {
        return Err(AttendanceError::TooEarly { opens_at });
    }
    let length = sitting.length();
    if marking
        .mark
        .missed()
        .is_some_and(|missed| missed > length.0)
    {
        return Err(AttendanceError::MissedTooMuch { length });
    }
    if current.is_some_and(|current| current.mark == marking.mark) {
        return Ok(Recorded::Unchanged);
    }
    if current.map(|current| current.version) != marking.seen {
        return Err(AttendanceError::Stale {
            current: current.cloned().map(Box::new),
        });
    }
    let attendance = Attendance {
        session: sitting.session,
        person: marking.person,
        enrolment: marking
            .enrolment
            .or_else(|| current.and_then(|current| current.enrolment)),
        mark: marking.mark,
        version: marking.seen.unwrap_or(0).saturating_add(1),
        marked_at: marking.at,
        marked_by: marking.by,
    };
    let event = Marked {
        session: sitting.session,
        person: marking.person,
        before: current.map(|current| current.mark),
        after: marking.mark,
        at: marking.at,
        by: marking.by,
    };
    Ok(Recorded::New { attendance, event })
}

/// One attendance with what it takes to count its hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attended {
    /// Who.
    pub person: PersonId,
    /// Season of the session.
    pub season: SeasonId,
    /// Length of the session.
    pub length: Minutes,
    /// How.
    pub mark: Mark,
}

/// Sessions and time really attended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Total {
    /// Sessions the person came to.
    pub sessions: u32,
    /// Time there.
    pub minutes: Minutes,
}

/// Sessions and time really attended, by person and season. Who never came is not among them.
#[must_use]
pub fn totals(
    attended: impl IntoIterator<Item = Attended>,
) -> BTreeMap<(PersonId, SeasonId), Total> {
    let mut totals: BTreeMap<(PersonId, SeasonId), Total> = BTreeMap::new();
    for line in attended.into_iter().filter(|line| line.mark.came()) {
        let total = totals.entry((line.person, line.season)).or_default();
        total.sessions = total.sessions.saturating_add(1);
        total.minutes = total.minutes + line.mark.attended(line.length);
    }
    totals
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Id;

    fn at(clock: &str) -> Timestamp {
        format!("2026-03-10T{clock}:00Z").parse().unwrap()
    }

    fn sitting() -> Sitting {
        Sitting {
            session: Id::new(1, &[1; 10]),
            stage: Stage::Gathering,
            starts_at: at("13:00"),
            ends_at: at("15:00"),
        }
    }

    fn marking(mark: Mark, seen: Option<u32>) -> Marking {
        Marking {
            person: Id::new(1, &[2; 10]),
            enrolment: None,
            mark,
            seen,
            at: at("13:05"),
            by: Id::new(1, &[3; 10]),
        }
    }

    fn stored(recorded: Result<Recorded, AttendanceError>) -> (Attendance, Marked) {
        match recorded {
            Ok(Recorded::New { attendance, event }) => (attendance, event),
            other => panic!("not stored: {other:?}"),
        }
    }

    #[test]
    fn a_correction_counts_up_and_keeps_what_was_there_before() {
        let enrolment = Some(Id::new(1, &[9; 10]));
        let first = Marking {
            enrolment,
            ..marking(Mark::Absent, None)
        };
        let (first, event) = stored(record(&sitting(), None, &first));
        assert_eq!((first.version, event.before), (1, None));
        let late = Mark::Late { minutes: 20 };
        let (second, event) = stored(record(&sitting(), Some(&first), &marking(late, Some(1))));
        assert_eq!((second.version, second.enrolment), (2, enrolment));
        assert_eq!((event.before, event.after), (Some(Mark::Absent), late));
    }

    #[test]
    fn two_people_marking_at_once_are_both_heard() {
        let (first, _) = stored(record(&sitting(), None, &marking(Mark::Absent, None)));
        let blind = record(&sitting(), Some(&first), &marking(Mark::Present, None));
        let current = Some(Box::new(first.clone()));
        assert_eq!(blind, Err(AttendanceError::Stale { current }));
        let same = record(&sitting(), Some(&first), &marking(Mark::Absent, None));
        assert_eq!(same, Ok(Recorded::Unchanged), "sending twice is harmless");
        let gone = record(&sitting(), None, &marking(Mark::Present, Some(1)));
        assert_eq!(gone, Err(AttendanceError::Stale { current: None }));
    }

    #[test]
    fn attendance_opens_shortly_before_the_start() {
        let when = |clock| Marking {
            at: at(clock),
            ..marking(Mark::Present, None)
        };
        let opens_at = at("12:30");
        let early = record(&sitting(), None, &when("12:29"));
        assert_eq!(early, Err(AttendanceError::TooEarly { opens_at }));
        assert!(record(&sitting(), None, &when("12:30")).is_ok());
        assert!(
            record(&sitting(), None, &when("23:00")).is_ok(),
            "corrected later"
        );
    }

    #[test]
    fn a_cancelled_session_has_no_attendance() {
        let reason = session::Reason::parse("Neige").unwrap();
        let stage = Stage::Cancelled {
            at: at("08:00"),
            reason,
        };
        let cancelled = Sitting { stage, ..sitting() };
        let marked = record(&cancelled, None, &marking(Mark::Present, None));
        assert_eq!(marked, Err(AttendanceError::Cancelled));
    }

    #[test]
    fn nobody_misses_more_than_there_was() {
        let all = record(
            &sitting(),
            None,
            &marking(Mark::LeftEarly { minutes: 120 }, None),
        );
        assert!(all.is_ok());
        let more = record(
            &sitting(),
            None,
            &marking(Mark::Late { minutes: 121 }, None),
        );
        let length = Minutes(120);
        assert_eq!(more, Err(AttendanceError::MissedTooMuch { length }));
    }

    #[test]
    fn hours_are_those_really_attended_by_person_and_season() {
        let (anne, luc): (PersonId, PersonId) = (Id::new(1, &[1; 10]), Id::new(1, &[2; 10]));
        let (spring, autumn): (SeasonId, SeasonId) = (Id::new(2, &[1; 10]), Id::new(2, &[2; 10]));
        let line = |person, season, mark| Attended {
            person,
            season,
            length: Minutes(120),
            mark,
        };
        let totals = totals([
            line(anne, spring, Mark::Present),
            line(anne, spring, Mark::Late { minutes: 15 }),
            line(anne, spring, Mark::Excused),
            line(anne, autumn, Mark::LeftEarly { minutes: 30 }),
            line(luc, spring, Mark::Absent),
        ]);
        let total = |sessions, minutes| Total {
            sessions,
            minutes: Minutes(minutes),
        };
        let expected = [
            ((anne, spring), total(2, 225)),
            ((anne, autumn), total(1, 90)),
        ];
        assert_eq!(totals, BTreeMap::from(expected));
    }

    #[test]
    fn marks_are_read_back_from_their_columns() {
        for mark in [
            Mark::Present,
            Mark::Late { minutes: 5 },
            Mark::LeftEarly { minutes: 7 },
            Mark::Absent,
            Mark::Excused,
        ] {
            assert_eq!(Mark::from_parts(mark.name(), mark.missed()), Some(mark));
        }
        assert_eq!(Mark::from_parts("late", None), None);
    }
}
