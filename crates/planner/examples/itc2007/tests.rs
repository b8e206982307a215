//! The search against the referee.

use planner::engine::{self, Acceptance, Budget, Random, Settings, State};

use crate::Quiet;
use crate::construct::construct;
use crate::moves::Kind;
use crate::referee::judge;
use crate::sample::made;
use crate::tables::Tables;

const KINDS: [Kind; 7] = [
    Kind::Shift,
    Kind::Swap,
    Kind::Chain,
    Kind::Room,
    Kind::Gather,
    Kind::Block,
    Kind::Rooms,
];

/// Every kind of move, kept or not: the change that it tells, the cost that the timetable holds and the referee's count agree, and no
/// hard rule is ever broken.
#[test]
fn the_change_of_every_move_is_what_the_referee_counts() {
    for seed in 1..=2 {
        let instance = made(seed, 24, 6);
        let tables = Tables::new(&instance).unwrap();
        let mut random = Random::new(seed);
        let mut timetable = construct(&tables, &mut random).unwrap();
        assert_eq!(judge(&instance, &timetable.text(&instance)).hard(), 0);
        let mut kept = [0; 7];
        for turn in 0..7 * 250 {
            let which = turn % 7;
            let limit = i64::from(random.below(30));
            let (before, text) = (timetable.cost(), timetable.text(&instance));
            let delta = timetable.attempt(KINDS[which], &mut random, limit);
            let after = timetable.text(&instance);
            let verdict = judge(&instance, &after);
            assert_eq!(verdict.hard(), 0, "{:?} {verdict:?}", KINDS[which]);
            assert_eq!(verdict.cost(), timetable.cost(), "{:?}", KINDS[which]);
            assert_eq!(timetable.cost(), before + delta.unwrap_or(0));
            match delta {
                Some(delta) => {
                    assert!(delta <= limit);
                    kept[which] += usize::from(after != text);
                }
                None => assert_eq!(after, text, "a move that is not kept changes nothing"),
            }
        }
        assert!(kept.iter().all(|kept| *kept > 0), "{kept:?}");
    }
}

#[test]
fn the_same_seed_and_steps_give_the_same_timetable_and_a_better_one_than_the_first() {
    let instance = made(9, 24, 6);
    let tables = Tables::new(&instance).unwrap();
    let start = construct(&tables, &mut Random::new(3)).unwrap();
    let settings = Settings {
        seed: 3,
        threads: 2,
        acceptance: Acceptance::Annealing {
            hot: 4.0,
            cold: 0.15,
        },
        rounds: 20,
        exchange: 5,
    };
    let solved = || engine::run(&start, &settings, Budget::Steps(20_000), &Quiet).best;
    let text = solved().text(&instance);
    assert_eq!(text, solved().text(&instance));
    let verdict = judge(&instance, &text);
    assert_eq!((verdict.hard(), verdict.cost()), (0, solved().cost()));
    assert!(verdict.cost() * 2 < start.cost());
}
