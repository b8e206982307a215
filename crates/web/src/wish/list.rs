//! Everything that is wished, and how many people wish for what.

use application::people::commune_label;
use application::wish::{self, WishLine};
use documents::texts::Arg;
use serde::Deserialize;

use super::{LIST, day, reason, stage, title};
use crate::listing::{Asked, Cell, Choice, Filter, FilterKind, Head, Link, Listing};
use crate::session::or_no_season;
use crate::shell::{Answer, Ctx, Query};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    q: String,
    tri: String,
    page: String,
    format: String,
    etat: String,
    atelier: String,
    commune: String,
    saison: String,
}

/// `GET /bureau/souhaits`: everything that is wished.
pub(super) async fn list(ctx: Ctx, query: Query<Wanted>) -> Answer {
    let sent = query.value;
    if sent.saison.is_empty() {
        return or_no_season(&ctx, listed(&ctx, sent).await);
    }
    listed(&ctx, sent).await
}

async fn listed(ctx: &Ctx, sent: Wanted) -> Answer {
    let wanted = wish::Wanted {
        season: sent.saison.clone(),
        stage: sent.etat.clone(),
        module: sent.atelier.clone(),
        commune: sent.commune.clone(),
        search: sent.q.clone(),
        ..wish::Wanted::default()
    };
    let page = wish::list(ctx.app(), ctx.actor(), &wanted).await?;
    let listing = Listing {
        title: ctx.text("wish-list"),
        lead: ctx.text_with(
            "wish-list-lead",
            &[("season", Arg::from(page.season.name.as_str()))],
        ),
        path: LIST,
        actions: vec![
            Link::new(ctx.text("wish-new"), "/bureau/souhaits/nouveau"),
            Link::new(ctx.text("wish-demand"), "/bureau/souhaits/demande"),
        ],
        search_label: ctx.text("wish-search"),
        filters: filters(ctx, &sent, &page),
        heads: vec![
            Head::text("module", ctx.text("wish-module")),
            Head::text("name", ctx.text("wish-person")),
            Head::text("commune", ctx.text("wish-commune")),
            Head::text("detail", ctx.text("wish-detail")),
            Head::text("reason", ctx.text("wish-reason")),
            Head::text("since", ctx.text("wish-since")),
            Head::text("stage", ctx.text("wish-stage")),
            Head::text("organisation", ctx.text("wish-organisation")).exported_only(),
            Head::text("email", ctx.text("wish-email")).exported_only(),
            Head::text("phone", ctx.text("wish-phone")).exported_only(),
            Head::text("answer", ctx.text("wish-answer")).exported_only(),
        ],
        rows: page.lines.iter().map(|line| row(ctx, line)).collect(),
        empty: (ctx.text("wish-none"), ctx.text("wish-none-text")),
    };
    listing.answer(
        ctx,
        &Asked {
            search: sent.q,
            sort: sent.tri,
            page: sent.page,
            format: sent.format,
        },
    )
}

/// By stage, module and commune, each with how many people wish.
fn filters(ctx: &Ctx, sent: &Wanted, page: &wish::WishPage) -> Vec<Filter> {
    let counted = |demand: &[wish::Demand], name: &dyn Fn(&str) -> String| -> Vec<Choice> {
        demand
            .iter()
            .map(|one| {
                let value = if one.what.is_empty() {
                    "-"
                } else {
                    one.what.as_str()
                };
                Choice::new(value, format!("{} ({})", name(&one.what), one.people))
            })
            .collect()
    };
    let filter = |name, label: &str, options, value: &str| Filter {
        kind: FilterKind::Choice,
        name,
        label: ctx.text(label),
        options,
        value: value.to_owned(),
        none: ctx.text("listing-all"),
    };
    let stages = wish::STAGES
        .map(|slug| Choice::new(slug, stage(ctx, slug).1))
        .to_vec();
    let communes: Vec<wish::Demand> = page
        .by_commune
        .iter()
        .filter(|one| !one.what.is_empty())
        .cloned()
        .collect();
    vec![
        filter("etat", "wish-stage", stages, &sent.etat),
        filter(
            "atelier",
            "wish-module",
            counted(&page.by_module, &|slug| title(ctx, Some(slug))),
            &sent.atelier,
        ),
        filter(
            "commune",
            "wish-commune",
            counted(&communes, &commune_label),
            &sent.commune,
        ),
    ]
}

fn row(ctx: &Ctx, line: &WishLine) -> Vec<Cell> {
    let (tone, word) = stage(ctx, &line.stage);
    let text = |text: &Option<String>| Cell::text(text.clone().unwrap_or_default());
    vec![
        Cell::link(
            title(ctx, line.module.as_deref()),
            format!("{LIST}/{}", line.id),
        ),
        Cell::text(&line.name),
        Cell::text(
            line.commune_code
                .as_deref()
                .map(commune_label)
                .unwrap_or_default(),
        ),
        Cell::text(&line.detail),
        Cell::text(reason(ctx, &line.reason)),
        Cell::text(day(ctx, line.created_at)),
        Cell::badge(tone, word),
        text(&line.organisation_name),
        text(&line.email),
        text(&line.phone),
        Cell::text(&line.answer),
    ]
}

/// `GET /bureau/souhaits/demande`: how many people wish for what, and where they live.
pub(super) async fn demand(ctx: Ctx, query: Query<Wanted>) -> Answer {
    let sent = query.value;
    let wanted = wish::Wanted {
        season: sent.saison.clone(),
        stage: "open".to_owned(),
        search: sent.q.clone(),
        ..wish::Wanted::default()
    };
    let page = wish::list(ctx.app(), ctx.actor(), &wanted).await?;
    let mut lines: std::collections::BTreeMap<(String, String), std::collections::BTreeSet<&str>> =
        std::collections::BTreeMap::new();
    for line in &page.lines {
        let key = (
            line.module.clone().unwrap_or_default(),
            line.commune_code.clone().unwrap_or_default(),
        );
        lines.entry(key).or_default().insert(&line.person_id);
    }
    let mut rows: Vec<(i64, Vec<Cell>)> = lines
        .into_iter()
        .map(|((module, commune), people)| {
            let people = i64::try_from(people.len()).unwrap_or(i64::MAX);
            let value = if module.is_empty() {
                "-"
            } else {
                module.as_str()
            };
            let all = page
                .by_module
                .iter()
                .find(|one| one.what == module)
                .map_or(0, |one| one.people);
            let cells = vec![
                Cell::link(
                    title(&ctx, Some(&module)),
                    format!("{LIST}?atelier={value}&etat=open"),
                ),
                Cell::text(commune_label(&commune)),
                Cell::number(people),
                Cell::number(all),
            ];
            (all, cells)
        })
        .collect();
    rows.sort_by_key(|(all, _)| std::cmp::Reverse(*all));
    let listing = Listing {
        title: ctx.text("wish-demand"),
        lead: ctx.text("wish-demand-lead"),
        path: "/bureau/souhaits/demande",
        actions: vec![Link::new(ctx.text("wish-list"), LIST)],
        search_label: String::new(),
        filters: Vec::new(),
        heads: vec![
            Head::text("module", ctx.text("wish-module")),
            Head::text("commune", ctx.text("wish-commune")),
            Head::number("people", ctx.text("wish-people-there")),
            Head::number("all", ctx.text("wish-people-all")),
        ],
        rows: rows.into_iter().map(|(_, cells)| cells).collect(),
        empty: (ctx.text("wish-none"), ctx.text("wish-none-text")),
    };
    listing.answer(
        &ctx,
        &Asked {
            search: sent.q,
            sort: sent.tri,
            page: sent.page,
            format: sent.format,
        },
    )
}
