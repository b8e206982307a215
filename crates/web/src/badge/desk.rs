//! Badges at the desk: the keys, and what a programme asks for.

use application::badge::{self, EditRule};
use axum::extract::Path;
use documents::formats;
use domain::certificate::Basis;
use serde::Deserialize;

use super::day;
use crate::listing::{
    Asked, Cell, Choice, Confirm, Field, FormPage, Head, Link, Listing, Version, done,
};
use crate::shell::{Answer, Ctx, Flash, Form, Query};

const LIST: &str = "/bureau/badges";

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    tri: String,
    page: String,
    format: String,
}

/// `GET /bureau/badges`: the keys of every programme, with what they signed.
pub(super) async fn list(ctx: Ctx, query: Query<Wanted>) -> Answer {
    let wanted = query.value;
    let keys = badge::keys(ctx.app(), ctx.actor()).await?;
    let date = |milliseconds: i64| {
        let day = day(&ctx, milliseconds);
        let words = day.map(|day| formats::date_short(ctx.language(), day));
        Cell::text(words.unwrap_or_default()).sorted_by(&format!("{milliseconds:015}"))
    };
    let mut actions: Vec<Link> = Vec::new();
    for key in keys.iter().filter(|key| key.retired_at.is_none()) {
        let label = ctx.text_with(
            "badge-key-rotate-of",
            &[("programme", key.programme_name.as_str().into())],
        );
        actions.push(Link::new(
            label,
            format!("{LIST}/{}/renouveler", key.programme_slug),
        ));
    }
    let rows = keys
        .iter()
        .map(|key| {
            let (tone, state) = match key.retired_at {
                None => ("ok", ctx.text("badge-key-signs")),
                Some(_) => ("full", ctx.text("badge-key-verifies")),
            };
            vec![
                Cell::link(
                    &key.programme_name,
                    format!("/badges/emetteurs/{}", key.programme_id),
                ),
                Cell::badge(tone, state),
                date(key.created_at),
                key.retired_at.map_or_else(Cell::default, date),
                Cell::number(key.badges),
                Cell::text(&key.id),
            ]
        })
        .collect();
    let listing = Listing {
        title: ctx.text("badge-keys"),
        lead: ctx.text("badge-keys-lead"),
        path: LIST,
        actions,
        search_label: String::new(),
        filters: Vec::new(),
        heads: vec![
            Head::text("programme", ctx.text("badge-key-programme")),
            Head::text("etat", ctx.text("badge-key-state")),
            Head::text("depuis", ctx.text("badge-key-since")),
            Head::text("jusqu", ctx.text("badge-key-until")),
            Head::number("badges", ctx.text("badge-key-count")),
            Head::text("cle", ctx.text("badge-key-id")).exported_only(),
        ],
        rows,
        empty: (
            ctx.text("badge-keys-none"),
            ctx.text("badge-keys-none-text"),
        ),
    };
    let asked = Asked {
        search: String::new(),
        sort: wanted.tri,
        page: wanted.page,
        format: wanted.format,
    };
    listing.answer(&ctx, &asked)
}

/// `GET …/{slug}/renouveler`: whether it is meant.
pub(super) async fn ask_rotate(ctx: Ctx, Path(slug): Path<String>) -> Answer {
    let keys = badge::keys(ctx.app(), ctx.actor()).await?;
    let key = keys
        .into_iter()
        .find(|key| key.programme_slug == slug)
        .ok_or(application::Error::NotFound)?;
    let name = [("programme", key.programme_name.as_str().into())];
    ctx.page(&Confirm {
        title: ctx.text_with("badge-key-rotate-question", &name),
        text: ctx.text("badge-key-rotate-text"),
        yes: ctx.text("badge-key-rotate"),
        action: format!("{LIST}/{slug}/renouveler"),
        back: Link::new(ctx.text("badge-keys"), LIST),
        version: 0,
    })
}

/// `POST …/{slug}/renouveler`: does it.
pub(super) async fn rotate(ctx: Ctx, Path(slug): Path<String>, Form(_): Form<Version>) -> Answer {
    let rotated = badge::rotate(ctx.app(), ctx.actor(), &slug).await?;
    let name = [("programme", rotated.programme.as_str().into())];
    let told = ctx.text_with("badge-key-rotated", &name);
    Ok(ctx.redirect_with(LIST, &[Flash::ok(told)]))
}

fn fields(ctx: &Ctx, typed: &EditRule) -> Vec<Field> {
    let bases = Basis::ALL.map(|basis| {
        let label = match basis {
            Basis::Path => ctx.text("badge-rule-path"),
            Basis::Session => ctx.text("badge-rule-session"),
        };
        Choice::new(basis.slug(), label)
    });
    vec![
        Field::line(
            "number",
            "share",
            ctx.text("badge-rule-share"),
            &typed.share,
        )
        .required()
        .hint(ctx.text("badge-rule-share-hint")),
        Field::radios(
            "basis",
            ctx.text("badge-rule-basis"),
            bases.to_vec(),
            &typed.basis,
        )
        .required(),
        Field::line(
            "number",
            "badge_months",
            ctx.text("badge-rule-months"),
            &typed.badge_months,
        )
        .hint(ctx.text("badge-rule-months-hint")),
    ]
}

fn form(ctx: &Ctx, slug: &str, name: &str, typed: &EditRule) -> FormPage {
    FormPage::new(
        ctx.text("badge-rule-title"),
        vec![
            Link::new(ctx.text("programme-list"), "/bureau/programmes"),
            Link::new(name, format!("/bureau/programmes/{slug}")),
        ],
        format!("/bureau/programmes/{slug}/preuves"),
        fields(ctx, typed),
        &typed.version,
    )
    .lead(ctx.text("badge-rule-lead"))
}

async fn typed(ctx: &Ctx, slug: &str) -> application::Result<(String, EditRule, i64)> {
    let (programme, row) = badge::rule(ctx.app(), ctx.actor(), slug).await?;
    let typed = EditRule {
        basis: row.basis,
        share: row.share.to_string(),
        badge_months: match row.badge_months {
            0 => String::new(),
            months => months.to_string(),
        },
        version: row.version.to_string(),
    };
    Ok((programme.name, typed, row.version))
}

/// `GET /bureau/programmes/{slug}/preuves`: what the programme asks for.
pub(super) async fn edit_rule(ctx: Ctx, Path(slug): Path<String>) -> Answer {
    let (name, typed, _) = typed(&ctx, &slug).await?;
    ctx.page(&form(&ctx, &slug, &name, &typed))
}

/// `POST /bureau/programmes/{slug}/preuves`: says it.
pub(super) async fn save_rule(
    ctx: Ctx,
    Path(slug): Path<String>,
    Form(sent): Form<EditRule>,
) -> Answer {
    let Err(error) = badge::set_rule(ctx.app(), ctx.actor(), &slug, &sent).await else {
        let back = format!("/bureau/programmes/{slug}");
        return Ok(done(&ctx, &back, "listing-saved"));
    };
    let (name, stored, version) = typed(&ctx, &slug).await?;
    let current = (fields(&ctx, &stored), version);
    form(&ctx, &slug, &name, &sent).again(&ctx, error, Some(current))
}
