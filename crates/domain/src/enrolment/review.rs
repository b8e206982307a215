//! What the rules of a module and a person's diary say about a request, before seats count.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Refusal;
use crate::id::SessionId;
use crate::session::overlap;

/// What a module asks of those who come.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Conditions {
    /// Keys of the audiences it is reserved to; empty when it is for everyone.
    pub reserved_to: BTreeSet<String>,
    /// Slugs of the modules that should come before.
    pub after: Vec<String>,
}

/// One active registration of a person: a seat, an offer or a place on a waiting list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Booking {
    /// The session.
    pub session: SessionId,
    /// Begin.
    pub starts_at: Timestamp,
    /// End, not itself included.
    pub ends_at: Timestamp,
}

/// What is known of the person who asks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Applicant {
    /// Keys of the audiences the person belongs to.
    pub audiences: BTreeSet<String>,
    /// Slugs of modules attended, or to be attended before this session.
    pub modules: BTreeSet<String>,
    /// All other active registrations.
    pub bookings: Vec<Booking>,
}

/// What would be good to do first. Never a reason to refuse.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "advice", rename_all = "kebab-case")]
pub enum Advice {
    /// Modules that usually come before and that the person has not taken.
    TakeFirst {
        /// Their slugs, in the order of the module's own list.
        modules: Vec<String>,
    },
}

impl Advice {
    /// The key of the sentence in the locale files.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::TakeFirst { .. } => "enrolment-advice-take-first",
        }
    }
}

/// What the rules say, before seats count.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Review {
    /// A reason to refuse.
    pub refusal: Option<Refusal>,
    /// What to do first.
    pub advice: Vec<Advice>,
}

impl Review {
    /// Nothing to object and nothing to advise.
    #[must_use]
    pub fn clear() -> Self {
        Self::default()
    }

    /// Weighs the module's conditions and the person's diary for one session. The person's own
    /// registration in `session` is passed over.
    ///
    /// Of two reasons to refuse the audience is told first: it will not change by choosing
    /// another date. Of two clashes the one that begins first.
    #[must_use]
    pub fn of(conditions: &Conditions, applicant: &Applicant, session: &Booking) -> Self {
        let is_for_all = conditions.reserved_to.is_empty();
        let refusal = if is_for_all || !conditions.reserved_to.is_disjoint(&applicant.audiences) {
            clash(applicant, session)
        } else {
            Some(Refusal::ReservedTo {
                audiences: conditions.reserved_to.iter().cloned().collect(),
            })
        };
        let missing: Vec<String> = conditions
            .after
            .iter()
            .filter(|module| !applicant.modules.contains(*module))
            .cloned()
            .collect();
        let advice = if missing.is_empty() {
            Vec::new()
        } else {
            vec![Advice::TakeFirst { modules: missing }]
        };
        Self { refusal, advice }
    }
}

fn clash(applicant: &Applicant, session: &Booking) -> Option<Refusal> {
    let time = (session.starts_at, session.ends_at);
    applicant
        .bookings
        .iter()
        .filter(|other| {
            other.session != session.session && overlap((other.starts_at, other.ends_at), time)
        })
        .min_by_key(|other| (other.starts_at, other.session))
        .map(|other| Refusal::Clash {
            session: other.session,
        })
}
