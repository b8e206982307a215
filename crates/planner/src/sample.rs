//! Small instances for tests: one made by hand, and as many as wanted at random.

use serde_json::Value;

use crate::format::{Instance, Plan};

/// One small instance, a plan for it, and what the format's own checker says of both.
pub(crate) const GOLDEN: &str = include_str!("check/golden.json");

/// The small instance: four people, two sites, three modules, two trainers, eight slots.
pub(crate) fn instance() -> Instance {
    part("instance")
}

/// A plan that serves everybody except one module of one person.
pub(crate) fn plan() -> Plan {
    part("plan")
}

fn part<T: serde::de::DeserializeOwned>(name: &str) -> T {
    let golden: Value = serde_json::from_str(GOLDEN).unwrap();
    serde_json::from_value(golden[name].clone()).unwrap()
}

/// The small instance with one value changed.
pub(crate) fn patched(at: &str, to: &Value) -> Instance {
    let mut document = serde_json::to_value(instance()).unwrap();
    set(&mut document, at, to);
    serde_json::from_value(document).unwrap()
}

/// Puts a value at a path (`people/3/path`); `-` at its end appends to a list.
pub(crate) fn set(document: &mut Value, at: &str, to: &Value) {
    let (parent, last) = at
        .rsplit_once('/')
        .map_or((String::new(), at), |(parent, last)| {
            (format!("/{parent}"), last)
        });
    match document.pointer_mut(&parent).unwrap() {
        Value::Array(list) if last == "-" => list.push(to.clone()),
        Value::Array(list) => list[last.parse::<usize>().unwrap()] = to.clone(),
        Value::Object(map) => {
            map.insert(last.to_owned(), to.clone());
        }
        other => panic!("{at}: {other}"),
    }
}

/// A small instance at random: few seats, few trainers, short weeks, so that every rule binds.
#[expect(clippy::too_many_lines, reason = "one literal, field by field")]
pub(crate) fn random_instance(seed: u64) -> Instance {
    use crate::format::{Commune, Limits, Module, Person, Room, Site, Slot, Trainer, Weights};
    let mut dice = crate::engine::Random::new(seed);
    let (communes, sites, modules, trainers, people) = (4, 2, 4, 3, 9);
    let slots: Vec<Slot> = (0..12_u32)
        .map(|id| {
            let (week, at) = (id / 4, id % 4);
            let day = 7 * week + at / 2 * 3;
            let start = if at % 2 == 0 { 540 } else { 1110 };
            let kind = if at % 2 == 0 { "morning" } else { "evening" };
            Slot {
                id,
                week,
                day,
                start,
                end: start + 90,
                kind: kind.to_owned(),
            }
        })
        .collect();
    let some = |dice: &mut crate::engine::Random, share: f64| -> Vec<u32> {
        (0..12).filter(|_| dice.chance(share)).collect()
    };
    let names: Vec<String> = (0..modules).map(|m| format!("M{m}")).collect();
    let subset = |dice: &mut crate::engine::Random, share: f64| -> Vec<String> {
        names
            .iter()
            .filter(|_| dice.chance(share))
            .cloned()
            .collect()
    };
    let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    let precedence = match seed % 3 {
        0 => vec![pair("M0", "M1"), pair("M1", "M2"), pair("M0", "M2")],
        1 => vec![pair("M0", "M3"), pair("M1", "M3")],
        _ => Vec::new(),
    };
    Instance {
        format: crate::format::FORMAT.to_owned(),
        name: format!("random-{seed}"),
        slots,
        communes: (0..communes)
            .map(|id| Commune {
                id,
                name: format!("C{id}"),
                ..Commune::default()
            })
            .collect(),
        sites: (0..sites)
            .map(|s| Site {
                id: format!("S{s}"),
                name: format!("Site {s}"),
                commune: s,
                rooms: (0..=dice.below(2))
                    .map(|r| Room {
                        id: format!("S{s}R{r}"),
                        capacity: 2 + dice.below(3),
                    })
                    .collect(),
                open_slots: some(&mut dice, 0.7),
            })
            .collect(),
        km: (0..communes)
            .map(|_| (0..sites).map(|_| dice.below(30)).collect())
            .collect(),
        modules: names
            .iter()
            .map(|id| Module {
                id: id.clone(),
                name: id.clone(),
                series: String::new(),
                min_fill: 1 + dice.below(3),
                max_group: 2 + dice.below(3),
            })
            .collect(),
        precedence,
        trainers: (0..trainers)
            .map(|t| Trainer {
                id: format!("T{t}"),
                commune: dice.below(communes),
                skills: subset(&mut dice, 0.6),
                available_slots: some(&mut dice, 0.7),
                max_per_week: 1 + dice.below(3),
            })
            .collect(),
        people: (0..people)
            .map(|p| {
                let available_slots = some(&mut dice, 0.6);
                let likes = |dice: &mut crate::engine::Random| dice.chance(0.5);
                Person {
                    id: format!("P{p}"),
                    kind: "pro".to_owned(),
                    commune: dice.below(communes),
                    level: 1 + dice.below(3),
                    path: subset(&mut dice, 0.6),
                    preferred_slots: available_slots
                        .iter()
                        .copied()
                        .filter(|_| likes(&mut dice))
                        .collect(),
                    available_slots,
                    max_per_week: 1 + dice.below(2),
                    max_km: 10 + dice.below(20),
                }
            })
            .collect(),
        limits: Limits {
            max_sessions: seed.is_multiple_of(4).then_some(5),
            person_sessions_per_day: 1,
        },
        weights: Weights {
            missing_module: 100,
            incomplete_path: 200,
            non_preferred: 5,
            level_spread: 10,
            person_km: 1,
            trainer_km: 1,
            session: 30,
            underfill: 20,
        },
        ..Instance::default()
    }
}

/// A good feasible plan by hill climbing with the referee alone: sessions opened and closed,
/// people added and taken out at random, kept when every rule holds and the cost does not rise.
pub(crate) fn climbed_plan(instance: &Instance, seed: u64, steps: u32) -> Plan {
    use crate::format::PlannedSession;
    let mut dice = crate::engine::Random::new(seed);
    let mut plan = Plan {
        instance: Some(instance.name.clone()),
        ..Plan::default()
    };
    let mut cost = crate::check(instance, &plan).objective;
    for step in 0..steps {
        let mut next = plan.clone();
        let person =
            |dice: &mut crate::engine::Random| dice.pick(&instance.people).unwrap().id.clone();
        match dice.below(6) {
            0 => {
                let site = dice.pick(&instance.sites).unwrap();
                let module = dice.pick(&instance.modules).unwrap().id.clone();
                let wants = instance
                    .people
                    .iter()
                    .filter(|it| it.path.contains(&module));
                next.sessions.push(PlannedSession {
                    site: site.id.clone(),
                    room: dice.pick(&site.rooms).unwrap().id.clone(),
                    slot: dice.pick(&instance.slots).unwrap().id,
                    trainer: dice.pick(&instance.trainers).unwrap().id.clone(),
                    people: wants
                        .filter(|_| dice.chance(0.5))
                        .map(|it| it.id.clone())
                        .collect(),
                    module,
                });
            }
            1 if !next.sessions.is_empty() => {
                let at = dice.index(next.sessions.len());
                next.sessions.swap_remove(at);
            }
            _ if !next.sessions.is_empty() => {
                let at = dice.index(next.sessions.len());
                let who = person(&mut dice);
                let people = &mut next.sessions[at].people;
                match people.iter().position(|id| *id == who) {
                    Some(at) => drop(people.swap_remove(at)),
                    None => people.push(who),
                }
            }
            _ => continue,
        }
        let verdict = crate::check(instance, &next);
        // Somewhat worse is accepted now and then at first, to leave poor corners.
        let slack = if step < steps / 2 && dice.chance(0.2) {
            40
        } else {
            0
        };
        if verdict.feasible() && verdict.objective <= cost + slack {
            (plan, cost) = (next, verdict.objective);
        }
    }
    plan
}
