//! Quizzes of sessions: which one a session offers, how its questions are put, what comes back from a form or from paper, and how a
//! question is edited. Questions and their marking are in [`crate::assessment`].

mod edit;
mod keys;
mod offer;
mod put;
mod sheet;
mod words;

pub use edit::{Draft, KINDS, Row, check, tidy};
pub use keys::{keys, letter, read_keys};
pub use offer::{Belongs, Given, Reach, nearest, reach};
pub use put::{Asked, Choice, Put, Side, put, put_one};
pub use sheet::{Reading, Score, Unreadable, read, score};
pub use words::{Said, right, said, shown};

/// Most questions of a quiz: far more than anybody answers at the end of a session.
pub const MOST_QUESTIONS: usize = 100;
/// Most answers to choose from in a question: one letter each on paper.
pub const MOST_CHOICES: usize = 26;
/// Longest text of a question, an answer or a feedback, in characters.
pub const LONGEST_TEXT: usize = 2_000;
/// Longest answer that is typed, in characters.
pub const LONGEST_ANSWER: usize = 200;

#[cfg(test)]
mod tests;
