//! How long it takes to merge two devices and to say what it comes to: `cargo run -p domain --release --example merge`.

#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

use std::hint::black_box;
use std::time::Instant;

use domain::attendance::{Entry, Ledger, Moment, Operation, Said, Sitting};
use domain::id::Id;
use domain::session::Stage;
use jiff::Timestamp;

/// Marks of one device.
const MARKS: u16 = 200;
/// Times it is done; the median is told.
const TIMES: usize = 101;

fn device(number: u8) -> Ledger {
    let mut ledger = Ledger::default();
    for mark in 0..MARKS {
        let [high, low] = mark.to_be_bytes();
        let at = if mark % 3 == 0 {
            Moment::Whole
        } else {
            Moment::Now
        };
        let said = if mark % 7 == u16::from(number) {
            Said::Absent
        } else {
            Said::Arrived { at }
        };
        ledger.insert(Entry {
            operation: Operation {
                id: Id::new(1_790_000_000_000, &[0, 0, 0, number, high, low, 0, 0, 0, 0]),
                session: Id::new(1, &[0; 10]),
                person: Some(Id::new(2, &[0, 0, 0, 0, high, low, 0, 0, 0, 0])),
                counter: u64::from(mark),
                clock: Timestamp::UNIX_EPOCH,
                replaces: std::collections::BTreeSet::new(),
                said,
            },
            device: Some(Id::new(3, &[number; 10])),
            offset: 0,
        });
    }
    ledger
}

fn main() {
    let (one, other) = (device(1), device(2));
    let sitting = Sitting {
        session: Id::new(1, &[0; 10]),
        stage: Stage::Gathering,
        starts_at: Timestamp::UNIX_EPOCH,
        ends_at: Timestamp::UNIX_EPOCH,
    };
    let mut times: Vec<_> = (0..TIMES)
        .map(|_| {
            let started = Instant::now();
            let mut both = one.clone();
            both.merge(&other);
            let standings = black_box(both.standings(&sitting));
            (
                started.elapsed(),
                standings
                    .values()
                    .filter(|standing| standing.conflict.is_some())
                    .count(),
            )
        })
        .collect();
    times.sort_unstable();
    if let (Some((median, conflicts)), Some((worst, _))) = (times.get(TIMES / 2), times.last()) {
        println!(
            "two devices of {MARKS} marks: median {median:?}, worst {worst:?}, {conflicts} conflicts found"
        );
    }
}
