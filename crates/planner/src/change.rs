//! One change by hand: which rules it breaks and what it costs, before anybody decides.

use serde::{Deserialize, Serialize};

use crate::check::{Breach, Verdict, Violation, check};
use crate::format::{Plan, PlannedSession};
use crate::objective::Terms;
use crate::problem::Problem;

/// A change to a plan; sessions by their position in it, everything else by identifier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "kebab-case")]
pub enum Change {
    /// A session takes place somewhere else or at another time.
    Move {
        /// Which.
        session: usize,
        /// Where.
        site: String,
        /// In which room.
        room: String,
        /// When.
        slot: u32,
    },
    /// A session gets another trainer.
    Trainer {
        /// Which.
        session: usize,
        /// Whom.
        trainer: String,
    },
    /// A session does not take place.
    Close {
        /// Which.
        session: usize,
    },
    /// One session more, nobody in it yet.
    Open {
        /// What.
        module: String,
        /// Where.
        site: String,
        /// In which room.
        room: String,
        /// When.
        slot: u32,
        /// With whom.
        trainer: String,
    },
    /// Somebody gets a seat.
    AddPerson {
        /// In which session.
        session: usize,
        /// Who.
        person: String,
    },
    /// Somebody loses a seat.
    RemovePerson {
        /// In which session.
        session: usize,
        /// Who.
        person: String,
    },
}

/// What a change comes to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Trial {
    /// The plan with the change; nothing when there is nothing to change (no such session, or the
    /// person is not in it).
    pub plan: Option<Plan>,
    /// Rules that the plan breaks and did not break before.
    pub broken: Vec<Violation>,
    /// Cost by term before.
    pub before: Terms,
    /// Cost by term after.
    pub after: Terms,
    /// The change with consequences: whoever can no longer attend loses the seat. Nothing when
    /// nobody has to, or when a rule would still be broken.
    pub settled: Option<Settled>,
}

/// A change after which every rule holds again as before.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Settled {
    /// The plan.
    pub plan: Plan,
    /// Who loses which module.
    pub leaving: Vec<(String, String)>,
    /// Cost by term.
    pub after: Terms,
}

impl Trial {
    /// The change of the objective.
    #[must_use]
    pub fn cost(&self) -> i64 {
        self.after.sum() - self.before.sum()
    }

    /// Whether no rule is broken that was not before.
    #[must_use]
    pub fn fits(&self) -> bool {
        self.plan.is_some() && self.broken.is_empty()
    }
}

/// Tries a change. A session that is opened comes last in the plan, and needs somebody in it
/// before the plan is complete: of its own breaches, that nobody attends is not told.
#[must_use]
pub fn try_change(problem: &Problem, plan: &Plan, change: &Change) -> Trial {
    let instance = problem.instance();
    let old = check(instance, plan);
    let Some(changed) = apply(plan, change) else {
        return Trial {
            plan: None,
            broken: Vec::new(),
            before: old.terms,
            after: old.terms,
            settled: None,
        };
    };
    let new = check(instance, &changed);
    let known = Known {
        change,
        old: &old.violations,
    };
    let broken: Vec<Violation> = known.fresh(&new);
    let settled = if broken.is_empty() {
        None
    } else {
        settle(problem, &changed, &known, &new)
    };
    Trial {
        plan: Some(changed),
        broken,
        before: old.terms,
        after: new.terms,
        settled,
    }
}

fn apply(plan: &Plan, change: &Change) -> Option<Plan> {
    let mut plan = plan.clone();
    match change {
        Change::Move {
            session,
            site,
            room,
            slot,
        } => {
            let it = plan.sessions.get_mut(*session)?;
            it.site.clone_from(site);
            it.room.clone_from(room);
            it.slot = *slot;
        }
        Change::Trainer { session, trainer } => {
            plan.sessions.get_mut(*session)?.trainer.clone_from(trainer);
        }
        Change::Close { session } => {
            if *session >= plan.sessions.len() {
                return None;
            }
            plan.sessions.remove(*session);
        }
        Change::Open {
            module,
            site,
            room,
            slot,
            trainer,
        } => plan.sessions.push(PlannedSession {
            module: module.clone(),
            site: site.clone(),
            room: room.clone(),
            slot: *slot,
            trainer: trainer.clone(),
            people: Vec::new(),
        }),
        Change::AddPerson { session, person } => {
            plan.sessions.get_mut(*session)?.people.push(person.clone());
        }
        Change::RemovePerson { session, person } => {
            let people = &mut plan.sessions.get_mut(*session)?.people;
            let at = people.iter().position(|id| id == person)?;
            people.remove(at);
        }
    }
    Some(plan)
}

/// What was broken before, told by position in the changed plan.
struct Known<'a> {
    change: &'a Change,
    old: &'a [Violation],
}

impl Known<'_> {
    /// The session that is changed, where it still is in the same position.
    fn session(&self) -> Option<usize> {
        match self.change {
            Change::Move { session, .. }
            | Change::Trainer { session, .. }
            | Change::AddPerson { session, .. } => Some(*session),
            Change::Close { .. } | Change::Open { .. } | Change::RemovePerson { .. } => None,
        }
    }

    /// Violations that were not there before.
    fn fresh(&self, new: &Verdict) -> Vec<Violation> {
        let mut old: Vec<Violation> = self.old.iter().filter_map(|it| self.moved(it)).collect();
        let opened = matches!(self.change, Change::Open { .. });
        let mut fresh = Vec::new();
        for violation in &new.violations {
            if let Some(at) = old.iter().position(|it| it == violation) {
                old.swap_remove(at);
            } else if !(opened && violation.breach == Breach::Empty) {
                fresh.push(violation.clone());
            }
        }
        fresh
    }

    /// The same violation where its session is after the change.
    fn moved(&self, violation: &Violation) -> Option<Violation> {
        let mut violation = violation.clone();
        if let Change::Close { session } = self.change {
            match violation.session {
                Some(at) if at == *session => return None,
                Some(at) if at > *session => violation.session = Some(at - 1),
                _ => {}
            }
        }
        Some(violation)
    }
}

/// Takes people out until no rule about them is broken more than before; sessions other than the
/// changed one in which nobody is left do not take place.
fn settle(problem: &Problem, changed: &Plan, known: &Known, verdict: &Verdict) -> Option<Settled> {
    let instance = problem.instance();
    let mut plan = changed.clone();
    let mut verdict = verdict.clone();
    let mut leaving = Vec::new();
    let emptied = |violation: &Violation| {
        violation.breach == Breach::Empty && violation.session != known.session()
    };
    // Each round takes somebody out, so it ends.
    loop {
        let mut fresh = known.fresh(&verdict);
        fresh.retain(|violation| !emptied(violation));
        if fresh.is_empty() {
            break;
        }
        let before = leaving.len();
        for violation in &fresh {
            take_out(known, &mut plan, violation, &mut leaving);
        }
        if leaving.len() == before {
            return None;
        }
        verdict = check(instance, &plan);
    }
    let mut index = 0;
    plan.sessions.retain(|session| {
        let was = changed
            .sessions
            .get(index)
            .is_some_and(|it| !it.people.is_empty());
        index += 1;
        !(was && session.people.is_empty())
    });
    let after = check(instance, &plan).terms;
    (!leaving.is_empty()).then_some(Settled {
        plan,
        leaving,
        after,
    })
}

/// Takes the person of a violation out of the session where it is broken.
fn take_out(
    known: &Known,
    plan: &mut Plan,
    violation: &Violation,
    leaving: &mut Vec<(String, String)>,
) {
    let (person, session) = match &violation.breach {
        Breach::PersonAway { person, .. }
        | Breach::TooFar { person, .. }
        | Breach::NotInPath { person, .. } => (person.clone(), violation.session),
        Breach::PersonDay { person, .. } | Breach::PersonWeek { person, .. } => {
            (person.clone(), known.session())
        }
        Breach::Before {
            person,
            module,
            slot,
            ..
        } => {
            let here = |it: &PlannedSession| {
                it.module == *module && it.slot == *slot && it.people.contains(person)
            };
            (person.clone(), plan.sessions.iter().position(here))
        }
        Breach::Overfull { people, seats } => {
            // The last who came leave first.
            let Some(at) = violation.session else { return };
            let Some(it) = plan.sessions.get_mut(at) else {
                return;
            };
            for _ in *seats..*people {
                if let Some(person) = it.people.pop() {
                    leaving.push((person, it.module.clone()));
                }
            }
            return;
        }
        _ => return,
    };
    let Some(it) = session.and_then(|at| plan.sessions.get_mut(at)) else {
        return;
    };
    if let Some(at) = it.people.iter().position(|id| *id == person) {
        it.people.remove(at);
        leaving.push((person, it.module.clone()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{climbed_plan, instance, plan, random_instance};

    fn tiny() -> (Problem, Plan) {
        (Problem::new(instance()).unwrap(), plan())
    }

    fn told(trial: &Trial) -> Vec<String> {
        trial.broken.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_move_tells_what_it_breaks_and_what_it_costs() {
        let (problem, plan) = tiny();
        let to = |slot| Change::Move {
            session: 1,
            site: "S0".to_owned(),
            room: "S0-R0".to_owned(),
            slot,
        };
        let good = try_change(&problem, &plan, &to(3));
        assert!(good.fits(), "{:?}", good.broken);
        // P3 likes slot 3 and not 2, P0 the other way round.
        assert_eq!(good.cost(), 0);
        let bad = try_change(&problem, &plan, &to(4));
        assert_eq!(
            told(&bad),
            [
                "H6 session 1: P3 is not available in slot 4",
                "H3: room S0-R0 holds 2 sessions in slot 4",
                "H3: site S0 runs module B 2 times in slot 4"
            ]
        );
        assert_eq!(
            bad.settled, None,
            "taking people out does not empty the room"
        );
    }

    #[test]
    fn a_move_for_which_some_must_leave_tells_who() {
        let (problem, plan) = tiny();
        let change = Change::Move {
            session: 1,
            site: "S0".to_owned(),
            room: "S0-R0".to_owned(),
            slot: 5,
        };
        let trial = try_change(&problem, &plan, &change);
        assert!(trial.fits(), "{:?}", trial.broken);
        let change = Change::Move {
            session: 0,
            site: "S0".to_owned(),
            room: "S0-R0".to_owned(),
            slot: 1,
        };
        let trial = try_change(&problem, &plan, &change);
        assert_eq!(
            told(&trial),
            ["H6 session 0: P1 is not available in slot 1"]
        );
        let settled = trial.settled.unwrap();
        // Without A, C is no longer in order either, and nobody else was in that session.
        let leaving = [
            ("P1".to_owned(), "A".to_owned()),
            ("P1".to_owned(), "C".to_owned()),
        ];
        assert_eq!(settled.leaving, leaving);
        assert_eq!(settled.plan.sessions.len(), 3);
    }

    #[test]
    fn opening_and_closing_and_seats_are_tried() {
        let (problem, plan) = tiny();
        let open = Change::Open {
            module: "A".to_owned(),
            site: "S1".to_owned(),
            room: "S1-R0".to_owned(),
            slot: 5,
            trainer: "T1".to_owned(),
        };
        let trial = try_change(&problem, &plan, &open);
        assert!(trial.fits(), "{:?}", trial.broken);
        assert_eq!(trial.after.session - trial.before.session, 30);
        let twice = Change::AddPerson {
            session: 3,
            person: "P3".to_owned(),
        };
        assert_eq!(
            told(&try_change(&problem, &plan, &twice)),
            [
                "H5 session 3: C is not in the path of P3",
                "H6 session 3: P3 is not available in slot 6",
                "H6 session 3: P3 lives 12 km away, 10 at most"
            ]
        );
        let close = try_change(&problem, &plan, &Change::Close { session: 3 });
        assert!(close.fits());
        assert_eq!(close.plan.unwrap().sessions.len(), 3);
        assert_eq!(
            try_change(&problem, &plan, &Change::Close { session: 9 }).plan,
            None
        );
        let nobody = Change::RemovePerson {
            session: 0,
            person: "P3".to_owned(),
        };
        assert_eq!(try_change(&problem, &plan, &nobody).plan, None);
    }

    /// Whatever is settled breaks no rule, and costs what the referee says.
    #[test]
    fn what_is_settled_holds_every_rule() {
        let mut settled = 0;
        for seed in 0..8 {
            let instance = random_instance(seed);
            let plan = climbed_plan(&instance, seed, 400);
            let problem = Problem::new(instance.clone()).unwrap();
            for session in 0..plan.sessions.len() {
                for slot in 0..12 {
                    let it = &plan.sessions[session];
                    let (site, room) = (it.site.clone(), it.room.clone());
                    let trial = try_change(
                        &problem,
                        &plan,
                        &Change::Move {
                            session,
                            site,
                            room,
                            slot,
                        },
                    );
                    let after = check(&instance, trial.plan.as_ref().unwrap());
                    assert_eq!(trial.fits(), after.feasible());
                    assert_eq!(trial.after, after.terms);
                    if let Some(it) = trial.settled {
                        let after = check(&instance, &it.plan);
                        assert_eq!(
                            (after.violations, after.terms),
                            (vec![], it.after),
                            "seed {seed}"
                        );
                        settled += 1;
                    }
                }
            }
        }
        assert!(settled > 5, "{settled}");
    }
}
