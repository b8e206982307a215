//! Small instances for tests: one made by hand, and as many as wanted at random.

use serde_json::Value;

use crate::format::{Instance, Plan};

/// One small instance, a plan for it, and what the format's own checker says of both.
pub(crate) const GOLDEN: &str = include_str!("check/golden.json");

/// The small instance: four people, two sites, three modules, two trainers, eight slots.
pub(crate) fn instance() -> Instance {
    part("instance")
}

/// A plan that serves everybody except one module of one person.
pub(crate) fn plan() -> Plan {
    part("plan")
}

fn part<T: serde::de::DeserializeOwned>(name: &str) -> T {
    let golden: Value = serde_json::from_str(GOLDEN).unwrap();
    serde_json::from_value(golden[name].clone()).unwrap()
}

/// The small instance with one value changed.
pub(crate) fn patched(at: &str, to: &Value) -> Instance {
    let mut document = serde_json::to_value(instance()).unwrap();
    set(&mut document, at, to);
    serde_json::from_value(document).unwrap()
}

/// Puts a value at a path (`people/3/path`); `-` at its end appends to a list.
pub(crate) fn set(document: &mut Value, at: &str, to: &Value) {
    let (parent, last) = at
        .rsplit_once('/')
        .map_or((String::new(), at), |(parent, last)| {
            (format!("/{parent}"), last)
        });
    match document.pointer_mut(&parent).unwrap() {
        Value::Array(list) if last == "-" => list.push(to.clone()),
        Value::Array(list) => list[last.parse::<usize>().unwrap()] = to.clone(),
        Value::Object(map) => {
            map.insert(last.to_owned(), to.clone());
        }
        other => panic!("{at}: {other}"),
    }
}
