//! `essor assessment calibrate`: refuses with too little, reports, and writes files that mean what the report says.

use application::access::Actor;
use application::assessment::{self, Begin};
use application::people::PersonInput;
use application::{App, Config, content};
use domain::assessment::adaptive::simulate::Draws;
use serde_json::Value;
use store::Database;
use testkit::both_engines;

use crate::season::season;
use crate::server::{done, run};

/// Tests of 120 people in the database at `address`, each with the same twelve items.
async fn tests(address: &str) {
    season(address, "Cyber-base", &[(1, 4)]).await;
    let database = Database::open(address).await.unwrap();
    let app = App::new(database.clone(), Config::default()).await.unwrap();
    let input = PersonInput {
        name: "Anne Petit".into(),
        email: "anne@exemple.fr".into(),
        ..PersonInput::default()
    };
    let maker = Actor::System;
    let person = application::people::create_person(&app, &maker, &input)
        .await
        .unwrap();
    let id = person.id.parse().unwrap();
    let page = assessment::begin_for(&app, &maker, id, &Begin::default())
        .await
        .unwrap();
    let run = page
        .trim_start_matches("/test/")
        .split('?')
        .next()
        .unwrap()
        .to_owned();
    let mut tx = app.write().await.unwrap();
    let template = store::assessment::get(&mut tx, &run)
        .await
        .unwrap()
        .unwrap();
    let mut draws = Draws::new(3);
    for number in 0..120 {
        let row = store::assessment::RunRow {
            id: format!("run-{number}"),
            ..template.clone()
        };
        store::assessment::insert(&mut tx, &row).await.unwrap();
        let ability = draws.normal();
        for (position, item) in (1..).zip(content::bank().items().iter().take(12)) {
            let right = draws.uniform() < item.parameters().probability(ability);
            let answer = store::assessment::AnswerRow {
                run_id: row.id.clone(),
                position,
                item: if position == 12 {
                    "parti".into()
                } else {
                    item.slug.clone()
                },
                item_version: "1".into(),
                reply: "choice".into(),
                choice: None,
                is_right: i64::from(right),
                millis: None,
                answered_at: 0,
            };
            store::assessment::insert_answer(&mut tx, &answer)
                .await
                .unwrap();
        }
    }
    tx.commit().await.unwrap();
    drop(app);
    database.close().await;
}

#[tokio::test]
async fn a_calibration_says_when_there_is_too_little_and_what_it_found_otherwise() {
    both_engines(|database| async move {
        let address = database.address();
        let refused = run(&["assessment", "calibrate", "--database", address]);
        assert_eq!(refused.status.code(), Some(1));
        let told = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(
            told.contains("there is too little to calibrate from: 0 tests with 5 answers or more, at least 100 are needed"),
            "{told}"
        );
        assert!(refused.stdout.is_empty());
        tests(address).await;
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("proposed");
        let printed = done(&[
            "assessment",
            "calibrate",
            "--json",
            "--database",
            address,
            "--out",
            out.to_str().unwrap(),
        ]);
        let report: Value = serde_json::from_str(&printed).unwrap();
        assert_eq!((report["tests"].as_u64(), report["gone"].as_u64()), (Some(120), Some(120)));
        let items = report["items"].as_array().unwrap();
        assert_eq!(items.len(), 11);
        let first = &items[0];
        let slope = first["after"]["parameters"]["slope"].as_f64().unwrap();
        assert!(slope > 0.0 && first["after"]["errors"][0].as_f64().unwrap() > 0.0);
        assert!(first["infit"].as_f64().unwrap() > 0.0);
        // Only files that change are written, and they hold what was reported.
        let written: Vec<_> = std::fs::read_dir(&out)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        assert_eq!(written, ["1-information.toml"]);
        let text = std::fs::read_to_string(out.join(&written[0])).unwrap();
        assert_eq!(text.matches("calibrated = {").count(), 11);
        assert!(text.contains(&format!("slope = {:?}", (slope * 1000.0).round() / 1000.0)));
        let table = done(&["assessment", "calibrate", "--database", address]);
        assert!(table.starts_with("1320 answers of 120 tests"), "{table}");
        assert!(table.contains("120 answers to items that the bank no longer has are left out"));
        assert!(table.contains(items[0]["item"].as_str().unwrap()));
        let kept = done(&["assessment", "calibrate", "--answers", "1000", "--database", address]);
        assert!(kept.contains("11 were answered too rarely"), "{kept}");
    })
    .await;
}

#[tokio::test]
async fn a_database_that_is_none_is_told() {
    let refused = run(&[
        "assessment",
        "calibrate",
        "--database",
        "sqlite:/nowhere/at/all.sqlite",
    ]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("cannot open the database"));
}
