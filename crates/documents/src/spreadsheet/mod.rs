//! Tables in and out: CSV and XLSX.
//!
//! * [`export`]: any [`Table`] to a file that opens at once in a French or English office suite;
//! * [`import`]: a file made by hand or by another program to lines of named cells.

pub mod export;
mod fault;
pub mod import;

use jiff::civil::{Date, DateTime};

/// A list as it is exported.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// The name of the sheet, in the language of the person.
    pub name: String,
    /// The columns, from left to right.
    pub columns: Vec<Column>,
    /// The rows; a short row is filled with empty cells, what is beyond the columns is left out.
    pub rows: Vec<Vec<Cell>>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The name that the program knows it by, accepted as a header on import.
    pub key: String,
    /// The header shown, in the language of the person.
    pub label: String,
    /// What it holds.
    pub kind: Kind,
}

impl Column {
    /// A column by key, header and kind.
    pub fn new(key: impl Into<String>, label: impl Into<String>, kind: Kind) -> Self {
        Self {
            key: key.into(),
            label: label.into(),
            kind,
        }
    }
}

/// What a column holds: decides how it is aligned and, in XLSX, shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words, codes, telephone numbers, postcodes.
    Text,
    /// Counts and measures.
    Number,
    /// Days.
    Date,
    /// Days with an hour, in local time.
    DateTime,
    /// Yes or no.
    YesNo,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// A text, never read as a formula.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction.
    Decimal(f64),
    /// A day.
    Date(Date),
    /// A day and hour in local time.
    DateTime(DateTime),
    /// Yes or no.
    YesNo(bool),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        if text.is_empty() {
            Self::Empty
        } else {
            Self::Text(text.to_owned())
        }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        if text.is_empty() {
            Self::Empty
        } else {
            Self::Text(text)
        }
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<u32> for Cell {
    fn from(number: u32) -> Self {
        Self::Integer(i64::from(number))
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Self {
        Self::Decimal(number)
    }
}

impl From<Date> for Cell {
    fn from(day: Date) -> Self {
        Self::Date(day)
    }
}

impl From<DateTime> for Cell {
    fn from(at: DateTime) -> Self {
        Self::DateTime(at)
    }
}

impl From<bool> for Cell {
    fn from(yes: bool) -> Self {
        Self::YesNo(yes)
    }
}

impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

/// Whether an office suite would take a text beginning so for a formula when it opens a CSV file.
fn begins_like_a_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests;
