//! Finding communes by what people type: a name, part of one, a postcode, a code, a name of yesterday, with or without small faults.

use std::cmp::Reverse;
use std::collections::HashMap;

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

/// What a searchable name belongs to.
#[derive(Debug, Clone, Copy)]
enum Owner {
    Commune(u32),
    Former(u32),
    OtherName(u32),
}

/// One searchable name: where it lies in the text, which letters it has, whose it is.
#[derive(Debug, Clone, Copy)]
struct Entry {
    start: u32,
    length: u16,
    letters: u32,
    owner: Owner,
}

/// All folded names in one text, one a line, and all postcodes in order.
#[derive(Debug, Default)]
pub(super) struct Index {
    names: String,
    entries: Vec<Entry>,
    postcodes: Vec<(&'static str, u32)>,
    by_nis: Vec<(&'static str, u32)>,
}

impl Index {
    pub(super) fn build(gazetteer: &Gazetteer) -> Self {
        let mut index = Self {
            names: String::from("\n"),
            ..Self::default()
        };
        for (place, commune) in (0u32..).zip(&gazetteer.communes) {
            index.add(commune.name, Owner::Commune(place));
            index
                .postcodes
                .extend(commune.postcodes().map(|postcode| (postcode, place)));
            if let Some(nis) = commune.code.strip_prefix("BE") {
                index.by_nis.push((nis, place));
            }
        }
        for (place, former) in (0u32..).zip(&gazetteer.former) {
            index.add(former.name, Owner::Former(place));
        }
        for (place, (name, _)) in (0u32..).zip(&gazetteer.other_names) {
            index.add(name, Owner::OtherName(place));
        }
        index.postcodes.sort_unstable();
        index.names.shrink_to_fit();
        index.entries.shrink_to_fit();
        index.postcodes.shrink_to_fit();
        index
    }

    fn add(&mut self, name: &str, owner: Owner) {
        let folded = fold(name);
        let (Ok(start), Ok(length)) =
            (u32::try_from(self.names.len()), u16::try_from(folded.len()))
        else {
            return;
        };
        if length > 0 {
            self.entries.push(Entry {
                start,
                length,
                letters: letters(&folded),
                owner,
            });
            self.names.push_str(&folded);
            self.names.push('\n');
        }
    }

    fn name(&self, entry: &Entry) -> &str {
        let start = entry.start as usize;
        self.names
            .get(start..start + usize::from(entry.length))
            .unwrap_or_default()
    }

    /// The names in which `text` begins a word or in which all its words do.
    fn by_words(&self, text: &str, mut found: impl FnMut(Owner, Quality)) {
        // One pass over all names for the longest word, the rarest as a rule; the others are looked for only where it is.
        let Some(longest) = text.split(' ').max_by_key(|word| word.len()) else {
            return;
        };
        let bytes = self.names.as_bytes();
        let mut last = usize::MAX;
        for (at, _) in self.names.match_indices(longest) {
            if !matches!(bytes.get(at.wrapping_sub(1)), Some(b'\n' | b' ')) {
                continue;
            }
            let place = self
                .entries
                .partition_point(|entry| entry.start as usize <= at)
                .wrapping_sub(1);
            let Some(entry) = self.entries.get(place).filter(|_| place != last) else {
                continue;
            };
            last = place;
            if let Some(quality) = words(self.name(entry), text) {
                found(entry.owner, quality);
            }
        }
    }

    /// The names that are `text`, or begin with it, but for a few letters; blanks do not count.
    fn by_typo(&self, text: &str, mut found: impl FnMut(Owner, usize)) {
        let typed: Vec<u8> = text.bytes().filter(|b| *b != b' ').collect();
        let faults = match typed.len() {
            0..=3 => 0,
            4..=7 => 1,
            _ => 2,
        };
        let wanted = letters(text);
        let mut rows = [Vec::new(), Vec::new(), Vec::new()];
        let mut name = Vec::new();
        for entry in &self.entries {
            // A wrong letter takes away at most one of the letters typed: most names fall out here.
            if (wanted & !entry.letters).count_ones() > faults
                || usize::from(entry.length) + (faults as usize) < typed.len()
            {
                continue;
            }
            name.clear();
            name.extend(
                self.name(entry)
                    .bytes()
                    .filter(|b| *b != b' ')
                    .take(typed.len() + faults as usize),
            );
            if let Some(closeness) = closeness(&typed, &name, faults as usize, &mut rows) {
                found(entry.owner, closeness);
            }
        }
    }
}

/// The letters of a folded text, one bit each.
fn letters(folded: &str) -> u32 {
    folded
        .bytes()
        .filter(u8::is_ascii_lowercase)
        .fold(0, |set, b| set | 1 << (b - b'a'))
}

/// How a folded name meets a folded text, word by word.
fn words(name: &str, text: &str) -> Option<Quality> {
    if name == text {
        return Some(Quality::Exact);
    }
    if name.starts_with(text) {
        return Some(Quality::Prefix);
    }
    let begins_word = |part: &str| {
        name.match_indices(part)
            .any(|(at, _)| at == 0 || name.as_bytes().get(at - 1) == Some(&b' '))
    };
    if begins_word(text) {
        return Some(Quality::WordPrefix);
    }
    text.split(' ')
        .all(begins_word)
        .then_some(Quality::AllWords)
}

/// How close `typed` comes to `name` or to a beginning of it (0 is best); `None` when more than `most` changes are needed: a letter
/// wrong, missing, too much, or two swapped.
fn closeness(typed: &[u8], name: &[u8], most: usize, rows: &mut [Vec<usize>; 3]) -> Option<usize> {
    let [before, above, row] = rows;
    above.clear();
    above.extend(0..=name.len());
    before.clear();
    for (i, letter) in typed.iter().enumerate() {
        row.clear();
        row.push(i + 1);
        let mut least = i + 1;
        for (j, other) in name.iter().enumerate() {
            let at = |row: &[usize], j: usize| row.get(j).copied().unwrap_or(usize::MAX - 1);
            let mut cost = (at(above, j) + usize::from(letter != other))
                .min(at(above, j + 1) + 1)
                .min(at(row, j) + 1);
            if i > 0 && j > 0 && typed.get(i - 1) == Some(other) && name.get(j - 1) == Some(letter)
            {
                cost = cost.min(at(before, j - 1) + 1);
            }
            least = least.min(cost);
            row.push(cost);
        }
        if least > most {
            return None;
        }
        std::mem::swap(before, above);
        std::mem::swap(above, row);
    }
    let whole = above.last().map(|faults| 2 * faults);
    let beginning = above.iter().min().map(|faults| 2 * faults + 1);
    whole
        .min(beginning)
        .filter(|closeness| *closeness <= 2 * most + 1)
}

/// Answers by commune, the best of each.
struct Found<'g, 'q> {
    gazetteer: &'g Gazetteer,
    query: &'q Query<'q>,
    /// When a postcode was typed beside a name, only communes that have it.
    postcode: Option<&'q str>,
    best: HashMap<&'static str, Hit<'g>>,
}

impl<'g> Found<'g, '_> {
    fn add_owner(&mut self, owner: Owner, quality: Quality, closeness: usize) {
        let gazetteer = self.gazetteer;
        let hit = match owner {
            Owner::Commune(place) => gazetteer
                .communes
                .get(place as usize)
                .map(|commune| (commune, MatchedBy::Name)),
            Owner::Former(place) => gazetteer.former.get(place as usize).and_then(|former| {
                Some((
                    gazetteer.commune(former.commune)?,
                    MatchedBy::FormerName(former),
                ))
            }),
            Owner::OtherName(place) => {
                gazetteer
                    .other_names
                    .get(place as usize)
                    .and_then(|(name, place)| {
                        Some((
                            gazetteer.communes.get(*place as usize)?,
                            MatchedBy::OtherLanguage(name),
                        ))
                    })
            }
        };
        if let Some((commune, matched)) = hit {
            self.add(commune, matched, quality, closeness);
        }
    }

    fn add(
        &mut self,
        commune: &'g Commune,
        matched: MatchedBy<'g>,
        quality: Quality,
        closeness: usize,
    ) {
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
        self.best
            .entry(commune.code)
            .and_modify(|old| {
                if hit.order() < old.order() {
                    *old = hit;
                }
            })
            .or_insert(hit);
    }

    fn ranked(self) -> Vec<Hit<'g>> {
        let mut hits: Vec<_> = self.best.into_values().collect();
        hits.sort_unstable_by(|a, b| {
            let far = |hit: &Hit<'_>| hit.distance_km.unwrap_or(f64::MAX);
            (a.quality, a.closeness)
                .cmp(&(b.quality, b.closeness))
                .then_with(|| far(a).total_cmp(&far(b)))
                .then_with(|| a.order().cmp(&b.order()))
                .then_with(|| Reverse(a.commune.population).cmp(&Reverse(b.commune.population)))
                .then_with(|| a.commune.code.cmp(b.commune.code))
        });
        hits.truncate(self.query.limit);
        hits
    }
}

impl Hit<'_> {
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
            best: HashMap::new(),
        };
        if name.is_empty() || (folded.bytes().any(|b| b.is_ascii_digit()) && !folded.contains(' '))
        {
            self.by_codes(&folded.replace(' ', "").to_ascii_uppercase(), &mut found);
        }
        found.postcode = postcode.filter(|_| !name.is_empty());
        if !name.is_empty() {
            self.index
                .by_words(&name, |owner, quality| found.add_owner(owner, quality, 0));
            if found.best.is_empty() {
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
            if let Some(commune) = self.communes.get(*place as usize) {
                let quality = if *postcode == typed {
                    Quality::Exact
                } else {
                    Quality::Prefix
                };
                found.add(commune, MatchedBy::Postcode(postcode), quality, 0);
            }
        }
        if let Some(commune) = self.commune(typed) {
            found.add(commune, MatchedBy::Code, Quality::Exact, 0);
        }
        for (_, place) in self.index.by_nis.iter().filter(|(nis, _)| *nis == typed) {
            if let Some(commune) = self.communes.get(*place as usize) {
                found.add(commune, MatchedBy::Code, Quality::Exact, 0);
            }
        }
        let from = self.former.partition_point(|former| former.code < typed);
        for former in self
            .former
            .iter()
            .skip(from)
            .take_while(|former| former.code == typed)
        {
            if let Some(commune) = self
                .commune(former.commune)
                .filter(|commune| commune.code != typed)
            {
                found.add(commune, MatchedBy::FormerCode(former), Quality::Exact, 0);
            }
        }
    }
}
