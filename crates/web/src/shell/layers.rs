//! What is laid around all routes: numbers for the log, compression, headers, limits, errors.

use std::any::Any;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State as Shared};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;

use super::assets;
use super::error::WebError;
use super::visit::{self, RequestNumber};
use crate::State;

/// A form of text fields never needs more, in bytes. Uploads set their own limit.
const BODY_LIMIT: usize = 256 * 1024;
/// After this a request is given up.
const TIMEOUT: Duration = Duration::from_secs(30);
const REQUEST_NUMBER: HeaderName = HeaderName::from_static("x-request-id");

/// No script, style or frame but our own files; data: is for the small icons inside the style sheet.
const CONTENT_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
    font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, HeaderValue); 5] = [
    (
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(CONTENT_POLICY),
    ),
    (
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    ),
    (
        header::REFERRER_POLICY,
        HeaderValue::from_static("strict-origin-when-cross-origin"),
    ),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
    ),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        HeaderValue::from_static("same-origin"),
    ),
];

/// Lays the shell around the routes of all areas.
pub(crate) fn wrap(areas: Router<State>, state: State) -> Router {
    let pages = areas
        .fallback(async || WebError::not_found())
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            TIMEOUT,
        ))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(middleware::from_fn_with_state(state.clone(), visit::layer))
        // Pages are made anew for each visitor: the fastest level costs a fraction of the rendering
        // and is within a fifth of the best one's size.
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest));
    let files = Arc::clone(&state.assets);
    pages
        .route("/static/{name}", get(async move |name, headers| assets::serve(files, name, headers).await))
        .layer(middleware::from_fn_with_state(state.clone(), headers))
        .layer(TraceLayer::new_for_http().make_span_with(|request: &Request| {
            let number = request.extensions().get::<RequestNumber>().map_or("", |number| &number.0);
            tracing::info_span!("request", method = %request.method(), path = visit::loggable(request.uri().path()), number)
        }))
        .layer(middleware::from_fn_with_state(state.clone(), number))
        .with_state(state)
}

/// Gives every request a number: that of the proxy in front of us if it has a plain one, else our own.
async fn number(Shared(state): Shared<State>, mut request: Request, next: Next) -> Response {
    let given = request
        .headers()
        .get(&REQUEST_NUMBER)
        .and_then(|value| value.to_str().ok())
        .filter(|text| {
            (8..=64).contains(&text.len())
                && text
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        })
        .map(str::to_owned);
    let number = given.unwrap_or_else(|| {
        visit::random(&state.app)
            .get(..16)
            .unwrap_or_default()
            .to_owned()
    });
    request
        .extensions_mut()
        .insert(RequestNumber(number.clone()));
    let mut response = next.run(request).await;
    if let Ok(value) = HeaderValue::from_str(&number) {
        response.headers_mut().insert(REQUEST_NUMBER, value);
    }
    response
}

/// Security headers on everything, unless the handler has set its own.
async fn headers(Shared(state): Shared<State>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.entry(name).or_insert(value);
    }
    if state.settings.https() {
        headers.insert(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=31536000"),
        );
    }
    response
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "the layer calls it with the value"
)]
fn panicked(cause: Box<dyn Any + Send + 'static>) -> Response {
    let said = cause
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| cause.downcast_ref::<&str>().copied())
        .unwrap_or("no words");
    WebError::internal(format!("panic: {said}")).into_response()
}
