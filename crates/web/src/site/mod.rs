//! Sites and their rooms, at the desk.

mod room;

use application::content::vocabulary;
use application::people::commune_label;
use application::site::{self, Edit, Site, SiteFilter};
use axum::Router;
use axum::extract::Path;
use axum::routing::{get, post};
use domain::questionnaire::{DAYS, day_code};
use serde::Deserialize;

use crate::State;
use crate::listing::{
    Asked, Cell, Choice, Confirm, Deed, Detail, Fact, Field, Filter, FilterKind, FormPage, Head,
    Link, Listing, Version,
};
use crate::shell::{Answer, Ctx, Flash, Form, Query};

const LIST: &str = "/bureau/lieux";

/// The addresses of this area.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        .route("/bureau/lieux", get(list))
        .route("/bureau/lieux/nouveau", get(new).post(create))
        .route("/bureau/lieux/{id}", get(show))
        .route("/bureau/lieux/{id}/modifier", get(edit).post(save))
        .route("/bureau/lieux/{id}/archiver", post(archive))
        .route("/bureau/lieux/{id}/reprendre", post(restore))
        .route("/bureau/lieux/{id}/supprimer", get(ask_delete).post(delete))
        .merge(room::routes())
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    q: String,
    tri: String,
    page: String,
    format: String,
    etat: String,
    genre: String,
}

/// `GET /bureau/lieux`: every place, with how many rooms and seats.
async fn list(ctx: Ctx, query: Query<Wanted>) -> Answer {
    let wanted = query.value;
    let filter = SiteFilter {
        search: Some(wanted.q.clone()),
        archived: match wanted.etat.as_str() {
            "archives" => Some(true),
            "tous" => None,
            _ => Some(false),
        },
        regular: match wanted.genre.as_str() {
            "permanents" => Some(true),
            "ponctuels" => Some(false),
            _ => None,
        },
    };
    let sites = site::list(ctx.app(), ctx.actor(), &filter).await?;
    let listing = Listing {
        title: ctx.text("site-list"),
        lead: ctx.text("site-list-lead"),
        path: LIST,
        actions: vec![Link::new(ctx.text("site-new"), "/bureau/lieux/nouveau")],
        search_label: ctx.text("site-search"),
        filters: filters(&ctx, &wanted),
        heads: vec![
            Head::text("nom", ctx.text("site-name")),
            Head::text("commune", ctx.text("site-commune")),
            Head::text("adresse", ctx.text("site-address")),
            Head::number("salles", ctx.text("site-rooms")),
            Head::number("places", ctx.text("site-seats")),
            Head::text("genre", ctx.text("site-kind")),
            Head::text("etat", ctx.text("listing-state")),
            Head::text("telephone", ctx.text("site-phone")).exported_only(),
            Head::text("acces", ctx.text("site-access-note")).exported_only(),
        ],
        rows: sites.iter().map(|site| row(&ctx, site)).collect(),
        empty: (ctx.text("site-none"), ctx.text("site-none-text")),
    };
    let asked = Asked {
        search: wanted.q,
        sort: wanted.tri,
        page: wanted.page,
        format: wanted.format,
    };
    listing.answer(&ctx, &asked)
}

fn filters(ctx: &Ctx, wanted: &Wanted) -> Vec<Filter> {
    vec![
        Filter {
            kind: FilterKind::Choice,
            name: "genre",
            label: ctx.text("site-kind"),
            options: vec![
                Choice::new("permanents", ctx.text("site-regular")),
                Choice::new("ponctuels", ctx.text("site-one-off")),
            ],
            value: wanted.genre.clone(),
            none: ctx.text("listing-all"),
        },
        Filter {
            kind: FilterKind::Choice,
            name: "etat",
            label: ctx.text("listing-state"),
            options: vec![
                Choice::new("archives", ctx.text("listing-is-archived")),
                Choice::new("tous", ctx.text("listing-all")),
            ],
            value: wanted.etat.clone(),
            none: ctx.text("listing-active"),
        },
    ]
}

fn row(ctx: &Ctx, site: &Site) -> Vec<Cell> {
    let rooms = site
        .rooms
        .iter()
        .filter(|room| room.row.archived_at.is_none());
    let seats: i64 = rooms.clone().map(|room| room.row.capacity).sum();
    vec![
        Cell::link(&site.row.name, format!("{LIST}/{}", site.row.id)),
        Cell::text(commune_label(&site.row.commune_code)),
        Cell::text(&site.row.address),
        Cell::number(i64::try_from(rooms.count()).unwrap_or(i64::MAX)),
        Cell::number(seats),
        Cell::text(kind(ctx, site)),
        state(ctx, site.row.archived_at).1,
        Cell::text(site.row.phone.clone().unwrap_or_default()),
        Cell::text(&site.row.access_note),
    ]
}

fn kind(ctx: &Ctx, site: &Site) -> String {
    if site.row.regular == 1 {
        ctx.text("site-regular")
    } else {
        ctx.text("site-one-off")
    }
}

/// In use or archived, for a page and for a list.
pub(crate) fn state(ctx: &Ctx, archived_at: Option<i64>) -> ((&'static str, String), Cell) {
    let (tone, word) = match archived_at {
        None => ("ok", ctx.text("listing-active")),
        Some(_) => ("full", ctx.text("listing-is-archived")),
    };
    ((tone, word.clone()), Cell::badge(tone, word))
}

/// `GET /bureau/lieux/{id}`: one place with its rooms.
async fn show(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let site = site::get(ctx.app(), ctx.actor(), &id).await?;
    let here = format!("{LIST}/{id}");
    let labels = vocabulary()
        .accessibility
        .iter()
        .filter(|term| site.accessibility.contains(&term.slug));
    let hours = DAYS
        .into_iter()
        .filter(|day| !site.hours.of(*day).is_empty())
        .map(|day| {
            format!(
                "{} : {}",
                documents::formats::weekday(ctx.language(), day),
                site.hours.text(day)
            )
        });
    let coordinates = site
        .row
        .latitude
        .zip(site.row.longitude)
        .map(|(lat, lon)| format!("{lat}, {lon}"));
    let (badge, _) = state(&ctx, site.row.archived_at);
    let archiving = if site.row.archived_at.is_none() {
        Link::new(ctx.text("listing-archive"), format!("{here}/archiver"))
    } else {
        Link::new(ctx.text("listing-restore"), format!("{here}/reprendre"))
    };
    ctx.page(&Detail {
        title: site.row.name.clone(),
        crumbs: vec![Link::new(ctx.text("site-list"), LIST)],
        badge: Some(badge),
        facts: vec![
            Fact::new(ctx.text("site-kind"), kind(&ctx, &site)),
            Fact::lines(
                ctx.text("site-address"),
                vec![
                    site.row.address.clone(),
                    commune_label(&site.row.commune_code),
                ],
            ),
            Fact::new(
                ctx.text("site-coordinates"),
                coordinates.unwrap_or_default(),
            ),
            Fact::lines(ctx.text("site-hours"), hours.collect()),
            Fact::lines(
                ctx.text("site-accessibility"),
                labels
                    .map(|term| term.label.get(ctx.language()).to_owned())
                    .collect(),
            ),
            Fact::lines(
                ctx.text("site-access-note"),
                site.row.access_note.lines().map(str::to_owned).collect(),
            ),
            Fact::new(
                ctx.text("site-phone"),
                crate::listing::phone(site.row.phone.as_deref()),
            ),
        ],
        sections: vec![room::section(&ctx, &site)],
        actions: vec![
            Link::new(ctx.text("listing-edit"), format!("{here}/modifier")),
            Link::new(ctx.text("listing-delete"), format!("{here}/supprimer")),
        ],
        deeds: vec![archiving],
        version: site.row.version,
        ..Detail::default()
    })
}

/// What a stored site looks like in its form.
fn typed(site: &Site) -> Edit {
    let [
        monday,
        tuesday,
        wednesday,
        thursday,
        friday,
        saturday,
        sunday,
    ] = DAYS.map(|day| site.hours.text(day));
    let coordinates = site
        .row
        .latitude
        .zip(site.row.longitude)
        .map(|(lat, lon)| format!("{lat}, {lon}"));
    Edit {
        name: site.row.name.clone(),
        commune: commune_label(&site.row.commune_code),
        address: site.row.address.clone(),
        coordinates: coordinates.unwrap_or_default(),
        monday,
        tuesday,
        wednesday,
        thursday,
        friday,
        saturday,
        sunday,
        accessibility: site.accessibility.clone(),
        access_note: site.row.access_note.clone(),
        phone: site.row.phone.clone().unwrap_or_default(),
        one_off: if site.row.regular == 1 {
            String::new()
        } else {
            "oui".into()
        },
        version: site.row.version.to_string(),
    }
}

fn fields(ctx: &Ctx, typed: &Edit) -> Vec<Field> {
    let mut fields = vec![
        Field::line("text", "name", ctx.text("site-name"), &typed.name).required(),
        Field::line(
            "commune",
            "commune",
            ctx.text("site-commune"),
            &typed.commune,
        )
        .required()
        .hint(ctx.text("site-commune-hint")),
        Field::line("text", "address", ctx.text("site-address"), &typed.address)
            .hint(ctx.text("site-address-hint")),
        Field::line(
            "text",
            "coordinates",
            ctx.text("site-coordinates"),
            &typed.coordinates,
        )
        .hint(ctx.text("site-coordinates-hint")),
        Field::checkbox(
            "one_off",
            ctx.text("site-one-off"),
            !typed.one_off.is_empty(),
        )
        .hint(ctx.text("site-one-off-hint")),
    ];
    for (day, text) in DAYS.into_iter().zip(typed.hours()) {
        let name = documents::formats::weekday(ctx.language(), day);
        let label = ctx.text_with("site-hours-of", &[("day", name.into())]);
        let field = Field::line("text", day_code(day), label, text);
        fields.push(if day == jiff::civil::Weekday::Monday {
            field.hint(ctx.text("site-hours-hint"))
        } else {
            field
        });
    }
    let terms = vocabulary().accessibility.iter();
    let options = terms
        .map(|term| Choice::new(&term.slug, term.label.get(ctx.language())))
        .collect();
    fields.extend([
        Field::checkboxes(
            "accessibility",
            ctx.text("site-accessibility"),
            options,
            &typed.accessibility,
        ),
        Field::line(
            "area",
            "access_note",
            ctx.text("site-access-note"),
            &typed.access_note,
        )
        .hint(ctx.text("site-access-note-hint")),
        Field::line("tel", "phone", ctx.text("site-phone"), &typed.phone),
    ]);
    fields
}

fn form(ctx: &Ctx, id: Option<&str>, typed: &Edit) -> FormPage {
    let at = (LIST, "/bureau/lieux/nouveau");
    FormPage::of_one(
        ctx,
        ["site-list", "site-new", "site-one", "site-edit"],
        at,
        id,
        fields(ctx, typed),
        &typed.version,
    )
}

/// `GET /bureau/lieux/nouveau`
async fn new(ctx: Ctx) -> Answer {
    site::list(ctx.app(), ctx.actor(), &SiteFilter::default()).await?;
    ctx.page(&form(&ctx, None, &Edit::default()))
}

/// `POST /bureau/lieux/nouveau`
async fn create(ctx: Ctx, Form(typed): Form<Edit>) -> Answer {
    match site::create(ctx.app(), ctx.actor(), &typed).await {
        Ok(id) => Ok(ctx.redirect_with(
            &format!("{LIST}/{id}"),
            &[Flash::ok(ctx.text("listing-saved"))],
        )),
        Err(error) => form(&ctx, None, &typed).again(&ctx, error, None),
    }
}

/// `GET /bureau/lieux/{id}/modifier`
async fn edit(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let site = site::get(ctx.app(), ctx.actor(), &id).await?;
    ctx.page(&form(&ctx, Some(&id), &typed(&site)))
}

/// `POST /bureau/lieux/{id}/modifier`
async fn save(ctx: Ctx, Path(id): Path<String>, Form(sent): Form<Edit>) -> Answer {
    let Err(error) = site::edit(ctx.app(), ctx.actor(), &id, &sent).await else {
        return Ok(ctx.redirect_with(
            &format!("{LIST}/{id}"),
            &[Flash::ok(ctx.text("listing-saved"))],
        ));
    };
    let stored = site::get(ctx.app(), ctx.actor(), &id).await?;
    let current = (fields(&ctx, &typed(&stored)), stored.row.version);
    form(&ctx, Some(&id), &sent).again(&ctx, error, Some(current))
}

/// `POST /bureau/lieux/{id}/archiver`
async fn archive(ctx: Ctx, Path(id): Path<String>, Form(sent): Form<Version>) -> Answer {
    let at = format!("{LIST}/{id}");
    let done = site::archive(ctx.app(), ctx.actor(), &id, &sent.version).await;
    Deed::archive(("site", &id), &sent, &at)
        .answer(&ctx, done)
        .await
}

/// `POST /bureau/lieux/{id}/reprendre`
async fn restore(ctx: Ctx, Path(id): Path<String>, Form(sent): Form<Version>) -> Answer {
    let at = format!("{LIST}/{id}");
    let done = site::restore(ctx.app(), ctx.actor(), &id, &sent.version).await;
    Deed::restore(("site", &id), &sent, &at)
        .answer(&ctx, done)
        .await
}

/// `GET /bureau/lieux/{id}/supprimer`
async fn ask_delete(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let site = site::get(ctx.app(), ctx.actor(), &id).await?;
    let at = format!("{LIST}/{id}");
    let back = Link::new(&site.row.name, format!("{LIST}/{id}"));
    let page = Confirm::deletion(
        &ctx,
        &site.row.name,
        "site-delete-text",
        &at,
        back,
        site.row.version,
    );
    ctx.page(&page)
}

/// `POST /bureau/lieux/{id}/supprimer`
async fn delete(ctx: Ctx, Path(id): Path<String>, Form(sent): Form<Version>) -> Answer {
    let at = format!("{LIST}/{id}");
    let done = site::delete(ctx.app(), ctx.actor(), &id, &sent.version).await;
    Deed::delete(("site", &id), &sent, &at, LIST)
        .answer(&ctx, done)
        .await
}
