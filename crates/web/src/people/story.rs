//! Events in words: what happened, and which fields changed from what to what.

use application::history::EventRow;
use documents::texts::Texts;
use domain::language::Language;
use jiff::tz::TimeZone;
use serde::Serialize;
use serde_json::{Map, Value};

use super::shared::{commune, local, module, profile_labels, sector_label, word};

/// One event, ready to be shown.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Told {
    pub(crate) at: String,
    pub(crate) who: String,
    pub(crate) what: String,
    pub(crate) subject_kind: String,
    pub(crate) subject: String,
    pub(crate) subject_name: String,
    pub(crate) href: String,
    pub(crate) changes: Vec<Change>,
}

/// One field that changed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Change {
    pub(crate) field: String,
    pub(crate) before: String,
    pub(crate) after: String,
}

/// Fields that say nothing to people.
const SILENT: [&str; 11] = [
    "id",
    "version",
    "folded",
    "link_epoch",
    "created_at",
    "next_arrival",
    "calendar_sequence",
    "stage_at",
    "moved",
    "settled",
    "module_version",
];

/// More of a value than this is not shown.
const LONGEST: usize = 300;

/// An event in words.
pub(crate) fn told(event: &EventRow, language: Language, zone: &TimeZone) -> Told {
    let before = state(event.before_state.as_deref());
    let after = state(event.after_state.as_deref());
    let name = ["name", "file", "title"]
        .iter()
        .find_map(|key| after.get(*key).or_else(|| before.get(*key)))
        .and_then(Value::as_str)
        .or_else(|| after.get("kept")?.get("name")?.as_str())
        .unwrap_or_default();
    Told {
        at: local(event.at, zone),
        who: who(event, language),
        what: action(&event.action, language),
        subject_kind: word("history-subject-", &event.subject_kind, language),
        subject: event.subject_id.clone(),
        subject_name: name.to_owned(),
        href: href(&event.subject_kind, &event.subject_id),
        changes: changes(&before, &after, language, zone),
    }
}

fn who(event: &EventRow, language: Language) -> String {
    if event.actor_name.is_empty() {
        word("history-actor-", &event.actor_kind, language)
    } else {
        event.actor_name.clone()
    }
}

/// What happened, in a few words; an action without words of its own is shown as it is called.
pub(crate) fn action(action: &str, language: Language) -> String {
    let key = format!("history-action-{}", action.replace('.', "-"));
    Texts::embedded()
        .find(language, &key)
        .unwrap_or_else(|| action.to_owned())
}

/// The page of a subject, where the desk has one.
fn href(kind: &str, id: &str) -> String {
    let page = match kind {
        "person" => "/bureau/personnes",
        "organisation" => "/bureau/organisations",
        "session" => "/bureau/seances",
        "site" => "/bureau/lieux",
        "trainer" => "/bureau/formateurs",
        "quiz" => "/bureau/quiz",
        "referent" => "/bureau/referents",
        "provider" => "/bureau/prestataires",
        "territory" => "/bureau/territoires",
        "list" => "/bureau/imports",
        _ => return String::new(),
    };
    format!("{page}/{id}")
}

/// The fields in which two states, as the history keeps them, differ.
pub(crate) fn changed(
    before: &str,
    after: &str,
    language: Language,
    zone: &TimeZone,
) -> Vec<Change> {
    changes(&state(Some(before)), &state(Some(after)), language, zone)
}

fn state(json: Option<&str>) -> Map<String, Value> {
    match json.map(serde_json::from_str) {
        Some(Ok(Value::Object(fields))) => fields,
        Some(Ok(Value::Null) | Err(_)) | None => Map::new(),
        Some(Ok(other)) => Map::from_iter([("value".to_owned(), other)]),
    }
}

/// The fields in which two states differ, in the order of the later one; nested ones by their path.
pub(crate) fn changes(
    before: &Map<String, Value>,
    after: &Map<String, Value>,
    language: Language,
    zone: &TimeZone,
) -> Vec<Change> {
    let mut keys: Vec<&String> = after.keys().collect();
    keys.extend(before.keys().filter(|key| !after.contains_key(*key)));
    let mut told = Vec::new();
    for key in keys
        .into_iter()
        .filter(|key| !SILENT.contains(&key.as_str()))
    {
        let (old, new) = (before.get(key), after.get(key));
        match (old, new) {
            (Some(Value::Object(old)), Some(Value::Object(new))) => {
                let label = field(key, language);
                told.extend(
                    changes(old, new, language, zone)
                        .into_iter()
                        .map(|change| Change {
                            field: format!("{label} › {}", change.field),
                            ..change
                        }),
                );
            }
            _ if old == new => {}
            _ => {
                let (old, new) = (
                    shown(key, old, language, zone),
                    shown(key, new, language, zone),
                );
                if old != new {
                    told.push(Change {
                        field: field(key, language),
                        before: old,
                        after: new,
                    });
                }
            }
        }
    }
    told
}

fn field(key: &str, language: Language) -> String {
    word("history-field-", &key.replace('_', "-"), language)
}

fn shown(key: &str, value: Option<&Value>, language: Language, zone: &TimeZone) -> String {
    let text = match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => match key {
            "commune_code" => commune(Some(text)),
            "sector" => sector_label(Some(text), language),
            "audience" => profile_labels(text, language).join(", "),
            "module" => module(text, language),
            "stage" => stage(text, language),
            "kind" => word("exchange-kind-", text, language),
            "origin" => word("exchange-origin-", text, language),
            "mark" => word("exchange-mark-", text, language),
            _ => text.clone(),
        },
        Some(Value::Number(number)) if key.ends_with("_at") || key.ends_with("_until") => {
            instant(number.as_i64(), language, zone)
        }
        Some(Value::Bool(yes)) => word("history-", if *yes { "yes" } else { "no" }, language),
        Some(Value::Array(items)) => {
            let items: Vec<String> = items
                .iter()
                .map(|item| shown(key, Some(item), language, zone))
                .collect();
            items.join(", ")
        }
        Some(other) => other.to_string(),
    };
    if text.chars().count() > LONGEST {
        text.chars().take(LONGEST).chain(['…']).collect()
    } else {
        text
    }
}

fn stage(slug: &str, language: Language) -> String {
    let texts = Texts::embedded();
    ["exchange-session-", "exchange-enrolment-", "exchange-wish-"]
        .iter()
        .find_map(|prefix| texts.find(language, &format!("{prefix}{slug}")))
        .unwrap_or_else(|| slug.to_owned())
}

fn instant(milliseconds: Option<i64>, language: Language, zone: &TimeZone) -> String {
    let Some(at) =
        milliseconds.and_then(|at| local(at, zone).parse::<jiff::civil::DateTime>().ok())
    else {
        return String::new();
    };
    format!(
        "{}, {}",
        documents::formats::date_short(language, at.date()),
        documents::formats::time(language, at.time())
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn event(before: &Value, after: &Value) -> EventRow {
        EventRow {
            seq: 1,
            id: "x".into(),
            at: 1_791_187_200_000,
            actor_kind: "staff".into(),
            actor_id: None,
            actor_name: "Claire".into(),
            action: "people.changed".into(),
            subject_kind: "person".into(),
            subject_id: "p1".into(),
            before_state: Some(before.to_string()),
            after_state: Some(after.to_string()),
        }
    }

    #[test]
    fn only_what_changed_is_told_in_words() {
        let before = json!({"id": "p1", "name": "Anne Petit", "commune_code": "62361", "email": null, "version": 1, "folded": "anne petit"});
        let after = json!({"id": "p1", "name": "Anne Grand", "commune_code": "62767", "email": null, "version": 2, "folded": "anne grand"});
        let mut told = told(&event(&before, &after), Language::Fr, &TimeZone::UTC);
        told.changes
            .sort_by(|one, other| one.field.cmp(&other.field));
        assert_eq!(told.href, "/bureau/personnes/p1");
        assert_eq!(
            told.changes,
            [
                Change {
                    field: "Commune".into(),
                    before: "Frévent (62270)".into(),
                    after: "Saint-Pol-sur-Ternoise (62130)".into()
                },
                Change {
                    field: "Nom".into(),
                    before: "Anne Petit".into(),
                    after: "Anne Grand".into()
                },
            ]
        );
    }

    #[test]
    fn hostile_and_broken_states_are_told_as_far_as_they_go() {
        let mut broken = event(
            &json!({}),
            &json!({"name": "<b>x</b>", "list": [1, {"a": 2}]}),
        );
        broken.before_state = Some("{not json".into());
        broken.action = "inconnu.fait".into();
        let told = told(&broken, Language::En, &TimeZone::UTC);
        assert_eq!(told.what, "inconnu.fait");
        assert_eq!(told.changes.len(), 2);
        let long = "x".repeat(100_000);
        let cut = super::told(
            &event(&json!({"note": ""}), &json!({"note": long})),
            Language::Fr,
            &TimeZone::UTC,
        );
        assert_eq!(cut.changes[0].after.chars().count(), LONGEST + 1);
    }
}
