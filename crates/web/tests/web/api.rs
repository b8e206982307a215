//! The API as programs see it: tokens, scopes, problem details, cursors, calls made twice.

use application::access::account::{self, EditAccount};
use application::access::{Actor, Role};
use application::{programme, session, site, territory};
use axum::http::Method;
use serde_json::{Value, json};
use testkit::{Page, TestApp, Visitor, app_on_both_engines};

const ALL: [&str; 6] = [
    "sessions:read",
    "enrolments:read",
    "enrolments:write",
    "people:read",
    "people:write",
    "attendance:read",
];

/// A season with one session of two seats for every day asked for; answers their ids.
async fn sessions(test: &TestApp, days: &[&str]) -> Vec<String> {
    let app = &test.app;
    let maker = Actor::System;
    let pays = territory::Edit {
        name: "Pays du Ternois".into(),
        parts: vec!["epci:200069672".into()],
        ..territory::Edit::default()
    };
    let territory = territory::create(app, &maker, &pays).await.unwrap();
    let command = programme::Edit {
        name: "Boutic".into(),
        territory,
        ..programme::Edit::default()
    };
    let slug = programme::create(app, &maker, &command).await.unwrap();
    let command = programme::EditSeason {
        name: "Automne".into(),
        starts_on: "2026-10-01".into(),
        ends_on: "2026-12-31".into(),
        stage: "open".into(),
        questionnaire: "boutic".into(),
        pathway_rules: "boutic".into(),
        offer_hours: "24".into(),
        certificate: "90".into(),
        ..programme::EditSeason::default()
    };
    let season = programme::create_season(app, &maker, &slug, &command)
        .await
        .unwrap();
    let command = site::Edit {
        name: "Cyber-centre".into(),
        commune: "62767".into(),
        ..site::Edit::default()
    };
    let site = site::create(app, &maker, &command).await.unwrap();
    let mut ids = Vec::new();
    for day in days {
        let command = session::Edit {
            season: season.clone(),
            module: "courriel".into(),
            site: site.clone(),
            day: (*day).into(),
            starts: "14:00".into(),
            least: "1".into(),
            capacity: "2".into(),
            ..session::Edit::default()
        };
        ids.push(session::create(app, &maker, command).await.unwrap());
    }
    ids
}

/// A program that acts for a coordinator within these scopes.
async fn program(test: &TestApp, scopes: &[&str]) -> Visitor {
    let command = EditAccount {
        name: "Nadia Lefebvre".into(),
        email: format!("{}@essor.example", scopes.len()),
        language: "fr".into(),
        password: "une phrase assez longue".into(),
        roles: vec![Role::Coordinator.slug().into()],
        ..EditAccount::default()
    };
    let id = account::create(&test.app, &Actor::System, &command)
        .await
        .unwrap()
        .to_string();
    let scopes: Vec<String> = scopes.iter().map(ToString::to_string).collect();
    let token = account::create_token(&test.app, &Actor::System, &id, "essai", &scopes)
        .await
        .unwrap();
    test.visitor()
        .with_header("authorization", &format!("Bearer {token}"))
}

fn person(name: &str) -> Value {
    let email = format!("{}@exemple.example", name.to_lowercase().replace(' ', "."));
    json!({"person": {"name": name, "email": email, "commune": "62767", "organisation": "Boulangerie Test"}})
}

async fn enrol(program: &mut Visitor, session: &str, body: &Value) -> Page {
    program
        .json(
            Method::POST,
            &format!("/api/v1/sessions/{session}/enrolments"),
            body,
        )
        .await
}

#[tokio::test]
async fn seats_go_by_arrival_and_the_rest_waits_with_a_rank() {
    app_on_both_engines(|test| async move {
        let session = sessions(&test, &["2026-10-20"]).await.remove(0);
        let mut program = program(&test, &ALL).await;
        for (name, status, rank) in [
            ("Anne Un", "placed", None),
            ("Bob Deux", "placed", None),
            ("Cid Trois", "waiting", Some(1)),
            ("Dan Quatre", "waiting", Some(2)),
        ] {
            let page = enrol(&mut program, &session, &person(name)).await;
            assert_eq!(page.status, 201, "{}", page.text());
            let answer = page.json();
            assert_eq!(answer["status"], status, "{name}");
            assert_eq!(answer["rank"].as_u64(), rank, "{name}");
            assert!(answer["id"].is_string());
        }
        let listed = program.get("/api/v1/sessions").await.json();
        let item = &listed["items"][0];
        assert_eq!(
            (item["id"].as_str(), item["seats_left"].as_i64()),
            (Some(session.as_str()), Some(0))
        );
        assert_eq!(
            (item["capacity"].as_i64(), item["waiting"].as_i64()),
            (Some(2), Some(2))
        );
    })
    .await;
}

#[tokio::test]
async fn the_same_key_gives_the_same_answer_and_registers_once() {
    app_on_both_engines(|test| async move {
        let session = sessions(&test, &["2026-10-20"]).await.remove(0);
        let mut program = program(&test, &ALL)
            .await
            .with_header("idempotency-key", "appel-1");
        let first = enrol(&mut program, &session, &person("Anne Un")).await;
        let again = enrol(&mut program, &session, &person("Anne Un")).await;
        assert_eq!((first.status.as_u16(), again.status.as_u16()), (201, 201));
        assert_eq!(first.json(), again.json());
        let other = enrol(&mut program, &session, &person("Bob Deux")).await;
        assert_eq!(other.status, 422, "a key is good for one request");
        let enrolments = program
            .get(&format!("/api/v1/sessions/{session}/enrolments"))
            .await
            .json();
        assert_eq!(enrolments["items"].as_array().unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_token_does_no_more_than_its_scopes_and_nobody_without_one() {
    let test = TestApp::new().await;
    let session = sessions(&test, &["2026-10-20"]).await.remove(0);
    let mut reader = program(&test, &["enrolments:read"]).await;
    assert_eq!(
        reader
            .get(&format!("/api/v1/sessions/{session}/enrolments"))
            .await
            .status,
        200
    );
    assert_eq!(
        enrol(&mut reader, &session, &person("Anne Un"))
            .await
            .status,
        403
    );
    assert_eq!(reader.get("/api/v1/people").await.status, 403);
    let mut nobody = test.visitor();
    assert_eq!(
        nobody.get("/api/v1/sessions").await.status,
        200,
        "what takes place is public"
    );
    assert_eq!(nobody.get("/api/v1/people").await.status, 401);
    assert_eq!(
        enrol(&mut nobody, &session, &person("Anne Un"))
            .await
            .status,
        401
    );
    let mut forger = test
        .visitor()
        .with_header("authorization", "Bearer essor_forged");
    assert_eq!(
        forger.get("/api/v1/sessions").await.status,
        401,
        "a wrong token is not the same as none"
    );
}

#[tokio::test]
async fn what_is_wrong_is_told_as_problem_details() {
    let test = TestApp::new().await;
    let session = sessions(&test, &["2026-10-20"]).await.remove(0);
    let mut program = program(&test, &ALL).await;
    let bad = json!({"person": {"name": "", "email": "pas une adresse", "phone": "12"}});
    let page = enrol(&mut program, &session, &bad).await;
    assert_eq!(page.status, 422);
    let problem = page.json();
    let fields: Vec<_> = problem["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["field"].as_str().unwrap())
        .collect();
    assert_eq!(
        fields,
        ["name", "email", "phone"],
        "every wrong field, not only the first"
    );
    assert_eq!(problem["status"], 422);
    for (body, status) in [
        (json!([]), 422),
        (json!({"person": {"name": 7}}), 422),
        (json!({"person": {"name": "x".repeat(100_000)}}), 422),
    ] {
        assert_eq!(
            enrol(&mut program, &session, &body).await.status,
            status,
            "{}",
            body.to_string().len()
        );
    }
    assert_eq!(
        enrol(&mut program, "nulle-part", &person("Anne Un"))
            .await
            .status,
        404
    );
    assert_eq!(
        program.get("/api/v1/sessions?limit=beaucoup").await.status,
        400
    );
    assert_eq!(
        program.get("/api/v1/sessions?cursor=%27%3B--").await.status,
        400
    );
    enrol(&mut program, &session, &person("Anne Un")).await;
    let twice = enrol(&mut program, &session, &person("Anne Un")).await;
    assert_eq!(twice.status, 409, "already registered");
    assert!(!twice.json()["detail"].as_str().unwrap().is_empty());
}

#[tokio::test]
async fn lists_go_on_by_cursor_without_losing_or_doubling_any() {
    app_on_both_engines(|test| async move {
        let days: Vec<String> = (10..17).map(|day| format!("2026-11-{day}")).collect();
        let days: Vec<&str> = days.iter().map(String::as_str).collect();
        let made = sessions(&test, &days).await;
        let mut visitor = test.visitor();
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = visitor
                .get(&format!("/api/v1/sessions?limit=3{cursor}"))
                .await
                .json();
            seen.extend(
                page["items"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|item| item["id"].as_str().unwrap().to_owned()),
            );
            match page["next"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        assert_eq!(seen, made);
    })
    .await;
}

#[tokio::test]
async fn an_enrolment_given_up_frees_its_seat_for_the_first_who_waits() {
    let test = TestApp::new().await;
    let session = sessions(&test, &["2026-10-20"]).await.remove(0);
    let mut program = program(&test, &ALL).await;
    let mut ids = Vec::new();
    for name in ["Anne Un", "Bob Deux", "Cid Trois"] {
        ids.push(
            enrol(&mut program, &session, &person(name)).await.json()["id"]
                .as_str()
                .unwrap()
                .to_owned(),
        );
    }
    let gone = program
        .send(
            Method::DELETE,
            &format!("/api/v1/enrolments/{}", ids[0]),
            None,
            Vec::new(),
        )
        .await;
    assert_eq!(gone.status, 204);
    assert_eq!(
        program
            .get(&format!("/api/v1/enrolments/{}", ids[2]))
            .await
            .json()["status"],
        "offered"
    );
    let again = program
        .send(
            Method::DELETE,
            &format!("/api/v1/enrolments/{}", ids[0]),
            None,
            Vec::new(),
        )
        .await;
    assert_eq!(again.status, 409);
}

#[tokio::test]
async fn the_description_names_every_address() {
    let test = TestApp::new().await;
    let description = test.visitor().get("/api/v1/openapi.json").await.json();
    assert!(description["openapi"].as_str().unwrap().starts_with("3."));
    for path in [
        "/api/v1/sessions",
        "/api/v1/sessions/{id}",
        "/api/v1/sessions/{id}/enrolments",
        "/api/v1/enrolments/{id}",
        "/api/v1/people",
    ] {
        assert!(description["paths"][path].is_object(), "{path}");
    }
}
