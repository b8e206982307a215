//! Each cause is found where it is the only one, and its unit serves as many as it says.

use serde_json::json;

use super::*;
use crate::check::check;
use crate::format::PlannedSession;
use crate::sample::{climbed_plan, instance, plan, random_instance};

/// Ten people of Frévent who want one module, on Tuesday evenings; one trainer; rooms of four.
fn season() -> Instance {
    let mut it = instance();
    it.limits.max_sessions = None;
    it.precedence.clear();
    let slot = |id: u32| crate::format::Slot {
        id,
        week: id,
        day: 7 * id + 1,
        start: 1110,
        end: 1200,
        kind: "evening".to_owned(),
    };
    it.slots = (0..4).map(slot).collect();
    for site in &mut it.sites {
        site.open_slots = vec![0, 1, 2, 3];
        site.rooms.truncate(1);
        site.rooms[0].capacity = 4;
    }
    it.trainers.truncate(1);
    it.trainers[0].available_slots = vec![0, 1, 2, 3];
    it.trainers[0].skills = vec!["A".to_owned()];
    let first = it.people[0].clone();
    it.people = (0..10)
        .map(|n| crate::format::Person {
            id: format!("P{n}"),
            path: vec!["A".to_owned()],
            available_slots: vec![0, 1, 2, 3],
            preferred_slots: vec![0, 1, 2, 3],
            max_km: 10,
            ..first.clone()
        })
        .collect();
    it
}

fn nothing() -> Plan {
    Plan::default()
}

fn session(slot: u32, people: std::ops::Range<u32>) -> PlannedSession {
    PlannedSession {
        module: "A".to_owned(),
        site: "S0".to_owned(),
        room: "S0-R0".to_owned(),
        slot,
        trainer: "T0".to_owned(),
        people: people.map(|n| format!("P{n}")).collect(),
    }
}

fn told(instance: &Instance, plan: &Plan) -> Vec<String> {
    let problem = Problem::new(instance.clone()).unwrap();
    explain(&problem, plan)
        .iter()
        .map(|it| it.sentence(instance))
        .collect()
}

#[test]
fn no_trainer_free_then_is_told_with_whom_one_more_would_serve() {
    let mut it = season();
    it.trainers[0].available_slots = vec![0];
    let plan = Plan {
        sessions: vec![session(0, 0..4)],
        ..nothing()
    };
    assert!(check(&it, &plan).feasible());
    for person in &mut it.people[4..] {
        person.available_slots = vec![1, 2];
        person.preferred_slots = vec![1];
    }
    // The trainer has the skill, so the evenings of weeks 1 and 2 lack somebody to teach.
    for person in &mut it.people[9..] {
        person.path.clear();
    }
    it.trainers[0].available_slots = vec![0];
    let problem_free = told(&it, &plan);
    assert_eq!(problem_free.len(), 1, "{problem_free:?}");
    assert_eq!(
        problem_free[0],
        "5 people have no session of Souris: none of the 1 trainers with that skill is free on Tuesday evenings near Frévent; one more trainer there would serve 5"
    );
    // With a second evening of the only trainer spent elsewhere, one more trainer would help.
    it.trainers[0].available_slots = vec![0, 1, 2];
    it.trainers[0].max_per_week = 1;
    let mut elsewhere = session(1, 0..0);
    (elsewhere.site, elsewhere.room) = ("S1".to_owned(), "S1-R0".to_owned());
    let mut second = elsewhere.clone();
    second.slot = 2;
    let plan = Plan {
        sessions: vec![session(0, 0..4), elsewhere, second],
        ..nothing()
    };
    assert_eq!(
        told(&it, &plan),
        [
            "5 people have no session of Souris: none of the 1 trainers with that skill is free on Tuesday evenings near Frévent; one more trainer there would serve 5"
        ]
    );
}

#[test]
fn a_closed_site_a_taken_room_and_full_sessions_are_told() {
    let mut it = season();
    it.sites[0].open_slots = vec![0];
    it.sites[1].open_slots = vec![1, 2];
    let plan = Plan {
        sessions: vec![session(0, 0..4)],
        ..nothing()
    };
    assert_eq!(
        told(&it, &plan),
        [
            "6 people have no session of Souris: the site is closed on Tuesday evenings near Frévent; opening then would serve 6"
        ]
    );
    let mut it = season();
    it.trainers[0].available_slots = vec![0];
    let told_full = told(&it, &plan);
    assert_eq!(
        told_full[0],
        "6 people have no session of Souris: none of the 1 trainers with that skill is free on Tuesday evenings near Frévent; one more trainer there would serve 6"
    );
    for person in &mut it.people {
        person.available_slots = vec![0];
        person.preferred_slots = vec![0];
    }
    assert_eq!(
        told(&it, &plan),
        [
            "6 people have no session of Souris: its session on Tuesday evenings near Frévent is full; one more seat in each of these would serve 1"
        ]
    );
}

#[test]
fn hours_weeks_distance_and_the_number_of_sessions_are_told() {
    let mut it = season();
    it.people.truncate(5);
    for person in &mut it.people[3..] {
        person.available_slots = vec![3];
        person.preferred_slots = vec![3];
    }
    it.sites[0].open_slots = vec![0, 3];
    it.trainers[0].available_slots = vec![0, 3];
    it.trainers[0].max_per_week = 1;
    let mut elsewhere = session(3, 0..0);
    (elsewhere.site, elsewhere.room) = ("S1".to_owned(), "S1-R0".to_owned());
    let plan = Plan {
        sessions: vec![session(0, 0..3), elsewhere],
        ..nothing()
    };
    let hours = explain(&Problem::new(it.clone()).unwrap(), &plan);
    // One more trainer would serve both, a seat that is free only one of them.
    assert_eq!(
        (hours[0].served, &hours[0].cause),
        (2, &Cause::Trainer { skilled: 1 })
    );
    it.limits.max_sessions = Some(1);
    let plan = Plan {
        sessions: vec![session(0, 0..3)],
        ..nothing()
    };
    let sessions = explain(&Problem::new(it.clone()).unwrap(), &plan);
    assert_eq!(
        (sessions[0].served, &sessions[0].cause),
        (2, &Cause::Sessions { most: 1 })
    );
    it.limits.max_sessions = None;
    it.people[3].available_slots.clear();
    it.people[3].preferred_slots.clear();
    it.people.truncate(4);
    let away = explain(&Problem::new(it.clone()).unwrap(), &plan);
    assert_eq!((away[0].served, &away[0].cause), (1, &Cause::Hours));
    it.people[3].path = vec!["B".to_owned()];
    let never = explain(&Problem::new(it.clone()).unwrap(), &plan);
    assert_eq!((never[0].served, &never[0].cause), (0, &Cause::Never));
    it.people[3].path = vec!["A".to_owned()];
    it.people[3].available_slots = vec![2];
    it.people[3].preferred_slots = vec![2];
    it.sites[0].open_slots = vec![0, 2];
    it.trainers[0].available_slots = vec![0, 2, 3];
    it.weights.session = 1_000;
    let few = explain(&Problem::new(it.clone()).unwrap(), &plan);
    assert_eq!((few[0].served, &few[0].cause), (1, &Cause::Hours));
    it.weights.session = 30;
    it.people[3].available_slots = vec![0, 1, 2, 3];
    it.people[3].max_per_week = 1;
    it.sites[0].open_slots = vec![0];
    let full = Plan {
        sessions: vec![session(0, 0..3)],
        ..nothing()
    };
    let one = explain(&Problem::new(it).unwrap(), &full);
    assert_eq!(one.len(), 1);
}

#[test]
fn what_waits_for_an_earlier_module_says_so() {
    let it = instance();
    let problem = Problem::new(it.clone()).unwrap();
    let mut plan = plan();
    plan.sessions.remove(2);
    let told: Vec<String> = explain(&problem, &plan)
        .iter()
        .map(|it| it.sentence(&problem.instance().clone()))
        .collect();
    assert!(
        told.iter().any(|it| it == "1 person has no session of Tableur: they lack Courriel, which comes before it near Frévent"),
        "{told:?}"
    );
}

/// Everybody who lacks a module is told exactly once, whatever the plan.
#[test]
fn everybody_who_lacks_a_module_is_explained_once() {
    for seed in 0..10 {
        let instance = random_instance(seed);
        let problem = Problem::new(instance.clone()).unwrap();
        for plan in [nothing(), climbed_plan(&instance, seed, 400)] {
            let mut lacking: Vec<(String, String)> = Vec::new();
            for person in &instance.people {
                for module in &person.path {
                    let attends = plan
                        .sessions
                        .iter()
                        .any(|it| it.module == *module && it.people.contains(&person.id));
                    if !attends {
                        lacking.push((module.clone(), person.id.clone()));
                    }
                }
            }
            let mut explained: Vec<(String, String)> = Vec::new();
            for obstacle in explain(&problem, &plan) {
                assert!(
                    obstacle.served as usize <= obstacle.people.len(),
                    "seed {seed}: {obstacle:?}"
                );
                assert!(serde_json::to_value(&obstacle).unwrap()["cause"]["kind"] != json!(null));
                explained.extend(
                    obstacle
                        .people
                        .into_iter()
                        .map(|person| (obstacle.module.clone(), person)),
                );
            }
            lacking.sort();
            explained.sort();
            assert_eq!(lacking, explained, "seed {seed}");
        }
    }
}
