//! Certificates of attendance and of success: what they say, who is entitled to which, and the code by
//! which anyone can check one.

mod code;
mod share;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use code::Code;
pub use share::{Basis, Earned, Followed, Kind, ShareRule, USUAL_SHARE, earned};

use crate::id::{CertificateId, PersonId, SeasonId, SessionId};
use crate::input::{Minutes, OrganisationName, PersonName};

/// One session attended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The session.
    pub session: SessionId,
    /// Title of the module, in the language of the certificate.
    pub module: String,
    /// Slug of the module; empty on certificates from before badges.
    #[serde(default)]
    pub slug: String,
    /// The day, where it was held.
    pub date: Date,
    /// Time really attended.
    pub minutes: Minutes,
}

/// What a programme asks before it certifies anything. By default one session attended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Threshold {
    /// Fewest sessions attended; 0 counts as 1.
    pub sessions: u32,
    /// Least time attended in all.
    pub minutes: Minutes,
}

impl Default for Threshold {
    fn default() -> Self {
        Self {
            sessions: 1,
            minutes: Minutes(0),
        }
    }
}

/// What is to be certified.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// Sessions attended, by date, then title.
    pub lines: Vec<Line>,
    /// Time attended in all.
    pub total: Minutes,
}

/// Why there is no certificate yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{sessions} sessions and {} minutes are missing", minutes.0)]
pub struct NotYet {
    /// Sessions still missing.
    pub sessions: u32,
    /// Time still missing.
    pub minutes: Minutes,
}

/// What a person is entitled to have certified. Lines without a minute attended are left out.
///
/// # Errors
/// [`NotYet`], with what is missing.
pub fn entitlement(lines: Vec<Line>, threshold: Threshold) -> Result<Content, NotYet> {
    let mut lines: Vec<Line> = lines
        .into_iter()
        .filter(|line| line.minutes > Minutes(0))
        .collect();
    lines.sort_by(|a, b| (a.date, &a.module, a.session).cmp(&(b.date, &b.module, b.session)));
    let total: Minutes = lines.iter().map(|line| line.minutes).sum();
    let attended = u32::try_from(lines.len()).unwrap_or(u32::MAX);
    let sessions = threshold.sessions.max(1).saturating_sub(attended);
    let minutes = Minutes(threshold.minutes.0.saturating_sub(total.0));
    if sessions > 0 || minutes > Minutes(0) {
        return Err(NotYet { sessions, minutes });
    }
    Ok(Content { lines, total })
}

/// A certificate as issued. It says what was known that day and is not changed afterwards; a
/// correction is a new one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    /// Identity.
    pub id: CertificateId,
    /// By which anyone can check it.
    pub code: Code,
    /// Whose.
    pub person: PersonId,
    /// Name as printed.
    pub name: PersonName,
    /// Firm, farm or local authority as printed.
    pub organisation: Option<OrganisationName>,
    /// The season.
    pub season: SeasonId,
    /// Day of issue.
    pub issued_on: Date,
    /// What it says.
    pub content: Content,
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::id::Id;

    fn line(day: i8, module: &str, minutes: u32) -> Line {
        Line {
            session: Id::new(1, &[day.unsigned_abs(); 10]),
            module: module.into(),
            slug: String::new(),
            date: date(2026, 3, day),
            minutes: Minutes(minutes),
        }
    }

    #[test]
    fn it_says_what_was_attended_by_date_with_the_total() {
        let lines = vec![
            line(9, "Courriel", 90),
            line(2, "Souris", 120),
            line(5, "Absent", 0),
        ];
        let content = entitlement(lines, Threshold::default()).unwrap();
        assert_eq!(
            content.lines,
            vec![line(2, "Souris", 120), line(9, "Courriel", 90)]
        );
        assert_eq!(content.total, Minutes(210));
    }

    #[test]
    fn nobody_is_certified_who_never_came() {
        let nothing = Threshold {
            sessions: 0,
            minutes: Minutes(0),
        };
        let missing = NotYet {
            sessions: 1,
            minutes: Minutes(0),
        };
        assert_eq!(
            entitlement(vec![line(2, "Souris", 0)], nothing),
            Err(missing)
        );
        assert!(entitlement(vec![line(2, "Souris", 1)], nothing).is_ok());
    }

    #[test]
    fn a_programme_may_ask_for_more_and_says_how_much_is_missing() {
        let rule = Threshold {
            sessions: 2,
            minutes: Minutes(240),
        };
        let one = entitlement(vec![line(2, "Souris", 100)], rule);
        assert_eq!(
            one,
            Err(NotYet {
                sessions: 1,
                minutes: Minutes(140)
            })
        );
        let long = entitlement(vec![line(2, "Souris", 240)], rule);
        assert_eq!(
            long,
            Err(NotYet {
                sessions: 1,
                minutes: Minutes(0)
            })
        );
        assert!(entitlement(vec![line(2, "Souris", 120), line(3, "Souris", 120)], rule).is_ok());
    }
}
