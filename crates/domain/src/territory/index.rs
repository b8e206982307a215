//! The names and postcodes of all communes, laid out for searching.

use super::Gazetteer;
use super::search::Quality;
use crate::text::fold;

/// Stands for "nowhere" among places of communes.
pub(super) const NONE: u32 = u32::MAX;

/// What a searchable name belongs to.
#[derive(Debug, Clone, Copy)]
pub(super) enum Owner {
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
    pub(super) postcodes: Vec<(&'static str, u32)>,
    pub(super) by_nis: Vec<(&'static str, u32)>,
    /// For each former commune, where its commune of today stands.
    pub(super) of_former: Vec<u32>,
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
            let today = gazetteer
                .place(former.commune)
                .and_then(|place| u32::try_from(place).ok());
            index.of_former.push(today.unwrap_or(NONE));
        }
        for (place, (name, _)) in (0u32..).zip(&gazetteer.other_names) {
            index.add(name, Owner::OtherName(place));
        }
        // Stable, because it profits from the long runs that are in order already.
        index.postcodes.sort();
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
    pub(super) fn by_words(&self, text: &str, mut found: impl FnMut(Owner, Quality)) {
        // One pass over all names for the longest word, the rarest as a rule; the others are looked for only where it is.
        let Some(longest) = text.split(' ').max_by_key(|word| word.len()) else {
            return;
        };
        // A word begins after a line break or a blank: two passes at memory speed, the second for what the first did not find.
        for (before, first_word) in [('\n', true), (' ', false)] {
            let mut last = usize::MAX;
            let needle = format!("{before}{longest}");
            for at in memchr::memmem::find_iter(self.names.as_bytes(), &needle) {
                let place = self
                    .entries
                    .partition_point(|entry| entry.start as usize <= at + 1)
                    .wrapping_sub(1);
                let Some(entry) = self.entries.get(place).filter(|_| place != last) else {
                    continue;
                };
                last = place;
                let name = self.name(entry);
                if (first_word || !name.starts_with(longest))
                    && let Some(quality) = words(name, text)
                {
                    found(entry.owner, quality);
                }
            }
        }
    }

    /// The names that are `text`, or begin with it, but for a few letters; blanks do not count.
    pub(super) fn by_typo(&self, text: &str, mut found: impl FnMut(Owner, usize)) {
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
    let one_word = !text.contains(' ');
    let begins_word = |part: &str| name.split(' ').any(|word| word.starts_with(part));
    if one_word {
        return begins_word(text).then_some(Quality::WordPrefix);
    }
    if name
        .match_indices(text)
        .any(|(at, _)| name.as_bytes().get(at.wrapping_sub(1)) == Some(&b' '))
    {
        return Some(Quality::WordPrefix);
    }
    text.split(' ')
        .all(begins_word)
        .then_some(Quality::AllWords)
}

/// How close `typed` comes to `name` or to a beginning of it (0 is best); `None` when more than `most` changes are needed: a letter
/// wrong, missing, too much, or two swapped.
fn closeness(typed: &[u8], name: &[u8], most: usize, rows: &mut [Vec<usize>; 3]) -> Option<usize> {
    const FAR: usize = 99;
    let [before, above, row] = rows;
    let width = name.len() + 1;
    for line in [&mut *before, &mut *above, &mut *row] {
        line.clear();
        line.resize(width, FAR);
    }
    for (j, cost) in above.iter_mut().enumerate().take(most + 1) {
        *cost = j;
    }
    let at = |row: &[usize], j: usize| row.get(j).copied().unwrap_or(FAR);
    for (i, letter) in typed.iter().enumerate() {
        // Only what is at most `most` places off the diagonal can still be good enough.
        let from = i.saturating_sub(most);
        row.fill(FAR);
        if let Some(cost) = row.first_mut().filter(|_| from == 0) {
            *cost = i + 1;
        }
        let mut least = at(row, 0);
        for (j, other) in name.iter().enumerate().take(i + most + 1).skip(from) {
            let mut cost = (at(above, j) + usize::from(letter != other))
                .min(at(above, j + 1) + 1)
                .min(at(row, j) + 1);
            if i > 0 && j > 0 && typed.get(i - 1) == Some(other) && name.get(j - 1) == Some(letter)
            {
                cost = cost.min(at(before, j - 1) + 1);
            }
            least = least.min(cost);
            if let Some(cell) = row.get_mut(j + 1) {
                *cell = cost;
            }
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
