use super::*;

/// A permutation that wants to be sorted.
#[derive(Clone)]
struct Row {
    values: Vec<i64>,
    cost: i64,
}

impl Row {
    fn new(length: i64) -> Self {
        let mut row = Self {
            values: (0..length).rev().collect(),
            cost: 0,
        };
        row.cost = row.price();
        row
    }

    fn price(&self) -> i64 {
        (0..).zip(&self.values).map(|(at, v)| (at - v).abs()).sum()
    }
}

impl State for Row {
    fn cost(&self) -> i64 {
        self.cost
    }

    fn step(&mut self, random: &mut Random, limit: i64) -> Option<i64> {
        let (a, b) = (
            random.index(self.values.len()),
            random.index(self.values.len()),
        );
        self.values.swap(a, b);
        let delta = self.price() - self.cost;
        if delta > limit {
            self.values.swap(a, b);
            return None;
        }
        self.cost += delta;
        Some(delta)
    }
}

struct Quiet;
impl Watch<Row> for Quiet {
    fn round(&self, _: &Round<'_, Row>) {}
}

struct Stops;
impl Watch<Row> for Stops {
    fn round(&self, _: &Round<'_, Row>) {}
    fn stop(&self) -> bool {
        true
    }
}

fn settings(acceptance: Acceptance) -> Settings {
    Settings {
        seed: 7,
        threads: 2,
        acceptance,
        rounds: 20,
        exchange: 3,
    }
}

const ANNEALING: Acceptance = Acceptance::Annealing {
    hot: 10.0,
    cold: 0.1,
};

#[test]
fn both_acceptances_reach_the_optimum() {
    for acceptance in [ANNEALING, Acceptance::Late { memory: 50 }] {
        let found = run(
            &Row::new(30),
            &settings(acceptance),
            Budget::Steps(30_000),
            &Quiet,
        );
        assert_eq!(found.best.cost(), 0, "{acceptance:?}");
        assert_eq!(found.end, End::Spent);
    }
}

#[test]
fn the_same_seed_threads_and_steps_give_the_same_state() {
    let once = |seed| {
        let settings = Settings {
            seed,
            ..settings(ANNEALING)
        };
        run(&Row::new(60), &settings, Budget::Steps(1_500), &Quiet)
    };
    assert_eq!(once(1).best.values, once(1).best.values);
    assert_eq!(once(1).steps, 3_000);
    assert_ne!(once(1).best.values, once(2).best.values);
}

#[test]
fn a_stop_is_obeyed_with_the_best_so_far() {
    let found = run(
        &Row::new(30),
        &settings(ANNEALING),
        Budget::Steps(1 << 40),
        &Stops,
    );
    assert_eq!(found.end, End::Asked);
    assert_eq!(found.best.cost(), Row::new(30).cost());
}

#[test]
fn a_share_that_is_spent_ends_the_run() {
    let calls = std::sync::atomic::AtomicU32::new(0);
    let share = || f64::from(calls.fetch_add(1, std::sync::atomic::Ordering::Relaxed)) / 1000.0;
    let found = run(
        &Row::new(30),
        &settings(ANNEALING),
        Budget::Share(&share),
        &Quiet,
    );
    assert_eq!(found.end, End::Spent);
    assert!(found.best.cost() < Row::new(30).cost());
}
