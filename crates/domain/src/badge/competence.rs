//! Which competences of the European framework a module exercises.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::language::{Language, Translated};

/// Modules and the competences they exercise, with the names of the framework.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Competences {
    modules: BTreeMap<String, Vec<String>>,
    names: BTreeMap<String, Translated>,
}

/// A competence with its name in a language.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Named {
    /// Number in the framework, such as `2.1`.
    pub code: String,
    /// Its name.
    pub name: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    modules: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
struct Framework {
    areas: Vec<Area>,
}

#[derive(Deserialize)]
struct Area {
    competences: Vec<Competence>,
}

#[derive(Deserialize)]
struct Competence {
    id: String,
    name: Translated,
}

impl Competences {
    /// Reads the two files: modules with their competences, and the framework.
    ///
    /// # Errors
    /// What is wrong, in words for whoever writes the files.
    pub fn parse(modules: &str, framework: &str) -> Result<Self, String> {
        let File { modules } = toml::from_str(modules).map_err(|error| error.to_string())?;
        let Framework { areas } = toml::from_str(framework).map_err(|error| error.to_string())?;
        let names: BTreeMap<String, Translated> = areas
            .into_iter()
            .flat_map(|area| area.competences)
            .map(|one| (one.id, one.name))
            .collect();
        for (module, codes) in &modules {
            if codes.is_empty() {
                return Err(format!("{module}: name at least one competence"));
            }
            if let Some(code) = codes.iter().find(|code| !names.contains_key(*code)) {
                return Err(format!("{module}: there is no competence {code}"));
            }
        }
        Ok(Self { modules, names })
    }

    /// Slugs of the modules that are named.
    pub fn modules(&self) -> impl Iterator<Item = &str> {
        self.modules.keys().map(String::as_str)
    }

    /// The competences of a module, in order of the framework.
    #[must_use]
    pub fn of(&self, module: &str, language: Language) -> Vec<Named> {
        let codes = self.modules.get(module).map(Vec::as_slice);
        let mut named: Vec<Named> = codes
            .unwrap_or_default()
            .iter()
            .filter_map(|code| {
                let name = self.names.get(code)?.get(language);
                Some(Named {
                    code: code.clone(),
                    name: name.to_owned(),
                })
            })
            .collect();
        named.sort();
        named
    }
}
