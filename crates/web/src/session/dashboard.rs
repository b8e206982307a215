//! A season at a glance.

use application::content::vocabulary;
use application::session::{self, Dashboard, Figures, ShadedMap};
use axum::extract::Path;
use serde::{Deserialize, Serialize};

use super::or_no_season;
use super::view::title;
use crate::listing::{Asked, Cell, Head, Listing};
use crate::shell::{Answer, Ctx, Page, Query, WebError};

/// Communes shown before the rest is left to the file.
const MOST_COMMUNES: usize = 25;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    tableau: String,
    format: String,
}

#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Counted {
    pub(super) label: String,
    pub(super) people: i64,
    pub(super) share: f64,
    pub(super) population: Option<i64>,
    pub(super) population_share: Option<f64>,
}

#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct DemandLine {
    pub(super) label: String,
    pub(super) module: String,
    pub(super) open: i64,
    pub(super) wishes: i64,
    pub(super) waiting: i64,
}

#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct MarkLine {
    pub(super) label: String,
    pub(super) marks: i64,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct DashboardPage {
    pub(super) programme: String,
    pub(super) season: String,
    pub(super) season_id: String,
    pub(super) slug: String,
    pub(super) first: String,
    pub(super) last: String,
    pub(super) figures: Figures,
    pub(super) stages: Vec<(&'static str, String, i64)>,
    pub(super) sectors: Vec<Counted>,
    pub(super) communes: Vec<Counted>,
    pub(super) missed: usize,
    pub(super) map: Option<ShadedMap>,
    pub(super) demand: Vec<DemandLine>,
    pub(super) marks: Vec<MarkLine>,
    pub(super) minutes: u32,
}

impl Page for DashboardPage {
    const TEMPLATE: &'static str = "session/dashboard.html";
}

/// `GET /bureau/saison`: to the season that is running.
pub(super) async fn current(ctx: Ctx) -> Answer {
    let season = session::current_season(ctx.app(), ctx.actor()).await;
    let answer = season
        .map(|season| ctx.redirect(&format!("/bureau/saison/{}", season.slug)))
        .map_err(WebError::from);
    or_no_season(&ctx, answer)
}

/// `GET /bureau/saison/{slug}`: figures, map, demand; `?tableau=communes&format=csv` one of its tables as a file.
pub(super) async fn show(ctx: Ctx, Path(slug): Path<String>, query: Query<Wanted>) -> Answer {
    let dashboard = session::dashboard(ctx.app(), ctx.actor(), &slug).await?;
    let wanted = query.value;
    if matches!(wanted.format.as_str(), "csv" | "xlsx") {
        let asked = Asked {
            format: wanted.format,
            ..Asked::default()
        };
        return table(&ctx, &dashboard, &wanted.tableau).answer(&ctx, &asked);
    }
    ctx.page(&page(&ctx, dashboard))
}

fn page(ctx: &Ctx, dashboard: Dashboard) -> DashboardPage {
    let communes = communes(ctx, &dashboard);
    let stages = dashboard.figures.stages.iter();
    let minutes: i64 = dashboard.attendance.iter().map(|one| one.minutes).sum();
    DashboardPage {
        stages: stages
            .map(|(stage, count)| (*stage, ctx.text(&format!("session-stage-{stage}")), *count))
            .collect(),
        sectors: sectors(ctx, &dashboard),
        communes: communes
            .into_iter()
            .filter(|commune| commune.people > 0)
            .take(MOST_COMMUNES)
            .collect(),
        demand: demand(ctx, &dashboard),
        marks: dashboard
            .attendance
            .iter()
            .map(|one| MarkLine {
                label: ctx.text(&format!("session-mark-{}", one.mark)),
                marks: one.marks,
            })
            .collect(),
        minutes: u32::try_from(minutes).unwrap_or(u32::MAX),
        programme: dashboard.programme.name,
        first: dashboard.season.starts_on,
        last: dashboard.season.ends_on,
        season_id: dashboard.season.id,
        slug: dashboard.season.slug,
        season: dashboard.season.name,
        figures: dashboard.figures,
        missed: dashboard.missed,
        map: dashboard.map,
    }
}

fn sectors(ctx: &Ctx, dashboard: &Dashboard) -> Vec<Counted> {
    let label = |slug: Option<&str>| match slug {
        None => ctx.text("session-dashboard-unknown"),
        Some(slug) => vocabulary().sector(slug).map_or_else(
            || slug.to_owned(),
            |sector| sector.label.get(ctx.language()).to_owned(),
        ),
    };
    let sectors = dashboard.sectors.iter();
    sectors
        .map(|one| Counted {
            label: label(one.sector.as_deref()),
            people: one.people,
            share: one.share,
            ..Counted::default()
        })
        .collect()
}

fn communes(ctx: &Ctx, dashboard: &Dashboard) -> Vec<Counted> {
    let communes = dashboard.communes.iter();
    communes
        .map(|one| Counted {
            label: if one.name.is_empty() {
                ctx.text("session-dashboard-unknown")
            } else {
                one.name.clone()
            },
            people: one.people,
            share: one.share,
            population: one.population.map(i64::from),
            population_share: one.population_share,
        })
        .collect()
}

fn demand(ctx: &Ctx, dashboard: &Dashboard) -> Vec<DemandLine> {
    let demand = dashboard.demand.iter();
    demand
        .map(|one| DemandLine {
            label: one.module.as_deref().map_or_else(
                || ctx.text("session-today-wish-any"),
                |module| title(module, ctx.language()),
            ),
            module: one.module.clone().unwrap_or_default(),
            open: one.open,
            wishes: one.wishes,
            waiting: one.waiting,
        })
        .collect()
}

/// A share with one digit after the point.
fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

/// One table of the dashboard, to be exported.
fn table(ctx: &Ctx, dashboard: &Dashboard, which: &str) -> Listing {
    let (title, heads, rows) = match which {
        "secteurs" => (
            ctx.text("session-dashboard-sectors"),
            vec![
                Head::text("secteur", ctx.text("session-dashboard-sector")),
                Head::number("personnes", ctx.text("session-dashboard-people")),
                Head::text("part", ctx.text("session-dashboard-share")),
            ],
            sectors(ctx, dashboard)
                .into_iter()
                .map(|one| {
                    vec![
                        Cell::text(one.label),
                        Cell::number(one.people),
                        Cell::text(percent(one.share)),
                    ]
                })
                .collect(),
        ),
        "demande" => (
            ctx.text("session-dashboard-demand"),
            vec![
                Head::text("atelier", ctx.text("session-module")),
                Head::number("souhaits", ctx.text("session-dashboard-wishes")),
                Head::number("sans_reponse", ctx.text("session-dashboard-wishes-open")),
                Head::number("attente", ctx.text("session-waiting")),
            ],
            demand(ctx, dashboard)
                .into_iter()
                .map(|one| {
                    vec![
                        Cell::text(one.label),
                        Cell::number(one.wishes),
                        Cell::number(one.open),
                        Cell::number(one.waiting),
                    ]
                })
                .collect(),
        ),
        _ => (
            ctx.text("session-dashboard-communes"),
            vec![
                Head::text("commune", ctx.text("session-commune")),
                Head::number("personnes", ctx.text("session-dashboard-people")),
                Head::text("part", ctx.text("session-dashboard-share")),
                Head::number("habitants", ctx.text("session-dashboard-population")),
                Head::text(
                    "part_habitants",
                    ctx.text("session-dashboard-population-share"),
                ),
            ],
            communes(ctx, dashboard)
                .into_iter()
                .map(|one| {
                    vec![
                        Cell::text(one.label),
                        Cell::number(one.people),
                        Cell::text(percent(one.share)),
                        one.population.map_or_else(Cell::default, Cell::number),
                        Cell::text(one.population_share.map(percent).unwrap_or_default()),
                    ]
                })
                .collect(),
        ),
    };
    Listing {
        title,
        lead: String::new(),
        path: "/bureau/saison",
        actions: Vec::new(),
        search_label: String::new(),
        filters: Vec::new(),
        heads,
        rows,
        empty: (String::new(), String::new()),
    }
}
