//! Territory: communes, intercommunalities, départements and regions; search by what people type; distances; own territories.
//!
//! The reference data are embedded in the program, hence the `&'static str` everywhere: nothing is copied.
//! Codes are text: INSEE codes for France (`62764`, `2A004`), SIREN numbers for intercommunalities, and for Wallonia `BE` before the NIS
//! code (`BE63080`), because a NIS code alone looks like the INSEE code of another commune.

mod gazetteer;
mod index;
mod map;
mod outlines;
mod own;
mod read;
mod search;

pub use gazetteer::{Former, FormerKind, Gazetteer, Resolved, Sources};
pub use map::{MapShape, Shape, TerritoryMap};
pub use outlines::{Outlines, OutlinesError};
pub use own::{Area, Part, PartError, Territory};
pub use read::ReadError;
pub use search::{Hit, MatchedBy, Quality, Query};

use serde::{Deserialize, Serialize};

/// The country a commune belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Country {
    /// France, overseas included.
    France,
    /// Belgium (only Wallonia is known).
    Belgium,
}

/// A point on the globe, in degrees (WGS 84).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
}

/// Mean radius of the Earth in kilometres (R1 of the International Union of Geodesy and Geophysics).
const EARTH_RADIUS_KM: f64 = 6371.0088;

impl Point {
    /// Kilometres to another point as the crow flies, by the haversine formula (R. W. Sinnott, "Virtues of the Haversine", Sky & Telescope,
    /// 1984): within 0.5 % of the distance on the ellipsoid.
    #[must_use]
    pub fn distance_km(self, other: Self) -> f64 {
        let half = |a: f64, b: f64| ((b - a).to_radians() / 2.0).sin().powi(2);
        let cosines = self.lat.to_radians().cos() * other.lat.to_radians().cos();
        let h = half(self.lat, other.lat) + cosines * half(self.lon, other.lon);
        2.0 * EARTH_RADIUS_KM * h.sqrt().min(1.0).asin()
    }
}

/// A commune of today. Two are equal when their codes are.
#[derive(Debug, Clone, Copy)]
pub struct Commune {
    /// INSEE code, or `BE` and the NIS code.
    pub code: &'static str,
    /// Its official name, in French.
    pub name: &'static str,
    /// Inhabitants (legal population of France); unknown in Wallonia.
    pub population: Option<u32>,
    /// SIREN of its intercommunality.
    pub epci: Option<&'static str>,
    /// Code of its département (Wallonia: province).
    pub departement: &'static str,
    /// Code of its region.
    pub region: &'static str,
    pub(crate) postcodes: &'static str,
    pub(crate) lat: f32,
    pub(crate) lon: f32,
}

impl PartialEq for Commune {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

impl Eq for Commune {}

impl Commune {
    /// Its postcodes, the first one being the main one as a rule.
    pub fn postcodes(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.postcodes
            .split('|')
            .filter(|postcode| !postcode.is_empty())
    }

    /// Its centre: the town hall as a rule. Unknown for some places overseas.
    #[must_use]
    pub fn centre(&self) -> Option<Point> {
        (!self.lat.is_nan()).then(|| Point {
            lat: f64::from(self.lat),
            lon: f64::from(self.lon),
        })
    }

    /// The country it is in.
    #[must_use]
    pub fn country(&self) -> Country {
        if self.code.starts_with("BE") {
            Country::Belgium
        } else {
            Country::France
        }
    }

    /// Kilometres between the centres of two communes; `None` where a centre is unknown.
    #[must_use]
    pub fn distance_km(&self, other: &Self) -> Option<f64> {
        Some(self.centre()?.distance_km(other.centre()?))
    }
}

/// An intercommunality with its own taxes (EPCI).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Epci {
    /// Its SIREN number.
    pub siren: &'static str,
    /// Its name, with its kind abbreviated before it ("CC du Ternois").
    pub name: String,
    /// `CC`, `CA`, `CU`, `METRO`, …
    pub nature: &'static str,
    /// Inhabitants, of an older legal year than those of the communes.
    pub population: Option<u32>,
}

/// A département of France, or a province of Wallonia.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Departement {
    /// INSEE code, or `BE` and the NIS code.
    pub code: &'static str,
    /// Its name, in French.
    pub name: &'static str,
    /// Code of its region.
    pub region: &'static str,
}

/// A region of France or Belgium.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region {
    /// INSEE code, or `BE` and the NIS code.
    pub code: &'static str,
    /// Its name, in French.
    pub name: &'static str,
}

#[cfg(test)]
mod tests;
