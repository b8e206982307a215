//! Copies are taken and put back while the server serves and writes.

use std::path::Path;
use std::sync::atomic::Ordering;

use testkit::{TestDatabase, both_engines};

use crate::calls::{Progress, Which, answered, calls, check, kept, work};
use crate::season::season;
use crate::server::{Server, done, get, run};

const GROUPS: [(u32, u32); 3] = [(1, 12), (1, 2), (3, 6)];
/// More than register in any run: they stop when it is enough.
const PEOPLE: usize = 600;

fn path(folder: &Path, name: &str) -> String {
    folder.join(name).display().to_string()
}

#[tokio::test]
async fn a_backup_taken_while_people_register_is_whole_and_can_be_put_back_while_they_do() {
    both_engines(|database| async move {
        let folder = tempfile::tempdir().unwrap();
        let file = path(folder.path(), "copie.sqlite");
        let address = database.address();
        let season = season(address, "Cyber-centre", &GROUPS).await;
        let server = Server::start(address, &[], "warn,essor=info");
        let mut by_caller = calls(PEOPLE, GROUPS.len());
        let progress = Progress::default();
        let before = std::thread::scope(|scope| {
            scope.spawn(|| {
                work(
                    server.address(),
                    &season,
                    &mut by_caller,
                    Which::Open,
                    &progress,
                );
            });
            progress.until(12);
            let before = progress.confirmed.load(Ordering::Relaxed);
            done(&["backup", "--database", address, "--out", &file]);
            progress.and_then_stop(3);
            before
        });
        let copied = check(&format!("sqlite:{file}"), &season, &GROUPS).await;
        assert!(
            (before..answered(&by_caller)).contains(&copied.len()),
            "as of one instant: {} of {before}",
            copied.len()
        );
        let whole = check(address, &season, &GROUPS).await;
        kept(&by_caller, &whole);
        assert!(
            copied
                .iter()
                .all(|(id, state)| whole.get(id) == Some(state)),
            "what is copied was so"
        );

        let again = run(&["backup", "--database", address, "--out", &file]);
        assert!(!again.status.success(), "a copy is not overwritten");
        let unasked = run(&["restore", "--database", address, &file]);
        let told = String::from_utf8_lossy(&unasked.stderr).into_owned();
        assert!(
            !unasked.status.success() && told.contains("--replace"),
            "{told}"
        );
        assert_eq!(
            check(address, &season, &GROUPS).await,
            whole,
            "nothing was touched"
        );

        done(&["restore", "--replace", "--database", address, &file]);
        assert_eq!(
            check(address, &season, &GROUPS).await,
            copied,
            "everything is as it was"
        );
        // The server went on: who is lost with the days since the copy registers again, under the same keys.
        for call in by_caller.iter_mut().flatten() {
            if !call
                .answer
                .as_ref()
                .is_some_and(|answer| copied.contains_key(answer["id"].as_str().unwrap()))
            {
                call.answer = None;
            }
        }
        // And once more while they do so: one state or the other, never a mixture.
        let progress = Progress::default();
        std::thread::scope(|scope| {
            scope.spawn(|| {
                work(
                    server.address(),
                    &season,
                    &mut by_caller,
                    Which::Shaken,
                    &progress,
                );
            });
            progress.until(5);
            done(&["restore", "--replace", "--database", address, &file]);
            progress.and_then_stop(3);
        });
        let mixed = check(address, &season, &GROUPS).await;
        assert!(
            copied
                .iter()
                .all(|(id, state)| mixed.get(id) == Some(state)),
            "what is copied is there"
        );
    })
    .await;
}

#[tokio::test]
async fn pages_show_what_was_put_back_at_once() {
    both_engines(|database| async move {
        let folder = tempfile::tempdir().unwrap();
        let file = path(folder.path(), "copie.sqlite");
        let address = database.address();
        season(address, "Salle des fêtes", &GROUPS).await;
        // Made alike, so that the newest event has the same number: pages kept by it look fresh.
        let other = TestDatabase::sqlite().await;
        season(other.address(), "Médiathèque", &GROUPS).await;
        done(&["backup", "--database", other.address(), "--out", &file]);
        let server = Server::start(address, &[], "warn,essor=info");
        assert!(
            get(server.address(), "/lieux")
                .body
                .contains("Salle des fêtes")
        );
        done(&["restore", "--replace", "--database", address, &file]);
        let page = get(server.address(), "/lieux").body;
        assert!(
            page.contains("Médiathèque") && !page.contains("Salle des fêtes"),
            "{page}"
        );
        let database = store::Database::open(address).await.unwrap();
        let mut db = database.read().await.unwrap();
        let filter = store::event::EventFilter {
            limit: 1,
            ..store::event::EventFilter::default()
        };
        let last = store::event::list(&mut db, &filter).await.unwrap();
        assert_eq!(
            last[0].action, "installation.restored",
            "the journal tells it"
        );
        drop(db);
        database.close().await;
    })
    .await;
}

#[test]
fn what_is_no_backup_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite:{}", path(folder.path(), "essor.sqlite"));
    let text = path(folder.path(), "lettre.txt");
    std::fs::write(&text, "Bonjour").unwrap();
    let empty = path(folder.path(), "vide");
    std::fs::write(&empty, "").unwrap();
    for file in [
        &text,
        &empty,
        &path(folder.path(), "absent"),
        &folder.path().display().to_string(),
    ] {
        let output = run(&["restore", "--replace", "--database", &database, file]);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success(), "{file}: {told}");
        assert!(!told.contains("panicked"), "{file}: {told}");
    }
    assert_eq!(std::fs::read_to_string(&text).unwrap(), "Bonjour");
    assert_eq!(
        std::fs::read(&empty).unwrap(),
        b"",
        "not made into a database"
    );
    let nowhere = path(folder.path(), "nulle-part/copie.sqlite");
    let output = run(&["backup", "--database", &database, "--out", &nowhere]);
    assert!(!output.status.success());
    let absent = format!("sqlite:{}", path(folder.path(), "absente.sqlite"));
    let output = run(&[
        "backup",
        "--database",
        &absent,
        "--out",
        &path(folder.path(), "copie.sqlite"),
    ]);
    assert!(!output.status.success(), "there is nothing to copy");
    assert!(
        !folder.path().join("copie.sqlite").exists()
            && !folder.path().join("absente.sqlite").exists()
    );
}
