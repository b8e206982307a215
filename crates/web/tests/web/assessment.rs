//! The level test in a browser without script, and at the desk.

use application::access::{Actor, Role};
use application::assessment;
use application::enrolment::{Origin, register};
use application::people::PersonInput;
use axum::http::StatusCode;
use testkit::{Page, TestApp, Visitor, app_on_both_engines};

use crate::public::{plain, season};

/// Somebody who registered, signed in, with their id.
async fn participant(test: &TestApp, session: &str, name: &str) -> (Visitor, String) {
    let input = PersonInput {
        name: name.into(),
        email: format!("{}@exemple.example", name.to_lowercase()),
        commune: "62361".into(),
        ..PersonInput::default()
    };
    let answers = register(&test.app, &Actor::Visitor, session, &[input], Origin::Web)
        .await
        .unwrap();
    let actor = Actor::Participant {
        person: answers[0].person,
        name: name.into(),
    };
    (test.visitor_as(actor), answers[0].person.to_string())
}

/// The first question of somebody's test, begun from their own space.
async fn begun(visitor: &mut Visitor) -> Page {
    let space = visitor.get("/mon-espace").await;
    assert_eq!(space.status, StatusCode::OK);
    let href = space
        .attributes("a[href='/mon-espace/test']", "href")
        .remove(0);
    let welcome = visitor.get(&href).await;
    let first = visitor.submit(&welcome.form("main form")).await;
    assert!(first.path.starts_with("/test/"), "{}", first.path);
    first
}

/// Where on the page the right answer stands.
fn best(page: &Page) -> String {
    let slug = page.attributes("input[name=item]", "value").remove(0);
    let (_, item) = application::content::bank().item(&slug).unwrap();
    let right = &item.choices[item.right().unwrap()].fr;
    let place = page
        .all("label.choice")
        .iter()
        .position(|label| plain(label) == plain(right));
    page.attributes("input[name=choice]", "value")[place.unwrap()].clone()
}

/// Answers right to the end.
async fn to_the_end(visitor: &mut Visitor, mut page: Page) -> Page {
    for _ in 0..15 {
        if page.path.contains("/resultat") {
            return page;
        }
        assert_eq!(page.status, StatusCode::OK, "{}", page.text());
        let answer = best(&page);
        page = visitor
            .submit(&page.form("main form").fill("choice", &answer))
            .await;
    }
    assert!(page.path.contains("/resultat"), "{}", page.path);
    page
}

#[tokio::test]
async fn a_participant_takes_the_test_and_reads_the_result() {
    app_on_both_engines(|test| async move {
        let ids = season(&test, "open").await;
        let (mut anne, person) = participant(&test, &ids.mail, "Anne").await;
        let first = begun(&mut anne).await;
        assert_eq!(plain(&first.one("#progress")), "Question 1, sur 15 au plus");
        assert!(
            !first.text().contains("value=\"right\"") && first.all("script").len() <= 1,
            "nothing on the page tells the answer"
        );
        let wrong = anne.submit(&first.form("main form")).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.one("#choice-error").contains("Je ne sais pas"));
        let second = anne
            .submit(&first.form("main form").fill("reponse", "unknown"))
            .await;
        assert_eq!(
            plain(&second.one("#progress")),
            "Question 2, sur 15 au plus"
        );
        let result = to_the_end(&mut anne, second).await;
        assert!(plain(&result.one("section.sheet h2")).starts_with("Niveau"));
        assert_eq!(result.all("dl.facts dt").len(), 5);
        assert!(result.all("details").len() >= 8);
        let space = anne.get("/mon-espace").await;
        assert!(
            !space
                .attributes("a[href*='/resultat?cle=']", "href")
                .is_empty()
        );

        let mut desk = test.staff(Role::Coordinator);
        let list = desk.get("/bureau/tests").await;
        assert!(list.all("tbody td").contains(&"Anne".to_owned()));
        let page = desk.get(&format!("/bureau/personnes/{person}")).await;
        assert!(page.text().contains("Test de niveau"));
        let csv = desk.get("/bureau/tests?format=csv").await;
        assert!(csv.text().contains("Anne"));
        let none = desk.get("/bureau/tests?q=Zacharie").await;
        assert!(none.all("tbody tr").is_empty());
    })
    .await;
}

#[tokio::test]
async fn nobody_reaches_into_another_s_test() {
    app_on_both_engines(|test| async move {
        let ids = season(&test, "open").await;
        let (mut anne, _) = participant(&test, &ids.mail, "Anne").await;
        let (mut bea, _) = participant(&test, &ids.mail, "Beatrice").await;
        let hers = begun(&mut anne).await;
        let other = begun(&mut bea).await;
        let (id, key) = hers.path.split_once("?cle=").unwrap();
        let (_, wrong) = other.path.split_once("?cle=").unwrap();
        assert_ne!(key, wrong);
        for key in [wrong, "", "0", "%00", "%C3%A9"] {
            for part in ["", "/pause", "/resultat", "/image/1"] {
                let path = format!("{id}{part}?cle={key}");
                let page = bea.get(&path).await;
                assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
                assert!(!page.text().contains("Anne"));
            }
        }
        let form = other.form("main form");
        let csrf = form.value("csrf").unwrap().to_owned();
        let place = hers.attributes("input[name=item]", "value").remove(0);
        for part in ["", "/pause", "/fin", "/parcours"] {
            let path = format!("{id}{part}?cle={wrong}");
            let fields = [
                ("csrf", csrf.as_str()),
                ("place", "1"),
                ("item", place.as_str()),
                ("choice", "1"),
            ];
            let page = bea.post(&path, &fields).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        }
        // A run that is none.
        let gone = "/test/018bcfe5-6800-7707-8707-070707070707?cle=0";
        assert_eq!(anne.get(gone).await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test]
async fn replayed_and_tampered_answers_change_nothing() {
    app_on_both_engines(|test| async move {
        let ids = season(&test, "open").await;
        let (mut anne, _) = participant(&test, &ids.mail, "Anne").await;
        let first = begun(&mut anne).await;
        let (id, key) = first.path.split_once("?cle=").unwrap();
        let run = id.trim_start_matches("/test/").to_owned();
        let answers = async || {
            let opened = assessment::open(&test.app, &run, key).await.unwrap();
            opened.answers.len()
        };
        let good = first.form("main form").fill("choice", &best(&first));
        let second = anne.submit(&good).await;
        // The same form again, as by a double press or the button back.
        let again = anne.submit(&good).await;
        assert_eq!(plain(&again.one("#progress")), "Question 2, sur 15 au plus");
        assert!(again.all(".note.wait").is_empty());
        assert_eq!(answers().await, 1);
        // Another answer to it, after going back.
        let changed = anne
            .submit(&first.form("main form").fill("reponse", "passed"))
            .await;
        assert!(changed.one(".note.wait").contains("première réponse"));
        assert_eq!(answers().await, 1);
        let long = "x".repeat(100_000);
        let form = || second.form("main form").fill("choice", "1");
        for tampered in [
            form().fill("item", "un-autre"),
            form().fill("item", &long),
            form().fill("place", "7"),
            form().fill("place", "-1"),
            form().fill("place", &long),
            form().clear("item"),
        ] {
            let page = anne.submit(&tampered).await;
            assert_eq!(page.status, StatusCode::OK);
            assert!(
                page.one(".note.wait").contains("plus à jour"),
                "{}",
                page.one("main")
            );
        }
        for choice in ["9", "-1", "abc", long.as_str()] {
            let page = anne.submit(&form().fill("choice", choice)).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(
                page.text().len() < 60_000,
                "what was typed is not sent back whole"
            );
        }
        assert_eq!(answers().await, 1);
        // Without the form's token nothing is read.
        let page = anne.submit(&form().clear("csrf")).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN);
        assert_eq!(answers().await, 1);
    })
    .await;
}

#[tokio::test]
async fn one_stops_takes_the_link_elsewhere_and_ends() {
    let test = TestApp::new().await;
    let ids = season(&test, "open").await;
    let (mut anne, _) = participant(&test, &ids.mail, "Anne").await;
    let first = begun(&mut anne).await;
    let second = anne
        .submit(&first.form("main form").fill("choice", &best(&first)))
        .await;
    let stop = second
        .attributes("main a[href*='/pause']", "href")
        .remove(0);
    let paused = anne.get(&stop).await;
    let link = paused.attributes("main .address a", "href").remove(0);
    let mut elsewhere = test.visitor();
    let again = elsewhere
        .get(link.trim_start_matches("http://essor.test"))
        .await;
    assert_eq!(plain(&again.one("#progress")), "Question 2, sur 15 au plus");
    let sent = anne.submit(&paused.form("form[action*='/pause']")).await;
    assert!(sent.one(".note.ok").contains("parti"));
    let ended = elsewhere.get(&stop).await;
    let result = elsewhere.submit(&ended.form("form[action*='/fin']")).await;
    assert!(result.path.contains("/resultat"));
    assert!(plain(&result.one("section.sheet h2")).starts_with("Une première idée"));
    // Whoever presses "answer" in the other window is led to the result.
    let late = anne
        .submit(&second.form("main form").fill("choice", "1"))
        .await;
    assert!(late.path.contains("/resultat"), "{}", late.path);
}

#[tokio::test]
async fn a_picture_is_touched_or_read() {
    let test = TestApp::new().await;
    let ids = season(&test, "open").await;
    let (mut anne, _) = participant(&test, &ids.mail, "Anne").await;
    let first = begun(&mut anne).await;
    let (id, key) = first.path.split_once("?cle=").unwrap();
    // Put the question with a picture in the place of the one at hand, as if it had been chosen.
    let (_, item) = application::content::bank().item("barre-adresse").unwrap();
    let run = id.trim_start_matches("/test/");
    let mut tx = test.app.write().await.unwrap();
    tx.execute(
        "UPDATE level_run SET item = $2, item_version = $3 WHERE id = $1",
        [
            run.into(),
            item.slug.as_str().into(),
            item.version().as_str().into(),
        ],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let page = anne.get(&first.path).await;
    assert_eq!(
        page.attributes("input[type=image]", "alt"),
        [item.picture.as_ref().unwrap().alt.fr.clone()]
    );
    let form = page.form("main form").clear("carte");
    // Beside every spot, and at the corner that a keyboard sends.
    for (x, y) in [("0", "0"), ("319", "179"), ("-5", "40"), ("x", "y")] {
        let missed = anne
            .submit(&form.clone().fill("carte.x", x).fill("carte.y", y))
            .await;
        assert_eq!(missed.status, StatusCode::UNPROCESSABLE_ENTITY, "{x} {y}");
    }
    let hit = anne
        .submit(&form.clone().fill("carte.x", "160").fill("carte.y", "42"))
        .await;
    assert_eq!(hit.status, StatusCode::OK);
    let opened = assessment::open(&test.app, run, key).await.unwrap();
    assert_eq!(opened.answers[0].is_right, 1);
}

#[tokio::test]
async fn a_coordinator_reads_the_bank_and_a_referent_the_sums() {
    let test = TestApp::new().await;
    let ids = season(&test, "open").await;
    let (mut anne, person) = participant(&test, &ids.mail, "Anne").await;
    let first = begun(&mut anne).await;
    to_the_end(&mut anne, first).await;
    let mut desk = test.staff(Role::Coordinator);
    let bank = desk
        .get("/bureau/tests/questions?q=adresse&tri=-shown")
        .await;
    assert_eq!(bank.status, StatusCode::OK);
    let page = desk.get("/bureau/tests/questions/barre-adresse").await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    let picture = desk
        .get("/bureau/tests/questions/barre-adresse/image")
        .await;
    assert_eq!(picture.headers["content-type"], "image/svg+xml");
    for missing in [
        "inconnue",
        "inconnue/image",
        "bons-mots/image",
        "..%2F..%2Fetc",
    ] {
        let page = desk
            .get(&format!("/bureau/tests/questions/{missing}"))
            .await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{missing}");
    }
    let sums = desk.get("/bureau/tests/bilan").await;
    assert!(sums.all("tbody td.number").contains(&"1".to_owned()));

    let mut referent = test.staff(Role::Referent);
    let sums = referent.get("/bureau/tests/bilan").await;
    assert_eq!(sums.status, StatusCode::OK);
    assert!(sums.text().contains("Moins de cinq personnes"));
    assert!(sums.all("tbody td.number").is_empty());
    for path in [
        "/bureau/tests",
        "/bureau/tests/questions",
        "/bureau/tests/questions/barre-adresse",
    ] {
        assert_eq!(
            referent.get(path).await.status,
            StatusCode::FORBIDDEN,
            "{path}"
        );
    }
    let seen = referent.get(&format!("/bureau/personnes/{person}")).await;
    assert_eq!(seen.status, StatusCode::OK);
    assert!(
        !plain(seen.text()).contains("Niveau"),
        "a referent does not see the result"
    );
    assert!(
        test.visitor()
            .get("/bureau/tests")
            .await
            .path
            .starts_with("/connexion")
    );
    // With somebody beside them, staff have the test taken; this one has been.
    let page = desk.get(&format!("/bureau/personnes/{person}")).await;
    let again = desk.submit(&page.form("form[action$='/test']")).await;
    assert!(again.one(".note.wait").contains("déjà"));
}

#[tokio::test]
async fn whoever_answered_the_questionnaire_is_asked_and_may_say_no() {
    let test = TestApp::new().await;
    season(&test, "open").await;
    let (mut visitor, path) = crate::questionnaire::answered(&test).await;
    let href = path
        .attributes("main a[href*='/test?cle=']", "href")
        .remove(0);
    let welcome = visitor.get(&href).await;
    assert_eq!(welcome.status, StatusCode::OK);
    let back = visitor
        .submit(&welcome.form("main form").fill("suite", "non"))
        .await;
    assert!(back.path.contains("/parcours?cle="), "{}", back.path);
    let welcome = visitor.get(&href).await;
    let first = visitor.submit(&welcome.form("main form")).await;
    let result = to_the_end(&mut visitor, first).await;
    let follow = visitor
        .submit(
            &result
                .form("form[action*='/parcours']")
                .fill("compte", "oui"),
        )
        .await;
    assert!(follow.one(".note.ok").contains("recomposé"));
    let path = visitor.get(&path.path).await;
    assert!(path.text().contains("Ce niveau vient de votre test"));
    let bare = href.split('?').next().unwrap();
    let other = visitor.get(&format!("{bare}?cle=0")).await;
    assert_eq!(other.status, StatusCode::NOT_FOUND);
}
