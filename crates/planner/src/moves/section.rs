//! Exact re-sectioning: who attends which session of a module, the sessions being given. A minimum-cost flow, by cancelling negative
//! cycles (Klein, Management Science 14, 1967) in the residual graph over sessions, "no seat" and "empty seat".
//!
//! Level spread and underfill depend on the whole group and are left out of the flow; the move is kept or undone by the true cost.
#![expect(clippy::indexing_slicing, reason = "nodes and arcs are numbered here")]

use crate::engine::Random;
use crate::problem::NONE;
use crate::solution::{Hold, Solution};

/// Sessions of one flow at most.
const MOST: usize = 64;
/// Cycles cancelled at most.
const CYCLES: usize = 400;
/// No arc.
const FAR: i64 = i64::MAX / 4;

/// The residual graph. Nodes are the sessions, then "no seat", then "empty seat".
struct Graph {
    sessions: Vec<u32>,
    /// `[from × nodes + to]`: cost of the cheapest entry that could go this way, and the entry.
    arcs: Vec<(i64, u32)>,
    nodes: usize,
    /// People without seat who might take one.
    waiting: Vec<u32>,
}

impl Solution<'_> {
    /// Seats the people of a module, at one site or all, at least cost.
    pub(super) fn resection(&mut self, random: &mut Random) -> Option<()> {
        let base = *self.session(*random.pick(self.open_sessions())?);
        let mut sessions: Vec<u32> = (self.open_sessions().iter().copied())
            .filter(|id| {
                let s = self.session(*id);
                s.module == base.module && !matches!(s.hold, Hold::Frozen(_))
            })
            .collect();
        if sessions.len() > MOST {
            sessions.retain(|id| self.session(*id).site == base.site);
            random.shuffle(&mut sessions);
            sessions.truncate(MOST);
        }
        sessions.sort_unstable();
        let waiting = (self.missing_in(base.module).iter().copied())
            .filter(|entry| self.window(*entry).is_some())
            .collect();
        let nodes = sessions.len() + 2;
        let mut graph = Graph {
            sessions,
            arcs: vec![(FAR, NONE); nodes * nodes],
            nodes,
            waiting,
        };
        for node in 0..nodes {
            self.arcs_from(&mut graph, node);
        }
        for _ in 0..CYCLES {
            let Some(cycle) = graph.negative_cycle() else {
                break;
            };
            self.cancel(&mut graph, &cycle);
        }
        self.close_empty(&graph.sessions)
    }

    /// Computes the arcs out of a node anew.
    fn arcs_from(&self, graph: &mut Graph, from: usize) {
        let (out, empty) = (graph.nodes - 2, graph.nodes - 1);
        for to in 0..graph.nodes {
            graph.arcs[from * graph.nodes + to] = (FAR, NONE);
        }
        if from == empty {
            // An empty seat may appear in any session: its person goes elsewhere.
            for to in 0..out {
                graph.arcs[from * graph.nodes + to].0 = 0;
            }
            return;
        }
        let movers = if from == out {
            graph.waiting.clone()
        } else {
            let id = graph.sessions[from];
            let s = self.session(id);
            if s.size < s.seats {
                graph.arcs[from * graph.nodes + empty].0 = 0;
            }
            self.members(id).to_vec()
        };
        for entry in movers {
            if self.is_pinned(entry) {
                continue;
            }
            let person = self.person_of(entry);
            let here = if from == out {
                -self.gain(person)
            } else {
                let s = self.session(graph.sessions[from]);
                if !self.is_needed(entry) {
                    let cost = self.loss(person) - self.place_cost(entry, s.site, s.slot);
                    graph.offer(from, out, cost, entry);
                }
                self.place_cost(entry, s.site, s.slot)
            };
            for to in 0..out {
                let b = self.session(graph.sessions[to]);
                if to != from && self.fits(entry, b.site, b.slot) {
                    let cost = self.place_cost(entry, b.site, b.slot) - here;
                    graph.offer(from, to, cost, entry);
                }
            }
        }
        if from == out {
            graph.arcs[from * graph.nodes + empty] = (0, NONE);
        }
    }

    /// Moves the people of a cycle, and computes what changes.
    fn cancel(&mut self, graph: &mut Graph, cycle: &[usize]) {
        let out = graph.nodes - 2;
        let mut moves = Vec::new();
        for (n, from) in cycle.iter().enumerate() {
            let to = cycle[(n + 1) % cycle.len()];
            let (_, entry) = graph.arcs[from * graph.nodes + to];
            if entry != NONE {
                moves.push((entry, to));
            }
        }
        for (entry, _) in &moves {
            if self.seat_of(*entry) == NONE {
                graph.waiting.retain(|other| other != entry);
            } else {
                self.unseat(*entry);
            }
        }
        for (entry, to) in &moves {
            if *to < out {
                self.seat(*entry, graph.sessions[*to]);
            } else {
                graph.waiting.push(*entry);
            }
        }
        for node in cycle {
            self.arcs_from(graph, *node);
        }
        self.arcs_from(graph, out);
    }
}

impl Graph {
    fn offer(&mut self, from: usize, to: usize, cost: i64, entry: u32) {
        let arc = &mut self.arcs[from * self.nodes + to];
        if cost < arc.0 {
            *arc = (cost, entry);
        }
    }

    /// A cycle of negative cost without repeated nodes, if there is one (Bellman and Ford, from all nodes at once).
    fn negative_cycle(&self) -> Option<Vec<usize>> {
        let mut cost = vec![0; self.nodes];
        let mut parent = vec![usize::MAX; self.nodes];
        for _ in 0..self.nodes {
            let mut changed = false;
            for from in 0..self.nodes {
                for to in 0..self.nodes {
                    let arc = self.arcs[from * self.nodes + to].0;
                    if arc < FAR && cost[from] + arc < cost[to] {
                        cost[to] = cost[from] + arc;
                        parent[to] = from;
                        changed = true;
                    }
                }
            }
            if !changed {
                return None;
            }
            if let Some(cycle) = cycle_of(&parent) {
                return Some(cycle);
            }
        }
        None
    }
}

/// A cycle in the graph of parents, in the direction of the arcs.
fn cycle_of(parent: &[usize]) -> Option<Vec<usize>> {
    let mut seen = vec![0; parent.len()];
    for start in 0..parent.len() {
        let mut at = start;
        while at != usize::MAX && seen[at] == 0 {
            seen[at] = start + 1;
            at = parent[at];
        }
        if at != usize::MAX && seen[at] == start + 1 {
            let mut cycle = vec![at];
            let mut next = parent[at];
            while next != at {
                cycle.push(next);
                next = parent[next];
            }
            cycle.reverse();
            return Some(cycle);
        }
    }
    None
}
