//! `cargo xtask bench adaptive`: the adaptive test on calibrated items, with simulated people.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};
use clap::Args;

use super::figures::Figures;
use super::table::{Row, holds, markdown, plain_row};
use crate::process::{self, to_stderr};
use crate::project;

/// What to measure on.
#[derive(Args)]
pub(crate) struct Options {
    /// Items as tab-separated values with the columns a, b, c and group; by default the calibrated
    /// items of the reference data beside the project
    items: Option<PathBuf>,
    /// Also measure the whole request for the next item in a server with this program, such as
    /// target/release/essor
    #[arg(long)]
    program: Option<PathBuf>,
}

/// The reference data beside the project; they are not part of it.
const REFERENCE: &str = "../shared/data/irt/tcals.tsv";

/// Measure and print the table; an error when a target is missed.
pub(crate) fn run(options: &Options) -> Result<()> {
    let items = match &options.items {
        Some(items) => items.clone(),
        None => project::root().join(REFERENCE),
    };
    if !items.is_file() {
        bail!(
            "{} is not there; name a file of calibrated items: cargo xtask bench adaptive ITEMS.tsv",
            items.display()
        );
    }
    let build = [
        "build",
        "--quiet",
        "--release",
        "--package",
        "domain",
        "--example",
        "adaptive",
    ];
    process::run(project::cargo().args(build).stdout(to_stderr()?))?;
    let program = project::target_dir()?.join("release/examples/adaptive");
    let printed = process::output(Command::new(program).arg(&items))?;
    let mut rows = rows(&Figures::read(&printed)?)?;
    if let Some(essor) = &options.program {
        rows.push(super::level::next_item(essor)?);
    }
    let mut out = std::io::stdout();
    std::io::Write::write_all(&mut out, markdown(&rows).as_bytes())?;
    let missed = rows.iter().filter(|row| row.met == Some(false)).count();
    if missed > 0 {
        bail!("{missed} targets are missed");
    }
    Ok(())
}

fn rows(figures: &Figures) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for (name, words, targets) in [
        ("random", "random choice", None),
        ("free", "free choice", Some((0.35, 0.30))),
        (
            "capped",
            "no item shown to more than 30 %",
            Some((0.39, 0.36)),
        ),
    ] {
        let what = format!("RMSE after 10 items, {words}");
        rows.push(error(figures, name, "10", &what, targets.map(|t| t.0))?);
        let what = format!("RMSE after 20 items, {words}");
        rows.push(error(figures, name, "20", &what, targets.map(|t| t.1))?);
    }
    let exposure = figures.get("capped-exposure")?;
    rows.push(holds(
        "an item is shown to at most, in any 1,000 people",
        format!("{:.1} %", 100.0 * exposure),
        "≤ 30 %",
        exposure <= 0.3,
    ));
    let what = format!(
        "whole test: RMSE after {:.1} items on average, {:.0} % end on a success",
        figures.get("whole-length")?,
        100.0 * figures.get("whole-ended-well")?
    );
    rows.push(error(figures, "whole", "end", &what, None)?);
    let seconds = figures.get("next-seconds")?;
    rows.push(holds(
        "next item",
        format!("{:.3} ms", 1000.0 * seconds),
        "≤ 5 ms",
        seconds <= 0.005,
    ));
    let learn = figures.get("learn-seconds")?;
    rows.push(plain_row(
        "learning the prices, once",
        format!("{learn:.2} s"),
    ));
    Ok(rows)
}

/// A root-mean-square error: the mean of ten groups of 1,000 people, then the worst group. It is
/// held against its target with the two decimals that the target has.
fn error(
    figures: &Figures,
    name: &str,
    look: &str,
    what: &str,
    target: Option<f64>,
) -> Result<Row> {
    let mean = figures.get(&format!("{name}-rmse-{look}"))?;
    let worst = figures.get(&format!("{name}-worst-{look}"))?;
    let measured = format!("{mean:.2} (precisely {mean:.3}, worst group {worst:.3})");
    Ok(match target {
        Some(target) => holds(
            what,
            measured,
            &format!("≤ {target:.2}"),
            mean < target + 0.005,
        ),
        None => plain_row(what, measured),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(rmse: &str) -> String {
        let mut lines = vec![
            "capped-exposure\t0.3".to_owned(),
            "whole-length\t9.9".to_owned(),
            "whole-ended-well\t0.99".to_owned(),
            "next-seconds\t0.00002".to_owned(),
            "learn-seconds\t0.1".to_owned(),
        ];
        for name in ["random", "free", "capped", "whole"] {
            for look in ["10", "20", "end"] {
                lines.push(format!("{name}-rmse-{look}\t{rmse}"));
                lines.push(format!("{name}-worst-{look}\t0.4"));
            }
        }
        lines.join("\n")
    }

    #[test]
    fn errors_are_held_against_their_targets() {
        let met = |rmse| {
            let rows = rows(&Figures::read(&printed(rmse)).unwrap()).unwrap();
            rows.iter().filter(|row| row.met == Some(false)).count()
        };
        assert_eq!(met("0.30"), 0);
        assert_eq!(met("0.37"), 3);
        assert_eq!(met("0.40"), 4);
    }
}
