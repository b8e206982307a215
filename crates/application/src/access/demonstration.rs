//! As whom the demonstration can be tried; its generator leaves it in the settings.

use serde::Deserialize;

use crate::{App, Error, Result};

/// How to sign in as somebody.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Entry {
    /// E-mail address.
    pub email: String,
    /// Password; empty for participants.
    pub password: String,
    /// Personal link; empty for staff.
    pub link: String,
}

/// Those whom a visitor may be.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Characters {
    /// Sets everything up.
    pub administrator: Option<Entry>,
    /// Runs the season.
    pub coordinator: Option<Entry>,
    /// Gives sessions.
    pub trainer: Option<Entry>,
    /// Relays the programme.
    pub referent: Option<Entry>,
    /// Takes part.
    pub participant: Option<Entry>,
}

/// As whom the demonstration can be tried; nothing where there is no demonstration.
pub async fn characters(app: &App) -> Result<Option<Characters>> {
    if !app.config().demonstration {
        return Ok(None);
    }
    let mut db = app.read().await?;
    let Some(kept) = store::setting::get(&mut db, "demonstration").await? else {
        return Ok(Some(Characters::default()));
    };
    serde_json::from_str(&kept)
        .map(Some)
        .map_err(|error| Error::Internal(format!("setting demonstration: {error}")))
}
