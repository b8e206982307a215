//! A lower bound of a tour's cost: Lagrangian relaxation of "each host once".
//!
//! Every host gets a price. A stand that visits it earns the price, so each stand looks for its
//! own cheapest way on its own; the prices of all hosts, plus the ways' reduced costs, never
//! exceed the cost of any tour (Held and Karp 1971; Geoffrion 1974). Prices are moved towards
//! one visit each by Polyak's step. Costs and prices are integers times [`SCALE`], so the bound
//! is exact whatever the rounding of the steps.

#![expect(
    clippy::indexing_slicing,
    reason = "compact tables, indexed by numbers that were given out here"
)]

use std::collections::HashMap;

use super::model::{Chain, Fixed, Model};

/// Parts of a unit of cost in which prices are counted.
pub(super) const SCALE: i64 = 1024;

/// Ways of one stand are listed when there are at most this many.
const LISTED: usize = 400_000;

const ROUNDS: usize = 600;

/// One way of a stand: which free hosts it visits, in the best order.
pub(super) struct Column {
    /// Bits by position in the model's `free`.
    pub(super) set: u128,
    /// The same positions.
    members: Vec<usize>,
    /// Scaled cost.
    pub(super) cost: i64,
    /// The order.
    pub(super) chain: Chain,
}

/// All ways of each kind of stand.
pub(super) struct Columns {
    /// `[stand]`: its kind.
    pub(super) kind: Vec<usize>,
    /// `[kind]`.
    pub(super) ways: Vec<Vec<Column>>,
}

/// Prices and the bound that they give.
pub(super) struct Prices {
    /// By position in `free`.
    pub(super) price: Vec<i64>,
    /// `[stand]`: least reduced cost of its ways.
    pub(super) least: Vec<i64>,
    /// Scaled bound.
    pub(super) bound: i64,
}

/// Stands that are alike have the same kind.
pub(super) fn kinds(model: &Model) -> Vec<usize> {
    let mut first: Vec<usize> = Vec::new();
    (0..model.stands)
        .map(|stand| {
            let known = first.iter().position(|&other| model.alike(stand, other));
            known.unwrap_or_else(|| {
                first.push(stand);
                first.len() - 1
            })
        })
        .collect()
}

impl Columns {
    /// Lists every way, the best order of each set of hosts; nothing when there are too many.
    pub(super) fn new(model: &Model, kind: &[usize]) -> Option<Self> {
        if model.free.len() > 128 {
            return None;
        }
        let kinds = kind.iter().max().map_or(0, |most| most + 1);
        let mut ways = Vec::with_capacity(kinds);
        for k in 0..kinds {
            let stand = kind.iter().position(|&other| other == k)?;
            let open = model.fixed[stand]
                .iter()
                .filter(|f| **f == Fixed::Open)
                .count();
            let count = (model.free.len() + 1).checked_pow(u32::try_from(open).ok()?)?;
            if count > LISTED {
                return None;
            }
            let mut found = HashMap::new();
            let mut chain = model.bare(stand);
            walk(model, stand, 0, 0, &mut chain, &mut found);
            let mut columns: Vec<Column> = found.into_values().collect();
            columns.sort_unstable_by_key(|column| column.set);
            ways.push(columns);
        }
        Some(Self {
            kind: kind.to_vec(),
            ways,
        })
    }
}

/// Goes through a stand's waves and keeps the cheapest way for each set of hosts.
fn walk(
    model: &Model,
    stand: usize,
    wave: usize,
    set: u128,
    chain: &mut Chain,
    found: &mut HashMap<u128, Column>,
) {
    if wave == model.waves {
        let Some(cost) = model.chain(stand, chain) else {
            return;
        };
        let cost = cost * SCALE;
        let best = found.get(&set).map(|column| column.cost);
        if best.is_none_or(|best| cost < best) {
            let members = (0..model.free.len())
                .filter(|&h| set >> h & 1 == 1)
                .collect();
            let chain = chain.clone();
            found.insert(
                set,
                Column {
                    set,
                    members,
                    cost,
                    chain,
                },
            );
        }
        return;
    }
    walk(model, stand, wave + 1, set, chain, found);
    if model.fixed[stand][wave] != Fixed::Open {
        return;
    }
    for (position, &host) in model.free.iter().enumerate() {
        if set >> position & 1 == 0 && model.stay(stand, host, wave).is_some() {
            chain[wave] = Some(host);
            walk(model, stand, wave + 1, set | 1 << position, chain, found);
            chain[wave] = None;
        }
    }
}

/// Moves prices until the bound stops growing or reaches `upper` (a tour's cost).
pub(super) fn prices(
    model: &Model,
    kind: &[usize],
    columns: Option<&Columns>,
    upper: i64,
) -> Prices {
    let unserved = model.unserved() * SCALE;
    let hosts = model.free.len();
    let kinds = kind.iter().max().map_or(0, |most| most + 1);
    let mut price = vec![0_i64; hosts];
    let mut best: Option<Prices> = None;
    let (mut theta, mut idle) = (1.5_f64, 0);
    for _ in 0..ROUNDS {
        let ways: Vec<(i64, Vec<usize>)> = (0..kinds)
            .map(|k| match columns {
                Some(columns) => cheapest_listed(&columns.ways[k], &price),
                None => {
                    let stand = kind.iter().position(|&other| other == k).unwrap_or(0);
                    cheapest_path(model, stand, &price)
                }
            })
            .collect();
        let least: Vec<i64> = kind.iter().map(|&k| ways[k].0).collect();
        let bound = price.iter().sum::<i64>() + least.iter().sum::<i64>();
        if best.as_ref().is_none_or(|best| bound > best.bound) {
            best = Some(Prices {
                price: price.clone(),
                least,
                bound,
            });
            idle = 0;
        } else {
            idle += 1;
            if idle == 12 {
                (theta, idle) = (theta / 2.0, 0);
            }
        }
        let gap = upper * SCALE - best.as_ref().map_or(bound, |best| best.bound);
        if gap < SCALE || theta < 0.002 {
            break;
        }
        let mut visits = vec![0_i64; hosts];
        for &k in kind {
            for &host in &ways[k].1 {
                visits[host] += 1;
            }
        }
        let slope: Vec<i64> = (0..hosts)
            .map(|h| {
                if price[h] >= unserved {
                    (1 - visits[h]).min(0)
                } else {
                    1 - visits[h]
                }
            })
            .collect();
        let steepness: i64 = slope.iter().map(|g| g * g).sum();
        if steepness == 0 {
            break;
        }
        let step = step(theta, upper * SCALE - bound, steepness);
        for (price, slope) in price.iter_mut().zip(&slope) {
            *price = (*price + step * slope).min(unserved);
        }
    }
    best.unwrap_or(Prices {
        price,
        least: vec![0; model.stands],
        bound: i64::MIN,
    })
}

/// Polyak's step, at least one.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "the length of a step need not be exact"
)]
fn step(theta: f64, gap: i64, steepness: i64) -> i64 {
    ((theta * gap as f64 / steepness as f64) as i64).max(1)
}

/// The way of least reduced cost among those listed.
fn cheapest_listed(ways: &[Column], price: &[i64]) -> (i64, Vec<usize>) {
    let reduced = |way: &Column| way.cost - way.members.iter().map(|&h| price[h]).sum::<i64>();
    ways.iter()
        .map(|way| (reduced(way), way))
        .min_by_key(|(cost, way)| (*cost, way.set))
        .map_or((0, Vec::new()), |(cost, way)| (cost, way.members.clone()))
}

/// A cost that nothing can have.
const NEVER: i64 = 1 << 58;

/// The way of least reduced cost wave by wave. It may come back to a host after another one,
/// which makes the bound lower, never wrong.
fn cheapest_path(model: &Model, stand: usize, price: &[i64]) -> (i64, Vec<usize>) {
    let hosts = model.free.len();
    let leg = |from, to| model.leg(stand, from, to) * SCALE;
    // Where the stand may be and at what cost: each free host by position, then the depot or
    // the host that is fixed.
    let mut from: Vec<(Option<usize>, i64)> = vec![(None, 0)];
    let mut back: Vec<Vec<usize>> = Vec::with_capacity(model.waves);
    for wave in 0..model.waves {
        let fixed = model.fixed[stand][wave];
        let free = model.free.iter().enumerate().map(|(position, &host)| {
            let stay = model.stay(stand, host, wave);
            let stay = stay.filter(|_| fixed == Fixed::Open);
            (
                Some(host),
                stay.map_or(NEVER, |stay| stay * SCALE - price[position]),
            )
        });
        let other = match fixed {
            Fixed::Host(host) => {
                let stay = model.stay(stand, host, wave);
                (Some(host), stay.map_or(NEVER, |stay| stay * SCALE))
            }
            Fixed::Open | Fixed::Depot => (None, 0),
        };
        let mut to = Vec::with_capacity(hosts + 1);
        let mut parents = Vec::with_capacity(hosts + 1);
        for (host, stay) in free.chain(std::iter::once(other)) {
            let (way, parent) = from
                .iter()
                .enumerate()
                .filter(|(_, (at, _))| host.is_none() || *at != host)
                .map(|(i, &(at, cost))| (cost.saturating_add(leg(at, host)), i))
                .min()
                .unwrap_or((NEVER, 0));
            to.push((host, way.saturating_add(stay).min(NEVER)));
            parents.push(parent);
        }
        from = to;
        back.push(parents);
    }
    let home =
        |(i, &(at, cost)): (usize, &(Option<usize>, i64))| (cost.saturating_add(leg(at, None)), i);
    let Some((cost, mut at)) = from.iter().enumerate().map(home).min() else {
        return (0, Vec::new());
    };
    let mut members = Vec::new();
    for parents in back.iter().rev() {
        if at < hosts {
            members.push(at);
        }
        at = parents[at];
    }
    (cost, members)
}
