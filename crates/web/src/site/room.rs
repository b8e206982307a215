//! Rooms of a site, at the desk.

use application::content::vocabulary;
use application::site::{self, EditRoom, Room, Site};
use axum::Router;
use axum::extract::Path;
use axum::routing::{get, post};

use super::LIST;
use crate::State;
use crate::listing::{Choice, Confirm, Deed, Field, FormPage, Link, Section, Version};
use crate::shell::{Answer, Ctx, Flash, Form, WebError};

pub(super) fn routes() -> Router<State> {
    Router::new()
        .route("/bureau/lieux/{id}/salles/nouvelle", get(new).post(create))
        .route(
            "/bureau/lieux/{id}/salles/{room}/modifier",
            get(edit).post(save),
        )
        .route("/bureau/lieux/{id}/salles/{room}/archiver", post(archive))
        .route("/bureau/lieux/{id}/salles/{room}/reprendre", post(restore))
        .route(
            "/bureau/lieux/{id}/salles/{room}/supprimer",
            get(ask_delete).post(delete),
        )
}

/// The rooms of a site, on its page.
pub(super) fn section(ctx: &Ctx, site: &Site) -> Section {
    let here = format!("{LIST}/{}/salles", site.row.id);
    let heads = [
        "site-room-name",
        "site-room-capacity",
        "site-room-equipment",
        "listing-state",
    ];
    let mut section = Section::new(
        ctx.text("site-rooms"),
        heads.map(|key| ctx.text(key)).to_vec(),
        ctx.text("site-room-none"),
        Some(Link::new(
            ctx.text("site-room-new"),
            format!("{here}/nouvelle"),
        )),
    );
    for room in &site.rooms {
        let at = format!("{here}/{}", room.row.id);
        let ((_, state), _) = super::state(ctx, room.row.archived_at);
        let deed = if room.row.archived_at.is_none() {
            Link::new(ctx.text("listing-archive"), format!("{at}/archiver"))
        } else {
            Link::new(ctx.text("listing-restore"), format!("{at}/reprendre"))
        };
        section.line(
            vec![
                room.row.name.clone(),
                room.row.capacity.to_string(),
                equipment(ctx, room),
                state,
            ],
            Some(format!("{at}/modifier")),
            room.row.version,
            vec![deed],
            vec![Link::new(
                ctx.text("listing-delete"),
                format!("{at}/supprimer"),
            )],
        );
    }
    section
}

fn equipment(ctx: &Ctx, room: &Room) -> String {
    let terms = vocabulary().equipment.iter();
    let words: Vec<String> = terms
        .filter_map(|term| {
            let count = room.equipment.get(&term.slug)?;
            Some(format!("{} : {count}", term.label.get(ctx.language())))
        })
        .collect();
    words.join(", ")
}

fn typed(room: &Room) -> EditRoom {
    let terms = || vocabulary().equipment.iter();
    EditRoom {
        name: room.row.name.clone(),
        capacity: room.row.capacity.to_string(),
        equipment: terms().map(|term| term.slug.clone()).collect(),
        count: terms()
            .map(|term| {
                room.equipment
                    .get(&term.slug)
                    .map_or_else(String::new, ToString::to_string)
            })
            .collect(),
        version: room.row.version.to_string(),
    }
}

fn fields(ctx: &Ctx, typed: &EditRoom) -> Vec<Field> {
    let terms = || vocabulary().equipment.iter();
    let options = terms()
        .map(|term| Choice::new(&term.slug, term.label.get(ctx.language())))
        .collect();
    let count = |slug: &str| {
        let at = typed.equipment.iter().position(|other| other == slug);
        at.and_then(|at| typed.count.get(at))
            .cloned()
            .unwrap_or_default()
    };
    vec![
        Field::line("text", "name", ctx.text("site-room-name"), &typed.name).required(),
        Field::line(
            "number",
            "capacity",
            ctx.text("site-room-capacity"),
            &typed.capacity,
        )
        .required()
        .hint(ctx.text("site-room-capacity-hint")),
        Field::counts(
            "equipment",
            ctx.text("site-room-equipment"),
            options,
            terms().map(|term| count(&term.slug)).collect(),
        )
        .hint(ctx.text("site-room-equipment-hint")),
    ]
}

fn form(ctx: &Ctx, site: &Site, room: Option<&str>, typed: &EditRoom) -> FormPage {
    let here = format!("{LIST}/{}", site.row.id);
    let crumbs = vec![
        Link::new(ctx.text("site-list"), LIST),
        Link::new(&site.row.name, &here),
    ];
    let (title, action) = match room {
        None => (ctx.text("site-room-new"), format!("{here}/salles/nouvelle")),
        Some(room) => (
            ctx.text("site-room-edit"),
            format!("{here}/salles/{room}/modifier"),
        ),
    };
    FormPage::new(title, crumbs, action, fields(ctx, typed), &typed.version)
}

fn find<'a>(site: &'a Site, room: &str) -> Result<&'a Room, WebError> {
    site.rooms
        .iter()
        .find(|one| one.row.id == room)
        .ok_or_else(WebError::not_found)
}

async fn new(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let site = site::get(ctx.app(), ctx.actor(), &id).await?;
    ctx.page(&form(&ctx, &site, None, &EditRoom::default()))
}

async fn create(ctx: Ctx, Path(id): Path<String>, Form(sent): Form<EditRoom>) -> Answer {
    let Err(error) = site::add_room(ctx.app(), ctx.actor(), &id, &sent).await else {
        return Ok(done(&ctx, &id, "listing-saved"));
    };
    let site = site::get(ctx.app(), ctx.actor(), &id).await?;
    form(&ctx, &site, None, &sent).again(&ctx, error, None)
}

async fn edit(ctx: Ctx, Path((id, room)): Path<(String, String)>) -> Answer {
    let site = site::get(ctx.app(), ctx.actor(), &id).await?;
    let stored = typed(find(&site, &room)?);
    ctx.page(&form(&ctx, &site, Some(&room), &stored))
}

async fn save(
    ctx: Ctx,
    Path((id, room)): Path<(String, String)>,
    Form(sent): Form<EditRoom>,
) -> Answer {
    let Err(error) = site::edit_room(ctx.app(), ctx.actor(), &id, &room, &sent).await else {
        return Ok(done(&ctx, &id, "listing-saved"));
    };
    let site = site::get(ctx.app(), ctx.actor(), &id).await?;
    let stored = find(&site, &room)?;
    let current = (fields(&ctx, &typed(stored)), stored.row.version);
    form(&ctx, &site, Some(&room), &sent).again(&ctx, error, Some(current))
}

async fn archive(
    ctx: Ctx,
    Path((id, room)): Path<(String, String)>,
    Form(sent): Form<Version>,
) -> Answer {
    let page = format!("{LIST}/{id}");
    let at = format!("{page}/salles/{room}");
    let done = site::archive_room(ctx.app(), ctx.actor(), &id, &room, &sent.version).await;
    Deed::archive(("room", &room), &sent, &at)
        .shown_at(&page)
        .answer(&ctx, done)
        .await
}

async fn restore(
    ctx: Ctx,
    Path((id, room)): Path<(String, String)>,
    Form(sent): Form<Version>,
) -> Answer {
    let page = format!("{LIST}/{id}");
    let at = format!("{page}/salles/{room}");
    let done = site::restore_room(ctx.app(), ctx.actor(), &id, &room, &sent.version).await;
    Deed::restore(("room", &room), &sent, &at)
        .shown_at(&page)
        .answer(&ctx, done)
        .await
}

async fn ask_delete(ctx: Ctx, Path((id, room)): Path<(String, String)>) -> Answer {
    let site = site::get(ctx.app(), ctx.actor(), &id).await?;
    let stored = find(&site, &room)?;
    let at = format!("{LIST}/{id}/salles/{room}");
    let back = Link::new(&site.row.name, format!("{LIST}/{id}"));
    let page = Confirm::deletion(
        &ctx,
        &stored.row.name,
        "site-room-delete-text",
        &at,
        back,
        stored.row.version,
    );
    ctx.page(&page)
}

async fn delete(
    ctx: Ctx,
    Path((id, room)): Path<(String, String)>,
    Form(sent): Form<Version>,
) -> Answer {
    let page = format!("{LIST}/{id}");
    let at = format!("{page}/salles/{room}");
    let done = site::delete_room(ctx.app(), ctx.actor(), &id, &room, &sent.version).await;
    Deed::delete(("room", &room), &sent, &at, &page)
        .shown_at(&page)
        .answer(&ctx, done)
        .await
}

fn done(ctx: &Ctx, site: &str, key: &str) -> axum::response::Response {
    ctx.redirect_with(&format!("{LIST}/{site}"), &[Flash::ok(ctx.text(key))])
}
