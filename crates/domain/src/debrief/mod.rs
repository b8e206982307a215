//! The talk at the end of a path: who is due for one, what is said in it, and what was missing.

mod due;
mod missing;
mod talk;

pub use due::{Course, Due, due};
pub use missing::{FEWEST, Missing, Shown, Topic, Voice, gather, protect, root};
pub use talk::{Entry, Kept, Lack, MOST_LACKS, Talk, Use, UseOf, WEIGHTS, Wanted, read};
