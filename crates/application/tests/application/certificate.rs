//! Certificates: only real hours, one that holds at a time, and a check that gives nothing away.

use application::access::Actor;
use application::attendance::{Command, hours, mark};
use application::certificate::{
    CertificateRow, Copy, candidates, issue, issue_all, pdf, pdf_of_season, pdf_own, printed_of,
    revoke, verify,
};
use application::{Error, Refused};
use domain::language::Language;
use store::people::PersonRow;
use testkit::both_engines;

use crate::attendance::trainer_of;
use crate::scene::{Scene, coordinator};

const SEASON: &str = "printemps-2026";

async fn came(scene: &Scene, session: &str, person: &PersonRow, mark_as: &str, minutes: &str) {
    let command = Command {
        person: person.id.clone(),
        mark: mark_as.into(),
        minutes: minutes.into(),
        version: "*".into(),
    };
    mark(&scene.app, &coordinator(), session, &command)
        .await
        .unwrap();
}

fn participant(person: &PersonRow) -> Actor {
    Actor::Participant {
        person: person.id.parse().unwrap(),
        name: person.name.clone(),
    }
}

/// Anne came twice (105 and 120 minutes), Luc for half an hour, Zoé not at all.
async fn season(scene: &Scene) -> (String, [PersonRow; 3]) {
    let (one, two) = (scene.session(-7, 4).await, scene.session(-1, 4).await);
    let people = [
        scene.person("Anne Petit", "anne@example.org").await,
        scene.person("Luc Roux", "").await,
        scene.person("Zoé Blanc", "zoe@example.org").await,
    ];
    for person in &people {
        for session in [&one, &two] {
            scene.enrolled(session, person, "placed").await;
        }
    }
    came(scene, &one, &people[0], "late", "15").await;
    came(scene, &two, &people[0], "present", "").await;
    came(scene, &one, &people[1], "left-early", "1 h 30").await;
    came(scene, &two, &people[1], "excused", "").await;
    came(scene, &one, &people[2], "absent", "").await;
    (two, people)
}

fn refusal(answer: Result<CertificateRow, Error>) -> &'static str {
    match answer {
        Err(Error::Refused(Refused { key, .. })) => key,
        other => panic!("not refused: {other:?}"),
    }
}

#[tokio::test]
async fn only_minutes_really_attended_count_and_the_threshold_of_the_season_holds() {
    both_engines(|db| async {
        let scene = Scene::new(db).await;
        let (_, [anne, luc, zoe]) = season(&scene).await;
        let desk = coordinator();
        let (_, list) = candidates(&scene.app, &desk, SEASON).await.unwrap();
        let seen: Vec<_> = list
            .iter()
            .map(|one| {
                (
                    one.bearer.name.as_str(),
                    one.sessions,
                    one.minutes.0,
                    one.missing.map_or(0, |missing| missing.minutes.0),
                )
            })
            .collect();
        assert_eq!(
            seen,
            [("Anne Petit", 2, 225, 0), ("Luc Roux", 1, 30, 30)],
            "Zoé never came"
        );

        let row = issue(&scene.app, &desk, SEASON, &anne.id).await.unwrap();
        let printed = printed_of(&row).unwrap();
        assert_eq!(
            (row.minutes, printed.total.0, printed.lines.len()),
            (225, 225, 2)
        );
        assert_eq!(
            (printed.name.as_str(), printed.place.as_str()),
            ("Anne Petit", "Frévent")
        );
        assert_eq!(
            refusal(issue(&scene.app, &desk, SEASON, &luc.id).await),
            "certificate-refused-not-yet"
        );
        let never = issue(&scene.app, &desk, SEASON, &zoe.id).await;
        assert!(matches!(never, Err(Error::NotFound)), "{never:?}");

        let person = anne.id.parse().unwrap();
        let own = hours(
            &scene.app,
            &participant(&anne),
            person,
            &scene.season,
            Language::Fr,
        )
        .await
        .unwrap();
        assert_eq!(own.total.0, 225);
        let other = hours(
            &scene.app,
            &participant(&luc),
            person,
            &scene.season,
            Language::Fr,
        )
        .await;
        assert!(matches!(other, Err(Error::Forbidden)), "{other:?}");
        let mut db = scene.app.read().await.unwrap();
        let letters: i64 = db
            .number(
                "SELECT COUNT(*) FROM mail WHERE kind = 'certificate-ready'",
                [],
            )
            .await
            .unwrap();
        assert_eq!(letters, 1, "the bearer is told");
    })
    .await;
}

#[tokio::test]
async fn another_one_is_given_only_when_hours_changed_and_then_the_first_no_longer_holds() {
    both_engines(|db| async {
        let scene = Scene::new(db).await;
        let (two, [anne, luc, _]) = season(&scene).await;
        let desk = coordinator();
        let all = issue_all(&scene.app, &desk, SEASON).await.unwrap();
        assert_eq!((all.given.len(), all.unchanged, all.not_yet), (1, 0, 1));
        let again = issue_all(&scene.app, &desk, SEASON).await.unwrap();
        assert_eq!((again.given.len(), again.unchanged), (0, 1));
        assert_eq!(
            refusal(issue(&scene.app, &desk, SEASON, &anne.id).await),
            "certificate-refused-unchanged"
        );

        came(&scene, &two, &anne, "late", "20").await;
        came(&scene, &two, &luc, "present", "").await;
        let (_, list) = candidates(&scene.app, &desk, SEASON).await.unwrap();
        assert!(list[0].outdated, "the desk is told that hours changed");
        let third = issue_all(&scene.app, &desk, SEASON).await.unwrap();
        assert_eq!((third.given.len(), third.replaced), (2, 1));
        assert_eq!(third.given[0].minutes, 205);
        let old = verify(&scene.app, "test", &all.given[0].code)
            .await
            .unwrap();
        assert!(old.revoked_at.is_some() && old.replaced);
        assert_eq!(
            old.printed.unwrap().total.0,
            225,
            "what was printed stays as it was"
        );
    })
    .await;
}

#[tokio::test]
async fn a_code_is_checked_however_it_is_typed_and_altered_or_withdrawn_ones_do_not_hold() {
    both_engines(|db| async {
        let scene = Scene::new(db).await;
        let (_, [anne, ..]) = season(&scene).await;
        let desk = coordinator();
        let row = issue(&scene.app, &desk, SEASON, &anne.id).await.unwrap();
        let typed = format!("  {} ", row.code.to_lowercase().replace('-', " "));
        let found = verify(&scene.app, "test", &typed).await.unwrap();
        assert_eq!(
            (found.printed.unwrap().name.as_str(), found.revoked_at),
            ("Anne Petit", None)
        );
        let mut altered: Vec<char> = row.code.chars().collect();
        altered[4] = if altered[4] == 'A' { 'B' } else { 'A' };
        let altered: String = altered.into_iter().collect();
        for bad in [
            altered.as_str(),
            "",
            "%",
            "' OR 1=1 --",
            "ESS-____-____-_",
            &"9".repeat(10_000),
        ] {
            let answer = verify(&scene.app, "test", bad).await;
            assert!(
                matches!(answer, Err(Error::Invalid(_))),
                "{bad}: {answer:?}"
            );
        }
        let unknown = verify(&scene.app, "test", "ESS-012V-A0Y5-D").await;
        assert!(matches!(unknown, Err(Error::NotFound)), "{unknown:?}");

        assert!(matches!(
            revoke(&scene.app, &desk, &row.id, " ").await,
            Err(Error::Invalid(_))
        ));
        revoke(&scene.app, &desk, &row.id, "Erreur de personne")
            .await
            .unwrap();
        assert!(matches!(
            revoke(&scene.app, &desk, &row.id, "Encore").await,
            Err(Error::Refused(_))
        ));
        let found = verify(&scene.app, "test", &row.code).await.unwrap();
        assert!(found.revoked_at.is_some() && !found.replaced);
        assert!(matches!(
            pdf(&scene.app, &desk, &row.id, Copy::Bearer).await,
            Err(Error::NotFound)
        ));

        let mut tries = 0;
        let limited = loop {
            tries += 1;
            match verify(&scene.app, "guesser", "ESS-012V-A0Y5-D").await {
                Err(Error::TooMany { .. }) => break true,
                Err(Error::NotFound) if tries < 100 => {}
                other => panic!("{other:?}"),
            }
        };
        assert!(
            limited && tries == 61,
            "codes cannot be tried one after the other"
        );
    })
    .await;
}

#[tokio::test]
async fn participants_fetch_their_own_and_trainers_and_others_give_none() {
    both_engines(|db| async {
        let scene = Scene::new(db).await;
        let (two, [anne, luc, _]) = season(&scene).await;
        let desk = coordinator();
        let row = issue(&scene.app, &desk, SEASON, &anne.id).await.unwrap();
        let own = pdf_own(&scene.app, &participant(&anne), &row.id, Copy::Bearer)
            .await
            .unwrap();
        assert!(own.starts_with(b"%PDF-"));
        let described = String::from_utf8_lossy(&own);
        assert!(
            described.contains("Anne Petit"),
            "its title names the bearer"
        );
        let other = pdf_own(&scene.app, &participant(&luc), &row.id, Copy::Bearer).await;
        assert!(matches!(other, Err(Error::NotFound)), "{other:?}");
        let nobody = pdf_own(&scene.app, &Actor::Visitor, &row.id, Copy::Bearer).await;
        assert!(matches!(nobody, Err(Error::SignInNeeded)), "{nobody:?}");
        assert!(
            pdf_of_season(&scene.app, &desk, SEASON)
                .await
                .unwrap()
                .starts_with(b"%PDF-")
        );
        let trainer = trainer_of(&scene, &two, 1).await;
        for actor in [trainer, scene.referent(), participant(&anne)] {
            let answer = issue_all(&scene.app, &actor, SEASON).await;
            assert!(matches!(answer, Err(Error::Forbidden)), "{answer:?}");
            assert!(matches!(
                pdf(&scene.app, &actor, &row.id, Copy::Bearer).await,
                Err(Error::Forbidden)
            ));
            assert!(matches!(
                revoke(&scene.app, &actor, &row.id, "x").await,
                Err(Error::Forbidden)
            ));
        }
        assert!(matches!(
            issue_all(&scene.app, &desk, "ailleurs").await,
            Err(Error::NotFound)
        ));
    })
    .await;
}
