//! The page of one thing of the desk: facts, a map, lists of what belongs to it, and what can be done.

use domain::territory::{Shape, TerritoryMap};
use serde::Serialize;

use super::Link;
use crate::shell::Page;

/// A fact: what it is, and its lines.
#[derive(Clone, Debug, Serialize)]
pub struct Fact {
    label: String,
    lines: Vec<String>,
    href: Option<String>,
}

impl Fact {
    /// A fact of one line; left out of the page where it is empty.
    pub fn new(label: String, line: impl Into<String>) -> Self {
        Self::lines(label, vec![line.into()])
    }

    /// A fact of several lines.
    pub fn lines(label: String, lines: Vec<String>) -> Self {
        Self {
            label,
            lines: lines
                .into_iter()
                .filter(|line| !line.trim().is_empty())
                .collect(),
            href: None,
        }
    }

    /// Leads somewhere.
    #[must_use]
    pub fn to(self, href: Option<String>) -> Self {
        Self { href, ..self }
    }
}

/// A button that sends its version and does one thing that can be undone.
#[derive(Clone, Debug, Serialize)]
struct Deed {
    label: String,
    action: String,
}

/// A line of a section.
#[derive(Clone, Debug, Serialize)]
struct Line {
    cells: Vec<String>,
    href: Option<String>,
    deeds: Vec<Deed>,
    version: i64,
    links: Vec<Link>,
}

/// What belongs to the thing: rooms, seasons, partners.
#[derive(Clone, Debug, Serialize)]
pub struct Section {
    title: String,
    heads: Vec<String>,
    lines: Vec<Line>,
    empty: String,
    add: Option<Link>,
}

impl Section {
    /// A section; `empty` is said when it has no line.
    pub fn new(title: String, heads: Vec<String>, empty: String, add: Option<Link>) -> Self {
        Self {
            title,
            heads,
            lines: Vec::new(),
            empty,
            add,
        }
    }

    /// Adds a line: its cells, where the first leads, buttons (words and address) that send `version`, and links.
    pub fn line(
        &mut self,
        cells: Vec<String>,
        href: Option<String>,
        version: i64,
        deeds: Vec<Link>,
        links: Vec<Link>,
    ) {
        let deeds = deeds
            .into_iter()
            .map(|deed| Deed {
                label: deed.label,
                action: deed.href,
            })
            .collect();
        self.lines.push(Line {
            cells,
            href,
            deeds,
            version,
            links,
        });
    }
}

/// A commune on a map.
#[derive(Clone, Debug, Serialize)]
struct MapShape {
    name: &'static str,
    path: Option<String>,
    circle: Option<(i32, i32, i32)>,
}

/// A map of communes, drawn in the page.
#[derive(Clone, Debug, Serialize)]
pub struct MapView {
    view_box: String,
    caption: String,
    shapes: Vec<MapShape>,
}

impl MapView {
    /// The map with words for those who do not see it.
    pub fn new(map: &TerritoryMap, caption: String) -> Self {
        let shapes = map.shapes.iter().map(|shape| match &shape.shape {
            Shape::Path(path) => MapShape {
                name: shape.name,
                path: Some(path.clone()),
                circle: None,
            },
            Shape::Circle { x, y, r } => MapShape {
                name: shape.name,
                path: None,
                circle: Some((*x, *y, *r)),
            },
        });
        Self {
            view_box: map.view_box(),
            caption,
            shapes: shapes.collect(),
        }
    }
}

/// The page.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Detail {
    /// The heading.
    pub title: String,
    /// A sentence below it.
    pub lead: String,
    /// Where the page is.
    pub crumbs: Vec<Link>,
    /// A status: tone and word, as in the macro `badge`.
    pub badge: Option<(&'static str, String)>,
    /// Facts; those without lines are left out.
    pub facts: Vec<Fact>,
    /// A map.
    pub map: Option<MapView>,
    /// What belongs to it.
    pub sections: Vec<Section>,
    /// What can be done: links.
    pub actions: Vec<Link>,
    /// What can be done and undone: buttons that send the version.
    pub deeds: Vec<Link>,
    /// The version that buttons send.
    pub version: i64,
}

impl Page for Detail {
    const TEMPLATE: &'static str = "listing/detail.html";
}

#[cfg(test)]
pub(super) fn samples() -> Vec<crate::shell::sample::Sample> {
    use crate::shell::sample::Sample;
    let mut rooms = Section::new(
        "Salles".into(),
        vec!["Nom".into(), "Places".into()],
        "Aucune salle.".into(),
        Some(Link::new(
            "Ajouter une salle",
            "/bureau/lieux/1/salles/nouvelle",
        )),
    );
    let line = |section: &mut Section| {
        section.line(
            vec!["<i>Salle</i>".into(), "8".into()],
            Some("/bureau/lieux/1/salles/2/modifier".into()),
            3,
            vec![Link::new("Archiver", "/bureau/lieux/1/salles/2/archiver")],
            vec![Link::new("Supprimer", "/bureau/lieux/1/salles/2/supprimer")],
        );
    };
    line(&mut rooms);
    line(&mut rooms);
    let full = Detail {
        title: "Médiathèque".into(),
        lead: "Un lieu.".into(),
        crumbs: vec![Link::new("Lieux", "/bureau/lieux")],
        badge: Some(("ok", "Actif".into())),
        facts: vec![
            Fact::lines(
                "Horaires".into(),
                vec!["lundi 9 h".into(), "mardi 9 h".into()],
            ),
            Fact::new("Vide".into(), ""),
            Fact::new("Site".into(), "x").to(Some("https://x.example".into())),
        ],
        map: Some(MapView {
            view_box: "0 0 10 10".into(),
            caption: "La carte".into(),
            shapes: vec![
                MapShape {
                    name: "Frévent",
                    path: Some("M0 0L1 1Z".into()),
                    circle: None,
                },
                MapShape {
                    name: "Œuf",
                    path: None,
                    circle: Some((1, 2, 3)),
                },
            ],
        }),
        sections: vec![
            rooms,
            Section::new("Vide".into(), Vec::new(), "Rien.".into(), None),
        ],
        actions: vec![Link::new("Modifier", "/bureau/lieux/1/modifier")],
        deeds: vec![Link::new("Archiver", "/bureau/lieux/1/archiver")],
        version: 2,
    };
    vec![
        Sample::of(full),
        Sample::of(Detail {
            title: "Nu".into(),
            ..Detail::default()
        }),
    ]
}
