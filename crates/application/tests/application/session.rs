//! Sessions at the desk over the store: previews that do nothing, conflicts, stale edits, everyone told.

use application::Error;
use application::access::{Actor, Role};
use application::enrolment::{self, Letter, Origin};
use application::session::{self, Cancel, Command, Edit, Repeat, Warning};
use domain::id::{PersonId, kind};
use store::people::PersonRow;
use testkit::both_engines;

use crate::scene::{NOW, Scene, coordinator, staff};

fn id(person: &PersonRow) -> PersonId {
    person.id.parse().unwrap()
}

async fn room(scene: &Scene, name: &str, capacity: i64) -> String {
    let id = scene.app.new_id::<kind::Room>().to_string();
    let row = store::room::RoomRow {
        id: id.clone(),
        site_id: scene.site.clone(),
        name: name.into(),
        capacity,
        equipment: "{}".into(),
        archived_at: None,
        version: 1,
    };
    let mut tx = scene.app.write().await.unwrap();
    store::room::insert(&mut tx, &row).await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn trainer(scene: &Scene, availability: &str) -> String {
    let id = scene.app.new_id::<kind::Trainer>().to_string();
    let row = store::trainer::TrainerRow {
        id: id.clone(),
        provider_id: None,
        account_id: None,
        name: "Paul Leroy".into(),
        folded: "paul leroy".into(),
        email: None,
        phone: None,
        commune_code: None,
        skills: "[]".into(),
        availability: availability.into(),
        note: String::new(),
        archived_at: None,
        created_at: NOW,
        version: 1,
    };
    let mut tx = scene.app.write().await.unwrap();
    store::trainer::insert(&mut tx, &row).await.unwrap();
    tx.commit().await.unwrap();
    id
}

/// A session on a Tuesday afternoon.
fn typed(scene: &Scene) -> Edit {
    Edit {
        season: "printemps-2026".into(),
        module: "courriel".into(),
        site: scene.site.clone(),
        day: "2026-03-03".into(),
        starts: "14:00".into(),
        ends: "16:00".into(),
        least: "1".into(),
        capacity: "2".into(),
        ..Edit::default()
    }
}

async fn register(scene: &Scene, session: &str, people: &[&PersonRow]) {
    for person in people {
        let answers = enrolment::request(
            &scene.app,
            &coordinator(),
            session,
            &[id(person)],
            Origin::Web,
        )
        .await
        .unwrap();
        assert!(answers[0].enrolment.is_some());
    }
}

async fn mails(scene: &Scene) -> i64 {
    let mut db = scene.app.read().await.unwrap();
    store::mail::count(&mut db, &store::mail::MailFilter::default())
        .await
        .unwrap()
}

#[tokio::test]
async fn a_session_takes_length_and_size_from_its_module_and_every_wrong_field_is_told() {
    both_engines(|db| async {
        let scene = Scene::new(db).await;
        let desk = coordinator();
        let bare = Edit {
            ends: String::new(),
            least: String::new(),
            capacity: String::new(),
            ..typed(&scene)
        };
        let made = session::create(&scene.app, &desk, bare).await.unwrap();
        let module = application::content::catalogue()
            .module("courriel")
            .unwrap();
        let stored = session::as_typed(&scene.app, &desk, &made).await.unwrap();
        assert_eq!(stored.least, module.group.least.to_string());
        assert_eq!(stored.capacity, module.group.most.to_string());
        let wrong = Edit {
            module: "nulle-part".into(),
            site: "\'; DROP TABLE session; --".into(),
            room: "../..".into(),
            day: "31/02/2026".into(),
            starts: "25:00".into(),
            capacity: "beaucoup".into(),
            public_note: "x".repeat(10_000),
            ..typed(&scene)
        };
        let Err(Error::Invalid(fields)) = session::create(&scene.app, &desk, wrong).await else {
            panic!("nothing wrong found")
        };
        let mut names: Vec<_> = fields.iter().map(|field| field.field.as_str()).collect();
        names.sort_unstable();
        assert_eq!(
            names,
            [
                "capacity",
                "day",
                "module",
                "public_note",
                "room",
                "site",
                "starts"
            ]
        );
        let backwards = Edit {
            ends: "13:00".into(),
            ..typed(&scene)
        };
        assert!(matches!(
            session::create(&scene.app, &desk, backwards).await,
            Err(Error::Invalid(_))
        ));
    })
    .await;
}

#[tokio::test]
async fn room_and_trainer_refuse_two_sessions_at_once_unless_one_insists_and_participants_are_shown()
 {
    both_engines(|db| async {
        let scene = Scene::new(db).await;
        let desk = coordinator();
        let (room, trainer) = (
            room(&scene, "Salle A", 6).await,
            trainer(&scene, "[]").await,
        );
        let first = Edit {
            room: room.clone(),
            trainer: trainer.clone(),
            ..typed(&scene)
        };
        session::create(&scene.app, &desk, first.clone())
            .await
            .unwrap();
        let overlapping = Edit {
            starts: "15:00".into(),
            ends: "17:00".into(),
            ..first.clone()
        };
        let preview = session::preview(&scene.app, &desk, &Command::Create(overlapping.clone()))
            .await
            .unwrap();
        let keys: Vec<_> = preview.clashes.iter().map(|clash| clash.key).collect();
        assert_eq!(keys, ["session-conflict-room", "session-conflict-trainer"]);
        assert!(preview.refuses());
        let refused = session::create(&scene.app, &desk, overlapping.clone()).await;
        assert!(matches!(refused, Err(Error::Refused(_))));
        let insisting = Edit {
            anyway: "oui".into(),
            ..overlapping
        };
        session::create(&scene.app, &desk, insisting).await.unwrap();
        // One that begins when the other ends does not clash.
        let after = Edit {
            starts: "17:00".into(),
            ends: "18:00".into(),
            ..first
        };
        session::create(&scene.app, &desk, after).await.unwrap();

        let zoe = scene.person("Zoé Petit", "zoe@example.org").await;
        let morning = Edit {
            day: "2026-03-04".into(),
            ..typed(&scene)
        };
        let busy = session::create(&scene.app, &desk, morning.clone())
            .await
            .unwrap();
        let other = Edit {
            day: "2026-03-05".into(),
            ..typed(&scene)
        };
        let moved = session::create(&scene.app, &desk, other).await.unwrap();
        register(&scene, &busy, &[&zoe]).await;
        register(&scene, &moved, &[&zoe]).await;
        let edit = Edit {
            day: "2026-03-04".into(),
            version: "1".into(),
            ..typed(&scene)
        };
        let done = session::edit(&scene.app, &desk, &moved, edit)
            .await
            .unwrap();
        let clash = &done.preview.clashes[0];
        assert_eq!(
            (clash.key, clash.person.as_deref(), clash.refuses),
            ("session-conflict-participant", Some("Zoé Petit"), false)
        );
    })
    .await;
}

#[tokio::test]
async fn what_does_not_fit_warns_and_never_refuses() {
    both_engines(|db| async {
        let scene = Scene::new(db).await;
        let desk = coordinator();
        let (room, trainer) = (
            room(&scene, "Placard", 1).await,
            trainer(&scene, "[\"monday-morning\"]").await,
        );
        let edit = Edit {
            room,
            trainer,
            day: "2025-12-02".into(),
            capacity: "40".into(),
            ..typed(&scene)
        };
        let preview = session::preview(&scene.app, &desk, &Command::Create(edit.clone()))
            .await
            .unwrap();
        for expected in [
            Warning::Past,
            Warning::OutsideSeason,
            Warning::TrainerAway,
            Warning::RoomTooSmall { room: 1 },
        ] {
            assert!(
                preview.warnings.contains(&expected),
                "{expected:?} not in {:?}",
                preview.warnings
            );
        }
        assert!(
            preview
                .warnings
                .iter()
                .any(|one| matches!(one, Warning::TrainerLacks { .. }))
        );
        session::create(&scene.app, &desk, edit).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn moving_a_session_tells_everyone_after_a_preview_that_does_nothing() {
    both_engines(|db| async {
        let scene = Scene::new(db).await;
        let desk = coordinator();
        let made = session::create(&scene.app, &desk, typed(&scene))
            .await
            .unwrap();
        let (a, b, c) = (
            scene.person("Anne A", "a@example.org").await,
            scene.person("Bob B", "b@example.org").await,
            scene.person("Chloé C", "").await,
        );
        register(&scene, &made, &[&a, &b, &c]).await;
        let before = mails(&scene).await;
        let edit = Edit {
            day: "2026-03-10".into(),
            version: "1".into(),
            ..typed(&scene)
        };
        let command = Command::Edit {
            id: made.clone(),
            edit: edit.clone(),
        };
        let preview = session::preview(&scene.app, &desk, &command).await.unwrap();
        let told: Vec<_> = preview
            .letters
            .iter()
            .map(|one| (one.name.as_str(), one.letter, one.email.is_some()))
            .collect();
        let changed = Letter::SessionChanged;
        assert_eq!(
            told,
            [
                ("Anne A", changed, true),
                ("Bob B", changed, true),
                ("Chloé C", changed, false)
            ]
        );
        assert_eq!(mails(&scene).await, before, "a preview writes nothing");
        assert_eq!(
            session::as_typed(&scene.app, &desk, &made)
                .await
                .unwrap()
                .day,
            "2026-03-03"
        );

        let done = session::edit(&scene.app, &desk, &made, edit).await.unwrap();
        assert_eq!(
            done.preview.letters, preview.letters,
            "the deed is what the preview said"
        );
        assert_eq!(mails(&scene).await, before + 3);
        let calls = enrolment::people_to_phone(&scene.app, &desk).await.unwrap();
        assert!(
            calls
                .iter()
                .any(|call| call.name == "Chloé C" && call.kind == "session-changed")
        );
        let mut db = scene.app.read().await.unwrap();
        let letters = store::mail::about(&mut db, "session", &made, 50)
            .await
            .unwrap();
        let sequences: Vec<u32> = letters
            .iter()
            .rev()
            .filter(|row| row.person_id.as_ref() == Some(&a.id))
            .map(|row| {
                let body = row.calendar_body.as_deref().unwrap();
                let line = body
                    .lines()
                    .find_map(|line| line.strip_prefix("SEQUENCE:"))
                    .unwrap();
                line.trim().parse().unwrap()
            })
            .collect();
        assert!(sequences.is_sorted_by(|a, b| a < b), "{sequences:?}");
        drop(db);
        // A trainer or a note is nobody else's business.
        let edit = Edit {
            day: "2026-03-10".into(),
            public_note: "Par la cour".into(),
            version: "2".into(),
            ..typed(&scene)
        };
        let done = session::edit(&scene.app, &desk, &made, edit).await.unwrap();
        assert!(done.preview.letters.is_empty());
    })
    .await;
}

#[tokio::test]
async fn an_edit_of_what_somebody_else_changed_is_stale_and_a_registration_meanwhile_is_not() {
    both_engines(|db| async {
        let scene = Scene::new(db).await;
        let desk = coordinator();
        let made = session::create(&scene.app, &desk, typed(&scene)).await.unwrap();
        let zoe = scene.person("Zoé Petit", "zoe@example.org").await;
        register(&scene, &made, &[&zoe]).await;
        let mine = Edit { public_note: "à moi".into(), version: "1".into(), ..typed(&scene) };
        session::edit(&scene.app, &desk, &made, mine).await.unwrap();
        let theirs = Edit { public_note: "à eux".into(), version: "1".into(), ..typed(&scene) };
        let stale = session::edit(&scene.app, &desk, &made, theirs).await;
        assert!(matches!(stale, Err(Error::Stale)));
        assert_eq!(session::as_typed(&scene.app, &desk, &made).await.unwrap().public_note, "à moi");
        let smaller = Edit { capacity: "0".into(), version: "2".into(), ..typed(&scene) };
        assert!(matches!(session::edit(&scene.app, &desk, &made, smaller).await, Err(Error::Invalid(_))));
        let other_module = Edit { module: "securite".into(), version: "2".into(), ..typed(&scene) };
        let refused = session::edit(&scene.app, &desk, &made, other_module).await;
        assert!(matches!(refused, Err(Error::Refused(refused)) if refused.key == "session-refused-module-taken"));
    })
    .await;
}

#[tokio::test]
async fn more_seats_are_offered_at_once_and_a_seat_taken_is_never_taken_back() {
    both_engines(|db| async {
        let scene = Scene::new(db).await;
        let desk = coordinator();
        let made = session::create(&scene.app, &desk, typed(&scene)).await.unwrap();
        let mut people = Vec::new();
        for n in 0..4 {
            people.push(scene.person(&format!("Personne {n}"), &format!("p{n}@example.org")).await);
        }
        register(&scene, &made, &people.iter().collect::<Vec<_>>()).await;
        let larger = Edit { capacity: "3".into(), version: "1".into(), ..typed(&scene) };
        let done = session::edit(&scene.app, &desk, &made, larger).await.unwrap();
        let told: Vec<_> = done.preview.letters.iter().map(|one| (one.name.as_str(), one.letter)).collect();
        assert_eq!(told, [("Personne 2", Letter::SeatOffered)]);
        let smaller = Edit { capacity: "1".into(), version: "2".into(), ..typed(&scene) };
        let refused = session::edit(&scene.app, &desk, &made, smaller).await;
        assert!(matches!(refused, Err(Error::Refused(refused)) if refused.key == "enrolment-refused-seats-taken"));
    })
    .await;
}

#[tokio::test]
async fn cancelling_tells_everyone_why_with_other_dates_and_ends_every_registration() {
    both_engines(|db| async {
        let scene = Scene::new(db).await;
        let desk = coordinator();
        let made = session::create(&scene.app, &desk, typed(&scene))
            .await
            .unwrap();
        let repeated = session::duplicate(
            &scene.app,
            &desk,
            &made,
            Repeat {
                times: "2".into(),
                ..Repeat::default()
            },
        )
        .await
        .unwrap();
        assert_eq!(repeated.len(), 2);
        let (a, b, c) = (
            scene.person("Anne A", "a@example.org").await,
            scene.person("Bob B", "b@example.org").await,
            scene.person("Chloé C", "c@example.org").await,
        );
        register(&scene, &made, &[&a, &b, &c]).await;
        for reason in ["", "\u{0}", &"x".repeat(500)] {
            let cancel = Cancel {
                reason: reason.into(),
                version: String::new(),
            };
            assert!(matches!(
                session::cancel(&scene.app, &desk, &made, cancel).await,
                Err(Error::Invalid(_))
            ));
        }
        let cancel = Cancel {
            reason: "Le formateur est malade <b>".into(),
            version: "1".into(),
        };
        let command = Command::Cancel {
            id: made.clone(),
            cancel: cancel.clone(),
        };
        let preview = session::preview(&scene.app, &desk, &command).await.unwrap();
        let done = session::carry_out(&scene.app, &desk, &command)
            .await
            .unwrap();
        assert_eq!(done.preview.letters, preview.letters);
        assert_eq!(
            preview
                .letters
                .iter()
                .filter(|one| one.letter == Letter::Cancelled)
                .count(),
            3
        );
        let mut db = scene.app.read().await.unwrap();
        let letters = store::mail::about(&mut db, "session", &made, 50)
            .await
            .unwrap();
        let told: Vec<_> = letters
            .iter()
            .filter(|row| row.kind == "session-cancelled")
            .collect();
        assert_eq!(told.len(), 3);
        for letter in told {
            assert!(letter.text_body.contains("Le formateur est malade <b>"));
            assert!(letter.html_body.contains("malade &lt;b&gt;"));
            assert!(
                letter.text_body.contains(&repeated[0]),
                "another date is named"
            );
            let had_seat = letter.person_id.as_ref() != Some(&c.id);
            assert_eq!(
                letter.calendar_method.as_deref(),
                had_seat.then_some("CANCEL")
            );
        }
        assert!(
            store::enrolment::active_of_session(&mut db, &made)
                .await
                .unwrap()
                .is_empty()
        );
        let row = store::session::get(&mut db, &made).await.unwrap().unwrap();
        assert_eq!(
            (row.stage.as_str(), row.cancel_reason.as_str()),
            ("cancelled", "Le formateur est malade <b>")
        );
        drop(db);
        let again = session::cancel(
            &scene.app,
            &desk,
            &made,
            Cancel {
                reason: "x".into(),
                ..Cancel::default()
            },
        )
        .await;
        assert!(
            matches!(again, Err(Error::Refused(refused)) if refused.key == "session-refused-over")
        );
        let history = session::history_of_session(&scene.app, &desk, &made)
            .await
            .unwrap();
        assert!(
            history
                .iter()
                .any(|line| line.action == "session.cancelled")
        );
        assert!(
            history.iter().any(|line| line.action == "enrolment.placed"
                && line.person.as_deref() == Some("Anne A"))
        );
    })
    .await;
}

#[tokio::test]
async fn a_group_that_opens_tells_those_who_have_a_seat_and_holding_waits_for_the_start() {
    both_engines(|db| async {
        let scene = Scene::new(db).await;
        let desk = coordinator();
        let group = Edit { least: "2".into(), ..typed(&scene) };
        let made = session::create(&scene.app, &desk, group).await.unwrap();
        let (a, b) = (scene.person("Anne A", "a@example.org").await, scene.person("Bob B", "b@example.org").await);
        register(&scene, &made, &[&a]).await;
        let early = session::hold(&scene.app, &desk, &made).await;
        assert!(matches!(early, Err(Error::Refused(refused)) if refused.key == "session-refused-not-begun"));
        register(&scene, &made, &[&b]).await;
        let mut db = scene.app.read().await.unwrap();
        let letters = store::mail::about(&mut db, "session", &made, 50).await.unwrap();
        let of = |person: &PersonRow| {
            let own = letters.iter().rev().filter(|row| row.person_id.as_ref() == Some(&person.id));
            own.map(|row| row.kind.clone()).collect::<Vec<_>>()
        };
        assert_eq!(of(&a), ["enrolment-placed", "group-confirmed"]);
        assert_eq!(of(&b), ["enrolment-placed"], "one letter says it all");
        drop(db);
        scene.clock.set(jiff::Timestamp::from_millisecond(NOW + 60 * 24 * 3_600_000).unwrap());
        let today = session::today(&scene.app, &desk).await.unwrap();
        assert_eq!(today.to_close.len(), 1);
        session::hold(&scene.app, &desk, &made).await.unwrap();
        assert!(session::today(&scene.app, &desk).await.unwrap().to_close.is_empty());
    })
    .await;
}

#[tokio::test]
async fn only_who_runs_the_programme_touches_its_sessions() {
    both_engines(|db| async {
        let scene = Scene::new(db).await;
        let made = session::create(&scene.app, &coordinator(), typed(&scene))
            .await
            .unwrap();
        for actor in [Actor::Visitor, staff(Role::Trainer, None), scene.referent()] {
            let answer = session::create(&scene.app, &actor, typed(&scene)).await;
            assert!(
                matches!(answer, Err(Error::Forbidden | Error::SignInNeeded)),
                "{actor:?}"
            );
            let cancel = Cancel {
                reason: "non".into(),
                ..Cancel::default()
            };
            assert!(
                session::cancel(&scene.app, &actor, &made, cancel)
                    .await
                    .is_err()
            );
            assert!(
                session::list(&scene.app, &actor, &session::SessionFilter::default())
                    .await
                    .is_err()
            );
            assert!(
                session::dashboard(&scene.app, &actor, "printemps-2026")
                    .await
                    .is_err()
            );
        }
        let nowhere = session::page(&scene.app, &coordinator(), "\u{202e}../x").await;
        assert!(matches!(nowhere, Err(Error::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn the_dashboard_counts_people_once_and_sets_them_against_the_territory() {
    both_engines(|db| async {
        let scene = Scene::new(db).await;
        let desk = coordinator();
        let (one, two) = (scene.session(3, 4).await, scene.session(6, 4).await);
        let input = application::people::PersonInput {
            name: "Zoé Petit".into(),
            commune: "62361".into(),
            ..Default::default()
        };
        let zoe = application::people::create_person(&scene.app, &desk, &input)
            .await
            .unwrap();
        let nowhere = scene.person("Marc Petit", "").await;
        register(&scene, &one, &[&zoe, &nowhere]).await;
        register(&scene, &two, &[&zoe]).await;
        let board = session::dashboard(&scene.app, &desk, "printemps-2026")
            .await
            .unwrap();
        assert_eq!(
            (
                board.figures.people,
                board.figures.placed,
                board.figures.seats
            ),
            (2, 3, 8)
        );
        assert!((board.figures.fill.unwrap() - 0.375).abs() < 1e-9);
        let frevent = board
            .communes
            .iter()
            .find(|one| one.code.as_deref() == Some("62361"))
            .unwrap();
        assert_eq!((frevent.people, frevent.name.as_str()), (1, "Frévent"));
        assert!(frevent.population_share.unwrap() > 0.0);
        assert!(
            board
                .communes
                .iter()
                .any(|one| one.code.is_none() && one.people == 1)
        );
        assert!(
            board.missed >= 100,
            "{} communes without anybody",
            board.missed
        );
        let map = board.map.unwrap();
        assert!(
            map.shapes
                .iter()
                .any(|shape| shape.name == "Frévent" && shape.shade == session::SHADES)
        );
    })
    .await;
}
