//! What was missing, put together: how many people, and from where, without pointing at anybody.

use std::collections::{BTreeMap, BTreeSet};

/// The fewest people that a figure may stand for where people are not to be recognised.
pub const FEWEST: usize = 5;

/// What was missing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// A module of the catalogue, by slug.
    Module(String),
    /// A subject that the coordinator made of several people's words, by id.
    Subject(String),
    /// Somebody's own words that belong to no subject yet, by where they were said.
    Words(String),
}

/// Somebody who missed something: from a debrief or an open wish.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voice {
    /// Who.
    pub person: String,
    /// Code of the commune; empty where it is not known.
    pub commune: String,
    /// What.
    pub topic: Topic,
    /// How much it matters, 1 to 3.
    pub weight: u8,
}

/// Everybody who missed one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// What.
    pub topic: Topic,
    /// Who, each once.
    pub people: BTreeSet<String>,
    /// How many people from which commune.
    pub communes: BTreeMap<String, usize>,
    /// How much it matters in all: the highest word of each person, added up.
    pub weight: u32,
}

/// Puts voices together by what they are about; what most people missed first, then what matters most.
#[must_use]
pub fn gather(voices: &[Voice]) -> Vec<Missing> {
    let mut topics: BTreeMap<&Topic, BTreeMap<&str, (&str, u8)>> = BTreeMap::new();
    for voice in voices {
        let known = topics
            .entry(&voice.topic)
            .or_default()
            .entry(&voice.person)
            .or_insert((&voice.commune, 0));
        known.1 = known.1.max(voice.weight);
    }
    let mut all: Vec<Missing> = topics
        .into_iter()
        .map(|(topic, people)| {
            let mut communes = BTreeMap::new();
            for (commune, _) in people.values() {
                *communes.entry((*commune).to_owned()).or_insert(0) += 1;
            }
            Missing {
                topic: topic.clone(),
                weight: people.values().map(|(_, weight)| u32::from(*weight)).sum(),
                people: people.into_keys().map(str::to_owned).collect(),
                communes,
            }
        })
        .collect();
    all.sort_by(|a, b| {
        (b.people.len(), b.weight, &a.topic).cmp(&(a.people.len(), a.weight, &b.topic))
    });
    all
}

/// The subject that stands for `subject` now: subjects can be put into one another (`merged`: from, into).
#[must_use]
pub fn root<'a>(subject: &'a str, merged: &'a BTreeMap<String, String>) -> &'a str {
    let mut at = subject;
    // A ring cannot be made, but must not hang anybody either.
    for _ in 0..=merged.len() {
        match merged.get(at) {
            Some(next) => at = next,
            None => break,
        }
    }
    at
}

/// What may be shown of where people come from to those who may not know who they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// How many in all; nothing when they are fewer than [`FEWEST`].
    pub total: Option<usize>,
    /// Communes with at least [`FEWEST`], most first.
    pub communes: Vec<(String, usize)>,
    /// How many from other communes together: none, or at least [`FEWEST`].
    pub elsewhere: usize,
}

/// Leaves out every figure under [`FEWEST`], also those that could be found by subtraction.
#[must_use]
pub fn protect(communes: &BTreeMap<String, usize>) -> Shown {
    let total: usize = communes.values().sum();
    if total < FEWEST {
        return Shown::default();
    }
    let mut shown: Vec<(String, usize)> = communes
        .iter()
        .filter(|(_, people)| **people >= FEWEST)
        .map(|(commune, people)| (commune.clone(), *people))
        .collect();
    shown.sort_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
    let mut elsewhere = total - shown.iter().map(|(_, people)| people).sum::<usize>();
    if (1..FEWEST).contains(&elsewhere)
        && let Some((_, people)) = shown.pop()
    {
        elsewhere += people;
    }
    Shown {
        total: Some(total),
        communes: shown,
        elsewhere,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn voice(person: &str, commune: &str, topic: &str, weight: u8) -> Voice {
        Voice {
            person: person.to_owned(),
            commune: commune.to_owned(),
            topic: Topic::Module(topic.to_owned()),
            weight,
        }
    }

    #[test]
    fn one_person_counts_once_with_the_highest_word() {
        let all = gather(&[
            voice("anne", "62361", "a", 1),
            voice("anne", "62361", "a", 3),
            voice("luc", "62767", "a", 2),
            voice("luc", "62767", "b", 3),
        ]);
        assert_eq!(all.len(), 2);
        assert_eq!((all[0].people.len(), all[0].weight), (2, 5));
        assert_eq!(all[0].communes["62361"], 1);
        assert_eq!((all[1].people.len(), all[1].weight), (1, 3));
    }

    #[test]
    fn subjects_put_into_one_another_are_one_and_a_ring_ends() {
        let merged = BTreeMap::from([
            ("a".to_owned(), "b".to_owned()),
            ("b".to_owned(), "c".to_owned()),
            ("x".to_owned(), "y".to_owned()),
            ("y".to_owned(), "x".to_owned()),
        ]);
        assert_eq!(root("a", &merged), "c");
        assert_eq!(root("c", &merged), "c");
        assert!(["x", "y"].contains(&root("x", &merged)));
    }

    #[test]
    fn a_commune_is_not_found_by_subtraction() {
        let communes = |all: &[(&str, usize)]| {
            all.iter()
                .map(|(commune, people)| ((*commune).to_owned(), *people))
                .collect()
        };
        let shown = protect(&communes(&[("a", 9), ("b", 6), ("c", 2)]));
        assert_eq!(shown.communes, [("a".to_owned(), 9)]);
        assert_eq!(shown.elsewhere, 8);
        assert_eq!(
            protect(&communes(&[("a", 2), ("b", 2)])),
            Shown::default(),
            "four people are told by no figure at all"
        );
    }

    proptest! {
        #[test]
        fn no_figure_stands_for_fewer_than_five_and_all_add_up(
            communes in prop::collection::btree_map("[a-e]{1,2}", 1_usize..12, 0..9)
        ) {
            let shown = protect(&communes);
            let sum: usize = shown.communes.iter().map(|(_, people)| people).sum();
            prop_assert!(shown.communes.iter().all(|(_, people)| *people >= FEWEST));
            prop_assert!(shown.elsewhere == 0 || shown.elsewhere >= FEWEST);
            match shown.total {
                Some(total) => {
                    prop_assert!(total >= FEWEST);
                    prop_assert_eq!(total, sum + shown.elsewhere);
                }
                None => prop_assert_eq!(sum + shown.elsewhere, 0),
            }
        }

        #[test]
        fn gathering_neither_loses_nor_doubles_anybody(
            said in prop::collection::vec((0_u8..9, 0_u8..4, 1_u8..4), 0..40)
        ) {
            let voices: Vec<Voice> = said
                .iter()
                .map(|(person, topic, weight)| {
                    voice(&person.to_string(), &(person % 3).to_string(), &topic.to_string(), *weight)
                })
                .collect();
            let pairs: BTreeSet<(u8, u8)> = said.iter().map(|(person, topic, _)| (*person, *topic)).collect();
            let all = gather(&voices);
            prop_assert_eq!(all.iter().map(|one| one.people.len()).sum::<usize>(), pairs.len());
            for one in &all {
                prop_assert_eq!(one.communes.values().sum::<usize>(), one.people.len());
            }
            prop_assert!(all.is_sorted_by(|a, b| a.people.len() >= b.people.len()));
        }
    }
}
