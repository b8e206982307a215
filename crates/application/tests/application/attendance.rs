//! Attendance: only one's own sessions, one truth for two tablets, and a history of corrections.

use application::access::{Actor, Binding, Role, Staff};
use application::attendance::{
    Command, add_note, hold, mark, mark_all_present, my_sessions, of_session, sheet, sheet_pdf,
    walk_in,
};
use application::people::PersonInput;
use application::session::history_of_session;
use application::{Error, FieldError};
use domain::id::{Id, TrainerId, kind};
use domain::input::InputError;
use domain::language::Language;
use testkit::both_engines;

use crate::scene::{NOW, Scene, coordinator};

/// A module that others come before.
const MODULE: &str = "boutique-en-ligne";

fn said(person: &str, mark: &str, minutes: &str, version: &str) -> Command {
    Command {
        person: person.into(),
        mark: mark.into(),
        minutes: minutes.into(),
        version: version.into(),
    }
}

/// A trainer with an account, given this session.
pub(crate) async fn trainer_of(scene: &Scene, session: &str, number: u8) -> Actor {
    let id: TrainerId = scene.app.new_id();
    let mut tx = scene.app.write().await.unwrap();
    let row = store::trainer::TrainerRow {
        id: id.to_string(),
        provider_id: None,
        account_id: None,
        name: format!("Paul {number}"),
        folded: format!("paul {number}"),
        email: None,
        phone: None,
        commune_code: None,
        skills: "[]".into(),
        availability: "[]".into(),
        note: String::new(),
        archived_at: None,
        created_at: NOW,
        version: 1,
    };
    store::trainer::insert(&mut tx, &row).await.unwrap();
    let mut session = store::session::get(&mut tx, session)
        .await
        .unwrap()
        .unwrap();
    session.trainer_id = Some(row.id);
    store::session::update(&mut tx, &session).await.unwrap();
    tx.commit().await.unwrap();
    Actor::Staff(Staff {
        account: Id::new(2, &[number; 10]),
        name: row.name,
        bindings: vec![Binding {
            role: Role::Trainer,
            programme: None,
            territory: None,
        }],
        trainer: Some(id),
    })
}

#[tokio::test]
async fn a_trainer_marks_the_sessions_they_give_and_no_others() {
    both_engines(|db| async {
        let scene = Scene::new(db).await;
        let (own, other) = (scene.session(0, 4).await, scene.session(0, 4).await);
        let paul = trainer_of(&scene, &own, 1).await;
        trainer_of(&scene, &other, 2).await;
        let anne = scene.person("Anne Petit", "anne@example.org").await;
        for session in [&own, &other] {
            scene.enrolled(session, &anne, "placed").await;
        }
        let present = said(&anne.id, "present", "", "");
        let marked = mark(&scene.app, &paul, &own, &present).await.unwrap();
        assert_eq!((marked.row.minutes, marked.row.version), (120, 1));
        let refused = mark(&scene.app, &paul, &other, &present).await;
        assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
        assert!(matches!(
            sheet(&scene.app, &paul, &other).await,
            Err(Error::NotFound)
        ));
        assert!(matches!(
            walk_in(&scene.app, &paul, &other, &PersonInput::default()).await,
            Err(Error::NotFound)
        ));
        assert!(matches!(
            hold(&scene.app, &paul, &other, "").await,
            Err(Error::Forbidden | Error::NotFound)
        ));
        let visitor = of_session(&scene.app, &Actor::Visitor, &own).await;
        assert!(matches!(visitor, Err(Error::SignInNeeded)), "{visitor:?}");
        assert!(
            mark(&scene.app, &coordinator(), &other, &present)
                .await
                .is_ok()
        );
        let day = my_sessions(&scene.app, &paul).await.unwrap();
        let today: Vec<_> = day
            .today
            .iter()
            .map(|(session, _)| session.id.as_str())
            .collect();
        assert_eq!(today, [own.as_str()]);
        assert_eq!(
            my_sessions(&scene.app, &coordinator()).await.unwrap(),
            Default::default()
        );
    })
    .await;
}

#[tokio::test]
async fn two_tablets_do_not_overwrite_each_other_and_corrections_stay_in_the_history() {
    both_engines(|db| async {
        let scene = Scene::new(db).await;
        let session = scene.session(0, 4).await;
        let anne = scene.person("Anne Petit", "anne@example.org").await;
        scene.enrolled(&session, &anne, "placed").await;
        let desk = coordinator();
        let say = async |mark_as: &str, minutes: &str, version: &str| {
            mark(
                &scene.app,
                &desk,
                &session,
                &said(&anne.id, mark_as, minutes, version),
            )
            .await
        };
        assert!(say("absent", "", "").await.unwrap().changed);
        assert!(
            !say("absent", "", "").await.unwrap().changed,
            "sending twice is harmless"
        );
        let blind = say("present", "", "").await;
        assert!(matches!(blind, Err(Error::Stale)), "{blind:?}");
        let late = say("late", "15", "1").await.unwrap().row;
        assert_eq!(
            (late.mark.as_str(), late.minutes, late.version),
            ("late", 105, 2)
        );
        assert!(matches!(say("present", "", "1").await, Err(Error::Stale)));
        assert_eq!(say("left-early", "1 h", "*").await.unwrap().row.minutes, 60);
        let lines = history_of_session(&scene.app, &desk, &session)
            .await
            .unwrap();
        let attendance: Vec<_> = lines
            .iter()
            .filter(|line| line.action.starts_with("attendance."))
            .map(|line| (line.action.as_str(), line.person.as_deref()))
            .collect();
        let anne = Some("Anne Petit");
        assert_eq!(
            attendance,
            [
                ("attendance.corrected", anne),
                ("attendance.corrected", anne),
                ("attendance.marked", anne)
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_a_mark_is_told_at_its_field_and_people_of_other_lists_cannot_be_marked() {
    both_engines(|db| async {
        let scene = Scene::new(db).await;
        let (session, later) = (scene.session(0, 4).await, scene.session(3, 4).await);
        let anne = scene.person("Anne Petit", "anne@example.org").await;
        let luc = scene.person("Luc Roux", "luc@example.org").await;
        scene.enrolled(&session, &anne, "placed").await;
        scene.enrolled(&session, &luc, "waiting").await;
        scene.enrolled(&later, &anne, "placed").await;
        let desk = coordinator();
        let wrong = |field: &str, error: InputError| vec![FieldError::new(field, error)];
        for (command, expected) in [
            (said(&anne.id, "", "", ""), wrong("mark", InputError::Empty)),
            (
                said(&anne.id, "'; DROP TABLE attendance --", "", ""),
                wrong("mark", InputError::UnknownChoice),
            ),
            (
                said(&anne.id, "late", "", ""),
                wrong("minutes", InputError::Empty),
            ),
            (
                said(&anne.id, "late", "-5", ""),
                wrong("minutes", InputError::NotADuration),
            ),
            (
                said(&anne.id, "present", "", "un"),
                wrong("version", InputError::NotANumber),
            ),
        ] {
            match mark(&scene.app, &desk, &session, &command).await {
                Err(Error::Invalid(fields)) => assert_eq!(fields, expected, "{command:?}"),
                other => panic!("{command:?}: {other:?}"),
            }
        }
        for person in [
            luc.id.as_str(),
            "",
            "x",
            &scene.app.new_id::<kind::Person>().to_string(),
        ] {
            let answer = mark(
                &scene.app,
                &desk,
                &session,
                &said(person, "present", "", ""),
            )
            .await;
            assert!(
                matches!(answer, Err(Error::NotFound)),
                "{person}: {answer:?}"
            );
        }
        let key = |answer| match answer {
            Err(Error::Refused(refused)) => refused.key,
            _ => "",
        };
        let early = mark(
            &scene.app,
            &desk,
            &later,
            &said(&anne.id, "present", "", ""),
        )
        .await;
        assert_eq!(key(early), "attendance-error-too-early");
        let long = mark(
            &scene.app,
            &desk,
            &session,
            &said(&anne.id, "late", "121", ""),
        )
        .await;
        assert_eq!(key(long), "attendance-error-missed-too-much");
    })
    .await;
}

#[tokio::test]
async fn the_list_says_what_each_person_needs_and_a_list_is_closed_only_when_everybody_is_marked() {
    both_engines(|db| async {
        let scene = Scene::new(db).await;
        let (before, session) = (scene.session(-7, 4).await, scene.session(0, 4).await);
        let anne = scene.person("Anne Petit", "anne@example.org").await;
        let luc = scene.person("Luc Roux", "luc@example.org").await;
        for person in [&anne, &luc] {
            scene.enrolled(&session, person, "placed").await;
        }
        scene.enrolled(&before, &anne, "placed").await;
        let desk = coordinator();
        for one in [&before, &session] {
            let mut tx = scene.app.write().await.unwrap();
            let mut row = store::session::get(&mut tx, one).await.unwrap().unwrap();
            row.module = MODULE.into();
            store::session::update(&mut tx, &row).await.unwrap();
            tx.commit().await.unwrap();
        }
        mark(&scene.app, &desk, &before, &said(&anne.id, "present", "", "")).await.unwrap();
        add_note(&scene.app, &desk, &before, "Le vidéoprojecteur est en panne.").await.unwrap();
        let list = sheet(&scene.app, &desk, &session).await.unwrap();
        let seen: Vec<_> = list.people.iter().map(|one| (one.line.name.as_str(), one.first)).collect();
        assert_eq!(seen, [("Anne Petit", false), ("Luc Roux", true)]);
        assert_eq!(list.earlier[0].body, "Le vidéoprojecteur est en panne.");
        let missing = &list.people[1].missing;
        assert!(!missing.is_empty());
        let module = application::content::catalogue()
            .module(MODULE)
            .unwrap();
        assert_eq!(*missing, module.prerequisites, "nobody has taken what comes before");

        let refused = hold(&scene.app, &desk, &session, "").await;
        assert!(matches!(&refused, Err(Error::Refused(refused)) if refused.key == "attendance-refused-unmarked"), "{refused:?}");
        mark(&scene.app, &desk, &session, &said(&luc.id, "excused", "", "")).await.unwrap();
        assert_eq!(mark_all_present(&scene.app, &desk, &session).await.unwrap(), 1, "who is marked stays as marked");
        hold(&scene.app, &desk, &session, "").await.unwrap();
        let list = sheet(&scene.app, &desk, &session).await.unwrap();
        assert_eq!((list.session.stage.as_str(), list.closable, list.unmarked()), ("held", false, 0));
        assert!(hold(&scene.app, &desk, &session, "").await.is_err(), "closed once");
        mark(&scene.app, &desk, &session, &said(&luc.id, "present", "", "1")).await.unwrap();

        hold(&scene.app, &desk, &before, "absent").await.unwrap();
        let early = hold(&scene.app, &desk, &scene.session(2, 4).await, "absent").await;
        assert!(matches!(&early, Err(Error::Refused(refused)) if refused.key == "attendance-refused-not-begun"), "{early:?}");
    })
    .await;
}

#[tokio::test]
async fn somebody_at_the_door_is_on_the_list_even_when_the_group_is_full() {
    both_engines(|db| async {
        let scene = Scene::new(db).await;
        let session = scene.session(0, 1).await;
        let paul = trainer_of(&scene, &session, 1).await;
        let door = |name: &str| PersonInput {
            name: name.into(),
            phone: "03 21 00 00 01".into(),
            ..PersonInput::default()
        };
        let first = walk_in(&scene.app, &paul, &session, &door("Zoé Blanc"))
            .await
            .unwrap();
        let second = walk_in(&scene.app, &paul, &session, &door("Léo <b>Noir")).await;
        let second = match second {
            Ok(id) => id,
            Err(error) => panic!("{error:?}"),
        };
        let again = walk_in(&scene.app, &paul, &session, &door("Zoé Blanc"))
            .await
            .unwrap();
        assert_eq!(first, again, "the same person is found again");
        let lines = of_session(&scene.app, &paul, &session).await.unwrap();
        let seats: Vec<_> = lines
            .iter()
            .map(|line| {
                (
                    line.person_id.clone(),
                    line.enrolment_id.is_some(),
                    line.mark.as_deref(),
                )
            })
            .collect();
        assert!(
            seats.contains(&(first, true, Some("present"))),
            "a free seat is taken: {seats:?}"
        );
        assert!(
            seats.contains(&(second, false, Some("present"))),
            "and without one they take part all the same: {seats:?}"
        );
        let nameless = walk_in(&scene.app, &paul, &session, &PersonInput::default()).await;
        assert!(matches!(nameless, Err(Error::Invalid(_))), "{nameless:?}");
        let paper = sheet_pdf(&scene.app, &paul, &session, Language::Fr)
            .await
            .unwrap();
        assert!(paper.starts_with(b"%PDF-"));
    })
    .await;
}
