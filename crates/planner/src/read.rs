//! Files of the planner from their text; what cannot be read is told by field.

use serde::de::DeserializeOwned;

use crate::defect::{Defect, Fault};
use crate::format::{Instance, Plan};
use crate::tour::{Tour, TourInstance};

/// An instance from JSON. That it can be read does not make it valid: see [`crate::Problem::new`].
///
/// # Errors
/// The field at which reading ended, and why.
pub fn read_instance(json: &[u8]) -> Result<Instance, Defect> {
    read(json)
}

/// A plan from JSON.
///
/// # Errors
/// The field at which reading ended, and why.
pub fn read_plan(json: &[u8]) -> Result<Plan, Defect> {
    read(json)
}

/// A problem of stands from JSON.
///
/// # Errors
/// The field at which reading ended, and why.
pub fn read_tour_instance(json: &[u8]) -> Result<TourInstance, Defect> {
    read(json)
}

/// A tour from JSON.
///
/// # Errors
/// The field at which reading ended, and why.
pub fn read_tour(json: &[u8]) -> Result<Tour, Defect> {
    read(json)
}

fn read<T: DeserializeOwned>(json: &[u8]) -> Result<T, Defect> {
    let mut reader = serde_json::Deserializer::from_slice(json);
    let value: T = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let at = match error.path().to_string() {
            path if path == "." => "the file".to_owned(),
            path => path,
        };
        let why = error.inner().to_string();
        Defect::new(at, Fault::Unreadable { why })
    })?;
    reader.end().map_err(|error| {
        let why = error.to_string();
        Defect::new("the file", Fault::Unreadable { why })
    })?;
    Ok(value)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::sample;

    fn told(at: &str, to: &serde_json::Value) -> String {
        let mut document = serde_json::to_value(sample::instance()).unwrap();
        sample::set(&mut document, at, to);
        read_instance(document.to_string().as_bytes())
            .unwrap_err()
            .to_string()
    }

    #[test]
    fn what_cannot_be_read_is_told_by_field_and_element() {
        let level = told("people/3/level", &json!(-1));
        assert!(
            level.starts_with("people[3].level: invalid value: integer `-1`"),
            "{level}"
        );
        let km = told("km/1/0", &json!("far"));
        assert!(
            km.starts_with("km[1][0]: invalid type: string \"far\""),
            "{km}"
        );
        let room = told("sites/1/rooms", &json!([{"id": "S1-R0"}]));
        assert!(
            room.starts_with("sites[1].rooms[0]: missing field `capacity`"),
            "{room}"
        );
    }

    #[test]
    fn what_is_no_json_or_more_than_one_document_is_refused() {
        assert!(
            read_plan(b"sessions: none")
                .unwrap_err()
                .to_string()
                .starts_with("the file: ")
        );
        assert!(
            read_plan(br#"{"sessions": []} {}"#)
                .unwrap_err()
                .to_string()
                .starts_with("the file: ")
        );
        assert!(read_plan(b"").is_err());
        assert_eq!(
            read_plan(br#"{"sessions": [], "note": "unknown fields are tolerated"}"#),
            Ok(Plan::default())
        );
    }
}
