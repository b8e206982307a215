use std::collections::BTreeMap;

use store::{Connection, Engine, transfer};
use testkit::TestDatabase;

/// Each table with its columns and their kinds, as both engines should have them.
async fn schema(db: &mut Connection) -> BTreeMap<String, Vec<(String, String, bool)>> {
    let tables = match db.engine() {
        Engine::Sqlite => {
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '_sqlx%'"
        }
        Engine::Postgres => {
            "SELECT table_name::text FROM information_schema.tables
             WHERE table_schema = current_schema() AND table_name NOT LIKE '\\_sqlx%'"
        }
    };
    let columns = match db.engine() {
        Engine::Sqlite => "SELECT name, type, CAST(\"notnull\" OR pk AS TEXT) FROM pragma_table_info($1) ORDER BY cid",
        Engine::Postgres => {
            "SELECT column_name::text, data_type::text, (CASE is_nullable WHEN 'NO' THEN '1' ELSE '0' END)::text
             FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = $1
             ORDER BY ordinal_position"
        }
    };
    let mut schema = BTreeMap::new();
    for (table,) in db.fetch_all::<(String,)>(tables, []).await.unwrap() {
        let found = db
            .fetch_all::<(String, String, String)>(columns, [table.as_str().into()])
            .await
            .unwrap();
        let normalised = found.into_iter().map(|(name, kind, required)| {
            let kind = if kind == "INTEGER" {
                "bigint".to_owned()
            } else {
                kind.to_lowercase()
            };
            (name, kind, required == "1")
        });
        schema.insert(table, normalised.collect());
    }
    schema
}

#[tokio::test]
async fn both_migration_sets_give_the_same_tables() {
    let sqlite = TestDatabase::new(Engine::Sqlite).await;
    let postgres = TestDatabase::new(Engine::Postgres).await;
    let one = schema(&mut sqlite.read().await.unwrap()).await;
    let other = schema(&mut postgres.read().await.unwrap()).await;
    assert_eq!(one, other);
    let mut copied = transfer::TABLES.to_vec();
    copied.sort_unstable();
    assert_eq!(
        one.keys().map(String::as_str).collect::<Vec<_>>(),
        copied,
        "transfer::TABLES names every table"
    );
}

#[test]
fn both_migration_sets_have_the_same_names() {
    let names = |engine: &str| {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("migrations")
            .join(engine);
        let mut names: Vec<_> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        names.sort();
        names
    };
    assert_eq!(names("sqlite"), names("postgres"));
}
