//! What is printed: a table, or one JSON object per line.

use std::io::{self, Write};

use crate::referee::Verdict;

/// Best known costs: the archive of the Scheduling and Timetabling group of the University of Udine (`opthub.uniud.it`).
const BEST: [(&str, i64); 7] = [
    ("comp01", 5),
    ("comp02", 24),
    ("comp03", 64),
    ("comp04", 35),
    ("comp05", 284),
    ("comp06", 27),
    ("comp07", 6),
];

/// What is wanted of the sum, in best known costs; comp01 must be solved to its best known cost, and nothing may be infeasible.
const TARGET: f64 = 1.28;

/// The result for an instance.
pub(crate) struct Line {
    pub(crate) name: String,
    pub(crate) verdict: Verdict,
    pub(crate) seconds: f64,
    /// Moves tried by all threads.
    pub(crate) steps: u64,
}

/// Prints results as they come, and their sum.
pub(crate) struct Report {
    json: bool,
    lines: u32,
    hard: i64,
    cost: i64,
    /// Sum of the best known, none if one is not known.
    best: Option<i64>,
    /// Instances with a best known cost.
    known: usize,
    /// comp01 was worse than its best known cost.
    first_missed: bool,
}

impl Report {
    pub(crate) fn new(json: bool) -> Self {
        Self {
            json,
            lines: 0,
            hard: 0,
            cost: 0,
            best: Some(0),
            known: 0,
            first_missed: false,
        }
    }

    /// Prints the result for an instance.
    pub(crate) fn line(&mut self, line: &Line) -> io::Result<()> {
        let verdict = &line.verdict;
        let (hard, cost) = (verdict.hard(), verdict.cost());
        let best = BEST.iter().find(|(name, _)| *name == line.name);
        let best = best.map(|(_, best)| *best);
        let mut out = io::stdout().lock();
        if self.json {
            let json = serde_json::json!({
                "instance": line.name, "hard": hard, "cost": cost, "best_known": best,
                "ratio": ratio(cost, best), "seconds": line.seconds, "steps": line.steps,
                "room_capacity": verdict.capacity, "minimum_working_days": verdict.working_days,
                "curriculum_compactness": verdict.compactness, "room_stability": verdict.stability,
            });
            writeln!(out, "{json}")?;
        } else {
            if self.lines == 0 {
                writeln!(
                    out,
                    "{:<10} {:>5} {:>6} {:>6} {:>6}   capacity + days + compactness + stability",
                    "instance", "hard", "cost", "best", "ratio"
                )?;
            }
            writeln!(
                out,
                "{}   {} + {} + {} + {}   ({:.0} s, {:.1} million moves)",
                row(&line.name, hard, cost, best),
                verdict.capacity,
                verdict.working_days,
                verdict.compactness,
                verdict.stability,
                line.seconds,
                line.steps as f64 / 1e6
            )?;
        }
        self.lines += 1;
        self.known += usize::from(best.is_some());
        self.first_missed |= line.name == "comp01" && best.is_some_and(|best| cost > best);
        self.hard += hard;
        self.cost += cost;
        self.best = self.best.zip(best).map(|(sum, best)| sum + best);
        out.flush()
    }

    /// Whether all instances with a best known cost were run and a target is missed.
    pub(crate) fn missed(&self) -> bool {
        let sum = ratio(self.cost, self.best).is_some_and(|ratio| ratio > TARGET);
        self.known == BEST.len() && (self.hard > 0 || self.first_missed || sum)
    }

    /// Prints the sum.
    pub(crate) fn end(&self) -> io::Result<()> {
        let mut out = io::stdout().lock();
        if self.json {
            let json = serde_json::json!({
                "instance": "all", "hard": self.hard, "cost": self.cost, "best_known": self.best,
                "ratio": ratio(self.cost, self.best),
            });
            writeln!(out, "{json}")
        } else {
            writeln!(out, "{}", row("all", self.hard, self.cost, self.best))
        }
    }
}

fn ratio(cost: i64, best: Option<i64>) -> Option<f64> {
    best.map(|best| cost as f64 / best as f64)
}

fn row(name: &str, hard: i64, cost: i64, best: Option<i64>) -> String {
    let known = best.map_or_else(String::new, |best| best.to_string());
    let ratio = ratio(cost, best).map_or_else(String::new, |ratio| format!("{ratio:.2}"));
    format!("{name:<10} {hard:>5} {cost:>6} {known:>6} {ratio:>6}")
}
