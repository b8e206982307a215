//! Programmes, seasons, partners, territories, sites, trainers and referents: what is taken, refused and remembered.

use application::access::Actor;
use application::programme::{self, EditPartner, EditSeason, Move};
use application::site::{self, EditRoom, SiteFilter};
use application::trainer::{self, EditProvider, TrainerFilter};
use application::{Error, Result, referent, territory};
use domain::input::InputError;
use domain::territory::Part;
use store::event::EventFilter;
use testkit::both_engines;

use crate::scene::{Scene, coordinator};

fn wrong<T: std::fmt::Debug>(result: Result<T>) -> Vec<(String, InputError)> {
    match result {
        Err(Error::Invalid(fields)) => fields
            .into_iter()
            .map(|one| (one.field, one.error))
            .collect(),
        other => panic!("{other:?}"),
    }
}

fn refused<T: std::fmt::Debug>(result: Result<T>) -> &'static str {
    match result {
        Err(Error::Refused(refused)) => refused.key,
        other => panic!("{other:?}"),
    }
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "results are written in place"
)]
fn is<T: std::fmt::Debug>(result: Result<T>, wanted: &str) {
    let got = match &result {
        Err(Error::Stale) => "stale",
        Err(Error::NotFound) => "not found",
        Err(Error::Forbidden) => "forbidden",
        Err(Error::SignInNeeded) => "sign in",
        _ => "else",
    };
    assert_eq!(got, wanted, "{result:?}");
}

/// The actions remembered of something, oldest first.
#[expect(clippy::unwrap_used, reason = "a test that cannot read fails")]
async fn history(scene: &Scene, kind: &str, id: &str) -> Vec<String> {
    let filter = EventFilter {
        subject_kind: Some(kind.into()),
        subject_id: Some(id.into()),
        limit: 50,
        ..EventFilter::default()
    };
    let mut db = scene.app.read().await.unwrap();
    let events = store::event::list(&mut db, &filter).await.unwrap();
    events.into_iter().rev().map(|event| event.action).collect()
}

fn frevent() -> site::Edit {
    site::Edit {
        name: "Médiathèque".into(),
        commune: "Frévent (62270)".into(),
        monday: "9h-12h, 14h-18h".into(),
        accessibility: vec!["plain-pied".into()],
        phone: "03 21 00 00 00".into(),
        ..site::Edit::default()
    }
}

#[tokio::test]
async fn a_territory_is_made_of_parts_that_may_overlap() {
    both_engines(|db| async move {
        let scene = Scene::new(db).await;
        let (app, me) = (&scene.app, &coordinator());
        let mut edit = territory::Edit {
            name: "Grand Ternois".into(),
            parts: vec![
                "epci:200069672".into(),
                "commune:62361".into(),
                "commune:62361".into(),
            ],
            ..territory::Edit::default()
        };
        let id = territory::create(app, me, &edit).await.unwrap();
        let made = territory::get(app, me, &id).await.unwrap();
        assert_eq!(
            made.area.len(),
            103,
            "Frévent lies in the intercommunality and counts once"
        );
        assert_eq!(made.parts.len(), 2);
        assert!(territory::map(&made.area).is_some());

        assert_eq!(
            wrong(territory::create(app, me, &edit).await),
            [("name".into(), InputError::AlreadyTaken)]
        );
        edit.name = " PAYS du ternois".into();
        edit.version = "1".into();
        assert_eq!(
            wrong(territory::edit(app, me, &id, &edit).await),
            [("name".into(), InputError::AlreadyTaken)]
        );
        edit.name = String::new();
        edit.parts = vec![
            "commune:99999".into(),
            "planet:1".into(),
            "'; DROP TABLE site".into(),
        ];
        let told = wrong(territory::edit(app, me, &id, &edit).await);
        assert_eq!(
            told[0],
            ("name".into(), InputError::Empty),
            "every wrong field is told"
        );
        assert!(told.contains(&("parts".into(), InputError::UnknownChoice)));

        edit.name = "Ternois et alentours".into();
        edit.parts = vec!["commune:62361".into()];
        territory::edit(app, me, &id, &edit).await.unwrap();
        is(territory::edit(app, me, &id, &edit).await, "stale");
        assert_eq!(
            history(&scene, "territory", &id).await,
            ["territory.created", "territory.changed"]
        );
        is(territory::delete(app, me, &id, "1").await, "stale");
        territory::delete(app, me, &id, "2").await.unwrap();
        is(territory::get(app, me, &id).await, "not found");
        let used = scene.territory.to_string();
        assert_eq!(
            refused(territory::delete(app, me, &used, "1").await),
            "territory-refused-in-use"
        );
    })
    .await;
}

#[test]
fn parts_are_found_by_name_of_any_kind() {
    let kinds = |text: &str| -> Vec<Part> {
        territory::suggest(text, 5)
            .into_iter()
            .map(|found| found.part)
            .collect()
    };
    assert!(kinds("ternois").contains(&Part::Epci("200069672".into())));
    assert!(kinds("pas de calais").contains(&Part::Departement("62".into())));
    assert!(kinds("hauts de france").contains(&Part::Region("32".into())));
    assert!(kinds("frevent").contains(&Part::Commune("62361".into())));
    assert!(kinds("x").is_empty(), "one letter means nothing yet");
}

#[tokio::test]
async fn a_season_keeps_its_dates_in_order_and_its_sessions_inside() {
    both_engines(|db| async move {
        let scene = Scene::new(db).await;
        let (app, me) = (&scene.app, &coordinator());
        let mut edit = EditSeason {
            name: "Printemps 2026".into(),
            starts_on: "2026-03-01".into(),
            ends_on: "2026-02-01".into(),
            offer_hours: "0".into(),
            certificate: "1 h 30".into(),
            ..EditSeason::default()
        };
        let told = wrong(programme::create_season(app, me, "boutic", &edit).await);
        assert_eq!(
            told,
            [
                ("ends_on".into(), InputError::EndBeforeStart),
                (
                    "offer_hours".into(),
                    InputError::OutOfRange { min: 1, max: 168 }
                )
            ]
        );
        edit.ends_on = "30/06/2026".into();
        edit.offer_hours = "48".into();
        let slug = programme::create_season(app, me, "boutic", &edit)
            .await
            .unwrap();
        assert_eq!(slug, "printemps-2026-2", "a taken address gets a number");
        let (_, row, _) = programme::season(app, me, &slug).await.unwrap();
        assert_eq!(
            (
                row.certificate_minutes,
                row.stage.as_str(),
                row.ends_on.as_str()
            ),
            (90, "preparing", "2026-06-30")
        );
        is(programme::delete_season(app, me, &slug, "7").await, "stale");
        programme::delete_season(app, me, &slug, "1").await.unwrap();

        scene.session(20, 8).await;
        edit.stage = "open".into();
        edit.version = "1".into();
        edit.starts_on = "2026-03-01".into();
        let outside = programme::edit_season(app, me, "printemps-2026", &edit).await;
        assert_eq!(refused(outside), "programme-refused-sessions-outside");
        assert_eq!(
            refused(programme::delete_season(app, me, "printemps-2026", "1").await),
            "programme-refused-season-in-use"
        );
        edit.starts_on = "2026-02-21".into();
        programme::edit_season(app, me, "printemps-2026", &edit)
            .await
            .unwrap();
        assert_eq!(
            refused(programme::delete(app, me, "boutic", "1").await),
            "programme-refused-in-use"
        );
        is(programme::season(app, me, "nulle-part").await, "not found");
    })
    .await;
}

#[tokio::test]
async fn the_season_shown_first_is_the_one_that_runs() {
    both_engines(|db| async move {
        let scene = Scene::new(db).await;
        let (app, me) = (&scene.app, &coordinator());
        for (name, from, to, stage) in [
            ("Passée", "2025-01-01", "2025-06-30", "closed"),
            ("Suivante", "2026-09-01", "2026-12-20", "open"),
            ("Secrète", "2026-02-01", "2026-03-01", "preparing"),
        ] {
            let edit = EditSeason {
                name: name.into(),
                starts_on: from.into(),
                ends_on: to.into(),
                stage: stage.into(),
                offer_hours: "48".into(),
                certificate: "1 h".into(),
                ..EditSeason::default()
            };
            programme::create_season(app, me, "boutic", &edit)
                .await
                .unwrap();
        }
        let mut db = app.read().await.unwrap();
        for (today, slug) in [
            ("2026-02-10", "printemps-2026"),
            ("2026-07-14", "suivante"),
            ("2025-03-01", "printemps-2026"),
            ("2027-01-01", "suivante"),
        ] {
            let season = store::programme::current_season(&mut db, today)
                .await
                .unwrap()
                .unwrap();
            assert_eq!(season.slug, slug, "{today}");
        }
    })
    .await;
}

#[tokio::test]
async fn partners_are_shown_in_the_order_given_to_them() {
    both_engines(|db| async move {
        let scene = Scene::new(db).await;
        let (app, me, season) = (&scene.app, &coordinator(), "printemps-2026");
        let edit = |name: &str, url: &str| EditPartner {
            name: name.into(),
            kind: "funder".into(),
            url: url.into(),
            ..EditPartner::default()
        };
        let mut ids = Vec::new();
        for name in ["Région", "Pays", "Chambre"] {
            ids.push(
                programme::add_partner(app, me, season, &edit(name, ""))
                    .await
                    .unwrap(),
            );
        }
        programme::move_partner(app, me, season, &ids[2], Move::Up)
            .await
            .unwrap();
        programme::move_partner(app, me, season, &ids[2], Move::Up)
            .await
            .unwrap();
        programme::move_partner(app, me, season, &ids[2], Move::Up)
            .await
            .unwrap();
        programme::move_partner(app, me, season, &ids[1], Move::Down)
            .await
            .unwrap();
        let (_, _, partners) = programme::season(app, me, season).await.unwrap();
        let names: Vec<_> = partners.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["Chambre", "Région", "Pays"]);
        let bad = programme::add_partner(app, me, season, &edit("X", "javascript:alert(1)")).await;
        assert_eq!(wrong(bad), [("url".into(), InputError::NotAWebAddress)]);
        is(
            programme::partner_of(app, me, "autre-saison", &ids[0]).await,
            "not found",
        );
        programme::delete_partner(app, me, season, &ids[0], "1")
            .await
            .unwrap();
        is(
            programme::delete_partner(app, me, season, &ids[0], "1").await,
            "not found",
        );
    })
    .await;
}

#[tokio::test]
async fn a_site_where_sessions_are_to_come_is_neither_archived_nor_deleted() {
    both_engines(|db| async move {
        let scene = Scene::new(db).await;
        let (app, me) = (&scene.app, &coordinator());
        scene.session(3, 8).await;
        assert_eq!(
            refused(site::archive(app, me, &scene.site, "1").await),
            "site-refused-sessions-to-come"
        );
        assert_eq!(
            refused(site::delete(app, me, &scene.site, "1").await),
            "site-refused-in-use"
        );
        assert!(
            site::get(app, me, &scene.site)
                .await
                .unwrap()
                .row
                .archived_at
                .is_none(),
            "nothing was written"
        );
    })
    .await;
}

#[tokio::test]
async fn a_one_off_place_is_as_good_as_a_regular_one() {
    both_engines(|db| async move {
        let scene = Scene::new(db).await;
        let (app, me) = (&scene.app, &coordinator());
        let mut edit = frevent();
        edit.one_off = "oui".into();
        let id = site::create(app, me, &edit).await.unwrap();
        let room = EditRoom {
            name: "Grande salle".into(),
            capacity: "12".into(),
            ..EditRoom::default()
        };
        site::add_room(app, me, &id, &room).await.unwrap();
        let made = site::get(app, me, &id).await.unwrap();
        assert_eq!(
            (made.row.regular, made.rooms.len(), made.row.slug.as_str()),
            (0, 1, "mediatheque")
        );
        assert_eq!(made.row.phone.as_deref(), Some("+33321000000"));
        assert!(
            made.point().is_some(),
            "without a place of its own, the centre of its commune"
        );
        let only = |regular| SiteFilter {
            regular: Some(regular),
            ..SiteFilter::default()
        };
        assert_eq!(site::list(app, me, &only(false)).await.unwrap().len(), 1);
        assert_eq!(site::list(app, me, &only(true)).await.unwrap().len(), 1);
        let search = SiteFilter {
            search: Some("MEDIATHEQUE".into()),
            ..SiteFilter::default()
        };
        assert_eq!(site::list(app, me, &search).await.unwrap().len(), 1);

        edit.version = "1".into();
        edit.name = "Médiathèque Jean-Lion".into();
        site::edit(app, me, &id, &edit).await.unwrap();
        is(site::edit(app, me, &id, &edit).await, "stale");
        site::archive(app, me, &id, "2").await.unwrap();
        let active = SiteFilter {
            archived: Some(false),
            ..SiteFilter::default()
        };
        assert_eq!(site::list(app, me, &active).await.unwrap().len(), 1);
        site::restore(app, me, &id, "3").await.unwrap();
        assert_eq!(
            site::get(app, me, &id).await.unwrap().row.slug,
            "mediatheque",
            "its address stays"
        );
        site::delete(app, me, &id, "4").await.unwrap();
        assert_eq!(
            history(&scene, "site", &id).await,
            [
                "site.created",
                "site.changed",
                "site.archived",
                "site.restored",
                "site.deleted"
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn every_wrong_field_of_a_site_and_a_room_is_told() {
    both_engines(|db| async move {
        let scene = Scene::new(db).await;
        let (app, me) = (&scene.app, &coordinator());
        let edit = site::Edit {
            name: "x".repeat(121),
            commune: "Nulle-Part-sur-Rien".into(),
            coordinates: "91, 2".into(),
            tuesday: "matin".into(),
            friday: "18-9".into(),
            accessibility: vec!["ascenseur".into(), "licorne".into()],
            phone: "12".into(),
            ..site::Edit::default()
        };
        let told = wrong(site::create(app, me, &edit).await);
        let fields: Vec<_> = told.iter().map(|one| one.0.as_str()).collect();
        assert_eq!(
            fields,
            [
                "name",
                "commune",
                "coordinates",
                "tuesday",
                "friday",
                "accessibility",
                "phone"
            ]
        );
        let room = EditRoom {
            capacity: "501".into(),
            equipment: vec!["ordinateurs".into(), "licornes".into()],
            count: vec!["-1".into(), "2".into()],
            ..EditRoom::default()
        };
        let told = wrong(site::add_room(app, me, &scene.site, &room).await);
        assert_eq!(told[0], ("name".into(), InputError::Empty));
        assert_eq!(
            told[1],
            (
                "capacity".into(),
                InputError::OutOfRange { min: 1, max: 500 }
            )
        );
        assert!(
            told[2..].iter().all(|one| one.0 == "equipment") && told.len() == 4,
            "{told:?}"
        );
        is(
            site::add_room(app, me, "../etc/passwd", &room).await,
            "not found",
        );
    })
    .await;
}

#[tokio::test]
async fn equipment_counts_belong_to_their_kind_whatever_the_order() {
    both_engines(|db| async move {
        let scene = Scene::new(db).await;
        let (app, me) = (&scene.app, &coordinator());
        let room = EditRoom {
            name: "Salle 1".into(),
            capacity: "8".into(),
            equipment: vec!["imprimante".into(), "internet".into(), "ordinateurs".into()],
            count: vec!["1".into(), String::new(), "8".into()],
            ..EditRoom::default()
        };
        let id = site::add_room(app, me, &scene.site, &room).await.unwrap();
        let made = site::get(app, me, &scene.site).await.unwrap();
        let equipment: Vec<_> = made.rooms[0]
            .equipment
            .iter()
            .map(|(slug, n)| (slug.as_str(), *n))
            .collect();
        assert_eq!(equipment, [("imprimante", 1), ("ordinateurs", 8)]);
        site::archive_room(app, me, &scene.site, &id, "1")
            .await
            .unwrap();
        site::delete_room(app, me, &scene.site, &id, "2")
            .await
            .unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_trainer_has_skills_times_and_at_most_one_account_of_their_own() {
    both_engines(|db| async move {
        let scene = Scene::new(db).await;
        let (app, me) = (&scene.app, &coordinator());
        let provider = EditProvider {
            name: "Cybercentre".into(),
            ..EditProvider::default()
        };
        let provider_id = trainer::create_provider(app, me, &provider).await.unwrap();
        let twice = EditProvider {
            name: "CYBER-CENTRE".into(),
            ..provider
        };
        trainer::create_provider(app, me, &twice).await.unwrap();
        assert_eq!(
            wrong(trainer::create_provider(app, me, &twice).await),
            [("name".into(), InputError::AlreadyTaken)]
        );
        let mut edit = trainer::Edit {
            name: "Anne Petit".into(),
            provider: provider_id.clone(),
            commune: "Hesdin-la-Forêt".into(),
            skills: vec!["securite".into(), "securite".into()],
            availability: vec!["monday-morning".into(), "saturday-morning".into()],
            ..trainer::Edit::default()
        };
        let id = trainer::create(app, me, &edit).await.unwrap();
        let made = trainer::get(app, me, &id).await.unwrap();
        assert_eq!(
            (made.skills.len(), made.availability.cells().count()),
            (1, 2)
        );
        let refusal = trainer::delete_provider(app, me, &provider_id, "1").await;
        assert_eq!(refused(refusal), "trainer-refused-provider-in-use");

        edit.version = "1".into();
        edit.account = app.new_id::<domain::id::kind::Account>().to_string();
        edit.provider = id.clone();
        edit.skills = vec!["jonglage".into()];
        edit.availability = vec!["monday-night".into()];
        edit.email = "pas une adresse".into();
        let told = wrong(trainer::edit(app, me, &id, &edit).await);
        let fields: Vec<_> = told.iter().map(|one| one.0.as_str()).collect();
        assert_eq!(
            fields,
            ["email", "provider", "account", "skills", "availability"]
        );
        trainer::archive(app, me, &id, "1").await.unwrap();
        let active = TrainerFilter {
            archived: Some(false),
            ..TrainerFilter::default()
        };
        assert!(trainer::list(app, me, &active).await.unwrap().is_empty());
        trainer::delete(app, me, &id, "2").await.unwrap();
        trainer::delete_provider(app, me, &provider_id, "1")
            .await
            .unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_referent_relays_a_territory_named_or_chosen() {
    both_engines(|db| async move {
        let scene = Scene::new(db).await;
        let (app, me) = (&scene.app, &coordinator());
        let mut edit = referent::Edit {
            name: "Paul Leroy".into(),
            territory: "pays du Ternois".into(),
            kind: "elected".into(),
            organisation: "Mairie de Frévent".into(),
            ..referent::Edit::default()
        };
        let id = referent::create(app, me, &edit).await.unwrap();
        let made = referent::get(app, me, &id).await.unwrap();
        assert_eq!(made.territory_id, scene.territory.to_string());
        edit.version = "1".into();
        edit.territory = "Atlantide".into();
        edit.kind = "king".into();
        let told = wrong(referent::edit(app, me, &id, &edit).await);
        assert_eq!(
            told,
            [
                ("territory".into(), InputError::UnknownChoice),
                ("kind".into(), InputError::UnknownChoice)
            ]
        );
        edit.territory = made.territory_id;
        edit.kind = "staff".into();
        referent::edit(app, me, &id, &edit).await.unwrap();
        is(referent::edit(app, me, &id, &edit).await, "stale");
        referent::delete(app, me, &id, "2").await.unwrap();
        assert_eq!(
            history(&scene, "referent", &id).await,
            ["referent.created", "referent.changed", "referent.deleted"]
        );
    })
    .await;
}

#[tokio::test]
async fn nobody_but_the_desk_touches_means_and_programmes() {
    both_engines(|db| async move {
        let scene = Scene::new(db).await;
        let app = &scene.app;
        is(
            site::create(app, &Actor::Visitor, &frevent()).await,
            "sign in",
        );
        is(
            site::list(app, &Actor::Visitor, &SiteFilter::default()).await,
            "sign in",
        );
        for role in [
            application::access::Role::Trainer,
            application::access::Role::Referent,
        ] {
            let other = testkit::staff(role);
            is(site::create(app, &other, &frevent()).await, "forbidden");
            is(
                site::delete(app, &other, &scene.site, "1").await,
                "forbidden",
            );
            is(programme::get(app, &other, "boutic").await, "forbidden");
            is(programme::get(app, &other, "nulle-part").await, "forbidden");
            is(territory::list(app, &other, "").await, "forbidden");
            is(
                trainer::create(app, &other, &trainer::Edit::default()).await,
                "forbidden",
            );
            is(
                referent::create(app, &other, &referent::Edit::default()).await,
                "forbidden",
            );
        }
    })
    .await;
}
