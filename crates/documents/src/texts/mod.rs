//! The words of the interface: Fluent files, one per area and language, embedded in the program.
//!
//! `locales/fr/session.ftl` holds the messages `session-…` in French, `locales/en/session.ftl`
//! the same in English. A file needs no registration: whatever lies in the two folders is
//! embedded and checked (same keys, same variables, no key twice, each key named after its file).

mod arg;
mod variables;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::LazyLock;

use domain::language::Language;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast::Entry;
use include_dir::{Dir, include_dir};
use unic_langid::LanguageIdentifier;

pub use arg::Arg;
use variables::References;

static LOCALES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../locales");

/// The texts of every language.
pub struct Texts {
    fr: Catalog,
    en: Catalog,
    problems: Vec<String>,
}

/// The texts of one language.
struct Catalog {
    bundle: FluentBundle<FluentResource>,
    /// Messages without variables, resolved once: most of a page.
    plain: HashMap<String, String>,
    /// Every message with the variables it needs, those of inserted messages included.
    variables: BTreeMap<String, BTreeSet<String>>,
}

impl Texts {
    /// The texts embedded in the program, read once. What is wrong with the files is logged here
    /// and stops the tests of this crate, not every program that needs a word.
    #[must_use]
    pub fn embedded() -> &'static Self {
        static EMBEDDED: LazyLock<Texts> = LazyLock::new(|| {
            let texts = Texts::read(&embedded_files());
            for problem in &texts.problems {
                tracing::error!(problem, "locale files");
            }
            texts
        });
        &EMBEDDED
    }

    /// Reads locale files: language, name of the area, content.
    /// What is wrong with them is told by [`Texts::problems`]; all that is sound is usable.
    #[must_use]
    pub fn read(files: &[(Language, String, String)]) -> Self {
        let mut problems = Vec::new();
        let fr = Catalog::read(Language::Fr, files, &mut problems);
        let en = Catalog::read(Language::En, files, &mut problems);
        compare(&fr, &en, &mut problems);
        Self { fr, en, problems }
    }

    /// What is wrong with the locale files, one sentence each; empty when all is well.
    #[must_use]
    pub fn problems(&self) -> &[String] {
        &self.problems
    }

    /// The text of a message without variables.
    ///
    /// # Panics
    /// In debug builds, if the key is unknown or needs variables.
    #[must_use]
    pub fn get(&self, language: Language, key: &str) -> String {
        match self.catalog(language).plain.get(key) {
            Some(text) => text.clone(),
            None => self.format(language, key, &[]),
        }
    }

    /// The text of a message with its variables filled in.
    ///
    /// # Panics
    /// In debug builds, if the key is unknown or a variable is missing. In release builds
    /// the key is shown instead and an error is logged.
    #[must_use]
    pub fn format(&self, language: Language, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        let catalog = self.catalog(language);
        if let Some(text) = catalog.plain.get(key) {
            return text.clone();
        }
        let Some(pattern) = catalog
            .bundle
            .get_message(key)
            .and_then(|message| message.value())
        else {
            return missing(language, key);
        };
        let mut filled = FluentArgs::with_capacity(args.len());
        for (name, value) in args {
            filled.set(*name, value.to_fluent());
        }
        let mut errors = Vec::new();
        let text = catalog
            .bundle
            .format_pattern(pattern, Some(&filled), &mut errors);
        if !errors.is_empty() {
            wrong_arguments(language, key, &errors);
        }
        text.into_owned()
    }

    /// The text of a message if there is one: for keys made from data, such as a code that a
    /// content file may have added.
    #[must_use]
    pub fn find(&self, language: Language, key: &str) -> Option<String> {
        self.has(language, key).then(|| self.get(language, key))
    }

    /// Whether there is a message of that key.
    #[must_use]
    pub fn has(&self, language: Language, key: &str) -> bool {
        self.catalog(language).variables.contains_key(key)
    }

    /// Every key of a language, in order.
    pub fn keys(&self, language: Language) -> impl Iterator<Item = &str> {
        self.catalog(language).variables.keys().map(String::as_str)
    }

    /// The variables that a message needs, in order; none for an unknown key.
    pub fn variables(&self, language: Language, key: &str) -> impl Iterator<Item = &str> {
        self.catalog(language)
            .variables
            .get(key)
            .into_iter()
            .flatten()
            .map(String::as_str)
    }

    fn catalog(&self, language: Language) -> &Catalog {
        match language {
            Language::Fr => &self.fr,
            Language::En => &self.en,
        }
    }
}

impl Catalog {
    fn read(
        language: Language,
        files: &[(Language, String, String)],
        problems: &mut Vec<String>,
    ) -> Self {
        let locale: LanguageIdentifier = language.code().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![locale]);
        // Isolation marks would end up in mails, file names and copied texts.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match language {
            Language::Fr => number_fr,
            Language::En => number_en,
        }));
        if language == Language::Fr {
            bundle.set_transform(Some(spaced));
        }
        let mut references = BTreeMap::new();
        for (_, area, source) in files.iter().filter(|(of, _, _)| *of == language) {
            let place = format!("{}/{area}.ftl", language.code());
            let resource = match FluentResource::try_new(source.clone()) {
                Ok(resource) => resource,
                Err((resource, errors)) => {
                    problems.extend(errors.iter().map(|error| format!("{place}: {error}")));
                    resource
                }
            };
            collect(&resource, area, &place, &mut references, problems);
            // The only errors are doubled keys, which `collect` has told with their place.
            let _doubled = bundle.add_resource(resource);
        }
        let variables = closed(&references);
        let plain = resolve_plain(&bundle, &variables, language, problems);
        Self {
            bundle,
            plain,
            variables,
        }
    }
}

/// The locale files lying in the program: language, area, content.
fn embedded_files() -> Vec<(Language, String, String)> {
    let mut files = Vec::new();
    for language in Language::ALL {
        let Some(folder) = LOCALES.get_dir(language.code()) else {
            continue;
        };
        for file in folder.files() {
            let path = file.path();
            if path.extension().is_some_and(|extension| extension == "ftl")
                && let (Some(area), Some(source)) = (path.file_stem(), file.contents_utf8())
            {
                files.push((
                    language,
                    area.to_string_lossy().into_owned(),
                    source.to_owned(),
                ));
            }
        }
    }
    files
}

/// Notes every message of a file with what it refers to, and what is wrong with its name.
fn collect(
    resource: &FluentResource,
    area: &str,
    place: &str,
    references: &mut BTreeMap<String, References>,
    problems: &mut Vec<String>,
) {
    for entry in resource.entries() {
        let Entry::Message(message) = entry else {
            continue;
        };
        let key = message.id.name;
        if !key
            .strip_prefix(area)
            .is_some_and(|rest| rest.starts_with('-'))
        {
            problems.push(format!("{place}: “{key}” must begin with “{area}-”"));
        }
        let Some(pattern) = &message.value else {
            problems.push(format!("{place}: “{key}” has no text"));
            continue;
        };
        let found = References::of_pattern(pattern);
        if references.insert(key.to_owned(), found).is_some() {
            problems.push(format!("{place}: “{key}” is there twice"));
        }
    }
}

/// Adds to each message the variables of the messages that it inserts, however deep.
fn closed(references: &BTreeMap<String, References>) -> BTreeMap<String, BTreeSet<String>> {
    references
        .keys()
        .map(|key| {
            let mut variables = BTreeSet::new();
            let mut seen = BTreeSet::new();
            let mut open = vec![key.as_str()];
            while let Some(next) = open.pop() {
                if seen.insert(next)
                    && let Some(found) = references.get(next)
                {
                    variables.extend(found.variables.iter().cloned());
                    open.extend(found.messages.iter().map(String::as_str));
                }
            }
            (key.clone(), variables)
        })
        .collect()
}

/// Resolves the messages that need no variable.
fn resolve_plain(
    bundle: &FluentBundle<FluentResource>,
    variables: &BTreeMap<String, BTreeSet<String>>,
    language: Language,
    problems: &mut Vec<String>,
) -> HashMap<String, String> {
    let mut plain = HashMap::new();
    for (key, _) in variables.iter().filter(|(_, needed)| needed.is_empty()) {
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            continue;
        };
        let mut errors = Vec::new();
        let text = bundle
            .format_pattern(pattern, None, &mut errors)
            .into_owned();
        for error in errors {
            problems.push(format!("{}: “{key}”: {error}", language.code()));
        }
        plain.insert(key.clone(), text);
    }
    plain
}

/// Both languages must have the same messages with the same variables.
fn compare(fr: &Catalog, en: &Catalog, problems: &mut Vec<String>) {
    let keys: BTreeSet<&String> = fr.variables.keys().chain(en.variables.keys()).collect();
    for key in keys {
        match (fr.variables.get(key), en.variables.get(key)) {
            (Some(in_fr), Some(in_en)) if in_fr != in_en => problems.push(format!(
                "“{key}”: variables {in_fr:?} in French, {in_en:?} in English"
            )),
            (Some(_), None) => problems.push(format!("“{key}” is missing in English")),
            (None, Some(_)) => problems.push(format!("“{key}” is missing in French")),
            _ => {}
        }
    }
}

fn missing(language: Language, key: &str) -> String {
    if cfg!(debug_assertions) {
        panic!("no text “{key}” in {language}");
    }
    tracing::error!(key, %language, "missing text");
    format!("⟦{key}⟧")
}

fn wrong_arguments(language: Language, key: &str, errors: &[fluent_bundle::FluentError]) {
    if cfg!(debug_assertions) {
        panic!("text “{key}” in {language}: {errors:?}");
    }
    tracing::error!(key, %language, ?errors, "text badly filled");
}

/// French spacing: no-break spaces inside guillemets and before `:`, narrow ones before `;`, `?`
/// and `!`. The locale files are written with plain spaces, which people can see and type.
fn spaced(text: &str) -> Cow<'_, str> {
    const PAIRS: [(&str, &str); 6] = [
        ("« ", "«\u{a0}"),
        (" »", "\u{a0}»"),
        (" :", "\u{a0}:"),
        (" ;", "\u{202f};"),
        (" ?", "\u{202f}?"),
        (" !", "\u{202f}!"),
    ];
    if !PAIRS.iter().any(|(plain, _)| text.contains(plain)) {
        return Cow::Borrowed(text);
    }
    let text = PAIRS.iter().fold(text.to_owned(), |text, (plain, held)| {
        text.replace(plain, held)
    });
    Cow::Owned(text)
}

fn number_fr<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    number(value, Language::Fr)
}

fn number_en<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    number(value, Language::En)
}

/// Writes the numbers inside texts the way the language does.
fn number(value: &FluentValue<'_>, language: Language) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(crate::formats::decimal(language, number.value)),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
