use proptest::prelude::*;

use super::*;
use crate::id::Id;
use crate::session::Stage;

const START: i64 = 1_790_000_000_000;
const MINUTE: i64 = 60_000;

fn sitting() -> Sitting {
    Sitting {
        session: Id::new(1, &[1; 10]),
        stage: Stage::Gathering,
        starts_at: Timestamp::from_millisecond(START).unwrap(),
        ends_at: Timestamp::from_millisecond(START + 120 * MINUTE).unwrap(),
    }
}

fn person(number: u8) -> PersonId {
    Id::new(2, &[number; 10])
}

fn id(number: u8) -> OperationId {
    Id::new(3, &[number; 10])
}

/// Said by device `device` at `minutes` of its own clock after the begin, as its operation `number`.
fn entry(device: u8, number: u8, counter: u64, minutes: i64, said: Said, replaces: &[u8]) -> Entry {
    Entry {
        operation: Operation {
            id: id(number),
            session: sitting().session,
            person: Some(person(1)),
            counter,
            clock: Timestamp::from_millisecond(START + minutes * MINUTE).unwrap(),
            replaces: replaces.iter().copied().map(id).collect(),
            said,
        },
        device: Some(Id::new(4, &[device; 10])),
        offset: 0,
    }
}

fn ledger(entries: impl IntoIterator<Item = Entry>) -> Ledger {
    let mut ledger = Ledger::default();
    for entry in entries {
        ledger.insert(entry);
    }
    ledger
}

fn now(came: bool) -> Said {
    let at = Moment::Now;
    if came {
        Said::Arrived { at }
    } else {
        Said::Left { at }
    }
}

fn comes_to(entries: impl IntoIterator<Item = Entry>) -> (Option<Mark>, Option<Conflict>) {
    let standing = ledger(entries).standing(person(1), &sitting());
    (standing.mark, standing.conflict)
}

#[test]
fn arrivals_and_departures_become_minutes() {
    let late = Mark::Late { minutes: 20 };
    let early = |minutes| Mark::LeftEarly { minutes };
    for (entries, expected) in [
        (vec![entry(1, 1, 1, 4, now(true), &[])], Mark::Present),
        (vec![entry(1, 1, 1, -20, now(true), &[])], Mark::Present),
        (vec![entry(1, 1, 1, 20, now(true), &[])], late),
        (
            vec![
                entry(1, 1, 1, 20, now(true), &[]),
                entry(1, 2, 2, 90, now(false), &[]),
            ],
            early(50),
        ),
        (
            vec![
                entry(1, 1, 1, 0, now(true), &[]),
                entry(1, 2, 2, 118, now(false), &[]),
            ],
            Mark::Present,
        ),
        (vec![entry(1, 2, 2, 60, now(false), &[])], early(60)),
        (
            vec![entry(1, 1, 1, 500, now(true), &[])],
            Mark::Late { minutes: 120 },
        ),
        (vec![entry(1, 1, 1, 0, Said::Excused, &[])], Mark::Excused),
    ] {
        assert_eq!(comes_to(entries), (Some(expected), None));
    }
    let cleared = [
        entry(1, 1, 1, 4, Said::Absent, &[]),
        entry(1, 2, 2, 5, Said::Cleared, &[1]),
    ];
    assert_eq!(comes_to(cleared), (None, None));
}

#[test]
fn two_devices_that_did_not_know_of_each_other_and_disagree_are_in_conflict_until_it_is_settled() {
    let absent = entry(1, 1, 1, 30, Said::Absent, &[]);
    let here = entry(2, 2, 1, 10, now(true), &[]);
    let both = [absent.clone(), here.clone()];
    assert_eq!(
        comes_to(both.clone()),
        (Some(Mark::Late { minutes: 10 }), Some(Conflict::Arrival))
    );
    let mark = Mark::Present;
    let settled = entry(1, 3, 2, 60, Said::Marked { mark }, &[1, 2]);
    assert_eq!(
        comes_to([absent.clone(), here, settled]),
        (Some(mark), None)
    );
    let corrected = entry(2, 2, 2, 10, now(true), &[1]);
    assert_eq!(
        comes_to([absent, corrected]).1,
        None,
        "a correction is no conflict"
    );
}

#[test]
fn saying_the_same_twice_or_a_few_minutes_apart_is_no_conflict() {
    let one = entry(1, 1, 1, 30, now(true), &[]);
    assert_eq!(
        comes_to([one.clone(), entry(2, 2, 1, 34, now(true), &[])]).1,
        None
    );
    assert_eq!(
        comes_to([one.clone(), entry(2, 2, 1, 36, now(true), &[])]).1,
        Some(Conflict::Arrival)
    );
    let left = entry(2, 3, 1, 60, now(false), &[]);
    assert_eq!(
        comes_to([one.clone(), left.clone()]),
        (Some(Mark::LeftEarly { minutes: 90 }), None)
    );
    let later = entry(1, 4, 2, 80, now(false), &[]);
    let both = ledger([one.clone(), left.clone(), later.clone()]).standing(person(1), &sitting());
    assert_eq!(
        both.contested,
        [id(3), id(4)],
        "the arrival is not at odds with anything"
    );
    assert_eq!(comes_to([one, left, later]).1, Some(Conflict::Departure));
}

#[test]
fn who_is_said_to_be_away_and_signs_elsewhere_is_shown() {
    let away = entry(1, 1, 5, 30, Said::Absent, &[]);
    let signed = entry(
        2,
        2,
        1,
        31,
        Said::Signed {
            how: Signing::Paper,
        },
        &[],
    );
    assert_eq!(
        comes_to([away.clone(), signed.clone()]).1,
        Some(Conflict::Presence)
    );
    let left = entry(2, 3, 1, 31, now(false), &[]);
    assert_eq!(comes_to([away, left]).1, Some(Conflict::Presence));
    let known = entry(1, 1, 5, 30, Said::Absent, &[2]);
    assert_eq!(
        comes_to([known, signed]).1,
        None,
        "it was known and taken back"
    );
}

#[test]
fn a_clock_that_is_wrong_is_put_right_and_never_decides_the_order() {
    let mut wrong = entry(1, 1, 1, 20 - 180, now(true), &[]);
    wrong.offset = 180 * MINUTE;
    assert_eq!(
        comes_to([wrong.clone()]).0,
        Some(Mark::Late { minutes: 20 })
    );
    // Said afterwards, by a clock that is three hours behind.
    let first = entry(1, 1, 1, 100, Said::Absent, &[]);
    let second = entry(1, 2, 2, -80, Said::Excused, &[1]);
    assert_eq!(comes_to([first, second]), (Some(Mark::Excused), None));
}

#[test]
fn nothing_replaces_what_comes_after_it() {
    let one = entry(1, 1, 1, 0, Said::Absent, &[2]);
    let two = entry(2, 2, 2, 0, Said::Excused, &[1, 2]);
    assert_eq!(
        comes_to([one, two]),
        (Some(Mark::Excused), None),
        "no circle, and nobody replaces themself"
    );
}

fn said() -> impl Strategy<Value = Said> {
    let moment = || {
        prop_oneof![
            Just(Moment::Whole),
            Just(Moment::Now),
            (0_u32..200).prop_map(Moment::Minutes)
        ]
    };
    prop_oneof![
        moment().prop_map(|at| Said::Arrived { at }),
        moment().prop_map(|at| Said::Left { at }),
        Just(Said::Absent),
        Just(Said::Excused),
        Just(Said::Cleared),
        (0_u32..120).prop_map(|minutes| Said::Marked {
            mark: Mark::Late { minutes }
        }),
        Just(Said::Signed {
            how: Signing::Paper
        }),
        Just(Said::Noted {
            text: "Rallonge".into()
        }),
    ]
}

prop_compose! {
    fn any_entry()(number in 0_u8..12, device in 0_u8..3, counter in 0_u64..6, minutes in -60_i64..180, who in 0_u8..3,
                   offset in -5_i64..5, replaces in prop::collection::vec(0_u8..12, 0..3), said in said()) -> Entry {
        let mut entry = entry(device, number, counter, minutes, said, &replaces);
        entry.operation.person = (!matches!(entry.operation.said, Said::Noted { .. })).then(|| person(who));
        entry.offset = offset * MINUTE;
        entry
    }
}

fn any_ledger() -> impl Strategy<Value = Ledger> {
    prop::collection::vec(any_entry(), 0..12).prop_map(ledger)
}

fn merged(one: &Ledger, other: &Ledger) -> Ledger {
    let mut both = one.clone();
    both.merge(other);
    both
}

proptest! {
    #[test]
    fn merging_does_not_depend_on_who_meets_whom_first(a in any_ledger(), b in any_ledger(), c in any_ledger()) {
        prop_assert_eq!(merged(&a, &b), merged(&b, &a));
        prop_assert_eq!(merged(&merged(&a, &b), &c), merged(&a, &merged(&b, &c)));
        prop_assert_eq!(merged(&a, &a), a.clone());
        let both = merged(&a, &b);
        prop_assert_eq!(merged(&both, &b), both.clone());
        prop_assert_eq!(both.standings(&sitting()), merged(&b, &a).standings(&sitting()));
    }

    #[test]
    fn nothing_said_is_lost(a in any_ledger(), b in any_ledger()) {
        let both = merged(&a, &b);
        for entry in a.entries().chain(b.entries()) {
            prop_assert!(both.get(entry.operation.id).is_some());
        }
    }

    #[test]
    fn a_mark_that_replaces_everything_holding_ends_every_conflict(a in any_ledger()) {
        for (who, standing) in a.standings(&sitting()) {
            let mut settled = a.clone();
            let mut last = entry(9, 99, a.next_counter(), 0, Said::Marked { mark: Mark::Excused }, &[]);
            last.operation.person = Some(who);
            last.operation.replaces = standing.holding.iter().copied().collect();
            settled.insert(last);
            let after = settled.standing(who, &sitting());
            prop_assert_eq!((after.mark, after.conflict), (Some(Mark::Excused), None));
        }
    }
}
