//! Every part of pages on two sheets, for the tests and for the eye:
//! `ESSOR_GALLERY=/tmp/gallery cargo nextest run -p web gallery` writes them where a browser can open them.

use std::path::Path;

use domain::language::Language;
use minijinja::value::{Serde, Value};
use serde_json::json;

use super::sample::{self, Sample};

const SHEETS: [&str; 2] = ["shell/gallery_public.html", "shell/gallery_desk.html"];

/// The sheets as samples.
pub(super) fn samples() -> Vec<Sample> {
    SHEETS
        .into_iter()
        .map(|template| Sample {
            template,
            data: Value::from(Serde(&data())),
        })
        .collect()
}

fn data() -> serde_json::Value {
    json!({
        "errors": {"email": "Cette adresse est incomplète : il manque ce qui suit le signe @."},
        "sectors": [{"value": "craft", "label": "Artisanat"}, {"value": "farm", "label": "Agriculture"}],
        "levels": [
            {"value": "never", "label": "Jamais", "hint": "ou presque"},
            {"value": "some", "label": "De temps en temps"},
            {"value": "daily", "label": "Tous les jours"}
        ],
        "days": [
            {"value": "mon", "label": "lundi"}, {"value": "tue", "label": "mardi"}, {"value": "wed", "label": "mercredi"},
            {"value": "thu", "label": "jeudi"}, {"value": "fri", "label": "vendredi"}, {"value": "sat", "label": "samedi"}
        ],
        "moments": [{"value": "morning", "label": "matin"}, {"value": "afternoon", "label": "après-midi"}, {"value": "evening", "label": "soir"}],
        "chips_sample": [
            {"label": "Tous", "href": "#", "current": true}, {"label": "Matin", "href": "#", "current": false},
            {"label": "Après-midi", "href": "#", "current": false}, {"label": "Soir et samedi", "href": "#", "current": false}
        ],
        "tabs_sample": [
            {"label": "Liste", "href": "#", "current": true, "count": 50}, {"label": "Calendrier", "href": "#", "current": false},
            {"label": "Sans formateur", "href": "#", "current": false, "count": 3}
        ],
        "shapes": [
            {"d": "M20 120 L70 90 L120 100 L110 140 L60 170 L25 160Z", "class": "some"}, {"d": "M70 90 L110 50 L160 60 L120 100Z", "class": ""},
            {"d": "M160 60 L220 30 L230 80 L180 90Z", "class": "some"}, {"d": "M120 100 L160 60 L180 90 L190 130 L150 140 L110 140Z", "class": ""},
            {"d": "M60 170 L110 140 L150 140 L150 190 L90 200Z", "class": "some"}, {"d": "M150 140 L190 130 L250 120 L240 180 L150 190Z", "class": ""},
            {"d": "M180 90 L230 80 L280 90 L250 120 L190 130Z", "class": ""}
        ],
        "events": [
            event("2026-03-12", "18:00", "20:00", "Créer une boutique en ligne", "Cybercentre de Frévent", ("ok", "3 places"), "1 / 4"),
            event("2026-03-14", "09:00", "10:30", "Déclarer sa PAC en ligne : réservé aux agriculteurs", "Médiathèque de Saint-Pol-sur-Ternoise", ("wait", "Liste d’attente"), "4 / 4 + 2"),
            event("2026-04-01", "14:00", "16:00", "Les réseaux sociaux", "Cybercentre d’Auxi-le-Château", ("bad", "Annulée"), "0 / 4")
        ]
    })
}

fn event(
    day: &str,
    starts: &str,
    ends: &str,
    title: &str,
    place: &str,
    (tone, status): (&str, &str),
    seats: &str,
) -> serde_json::Value {
    json!({"day": day, "starts": starts, "ends": ends, "title": title, "place": place, "km": 7.4, "tone": tone, "status": status, "seats": seats})
}

#[test]
fn the_gallery_shows_every_part() {
    let components = super::templates::Templates::source("components.html").unwrap();
    let sheets: String = SHEETS
        .iter()
        .filter_map(|name| super::templates::Templates::source(name))
        .collect();
    // Those that are only used by other parts or by the layouts.
    let inner = ["about", "refers", "optional", "choices", "flashes"];
    for name in components
        .split("{% macro ")
        .skip(1)
        .filter_map(|rest| rest.split('(').next())
    {
        assert!(
            inner.contains(&name) || sheets.contains(&format!("{name}(")),
            "show {name} in a gallery"
        );
    }
    if let Some(folder) = std::env::var_os("ESSOR_GALLERY") {
        write(Path::new(&folder));
    }
}

fn write(folder: &Path) {
    std::fs::create_dir_all(folder).unwrap();
    for name in [
        "essor.css",
        "htmx.js",
        "suggest.js",
        "keys.js",
        "favicon.svg",
    ] {
        std::fs::copy(
            Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("static")
                .join(name),
            folder.join(name),
        )
        .unwrap();
    }
    for sample in samples() {
        let html = sample::templates()
            .render_value(
                Language::Fr,
                sample.template,
                &sample::frame(Language::Fr),
                sample.data,
            )
            .unwrap();
        // `/static/essor.0123456789.css` → `essor.css`, so that it opens without a server.
        let mut open = String::new();
        for (at, part) in html.split("/static/").enumerate() {
            let pieces: Vec<_> = part.splitn(3, '.').collect();
            match pieces.as_slice() {
                [stem, _, rest] if at > 0 => open.push_str(&format!("{stem}.{rest}")),
                _ => open.push_str(part),
            }
        }
        std::fs::write(
            folder.join(sample.template.rsplit('/').next().unwrap()),
            open,
        )
        .unwrap();
    }
}
