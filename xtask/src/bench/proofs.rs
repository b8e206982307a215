//! `cargo xtask bench proofs`: making, signing and checking badges.

use std::collections::BTreeMap;
use std::process::Command;

use anyhow::{Context, Result, bail};
use clap::Args;

use super::table::{Row, holds, markdown};
use crate::process::{self, to_stderr};
use crate::project;

/// How many badges.
#[derive(Args)]
pub(crate) struct Options {
    /// Badges to make
    #[arg(default_value_t = 10_000)]
    badges: u32,
}

/// Seconds in which that many badges must be signed.
const SECONDS: f64 = 10.0;
/// The number of badges for which the target holds.
const TARGET: f64 = 10_000.0;

/// Measure and print the table; an error when the target is missed.
pub(crate) fn run(options: &Options) -> Result<()> {
    let build = [
        "build",
        "--quiet",
        "--release",
        "--package",
        "domain",
        "--example",
        "proofs",
    ];
    process::run(project::cargo().args(build).stdout(to_stderr()?))?;
    let program = project::target_dir()?.join("release/examples/proofs");
    let printed = process::output(Command::new(program).arg(options.badges.to_string()))?;
    let rows = rows(&read(&printed)?, f64::from(options.badges))?;
    let mut out = std::io::stdout();
    std::io::Write::write_all(&mut out, markdown(&rows).as_bytes())?;
    if rows.iter().any(|row| row.met == Some(false)) {
        bail!("a target is missed");
    }
    Ok(())
}

/// Figures by name.
fn read(printed: &str) -> Result<BTreeMap<String, f64>> {
    printed
        .lines()
        .map(|line| {
            let (name, figure) = line.split_once('\t').context("a line without a figure")?;
            let figure = figure
                .parse()
                .with_context(|| format!("no figure: {line}"))?;
            Ok((name.to_owned(), figure))
        })
        .collect()
}

fn rows(figures: &BTreeMap<String, f64>, badges: f64) -> Result<Vec<Row>> {
    let get = |name: &str| {
        let figure = figures.get(name).copied();
        figure.with_context(|| format!("the program says nothing of {name}"))
    };
    let (sign, check) = (get("sign-seconds")?, get("check-seconds")?);
    let allowed = SECONDS * badges / TARGET;
    let good = get("good")?;
    Ok(vec![
        holds(
            &format!("{badges} badges made and signed in both forms"),
            format!("{sign:.2} s ({:.3} ms each)", 1000.0 * sign / badges),
            &format!("≤ {allowed} s"),
            sign <= allowed,
        ),
        holds(
            "of which are checked as good",
            format!("{good}"),
            "all",
            (good - badges).abs() < 0.5,
        ),
        plain(
            "read and checked",
            format!("{check:.2} s ({:.3} ms each)", 1000.0 * check / badges),
        ),
        plain(
            "public list of those withdrawn",
            format!("{:.1} ms", 1000.0 * get("list-seconds")?),
        ),
        plain(
            "a badge in its compact form",
            format!("{} bytes", get("bytes-each")?),
        ),
    ])
}

fn plain(what: &str, measured: String) -> Row {
    Row {
        what: what.to_owned(),
        measured,
        target: String::new(),
        met: None,
        elsewhere: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slow_signing_and_a_bad_badge_are_told() {
        let met = |sign: &str, good: &str| {
            let printed = format!(
                "sign-seconds\t{sign}\ncheck-seconds\t1\ngood\t{good}\nlist-seconds\t0.01\nbytes-each\t5000"
            );
            let rows = rows(&read(&printed).unwrap(), 10_000.0).unwrap();
            rows.iter().filter(|row| row.met == Some(false)).count()
        };
        assert_eq!(met("9.9", "10000"), 0);
        assert_eq!(met("10.1", "10000"), 1);
        assert_eq!(met("9.9", "9999"), 1);
        assert!(read("sign-seconds").is_err());
    }
}
