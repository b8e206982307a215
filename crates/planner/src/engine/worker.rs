//! One worker: its state, its best, its random numbers.

use super::{Acceptance, Random, Settings, State};

/// Steps between two looks at whether to stop.
const LOOK: u64 = 256;

pub(super) struct Worker<S> {
    pub(super) state: S,
    pub(super) best: S,
    pub(super) steps: u64,
    random: Random,
    acceptance: Acceptance,
    /// Costs of the last steps, a ring, for late acceptance.
    memory: Vec<i64>,
}

impl<S: State> Worker<S> {
    pub(super) fn new(start: &S, settings: &Settings, number: usize) -> Self {
        let memory = match settings.acceptance {
            Acceptance::Annealing { .. } => Vec::new(),
            Acceptance::Late { memory } => vec![start.cost(); memory.max(1)],
        };
        let apart = (number as u64).wrapping_mul(0xA076_1D64_78BD_642F);
        Self {
            state: start.clone(),
            best: start.clone(),
            steps: 0,
            random: Random::new(settings.seed ^ apart),
            acceptance: settings.acceptance,
            memory,
        }
    }

    /// One round of `length` steps, or fewer if `halt` says so.
    pub(super) fn round(&mut self, length: u64, heat: f64, halt: &dyn Fn() -> bool) {
        let calm = (-1.0 / heat).exp();
        for done in 0..length {
            if done % LOOK == 0 {
                if halt() {
                    break;
                }
                if done % (length / 8).max(LOOK) < LOOK {
                    self.keep();
                }
            }
            match self.acceptance {
                Acceptance::Annealing { .. } => {
                    let limit = self.warm(heat, calm);
                    self.state.step(&mut self.random, limit);
                }
                Acceptance::Late { .. } => {
                    let limit = self.late();
                    self.state.step(&mut self.random, limit);
                    self.remember();
                }
            }
            if S::CHEAP_COPY {
                self.keep();
            }
            self.steps += 1;
        }
        self.keep();
        if !halt() {
            self.state.repair(&mut self.random, heat);
            self.keep();
        }
    }

    /// The highest change that annealing takes: exponential with mean `heat`, rounded down. It is less than 1 if the number drawn is
    /// above `calm` = exp(−1 / heat), which needs no logarithm.
    fn warm(&mut self, heat: f64, calm: f64) -> i64 {
        let drawn = self.random.unit();
        if drawn > calm {
            0
        } else {
            (-heat * drawn.ln()) as i64
        }
    }

    fn late(&self) -> i64 {
        let late = self.memory.get(self.place()).copied();
        (late.unwrap_or(i64::MIN).max(self.state.cost())) - self.state.cost()
    }

    fn remember(&mut self) {
        let place = self.place();
        let cost = self.state.cost();
        if let Some(slot) = self.memory.get_mut(place)
            && cost < *slot
        {
            *slot = cost;
        }
    }

    /// Where the ring is now.
    fn place(&self) -> usize {
        (self.steps % self.memory.len().max(1) as u64) as usize
    }

    fn keep(&mut self) {
        if self.state.cost() < self.best.cost() {
            self.best.clone_from(&self.state);
        }
    }
}
