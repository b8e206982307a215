//! Registration over the store: the pure rules hold under any order of commands and under a rush, and every change is told.

use std::collections::BTreeMap;
use std::sync::Arc;

use application::Error;
use application::access::Actor;
use application::enrolment::{self, Move, Origin};
use application::people::PersonInput;
use domain::enrolment::{Decision, Policy, Refusal, Request, Review, Roster, Stage};
use domain::id::{EnrolmentId, Id, PersonId};
use domain::session;
use jiff::{SignedDuration, Timestamp};
use store::mail::MailRow;
use testkit::both_engines;

use crate::scene::{NOW, Scene, coordinator};

const HOUR: i64 = 3_600_000;

fn participant(person: &store::people::PersonRow) -> Actor {
    Actor::Participant {
        person: person.id.parse().unwrap(),
        name: person.name.clone(),
    }
}

fn id(person: &store::people::PersonRow) -> PersonId {
    person.id.parse().unwrap()
}

async fn letters(scene: &Scene, session: &str) -> Vec<MailRow> {
    let mut db = scene.app.read().await.unwrap();
    let mut letters = store::mail::about(&mut db, "session", session, 1000)
        .await
        .unwrap();
    letters.reverse();
    letters
}

/// Kinds of the letters to one person, in order.
async fn told(scene: &Scene, session: &str, person: &store::people::PersonRow) -> Vec<String> {
    let all = letters(scene, session).await;
    let own = all
        .into_iter()
        .filter(|row| row.person_id.as_ref() == Some(&person.id));
    // Letters of one instant have no order.
    let mut kinds: Vec<String> = own.map(|row| row.kind).collect();
    kinds.sort_unstable();
    kinds
}

fn sequence(letter: &MailRow) -> u32 {
    let body = letter.calendar_body.as_deref().unwrap();
    let line = body.lines().find_map(|line| line.strip_prefix("SEQUENCE:"));
    line.unwrap().trim().parse().unwrap()
}

fn uid(letter: &MailRow) -> String {
    let body = letter
        .calendar_body
        .as_deref()
        .unwrap()
        .replace("\r\n ", "");
    let line = body
        .lines()
        .find_map(|line| line.strip_prefix("UID:").map(str::to_owned));
    line.unwrap().trim().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sixty_at_once_for_twelve_seats_place_exactly_twelve_and_rank_the_rest_in_a_row() {
    both_engines(|db| async {
        let scene = Scene::new(db).await;
        let session = scene.session(10, 12).await;
        let mut people = Vec::new();
        for n in 0..60 {
            people.push(
                scene
                    .person(&format!("Personne {n}"), &format!("p{n}@example.org"))
                    .await,
            );
        }
        let tasks: Vec<_> = people
            .into_iter()
            .map(|person| {
                let (app, session) = (Arc::clone(&scene.app), session.clone());
                tokio::spawn(async move {
                    let actor = participant(&person);
                    let answers =
                        enrolment::request(&app, &actor, &session, &[id(&person)], Origin::Web)
                            .await
                            .unwrap();
                    answers.into_iter().next().unwrap().decision
                })
            })
            .collect();
        let (mut placed, mut ranks) = (0, Vec::new());
        for task in tasks {
            match task.await.unwrap() {
                Decision::Placed => placed += 1,
                Decision::Waiting { rank, .. } => ranks.push(rank),
                Decision::Refused { why } => panic!("refused: {why}"),
            }
        }
        ranks.sort_unstable();
        assert_eq!(placed, 12);
        assert_eq!(ranks, (1..=48).collect::<Vec<_>>());
        let mut db = scene.app.read().await.unwrap();
        let overview = store::session::overview(&mut db, &session)
            .await
            .unwrap()
            .unwrap();
        assert_eq!((overview.placed, overview.waiting), (12, 48));
    })
    .await;
}

/// A story that is the same in every run.
struct Story(u64);

impl Story {
    fn below(&mut self, most: u64) -> u64 {
        // Knuth's MMIX generator: good enough to shuffle a story.
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

/// The rules without a store.
struct Mirror {
    roster: Roster,
    policy: Policy,
    next: u64,
}

impl Mirror {
    fn apply(&mut self, changes: &[domain::enrolment::Change]) {
        for change in changes {
            self.roster.apply(change);
        }
    }

    fn active(&self, person: PersonId) -> Option<EnrolmentId> {
        self.roster.active(person).map(|entry| entry.id)
    }

    fn request(&mut self, person: PersonId, now: Timestamp) -> Decision {
        self.next += 1;
        let request = Request {
            id: Id::new(self.next, &[9; 10]),
            person,
            review: Review::clear(),
        };
        let outcome = self.roster.request(&request, now, &self.policy);
        self.apply(&outcome.changed.changes);
        outcome.decision
    }

    fn act(&mut self, id: EnrolmentId, what: Move, now: Timestamp) -> Result<(), Refusal> {
        let changed = match what {
            Move::Withdraw => self.roster.withdraw(id, now, &self.policy),
            Move::Accept => self.roster.accept(id, now, &self.policy),
            Move::Decline => self.roster.decline(id, now, &self.policy),
        }?;
        self.apply(&changed.changes);
        Ok(())
    }

    /// Everyone's registrations by arrival, without their ids.
    fn state(&self) -> BTreeMap<i64, (String, String)> {
        let entries = self.roster.entries().iter();
        entries
            .map(|entry| {
                let stage = entry.stage.name().to_owned();
                (entry.arrival, (entry.person.to_string(), stage))
            })
            .collect()
    }
}

async fn stored(scene: &Scene, session: &str) -> BTreeMap<i64, (String, String)> {
    let mut db = scene.app.read().await.unwrap();
    let rows = store::enrolment::of_session(&mut db, session)
        .await
        .unwrap();
    rows.into_iter()
        .map(|row| (row.arrival, (row.person_id, row.stage)))
        .collect()
}

async fn enrolment_of(scene: &Scene, session: &str, person: &str) -> Option<String> {
    let mut db = scene.app.read().await.unwrap();
    let rows = store::enrolment::active_of_session(&mut db, session)
        .await
        .unwrap();
    rows.into_iter()
        .find(|row| row.person_id == person)
        .map(|row| row.id)
}

#[tokio::test]
async fn the_store_follows_the_pure_rules_through_any_story() {
    both_engines(|db| async {
        let scene = Scene::new(db).await;
        let session = scene.session(12, 3).await;
        let mut people = Vec::new();
        for n in 0..7 {
            people.push(scene.person(&format!("Personne {n}"), "").await);
        }
        let now = || Timestamp::from_millisecond(application_now(&scene)).unwrap();
        let starts = Timestamp::from_millisecond(NOW + 12 * 24 * HOUR).unwrap();
        let mut mirror = Mirror {
            roster: Roster::new(
                (1, 3),
                session::Stage::Confirmed { at: now() },
                starts,
                Vec::new(),
                0,
            ),
            policy: Policy {
                offer_hours: 48,
                margin_minutes: 60,
            },
            next: 0,
        };
        let mut story = Story(20_260_201);
        for step in 0..90 {
            let person = &people[usize::try_from(story.below(7)).unwrap()];
            match story.below(8) {
                0..=3 => {
                    let actor = participant(person);
                    let mine = [id(person)];
                    let answers =
                        enrolment::request(&scene.app, &actor, &session, &mine, Origin::Web)
                            .await
                            .unwrap();
                    let pure = mirror.request(id(person), now());
                    match (&answers[0].decision, &pure) {
                        (Decision::Refused { why: a }, Decision::Refused { why: b }) => {
                            assert_eq!(a.key(), b.key(), "step {step}");
                        }
                        (real, pure) => assert_eq!(real, pure, "step {step}"),
                    }
                }
                4 => {
                    scene.clock.advance(SignedDuration::from_hours(30));
                    enrolment::expire_offers(&scene.app).await.unwrap();
                    let changed = mirror.roster.expire(now(), &mirror.policy);
                    mirror.apply(&changed.changes);
                }
                what => {
                    let what = [Move::Withdraw, Move::Accept, Move::Decline]
                        [usize::try_from(what - 5).unwrap()];
                    let real = enrolment_of(&scene, &session, &person.id).await;
                    let pure = mirror.active(id(person));
                    assert_eq!(real.is_some(), pure.is_some(), "step {step}");
                    if let (Some(real), Some(pure)) = (real, pure) {
                        let real =
                            enrolment::act(&scene.app, &participant(person), &real, what).await;
                        let pure = mirror.act(pure, what, now());
                        assert_eq!(
                            real.is_ok(),
                            pure.is_ok(),
                            "step {step}: {real:?}, {pure:?}"
                        );
                    }
                }
            }
            assert_eq!(
                stored(&scene, &session).await,
                mirror.state(),
                "step {step}"
            );
            let seats = mirror.roster.placed() + mirror.roster.offered();
            assert!(seats <= 3, "never over capacity");
        }
        let stages: Vec<&str> = mirror
            .roster
            .entries()
            .iter()
            .map(|entry| entry.stage.name())
            .collect();
        for stage in ["withdrawn", "lapsed"] {
            assert!(
                stages.contains(&stage),
                "the story goes through {stage}: {stages:?}"
            );
        }
    })
    .await;
}

fn application_now(scene: &Scene) -> i64 {
    scene.app.now().as_millisecond()
}

#[tokio::test]
async fn every_change_of_a_seat_is_told_once_with_a_calendar_entry_that_grows() {
    both_engines(|db| async {
        let scene = Scene::new(db).await;
        let session = scene.session(10, 1).await;
        let (first, second) = (
            scene.person("Zoé Petit", "zoe@example.org").await,
            scene.person("Marc Petit", "marc@example.org").await,
        );
        for person in [&first, &second] {
            enrolment::request(
                &scene.app,
                &participant(person),
                &session,
                &[id(person)],
                Origin::Web,
            )
            .await
            .unwrap();
        }
        let seat = enrolment_of(&scene, &session, &first.id).await.unwrap();
        enrolment::act(&scene.app, &participant(&first), &seat, Move::Withdraw)
            .await
            .unwrap();
        assert_eq!(
            told(&scene, &session, &first).await,
            ["enrolment-placed", "withdrawn"]
        );
        assert_eq!(
            told(&scene, &session, &second).await,
            ["enrolment-waiting", "seat-offered"]
        );
        let offer = enrolment_of(&scene, &session, &second.id).await.unwrap();
        enrolment::act(&scene.app, &participant(&second), &offer, Move::Accept)
            .await
            .unwrap();
        // Once more on the list, then the offer passes.
        enrolment::request(
            &scene.app,
            &participant(&first),
            &session,
            &[id(&first)],
            Origin::Web,
        )
        .await
        .unwrap();
        enrolment::act(&scene.app, &participant(&second), &offer, Move::Withdraw)
            .await
            .unwrap();
        scene.clock.advance(SignedDuration::from_hours(49));
        assert_eq!(enrolment::expire_offers(&scene.app).await.unwrap(), 1);
        assert_eq!(enrolment::expire_offers(&scene.app).await.unwrap(), 0);
        let own = told(&scene, &session, &first).await;
        assert_eq!(
            own,
            [
                "enrolment-placed",
                "enrolment-waiting",
                "offer-lapsed",
                "seat-offered",
                "withdrawn"
            ]
        );

        let all = letters(&scene, &session).await;
        let of = |kind: &str, person: &str| {
            let found = all
                .iter()
                .find(|row| row.kind == kind && row.person_id.as_deref() == Some(person));
            found.unwrap()
        };
        let (placed, gone) = (
            of("enrolment-placed", &first.id),
            of("withdrawn", &first.id),
        );
        assert_eq!(placed.calendar_method.as_deref(), Some("REQUEST"));
        assert_eq!(gone.calendar_method.as_deref(), Some("CANCEL"));
        assert_eq!(uid(placed), uid(gone));
        assert!(sequence(placed) < sequence(gone));
        assert_ne!(
            uid(placed),
            uid(of("enrolment-placed", &second.id)),
            "an entry of one's own"
        );
        assert!(
            of("seat-offered", &second.id)
                .text_body
                .contains("/accepter?cle=")
        );
        for letter in &all {
            assert!(
                !letter.text_body.contains("Marc") || letter.person_id.as_ref() == Some(&second.id),
                "nobody sees another's name"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn who_has_no_address_is_on_the_list_of_calls_until_somebody_called() {
    both_engines(|db| async {
        let scene = Scene::new(db).await;
        let session = scene.session(10, 1).await;
        let input = PersonInput {
            name: "Lucie Sans".into(),
            phone: "03 21 00 00 01".into(),
            ..PersonInput::default()
        };
        let lucie = application::people::create_person(&scene.app, &coordinator(), &input)
            .await
            .unwrap();
        let other = scene.person("Marc Petit", "marc@example.org").await;
        let desk = coordinator();
        for person in [&other, &lucie] {
            enrolment::request(&scene.app, &desk, &session, &[id(person)], Origin::Phone)
                .await
                .unwrap();
        }
        assert!(
            enrolment::people_to_phone(&scene.app, &desk)
                .await
                .unwrap()
                .is_empty(),
            "she was on the telephone"
        );
        let seat = enrolment_of(&scene, &session, &other.id).await.unwrap();
        enrolment::act(&scene.app, &participant(&other), &seat, Move::Withdraw)
            .await
            .unwrap();
        let calls = enrolment::people_to_phone(&scene.app, &desk).await.unwrap();
        assert_eq!(calls.len(), 1);
        assert_eq!(
            (calls[0].name.as_str(), calls[0].kind.as_str()),
            ("Lucie Sans", "seat-offered")
        );
        assert_eq!(calls[0].phone.as_deref(), Some("+33321000001"));
        let stranger = enrolment::phoned(&scene.app, &participant(&other), &calls[0].id).await;
        assert!(matches!(stranger, Err(Error::Forbidden)));
        enrolment::phoned(&scene.app, &desk, &calls[0].id)
            .await
            .unwrap();
        assert!(
            enrolment::people_to_phone(&scene.app, &desk)
                .await
                .unwrap()
                .is_empty()
        );
        let mut tx = scene.app.write().await.unwrap();
        let due = store::mail::claim(&mut tx, NOW + 99 * HOUR, NOW + 100 * HOUR, 100)
            .await
            .unwrap();
        assert!(
            due.iter().all(|row| !row.recipient_address.is_empty()),
            "a call is never sent"
        );
    })
    .await;
}

#[tokio::test]
async fn a_programme_says_how_long_before_people_are_reminded() {
    both_engines(|db| async {
        let scene = Scene::new(db).await;
        let session = scene.session(4, 3).await;
        let zoe = scene.person("Zoé Petit", "zoe@example.org").await;
        enrolment::request(
            &scene.app,
            &participant(&zoe),
            &session,
            &[id(&zoe)],
            Origin::Web,
        )
        .await
        .unwrap();
        let mut tx = scene.app.write().await.unwrap();
        let mut programme = store::programme::list(&mut tx).await.unwrap().remove(0);
        programme.reminder_hours = 6;
        store::programme::update(&mut tx, &programme).await.unwrap();
        tx.commit().await.unwrap();
        scene.clock.advance(SignedDuration::from_hours(89));
        assert_eq!(enrolment::remind(&scene.app).await.unwrap(), 0, "7 hours");
        scene.clock.advance(SignedDuration::from_hours(2));
        assert_eq!(enrolment::remind(&scene.app).await.unwrap(), 1, "5 hours");
    })
    .await;
}

#[tokio::test]
async fn a_reminder_goes_out_once_two_days_before() {
    both_engines(|db| async {
        let scene = Scene::new(db).await;
        let session = scene.session(4, 3).await;
        let zoe = scene.person("Zoé Petit", "zoe@example.org").await;
        let late = scene.person("Marc Petit", "marc@example.org").await;
        let ask = async |person: &store::people::PersonRow| {
            enrolment::request(
                &scene.app,
                &participant(person),
                &session,
                &[id(person)],
                Origin::Web,
            )
            .await
            .unwrap();
        };
        ask(&zoe).await;
        assert_eq!(enrolment::remind(&scene.app).await.unwrap(), 0, "too early");
        scene.clock.advance(SignedDuration::from_hours(49));
        ask(&late).await;
        assert_eq!(
            enrolment::remind(&scene.app).await.unwrap(),
            1,
            "who has just registered knows"
        );
        assert_eq!(enrolment::remind(&scene.app).await.unwrap(), 0, "once");
        assert_eq!(
            told(&scene, &session, &zoe).await,
            ["enrolment-placed", "reminder"]
        );
    })
    .await;
}

#[tokio::test]
async fn a_letters_key_acts_on_its_own_enrolment_only() {
    both_engines(|db| async {
        let scene = Scene::new(db).await;
        let session = scene.session(10, 2).await;
        let (zoe, marc) = (
            scene.person("Zoé Petit", "zoe@example.org").await,
            scene.person("Marc Petit", "marc@example.org").await,
        );
        for person in [&zoe, &marc] {
            enrolment::request(
                &scene.app,
                &participant(person),
                &session,
                &[id(person)],
                Origin::Web,
            )
            .await
            .unwrap();
        }
        let (own, other) = (
            enrolment_of(&scene, &session, &zoe.id).await.unwrap(),
            enrolment_of(&scene, &session, &marc.id).await.unwrap(),
        );
        let link =
            application::access::link::enrolment(&scene.app, own.parse().unwrap(), "retrait")
                .unwrap();
        let key = link.rsplit_once("cle=").unwrap().1;
        for (id, key) in [
            (other.as_str(), key),
            (own.as_str(), ""),
            (own.as_str(), "0000"),
            ("../../etc", key),
        ] {
            let answer = enrolment::act_by_key(&scene.app, id, key, Move::Withdraw).await;
            assert!(matches!(answer, Err(Error::NotFound)), "{id} {key}");
        }
        assert_eq!(
            enrolment::by_key(&scene.app, &own, key).await.unwrap().name,
            "Zoé Petit"
        );
        enrolment::act_by_key(&scene.app, &own, key, Move::Withdraw)
            .await
            .unwrap();
        let again = enrolment::act_by_key(&scene.app, &own, key, Move::Withdraw).await;
        assert!(
            matches!(again, Err(Error::Refused(_))),
            "a second click says so"
        );
        assert!(enrolment_of(&scene, &session, &marc.id).await.is_some());
    })
    .await;
}

#[tokio::test]
async fn an_invitation_takes_a_seat_for_the_one_who_was_invited() {
    both_engines(|db| async {
        let scene = Scene::new(db).await;
        let session = scene.session(10, 1).await;
        let zoe = scene.person("Zoé Petit", "zoe@example.org").await;
        let mute = scene.person("Lucie Sans", "").await;
        let desk = coordinator();
        let refused = enrolment::invite(&scene.app, &desk, &session, id(&mute)).await;
        assert!(matches!(refused, Err(Error::Refused(refused)) if refused.key == "enrolment-refused-no-email"));
        enrolment::invite(&scene.app, &desk, &session, id(&zoe)).await.unwrap();
        enrolment::invite(&scene.app, &desk, &session, id(&zoe)).await.unwrap();
        assert_eq!(told(&scene, &session, &zoe).await, ["invitation"], "once a day");
        let text = letters(&scene, &session).await.remove(0).text_body;
        let key = text.split("cle=").nth(1).unwrap().split_whitespace().next().unwrap();
        let wrong = enrolment::take_up(&scene.app, &session, &mute.id, key).await;
        assert!(matches!(wrong, Err(Error::NotFound)));
        let answer = enrolment::take_up(&scene.app, &session, &zoe.id, key).await.unwrap();
        assert_eq!(answer.decision, Decision::Placed);
        let again = enrolment::take_up(&scene.app, &session, &zoe.id, key).await;
        assert!(matches!(again, Err(Error::Refused(refused)) if refused.key == "enrolment-refused-already-enrolled"));
    })
    .await;
}

#[tokio::test]
async fn a_move_to_another_date_keeps_the_seat_until_the_other_is_had() {
    both_engines(|db| async {
        let scene = Scene::new(db).await;
        let (from, to) = (scene.session(5, 1).await, scene.session(9, 1).await);
        let (zoe, marc) = (
            scene.person("Zoé Petit", "zoe@example.org").await,
            scene.person("Marc Petit", "marc@example.org").await,
        );
        let desk = coordinator();
        for person in [&marc, &zoe] {
            enrolment::request(&scene.app, &desk, &from, &[id(person)], Origin::Phone).await.unwrap();
        }
        let today = application::session::today(&scene.app, &desk).await.unwrap();
        assert_eq!(today.movable.len(), 1, "the desk proposes the free date");
        assert_eq!((today.movable[0].name.as_str(), today.movable[0].to.session.id.as_str()), ("Zoé Petit", to.as_str()));
        let decision = enrolment::transfer(&scene.app, &desk, &today.movable[0].enrolment, &to).await.unwrap();
        assert_eq!(decision, Decision::Placed);
        let seat = enrolment_of(&scene, &from, &marc.id).await.unwrap();
        let full = enrolment::transfer(&scene.app, &desk, &seat, &to).await;
        assert!(matches!(full, Err(Error::Refused(refused)) if refused.key == "enrolment-refused-no-seat-free"));
        let kept = stored(&scene, &from).await;
        assert_eq!(kept[&1].1, Stage::Placed { at: scene.app.now() }.name(), "nobody loses a seat by it");
    })
    .await;
}
