//! Counts of people that must not point at anybody.

/// Groups of fewer people than this are not shown to those who may not see the people themselves.
pub const LEAST: u32 = 5;

/// A count as it may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// The count itself.
    Count(u32),
    /// Kept back.
    Few,
}

impl Shown {
    /// The count, where it is shown.
    #[must_use]
    pub const fn count(self) -> Option<u32> {
        match self {
            Self::Count(count) => Some(count),
            Self::Few => None,
        }
    }
}

/// The cells of one table whose total is told beside them. Every group of 1 to 4 is kept back; where
/// that is a single one, or few people in all, which the total would give away, the smallest of the
/// others go with it. A total below 5 keeps everything back, the empty cells too.
#[must_use]
pub fn protect(counts: &[u32]) -> Vec<Shown> {
    let total: u32 = counts.iter().sum();
    if total == 0 {
        return counts.iter().map(|count| Shown::Count(*count)).collect();
    }
    if total < LEAST {
        return vec![Shown::Few; counts.len()];
    }
    let mut shown: Vec<Shown> = counts
        .iter()
        .map(|count| match count {
            1..LEAST => Shown::Few,
            other => Shown::Count(*other),
        })
        .collect();
    while !is_safe(counts, &shown) {
        let next = shown
            .iter()
            .enumerate()
            .filter_map(|(place, cell)| cell.count().map(|count| (count == 0, count, place)))
            .min();
        match next.and_then(|(_, _, place)| shown.get_mut(place)) {
            Some(cell) => *cell = Shown::Few,
            None => break,
        }
    }
    shown
}

/// Whether what is kept back cannot be worked out from the total: nothing is, or several groups
/// that together are not few.
fn is_safe(counts: &[u32], shown: &[Shown]) -> bool {
    let kept: Vec<u32> = counts
        .iter()
        .zip(shown)
        .filter(|(_, cell)| **cell == Shown::Few)
        .map(|(count, _)| *count)
        .collect();
    kept.is_empty() || (kept.len() > 1 && kept.iter().sum::<u32>() >= LEAST)
}

#[cfg(test)]
mod tests {
    use super::Shown::{Count, Few};
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn small_groups_are_kept_back_and_cannot_be_worked_out() {
        assert_eq!(protect(&[10, 7, 0, 12]), [10, 7, 0, 12].map(Count));
        assert_eq!(protect(&[10, 3, 0, 12]), [Few, Few, Count(0), Count(12)]);
        assert_eq!(protect(&[4, 3, 0, 12]), [Few, Few, Count(0), Count(12)]);
        assert_eq!(protect(&[1, 1, 0, 12]), [Few, Few, Count(0), Few]);
        assert_eq!(protect(&[3, 0, 0]), [Few; 3]);
        assert_eq!(protect(&[0, 0]), [Count(0), Count(0)]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { rng_seed: proptest::test_runner::RngSeed::Fixed(1), ..ProptestConfig::default() })]
        #[test]
        fn whatever_is_kept_back_could_be_more_than_one_thing(counts in prop::collection::vec(0_u32..30, 2..9)) {
            let shown = protect(&counts);
            prop_assert_eq!(shown.len(), counts.len());
            prop_assert_ne!(shown.iter().filter(|cell| **cell == Few).count(), 1);
            for (count, cell) in counts.iter().zip(&shown) {
                match cell.count() {
                    Some(told) => prop_assert!(told == *count && (told == 0 || told >= LEAST)),
                    None => prop_assert!(counts.iter().any(|c| (1..LEAST).contains(c))),
                }
            }
        }
    }
}
