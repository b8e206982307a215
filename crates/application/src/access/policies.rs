//! The Cedar policies of `policies/access.cedar`, and how actors and resources look to them.

use std::collections::{HashMap, HashSet};
use std::fmt::Display;

use cedar_policy::{
    Authorizer, Context, Decision, Entities, Entity, EntityId, EntityTypeName, EntityUid,
    PolicySet, Request, RestrictedExpression,
};
use domain::id::{Id, PersonId, ProgrammeId, TerritoryId, TrainerId};

use super::{Actor, Role};
use crate::{Error, Result};

/// What can be done. Each name is the action's name in `policies/access.cedar`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Create, change, disable staff accounts and their roles.
    ManageAccounts,
    /// See and renew the keys with which badges are signed.
    ManageKeys,
    /// Read the event log of everything.
    SeeHistory,
    /// Programmes, seasons, partners, territories.
    ManageProgramme,
    /// Sites, rooms, providers, trainers, referents.
    ManageMeans,
    /// Read the desk: dashboard, sessions with their rosters.
    SeeDesk,
    /// Create, change, move, cancel sessions.
    ManageSessions,
    /// Plan a season: compute, adjust, publish.
    ManagePlans,
    /// Read a session's roster.
    SeeRoster,
    /// Register, withdraw, move people; answer waiting lists.
    ManageEnrolments,
    /// Ask for a seat for oneself or, as a visitor, with one's own details.
    RequestEnrolment,
    /// Read people and organisations.
    SeePeople,
    /// Create, change, merge, erase people and organisations.
    ManagePeople,
    /// Enter a questionnaire for somebody else.
    EnterQuestionnaire,
    /// Preview and change pathway rules.
    ManageRules,
    /// Read and answer wishes.
    ManageWishes,
    /// Mark attendance, leave notes.
    MarkAttendance,
    /// Look at quizzes, print, copy and make them.
    UseQuizzes,
    /// Change a quiz.
    ManageQuizzes,
    /// Issue and revoke certificates.
    IssueCertificates,
    /// Read what level tests gave, person by person, and the item bank.
    SeeAssessments,
    /// Read what level tests gave in a season, without groups so small that they point at somebody.
    SeeAssessmentSummary,
    /// Read the letters that went out.
    SeeMail,
    /// Import lists.
    Import,
    /// Export lists.
    Export,
    /// Hold the talk at the end of a path.
    HoldDebriefs,
    /// See what was missing, as far as nobody is recognised.
    SeeMissing,
    /// Group what was missing, propose workshops, tell those who asked.
    ManageMissing,
    /// See what people think of sessions and seasons, and ask them.
    SeeSatisfaction,
    /// Read and change one's own data as a participant.
    ManageOwn,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 30] = [
        Self::ManageAccounts,
        Self::ManageKeys,
        Self::SeeHistory,
        Self::ManageProgramme,
        Self::ManageMeans,
        Self::SeeDesk,
        Self::ManageSessions,
        Self::ManagePlans,
        Self::SeeRoster,
        Self::ManageEnrolments,
        Self::RequestEnrolment,
        Self::SeePeople,
        Self::ManagePeople,
        Self::EnterQuestionnaire,
        Self::ManageRules,
        Self::ManageWishes,
        Self::MarkAttendance,
        Self::UseQuizzes,
        Self::ManageQuizzes,
        Self::IssueCertificates,
        Self::SeeAssessments,
        Self::SeeAssessmentSummary,
        Self::SeeMail,
        Self::Import,
        Self::Export,
        Self::HoldDebriefs,
        Self::SeeMissing,
        Self::ManageMissing,
        Self::SeeSatisfaction,
        Self::ManageOwn,
    ];

    /// The action's name in the policies.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Self::ManageAccounts => "manage-accounts",
            Self::ManageKeys => "manage-keys",
            Self::SeeHistory => "see-history",
            Self::ManageProgramme => "manage-programme",
            Self::ManageMeans => "manage-means",
            Self::SeeDesk => "see-desk",
            Self::ManageSessions => "manage-sessions",
            Self::ManagePlans => "manage-plans",
            Self::SeeRoster => "see-roster",
            Self::ManageEnrolments => "manage-enrolments",
            Self::RequestEnrolment => "request-enrolment",
            Self::SeePeople => "see-people",
            Self::ManagePeople => "manage-people",
            Self::EnterQuestionnaire => "enter-questionnaire",
            Self::ManageRules => "manage-rules",
            Self::ManageWishes => "manage-wishes",
            Self::MarkAttendance => "mark-attendance",
            Self::UseQuizzes => "use-quizzes",
            Self::ManageQuizzes => "manage-quizzes",
            Self::IssueCertificates => "issue-certificates",
            Self::SeeAssessments => "see-assessments",
            Self::SeeAssessmentSummary => "see-assessment-summary",
            Self::SeeMail => "see-mail",
            Self::Import => "import",
            Self::Export => "export",
            Self::HoldDebriefs => "hold-debriefs",
            Self::SeeMissing => "see-missing",
            Self::ManageMissing => "manage-missing",
            Self::SeeSatisfaction => "see-satisfaction",
            Self::ManageOwn => "manage-own",
        }
    }
}

/// What something is done to, as far as the right to do it depends on it.
#[derive(Clone, Debug, Default)]
pub struct Resource {
    /// The programme it belongs to; `None`: to the installation as a whole.
    pub programme: Option<ProgrammeId>,
    /// Own territories in which it lies.
    pub territories: Vec<TerritoryId>,
    /// The trainer who gives it.
    pub trainer: Option<TrainerId>,
    /// The person whose it is.
    pub person: Option<PersonId>,
}

impl Resource {
    /// The installation as a whole.
    #[must_use]
    pub fn everything() -> Self {
        Self::default()
    }

    /// Something of a programme.
    #[must_use]
    pub fn of_programme(programme: ProgrammeId) -> Self {
        Self {
            programme: Some(programme),
            ..Self::default()
        }
    }

    /// Something of a person.
    #[must_use]
    pub fn of_person(person: PersonId) -> Self {
        Self {
            person: Some(person),
            ..Self::default()
        }
    }
}

/// The compiled policies.
pub struct Policies {
    set: PolicySet,
    authorizer: Authorizer,
}

impl Policies {
    /// The policies that are part of the program.
    pub fn embedded() -> Result<Self> {
        let set = include_str!("../../policies/access.cedar")
            .parse()
            .map_err(broken)?;
        Ok(Self {
            set,
            authorizer: Authorizer::new(),
        })
    }

    /// Whether `actor` may do `action` on `resource`. Essor itself may do everything.
    pub fn allow(&self, actor: &Actor, action: Action, resource: &Resource) -> Result<bool> {
        if matches!(actor, Actor::System) {
            return Ok(true);
        }
        let principal = uid("Actor", "it")?;
        let subject = uid("Resource", "it")?;
        let request = Request::new(
            principal.clone(),
            uid("Action", action.slug())?,
            subject.clone(),
            Context::empty(),
            None,
        )
        .map_err(broken)?;
        let entities = Entities::from_entities(
            [
                Entity::new(principal, actor_attributes(actor), HashSet::new()).map_err(broken)?,
                Entity::new(subject, resource_attributes(resource), HashSet::new())
                    .map_err(broken)?,
            ],
            None,
        )
        .map_err(broken)?;
        let answer = self
            .authorizer
            .is_authorized(&request, &self.set, &entities);
        if let Some(error) = answer.diagnostics().errors().next() {
            return Err(broken(error));
        }
        Ok(answer.decision() == Decision::Allow)
    }
}

fn broken(error: impl Display) -> Error {
    Error::Internal(format!("access policies: {error}"))
}

fn uid(kind: &str, id: &str) -> Result<EntityUid> {
    Ok(EntityUid::from_type_name_and_id(
        kind.parse::<EntityTypeName>().map_err(broken)?,
        EntityId::new(id),
    ))
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "identifiers and texts, read once"
)]
fn text(value: impl ToString) -> RestrictedExpression {
    RestrictedExpression::new_string(value.to_string())
}

fn set<T: ToString>(values: impl IntoIterator<Item = T>) -> RestrictedExpression {
    RestrictedExpression::new_set(values.into_iter().map(text))
}

/// `*` stands for "all".
fn or_all<K>(id: Option<&Id<K>>) -> String {
    id.map_or_else(|| "*".to_owned(), ToString::to_string)
}

fn actor_attributes(actor: &Actor) -> HashMap<String, RestrictedExpression> {
    let bindings = actor
        .staff()
        .map(|staff| staff.bindings.as_slice())
        .unwrap_or_default();
    // Coordinators are held within programmes, referents within territories; a limit that the role does not know must not be read as none.
    let of = |role: Role| {
        bindings.iter().filter(move |binding| {
            binding.role == role
                && (binding.programme.is_none() || role == Role::Coordinator)
                && (binding.territory.is_none() || role == Role::Referent)
        })
    };
    let scopes: &[String] = if let Actor::Api { scopes, .. } = actor {
        scopes
    } else {
        &[]
    };
    let person = if let Actor::Participant { person, .. } = actor {
        person.to_string()
    } else {
        String::new()
    };
    let trainer = actor
        .staff()
        .and_then(|staff| staff.trainer.as_ref())
        .map_or_else(String::new, ToString::to_string);
    HashMap::from([
        ("kind".to_owned(), text(actor.kind())),
        (
            "administrator".to_owned(),
            RestrictedExpression::new_bool(of(Role::Administrator).next().is_some()),
        ),
        (
            "coordinates".to_owned(),
            set(of(Role::Coordinator).map(|binding| or_all(binding.programme.as_ref()))),
        ),
        (
            "trains".to_owned(),
            RestrictedExpression::new_bool(of(Role::Trainer).next().is_some()),
        ),
        ("trainer".to_owned(), text(trainer)),
        (
            "relays".to_owned(),
            set(of(Role::Referent).map(|binding| or_all(binding.territory.as_ref()))),
        ),
        ("person".to_owned(), text(person)),
        ("scopes".to_owned(), set(scopes)),
    ])
}

fn resource_attributes(resource: &Resource) -> HashMap<String, RestrictedExpression> {
    let or_none = |id: Option<String>| text(id.unwrap_or_default());
    HashMap::from([
        (
            "programme".to_owned(),
            or_none(resource.programme.as_ref().map(ToString::to_string)),
        ),
        ("territories".to_owned(), set(&resource.territories)),
        (
            "trainer".to_owned(),
            or_none(resource.trainer.as_ref().map(ToString::to_string)),
        ),
        (
            "person".to_owned(),
            or_none(resource.person.as_ref().map(ToString::to_string)),
        ),
    ])
}
