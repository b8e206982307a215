//! What went wrong, said so that people know what to do next: a page in their language, or problem
//! details (RFC 9457) for the API.

use std::fmt::Display;
use std::sync::Arc;

use application::{FieldError, Refused};
use axum::Json;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use documents::texts::{Arg, Texts};
use domain::language::Language;
use serde::Serialize;

use super::form::sentence;
use super::frame::Page;
use super::visit::Visit;
use crate::State;

/// A request that cannot be answered as asked.
#[derive(Debug, Clone)]
pub struct WebError {
    status: StatusCode,
    /// A sentence in the visitor's language, instead of the usual one for the status.
    sentence: Option<String>,
    /// The rule that says no, whose sentence is in the locale files.
    refused: Option<Box<Refused>>,
    /// Fields that cannot be taken as they are.
    fields: Vec<FieldError>,
    /// For the log only.
    cause: Option<String>,
    /// Seconds after which it may be tried again.
    retry_after: Option<u32>,
}

/// Statuses with sentences of their own in the locale files; others use those of 400 and 500.
const EXPLAINED: [u16; 11] = [400, 401, 403, 404, 405, 409, 413, 422, 429, 500, 503];

/// After how many seconds a crowd has usually been answered.
const BUSY_SECONDS: u32 = 10;

impl WebError {
    fn of(status: StatusCode) -> Self {
        Self {
            status,
            sentence: None,
            refused: None,
            fields: Vec::new(),
            cause: None,
            retry_after: None,
        }
    }

    /// 400: what came cannot be understood.
    #[must_use]
    pub fn bad_request() -> Self {
        Self::of(StatusCode::BAD_REQUEST)
    }

    /// 401: one must sign in first; a page leads to the sign-in and back.
    #[must_use]
    pub fn sign_in() -> Self {
        Self::of(StatusCode::UNAUTHORIZED)
    }

    /// 403: this person may not do this.
    #[must_use]
    pub fn forbidden() -> Self {
        Self::of(StatusCode::FORBIDDEN)
    }

    /// 404: there is nothing at this address, or nothing that this person may know of.
    #[must_use]
    pub fn not_found() -> Self {
        Self::of(StatusCode::NOT_FOUND)
    }

    /// 409: someone else changed it in the meantime, or its state does not allow it.
    #[must_use]
    pub fn conflict() -> Self {
        Self::of(StatusCode::CONFLICT)
    }

    /// 413: too much was sent.
    #[must_use]
    pub fn too_large() -> Self {
        Self::of(StatusCode::PAYLOAD_TOO_LARGE)
    }

    /// 422: understood, but it cannot be taken as it is.
    #[must_use]
    pub fn unprocessable() -> Self {
        Self::of(StatusCode::UNPROCESSABLE_ENTITY)
    }

    /// 429: too many tries; how many seconds to wait.
    #[must_use]
    pub fn too_many(seconds: u32) -> Self {
        Self {
            retry_after: Some(seconds),
            ..Self::of(StatusCode::TOO_MANY_REQUESTS)
        }
    }

    /// 500: our mistake. The cause goes to the log, never to the page.
    #[must_use]
    pub fn internal(cause: impl Display) -> Self {
        Self {
            cause: Some(cause.to_string()),
            ..Self::of(StatusCode::INTERNAL_SERVER_ERROR)
        }
    }

    /// 503: more was asked at once than can be answered; soon it can.
    #[must_use]
    pub fn busy() -> Self {
        Self {
            retry_after: Some(BUSY_SECONDS),
            ..Self::of(StatusCode::SERVICE_UNAVAILABLE)
        }
    }

    /// Says it in a sentence of its own, in the visitor's language.
    #[must_use]
    pub fn saying(mut self, sentence: impl Into<String>) -> Self {
        self.sentence = Some(sentence.into());
        self
    }

    /// Adds a cause for the log.
    #[must_use]
    pub fn because(mut self, cause: impl Display) -> Self {
        self.cause = Some(cause.to_string());
        self
    }

    /// The status it is answered with.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }
}

impl From<application::Error> for WebError {
    /// What remains when the handler has put field errors back into its form.
    fn from(error: application::Error) -> Self {
        use application::Error;
        let cause = error.to_string();
        match error {
            Error::SignInNeeded => Self::sign_in(),
            Error::Forbidden => Self::forbidden(),
            Error::NotFound => Self::not_found(),
            Error::Stale => Self::conflict(),
            Error::Invalid(fields) => Self {
                fields,
                ..Self::unprocessable().because(cause)
            },
            Error::Refused(refused) => Self {
                refused: Some(Box::new(refused)),
                ..Self::conflict()
            },
            Error::TooMany { retry_after } => {
                Self::too_many(u32::try_from(retry_after).unwrap_or(60))
            }
            Error::Busy => Self::busy().because(cause),
            Error::Store(_) | Error::Internal(_) => Self::internal(cause),
        }
    }
}

impl IntoResponse for WebError {
    /// A bare status that carries the error to the shell, which knows the visitor's language.
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}

#[derive(Serialize)]
struct ErrorPage {
    status: u16,
    title_key: String,
    text_key: String,
    sentence: Option<String>,
}

impl Page for ErrorPage {
    const TEMPLATE: &'static str = "shell/error.html";
}

#[derive(Serialize)]
struct Problem<'a> {
    r#type: &'static str,
    title: String,
    status: u16,
    detail: String,
    instance: &'a str,
    request: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldProblem<'a>>,
}

/// A wrong field, for the API.
#[derive(Serialize)]
struct FieldProblem<'a> {
    field: &'a str,
    detail: String,
}

/// Turns an error without words into a page or problem details; answers with words are left alone.
pub(super) fn explain(state: &State, visit: &Visit, response: Response) -> Response {
    let error = response.extensions().get::<Arc<WebError>>().cloned();
    if error.is_none() && response.headers().contains_key(header::CONTENT_TYPE) {
        return response;
    }
    let mut error = error.map_or_else(|| WebError::of(response.status()), |error| (*error).clone());
    if let Some(refused) = &error.refused {
        error.sentence = Some(refusal(refused, visit.language));
    }
    if let (StatusCode::TOO_MANY_REQUESTS, None, Some(seconds)) =
        (error.status, &error.sentence, error.retry_after)
    {
        let minutes = i64::from(seconds.div_ceil(60).max(1));
        let values = [("minutes", Arg::Integer(minutes))];
        let sentence = Texts::embedded().format(visit.language, "error-429-wait", &values);
        error.sentence = Some(sentence);
    }
    log(&error, visit);
    let mut answer = if visit.is_api() {
        problem(&error, visit)
    } else if error.status == StatusCode::UNAUTHORIZED {
        to_sign_in(visit)
    } else {
        page(state, &error, visit)
    };
    // What the layers below had to say besides, such as `Allow`.
    for (name, value) in response.headers() {
        if name != header::CONTENT_LENGTH && !answer.headers().contains_key(name) {
            answer.headers_mut().append(name, value.clone());
        }
    }
    if let Some(seconds) = error.retry_after {
        answer
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    answer
}

/// The sentence of a refusal, in a language.
pub(crate) fn refusal(refused: &Refused, language: Language) -> String {
    let values: Vec<_> = refused
        .arguments
        .iter()
        .map(|(name, value)| (*name, argument(value)))
        .collect();
    Texts::embedded().format(language, refused.key, &values)
}

/// Whole numbers choose the plural.
fn argument(value: &str) -> Arg<'_> {
    value
        .parse::<i64>()
        .map_or_else(|_| Arg::from(value), Arg::Integer)
}

fn log(error: &WebError, visit: &Visit) {
    let (status, cause, path) = (
        error.status.as_u16(),
        error.cause.as_deref(),
        visit.loggable(),
    );
    if error.status.is_server_error() {
        tracing::error!(
            status,
            cause,
            path,
            request = visit.request,
            "request failed"
        );
    } else if cause.is_some() {
        tracing::info!(
            status,
            cause,
            path,
            request = visit.request,
            "request refused"
        );
    }
}

/// The number whose sentences fit the status.
fn explained(status: StatusCode) -> u16 {
    let number = status.as_u16();
    if EXPLAINED.contains(&number) {
        number
    } else if status.is_server_error() {
        500
    } else {
        400
    }
}

fn page(state: &State, error: &WebError, visit: &Visit) -> Response {
    let number = explained(error.status);
    let page = ErrorPage {
        status: error.status.as_u16(),
        title_key: format!("error-{number}-title"),
        text_key: format!("error-{number}-text"),
        sentence: error.sentence.clone(),
    };
    match state
        .templates
        .render(visit.language, &visit.frame(state), &page)
    {
        Ok(html) => (error.status, Html(html)).into_response(),
        Err(fault) => {
            tracing::error!(%fault, "the error page cannot be rendered");
            (
                error.status,
                Texts::embedded().get(visit.language, "error-500-text"),
            )
                .into_response()
        }
    }
}

fn problem(error: &WebError, visit: &Visit) -> Response {
    let number = explained(error.status);
    let text =
        |part: &str| Texts::embedded().get(visit.language, &format!("error-{number}-{part}"));
    let errors = error.fields.iter().map(|wrong| FieldProblem {
        field: &wrong.field,
        detail: sentence(&wrong.error, visit.language),
    });
    let body = Problem {
        r#type: "about:blank",
        title: text("title"),
        status: error.status.as_u16(),
        detail: error.sentence.clone().unwrap_or_else(|| text("text")),
        instance: visit.uri.path(),
        request: &visit.request,
        errors: errors.collect(),
    };
    let kind = [(header::CONTENT_TYPE, "application/problem+json")];
    (error.status, kind, Json(body)).into_response()
}

/// To the sign-in page, and back to where one wanted to go (for what was only to be read).
fn to_sign_in(visit: &Visit) -> Response {
    let wanted = visit.uri.path_and_query().map_or("/", |path| path.as_str());
    let to = if visit.method == Method::GET {
        serde_html_form::to_string([("suite", wanted)]).map_or_else(
            |_| "/connexion".to_owned(),
            |query| format!("/connexion?{query}"),
        )
    } else {
        "/connexion".to_owned()
    };
    (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response()
}

/// Refuses what changes something and comes from another site. Old browsers send neither header;
/// for them the token in the form decides.
pub(super) fn cross_site(
    state: &State,
    method: &Method,
    headers: &HeaderMap,
    is_api: bool,
) -> Option<WebError> {
    if is_api || matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) {
        return None;
    }
    let text = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let site = headers
        .get("sec-fetch-site")
        .and_then(|value| value.to_str().ok());
    let elsewhere = match (site, text(header::ORIGIN)) {
        (Some(site), _) => !matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => {
            let host = origin.split_once("://").map_or(origin, |(_, host)| host);
            host != state.settings.host() && Some(host) != text(header::HOST)
        }
        (None, None) => false,
    };
    elsewhere.then(|| WebError::forbidden().because("sent from another site"))
}

#[cfg(test)]
pub(super) mod samples {
    use super::ErrorPage;
    use crate::shell::sample::Sample;

    pub(in crate::shell) fn samples() -> Vec<Sample> {
        super::EXPLAINED
            .into_iter()
            .map(|number| {
                Sample::of(ErrorPage {
                    status: number,
                    title_key: format!("error-{number}-title"),
                    text_key: format!("error-{number}-text"),
                    sentence: (number == 409)
                        .then(|| "Quelqu’un d’autre vient de modifier cette séance.".to_owned()),
                })
            })
            .collect()
    }
}
