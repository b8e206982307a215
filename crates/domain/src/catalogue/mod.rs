//! The catalogue: modules in their tracks, read from content files and checked as a whole.

mod module;
mod vocabulary;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::content::{ContentErrors, ContentVersion, Problems};
use crate::language::Translated;

pub use module::{Audience, Group, Module, Part, Parts};
pub use vocabulary::{Profile, Sector, Term, Vocabulary};

/// A series of modules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Track {
    /// What files and addresses call it; never changes once used.
    pub slug: String,
    /// Its name.
    pub title: Translated,
    /// What it is, in a sentence.
    pub summary: Translated,
}

/// The file `tracks.toml`.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct TracksFile {
    /// The tracks, in the order in which people see them.
    tracks: Vec<Track>,
}

/// Every module and track. Prerequisites are known to exist, to be without cycles and to be open
/// to whoever their dependants are open to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Catalogue {
    tracks: Vec<Track>,
    modules: BTreeMap<String, Module>,
    /// Slugs of modules, each after its prerequisites.
    order: Vec<String>,
}

impl Catalogue {
    /// Reads `tracks.toml` and the module files (every other name), given as name and text.
    ///
    /// # Errors
    /// Everything wrong in all of the files.
    pub fn parse<N: AsRef<str>, T: AsRef<str>>(
        vocabulary: &Vocabulary,
        files: &[(N, T)],
    ) -> Result<Self, ContentErrors> {
        let mut problems = Problems::default();
        let mut tracks = None;
        let mut modules: Vec<(&str, Module)> = Vec::new();
        for (file, text) in files {
            let (file, text) = (file.as_ref(), text.as_ref());
            if file.rsplit('/').next() == Some("tracks.toml") {
                tracks = Some((file, problems.read::<TracksFile>(file, text)));
            } else if let Some(module) = problems.read::<Module>(file, text) {
                modules.push((file, module));
            }
        }
        // With an unreadable file, every mention of what it holds would look like a mistake.
        let all_readable = problems.is_empty();
        let (tracks_file, tracks) = tracks.unwrap_or_else(|| {
            problems.add("tracks.toml", "", "this file is missing; add it");
            ("tracks.toml", None)
        });
        let tracks = tracks.map(|file| file.tracks).unwrap_or_default();
        check_tracks(tracks_file, &tracks, &mut problems);
        for (file, module) in &modules {
            module.check(file, &mut problems);
        }
        let mut order = Vec::new();
        if all_readable {
            check_mentions(vocabulary, &tracks, &modules, &mut problems);
            order = in_order(&modules, &mut problems);
        }
        let modules = modules
            .into_iter()
            .map(|(_, m)| (m.slug.clone(), m))
            .collect();
        problems.or(Self {
            tracks,
            modules,
            order,
        })
    }

    /// The module of this slug.
    #[must_use]
    pub fn module(&self, slug: &str) -> Option<&Module> {
        self.modules.get(slug)
    }

    /// Every module, each after its prerequisites, easier ones first.
    pub fn modules(&self) -> impl Iterator<Item = &Module> {
        self.order.iter().filter_map(|slug| self.modules.get(slug))
    }

    /// Every track, in the order in which people see them.
    #[must_use]
    pub fn tracks(&self) -> &[Track] {
        &self.tracks
    }

    /// The track of this slug.
    #[must_use]
    pub fn track(&self, slug: &str) -> Option<&Track> {
        self.tracks.iter().find(|track| track.slug == slug)
    }

    /// The modules of a track, each after its prerequisites.
    pub fn modules_of<'a>(&'a self, track: &'a str) -> impl Iterator<Item = &'a Module> {
        self.modules().filter(move |module| module.track == track)
    }

    /// Everything that comes before a module, nearest last, each after its own prerequisites.
    #[must_use]
    pub fn all_before(&self, slug: &str) -> Vec<&Module> {
        let mut wanted: BTreeSet<&str> = BTreeSet::new();
        let mut open = vec![slug];
        while let Some(next) = open.pop() {
            for before in self.modules.get(next).map_or(&[][..], |m| &m.prerequisites) {
                if wanted.insert(before) {
                    open.push(before);
                }
            }
        }
        self.modules()
            .filter(|module| wanted.contains(module.slug.as_str()))
            .collect()
    }

    /// Names this state of the whole catalogue.
    #[must_use]
    pub fn content_version(&self) -> ContentVersion {
        ContentVersion::of(self)
    }
}

fn check_tracks(file: &str, tracks: &[Track], problems: &mut Problems) {
    let mut seen = BTreeSet::new();
    for (index, track) in tracks.iter().enumerate() {
        let field = format!("tracks[{index}]");
        problems.need_slug(file, &format!("{field}.slug"), &track.slug);
        problems.need_text(file, &format!("{field}.title"), &track.title);
        problems.need_text(file, &format!("{field}.summary"), &track.summary);
        if !seen.insert(&track.slug) {
            problems.add(
                file,
                format!("{field}.slug"),
                format!("\"{}\" is there twice; choose another", track.slug),
            );
        }
    }
}

/// Notes every mention of something that does not exist.
fn check_mentions(
    vocabulary: &Vocabulary,
    tracks: &[Track],
    modules: &[(&str, Module)],
    problems: &mut Problems,
) {
    let mut files = BTreeMap::new();
    for (file, module) in modules {
        if let Some(other) = files.insert(module.slug.as_str(), *file) {
            problems.add(
                file,
                "slug",
                format!(
                    "\"{}\" is already the slug of {other}; choose another",
                    module.slug
                ),
            );
        }
    }
    let by_slug: BTreeMap<&str, &Module> =
        modules.iter().map(|(_, m)| (m.slug.as_str(), m)).collect();
    for (file, module) in modules {
        if !tracks.iter().any(|track| track.slug == module.track) {
            problems.add(
                file,
                "track",
                unknown("track", &module.track, "tracks.toml"),
            );
        }
        if vocabulary.theme(&module.theme).is_none() {
            problems.add(
                file,
                "theme",
                unknown("theme", &module.theme, "vocabulary.toml"),
            );
        }
        for (index, slug) in module.room.iter().enumerate() {
            if vocabulary.equipment(slug).is_none() {
                let problem = unknown("equipment", slug, "vocabulary.toml");
                problems.add(file, format!("room[{index}]"), problem);
            }
        }
        for (index, slug) in module.skills.iter().enumerate() {
            if vocabulary.skill(slug).is_none() {
                let problem = unknown("skill", slug, "vocabulary.toml");
                problems.add(file, format!("skills[{index}]"), problem);
            }
        }
        for (index, slug) in module.prerequisites.iter().enumerate() {
            let field = format!("prerequisites[{index}]");
            match by_slug.get(slug.as_str()) {
                None => problems.add(file, field, unknown("module", slug, "modules/")),
                Some(before) if !before.audience.admits([&module.audience]) => problems.add(
                    file,
                    field,
                    format!(
                        "\"{slug}\" is reserved for others ({}); remove it or open that module",
                        before.audience.slug()
                    ),
                ),
                Some(_) => {}
            }
        }
    }
}

fn unknown(what: &str, slug: &str, place: &str) -> String {
    format!("unknown {what} \"{slug}\"; correct it or add it to {place}")
}

/// The slugs of modules, each after its prerequisites; among those that could come next, the
/// easiest first, then by slug. Notes every module that is part of a cycle.
fn in_order(modules: &[(&str, Module)], problems: &mut Problems) -> Vec<String> {
    let known: BTreeSet<&str> = modules.iter().map(|(_, m)| m.slug.as_str()).collect();
    let mut left: BTreeMap<(u8, &str), (&str, &Module)> = modules
        .iter()
        .map(|(file, m)| ((m.level, m.slug.as_str()), (*file, m)))
        .collect();
    let mut placed = BTreeSet::new();
    let mut order = Vec::new();
    while let Some(key) =
        left.iter()
            .find(|(_, (_, module))| {
                module.prerequisites.iter().all(|before| {
                    placed.contains(before.as_str()) || !known.contains(before.as_str())
                })
            })
            .map(|(key, _)| *key)
    {
        left.remove(&key);
        placed.insert(key.1);
        order.push(key.1.to_owned());
    }
    for (file, module) in left.values() {
        problems.add(
            file,
            "prerequisites",
            format!(
                "\"{}\" comes before itself through its prerequisites; break the circle by removing one",
                module.slug
            ),
        );
    }
    order
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::content::{assert_schema, real_files};
    use crate::language::Language;

    pub(crate) fn real_vocabulary() -> Vocabulary {
        let files = real_files("");
        let (name, text) = files.iter().find(|(n, _)| n == "vocabulary.toml").unwrap();
        Vocabulary::parse(name, text).unwrap_or_else(|errors| panic!("{errors}"))
    }

    pub(crate) fn real_catalogue() -> Catalogue {
        let mut files = real_files("modules");
        files.extend(
            real_files("")
                .into_iter()
                .filter(|(n, _)| n == "tracks.toml"),
        );
        Catalogue::parse(&real_vocabulary(), &files).unwrap_or_else(|errors| panic!("{errors}"))
    }

    #[test]
    fn the_published_schemas_are_those_of_modules_and_tracks() {
        assert_schema::<Module>("module");
        assert_schema::<TracksFile>("tracks");
    }

    #[test]
    fn the_real_catalogue_holds_both_programmes() {
        let catalogue = real_catalogue();
        let count = |track| catalogue.modules_of(track).count();
        assert!(count("boutic") >= 25);
        assert_eq!(count("demonstrateurs-decouverte"), 4);
        assert_eq!(count("demonstrateurs-collectivite"), 6);
        assert!(catalogue.modules().count() >= 35);
        let reserved = |audience| {
            catalogue
                .modules()
                .filter(|m| m.audience == audience)
                .count()
        };
        assert_eq!(reserved(Audience::Farmers), 2);
        assert_eq!(reserved(Audience::ElectedOrStaff), 10);
        for module in catalogue.modules() {
            let (least, most) = (module.group.least, module.group.most);
            if module.track == "boutic" {
                assert!((90..=120).contains(&module.minutes), "{}", module.slug);
                assert!(least == 3 && (4..=6).contains(&most), "{}", module.slug);
            } else {
                assert_eq!(module.minutes, 180, "{}", module.slug);
                assert!((9..=12).contains(&most), "{}", module.slug);
            }
            for language in Language::ALL {
                assert!(!module.title.get(language).is_empty());
            }
        }
    }

    #[test]
    fn every_module_comes_after_its_prerequisites() {
        let catalogue = real_catalogue();
        let slugs: Vec<&str> = catalogue.modules().map(|m| m.slug.as_str()).collect();
        for (place, module) in catalogue.modules().enumerate() {
            for before in &module.prerequisites {
                assert!(slugs[..place].contains(&before.as_str()));
            }
        }
        let before: Vec<&str> = catalogue
            .all_before("creer-son-site")
            .iter()
            .map(|m| m.slug.as_str())
            .collect();
        assert!(before.contains(&"premiers-gestes") && before.contains(&"preparer-son-site"));
        assert!(!before.contains(&"creer-son-site"));
    }

    /// A module file that is right, to be spoilt by tests.
    fn module(slug: &str, change: impl Fn(&mut Module)) -> (String, String) {
        let mut module = real_catalogue().module("courriel").unwrap().clone();
        module.slug = slug.to_owned();
        module.prerequisites = Vec::new();
        change(&mut module);
        (
            format!("modules/{slug}.toml"),
            toml::to_string(&module).unwrap(),
        )
    }

    fn told(mut files: Vec<(String, String)>) -> String {
        files.extend(
            real_files("")
                .into_iter()
                .filter(|(n, _)| n == "tracks.toml"),
        );
        Catalogue::parse(&real_vocabulary(), &files)
            .unwrap_err()
            .to_string()
    }

    #[test]
    fn every_mistake_in_every_file_is_told_with_file_and_field() {
        let text = told(vec![
            module("a", |m| {
                m.prerequisites = vec!["nowhere".to_owned()];
                m.skills = vec!["juggling".to_owned()];
                m.room = vec!["trapeze".to_owned()];
                m.title.en.clear();
                m.parts.input.minutes += 1;
            }),
            module("b", |m| {
                m.level = 4;
                m.group.least = 9;
                m.aims.truncate(1);
                m.theme = "circus".to_owned();
                m.track = "ring".to_owned();
            }),
        ]);
        for part in [
            "modules/a.toml: prerequisites[0]: unknown module \"nowhere\"",
            "modules/a.toml: skills[0]: unknown skill \"juggling\"",
            "modules/a.toml: room[0]: unknown equipment \"trapeze\"",
            "modules/a.toml: title.en: this text is missing",
            "modules/a.toml: parts: the four parts add up to 121 minutes, the session lasts 120",
            "modules/b.toml: level: choose a level",
            "modules/b.toml: group: sizes must go up",
            "modules/b.toml: aims: write two to four",
            "modules/b.toml: theme: unknown theme",
            "modules/b.toml: track: unknown track",
        ] {
            assert!(text.contains(part), "{part} not in:\n{text}");
        }
    }

    #[test]
    fn a_circle_of_prerequisites_is_refused() {
        let text = told(vec![
            module("a", |m| m.prerequisites = vec!["b".to_owned()]),
            module("b", |m| m.prerequisites = vec!["a".to_owned()]),
        ]);
        assert!(text.contains("modules/a.toml: prerequisites: \"a\" comes before itself"));
        assert!(text.contains("modules/b.toml: prerequisites: \"b\" comes before itself"));
    }

    #[test]
    fn a_module_for_everyone_cannot_need_a_reserved_one() {
        let text = told(vec![
            module("a", |m| m.audience = Audience::Farmers),
            module("b", |m| m.prerequisites = vec!["a".to_owned()]),
        ]);
        assert!(text.contains("modules/b.toml: prerequisites[0]: \"a\" is reserved for others"));
    }

    #[test]
    fn unknown_fields_unreadable_files_and_wrong_names_are_refused() {
        let (_, good) = module("a", |_| {});
        let text = told(vec![
            (
                "modules/a.toml".to_owned(),
                format!("colour = \"red\"\n{good}"),
            ),
            ("modules/b.toml".to_owned(), good),
            ("modules/c.toml".to_owned(), "slug = ".to_owned()),
        ]);
        assert!(
            text.contains("modules/a.toml: line 1: unknown field `colour`"),
            "{text}"
        );
        assert!(
            text.contains("modules/b.toml: slug: the file must be called a.toml"),
            "{text}"
        );
        assert!(text.contains("modules/c.toml: line 1"), "{text}");
    }

    #[test]
    fn the_version_of_a_module_changes_with_its_words_and_not_with_its_layout() {
        let (name, text) = module("a", |_| {});
        let (_, changed) = module("a", |m| m.title.fr.push('!'));
        let version = |text: &str| {
            let files = [(name.clone(), text.to_owned())];
            let tracks = real_files("")
                .into_iter()
                .filter(|(n, _)| n == "tracks.toml");
            let files: Vec<_> = files.into_iter().chain(tracks).collect();
            let catalogue = Catalogue::parse(&real_vocabulary(), &files).unwrap();
            catalogue.module("a").unwrap().content_version()
        };
        assert_eq!(version(&text), version(&format!("# note\n\n{text}")));
        assert_ne!(version(&text), version(&changed));
    }
}
