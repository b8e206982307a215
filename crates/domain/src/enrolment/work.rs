//! A command under way: it works on a copy of the roster and records every change made there,
//! and ends by offering free seats and confirming the session once enough people have one.

use jiff::Timestamp;

use super::{Change, Changed, Decision, Entry, Notice, Policy, Refusal, Request, Roster, Stage};
use crate::session;

/// A command under way: the roster as it becomes, and what made it so.
pub(super) struct Work<'a> {
    pub(super) roster: Roster,
    now: Timestamp,
    policy: &'a Policy,
    changed: Changed,
    was_below: bool,
}

impl<'a> Work<'a> {
    pub(super) fn begin(roster: &Roster, now: Timestamp, policy: &'a Policy) -> Self {
        let was_below = roster.placed() < roster.least;
        Self {
            roster: roster.clone(),
            now,
            policy,
            changed: Changed::default(),
            was_below,
        }
    }

    pub(super) fn record(&mut self, change: Change) {
        self.roster.apply(&change);
        self.changed.changes.push(change);
    }

    pub(super) fn shift(&mut self, entry: &Entry, to: Stage) {
        self.record(Change::Moved {
            id: entry.id,
            person: entry.person,
            from: entry.stage,
            to,
        });
    }

    pub(super) fn add(&mut self, request: &Request, stage: Stage) {
        let arrival = self.roster.last_arrival.saturating_add(1);
        self.record(Change::Entered {
            entry: Entry {
                id: request.id,
                person: request.person,
                arrival,
                stage,
            },
        });
    }

    /// One request for a seat.
    pub(super) fn enter(&mut self, request: &Request) -> Result<Decision, Refusal> {
        self.roster.open_at(self.now)?;
        if let Some(entry) = self.roster.active(request.person) {
            // An offer that is over no longer keeps the person from asking anew.
            if !matches!(entry.stage, Stage::Offered { until } if until <= self.now) {
                return Err(Refusal::AlreadyEnrolled { id: entry.id });
            }
        }
        if let Some(why) = &request.review.refusal {
            return Err(why.clone());
        }
        self.expire();
        let ahead = self.roster.waiting();
        if self.roster.free_for_newcomers() > 0 {
            self.add(request, Stage::Placed { at: self.now });
            return Ok(Decision::Placed);
        }
        let rank = ahead.saturating_add(1);
        let why = self.roster.wait_reason(rank);
        self.add(request, Stage::Waiting);
        Ok(Decision::Waiting { rank, why })
    }

    /// Ends the offers whose time is over.
    pub(super) fn end_offers(&mut self) {
        for entry in self.roster.entries.clone() {
            if let Stage::Offered { until } = entry.stage
                && until <= self.now
            {
                self.shift(&entry, Stage::Lapsed { at: until });
            }
        }
    }

    /// Ends the offers whose time is over and offers their seats to the next.
    pub(super) fn expire(&mut self) {
        self.end_offers();
        self.offer_free_seats();
    }

    /// Offers every free seat to whoever waits, first comer first, while there is time.
    fn offer_free_seats(&mut self) {
        if self.roster.open_at(self.now).is_err() {
            return;
        }
        let Some(until) = self.policy.offer_until(self.now, self.roster.starts_at) else {
            return;
        };
        let free = usize::try_from(self.roster.free()).unwrap_or(usize::MAX);
        let next: Vec<Entry> = self
            .roster
            .entries
            .iter()
            .filter(|entry| entry.stage == Stage::Waiting)
            .take(free)
            .copied()
            .collect();
        for entry in next {
            self.shift(&entry, Stage::Offered { until });
        }
    }

    /// The session takes place, if that was still open.
    pub(super) fn confirm(&mut self) {
        if self.roster.stage == session::Stage::Gathering {
            self.record(Change::Session {
                stage: session::Stage::Confirmed { at: self.now },
            });
        }
    }

    /// What was recorded, and nothing that would follow from it.
    pub(super) fn leave_as_is(self) -> Changed {
        self.changed
    }

    /// Free seats are offered, the session confirmed when enough people have a seat, and the
    /// desk told what only people can put right.
    pub(super) fn finish(mut self) -> Changed {
        self.offer_free_seats();
        let (placed, least) = (self.roster.placed(), self.roster.least);
        if placed >= least {
            self.confirm();
        }
        // Told once, with the change that made it so, and only while something can be done.
        if !self.changed.changes.is_empty() && self.roster.open_at(self.now).is_ok() {
            let is_confirmed = matches!(self.roster.stage, session::Stage::Confirmed { .. });
            if is_confirmed && placed < least && !self.was_below {
                self.changed
                    .notices
                    .push(Notice::BelowLeast { placed, least });
            }
            let (free, waiting) = (self.roster.free(), self.roster.waiting());
            if free > 0 && waiting > 0 {
                self.changed
                    .notices
                    .push(Notice::TooLateToOffer { free, waiting });
            }
        }
        self.changed
    }
}
