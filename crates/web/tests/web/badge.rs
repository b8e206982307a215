//! Badges and funders from a browser without script, and what machines fetch.

use application::access::{Actor, Role};
use axum::http::{StatusCode, header};
use testkit::{Page, Visitor};

use crate::attendance::{Scene, scene};

/// Anne came, and has her certificate; answers its id.
async fn certified(scene: &Scene) -> String {
    let mut desk = scene.app.staff(Role::Coordinator);
    let page = desk
        .get(&format!("/formateur/seances/{}", scene.session))
        .await;
    desk.submit(&page.form("form[action$='/tous-presents']"))
        .await;
    let page = desk.get("/bureau/attestations").await;
    let page = desk
        .submit(&page.form("form[action$='/donner-toutes']"))
        .await;
    let pdf = page.attributes("tbody a[href$='.pdf']", "href");
    let name = pdf[0].rsplit('/').next().unwrap();
    name.strip_suffix(".pdf").unwrap().to_owned()
}

fn anne(scene: &Scene) -> Visitor {
    scene.app.visitor_as(Actor::Participant {
        person: scene.people[0].parse().unwrap(),
        name: "Anne Petit".into(),
    })
}

/// Sends the form of the page with a text or a file.
async fn shown(visitor: &mut Visitor, text: &str, file: &[u8]) -> Page {
    let token = visitor
        .get("/badges")
        .await
        .form("main form")
        .value("csrf")
        .unwrap()
        .to_owned();
    let mut body = Vec::new();
    for (name, value) in [("csrf", token.as_str()), ("badge", text), ("email", "")] {
        body.extend_from_slice(
            format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
                .as_bytes(),
        );
    }
    let name = if file.is_empty() { "" } else { "badge.png" };
    body.extend_from_slice(
        format!("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n")
            .as_bytes(),
    );
    body.extend_from_slice(file);
    body.extend_from_slice(b"\r\n--b--\r\n");
    let kind = "multipart/form-data; boundary=b";
    visitor.raw("POST", "/badges", kind, body).await
}

#[tokio::test]
async fn a_participant_fetches_their_badge_and_anybody_checks_it() {
    let scene = scene().await;
    let id = certified(&scene).await;
    let mut own = anne(&scene);
    let space = own.get("/mon-espace").await;
    assert_eq!(
        space
            .attributes("a[href*='/mon-espace/badges/']", "href")
            .len(),
        3
    );
    let json = own.get(&format!("/mon-espace/badges/{id}.json")).await;
    assert_eq!(json.json()["type"][1], "OpenBadgeCredential");
    let png = own.get(&format!("/mon-espace/badges/{id}.png")).await;
    let svg = own.get(&format!("/mon-espace/badges/{id}.svg")).await;
    assert_eq!(png.headers[header::CONTENT_TYPE], "image/png");

    let mut visitor = scene.app.visitor();
    for (text, file) in [
        (json.text(), &b""[..]),
        ("", json.body.as_slice()),
        ("", &png.body),
        ("", &svg.body),
    ] {
        let page = shown(&mut visitor, text, file).await;
        assert_eq!(page.status, StatusCode::OK);
        let said = page.one("main section");
        assert!(
            said.contains("authentique") && said.contains("Anne Petit"),
            "{said}"
        );
        assert!(said.contains("Démarches et vie citoyenne"), "{said}");
    }
    let address = json.json()["id"].as_str().unwrap().to_owned();
    let path = address.split_once("/badges/").unwrap().1;
    let page = visitor.get(&format!("/badges/{path}")).await;
    assert!(page.one("main section").contains("Anne Petit"));

    let other = visitor.get(&format!("/mon-espace/badges/{id}.json")).await;
    assert!(!other.text().contains("OpenBadgeCredential"));
    for ending in ["exe", "pdf", "json.json"] {
        let page = own.get(&format!("/mon-espace/badges/{id}.{ending}")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{ending}");
    }
}

#[tokio::test]
async fn what_is_no_badge_is_told_in_words_and_shown_again_escaped() {
    let scene = scene().await;
    let mut visitor = scene.app.visitor();
    let page = shown(&mut visitor, "</textarea><script>alert(1)</script>", b"").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!page.text().contains("<script>alert"));
    assert!(page.one("main section").contains("pas un badge"));
    let long = shown(&mut visitor, &"a".repeat(100_000), b"").await;
    assert!(long.one("main section").contains("bien plus long"));
    assert!(long.body.len() < 50_000, "it is not sent back");
    let picture = shown(&mut visitor, "", documents::badge::Art::Success.png()).await;
    assert_eq!(picture.status, StatusCode::UNPROCESSABLE_ENTITY);
    let huge = shown(&mut visitor, "", &vec![b'x'; 2_000_000]).await;
    assert_eq!(huge.status, StatusCode::PAYLOAD_TOO_LARGE);
    let unknown = visitor
        .get("/badges/0198c5c4-0000-7000-8000-000000000000")
        .await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn machines_find_the_issuer_its_keys_and_the_list_of_those_withdrawn() {
    let scene = scene().await;
    let id = certified(&scene).await;
    let badge = anne(&scene)
        .get(&format!("/mon-espace/badges/{id}.json"))
        .await
        .json();
    let path = |address: &serde_json::Value| {
        let address = address.as_str().unwrap();
        format!("/badges/{}", address.split_once("/badges/").unwrap().1)
    };
    let mut machine = scene.app.visitor();
    let issuer = machine.get(&path(&badge["issuer"]["id"])).await;
    assert_eq!(issuer.headers[header::ACCESS_CONTROL_ALLOW_ORIGIN], "*");
    assert_eq!(issuer.json()["id"], badge["issuer"]["id"]);
    let method = &badge["proof"]["verificationMethod"];
    assert_eq!(&issuer.json()["assertionMethod"][0], method);
    let key = machine.get(&path(method)).await.json();
    assert_eq!((&key["id"], &key["kid"]), (method, method));
    let list = machine
        .get(&path(&badge["credentialStatus"]["statusListCredential"]))
        .await
        .json();
    assert_eq!(list["type"][1], "BitstringStatusListCredential");
    assert_eq!(list["proof"]["cryptosuite"], "eddsa-jcs-2022");
    for absent in [
        "/badges/listes/0198c5c4-0000-7000-8000-000000000000/0",
        "/badges/emetteurs/x",
    ] {
        assert_eq!(machine.get(absent).await.status, StatusCode::NOT_FOUND);
    }
    let list = path(&badge["credentialStatus"]["statusListCredential"]);
    for number in ["7", "99999999999999999999", "-1"] {
        let other = list.replace("/0", &format!("/{number}"));
        let other = format!("{}/{number}", other.rsplit_once('/').unwrap().0);
        assert_eq!(machine.get(&other).await.status, StatusCode::NOT_FOUND);
    }
    let mut person = scene.app.visitor().with_header("accept", "text/html");
    let page = person.get(&path(&badge["issuer"]["id"])).await;
    assert!(page.one("h1").contains("Boutic"), "people get a page");
    let picture = machine.get("/badges/images/presence.png").await;
    assert_eq!(picture.headers[header::CONTENT_TYPE], "image/png");
}

#[tokio::test]
async fn the_administrator_renews_keys_and_the_desk_sets_the_share() {
    let scene = scene().await;
    certified(&scene).await;
    let mut admin = scene.app.staff(Role::Administrator);
    let page = admin.get("/bureau/badges").await;
    let renew = page.attributes("a[href$='/renouveler']", "href");
    let ask = admin.get(&renew[0]).await;
    let page = admin.submit(&ask.form("main form")).await;
    assert_eq!(page.all("tbody tr").len(), 2);
    let mut desk = scene.app.staff(Role::Coordinator);
    assert_eq!(
        desk.get("/bureau/badges").await.status,
        StatusCode::FORBIDDEN
    );

    let form = desk
        .get("/bureau/programmes/boutic/preuves")
        .await
        .form("main form");
    assert_eq!(form.value("share"), Some("80"));
    let wrong = desk.submit(&form.clone().fill("share", "180")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    desk.submit(&form.clone().fill("share", "60")).await;
    let stale = desk.submit(&form.fill("share", "70")).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    let form = desk
        .get("/bureau/programmes/boutic/preuves")
        .await
        .form("main form");
    assert_eq!(form.value("share"), Some("60"));
}

#[tokio::test]
async fn hours_of_funders_are_shown_filtered_and_exported() {
    let scene = scene().await;
    certified(&scene).await;
    let mut desk = scene.app.staff(Role::Coordinator);
    let page = desk
        .get("/bureau/saisons/automne-2026/partenaires/nouveau")
        .await;
    let form = page.form("main form").fill("name", "=Région & <b>Cie</b>");
    let page = desk.submit(&form).await;
    assert_eq!(page.status, StatusCode::OK, "{:?}", page.all("main"));
    let page = desk.get("/bureau/financeurs").await;
    assert_eq!(page.all("tbody a"), ["=Région & <b>Cie</b>"]);
    assert!(
        page.one("tbody tr").contains("4 h"),
        "two people for two hours"
    );
    let sessions = page.attributes("tbody a", "href");
    let page = desk.get(&sessions[0]).await;
    let fund = page.attributes("tbody a[href$='/financeur']", "href");
    assert_eq!(fund.len(), 2, "both sessions of the only funder");

    let form = desk.get(&fund[0]).await.form("main form");
    let page = desk.submit(&form.clone().fill("funder", "somebody")).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = desk.submit(&form).await;
    assert_eq!(page.status, StatusCode::OK);

    for list in ["", "/seances", "/presences"] {
        let csv = desk
            .get(&format!("/bureau/financeurs{list}?format=csv"))
            .await;
        assert!(
            csv.text().contains("'=Région"),
            "no formula: {}",
            csv.text()
        );
        let xlsx = desk
            .get(&format!("/bureau/financeurs{list}?format=xlsx"))
            .await;
        assert!(xlsx.body.starts_with(b"PK"), "{list}");
        let none = desk
            .get(&format!("/bureau/financeurs{list}?du=2030-01-01"))
            .await;
        assert_eq!(none.all("tbody tr").len(), 0);
    }
    let sheet = desk.get("/bureau/financeurs/presences?q=anne").await;
    assert_eq!(sheet.all("tbody tr").len(), 1);
    let mut referent = scene.app.staff(Role::Referent);
    assert_eq!(
        referent.get("/bureau/financeurs").await.status,
        StatusCode::FORBIDDEN
    );
}
