//! Content files: what is wrong with one, and how a version of one is named.

use std::fmt;

use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use crate::language::Translated;

/// What is wrong in a content file and what to do about it: a sentence of the locale files with its words, and the same in English for
/// logs and the command line.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Key of the sentence in the locale files; empty for what only content built into the program can have.
    pub key: &'static str,
    /// Words that the sentence names.
    pub words: Vec<(&'static str, String)>,
    english: String,
}

impl Problem {
    /// A problem with its sentence.
    pub fn new(key: &'static str, english: impl Into<String>) -> Self {
        Self {
            key,
            words: Vec::new(),
            english: english.into(),
        }
    }

    /// Adds a word that the sentence names.
    #[must_use]
    pub fn with(mut self, name: &'static str, word: impl Into<String>) -> Self {
        self.words.push((name, word.into()));
        self
    }

    /// Every key that a problem of pathway rules can have, for the test that every locale has its sentence.
    pub const KEYS: [&'static str; 33] = [
        "content-text-missing",
        "content-bad-name",
        "content-toml-missing-field",
        "content-toml-unknown-field",
        "content-toml-twice",
        "content-toml-kind",
        "content-toml-syntax",
        "content-versions",
        "content-most-steps",
        "content-level-from",
        "content-priority",
        "content-twice",
        "content-points",
        "content-unknown-questionnaire",
        "content-bad-definition",
        "content-question-level",
        "content-unknown-module",
        "content-condition-long",
        "content-condition-deep",
        "content-condition-syntax",
        "content-condition-truth",
        "content-condition-name",
        "content-condition-list",
        "content-condition-form",
        "content-condition-kinds",
        "content-condition-option",
        "content-blank-open",
        "content-blank-close",
        "content-blank-module",
        "content-blank-question",
        "content-blank-grid",
        "content-blank-option",
        "content-too-long",
    ];
}

impl From<String> for Problem {
    fn from(english: String) -> Self {
        Self::new("", english)
    }
}

impl From<&str> for Problem {
    fn from(english: &str) -> Self {
        Self::new("", english)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.english)
    }
}

/// One thing that is wrong in a content file, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ContentError {
    /// The file, as it was given to the loader.
    pub file: String,
    /// The field, such as `prerequisites[1]` or `parts.input.en`; empty when the whole file is
    /// unreadable.
    pub field: String,
    /// What is wrong and what to do.
    pub problem: Problem,
}

impl fmt::Display for ContentError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.field.is_empty() {
            write!(out, "{}: {}", self.file, self.problem)
        } else {
            write!(out, "{}: {}: {}", self.file, self.field, self.problem)
        }
    }
}

/// Everything wrong in the content that was loaded, in the order of files.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct ContentErrors(pub Vec<ContentError>);

/// Collects what is wrong while loading, so that all of it can be told at once.
#[derive(Debug, Default)]
pub(crate) struct Problems(Vec<ContentError>);

impl Problems {
    /// Notes one problem.
    pub(crate) fn add(
        &mut self,
        file: &str,
        field: impl Into<String>,
        problem: impl Into<Problem>,
    ) {
        self.0.push(ContentError {
            file: file.to_owned(),
            field: field.into(),
            problem: problem.into(),
        });
    }

    /// Notes the languages in which a text is missing.
    pub(crate) fn need_text(&mut self, file: &str, field: &str, text: &Translated) {
        for language in text.missing() {
            self.add(
                file,
                format!("{field}.{language}"),
                Problem::new(
                    "content-text-missing",
                    "this text is missing; write it in every language",
                ),
            );
        }
    }

    /// Notes a slug that would not work in addresses and conditions.
    pub(crate) fn need_slug(&mut self, file: &str, field: &str, slug: &str) {
        if !is_slug(slug) {
            self.add(
                file,
                field,
                Problem::new(
                    "content-bad-name",
                    format!(
                        "\"{slug}\" cannot be used as a name; write 1 to 60 small letters without accents, figures and hyphens, starting with a letter"
                    ),
                )
                .with("name", slug),
            );
        }
    }

    /// Reads one TOML file, noting why where it cannot be read.
    pub(crate) fn read<T: DeserializeOwned>(&mut self, file: &str, text: &str) -> Option<T> {
        match toml::from_str(text) {
            Ok(value) => Some(value),
            Err(error) => {
                let line = error
                    .span()
                    .and_then(|span| text.get(..span.start))
                    .map(|before| before.matches('\n').count() + 1);
                let field = line.map(|line| format!("line {line}")).unwrap_or_default();
                self.add(file, field, unreadable(error.message().trim()));
                None
            }
        }
    }

    /// Whether nothing was noted so far.
    pub(crate) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value, if nothing was noted.
    pub(crate) fn or<T>(self, value: T) -> Result<T, ContentErrors> {
        if self.is_empty() {
            Ok(value)
        } else {
            Err(self.into_errors())
        }
    }

    /// What was noted, by file and field.
    pub(crate) fn into_errors(mut self) -> ContentErrors {
        self.0.sort();
        self.0.dedup();
        ContentErrors(self.0)
    }
}

/// What the reader of TOML says, with the words in it that help.
fn unreadable(message: &str) -> Problem {
    let named = |before: &str| {
        let (_, rest) = message.split_once(before)?;
        Some(rest.split_once('`')?.0.to_owned())
    };
    let english = message.replace('\n', "; ");
    if let Some(name) = named("missing field `") {
        Problem::new("content-toml-missing-field", english).with("name", name)
    } else if let Some(name) = named("unknown field `") {
        let known = message
            .split_once("expected")
            .map_or("", |(_, known)| known);
        let known: Vec<&str> = known.split('`').skip(1).step_by(2).collect();
        Problem::new("content-toml-unknown-field", english)
            .with("name", name)
            .with("known", known.join(", "))
    } else if message.contains("duplicate") {
        Problem::new("content-toml-twice", english)
    } else if message.starts_with("invalid type") || message.starts_with("invalid value") {
        Problem::new("content-toml-kind", english)
    } else {
        Problem::new("content-toml-syntax", english)
    }
}

/// Small letters without accents, figures and inner hyphens.
pub(crate) fn is_slug(text: &str) -> bool {
    text.len() <= 60
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && !text.ends_with('-')
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// The name of one state of some content: the same for the same content, whatever the layout and
/// comments of its file. Recorded wherever content was used, so that a later change is noticed.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(transparent)]
pub struct ContentVersion(String);

impl ContentVersion {
    /// Names the state of some content: 16 hexadecimal digits of the SHA-256 of its JSON.
    pub(crate) fn of(content: &impl Serialize) -> Self {
        // Content types have text keys only, so writing them as JSON cannot fail.
        let json = serde_json::to_vec(content).unwrap_or_default();
        let digest = Sha256::digest(&json);
        Self(digest.iter().take(8).map(|b| format!("{b:02x}")).collect())
    }

    /// The name itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ContentVersion {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// Checks a published JSON Schema against the Rust type it describes. `UPDATE_SCHEMAS=1` rewrites
/// the file instead.
#[cfg(test)]
pub(crate) fn assert_schema<T: schemars::JsonSchema>(name: &str) {
    let path = format!(
        "{}/../../content/schema/{name}.schema.json",
        env!("CARGO_MANIFEST_DIR")
    );
    let schema = schemars::schema_for!(T);
    let wanted = serde_json::to_string_pretty(&schema).unwrap() + "\n";
    if std::env::var_os("UPDATE_SCHEMAS").is_some() {
        std::fs::write(&path, &wanted).unwrap();
    }
    // Compared as values: the order of keys depends on what else is compiled.
    let published = std::fs::read_to_string(&path).unwrap_or_default();
    let published: serde_json::Value = serde_json::from_str(&published).unwrap_or_default();
    assert!(
        published == serde_json::to_value(&schema).unwrap(),
        "{path} is out of date: run UPDATE_SCHEMAS=1 cargo test -p domain schema"
    );
}

/// The files of the real content directory, for tests.
#[cfg(test)]
pub(crate) fn real_files(under: &str) -> Vec<(String, String)> {
    let root = format!("{}/../../content", env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for entry in std::fs::read_dir(format!("{root}/{under}")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|end| end == "toml") {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let name = if under.is_empty() {
                name
            } else {
                format!("{under}/{name}")
            };
            files.push((name, std::fs::read_to_string(&path).unwrap()));
        }
    }
    files.sort();
    files
}
