//! Which season a plan was made for, and what is different in another.
//!
//! A plan carries a [`Fingerprint`] of its instance in `meta.fingerprint`; from it the parts that
//! were edited meanwhile are known. With both instances at hand, [`differences`] names every
//! element.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use crate::format::{Instance, Plan};
use crate::problem::Problem;
use crate::problem::validate::Names;

/// A short sum of each part of an instance.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprint(BTreeMap<String, String>);

/// FNV-1a, 64 bits (Fowler, Noll and Vo): it notices edits; it is no seal.
fn sum(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xCBF2_9CE4_8422_2325, |sum, byte| {
        (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3)
    })
}

fn sum_of<T: Serialize>(part: &T) -> u64 {
    // Serialising plain structs, lists and numbers cannot fail; if it did, the sum is that of nothing.
    sum(&serde_json::to_vec(part).unwrap_or_default())
}

impl Fingerprint {
    /// Of an instance.
    #[must_use]
    pub fn of(instance: &Instance) -> Self {
        let it = instance;
        let parts = [
            ("communes", sum_of(&it.communes)),
            ("km", sum_of(&it.km)),
            ("limits", sum_of(&it.limits)),
            ("modules", sum_of(&it.modules)),
            ("people", sum_of(&it.people)),
            ("precedence", sum_of(&it.precedence)),
            ("replan", sum_of(&it.replan)),
            ("sites", sum_of(&it.sites)),
            ("slots", sum_of(&it.slots)),
            ("trainers", sum_of(&it.trainers)),
            ("weights", sum_of(&it.weights)),
        ];
        let part = |(name, sum): (&str, u64)| (name.to_owned(), format!("{sum:016x}"));
        Self(parts.into_iter().map(part).collect())
    }

    /// Of the instance that a plan was made for, if it says so in `meta.fingerprint`.
    #[must_use]
    pub fn in_plan(plan: &Plan) -> Option<Self> {
        serde_json::from_value(plan.meta.as_ref()?.get("fingerprint")?.clone()).ok()
    }

    /// Writes it into the plan's `meta`, beside what is there.
    pub fn put(&self, plan: &mut Plan) {
        let Ok(value) = serde_json::to_value(self) else {
            return;
        };
        let meta = plan.meta.get_or_insert_with(|| serde_json::json!({}));
        if let Some(meta) = meta.as_object_mut() {
            meta.insert("fingerprint".to_owned(), value);
        }
    }

    /// Parts that are not the same in both.
    #[must_use]
    pub fn parts_changed(&self, other: &Self) -> Vec<String> {
        let names = self.0.keys().chain(other.0.keys());
        let mut changed: Vec<String> = names
            .filter(|name| self.0.get(*name) != other.0.get(*name))
            .cloned()
            .collect();
        changed.sort_unstable();
        changed.dedup();
        changed
    }
}

/// Why a plan does not belong to an instance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Mismatch {
    /// It was made for another one.
    #[error("the plan is for {found:?}, not for {wanted:?}")]
    Instance {
        /// Name in the plan.
        found: String,
        /// Name of the instance.
        wanted: String,
    },
    /// A part of the instance was edited after the plan was made.
    #[error("{part} were edited after the plan was made")]
    Edited {
        /// A field of the instance.
        part: String,
    },
    /// The plan names something that is not there, or no longer.
    #[error("sessions[{session}].{field}: no {what} {id:?}")]
    Gone {
        /// Session by position.
        session: usize,
        /// Field of the session.
        field: String,
        /// Kind of thing.
        what: &'static str,
        /// Its identifier.
        id: String,
    },
}

impl Problem {
    /// The sum of each part of the instance, to be kept with its plans.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of(self.instance())
    }

    /// Why a plan is not one for this instance as it is now; empty when it is. A plan without a
    /// fingerprint is taken at its word, as long as everything that it names exists.
    #[must_use]
    pub fn mismatches(&self, plan: &Plan) -> Vec<Mismatch> {
        let instance = self.instance();
        let mut mismatches = Vec::new();
        if let Some(found) = plan.instance.clone().filter(|name| *name != instance.name) {
            // Everything else would differ as well, and say nothing more.
            let wanted = instance.name.clone();
            return vec![Mismatch::Instance { found, wanted }];
        }
        if let Some(fingerprint) = Fingerprint::in_plan(plan) {
            let parts = fingerprint.parts_changed(&self.fingerprint());
            mismatches.extend(parts.into_iter().map(|part| Mismatch::Edited { part }));
        }
        let names = Names::new(instance);
        for (session, planned) in plan.sessions.iter().enumerate() {
            let gone = names.unknown(planned).into_iter();
            mismatches.extend(gone.map(|(field, what, id)| Mismatch::Gone {
                session,
                field,
                what,
                id,
            }));
        }
        mismatches
    }
}

/// What is different between two instances, element by element.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// A field of the instance: `trainers`.
    pub part: &'static str,
    /// The element's identifier; nothing when the part has none (`km`, `weights`).
    pub id: Option<String>,
    /// What happened to it.
    pub what: Edit,
}

/// What happened to an element.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Edit {
    /// It is new.
    Added,
    /// It is no longer there.
    Removed,
    /// These of its fields are not the same.
    Changed(Vec<String>),
}

/// What is different in `new`, in the order of the format.
#[must_use]
pub fn differences(old: &Instance, new: &Instance) -> Vec<Difference> {
    let mut all = Vec::new();
    let number = |id: u32| id.to_string();
    elements(
        "slots",
        &old.slots,
        &new.slots,
        |it| number(it.id),
        &mut all,
    );
    elements(
        "communes",
        &old.communes,
        &new.communes,
        |it| number(it.id),
        &mut all,
    );
    elements(
        "sites",
        &old.sites,
        &new.sites,
        |it| it.id.clone(),
        &mut all,
    );
    elements(
        "modules",
        &old.modules,
        &new.modules,
        |it| it.id.clone(),
        &mut all,
    );
    elements(
        "trainers",
        &old.trainers,
        &new.trainers,
        |it| it.id.clone(),
        &mut all,
    );
    elements(
        "people",
        &old.people,
        &new.people,
        |it| it.id.clone(),
        &mut all,
    );
    whole("km", &old.km, &new.km, &mut all);
    whole("precedence", &old.precedence, &new.precedence, &mut all);
    whole("limits", &old.limits, &new.limits, &mut all);
    whole("weights", &old.weights, &new.weights, &mut all);
    all
}

fn whole<T: PartialEq>(part: &'static str, old: &T, new: &T, all: &mut Vec<Difference>) {
    if old != new {
        let what = Edit::Changed(Vec::new());
        all.push(Difference {
            part,
            id: None,
            what,
        });
    }
}

fn elements<T: PartialEq + Serialize>(
    part: &'static str,
    old: &[T],
    new: &[T],
    id: impl Fn(&T) -> String,
    all: &mut Vec<Difference>,
) {
    let before: HashMap<String, &T> = old.iter().map(|it| (id(it), it)).collect();
    let after: HashMap<String, &T> = new.iter().map(|it| (id(it), it)).collect();
    let mut push = |id: String, what| {
        all.push(Difference {
            part,
            id: Some(id),
            what,
        });
    };
    for it in old {
        match after.get(&id(it)) {
            None => push(id(it), Edit::Removed),
            Some(now) if *now != it => push(id(it), Edit::Changed(fields(it, now))),
            Some(_) => {}
        }
    }
    for it in new {
        if !before.contains_key(&id(it)) {
            push(id(it), Edit::Added);
        }
    }
}

/// Fields that are not the same.
fn fields<T: Serialize>(old: &T, new: &T) -> Vec<String> {
    let object = |it: &T| serde_json::to_value(it).ok();
    let (Some(old), Some(new)) = (object(old), object(new)) else {
        return Vec::new();
    };
    let names = old.as_object().into_iter().flat_map(|object| object.keys());
    names
        .filter(|name| old.get(*name) != new.get(*name))
        .cloned()
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::sample;

    #[test]
    fn a_plan_of_a_season_edited_meanwhile_is_refused_with_what_changed() {
        let problem = Problem::new(sample::instance()).unwrap();
        let mut plan = sample::plan();
        assert_eq!(problem.mismatches(&plan), [], "a plan without fingerprint");
        problem.fingerprint().put(&mut plan);
        assert_eq!(problem.mismatches(&plan), []);
        let edited = Problem::new(sample::patched("people/3/max_km", &json!(11))).unwrap();
        let part = "people".to_owned();
        assert_eq!(edited.mismatches(&plan), [Mismatch::Edited { part }]);
    }

    #[test]
    fn a_plan_of_another_instance_is_refused() {
        let problem = Problem::new(sample::instance()).unwrap();
        let mut plan = sample::plan();
        plan.sessions[1].trainer = "T8".to_owned();
        let told = |plan: &Plan| -> Vec<String> {
            problem
                .mismatches(plan)
                .iter()
                .map(ToString::to_string)
                .collect()
        };
        assert_eq!(told(&plan), [r#"sessions[1].trainer: no trainer "T8""#]);
        plan.instance = Some("ternois".to_owned());
        assert_eq!(
            told(&plan),
            [r#"the plan is for "ternois", not for "tiny""#]
        );
    }

    #[test]
    fn differences_name_elements_and_fields() {
        let old = sample::instance();
        let mut new = old.clone();
        new.trainers[0].available_slots.pop();
        new.people.remove(1);
        new.limits.max_sessions = None;
        let difference = |part, id: Option<&str>, what| Difference {
            part,
            id: id.map(str::to_owned),
            what,
        };
        assert_eq!(
            differences(&old, &new),
            [
                difference(
                    "trainers",
                    Some("T0"),
                    Edit::Changed(vec!["available_slots".to_owned()])
                ),
                difference("people", Some("P1"), Edit::Removed),
                difference("limits", None, Edit::Changed(vec![])),
            ]
        );
        assert_eq!(differences(&old, &old), []);
    }
}
