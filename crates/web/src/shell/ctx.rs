//! What a handler has in hand: the visitor, the state, and the ways to answer.

use std::sync::Arc;

use application::App;
use application::access::Actor;
use application::showcase::Identity;
use axum::extract::FromRequestParts;
use axum::http::{HeaderValue, StatusCode, header, request};
use axum::response::{Html, IntoResponse, Response};
use documents::texts::{Arg, Texts};
use domain::language::Language;
use jiff::tz::TimeZone;

use super::flash::{self, Flash};
use super::frame::Page;
use super::visit::{self, Visit};
use super::{Answer, WebError};
use crate::State;

/// The context of a request; the first argument of almost every handler.
#[derive(Clone)]
pub struct Ctx {
    /// What every request can reach.
    pub state: State,
    pub(super) visit: Arc<Visit>,
}

impl Ctx {
    /// The language to answer in.
    #[must_use]
    pub fn language(&self) -> Language {
        self.visit.language
    }

    /// The use cases.
    #[must_use]
    pub fn app(&self) -> &App {
        &self.state.app
    }

    /// Whoever asks, to be passed to every use case.
    #[must_use]
    pub fn actor(&self) -> &Actor {
        &self.visit.actor
    }

    /// The token of the session, if the browser has one.
    #[must_use]
    pub fn session_token(&self) -> Option<&str> {
        self.visit.session.as_deref()
    }

    /// Whether htmx asks for a part of the page only (then answer with a template that extends no layout).
    #[must_use]
    pub fn wants_part(&self) -> bool {
        self.visit.wants_part
    }

    /// Whether the answer is the same for everybody who is not signed in: no name, no message, no form token is wanted of it.
    #[must_use]
    pub fn is_for_everybody(&self) -> bool {
        matches!(self.visit.actor, Actor::Visitor)
            && self.visit.flash.is_empty()
            && !self.visit.wants_part
    }

    /// What the installation is called.
    #[must_use]
    pub fn identity(&self) -> &Identity {
        &self.visit.identity
    }

    /// Where its hours are told.
    #[must_use]
    pub fn zone(&self) -> &TimeZone {
        &self.visit.identity.zone
    }

    /// The path of the request.
    #[must_use]
    pub fn path(&self) -> &str {
        self.visit.uri.path()
    }

    /// A text of the interface in the visitor's language.
    #[must_use]
    pub fn text(&self, key: &str) -> String {
        Texts::embedded().get(self.language(), key)
    }

    /// A text of the interface with its values.
    #[must_use]
    pub fn text_with(&self, key: &str, values: &[(&str, Arg<'_>)]) -> String {
        Texts::embedded().format(self.language(), key, values)
    }

    /// Answers with a page.
    ///
    /// # Errors
    /// The template and the page's struct do not fit: a mistake of ours, told in the log.
    pub fn page<P: Page>(&self, page: &P) -> Answer {
        self.page_with(StatusCode::OK, page)
    }

    /// Answers with a form that has errors in it (422), typed values kept.
    ///
    /// # Errors
    /// As [`Ctx::page`].
    pub fn invalid<P: Page>(&self, page: &P) -> Answer {
        self.page_with(StatusCode::UNPROCESSABLE_ENTITY, page)
    }

    /// Answers with a page and a status.
    ///
    /// # Errors
    /// As [`Ctx::page`].
    pub fn page_with<P: Page>(&self, status: StatusCode, page: &P) -> Answer {
        let frame = self.visit.frame(&self.state);
        let html = self
            .state
            .templates
            .render(self.language(), &frame, page)
            .map_err(|error| WebError::internal(format!("{}: {error:#}", P::TEMPLATE)))?;
        Ok((status, Html(html)).into_response())
    }

    /// Leads to another page of ours (303), as after every form that changed something.
    #[must_use]
    pub fn redirect(&self, to: &str) -> Response {
        self.redirect_with(to, &[])
    }

    /// Leads to another page of ours, where the messages are shown.
    #[must_use]
    pub fn redirect_with(&self, to: &str, messages: &[Flash]) -> Response {
        // Whoever is led on may have changed a name just now.
        self.state.forget_identity();
        let location = HeaderValue::from_str(within(to)).unwrap_or(HeaderValue::from_static("/"));
        let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response();
        if let Some(value) = flash::seal(&self.state.app, messages) {
            visit::add_cookie(
                &mut response,
                &visit::own_cookie(&self.state, flash::COOKIE, value),
            );
        }
        response
    }

    /// Makes the browser hold a session for as long as `seconds` (until it closes if `None`).
    pub fn start_session(&self, response: &mut Response, token: String, seconds: Option<i64>) {
        let mut cookie = visit::own_cookie(&self.state, visit::SESSION_COOKIE, token);
        if let Some(seconds) = seconds {
            cookie.set_max_age(time::Duration::seconds(seconds));
        }
        visit::add_cookie(response, &cookie);
    }

    /// Makes the browser forget its session.
    pub fn end_session(&self, response: &mut Response) {
        visit::add_cookie(
            response,
            &visit::ended_cookie(&self.state, visit::SESSION_COOKIE),
        );
    }
}

impl FromRequestParts<State> for Ctx {
    type Rejection = WebError;

    async fn from_request_parts(
        parts: &mut request::Parts,
        state: &State,
    ) -> Result<Self, WebError> {
        let visit = parts
            .extensions
            .get::<Arc<Visit>>()
            .cloned()
            .ok_or_else(|| WebError::internal("a route outside of the shell's layers"))?;
        Ok(Self {
            state: state.clone(),
            visit,
        })
    }
}

/// The address if it stays on this site, else the home page: what comes from a form or a query
/// must not lead elsewhere.
#[must_use]
pub fn within(address: &str) -> &str {
    let stays = address.starts_with('/')
        && !address.starts_with("//")
        && !address.contains('\\')
        && address.bytes().all(|byte| byte > 0x20 && byte != 0x7f);
    if stays { address } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::within;

    #[test]
    fn an_address_from_outside_never_leads_to_another_site() {
        assert_eq!(within("/agenda?theme=web#a"), "/agenda?theme=web#a");
        for elsewhere in [
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "javascript:x",
            "",
            "/a\r\nb",
            "/\t/evil.example",
        ] {
            assert_eq!(within(elsewhere), "/", "{elsewhere:?}");
        }
    }
}
