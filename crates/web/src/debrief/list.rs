//! Who is due for a talk.

use application::access::Role;
use application::debrief::{self, DuePage, DuePerson};
use application::people::commune_label;
use documents::formats;
use documents::texts::Arg;
use domain::text::fold;
use serde::Deserialize;

use super::{LIST, MISSING, day, due_word, stage};
use crate::listing::{Asked, Cell, Choice, Filter, FilterKind, Head, Link, Listing, phone};
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
    saison: String,
}

/// `GET /bureau/bilans`: everybody who is due for a talk, or had one.
pub(super) async fn list(ctx: Ctx, query: Query<Wanted>) -> Answer {
    let sent = query.value;
    if sent.saison.is_empty() {
        return or_no_season(&ctx, listed(&ctx, sent).await);
    }
    listed(&ctx, sent).await
}

async fn listed(ctx: &Ctx, sent: Wanted) -> Answer {
    let page = debrief::list(ctx.app(), ctx.actor(), &sent.saison).await?;
    let search = fold(&sent.q.chars().take(100).collect::<String>());
    let rows = page
        .people
        .iter()
        .filter(|one| matches(one, &search, &sent.etat))
        .map(|one| row(ctx, &page, one))
        .collect();
    let mut actions = vec![Link::new(ctx.text("debrief-missing"), MISSING)];
    if !ctx.actor().is(Role::Referent) || ctx.actor().is(Role::Coordinator) {
        actions.push(Link::new(ctx.text("satisfaction-list"), "/bureau/avis"));
    }
    let listing = Listing {
        title: ctx.text("debrief-list"),
        lead: ctx.text_with(
            "debrief-list-lead",
            &[("season", Arg::from(page.season.name.as_str()))],
        ),
        path: LIST,
        actions,
        search_label: ctx.text("debrief-search"),
        filters: filters(ctx, &sent, &page),
        heads: vec![
            Head::text("name", ctx.text("debrief-person")),
            Head::text("commune", ctx.text("debrief-commune")),
            Head::number("sessions", ctx.text("debrief-sessions")),
            Head::text("hours", ctx.text("debrief-hours")),
            Head::text("last", ctx.text("debrief-last")),
            Head::text("due", ctx.text("debrief-due")),
            Head::text("stage", ctx.text("debrief-stage")),
            Head::text("by", ctx.text("debrief-by")).exported_only(),
            Head::text("organisation", ctx.text("debrief-organisation")).exported_only(),
            Head::text("phone", ctx.text("debrief-phone")).exported_only(),
            Head::text("email", ctx.text("debrief-email")).exported_only(),
        ],
        rows,
        empty: (ctx.text("debrief-none"), ctx.text("debrief-none-text")),
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

fn matches(one: &DuePerson, search: &str, wanted: &str) -> bool {
    let line = &one.line;
    let stage = line.stage.as_deref().unwrap_or("due");
    if !wanted.is_empty() && wanted != stage {
        return false;
    }
    let commune = line.commune_code.as_deref().map(commune_label);
    let told = [
        line.folded.clone(),
        fold(&commune.unwrap_or_default()),
        fold(line.organisation_name.as_deref().unwrap_or_default()),
    ];
    told.iter().any(|text| text.contains(search))
}

fn filters(ctx: &Ctx, sent: &Wanted, page: &DuePage) -> Vec<Filter> {
    let stages = ["due", "draft", "finished"].map(|slug| {
        let word = stage(ctx, Some(slug).filter(|slug| *slug != "due")).1;
        Choice::new(slug, word)
    });
    let seasons = page
        .seasons
        .iter()
        .map(|(slug, name)| Choice::new(slug, name.as_str()));
    vec![
        Filter {
            kind: FilterKind::Choice,
            name: "etat",
            label: ctx.text("debrief-stage"),
            options: stages.to_vec(),
            value: sent.etat.clone(),
            none: ctx.text("listing-all"),
        },
        Filter {
            kind: FilterKind::Choice,
            name: "saison",
            label: ctx.text("debrief-season"),
            options: seasons.collect(),
            value: sent.saison.clone(),
            none: ctx.text("debrief-season-now"),
        },
    ]
}

fn row(ctx: &Ctx, page: &DuePage, one: &DuePerson) -> Vec<Cell> {
    let line = &one.line;
    let (tone, word) = stage(ctx, line.stage.as_deref());
    let minutes = u32::try_from(line.minutes).unwrap_or_default();
    let last = line.last_at.map(|at| day(ctx, at)).unwrap_or_default();
    vec![
        Cell::link(
            &line.name,
            format!("{LIST}/{}/{}", page.season.slug, line.person_id),
        ),
        Cell::text(
            line.commune_code
                .as_deref()
                .map(commune_label)
                .unwrap_or_default(),
        ),
        Cell::number(line.sessions),
        Cell::text(formats::duration(ctx.language(), minutes)).sorted_by(&format!("{minutes:09}")),
        Cell::text(last.clone()).sorted_by(&last),
        Cell::text(due_word(ctx, one.due)),
        Cell::badge(tone, word),
        Cell::text(line.held_by_name.clone().unwrap_or_default()),
        Cell::text(line.organisation_name.clone().unwrap_or_default()),
        Cell::text(phone(line.phone.as_deref())),
        Cell::text(line.email.clone().unwrap_or_default()),
    ]
}
