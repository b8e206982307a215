//! Attendance without network: what devices send is merged, nothing is lost or doubled, and what should not be taken is not.

use std::time::Instant;

use application::access::{Actor, sign_in};
use application::attendance::{
    self, Command, Delivered, Prepare, SIGNED_FOR, Sheet, add_note, devices, mark, of_session,
    prepare, revoke, seen_to, sheet,
};
use application::people::{
    MergeCommand, erase_person, export_person, merge_people, separate_people,
};
use application::{Error, Result};
use domain::attendance::{Conflict, Mark};
use domain::id::kind;
use jiff::SignedDuration;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use serde_json::{Value, json};
use store::people::PersonRow;
use testkit::both_engines;

use crate::scene::{NOW, Scene, coordinator};

/// A tablet with its key, and a logical clock as its app keeps it.
struct Tablet {
    id: String,
    key: EcdsaKeyPair,
    number: i64,
    counter: i64,
    /// How far its clock is ahead of the truth, in milliseconds.
    ahead: i64,
    outbox: Vec<Value>,
}

impl Tablet {
    fn new(scene: &Scene) -> Self {
        let random = SystemRandom::new();
        let pkcs8 =
            EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
        Self {
            id: scene.app.new_id::<kind::Device>().to_string(),
            key: EcdsaKeyPair::from_pkcs8(
                &ECDSA_P256_SHA256_FIXED_SIGNING,
                pkcs8.as_ref(),
                &random,
            )
            .unwrap(),
            number: 0,
            counter: 0,
            ahead: 0,
            outbox: Vec::new(),
        }
    }

    fn presented(&self) -> Prepare {
        Prepare {
            device: self.id.clone(),
            name: "Tablette rouge".into(),
            key: data_encoding::BASE64URL_NOPAD.encode(self.key.public_key().as_ref()),
        }
    }

    /// Something said now, of somebody; answers its id.
    fn say(&mut self, scene: &Scene, session: &str, person: &str, said: Value) -> String {
        let id = scene.app.new_id::<kind::Operation>().to_string();
        self.counter += 1;
        let mut operation = said;
        operation["id"] = id.clone().into();
        operation["session"] = session.into();
        if !person.is_empty() {
            operation["person"] = person.into();
        }
        operation["counter"] = self.counter.into();
        operation["clock"] = (scene.app.now().as_millisecond() + self.ahead).into();
        self.outbox.push(operation);
        id
    }

    fn body(&mut self, scene: &Scene) -> Vec<u8> {
        self.number += 1;
        let clock = scene.app.now().as_millisecond() + self.ahead;
        json!({ "device": self.id, "number": self.number, "clock": clock, "operations": self.outbox })
            .to_string()
            .into_bytes()
    }

    fn sign(&self, body: &[u8]) -> String {
        let message = [SIGNED_FOR.as_bytes(), body].concat();
        let signature = self.key.sign(&SystemRandom::new(), &message).unwrap();
        data_encoding::BASE64URL_NOPAD.encode(signature.as_ref())
    }

    /// Sends everything that waits; what is acknowledged waits no longer.
    async fn send(&mut self, scene: &Scene) -> Result<Delivered> {
        let body = self.body(scene);
        let delivered = attendance::deliver(&scene.app, &self.id, &self.sign(&body), &body).await?;
        let done = |id: &str| {
            delivered.taken.iter().any(|taken| taken == id)
                || delivered.aside.iter().any(|one| one.id == id)
        };
        self.outbox
            .retain(|one| !done(one["id"].as_str().unwrap_or_default()));
        Ok(delivered)
    }
}

/// A trainer with an account and a session that has just begun, with people in it.
struct Room {
    scene: Scene,
    session: String,
    trainer: Actor,
    people: Vec<PersonRow>,
}

async fn trainer_with_account(scene: &Scene, session: &str, name: &str) -> Actor {
    let mut tx = scene.app.write().await.unwrap();
    let account = scene.app.new_id::<kind::Account>().to_string();
    let row = store::access::AccountRow {
        id: account.clone(),
        email: format!("{account}@example.org"),
        name: name.into(),
        password_hash: None,
        language: "fr".into(),
        created_at: NOW,
        disabled_at: None,
        version: 1,
    };
    store::access::insert_account(&mut tx, &row).await.unwrap();
    let binding = store::access::RoleBindingRow {
        id: scene.app.new_id::<kind::Event>().to_string(),
        account_id: account.clone(),
        role: "trainer".into(),
        programme_id: None,
        territory_id: None,
        created_at: NOW,
    };
    store::access::insert_binding(&mut tx, &binding)
        .await
        .unwrap();
    let trainer = store::trainer::TrainerRow {
        id: scene.app.new_id::<kind::Trainer>().to_string(),
        provider_id: None,
        account_id: Some(account.clone()),
        name: name.into(),
        folded: domain::text::fold(name),
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
    store::trainer::insert(&mut tx, &trainer).await.unwrap();
    let mut row = store::session::get(&mut tx, session)
        .await
        .unwrap()
        .unwrap();
    row.trainer_id = Some(trainer.id.clone());
    store::session::update(&mut tx, &row).await.unwrap();
    // Signed in as any browser of theirs would be.
    let token = format!("token of {account}");
    let sign_in = store::access::SignInRow {
        token_hash: application::access::token_hash(&token),
        account_id: Some(account),
        person_id: None,
        created_at: NOW,
        seen_at: NOW,
        expires_at: NOW + 90 * 24 * 3_600_000,
        user_agent: String::new(),
    };
    store::access::insert_sign_in(&mut tx, &sign_in)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    sign_in::holder(&scene.app, &token).await.unwrap().unwrap()
}

impl Room {
    async fn new(db: testkit::TestDatabase, people: usize) -> Self {
        let scene = Scene::new(db).await;
        let session = scene.session(0, 250).await;
        let trainer = trainer_with_account(&scene, &session, "Paul Lemaire").await;
        let mut rows = Vec::new();
        for number in 0..people {
            let person = scene
                .person(
                    &format!("Anne {number}"),
                    &format!("anne{number}@example.org"),
                )
                .await;
            scene.enrolled(&session, &person, "placed").await;
            rows.push(person);
        }
        scene.clock.advance(SignedDuration::from_mins(10));
        Self {
            scene,
            session,
            trainer,
            people: rows,
        }
    }

    async fn tablet(&self) -> Tablet {
        let tablet = Tablet::new(&self.scene);
        prepare(&self.scene.app, &self.trainer, &tablet.presented())
            .await
            .unwrap();
        tablet
    }

    async fn sheet(&self) -> Sheet {
        sheet(&self.scene.app, &self.trainer, &self.session)
            .await
            .unwrap()
    }

    async fn marks(&self) -> Vec<(String, Option<Mark>, Option<Conflict>)> {
        let people = self.sheet().await.people;
        people
            .into_iter()
            .map(|one| (one.line.name, one.mark, one.conflict))
            .collect()
    }

    fn minutes(&self, minutes: i64) {
        self.scene.clock.advance(SignedDuration::from_mins(minutes));
    }
}

fn key(result: Result<Delivered>) -> &'static str {
    match result {
        Err(Error::Refused(refused)) => refused.key,
        Err(error) => panic!("{error:?}"),
        Ok(_) => "taken",
    }
}

fn arrived() -> Value {
    json!({ "kind": "arrived", "at": "whole" })
}

fn marked(name: &str, mark: Option<Mark>) -> (String, Option<Mark>, Option<Conflict>) {
    (name.to_owned(), mark, None)
}

#[tokio::test]
async fn what_two_devices_say_is_merged_into_the_one_list_that_pages_and_hours_use() {
    both_engines(|db| async {
        let room = Room::new(db, 3).await;
        let (mut one, mut other) = (room.tablet().await, room.tablet().await);
        let id = |number: usize| room.people[number].id.clone();
        one.say(&room.scene, &room.session, &id(0), arrived());
        one.say(
            &room.scene,
            &room.session,
            &id(1),
            json!({ "kind": "arrived", "at": "now" }),
        );
        one.say(
            &room.scene,
            &room.session,
            &id(0),
            json!({ "kind": "signed", "how": "screen", "strokes": "M1 2L30 40" }),
        );
        one.say(
            &room.scene,
            &room.session,
            "",
            json!({ "kind": "noted", "text": "Prévoir une rallonge." }),
        );
        other.say(
            &room.scene,
            &room.session,
            &id(2),
            json!({ "kind": "excused" }),
        );
        room.minutes(50);
        other.say(
            &room.scene,
            &room.session,
            &id(0),
            json!({ "kind": "left", "at": "now" }),
        );
        room.minutes(120);
        one.send(&room.scene).await.unwrap();
        let answer = other.send(&room.scene).await.unwrap();
        assert_eq!((answer.taken.len(), answer.aside.len()), (2, 0));
        assert_eq!(
            room.marks().await,
            [
                marked("Anne 0", Some(Mark::LeftEarly { minutes: 60 })),
                marked("Anne 1", Some(Mark::Late { minutes: 10 })),
                marked("Anne 2", Some(Mark::Excused)),
            ]
        );
        let list = room.sheet().await;
        assert!(list.people[0].signature.is_some());
        assert_eq!(list.notes[0].body, "Prévoir une rallonge.");
        // What one said, the other is told, without what was drawn being lost.
        assert_eq!(answer.prepared.lists[0].operations.len(), 6);
        let lines = of_session(&room.scene.app, &coordinator(), &room.session)
            .await
            .unwrap();
        let minutes: Vec<_> = lines.iter().map(|line| line.minutes).collect();
        assert_eq!(minutes, [Some(60), Some(110), Some(0)]);
        // An answer that never came: everything is sent again, and nothing is doubled.
        let before = room.sheet().await.people[0].line.mark_version;
        one.outbox = answer.prepared.lists[0]
            .operations
            .iter()
            .filter(|row| row.device_id.as_deref() == Some(one.id.as_str()))
            .map(|row| {
                let mut said: Value = serde_json::from_str(&row.body).unwrap();
                said["id"] = row.id.clone().into();
                said["session"] = row.session_id.clone().into();
                said["counter"] = row.counter.into();
                said["clock"] = row.clock_at.into();
                if let Some(subject) = &row.subject_id {
                    said["person"] = subject.clone().into();
                }
                said
            })
            .collect();
        let again = one.send(&room.scene).await.unwrap();
        assert_eq!((again.taken.len(), again.aside.len()), (4, 0));
        assert_eq!(again.prepared.lists[0].operations.len(), 6);
        let list = room.sheet().await;
        assert_eq!(
            (list.notes.len(), list.people[0].line.mark_version),
            (1, before)
        );
    })
    .await;
}

#[tokio::test]
async fn two_devices_that_disagree_are_shown_until_the_trainer_settles_it() {
    both_engines(|db| async {
        let room = Room::new(db, 2).await;
        let (mut one, mut other) = (room.tablet().await, room.tablet().await);
        let anne = room.people[0].id.clone();
        one.say(
            &room.scene,
            &room.session,
            &anne,
            json!({ "kind": "absent" }),
        );
        other.say(&room.scene, &room.session, &anne, arrived());
        one.send(&room.scene).await.unwrap();
        assert_eq!(room.marks().await[0], marked("Anne 0", Some(Mark::Absent)));
        other.send(&room.scene).await.unwrap();
        let list = room.sheet().await;
        assert_eq!(list.people[0].conflict, Some(Conflict::Arrival));
        let told: Vec<_> = list.people[0]
            .statements
            .iter()
            .map(|one| (one.mark, one.device.as_deref(), one.who.as_str()))
            .collect();
        assert_eq!(told.len(), 2);
        assert!(told.contains(&(Some(Mark::Absent), Some("Tablette rouge"), "Paul Lemaire")));
        assert!(told.contains(&(Some(Mark::Present), Some("Tablette rouge"), "Paul Lemaire")));
        // Settled even where what counts meanwhile is right.
        let standing = list.people[0].mark.unwrap();
        let settle = Command {
            person: anne.clone(),
            mark: standing.name().into(),
            version: "*".into(),
            ..Command::default()
        };
        assert!(
            mark(&room.scene.app, &room.trainer, &room.session, &settle)
                .await
                .unwrap()
                .changed
        );
        assert_eq!(room.marks().await[0], marked("Anne 0", Some(standing)));
        assert!(
            !mark(&room.scene.app, &room.trainer, &room.session, &settle)
                .await
                .unwrap()
                .changed
        );
        // A page and a device that did not know of each other disagree as two devices do.
        let on_page = Command {
            person: room.people[1].id.clone(),
            mark: "absent".into(),
            ..Command::default()
        };
        mark(&room.scene.app, &room.trainer, &room.session, &on_page)
            .await
            .unwrap();
        one.say(&room.scene, &room.session, &room.people[1].id, arrived());
        one.send(&room.scene).await.unwrap();
        assert_eq!(room.marks().await[1].2, Some(Conflict::Arrival));
    })
    .await;
}

#[tokio::test]
async fn what_is_forged_replayed_foreign_late_or_from_a_lost_device_is_refused_as_a_whole() {
    both_engines(|db| async {
        let room = Room::new(db, 1).await;
        let scene = &room.scene;
        let elsewhere = scene.session(0, 4).await;
        let other = trainer_with_account(scene, &elsewhere, "Luc Roux").await;
        let anne = room.people[0].id.clone();
        let mut tablet = room.tablet().await;
        tablet.say(scene, &room.session, &anne, arrived());
        let deliver = async |device: &str, signature: &str, body: &[u8]| {
            key(attendance::deliver(&scene.app, device, signature, body).await)
        };
        let body = tablet.body(scene);
        let good = tablet.sign(&body);
        let stranger = Tablet::new(scene);
        let unknown = scene.app.new_id::<kind::Device>().to_string();
        assert_eq!(deliver(&unknown, &good, &body).await, "attendance-device-unknown");
        assert_eq!(deliver("' OR 1=1 --", &good, &body).await, "attendance-device-unknown");
        assert_eq!(deliver(&tablet.id, &stranger.sign(&body), &body).await, "attendance-device-forged");
        assert_eq!(deliver(&tablet.id, "", &body).await, "attendance-device-forged");
        let altered = String::from_utf8(body.clone()).unwrap().replace("whole", "now").into_bytes();
        assert_eq!(deliver(&tablet.id, &good, &altered).await, "attendance-device-forged");
        // Signed by a good device, in the name of another.
        let mut second = room.tablet().await;
        second.outbox = tablet.outbox.clone();
        assert_eq!(deliver(&second.id, &second.sign(&body), &body).await, "attendance-device-unreadable");
        let nonsense = b"[]".to_vec();
        assert_eq!(deliver(&tablet.id, &tablet.sign(&nonsense), &nonsense).await, "attendance-device-unreadable");
        // One operation of a session that the device was never given spoils the whole.
        let mut foreign = room.tablet().await;
        foreign.say(scene, &room.session, &anne, arrived());
        foreign.say(scene, &elsewhere, &anne, arrived());
        assert_eq!(key(foreign.send(scene).await), "attendance-device-foreign");
        assert_eq!(room.marks().await, [marked("Anne 0", None)], "nothing of all this was kept");

        assert_eq!(deliver(&tablet.id, &good, &body).await, "taken");
        assert_eq!(deliver(&tablet.id, &good, &body).await, "attendance-device-replayed");

        // Somebody else's device cannot be taken over, with another key or another account.
        let mut taken_over = Tablet::new(scene);
        taken_over.id.clone_from(&tablet.id);
        for (actor, command) in [(&room.trainer, taken_over.presented()), (&other, tablet.presented())] {
            let refused = prepare(&scene.app, actor, &command).await;
            assert!(matches!(&refused, Err(Error::Refused(why)) if why.key == "attendance-device-forged"), "{refused:?}");
        }
        assert!(matches!(prepare(&scene.app, &Actor::Visitor, &tablet.presented()).await, Err(Error::SignInNeeded)));
        let wrong = Prepare { key: "AAAA".into(), ..tablet.presented() };
        assert!(matches!(prepare(&scene.app, &room.trainer, &wrong).await, Err(Error::Invalid(_))));

        // Lost: its owner or the desk turns it off, nobody else.
        assert!(matches!(revoke(&scene.app, &other, &tablet.id).await, Err(Error::NotFound)));
        revoke(&scene.app, &room.trainer, &tablet.id).await.unwrap();
        revoke(&scene.app, &coordinator(), &second.id).await.unwrap();
        second.number += 5;
        for lost in [&mut tablet, &mut second] {
            assert_eq!(key(lost.send(scene).await), "attendance-device-revoked");
        }
        let back = prepare(&scene.app, &room.trainer, &tablet.presented()).await;
        assert!(matches!(&back, Err(Error::Refused(why)) if why.key == "attendance-device-revoked"), "{back:?}");
        assert_eq!(devices(&scene.app, &other).await.unwrap().devices.len(), 0);
        assert_eq!(devices(&scene.app, &coordinator()).await.unwrap().devices.len(), 3);
    })
    .await;
}

#[tokio::test]
async fn the_lists_go_with_the_day_and_what_was_said_may_still_be_sent_for_a_week() {
    both_engines(|db| async {
        let room = Room::new(db, 1).await;
        let mut tablet = room.tablet().await;
        let mut late = room.tablet().await;
        tablet.say(&room.scene, &room.session, &room.people[0].id, arrived());
        late.say(
            &room.scene,
            &room.session,
            &room.people[0].id,
            json!({ "kind": "signed", "how": "paper" }),
        );
        room.minutes(24 * 60);
        let answer = tablet.send(&room.scene).await.unwrap();
        assert_eq!((answer.taken.len(), answer.prepared.lists.len()), (1, 0));
        assert_eq!(room.marks().await, [marked("Anne 0", Some(Mark::Present))]);
        let nothing = prepare(
            &room.scene.app,
            &room.trainer,
            &Tablet::new(&room.scene).presented(),
        )
        .await;
        assert!(
            matches!(&nothing, Err(Error::Refused(why)) if why.key == "attendance-device-nothing"),
            "{nothing:?}"
        );
        room.minutes(7 * 24 * 60);
        assert_eq!(
            key(late.send(&room.scene).await),
            "attendance-device-expired"
        );
        assert!(room.sheet().await.people[0].signature.is_none());
        // Prepared again on another day, it sends what still waits.
        let today = room.scene.session(8, 4).await;
        let mut tx = room.scene.app.write().await.unwrap();
        let old = store::session::get(&mut tx, &room.session)
            .await
            .unwrap()
            .unwrap();
        let mut row = store::session::get(&mut tx, &today).await.unwrap().unwrap();
        row.trainer_id = old.trainer_id;
        store::session::update(&mut tx, &row).await.unwrap();
        tx.commit().await.unwrap();
        prepare(&room.scene.app, &room.trainer, &late.presented())
            .await
            .unwrap();
        assert_eq!(key(late.send(&room.scene).await), "taken");
        assert!(room.sheet().await.people[0].signature.is_some());
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_applied_is_set_aside_and_shown_and_the_rest_is_kept() {
    both_engines(|db| async {
        let room = Room::new(db, 2).await;
        let scene = &room.scene;
        let stranger = scene.person("Luc Roux", "luc@example.org").await;
        let mut tablet = room.tablet().await;
        let anne = room.people[0].id.clone();
        let first = tablet.say(scene, &room.session, &anne, arrived());
        tablet.say(scene, &room.session, &stranger.id, arrived());
        tablet.say(scene, &room.session, &anne, json!({ "kind": "teleported" }));
        tablet.say(
            scene,
            &room.session,
            &anne,
            json!({ "kind": "signed", "how": "screen", "strokes": "<script>" }),
        );
        tablet.say(
            scene,
            &room.session,
            &scene.app.new_id::<kind::Person>().to_string(),
            json!({ "kind": "added", "name": "  " }),
        );
        tablet.outbox.push(json!("not even an object"));
        let mut again = tablet.outbox[0].clone();
        again["kind"] = "absent".into();
        tablet.outbox.push(again);
        let answer = tablet.send(scene).await.unwrap();
        assert_eq!(answer.taken, [first]);
        let mut reasons: Vec<_> = answer.aside.iter().map(|one| one.reason).collect();
        reasons.sort_unstable();
        assert_eq!(
            reasons,
            [
                "id-reused",
                "malformed",
                "malformed",
                "malformed",
                "malformed",
                "unknown-person"
            ]
        );
        assert_eq!(room.marks().await[0], marked("Anne 0", Some(Mark::Present)));
        let list = room.sheet().await;
        assert_eq!(list.aside.len(), 5, "what names a session is shown there");
        let of_device = devices(&scene.app, &room.trainer).await.unwrap().aside;
        assert_eq!(of_device.len(), 1, "the rest beside the device");
        let other = trainer_with_account(scene, &scene.session(0, 4).await, "Luc Roux").await;
        assert!(matches!(
            seen_to(&scene.app, &other, &of_device[0].id, None).await,
            Err(Error::NotFound)
        ));
        seen_to(&scene.app, &room.trainer, &of_device[0].id, None)
            .await
            .unwrap();
        for one in &list.aside {
            seen_to(&scene.app, &room.trainer, &one.id, Some(&room.session))
                .await
                .unwrap();
        }
        assert!(room.sheet().await.aside.is_empty());

        // Cancelled meanwhile, or given to somebody else: kept, not applied.
        tablet.say(scene, &room.session, &room.people[1].id, arrived());
        trainer_with_account(scene, &room.session, "Zoé Blanc").await;
        let answer = tablet.send(scene).await.unwrap();
        assert_eq!(answer.aside[0].reason, "not-yours");
        let shown = sheet(&scene.app, &coordinator(), &room.session)
            .await
            .unwrap();
        assert_eq!(shown.aside[0].reason, "not-yours");
    })
    .await;
}

#[tokio::test]
async fn a_wrong_clock_costs_nothing_and_changes_no_order() {
    both_engines(|db| async {
        let room = Room::new(db, 2).await;
        let scene = &room.scene;
        let (mut behind, mut ahead) = (room.tablet().await, room.tablet().await);
        behind.ahead = -3 * 3_600_000;
        ahead.ahead = 5 * 3_600_000;
        let id = |number: usize| room.people[number].id.clone();
        behind.say(
            scene,
            &room.session,
            &id(0),
            json!({ "kind": "arrived", "at": "now" }),
        );
        room.minutes(10);
        ahead.say(
            scene,
            &room.session,
            &id(1),
            json!({ "kind": "arrived", "at": "now" }),
        );
        let wrong = ahead.say(scene, &room.session, &id(0), json!({ "kind": "absent" }));
        ahead.outbox.retain(|one| one["id"] != wrong.as_str());
        room.minutes(60);
        behind.send(scene).await.unwrap();
        ahead.send(scene).await.unwrap();
        let late = |minutes| Some(Mark::Late { minutes });
        assert_eq!(
            room.marks().await,
            [marked("Anne 0", late(10)), marked("Anne 1", late(20))]
        );
        let known = devices(&scene.app, &room.trainer).await.unwrap().devices;
        let mut offsets: Vec<_> = known
            .iter()
            .map(|one| one.device.clock_offset / 3_600_000)
            .collect();
        offsets.sort_unstable();
        assert_eq!(offsets, [-5, 3]);
        // The clock is put back during the day; what is said last still holds.
        ahead.ahead = -3_600_000;
        let before = ahead.say(scene, &room.session, &id(1), json!({ "kind": "excused" }));
        let rows = room.sheet().await;
        assert_eq!(rows.people[1].mark, late(20));
        let held: Vec<_> = ahead.send(scene).await.unwrap().prepared.lists[0]
            .operations
            .iter()
            .map(|row| row.id.clone())
            .collect();
        assert!(held.contains(&before));
        assert_eq!(
            room.marks().await[1].1,
            Some(Mark::Excused),
            "the higher counter counts, whatever the clocks"
        );
    })
    .await;
}

#[tokio::test]
async fn somebody_at_the_door_is_one_person_on_both_devices() {
    both_engines(|db| async {
        let room = Room::new(db, 1).await;
        let scene = &room.scene;
        let (mut one, mut other) = (room.tablet().await, room.tablet().await);
        let added = |name: &str| json!({ "kind": "added", "name": name, "phone": "pas de numéro", "organisation": "" });
        let guests: Vec<String> = (0..2).map(|_| scene.app.new_id::<kind::Person>().to_string()).collect();
        for (tablet, guest, name) in [(&mut one, &guests[0], "Zoé Blanc"), (&mut other, &guests[1], "zoe BLANC")] {
            tablet.say(scene, &room.session, guest, added(name));
            tablet.say(scene, &room.session, guest, arrived());
            tablet.send(scene).await.unwrap();
        }
        assert_eq!(room.marks().await, [marked("Anne 0", None), marked("Zoé Blanc", Some(Mark::Present))]);
        assert!(room.sheet().await.people[1].line.enrolment_id.is_some(), "a free seat is taken");
        // What follows names them as the device does.
        one.say(scene, &room.session, &guests[0], json!({ "kind": "left", "at": { "minutes": 30 } }));
        assert_eq!(one.send(scene).await.unwrap().aside, []);
        assert_eq!(room.marks().await[1].1, Some(Mark::LeftEarly { minutes: 30 }));
    })
    .await;
}

#[tokio::test]
async fn what_was_said_follows_a_merge_and_its_undoing_is_exported_and_goes_with_an_erasure() {
    both_engines(|db| async {
        let room = Room::new(db, 2).await;
        let scene = &room.scene;
        let mut tablet = room.tablet().await;
        let (kept, gone) = (room.people[0].id.clone(), room.people[1].id.clone());
        let drawn = json!({ "kind": "signed", "how": "screen", "strokes": "M7 7L77 77" });
        tablet.say(scene, &room.session, &gone, arrived());
        tablet.say(scene, &room.session, &gone, drawn);
        tablet.send(scene).await.unwrap();
        let version = async |id: &str| {
            let mut db = scene.app.read().await.unwrap();
            store::people::person(&mut db, id)
                .await
                .unwrap()
                .unwrap()
                .version
                .to_string()
        };
        let command = MergeCommand {
            kept: kept.clone(),
            gone: gone.clone(),
            kept_version: version(&kept).await,
            gone_version: version(&gone).await,
            take: Vec::new(),
        };
        merge_people(&scene.app, &coordinator(), &command)
            .await
            .unwrap();
        let told = async |id: &str| {
            let all = export_person(&scene.app, &coordinator(), id.parse().unwrap())
                .await
                .unwrap();
            all["said_of_attendance"].as_array().unwrap().len()
        };
        assert_eq!(told(&kept).await, 2);
        // The device still calls them by the name it knows.
        tablet.say(
            scene,
            &room.session,
            &gone,
            json!({ "kind": "left", "at": { "minutes": 20 } }),
        );
        assert_eq!(tablet.send(scene).await.unwrap().aside, []);
        assert_eq!(
            room.marks().await,
            [marked("Anne 0", Some(Mark::LeftEarly { minutes: 20 }))]
        );
        separate_people(&scene.app, &coordinator(), &kept)
            .await
            .unwrap();
        assert_eq!((told(&gone).await, told(&kept).await), (2, 1));

        tablet.say(
            scene,
            &room.session,
            &gone,
            json!({ "kind": "signed", "how": "screen", "strokes": "" }),
        );
        tablet.send(scene).await.unwrap();
        erase_person(&scene.app, &coordinator(), gone.parse().unwrap())
            .await
            .unwrap();
        let mut db = scene.app.read().await.unwrap();
        let rows = store::attendance::operations(&mut db, &room.session)
            .await
            .unwrap();
        assert!(
            rows.iter().all(|row| !row.body.contains("77")),
            "no signature is left"
        );
        assert!(
            rows.iter().any(|row| row.body.contains("arrived")),
            "what counts stays"
        );
        assert!(
            store::attendance::aside_of_session(&mut db, &room.session)
                .await
                .unwrap()
                .is_empty()
        );
        drop(db);
        assert_eq!(
            tablet.send(scene).await.unwrap().aside,
            [],
            "the device goes on"
        );
        add_note(&scene.app, &room.trainer, &room.session, "Merci")
            .await
            .unwrap();
    })
    .await;
}

#[tokio::test]
async fn two_devices_of_two_hundred_marks_come_to_one_list() {
    both_engines(|db| async {
        let room = Room::new(db, 200).await;
        let scene = &room.scene;
        let (mut one, mut other) = (room.tablet().await, room.tablet().await);
        for (number, person) in room.people.iter().enumerate() {
            one.say(scene, &room.session, &person.id, arrived());
            let said = if number % 10 == 0 {
                json!({ "kind": "absent" })
            } else {
                arrived()
            };
            other.say(scene, &room.session, &person.id, said);
        }
        let started = Instant::now();
        assert_eq!(one.send(scene).await.unwrap().taken.len(), 200);
        assert_eq!(other.send(scene).await.unwrap().taken.len(), 200);
        println!(
            "400 marks taken, stored and told in {:?}",
            started.elapsed()
        );
        let marks = room.marks().await;
        let conflicts = marks
            .iter()
            .filter(|(_, _, conflict)| conflict.is_some())
            .count();
        assert_eq!((marks.len(), conflicts), (200, 20));
        assert!(marks.iter().all(|(_, mark, _)| mark.is_some()));
    })
    .await;
}
