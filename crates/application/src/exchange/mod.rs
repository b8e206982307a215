//! Lists as files: export of every list, import of those that people are asked to bring along.
//!
//! An import is tried out first: every line goes through the same command as the form, in a transaction that is never committed, and the
//! preview tells what would happen and every line that cannot be taken. Confirming does the same again and commits, all lines or none.

mod columns;
mod import;
mod lines;
mod sessions;
mod tables;

pub use columns::{Field, fields};
pub use import::{Bad, Known, Preview, Problem, confirm, preview, template};
pub use tables::{export, organisations_table, people_table};

/// A list that can leave as a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum List {
    /// Participants, and who may become one.
    People,
    /// Firms, farms, local authorities, associations.
    Organisations,
    /// Who relays the programme.
    Referents,
    /// Dated sessions.
    Sessions,
    /// Demand that no session meets.
    Wishes,
    /// Places.
    Sites,
    /// Who holds sessions.
    Trainers,
    /// Who asked for which seat.
    Enrolments,
    /// Who came.
    Attendance,
}

impl List {
    /// Every list.
    pub const ALL: [Self; 9] = [
        Self::People,
        Self::Organisations,
        Self::Referents,
        Self::Trainers,
        Self::Sites,
        Self::Sessions,
        Self::Enrolments,
        Self::Attendance,
        Self::Wishes,
    ];

    /// Its word in addresses.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Self::People => "personnes",
            Self::Organisations => "organisations",
            Self::Referents => "referents",
            Self::Sessions => "seances",
            Self::Wishes => "souhaits",
            Self::Sites => "lieux",
            Self::Trainers => "formateurs",
            Self::Enrolments => "inscriptions",
            Self::Attendance => "emargement",
        }
    }

    /// The list of that word.
    #[must_use]
    pub fn parse(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|list| list.slug() == slug)
    }

    /// The key of its name in the locale files.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::People => "exchange-list-people",
            Self::Organisations => "exchange-list-organisations",
            Self::Referents => "exchange-list-referents",
            Self::Sessions => "exchange-list-sessions",
            Self::Wishes => "exchange-list-wishes",
            Self::Sites => "exchange-list-sites",
            Self::Trainers => "exchange-list-trainers",
            Self::Enrolments => "exchange-list-enrolments",
            Self::Attendance => "exchange-list-attendance",
        }
    }

    /// Whether files of it can be brought in. Enrolments, attendance and wishes come about through people's own acts, with letters and
    /// ranks; a file cannot stand for them.
    #[must_use]
    pub fn can_be_imported(self) -> bool {
        matches!(
            self,
            Self::People
                | Self::Organisations
                | Self::Referents
                | Self::Sites
                | Self::Trainers
                | Self::Sessions
        )
    }
}
