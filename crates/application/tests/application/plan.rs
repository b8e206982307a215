//! Plans: what exists stays, the demand is met, publishing asks people, and a season edited meanwhile is noticed.

use application::Error;
use application::access::Actor;
use application::enrolment::{self, Move};
use application::plan::{self, Ask, AskRepair, Change, Effort, Fate};
use domain::id::kind;
use domain::plan::Stage;
use jiff::SignedDuration;
use planner::format::{Instance, PlannedSession};
use planner::{Plan, check};
use store::people::PersonRow;
use store::session::SessionRow;
use testkit::{TestDatabase, both_engines};

use crate::scene::{NOW, Scene, coordinator};

const DAY: i64 = 24 * 3_600_000;
const STEPS: Effort = Effort::Steps(20_000);

/// The scene with two rooms, two trainers and people who wish for two modules, one after the other.
struct Planned {
    scene: Scene,
    room: String,
    trainers: [String; 2],
    people: Vec<PersonRow>,
}

impl Planned {
    async fn new(db: TestDatabase, people: usize) -> Self {
        let scene = Scene::new(db).await;
        let room = scene.app.new_id::<kind::Room>().to_string();
        let mut tx = scene.app.write().await.unwrap();
        store::room::insert(
            &mut tx,
            &store::room::RoomRow {
                id: room.clone(),
                site_id: scene.site.clone(),
                name: "Grande salle".into(),
                capacity: 4,
                equipment: "{}".into(),
                archived_at: None,
                version: 1,
            },
        )
        .await
        .unwrap();
        let mut trainers = Vec::new();
        for (name, cells) in [
            (
                "Hélène Caron",
                r#"["tuesday-morning","thursday-afternoon"]"#,
            ),
            (
                "Julien Wattel",
                r#"["tuesday-morning","thursday-afternoon","friday-morning"]"#,
            ),
        ] {
            let id = scene.app.new_id::<kind::Trainer>().to_string();
            let row = store::trainer::TrainerRow {
                id: id.clone(),
                provider_id: None,
                account_id: None,
                name: name.into(),
                folded: domain::text::fold(name),
                email: None,
                phone: None,
                commune_code: Some("62767".into()),
                skills: r#"["accompagnement-debutant","internet"]"#.into(),
                availability: cells.into(),
                note: String::new(),
                archived_at: None,
                created_at: NOW,
                version: 1,
            };
            store::trainer::insert(&mut tx, &row).await.unwrap();
            trainers.push(id);
        }
        tx.commit().await.unwrap();
        let mut planned = Self {
            scene,
            room,
            trainers: trainers.try_into().unwrap(),
            people: Vec::new(),
        };
        for number in 0..people {
            let email = if number == 0 {
                String::new()
            } else {
                format!("p{number}@example.org")
            };
            let person = planned
                .scene
                .person(&format!("Personne {number}"), &email)
                .await;
            planned.wish(&person, "premiers-gestes").await;
            planned.wish(&person, "courriel").await;
            planned.people.push(person);
        }
        planned
    }

    async fn wish(&self, person: &PersonRow, module: &str) {
        let row = store::wish::WishRow {
            id: self.scene.app.new_id::<kind::Wish>().to_string(),
            season_id: self.scene.season.clone(),
            person_id: person.id.clone(),
            module: Some(module.into()),
            detail: String::new(),
            reason: "asked".into(),
            stage: "open".into(),
            created_at: NOW,
            answered_at: None,
            answer: String::new(),
            session_id: None,
            version: 1,
        };
        let mut tx = self.scene.app.write().await.unwrap();
        store::wish::insert(&mut tx, &row).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// A session that exists, `hours` after now.
    async fn session(
        &self,
        module: &str,
        hours: i64,
        room: bool,
        trainer: Option<usize>,
    ) -> String {
        let id = self.scene.app.new_id::<kind::Session>().to_string();
        let starts_at = NOW + hours * 3_600_000;
        let row = SessionRow {
            id: id.clone(),
            season_id: self.scene.season.clone(),
            module: module.into(),
            module_version: "1".into(),
            site_id: self.scene.site.clone(),
            room_id: room.then(|| self.room.clone()),
            trainer_id: trainer.map(|n| self.trainers[n].clone()),
            starts_at,
            ends_at: starts_at + 2 * 3_600_000,
            least: 1,
            capacity: 4,
            stage: "confirmed".into(),
            stage_at: NOW,
            cancel_reason: String::new(),
            public_note: String::new(),
            calendar_sequence: 0,
            next_arrival: 1,
            created_at: NOW,
            version: 1,
        };
        let mut tx = self.scene.app.write().await.unwrap();
        store::session::insert(&mut tx, &row).await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    fn ask(&self) -> Ask {
        Ask {
            season: "printemps-2026".into(),
            name: "Tous les lieux".into(),
            from: "2026-02-16".into(),
            until: "2026-03-31".into(),
            ..Ask::default()
        }
    }

    async fn made(&self) -> String {
        plan::create(&self.scene.app, &coordinator(), &self.ask())
            .await
            .unwrap()
    }

    async fn computed(&self) -> String {
        let id = self.made().await;
        plan::compute(&self.scene.app, &coordinator(), &id, STEPS)
            .await
            .unwrap();
        id
    }

    async fn instance(&self, id: &str) -> (Instance, Plan) {
        let mut db = self.scene.app.read().await.unwrap();
        let body = store::plan::body(&mut db, id).await.unwrap().unwrap();
        (
            serde_json::from_str(&body.instance).unwrap(),
            serde_json::from_str(&body.best.unwrap()).unwrap(),
        )
    }

    async fn version(&self, id: &str) -> String {
        self.get(id).await.listed.row.version.to_string()
    }

    async fn get(&self, id: &str) -> plan::PlanView {
        plan::get(&self.scene.app, &coordinator(), id)
            .await
            .unwrap()
    }

    async fn letters(&self, kind: &str) -> usize {
        let mut db = self.scene.app.read().await.unwrap();
        let filter = store::mail::MailFilter {
            limit: 1000,
            ..Default::default()
        };
        let all = store::mail::list(&mut db, &filter).await.unwrap();
        all.iter().filter(|row| row.kind == kind).count()
    }

    async fn sessions(&self) -> usize {
        let mut db = self.scene.app.read().await.unwrap();
        let filter = store::session::SessionFilter::default();
        store::session::list(&mut db, &filter).await.unwrap().len()
    }
}

fn refusal<T: std::fmt::Debug>(outcome: Result<T, Error>) -> &'static str {
    match outcome {
        Err(Error::Refused(refused)) => refused.key,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_plan_gives_everybody_their_modules_in_order_and_breaks_no_rule() {
    both_engines(|db| async {
        let planned = Planned::new(db, 6).await;
        let id = planned.computed().await;
        let view = planned.get(&id).await;
        assert_eq!(view.listed.stage, Stage::Ready);
        assert_eq!(view.listed.figures.people, 6);
        assert_eq!(view.listed.figures.complete, 6, "{:?}", view.listed.figures);
        assert!(view.people.iter().all(|one| one.missing.is_empty()));
        for session in &view.sessions {
            let day = session.starts.date().to_string();
            assert!(
                ("2026-02-16".."2026-04-01").contains(&day.as_str()),
                "{day}"
            );
            assert!(session.existing.is_none());
        }
        let (instance, best) = planned.instance(&id).await;
        assert_eq!(check(&instance, &best).violations, []);
        // The same settings, data and steps give the same plan.
        let again = planned.computed().await;
        let (_, other) = planned.instance(&again).await;
        assert_eq!(best.sessions, other.sessions);
    })
    .await;
}

#[tokio::test]
async fn whatever_exists_is_taken_in_as_it_is() {
    both_engines(|db| async {
        let planned = Planned::new(db, 3).await;
        let [one, two, three] = planned.people.clone().try_into().unwrap();
        // Tuesday 17 February, 10 h (16 days and an hour after now): as the planner would have it.
        let plain = planned
            .session("premiers-gestes", 16 * 24 + 1, true, Some(0))
            .await;
        // In the same half-day and room, with the same trainer, for somebody who is busy.
        let double = planned
            .session("premiers-gestes", 16 * 24 + 3, true, Some(0))
            .await;
        // On a Monday, when the trainer is not there; without room; nobody is registered.
        planned
            .session("courriel", 15 * 24 + 1, false, Some(0))
            .await;
        // Without trainer, soon, before the plan begins; a module that the catalogue does not have.
        let early = planned.session("recherche-web", 3 * 24, true, None).await;
        // Out of order: the second module before the first.
        let advanced = planned.session("courriel", 10 * 24, false, Some(1)).await;
        for (session, person) in [
            (&plain, &one),
            (&plain, &two),
            (&double, &one),
            (&early, &two),
            (&advanced, &three),
        ] {
            planned.scene.enrolled(session, person, "placed").await;
        }
        planned.scene.enrolled(&double, &three, "waiting").await;
        let id = planned.computed().await;
        let (instance, best) = planned.instance(&id).await;
        let reference = instance.replan.clone().unwrap().reference;
        assert_eq!(reference.len(), 5);
        let exists = Plan {
            instance: None,
            sessions: reference.clone(),
            meta: None,
        };
        assert_eq!(check(&instance, &exists).violations, []);
        // Computing moved nobody.
        for session in &reference {
            let kept = best.sessions.iter().find(|one| {
                (&one.module, one.slot, &one.room, &one.trainer)
                    == (
                        &session.module,
                        session.slot,
                        &session.room,
                        &session.trainer,
                    )
            });
            let kept = kept.unwrap();
            assert!(
                session
                    .people
                    .iter()
                    .all(|person| kept.people.contains(person))
            );
        }
        // A seat that the plan leaves out is not given to somebody else.
        let second = reference
            .iter()
            .find(|one| one.module == "premiers-gestes" && !one.people.contains(&two.id));
        let stand_ins = second.unwrap().people.iter();
        assert_eq!(stand_ins.filter(|id| id.starts_with("reserve-")).count(), 1);
        let view = planned.get(&id).await;
        let existing = view.sessions.iter().filter(|one| one.existing.is_some());
        assert_eq!(existing.count(), 5);
    })
    .await;
}

#[tokio::test]
async fn publishing_makes_sessions_and_asks_people_once() {
    both_engines(|db| async {
        let planned = Planned::new(db, 5).await;
        let (app, desk) = (&planned.scene.app, coordinator());
        let id = planned.computed().await;
        let view = planned.get(&id).await;
        let preview = plan::preview(app, &desk, &id, "7").await.unwrap();
        assert_eq!(planned.sessions().await, 0, "a preview makes nothing");
        assert_eq!(preview.opened.len(), view.sessions.len());
        assert_eq!(preview.seats, 10);
        assert_eq!(preview.letters.len(), 10);
        assert!(preview.left_out.is_empty(), "{:?}", preview.left_out);
        let version = planned.version(&id).await;
        let done = plan::publish(app, &desk, &id, &version, "7").await.unwrap();
        assert_eq!((done.seats, done.opened.len()), (10, view.sessions.len()));
        assert_eq!(planned.letters("seat-offered").await, 10);
        let calls = enrolment::people_to_phone(app, &desk).await.unwrap();
        assert_eq!(calls.len(), 2, "who has no address is called");
        let twice = plan::publish(app, &desk, &id, &version, "7").await.unwrap();
        assert!(twice.before && twice.opened.is_empty());
        assert_eq!(planned.sessions().await, view.sessions.len());
        assert_eq!(planned.get(&id).await.listed.stage, Stage::Published);
        // The offer lasts as long as was said.
        let mut db = app.read().await.unwrap();
        let seat = store::plan::seats(&mut db, &id).await.unwrap().remove(0);
        let row = store::enrolment::get(&mut db, &seat.enrolment_id)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(row.offered_until, Some(NOW + 7 * DAY));
        assert_eq!(row.origin, "plan");
    })
    .await;
}

#[tokio::test]
async fn a_publication_is_taken_back_while_nobody_has_answered_and_not_after() {
    both_engines(|db| async {
        let planned = Planned::new(db, 4).await;
        let (app, desk) = (&planned.scene.app, coordinator());
        let id = planned.computed().await;
        let early = plan::undo(app, &desk, &id, "Erreur").await;
        assert_eq!(refusal(early), "plan-refused-not-published");
        let version = planned.version(&id).await;
        plan::publish(app, &desk, &id, &version, "7").await.unwrap();
        let told = plan::preview_undo(app, &desk, &id, "Erreur de notre part")
            .await
            .unwrap();
        assert_eq!(told.len(), 8);
        assert_eq!(planned.letters("session-cancelled").await, 0);
        // One takes the seat: too late.
        let seat = {
            let mut db = app.read().await.unwrap();
            store::plan::seats(&mut db, &id).await.unwrap().remove(0)
        };
        enrolment::act(app, &desk, &seat.enrolment_id, Move::Accept)
            .await
            .unwrap();
        let late = plan::undo(app, &desk, &id, "Erreur de notre part").await;
        assert_eq!(refusal(late), "plan-refused-answered");
    })
    .await;
}

#[tokio::test]
async fn an_undone_publication_leaves_cancelled_sessions_and_tells_everybody() {
    both_engines(|db| async {
        let planned = Planned::new(db, 4).await;
        let (app, desk) = (&planned.scene.app, coordinator());
        // A session that exists and has a free seat, which the plan fills.
        let open = planned
            .session("premiers-gestes", 16 * 24 + 1, true, Some(0))
            .await;
        planned
            .scene
            .enrolled(&open, &planned.people[0], "placed")
            .await;
        let id = planned.computed().await;
        let version = planned.version(&id).await;
        let done = plan::publish(app, &desk, &id, &version, "7").await.unwrap();
        assert!(done.seats >= 7, "{done:?}");
        let told = plan::undo(app, &desk, &id, "Erreur de notre part")
            .await
            .unwrap();
        assert_eq!(told.len(), done.seats);
        assert_eq!(planned.get(&id).await.listed.stage, Stage::Undone);
        let mut db = app.read().await.unwrap();
        let rows = store::session::list(&mut db, &store::session::SessionFilter::default())
            .await
            .unwrap();
        for row in rows {
            let expected = if row.id == open {
                "confirmed"
            } else {
                "cancelled"
            };
            assert_eq!(row.stage, expected);
            assert_eq!(row.offered, 0);
        }
        let again = plan::undo(app, &desk, &id, "Erreur").await.unwrap();
        assert!(again.is_empty(), "a second click does nothing");
    })
    .await;
}

#[tokio::test]
async fn a_season_edited_meanwhile_is_not_published_over() {
    both_engines(|db| async {
        let planned = Planned::new(db, 4).await;
        let (app, desk) = (&planned.scene.app, coordinator());
        let id = planned.computed().await;
        assert_eq!(plan::changes(app, &desk, &id).await.unwrap(), []);
        planned.wish(&planned.people[1], "securite").await;
        let mut tx = app.write().await.unwrap();
        let mut site = store::site::get(&mut tx, &planned.scene.site)
            .await
            .unwrap()
            .unwrap();
        site.name = "Autre nom".into();
        store::site::update(&mut tx, &site).await.unwrap();
        tx.commit().await.unwrap();
        let changed = plan::changes(app, &desk, &id).await.unwrap();
        let told: Vec<_> = changed
            .iter()
            .map(|one| (one.kind.as_str(), one.how, one.name.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                ("person", "changed", "Personne 1"),
                ("site", "changed", "Autre nom")
            ]
        );
        let version = planned.version(&id).await;
        let outcome = plan::publish(app, &desk, &id, &version, "7").await;
        assert_eq!(refusal(outcome), "plan-refused-changed");
        assert_eq!(planned.sessions().await, 0);
        // Taken up again with today's data it begins with what was planned.
        let new = plan::renew(app, &desk, &id).await.unwrap();
        let view = planned.get(&new).await;
        assert_eq!(view.sessions.len(), planned.get(&id).await.sessions.len());
        assert_eq!(plan::changes(app, &desk, &new).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn a_change_by_hand_is_weighed_kept_and_taken_back() {
    both_engines(|db| async {
        let planned = Planned::new(db, 4).await;
        let (app, desk) = (&planned.scene.app, coordinator());
        let id = planned.computed().await;
        let view = planned.get(&id).await;
        let session = view.sessions[0].clone();
        // A Monday: the trainer is not there.
        let monday = session.slot - session.slot % 17 + 17;
        let to = |slot| Change::Move {
            key: session.key.clone(),
            site: session.site.clone(),
            room: session.room.clone(),
            slot,
        };
        let trial = plan::try_change(app, &desk, &id, &to(monday))
            .await
            .unwrap();
        assert!(
            trial
                .broken
                .iter()
                .any(|one| one.key == "plan-broken-trainer-away")
        );
        let version = planned.version(&id).await;
        let kept = plan::change(app, &desk, &id, &version, &to(monday)).await;
        assert_eq!(refusal(kept), "plan-refused-broken");
        // The session of the module that comes first is closed: its people lose both.
        let close = Change::Close {
            key: session.key.clone(),
        };
        let trial = plan::change(app, &desk, &id, &version, &close)
            .await
            .unwrap();
        assert!(trial.after.objective > trial.before.objective);
        assert_eq!(trial.leaving.len(), 4, "{trial:?}");
        assert_eq!(
            planned.get(&id).await.sessions.len(),
            0,
            "nor what builds on it"
        );
        let stale = plan::change(app, &desk, &id, &version, &close).await;
        assert!(matches!(stale, Err(Error::Stale)), "{stale:?}");
        let version = planned.version(&id).await;
        assert_eq!(
            plan::take_back(app, &desk, &id, &version).await.unwrap(),
            close
        );
        let back = planned.get(&id).await;
        assert_eq!(back.listed.figures.objective, view.listed.figures.objective);
        assert!(!back.can_take_back);
        // What is locked stays where it is, by hand and when computed again.
        plan::lock(app, &desk, &id, &session.key, true)
            .await
            .unwrap();
        let moved = plan::try_change(app, &desk, &id, &to(monday)).await;
        assert_eq!(refusal(moved), "plan-refused-locked");
        plan::compute(app, &desk, &id, STEPS).await.unwrap();
        let again = planned.get(&id).await;
        assert!(
            again
                .sessions
                .iter()
                .any(|one| one.key == session.key && one.locked)
        );
    })
    .await;
}

#[tokio::test]
async fn a_run_that_broke_off_is_told_and_starts_again_from_its_best_plan() {
    both_engines(|db| async {
        let planned = Planned::new(db, 4).await;
        let (app, desk) = (&planned.scene.app, coordinator());
        let id = planned.computed().await;
        let (_, best) = planned.instance(&id).await;
        let mut tx = app.write().await.unwrap();
        let mut row = store::plan::get(&mut tx, &id).await.unwrap().unwrap();
        row.stage = "running".into();
        row.beat_at = Some(NOW);
        store::plan::update(&mut tx, &row).await.unwrap();
        tx.commit().await.unwrap();
        let busy = plan::compute(app, &desk, &id, STEPS).await;
        assert_eq!(refusal(busy), "plan-refused-running");
        planned.scene.clock.advance(SignedDuration::from_secs(29));
        assert_eq!(plan::give_up_silent(app).await.unwrap(), 0);
        planned.scene.clock.advance(SignedDuration::from_secs(2));
        assert_eq!(plan::give_up_silent(app).await.unwrap(), 1);
        let view = planned.get(&id).await;
        assert_eq!(view.listed.stage, Stage::Failed);
        assert_eq!(view.listed.row.reason, "plan-failed-silent");
        assert_eq!(
            view.sessions.len(),
            best.sessions.len(),
            "the best plan is kept"
        );
        plan::compute(app, &desk, &id, STEPS).await.unwrap();
        assert_eq!(planned.get(&id).await.listed.stage, Stage::Ready);
    })
    .await;
}

#[tokio::test]
async fn a_node_computes_one_plan_at_a_time_and_says_which() {
    both_engines(|db| async {
        let planned = Planned::new(db, 4).await;
        let (app, desk) = (&planned.scene.app, coordinator());
        let (one, other) = (planned.made().await, planned.made().await);
        plan::start(app, &desk, &one).await.unwrap();
        let late = plan::compute(app, &desk, &other, STEPS).await;
        assert_eq!(refusal(late), "plan-refused-busy");
        plan::stop(app, &desk, &one).await.unwrap();
        // Once the first has ended, the node is free for the second.
        while let Err(busy) = plan::compute(app, &desk, &other, STEPS).await {
            assert_eq!(refusal::<()>(Err(busy)), "plan-refused-busy");
            tokio::task::yield_now().await;
        }
    })
    .await;
}

#[tokio::test]
async fn an_absence_moves_as_little_as_possible_and_says_whom() {
    both_engines(|db| async {
        let planned = Planned::new(db, 4).await;
        let (app, desk) = (&planned.scene.app, coordinator());
        let hers = planned
            .session("premiers-gestes", 16 * 24 + 1, true, Some(0))
            .await;
        let his = planned
            .session("premiers-gestes", 18 * 24 + 5, true, Some(1))
            .await;
        for person in &planned.people[..2] {
            planned.scene.enrolled(&hers, person, "placed").await;
        }
        planned
            .scene
            .enrolled(&his, &planned.people[2], "placed")
            .await;
        let ask = AskRepair {
            season: "printemps-2026".into(),
            kind: "trainer".into(),
            id: planned.trainers[0].clone(),
            from: "2026-02-16".into(),
            until: "2026-02-20".into(),
        };
        let nothing = AskRepair {
            from: "2026-03-16".into(),
            until: "2026-03-20".into(),
            ..ask.clone()
        };
        let outcome = plan::create_repair(app, &desk, &nothing).await;
        assert_eq!(refusal(outcome), "plan-refused-nothing-affected");
        let id = plan::create_repair(app, &desk, &ask).await.unwrap();
        plan::compute(app, &desk, &id, Effort::Steps(200_000))
            .await
            .unwrap();
        let repair = plan::repair(app, &desk, &id).await.unwrap();
        assert_eq!(
            repair.fates,
            [(
                hers.clone(),
                Fate::Trainer {
                    trainer: planned.trainers[1].clone()
                }
            )],
            "her colleague is free then: nobody has to change their day"
        );
        assert_eq!(repair.seats, []);
        let told = plan::preview_repair(app, &desk, &id, "").await.unwrap();
        assert_eq!(told, []);
        let version = planned.version(&id).await;
        plan::apply(app, &desk, &id, &version, "").await.unwrap();
        let mut db = app.read().await.unwrap();
        let row = store::session::get(&mut db, &hers).await.unwrap().unwrap();
        assert_eq!(
            row.trainer_id.as_deref(),
            Some(planned.trainers[1].as_str())
        );
        assert!(
            plan::apply(app, &desk, &id, &version, "")
                .await
                .unwrap()
                .is_empty()
        );
    })
    .await;
}

#[tokio::test]
async fn a_session_that_cannot_take_place_is_moved_with_its_people_or_cancelled_with_a_reason() {
    both_engines(|db| async {
        let planned = Planned::new(db, 2).await;
        let (app, desk) = (&planned.scene.app, coordinator());
        let gone = planned
            .session("premiers-gestes", 16 * 24 + 1, true, Some(0))
            .await;
        for person in &planned.people {
            planned.scene.enrolled(&gone, person, "placed").await;
        }
        let ask = AskRepair {
            season: "printemps-2026".into(),
            kind: "session".into(),
            id: gone.clone(),
            ..AskRepair::default()
        };
        let id = plan::create_repair(app, &desk, &ask).await.unwrap();
        plan::compute(app, &desk, &id, STEPS).await.unwrap();
        let repair = plan::repair(app, &desk, &id).await.unwrap();
        assert!(
            matches!(repair.fates[..], [(_, Fate::Moved { .. })]),
            "{repair:?}"
        );
        assert_eq!(repair.seats.len(), 2);
        assert!(
            repair
                .seats
                .iter()
                .all(|seat| seat.why == "plan-why-session")
        );
        let told = plan::preview_repair(app, &desk, &id, "").await.unwrap();
        assert_eq!(told.len(), 2);
        let before = planned.letters("session-changed").await;
        let version = planned.version(&id).await;
        plan::apply(app, &desk, &id, &version, "").await.unwrap();
        assert_eq!(planned.letters("session-changed").await, before + 2);
        let mut db = app.read().await.unwrap();
        let row = store::session::get(&mut db, &gone).await.unwrap().unwrap();
        assert_ne!(row.starts_at, NOW + (16 * 24 + 1) * 3_600_000);
    })
    .await;
}

/// A repair of the first trainer's absence whose answer is given: what exists, as `answer` changes it.
async fn repaired(
    planned: &Planned,
    answer: impl Fn(&plan::Frame, &mut Vec<PlannedSession>),
) -> String {
    let (app, desk) = (&planned.scene.app, coordinator());
    let ask = AskRepair {
        season: "printemps-2026".into(),
        kind: "trainer".into(),
        id: planned.trainers[0].clone(),
        from: "2026-02-16".into(),
        until: "2026-02-20".into(),
    };
    let id = plan::create_repair(app, &desk, &ask).await.unwrap();
    plan::compute(app, &desk, &id, STEPS).await.unwrap();
    let (instance, mut best) = planned.instance(&id).await;
    best.sessions
        .clone_from(&instance.replan.unwrap().reference);
    for session in &mut best.sessions {
        session.trainer.clone_from(&planned.trainers[1]);
    }
    let mut tx = app.write().await.unwrap();
    let body = store::plan::body(&mut tx, &id).await.unwrap().unwrap();
    answer(
        &serde_json::from_str(&body.frame).unwrap(),
        &mut best.sessions,
    );
    let best = serde_json::to_string(&best).unwrap();
    store::plan::set_best(&mut tx, &id, &best).await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn exchange(db: TestDatabase, with_room: bool) {
    let planned = Planned::new(db, 2).await;
    let (app, desk) = (&planned.scene.app, coordinator());
    let one = planned
        .session("premiers-gestes", 16 * 24 + 1, true, Some(0))
        .await;
    let other = planned
        .session("courriel", 18 * 24 + 5, with_room, Some(0))
        .await;
    for (session, person) in [&one, &other].into_iter().zip(&planned.people) {
        planned.scene.enrolled(session, person, "placed").await;
    }
    let id = repaired(&planned, |frame, sessions| {
        let place_of = |id: &str| {
            let found = sessions
                .iter()
                .find(|session| frame.existing[&plan::key(session)] == id);
            found.unwrap().clone()
        };
        let places = [place_of(&one), place_of(&other)];
        for session in sessions {
            let there = &places[usize::from(*session == places[0])];
            (session.site, session.room, session.slot) =
                (there.site.clone(), there.room.clone(), there.slot);
        }
    })
    .await;
    let version = planned.version(&id).await;
    plan::apply(app, &desk, &id, &version, "").await.unwrap();
    let mut db = app.read().await.unwrap();
    let one = store::session::get(&mut db, &one).await.unwrap().unwrap();
    let other = store::session::get(&mut db, &other).await.unwrap().unwrap();
    assert!(one.starts_at > other.starts_at, "they have changed places");
    assert_eq!(one.room_id.is_some(), with_room, "the real place is meant");
    assert_eq!(other.room_id.as_ref(), Some(&planned.room));
    for session in [one, other] {
        assert_eq!(session.trainer_id.as_ref(), Some(&planned.trainers[1]));
    }
}

#[tokio::test]
async fn sessions_of_a_repair_change_places_with_each_other() {
    both_engines(|db| exchange(db, true)).await;
}

#[tokio::test]
async fn a_repair_into_the_place_of_a_session_without_room_means_the_real_site() {
    both_engines(|db| exchange(db, false)).await;
}

#[tokio::test]
async fn full_sessions_of_a_repair_exchange_people_and_an_offer_stays_an_offer() {
    both_engines(|db| async {
        let planned = Planned::new(db, 8).await;
        let (app, desk) = (&planned.scene.app, coordinator());
        let mut sessions = Vec::new();
        for hours in [16 * 24 + 1, 18 * 24 + 5] {
            let made = planned.session("premiers-gestes", hours, true, Some(0));
            sessions.push(made.await);
        }
        for (number, person) in planned.people.iter().enumerate() {
            let stage = if number == 0 { "offered" } else { "placed" };
            let session = &sessions[number / 4];
            planned.scene.enrolled(session, person, stage).await;
        }
        let id = repaired(&planned, |_, sessions| {
            let [one, other] = &mut sessions[..] else {
                panic!("two sessions")
            };
            std::mem::swap(&mut one.people, &mut other.people);
        })
        .await;
        let version = planned.version(&id).await;
        plan::apply(app, &desk, &id, &version, "").await.unwrap();
        let mut db = app.read().await.unwrap();
        for (number, person) in planned.people.iter().enumerate() {
            let session = &sessions[1 - number / 4];
            let seated = store::enrolment::active_of_session(&mut db, session)
                .await
                .unwrap();
            let row = seated.iter().find(|row| row.person_id == person.id);
            let stage = if number == 0 { "offered" } else { "placed" };
            assert_eq!(row.map(|row| row.stage.as_str()), Some(stage));
        }
    })
    .await;
}

#[tokio::test]
async fn only_whoever_may_plan_does() {
    both_engines(|db| async {
        let planned = Planned::new(db, 1).await;
        let app = &planned.scene.app;
        let id = planned.made().await;
        for actor in [Actor::Visitor, planned.scene.referent()] {
            assert!(plan::list(app, &actor).await.is_err());
            assert!(plan::get(app, &actor, &id).await.is_err());
            assert!(plan::publish(app, &actor, &id, "1", "7").await.is_err());
            assert!(plan::create(app, &actor, &planned.ask()).await.is_err());
        }
        let draft = plan::publish(app, &coordinator(), &id, "1", "7").await;
        assert_eq!(refusal(draft), "plan-refused-not-publishable");
    })
    .await;
}
