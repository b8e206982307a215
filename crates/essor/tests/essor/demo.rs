//! `essor demo seed`: kept when started again, begun anew when asked to, one JSON object.

use serde_json::{Map, Value};
use store::Database;
use testkit::{TestDatabase, both_engines};

use crate::server::{Server, done, essor, request, run};

const ROLES: [&str; 5] = [
    "administrator",
    "coordinator",
    "trainer",
    "referent",
    "participant",
];

fn seed(address: &str, folder: &str, more: &[&str]) -> Map<String, Value> {
    let words = [
        "demo",
        "seed",
        "--json",
        "--database",
        address,
        "--data-dir",
        folder,
    ];
    let printed = done(&[&words[..], more].concat());
    serde_json::from_str(&printed).unwrap_or_else(|error| panic!("{error}: {printed}"))
}

async fn sites(address: &str) -> Vec<String> {
    let database = Database::open(address).await.unwrap();
    let mut db = database.read().await.unwrap();
    let rows: Vec<(String,)> = db
        .fetch_all("SELECT name FROM site ORDER BY name", [])
        .await
        .unwrap();
    drop(db);
    database.close().await;
    rows.into_iter().map(|row| row.0).collect()
}

async fn run_sql(address: &str, sql: &'static str) {
    let database = Database::open(address).await.unwrap();
    let mut tx = database.write().await.unwrap();
    tx.execute(sql, []).await.unwrap();
    tx.commit().await.unwrap();
    database.close().await;
}

#[tokio::test]
async fn the_demonstration_is_kept_until_it_is_begun_anew() {
    both_engines(|database| async move {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().to_str().unwrap();
        let address = database.address();
        // Stopped while it was made: the next start makes it whole.
        let mut begun = essor(&["demo", "seed", "--database", address, "--data-dir", folder])
            .spawn()
            .unwrap();
        while sites(address).await.is_empty() {
            assert!(
                begun.try_wait().unwrap().is_none(),
                "it ended before it was stopped"
            );
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        begun.kill().unwrap();
        begun.wait().unwrap();
        let first = seed(address, folder, &[]);
        for role in ROLES {
            let account = &first[role];
            assert!(account["email"].is_string(), "{role}");
            assert!(
                account["password"].is_string() != account["link"].is_string(),
                "{role}: one way in"
            );
            assert!(
                account["api_token"].is_string() || role == "participant",
                "{role}"
            );
        }
        let made = sites(address).await;
        run_sql(
            address,
            "UPDATE site SET name = 'Salle d’Anne' WHERE name = (SELECT MIN(name) FROM site)",
        )
        .await;
        assert_eq!(seed(address, folder, &[]), first, "started again it stays");
        assert!(sites(address).await.contains(&"Salle d’Anne".to_owned()));
        let anew = seed(address, folder, &["--fresh"]);
        assert_eq!(sites(address).await, made);
        let kept = std::fs::read_to_string(format!("{folder}/demo-credentials.json")).unwrap();
        assert_eq!(
            serde_json::from_str::<Map<String, Value>>(&kept).unwrap(),
            anew
        );
        // What it says is true.
        let server = Server::start(address, &["--demo"], "warn,essor=info");
        let bearer = format!(
            "Bearer {}",
            anew["coordinator"]["api_token"].as_str().unwrap()
        );
        let people = request(
            server.address(),
            "GET",
            "/api/v1/people",
            &[("authorization", &bearer)],
            b"",
        )
        .unwrap();
        assert_eq!(people.status, 200, "{}", people.body);
        let link = anew["participant"]["link"].as_str().unwrap();
        let path = &link[link.find("/acces/").unwrap()..];
        assert_eq!(
            request(server.address(), "GET", path, &[], b"")
                .unwrap()
                .status,
            303
        );
    })
    .await;
}

#[tokio::test]
async fn a_real_programme_is_never_taken_for_a_demonstration() {
    let database = TestDatabase::sqlite().await;
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().to_str().unwrap();
    crate::season::season(database.address(), "Cyber-centre", &[(1, 2)]).await;
    for more in [&[][..], &["--fresh"]] {
        let words = [
            "demo",
            "seed",
            "--database",
            database.address(),
            "--data-dir",
            folder,
        ];
        let output = run(&[&words[..], more].concat());
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            !output.status.success() && told.contains("holds a programme already"),
            "{told}"
        );
    }
    assert_eq!(sites(database.address()).await, ["Cyber-centre"]);
}
