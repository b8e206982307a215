//! People and organisations: who is the same, who may see whom, merging, erasure.

#![expect(
    clippy::unwrap_used,
    clippy::too_many_lines,
    reason = "a test that cannot be set up fails; a story is told in one piece"
)]

use application::access::{Actor, Role};
use application::people::{self, MergeCommand, OrganisationInput, PersonInput, Reason};
use application::{App, Error};
use domain::id::PersonId;
use domain::input::InputError;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use store::people::{PeopleFilter, PersonSort};
use testkit::{TestDatabase, both_engines};

use crate::scene::{NOW, Scene, coordinator, staff};

fn person(name: &str, email: &str, phone: &str) -> PersonInput {
    PersonInput {
        name: name.into(),
        email: email.into(),
        phone: phone.into(),
        ..PersonInput::default()
    }
}

async fn find(app: &App, input: &PersonInput) -> people::FoundPerson {
    let mut tx = app.write().await.unwrap();
    let found = people::find_or_create(app, &mut tx, &Actor::Visitor, "web", input)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    found
}

fn fields(error: Error) -> Vec<(String, InputError)> {
    match error {
        Error::Invalid(fields) => fields
            .into_iter()
            .map(|wrong| (wrong.field, wrong.error))
            .collect(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_same_address_and_name_is_the_same_person_however_they_are_typed() {
    both_engines(|db| async move {
        let scene = Scene::new(db).await;
        let first = find(&scene.app, &person("Rémy Delobel", "remy@exemple.fr", "")).await;
        assert!(first.created);
        let again = find(
            &scene.app,
            &person(" REMY  DELOBEL ", "Remy@Exemple.fr", "03 21 03 04 05"),
        )
        .await;
        assert!(!again.created);
        assert_eq!(again.person.id, first.person.id);
        assert_eq!(
            again.person.phone.as_deref(),
            Some("+33321030405"),
            "what was not told yet is filled in"
        );
        assert_eq!(again.person.name, "Rémy Delobel", "nothing is overwritten");
        let wife = find(&scene.app, &person("Anne Delobel", "remy@exemple.fr", "")).await;
        assert!(wife.created, "two people may share an address");
        let caller = find(&scene.app, &person("Rémy Delobel", "", "0321030405")).await;
        assert_eq!(
            caller.person.id, first.person.id,
            "who calls is known by telephone and name"
        );
        let other = find(
            &scene.app,
            &person("Rémy Delobel", "autre@exemple.fr", "0321030405"),
        )
        .await;
        assert!(
            other.created,
            "another address is another person until somebody merges them"
        );
    })
    .await;
}

#[tokio::test]
async fn a_firm_is_found_by_its_number_or_by_its_name_in_the_commune_or_made() {
    both_engines(|db| async move {
        let scene = Scene::new(db).await;
        let of = |name: &str, commune: &str, firm: &str, number: &str| PersonInput {
            commune: commune.into(),
            organisation: firm.into(),
            registration: number.into(),
            ..person(name, "", "")
        };
        let first = find(
            &scene.app,
            &of("A Un", "Frévent", "Boulangerie St-Éloi", ""),
        )
        .await;
        let same = find(
            &scene.app,
            &of("B Deux", "62270 Frevent", "boulangerie saint eloi", ""),
        )
        .await;
        assert_eq!(first.person.organisation_id, same.person.organisation_id);
        let elsewhere = find(
            &scene.app,
            &of("C Trois", "62767", "Boulangerie Saint-Éloi", ""),
        )
        .await;
        assert_ne!(
            first.person.organisation_id,
            elsewhere.person.organisation_id
        );
        let numbered = find(
            &scene.app,
            &of("D Quatre", "62767", "Garage du Centre", "732 829 320 00074"),
        )
        .await;
        let by_number = find(
            &scene.app,
            &of("E Cinq", "62361", "Autre nom", "73282932000074"),
        )
        .await;
        assert_eq!(
            numbered.person.organisation_id,
            by_number.person.organisation_id
        );
    })
    .await;
}

#[tokio::test]
async fn every_wrong_field_is_told_and_nothing_is_written() {
    both_engines(|db| async move {
        let scene = Scene::new(db).await;
        let hostile = PersonInput {
            name: "x".repeat(100_000),
            email: "pas une adresse".into(),
            phone: "zéro trois".into(),
            commune: "Nulle-Part-sur-Rien".into(),
            organisation: "y".repeat(100_000),
            registration: "123".into(),
            sector: "'; DROP TABLE person; --".into(),
            profiles: vec!["agriculteur".into(), "pirate".into()],
            language: "xx".into(),
            needs: "a\u{202e}b".into(),
            note: "z".repeat(100_000),
            version: String::new(),
        };
        let error = people::create_person(&scene.app, &coordinator(), &hostile)
            .await
            .unwrap_err();
        let wrong: Vec<String> = fields(error).into_iter().map(|(field, _)| field).collect();
        let all = [
            "name",
            "email",
            "commune",
            "phone",
            "organisation",
            "registration",
            "sector",
            "profiles",
            "language",
            "needs",
            "note",
        ];
        assert_eq!(wrong, all);
        let found = people::search_people(
            &scene.app,
            &coordinator(),
            PeopleFilter {
                limit: 9,
                ..PeopleFilter::default()
            },
        )
        .await
        .unwrap();
        assert_eq!(found.total, 0);
    })
    .await;
}

#[tokio::test]
async fn hostile_texts_are_kept_as_texts_and_found_again() {
    both_engines(|db| async move {
        let scene = Scene::new(db).await;
        for name in [
            "<script>alert(1)</script>",
            "Robert'); DROP TABLE person;--",
            "=HYPERLINK(\"x\")",
            "100% _sûr_ \\ O’Neil",
        ] {
            let made = find(&scene.app, &person(name, "", "")).await;
            assert_eq!(made.person.name, name);
            let filter = PeopleFilter {
                query: name.into(),
                limit: 9,
                ..PeopleFilter::default()
            };
            let found = people::search_people(&scene.app, &coordinator(), filter)
                .await
                .unwrap();
            assert_eq!(
                found
                    .rows
                    .iter()
                    .map(|row| row.name.as_str())
                    .collect::<Vec<_>>(),
                [name]
            );
        }
        for query in ["%", "_", "'", "\\", "|", "\0", &"x".repeat(100_000)] {
            let filter = PeopleFilter {
                query: query.into(),
                limit: 9,
                ..PeopleFilter::default()
            };
            people::search_people(&scene.app, &coordinator(), filter)
                .await
                .unwrap();
        }
    })
    .await;
}

#[tokio::test]
async fn people_are_found_by_name_firm_telephone_and_address_sorted_and_paged() {
    both_engines(|db| async move {
        let scene = Scene::new(db).await;
        let mut ids = Vec::new();
        for (name, commune, profile) in [
            ("Zoé Petit", "62361", "artisan"),
            ("Anne Petit", "62767", "agriculteur"),
            ("Luc Roux", "62361", "elu"),
        ] {
            let input = PersonInput {
                commune: commune.into(),
                profiles: vec![profile.into()],
                organisation: format!("Atelier {name}"),
                ..person(
                    name,
                    &format!("{}@exemple.fr", domain::text::fold(name).replace(' ', ".")),
                    "",
                )
            };
            ids.push(find(&scene.app, &input).await.person.id);
        }
        scene.clock.advance(jiff::SignedDuration::from_secs(1));
        find(&scene.app, &person("Paul Sans", "", "06 11 22 33 44")).await;
        let names = async |filter: PeopleFilter| -> Vec<String> {
            let filter = PeopleFilter {
                limit: if filter.limit == 0 { 50 } else { filter.limit },
                ..filter
            };
            let page = people::search_people(&scene.app, &coordinator(), filter)
                .await
                .unwrap();
            page.rows.into_iter().map(|row| row.name).collect()
        };
        let query = |query: &str| PeopleFilter {
            query: query.into(),
            ..PeopleFilter::default()
        };
        assert_eq!(names(query("petit")).await, ["Anne Petit", "Zoé Petit"]);
        assert_eq!(names(query("petit zoe")).await, ["Zoé Petit"]);
        assert_eq!(names(query("atelier luc")).await, ["Luc Roux"]);
        assert_eq!(names(query("anne.petit@")).await, ["Anne Petit"]);
        assert_eq!(names(query("06.11.22")).await, ["Paul Sans"]);
        assert_eq!(
            names(PeopleFilter {
                descending: true,
                ..query("petit")
            })
            .await,
            ["Zoé Petit", "Anne Petit"]
        );
        assert_eq!(
            names(PeopleFilter {
                commune: Some("62361".into()),
                ..query("")
            })
            .await,
            ["Luc Roux", "Zoé Petit"]
        );
        assert_eq!(
            names(PeopleFilter {
                profile: Some("elu".into()),
                ..query("")
            })
            .await,
            ["Luc Roux"]
        );
        assert_eq!(
            names(PeopleFilter {
                limit: 1,
                offset: 1,
                ..query("")
            })
            .await,
            ["Luc Roux"]
        );
        assert_eq!(
            names(PeopleFilter {
                sort: PersonSort::Newest,
                limit: 1,
                ..query("")
            })
            .await,
            ["Paul Sans"]
        );
        assert_eq!(
            names(PeopleFilter {
                sort: PersonSort::Commune,
                ..query("")
            })
            .await,
            ["Luc Roux", "Zoé Petit", "Anne Petit", "Paul Sans"]
        );
    })
    .await;
}

#[tokio::test]
async fn a_referent_sees_the_people_of_their_territory_and_nobody_else() {
    both_engines(|db| async move {
        let scene = Scene::new(db).await;
        let here = find(
            &scene.app,
            &PersonInput {
                commune: "62361".into(),
                ..person("Ici Même", "", "")
            },
        )
        .await
        .person;
        let there = find(
            &scene.app,
            &PersonInput {
                commune: "59350".into(),
                ..person("Là Bas", "", "")
            },
        )
        .await
        .person;
        let nowhere = find(&scene.app, &person("Nulle Part", "", "")).await.person;
        let referent = scene.referent();
        let seen = people::search_people(
            &scene.app,
            &referent,
            PeopleFilter {
                limit: 9,
                ..PeopleFilter::default()
            },
        )
        .await
        .unwrap();
        assert_eq!(
            seen.rows.iter().map(|row| &row.id).collect::<Vec<_>>(),
            [&here.id]
        );
        assert_eq!(seen.total, 1);
        assert!(
            people::person_page(&scene.app, &referent, &here.id)
                .await
                .is_ok()
        );
        for hidden in [&there.id, &nowhere.id] {
            assert!(matches!(
                people::person_page(&scene.app, &referent, hidden).await,
                Err(Error::NotFound)
            ));
        }
        let trainer = staff(Role::Trainer, None);
        let all = PeopleFilter {
            limit: 9,
            ..PeopleFilter::default()
        };
        assert!(matches!(
            people::search_people(&scene.app, &trainer, all.clone()).await,
            Err(Error::Forbidden)
        ));
        assert!(matches!(
            people::search_people(&scene.app, &Actor::Visitor, all).await,
            Err(Error::SignInNeeded)
        ));
        let id: PersonId = here.id.parse().unwrap();
        for actor in [
            referent,
            trainer,
            Actor::Participant {
                person: there.id.parse().unwrap(),
                name: String::new(),
            },
        ] {
            assert!(matches!(
                people::erase_person(&scene.app, &actor, id).await,
                Err(Error::Forbidden)
            ));
        }
        let other = Actor::Participant {
            person: there.id.parse().unwrap(),
            name: String::new(),
        };
        assert!(matches!(
            people::export_person(&scene.app, &other, id).await,
            Err(Error::Forbidden)
        ));
    })
    .await;
}

#[tokio::test]
async fn an_edit_of_what_somebody_else_changed_meanwhile_is_refused() {
    both_engines(|db| async move {
        let scene = Scene::new(db).await;
        let row = scene.person("Anne Petit", "anne@exemple.fr").await;
        let edit = |name: &str, version: i64| PersonInput {
            version: version.to_string(),
            ..person(name, "anne@exemple.fr", "")
        };
        let after = people::edit_person(
            &scene.app,
            &coordinator(),
            &row.id,
            &edit("Anne Grand", row.version),
        )
        .await
        .unwrap();
        assert_eq!(after.version, row.version + 1);
        let late = people::edit_person(
            &scene.app,
            &coordinator(),
            &row.id,
            &edit("Anne Moyen", row.version),
        )
        .await;
        assert!(matches!(late, Err(Error::Stale)));
        let moved = PersonInput {
            email: "autre@exemple.fr".into(),
            ..edit("Anne Grand", after.version)
        };
        let moved = people::edit_person(&scene.app, &coordinator(), &row.id, &moved)
            .await
            .unwrap();
        assert_eq!(
            moved.link_epoch,
            row.link_epoch + 1,
            "links sent to the former address are void"
        );
        assert!(matches!(
            people::edit_person(&scene.app, &coordinator(), "x", &edit("A B", 1)).await,
            Err(Error::NotFound)
        ));
    })
    .await;
}

#[tokio::test]
async fn probable_duplicates_are_told_with_reasons_until_somebody_says_they_are_two() {
    both_engines(|db| async move {
        let scene = Scene::new(db).await;
        let at = |name: &str, email: &str, phone: &str| PersonInput {
            commune: "62361".into(),
            ..person(name, email, phone)
        };
        let one = find(
            &scene.app,
            &at("Anne Petit", "anne@exemple.fr", "0321030405"),
        )
        .await
        .person;
        scene.clock.advance(jiff::SignedDuration::from_secs(1));
        let two = find(&scene.app, &at("Petit Anne", "", "")).await.person;
        scene.clock.advance(jiff::SignedDuration::from_secs(1));
        find(&scene.app, &at("Luc Roux", "", "0321030405")).await;
        scene.clock.advance(jiff::SignedDuration::from_secs(1));
        find(&scene.app, &at("Bernard Delmotte", "", "")).await;
        scene.clock.advance(jiff::SignedDuration::from_secs(1));
        find(&scene.app, &at("Bernard Delmote", "", "")).await;
        let found = people::duplicate_people(&scene.app, &coordinator())
            .await
            .unwrap();
        let told: Vec<_> = found
            .iter()
            .map(|pair| {
                (
                    pair.first.name.as_str(),
                    pair.second.name.as_str(),
                    pair.reasons.clone(),
                )
            })
            .collect();
        assert_eq!(
            told,
            [
                ("Anne Petit", "Petit Anne", vec![Reason::SameName]),
                ("Anne Petit", "Luc Roux", vec![Reason::SamePhone]),
                (
                    "Bernard Delmotte",
                    "Bernard Delmote",
                    vec![Reason::CloseName]
                ),
            ]
        );
        people::keep_apart(&scene.app, &coordinator(), "person", &two.id, &one.id)
            .await
            .unwrap();
        assert_eq!(
            people::duplicate_people(&scene.app, &coordinator())
                .await
                .unwrap()
                .len(),
            2
        );
    })
    .await;
}

async fn merge(
    scene: &Scene,
    kept: &str,
    gone: &str,
    take: &[&str],
) -> Result<store::people::PersonRow, Error> {
    let preview = people::preview_people(&scene.app, &coordinator(), kept, gone).await?;
    let command = MergeCommand {
        kept: kept.into(),
        gone: gone.into(),
        kept_version: preview.kept.version.to_string(),
        gone_version: preview.gone.version.to_string(),
        take: take.iter().map(|field| (*field).to_owned()).collect(),
    };
    people::merge_people(&scene.app, &coordinator(), &command).await
}

#[tokio::test]
async fn a_merge_keeps_the_better_seat_and_the_next_in_line_is_offered_the_other() {
    both_engines(|db| async move {
        let scene = Scene::new(db).await;
        let (kept, gone, next) = (
            scene.person("Anne Petit", "a@exemple.fr").await,
            scene.person("Petit Anne", "b@exemple.fr").await,
            scene.person("Luc Roux", "c@exemple.fr").await,
        );
        let session = scene.session(10, 2).await;
        let doubled = scene.enrolled(&session, &kept, "placed").await;
        let other = scene.enrolled(&session, &gone, "placed").await;
        let waits = scene.enrolled(&session, &next, "waiting").await;
        let preview = people::preview_people(&scene.app, &coordinator(), &kept.id, &gone.id)
            .await
            .unwrap();
        assert_eq!(
            preview
                .clashes
                .iter()
                .map(|clash| (&clash.remains, &clash.ends))
                .collect::<Vec<_>>(),
            [(&doubled, &other)]
        );
        assert_eq!(preview.moves, [("enrolment".to_owned(), 1)]);
        let after = merge(&scene, &kept.id, &gone.id, &["email"]).await.unwrap();
        assert_eq!(
            (after.name.as_str(), after.email.as_deref()),
            ("Anne Petit", Some("b@exemple.fr"))
        );
        let mut db = scene.app.read().await.unwrap();
        let stage = async |db: &mut store::Connection, id: &str| {
            store::enrolment::get(db, id).await.unwrap().unwrap().stage
        };
        assert_eq!(stage(&mut db, &doubled).await, "placed");
        assert_eq!(stage(&mut db, &other).await, "withdrawn");
        assert_eq!(stage(&mut db, &waits).await, "offered");
        drop(db);
        let gone_row = people::person_page(&scene.app, &coordinator(), &gone.id)
            .await
            .unwrap()
            .person;
        assert_eq!(gone_row.merged_into.as_deref(), Some(kept.id.as_str()));
        assert!(
            matches!(
                merge(&scene, &kept.id, &gone.id, &[]).await,
                Err(Error::Refused(_))
            ),
            "it is gone already"
        );
        assert!(matches!(
            merge(&scene, &kept.id, &kept.id, &[]).await,
            Err(Error::Refused(_))
        ));
    })
    .await;
}

/// Everything of a person but versions and who may sign in: what a merge taken back must give again.
async fn everything(scene: &Scene, id: &str) -> (store::people::PersonRow, Vec<String>) {
    let mut db = scene.app.read().await.unwrap();
    let mut person = store::people::person(&mut db, id).await.unwrap().unwrap();
    (person.version, person.link_epoch) = (0, 0);
    let seats = store::people::person_enrolments(&mut db, id).await.unwrap();
    let mut rows: Vec<String> = seats
        .iter()
        .map(|seat| {
            format!(
                "{} {} {:?} {:?}",
                seat.id, seat.stage, seat.mark, seat.minutes
            )
        })
        .collect();
    for row in store::people::moved_by_merge(&mut db, id).await.unwrap() {
        rows.push(format!("{} {}", row.kind, row.id));
    }
    rows.sort();
    (person, rows)
}

#[tokio::test]
async fn a_merge_is_taken_back_whole_until_either_record_was_changed() {
    both_engines(|db| async move {
        let scene = Scene::new(db).await;
        let older = scene.person("Anne Pety", "d@exemple.fr").await;
        let (kept, gone) = (
            scene.person("Anne Petit", "a@exemple.fr").await,
            scene.person("Petit Anne", "b@exemple.fr").await,
        );
        merge(&scene, &gone.id, &older.id, &[]).await.unwrap();
        let past = scene.session(-10, 4).await;
        for (who, minutes) in [(&kept, 60), (&gone, 90)] {
            scene.enrolled(&past, who, "withdrawn").await;
            let mut tx = scene.app.write().await.unwrap();
            let row = store::attendance::AttendanceRow {
                session_id: past.clone(),
                person_id: who.id.clone(),
                mark: "present".into(),
                minutes,
                marked_at: NOW,
                marked_by: None,
                version: 1,
            };
            store::attendance::put(&mut tx, &row).await.unwrap();
            tx.commit().await.unwrap();
        }
        let coming = scene.session(10, 4).await;
        scene.enrolled(&coming, &gone, "placed").await;
        let before = (
            everything(&scene, &kept.id).await,
            everything(&scene, &gone.id).await,
        );
        let app = &scene.app;
        assert!(
            matches!(
                people::separate_people(app, &coordinator(), &kept.id).await,
                Err(Error::Refused(_))
            ),
            "nothing was merged into it"
        );
        merge(&scene, &kept.id, &gone.id, &["email", "name"])
            .await
            .unwrap();
        let offered = people::separable_people(app, &coordinator(), &kept.id)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(
            (offered.kept.as_str(), offered.gone.as_str()),
            ("Anne Petit", "Petit Anne")
        );
        assert!(matches!(
            people::separate_people(app, &staff(Role::Referent, None), &kept.id).await,
            Err(Error::Forbidden)
        ));
        people::separate_people(app, &coordinator(), &kept.id)
            .await
            .unwrap();
        let after = (
            everything(&scene, &kept.id).await,
            everything(&scene, &gone.id).await,
        );
        assert_eq!(after, before);
        let older = everything(&scene, &older.id).await.0;
        assert_eq!(older.merged_into.as_ref(), Some(&gone.id));
        assert!(
            people::separable_people(app, &coordinator(), &kept.id)
                .await
                .unwrap()
                .is_none(),
            "once only"
        );

        merge(&scene, &kept.id, &gone.id, &[]).await.unwrap();
        let page = people::person_page(app, &coordinator(), &kept.id)
            .await
            .unwrap();
        let edit = PersonInput {
            version: page.person.version.to_string(),
            ..person("Anne Grand", "a@exemple.fr", "")
        };
        people::edit_person(app, &coordinator(), &kept.id, &edit)
            .await
            .unwrap();
        assert!(matches!(
            people::separate_people(app, &coordinator(), &kept.id).await,
            Err(Error::Refused(why)) if why.key == "people-refused-separate"
        ));
        let after = everything(&scene, &kept.id).await.0;
        assert_eq!(after.name, "Anne Grand");
    })
    .await;
}

const STAGES: [&str; 6] = [
    "placed",
    "waiting",
    "offered",
    "withdrawn",
    "lapsed",
    "cancelled",
];

/// What one of two people did in a session: nothing, or an enrolment at some stage.
fn history() -> impl Strategy<Value = Vec<(Option<usize>, Option<usize>)>> {
    let stage = || prop::option::of(0..STAGES.len());
    prop::collection::vec((stage(), stage()), 1..4)
}

#[test]
fn merging_keeps_every_enrolment_exactly_once_and_one_active_in_a_session() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    let config = ProptestConfig {
        cases: 24,
        rng_seed: RngSeed::Fixed(1901),
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    proptest!(config, |(histories in history(), past in any::<bool>())| {
        runtime.block_on(async {
            let scene = Scene::new(TestDatabase::sqlite().await).await;
            let (kept, gone) = (scene.person("Anne Petit", "a@exemple.fr").await, scene.person("Petit Anne", "b@exemple.fr").await);
            let mut made = Vec::new();
            for (index, (first, second)) in histories.iter().enumerate() {
                let days = i64::try_from(index).unwrap() + 3;
                let session = scene.session(if past { -days } else { days }, 4).await;
                for (who, stage) in [(&kept, first), (&gone, second)] {
                    if let Some(stage) = stage {
                        made.push(scene.enrolled(&session, who, STAGES[*stage]).await);
                    }
                }
            }
            merge(&scene, &kept.id, &gone.id, &[]).await.unwrap();
            let mut db = scene.app.read().await.unwrap();
            let after = store::people::person_enrolments(&mut db, &kept.id).await.unwrap();
            let mut ids: Vec<_> = after.iter().map(|row| row.id.clone()).collect();
            ids.sort();
            made.sort();
            assert_eq!(ids, made);
            assert_eq!(store::people::person_enrolments(&mut db, &gone.id).await.unwrap(), []);
            for row in &after {
                let active = |row: &&store::people::PersonEnrolmentRow| ["placed", "waiting", "offered"].contains(&row.stage.as_str());
                assert!(after.iter().filter(|other| other.session_id == row.session_id).filter(active).count() <= 1);
            }
            for (index, (first, second)) in histories.iter().enumerate() {
                let was_active = [first, second].into_iter().flatten().any(|stage| *stage < 3);
                let days = i64::try_from(index).unwrap() + 3;
                let starts = NOW + if past { -days } else { days } * 24 * 3_600_000;
                let is_active = after.iter().any(|row| row.starts_at == starts && ["placed", "waiting", "offered"].contains(&row.stage.as_str()));
                assert_eq!(was_active, is_active, "a seat held or waited for is never lost");
            }
        });
    });
}

#[tokio::test]
async fn organisations_merge_with_their_people() {
    both_engines(|db| async move {
        let scene = Scene::new(db).await;
        let make = |name: &str| OrganisationInput {
            name: name.into(),
            commune: "62361".into(),
            ..OrganisationInput::default()
        };
        let kept =
            people::create_organisation(&scene.app, &coordinator(), &make("Boulangerie Petit"))
                .await
                .unwrap();
        assert!(matches!(
            people::create_organisation(&scene.app, &coordinator(), &make("BOULANGERIE PETIT"))
                .await,
            Err(Error::Refused(_))
        ));
        let gone =
            people::create_organisation(&scene.app, &coordinator(), &make("Boulangerie Petitt"))
                .await
                .unwrap();
        let input = PersonInput {
            organisation: gone.name.clone(),
            commune: "62361".into(),
            ..person("Anne Petit", "", "")
        };
        let member = find(&scene.app, &input).await.person;
        assert_eq!(member.organisation_id.as_ref(), Some(&gone.id));
        assert_eq!(
            people::duplicate_organisations(&scene.app, &coordinator())
                .await
                .unwrap()
                .len(),
            1
        );
        let command = MergeCommand {
            kept: kept.id.clone(),
            gone: gone.id.clone(),
            kept_version: "1".into(),
            gone_version: "1".into(),
            take: Vec::new(),
        };
        people::merge_organisations(&scene.app, &coordinator(), &command)
            .await
            .unwrap();
        let page = people::organisation_page(&scene.app, &coordinator(), &kept.id)
            .await
            .unwrap();
        assert_eq!(
            page.people
                .iter()
                .map(|person| &person.id)
                .collect::<Vec<_>>(),
            [&member.id]
        );
        assert_eq!(
            people::duplicate_organisations(&scene.app, &coordinator())
                .await
                .unwrap(),
            []
        );
        assert!(matches!(
            people::merge_organisations(&scene.app, &coordinator(), &command).await,
            Err(Error::Refused(_))
        ));
        people::separate_organisations(&scene.app, &coordinator(), &kept.id)
            .await
            .unwrap();
        let page = people::organisation_page(&scene.app, &coordinator(), &gone.id)
            .await
            .unwrap();
        assert_eq!(page.organisation.merged_into, None);
        assert_eq!(page.people[0].id, member.id);
    })
    .await;
}

/// Every text of every table, as `table: value`.
async fn every_text(app: &App) -> Vec<String> {
    let mut db = app.read().await.unwrap();
    let mut found = Vec::new();
    for table in store::transfer::TABLES {
        for column in store::transfer::columns(&mut db, table).await.unwrap() {
            let sql: &'static str =
                format!("SELECT CAST({column} AS TEXT) FROM {table} WHERE {column} IS NOT NULL")
                    .leak();
            let rows: Vec<(String,)> = db.fetch_all(sql, []).await.unwrap();
            found.extend(
                rows.into_iter()
                    .map(|(text,)| format!("{table}.{column}: {text}")),
            );
        }
    }
    found
}

#[tokio::test]
async fn erasing_leaves_no_trace_of_who_it_was_and_keeps_what_counts() {
    both_engines(|db| async move {
        let scene = Scene::new(db).await;
        let app = &scene.app;
        let input = PersonInput {
            commune: "62361".into(),
            organisation: "Ferme Gwendoline Vandersteen".into(),
            needs: "Gwendoline Vandersteen entend mal".into(),
            note: "appeler le soir".into(),
            sector: "agriculture".into(),
            ..person(
                "Gwendoline Vandersteen",
                "gwendoline@exemple.fr",
                "0611223344",
            )
        };
        let row = find(app, &input).await.person;
        let double = find(
            app,
            &person("Vandersteen Gwendoline", "gwendoline2@exemple.fr", ""),
        )
        .await
        .person;
        let session = scene.session(5, 1).await;
        let held = scene.session(-5, 3).await;
        scene.enrolled(&held, &row, "placed").await;
        let seat = scene.enrolled(&session, &row, "placed").await;
        let next = scene.person("Luc Roux", "c@exemple.fr").await;
        let waits = scene.enrolled(&session, &next, "waiting").await;
        let own = Actor::Participant {
            person: row.id.parse().unwrap(),
            name: row.name.clone(),
        };
        let mut tx = app.write().await.unwrap();
        let letter = store::mail::MailRow {
            id: app.new_id::<domain::id::kind::Message>().to_string(),
            created_at: NOW,
            due_at: NOW,
            kind: "confirmation".into(),
            recipient_address: "gwendoline@exemple.fr".into(),
            recipient_name: "Gwendoline Vandersteen".into(),
            person_id: Some(row.id.clone()),
            language: "fr".into(),
            subject: "Votre place, Gwendoline Vandersteen".into(),
            text_body: "Bonjour Gwendoline Vandersteen".into(),
            html_body: "<p>Bonjour Gwendoline Vandersteen</p>".into(),
            calendar_method: Some("REQUEST".into()),
            calendar_body: Some("ATTENDEE;CN=Gwendoline Vandersteen".into()),
            subject_kind: None,
            subject_id: None,
            dedup_key: None,
            stage: "queued".into(),
            attempts: 0,
            sent_at: None,
            last_error: "550 gwendoline@exemple.fr".into(),
        };
        store::mail::enqueue(&mut tx, &letter).await.unwrap();
        let note = store::session::SessionNoteRow {
            id: app.new_id::<domain::id::kind::Message>().to_string(),
            session_id: held.clone(),
            author_id: None,
            author_name: "Marc".into(),
            body: "Gwendoline Vandersteen a besoin d’un écran large".into(),
            created_at: NOW,
        };
        store::session::add_note(&mut tx, &note).await.unwrap();
        application::history::record(
            app,
            &mut tx,
            &own,
            "enrolment.placed",
            ("enrolment", &seat),
            None,
            Some(&row),
        )
        .await
        .unwrap();
        tx.commit().await.unwrap();
        merge(&scene, &row.id, &double.id, &[]).await.unwrap();
        let export = people::export_person(app, &own, row.id.parse().unwrap())
            .await
            .unwrap();
        assert_eq!(export["person"]["name"], "Gwendoline Vandersteen");
        assert_eq!(export["enrolments"].as_array().unwrap().len(), 2);
        assert_eq!(export["letters"].as_array().unwrap().len(), 1);
        people::erase_person(app, &own, row.id.parse().unwrap())
            .await
            .unwrap();
        for text in every_text(app).await {
            let folded = domain::text::fold(&text);
            for trace in ["gwendoline", "vandersteen", "611223344", "appeler le soir"] {
                assert!(!folded.contains(trace), "{text}");
            }
        }
        let mut db = app.read().await.unwrap();
        let erased = store::people::person(&mut db, &row.id)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(
            (
                erased.commune_code.as_deref(),
                erased.sector.as_deref(),
                erased.erased_at
            ),
            (Some("62361"), Some("agriculture"), Some(NOW))
        );
        let kept = store::people::person_enrolments(&mut db, &row.id)
            .await
            .unwrap();
        let stages: Vec<_> = kept.iter().map(|row| row.stage.as_str()).collect();
        assert_eq!(
            stages,
            ["withdrawn", "placed"],
            "what was held counts, what was to come is given back"
        );
        assert_eq!(
            store::enrolment::get(&mut db, &waits)
                .await
                .unwrap()
                .unwrap()
                .stage,
            "offered"
        );
        drop(db);
        assert!(matches!(
            people::erase_person(app, &coordinator(), row.id.parse().unwrap()).await,
            Err(Error::Refused(_))
        ));
    })
    .await;
}

#[tokio::test]
async fn two_requests_of_one_new_person_at_once_make_one() {
    both_engines(|db| async move {
        let scene = std::sync::Arc::new(Scene::new(db).await);
        let mut tasks = Vec::new();
        for _ in 0..8 {
            let scene = scene.clone();
            tasks.push(tokio::spawn(async move {
                find(&scene.app, &person("Anne Petit", "anne@exemple.fr", ""))
                    .await
                    .person
                    .id
            }));
        }
        let mut ids = std::collections::BTreeSet::new();
        for task in tasks {
            ids.insert(task.await.unwrap());
        }
        assert_eq!(ids.len(), 1);
    })
    .await;
}
