//! What every request can reach.

use std::sync::Arc;

use application::App;

use crate::public::PublicCache;
use crate::shell::account::Sessions;
use crate::shell::assets::Assets;
use crate::shell::templates::Templates;

/// How this server presents itself; read once at the start.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The public address without a slash at the end, such as `https://boutic.example`.
    pub base: String,
    /// The names shown on every page.
    pub names: Names,
}

/// The names shown on every page.
#[derive(Debug, Clone)]
pub struct Names {
    /// Of the programme.
    pub programme: String,
    /// Of the territory.
    pub territory: String,
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
}

impl State {
    /// Puts the state together.
    #[must_use]
    pub fn new(app: Arc<App>, names: Names, sessions: Arc<dyn Sessions>) -> Self {
        let assets = Arc::new(Assets::embedded());
        let base = app.config().base_url.clone();
        Self {
            app,
            settings: Arc::new(Settings { base, names }),
            templates: Arc::new(Templates::new(&assets)),
            assets,
            sessions,
            public: Arc::default(),
        }
    }
}
