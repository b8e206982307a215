//! Items estimated from real answers, and what does not fit.
//!
//! Marginal maximum likelihood by expectation and maximisation (Bock and Aitkin,
//! *Psychometrika* 46, 1981): the people are a sample of N(0, 1), which fixes the scale, and
//! abilities are summed out over a Gauss-Hermite rule. Answers that were never asked for are left
//! out of the likelihood, which is right for an adaptive test because the choice of items rests on
//! observed answers alone (Mislevy and Wu, ETS report RR-96-30, 1996). Priors on the items (Mislevy,
//! *Psychometrika* 51, 1986) keep those with few answers near what was supposed of them.

mod fit;
mod normal;

use crate::assessment::adaptive::{Answered, Parameters, Posterior, Quadrature};
use normal::{Matrix, solve};

pub use fit::{Doubt, Fit, fit};

/// Which parameters are estimated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Model {
    /// Slope and difficulty; the chance of guessing stays as it was supposed to be.
    TwoParameter,
    /// The chance of guessing too.
    ThreeParameter,
}

/// How firmly one believes what was supposed of items: normal priors around it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Priors {
    /// Standard deviation of the logarithm of the slope.
    pub slope: f64,
    /// Standard deviation of the difficulty.
    pub difficulty: f64,
    /// Standard deviation of the logit of the chance of guessing.
    pub guess: f64,
}

impl Default for Priors {
    /// Weak: some 30 answers outweigh them.
    fn default() -> Self {
        Self {
            slope: 0.5,
            difficulty: 1.5,
            guess: 0.5,
        }
    }
}

/// How to calibrate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// Which parameters are estimated.
    pub model: Model,
    /// Priors; without them this is plain marginal maximum likelihood.
    pub priors: Option<Priors>,
    /// No more cycles than this.
    pub cycles: usize,
    /// Converged when no parameter moved more than this in a cycle.
    pub tolerance: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            model: Model::TwoParameter,
            priors: Some(Priors::default()),
            cycles: 500,
            tolerance: 1e-3,
        }
    }
}

/// Why nothing can be estimated.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Nobody has answered.
    #[error("there are no answers to calibrate from")]
    NoAnswers,
    /// An answer to an item that was not given.
    #[error("there is an answer to item {0}, but only {1} items")]
    UnknownItem(usize, usize),
    /// The three-parameter model cannot be told from data alone.
    #[error("estimating the chance of guessing needs priors")]
    NeedsPriors,
}

/// An item as estimated.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Calibrated {
    /// The estimates.
    pub parameters: Parameters,
    /// Their standard errors, from the cross product of each person's scores (empirical
    /// information, item by item, priors included); infinite without answers and priors. The error of
    /// the guess is 0 where it was not estimated.
    pub errors: [f64; 3],
    /// How many answers they rest on.
    pub answers: usize,
    /// How many of these were right.
    pub right: usize,
}

/// The outcome of a calibration.
#[derive(Debug, Clone, PartialEq)]
pub struct Calibration {
    /// The items, in the order given.
    pub items: Vec<Calibrated>,
    /// Cycles run.
    pub cycles: usize,
    /// Whether the estimates have settled.
    pub converged: bool,
    /// The marginal log-likelihood before the last step, priors left out.
    pub log_likelihood: f64,
}

/// An item on the scales on which it is estimated: ln slope, difficulty, logit of guess.
#[derive(Debug, Clone, Copy)]
struct Scaled([f64; 3]);

/// The least chance of guessing that a logit is taken of.
const LEAST_GUESS: f64 = 1e-3;
/// Slopes and difficulties stay within what [`Parameters::new`] admits.
const FLATTEST: f64 = 0.05;
const STEEPEST: f64 = 5.0;
const FARTHEST: f64 = 6.0;
/// No step of one cycle is longer, on any scale.
const LONGEST_STEP: f64 = 0.5;

impl Scaled {
    fn of(item: &Parameters) -> Self {
        let guess = item.guess.clamp(LEAST_GUESS, 0.59);
        Self([
            item.slope.ln(),
            item.difficulty,
            (guess / (1.0 - guess)).ln(),
        ])
    }

    fn parameters(self, model: Model, supposed: &Parameters) -> Parameters {
        let [slope, difficulty, logit] = self.0;
        let guess = match model {
            Model::TwoParameter => supposed.guess,
            Model::ThreeParameter => 1.0 / (1.0 + (-logit).exp()),
        };
        Parameters {
            slope: slope.exp().clamp(FLATTEST, STEEPEST),
            difficulty: difficulty.clamp(-FARTHEST, FARTHEST),
            guess: guess.min(0.59),
        }
    }
}

/// How the chance of a right answer changes with each scaled parameter.
fn slopes(item: &Parameters, ability: f64, model: Model) -> [f64; 3] {
    let knows = item.knows(ability);
    let rise = (1.0 - item.guess) * knows * (1.0 - knows) * item.slope;
    let by_guess = match model {
        Model::TwoParameter => 0.0,
        Model::ThreeParameter => (1.0 - knows) * item.guess * (1.0 - item.guess),
    };
    [rise * (ability - item.difficulty), -rise, by_guess]
}

/// Estimates items from people's answers; `supposed` are the items as they were believed to be.
///
/// # Errors
/// Answers that do not belong to the items, or a model that cannot be estimated.
pub fn calibrate(
    people: &[Vec<Answered>],
    supposed: &[Parameters],
    settings: &Settings,
) -> Result<Calibration, Error> {
    check(people, supposed, settings)?;
    let rule = Quadrature::default();
    let mut scaled: Vec<Scaled> = supposed.iter().map(Scaled::of).collect();
    let (mut cycles, mut converged, mut log_likelihood) = (0, false, 0.0);
    while cycles < settings.cycles && !converged {
        cycles += 1;
        let items = parameters(&scaled, supposed, settings.model);
        let counts = expect(people, &items, &rule, &mut log_likelihood);
        let mut moved = 0.0;
        for (((item, counts), scaled), supposed) in
            items.iter().zip(&counts).zip(&mut scaled).zip(supposed)
        {
            let before = scaled.0;
            improve(item, counts, &rule, scaled, supposed, settings);
            for (now, before) in scaled.0.iter().zip(before) {
                moved = f64::max(moved, (now - before).abs());
            }
        }
        converged = moved <= settings.tolerance;
    }
    let items = parameters(&scaled, supposed, settings.model);
    Ok(Calibration {
        items: with_errors(people, &items, &rule, settings),
        cycles,
        converged,
        log_likelihood,
    })
}

fn check(
    people: &[Vec<Answered>],
    supposed: &[Parameters],
    settings: &Settings,
) -> Result<(), Error> {
    if people.iter().all(Vec::is_empty) {
        return Err(Error::NoAnswers);
    }
    if settings.model == Model::ThreeParameter && settings.priors.is_none() {
        return Err(Error::NeedsPriors);
    }
    let known = supposed.len();
    let unknown = people.iter().flatten().find(|answer| answer.item >= known);
    unknown.map_or(Ok(()), |answer| Err(Error::UnknownItem(answer.item, known)))
}

fn parameters(scaled: &[Scaled], supposed: &[Parameters], model: Model) -> Vec<Parameters> {
    scaled
        .iter()
        .zip(supposed)
        .map(|(scaled, supposed)| scaled.parameters(model, supposed))
        .collect()
}

fn tabulate(items: &[Parameters], rule: &Quadrature) -> Vec<Vec<f64>> {
    let row = |item: &Parameters| {
        rule.nodes()
            .iter()
            .map(|ability| item.probability(*ability))
            .collect()
    };
    items.iter().map(row).collect()
}

/// How likely each ability is for someone with these answers, and how likely these answers are.
fn posterior(answers: &[Answered], right: &[Vec<f64>], rule: &Quadrature) -> (Posterior, f64) {
    let mut posterior = Posterior::prior(rule);
    let mut log_likelihood = 0.0;
    for answer in answers {
        if let Some(right) = right.get(answer.item) {
            let chance = posterior.expects(right);
            let chance = if answer.right { chance } else { 1.0 - chance };
            log_likelihood += chance.max(f64::MIN_POSITIVE).ln();
            posterior.take(right, answer.right);
        }
    }
    (posterior, log_likelihood)
}

/// For one item, at each node: people expected there who answered it, and of them who were right.
struct Counts {
    people: Vec<f64>,
    right: Vec<f64>,
}

fn expect(
    people: &[Vec<Answered>],
    items: &[Parameters],
    rule: &Quadrature,
    log_likelihood: &mut f64,
) -> Vec<Counts> {
    let right = tabulate(items, rule);
    let nothing = || vec![0.0; rule.nodes().len()];
    let mut counts: Vec<Counts> = items
        .iter()
        .map(|_| Counts {
            people: nothing(),
            right: nothing(),
        })
        .collect();
    *log_likelihood = 0.0;
    for answers in people {
        let (posterior, likely) = posterior(answers, &right, rule);
        *log_likelihood += likely;
        for answer in answers {
            let Some(counts) = counts.get_mut(answer.item) else {
                continue;
            };
            for (sum, weight) in counts.people.iter_mut().zip(posterior.weights()) {
                *sum += weight;
            }
            if answer.right {
                for (sum, weight) in counts.right.iter_mut().zip(posterior.weights()) {
                    *sum += weight;
                }
            }
        }
    }
    counts
}

/// One step of Fisher's scoring on an item's expected counts.
fn improve(
    item: &Parameters,
    counts: &Counts,
    rule: &Quadrature,
    scaled: &mut Scaled,
    supposed: &Parameters,
    settings: &Settings,
) {
    let (mut score, mut information) = prior(scaled, supposed, settings);
    for ((ability, people), right) in rule.nodes().iter().zip(&counts.people).zip(&counts.right) {
        let chance = item.probability(*ability).clamp(1e-9, 1.0 - 1e-9);
        let spread = chance * (1.0 - chance);
        let slopes = slopes(item, *ability, settings.model);
        let surprise = (right - people * chance) / spread;
        for (score, slope) in score.iter_mut().zip(slopes) {
            *score += surprise * slope;
        }
        information.add_product(&slopes, people / spread);
    }
    if let Some(step) = solve(&information, &score) {
        for (value, step) in scaled.0.iter_mut().zip(step) {
            *value += step.clamp(-LONGEST_STEP, LONGEST_STEP);
        }
        // An item that tells nothing would have its slope fall for ever.
        let [slope, difficulty, _] = &mut scaled.0;
        *slope = slope.clamp(FLATTEST.ln(), STEEPEST.ln());
        *difficulty = difficulty.clamp(-FARTHEST, FARTHEST);
    }
}

/// What the priors add to score and information. Parameters that are not estimated are pinned.
fn prior(scaled: &Scaled, supposed: &Parameters, settings: &Settings) -> ([f64; 3], Matrix) {
    let (mut score, mut information) = ([0.0; 3], Matrix::default());
    if let Some(priors) = settings.priors {
        let deviations = [priors.slope, priors.difficulty, priors.guess];
        let centre = Scaled::of(supposed).0;
        for (place, score) in score.iter_mut().enumerate() {
            let at = |row: &[f64; 3]| row.get(place).copied().unwrap_or(0.0);
            let precision = at(&deviations).powi(-2);
            *score = (at(&centre) - at(&scaled.0)) * precision;
            information.add_to_diagonal(place, precision);
        }
    }
    if settings.model == Model::TwoParameter {
        information.pin_last();
        if let Some(last) = score.last_mut() {
            *last = 0.0;
        }
    }
    (score, information)
}

/// Standard errors from the cross products of each person's expected scores.
fn with_errors(
    people: &[Vec<Answered>],
    items: &[Parameters],
    rule: &Quadrature,
    settings: &Settings,
) -> Vec<Calibrated> {
    let right = tabulate(items, rule);
    let mut informations: Vec<Matrix> = items
        .iter()
        .map(|item| prior(&Scaled::of(item), item, settings).1)
        .collect();
    let mut tallies = vec![(0, 0); items.len()];
    for answers in people {
        let (posterior, _) = posterior(answers, &right, rule);
        for answer in answers {
            let (Some(item), Some(information), Some(tally)) = (
                items.get(answer.item),
                informations.get_mut(answer.item),
                tallies.get_mut(answer.item),
            ) else {
                continue;
            };
            tally.0 += 1;
            tally.1 += usize::from(answer.right);
            let mut score = [0.0; 3];
            for (ability, weight) in rule.nodes().iter().zip(posterior.weights()) {
                let chance = item.probability(*ability).clamp(1e-9, 1.0 - 1e-9);
                let got = f64::from(u8::from(answer.right));
                let surprise = weight * (got - chance) / (chance * (1.0 - chance));
                for (sum, slope) in score.iter_mut().zip(slopes(item, *ability, settings.model)) {
                    *sum += surprise * slope;
                }
            }
            information.add_product(&score, 1.0);
        }
    }
    items
        .iter()
        .zip(informations)
        .zip(tallies)
        .map(|((item, information), (answers, right))| Calibrated {
            parameters: *item,
            errors: errors(item, &information, settings.model),
            answers,
            right,
        })
        .collect()
}

/// From the information on the scaled parameters to errors of the parameters themselves (the
/// delta method).
fn errors(item: &Parameters, information: &Matrix, model: Model) -> [f64; 3] {
    let variance = |place: usize| {
        let mut unit = [0.0; 3];
        if let Some(one) = unit.get_mut(place) {
            *one = 1.0;
        }
        solve(information, &unit).and_then(|column| column.get(place).copied())
    };
    let error = |place| variance(place).map_or(f64::INFINITY, |v| v.max(0.0).sqrt());
    let guess = match model {
        Model::TwoParameter => 0.0,
        Model::ThreeParameter => item.guess * (1.0 - item.guess) * error(2),
    };
    [item.slope * error(0), error(1), guess]
}

#[cfg(test)]
mod tests;
