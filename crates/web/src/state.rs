//! What every request can reach.

use std::sync::{Arc, PoisonError, RwLock};

use application::App;
use application::showcase::{self, Identity};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::public::PublicCache;
use crate::shell::account::Sessions;
use crate::shell::assets::Assets;
use crate::shell::templates::Templates;

/// How people reach this server; read once at the start.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The public address without a slash at the end, such as `https://boutic.example`.
    pub base: String,
}

/// Names are read again after so many seconds: another node may have changed them.
const NAMES_FOR: i64 = 5;

/// The identity of the installation as it was read last.
struct Known {
    read_at: Option<Timestamp>,
    identity: Arc<Identity>,
}

impl Settings {
    /// Whether people reach this server over https.
    #[must_use]
    pub fn https(&self) -> bool {
        self.base.starts_with("https://")
    }

    /// The host (and port) people reach this server under.
    #[must_use]
    pub fn host(&self) -> &str {
        self.base
            .split_once("://")
            .map_or(self.base.as_str(), |(_, host)| host)
    }
}

/// The state of the server, cheap to clone.
#[derive(Clone)]
pub struct State {
    /// The use cases and what they work with.
    pub app: Arc<App>,
    /// How this server presents itself.
    pub settings: Arc<Settings>,
    /// The page templates.
    pub templates: Arc<Templates>,
    /// Style sheet, scripts and pictures.
    pub assets: Arc<Assets>,
    /// Finds who is signed in.
    pub sessions: Arc<dyn Sessions>,
    /// Public pages as they were sent.
    pub public: Arc<PublicCache>,
    known: Arc<RwLock<Known>>,
}

impl State {
    /// Puts the state together.
    #[must_use]
    pub fn new(app: Arc<App>, sessions: Arc<dyn Sessions>) -> Self {
        let assets = Arc::new(Assets::embedded());
        let base = app.config().base_url.clone();
        Self {
            app,
            settings: Arc::new(Settings { base }),
            templates: Arc::new(Templates::new(&assets)),
            assets,
            sessions,
            public: Arc::default(),
            known: Arc::new(RwLock::new(Known {
                read_at: None,
                identity: Arc::new(nobody()),
            })),
        }
    }

    /// What the installation is called and where its clocks are, at most a few seconds old; as it was known last while the store fails.
    pub(crate) async fn identity(&self) -> Arc<Identity> {
        let now = self.app.now();
        {
            let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
            if known
                .read_at
                .is_some_and(|at| (now.as_second() - at.as_second()).abs() < NAMES_FOR)
            {
                return Arc::clone(&known.identity);
            }
        }
        let identity = match showcase::identity(&self.app).await {
            Ok(found) => Arc::new(found.unwrap_or_else(nobody)),
            Err(error) => {
                tracing::warn!("names of the programme: {error}");
                let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
                return Arc::clone(&known.identity);
            }
        };
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = Known {
            read_at: Some(now),
            identity: Arc::clone(&identity),
        };
        identity
    }

    /// Something was changed here: names are read again at the next request.
    pub(crate) fn forget_identity(&self) {
        self.known
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .read_at = None;
    }
}

/// Before there is a programme: the program's own name.
pub(crate) fn nobody() -> Identity {
    Identity {
        programme: "Essor".to_owned(),
        territory: String::new(),
        zone: TimeZone::get(application::programme::USUAL_TIME_ZONE).unwrap_or(TimeZone::UTC),
    }
}
