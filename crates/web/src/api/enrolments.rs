//! `/api/v1/sessions/{id}/enrolments` and `/api/v1/enrolments/{id}`.

use application::api::{Enrolled, EnrolmentRow, Keyed, enrol};
use application::enrolment::{self, Move};
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::routing::get;
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Body, Caller, Listed, created, written};
use crate::State;
use crate::shell::{Ctx, WebError};

pub(super) fn routes() -> Router<State> {
    Router::new()
        .route(
            "/api/v1/sessions/{id}/enrolments",
            get(of_session).post(request),
        )
        .route("/api/v1/enrolments/{id}", get(one).delete(withdraw))
}

/// An enrolment.
#[derive(Serialize, ToSchema)]
pub(super) struct Enrolment {
    /// Identifier.
    id: String,
    /// Session.
    session: String,
    /// Person.
    person: String,
    /// `placed`, `waiting`, `offered`, `withdrawn`, `lapsed` or `cancelled`.
    status: String,
    /// Place on the waiting list, from 1, when waiting.
    #[serde(skip_serializing_if = "Option::is_none")]
    rank: Option<i64>,
    /// Until when a seat is held out, when offered.
    #[serde(skip_serializing_if = "Option::is_none")]
    offered_until: Option<String>,
    /// When it was asked for.
    requested_at: String,
}

/// Somebody to register.
#[derive(Default, Deserialize, ToSchema)]
pub(super) struct NewEnrolment {
    /// Who: found again by e-mail (or telephone) and name, else made.
    person: NewPerson,
}

/// A person's details; only the name is needed.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
pub(super) struct NewPerson {
    /// Whole name.
    pub(super) name: String,
    /// E-mail address.
    pub(super) email: Option<String>,
    /// Telephone.
    pub(super) phone: Option<String>,
    /// Commune: code, name, or name with postcode.
    pub(super) commune: Option<String>,
    /// Firm, farm or local authority.
    pub(super) organisation: Option<String>,
    /// What the person is, such as `agriculteur`: needed for reserved modules.
    pub(super) profiles: Option<Vec<String>>,
}

impl From<NewPerson> for application::people::PersonInput {
    fn from(person: NewPerson) -> Self {
        Self {
            name: person.name,
            email: person.email.unwrap_or_default(),
            phone: person.phone.unwrap_or_default(),
            commune: person.commune.unwrap_or_default(),
            organisation: person.organisation.unwrap_or_default(),
            profiles: person.profiles.unwrap_or_default(),
            ..Self::default()
        }
    }
}

/// What became of the request.
#[derive(Serialize, ToSchema)]
pub(super) struct Requested {
    /// The enrolment.
    id: String,
    /// `placed` or `waiting`.
    status: &'static str,
    /// Place on the waiting list, from 1, when waiting.
    #[serde(skip_serializing_if = "Option::is_none")]
    rank: Option<u32>,
}

/// Registers somebody. With an `Idempotency-Key`, the same call made again gets the same answer and does nothing more.
#[utoipa::path(post, path = "/api/v1/sessions/{id}/enrolments", request_body = NewEnrolment, security(("token" = ["enrolments:write"])),
    params(("Idempotency-Key" = Option<String>, Header, description = "Up to 200 characters of the caller's choice")),
    responses((status = 201, body = Requested), (status = 401, body = super::ProblemDetails), (status = 403, body = super::ProblemDetails),
              (status = 404, body = super::ProblemDetails), (status = 409, body = super::ProblemDetails), (status = 422, body = super::ProblemDetails)))]
pub(super) async fn request(
    ctx: Ctx,
    Caller(actor): Caller,
    Path(session): Path<String>,
    headers: HeaderMap,
    Body(body): Body<NewEnrolment>,
) -> Result<Response, WebError> {
    let key = match headers
        .get("idempotency-key")
        .map(|key| key.to_str().map(str::trim))
    {
        None => None,
        Some(Ok(key)) if !key.is_empty() && key.len() <= 200 => Some(key),
        Some(_) => return Err(WebError::bad_request().saying(ctx.text("api-bad-key"))),
    };
    match enrol(ctx.app(), &actor, &session, &body.person.into(), key).await? {
        Keyed::Enrolled(Enrolled { id, rank }) | Keyed::Again(Enrolled { id, rank }) => {
            let status = if rank.is_some() { "waiting" } else { "placed" };
            Ok(created(
                &format!("/api/v1/enrolments/{id}"),
                &Requested { id, status, rank },
            ))
        }
        Keyed::OtherRequest => Err(WebError::unprocessable().saying(ctx.text("api-key-reused"))),
    }
}

/// The active enrolments of a session, by arrival.
#[utoipa::path(get, path = "/api/v1/sessions/{id}/enrolments", security(("token" = ["enrolments:read"])),
    responses((status = 200, body = Listed<Enrolment>), (status = 404, body = super::ProblemDetails)))]
pub(super) async fn of_session(
    ctx: Ctx,
    Caller(actor): Caller,
    Path(session): Path<String>,
) -> Result<Json<Listed<Enrolment>>, WebError> {
    let mut waiting = 0;
    let rows = enrolment::of_session(ctx.app(), &actor, &session).await?;
    let items = rows.into_iter().map(|row| {
        waiting += i64::from(row.stage == "waiting");
        let rank = (row.stage == "waiting").then_some(waiting);
        described(row, rank)
    });
    Ok(Json(Listed {
        items: items.collect(),
        next: None,
    }))
}

/// One enrolment.
#[utoipa::path(get, path = "/api/v1/enrolments/{id}", security(("token" = ["enrolments:read"])),
    responses((status = 200, body = Enrolment), (status = 404, body = super::ProblemDetails)))]
pub(super) async fn one(
    ctx: Ctx,
    Caller(actor): Caller,
    Path(id): Path<String>,
) -> Result<Json<Enrolment>, WebError> {
    let (row, rank) = enrolment::get(ctx.app(), &actor, &id).await?;
    Ok(Json(described(row, rank)))
}

/// Gives up the seat or the wait.
#[utoipa::path(delete, path = "/api/v1/enrolments/{id}", security(("token" = ["enrolments:write"])),
    responses((status = 204), (status = 404, body = super::ProblemDetails), (status = 409, body = super::ProblemDetails)))]
pub(super) async fn withdraw(
    ctx: Ctx,
    Caller(actor): Caller,
    Path(id): Path<String>,
) -> Result<StatusCode, WebError> {
    enrolment::act(ctx.app(), &actor, &id, Move::Withdraw).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn described(row: EnrolmentRow, rank: Option<i64>) -> Enrolment {
    Enrolment {
        id: row.id,
        session: row.session_id,
        person: row.person_id,
        status: row.stage,
        rank,
        offered_until: row.offered_until.map(written),
        requested_at: written(row.requested_at),
    }
}
