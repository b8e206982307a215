//! The content of the programme: vocabulary, catalogue, questionnaires, rules of paths and the items of the level test.
//!
//! It is built into the program from `content/`; an installation can keep its own directory of
//! the same layout beside it and load that instead.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use domain::assessment::bank::Bank;
use domain::badge::Competences;
use domain::catalogue::{Catalogue, Vocabulary};
use domain::content::{ContentError, ContentErrors};
use domain::pathway::Rules;
use domain::questionnaire::Questionnaire;
use include_dir::{Dir, include_dir};

static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../content");

/// Where the pictures of the level test are.
const PICTURES: &str = "assessment/pictures";

/// Largest content file, in bytes: far more than anyone writes.
const LARGEST_FILE: u64 = 1_000_000;

/// All content, read and checked.
#[derive(Debug)]
pub struct Content {
    /// The words that content files have in common.
    pub vocabulary: Vocabulary,
    /// Modules and tracks.
    pub catalogue: Catalogue,
    /// Questionnaires, by name of file.
    pub questionnaires: Vec<Questionnaire>,
    /// Rules of paths, by name of file.
    pub rules: Vec<Rules>,
    /// The items of the level test.
    pub bank: Bank,
    /// Their pictures (SVG), by name of file.
    pub pictures: BTreeMap<String, String>,
    /// The questions of the talk at the end of a path, by name of file.
    pub debriefs: Vec<Questionnaire>,
    /// The anonymous questions after a session and at the end of a season, by name of file.
    pub satisfactions: Vec<Questionnaire>,
}

impl Content {
    /// Reads content from files given as name (relative to the content directory) and text.
    /// Files that are none of ours are left alone.
    ///
    /// # Errors
    /// Everything wrong in all files. What depends on a broken file is not judged.
    pub fn parse(files: &[(String, String)]) -> Result<Self, ContentErrors> {
        let under = |prefix: &str| -> Vec<&(String, String)> {
            let mut found: Vec<_> = files
                .iter()
                .filter(|(name, _)| name.starts_with(prefix) && name.ends_with(".toml"))
                .collect();
            found.sort();
            found
        };
        let vocabulary = match under("vocabulary.toml").first() {
            Some((name, text)) => Vocabulary::parse(name, text)?,
            None => {
                return Err(ContentErrors(vec![ContentError {
                    file: "vocabulary.toml".to_owned(),
                    field: String::new(),
                    problem: "this file is missing; add it".into(),
                }]));
            }
        };
        let mut errors = Vec::new();
        let catalogue_files: Vec<(&String, &String)> = under("modules/")
            .into_iter()
            .chain(under("tracks.toml"))
            .map(|(name, text)| (name, text))
            .collect();
        let catalogue = Catalogue::parse(&vocabulary, &catalogue_files)
            .map_err(|found| errors.extend(found.0))
            .ok();
        let mut asked = |prefix: &str| {
            let mut all = Vec::new();
            for (name, text) in under(prefix) {
                match Questionnaire::parse(&vocabulary, name, text) {
                    Ok(questionnaire) => all.push(questionnaire),
                    Err(found) => errors.extend(found.0),
                }
            }
            all
        };
        let questionnaires = asked("questionnaires/");
        let debriefs = asked("debriefs/");
        let satisfactions = asked("satisfactions/");
        let pictures = pictures_of(files);
        let bank = bank_of(&under("assessment/"), &pictures)
            .map_err(|found| errors.extend(found.0))
            .ok();
        let (Some(catalogue), Some(bank), true) = (catalogue, bank, errors.is_empty()) else {
            return Err(ContentErrors(errors));
        };
        let mut rules = Vec::new();
        for (name, text) in under("pathways/") {
            match Rules::parse(&catalogue, &questionnaires, name, text) {
                Ok(parsed) => rules.push(parsed),
                Err(found) => errors.extend(found.0),
            }
        }
        if errors.is_empty() {
            Ok(Self {
                vocabulary,
                catalogue,
                questionnaires,
                rules,
                bank,
                pictures: pictures.into_iter().collect(),
                debriefs,
                satisfactions,
            })
        } else {
            Err(ContentErrors(errors))
        }
    }

    /// The questionnaire of this slug.
    #[must_use]
    pub fn questionnaire(&self, slug: &str) -> Option<&Questionnaire> {
        self.questionnaires
            .iter()
            .find(|questionnaire| questionnaire.slug() == slug)
    }

    /// The questions of the talk at the end of a path that began with this questionnaire; the first ones where it has none of its own.
    #[must_use]
    pub fn debrief(&self, questionnaire: &str) -> Option<&Questionnaire> {
        let own = |form: &&Questionnaire| form.slug() == questionnaire;
        self.debriefs
            .iter()
            .find(own)
            .or_else(|| self.debriefs.first())
    }

    /// The anonymous questions about a `session` or a `season`.
    #[must_use]
    pub fn satisfaction(&self, about: &str) -> Option<&Questionnaire> {
        self.satisfactions.iter().find(|form| form.slug() == about)
    }

    /// The rules of this slug.
    #[must_use]
    pub fn rules(&self, slug: &str) -> Option<&Rules> {
        self.rules.iter().find(|rules| rules.slug() == slug)
    }

    /// Other rules for the same content, from the text of a rules file: to preview what a change
    /// would do before anyone is touched by it.
    ///
    /// # Errors
    /// Everything wrong in the text.
    pub fn preview_rules(&self, name: &str, text: &str) -> Result<Rules, ContentErrors> {
        Rules::parse(&self.catalogue, &self.questionnaires, name, text)
    }
}

/// The pictures of the level test, by name of file.
fn pictures_of(files: &[(String, String)]) -> Vec<(String, String)> {
    files
        .iter()
        .filter_map(|(name, text)| {
            let picture = name.strip_prefix(PICTURES)?.strip_prefix('/')?;
            picture
                .ends_with(".svg")
                .then(|| (picture.to_owned(), text.clone()))
        })
        .collect()
}

fn bank_of(
    files: &[&(String, String)],
    pictures: &[(String, String)],
) -> Result<Bank, ContentErrors> {
    let files: Vec<(String, String)> = files.iter().map(|file| (*file).clone()).collect();
    Bank::parse(&files, pictures)
}

/// The text of an embedded content file, such as `pathways/boutic.toml`: where a coordinator
/// starts from when changing it.
#[must_use]
pub fn embedded_text(name: &str) -> Option<&'static str> {
    EMBEDDED.get_file(name)?.contents_utf8()
}

/// The files of the level test's items that are built into the program: name and text.
#[must_use]
pub fn assessment_files() -> Vec<(String, &'static str)> {
    let folder = EMBEDDED.get_dir("assessment");
    let files = folder.into_iter().flat_map(Dir::files);
    files
        .filter_map(|file| Some((file.path().to_str()?.to_owned(), file.contents_utf8()?)))
        .collect()
}

/// The content built into the program, read once.
///
/// # Panics
/// Never in a program that passed its tests: they read the same files.
#[must_use]
#[expect(
    clippy::panic,
    reason = "the files are part of the program and a test reads them"
)]
pub fn embedded() -> &'static Content {
    static CONTENT: LazyLock<Content> = LazyLock::new(|| {
        let mut files = Vec::new();
        collect_embedded(&EMBEDDED, &mut files);
        Content::parse(&files).unwrap_or_else(|errors| panic!("embedded content: {errors}"))
    });
    &CONTENT
}

/// The words that modules, rooms, trainers and questionnaires have in common.
#[must_use]
pub fn vocabulary() -> &'static Vocabulary {
    &embedded().vocabulary
}

/// The items of the level test.
#[must_use]
pub fn bank() -> &'static Bank {
    &embedded().bank
}

/// Every module and track.
#[must_use]
pub fn catalogue() -> &'static Catalogue {
    &embedded().catalogue
}

/// The competences of the European framework that each module exercises.
///
/// # Panics
/// Never in a program that passed its tests: they read the same files.
#[must_use]
#[expect(
    clippy::panic,
    reason = "the files are part of the program and a test reads them"
)]
pub fn competences() -> &'static Competences {
    static COMPETENCES: LazyLock<Competences> = LazyLock::new(|| {
        let text = |name| embedded_text(name).unwrap_or_default();
        Competences::parse(text("competences.toml"), text("assessment/framework.toml"))
            .unwrap_or_else(|problem| panic!("competences.toml: {problem}"))
    });
    &COMPETENCES
}

fn collect_embedded(dir: &Dir<'_>, files: &mut Vec<(String, String)>) {
    for file in dir.files() {
        if let (Some(name), Some(text)) = (file.path().to_str(), file.contents_utf8()) {
            files.push((name.to_owned(), text.to_owned()));
        }
    }
    for inner in dir.dirs() {
        collect_embedded(inner, files);
    }
}

/// Reads content from a directory laid out like `content/`.
///
/// # Errors
/// Everything wrong in the files, unreadable ones included.
pub fn load_from(dir: &Path) -> Result<Content, ContentErrors> {
    let mut files = Vec::new();
    let mut errors = Vec::new();
    for folder in [
        "",
        "modules",
        "questionnaires",
        "pathways",
        "assessment",
        PICTURES,
        "debriefs",
        "satisfactions",
    ] {
        let entries = match std::fs::read_dir(dir.join(folder)) {
            Ok(entries) => entries,
            Err(cause) => {
                errors.push(unreadable(folder, &cause));
                continue;
            }
        };
        for path in entries.flatten().map(|entry| entry.path()) {
            let ending = if folder == PICTURES { "svg" } else { "toml" };
            if path.extension().is_none_or(|end| end != ending) {
                continue;
            }
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let name = if folder.is_empty() {
                name.into_owned()
            } else {
                format!("{folder}/{name}")
            };
            match read_file(&path) {
                Ok(text) => files.push((name, text)),
                Err(cause) => errors.push(unreadable(&name, &cause)),
            }
        }
    }
    if errors.is_empty() {
        Content::parse(&files)
    } else {
        errors.sort();
        Err(ContentErrors(errors))
    }
}

fn read_file(path: &Path) -> std::io::Result<String> {
    if std::fs::metadata(path)?.len() > LARGEST_FILE {
        return Err(std::io::Error::other("larger than a megabyte"));
    }
    std::fs::read_to_string(path)
}

fn unreadable(name: &str, cause: &std::io::Error) -> ContentError {
    ContentError {
        file: name.to_owned(),
        field: String::new(),
        problem: format!("cannot be read ({cause}); check that it is there, in UTF-8").into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_content_of_the_program_is_sound_and_complete() {
        let content = embedded();
        assert!(vocabulary().skill("securite").is_some());
        assert!(vocabulary().accessibility("plain-pied").is_some());
        assert!(catalogue().modules().count() >= 35);
        let questionnaire = content.questionnaire("boutic").unwrap();
        assert!((18..=24).contains(&questionnaire.questions().count()));
        let rules = content.rules("boutic").unwrap();
        let unreached: Vec<&str> = content
            .catalogue
            .modules()
            .map(|module| module.slug.as_str())
            .filter(|slug| !rules.rules().iter().any(|rule| rule.module() == *slug))
            .filter(|slug| {
                !content
                    .catalogue
                    .modules()
                    .any(|m| m.prerequisites.iter().any(|p| p == slug))
            })
            .collect();
        assert_eq!(unreached, [""; 0], "no rule leads to these modules");
    }

    #[test]
    fn the_directory_and_the_program_hold_the_same() {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content");
        let loaded = load_from(&dir).unwrap();
        assert_eq!(
            loaded.catalogue.content_version(),
            embedded().catalogue.content_version()
        );
        assert_eq!(loaded.bank.content_version(), bank().content_version());
        assert_eq!(loaded.pictures, embedded().pictures);
    }

    #[test]
    fn every_module_says_which_competences_it_exercises() {
        let named: Vec<&str> = competences().modules().collect();
        let mut all: Vec<&str> = catalogue().modules().map(|one| one.slug.as_str()).collect();
        all.sort_unstable();
        assert_eq!(
            named, all,
            "competences.toml names each module of the catalogue once"
        );
    }

    #[test]
    fn a_missing_directory_is_told_and_not_a_crash() {
        let errors = load_from(Path::new("/nowhere/at/all")).unwrap_err();
        assert!(errors.to_string().contains("modules: cannot be read"));
        assert!(Content::parse(&[]).is_err());
    }

    #[test]
    fn every_picture_of_an_item_is_there() {
        assert!(bank().items().len() >= 120);
        let named = bank()
            .items()
            .iter()
            .filter_map(|item| item.picture.as_ref());
        let files: Vec<&str> = named.map(|picture| picture.file.as_str()).collect();
        assert!(!files.is_empty());
        for file in files {
            assert!(embedded().pictures.contains_key(file), "{file}");
        }
    }

    #[test]
    fn a_change_of_rules_can_be_previewed() {
        let content = embedded();
        let text = embedded_text("pathways/boutic.toml").unwrap();
        let changed = text.replace("version = 1", "version = 2");
        assert_eq!(
            content.preview_rules("essai", &changed).unwrap().version(),
            2
        );
        assert!(content.preview_rules("essai", "slug = 3").is_err());
    }
}
