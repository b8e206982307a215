//! The participant's own space: what is theirs, and nothing of anybody else's.

use application::access::{Actor, link};
use application::enrolment::{Origin, register};
use application::people::PersonInput;
use testkit::{Page, TestApp, Visitor, app_on_both_engines};

use crate::public::{plain, season};

/// Registers somebody by name and signs them in; answers their browser and their registration.
async fn participant(test: &TestApp, session: &str, name: &str) -> (Visitor, String) {
    let input = PersonInput {
        name: name.into(),
        email: format!("{}@exemple.example", name.to_lowercase()),
        commune: "62361".into(),
        needs: format!("Aide de {name}"),
        ..PersonInput::default()
    };
    let answers = register(&test.app, &Actor::Visitor, session, &[input], Origin::Web)
        .await
        .unwrap();
    let actor = Actor::Participant {
        person: answers[0].person,
        name: name.into(),
    };
    let enrolment = answers[0].enrolment.unwrap().to_string();
    (test.visitor_as(actor), enrolment)
}

fn badges(page: &Page) -> Vec<String> {
    page.all(".events .badge")
        .iter()
        .map(|badge| plain(badge))
        .collect()
}

#[tokio::test]
async fn one_sees_one_s_own_registrations_and_no_other_name() {
    app_on_both_engines(|test| async move {
        let ids = season(&test, "open").await;
        let (mut anne, _) = participant(&test, &ids.mail, "Anne").await;
        let (_, _) = participant(&test, &ids.mail, "Bertrand").await;
        let (mut cid, _) = participant(&test, &ids.mail, "Cidalia").await;
        let own = anne.get("/mon-espace").await;
        assert_eq!(own.status, 200, "{}", own.text());
        assert_eq!(badges(&own)[0], "Place réservée");
        let waiting = cid.get("/mon-espace").await;
        assert_eq!(badges(&waiting)[0], "En attente, 1er rang");
        for (page, others) in [
            (own, ["Bertrand", "Cidalia"]),
            (waiting, ["Anne", "Bertrand"]),
        ] {
            for other in others {
                assert!(!page.text().contains(other), "{other} is named");
            }
        }
        let data = anne.get("/mon-espace/donnees.json").await;
        assert_eq!(data.json()["person"]["name"], "Anne");
        assert!(!data.text().contains("Bertrand"));
    })
    .await;
}

#[tokio::test]
async fn a_seat_given_up_goes_to_the_next_who_takes_it() {
    app_on_both_engines(|test| async move {
        let ids = season(&test, "open").await;
        let (mut anne, seat) = participant(&test, &ids.mail, "Anne").await;
        let (_, _) = participant(&test, &ids.mail, "Bertrand").await;
        let (mut cid, _) = participant(&test, &ids.mail, "Cidalia").await;
        let ask = anne
            .get(&format!("/mon-espace/inscriptions/{seat}/retrait"))
            .await;
        let done = anne.submit(&ask.form("main form")).await;
        assert!(done.one("main .note.ok").contains("désinscrit"));
        let offered = cid.get("/mon-espace").await;
        let taken = cid.submit(&offered.form("form[action$=accepter]")).await;
        assert_eq!(badges(&taken)[0], "Place réservée");
    })
    .await;
}

#[tokio::test]
async fn nobody_reaches_into_another_s_registrations() {
    app_on_both_engines(|test| async move {
        let ids = season(&test, "open").await;
        let (mut anne, _) = participant(&test, &ids.mail, "Anne").await;
        let (_, other) = participant(&test, &ids.mail, "Bertrand").await;
        let own = anne.get("/mon-espace").await;
        let token = own.form("form[action$=deconnexion-partout]");
        let csrf = token.value("csrf").unwrap().to_owned();
        for action in ["retrait", "accepter", "refuser"] {
            let path = format!("/mon-espace/inscriptions/{other}/{action}");
            let page = anne.post(&path, &[("csrf", &csrf)]).await;
            assert_eq!(page.status, 404, "{action}");
            assert!(!page.text().contains("Bertrand"));
        }
        let path = format!("/mon-espace/inscriptions/{other}/retrait");
        assert_eq!(anne.get(&path).await.status, 404);
        let mut nobody = test.visitor();
        for path in [
            "/mon-espace",
            "/mon-espace/donnees.json",
            "/mon-espace/coordonnees",
        ] {
            let page = nobody.get(path).await;
            assert!(
                page.path.starts_with("/connexion"),
                "{path} → {}",
                page.path
            );
        }
    })
    .await;
}

#[tokio::test]
async fn one_s_details_can_be_changed_and_a_change_meanwhile_is_told() {
    app_on_both_engines(|test| async move {
        let ids = season(&test, "open").await;
        let (mut anne, _) = participant(&test, &ids.mail, "Anne").await;
        let form = anne.get("/mon-espace/coordonnees").await.form("main form");
        let wrong = anne
            .submit(&form.clone().fill("email", "").fill("phone", "12"))
            .await;
        assert_eq!(wrong.status, 422);
        assert_eq!(wrong.all("#phone-error").len(), 1);
        let saved = anne
            .submit(
                &form
                    .clone()
                    .fill("phone", "0321030405")
                    .fill("commune", "Saint-Pol-sur-Ternoise"),
            )
            .await;
        assert!(plain(&saved.one("main")).contains("03 21 03 04 05"));
        let stale = anne.submit(&form.fill("needs", "Une autre aide")).await;
        assert_eq!(stale.status, 409);
        assert!(stale.one("main .note.wait").contains("+33321030405"));
        assert_eq!(
            stale.form("main form").value("needs"),
            Some("Une autre aide"),
            "what was typed is kept"
        );
        let kept = anne.submit(&stale.form("main form")).await;
        assert!(kept.one("main").contains("Une autre aide"));
    })
    .await;
}

#[tokio::test]
async fn erasing_takes_the_name_away_and_the_seat_free() {
    app_on_both_engines(|test| async move {
        let ids = season(&test, "open").await;
        let (mut anne, _) = participant(&test, &ids.mail, "Anne").await;
        let ask = anne.get("/mon-espace/effacement").await;
        let done = anne.submit(&ask.form("main form")).await;
        assert!(done.one("main .note.ok").contains("effacées"));
        let mut db = test.app.read().await.unwrap();
        let known = store::people::people_by_email(&mut db, "anne@exemple.example")
            .await
            .unwrap();
        assert!(known.is_empty());
        let page = test.visitor().get(&format!("/seances/{}", ids.mail)).await;
        assert_eq!(plain(&page.one("aside .badge.ok")), "Reste 2 places");
    })
    .await;
}

#[tokio::test]
async fn signing_out_everywhere_makes_former_links_void() {
    app_on_both_engines(|test| async move {
        let ids = season(&test, "open").await;
        participant(&test, &ids.mail, "Anne").await;
        let mut db = test.app.read().await.unwrap();
        let person = store::people::people_by_email(&mut db, "anne@exemple.example")
            .await
            .unwrap()
            .remove(0);
        drop(db);
        let address = link::personal(&test.app, &person).unwrap();
        let signed_in = application::access::sign_in::with_link(
            &test.app,
            address.rsplit('/').next().unwrap(),
            "test",
        )
        .await
        .unwrap();
        let mut browser = test.visitor();
        browser.set_cookie("session", &signed_in.token);
        let own = browser.get("/mon-espace").await;
        let out = browser
            .submit(&own.form("form[action$=deconnexion-partout]"))
            .await;
        assert!(out.one("main .note.ok").contains("déconnecté partout"));
        let mut other = test.visitor();
        other.set_cookie("session", &signed_in.token);
        assert!(
            other
                .get("/mon-espace")
                .await
                .path
                .starts_with("/connexion")
        );
        let again = application::access::sign_in::with_link(
            &test.app,
            address.rsplit('/').next().unwrap(),
            "test",
        )
        .await;
        assert!(again.is_err(), "the link is void");
    })
    .await;
}

#[tokio::test]
async fn who_is_signed_in_registers_with_one_click() {
    let test = TestApp::new().await;
    let ids = season(&test, "open").await;
    let (mut anne, _) = participant(&test, &ids.mail, "Anne").await;
    let form = anne
        .get(&format!("/seances/{}/inscription", ids.shop))
        .await
        .form("main form");
    assert_eq!(form.value("name"), None, "nothing is asked again");
    let done = anne.submit(&form).await;
    assert_eq!(done.all("main .badge.ok").len(), 1);
    assert_eq!(anne.get("/mon-espace").await.all(".events > li").len(), 2);
}
