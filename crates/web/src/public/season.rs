//! The season: its dates, its partners, what it amounts to, where it is.

use application::showcase::{self, SeasonPage as Season};
use axum::extract::Path;
use jiff::civil::Date;
use serde::Serialize;

use super::Public;
use super::view::{Choice, MapView, SiteLink, places};
use crate::shell::{Answer, Ctx, Page};

#[derive(Serialize)]
struct SeasonView {
    name: String,
    programme: String,
    summary: String,
    starts_on: Date,
    ends_on: Date,
    is_open: bool,
    figures: Vec<Figure>,
    partners: Vec<Partner>,
    sites: Vec<SiteLink>,
    #[serde(rename = "map_view")]
    map: Option<MapView>,
    others: Vec<Choice>,
    phone: Option<String>,
    email: Option<String>,
}

#[derive(Serialize)]
struct Figure {
    key: &'static str,
    number: i64,
}

#[derive(Serialize)]
struct Partner {
    name: String,
    kind_key: String,
    url: Option<String>,
    contribution: String,
}

#[derive(Serialize)]
struct NoSeason {}

impl Page for SeasonView {
    const TEMPLATE: &'static str = "public/season.html";
}

impl Page for NoSeason {
    const TEMPLATE: &'static str = "public/no_season.html";
}

/// `GET /saison`: the season of now.
pub(super) async fn current(public: Public) -> Answer {
    public.answer(current_page).await
}

async fn current_page(ctx: Ctx) -> Answer {
    match showcase::current_season(ctx.app()).await? {
        Some(season) => page(ctx, season.slug).await,
        None => ctx.page(&NoSeason {}),
    }
}

/// `GET /saison/{slug}`: one season.
pub(super) async fn show(public: Public, Path(slug): Path<String>) -> Answer {
    public.answer(async move |ctx| page(ctx, slug).await).await
}

async fn page(ctx: Ctx, slug: String) -> Answer {
    let season = showcase::season(ctx.app(), &slug).await?;
    ctx.page(&SeasonView::of(season))
}

impl SeasonView {
    fn of(page: Season) -> Self {
        let figures = page.figures;
        Self {
            map: MapView::draw(&page.area, &places(&page.sites)),
            sites: page.sites.iter().map(SiteLink::of).collect(),
            others: page
                .seasons
                .iter()
                .filter(|other| other.id != page.season.row.id)
                .map(|other| Choice::new(&other.slug, &other.name))
                .collect(),
            starts_on: page.season.starts_on,
            ends_on: page.season.ends_on,
            is_open: page.season.row.stage == "open",
            name: page.season.row.name,
            summary: page.season.row.summary,
            programme: page.programme.name,
            figures: [
                ("public-season-figure-modules", figures.modules),
                ("public-season-figure-sessions", figures.sessions),
                ("public-season-figure-sites", figures.sites),
                ("public-season-figure-seats", figures.seats),
                ("public-season-figure-people", figures.people),
            ]
            .map(|(key, number)| Figure { key, number })
            .into(),
            partners: page
                .partners
                .into_iter()
                .map(|partner| Partner {
                    kind_key: format!("public-season-partner-{}", partner.kind),
                    name: partner.name,
                    url: partner.url,
                    contribution: partner.contribution,
                })
                .collect(),
            phone: page.programme.contact_phone,
            email: page.programme.contact_email,
        }
    }
}

#[cfg(test)]
pub(super) fn samples() -> Vec<crate::shell::sample::Sample> {
    use super::view::samples::{map, site};
    use crate::shell::sample::Sample;
    let day = jiff::civil::date(2026, 9, 1);
    let kinds = ["funder", "host", "chamber", "sponsor", "other"];
    vec![
        Sample::of(SeasonView {
            name: "Automne 2026".to_owned(),
            programme: "Boutic".to_owned(),
            summary: "Des ateliers".to_owned(),
            starts_on: day,
            ends_on: day,
            is_open: true,
            figures: vec![Figure {
                key: "public-season-figure-people",
                number: 45,
            }],
            partners: kinds
                .map(|kind| Partner {
                    name: "La Région".to_owned(),
                    kind_key: format!("public-season-partner-{kind}"),
                    url: Some("https://exemple.fr".to_owned()),
                    contribution: "60 000 €".to_owned(),
                })
                .into(),
            sites: vec![site()],
            map: map(),
            others: vec![Choice::new("printemps-2026", "Printemps 2026")],
            phone: Some("+33321000000".to_owned()),
            email: Some("a@exemple.fr".to_owned()),
        }),
        Sample::of(NoSeason {}),
    ]
}
