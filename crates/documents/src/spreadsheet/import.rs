//! Tables in: what people send, read with patience but within limits.
//!
//! A file either is refused as a whole ([`ImportError`]) or yields every line it has: the good
//! ones as named cells, the bad ones as [`BadLine`]s with their number. Nothing is stored here.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Cursor, Read};

use calamine::{DataRef, ExcelDateTime, Reader, Xlsx};

pub use super::fault::{BadLine, Fault, ImportError};
use super::{Column, begins_like_a_formula};

/// How much an import may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file.
    pub bytes: usize,
    /// Bytes of an XLSX file once unpacked: a small file can hide a very large one.
    pub unpacked: u64,
    /// Lines below the header.
    pub rows: usize,
    /// Columns.
    pub columns: usize,
    /// Characters of a cell.
    pub cell: usize,
}

impl Default for Limits {
    /// A list of people or sessions of a whole region, with room to spare.
    fn default() -> Self {
        Self {
            bytes: 8 * 1024 * 1024,
            unpacked: 96 * 1024 * 1024,
            rows: 20_000,
            columns: 100,
            cell: 4_000,
        }
    }
}

/// A good line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The number of the line in the file, from 1, the header included.
    pub line: u64,
    /// Text by header (or by key after [`Imported::keyed`]); empty cells are left out.
    pub cells: BTreeMap<String, String>,
}

impl Row {
    /// The text of a cell; empty if there is none.
    #[must_use]
    pub fn text(&self, header: &str) -> &str {
        self.cells.get(header).map_or("", String::as_str)
    }
}

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Imported {
    /// The headers, from left to right, trimmed.
    pub headers: Vec<String>,
    /// The good lines, in order. Blank lines are passed over.
    pub rows: Vec<Row>,
    /// The bad lines, in order.
    pub bad: Vec<BadLine>,
}

impl Imported {
    /// Names the cells by the keys of `columns` instead of by headers: a header is known if it is
    /// the key or a label in any of the given columns, whatever its case, accents and spaces.
    /// Several columns may share a key (one per language). Returns the headers that are unknown;
    /// their cells are dropped. Of two headers for one key, the first counts.
    pub fn keyed(&mut self, columns: &[Column]) -> Vec<String> {
        let mut names: BTreeMap<String, String> = BTreeMap::new();
        let mut unknown = Vec::new();
        for header in &self.headers {
            let folded = fold(header);
            let key = columns
                .iter()
                .find(|column| fold(&column.key) == folded || fold(&column.label) == folded)
                .map(|column| column.key.clone());
            match key {
                Some(key) if !names.values().any(|known| *known == key) => {
                    names.insert(header.clone(), key);
                }
                _ => unknown.push(header.clone()),
            }
        }
        for row in &mut self.rows {
            row.cells = std::mem::take(&mut row.cells)
                .into_iter()
                .filter_map(|(header, text)| Some((names.get(&header)?.clone(), text)))
                .collect();
        }
        unknown
    }
}

fn fold(header: &str) -> String {
    domain::text::fold(header)
        .chars()
        .filter(|character| character.is_alphanumeric())
        .collect()
}

/// Reads a CSV or XLSX file, told apart by its first bytes.
///
/// CSV may be UTF-8, UTF-16 with a mark, or Windows-1252, with `;`, `,` or tabs. Of an XLSX file
/// the first sheet is read; formulas count with their last value, days become ISO text.
///
/// # Errors
/// [`ImportError`] if the file as a whole cannot be taken.
pub fn read(bytes: &[u8], limits: Limits) -> Result<Imported, ImportError> {
    if bytes.len() > limits.bytes {
        return Err(ImportError::TooBig {
            most: u64::try_from(limits.bytes).unwrap_or(u64::MAX),
        });
    }
    let lines = if bytes.starts_with(b"PK\x03\x04") {
        xlsx_lines(bytes, limits)?
    } else if bytes.contains(&0) && encoding_rs::Encoding::for_bom(bytes).is_none() {
        return Err(ImportError::Unreadable("binary content".to_owned()));
    } else {
        csv_lines(bytes, limits)?
    };
    collect(lines, limits)
}

/// A line of a file: its number and its cells as far as they go. An error of a formula is `None`.
type Line = (u64, Vec<Option<String>>);

/// Parts the header from the lines and checks both.
fn collect(lines: Vec<Line>, limits: Limits) -> Result<Imported, ImportError> {
    let mut lines = lines
        .into_iter()
        .filter(|(_, cells)| cells.iter().any(|cell| cell.as_deref() != Some("")));
    let (_, first) = lines.next().ok_or(ImportError::Empty)?;
    let mut headers: Vec<String> = first.into_iter().map(Option::unwrap_or_default).collect();
    while headers.last().is_some_and(String::is_empty) {
        headers.pop();
    }
    for (place, header) in headers.iter().enumerate() {
        if !header.is_empty() && headers.iter().take(place).any(|other| other == header) {
            return Err(ImportError::DoubledHeader {
                header: header.clone(),
            });
        }
    }
    let mut imported = Imported {
        headers,
        ..Imported::default()
    };
    for (line, cells) in lines {
        match check(&imported.headers, cells, limits) {
            Ok(cells) => imported.rows.push(Row { line, cells }),
            Err(fault) => imported.bad.push(BadLine { line, fault }),
        }
    }
    if imported.rows.is_empty() && imported.bad.is_empty() {
        return Err(ImportError::Empty);
    }
    Ok(imported)
}

fn check(
    headers: &[String],
    cells: Vec<Option<String>>,
    limits: Limits,
) -> Result<BTreeMap<String, String>, Fault> {
    let mut named = BTreeMap::new();
    for (place, cell) in cells.into_iter().enumerate() {
        let header = headers.get(place).map(String::as_str).unwrap_or_default();
        let Some(cell) = cell else {
            return Err(Fault::BrokenFormula {
                header: header.to_owned(),
            });
        };
        if cell.is_empty() {
            continue;
        }
        if header.is_empty() {
            return Err(Fault::TooManyCells);
        }
        if cell.chars().count() > limits.cell {
            return Err(Fault::CellTooLong {
                header: header.to_owned(),
                most: limits.cell,
            });
        }
        named.insert(header.to_owned(), cell);
    }
    Ok(named)
}

fn csv_lines(bytes: &[u8], limits: Limits) -> Result<Vec<Line>, ImportError> {
    let text = decode(bytes);
    let (told, text) = separator_line(&text);
    let delimiter = told.unwrap_or_else(|| detect(text));
    let skipped = u64::from(told.is_some());
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut lines = Vec::new();
    let mut counter = LineCounter {
        text,
        at: 0,
        line: 1 + skipped,
    };
    for record in reader.records() {
        let record = record.map_err(|error| ImportError::Unreadable(error.to_string()))?;
        if record.len() > limits.columns {
            return Err(ImportError::TooManyColumns {
                most: limits.columns,
            });
        }
        // One more than the lines allowed: the header.
        if lines.len() > limits.rows {
            return Err(ImportError::TooManyRows { most: limits.rows });
        }
        let number = counter.of(record.position().map_or(0, csv::Position::byte));
        lines.push((number, record.iter().map(|cell| Some(tidy(cell))).collect()));
    }
    Ok(lines)
}

/// Numbers the records by the lines of the file: the reader counts blank lines to the next record.
struct LineCounter<'a> {
    text: &'a str,
    at: usize,
    line: u64,
}

impl LineCounter<'_> {
    /// The line on which the record begins that was read from `byte` on.
    fn of(&mut self, byte: u64) -> u64 {
        let byte = usize::try_from(byte).unwrap_or(usize::MAX);
        for character in self.text.as_bytes().iter().skip(self.at) {
            if self.at >= byte && !matches!(character, b'\r' | b'\n') {
                break;
            }
            self.line += u64::from(*character == b'\n');
            self.at += 1;
        }
        self.line
    }
}

/// The text of a file: by its mark, else UTF-8 if it is, else what old Windows programs write.
#[must_use]
pub fn decode(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(bytes) {
        return encoding.decode(bytes).0;
    }
    std::str::from_utf8(bytes)
        .map_or_else(|_| encoding_rs::WINDOWS_1252.decode(bytes).0, Cow::Borrowed)
}

/// Excel's own first line `sep=;`, if there is one.
fn separator_line(text: &str) -> (Option<u8>, &str) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    match first.trim_end().as_bytes() {
        [b's', b'e', b'p', b'=', separator] => (Some(*separator), rest),
        _ => (None, text),
    }
}

/// The separator that the first line has most of, outside quotation marks.
fn detect(text: &str) -> u8 {
    let header = text
        .lines()
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default();
    let count = |separator: char| {
        let mut quoted = false;
        header
            .chars()
            .filter(|character| {
                quoted ^= *character == '"';
                !quoted && *character == separator
            })
            .count()
    };
    // The last of equals wins: a line without any separator is a single column of a French file.
    [(',', b','), ('\t', b'\t'), (';', b';')]
        .into_iter()
        .max_by_key(|(character, _)| count(*character))
        .map_or(b';', |(_, byte)| byte)
}

/// A cell without outer spaces and without the apostrophe that our export puts before what looks
/// like a formula.
fn tidy(cell: &str) -> String {
    let cell = cell.trim();
    match cell.strip_prefix('\'') {
        Some(rest) if begins_like_a_formula(rest) => rest.to_owned(),
        _ => cell.to_owned(),
    }
}

fn xlsx_lines(bytes: &[u8], limits: Limits) -> Result<Vec<Line>, ImportError> {
    let unreadable = |error: String| ImportError::Unreadable(error);
    measure(bytes, limits)?;
    let mut book: Xlsx<_> =
        Xlsx::new(Cursor::new(bytes)).map_err(|error| unreadable(error.to_string()))?;
    let name = book
        .sheet_names()
        .first()
        .cloned()
        .ok_or(ImportError::Empty)?;
    // Cell by cell: a sheet with one cell at the far end would be a huge table in memory.
    let mut cells = book
        .worksheet_cells_reader(&name)
        .map_err(|error| unreadable(error.to_string()))?;
    let mut lines: BTreeMap<u32, Vec<Option<String>>> = BTreeMap::new();
    while let Some(cell) = cells
        .next_cell()
        .map_err(|error| unreadable(error.to_string()))?
    {
        let (row, column) = cell.get_position();
        let text = cell_text(cell.get_value());
        if text.as_deref() == Some("") {
            continue;
        }
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        if column >= limits.columns {
            return Err(ImportError::TooManyColumns {
                most: limits.columns,
            });
        }
        let line = lines.entry(row).or_default();
        if line.len() <= column {
            line.resize(column + 1, Some(String::new()));
        }
        if let Some(place) = line.get_mut(column) {
            *place = text;
        }
        if lines.len() > limits.rows + 1 {
            return Err(ImportError::TooManyRows { most: limits.rows });
        }
    }
    Ok(lines
        .into_iter()
        .map(|(row, cells)| (u64::from(row) + 1, cells))
        .collect())
}

/// Unpacks the file into nothing, to know that it is not larger than allowed.
fn measure(bytes: &[u8], limits: Limits) -> Result<(), ImportError> {
    let unreadable = |error: zip::result::ZipError| ImportError::Unreadable(error.to_string());
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(unreadable)?;
    let mut left = limits.unpacked;
    for place in 0..archive.len() {
        let part = archive.by_index(place).map_err(unreadable)?;
        let size = io::copy(&mut part.take(left + 1), &mut io::sink())
            .map_err(|error| ImportError::Unreadable(error.to_string()))?;
        left = left.checked_sub(size).ok_or(ImportError::TooBig {
            most: limits.unpacked,
        })?;
    }
    Ok(())
}

fn cell_text(value: &DataRef<'_>) -> Option<String> {
    match value {
        DataRef::Empty => Some(String::new()),
        DataRef::SharedString(text) => Some(tidy(text)),
        DataRef::Int(number) => Some(number.to_string()),
        // Rust writes 62130.0 as “62130”: a postcode typed as a number stays one.
        DataRef::Float(number) => Some(number.to_string()),
        DataRef::Bool(yes) => Some(if *yes { "oui" } else { "non" }.to_owned()),
        DataRef::DateTime(at) => Some(day_text(at)),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            Some(tidy(text))
        }
        DataRef::Error(_) => None,
    }
}

/// `2026-02-03`, `2026-02-03 14:30`, or `14:30` for an hour without a day.
fn day_text(at: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, _, _) = at.to_ymd_hms_milli();
    let serial = at.as_f64();
    if serial < 1.0 {
        format!("{hour:02}:{minute:02}")
    } else if serial.fract() == 0.0 {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}")
    }
}
