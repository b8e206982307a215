//! Who holds the session that a browser shows.

use std::future::Future;
use std::pin::Pin;

use application::App;
use application::access::Actor;

/// A future as trait objects need it.
pub type Found<'a> = Pin<Box<dyn Future<Output = application::Result<Option<Actor>>> + Send + 'a>>;

/// Finds who holds a session.
pub trait Sessions: Send + Sync {
    /// Who holds the session of that token; nobody if it is unknown or has ended.
    fn holder<'a>(&'a self, app: &'a App, token: &'a str) -> Found<'a>;
}

/// The sign-ins that the store keeps.
pub struct StoredSessions;

impl Sessions for StoredSessions {
    fn holder<'a>(&'a self, app: &'a App, token: &'a str) -> Found<'a> {
        Box::pin(application::access::sign_in::holder(app, token))
    }
}

/// Knows no session: everybody is a visitor.
pub struct NoSessions;

impl Sessions for NoSessions {
    fn holder<'a>(&'a self, _: &'a App, _: &'a str) -> Found<'a> {
        Box::pin(std::future::ready(Ok(None)))
    }
}
