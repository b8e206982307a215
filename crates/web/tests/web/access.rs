//! The sign-in pages as people meet them.

use application::access::account::{self, EditAccount};
use application::access::{Actor, Role, link, sign_in};
use application::people::{self, PersonInput};
use axum::http::{Method, StatusCode};
use testkit::{Page, TestApp, Visitor, app_on_both_engines, staff};

const PASSWORD: &str = "une phrase assez longue";

async fn with_account(test: &TestApp, email: &str, role: &str) -> String {
    let command = EditAccount {
        name: "Claire Delattre".into(),
        email: email.into(),
        language: "fr".into(),
        password: PASSWORD.into(),
        roles: vec![role.into()],
        ..EditAccount::default()
    };
    account::create(&test.app, &Actor::System, &command)
        .await
        .unwrap()
        .to_string()
}

async fn with_participant(test: &TestApp) -> store::people::PersonRow {
    let input = PersonInput {
        name: "Zoé Lefèvre".into(),
        email: "zoe@essor.example".into(),
        ..PersonInput::default()
    };
    people::create_person(&test.app, &Actor::System, &input)
        .await
        .unwrap()
}

async fn enter(visitor: &mut Visitor, at: &str, email: &str, password: &str) -> Page {
    let form = visitor.get(at).await.form("form[action='/connexion']");
    visitor
        .submit(&form.fill("email", email).fill("password", password))
        .await
}

async fn code(test: &TestApp) -> String {
    let mut db = test.app.read().await.unwrap();
    let filter = store::mail::MailFilter {
        limit: 1,
        ..Default::default()
    };
    let letter = store::mail::list(&mut db, &filter).await.unwrap().remove(0);
    letter.subject.chars().take(6).collect()
}

#[tokio::test]
async fn staff_sign_in_go_where_they_wanted_and_out_again() {
    app_on_both_engines(|test| async move {
        with_account(&test, "claire@essor.example", "administrator").await;
        let mut visitor = test.visitor();
        let page = visitor.get("/bureau/comptes?role=trainer").await;
        assert_eq!(
            page.path,
            "/connexion?suite=%2Fbureau%2Fcomptes%3Frole%3Dtrainer"
        );
        let before = page.form("form[action='/connexion']");
        let page = visitor
            .submit(
                &before
                    .clone()
                    .fill("email", "claire@essor.example")
                    .fill("password", PASSWORD),
            )
            .await;
        assert_eq!(
            (page.status, page.path.as_str()),
            (StatusCode::OK, "/bureau/comptes?role=trainer")
        );
        assert_eq!(page.headers["cache-control"], "no-store");
        // A form from before signing in is no longer good.
        let old = visitor.submit(&before).await;
        assert_eq!(old.status, StatusCode::FORBIDDEN);
        let out = page.form("form[action='/deconnexion']");
        visitor.submit(&out).await;
        let page = visitor.get("/bureau/comptes").await;
        assert!(page.path.starts_with("/connexion"), "{}", page.path);
    })
    .await;
}

#[tokio::test]
async fn the_wish_to_go_on_never_leads_to_another_site() {
    let test = TestApp::new().await;
    with_account(&test, "claire@essor.example", "administrator").await;
    for suite in [
        "https://evil.example",
        "//evil.example",
        "/%5Cevil.example",
        "/%09/evil.example",
    ] {
        let mut visitor = test.visitor();
        let form = visitor
            .get("/connexion")
            .await
            .form("form[action='/connexion']");
        let sent = [
            ("csrf", form.value("csrf").unwrap()),
            ("email", "claire@essor.example"),
            ("password", PASSWORD),
            ("suite", &suite.replace("%5C", "\\").replace("%09", "\t")),
        ];
        let body: Vec<String> = sent
            .iter()
            .map(|(name, value)| format!("{name}={}", value.replace(' ', "+").replace('\t', "%09")))
            .collect();
        let kind = Some("application/x-www-form-urlencoded");
        let answer = visitor
            .send(
                Method::POST,
                "/connexion",
                kind,
                body.join("&").into_bytes(),
            )
            .await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        assert_eq!(answer.headers["location"], "/bureau", "{suite}");
        let cookie = answer.headers["set-cookie"].to_str().unwrap();
        assert!(
            cookie.contains("HttpOnly; SameSite=Lax; Path=/"),
            "{cookie}"
        );
    }
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_look_the_same() {
    let test = TestApp::new().await;
    with_account(&test, "claire@essor.example", "coordinator").await;
    let mut seen = Vec::new();
    for email in ["claire@essor.example", "personne@essor.example"] {
        let page = enter(&mut test.visitor(), "/connexion", email, "faux").await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(!page.text().contains("faux"));
        seen.push(page.one("main").replace(email, ""));
    }
    assert_eq!(seen[0], seen[1]);
    let mut visitor = test.visitor();
    for _ in 0..9 {
        enter(&mut visitor, "/connexion", "claire@essor.example", "faux").await;
    }
    let page = enter(&mut visitor, "/connexion", "claire@essor.example", PASSWORD).await;
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(page.headers.contains_key("retry-after"));
    assert!(page.one("main").contains("minute"), "{}", page.one("main"));
}

#[tokio::test]
async fn a_participant_enters_by_code_whether_known_or_not_the_answer_is_the_same() {
    app_on_both_engines(|test| async move {
        with_participant(&test).await;
        let mut answers = Vec::new();
        for email in ["personne@essor.example", "zoe@essor.example"] {
            let mut visitor = test.visitor();
            let form = visitor
                .get("/connexion")
                .await
                .form("form[action='/connexion/courriel']");
            let page = visitor
                .submit(&form.fill("email", email).fill("way", "code"))
                .await;
            assert_eq!(page.status, StatusCode::OK);
            answers.push(page.one("main").replace(email, ""));
            let form = page
                .form("form[action='/connexion/code']")
                .fill("code", "12");
            let page = visitor.submit(&form).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
            answers.push(page.one("main").replace(email, ""));
        }
        assert_eq!(answers[..2], answers[2..]);
        let mut visitor = test.visitor();
        let form = visitor
            .get("/connexion/code?suite=/sante")
            .await
            .form("form[action='/connexion/code']");
        let form = form
            .fill("email", "zoe@essor.example")
            .fill("code", &code(&test).await);
        let page = visitor.submit(&form).await;
        assert_eq!((page.path.as_str(), page.text()), ("/sante", "ok"));
        // No desk for participants.
        assert_eq!(
            visitor.get("/bureau/compte").await.status,
            StatusCode::FORBIDDEN
        );
        assert_eq!(
            visitor.get("/bureau/comptes").await.status,
            StatusCode::FORBIDDEN
        );
    })
    .await;
}

#[tokio::test]
async fn a_personal_link_opens_and_a_void_one_says_what_to_do() {
    let test = TestApp::new().await;
    let zoe = with_participant(&test).await;
    let address = link::personal(&test.app, &zoe).unwrap();
    let mut visitor = test.visitor();
    let page = visitor.get(&format!("{address}?suite=/sante")).await;
    assert_eq!(page.path, "/sante");
    let page = test.visitor().get(&format!("{address}0")).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(page.one(".note.wait").contains("plus valable"));
    assert_eq!(page.headers["cache-control"], "no-store");
    // Staff are asked first.
    let mut claire = test.staff(Role::Coordinator);
    let page = claire.get(&address).await;
    let form = page.form("main form");
    assert!(page.one("h1").contains("participant"));
    let page = claire.submit(&form).await;
    assert!(page.path.starts_with("/mon-espace"), "{}", page.path);
    // Signing out everywhere makes it void.
    let page = visitor.get("/connexion").await;
    let token = page.form("form[action='/deconnexion']:not(footer form)");
    visitor
        .post(
            "/deconnexion/partout",
            &[("csrf", token.value("csrf").unwrap())],
        )
        .await;
    assert_eq!(
        test.visitor().get(&address).await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn an_empty_installation_says_how_to_begin() {
    let test = TestApp::new().await;
    let page = test.visitor().get("/connexion").await;
    assert!(page.one("pre").contains("essor account create"));
    with_account(&test, "claire@essor.example", "administrator").await;
    assert!(test.visitor().get("/connexion").await.all("pre").is_empty());
    assert_eq!(
        test.visitor().get("/demonstration").await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn one_s_own_account_name_password_tokens() {
    app_on_both_engines(|test| async move {
        with_account(&test, "claire@essor.example", "trainer").await;
        let mut claire = test.visitor();
        enter(
            &mut claire,
            "/connexion?suite=/bureau/compte",
            "claire@essor.example",
            PASSWORD,
        )
        .await;
        let page = claire.get("/bureau/compte/jetons/nouveau").await;
        let wrong = claire.submit(&page.form("main form")).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let form = page
            .form("main form")
            .fill("name", "Site")
            .tick("scopes", "sessions:read");
        let token = claire.submit(&form).await.one("#token");
        assert!(token.starts_with("essor_"));
        let page = claire.get("/bureau/compte").await;
        assert!(!page.text().contains(&token), "shown once");
        let revoke = page.attributes("a[href$='/revoquer']", "href").remove(0);
        let page = claire.get(&revoke).await;
        claire.submit(&page.form("main form")).await;
        assert!(
            claire
                .get("/bureau/compte")
                .await
                .attributes("a[href$='/revoquer']", "href")
                .is_empty()
        );
        let page = claire.get("/bureau/compte/modifier").await;
        let stale = page.form("main form").fill("name", "Claire D.");
        claire
            .submit(&stale.clone().fill("name", "Claire Dubois"))
            .await;
        assert_eq!(claire.submit(&stale).await.status, StatusCode::CONFLICT);
        let form = claire
            .get("/bureau/compte/mot-de-passe")
            .await
            .form("main form");
        let page = claire
            .submit(
                &form
                    .clone()
                    .fill("old", "faux")
                    .fill("new", "une tout autre phrase"),
            )
            .await;
        assert!(
            page.one(".error").contains("actuel"),
            "{}",
            page.one("main")
        );
        let page = claire
            .submit(
                &form
                    .fill("old", PASSWORD)
                    .fill("new", "une tout autre phrase"),
            )
            .await;
        assert_eq!(page.path, "/connexion");
        let page = enter(
            &mut claire,
            "/connexion?suite=/bureau/compte",
            "claire@essor.example",
            "une tout autre phrase",
        )
        .await;
        assert!(page.one("main").contains("Claire Dubois"));
    })
    .await;
}

#[tokio::test]
async fn accounts_are_for_administrators_and_one_of_them_remains() {
    app_on_both_engines(|test| async move {
        let id = with_account(&test, "claire@essor.example", "administrator").await;
        let mut claire = test.staff(Role::Administrator);
        let page = claire.get("/bureau/comptes/nouveau").await;
        let form = page.form("main form");
        let page = claire.submit(&form).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        let form = form
            .fill("name", "Luc Petit")
            .fill("email", "luc@essor.example")
            .fill("password", PASSWORD)
            .tick("roles", "trainer");
        let page = claire.submit(&form).await;
        assert!(
            page.one("table").contains("Luc Petit"),
            "{}",
            page.one("main")
        );
        assert_eq!(
            claire.submit(&form).await.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "the address is taken"
        );
        let file = claire.get("/bureau/comptes?format=csv").await;
        assert!(file.text().contains("luc@essor.example") && !file.text().contains("argon2"));
        assert_eq!(file.headers["cache-control"], "no-store");
        assert!(
            claire
                .get("/bureau/comptes?role=referent")
                .await
                .all("tbody tr")
                .is_empty()
        );
        let edit = format!("/bureau/comptes/{id}/modifier");
        let form = claire.get(&edit).await.form("main form");
        let page = claire
            .submit(&form.clear("roles").tick("roles", "trainer"))
            .await;
        assert_eq!(page.status, StatusCode::CONFLICT);
        assert!(page.one("main").contains("au moins un administrateur"));
        for role in [Role::Coordinator, Role::Trainer, Role::Referent] {
            let mut other = test.visitor_as(staff(role));
            for path in [
                "/bureau/comptes",
                "/bureau/comptes/nouveau",
                &edit,
                &format!("/bureau/comptes/{id}"),
            ] {
                assert_eq!(
                    other.get(path).await.status,
                    StatusCode::FORBIDDEN,
                    "{role:?} {path}"
                );
            }
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_for_one_person_is_kept_by_no_cache() {
    let test = TestApp::new().await;
    for path in [
        "/connexion",
        "/connexion/code",
        "/api/v1/sessions",
        "/nulle-part?cle=abc",
    ] {
        let page = test.visitor().get(path).await;
        assert_eq!(page.headers["cache-control"], "no-store", "{path}");
    }
    let page = test.visitor().get("/nulle-part").await;
    assert_eq!(page.headers["cache-control"], "private, no-cache");
}

/// Every entry of every role's menu leads to a page, even where nothing has been set up yet.
#[tokio::test]
async fn no_menu_leads_nowhere() {
    let test = TestApp::new().await;
    let mut lost = Vec::new();
    for role in Role::ALL {
        let email = format!("{}@essor.example", role.slug());
        with_account(&test, &email, role.slug()).await;
        let signed_in = sign_in::with_password(&test.app, &email, PASSWORD, "", "").await;
        let mut visitor = test.visitor_as(signed_in.unwrap().actor);
        let page = visitor.get("/mentions").await;
        let mut links = page.attributes("header nav a, footer a", "href");
        let begin = match role {
            Role::Trainer => "/formateur",
            Role::Referent => "/referent",
            Role::Administrator | Role::Coordinator => "/bureau/personnes",
        };
        let desk = visitor.get(begin).await;
        links.extend(desk.attributes(".sidebar nav a[href^='/']", "href"));
        for href in links {
            let status = visitor.get(&href).await.status;
            if status != StatusCode::OK {
                lost.push(format!("{role:?} {href}: {status}"));
            }
        }
    }
    assert!(lost.is_empty(), "{lost:#?}");
}
