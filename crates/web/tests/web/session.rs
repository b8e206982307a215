//! The coordinator's sessions from outside: create, register, move, cancel with previews; letters and their one-click pages.

use application::access::{Actor, Role};
use application::{programme, site, territory};
use axum::http::StatusCode;
use testkit::{Page, TestApp, Visitor};

/// A season and a place.
async fn season(test: &TestApp) {
    let (app, maker) = (&test.app, Actor::System);
    let pays = territory::Edit {
        name: "Pays du Ternois".into(),
        parts: vec!["epci:200069672".into()],
        ..territory::Edit::default()
    };
    let territory = territory::create(app, &maker, &pays).await.unwrap();
    let command = programme::Edit {
        name: "Boutic".into(),
        territory,
        ..programme::Edit::default()
    };
    let slug = programme::create(app, &maker, &command).await.unwrap();
    let command = programme::EditSeason {
        name: "Automne".into(),
        starts_on: "2026-10-01".into(),
        ends_on: "2026-12-31".into(),
        stage: "open".into(),
        questionnaire: "boutic".into(),
        pathway_rules: "boutic".into(),
        offer_hours: "24".into(),
        certificate: "90".into(),
        ..programme::EditSeason::default()
    };
    programme::create_season(app, &maker, &slug, &command)
        .await
        .unwrap();
    let command = site::Edit {
        name: "Cyber-centre".into(),
        commune: "62767".into(),
        ..site::Edit::default()
    };
    site::create(app, &maker, &command).await.unwrap();
}

/// Makes a session through the form; answers its address.
async fn created(desk: &mut Visitor, day: &str, capacity: &str) -> String {
    let page = desk.get("/bureau/seances/nouvelle").await;
    let place = page
        .attributes("#place option", "value")
        .into_iter()
        .find(|value| !value.is_empty())
        .unwrap();
    let form = page
        .form("main form")
        .fill("module", "courriel")
        .fill("place", &place)
        .fill("day", day)
        .fill("starts", "14:00")
        .fill("ends", "16:00")
        .fill("least", "1")
        .fill("capacity", capacity);
    let mut page = desk.submit(&form).await;
    if page.path.ends_with("/nouvelle") {
        assert_eq!(page.status, StatusCode::OK, "{}", page.text());
        page = desk
            .submit(&page.form("main form").fill("sure", "oui"))
            .await;
    }
    assert!(
        page.path.starts_with("/bureau/seances/"),
        "{}: {}",
        page.path,
        page.text()
    );
    page.path
}

async fn registered(desk: &mut Visitor, session: &str, name: &str, email: &str) -> Page {
    let page = desk.get(&format!("{session}/inscrire")).await;
    let form = page
        .form("main form[method=post]")
        .fill("name", name)
        .fill("email", email);
    desk.submit(&form).await
}

/// The address behind the first link of that kind in the newest letter with that subject.
async fn link(desk: &mut Visitor, name: &str, part: &str) -> String {
    let list = desk.get(&format!("/bureau/courrier?q={name}")).await;
    for href in list.attributes("main tbody th a", "href") {
        let letter = desk.get(&href).await;
        let found = letter
            .attributes("main pre a", "href")
            .into_iter()
            .find(|href| href.contains(part));
        if let Some(found) = found {
            return found;
        }
    }
    panic!("no letter to {name} with a link to {part}");
}

/// What the page says, every kind of space alike.
fn words(page: &testkit::Page) -> String {
    page.one("main")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

#[tokio::test]
async fn a_session_lives_from_its_form_to_its_cancellation_without_script() {
    let test = TestApp::new().await;
    season(&test).await;
    let mut desk = test.staff(Role::Coordinator);
    let session = created(&mut desk, "2026-11-17", "1").await;
    let page = desk.get(&session).await;
    assert!(page.text().contains("Personne n’est encore inscrit"));

    let page = registered(&mut desk, &session, "Zoé <b>Petit</b>", "zoe@example.org").await;
    assert_eq!(page.path, session, "{}", page.text());
    assert!(
        page.all(".note")
            .contains(&"Zoé <b>Petit</b> a une place.".to_owned()),
        "{:?}",
        page.all(".note")
    );
    let page = registered(&mut desk, &session, "Marc Blanc", "marc@example.org").await;
    assert!(page.text().contains("rang 1"), "{}", page.text());
    let page = registered(&mut desk, &session, "", "pas-une-adresse").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        page.form("main form[method=post]").value("email"),
        Some("pas-une-adresse")
    );
    assert_eq!(page.all("#erreurs li").len(), 2, "{}", page.text());

    // Marc could come on another date: the desk proposes it with one button.
    let other = created(&mut desk, "2026-11-24", "3").await;
    let today = desk.get("/bureau").await;
    assert!(today.text().contains("Marc Blanc"), "{}", today.text());
    let page = desk
        .submit(&today.form("main form[action$=deplacer]"))
        .await;
    assert_eq!(page.path, "/bureau");
    assert!(page.text().contains("a une place à la nouvelle date"));
    assert!(desk.get(&other).await.text().contains("Marc Blanc"));

    // Editing shows who is told before it is done.
    let form = desk
        .get(&format!("{session}/modifier"))
        .await
        .form("main form")
        .fill("day", "2026-11-18");
    let preview = desk.submit(&form).await;
    assert!(
        preview.text().contains("Une personne est prévenue"),
        "{}",
        preview.text()
    );
    assert!(
        words(&desk.get(&session).await).contains("17 novembre"),
        "not yet"
    );
    let page = desk
        .submit(&preview.form("main form").fill("sure", "oui"))
        .await;
    assert!(words(&page).contains("18 novembre"), "{}", page.text());
    let stale = desk.submit(&form).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.text().contains("Quelqu’un d’autre a modifié"));

    let form = desk
        .get(&format!("{session}/annuler"))
        .await
        .form("main form");
    let missing = desk.submit(&form).await;
    assert_eq!(missing.status, StatusCode::UNPROCESSABLE_ENTITY);
    let preview = desk
        .submit(&form.fill("reason", "Le formateur est malade"))
        .await;
    let page = desk
        .submit(&preview.form("main form").fill("sure", "oui"))
        .await;
    assert!(page.text().contains("Annulée"), "{}", page.text());
    let again = desk.get(&format!("{session}/confirmer")).await;
    assert!(
        again.text().contains("ne peut plus changer"),
        "{}",
        again.text()
    );
}

#[tokio::test]
async fn a_links_page_does_nothing_until_its_button_is_pressed() {
    let test = TestApp::new().await;
    season(&test).await;
    let mut desk = test.staff(Role::Coordinator);
    let session = created(&mut desk, "2026-11-17", "1").await;
    registered(&mut desk, &session, "Zoé Petit", "zoe@example.org").await;
    registered(&mut desk, &session, "Marc Blanc", "marc@example.org").await;
    let withdraw = link(&mut desk, "Zo%C3%A9", "/retrait").await;

    let mut zoe = test.visitor();
    let page = zoe.get(&withdraw).await;
    assert_eq!(page.status, StatusCode::OK);
    zoe.get(&withdraw).await;
    assert!(
        desk.get(&session).await.text().contains("Zoé Petit"),
        "a scanner changes nothing"
    );
    assert_eq!(
        zoe.get(&withdraw.replace("cle=", "cle=0")).await.status,
        StatusCode::NOT_FOUND
    );
    let done = zoe.submit(&page.form("main form")).await;
    assert!(done.text().contains("retirée"), "{}", done.text());
    let over = zoe.get(&withdraw).await;
    assert!(
        over.all("main form").is_empty(),
        "there is nothing left to press"
    );

    let accept = link(&mut desk, "Marc", "/accepter").await;
    let mut marc = test.visitor();
    let page = marc.get(&accept).await;
    let done = marc.submit(&page.form("main form")).await;
    assert!(
        done.text().contains("La place est prise"),
        "{}",
        done.text()
    );
    assert!(!done.text().contains("Zoé"), "nobody sees another's name");
}

#[tokio::test]
async fn every_desk_page_of_sessions_opens_and_lists_leave_as_files() {
    let test = TestApp::new().await;
    season(&test).await;
    let mut desk = test.staff(Role::Coordinator);
    let session = created(&mut desk, "2026-11-17", "2").await;
    registered(&mut desk, &session, "=1+1", "formule@example.org").await;
    for path in [
        "/bureau",
        "/bureau/seances",
        "/bureau/seances?q=courriel&etat=confirmed&periode=toutes&tri=-date&page=99",
        "/bureau/calendrier",
        "/bureau/calendrier?mois=2026-11",
        "/bureau/calendrier?semaine=2026-11-17",
        "/bureau/calendrier?mois=%3Cscript%3E&semaine=",
        "/bureau/saison",
        "/bureau/saison/automne",
        "/bureau/courrier",
        "/bureau/courrier?q=%27%3B--&etat=nulle-part&page=-1",
        &format!("{session}/repeter"),
        &format!("{session}/inscrire?q=formule"),
    ] {
        let page = desk.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.text());
    }
    let month = desk.get("/bureau/calendrier?mois=2026-11").await;
    assert_eq!(
        month.attributes("main table li a", "href"),
        [session.as_str()]
    );
    for path in [
        "/bureau/seances?format=csv",
        "/bureau/seances?format=xlsx",
        "/bureau/saison/automne?tableau=communes&format=csv",
        "/bureau/saison/automne?tableau=secteurs&format=xlsx",
        "/bureau/saison/automne?tableau=demande&format=csv",
    ] {
        assert_eq!(desk.get(path).await.status, StatusCode::OK, "{path}");
    }
    for path in [
        "/bureau/seances/nulle-part",
        "/bureau/seances/nulle-part/modifier",
        "/bureau/inscriptions/nulle-part/retirer",
        "/bureau/saison/nulle-part",
        "/bureau/courrier/nulle-part",
        "/inscriptions/nulle-part/retrait?cle=x",
        "/inscriptions/invitation/a/b?cle=x",
        "/courrier",
    ] {
        assert_eq!(desk.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let mut visitor = test.visitor();
    for path in ["/bureau", "/bureau/seances", "/bureau/courrier", &session] {
        let page = visitor.get(path).await;
        assert!(page.path.starts_with("/connexion"), "{path}");
    }
    let mut trainer = test.staff(Role::Trainer);
    assert_eq!(trainer.get("/bureau").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn sessions_are_found_between_two_days_and_somebody_is_registered_from_their_page() {
    let test = TestApp::new().await;
    season(&test).await;
    let mut desk = test.staff(Role::Coordinator);
    let first = created(&mut desk, "2026-11-17", "4").await;
    let second = created(&mut desk, "2026-12-01", "4").await;
    registered(&mut desk, &first, "Zoé Petit", "zoe@example.org").await;
    for (query, expected) in [
        ("du=2026-11-17&au=2026-11-17", vec![first.clone()]),
        ("du=2026-11-18", vec![second.clone()]),
        ("au=2026-11-30", vec![first.clone()]),
        ("du=2026-12-02", vec![]),
        ("du=demain&au=", vec![first.clone(), second.clone()]),
    ] {
        let page = desk.get(&format!("/bureau/seances?{query}")).await;
        let mut found = page.attributes("main tbody a", "href");
        found.dedup();
        assert_eq!(found, expected, "{query}");
    }
    let people = desk.get("/bureau/personnes?q=zoe").await;
    let person = people.attributes("main tbody th a", "href").remove(0);
    let page = desk.get(&person).await;
    let list = page
        .attributes("main .actions a", "href")
        .into_iter()
        .find(|href| href.contains("?personne="))
        .unwrap();
    let list = desk.get(&list).await;
    assert!(list.one(".lead").contains("Zoé Petit"));
    let register = list
        .attributes("main tbody a", "href")
        .into_iter()
        .find(|href| href.starts_with(&second))
        .unwrap();
    let page = desk.get(&register).await;
    let done = desk
        .submit(&page.form("form[action$='/inscrire/connue']"))
        .await;
    assert_eq!(done.path, second);
    assert!(
        done.text().contains("Zoé Petit a une place."),
        "{}",
        done.text()
    );
}

#[tokio::test]
async fn a_session_changed_meanwhile_is_not_cancelled_before_both_states_were_seen() {
    let test = TestApp::new().await;
    season(&test).await;
    let mut desk = test.staff(Role::Coordinator);
    let session = created(&mut desk, "2026-11-17", "4").await;
    let cancel = desk.get(&format!("{session}/annuler")).await;
    let edit = desk.get(&format!("{session}/modifier")).await;
    let edited = desk
        .submit(
            &edit
                .form("main form")
                .fill("public_note", "Parking derrière"),
        )
        .await;
    if edited.path.ends_with("/modifier") {
        desk.submit(&edited.form("main form").fill("sure", "oui"))
            .await;
    }
    let form = cancel
        .form("main form")
        .fill("reason", "Formatrice souffrante");
    let late = desk.submit(&form).await;
    assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.text());
    assert_eq!(late.one("h1"), "Modifié entre-temps");
    assert!(late.one("table").contains("Parking derrière"));
    let again = late.form("main form");
    assert_eq!(again.value("reason"), Some("Formatrice souffrante"));
    let preview = desk.submit(&again).await;
    let done = desk
        .submit(&preview.form("main form").fill("sure", "oui"))
        .await;
    assert!(
        done.text().contains("La séance est annulée."),
        "{}",
        done.text()
    );
}
