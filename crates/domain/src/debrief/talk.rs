//! What is said in the talk, and reading it from a form.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::input::{LongText, optional};
use crate::questionnaire::{AnswerError, Answers, Questionnaire};
use crate::text::fold;

/// How much something missing matters: from “a little” to “a lot”.
pub const WEIGHTS: [u8; 3] = [1, 2, 3];

/// Most modules, and most subjects in own words, that one person can have missed.
pub const MOST_LACKS: usize = 12;

/// What became of a module that was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Use {
    /// Used every week.
    Weekly,
    /// Used sometimes.
    Sometimes,
    /// Not used yet.
    NotYet,
    /// Given up.
    GaveUp,
}

impl Use {
    /// Every answer, from much to none.
    pub const ALL: [Self; 4] = [Self::Weekly, Self::Sometimes, Self::NotYet, Self::GaveUp];

    /// The answer's name in forms and texts.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Weekly => "weekly",
            Self::Sometimes => "sometimes",
            Self::NotYet => "not-yet",
            Self::GaveUp => "gave-up",
        }
    }

    fn parse(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.slug() == slug)
    }
}

/// What became of one module, and why it was given up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UseOf {
    /// How much it is used.
    pub how: Use,
    /// Why, in the person's words.
    #[serde(default)]
    pub why: String,
}

/// What somebody would have wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// A module of the catalogue, by slug.
    Module(String),
    /// A subject in own words.
    Words(String),
}

/// Something that was missing, and how much it matters (see [`WEIGHTS`]).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lack {
    /// What.
    pub wanted: Wanted,
    /// How much.
    pub weight: u8,
}

/// Answers and uses: what the store keeps as one text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Kept {
    /// By slug of question.
    pub answers: Answers,
    /// By slug of module taken.
    pub uses: BTreeMap<String, UseOf>,
}

/// Everything said in one talk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Talk {
    /// Answers and uses.
    pub kept: Kept,
    /// What was missing.
    pub lacks: Vec<Lack>,
}

/// What came of a form that was sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// What can be kept.
    pub talk: Talk,
    /// What is wrong, by name of field.
    pub errors: BTreeMap<String, AnswerError>,
}

/// Reads the form of a talk with somebody who took the modules `taken`; `known` says whether a module is in the catalogue. While it is a
/// draft nothing needs an answer; `finishing` asks for what the questions require.
#[must_use]
pub fn read(
    form: &Questionnaire,
    taken: &BTreeSet<String>,
    known: &dyn Fn(&str) -> bool,
    raw: &[(String, String)],
    finishing: bool,
) -> Entry {
    let mut entry = Entry::default();
    let mut answers = Answers::default();
    for page in form.pages() {
        let read = form.read_page(page, raw, &answers, &|_| Vec::new());
        answers = read.answers;
        entry.errors.extend(
            read.errors
                .into_iter()
                .filter(|(_, error)| finishing || *error != AnswerError::Required),
        );
    }
    entry.talk.kept.answers = form.relevant(&answers);
    for module in taken {
        if let Some(used) = used(module, raw, &mut entry.errors) {
            entry.talk.kept.uses.insert(module.clone(), used);
        }
    }
    entry.talk.lacks = lacks(taken, known, raw, &mut entry.errors);
    entry
}

fn value<'a>(raw: &'a [(String, String)], name: &str) -> &'a str {
    raw.iter()
        .find(|(other, _)| other == name)
        .map_or("", |(_, value)| value.trim())
}

fn used(
    module: &str,
    raw: &[(String, String)],
    errors: &mut BTreeMap<String, AnswerError>,
) -> Option<UseOf> {
    let (name, why) = (format!("use_{module}"), format!("why_{module}"));
    let typed = value(raw, &name);
    let how = match Use::parse(typed) {
        Some(how) => how,
        None if typed.is_empty() => return None,
        None => {
            let value = typed.chars().take(100).collect();
            errors.insert(name, AnswerError::UnknownOption { value });
            return None;
        }
    };
    match optional(value(raw, &why), LongText::<300>::parse) {
        Ok(text) => Some(UseOf {
            how,
            why: text.map_or_else(String::new, String::from),
        }),
        Err(error) => {
            errors.insert(why, error.into());
            None
        }
    }
}

/// Rows of what and how much, each sent under one name; empty rows are passed over, and what is there twice counts once.
fn lacks(
    taken: &BTreeSet<String>,
    known: &dyn Fn(&str) -> bool,
    raw: &[(String, String)],
    errors: &mut BTreeMap<String, AnswerError>,
) -> Vec<Lack> {
    let mut lacks: Vec<Lack> = Vec::new();
    let mut keep = |wanted: Wanted, weight: u8| {
        let same = lacks
            .iter_mut()
            .find(|known| match (&known.wanted, &wanted) {
                (Wanted::Module(one), Wanted::Module(other)) => one == other,
                (Wanted::Words(one), Wanted::Words(other)) => fold(one) == fold(other),
                _ => false,
            });
        match same {
            Some(known) => known.weight = known.weight.max(weight),
            None => lacks.push(Lack { wanted, weight }),
        }
    };
    for (module, weight) in rows(raw, "lack_module", errors) {
        if known(&module) && !taken.contains(&module) {
            keep(Wanted::Module(module), weight);
        } else {
            let value = module.chars().take(100).collect();
            errors.insert(
                "lack_module".to_owned(),
                AnswerError::UnknownOption { value },
            );
        }
    }
    for (words, weight) in rows(raw, "lack_words", errors) {
        match LongText::<200>::parse(&words) {
            Ok(text) => keep(Wanted::Words(String::from(text)), weight),
            Err(error) => {
                errors.insert("lack_words".to_owned(), error.into());
            }
        }
    }
    lacks
}

fn rows(
    raw: &[(String, String)],
    name: &str,
    errors: &mut BTreeMap<String, AnswerError>,
) -> Vec<(String, u8)> {
    let all = |wanted: &str| -> Vec<&str> {
        raw.iter()
            .filter(|(other, _)| other == wanted)
            .map(|(_, value)| value.trim())
            .collect()
    };
    let weights = all(&format!("{name}_weight"));
    let mut rows = Vec::new();
    for (index, what) in all(name).into_iter().enumerate() {
        if what.is_empty() {
            continue;
        }
        if rows.len() == MOST_LACKS {
            let (most, chosen) = (
                u32::try_from(MOST_LACKS).unwrap_or(u32::MAX),
                rows.len() + 1,
            );
            errors.insert(name.to_owned(), AnswerError::TooMany { most, chosen });
            break;
        }
        let weight = weights
            .get(index)
            .and_then(|weight| weight.parse().ok())
            .filter(|weight| WEIGHTS.contains(weight));
        // How much was not said: in the middle.
        rows.push((what.to_owned(), weight.unwrap_or(2)));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Vocabulary;

    const FORM: &str = r#"
slug = "essai"
version = 1
title.fr = "Essai"
title.en = "Trial"
intro.fr = "Essai"
intro.en = "Trial"
[[pages]]
slug = "suite"
title.fr = "Suite"
title.en = "Next"
[[pages.questions]]
slug = "recommande"
kind = "single"
required = true
label.fr = "Oui ?"
label.en = "Yes?"
[[pages.questions.options]]
value = "oui"
label.fr = "Oui"
label.en = "Yes"
[[pages.questions.options]]
value = "non"
label.fr = "Non"
label.en = "No"
"#;

    fn form() -> Questionnaire {
        Questionnaire::parse(&Vocabulary::default(), "essai.toml", FORM).unwrap()
    }

    fn sent(pairs: &[(&str, &str)], finishing: bool) -> Entry {
        let raw: Vec<(String, String)> = pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        let taken = BTreeSet::from(["courriel".to_owned()]);
        let known = |slug: &str| ["courriel", "securite", "qr-codes"].contains(&slug);
        read(&form(), &taken, &known, &raw, finishing)
    }

    #[test]
    fn a_draft_may_leave_anything_open_and_finishing_asks_for_what_is_required() {
        assert!(sent(&[], false).errors.is_empty());
        assert_eq!(sent(&[], true).errors["recommande"], AnswerError::Required);
        assert!(sent(&[("recommande", "oui")], true).errors.is_empty());
    }

    #[test]
    fn only_modules_taken_are_used_and_only_others_can_be_missing() {
        let entry = sent(
            &[
                ("use_courriel", "gave-up"),
                ("why_courriel", "Pas de réseau"),
                ("use_securite", "weekly"),
                ("lack_module", "securite"),
                ("lack_module_weight", "3"),
            ],
            false,
        );
        assert!(entry.errors.is_empty());
        assert_eq!(entry.talk.kept.uses.len(), 1);
        assert_eq!(entry.talk.kept.uses["courriel"].why, "Pas de réseau");
        assert_eq!(entry.talk.lacks[0].weight, 3);
        for wrong in ["courriel", "inconnu"] {
            assert!(
                sent(&[("lack_module", wrong)], false)
                    .errors
                    .contains_key("lack_module")
            );
        }
    }

    #[test]
    fn what_is_there_twice_counts_once_and_empty_rows_do_not_count() {
        let entry = sent(
            &[
                ("lack_words", "La photo  de produits"),
                ("lack_words_weight", "1"),
                ("lack_words", ""),
                ("lack_words_weight", "2"),
                ("lack_words", "LA PHOTO de produits"),
                ("lack_words_weight", "3"),
            ],
            false,
        );
        assert_eq!(entry.talk.lacks.len(), 1);
        assert_eq!(entry.talk.lacks[0].weight, 3);
    }

    #[test]
    fn bad_values_are_told_at_their_field_and_never_kept() {
        let entry = sent(
            &[
                ("use_courriel", "<b>"),
                ("lack_words", &"x".repeat(201)),
                ("recommande", "peut-être"),
            ],
            false,
        );
        assert_eq!(
            entry.errors.keys().collect::<Vec<_>>(),
            ["lack_words", "recommande", "use_courriel"]
        );
        assert_eq!(entry.talk, Talk::default());
        let many: Vec<(&str, &str)> = (0..20)
            .map(|n| ("lack_words", ["a", "b", "c", "d"][n % 4]))
            .collect();
        assert!(sent(&many, false).errors.contains_key("lack_words"));
    }
}
