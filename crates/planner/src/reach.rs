//! What each person could attend if nobody else were there: slots by entry of the path, and how
//! many modules at most. Used by warnings, the lower bound and explanations.

#![expect(
    clippy::indexing_slicing,
    reason = "every index is one of the problem's own tables"
)]

use crate::problem::{NONE, Problem};

/// Possibilities of all people.
pub(crate) struct Reach {
    words: usize,
    /// `[module × words]`: slots in which somebody who can teach it is available.
    pub(crate) taught: Vec<u64>,
    /// `[person × words]`: slots in which the person can come and a site within reach is open.
    pub(crate) open: Vec<u64>,
    /// `[entry × words]`: slots in which the module could be attended, as far as precedence and
    /// the past allow; for what was attended in the past, the slot itself.
    pub(crate) usable: Vec<u64>,
    /// `[entry]`: the slot at which it was attended in the past, or [`NONE`].
    pub(crate) past: Vec<u32>,
}

impl Reach {
    /// Goes through all people.
    pub(crate) fn new(problem: &Problem) -> Self {
        let words = problem.words;
        let mut reach = Self {
            words,
            taught: vec![0; problem.modules * words],
            open: vec![0; problem.people * words],
            usable: vec![0; problem.entry_person.len() * words],
            past: past(problem),
        };
        for (module, teachers) in problem.teachers.iter().enumerate() {
            for &trainer in teachers {
                if problem.trainer_max[trainer as usize] > 0 {
                    for word in 0..words {
                        reach.taught[module * words + word] |=
                            problem.trainer_slots[trainer as usize * words + word];
                    }
                }
            }
        }
        for person in 0..problem.people {
            for &site in &problem.reach[person] {
                for word in 0..words {
                    reach.open[person * words + word] |= problem.site_open
                        [site as usize * words + word]
                        & problem.person_slots[person * words + word];
                }
            }
            reach.person(problem, person);
        }
        reach
    }

    fn person(&mut self, problem: &Problem, person: usize) {
        let words = self.words;
        let entries = problem.first_entry[person]..problem.first_entry[person + 1];
        for entry in entries.clone() {
            let module = problem.entry_module[entry as usize] as usize;
            if self.past[entry as usize] != NONE {
                let slot = self.past[entry as usize] as usize;
                self.usable[entry as usize * words + slot / 64] = 1 << (slot % 64);
                continue;
            }
            if problem.per_day == 0 || problem.person_max[person] == 0 {
                continue;
            }
            for word in 0..words {
                self.usable[entry as usize * words + word] = self.open[person * words + word]
                    & self.taught[module * words + word]
                    & from(problem.freeze, word);
            }
        }
        // Each round makes known one more step of the longest chain of modules.
        for _ in entries.clone() {
            let mut changed = false;
            for entry in entries.clone() {
                for &before in problem.before.of(entry) {
                    changed |= self.after(before as usize, entry as usize);
                }
            }
            if !changed {
                break;
            }
        }
    }

    /// Takes from an entry the slots that are not after another's first one.
    fn after(&mut self, before: usize, entry: usize) -> bool {
        let earliest = self.first(before);
        let mut changed = false;
        for word in 0..self.words {
            let mask = earliest.map_or(0, |slot| from(slot + 1, word));
            let cell = &mut self.usable[entry * self.words + word];
            changed |= *cell & !mask != 0;
            *cell &= mask;
        }
        changed
    }

    /// The slots of an entry.
    pub(crate) fn slots(&self, entry: usize) -> impl Iterator<Item = u32> + '_ {
        bits(&self.usable[entry * self.words..(entry + 1) * self.words])
    }

    fn first(&self, entry: usize) -> Option<u32> {
        self.slots(entry).next()
    }

    /// Whether the entry can be attended at all.
    pub(crate) fn possible(&self, entry: usize) -> bool {
        self.first(entry).is_some()
    }

    /// How many modules of the path the person can attend at most, each in a slot of its own and
    /// no more a day and a week than allowed.
    pub(crate) fn most_modules(&self, problem: &Problem, person: usize) -> u32 {
        let entries: Vec<usize> = (problem.first_entry[person]..problem.first_entry[person + 1])
            .map(|entry| entry as usize)
            .filter(|&entry| self.possible(entry))
            .collect();
        if self.fits(problem, person, &entries) {
            return count(entries.len());
        }
        let (slots, days, weeks) = (problem.slots, problem.days, problem.weeks);
        let (slot0, day0) = (entries.len(), entries.len() + slots);
        let (week0, source) = (day0 + days, day0 + days + weeks);
        let sink = source + 1;
        let mut flow = Flow::new(sink + 1);
        let mut used = vec![false; slots];
        for (i, &entry) in entries.iter().enumerate() {
            flow.edge(source, i, 1);
            for slot in self.slots(entry) {
                flow.edge(i, slot0 + slot as usize, 1);
                used[slot as usize] = true;
            }
        }
        for slot in (0..slots).filter(|&slot| used[slot]) {
            flow.edge(slot0 + slot, day0 + problem.slot_day[slot] as usize, 1);
        }
        let mut week_of = vec![NONE; days];
        for slot in (0..slots).filter(|&slot| used[slot]) {
            week_of[problem.slot_day[slot] as usize] = problem.slot_week[slot];
        }
        for day in (0..days).filter(|&day| week_of[day] != NONE) {
            flow.edge(day0 + day, week0 + week_of[day] as usize, problem.per_day);
        }
        for week in 0..weeks {
            flow.edge(week0 + week, sink, problem.person_max[person]);
        }
        flow.most(source, sink)
    }

    /// Whether each of the entries finds a slot when the one with the fewest chooses first.
    fn fits(&self, problem: &Problem, person: usize, entries: &[usize]) -> bool {
        let mut order: Vec<(usize, usize)> = entries
            .iter()
            .map(|&entry| (self.slots(entry).count(), entry))
            .collect();
        order.sort_unstable();
        let mut taken = vec![false; problem.slots];
        let mut day = vec![0; problem.days];
        let mut week = vec![0; problem.weeks];
        order.into_iter().all(|(_, entry)| {
            let free = self.slots(entry).find(|&slot| {
                let slot = slot as usize;
                !taken[slot]
                    && day[problem.slot_day[slot] as usize] < problem.per_day
                    && week[problem.slot_week[slot] as usize] < problem.person_max[person]
            });
            free.is_some_and(|slot| {
                let slot = slot as usize;
                taken[slot] = true;
                day[problem.slot_day[slot] as usize] += 1;
                week[problem.slot_week[slot] as usize] += 1;
                true
            })
        })
    }
}

/// The slots of a word from `slot` on.
fn from(slot: u32, word: usize) -> u64 {
    let first = word * 64;
    let slot = slot as usize;
    if slot <= first {
        u64::MAX
    } else if slot >= first + 64 {
        0
    } else {
        u64::MAX << (slot - first)
    }
}

/// The slots of a bitset, in order.
pub(crate) fn bits(set: &[u64]) -> impl Iterator<Item = u32> + '_ {
    set.iter().zip(0_u32..).flat_map(|(&word, index)| {
        let mut rest = word;
        std::iter::from_fn(move || {
            let bit = rest.trailing_zeros();
            rest &= rest.wrapping_sub(1);
            (bit < 64).then_some(index * 64 + bit)
        })
    })
}

/// Where each entry was attended in the frozen part of the reference.
fn past(problem: &Problem) -> Vec<u32> {
    let mut past = vec![NONE; problem.entry_person.len()];
    let Some(replan) = &problem.instance().replan else {
        return past;
    };
    for session in replan
        .reference
        .iter()
        .filter(|it| it.slot < problem.freeze)
    {
        let Some(&module) = problem.names.module.get(&session.module) else {
            continue;
        };
        for person in session
            .people
            .iter()
            .filter_map(|id| problem.names.person.get(id))
        {
            let entry = problem.entry_at[*person as usize * problem.modules + module as usize];
            if entry != NONE {
                past[entry as usize] = session.slot;
            }
        }
    }
    past
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// A small network with integer capacities.
struct Flow {
    /// `[node]`: its edges.
    edges_of: Vec<Vec<usize>>,
    /// Target and capacity left; an edge's reverse has the number next to it.
    edges: Vec<(usize, u32)>,
}

impl Flow {
    fn new(nodes: usize) -> Self {
        Self {
            edges_of: vec![Vec::new(); nodes],
            edges: Vec::new(),
        }
    }

    fn edge(&mut self, from: usize, to: usize, capacity: u32) {
        self.edges_of[from].push(self.edges.len());
        self.edges.push((to, capacity));
        self.edges_of[to].push(self.edges.len());
        self.edges.push((from, 0));
    }

    /// The largest flow, one unit after another (Ford and Fulkerson 1956).
    fn most(&mut self, source: usize, sink: usize) -> u32 {
        let mut total = 0;
        let mut via = vec![usize::MAX; self.edges_of.len()];
        loop {
            via.fill(usize::MAX);
            let mut queue = vec![source];
            let mut next = 0;
            while next < queue.len() && via[sink] == usize::MAX {
                let node = queue[next];
                next += 1;
                for &edge in &self.edges_of[node] {
                    let (to, left) = self.edges[edge];
                    if left > 0 && to != source && via[to] == usize::MAX {
                        via[to] = edge;
                        queue.push(to);
                    }
                }
            }
            if via[sink] == usize::MAX {
                return total;
            }
            let mut node = sink;
            while node != source {
                let edge = via[node];
                self.edges[edge].1 -= 1;
                self.edges[edge ^ 1].1 += 1;
                node = self.edges[edge ^ 1].0;
            }
            total += 1;
        }
    }
}
