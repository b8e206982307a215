//! `cargo xtask bench planner`: seasons of three sizes, a replanning, and tours of stands.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use clap::Args;
use serde_json::Value;

use crate::process::{self, to_stderr};
use crate::project;

/// What to run.
#[derive(Args)]
pub(crate) struct Options {
    /// Folder of the public format: `instances/`, `generator.py`
    #[arg(long, default_value = "../shared/planning")]
    planning: PathBuf,
    /// Seeds of the solver, from 1 on
    #[arg(long, default_value_t = 5)]
    seeds: u64,
    /// Threads
    #[arg(long, default_value_t = 2)]
    threads: u32,
    /// Only these: S-1, M-1, L-1, S-1-ill1, tour
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
    /// Another time for all seasons, seconds; targets are for the usual time
    #[arg(long)]
    seconds: Option<f64>,
    /// Only the instances of the timetabling competition, in `itc2007/` of that folder, on the same engine
    #[arg(long)]
    itc: bool,
    /// Only what planning 600 people costs in the product: pages, publication, repair
    #[arg(long)]
    product: bool,
}

/// A season, what is wanted of it, and what another solver reached.
struct Case {
    name: &'static str,
    seconds: f64,
    target: f64,
    /// OR-tools CP-SAT 9.15, monolithic model and fix-and-optimise, on two cores.
    baseline: &'static str,
}

const CASES: [Case; 4] = [
    Case {
        name: "S-1",
        seconds: 60.0,
        target: 8_700.0,
        baseline: "8,992 at 120 s",
    },
    Case {
        name: "M-1",
        seconds: 60.0,
        target: 88_000.0,
        baseline: "93,829 at 121 s",
    },
    Case {
        name: "L-1",
        seconds: 60.0,
        target: 1_150_000.0,
        baseline: "1,351,721 at 171 s",
    },
    Case {
        name: "S-1-ill1",
        seconds: 2.0,
        target: 9_301.0,
        baseline: "9,301 at 7 s",
    },
];

/// Most memory on the largest season, megabytes.
const MEGABYTES: f64 = 500.0;
/// Longest time for a proven tour of 21 hosts, seconds.
const TOUR_SECONDS: f64 = 1.0;

/// Measures and prints the table; an error when a target is missed.
pub(crate) fn run(options: &Options) -> Result<()> {
    let known = |name: &str| name == "tour" || CASES.iter().any(|case| case.name == name);
    if let Some(unknown) = options.only.iter().find(|name| !known(name)) {
        bail!("{unknown} is none of S-1, M-1, L-1, S-1-ill1, tour");
    }
    let wanted = |name: &str| options.only.is_empty() || options.only.iter().any(|it| it == name);
    let planning = project::root().join(&options.planning);
    if options.product {
        return product(options);
    }
    if options.itc {
        return timetables(&planning.join("itc2007"), options);
    }
    if !planning.join("instances").is_dir() && CASES.iter().any(|case| wanted(case.name)) {
        bail!(
            "no instances in {}: name the folder of the format with --planning, or ask for --only tour",
            planning.display()
        );
    }
    let measure = build()?;
    let mut missed = 0;
    let mut text = String::new();
    if CASES.iter().any(|case| wanted(case.name)) {
        text.push_str(
            "| season | greedy | after 1 s | mean | seeds | target | | CP-SAT | bound | complete | missing | memory |\n\
             | --- | ---: | ---: | ---: | --- | ---: | --- | ---: | ---: | ---: | ---: | ---: |\n",
        );
    }
    for case in CASES.iter().filter(|case| wanted(case.name)) {
        let file = instance(&planning, case.name)?;
        let (row, met) = season(&measure, case, &file, options)?;
        missed += u32::from(!met);
        text.push_str(&row);
    }
    if wanted("tour") {
        let (rows, met) = tour(&measure)?;
        missed += u32::from(!met);
        text.push_str(&rows);
    }
    std::io::Write::write_all(&mut std::io::stdout(), text.as_bytes())?;
    if missed > 0 {
        bail!("{missed} targets are missed");
    }
    Ok(())
}

/// Curriculum-based course timetabling of ITC-2007 on the planner's engine, one seed: the example prints and judges for itself.
fn timetables(folder: &Path, options: &Options) -> Result<()> {
    let example = ["run", "--quiet", "--release", "-p", "planner"];
    let mut command = project::cargo();
    command.args(example).args(["--example", "itc2007", "--"]);
    command.arg(folder).args([
        format!("--seconds={}", options.seconds.unwrap_or(300.0)),
        format!("--threads={}", options.threads),
    ]);
    process::run(&mut command)
}

/// A large season through the use cases and pages; milliseconds unless the name says otherwise.
fn product(options: &Options) -> Result<()> {
    // The whole workspace, so that nothing is compiled again under other features.
    let build = [
        "build",
        "--quiet",
        "--release",
        "--workspace",
        "--example",
        "large_season",
    ];
    process::run(project::cargo().args(build).stdout(to_stderr()?))?;
    let program = project::target_dir()?.join("release/examples/large_season");
    let seconds = options.seconds.unwrap_or(60.0).round().to_string();
    let printed = process::output(Command::new(program).arg(seconds))?;
    let rows: String = printed
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .map(|(name, figure)| format!("| {name} | {figure} |\n"))
        .collect();
    let text = format!("| 600 people, 5 modules each | |\n| --- | ---: |\n{rows}");
    Ok(std::io::Write::write_all(
        &mut std::io::stdout(),
        text.as_bytes(),
    )?)
}

/// The planner's own measuring program, quick to build.
fn build() -> Result<PathBuf> {
    let build = [
        "build",
        "--quiet",
        "--release",
        "--package",
        "planner",
        "--example",
        "measure",
    ];
    process::run(project::cargo().args(build).stdout(to_stderr()?))?;
    Ok(project::target_dir()?.join("release/examples/measure"))
}

/// The instance's file; what is not kept there is generated.
fn instance(planning: &Path, name: &str) -> Result<PathBuf> {
    let kept = planning.join("instances").join(format!("{name}.json"));
    if kept.is_file() {
        return Ok(kept);
    }
    let folder = project::target_dir()?.join("planning");
    fs::create_dir_all(&folder)?;
    let made = folder.join(format!("{name}.json"));
    if made.is_file() {
        return Ok(made);
    }
    let (size, seed) = name.split_once('-').context("a size and a seed")?;
    eprintln!("xtask: generating {name}");
    let generator = planning.join("generator.py");
    let mut command = Command::new("python3");
    command
        .arg(generator)
        .args(["--size", size, "--seed", seed, "--out"])
        .arg(&made);
    process::run(command.stdout(to_stderr()?))?;
    Ok(made)
}

/// One row: the mean of all seeds beside its target.
fn season(measure: &Path, case: &Case, file: &Path, options: &Options) -> Result<(String, bool)> {
    let seconds = options.seconds.unwrap_or(case.seconds);
    let mut runs = Vec::new();
    for seed in 1..=options.seeds.max(1) {
        eprintln!("xtask: {} for {seconds} s, seed {seed}", case.name);
        let mut command = Command::new(measure);
        command.arg("plan").arg(file);
        command.args([
            seconds.to_string(),
            options.threads.to_string(),
            seed.to_string(),
        ]);
        let run: Value = serde_json::from_str(&process::output(&mut command)?)?;
        if run.get("feasible") != Some(&Value::Bool(true)) {
            bail!(
                "{} with seed {seed}: the plan breaks a rule: {run}",
                case.name
            );
        }
        runs.push(run);
    }
    let figure = |run: &Value, name: &str| -> Result<f64> {
        run.get(name)
            .and_then(Value::as_f64)
            .with_context(|| format!("no {name} in {run}"))
    };
    let all = |name: &str| {
        runs.iter()
            .map(|run| figure(run, name))
            .collect::<Result<Vec<f64>>>()
    };
    let objective = all("objective")?;
    let (mean, greedy, after) = (
        mean(&objective),
        mean(&all("greedy")?),
        mean(&all("after_1s")?),
    );
    let memory = all("peak_bytes")?.into_iter().fold(0.0, f64::max) / 1e6;
    let bound = all("bound")?.into_iter().fold(0.0, f64::max);
    let met = mean <= case.target && memory <= MEGABYTES && after <= greedy;
    let seeds: Vec<String> = objective.iter().map(|it| thousands(*it)).collect();
    let row = format!(
        "| {} ({seconds} s) | {} | {} | {} | {} | ≤ {} | {} | {} | {} | {} | {} | {memory:.0} MB |\n",
        case.name,
        thousands(greedy),
        thousands(after),
        thousands(mean),
        seeds.join(" "),
        thousands(case.target),
        if met { "met" } else { "**missed**" },
        case.baseline,
        thousands(bound),
        thousands(self::mean(&all("complete_paths")?)),
        thousands(self::mean(&all("missing_modules")?)),
    );
    Ok((row, met))
}

fn tour(measure: &Path) -> Result<(String, bool)> {
    eprintln!("xtask: tours of stands");
    let run: Value = serde_json::from_str(&process::output(Command::new(measure).arg("tour"))?)?;
    let figure = |name: &str| {
        run.get(name)
            .and_then(Value::as_f64)
            .with_context(|| format!("no {name} in {run}"))
    };
    let (count, proven, slowest) = (
        figure("tours")?,
        figure("proven")?,
        figure("slowest_seconds")?,
    );
    let met = proven >= count && slowest < TOUR_SECONDS;
    let text = format!(
        "\n| tours of 21 hosts, 7 stands, 3 waves | proven | slowest | target | |\n\
         | ---: | ---: | ---: | ---: | --- |\n\
         | {count} | {proven} | {slowest:.3} s | < {TOUR_SECONDS} s | {} |\n",
        if met { "met" } else { "**missed**" }
    );
    Ok((text, met))
}

#[expect(clippy::cast_precision_loss, reason = "a handful of figures")]
fn mean(figures: &[f64]) -> f64 {
    figures.iter().sum::<f64>() / figures.len().max(1) as f64
}

/// A whole number with commas between thousands.
fn thousands(figure: f64) -> String {
    let digits = format!("{figure:.0}");
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_set_by_thousands() {
        assert_eq!(thousands(8_992.4), "8,992");
        assert_eq!(thousands(1_351_721.0), "1,351,721");
        assert_eq!(thousands(12.0), "12");
    }

    #[test]
    fn a_mean_of_nothing_is_nothing() {
        assert_eq!(mean(&[]), 0.0);
        assert_eq!(mean(&[1.0, 2.0]), 1.5);
    }
}
