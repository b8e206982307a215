//! `/api/v1/sessions`: what takes place, where, when, and how many seats are left. Open to everybody.

use application::api::{self, SessionFilter, SessionOverview};
use application::content;
use axum::extract::Path;
use axum::routing::get;
use axum::{Json, Router};
use serde::{Deserialize, Serialize};

use utoipa::{IntoParams, ToSchema};

use super::{Asked, Caller, Listed, limit, read, written};
use crate::State;
use crate::shell::{Ctx, WebError};

pub(super) fn routes() -> Router<State> {
    Router::new()
        .route("/api/v1/sessions", get(list))
        .route("/api/v1/sessions/{id}", get(one))
}

/// A dated session of a module.
#[derive(Serialize, ToSchema)]
pub(super) struct Session {
    /// Identifier.
    id: String,
    /// Slug of the module.
    module: String,
    /// Its title in the language asked for.
    title: String,
    /// Slug of the site.
    site: String,
    /// Name of the site.
    site_name: String,
    /// Code of its commune (INSEE; `BE` and NIS in Belgium).
    commune: String,
    /// Start, RFC 3339 in UTC.
    starts_at: String,
    /// End.
    ends_at: String,
    /// Seats.
    capacity: i64,
    /// People from which it opens.
    opens_at: i64,
    /// People with a seat.
    placed: i64,
    /// Seats that a newcomer can have now.
    seats_left: i64,
    /// People waiting.
    waiting: i64,
    /// `gathering`, `confirmed`, `held` or `cancelled`.
    status: String,
    /// Its page.
    url: String,
}

/// Which sessions.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(super) struct Which {
    /// Starting at or after this day or instant; by default, now.
    from: Option<String>,
    /// Starting before this day or instant.
    until: Option<String>,
    /// Slug of a module.
    module: Option<String>,
    /// Slug of a site.
    site: Option<String>,
    /// `gathering`, `confirmed`, `held` or `cancelled`.
    status: Option<String>,
    /// Only with a seat that a newcomer can have.
    free: Option<bool>,
    /// `next` of the page before.
    cursor: Option<String>,
    /// Items a page, 1 to 200; 50 by default.
    limit: Option<i64>,
}

/// Lists sessions in order of time.
#[utoipa::path(get, path = "/api/v1/sessions", params(Which), responses((status = 200, body = Listed<Session>), (status = 400, body = super::ProblemDetails)))]
pub(super) async fn list(
    ctx: Ctx,
    _caller: Caller,
    Asked(which): Asked<Which>,
) -> Result<Json<Listed<Session>>, WebError> {
    let from = which
        .from
        .as_deref()
        .map(|from| read(&ctx, "from", from))
        .transpose()?;
    let until = which
        .until
        .as_deref()
        .map(|until| read(&ctx, "until", until))
        .transpose()?;
    let most = limit(which.limit);
    let after = which
        .cursor
        .as_deref()
        .map(|cursor| cursor_of(&ctx, cursor))
        .transpose()?;
    let filter = SessionFilter {
        from: Some(from.unwrap_or_else(|| ctx.app().now().as_millisecond())),
        until,
        modules: which.module.as_deref().map(|module| api::listed([module])),
        stages: which.status.as_deref().map(|status| api::listed([status])),
        with_free_seats: which.free.unwrap_or_default(),
        after,
        limit: Some(most + 1),
        ..SessionFilter::default()
    };
    let mut found = api::sessions(ctx.app(), filter, which.site.as_deref()).await?;
    let more = i64::try_from(found.len()).is_ok_and(|length| length > most);
    found.truncate(usize::try_from(most).unwrap_or_default());
    let next = found
        .last()
        .filter(|_| more)
        .map(|last| format!("{}_{}", last.starts_at, last.id));
    Ok(Json(Listed {
        items: found
            .into_iter()
            .map(|session| described(&ctx, session))
            .collect(),
        next,
    }))
}

/// One session.
#[utoipa::path(get, path = "/api/v1/sessions/{id}", responses((status = 200, body = Session), (status = 404, body = super::ProblemDetails)))]
pub(super) async fn one(
    ctx: Ctx,
    _caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<Session>, WebError> {
    let session = api::session(ctx.app(), &id).await?;
    Ok(Json(described(&ctx, session)))
}

fn cursor_of(ctx: &Ctx, cursor: &str) -> Result<(i64, String), WebError> {
    cursor
        .split_once('_')
        .and_then(|(start, id)| Some((start.parse().ok()?, id.to_owned())))
        .ok_or_else(|| WebError::bad_request().saying(ctx.text("api-not-a-cursor")))
}

fn described(ctx: &Ctx, session: SessionOverview) -> Session {
    let free = session.capacity - session.placed - session.offered;
    let takes = matches!(session.stage.as_str(), "gathering" | "confirmed") && session.waiting == 0;
    let module = content::catalogue().module(&session.module);
    Session {
        title: module.map_or_else(
            || session.module.clone(),
            |module| module.title.get(ctx.language()).to_owned(),
        ),
        url: format!("{}/seances/{}", ctx.app().config().base_url, session.id),
        id: session.id,
        module: session.module,
        site: session.site_slug,
        site_name: session.site_name,
        commune: session.commune_code,
        starts_at: written(session.starts_at),
        ends_at: written(session.ends_at),
        capacity: session.capacity,
        opens_at: session.least,
        placed: session.placed,
        seats_left: if takes { free.max(0) } else { 0 },
        waiting: session.waiting,
        status: session.stage,
    }
}
