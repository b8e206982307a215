//! Which of the two certificates somebody has earned: that they came, or that they followed their path.

use serde::{Deserialize, Serialize};

use crate::input::Minutes;

/// The share that programmes ask for where they say nothing else, in percent.
pub const USUAL_SHARE: u8 = 80;

/// What a certificate says of its bearer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// They came, for the hours that it states.
    #[default]
    Attendance,
    /// They followed as much of their path as the programme asks for.
    Success,
}

/// Of what the share is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// Of the hours of the path, all sessions together.
    #[default]
    Path,
    /// Of the hours of each session of the path.
    Session,
}

impl Basis {
    /// Both, in the order in which a form offers them.
    pub const ALL: [Self; 2] = [Self::Path, Self::Session];

    /// Its name in the store and in forms.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Session => "session",
        }
    }

    /// The basis of that name.
    #[must_use]
    pub fn parse(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|basis| basis.slug() == slug)
    }
}

/// What a programme asks for before it certifies success.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShareRule {
    /// Of what the share is taken.
    pub basis: Basis,
    /// Percent, from 1 to 100.
    pub share: u8,
}

impl Default for ShareRule {
    fn default() -> Self {
        Self {
            basis: Basis::default(),
            share: USUAL_SHARE,
        }
    }
}

/// A session of somebody's path: one that they have a seat in, or came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Followed {
    /// How long it lasts.
    pub length: Minutes,
    /// How long they were there; nothing for one still to come.
    pub attended: Minutes,
}

/// What was earned, and the share it rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Earned {
    /// Which certificate.
    pub kind: Kind,
    /// Percent followed: of the path, or of the session followed least. Rounded down.
    pub share: u8,
}

/// Which certificate a path earns.
#[must_use]
pub fn earned(path: &[Followed], rule: ShareRule) -> Earned {
    let share = match rule.basis {
        Basis::Path => percent(
            path.iter().map(|one| one.attended.min(one.length)).sum(),
            path.iter().map(|one| one.length).sum(),
        ),
        Basis::Session => path
            .iter()
            .map(|one| percent(one.attended, one.length))
            .min()
            .unwrap_or(0),
    };
    let kind = if share > 0 && share >= rule.share {
        Kind::Success
    } else {
        Kind::Attendance
    };
    Earned { kind, share }
}

fn percent(part: Minutes, whole: Minutes) -> u8 {
    let percent = u64::from(part.0) * 100 / u64::from(whole.0.max(1));
    u8::try_from(percent.min(100)).unwrap_or(100)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn followed(attended: u32, length: u32) -> Followed {
        Followed {
            length: Minutes(length),
            attended: Minutes(attended),
        }
    }

    fn of(basis: Basis, path: &[Followed]) -> Earned {
        earned(path, ShareRule { basis, share: 80 })
    }

    #[test]
    fn success_is_the_share_of_the_whole_path_or_of_every_session() {
        let path = [followed(120, 120), followed(90, 120), followed(120, 120)];
        let whole = of(Basis::Path, &path);
        assert_eq!((whole.kind, whole.share), (Kind::Success, 91), "330 of 360");
        let each = of(Basis::Session, &path);
        assert_eq!((each.kind, each.share), (Kind::Attendance, 75), "90 of 120");
    }

    #[test]
    fn the_share_is_reached_exactly_and_not_by_rounding() {
        assert_eq!(of(Basis::Path, &[followed(96, 120)]).kind, Kind::Success);
        assert_eq!(of(Basis::Path, &[followed(95, 120)]).kind, Kind::Attendance);
    }

    #[test]
    fn a_session_missed_or_still_to_come_counts_in_full() {
        let path = [followed(120, 120), followed(0, 120)];
        assert_eq!(
            of(Basis::Path, &path),
            Earned {
                kind: Kind::Attendance,
                share: 50
            }
        );
        assert_eq!(of(Basis::Session, &path).share, 0);
    }

    #[test]
    fn nobody_succeeds_who_never_came_and_staying_longer_makes_up_for_nothing() {
        for basis in Basis::ALL {
            assert_eq!(
                earned(&[], ShareRule { basis, share: 0 }).kind,
                Kind::Attendance
            );
            assert_eq!(of(basis, &[followed(0, 0)]).kind, Kind::Attendance);
        }
        let path = [followed(400, 120), followed(0, 120)];
        assert_eq!(of(Basis::Path, &path).share, 50);
    }
}
