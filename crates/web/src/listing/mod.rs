//! Lists of the desk: search, filters, sorting, pages, export as CSV and XLSX, and what to say when there is nothing.
//!
//! An area fills a [`Listing`] with all rows that its filters leave; the rest is done here, on short lists (sites, trainers, referents …)
//! that fit in memory.

mod confirm;
mod deed;
mod detail;
mod form;

use std::cmp::Ordering;

use axum::http::header;
use axum::response::IntoResponse;
use documents::spreadsheet::{Cell as SheetCell, Column, Kind, Table, export};
use domain::input::Phone;
use domain::text::fold;
use serde::Serialize;

pub use confirm::Confirm;
pub use deed::{Deed, Version};
pub use detail::{Detail, Fact, MapView, Section};
pub use form::{Field, FormPage};

use crate::shell::{Answer, Ctx, Flash, Page, WebError};

/// Rows on one page.
const PER_PAGE: usize = 50;

/// A telephone number as people write it; nothing where there is none.
#[must_use]
pub fn phone(kept: Option<&str>) -> String {
    let kept = kept.unwrap_or_default();
    Phone::parse(kept).map_or_else(|_| kept.to_owned(), |phone| phone.to_string())
}

/// On to `to`, where the text `key` is said.
pub(crate) fn done(ctx: &Ctx, to: &str, key: &str) -> axum::response::Response {
    ctx.redirect_with(to, &[Flash::ok(ctx.text(key))])
}

/// A link with its words.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Link {
    /// The words.
    pub label: String,
    /// Where it leads.
    pub href: String,
}

impl Link {
    /// Words that lead somewhere.
    pub fn new(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            href: href.into(),
        }
    }
}

/// A choice of a form, as the macros of `components.html` take it.
#[derive(Clone, Debug, Serialize)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
}

impl Choice {
    /// A choice.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
        }
    }
}

/// How a filter is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FilterKind {
    /// One of a few.
    Choice,
    /// A day.
    Day,
    /// Not at all: it is only kept.
    Kept,
}

/// A filter beside the search.
#[derive(Clone, Debug, Serialize)]
pub struct Filter {
    /// How it is shown.
    pub kind: FilterKind,
    /// Its name in the query string.
    pub name: &'static str,
    /// Its label.
    pub label: String,
    /// The choices.
    pub options: Vec<Choice>,
    /// The one chosen; empty: the first, which leaves everything.
    pub value: String,
    /// What stands for no filter.
    pub none: String,
}

impl Filter {
    /// A day, as `2026-02-03`.
    pub fn day(name: &'static str, label: String, value: &str) -> Self {
        Self {
            kind: FilterKind::Day,
            name,
            label,
            options: Vec::new(),
            value: value.to_owned(),
            none: String::new(),
        }
    }

    /// A value that the list's addresses keep.
    pub fn kept(name: &'static str, value: &str) -> Self {
        Self {
            kind: FilterKind::Kept,
            ..Self::day(name, String::new(), value)
        }
    }
}

/// A column.
#[derive(Clone, Debug)]
pub struct Head {
    /// Its name in the query string and, for imports, in files.
    pub key: &'static str,
    /// Its header.
    pub label: String,
    /// Whether it holds numbers.
    pub number: bool,
    /// Whether it is shown on the page, or only in exports.
    pub shown: bool,
}

impl Head {
    /// A column of words.
    pub fn text(key: &'static str, label: impl Into<String>) -> Self {
        Self {
            key,
            label: label.into(),
            number: false,
            shown: true,
        }
    }

    /// A column of whole numbers.
    pub fn number(key: &'static str, label: impl Into<String>) -> Self {
        Self {
            number: true,
            ..Self::text(key, label)
        }
    }

    /// A column that is exported only.
    #[must_use]
    pub fn exported_only(self) -> Self {
        Self {
            shown: false,
            ..self
        }
    }
}

/// A cell.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    text: String,
    number: Option<i64>,
    href: Option<String>,
    tone: Option<&'static str>,
    key: Option<String>,
}

impl Cell {
    /// Words.
    pub fn text(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }

    /// Words that lead to the row's own page.
    pub fn link(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self {
            href: Some(href.into()),
            ..Self::text(text)
        }
    }

    /// A status told by shape and word; `tone` as in the macro `badge`.
    pub fn badge(tone: &'static str, text: impl Into<String>) -> Self {
        Self {
            tone: Some(tone),
            ..Self::text(text)
        }
    }

    /// Sorted by another text than the one shown: days by their date.
    #[must_use]
    pub fn sorted_by(self, key: &str) -> Self {
        Self {
            key: Some(key.to_owned()),
            ..self
        }
    }

    /// A whole number.
    #[must_use]
    pub fn number(number: i64) -> Self {
        Self {
            number: Some(number),
            ..Self::default()
        }
    }

    fn compare(&self, other: &Self) -> Ordering {
        if let (Some(a), Some(b)) = (&self.key, &other.key) {
            return a.cmp(b);
        }
        match (self.number, other.number) {
            (Some(a), Some(b)) => a.cmp(&b),
            _ => fold(&self.text).cmp(&fold(&other.text)),
        }
    }
}

/// What every list of the desk takes from its address besides its filters.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// What is searched.
    pub search: String,
    /// The column to sort by, with `-` before it: descending.
    pub sort: String,
    /// The page, from 1.
    pub page: String,
    /// `csv` or `xlsx`: the file instead of the page.
    pub format: String,
}

/// A list, ready to be answered with.
#[derive(Clone, Debug)]
pub struct Listing {
    /// The heading, and the name of the exported file's sheet.
    pub title: String,
    /// What is in it, in a sentence.
    pub lead: String,
    /// The address of the list without its query.
    pub path: &'static str,
    /// Buttons above it; the first is the page's point.
    pub actions: Vec<Link>,
    /// What the search looks through; empty: no search.
    pub search_label: String,
    /// Filters.
    pub filters: Vec<Filter>,
    /// Columns.
    pub heads: Vec<Head>,
    /// Rows, in their usual order, one cell for each column.
    pub rows: Vec<Vec<Cell>>,
    /// What to say, and do, when there is nothing at all.
    pub empty: (String, String),
}

#[derive(Debug, Serialize)]
struct HeadView {
    label: String,
    href: String,
    direction: &'static str,
    class: &'static str,
}

#[derive(Debug, Serialize)]
struct CellView {
    text: String,
    number: Option<i64>,
    href: Option<String>,
    tone: Option<&'static str>,
}

#[derive(Debug, Serialize)]
struct Pages {
    from: usize,
    to: usize,
    total: usize,
    previous: Option<String>,
    next: Option<String>,
}

/// The page of a list.
#[derive(Debug, Serialize)]
pub(crate) struct ListPage {
    title: String,
    lead: String,
    path: &'static str,
    actions: Vec<Link>,
    search_label: String,
    search: String,
    sort: String,
    filters: Vec<Filter>,
    filtered: bool,
    heads: Vec<HeadView>,
    rows: Vec<Vec<CellView>>,
    pages: Pages,
    csv: String,
    xlsx: String,
    empty_title: String,
    empty_text: String,
}

impl Page for ListPage {
    const TEMPLATE: &'static str = "listing/list.html";
}

impl Listing {
    /// Answers with the page, or with the file when one is asked for.
    ///
    /// # Errors
    /// A mistake of ours in the template, or a file that cannot be written.
    pub fn answer(mut self, ctx: &Ctx, asked: &Asked) -> Answer {
        self.sort(&asked.sort);
        match asked.format.as_str() {
            "csv" | "xlsx" => self.file(ctx, asked),
            _ => ctx.page(&self.page(asked)),
        }
    }

    fn sort(&mut self, sort: &str) {
        let (key, descending) = sort
            .strip_prefix('-')
            .map_or((sort, false), |key| (key, true));
        let Some(at) = self.heads.iter().position(|head| head.key == key) else {
            return;
        };
        self.rows.sort_by(|a, b| {
            let order = match (a.get(at), b.get(at)) {
                (Some(a), Some(b)) => a.compare(b),
                _ => Ordering::Equal,
            };
            if descending { order.reverse() } else { order }
        });
    }

    /// The address of this list with some of what was asked changed.
    fn href(&self, asked: &Asked, changed: &[(&str, &str)]) -> String {
        let mut pairs: Vec<(&str, &str)> = vec![("q", &asked.search), ("tri", &asked.sort)];
        pairs.extend(
            self.filters
                .iter()
                .map(|filter| (filter.name, filter.value.as_str())),
        );
        pairs.retain(|(name, _)| changed.iter().all(|(other, _)| other != name));
        pairs.extend_from_slice(changed);
        pairs.retain(|(_, value)| !value.is_empty());
        match serde_html_form::to_string(&pairs) {
            Ok(query) if !query.is_empty() => format!("{}?{query}", self.path),
            _ => self.path.to_owned(),
        }
    }

    pub(crate) fn page(&self, asked: &Asked) -> ListPage {
        let total = self.rows.len();
        let last = total.div_ceil(PER_PAGE).max(1);
        let number = asked
            .page
            .trim()
            .parse::<usize>()
            .unwrap_or(1)
            .clamp(1, last);
        let start = (number - 1) * PER_PAGE;
        let shown: Vec<_> = self.rows.iter().skip(start).take(PER_PAGE).collect();
        let to_page = |page: usize| self.href(asked, &[("page", &page.to_string())]);
        ListPage {
            title: self.title.clone(),
            lead: self.lead.clone(),
            path: self.path,
            actions: self.actions.clone(),
            search_label: self.search_label.clone(),
            search: asked.search.clone(),
            sort: asked.sort.clone(),
            filters: self.filters.clone(),
            filtered: !asked.search.trim().is_empty()
                || self.filters.iter().any(|filter| !filter.value.is_empty()),
            heads: self.head_views(asked),
            pages: Pages {
                from: if total == 0 { 0 } else { start + 1 },
                to: start + shown.len(),
                total,
                previous: (number > 1).then(|| to_page(number - 1)),
                next: (number < last).then(|| to_page(number + 1)),
            },
            rows: shown.into_iter().map(|row| self.cell_views(row)).collect(),
            csv: self.href(asked, &[("format", "csv")]),
            xlsx: self.href(asked, &[("format", "xlsx")]),
            empty_title: self.empty.0.clone(),
            empty_text: self.empty.1.clone(),
        }
    }

    fn head_views(&self, asked: &Asked) -> Vec<HeadView> {
        let shown = self.heads.iter().filter(|head| head.shown);
        shown
            .map(|head| {
                let direction = match asked.sort.strip_prefix('-') {
                    Some(key) if key == head.key => "descending",
                    None if asked.sort == head.key => "ascending",
                    _ => "",
                };
                let next = if direction == "ascending" {
                    format!("-{}", head.key)
                } else {
                    head.key.to_owned()
                };
                HeadView {
                    label: head.label.clone(),
                    href: self.href(asked, &[("tri", &next)]),
                    direction,
                    class: if head.number { "number" } else { "" },
                }
            })
            .collect()
    }

    fn cell_views(&self, row: &[Cell]) -> Vec<CellView> {
        let shown = self.heads.iter().zip(row).filter(|(head, _)| head.shown);
        shown
            .map(|(_, cell)| CellView {
                text: cell.text.clone(),
                number: cell.number,
                href: cell.href.clone(),
                tone: cell.tone,
            })
            .collect()
    }

    /// Everything that the filters leave, on all pages.
    fn file(&self, ctx: &Ctx, asked: &Asked) -> Answer {
        let kind = |head: &Head| {
            if head.number {
                Kind::Number
            } else {
                Kind::Text
            }
        };
        let table = Table {
            name: self.title.clone(),
            columns: self
                .heads
                .iter()
                .map(|head| Column::new(head.key, head.label.clone(), kind(head)))
                .collect(),
            rows: self
                .rows
                .iter()
                .map(|row| row.iter().map(sheet_cell).collect())
                .collect(),
        };
        let (bytes, media) = if asked.format == "csv" {
            let bytes = export::csv(&table, ctx.language()).map_err(WebError::internal)?;
            (bytes, "text/csv; charset=utf-8")
        } else {
            let bytes = export::xlsx(&table, ctx.language(), ctx.app().now())
                .map_err(WebError::internal)?;
            (
                bytes,
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            )
        };
        let name = domain::programme::slug_of(&self.title);
        let disposition = format!("attachment; filename=\"{name}.{}\"", asked.format);
        let headers = [
            (header::CONTENT_TYPE, media.to_owned()),
            (header::CONTENT_DISPOSITION, disposition),
        ];
        Ok((headers, bytes).into_response())
    }
}

fn sheet_cell(cell: &Cell) -> SheetCell {
    cell.number
        .map_or_else(|| SheetCell::from(cell.text.as_str()), SheetCell::Integer)
}

#[cfg(test)]
pub(crate) mod samples {
    use super::*;
    use crate::shell::sample::Sample;

    fn listing(rows: usize) -> Listing {
        Listing {
            title: "Lieux".into(),
            lead: "Où les séances ont lieu.".into(),
            path: "/bureau/lieux",
            actions: vec![Link::new("Ajouter un lieu", "/bureau/lieux/nouveau")],
            search_label: "Nom".into(),
            filters: vec![
                Filter {
                    kind: FilterKind::Choice,
                    name: "etat",
                    label: "État".into(),
                    options: vec![Choice::new("archives", "Archivés")],
                    value: String::new(),
                    none: "Tous".into(),
                },
                Filter::day("du", "À partir du".into(), ""),
                Filter::kept("personne", ""),
            ],
            heads: vec![
                Head::text("nom", "Nom"),
                Head::number("places", "Places"),
                Head::text("note", "Note").exported_only(),
            ],
            rows: (0..rows)
                .map(|n| {
                    vec![
                        Cell::link(format!("<b>Lieu</b> {n}"), "/bureau/lieux/1"),
                        Cell::number(i64::try_from(rows - n).unwrap()),
                        Cell::badge("ok", "=1+1"),
                    ]
                })
                .collect(),
            empty: ("Aucun lieu".into(), "Ajoutez le premier.".into()),
        }
    }

    pub(crate) fn samples() -> Vec<Sample> {
        let asked = Asked {
            sort: "nom".into(),
            page: "2".into(),
            ..Asked::default()
        };
        let mut all = vec![
            Sample::of(listing(120).page(&asked)),
            Sample::of(listing(0).page(&Asked::default())),
            Sample::of(listing(0).page(&Asked {
                search: "zz".into(),
                ..Asked::default()
            })),
            confirm::sample(),
        ];
        all.extend(deed::samples());
        all.extend(form::samples::samples());
        all.extend(detail::samples());
        all
    }

    #[test]
    fn a_list_sorts_by_number_and_keeps_what_was_asked_in_its_links() {
        let mut list = listing(120);
        list.sort("places");
        let asked = Asked {
            search: "é&=".into(),
            sort: "places".into(),
            page: "2".into(),
            ..Asked::default()
        };
        let page = list.page(&asked);
        assert_eq!(
            (page.pages.from, page.pages.to, page.pages.total),
            (51, 100, 120)
        );
        assert_eq!(page.rows[0][1].number, Some(51));
        assert_eq!(page.heads[1].direction, "ascending");
        assert!(
            page.pages
                .next
                .unwrap()
                .contains("q=%C3%A9%26%3D&tri=places"),
            "filters are kept"
        );
        assert_eq!(page.rows[0].len(), 2, "what is only exported is not shown");
    }

    #[test]
    fn a_page_beyond_the_last_is_the_last() {
        for page in ["99999999999999999999999", "-1", "0", "deux"] {
            let asked = Asked {
                page: page.into(),
                ..Asked::default()
            };
            let page = listing(3).page(&asked);
            assert_eq!((page.pages.from, page.pages.to), (1, 3));
        }
    }
}
