//! Programmes, seasons and partners, at the desk.

mod partner;
mod season;

use application::programme::{self, Edit, ProgrammeRow};
use application::territory;
use axum::Router;
use axum::extract::Path;
use axum::routing::get;
use documents::formats;
use domain::programme::SeasonStage;
use serde::Deserialize;

use crate::State;
use crate::listing::{
    Asked, Cell, Choice, Confirm, Deed, Detail, Fact, Field, FormPage, Head, Link, Listing,
    Section, Version, done,
};
use crate::shell::{Answer, Ctx, Form, Query};

const LIST: &str = "/bureau/programmes";

/// The addresses of this area.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        .route("/bureau/programmes", get(list))
        .route("/bureau/programmes/nouveau", get(new).post(create))
        .route("/bureau/programmes/{slug}", get(show))
        .route("/bureau/programmes/{slug}/modifier", get(edit).post(save))
        .route(
            "/bureau/programmes/{slug}/supprimer",
            get(ask_delete).post(delete),
        )
        .merge(season::routes())
        .merge(partner::routes())
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    tri: String,
    page: String,
    format: String,
}

async fn territories(ctx: &Ctx) -> application::Result<Vec<Choice>> {
    let all = territory::list(ctx.app(), ctx.actor(), "").await?;
    Ok(all
        .into_iter()
        .map(|one| Choice::new(one.row.id, one.row.name))
        .collect())
}

fn name_of(choices: &[Choice], id: &str) -> String {
    let found = choices.iter().find(|choice| choice.value == id);
    found.map_or_else(String::new, |choice| choice.label.clone())
}

fn stage(ctx: &Ctx, slug: &str) -> (&'static str, String) {
    match SeasonStage::parse(slug) {
        Some(SeasonStage::Open) => ("ok", ctx.text("programme-stage-open")),
        Some(SeasonStage::Closed) => ("full", ctx.text("programme-stage-closed")),
        Some(SeasonStage::Preparing) | None => ("wait", ctx.text("programme-stage-preparing")),
    }
}

/// The dates of a season in words.
fn dates(ctx: &Ctx, starts_on: &str, ends_on: &str) -> String {
    match (starts_on.parse(), ends_on.parse()) {
        (Ok(first), Ok(last)) => formats::date_range(ctx.language(), first, last),
        _ => String::new(),
    }
}

/// `GET /bureau/programmes`: every programme.
async fn list(ctx: Ctx, query: Query<Wanted>) -> Answer {
    let wanted = query.value;
    let territories = territories(&ctx).await?;
    let mut rows = Vec::new();
    for one in programme::list(ctx.app(), ctx.actor()).await? {
        let seasons = programme::seasons(ctx.app(), ctx.actor(), &one).await?;
        rows.push(vec![
            Cell::link(&one.name, format!("{LIST}/{}", one.slug)),
            Cell::text(name_of(&territories, &one.territory_id)),
            Cell::number(i64::try_from(seasons.len()).unwrap_or(i64::MAX)),
        ]);
    }
    let listing = Listing {
        title: ctx.text("programme-list"),
        lead: ctx.text("programme-list-lead"),
        path: LIST,
        actions: vec![Link::new(
            ctx.text("programme-new"),
            "/bureau/programmes/nouveau",
        )],
        search_label: String::new(),
        filters: Vec::new(),
        heads: vec![
            Head::text("nom", ctx.text("programme-name")),
            Head::text("territoire", ctx.text("programme-territory")),
            Head::number("saisons", ctx.text("programme-seasons")),
        ],
        rows,
        empty: (ctx.text("programme-none"), ctx.text("programme-none-text")),
    };
    let asked = Asked {
        search: String::new(),
        sort: wanted.tri,
        page: wanted.page,
        format: wanted.format,
    };
    listing.answer(&ctx, &asked)
}

/// `GET /bureau/programmes/{slug}`: one programme with its seasons.
async fn show(ctx: Ctx, Path(slug): Path<String>) -> Answer {
    let one = programme::get(ctx.app(), ctx.actor(), &slug).await?;
    let territories = territories(&ctx).await?;
    let here = format!("{LIST}/{slug}");
    let heads = ["programme-season", "programme-dates", "programme-stage"]
        .map(|key| ctx.text(key))
        .to_vec();
    let add = Link::new(
        ctx.text("programme-season-new"),
        format!("{here}/saisons/nouvelle"),
    );
    let mut section = Section::new(
        ctx.text("programme-seasons"),
        heads,
        ctx.text("programme-season-none"),
        Some(add),
    );
    for season in programme::seasons(ctx.app(), ctx.actor(), &one).await? {
        let dates = dates(&ctx, &season.starts_on, &season.ends_on);
        let cells = vec![season.name, dates, stage(&ctx, &season.stage).1];
        section.line(
            cells,
            Some(format!("{}/{}", season::HERE, season.slug)),
            season.version,
            Vec::new(),
            Vec::new(),
        );
    }
    ctx.page(&Detail {
        title: one.name,
        crumbs: vec![Link::new(ctx.text("programme-list"), LIST)],
        facts: vec![
            Fact::new(
                ctx.text("programme-territory"),
                name_of(&territories, &one.territory_id),
            )
            .to(Some(format!("/bureau/territoires/{}", one.territory_id))),
            Fact::lines(
                ctx.text("programme-summary"),
                one.summary.lines().map(str::to_owned).collect(),
            ),
            Fact::new(
                ctx.text("programme-email"),
                one.contact_email.unwrap_or_default(),
            ),
            Fact::new(
                ctx.text("programme-phone"),
                crate::listing::phone(one.contact_phone.as_deref()),
            ),
            Fact::new(ctx.text("programme-time-zone"), one.time_zone),
            Fact::new(
                ctx.text("programme-reminder"),
                one.reminder_hours.to_string(),
            ),
        ],
        sections: vec![section],
        actions: vec![
            Link::new(ctx.text("listing-edit"), format!("{here}/modifier")),
            Link::new(ctx.text("badge-rule-title"), format!("{here}/preuves")),
            Link::new(ctx.text("listing-delete"), format!("{here}/supprimer")),
        ],
        version: one.version,
        ..Detail::default()
    })
}

fn typed(one: &ProgrammeRow) -> Edit {
    let row = one.clone();
    Edit {
        name: row.name,
        territory: row.territory_id,
        summary: row.summary,
        contact_email: row.contact_email.unwrap_or_default(),
        contact_phone: row.contact_phone.unwrap_or_default(),
        time_zone: row.time_zone,
        reminder_hours: row.reminder_hours.to_string(),
        version: row.version.to_string(),
    }
}

fn fields(ctx: &Ctx, territories: &[Choice], typed: &Edit) -> Vec<Field> {
    vec![
        Field::line("text", "name", ctx.text("programme-name"), &typed.name).required(),
        Field::select(
            "territory",
            ctx.text("programme-territory"),
            territories.to_vec(),
            &typed.territory,
        )
        .required()
        .hint(ctx.text("programme-territory-hint")),
        Field::line(
            "area",
            "summary",
            ctx.text("programme-summary"),
            &typed.summary,
        )
        .hint(ctx.text("programme-summary-hint")),
        Field::line(
            "email",
            "contact_email",
            ctx.text("programme-email"),
            &typed.contact_email,
        )
        .hint(ctx.text("programme-contact-hint")),
        Field::line(
            "tel",
            "contact_phone",
            ctx.text("programme-phone"),
            &typed.contact_phone,
        ),
        Field::line(
            "text",
            "time_zone",
            ctx.text("programme-time-zone"),
            &typed.time_zone,
        )
        .hint(ctx.text("programme-time-zone-hint")),
        Field::line(
            "number",
            "reminder_hours",
            ctx.text("programme-reminder"),
            &typed.reminder_hours,
        )
        .hint(ctx.text("programme-reminder-hint")),
    ]
}

fn form(ctx: &Ctx, slug: Option<&str>, territories: &[Choice], typed: &Edit) -> FormPage {
    let fields = fields(ctx, territories, typed);
    let at = (LIST, "/bureau/programmes/nouveau");
    FormPage::of_one(
        ctx,
        [
            "programme-list",
            "programme-new",
            "programme-one",
            "programme-edit",
        ],
        at,
        slug,
        fields,
        &typed.version,
    )
}

async fn new(ctx: Ctx) -> Answer {
    let territories = territories(&ctx).await?;
    let usual = Edit {
        time_zone: programme::USUAL_TIME_ZONE.to_owned(),
        reminder_hours: programme::USUAL_REMINDER_HOURS.to_string(),
        ..Edit::default()
    };
    ctx.page(&form(&ctx, None, &territories, &usual))
}

async fn create(ctx: Ctx, Form(sent): Form<Edit>) -> Answer {
    match programme::create(ctx.app(), ctx.actor(), &sent).await {
        Ok(slug) => Ok(done(&ctx, &format!("{LIST}/{slug}"), "listing-saved")),
        Err(error) => {
            let territories = territories(&ctx).await?;
            form(&ctx, None, &territories, &sent).again(&ctx, error, None)
        }
    }
}

async fn edit(ctx: Ctx, Path(slug): Path<String>) -> Answer {
    let one = programme::get(ctx.app(), ctx.actor(), &slug).await?;
    let territories = territories(&ctx).await?;
    ctx.page(&form(&ctx, Some(&slug), &territories, &typed(&one)))
}

async fn save(ctx: Ctx, Path(slug): Path<String>, Form(sent): Form<Edit>) -> Answer {
    let Err(error) = programme::edit(ctx.app(), ctx.actor(), &slug, &sent).await else {
        return Ok(done(&ctx, &format!("{LIST}/{slug}"), "listing-saved"));
    };
    let stored = programme::get(ctx.app(), ctx.actor(), &slug).await?;
    let territories = territories(&ctx).await?;
    let current = (fields(&ctx, &territories, &typed(&stored)), stored.version);
    form(&ctx, Some(&slug), &territories, &sent).again(&ctx, error, Some(current))
}

async fn ask_delete(ctx: Ctx, Path(slug): Path<String>) -> Answer {
    let one = programme::get(ctx.app(), ctx.actor(), &slug).await?;
    let at = format!("{LIST}/{slug}");
    let back = Link::new(&one.name, format!("{LIST}/{slug}"));
    let page = Confirm::deletion(
        &ctx,
        &one.name,
        "programme-delete-text",
        &at,
        back,
        one.version,
    );
    ctx.page(&page)
}

async fn delete(ctx: Ctx, Path(slug): Path<String>, Form(sent): Form<Version>) -> Answer {
    let one = programme::get(ctx.app(), ctx.actor(), &slug).await?;
    let at = format!("{LIST}/{slug}");
    let done = programme::delete(ctx.app(), ctx.actor(), &slug, &sent.version).await;
    Deed::delete(("programme", &one.id), &sent, &at, LIST)
        .answer(&ctx, done)
        .await
}
