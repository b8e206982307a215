//! The optimum with proof: dynamic programming over subsets of hosts.
//!
//! Stand after stand, the cheapest way to have visited each set of hosts. With prices from the
//! relaxation each way has an *excess* over the cheapest reduced cost of its stand; the excesses
//! of a tour add up to its cost less the bound, so whatever exceeds the gap to the best tour
//! known is left out. What remains is complete: either the cheapest of all tours is among it, or
//! none is cheaper than the limit. Without any pruning, 21 hosts have 2 million subsets; with it a few
//! thousand remain.

#![expect(
    clippy::indexing_slicing,
    reason = "compact tables, indexed by numbers that were given out here"
)]

use std::collections::HashMap;

use super::model::{Chain, Model};
use super::prices::{Columns, Prices, SCALE};

/// More states than this are not gone through.
const STATES: usize = 3_000_000;
/// Nor more steps from one state to the next.
const STEPS: u64 = 400_000_000;

/// What the exact search says.
pub(super) enum Answer {
    /// The cheapest tour, which is an optimum.
    Best(Vec<Chain>),
    /// No tour costs less than the limit.
    None,
    /// Too many possibilities to tell.
    TooMany,
}

#[derive(Clone, Copy)]
struct State {
    /// Hosts done with: visited, or given up for good.
    set: u128,
    /// Excess so far.
    excess: i64,
    /// Which state of the layer before.
    parent: usize,
    /// By which way of the stand.
    way: usize,
}

struct Search<'a> {
    model: &'a Model<'a>,
    columns: &'a Columns,
    /// Order of stands: those that are alike come last.
    order: Vec<usize>,
    /// From this position in `order` on all stands are alike.
    alike_from: usize,
    /// `[kind]`: ways by rising excess: (excess, index, set).
    ways: Vec<Vec<(i64, usize, u128)>>,
    /// `[kind][host]`: the same, by the way's first host.
    by_first: Vec<Vec<Vec<(i64, usize, u128)>>>,
    /// `[host]`: excess of leaving it out.
    leave: Vec<i64>,
    /// `[n]`: least excess of leaving n out.
    leave_least: Vec<i64>,
    /// `[position in order]`: stays that the stands from there on can still make.
    room: Vec<usize>,
    /// What a better tour may exceed the bound by.
    budget: i64,
    steps: u64,
}

/// Searches the cheapest tour among those that cost less than `limit`.
pub(super) fn solve(model: &Model, columns: &Columns, prices: &Prices, limit: i64) -> Answer {
    let budget = limit * SCALE - prices.bound - SCALE;
    if budget < 0 {
        return Answer::None;
    }
    let mut search = Search::new(model, columns, prices, budget);
    let mut layers: Vec<Vec<State>> = Vec::new();
    let start = State {
        set: 0,
        excess: 0,
        parent: 0,
        way: 0,
    };
    let mut layer = vec![start];
    let mut total = 0;
    for position in 0..search.order.len() {
        let next = search.step(position, &layer);
        total += next.len();
        if total > STATES || search.steps > STEPS {
            return Answer::TooMany;
        }
        layers.push(std::mem::replace(&mut layer, next));
    }
    let everything = full(model.free.len());
    let finish = |state: &State| {
        let left = everything & !state.set;
        state.excess + bits(left).map(|host| search.leave[host]).sum::<i64>()
    };
    let last = layer
        .iter()
        .enumerate()
        .map(|(i, state)| (finish(state), i))
        .min();
    match last {
        Some((excess, index)) if excess <= budget => {
            layers.push(layer);
            Answer::Best(search.trace(&layers, index))
        }
        _ => Answer::None,
    }
}

fn full(hosts: usize) -> u128 {
    if hosts == 128 {
        u128::MAX
    } else {
        (1 << hosts) - 1
    }
}

/// The positions of set bits.
fn bits(mut set: u128) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let first = set.trailing_zeros() as usize;
        set &= set.wrapping_sub(1);
        (first < 128).then_some(first)
    })
}

impl<'a> Search<'a> {
    fn new(model: &'a Model<'a>, columns: &'a Columns, prices: &Prices, budget: i64) -> Self {
        let kind = &columns.kind;
        let most = (0..columns.ways.len())
            .max_by_key(|&k| kind.iter().filter(|&&other| other == k).count())
            .unwrap_or(0);
        let mut order: Vec<usize> = (0..model.stands).collect();
        order.sort_by_key(|&stand| (kind[stand] == most, stand));
        let alike_from = order.iter().filter(|&&stand| kind[stand] != most).count();
        let mut ways = Vec::new();
        let mut by_first = Vec::new();
        for (k, list) in columns.ways.iter().enumerate() {
            let stand = kind.iter().position(|&other| other == k).unwrap_or(0);
            let mut kept: Vec<(i64, usize, u128)> = list
                .iter()
                .enumerate()
                .map(|(i, way)| {
                    let paid: i64 = bits(way.set).map(|host| prices.price[host]).sum();
                    (way.cost - paid - prices.least[stand], i, way.set)
                })
                .filter(|(excess, _, _)| *excess <= budget)
                .collect();
            kept.sort_unstable();
            let mut firsts = vec![Vec::new(); model.free.len()];
            for way in kept.iter().filter(|way| way.2 != 0) {
                firsts[way.2.trailing_zeros() as usize].push(*way);
            }
            ways.push(kept);
            by_first.push(firsts);
        }
        let unserved = model.unserved() * SCALE;
        let leave: Vec<i64> = prices.price.iter().map(|price| unserved - price).collect();
        let mut rising = leave.clone();
        rising.sort_unstable();
        let mut leave_least = vec![0];
        for excess in rising {
            leave_least.push(leave_least[leave_least.len() - 1] + excess);
        }
        let mut room = vec![0; order.len() + 1];
        for position in (0..order.len()).rev() {
            let longest = ways[kind[order[position]]]
                .iter()
                .map(|way| way.2.count_ones())
                .max();
            room[position] = room[position + 1] + longest.unwrap_or(0) as usize;
        }
        Self {
            model,
            columns,
            order,
            alike_from,
            ways,
            by_first,
            leave,
            leave_least,
            room,
            budget,
            steps: 0,
        }
    }

    /// Excess that a state cannot avoid later: hosts that no stay is left for.
    fn later(&self, position: usize, set: u128) -> i64 {
        let left = self.model.free.len() - set.count_ones() as usize;
        self.leave_least[left.saturating_sub(self.room[position])]
    }

    /// All states after one more stand.
    fn step(&mut self, position: usize, layer: &[State]) -> Vec<State> {
        let mut next = Vec::new();
        let mut known = HashMap::new();
        for (parent, &state) in layer.iter().enumerate() {
            if position < self.alike_from {
                self.any_way(position, parent, state, &mut next, &mut known);
            } else {
                self.first_host(position, parent, state, &mut next, &mut known);
            }
            if next.len() > STATES || self.steps > STEPS {
                break;
            }
        }
        next
    }

    /// The stand takes any way that is free.
    fn any_way(
        &mut self,
        position: usize,
        parent: usize,
        state: State,
        next: &mut Vec<State>,
        known: &mut Known,
    ) {
        let kind = self.columns.kind[self.order[position]];
        for &(excess, way, set) in &self.ways[kind] {
            self.steps += 1;
            let excess = state.excess + excess;
            if excess > self.budget {
                break;
            }
            if state.set & set == 0 {
                let set = state.set | set;
                if excess + self.later(position + 1, set) <= self.budget {
                    keep(
                        State {
                            set,
                            excess,
                            parent,
                            way,
                        },
                        next,
                        known,
                    );
                }
            }
        }
    }

    /// The stand takes a way with the first host that is left, or that host is given up: some
    /// stand visits it or none does, and all that remain are alike.
    fn first_host(
        &mut self,
        position: usize,
        parent: usize,
        mut state: State,
        next: &mut Vec<State>,
        known: &mut Known,
    ) {
        let kind = self.columns.kind[self.order[position]];
        let everything = full(self.model.free.len());
        loop {
            let first = (everything & !state.set).trailing_zeros() as usize;
            if first >= self.model.free.len() {
                // Nobody is left: the stand does only what is fixed.
                if let Some(&(excess, way, _)) = self.ways[kind].iter().find(|way| way.2 == 0) {
                    let excess = state.excess + excess;
                    if excess <= self.budget {
                        keep(
                            State {
                                set: state.set,
                                excess,
                                parent,
                                way,
                            },
                            next,
                            known,
                        );
                    }
                }
                return;
            }
            for &(excess, way, set) in &self.by_first[kind][first] {
                self.steps += 1;
                let excess = state.excess + excess;
                if excess > self.budget {
                    break;
                }
                if state.set & set == 0 {
                    let set = state.set | set;
                    if excess + self.later(position + 1, set) <= self.budget {
                        keep(
                            State {
                                set,
                                excess,
                                parent,
                                way,
                            },
                            next,
                            known,
                        );
                    }
                }
            }
            state.excess += self.leave[first];
            state.set |= 1 << first;
            if state.excess > self.budget {
                return;
            }
        }
    }

    /// The ways that lead to a state.
    fn trace(&self, layers: &[Vec<State>], mut index: usize) -> Vec<Chain> {
        let mut chains = vec![Vec::new(); self.model.stands];
        for position in (0..self.order.len()).rev() {
            let state = layers[position + 1][index];
            let stand = self.order[position];
            let ways = &self.columns.ways[self.columns.kind[stand]];
            chains[stand] = ways[state.way].chain.clone();
            index = state.parent;
        }
        chains
    }
}

/// Where the state of a set is in its layer.
type Known = HashMap<u128, usize>;

/// Keeps the cheaper of two states with the same set.
fn keep(state: State, next: &mut Vec<State>, known: &mut Known) {
    match known.get(&state.set) {
        Some(&at) if next[at].excess <= state.excess => {}
        Some(&at) => next[at] = state,
        None => {
            known.insert(state.set, next.len());
            next.push(state);
        }
    }
}
