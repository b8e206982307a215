//! `essor plan check`, `explain`, `changes`: what there is to say of plans.

use std::path::PathBuf;

use clap::Args;
use planner::{Facts, Seat, Terms, Verdict};
use serde_json::json;

use super::files::{self, print, say};
use super::{Failed, NO};

#[derive(Args)]
pub(crate) struct Check {
    /// The instance (training-planning/1).
    instance: PathBuf,
    /// The plan.
    plan: PathBuf,
    /// Answer as one JSON object.
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
pub(crate) struct Explain {
    /// The instance.
    instance: PathBuf,
    /// The plan.
    plan: PathBuf,
    /// Take a plan that was made before the season was edited.
    #[arg(long)]
    edited: bool,
    /// Answer as one JSON object.
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
pub(crate) struct Changes {
    /// The instance as it is now.
    instance: PathBuf,
    /// The plan before.
    before: PathBuf,
    /// The plan now.
    after: PathBuf,
    /// Sessions of the plan before that were called off, by position from 0.
    #[arg(long, value_delimiter = ',')]
    cancelled: Vec<usize>,
    /// Answer as JSON, one change a line.
    #[arg(long)]
    json: bool,
}

impl Check {
    /// The plan need not fit the instance: what does not is a violation.
    pub(super) fn run(self) -> Result<(), Failed> {
        let problem = files::problem(&self.instance)?;
        let plan = files::plan(&self.plan)?;
        let verdict = planner::check(problem.instance(), &plan);
        if self.json {
            print(&json!({
                "feasible": verdict.feasible(),
                "objective": verdict.objective,
                "terms": verdict.terms,
                "facts": verdict.facts,
                "violations": verdict.violations.iter().map(ToString::to_string).collect::<Vec<_>>(),
            }))?;
        } else {
            say(&sentences(&verdict))?;
        }
        if verdict.feasible() {
            Ok(())
        } else {
            let count = verdict.violations.len();
            let lines = vec![format!("the plan breaks {count} rules")];
            Err(Failed { code: NO, lines })
        }
    }
}

fn sentences(verdict: &Verdict) -> Vec<String> {
    let mut lines: Vec<String> = verdict
        .violations
        .iter()
        .take(20)
        .map(|it| format!("broken: {it}"))
        .collect();
    if verdict.violations.len() > 20 {
        lines.push(format!("and {} more", verdict.violations.len() - 20));
    }
    lines.push(format!("objective {}", verdict.objective));
    lines.extend(summary(&verdict.terms, &verdict.facts));
    lines
}

/// Terms and facts on a line each.
pub(super) fn summary(terms: &Terms, facts: &Facts) -> [String; 2] {
    let list = |value: serde_json::Result<serde_json::Value>| {
        let value = value.unwrap_or_default();
        let fields = value.as_object().into_iter().flatten();
        fields
            .map(|(name, value)| format!("{name} {value}"))
            .collect::<Vec<_>>()
            .join(", ")
    };
    [
        list(serde_json::to_value(terms)),
        list(serde_json::to_value(facts)),
    ]
}

impl Explain {
    pub(super) fn run(self) -> Result<(), Failed> {
        let problem = files::problem(&self.instance)?;
        let plan = files::plan_for(&problem, &self.plan, self.edited)?;
        let obstacles = planner::explain(&problem, &plan);
        let warnings = problem.warnings();
        let bound = planner::bound(&problem);
        let objective = planner::check(problem.instance(), &plan).objective;
        if self.json {
            return print(&json!({
                "objective": objective,
                "bound": bound,
                "obstacles": obstacles,
                "warnings": warnings,
            }));
        }
        let mut lines: Vec<String> = warnings.iter().map(|it| format!("warning: {it}")).collect();
        lines.extend(obstacles.iter().map(|it| it.sentence(problem.instance())));
        lines.push(format!(
            "objective {objective}; no plan costs less than {bound}"
        ));
        say(&lines)
    }
}

impl Changes {
    pub(super) fn run(self) -> Result<(), Failed> {
        let problem = files::problem(&self.instance)?;
        let (before, after) = (files::plan(&self.before)?, files::plan(&self.after)?);
        let changes = planner::changes(&problem, &before, &after, &self.cancelled);
        if self.json {
            return changes.iter().try_for_each(print);
        }
        let slots = &problem.instance().slots;
        let place = |seat: &Option<Seat>| {
            seat.as_ref().map_or_else(
                || "nothing".to_owned(),
                |seat| {
                    let week = slots.get(seat.slot as usize).map_or(0, |slot| slot.week);
                    format!(
                        "{} slot {} (week {week}, {})",
                        seat.site, seat.slot, seat.trainer
                    )
                },
            )
        };
        let mut lines: Vec<String> = changes
            .iter()
            .map(|it| {
                let (before, after) = (place(&it.before), place(&it.after));
                format!(
                    "{} {}: {before} -> {after}: {}",
                    it.person, it.module, it.reason
                )
            })
            .collect();
        lines.push(format!("{} changes", changes.len()));
        say(&lines)
    }
}
