//! The course of a test: which item comes next, and when it is over.

use serde::{Deserialize, Serialize};

use super::ability::{Ability, Posterior};
use super::demand::Demand;
use super::pool::Pool;
use super::rules::Rules;
use super::simulate::Draws;

/// One answer. "I do not know" and an item passed over count as not right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// The place of the item in the pool.
    pub item: usize,
    /// Whether it was answered right.
    pub right: bool,
}

/// What comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// This item.
    Ask(usize),
    /// The result.
    Done,
}

/// What a test says at any moment; someone may stop whenever they like.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outcome {
    /// The estimate.
    pub ability: Ability,
    /// How many answers it rests on.
    pub answers: usize,
    /// Whether these are as many as the rules ask for at least.
    pub enough: bool,
}

/// Someone at their first item should be sure to succeed, more or less.
const EASY_START: f64 = 0.75;
/// After two wrong answers in a row the next item is easier than the most telling one.
const COMFORT: f64 = 0.7;
/// The last item is one that the person very likely knows.
const EASY_END: f64 = 0.88;
/// How much prices weigh in the first half of a test. Good items are spent where they help most to
/// choose the later ones, and an estimate that stops early is better.
const EARLY: f64 = 0.25;
/// How much chance may shade the gain of an item, so that neighbours do not see the same ones.
const SHADE: f64 = 0.1;

/// What these answers amount to.
#[must_use]
pub fn outcome(pool: &Pool, rules: &Rules, answers: &[Answered]) -> Outcome {
    Outcome {
        ability: pool.posterior(answers).ability(pool.rule()),
        answers: answers.len(),
        enough: answers.len() >= rules.least,
    }
}

/// The next item of a test, or its end. The same arguments give the same step, so that a page
/// loaded twice shows the same item; `seed` is drawn once a test.
#[must_use]
pub fn next(
    pool: &Pool,
    rules: &Rules,
    answers: &[Answered],
    demand: Demand<'_>,
    seed: u64,
) -> Step {
    let posterior = pool.posterior(answers);
    let view = View {
        pool,
        rules,
        answers,
        demand,
        posterior: &posterior,
        ability: posterior.ability(pool.rule()),
    };
    let sure = answers.len() >= rules.least && view.ability.error <= rules.enough;
    let counts = view.area_counts();
    let complete = rules.areas.is_none() || !counts.contains(&0);
    let ends_well = !rules.humane || answers.last().is_none_or(|answer| answer.right);
    if answers.len() >= rules.most || (sure && complete && ends_well) {
        return Step::Done;
    }
    let short = if sure && !complete {
        // Nothing is missing but a word from each area.
        counts.iter().map(|count| *count == 0).collect()
    } else {
        view.areas_short(&counts)
    };
    view.choose(&counts, &short, view.wanted_success(sure && complete), seed)
        .map_or(Step::Done, Step::Ask)
}

/// Everything one choice looks at.
struct View<'v> {
    pool: &'v Pool,
    rules: &'v Rules,
    answers: &'v [Answered],
    demand: Demand<'v>,
    posterior: &'v Posterior,
    ability: Ability,
}

/// What may be given up, in this order, when no item meets every rule.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Strictness {
    /// The person may see an item of an earlier test again.
    SeenBefore,
    /// Only an item already asked in this very test is out of the question.
    Anything,
    /// The balance of areas is given up.
    NoBalance,
    /// Every rule holds.
    Full,
}

impl View<'_> {
    /// How likely a success the next item must be, if that matters.
    fn wanted_success(&self, sure: bool) -> Option<f64> {
        if !self.rules.humane {
            return None;
        }
        let wrong_in_a_row = self.answers.iter().rev().take_while(|a| !a.right).count();
        if self.answers.is_empty() {
            Some(EASY_START)
        } else if sure || self.answers.len() + 1 == self.rules.most {
            Some(EASY_END)
        } else if wrong_in_a_row >= 2 {
            Some(COMFORT)
        } else {
            None
        }
    }

    fn choose(
        &self,
        counts: &[usize],
        short: &[bool],
        wanted: Option<f64>,
        seed: u64,
    ) -> Option<usize> {
        [
            Strictness::Full,
            Strictness::NoBalance,
            Strictness::SeenBefore,
            Strictness::Anything,
        ]
        .into_iter()
        .find_map(|strictness| {
            let open: Vec<usize> = (0..self.pool.len())
                .filter(|number| self.admits(*number, strictness, counts, short))
                .collect();
            self.best(&open, wanted, seed)
        })
    }

    fn admits(
        &self,
        number: usize,
        strictness: Strictness,
        counts: &[usize],
        short: &[bool],
    ) -> bool {
        if self.answers.iter().any(|answer| answer.item == number) {
            return false;
        }
        if strictness == Strictness::Anything {
            return true;
        }
        if !self.demand.allows(number, self.rules) {
            return false;
        }
        if strictness == Strictness::SeenBefore {
            return true;
        }
        if self.demand.before.contains(&number) {
            return false;
        }
        let (Some(share), Some(item), Strictness::Full) =
            (self.rules.areas, self.pool.item(number), strictness)
        else {
            return true;
        };
        let count = counts.get(item.area).copied().unwrap_or(0);
        let is_short = short.get(item.area).copied().unwrap_or(false);
        count < share.most && (is_short || !short.contains(&true))
    }

    fn area_counts(&self) -> Vec<usize> {
        let mut counts = vec![0; self.pool.areas()];
        for answer in self.answers {
            if let Some(count) = self
                .pool
                .item(answer.item)
                .and_then(|item| counts.get_mut(item.area))
            {
                *count += 1;
            }
        }
        counts
    }

    /// The areas that must come now, because the items left are just enough for what they lack.
    fn areas_short(&self, counts: &[usize]) -> Vec<bool> {
        let least = self.rules.areas.map_or(0, |share| share.least);
        let lacking: usize = counts
            .iter()
            .map(|count| least.saturating_sub(*count))
            .sum();
        let left = self.rules.most.saturating_sub(self.answers.len());
        counts
            .iter()
            .map(|count| lacking >= left && *count < least)
            .collect()
    }

    /// Of these items the one that tells most for its price; where success matters, among those
    /// that promise it, or else the one that promises most.
    fn best(&self, open: &[usize], wanted: Option<f64>, seed: u64) -> Option<usize> {
        if let Some(wanted) = wanted {
            let promise = |number: &usize| self.posterior.expects(self.pool.right(*number));
            let promising: Vec<usize> = open
                .iter()
                .copied()
                .filter(|number| promise(number) >= wanted)
                .collect();
            if promising.is_empty() {
                return open
                    .iter()
                    .copied()
                    .max_by(|a, b| promise(a).total_cmp(&promise(b)));
            }
            return self.most_telling(&promising, seed);
        }
        self.most_telling(open, seed)
    }

    fn most_telling(&self, open: &[usize], seed: u64) -> Option<usize> {
        let shade = if self.rules.cap < 1.0 { SHADE } else { 0.0 };
        let weight = if 2 * self.answers.len() < self.rules.most {
            EARLY
        } else {
            1.0
        };
        let place = self.answers.len() as u64;
        let mut best: Option<(f64, usize)> = None;
        for number in open {
            let right = self.pool.right(*number);
            let gain = self.posterior.gain(self.pool.rule(), right, self.ability);
            let chance = Draws::at(seed, place, *number as u64).uniform();
            let price = weight * self.demand.price(*number, self.rules);
            let worth = gain * (1.0 - shade * chance) - price;
            if best.is_none_or(|(most, _)| worth > most) {
                best = Some((worth, *number));
            }
        }
        best.map(|(_, number)| number)
    }
}
