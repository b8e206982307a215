//! Territories: the reference data embedded in the program, and own territories made of them.

mod own;

use std::sync::LazyLock;

use domain::territory::{Gazetteer, Outlines, Sources};

pub use own::{
    Edit, OwnTerritory, Suggestion, create, delete, described, edit, get, list, map, suggest,
};

macro_rules! data {
    ($file:literal) => {
        include_str!(concat!("../../../data/territory/", $file))
    };
}

static SOURCES: Sources = Sources {
    communes: data!("communes.csv"),
    former: data!("anciennes_communes.csv"),
    epcis: data!("epcis.csv"),
    departements: data!("departements.csv"),
    regions: data!("regions.csv"),
    walloon_communes: data!("communes_wallonie.csv"),
    walloon_provinces: data!("provinces_wallonie.csv"),
};

#[expect(
    clippy::expect_used,
    reason = "the data are part of the program; the test below reads them"
)]
static GAZETTEER: LazyLock<Gazetteer> =
    LazyLock::new(|| Gazetteer::parse(&SOURCES).expect("embedded territory data"));

#[expect(
    clippy::expect_used,
    reason = "the data are part of the program; the test below reads them"
)]
static OUTLINES: LazyLock<Outlines> =
    LazyLock::new(|| Outlines::parse(data!("contours_59_62_80.txt")).expect("embedded outlines"));

/// Every commune, intercommunality, département and region. The first call reads them (about 20 ms); call it at start to have it behind.
#[must_use]
pub fn gazetteer() -> &'static Gazetteer {
    &GAZETTEER
}

/// Outlines of communes for the territory's map.
#[must_use]
pub fn outlines() -> &'static Outlines {
    &OUTLINES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_data_can_be_read() {
        assert_eq!(
            gazetteer().commune("62767").unwrap().name,
            "Saint-Pol-sur-Ternoise"
        );
        assert!(outlines().rings("62767").is_some());
    }
}
