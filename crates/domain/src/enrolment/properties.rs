//! Registration under any order of commands.
//!
//! Rules are checked on what the commands answer, change by change, by a model that knows only
//! stages and arrivals: it shares no counting with the code under test.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::*;
use crate::id::Id;

const PEOPLE: u8 = 12;
const START: i64 = 60;

#[derive(Debug, Clone)]
enum Command {
    Request(u8),
    Group(Vec<u8>),
    Withdraw(u8),
    Accept(u8),
    Decline(u8),
    Expire,
    Resize(u32, u32),
    Reschedule(i64),
    ByHand(u8),
    Confirm,
    Hold,
    Cancel,
}

fn command() -> impl Strategy<Value = Command> {
    let who = || 0..PEOPLE;
    prop_oneof![
        12 => who().prop_map(Command::Request),
        2 => prop::collection::vec(who(), 1..5).prop_map(Command::Group),
        6 => who().prop_map(Command::Withdraw),
        5 => who().prop_map(Command::Accept),
        2 => who().prop_map(Command::Decline),
        3 => Just(Command::Expire),
        4 => (1..4_u32, 1..6_u32).prop_map(|(least, capacity)| Command::Resize(least, capacity)),
        1 => (30..90_i64).prop_map(Command::Reschedule),
        3 => who().prop_map(Command::ByHand),
        1 => Just(Command::Confirm),
        1 => prop_oneof![9 => Just(Command::Expire), 1 => Just(Command::Hold), 1 => Just(Command::Cancel)],
    ]
}

/// Commands, each some hours after the one before: most in quick succession, some late enough
/// for offers to end, and in long runs past the start.
fn story() -> impl Strategy<Value = Vec<(i64, Command)>> {
    let pause = prop_oneof![6 => Just(0_i64), 3 => 1..3_i64, 1 => 3..14_i64];
    prop::collection::vec((pause, command()), 1..60)
}

fn hour(hours: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH
        .saturating_add(SignedDuration::from_hours(hours))
        .unwrap()
}

fn id<K>(number: u16) -> Id<K> {
    Id::new(u64::from(number), &[0; 10])
}

fn policy() -> Policy {
    Policy {
        offer_hours: 8,
        margin_minutes: 60,
    }
}

/// What a command answered, in one form for all.
#[derive(Debug, Clone, PartialEq)]
struct Answer {
    decisions: Vec<(PersonId, Decision)>,
    changed: Changed,
    refused: bool,
}

fn answer(result: Result<Changed, Refusal>) -> Answer {
    let refused = result.is_err();
    Answer {
        decisions: vec![],
        changed: result.unwrap_or_default(),
        refused,
    }
}

fn run(roster: &Roster, command: &Command, step: u16, now: Timestamp) -> Answer {
    let policy = policy();
    let ask = |who: u8, extra: u16| Request {
        id: id(1000 + step * 10 + extra),
        person: id(u16::from(who)),
        review: Review::clear(),
    };
    // The person's latest registration, whatever has become of it.
    let last = |who: u8| {
        let own = roster
            .entries()
            .iter()
            .filter(|entry| entry.person == id(u16::from(who)));
        own.max_by_key(|entry| entry.arrival)
            .map_or(id(9), |entry| entry.id)
    };
    match command {
        Command::Request(who) => {
            let request = ask(*who, 0);
            let outcome = roster.request(&request, now, &policy);
            let refused = matches!(outcome.decision, Decision::Refused { .. });
            Answer {
                decisions: vec![(request.person, outcome.decision)],
                changed: outcome.changed,
                refused,
            }
        }
        Command::Group(people) => {
            let requests: Vec<Request> = people
                .iter()
                .zip(0..)
                .map(|(who, extra)| ask(*who, extra))
                .collect();
            let outcome = roster.request_group(&requests, now, &policy);
            let refused = outcome
                .decisions
                .iter()
                .all(|(_, d)| matches!(d, Decision::Refused { .. }));
            Answer {
                decisions: outcome.decisions,
                changed: outcome.changed,
                refused,
            }
        }
        Command::Withdraw(who) => answer(roster.withdraw(last(*who), now, &policy)),
        Command::Accept(who) => answer(roster.accept(last(*who), now, &policy)),
        Command::Decline(who) => answer(roster.decline(last(*who), now, &policy)),
        Command::Expire => answer(Ok(roster.expire(now, &policy))),
        Command::Resize(least, capacity) => answer(roster.resize(*least, *capacity, now, &policy)),
        Command::Reschedule(start) => answer(roster.reschedule(hour(*start), now, &policy)),
        Command::ByHand(who) => answer(roster.place_by_hand(&ask(*who, 0), now, &policy)),
        Command::Confirm => answer(roster.confirm(now, &policy)),
        Command::Hold => answer(roster.hold(now, &policy)),
        Command::Cancel => {
            answer(roster.cancel(session::Reason::parse("Neige").unwrap(), now, &policy))
        }
    }
}

/// An independent record of who stands where, fed by changes alone.
#[derive(Debug, Default)]
struct Model {
    entries: BTreeMap<EnrolmentId, Entry>,
    capacity: usize,
    confirmed: bool,
}

impl Model {
    fn count(&self, is: impl Fn(&Stage) -> bool) -> usize {
        self.entries
            .values()
            .filter(|entry| is(&entry.stage))
            .count()
    }

    fn someone_waits_before(&self, arrival: i64) -> bool {
        self.entries
            .values()
            .any(|other| other.stage == Stage::Waiting && other.arrival < arrival)
    }

    /// Takes one change; panics where a change breaks a rule by itself.
    fn take(&mut self, change: &Change, by_hand: bool) {
        match change {
            Change::Entered { entry } => {
                let latest = self
                    .entries
                    .values()
                    .map(|other| other.arrival)
                    .max()
                    .unwrap_or(0);
                assert!(entry.arrival > latest, "arrivals only grow");
                assert!(
                    !self
                        .entries
                        .values()
                        .any(|other| other.person == entry.person && other.stage.is_active()),
                    "a person is registered once"
                );
                assert!(matches!(entry.stage, Stage::Placed { .. } | Stage::Waiting));
                if entry.stage.holds_seat() && !by_hand {
                    assert!(
                        !self.someone_waits_before(entry.arrival),
                        "a newcomer overtook someone who waits"
                    );
                }
                assert!(
                    self.entries.insert(entry.id, *entry).is_none(),
                    "ids are new"
                );
            }
            Change::Moved {
                id,
                person,
                from,
                to,
            } => {
                let entry = *self.entries.get(id).expect("only known entries move");
                assert_eq!(
                    (entry.person, entry.stage),
                    (*person, *from),
                    "a change starts where the entry stands"
                );
                assert!(entry.stage.is_active(), "what is over stays over");
                if entry.stage == Stage::Waiting && to.holds_seat() && !by_hand {
                    assert!(
                        !self.someone_waits_before(entry.arrival),
                        "an offer passed over someone who came earlier"
                    );
                    assert!(
                        matches!(to, Stage::Offered { .. }),
                        "who waits gets an offer, not a seat unasked"
                    );
                }
                if let (Stage::Offered { .. }, Stage::Waiting) = (from, to) {
                    let later_offer = self.entries.values().any(|other| {
                        matches!(other.stage, Stage::Offered { .. })
                            && other.arrival > entry.arrival
                    });
                    assert!(
                        !later_offer,
                        "offers are taken back from the latest comer first"
                    );
                }
                self.entries.get_mut(id).expect("known").stage = *to;
            }
            Change::Session { stage } => {
                assert!(!(self.confirmed && *stage == session::Stage::Gathering));
                self.confirmed |= matches!(stage, session::Stage::Confirmed { .. });
            }
            Change::Resized { capacity, .. } => self.capacity = *capacity as usize,
            Change::Rescheduled { .. } => {}
        }
    }
}

/// What must hold between commands.
fn check_standing(
    roster: &Roster,
    model: &Model,
    now: Timestamp,
    command: &Command,
    refused: bool,
) {
    let seats = model.count(|stage| matches!(stage, Stage::Placed { .. } | Stage::Offered { .. }));
    assert!(
        seats <= model.capacity,
        "{seats} seats given or kept of {}",
        model.capacity
    );
    let stored: BTreeMap<EnrolmentId, Entry> = roster
        .entries()
        .iter()
        .map(|entry| (entry.id, *entry))
        .collect();
    assert_eq!(stored.len(), roster.entries().len(), "no entry twice");
    assert_eq!(stored, model.entries, "changes tell the whole story");
    let mut waiting: Vec<&Entry> = model
        .entries
        .values()
        .filter(|entry| entry.stage == Stage::Waiting)
        .collect();
    waiting.sort_by_key(|entry| entry.arrival);
    let expected: Vec<(EnrolmentId, u32)> = waiting
        .iter()
        .zip(1..)
        .map(|(entry, rank)| (entry.id, rank))
        .collect();
    assert_eq!(
        roster.ranks().collect::<Vec<_>>(),
        expected,
        "ranks run from 1 by arrival"
    );
    let is_ahead = roster.stage().is_ahead();
    if is_ahead {
        let placed = model.count(|stage| matches!(stage, Stage::Placed { .. }));
        assert!(
            model.confirmed || placed < roster.least() as usize,
            "enough people and still not confirmed"
        );
    }
    let latest = policy().latest_offer(roster.starts_at());
    let expires = !refused && !matches!(command, Command::Hold | Command::Cancel);
    for entry in roster.entries() {
        if let Stage::Offered { until } = entry.stage {
            assert!(
                is_ahead && until <= latest,
                "an offer ends before the session begins"
            );
        }
    }
    // A command that changes anything leaves no free seat beside someone who waits, if it is not too late.
    if expires && is_ahead && now < latest && seats < model.capacity {
        assert!(
            waiting.is_empty(),
            "a seat is free, someone waits and nobody asked them"
        );
    }
}

fn play(story: &[(i64, Command)], least: u32, capacity: u32) -> (Roster, Vec<Answer>) {
    let mut roster = Roster::new(
        (least, capacity),
        session::Stage::Gathering,
        hour(START),
        vec![],
        0,
    );
    let mut model = Model {
        capacity: capacity as usize,
        ..Model::default()
    };
    let mut ever = BTreeSet::new();
    let mut answers = Vec::new();
    let mut clock = 0;
    for (step, (pause, command)) in (0_u16..).zip(story) {
        clock += pause;
        let now = hour(clock);
        let answer = run(&roster, command, step, now);
        assert!(
            !answer.refused || answer.changed == Changed::default(),
            "a refusal changes nothing"
        );
        let by_hand = |change: &Change| match (command, change) {
            (
                Command::ByHand(who),
                Change::Moved {
                    person,
                    to: Stage::Placed { .. },
                    ..
                },
            ) => *person == id(u16::from(*who)),
            (Command::ByHand(_), Change::Entered { .. }) => true,
            _ => false,
        };
        for change in &answer.changed.changes {
            model.take(change, by_hand(change));
            roster.apply(change);
        }
        for (person, decision) in &answer.decisions {
            if !matches!(decision, Decision::Refused { .. }) {
                ever.insert(*person);
            }
            check_decision(&roster, *person, decision);
        }
        check_standing(&roster, &model, now, command, answer.refused);
        assert!(
            ever.iter()
                .all(|person| roster.entries().iter().any(|entry| entry.person == *person)),
            "nobody who was taken in is lost"
        );
        answers.push(answer);
    }
    (roster, answers)
}

/// What was told is what is stored.
fn check_decision(roster: &Roster, person: PersonId, decision: &Decision) {
    let entry = roster.active(person);
    match decision {
        Decision::Placed => assert!(
            matches!(entry.map(|e| e.stage), Some(Stage::Placed { .. })),
            "placed as told"
        ),
        Decision::Waiting { rank, .. } => {
            assert_eq!(
                entry.and_then(|e| roster.rank(e.id)),
                Some(*rank),
                "waits at the rank told"
            );
        }
        Decision::Refused {
            why: Refusal::AlreadyEnrolled { id },
        } => assert_eq!(entry.map(|e| e.id), Some(*id)),
        Decision::Refused { .. } => {}
    }
}

proptest! {
    // A fixed seed: the same stories in every run.
    #![proptest_config(ProptestConfig {
        cases: 256,
        rng_seed: RngSeed::Fixed(2008),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    /// Never over capacity, nobody lost or doubled, ranks contiguous, fair by arrival.
    #[test]
    fn registration_is_fair_whatever_the_order(story in story(), least in 1..4_u32, extra in 0..4_u32) {
        play(&story, least, least + extra);
    }

    /// The same story always ends the same way, told from the store in any order of rows.
    #[test]
    fn the_same_story_ends_the_same_way(story in story(), capacity in 1..5_u32, turn in 0..60_usize) {
        let (roster, answers) = play(&story, 1, capacity);
        prop_assert_eq!(&answers, &play(&story, 1, capacity).1);
        let mut rows = roster.entries().to_vec();
        let turn = turn % rows.len().max(1);
        rows.rotate_left(turn);
        let size = (roster.least(), roster.capacity());
        let stored = Roster::new(size, roster.stage().clone(), roster.starts_at(), rows, 0);
        prop_assert_eq!(stored, roster);
    }

    /// When everyone waits their turn and nobody acts by hand, seats go strictly by arrival.
    #[test]
    fn the_first_comers_have_the_seats(people in 1..40_u8, capacity in 1..15_u32) {
        let story: Vec<_> = (0..people).map(|who| (0, Command::Request(who))).collect();
        let (roster, _) = play(&story, 1, capacity);
        for (place, entry) in (0_u32..).zip(roster.entries()) {
            prop_assert_eq!(entry.person, id(place as u16));
            prop_assert_eq!(entry.stage.holds_seat(), place < capacity);
        }
    }
}
