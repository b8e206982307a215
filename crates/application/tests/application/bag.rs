//! The bag: one's own for participants, the group's for the trainer, the season's for the desk, and nobody else's.

use std::io::{Cursor, Read as _};

use application::Error;
use application::access::Actor;
use application::attendance::{Command, mark};
use application::bag::{self, Wrapped, Wrapping};
use application::certificate::issue;
use store::people::PersonRow;
use testkit::both_engines;

use crate::attendance::trainer_of;
use crate::scene::{Scene, coordinator};

const SEASON: &str = "printemps-2026";

fn participant(person: &PersonRow) -> Actor {
    Actor::Participant {
        person: person.id.parse().unwrap(),
        name: person.name.clone(),
    }
}

/// Anne came to a session a week ago, Luc had a seat and did not come.
async fn scene(db: testkit::TestDatabase) -> (Scene, String, [PersonRow; 2]) {
    let scene = Scene::new(db).await;
    let session = scene.session(-7, 4).await;
    let people = [
        scene.person("Anne Petit", "anne@example.org").await,
        scene.person("Luc Roux", "luc@example.org").await,
    ];
    for (person, as_mark) in people.iter().zip(["present", "absent"]) {
        scene.enrolled(&session, person, "placed").await;
        let command = Command {
            person: person.id.clone(),
            mark: as_mark.into(),
            minutes: String::new(),
            version: "*".into(),
        };
        mark(&scene.app, &coordinator(), &session, &command)
            .await
            .unwrap();
    }
    (scene, session, people)
}

fn names(wrapped: &Wrapped) -> Vec<String> {
    let archive = zip::ZipArchive::new(Cursor::new(&wrapped.bytes)).unwrap();
    archive
        .file_names()
        .map(|name| name.unwrap().into_owned())
        .collect()
}

fn page(wrapped: &Wrapped, name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(&wrapped.bytes)).unwrap();
    let mut text = String::new();
    archive
        .by_name(name)
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    text
}

#[tokio::test]
async fn a_participant_takes_home_what_they_attended_with_their_certificate() {
    both_engines(|db| async {
        let (scene, _, [anne, luc]) = scene(db).await;
        let (app, desk) = (&scene.app, coordinator());
        issue(app, &desk, SEASON, &anne.id).await.unwrap();
        let actor = participant(&anne);
        let own = anne.id.parse().unwrap();
        let folder = bag::own(app, &actor, own, Wrapping::Folder).await.unwrap();
        assert_eq!(folder.file, "valise-anne-petit.zip");
        let all = names(&folder);
        for file in [
            "index.html",
            "seance-01.html",
            "attestation.pdf",
            "anne-petit.epub",
        ] {
            assert!(all.contains(&format!("anne-petit/{file}")), "{all:?}");
        }
        let index = page(&folder, "anne-petit/index.html");
        assert!(index.contains("Anne Petit") && !index.contains("Luc"));
        let book = bag::own(app, &actor, own, Wrapping::Book).await.unwrap();
        assert_eq!(book.file, "valise-anne-petit.epub");
        let (actor, own) = (participant(&luc), luc.id.parse().unwrap());
        assert!(matches!(
            bag::own(app, &actor, own, Wrapping::Folder).await,
            Err(Error::Refused(refused)) if refused.key == "bag-refused-none"
        ));
    })
    .await;
}

#[tokio::test]
async fn nobody_gets_the_bag_of_somebody_who_is_not_theirs() {
    both_engines(|db| async {
        let (scene, session, [anne, luc]) = scene(db).await;
        let app = &scene.app;
        let others = participant(&luc);
        let own = anne.id.parse().unwrap();
        assert!(bag::own(app, &others, own, Wrapping::Folder).await.is_err());
        for actor in [others, Actor::Visitor] {
            assert!(
                bag::of_person(app, &actor, &anne.id, Wrapping::Book)
                    .await
                    .is_err()
            );
            assert!(bag::of_season(app, &actor, SEASON).await.is_err());
            assert!(bag::of_session(app, &actor, &session).await.is_err());
        }
        let referent = scene.referent();
        assert!(bag::of_season(app, &referent, SEASON).await.is_err());
        assert!(bag::of_session(app, &referent, &session).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn the_trainer_and_the_desk_make_the_bags_of_a_group_in_one_go() {
    both_engines(|db| async {
        let (scene, session, [anne, _]) = scene(db).await;
        let app = &scene.app;
        issue(app, &coordinator(), SEASON, &anne.id).await.unwrap();
        let trainer = trainer_of(&scene, &session, 1).await;
        for wrapped in [
            bag::of_session(app, &trainer, &session).await.unwrap(),
            bag::of_season(app, &coordinator(), SEASON).await.unwrap(),
        ] {
            let all = names(&wrapped);
            assert!(all.contains(&"anne-petit/index.html".to_owned()));
            assert!(all.iter().all(|name| !name.starts_with("luc")), "{all:?}");
            assert!(page(&wrapped, "a-imprimer.html").contains("Anne Petit"));
        }
        let of_session = bag::of_session(app, &trainer, &session).await.unwrap();
        let all = names(&of_session);
        assert!(
            all.iter().all(|name| !name.ends_with("attestation.pdf")),
            "a certificate is not the trainer's to see: {all:?}"
        );
    })
    .await;
}
