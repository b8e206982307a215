//! The desk's pages of people, files and history, as somebody without scripts uses them.

use application::access::Role;
use axum::http::{Method, StatusCode};
use testkit::{Page, TestApp, Visitor, app_on_both_engines};

async fn add(desk: &mut Visitor, fields: &[(&str, &str)]) -> Page {
    let mut form = desk
        .get("/bureau/personnes/nouvelle")
        .await
        .form("main form");
    for (name, value) in fields {
        form = form.fill(name, value);
    }
    desk.submit(&form).await
}

/// The address of the person's page that an answer ended on.
fn id(page: &Page) -> String {
    page.path
        .strip_prefix("/bureau/personnes/")
        .unwrap_or_else(|| panic!("{} {}", page.path, page.status))
        .to_owned()
}

#[tokio::test]
async fn a_person_is_entered_found_changed_and_told_of_in_the_journal() {
    app_on_both_engines(|app| async move {
        let mut desk = app.staff(Role::Coordinator);
        let refused = add(
            &mut desk,
            &[("name", "<b>Anne</b> Petit"), ("email", "pas une adresse")],
        )
        .await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(
            refused.form("main form").value("name"),
            Some("<b>Anne</b> Petit"),
            "what was typed stays"
        );
        let page = add(
            &mut desk,
            &[
                ("name", "<b>Anne</b> Petit"),
                ("email", "anne@exemple.fr"),
                ("commune", "Frévent (62270)"),
                ("organisation", "Boulangerie Petit"),
            ],
        )
        .await;
        assert_eq!(page.one("h1"), "<b>Anne</b> Petit");
        let anne = id(&page);
        let again = add(
            &mut desk,
            &[("name", "<B>anne</B> petit"), ("email", "ANNE@exemple.fr")],
        )
        .await;
        assert_eq!(
            again.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "nobody is entered twice"
        );
        let found = desk
            .get("/bureau/personnes?q=boulangerie&commune=frevent&tri=commune&sens=desc")
            .await;
        assert_eq!(found.all("tbody th"), ["<b>Anne</b> Petit"]);
        assert_eq!(
            desk.get("/bureau/personnes?q=personne&page=x&tri=%00&profil='")
                .await
                .status,
            StatusCode::OK
        );
        let form = desk
            .get(&format!("/bureau/personnes/{anne}/modifier"))
            .await
            .form("main form");
        let saved = desk.submit(&form.clone().fill("name", "Anne Grand")).await;
        assert_eq!(saved.one("h1"), "Anne Grand");
        let late = desk.submit(&form.fill("note", "ma note")).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        assert!(late.text().contains("Anne Grand"), "theirs is shown");
        assert!(late.text().contains("ma note"), "mine is kept");
        let journal = desk.get("/bureau/historique?domaine=people").await;
        assert_eq!(
            journal.all("main ol > li b"),
            ["A modifié une fiche", "A créé une fiche"]
        );
        assert!(journal.text().contains("Anne Grand"));
        let firms = desk.get("/bureau/organisations").await;
        assert_eq!(firms.all("tbody th"), ["Boulangerie Petit"]);
    })
    .await;
}

#[tokio::test]
async fn two_records_are_compared_and_merged_and_a_person_is_erased() {
    let app = TestApp::new().await;
    let mut desk = app.staff(Role::Coordinator);
    let kept = id(&add(&mut desk, &[("name", "Anne Petit"), ("commune", "62361")]).await);
    let gone = id(&add(
        &mut desk,
        &[
            ("name", "Petit Anne"),
            ("commune", "62361"),
            ("email", "anne@exemple.fr"),
        ],
    )
    .await);
    let pairs = desk.get("/bureau/personnes/doublons").await;
    assert_eq!(pairs.all("section.sheet").len(), 1);
    let merge = desk
        .get(&format!(
            "/bureau/personnes/reunir?garder={kept}&absorber={gone}"
        ))
        .await;
    let form = merge.form("main form");
    assert_eq!(
        form.value("take"),
        Some("email"),
        "what only the other record has is proposed"
    );
    let done = desk.submit(&form).await;
    assert_eq!(
        (done.path.as_str(), done.one("h1").as_str()),
        (format!("/bureau/personnes/{kept}").as_str(), "Anne Petit")
    );
    assert!(done.text().contains("anne@exemple.fr"));
    let twice = desk.submit(&form).await;
    assert!(twice.status.is_client_error(), "{}", twice.status);
    assert_eq!(
        desk.get("/bureau/personnes/doublons")
            .await
            .all("section.sheet")
            .len(),
        0
    );
    let data = desk.get(&format!("/bureau/personnes/{kept}/donnees")).await;
    assert_eq!(data.json()["person"]["name"], "Anne Petit");
    let erased = desk
        .submit(&desk_form(&mut app.staff(Role::Coordinator), &kept).await)
        .await;
    assert_eq!(
        erased.status,
        StatusCode::FORBIDDEN,
        "another browser's token is no good"
    );
    let ask = desk.get(&format!("/bureau/personnes/{kept}/effacer")).await;
    let erased = desk.submit(&ask.form("main form")).await;
    assert_eq!(erased.path, "/bureau/personnes");
    let page = desk.get(&format!("/bureau/personnes/{kept}")).await;
    assert!(!page.text().contains("Anne Petit"));
    assert!(
        !desk
            .get("/bureau/historique")
            .await
            .text()
            .contains("Anne Petit")
    );
}

async fn desk_form(other: &mut Visitor, person: &str) -> testkit::Form {
    other
        .get(&format!("/bureau/personnes/{person}/effacer"))
        .await
        .form("main form")
}

/// The file field of the import page as a browser sends it.
async fn send_file(desk: &mut Visitor, list: &str, file: &str) -> Page {
    let path = format!("/bureau/imports/{list}");
    let form = desk.get(&path).await.form("main form");
    let body = format!(
        "--b\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{}\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; \
         filename=\"../../liste.csv\"\r\nContent-Type: text/csv\r\n\r\n{file}\r\n--b--\r\n",
        form.value("csrf").unwrap()
    );
    desk.send(
        Method::POST,
        &path,
        Some("multipart/form-data; boundary=b"),
        body.into_bytes(),
    )
    .await
}

#[tokio::test]
async fn a_file_is_checked_shown_and_brought_in_only_when_confirmed() {
    app_on_both_engines(|app| async move {
        let mut desk = app.staff(Role::Coordinator);
        let bad = send_file(&mut desk, "personnes", "Nom;Courriel\nAnne;<script>\n").await;
        assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(bad.text().contains("&lt;script&gt;"));
        assert_eq!(bad.all("main form").len(), 0, "there is nothing to confirm");
        let good = send_file(
            &mut desk,
            "personnes",
            "Nom;Courriel\nAnne Petit;anne@exemple.fr\n=2+3 Luc;\n",
        )
        .await;
        assert_eq!(good.status, StatusCode::OK);
        assert_eq!(desk.get("/bureau/personnes").await.all("tbody th").len(), 0);
        let done = desk.submit(&good.form("main form")).await;
        assert_eq!(done.path, "/bureau/personnes");
        assert_eq!(done.all("tbody th"), ["=2+3 Luc", "Anne Petit"]);
        let twice = desk.submit(&good.form("main form")).await;
        assert_eq!(twice.status, StatusCode::NOT_FOUND);
        let csv = desk.get("/bureau/personnes?format=csv").await;
        assert!(csv.text().contains("'=2+3 Luc"), "{}", csv.text());
        assert!(
            desk.get("/bureau/imports/personnes/modele?format=xlsx")
                .await
                .body
                .starts_with(b"PK")
        );
        assert_eq!(desk.get("/bureau/imports").await.all("tbody tr").len(), 9);
        assert_eq!(
            desk.get("/bureau/imports/souhaits").await.status,
            StatusCode::CONFLICT
        );
        assert_eq!(
            desk.get("/bureau/imports/rien").await.status,
            StatusCode::NOT_FOUND
        );
    })
    .await;
}

#[tokio::test]
async fn pages_of_people_are_closed_to_others_and_ids_of_nobody_are_not_found() {
    let app = TestApp::new().await;
    let paths = [
        "/bureau/personnes",
        "/bureau/personnes/nouvelle",
        "/bureau/personnes/doublons",
        "/bureau/organisations",
        "/bureau/organisations/nouvelle",
        "/bureau/historique",
        "/bureau/imports",
        "/bureau/imports/personnes",
        "/bureau/imports/personnes/export?format=csv",
        "/bureau/personnes?format=xlsx",
    ];
    for path in paths {
        assert!(
            app.visitor().get(path).await.path.starts_with("/connexion"),
            "{path}"
        );
        assert_eq!(
            app.staff(Role::Trainer).get(path).await.status,
            StatusCode::FORBIDDEN,
            "{path}"
        );
    }
    let mut desk = app.staff(Role::Coordinator);
    for id in [
        "rien",
        "%00",
        "0199b4a0-0000-7000-8000-000000000000",
        "..%2F..%2Fetc",
        "'%20OR%201=1",
    ] {
        for page in ["", "/modifier", "/effacer", "/donnees"] {
            let path = format!("/bureau/personnes/{id}{page}");
            assert_eq!(
                desk.get(&path).await.status,
                StatusCode::NOT_FOUND,
                "{path}"
            );
        }
        assert_eq!(
            desk.get(&format!("/bureau/organisations/{id}"))
                .await
                .status,
            StatusCode::NOT_FOUND
        );
        let merge = desk
            .get(&format!("/bureau/personnes/reunir?garder={id}&absorber=x"))
            .await;
        assert_eq!(merge.status, StatusCode::NOT_FOUND);
    }
}
