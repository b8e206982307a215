//! What is possible: windows left by precedence, slots left to a person, sessions within reach, trainers and rooms that are free.
#![expect(
    clippy::indexing_slicing,
    reason = "hot tables, indexed by what the problem numbered"
)]

use super::{Hold, Solution};
use crate::engine::Random;
use crate::problem::NONE;

/// Room for what is looked up again and again.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scratch {
    /// Slots of one person.
    usable: Vec<u64>,
    /// Sessions found: row of site and module, word, slots.
    found: Vec<(u32, u32, u64)>,
    /// How many sessions were found.
    count: u32,
    /// For the moves' own lists.
    pub(crate) ranked: Vec<(i64, u32)>,
}

/// Which sessions are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Which {
    /// All in which people may change.
    Open,
    /// Those of them with a seat left.
    Free,
}

impl Solution<'_> {
    /// Slots `first..end` that precedence leaves to an entry; none if something before it is missing. Its own seat does not count.
    #[inline]
    pub(crate) fn window(&self, entry: u32) -> Option<(u32, u32)> {
        let mut first = self.problem.freeze;
        for before in self.problem.before.of(entry) {
            let slot = self.entry_slot[*before as usize];
            if slot == NONE {
                return None;
            }
            first = first.max(slot + 1);
        }
        let mut end = self.problem.slots as u32;
        for after in self.problem.after.of(entry) {
            let slot = self.entry_slot[*after as usize];
            if slot != NONE {
                end = end.min(slot);
            }
        }
        (first < end).then_some((first, end))
    }

    /// Whether something after the entry is attended, so that it cannot be dropped alone.
    #[inline]
    pub(crate) fn is_needed(&self, entry: u32) -> bool {
        let after = self.problem.after.of(entry);
        (after.iter()).any(|after| self.entry_slot[*after as usize] != NONE)
    }

    /// Whether an entry could be in this site and slot instead of where it is now, as far as it alone is concerned.
    #[inline]
    pub(crate) fn fits(&self, entry: u32, site: u32, slot: u32) -> bool {
        let problem = self.problem;
        let person = problem.entry_person[entry as usize];
        if !problem.is_near(person, site) || !self.has_time(entry, person, slot) {
            return false;
        }
        self.window(entry)
            .is_some_and(|(first, end)| (first..end).contains(&slot))
    }

    /// Whether the person has time in the slot, the entry's own seat not counted.
    #[inline]
    fn has_time(&self, entry: u32, person: u32, slot: u32) -> bool {
        let problem = self.problem;
        let word = person as usize * problem.words + (slot >> 6) as usize;
        if self.person_free[word] >> (slot & 63) & 1 == 1 {
            return true;
        }
        let own = self.entry_slot[entry as usize];
        if own == NONE || !problem.person_can(person, slot) {
            return false;
        }
        if own == slot {
            return true;
        }
        // The slot is barred by the day, the week, or another session: the own seat may be the reason of the first two.
        let (day, own_day) = (
            problem.slot_day[slot as usize],
            problem.slot_day[own as usize],
        );
        let (week, own_week) = (
            problem.slot_week[slot as usize],
            problem.slot_week[own as usize],
        );
        if week != own_week {
            return false;
        }
        let on_day = u32::from(self.person_day[person as usize * problem.days + day as usize]);
        let in_week = u32::from(self.person_week[person as usize * problem.weeks + week as usize]);
        on_day - u32::from(day == own_day) < problem.per_day
            && in_week - 1 < problem.person_max[person as usize]
            && (problem.per_day == 1 || !self.is_busy(person, slot))
    }

    /// Whether the person attends something in the slot.
    fn is_busy(&self, person: u32, slot: u32) -> bool {
        (self.problem.entries(person)).any(|entry| self.entry_slot[entry as usize] == slot)
    }

    /// Makes the bits of a person's week anew, leaving out `without`.
    pub(super) fn free_week(&mut self, person: u32, week: u32, without: u32) {
        let row = person as usize * self.problem.words;
        let mut bits = std::mem::take(&mut self.scratch.usable);
        bits.clear();
        bits.extend_from_slice(&self.person_free[row..row + self.problem.words]);
        self.week_bits(&mut bits, person, week, without);
        self.person_free[row..row + self.problem.words].copy_from_slice(&bits);
        self.scratch.usable = bits;
    }

    /// Replaces the week in a person's bits by what is left of it without the entry `without`.
    fn week_bits(&self, bits: &mut [u64], person: u32, week: u32, without: u32) {
        let problem = self.problem;
        let words = problem.words;
        let mask = &problem.week_mask[week as usize * words..][..words];
        let row = person as usize * words;
        let mut in_week =
            u32::from(self.person_week[person as usize * problem.weeks + week as usize]);
        if without != NONE {
            in_week -= 1;
        }
        let full = in_week >= problem.person_max[person as usize] || problem.per_day == 0;
        for word in 0..words {
            let whole = if full {
                0
            } else {
                problem.person_slots[row + word] & mask[word]
            };
            bits[word] = bits[word] & !mask[word] | whole;
        }
        if full || in_week == 0 {
            return;
        }
        for other in problem.entries(person) {
            let slot = self.entry_slot[other as usize];
            if slot == NONE || other == without || problem.slot_week[slot as usize] != week {
                continue;
            }
            bits[(slot >> 6) as usize] &= !(1 << (slot & 63));
            let day = problem.slot_day[slot as usize];
            let mut on_day =
                u32::from(self.person_day[person as usize * problem.days + day as usize]);
            let own = if without == NONE {
                NONE
            } else {
                self.entry_slot[without as usize]
            };
            if own != NONE && problem.slot_day[own as usize] == day {
                on_day -= 1;
            }
            if on_day >= problem.per_day {
                let mask = &problem.day_mask[day as usize * words..][..words];
                for (word, day) in bits.iter_mut().zip(mask) {
                    *word &= !day;
                }
            }
        }
    }

    /// Looks up the sessions that an entry could take instead of its own; returns how many there are.
    pub(crate) fn find(&mut self, entry: u32, which: Which) -> u32 {
        self.scratch.found.clear();
        self.scratch.count = 0;
        let Some((first, end)) = self.window(entry) else {
            return 0;
        };
        let problem = self.problem;
        let words = problem.words;
        let person = problem.entry_person[entry as usize];
        let row = person as usize * words;
        let mut usable = std::mem::take(&mut self.scratch.usable);
        usable.clear();
        usable.extend_from_slice(&self.person_free[row..row + words]);
        let own = self.entry_slot[entry as usize];
        if own != NONE {
            self.week_bits(&mut usable, person, problem.slot_week[own as usize], entry);
        }
        let table = match which {
            Which::Open => &self.open_bits,
            Which::Free => &self.free_bits,
        };
        let module = problem.entry_module[entry as usize];
        let (low, high) = ((first >> 6) as usize, ((end - 1) >> 6) as usize);
        let home = self.seat[entry as usize];
        let mut count = 0;
        for site in &problem.reach[person as usize] {
            let at = (*site as usize * problem.modules + module as usize) as u32;
            for word in low..=high {
                let mut bits = table[at as usize * words + word] & usable[word];
                if bits == 0 {
                    continue;
                }
                if word == low {
                    bits &= u64::MAX << (first & 63);
                }
                if word == high {
                    bits &= u64::MAX >> (63 - ((end - 1) & 63));
                }
                if home != NONE && (own >> 6) as usize == word {
                    let s = &self.sessions[home as usize];
                    if s.site == *site {
                        bits &= !(1 << (own & 63));
                    }
                }
                if bits != 0 {
                    count += bits.count_ones();
                    self.scratch.found.push((at, word as u32, bits));
                }
            }
        }
        self.scratch.usable = usable;
        self.scratch.count = count;
        count
    }

    /// One of the sessions found last.
    #[inline]
    pub(crate) fn pick_found(&self, random: &mut Random) -> u32 {
        let mut rank = random.below(self.scratch.count);
        for (row, word, bits) in &self.scratch.found {
            let ones = bits.count_ones();
            if rank >= ones {
                rank -= ones;
                continue;
            }
            let mut bits = *bits;
            for _ in 0..rank {
                bits &= bits - 1;
            }
            return self.at(*row, word * 64 + bits.trailing_zeros());
        }
        NONE
    }

    /// The earliest of the sessions found last.
    pub(crate) fn first_found(&self) -> u32 {
        let earliest = (self.scratch.found.iter())
            .map(|(row, word, bits)| (word * 64 + bits.trailing_zeros(), *row))
            .min();
        earliest.map_or(NONE, |(slot, row)| self.at(row, slot))
    }

    /// The cheapest of the sessions found last for the entry, which has none; ties fall to one of them at random.
    pub(crate) fn best_found(&self, entry: u32, random: &mut Random) -> Option<(i64, u32)> {
        let mut best: Option<(i64, u32)> = None;
        let mut ties = 0;
        for (row, word, bits) in &self.scratch.found {
            let mut bits = *bits;
            while bits != 0 {
                let session = self.at(*row, word * 64 + bits.trailing_zeros());
                let delta = self.seat_delta(entry, session);
                bits &= bits - 1;
                match best {
                    Some((least, _)) if delta > least => {}
                    Some((least, _)) if delta == least => {
                        ties += 1;
                        if random.below(ties) == 0 {
                            best = Some((delta, session));
                        }
                    }
                    _ => {
                        best = Some((delta, session));
                        ties = 1;
                    }
                }
            }
        }
        best
    }

    #[inline]
    fn at(&self, row: u32, slot: u32) -> u32 {
        self.module_at[row as usize * self.problem.slots + slot as usize]
    }

    /// Whether the room is free for a session of the module then: site open, room empty, the module not already there.
    pub(crate) fn room_fits(&self, module: u32, room: u32, slot: u32) -> bool {
        let problem = self.problem;
        let site = problem.room_site[room as usize];
        slot >= problem.freeze
            && problem.site_is_open(site, slot)
            && self.room_at[room as usize * problem.slots + slot as usize] == NONE
            && self.module_at[self.row(site, module) * problem.slots + slot as usize] == NONE
    }

    /// The session in a room and slot, or [`NONE`].
    pub(crate) fn room_at(&self, room: u32, slot: u32) -> u32 {
        self.room_at[room as usize * self.problem.slots + slot as usize]
    }

    /// Whether the trainer can take one more session of the module there and then.
    #[inline]
    pub(crate) fn trainer_fits(&self, trainer: u32, module: u32, site: u32, slot: u32) -> bool {
        let problem = self.problem;
        let (k, t) = (trainer as usize, slot as usize);
        if !problem.teaches(trainer, module)
            || !problem.trainer_can(trainer, slot)
            || self.trainer_at[k * problem.slots + t] != NONE
        {
            return false;
        }
        let week = k * problem.weeks + problem.slot_week[t] as usize;
        let (sessions, where_now) =
            self.trainer_day[k * problem.days + problem.slot_day[t] as usize];
        self.trainer_week[week] < problem.trainer_max[k] && (sessions == 0 || where_now == site)
    }

    /// What a trainer's session there and then would cost in kilometres.
    pub(crate) fn trainer_cost(&self, trainer: u32, site: u32, slot: u32) -> i64 {
        let problem = self.problem;
        let day = problem.slot_day[slot as usize] as usize;
        if self.trainer_day[trainer as usize * problem.days + day].0 > 0 {
            return 0;
        }
        problem.trainer_way[trainer as usize * problem.sites + site as usize]
    }

    /// How many sessions the trainer may still take in the week of the slot.
    pub(crate) fn trainer_left(&self, trainer: u32, slot: u32) -> u32 {
        let week = self.problem.slot_week[slot as usize] as usize;
        let given = self.trainer_week[trainer as usize * self.problem.weeks + week];
        self.problem.trainer_max[trainer as usize].saturating_sub(given)
    }

    /// Whether one more session may be opened.
    pub(crate) fn may_open(&self) -> bool {
        (self.open.len() as u32) < self.problem.max_sessions
    }

    /// Whether a session may be moved, closed or given to another trainer.
    pub(crate) fn is_free(&self, session: u32) -> bool {
        self.sessions[session as usize].hold == Hold::Free
            && !(self.members(session).iter()).any(|entry| self.pinned[*entry as usize])
    }

    /// Whether an unseated entry may take the session, which must have a seat left.
    #[inline]
    pub(crate) fn may_take(&self, entry: u32, session: u32) -> bool {
        let s = &self.sessions[session as usize];
        s.size < s.seats && !matches!(s.hold, Hold::Frozen(_)) && self.fits(entry, s.site, s.slot)
    }

    /// Slots in which the person may take one more session.
    pub(crate) fn free_slots(&self, person: u32) -> &[u64] {
        let row = person as usize * self.problem.words;
        &self.person_free[row..row + self.problem.words]
    }
}
