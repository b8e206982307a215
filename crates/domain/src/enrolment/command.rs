//! The commands. Each leaves the roster as it is and answers with what is to be stored.

use jiff::Timestamp;

use super::work::Work;
use super::{
    Change, Changed, Decision, Entry, GroupOutcome, Outcome, Policy, Refusal, Request, Roster,
    Stage, Transfer,
};
use crate::id::EnrolmentId;
use crate::session;

impl Roster {
    /// Someone asks for a seat: a seat if one is free and nobody waits, else the end of the list.
    #[must_use]
    pub fn request(&self, request: &Request, now: Timestamp, policy: &Policy) -> Outcome {
        let mut work = Work::begin(self, now, policy);
        match work.enter(request) {
            Ok(decision) => Outcome {
                decision,
                advice: request.review.advice.clone(),
                changed: work.finish(),
            },
            Err(why) => Outcome {
                decision: Decision::Refused { why },
                advice: request.review.advice.clone(),
                changed: Changed::default(),
            },
        }
    }

    /// Several people ask at once, one firm for instance: as if they had come one after the
    /// other in the order given, with nobody in between. Seats go to as many as fit and the rest
    /// wait side by side; one who is refused does not keep the others out. Holding seats back
    /// until all fit would let small groups stay empty while people wait.
    #[must_use]
    pub fn request_group(
        &self,
        requests: &[Request],
        now: Timestamp,
        policy: &Policy,
    ) -> GroupOutcome {
        let mut work = Work::begin(self, now, policy);
        let decisions = requests
            .iter()
            .map(|request| {
                (
                    request.person,
                    work.enter(request)
                        .unwrap_or_else(|why| Decision::Refused { why }),
                )
            })
            .collect::<Vec<_>>();
        let all_refused = decisions
            .iter()
            .all(|(_, decision)| matches!(decision, Decision::Refused { .. }));
        let changed = if all_refused {
            Changed::default()
        } else {
            work.finish()
        };
        GroupOutcome { decisions, changed }
    }

    /// Holds a seat out to somebody who did not ask, until the end of the offer: a plan's proposal. Never past those who wait.
    ///
    /// # Errors
    /// [`Refusal::Closed`], [`Refusal::AlreadyEnrolled`], [`Refusal::NoSeatFree`], [`Refusal::TooLateToOffer`], and whatever refuses a
    /// request.
    pub fn offer(
        &self,
        request: &Request,
        now: Timestamp,
        policy: &Policy,
    ) -> Result<Changed, Refusal> {
        self.open_at(now)?;
        if let Some(entry) = self.active(request.person) {
            return Err(Refusal::AlreadyEnrolled { id: entry.id });
        }
        if let Some(why) = &request.review.refusal {
            return Err(why.clone());
        }
        let until = policy
            .offer_until(now, self.starts_at)
            .ok_or(Refusal::TooLateToOffer)?;
        let mut work = Work::begin(self, now, policy);
        work.expire();
        if work.roster.free_for_newcomers() == 0 {
            return Err(Refusal::NoSeatFree {
                capacity: self.capacity,
            });
        }
        work.add(request, Stage::Offered { until });
        Ok(work.finish())
    }

    /// Gives up a seat, an offer or the wait; a seat freed is offered to the first who waits.
    ///
    /// # Errors
    /// [`Refusal::Closed`], [`Refusal::Unknown`], [`Refusal::NotActive`].
    pub fn withdraw(
        &self,
        id: EnrolmentId,
        now: Timestamp,
        policy: &Policy,
    ) -> Result<Changed, Refusal> {
        self.open_at(now)?;
        let entry = self.entry(id).ok_or(Refusal::Unknown)?;
        if !entry.stage.is_active() {
            return Err(Refusal::NotActive { stage: entry.stage });
        }
        let mut work = Work::begin(self, now, policy);
        work.shift(entry, Stage::Withdrawn { at: now });
        work.expire();
        Ok(work.finish())
    }

    /// Takes the seat offered. Taking it twice changes nothing.
    ///
    /// # Errors
    /// [`Refusal::Closed`], [`Refusal::Unknown`], [`Refusal::OfferOver`], [`Refusal::NoOffer`].
    pub fn accept(
        &self,
        id: EnrolmentId,
        now: Timestamp,
        policy: &Policy,
    ) -> Result<Changed, Refusal> {
        let entry = self.entry(id).ok_or(Refusal::Unknown)?;
        if matches!(entry.stage, Stage::Placed { .. }) {
            return Ok(Changed::default());
        }
        self.open_at(now)?;
        match entry.stage {
            Stage::Offered { until } if until > now => {}
            Stage::Offered { until: since } | Stage::Lapsed { at: since } => {
                return Err(Refusal::OfferOver { since });
            }
            stage => return Err(Refusal::NoOffer { stage }),
        }
        let mut work = Work::begin(self, now, policy);
        work.shift(entry, Stage::Placed { at: now });
        work.expire();
        Ok(work.finish())
    }

    /// Declines the seat offered; it goes to the next. Declining twice changes nothing.
    ///
    /// # Errors
    /// [`Refusal::Closed`], [`Refusal::Unknown`], [`Refusal::NoOffer`].
    pub fn decline(
        &self,
        id: EnrolmentId,
        now: Timestamp,
        policy: &Policy,
    ) -> Result<Changed, Refusal> {
        let entry = self.entry(id).ok_or(Refusal::Unknown)?;
        if matches!(entry.stage, Stage::Lapsed { .. }) {
            return Ok(Changed::default());
        }
        self.open_at(now)?;
        if !matches!(entry.stage, Stage::Offered { .. }) {
            return Err(Refusal::NoOffer { stage: entry.stage });
        }
        let mut work = Work::begin(self, now, policy);
        work.shift(entry, Stage::Lapsed { at: now });
        work.expire();
        Ok(work.finish())
    }

    /// Ends the offers whose time is over and offers their seats to the next. Every other
    /// command does so too, so that a late clock never changes who gets a seat.
    #[must_use]
    pub fn expire(&self, now: Timestamp, policy: &Policy) -> Changed {
        let mut work = Work::begin(self, now, policy);
        work.expire();
        work.finish()
    }

    /// Gives the session another size. Open offers are taken back first, the latest comer
    /// first, each to its former rank; seats already given are never taken back.
    ///
    /// # Errors
    /// [`Refusal::Closed`] once held or cancelled, [`Refusal::BadSize`],
    /// [`Refusal::SeatsTaken`] with how many must leave first.
    pub fn resize(
        &self,
        least: u32,
        capacity: u32,
        now: Timestamp,
        policy: &Policy,
    ) -> Result<Changed, Refusal> {
        self.not_over()?;
        if !(1..=capacity).contains(&least) {
            return Err(Refusal::BadSize);
        }
        if let must_leave @ 1.. = self.placed().saturating_sub(capacity) {
            return Err(Refusal::SeatsTaken { must_leave });
        }
        if (least, capacity) == (self.least, self.capacity) {
            return Ok(Changed::default());
        }
        let mut work = Work::begin(self, now, policy);
        work.expire();
        work.record(Change::Resized { least, capacity });
        let mut surplus = work
            .roster
            .count(Stage::holds_seat)
            .saturating_sub(capacity);
        for entry in work.roster.entries.clone().iter().rev() {
            if surplus > 0 && matches!(entry.stage, Stage::Offered { .. }) {
                work.shift(entry, Stage::Waiting);
                surplus -= 1;
            }
        }
        Ok(work.finish())
    }

    /// Gives the session another begin. Offers that would end too close to it are shortened, or
    /// taken back to their former rank when no time is left for an answer.
    ///
    /// # Errors
    /// [`Refusal::Closed`] once held or cancelled.
    pub fn reschedule(
        &self,
        starts_at: Timestamp,
        now: Timestamp,
        policy: &Policy,
    ) -> Result<Changed, Refusal> {
        self.not_over()?;
        if starts_at == self.starts_at {
            return Ok(Changed::default());
        }
        let mut work = Work::begin(self, now, policy);
        work.expire();
        work.record(Change::Rescheduled { starts_at });
        let latest = policy.latest_offer(starts_at);
        for entry in work.roster.entries.clone().into_iter().rev() {
            match entry.stage {
                Stage::Offered { .. } if latest <= now => work.shift(&entry, Stage::Waiting),
                Stage::Offered { until } if latest < until => {
                    work.shift(&entry, Stage::Offered { until: latest });
                }
                _ => {}
            }
        }
        Ok(work.finish())
    }

    /// The coordinator gives a seat, past those who wait but never past the capacity: to
    /// someone new, someone waiting or someone with an offer. Possible until the session is
    /// held, because people come in at the door. Audience and diary are the coordinator's to
    /// weigh; a refusal in the review is a clash or a reservation they were shown.
    ///
    /// # Errors
    /// [`Refusal::Closed`] once held or cancelled, [`Refusal::AlreadyEnrolled`] with a seat,
    /// [`Refusal::NoSeatFree`], and [`Refusal::Clash`] from the review: nobody is in two places.
    pub fn place_by_hand(
        &self,
        request: &Request,
        now: Timestamp,
        policy: &Policy,
    ) -> Result<Changed, Refusal> {
        self.not_over()?;
        if let Some(clash @ Refusal::Clash { .. }) = &request.review.refusal {
            return Err(clash.clone());
        }
        let mut work = Work::begin(self, now, policy);
        let active = self.active(request.person).copied();
        match active {
            Some(Entry {
                id,
                stage: Stage::Placed { .. },
                ..
            }) => return Err(Refusal::AlreadyEnrolled { id }),
            // The seat kept for the person is the one that is given.
            Some(
                entry @ Entry {
                    stage: Stage::Offered { .. },
                    ..
                },
            ) => work.shift(&entry, Stage::Placed { at: now }),
            _ => {
                work.end_offers();
                if work.roster.free() == 0 {
                    return Err(Refusal::NoSeatFree {
                        capacity: self.capacity,
                    });
                }
                match active {
                    Some(entry) => work.shift(&entry, Stage::Placed { at: now }),
                    None => work.add(request, Stage::Placed { at: now }),
                }
            }
        }
        work.expire();
        Ok(work.finish())
    }

    /// The coordinator decides that the session takes place, however few.
    ///
    /// # Errors
    /// [`Refusal::Closed`] once held or cancelled.
    pub fn confirm(&self, now: Timestamp, policy: &Policy) -> Result<Changed, Refusal> {
        self.not_over()?;
        let mut work = Work::begin(self, now, policy);
        work.expire();
        work.confirm();
        Ok(work.finish())
    }

    /// The session has taken place. Offers lapse; who still waits stays on record as demand
    /// that was not met.
    ///
    /// # Errors
    /// [`Refusal::Closed`] once held or cancelled.
    pub fn hold(&self, now: Timestamp, policy: &Policy) -> Result<Changed, Refusal> {
        self.not_over()?;
        let mut work = Work::begin(self, now, policy);
        for entry in &self.entries {
            if let Stage::Offered { until } = entry.stage {
                work.shift(entry, Stage::Lapsed { at: until.min(now) });
            }
        }
        work.record(Change::Session {
            stage: session::Stage::Held { at: now },
        });
        Ok(work.finish())
    }

    /// The session does not take place; everyone active is told.
    ///
    /// # Errors
    /// [`Refusal::Closed`] once held or cancelled.
    pub fn cancel(
        &self,
        reason: session::Reason,
        now: Timestamp,
        policy: &Policy,
    ) -> Result<Changed, Refusal> {
        self.not_over()?;
        let mut work = Work::begin(self, now, policy);
        for entry in self.entries.iter().filter(|entry| entry.stage.is_active()) {
            work.shift(entry, Stage::Cancelled { at: now });
        }
        work.record(Change::Session {
            stage: session::Stage::Cancelled { at: now, reason },
        });
        Ok(work.finish())
    }
}

/// Moves a person from one session to another in one step. Nobody loses a seat by it: who has a
/// seat or an offer moves only to a seat; who waits may go on waiting elsewhere, at the end of
/// the list there. The request's review is for the session joined, without the one left.
///
/// # Errors
/// [`Refusal::Unknown`] or [`Refusal::NotActive`] for the registration left,
/// [`Refusal::NoSeatFree`], and whatever refuses a request in the session joined.
pub fn transfer(
    (from, id): (&Roster, EnrolmentId),
    (to, request): (&Roster, &Request),
    now: Timestamp,
    policy: &Policy,
) -> Result<Transfer, Refusal> {
    let entry = from
        .entry(id)
        .filter(|entry| entry.person == request.person)
        .ok_or(Refusal::Unknown)?;
    let left = from.withdraw(id, now, policy)?;
    let joined = to.request(request, now, policy);
    match joined.decision {
        Decision::Refused { why } => Err(why),
        Decision::Waiting { .. } if entry.stage.holds_seat() => Err(Refusal::NoSeatFree {
            capacity: to.capacity,
        }),
        decision => Ok(Transfer {
            decision,
            left,
            joined: joined.changed,
        }),
    }
}
