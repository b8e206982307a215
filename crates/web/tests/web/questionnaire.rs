//! The questionnaire from its first page to the path, in a browser without script.

use application::access::Role;
use axum::http::StatusCode;
use testkit::{Page, TestApp, Visitor};

/// A programme with an open season, made at the desk.
async fn season(app: &TestApp) {
    let mut desk = app.staff(Role::Administrator);
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
    let page = desk
        .submit(
            &found
                .form("main form")
                .tick("parts", "epci:200069672")
                .fill("find", ""),
        )
        .await;
    let territory = page.path.rsplit('/').next().unwrap().to_owned();
    let form = desk
        .get("/bureau/programmes/nouveau")
        .await
        .form("main form");
    desk.submit(&form.fill("name", "Boutic").fill("territory", &territory))
        .await;
    let form = desk
        .get("/bureau/programmes/boutic/saisons/nouvelle")
        .await
        .form("main form");
    let form = form
        .fill("name", "Automne 2026")
        .fill("starts_on", "2026-09-01")
        .fill("ends_on", "2026-12-20")
        .fill("stage", "open");
    let page = desk.submit(&form).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
}

/// Answers every page as a beginner in Frévent would; the page that asks who it was.
async fn answer_all(visitor: &mut Visitor, mut page: Page) -> Page {
    for _ in 0..12 {
        if page.path.contains("/coordonnees?cle=") {
            break;
        }
        let mut form = page.form("main form").clear("suite");
        for (slug, value) in [
            ("aisance_ordinateur", "0"),
            ("aisance_telephone", "0"),
            ("internet", "jamais"),
            ("envies", "debuter"),
            ("disponibilites", "monday-morning"),
            ("commune", "Frévent"),
            (
                "distance",
                &page
                    .attributes("[name=distance]", "value")
                    .first()
                    .cloned()
                    .unwrap_or_default(),
            ),
        ] {
            if !page
                .attributes(&format!("[name={slug}]"), "name")
                .is_empty()
            {
                form = form.fill(slug, value);
            }
        }
        page = visitor.submit(&form).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.one("main"));
    }
    page
}

/// Somebody who answered the whole questionnaire, and the page of their path.
pub(crate) async fn answered(app: &TestApp) -> (Visitor, Page) {
    let mut visitor = app.visitor();
    let welcome = visitor.get("/questionnaire").await;
    let first = visitor.submit(&welcome.form("main form")).await;
    let first = visitor
        .submit(&first.form("main form").tick("profil", "commercant"))
        .await;
    let page = answer_all(&mut visitor, first).await;
    let form = page
        .form("main form")
        .fill("name", "Marie Dupont")
        .fill("phone", "03 21 04 05 06");
    let path = visitor.submit(&form).await;
    assert!(path.path.contains("/parcours?cle="), "{}", path.one("main"));
    (visitor, path)
}

#[tokio::test]
async fn a_visitor_answers_stops_comes_back_and_gets_a_path() {
    let app = TestApp::new().await;
    season(&app).await;
    let mut visitor = app.visitor();
    let welcome = visitor.get("/questionnaire").await;
    let first = visitor.submit(&welcome.form("main form")).await;
    assert!(first.path.contains("/vous?cle="), "{}", first.path);

    let wrong = visitor.submit(&first.form("main form")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        wrong.one("#profil-error"),
        "Répondez à cette question pour continuer."
    );

    let stopped = visitor
        .submit(
            &first
                .form("main form")
                .tick("profil", "commercant")
                .fill("suite", "pause"),
        )
        .await;
    let link = stopped.attributes("main p a", "href").remove(0);
    let again = app
        .visitor()
        .get(link.trim_start_matches("http://essor.test"))
        .await;
    assert!(
        again.path.contains("/activite?cle="),
        "it goes on where it was left: {}",
        again.path
    );

    let page = visitor
        .get(link.trim_start_matches("http://essor.test"))
        .await;
    let page = answer_all(&mut visitor, page).await;
    let form = page
        .form("main form")
        .fill("name", "Marie <Dupont>")
        .fill("phone", "03 21 04 05 06");
    let form = form.fill("name", "Marie Dupont");
    let path = visitor.submit(&form).await;
    assert!(path.path.contains("/parcours?cle="), "{}", path.one("main"));
    assert!(path.one("h1").contains("Marie Dupont"));
    assert!(!path.all("ol.path > li").is_empty());
    assert!(!path.all("ol.path .reason").is_empty());
}

#[tokio::test]
async fn a_questionnaire_is_for_the_holder_of_its_key_only() {
    let app = TestApp::new().await;
    season(&app).await;
    let mut visitor = app.visitor();
    let welcome = visitor.get("/questionnaire").await;
    let first = visitor.submit(&welcome.form("main form")).await;
    let bare = first.path.split('?').next().unwrap();
    for address in [
        format!("{bare}?cle=0"),
        bare.to_owned(),
        "/questionnaire/x/vous?cle=y".to_owned(),
    ] {
        assert_eq!(
            app.visitor().get(&address).await.status,
            StatusCode::NOT_FOUND,
            "{address}"
        );
    }
}

#[tokio::test]
async fn a_referent_types_a_sheet_and_goes_straight_to_the_next() {
    let app = TestApp::new().await;
    season(&app).await;
    let mut desk = app.staff(Role::Coordinator);
    let sheet = desk.get("/bureau/saisie").await;
    let wrong = desk
        .submit(
            &sheet
                .form("main form")
                .fill("name", "Jean <b>")
                .fill("r_profil", "99"),
        )
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        wrong.form("main form").value("r_profil"),
        Some("99"),
        "what was typed is kept"
    );
    let next = desk
        .submit(
            &sheet
                .form("main form")
                .fill("name", "Jean Lefebvre")
                .fill("r_profil", "12")
                .fill("r_commune", "Frévent"),
        )
        .await;
    assert_eq!(
        (next.status, next.path.as_str()),
        (StatusCode::OK, "/bureau/saisie")
    );
    assert!(next.all("td").contains(&"Jean Lefebvre".to_owned()));
    assert_eq!(next.form("main form").value("r_profil"), Some(""));
    assert!(
        app.visitor()
            .get("/bureau/saisie")
            .await
            .path
            .starts_with("/connexion?suite=")
    );
}

#[tokio::test]
async fn rules_are_previewed_before_they_are_put_to_use() {
    let app = TestApp::new().await;
    season(&app).await;
    let mut desk = app.staff(Role::Coordinator);
    let page = desk.get("/bureau/regles").await;
    let form = page.form("form[action=\"/bureau/regles\"]");
    // What is wrong is told by line, field and what to do.
    let faulty = form
        .value("text")
        .unwrap()
        .replace("most_steps = 12", "most_steps = 99");
    let told = desk.submit(&form.clone().fill("text", &faulty)).await;
    assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        told.one(".note.bad li")
            .contains("ligne 7, most_steps : Un parcours compte de 1 à 30 étapes."),
        "{}",
        told.one(".note.bad")
    );
    let faulty = faulty.replace("most_steps = 99", "etapes = 12");
    let told = desk.submit(&form.clone().fill("text", &faulty)).await;
    assert!(
        told.one(".note.bad li")
            .contains("« etapes » n’est pas prévu ici"),
        "{}",
        told.one(".note.bad")
    );
    let text = form.value("text").unwrap().to_owned();
    let wrong = desk
        .submit(
            &form
                .clone()
                .fill("text", "slug = 3")
                .fill("suite", "apercu"),
        )
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let other = text.replace("most_steps = 12", "most_steps = 3");
    let unseen = desk
        .submit(&form.clone().fill("text", &other).fill("suite", "adopter"))
        .await;
    assert!(
        !unseen.all("button.danger").is_empty(),
        "first it shows what changes"
    );
    let adopted = desk
        .submit(
            &unseen
                .form("form[action=\"/bureau/regles\"]")
                .fill("suite", "adopter"),
        )
        .await;
    assert!(adopted.one("textarea").contains("most_steps = 3"));
    assert_eq!(
        app.staff(Role::Referent).get("/bureau/regles").await.status,
        StatusCode::FORBIDDEN
    );
}

#[tokio::test]
async fn a_wish_is_told_and_found_at_the_desk() {
    let app = TestApp::new().await;
    season(&app).await;
    let mut visitor = app.visitor();
    let page = visitor.get("/souhaits?atelier=courriel").await;
    let form = page.form("main form");
    let wrong = visitor.submit(&form).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    visitor
        .submit(
            &form
                .fill("name", "Paul Roux")
                .fill("email", "paul@example.org"),
        )
        .await;
    let mut desk = app.staff(Role::Coordinator);
    let list = desk.get("/bureau/souhaits").await;
    assert!(
        list.all("td").iter().any(|cell| cell.contains("Paul Roux")),
        "{}",
        list.one("main")
    );
    assert_eq!(
        desk.get("/bureau/souhaits/demande").await.status,
        StatusCode::OK
    );
    assert_eq!(
        app.staff(Role::Coordinator).get("/referent").await.status,
        StatusCode::OK
    );
}

#[tokio::test]
async fn nobody_begins_questionnaires_without_end() {
    use application::access::limit;
    let test = TestApp::new().await;
    let mut visitor = test.visitor();
    let page = visitor.get("/connexion").await;
    let csrf = page
        .attributes("main form input[name=csrf]", "value")
        .remove(0);
    for _ in 0..120 {
        limit::count(&test.app, limit::ANONYMOUS, "unknown")
            .await
            .unwrap();
    }
    let late = visitor.post("/questionnaire", &[("csrf", &csrf)]).await;
    assert_eq!(
        late.status,
        StatusCode::TOO_MANY_REQUESTS,
        "{}",
        late.text()
    );
}
