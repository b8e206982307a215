//! Solves an instance from a file, and tells how the objective falls: for measuring.
//!
//! `cargo run --release -p planner --example solve -- INSTANCE.json [--out PLAN.json] [--seconds 60] [--threads 2] [--seed 1] [--steps N]`

use std::error::Error;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use planner::{Budget, Instance, Observer, Options, Problem, Progress, solve};

struct Told {
    since: Instant,
    quiet: bool,
    next: AtomicU64,
}

impl Observer for Told {
    fn progress(&self, progress: &Progress) {
        let now = self.since.elapsed().as_secs_f64();
        if self.quiet || progress.share * 20.0 < self.next.load(Ordering::Relaxed) as f64 {
            return;
        }
        self.next.fetch_add(1, Ordering::Relaxed);
        eprintln!(
            "{now:7.2} s  {:>9}  {:>5} sessions  {:>5} complete  {:>5} missing  {:>12} steps",
            progress.objective,
            progress.sessions,
            progress.complete_paths,
            progress.missing_modules,
            progress.steps
        );
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut file = None;
    let mut out = None;
    let (mut seconds, mut threads, mut seed, mut steps) = (60.0, 2, 1, None);
    let mut quiet = false;
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().unwrap_or_default();
        match argument.as_str() {
            "--out" => out = Some(value()),
            "--seconds" => seconds = value().parse()?,
            "--threads" => threads = value().parse()?,
            "--seed" => seed = value().parse()?,
            "--steps" => steps = Some(value().parse()?),
            "--quiet" => quiet = true,
            _ => file = Some(argument),
        }
    }
    let instance: Instance =
        serde_json::from_str(&std::fs::read_to_string(file.ok_or("name an instance")?)?)?;
    let since = Instant::now();
    let problem = Problem::new(instance).map_err(|defects| format!("{defects:?}"))?;
    let options = Options {
        seed,
        threads,
        ..Options::default()
    };
    let told = Told {
        since,
        quiet,
        next: AtomicU64::new(0),
    };
    let share = || since.elapsed().as_secs_f64() / seconds;
    let budget = steps.map_or(Budget::Share(&share), Budget::Steps);
    let outcome = solve(&problem, &options, budget, &told);
    eprintln!(
        "{:.2} s, {} steps: {} (bound {}) {:?} {:?}",
        since.elapsed().as_secs_f64(),
        outcome.steps,
        outcome.objective,
        outcome.bound,
        outcome.terms,
        outcome.facts
    );
    if let Some(out) = out {
        std::fs::write(out, serde_json::to_string(&outcome.plan)?)?;
    }
    Ok(())
}
