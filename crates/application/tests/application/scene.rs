//! A small season to act in: one territory, one site, sessions as wanted.

#![expect(
    clippy::unwrap_used,
    clippy::too_many_lines,
    reason = "a test that cannot be set up fails; a scene is set in one piece"
)]

use std::sync::Arc;

use application::access::{Actor, Binding, Role, Staff};
use application::environment::{FixedClock, SeededRandomness};
use application::people::PersonInput;
use application::{App, Config};
use domain::id::{Id, TerritoryId, kind};
use jiff::Timestamp;
use store::people::PersonRow;
use testkit::TestDatabase;

/// The instant at which every test begins: 1 February 2026, 9 h in Paris.
pub(crate) const NOW: i64 = 1_769_932_800_000;
const HOUR: i64 = 3_600_000;

pub(crate) struct Scene {
    pub app: Arc<App>,
    pub clock: Arc<FixedClock>,
    pub territory: TerritoryId,
    pub season: String,
    pub site: String,
    _db: TestDatabase,
}

impl Scene {
    pub(crate) async fn new(db: TestDatabase) -> Self {
        let clock = Arc::new(FixedClock::new(Timestamp::from_millisecond(NOW).unwrap()));
        let app = App::with_environment(
            db.database(),
            Config::default(),
            clock.clone(),
            Arc::new(SeededRandomness::new(7)),
        )
        .await
        .unwrap();
        let app = Arc::new(app);
        let territory: TerritoryId = app.new_id();
        let (programme, season, site) = (
            app.new_id::<kind::Programme>().to_string(),
            app.new_id::<kind::Season>().to_string(),
            app.new_id::<kind::Site>().to_string(),
        );
        let mut tx = app.write().await.unwrap();
        let row = store::territory::TerritoryRow {
            id: territory.to_string(),
            name: "Pays du Ternois".into(),
            folded: "pays du ternois".into(),
            note: String::new(),
            created_at: NOW,
            version: 1,
        };
        store::territory::insert(&mut tx, &row).await.unwrap();
        let parts = [("epci".to_owned(), "200069672".to_owned())];
        store::territory::replace_parts(&mut tx, &row.id, &parts)
            .await
            .unwrap();
        store::programme::insert(
            &mut tx,
            &store::programme::ProgrammeRow {
                id: programme.clone(),
                name: "Boutic".into(),
                slug: "boutic".into(),
                territory_id: row.id,
                summary: String::new(),
                contact_email: None,
                contact_phone: None,
                time_zone: "Europe/Paris".into(),
                reminder_hours: 48,
                created_at: NOW,
                version: 1,
            },
        )
        .await
        .unwrap();
        store::programme::insert_season(
            &mut tx,
            &store::programme::SeasonRow {
                id: season.clone(),
                programme_id: programme,
                name: "Printemps 2026".into(),
                slug: "printemps-2026".into(),
                starts_on: "2026-01-01".into(),
                ends_on: "2026-06-30".into(),
                stage: "open".into(),
                summary: String::new(),
                questionnaire: "boutic".into(),
                pathway_rules: "boutic".into(),
                offer_hours: 48,
                certificate_minutes: 60,
                created_at: NOW,
                version: 1,
            },
        )
        .await
        .unwrap();
        store::site::insert(
            &mut tx,
            &store::site::SiteRow {
                id: site.clone(),
                name: "Cybercentre de Frévent".into(),
                folded: "cybercentre de frevent".into(),
                slug: "frevent".into(),
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
                created_at: NOW,
                version: 1,
            },
        )
        .await
        .unwrap();
        tx.commit().await.unwrap();
        Self {
            app,
            clock,
            territory,
            season,
            site,
            _db: db,
        }
    }

    /// A session in `days` days (negative: past), confirmed, of `capacity` seats.
    pub(crate) async fn session(&self, days: i64, capacity: i64) -> String {
        let id = self.app.new_id::<kind::Session>().to_string();
        let starts_at = NOW + days * 24 * HOUR;
        let row = store::session::SessionRow {
            id: id.clone(),
            season_id: self.season.clone(),
            module: "recherche-web".into(),
            module_version: "1".into(),
            site_id: self.site.clone(),
            room_id: None,
            trainer_id: None,
            starts_at,
            ends_at: starts_at + 2 * HOUR,
            least: 1,
            capacity,
            stage: "confirmed".into(),
            stage_at: NOW,
            cancel_reason: String::new(),
            public_note: String::new(),
            calendar_sequence: 0,
            next_arrival: 1,
            created_at: NOW,
            version: 1,
        };
        let mut tx = self.app.write().await.unwrap();
        store::session::insert(&mut tx, &row).await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    /// An enrolment as it may have come about.
    pub(crate) async fn enrolled(&self, session: &str, person: &PersonRow, stage: &str) -> String {
        let mut tx = self.app.write().await.unwrap();
        let row = store::session::get(&mut tx, session)
            .await
            .unwrap()
            .unwrap();
        let enrolment = store::enrolment::EnrolmentRow {
            id: self.app.new_id::<kind::Enrolment>().to_string(),
            session_id: session.to_owned(),
            person_id: person.id.clone(),
            arrival: row.next_arrival,
            stage: stage.to_owned(),
            stage_at: NOW,
            offered_until: (stage == "offered").then_some(NOW + 24 * HOUR),
            origin: "web".into(),
            requested_by: None,
            requested_at: NOW,
            version: 1,
        };
        store::enrolment::insert(&mut tx, &enrolment).await.unwrap();
        store::session::after_decision(
            &mut tx,
            session,
            row.next_arrival + 1,
            &row.stage,
            row.stage_at,
        )
        .await
        .unwrap();
        tx.commit().await.unwrap();
        enrolment.id
    }

    pub(crate) async fn person(&self, name: &str, email: &str) -> PersonRow {
        let input = PersonInput {
            name: name.into(),
            email: email.into(),
            ..PersonInput::default()
        };
        application::people::create_person(&self.app, &coordinator(), &input)
            .await
            .unwrap()
    }

    pub(crate) fn referent(&self) -> Actor {
        staff(Role::Referent, Some(self.territory))
    }
}

pub(crate) fn coordinator() -> Actor {
    staff(Role::Coordinator, None)
}

pub(crate) fn staff(role: Role, territory: Option<TerritoryId>) -> Actor {
    Actor::Staff(Staff {
        account: Id::new(1, &[0; 10]),
        name: "Claire Delattre".into(),
        bindings: vec![Binding {
            role,
            programme: None,
            territory,
        }],
        trainer: None,
    })
}
