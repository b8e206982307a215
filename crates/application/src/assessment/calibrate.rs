//! Items estimated anew from the answers that people gave.

use std::collections::BTreeMap;

use domain::assessment::adaptive::{Answered, Parameters};
use domain::assessment::bank;
use domain::assessment::calibration::{Doubt, Settings, calibrate, fit};
use serde::Serialize;

use crate::{App, Error, Result, content};

/// How much there must be to go on.
#[derive(Clone, Copy, Debug)]
pub struct Enough {
    /// Tests.
    pub tests: usize,
    /// Answers of a test that counts.
    pub answers: usize,
    /// Answers to an item that gets new parameters.
    pub of_item: usize,
}

impl Default for Enough {
    /// 100 tests of at least 5 answers; 50 answers to an item. Fewer give difficulties whose standard errors reach that of a guess by
    /// level, half a level being 0.35.
    fn default() -> Self {
        Self {
            tests: 100,
            answers: 5,
            of_item: 50,
        }
    }
}

/// There is too little to go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "there is too little to calibrate from: {tests} tests with {answers} answers or more, at least {wanted} are needed"
)]
pub struct TooLittle {
    /// Tests there are.
    pub tests: usize,
    /// Answers of a test that counts.
    pub answers: usize,
    /// Tests that are needed.
    pub wanted: usize,
}

/// An item's parameters with their standard errors: slope, difficulty, guess.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Calibrated {
    /// The estimates.
    pub parameters: Parameters,
    /// Their standard errors, in the same order; 0 where one was not estimated.
    pub errors: [f64; 3],
}

/// An item in the report.
#[derive(Clone, Debug, Serialize)]
pub struct ItemReport {
    /// Slug.
    pub item: String,
    /// Number of its competence.
    pub competence: String,
    /// Answers.
    pub answers: usize,
    /// Of these right.
    pub right: usize,
    /// The parameters so far.
    pub before: Parameters,
    /// The new ones; none where the item was answered too rarely and keeps those it has.
    pub after: Option<Calibrated>,
    /// Mean square of the standardised differences from what was expected: 1 when all is well.
    pub outfit: f64,
    /// The same weighted by information.
    pub infit: f64,
    /// Right answers beyond what was expected, in standard deviations.
    pub shift: f64,
    /// What to look into: `harder`, `easier`, `erratic`, `tells-nothing`.
    pub doubts: Vec<&'static str>,
}

/// What a calibration found.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// Tests that it rests on.
    pub tests: usize,
    /// Answers that it rests on.
    pub answers: usize,
    /// Answers to items that the bank no longer has, left out.
    pub gone: usize,
    /// Cycles of the estimation.
    pub cycles: usize,
    /// Whether it has settled.
    pub converged: bool,
    /// Marginal log-likelihood.
    pub log_likelihood: f64,
    /// Every item that anybody answered, in the order of the bank.
    pub items: Vec<ItemReport>,
}

impl Report {
    /// The new parameters, by item, as content files hold them.
    #[must_use]
    pub fn proposed(&self) -> BTreeMap<String, bank::Calibrated> {
        self.items
            .iter()
            .filter_map(|item| {
                let found = item.after?.parameters;
                let proposed = bank::Calibrated {
                    slope: rounded(found.slope),
                    difficulty: rounded(found.difficulty),
                    guess: rounded(found.guess),
                    answers: u32::try_from(item.answers).unwrap_or(u32::MAX),
                };
                Some((item.item.clone(), proposed))
            })
            .collect()
    }
}

/// To the thousandth: finer than any standard error.
fn rounded(figure: f64) -> f64 {
    (figure * 1000.0).round() / 1000.0
}

const fn doubt(doubt: Doubt) -> &'static str {
    match doubt {
        Doubt::Harder => "harder",
        Doubt::Easier => "easier",
        Doubt::Erratic => "erratic",
        Doubt::TellsNothing => "tells-nothing",
    }
}

/// Estimates the items of the bank anew from all answers there are, and says which do not do what is supposed of them. For the command
/// line: it reads no name and changes nothing.
///
/// # Errors
/// The store's. [`TooLittle`] where there is too little to go on.
pub async fn calibration(
    app: &App,
    enough: Enough,
) -> Result<std::result::Result<Report, TooLittle>> {
    let every = {
        let mut db = app.read().await?;
        store::assessment::every_answer(&mut db).await?
    };
    let bank = content::bank();
    let (mut runs, mut gone): (BTreeMap<String, Vec<Answered>>, usize) = (BTreeMap::new(), 0);
    for (run, item, is_right) in every {
        match bank.item(&item) {
            Some((place, _)) => runs.entry(run).or_default().push(Answered {
                item: place,
                right: is_right == 1,
            }),
            None => gone += 1,
        }
    }
    let people: Vec<Vec<Answered>> = runs
        .into_values()
        .filter(|answers| answers.len() >= enough.answers)
        .collect();
    if people.len() < enough.tests {
        return Ok(Err(TooLittle {
            tests: people.len(),
            answers: enough.answers,
            wanted: enough.tests,
        }));
    }
    let report = tokio::task::spawn_blocking(move || estimate(&people, gone, enough))
        .await
        .map_err(|error| Error::Internal(error.to_string()))??;
    Ok(Ok(report))
}

fn estimate(people: &[Vec<Answered>], gone: usize, enough: Enough) -> Result<Report> {
    let bank = content::bank();
    let supposed: Vec<Parameters> = bank.items().iter().map(bank::Item::parameters).collect();
    let found = calibrate(people, &supposed, &Settings::default())
        .map_err(|error| Error::Internal(error.to_string()))?;
    // An item keeps its parameters where few have answered; misfit is told of those that will be in use.
    let used: Vec<Parameters> = found
        .items
        .iter()
        .zip(&supposed)
        .map(|(found, supposed)| {
            if found.answers >= enough.of_item {
                found.parameters
            } else {
                *supposed
            }
        })
        .collect();
    let items = bank
        .items()
        .iter()
        .zip(&found.items)
        .zip(&supposed)
        .zip(fit(people, &used))
        .filter(|(((_, found), _), _)| found.answers > 0)
        .map(|(((item, found), before), fit)| ItemReport {
            item: item.slug.clone(),
            competence: item.competence.clone(),
            answers: found.answers,
            right: found.right,
            before: *before,
            after: (found.answers >= enough.of_item).then_some(Calibrated {
                parameters: found.parameters,
                errors: found.errors,
            }),
            outfit: fit.outfit,
            infit: fit.infit,
            shift: fit.shift,
            doubts: fit.doubts.into_iter().map(doubt).collect(),
        })
        .collect();
    Ok(Report {
        tests: people.len(),
        answers: people.iter().map(Vec::len).sum(),
        gone,
        cycles: found.cycles,
        converged: found.converged,
        log_likelihood: found.log_likelihood,
        items,
    })
}

/// The text of an items file with other parameters: every other line stays as it is. Items that are not named keep what they have.
#[must_use]
pub fn with_parameters(text: &str, proposed: &BTreeMap<String, bank::Calibrated>) -> String {
    let mut out = String::with_capacity(text.len() + 100 * proposed.len());
    // Lines of the item at hand, up to its first answer.
    let mut head: Vec<&str> = Vec::new();
    let mut in_head = false;
    for line in text.lines() {
        let trimmed = line.trim();
        if in_head && trimmed.starts_with('[') {
            write_head(&mut out, &head, proposed);
            head.clear();
            in_head = false;
        }
        if trimmed == "[[items]]" {
            in_head = true;
        }
        if in_head {
            head.push(line);
        } else {
            out.push_str(line);
            out.push('\n');
        }
    }
    write_head(&mut out, &head, proposed);
    out
}

fn write_head(out: &mut String, head: &[&str], proposed: &BTreeMap<String, bank::Calibrated>) {
    let slug = head.iter().find_map(|line| {
        let value = line.trim().strip_prefix("slug")?.trim_start();
        Some(value.strip_prefix('=')?.trim().trim_matches('"'))
    });
    let found = slug.and_then(|slug| proposed.get(slug));
    let kept: Vec<&&str> = head
        .iter()
        .filter(|line| found.is_none() || !line.trim_start().starts_with("calibrated"))
        .collect();
    // The line goes before the empty ones that part the head from the answers.
    let last = kept.iter().rposition(|line| !line.trim().is_empty());
    for (place, line) in kept.iter().enumerate() {
        out.push_str(line);
        out.push('\n');
        if let (true, Some(found)) = (Some(place) == last, found) {
            let bank::Calibrated {
                slope,
                difficulty,
                guess,
                answers,
            } = found;
            out.push_str(&format!(
                "calibrated = {{ slope = {slope:?}, difficulty = {difficulty:?}, guess = {guess:?}, answers = {answers} }}\n"
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proposal() -> BTreeMap<String, bank::Calibrated> {
        let found = bank::Calibrated {
            slope: 1.25,
            difficulty: -0.5,
            guess: 0.0,
            answers: 321,
        };
        BTreeMap::from([("barre-adresse".to_owned(), found)])
    }

    #[test]
    fn a_proposed_file_differs_in_the_parameters_alone() {
        let text = content::embedded_text("assessment/1-information.toml").unwrap();
        assert_eq!(with_parameters(text, &BTreeMap::new()), text);
        let changed = with_parameters(text, &proposal());
        let line = "calibrated = { slope = 1.25, difficulty = -0.5, guess = 0.0, answers = 321 }";
        assert_eq!(changed.matches(line).count(), 1);
        assert_eq!(changed.replace(&format!("{line}\n"), ""), text);
        // Once more, over what is there.
        assert_eq!(with_parameters(&changed, &proposal()), changed);
    }

    #[test]
    fn a_proposed_file_can_be_read_and_means_what_it_says() {
        let mut files = Vec::new();
        for (name, _) in content::assessment_files() {
            let text = content::embedded_text(&name).unwrap();
            files.push((name, with_parameters(text, &proposal())));
        }
        let pictures: Vec<(String, String)> = content::embedded()
            .pictures
            .iter()
            .map(|(name, text)| (name.clone(), text.clone()))
            .collect();
        let bank = bank::Bank::parse(&files, &pictures).unwrap();
        let item = bank.item("barre-adresse").unwrap().1;
        assert_eq!(item.calibrated, proposal().get("barre-adresse").copied());
        assert_eq!(
            item.version(),
            content::bank().item("barre-adresse").unwrap().1.version()
        );
    }
}
