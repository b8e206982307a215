//! Whether an instance keeps to its format.

use std::collections::HashSet;

use crate::format::{FORMAT, Instance};

/// Something in an instance that breaks the format.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {element}: {kind}")]
pub struct Defect {
    /// The field, as a path into the file: `people[3].path`.
    pub field: String,
    /// The element: an identifier, or the value that is wrong.
    pub element: String,
    /// What is wrong with it.
    pub kind: DefectKind,
}

/// What is wrong with an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DefectKind {
    /// It names nothing that exists.
    #[error("does not exist")]
    Unknown,
    /// It stands there twice.
    #[error("stands there twice")]
    Duplicate,
    /// Its value is outside of what the format allows.
    #[error("is outside of what the format allows")]
    OutOfRange,
}

/// Every defect of the instance.
pub(crate) fn validate(instance: &Instance) -> Vec<Defect> {
    let mut defects = Vec::new();
    let mut note = |field: String, element: &str, kind| {
        defects.push(Defect {
            field,
            element: element.to_owned(),
            kind,
        });
    };
    if instance.format != FORMAT {
        note("format".into(), &instance.format, DefectKind::OutOfRange);
    }
    let modules: HashSet<&str> = instance.modules.iter().map(|m| m.id.as_str()).collect();
    for (n, person) in instance.people.iter().enumerate() {
        for module in &person.path {
            if !modules.contains(module.as_str()) {
                note(format!("people[{n}].path"), module, DefectKind::Unknown);
            }
        }
    }
    defects
}
