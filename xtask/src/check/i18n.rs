//! Texts: every key exists in every language with the same variables, is used, and every key that
//! is used exists. Texts live in `locales/LANGUAGE/*.ftl`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use regex_lite::Regex;

use crate::check::house;
use crate::project;

/// A message: the variables it takes, and the place of its definition.
#[derive(Debug, Default, PartialEq, Eq)]
struct Message {
    variables: BTreeSet<String>,
    place: String,
}

type Messages = BTreeMap<String, Message>;

/// Check all texts; the error lists all that is wrong.
pub(crate) fn run() -> Result<()> {
    let root = project::root();
    let mut wrong = Vec::new();
    let mut languages: BTreeMap<String, Messages> = BTreeMap::new();
    let mut sources = Vec::new();
    let mut referred = BTreeSet::new();
    for path in project::files()? {
        if project::has_extension(&path, "ftl") {
            let language = language_of(&path)?;
            let text = fs::read_to_string(root.join(&path))?;
            let messages = languages.entry(language).or_default();
            read_messages(&path, &text, messages, &mut wrong)?;
            referred.extend(references(&text)?);
        } else if is_source(&path) {
            let text = fs::read_to_string(root.join(&path))?;
            let lines: Vec<&str> = house::without_tests(&path, &text).collect();
            sources.push((path, lines.join("\n")));
        }
    }
    let Some(first) = languages.get("fr") else {
        return Ok(());
    };
    compare(first, &languages, &mut wrong);
    let mut uses = Uses {
        words: referred,
        ..Uses::default()
    };
    for (path, text) in &sources {
        uses.read(path, text)?;
    }
    for (key, place) in &uses.calls {
        if !first.contains_key(key) {
            wrong.push(format!(
                "{place}: the text `{key}` exists in no locale file"
            ));
        }
    }
    for (key, message) in first {
        if !uses.has(key) {
            wrong.push(format!("{}: nothing uses the text `{key}`", message.place));
        }
    }
    if !wrong.is_empty() {
        bail!("{}", wrong.join("\n"));
    }
    Ok(())
}

fn language_of(path: &Path) -> Result<String> {
    let folder = path.parent().and_then(Path::file_name);
    let folder = folder.with_context(|| format!("{} is in no language", path.display()))?;
    Ok(folder.to_string_lossy().into_owned())
}

fn is_source(path: &Path) -> bool {
    path.starts_with("crates")
        && ["rs", "html", "txt", "xml", "typ", "jinja", "j2"]
            .iter()
            .any(|wanted| project::has_extension(path, wanted))
}

/// Add the messages of one file; attributes (`.title`) belong to their message.
fn read_messages(
    path: &Path,
    text: &str,
    messages: &mut Messages,
    wrong: &mut Vec<String>,
) -> Result<()> {
    let start = Regex::new(r"^(-?[a-zA-Z][a-zA-Z0-9_-]*) *=")?;
    let variable = Regex::new(r"\$([a-zA-Z][a-zA-Z0-9_-]*)")?;
    let mut current: Option<String> = None;
    for (index, line) in text.lines().enumerate() {
        if line.starts_with('#') {
            continue;
        }
        if let Some(key) = start.captures(line).and_then(|found| found.get(1)) {
            let place = format!("{}:{}", path.display(), index + 1);
            let message = Message {
                place: place.clone(),
                ..Message::default()
            };
            if messages.insert(key.as_str().to_owned(), message).is_some() {
                wrong.push(format!(
                    "{place}: the text `{}` is there twice",
                    key.as_str()
                ));
            }
            current = Some(key.as_str().to_owned());
        }
        let Some(message) = current.as_ref().and_then(|key| messages.get_mut(key)) else {
            continue;
        };
        for found in variable.captures_iter(line) {
            if let Some(name) = found.get(1) {
                message.variables.insert(name.as_str().to_owned());
            }
        }
    }
    Ok(())
}

/// Messages and terms that other messages contain.
fn references(text: &str) -> Result<BTreeSet<String>> {
    let reference = Regex::new(r"\{ *(-?[a-z][a-zA-Z0-9_-]*)")?;
    Ok(reference
        .captures_iter(text)
        .filter_map(|found| Some(found.get(1)?.as_str().to_owned()))
        .collect())
}

fn compare(first: &Messages, languages: &BTreeMap<String, Messages>, wrong: &mut Vec<String>) {
    for (language, messages) in languages {
        for (key, message) in first {
            match messages.get(key) {
                None => wrong.push(format!(
                    "{}: `{key}` is missing in `{language}`",
                    message.place
                )),
                Some(other) if other.variables != message.variables => wrong.push(format!(
                    "{}: `{key}` takes other variables in `{language}`",
                    other.place
                )),
                Some(_) => {}
            }
        }
        for (key, message) in messages {
            if !first.contains_key(key) {
                wrong.push(format!("{}: `{key}` is missing in `fr`", message.place));
            }
        }
    }
}

/// Where sources speak of texts.
#[derive(Default)]
struct Uses {
    /// Every word in quotes.
    words: BTreeSet<String>,
    /// Words in quotes that end with a hyphen or go on with a placeholder: `"role-" ~ role`.
    beginnings: BTreeSet<String>,
    /// Keys handed to the text function itself, with their place.
    calls: BTreeMap<String, String>,
}

impl Uses {
    fn read(&mut self, path: &Path, text: &str) -> Result<()> {
        let quoted = Regex::new(r#"["']([a-z][a-z0-9_.-]*)(\{[^"'}]*\}[^"']*)?["']"#)?;
        let call = Regex::new(
            r#"(?:\bt\(|\.(?:get|format|find)\(\s*[\w.&*()]*[lL]anguage(?:\(\)|::\w+)?,)\s*["']([a-z][a-z0-9-]*[a-z0-9])["']\s*[,)]"#,
        )?;
        for found in quoted.captures_iter(text) {
            let word = found.get(1).map_or("", |group| group.as_str());
            if word.ends_with('-') {
                self.beginnings.insert(word.to_owned());
            } else {
                let key = word.split('.').next().unwrap_or(word);
                self.words.insert(key.to_owned());
            }
        }
        for found in call.captures_iter(text) {
            let Some(key) = found.get(1) else { continue };
            let before = text.get(..key.start()).unwrap_or("");
            let line = before.lines().count();
            self.calls
                .entry(key.as_str().to_owned())
                .or_insert_with(|| format!("{}:{line}", path.display()));
        }
        Ok(())
    }

    fn has(&self, key: &str) -> bool {
        self.words.contains(key) || self.beginnings.iter().any(|start| key.starts_with(start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(text: &str) -> (Messages, Vec<String>) {
        let (mut messages, mut wrong) = (Messages::new(), Vec::new());
        read_messages(
            Path::new("locales/fr/a.ftl"),
            text,
            &mut messages,
            &mut wrong,
        )
        .unwrap();
        (messages, wrong)
    }

    #[test]
    fn a_text_missing_in_one_language_or_with_other_variables_is_told() {
        let (fr, _) = messages("hello = Bonjour { $name }\nbye = Au revoir\n");
        let (en, _) = messages("hello = Hello\n");
        let mut wrong = Vec::new();
        compare(&fr, &BTreeMap::from([("en".to_owned(), en)]), &mut wrong);
        assert_eq!(wrong.len(), 2, "{wrong:?}");
    }

    #[test]
    fn a_text_defined_twice_is_told() {
        assert_eq!(messages("a = 1\na = 2\n").1.len(), 1);
    }

    #[test]
    fn a_use_is_a_whole_key_or_its_beginning() {
        let mut uses = Uses::default();
        let page = r#"{{ t("page-title") }} {{ t("role-" ~ role) }}"#;
        uses.read(Path::new("crates/web/a.html"), page).unwrap();
        uses.read(Path::new("crates/web/a.rs"), r#"format!("state-{state}")"#)
            .unwrap();
        assert!(uses.has("page-title") && uses.has("role-trainer") && uses.has("state-open"));
        assert!(!uses.has("page"));
        uses.read(
            Path::new("crates/web/b.rs"),
            r#"texts.format(self.language, "sum", &[])"#,
        )
        .unwrap();
        assert_eq!(uses.calls.keys().collect::<Vec<_>>(), ["page-title", "sum"]);
    }
}
