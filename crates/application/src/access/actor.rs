//! Whoever asks for something.

use domain::id::{AccountId, PersonId, ProgrammeId, TerritoryId, TokenId, TrainerId};

/// Whoever asks for something.
#[derive(Clone, Debug)]
pub enum Actor {
    /// Nobody signed in.
    Visitor,
    /// A participant who came by a personal link or a code.
    Participant {
        /// The person.
        person: PersonId,
        /// Their name.
        name: String,
    },
    /// A member of staff.
    Staff(Staff),
    /// A program with a bearer token, acting for a member of staff within the token's scopes.
    Api {
        /// For whom.
        staff: Staff,
        /// The token.
        token: TokenId,
        /// Such as `sessions:read`, `enrolments:write`.
        scopes: Vec<String>,
    },
    /// Essor itself: workers, the demonstration's generator, the command line.
    System,
}

/// A member of staff with the roles they hold.
#[derive(Clone, Debug)]
pub struct Staff {
    /// The account.
    pub account: AccountId,
    /// Name.
    pub name: String,
    /// Roles, each within a programme and a territory.
    pub bindings: Vec<Binding>,
    /// The trainer that this account is, if any.
    pub trainer: Option<TrainerId>,
}

/// A role held within one programme and one territory; `None` means all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// The role.
    pub role: Role,
    /// The programme.
    pub programme: Option<ProgrammeId>,
    /// The territory.
    pub territory: Option<TerritoryId>,
}

/// What staff may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Sets up the installation: accounts, programmes, everything.
    Administrator,
    /// Runs the seasons of a programme.
    Coordinator,
    /// Gives sessions.
    Trainer,
    /// Relays the programme in a territory.
    Referent,
}

impl Role {
    /// Every role, most powerful first.
    pub const ALL: [Self; 4] = [
        Self::Administrator,
        Self::Coordinator,
        Self::Trainer,
        Self::Referent,
    ];

    /// The role's name in the store, the API and the policies.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::Coordinator => "coordinator",
            Self::Trainer => "trainer",
            Self::Referent => "referent",
        }
    }

    /// The role of that name.
    #[must_use]
    pub fn parse(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.slug() == slug)
    }
}

impl Actor {
    /// Kind, as written in the event log.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Visitor => "visitor",
            Self::Participant { .. } => "participant",
            Self::Staff(_) => "staff",
            Self::Api { .. } => "api",
            Self::System => "system",
        }
    }

    /// Account or person.
    #[must_use]
    pub fn id(&self) -> Option<String> {
        match self {
            Self::Visitor | Self::System => None,
            Self::Participant { person, .. } => Some(person.to_string()),
            Self::Staff(staff) | Self::Api { staff, .. } => Some(staff.account.to_string()),
        }
    }

    /// Name to show; empty for a visitor and for Essor itself.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Visitor | Self::System => "",
            Self::Participant { name, .. } => name,
            Self::Staff(staff) | Self::Api { staff, .. } => &staff.name,
        }
    }

    /// The member of staff behind this actor.
    #[must_use]
    pub fn staff(&self) -> Option<&Staff> {
        match self {
            Self::Staff(staff) | Self::Api { staff, .. } => Some(staff),
            Self::Visitor | Self::Participant { .. } | Self::System => None,
        }
    }

    /// Whether staff with this role anywhere.
    #[must_use]
    pub fn is(&self, role: Role) -> bool {
        self.staff()
            .is_some_and(|staff| staff.bindings.iter().any(|binding| binding.role == role))
    }
}
