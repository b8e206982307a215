//! Which rule is broken, where, by what.

use std::fmt;

use serde::Serialize;

/// The rules of the format that a plan may not break.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Rule {
    /// Whatever is named exists.
    H0,
    /// The room is one of the site, and the site is open.
    H1,
    /// Somebody attends, and nobody stands.
    H2,
    /// A room has one session at a time; a site runs a module once at a time.
    H3,
    /// The trainer can, comes, is in one place a day, and has weeks that are short enough.
    H4,
    /// People attend what is in their path, once.
    H5,
    /// People can come, and do not come from too far.
    H6,
    /// People do not come too often.
    H7,
    /// Modules in their order.
    H8,
    /// Not too many sessions.
    H9,
    /// The past stays.
    H10,
}

/// A rule broken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{rule}{}: {breach}", session.map_or_else(String::new, |session| format!(" session {session}")))]
pub struct Violation {
    /// Which rule.
    pub rule: Rule,
    /// In which session of the plan, by position, when it is one alone.
    pub session: Option<usize>,
    /// By what.
    pub breach: Breach,
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// What breaks a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[expect(
    missing_docs,
    reason = "the fields are named after what they are in the format"
)]
pub enum Breach {
    /// The plan is for another instance.
    #[error("the plan is for instance {found:?}")]
    OtherInstance { found: String },
    /// Something named does not exist.
    #[error("no {what} {id:?}")]
    Unknown { what: &'static str, id: String },
    /// The room is not one of the site.
    #[error("room {room} is not at site {site}")]
    ForeignRoom { room: String, site: String },
    /// The site is closed.
    #[error("site {site} is closed in slot {slot}")]
    Closed { site: String, slot: u32 },
    /// Nobody attends.
    #[error("nobody attends")]
    Empty,
    /// More people than seats.
    #[error("{people} people for {seats} seats")]
    Overfull { people: u32, seats: u32 },
    /// A room has several sessions at once.
    #[error("room {room} holds {sessions} sessions in slot {slot}")]
    RoomTwice {
        room: String,
        slot: u32,
        sessions: u32,
    },
    /// A site runs a module several times at once.
    #[error("site {site} runs module {module} {sessions} times in slot {slot}")]
    ModuleTwice {
        site: String,
        module: String,
        slot: u32,
        sessions: u32,
    },
    /// The trainer cannot teach it.
    #[error("trainer {trainer} cannot teach {module}")]
    NoSkill { trainer: String, module: String },
    /// The trainer does not come then.
    #[error("trainer {trainer} is not available in slot {slot}")]
    TrainerAway { trainer: String, slot: u32 },
    /// The trainer has several sessions at once.
    #[error("trainer {trainer} has {sessions} sessions in slot {slot}")]
    TrainerTwice {
        trainer: String,
        slot: u32,
        sessions: u32,
    },
    /// The trainer's week is too long.
    #[error("trainer {trainer} has {sessions} sessions in week {week}, {most} at most")]
    TrainerWeek {
        trainer: String,
        week: u32,
        sessions: u32,
        most: u32,
    },
    /// The trainer works at several sites on a day.
    #[error("trainer {trainer} works at {} on day {day}", sites.join(", "))]
    TrainerSites {
        trainer: String,
        day: u32,
        sites: Vec<String>,
    },
    /// The module is not in the person's path.
    #[error("{module} is not in the path of {person}")]
    NotInPath { person: String, module: String },
    /// The person attends a module more than once.
    #[error("{person} attends {module} again")]
    Again { person: String, module: String },
    /// The person cannot come then.
    #[error("{person} is not available in slot {slot}")]
    PersonAway { person: String, slot: u32 },
    /// The person lives too far.
    #[error("{person} lives {km} km away, {most} at most")]
    TooFar { person: String, km: u32, most: u32 },
    /// The person comes too often on a day.
    #[error("{person} has {sessions} sessions on day {day}, {most} at most")]
    PersonDay {
        person: String,
        day: u32,
        sessions: u32,
        most: u32,
    },
    /// The person comes too often in a week.
    #[error("{person} has {sessions} sessions in week {week}, {most} at most")]
    PersonWeek {
        person: String,
        week: u32,
        sessions: u32,
        most: u32,
    },
    /// A module that must come first does not.
    #[error("{person} attends {module} in slot {slot} without {first} before")]
    Before {
        person: String,
        module: String,
        slot: u32,
        first: String,
    },
    /// More sessions than there may be.
    #[error("{sessions} sessions, {most} at most")]
    TooManySessions { sessions: u32, most: u32 },
    /// Sessions of the past are missing, or not as they were.
    #[error("before slot {slot}, {lost} sessions of the reference are missing and {new} are new")]
    PastChanged { slot: u32, lost: u32, new: u32 },
}
