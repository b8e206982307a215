//! The commands. Each works on a copy, records every change it makes there, and ends by giving
//! free seats to those who wait and by confirming the session once enough people have a seat.

use jiff::Timestamp;

use super::{
    Change, Changed, Closed, Decision, Entry, GroupOutcome, Notice, Outcome, Policy, Refusal,
    Request, Stage, Transfer, WaitReason,
};
use crate::id::{EnrolmentId, PersonId};
use crate::session::{self, Opening};

/// One session as registration sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roster {
    least: u32,
    capacity: u32,
    stage: session::Stage,
    starts_at: Timestamp,
    /// By arrival, so that "the first who waits" is the first found.
    entries: Vec<Entry>,
    last_arrival: i64,
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

    fn count(&self, is: impl Fn(&Stage) -> bool) -> u32 {
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
                (self.least, self.capacity) = (*least, *capacity)
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

    fn not_over(&self) -> Result<(), Refusal> {
        match self.stage {
            session::Stage::Gathering | session::Stage::Confirmed { .. } => Ok(()),
            session::Stage::Held { .. } => Err(Refusal::Closed { why: Closed::Held }),
            session::Stage::Cancelled { .. } => Err(Refusal::Closed {
                why: Closed::Cancelled,
            }),
        }
    }

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
                    work.shift(&entry, Stage::Offered { until: latest })
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

/// A command under way: the roster as it becomes, and what made it so.
struct Work<'a> {
    roster: Roster,
    now: Timestamp,
    policy: &'a Policy,
    changed: Changed,
    was_below: bool,
}

impl<'a> Work<'a> {
    fn begin(roster: &Roster, now: Timestamp, policy: &'a Policy) -> Self {
        let was_below = roster.placed() < roster.least;
        Self {
            roster: roster.clone(),
            now,
            policy,
            changed: Changed::default(),
            was_below,
        }
    }

    fn record(&mut self, change: Change) {
        self.roster.apply(&change);
        self.changed.changes.push(change);
    }

    fn shift(&mut self, entry: &Entry, to: Stage) {
        self.record(Change::Moved {
            id: entry.id,
            person: entry.person,
            from: entry.stage,
            to,
        });
    }

    fn add(&mut self, request: &Request, stage: Stage) {
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
    fn enter(&mut self, request: &Request) -> Result<Decision, Refusal> {
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
        let why = if self.roster.free() == 0 {
            WaitReason::Full {
                capacity: self.roster.capacity,
            }
        } else {
            WaitReason::OthersFirst { ahead }
        };
        self.add(request, Stage::Waiting);
        Ok(Decision::Waiting {
            rank: ahead.saturating_add(1),
            why,
        })
    }

    /// Ends the offers whose time is over.
    fn end_offers(&mut self) {
        for entry in self.roster.entries.clone() {
            if let Stage::Offered { until } = entry.stage
                && until <= self.now
            {
                self.shift(&entry, Stage::Lapsed { at: until });
            }
        }
    }

    /// Ends the offers whose time is over and offers their seats to the next.
    fn expire(&mut self) {
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
    fn confirm(&mut self) {
        if self.roster.stage == session::Stage::Gathering {
            self.record(Change::Session {
                stage: session::Stage::Confirmed { at: self.now },
            });
        }
    }

    /// Free seats are offered, the session confirmed when enough people have a seat, and the
    /// desk told what only people can put right.
    fn finish(mut self) -> Changed {
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
