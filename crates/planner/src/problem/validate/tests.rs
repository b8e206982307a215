//! Each way to break the format is told by field and element.

use serde_json::{Value, json};

use super::validate;
use crate::sample::{instance, patched};

fn told(at: &str, to: &Value) -> Vec<String> {
    validate(&patched(at, to))
        .iter()
        .map(ToString::to_string)
        .collect()
}

#[test]
fn a_sound_instance_has_no_defect() {
    assert_eq!(validate(&instance()), []);
}

#[test]
#[expect(clippy::too_many_lines, reason = "one table")]
fn every_break_of_the_format_is_told_by_field_and_element() {
    let cases = [
        (
            "format",
            json!("training-planning/2"),
            r#"format: is "training-planning/2", not "training-planning/1""#,
        ),
        (
            "slots/2/id",
            json!(7),
            "slots[2].id: is 7, while its position is 2",
        ),
        (
            "slots/3/start",
            json!(690),
            "slots[3]: is not after what comes before it",
        ),
        (
            "slots/2/end",
            json!(500),
            "slots[2].end: 500 is not between 541 and 1440",
        ),
        (
            "slots/2/day",
            json!(9),
            "slots[2].day: 9 is not between 0 and 6",
        ),
        (
            "slots/2/kind",
            json!("night"),
            r#"slots[2].kind: "night" is none of morning, afternoon, evening, saturday"#,
        ),
        (
            "communes/1/id",
            json!(5),
            "communes[1].id: is 5, while its position is 1",
        ),
        (
            "sites/1/id",
            json!("S0"),
            r#"sites[1].id: "S0" stands there twice"#,
        ),
        (
            "sites/1/commune",
            json!(3),
            r#"sites[1].commune: no commune "3""#,
        ),
        (
            "sites/1/open_slots/2",
            json!(8),
            r#"sites[1].open_slots[2]: no slot "8""#,
        ),
        (
            "sites/1/open_slots/2",
            json!(0),
            r#"sites[1].open_slots[2]: "0" stands there twice"#,
        ),
        (
            "sites/1/rooms/0/id",
            json!("S0-R1"),
            r#"sites[1].rooms[0].id: "S0-R1" stands there twice"#,
        ),
        (
            "sites/1/rooms/0/id",
            json!(""),
            "sites[1].rooms[0].id: is empty",
        ),
        (
            "km",
            json!([[0, 12], [12, 0]]),
            "km: has 2 elements instead of 3",
        ),
        ("km/2", json!([20]), "km[2]: has 1 elements instead of 2"),
        (
            "km/2/1",
            json!(30_000),
            "km[2][1]: 30000 is not between 0 and 20000",
        ),
        (
            "modules/2/id",
            json!("A"),
            r#"modules[2].id: "A" stands there twice"#,
        ),
        (
            "modules/0/max_group",
            json!(2_000_000),
            "modules[0].max_group: 2000000 is not between 0 and 1000000",
        ),
        (
            "precedence/0",
            json!(["A", "Z"]),
            r#"precedence[0][1]: no module "Z""#,
        ),
        (
            "precedence/0",
            json!(["A", "A"]),
            r#"precedence[0]: "A" would come before itself"#,
        ),
        (
            "precedence/0",
            json!(["C", "A"]),
            r#"precedence[0]: "C" would come before itself"#,
        ),
        (
            "precedence/0",
            json!(["A", "C"]),
            r#"precedence[1]: "A, C" stands there twice"#,
        ),
        (
            "precedence/1",
            json!(["B", "C"]),
            r#"precedence: lacks ["A", "C"], which follows from ["A", "B"] and ["B", "C"]"#,
        ),
        (
            "trainers/1/id",
            json!("T0"),
            r#"trainers[1].id: "T0" stands there twice"#,
        ),
        (
            "trainers/1/skills/0",
            json!("Z"),
            r#"trainers[1].skills[0]: no module "Z""#,
        ),
        (
            "trainers/1/commune",
            json!(9),
            r#"trainers[1].commune: no commune "9""#,
        ),
        (
            "trainers/1/available_slots/0",
            json!(99),
            r#"trainers[1].available_slots[0]: no slot "99""#,
        ),
        (
            "people/3/id",
            json!("P0"),
            r#"people[3].id: "P0" stands there twice"#,
        ),
        (
            "people/3/kind",
            json!("visitor"),
            r#"people[3].kind: "visitor" is none of agent, elected, pro"#,
        ),
        (
            "people/3/level",
            json!(4),
            "people[3].level: 4 is not between 1 and 3",
        ),
        (
            "people/2/path/2",
            json!("W99"),
            r#"people[2].path[2]: no module "W99""#,
        ),
        (
            "people/2/path/2",
            json!("A"),
            r#"people[2].path[2]: "A" stands there twice"#,
        ),
        (
            "people/3/preferred_slots/0",
            json!(4),
            "people[3].preferred_slots[0]: 4 is not among the available slots",
        ),
        (
            "weights/session",
            json!(-30),
            "weights.session: -30 is not between 0 and 100000",
        ),
        (
            "replan",
            json!({"freeze_before_slot": 2, "w_change": 40, "w_trainer_change": 5, "reference":
                [{"module": "A", "site": "S0", "room": "S0-R9", "slot": 1, "trainer": "T0", "people": ["P0", "P9"]}]}),
            r#"replan.reference[0].room: no room of the site "S0-R9""#,
        ),
        (
            "replan",
            json!({"freeze_before_slot": 9, "w_change": 40, "w_trainer_change": 5, "reference": []}),
            "replan.freeze_before_slot: 9 is not between 0 and 8",
        ),
    ];
    for (at, to, sentence) in cases {
        let told = told(at, &to);
        assert!(
            told.iter().any(|it| it == sentence),
            "{at}: {sentence} not in {told:?}"
        );
    }
}

#[test]
fn all_defects_are_told_at_once() {
    let mut broken = instance();
    broken.people[0].level = 0;
    broken.people[1].path[0] = "X".to_owned();
    broken.sites[0].open_slots.push(77);
    let told: Vec<String> = validate(&broken)
        .into_iter()
        .map(|defect| defect.at)
        .collect();
    assert_eq!(
        told,
        [
            "sites[0].open_slots[7]",
            "people[0].level",
            "people[1].path[0]"
        ]
    );
}

#[test]
fn what_is_ahead_in_a_reference_may_have_gone_meanwhile() {
    let replan = json!({"freeze_before_slot": 2, "w_change": 40, "w_trainer_change": 5, "reference":
        [{"module": "A", "site": "S7", "room": "S7-R0", "slot": 4, "trainer": "T7", "people": ["P0"]}]});
    assert_eq!(told("replan", &replan), [""; 0]);
}

#[test]
fn sizes_beyond_memory_are_refused_before_anything_is_gone_through() {
    let mut huge = instance();
    huge.sites[0].rooms = vec![huge.sites[0].rooms[0].clone(); 20_001];
    let told: Vec<String> = validate(&huge).iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        ["rooms: has 20002 elements; at most 20000 can be handled"]
    );
}
