//! Files in: tried out, then brought in, all lines or none.

use std::collections::{BTreeMap, HashMap};

use documents::spreadsheet::import::{BadLine, Fault, ImportError, Limits, Row, read};
use documents::spreadsheet::{Cell, Column, Table};
use documents::texts::Texts;
use domain::input::InputError;
use domain::language::Language;
use store::Connection;
use store::exchange::DraftRow;

use super::List;
use super::columns::{columns, fields};
use super::lines::{Outcome, Reader};
use crate::access::{Action, Actor, Resource, authorise};
use crate::{App, Error, Refused, Result, history};

/// What a file may hold: 5 MB, 20,000 lines.
const LIMITS: Limits = Limits {
    bytes: 5 * 1024 * 1024,
    unpacked: 64 * 1024 * 1024,
    rows: 20_000,
    columns: 100,
    cell: 4_000,
};
/// How long a file waits to be confirmed, in milliseconds: a day.
const PATIENCE: i64 = 24 * 3_600_000;
/// Lines shown of what would be brought in.
const SAMPLE: usize = 5;

/// Why a line cannot be taken.
#[derive(Clone, Debug, PartialEq)]
pub enum Problem {
    /// What is in a cell.
    Cell(InputError),
    /// The form of the line.
    Form(Fault),
    /// A rule says no.
    Refused(Refused),
    /// It says the same as an earlier line.
    Repeated {
        /// That line.
        line: u64,
    },
}

/// Something wrong in a line; a line with several wrong cells has several.
#[derive(Clone, Debug, PartialEq)]
pub struct Bad {
    /// The number of the line in the file, the header being 1.
    pub line: u64,
    /// The key of the column's header in the locale files, where one cell is wrong.
    pub column: Option<&'static str>,
    /// What the cell holds, cut to what can be shown.
    pub value: String,
    /// What is wrong.
    pub problem: Problem,
}

/// A line about what is there already.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    /// The number of the line in the file.
    pub line: u64,
    /// What it is called.
    pub name: String,
}

/// What an import would do, or did.
#[derive(Clone, Debug, PartialEq)]
pub struct Preview {
    /// The list.
    pub list: List,
    /// The name of the file, for showing.
    pub file: String,
    /// Lines below the header.
    pub lines: usize,
    /// How many would be new.
    pub new: usize,
    /// Those already there: completed (people) or left as they are.
    pub known: Vec<Known>,
    /// Everything wrong; while there is any, nothing can be brought in.
    pub bad: Vec<Bad>,
    /// Headers that are not understood; their columns are left out.
    pub unknown_headers: Vec<String>,
    /// Keys of the headers that are needed and missing.
    pub missing: Vec<&'static str>,
    /// The first good lines: text by column key.
    pub sample: Vec<BTreeMap<String, String>>,
    /// What to confirm; `None` when something is wrong.
    pub draft: Option<String>,
}

impl Preview {
    fn is_good(&self) -> bool {
        self.bad.is_empty() && self.missing.is_empty()
    }
}

/// The empty file to fill in: headers in `language`, without the columns that are only written.
#[must_use]
pub fn template(list: List, language: Language) -> Table {
    let read = fields(list).iter().filter(|field| field.is_read);
    let columns = columns(read, language);
    Table {
        name: Texts::embedded().get(language, list.key()),
        rows: vec![vec![Cell::Empty; columns.len()]],
        columns,
    }
}

/// The headers that are understood: keys, and labels in every language.
fn understood(list: List) -> Vec<Column> {
    Language::ALL
        .into_iter()
        .flat_map(|language| columns(fields(list).iter().filter(|field| field.is_read), language))
        .collect()
}

/// Headers that an export writes and an import passes over in silence.
fn only_written(list: List, header: &str) -> bool {
    let folded = domain::text::fold(header);
    fields(list)
        .iter()
        .filter(|field| !field.is_read)
        .any(|field| {
            field.key == header.trim()
                || Language::ALL.into_iter().any(|language| {
                    domain::text::fold(&Texts::embedded().get(language, field.label)) == folded
                })
        })
}

/// Reads a file and tries it out; nothing of it remains but the draft to confirm.
///
/// The outer error is about the right to do it or the list; the inner one about the file as a whole.
///
/// # Errors
/// What [`authorise`] says; [`Error::Refused`] with `exchange-refused-list` for a list that no file can be brought into.
pub async fn preview(
    app: &App,
    actor: &Actor,
    list: List,
    file_name: &str,
    bytes: &[u8],
) -> Result<std::result::Result<Preview, ImportError>> {
    permitted(app, actor, list)?;
    let mut file = match read(bytes, LIMITS) {
        Ok(file) => file,
        Err(error) => return Ok(Err(error)),
    };
    let mut unknown_headers = file.keyed(&understood(list));
    unknown_headers.retain(|header| !header.trim().is_empty() && !only_written(list, header));
    let told = file
        .headers
        .iter()
        .map(|header| domain::text::fold(header))
        .collect::<Vec<_>>();
    let missing = fields(list)
        .iter()
        .filter(|field| field.is_needed && !is_told(field.key, field.label, &told))
        .map(|field| field.label)
        .collect();
    let file_name: String = file_name
        .chars()
        .filter(|character| !character.is_control())
        .take(120)
        .collect();
    let mut preview = Preview {
        list,
        file: file_name,
        lines: file.rows.len() + file.bad.len(),
        new: 0,
        known: Vec::new(),
        bad: file.bad.iter().map(malformed).collect(),
        unknown_headers,
        missing,
        sample: file
            .rows
            .iter()
            .take(SAMPLE)
            .map(|row| row.cells.clone())
            .collect(),
        draft: None,
    };
    if preview.missing.is_empty() {
        let mut tx = app.write().await?;
        go_through(app, &mut tx, actor, &mut preview, &file.rows).await?;
        // Dropped without commit: nothing of the trial remains.
    }
    preview.bad.sort_by_key(|bad| bad.line);
    if preview.is_good() {
        preview.draft = Some(keep(app, actor, &preview, &file.rows).await?);
    }
    Ok(Ok(preview))
}

fn is_told(key: &str, label: &str, told: &[String]) -> bool {
    let squeezed = |text: &str| domain::text::fold(text).replace(' ', "");
    let names: Vec<String> = std::iter::once(squeezed(key))
        .chain(
            Language::ALL
                .into_iter()
                .map(|language| squeezed(&Texts::embedded().get(language, label))),
        )
        .collect();
    told.iter()
        .any(|header| names.contains(&header.replace(' ', "")))
}

fn malformed(bad: &BadLine) -> Bad {
    Bad {
        line: bad.line,
        column: None,
        value: String::new(),
        problem: Problem::Form(bad.fault.clone()),
    }
}

fn permitted(app: &App, actor: &Actor, list: List) -> Result<()> {
    authorise(app, actor, Action::Import, &Resource::everything())?;
    if !list.can_be_imported() {
        return Err(Refused::new("exchange-refused-list").into());
    }
    let action = match list {
        List::People | List::Organisations => Action::ManagePeople,
        List::Sessions => Action::ManageSessions,
        _ => Action::ManageMeans,
    };
    authorise(app, actor, action, &Resource::everything())
}

/// Takes every line through its command; what cannot be taken is noted, the rest is written into the transaction.
async fn go_through(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    preview: &mut Preview,
    rows: &[Row],
) -> Result<()> {
    let reader = Reader::new(tx, preview.list).await?;
    let mut seen: HashMap<String, u64> = HashMap::new();
    for row in rows {
        match reader.line(app, tx, actor, row).await {
            Ok(outcome) => {
                let id = match &outcome {
                    Outcome::New(id) | Outcome::Known(id) => id,
                };
                if let Some(line) = seen.get(id) {
                    let problem = Problem::Repeated { line: *line };
                    preview.bad.push(Bad {
                        line: row.line,
                        column: None,
                        value: row.text("name").chars().take(80).collect(),
                        problem,
                    });
                    continue;
                }
                seen.insert(id.clone(), row.line);
                match outcome {
                    Outcome::New(_) => preview.new += 1,
                    Outcome::Known(_) => {
                        preview.known.push(Known {
                            line: row.line,
                            name: row.text("name").chars().take(160).collect(),
                        });
                    }
                }
            }
            Err(Error::Invalid(wrong)) => {
                preview.bad.extend(wrong.into_iter().map(|wrong| {
                    let field = fields(preview.list)
                        .iter()
                        .find(|field| field.key == wrong.field);
                    let value = field.map_or("", |field| row.text(field.key));
                    Bad {
                        line: row.line,
                        column: field.map(|field| field.label),
                        value: value.chars().take(80).collect(),
                        problem: Problem::Cell(wrong.error),
                    }
                }));
            }
            Err(Error::Refused(refused)) => {
                preview.bad.push(Bad {
                    line: row.line,
                    column: None,
                    value: String::new(),
                    problem: Problem::Refused(refused),
                });
            }
            Err(other) => return Err(other),
        }
    }
    Ok(())
}

/// Who sent a file; only they may confirm it.
fn sender(actor: &Actor) -> String {
    actor.id().unwrap_or_else(|| "system".to_owned())
}

async fn keep(app: &App, actor: &Actor, preview: &Preview, rows: &[Row]) -> Result<String> {
    let lines: Vec<(u64, &BTreeMap<String, String>)> =
        rows.iter().map(|row| (row.line, &row.cells)).collect();
    let draft = DraftRow {
        id: app.new_id::<DraftRow>().to_string(),
        account_id: sender(actor),
        list: preview.list.slug().to_owned(),
        file_name: preview.file.clone(),
        body: serde_json::to_string(&lines).map_err(store::Error::from)?,
        created_at: app.now().as_millisecond(),
    };
    let mut tx = app.write().await?;
    store::exchange::keep_draft(&mut tx, &draft, draft.created_at - PATIENCE).await?;
    tx.commit().await?;
    Ok(draft.id)
}

/// Brings a file in that was tried out before: all of its lines, or, when meanwhile something stands against one of them, none. The answer
/// says what was done; with [`Preview::bad`] not empty nothing was.
///
/// # Errors
/// What [`authorise`] says; [`Error::NotFound`] when the file was confirmed already, is older than a day, or somebody else's.
pub async fn confirm(app: &App, actor: &Actor, list: List, draft: &str) -> Result<Preview> {
    permitted(app, actor, list)?;
    let mut tx = app.write().await?;
    let draft = store::exchange::draft(&mut tx, draft, &sender(actor), list.slug())
        .await?
        .ok_or(Error::NotFound)?;
    let lines: Vec<(u64, BTreeMap<String, String>)> =
        serde_json::from_str(&draft.body).map_err(store::Error::from)?;
    let rows: Vec<Row> = lines
        .into_iter()
        .map(|(line, cells)| Row { line, cells })
        .collect();
    // Of two confirmations at once, the second finds nothing to do.
    if !store::exchange::drop_draft(&mut tx, &draft.id).await? {
        return Err(Error::NotFound);
    }
    let mut done = Preview {
        list,
        file: draft.file_name,
        lines: rows.len(),
        new: 0,
        known: Vec::new(),
        bad: Vec::new(),
        unknown_headers: Vec::new(),
        missing: Vec::new(),
        sample: Vec::new(),
        draft: None,
    };
    go_through(app, &mut tx, actor, &mut done, &rows).await?;
    if done.is_good() {
        let told = BTreeMap::from([
            ("file", done.file.clone()),
            ("new", done.new.to_string()),
            ("known", done.known.len().to_string()),
        ]);
        history::record(
            app,
            &mut tx,
            actor,
            "exchange.imported",
            ("list", list.slug()),
            None,
            Some(&told),
        )
        .await?;
        tx.commit().await?;
    }
    Ok(done)
}
