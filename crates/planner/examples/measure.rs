//! Measures the planner for `cargo xtask bench planner`, one JSON object on standard output.
//!
//! `measure plan INSTANCE.json SECONDS THREADS SEED` or `measure tour`.

use std::error::Error;
use std::sync::Mutex;
use std::time::Instant;

use planner::engine::Random;
use planner::tour::{FORMAT, Host, Place, Stand, TourInstance, TourWeights, Wave, Window};
use planner::{Budget, Observer, Options, Problem, Progress, Silent, check, read_instance, solve};
use serde_json::json;

/// Remembers what the best plan cost when a second had passed.
struct Early {
    since: Instant,
    after_1s: Mutex<Option<i64>>,
}

impl Observer for Early {
    fn progress(&self, progress: &Progress) {
        if self.since.elapsed().as_secs_f64() <= 1.0
            && let Ok(mut after) = self.after_1s.lock()
        {
            *after = Some(progress.objective);
        }
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let measured = match words.as_slice() {
        ["plan", file, seconds, threads, seed] => {
            plan(file, seconds.parse()?, threads.parse()?, seed.parse()?)?
        }
        ["tour"] => tours()?,
        _ => return Err("measure plan INSTANCE SECONDS THREADS SEED, or measure tour".into()),
    };
    #[expect(clippy::print_stdout, reason = "what the measurement says")]
    {
        println!("{measured}");
    }
    Ok(())
}

fn plan(
    file: &str,
    seconds: f64,
    threads: usize,
    seed: u64,
) -> Result<serde_json::Value, Box<dyn Error>> {
    let instance = read_instance(&std::fs::read(file)?)?;
    let problem = Problem::new(instance).map_err(|defects| format!("{defects:?}"))?;
    let one = Options {
        seed,
        threads: 1,
        ..Options::default()
    };
    let greedy = solve(&problem, &one, Budget::Steps(1), &Silent).objective;
    let options = Options {
        seed,
        threads,
        ..Options::default()
    };
    let early = Early {
        since: Instant::now(),
        after_1s: Mutex::new(None),
    };
    let share = || early.since.elapsed().as_secs_f64() / seconds;
    let outcome = solve(&problem, &options, Budget::Share(&share), &early);
    let took = early.since.elapsed().as_secs_f64();
    let after_1s = early
        .after_1s
        .lock()
        .map_err(|error| error.to_string())?
        .unwrap_or(greedy);
    let since = Instant::now();
    let bound = planner::bound(&problem).max(outcome.bound);
    let bound_took = since.elapsed().as_secs_f64();
    let verdict = check(problem.instance(), &outcome.plan);
    Ok(json!({
        "objective": verdict.objective,
        "feasible": verdict.feasible() && verdict.objective == outcome.objective,
        "greedy": greedy,
        "after_1s": after_1s,
        "bound": bound,
        "bound_seconds": bound_took,
        "seconds": took,
        "steps": outcome.steps,
        "complete_paths": verdict.facts.complete_paths,
        "missing_modules": verdict.facts.missing_modules,
        "changed_attendances": verdict.facts.changed_attendances,
        "peak_bytes": peak()?,
    }))
}

/// The most memory that this process has held, bytes.
fn peak() -> Result<u64, Box<dyn Error>> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next());
    Ok(kilobytes.ok_or("no VmHWM")?.parse::<u64>()? * 1024)
}

/// Tours of 21 hosts by 7 stands in 3 waves: one depot, one of its own for each stand, three.
fn tours() -> Result<serde_json::Value, Box<dyn Error>> {
    let (mut slowest, mut proven, mut count) = (0.0_f64, 0, 0);
    for seed in 1..=10 {
        for depots in [1, 3, 7] {
            let instance = region(seed, depots);
            let since = Instant::now();
            let tour =
                planner::tour::solve(&instance, seed).map_err(|defects| format!("{defects:?}"))?;
            slowest = slowest.max(since.elapsed().as_secs_f64());
            proven += u32::from(tour.proven);
            count += 1;
        }
    }
    Ok(json!({"tours": count, "proven": proven, "slowest_seconds": slowest}))
}

/// A region of 120 km by 90 at random; a third of the hosts cannot receive in some wave.
fn region(seed: u64, depots: usize) -> TourInstance {
    let (stands, hosts) = (7, 21);
    let mut dice = Random::new(seed);
    let at: Vec<(f64, f64)> = (0..depots + hosts)
        .map(|_| (120.0 * dice.unit(), 90.0 * dice.unit()))
        .collect();
    #[expect(clippy::cast_possible_truncation, reason = "kilometres")]
    let km = |a: (f64, f64), b: (f64, f64)| (1.25 * (a.0 - b.0).hypot(a.1 - b.1)).round() as i64;
    let windows = [(0, 60), (0, 60), (0, 60), (0, 40), (20, 60), (5, 60)];
    TourInstance {
        format: FORMAT.to_owned(),
        name: format!("region-{seed}-{depots}"),
        places: (0..at.len())
            .map(|n| Place {
                id: format!("P{n}"),
                name: format!("P{n}"),
            })
            .collect(),
        km: at
            .iter()
            .map(|&a| at.iter().map(|&b| km(a, b)).collect())
            .collect(),
        waves: [0, 18, 36]
            .map(|from_week| Wave {
                id: format!("W{from_week}"),
                from_week,
                to_week: from_week + 16,
            })
            .to_vec(),
        stands: (0..stands)
            .map(|n| Stand {
                id: format!("S{n}"),
                depot: format!("P{}", n % depots),
                crew: format!("P{}", n % depots),
                out_of_use: Vec::new(),
            })
            .collect(),
        hosts: (0..hosts)
            .map(|n| {
                let (from_week, to_week) = dice.pick(&windows).copied().unwrap_or((0, 60));
                Host {
                    id: format!("H{n}"),
                    place: format!("P{}", depots + n),
                    windows: vec![Window { from_week, to_week }],
                    assembly: i64::from(dice.below(40)),
                }
            })
            .collect(),
        min_weeks: 12,
        weights: TourWeights {
            transport_km: 3,
            assembly_km: 1,
            lost_week: 40,
            unserved: 5_000,
            moved_wave: 300,
            moved_stand: 50,
        },
        agreed: None,
    }
}
