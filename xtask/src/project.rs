//! Where things are: the project's root, the target directory, the files that git would keep.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

/// The root of the workspace.
pub(crate) fn root() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().unwrap_or(manifest).to_path_buf()
}

/// The target directory in which this very program was built.
pub(crate) fn target_dir() -> Result<PathBuf> {
    let here = env::current_exe().context("cannot find the path of xtask itself")?;
    here.ancestors()
        .nth(2)
        .map(Path::to_path_buf)
        .context("xtask is not inside a target directory")
}

/// The program `essor` as built with `profile`.
pub(crate) fn essor(profile: &str) -> Result<PathBuf> {
    let folder = if profile == "dev" { "debug" } else { profile };
    Ok(target_dir()?.join(folder).join("essor"))
}

/// The cargo that runs this program.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    command
}

/// git on this project, also where its folder belongs to someone else (a CI that runs as root).
pub(crate) fn git() -> Command {
    let mut git = Command::new("git");
    git.current_dir(root()).args(["-c", "safe.directory=*"]);
    git
}

/// Files that git keeps or would keep (not the ignored ones), relative to the root, sorted.
pub(crate) fn files() -> Result<Vec<PathBuf>> {
    let mut git = Command::new("git");
    git.current_dir(root()).args([
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ]);
    let listed = crate::process::output(&mut git)?;
    let mut files: Vec<PathBuf> = listed
        .split('\0')
        .filter(|name| !name.is_empty())
        .map(PathBuf::from)
        .filter(|path| root().join(path).is_file())
        .collect();
    files.sort();
    files.dedup();
    Ok(files)
}

/// Whether `path` ends with the extension `wanted`.
pub(crate) fn has_extension(path: &Path, wanted: &str) -> bool {
    path.extension()
        .is_some_and(|extension| extension == wanted)
}
