use super::*;
use crate::check::check;
use crate::format::{
    Commune, Instance, Limits, Module, Person, Plan, PlannedSession, Replan, Room, Site, Slot,
    Trainer, Weights,
};
use crate::problem::Problem;

/// Bits of a list: each with this probability.
fn some<T: Clone>(random: &mut Random, list: &[T], probability: f64) -> Vec<T> {
    let mut kept = list.to_vec();
    kept.retain(|_| random.chance(probability));
    kept
}

fn people(r: &mut Random, all: &[u32], names: &[String]) -> Vec<Person> {
    (0..30)
        .map(|n| {
            let available_slots = some(r, all, 0.6);
            Person {
                id: format!("P{n}"),
                kind: "agent".into(),
                commune: r.below(5),
                level: 1 + r.below(3),
                path: some(r, names, 0.6),
                preferred_slots: some(r, &available_slots, 0.5),
                available_slots,
                max_per_week: 1 + r.below(3),
                max_km: 10 + r.below(20),
            }
        })
        .collect()
}

fn sites(r: &mut Random, all: &[u32]) -> Vec<Site> {
    (0..3)
        .map(|n| Site {
            id: format!("S{n}"),
            name: format!("Site {n}"),
            commune: n,
            rooms: (0..1 + n % 2)
                .map(|k| Room {
                    id: format!("S{n}R{k}"),
                    capacity: 3 + k,
                })
                .collect(),
            open_slots: some(r, all, 0.8),
        })
        .collect()
}

/// A random instance, small and tight: three sites, six modules, thirty people, five weeks.
fn instance(seed: u64) -> Instance {
    let mut random = Random::new(seed);
    let r = &mut random;
    let slots: Vec<Slot> = (0..30)
        .map(|id| Slot {
            id,
            week: id / 6,
            day: 7 * (id / 6) + (id % 6) / 2,
            start: 540 + 300 * (id % 2),
            end: 720 + 300 * (id % 2),
            kind: "morning".into(),
        })
        .collect();
    let all: Vec<u32> = (0..30).collect();
    let names: Vec<String> = (0..6).map(|n| format!("M{n}")).collect();
    // 0 < 1 < 2 < 5, 0 < 3 < 5, closed.
    let pairs = [
        (0, 1),
        (1, 2),
        (0, 2),
        (2, 5),
        (1, 5),
        (0, 5),
        (0, 3),
        (3, 5),
    ];
    Instance {
        format: crate::format::FORMAT.into(),
        name: format!("random-{seed}"),
        slots,
        communes: (0..5)
            .map(|id| Commune {
                id,
                name: format!("C{id}"),
                ..Commune::default()
            })
            .collect(),
        sites: sites(r, &all),
        km: (0..5)
            .map(|a: u32| (0..3).map(|b| 7 * a.abs_diff(b)).collect())
            .collect(),
        modules: (names.iter())
            .map(|id| Module {
                id: id.clone(),
                name: id.clone(),
                series: String::new(),
                min_fill: 3,
                max_group: 4,
            })
            .collect(),
        precedence: (pairs.iter())
            .map(|(a, b)| (names[*a].clone(), names[*b].clone()))
            .collect(),
        trainers: (0..4)
            .map(|n| Trainer {
                id: format!("T{n}"),
                commune: n,
                skills: some(r, &names, 0.7),
                available_slots: some(r, &all, 0.7),
                max_per_week: 3,
            })
            .collect(),
        people: people(r, &all, &names),
        limits: Limits {
            max_sessions: seed.is_multiple_of(2).then_some(20),
            person_sessions_per_day: 1 + u32::from(seed.is_multiple_of(3)),
        },
        weights: Weights {
            missing_module: 90,
            incomplete_path: 150,
            non_preferred: 7,
            level_spread: 11,
            person_km: 2,
            trainer_km: 3,
            session: 31,
            underfill: 17,
        },
        ..Instance::default()
    }
}

/// The same with a plan to be repaired: its first two weeks frozen, one trainer gone afterwards.
fn replanned(seed: u64) -> Instance {
    let mut instance = instance(seed);
    let plan = plan_of(&instance, seed, 4_000);
    instance.replan = Some(Replan {
        freeze_before_slot: 12,
        reference: plan.sessions,
        w_change: 40,
        w_trainer_change: 5,
        ..Replan::default()
    });
    instance.trainers[0]
        .available_slots
        .retain(|slot| *slot < 12);
    instance
}

fn plan_of(instance: &Instance, seed: u64, steps: u64) -> Plan {
    let problem = Problem::new(instance.clone()).unwrap();
    let options = crate::Options {
        seed,
        ..crate::Options::default()
    };
    crate::solve(
        &problem,
        &options,
        crate::Budget::Steps(steps),
        &crate::Silent,
    )
    .plan
}

/// Tries moves of one kind between moves of all kinds; after each, the cost must be that of the referee, and the plan feasible.
fn every_delta_is_true(kind: Kind, instances: impl Fn(u64) -> Instance) {
    let mut kept = 0;
    for seed in 0..6 {
        let instance = instances(seed);
        let problem = Problem::new(instance.clone()).unwrap();
        let mut solution = Solution::frozen(&problem);
        if let Some(replan) = &instance.replan {
            solution.take_over(&replan.reference, &[]);
        } else {
            crate::build::build(&mut solution, &mut Random::new(seed));
        }
        let mut random = Random::new(seed);
        for turn in 0..300 {
            for _ in 0..3 {
                State::step(&mut solution, &mut random, 60);
            }
            let before = solution.cost();
            let undone = solution.plan();
            let delta = solution.attempt(kind, &mut random, 400);
            assert_eq!(solution.cost() - before, delta.unwrap_or(0), "{kind:?}");
            assert_eq!(solution.terms().sum(), solution.cost(), "{kind:?} {turn}");
            if delta.is_none() {
                assert_eq!(solution.plan(), undone, "{kind:?} was not undone");
            }
            if delta.is_some() || turn % 50 == 0 {
                kept += u32::from(delta.is_some());
                let verdict = check(&instance, &solution.plan());
                assert!(verdict.feasible(), "{kind:?}: {:?}", verdict.violations);
                assert_eq!(verdict.terms, solution.terms(), "{kind:?}");
                assert_eq!(verdict.facts, solution.facts(), "{kind:?}");
            }
        }
    }
    assert!(kept > 5, "{kind:?} was kept {kept} times only");
}

macro_rules! truth {
    ($($name:ident: $kind:ident;)*) => {
        mod delta_equals_full_recomputation {
            use super::*;
            $(#[test] fn $name() { every_delta_is_true(Kind::$kind, instance); })*
        }
        mod delta_equals_full_recomputation_when_replanning {
            use super::*;
            $(#[test] fn $name() { every_delta_is_true(Kind::$kind, replanned); })*
        }
    };
}

truth! {
    shift: Shift;
    insert: Insert;
    drop_one: Drop;
    renew: Renew;
    give_up: Yield;
    regroup: Regroup;
    section: Section;
    open: Open;
    close: Close;
    relocate: Relocate;
    remake: Remake;
    exchange: Exchange;
    trainer: Trainer;
    trainers: Trainers;
    trainer_day: TrainerDay;
}

#[test]
fn every_kind_of_move_is_in_the_mix() {
    assert_eq!(
        Kind::MIX.iter().map(|(_, share)| share).sum::<u32>(),
        10_000
    );
}

#[test]
fn the_same_seed_threads_and_steps_give_the_same_plan() {
    let problem = Problem::new(instance(1)).unwrap();
    let once = |seed| {
        let options = crate::Options {
            seed,
            threads: 2,
            ..crate::Options::default()
        };
        let budget = crate::Budget::Steps(5_000);
        crate::solve(&problem, &options, budget, &crate::Silent)
    };
    assert_eq!(once(3), once(3));
    assert_ne!(once(3).plan, once(4).plan);
}

#[test]
fn locked_sessions_stay_with_their_people() {
    let instance = instance(5);
    let start = plan_of(&instance, 1, 2_000);
    let problem = Problem::new(instance.clone()).unwrap();
    let locked = vec![0, 3, start.sessions.len() - 1];
    let options = crate::Options {
        start: Some(start.clone()),
        locked: locked.clone(),
        seed: 9,
        ..crate::Options::default()
    };
    let found = crate::solve(
        &problem,
        &options,
        crate::Budget::Steps(20_000),
        &crate::Silent,
    );
    assert!(check(&instance, &found.plan).feasible());
    let stays = |old: &PlannedSession| {
        found.plan.sessions.iter().any(|new| {
            let same = PlannedSession {
                people: old.people.clone(),
                ..new.clone()
            };
            same == *old && old.people.iter().all(|p| new.people.contains(p))
        })
    };
    for n in locked {
        assert!(stays(&start.sessions[n]), "session {n}");
    }
    assert!(
        !start.sessions.iter().all(stays),
        "nothing else has changed: the test says nothing"
    );
}

#[test]
fn odd_instances_have_a_plan() {
    let none = |change: fn(&mut Instance)| {
        let mut instance = instance(2);
        change(&mut instance);
        let plan = plan_of(&instance, 1, 500);
        let verdict = check(&instance, &plan);
        assert!(verdict.feasible(), "{:?}", verdict.violations);
        plan.sessions.len()
    };
    assert_eq!(none(|i| i.people.clear()), 0);
    assert_eq!(none(|i| i.limits.max_sessions = Some(0)), 0);
    assert_eq!(
        none(|i| i.trainers.iter_mut().for_each(|t| t.skills.clear())),
        0
    );
    assert_eq!(
        none(|i| i.sites.iter_mut().for_each(|s| s.open_slots.clear())),
        0
    );
    assert_eq!(
        none(|i| i.people.iter_mut().for_each(|p| p.path.clear())),
        0
    );
    assert!(none(|i| i.limits.max_sessions = Some(1)) <= 1);
}
