use store::event::EventRow;
use store::{Database, Engine, Error, Value, event, setting, transfer};
use testkit::TestDatabase;

fn event(id: &str) -> EventRow {
    EventRow {
        seq: 0,
        id: id.to_owned(),
        at: 1_790_000_000_000,
        actor_kind: "system".to_owned(),
        actor_id: None,
        actor_name: "L’œuvre d’Éloïse 🌾".to_owned(),
        action: "test.written".to_owned(),
        subject_kind: "test".to_owned(),
        subject_id: "1".to_owned(),
        before_state: None,
        after_state: Some("{\"a\":\"l'été\"}".to_owned()),
    }
}

async fn fill(database: &Database, events: usize) {
    let mut tx = database.write().await.unwrap();
    setting::set(&mut tx, "secret", "kept").await.unwrap();
    for number in 0..events {
        event::append(&mut tx, &event(&format!("event-{number}")))
            .await
            .unwrap();
    }
    tx.execute(
        "INSERT INTO site (id, name, folded, slug, commune_code, address, latitude, longitude, opening_hours, accessibility, access_note,
                           regular, created_at, version)
         VALUES ('s', 'Cyber-base', 'cyber base', 'cyber-base', '62767', '', $1, $2, '{}', '[]', '', 1, 0, 1)",
        [Value::from(50.3805), Value::Real(None)],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

async fn everything(
    database: &Database,
) -> (
    Vec<EventRow>,
    Option<String>,
    Vec<(String, Option<f64>, Option<f64>)>,
) {
    let mut db = database.read().await.unwrap();
    let filter = event::EventFilter {
        limit: 10_000,
        ..event::EventFilter::default()
    };
    (
        event::list(&mut db, &filter).await.unwrap(),
        setting::get(&mut db, "secret").await.unwrap(),
        db.fetch_all("SELECT slug, latitude, longitude FROM site", [])
            .await
            .unwrap(),
    )
}

#[tokio::test]
async fn a_database_moves_to_the_other_engine_and_back_whole() {
    let sqlite = TestDatabase::new(Engine::Sqlite).await;
    let postgres = TestDatabase::new(Engine::Postgres).await;
    let back = TestDatabase::new(Engine::Sqlite).await;
    fill(&sqlite, 250).await;
    let mut told = Vec::new();
    transfer::copy(&sqlite, &postgres, false, None, |table, rows| {
        told.push((table.to_owned(), rows));
    })
    .await
    .unwrap();
    assert!(told.contains(&("event".to_owned(), 250)));
    transfer::copy(&postgres, &back, false, None, |_, _| {})
        .await
        .unwrap();
    let original = everything(&sqlite).await;
    assert_eq!(original, everything(&postgres).await);
    assert_eq!(original, everything(&back).await);
}

#[tokio::test]
async fn after_a_move_new_events_go_on_counting() {
    let sqlite = TestDatabase::new(Engine::Sqlite).await;
    let postgres = TestDatabase::new(Engine::Postgres).await;
    fill(&sqlite, 3).await;
    transfer::copy(&sqlite, &postgres, false, None, |_, _| {})
        .await
        .unwrap();
    let mut tx = postgres.write().await.unwrap();
    event::append(&mut tx, &event("next")).await.unwrap();
    assert_eq!(event::latest(&mut tx).await.unwrap(), 4);
}

#[tokio::test]
async fn a_database_that_holds_something_is_not_overwritten_unasked() {
    testkit::both_engines(|target| async move {
        let source = TestDatabase::new(Engine::Sqlite).await;
        fill(&source, 2).await;
        fill(&target, 1).await;
        let refused = transfer::copy(&source, &target, false, None, |_, _| {}).await;
        assert!(matches!(refused, Err(Error::NotEmpty)));
        assert_eq!(everything(&target).await.0.len(), 1, "nothing was touched");
        transfer::copy(&source, &target, true, None, |_, _| {})
            .await
            .unwrap();
        assert_eq!(everything(&target).await, everything(&source).await);
    })
    .await;
}

#[tokio::test]
async fn what_is_put_in_anothers_place_has_a_newer_number_than_everything_before() {
    testkit::both_engines(|target| async move {
        let source = TestDatabase::new(Engine::Sqlite).await;
        fill(&source, 2).await;
        fill(&target, 5).await;
        transfer::copy(&source, &target, true, Some(&event("told")), |_, _| {})
            .await
            .unwrap();
        let (events, _, _) = everything(&target).await;
        let numbers: Vec<_> = events.iter().map(|event| event.seq).collect();
        assert_eq!(
            (numbers.as_slice(), events[0].id.as_str()),
            ([6, 2, 1].as_slice(), "told")
        );
        let mut tx = target.write().await.unwrap();
        event::append(&mut tx, &event("next")).await.unwrap();
        assert_eq!(event::latest(&mut tx).await.unwrap(), 7);
    })
    .await;
}

#[tokio::test]
async fn a_cleared_database_is_empty_and_its_numbers_go_on() {
    testkit::both_engines(|database| async move {
        fill(&database, 3).await;
        transfer::clear(&database).await.unwrap();
        let (events, secret, sites) = everything(&database).await;
        assert!(events.is_empty() && secret.is_none() && sites.is_empty());
        let mut tx = database.write().await.unwrap();
        event::append(&mut tx, &event("next")).await.unwrap();
        assert_eq!(event::latest(&mut tx).await.unwrap(), 4);
    })
    .await;
}
