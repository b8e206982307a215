//! What several public pages show: a session in a list, the territory's map, choices of a form.

use application::agenda::{Listed, Standing};
use application::content::{catalogue, vocabulary};
use application::showcase::ShownSite;
use application::territory::{gazetteer, outlines};
use domain::catalogue::{Audience, Module};
use domain::language::Language;
use domain::territory::{Area, Point, Shape, TerritoryMap};
use jiff::civil::DateTime;
use serde::Serialize;

/// A session in a list.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Card {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) starts: DateTime,
    pub(crate) ends: DateTime,
    pub(crate) site: String,
    pub(crate) commune: String,
    pub(crate) km: Option<f64>,
    /// `free`, `full`, `cancelled` or `over`.
    pub(crate) standing: &'static str,
    /// Seats that a newcomer can have.
    pub(crate) left: u32,
    pub(crate) waiting: u32,
    pub(crate) least: u32,
    /// How many more before it opens; 0 when it is sure to take place.
    pub(crate) missing: u32,
    /// The audience's name, when reserved.
    pub(crate) reserved: Option<String>,
}

impl Card {
    pub(crate) fn of(listed: &Listed, language: Language) -> Self {
        let (standing, left, waiting) = match listed.standing {
            Standing::Free { left } => ("free", left, 0),
            Standing::Full { waiting } => ("full", 0, waiting),
            Standing::Cancelled => ("cancelled", 0, 0),
            Standing::Over => ("over", 0, 0),
        };
        Self {
            id: listed.row.id.clone(),
            title: listed.title(language).to_owned(),
            starts: listed.starts,
            ends: listed.ends,
            site: listed.row.site_name.clone(),
            commune: listed.commune_name().to_owned(),
            km: listed.distance_km,
            standing,
            left,
            waiting,
            least: listed.opening.map_or(0, |opening| opening.least),
            missing: listed.opening.map_or(0, |opening| opening.missing),
            reserved: listed.module.and_then(|module| reserved(module, language)),
        }
    }
}

/// For whom a module is reserved, in words; nothing when it is for everybody.
pub(crate) fn reserved(module: &Module, language: Language) -> Option<String> {
    (module.audience != Audience::Everyone)
        .then(|| vocabulary().audience(module.audience))
        .flatten()
        .map(|term| term.label.get(language).to_owned())
}

/// The cards of sessions.
pub(crate) fn cards<'a>(
    sessions: impl IntoIterator<Item = &'a Listed>,
    language: Language,
) -> Vec<Card> {
    sessions
        .into_iter()
        .map(|listed| Card::of(listed, language))
        .collect()
}

/// A choice of a list.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Choice {
    pub(crate) value: String,
    pub(crate) label: String,
}

impl Choice {
    pub(crate) fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
        }
    }
}

/// Themes that some module has.
pub(crate) fn themes(language: Language) -> Vec<Choice> {
    vocabulary()
        .themes
        .iter()
        .filter(|term| {
            catalogue()
                .modules()
                .any(|module| module.theme == term.slug)
        })
        .map(|term| Choice::new(&term.slug, term.label.get(language)))
        .collect()
}

/// Tracks.
pub(crate) fn tracks(language: Language) -> Vec<Choice> {
    catalogue()
        .tracks()
        .iter()
        .map(|track| Choice::new(&track.slug, track.title.get(language)))
        .collect()
}

/// Audiences.
pub(crate) fn audiences(language: Language) -> Vec<Choice> {
    vocabulary()
        .audiences
        .iter()
        .map(|term| Choice::new(&term.slug, term.label.get(language)))
        .collect()
}

/// The territory with places on it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct MapView {
    pub(crate) view_box: String,
    /// All communes without a place.
    pub(crate) land: String,
    /// Those with one.
    pub(crate) places: String,
    /// Communes without outline.
    pub(crate) circles: Vec<Circle>,
    pub(crate) dots: Vec<Dot>,
}

/// A commune drawn as a circle.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Circle {
    pub(crate) x: i32,
    pub(crate) y: i32,
    pub(crate) r: i32,
}

/// A place on the map.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Dot {
    pub(crate) x: i32,
    pub(crate) y: i32,
    pub(crate) label: String,
    /// Whether the word stands before the dot, because the border is near.
    pub(crate) before: bool,
}

/// A place to be drawn: where, in which commune, and what is written beside it.
pub(crate) struct Place<'a> {
    pub(crate) position: Option<Point>,
    pub(crate) commune_code: &'a str,
    pub(crate) label: String,
}

impl MapView {
    /// Nothing where there is nothing to draw.
    pub(crate) fn draw(area: &Area, places: &[Place<'_>]) -> Option<Self> {
        let map = TerritoryMap::draw(area, gazetteer(), outlines())?;
        let mut view = Self {
            view_box: map.view_box(),
            land: String::new(),
            places: String::new(),
            circles: Vec::new(),
            dots: Vec::new(),
        };
        for shape in &map.shapes {
            match &shape.shape {
                Shape::Path(d) if places.iter().any(|place| place.commune_code == shape.code) => {
                    view.places.push_str(d);
                }
                Shape::Path(d) => view.land.push_str(d),
                &Shape::Circle { x, y, r } => view.circles.push(Circle { x, y, r }),
            }
        }
        let mut drawn: Vec<&str> = Vec::new();
        for place in places {
            let Some(position) = place
                .position
                .filter(|_| !drawn.contains(&place.label.as_str()))
            else {
                continue;
            };
            drawn.push(&place.label);
            let (x, y) = map.place(position);
            if (0.0..=map.width).contains(&x) && (0.0..=map.height).contains(&y) {
                #[expect(clippy::cast_possible_truncation, reason = "within the drawing")]
                let (left, top) = (x.round() as i32, y.round() as i32);
                view.dots.push(Dot {
                    x: left,
                    y: top,
                    label: place.label.clone(),
                    before: x > map.width * 0.6,
                });
            }
        }
        Some(view)
    }
}

/// A site in a list.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct SiteLink {
    pub(crate) name: String,
    pub(crate) slug: String,
    pub(crate) commune: String,
    pub(crate) address: String,
}

impl SiteLink {
    pub(crate) fn of(shown: &ShownSite) -> Self {
        Self {
            name: shown.site.row.name.clone(),
            slug: shown.site.row.slug.clone(),
            commune: shown.commune.to_owned(),
            address: shown.site.row.address.clone(),
        }
    }
}

/// Sites on the map, by the names of their communes.
pub(crate) fn places(sites: &[ShownSite]) -> Vec<Place<'_>> {
    sites
        .iter()
        .map(|shown| Place {
            position: shown.position,
            commune_code: &shown.site.row.commune_code,
            label: shown.commune.to_owned(),
        })
        .collect()
}

/// A small card, for samples.
#[cfg(test)]
pub(crate) mod samples {
    use super::*;

    pub(crate) fn card(standing: &'static str) -> Card {
        Card {
            id: "0199a000-0000-7000-8000-000000000001".to_owned(),
            title: "Ouvrir sa boutique en ligne".to_owned(),
            starts: jiff::civil::date(2026, 10, 15).at(18, 0, 0, 0),
            ends: jiff::civil::date(2026, 10, 15).at(20, 0, 0, 0),
            site: "Cybercentre <de> Frévent".to_owned(),
            commune: "Frévent".to_owned(),
            km: Some(12.4),
            standing,
            left: if standing == "free" { 2 } else { 0 },
            waiting: if standing == "full" { 3 } else { 0 },
            least: 3,
            missing: u32::from(standing == "free"),
            reserved: (standing == "full").then(|| "Agriculteurs".to_owned()),
        }
    }

    pub(crate) fn all_cards() -> Vec<Card> {
        ["free", "full", "cancelled", "over"].map(card).to_vec()
    }

    pub(crate) fn site() -> SiteLink {
        SiteLink {
            name: "Cybercentre".to_owned(),
            slug: "frevent".to_owned(),
            commune: "Frévent".to_owned(),
            address: "12 rue du Général-de-Gaulle".to_owned(),
        }
    }

    pub(crate) fn map() -> Option<MapView> {
        let ternois = gazetteer()
            .communes()
            .iter()
            .filter(|commune| commune.epci == Some("200069672"));
        MapView::draw(
            &Area::of(ternois),
            &[Place {
                position: Some(Point {
                    lat: 50.276,
                    lon: 2.289,
                }),
                commune_code: "62361",
                label: "Frévent".to_owned(),
            }],
        )
    }
}
