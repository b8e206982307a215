//! Sessions that exist, as part of an instance: they stay as they are, their free seats can be filled, and whoever is busy with them is busy.
//!
//! The planner's rules are stricter than life: a trainer may give a session outside of the usual week, a room may hold more people than its
//! seats, somebody may have taken a seat far from home. What does not fit gets a stand-in of its own in the instance:
//! - a place of its own, open only then, for sessions without room, outside of opening hours, or with fewer seats than the room (the real
//!   site is then closed for that half-day, so that its room is not given twice);
//! - a trainer of its own, free only then, where none is named or the real one could not be planned so (who then has that day off otherwise);
//! - a person of its own in a session where nobody is registered yet, since a plan has no empty sessions;
//! - a seat that no rule would allow (two on one day, out of order) is left out: its module leaves the person's path, its half-day their time,
//!   and a stand-in sits on it, so that it is not given twice.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use planner::format::{Person, PlannedSession, Room, Site, Trainer};

use super::communes::Communes;
use super::ground::{Existing, Ground};
use super::translate::{Disruption, Draft, Missing, before, key, whole_site};

/// What exists, in the planner's words.
pub(super) struct Seating {
    /// Everything.
    pub(super) reference: Vec<PlannedSession>,
    /// What can stay as it is.
    pub(super) kept: Vec<PlannedSession>,
}

/// A session that has its half-day.
struct Timed<'a> {
    slot: u32,
    existing: &'a Existing,
    /// It cannot stay as it is.
    affected: bool,
}

/// Takes the sessions that exist into the instance.
pub(super) fn seat(draft: &mut Draft, ground: &Ground, disruption: Option<&Disruption>) -> Seating {
    let mut timed = Vec::new();
    let mut outside = Vec::new();
    for existing in &ground.sessions {
        let slot = draft
            .calendar
            .slot_of(existing.starts.date(), existing.starts.time());
        match slot {
            Some(slot) => timed.push(Timed {
                slot,
                existing,
                affected: disruption.is_some_and(|one| one.affects(existing)),
            }),
            None => outside.push(existing),
        }
    }
    for existing in outside {
        for person in &existing.seated {
            draft.leave_out(person, Some(&existing.session.module), None);
        }
    }
    let own_places = own_places(draft, ground, &timed, disruption);
    let mut seats = Seats::new(draft);
    let mut reference = Vec::new();
    let mut kept = Vec::new();
    for one in &timed {
        let own = own_places.contains(&one.existing.session.id);
        let (site, room, capacity) = draft.place(ground, one, own, disruption);
        let trainer = seats.trainer(draft, one, &site);
        let people = seats.people(draft, one, &site, capacity);
        let session = PlannedSession {
            module: one.existing.session.module.clone(),
            site,
            room,
            slot: one.slot,
            trainer,
            people,
        };
        let id = one.existing.session.id.clone();
        draft.frame.existing.insert(key(&session), id);
        if one.affected {
            draft.frame.affected.push(key(&session));
        } else {
            kept.push(session.clone());
        }
        reference.push(session);
    }
    Seating { reference, kept }
}

/// The sessions that cannot be in their real room; where one of them has a room, nobody else is planned at that site then.
fn own_places(
    draft: &mut Draft,
    ground: &Ground,
    timed: &[Timed<'_>],
    disruption: Option<&Disruption>,
) -> BTreeSet<String> {
    let mut together: BTreeMap<(String, u32), Vec<&Timed<'_>>> = BTreeMap::new();
    for one in timed {
        let site = one.existing.session.site_id.clone();
        together.entry((site, one.slot)).or_default().push(one);
    }
    let mut own = BTreeSet::new();
    for ((site, slot), all) in together {
        let mut rooms = BTreeSet::new();
        let mut modules = BTreeSet::new();
        let fits = |one: &Timed<'_>| {
            let session = &one.existing.session;
            let room = session.room_id.as_deref().unwrap_or_default();
            let moved = disruption.is_some_and(|two| !matches!(two.what, Missing::Trainer(_)));
            !(one.affected && moved) && draft.holds(ground, one, &site, room)
        };
        let all_fit = all.iter().all(|one| {
            let session = &one.existing.session;
            fits(one)
                && rooms.insert(session.room_id.clone())
                && modules.insert(session.module.clone())
        });
        if all_fit {
            continue;
        }
        own.extend(all.iter().map(|one| one.existing.session.id.clone()));
        let has_room = |one: &&Timed<'_>| one.existing.session.room_id.is_some();
        if all.iter().any(has_room)
            && let Some(real) = draft.sites.iter_mut().find(|one| one.id == site)
        {
            real.open_slots.retain(|open| *open != slot);
        }
    }
    own
}

impl Draft {
    /// Whether the real room can stand for the session: open then, and with no more seats than the session.
    fn holds(&self, ground: &Ground, one: &Timed<'_>, site: &str, room: &str) -> bool {
        let session = &one.existing.session;
        let Some(place) = self.sites.iter().find(|place| place.id == site) else {
            return false;
        };
        let Some(room) = place.rooms.iter().find(|one| one.id == room) else {
            return false;
        };
        let most = self.limit(&session.module, room.capacity);
        place.open_slots.contains(&one.slot)
            && i64::from(most) <= session.capacity
            && one.existing.waiting.is_empty()
            && session.season_id == ground.season.id
    }

    fn limit(&self, module: &str, seats: u32) -> u32 {
        let group = self.modules.get(module).map_or(seats, |one| one.max_group);
        group.min(seats)
    }

    /// Site, room and seats of a session; its own place when `own`.
    fn place(
        &mut self,
        ground: &Ground,
        one: &Timed<'_>,
        own: bool,
        disruption: Option<&Disruption>,
    ) -> (String, String, u32) {
        let session = &one.existing.session;
        if !own {
            let room = session.room_id.clone().unwrap_or_default();
            let seats = self
                .sites
                .iter()
                .flat_map(|site| &site.rooms)
                .find(|known| known.id == room)
                .map_or(1, |room| room.capacity);
            let limit = self.limit(&session.module, seats);
            return (session.site_id.clone(), room, limit);
        }
        // Whoever waits comes first, and other seasons are filled by their own plans.
        let taken = u32::try_from(one.existing.seated.len()).unwrap_or(u32::MAX);
        let closed = !one.existing.waiting.is_empty() || session.season_id != ground.season.id;
        let seats = if closed {
            taken
        } else {
            u32::try_from(session.capacity).unwrap_or_default()
        };
        let seats = seats.max(1);
        let is_gone =
            one.affected && disruption.is_some_and(|two| !matches!(two.what, Missing::Trainer(_)));
        let (site, room) = (
            format!("session-{}", session.id),
            whole_site(&format!("session-{}", session.id)),
        );
        let commune = self.communes.number(Some(&session.commune_code));
        let stands_for = &mut self.frame.stands_for;
        stands_for.insert(site.clone(), session.id.clone());
        self.sites.push(Site {
            id: site.clone(),
            name: session.site_name.clone(),
            commune,
            rooms: vec![Room {
                id: room.clone(),
                capacity: seats,
            }],
            open_slots: if is_gone { Vec::new() } else { vec![one.slot] },
        });
        let limit = self.limit(&session.module, seats);
        (site, room, limit)
    }

    /// Somebody has a seat that is not in the plan.
    fn leave_out(&mut self, person: &str, module: Option<&String>, slot: Option<u32>) {
        self.frame.outside_seats += 1;
        if let Some(person) = self.people.get_mut(person) {
            person.path.retain(|one| Some(one) != module);
            if let Some(slot) = slot {
                person.busy(slot);
            }
        }
    }
}

/// A person's time.
trait Time {
    /// Busy then.
    fn busy(&mut self, slot: u32);
    /// There then, whatever was ticked.
    fn there(&mut self, slot: u32);
}

impl Time for Person {
    fn busy(&mut self, slot: u32) {
        self.available_slots.retain(|one| *one != slot);
        self.preferred_slots.retain(|one| *one != slot);
    }

    fn there(&mut self, slot: u32) {
        for slots in [&mut self.available_slots, &mut self.preferred_slots] {
            if let Err(place) = slots.binary_search(&slot) {
                slots.insert(place, slot);
            }
        }
    }
}

/// Who is where, while sessions are taken in, in order of time.
#[derive(Default)]
struct Seats {
    /// Modules before each.
    before: HashMap<String, Vec<String>>,
    /// Sessions of each trainer: slot, site.
    given: HashMap<String, Vec<(u32, String)>>,
    /// Seats of each person: slot, module.
    had: HashMap<String, Vec<(u32, String)>>,
}

impl Seats {
    fn new(draft: &Draft) -> Self {
        Self {
            before: before(&draft.modules),
            ..Self::default()
        }
    }

    /// The session's trainer, or a stand-in.
    fn trainer(&mut self, draft: &mut Draft, one: &Timed<'_>, site: &str) -> String {
        let session = &one.existing.session;
        let day = draft.calendar.day_number(one.slot);
        let given = session
            .trainer_id
            .as_ref()
            .and_then(|id| self.given.get(id))
            .cloned()
            .unwrap_or_default();
        let real = draft
            .trainers
            .iter_mut()
            .find(|trainer| Some(&trainer.id) == session.trainer_id.as_ref());
        if let Some(trainer) = real {
            let of_day = |slot: u32| draft.calendar.day_number(slot);
            let this_week = given
                .iter()
                .filter(|(slot, _)| of_day(*slot) / 7 == day / 7)
                .count();
            let fits = trainer.skills.contains(&session.module)
                && trainer.available_slots.contains(&one.slot)
                && this_week < trainer.max_per_week as usize
                && given.iter().all(|(slot, other)| {
                    *slot != one.slot && (of_day(*slot) != day || other == site)
                });
            if fits {
                let seat = (one.slot, site.to_owned());
                self.given.entry(trainer.id.clone()).or_default().push(seat);
                return trainer.id.clone();
            }
            // Busy with it all the same: nothing else that day but what was taken in before.
            trainer.available_slots.retain(|slot| {
                of_day(*slot) != day || given.iter().any(|(taken, _)| taken == slot)
            });
        }
        let id = format!("trainer-{}", session.id);
        let stands_for = &mut draft.frame.stands_for;
        stands_for.insert(id.clone(), session.id.clone());
        draft.trainers.push(Trainer {
            id: id.clone(),
            commune: draft.communes.number(Some(&session.commune_code)),
            skills: vec![session.module.clone()],
            available_slots: if one.affected {
                Vec::new()
            } else {
                vec![one.slot]
            },
            max_per_week: 1,
        });
        id
    }

    /// The session's people: those with a seat as far as the rules allow, or a stand-in.
    fn people(
        &mut self,
        draft: &mut Draft,
        one: &Timed<'_>,
        site: &str,
        capacity: u32,
    ) -> Vec<String> {
        let module = &one.existing.session.module;
        let mut seated = Vec::new();
        for person in &one.existing.seated {
            let is_full = seated.len() >= capacity as usize;
            if is_full || !self.allowed(draft, person, module, one.slot) {
                // What was taken in before stays: its module in the path, its half-day in their time.
                let had = self.had.get(person).map_or(&[][..], Vec::as_slice);
                let again = had.iter().any(|(_, taken)| taken == module);
                let there = had.iter().any(|(slot, _)| *slot == one.slot);
                draft.leave_out(
                    person,
                    (!again).then_some(module),
                    (!there).then_some(one.slot),
                );
                if !is_full {
                    // The seat is taken all the same.
                    let number = seated.len();
                    seated.push(stand_in(draft, one, site, number));
                }
                continue;
            }
            let km = distance(draft, person, site);
            let weekly = self.weekly(draft, person, one.slot) + 1;
            let Some(row) = draft.people.get_mut(person) else {
                continue;
            };
            if !row.path.contains(module) {
                row.path.push(module.clone());
            }
            row.there(one.slot);
            row.max_km = row.max_km.max(km);
            row.max_per_week = row.max_per_week.max(weekly);
            let seat = (one.slot, module.clone());
            self.had.entry(person.clone()).or_default().push(seat);
            seated.push(person.clone());
        }
        for person in &one.existing.waiting {
            let has_seat = self
                .had
                .get(person)
                .is_some_and(|had| had.iter().any(|(slot, _)| *slot == one.slot));
            if let (false, Some(row)) = (has_seat, draft.people.get_mut(person)) {
                row.busy(one.slot);
            }
        }
        if seated.is_empty() {
            seated.push(stand_in(draft, one, site, 0));
        }
        seated
    }

    /// Whether the planner's rules allow this seat beside those taken in before.
    fn allowed(&self, draft: &Draft, person: &str, module: &str, slot: u32) -> bool {
        let Some(row) = draft.people.get(person) else {
            return false;
        };
        let had = self.had.get(person).map_or(&[][..], Vec::as_slice);
        let before = |module: &str| self.before.get(module).map_or(&[][..], Vec::as_slice);
        let day = draft.calendar.day_number(slot);
        let free = had
            .iter()
            .all(|(other, taken)| draft.calendar.day_number(*other) != day && taken != module);
        let prepared = before(module).iter().all(|first| {
            !row.path.contains(first)
                || had
                    .iter()
                    .any(|(other, taken)| taken == first && *other < slot)
        });
        let in_time = had
            .iter()
            .all(|(_, taken)| !before(taken).iter().any(|first| first == module));
        free && prepared && in_time
    }

    fn weekly(&self, draft: &Draft, person: &str, slot: u32) -> u32 {
        let week = draft.calendar.day_number(slot) / 7;
        let had = self.had.get(person).map_or(0, |had| {
            had.iter()
                .filter(|(other, _)| draft.calendar.day_number(*other) / 7 == week)
                .count()
        });
        u32::try_from(had).unwrap_or_default()
    }
}

fn distance(draft: &Draft, person: &str, site: &str) -> u32 {
    let home = draft.people.get(person).map_or(0, |one| one.commune);
    let there = draft
        .sites
        .iter()
        .find(|one| one.id == site)
        .map_or(0, |one| one.commune);
    Communes::km(draft.communes.code(home), draft.communes.code(there))
}

/// Somebody who keeps a session open in which nobody is registered yet, or a seat taken that the plan leaves out.
fn stand_in(draft: &mut Draft, one: &Timed<'_>, site: &str, number: usize) -> String {
    let session = &one.existing.session;
    let id = format!("reserve-{}-{number}", session.id);
    let commune = draft
        .sites
        .iter()
        .find(|place| place.id == site)
        .map_or(0, |place| place.commune);
    draft.frame.stand_ins.push(id.clone());
    draft.people.insert(
        id.clone(),
        Person {
            id: id.clone(),
            kind: "pro".to_owned(),
            commune,
            level: 2,
            path: vec![session.module.clone()],
            available_slots: vec![one.slot],
            preferred_slots: vec![one.slot],
            max_per_week: 1,
            max_km: 0,
        },
    );
    id
}
