//! A local search that knows nothing of what it searches.
//!
//! A problem plugs in by [`State`]: a solution that can try a random move on itself. The rule of acceptance draws the highest change
//! of cost that it would take *before* the move is tried ([`Acceptance`]), so that a state evaluates as lazily as it likes, gives up
//! early, and keeps or undoes its move by itself.
//!
//! Workers search apart from each other, each with its own random numbers, in rounds of a number of steps that does not depend on the
//! clock when the budget is [`Budget::Steps`]; between rounds they meet, and from time to time all go on from the best of them. The
//! same start, seed, number of workers and steps therefore give the same result.

mod random;
mod worker;

pub use random::Random;
use worker::Worker;

/// A solution of some problem, always feasible or with its violations priced into the cost.
pub trait State: Clone + Send {
    /// Whether a copy costs little beside some hundred steps. Every new best is then kept at once; otherwise the best of a round is
    /// looked for at a few moments only.
    const CHEAP_COPY: bool = false;

    /// What is minimised.
    fn cost(&self) -> i64;

    /// Tries one random move. It is kept, and its change of cost returned, only if that change is at most `limit`; otherwise the state
    /// is as before. `limit` is never negative except by late acceptance after a worsening.
    fn step(&mut self, random: &mut Random, limit: i64) -> Option<i64>;

    /// Called once at the end of every round: the place for heavy moves that are not worth a step each (exact repair of a part). It may
    /// worsen the state by no more than the heat allows. Does nothing by default.
    fn repair(&mut self, _random: &mut Random, _heat: f64) {}
}

/// Which moves are kept.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Acceptance {
    /// Simulated annealing: a worsening by d is kept with probability exp(−d / heat); the heat falls geometrically from `hot` to `cold`
    /// over the budget.
    Annealing {
        /// Heat at the start.
        hot: f64,
        /// Heat at the end.
        cold: f64,
    },
    /// Late acceptance hill climbing (Burke and Bykov, European Journal of Operational Research 258, 2017): a move is kept if the cost
    /// after it is at most the present one, or the one of `memory` steps ago.
    Late {
        /// Steps remembered.
        memory: usize,
    },
}

/// How a run goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// Seed of all randomness.
    pub seed: u64,
    /// Workers, at least one.
    pub threads: usize,
    /// Which moves are kept.
    pub acceptance: Acceptance,
    /// Rounds into which the budget is divided.
    pub rounds: u32,
    /// After this many rounds all workers go on from the best of them.
    pub exchange: u32,
}

/// How much may be spent.
#[derive(Clone, Copy)]
pub enum Budget<'a> {
    /// Steps of each worker: a run that can be repeated.
    Steps(u64),
    /// What part has been spent, 0.0 at the start and 1.0 at the end: the caller reads its clock.
    Share(&'a (dyn Fn() -> f64 + Sync)),
}

/// Follows a run.
pub trait Watch<S>: Sync {
    /// After every round, on the thread that called [`run`].
    fn round(&self, round: &Round<'_, S>);
    /// Whether to stop now. Read often, by every worker.
    fn stop(&self) -> bool {
        false
    }
}

/// The state of a run after a round.
#[derive(Clone, Copy, Debug)]
pub struct Round<'a, S> {
    /// The best state so far.
    pub best: &'a S,
    /// Its cost.
    pub cost: i64,
    /// Steps of all workers together.
    pub steps: u64,
    /// Part of the budget that is spent.
    pub share: f64,
    /// Present heat of annealing, otherwise 0.
    pub heat: f64,
}

/// Why a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The budget is spent.
    Spent,
    /// The watch said stop.
    Asked,
}

/// What a run found.
#[derive(Clone, Debug)]
pub struct Run<S> {
    /// The best state.
    pub best: S,
    /// Steps of all workers together.
    pub steps: u64,
    /// Why it ended.
    pub end: End,
}

/// Searches from `start` until the budget is spent or the watch says stop.
pub fn run<S: State>(
    start: &S,
    settings: &Settings,
    budget: Budget<'_>,
    watch: &dyn Watch<S>,
) -> Run<S> {
    let mut workers: Vec<Worker<S>> = (0..settings.threads.max(1))
        .map(|n| Worker::new(start, settings, n))
        .collect();
    let mut best = start.clone();
    let mut pace = Pace::new(settings, budget);
    let mut end = End::Spent;
    let mut rounds = 0;
    while let Some(length) = pace.next() {
        let heat = heat(settings.acceptance, pace.share);
        let spent = || match budget {
            Budget::Steps(_) => false,
            Budget::Share(share) => share() >= 1.0,
        };
        let halt = || watch.stop() || spent();
        std::thread::scope(|scope| {
            let mut rest = workers.iter_mut();
            let first = rest.next();
            for worker in rest {
                scope.spawn(move || worker.round(length, heat, &halt));
            }
            // The calling thread is the first worker.
            if let Some(worker) = first {
                worker.round(length, heat, &halt);
            }
        });
        rounds += 1;
        if let Some(found) = workers.iter().min_by_key(|worker| worker.best.cost())
            && found.best.cost() < best.cost()
        {
            best.clone_from(&found.best);
        }
        pace.done(length);
        watch.round(&Round {
            best: &best,
            cost: best.cost(),
            steps: workers.iter().map(|worker| worker.steps).sum(),
            share: pace.share,
            heat,
        });
        if watch.stop() {
            end = End::Asked;
            break;
        }
        if rounds % settings.exchange.max(1) == 0 {
            exchange(&mut workers);
        }
    }
    Run {
        best,
        steps: workers.iter().map(|worker| worker.steps).sum(),
        end,
    }
}

/// All go on from the best present state.
fn exchange<S: State>(workers: &mut [Worker<S>]) {
    let Some(at) = (0..workers.len()).min_by_key(|n| workers.get(*n).map(|w| w.state.cost()))
    else {
        return;
    };
    let (head, tail) = workers.split_at_mut(at);
    let Some((found, tail)) = tail.split_first_mut() else {
        return;
    };
    for worker in head.iter_mut().chain(tail) {
        if worker.state.cost() > found.state.cost() {
            worker.state.clone_from(&found.state);
        }
    }
}

fn heat(acceptance: Acceptance, share: f64) -> f64 {
    match acceptance {
        Acceptance::Annealing { hot, cold } => hot * (cold / hot).powf(share.clamp(0.0, 1.0)),
        Acceptance::Late { .. } => 0.0,
    }
}

/// Divides the budget into rounds.
struct Pace<'a> {
    budget: Budget<'a>,
    rounds: u32,
    taken: u64,
    length: u64,
    share: f64,
}

impl<'a> Pace<'a> {
    fn new(settings: &Settings, budget: Budget<'a>) -> Self {
        let rounds = settings.rounds.max(1);
        let (length, share) = match budget {
            Budget::Steps(steps) => (steps.div_ceil(u64::from(rounds)).max(1), 0.0),
            Budget::Share(share) => (256, share()),
        };
        Self {
            budget,
            rounds,
            taken: 0,
            length,
            share,
        }
    }

    /// Steps of the next round, none if the budget is spent.
    fn next(&mut self) -> Option<u64> {
        match self.budget {
            Budget::Steps(steps) => {
                let left = steps.saturating_sub(self.taken);
                (left > 0).then(|| self.length.min(left))
            }
            Budget::Share(_) => (self.share < 1.0).then_some(self.length),
        }
    }

    fn done(&mut self, length: u64) {
        self.taken += length;
        match self.budget {
            Budget::Steps(steps) => self.share = self.taken as f64 / steps.max(1) as f64,
            Budget::Share(share) => {
                let now = share();
                let aim = 1.0 / f64::from(self.rounds);
                let ratio = aim / (now - self.share).max(aim / 8.0);
                self.length = ((self.length as f64 * ratio.clamp(0.25, 4.0)) as u64).max(64);
                self.share = now;
            }
        }
    }
}

#[cfg(test)]
mod tests;
