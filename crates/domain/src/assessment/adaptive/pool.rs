//! The items of a test, ready to choose from.

use super::ability::Posterior;
use super::choose::Answered;
use super::model::Parameters;
use super::quadrature::Quadrature;

/// An item as the test sees it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PoolItem {
    /// Its parameters.
    pub parameters: Parameters,
    /// The number of its area, from 0.
    pub area: usize,
}

/// Items with their chances of a right answer worked out at every node.
#[derive(Debug, Clone)]
pub struct Pool {
    rule: Quadrature,
    items: Vec<Tabled>,
    areas: usize,
}

#[derive(Debug, Clone)]
struct Tabled {
    item: PoolItem,
    right: Vec<f64>,
}

impl Pool {
    /// Makes a pool; items are known by their place in `items` from now on.
    #[must_use]
    pub fn new(items: &[PoolItem]) -> Self {
        let rule = Quadrature::default();
        let tabled = |item: &PoolItem| Tabled {
            item: *item,
            right: chances(&rule, &item.parameters),
        };
        let items: Vec<Tabled> = items.iter().map(tabled).collect();
        let areas = items.iter().map(|t| t.item.area + 1).max().unwrap_or(0);
        Self { rule, items, areas }
    }

    /// How many items there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// How many areas there are.
    #[must_use]
    pub const fn areas(&self) -> usize {
        self.areas
    }

    /// An item.
    #[must_use]
    pub fn item(&self, number: usize) -> Option<&PoolItem> {
        self.items.get(number).map(|tabled| &tabled.item)
    }

    /// The rule over which everything is summed.
    #[must_use]
    pub const fn rule(&self) -> &Quadrature {
        &self.rule
    }

    /// The chance of a right answer to an item at every node; nothing for an unknown item.
    #[must_use]
    pub fn right(&self, number: usize) -> &[f64] {
        self.items.get(number).map_or(&[], |tabled| &tabled.right)
    }

    /// What these answers say about the ability. Answers to unknown items say nothing.
    #[must_use]
    pub fn posterior(&self, answers: &[Answered]) -> Posterior {
        let mut posterior = Posterior::prior(&self.rule);
        for answer in answers {
            if let Some(tabled) = self.items.get(answer.item) {
                posterior.take(&tabled.right, answer.right);
            }
        }
        posterior
    }
}

/// The chance of a right answer at every node.
pub(crate) fn chances(rule: &Quadrature, parameters: &Parameters) -> Vec<f64> {
    rule.nodes()
        .iter()
        .map(|ability| parameters.probability(*ability))
        .collect()
}
