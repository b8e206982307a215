//! Paths named in the documents exist.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use regex_lite::Regex;

use crate::{process, project};

/// Endings by which a word in code type is a file of ours.
const OURS: [&str; 12] = [
    "rs", "md", "toml", "sql", "ts", "mjs", "html", "json", "ftl", "css", "typ", "csv",
];

/// Check every Markdown file; the error lists all that is wrong.
pub(crate) fn run() -> Result<()> {
    let root = project::root();
    let mut wrong = Vec::new();
    for document in project::files()? {
        if !project::has_extension(&document, "md") {
            continue;
        }
        let text = fs::read_to_string(root.join(&document))?;
        for (line, named) in paths_named(&text)? {
            if !exists(&root, &document, &named) {
                wrong.push(format!(
                    "{}:{line}: there is no `{named}`",
                    document.display()
                ));
            }
        }
    }
    if !wrong.is_empty() {
        bail!("{}", wrong.join("\n"));
    }
    Ok(())
}

/// Line numbers and paths: targets of links, and words in code type that look like our files.
fn paths_named(text: &str) -> Result<Vec<(usize, String)>> {
    let code = Regex::new(r"`([A-Za-z0-9_.@{},*-]+(?:/[A-Za-z0-9_.@{},*-]*)+)`")?;
    let link = Regex::new(r"\]\(<?([^)\s>]+)>?(?: [^)]*)?\)")?;
    let mut named = Vec::new();
    let mut fenced = false;
    for (index, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
            continue;
        }
        if fenced {
            continue;
        }
        for found in code.captures_iter(line) {
            let path = found.get(1).map_or("", |group| group.as_str());
            if is_ours(path) {
                named.push((index + 1, path.to_owned()));
            }
        }
        for found in link.captures_iter(line) {
            let target = found.get(1).map_or("", |group| group.as_str());
            let path = target.split('#').next().unwrap_or("");
            let elsewhere = path.contains(':') || path.starts_with('/');
            if !path.is_empty() && !elsewhere {
                named.push((index + 1, path.to_owned()));
            }
        }
    }
    Ok(named)
}

/// Whether a word in code type names a file or folder of ours: by its first folder or its ending.
/// Words with a placeholder in capitals (`crates/NAME`) name none.
fn is_ours(path: &str) -> bool {
    let mut parts = path.split('/');
    let first = parts.next().unwrap_or("");
    let placeholder = path
        .split(['/', '.', '_', '-'])
        .any(|part| part.len() > 1 && part.chars().all(|c| c.is_ascii_uppercase()));
    if placeholder && !path.to_ascii_lowercase().ends_with(".md") {
        return false;
    }
    project::root().join(first).is_dir() && !first.is_empty()
        || Path::new(path)
            .extension()
            .is_some_and(|ending| OURS.iter().any(|ours| ending.to_string_lossy() == *ours))
}

fn exists(root: &Path, document: &Path, named: &str) -> bool {
    let beside = root
        .join(document)
        .parent()
        .map_or_else(|| root.to_path_buf(), Path::to_path_buf);
    alternatives(named).iter().all(|path| {
        // ARCHITECTURE.md speaks of crates by their name alone.
        [root.to_path_buf(), root.join("crates"), beside.clone()]
            .iter()
            .any(|base| matches(base, path) || is_made(base, path))
    })
}

/// `a/{b,c}` is `a/b` and `a/c`.
fn alternatives(path: &str) -> Vec<String> {
    let Some((before, rest)) = path.split_once('{') else {
        return vec![path.to_owned()];
    };
    let Some((choices, after)) = rest.split_once('}') else {
        return vec![path.to_owned()];
    };
    choices
        .split(',')
        .flat_map(|choice| alternatives(&format!("{before}{choice}{after}")))
        .collect()
}

/// Whether a path with `*` in its parts names something.
fn matches(base: &Path, path: &str) -> bool {
    let mut reached: Vec<PathBuf> = vec![base.to_path_buf()];
    for part in path.split('/').filter(|part| !part.is_empty()) {
        reached = match part.split_once('*') {
            None => reached
                .iter()
                .map(|folder| folder.join(part))
                .filter(|p| p.exists())
                .collect(),
            Some((start, end)) => reached
                .iter()
                .filter_map(|folder| fs::read_dir(folder).ok())
                .flat_map(Iterator::flatten)
                .filter(|entry| {
                    let name = entry.file_name().to_string_lossy().into_owned();
                    name.starts_with(start) && name.ends_with(end.trim_start_matches('*'))
                })
                .map(|entry| entry.path())
                .collect(),
        };
    }
    !reached.is_empty()
}

/// Whether git ignores the path: then a command makes it, and it need not be there now.
fn is_made(base: &Path, path: &str) -> bool {
    let mut git = project::git();
    git.args(["check-ignore"])
        .arg(base.join(path))
        .arg(base.join(path).join(""));
    process::output(&mut git).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_and_words_in_code_type_are_found() {
        let text =
            "see `xtask/src/main.rs` and [it](docs/a.md#b), not `GET /x` nor [u](https://x.y)";
        let found: Vec<String> = paths_named(text)
            .unwrap()
            .into_iter()
            .map(|(_, p)| p)
            .collect();
        assert_eq!(found, ["xtask/src/main.rs", "docs/a.md"]);
    }

    #[test]
    fn a_missing_file_is_seen_and_a_present_one_passes() {
        let root = project::root();
        let document = Path::new("README.md");
        assert!(exists(&root, document, "xtask/src/{main,check}.rs"));
        assert!(exists(&root, document, "crates/*/Cargo.toml"));
        assert!(exists(&root, document, "demo-data/"));
        assert!(!exists(&root, document, "xtask/src/gone.rs"));
    }
}
