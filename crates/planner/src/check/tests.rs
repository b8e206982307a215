//! The referee agrees with the format's own checker: golden.json holds what that one says of one
//! small plan, and of the same plan with each rule broken once.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::check;
use crate::format::{Instance, Plan};
use crate::sample::{self, set};

#[derive(Deserialize)]
struct Golden {
    instance: Value,
    plan: Value,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    patch: Vec<Patch>,
    rules: BTreeMap<String, usize>,
    terms: BTreeMap<String, i64>,
    facts: BTreeMap<String, u32>,
    objective: i64,
}

#[derive(Deserialize)]
struct Patch {
    at: String,
    to: Value,
}

#[test]
fn it_says_of_every_rule_what_the_checker_of_the_format_says() {
    let golden: Golden = serde_json::from_str(sample::GOLDEN).unwrap();
    for case in golden.cases {
        let mut document = serde_json::json!({ "instance": golden.instance, "plan": golden.plan });
        for patch in &case.patch {
            set(&mut document, &patch.at, &patch.to);
        }
        let instance: Instance = serde_json::from_value(document["instance"].take()).unwrap();
        let plan: Plan = serde_json::from_value(document["plan"].take()).unwrap();
        let verdict = check(&instance, &plan);
        let mut rules = BTreeMap::new();
        for violation in &verdict.violations {
            *rules.entry(violation.rule.to_string()).or_default() += 1;
        }
        assert_eq!(rules, case.rules, "{}: {:?}", case.name, verdict.violations);
        assert_eq!(verdict.feasible(), case.rules.is_empty());
        let terms = serde_json::to_value(verdict.terms).unwrap();
        for (term, cost) in &case.terms {
            assert_eq!(terms[term], *cost, "{}: {term}", case.name);
        }
        let facts = serde_json::to_value(verdict.facts).unwrap();
        for (fact, count) in &case.facts {
            assert_eq!(facts[fact], *count, "{}: {fact}", case.name);
        }
        assert_eq!(verdict.objective, case.objective, "{}", case.name);
    }
}

#[test]
fn a_violation_reads_as_a_sentence() {
    let (instance, mut plan) = (sample::instance(), sample::plan());
    plan.sessions[3].slot = 3;
    let verdict = check(&instance, &plan);
    let sentences: Vec<String> = verdict.violations.iter().map(ToString::to_string).collect();
    assert!(
        sentences.contains(&"H1 session 3: site S1 is closed in slot 3".to_owned()),
        "{sentences:?}"
    );
}
