//! The rules of registration, one test each.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use super::*;
use crate::id::Id;
use crate::session::Opening;

const POLICY: Policy = Policy {
    offer_hours: 24,
    margin_minutes: 60,
};

/// The session begins 100 hours after hour 0.
const START: i64 = 100;

fn hour(hours: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH
        .saturating_add(SignedDuration::from_hours(hours))
        .unwrap()
}

fn id<K>(number: u8) -> Id<K> {
    Id::new(0, &[number; 10])
}

fn ask(number: u8) -> Request {
    Request {
        id: id(number),
        person: id(number),
        review: Review::clear(),
    }
}

fn empty(least: u32, capacity: u32) -> Roster {
    Roster::new(
        (least, capacity),
        session::Stage::Gathering,
        hour(START),
        vec![],
        0,
    )
}

fn then(roster: &Roster, changed: &Changed) -> Roster {
    let mut next = roster.clone();
    changed.changes.iter().for_each(|change| next.apply(change));
    next
}

/// People 1 to `people` have asked, in order, at hour 0.
fn asked(least: u32, capacity: u32, people: u8) -> Roster {
    (1..=people).fold(empty(least, capacity), |roster, number| {
        then(
            &roster,
            &roster.request(&ask(number), hour(0), &POLICY).changed,
        )
    })
}

fn stage(roster: &Roster, number: u8) -> Stage {
    roster.entry(id(number)).unwrap().stage
}

fn ranks(roster: &Roster) -> Vec<(EnrolmentId, u32)> {
    roster.ranks().collect()
}

#[test]
fn seats_go_to_the_first_comers_and_the_rest_wait_by_rank() {
    let roster = asked(1, 2, 3);
    assert_eq!(stage(&roster, 2), Stage::Placed { at: hour(0) });
    assert_eq!(ranks(&roster), vec![(id(3), 1)]);
    let fourth = roster.request(&ask(4), hour(1), &POLICY);
    assert_eq!(
        fourth.decision,
        Decision::Waiting {
            rank: 2,
            why: WaitReason::Full { capacity: 2 }
        }
    );
}

#[test]
fn two_hundred_people_for_twelve_seats() {
    let roster = asked(3, 12, 200);
    assert_eq!((roster.placed(), roster.waiting()), (12, 188));
    assert_eq!(ranks(&roster).last(), Some(&(id(200), 188)));
}

#[test]
fn the_session_is_confirmed_by_the_last_person_it_takes() {
    let roster = asked(3, 4, 2);
    assert_eq!(roster.stage(), &session::Stage::Gathering);
    assert_eq!(
        roster.opening(),
        Some(Opening {
            least: 3,
            missing: 1
        })
    );
    let third = roster.request(&ask(3), hour(5), &POLICY);
    let confirmed = Change::Session {
        stage: session::Stage::Confirmed { at: hour(5) },
    };
    assert_eq!(third.changed.changes.last(), Some(&confirmed));
    assert_eq!(then(&roster, &third.changed).opening(), None);
}

#[test]
fn a_confirmed_session_stays_so_and_the_desk_is_told_once() {
    let roster = asked(3, 4, 3);
    let left = roster.withdraw(id(1), hour(1), &POLICY).unwrap();
    assert_eq!(
        left.notices,
        vec![Notice::BelowLeast {
            placed: 2,
            least: 3
        }]
    );
    let roster = then(&roster, &left);
    assert!(matches!(roster.stage(), session::Stage::Confirmed { .. }));
    let again = roster.withdraw(id(2), hour(1), &POLICY).unwrap();
    assert_eq!(again.notices, vec![]);
}

#[test]
fn the_coordinator_may_confirm_a_smaller_group() {
    let roster = asked(3, 4, 1);
    let roster = then(&roster, &roster.confirm(hour(1), &POLICY).unwrap());
    assert_eq!(roster.stage(), &session::Stage::Confirmed { at: hour(1) });
}

#[test]
fn a_freed_seat_is_offered_to_the_first_who_waits() {
    let roster = asked(1, 2, 4);
    let roster = then(&roster, &roster.withdraw(id(1), hour(10), &POLICY).unwrap());
    assert_eq!(stage(&roster, 1), Stage::Withdrawn { at: hour(10) });
    assert_eq!(stage(&roster, 3), Stage::Offered { until: hour(34) });
    assert_eq!(ranks(&roster), vec![(id(4), 1)]);
    assert_eq!((roster.free(), roster.next_expiry()), (0, Some(hour(34))));
}

#[test]
fn a_newcomer_never_overtakes_an_offer_or_the_list() {
    let roster = asked(1, 2, 3);
    let roster = then(&roster, &roster.withdraw(id(1), hour(10), &POLICY).unwrap());
    let newcomer = roster.request(&ask(9), hour(11), &POLICY);
    assert_eq!(
        newcomer.decision,
        Decision::Waiting {
            rank: 1,
            why: WaitReason::Full { capacity: 2 }
        }
    );
}

#[test]
fn an_offer_ends_before_the_session_begins_at_the_latest() {
    let roster = asked(1, 1, 3);
    let late = then(&roster, &roster.withdraw(id(1), hour(90), &POLICY).unwrap());
    assert_eq!(
        stage(&late, 2),
        Stage::Offered {
            until: hour(START - 1)
        }
    );
}

#[test]
fn in_the_last_hour_free_seats_go_by_telephone() {
    let roster = asked(1, 2, 3);
    let left = roster.withdraw(id(1), hour(START - 1), &POLICY).unwrap();
    assert_eq!(
        left.notices,
        vec![Notice::TooLateToOffer {
            free: 1,
            waiting: 1
        }]
    );
    let roster = then(&roster, &left);
    assert_eq!(stage(&roster, 3), Stage::Waiting);
    assert_eq!((roster.free(), roster.free_for_newcomers()), (1, 0));
    let newcomer = roster.request(&ask(4), hour(START - 1), &POLICY);
    assert_eq!(
        newcomer.decision,
        Decision::Waiting {
            rank: 2,
            why: WaitReason::OthersFirst { ahead: 1 }
        }
    );
    let called = roster
        .place_by_hand(&ask(3), hour(START - 1), &POLICY)
        .unwrap();
    assert_eq!(
        stage(&then(&roster, &called), 3),
        Stage::Placed {
            at: hour(START - 1)
        }
    );
}

#[test]
fn a_plan_holds_seats_out_to_people_who_did_not_ask_but_never_past_the_list_or_the_room() {
    let roster = asked(2, 2, 1);
    let offered = then(&roster, &roster.offer(&ask(2), hour(1), &POLICY).unwrap());
    assert_eq!(stage(&offered, 2), Stage::Offered { until: hour(25) });
    assert_eq!(*offered.stage(), session::Stage::Gathering, "no answer yet");
    let full = offered.offer(&ask(3), hour(2), &POLICY);
    assert_eq!(full, Err(Refusal::NoSeatFree { capacity: 2 }));
    let twice = offered.offer(&ask(2), hour(2), &POLICY);
    assert_eq!(twice, Err(Refusal::AlreadyEnrolled { id: id(2) }));
    let late = asked(1, 2, 1).offer(&ask(2), hour(START - 1), &POLICY);
    assert_eq!(late, Err(Refusal::TooLateToOffer));
    let taken = then(&offered, &offered.accept(id(2), hour(3), &POLICY).unwrap());
    assert_eq!(taken.placed(), 2);
}

#[test]
fn an_accepted_offer_is_a_seat_and_accepting_twice_is_harmless() {
    let roster = asked(1, 1, 2);
    let roster = then(&roster, &roster.withdraw(id(1), hour(10), &POLICY).unwrap());
    let roster = then(&roster, &roster.accept(id(2), hour(33), &POLICY).unwrap());
    assert_eq!(stage(&roster, 2), Stage::Placed { at: hour(33) });
    assert_eq!(
        roster.accept(id(2), hour(50), &POLICY),
        Ok(Changed::default())
    );
}

#[test]
fn an_offer_that_is_over_cannot_be_accepted_even_before_anyone_noticed() {
    let roster = asked(1, 1, 3);
    let roster = then(&roster, &roster.withdraw(id(1), hour(10), &POLICY).unwrap());
    assert_eq!(
        roster.accept(id(2), hour(34), &POLICY),
        Err(Refusal::OfferOver { since: hour(34) })
    );
    let roster = then(&roster, &roster.expire(hour(40), &POLICY));
    assert_eq!(
        roster.accept(id(2), hour(40), &POLICY),
        Err(Refusal::OfferOver { since: hour(34) })
    );
    assert_eq!(
        roster.accept(id(9), hour(40), &POLICY),
        Err(Refusal::Unknown)
    );
}

#[test]
fn a_lapsed_or_declined_offer_goes_to_the_next_who_waits() {
    let roster = asked(1, 1, 4);
    let roster = then(&roster, &roster.withdraw(id(1), hour(10), &POLICY).unwrap());
    assert_eq!(
        roster.expire(hour(33), &POLICY),
        Changed::default(),
        "an open offer stands"
    );
    let roster = then(&roster, &roster.expire(hour(34), &POLICY));
    assert_eq!(stage(&roster, 2), Stage::Lapsed { at: hour(34) });
    assert_eq!(stage(&roster, 3), Stage::Offered { until: hour(58) });
    let roster = then(&roster, &roster.decline(id(3), hour(35), &POLICY).unwrap());
    assert_eq!(stage(&roster, 3), Stage::Lapsed { at: hour(35) });
    assert_eq!(stage(&roster, 4), Stage::Offered { until: hour(59) });
    assert_eq!(
        roster.decline(id(3), hour(36), &POLICY),
        Ok(Changed::default())
    );
}

#[test]
fn only_an_offer_can_be_accepted_or_declined() {
    let roster = asked(1, 1, 2);
    let why = Refusal::NoOffer {
        stage: Stage::Waiting,
    };
    assert_eq!(roster.accept(id(2), hour(1), &POLICY), Err(why.clone()));
    assert_eq!(roster.decline(id(2), hour(1), &POLICY), Err(why));
}

#[test]
fn who_let_an_offer_pass_may_ask_again_at_the_end() {
    let roster = asked(1, 1, 3);
    let roster = then(&roster, &roster.withdraw(id(1), hour(10), &POLICY).unwrap());
    let again = Request {
        id: id(12),
        ..ask(2)
    };
    let early = roster.request(&again, hour(33), &POLICY);
    assert_eq!(
        early.decision,
        Decision::Refused {
            why: Refusal::AlreadyEnrolled { id: id(2) }
        }
    );
    // The offer ended at hour 34; nobody has noticed yet, the request itself does.
    let late = roster.request(&again, hour(35), &POLICY);
    assert_eq!(
        late.decision,
        Decision::Waiting {
            rank: 1,
            why: WaitReason::Full { capacity: 1 }
        }
    );
    let roster = then(&roster, &late.changed);
    assert_eq!(stage(&roster, 3), Stage::Offered { until: hour(59) });
}

#[test]
fn a_person_is_registered_once_and_may_come_back_after_leaving() {
    let roster = asked(1, 2, 1);
    let again = Request {
        id: id(12),
        ..ask(1)
    };
    let twice = roster.request(&again, hour(1), &POLICY);
    assert_eq!(
        twice.decision,
        Decision::Refused {
            why: Refusal::AlreadyEnrolled { id: id(1) }
        }
    );
    assert_eq!(twice.changed, Changed::default());
    let roster = then(&roster, &roster.withdraw(id(1), hour(1), &POLICY).unwrap());
    let back = roster.request(&again, hour(2), &POLICY);
    assert_eq!(back.decision, Decision::Placed);
    assert_eq!(
        then(&roster, &back.changed).entries().len(),
        2,
        "the first registration stays on record"
    );
}

#[test]
fn who_has_left_cannot_leave_again() {
    let roster = asked(1, 2, 1);
    let roster = then(&roster, &roster.withdraw(id(1), hour(1), &POLICY).unwrap());
    let stage = Stage::Withdrawn { at: hour(1) };
    assert_eq!(
        roster.withdraw(id(1), hour(2), &POLICY),
        Err(Refusal::NotActive { stage })
    );
}

#[test]
fn a_smaller_session_takes_back_offers_before_it_is_refused() {
    // Seats: 1 and 2 placed, then 3 and 4 hold offers, 5 waits.
    let roster = asked(1, 4, 7);
    let roster = then(&roster, &roster.withdraw(id(3), hour(1), &POLICY).unwrap());
    let roster = then(&roster, &roster.withdraw(id(4), hour(1), &POLICY).unwrap());
    assert_eq!(
        (roster.placed(), roster.offered(), ranks(&roster)),
        (2, 2, vec![(id(7), 1)])
    );
    let three = then(&roster, &roster.resize(1, 3, hour(2), &POLICY).unwrap());
    assert_eq!(stage(&three, 5), Stage::Offered { until: hour(25) });
    assert_eq!(
        ranks(&three),
        vec![(id(6), 1), (id(7), 2)],
        "the latest comer gives back, to the former rank"
    );
    let two = then(&roster, &roster.resize(1, 2, hour(2), &POLICY).unwrap());
    assert_eq!(ranks(&two), vec![(id(5), 1), (id(6), 2), (id(7), 3)]);
    assert_eq!(
        roster.resize(1, 1, hour(2), &POLICY),
        Err(Refusal::SeatsTaken { must_leave: 1 })
    );
    assert_eq!(roster.resize(3, 2, hour(2), &POLICY), Err(Refusal::BadSize));
    assert_eq!(roster.resize(0, 2, hour(2), &POLICY), Err(Refusal::BadSize));
}

#[test]
fn a_larger_session_offers_its_new_seats_and_a_lower_least_confirms_it() {
    let roster = asked(2, 2, 4);
    let larger = then(&roster, &roster.resize(2, 3, hour(1), &POLICY).unwrap());
    assert_eq!(stage(&larger, 3), Stage::Offered { until: hour(25) });
    assert_eq!(stage(&larger, 4), Stage::Waiting);
    let small = asked(3, 4, 2);
    let small = then(&small, &small.resize(2, 4, hour(1), &POLICY).unwrap());
    assert_eq!(small.stage(), &session::Stage::Confirmed { at: hour(1) });
}

#[test]
fn an_earlier_begin_shortens_offers_or_takes_them_back() {
    let roster = asked(1, 1, 2);
    let roster = then(&roster, &roster.withdraw(id(1), hour(10), &POLICY).unwrap());
    let sooner = then(
        &roster,
        &roster.reschedule(hour(20), hour(11), &POLICY).unwrap(),
    );
    assert_eq!(
        (sooner.starts_at(), stage(&sooner, 2)),
        (hour(20), Stage::Offered { until: hour(19) })
    );
    let at_once = then(
        &roster,
        &roster.reschedule(hour(12), hour(11), &POLICY).unwrap(),
    );
    assert_eq!(ranks(&at_once), vec![(id(2), 1)]);
    let later = then(
        &roster,
        &roster.reschedule(hour(200), hour(11), &POLICY).unwrap(),
    );
    assert_eq!(
        stage(&later, 2),
        Stage::Offered { until: hour(34) },
        "a promise is not changed"
    );
}

#[test]
fn nothing_comes_or_goes_once_the_session_begins() {
    let roster = asked(1, 2, 1);
    let why = Refusal::Closed {
        why: Closed::Started,
    };
    let late = roster.request(&ask(2), hour(START), &POLICY);
    assert_eq!(late.decision, Decision::Refused { why: why.clone() });
    assert_eq!(roster.withdraw(id(1), hour(START), &POLICY), Err(why));
    assert_eq!(
        roster.request(&ask(2), hour(START - 1), &POLICY).decision,
        Decision::Placed
    );
}

#[test]
fn cancelling_tells_everyone_active_and_closes_the_session() {
    let roster = asked(1, 2, 4);
    let roster = then(&roster, &roster.withdraw(id(1), hour(1), &POLICY).unwrap());
    let reason = session::Reason::parse("Formatrice souffrante").unwrap();
    let roster = then(
        &roster,
        &roster.cancel(reason.clone(), hour(2), &POLICY).unwrap(),
    );
    for number in 2..=4 {
        assert_eq!(stage(&roster, number), Stage::Cancelled { at: hour(2) });
    }
    assert_eq!(
        stage(&roster, 1),
        Stage::Withdrawn { at: hour(1) },
        "who had left is left alone"
    );
    let why = Refusal::Closed {
        why: Closed::Cancelled,
    };
    assert_eq!(
        roster.request(&ask(9), hour(3), &POLICY).decision,
        Decision::Refused { why: why.clone() }
    );
    assert_eq!(roster.cancel(reason, hour(3), &POLICY), Err(why));
}

#[test]
fn holding_ends_offers_and_keeps_the_waiting_on_record() {
    let roster = asked(1, 2, 4);
    let roster = then(&roster, &roster.withdraw(id(1), hour(90), &POLICY).unwrap());
    let roster = then(&roster, &roster.hold(hour(START + 2), &POLICY).unwrap());
    assert_eq!(
        stage(&roster, 3),
        Stage::Lapsed {
            at: hour(START - 1)
        }
    );
    assert_eq!(stage(&roster, 4), Stage::Waiting);
    let why = Refusal::Closed { why: Closed::Held };
    assert_eq!(
        roster.place_by_hand(&ask(9), hour(START + 2), &POLICY),
        Err(why)
    );
}

#[test]
fn the_coordinator_passes_over_the_list_but_never_over_the_capacity() {
    let full = asked(1, 2, 3);
    assert_eq!(
        full.place_by_hand(&ask(9), hour(1), &POLICY),
        Err(Refusal::NoSeatFree { capacity: 2 })
    );
    let offered = then(&full, &full.withdraw(id(1), hour(10), &POLICY).unwrap());
    let no_seat = Err(Refusal::NoSeatFree { capacity: 2 });
    assert_eq!(
        offered.place_by_hand(&ask(9), hour(11), &POLICY),
        no_seat,
        "a seat on offer is kept"
    );
    let by_phone = then(
        &offered,
        &offered.place_by_hand(&ask(3), hour(11), &POLICY).unwrap(),
    );
    assert_eq!(stage(&by_phone, 3), Stage::Placed { at: hour(11) });
    // The offer has ended and its seat is free for the coordinator before it goes to the next.
    let after = then(
        &offered,
        &offered.place_by_hand(&ask(9), hour(34), &POLICY).unwrap(),
    );
    assert_eq!(stage(&after, 9), Stage::Placed { at: hour(34) });
    assert_eq!(
        (stage(&after, 3), after.free()),
        (Stage::Lapsed { at: hour(34) }, 0)
    );
    let twice = full.place_by_hand(&ask(1), hour(1), &POLICY);
    assert_eq!(twice, Err(Refusal::AlreadyEnrolled { id: id(1) }));
}

#[test]
fn someone_at_the_door_is_placed_by_hand_after_the_start() {
    let roster = asked(1, 2, 1);
    let door = then(
        &roster,
        &roster.place_by_hand(&ask(5), hour(START), &POLICY).unwrap(),
    );
    assert_eq!(stage(&door, 5), Stage::Placed { at: hour(START) });
    let clash = Review {
        refusal: Some(Refusal::Clash { session: id(7) }),
        advice: vec![],
    };
    let elsewhere = roster.place_by_hand(
        &Request {
            review: clash,
            ..ask(5)
        },
        hour(1),
        &POLICY,
    );
    assert_eq!(elsewhere, Err(Refusal::Clash { session: id(7) }));
}

#[test]
fn a_firm_takes_the_seats_there_are_and_the_rest_wait_side_by_side() {
    let roster = asked(1, 3, 1);
    let reserved = Review {
        refusal: Some(Refusal::ReservedTo {
            audiences: vec!["farmer".into()],
        }),
        advice: vec![],
    };
    let group = [
        ask(2),
        Request {
            review: reserved,
            ..ask(3)
        },
        ask(4),
        ask(5),
        ask(6),
        Request {
            id: id(7),
            ..ask(2)
        },
    ];
    let outcome = roster.request_group(&group, hour(1), &POLICY);
    let decisions: Vec<Decision> = outcome
        .decisions
        .into_iter()
        .map(|(_, decision)| decision)
        .collect();
    let full = WaitReason::Full { capacity: 3 };
    assert_eq!(
        decisions,
        vec![
            Decision::Placed,
            Decision::Refused {
                why: Refusal::ReservedTo {
                    audiences: vec!["farmer".into()]
                }
            },
            Decision::Placed,
            Decision::Waiting { rank: 1, why: full },
            Decision::Waiting { rank: 2, why: full },
            Decision::Refused {
                why: Refusal::AlreadyEnrolled { id: id(2) }
            },
        ]
    );
    assert_eq!(then(&roster, &outcome.changed).placed(), 3);
}

#[test]
fn moving_to_another_session_never_costs_a_seat() {
    let from = asked(1, 1, 2);
    let full = Roster::new(
        (1, 1),
        session::Stage::Gathering,
        hour(START),
        asked(1, 1, 9).entries()[8..].to_vec(),
        9,
    );
    let full = then(&full, &full.expire(hour(0), &POLICY));
    let to = empty(1, 1);
    let request = Request {
        id: id(50),
        ..ask(1)
    };
    let moved = transfer((&from, id(1)), (&to, &request), hour(1), &POLICY).unwrap();
    assert_eq!(moved.decision, Decision::Placed);
    assert_eq!(
        stage(&then(&to, &moved.joined), 50),
        Stage::Placed { at: hour(1) }
    );
    let left = then(&from, &moved.left);
    assert_eq!(stage(&left, 1), Stage::Withdrawn { at: hour(1) });
    assert_eq!(stage(&left, 2), Stage::Offered { until: hour(25) });
    let no_seat = transfer((&from, id(1)), (&full, &request), hour(1), &POLICY);
    assert_eq!(no_seat, Err(Refusal::NoSeatFree { capacity: 1 }));
    let waiting = Request {
        id: id(51),
        ..ask(2)
    };
    let waits = transfer((&from, id(2)), (&full, &waiting), hour(1), &POLICY).unwrap();
    assert_eq!(
        waits.decision,
        Decision::Waiting {
            rank: 1,
            why: WaitReason::Full { capacity: 1 }
        }
    );
    let stranger = transfer((&from, id(1)), (&to, &waiting), hour(1), &POLICY);
    assert_eq!(
        stranger,
        Err(Refusal::Unknown),
        "a registration moves with its own person only"
    );
}

/// Somebody of another session comes here with what they had there.
fn brings(number: u8, had: Stage) -> (Request, Stage) {
    (ask(number), had)
}

#[test]
fn full_sessions_exchange_people_and_nobody_who_waits_comes_between() {
    let roster = asked(1, 2, 3);
    let reseat = Reseat {
        leaving: vec![id(1)],
        joining: vec![brings(50, Stage::Placed { at: hour(0) })],
        is_closing: false,
    };
    let after = then(&roster, &roster.reseat(&reseat, hour(1), &POLICY).unwrap());
    assert_eq!(stage(&after, 1), Stage::Withdrawn { at: hour(1) });
    assert_eq!(stage(&after, 50), Stage::Placed { at: hour(1) });
    assert_eq!(stage(&after, 3), Stage::Waiting);
    let one_more = Reseat {
        leaving: vec![],
        ..reseat
    };
    assert_eq!(
        roster.reseat(&one_more, hour(1), &POLICY),
        Err(Refusal::NoSeatFree { capacity: 2 })
    );
}

#[test]
fn a_seat_left_over_by_an_exchange_is_offered_to_the_first_who_waits_unless_the_session_closes() {
    let roster = asked(1, 2, 3);
    let mut reseat = Reseat {
        leaving: vec![id(1)],
        ..Reseat::default()
    };
    let after = then(&roster, &roster.reseat(&reseat, hour(1), &POLICY).unwrap());
    assert_eq!(stage(&after, 3), Stage::Offered { until: hour(25) });
    reseat.is_closing = true;
    let closing = then(&roster, &roster.reseat(&reseat, hour(1), &POLICY).unwrap());
    assert_eq!(stage(&closing, 3), Stage::Waiting);
}

#[test]
fn an_offer_stays_an_offer_in_another_session_as_long_as_there_is_time_for_an_answer() {
    let roster = empty(1, 4);
    let come = |had, now| {
        let reseat = Reseat {
            joining: vec![brings(1, had)],
            ..Reseat::default()
        };
        then(
            &roster,
            &roster.reseat(&reseat, hour(now), &POLICY).unwrap(),
        )
    };
    let offered = |until| Stage::Offered { until: hour(until) };
    assert_eq!(stage(&come(offered(40), 1), 1), offered(40));
    assert_eq!(
        stage(&come(offered(START + 9), 1), 1),
        offered(START - 1),
        "shortened to the margin before this session"
    );
    assert_eq!(
        stage(&come(offered(START + 9), START - 1), 1),
        Stage::Placed {
            at: hour(START - 1)
        }
    );
    let gone = Reseat {
        joining: vec![brings(1, Stage::Lapsed { at: hour(0) })],
        ..Reseat::default()
    };
    assert!(roster.reseat(&gone, hour(1), &POLICY).is_err());
}

fn words(list: &[&str]) -> BTreeSet<String> {
    list.iter().map(|word| (*word).to_owned()).collect()
}

#[test]
fn the_audience_refuses_and_says_for_whom_the_module_is() {
    let farmers = Conditions {
        reserved_to: words(&["farmer", "agri-staff"]),
        after: vec![],
    };
    let here = Booking {
        session: id(1),
        starts_at: hour(0),
        ends_at: hour(2),
    };
    let shopkeeper = Applicant {
        audiences: words(&["retail"]),
        ..Applicant::default()
    };
    let why = Refusal::ReservedTo {
        audiences: vec!["agri-staff".into(), "farmer".into()],
    };
    assert_eq!(Review::of(&farmers, &shopkeeper, &here).refusal, Some(why));
    let farmer = Applicant {
        audiences: words(&["farmer", "elected"]),
        ..Applicant::default()
    };
    assert_eq!(Review::of(&farmers, &farmer, &here), Review::clear());
    assert_eq!(
        Review::of(&Conditions::default(), &shopkeeper, &here),
        Review::clear()
    );
}

#[test]
fn nobody_is_in_two_sessions_at_once() {
    let here = Booking {
        session: id(1),
        starts_at: hour(2),
        ends_at: hour(4),
    };
    let other = |number, from, to| Booking {
        session: id(number),
        starts_at: hour(from),
        ends_at: hour(to),
    };
    let review = |bookings| {
        Review::of(
            &Conditions::default(),
            &Applicant {
                bookings,
                ..Applicant::default()
            },
            &here,
        )
    };
    assert_eq!(
        review(vec![other(2, 0, 2), other(3, 4, 6), here]),
        Review::clear(),
        "one after the other is fine"
    );
    let both = review(vec![other(3, 3, 5), other(2, 1, 3)]);
    assert_eq!(both.refusal, Some(Refusal::Clash { session: id(2) }));
}

#[test]
fn what_should_come_first_is_advised_and_never_refused() {
    let conditions = Conditions {
        after: vec!["souris".into(), "courriel".into()],
        ..Conditions::default()
    };
    let here = Booking {
        session: id(1),
        starts_at: hour(0),
        ends_at: hour(2),
    };
    let beginner = Applicant {
        modules: words(&["souris"]),
        ..Applicant::default()
    };
    let review = Review::of(&conditions, &beginner, &here);
    let advice = vec![Advice::TakeFirst {
        modules: vec!["courriel".into()],
    }];
    assert_eq!(
        review,
        Review {
            refusal: None,
            advice: advice.clone()
        }
    );
    let outcome = empty(1, 1).request(&Request { review, ..ask(1) }, hour(0), &POLICY);
    assert_eq!(
        (outcome.decision, outcome.advice),
        (Decision::Placed, advice)
    );
}

#[test]
fn values_keep_their_form_for_storage_and_api() {
    let entry = Entry {
        id: id(1),
        person: id(2),
        arrival: 3,
        stage: Stage::Offered { until: hour(1) },
    };
    let json = serde_json::to_value(entry).unwrap();
    assert_eq!(
        (json["stage"].as_str(), json["until"].as_str()),
        (Some("offered"), Some("1970-01-01T01:00:00Z"))
    );
    assert_eq!(serde_json::from_value::<Entry>(json).unwrap(), entry);
    let waiting = Decision::Waiting {
        rank: 4,
        why: WaitReason::Full { capacity: 3 },
    };
    let json = serde_json::to_value(&waiting).unwrap();
    assert_eq!(
        (json["status"].as_str(), json["rank"].as_u64()),
        (Some("waiting"), Some(4))
    );
    for stage in [
        Stage::Waiting,
        entry.stage,
        Stage::Placed { at: hour(2) },
        Stage::Cancelled { at: hour(2) },
    ] {
        assert_eq!(
            Stage::from_parts(stage.name(), stage.instant()),
            Some(stage)
        );
    }
    assert_eq!(Stage::from_parts("placed", None), None);
}
