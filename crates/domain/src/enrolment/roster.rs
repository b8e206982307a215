//! What a decision needs to know about one session, and what can be read from it.

use jiff::Timestamp;

use super::{Change, Closed, Entry, Refusal, Stage, WaitReason};
use crate::id::{EnrolmentId, PersonId};
use crate::session::{self, Opening};

/// One session as registration sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roster {
    pub(super) least: u32,
    pub(super) capacity: u32,
    pub(super) stage: session::Stage,
    pub(super) starts_at: Timestamp,
    /// By arrival, so that "the first who waits" is the first found.
    pub(super) entries: Vec<Entry>,
    pub(super) last_arrival: i64,
}

impl Roster {
    /// A roster as stored. `entries` may come in any order and must hold every active one;
    /// `last_arrival` is the greatest ever given in the session (0 for none), so that entries
    /// that are over may be left out.
    #[must_use]
    pub fn new(
        (least, capacity): (u32, u32),
        stage: session::Stage,
        starts_at: Timestamp,
        mut entries: Vec<Entry>,
        last_arrival: i64,
    ) -> Self {
        entries.sort_by_key(|entry| (entry.arrival, entry.id));
        let greatest = entries.last().map_or(0, |entry| entry.arrival);
        Self {
            least,
            capacity,
            stage,
            starts_at,
            entries,
            last_arrival: last_arrival.max(greatest),
        }
    }

    /// Fewest people for whom the session takes place.
    #[must_use]
    pub fn least(&self) -> u32 {
        self.least
    }

    /// Most people.
    #[must_use]
    pub fn capacity(&self) -> u32 {
        self.capacity
    }

    /// Stage of the session.
    #[must_use]
    pub fn stage(&self) -> &session::Stage {
        &self.stage
    }

    /// Begin of the session.
    #[must_use]
    pub fn starts_at(&self) -> Timestamp {
        self.starts_at
    }

    /// All entries, by arrival.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entry of that id.
    #[must_use]
    pub fn entry(&self, id: EnrolmentId) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.id == id)
    }

    /// The person's entry with a seat, an offer or a place on the list.
    #[must_use]
    pub fn active(&self, person: PersonId) -> Option<&Entry> {
        self.entries
            .iter()
            .find(|entry| entry.person == person && entry.stage.is_active())
    }

    /// People with a seat.
    #[must_use]
    pub fn placed(&self) -> u32 {
        self.count(|stage| matches!(stage, Stage::Placed { .. }))
    }

    /// Seats kept for people who were offered one.
    #[must_use]
    pub fn offered(&self) -> u32 {
        self.count(|stage| matches!(stage, Stage::Offered { .. }))
    }

    /// People on the waiting list.
    #[must_use]
    pub fn waiting(&self) -> u32 {
        self.count(|stage| matches!(stage, Stage::Waiting))
    }

    /// Seats neither taken nor kept.
    #[must_use]
    pub fn free(&self) -> u32 {
        self.capacity.saturating_sub(self.count(Stage::holds_seat))
    }

    /// Seats that someone new would get at once: none while people wait.
    #[must_use]
    pub fn free_for_newcomers(&self) -> u32 {
        if self.waiting() == 0 { self.free() } else { 0 }
    }

    /// Place on the waiting list, from 1; `None` for entries that do not wait.
    #[must_use]
    pub fn rank(&self, id: EnrolmentId) -> Option<u32> {
        self.ranks()
            .find(|(waiting, _)| *waiting == id)
            .map(|(_, rank)| rank)
    }

    /// Why somebody of this rank on the waiting list has no seat.
    #[must_use]
    pub fn wait_reason(&self, rank: u32) -> WaitReason {
        match (self.free(), rank.saturating_sub(1)) {
            (1.., ahead @ 1..) => WaitReason::OthersFirst { ahead },
            _ => WaitReason::Full {
                capacity: self.capacity,
            },
        }
    }

    /// The waiting list with its ranks, first comer first.
    pub fn ranks(&self) -> impl Iterator<Item = (EnrolmentId, u32)> {
        let waiting = self
            .entries
            .iter()
            .filter(|entry| entry.stage == Stage::Waiting);
        waiting.zip(1..).map(|(entry, rank)| (entry.id, rank))
    }

    /// What is missing before the session opens: "opens at 3: 1 more".
    #[must_use]
    pub fn opening(&self) -> Option<Opening> {
        session::opening(&self.stage, self.least, self.placed())
    }

    /// The next instant at which an open offer ends, for whoever calls [`Roster::expire`].
    #[must_use]
    pub fn next_expiry(&self) -> Option<Timestamp> {
        let until = |entry: &Entry| {
            if let Stage::Offered { until } = entry.stage {
                Some(until)
            } else {
                None
            }
        };
        self.entries.iter().filter_map(until).min()
    }

    pub(super) fn count(&self, is: impl Fn(&Stage) -> bool) -> u32 {
        u32::try_from(self.entries.iter().filter(|entry| is(&entry.stage)).count())
            .unwrap_or(u32::MAX)
    }

    /// Carries out one change, as the store does.
    pub fn apply(&mut self, change: &Change) {
        match change {
            Change::Entered { entry } => {
                self.last_arrival = self.last_arrival.max(entry.arrival);
                let place = self
                    .entries
                    .partition_point(|other| other.arrival <= entry.arrival);
                self.entries.insert(place, *entry);
            }
            Change::Moved { id, to, .. } => {
                for entry in self.entries.iter_mut().filter(|entry| entry.id == *id) {
                    entry.stage = *to;
                }
            }
            Change::Session { stage } => self.stage = stage.clone(),
            Change::Resized { least, capacity } => {
                (self.least, self.capacity) = (*least, *capacity);
            }
            Change::Rescheduled { starts_at } => self.starts_at = *starts_at,
        }
    }

    /// Whether people may still come and go.
    ///
    /// # Errors
    /// [`Refusal::Closed`] once the session has begun, was held or was cancelled.
    pub fn open_at(&self, now: Timestamp) -> Result<(), Refusal> {
        self.not_over()?;
        if now >= self.starts_at {
            Err(Refusal::Closed {
                why: Closed::Started,
            })
        } else {
            Ok(())
        }
    }

    pub(super) fn not_over(&self) -> Result<(), Refusal> {
        match self.stage {
            session::Stage::Gathering | session::Stage::Confirmed { .. } => Ok(()),
            session::Stage::Held { .. } => Err(Refusal::Closed { why: Closed::Held }),
            session::Stage::Cancelled { .. } => Err(Refusal::Closed {
                why: Closed::Cancelled,
            }),
        }
    }
}
