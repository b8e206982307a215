//! The trainer's list from a browser without script, and the check of a certificate by anybody.

use application::access::{Actor, Binding, Role, Staff};
use axum::http::StatusCode;
use domain::id::{Id, TrainerId, kind};
use testkit::{TestApp, Visitor, staff};

const HOUR: i64 = 3_600_000;

pub(crate) struct Scene {
    pub(crate) app: TestApp,
    pub(crate) session: String,
    other: String,
    pub(crate) people: [String; 2],
    trainer: Actor,
}

/// A session that is going on, of a trainer, with Anne and Luc; another one of somebody else.
pub(crate) async fn scene() -> Scene {
    let app = TestApp::new().await;
    let now = app.app.now().as_millisecond();
    let id = || app.app.new_id::<kind::Event>().to_string();
    let (territory, programme, season, site) = (id(), id(), id(), id());
    let trainer: TrainerId = app.app.new_id();
    let (session, other, people) = (id(), id(), [id(), id()]);
    let mut tx = app.app.write().await.unwrap();
    let row = store::territory::TerritoryRow {
        id: territory.clone(),
        name: "Pays du Ternois".into(),
        folded: "pays du ternois".into(),
        note: String::new(),
        created_at: now,
        version: 1,
    };
    store::territory::insert(&mut tx, &row).await.unwrap();
    let row = store::programme::ProgrammeRow {
        id: programme.clone(),
        name: "Boutic".into(),
        slug: "boutic".into(),
        territory_id: territory,
        summary: String::new(),
        contact_email: None,
        contact_phone: Some("+33321000000".into()),
        time_zone: "Europe/Paris".into(),
        reminder_hours: 48,
        created_at: now,
        version: 1,
    };
    store::programme::insert(&mut tx, &row).await.unwrap();
    let row = store::programme::SeasonRow {
        id: season.clone(),
        programme_id: programme,
        name: "Automne 2026".into(),
        slug: "automne-2026".into(),
        starts_on: "2026-09-01".into(),
        ends_on: "2026-12-20".into(),
        stage: "open".into(),
        summary: String::new(),
        questionnaire: "boutic".into(),
        pathway_rules: "boutic".into(),
        offer_hours: 48,
        certificate_minutes: 60,
        created_at: now,
        version: 1,
    };
    store::programme::insert_season(&mut tx, &row)
        .await
        .unwrap();
    let row = store::site::SiteRow {
        id: site.clone(),
        name: "Cybercentre".into(),
        folded: "cybercentre".into(),
        slug: "cybercentre".into(),
        commune_code: "62361".into(),
        address: "1 rue du Château".into(),
        latitude: None,
        longitude: None,
        opening_hours: "{}".into(),
        accessibility: "[]".into(),
        access_note: String::new(),
        phone: None,
        regular: 1,
        archived_at: None,
        created_at: now,
        version: 1,
    };
    store::site::insert(&mut tx, &row).await.unwrap();
    let row = store::trainer::TrainerRow {
        id: trainer.to_string(),
        provider_id: None,
        account_id: None,
        name: "Paul Lemaire".into(),
        folded: "paul lemaire".into(),
        email: None,
        phone: None,
        commune_code: None,
        skills: "[]".into(),
        availability: "[]".into(),
        note: String::new(),
        archived_at: None,
        created_at: now,
        version: 1,
    };
    store::trainer::insert(&mut tx, &row).await.unwrap();
    for (session, trainer_id) in [(&session, Some(trainer.to_string())), (&other, None)] {
        let row = store::session::SessionRow {
            id: session.clone(),
            season_id: season.clone(),
            module: "boutique-en-ligne".into(),
            module_version: "1".into(),
            site_id: site.clone(),
            room_id: None,
            trainer_id,
            starts_at: now - HOUR,
            ends_at: now + HOUR,
            least: 1,
            capacity: 4,
            stage: "confirmed".into(),
            stage_at: now,
            cancel_reason: String::new(),
            public_note: String::new(),
            calendar_sequence: 0,
            next_arrival: 3,
            created_at: now,
            version: 1,
        };
        store::session::insert(&mut tx, &row).await.unwrap();
    }
    for ((person, name), arrival) in people
        .iter()
        .zip(["Anne Petit", "Luc <b>Roux</b>"])
        .zip(1..)
    {
        let row = store::people::PersonRow {
            id: person.clone(),
            name: name.into(),
            folded: domain::text::fold(name),
            email: None,
            phone: Some("+33321111111".into()),
            commune_code: None,
            organisation_id: None,
            sector: None,
            audience: "[]".into(),
            language: "fr".into(),
            needs: "Grands caractères".into(),
            note: String::new(),
            origin: "web".into(),
            link_epoch: 0,
            merged_into: None,
            erased_at: None,
            created_at: now,
            version: 1,
        };
        store::people::insert_person(&mut tx, &row).await.unwrap();
        let row = store::enrolment::EnrolmentRow {
            id: id(),
            session_id: session.clone(),
            person_id: person.clone(),
            arrival,
            stage: "placed".into(),
            stage_at: now,
            offered_until: None,
            origin: "web".into(),
            requested_by: None,
            requested_at: now,
            version: 1,
        };
        store::enrolment::insert(&mut tx, &row).await.unwrap();
    }
    tx.commit().await.unwrap();
    let trainer = Actor::Staff(Staff {
        account: Id::new(3, &[3; 10]),
        name: "Paul Lemaire".into(),
        bindings: vec![Binding {
            role: Role::Trainer,
            programme: None,
            territory: None,
        }],
        trainer: Some(trainer),
    });
    Scene {
        app,
        session,
        other,
        people,
        trainer,
    }
}

/// Taps a button of a person: the form of one tap, or the one that asks for minutes.
async fn tap(
    visitor: &mut Visitor,
    page: &testkit::Page,
    person: &str,
    mark: &str,
    minutes: Option<&str>,
) -> testkit::Page {
    let place = if minutes.is_some() {
        "details form"
    } else {
        "> form"
    };
    let mut form = page
        .form(&format!("article[id='p-{person}'] {place}"))
        .fill("mark", mark);
    if let Some(minutes) = minutes {
        form = form.fill("minutes", minutes);
    }
    visitor.submit(&form).await
}

#[tokio::test]
async fn a_trainer_takes_the_whole_list_without_script() {
    let scene = scene().await;
    let mut paul = scene.app.visitor_as(scene.trainer.clone());
    let [anne, luc] = &scene.people;
    let days = paul.get("/formateur").await;
    let links = days.attributes(".events a", "href");
    let here = format!("/formateur/seances/{}", scene.session);
    assert_eq!(
        links,
        std::slice::from_ref(&here),
        "their own session and no other"
    );
    let page = paul.get(&here).await;
    assert!(page.text().contains("Grands caractères"), "{}", page.text());
    assert!(!page.text().contains("<b>Roux"), "names are escaped");

    let page = tap(&mut paul, &page, anne, "present", None).await;
    assert_eq!(
        page.one(&format!("article[id='p-{anne}'] .badge")),
        "Présent"
    );
    let stale = tap(&mut paul, &page, luc, "late", Some("beaucoup")).await;
    assert_eq!(
        stale.all(".note.bad").len(),
        1,
        "what is wrong with the minutes is told"
    );
    let page = tap(&mut paul, &stale, luc, "late", Some("30")).await;
    let line = page.one(&format!("article[id='p-{luc}']"));
    assert!(line.contains("A suivi 1 h 30"), "{line}");

    // The first tablet's page is old by now.
    let old = tap(&mut paul, &stale, luc, "absent", None).await;
    assert!(
        old.one(".note.bad").contains("noté"),
        "{:?}",
        old.all(".note")
    );
    assert_eq!(
        old.one(&format!("article[id='p-{luc}'] .badge")),
        "En retard"
    );

    let form = old
        .form("form[action$='/notes']")
        .fill("body", "Prévoir des souris.");
    let page = paul.submit(&form).await;
    assert!(page.one("#notes").contains("Prévoir des souris."));
    let close = paul.get(&format!("{here}/cloture")).await;
    let page = paul.submit(&close.form("main form")).await;
    assert_eq!(page.path, here);
    assert!(
        page.all("form[action$='/cloture'], a[href$='/cloture']")
            .is_empty(),
        "closed once"
    );
    let paper = paul.get(&format!("{here}/emargement.pdf")).await;
    assert!(paper.body.starts_with(b"%PDF-"));
}

#[tokio::test]
async fn sessions_of_others_do_not_exist_for_a_trainer_and_nobody_comes_in_without_signing_in() {
    let scene = scene().await;
    let mut paul = scene.app.visitor_as(scene.trainer.clone());
    for path in [
        format!("/formateur/seances/{}", scene.other),
        format!("/formateur/seances/{}/emargement.pdf", scene.other),
        format!("/formateur/seances/{}/cloture", scene.other),
        "/formateur/seances/..%2f..".into(),
    ] {
        assert_eq!(
            paul.get(&path).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    assert_eq!(
        paul.get("/bureau/attestations").await.status,
        StatusCode::FORBIDDEN
    );
    let mut visitor = scene.app.visitor();
    let page = visitor
        .get(&format!("/formateur/seances/{}", scene.session))
        .await;
    assert!(!page.text().contains("Anne Petit"), "{}", page.path);
    let mut desk = scene.app.visitor_as(staff(Role::Coordinator));
    assert_eq!(desk.get("/formateur").await.all(".empty").len(), 1);
    assert_eq!(
        desk.get(&format!("/formateur/seances/{}", scene.session))
            .await
            .status,
        StatusCode::OK
    );
}

#[tokio::test]
async fn the_desk_gives_certificates_and_anybody_checks_them() {
    let scene = scene().await;
    let [anne, luc] = &scene.people;
    let mut paul = scene.app.visitor_as(scene.trainer.clone());
    let page = paul
        .get(&format!("/formateur/seances/{}", scene.session))
        .await;
    let page = tap(&mut paul, &page, anne, "present", None).await;
    tap(&mut paul, &page, luc, "late", Some("90")).await;

    let mut desk = scene.app.visitor_as(staff(Role::Coordinator));
    let page = desk.get("/bureau/attestations").await;
    assert_eq!(page.all("tbody th"), ["Anne Petit", "Luc <b>Roux</b>"]);
    let page = desk
        .submit(&page.form("form[action$='/donner-toutes']"))
        .await;
    let pdf = page.attributes("tbody a[href$='.pdf']", "href");
    assert_eq!(pdf.len(), 1, "Luc has not come for long enough");
    assert!(desk.get(&pdf[0]).await.body.starts_with(b"%PDF-"));
    assert!(
        desk.get("/bureau/attestations/saison/automne-2026.pdf")
            .await
            .body
            .starts_with(b"%PDF-")
    );
    let csv = desk.get("/bureau/attestations?format=csv").await;
    assert!(
        csv.text().contains("Anne Petit") && csv.text().contains("120"),
        "{}",
        csv.text()
    );
    let code = page.one("tbody tr:first-child td .nowrap");

    let mut visitor = scene.app.visitor();
    let form = visitor.get("/attestations").await.form("main form");
    let found = visitor
        .submit(&form.fill("code", &code.to_lowercase().replace('-', " ")))
        .await;
    assert!(
        found.one("main").contains("Anne Petit"),
        "{:?}",
        found.all("main")
    );
    for (bad, status) in [
        ("ESS-012V-A0Y5-D", StatusCode::NOT_FOUND),
        ("ESS-012V-A0Y5-E", StatusCode::UNPROCESSABLE_ENTITY),
        ("%3Cscript%3E", StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        let page = visitor.get(&format!("/attestations/{bad}")).await;
        assert_eq!(page.status, status, "{bad}");
        assert!(!page.text().contains("<script>") && !page.text().contains("Anne"));
    }
    let own = visitor
        .get(&pdf[0].replace("/bureau/", "/mon-espace/"))
        .await;
    assert!(
        !own.body.starts_with(b"%PDF-"),
        "a certificate is fetched by its bearer"
    );

    let revoke = page.attributes("tbody a[href$='/retirer']", "href");
    let ask = desk.get(&revoke[0]).await.form("main form");
    let page = desk.submit(&ask).await;
    assert_eq!(
        page.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "a reason is needed"
    );
    desk.submit(&page.form("main form").fill("reason", "Erreur"))
        .await;
    let page = visitor.get(&format!("/attestations/{code}")).await;
    assert!(
        page.one("main").contains("retirée") && !page.text().contains("Anne"),
        "{:?}",
        page.all("main")
    );
}

#[tokio::test]
async fn htmx_gets_the_list_alone() {
    let scene = scene().await;
    let mut paul = scene.app.visitor_as(scene.trainer.clone());
    let page = paul
        .get(&format!("/formateur/seances/{}", scene.session))
        .await;
    let csrf = page
        .form("form[action$='/tous-presents']")
        .value("csrf")
        .unwrap()
        .to_owned();
    let mut paul = paul.with_header("HX-Request", "true");
    let part = paul
        .post(
            &format!("/formateur/seances/{}/tous-presents", scene.session),
            &[("csrf", &csrf)],
        )
        .await;
    assert_eq!(part.status, StatusCode::OK);
    assert!(
        !part.text().contains("<html") && part.text().contains("id=\"liste\""),
        "{}",
        part.text()
    );
    assert_eq!(part.all("article .badge"), ["Présent", "Présent"]);
    let forged = paul
        .post(
            &format!("/formateur/seances/{}/tous-presents", scene.session),
            &[("csrf", "x")],
        )
        .await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN);
}
