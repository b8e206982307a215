//! The sites where sessions are held.

use application::agenda::{self, Only};
use application::content::vocabulary;
use application::showcase::{self, ShownSite};
use axum::extract::Path;
use domain::language::Language;
use domain::programme::TimeRange;
use jiff::civil::Weekday;
use serde::Serialize;

use super::Public;
use super::session::labels;
use super::view::{Card, Choice, MapView, SiteLink, cards, places};
use crate::shell::{Answer, Ctx, Page};

/// Sessions on a site's page.
const SESSIONS: usize = 20;

#[derive(Serialize)]
struct SitesPage {
    sites: Vec<SiteLine>,
    #[serde(rename = "map_view")]
    map: Option<MapView>,
}

#[derive(Serialize)]
struct SiteLine {
    site: SiteLink,
    coming: usize,
    accessibility: Vec<String>,
}

#[derive(Serialize)]
struct SitePage {
    site: SiteLink,
    postcode: String,
    phone: Option<String>,
    access_note: String,
    accessibility: Vec<String>,
    /// Days with hours.
    hours: Vec<Hours>,
    rooms: Vec<RoomView>,
    archived: bool,
    /// Degrees north and east, for one's own map.
    position: Option<String>,
    #[serde(rename = "map_view")]
    map: Option<MapView>,
    cards: Vec<Card>,
    coming: usize,
}

/// The hours of one day.
#[derive(Serialize)]
struct Hours {
    day: &'static str,
    ranges: Vec<Range>,
}

/// From when to when.
#[derive(Serialize)]
struct Range {
    from: String,
    to: String,
}

#[derive(Serialize)]
struct RoomView {
    name: String,
    capacity: i64,
    equipment: Vec<Choice>,
}

impl Page for SitesPage {
    const TEMPLATE: &'static str = "public/sites.html";
}

impl Page for SitePage {
    const TEMPLATE: &'static str = "public/site.html";
}

/// `GET /lieux`: every site, on the map and in a list.
pub(super) async fn list(public: Public) -> Answer {
    public.answer(list_page).await
}

async fn list_page(ctx: Ctx) -> Answer {
    let sites = showcase::sites(ctx.app()).await?;
    let coming = agenda::next(ctx.app(), Only::Any).await?;
    let area = showcase::area(ctx.app()).await?;
    ctx.page(&SitesPage {
        map: MapView::draw(&area, &places(&sites)),
        sites: sites
            .iter()
            .map(|shown| SiteLine {
                site: SiteLink::of(shown),
                coming: coming
                    .iter()
                    .filter(|listed| listed.row.site_id == shown.site.row.id)
                    .count(),
                accessibility: labels(&shown.site.accessibility, ctx.language()),
            })
            .collect(),
    })
}

/// `GET /lieux/{slug}`: one site.
pub(super) async fn show(public: Public, Path(slug): Path<String>) -> Answer {
    public
        .answer(async move |ctx| site_page(ctx, slug).await)
        .await
}

async fn site_page(ctx: Ctx, slug: String) -> Answer {
    let shown = showcase::site(ctx.app(), &slug).await?;
    let sessions = agenda::next(ctx.app(), Only::Site(&slug)).await?;
    let area = showcase::area(ctx.app()).await?;
    let language = ctx.language();
    let map = MapView::draw(&area, &places(std::slice::from_ref(&shown)));
    ctx.page(&SitePage {
        site: SiteLink::of(&shown),
        postcode: application::people::postcode(&shown.site.row.commune_code).to_owned(),
        phone: shown.site.row.phone.clone(),
        access_note: shown.site.row.access_note.clone(),
        accessibility: labels(&shown.site.accessibility, language),
        hours: hours(&shown, language),
        rooms: rooms(&shown, language),
        archived: shown.site.row.archived_at.is_some(),
        position: shown
            .position
            .map(|point| format!("{:.5},{:.5}", point.lat, point.lon)),
        map,
        cards: cards(sessions.iter().take(SESSIONS), language),
        coming: sessions.len(),
    })
}

fn hours(shown: &ShownSite, language: Language) -> Vec<Hours> {
    let clock = |range: &TimeRange| {
        let (from, to) = (*range).into();
        Range { from, to }
    };
    Weekday::Monday
        .cycle_forward()
        .take(7)
        .map(|day| Hours {
            day: documents::formats::weekday(language, day),
            ranges: shown.site.hours.of(day).iter().map(clock).collect(),
        })
        .filter(|hours| !hours.ranges.is_empty())
        .collect()
}

fn rooms(shown: &ShownSite, language: Language) -> Vec<RoomView> {
    shown
        .site
        .rooms
        .iter()
        .filter(|room| room.row.archived_at.is_none())
        .map(|room| RoomView {
            name: room.row.name.clone(),
            capacity: room.row.capacity,
            equipment: room
                .equipment
                .iter()
                .filter(|(_, count)| **count > 0)
                .filter_map(|(slug, count)| {
                    let term = vocabulary().equipment(slug)?;
                    Some(Choice::new(count.to_string(), term.label.get(language)))
                })
                .collect(),
        })
        .collect()
}

#[cfg(test)]
pub(super) fn samples() -> Vec<crate::shell::sample::Sample> {
    use super::view::samples::{all_cards, map, site};
    use crate::shell::sample::Sample;
    let page = |filled: bool| SitePage {
        site: site(),
        postcode: "62270".to_owned(),
        phone: filled.then(|| "+33321000000".to_owned()),
        access_note: if filled { "Par la cour" } else { "" }.to_owned(),
        accessibility: vec!["Plain-pied".to_owned()],
        hours: if filled {
            vec![Hours {
                day: "lundi",
                ranges: vec![Range {
                    from: "09:00".to_owned(),
                    to: "12:00".to_owned(),
                }],
            }]
        } else {
            Vec::new()
        },
        rooms: if filled {
            vec![RoomView {
                name: "Grande salle".to_owned(),
                capacity: 8,
                equipment: vec![Choice::new("8", "Ordinateurs")],
            }]
        } else {
            Vec::new()
        },
        archived: !filled,
        position: filled.then(|| "50.27600,2.28900".to_owned()),
        map: if filled { map() } else { None },
        cards: if filled { all_cards() } else { Vec::new() },
        coming: if filled { 4 } else { 0 },
    };
    vec![
        Sample::of(SitesPage {
            sites: vec![SiteLine {
                site: site(),
                coming: 3,
                accessibility: vec!["Plain-pied".to_owned()],
            }],
            map: map(),
        }),
        Sample::of(SitesPage {
            sites: Vec::new(),
            map: None,
        }),
        Sample::of(page(true)),
        Sample::of(page(false)),
    ]
}
