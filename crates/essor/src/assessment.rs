//! `essor assessment calibrate`: the items of the level test, estimated anew from the answers that people gave.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use application::assessment::{Enough, ItemReport, Report, calibration, with_parameters};
use application::{App, Config, content};
use clap::{Args, Subcommand};
use domain::assessment::bank::Bank;

use crate::configuration::DatabaseAddress;

#[derive(Subcommand)]
pub(crate) enum Assessment {
    /// Estimate the items anew from real answers, and say which do not do what is supposed of them. Nothing is changed: `--out` writes
    /// item files to look at and to put in the place of those of the content.
    Calibrate(Calibrate),
}

#[derive(Args)]
pub(crate) struct Calibrate {
    #[command(flatten)]
    address: DatabaseAddress,
    /// Print the report as one JSON object.
    #[arg(long)]
    json: bool,
    /// Folder to write the item files to, with the proposed parameters in them.
    #[arg(long)]
    out: Option<PathBuf>,
    /// Fewest tests to go on.
    #[arg(long, default_value_t = Enough::default().tests)]
    tests: usize,
    /// Fewest answers to an item that gets new parameters.
    #[arg(long, default_value_t = Enough::default().of_item)]
    answers: usize,
}

impl Assessment {
    pub(crate) async fn run(self) -> anyhow::Result<()> {
        let Self::Calibrate(calibrate) = self;
        calibrate.run().await
    }
}

impl Calibrate {
    #[expect(
        clippy::print_stdout,
        reason = "the report is the answer of this command"
    )]
    async fn run(self) -> anyhow::Result<()> {
        let database = self.address.open().await?;
        let app = App::new(database.clone(), Config::default())
            .await
            .map_err(|error| anyhow::anyhow!("{error}"))?;
        let enough = Enough {
            tests: self.tests.max(1),
            of_item: self.answers.max(1),
            ..Enough::default()
        };
        let found = calibration(&app, enough)
            .await
            .map_err(|error| anyhow::anyhow!("{error}"))?;
        drop(app);
        database.close().await;
        let report = match found {
            Ok(report) => report,
            Err(too_little) => bail!("{too_little}"),
        };
        if let Some(folder) = &self.out {
            write(folder, &report)?;
        }
        if self.json {
            println!("{}", serde_json::to_string(&report)?);
        } else {
            print!("{}", table(&report)?);
        }
        Ok(())
    }
}

/// The item files with the proposed parameters; what would not be read as it is meant is not written.
fn write(folder: &Path, report: &Report) -> anyhow::Result<()> {
    let proposed = report.proposed();
    let mut files = Vec::new();
    for (name, text) in content::assessment_files() {
        files.push((name, with_parameters(text, &proposed)));
    }
    let pictures: Vec<(String, String)> = content::embedded()
        .pictures
        .iter()
        .map(|(name, text)| (name.clone(), text.clone()))
        .collect();
    let bank = Bank::parse(&files, &pictures).context("the proposed files")?;
    for (item, parameters) in &proposed {
        let read = bank.item(item).and_then(|(_, item)| item.calibrated);
        if read != Some(*parameters) {
            bail!("the parameters of {item} could not be written");
        }
    }
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    for (name, text) in files {
        let file = Path::new(&name)
            .file_name()
            .context("a file without name")?;
        if text == content::embedded_text(&name).unwrap_or_default() {
            continue;
        }
        let path = folder.join(file);
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
        tracing::info!("{} written", path.display());
    }
    Ok(())
}

/// The report for people at a terminal.
fn table(report: &Report) -> anyhow::Result<String> {
    let mut out = String::new();
    writeln!(
        out,
        "{} answers of {} tests, {} cycles{}, log-likelihood {:.1}",
        report.answers,
        report.tests,
        report.cycles,
        if report.converged {
            ""
        } else {
            " (not settled)"
        },
        report.log_likelihood
    )?;
    if report.gone > 0 {
        writeln!(
            out,
            "{} answers to items that the bank no longer has are left out",
            report.gone
        )?;
    }
    let longest = report.items.iter().map(|item| item.item.len()).max();
    let wide = longest.unwrap_or_default().max(4);
    writeln!(
        out,
        "{:wide$} {:>5} {:>7} {:>6} {:>13} {:>13} {:>6} {:>6} {:>6} {:>6}  doubts",
        "item",
        "comp.",
        "answers",
        "right",
        "slope",
        "difficulty",
        "guess",
        "outfit",
        "infit",
        "shift"
    )?;
    for item in &report.items {
        line(&mut out, item, wide)?;
    }
    let doubtful = report.items.iter().filter(|item| !item.doubts.is_empty());
    let kept = report.items.iter().filter(|item| item.after.is_none());
    writeln!(
        out,
        "{} items, {} of them in doubt; {} were answered too rarely and keep what they have",
        report.items.len(),
        doubtful.count(),
        kept.count()
    )?;
    Ok(out)
}

fn line(out: &mut String, item: &ItemReport, wide: usize) -> std::fmt::Result {
    let with_error = |figure: f64, error: f64| format!("{figure:.2} ± {error:.2}");
    let (slope, difficulty, guess) = match &item.after {
        Some(found) => {
            let [slope, difficulty, _] = found.errors;
            (
                with_error(found.parameters.slope, slope),
                with_error(found.parameters.difficulty, difficulty),
                found.parameters.guess,
            )
        }
        None => ("kept".to_owned(), "kept".to_owned(), item.before.guess),
    };
    writeln!(
        out,
        "{:wide$} {:>5} {:>7} {:>6} {slope:>13} {difficulty:>13} {guess:>6.2} {:>6.2} {:>6.2} {:>6.1}  {}",
        item.item,
        item.competence,
        item.answers,
        item.right,
        item.outfit,
        item.infit,
        item.shift,
        item.doubts.join(", ")
    )
}
