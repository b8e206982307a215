//! From one plan to another: what is different for each person, and why.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Serialize;

use crate::format::{Instance, Plan, PlannedSession};
use crate::problem::Problem;

/// What is different for a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PersonChange {
    /// Who.
    pub person: String,
    /// Which module.
    pub module: String,
    /// Where and when before, if anywhere.
    pub before: Option<Seat>,
    /// Where and when now, if anywhere.
    pub after: Option<Seat>,
    /// Why.
    pub reason: Reason,
}

/// A seat in a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Seat {
    /// Session by position in its plan.
    pub session: usize,
    /// Where.
    pub site: String,
    /// In which room.
    pub room: String,
    /// When.
    pub slot: u32,
    /// With whom.
    pub trainer: String,
}

/// Why something is different: the first that holds, in this order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "why", rename_all = "kebab-case")]
pub enum Reason {
    /// The session was cancelled by somebody.
    #[error("the session is cancelled")]
    Cancelled,
    /// The person left, or no longer wants the module.
    #[error("they no longer want it")]
    Withdrawn,
    /// The person cannot come then any longer, or not so far.
    #[error("they cannot come there and then any longer")]
    PersonAway,
    /// The trainer is not there then any longer.
    #[error("trainer {trainer} is absent")]
    TrainerAbsent {
        /// Who.
        trainer: String,
    },
    /// The site does not receive then any longer, or the room is gone.
    #[error("site {site} is closed")]
    SiteClosed {
        /// Which.
        site: String,
    },
    /// The trainer is needed in another session, which was not there before.
    #[error("trainer {trainer} is needed for {module} at {site}")]
    TrainerNeeded {
        /// Who.
        trainer: String,
        /// In which session: module.
        module: String,
        /// And site.
        site: String,
    },
    /// A module that must come before it moved.
    #[error("{module}, which comes before it, has moved")]
    After {
        /// That module.
        module: String,
    },
    /// The seat is taken by others who have fewer possibilities.
    #[error("the seat is needed for {people:?}")]
    SeatNeeded {
        /// Who has come into the session.
        people: Vec<String>,
    },
    /// The session no longer takes place, because others left it.
    #[error("too few are left for the session")]
    SessionClosed,
    /// Others left the session, so that there is a seat.
    #[error("a seat has become free")]
    SeatFreed,
    /// The session is new.
    #[error("a session has been added")]
    SessionAdded,
    /// There was a seat before; the whole is better so.
    #[error("the plan as a whole is better so")]
    Better,
}

/// What is different for each person, in the order of the instance, then of slots. `cancelled`
/// are sessions of `old` (by position) that somebody has called off.
#[must_use]
pub fn changes(
    problem: &Problem,
    old: &Plan,
    new: &Plan,
    cancelled: &[usize],
) -> Vec<PersonChange> {
    let review = Review::new(problem.instance(), old, new, cancelled);
    let mut known: Vec<&str> = problem
        .instance()
        .people
        .iter()
        .map(|it| it.id.as_str())
        .collect();
    let present: HashSet<&str> = known.iter().copied().collect();
    let gone: Vec<&str> = review
        .before
        .keys()
        .map(|(person, _)| *person)
        .filter(|it| !present.contains(it))
        .collect();
    known.extend(gone);
    let mut seen = HashSet::new();
    known.retain(|id| seen.insert(*id));
    known
        .iter()
        .flat_map(|person| review.person(person))
        .collect()
}

type Seats<'a> = BTreeMap<(&'a str, &'a str), usize>;

struct Review<'a> {
    instance: &'a Instance,
    old: &'a [PlannedSession],
    new: &'a [PlannedSession],
    cancelled: &'a [usize],
    before: Seats<'a>,
    after: Seats<'a>,
    /// (module, site, slot) to session.
    old_at: HashMap<(&'a str, &'a str, u32), usize>,
    new_at: HashMap<(&'a str, &'a str, u32), usize>,
}

fn seats(sessions: &[PlannedSession]) -> Seats<'_> {
    let mut seats = Seats::new();
    for (index, session) in sessions.iter().enumerate() {
        for person in &session.people {
            seats.insert((person, &session.module), index);
        }
    }
    seats
}

fn places(sessions: &[PlannedSession]) -> HashMap<(&str, &str, u32), usize> {
    sessions
        .iter()
        .enumerate()
        .map(|(index, it)| ((it.module.as_str(), it.site.as_str(), it.slot), index))
        .collect()
}

impl<'a> Review<'a> {
    fn new(instance: &'a Instance, old: &'a Plan, new: &'a Plan, cancelled: &'a [usize]) -> Self {
        Self {
            instance,
            old: &old.sessions,
            new: &new.sessions,
            cancelled,
            before: seats(&old.sessions),
            after: seats(&new.sessions),
            old_at: places(&old.sessions),
            new_at: places(&new.sessions),
        }
    }

    fn person(&self, person: &'a str) -> Vec<PersonChange> {
        let of = |seats: &Seats<'a>| -> Vec<&'a str> {
            let range = seats
                .range((person, "")..)
                .take_while(|((id, _), _)| *id == person);
            range.map(|((_, module), _)| *module).collect()
        };
        let mut modules = of(&self.before);
        modules.extend(of(&self.after));
        modules.sort_unstable();
        modules.dedup();
        let mut changes: Vec<PersonChange> = modules
            .into_iter()
            .filter_map(|module| self.change(person, module))
            .collect();
        changes.sort_by_key(|it| {
            let slot = it
                .before
                .as_ref()
                .or(it.after.as_ref())
                .map(|seat| seat.slot);
            (slot, it.module.clone())
        });
        changes
    }

    fn change(&self, person: &'a str, module: &'a str) -> Option<PersonChange> {
        let before = self
            .before
            .get(&(person, module))
            .map(|&at| seat(self.old, at));
        let after = self
            .after
            .get(&(person, module))
            .map(|&at| seat(self.new, at));
        let same = |a: &Option<Seat>, b: &Option<Seat>| match (a, b) {
            (Some(a), Some(b)) => {
                (&a.site, &a.room, a.slot, &a.trainer) == (&b.site, &b.room, b.slot, &b.trainer)
            }
            _ => false,
        };
        if same(&before, &after) {
            return None;
        }
        let reason = match (&before, &after) {
            (Some(before), _) => self.why_left(person, module, before),
            (None, Some(after)) => self.why_came(after),
            (None, None) => return None,
        };
        Some(PersonChange {
            person: person.to_owned(),
            module: module.to_owned(),
            before,
            after,
            reason,
        })
    }

    /// Why somebody no longer has a seat as it was.
    fn why_left(&self, person: &str, module: &str, before: &Seat) -> Reason {
        if self.cancelled.contains(&before.session) {
            return Reason::Cancelled;
        }
        let Some(it) = self.instance.people.iter().find(|it| it.id == person) else {
            return Reason::Withdrawn;
        };
        if !it.path.iter().any(|id| id == module) {
            return Reason::Withdrawn;
        }
        let column = self
            .instance
            .sites
            .iter()
            .position(|site| site.id == before.site);
        let row = self.instance.km.get(it.commune as usize);
        let km = column.and_then(|column| row?.get(column));
        let stays = it.available_slots.contains(&before.slot);
        if !stays || km.is_some_and(|km| *km > it.max_km) {
            return Reason::PersonAway;
        }
        if let Some(reason) = self.why_impossible(module, before) {
            return reason;
        }
        if let Some(reason) = self.why_order(person, module, before.slot) {
            return reason;
        }
        match self
            .new_at
            .get(&(module, before.site.as_str(), before.slot))
        {
            None => self.why_closed(before),
            Some(&at) => self.why_other_seat(person, before, at),
        }
    }

    /// What has become impossible about the session itself.
    fn why_impossible(&self, module: &str, before: &Seat) -> Option<Reason> {
        let site = self
            .instance
            .sites
            .iter()
            .find(|site| site.id == before.site);
        let open = site.is_some_and(|site| {
            site.open_slots.contains(&before.slot)
                && site.rooms.iter().any(|room| room.id == before.room)
        });
        if !open {
            return Some(Reason::SiteClosed {
                site: before.site.clone(),
            });
        }
        let trainer = self
            .instance
            .trainers
            .iter()
            .find(|it| it.id == before.trainer);
        let there = trainer.is_some_and(|it| {
            it.available_slots.contains(&before.slot) && it.skills.iter().any(|id| id == module)
        });
        (!there).then(|| Reason::TrainerAbsent {
            trainer: before.trainer.clone(),
        })
    }

    /// A module that must come before and no longer does.
    fn why_order(&self, person: &str, module: &str, slot: u32) -> Option<Reason> {
        let pairs = self
            .instance
            .precedence
            .iter()
            .filter(|(_, after)| after == module);
        for (first, _) in pairs {
            let key = (person, first.as_str());
            let slot_in = |seats: &Seats, sessions: &[PlannedSession]| {
                seats
                    .get(&key)
                    .and_then(|&at| sessions.get(at))
                    .map(|it| it.slot)
            };
            let before = slot_in(&self.before, self.old);
            let after = slot_in(&self.after, self.new);
            if before.is_some() && after.is_none_or(|after| after >= slot) {
                return Some(Reason::After {
                    module: first.clone(),
                });
            }
        }
        None
    }

    /// Why a session that would still be possible does not take place.
    fn why_closed(&self, before: &Seat) -> Reason {
        let elsewhere = self.new.iter().find(|it| {
            it.trainer == before.trainer
                && it.slot == before.slot
                && !self
                    .old_at
                    .contains_key(&(it.module.as_str(), it.site.as_str(), it.slot))
        });
        elsewhere.map_or(Reason::SessionClosed, |it| Reason::TrainerNeeded {
            trainer: it.trainer.clone(),
            module: it.module.clone(),
            site: it.site.clone(),
        })
    }

    /// Why somebody is no longer in a session that still takes place, or has another trainer.
    fn why_other_seat(&self, person: &str, before: &Seat, at: usize) -> Reason {
        let (Some(old), Some(new)) = (self.old.get(before.session), self.new.get(at)) else {
            return Reason::Better;
        };
        if new.people.iter().any(|id| id == person) {
            // The same session in another room or with another trainer.
            let elsewhere = self.new.iter().find(|it| {
                it.trainer == before.trainer && it.slot == before.slot && it.site != before.site
            });
            return elsewhere.map_or(Reason::Better, |it| Reason::TrainerNeeded {
                trainer: it.trainer.clone(),
                module: it.module.clone(),
                site: it.site.clone(),
            });
        }
        let people: Vec<String> = new
            .people
            .iter()
            .filter(|id| !old.people.contains(id))
            .cloned()
            .collect();
        if people.is_empty() || !self.full(new) {
            return Reason::Better;
        }
        Reason::SeatNeeded { people }
    }

    fn full(&self, session: &PlannedSession) -> bool {
        let rooms = self.instance.sites.iter().flat_map(|site| &site.rooms);
        let room = rooms
            .filter(|room| room.id == session.room)
            .map(|room| room.capacity);
        let module = self
            .instance
            .modules
            .iter()
            .find(|it| it.id == session.module);
        let seats = room
            .min()
            .unwrap_or(0)
            .min(module.map_or(0, |it| it.max_group));
        session.people.len() >= seats as usize
    }

    /// Why somebody has a seat who had none for the module.
    fn why_came(&self, after: &Seat) -> Reason {
        let Some(new) = self.new.get(after.session) else {
            return Reason::Better;
        };
        let key = (new.module.as_str(), new.site.as_str(), new.slot);
        match self.old_at.get(&key).and_then(|&at| self.old.get(at)) {
            None => Reason::SessionAdded,
            Some(old) if old.people.iter().any(|id| !new.people.contains(id)) && self.full(old) => {
                Reason::SeatFreed
            }
            Some(_) => Reason::Better,
        }
    }
}

fn seat(sessions: &[PlannedSession], at: usize) -> Seat {
    let it = sessions.get(at).cloned().unwrap_or_default();
    Seat {
        session: at,
        site: it.site,
        room: it.room,
        slot: it.slot,
        trainer: it.trainer,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::sample::{climbed_plan, instance, patched, plan, random_instance};

    fn told(instance: Instance, new: &Plan, cancelled: &[usize]) -> Vec<String> {
        let problem = Problem::new(instance).unwrap();
        let line = |it: &PersonChange| {
            let slot = |seat: &Option<Seat>| {
                seat.as_ref().map_or("-".to_owned(), |seat| {
                    format!("{}@{}", seat.site, seat.slot)
                })
            };
            format!(
                "{} {} {} > {}: {}",
                it.person,
                it.module,
                slot(&it.before),
                slot(&it.after),
                it.reason
            )
        };
        changes(&problem, &plan(), new, cancelled)
            .iter()
            .map(line)
            .collect()
    }

    #[test]
    fn the_same_plan_changes_nothing() {
        assert_eq!(told(instance(), &plan(), &[]), [""; 0]);
    }

    #[test]
    fn an_absent_trainer_a_closed_site_and_a_cancelled_session_are_the_reasons() {
        let mut new = plan();
        new.sessions[2].trainer = "T1".to_owned();
        let ill = patched("trainers/0/available_slots", &json!([0, 1, 2, 3]));
        assert_eq!(
            told(ill, &new, &[]),
            ["P2 B S0@4 > S0@4: trainer T0 is absent"]
        );
        let mut new = plan();
        new.sessions[3].slot = 7;
        let closed = patched("sites/1/open_slots", &json!([0, 1, 2, 4, 5, 7]));
        assert_eq!(
            told(closed, &new, &[]),
            ["P1 C S1@6 > S1@7: site S1 is closed"]
        );
        let mut new = plan();
        new.sessions.remove(1);
        assert_eq!(
            told(instance(), &new, &[1]),
            [
                "P0 B S0@2 > -: the session is cancelled",
                "P3 B S0@2 > -: the session is cancelled"
            ]
        );
        assert_eq!(
            told(instance(), &new, &[])[0],
            "P0 B S0@2 > -: too few are left for the session"
        );
    }

    #[test]
    fn seats_order_and_people_are_the_reasons() {
        let mut new = plan();
        new.sessions[1].people = vec!["P3".to_owned(), "P2".to_owned()];
        new.sessions[2].people = vec!["P0".to_owned()];
        assert_eq!(
            told(instance(), &new, &[]),
            [
                "P0 B S0@2 > S0@4: the seat is needed for [\"P2\"]",
                "P2 B S0@4 > S0@2: the plan as a whole is better so"
            ]
        );
        let mut new = plan();
        new.sessions[0].slot = 3;
        new.sessions[1].slot = 5;
        let changes = told(instance(), &new, &[]);
        assert!(
            changes.contains(&"P0 B S0@2 > S0@5: A, which comes before it, has moved".to_owned()),
            "{changes:?}"
        );
        let mut new = plan();
        new.sessions[1].people.pop();
        let moved = patched("people/3/path", &json!([]));
        assert_eq!(
            told(moved, &new, &[]),
            ["P3 B S0@2 > -: they no longer want it"]
        );
        let away = patched("people/3/available_slots", &json!([3]));
        assert_eq!(
            told(away, &new, &[]),
            ["P3 B S0@2 > -: they cannot come there and then any longer"]
        );
    }

    #[test]
    fn who_comes_in_is_told_why() {
        let mut new = plan();
        new.sessions[0].people = vec!["P0".to_owned(), "P1".to_owned()];
        new.sessions.push(PlannedSession {
            module: "C".to_owned(),
            site: "S0".to_owned(),
            room: "S0-R0".to_owned(),
            slot: 6,
            trainer: "T1".to_owned(),
            people: vec!["P2".to_owned()],
        });
        let changes = told(instance(), &new, &[]);
        assert!(
            changes.contains(&"P2 C - > S0@6: a session has been added".to_owned()),
            "{changes:?}"
        );
    }

    /// Every difference of seats is told, and nothing else.
    #[test]
    fn every_difference_is_told_once() {
        for seed in 0..8 {
            let instance = random_instance(seed);
            let old = climbed_plan(&instance, seed, 500);
            let new = climbed_plan(&instance, seed + 100, 500);
            let problem = Problem::new(instance.clone()).unwrap();
            let changes = changes(&problem, &old, &new, &[]);
            let mut wanted = 0;
            for person in &instance.people {
                for module in &person.path {
                    let at = |plan: &Plan| {
                        let mut sessions = plan.sessions.iter();
                        let it = sessions
                            .find(|it| it.module == *module && it.people.contains(&person.id));
                        it.map(|it| {
                            (
                                it.site.clone(),
                                it.room.clone(),
                                it.slot,
                                it.trainer.clone(),
                            )
                        })
                    };
                    wanted += usize::from(at(&old) != at(&new));
                }
            }
            assert_eq!(changes.len(), wanted, "seed {seed}");
        }
    }
}
