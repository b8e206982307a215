//! What a path is made of, and what it takes into account.

use std::collections::BTreeSet;

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

use crate::catalogue::Audience;
use crate::id::SessionId;
use crate::language::Translated;
use crate::questionnaire::{Answer, Answers, Availability, Questionnaire, Role, chosen_in_order};

/// Name of the rule under which a module is in a path because another needs it.
pub const PREREQUISITE: &str = "prerequisite";

/// What the path takes into account beside the answers' own words.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// Audiences that the person belongs to, beside everyone.
    pub audiences: BTreeSet<Audience>,
    /// Code of the home commune.
    pub home: Option<String>,
    /// How far the person can travel, in kilometres.
    pub travel_km: Option<f64>,
    /// When the person has time.
    pub availability: Availability,
    /// Slugs of modules already attended.
    pub attended: BTreeSet<String>,
    /// Sessions in which the person has a seat.
    pub booked: Vec<Booked>,
    /// The level of practice, 0 to 3, that a level test gave and that the person wants to count.
    pub tested: Option<u8>,
}

/// A session in which the person has a seat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booked {
    /// The session.
    pub session: SessionId,
    /// Slug of its module.
    pub module: String,
    /// Start, local time.
    pub starts: DateTime,
    /// End, local time.
    pub ends: DateTime,
}

impl Profile {
    /// What the answers say. Who did not tell their times or distance is taken to have any.
    #[must_use]
    pub fn from_answers(questionnaire: &Questionnaire, answers: &Answers) -> Self {
        let answers = questionnaire.relevant(answers);
        let asked = |role| {
            let question = questionnaire.with_role(role)?;
            Some((question, answers.get(&question.slug)?))
        };
        let audiences = asked(Role::Profile).map_or_else(BTreeSet::new, |(question, answer)| {
            chosen_in_order(question, answer)
                .iter()
                .flat_map(|option| option.audiences.iter().copied())
                .collect()
        });
        let travel_km = asked(Role::Travel).and_then(|(question, answer)| match answer {
            Answer::Number(number) => u32::try_from(*number).ok().map(f64::from),
            _ => chosen_in_order(question, answer)
                .first()?
                .number
                .map(f64::from),
        });
        let home = asked(Role::Home).and_then(|(_, answer)| match answer {
            Answer::Commune(commune) => Some(commune.code.clone()),
            _ => None,
        });
        let availability = match asked(Role::Availability) {
            Some((_, Answer::Week(week))) => *week,
            _ => Availability::ALWAYS,
        };
        Self {
            audiences,
            home,
            travel_km,
            availability,
            attended: BTreeSet::new(),
            booked: Vec::new(),
            tested: None,
        }
    }
}

/// A session that is still to come and open to registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    /// The session.
    pub session: SessionId,
    /// Slug of its module.
    pub module: String,
    /// Code of the commune of its site.
    pub commune: String,
    /// Start, local time.
    pub starts: DateTime,
    /// End, local time.
    pub ends: DateTime,
    /// Whether a seat is free.
    pub has_seats: bool,
}

/// Why a module is in a path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// Name of the rule, or [`PREREQUISITE`].
    pub rule: String,
    /// The reason in words.
    pub text: Translated,
}

/// Something that speaks for a date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Why {
    /// It is within the distance that the person can travel.
    Near {
        /// Kilometres from home, rounded.
        km: u32,
    },
    /// It is at a time that the person ticked, written `monday-morning`.
    SuitsYourWeek {
        /// The cell of the week.
        cell: String,
    },
    /// A module that should come before is over by then.
    After {
        /// Slug of that module.
        module: String,
    },
}

/// A session proposed for a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// The session.
    pub session: SessionId,
    /// Start, local time.
    pub starts: DateTime,
    /// End, local time.
    pub ends: DateTime,
    /// Kilometres from home, rounded; unknown when the home or the site is.
    pub km: Option<u32>,
    /// What speaks for it.
    pub why: Vec<Why>,
}

/// Sessions of a module that exist and yet do not suit, by what stands in the way first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missed {
    /// Too far from home.
    pub too_far: u32,
    /// At times that the person does not have.
    pub wrong_time: u32,
    /// At the time of another step, or too early for what should come before.
    pub clashing: u32,
}

/// What a step has come to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Outcome {
    /// The person has a seat already.
    Booked {
        /// In this session.
        session: SessionId,
    },
    /// At least one date with a free seat suits.
    Proposed,
    /// Dates would suit, all of them are full: a wish to be counted.
    Full,
    /// No date suits: a wish to be counted.
    Absent {
        /// The dates there are.
        missed: Missed,
    },
}

/// One module of a path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Slug of the module.
    pub module: String,
    /// Version of the module.
    pub module_version: u32,
    /// Why it is there, at least one reason.
    pub reasons: Vec<Reason>,
    /// What it has come to.
    pub outcome: Outcome,
    /// Dates with a free seat. The first ones of all steps together make a plan that one person
    /// can follow; any one step may take another of its dates without breaking that plan.
    pub proposals: Vec<Proposal>,
    /// Dates that would suit as well and are full: one can wait there.
    pub waiting: Vec<Proposal>,
    /// Modules of the path that should come before and have no date.
    pub undated_before: Vec<String>,
}

/// A personal path.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pathway {
    /// Level of practice, 0 to 3: from the level test where one counts, else from the answers.
    pub level: u8,
    /// The level that the answers alone come to.
    #[serde(default)]
    pub level_told: u8,
    /// Modules, each after its prerequisites.
    pub steps: Vec<Step>,
}
