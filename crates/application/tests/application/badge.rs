//! Badges: given with certificates, withdrawn with them, and checked so that nothing false is taken for true.

use std::sync::Arc;

use application::access::{Actor, Role};
use application::attendance::{Command, mark};
use application::badge::{self, EditRule, Form, Verdict};
use application::certificate::{self, CertificateRow, Copy, candidates, issue, printed_of};
use application::environment::SeededRandomness;
use application::{App, Config, Error, people};
use domain::badge::{PublicKey, SEED, SigningKey, json, sign, token};
use domain::certificate::Kind;
use jiff::SignedDuration;
use serde_json::Value;
use store::people::PersonRow;
use testkit::{TestDatabase, both_engines};

use crate::scene::{Scene, coordinator, staff};

const SEASON: &str = "printemps-2026";

async fn came(scene: &Scene, session: &str, person: &PersonRow, mark_as: &str) {
    let command = Command {
        person: person.id.clone(),
        mark: mark_as.into(),
        minutes: String::new(),
        version: "*".into(),
    };
    mark(&scene.app, &coordinator(), session, &command)
        .await
        .unwrap();
}

/// Anne, who came to one of two sessions of two hours, with her certificate.
async fn anne(scene: &Scene) -> (PersonRow, CertificateRow, String) {
    let (one, two) = (scene.session(-7, 4).await, scene.session(-1, 4).await);
    let anne = scene.person("Anne Petit", "anne@example.org").await;
    for session in [&one, &two] {
        scene.enrolled(session, &anne, "placed").await;
    }
    came(scene, &one, &anne, "present").await;
    let row = issue(&scene.app, &coordinator(), SEASON, &anne.id)
        .await
        .unwrap();
    (anne, row, two)
}

async fn text(app: &App, certificate: &str, form: Form) -> String {
    let file = badge::file(app, &coordinator(), certificate, form)
        .await
        .unwrap();
    documents::badge::text_of(&file.bytes).unwrap()
}

async fn verdict(app: &App, shown: &str) -> Verdict {
    badge::check(app, "test", shown, "").await.unwrap().verdict
}

fn participant(person: &PersonRow) -> Actor {
    Actor::Participant {
        person: person.id.parse().unwrap(),
        name: person.name.clone(),
    }
}

fn administrator() -> Actor {
    staff(Role::Administrator, None)
}

#[tokio::test]
async fn a_certificate_comes_with_a_badge_that_says_the_same_in_every_form() {
    both_engines(|db| async {
        let scene = Scene::new(db).await;
        let app = &scene.app;
        let (anne, row, _) = anne(&scene).await;
        for form in [Form::Json, Form::Compact, Form::Png, Form::Svg] {
            let shown = text(app, &row.id, form).await;
            let checked = badge::check(app, "test", &shown, "ANNE@example.org ")
                .await
                .unwrap();
            assert_eq!(checked.verdict, Verdict::Valid, "{form:?}");
            let says = checked.says.unwrap();
            assert_eq!(
                (says.person.as_str(), says.holder),
                ("Anne Petit", Some(true))
            );
            assert_eq!(
                (says.modules[0].0.as_str(), says.modules[0].1.as_str()),
                ("recherche-web", "2\u{a0}h")
            );
            assert_eq!(says.title, "Attestation de présence – Printemps 2026");
        }
        let own = badge::file(app, &participant(&anne), &row.id, Form::Json).await;
        let value: Value = serde_json::from_slice(&own.unwrap().bytes).unwrap();
        let address = value["id"].as_str().unwrap();
        assert_eq!(
            verdict(app, address).await,
            Verdict::Valid,
            "by its address"
        );
        let id = address.rsplit('/').next().unwrap();
        assert_eq!(
            badge::show(app, "test", id).await.unwrap().verdict,
            Verdict::Valid
        );
        let export = people::export_person(app, &participant(&anne), anne.id.parse().unwrap())
            .await
            .unwrap();
        assert_eq!(export["certificates"][0]["badge"]["id"], address);
    })
    .await;
}

#[tokio::test]
async fn what_is_altered_foreign_or_somebody_elses_is_not_taken() {
    both_engines(|db| async {
        let scene = Scene::new(db).await;
        let app = &scene.app;
        let (_, row, _) = anne(&scene).await;
        let file = text(app, &row.id, Form::Json).await;
        let compact = text(app, &row.id, Form::Compact).await;

        let renamed = file.replace("Anne Petit", "Luc Roux");
        assert_eq!(verdict(app, &renamed).await, Verdict::Altered);
        let mut bytes = compact.clone().into_bytes();
        let at = bytes.len() - 40;
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        let flipped = String::from_utf8(bytes).unwrap();
        assert_eq!(verdict(app, &flipped).await, Verdict::Altered);

        // Somebody else's signature under our key's name, and under a name of their own.
        let mut credential = json::read(&file).unwrap();
        let proof = credential.as_object_mut().unwrap().remove("proof").unwrap();
        let key = proof["verificationMethod"].as_str().unwrap().to_owned();
        let stranger = SigningKey::from_seed(&[9; SEED]).unwrap();
        let forged = |key: &str, credential: &Value| {
            let signed = sign(&stranger, key, credential, app.now());
            token(key, credential).with(&signed.signature)
        };
        assert_eq!(
            verdict(app, &forged(&key, &credential)).await,
            Verdict::Altered
        );
        let gone = format!("{key}-gone");
        assert_eq!(
            verdict(app, &forged(&gone, &credential)).await,
            Verdict::KeyGone,
            "says that it is ours, but there is no such key"
        );
        let mut foreign = credential.clone();
        foreign["issuer"]["id"] = "https://elsewhere.example/issuer".into();
        let elsewhere = "https://elsewhere.example/issuer/cles/1";
        assert_eq!(
            verdict(app, &forged(elsewhere, &foreign)).await,
            Verdict::UnknownIssuer
        );
        assert_eq!(
            verdict(app, &forged(&key, &foreign)).await,
            Verdict::Altered,
            "a key speaks for its own programme only"
        );
        assert_eq!(
            verdict(app, "https://elsewhere.example/badges/1").await,
            Verdict::UnknownIssuer
        );
        assert_eq!(
            verdict(app, "/badges/0198c5c4-0000-7000-8000-000000000000").await,
            Verdict::NotRegistered
        );

        let replayed = badge::check(app, "test", &compact, "luc@example.org")
            .await
            .unwrap();
        assert_eq!(
            (replayed.verdict, replayed.says),
            (Verdict::OtherHolder, None)
        );
        for hostile in ["", "{", "[[[[", &"9".repeat(200_000)] {
            assert!(matches!(
                verdict(app, hostile).await,
                Verdict::Unreadable(_)
            ));
        }
    })
    .await;
}

/// The bits that are set in the public list.
async fn withdrawn(app: &App, badge: &Value) -> Vec<u64> {
    use std::io::Read as _;
    let address = badge["credentialStatus"]["statusListCredential"]
        .as_str()
        .unwrap();
    let mut parts = address.rsplit('/');
    let (list, programme) = (parts.next().unwrap(), parts.next().unwrap());
    let published = badge::list(app, programme, list.parse().unwrap())
        .await
        .unwrap();
    assert_eq!(published["id"], address);
    let encoded = published["credentialSubject"]["encodedList"]
        .as_str()
        .unwrap();
    let bytes = data_encoding::BASE64URL_NOPAD
        .decode(&encoded.as_bytes()[1..])
        .unwrap();
    let mut bits = Vec::new();
    flate2::read::GzDecoder::new(bytes.as_slice())
        .read_to_end(&mut bits)
        .unwrap();
    (0..domain::badge::BITS)
        .filter(|bit| bits[(bit / 8) as usize] & (0x80 >> (bit % 8)) != 0)
        .collect()
}

fn bit(badge: &Value) -> u64 {
    let index = badge["credentialStatus"]["statusListIndex"]
        .as_str()
        .unwrap();
    index.parse().unwrap()
}

#[tokio::test]
async fn a_badge_is_withdrawn_with_its_certificate_here_and_in_the_public_list() {
    both_engines(|db| async {
        let scene = Scene::new(db).await;
        let app = &scene.app;
        let (anne, row, two) = anne(&scene).await;
        let first = text(app, &row.id, Form::Json).await;
        let parsed: Value = serde_json::from_str(&first).unwrap();
        assert_eq!(withdrawn(app, &parsed).await, [0_u64; 0]);

        came(&scene, &two, &anne, "present").await;
        let second = issue(app, &coordinator(), SEASON, &anne.id).await.unwrap();
        assert_eq!(verdict(app, &first).await, Verdict::Replaced);
        let file = badge::file(app, &coordinator(), &row.id, Form::Json).await;
        assert!(
            matches!(file, Err(Error::NotFound)),
            "no file of what is withdrawn"
        );
        assert_eq!(withdrawn(app, &parsed).await, [bit(&parsed)]);

        let latest = text(app, &second.id, Form::Json).await;
        assert_eq!(verdict(app, &latest).await, Verdict::Valid);
        certificate::revoke(app, &coordinator(), &second.id, "Erreur")
            .await
            .unwrap();
        let checked = badge::check(app, "test", &latest, "").await.unwrap();
        assert_eq!((checked.verdict, checked.says), (Verdict::Revoked, None));
        let latest: Value = serde_json::from_str(&latest).unwrap();
        assert_eq!(withdrawn(app, &parsed).await.len(), 2);
        assert_ne!(bit(&latest), bit(&parsed));
    })
    .await;
}

#[tokio::test]
async fn the_badge_of_an_erased_person_is_withdrawn_and_nothing_of_them_stays() {
    both_engines(|db| async {
        let scene = Scene::new(db).await;
        let app = &scene.app;
        let (anne, row, _) = anne(&scene).await;
        let shown = text(app, &row.id, Form::Json).await;
        let parsed: Value = serde_json::from_str(&shown).unwrap();
        people::erase_person(app, &participant(&anne), anne.id.parse().unwrap())
            .await
            .unwrap();
        let checked = badge::check(app, "test", &shown, "").await.unwrap();
        assert_eq!((checked.verdict, checked.says), (Verdict::Erased, None));
        let address = parsed["id"].as_str().unwrap();
        assert_eq!(verdict(app, address).await, Verdict::Erased);
        assert_eq!(withdrawn(app, &parsed).await, [bit(&parsed)]);
        let mut db = app.read().await.unwrap();
        let kept = store::badge::of_certificate(&mut db, &row.id)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(
            (kept.credential, kept.proof, kept.signature),
            (String::new(), String::new(), String::new())
        );
    })
    .await;
}

#[tokio::test]
async fn a_badge_moves_with_a_merge_and_back() {
    both_engines(|db| async {
        let scene = Scene::new(db).await;
        let app = &scene.app;
        let (anne, row, _) = anne(&scene).await;
        let other = scene.person("Petit Anne", "").await;
        let command = people::MergeCommand {
            kept: other.id.clone(),
            gone: anne.id.clone(),
            kept_version: other.version.to_string(),
            gone_version: anne.version.to_string(),
            take: Vec::new(),
        };
        people::merge_people(app, &coordinator(), &command)
            .await
            .unwrap();
        let of = |person: PersonRow| {
            let id = row.id.clone();
            async move { badge::file(app, &participant(&person), &id, Form::Png).await }
        };
        assert!(of(other.clone()).await.is_ok());
        assert!(matches!(of(anne.clone()).await, Err(Error::NotFound)));
        people::separate_people(app, &coordinator(), &other.id)
            .await
            .unwrap();
        assert!(of(anne).await.is_ok());
        assert!(matches!(of(other).await, Err(Error::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn a_renewed_key_signs_no_more_and_what_it_signed_still_holds() {
    both_engines(|db| async {
        let scene = Scene::new(db).await;
        let app = &scene.app;
        let (anne, row, two) = anne(&scene).await;
        let first = text(app, &row.id, Form::Compact).await;
        badge::rotate(app, &administrator(), "boutic")
            .await
            .unwrap();
        assert_eq!(verdict(app, &first).await, Verdict::Valid);

        came(&scene, &two, &anne, "present").await;
        let row = issue(app, &coordinator(), SEASON, &anne.id).await.unwrap();
        let second = text(app, &row.id, Form::Json).await;
        assert_eq!(verdict(app, &second).await, Verdict::Valid);
        let keys = badge::keys(app, &administrator()).await.unwrap();
        let seen: Vec<_> = keys
            .iter()
            .map(|key| (key.retired_at.is_some(), key.badges))
            .collect();
        assert_eq!(seen, [(false, 1), (true, 1)], "newest first");

        let mut db = app.read().await.unwrap();
        let old = store::badge::key(&mut db, &keys[1].id)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(old.sealed, None, "its secret half is forgotten");
        let new = store::badge::key(&mut db, &keys[0].id)
            .await
            .unwrap()
            .unwrap();
        let sealed = new.sealed.clone().unwrap();
        assert!(
            !format!("{new:?}").contains(&sealed),
            "not even sealed in a log"
        );
        drop(db);

        let profile = badge::profile(app, &keys[0].programme_id).await.unwrap();
        assert_eq!(
            profile.keys.len(),
            2,
            "old keys stay public, or nobody could check"
        );
        for method in profile.document["verificationMethod"].as_array().unwrap() {
            let id = method["id"].as_str().unwrap().rsplit('/').next().unwrap();
            let key = badge::key(app, &keys[0].programme_id, id).await.unwrap();
            assert_eq!(
                (key["kty"].as_str(), key["crv"].as_str()),
                (Some("OKP"), Some("Ed25519"))
            );
            assert!(PublicKey::parse(key["x"].as_str().unwrap()).is_some());
        }
    })
    .await;
}

#[tokio::test]
async fn keys_go_with_the_database_and_open_only_with_the_passphrase_they_were_sealed_with() {
    both_engines(|db| async {
        let scene = Scene::new(db).await;
        let (_, row, _) = anne(&scene).await;
        let shown = text(&scene.app, &row.id, Form::Compact).await;
        let copy = TestDatabase::new(store::Engine::Sqlite).await;
        store::transfer::copy(
            scene.app.database(),
            &copy.database(),
            true,
            None,
            |_, _| {},
        )
        .await
        .unwrap();
        let moved = |passphrase: &str| {
            let config = Config {
                key_passphrase: passphrase.into(),
                ..Config::default()
            };
            let clock = scene.clock.clone();
            let database = copy.database();
            async move {
                App::with_environment(database, config, clock, Arc::new(SeededRandomness::new(8)))
                    .await
                    .unwrap()
            }
        };
        let same = moved("").await;
        assert_eq!(verdict(&same, &shown).await, Verdict::Valid);
        let badge: Value = serde_json::from_str(&text(&same, &row.id, Form::Json).await).unwrap();
        assert_eq!(
            withdrawn(&same, &badge).await,
            [0_u64; 0],
            "the moved key signs"
        );

        let other = moved("autre").await;
        assert_eq!(
            verdict(&other, &shown).await,
            Verdict::Valid,
            "the public half is enough to check"
        );
        let programme = badge["issuer"]["id"].as_str().unwrap();
        let programme = programme.rsplit('/').next().unwrap();
        assert!(
            matches!(
                badge::list(&other, programme, 0).await,
                Err(Error::NotFound)
            ),
            "the secret half does not open"
        );
        let luc = people::create_person(
            &other,
            &coordinator(),
            &people::PersonInput {
                name: "Luc Roux".into(),
                ..people::PersonInput::default()
            },
        )
        .await
        .unwrap();
        let session = {
            let mut db = other.read().await.unwrap();
            let rows: Vec<(String,)> = db
                .fetch_all("SELECT id FROM session ORDER BY starts_at", [])
                .await
                .unwrap();
            rows[0].0.clone()
        };
        application::attendance::walk_in(
            &other,
            &coordinator(),
            &session,
            &people::PersonInput {
                name: luc.name.clone(),
                ..people::PersonInput::default()
            },
        )
        .await
        .unwrap();
        let issued = certificate::issue_all(&other, &coordinator(), SEASON)
            .await
            .unwrap();
        assert_eq!(issued.given.len(), 1);
        let keys = badge::keys(&other, &administrator()).await.unwrap();
        assert_eq!(
            keys.iter().map(|key| key.badges).collect::<Vec<_>>(),
            [1, 1],
            "a new key took its place"
        );
    })
    .await;
}

#[tokio::test]
async fn a_badge_holds_as_long_as_its_programme_says() {
    both_engines(|db| async {
        let scene = Scene::new(db).await;
        let app = &scene.app;
        let rule = |months: &str, version: &str| EditRule {
            basis: "session".into(),
            share: "50".into(),
            badge_months: months.into(),
            version: version.into(),
        };
        badge::set_rule(app, &coordinator(), "boutic", &rule("12", "0"))
            .await
            .unwrap();
        assert!(matches!(
            badge::set_rule(app, &coordinator(), "boutic", &rule("6", "0")).await,
            Err(Error::Stale)
        ));
        let Err(Error::Invalid(fields)) =
            badge::set_rule(app, &coordinator(), "boutic", &rule("-1", "1")).await
        else {
            panic!("a badge that ends before it begins")
        };
        assert_eq!(fields[0].field, "badge_months");
        let (_, row, _) = anne(&scene).await;
        let shown = text(app, &row.id, Form::Json).await;
        assert_eq!(verdict(app, &shown).await, Verdict::Valid);
        scene.clock.advance(SignedDuration::from_hours(24 * 366));
        let checked = badge::check(app, "test", &shown, "").await.unwrap();
        assert_eq!(checked.verdict, Verdict::Expired);
        assert_eq!(
            checked.says.unwrap().until.as_deref(),
            Some("2027-02-01T08:00:00Z")
        );
    })
    .await;
}

#[tokio::test]
async fn success_is_certified_by_the_share_of_the_path_and_stays_certified() {
    both_engines(|db| async {
        let scene = Scene::new(db).await;
        let app = &scene.app;
        let (anne, row, two) = anne(&scene).await;
        let printed = printed_of(&row).unwrap();
        assert_eq!(
            (printed.earned.kind, printed.earned.share, printed.asked),
            (Kind::Attendance, 50, 80)
        );
        came(&scene, &two, &anne, "present").await;
        let (_, list) = candidates(app, &coordinator(), SEASON).await.unwrap();
        assert!(list[0].outdated && list[0].earned.kind == Kind::Success);
        let row = issue(app, &coordinator(), SEASON, &anne.id).await.unwrap();
        let printed = printed_of(&row).unwrap();
        assert_eq!(
            (printed.earned.kind, printed.earned.share),
            (Kind::Success, 100)
        );
        assert_eq!(printed.cumulative.0, 240);
        let shown = text(app, &row.id, Form::Json).await;
        assert!(shown.contains("CertificateOfCompletion") && shown.contains("80"));

        let third = scene.session(9, 4).await;
        scene.enrolled(&third, &anne, "placed").await;
        let (_, list) = candidates(app, &coordinator(), SEASON).await.unwrap();
        assert_eq!(list[0].earned.kind, Kind::Attendance, "66 % of three");
        assert!(!list[0].outdated, "what was certified stays");
    })
    .await;
}

#[tokio::test]
async fn an_employers_copy_exists_for_agents_only() {
    both_engines(|db| async {
        let scene = Scene::new(db).await;
        let app = &scene.app;
        let (anne, row, _) = anne(&scene).await;
        let copy = certificate::pdf_own(app, &participant(&anne), &row.id, Copy::Employer).await;
        assert!(matches!(copy, Err(Error::NotFound)));
        let session = scene.session(-2, 4).await;
        let luc = people::create_person(
            app,
            &coordinator(),
            &people::PersonInput {
                name: "Luc Roux".into(),
                organisation: "Mairie de Frévent".into(),
                profiles: vec!["agent".into()],
                ..people::PersonInput::default()
            },
        )
        .await
        .unwrap();
        scene.enrolled(&session, &luc, "placed").await;
        came(&scene, &session, &luc, "present").await;
        let row = issue(app, &coordinator(), SEASON, &luc.id).await.unwrap();
        assert!(printed_of(&row).unwrap().is_agent);
        for actor in [participant(&luc), coordinator()] {
            let copy = match &actor {
                Actor::Participant { .. } => {
                    certificate::pdf_own(app, &actor, &row.id, Copy::Employer).await
                }
                _ => certificate::pdf(app, &actor, &row.id, Copy::Employer).await,
            };
            assert!(copy.unwrap().starts_with(b"%PDF-"));
        }
        let other = certificate::pdf_own(app, &participant(&anne), &row.id, Copy::Employer).await;
        assert!(matches!(other, Err(Error::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn keys_are_the_administrators_and_files_their_bearers() {
    both_engines(|db| async {
        let scene = Scene::new(db).await;
        let app = &scene.app;
        let (_, row, _) = anne(&scene).await;
        let luc = scene.person("Luc Roux", "").await;
        for actor in [coordinator(), participant(&luc), scene.referent()] {
            assert!(matches!(
                badge::keys(app, &actor).await,
                Err(Error::Forbidden)
            ));
            assert!(matches!(
                badge::rotate(app, &actor, "boutic").await,
                Err(Error::Forbidden)
            ));
        }
        assert!(matches!(
            badge::rotate(app, &administrator(), "nulle-part").await,
            Err(Error::NotFound)
        ));
        let other = badge::file(app, &participant(&luc), &row.id, Form::Json).await;
        assert!(matches!(other, Err(Error::NotFound)));
        let nobody = badge::file(app, &Actor::Visitor, &row.id, Form::Json).await;
        assert!(matches!(nobody, Err(Error::SignInNeeded)));
        for tries in 0..200 {
            match badge::check(app, "198.51.100.7", "x", "").await {
                Err(Error::TooMany { .. }) => {
                    assert!(tries >= 100);
                    return;
                }
                other => assert!(other.is_ok()),
            }
        }
        panic!("badges can be tried one after the other");
    })
    .await;
}

#[tokio::test]
async fn a_certificate_from_before_badges_gets_its_own_when_it_is_asked_for() {
    both_engines(|db| async {
        let scene = Scene::new(db).await;
        let app = &scene.app;
        let (_, row, _) = anne(&scene).await;
        let mut tx = app.write().await.unwrap();
        tx.execute("DELETE FROM badge", []).await.unwrap();
        tx.commit().await.unwrap();
        let shown = text(app, &row.id, Form::Compact).await;
        assert_eq!(verdict(app, &shown).await, Verdict::Valid);
        assert_eq!(
            text(app, &row.id, Form::Compact).await,
            shown,
            "once and for all"
        );
    })
    .await;
}
