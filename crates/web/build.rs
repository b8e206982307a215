//! Makes sure that the style sheet and the islands are there and current before they are embedded.
//!
//! With the npm packages installed, stale files are rebuilt on the spot (0.2 s). Without them the
//! build stops and says what to run: a server without its style sheet must never come out.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::SystemTime;

/// What the server cannot do without.
const NEEDED: [&str; 5] = [
    "essor.css",
    "htmx.js",
    "suggest.js",
    "offline.js",
    "worker.js",
];

fn main() -> ExitCode {
    let web = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let sources = web.join("../../web-assets");
    let built = web.join("static");
    for watched in ["src", "build.mjs", "package-lock.json"] {
        watch(&sources.join(watched).to_string_lossy());
    }
    watch("static/essor.css");
    watch("templates");

    if is_current(&sources, &built) {
        return ExitCode::SUCCESS;
    }
    if sources.join("node_modules").is_dir()
        && Command::new("node")
            .arg(sources.join("build.mjs"))
            .output()
            .is_ok_and(|run| run.status.success())
        && is_current(&sources, &built)
    {
        return ExitCode::SUCCESS;
    }
    complain("crates/web/static is missing or older than web-assets: run `cargo xtask assets`");
    complain("(that is: cd web-assets && npm ci && npm run build)");
    ExitCode::FAILURE
}

fn watch(path: &str) {
    println!("cargo::rerun-if-changed={path}");
}

fn complain(sentence: &str) {
    println!("cargo::error={sentence}");
}

/// Whether every needed file exists and none is older than a source.
fn is_current(sources: &Path, built: &Path) -> bool {
    let newest = [
        sources.join("src"),
        sources.join("build.mjs"),
        sources.join("package-lock.json"),
    ]
    .iter()
    .filter_map(|path| newest_in(path))
    .max();
    let oldest = NEEDED
        .iter()
        .map(|name| modified(&built.join(name)))
        .min()
        .flatten();
    match (newest, oldest) {
        (Some(source), Some(result)) => result >= source,
        _ => false,
    }
}

/// The time of the last change in a file or folder.
fn newest_in(path: &Path) -> Option<SystemTime> {
    let Ok(entries) = std::fs::read_dir(path) else {
        return modified(path);
    };
    entries
        .flatten()
        .filter_map(|entry| newest_in(&entry.path()))
        .max()
}

fn modified(path: &Path) -> Option<SystemTime> {
    path.metadata().and_then(|about| about.modified()).ok()
}
