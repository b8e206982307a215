//! `/api/v1/people`: participants, within what the token's holder may see.

use application::people::{self, PeopleFilter, PersonRow};
use axum::extract::Path;
use axum::response::Response;
use axum::routing::get;
use axum::{Json, Router};
use serde::{Deserialize, Serialize};

use utoipa::{IntoParams, ToSchema};

use super::enrolments::NewPerson;
use super::{Asked, Body, Caller, Listed, created, limit, written};
use crate::State;
use crate::shell::{Ctx, WebError};

pub(super) fn routes() -> Router<State> {
    Router::new()
        .route("/api/v1/people", get(list).post(create))
        .route("/api/v1/people/{id}", get(one))
}

/// A participant.
#[derive(Serialize, ToSchema)]
pub(super) struct Person {
    /// Identifier.
    id: String,
    /// Whole name.
    name: String,
    /// E-mail address.
    email: Option<String>,
    /// Telephone, `+` and digits.
    phone: Option<String>,
    /// Code of the commune.
    commune: Option<String>,
    /// Identifier of the organisation.
    organisation: Option<String>,
    /// Slug of the sector.
    sector: Option<String>,
    /// When the record was made.
    created_at: String,
}

/// Which people.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(super) struct Which {
    /// Words of the name or firm, an e-mail address, a telephone number.
    q: String,
    /// `next` of the page before.
    cursor: Option<i64>,
    /// Items a page, 1 to 200; 50 by default.
    limit: Option<i64>,
}

/// Lists people by name.
#[utoipa::path(get, path = "/api/v1/people", params(Which), security(("token" = ["people:read"])),
    responses((status = 200, body = Listed<Person>), (status = 401, body = super::ProblemDetails), (status = 403, body = super::ProblemDetails)))]
pub(super) async fn list(
    ctx: Ctx,
    Caller(actor): Caller,
    Asked(which): Asked<Which>,
) -> Result<Json<Listed<Person>>, WebError> {
    let most = limit(which.limit);
    let offset = which.cursor.unwrap_or_default().max(0);
    let filter = PeopleFilter {
        query: which.q,
        offset,
        limit: most,
        ..PeopleFilter::default()
    };
    let page = people::search_people(ctx.app(), &actor, filter).await?;
    let next = (offset + most < page.total).then(|| (offset + most).to_string());
    let items = page.rows.into_iter().map(|row| Person {
        id: row.id,
        name: row.name,
        email: row.email,
        phone: row.phone,
        commune: row.commune_code,
        organisation: row.organisation_id,
        sector: row.sector,
        created_at: written(row.created_at),
    });
    Ok(Json(Listed {
        items: items.collect(),
        next,
    }))
}

/// One person.
#[utoipa::path(get, path = "/api/v1/people/{id}", security(("token" = ["people:read"])),
    responses((status = 200, body = Person), (status = 404, body = super::ProblemDetails)))]
pub(super) async fn one(
    ctx: Ctx,
    Caller(actor): Caller,
    Path(id): Path<String>,
) -> Result<Json<Person>, WebError> {
    let page = people::person_page(ctx.app(), &actor, &id).await?;
    Ok(Json(described(page.person)))
}

/// Makes a record.
#[utoipa::path(post, path = "/api/v1/people", request_body = NewPerson, security(("token" = ["people:write"])),
    responses((status = 201, body = Person), (status = 422, body = super::ProblemDetails)))]
pub(super) async fn create(
    ctx: Ctx,
    Caller(actor): Caller,
    Body(body): Body<NewPerson>,
) -> Result<Response, WebError> {
    let person = people::create_person(ctx.app(), &actor, &body.into()).await?;
    Ok(created(
        &format!("/api/v1/people/{}", person.id),
        &described(person),
    ))
}

fn described(row: PersonRow) -> Person {
    Person {
        id: row.id,
        name: row.name,
        email: row.email,
        phone: row.phone,
        commune: row.commune_code,
        organisation: row.organisation_id,
        sector: row.sector,
        created_at: written(row.created_at),
    }
}
