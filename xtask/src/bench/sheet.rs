//! `cargo xtask bench sheet`: reading photographs of attendance sheets.

use std::process::Command;

use anyhow::{Result, bail};

use super::figures::Figures;
use super::table::{Row, holds, markdown, plain_row};
use crate::process::{self, to_stderr};
use crate::project;

/// Measure and print the table; an error when a target is missed.
pub(crate) fn run() -> Result<()> {
    let build = [
        "build",
        "--quiet",
        "--release",
        "--package",
        "sheet",
        "--example",
        "photograph",
    ];
    process::run(project::cargo().args(build).stdout(to_stderr()?))?;
    let program = project::target_dir()?.join("release/examples/photograph");
    let printed = process::output(&mut Command::new(program))?;
    let rows = rows(&Figures::read(&printed)?)?;
    let mut out = std::io::stdout();
    std::io::Write::write_all(&mut out, markdown(&rows).as_bytes())?;
    let missed = rows.iter().filter(|row| row.met == Some(false)).count();
    if missed > 0 {
        bail!("{missed} targets are missed");
    }
    Ok(())
}

fn rows(figures: &Figures) -> Result<Vec<Row>> {
    let (mean, slowest) = (
        figures.get("mean-seconds")?,
        figures.get("slowest-seconds")?,
    );
    let (boxes, wrong) = (figures.get("boxes")?, figures.get("wrong")?);
    let share = |part: &str, whole: &str| -> Result<String> {
        let (part, whole) = (figures.get(part)?, figures.get(whole)?);
        Ok(format!("{part} of {whole}"))
    };
    Ok(vec![
        holds(
            &format!(
                "photograph of {} megapixels, one core, the slowest",
                figures.get("megapixels")?
            ),
            format!("{slowest:.2} s (mean {mean:.2} s)"),
            "≤ 2 s",
            slowest <= 2.0,
        ),
        holds(
            "boxes that say the opposite",
            format!("{wrong} of {boxes}"),
            "none",
            wrong == 0.0,
        ),
        plain_row("boxes left to the trainer", share("unsure", "boxes")?),
        plain_row(
            "lines of which the code cannot be read",
            share("unread", "lines")?,
        ),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn missed(slowest: &str, wrong: &str) -> usize {
        let printed = format!(
            "megapixels\t12.2\nmean-seconds\t0.5\nslowest-seconds\t{slowest}\nlines\t88\nunread\t0\n\
             boxes\t352\nunsure\t1\nwrong\t{wrong}\n"
        );
        let rows = rows(&Figures::read(&printed).unwrap()).unwrap();
        rows.iter().filter(|row| row.met == Some(false)).count()
    }

    #[test]
    fn slow_and_wrong_readings_miss_their_targets() {
        assert_eq!(missed("1.9", "0"), 0);
        assert_eq!(missed("2.1", "0"), 1);
        assert_eq!(missed("2.1", "1"), 2);
    }
}
