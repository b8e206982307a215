//! The search on a problem: options, budget, progress, outcome.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::bound::bound;
use crate::build::build;
use crate::engine;
use crate::format::Plan;
use crate::objective::{Facts, Terms};
use crate::problem::Problem;
use crate::solution::Solution;

pub use crate::engine::Budget;

/// Heat at the start, in the weight of a missing module.
const HOT: f64 = 0.5;
/// Heat at the start if there is a plan already, in the weight of a missing module.
const WARM: f64 = 0.05;
/// Heat at the end, in the weight of a missing module.
const COLD: f64 = 0.01;

/// Rounds of a run.
const ROUNDS: u32 = 300;
/// Rounds after which workers go on from the best of them.
const EXCHANGE: u32 = 10;
/// Part of the budget between two plans told to the observer.
const SAVE: f64 = 0.02;

/// How to solve.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// Seed of all randomness.
    pub seed: u64,
    /// Workers, at least one.
    pub threads: usize,
    /// A plan to start from. What of it is no longer possible is repaired.
    pub start: Option<Plan>,
    /// Sessions of `start`, by index, that stay as they are with the people that they have (people may be added).
    pub locked: Vec<usize>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            seed: 1,
            threads: 1,
            start: None,
            locked: Vec::new(),
        }
    }
}

/// Follows a search.
pub trait Observer: Sync {
    /// At a moderate pace, on the thread that called [`solve`].
    fn progress(&self, progress: &Progress);
    /// Whether to stop now, with the best plan so far. Read often, by every worker.
    fn stop(&self) -> bool {
        false
    }
}

/// Nobody follows.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Observer for Silent {
    fn progress(&self, _: &Progress) {}
}

/// How far a search has come: its best plan so far.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// The objective.
    pub objective: i64,
    /// No plan is better than this, if it is known.
    pub bound: Option<i64>,
    /// Sessions.
    pub sessions: u32,
    /// People who attend every module of their path.
    pub complete_paths: u32,
    /// People who attend anything.
    pub people_served: u32,
    /// Modules of paths not attended.
    pub missing_modules: u32,
    /// Moves tried by all workers.
    pub steps: u64,
    /// Part of the budget that is spent.
    pub share: f64,
    /// The plan, now and then when it has become better, so that it can be saved.
    pub plan: Option<Plan>,
}

/// Why a search ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// The budget is spent.
    Spent,
    /// The observer said stop.
    Asked,
    /// The plan is as good as the lower bound.
    Optimal,
}

/// What a search found.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The best plan.
    pub plan: Plan,
    /// Its cost by term.
    pub terms: Terms,
    /// Its counts.
    pub facts: Facts,
    /// Its cost.
    pub objective: i64,
    /// No plan is better than this.
    pub bound: i64,
    /// Moves tried by all workers.
    pub steps: u64,
    /// Why it ended.
    pub stopped: Stopped,
}

/// Searches for a good plan. The same problem, options and [`Budget::Steps`] give the same plan.
///
/// Without a start, a first plan is built and annealed. A plan to start from, or the reference of a replanning, is repaired and completed,
/// and annealed with so little heat that it keeps its shape.
#[must_use]
pub fn solve(
    problem: &Problem,
    options: &Options,
    budget: Budget<'_>,
    observer: &dyn Observer,
) -> Outcome {
    let (start, hot) = begin(problem, options);
    let weight = problem.weights.missing_module.max(1) as f64;
    let settings = engine::Settings {
        seed: options.seed,
        threads: options.threads,
        acceptance: engine::Acceptance::Annealing {
            hot: hot * weight,
            cold: COLD * weight,
        },
        rounds: ROUNDS,
        exchange: EXCHANGE,
    };
    let follower = Follower {
        observer,
        bound: bound(problem),
        told: Mutex::new((i64::MAX, 0.0)),
        optimal: AtomicBool::new(false),
    };
    let run = engine::run(&start, &settings, budget, &follower);
    let (terms, facts) = (run.best.terms(), run.best.facts());
    let optimal = follower.optimal.load(Ordering::Relaxed);
    Outcome {
        plan: run.best.plan(),
        terms,
        facts,
        objective: terms.sum(),
        bound: follower.bound,
        steps: run.steps,
        stopped: match run.end {
            _ if optimal => Stopped::Optimal,
            engine::End::Spent => Stopped::Spent,
            engine::End::Asked => Stopped::Asked,
        },
    }
}

/// Where the search begins, and how hot.
fn begin<'p>(problem: &'p Problem, options: &Options) -> (Solution<'p>, f64) {
    let mut random = engine::Random::new(options.seed);
    let mut solution = Solution::frozen(problem);
    let reference = problem.instance().replan.as_ref();
    if let Some(start) = &options.start {
        solution.take_over(&start.sessions, &options.locked);
        // What the plan lacks of the reference may be possible with another trainer.
        if let Some(replan) = reference {
            let mut kept = solution.clone();
            kept.take_over(&replan.reference, &[]);
            if kept.cost() < solution.cost() {
                solution = kept;
            }
        }
    } else if let Some(replan) = reference {
        solution.take_over(&replan.reference, &[]);
    } else {
        build(&mut solution, &mut random);
        return (solution, HOT);
    }
    let mut completed = solution.clone();
    build(&mut completed, &mut random);
    if completed.cost() < solution.cost() {
        solution = completed;
    }
    (solution, WARM)
}

/// Tells the observer of the rounds.
struct Follower<'a> {
    observer: &'a dyn Observer,
    bound: i64,
    /// Cost and share when a plan was last told.
    told: Mutex<(i64, f64)>,
    optimal: AtomicBool,
}

impl Follower<'_> {
    /// Whether this is a moment to tell the plan: it is better, and some time has passed.
    fn tells_plan(&self, cost: i64, share: f64) -> bool {
        let Ok(mut told) = self.told.lock() else {
            return false;
        };
        let due = cost < told.0 && (told.0 == i64::MAX || share >= told.1 + SAVE);
        if due {
            *told = (cost, share);
        }
        due
    }
}

impl<'p> engine::Watch<Solution<'p>> for Follower<'_> {
    fn round(&self, round: &engine::Round<'_, Solution<'p>>) {
        let facts = round.best.facts();
        if round.cost <= self.bound {
            self.optimal.store(true, Ordering::Relaxed);
        }
        let tells = self.tells_plan(round.cost, round.share);
        self.observer.progress(&Progress {
            objective: round.cost,
            bound: Some(self.bound),
            sessions: facts.sessions,
            complete_paths: facts.complete_paths,
            people_served: round.best.served(),
            missing_modules: facts.missing_modules,
            steps: round.steps,
            share: round.share,
            plan: tells.then(|| round.best.plan()),
        });
    }

    fn stop(&self) -> bool {
        self.optimal.load(Ordering::Relaxed) || self.observer.stop()
    }
}
