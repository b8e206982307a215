//! Planning from outside, without scripts: a scenario is computed and stopped, adjusted by plain forms, published after a preview, taken back.

use std::time::Duration;

use application::access::{Actor, Role};
use application::people::{self, PersonInput};
use application::{programme, site, territory, trainer};
use axum::http::StatusCode;
use domain::id::kind;
use testkit::{Page, TestApp, Visitor};

/// A season with a room, a trainer and four people who wish to learn to write mails.
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
    let command = trainer::Edit {
        name: "Hélène Caron".into(),
        skills: vec!["accompagnement-debutant".into(), "internet".into()],
        availability: vec!["tuesday-morning".into()],
        ..trainer::Edit::default()
    };
    trainer::create(app, &maker, &command).await.unwrap();
    for number in 0..4 {
        let input = PersonInput {
            name: format!("Personne {number}"),
            email: format!("p{number}@example.org"),
            ..PersonInput::default()
        };
        let person = people::create_person(app, &maker, &input).await.unwrap();
        let mut tx = app.write().await.unwrap();
        let season = store::programme::list_seasons(&mut tx, None)
            .await
            .unwrap()
            .remove(0);
        let row = store::wish::WishRow {
            id: app.new_id::<kind::Wish>().to_string(),
            season_id: season.id,
            person_id: person.id,
            module: Some("premiers-gestes".into()),
            detail: String::new(),
            reason: "asked".into(),
            stage: "open".into(),
            created_at: 0,
            answered_at: None,
            answer: String::new(),
            session_id: None,
            version: 1,
        };
        store::wish::insert(&mut tx, &row).await.unwrap();
        tx.commit().await.unwrap();
    }
}

/// Makes a scenario through the form and stops its computation; answers the page once it has ended.
async fn computed(desk: &mut Visitor) -> Page {
    let page = desk.get("/bureau/planification/nouveau").await;
    let form = page.form("main form").fill("name", "Tous les lieux");
    let page = desk.submit(&form).await;
    assert!(
        page.path.starts_with("/bureau/planification/"),
        "{}: {}",
        page.path,
        page.text()
    );
    // So small a season may be planned as well as can be proven before the page is made.
    if page.all("#avancement").is_empty() {
        return page;
    }
    assert_eq!(page.all("#avancement progress").len(), 1, "{}", page.text());
    assert!(
        page.text().contains("http-equiv=\"refresh\""),
        "without scripts the page renews itself"
    );
    let part = desk.get(&format!("{}/avancement", page.path)).await;
    assert!(!part.text().contains("<html"), "a part of the page only");
    let stop = page.form("form[action$=\"/arreter\"]");
    desk.submit(&stop).await;
    for _ in 0..200 {
        let now = desk.get(&page.path).await;
        if now.all("#avancement").is_empty() {
            return now;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the computation does not stop");
}

#[tokio::test]
async fn a_coordinator_plans_adjusts_publishes_and_takes_back_without_scripts() {
    let test = TestApp::new().await;
    season(&test).await;
    let mut desk = test.staff(Role::Coordinator);
    let empty = desk.get("/bureau/planification").await;
    assert!(empty.text().contains("Aucune planification"));
    let page = computed(&mut desk).await;
    let here = page.path.clone();
    assert!(page.text().contains("Prêt à relire"), "{}", page.text());
    let sessions = page.attributes("main .table th a", "href");
    assert_eq!(sessions.len(), 1, "four people, one session");
    // The calendar shows it in its week, and the page of the session what a change would come to.
    let board = desk.get(&format!("{here}/calendrier")).await;
    assert_eq!(board.attributes(".board li.loose", "data-key").len(), 1);
    let trial = desk.get(&format!("{}?kind=close", sessions[0])).await;
    assert!(
        trial.text().contains("4 personnes perdent une place"),
        "{}",
        trial.text()
    );
    let closed = desk.submit(&trial.form("form[action$=\"/changer\"]")).await;
    assert_eq!(closed.path, format!("{here}/calendrier"));
    let back = desk
        .submit(&closed.form("form[action$=\"/reprendre\"]"))
        .await;
    assert!(back.text().contains("Le dernier geste est annulé"));
    let csv = desk.get(&format!("{here}/seances?format=csv")).await;
    assert!(csv.text().contains("Cyber-centre"));
    let who = desk.get(&format!("{here}/personnes")).await;
    assert_eq!(who.all("tbody tr").len(), 4);
    // Nothing is published without the preview's own form.
    let preview = desk.get(&format!("{here}/publier")).await;
    assert_eq!(preview.status, StatusCode::OK, "{}", preview.text());
    assert!(preview.text().contains("p0@example.org") || preview.text().contains("Personne 0"));
    let wrong = desk
        .submit(&preview.form("main form").fill("days", "90"))
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let published = desk.submit(&preview.form("main form")).await;
    assert_eq!(published.path, here);
    assert!(published.text().contains("Publié"), "{}", published.text());
    let twice = desk.submit(&preview.form("main form")).await;
    assert!(
        twice.text().contains("était déjà publié"),
        "{}",
        twice.text()
    );
    let undo = desk.get(&format!("{here}/retirer")).await;
    assert_eq!(undo.all("main .table tbody tr").len(), 4, "who is told");
    let undone = desk.submit(&undo.form("main form")).await;
    assert!(
        undone.text().contains("Publication retirée"),
        "{}",
        undone.text()
    );
}

#[tokio::test]
async fn pages_of_plans_speak_both_languages_and_are_for_coordinators_only() {
    let test = TestApp::new().await;
    season(&test).await;
    let mut desk = test.staff(Role::Coordinator);
    let page = computed(&mut desk).await;
    for (path, words) in [
        ("/bureau/planification", "Planning"),
        ("/bureau/planification/comparer", "Compare scenarios"),
        ("/bureau/planification/remplacement", "Replace, move"),
        (page.path.as_str(), "Ready for review"),
    ] {
        let english = desk.get(&format!("{path}?lang=en")).await;
        assert_eq!(english.status, StatusCode::OK, "{path}");
        assert!(english.text().contains(words), "{path}: {}", english.text());
    }
    for role in [Role::Trainer, Role::Referent] {
        let mut other = test.staff(role);
        for path in ["/bureau/planification", page.path.as_str()] {
            let refused = other.get(path).await;
            assert_eq!(refused.status, StatusCode::FORBIDDEN, "{path}");
        }
    }
    let nowhere = desk
        .get("/bureau/planification/019c1837-4000-7086-bf72-34296b8e8ee5")
        .await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
}
