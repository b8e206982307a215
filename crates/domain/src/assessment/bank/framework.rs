//! Areas, competences and levels: those of DigComp 3.0, named in Essor's own words.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::assessment::adaptive::Band;
use crate::content::Problems;
use crate::language::Translated;

/// A competence.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Competence {
    /// Its number in DigComp, such as `4.2`.
    pub id: String,
    /// Its name.
    pub name: Translated,
}

/// An area with its competences.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Area {
    /// Its number in DigComp, such as `4`.
    pub id: String,
    /// Its name.
    pub name: Translated,
    /// Its competences, in order.
    pub competences: Vec<Competence>,
}

/// How one of the four levels is called and what it means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct BandName {
    /// The level.
    pub band: Band,
    /// Its name.
    pub name: Translated,
    /// What someone of this level does, a sentence to the person.
    pub means: Translated,
}

/// The file `framework.toml`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Framework {
    /// The areas, in order.
    pub areas: Vec<Area>,
    /// The levels, lowest first.
    pub bands: Vec<BandName>,
}

impl Framework {
    /// Every competence, in order.
    pub fn competences(&self) -> impl Iterator<Item = &Competence> {
        self.areas.iter().flat_map(|area| &area.competences)
    }

    /// The competence of this number.
    #[must_use]
    pub fn competence(&self, id: &str) -> Option<&Competence> {
        self.competences().find(|competence| competence.id == id)
    }

    /// The place, from 0, of the area that a competence belongs to.
    #[must_use]
    pub fn place_of(&self, competence: &str) -> Option<usize> {
        self.areas
            .iter()
            .position(|area| area.competences.iter().any(|c| c.id == competence))
    }

    /// Name and meaning of a level.
    #[must_use]
    pub fn band(&self, band: Band) -> Option<&BandName> {
        self.bands.iter().find(|name| name.band == band)
    }

    pub(super) fn check(&self, file: &str, problems: &mut Problems) {
        let mut ids = BTreeSet::new();
        for (a, area) in self.areas.iter().enumerate() {
            let field = format!("areas[{a}]");
            problems.need_text(file, &format!("{field}.name"), &area.name);
            if !ids.insert(area.id.as_str()) {
                let problem = format!("\"{}\" is there twice", area.id);
                problems.add(file, format!("{field}.id"), problem);
            }
            for (c, competence) in area.competences.iter().enumerate() {
                let field = format!("{field}.competences[{c}]");
                problems.need_text(file, &format!("{field}.name"), &competence.name);
                let within = competence.id.split('.').next() == Some(area.id.as_str());
                if !within || !ids.insert(competence.id.as_str()) {
                    let problem = format!(
                        "\"{}\" must start with \"{}.\" and be there once",
                        competence.id, area.id
                    );
                    problems.add(file, format!("{field}.id"), problem);
                }
            }
        }
        for band in [
            Band::Basic,
            Band::Intermediate,
            Band::Advanced,
            Band::HighlyAdvanced,
        ] {
            if self.bands.iter().filter(|name| name.band == band).count() != 1 {
                let problem = format!("name the level {band:?} exactly once");
                problems.add(file, "bands", problem);
            }
        }
        for (n, band) in self.bands.iter().enumerate() {
            problems.need_text(file, &format!("bands[{n}].name"), &band.name);
            problems.need_text(file, &format!("bands[{n}].means"), &band.means);
        }
    }
}
