//! The words that modules, questionnaires, trainers and rooms have in common.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::catalogue::Audience;
use crate::content::{ContentErrors, Problems};
use crate::language::Translated;

/// One word of the vocabulary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// What files and addresses call it; never changes once used.
    pub slug: String,
    /// What people read.
    pub label: Translated,
}

/// A line of business, wide enough for people to find themselves at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Sector {
    /// What files and addresses call it; never changes once used.
    pub slug: String,
    /// What people read.
    pub label: Translated,
    /// Beginnings of codes of the French nomenclature (NAF rev. 2, INSEE): `47`, `47.2`.
    pub naf: Vec<String>,
}

/// What somebody is, in a word they use of themselves, and the audiences that they belong to through it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// What files and addresses call it; never changes once used.
    pub slug: String,
    /// What people read.
    pub label: Translated,
    /// The audiences of reserved modules that it admits to.
    #[serde(default)]
    pub audiences: Vec<Audience>,
}

/// The words that content files may use.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Vocabulary {
    /// What modules are about.
    pub themes: Vec<Term>,
    /// Lines of business.
    pub sectors: Vec<Sector>,
    /// What a room offers and a module needs.
    pub equipment: Vec<Term>,
    /// What makes a site easy to reach and to use.
    #[serde(default)]
    pub accessibility: Vec<Term>,
    /// What a trainer can do.
    pub skills: Vec<Term>,
    /// How each [`Audience`] is called.
    pub audiences: Vec<Term>,
    /// What people are; questionnaires offer the same words.
    #[serde(default)]
    pub profiles: Vec<Profile>,
}

impl Vocabulary {
    /// Reads `vocabulary.toml`.
    ///
    /// # Errors
    /// Everything wrong in the file.
    pub fn parse(file: &str, text: &str) -> Result<Self, ContentErrors> {
        let mut problems = Problems::default();
        let vocabulary: Self = problems.read(file, text).unwrap_or_default();
        if problems.is_empty() {
            vocabulary.check(file, &mut problems);
        }
        problems.or(vocabulary)
    }

    fn check(&self, file: &str, problems: &mut Problems) {
        let lists = [
            ("themes", &self.themes),
            ("equipment", &self.equipment),
            ("accessibility", &self.accessibility),
            ("skills", &self.skills),
            ("audiences", &self.audiences),
        ];
        for (list, terms) in lists {
            check_terms(
                file,
                list,
                terms.iter().map(|t| (&t.slug, &t.label)),
                problems,
            );
        }
        let sectors = self.sectors.iter().map(|s| (&s.slug, &s.label));
        check_terms(file, "sectors", sectors, problems);
        if !self.profiles.is_empty() {
            let profiles = self.profiles.iter().map(|p| (&p.slug, &p.label));
            check_terms(file, "profiles", profiles, problems);
        }
        for audience in Audience::ALL {
            if !self
                .audiences
                .iter()
                .any(|term| term.slug == audience.slug())
            {
                problems.add(
                    file,
                    "audiences",
                    format!("add a term for \"{}\"", audience.slug()),
                );
            }
        }
        for (index, term) in self.audiences.iter().enumerate() {
            if !Audience::ALL.iter().any(|a| a.slug() == term.slug) {
                problems.add(
                    file,
                    format!("audiences[{index}].slug"),
                    format!("\"{}\" is no audience; remove it", term.slug),
                );
            }
        }
        self.check_naf(file, problems);
    }

    fn check_naf(&self, file: &str, problems: &mut Problems) {
        let mut seen = BTreeSet::new();
        for (index, sector) in self.sectors.iter().enumerate() {
            for code in &sector.naf {
                let figures = code.replace('.', "");
                let field = format!("sectors[{index}].naf");
                if !(2..=4).contains(&figures.len()) || !figures.bytes().all(|b| b.is_ascii_digit())
                {
                    problems.add(
                        file,
                        field,
                        format!(
                            "\"{code}\" is no beginning of a NAF code; write it like 47 or 47.2"
                        ),
                    );
                } else if !seen.insert(figures) {
                    problems.add(
                        file,
                        field,
                        format!(
                            "\"{code}\" already belongs to another sector; keep it in one only"
                        ),
                    );
                }
            }
        }
    }

    /// The theme of this slug.
    #[must_use]
    pub fn theme(&self, slug: &str) -> Option<&Term> {
        self.themes.iter().find(|term| term.slug == slug)
    }

    /// The sector of this slug.
    #[must_use]
    pub fn sector(&self, slug: &str) -> Option<&Sector> {
        self.sectors.iter().find(|sector| sector.slug == slug)
    }

    /// The piece of equipment of this slug.
    #[must_use]
    pub fn equipment(&self, slug: &str) -> Option<&Term> {
        self.equipment.iter().find(|term| term.slug == slug)
    }

    /// The easement of access of this slug.
    #[must_use]
    pub fn accessibility(&self, slug: &str) -> Option<&Term> {
        self.accessibility.iter().find(|term| term.slug == slug)
    }

    /// The skill of this slug.
    #[must_use]
    pub fn skill(&self, slug: &str) -> Option<&Term> {
        self.skills.iter().find(|term| term.slug == slug)
    }

    /// The profile of this slug.
    #[must_use]
    pub fn profile(&self, slug: &str) -> Option<&Profile> {
        self.profiles.iter().find(|profile| profile.slug == slug)
    }

    /// The audiences that somebody of these profiles belongs to, each once. The slug of an audience counts as a profile of its own.
    pub fn audiences_of<'a>(&self, profiles: impl IntoIterator<Item = &'a str>) -> Vec<Audience> {
        let mut audiences = Vec::new();
        for slug in profiles {
            let named = self
                .profile(slug)
                .into_iter()
                .flat_map(|profile| profile.audiences.iter().copied());
            for audience in named.chain(Audience::from_slug(slug)) {
                if !audiences.contains(&audience) {
                    audiences.push(audience);
                }
            }
        }
        audiences
    }

    /// How an audience is called.
    #[must_use]
    pub fn audience(&self, audience: Audience) -> Option<&Term> {
        self.audiences
            .iter()
            .find(|term| term.slug == audience.slug())
    }

    /// The sector of an activity by its NAF code (`47.24Z` or `4724Z`): the longest matching
    /// beginning wins.
    #[must_use]
    pub fn sector_of_naf(&self, code: &str) -> Option<&Sector> {
        let code = code.replace('.', "");
        self.sectors
            .iter()
            .flat_map(|sector| {
                sector
                    .naf
                    .iter()
                    .map(move |naf| (naf.replace('.', ""), sector))
            })
            .filter(|(naf, _)| code.starts_with(naf.as_str()))
            .max_by_key(|(naf, _)| naf.len())
            .map(|(_, sector)| sector)
    }
}

fn check_terms<'a>(
    file: &str,
    list: &str,
    terms: impl Iterator<Item = (&'a String, &'a Translated)>,
    problems: &mut Problems,
) {
    let mut seen = BTreeSet::new();
    let mut count = 0;
    for (index, (slug, label)) in terms.enumerate() {
        count += 1;
        let field = format!("{list}[{index}]");
        problems.need_slug(file, &format!("{field}.slug"), slug);
        problems.need_text(file, &format!("{field}.label"), label);
        if !seen.insert(slug) {
            problems.add(
                file,
                format!("{field}.slug"),
                format!("\"{slug}\" is there twice; choose another or remove one"),
            );
        }
    }
    if count == 0 {
        problems.add(file, list, "this list is empty; add at least one term");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::assert_schema;

    #[test]
    fn the_published_schema_is_that_of_the_vocabulary() {
        assert_schema::<Vocabulary>("vocabulary");
    }

    #[test]
    fn the_longest_beginning_of_a_naf_code_decides_the_sector() {
        let vocabulary = crate::catalogue::tests::real_vocabulary();
        let sector = |code| vocabulary.sector_of_naf(code).map(|s| s.slug.as_str());
        assert_eq!(sector("47.24Z"), Some("alimentation"));
        assert_eq!(sector("4759B"), Some("commerce"));
        assert_eq!(sector("01.50Z"), Some("agriculture"));
        assert_eq!(sector("88.10A"), Some("services-personnes"));
        assert_eq!(sector("88.99B"), Some("sante-social"));
        assert_eq!(sector("ZZ"), None);
    }

    #[test]
    fn every_mistake_of_a_vocabulary_is_told() {
        let text = r#"
            themes = [{ slug = "Sites", label = { fr = "Sites", en = "" } }]
            equipment = []
            skills = [{ slug = "a", label = { fr = "A", en = "A" } }, { slug = "a", label = { fr = "A", en = "A" } }]
            audiences = []
            [[sectors]]
            slug = "commerce"
            label = { fr = "Commerce", en = "Shops" }
            naf = ["47", "4.7", "shop"]
        "#;
        let errors = Vocabulary::parse("vocabulary.toml", text).unwrap_err();
        let told = errors.to_string();
        for part in [
            "themes[0].slug: \"Sites\" cannot be used",
            "themes[0].label.en: this text is missing",
            "equipment: this list is empty",
            "accessibility: this list is empty",
            "skills[1].slug: \"a\" is there twice",
            "add a term for \"farmers\"",
            "\"4.7\" already belongs",
            "\"shop\" is no beginning of a NAF code",
        ] {
            assert!(told.contains(part), "{part} not in:\n{told}");
        }
    }
}
