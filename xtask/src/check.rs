//! `cargo xtask check`: the gates that every change passes before its tests run.

use std::net::{TcpStream, ToSocketAddrs};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use clap::Args;

use crate::process::{self, succeeds, to_stderr};
use crate::{assets, install, project};

pub(crate) mod docs;
pub(crate) mod house;
pub(crate) mod i18n;

/// Which gates to pass.
#[derive(Args)]
pub(crate) struct Options {
    /// Only these gates, by name
    gates: Vec<String>,
}

type Gate = (&'static str, fn() -> Result<bool>);

/// The quick ones first, so that a slip is told early.
const GATES: [Gate; 9] = [
    ("format", format),
    ("house", || told(&house::run())),
    ("texts", || told(&i18n::run())),
    ("docs", || told(&docs::run())),
    ("unused-dependencies", unused_dependencies),
    ("dependencies", dependencies),
    ("advisories", advisories),
    ("lints", lints),
    ("rustdoc", rustdoc),
];

/// Pass every gate, even after one has failed, and tell each one's time.
pub(crate) fn run(options: &Options) -> Result<()> {
    if let Some(unknown) = options
        .gates
        .iter()
        .find(|name| GATES.iter().all(|(known, _)| *known != name.as_str()))
    {
        let names: Vec<&str> = GATES.iter().map(|(name, _)| *name).collect();
        bail!(
            "there is no gate `{unknown}`; the gates are: {}",
            names.join(", ")
        );
    }
    let mut failed = Vec::new();
    for (name, gate) in GATES {
        if !options.gates.is_empty() && !options.gates.iter().any(|wanted| wanted == name) {
            continue;
        }
        let since = Instant::now();
        let passed = gate()?;
        let word = if passed { "passed" } else { "FAILED" };
        eprintln!(
            "gate {name}: {word} in {:.1} s",
            since.elapsed().as_secs_f64()
        );
        if !passed {
            failed.push(name);
        }
    }
    if !failed.is_empty() {
        bail!("these gates failed: {}", failed.join(", "));
    }
    Ok(())
}

/// A gate's own sentences, told at once so that the next gates still run.
fn told(result: &Result<()>) -> Result<bool> {
    if process::interrupted() {
        bail!("stopped on request");
    }
    if let Err(error) = result {
        eprintln!("{error:#}");
    }
    Ok(result.is_ok())
}

fn format() -> Result<bool> {
    succeeds(
        project::cargo()
            .args(["fmt", "--all", "--check"])
            .stdout(to_stderr()?),
    )
}

fn lints() -> Result<bool> {
    assets::build()?;
    succeeds(project::cargo().args([
        "clippy",
        "--quiet",
        "--workspace",
        "--all-targets",
        "--",
        "--deny",
        "warnings",
    ]))
}

fn rustdoc() -> Result<bool> {
    assets::build()?;
    succeeds(
        project::cargo()
            .args([
                "doc",
                "--quiet",
                "--workspace",
                "--no-deps",
                "--document-private-items",
            ])
            .env("RUSTDOCFLAGS", "--deny warnings"),
    )
}

fn unused_dependencies() -> Result<bool> {
    let machete = install::cargo_tool("cargo-machete")?;
    succeeds(
        Command::new(machete)
            .current_dir(project::root())
            .args(["--skip-target-dir", "."])
            .stdout(to_stderr()?),
    )
}

fn dependencies() -> Result<bool> {
    deny(&["bans", "licenses", "sources"])
}

/// Known holes in dependencies. The list of them lives on the network, so that a machine without
/// access to it cannot check: it says so and goes on.
fn advisories() -> Result<bool> {
    if !reachable("github.com:443") {
        eprintln!("the advisory database (github.com) cannot be reached: not checked");
        return Ok(true);
    }
    deny(&["advisories"])
}

fn deny(what: &[&str]) -> Result<bool> {
    let deny = install::cargo_tool("cargo-deny")?;
    succeeds(
        Command::new(deny)
            .current_dir(project::root())
            .args([
                "--log-level",
                "error",
                "--all-features",
                "check",
                "--hide-inclusion-graph",
            ])
            .args(what)
            .stdout(to_stderr()?),
    )
}

fn reachable(host: &str) -> bool {
    host.to_socket_addrs()
        .into_iter()
        .flatten()
        .any(|address| TcpStream::connect_timeout(&address, Duration::from_secs(3)).is_ok())
}
