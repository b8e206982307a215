//! A level test from its beginning to its result: when one is due, which answers are taken, and
//! what is said of the result.

use serde::{Deserialize, Serialize};

use super::adaptive::{Ability, Parameters};

/// When in someone's way a test is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Occasion {
    /// Just after the questionnaire.
    Questionnaire,
    /// Later, and before the first workshop.
    Before,
    /// Once workshops have been attended.
    After,
}

impl Occasion {
    /// Every occasion, in the order in which they come.
    pub const ALL: [Self; 3] = [Self::Questionnaire, Self::Before, Self::After];

    /// What files and addresses call it.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Questionnaire => "questionnaire",
            Self::Before => "before",
            Self::After => "after",
        }
    }

    /// The occasion of this name.
    #[must_use]
    pub fn of(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.slug() == slug)
    }

    /// Whether it says where someone starts from, rather than where they have got to.
    #[must_use]
    pub const fn is_start(self) -> bool {
        matches!(self, Self::Questionnaire | Self::Before)
    }

    /// The occasion of a test that begins now.
    #[must_use]
    pub const fn now(from_questionnaire: bool, has_attended: bool) -> Self {
        match (has_attended, from_questionnaire) {
            (true, _) => Self::After,
            (false, true) => Self::Questionnaire,
            (false, false) => Self::Before,
        }
    }

    /// Whether a test on this occasion stands for one on `other`: the start of a path is measured
    /// once, and so is its end.
    #[must_use]
    pub const fn stands_for(self, other: Self) -> bool {
        self.is_start() == other.is_start()
    }
}

/// What to do with an answer that comes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Receipt {
    /// It answers the question at hand.
    Take,
    /// That question was answered before: a form sent twice, or the button "back". What was
    /// answered first stays.
    Again,
    /// It belongs to no question of this test at that place.
    Foreign,
}

/// Where a test stands: the items answered, in order, and the one at hand.
#[derive(Debug, Clone, Copy)]
pub struct Standing<'a> {
    /// Slugs of the items answered, in order.
    pub answered: &'a [&'a str],
    /// Slug of the item at hand; none once the test is over.
    pub at_hand: Option<&'a str>,
}

impl Standing<'_> {
    /// What to do with an answer to `item`, shown as question number `place` (from 1).
    #[must_use]
    pub fn receive(&self, place: usize, item: &str) -> Receipt {
        let Some(index) = place.checked_sub(1) else {
            return Receipt::Foreign;
        };
        match self.answered.get(index) {
            Some(before) if *before == item => Receipt::Again,
            None if index == self.answered.len() && self.at_hand == Some(item) => Receipt::Take,
            _ => Receipt::Foreign,
        }
    }
}

/// What an area's answers amount to beside the others, in a word. In a test that follows the
/// person the share of right answers says nothing by itself: whoever knows more is asked more
/// difficult things. What counts is whether there are more or fewer than the result lets expect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Footing {
    /// Nothing was asked.
    Unseen,
    /// Fewer right answers than expected, by more than a standard deviation.
    First,
    /// As expected.
    Even,
    /// More right answers than expected, by more than a standard deviation.
    Firm,
}

impl Footing {
    /// Every word.
    pub const ALL: [Self; 4] = [Self::Unseen, Self::First, Self::Even, Self::Firm];

    /// What files and texts call it.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Unseen => "unseen",
            Self::First => "first",
            Self::Even => "even",
            Self::Firm => "firm",
        }
    }
}

/// Answers of one area, counted, with what was to be expected of them.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Tally {
    /// Answers.
    pub asked: usize,
    /// Of these right.
    pub right: usize,
    expected: f64,
    variance: f64,
}

impl Tally {
    /// Adds an answer to an item by someone of this ability.
    pub fn add(&mut self, item: &Parameters, ability: f64, right: bool) {
        let chance = item.probability(ability);
        self.asked += 1;
        self.right += usize::from(right);
        self.expected += chance;
        self.variance += chance * (1.0 - chance);
    }

    /// What they amount to.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a count of answers")]
    pub fn footing(&self) -> Footing {
        let surplus = self.right as f64 - self.expected;
        let spread = self.variance.sqrt();
        if self.asked == 0 {
            Footing::Unseen
        } else if surplus > spread {
            Footing::Firm
        } else if surplus < -spread {
            Footing::First
        } else {
            Footing::Even
        }
    }
}

/// What became of someone's ability between two tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// Lower by more than chance explains.
    Down,
    /// Too near to tell.
    Same,
    /// Higher by more than chance explains.
    Up,
}

/// A difference of so many of its own standard errors is told: chance alone goes so far, on either
/// side, once in ten times each (one-sided 10 % point of the normal distribution).
const TOLD: f64 = 1.28;

impl Change {
    /// Between two estimates from different items, whose errors are independent.
    #[must_use]
    pub fn between(before: Ability, after: Ability) -> Self {
        let error = before.error.hypot(after.error);
        let difference = after.mean - before.mean;
        if difference > TOLD * error {
            Self::Up
        } else if difference < -TOLD * error {
            Self::Down
        } else {
            Self::Same
        }
    }
}

/// An answer that took longer than this, in milliseconds, was left and taken up again: how long
/// it took says nothing.
pub const LONGEST: i64 = 30 * 60 * 1000;

/// How long an answer took, if that can be said.
#[must_use]
pub fn time_taken(shown_at: i64, answered_at: i64) -> Option<i64> {
    let taken = answered_at.saturating_sub(shown_at);
    (0..=LONGEST).contains(&taken).then_some(taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_has_attended_is_tested_on_where_they_have_got_to() {
        assert_eq!(Occasion::now(true, false), Occasion::Questionnaire);
        assert_eq!(Occasion::now(false, false), Occasion::Before);
        assert_eq!(Occasion::now(true, true), Occasion::After);
        assert!(Occasion::Questionnaire.stands_for(Occasion::Before));
        assert!(!Occasion::Before.stands_for(Occasion::After));
        for occasion in Occasion::ALL {
            assert_eq!(Occasion::of(occasion.slug()), Some(occasion));
        }
        assert_eq!(Occasion::of("during"), None);
    }

    #[test]
    fn an_answer_counts_once_and_only_for_the_question_at_hand() {
        let standing = Standing {
            answered: &["one", "two"],
            at_hand: Some("three"),
        };
        assert_eq!(standing.receive(3, "three"), Receipt::Take);
        assert_eq!(standing.receive(2, "two"), Receipt::Again);
        for (place, item) in [
            (0, "three"),
            (1, "two"),
            (3, "four"),
            (4, "three"),
            (usize::MAX, "three"),
        ] {
            assert_eq!(
                standing.receive(place, item),
                Receipt::Foreign,
                "{place} {item}"
            );
        }
        let over = Standing {
            at_hand: None,
            ..standing
        };
        assert_eq!(over.receive(3, "three"), Receipt::Foreign);
        assert_eq!(over.receive(1, "one"), Receipt::Again);
    }

    #[test]
    fn an_area_is_told_beside_what_the_result_lets_expect() {
        let item = |difficulty| Parameters::new(1.0, difficulty, 0.0).unwrap();
        let tally = |answers: &[(f64, bool)]| {
            let mut tally = Tally::default();
            for (difficulty, right) in answers {
                tally.add(&item(*difficulty), 0.0, *right);
            }
            tally.footing()
        };
        assert_eq!(tally(&[]), Footing::Unseen);
        assert_eq!(tally(&[(0.0, true), (0.0, false)]), Footing::Even);
        assert_eq!(tally(&[(0.0, false), (0.0, false)]), Footing::First);
        assert_eq!(tally(&[(2.0, true), (1.0, true)]), Footing::Firm);
        // Half of very difficult items is a lot, half of easy ones is little.
        assert_eq!(tally(&[(2.5, true), (2.5, false)]), Footing::Firm);
        assert_eq!(tally(&[(-2.5, true), (-2.5, false)]), Footing::First);
    }

    #[test]
    fn progress_is_told_only_beyond_chance() {
        let ability = |mean| Ability { mean, error: 0.4 };
        assert_eq!(Change::between(ability(0.0), ability(0.7)), Change::Same);
        assert_eq!(Change::between(ability(0.0), ability(0.8)), Change::Up);
        assert_eq!(Change::between(ability(0.8), ability(0.0)), Change::Down);
    }

    #[test]
    fn a_pause_is_no_time_of_answering() {
        assert_eq!(time_taken(1_000, 13_000), Some(12_000));
        assert_eq!(time_taken(0, LONGEST + 1), None);
        assert_eq!(time_taken(5, 4), None);
    }
}
