//! Own territories, at the desk: composed of communes, intercommunalities, départements and regions found by search.

use application::territory::{self, Edit, OwnTerritory, Suggestion};
use axum::Router;
use axum::extract::Path;
use axum::routing::get;
use documents::formats;
use documents::texts::Arg;
use domain::territory::Part;
use serde::Deserialize;

use crate::State;
use crate::listing::{
    Asked, Cell, Choice, Confirm, Deed, Detail, Fact, Field, FormPage, Head, Link, Listing,
    MapView, Version, done,
};
use crate::shell::{Answer, Ctx, Form, Query};

const LIST: &str = "/bureau/territoires";
/// Most suggestions of each kind.
const SUGGESTIONS: usize = 8;

/// The addresses of this area.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        .route("/bureau/territoires", get(list))
        .route("/bureau/territoires/nouveau", get(new).post(create))
        .route("/bureau/territoires/{id}", get(show))
        .route("/bureau/territoires/{id}/modifier", get(edit).post(save))
        .route(
            "/bureau/territoires/{id}/supprimer",
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

/// The form: the territory, and the search for parts to add.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Sent {
    name: String,
    note: String,
    parts: Vec<String>,
    version: String,
    /// What parts are searched by.
    search: String,
    /// Anything: the search button was pressed, nothing is to be saved.
    find: String,
}

impl Sent {
    fn command(&self) -> Edit {
        Edit {
            name: self.name.clone(),
            note: self.note.clone(),
            parts: self.parts.clone(),
            version: self.version.clone(),
        }
    }
}

fn inhabitants(ctx: &Ctx, population: u64) -> String {
    formats::integer(
        ctx.language(),
        i64::try_from(population).unwrap_or(i64::MAX),
    )
}

/// A part in words: its name, kind, communes and inhabitants.
fn words(ctx: &Ctx, part: &Suggestion) -> String {
    let kind = match part.part {
        Part::Commune(_) => ctx.text("territory-commune"),
        Part::Epci(_) => ctx.text("territory-epci"),
        Part::Departement(_) => ctx.text("territory-departement"),
        Part::Region(_) => ctx.text("territory-region"),
    };
    let population = inhabitants(ctx, part.population);
    let communes = i64::try_from(part.communes).unwrap_or(i64::MAX);
    ctx.text_with(
        "territory-part",
        &[
            ("name", part.name.as_str().into()),
            ("kind", kind.as_str().into()),
            ("communes", Arg::Integer(communes)),
            ("population", population.as_str().into()),
        ],
    )
}

/// `GET /bureau/territoires`: own territories with their communes and inhabitants.
async fn list(ctx: Ctx, query: Query<Wanted>) -> Answer {
    let wanted = query.value;
    let all = territory::list(ctx.app(), ctx.actor(), &wanted.q).await?;
    let rows = all.iter().map(|one| {
        vec![
            Cell::link(&one.row.name, format!("{LIST}/{}", one.row.id)),
            Cell::number(i64::try_from(one.area.len()).unwrap_or(i64::MAX)),
            Cell::number(i64::try_from(one.area.population()).unwrap_or(i64::MAX)),
            Cell::text(&one.row.note),
        ]
    });
    let listing = Listing {
        title: ctx.text("territory-list"),
        lead: ctx.text("territory-list-lead"),
        path: LIST,
        actions: vec![Link::new(
            ctx.text("territory-new"),
            "/bureau/territoires/nouveau",
        )],
        search_label: ctx.text("territory-name"),
        filters: Vec::new(),
        heads: vec![
            Head::text("nom", ctx.text("territory-name")),
            Head::number("communes", ctx.text("territory-communes")),
            Head::number("habitants", ctx.text("territory-population")),
            Head::text("note", ctx.text("territory-note")).exported_only(),
        ],
        rows: rows.collect(),
        empty: (ctx.text("territory-none"), ctx.text("territory-none-text")),
    };
    let asked = Asked {
        search: wanted.q,
        sort: wanted.tri,
        page: wanted.page,
        format: wanted.format,
    };
    listing.answer(&ctx, &asked)
}

/// `GET /bureau/territoires/{id}`: one territory with its map.
async fn show(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let one = territory::get(ctx.app(), ctx.actor(), &id).await?;
    let here = format!("{LIST}/{id}");
    let parts = one
        .parts
        .iter()
        .map(|part| match territory::described(part.clone()) {
            Some(part) => words(&ctx, &part),
            None => ctx.text_with(
                "territory-part-unknown",
                &[("code", part.to_string().as_str().into())],
            ),
        });
    let caption = ctx.text_with("territory-map", &[("name", one.row.name.as_str().into())]);
    let communes = i64::try_from(one.area.len()).unwrap_or(i64::MAX);
    let codes = one.area.codes().iter();
    let names: Vec<String> = codes
        .filter_map(|code| territory::gazetteer().commune(code))
        .map(|commune| commune.name.to_owned())
        .collect();
    // A region has thousands: their names would hide everything else.
    let names = if names.len() <= 300 {
        names.join(", ")
    } else {
        String::new()
    };
    ctx.page(&Detail {
        title: one.row.name.clone(),
        crumbs: vec![Link::new(ctx.text("territory-list"), LIST)],
        facts: vec![
            Fact::new(
                ctx.text("territory-communes"),
                formats::integer(ctx.language(), communes),
            ),
            Fact::new(
                ctx.text("territory-population"),
                inhabitants(&ctx, one.area.population()),
            ),
            Fact::lines(ctx.text("territory-parts"), parts.collect()),
            Fact::lines(
                ctx.text("territory-note"),
                one.row.note.lines().map(str::to_owned).collect(),
            ),
            Fact::new(ctx.text("territory-commune-names"), names),
        ],
        map: territory::map(&one.area).map(|map| MapView::new(&map, caption)),
        actions: vec![
            Link::new(ctx.text("listing-edit"), format!("{here}/modifier")),
            Link::new(ctx.text("listing-delete"), format!("{here}/supprimer")),
        ],
        version: one.row.version,
        ..Detail::default()
    })
}

fn typed(one: &OwnTerritory) -> Sent {
    Sent {
        name: one.row.name.clone(),
        note: one.row.note.clone(),
        parts: one.parts.iter().map(ToString::to_string).collect(),
        version: one.row.version.to_string(),
        ..Sent::default()
    }
}

/// The parts to tick: those ticked, then what the search finds.
fn choices(ctx: &Ctx, sent: &Sent) -> Vec<Choice> {
    let ticked = sent.parts.iter().map(|raw| {
        let known = raw.parse().ok().and_then(territory::described);
        Choice::new(
            raw,
            known.map_or_else(|| raw.clone(), |part| words(ctx, &part)),
        )
    });
    let mut all: Vec<Choice> = ticked.collect();
    for found in territory::suggest(&sent.search, SUGGESTIONS) {
        let value = found.part.to_string();
        if !all.iter().any(|choice| choice.value == value) {
            all.push(Choice::new(value, words(ctx, &found)));
        }
    }
    all
}

fn fields(ctx: &Ctx, sent: &Sent) -> Vec<Field> {
    let parts = choices(ctx, sent);
    let hint = if parts.is_empty() {
        "territory-parts-none"
    } else {
        "territory-parts-hint"
    };
    vec![
        Field::line("text", "name", ctx.text("territory-name"), &sent.name).required(),
        Field::line("area", "note", ctx.text("territory-note"), &sent.note),
        Field::checkboxes("parts", ctx.text("territory-parts"), parts, &sent.parts)
            .hint(ctx.text(hint)),
    ]
}

fn form(ctx: &Ctx, id: Option<&str>, sent: &Sent) -> FormPage {
    let list = Link::new(ctx.text("territory-list"), LIST);
    let fields = fields(ctx, sent);
    let form = match id {
        None => {
            let action = "/bureau/territoires/nouveau".to_owned();
            FormPage::new(ctx.text("territory-new"), vec![list], action, fields, "")
        }
        Some(id) => {
            let back = Link::new(ctx.text("territory-one"), format!("{LIST}/{id}"));
            let action = format!("{LIST}/{id}/modifier");
            FormPage::new(
                ctx.text("territory-edit"),
                vec![list, back],
                action,
                fields,
                &sent.version,
            )
        }
    };
    form.searching(&sent.search)
}

/// `GET /bureau/territoires/nouveau`
async fn new(ctx: Ctx) -> Answer {
    territory::list(ctx.app(), ctx.actor(), "").await?;
    ctx.page(&form(&ctx, None, &Sent::default()))
}

/// `POST /bureau/territoires/nouveau`: saves, or searches and shows the form again.
async fn create(ctx: Ctx, Form(sent): Form<Sent>) -> Answer {
    if !sent.find.is_empty() {
        territory::list(ctx.app(), ctx.actor(), "").await?;
        return ctx.page(&form(&ctx, None, &sent));
    }
    match territory::create(ctx.app(), ctx.actor(), &sent.command()).await {
        Ok(id) => Ok(done(&ctx, &format!("{LIST}/{id}"), "listing-saved")),
        Err(error) => form(&ctx, None, &sent).again(&ctx, error, None),
    }
}

/// `GET /bureau/territoires/{id}/modifier`
async fn edit(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let one = territory::get(ctx.app(), ctx.actor(), &id).await?;
    ctx.page(&form(&ctx, Some(&id), &typed(&one)))
}

/// `POST /bureau/territoires/{id}/modifier`: saves, or searches and shows the form again.
async fn save(ctx: Ctx, Path(id): Path<String>, Form(sent): Form<Sent>) -> Answer {
    if !sent.find.is_empty() {
        territory::get(ctx.app(), ctx.actor(), &id).await?;
        return ctx.page(&form(&ctx, Some(&id), &sent));
    }
    let Err(error) = territory::edit(ctx.app(), ctx.actor(), &id, &sent.command()).await else {
        return Ok(done(&ctx, &format!("{LIST}/{id}"), "listing-saved"));
    };
    let stored = territory::get(ctx.app(), ctx.actor(), &id).await?;
    let current = (fields(&ctx, &typed(&stored)), stored.row.version);
    form(&ctx, Some(&id), &sent).again(&ctx, error, Some(current))
}

async fn ask_delete(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let one = territory::get(ctx.app(), ctx.actor(), &id).await?;
    let at = format!("{LIST}/{id}");
    let back = Link::new(&one.row.name, format!("{LIST}/{id}"));
    let page = Confirm::deletion(
        &ctx,
        &one.row.name,
        "territory-delete-text",
        &at,
        back,
        one.row.version,
    );
    ctx.page(&page)
}

async fn delete(ctx: Ctx, Path(id): Path<String>, Form(sent): Form<Version>) -> Answer {
    let at = format!("{LIST}/{id}");
    let done = territory::delete(ctx.app(), ctx.actor(), &id, &sent.version).await;
    Deed::delete(("territory", &id), &sent, &at, LIST)
        .answer(&ctx, done)
        .await
}
