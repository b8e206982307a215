//! The calendar of a plan: a week as days and parts of the day. Sessions are dragged where scripts run; each has its own page for those who
//! do not drag.

use application::plan::{self, Change, PlanView};
use axum::Json;
use axum::extract::Path;
use axum::response::IntoResponse;
use documents::formats;
use domain::questionnaire::Slot;
use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

use super::LIST;
use super::words::{Figure, Line, TrialView, answered, figures, lines};
use crate::listing::Link;
use crate::shell::{Answer, Ctx, Flash, Form, Page, Query};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    semaine: String,
}

/// A half-day of the week.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Cell {
    /// Half-day of the plan; none where sessions cannot be put.
    pub(super) slot: Option<u32>,
    /// In words, for those who listen.
    pub(super) label: String,
    pub(super) sessions: Vec<Line>,
}

/// A part of the day.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Row {
    pub(super) label: String,
    pub(super) cells: Vec<Cell>,
}

#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct BoardPage {
    pub(super) name: String,
    pub(super) href: String,
    pub(super) crumbs: Vec<Link>,
    pub(super) heading: String,
    pub(super) previous: String,
    pub(super) next: String,
    pub(super) week: String,
    pub(super) heads: Vec<String>,
    pub(super) rows: Vec<Row>,
    pub(super) empty: bool,
    pub(super) figures: Vec<Figure>,
    pub(super) objective: i64,
    pub(super) may_adjust: bool,
    pub(super) can_take_back: bool,
    pub(super) version: i64,
}

impl Page for BoardPage {
    const TEMPLATE: &'static str = "plan/board.html";
}

/// `GET /bureau/planification/{id}/calendrier`: a week of the plan (`semaine=2026-10-05`), the first with a session unless asked otherwise.
pub(super) async fn board(ctx: Ctx, Path(id): Path<String>, query: Query<Wanted>) -> Answer {
    let view = plan::get(ctx.app(), ctx.actor(), &id).await?;
    let first = view
        .sessions
        .iter()
        .find(|one| one.existing.is_none())
        .map_or(view.scenario.from, |one| one.starts.date());
    let day: Date = query.value.semaine.parse().unwrap_or(first);
    ctx.page(&page(&ctx, &view, domain::plan::monday(day)))
}

fn page(ctx: &Ctx, view: &PlanView, monday: Date) -> BoardPage {
    let row = &view.listed.row;
    let href = format!("{LIST}/{}", row.id);
    let days: Vec<Date> = (0..6_i64)
        .map(|n| monday.saturating_add(n.days()))
        .collect();
    let all = lines(ctx, view);
    let rows: Vec<Row> = Slot::ALL
        .into_iter()
        .map(|part| {
            let label = ctx.text(match part {
                Slot::Morning => "session-morning",
                Slot::Afternoon => "session-afternoon",
                Slot::Evening => "session-evening",
            });
            let cell = |day: &Date| Cell {
                slot: view.slot_of(*day, part),
                label: format!("{}, {label}", formats::date(ctx.language(), *day)),
                sessions: view
                    .sessions
                    .iter()
                    .zip(&all)
                    .filter(|(one, _)| {
                        one.starts.date() == *day && Slot::of(one.starts.time()) == part
                    })
                    .map(|(_, line)| line.clone())
                    .collect(),
            };
            Row {
                cells: days.iter().map(cell).collect(),
                label,
            }
        })
        .collect();
    let any = |row: &Row| row.cells.iter().any(|cell| !cell.sessions.is_empty());
    let week = |to: Date| format!("{href}/calendrier?semaine={to}");
    BoardPage {
        name: row.name.clone(),
        crumbs: vec![
            Link::new(ctx.text("plan-list"), LIST),
            Link::new(&row.name, &href),
        ],
        heading: ctx.text_with(
            "session-calendar-week-of",
            &[(
                "day",
                formats::date_without_weekday(ctx.language(), monday).into(),
            )],
        ),
        previous: week(monday.saturating_sub(7.days())),
        next: week(monday.saturating_add(7.days())),
        week: monday.to_string(),
        heads: days
            .iter()
            .filter(|day| day.weekday() != Weekday::Sunday)
            .map(|day| {
                let name = formats::weekday(ctx.language(), day.weekday());
                format!("{name} {}", formats::day_and_month(ctx.language(), *day))
            })
            .collect(),
        empty: !rows.iter().any(any),
        rows,
        figures: figures(ctx, &view.listed.figures),
        objective: view.listed.figures.objective,
        may_adjust: view.listed.stage.may_adjust(),
        can_take_back: view.can_take_back,
        version: row.version,
        href,
    }
}

/// A move as the calendar and the page of a session send it: place is `site/room`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Moved {
    pub(super) key: String,
    pub(super) slot: String,
}

/// `GET /bureau/planification/{id}/essai?key=…&slot=…`: what moving a session to another half-day would come to, as JSON for the calendar.
pub(super) async fn trial(ctx: Ctx, Path(id): Path<String>, query: Query<Moved>) -> Answer {
    let view = plan::get(ctx.app(), ctx.actor(), &id).await?;
    let Moved { key, slot } = query.value;
    let found = view.sessions.iter().find(|one| one.key == key);
    let (Some(session), Ok(slot)) = (found, slot.parse()) else {
        return Err(application::Error::NotFound.into());
    };
    let change = Change::Move {
        key,
        site: session.site.clone(),
        room: session.room.clone(),
        slot,
    };
    let told = match plan::try_change(ctx.app(), ctx.actor(), &id, &change).await {
        Ok(trial) => TrialView::of(&ctx, &trial),
        Err(application::Error::Refused(refused)) => TrialView {
            possible: false,
            sentences: vec![crate::shell::error::refusal(&refused, ctx.language())],
        },
        Err(error) => return Err(error.into()),
    };
    Ok(Json(told).into_response())
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Back {
    version: String,
    semaine: String,
}

/// `POST /bureau/planification/{id}/reprendre`: takes the last change by hand back.
pub(super) async fn take_back(ctx: Ctx, Path(id): Path<String>, Form(sent): Form<Back>) -> Answer {
    let outcome = plan::take_back(ctx.app(), ctx.actor(), &id, &sent.version).await;
    let flashes = outcome.map(|_| vec![Flash::ok(ctx.text("plan-taken-back"))]);
    let to = match sent.semaine.parse::<Date>() {
        Ok(day) => format!("{LIST}/{id}/calendrier?semaine={day}"),
        Err(_) => format!("{LIST}/{id}/calendrier"),
    };
    answered(&ctx, flashes, &to)
}
