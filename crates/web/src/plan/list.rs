//! Plans in a list, side by side, and their sessions and people as tables to be exported.

use application::plan::{self, Listed};
use axum::extract::Path;
use serde::{Deserialize, Serialize};

use super::LIST;
use super::words::{Line, badge, figures, lines, terms};
use crate::listing::{Asked, Cell, Choice, Filter, FilterKind, Head, Link, Listing};
use crate::session::view::title;
use crate::shell::{Answer, Ctx, Page, Query};

/// Most plans side by side.
const MOST: usize = 4;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    q: String,
    tri: String,
    page: String,
    format: String,
    saison: String,
    etat: String,
}

/// `GET /bureau/planification`: every plan, newest first.
pub(super) async fn list(ctx: Ctx, query: Query<Wanted>) -> Answer {
    let wanted = query.value;
    let all = plan::list(ctx.app(), ctx.actor()).await?;
    let search = domain::text::fold(&wanted.q);
    let shown = all.iter().filter(|one| {
        (wanted.saison.is_empty() || one.season.slug == wanted.saison)
            && (wanted.etat.is_empty() || one.row.stage == wanted.etat)
            && domain::text::fold(&one.row.name).contains(&search)
    });
    let listing = Listing {
        title: ctx.text("plan-list"),
        lead: ctx.text("plan-list-lead"),
        path: LIST,
        actions: vec![
            Link::new(ctx.text("plan-new"), "/bureau/planification/nouveau"),
            Link::new(
                ctx.text("plan-repair-new"),
                "/bureau/planification/remplacement",
            ),
            Link::new(ctx.text("plan-compare"), "/bureau/planification/comparer"),
        ],
        search_label: ctx.text("plan-name"),
        filters: filters(&ctx, &wanted, &all),
        heads: vec![
            Head::text("nom", ctx.text("plan-name")),
            Head::text("saison", ctx.text("session-season")),
            Head::text("etat", ctx.text("plan-stage")),
            Head::number("servies", ctx.text("plan-figure-served")),
            Head::number("complets", ctx.text("plan-figure-complete")),
            Head::number("seances", ctx.text("plan-figure-opened")),
            Head::text("fait", ctx.text("plan-made")),
            Head::text("par", ctx.text("plan-made-by")),
        ],
        rows: shown.map(|one| row(&ctx, one)).collect(),
        empty: (ctx.text("plan-none"), ctx.text("plan-none-text")),
    };
    let asked = Asked {
        search: wanted.q,
        sort: wanted.tri,
        page: wanted.page,
        format: wanted.format,
    };
    listing.answer(&ctx, &asked)
}

fn filters(ctx: &Ctx, wanted: &Wanted, all: &[Listed]) -> Vec<Filter> {
    let mut seasons: Vec<(String, String)> = all
        .iter()
        .map(|one| (one.season.slug.clone(), one.season.name.clone()))
        .collect();
    seasons.sort();
    seasons.dedup();
    let stages = domain::plan::Stage::ALL.map(|stage| {
        Choice::new(
            stage.name(),
            ctx.text(&format!("plan-stage-{}", stage.name())),
        )
    });
    vec![
        Filter {
            kind: FilterKind::Choice,
            name: "saison",
            label: ctx.text("session-season"),
            options: seasons
                .into_iter()
                .map(|(slug, name)| Choice::new(slug, name))
                .collect(),
            value: wanted.saison.clone(),
            none: ctx.text("listing-all"),
        },
        Filter {
            kind: FilterKind::Choice,
            name: "etat",
            label: ctx.text("plan-stage"),
            options: stages.to_vec(),
            value: wanted.etat.clone(),
            none: ctx.text("listing-all"),
        },
    ]
}

fn row(ctx: &Ctx, one: &Listed) -> Vec<Cell> {
    let (tone, status) = badge(ctx, one.stage);
    let number = |number: u32| Cell::number(number.into());
    vec![
        Cell::link(&one.row.name, format!("{LIST}/{}", one.row.id)),
        Cell::text(&one.season.name),
        Cell::badge(tone, status),
        number(one.figures.served),
        number(one.figures.complete),
        number(one.figures.opened),
        Cell::text(documents::formats::date_short(
            ctx.language(),
            one.made.date(),
        ))
        .sorted_by(&one.made.to_string()),
        Cell::text(&one.row.made_by_name),
    ]
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Compared {
    plan: Vec<String>,
}

/// One plan of several side by side.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) href: String,
    pub(super) tone: &'static str,
    pub(super) status: String,
}

/// A line of the comparison.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Row {
    pub(super) label: String,
    pub(super) values: Vec<i64>,
    /// The best of the values, where better and worse can be told.
    pub(super) best: Option<i64>,
}

#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct ComparePage {
    pub(super) choices: Vec<Choice>,
    pub(super) chosen: Vec<String>,
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Row>,
    pub(super) terms: Vec<Row>,
    pub(super) too_many: bool,
}

impl Page for ComparePage {
    const TEMPLATE: &'static str = "plan/compare.html";
}

/// `GET /bureau/planification/comparer?plan=A&plan=B`: up to four plans side by side.
pub(super) async fn compare(ctx: Ctx, query: Query<Compared>) -> Answer {
    let mut chosen = query.value.plan;
    chosen.dedup();
    let too_many = chosen.len() > MOST;
    chosen.truncate(MOST);
    let all = plan::list(ctx.app(), ctx.actor()).await?;
    let choices = all.iter().map(|one| {
        Choice::new(
            &one.row.id,
            format!("{} ({})", one.row.name, one.season.name),
        )
    });
    let columns = plan::compare(ctx.app(), ctx.actor(), &chosen).await?;
    ctx.page(&ComparePage {
        choices: choices.collect(),
        rows: if columns.is_empty() {
            Vec::new()
        } else {
            rows(&ctx, &columns)
        },
        terms: costs(&ctx, &columns),
        columns: columns
            .iter()
            .map(|one| {
                let (tone, status) = badge(&ctx, one.stage);
                Column {
                    name: one.row.name.clone(),
                    href: format!("{LIST}/{}", one.row.id),
                    tone,
                    status,
                }
            })
            .collect(),
        chosen,
        too_many,
    })
}

fn rows(ctx: &Ctx, plans: &[Listed]) -> Vec<Row> {
    let all: Vec<_> = plans.iter().map(|one| figures(ctx, &one.figures)).collect();
    let count = all.first().map_or(0, Vec::len);
    (0..count)
        .filter_map(|line| {
            let values: Vec<i64> = all
                .iter()
                .filter_map(|column| column.get(line))
                .map(|figure| figure.value)
                .collect();
            // People and paths: the more the better; all else, the less. Sessions and seats are neither.
            let best = match line {
                0 | 1 => values.iter().max().copied(),
                2 | 5 | 6 => values.iter().min().copied(),
                _ => None,
            };
            Some(Row {
                label: all.first()?.get(line)?.label.clone(),
                values,
                best,
            })
        })
        .collect()
}

fn costs(ctx: &Ctx, plans: &[Listed]) -> Vec<Row> {
    let Some(first) = plans.first() else {
        return Vec::new();
    };
    let mut rows: Vec<Row> = terms(&first.figures)
        .iter()
        .enumerate()
        .map(|(line, (key, _))| Row {
            label: ctx.text(key),
            values: plans
                .iter()
                .filter_map(|one| terms(&one.figures).get(line).map(|term| term.1))
                .collect(),
            best: None,
        })
        .collect();
    let totals: Vec<i64> = plans.iter().map(|one| one.figures.objective).collect();
    rows.push(Row {
        label: ctx.text("plan-term-sum"),
        best: totals.iter().min().copied(),
        values: totals,
    });
    rows
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Table {
    tri: String,
    page: String,
    format: String,
}

impl Table {
    fn asked(self) -> Asked {
        Asked {
            search: String::new(),
            sort: self.tri,
            page: self.page,
            format: self.format,
        }
    }
}

/// `GET /bureau/planification/{id}/seances`: the sessions of a plan, to be sorted and exported.
pub(super) async fn sessions(ctx: Ctx, Path(id): Path<String>, query: Query<Table>) -> Answer {
    let view = plan::get(ctx.app(), ctx.actor(), &id).await?;
    let rows = lines(&ctx, &view)
        .into_iter()
        .zip(&view.sessions)
        .map(|(line, session)| {
            let Line {
                href,
                title,
                day,
                starts,
                ends,
                when,
                place,
                trainer,
                people,
                most,
                status,
                tone,
                ..
            } = line;
            let names: Vec<&str> = session.people.iter().map(|one| one.name.as_str()).collect();
            vec![
                Cell::link(when, &href).sorted_by(&starts),
                Cell::link(title, &href),
                Cell::text(place),
                Cell::text(trainer),
                Cell::number(i64::try_from(people).unwrap_or_default()),
                Cell::number(most.into()),
                Cell::badge(tone, status),
                Cell::text(day),
                Cell::text(starts),
                Cell::text(ends),
                Cell::text(names.join(", ")),
            ]
        })
        .collect();
    let listing = Listing {
        title: ctx.text_with(
            "plan-sessions-of",
            &[("name", view.listed.row.name.as_str().into())],
        ),
        lead: ctx.text("plan-sessions-lead"),
        path: "",
        actions: back(&ctx, &id),
        search_label: String::new(),
        filters: Vec::new(),
        heads: vec![
            Head::text("date", ctx.text("session-day")),
            Head::text("atelier", ctx.text("session-module")),
            Head::text("lieu", ctx.text("session-place")),
            Head::text("formateur", ctx.text("session-trainer")),
            Head::number("personnes", ctx.text("plan-people")),
            Head::number("places", ctx.text("session-capacity")),
            Head::text("etat", ctx.text("plan-session-state")),
            Head::text("jour", ctx.text("session-day")).exported_only(),
            Head::text("debut", ctx.text("session-starts")).exported_only(),
            Head::text("fin", ctx.text("session-ends")).exported_only(),
            Head::text("noms", ctx.text("plan-names")).exported_only(),
        ],
        rows,
        empty: (
            ctx.text("plan-sessions-none"),
            ctx.text("plan-sessions-none-text"),
        ),
    };
    listing.answer(&ctx, &query.value.asked())
}

fn back(ctx: &Ctx, id: &str) -> Vec<Link> {
    vec![
        Link::new(ctx.text("plan-back"), format!("{LIST}/{id}")),
        Link::new(ctx.text("plan-board"), format!("{LIST}/{id}/calendrier")),
    ]
}

/// `GET /bureau/planification/{id}/personnes`: who gets what of their path, to be sorted and exported.
pub(super) async fn people(ctx: Ctx, Path(id): Path<String>, query: Query<Table>) -> Answer {
    let view = plan::get(ctx.app(), ctx.actor(), &id).await?;
    let number = |count: usize| Cell::number(i64::try_from(count).unwrap_or_default());
    let rows = view
        .people
        .iter()
        .map(|one| {
            let missing: Vec<String> = one
                .missing
                .iter()
                .map(|module| title(module, ctx.language()))
                .collect();
            vec![
                Cell::link(&one.name, format!("/bureau/personnes/{}", one.id)),
                number(one.wanted),
                number(one.wanted - one.missing.len()),
                number(one.missing.len()),
                Cell::text(missing.join(", ")),
            ]
        })
        .collect();
    let listing = Listing {
        title: ctx.text_with(
            "plan-people-of",
            &[("name", view.listed.row.name.as_str().into())],
        ),
        lead: ctx.text("plan-people-lead"),
        path: "",
        actions: back(&ctx, &id),
        search_label: String::new(),
        filters: Vec::new(),
        heads: vec![
            Head::text("nom", ctx.text("plan-person")),
            Head::number("souhaites", ctx.text("plan-wanted")),
            Head::number("prevus", ctx.text("plan-given")),
            Head::number("manquants", ctx.text("plan-missing")),
            Head::text("lesquels", ctx.text("plan-missing-which")),
        ],
        rows,
        empty: (
            ctx.text("plan-people-none"),
            ctx.text("plan-people-none-text"),
        ),
    };
    listing.answer(&ctx, &query.value.asked())
}
