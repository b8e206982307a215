//! All communes with their parents, and what they were called before.

use super::index::Index;
use super::read::{ReadError, number, plain, rows};
use super::{Commune, Departement, Epci, Point, Region};

/// Code of the Walloon region: `BE` and its NIS code.
const WALLONIA: &str = "BE03000";

/// The texts of `data/territory/`.
#[derive(Debug, Clone, Copy)]
pub struct Sources {
    /// `communes.csv`
    pub communes: &'static str,
    /// `anciennes_communes.csv`
    pub former: &'static str,
    /// `epcis.csv`
    pub epcis: &'static str,
    /// `departements.csv`
    pub departements: &'static str,
    /// `regions.csv`
    pub regions: &'static str,
    /// `communes_wallonie.csv`
    pub walloon_communes: &'static str,
    /// `provinces_wallonie.csv`
    pub walloon_provinces: &'static str,
}

/// A name or code of yesterday, and the commune it is part of now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Former {
    /// Its INSEE code, which may still be the commune's own.
    pub code: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Code of the commune of today.
    pub commune: &'static str,
    /// What it was or is.
    pub kind: FormerKind,
}

/// What a [`Former`] was or is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormerKind {
    /// A part of a merged commune that keeps its own town hall (commune déléguée).
    Delegated,
    /// The same under the law of 1971 (commune associée).
    Associated,
    /// An arrondissement of Paris, Lyon or Marseille.
    Arrondissement,
    /// Merged without trace, or a code no longer in use.
    Merged,
    /// The commune's own name until it was changed.
    OldName,
}

/// A commune found by a code, with the former commune when the code is one of yesterday.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Resolved<'g> {
    /// The commune of today.
    pub commune: &'g Commune,
    /// The former commune whose code was given.
    pub former: Option<&'g Former>,
}

/// Every commune, intercommunality, département and region, found by code or by search.
#[derive(Debug)]
pub struct Gazetteer {
    pub(super) communes: Vec<Commune>,
    pub(super) former: Vec<Former>,
    epcis: Vec<Epci>,
    departements: Vec<Departement>,
    regions: Vec<Region>,
    /// Dutch and German names of Walloon communes, with the place of the commune.
    pub(super) other_names: Vec<(&'static str, u32)>,
    pub(super) index: Index,
}

impl Gazetteer {
    /// Reads the data files.
    ///
    /// # Errors
    /// A line with wrong fields, or a parent or present commune that does not exist.
    pub fn parse(sources: &Sources) -> Result<Self, ReadError> {
        let mut gazetteer = Self {
            communes: Vec::with_capacity(36_000),
            former: Vec::with_capacity(5_000),
            epcis: Vec::new(),
            departements: Vec::new(),
            regions: Vec::new(),
            other_names: Vec::new(),
            index: Index::default(),
        };
        gazetteer.read_parents(sources)?;
        gazetteer.read_french_communes(sources.communes)?;
        gazetteer.read_walloon_communes(sources.walloon_communes)?;
        gazetteer
            .communes
            .sort_unstable_by_key(|commune| commune.code);
        gazetteer.read_former(sources.former)?;
        gazetteer.read_other_names(sources.walloon_communes)?;
        gazetteer.index = Index::build(&gazetteer);
        Ok(gazetteer)
    }

    fn read_parents(&mut self, sources: &Sources) -> Result<(), ReadError> {
        rows("regions.csv", sources.regions, |[code, name, _seat]| {
            self.regions.push(Region {
                code: plain(&code)?,
                name: plain(&name)?,
            });
            Ok(())
        })?;
        self.regions.push(Region {
            code: WALLONIA,
            name: "Région wallonne",
        });
        self.regions.sort_unstable_by_key(|region| region.code);
        rows(
            "departements.csv",
            sources.departements,
            |[code, name, region, _seat]| {
                self.departements.push(Departement {
                    code: plain(&code)?,
                    name: plain(&name)?,
                    region: plain(&region)?,
                });
                Ok(())
            },
        )?;
        rows(
            "provinces_wallonie.csv",
            sources.walloon_provinces,
            |[code, name, _dutch, _german]| {
                self.departements.push(Departement {
                    code: plain(&code)?,
                    name: plain(&name)?,
                    region: WALLONIA,
                });
                Ok(())
            },
        )?;
        self.departements
            .sort_unstable_by_key(|departement| departement.code);
        rows(
            "epcis.csv",
            sources.epcis,
            |[siren, name, nature, population]| {
                self.epcis.push(Epci {
                    siren: plain(&siren)?,
                    name: name.into_owned(),
                    nature: plain(&nature)?,
                    population: number(&population)?,
                });
                Ok(())
            },
        )?;
        self.epcis.sort_unstable_by_key(|epci| epci.siren);
        Ok(())
    }

    fn read_french_communes(&mut self, text: &'static str) -> Result<(), ReadError> {
        rows(
            "communes.csv",
            text,
            |[
                code,
                name,
                postcodes,
                population,
                lat,
                lon,
                epci,
                departement,
                region,
            ]| {
                let (epci, departement, region) =
                    (plain(&epci)?, plain(&departement)?, plain(&region)?);
                if !epci.is_empty() && self.epci(epci).is_none() {
                    return Err("unknown EPCI");
                }
                if self.departement(departement).is_none() || self.region(region).is_none() {
                    return Err("unknown département or region");
                }
                let (lat, lon) = point(&lat, &lon)?;
                self.communes.push(Commune {
                    code: plain(&code)?,
                    name: plain(&name)?,
                    population: number(&population)?,
                    epci: (!epci.is_empty()).then_some(epci),
                    departement,
                    region,
                    postcodes: plain(&postcodes)?,
                    lat,
                    lon,
                });
                Ok(())
            },
        )
    }

    fn read_walloon_communes(&mut self, text: &'static str) -> Result<(), ReadError> {
        rows(
            "communes_wallonie.csv",
            text,
            |[
                code,
                name,
                _dutch,
                _german,
                postcodes,
                population,
                lat,
                lon,
                province,
            ]| {
                let departement = plain(&province)?;
                if self.departement(departement).is_none() {
                    return Err("unknown province");
                }
                let (lat, lon) = point(&lat, &lon)?;
                self.communes.push(Commune {
                    code: plain(&code)?,
                    name: plain(&name)?,
                    population: number(&population)?,
                    epci: None,
                    departement,
                    region: WALLONIA,
                    postcodes: plain(&postcodes)?,
                    lat,
                    lon,
                });
                Ok(())
            },
        )
    }

    fn read_former(&mut self, text: &'static str) -> Result<(), ReadError> {
        rows(
            "anciennes_communes.csv",
            text,
            |[code, name, commune, kind]| {
                let kind = match &*kind {
                    "deleguee" => FormerKind::Delegated,
                    "associee" => FormerKind::Associated,
                    "arrondissement" => FormerKind::Arrondissement,
                    "ancienne" => FormerKind::Merged,
                    "ancien-nom" => FormerKind::OldName,
                    _ => return Err("unknown kind of former commune"),
                };
                let commune = plain(&commune)?;
                self.place(commune).ok_or("unknown commune of today")?;
                self.former.push(Former {
                    code: plain(&code)?,
                    name: plain(&name)?,
                    commune,
                    kind,
                });
                Ok(())
            },
        )?;
        self.former.sort_by_key(|former| former.code);
        Ok(())
    }

    fn read_other_names(&mut self, text: &'static str) -> Result<(), ReadError> {
        rows(
            "communes_wallonie.csv",
            text,
            |[code, name, dutch, german, _, _, _, _, _]| {
                let place = self.place(&code).ok_or("unknown commune")?;
                let place = u32::try_from(place).map_err(|_| "too many communes")?;
                let (dutch, german) = (plain(&dutch)?, plain(&german)?);
                if dutch != name {
                    self.other_names.push((dutch, place));
                }
                if !german.is_empty() && german != name && german != dutch {
                    self.other_names.push((german, place));
                }
                Ok(())
            },
        )
    }

    /// Where the commune of this code stands in `communes`.
    pub(super) fn place(&self, code: &str) -> Option<usize> {
        self.communes
            .binary_search_by_key(&code, |commune| commune.code)
            .ok()
    }

    /// The commune of today with exactly this code.
    #[must_use]
    pub fn commune(&self, code: &str) -> Option<&Commune> {
        self.communes.get(self.place(code)?)
    }

    /// The commune of today for a code of today or yesterday.
    #[must_use]
    pub fn resolve(&self, code: &str) -> Option<Resolved<'_>> {
        if let Some(commune) = self.commune(code) {
            return Some(Resolved {
                commune,
                former: None,
            });
        }
        let at = self
            .former
            .binary_search_by_key(&code, |former| former.code)
            .ok()?;
        let former = self.former.get(at)?;
        Some(Resolved {
            commune: self.commune(former.commune)?,
            former: Some(former),
        })
    }

    /// All communes, by code.
    #[must_use]
    pub fn communes(&self) -> &[Commune] {
        &self.communes
    }

    /// All former communes and names, by code.
    #[must_use]
    pub fn former(&self) -> &[Former] {
        &self.former
    }

    /// The intercommunality with this SIREN.
    #[must_use]
    pub fn epci(&self, siren: &str) -> Option<&Epci> {
        self.epcis.get(
            self.epcis
                .binary_search_by_key(&siren, |epci| epci.siren)
                .ok()?,
        )
    }

    /// The département or province with this code.
    #[must_use]
    pub fn departement(&self, code: &str) -> Option<&Departement> {
        self.departements.get(
            self.departements
                .binary_search_by_key(&code, |departement| departement.code)
                .ok()?,
        )
    }

    /// The region with this code.
    #[must_use]
    pub fn region(&self, code: &str) -> Option<&Region> {
        self.regions.get(
            self.regions
                .binary_search_by_key(&code, |region| region.code)
                .ok()?,
        )
    }

    /// All intercommunalities, by SIREN.
    #[must_use]
    pub fn epcis(&self) -> &[Epci] {
        &self.epcis
    }

    /// All départements and provinces, by code.
    #[must_use]
    pub fn departements(&self) -> &[Departement] {
        &self.departements
    }

    /// All regions, by code.
    #[must_use]
    pub fn regions(&self) -> &[Region] {
        &self.regions
    }

    /// Kilometres between the centres of two communes given by codes of today or yesterday; `None` for an unknown code or centre.
    #[must_use]
    pub fn distance_km(&self, from: &str, to: &str) -> Option<f64> {
        self.resolve(from)?
            .commune
            .distance_km(self.resolve(to)?.commune)
    }

    /// The communes whose centre is at most `km` from a point, nearest first, with their distance in kilometres.
    #[must_use]
    pub fn around(&self, point: Point, km: f64) -> Vec<(&Commune, f64)> {
        // One degree of latitude is 111.2 km: what is further in latitude alone needs no trigonometry.
        let reach = km / 111.0;
        let mut found: Vec<_> = self
            .communes
            .iter()
            .filter(|commune| (f64::from(commune.lat) - point.lat).abs() <= reach)
            .filter_map(|commune| Some((commune, commune.centre()?.distance_km(point))))
            .filter(|(_, distance)| *distance <= km)
            .collect();
        found.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.code.cmp(b.0.code)));
        found
    }
}

/// Centre of a commune; not a number where unknown.
fn point(lat: &str, lon: &str) -> Result<(f32, f32), &'static str> {
    match (number(lat)?, number(lon)?) {
        (Some(lat), Some(lon)) => Ok((lat, lon)),
        (None, None) => Ok((f32::NAN, f32::NAN)),
        _ => Err("half a point"),
    }
}
