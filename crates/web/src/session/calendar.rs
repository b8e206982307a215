//! The calendar: a month as weeks and days, or a week as days and parts of the day. A table of links.

use application::session::{self, Listed, SessionFilter};
use documents::formats;
use domain::questionnaire::Slot;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

use super::view::Line;
use crate::shell::{Answer, Ctx, Page, Query};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    mois: String,
    semaine: String,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct Tab {
    pub(super) label: String,
    pub(super) href: String,
    pub(super) current: bool,
}

/// A cell of the calendar.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Cell {
    /// The day, in a month; none where a week shows parts of a day.
    pub(super) day: Option<String>,
    pub(super) today: bool,
    /// Of another month.
    pub(super) faint: bool,
    pub(super) sessions: Vec<Line>,
}

/// A row: a week of a month, or a part of the day.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Row {
    pub(super) label: String,
    pub(super) cells: Vec<Cell>,
}

#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct CalendarPage {
    pub(super) heading: String,
    pub(super) tabs: Vec<Tab>,
    pub(super) previous: String,
    pub(super) now: String,
    pub(super) next: String,
    pub(super) heads: Vec<String>,
    pub(super) rows: Vec<Row>,
    pub(super) empty: bool,
}

impl Page for CalendarPage {
    const TEMPLATE: &'static str = "session/calendar.html";
}

/// `GET /bureau/calendrier`: a month (`mois=2026-10`) or a week (`semaine=2026-10-05`).
pub(super) async fn calendar(ctx: Ctx, query: Query<Wanted>) -> Answer {
    let all = session::list(ctx.app(), ctx.actor(), &SessionFilter::default()).await?;
    let today = session::today_of(ctx.app().now());
    let wanted = query.value;
    let page = if wanted.semaine.is_empty() {
        let first = format!("{}-01", wanted.mois).parse().unwrap_or(today);
        month(&ctx, &all, first.first_of_month(), today)
    } else {
        let day: Date = wanted.semaine.parse().unwrap_or(today);
        week(&ctx, &all, monday(day), today)
    };
    ctx.page(&page)
}

/// The Monday of the week.
fn monday(day: Date) -> Date {
    let back = i64::from(day.weekday().to_monday_zero_offset());
    day.saturating_sub(back.days())
}

fn tabs(ctx: &Ctx, day: Date, is_week: bool) -> Vec<Tab> {
    let tab = |key: &str, href: String, current| Tab {
        label: ctx.text(key),
        href,
        current,
    };
    vec![
        tab("session-calendar-month", month_href(day), !is_week),
        tab("session-calendar-week", week_href(day), is_week),
        tab("session-list", "/bureau/seances".to_owned(), false),
    ]
}

fn month_href(day: Date) -> String {
    format!(
        "/bureau/calendrier?mois={:04}-{:02}",
        day.year(),
        day.month()
    )
}

fn week_href(day: Date) -> String {
    format!("/bureau/calendrier?semaine={day}")
}

fn heads(ctx: &Ctx, days: impl Iterator<Item = Date>, with_day: bool) -> Vec<String> {
    days.map(|day| {
        if with_day {
            formats::date_short(ctx.language(), day)
        } else {
            formats::weekday(ctx.language(), day.weekday()).to_owned()
        }
    })
    .collect()
}

/// Seven days from `first`.
fn seven(first: Date) -> impl Iterator<Item = Date> {
    (0..7_i64).map(move |n| first.saturating_add(n.days()))
}

fn of_day(all: &[Listed], day: Date) -> impl Iterator<Item = &Listed> {
    all.iter().filter(move |one| one.starts.date() == day)
}

fn month(ctx: &Ctx, all: &[Listed], first: Date, today: Date) -> CalendarPage {
    let mut rows = Vec::new();
    let mut start = monday(first);
    let mut any = false;
    while start <= first.last_of_month() {
        let cells: Vec<Cell> = seven(start)
            .map(|day| Cell {
                day: Some(day.to_string()),
                today: day == today,
                faint: day.month() != first.month(),
                sessions: of_day(all, day).map(|one| Line::of(ctx, one)).collect(),
            })
            .collect();
        any |= cells.iter().any(|cell| !cell.sessions.is_empty());
        rows.push(Row {
            label: ctx.text_with(
                "session-calendar-week-of",
                &[("day", formats::day_and_month(ctx.language(), start).into())],
            ),
            cells,
        });
        let next = start.saturating_add(7.days());
        if next <= start {
            break;
        }
        start = next;
    }
    CalendarPage {
        heading: formats::month_and_year(ctx.language(), first),
        tabs: tabs(ctx, first.max(today.first_of_month()), false),
        previous: month_href(first.saturating_sub(1.month())),
        now: month_href(today),
        next: month_href(first.saturating_add(1.month())),
        heads: heads(ctx, seven(monday(first)), false),
        rows,
        empty: !any,
    }
}

fn week(ctx: &Ctx, all: &[Listed], first: Date, today: Date) -> CalendarPage {
    let with_sunday = of_day(all, first.saturating_add(6.days())).next().is_some();
    let days = || seven(first).filter(|day| with_sunday || day.weekday() != Weekday::Sunday);
    let rows: Vec<Row> = Slot::ALL
        .into_iter()
        .map(|slot| Row {
            label: ctx.text(match slot {
                Slot::Morning => "session-morning",
                Slot::Afternoon => "session-afternoon",
                Slot::Evening => "session-evening",
            }),
            cells: days()
                .map(|day| Cell {
                    today: day == today,
                    sessions: of_day(all, day)
                        .filter(|one| Slot::of(one.starts.time()) == slot)
                        .map(|one| Line::of(ctx, one))
                        .collect(),
                    ..Cell::default()
                })
                .collect(),
        })
        .collect();
    let any = rows
        .iter()
        .flat_map(|row| &row.cells)
        .any(|cell| !cell.sessions.is_empty());
    CalendarPage {
        heading: ctx.text_with(
            "session-calendar-week-of",
            &[(
                "day",
                formats::date_without_weekday(ctx.language(), first).into(),
            )],
        ),
        tabs: tabs(ctx, first, true),
        previous: week_href(first.saturating_sub(7.days())),
        now: week_href(today),
        next: week_href(first.saturating_add(7.days())),
        heads: heads(ctx, days(), true),
        rows,
        empty: !any,
    }
}
