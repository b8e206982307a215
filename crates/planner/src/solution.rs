//! A plan as the search holds it: always feasible, with its cost, with counters and bitsets that tell at once what is possible, and with
//! a journal by which a chain of changes is undone.
#![expect(
    clippy::indexing_slicing,
    reason = "hot tables, indexed by what the problem numbered"
)]

mod cost;
mod look;
mod plan;
mod trainers;

pub(crate) use look::Which;

use crate::problem::{NONE, Problem};

/// A session of a solution.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Session {
    pub(crate) module: u32,
    pub(crate) site: u32,
    pub(crate) room: u32,
    pub(crate) slot: u32,
    pub(crate) trainer: u32,
    /// People in it.
    pub(crate) size: u32,
    /// People for whom there is room.
    pub(crate) seats: u32,
    /// People of each level.
    levels: [u16; 3],
    pub(crate) hold: Hold,
    /// Place in the list of sessions.
    place: u32,
}

/// What of a session may change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hold {
    /// Everything.
    Free,
    /// Its people only.
    Locked,
    /// Nothing: it is a session of the reference, by index.
    Frozen(u32),
}

/// A change that was made, to be undone.
#[derive(Clone, Copy, Debug)]
enum Change {
    Seated(u32),
    Unseated(u32, u32),
    Opened(u32),
    Closed(Session),
    Trainer(u32, u32),
    Trainers(u32, u32),
}

/// A plan under search. See the module.
#[derive(Debug)]
pub(crate) struct Solution<'p> {
    pub(crate) problem: &'p Problem,
    cost: i64,
    sessions: Vec<Session>,
    /// `[session × most_seats]`: its entries.
    members: Vec<u32>,
    unused: Vec<u32>,
    /// Sessions that exist, in no order.
    open: Vec<u32>,

    /// Session of each entry, or [`NONE`].
    seat: Vec<u32>,
    /// Place among the members of the session.
    seat_place: Vec<u32>,
    /// Slot of each entry, or [`NONE`].
    entry_slot: Vec<u32>,
    /// Entries that must stay where they are.
    pinned: Vec<bool>,

    /// `[room × slots + slot]`: the session there.
    room_at: Vec<u32>,
    /// `[(site × modules + module) × slots + slot]`: the session there.
    module_at: Vec<u32>,
    /// `[(site × modules + module) × words]`: slots that have a session in which people may change.
    open_bits: Vec<u64>,
    /// The same, with a seat left.
    free_bits: Vec<u64>,

    trainer_at: Vec<u32>,
    trainer_week: Vec<u32>,
    /// `[trainer × days + day]`: sessions and site.
    trainer_day: Vec<(u32, u32)>,

    /// `[person × days + day]`.
    person_day: Vec<u8>,
    /// `[person × weeks + week]`.
    person_week: Vec<u8>,
    /// `[person × words]`: slots in which the person may take one more session.
    person_free: Vec<u64>,
    /// Modules that each person lacks.
    lacks: Vec<u32>,
    /// Entries without session, of all modules and of each.
    missing: Vec<u32>,
    missing_place: Vec<u32>,
    missing_in: Vec<Vec<u32>>,
    missing_in_place: Vec<u32>,

    journal: Vec<Change>,
    pub(crate) scratch: look::Scratch,
}

impl Clone for Solution<'_> {
    fn clone(&self) -> Self {
        let mut copy = Self::empty(self.problem);
        copy.clone_from(self);
        copy
    }

    fn clone_from(&mut self, from: &Self) {
        self.problem = from.problem;
        self.cost = from.cost;
        self.sessions.clone_from(&from.sessions);
        self.members.clone_from(&from.members);
        self.unused.clone_from(&from.unused);
        self.open.clone_from(&from.open);
        self.seat.clone_from(&from.seat);
        self.seat_place.clone_from(&from.seat_place);
        self.entry_slot.clone_from(&from.entry_slot);
        self.pinned.clone_from(&from.pinned);
        self.room_at.clone_from(&from.room_at);
        self.module_at.clone_from(&from.module_at);
        self.open_bits.clone_from(&from.open_bits);
        self.free_bits.clone_from(&from.free_bits);
        self.trainer_at.clone_from(&from.trainer_at);
        self.trainer_week.clone_from(&from.trainer_week);
        self.trainer_day.clone_from(&from.trainer_day);
        self.person_day.clone_from(&from.person_day);
        self.person_week.clone_from(&from.person_week);
        self.person_free.clone_from(&from.person_free);
        self.lacks.clone_from(&from.lacks);
        self.missing.clone_from(&from.missing);
        self.missing_place.clone_from(&from.missing_place);
        self.missing_in.clone_from(&from.missing_in);
        self.missing_in_place.clone_from(&from.missing_in_place);
        self.journal.clear();
    }
}

impl<'p> Solution<'p> {
    /// The plan without sessions.
    pub(crate) fn empty(problem: &'p Problem) -> Self {
        let entries = problem.entry_person.len();
        let rows = problem.sites * problem.modules;
        let mut missing_in_place = vec![0; entries];
        for wanting in &problem.wanting {
            for (entry, place) in wanting.iter().zip(0..) {
                missing_in_place[*entry as usize] = place;
            }
        }
        let mut solution = Self {
            problem,
            cost: 0,
            sessions: Vec::new(),
            members: Vec::new(),
            unused: Vec::new(),
            open: Vec::new(),
            seat: vec![NONE; entries],
            seat_place: vec![0; entries],
            entry_slot: vec![NONE; entries],
            pinned: vec![false; entries],
            room_at: vec![NONE; problem.room_site.len() * problem.slots],
            module_at: vec![NONE; rows * problem.slots],
            open_bits: vec![0; rows * problem.words],
            free_bits: vec![0; rows * problem.words],
            trainer_at: vec![NONE; problem.trainers * problem.slots],
            trainer_week: vec![0; problem.trainers * problem.weeks],
            trainer_day: vec![(0, NONE); problem.trainers * problem.days],
            person_day: vec![0; problem.people * problem.days],
            person_week: vec![0; problem.people * problem.weeks],
            person_free: problem.person_slots.clone(),
            lacks: (0..problem.people)
                .map(|p| problem.first_entry[p + 1] - problem.first_entry[p])
                .collect(),
            missing: (0..entries as u32).collect(),
            missing_place: (0..entries as u32).collect(),
            missing_in: problem.wanting.clone(),
            missing_in_place,
            journal: Vec::new(),
            scratch: look::Scratch::default(),
        };
        for person in 0..problem.people as u32 {
            if problem.person_max[person as usize] == 0 || problem.per_day == 0 {
                solution.bits_of(person).fill(0);
            }
        }
        solution.cost = solution.terms().sum();
        solution
    }

    /// The objective.
    pub(crate) fn cost(&self) -> i64 {
        self.cost
    }

    /// The sessions, in no order.
    pub(crate) fn open_sessions(&self) -> &[u32] {
        &self.open
    }

    /// A session.
    #[inline]
    pub(crate) fn session(&self, session: u32) -> &Session {
        &self.sessions[session as usize]
    }

    /// The entries of a session.
    #[inline]
    pub(crate) fn members(&self, session: u32) -> &[u32] {
        let first = session as usize * self.problem.most_seats;
        &self.members[first..first + self.sessions[session as usize].size as usize]
    }

    /// One of the entries of a session.
    #[inline]
    pub(crate) fn member(&self, session: u32, place: u32) -> u32 {
        self.members[session as usize * self.problem.most_seats + place as usize]
    }

    /// The session of an entry, or [`NONE`].
    #[inline]
    pub(crate) fn seat_of(&self, entry: u32) -> u32 {
        self.seat[entry as usize]
    }

    /// Whether an entry must stay where it is.
    #[inline]
    pub(crate) fn is_pinned(&self, entry: u32) -> bool {
        self.pinned[entry as usize]
    }

    /// Keeps an entry where it is.
    pub(crate) fn pin(&mut self, entry: u32) {
        self.pinned[entry as usize] = true;
    }

    /// Says what of a session may change.
    pub(crate) fn hold(&mut self, session: u32, hold: Hold) {
        self.sessions[session as usize].hold = hold;
        self.mark_seats(session);
    }

    /// Whether a session is open: its number may have been given back, or to another.
    pub(crate) fn exists(&self, session: u32) -> bool {
        let place = self.sessions[session as usize].place as usize;
        self.open.get(place) == Some(&session)
    }

    /// Entries without session.
    pub(crate) fn missing(&self) -> &[u32] {
        &self.missing
    }

    /// Entries of a module without session.
    pub(crate) fn missing_in(&self, module: u32) -> &[u32] {
        &self.missing_in[module as usize]
    }

    /// Modules that a person lacks.
    pub(crate) fn lacks(&self, person: u32) -> u32 {
        self.lacks[person as usize]
    }

    /// A point of the journal to come back to.
    #[inline]
    pub(crate) fn mark(&self) -> usize {
        self.journal.len()
    }

    /// Forgets how to undo.
    #[inline]
    pub(crate) fn commit(&mut self) {
        self.journal.clear();
    }

    /// Undoes everything since `mark`.
    pub(crate) fn undo_to(&mut self, mark: usize) {
        while self.journal.len() > mark {
            let Some(change) = self.journal.pop() else {
                return;
            };
            let length = self.journal.len();
            match change {
                Change::Seated(entry) => self.unseat(entry),
                Change::Unseated(entry, session) => self.seat(entry, session),
                Change::Opened(session) => self.close(session),
                Change::Closed(was) => {
                    self.open_as(was);
                }
                Change::Trainer(session, trainer) => self.set_trainer(session, trainer),
                Change::Trainers(first, second) => self.cross_trainers(first, second),
            }
            self.journal.truncate(length);
        }
    }

    /// Seats an entry, which has no session and may take this one.
    pub(crate) fn seat(&mut self, entry: u32, session: u32) {
        self.cost += self.seat_delta(entry, session);
        let person = self.problem.entry_person[entry as usize];
        let e = entry as usize;
        let s = &mut self.sessions[session as usize];
        let slot = s.slot;
        self.members[session as usize * self.problem.most_seats + s.size as usize] = entry;
        self.seat_place[e] = s.size;
        s.size += 1;
        s.levels[self.problem.level[person as usize] as usize] += 1;
        self.seat[e] = session;
        self.entry_slot[e] = slot;
        self.mark_seats(session);

        let (day, week) = (
            self.problem.slot_day[slot as usize],
            self.problem.slot_week[slot as usize],
        );
        let on_day = &mut self.person_day[person as usize * self.problem.days + day as usize];
        *on_day += 1;
        let day_full = u32::from(*on_day) >= self.problem.per_day;
        let in_week = &mut self.person_week[person as usize * self.problem.weeks + week as usize];
        *in_week += 1;
        let week_full = u32::from(*in_week) >= self.problem.person_max[person as usize];
        let words = self.problem.words;
        let row = person as usize * words;
        self.person_free[row + (slot >> 6) as usize] &= !(1 << (slot & 63));
        for word in 0..words {
            if day_full {
                self.person_free[row + word] &= !self.problem.day_mask[day as usize * words + word];
            }
            if week_full {
                self.person_free[row + word] &=
                    !self.problem.week_mask[week as usize * words + word];
            }
        }

        self.lacks[person as usize] -= 1;
        leave(&mut self.missing, &mut self.missing_place, entry);
        let module = self.problem.entry_module[e] as usize;
        leave(
            &mut self.missing_in[module],
            &mut self.missing_in_place,
            entry,
        );
        self.journal.push(Change::Seated(entry));
    }

    /// Takes an entry out of its session.
    pub(crate) fn unseat(&mut self, entry: u32) {
        self.cost += self.unseat_delta(entry);
        let e = entry as usize;
        let session = self.seat[e];
        let person = self.problem.entry_person[e];
        let s = &mut self.sessions[session as usize];
        let slot = s.slot;
        s.size -= 1;
        s.levels[self.problem.level[person as usize] as usize] -= 1;
        let first = session as usize * self.problem.most_seats;
        let last = self.members[first + s.size as usize];
        self.members[first + self.seat_place[e] as usize] = last;
        self.seat_place[last as usize] = self.seat_place[e];
        self.seat[e] = NONE;
        self.entry_slot[e] = NONE;
        self.mark_seats(session);

        let (day, week) = (
            self.problem.slot_day[slot as usize],
            self.problem.slot_week[slot as usize],
        );
        self.person_day[person as usize * self.problem.days + day as usize] -= 1;
        self.person_week[person as usize * self.problem.weeks + week as usize] -= 1;
        self.free_week(person, week, NONE);

        self.lacks[person as usize] += 1;
        enter(&mut self.missing, &mut self.missing_place, entry);
        let module = self.problem.entry_module[e] as usize;
        enter(
            &mut self.missing_in[module],
            &mut self.missing_in_place,
            entry,
        );
        self.journal.push(Change::Unseated(entry, session));
    }

    /// Opens an empty session where there is room for it, and returns its number.
    pub(crate) fn open(&mut self, module: u32, room: u32, slot: u32, trainer: u32) -> u32 {
        let seats = self.problem.seats(module, room);
        self.open_as(Session {
            module,
            site: self.problem.room_site[room as usize],
            room,
            slot,
            trainer,
            size: 0,
            seats: seats.min(self.problem.most_seats as u32),
            levels: [0; 3],
            hold: Hold::Free,
            place: 0,
        })
    }

    fn open_as(&mut self, mut session: Session) -> u32 {
        session.place = self.open.len() as u32;
        let id = self.unused.pop().unwrap_or_else(|| {
            self.members
                .resize(self.members.len() + self.problem.most_seats, NONE);
            self.sessions.push(session);
            self.sessions.len() as u32 - 1
        });
        self.sessions[id as usize] = session;
        self.open.push(id);
        let slot = session.slot as usize;
        self.room_at[session.room as usize * self.problem.slots + slot] = id;
        let row = self.row(session.site, session.module);
        self.module_at[row * self.problem.slots + slot] = id;
        self.open_bits[row * self.problem.words + slot / 64] |= 1 << (slot % 64);
        self.mark_seats(id);
        self.cost += self.problem.weights.session;
        self.cost += self.underfill(&session);
        self.engage(id);
        self.journal.push(Change::Opened(id));
        id
    }

    /// Closes a session that nobody attends.
    pub(crate) fn close(&mut self, id: u32) {
        let session = self.sessions[id as usize];
        self.cost -= self.problem.weights.session;
        self.cost -= self.underfill(&session);
        self.release(id);
        let slot = session.slot as usize;
        self.room_at[session.room as usize * self.problem.slots + slot] = NONE;
        let row = self.row(session.site, session.module);
        self.module_at[row * self.problem.slots + slot] = NONE;
        let word = row * self.problem.words + slot / 64;
        self.open_bits[word] &= !(1 << (slot % 64));
        self.free_bits[word] &= !(1 << (slot % 64));
        self.open.swap_remove(session.place as usize);
        if let Some(moved) = self.open.get(session.place as usize) {
            self.sessions[*moved as usize].place = session.place;
        }
        self.unused.push(id);
        self.journal.push(Change::Closed(session));
    }

    /// Row of a site and module in the tables of sessions.
    #[inline]
    fn row(&self, site: u32, module: u32) -> usize {
        site as usize * self.problem.modules + module as usize
    }

    /// Notes whether a session has a seat left.
    #[inline]
    fn mark_seats(&mut self, id: u32) {
        let s = &self.sessions[id as usize];
        let word = (s.site as usize * self.problem.modules + s.module as usize)
            * self.problem.words
            + (s.slot >> 6) as usize;
        let bit = 1 << (s.slot & 63);
        match s.hold {
            Hold::Frozen(_) => {
                self.open_bits[word] &= !bit;
                self.free_bits[word] &= !bit;
            }
            Hold::Free | Hold::Locked if s.size < s.seats => self.free_bits[word] |= bit,
            Hold::Free | Hold::Locked => self.free_bits[word] &= !bit,
        }
    }

    fn bits_of(&mut self, person: u32) -> &mut [u64] {
        let row = person as usize * self.problem.words;
        &mut self.person_free[row..row + self.problem.words]
    }
}

/// Takes an entry from a list that knows the places of its entries.
#[inline]
fn leave(list: &mut Vec<u32>, places: &mut [u32], entry: u32) {
    let place = places[entry as usize];
    list.swap_remove(place as usize);
    if let Some(moved) = list.get(place as usize) {
        places[*moved as usize] = place;
    }
}

/// Adds an entry to a list that knows the places of its entries.
#[inline]
fn enter(list: &mut Vec<u32>, places: &mut [u32], entry: u32) {
    places[entry as usize] = list.len() as u32;
    list.push(entry);
}
