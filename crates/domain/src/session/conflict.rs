//! Who or what would be in two sessions at once.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::id::{PersonId, RoomId, SessionId, TrainerId};

/// What a session that takes place keeps busy, and when. Cancelled sessions keep nothing busy
/// and are left out by the caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occupation {
    /// The session.
    pub session: SessionId,
    /// Begin.
    pub starts_at: Timestamp,
    /// End, not itself included.
    pub ends_at: Timestamp,
    /// Its room, if chosen.
    pub room: Option<RoomId>,
    /// Its trainer, if found.
    pub trainer: Option<TrainerId>,
    /// Everyone with a seat, an offer or a place on the waiting list.
    pub participants: Vec<PersonId>,
}

impl Occupation {
    /// Whether the two share an instant. One that begins when the other ends does not.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        overlap(
            (self.starts_at, self.ends_at),
            (other.starts_at, other.ends_at),
        )
    }
}

/// Whether two times, each without its last instant, share one.
#[must_use]
pub(crate) fn overlap(one: (Timestamp, Timestamp), other: (Timestamp, Timestamp)) -> bool {
    one.0 < other.1 && other.0 < one.1
}

/// One thing or person in two sessions at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "conflict", rename_all = "kebab-case")]
pub enum Conflict {
    /// The room is taken.
    Room {
        /// By this session.
        with: SessionId,
    },
    /// The trainer is elsewhere.
    Trainer {
        /// In this session.
        with: SessionId,
    },
    /// Someone registered is registered elsewhere.
    Participant {
        /// Who.
        person: PersonId,
        /// In this session.
        with: SessionId,
    },
}

impl Conflict {
    /// The key of the sentence in the locale files.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::Room { .. } => "session-conflict-room",
            Self::Trainer { .. } => "session-conflict-trainer",
            Self::Participant { .. } => "session-conflict-participant",
        }
    }
}

/// Everything that `proposed` would keep busy twice, in the order of `others`. The session's own
/// former self among `others` is passed over.
#[must_use]
pub fn conflicts(proposed: &Occupation, others: &[Occupation]) -> Vec<Conflict> {
    let people: BTreeSet<PersonId> = proposed.participants.iter().copied().collect();
    let mut found = Vec::new();
    for other in others
        .iter()
        .filter(|other| other.session != proposed.session && other.overlaps(proposed))
    {
        let with = other.session;
        if proposed.room.is_some() && other.room == proposed.room {
            found.push(Conflict::Room { with });
        }
        if proposed.trainer.is_some() && other.trainer == proposed.trainer {
            found.push(Conflict::Trainer { with });
        }
        let both: BTreeSet<PersonId> = other
            .participants
            .iter()
            .copied()
            .filter(|p| people.contains(p))
            .collect();
        found.extend(
            both.into_iter()
                .map(|person| Conflict::Participant { person, with }),
        );
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Id;

    fn occupation(session: u8, from: i64, to: i64) -> Occupation {
        Occupation {
            session: Id::new(1, &[session; 10]),
            starts_at: Timestamp::from_second(from * 60).unwrap(),
            ends_at: Timestamp::from_second(to * 60).unwrap(),
            room: Some(Id::new(2, &[session; 10])),
            trainer: None,
            participants: vec![],
        }
    }

    #[test]
    fn one_may_begin_when_the_other_ends() {
        let room = Some(Id::new(9, &[9; 10]));
        let morning = Occupation {
            room,
            ..occupation(1, 0, 120)
        };
        let after = Occupation {
            room,
            ..occupation(2, 120, 240)
        };
        let across = Occupation {
            room,
            ..occupation(3, 119, 121)
        };
        assert_eq!(conflicts(&morning, std::slice::from_ref(&after)), vec![]);
        assert_eq!(
            conflicts(&across, &[morning.clone(), after.clone()]),
            vec![
                Conflict::Room {
                    with: morning.session
                },
                Conflict::Room {
                    with: after.session
                }
            ]
        );
    }

    #[test]
    fn trainer_and_participants_cannot_be_in_two_places() {
        let (trainer, anne, luc) = (
            Some(Id::new(3, &[1; 10])),
            Id::new(4, &[1; 10]),
            Id::new(4, &[2; 10]),
        );
        let one = Occupation {
            trainer,
            participants: vec![anne, luc],
            ..occupation(1, 0, 120)
        };
        let other = Occupation {
            trainer,
            participants: vec![luc, luc],
            ..occupation(2, 60, 180)
        };
        let with = other.session;
        assert_eq!(
            conflicts(&one, &[other]),
            vec![
                Conflict::Trainer { with },
                Conflict::Participant { person: luc, with }
            ]
        );
    }

    #[test]
    fn two_sessions_without_trainer_share_none_and_a_session_never_meets_itself() {
        let one = occupation(1, 0, 120);
        let other = occupation(2, 0, 120);
        assert_eq!(conflicts(&one, &[other, one.clone()]), vec![]);
    }
}
