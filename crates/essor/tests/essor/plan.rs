//! `essor plan …` as whoever types it meets it: files in, files and answers out.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use planner::{Instance, Plan, check, read_plan};
use serde_json::{Value, json};

/// A folder of its own for each test, removed in the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("essor-plan-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn write(&self, name: &str, value: &Value) -> PathBuf {
        let path = self.0.join(name);
        std::fs::write(&path, value.to_string()).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn essor(arguments: &[&str], files: &[&Path]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_essor"));
    command
        .arg("plan")
        .args(&arguments[..1])
        .args(files)
        .args(&arguments[1..]);
    command.stdin(Stdio::null());
    command
}

fn run(arguments: &[&str], files: &[&Path]) -> Output {
    essor(arguments, files).output().unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Twelve people, two modules one after the other, one site with one room, two trainers.
fn instance() -> Value {
    let slots: Vec<Value> = (0..12)
        .map(|id| {
            let (week, half) = (id / 2, id % 2);
            json!({"id": id, "week": week, "day": 7 * week + half, "start": 1110, "end": 1200, "kind": "evening"})
        })
        .collect();
    let all: Vec<usize> = (0..12).collect();
    let people: Vec<Value> = (0..12)
        .map(|n| {
            json!({"id": format!("P{n}"), "kind": "pro", "commune": n % 2, "level": 1 + n % 3, "path": ["A", "B"],
                "available_slots": all, "preferred_slots": [n], "max_per_week": 1, "max_km": 30})
        })
        .collect();
    let trainer = |id: &str| json!({"id": id, "commune": 1, "skills": ["A", "B"], "available_slots": all, "max_per_week": 2});
    json!({
        "format": "training-planning/1", "name": "small",
        "slots": slots,
        "communes": [{"id": 0, "name": "Frévent", "x_km": 0.0, "y_km": 0.0}, {"id": 1, "name": "Auxi", "x_km": 9.0, "y_km": 0.0}],
        "sites": [{"id": "S", "name": "Frévent", "commune": 0, "rooms": [{"id": "R", "capacity": 4}], "open_slots": all}],
        "km": [[0], [12]],
        "modules": [
            {"id": "A", "name": "Souris", "series": "D", "min_fill": 3, "max_group": 4},
            {"id": "B", "name": "Courriel", "series": "D", "min_fill": 3, "max_group": 4},
        ],
        "precedence": [["A", "B"]],
        "trainers": [trainer("T0"), trainer("T1")],
        "people": people,
        "limits": {"max_sessions": null, "person_sessions_per_day": 1},
        "weights": {"missing_module": 100, "incomplete_path": 200, "non_preferred": 5, "level_spread": 10,
            "person_km": 1, "trainer_km": 1, "session": 30, "underfill": 20},
    })
}

fn load(path: &Path) -> Plan {
    read_plan(&std::fs::read(path).unwrap()).unwrap()
}

#[test]
fn a_plan_is_solved_checked_and_explained() {
    let folder = Folder::new("solve");
    let file = folder.write("small.json", &instance());
    let out = folder.0.join("plan.json");
    let to = out.to_str().unwrap();
    let solved = run(
        &[
            "solve",
            "--out",
            to,
            "--steps",
            "20000",
            "--threads",
            "2",
            "--json",
        ],
        &[&file],
    );
    assert!(solved.status.success(), "{}", stderr(&solved));
    let last = String::from_utf8(solved.stdout).unwrap();
    let done: Value = serde_json::from_str(last.lines().last().unwrap()).unwrap();
    assert_eq!(done["event"], "done");
    let plan = load(&out);
    let typed: Instance = serde_json::from_value(instance()).unwrap();
    let verdict = check(&typed, &plan);
    assert_eq!(verdict.violations, []);
    assert_eq!(done["objective"], verdict.objective);
    assert!(done["bound"].as_i64().unwrap() <= verdict.objective);
    assert_eq!(
        verdict.facts.complete_paths, 12,
        "everybody can be served here"
    );

    let again = folder.0.join("again.json");
    let same = run(
        &[
            "solve",
            "--out",
            again.to_str().unwrap(),
            "--steps",
            "20000",
            "--threads",
            "2",
        ],
        &[&file],
    );
    assert!(same.status.success(), "{}", stderr(&same));
    assert_eq!(
        load(&again).sessions,
        plan.sessions,
        "the same seed, threads and steps"
    );

    let checked = run(&["check", "--json"], &[&file, &out]);
    assert_eq!(checked.status.code(), Some(0));
    let answer: Value = serde_json::from_slice(&checked.stdout).unwrap();
    assert_eq!(
        (&answer["feasible"], &answer["objective"]),
        (&json!(true), &json!(verdict.objective))
    );
    let explained = run(&["explain"], &[&file, &out]);
    assert!(explained.status.success(), "{}", stderr(&explained));
}

#[test]
fn a_plan_that_breaks_a_rule_answers_one() {
    let folder = Folder::new("check");
    let file = folder.write("small.json", &instance());
    let session = json!({"module": "B", "site": "S", "room": "R", "slot": 1, "trainer": "T0", "people": ["P0"]});
    let plan = folder.write(
        "plan.json",
        &json!({"instance": "small", "sessions": [session]}),
    );
    let checked = run(&["check"], &[&file, &plan]);
    assert_eq!(checked.status.code(), Some(1));
    let said = String::from_utf8(checked.stdout).unwrap();
    assert!(
        said.contains("H8: P0 attends B in slot 1 without A before"),
        "{said}"
    );
}

#[test]
fn bad_files_answer_two_and_name_field_and_element() {
    let folder = Folder::new("bad");
    let mut broken = instance();
    broken["people"][3]["path"][1] = json!("W99");
    broken["trainers"][0]["available_slots"][2] = json!(40);
    let file = folder.write("broken.json", &broken);
    let refused = run(&["solve", "--seconds", "1"], &[&file]);
    assert_eq!(refused.status.code(), Some(2));
    let said = stderr(&refused);
    for sentence in [
        r#"people[3].path[1]: no module "W99""#,
        r#"trainers[0].available_slots[2]: no slot "40""#,
    ] {
        assert!(said.contains(sentence), "{said}");
    }
    broken["km"] = json!([["far"], [12]]);
    let file = folder.write("broken.json", &broken);
    let said = stderr(&run(&["solve"], &[&file]));
    assert!(said.contains("km[0][0]: invalid type"), "{said}");
    let missing = run(&["solve"], &[&folder.0.join("nothing.json")]);
    assert_eq!(missing.status.code(), Some(2));

    let file = folder.write("small.json", &instance());
    let other = folder.write(
        "other.json",
        &json!({"instance": "another", "sessions": []}),
    );
    let refused = run(&["solve", "--start", other.to_str().unwrap()], &[&file]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(stderr(&refused).contains(r#"the plan is for "another", not for "small""#));
}

#[test]
fn a_plan_of_a_season_edited_meanwhile_is_refused_with_what_changed() {
    let folder = Folder::new("edited");
    let file = folder.write("small.json", &instance());
    let out = folder.0.join("plan.json");
    let to = out.to_str().unwrap();
    assert!(
        run(&["solve", "--out", to, "--steps", "2000"], &[&file])
            .status
            .success()
    );
    let mut edited = instance();
    edited["trainers"][0]["max_per_week"] = json!(1);
    let file = folder.write("edited.json", &edited);
    let refused = run(&["solve", "--start", to, "--steps", "10"], &[&file]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(stderr(&refused).contains("trainers were edited after the plan was made"));
    let second = folder.0.join("second.json");
    let taken = run(
        &[
            "solve",
            "--start",
            to,
            "--edited",
            "--steps",
            "2000",
            "--out",
            second.to_str().unwrap(),
        ],
        &[&file],
    );
    assert!(taken.status.success(), "{}", stderr(&taken));
    let listed = run(&["changes", "--json"], &[&file, &out, &second]);
    assert!(listed.status.success(), "{}", stderr(&listed));
}

#[cfg(unix)]
#[test]
fn an_interrupted_search_ends_with_the_best_plan_saved() {
    let folder = Folder::new("interrupt");
    let file = folder.write("small.json", &instance());
    let out = folder.0.join("plan.json");
    let mut search = essor(
        &[
            "solve",
            "--out",
            out.to_str().unwrap(),
            "--seconds",
            "300",
            "--json",
        ],
        &[&file],
    );
    let mut child = search.stdout(Stdio::piped()).spawn().unwrap();
    // The first line of progress says that the search has begun.
    let mut first = String::new();
    let mut lines = std::io::BufReader::new(child.stdout.take().unwrap());
    std::io::BufRead::read_line(&mut lines, &mut first).unwrap();
    let since = Instant::now();
    let interrupt = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(interrupt.success());
    let mut rest = String::new();
    std::io::Read::read_to_string(&mut lines, &mut rest).unwrap();
    let status = child.wait().unwrap();
    assert!(status.success(), "{status}");
    assert!(
        since.elapsed() < Duration::from_secs(60),
        "{:?}",
        since.elapsed()
    );
    let typed: Instance = serde_json::from_value(instance()).unwrap();
    assert_eq!(check(&typed, &load(&out)).violations, []);
}

#[test]
fn a_tour_is_proven_and_made_anew_when_a_host_is_late() {
    let folder = Folder::new("tour");
    let window = json!([{"from_week": 0, "to_week": 60}]);
    let place = |id: &str| json!({"id": id, "name": id});
    let host = |id: &str| json!({"id": id, "place": id, "windows": window});
    let tour = json!({
        "format": "stand-tour/1", "name": "two",
        "places": [place("D"), place("H1"), place("H2"), place("H3"), place("H4")],
        "km": [[0, 10, 20, 30, 40], [10, 0, 10, 20, 30], [20, 10, 0, 10, 20], [30, 20, 10, 0, 10], [40, 30, 20, 10, 0]],
        "waves": [{"id": "V1", "from_week": 0, "to_week": 15}, {"id": "V2", "from_week": 17, "to_week": 32}],
        "stands": [{"id": "A", "depot": "D", "crew": "D"}, {"id": "B", "depot": "D", "crew": "D"}],
        "hosts": [host("H1"), host("H2"), host("H3"), host("H4")],
        "min_weeks": 10,
        "weights": {"transport_km": 1, "assembly_km": 0, "lost_week": 5, "unserved": 1000, "moved_wave": 50, "moved_stand": 5},
    });
    let file = folder.write("tour.json", &tour);
    let out = folder.0.join("out.json");
    let solved = run(
        &["tour", "--json", "--out", out.to_str().unwrap()],
        &[&file],
    );
    assert!(solved.status.success(), "{}", stderr(&solved));
    let answer: Value = serde_json::from_slice(&solved.stdout).unwrap();
    // One stand for the two near hosts and back (40), the other for the two far ones (80).
    assert_eq!(
        (&answer["objective"], &answer["proven"]),
        (&json!(120), &json!(true))
    );
    let first = answer["stopovers"][0]["host"].as_str().unwrap().to_owned();
    let agreed = out.to_str().unwrap();
    let late = run(
        &[
            "tour",
            "--json",
            "--late",
            &first,
            "--from-week",
            "17",
            "--agreed",
            agreed,
        ],
        &[&file],
    );
    assert!(late.status.success(), "{}", stderr(&late));
    let answer: Value = serde_json::from_slice(&late.stdout).unwrap();
    assert_eq!(answer["kept"], Value::Null);
    assert!(!answer["changes"].as_array().unwrap().is_empty());
    let unknown = run(
        &[
            "tour",
            "--late",
            "H9",
            "--from-week",
            "17",
            "--agreed",
            agreed,
        ],
        &[&file],
    );
    assert_eq!(unknown.status.code(), Some(2));
    assert!(stderr(&unknown).contains(r#"no host "H9""#));
}
