//! Runs the instances of curriculum-based course timetabling of the International Timetabling Competition 2007 on the planner's engine:
//! an outside yardstick for it.
//!
//! `cargo run --release -p planner --example itc2007 -- FOLDER… [--seconds 300] [--threads 2] [--seed 1] [--steps N] [--cpu] [--json]
//! [--out FOLDER]`
//!
//! `FOLDER` (or single files) holds the public `.ctt` files. `--steps` makes a run repeatable; `--cpu` counts seconds of processor time
//! per thread instead of those of the clock, for a machine that has other work. Every line is what the independent referee counts.
//! When comp01 to comp07 were all run, a missed target is an error; targets are for 300 seconds and 2 threads.

mod construct;
mod instance;
mod matching;
mod moves;
mod referee;
mod report;
#[cfg(test)]
mod sample;
mod tables;
#[cfg(test)]
mod tests;
mod timetable;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use planner::engine::{self, Acceptance, Budget, Random, Round, Settings, Watch};

use crate::instance::Instance;
use crate::referee::judge;
use crate::report::{Line, Report};
use crate::tables::Tables;
use crate::timetable::Timetable;

/// How to run.
struct Options {
    paths: Vec<PathBuf>,
    seconds: f64,
    threads: usize,
    seed: u64,
    steps: Option<u64>,
    cpu: bool,
    json: bool,
    out: Option<PathBuf>,
    acceptance: Acceptance,
    exchange: u32,
}

/// Heat at the start: a worsening by 5, a missing day, is kept every second time.
const HOT: f64 = 8.0;
/// Heat at the end: a worsening by 1 is as good as never kept.
const COLD: f64 = 0.12;
/// Rounds of a run: the heat falls in as many steps.
const ROUNDS: u32 = 2000;
/// Rounds after which the workers go on from the best of them.
const EXCHANGE: u32 = 100;

struct Quiet;
impl Watch<Timetable<'_>> for Quiet {
    fn round(&self, _: &Round<'_, Timetable<'_>>) {}
}

fn main() -> Result<(), Box<dyn Error>> {
    let options = options()?;
    let mut report = Report::new(options.json);
    for path in files(&options.paths)? {
        let name = path
            .file_stem()
            .map(|stem| stem.to_string_lossy().into_owned());
        let name = name.unwrap_or_default();
        report.line(&solve(&path, &name, &options)?)?;
    }
    report.end()?;
    if report.missed() {
        return Err("the targets are missed".into());
    }
    Ok(())
}

/// Solves one instance and has the result counted by the referee.
fn solve(path: &Path, name: &str, options: &Options) -> Result<Line, Box<dyn Error>> {
    let told = |what: &dyn std::fmt::Display| format!("{}: {what}", path.display());
    let instance = Instance::read(&std::fs::read_to_string(path)?).map_err(|e| told(&e))?;
    let tables = Tables::new(&instance).map_err(|e| told(&e))?;
    let clock = Clock::new(options);
    let start = construct::construct(&tables, &mut Random::new(options.seed))
        .map_err(|left| told(&format!("no place was found for {left} lectures")))?;
    let settings = Settings {
        seed: options.seed,
        threads: options.threads,
        acceptance: options.acceptance,
        rounds: ROUNDS,
        exchange: options.exchange,
    };
    let share = || clock.seconds() / options.seconds;
    let budget = options.steps.map_or(Budget::Share(&share), Budget::Steps);
    let run = engine::run(&start, &settings, budget, &Quiet);
    let text = run.best.text(&instance);
    if let Some(folder) = &options.out {
        std::fs::write(folder.join(format!("{name}.sol")), &text)?;
    }
    Ok(Line {
        name: name.to_owned(),
        verdict: judge(&instance, &text),
        seconds: clock.seconds(),
        steps: run.steps,
    })
}

/// Time since its making: that of the wall, or of the processor divided by the threads.
struct Clock {
    since: Instant,
    processor: Option<Processor>,
}

/// Processor time, looked up at most every few milliseconds of the wall's.
struct Processor {
    before: f64,
    threads: f64,
    /// Milliseconds at the last look.
    looked: AtomicU64,
    /// Hundredths of seconds found by it.
    found: AtomicU64,
}

impl Clock {
    fn new(options: &Options) -> Self {
        Self {
            since: Instant::now(),
            processor: options.cpu.then(|| Processor {
                before: processor(),
                threads: options.threads.max(1) as f64,
                looked: AtomicU64::new(0),
                found: AtomicU64::new(0),
            }),
        }
    }

    fn seconds(&self) -> f64 {
        let Some(processor_time) = &self.processor else {
            return self.since.elapsed().as_secs_f64();
        };
        let now = self.since.elapsed().as_millis() as u64;
        if now >= processor_time.looked.load(Ordering::Relaxed) + 5 {
            processor_time.looked.store(now, Ordering::Relaxed);
            let used = processor() - processor_time.before;
            let found = (used * 100.0).round() as u64;
            processor_time.found.store(found, Ordering::Relaxed);
        }
        processor_time.found.load(Ordering::Relaxed) as f64 / 100.0 / processor_time.threads
    }
}

/// Processor time of this process in seconds, from Linux's `/proc` in hundredths; 0 elsewhere.
fn processor() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The program's name, in parentheses, may contain anything.
    let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields);
    let ticks = fields.split_whitespace().skip(11).take(2);
    ticks
        .filter_map(|field| field.parse::<f64>().ok())
        .sum::<f64>()
        / 100.0
}

/// The files named, and those of the folders named.
fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            for entry in std::fs::read_dir(path)? {
                let file = entry?.path();
                if file.extension().is_some_and(|extension| extension == "ctt") {
                    files.push(file);
                }
            }
        } else {
            files.push(path.clone());
        }
    }
    files.sort();
    if files.is_empty() {
        return Err("name a folder with .ctt files".into());
    }
    Ok(files)
}

fn options() -> Result<Options, Box<dyn Error>> {
    let mut options = Options {
        paths: Vec::new(),
        seconds: 300.0,
        threads: 2,
        seed: 1,
        steps: None,
        cpu: false,
        json: false,
        out: None,
        acceptance: Acceptance::Annealing {
            hot: HOT,
            cold: COLD,
        },
        exchange: EXCHANGE,
    };
    let (mut hot, mut cold) = (HOT, COLD);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let (name, joined) = match argument.split_once('=') {
            Some((name, value)) if name.starts_with("--") => (name, Some(value.to_owned())),
            _ => (argument.as_str(), None),
        };
        let mut value = || {
            let value = joined.clone().or_else(|| arguments.next());
            value.ok_or(format!("{name} needs a value"))
        };
        match name {
            "--seconds" => options.seconds = value()?.parse()?,
            "--threads" => options.threads = value()?.parse()?,
            "--seed" => options.seed = value()?.parse()?,
            "--steps" => options.steps = Some(value()?.parse()?),
            "--out" => options.out = Some(value()?.into()),
            "--hot" => hot = value()?.parse()?,
            "--cold" => cold = value()?.parse()?,
            "--exchange" => options.exchange = value()?.parse()?,
            "--cpu" => options.cpu = true,
            "--json" => options.json = true,
            _ if name.starts_with("--") => return Err(format!("{name} is unknown").into()),
            _ => options.paths.push(argument.into()),
        }
    }
    options.acceptance = Acceptance::Annealing { hot, cold };
    Ok(options)
}
