//! One request's visitor: cookies, language, who is signed in, the form token. Made once, before the
//! handler runs; afterwards it sets the cookies and turns bare errors into pages.

use std::sync::Arc;

use application::App;
use application::access::Actor;
use application::showcase::Identity;
use axum::extract::{Request, State as Shared};
use axum::http::{HeaderMap, HeaderValue, Method, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use domain::language::Language;

use super::error::{self, WebError};
use super::flash::{self, Flash};
use super::frame::{Frame, Parts};
use super::language;
use crate::State;

/// The cookie that form tokens are bound to before anyone signs in.
const VISITOR_COOKIE: &str = "visiteur";
/// The cookie that holds a session's token.
pub(super) const SESSION_COOKIE: &str = "session";
/// The cookie that keeps the chosen language.
const LANGUAGE_COOKIE: &str = "lang";
const CSRF: &str = "csrf";
/// Where personal links lead; what follows signs in.
const LINKS: &str = "/acces/";
const YEAR_IN_SECONDS: i64 = 365 * 24 * 3600;

/// What is known of a request before its handler runs.
pub(crate) struct Visit {
    pub(super) language: Language,
    pub(super) actor: Actor,
    pub(super) session: Option<String>,
    pub(super) csrf: String,
    pub(super) flash: Vec<Flash>,
    pub(super) wants_part: bool,
    pub(super) method: Method,
    pub(super) uri: Uri,
    pub(super) request: String,
    pub(super) identity: Arc<Identity>,
    visitor: String,
    bound_to: String,
    is_new: bool,
    chosen_language: bool,
}

impl Visit {
    async fn of(
        state: &State,
        method: &Method,
        uri: &Uri,
        headers: &HeaderMap,
        request: String,
    ) -> Result<Self, WebError> {
        let jar = CookieJar::from_headers(headers);
        let cookie = |name: &str| {
            jar.get(name)
                .map(|cookie| cookie.value().to_owned())
                .filter(|value| !value.is_empty())
        };
        let asked = asked_language(uri);
        let accepted = headers
            .get(header::ACCEPT_LANGUAGE)
            .and_then(|value| value.to_str().ok());
        let session = cookie(SESSION_COOKIE);
        let holder = match &session {
            Some(token) => state.sessions.holder(&state.app, token).await?,
            None => None,
        };
        let known = cookie(VISITOR_COOKIE).filter(|value| {
            value.len() == 32 && value.bytes().all(|byte| byte.is_ascii_hexdigit())
        });
        let is_new = known.is_none();
        let visitor = known.unwrap_or_else(|| random(&state.app));
        // Bound to the session once there is one: a token from before signing in is no longer good.
        let bound_to = session
            .as_deref()
            .filter(|_| holder.is_some())
            .unwrap_or(&visitor)
            .to_owned();
        Ok(Self {
            language: language::negotiate(
                asked.as_deref(),
                cookie(LANGUAGE_COOKIE).as_deref(),
                accepted,
            ),
            csrf: state.app.seal(CSRF, &bound_to)?,
            flash: cookie(flash::COOKIE)
                .map(|value| flash::open(&state.app, &value))
                .unwrap_or_default(),
            wants_part: headers.contains_key("hx-request"),
            method: method.clone(),
            uri: uri.clone(),
            chosen_language: asked.is_some_and(|text| text.parse::<Language>().is_ok()),
            actor: holder.unwrap_or(Actor::Visitor),
            session,
            request,
            identity: state.identity().await,
            visitor,
            bound_to,
            is_new,
        })
    }

    /// Everything around a page for this visitor.
    pub(super) fn frame(&self, state: &State) -> Frame {
        Frame::new(&Parts {
            settings: &state.settings,
            identity: &self.identity,
            language: self.language,
            path: self.uri.path(),
            query: self.uri.query(),
            actor: &self.actor,
            demonstration: state.app.config().demonstration,
            csrf: &self.csrf,
            flash: &self.flash,
            request: &self.request,
        })
    }

    /// Whether a form's token is this visitor's, compared in constant time.
    pub(super) fn holds(&self, app: &App, token: &str) -> bool {
        app.seal_holds(CSRF, &self.bound_to, token)
    }

    /// Whether the request is one of the API, which speaks JSON and knows no cookies.
    pub(super) fn is_api(&self) -> bool {
        self.uri.path().starts_with("/api/")
    }

    /// Whether the answer is for this visitor alone, so that no cache may keep it: somebody is signed in, signs in, calls the API, or came
    /// by a sealed link.
    fn is_personal(&self) -> bool {
        let path = self.uri.path();
        let by_link = self
            .uri
            .query()
            .is_some_and(|query| query.split('&').any(|pair| pair.starts_with("cle=")));
        !matches!(self.actor, Actor::Visitor)
            || by_link
            || self.is_api()
            || path.starts_with("/connexion")
            || path.starts_with(LINKS)
    }

    /// What the log may keep of the address: a personal link would let whoever reads the log sign in.
    pub(super) fn loggable(&self) -> &str {
        loggable(self.uri.path())
    }

    /// The cookies that a page brings with it, and how long it may be kept.
    fn set_cookies(&self, state: &State, response: &mut Response) {
        if self.is_personal() && !response.headers().contains_key(header::CACHE_CONTROL) {
            response
                .headers_mut()
                .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        }
        let is_page = response
            .headers()
            .get(header::CONTENT_TYPE)
            .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
        if !is_page {
            return;
        }
        if self.is_new {
            add_cookie(
                response,
                &own_cookie(state, VISITOR_COOKIE, self.visitor.clone()),
            );
        }
        if self.chosen_language {
            let mut cookie = own_cookie(state, LANGUAGE_COOKIE, self.language.code().to_owned());
            cookie.set_max_age(time::Duration::seconds(YEAR_IN_SECONDS));
            add_cookie(response, &cookie);
        }
        if !self.flash.is_empty() && !response.headers().contains_key(header::LOCATION) {
            add_cookie(response, &ended_cookie(state, flash::COOKIE));
        }
        let headers = response.headers_mut();
        headers.append(
            header::VARY,
            HeaderValue::from_static("cookie, accept-language, hx-request"),
        );
        if !headers.contains_key(header::CACHE_CONTROL) {
            headers.insert(
                header::CACHE_CONTROL,
                HeaderValue::from_static("private, no-cache"),
            );
        }
    }
}

/// A cookie of ours: not for scripts, not sent from other sites, only over https where there is https.
pub(crate) fn own_cookie(state: &State, name: &'static str, value: String) -> Cookie<'static> {
    Cookie::build((name, value))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(state.settings.https())
        .build()
}

/// The cookie that makes the browser forget one of that name.
pub(crate) fn ended_cookie(state: &State, name: &'static str) -> Cookie<'static> {
    let mut cookie = own_cookie(state, name, String::new());
    cookie.make_removal();
    cookie
}

/// Adds a cookie to a response.
pub(crate) fn add_cookie(response: &mut Response, cookie: &Cookie<'static>) {
    if let Ok(value) = HeaderValue::from_str(&cookie.to_string()) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

/// The middleware around all pages and the API.
pub(super) async fn layer(
    Shared(state): Shared<State>,
    mut request: Request,
    next: Next,
) -> Response {
    let number = request
        .extensions()
        .get::<RequestNumber>()
        .map(|number| number.0.clone())
        .unwrap_or_default();
    let visit = match Visit::of(
        &state,
        request.method(),
        request.uri(),
        request.headers(),
        number,
    )
    .await
    {
        Ok(visit) => Arc::new(visit),
        Err(failure) => return failure.into_response(),
    };
    let mut response =
        match error::cross_site(&state, request.method(), request.headers(), visit.is_api()) {
            Some(refusal) => refusal.into_response(),
            None => {
                request.extensions_mut().insert(Arc::clone(&visit));
                next.run(request).await
            }
        };
    if response.status().is_client_error() || response.status().is_server_error() {
        response = error::explain(&state, &visit, response);
    }
    visit.set_cookies(&state, &mut response);
    response
}

/// The number under which the log knows a request.
#[derive(Clone)]
pub(super) struct RequestNumber(pub(super) String);

/// What the log may keep of a path.
pub(super) fn loggable(path: &str) -> &str {
    if path.starts_with(LINKS) { LINKS } else { path }
}

/// 128 random bits in hexadecimal.
pub(super) fn random(app: &App) -> String {
    data_encoding::HEXLOWER.encode(&app.random::<16>())
}

fn asked_language(uri: &Uri) -> Option<String> {
    uri.query()?
        .split('&')
        .find_map(|pair| pair.strip_prefix("lang="))
        .map(str::to_owned)
}
