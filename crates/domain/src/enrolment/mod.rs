//! Who has a seat in a session, who waits, and what every request, withdrawal and delay does.
//!
//! A [`Roster`] is all that a decision needs to know about one session. Its commands change
//! nothing: they answer with values (a [`Decision`], [`Change`]s, [`Notice`]s) that the caller
//! stores in one transaction. The same roster, command and instant always give the same answer.
//!
//! What always holds, whatever the order of commands:
//! - seats given and seats offered are never more than the capacity;
//! - nobody gets a seat or an offer while someone who came earlier waits, except by the
//!   coordinator's own hand ([`Roster::place_by_hand`], [`Roster::reseat`]);
//! - a person has at most one active entry; entries are never removed, only moved on.

mod command;
mod reseat;
mod review;
mod roster;
mod work;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

pub use command::transfer;
pub use reseat::Reseat;
pub use review::{Advice, Applicant, Booking, Conditions, Review};
pub use roster::Roster;

use crate::id::{EnrolmentId, PersonId, SessionId};
use crate::session;

/// Where one person stands in one session. Each stage carries what is known only from then on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "kebab-case")]
pub enum Stage {
    /// Has a seat.
    Placed {
        /// Since when.
        at: Timestamp,
    },
    /// Waits for a seat.
    Waiting,
    /// A seat is kept until an answer comes.
    Offered {
        /// The offer is over at this instant.
        until: Timestamp,
    },
    /// Gave up the seat or the wait.
    Withdrawn {
        /// Since when.
        at: Timestamp,
    },
    /// Let the offer pass, or declined it.
    Lapsed {
        /// Since when.
        at: Timestamp,
    },
    /// The session was cancelled.
    Cancelled {
        /// Since when.
        at: Timestamp,
    },
}

impl Stage {
    /// The stable name of the stage, for storage, locale keys and the API.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Placed { .. } => "placed",
            Self::Waiting => "waiting",
            Self::Offered { .. } => "offered",
            Self::Withdrawn { .. } => "withdrawn",
            Self::Lapsed { .. } => "lapsed",
            Self::Cancelled { .. } => "cancelled",
        }
    }

    /// The instant that the stage carries: since when, or for an offer until when.
    #[must_use]
    pub fn instant(&self) -> Option<Timestamp> {
        match *self {
            Self::Waiting => None,
            Self::Offered { until: at }
            | Self::Placed { at }
            | Self::Withdrawn { at }
            | Self::Lapsed { at }
            | Self::Cancelled { at } => Some(at),
        }
    }

    /// The stage from the columns it is stored in; `None` when they do not belong together.
    #[must_use]
    pub fn from_parts(name: &str, instant: Option<Timestamp>) -> Option<Self> {
        match (name, instant) {
            ("waiting", _) => Some(Self::Waiting),
            ("placed", Some(at)) => Some(Self::Placed { at }),
            ("offered", Some(until)) => Some(Self::Offered { until }),
            ("withdrawn", Some(at)) => Some(Self::Withdrawn { at }),
            ("lapsed", Some(at)) => Some(Self::Lapsed { at }),
            ("cancelled", Some(at)) => Some(Self::Cancelled { at }),
            _ => None,
        }
    }

    /// Whether the person still counts on the session: has a seat, an offer, or waits.
    #[must_use]
    pub fn is_active(&self) -> bool {
        matches!(
            self,
            Self::Placed { .. } | Self::Waiting | Self::Offered { .. }
        )
    }

    /// Whether a seat is taken or kept.
    #[must_use]
    pub fn holds_seat(&self) -> bool {
        matches!(self, Self::Placed { .. } | Self::Offered { .. })
    }
}

/// One registration: a person in a session. Who registers again gets a new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Entry {
    /// Identity.
    pub id: EnrolmentId,
    /// Who.
    pub person: PersonId,
    /// Order of arrival in the session; each greater than all before it.
    pub arrival: i64,
    /// Where it stands.
    #[serde(flatten)]
    pub stage: Stage,
}

/// How long seats are kept, set by programme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// Hours that an offered seat is kept.
    pub offer_hours: u32,
    /// Minutes before the start at which every offer ends. From then on no offer is made: free
    /// seats go by telephone, that is by [`Roster::place_by_hand`].
    pub margin_minutes: u32,
}

impl Default for Policy {
    /// A day to answer, and nothing left open in the last hour.
    fn default() -> Self {
        Self {
            offer_hours: 24,
            margin_minutes: 60,
        }
    }
}

impl Policy {
    /// When an offer made `now` ends; `None` when the session starts too soon to make one.
    #[must_use]
    pub fn offer_until(&self, now: Timestamp, starts_at: Timestamp) -> Option<Timestamp> {
        let latest = self.latest_offer(starts_at);
        let full = now
            .saturating_add(SignedDuration::from_hours(i64::from(self.offer_hours)))
            .unwrap_or(latest);
        let until = full.min(latest);
        (until > now).then_some(until)
    }

    /// The instant by which every offer has ended.
    #[must_use]
    pub fn latest_offer(&self, starts_at: Timestamp) -> Timestamp {
        let margin = SignedDuration::from_mins(i64::from(self.margin_minutes));
        starts_at.saturating_sub(margin).unwrap_or(starts_at)
    }
}

/// What a request for a seat comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "kebab-case")]
pub enum Decision {
    /// The person has a seat.
    Placed,
    /// The person is on the waiting list.
    Waiting {
        /// Place on the list, from 1.
        rank: u32,
        /// Why there is no seat.
        why: WaitReason,
    },
    /// The person is not registered.
    Refused {
        /// Why not.
        why: Refusal,
    },
}

/// Why someone has to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "kebab-case")]
pub enum WaitReason {
    /// All seats are taken, or kept for people who were offered one.
    Full {
        /// Seats of the session.
        capacity: u32,
    },
    /// Seats are free but those who wait come first.
    OthersFirst {
        /// How many wait ahead.
        ahead: u32,
    },
}

impl WaitReason {
    /// The key of the sentence in the locale files.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::Full { .. } => "enrolment-wait-full",
            Self::OthersFirst { .. } => "enrolment-wait-others-first",
        }
    }

    /// The figure that the sentence names, with the name of its variable.
    #[must_use]
    pub fn figure(&self) -> (&'static str, u32) {
        match *self {
            Self::Full { capacity } => ("capacity", capacity),
            Self::OthersFirst { ahead } => ("ahead", ahead),
        }
    }
}

/// Why a session no longer takes registrations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Closed {
    /// It has begun.
    Started,
    /// It has taken place.
    Held,
    /// It does not take place.
    Cancelled,
}

/// Why a command changes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "refusal", rename_all = "kebab-case")]
pub enum Refusal {
    /// The session takes no more registrations.
    #[error("the session is closed")]
    Closed {
        /// Why.
        why: Closed,
    },
    /// The person already has a seat, an offer or a place on the list.
    #[error("already registered")]
    AlreadyEnrolled {
        /// The active registration.
        id: EnrolmentId,
    },
    /// The module is for others.
    #[error("reserved to other people")]
    ReservedTo {
        /// Keys of the audiences it is for.
        audiences: Vec<String>,
    },
    /// The person is registered elsewhere at that time.
    #[error("registered elsewhere at that time")]
    Clash {
        /// In this session.
        session: SessionId,
    },
    /// All seats are taken or kept.
    #[error("no seat is free")]
    NoSeatFree {
        /// Seats of the session.
        capacity: u32,
    },
    /// The session begins too soon for an answer to be waited for.
    #[error("too late to offer a seat")]
    TooLateToOffer,
    /// No such registration in this session.
    #[error("no such registration")]
    Unknown,
    /// The registration is over; nothing is left to withdraw.
    #[error("the registration is over")]
    NotActive {
        /// Where it stands.
        stage: Stage,
    },
    /// No seat is offered to this person at present.
    #[error("no seat is offered")]
    NoOffer {
        /// Where the registration stands.
        stage: Stage,
    },
    /// The answer came after the end of the offer.
    #[error("the offer is over")]
    OfferOver {
        /// When it ended.
        since: Timestamp,
    },
    /// More people have a seat than would remain.
    #[error("{must_leave} people must leave first")]
    SeatsTaken {
        /// How many must leave first.
        must_leave: u32,
    },
    /// No seat at all, or more people needed to open than there are seats.
    #[error("the least is not between 1 and the capacity")]
    BadSize,
}

impl Refusal {
    /// The key of the sentence in the locale files.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::Closed {
                why: Closed::Started,
            } => "enrolment-refused-started",
            Self::Closed { why: Closed::Held } => "enrolment-refused-held",
            Self::Closed {
                why: Closed::Cancelled,
            } => "enrolment-refused-cancelled",
            Self::AlreadyEnrolled { .. } => "enrolment-refused-already-enrolled",
            Self::ReservedTo { .. } => "enrolment-refused-reserved",
            Self::Clash { .. } => "enrolment-refused-clash",
            Self::NoSeatFree { .. } => "enrolment-refused-no-seat-free",
            Self::TooLateToOffer => "enrolment-refused-too-late-to-offer",
            Self::Unknown => "enrolment-refused-unknown",
            Self::NotActive { .. } => "enrolment-refused-not-active",
            Self::NoOffer { .. } => "enrolment-refused-no-offer",
            Self::OfferOver { .. } => "enrolment-refused-offer-over",
            Self::SeatsTaken { .. } => "enrolment-refused-seats-taken",
            Self::BadSize => "enrolment-refused-bad-size",
        }
    }
}

/// One thing to store, in order. Replaying all of them on the roster they came from gives the
/// roster after the command ([`Roster::apply`]).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "kebab-case")]
pub enum Change {
    /// A new registration.
    Entered {
        /// As it is to be stored.
        entry: Entry,
    },
    /// A registration goes from one stage to the next.
    Moved {
        /// The registration.
        id: EnrolmentId,
        /// Whose.
        person: PersonId,
        /// Stage before.
        from: Stage,
        /// Stage after.
        to: Stage,
    },
    /// The session goes to another stage.
    Session {
        /// Stage after.
        stage: session::Stage,
    },
    /// The session takes other numbers of people.
    Resized {
        /// Fewest people for whom it takes place.
        least: u32,
        /// Most people.
        capacity: u32,
    },
    /// The session takes place at another time.
    Rescheduled {
        /// Begin.
        starts_at: Timestamp,
    },
}

/// What the desk should know after a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "notice", rename_all = "kebab-case")]
pub enum Notice {
    /// The session is to take place, now with fewer people than it wanted.
    BelowLeast {
        /// People with a seat.
        placed: u32,
        /// Fewest people wanted.
        least: u32,
    },
    /// Seats are free and people wait, but it is too late for offers: telephone them.
    TooLateToOffer {
        /// Seats free.
        free: u32,
        /// People waiting.
        waiting: u32,
    },
}

impl Notice {
    /// The key of the sentence in the locale files.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::BelowLeast { .. } => "enrolment-notice-below-least",
            Self::TooLateToOffer { .. } => "enrolment-notice-too-late-to-offer",
        }
    }
}

/// What a command does, to be stored in one transaction.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changed {
    /// In order.
    pub changes: Vec<Change>,
    /// For the desk.
    pub notices: Vec<Notice>,
}

/// Someone asking for a seat.
#[derive(Debug, Clone)]
pub struct Request {
    /// Id that the registration gets if there is one.
    pub id: EnrolmentId,
    /// Who.
    pub person: PersonId,
    /// What the rules of the module and the person's diary say.
    pub review: Review,
}

/// The answer to one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Seat, waiting list or refusal.
    pub decision: Decision,
    /// What to do first, which refuses nothing.
    pub advice: Vec<Advice>,
    /// What to store; empty when refused.
    pub changed: Changed,
}

/// The answer to a request for several people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupOutcome {
    /// One decision for each, in the order of the request.
    pub decisions: Vec<(PersonId, Decision)>,
    /// What to store.
    pub changed: Changed,
}

/// A person moved from one session to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    /// What became of it in the new session; never [`Decision::Refused`].
    pub decision: Decision,
    /// What to store for the session left.
    pub left: Changed,
    /// What to store for the session joined.
    pub joined: Changed,
}
