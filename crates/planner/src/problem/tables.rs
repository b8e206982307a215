//! The tables of a problem, from its instance. The instance is known to keep to the format; what it names beyond that is left out.

use std::collections::{BTreeSet, HashMap};

use super::{Lists, NONE, Names, Problem};
use crate::format::{Instance, Replan};

/// Makes the tables.
pub(super) fn build(instance: Instance) -> Problem {
    let slots = instance.slots.len();
    let words = slots.div_ceil(64).max(1);
    let names = names(&instance);
    let (slot_day, days) = ranks(instance.slots.iter().map(|slot| slot.day));
    let (slot_week, weeks) = ranks(instance.slots.iter().map(|slot| slot.week));
    let mut problem = Problem {
        weights: instance.weights,
        w_change: 0,
        w_trainer_change: 0,
        freeze: 0,
        max_sessions: instance.limits.max_sessions.unwrap_or(u32::MAX),
        per_day: instance.limits.person_sessions_per_day,
        words,
        slots,
        days,
        weeks,
        day_mask: masks(&slot_day, days, words),
        week_mask: masks(&slot_week, weeks, words),
        slot_day,
        slot_week,
        sites: instance.sites.len(),
        first_room: vec![0],
        room_site: Vec::new(),
        room_seats: Vec::new(),
        site_open: Vec::new(),
        modules: instance.modules.len(),
        min_fill: instance.modules.iter().map(|m| m.min_fill).collect(),
        max_group: instance.modules.iter().map(|m| m.max_group).collect(),
        most_seats: 0,
        trainers: instance.trainers.len(),
        skill: Vec::new(),
        trainer_slots: Vec::new(),
        trainer_max: instance.trainers.iter().map(|t| t.max_per_week).collect(),
        trainer_way: Vec::new(),
        teachers: vec![Vec::new(); instance.modules.len()],
        people: instance.people.len(),
        level: (instance.people.iter())
            .map(|p| p.level.clamp(1, 3) - 1)
            .collect(),
        person_max: instance.people.iter().map(|p| p.max_per_week).collect(),
        person_slots: Vec::new(),
        person_likes: Vec::new(),
        way: Vec::new(),
        near: Vec::new(),
        reach: Vec::new(),
        first_entry: vec![0],
        entry_person: Vec::new(),
        entry_module: Vec::new(),
        entry_at: vec![NONE; instance.people.len() * instance.modules.len()],
        wanting: vec![Vec::new(); instance.modules.len()],
        before: Lists::default(),
        after: Lists::default(),
        entry_was: Vec::new(),
        lost: 0,
        trainer_was: HashMap::new(),
        frozen: Vec::new(),
        names,
        instance,
    };
    let instance = std::mem::take(&mut problem.instance);
    places(&mut problem, &instance);
    trainers(&mut problem, &instance);
    let earlier = earlier(&problem, &instance);
    people(&mut problem, &instance, &earlier);
    precedence(&mut problem, &earlier, instance.replan.is_some());
    problem.entry_was = vec![NONE; problem.entry_person.len()];
    if let Some(replan) = &instance.replan {
        reference(&mut problem, replan);
    }
    problem.instance = instance;
    problem
}

fn names(instance: &Instance) -> Names {
    fn index<'a>(ids: impl Iterator<Item = &'a String>) -> HashMap<String, u32> {
        ids.zip(0..).map(|(id, n)| (id.clone(), n)).collect()
    }
    Names {
        site: index(instance.sites.iter().map(|site| &site.id)),
        room: index(
            instance
                .sites
                .iter()
                .flat_map(|site| &site.rooms)
                .map(|room| &room.id),
        ),
        module: index(instance.modules.iter().map(|module| &module.id)),
        trainer: index(instance.trainers.iter().map(|trainer| &trainer.id)),
        person: index(instance.people.iter().map(|person| &person.id)),
    }
}

/// The values by rank from 0, and how many different ones there are.
fn ranks(values: impl Iterator<Item = u32> + Clone) -> (Vec<u32>, usize) {
    let known: BTreeSet<u32> = values.clone().collect();
    let rank: HashMap<u32, u32> = known.iter().copied().zip(0..).collect();
    (values.map(|value| rank[&value]).collect(), known.len())
}

fn masks(rank: &[u32], count: usize, words: usize) -> Vec<u64> {
    let mut masks = vec![0; count * words];
    for (slot, row) in rank.iter().enumerate() {
        masks[*row as usize * words + slot / 64] |= 1 << (slot % 64);
    }
    masks
}

fn push_bits(table: &mut Vec<u64>, words: usize, slots: &[u32]) {
    let row = table.len();
    table.resize(row + words, 0);
    for slot in slots {
        table[row + *slot as usize / 64] |= 1 << (slot % 64);
    }
}

fn places(problem: &mut Problem, instance: &Instance) {
    for (site, n) in instance.sites.iter().zip(0..) {
        push_bits(&mut problem.site_open, problem.words, &site.open_slots);
        for room in &site.rooms {
            problem.room_site.push(n);
            problem.room_seats.push(room.capacity);
        }
        problem.first_room.push(count(problem.room_site.len()));
    }
    let room = problem.room_seats.iter().max().copied().unwrap_or(0);
    let group = problem.max_group.iter().max().copied().unwrap_or(0);
    problem.most_seats = room.min(group).min(count(problem.people)) as usize;
}

fn trainers(problem: &mut Problem, instance: &Instance) {
    for (trainer, n) in instance.trainers.iter().zip(0..) {
        push_bits(
            &mut problem.trainer_slots,
            problem.words,
            &trainer.available_slots,
        );
        let mut can = vec![false; problem.modules];
        for skill in &trainer.skills {
            let module = problem.names.module[skill];
            if !std::mem::replace(&mut can[module as usize], true) {
                problem.teachers[module as usize].push(n);
            }
        }
        problem.skill.extend(can);
        for site in 0..problem.sites {
            let km = instance.km[trainer.commune as usize][site];
            problem
                .trainer_way
                .push(problem.weights.trainer_km * i64::from(km));
        }
    }
}

fn people(problem: &mut Problem, instance: &Instance, earlier: &[Vec<u32>]) {
    for (n, person) in instance.people.iter().enumerate() {
        push_bits(
            &mut problem.person_slots,
            problem.words,
            &person.available_slots,
        );
        push_bits(
            &mut problem.person_likes,
            problem.words,
            &person.preferred_slots,
        );
        let mut reach = Vec::new();
        for (site, index) in (0..problem.sites).zip(0..) {
            let km = instance.km[person.commune as usize][site];
            let near = km <= person.max_km;
            problem.way.push(problem.weights.person_km * i64::from(km));
            problem.near.push(near);
            if near {
                reach.push((km, index));
            }
        }
        reach.sort_unstable();
        problem
            .reach
            .push(reach.into_iter().map(|(_, site)| site).collect());
        let mut path: Vec<u32> = person
            .path
            .iter()
            .map(|m| problem.names.module[m])
            .collect();
        // Precedence is transitively closed: what comes later has more before it.
        let all = path.clone();
        path.sort_by_key(|m| {
            (earlier[*m as usize].iter())
                .filter(|a| all.contains(a))
                .count()
        });
        for module in path {
            let at = &mut problem.entry_at[n * problem.modules + module as usize];
            if *at == NONE {
                *at = count(problem.entry_person.len());
                problem.wanting[module as usize].push(*at);
                problem.entry_person.push(count(n));
                problem.entry_module.push(module);
            }
        }
        problem.first_entry.push(count(problem.entry_person.len()));
    }
}

/// Modules before each module.
fn earlier(problem: &Problem, instance: &Instance) -> Vec<Vec<u32>> {
    let mut earlier = vec![Vec::new(); problem.modules];
    for (a, b) in &instance.precedence {
        let (a, b) = (problem.names.module[a], problem.names.module[b]);
        if !earlier[b as usize].contains(&a) {
            earlier[b as usize].push(a);
        }
    }
    earlier
}

fn precedence(problem: &mut Problem, earlier: &[Vec<u32>], replanned: bool) {
    let entries = problem.entry_person.len();
    let (mut before, mut after) = (vec![Vec::new(); entries], vec![Vec::new(); entries]);
    for entry in 0..entries {
        let person = problem.entry_person[entry] as usize;
        for module in &earlier[problem.entry_module[entry] as usize] {
            let first = problem.entry_at[person * problem.modules + *module as usize];
            if first != NONE {
                before[entry].push(first);
                after[first as usize].push(count(entry));
            }
        }
    }
    // What is implied is left out: only the direct neighbours bound a slot. A frozen past may break the order, so there all are kept.
    if !replanned {
        let (all_before, all_after) = (before.clone(), after.clone());
        for entry in 0..entries {
            before[entry].retain(|first| {
                !(all_after[*first as usize].iter()).any(|mid| all_before[entry].contains(mid))
            });
            after[entry].retain(|last| {
                !(all_before[*last as usize].iter()).any(|mid| all_after[entry].contains(mid))
            });
        }
    }
    problem.before = flat(&before);
    problem.after = flat(&after);
}

fn flat(lists: &[Vec<u32>]) -> Lists {
    let mut flat = Lists {
        first: vec![0],
        all: Vec::new(),
    };
    for list in lists {
        flat.all.extend(list);
        flat.first.push(count(flat.all.len()));
    }
    flat
}

fn reference(problem: &mut Problem, replan: &Replan) {
    problem.freeze = replan.freeze_before_slot;
    problem.w_change = replan.w_change;
    problem.w_trainer_change = replan.w_trainer_change;
    for (session, n) in replan.reference.iter().zip(0..) {
        if session.slot < replan.freeze_before_slot {
            problem.frozen.push(n);
            continue;
        }
        let site = problem.names.site.get(&session.site);
        let module = problem.names.module.get(&session.module);
        let (Some(&site), Some(&module)) = (site, module) else {
            problem.lost += problem.w_change * i64::from(count(session.people.len()));
            continue;
        };
        if let Some(trainer) = problem.names.trainer.get(&session.trainer) {
            problem
                .trainer_was
                .insert((site, session.slot, module), *trainer);
        }
        for person in &session.people {
            let entry = problem.names.person.get(person).map_or(NONE, |person| {
                problem.entry_at[*person as usize * problem.modules + module as usize]
            });
            if entry == NONE || problem.entry_was[entry as usize] != NONE {
                problem.lost += problem.w_change;
            } else {
                problem.entry_was[entry as usize] = session.slot * count(problem.sites) + site;
            }
        }
    }
}

/// A length as an index. Instances are far smaller than 2³² of anything.
fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
