//! What a command needs on the machine, installed where absent.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};

use crate::process::{self, find, run, to_stderr};
use crate::project;

/// Node and npm, for the scripts and styles and for the browser tests.
pub(crate) fn node() -> Result<()> {
    if find("node").is_some() && find("npm").is_some() {
        return Ok(());
    }
    apt("Node.js", &["nodejs", "npm"])
}

/// The system's Chromium, for the browser tests.
pub(crate) fn chromium() -> Result<PathBuf> {
    if let Some(path) = chromium_path() {
        return Ok(path);
    }
    apt("Chromium", &["chromium"])?;
    match chromium_path() {
        Some(path) => Ok(path),
        None => bail!("Chromium is installed but no program `chromium` is on the PATH"),
    }
}

fn chromium_path() -> Option<PathBuf> {
    ["chromium", "chromium-browser", "google-chrome"]
        .into_iter()
        .find_map(find)
}

/// The folder with PostgreSQL's server programs (`initdb`, `postgres`).
pub(crate) fn postgresql() -> Result<PathBuf> {
    if let Some(folder) = postgresql_folder() {
        return Ok(folder);
    }
    apt("the PostgreSQL server", &["postgresql"])?;
    match postgresql_folder() {
        Some(folder) => Ok(folder),
        None => bail!("PostgreSQL is installed but `initdb` is not where Debian puts it"),
    }
}

fn postgresql_folder() -> Option<PathBuf> {
    let mut versions: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let version = entry.file_name().to_string_lossy().parse().ok()?;
            Some((version, entry.path().join("bin")))
        })
        .filter(|(_, folder)| folder.join("initdb").is_file() && folder.join("postgres").is_file())
        .collect();
    versions.sort();
    let newest = versions.pop().map(|(_, folder)| folder);
    newest.or_else(|| Some(find("initdb")?.parent()?.to_path_buf()))
}

/// Install Debian packages, as root or through sudo.
fn apt(what: &str, packages: &[&str]) -> Result<()> {
    let by_hand = format!(
        "{what} is missing; install it by hand: apt-get install {}",
        packages.join(" ")
    );
    if find("apt-get").is_none() {
        bail!("{by_hand} (there is no apt-get here: use your system's own packages)");
    }
    let root = rustix::process::geteuid().is_root();
    if !root && find("sudo").is_none() {
        bail!("{by_hand} (xtask is not run by root and there is no sudo)");
    }
    eprintln!(
        "xtask: {what} is missing, installing {}",
        packages.join(" ")
    );
    for words in [
        &["update"][..],
        &["install", "--yes", "--no-install-recommends"][..],
    ] {
        let mut command = if root {
            Command::new("env")
        } else {
            Command::new("sudo")
        };
        if !root {
            command.arg("env");
        }
        command
            .args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet"])
            .args(words)
            .stdout(to_stderr()?);
        if words.contains(&"install") {
            command.args(packages);
        }
        if !process::succeeds(&mut command)? {
            bail!("{by_hand}");
        }
    }
    Ok(())
}

/// A cargo subcommand such as `cargo-deny`, built once into the target directory when the machine
/// has none. Built without optimisation: it runs for seconds and would compile for minutes.
pub(crate) fn cargo_tool(name: &str) -> Result<PathBuf> {
    let tools = project::target_dir()?.join("tools");
    let own = tools.join("bin").join(name);
    if own.is_file() {
        return Ok(own);
    }
    if let Some(path) = find(name).or_else(|| cargo_home_tool(name)) {
        return Ok(path);
    }
    eprintln!("xtask: {name} is missing, building it");
    run(project::cargo()
        .args(["install", "--locked", "--debug", "--quiet", "--root"])
        .arg(&tools)
        .arg("--target-dir")
        .arg(tools.join("build"))
        .arg(name)
        .stdout(to_stderr()?))?;
    Ok(own)
}

fn cargo_home_tool(name: &str) -> Option<PathBuf> {
    let home = std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".cargo")))?;
    let path = home.join("bin").join(name);
    path.is_file().then_some(path)
}
