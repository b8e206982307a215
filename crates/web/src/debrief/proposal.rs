//! Proposed workshops: decided, counted in the next season, told to those who asked.

use application::debrief::{self, Decision, ProposalPage, ProposalRow};
use application::people::commune_label;
use axum::extract::Path;
use documents::texts::Arg;
use domain::text::fold;
use serde::{Deserialize, Serialize};

use super::{MISSING, PROPOSALS, day, title};
use crate::listing::{
    Asked, Cell, Choice, Deed, Detail, Fact, Field, FormPage, Head, Link, Listing, Section,
    Version, phone,
};
use crate::session::or_no_season;
use crate::shell::{Answer, Ctx, Flash, Form, Page, Query};

fn named(ctx: &Ctx, row: &ProposalRow) -> String {
    row.module
        .as_deref()
        .map_or_else(|| row.title.clone(), |module| title(ctx, module))
}

fn stage(ctx: &Ctx, stage: &str) -> (&'static str, String) {
    match stage {
        "taken-up" => ("ok", ctx.text("debrief-proposal-taken-up")),
        "declined" => ("bad", ctx.text("debrief-proposal-declined")),
        _ => ("wait", ctx.text("debrief-proposal-proposed")),
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    q: String,
    tri: String,
    page: String,
    format: String,
    saison: String,
}

/// `GET /bureau/propositions`: what is proposed, newest first.
pub(super) async fn list(ctx: Ctx, query: Query<Wanted>) -> Answer {
    let sent = query.value;
    match debrief::proposals(ctx.app(), ctx.actor(), &sent.saison).await {
        Ok((season, rows)) => listed(&ctx, sent, &season.name, &rows),
        Err(error) if sent.saison.is_empty() => or_no_season(&ctx, Err(error.into())),
        Err(error) => Err(error.into()),
    }
}

fn listed(ctx: &Ctx, sent: Wanted, season: &str, rows: &[(ProposalRow, usize)]) -> Answer {
    let search = fold(&sent.q.chars().take(100).collect::<String>());
    let rows = rows
        .iter()
        .filter(|(row, _)| fold(&named(ctx, row)).contains(&search))
        .map(|(row, people)| {
            let (tone, word) = stage(ctx, &row.stage);
            vec![
                Cell::link(named(ctx, row), format!("{PROPOSALS}/{}", row.id)),
                Cell::number(i64::try_from(*people).unwrap_or(i64::MAX)),
                Cell::badge(tone, word),
                Cell::text(day(ctx, row.created_at)),
                Cell::text(row.told_at.map(|at| day(ctx, at)).unwrap_or_default()),
                Cell::text(&row.reason),
            ]
        })
        .collect();
    let listing = Listing {
        title: ctx.text("debrief-proposals"),
        lead: ctx.text_with("debrief-proposals-lead", &[("season", Arg::from(season))]),
        path: PROPOSALS,
        actions: vec![Link::new(ctx.text("debrief-missing"), MISSING)],
        search_label: ctx.text("debrief-missing-search"),
        filters: Vec::new(),
        heads: vec![
            Head::text("what", ctx.text("debrief-what")),
            Head::number("people", ctx.text("debrief-people")),
            Head::text("stage", ctx.text("debrief-proposal-stage")),
            Head::text("since", ctx.text("debrief-proposal-since")),
            Head::text("told", ctx.text("debrief-proposal-told")),
            Head::text("reason", ctx.text("debrief-proposal-reason")).exported_only(),
        ],
        rows,
        empty: (
            ctx.text("debrief-proposals-none"),
            ctx.text("debrief-proposals-none-text"),
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

/// `GET /bureau/propositions/{id}`: one proposal with those who asked.
pub(super) async fn show(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let page = debrief::proposal(ctx.app(), ctx.actor(), &id).await?;
    let row = &page.row;
    let here = format!("{PROPOSALS}/{id}");
    let mut actions = vec![Link::new(
        ctx.text("debrief-decide"),
        format!("{here}/decider"),
    )];
    if row.stage != "proposed" {
        actions.push(Link::new(
            ctx.text("debrief-announce"),
            format!("{here}/annoncer"),
        ));
    }
    let uncounted = page.askers.iter().any(|asker| asker.wish_id.is_none());
    let mut deeds = Vec::new();
    if row.module.is_some() && page.has_next && (page.next.is_none() || uncounted) {
        deeds.push(Link::new(
            ctx.text("debrief-report"),
            format!("{here}/reporter"),
        ));
    }
    ctx.page(&Detail {
        title: named(&ctx, row),
        crumbs: vec![
            Link::new(ctx.text("debrief-missing"), MISSING),
            Link::new(ctx.text("debrief-proposals"), PROPOSALS),
        ],
        badge: Some(stage(&ctx, &row.stage)),
        facts: facts(&ctx, &page),
        sections: vec![askers(&ctx, &page)],
        actions,
        deeds,
        version: row.version,
        ..Detail::default()
    })
}

fn facts(ctx: &Ctx, page: &ProposalPage) -> Vec<Fact> {
    let row = &page.row;
    let places = page
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
    let next = match &page.next {
        Some(next) => next.name.clone(),
        None => ctx.text("debrief-next-none"),
    };
    vec![
        Fact::new(ctx.text("debrief-season"), page.season.name.clone()),
        Fact::new(ctx.text("debrief-next"), next),
        Fact::new(ctx.text("debrief-people"), page.askers.len().to_string()),
        Fact::lines(ctx.text("debrief-where"), places),
        Fact::lines(
            ctx.text("debrief-proposal-why"),
            row.why.lines().map(str::to_owned).collect(),
        ),
        Fact::lines(
            ctx.text("debrief-proposal-reason"),
            row.reason.lines().map(str::to_owned).collect(),
        ),
        Fact::new(ctx.text("debrief-proposal-since"), day(ctx, row.created_at)),
        Fact::new(
            ctx.text("debrief-proposal-told"),
            row.told_at.map(|at| day(ctx, at)).unwrap_or_default(),
        ),
    ]
}

fn askers(ctx: &Ctx, page: &ProposalPage) -> Section {
    let mut section = Section::new(
        ctx.text("debrief-askers"),
        vec![
            ctx.text("debrief-person"),
            ctx.text("debrief-commune"),
            ctx.text("debrief-counted"),
        ],
        ctx.text("debrief-askers-none"),
        None,
    );
    for asker in &page.askers {
        let counted = if asker.wish_id.is_some() {
            ctx.text("debrief-counted-yes")
        } else {
            ctx.text("debrief-counted-no")
        };
        let commune = asker.commune_code.as_deref().map(commune_label);
        section.line(
            vec![asker.name.clone(), commune.unwrap_or_default(), counted],
            Some(format!("/bureau/personnes/{}", asker.person_id)),
            page.row.version,
            Vec::new(),
            Vec::new(),
        );
    }
    section
}

fn fields(ctx: &Ctx, typed: &Decision) -> Vec<Field> {
    let stages = ["proposed", "taken-up", "declined"]
        .map(|slug| Choice::new(slug, stage(ctx, slug).1))
        .to_vec();
    vec![
        Field::radios(
            "stage",
            ctx.text("debrief-proposal-stage"),
            stages,
            &typed.stage,
        ),
        Field::line("area", "why", ctx.text("debrief-proposal-why"), &typed.why)
            .hint(ctx.text("debrief-proposal-why-hint")),
        Field::line(
            "area",
            "reason",
            ctx.text("debrief-proposal-reason"),
            &typed.reason,
        )
        .hint(ctx.text("debrief-proposal-reason-hint")),
    ]
}

fn decision(row: &ProposalRow) -> Decision {
    Decision {
        stage: row.stage.clone(),
        why: row.why.clone(),
        reason: row.reason.clone(),
        version: row.version.to_string(),
    }
}

fn decision_form(ctx: &Ctx, page: &ProposalPage, typed: &Decision) -> FormPage {
    let here = format!("{PROPOSALS}/{}", page.row.id);
    let crumbs = vec![
        Link::new(ctx.text("debrief-proposals"), PROPOSALS),
        Link::new(named(ctx, &page.row), here.clone()),
    ];
    FormPage::new(
        ctx.text("debrief-decide"),
        crumbs,
        format!("{here}/decider"),
        fields(ctx, typed),
        &typed.version,
    )
}

/// `GET /bureau/propositions/{id}/decider`: taken up or not, and why.
pub(super) async fn form(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let page = debrief::proposal(ctx.app(), ctx.actor(), &id).await?;
    ctx.page(&decision_form(&ctx, &page, &decision(&page.row)))
}

/// `POST /bureau/propositions/{id}/decider`: decides.
pub(super) async fn decide(ctx: Ctx, Path(id): Path<String>, Form(sent): Form<Decision>) -> Answer {
    match debrief::decide(ctx.app(), ctx.actor(), &id, &sent).await {
        Ok(()) => {
            let told = Flash::ok(ctx.text("listing-saved"));
            Ok(ctx.redirect_with(&format!("{PROPOSALS}/{id}"), &[told]))
        }
        Err(error) => {
            let page = debrief::proposal(ctx.app(), ctx.actor(), &id).await?;
            let stored = fields(&ctx, &decision(&page.row));
            decision_form(&ctx, &page, &sent).again(&ctx, error, Some((stored, page.row.version)))
        }
    }
}

/// `POST /bureau/propositions/{id}/reporter`: counts those who asked in the next season.
pub(super) async fn report(ctx: Ctx, Path(id): Path<String>, Form(_): Form<Version>) -> Answer {
    debrief::report(ctx.app(), ctx.actor(), &id).await?;
    let told = Flash::ok(ctx.text("debrief-reported"));
    Ok(ctx.redirect_with(&format!("{PROPOSALS}/{id}"), &[told]))
}

/// A letter as it goes out.
#[derive(Debug, Default, Serialize)]
pub(super) struct LetterView {
    pub(super) language: &'static str,
    pub(super) subject: String,
    pub(super) paragraphs: Vec<String>,
}

/// Somebody without an address.
#[derive(Debug, Default, Serialize)]
pub(super) struct ToCall {
    pub(super) name: String,
    pub(super) phone: String,
}

/// The page before letters go out.
#[derive(Debug, Default, Serialize)]
pub(super) struct Preview {
    pub(super) title: String,
    pub(super) crumbs: Vec<Link>,
    pub(super) letters: Vec<LetterView>,
    pub(super) people: usize,
    pub(super) to_call: Vec<ToCall>,
    pub(super) told: String,
    pub(super) action: String,
    pub(super) version: i64,
}

impl Page for Preview {
    const TEMPLATE: &'static str = "debrief/announce.html";
}

/// `GET /bureau/propositions/{id}/annoncer`: the letter, and whom it reaches.
pub(super) async fn preview(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let page = debrief::proposal(ctx.app(), ctx.actor(), &id).await?;
    let letters = debrief::preview(ctx.app(), ctx.actor(), &id).await?;
    let (reached, others) = debrief::askers_told(ctx.app(), ctx.actor(), &id).await?;
    let here = format!("{PROPOSALS}/{id}");
    ctx.page(&Preview {
        title: named(&ctx, &page.row),
        crumbs: vec![
            Link::new(ctx.text("debrief-proposals"), PROPOSALS),
            Link::new(named(&ctx, &page.row), here.clone()),
        ],
        letters: letters
            .into_iter()
            .map(|letter| LetterView {
                language: letter.language.code(),
                subject: letter.subject,
                paragraphs: letter.text.split("\n\n").map(str::to_owned).collect(),
            })
            .collect(),
        people: reached.len(),
        to_call: others
            .into_iter()
            .map(|person| ToCall {
                phone: phone(person.phone.as_deref()),
                name: person.name,
            })
            .collect(),
        told: page.row.told_at.map(|at| day(&ctx, at)).unwrap_or_default(),
        action: format!("{here}/annoncer"),
        version: page.row.version,
    })
}

/// `POST /bureau/propositions/{id}/annoncer`: writes the letters, each person once.
pub(super) async fn tell(ctx: Ctx, Path(id): Path<String>, Form(sent): Form<Version>) -> Answer {
    let at = format!("{PROPOSALS}/{id}");
    match debrief::tell(ctx.app(), ctx.actor(), &id, &sent.version).await {
        Ok(letters) => {
            let letters = i64::try_from(letters).unwrap_or(i64::MAX);
            let told = ctx.text_with("debrief-told", &[("letters", Arg::Integer(letters))]);
            Ok(ctx.redirect_with(&at, &[Flash::ok(told)]))
        }
        Err(application::Error::Stale) => {
            let deed = Deed {
                subject: ("proposal", &id),
                version: &sent.version,
                yes: "debrief-announce-send",
                action: format!("{at}/annoncer"),
                fields: Vec::new(),
                page: at.clone(),
                to: at,
                told: "listing-saved",
            };
            deed.stale(&ctx).await
        }
        Err(error) => Err(error.into()),
    }
}
