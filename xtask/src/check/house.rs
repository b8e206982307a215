//! Rules of the house that no other tool knows: short files, no silenced lints, ten crates.

use std::fs;
use std::path::Path;

use anyhow::{Result, bail};

use crate::project;

/// More lines than this, tests not counted, and a file is two files.
const LONGEST: usize = 500;
/// A new crate needs other dependencies, a purity to guarantee or a real rebuild firewall.
const MOST_CRATES: usize = 10;

/// Check every source file; the error lists all that is wrong.
pub(crate) fn run() -> Result<()> {
    let mut wrong = Vec::new();
    let mut crates = 0;
    for path in project::files()? {
        if path.file_name().is_some_and(|name| name == "Cargo.toml")
            && path.components().count() > 1
        {
            crates += 1;
        }
        if !["rs", "ts", "mjs", "css"]
            .iter()
            .any(|wanted| project::has_extension(&path, wanted))
        {
            continue;
        }
        let text = fs::read_to_string(project::root().join(&path))?;
        let lines = without_tests(&path, &text).count();
        if lines > LONGEST {
            wrong.push(format!(
                "{}: {lines} lines, at most {LONGEST}",
                path.display()
            ));
        }
        if project::has_extension(&path, "rs") {
            for (number, line) in text.lines().enumerate() {
                if silences(line) {
                    let place = format!("{}:{}", path.display(), number + 1);
                    wrong.push(format!("{place}: use #[expect(…, reason = …)]"));
                }
            }
        }
    }
    if crates > MOST_CRATES {
        wrong.push(format!("{crates} crates, at most {MOST_CRATES}"));
    }
    if !wrong.is_empty() {
        bail!("{}", wrong.join("\n"));
    }
    Ok(())
}

fn silences(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("#[allow(") || line.starts_with("#![allow(")
}

/// The lines up to the test module; a file of tests has none.
pub(crate) fn without_tests<'t>(path: &Path, text: &'t str) -> impl Iterator<Item = &'t str> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let is_test = path.components().any(|part| part.as_os_str() == "tests")
        || name == "tests.rs"
        || name.ends_with("_tests.rs")
        || name.contains(".test.");
    let text = if is_test { "" } else { text };
    let begins = |line: &str| line.trim() == "#[cfg(test)]";
    // A test module in a file of its own is one line; what stands below it counts again.
    let elsewhere = |line: &str| line.trim_end().ends_with(';');
    let next = text.lines().skip(1).chain([""]);
    text.lines()
        .zip(next)
        .take_while(move |(line, next)| !begins(line) || elsewhere(next))
        .map(|(line, _)| line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_do_not_count_as_length() {
        let text = "fn a() {}\n\n#[cfg(test)]\nmod tests {\n}\n";
        assert_eq!(
            without_tests(Path::new("crates/a/src/lib.rs"), text).count(),
            2
        );
        assert_eq!(
            without_tests(Path::new("crates/a/tests/all.rs"), text).count(),
            0
        );
    }

    #[test]
    fn what_follows_a_test_module_in_another_file_counts() {
        let text = "mod a;\n\n#[cfg(test)]\nmod tests;\n\nfn a() {}\n";
        assert_eq!(
            without_tests(Path::new("crates/a/src/lib.rs"), text).count(),
            6
        );
    }

    #[test]
    fn silencing_a_lint_is_seen() {
        assert!(silences(&format!("  #[{}(dead_code)]", "allow")));
        assert!(!silences("#[expect(dead_code, reason = \"x\")]"));
    }
}
