//! Providers, at the desk.

use std::collections::BTreeMap;

use application::trainer::{self, EditProvider, ProviderRow, TrainerFilter};
use axum::Router;
use axum::extract::Path;
use axum::routing::get;
use serde::Deserialize;

use crate::State;
use crate::listing::{
    Asked, Cell, Confirm, Deed, Detail, Fact, Field, FormPage, Head, Link, Listing, Section,
    Version, done,
};
use crate::shell::{Answer, Ctx, Form, Query};

const LIST: &str = "/bureau/prestataires";

pub(super) fn routes() -> Router<State> {
    Router::new()
        .route("/bureau/prestataires", get(list))
        .route("/bureau/prestataires/nouveau", get(new).post(create))
        .route("/bureau/prestataires/{id}", get(show))
        .route("/bureau/prestataires/{id}/modifier", get(edit).post(save))
        .route(
            "/bureau/prestataires/{id}/supprimer",
            get(ask_delete).post(delete),
        )
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    q: String,
    tri: String,
    page: String,
    format: String,
}

/// `GET /bureau/prestataires`: who sends trainers, and how many.
async fn list(ctx: Ctx, query: Query<Wanted>) -> Answer {
    let wanted = query.value;
    let providers = trainer::list_providers(ctx.app(), ctx.actor(), &wanted.q).await?;
    let active = TrainerFilter {
        archived: Some(false),
        ..TrainerFilter::default()
    };
    let mut sent: BTreeMap<String, i64> = BTreeMap::new();
    for one in trainer::list(ctx.app(), ctx.actor(), &active).await? {
        *sent
            .entry(one.row.provider_id.unwrap_or_default())
            .or_default() += 1;
    }
    let rows = providers.iter().map(|row| {
        vec![
            Cell::link(&row.name, format!("{LIST}/{}", row.id)),
            Cell::text(row.email.clone().unwrap_or_default()),
            Cell::text(row.phone.clone().unwrap_or_default()),
            Cell::number(sent.get(&row.id).copied().unwrap_or_default()),
        ]
    });
    let listing = Listing {
        title: ctx.text("trainer-providers"),
        lead: ctx.text("trainer-providers-lead"),
        path: LIST,
        actions: vec![Link::new(
            ctx.text("trainer-provider-new"),
            "/bureau/prestataires/nouveau",
        )],
        search_label: ctx.text("trainer-provider-search"),
        filters: Vec::new(),
        heads: vec![
            Head::text("nom", ctx.text("trainer-name")),
            Head::text("courriel", ctx.text("trainer-email")),
            Head::text("telephone", ctx.text("trainer-phone")),
            Head::number("formateurs", ctx.text("trainer-list")),
        ],
        rows: rows.collect(),
        empty: (
            ctx.text("trainer-provider-none"),
            ctx.text("trainer-provider-none-text"),
        ),
    };
    let asked = Asked {
        search: wanted.q,
        sort: wanted.tri,
        page: wanted.page,
        format: wanted.format,
    };
    listing.answer(&ctx, &asked)
}

/// `GET /bureau/prestataires/{id}`: one provider with its trainers.
async fn show(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let row = trainer::provider(ctx.app(), ctx.actor(), &id).await?;
    let filter = TrainerFilter {
        provider_id: Some(id.clone()),
        ..TrainerFilter::default()
    };
    let heads = ["trainer-name", "listing-state"]
        .map(|key| ctx.text(key))
        .to_vec();
    let mut section = Section::new(
        ctx.text("trainer-list"),
        heads,
        ctx.text("trainer-provider-empty"),
        None,
    );
    for one in trainer::list(ctx.app(), ctx.actor(), &filter).await? {
        let ((_, state), _) = crate::site::state(&ctx, one.row.archived_at);
        let href = format!("{}/{}", super::LIST, one.row.id);
        section.line(
            vec![one.row.name, state],
            Some(href),
            0,
            Vec::new(),
            Vec::new(),
        );
    }
    let here = format!("{LIST}/{id}");
    ctx.page(&Detail {
        title: row.name,
        crumbs: vec![Link::new(ctx.text("trainer-providers"), LIST)],
        facts: vec![
            Fact::new(ctx.text("trainer-email"), row.email.unwrap_or_default()),
            Fact::new(ctx.text("trainer-phone"), row.phone.unwrap_or_default()),
            Fact::lines(
                ctx.text("trainer-note"),
                row.note.lines().map(str::to_owned).collect(),
            ),
        ],
        sections: vec![section],
        actions: vec![
            Link::new(ctx.text("listing-edit"), format!("{here}/modifier")),
            Link::new(ctx.text("listing-delete"), format!("{here}/supprimer")),
        ],
        version: row.version,
        ..Detail::default()
    })
}

fn typed(row: &ProviderRow) -> EditProvider {
    EditProvider {
        name: row.name.clone(),
        email: row.email.clone().unwrap_or_default(),
        phone: row.phone.clone().unwrap_or_default(),
        note: row.note.clone(),
        version: row.version.to_string(),
    }
}

fn fields(ctx: &Ctx, typed: &EditProvider) -> Vec<Field> {
    vec![
        Field::line("text", "name", ctx.text("trainer-name"), &typed.name).required(),
        Field::line("email", "email", ctx.text("trainer-email"), &typed.email),
        Field::line("tel", "phone", ctx.text("trainer-phone"), &typed.phone),
        Field::line("area", "note", ctx.text("trainer-note"), &typed.note)
            .hint(ctx.text("trainer-note-hint")),
    ]
}

fn form(ctx: &Ctx, id: Option<&str>, typed: &EditProvider) -> FormPage {
    let list = Link::new(ctx.text("trainer-providers"), LIST);
    let fields = fields(ctx, typed);
    match id {
        None => {
            let action = "/bureau/prestataires/nouveau".to_owned();
            FormPage::new(
                ctx.text("trainer-provider-new"),
                vec![list],
                action,
                fields,
                "",
            )
        }
        Some(id) => {
            let back = Link::new(ctx.text("trainer-provider"), format!("{LIST}/{id}"));
            let action = format!("{LIST}/{id}/modifier");
            FormPage::new(
                ctx.text("trainer-provider-edit"),
                vec![list, back],
                action,
                fields,
                &typed.version,
            )
        }
    }
}

async fn new(ctx: Ctx) -> Answer {
    trainer::list_providers(ctx.app(), ctx.actor(), "").await?;
    ctx.page(&form(&ctx, None, &EditProvider::default()))
}

async fn create(ctx: Ctx, Form(sent): Form<EditProvider>) -> Answer {
    match trainer::create_provider(ctx.app(), ctx.actor(), &sent).await {
        Ok(id) => Ok(done(&ctx, &format!("{LIST}/{id}"), "listing-saved")),
        Err(error) => form(&ctx, None, &sent).again(&ctx, error, None),
    }
}

async fn edit(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let row = trainer::provider(ctx.app(), ctx.actor(), &id).await?;
    ctx.page(&form(&ctx, Some(&id), &typed(&row)))
}

async fn save(ctx: Ctx, Path(id): Path<String>, Form(sent): Form<EditProvider>) -> Answer {
    let Err(error) = trainer::edit_provider(ctx.app(), ctx.actor(), &id, &sent).await else {
        return Ok(done(&ctx, &format!("{LIST}/{id}"), "listing-saved"));
    };
    let stored = trainer::provider(ctx.app(), ctx.actor(), &id).await?;
    let current = (fields(&ctx, &typed(&stored)), stored.version);
    form(&ctx, Some(&id), &sent).again(&ctx, error, Some(current))
}

async fn ask_delete(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let row = trainer::provider(ctx.app(), ctx.actor(), &id).await?;
    let at = format!("{LIST}/{id}");
    let back = Link::new(&row.name, format!("{LIST}/{id}"));
    let page = Confirm::deletion(
        &ctx,
        &row.name,
        "trainer-provider-delete-text",
        &at,
        back,
        row.version,
    );
    ctx.page(&page)
}

async fn delete(ctx: Ctx, Path(id): Path<String>, Form(sent): Form<Version>) -> Answer {
    let at = format!("{LIST}/{id}");
    let done = trainer::delete_provider(ctx.app(), ctx.actor(), &id, &sent.version).await;
    Deed::delete(("provider", &id), &sent, &at, LIST)
        .answer(&ctx, done)
        .await
}
