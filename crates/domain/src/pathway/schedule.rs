//! Dates for a path, such that one person can really follow it.

use std::collections::BTreeSet;

use jiff::civil::DateTime;

/// Search effort, in sessions tried; beyond it the best plan so far is kept. Paths are short, so
/// this is only reached by a season with hundreds of overlapping sessions.
const MOST_TRIES: u32 = 20_000;

/// A stretch of local time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) starts: DateTime,
    pub(super) ends: DateTime,
}

impl Span {
    pub(super) fn overlaps(self, other: Self) -> bool {
        self.starts < other.ends && other.starts < self.ends
    }
}

/// One step to be dated.
#[derive(Debug, Default)]
pub(super) struct Slots {
    /// What it could be, best first.
    pub(super) candidates: Vec<Span>,
    /// Steps (by place) that must be over before, as far as they have a date.
    pub(super) after: BTreeSet<usize>,
    /// The date it already has.
    pub(super) fixed: Option<Span>,
}

/// Chooses a candidate for each step: as many steps dated as possible, and among those plans the
/// one whose first steps have the best candidates. No two overlap, none overlaps what is `busy`,
/// prerequisites are over before their dependants start. Answers places in `candidates`.
pub(super) fn plan(steps: &[Slots], busy: &[Span]) -> Vec<Option<usize>> {
    let mut search = Search {
        steps,
        busy,
        chosen: Vec::with_capacity(steps.len()),
        best: Vec::new(),
        best_count: 0,
        tries: 0,
    };
    search.from(0);
    let mut best = search.best;
    best.resize(steps.len(), None);
    // When the search was cut short, a step may still have room in the plan.
    for (place, step) in steps.iter().enumerate() {
        if best.get(place).is_some_and(Option::is_none) {
            let room = step
                .candidates
                .iter()
                .position(|span| fits(steps, busy, &best, place, *span));
            if let Some(choice) = best.get_mut(place) {
                *choice = room;
            }
        }
    }
    best
}

struct Search<'a> {
    steps: &'a [Slots],
    busy: &'a [Span],
    chosen: Vec<Option<usize>>,
    best: Vec<Option<usize>>,
    best_count: usize,
    tries: u32,
}

impl Search<'_> {
    fn from(&mut self, place: usize) {
        let dated = self.chosen.iter().flatten().count();
        if dated > self.best_count {
            self.best_count = dated;
            self.best.clone_from(&self.chosen);
        }
        let Some(step) = self.steps.get(place) else {
            return;
        };
        for candidate in 0..step.candidates.len() {
            if self.tries >= MOST_TRIES || self.bound(place) <= self.best_count {
                return;
            }
            self.tries += 1;
            if self.fits(place, candidate) {
                self.chosen.push(Some(candidate));
                self.from(place + 1);
                self.chosen.pop();
            }
        }
        self.chosen.push(None);
        if self.bound(place + 1) > self.best_count {
            self.from(place + 1);
        }
        self.chosen.pop();
    }

    /// The most steps that could be dated, whatever is chosen from `place` on.
    fn bound(&self, place: usize) -> usize {
        let open = self.steps.iter().skip(place);
        self.chosen.iter().flatten().count() + open.filter(|s| !s.candidates.is_empty()).count()
    }

    fn fits(&self, place: usize, candidate: usize) -> bool {
        let Some(span) = span_of(self.steps, place, Some(candidate)) else {
            return false;
        };
        fits(self.steps, self.busy, &self.chosen, place, span)
    }
}

fn span_of(steps: &[Slots], place: usize, chosen: Option<usize>) -> Option<Span> {
    let step = steps.get(place)?;
    match chosen {
        Some(candidate) => step.candidates.get(candidate).copied(),
        None => step.fixed,
    }
}

/// Whether a span for the step at `place` goes with what is chosen for the others and with what
/// is busy.
pub(super) fn fits(
    steps: &[Slots],
    busy: &[Span],
    chosen: &[Option<usize>],
    place: usize,
    span: Span,
) -> bool {
    let goes_with_others = steps.iter().enumerate().all(|(other, slots)| {
        if other == place {
            return true;
        }
        let choice = chosen.get(other).copied().flatten();
        let Some(theirs) = span_of(steps, other, choice) else {
            return true;
        };
        let is_before = steps
            .get(place)
            .is_some_and(|mine| mine.after.contains(&other));
        !span.overlaps(theirs)
            && (!is_before || theirs.ends <= span.starts)
            && (!slots.after.contains(&place) || span.ends <= theirs.starts)
    });
    goes_with_others && !busy.iter().any(|other| span.overlaps(*other))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn at(day: i8, hour: i8) -> Span {
        let starts = date(2026, 3, day).at(hour, 0, 0, 0);
        Span {
            starts,
            ends: date(2026, 3, day).at(hour + 2, 0, 0, 0),
        }
    }

    fn step(candidates: &[Span], after: &[usize]) -> Slots {
        Slots {
            candidates: candidates.to_vec(),
            after: after.iter().copied().collect(),
            fixed: None,
        }
    }

    #[test]
    fn the_earliest_dates_are_taken() {
        let steps = [step(&[at(2, 9), at(3, 9)], &[]), step(&[at(4, 9)], &[0])];
        assert_eq!(plan(&steps, &[]), [Some(0), Some(0)]);
    }

    #[test]
    fn a_step_gives_way_when_another_has_only_that_date() {
        let steps = [step(&[at(2, 9), at(3, 9)], &[]), step(&[at(2, 10)], &[])];
        assert_eq!(plan(&steps, &[]), [Some(1), Some(0)]);
    }

    #[test]
    fn what_comes_before_is_over_before() {
        let steps = [step(&[at(5, 9)], &[]), step(&[at(2, 9), at(6, 9)], &[0])];
        assert_eq!(plan(&steps, &[]), [Some(0), Some(1)]);
        let steps = [step(&[], &[]), step(&[at(2, 9)], &[0])];
        assert_eq!(
            plan(&steps, &[]),
            [None, Some(0)],
            "an undated one blocks nothing"
        );
    }

    #[test]
    fn busy_times_and_dates_already_taken_stay_free() {
        let mut steps = [step(&[], &[]), step(&[at(2, 10), at(4, 9)], &[0])];
        steps[0].fixed = Some(at(2, 9));
        assert_eq!(plan(&steps, &[]), [None, Some(1)]);
        assert_eq!(plan(&steps, &[at(4, 10)]), [None, None]);
    }

    #[test]
    fn many_overlapping_sessions_end_in_time() {
        let candidates: Vec<Span> = (0..12).map(|n| at(2 + n % 3, 8 + n % 2)).collect();
        let steps: Vec<Slots> = (0..12).map(|_| step(&candidates, &[])).collect();
        let dated = plan(&steps, &[]).into_iter().flatten().count();
        assert_eq!(dated, 3);
    }
}
