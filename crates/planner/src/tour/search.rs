//! A good tour quickly: simulated annealing over "who is where in which wave".

#![expect(
    clippy::indexing_slicing,
    reason = "compact tables, indexed by numbers that were given out here"
)]

use super::model::{Chain, Fixed, Model};
use crate::engine::Random;

/// Annealings from the same beginning; the best counts.
const RUNS: u64 = 3;

/// A tour found by annealing, the same for the same seed; never worse than the empty one.
pub(super) fn anneal(model: &Model, seed: u64) -> (Vec<Chain>, i64) {
    let empty: Vec<Chain> = (0..model.stands).map(|stand| model.bare(stand)).collect();
    let cost = model.terms(&empty).total();
    let mut best = (empty.clone(), cost);
    for run in 0..RUNS {
        let mut walk = Walk::new(
            model,
            empty.clone(),
            cost,
            seed.wrapping_mul(RUNS).wrapping_add(run),
        );
        walk.run();
        if walk.best.1 < best.1 {
            best = walk.best;
        }
    }
    best
}

struct Walk<'a> {
    model: &'a Model<'a>,
    dice: Random,
    /// (stand, wave) that may be changed.
    open: Vec<(usize, usize)>,
    chains: Vec<Chain>,
    /// `[stand]`.
    costs: Vec<i64>,
    /// Hosts that nobody visits, and empty places so that a stay can be given up.
    pool: Vec<Option<usize>>,
    cost: i64,
    best: (Vec<Chain>, i64),
}

impl<'a> Walk<'a> {
    fn new(model: &'a Model<'a>, chains: Vec<Chain>, cost: i64, seed: u64) -> Self {
        let mut open = Vec::new();
        for (stand, fixed) in model.fixed.iter().enumerate() {
            let waves = fixed.iter().enumerate().filter(|(_, f)| **f == Fixed::Open);
            open.extend(waves.map(|(wave, _)| (stand, wave)));
        }
        let costs = chains
            .iter()
            .enumerate()
            .map(|(stand, chain)| model.chain(stand, chain).unwrap_or(0))
            .collect();
        let mut pool: Vec<Option<usize>> = model.free.iter().copied().map(Some).collect();
        pool.push(None);
        let best = (chains.clone(), cost);
        Self {
            model,
            dice: Random::new(seed),
            open,
            chains,
            costs,
            pool,
            cost,
            best,
        }
    }

    /// From "nearly everything is accepted" to "only what is better".
    fn run(&mut self) {
        let slots = self.open.len();
        if slots == 0 {
            return;
        }
        let steps = (10_000 + 4_000 * slots).min(600_000);
        let warm = self.warmth();
        let cool = (0.05 / warm).powf(1.0 / to_f64(steps));
        let mut heat = warm;
        for _ in 0..steps {
            match self.dice.below(10) {
                0..=4 => self.swap(heat),
                5..=7 => self.swap_with_pool(heat),
                _ => self.swap_tails(heat),
            }
            heat *= cool;
        }
    }

    /// The mean way between two hosts.
    fn warmth(&self) -> f64 {
        let free = &self.model.free;
        let pairs = free.iter().flat_map(|&a| free.iter().map(move |&b| (a, b)));
        let (sum, count) = pairs.fold((0_i64, 0_i64), |(sum, count), (a, b)| {
            (sum + self.model.leg(0, Some(a), Some(b)), count + 1)
        });
        #[expect(clippy::cast_precision_loss, reason = "a temperature")]
        let mean = sum as f64 / count.max(1) as f64;
        mean.max(1.0)
    }

    /// Keeps the changed stands when the change is accepted, else puts them back.
    fn judge(&mut self, heat: f64, stands: [usize; 2], extra: i64, undo: impl FnOnce(&mut Self)) {
        let [a, b] = stands;
        let costs = (
            self.model.chain(a, &self.chains[a]),
            self.model.chain(b, &self.chains[b]),
        );
        if let (Some(of_a), Some(of_b)) = costs {
            let mut delta = of_a - self.costs[a] + extra;
            if a != b {
                delta += of_b - self.costs[b];
            }
            if delta <= 0 || self.dice.chance(odds(delta, heat)) {
                self.costs[a] = of_a;
                self.costs[b] = of_b;
                self.cost += delta;
                if self.cost < self.best.1 {
                    self.best = (self.chains.clone(), self.cost);
                }
                return;
            }
        }
        undo(self);
    }

    fn exchange(&mut self, (a, u): (usize, usize), (b, v): (usize, usize)) {
        let host = self.chains[a][u];
        self.chains[a][u] = self.chains[b][v];
        self.chains[b][v] = host;
    }

    /// Two stays change places.
    fn swap(&mut self, heat: f64) {
        let one = self.open[self.dice.index(self.open.len())];
        let two = self.open[self.dice.index(self.open.len())];
        self.exchange(one, two);
        self.judge(heat, [one.0, two.0], 0, |walk| walk.exchange(one, two));
    }

    /// A stay is given to a host that nobody visits, or given up.
    fn swap_with_pool(&mut self, heat: f64) {
        let (stand, wave) = self.open[self.dice.index(self.open.len())];
        let which = self.dice.index(self.pool.len());
        let (old, new) = (self.chains[stand][wave], self.pool[which]);
        if old.is_none() && new.is_none() {
            return;
        }
        self.chains[stand][wave] = new;
        self.pool[which] = old;
        let unserved = self.model.unserved();
        let extra = i64::from(old.is_some()) * unserved - i64::from(new.is_some()) * unserved;
        self.judge(heat, [stand, stand], extra, |walk| {
            walk.chains[stand][wave] = old;
            walk.pool[which] = new;
        });
        self.tidy();
    }

    /// The pool has exactly one empty place.
    fn tidy(&mut self) {
        if self.pool.iter().filter(|host| host.is_none()).count() != 1 {
            self.pool.retain(Option::is_some);
            self.pool.push(None);
        }
    }

    /// Two stands go on each other's way from a wave on.
    fn swap_tails(&mut self, heat: f64) {
        let (a, wave) = self.open[self.dice.index(self.open.len())];
        let b = self.dice.index(self.model.stands);
        let fixed = &self.model.fixed;
        if a == b || fixed[a][wave..] != fixed[b][wave..] {
            return;
        }
        let exchange = |walk: &mut Self| {
            for wave in wave..walk.model.waves {
                if walk.model.fixed[a][wave] == Fixed::Open {
                    walk.exchange((a, wave), (b, wave));
                }
            }
        };
        exchange(self);
        self.judge(heat, [a, b], 0, exchange);
    }
}

#[expect(clippy::cast_precision_loss, reason = "a number of steps")]
fn to_f64(steps: usize) -> f64 {
    steps as f64
}

/// How often a change for the worse is accepted at a temperature (Metropolis and others 1953).
fn odds(delta: i64, heat: f64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a probability")]
    let delta = delta as f64;
    (-delta / heat).exp()
}
