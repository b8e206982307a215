//! Tables out.

use domain::language::Language;
use jiff::Timestamp;
use jiff::civil::DateTime;
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
    XlsxError,
};

use super::{Cell, Column, Kind, Table, begins_like_a_formula};

/// Most characters that a cell of an XLSX file can hold.
const CELL_MOST: usize = 32_767;
/// Widest column, in characters; longer texts are cut by the view, not by the file.
const WIDTH_MOST: usize = 60;

/// A table that cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The format's own limits are exceeded (1,048,576 rows, 16,384 columns).
    #[error("the table does not fit into an XLSX file: {0}")]
    Xlsx(#[from] XlsxError),
    /// The writer failed.
    #[error("the table could not be written as CSV: {0}")]
    Csv(#[from] csv::Error),
}

/// Writes a table as CSV, in UTF-8 with a byte order mark so that Excel keeps the accents.
///
/// French: fields parted by `;`, decimal comma, as French office suites expect. English: `,` and
/// decimal point. Days are ISO (`2026-02-03`), which both read. A text that would be taken for a
/// formula is preceded by an apostrophe, which [`super::import`] takes away again.
///
/// # Errors
/// [`ExportError::Csv`] if the writer fails.
pub fn csv(table: &Table, language: Language) -> Result<Vec<u8>, ExportError> {
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    let mut writer = csv::WriterBuilder::new()
        .delimiter(match language {
            Language::Fr => b';',
            Language::En => b',',
        })
        .terminator(csv::Terminator::CRLF)
        .from_writer(&mut bytes);
    writer.write_record(table.columns.iter().map(|column| harmless(&column.label)))?;
    for row in &table.rows {
        let cells = (0..table.columns.len()).map(|place| {
            row.get(place)
                .map_or_else(String::new, |cell| csv_cell(cell, language))
        });
        writer.write_record(cells)?;
    }
    writer.flush().map_err(csv::Error::from)?;
    drop(writer);
    Ok(bytes)
}

fn csv_cell(cell: &Cell, language: Language) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => harmless(text),
        Cell::Integer(number) => number.to_string(),
        Cell::Decimal(number) if !number.is_finite() => String::new(),
        Cell::Decimal(number) => match language {
            Language::Fr => number.to_string().replace('.', ","),
            Language::En => number.to_string(),
        },
        Cell::Date(day) => day.to_string(),
        Cell::DateTime(at) => at.strftime("%Y-%m-%d %H:%M").to_string(),
        Cell::YesNo(yes) => yes_no(*yes, language).to_owned(),
    }
}

/// The text as an office suite shows it, never runs it.
fn harmless(text: &str) -> String {
    if begins_like_a_formula(text) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

fn yes_no(yes: bool, language: Language) -> &'static str {
    match (language, yes) {
        (Language::Fr, true) => "oui",
        (Language::Fr, false) => "non",
        (Language::En, true) => "yes",
        (Language::En, false) => "no",
    }
}

/// Writes a table as XLSX: real numbers and days, no formula, header frozen and filterable,
/// columns as wide as their content. `made` is written into the file as its date.
///
/// # Errors
/// [`ExportError::Xlsx`] if the table exceeds the limits of the format.
pub fn xlsx(table: &Table, language: Language, made: Timestamp) -> Result<Vec<u8>, ExportError> {
    let mut workbook = Workbook::new();
    let made = excel(made.to_zoned(jiff::tz::TimeZone::UTC).datetime())?;
    workbook.set_properties(
        &DocProperties::new()
            .set_title(&table.name)
            .set_author("Essor")
            .set_creation_datetime(&made),
    );
    let sheet = workbook.add_worksheet();
    sheet.set_name(sheet_name(&table.name))?;
    let header = Format::new()
        .set_bold()
        .set_background_color(Color::RGB(0xE9_EE_E8))
        .set_border_bottom(FormatBorder::Thin)
        .set_align(FormatAlign::VerticalCenter)
        .set_text_wrap();
    let formats = Formats::new(language);
    for (place, column) in table.columns.iter().enumerate() {
        let place = u16::try_from(place).map_err(|_| XlsxError::RowColumnLimitError)?;
        sheet.write_string_with_format(0, place, short(&column.label), &header)?;
        for (row, cells) in table.rows.iter().enumerate() {
            let row = u32::try_from(row + 1).map_err(|_| XlsxError::RowColumnLimitError)?;
            if let Some(cell) = cells.get(usize::from(place)) {
                write(sheet, row, place, cell, &formats, language)?;
            }
        }
        let width = width(column, usize::from(place), &table.rows);
        sheet.set_column_width(place, width)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    if let (Ok(rows), Ok(columns)) = (
        u32::try_from(table.rows.len()),
        u16::try_from(table.columns.len()),
    ) && columns > 0
    {
        sheet.autofilter(0, 0, rows, columns - 1)?;
    }
    Ok(workbook.save_to_buffer()?)
}

/// How cells are shown.
struct Formats {
    text: Format,
    number: Format,
    decimal: Format,
    day: Format,
    instant: Format,
}

impl Formats {
    fn new(language: Language) -> Self {
        let (day, instant) = match language {
            Language::Fr => ("dd/mm/yyyy", "dd/mm/yyyy hh:mm"),
            Language::En => ("d mmm yyyy", "d mmm yyyy hh:mm"),
        };
        Self {
            // “@” keeps a postcode or a telephone number a text when someone edits the cell.
            text: Format::new()
                .set_num_format("@")
                .set_align(FormatAlign::Top),
            number: Format::new()
                .set_num_format("#,##0")
                .set_align(FormatAlign::Top),
            decimal: Format::new()
                .set_num_format("#,##0.##")
                .set_align(FormatAlign::Top),
            day: Format::new()
                .set_num_format(day)
                .set_align(FormatAlign::Top),
            instant: Format::new()
                .set_num_format(instant)
                .set_align(FormatAlign::Top),
        }
    }
}

fn write(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell,
    formats: &Formats,
    language: Language,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Text(text) => {
            sheet.write_string_with_format(row, column, short(text), &formats.text)?;
        }
        Cell::Integer(number) => {
            // Beyond 2^53 a spreadsheet would round: such a number is a code, shown as text.
            #[expect(
                clippy::cast_precision_loss,
                reason = "guarded: below 2^53 it is exact"
            )]
            if number.unsigned_abs() < 1 << 53 {
                sheet.write_number_with_format(row, column, *number as f64, &formats.number)?;
            } else {
                sheet.write_string_with_format(row, column, number.to_string(), &formats.text)?;
            }
        }
        Cell::Decimal(number) if number.is_finite() => {
            sheet.write_number_with_format(row, column, *number, &formats.decimal)?;
        }
        Cell::Empty | Cell::Decimal(_) => {}
        Cell::Date(day) => {
            let day = excel(day.at(0, 0, 0, 0))?;
            sheet.write_datetime_with_format(row, column, &day, &formats.day)?;
        }
        Cell::DateTime(at) => {
            sheet.write_datetime_with_format(row, column, &excel(*at)?, &formats.instant)?;
        }
        Cell::YesNo(yes) => {
            sheet.write_string_with_format(row, column, yes_no(*yes, language), &formats.text)?;
        }
    }
    Ok(())
}

/// A day and hour as Excel counts them; it knows the years 1900 to 9999 only.
fn excel(at: DateTime) -> Result<ExcelDateTime, XlsxError> {
    let year = u16::try_from(at.year()).unwrap_or_default();
    ExcelDateTime::from_ymd(year, at.month().unsigned_abs(), at.day().unsigned_abs())?.and_hms(
        u16::from(at.hour().unsigned_abs()),
        at.minute().unsigned_abs(),
        f64::from(at.second()),
    )
}

/// The text cut to what a cell can hold.
fn short(text: &str) -> String {
    text.chars().take(CELL_MOST).collect()
}

/// A name that a sheet may bear: at most 31 characters, none of `[]:*?/\`, no outer apostrophe.
fn sheet_name(name: &str) -> String {
    let cleaned: String = name
        .chars()
        .map(|character| match character {
            '[' | ']' | ':' | '*' | '?' | '/' | '\\' => ' ',
            other if other.is_control() => ' ',
            other => other,
        })
        .take(31)
        .collect();
    let cleaned = cleaned.trim().trim_matches('\'').trim();
    // “History” is reserved by Excel.
    match cleaned {
        "" => "Essor".to_owned(),
        name if name.eq_ignore_ascii_case("history") => format!("{name} "),
        name => name.to_owned(),
    }
}

/// The width of a column in characters, from its header and cells.
fn width(column: &Column, place: usize, rows: &[Vec<Cell>]) -> f64 {
    let content = rows
        .iter()
        .filter_map(|row| row.get(place))
        .map(|cell| match cell {
            Cell::Text(text) => text
                .lines()
                .map(|line| line.chars().count())
                .max()
                .unwrap_or(0),
            Cell::Integer(number) => number.to_string().len() + 2,
            _ => 0,
        })
        .max()
        .unwrap_or(0);
    let least = match column.kind {
        Kind::Text | Kind::Number | Kind::YesNo => 6,
        Kind::Date => 11,
        Kind::DateTime => 17,
    };
    // Room for the filter button beside the header.
    let header = column.label.chars().count() + 3;
    let characters = content.max(header).clamp(least, WIDTH_MOST);
    u32::try_from(characters).map_or(10.0, f64::from) + 1.0
}
