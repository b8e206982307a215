//! Forty-five professionals, spread over the communes of the Pays and over all sectors.

use anyhow::Context as _;
use application::people::PersonInput;
use domain::territory::Part;

use super::Scene;
use super::means::Means;

/// How many.
const PEOPLE: usize = 45;

const FIRST: [&str; 30] = [
    "Amélie",
    "Bruno",
    "Cécile",
    "Damien",
    "Élise",
    "Fabrice",
    "Geneviève",
    "Hugues",
    "Inès",
    "Jérôme",
    "Karine",
    "Laurent",
    "Maryse",
    "Noël",
    "Odile",
    "Pascal",
    "Régine",
    "Sylvain",
    "Thérèse",
    "Valentin",
    "Yvette",
    "Xavier",
    "Zoé",
    "Anaïs",
    "Benoît",
    "Corinne",
    "Denis",
    "Estelle",
    "Francis",
    "Gaëlle",
];
const LAST: [&str; 30] = [
    "Bécu",
    "Boulet",
    "Caulier",
    "Crépin",
    "Dacquin",
    "Deneuville",
    "Dhersin",
    "Dupuich",
    "Fauquembergue",
    "Flahaut",
    "Gambier",
    "Grébert",
    "Hanocq",
    "Herbet",
    "Jovelin",
    "Lagache",
    "Leclercq",
    "Macquet",
    "Merlin",
    "Nourry",
    "Obœuf",
    "Petitprez",
    "Queste",
    "Ricart",
    "Sauvage",
    "Taquet",
    "Vandewalle",
    "Viseur",
    "Wallart",
    "Ytournel",
];

/// Sector, profile, kind of firm.
const SECTORS: [(&str, &str, &str); 11] = [
    ("agriculture", "agriculteur", "Ferme"),
    ("alimentation", "artisan", "Boulangerie"),
    ("commerce", "commercant", "Boutique"),
    ("batiment", "artisan", "Menuiserie"),
    ("fabrication", "artisan", "Atelier"),
    ("auto-transport", "artisan", "Garage"),
    ("tourisme-restauration", "commercant", "Gîte"),
    ("services-personnes", "artisan", "Salon"),
    ("sante-social", "profession-liberale", "Cabinet"),
    ("services-entreprises", "profession-liberale", "Conseil"),
    ("culture-formation", "association", "Association"),
];

/// Who they are, in the order in which they hear of the season.
pub(crate) fn invent(scene: &mut Scene, _means: &Means) -> anyhow::Result<Vec<PersonInput>> {
    let gazetteer = application::territory::gazetteer();
    let area = gazetteer.area(&[Part::Epci("200069672".to_owned())])?;
    let mut communes: Vec<String> = area.codes().iter().map(ToString::to_string).collect();
    communes.sort_unstable();
    scene.dice.shuffle(&mut communes);
    // As people type them: a bare code may be the postcode of another commune.
    for commune in &mut communes {
        *commune = application::people::commune_label(commune);
    }
    let mut people = Vec::with_capacity(PEOPLE);
    for index in 0..PEOPLE {
        let first = FIRST.get(index % FIRST.len()).context("name")?;
        let last = LAST
            .get((index * 7 + index / FIRST.len()) % LAST.len())
            .context("name")?;
        let (sector, profile, firm) = SECTORS.get(index % SECTORS.len()).context("sector")?;
        // Two colleagues of one firm, now and then.
        let (owner, commune) = if index % 15 == 14 {
            (index - 11, index - 11)
        } else {
            (index, index)
        };
        let owner = LAST
            .get((owner * 7 + owner / FIRST.len()) % LAST.len())
            .context("name")?;
        let is_founder = index % 20 == 19;
        let address = domain::text::fold(&format!("{first} {last}")).replace(' ', ".");
        people.push(PersonInput {
            name: format!("{first} {last}"),
            // One in nine has no e-mail address and is called.
            email: if index % 9 == 8 {
                String::new()
            } else {
                format!("{address}@exemple.example")
            },
            phone: format!("06 39 98 {:02} {:02}", index / 10 + 10, index),
            commune: communes
                .get(commune % communes.len())
                .cloned()
                .unwrap_or_default(),
            organisation: if is_founder {
                String::new()
            } else {
                format!("{firm} {owner}")
            },
            sector: (*sector).to_owned(),
            profiles: vec![
                if is_founder {
                    "futur-createur"
                } else {
                    profile
                }
                .to_owned(),
            ],
            needs: if index % 12 == 5 {
                "Grands caractères à l’écran".to_owned()
            } else {
                String::new()
            },
            language: "fr".to_owned(),
            ..PersonInput::default()
        });
    }
    Ok(people)
}
