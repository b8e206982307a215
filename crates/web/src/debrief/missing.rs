//! What was missing, and own words put into subjects by hand.

use application::debrief::missing::{self, Group, MissingLine, MissingPage, Words};
use application::debrief::{self, slug_of};
use application::people::commune_label;
use axum::extract::Path;
use documents::texts::Arg;
use domain::debrief::{Shown, Topic};
use domain::text::fold;
use serde::{Deserialize, Serialize};

use super::{LIST, MISSING, PROPOSALS, title};
use crate::listing::{
    Asked, Cell, Choice, Deed, Detail, Fact, Field, Filter, FilterKind, FormPage, Head, Link,
    Listing, Section, Version,
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
                    format!("{MISSING}/{}", slug_of(&line.topic)),
                ),
                Cell::text(kind_word(ctx, kind(&line.topic))),
                total(ctx, &line.shown),
                Cell::number(i64::from(line.weight)),
                Cell::text(places(ctx, &line.shown).join(" ; ")),
            ]
        })
        .collect();
    let mut actions = Vec::new();
    if page.may_manage {
        actions.push(Link::new(
            ctx.text("debrief-group"),
            "/bureau/manques/regrouper",
        ));
        actions.push(Link::new(ctx.text("debrief-proposals"), PROPOSALS));
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
    let mut filters = vec![Filter {
        kind: FilterKind::Choice,
        name: "sorte",
        label: ctx.text("debrief-kind"),
        options: kinds.to_vec(),
        value: sent.sorte.clone(),
        none: ctx.text("listing-all"),
    }];
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
pub(super) async fn show(ctx: Ctx, Path(topic): Path<String>) -> Answer {
    let page = missing::list(ctx.app(), ctx.actor(), "", "").await?;
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
            format!("{here}/proposer"),
        ));
        match &line.topic {
            Topic::Subject(id) => actions.push(Link::new(
                ctx.text("debrief-subject"),
                format!("{MISSING}/sujets/{id}"),
            )),
            Topic::Words(_) => actions.push(Link::new(
                ctx.text("debrief-group"),
                "/bureau/manques/regrouper",
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
        crumbs: vec![Link::new(ctx.text("debrief-missing"), MISSING)],
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
pub(super) async fn propose(ctx: Ctx, Path(topic): Path<String>, Form(_): Form<Version>) -> Answer {
    let id = debrief::propose(ctx.app(), ctx.actor(), "", &topic).await?;
    let told = Flash::ok(ctx.text("debrief-proposed"));
    Ok(ctx.redirect_with(&format!("{PROPOSALS}/{id}"), &[told]))
}

fn label(words: &Words) -> String {
    match words.commune.as_deref() {
        Some(code) => format!("{} ({})", words.text, commune_label(code)),
        None => words.text.clone(),
    }
}

async fn grouping_form(ctx: &Ctx, typed: &Group) -> application::Result<FormPage> {
    let page = missing::grouping(ctx.app(), ctx.actor(), "").await?;
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
    let crumbs = vec![Link::new(ctx.text("debrief-missing"), MISSING)];
    Ok(FormPage::new(
        ctx.text("debrief-group"),
        crumbs,
        "/bureau/manques/regrouper".to_owned(),
        fields,
        "",
    ))
}

/// `GET /bureau/manques/regrouper`: own words that belong to no subject yet.
pub(super) async fn grouping(ctx: Ctx) -> Answer {
    ctx.page(&grouping_form(&ctx, &Group::default()).await?)
}

/// `POST /bureau/manques/regrouper`: puts words into a subject.
pub(super) async fn group(ctx: Ctx, Form(raw): Form<Vec<(String, String)>>) -> Answer {
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
    match missing::group(ctx.app(), ctx.actor(), "", &group).await {
        Ok(id) => {
            let told = Flash::ok(ctx.text("debrief-grouped"));
            Ok(ctx.redirect_with(&format!("{MISSING}/sujets/{id}"), &[told]))
        }
        Err(error) => grouping_form(&ctx, &group).await?.again(&ctx, error, None),
    }
}

/// `GET /bureau/manques/sujets/{id}`: a subject, its words, and what was put into it.
pub(super) async fn subject(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let page = missing::subject(ctx.app(), ctx.actor(), &id).await?;
    let here = format!("{MISSING}/sujets/{id}");
    let version = page.subject.version;
    let mut words = Section::new(
        ctx.text("debrief-subject-words"),
        vec![ctx.text("debrief-what")],
        ctx.text("debrief-subject-empty"),
        Some(Link::new(
            ctx.text("debrief-group"),
            "/bureau/manques/regrouper",
        )),
    );
    for one in &page.words {
        let out = Link::new(
            ctx.text("debrief-take-out"),
            format!("{here}/sortir/{}", one.source),
        );
        words.line(vec![label(one)], None, version, vec![out], Vec::new());
    }
    let mut parts = Section::new(
        ctx.text("debrief-subject-parts"),
        vec![ctx.text("debrief-what")],
        ctx.text("debrief-subject-no-parts"),
        None,
    );
    for part in &page.parts {
        let split = Link::new(
            ctx.text("debrief-split"),
            format!("{here}/separer/{}", part.id),
        );
        parts.line(
            vec![part.title.clone()],
            Some(format!("{MISSING}/sujets/{}", part.id)),
            part.version,
            vec![split],
            Vec::new(),
        );
    }
    let mut actions = Vec::new();
    if page.subject.merged_into.is_none() {
        if !page.words.is_empty() {
            actions.push(Link::new(
                ctx.text("debrief-subject-people"),
                format!("{MISSING}/subject.{id}"),
            ));
        }
        if !page.others.is_empty() {
            actions.push(Link::new(
                ctx.text("debrief-merge"),
                format!("{here}/reunir"),
            ));
        }
    }
    ctx.page(&Detail {
        title: page.subject.title,
        crumbs: vec![Link::new(ctx.text("debrief-missing"), MISSING)],
        sections: vec![words, parts],
        actions,
        version,
        ..Detail::default()
    })
}

/// `POST /bureau/manques/sujets/{id}/sortir/{source}`: takes words out again.
pub(super) async fn take_out(
    ctx: Ctx,
    Path((id, source)): Path<(String, String)>,
    Form(_): Form<Version>,
) -> Answer {
    missing::take_out(ctx.app(), ctx.actor(), &id, &source).await?;
    let told = Flash::ok(ctx.text("debrief-taken-out"));
    Ok(ctx.redirect_with(&format!("{MISSING}/sujets/{id}"), &[told]))
}

/// What the form for putting a subject into another sends.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Into {
    into: String,
    version: String,
}

async fn merge_form(ctx: &Ctx, id: &str, typed: &Into) -> application::Result<FormPage> {
    let page = missing::subject(ctx.app(), ctx.actor(), id).await?;
    let others = page
        .others
        .iter()
        .map(|other| Choice::new(&other.id, other.title.as_str()));
    let here = format!("{MISSING}/sujets/{id}");
    let version = if typed.version.is_empty() {
        page.subject.version.to_string()
    } else {
        typed.version.clone()
    };
    let fields = vec![
        Field::select(
            "into",
            ctx.text("debrief-merge-into"),
            others.collect(),
            &typed.into,
        )
        .required()
        .hint(ctx.text("debrief-merge-hint")),
    ];
    let crumbs = vec![
        Link::new(ctx.text("debrief-missing"), MISSING),
        Link::new(page.subject.title, here.clone()),
    ];
    Ok(FormPage::new(
        ctx.text("debrief-merge"),
        crumbs,
        format!("{here}/reunir"),
        fields,
        &version,
    ))
}

/// `GET /bureau/manques/sujets/{id}/reunir`: into which other subject?
pub(super) async fn ask_merge(ctx: Ctx, Path(id): Path<String>) -> Answer {
    ctx.page(&merge_form(&ctx, &id, &Into::default()).await?)
}

/// `POST /bureau/manques/sujets/{id}/reunir`: puts the subject into another.
pub(super) async fn merge(ctx: Ctx, Path(id): Path<String>, Form(sent): Form<Into>) -> Answer {
    let done = if sent.into.trim().is_empty() {
        Err(application::Error::Invalid(vec![
            application::FieldError::new("into", domain::input::InputError::Empty),
        ]))
    } else {
        missing::merge(ctx.app(), ctx.actor(), &id, &sent.into, &sent.version).await
    };
    match done {
        Ok(()) => {
            let told = Flash::ok(ctx.text("debrief-merged"));
            Ok(ctx.redirect_with(&format!("{MISSING}/sujets/{}", sent.into), &[told]))
        }
        Err(error) => {
            let page = missing::subject(ctx.app(), ctx.actor(), &id).await?;
            let form = merge_form(&ctx, &id, &sent).await?;
            form.again(&ctx, error, Some((Vec::new(), page.subject.version)))
        }
    }
}

/// `POST /bureau/manques/sujets/{id}/separer/{part}`: a subject stands by itself again.
pub(super) async fn split(
    ctx: Ctx,
    Path((id, part)): Path<(String, String)>,
    Form(sent): Form<Version>,
) -> Answer {
    let done = missing::merge(ctx.app(), ctx.actor(), &part, "", &sent.version).await;
    let at = format!("{MISSING}/sujets/{id}");
    let deed = Deed {
        subject: ("subject", &part),
        version: &sent.version,
        yes: "debrief-split",
        action: format!("{at}/separer/{part}"),
        fields: Vec::new(),
        page: at.clone(),
        to: at,
        told: "debrief-split-done",
    };
    deed.answer(&ctx, done).await
}
