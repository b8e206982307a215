//! `/api/v1/sessions/{id}/attendance`.

use application::attendance::{self, Command};
use axum::extract::Path;
use axum::routing::get;
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Body, Caller, Listed};
use crate::State;
use crate::shell::{Ctx, WebError};

pub(super) fn routes() -> Router<State> {
    Router::new().route(
        "/api/v1/sessions/{id}/attendance",
        get(of_session).put(mark),
    )
}

/// Somebody expected in a session, or who came.
#[derive(Serialize, ToSchema)]
pub(super) struct Attendance {
    /// Person.
    person: String,
    /// Their name.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    /// `present`, `late`, `left-early`, `absent` or `excused`; absent until somebody said so.
    #[serde(skip_serializing_if = "Option::is_none")]
    mark: Option<String>,
    /// Minutes really attended.
    #[serde(skip_serializing_if = "Option::is_none")]
    attended: Option<i64>,
    /// Raised at every correction; give it back when you correct.
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<i64>,
}

/// How somebody attended.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
pub(super) struct NewMark {
    /// Person on the list.
    person: String,
    /// `present`, `late`, `left-early`, `absent` or `excused`.
    mark: String,
    /// Minutes missed, with `late` and `left-early`.
    minutes: Option<u32>,
    /// The version that you saw, 0 when there was no mark; without it yours replaces whatever there is.
    version: Option<u32>,
}

/// Everybody on the list of a session, by name.
#[utoipa::path(get, path = "/api/v1/sessions/{id}/attendance", security(("token" = ["attendance:read"])),
    responses((status = 200, body = Listed<Attendance>), (status = 401, body = super::ProblemDetails),
              (status = 403, body = super::ProblemDetails), (status = 404, body = super::ProblemDetails)))]
pub(super) async fn of_session(
    ctx: Ctx,
    Caller(actor): Caller,
    Path(session): Path<String>,
) -> Result<Json<Listed<Attendance>>, WebError> {
    let lines = attendance::of_session(ctx.app(), &actor, &session).await?;
    let items = lines.into_iter().map(|line| Attendance {
        person: line.person_id,
        name: Some(line.name),
        mark: line.mark,
        attended: line.minutes,
        version: line.mark_version,
    });
    Ok(Json(Listed {
        items: items.collect(),
        next: None,
    }))
}

/// Says how somebody on the list attended, or corrects it; what was said before stays in the history.
#[utoipa::path(put, path = "/api/v1/sessions/{id}/attendance", request_body = NewMark, security(("token" = ["attendance:write"])),
    responses((status = 200, body = Attendance), (status = 401, body = super::ProblemDetails), (status = 403, body = super::ProblemDetails),
              (status = 404, body = super::ProblemDetails), (status = 409, body = super::ProblemDetails), (status = 422, body = super::ProblemDetails)))]
pub(super) async fn mark(
    ctx: Ctx,
    Caller(actor): Caller,
    Path(session): Path<String>,
    Body(body): Body<NewMark>,
) -> Result<Json<Attendance>, WebError> {
    let command = Command {
        person: body.person,
        mark: body.mark,
        minutes: body
            .minutes
            .map(|minutes| minutes.to_string())
            .unwrap_or_default(),
        version: match body.version {
            None => "*".to_owned(),
            Some(0) => String::new(),
            Some(version) => version.to_string(),
        },
    };
    let row = attendance::mark(ctx.app(), &actor, &session, &command)
        .await?
        .row;
    Ok(Json(Attendance {
        person: row.person_id,
        name: None,
        mark: Some(row.mark),
        attended: Some(row.minutes),
        version: Some(row.version),
    }))
}
