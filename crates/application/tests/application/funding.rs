//! Hours for each funder: from the lists, with nothing to enter again.

use std::collections::BTreeMap;

use application::access::Actor;
use application::attendance::{Command, mark};
use application::funding::{self, Period};
use application::programme::{EditPartner, add_partner, delete_partner};
use application::{Error, people};
use jiff::civil::date;
use testkit::both_engines;

use crate::scene::{Scene, coordinator};

const SEASON: &str = "printemps-2026";

async fn funder(scene: &Scene, name: &str) -> String {
    let command = EditPartner {
        name: name.into(),
        kind: "funder".into(),
        ..EditPartner::default()
    };
    add_partner(&scene.app, &coordinator(), SEASON, &command)
        .await
        .unwrap()
}

struct Season {
    session: String,
    seat: String,
    people: [String; 2],
}

/// A session of two hours two days ago, with Anne there and Luc absent, and one to come.
async fn season(scene: &Scene) -> Season {
    let session = scene.session(-2, 4).await;
    let anne = scene.person("Anne Petit", "").await;
    let luc = scene.person("Luc Roux", "").await;
    let seat = scene.enrolled(&session, &anne, "placed").await;
    scene.enrolled(&session, &luc, "placed").await;
    let later = scene.session(5, 4).await;
    scene.enrolled(&later, &anne, "placed").await;
    for (person, said) in [(&anne, "present"), (&luc, "absent")] {
        let command = Command {
            person: person.id.clone(),
            mark: said.into(),
            minutes: String::new(),
            version: "*".into(),
        };
        mark(&scene.app, &coordinator(), &session, &command)
            .await
            .unwrap();
    }
    Season {
        session,
        seat,
        people: [anne.id, luc.id],
    }
}

/// Funder, minutes of people, present, absent.
async fn lines(scene: &Scene, period: &Period) -> Vec<(String, u32, u32, u32)> {
    let report = funding::report(&scene.app, &coordinator(), period)
        .await
        .unwrap();
    report
        .lines
        .into_iter()
        .map(|line| {
            let share = line.share;
            (
                line.funder.unwrap_or_default(),
                share.people_time.0,
                share.present,
                share.absent,
            )
        })
        .collect()
}

#[tokio::test]
async fn hours_go_to_the_funder_of_the_place_the_session_or_the_season() {
    both_engines(|db| async {
        let scene = Scene::new(db).await;
        let all = Period::default();
        let of = season(&scene).await;
        assert_eq!(lines(&scene, &all).await, [(String::new(), 120, 1, 1)]);

        let region = funder(&scene, "Région").await;
        let line =
            |name: &str, minutes, present, absent| (name.to_owned(), minutes, present, absent);
        assert_eq!(
            lines(&scene, &all).await,
            [line("Région", 120, 1, 1)],
            "the only funder of a season needs not be said"
        );
        let europe = funder(&scene, "Europe").await;
        assert_eq!(
            lines(&scene, &all).await,
            [line("", 120, 1, 1)],
            "of two one must be said"
        );

        let places = BTreeMap::from([(of.seat.clone(), europe.clone())]);
        funding::set(&scene.app, &coordinator(), &of.session, &region, &places)
            .await
            .unwrap();
        assert_eq!(
            lines(&scene, &all).await,
            [line("Europe", 120, 1, 0), line("Région", 0, 0, 1)]
        );
        people::erase_person(&scene.app, &coordinator(), of.people[0].parse().unwrap())
            .await
            .unwrap();
        assert_eq!(
            lines(&scene, &all).await[0],
            line("Europe", 120, 1, 0),
            "hours of an erased person still count"
        );

        delete_partner(&scene.app, &coordinator(), SEASON, &europe, "1")
            .await
            .unwrap();
        assert_eq!(lines(&scene, &all).await, [line("Région", 120, 1, 1)]);
    })
    .await;
}

#[tokio::test]
async fn a_period_is_by_the_day_where_it_was_and_holds_nothing_to_come() {
    both_engines(|db| async {
        let scene = Scene::new(db).await;
        season(&scene).await;
        let between = |from, until| Period {
            season: SEASON.into(),
            from,
            until,
        };
        let day = date(2026, 1, 30);
        assert_eq!(lines(&scene, &between(Some(day), Some(day))).await.len(), 1);
        let after = between(Some(date(2026, 1, 31)), None);
        assert_eq!(
            lines(&scene, &after).await,
            [],
            "the one to come is not counted"
        );
        let unknown = Period {
            season: "nulle-part".into(),
            ..Period::default()
        };
        let report = funding::report(&scene.app, &coordinator(), &unknown).await;
        assert!(matches!(report, Err(Error::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn only_funders_of_the_season_pay_and_only_the_desk_says_so() {
    both_engines(|db| async {
        let scene = Scene::new(db).await;
        let of = season(&scene).await;
        let region = funder(&scene, "Région").await;
        let host = EditPartner {
            name: "Mairie".into(),
            kind: "host".into(),
            ..EditPartner::default()
        };
        let host = add_partner(&scene.app, &coordinator(), SEASON, &host)
            .await
            .unwrap();
        let none = BTreeMap::new();
        let said = |actor: Actor, funder: String, places: BTreeMap<String, String>| {
            let (app, session) = (scene.app.clone(), of.session.clone());
            async move { funding::set(&app, &actor, &session, &funder, &places).await }
        };
        let Err(Error::Invalid(fields)) = said(coordinator(), host, none.clone()).await else {
            panic!("a host pays for nothing")
        };
        assert_eq!(fields[0].field, "funder");
        let foreign = BTreeMap::from([("0198".to_owned(), region.clone())]);
        assert!(matches!(
            said(coordinator(), region.clone(), foreign).await,
            Err(Error::Invalid(_))
        ));
        let before = funding::of_session(&scene.app, &coordinator(), &of.session)
            .await
            .unwrap();
        assert_eq!(before.sitting.row.funder_id, None, "nothing was half said");
        assert!(
            said(coordinator(), region.clone(), none.clone())
                .await
                .is_ok()
        );
        for actor in [scene.referent(), Actor::Visitor] {
            assert!(
                said(actor.clone(), region.clone(), none.clone())
                    .await
                    .is_err()
            );
            assert!(
                funding::report(&scene.app, &actor, &Period::default())
                    .await
                    .is_err()
            );
        }
    })
    .await;
}
