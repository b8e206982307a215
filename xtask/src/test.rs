//! `cargo xtask test`: every test, with the servers that the tests need.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};
use clap::Args;

use crate::postgres::{Durability, Server};
use crate::process::{self, succeeds, to_stderr};
use crate::{assets, install, project};

/// What to test.
#[derive(Args)]
pub(crate) struct Options {
    /// Leave out the browser walks
    #[arg(long)]
    no_browser: bool,
    /// Only the browser walks
    #[arg(long, conflicts_with = "no_browser")]
    only_browser: bool,
    /// Only the tests whose name contains one of these
    filters: Vec<String>,
}

/// Install what is missing, run the tests, stop everything again.
pub(crate) fn run(options: &Options) -> Result<()> {
    let nextest = install::cargo_tool("cargo-nextest")?;
    assets::build()?;
    let server = Server::start(Durability::Careless)?;
    let postgres = server.url("postgres");
    let mut failed = Vec::new();
    if !options.only_browser && !rust(&nextest, &postgres, &options.filters)? {
        failed.push("Rust");
    }
    if !options.only_browser && options.filters.is_empty() && !outside()? {
        failed.push("checkers by others");
    }
    if !options.no_browser && !browser(&options.filters)? {
        failed.push("browser");
    }
    if !failed.is_empty() {
        bail!("these tests failed: {}", failed.join(", "));
    }
    Ok(())
}

fn rust(nextest: &Path, postgres: &str, filters: &[String]) -> Result<bool> {
    // Before the others, so that their summary is the last word on Rust.
    let mut passed = true;
    if filters.is_empty() && has_doctests()? {
        let words = ["test", "--workspace", "--doc", "--quiet"];
        passed = succeeds(project::cargo().args(words).stdout(to_stderr()?))?;
    }
    let references = project::target_dir()?.join("snapshot-references.txt");
    let _ = fs::remove_file(&references);
    passed &= succeeds(
        Command::new(nextest)
            .current_dir(project::root())
            .args([
                "nextest",
                "run",
                "--workspace",
                "--no-fail-fast",
                "--retries=0",
            ])
            .args(["--status-level=slow", "--final-status-level=slow"])
            .args((!filters.is_empty()).then_some("--no-tests=pass"))
            .args(filters)
            .env("ESSOR_TEST_POSTGRES_URL", postgres)
            .env("INSTA_UPDATE", "no")
            .env("INSTA_SNAPSHOT_REFERENCES_FILE", &references)
            .stdout(to_stderr()?),
    )?;
    if filters.is_empty() && passed {
        passed = snapshots_are_referenced(&references)?;
    }
    Ok(passed)
}

/// A snapshot that no test compares with is a test that has been lost.
fn snapshots_are_referenced(references: &Path) -> Result<bool> {
    let seen: BTreeSet<PathBuf> = fs::read_to_string(references)
        .unwrap_or_default()
        .lines()
        .filter_map(|line| fs::canonicalize(line).ok())
        .collect();
    let mut lost = Vec::new();
    for path in project::files()? {
        if project::has_extension(&path, "snap")
            && !seen.contains(&fs::canonicalize(project::root().join(&path))?)
        {
            lost.push(path);
        }
    }
    for path in &lost {
        eprintln!("no test refers to this snapshot: {}", path.display());
    }
    Ok(lost.is_empty())
}

fn has_doctests() -> Result<bool> {
    for path in project::files()? {
        if path.starts_with("crates") && project::has_extension(&path, "rs") {
            let text = fs::read_to_string(project::root().join(&path))?;
            if holds_doctest(&text) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// Whether a block of code in the documentation is Rust: one that names no other language.
fn holds_doctest(text: &str) -> bool {
    let comments = text.lines().filter_map(|line| {
        let line = line.trim_start();
        line.strip_prefix("///")
            .or_else(|| line.strip_prefix("//!"))
    });
    let mut inside = false;
    for fence in comments.filter_map(|line| line.trim().strip_prefix("```")) {
        let is_rust = ["", "rust", "no_run", "should_panic", "compile_fail"]
            .contains(&fence.split(',').next().unwrap_or(""));
        if !inside && is_rust {
            return true;
        }
        inside = !inside;
    }
    false
}

/// What others say of our PDF files and badges. Without Python or its packages the rest is tested all the same, and says so.
fn outside() -> Result<bool> {
    let folder = project::target_dir()?.join("outside");
    let python = folder.join("venv/bin/python");
    fs::create_dir_all(&folder)?;
    let wanted = project::root().join("tests/outside/requirements.txt");
    let installed = (python.is_file()
        || succeeds(
            Command::new("python3")
                .args(["-m", "venv"])
                .arg(folder.join("venv")),
        )
        .unwrap_or(false))
        && succeeds(
            Command::new(&python)
                .args([
                    "-m",
                    "pip",
                    "install",
                    "--quiet",
                    "--disable-pip-version-check",
                ])
                .arg("--requirement")
                .arg(&wanted)
                .stdout(to_stderr()?),
        )
        .unwrap_or(false);
    if !installed {
        eprintln!(
            "the checkers of {} could not be installed: PDF/A, PDF/UA and Open Badges are not checked by others",
            wanted.display()
        );
        return Ok(true);
    }
    let samples = folder.join("samples");
    fs::create_dir_all(&samples)?;
    let build = ["build", "--quiet", "--workspace", "--example", "samples"];
    process::run(project::cargo().args(build).stdout(to_stderr()?))?;
    let program = project::target_dir()?.join("debug/examples/samples");
    process::run(Command::new(program).arg(&samples).stdout(to_stderr()?))?;
    succeeds(
        Command::new(&python)
            .arg(project::root().join("tests/outside/check.py"))
            .arg(&samples)
            .stdout(to_stderr()?),
    )
}

fn browser(filters: &[String]) -> Result<bool> {
    let chromium = install::chromium()?;
    let folder = project::root().join("tests/browser");
    assets::packages(&folder)?;
    // The same shape as the Rust tests, so that no dependency is compiled again.
    process::run(project::cargo().args(["build", "--quiet", "--workspace", "--tests", "--bins"]))?;
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)?
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.to_string_lossy().ends_with(".test.mjs"))
        .collect();
    files.sort();
    let mut node = Command::new("node");
    node.current_dir(&folder)
        .args(["--test", "--test-reporter=spec"])
        .args(
            filters
                .iter()
                .map(|filter| format!("--test-name-pattern={filter}")),
        )
        .args(files)
        .env("ESSOR_BIN", project::essor("dev")?)
        .env("ESSOR_CHROMIUM", chromium);
    succeeds(&mut node)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_rust_in_documentation_is_a_doctest() {
        assert!(holds_doctest("/// ```\n/// f();\n/// ```\n"));
        assert!(holds_doctest("//! ```rust,no_run\n//! f();\n//! ```\n"));
        assert!(!holds_doctest(
            "/// ```text\n/// a tree\n/// ```\nfn f() {}\n"
        ));
    }
}
