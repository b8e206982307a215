//! The desk sets up a programme from nothing: territory, programme, season, partners, sites, trainers, referents.

use application::access::Role;
use axum::http::StatusCode;
use testkit::{TestApp, Visitor};

#[expect(clippy::unwrap_used, reason = "splitting gives at least one part")]
async fn territory(desk: &mut Visitor) -> String {
    let form = desk
        .get("/bureau/territoires/nouveau")
        .await
        .form("main form");
    let found = desk
        .submit(
            &form
                .fill("name", "Pays du Ternois")
                .fill("search", "ternois")
                .fill("find", "oui"),
        )
        .await;
    assert_eq!(found.status, StatusCode::OK, "searching saves nothing");
    assert!(found.text().contains("CC du Ternois"), "{}", found.text());
    let form = found
        .form("main form")
        .tick("parts", "epci:200069672")
        .fill("find", "");
    let page = desk.submit(&form).await;
    assert!(
        page.path.starts_with("/bureau/territoires/"),
        "{}",
        page.text()
    );
    assert_eq!(page.one("h1"), "Pays du Ternois");
    assert!(
        page.all("figure.map svg path, figure.map svg circle").len() >= 100,
        "the map has its communes"
    );
    page.path.rsplit('/').next().unwrap().to_owned()
}

async fn programme(desk: &mut Visitor, territory: &str) {
    let form = desk
        .get("/bureau/programmes/nouveau")
        .await
        .form("main form");
    let page = desk
        .submit(&form.fill("name", "Boutic").fill("territory", territory))
        .await;
    assert_eq!(page.path, "/bureau/programmes/boutic");
}

#[tokio::test]
async fn a_programme_with_its_season_and_partners_is_set_up_without_script() {
    let app = TestApp::new().await;
    let mut desk = app.staff(Role::Administrator);
    let territory = territory(&mut desk).await;
    programme(&mut desk, &territory).await;

    let form = desk
        .get("/bureau/programmes/boutic/saisons/nouvelle")
        .await
        .form("main form");
    let form = form
        .fill("name", "Automne 2026")
        .fill("starts_on", "2026-12-20")
        .fill("ends_on", "2026-09-01");
    let page = desk.submit(&form).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        page.one("#ends_on-error"),
        "La fin doit venir après le début."
    );
    let form = page.form("main form");
    assert_eq!(
        form.value("name"),
        Some("Automne 2026"),
        "what was typed is kept"
    );
    let page = desk
        .submit(
            &form
                .fill("starts_on", "2026-09-01")
                .fill("ends_on", "2026-12-20"),
        )
        .await;
    assert_eq!(page.path, "/bureau/saisons/automne-2026");

    for name in ["Région", "Pays"] {
        let form = desk
            .get("/bureau/saisons/automne-2026/partenaires/nouveau")
            .await
            .form("main form");
        desk.submit(&form.fill("name", name).fill("kind", "funder"))
            .await;
    }
    let page = desk.get("/bureau/saisons/automne-2026").await;
    assert_eq!(page.all("tbody th"), ["Région", "Pays"]);
    let page = desk.submit(&page.form("form[action$='/monter']")).await;
    assert_eq!(page.all("tbody th"), ["Pays", "Région"]);
}

#[tokio::test]
async fn an_edit_of_what_somebody_else_changed_shows_both_states_and_loses_nothing() {
    let app = TestApp::new().await;
    let mut desk = app.staff(Role::Coordinator);
    let form = desk
        .get("/bureau/prestataires/nouveau")
        .await
        .form("main form");
    let page = desk
        .submit(&form.fill("name", "Cybercentre <b>du</b> Ternois"))
        .await;
    assert!(
        page.text().contains("Cybercentre &lt;b&gt;du"),
        "what people type is never markup"
    );
    let edit = format!("{}/modifier", page.path);
    let mine = desk.get(&edit).await.form("main form");
    let theirs = desk.get(&edit).await.form("main form");
    desk.submit(&theirs.fill("note", "Venu d’un autre")).await;
    let page = desk.submit(&mine.fill("note", "Venu de moi")).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert_eq!(page.all("tbody td"), ["Venu d’un autre", "Venu de moi"]);
    let form = page.form("main form");
    assert_eq!(form.value("note"), Some("Venu de moi"));
    let page = desk.submit(&form).await;
    assert!(
        page.status.is_success() && page.text().contains("Venu de moi"),
        "sent again it is saved"
    );
}

#[tokio::test]
async fn a_site_with_a_room_is_entered_listed_exported_archived_and_deleted() {
    let app = TestApp::new().await;
    let mut desk = app.staff(Role::Coordinator);
    let empty = desk.get("/bureau/lieux").await;
    assert!(
        empty.text().contains("Aucun lieu pour l’instant"),
        "an empty list says what to do"
    );
    let form = desk.get("/bureau/lieux/nouveau").await.form("main form");
    let form = form
        .fill("name", "=Médiathèque")
        .fill("commune", "Frévent 62270")
        .fill("monday", "9h-12h");
    let site = desk.submit(&form.tick("accessibility", "ascenseur")).await;
    assert!(
        site.text().contains("Ascenseur") && site.text().contains("09:00-12:00"),
        "{}",
        site.text()
    );

    let form = desk
        .get(&format!("{}/salles/nouvelle", site.path))
        .await
        .form("main form");
    let page = desk
        .submit(&form.fill("name", "Salle 1").fill("capacity", "0"))
        .await;
    assert_eq!(
        page.one("#capacity-error"),
        "Indiquez un nombre entre 1 et 500."
    );
    let page = desk
        .submit(&page.form("main form").fill("capacity", "8"))
        .await;
    assert_eq!(page.all("tbody td:nth-child(2)"), ["8"]);

    let list = desk
        .get("/bureau/lieux?q=mediatheque&tri=-places&genre=permanents&page=99")
        .await;
    assert_eq!(list.all("tbody tr").len(), 1);
    let csv = desk.get("/bureau/lieux?format=csv").await;
    assert!(
        csv.text().contains("'=Médiathèque"),
        "no formula leaves in an export: {}",
        csv.text()
    );
    assert!(
        csv.headers["content-disposition"]
            .to_str()
            .unwrap()
            .contains("lieux.csv")
    );
    assert_eq!(
        desk.get("/bureau/lieux?format=xlsx").await.body.get(..2),
        Some(&b"PK"[..])
    );

    let page = desk.get(&site.path).await;
    let page = desk
        .submit(&page.form(&format!("form[action='{}/archiver']", site.path)))
        .await;
    assert!(
        page.text().contains("Vous pouvez le reprendre"),
        "{}",
        page.text()
    );
    assert!(
        desk.get("/bureau/lieux?etat=archives")
            .await
            .text()
            .contains("Médiathèque")
    );
    let ask = desk.get(&format!("{}/supprimer", site.path)).await;
    let page = desk.submit(&ask.form("main form")).await;
    assert_eq!(page.path, "/bureau/lieux");
    assert_eq!(desk.get(&site.path).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn trainers_and_referents_are_entered_from_the_desk() {
    let app = TestApp::new().await;
    let mut desk = app.staff(Role::Coordinator);
    let territory = territory(&mut desk).await;
    let form = desk
        .get("/bureau/formateurs/nouveau")
        .await
        .form("main form");
    let form = form
        .fill("name", "Anne Petit")
        .tick("skills", "securite")
        .tick("availability", "monday-morning");
    let page = desk.submit(&form.fill("commune", "62361")).await;
    assert!(
        page.text().contains("lundi : matin") && page.text().contains("Frévent (62270)"),
        "{}",
        page.text()
    );
    let page = desk.get(&format!("{}/modifier", page.path)).await;
    assert_eq!(
        page.attributes("input[name=availability][checked]", "value"),
        ["monday-morning"]
    );

    let form = desk
        .get("/bureau/referents/nouveau")
        .await
        .form("main form");
    let form = form
        .fill("name", "Paul Leroy")
        .fill("territory", &territory)
        .fill("kind", "elected");
    let page = desk.submit(&form).await;
    assert_eq!(page.one("h1"), "Paul Leroy");
    assert_eq!(
        desk.get("/bureau/referents?genre=staff")
            .await
            .all("tbody tr")
            .len(),
        0
    );
    assert_eq!(
        desk.get("/bureau/referents?genre=elected")
            .await
            .all("tbody tr")
            .len(),
        1
    );
}

#[tokio::test]
async fn pages_of_the_desk_are_for_the_desk() {
    let app = TestApp::new().await;
    let places = [
        "/bureau/lieux",
        "/bureau/lieux/nouveau",
        "/bureau/formateurs",
        "/bureau/formateurs/nouveau",
        "/bureau/prestataires/nouveau",
        "/bureau/referents/nouveau",
        "/bureau/territoires/nouveau",
        "/bureau/programmes/nouveau",
        "/bureau/saisons/printemps-2026",
    ];
    let (mut visitor, mut trainer) = (app.visitor(), app.staff(Role::Trainer));
    for place in places {
        assert_eq!(
            trainer.get(place).await.status,
            StatusCode::FORBIDDEN,
            "{place}"
        );
        assert!(
            visitor.get(place).await.path.starts_with("/connexion"),
            "{place}"
        );
    }
    let mut desk = app.staff(Role::Coordinator);
    for place in [
        "/bureau/lieux/x",
        "/bureau/lieux/%2e%2e%2fetc",
        "/bureau/saisons/'--",
        "/bureau/territoires/1",
    ] {
        assert_eq!(
            desk.get(place).await.status,
            StatusCode::NOT_FOUND,
            "{place}"
        );
    }
    let sent = desk
        .post("/bureau/lieux/nouveau", &[("name", "Sans jeton")])
        .await;
    assert_eq!(
        sent.status,
        StatusCode::FORBIDDEN,
        "a form without its token is not ours"
    );
}

#[tokio::test]
async fn what_was_changed_meanwhile_is_shown_beside_before_it_is_archived_or_deleted() {
    let app = TestApp::new().await;
    let mut desk = app.staff(Role::Administrator);
    let form = desk.get("/bureau/lieux/nouveau").await.form("main form");
    let site = desk
        .submit(&form.fill("name", "Médiathèque").fill("commune", "62361"))
        .await
        .path;
    let shown = desk.get(&site).await;
    let asked = desk.get(&format!("{site}/supprimer")).await;
    let edit = desk.get(&format!("{site}/modifier")).await;
    desk.submit(&edit.form("main form").fill("name", "Cyber-centre"))
        .await;
    let archive = shown.form("form[action$='/archiver']");
    for form in [archive, asked.form("main form")] {
        let late = desk.submit(&form).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        let table = late.one("table");
        assert!(
            table.contains("Médiathèque") && table.contains("Cyber-centre"),
            "{table}"
        );
    }
    let late = desk.submit(&shown.form("form[action$='/archiver']")).await;
    let done = desk.submit(&late.form("main form")).await;
    assert_eq!(done.path, site);
    assert!(done.text().contains("C’est archivé"), "{}", done.text());
}

#[tokio::test]
async fn names_and_clocks_follow_what_the_desk_changes_without_a_restart() {
    let app = TestApp::new().await;
    let mut desk = app.staff(Role::Administrator);
    let territory = territory(&mut desk).await;
    programme(&mut desk, &territory).await;
    let mut visitor = app.visitor();
    assert!(visitor.get("/agenda").await.one("title").contains("Boutic"));
    let form = desk
        .get("/bureau/programmes/boutic/modifier")
        .await
        .form("main form");
    let form = form
        .fill("name", "Boutic Réunion")
        .fill("time_zone", "Indian/Reunion")
        .fill("reminder_hours", "24");
    let page = desk.submit(&form).await;
    assert_eq!(page.path, "/bureau/programmes/boutic", "{}", page.text());
    let page = visitor.get("/agenda").await;
    assert!(page.one("title").contains("Boutic Réunion"));
    // 8 h UTC is noon at La Réunion, and 10 h in Paris.
    let history = desk.get("/bureau/historique").await;
    let text = history.one("main").replace(['\u{a0}', '\u{202f}'], " ");
    assert!(text.contains("12 h") && !text.contains("10 h"), "{text}");
}
