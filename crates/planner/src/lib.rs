//! Plans a season of training: which sessions of which modules are opened, where, when, in which room, with which trainer, and who
//! attends them.
//!
//! Pure and repeatable: no files, no clock, no ambient randomness. The same instance, options and number of steps give the same plan.
//!
//! - [`mod@format`]: the public file format `training-planning/1` (instances and plans);
//! - [`Problem`]: an instance that has been checked, as tables by index;
//! - [`engine`]: a local search that knows nothing of training; other problems plug in by [`engine::State`];
//! - [`solve()`]: the search on a [`Problem`];
//! - [`tour`]: where the travelling stands stay, a problem of its own.

mod bound;
mod build;
pub mod check;
mod defect;
pub mod engine;
pub mod explain;
pub mod format;
mod identity;
mod moves;
pub mod objective;
pub mod problem;
mod reach;
mod read;
mod replan;
#[cfg(test)]
mod sample;
mod solution;
mod solve;
pub mod tour;

pub use bound::bound;
pub use check::{Breach, Rule, Verdict, Violation, check};
pub use defect::{Defect, Fault};
pub use explain::{Cause, Obstacle, explain};
pub use format::{Instance, Plan, PlannedSession};
pub use identity::{Difference, Edit, Fingerprint, Mismatch, differences};
pub use objective::{Facts, Terms};
pub use problem::{Problem, Warning, Why};
pub use read::{read_instance, read_plan, read_tour, read_tour_instance};
pub use replan::{PersonChange, Reason, Seat, changes};
pub use solve::{Budget, Observer, Options, Outcome, Progress, Silent, Stopped, solve};
