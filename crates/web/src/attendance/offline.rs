//! The trainers' app for a day without network: its page, its service worker, the lists it is given and what it sends.
//!
//! The page is the same for everybody and knows no one, so that a browser may keep it. Lists are given as JSON to whoever is signed in; a
//! request for them is no form, so browsers do not let another site make it. Deliveries carry no cookie: the device's signature says whose they are.

mod package;

use application::attendance::{self, Prepare};
use application::{Error, Refused};
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use axum::{Json, Router};
use documents::texts::Arg;
use serde::Serialize;
use serde_json::json;
use sha2::{Digest, Sha256};

use self::package::Package;
use crate::State;
use crate::shell::error::refusal;
use crate::shell::form::sentence;
use crate::shell::{Answer, Ctx, Page, WebError};

/// The address of the app; its service worker also answers for the trainers' other pages when there is no network.
const APP: &str = "/formateur/hors-ligne";
const SCOPE: &str = "/formateur";
/// A hundred drawn signatures fit, in bytes.
const MOST_DELIVERED: usize = 1024 * 1024;
/// What the app loads besides its page.
const FILES: [&str; 3] = ["essor.css", "offline.js", "favicon.svg"];
const SIGNATURE: HeaderName = HeaderName::from_static("x-signature");

/// The addresses of the app.
pub(super) fn routes() -> Router<State> {
    Router::new()
        .route(APP, get(app))
        .route("/formateur/hors-ligne/manifeste.webmanifest", get(manifest))
        .route("/formateur/hors-ligne/travail.js", get(worker))
        .route("/formateur/hors-ligne/appareil", post(prepare))
        .route(
            "/api/v1/devices/{id}/deliveries",
            post(deliver).layer(DefaultBodyLimit::max(MOST_DELIVERED)),
        )
}

/// The words of the app, as its scripts call them, and their keys.
const TEXTS: [(&str, &str); 67] = [
    ("title", "attendance-app-title"),
    ("start", "attendance-app-start"),
    ("start-code", "attendance-app-start-code"),
    ("start-lost", "attendance-app-start-lost"),
    ("start-send", "attendance-app-start-send"),
    ("device-name", "attendance-app-device-name"),
    ("device-usual", "attendance-app-device-usual"),
    ("code", "attendance-app-code"),
    ("code-new", "attendance-app-code-new"),
    ("code-hint", "attendance-app-code-hint"),
    ("code-again", "attendance-app-code-again"),
    ("code-short", "attendance-app-code-short"),
    ("code-differs", "attendance-app-code-differs"),
    ("code-gone", "attendance-app-code-gone"),
    ("prepare", "attendance-app-prepare"),
    ("preparing", "attendance-app-preparing"),
    ("prepare-offline", "attendance-app-prepare-offline"),
    ("prepare-sign-in", "attendance-app-prepare-sign-in"),
    ("prepare-again", "attendance-app-prepare-again"),
    ("sign-in", "attendance-app-sign-in"),
    ("ready", "attendance-app-ready"),
    ("locked", "attendance-app-locked"),
    ("unlock", "attendance-app-unlock"),
    ("unlocking", "attendance-app-unlocking"),
    ("forgotten", "attendance-app-forgotten"),
    ("wipe", "attendance-app-wipe"),
    ("wipe-text", "attendance-app-wipe-text"),
    ("over", "attendance-app-over"),
    ("over-text", "attendance-app-over-text"),
    ("send", "attendance-app-send"),
    ("online-page", "attendance-app-online-page"),
    ("device", "attendance-app-device"),
    ("lock", "attendance-app-lock"),
    ("open-list", "attendance-app-open-list"),
    ("all-lists", "attendance-app-all-lists"),
    ("kept", "attendance-app-kept"),
    ("too-old", "attendance-app-too-old"),
    ("conflict", "attendance-app-conflict"),
    ("signed-paper", "attendance-signed-paper"),
    ("signed-screen", "attendance-app-signed-screen"),
    ("waits", "attendance-app-waits"),
    ("arrives", "attendance-app-arrives"),
    ("leaves", "attendance-app-leaves"),
    ("clear", "attendance-app-clear"),
    ("sign", "attendance-app-sign"),
    ("sign-text", "attendance-app-sign-text"),
    ("sign-field", "attendance-app-sign-field"),
    ("sign-paper", "attendance-app-sign-paper"),
    ("sign-missing", "attendance-app-sign-missing"),
    ("sign-done", "attendance-app-sign-done"),
    ("sign-again", "attendance-app-sign-again"),
    ("nobody", "attendance-nobody"),
    ("not-open", "attendance-not-open"),
    ("today", "attendance-today"),
    ("list", "attendance-list"),
    ("walk-in", "attendance-walk-in"),
    ("walk-in-text", "attendance-walk-in-text"),
    ("walk-in-add", "attendance-walk-in-add"),
    ("walked-in", "attendance-walked-in"),
    ("name", "attendance-name"),
    ("phone", "attendance-phone"),
    ("organisation", "attendance-organisation"),
    ("notes", "attendance-notes"),
    ("note", "attendance-note"),
    ("note-hint", "attendance-note-hint"),
    ("note-add", "attendance-note-add"),
    ("minutes", "attendance-minutes"),
];

/// More words; those of marks.
const MARKS: [(&str, &str); 8] = [
    ("more", "attendance-part-only"),
    ("mark-none", "attendance-mark-none"),
    ("mark-present", "attendance-mark-present"),
    ("mark-late", "attendance-mark-late"),
    ("mark-left-early", "attendance-mark-left-early"),
    ("mark-absent", "attendance-mark-absent"),
    ("mark-excused", "attendance-mark-excused"),
    ("cancel", "shell-cancel"),
];

/// Words with something in them: the scripts put it where `#` stands.
const FILLED: [(&str, &str, &str); 5] = [
    ("locked-text", "attendance-app-locked-text", "name"),
    ("code-wrong", "attendance-app-code-wrong", "count"),
    ("state-offline", "attendance-app-state-offline", "waiting"),
    ("state-refused", "attendance-app-state-refused", "waiting"),
    ("sign-title", "attendance-app-sign-title", "name"),
];

/// Words with a number in them.
const COUNTED: [(&str, &str); 4] = [
    ("waiting", "attendance-app-waiting"),
    ("missed", "attendance-app-missed"),
    ("open", "attendance-app-open"),
    ("wipe-lost", "attendance-app-wipe-lost"),
];

/// The page of the app: the words it needs, and nobody's name.
#[derive(Serialize)]
pub(super) struct AppPage {
    texts: String,
    zone: String,
}

impl Page for AppPage {
    const TEMPLATE: &'static str = "attendance/offline.html";
}

/// Every word of the app in the visitor's language, as JSON.
fn texts(ctx: &Ctx) -> String {
    let mut texts = serde_json::Map::new();
    for (name, key) in TEXTS.into_iter().chain(MARKS) {
        texts.insert(name.to_owned(), ctx.text(key).into());
    }
    for (name, key, variable) in FILLED {
        let text = ctx.text_with(key, &[(variable, "#".into())]);
        texts.insert(name.to_owned(), text.into());
    }
    for (name, key) in COUNTED {
        for (form, count) in [
            ("none", Arg::Integer(0)),
            ("one", Arg::Integer(1)),
            ("many", "#".into()),
        ] {
            let text = ctx.text_with(key, &[("count", count)]);
            texts.insert(format!("{name}-{form}"), text.into());
        }
    }
    serde_json::Value::Object(texts).to_string()
}

/// May be kept, but is asked for again.
const FRESH: (HeaderName, HeaderValue) =
    (header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));

/// `GET /formateur/hors-ligne`: the app.
async fn app(ctx: Ctx) -> Answer {
    let page = ctx.page(&AppPage {
        texts: texts(&ctx),
        zone: zone(&ctx),
    })?;
    Ok(([FRESH], page).into_response())
}

fn zone(ctx: &Ctx) -> String {
    ctx.zone().iana_name().unwrap_or("UTC").to_owned()
}

/// `GET …/manifeste.webmanifest`: what the app is called once it is installed.
async fn manifest(ctx: Ctx) -> Answer {
    let manifest = json!({
        "name": ctx.text("attendance-app-title"),
        "short_name": ctx.text("attendance-app-short"),
        "start_url": APP,
        "scope": SCOPE,
        "display": "standalone",
        "lang": ctx.language().code(),
        "background_color": "#f6f4ee",
        "theme_color": "#093449",
        "icons": [{ "src": ctx.state.assets.address("favicon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any" }],
    });
    let kind = (
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/manifest+json"),
    );
    Ok(([kind, FRESH], manifest.to_string()).into_response())
}

/// `GET …/travail.js`: the service worker, which is another one whenever a file or a word of the app is.
async fn worker(ctx: Ctx) -> Answer {
    let assets = &ctx.state.assets;
    let script = assets
        .content("worker.js")
        .ok_or_else(|| WebError::internal("the service worker is not built"))?;
    let files: Vec<&str> = std::iter::once(APP)
        .chain(FILES.iter().filter_map(|name| assets.address(name)))
        .collect();
    let mut version = Sha256::new();
    for part in [
        files.join(" "),
        texts(&ctx),
        zone(&ctx),
        ctx.identity().programme.clone(),
    ] {
        version.update(part.as_bytes());
    }
    version.update(&script);
    let version = data_encoding::HEXLOWER.encode(&version.finalize());
    let kept = json!({ "version": version.get(..16), "files": files });
    let body = format!("self.essor={kept};\n{}", String::from_utf8_lossy(&script));
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/javascript; charset=utf-8"),
        ),
        (
            HeaderName::from_static("service-worker-allowed"),
            HeaderValue::from_static(SCOPE),
        ),
        FRESH,
    ];
    Ok((headers, body).into_response())
}

/// `POST …/appareil`: a browser asks for the lists of today.
async fn prepare(ctx: Ctx, headers: HeaderMap, body: Bytes) -> Answer {
    let is_json = headers
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
    if !is_json {
        return Err(WebError::bad_request().because("not JSON"));
    }
    let command: Prepare =
        serde_json::from_slice(&body).map_err(|error| WebError::bad_request().because(error))?;
    match attendance::prepare(ctx.app(), ctx.actor(), &command).await {
        Ok(prepared) => Ok(Json(Package::of(&ctx, &prepared)?).into_response()),
        Err(error) => problem(&ctx, error),
    }
}

/// What the server says to a delivery.
#[derive(Serialize)]
struct Receipt {
    taken: Vec<String>,
    aside: Vec<AsideView>,
    package: Package,
}

/// Something that was set aside.
#[derive(Serialize)]
struct AsideView {
    id: String,
    reason: &'static str,
}

/// `POST /api/v1/devices/{id}/deliveries`: a device sends what was said on it.
async fn deliver(ctx: Ctx, Path(device): Path<String>, headers: HeaderMap, body: Bytes) -> Answer {
    let signature = headers
        .get(SIGNATURE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    match attendance::deliver(ctx.app(), &device, signature, &body).await {
        Ok(delivered) => {
            let aside = delivered.aside.into_iter().map(|one| AsideView {
                id: one.id,
                reason: one.reason,
            });
            let receipt = Receipt {
                aside: aside.collect(),
                taken: delivered.taken,
                package: Package::of(&ctx, &delivered.prepared)?,
            };
            Ok(Json(receipt).into_response())
        }
        Err(error) => problem(&ctx, error),
    }
}

/// Says why as problem details, with a code for the app; everything else is for the shell.
fn problem(ctx: &Ctx, error: Error) -> Answer {
    let (status, code, detail) = match error {
        Error::Refused(refused) => (
            status(&refused),
            refused.key,
            refusal(&refused, ctx.language()),
        ),
        Error::Invalid(fields) => {
            let words = fields
                .iter()
                .map(|field| sentence(&field.error, ctx.language()));
            (
                StatusCode::UNPROCESSABLE_ENTITY,
                "invalid",
                words.collect::<Vec<_>>().join(" "),
            )
        }
        other => return Err(other.into()),
    };
    let body =
        json!({ "type": "about:blank", "status": status.as_u16(), "detail": detail, "code": code });
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        ),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((status, headers, body.to_string()).into_response())
}

fn status(refused: &Refused) -> StatusCode {
    match refused.key {
        "attendance-device-unreadable" => StatusCode::BAD_REQUEST,
        "attendance-device-replayed" | "attendance-device-nothing" => StatusCode::CONFLICT,
        _ => StatusCode::FORBIDDEN,
    }
}

#[cfg(test)]
pub(super) fn samples() -> Vec<crate::shell::sample::Sample> {
    vec![crate::shell::sample::Sample::of(AppPage {
        texts: r#"{"title":"Présences <b>\"sans\"</b> réseau"}"#.into(),
        zone: "Europe/Paris".into(),
    })]
}
