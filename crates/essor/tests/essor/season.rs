//! A season that begins soon, by the machine's own clock, and a program that may register people.

use application::access::account::{self, EditAccount};
use application::access::{Actor, Role};
use application::environment::{Clock as _, SystemClock};
use application::{App, Config, programme, session, site, territory};
use jiff::ToSpan as _;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use store::Database;

/// What was made.
pub(crate) struct Season {
    /// The sessions, a day apart.
    pub(crate) sessions: Vec<String>,
    /// The program's token.
    pub(crate) token: String,
}

/// The password of the coordinator for whom the program acts.
pub(crate) const PASSWORD: &str = "une-phrase-assez-longue";
/// The address of the same.
pub(crate) const EMAIL: &str = "nadia@essor.example";

/// Makes a season at `site` in the database at `address`, with a session for every pair of least and most people.
pub(crate) async fn season(address: &str, place: &str, groups: &[(u32, u32)]) -> Season {
    let database = Database::open(address).await.unwrap();
    let app = App::new(database.clone(), Config::default()).await.unwrap();
    let maker = Actor::System;
    let today: Date = SystemClock
        .now()
        .to_zoned(TimeZone::get("Europe/Paris").unwrap())
        .date();
    let command = territory::Edit {
        name: "Pays du Ternois".into(),
        parts: vec!["epci:200069672".into()],
        ..territory::Edit::default()
    };
    let territory = territory::create(&app, &maker, &command).await.unwrap();
    let command = programme::Edit {
        name: "Boutic".into(),
        territory,
        ..programme::Edit::default()
    };
    let slug = programme::create(&app, &maker, &command).await.unwrap();
    let command = programme::EditSeason {
        name: "Saison".into(),
        starts_on: today.saturating_sub(30.days()).to_string(),
        ends_on: today.saturating_add(120.days()).to_string(),
        stage: "open".into(),
        questionnaire: "boutic".into(),
        pathway_rules: "boutic".into(),
        offer_hours: "24".into(),
        certificate: "90".into(),
        ..programme::EditSeason::default()
    };
    let season = programme::create_season(&app, &maker, &slug, &command)
        .await
        .unwrap();
    let command = site::Edit {
        name: place.into(),
        commune: "62767".into(),
        ..site::Edit::default()
    };
    let site = site::create(&app, &maker, &command).await.unwrap();
    let mut sessions = Vec::new();
    for (number, (least, most)) in groups.iter().enumerate() {
        let days = 40 + i64::try_from(number).unwrap();
        let command = session::Edit {
            season: season.clone(),
            module: "courriel".into(),
            site: site.clone(),
            day: today.saturating_add(days.days()).to_string(),
            starts: "14:00".into(),
            least: least.to_string(),
            capacity: most.to_string(),
            ..session::Edit::default()
        };
        sessions.push(session::create(&app, &maker, command).await.unwrap());
    }
    let command = EditAccount {
        name: "Nadia Lefebvre".into(),
        email: EMAIL.into(),
        language: "fr".into(),
        password: PASSWORD.into(),
        roles: vec![Role::Coordinator.slug().into()],
        ..EditAccount::default()
    };
    let id = account::create(&app, &maker, &command)
        .await
        .unwrap()
        .to_string();
    let scopes = [
        "sessions:read",
        "enrolments:read",
        "enrolments:write",
        "people:read",
    ]
    .map(str::to_owned);
    let token = account::create_token(&app, &maker, &id, "essai", &scopes)
        .await
        .unwrap();
    database.close().await;
    Season { sessions, token }
}
