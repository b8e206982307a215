//! The JSON API under `/api/v1`: the same use cases as the pages, for programs.
//!
//! A bearer token acts for a member of staff within its scopes. Errors are problem details (RFC 9457), lists go on by cursor.

mod attendance;
mod enrolments;
mod people;
mod sessions;

use application::access::{Actor, sign_in};
use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::{HeaderValue, header, request};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi, ToSchema};

use crate::State;
use crate::shell::{Ctx, WebError};

/// Most items of one page of a list.
const MOST: i64 = 200;
/// Items of a page when nothing is asked.
const USUAL: i64 = 50;

pub(crate) fn routes() -> Router<State> {
    Router::new()
        .route("/api/v1/openapi.json", get(description))
        .merge(sessions::routes())
        .merge(enrolments::routes())
        .merge(attendance::routes())
        .merge(people::routes())
}

#[derive(OpenApi)]
#[openapi(
    info(title = "Essor", version = "1", license(name = "EUPL-1.2", identifier = "EUPL-1.2")),
    paths(
        sessions::list,
        sessions::one,
        enrolments::of_session,
        enrolments::request,
        enrolments::one,
        enrolments::withdraw,
        attendance::of_session,
        attendance::mark,
        people::list,
        people::one,
        people::create,
    ),
    components(schemas(ProblemDetails, FieldProblem)),
    modifiers(&Bearer)
)]
struct Description;

struct Bearer;

impl Modify for Bearer {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let scheme =
            SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build());
        openapi
            .components
            .get_or_insert_default()
            .add_security_scheme("token", scheme);
    }
}

/// What is wrong, as problem details (RFC 9457).
#[derive(ToSchema)]
#[expect(dead_code, reason = "only described; the shell writes it")]
struct ProblemDetails {
    /// `about:blank`: the status says it all.
    r#type: String,
    /// The status in words.
    title: String,
    /// HTTP status.
    status: u16,
    /// What is wrong and what to do, in the language asked for with Accept-Language.
    detail: String,
    /// The address asked.
    instance: String,
    /// Every wrong field, with 422.
    errors: Option<Vec<FieldProblem>>,
}

/// A wrong field.
#[derive(ToSchema)]
#[expect(dead_code, reason = "only described; the shell writes it")]
struct FieldProblem {
    /// Its name in the body.
    field: String,
    /// What is wrong with it.
    detail: String,
}

async fn description() -> Json<utoipa::openapi::OpenApi> {
    Json(Description::openapi())
}

/// Whoever calls: the holder of the bearer token, or nobody.
struct Caller(Actor);

impl FromRequestParts<State> for Caller {
    type Rejection = WebError;

    async fn from_request_parts(
        parts: &mut request::Parts,
        state: &State,
    ) -> Result<Self, WebError> {
        let Some(value) = parts.headers.get(header::AUTHORIZATION) else {
            return Ok(Self(Actor::Visitor));
        };
        let token = value
            .to_str()
            .ok()
            .and_then(bearer)
            .ok_or_else(WebError::sign_in)?;
        let actor = sign_in::with_token(&state.app, token).await?;
        actor.map(Self).ok_or_else(WebError::sign_in)
    }
}

fn bearer(value: &str) -> Option<&str> {
    let (scheme, token) = value.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then_some(token.trim())
}

/// A JSON body; what cannot be read is said as problem details.
struct Body<T>(T);

impl<T: DeserializeOwned> FromRequest<State> for Body<T> {
    type Rejection = WebError;

    async fn from_request(request: Request, state: &State) -> Result<Self, WebError> {
        match Json::<T>::from_request(request, state).await {
            Ok(Json(body)) => Ok(Self(body)),
            Err(rejection) => Err(match &rejection {
                JsonRejection::JsonDataError(_) => {
                    WebError::unprocessable().saying(rejection.body_text())
                }
                JsonRejection::BytesRejection(_) if rejection.status() == 413 => {
                    WebError::too_large()
                }
                _ => WebError::bad_request().saying(rejection.body_text()),
            }),
        }
    }
}

/// The query string; a value that cannot be read is an error here, where a page would pass over it.
struct Asked<T>(T);

impl<T: DeserializeOwned + Send> FromRequestParts<State> for Asked<T> {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut request::Parts, _: &State) -> Result<Self, WebError> {
        serde_html_form::from_str(parts.uri.query().unwrap_or_default())
            .map(Self)
            .map_err(|error| WebError::bad_request().saying(error.to_string()))
    }
}

/// A page of a list.
#[derive(Serialize, ToSchema)]
struct Listed<T> {
    /// The items.
    items: Vec<T>,
    /// Give it as `cursor` to get the next page; absent at the end.
    next: Option<String>,
}

/// How many items to give, from what was asked.
fn limit(asked: Option<i64>) -> i64 {
    asked.unwrap_or(USUAL).clamp(1, MOST)
}

/// An instant as the API writes it: RFC 3339, UTC.
fn written(milliseconds: i64) -> String {
    Timestamp::from_millisecond(milliseconds)
        .map(|instant| instant.to_string())
        .unwrap_or_default()
}

/// An instant or a day as the API reads it.
fn read(ctx: &Ctx, field: &str, text: &str) -> Result<i64, WebError> {
    let day = || {
        text.parse::<jiff::civil::Date>()
            .ok()?
            .to_zoned(ctx.zone().clone())
            .ok()
            .map(|day| day.timestamp())
    };
    text.parse::<Timestamp>()
        .ok()
        .or_else(day)
        .map(Timestamp::as_millisecond)
        .ok_or_else(|| {
            WebError::bad_request()
                .saying(ctx.text_with("api-not-an-instant", &[("field", field.into())]))
        })
}

/// 201 with where the new thing is.
fn created<T: Serialize>(location: &str, body: &T) -> Response {
    let mut response = (axum::http::StatusCode::CREATED, Json(body)).into_response();
    if let Ok(value) = HeaderValue::from_str(location) {
        response.headers_mut().insert(header::LOCATION, value);
    }
    response
}
