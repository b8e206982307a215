//! The file format `training-planning/1`: an instance and a plan, as they stand in JSON. All numbers are integers.

use serde::{Deserialize, Serialize};

/// What the field `format` of an instance says.
pub const FORMAT: &str = "training-planning/1";

/// One season to be planned.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Instance {
    /// Always [`FORMAT`].
    pub format: String,
    /// Repeated in a plan, so that a plan of another instance is known.
    pub name: String,
    /// Free word of its maker.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<String>,
    /// The seed that made it, if it was generated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed: Option<i64>,
    /// Times at which a session may take place, in chronological order; they never overlap.
    pub slots: Vec<Slot>,
    /// Where people, trainers and sites are.
    pub communes: Vec<Commune>,
    /// Where sessions take place.
    pub sites: Vec<Site>,
    /// Road kilometres, one way: `km[commune][index of the site]`.
    pub km: Vec<Vec<u32>>,
    /// What is taught.
    pub modules: Vec<Module>,
    /// `(a, b)`: a before b, for whoever has both in the path. Transitively closed.
    pub precedence: Vec<(String, String)>,
    /// Who teaches.
    pub trainers: Vec<Trainer>,
    /// Who attends.
    pub people: Vec<Person>,
    /// Limits of the whole.
    pub limits: Limits,
    /// Weights of the objective.
    pub weights: Weights,
    /// A plan to be repaired with the least change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replan: Option<Replan>,
}

/// A time at which a session may take place.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Slot {
    /// Its own place in the list, from 0.
    pub id: u32,
    /// Week of the season, from 0.
    pub week: u32,
    /// Day of the season, from 0 (7 × week + weekday, 0 = Monday of week 0).
    pub day: u32,
    /// Minutes after midnight.
    pub start: u32,
    /// Minutes after midnight.
    pub end: u32,
    /// `morning`, `afternoon`, `evening` or `saturday`.
    pub kind: String,
}

/// A commune, a row of the matrix of distances.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Commune {
    /// Its own place in the list, from 0.
    pub id: u32,
    /// Its name.
    pub name: String,
    /// For maps only.
    #[serde(default)]
    pub x_km: f64,
    /// For maps only.
    #[serde(default)]
    pub y_km: f64,
}

/// A place with rooms.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Site {
    /// Unique among sites.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Where it is.
    pub commune: u32,
    /// Its rooms.
    pub rooms: Vec<Room>,
    /// Slots in which it receives.
    pub open_slots: Vec<u32>,
}

/// A room of a site.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Room {
    /// Unique over the instance.
    pub id: String,
    /// Seats.
    pub capacity: u32,
}

/// A module.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Module {
    /// Unique among modules.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its family.
    #[serde(default)]
    pub series: String,
    /// With fewer people than this a session is under-filled.
    pub min_fill: u32,
    /// Never more people than this.
    pub max_group: u32,
}

/// A trainer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Trainer {
    /// Unique among trainers.
    pub id: String,
    /// Home.
    pub commune: u32,
    /// Modules that this trainer can teach.
    pub skills: Vec<String>,
    /// Slots in which this trainer can teach.
    pub available_slots: Vec<u32>,
    /// Sessions in a week, at most.
    pub max_per_week: u32,
}

/// Somebody who has registered.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Person {
    /// Unique among people.
    pub id: String,
    /// `agent`, `elected` or `pro`.
    #[serde(default)]
    pub kind: String,
    /// Home.
    pub commune: u32,
    /// 1 beginner … 3 advanced.
    pub level: u32,
    /// Modules to attend, each once.
    pub path: Vec<String>,
    /// Slots in which the person can come.
    pub available_slots: Vec<u32>,
    /// Slots in which the person likes to come, among the former.
    pub preferred_slots: Vec<u32>,
    /// Sessions in a week, at most.
    pub max_per_week: u32,
    /// How far the person travels, kilometres one way.
    pub max_km: u32,
}

/// Limits of the whole.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Limits {
    /// Sessions at most; none: as many as there is room for.
    pub max_sessions: Option<u32>,
    /// Sessions of one person in one day, at most.
    pub person_sessions_per_day: u32,
}

/// What each term of the objective costs; see [`crate::Terms`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weights {
    /// A module of a path that its person does not attend.
    pub missing_module: i64,
    /// A person with at least one module missing.
    pub incomplete_path: i64,
    /// An attendance in a slot that the person does not prefer.
    pub non_preferred: i64,
    /// A session: highest minus lowest level of its people.
    pub level_spread: i64,
    /// An attendance: a kilometre from home to the site.
    pub person_km: i64,
    /// A day of a trainer: a kilometre from home to the site.
    pub trainer_km: i64,
    /// A session.
    pub session: i64,
    /// A session: each person fewer than `min_fill`.
    pub underfill: i64,
}

/// A plan to be repaired with the least change: what lies before `freeze_before_slot` stays.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Replan {
    /// Sessions in slots before this one are exactly those of the reference.
    pub freeze_before_slot: u32,
    /// The plan so far.
    pub reference: Vec<PlannedSession>,
    /// Cost of each attendance of the reference (from the freeze on) that is dropped or moved to another slot or site.
    pub w_change: i64,
    /// Cost of each session of the reference that is kept with another trainer.
    pub w_trainer_change: i64,
    /// Why: the trainer who fell ill.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sick_trainer: Option<String>,
    /// First and last week of the absence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sick_weeks: Vec<u32>,
}

/// A plan: the order of its sessions, and of the people in them, says nothing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// Name of the instance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instance: Option<String>,
    /// Its sessions.
    pub sessions: Vec<PlannedSession>,
    /// Free: solver, times.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meta: Option<serde_json::Value>,
}

/// A session of a plan, by identifiers of the instance.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedSession {
    /// What.
    pub module: String,
    /// Where.
    pub site: String,
    /// In which room of the site.
    pub room: String,
    /// When.
    pub slot: u32,
    /// With whom.
    pub trainer: String,
    /// For whom.
    pub people: Vec<String>,
}
