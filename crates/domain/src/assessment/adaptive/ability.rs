//! What answers say about someone's ability.

use serde::{Deserialize, Serialize};

use super::quadrature::Quadrature;

/// An estimate of someone's ability: mean and standard deviation a posteriori (Bock and Mislevy,
/// "Adaptive EAP estimation of ability in a microcomputer environment", 1982).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Ability {
    /// The expected ability.
    pub mean: f64,
    /// Its standard error: 1 before the first answer.
    pub error: f64,
}

/// How likely each ability is after some answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Posterior {
    weights: Vec<f64>,
}

impl Posterior {
    /// Before any answer.
    #[must_use]
    pub fn prior(rule: &Quadrature) -> Self {
        Self {
            weights: rule.weights().to_vec(),
        }
    }

    /// Takes one answer into account; `right` holds the chance of a right one at each node.
    pub fn take(&mut self, right: &[f64], was_right: bool) {
        let mut total = 0.0;
        for (weight, right) in self.weights.iter_mut().zip(right) {
            *weight *= if was_right { *right } else { 1.0 - right };
            total += *weight;
        }
        if total > 0.0 {
            for weight in &mut self.weights {
                *weight /= total;
            }
        }
    }

    /// How likely each node is; together 1.
    #[must_use]
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// The estimate.
    #[must_use]
    pub fn ability(&self, rule: &Quadrature) -> Ability {
        let mean: f64 = self
            .weights
            .iter()
            .zip(rule.nodes())
            .map(|(weight, node)| weight * node)
            .sum();
        let variance: f64 = self
            .weights
            .iter()
            .zip(rule.nodes())
            .map(|(weight, node)| weight * (node - mean) * (node - mean))
            .sum();
        Ability {
            mean,
            error: variance.sqrt(),
        }
    }

    /// The chance of a right answer to an item, as far as one knows.
    #[must_use]
    pub fn expects(&self, right: &[f64]) -> f64 {
        self.weights.iter().zip(right).map(|(w, p)| w * p).sum()
    }

    /// By which share an answer to this item is expected to lower the variance of the estimate,
    /// from 0 to 1: the variance of the posterior mean over both answers, divided by the variance
    /// now (minimum expected posterior variance: Owen, *JASA* 70, 1975; van der Linden,
    /// *Psychometrika* 63, 1998).
    #[must_use]
    pub(super) fn gain(&self, rule: &Quadrature, right: &[f64], now: Ability) -> f64 {
        let (mut chance, mut moment) = (0.0, 0.0);
        for ((weight, p), node) in self.weights.iter().zip(right).zip(rule.nodes()) {
            let joint = weight * p;
            chance += joint;
            moment += joint * node;
        }
        let spread = chance * (1.0 - chance) * now.error * now.error;
        if spread > 0.0 {
            let shift = moment - now.mean * chance;
            shift * shift / spread
        } else {
            0.0
        }
    }
}
