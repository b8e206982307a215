//! A message that survives one redirect: what happened, told on the next page.

use serde::{Deserialize, Serialize};

use application::App;

/// The cookie that carries messages to the next page.
pub(super) const COOKIE: &str = "message";
const PURPOSE: &str = "flash";
/// Browsers drop cookies beyond 4 kB.
const LONGEST: usize = 3_000;

/// How a message is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tone {
    /// It is done.
    Ok,
    /// Good to know.
    Info,
    /// Done, but there is something to see to.
    Wait,
    /// It could not be done.
    Bad,
}

/// A message in the reader's language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flash {
    /// How it is meant.
    pub tone: Tone,
    /// The sentence.
    pub text: String,
}

impl Flash {
    /// It is done.
    pub fn ok(text: impl Into<String>) -> Self {
        Self {
            tone: Tone::Ok,
            text: text.into(),
        }
    }

    /// Good to know.
    pub fn info(text: impl Into<String>) -> Self {
        Self {
            tone: Tone::Info,
            text: text.into(),
        }
    }

    /// Done, but there is something to see to.
    pub fn wait(text: impl Into<String>) -> Self {
        Self {
            tone: Tone::Wait,
            text: text.into(),
        }
    }

    /// It could not be done.
    pub fn bad(text: impl Into<String>) -> Self {
        Self {
            tone: Tone::Bad,
            text: text.into(),
        }
    }
}

/// The signed value of the cookie; nothing if there is nothing to say or it would not fit.
pub(super) fn seal(app: &App, messages: &[Flash]) -> Option<String> {
    let json = serde_json::to_vec(messages)
        .ok()
        .filter(|_| !messages.is_empty())?;
    let text = data_encoding::BASE64URL_NOPAD.encode(&json);
    if text.len() > LONGEST {
        return None;
    }
    let seal = app.seal(PURPOSE, &text).ok()?;
    Some(format!("{text}.{seal}"))
}

/// Reads a cookie back; forged or damaged ones say nothing.
pub(super) fn open(app: &App, cookie: &str) -> Vec<Flash> {
    cookie
        .rsplit_once('.')
        .filter(|(text, signature)| app.seal_holds(PURPOSE, text, signature))
        .and_then(|(text, _)| data_encoding::BASE64URL_NOPAD.decode(text.as_bytes()).ok())
        .and_then(|json| serde_json::from_slice(&json).ok())
        .unwrap_or_default()
}
