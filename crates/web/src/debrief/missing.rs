//! What was missing, and own words put into subjects by hand.

use application::debrief::missing::{self, Group, MissingLine, MissingPage, Words};
use application::debrief::{self, slug_of};
use application::people::commune_label;
use axum::extract::Path;
use documents::texts::Arg;
use domain::debrief::{Shown, Topic};
use domain::text::fold;
use serde::Deserialize;

use super::{LIST, MISSING, PROPOSALS, title};
use crate::listing::{
    Asked, Cell, Choice, Detail, Fact, Field, Filter, FilterKind, FormPage, Head, Link, Listing,
    Version,
};
use crate::session::or_no_season;
use crate::shell::{Answer, Ctx, Flash, Form, Query, WebError};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    q: String,
    tri: String,
    page: String,
    format: String,
    territoire: String,
    sorte: String,
    saison: String,
}

/// The season that an address speaks of; empty: the present one.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Of {
    pub(super) saison: String,
}

impl Of {
    /// An address that keeps speaking of that season.
    pub(super) fn at(&self, path: &str) -> String {
        kept(path, &self.saison)
    }
}

/// An address that keeps speaking of a season.
pub(super) fn kept(path: &str, season: &str) -> String {
    if season.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?saison={season}")
    }
}

fn named(ctx: &Ctx, line: &MissingLine) -> String {
    match &line.topic {
        Topic::Module(slug) => title(ctx, slug),
        Topic::Subject(_) | Topic::Words(_) => line.title.clone(),
    }
}

fn kind(topic: &Topic) -> &'static str {
    match topic {
        Topic::Module(_) => "module",
        Topic::Subject(_) => "sujet",
        Topic::Words(_) => "mots",
    }
}

fn kind_word(ctx: &Ctx, kind: &str) -> String {
    match kind {
        "module" => ctx.text("debrief-kind-module"),
        "sujet" => ctx.text("debrief-kind-subject"),
        _ => ctx.text("debrief-kind-words"),
    }
}

/// From where, most first, in one line; what may not be told apart stands together.
fn places(ctx: &Ctx, shown: &Shown) -> Vec<String> {
    let mut places: Vec<String> = shown
        .communes
        .iter()
        .map(|(code, people)| {
            let commune = if code.is_empty() {
                ctx.text("debrief-nowhere")
            } else {
                commune_label(code)
            };
            format!("{commune} : {people}")
        })
        .collect();
    if shown.elsewhere > 0 {
        let people = i64::try_from(shown.elsewhere).unwrap_or(i64::MAX);
        places.push(ctx.text_with("debrief-elsewhere", &[("people", Arg::Integer(people))]));
    }
    places
}

/// The first of them, and how many more: for a line of the list.
fn first_places(ctx: &Ctx, shown: &Shown) -> String {
    const MOST: usize = 3;
    let all = places(ctx, shown);
    let mut first = all
        .iter()
        .take(MOST)
        .cloned()
        .collect::<Vec<_>>()
        .join(" ; ");
    if all.len() > MOST {
        let more = i64::try_from(all.len() - MOST).unwrap_or(i64::MAX);
        first.push_str(" ; ");
        first.push_str(&ctx.text_with("debrief-more-places", &[("n", Arg::Integer(more))]));
    }
    first
}

fn total(ctx: &Ctx, shown: &Shown) -> Cell {
    match shown.total {
        Some(people) => Cell::number(i64::try_from(people).unwrap_or(i64::MAX)),
        None => Cell::text(ctx.text("debrief-few")).sorted_by(""),
    }
}

/// `GET /bureau/manques`: what was missing, most missed first.
pub(super) async fn list(ctx: Ctx, query: Query<Wanted>) -> Answer {
    let sent = query.value;
    let found = missing::list(ctx.app(), ctx.actor(), &sent.saison, &sent.territoire).await;
    match found {
        Ok(page) => listed(&ctx, sent, &page),
        Err(error) if sent.saison.is_empty() && sent.territoire.is_empty() => {
            or_no_season(&ctx, Err(error.into()))
        }
        Err(error) => Err(error.into()),
    }
}

fn listed(ctx: &Ctx, sent: Wanted, page: &MissingPage) -> Answer {
    let search = fold(&sent.q.chars().take(100).collect::<String>());
    let rows = page
        .lines
        .iter()
        .filter(|line| sent.sorte.is_empty() || sent.sorte == kind(&line.topic))
        .filter(|line| fold(&named(ctx, line)).contains(&search))
        .map(|line| {
            vec![
                Cell::link(
                    named(ctx, line),
                    kept(&format!("{MISSING}/{}", slug_of(&line.topic)), &sent.saison),
                ),
                Cell::text(kind_word(ctx, kind(&line.topic))),
                total(ctx, &line.shown),
                Cell::number(i64::from(line.weight)),
                Cell::text(first_places(ctx, &line.shown)),
                Cell::text(places(ctx, &line.shown).join(" ; ")),
            ]
        })
        .collect();
    let mut actions = Vec::new();
    if page.may_manage {
        actions.push(Link::new(
            ctx.text("debrief-group"),
            kept("/bureau/manques/regrouper", &sent.saison),
        ));
        actions.push(Link::new(
            ctx.text("debrief-proposals"),
            kept(PROPOSALS, &sent.saison),
        ));
    }
    actions.push(Link::new(ctx.text("debrief-list"), LIST));
    let lead = if page.is_exact {
        "debrief-missing-lead"
    } else {
        "debrief-missing-lead-few"
    };
    let listing = Listing {
        title: ctx.text("debrief-missing"),
        lead: ctx.text_with(lead, &[("season", Arg::from(page.season.name.as_str()))]),
        path: MISSING,
        actions,
        search_label: ctx.text("debrief-missing-search"),
        filters: filters(ctx, &sent, page),
        heads: vec![
            Head::text("what", ctx.text("debrief-what")),
            Head::text("kind", ctx.text("debrief-kind")),
            Head::number("people", ctx.text("debrief-people")),
            Head::number("weight", ctx.text("debrief-weight")),
            Head::text("where", ctx.text("debrief-where")),
            Head::text("everywhere", ctx.text("debrief-everywhere")).exported_only(),
        ],
        rows,
        empty: (
            ctx.text("debrief-missing-none"),
            ctx.text("debrief-missing-none-text"),
        ),
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

fn filters(ctx: &Ctx, sent: &Wanted, page: &MissingPage) -> Vec<Filter> {
    let kinds = ["module", "sujet", "mots"].map(|slug| Choice::new(slug, kind_word(ctx, slug)));
    let seasons = page
        .seasons
        .iter()
        .map(|(slug, name)| Choice::new(slug, name.as_str()));
    let season = Filter {
        kind: FilterKind::Choice,
        name: "saison",
        label: ctx.text("debrief-season"),
        options: seasons.collect(),
        value: sent.saison.clone(),
        none: ctx.text("debrief-season-now"),
    };
    let mut filters = vec![
        season,
        Filter {
            kind: FilterKind::Choice,
            name: "sorte",
            label: ctx.text("debrief-kind"),
            options: kinds.to_vec(),
            value: sent.sorte.clone(),
            none: ctx.text("listing-all"),
        },
    ];
    if page.territories.len() > 1 {
        let territories = page
            .territories
            .iter()
            .map(|(id, name)| Choice::new(id, name.as_str()));
        filters.push(Filter {
            kind: FilterKind::Choice,
            name: "territoire",
            label: ctx.text("debrief-territory"),
            options: territories.collect(),
            value: sent.territoire.clone(),
            none: ctx.text("listing-all"),
        });
    }
    filters
}

/// `GET /bureau/manques/{topic}`: one thing that was missing, and the button that makes a proposal of it.
pub(super) async fn show(ctx: Ctx, Path(topic): Path<String>, query: Query<Of>) -> Answer {
    let of = query.value;
    let page = missing::list(ctx.app(), ctx.actor(), &of.saison, "").await?;
    let line = page
        .lines
        .iter()
        .find(|line| slug_of(&line.topic) == topic)
        .ok_or_else(WebError::not_found)?;
    let here = format!("{MISSING}/{topic}");
    let people = match line.shown.total {
        Some(people) => people.to_string(),
        None => ctx.text("debrief-few"),
    };
    let mut actions = Vec::new();
    let mut deeds = Vec::new();
    if page.may_manage {
        deeds.push(Link::new(
            ctx.text("debrief-propose"),
            of.at(&format!("{here}/proposer")),
        ));
        match &line.topic {
            Topic::Subject(id) => actions.push(Link::new(
                ctx.text("debrief-subject"),
                format!("{MISSING}/sujets/{id}"),
            )),
            Topic::Words(_) => actions.push(Link::new(
                ctx.text("debrief-group"),
                of.at("/bureau/manques/regrouper"),
            )),
            Topic::Module(_) => {}
        }
    }
    let weight = match line.shown.total {
        Some(_) => line.weight.to_string(),
        None => String::new(),
    };
    ctx.page(&Detail {
        title: named(&ctx, line),
        lead: if page.may_manage {
            ctx.text("debrief-propose-lead")
        } else {
            String::new()
        },
        crumbs: vec![Link::new(ctx.text("debrief-missing"), of.at(MISSING))],
        facts: vec![
            Fact::new(ctx.text("debrief-kind"), kind_word(&ctx, kind(&line.topic))),
            Fact::new(ctx.text("debrief-people"), people),
            Fact::new(ctx.text("debrief-weight"), weight),
            Fact::lines(ctx.text("debrief-where"), places(&ctx, &line.shown)),
        ],
        actions,
        deeds,
        ..Detail::default()
    })
}

/// `POST /bureau/manques/{topic}/proposer`: makes a proposed workshop of it.
pub(super) async fn propose(
    ctx: Ctx,
    Path(topic): Path<String>,
    query: Query<Of>,
    Form(_): Form<Version>,
) -> Answer {
    let id = debrief::propose(ctx.app(), ctx.actor(), &query.value.saison, &topic).await?;
    let told = Flash::ok(ctx.text("debrief-proposed"));
    Ok(ctx.redirect_with(&format!("{PROPOSALS}/{id}"), &[told]))
}

pub(super) fn label(words: &Words) -> String {
    match words.commune.as_deref() {
        Some(code) => format!("{} ({})", words.text, commune_label(code)),
        None => words.text.clone(),
    }
}

async fn grouping_form(ctx: &Ctx, of: &Of, typed: &Group) -> application::Result<FormPage> {
    let page = missing::grouping(ctx.app(), ctx.actor(), &of.saison).await?;
    let words = page
        .open
        .iter()
        .map(|words| Choice::new(&words.source, label(words)));
    let subjects = page
        .subjects
        .iter()
        .map(|subject| Choice::new(&subject.id, subject.title.as_str()));
    let fields = vec![
        Field::checkboxes(
            "words",
            ctx.text("debrief-group-words"),
            words.collect(),
            &typed.words,
        )
        .hint(if page.open.is_empty() {
            ctx.text("debrief-group-none")
        } else {
            ctx.text("debrief-group-hint")
        }),
        Field::select(
            "subject",
            ctx.text("debrief-group-subject"),
            subjects.collect(),
            &typed.subject,
        ),
        Field::line(
            "text",
            "title",
            ctx.text("debrief-group-title"),
            &typed.title,
        )
        .hint(ctx.text("debrief-group-title-hint")),
    ];
    let crumbs = vec![Link::new(ctx.text("debrief-missing"), of.at(MISSING))];
    Ok(FormPage::new(
        ctx.text("debrief-group"),
        crumbs,
        of.at("/bureau/manques/regrouper"),
        fields,
        "",
    ))
}

/// `GET /bureau/manques/regrouper`: own words that belong to no subject yet.
pub(super) async fn grouping(ctx: Ctx, query: Query<Of>) -> Answer {
    ctx.page(&grouping_form(&ctx, &query.value, &Group::default()).await?)
}

/// `POST /bureau/manques/regrouper`: puts words into a subject.
pub(super) async fn group(
    ctx: Ctx,
    query: Query<Of>,
    Form(raw): Form<Vec<(String, String)>>,
) -> Answer {
    let of = query.value;
    let one = |name: &str| {
        raw.iter()
            .find(|(other, _)| other == name)
            .map(|(_, value)| value.clone())
            .unwrap_or_default()
    };
    let group = Group {
        words: raw
            .iter()
            .filter(|(name, _)| name == "words")
            .map(|(_, value)| value.clone())
            .collect(),
        subject: one("subject"),
        title: one("title"),
    };
    match missing::group(ctx.app(), ctx.actor(), &of.saison, &group).await {
        Ok(id) => {
            let told = Flash::ok(ctx.text("debrief-grouped"));
            Ok(ctx.redirect_with(&format!("{MISSING}/sujets/{id}"), &[told]))
        }
        Err(error) => grouping_form(&ctx, &of, &group)
            .await?
            .again(&ctx, error, None),
    }
}
