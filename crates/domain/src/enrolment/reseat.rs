//! Many people change sessions at once, as the coordinator decided: a repair after an absence, for instance.

use jiff::Timestamp;

use super::work::Work;
use super::{Changed, Policy, Refusal, Request, Roster, Stage};
use crate::id::EnrolmentId;

/// What one session gives up and takes in.
#[derive(Debug, Clone, Default)]
pub struct Reseat {
    /// Registrations that end here.
    pub leaving: Vec<EnrolmentId>,
    /// Who comes, with what they had elsewhere.
    pub joining: Vec<(Request, Stage)>,
    /// The session is about to be cancelled: nobody who waits is offered what becomes free.
    pub is_closing: bool,
}

impl Roster {
    /// People leave and come at once. Seats are counted when all have moved, so that full sessions can exchange people. Who comes brings what
    /// they had: a seat, the offer of one until the same instant (shortened for a session that begins earlier; a seat when no time is left
    /// for an answer), or the wait, at the end of the list. What is then free is offered to those who wait.
    ///
    /// # Errors
    /// [`Refusal::Closed`], [`Refusal::Unknown`] or [`Refusal::NotActive`] for a registration left, [`Refusal::AlreadyEnrolled`],
    /// [`Refusal::NoSeatFree`], and whatever refuses a request.
    pub fn reseat(
        &self,
        reseat: &Reseat,
        now: Timestamp,
        policy: &Policy,
    ) -> Result<Changed, Refusal> {
        self.open_at(now)?;
        let mut work = Work::begin(self, now, policy);
        work.end_offers();
        for id in &reseat.leaving {
            let entry = *work.roster.entry(*id).ok_or(Refusal::Unknown)?;
            if !entry.stage.is_active() {
                return Err(Refusal::NotActive { stage: entry.stage });
            }
            work.shift(&entry, Stage::Withdrawn { at: now });
        }
        for (request, had) in &reseat.joining {
            if let Some(entry) = work.roster.active(request.person) {
                return Err(Refusal::AlreadyEnrolled { id: entry.id });
            }
            if let Some(why) = &request.review.refusal {
                return Err(why.clone());
            }
            let brought = self.brought(*had, now, policy)?;
            if brought.holds_seat() && work.roster.free() == 0 {
                return Err(Refusal::NoSeatFree {
                    capacity: self.capacity(),
                });
            }
            work.add(request, brought);
        }
        Ok(if reseat.is_closing {
            work.leave_as_is()
        } else {
            work.finish()
        })
    }

    /// What a registration elsewhere is worth here.
    fn brought(&self, had: Stage, now: Timestamp, policy: &Policy) -> Result<Stage, Refusal> {
        match had {
            Stage::Waiting => Ok(Stage::Waiting),
            Stage::Offered { until } => {
                let until = until.min(policy.latest_offer(self.starts_at()));
                Ok(if until > now {
                    Stage::Offered { until }
                } else {
                    Stage::Placed { at: now }
                })
            }
            Stage::Placed { .. } => Ok(Stage::Placed { at: now }),
            stage => Err(Refusal::NotActive { stage }),
        }
    }
}
