//! Who is due for a talk.

use std::collections::BTreeSet;

/// How far somebody is in a season.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Course<'a> {
    /// Slugs of the modules of their path; empty without one.
    pub steps: Vec<&'a str>,
    /// Slugs of the modules they attended, in whatever season.
    pub attended: BTreeSet<&'a str>,
    /// Sessions of the season they attended.
    pub sessions: i64,
    /// Sessions to come in which they have a seat, an offer or a rank.
    pub coming: i64,
    /// Whether the last day of the season is past.
    pub is_season_over: bool,
}

/// Why somebody is due for a talk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Due {
    /// Every module of the path was attended.
    PathComplete,
    /// The season is over.
    SeasonOver,
    /// The last session was attended and none is to come.
    LastSessionPast,
}

impl Due {
    /// The reason's name in addresses and texts.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::PathComplete => "complete",
            Self::SeasonOver => "over",
            Self::LastSessionPast => "past",
        }
    }
}

/// Why somebody is due for a talk; nothing while they are on their way, and for those who neither have a path nor came.
#[must_use]
pub fn due(course: &Course<'_>) -> Option<Due> {
    let takes_part = course.sessions > 0 || !course.steps.is_empty();
    let is_complete = !course.steps.is_empty()
        && course
            .steps
            .iter()
            .all(|module| course.attended.contains(module));
    if is_complete {
        Some(Due::PathComplete)
    } else if takes_part && course.is_season_over {
        Some(Due::SeasonOver)
    } else if course.sessions > 0 && course.coming == 0 {
        Some(Due::LastSessionPast)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn course(steps: &[&'static str], attended: &[&'static str]) -> Course<'static> {
        Course {
            steps: steps.to_vec(),
            attended: attended.iter().copied().collect(),
            sessions: i64::try_from(attended.len()).unwrap(),
            coming: 1,
            is_season_over: false,
        }
    }

    #[test]
    fn a_complete_path_is_due_even_with_a_seat_to_come() {
        assert_eq!(
            due(&course(&["a", "b"], &["a", "b", "c"])),
            Some(Due::PathComplete)
        );
        assert_eq!(due(&course(&["a", "b"], &["a"])), None);
    }

    #[test]
    fn the_end_of_the_season_makes_everybody_due_who_takes_part_even_without_having_come() {
        let over = |steps: &[&'static str], attended: &[&'static str]| Course {
            is_season_over: true,
            ..course(steps, attended)
        };
        assert_eq!(due(&over(&["a"], &[])), Some(Due::SeasonOver));
        assert_eq!(due(&over(&[], &["a"])), Some(Due::SeasonOver));
        assert_eq!(due(&over(&[], &[])), None);
    }

    #[test]
    fn the_last_session_past_counts_only_for_who_came_and_has_no_seat_left() {
        let with = |attended: &[&'static str], coming| Course {
            coming,
            ..course(&["z"], attended)
        };
        assert_eq!(due(&with(&["a"], 0)), Some(Due::LastSessionPast));
        assert_eq!(due(&with(&["a"], 1)), None);
        assert_eq!(due(&with(&[], 0)), None);
    }
}
