//! The adaptive level test: each answer moves the estimate of someone's ability, and the next
//! item is the one expected to tell most about it.
//!
//! Abilities are on the scale of item-response theory on which the people tested are N(0, 1).
//! Nothing here keeps a state: the answers so far, the use made of each item and the randomness
//! are parameters, so that a test can be continued on any node and repeated exactly.

mod ability;
mod choose;
mod demand;
mod level;
mod model;
mod pool;
mod quadrature;
mod rules;
pub mod simulate;

pub use ability::{Ability, Posterior};
pub use choose::{Answered, Outcome, Step, next, outcome};
pub use demand::{Demand, Prices, Use};
pub use level::{Band, Level};
pub use model::{BadParameters, Parameters};
pub use pool::{Pool, PoolItem};
pub use quadrature::Quadrature;
pub use rules::{AreaShare, Rules};

#[cfg(test)]
mod tests;
