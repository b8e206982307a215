//! The item bank of the level test: content files, read and checked as a whole.

mod framework;
mod item;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::adaptive::{Answered, Pool, PoolItem};
use crate::content::{ContentErrors, ContentVersion, Problems};

pub use framework::{Area, BandName, Competence, Framework};
pub use item::{Calibrated, Item, ItemChoice, Picture, Spot};

use item::Drawing;

/// Fewer items than this cannot tell anything about a competence.
const LEAST_ITEMS: usize = 5;

/// One file of items.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct ItemsFile {
    /// The items.
    items: Vec<Item>,
}

/// Every item, with the framework they belong to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bank {
    framework: Framework,
    items: Vec<Item>,
}

/// How someone did in one area.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AreaResult<'b> {
    /// The area.
    pub area: &'b Area,
    /// Items asked.
    pub asked: usize,
    /// Of these, answered right.
    pub right: usize,
}

impl Bank {
    /// Reads `framework.toml` and the item files (every other name), given as name and text;
    /// `pictures` are the names (without folder) and texts of the SVG files.
    ///
    /// # Errors
    /// Everything wrong in all of the files.
    pub fn parse<N: AsRef<str>, T: AsRef<str>>(
        files: &[(N, T)],
        pictures: &[(N, T)],
    ) -> Result<Self, ContentErrors> {
        let mut problems = Problems::default();
        let drawings: BTreeMap<&str, Drawing> = pictures
            .iter()
            .map(|(name, svg)| (name.as_ref(), Drawing::read(svg.as_ref())))
            .collect();
        let mut framework = None;
        let mut items: Vec<(&str, String, Item)> = Vec::new();
        for (file, text) in files {
            let (file, text) = (file.as_ref(), text.as_ref());
            if file.rsplit('/').next() == Some("framework.toml") {
                framework = Some((file, problems.read::<Framework>(file, text)));
            } else if let Some(read) = problems.read::<ItemsFile>(file, text) {
                let named = read.items.into_iter().enumerate();
                items.extend(named.map(|(n, item)| (file, format!("items[{n}]"), item)));
            }
        }
        let all_readable = problems.is_empty();
        let (file, framework) = framework.unwrap_or_else(|| {
            problems.add("framework.toml", "", "this file is missing; add it");
            ("framework.toml", None)
        });
        let framework = framework.unwrap_or_default();
        framework.check(file, &mut problems);
        check_items(&items, &drawings, &mut problems);
        if all_readable {
            check_competences(file, &framework, &items, &mut problems);
        }
        problems.or(Self {
            framework,
            items: items.into_iter().map(|(_, _, item)| item).collect(),
        })
    }

    /// The bank with items that it no longer has, after its own: to go on reading answers given to
    /// them. Items that it still has are passed over.
    #[must_use]
    pub fn with(&self, gone: Vec<Item>) -> Self {
        let mut bank = self.clone();
        for item in gone {
            if bank.item(&item.slug).is_none() {
                bank.items.push(item);
            }
        }
        bank
    }

    /// Areas, competences and levels.
    #[must_use]
    pub const fn framework(&self) -> &Framework {
        &self.framework
    }

    /// Every item; their places are the numbers by which the [`Pool`] knows them.
    #[must_use]
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// The item of this slug, with its number.
    #[must_use]
    pub fn item(&self, slug: &str) -> Option<(usize, &Item)> {
        self.items
            .iter()
            .enumerate()
            .find(|(_, item)| item.slug == slug)
    }

    /// The items as the adaptive test sees them.
    #[must_use]
    pub fn pool(&self) -> Pool {
        let items: Vec<PoolItem> = self
            .items
            .iter()
            .map(|item| PoolItem {
                parameters: item.parameters(),
                area: self.framework.place_of(&item.competence).unwrap_or(0),
            })
            .collect();
        Pool::new(&items)
    }

    /// What these answers say area by area.
    #[must_use]
    pub fn by_area(&self, answers: &[Answered]) -> Vec<AreaResult<'_>> {
        let place = |answer: &Answered| {
            let item = self.items.get(answer.item)?;
            self.framework.place_of(&item.competence)
        };
        self.framework
            .areas
            .iter()
            .enumerate()
            .map(|(n, area)| {
                let here = || answers.iter().filter(|answer| place(answer) == Some(n));
                AreaResult {
                    area,
                    asked: here().count(),
                    right: here().filter(|answer| answer.right).count(),
                }
            })
            .collect()
    }

    /// Names this state of the whole bank.
    #[must_use]
    pub fn content_version(&self) -> ContentVersion {
        ContentVersion::of(self)
    }
}

fn check_items(
    items: &[(&str, String, Item)],
    drawings: &BTreeMap<&str, Drawing>,
    problems: &mut Problems,
) {
    let mut slugs = BTreeSet::new();
    for (file, field, item) in items {
        item.check(file, field, drawings, problems);
        if !slugs.insert(item.slug.as_str()) {
            problems.add(
                file,
                format!("{field}.slug"),
                format!("\"{}\" is there twice; choose another", item.slug),
            );
        }
    }
}

fn check_competences(
    file: &str,
    framework: &Framework,
    items: &[(&str, String, Item)],
    problems: &mut Problems,
) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (file, field, item) in items {
        *counts.entry(item.competence.as_str()).or_default() += 1;
        if framework.competence(&item.competence).is_none() {
            problems.add(
                file,
                format!("{field}.competence"),
                format!(
                    "unknown competence \"{}\" (item {}); correct it or add it to framework.toml",
                    item.competence, item.slug
                ),
            );
        }
    }
    for competence in framework.competences() {
        let count = counts.get(competence.id.as_str()).copied().unwrap_or(0);
        if count < LEAST_ITEMS {
            problems.add(
                file,
                format!("competence {}", competence.id),
                format!("there are {count} items; write at least {LEAST_ITEMS}"),
            );
        }
    }
}

#[cfg(test)]
mod tests;
