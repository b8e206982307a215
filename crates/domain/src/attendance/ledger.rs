//! All that was said in a session, by whatever device and in whatever order it arrives, and what it comes to.
//!
//! A ledger is a set that only grows, so that merging two is commutative, associative and idempotent. An operation names those that it
//! replaces; what nobody replaced still holds. When two such operations of one person do not agree, nobody knew of the other: that is a
//! conflict, shown until somebody settles it. Meanwhile the one with the higher counter counts.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};

use super::operation::{Moment, Operation, Said, Signing};
use super::{Mark, Sitting};
use crate::id::{DeviceId, OperationId, PersonId};

/// Minutes within which somebody who comes after the begin or leaves before the end was there all the time, and within which two devices
/// that say when somebody came or left say the same.
pub const GRACE_MINUTES: u32 = 5;

/// An operation with where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// What was said.
    pub operation: Operation,
    /// On which device; `None`: on a page.
    pub device: Option<DeviceId>,
    /// How far the device's clock was behind the server's when they met, in milliseconds.
    pub offset: i64,
}

impl Entry {
    /// When it was said, by the server's clock.
    #[must_use]
    pub fn at(&self) -> Timestamp {
        self.operation
            .clock
            .saturating_add(SignedDuration::from_millis(self.offset))
            .unwrap_or(self.operation.clock)
    }

    /// What comes after what: no clock is asked.
    fn order(&self) -> (u64, Option<DeviceId>, OperationId) {
        (self.operation.counter, self.device, self.operation.id)
    }
}

/// What became of an operation put into a ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inserted {
    /// It is new.
    New,
    /// It was there already.
    Known,
    /// Another one of the same id was there.
    Different,
}

/// What two devices do not agree on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Conflict {
    /// Whether somebody came, or when.
    Arrival,
    /// Whether somebody left, or when.
    Departure,
    /// Somebody who did not come has signed or left.
    Presence,
}

impl Conflict {
    /// The stable name, for locale keys.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Arrival => "arrival",
            Self::Departure => "departure",
            Self::Presence => "presence",
        }
    }
}

/// What was said of a person comes to this.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Standing {
    /// How they attended; `None` as long as nothing is said.
    pub mark: Option<Mark>,
    /// What is not agreed on.
    pub conflict: Option<Conflict>,
    /// The operations that hold, in order: what the next one replaces.
    pub holding: Vec<OperationId>,
    /// Those of them that do not agree; empty without a conflict.
    pub contested: Vec<OperationId>,
    /// The newest signature.
    pub signature: Option<Signed>,
}

/// A signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// How.
    pub how: Signing,
    /// When, by the server's clock.
    pub at: Timestamp,
}

/// The operations of sessions, each once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ledger {
    entries: BTreeMap<OperationId, Entry>,
}

impl Ledger {
    /// Puts an operation in. Of two that bear one id the lesser stays, on whichever device they meet.
    pub fn insert(&mut self, entry: Entry) -> Inserted {
        match self.entries.get_mut(&entry.operation.id) {
            None => {
                self.entries.insert(entry.operation.id, entry);
                Inserted::New
            }
            Some(known) if known.operation == entry.operation && known.device == entry.device => {
                known.offset = known.offset.min(entry.offset);
                Inserted::Known
            }
            Some(known) => {
                if entry < *known {
                    *known = entry;
                }
                Inserted::Different
            }
        }
    }

    /// Takes in everything of another.
    pub fn merge(&mut self, other: &Self) {
        for entry in other.entries.values() {
            self.insert(entry.clone());
        }
    }

    /// Every operation, in order of id.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.values()
    }

    /// The operation of that id.
    #[must_use]
    pub fn get(&self, id: OperationId) -> Option<&Entry> {
        self.entries.get(&id)
    }

    /// The counter of whatever is said next.
    #[must_use]
    pub fn next_counter(&self) -> u64 {
        let counters = self.entries.values().map(|entry| entry.operation.counter);
        counters.max().unwrap_or(0).saturating_add(1)
    }

    /// What it all comes to, for everybody of whom something was said.
    #[must_use]
    pub fn standings(&self, sitting: &Sitting) -> BTreeMap<PersonId, Standing> {
        let mut people: BTreeMap<PersonId, Vec<&Entry>> = BTreeMap::new();
        for entry in self.entries.values() {
            if let Some(person) = entry.operation.person {
                people.entry(person).or_default().push(entry);
            }
        }
        people
            .into_iter()
            .map(|(person, entries)| (person, standing(entries, sitting)))
            .collect()
    }

    /// What it comes to for one person.
    #[must_use]
    pub fn standing(&self, person: PersonId, sitting: &Sitting) -> Standing {
        let own = |entry: &&Entry| entry.operation.person == Some(person);
        standing(self.entries.values().filter(own).collect(), sitting)
    }
}

/// Whether somebody came, as one operation says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Came {
    /// With so many minutes missed at the begin.
    Yes(u32),
    No,
    Excused,
    Unsaid,
}

fn standing(mut entries: Vec<&Entry>, sitting: &Sitting) -> Standing {
    entries.sort_by_key(|entry| entry.order());
    let arrivals = holding(&entries, Said::tells_arrival);
    let departures = holding(&entries, Said::tells_departure);
    let signed = entries
        .iter()
        .rev()
        .find_map(|entry| match &entry.operation.said {
            Said::Signed { how } => Some((*entry, how)),
            _ => None,
        });
    let came: Vec<Came> = arrivals.iter().map(|entry| came(entry, sitting)).collect();
    let left: Vec<Option<u32>> = departures
        .iter()
        .map(|entry| left(entry, sitting))
        .collect();
    let winner = came.last().copied().unwrap_or(Came::Unsaid);
    let missed = left.iter().rev().find_map(|missed| *missed);
    let stays_away = matches!(winner, Came::No | Came::Excused);
    let length = sitting.length().0;
    let mark = match winner {
        Came::No => Some(Mark::Absent),
        Came::Excused => Some(Mark::Excused),
        Came::Yes(late) => Some(whole(late, missed.unwrap_or(0), length)),
        // Whoever leaves has come.
        Came::Unsaid => missed.map(|missed| whole(0, missed, length)),
    };
    let unheard = signed.is_some_and(|(signature, _)| {
        !arrivals
            .last()
            .is_some_and(|last| last.operation.replaces.contains(&signature.operation.id))
    });
    let conflict = if disagree(&came) {
        Some(Conflict::Arrival)
    } else if disagree_on_leaving(&left) {
        Some(Conflict::Departure)
    } else if stays_away && (missed.is_some() || unheard) {
        Some(Conflict::Presence)
    } else {
        None
    };
    let leaving = departures
        .iter()
        .zip(&left)
        .filter(|(_, missed)| missed.is_some())
        .map(|(entry, _)| entry.operation.id);
    let contested: Vec<_> = match conflict {
        None => Vec::new(),
        Some(Conflict::Arrival) => arrivals.iter().map(|entry| entry.operation.id).collect(),
        Some(Conflict::Departure) => leaving.collect(),
        Some(Conflict::Presence) => arrivals
            .last()
            .map(|entry| entry.operation.id)
            .into_iter()
            .chain(leaving)
            .chain(signed.iter().map(|(entry, _)| entry.operation.id))
            .collect(),
    };
    let both: BTreeSet<_> = arrivals
        .iter()
        .chain(&departures)
        .chain(signed.iter().map(|(entry, _)| entry))
        .map(|entry| (entry.order(), entry.operation.id))
        .collect();
    Standing {
        mark,
        conflict,
        contested,
        holding: both.into_iter().map(|(_, id)| id).collect(),
        signature: signed.map(|(entry, how)| Signed {
            how: how.clone(),
            at: entry.at(),
        }),
    }
}

/// The operations of one topic that no later one of the topic replaces, in order.
fn holding<'a>(entries: &[&'a Entry], topic: fn(&Said) -> bool) -> Vec<&'a Entry> {
    let told: Vec<&Entry> = entries
        .iter()
        .copied()
        .filter(|entry| topic(&entry.operation.said))
        .collect();
    let mut replaced = BTreeSet::new();
    // From the last to the first: an operation replaces only what comes before it.
    let mut holding = Vec::new();
    for entry in told.into_iter().rev() {
        if !replaced.contains(&entry.operation.id) {
            holding.push(entry);
        }
        replaced.extend(entry.operation.replaces.iter().copied());
    }
    holding.reverse();
    holding
}

fn came(entry: &Entry, sitting: &Sitting) -> Came {
    match &entry.operation.said {
        Said::Arrived { at } => Came::Yes(match at {
            Moment::Whole => 0,
            Moment::Minutes(minutes) => *minutes,
            Moment::Now => within_grace(minutes_between(sitting.starts_at, entry.at())),
        }),
        Said::Absent => Came::No,
        Said::Excused => Came::Excused,
        Said::Marked { mark } => match mark {
            Mark::Present | Mark::LeftEarly { .. } => Came::Yes(0),
            Mark::Late { minutes } => Came::Yes(*minutes),
            Mark::Absent => Came::No,
            Mark::Excused => Came::Excused,
        },
        _ => Came::Unsaid,
    }
}

/// Minutes missed at the end by whoever came; `None` where nothing is said of it.
fn left(entry: &Entry, sitting: &Sitting) -> Option<u32> {
    match &entry.operation.said {
        Said::Left { at } => Some(match at {
            Moment::Whole => 0,
            Moment::Minutes(minutes) => *minutes,
            Moment::Now => within_grace(minutes_between(entry.at(), sitting.ends_at)),
        }),
        Said::Marked { mark } => match mark {
            Mark::LeftEarly { minutes } => Some(*minutes),
            Mark::Present | Mark::Late { .. } => Some(0),
            Mark::Absent | Mark::Excused => None,
        },
        _ => None,
    }
}

fn minutes_between(from: Timestamp, to: Timestamp) -> u32 {
    let minutes = to.duration_since(from).as_mins().max(0);
    u32::try_from(minutes).unwrap_or(u32::MAX)
}

fn within_grace(minutes: u32) -> u32 {
    if minutes <= GRACE_MINUTES { 0 } else { minutes }
}

fn whole(late: u32, early: u32, length: u32) -> Mark {
    let missed = |minutes: u32| minutes.min(length);
    match (late, early) {
        (0, 0) => Mark::Present,
        (late, 0) => Mark::Late {
            minutes: missed(late),
        },
        (late, early) => Mark::LeftEarly {
            minutes: missed(late.saturating_add(early)),
        },
    }
}

fn disagree(said: &[Came]) -> bool {
    let minutes = said.iter().filter_map(|came| match came {
        Came::Yes(minutes) => Some(*minutes),
        _ => None,
    });
    let kinds: BTreeSet<u8> = said
        .iter()
        .map(|came| match came {
            Came::Yes(_) => 0,
            Came::No => 1,
            Came::Excused => 2,
            Came::Unsaid => 3,
        })
        .collect();
    kinds.len() > 1 || apart(minutes)
}

fn disagree_on_leaving(said: &[Option<u32>]) -> bool {
    apart(said.iter().copied().flatten())
}

/// Whether numbers of minutes are too far apart to mean the same.
fn apart(minutes: impl Iterator<Item = u32> + Clone) -> bool {
    let least = minutes.clone().min().unwrap_or(0);
    let most = minutes.max().unwrap_or(0);
    most.saturating_sub(least) > GRACE_MINUTES
}

#[cfg(test)]
mod tests;
