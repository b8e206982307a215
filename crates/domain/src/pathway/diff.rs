//! What a change of rules does to a path.

use serde::{Deserialize, Serialize};

use super::Pathway;

/// A module whose place among the others changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// Slug of the module.
    pub module: String,
    /// Its place before, from 1.
    pub from: usize,
    /// Its place now, from 1.
    pub to: usize,
}

/// The differences between two paths of one person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PathwayDiff {
    /// Level before and now, when it changed.
    pub level: Option<(u8, u8)>,
    /// Modules that are new, in the order of the new path.
    pub added: Vec<String>,
    /// Modules that are gone, in the order of the old path.
    pub removed: Vec<String>,
    /// The fewest modules that must be moved to turn the old order into the new.
    pub moved: Vec<Moved>,
    /// Modules whose reasons are no longer the same.
    pub reasons_changed: Vec<String>,
    /// Modules whose proposed dates or outcome are no longer the same.
    pub dates_changed: Vec<String>,
}

impl PathwayDiff {
    /// Whether the paths are the same.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Compares two paths.
#[must_use]
pub fn diff(old: &Pathway, new: &Pathway) -> PathwayDiff {
    let place = |path: &Pathway, module: &str| path.steps.iter().position(|s| s.module == module);
    let only_in = |one: &Pathway, other: &Pathway| {
        one.steps
            .iter()
            .filter(|step| place(other, &step.module).is_none())
            .map(|step| step.module.clone())
            .collect()
    };
    // Both, in the new order, with their old places: what is not in the longest rise has moved.
    let both: Vec<(usize, usize)> = new
        .steps
        .iter()
        .enumerate()
        .filter_map(|(now, step)| Some((place(old, &step.module)?, now)))
        .collect();
    let stayed = longest_rise(&both.iter().map(|(before, _)| *before).collect::<Vec<_>>());
    let mut result = PathwayDiff {
        level: (old.level != new.level).then_some((old.level, new.level)),
        added: only_in(new, old),
        removed: only_in(old, new),
        ..PathwayDiff::default()
    };
    for (before, now) in both {
        let (Some(was), Some(is)) = (old.steps.get(before), new.steps.get(now)) else {
            continue;
        };
        if !stayed.contains(&before) {
            result.moved.push(Moved {
                module: is.module.clone(),
                from: before + 1,
                to: now + 1,
            });
        }
        if was.reasons != is.reasons {
            result.reasons_changed.push(is.module.clone());
        }
        if was.outcome != is.outcome || was.proposals != is.proposals || was.waiting != is.waiting {
            result.dates_changed.push(is.module.clone());
        }
    }
    result
}

/// The longest subsequence that goes up, the earliest of equals.
fn longest_rise(numbers: &[usize]) -> Vec<usize> {
    let mut best: Vec<Vec<usize>> = Vec::with_capacity(numbers.len());
    for number in numbers {
        let mut rise = best
            .iter()
            .filter(|rise| rise.last().is_some_and(|last| last < number))
            .fold(Vec::new(), |longest: Vec<usize>, rise| {
                if rise.len() > longest.len() {
                    rise.clone()
                } else {
                    longest
                }
            });
        rise.push(*number);
        best.push(rise);
    }
    best.into_iter().fold(Vec::new(), |longest, rise| {
        if rise.len() > longest.len() {
            rise
        } else {
            longest
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Translated;
    use crate::pathway::{Missed, Outcome, Reason, Step};

    fn path(modules: &[&str]) -> Pathway {
        let mut path = Pathway::default();
        for module in modules {
            path.steps.push(Step {
                module: (*module).to_owned(),
                module_version: 1,
                reasons: Vec::new(),
                outcome: Outcome::Absent {
                    missed: Missed::default(),
                },
                proposals: Vec::new(),
                waiting: Vec::new(),
                undated_before: Vec::new(),
            });
        }
        path
    }

    #[test]
    fn a_preview_tells_what_is_added_removed_and_moved() {
        let change = diff(
            &path(&["a", "b", "c", "d"]),
            &path(&["a", "c", "d", "b", "e"]),
        );
        assert_eq!(change.added, ["e"]);
        assert!(change.removed.is_empty());
        let moved = Moved {
            module: "b".to_owned(),
            from: 2,
            to: 4,
        };
        assert_eq!(change.moved, [moved]);
        assert_eq!(diff(&path(&["a", "b"]), &path(&["b"])).removed, ["a"]);
        assert!(diff(&path(&["a", "b"]), &path(&["a", "b"])).is_empty());
    }

    #[test]
    fn a_preview_tells_other_reasons_and_another_level() {
        let old = path(&["a"]);
        let mut new = path(&["a"]);
        new.level = 2;
        new.steps[0].reasons.push(Reason {
            rule: "r".to_owned(),
            text: Translated::new("Parce que", "Because"),
        });
        let change = diff(&old, &new);
        assert_eq!(change.level, Some((0, 2)));
        assert_eq!(change.reasons_changed, ["a"]);
    }
}
