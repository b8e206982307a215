//! What may be in the way, and its words.

use serde::Serialize;

use crate::format::Instance;

/// What is in the way of people who lack a module.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Cause {
    /// They can never attend it, whatever is planned; the warnings of the problem say why.
    Never,
    /// They lack a module that comes before it.
    Before {
        /// That module.
        module: String,
    },
    /// No trainer who can teach it is free when they can come and a room is.
    Trainer {
        /// Trainers who can teach it at all.
        skilled: u32,
    },
    /// Sessions of it take place when they can come, and are full.
    Seats {
        /// Such sessions.
        sessions: u32,
    },
    /// Trainers are free when they can come, and every room is taken.
    Room,
    /// Trainers are free when they can come, and the site is closed.
    Opening,
    /// Sessions of it with free seats take place farther away than they travel.
    Distance {
        /// How many kilometres farther the nearest of them is, at the least.
        beyond: u32,
    },
    /// It could take place, or does, when they cannot come.
    Hours,
    /// Their days and weeks are full with other modules.
    Weeks,
    /// The season has as many sessions as it may have.
    Sessions {
        /// How many that is.
        most: u32,
    },
    /// A session would be possible for too few people to be worth it.
    TooFew {
        /// The most of them who can come at the same time.
        together: u32,
    },
    /// Several of these at once: no single one more would serve anybody.
    Several,
}

impl Cause {
    /// In words what one more of it is.
    pub(super) fn unit(&self) -> Option<&'static str> {
        match self {
            Self::Trainer { .. } => Some("one more trainer there"),
            Self::Seats { .. } => Some("one more seat in each of these"),
            Self::Room => Some("one more room there"),
            Self::Opening => Some("opening then"),
            Self::Distance { .. } => Some("bringing them there"),
            Self::Hours => Some("their coming then"),
            Self::Weeks => Some("one more session a week"),
            Self::Sessions { .. } => Some("one more session"),
            Self::Never | Self::Before { .. } | Self::TooFew { .. } | Self::Several => None,
        }
    }

    pub(super) fn sentence(&self, instance: &Instance, place: &str, time: &str) -> String {
        match self {
            Self::Never => format!("they can never attend it{place}"),
            Self::Before { module } => {
                let name = instance.modules.iter().find(|it| it.id == *module);
                let name = name.map_or(module.as_str(), |it| it.name.as_str());
                format!("they lack {name}, which comes before it{place}")
            }
            Self::Trainer { skilled } => {
                format!("none of the {skilled} trainers with that skill is free{time}{place}")
            }
            Self::Seats { sessions: 1 } => format!("its session{time}{place} is full"),
            Self::Seats { sessions } => format!("its {sessions} sessions{time}{place} are full"),
            Self::Room => format!("every room is taken{time}{place}"),
            Self::Opening => format!("the site is closed{time}{place}"),
            Self::Distance { beyond } => {
                format!("the free seats are at least {beyond} km farther than they travel{place}")
            }
            Self::Hours => format!("they cannot come when it is possible{time}{place}"),
            Self::Weeks => format!("their weeks are full{place}"),
            Self::Sessions { most } => format!("there may be {most} sessions only{place}"),
            Self::TooFew { together } => {
                format!(
                    "at most {together} can come at the same time, too few for a session{place}"
                )
            }
            Self::Several => format!("several things are lacking at once{place}"),
        }
    }
}
