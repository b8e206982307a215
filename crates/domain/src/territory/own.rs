//! Own territories: any set of communes, intercommunalities, départements and regions under one name ("Pays du Ternois").

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{Commune, Gazetteer};
use crate::id::TerritoryId;

/// A territory that a programme made for itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Territory {
    /// Its identity.
    pub id: TerritoryId,
    /// Its name as people say it.
    pub name: String,
    /// What it is made of; parts may overlap.
    pub parts: Vec<Part>,
}

/// One part of an own territory, by code. Written `epci:200069672`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Part {
    /// A commune, by a code of today or yesterday.
    Commune(String),
    /// An intercommunality, by SIREN.
    Epci(String),
    /// A département or province.
    Departement(String),
    /// A region.
    Region(String),
}

/// Why a part of a territory cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PartError {
    /// The text is not `kind:code`.
    #[error("a part of a territory is written kind:code, not {0:?}")]
    Unreadable(String),
    /// Nothing has this code.
    #[error("there is no {0}")]
    Unknown(Part),
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, code) = match self {
            Self::Commune(code) => ("commune", code),
            Self::Epci(code) => ("epci", code),
            Self::Departement(code) => ("departement", code),
            Self::Region(code) => ("region", code),
        };
        write!(f, "{kind}:{code}")
    }
}

impl FromStr for Part {
    type Err = PartError;

    fn from_str(text: &str) -> Result<Self, PartError> {
        let unreadable = || PartError::Unreadable(text.chars().take(40).collect());
        let (kind, code) = text.trim().split_once(':').ok_or_else(unreadable)?;
        let code = code.trim();
        if code.is_empty() || code.len() > 9 || !code.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return Err(unreadable());
        }
        let code = code.to_ascii_uppercase();
        match kind.trim() {
            "commune" => Ok(Self::Commune(code)),
            "epci" => Ok(Self::Epci(code)),
            "departement" => Ok(Self::Departement(code)),
            "region" => Ok(Self::Region(code)),
            _ => Err(unreadable()),
        }
    }
}

impl From<Part> for String {
    fn from(part: Part) -> Self {
        part.to_string()
    }
}

impl TryFrom<String> for Part {
    type Error = PartError;

    fn try_from(text: String) -> Result<Self, PartError> {
        text.parse()
    }
}

/// The communes of a territory, each once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Area {
    /// Codes in order.
    codes: Vec<&'static str>,
    population: u64,
    unknown_population: usize,
}

impl Area {
    /// The communes given, each once.
    #[must_use]
    pub fn of<'g>(communes: impl IntoIterator<Item = &'g Commune>) -> Self {
        let mut communes: Vec<_> = communes.into_iter().collect();
        communes.sort_unstable_by_key(|commune| commune.code);
        communes.dedup();
        Self {
            codes: communes.iter().map(|commune| commune.code).collect(),
            population: communes
                .iter()
                .filter_map(|commune| commune.population)
                .map(u64::from)
                .sum(),
            unknown_population: communes
                .iter()
                .filter(|commune| commune.population.is_none())
                .count(),
        }
    }

    /// Whether the commune of today with this code is in it. For a code that may be of yesterday, see [`Gazetteer::resolve`].
    #[must_use]
    pub fn contains(&self, code: &str) -> bool {
        self.codes.binary_search(&code).is_ok()
    }

    /// The codes of its communes, in order.
    #[must_use]
    pub fn codes(&self) -> &[&'static str] {
        &self.codes
    }

    /// How many communes it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    /// Inhabitants of the communes whose population is known.
    #[must_use]
    pub fn population(&self) -> u64 {
        self.population
    }

    /// How many of its communes have no known population.
    #[must_use]
    pub fn unknown_population(&self) -> usize {
        self.unknown_population
    }
}

impl Gazetteer {
    /// The communes that these parts cover together.
    ///
    /// # Errors
    /// The first part whose code nothing has.
    pub fn area<'p>(&self, parts: impl IntoIterator<Item = &'p Part>) -> Result<Area, PartError> {
        let mut communes: Vec<&Commune> = Vec::new();
        for part in parts {
            let known = match part {
                Part::Commune(code) => {
                    let found = self.resolve(code);
                    communes.extend(found.map(|found| found.commune));
                    found.is_some()
                }
                Part::Epci(siren) => {
                    communes.extend(
                        self.communes()
                            .iter()
                            .filter(|commune| commune.epci == Some(siren)),
                    );
                    self.epci(siren).is_some()
                }
                Part::Departement(code) => {
                    communes.extend(
                        self.communes()
                            .iter()
                            .filter(|commune| commune.departement == code),
                    );
                    self.departement(code).is_some()
                }
                Part::Region(code) => {
                    communes.extend(
                        self.communes()
                            .iter()
                            .filter(|commune| commune.region == code),
                    );
                    self.region(code).is_some()
                }
            };
            if !known {
                return Err(PartError::Unknown(part.clone()));
            }
        }
        Ok(Area::of(communes))
    }

    /// The name of a part, for showing ("CC du Ternois").
    #[must_use]
    pub fn part_name(&self, part: &Part) -> Option<&str> {
        match part {
            Part::Commune(code) => self.resolve(code).map(|found| found.commune.name),
            Part::Epci(siren) => self.epci(siren).map(|epci| epci.name.as_str()),
            Part::Departement(code) => self.departement(code).map(|departement| departement.name),
            Part::Region(code) => self.region(code).map(|region| region.name),
        }
    }

    /// The communes of an area, by code.
    pub fn communes_of<'g>(&'g self, area: &'g Area) -> impl Iterator<Item = &'g Commune> {
        area.codes.iter().filter_map(|code| self.commune(code))
    }
}
