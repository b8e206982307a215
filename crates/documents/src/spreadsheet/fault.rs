//! What can be wrong with a file or with one of its lines.

use domain::language::Language;

use crate::texts::{Arg, Texts};

/// Why a file cannot be imported at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// The file is larger than allowed, as it is or once unpacked.
    #[error("the file is larger than {most} bytes")]
    TooBig {
        /// Most bytes allowed.
        most: u64,
    },
    /// There are too many lines.
    #[error("the file has more than {most} lines")]
    TooManyRows {
        /// Most lines allowed below the header.
        most: usize,
    },
    /// There are too many columns.
    #[error("the file has more than {most} columns")]
    TooManyColumns {
        /// Most columns allowed.
        most: usize,
    },
    /// There is nothing but perhaps a header.
    #[error("the file is empty")]
    Empty,
    /// Two columns bear the same header.
    #[error("two columns are called “{header}”")]
    DoubledHeader {
        /// The header.
        header: String,
    },
    /// It is neither CSV nor XLSX, or damaged.
    #[error("the file cannot be read as CSV or XLSX: {0}")]
    Unreadable(String),
}

impl ImportError {
    /// The error in a plain sentence for the person who sent the file.
    #[must_use]
    pub fn explain(&self, language: Language) -> String {
        let texts = Texts::embedded();
        match self {
            Self::TooBig { most } => texts.format(
                language,
                "spreadsheet-too-big",
                &[("megabytes", Arg::from(most / (1024 * 1024)))],
            ),
            Self::TooManyRows { most } => texts.format(
                language,
                "spreadsheet-too-many-rows",
                &[("most", (*most).into())],
            ),
            Self::TooManyColumns { most } => texts.format(
                language,
                "spreadsheet-too-many-columns",
                &[("most", (*most).into())],
            ),
            Self::Empty => texts.get(language, "spreadsheet-empty"),
            Self::DoubledHeader { header } => texts.format(
                language,
                "spreadsheet-doubled-header",
                &[("header", header.into())],
            ),
            Self::Unreadable(_) => texts.get(language, "spreadsheet-unreadable"),
        }
    }
}

/// A line that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadLine {
    /// The number of the line in the file, from 1, the header included.
    pub line: u64,
    /// What is wrong with it.
    pub fault: Fault,
}

/// What can be wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// It has more cells than there are headers: often a separator inside a text.
    TooManyCells,
    /// A cell is longer than allowed.
    CellTooLong {
        /// The header of its column.
        header: String,
        /// Most characters allowed.
        most: usize,
    },
    /// A formula of the spreadsheet ended in an error (`#REF!`).
    BrokenFormula {
        /// The header of its column.
        header: String,
    },
}

impl BadLine {
    /// The fault in a plain sentence that begins with the number of the line.
    #[must_use]
    pub fn explain(&self, language: Language) -> String {
        let line = Arg::from(self.line.to_string());
        let texts = Texts::embedded();
        match &self.fault {
            Fault::TooManyCells => texts.format(
                language,
                "spreadsheet-line-too-many-cells",
                &[("line", line)],
            ),
            Fault::CellTooLong { header, most } => texts.format(
                language,
                "spreadsheet-line-cell-too-long",
                &[
                    ("line", line),
                    ("header", header.into()),
                    ("most", (*most).into()),
                ],
            ),
            Fault::BrokenFormula { header } => texts.format(
                language,
                "spreadsheet-line-broken-formula",
                &[("line", line), ("header", header.into())],
            ),
        }
    }
}
