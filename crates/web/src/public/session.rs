//! One session: what, when, where, what to know before, how it stands.

use application::agenda::{self, Listed};
use application::content::vocabulary;
use application::showcase;
use axum::extract::Path;
use domain::language::Language;
use serde::Serialize;
use serde_json::Value;

use super::modules::level_key;
use super::view::{Card, MapView, Place, reserved};
use super::{Public, feeds, markup};
use crate::shell::{Answer, Ctx, Page};

#[derive(Serialize)]
struct SessionPage {
    card: Card,
    capacity: i64,
    module: Option<About>,
    place: Where,
    cancel_reason: String,
    public_note: String,
    #[serde(rename = "map_view")]
    map: Option<MapView>,
    season: String,
    phone: Option<String>,
    email: Option<String>,
    markup: Value,
}

/// What is taught.
#[derive(Serialize)]
struct About {
    slug: String,
    aims: Vec<String>,
    level_key: &'static str,
    minutes: u32,
    reserved: Option<String>,
    before: Vec<Before>,
    theme: String,
}

/// A workshop that comes before.
#[derive(Serialize)]
struct Before {
    slug: String,
    title: String,
}

/// Where it is.
#[derive(Serialize)]
struct Where {
    name: String,
    slug: String,
    address: String,
    commune: String,
    postcode: String,
    room: Option<String>,
    accessibility: Vec<String>,
    access_note: String,
    phone: Option<String>,
}

impl Page for SessionPage {
    const TEMPLATE: &'static str = "public/session.html";
}

/// `GET /seances/{id}`: the session's page; with `.ics` behind it, the session for one's own calendar.
pub(super) async fn show(public: Public, Path(id): Path<String>) -> Answer {
    public.answer(async move |ctx| page(ctx, id).await).await
}

async fn page(ctx: Ctx, id: String) -> Answer {
    if let Some(id) = id.strip_suffix(".ics") {
        let listed = agenda::session(ctx.app(), id).await?;
        return feeds::session_file(&ctx, &listed);
    }
    let listed = agenda::session(ctx.app(), &id).await?;
    let shown = showcase::site(ctx.app(), &listed.row.site_slug).await?;
    let area = showcase::area(ctx.app()).await?;
    let language = ctx.language();
    let map = MapView::draw(
        &area,
        &[Place {
            position: listed.position,
            commune_code: &listed.row.commune_code,
            label: listed.commune_name().to_owned(),
        }],
    );
    ctx.page(&SessionPage {
        card: Card::of(&listed, language),
        capacity: listed.row.capacity,
        module: About::of(&listed, language),
        place: Where {
            name: listed.row.site_name.clone(),
            slug: listed.row.site_slug.clone(),
            address: listed.row.site_address.clone(),
            commune: listed.commune_name().to_owned(),
            postcode: listed
                .commune
                .and_then(|commune| commune.postcodes().next())
                .unwrap_or_default()
                .to_owned(),
            room: listed.row.room_name.clone(),
            accessibility: labels(&shown.site.accessibility, language),
            access_note: shown.site.row.access_note,
            phone: shown.site.row.phone,
        },
        cancel_reason: listed.row.cancel_reason.clone(),
        public_note: listed.row.public_note.clone(),
        map,
        season: listed.row.season_slug.clone(),
        phone: listed.row.contact_phone.clone(),
        email: listed.row.contact_email.clone(),
        markup: markup::event(&ctx, &listed),
    })
}

/// Easements of access in words.
pub(super) fn labels(slugs: &[String], language: Language) -> Vec<String> {
    slugs
        .iter()
        .filter_map(|slug| vocabulary().accessibility(slug))
        .map(|term| term.label.get(language).to_owned())
        .collect()
}

impl About {
    fn of(listed: &Listed, language: Language) -> Option<Self> {
        let module = listed.module?;
        Some(Self {
            slug: module.slug.clone(),
            aims: module
                .aims
                .iter()
                .map(|aim| aim.get(language).to_owned())
                .collect(),
            level_key: level_key(module.level),
            minutes: module.minutes,
            reserved: reserved(module, language),
            before: showcase::prerequisites(module)
                .into_iter()
                .map(|before| Before {
                    slug: before.slug.clone(),
                    title: before.title.get(language).to_owned(),
                })
                .collect(),
            theme: vocabulary()
                .theme(&module.theme)
                .map(|term| term.label.get(language).to_owned())
                .unwrap_or_default(),
        })
    }
}

#[cfg(test)]
pub(super) fn samples() -> Vec<crate::shell::sample::Sample> {
    use super::view::samples::{card, map};
    use crate::shell::sample::Sample;
    let page = |standing: &'static str| SessionPage {
        card: card(standing),
        capacity: 4,
        module: (standing != "over").then(|| About {
            slug: "boutique-en-ligne".to_owned(),
            aims: vec!["Vendre <cinq> produits".to_owned()],
            level_key: level_key(3),
            minutes: 120,
            reserved: Some("Agriculteurs".to_owned()),
            before: vec![Before {
                slug: "courriel".to_owned(),
                title: "Le courriel".to_owned(),
            }],
            theme: "Vente".to_owned(),
        }),
        place: Where {
            name: "Cybercentre".to_owned(),
            slug: "frevent".to_owned(),
            address: "12 rue du Général-de-Gaulle".to_owned(),
            commune: "Frévent".to_owned(),
            postcode: "62270".to_owned(),
            room: Some("Grande salle".to_owned()),
            accessibility: vec!["Plain-pied".to_owned()],
            access_note: "Par la cour".to_owned(),
            phone: Some("+33321000000".to_owned()),
        },
        cancel_reason: "Panne de chauffage".to_owned(),
        public_note: "Apportez vos photos".to_owned(),
        map: map(),
        season: "automne-2026".to_owned(),
        phone: Some("+33321000000".to_owned()),
        email: None,
        markup: serde_json::json!({ "name": "</script><script>alert(1)</script>" }),
    };
    ["free", "full", "cancelled", "over"]
        .map(|standing| Sample::of(page(standing)))
        .into()
}
