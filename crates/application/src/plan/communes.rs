//! The communes of an instance and the ways between them.

use planner::format::{Commune, Site};

use crate::territory::gazetteer;

/// Kilometres by road for one as the crow flies: what the planner's public instances of this territory take.
pub const DETOUR: f64 = 1.25;

/// Communes of an instance by number; 0 is the one that is not known.
#[derive(Default)]
pub(super) struct Communes(Vec<String>);

impl Communes {
    pub(super) fn number(&mut self, code: Option<&str>) -> u32 {
        if self.0.is_empty() {
            self.0.push(String::new());
        }
        let code = code.unwrap_or_default();
        let found = self.0.iter().position(|one| one == code);
        let place = found.unwrap_or_else(|| {
            self.0.push(code.to_owned());
            self.0.len() - 1
        });
        u32::try_from(place).unwrap_or_default()
    }

    /// Kilometres by road between two communes, 0 when that is not known.
    pub(super) fn km(from: &str, to: &str) -> u32 {
        gazetteer()
            .distance_km(from, to)
            .map_or(0, |km| rounded(km * DETOUR))
    }

    pub(super) fn code(&self, number: u32) -> &str {
        self.0.get(number as usize).map_or("", String::as_str)
    }

    pub(super) fn listed(&self) -> Vec<Commune> {
        (0..)
            .zip(&self.0)
            .map(|(id, code)| Commune {
                id,
                name: gazetteer()
                    .commune(code)
                    .map_or_else(|| code.clone(), |commune| commune.name.to_owned()),
                x_km: 0.0,
                y_km: 0.0,
            })
            .collect()
    }

    pub(super) fn matrix(&self, sites: &[Site]) -> Vec<Vec<u32>> {
        self.0
            .iter()
            .map(|from| {
                sites
                    .iter()
                    .map(|site| Self::km(from, self.code(site.commune)))
                    .collect()
            })
            .collect()
    }
}

/// Whole kilometres.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to the range of u32 first"
)]
pub(super) fn rounded(km: f64) -> u32 {
    km.round().clamp(0.0, f64::from(u32::MAX)) as u32
}
