//! Plans in and out of solutions.
#![expect(
    clippy::indexing_slicing,
    reason = "tables indexed by what the problem numbered"
)]

use super::{Hold, Solution};
use crate::format::{Plan, PlannedSession};
use crate::problem::{NONE, Problem};

impl<'p> Solution<'p> {
    /// The plan without any session but those that the reference holds before its freeze.
    pub(crate) fn frozen(problem: &'p Problem) -> Self {
        let mut solution = Self::empty(problem);
        let Some(replan) = &problem.instance().replan else {
            return solution;
        };
        for index in &problem.frozen {
            let session = &replan.reference[*index as usize];
            let Some(known) = Known::of(problem, session) else {
                continue;
            };
            let id = solution.open(known.module, known.room, session.slot, known.trainer);
            for entry in known.entries {
                let full = solution.session(id).size as usize >= problem.most_seats;
                if solution.seat_of(entry) == NONE && !full {
                    solution.seat(entry, id);
                    solution.pin(entry);
                }
            }
            solution.hold(id, Hold::Frozen(*index));
        }
        solution.commit();
        solution
    }

    /// Takes over from a plan whatever is possible: sessions in `locked` first, with their people, then the others; a session whose
    /// trainer cannot come gets another; what cannot be kept is left out. People of a session left out have no seat yet.
    pub(crate) fn take_over(&mut self, sessions: &[PlannedSession], locked: &[usize]) {
        let is_locked = |n: &usize| locked.contains(n);
        let order = (0..sessions.len()).filter(is_locked);
        let order: Vec<usize> = order
            .chain((0..sessions.len()).filter(|n| !is_locked(n)))
            .collect();
        let mut seats = Vec::new();
        for n in order {
            let session = &sessions[n];
            let Some(known) = Known::of(self.problem, session) else {
                continue;
            };
            if session.slot < self.problem.freeze
                || session.slot as usize >= self.problem.slots
                || known.entries.is_empty()
                || !self.may_open()
                || !self.room_fits(known.module, known.room, session.slot)
            {
                continue;
            }
            let Some(trainer) = self.trainer_like(&known, session.slot, is_locked(&n)) else {
                continue;
            };
            let id = self.open(known.module, known.room, session.slot, trainer);
            if is_locked(&n) {
                self.hold(id, Hold::Locked);
            }
            seats.extend(known.entries.into_iter().map(|e| (session.slot, e, id, n)));
        }
        // In the order of slots, so that what comes before is there when what comes after asks for it.
        seats.sort_unstable();
        for (_, entry, id, n) in seats {
            if self.seat_of(entry) == NONE && self.may_take(entry, id) {
                self.seat(entry, id);
                if is_locked(&n) {
                    self.pin(entry);
                }
            }
        }
        for id in self.open.clone() {
            if self.session(id).size == 0 {
                self.close(id);
            }
        }
        self.commit();
    }

    /// The trainer of a session if possible, otherwise the cheapest who can; of a locked session only its own.
    fn trainer_like(&self, known: &Known, slot: u32, locked: bool) -> Option<u32> {
        let site = self.problem.room_site[known.room as usize];
        if self.trainer_fits(known.trainer, known.module, site, slot) {
            return Some(known.trainer);
        }
        if locked {
            return None;
        }
        let teachers = self.problem.teachers[known.module as usize].iter().copied();
        teachers
            .filter(|k| self.trainer_fits(*k, known.module, site, slot))
            .min_by_key(|k| (self.trainer_cost(*k, site, slot), *k))
    }

    /// The plan in its public form: sessions by slot, site and room; people in the order of the instance.
    pub(crate) fn plan(&self) -> Plan {
        let instance = self.problem.instance();
        let reference = instance.replan.as_ref().map(|replan| &replan.reference);
        let mut order: Vec<u32> = self.open.clone();
        order.retain(|id| {
            self.session(*id).size > 0 || matches!(self.session(*id).hold, Hold::Frozen(_))
        });
        order.sort_unstable_by_key(|id| {
            let s = self.session(*id);
            (s.slot, s.room)
        });
        let sessions = order.iter().map(|id| {
            let s = self.session(*id);
            if let (Hold::Frozen(index), Some(reference)) = (s.hold, reference) {
                return reference[index as usize].clone();
            }
            let site = &instance.sites[s.site as usize];
            let first = self.problem.first_room[s.site as usize];
            let mut people: Vec<u32> = (self.members(*id).iter())
                .map(|entry| self.problem.entry_person[*entry as usize])
                .collect();
            people.sort_unstable();
            PlannedSession {
                module: instance.modules[s.module as usize].id.clone(),
                site: site.id.clone(),
                room: site.rooms[(s.room - first) as usize].id.clone(),
                slot: s.slot,
                trainer: instance.trainers[s.trainer as usize].id.clone(),
                people: (people.iter())
                    .map(|p| instance.people[*p as usize].id.clone())
                    .collect(),
            }
        });
        Plan {
            instance: Some(instance.name.clone()),
            sessions: sessions.collect(),
            meta: None,
        }
    }
}

/// A session of a plan by index; people who do not exist, or do not want the module, left out.
struct Known {
    module: u32,
    room: u32,
    trainer: u32,
    entries: Vec<u32>,
}

impl Known {
    fn of(problem: &Problem, session: &PlannedSession) -> Option<Self> {
        let module = *problem.names.module.get(&session.module)?;
        let room = *problem.names.room.get(&session.room)?;
        let trainer = *problem.names.trainer.get(&session.trainer)?;
        let site = *problem.names.site.get(&session.site)?;
        if problem.room_site[room as usize] != site || session.slot as usize >= problem.slots {
            return None;
        }
        let people = session.people.iter();
        let entries = people
            .filter_map(|id| problem.names.person.get(id))
            .map(|p| problem.entry_at[*p as usize * problem.modules + module as usize])
            .filter(|entry| *entry != NONE);
        Some(Self {
            module,
            room,
            trainer,
            entries: entries.collect(),
        })
    }
}
