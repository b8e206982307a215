//! The search on a problem: options, budget, progress, outcome.

use crate::format::Plan;
use crate::objective::{Facts, Terms};
use crate::problem::Problem;

pub use crate::engine::Budget;

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
#[must_use]
pub fn solve(
    problem: &Problem,
    _options: &Options,
    _budget: Budget<'_>,
    _observer: &dyn Observer,
) -> Outcome {
    Outcome {
        plan: Plan {
            instance: Some(problem.instance().name.clone()),
            ..Plan::default()
        },
        terms: Terms::default(),
        facts: Facts::default(),
        objective: 0,
        bound: 0,
        steps: 0,
        stopped: Stopped::Spent,
    }
}
