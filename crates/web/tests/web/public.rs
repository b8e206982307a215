//! The public pages as visitors use them, without an account and without scripts.

use application::access::Actor;
use application::{programme, session, site, territory};
use atom_syndication::Feed;
use axum::http::{Method, header};
use testkit::{Page, TestApp, Visitor, app_on_both_engines};

/// Ids of the sessions of [`season`], by what they are for.
pub(crate) struct Ids {
    /// E-mail in Frévent, Tuesday 20 October, two in the afternoon, two seats, opens at two.
    pub(crate) mail: String,
    /// Online shop in Saint-Pol, Thursday evening.
    pub(crate) shop: String,
    /// For farmers, in Frévent, Saturday morning.
    pub(crate) farm: String,
}

/// A season with three sessions at two sites, in a season of that stage.
pub(crate) async fn season(test: &TestApp, stage: &str) -> Ids {
    let app = &test.app;
    let maker = Actor::System;
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
        stage: stage.into(),
        questionnaire: "boutic".into(),
        pathway_rules: "boutic".into(),
        offer_hours: "24".into(),
        certificate: "90".into(),
        ..programme::EditSeason::default()
    };
    let season = programme::create_season(app, &maker, &slug, &command)
        .await
        .unwrap();
    let mut sites = Vec::new();
    for (name, commune) in [
        ("Cybercentre de Frévent", "62361"),
        ("Médiathèque de Saint-Pol", "62767"),
    ] {
        let command = site::Edit {
            name: name.into(),
            commune: commune.into(),
            address: "1 rue du Test".into(),
            ..site::Edit::default()
        };
        sites.push(site::create(app, &maker, &command).await.unwrap());
    }
    let mut ids = Vec::new();
    for (module, site, day, starts) in [
        ("courriel", 0, "2026-10-20", "14:00"),
        ("boutique-en-ligne", 1, "2026-10-22", "18:30"),
        ("declaration-pac", 0, "2026-10-24", "09:30"),
    ] {
        let command = session::Edit {
            season: season.clone(),
            module: module.into(),
            site: sites[site].clone(),
            day: day.into(),
            starts: starts.into(),
            least: "2".into(),
            capacity: "2".into(),
            ..session::Edit::default()
        };
        ids.push(session::create(app, &maker, command).await.unwrap());
    }
    let [mail, shop, farm] = <[String; 3]>::try_from(ids).unwrap();
    Ids { mail, shop, farm }
}

/// Fills in the form of a session and sends it.
async fn register(visitor: &mut Visitor, session: &str, fields: &[(&str, &str)]) -> Page {
    let page = visitor
        .get(&format!("/seances/{session}/inscription"))
        .await;
    assert_eq!(page.status, 200, "{}", page.text());
    let mut form = page.form("main form");
    for (name, value) in fields {
        form = form.fill(name, value);
    }
    visitor.submit(&form).await
}

/// Spaces of any width as plain ones.
pub(crate) fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

fn titles(page: &Page) -> Vec<String> {
    page.all(".events .event-title")
}

#[tokio::test]
async fn the_agenda_shows_what_is_asked_for_and_nothing_else() {
    app_on_both_engines(|test| async move {
        season(&test, "open").await;
        let mut visitor = test.visitor();
        for (query, expected) in [
            ("", 3),
            ("commune=Fr%C3%A9vent&km=5", 2),
            ("commune=frevant&km=5", 2),
            ("commune=62130&km=5", 1),
            ("commune=Frevent&km=tous", 3),
            ("theme=vente", 1),
            ("serie=boutic", 3),
            ("public=elected-or-staff", 2),
            ("moment=soir", 1),
            ("moment=soir&moment=samedi", 2),
            ("moment=matin", 1),
            ("du=2026-10-21&au=2026-10-23", 1),
            ("q=boutique", 1),
            ("q=saint+pol", 1),
            ("q=BOUTIQUE+frevent", 0),
            ("places=libres", 3),
            ("atelier=courriel", 1),
            ("lieu=cybercentre-de-frevent", 2),
        ] {
            let page = visitor.get(&format!("/agenda?{query}")).await;
            assert_eq!(page.status, 200);
            assert_eq!(
                titles(&page).len(),
                expected,
                "{query}: {:?}",
                titles(&page)
            );
        }
        let near = visitor.get("/agenda?commune=62130&km=50").await;
        assert!(
            titles(&near)[0].contains("boutique"),
            "the nearest comes first: {:?}",
            titles(&near)
        );
        let by_date = visitor.get("/agenda?commune=62130&km=50&tri=date").await;
        assert!(!titles(&by_date)[0].contains("boutique"));
        let unknown = visitor.get("/agenda?commune=Xyzzyville").await;
        assert_eq!(titles(&unknown).len(), 3, "nothing is hidden");
        assert_eq!(unknown.all(".note").len(), 1, "and it is said");
    })
    .await;
}

#[tokio::test]
async fn a_season_in_preparation_is_shown_nowhere() {
    app_on_both_engines(|test| async move {
        let ids = season(&test, "preparing").await;
        let mut visitor = test.visitor();
        assert!(titles(&visitor.get("/agenda").await).is_empty());
        let session = format!("/seances/{}", ids.mail);
        for path in [session.as_str(), "/saison/automne"] {
            assert_eq!(visitor.get(path).await.status, 404, "{path}");
        }
        assert!(
            !visitor
                .get("/sitemap.xml")
                .await
                .text()
                .contains("seances/")
        );
    })
    .await;
}

#[tokio::test]
async fn anybody_registers_without_account_and_learns_where_they_stand() {
    app_on_both_engines(|test| async move {
        let ids = season(&test, "open").await;
        let session = format!("/seances/{}", ids.mail);
        let mut visitor = test.visitor();
        let before = visitor.get(&session).await;
        assert_eq!(
            plain(&before.one("aside .badge.wait")),
            "Ouvre à 2 : encore 2"
        );
        let first = register(
            &mut visitor,
            &ids.mail,
            &[
                ("name", "Anne Un"),
                ("email", "anne@exemple.example"),
                ("commune", "frevent"),
                ("2.name", "Bob Un"),
                ("organisation", "Boulangerie Un"),
            ],
        )
        .await;
        assert_eq!(first.status, 200);
        assert_eq!(first.all("main section h2"), ["Anne Un", "Bob Un"]);
        assert_eq!(first.all("main .badge.ok").len(), 2);
        assert_eq!(first.attributes("main a[href*=retrait]", "href").len(), 2);
        let second = register(
            &mut test.visitor(),
            &ids.mail,
            &[("name", "Cid Deux"), ("phone", "03 21 03 04 05")],
        )
        .await;
        assert!(
            second.one("main .badge").contains("1er rang"),
            "{}",
            second.text()
        );
        let after = visitor.get(&session).await;
        assert!(
            after
                .one("aside .badge.full")
                .contains("1 personne en attente"),
            "the page is not an old one"
        );
        for name in ["Anne", "Bob", "Cid"] {
            assert!(!after.text().contains(name), "nobody is named");
        }
        assert!(titles(&visitor.get("/agenda?places=libres").await).len() == 2);
    })
    .await;
}

#[tokio::test]
async fn what_was_typed_stays_and_every_wrong_field_is_told() {
    let test = TestApp::new().await;
    let ids = season(&test, "open").await;
    let mut visitor = test.visitor();
    let typed = [
        ("name", "Anne <b>Un</b>"),
        ("email", "pas-une-adresse"),
        ("commune", "Nulle-Part-sur-Mer"),
        ("2.phone", "12"),
    ];
    let page = register(&mut visitor, &ids.mail, &typed).await;
    assert_eq!(page.status, 422);
    let form = page.form("main form");
    for (name, value) in typed {
        assert_eq!(form.value(name), Some(value));
    }
    for wrong in ["#email-error", "#commune-error"] {
        assert_eq!(page.all(wrong).len(), 1);
    }
    assert_eq!(page.all("[id='2.name-error']").len(), 1);
    let nobody = register(&mut visitor, &ids.mail, &[("name", "")]).await;
    assert_eq!(nobody.status, 422);
    assert_eq!(nobody.all("#name-error").len(), 1);
    assert_eq!(nobody.all("#email-error").len(), 1);
}

#[tokio::test]
async fn a_reserved_workshop_asks_what_one_is_and_explains_a_refusal() {
    app_on_both_engines(|test| async move {
        let ids = season(&test, "open").await;
        let anne = [("name", "Anne Un"), ("email", "anne@exemple.example")];
        let silent = register(&mut test.visitor(), &ids.farm, &anne).await;
        assert_eq!(silent.status, 422, "it must be said");
        let mut farmer = anne.to_vec();
        farmer.push(("profile", "agriculteur"));
        let placed = register(&mut test.visitor(), &ids.farm, &farmer).await;
        assert_eq!(placed.all("main .badge.ok").len(), 1);
        // Known as a shopkeeper: what the form says does not change that.
        let keeper = application::people::PersonInput {
            name: "Dan Trois".into(),
            email: "dan@exemple.example".into(),
            profiles: vec!["commercant".into()],
            ..application::people::PersonInput::default()
        };
        application::people::create_person(&test.app, &Actor::Staff(coordinator()), &keeper)
            .await
            .unwrap();
        let refused = register(
            &mut test.visitor(),
            &ids.farm,
            &[
                ("name", "Dan Trois"),
                ("email", "dan@exemple.example"),
                ("profile", "agriculteur"),
            ],
        )
        .await;
        assert_eq!(refused.status, 409);
        assert!(refused.one("main .note.bad").contains("réservé"));
        assert_eq!(refused.form("main form").value("name"), Some("Dan Trois"));
    })
    .await;
}

fn coordinator() -> application::access::Staff {
    match testkit::staff(application::access::Role::Coordinator) {
        Actor::Staff(staff) => staff,
        _ => unreachable!(),
    }
}

#[tokio::test]
async fn who_registers_twice_is_told_so_and_nothing_more() {
    app_on_both_engines(|test| async move {
        let ids = season(&test, "open").await;
        let anne = [
            ("name", "Anne Un"),
            ("email", "anne@exemple.example"),
            ("phone", "03 21 03 04 05"),
        ];
        register(&mut test.visitor(), &ids.mail, &anne).await;
        let again = register(
            &mut test.visitor(),
            &ids.mail,
            &[("name", "ANNE UN"), ("email", "anne@exemple.example")],
        )
        .await;
        assert_eq!(again.status, 409);
        assert!(again.one("main .note.bad").contains("déjà inscrite"));
        assert!(
            !again.text().contains("21 03 04 05"),
            "what is known of her stays with us"
        );
    })
    .await;
}

#[tokio::test]
async fn the_answer_s_address_cannot_be_made_up() {
    let test = TestApp::new().await;
    let ids = season(&test, "open").await;
    let mut visitor = test.visitor();
    let answer = register(
        &mut visitor,
        &ids.mail,
        &[("name", "Anne Un"), ("email", "anne@exemple.example")],
    )
    .await;
    assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");
    let (path, sealed) = answer.path.split_once("r=").unwrap();
    assert_eq!(visitor.get(&answer.path).await.status, 200);
    let other = path.replace(&ids.mail, &ids.shop);
    for forged in [
        format!("{path}r={}0", &sealed[..sealed.len() - 1]),
        format!("{path}r=A{}", &sealed[1..]),
        format!("{path}r="),
        format!("{other}r={sealed}"),
    ] {
        let status = visitor.get(&forged).await.status;
        assert!(status == 404 || forged == answer.path, "{forged}: {status}");
    }
}

#[tokio::test]
async fn no_address_however_hostile_breaks_a_page() {
    let test = TestApp::new().await;
    let ids = season(&test, "open").await;
    let mut visitor = test.visitor();
    let hostile = [
        "%00",
        "%ff%fe",
        "%F0%9F%91%A9",
        "-1",
        "99999999999999999999",
        "';DROP TABLE session;--",
        "%3Cscript%3Ealert(1)%3C/script%3E",
        "..%2f..%2fetc%2fpasswd",
        "%25%25%5C",
    ];
    let long = "a".repeat(2_000);
    for value in hostile.into_iter().chain([long.as_str()]) {
        let value = value.replace(' ', "+");
        let names = [
            "q",
            "commune",
            "commune_code",
            "km",
            "theme",
            "serie",
            "public",
            "moment",
            "du",
            "au",
            "places",
            "atelier",
            "lieu",
            "tri",
            "page",
            "niveau",
            "r",
            "%5B%5D",
        ];
        let all: Vec<String> = names.iter().map(|name| format!("{name}={value}")).collect();
        let all = all.join("&");
        let mut queries = vec![all.clone()];
        if value.len() < 10 {
            queries.push(format!("{all}&{all}"));
            queries.extend(all.split('&').map(str::to_owned));
        }
        for query in queries {
            for path in [
                "/agenda",
                "/agenda.ics",
                "/agenda.atom",
                "/ateliers",
                "/communes/suggestions",
            ] {
                let is_all = query.contains('&');
                if path != "/agenda" && !is_all {
                    continue;
                }
                let page = visitor.get(&format!("{path}?{query}")).await;
                assert!(page.status.is_success(), "{path}?{query}: {}", page.status);
                assert!(!page.text().contains("<script>alert"), "{path}?{query}");
            }
        }
        for path in ["/seances", "/ateliers", "/lieux", "/saison"] {
            let page = visitor.get(&format!("{path}/{value}")).await;
            assert!(
                page.status.is_client_error(),
                "{path}/{value}: {}",
                page.status
            );
        }
    }
    let form = visitor
        .get(&format!("/seances/{}/inscription", ids.mail))
        .await
        .form("main form");
    for value in [
        "\u{0}",
        "<script>alert(1)</script>",
        "=cmd()",
        long.as_str(),
        "\u{202e}",
    ] {
        let mut hostile = form.clone();
        for name in [
            "name",
            "email",
            "phone",
            "commune",
            "commune_code",
            "organisation",
            "needs",
            "2.name",
            "3.email",
        ] {
            hostile = hostile.fill(name, value);
        }
        let page = visitor.submit(&hostile).await;
        assert_eq!(page.status, 422, "{value:?}");
        assert!(!page.text().contains("<script>alert"));
    }
}

#[tokio::test]
async fn feeds_can_be_read_back_and_follow_the_filter() {
    app_on_both_engines(|test| async move {
        let ids = season(&test, "open").await;
        let mut visitor = test.visitor();
        let atom = visitor.get("/agenda.atom?theme=vente").await;
        let feed = Feed::read_from(atom.body.as_slice()).unwrap();
        assert_eq!(feed.entries.len(), 1);
        assert!(feed.entries[0].id.ends_with(&ids.shop));
        let all = visitor.get("/agenda.ics").await;
        assert_eq!(
            all.headers[header::CONTENT_TYPE],
            "text/calendar; charset=utf-8"
        );
        let calendar: icalendar::Calendar = all.text().parse().unwrap();
        assert_eq!(calendar.components.len(), 3);
        let near = visitor.get("/agenda.ics?commune=62130&km=5").await;
        let calendar: icalendar::Calendar = near.text().parse().unwrap();
        assert_eq!(calendar.components.len(), 1);
        let one = visitor.get(&format!("/seances/{}.ics", ids.mail)).await;
        assert!(
            one.text().contains("DTSTART:20261020T120000Z"),
            "{}",
            one.text()
        );
        cancel(&test, &ids.mail).await;
        let after = visitor.get("/agenda.ics").await;
        assert!(
            after.text().contains("STATUS:CANCELLED"),
            "calendars take it away"
        );
        assert_eq!(titles(&visitor.get("/agenda").await).len(), 2);
        let page = visitor.get(&format!("/seances/{}", ids.mail)).await;
        assert_eq!(page.all("main .note.bad").len(), 1);
        assert!(page.attributes("a[href$=inscription]", "href").is_empty());
    })
    .await;
}

async fn cancel(test: &TestApp, id: &str) {
    let mut tx = test.app.write().await.unwrap();
    let mut row = store::session::get(&mut tx, id).await.unwrap().unwrap();
    row.stage = "cancelled".into();
    row.cancel_reason = "Panne de chauffage".into();
    store::session::update(&mut tx, &row).await.unwrap();
    let event = store::event::EventRow {
        seq: 0,
        id: format!("cancelled-{id}"),
        at: 0,
        actor_kind: "system".into(),
        actor_id: None,
        actor_name: String::new(),
        action: "session.cancelled".into(),
        subject_kind: "session".into(),
        subject_id: id.into(),
        before_state: None,
        after_state: None,
    };
    store::event::append(&mut tx, &event).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn search_engines_find_an_event_that_says_whether_seats_are_left() {
    let test = TestApp::new().await;
    let ids = season(&test, "open").await;
    let page = test.visitor().get(&format!("/seances/{}", ids.shop)).await;
    let markup = page.one("script[type='application/ld+json']");
    let event: serde_json::Value = serde_json::from_str(&markup).unwrap();
    assert_eq!(event["@type"], "Event");
    assert_eq!(event["startDate"], "2026-10-22T16:30:00Z");
    assert_eq!(
        event["offers"]["availability"],
        "https://schema.org/InStock"
    );
    assert_eq!(event["location"]["address"]["postalCode"], "62130");
}

#[tokio::test]
async fn a_page_that_did_not_change_is_not_sent_again() {
    let test = TestApp::new().await;
    let ids = season(&test, "open").await;
    let first = test.visitor().get("/agenda").await;
    let tag = first.headers[header::ETAG].to_str().unwrap().to_owned();
    let mut again = test.visitor().with_header("if-none-match", &tag);
    let same = again.send(Method::GET, "/agenda", None, Vec::new()).await;
    assert_eq!((same.status.as_u16(), same.body.len()), (304, 0));
    register(
        &mut test.visitor(),
        &ids.mail,
        &[("name", "Anne Un"), ("email", "anne@exemple.example")],
    )
    .await;
    let changed = again.send(Method::GET, "/agenda", None, Vec::new()).await;
    assert_eq!(changed.status, 200);
    assert!(changed.text().contains("Reste 1 place"));
}

#[tokio::test]
async fn a_visitor_s_message_and_language_are_theirs_alone() {
    let test = TestApp::new().await;
    season(&test, "open").await;
    let english = test.visitor().get("/agenda?lang=en").await;
    assert!(english.text().contains("Workshop calendar"));
    let french = test.visitor().get("/agenda").await;
    assert!(french.text().contains("Agenda des ateliers"));
    let staff = test
        .staff(application::access::Role::Coordinator)
        .get("/agenda")
        .await;
    assert!(staff.text().contains("/deconnexion"));
    let visitor = test.visitor().get("/agenda").await;
    assert!(
        !visitor.text().contains("/deconnexion"),
        "never kept for others"
    );
}

#[tokio::test]
async fn pages_are_light() {
    let test = TestApp::new().await;
    let ids = season(&test, "open").await;
    let mut visitor = test.visitor().with_header("accept-encoding", "br");
    let session = format!("/seances/{}", ids.mail);
    let form = format!("{session}/inscription");
    let plain = test.visitor().get("/").await;
    let mut files: Vec<String> = plain.attributes("link[rel=stylesheet]", "href");
    files.extend(plain.attributes("script[src]", "src"));
    files.extend(plain.attributes("link[rel=icon]", "href"));
    let mut first_visit = 0;
    assert!(
        files.len() < 6,
        "the page and its files are at most six requests: {files:?}"
    );
    for file in &files {
        first_visit += visitor.get(file).await.body.len();
    }
    let mut told = Vec::new();
    let paths = [
        "/",
        "/agenda",
        "/ateliers",
        "/ateliers/courriel",
        "/lieux",
        "/lieux/cybercentre-de-frevent",
        "/saison",
        session.as_str(),
        form.as_str(),
        "/accessibilite",
        "/donnees-personnelles",
        "/mentions",
    ];
    for path in paths {
        let page = visitor.get(path).await;
        assert_eq!(page.status, 200, "{path}");
        told.push(format!("{path} {}", page.body.len()));
        assert!(
            page.body.len() <= 10 * 1024,
            "{path}: {} bytes",
            page.body.len()
        );
        assert!(
            first_visit + page.body.len() <= 45 * 1024,
            "{path} and its files: {} bytes",
            first_visit + page.body.len()
        );
    }
    println!("files {first_visit}; {}", told.join("; "));
}

#[tokio::test]
async fn every_public_page_leads_to_pages_that_exist() {
    let test = TestApp::new().await;
    season(&test, "open").await;
    let mut visitor = test.visitor();
    let mut open = vec!["/".to_owned()];
    let mut seen: Vec<String> = Vec::new();
    while let Some(path) = open.pop() {
        // Filters are without end; other areas look after their own pages.
        let is_ours = !path.contains('?')
            && [
                "/questionnaire",
                "/mon-espace",
                "/connexion",
                "/souhaits",
                "/static",
            ]
            .iter()
            .all(|other| !path.starts_with(other));
        if seen.contains(&path) || !is_ours {
            continue;
        }
        let page = visitor.get(&path).await;
        assert_eq!(page.status, 200, "{path}");
        if page.headers[header::CONTENT_TYPE]
            .to_str()
            .unwrap()
            .starts_with("text/html")
        {
            open.extend(
                page.attributes("a[href^='/']", "href")
                    .into_iter()
                    .map(|href| href.split('#').next().unwrap_or_default().to_owned()),
            );
        }
        seen.push(path);
    }
    assert!(seen.len() > 40, "{seen:?}");
}

#[tokio::test]
async fn communes_are_suggested_while_typing_those_of_the_territory_first() {
    let test = TestApp::new().await;
    season(&test, "open").await;
    let page = test
        .visitor()
        .get("/communes/suggestions?q=saint-pol")
        .await;
    let list = page.json();
    assert_eq!(list[0]["code"], "62767");
    assert!(list[0]["label"].as_str().unwrap().contains("62130"));
    assert!(list.as_array().unwrap().len() > 1);
}
