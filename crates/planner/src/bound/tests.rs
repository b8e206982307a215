//! The bound is one: below whatever plan is found.

use super::*;
use crate::check::check;
use crate::format::Plan;
use crate::sample::{climbed_plan, random_instance};

#[test]
fn no_plan_costs_less_than_the_bound() {
    let mut told = 0;
    for seed in 0..12 {
        let instance = random_instance(seed);
        let problem = Problem::new(instance.clone()).unwrap();
        let bound = bound(&problem);
        let empty = check(&instance, &Plan::default()).objective;
        let good = check(&instance, &climbed_plan(&instance, seed, 500)).objective;
        assert!(bound <= good, "seed {seed}: {bound} above {good}");
        assert!(bound >= 0 && good <= empty);
        told += i32::from(bound * 3 >= good);
    }
    assert!(
        told >= 6,
        "the bound says little: {told} of 12 within a third"
    );
}

#[test]
fn whoever_can_attend_nothing_counts_whole() {
    let mut instance = random_instance(1);
    for person in &mut instance.people {
        person.max_km = 0;
    }
    for row in &mut instance.km {
        row.fill(1);
    }
    let empty = check(&instance, &Plan::default()).objective;
    assert_eq!(bound(&Problem::new(instance).unwrap()), empty);
}

#[test]
fn what_has_been_attended_is_counted_as_it_was() {
    for seed in 0..8 {
        let mut instance = random_instance(seed);
        let plan = climbed_plan(&instance, seed, 500);
        instance.replan = Some(crate::format::Replan {
            freeze_before_slot: 5,
            reference: plan.sessions.clone(),
            w_change: 40,
            w_trainer_change: 5,
            ..crate::format::Replan::default()
        });
        let plan = Plan {
            instance: None,
            ..plan
        };
        let objective = check(&instance, &plan).objective;
        let bound = bound(&Problem::new(instance.clone()).unwrap());
        assert!(bound <= objective, "seed {seed}: {bound} above {objective}");
        // With everything in the past, nothing is left to choose.
        instance.replan.as_mut().unwrap().freeze_before_slot = 12;
        let bound = super::bound(&Problem::new(instance).unwrap());
        assert_eq!(bound, objective, "seed {seed}");
    }
}
