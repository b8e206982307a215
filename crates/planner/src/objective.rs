//! The terms of the objective, and the plain counts told beside it.

use serde::{Deserialize, Serialize};

/// Cost by term, each already multiplied by its weight. The objective is their sum.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// Modules of paths not attended.
    pub missing_module: i64,
    /// People with at least one module missing.
    pub incomplete_path: i64,
    /// Attendances in a slot that the person does not prefer.
    pub non_preferred: i64,
    /// Differences of level within sessions.
    pub level_spread: i64,
    /// Ways of people.
    pub person_km: i64,
    /// Ways of trainers.
    pub trainer_km: i64,
    /// Sessions.
    pub session: i64,
    /// Seats missing below the least filling.
    pub underfill: i64,
    /// Replanning: attendances dropped or moved.
    #[serde(default)]
    pub change: i64,
    /// Replanning: sessions kept with another trainer.
    #[serde(default)]
    pub trainer_change: i64,
}

impl Terms {
    /// The objective.
    #[must_use]
    pub fn sum(&self) -> i64 {
        self.missing_module
            + self.incomplete_path
            + self.non_preferred
            + self.level_spread
            + self.person_km
            + self.trainer_km
            + self.session
            + self.underfill
            + self.change
            + self.trainer_change
    }
}

/// Plain counts of a plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// Sessions opened.
    pub sessions: u32,
    /// Attendances over all sessions.
    pub attendances: u32,
    /// People registered.
    pub people: u32,
    /// People who attend every module of their path.
    pub complete_paths: u32,
    /// Modules of paths not attended.
    pub missing_modules: u32,
    /// Replanning: attendances of the reference dropped or moved.
    #[serde(default)]
    pub changed_attendances: u32,
    /// Replanning: sessions of the reference kept with another trainer.
    #[serde(default)]
    pub changed_trainers: u32,
}
