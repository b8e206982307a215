//! The first page: find a workshop near home.

use application::agenda::{self, Only, Suggestion};
use application::showcase::{self, Showcase};
use axum::Json;
use serde::{Deserialize, Serialize};

use super::Public;
use super::view::{Card, MapView, SiteLink, cards, places};
use crate::shell::{Answer, Ctx, Page, Query, WebError};

/// Sessions on the first page.
const NEXT: usize = 6;

#[derive(Serialize)]
struct Home {
    summary: String,
    season: Option<SeasonView>,
    questionnaire: bool,
    cards: Vec<Card>,
    coming: usize,
    #[serde(rename = "map_view")]
    map: Option<MapView>,
    sites: Vec<SiteLink>,
    phone: Option<String>,
    email: Option<String>,
}

#[derive(Serialize)]
struct SeasonView {
    name: String,
    slug: String,
    starts_on: jiff::civil::Date,
    ends_on: jiff::civil::Date,
}

impl Page for Home {
    const TEMPLATE: &'static str = "public/home.html";
}

/// `GET /`: find a workshop near home.
pub(super) async fn home(public: Public) -> Answer {
    public.answer(page).await
}

async fn page(ctx: Ctx) -> Answer {
    let Showcase {
        programme,
        season,
        area,
        sites,
    } = showcase::showcase(ctx.app()).await?;
    let sessions = agenda::next(ctx.app(), Only::Any).await?;
    let places = places(&sites);
    ctx.page(&Home {
        summary: programme
            .as_ref()
            .map_or_else(String::new, |programme| programme.summary.clone()),
        questionnaire: season
            .as_ref()
            .is_some_and(|season| season.row.stage == "open"),
        season: season.map(|season| SeasonView {
            starts_on: season.starts_on,
            ends_on: season.ends_on,
            name: season.row.name,
            slug: season.row.slug,
        }),
        cards: cards(sessions.iter().take(NEXT), ctx.language()),
        coming: sessions.len(),
        map: MapView::draw(&area, &places),
        sites: sites.iter().map(SiteLink::of).collect(),
        phone: programme
            .as_ref()
            .and_then(|programme| programme.contact_phone.clone()),
        email: programme.and_then(|programme| programme.contact_email),
    })
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    q: String,
}

/// `GET /communes/suggestions?q=`: communes that a text may mean while it is typed.
pub(super) async fn suggestions(
    ctx: Ctx,
    query: Query<Typed>,
) -> Result<Json<Vec<Suggestion>>, WebError> {
    Ok(Json(agenda::suggestions(ctx.app(), &query.value.q).await?))
}

#[cfg(test)]
pub(super) fn samples() -> Vec<crate::shell::sample::Sample> {
    use super::view::samples::{all_cards, map};
    use crate::shell::sample::Sample;
    let day = jiff::civil::date(2026, 9, 1);
    vec![
        Sample::of(Home {
            summary: "Des ateliers gratuits.".to_owned(),
            season: Some(SeasonView {
                name: "Automne 2026".to_owned(),
                slug: "automne-2026".to_owned(),
                starts_on: day,
                ends_on: day,
            }),
            questionnaire: true,
            cards: all_cards(),
            coming: 12,
            map: map(),
            sites: vec![super::view::samples::site()],
            phone: Some("+33321000000".to_owned()),
            email: Some("bonjour@exemple.fr".to_owned()),
        }),
        Sample::of(Home {
            summary: String::new(),
            season: None,
            questionnaire: false,
            cards: Vec::new(),
            coming: 0,
            map: None,
            sites: Vec::new(),
            phone: None,
            email: None,
        }),
    ]
}
