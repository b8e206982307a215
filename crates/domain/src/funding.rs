//! Who pays for what: hours of people and of trainers for each funder.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::attendance::Mark;
use crate::id::{PartnerId, PersonId, SessionId};
use crate::input::Minutes;

/// A session that was given, or is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// The session.
    pub session: SessionId,
    /// The day, where it is held.
    pub day: Date,
    /// How long it lasts.
    pub length: Minutes,
    /// Who pays for it, as the desk said.
    pub funder: Option<PartnerId>,
    /// The funder of its season when there is exactly one: nobody has to say it again.
    pub only: Option<PartnerId>,
    /// Whether a trainer gives it.
    pub has_trainer: bool,
}

impl Given {
    /// Who pays for the session itself, hence for its trainer.
    #[must_use]
    pub fn payer(&self) -> Option<PartnerId> {
        self.funder.or(self.only)
    }
}

/// A place in a session: somebody who has a seat or came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The session.
    pub session: SessionId,
    /// Who.
    pub person: PersonId,
    /// Who pays for this place, if somebody else than for the session.
    pub funder: Option<PartnerId>,
    /// How they attended, once it is said.
    pub mark: Option<Mark>,
}

/// What one funder pays for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Share {
    /// Sessions in which it pays for anything.
    pub sessions: BTreeSet<SessionId>,
    /// Their days.
    pub days: BTreeSet<Date>,
    /// People who came.
    pub people: BTreeSet<PersonId>,
    /// Time they were there.
    pub people_time: Minutes,
    /// Time of trainers, whole sessions.
    pub trainer_time: Minutes,
    /// Places whose holder was there, by the list.
    pub present: u32,
    /// Places whose holder was not.
    pub absent: u32,
    /// Places of which nothing is said yet.
    pub open: u32,
}

impl Share {
    /// Puts what another share holds to this one: the same funder in another season.
    pub fn add(&mut self, other: Self) {
        self.sessions.extend(other.sessions);
        self.days.extend(other.days);
        self.people.extend(other.people);
        self.people_time = self.people_time + other.people_time;
        self.trainer_time = self.trainer_time + other.trainer_time;
        self.present += other.present;
        self.absent += other.absent;
        self.open += other.open;
    }
}

/// Hours for each funder; `None` for what nobody pays for.
///
/// A place is paid for by its own funder, else by that of the session, else by the only one of the season. The trainer's time is counted
/// once, with the funder of the session, and only where a trainer gives it.
#[must_use]
pub fn shares(sessions: &[Given], places: &[Held]) -> BTreeMap<Option<PartnerId>, Share> {
    let mut shares: BTreeMap<Option<PartnerId>, Share> = BTreeMap::new();
    let by_id: BTreeMap<SessionId, &Given> =
        sessions.iter().map(|one| (one.session, one)).collect();
    for given in sessions {
        let share = shares.entry(given.payer()).or_default();
        share.sessions.insert(given.session);
        share.days.insert(given.day);
        if given.has_trainer {
            share.trainer_time = share.trainer_time + given.length;
        }
    }
    for place in places {
        let Some(given) = by_id.get(&place.session) else {
            continue;
        };
        let share = shares
            .entry(place.funder.or_else(|| given.payer()))
            .or_default();
        share.sessions.insert(given.session);
        share.days.insert(given.day);
        match place.mark {
            None => share.open += 1,
            Some(mark) if mark.came() => {
                share.present += 1;
                share.people.insert(place.person);
                share.people_time = share.people_time + mark.attended(given.length);
            }
            Some(_) => share.absent += 1,
        }
    }
    shares
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::id::Id;

    fn id<K>(byte: u8) -> Id<K> {
        Id::new(1, &[byte; 10])
    }

    fn given(session: u8, funder: Option<u8>, only: Option<u8>) -> Given {
        Given {
            session: id(session),
            day: date(2026, 3, 2),
            length: Minutes(120),
            funder: funder.map(id),
            only: only.map(id),
            has_trainer: true,
        }
    }

    fn held(session: u8, person: u8, funder: Option<u8>, mark: Option<Mark>) -> Held {
        Held {
            session: id(session),
            person: id(person),
            funder: funder.map(id),
            mark,
        }
    }

    #[test]
    fn a_place_follows_its_own_funder_then_the_sessions_then_the_only_one() {
        let sessions = [
            given(1, Some(10), Some(11)),
            given(2, None, Some(11)),
            given(3, None, None),
        ];
        let places = [
            held(1, 1, None, Some(Mark::Present)),
            held(1, 2, Some(12), Some(Mark::Late { minutes: 30 })),
            held(2, 1, None, Some(Mark::Absent)),
            held(3, 1, None, None),
        ];
        let shares = shares(&sessions, &places);
        let of = |funder: Option<u8>| shares[&funder.map(id)].clone();
        let hours = |funder| (of(funder).people_time.0, of(funder).trainer_time.0);
        assert_eq!(hours(Some(10)), (120, 120));
        assert_eq!(hours(Some(12)), (90, 0), "the trainer is counted once");
        assert_eq!(hours(Some(11)), (0, 120));
        let counts = |funder| (of(funder).present, of(funder).absent, of(funder).open);
        assert_eq!(counts(Some(11)), (0, 1, 0));
        assert_eq!((hours(None), counts(None)), ((0, 120), (0, 0, 1)));
    }

    #[test]
    fn nothing_is_counted_twice_or_lost() {
        let sessions = [given(1, Some(10), None), given(2, Some(10), None)];
        let places: Vec<Held> = (1..=4)
            .flat_map(|person| {
                [1, 2].map(|session| {
                    held(
                        session,
                        person,
                        (person == 4).then_some(12),
                        Some(Mark::Present),
                    )
                })
            })
            .collect();
        let shares = shares(&sessions, &places);
        let total: u32 = shares.values().map(|share| share.people_time.0).sum();
        assert_eq!(total, 8 * 120);
        let ten = &shares[&Some(id(10))];
        assert_eq!(
            (
                ten.people.len(),
                ten.present,
                ten.sessions.len(),
                ten.days.len()
            ),
            (3, 6, 2, 1)
        );
        assert_eq!(
            shares
                .values()
                .map(|share| share.trainer_time.0)
                .sum::<u32>(),
            240
        );
    }

    #[test]
    fn a_session_without_trainer_costs_no_trainers_time() {
        let alone = Given {
            has_trainer: false,
            ..given(1, Some(10), None)
        };
        assert_eq!(
            shares(&[alone], &[])[&Some(id(10))].trainer_time,
            Minutes(0)
        );
    }
}
