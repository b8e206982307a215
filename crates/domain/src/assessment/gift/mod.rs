//! GIFT, the plain-text format in which Moodle and many other tools exchange quiz questions: read
//! with errors that name line and reason, written so that reading it again gives the same.
//!
//! Format: <https://docs.moodle.org/en/GIFT_format>.

mod answers;
mod question;
mod read;
mod scan;
mod write;

pub(crate) use answers::number;
pub use question::{Choice, Format, Kind, Numbers, NumericAnswer, Pair, Question, Text};
pub use read::{Import, Placed, Problem, Reason, read};
pub use write::write;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
