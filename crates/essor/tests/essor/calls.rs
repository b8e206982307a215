//! Programs that register people over several connections, and what must be true of the roster whatever happened meanwhile.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use store::{Connection, Database};

use crate::season::Season;
use crate::server::request;

/// Programs at once.
pub(crate) const CALLERS: usize = 6;

/// One registration that is wanted.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    key: String,
    person: usize,
    pub(crate) session: usize,
    /// What came back, once something did.
    pub(crate) answer: Option<Value>,
}

/// Two registrations for each of `people`, in two sessions; one person's are made by two callers.
pub(crate) fn calls(people: usize, sessions: usize) -> Vec<Vec<Call>> {
    let mut by_caller = vec![Vec::new(); CALLERS];
    for person in 0..people {
        for turn in 0..2 {
            by_caller[(person + turn) % CALLERS].push(Call {
                key: format!("appel-{person}-{turn}"),
                person,
                session: (person + turn) % sessions,
                answer: None,
            });
        }
    }
    by_caller
}

fn name(person: usize) -> String {
    // Letters only: names are not told apart by digits.
    let letter = |number: usize| char::from(b'a' + u8::try_from(number % 26).unwrap());
    format!("Zoe Bel{}{}", letter(person / 26), letter(person))
}

impl Call {
    /// Makes the call once more, whether or not it was answered before; an error when the server went away meanwhile.
    pub(crate) fn make(
        &mut self,
        address: SocketAddr,
        season: &Season,
        which: Which,
    ) -> std::io::Result<bool> {
        let body = json!({"person": {
            "name": name(self.person),
            "email": format!("p{}@exemple.example", self.person),
            "commune": "62767",
            "organisation": "Ferme du Test",
        }});
        let path = format!(
            "/api/v1/sessions/{}/enrolments",
            season.sessions[self.session]
        );
        let headers = [
            ("authorization", format!("Bearer {}", season.token)),
            ("idempotency-key", self.key.clone()),
            ("content-type", "application/json".to_owned()),
        ];
        let headers: Vec<_> = headers
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        let answer = request(
            address,
            "POST",
            &path,
            &headers,
            body.to_string().as_bytes(),
        )?;
        if which == Which::Shaken && answer.status != 201 {
            assert!(answer.status < 500, "{}", answer.body);
            return Ok(false);
        }
        assert_eq!(answer.status, 201, "{}", answer.body);
        let answer = answer.json();
        if let Some(earlier) = &self.answer {
            assert_eq!(*earlier, answer, "the same call has the same answer");
        }
        self.answer = Some(answer);
        Ok(true)
    }
}

/// Which calls are made.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Which {
    /// Those not answered yet.
    Open,
    /// Every one, once more.
    Every,
    /// Those not answered yet, and it may be said that somebody is not there any more: a backup is put back meanwhile.
    Shaken,
}

/// How far the callers have got, and whether it is enough.
#[derive(Default)]
pub(crate) struct Progress {
    pub(crate) confirmed: AtomicUsize,
    pub(crate) enough: AtomicBool,
}

impl Progress {
    /// Waits until so many calls are confirmed.
    pub(crate) fn until(&self, wanted: usize) {
        let since = Instant::now();
        while self.confirmed.load(Ordering::Relaxed) < wanted {
            assert!(
                since.elapsed() < Duration::from_secs(60),
                "the calls do not get on"
            );
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    /// So many more, and then no more.
    pub(crate) fn and_then_stop(&self, more: usize) {
        self.until(self.confirmed.load(Ordering::Relaxed) + more);
        self.enough.store(true, Ordering::Relaxed);
    }
}

/// All callers at once make their calls; each stops when the server goes away or it is enough.
pub(crate) fn work(
    address: SocketAddr,
    season: &Season,
    by_caller: &mut [Vec<Call>],
    which: Which,
    progress: &Progress,
) {
    std::thread::scope(|scope| {
        for calls in by_caller {
            scope.spawn(move || {
                for call in calls {
                    if progress.enough.load(Ordering::Relaxed) {
                        break;
                    }
                    if call.answer.is_some() && which != Which::Every {
                        continue;
                    }
                    match call.make(address, season, which) {
                        Ok(is_confirmed) => progress
                            .confirmed
                            .fetch_add(usize::from(is_confirmed), Ordering::Relaxed),
                        Err(_) => break,
                    };
                }
            });
        }
    });
}

/// How many calls have been answered.
pub(crate) fn answered(by_caller: &[Vec<Call>]) -> usize {
    by_caller
        .iter()
        .flatten()
        .filter(|call| call.answer.is_some())
        .count()
}

async fn number(db: &mut Connection, sql: &'static str) -> i64 {
    db.number(sql, []).await.unwrap()
}

/// Checks the whole of a database against itself: rosters, people, letters, events. Answers the enrolments by identifier.
pub(crate) async fn check(
    address: &str,
    season: &Season,
    groups: &[(u32, u32)],
) -> BTreeMap<String, (String, Option<u64>)> {
    let database = Database::open(address).await.unwrap();
    let mut db = database.read().await.unwrap();
    let mut found = BTreeMap::new();
    for (session, (least, most)) in season.sessions.iter().zip(groups) {
        let rows = store::enrolment::of_session(&mut db, session)
            .await
            .unwrap();
        let people: BTreeSet<_> = rows.iter().map(|row| &row.person_id).collect();
        assert_eq!(people.len(), rows.len(), "nobody is there twice");
        let letters: Vec<(String, String)> = db
            .fetch_all("SELECT kind, person_id FROM mail WHERE subject_kind = 'session' AND subject_id = $1", [session.into()])
            .await
            .unwrap();
        let seats = usize::try_from(*most).unwrap();
        for (place, row) in rows.iter().enumerate() {
            assert_eq!(
                row.arrival,
                i64::try_from(place).unwrap() + 1,
                "arrivals without a gap"
            );
            let (stage, kind, rank) = if place < seats {
                ("placed", "enrolment-placed", None)
            } else {
                (
                    "waiting",
                    "enrolment-waiting",
                    Some(u64::try_from(place - seats + 1).unwrap()),
                )
            };
            assert_eq!(row.stage, stage, "seats go by arrival");
            let told = letters
                .iter()
                .filter(|letter| letter.1 == row.person_id && letter.0.starts_with("enrolment-"));
            let told: Vec<_> = told.map(|letter| letter.0.as_str()).collect();
            assert_eq!(told, [kind], "everybody is told once");
            let events: i64 = db
                .number("SELECT COUNT(*) FROM event WHERE subject_kind = 'enrolment' AND subject_id = $1", [row.id.as_str().into()])
                .await
                .unwrap();
            assert_eq!(events, 1, "and it is written down once");
            assert!(
                store::people::person(&mut db, &row.person_id)
                    .await
                    .unwrap()
                    .is_some()
            );
            found.insert(row.id.clone(), (stage.to_owned(), rank));
        }
        // Those who were there before the group opened are told that it did.
        let opened = letters
            .iter()
            .filter(|letter| letter.0 == "group-confirmed")
            .count();
        let least = usize::try_from(*least).unwrap();
        assert_eq!(opened, if rows.len() >= least { least - 1 } else { 0 });
    }
    let enrolments = number(&mut db, "SELECT COUNT(*) FROM enrolment").await;
    assert_eq!(enrolments, i64::try_from(found.len()).unwrap());
    let keys = number(&mut db, "SELECT COUNT(*) FROM idempotency").await;
    assert_eq!(
        keys, enrolments,
        "every call is remembered with what it did"
    );
    let people = number(&mut db, "SELECT COUNT(*) FROM person").await;
    let enrolled = number(&mut db, "SELECT COUNT(DISTINCT person_id) FROM enrolment").await;
    let names = number(&mut db, "SELECT COUNT(DISTINCT email) FROM person").await;
    assert_eq!(
        (people, enrolled),
        (names, names),
        "nobody twice, nobody without what they came for"
    );
    assert!(
        number(&mut db, "SELECT COUNT(*) FROM organisation").await <= 1,
        "one firm"
    );
    drop(db);
    database.close().await;
    found
}

/// Every answer that was given is true of the database.
pub(crate) fn kept(by_caller: &[Vec<Call>], found: &BTreeMap<String, (String, Option<u64>)>) {
    let mut seen = BTreeSet::new();
    for answer in by_caller
        .iter()
        .flatten()
        .filter_map(|call| call.answer.as_ref())
    {
        let id = answer["id"].as_str().unwrap();
        assert!(seen.insert(id.to_owned()), "two calls, two enrolments");
        let (stage, rank) = found
            .get(id)
            .unwrap_or_else(|| panic!("{id} was confirmed and is lost"));
        assert_eq!(
            (answer["status"].as_str(), answer["rank"].as_u64()),
            (Some(stage.as_str()), *rank)
        );
    }
}
