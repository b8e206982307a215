//! What is wrong with a file: where, and why.

use serde::Serialize;

/// Something in a file that breaks its format.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{at}: {fault}")]
pub struct Defect {
    /// Field and element, as a path into the file: `people[17].path[2]`.
    pub at: String,
    /// What is wrong there.
    pub fault: Fault,
}

impl Defect {
    /// A defect at a place.
    #[must_use]
    pub fn new(at: impl Into<String>, fault: Fault) -> Self {
        Self {
            at: at.into(),
            fault,
        }
    }
}

/// What is wrong with an element.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Fault {
    /// The text cannot be read there.
    #[error("{why}")]
    Unreadable {
        /// What was expected and found, with line and column.
        why: String,
    },
    /// The file is of another format.
    #[error("is {found:?}, not {wanted:?}")]
    Format {
        /// What the file says.
        found: String,
        /// What it should say.
        wanted: &'static str,
    },
    /// An identifier names nothing.
    #[error("no {what} {id:?}")]
    Unknown {
        /// Kind of thing: `module`, `site`.
        what: &'static str,
        /// The identifier.
        id: String,
    },
    /// An identifier without any letter.
    #[error("is empty")]
    Empty,
    /// Something that may stand there once only.
    #[error("{id:?} stands there twice")]
    Twice {
        /// The identifier or number.
        id: String,
    },
    /// A number out of its range.
    #[error("{value} is not between {least} and {most}")]
    Range {
        /// The number.
        value: i64,
        /// Least allowed.
        least: i64,
        /// Most allowed.
        most: i64,
    },
    /// A numbered list whose element does not carry its own position.
    #[error("is {found}, while its position is {wanted}")]
    Position {
        /// The number found.
        found: i64,
        /// Its position in the list.
        wanted: usize,
    },
    /// A list of another length than what it describes.
    #[error("has {found} elements instead of {wanted}")]
    Length {
        /// Elements found.
        found: usize,
        /// Elements wanted.
        wanted: usize,
    },
    /// A word that is none of those known.
    #[error("{found:?} is none of {known}")]
    Word {
        /// The word found.
        found: String,
        /// Those known, separated by commas.
        known: &'static str,
    },
    /// A period ends before it begins, or begins before the one before it has ended.
    #[error("is not after what comes before it")]
    Order,
    /// Preferred slots must be among those available.
    #[error("{slot} is not among the available slots")]
    NotAvailable {
        /// The slot.
        slot: u32,
    },
    /// A module before itself, by way of others or directly.
    #[error("{module:?} would come before itself")]
    Cycle {
        /// The module.
        module: String,
    },
    /// A relation that must be transitively closed lacks a pair.
    #[error(
        "lacks [{first:?}, {last:?}], which follows from [{first:?}, {middle:?}] and [{middle:?}, {last:?}]"
    )]
    NotClosed {
        /// Earlier module.
        first: String,
        /// Between the two.
        middle: String,
        /// Later module.
        last: String,
    },
    /// More elements than can be handled.
    #[error("has {size} elements; at most {most} can be handled")]
    TooMany {
        /// Elements found.
        size: usize,
        /// Most that can be handled.
        most: usize,
    },
}
