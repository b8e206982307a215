//! `essor plan solve`: the search with its progress shown, ended by Ctrl-C, its best plan kept.

use std::io::{IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use clap::Args;
use planner::{Budget, Observer, Options, Outcome, Plan, Problem, Progress, Stopped};
use serde_json::{Value, json};

use super::Failed;
use super::files::{self, print, say};
use super::look::summary;

/// The best plan is written no more often than this.
const SAVED_EVERY: Duration = Duration::from_secs(5);
/// Progress is told as JSON no more often than this.
const TOLD_EVERY: Duration = Duration::from_millis(200);

#[derive(Args)]
pub(crate) struct Solve {
    /// The instance (training-planning/1).
    instance: PathBuf,
    /// Where to write the plan; standard output by default. The best so far is written now and then.
    #[arg(long)]
    out: Option<PathBuf>,
    /// Seconds to search.
    #[arg(long, default_value_t = 60.0)]
    seconds: f64,
    /// Threads that search.
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u64).range(1..=256))]
    threads: u64,
    /// Seed of all randomness.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Search so many steps with each thread instead of for a time: the same steps give the same plan.
    #[arg(long)]
    steps: Option<u64>,
    /// A plan to start from.
    #[arg(long)]
    start: Option<PathBuf>,
    /// Sessions of the plan to start from that stay as they are, by position from 0.
    #[arg(long, value_delimiter = ',', requires = "start")]
    locked: Vec<usize>,
    /// Take a plan to start from that was made before the season was edited, or for another.
    #[arg(long, requires = "start")]
    edited: bool,
    /// Tell everything as lines of JSON on standard output.
    #[arg(long)]
    json: bool,
}

impl Solve {
    pub(super) async fn run(self) -> Result<(), Failed> {
        if !(self.seconds > 0.0 && self.seconds.is_finite()) {
            return Err(Failed::bad_input("--seconds must be more than 0"));
        }
        if self.json && self.out.is_none() {
            return Err(Failed::bad_input("--json needs --out for the plan"));
        }
        let problem = files::problem(&self.instance)?;
        let start = match &self.start {
            Some(path) => Some(files::plan_for(&problem, path, self.edited)?),
            None => None,
        };
        self.warn(&problem, start.as_ref())?;
        let stop = Arc::new(AtomicBool::new(false));
        let asked = Arc::clone(&stop);
        let waiting = tokio::spawn(async move {
            interrupted().await;
            asked.store(true, Ordering::Relaxed);
        });
        let searched = tokio::task::spawn_blocking(move || self.search(&problem, start, &stop));
        let done = searched
            .await
            .map_err(|error| Failed::bad_input(error.to_string()))?;
        waiting.abort();
        done
    }

    /// Contradictions are told before anything is searched; locked sessions that break a rule by
    /// themselves are refused.
    fn warn(&self, problem: &Problem, start: Option<&Plan>) -> Result<(), Failed> {
        if let Some(plan) = start {
            let unknown = self.locked.iter().find(|&&at| at >= plan.sessions.len());
            if let Some(at) = unknown {
                return Err(Failed::bad_input(format!("--locked: no session {at}")));
            }
            let broken = problem.contradictions(plan, &self.locked);
            if !broken.is_empty() {
                let line = |it: &planner::Violation| format!("a locked session cannot stay: {it}");
                return Err(Failed::all(broken.iter().map(line).collect()));
            }
        }
        for warning in problem.warnings() {
            if self.json {
                print(
                    &json!({"event": "warning", "sentence": warning.to_string(), "warning": warning}),
                )?;
            } else {
                eprintln!("essor plan: warning: {warning}");
            }
        }
        Ok(())
    }

    fn search(
        self,
        problem: &Problem,
        start: Option<Plan>,
        stop: &AtomicBool,
    ) -> Result<(), Failed> {
        let options = Options {
            seed: self.seed,
            threads: usize::try_from(self.threads).unwrap_or(1),
            start,
            locked: self.locked.clone(),
        };
        let since = Instant::now();
        let spent = || since.elapsed().as_secs_f64() / self.seconds;
        let budget = self.steps.map_or(Budget::Share(&spent), Budget::Steps);
        let view = View {
            command: &self,
            problem,
            since,
            stop,
            terminal: !self.json && std::io::stderr().is_terminal(),
            state: Mutex::new(State {
                told: None,
                saved: since,
                failed: None,
            }),
        };
        let mut outcome = planner::solve(problem, &options, budget, &view);
        view.clear();
        let seconds = since.elapsed().as_secs_f64();
        self.stamp(problem, &mut outcome, seconds);
        match &self.out {
            Some(path) => files::write(path, &outcome.plan)?,
            None => print(&outcome.plan)?,
        }
        self.tell(&outcome, seconds)
    }

    /// Notes in the plan which season it is for and how it was found.
    fn stamp(&self, problem: &Problem, outcome: &mut Outcome, seconds: f64) {
        let (objective, bound) = (outcome.objective, outcome.bound);
        outcome.plan.meta = Some(json!({
            "solver": concat!("essor ", env!("CARGO_PKG_VERSION")),
            "seconds": (seconds * 1000.0).round() / 1000.0,
            "threads": self.threads,
            "seed": self.seed,
            "steps": outcome.steps,
            "objective": objective,
            "bound": bound,
        }));
        problem.fingerprint().put(&mut outcome.plan);
    }

    fn tell(&self, outcome: &Outcome, seconds: f64) -> Result<(), Failed> {
        let ended = match outcome.stopped {
            Stopped::Spent => "spent",
            Stopped::Asked => "stopped",
            Stopped::Optimal => "optimal",
        };
        if self.json {
            return print(&json!({
                "event": "done",
                "ended": ended,
                "seconds": seconds,
                "steps": outcome.steps,
                "objective": outcome.objective,
                "bound": outcome.bound,
                "terms": outcome.terms,
                "facts": outcome.facts,
            }));
        }
        let mut lines = vec![format!(
            "objective {} ({ended} after {seconds:.1} s, {} steps); no plan costs less than {}",
            outcome.objective, outcome.steps, outcome.bound
        )];
        lines.extend(summary(&outcome.terms, &outcome.facts));
        if self.out.is_some() {
            return say(&lines);
        }
        // Standard output holds the plan.
        for line in lines {
            eprintln!("{line}");
        }
        Ok(())
    }
}

/// Ctrl-C, or being asked to end.
async fn interrupted() {
    use tokio::signal::unix::{SignalKind, signal};
    if let Ok(mut terminate) = signal(SignalKind::terminate()) {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        }
    } else {
        let _ = tokio::signal::ctrl_c().await;
    }
}

/// What is shown and kept while the search goes on.
struct View<'a> {
    command: &'a Solve,
    problem: &'a Problem,
    since: Instant,
    stop: &'a AtomicBool,
    terminal: bool,
    state: Mutex<State>,
}

struct State {
    told: Option<Instant>,
    saved: Instant,
    /// The plan could not be written: said once.
    failed: Option<()>,
}

impl Observer for View<'_> {
    fn progress(&self, progress: &Progress) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        if let (Some(plan), Some(path)) = (&progress.plan, &self.command.out)
            && now.duration_since(state.saved) >= SAVED_EVERY
        {
            let mut plan = plan.clone();
            self.problem.fingerprint().put(&mut plan);
            if files::write(path, &plan).is_err() && state.failed.replace(()).is_none() {
                eprintln!("essor plan: {} cannot be written", path.display());
            }
            state.saved = now;
        }
        if state
            .told
            .is_none_or(|told| now.duration_since(told) >= TOLD_EVERY)
        {
            state.told = Some(now);
            if self.command.json {
                let _ = print(&self.line(progress));
            } else if self.terminal {
                self.bar(progress);
            }
        }
    }

    fn stop(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

impl View<'_> {
    fn line(&self, progress: &Progress) -> Value {
        json!({
            "event": "progress",
            "seconds": self.since.elapsed().as_secs_f64(),
            "share": progress.share,
            "steps": progress.steps,
            "objective": progress.objective,
            "bound": progress.bound,
            "sessions": progress.sessions,
            "complete_paths": progress.complete_paths,
            "people_served": progress.people_served,
            "missing_modules": progress.missing_modules,
        })
    }

    fn bar(&self, progress: &Progress) {
        const WIDTH: usize = 24;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a share of some columns"
        )]
        let done = (progress.share.clamp(0.0, 1.0) * 24.0) as usize;
        let bar = format!(
            "{}{}",
            "#".repeat(done),
            ".".repeat(WIDTH.saturating_sub(done))
        );
        let seconds = self.since.elapsed().as_secs();
        let _ = write!(
            std::io::stderr(),
            "\r[{bar}] {seconds:>3} s  objective {}  {} sessions  {} complete  {} missing\x1b[K",
            progress.objective,
            progress.sessions,
            progress.complete_paths,
            progress.missing_modules
        );
    }

    /// Takes the bar away.
    fn clear(&self) {
        if self.terminal {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
}
