//! What contradicts itself in an instance that keeps to the format: modules that somebody can
//! never attend, paths longer than the weeks, a past or locked session that breaks a rule.

#![expect(
    clippy::indexing_slicing,
    reason = "every index is one of the problem's own tables"
)]

use std::collections::HashMap;

use serde::Serialize;

use super::Problem;
use super::validate::Names;
use crate::check::{Rule, Violation, check};
use crate::format::Plan;
use crate::reach::{Reach, bits};

/// Something that no plan can put right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Warning {
    /// Nobody can teach a module that people want.
    #[error("nobody can teach {module}, which is in the paths of {people} people")]
    NoTrainer {
        /// The module.
        module: String,
        /// People who want it.
        people: u32,
    },
    /// A site in which nothing can take place.
    #[error("site {site} has no open slot or no room with seats")]
    SiteUnused {
        /// The site.
        site: String,
    },
    /// Somebody can never attend a module of the own path.
    #[error("{person} can never attend {module}: {why}")]
    NeverAttends {
        /// The person.
        person: String,
        /// The module.
        module: String,
        /// Why not.
        why: Why,
    },
    /// More modules than somebody's weeks have room for.
    #[error(
        "{person} has {modules} modules in the path, and at most {most} fit into the weeks available"
    )]
    PathTooLong {
        /// The person.
        person: String,
        /// Modules that can be attended one by one.
        modules: u32,
        /// How many fit.
        most: u32,
    },
    /// A session of the past, which must stay, breaks a rule.
    #[error("the past cannot be kept: {violation}")]
    Past {
        /// What is broken; the session is one of the reference, by position.
        violation: Violation,
    },
    /// The reference names something that is no longer there.
    #[error("reference[{session}].{field}: no {what} {id:?} any longer")]
    ReferenceGone {
        /// Session of the reference, by position.
        session: usize,
        /// Field.
        field: String,
        /// Kind of thing.
        what: &'static str,
        /// Its identifier.
        id: String,
    },
}

/// Why somebody can never attend a module.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, thiserror::Error)]
#[serde(tag = "why", rename_all = "kebab-case")]
pub enum Why {
    /// No site is near enough.
    #[error("no site within {max_km} km, the nearest is {nearest} km away")]
    TooFar {
        /// How far the person travels.
        max_km: u32,
        /// How far it would have to be.
        nearest: u32,
    },
    /// The person never comes while a site within reach is open.
    #[error("no site within reach is open when they can come")]
    NoTime,
    /// Nobody can teach it.
    #[error("nobody can teach it")]
    NoTrainer,
    /// Those who can teach it are never there when the person can come.
    #[error("nobody who can teach it is available when they can come")]
    NoTrainerThen,
    /// A module that comes before it cannot be attended, or only too late.
    #[error("{first} must come before it, and that is impossible or too late")]
    Before {
        /// The earlier module.
        first: String,
    },
    /// No day or week has room for a session.
    #[error("they may attend no session a day or a week")]
    NoSession,
}

impl Problem {
    /// What no plan can put right, in the order of modules, sites and people.
    #[must_use]
    pub fn warnings(&self) -> Vec<Warning> {
        let mut warnings = Vec::new();
        let instance = self.instance();
        for (module, teachers) in self.teachers.iter().enumerate() {
            let people = u32::try_from(self.wanting[module].len()).unwrap_or(u32::MAX);
            if teachers.is_empty() && people > 0 {
                let module = instance.modules[module].id.clone();
                warnings.push(Warning::NoTrainer { module, people });
            }
        }
        for site in &instance.sites {
            if site.open_slots.is_empty() || site.rooms.iter().all(|room| room.capacity == 0) {
                warnings.push(Warning::SiteUnused {
                    site: site.id.clone(),
                });
            }
        }
        let reach = Reach::new(self);
        for person in 0..self.people {
            self.warn_of_person(&reach, person, &mut warnings);
        }
        self.warn_of_past(&mut warnings);
        warnings
    }

    /// Rules that sessions break by themselves: what a plan with these sessions locked can never
    /// put right (a room that is closed then, a trainer who has gone). Sessions are told by their
    /// position in `plan`.
    #[must_use]
    pub fn contradictions(&self, plan: &Plan, locked: &[usize]) -> Vec<Violation> {
        let sessions = locked
            .iter()
            .filter_map(|&index| plan.sessions.get(index).cloned());
        let alone = Plan {
            instance: plan.instance.clone(),
            sessions: sessions.collect(),
            meta: None,
        };
        let mut instance = self.instance().clone();
        // Only what the locked sessions do to each other counts: the rest may still be planned.
        instance.replan = None;
        let mut violations = check(&instance, &alone).violations;
        violations.retain(|violation| violation.rule != Rule::H8);
        for violation in &mut violations {
            violation.session = violation.session.and_then(|at| locked.get(at).copied());
        }
        violations
    }

    fn warn_of_person(&self, reach: &Reach, person: usize, warnings: &mut Vec<Warning>) {
        let id = &self.instance().people[person].id;
        let mut possible = 0;
        for entry in self.first_entry[person]..self.first_entry[person + 1] {
            if reach.possible(entry as usize) {
                possible += 1;
                continue;
            }
            let module = self.entry_module[entry as usize] as usize;
            warnings.push(Warning::NeverAttends {
                person: id.clone(),
                module: self.instance().modules[module].id.clone(),
                why: self.why_never(reach, person, entry as usize),
            });
        }
        let most = reach.most_modules(self, person);
        if most < possible {
            let person = id.clone();
            warnings.push(Warning::PathTooLong {
                person,
                modules: possible,
                most,
            });
        }
    }

    /// The first thing in the way of an entry that is impossible.
    fn why_never(&self, reach: &Reach, person: usize, entry: usize) -> Why {
        let instance = self.instance();
        let it = &instance.people[person];
        let module = self.entry_module[entry] as usize;
        let words = self.words;
        if self.reach[person].is_empty() {
            let nearest = instance.km[it.commune as usize].iter().min().copied();
            return Why::TooFar {
                max_km: it.max_km,
                nearest: nearest.unwrap_or(u32::MAX),
            };
        }
        if self.per_day == 0 || it.max_per_week == 0 {
            return Why::NoSession;
        }
        if self.teachers[module].is_empty() {
            return Why::NoTrainer;
        }
        let open = &reach.open[person * words..(person + 1) * words];
        let ahead = |slot: &u32| *slot >= self.freeze;
        if !bits(open).any(|slot| ahead(&slot)) {
            return Why::NoTime;
        }
        let taught = &reach.taught[module * words..(module + 1) * words];
        let both: Vec<u64> = open.iter().zip(taught).map(|(a, b)| a & b).collect();
        if !bits(&both).any(|slot| ahead(&slot)) {
            return Why::NoTrainerThen;
        }
        let late = |first: &u32| {
            let earliest = reach.slots(*first as usize).next();
            earliest.is_none_or(|earliest| bits(&both).all(|slot| slot <= earliest))
        };
        let before = self.before.of(entry as u32);
        let first = before
            .iter()
            .copied()
            .find(late)
            .or_else(|| before.first().copied());
        first.map_or(Why::NoTime, |first| Why::Before {
            first: instance.modules[self.entry_module[first as usize] as usize]
                .id
                .clone(),
        })
    }

    fn warn_of_past(&self, warnings: &mut Vec<Warning>) {
        let Some(replan) = &self.instance().replan else {
            return;
        };
        let mut frozen = Vec::new();
        let mut positions = HashMap::new();
        let names = Names::new(self.instance());
        for (index, session) in replan.reference.iter().enumerate() {
            if session.slot < self.freeze {
                positions.insert(frozen.len(), index);
                frozen.push(session.clone());
            } else {
                let gone = names.unknown(session).into_iter();
                warnings.extend(gone.map(|(field, what, id)| Warning::ReferenceGone {
                    session: index,
                    field,
                    what,
                    id,
                }));
            }
        }
        let plan = Plan {
            instance: None,
            sessions: frozen,
            meta: None,
        };
        for mut violation in check(self.instance(), &plan).violations {
            violation.session = violation.session.and_then(|at| positions.get(&at).copied());
            warnings.push(Warning::Past { violation });
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::sample;

    fn told(at: &str, to: &serde_json::Value) -> Vec<String> {
        let problem = Problem::new(sample::patched(at, to)).unwrap();
        problem.warnings().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn what_is_possible_gives_no_warning_but_the_week_that_is_too_short() {
        // P2 may come once a week, has three modules and two weeks.
        let warnings = Problem::new(sample::instance()).unwrap().warnings();
        let told: Vec<String> = warnings.iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            ["P2 has 3 modules in the path, and at most 2 fit into the weeks available"]
        );
    }

    #[test]
    fn a_module_that_can_never_be_attended_is_explained() {
        let cases = [
            (
                "km/0",
                json!([11, 12]),
                "P3 can never attend B: no site within 10 km, the nearest is 11 km away",
            ),
            (
                "people/3/available_slots",
                json!([]),
                "P3 can never attend B: no site within reach is open when they can come",
            ),
            (
                "people/3/max_per_week",
                json!(0),
                "P3 can never attend B: they may attend no session a day or a week",
            ),
            (
                "trainers/1/skills",
                json!(["A", "B"]),
                "nobody can teach C, which is in the paths of 2 people",
            ),
            (
                "trainers/1/available_slots",
                json!([0, 1]),
                "P2 can never attend C: B must come before it, and that is impossible or too late",
            ),
        ];
        for (at, to, sentence) in cases {
            let mut instance = sample::patched(at, &to);
            for person in &mut instance.people {
                person.preferred_slots.clear();
            }
            let problem = Problem::new(instance).unwrap();
            let told: Vec<String> = problem.warnings().iter().map(ToString::to_string).collect();
            assert!(
                told.iter().any(|it| it == sentence),
                "{at}: {sentence} not in {told:?}"
            );
        }
    }

    #[test]
    fn a_locked_session_where_the_site_is_closed_is_told() {
        let plan = sample::plan();
        let open = json!([0, 1, 2, 4, 5, 7]);
        let problem = Problem::new(sample::patched("sites/1/open_slots", &open)).unwrap();
        let told: Vec<String> = problem
            .contradictions(&plan, &[1, 3])
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(told, ["H1 session 3: site S1 is closed in slot 6"]);
        assert_eq!(problem.contradictions(&plan, &[0, 1]), []);
    }

    #[test]
    fn a_past_that_breaks_a_rule_and_a_reference_to_what_has_gone_are_told() {
        let mut reference = sample::plan().sessions;
        reference[0].slot = 3;
        reference[0].trainer = "T1".to_owned();
        reference[2].site = "S9".to_owned();
        let replan = json!({"freeze_before_slot": 4, "w_change": 40, "w_trainer_change": 5, "reference": reference});
        let told = told("replan", &replan);
        for sentence in [
            "the past cannot be kept: H6 session 0: P1 is not available in slot 3",
            r#"reference[2].site: no site "S9" any longer"#,
        ] {
            assert!(
                told.iter().any(|it| it == sentence),
                "{sentence} not in {told:?}"
            );
        }
    }
}
