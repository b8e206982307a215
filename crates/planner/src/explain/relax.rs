//! The resource in the way, found by relaxing one at a time.

#![expect(
    clippy::indexing_slicing,
    reason = "every index is one of the problem's own tables"
)]

use super::Obstacle;
use super::board::Board;
use super::cause::Cause;
use crate::reach::Reach;

/// A place in a session, there already or one more, that people could take.
struct Place {
    slot: u32,
    /// People who could, by position in the group.
    people: Vec<usize>,
    /// How many at once.
    seats: usize,
    /// Whether it needs a session of its own, which must be worth its cost.
    new: bool,
}

/// What one more unit comes to.
struct Served {
    /// How many it serves.
    count: usize,
    /// Positions of those whom it concerns.
    concerned: Vec<usize>,
    /// The weekday of all its places, when there is one alone.
    weekday: Option<u32>,
}

/// People who have everything for a module but a session.
struct Group<'a> {
    board: &'a Board<'a>,
    module: u32,
    site: u32,
    entries: Vec<u32>,
    /// `[position]`: what serving the person is worth.
    gain: Vec<i64>,
    /// Whether the season may have one more session.
    may_open: bool,
}

/// Which resource is added.
#[derive(Clone, Copy, PartialEq, Eq)]
enum More {
    Trainer,
    Seats,
    Room,
    Opening,
    Distance,
    Hours,
    Weeks,
    Sessions,
}

/// What an organiser can add, and then what only the people themselves could change: that is told
/// only where nothing of the former would help.
const ALL: [&[More]; 2] = [
    &[
        More::Seats,
        More::Trainer,
        More::Room,
        More::Opening,
        More::Sessions,
    ],
    &[More::Weeks, More::Distance, More::Hours],
];

/// Splits a group by cause, the one that serves most first.
pub(super) fn split(
    board: &Board,
    reach: &Reach,
    module: u32,
    site: u32,
    entries: Vec<u32>,
    obstacles: &mut Vec<Obstacle>,
) {
    let problem = board.problem;
    let mut kinds: Vec<&str> = problem
        .instance()
        .slots
        .iter()
        .map(|slot| slot.kind.as_str())
        .collect();
    kinds.sort_unstable();
    kinds.dedup();
    let mut group = Group::new(board, module, site, entries);
    while !group.entries.is_empty() {
        let mut best: Option<(Served, More, &str)> = None;
        for resources in ALL {
            for (&more, &kind) in resources
                .iter()
                .flat_map(|more| kinds.iter().map(move |kind| (more, kind)))
            {
                let served = group.serve(&group.places(more, kind), more);
                // Only strictly more: at equal numbers the earlier cause is the nearer one.
                if served.count > best.as_ref().map_or(0, |best| best.0.count) {
                    best = Some((served, more, kind));
                }
            }
            if best.is_some() {
                break;
            }
        }
        let Some((served, more, kind)) = best else {
            break;
        };
        let cause = group.cause(more, kind, &served.concerned);
        let people: Vec<u32> = served
            .concerned
            .iter()
            .map(|&at| group.entries[at])
            .collect();
        let mut obstacle = Obstacle::new(problem, module, site, &people, cause);
        obstacle.slots = Some(kind.to_owned());
        obstacle.weekday = served.weekday;
        obstacle.served = u32::try_from(served.count).unwrap_or(u32::MAX);
        obstacles.push(obstacle);
        let rest = group
            .entries
            .iter()
            .copied()
            .filter(|entry| !people.contains(entry));
        group = Group::new(board, module, site, rest.collect());
    }
    let (rest, never): (Vec<u32>, Vec<u32>) = group
        .entries
        .iter()
        .partition(|&&entry| reach.possible(entry as usize));
    if !never.is_empty() {
        obstacles.push(Obstacle::new(problem, module, site, &never, Cause::Never));
    }
    if !rest.is_empty() {
        let together = Group::new(board, module, site, rest.clone()).together();
        let cause = match u32::try_from(together).unwrap_or(u32::MAX) {
            0 => Cause::Several,
            together => Cause::TooFew { together },
        };
        obstacles.push(Obstacle::new(problem, module, site, &rest, cause));
    }
}

impl<'a> Group<'a> {
    fn new(board: &'a Board<'a>, module: u32, site: u32, entries: Vec<u32>) -> Self {
        let problem = board.problem;
        let weights = &problem.weights;
        let gain = entries
            .iter()
            .map(|&entry| {
                let person = problem.entry_person[entry as usize];
                let last = board.lacks[person as usize] == 1;
                let whole = if last { weights.incomplete_path } else { 0 };
                let way = if site < u32::MAX {
                    problem.way(person, site)
                } else {
                    0
                };
                (weights.missing_module + whole - way).max(1)
            })
            .collect();
        Self {
            board,
            module,
            site,
            entries,
            gain,
            may_open: board.sessions.len() < problem.max_sessions as usize,
        }
    }

    /// Positions of those for whom the condition holds.
    fn who(&self, condition: impl Fn(u32) -> bool) -> Vec<usize> {
        (0..self.entries.len())
            .filter(|&at| condition(self.entries[at]))
            .collect()
    }

    /// Those who can come to a slot as things are.
    fn can_come(&self, slot: u32) -> Vec<usize> {
        let board = self.board;
        self.who(|it| board.in_order(it, slot) && board.has_room(it, slot) && board.comes(it, slot))
    }

    /// Places in slots of a kind that one more unit of a resource would give.
    fn places(&self, more: More, kind: &str) -> Vec<Place> {
        let problem = self.board.problem;
        let slots = &problem.instance().slots;
        let of_kind = |slot: u32| slots[slot as usize].kind == kind;
        let mut places = Vec::new();
        for slot in
            (problem.freeze..u32::try_from(problem.slots).unwrap_or(0)).filter(|&it| of_kind(it))
        {
            self.existing(more, slot, &mut places);
            if let Some(place) = self.new_session(more, slot) {
                places.push(place);
            }
        }
        places.retain(|place| !place.people.is_empty() && place.seats > 0);
        places
    }

    /// Places in sessions that are there.
    fn existing(&self, more: More, slot: u32, places: &mut Vec<Place>) {
        let board = self.board;
        let sessions = board
            .sessions
            .iter()
            .filter(|it| it.module == self.module && it.slot == slot);
        for session in sessions {
            let here = session.site == self.site;
            let near = |entry: u32| {
                board
                    .problem
                    .is_near(board.problem.entry_person[entry as usize], session.site)
            };
            let left = session.left as usize;
            let (people, seats) = match more {
                More::Seats if here && left == 0 => (self.can_come(slot), 1),
                More::Distance => {
                    let far = self
                        .can_come(slot)
                        .into_iter()
                        .filter(|&at| !near(self.entries[at]));
                    (far.collect(), left)
                }
                More::Hours if here => {
                    let away = |it| {
                        board.in_order(it, slot)
                            && board.has_room(it, slot)
                            && !board.comes(it, slot)
                    };
                    (self.who(away), left)
                }
                More::Weeks if here => {
                    let full = |it| {
                        board.in_order(it, slot)
                            && !board.has_room(it, slot)
                            && board.comes(it, slot)
                    };
                    (self.who(full), left)
                }
                _ => continue,
            };
            places.push(Place {
                slot,
                people,
                seats,
                new: false,
            });
        }
    }

    /// A session that would be possible with one more unit.
    fn new_session(&self, more: More, slot: u32) -> Option<Place> {
        let board = self.board;
        let problem = board.problem;
        if self.site == u32::MAX || board.runs(self.module, self.site, slot) {
            return None;
        }
        let open = problem.site_is_open(self.site, slot);
        let room = board.free_room(self.site, slot);
        let trainer = board.free_trainer(self.module, self.site, slot);
        let lacking = [
            (More::Opening, !open),
            (More::Room, room.is_none()),
            (More::Trainer, !trainer),
            (More::Sessions, !self.may_open),
        ];
        // Everything is there but what is added.
        let of_people = matches!(more, More::Hours | More::Weeks);
        if lacking.iter().any(|&(what, lacks)| lacks != (what == more)) {
            return None;
        }
        let people = match more {
            More::Hours => self.who(|it| board.in_order(it, slot) && board.has_room(it, slot)),
            More::Weeks => self.who(|it| board.in_order(it, slot) && board.comes(it, slot)),
            _ => self.can_come(slot),
        };
        let largest = || {
            problem
                .rooms(self.site)
                .map(|room| problem.room_seats[room as usize])
                .max()
        };
        let seats = room
            .or_else(largest)?
            .min(problem.max_group[self.module as usize]);
        debug_assert!(!of_people || room.is_some());
        Some(Place {
            slot,
            people,
            seats: seats as usize,
            new: true,
        })
    }

    /// How many one more unit serves, taking the best places first; and all whom it concerns.
    fn serve(&self, places: &[Place], more: More) -> Served {
        let mut served = vec![false; self.entries.len()];
        let mut concerned = vec![false; self.entries.len()];
        let mut days = Vec::new();
        for place in places {
            if !place.new || self.worth(&self.best_of(place, &served)) {
                days.push(self.board.problem.instance().slots[place.slot as usize].day % 7);
                for &at in &place.people {
                    concerned[at] = true;
                }
            }
        }
        let mut used = vec![false; places.len()];
        loop {
            let best = (0..places.len())
                .filter(|&at| !used[at])
                .map(|at| (self.best_of(&places[at], &served), at))
                .filter(|(people, at)| {
                    !people.is_empty() && (!places[*at].new || self.worth(people))
                })
                .max_by_key(|(people, at)| {
                    (
                        people.iter().map(|&p| self.gain[p]).sum::<i64>(),
                        usize::MAX - at,
                    )
                });
            let Some((people, at)) = best else {
                break;
            };
            used[at] = true;
            for person in people {
                served[person] = true;
            }
            if more == More::Sessions {
                break;
            }
        }
        let positions = |all: &[bool]| (0..all.len()).filter(|&at| all[at]).collect::<Vec<usize>>();
        days.dedup();
        Served {
            count: positions(&served).len(),
            concerned: positions(&concerned),
            weekday: days
                .first()
                .copied()
                .filter(|first| days.iter().all(|day| day == first)),
        }
    }

    /// The most valuable people for a place.
    fn best_of(&self, place: &Place, served: &[bool]) -> Vec<usize> {
        let mut people: Vec<usize> = place
            .people
            .iter()
            .copied()
            .filter(|&at| !served[at])
            .collect();
        people.sort_by_key(|&at| (-self.gain[at], at));
        people.truncate(place.seats);
        people
    }

    /// Whether a session for these people is worth its cost.
    fn worth(&self, people: &[usize]) -> bool {
        let problem = self.board.problem;
        let fill = problem.min_fill[self.module as usize] as usize;
        let missing = i64::try_from(fill.saturating_sub(people.len())).unwrap_or(i64::MAX);
        let cost = problem.weights.session + problem.weights.underfill * missing;
        people.iter().map(|&at| self.gain[at]).sum::<i64>() > cost
    }

    /// The most of them who can come to the same possible session.
    fn together(&self) -> usize {
        let board = self.board;
        let problem = board.problem;
        if self.site == u32::MAX {
            return 0;
        }
        (problem.freeze..u32::try_from(problem.slots).unwrap_or(0))
            .filter(|&slot| {
                problem.site_is_open(self.site, slot)
                    && board.free_room(self.site, slot).is_some()
                    && board.free_trainer(self.module, self.site, slot)
            })
            .map(|slot| self.can_come(slot).len())
            .max()
            .unwrap_or(0)
    }

    fn cause(&self, more: More, kind: &str, people: &[usize]) -> Cause {
        let problem = self.board.problem;
        let slots = &problem.instance().slots;
        match more {
            More::Trainer => Cause::Trainer {
                skilled: u32::try_from(problem.teachers[self.module as usize].len())
                    .unwrap_or(u32::MAX),
            },
            More::Seats => {
                let full = self.board.sessions.iter().filter(|it| {
                    it.module == self.module
                        && it.site == self.site
                        && it.left == 0
                        && slots[it.slot as usize].kind == kind
                        && !self.can_come(it.slot).is_empty()
                });
                Cause::Seats {
                    sessions: u32::try_from(full.count()).unwrap_or(u32::MAX),
                }
            }
            More::Room => Cause::Room,
            More::Opening => Cause::Opening,
            More::Distance => Cause::Distance {
                beyond: self.beyond(people),
            },
            More::Hours => Cause::Hours,
            More::Weeks => Cause::Weeks,
            More::Sessions => Cause::Sessions {
                most: problem.max_sessions,
            },
        }
    }

    /// The least distance by which a free seat is too far.
    fn beyond(&self, people: &[usize]) -> u32 {
        let problem = self.board.problem;
        let instance = problem.instance();
        let free = self
            .board
            .sessions
            .iter()
            .filter(|it| it.module == self.module && it.left > 0);
        let sites: Vec<u32> = free.map(|it| it.site).collect();
        let excess = |at: usize| {
            let person = &instance.people[problem.entry_person[self.entries[at] as usize] as usize];
            let row = &instance.km[person.commune as usize];
            let far = sites
                .iter()
                .map(|&site| row[site as usize])
                .filter(|&km| km > person.max_km);
            far.map(|km| km - person.max_km).min()
        };
        people
            .iter()
            .filter_map(|&at| excess(at))
            .min()
            .unwrap_or(0)
    }
}
