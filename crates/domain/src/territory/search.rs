//! Finding communes by what people type: a name, part of one, a postcode, a code, a name of yesterday, with or without small faults.

use std::cmp::Ordering;

use super::index::{NONE, Owner};
use super::{Area, Commune, Former, Gazetteer, Point};
use crate::text::fold;

/// What is looked for.
#[derive(Debug, Clone, Copy)]
pub struct Query<'a> {
    /// What was typed: name, postcode, code, or postcode and name.
    pub text: &'a str,
    /// Equally good answers are put in order of distance from here; without it, the most populous come first.
    pub near: Option<Point>,
    /// Only communes at most this far from `near`, in kilometres.
    pub within_km: Option<f64>,
    /// Only communes of this territory.
    pub area: Option<&'a Area>,
    /// At most this many answers.
    pub limit: usize,
}

impl<'a> Query<'a> {
    /// The ten best answers for a text, anywhere.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        Self {
            text,
            near: None,
            within_km: None,
            area: None,
            limit: 10,
        }
    }
}

/// How well an answer meets the text, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quality {
    /// The text is the whole name, postcode or code.
    Exact,
    /// The name, postcode or code begins with the text.
    Prefix,
    /// The text begins a word inside the name.
    WordPrefix,
    /// Every word typed begins some word of the name.
    AllWords,
    /// The text is the name, or its beginning, with one or two wrong letters.
    Typo,
}

/// Through what a commune was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MatchedBy<'g> {
    /// Its name of today.
    Name,
    /// Its name in Dutch or German.
    OtherLanguage(&'g str),
    /// Its code.
    Code,
    /// One of its postcodes.
    Postcode(&'g str),
    /// The name of a former commune that is part of it now, or its own former name.
    FormerName(&'g Former),
    /// The code of a former commune that is part of it now.
    FormerCode(&'g Former),
}

/// One answer. A commune is answered once, by its best match.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit<'g> {
    /// The commune of today.
    pub commune: &'g Commune,
    /// Through what it was found.
    pub matched: MatchedBy<'g>,
    /// How well.
    pub quality: Quality,
    /// Kilometres from the query's `near`, when both points are known.
    pub distance_km: Option<f64>,
    /// Between typing faults: how many, and whether the rest of the name was left out. 0 is best.
    closeness: usize,
}

/// Answers by commune, the best of each.
struct Found<'g, 'q> {
    gazetteer: &'g Gazetteer,
    query: &'q Query<'q>,
    /// When a postcode was typed beside a name, only communes that have it.
    postcode: Option<&'q str>,
    hits: Vec<Hit<'g>>,
    /// Which of `hits` each commune has, [`NONE`] for none.
    slots: Vec<u32>,
}

impl<'g> Found<'g, '_> {
    fn add_owner(&mut self, owner: Owner, quality: Quality, closeness: usize) {
        let gazetteer = self.gazetteer;
        let hit = match owner {
            Owner::Commune(place) => Some((place, MatchedBy::Name)),
            Owner::Former(place) => gazetteer
                .former
                .get(place as usize)
                .zip(gazetteer.index.of_former.get(place as usize))
                .map(|(former, commune)| (*commune, MatchedBy::FormerName(former))),
            Owner::OtherName(place) => gazetteer
                .other_names
                .get(place as usize)
                .map(|(name, commune)| (*commune, MatchedBy::OtherLanguage(name))),
        };
        if let Some((place, matched)) = hit {
            self.add(place, matched, quality, closeness);
        }
    }

    fn add(&mut self, place: u32, matched: MatchedBy<'g>, quality: Quality, closeness: usize) {
        let Some(commune) = self.gazetteer.communes.get(place as usize) else {
            return;
        };
        if self.postcode.is_some_and(|typed| {
            !commune
                .postcodes()
                .any(|postcode| postcode.starts_with(typed))
        }) || self
            .query
            .area
            .is_some_and(|area| !area.contains(commune.code))
        {
            return;
        }
        let distance_km = self
            .query
            .near
            .and_then(|near| Some(commune.centre()?.distance_km(near)));
        if self
            .query
            .within_km
            .is_some_and(|km| distance_km.is_none_or(|distance| distance > km))
        {
            return;
        }
        let hit = Hit {
            commune,
            matched,
            quality,
            distance_km,
            closeness,
        };
        let Some(slot) = self.slots.get_mut(place as usize) else {
            return;
        };
        match self.hits.get_mut(*slot as usize) {
            Some(old) if hit.order() < old.order() => *old = hit,
            Some(_) => {}
            None => {
                *slot = u32::try_from(self.hits.len()).unwrap_or(NONE);
                self.hits.push(hit);
            }
        }
    }

    fn ranked(self) -> Vec<Hit<'g>> {
        let mut hits = self.hits;
        if hits.len() > self.query.limit {
            hits.select_nth_unstable_by(self.query.limit, Hit::rank);
            hits.truncate(self.query.limit);
        }
        hits.sort_unstable_by(Hit::rank);
        hits
    }
}

impl Hit<'_> {
    /// The order of answers.
    fn rank(&self, other: &Self) -> Ordering {
        let far = |hit: &Self| hit.distance_km.unwrap_or(f64::MAX);
        (self.quality, self.closeness)
            .cmp(&(other.quality, other.closeness))
            .then_with(|| far(self).total_cmp(&far(other)))
            .then_with(|| self.order().cmp(&other.order()))
            .then_with(|| other.commune.population.cmp(&self.commune.population))
            .then_with(|| self.commune.code.cmp(other.commune.code))
    }

    /// Between two matches of one quality, names of today come before names of yesterday, and a postcode, which people know, before a
    /// code.
    fn order(&self) -> (Quality, usize, u8) {
        let kind = match self.matched {
            MatchedBy::Name => 0,
            MatchedBy::Postcode(_) => 1,
            MatchedBy::Code => 2,
            MatchedBy::OtherLanguage(_) => 3,
            MatchedBy::FormerName(_) | MatchedBy::FormerCode(_) => 4,
        };
        (self.quality, self.closeness, kind)
    }
}

impl Gazetteer {
    /// The communes that a text may mean, the best first.
    ///
    /// By quality of the match; among equals by distance when `near` is given, else names of today before former ones and the most
    /// populous first. Small faults are forgiven only when nothing matches without them.
    #[must_use]
    pub fn search(&self, query: &Query<'_>) -> Vec<Hit<'_>> {
        let folded = fold(query.text);
        if folded.is_empty() || query.limit == 0 {
            return Vec::new();
        }
        let postcode = folded
            .split(' ')
            .find(|word| (4..=5).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit()));
        let name = folded
            .split(' ')
            .filter(|word| Some(*word) != postcode)
            .collect::<Vec<_>>()
            .join(" ");
        let mut found = Found {
            gazetteer: self,
            query,
            postcode: None,
            hits: Vec::new(),
            slots: vec![NONE; self.communes.len()],
        };
        if name.is_empty() || (folded.bytes().any(|b| b.is_ascii_digit()) && !folded.contains(' '))
        {
            self.by_codes(&folded.replace(' ', "").to_ascii_uppercase(), &mut found);
        }
        found.postcode = postcode.filter(|_| !name.is_empty());
        if !name.is_empty() {
            self.index
                .by_words(&name, |owner, quality| found.add_owner(owner, quality, 0));
            if found.hits.is_empty() {
                self.index.by_typo(&name, |owner, closeness| {
                    found.add_owner(owner, Quality::Typo, closeness);
                });
            }
        }
        found.ranked()
    }

    /// Postcodes that begin with what was typed, codes that are it.
    fn by_codes<'g>(&'g self, typed: &str, found: &mut Found<'g, '_>) {
        let from = self
            .index
            .postcodes
            .partition_point(|(postcode, _)| *postcode < typed);
        let places = self
            .index
            .postcodes
            .iter()
            .skip(from)
            .take_while(|(postcode, _)| postcode.starts_with(typed));
        for (postcode, place) in places {
            let quality = if *postcode == typed {
                Quality::Exact
            } else {
                Quality::Prefix
            };
            found.add(*place, MatchedBy::Postcode(postcode), quality, 0);
        }
        if let Some(place) = self
            .place(typed)
            .and_then(|place| u32::try_from(place).ok())
        {
            found.add(place, MatchedBy::Code, Quality::Exact, 0);
        }
        for (_, place) in self.index.by_nis.iter().filter(|(nis, _)| *nis == typed) {
            found.add(*place, MatchedBy::Code, Quality::Exact, 0);
        }
        let from = self.former.partition_point(|former| former.code < typed);
        let former = self.former.iter().zip(&self.index.of_former).skip(from);
        for (former, place) in former.take_while(|(former, _)| former.code == typed) {
            // The commune's own code was found above already.
            if former.commune != typed {
                found.add(*place, MatchedBy::FormerCode(former), Quality::Exact, 0);
            }
        }
    }
}
