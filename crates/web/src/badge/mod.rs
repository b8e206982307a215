//! Badges: checked by anybody, fetched by their bearers, and what machines ask for (issuer, keys, lists of those withdrawn).

mod check;
mod desk;

use application::Error;
use application::badge::{self, Form as BadgeForm, Profile};
use axum::Router;
use axum::extract::{DefaultBodyLimit, Path};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use documents::badge::Art;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;

use crate::State;
use crate::shell::{Answer, Ctx, Page, WebError};

/// The most that a badge may weigh as a file, in bytes: our pictures have about 50,000.
const LARGEST: usize = 1024 * 1024;

/// The addresses of this area.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        .route(
            "/badges",
            get(check::ask)
                .post(check::check)
                .layer(DefaultBodyLimit::max(LARGEST)),
        )
        .route("/badges/{id}", get(check::show))
        .route("/badges/images/{file}", get(image))
        .route("/badges/emetteurs/{programme}", get(issuer))
        .route("/badges/emetteurs/{programme}/cles/{key}", get(key))
        .route("/badges/listes/{programme}/{list}", get(list))
        .route("/mon-espace/badges/{file}", get(own))
        .route("/bureau/badges", get(desk::list))
        .route(
            "/bureau/badges/{slug}/renouveler",
            get(desk::ask_rotate).post(desk::rotate),
        )
        .route(
            "/bureau/programmes/{slug}/preuves",
            get(desk::edit_rule).post(desk::save_rule),
        )
        .route("/bureau/attestations/badges/{file}", get(own))
}

/// The day of an instant where the installation is.
fn day(ctx: &Ctx, milliseconds: i64) -> Option<Date> {
    let at = Timestamp::from_millisecond(milliseconds).ok()?;
    Some(ctx.zone().to_datetime(at).date())
}

/// JSON that any page may fetch: verifiers run in browsers too.
fn machine(kind: &'static str, value: &Value) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (header::CACHE_CONTROL, "public, max-age=300"),
        (header::VARY, "Accept"),
    ];
    (headers, value.to_string()).into_response()
}

/// Who gives badges, for people.
#[derive(Default, Serialize)]
struct IssuerPage {
    name: String,
    address: String,
    email: Option<String>,
    keys: Vec<KeyView>,
}

#[derive(Serialize)]
struct KeyView {
    address: String,
    since: Option<Date>,
    until: Option<Date>,
}

impl Page for IssuerPage {
    const TEMPLATE: &'static str = "badge/issuer.html";
}

/// `GET /badges/emetteurs/{programme}`: for people a page, for machines the profile.
async fn issuer(ctx: Ctx, headers: HeaderMap, Path(programme): Path<String>) -> Answer {
    let profile = badge::profile(ctx.app(), &programme).await?;
    let accept = headers.get(header::ACCEPT);
    let wants_page = accept
        .and_then(|value| value.to_str().ok())
        .is_some_and(|kinds| kinds.contains("text/html"));
    if !wants_page {
        return Ok(machine("application/json", &profile.document));
    }
    let mut response = ctx.page(&issuer_page(&ctx, profile))?;
    let vary = header::HeaderValue::from_static("Accept");
    response.headers_mut().append(header::VARY, vary);
    Ok(response)
}

fn issuer_page(ctx: &Ctx, profile: Profile) -> IssuerPage {
    IssuerPage {
        name: profile.name,
        address: profile.address,
        email: profile.email,
        keys: profile
            .keys
            .into_iter()
            .map(|(address, since, until)| KeyView {
                address,
                since: day(ctx, since),
                until: until.and_then(|until| day(ctx, until)),
            })
            .collect(),
    }
}

/// `GET /badges/emetteurs/{programme}/cles/{key}`: a key, for machines.
async fn key(ctx: Ctx, Path((programme, key)): Path<(String, String)>) -> Answer {
    let value = badge::key(ctx.app(), &programme, &key).await?;
    Ok(machine("application/json", &value))
}

/// `GET /badges/listes/{programme}/{list}`: which badges are withdrawn, for machines.
async fn list(ctx: Ctx, Path((programme, list)): Path<(String, String)>) -> Answer {
    let list = list.parse().map_err(|_| Error::NotFound)?;
    let value = badge::list(ctx.app(), &programme, list).await?;
    Ok(machine("application/vc+ld+json", &value))
}

/// `GET /badges/images/{file}`: the pictures, without a badge in them.
async fn image(Path(file): Path<String>) -> Answer {
    let (name, ending) = file.rsplit_once('.').ok_or_else(WebError::not_found)?;
    let art = Art::ALL
        .into_iter()
        .find(|art| art.name() == name)
        .ok_or_else(WebError::not_found)?;
    let (kind, bytes) = match ending {
        "png" => ("image/png", art.png()),
        "svg" => ("image/svg+xml", art.svg().as_bytes()),
        _ => return Err(WebError::not_found()),
    };
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (header::CACHE_CONTROL, "public, max-age=86400"),
    ];
    Ok((headers, bytes).into_response())
}

/// `GET /mon-espace/badges/{certificate}.{json,jwt,png,svg}`, and the same at the desk.
async fn own(ctx: Ctx, Path(file): Path<String>) -> Answer {
    let (id, ending) = file.rsplit_once('.').ok_or(Error::NotFound)?;
    let form = BadgeForm::of_ending(ending).ok_or(Error::NotFound)?;
    let made = badge::file(ctx.app(), ctx.actor(), id, form).await?;
    let name = format!("attachment; filename=\"badge.{ending}\"");
    let headers = [
        (header::CONTENT_TYPE, made.kind.to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, made.bytes).into_response())
}

#[cfg(test)]
pub(crate) fn samples() -> Vec<crate::shell::sample::Sample> {
    use crate::shell::sample::Sample;
    let key = |until| KeyView {
        address: "https://essor.example/badges/emetteurs/1/cles/2".into(),
        since: Some(jiff::civil::date(2026, 1, 5)),
        until,
    };
    let mut all = vec![
        Sample::of(IssuerPage {
            name: "Boutic <b>".into(),
            address: "https://essor.example/badges/emetteurs/1".into(),
            email: Some("boutic@essor.example".into()),
            keys: vec![key(None), key(Some(jiff::civil::date(2026, 3, 1)))],
        }),
        Sample::of(IssuerPage::default()),
    ];
    all.extend(check::samples());
    all
}
