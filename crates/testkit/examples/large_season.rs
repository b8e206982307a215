//! What planning a large season costs in the product: 600 people who wish for five modules each, four sites, eight trainers. Prints one figure a
//! line, name and number, for `cargo xtask bench planner --product`.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a measurement that cannot be set up fails; its figures are its output"
)]

use std::time::{Duration, Instant};

use application::access::Role;
use application::plan::{self, Ask, AskRepair, Effort};
use domain::id::kind;
use store::Connection;
use testkit::{TestApp, staff};

const PEOPLE: usize = 600;
const MODULES: [&str; 5] = [
    "premiers-gestes",
    "courriel",
    "rechercher-sur-internet",
    "securite",
    "reseaux-sociaux",
];
/// Frévent, Saint-Pol-sur-Ternoise, Auxi-le-Château, Heuchin.
const COMMUNES: [&str; 4] = ["62361", "62767", "62060", "62451"];
const SEASON: &str = "automne";

#[tokio::main]
async fn main() {
    let installation = TestApp::new().await;
    let trainer = fill(&installation).await;
    let (app, desk) = (&installation.app, staff(Role::Coordinator));
    let ask = Ask {
        season: SEASON.into(),
        name: "Grande saison".into(),
        from: "2026-10-19".into(),
        until: "2027-02-19".into(),
        ..Ask::default()
    };
    let id = timed("create", plan::create(app, &desk, &ask))
        .await
        .unwrap();
    let effort = Effort::Time(Duration::from_secs(seconds()));
    timed("compute", plan::compute(app, &desk, &id, effort))
        .await
        .unwrap();
    let view = timed("load", plan::get(app, &desk, &id)).await.unwrap();
    println!("sessions\t{}", view.listed.figures.opened);
    let mut browser = installation.staff(Role::Coordinator);
    let page = format!("/bureau/planification/{id}");
    for (name, path) in [
        ("page", page.clone()),
        ("page.sessions", format!("{page}/seances")),
        ("page.people", format!("{page}/personnes")),
        ("page.calendar", format!("{page}/calendrier")),
    ] {
        let shown = timed(name, browser.get(&path)).await;
        println!("{name}.bytes\t{}", shown.text().len());
    }
    timed("publish.preview", plan::preview(app, &desk, &id, "7"))
        .await
        .unwrap();
    let version = view.listed.row.version.to_string();
    let published = timed("publish", plan::publish(app, &desk, &id, &version, "7"))
        .await
        .unwrap();
    println!("seats\t{}", published.seats);
    let absent = AskRepair {
        season: SEASON.into(),
        kind: "trainer".into(),
        id: trainer,
        from: "2026-11-02".into(),
        until: "2026-11-20".into(),
    };
    let repair = timed("repair.create", plan::create_repair(app, &desk, &absent))
        .await
        .unwrap();
    timed(
        "repair.compute",
        plan::compute(app, &desk, &repair, Effort::Time(Duration::from_secs(2))),
    )
    .await
    .unwrap();
    let told = timed(
        "repair.preview",
        plan::preview_repair(app, &desk, &repair, "Absence"),
    )
    .await;
    println!("repair.letters\t{}", told.unwrap().len());
    timed("undo.preview", plan::preview_undo(app, &desk, &id, "Essai"))
        .await
        .unwrap();
}

/// A programme, its season, sites, trainers, people and what they wish for; answers a trainer.
async fn fill(installation: &TestApp) -> String {
    let app = &installation.app;
    let id = || app.new_id::<kind::Person>().to_string();
    let now = app.now().as_millisecond();
    let mut tx = app.write().await.unwrap();
    let season = programme(&mut tx, [id(), id(), id()], now).await;
    for commune in COMMUNES {
        site(&mut tx, commune, [id(), id(), id()], now).await;
    }
    let mut last = String::new();
    for number in 0..8_usize {
        last = id();
        let row = store::trainer::TrainerRow {
            id: last.clone(),
            provider_id: None,
            account_id: None,
            name: format!("Formatrice {number}"),
            folded: format!("formatrice {number}"),
            email: None,
            phone: None,
            commune_code: COMMUNES.get(number % 4).map(|code| (*code).to_owned()),
            skills: SKILLS.into(),
            availability: "[]".into(),
            note: String::new(),
            archived_at: None,
            created_at: now,
            version: 1,
        };
        store::trainer::insert(&mut tx, &row).await.unwrap();
    }
    for number in 0..PEOPLE {
        person(&mut tx, &season, number, &id, now).await;
    }
    tx.commit().await.unwrap();
    last
}

/// All that any of the modules asks of a trainer.
const SKILLS: &str =
    r#"["accompagnement-debutant","internet","securite","communication","reseaux-sociaux"]"#;

async fn programme(tx: &mut Connection, ids: [String; 3], now: i64) -> String {
    let [territory, programme, season] = ids;
    let row = store::territory::TerritoryRow {
        id: territory.clone(),
        name: "Pays du Ternois".into(),
        folded: "pays du ternois".into(),
        note: String::new(),
        created_at: now,
        version: 1,
    };
    store::territory::insert(tx, &row).await.unwrap();
    let row = store::programme::ProgrammeRow {
        id: programme.clone(),
        name: "Boutic".into(),
        slug: "boutic".into(),
        territory_id: territory,
        summary: String::new(),
        contact_email: None,
        contact_phone: None,
        time_zone: "Europe/Paris".into(),
        reminder_hours: 48,
        created_at: now,
        version: 1,
    };
    store::programme::insert(tx, &row).await.unwrap();
    let row = store::programme::SeasonRow {
        id: season.clone(),
        programme_id: programme,
        name: "Automne".into(),
        slug: SEASON.into(),
        starts_on: "2026-09-01".into(),
        ends_on: "2027-02-28".into(),
        stage: "open".into(),
        summary: String::new(),
        questionnaire: "boutic".into(),
        pathway_rules: "boutic".into(),
        offer_hours: 48,
        certificate_minutes: 60,
        created_at: now,
        version: 1,
    };
    store::programme::insert_season(tx, &row).await.unwrap();
    season
}

/// A site with two rooms.
async fn site(tx: &mut Connection, commune: &str, ids: [String; 3], now: i64) {
    let [site, rooms @ ..] = ids;
    let row = store::site::SiteRow {
        id: site.clone(),
        name: format!("Cybercentre {commune}"),
        folded: format!("cybercentre {commune}"),
        slug: format!("cybercentre-{commune}"),
        commune_code: commune.into(),
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
    store::site::insert(tx, &row).await.unwrap();
    for (room, name) in rooms.into_iter().zip(["Salle 1", "Salle 2"]) {
        let row = store::room::RoomRow {
            id: room,
            site_id: site.clone(),
            name: name.into(),
            capacity: 12,
            equipment: "{}".into(),
            archived_at: None,
            version: 1,
        };
        store::room::insert(tx, &row).await.unwrap();
    }
}

async fn person(
    tx: &mut Connection,
    season: &str,
    number: usize,
    new_id: &impl Fn() -> String,
    now: i64,
) {
    let id = new_id();
    let row = store::people::PersonRow {
        id: id.clone(),
        name: format!("Personne {number}"),
        folded: format!("personne {number}"),
        email: Some(format!("p{number}@example.org")),
        phone: None,
        commune_code: COMMUNES.get(number % 4).map(|code| (*code).to_owned()),
        organisation_id: None,
        sector: None,
        audience: "[]".into(),
        language: "fr".into(),
        needs: String::new(),
        note: String::new(),
        origin: "web".into(),
        link_epoch: 0,
        merged_into: None,
        erased_at: None,
        created_at: now,
        version: 1,
    };
    store::people::insert_person(tx, &row).await.unwrap();
    for module in MODULES {
        let row = store::wish::WishRow {
            id: new_id(),
            season_id: season.into(),
            person_id: id.clone(),
            module: Some(module.into()),
            detail: String::new(),
            reason: "asked".into(),
            stage: "open".into(),
            created_at: now,
            answered_at: None,
            answer: String::new(),
            session_id: None,
            version: 1,
        };
        store::wish::insert(tx, &row).await.unwrap();
    }
}

/// How long to search, from the command line.
fn seconds() -> u64 {
    let asked = std::env::args().nth(1);
    asked.map_or(5, |asked| asked.parse().expect("a number of seconds"))
}

async fn timed<T>(name: &str, work: impl Future<Output = T>) -> T {
    let begun = Instant::now();
    let done = work.await;
    println!("{name}\t{:.1}", begun.elapsed().as_secs_f64() * 1000.0);
    done
}
