//! Scripts and styles: `web-assets/` built by npm into `crates/web/static/`.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::process::{run, to_stderr};
use crate::{install, project};

/// Build when the sources differ from those of the last build, else do nothing and say nothing.
pub(crate) fn build() -> Result<()> {
    let root = project::root();
    let sources = root.join("web-assets");
    let built = root.join("crates/web/static");
    let mark = sources.join("node_modules/.built-from");
    let files: Vec<PathBuf> = project::files()?
        .into_iter()
        .filter(|path| path.starts_with("web-assets"))
        .collect();
    let fingerprint = fingerprint(&root, &files)?;
    let has_output = fs::read_dir(&built).is_ok_and(|mut entries| entries.next().is_some());
    if has_output && fs::read_to_string(&mark).is_ok_and(|mark| mark == fingerprint) {
        return Ok(());
    }
    packages(&sources)?;
    eprintln!("xtask: building the scripts and styles");
    run(Command::new("npm")
        .args(["run", "build", "--silent"])
        .current_dir(&sources)
        .stdout(to_stderr()?))?;
    fs::write(&mark, fingerprint).context("cannot note what the assets were built from")
}

/// Install the npm packages of `folder` when its lock file differs from the installed one.
pub(crate) fn packages(folder: &Path) -> Result<()> {
    install::node()?;
    let mark = folder.join("node_modules/.installed-from");
    let wanted = fingerprint(folder, &["package.json".into(), "package-lock.json".into()])?;
    if fs::read_to_string(&mark).is_ok_and(|mark| mark == wanted) {
        return Ok(());
    }
    eprintln!("xtask: installing the npm packages of {}", folder.display());
    run(Command::new("npm")
        .args([
            "ci",
            "--ignore-scripts",
            "--silent",
            "--no-audit",
            "--no-fund",
            "--no-progress",
        ])
        .current_dir(folder)
        .stdout(to_stderr()?))?;
    fs::create_dir_all(folder.join("node_modules"))?;
    fs::write(&mark, wanted).context("cannot note which packages are installed")
}

/// A short text that changes when a name or a content among `files` changes.
fn fingerprint(base: &Path, files: &[PathBuf]) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    for file in files {
        let path = base.join(file);
        file.hash(&mut hasher);
        fs::read(&path)
            .with_context(|| format!("cannot read {}", path.display()))?
            .hash(&mut hasher);
    }
    Ok(format!("{:016x}", hasher.finish()))
}
