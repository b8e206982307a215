//! A whole installation for a test: its own database, a clock that stands still, seeded randomness.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use application::access::sign_in;
use application::access::{Actor, Binding, Role, Staff};
use application::environment::{FixedClock, SeededRandomness};
use application::{App, Config};
use axum::Router;
use domain::id::Id;
use jiff::Timestamp;
use web::State;
use web::shell::account::{Found, Sessions};

use crate::visitor::Visitor;
use crate::{TestDatabase, both_engines};

/// A Monday in the middle of a season, at ten in the morning in Paris.
const START: Timestamp = Timestamp::constant(1_791_187_200, 0);

/// The address under which the installation believes to be reached.
pub(crate) const BASE: &str = "http://essor.test";

/// An installation; its database goes with it.
pub struct TestApp {
    /// The use cases.
    pub app: Arc<App>,
    /// The clock, to be moved by the test.
    pub clock: Arc<FixedClock>,
    /// The database.
    pub database: TestDatabase,
    router: Router,
    sessions: Arc<TestSessions>,
}

/// Runs `test` on an empty installation on SQLite, then on one on PostgreSQL.
///
/// # Panics
/// When the test does, naming the engine; and when there is no server to test on.
pub async fn app_on_both_engines<F: Future<Output = ()>>(test: impl Fn(TestApp) -> F) {
    both_engines(|database| async { test(TestApp::on(database).await).await }).await;
}

impl TestApp {
    /// An empty installation on SQLite.
    ///
    /// # Panics
    /// When it cannot be set up.
    pub async fn new() -> Self {
        Self::on(TestDatabase::sqlite().await).await
    }

    /// An installation on this database.
    ///
    /// # Panics
    /// When it cannot be set up.
    pub async fn on(database: TestDatabase) -> Self {
        let clock = Arc::new(FixedClock::new(START));
        let config = Config {
            base_url: BASE.to_owned(),
            ..Config::default()
        };
        let randomness = Arc::new(SeededRandomness::new(1));
        let app = App::with_environment(
            database.database(),
            config,
            Arc::clone(&clock) as _,
            randomness,
        )
        .await;
        let app = Arc::new(app.expect("the installation is set up"));
        let sessions = Arc::new(TestSessions::default());
        let router = web::router(State::new(Arc::clone(&app), Arc::clone(&sessions) as _));
        Self {
            app,
            clock,
            database,
            router,
            sessions,
        }
    }

    /// Someone with a browser of their own who is not signed in.
    #[must_use]
    pub fn visitor(&self) -> Visitor {
        Visitor::new(self.router.clone())
    }

    /// Someone signed in as `actor`, without going through the sign-in pages.
    #[must_use]
    pub fn visitor_as(&self, actor: Actor) -> Visitor {
        let mut visitor = self.visitor();
        visitor.set_cookie("session", &self.sessions.open(actor));
        visitor
    }

    /// A member of staff signed in with one role everywhere.
    #[must_use]
    pub fn staff(&self, role: Role) -> Visitor {
        self.visitor_as(staff(role))
    }
}

/// A member of staff with one role, in every programme and territory.
#[must_use]
pub fn staff(role: Role) -> Actor {
    Actor::Staff(Staff {
        account: Id::new(0, &[role as u8; 10]),
        name: format!("Test {}", role.slug()),
        bindings: vec![Binding {
            role,
            programme: None,
            territory: None,
        }],
        trainer: None,
    })
}

/// The sessions that tests open, and behind them the real ones.
#[derive(Default)]
struct TestSessions(Mutex<HashMap<String, Actor>>);

impl TestSessions {
    fn open(&self, actor: Actor) -> String {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let token = format!("test-{}", open.len());
        open.insert(token.clone(), actor);
        token
    }
}

impl Sessions for TestSessions {
    fn holder<'a>(&'a self, app: &'a App, token: &'a str) -> Found<'a> {
        let open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match open.get(token).cloned() {
            Some(actor) => Box::pin(std::future::ready(Ok(Some(actor)))),
            None => Box::pin(sign_in::holder(app, token)),
        }
    }
}
