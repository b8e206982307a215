//! `kill -9` in the middle loses nothing that was confirmed, and doubles nobody.

use std::sync::atomic::Ordering;

use testkit::both_engines;

use crate::calls::{CALLERS, Progress, Which, answered, calls, check, kept, work};
use crate::season::season;
use crate::server::Server;

/// Least and most people of each session: one large, one small, one that opens with its third.
const GROUPS: [(u32, u32); 3] = [(1, 12), (1, 2), (3, 6)];
const PEOPLE: usize = 32;

#[tokio::test]
async fn a_killed_server_keeps_what_it_confirmed_and_doubles_nobody() {
    both_engines(|database| async move {
        let address = database.address().to_owned();
        // The test's own connections would keep the file's journal from being recovered as after a real crash.
        database.close().await;
        let season = season(&address, "Cyber-centre", &GROUPS).await;
        let mut by_caller = calls(PEOPLE, GROUPS.len());
        for kill_at in [14, 34] {
            let mut server = Server::start(&address, &[], "warn,essor=info");
            let progress = Progress::default();
            progress
                .confirmed
                .store(answered(&by_caller), Ordering::Relaxed);
            let listening = server.address();
            std::thread::scope(|scope| {
                scope.spawn(|| work(listening, &season, &mut by_caller, Which::Open, &progress));
                progress.until(kill_at);
                server.kill();
            });
            let now = answered(&by_caller);
            assert!(
                (kill_at..kill_at + 3 * CALLERS).contains(&now),
                "killed in the middle: {now} answered"
            );
            let found = check(&address, &season, &GROUPS).await;
            assert!(
                (now..=now + CALLERS).contains(&found.len()),
                "at most the calls under way are there unanswered"
            );
            kept(&by_caller, &found);
        }
        let server = Server::start(&address, &[], "warn,essor=info");
        // All again, under the keys of before: those answered get the same answer, the others get theirs.
        work(
            server.address(),
            &season,
            &mut by_caller,
            Which::Every,
            &Progress::default(),
        );
        assert_eq!(answered(&by_caller), 2 * PEOPLE);
        let found = check(&address, &season, &GROUPS).await;
        assert_eq!(found.len(), 2 * PEOPLE);
        kept(&by_caller, &found);
    })
    .await;
}
