//! All quizzes, and what came of them module by module.

use application::content::catalogue;
use application::quiz::{self, Listed};
use domain::text::fold;
use jiff::Timestamp;
use serde::Deserialize;

use super::LIST;
use super::words::{share, stage};
use crate::listing::{Asked, Cell, Choice, Filter, FilterKind, Head, Link, Listing};
use crate::shell::{Answer, Ctx, Query, WebError};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    q: String,
    tri: String,
    page: String,
    format: String,
    atelier: String,
    etat: String,
}

impl Wanted {
    fn asked(self) -> Asked {
        Asked {
            search: self.q,
            sort: self.tri,
            page: self.page,
            format: self.format,
        }
    }

    fn finds(&self, texts: &[&str]) -> bool {
        let wanted = fold(&self.q);
        wanted.is_empty() || texts.iter().any(|text| fold(text).contains(&wanted))
    }
}

fn title(ctx: &Ctx, module: &str) -> String {
    catalogue()
        .module(module)
        .map_or(module, |module| module.title.get(ctx.language()))
        .to_owned()
}

fn modules(ctx: &Ctx, used: impl Iterator<Item = String>, value: &str) -> Filter {
    let mut slugs: Vec<String> = used.collect();
    slugs.sort();
    slugs.dedup();
    Filter {
        kind: FilterKind::Choice,
        name: "atelier",
        label: ctx.text("quiz-module"),
        options: slugs
            .into_iter()
            .map(|slug| {
                let title = title(ctx, &slug);
                Choice::new(slug, title)
            })
            .collect(),
        value: value.to_owned(),
        none: ctx.text("listing-all"),
    }
}

/// `GET /bureau/quiz`: every quiz.
pub(super) async fn list(ctx: Ctx, query: Query<Wanted>) -> Answer {
    let sent = query.value;
    let all = quiz::list(ctx.app(), ctx.actor()).await?;
    let filters = vec![
        modules(
            &ctx,
            all.iter().map(|one| one.line.module.clone()),
            &sent.atelier,
        ),
        Filter {
            kind: FilterKind::Choice,
            name: "etat",
            label: ctx.text("quiz-stage"),
            options: ["draft", "open", "archived"]
                .map(|slug| Choice::new(slug, stage(&ctx, slug).1))
                .to_vec(),
            value: sent.etat.clone(),
            none: ctx.text("listing-all"),
        },
    ];
    let shown = all.iter().filter(|one| {
        let line = &one.line;
        (sent.atelier.is_empty() || line.module == sent.atelier)
            // What was put away is shown to those who ask for it.
            && if sent.etat.is_empty() { line.stage != "archived" } else { line.stage == sent.etat }
            && sent.finds(&[
                &line.title,
                &title(&ctx, &line.module),
                line.trainer_name.as_deref().unwrap_or_default(),
            ])
    });
    let listing = Listing {
        title: ctx.text("quiz-list"),
        lead: ctx.text("quiz-list-lead"),
        path: LIST,
        actions: vec![
            Link::new(ctx.text("quiz-new"), format!("{LIST}/nouveau")),
            Link::new(ctx.text("quiz-results"), format!("{LIST}/resultats")),
        ],
        search_label: ctx.text("quiz-search"),
        filters,
        heads: vec![
            Head::text("title", ctx.text("quiz-title")),
            Head::text("module", ctx.text("quiz-module")),
            Head::text("owner", ctx.text("quiz-owner")),
            Head::text("changed", ctx.text("quiz-changed")),
            Head::number("people", ctx.text("quiz-people")),
            Head::text("stage", ctx.text("quiz-stage")),
        ],
        rows: shown
            .map(|one| row(&ctx, one))
            .collect::<Result<_, WebError>>()?,
        empty: (ctx.text("quiz-none"), ctx.text("quiz-none-text")),
    };
    listing.answer(&ctx, &sent.asked())
}

fn day(ctx: &Ctx, at: i64) -> Result<Cell, WebError> {
    let at = Timestamp::from_millisecond(at).map_err(WebError::internal)?;
    let date = at.to_zoned(ctx.zone().clone()).date();
    let text = documents::formats::date_short(ctx.language(), date);
    Ok(Cell::text(text).sorted_by(&date.to_string()))
}

fn row(ctx: &Ctx, one: &Listed) -> Result<Vec<Cell>, WebError> {
    let line = &one.line;
    let (tone, state) = stage(ctx, &line.stage);
    Ok(vec![
        Cell::link(&line.title, format!("{LIST}/{}", line.id)),
        Cell::text(title(ctx, &line.module)),
        Cell::text(
            line.trainer_name
                .clone()
                .unwrap_or_else(|| ctx.text("quiz-of-desk")),
        ),
        day(ctx, line.changed_at)?,
        Cell::number(line.people),
        Cell::badge(tone, state),
    ])
}

/// `GET /bureau/quiz/resultats`: what came of the quizzes, module by module and session by session.
pub(super) async fn results(ctx: Ctx, query: Query<Wanted>) -> Answer {
    let sent = query.value;
    let all = quiz::by_module(ctx.app(), ctx.actor()).await?;
    let filters = vec![modules(
        &ctx,
        all.iter().map(|line| line.module.clone()),
        &sent.atelier,
    )];
    let shown = all.iter().filter(|line| {
        (sent.atelier.is_empty() || line.module == sent.atelier)
            && sent.finds(&[
                &line.title,
                &title(&ctx, &line.module),
                &line.site,
                line.trainer.as_deref().unwrap_or_default(),
            ])
    });
    let rows = shown.map(|line| {
        Ok(vec![
            Cell::text(title(&ctx, &line.module)),
            Cell::link(&line.title, format!("{LIST}/{}/resultats", line.quiz)),
            day(&ctx, line.starts_at)?,
            Cell::text(&line.site),
            Cell::text(line.trainer.clone().unwrap_or_default()),
            Cell::number(line.people),
            Cell::text(share(&ctx, line.mean)).sorted_by(&format!("{:04}", line.mean)),
        ])
    });
    let listing = Listing {
        title: ctx.text("quiz-results"),
        lead: ctx.text("quiz-results-lead"),
        path: "/bureau/quiz/resultats",
        actions: vec![Link::new(ctx.text("quiz-list"), LIST)],
        search_label: ctx.text("quiz-results-search"),
        filters,
        heads: vec![
            Head::text("module", ctx.text("quiz-module")),
            Head::text("title", ctx.text("quiz-title")),
            Head::text("day", ctx.text("quiz-session-day")),
            Head::text("site", ctx.text("quiz-site")),
            Head::text("trainer", ctx.text("quiz-trainer")),
            Head::number("people", ctx.text("quiz-people")),
            Head::text("mean", ctx.text("quiz-mean")),
        ],
        rows: rows.collect::<Result<_, WebError>>()?,
        empty: (
            ctx.text("quiz-results-none"),
            ctx.text("quiz-results-none-text"),
        ),
    };
    listing.answer(&ctx, &sent.asked())
}
