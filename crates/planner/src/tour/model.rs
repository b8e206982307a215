//! The tour by numbers: checked, indexed, every cost in a table.

#![expect(
    clippy::indexing_slicing,
    reason = "compact tables, indexed by numbers that were given out here"
)]

use std::collections::HashMap;

use super::format::{Stopover, Tour, TourInstance, TourTerms};
use super::shape::{find, index, shape};
use crate::defect::{Defect, Fault};

/// Where a stand is in each wave: a host, or its depot.
pub(super) type Chain = Vec<Option<usize>>;

/// The instance by index.
pub(super) struct Model<'a> {
    /// What it was made from.
    pub(super) instance: &'a TourInstance,
    /// How many hosts.
    pub(super) hosts: usize,
    /// How many waves.
    pub(super) waves: usize,
    /// How many stands.
    pub(super) stands: usize,
    /// `[stand][wave]`: what the past or a repair imposes.
    pub(super) fixed: Vec<Vec<Fixed>>,
    /// Hosts that may still be given to a stand; those of the past are not.
    pub(super) free: Vec<usize>,
    /// `[stand][host][wave]`: cost of the stay without the way there; nothing when it is impossible.
    stay: Vec<Vec<Vec<Option<i64>>>>,
    /// `[host][host]`: weighed way of the lorry.
    leg: Vec<Vec<i64>>,
    /// `[stand][host]`: weighed way from the depot.
    out: Vec<Vec<i64>>,
    /// `[stand][host]`: weighed way back to the depot.
    home: Vec<Vec<i64>>,
    /// What was agreed: `[host]` to (stand, wave).
    agreed: Vec<Option<(usize, usize)>>,
    wave_of: HashMap<&'a str, usize>,
    stand_of: HashMap<&'a str, usize>,
    host_of: HashMap<&'a str, usize>,
    place_of: Vec<usize>,
    depot: Vec<usize>,
    crew: Vec<usize>,
}

/// What is decided already for a stand in a wave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fixed {
    /// Nothing.
    Open,
    /// The stand is in its depot.
    Depot,
    /// The stand was with this host.
    Host(usize),
}

/// The weeks of a wave that a host can receive, at best.
fn usable_weeks(instance: &TourInstance, host: usize, wave: usize) -> i64 {
    let wave = &instance.waves[wave];
    instance.hosts[host]
        .windows
        .iter()
        .map(|window| wave.to_week.min(window.to_week) - wave.from_week.max(window.from_week) + 1)
        .max()
        .unwrap_or(0)
        .max(0)
}

impl<'a> Model<'a> {
    /// Checks the instance and makes the tables.
    ///
    /// # Errors
    /// Everything that is wrong with the instance, field by field.
    pub(super) fn new(instance: &'a TourInstance) -> Result<Self, Vec<Defect>> {
        let mut defects = Vec::new();
        shape(instance, &mut defects);
        let place = index(
            "places",
            instance.places.iter().map(|x| &x.id),
            &mut defects,
        );
        let wave_of = index("waves", instance.waves.iter().map(|x| &x.id), &mut defects);
        let stand_of = index(
            "stands",
            instance.stands.iter().map(|x| &x.id),
            &mut defects,
        );
        let host_of = index("hosts", instance.hosts.iter().map(|x| &x.id), &mut defects);
        let mut depot = Vec::new();
        let mut crew = Vec::new();
        let waves = instance.waves.len();
        let mut fixed = vec![vec![Fixed::Open; waves]; instance.stands.len()];
        for (i, stand) in instance.stands.iter().enumerate() {
            let at = |field: &str| format!("stands[{i}].{field}");
            depot.push(find(
                || at("depot"),
                "place",
                &stand.depot,
                &place,
                &mut defects,
            ));
            crew.push(find(
                || at("crew"),
                "place",
                &stand.crew,
                &place,
                &mut defects,
            ));
            for (k, id) in stand.out_of_use.iter().enumerate() {
                let at = || at(&format!("out_of_use[{k}]"));
                let wave = find(at, "wave", id, &wave_of, &mut defects);
                if wave < waves {
                    fixed[i][wave] = Fixed::Depot;
                }
            }
        }
        let mut place_of = Vec::new();
        for (i, host) in instance.hosts.iter().enumerate() {
            let at = || format!("hosts[{i}].place");
            place_of.push(find(at, "place", &host.place, &place, &mut defects));
        }
        if !defects.is_empty() {
            return Err(defects);
        }
        let mut model = Self {
            instance,
            hosts: instance.hosts.len(),
            waves,
            stands: instance.stands.len(),
            fixed,
            free: (0..instance.hosts.len()).collect(),
            stay: Vec::new(),
            leg: Vec::new(),
            out: Vec::new(),
            home: Vec::new(),
            agreed: vec![None; instance.hosts.len()],
            wave_of,
            stand_of,
            host_of,
            place_of,
            depot,
            crew,
        };
        model.agree(&mut defects);
        if defects.is_empty() {
            model.fill();
            Ok(model)
        } else {
            Err(defects)
        }
    }

    /// Reads what was agreed, and freezes the waves that have begun.
    fn agree(&mut self, defects: &mut Vec<Defect>) {
        let Some(agreed) = &self.instance.agreed else {
            return;
        };
        if agreed.frozen_waves > self.waves {
            defects.push(Defect::new(
                "agreed.frozen_waves".to_owned(),
                Fault::Range {
                    value: i64::try_from(agreed.frozen_waves).unwrap_or(i64::MAX),
                    least: 0,
                    most: i64::try_from(self.waves).unwrap_or(i64::MAX),
                },
            ));
            return;
        }
        let mut taken = vec![vec![false; self.waves]; self.stands];
        for (i, stopover) in agreed.stopovers.iter().enumerate() {
            let at = |field: &str| format!("agreed.stopovers[{i}].{field}");
            let before = defects.len();
            let wave = find(
                || at("wave"),
                "wave",
                &stopover.wave,
                &self.wave_of,
                defects,
            );
            let stand = find(
                || at("stand"),
                "stand",
                &stopover.stand,
                &self.stand_of,
                defects,
            );
            let host = find(
                || at("host"),
                "host",
                &stopover.host,
                &self.host_of,
                defects,
            );
            if defects.len() > before {
                continue;
            }
            if self.agreed[host].replace((stand, wave)).is_some() {
                let id = stopover.host.clone();
                defects.push(Defect::new(at("host"), Fault::Twice { id }));
            }
            if std::mem::replace(&mut taken[stand][wave], true) {
                let id = stopover.stand.clone();
                defects.push(Defect::new(at("stand"), Fault::Twice { id }));
            }
        }
        for stand in 0..self.stands {
            self.fixed[stand][..agreed.frozen_waves].fill(Fixed::Depot);
        }
        for (host, agreement) in self.agreed.iter().enumerate() {
            if let Some((stand, wave)) = *agreement
                && wave < agreed.frozen_waves
            {
                self.fixed[stand][wave] = Fixed::Host(host);
                self.free.retain(|&other| other != host);
            }
        }
    }

    /// Fills the tables of costs.
    fn fill(&mut self) {
        let instance = self.instance;
        let (km, weights) = (&instance.km, &instance.weights);
        let way = |from: usize, to: usize| km[from][to] * weights.transport_km;
        let place = &self.place_of;
        self.leg = (0..self.hosts)
            .map(|a| (0..self.hosts).map(|b| way(place[a], place[b])).collect())
            .collect();
        let hosts = 0..self.hosts;
        for &depot in &self.depot {
            self.out
                .push(hosts.clone().map(|h| way(depot, place[h])).collect());
            self.home
                .push(hosts.clone().map(|h| way(place[h], depot)).collect());
        }
        self.stay = (0..self.stands)
            .map(|s| hosts.clone().map(|h| self.stays(s, h)).collect())
            .collect();
    }

    /// Cost of a stand's stay with a host, by wave.
    fn stays(&self, stand: usize, host: usize) -> Vec<Option<i64>> {
        (0..self.waves)
            .map(|wave| match self.fixed[stand][wave] {
                Fixed::Depot => None,
                Fixed::Host(past) => {
                    (past == host).then(|| self.stay_terms(stand, host, wave).total())
                }
                Fixed::Open => {
                    let possible =
                        usable_weeks(self.instance, host, wave) >= self.instance.min_weeks.max(1);
                    possible.then(|| self.stay_terms(stand, host, wave).total())
                }
            })
            .collect()
    }

    /// Cost of a stay by term, whether it is possible or not.
    fn stay_terms(&self, stand: usize, host: usize, wave: usize) -> TourTerms {
        let instance = self.instance;
        let weights = &instance.weights;
        let (crew, place) = (self.crew[stand], self.place_of[host]);
        let length = instance.waves[wave].to_week - instance.waves[wave].from_week + 1;
        let frozen = self.fixed[stand][wave] == Fixed::Host(host);
        let lost = if frozen {
            0
        } else {
            length - usable_weeks(instance, host, wave)
        };
        TourTerms {
            assembly: 2
                * (instance.km[crew][place] + instance.km[place][crew])
                * weights.assembly_km,
            rooms: instance.hosts[host].assembly,
            lost_weeks: lost * weights.lost_week,
            moved: match self.agreed[host] {
                Some((_, agreed)) if agreed != wave => weights.moved_wave,
                Some((agreed, _)) if agreed != stand => weights.moved_stand,
                _ => 0,
            },
            ..TourTerms::default()
        }
    }

    /// What an unvisited host costs.
    pub(super) fn unserved(&self) -> i64 {
        self.instance.weights.unserved
    }

    /// Cost of a stay; nothing when it is impossible.
    pub(super) fn stay(&self, stand: usize, host: usize, wave: usize) -> Option<i64> {
        self.stay[stand][host][wave]
    }

    /// Way of the lorry between two waves; `None` is the depot.
    pub(super) fn leg(&self, stand: usize, from: Option<usize>, to: Option<usize>) -> i64 {
        match (from, to) {
            (None, None) => 0,
            (None, Some(host)) => self.out[stand][host],
            (Some(host), None) => self.home[stand][host],
            (Some(a), Some(b)) => self.leg[a][b],
        }
    }

    /// Cost of a stand's whole way; nothing when a stay is impossible.
    pub(super) fn chain(&self, stand: usize, chain: &[Option<usize>]) -> Option<i64> {
        let mut cost = 0;
        let mut at = None;
        for (wave, &host) in chain.iter().enumerate() {
            if let Some(host) = host {
                cost += self.stay(stand, host, wave)?;
            } else if matches!(self.fixed[stand][wave], Fixed::Host(_)) {
                return None;
            }
            cost += self.leg(stand, at, host);
            at = host;
        }
        Some(cost + self.leg(stand, at, None))
    }

    /// Whether two stands are the same for every purpose.
    pub(super) fn alike(&self, a: usize, b: usize) -> bool {
        self.fixed[a] == self.fixed[b]
            && self.depot[a] == self.depot[b]
            && self.stay[a] == self.stay[b]
    }

    /// The stand's way when it does nothing but what is fixed.
    pub(super) fn bare(&self, stand: usize) -> Chain {
        let host = |fixed: &Fixed| match *fixed {
            Fixed::Host(host) => Some(host),
            Fixed::Open | Fixed::Depot => None,
        };
        self.fixed[stand].iter().map(host).collect()
    }

    /// Hosts of a tour that nobody visits.
    pub(super) fn left_out(&self, chains: &[Chain]) -> Vec<usize> {
        let mut visited = vec![false; self.hosts];
        for host in chains.iter().flatten().flatten() {
            visited[*host] = true;
        }
        (0..self.hosts).filter(|&host| !visited[host]).collect()
    }

    /// Cost by term of a whole tour, each part counted from the format's own figures.
    pub(super) fn terms(&self, chains: &[Chain]) -> TourTerms {
        let mut terms = TourTerms {
            unserved: i64::try_from(self.left_out(chains).len()).unwrap_or(i64::MAX)
                * self.unserved(),
            ..TourTerms::default()
        };
        for (stand, chain) in chains.iter().enumerate() {
            let mut at = None;
            for (wave, &host) in chain.iter().enumerate() {
                if let Some(host) = host {
                    let stay = self.stay_terms(stand, host, wave);
                    terms.assembly += stay.assembly;
                    terms.rooms += stay.rooms;
                    terms.lost_weeks += stay.lost_weeks;
                    terms.moved += stay.moved;
                }
                terms.transport += self.leg(stand, at, host);
                at = host;
            }
            terms.transport += self.leg(stand, at, None);
        }
        terms
    }

    /// Stopovers as ways of stands.
    ///
    /// # Errors
    /// What they name that does not exist, and whatever is in two places.
    fn chains_of(&self, stopovers: &[Stopover]) -> Result<Vec<Chain>, Vec<Defect>> {
        let mut defects = Vec::new();
        let mut chains: Vec<Chain> = vec![vec![None; self.waves]; self.stands];
        let mut seen = vec![false; self.hosts];
        for (i, stopover) in stopovers.iter().enumerate() {
            let at = |field: &str| format!("stopovers[{i}].{field}");
            let before = defects.len();
            let wave = find(
                || at("wave"),
                "wave",
                &stopover.wave,
                &self.wave_of,
                &mut defects,
            );
            let stand = find(
                || at("stand"),
                "stand",
                &stopover.stand,
                &self.stand_of,
                &mut defects,
            );
            let host = find(
                || at("host"),
                "host",
                &stopover.host,
                &self.host_of,
                &mut defects,
            );
            if defects.len() > before {
                continue;
            }
            if std::mem::replace(&mut seen[host], true) {
                let id = stopover.host.clone();
                defects.push(Defect::new(at("host"), Fault::Twice { id }));
            }
            if chains[stand][wave].replace(host).is_some() {
                let id = stopover.stand.clone();
                defects.push(Defect::new(at("stand"), Fault::Twice { id }));
            }
        }
        if defects.is_empty() {
            Ok(chains)
        } else {
            Err(defects)
        }
    }

    /// Cost by term of stopovers, whether they are possible or not.
    pub(super) fn terms_of(&self, stopovers: &[Stopover]) -> Result<TourTerms, Vec<Defect>> {
        Ok(self.terms(&self.chains_of(stopovers)?))
    }

    /// Cost of stopovers; nothing when one of them is impossible.
    pub(super) fn cost_of(&self, stopovers: &[Stopover]) -> Result<Option<i64>, Vec<Defect>> {
        let chains = self.chains_of(stopovers)?;
        let mut cost =
            i64::try_from(self.left_out(&chains).len()).unwrap_or(i64::MAX) * self.unserved();
        for (stand, chain) in chains.iter().enumerate() {
            match self.chain(stand, chain) {
                Some(way) => cost += way,
                None => return Ok(None),
            }
        }
        Ok(Some(cost))
    }

    /// The tour in the format's words.
    pub(super) fn tour(&self, chains: &[Chain], bound: i64) -> Tour {
        let instance = self.instance;
        let mut stopovers = Vec::new();
        for wave in 0..self.waves {
            for (stand, chain) in chains.iter().enumerate() {
                if let Some(host) = chain[wave] {
                    stopovers.push(Stopover {
                        wave: instance.waves[wave].id.clone(),
                        stand: instance.stands[stand].id.clone(),
                        host: instance.hosts[host].id.clone(),
                    });
                }
            }
        }
        let terms = self.terms(chains);
        let objective = terms.total();
        let name = |host: usize| instance.hosts[host].id.clone();
        Tour {
            instance: instance.name.clone(),
            stopovers,
            unserved: self.left_out(chains).into_iter().map(name).collect(),
            objective,
            bound: bound.min(objective),
            proven: bound >= objective,
            terms,
        }
    }
}
