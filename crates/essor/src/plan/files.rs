//! Files of the planner: read with every defect told, written whole or not at all.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use planner::tour::{Tour, TourInstance};
use planner::{Defect, Instance, Plan, Problem};
use serde::Serialize;

use super::Failed;

/// More defects than this are counted, not told.
const TOLD: usize = 30;

fn bytes(path: &Path) -> Result<Vec<u8>, Failed> {
    fs::read(path).map_err(|error| Failed::bad_input(format!("{}: {error}", path.display())))
}

/// Each defect on a line that begins with the file.
pub(super) fn told(path: &Path, defects: &[Defect]) -> Failed {
    let line = |defect: &Defect| format!("{}: {defect}", path.display());
    let mut lines: Vec<String> = defects.iter().take(TOLD).map(line).collect();
    if defects.len() > TOLD {
        lines.push(format!("and {} more", defects.len() - TOLD));
    }
    Failed::all(lines)
}

pub(super) fn instance(path: &Path) -> Result<Instance, Failed> {
    planner::read_instance(&bytes(path)?).map_err(|defect| told(path, &[defect]))
}

pub(super) fn problem(path: &Path) -> Result<Problem, Failed> {
    Problem::new(instance(path)?).map_err(|defects| told(path, &defects))
}

pub(super) fn plan(path: &Path) -> Result<Plan, Failed> {
    planner::read_plan(&bytes(path)?).map_err(|defect| told(path, &[defect]))
}

pub(super) fn tour_instance(path: &Path) -> Result<TourInstance, Failed> {
    planner::read_tour_instance(&bytes(path)?).map_err(|defect| told(path, &[defect]))
}

pub(super) fn tour(path: &Path) -> Result<Tour, Failed> {
    planner::read_tour(&bytes(path)?).map_err(|defect| told(path, &[defect]))
}

/// A plan that belongs to the problem as it is now; otherwise what changed is told. `edited` lets
/// a plan pass that was made before the season was edited.
pub(super) fn plan_for(problem: &Problem, path: &Path, edited: bool) -> Result<Plan, Failed> {
    let plan = plan(path)?;
    let mismatches = problem.mismatches(&plan);
    let refused = mismatches.iter().filter(|_| !edited);
    let lines: Vec<String> = refused
        .take(TOLD)
        .map(|it| format!("{}: {it}", path.display()))
        .collect();
    if lines.is_empty() {
        Ok(plan)
    } else {
        Err(Failed::all(lines))
    }
}

/// Writes beside the file first, so that whoever reads it sees the old or the new one, never half.
pub(super) fn write(path: &Path, value: &impl Serialize) -> Result<(), Failed> {
    let mut partial = path.as_os_str().to_owned();
    partial.push(".partial");
    let written = fs::File::create(&partial).and_then(|mut file| {
        file.write_all(&serde_json::to_vec(value)?)?;
        file.write_all(b"\n")?;
        file.sync_all()?;
        fs::rename(&partial, path)
    });
    written.map_err(|error| Failed::bad_input(format!("{}: {error}", path.display())))
}

/// One JSON document on a line of standard output.
pub(super) fn print(value: &impl Serialize) -> Result<(), Failed> {
    let mut out = std::io::stdout().lock();
    out.write_all(&serde_json::to_vec(value)?)?;
    out.write_all(b"\n")?;
    out.flush()?;
    Ok(())
}

/// Lines of text on standard output.
pub(super) fn say(lines: &[String]) -> Result<(), Failed> {
    let mut out = std::io::stdout().lock();
    for line in lines {
        writeln!(out, "{line}")?;
    }
    Ok(())
}
