//! The shell from outside: requests in, answers out.

use std::collections::HashMap;
use std::sync::Arc;

use application::access::{Actor, Role};
use application::{App, Config};
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use axum::routing::{get, post};
use http_body_util::BodyExt;
use serde::{Deserialize, Serialize};
use tower::ServiceExt;

use super::account::{Found, Sessions};
use super::{Answer, Ctx, Flash, Form, Page, Query, Upload, WebError, sample};
use crate::State;

/// The token “desk” belongs to a coordinator.
struct OneCoordinator;

impl Sessions for OneCoordinator {
    fn holder<'a>(&'a self, _: &'a App, token: &'a str) -> Found<'a> {
        let holder: Option<Actor> = (token == "desk").then(|| sample::staff(Role::Coordinator));
        Box::pin(std::future::ready(Ok(holder)))
    }
}

/// Borrowed from the shell: any page will do.
#[derive(Serialize)]
struct SomePage {
    status: u16,
    title_key: &'static str,
    text_key: &'static str,
    sentence: String,
}

impl Page for SomePage {
    const TEMPLATE: &'static str = "shell/error.html";
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Typed {
    name: String,
    slot: Vec<String>,
    page: u8,
}

async fn page(ctx: Ctx, query: Query<Typed>) -> Answer {
    ctx.page(&SomePage {
        status: 200,
        title_key: "error-404-title",
        text_key: "error-404-text",
        sentence: format!("<{}> {:?}", query.value.name, query.ignored),
    })
}

async fn send(ctx: Ctx, form: Form<Typed>) -> Answer {
    Ok(ctx.redirect_with(
        "/page",
        &[Flash::ok(format!("{} {:?}", form.0.name, form.0.slot))],
    ))
}

async fn upload(upload: Upload<Typed>) -> Result<String, WebError> {
    let file = upload.files.first().ok_or_else(WebError::unprocessable)?;
    Ok(format!(
        "{}: {} = {} bytes",
        upload.fields.name,
        file.name,
        file.content.len()
    ))
}

struct Site {
    router: Router,
    _folder: tempfile::TempDir,
}

async fn site() -> Site {
    site_at("http://127.0.0.1:8080").await
}

async fn site_at(base: &str) -> Site {
    let folder = tempfile::tempdir().unwrap();
    let address = folder.path().join("essor.sqlite");
    let db = store::Database::open(address.to_str().unwrap())
        .await
        .unwrap();
    let config = Config {
        base_url: base.to_owned(),
        ..Config::default()
    };
    let app = Arc::new(App::new(db, config).await.unwrap());
    let state = State::new(app, Arc::new(OneCoordinator));
    let routes = super::routes()
        .route("/page", get(page))
        .route("/envoi", post(send))
        .route("/fichier", post(upload))
        .route(
            "/panne",
            get(async || -> Result<(), WebError> { panic!("on purpose") }),
        )
        .route("/interdit", get(async || WebError::forbidden()))
        .route("/reserve", get(async || WebError::sign_in()))
        .route("/essais", get(async || WebError::too_many(60)))
        .route(
            "/api/v1/rien",
            get(async || WebError::conflict().saying("Déjà pris")),
        );
    Site {
        router: super::wrap(routes, state),
        _folder: folder,
    }
}

struct Got {
    status: StatusCode,
    headers: HeaderMap,
    text: String,
}

impl Got {
    fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    fn cookies(&self) -> HashMap<String, String> {
        self.headers
            .get_all(header::SET_COOKIE)
            .iter()
            .filter_map(|value| value.to_str().unwrap().split(';').next()?.split_once('='))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect()
    }

    fn token(&self) -> String {
        let start = self.text.find("name=\"csrf\" value=\"").unwrap() + 19;
        self.text[start..start + 64].to_owned()
    }
}

impl Site {
    async fn ask(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Body>,
    ) -> Got {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = self
            .router
            .clone()
            .oneshot(request.body(body.into()).unwrap())
            .await
            .unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        Got {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    async fn get(&self, path: &str, headers: &[(&str, &str)]) -> Got {
        self.ask(Method::GET, path, headers, Body::empty()).await
    }

    /// Posts as the coordinator's browser would, with extra headers.
    async fn post(&self, fields: &str, headers: &[(&str, &str)]) -> Got {
        let mut all = vec![
            ("content-type", "application/x-www-form-urlencoded"),
            ("cookie", "session=desk"),
        ];
        all.extend_from_slice(headers);
        self.ask(Method::POST, "/envoi", &all, fields.to_owned())
            .await
    }

    /// The token of the coordinator's forms.
    async fn token(&self) -> String {
        self.get("/page", &[("cookie", "session=desk")])
            .await
            .token()
    }
}

#[tokio::test]
async fn a_page_speaks_the_language_that_was_chosen_and_remembers_it() {
    let site = site().await;
    assert!(
        site.get("/page", &[])
            .await
            .text
            .contains("<html lang=\"fr\">")
    );
    let english = site
        .get("/page?lang=en", &[("accept-language", "fr")])
        .await;
    assert!(english.text.contains("<html lang=\"en\">"));
    assert_eq!(english.cookies()["lang"], "en");
    assert!(
        site.get("/page", &[("cookie", "lang=en")])
            .await
            .text
            .contains("Skip to content")
    );
    assert!(
        english
            .headers
            .get_all("vary")
            .iter()
            .any(|value| value.to_str().unwrap().contains("accept-language"))
    );
}

#[tokio::test]
async fn what_comes_from_the_address_is_escaped_and_what_cannot_be_read_is_named() {
    let got = site()
        .await
        .get("/page?name=%3Cscript%3E&page=beaucoup", &[])
        .await;
    assert_eq!(got.status, StatusCode::OK);
    assert!(
        got.text
            .contains("&lt;&lt;script&gt;&gt; [&quot;page&quot;]"),
        "{}",
        got.text
    );
}

#[tokio::test]
async fn a_form_with_its_token_is_taken_and_the_message_shown_once() {
    let site = site().await;
    let token = site.token().await;
    let fields = format!("csrf={token}&name=Zo%C3%A9&slot=mon-am&slot=tue-pm&inconnu=1");
    let sent = site.post(&fields, &[]).await;
    assert_eq!(
        (sent.status, sent.header("location")),
        (StatusCode::SEE_OTHER, "/page"),
        "{}",
        sent.text
    );
    let cookie = format!("message={}", sent.cookies()["message"]);
    let shown = site.get("/page", &[("cookie", &cookie)]).await;
    assert!(
        shown
            .text
            .contains("Zoé [&quot;mon-am&quot;, &quot;tue-pm&quot;]"),
        "{}",
        shown.text
    );
    assert_eq!(
        shown.cookies()["message"],
        "",
        "the browser is told to forget it"
    );
}

#[tokio::test]
async fn a_form_without_the_visitor_s_own_token_is_refused() {
    let site = site().await;
    let token = site.token().await;
    for fields in [
        "name=x".to_owned(),
        "csrf=&name=x".to_owned(),
        format!("csrf={}", "0".repeat(64)),
    ] {
        assert_eq!(
            site.post(&fields, &[]).await.status,
            StatusCode::FORBIDDEN,
            "{fields}"
        );
    }
    let another = site
        .post(
            &format!("csrf={token}"),
            &[("cookie", "visiteur=00000000000000000000000000000000")],
        )
        .await;
    assert_eq!(
        another.status,
        StatusCode::SEE_OTHER,
        "the session decides while there is one"
    );
    let stolen = site
        .ask(
            Method::POST,
            "/envoi",
            &[("content-type", "application/x-www-form-urlencoded")],
            format!("csrf={token}"),
        )
        .await;
    assert_eq!(stolen.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_visitor_s_token_is_bound_to_the_cookie_that_came_with_the_page() {
    let site = site().await;
    let first = site.get("/interdit", &[]).await;
    let visitor = format!("visiteur={}", first.cookies()["visiteur"]);
    assert!(
        first.headers[header::SET_COOKIE]
            .to_str()
            .unwrap()
            .contains("HttpOnly; SameSite=Lax; Path=/")
    );
    let again = site.get("/page", &[("cookie", &visitor)]).await;
    assert!(
        !again.cookies().contains_key("visiteur"),
        "a known visitor keeps the cookie"
    );
}

#[tokio::test]
async fn what_another_site_sends_is_refused_even_with_the_token() {
    let site = site().await;
    let fields = format!("csrf={}", site.token().await);
    for headers in [
        [("sec-fetch-site", "cross-site")],
        [("sec-fetch-site", "same-site")],
        [("origin", "https://evil.example")],
        [("origin", "null")],
    ] {
        assert_eq!(
            site.post(&fields, &headers).await.status,
            StatusCode::FORBIDDEN,
            "{headers:?}"
        );
    }
    for headers in [
        [("sec-fetch-site", "same-origin")],
        [("origin", "http://127.0.0.1:8080")],
    ] {
        assert_eq!(
            site.post(&fields, &headers).await.status,
            StatusCode::SEE_OTHER,
            "{headers:?}"
        );
    }
}

#[tokio::test]
async fn a_malformed_or_overlong_form_is_a_plain_sentence_never_a_500() {
    let site = site().await;
    let token = site.token().await;
    let wrong_shape = site.post(&format!("csrf={token}&page=beaucoup"), &[]).await;
    assert_eq!(wrong_shape.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong_shape.text.contains("incomplet"));
    let long = site
        .post(&format!("csrf={token}&name={}", "x".repeat(300_000)), &[])
        .await;
    assert_eq!(long.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(long.text.contains("<h1>"), "{}", long.text);
    let bytes = site.post("%ff=%00&csrf", &[]).await;
    assert_eq!(bytes.status, StatusCode::FORBIDDEN);
    let json = site
        .ask(
            Method::POST,
            "/envoi",
            &[("content-type", "application/json")],
            "{}",
        )
        .await;
    assert_eq!(json.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_file_comes_with_its_fields_and_its_token() {
    let site = site().await;
    let token = site.token().await;
    let part = |head: &str, body: &str| {
        format!("--B\r\nContent-Disposition: form-data; {head}\r\n\r\n{body}\r\n")
    };
    let fields =
        part("name=\"name\"", "liste") + &part("name=\"file\"; filename=\"../x.csv\"", "a;b\n");
    let headers = [
        ("content-type", "multipart/form-data; boundary=B"),
        ("cookie", "session=desk"),
    ];
    let good = format!("{fields}{}--B--\r\n", part("name=\"csrf\"", &token));
    let got = site.ask(Method::POST, "/fichier", &headers, good).await;
    assert_eq!(
        (got.status, got.text.as_str()),
        (StatusCode::OK, "liste: ../x.csv = 4 bytes")
    );
    let bare = site
        .ask(
            Method::POST,
            "/fichier",
            &headers,
            format!("{fields}--B--\r\n"),
        )
        .await;
    assert_eq!(bare.status, StatusCode::FORBIDDEN);
    let broken = site
        .ask(Method::POST, "/fichier", &headers, "--B\r\nnonsense")
        .await;
    assert_eq!(broken.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn every_error_is_a_page_that_says_what_to_do_next() {
    let site = site().await;
    for (path, status) in [
        ("/nulle-part", 404),
        ("/panne", 500),
        ("/interdit", 403),
        ("/essais", 429),
        ("/envoi", 405),
    ] {
        let got = site.get(path, &[("accept-language", "en")]).await;
        assert_eq!(got.status.as_u16(), status, "{path}");
        assert!(
            got.text.contains("Back to the home page"),
            "{path}: {}",
            got.text
        );
        assert!(
            !got.text.contains("on purpose"),
            "the cause stays in the log"
        );
    }
    let number = site
        .get("/panne", &[("x-request-id", "proxy-number-1")])
        .await;
    assert!(number.text.contains("proxy-number-1"));
    assert_eq!(number.header("x-request-id"), "proxy-number-1");
    assert_eq!(site.get("/essais", &[]).await.header("retry-after"), "60");
    assert_eq!(site.get("/envoi", &[]).await.header("allow"), "POST");
}

#[tokio::test]
async fn who_must_sign_in_is_led_there_and_back() {
    let got = site().await.get("/reserve?page=2", &[]).await;
    assert_eq!(
        (got.status, got.header("location")),
        (
            StatusCode::SEE_OTHER,
            "/connexion?suite=%2Freserve%3Fpage%3D2"
        )
    );
}

#[tokio::test]
async fn the_api_answers_errors_as_problem_details() {
    let site = site().await;
    let got = site.get("/api/v1/rien", &[]).await;
    assert_eq!(
        (got.status, got.header("content-type")),
        (StatusCode::CONFLICT, "application/problem+json")
    );
    let problem: serde_json::Value = serde_json::from_str(&got.text).unwrap();
    assert_eq!(
        (&problem["status"], &problem["detail"]),
        (&409.into(), &"Déjà pris".into())
    );
    let missing = site.get("/api/v1/nulle-part", &[]).await;
    assert_eq!(
        (missing.status, missing.header("content-type")),
        (StatusCode::NOT_FOUND, "application/problem+json")
    );
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let site = site().await;
    for path in ["/page", "/nulle-part", "/sante", "/static/nothing"] {
        let got = site.get(path, &[]).await;
        let policy = got.header("content-security-policy");
        assert!(
            policy.contains("script-src 'self';") && !policy.contains("unsafe"),
            "{path}"
        );
        assert_eq!(got.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(
            got.header("strict-transport-security"),
            "",
            "{path}: not over http"
        );
    }
    let secure = site_at("https://boutic.example")
        .await
        .get("/page", &[])
        .await;
    assert_eq!(
        secure.header("strict-transport-security"),
        "max-age=31536000"
    );
    assert!(secure.header("set-cookie").contains("Secure"));
}

#[tokio::test]
async fn the_style_sheet_is_found_under_its_hashed_name_compressed_and_kept() {
    let site = site().await;
    let page = site.get("/page", &[]).await;
    let start = page.text.find("/static/essor.").unwrap();
    let address = page.text[start..].split('"').next().unwrap().to_owned();
    let plain = site.get(&address, &[]).await;
    assert_eq!(
        (plain.status, plain.header("content-type")),
        (StatusCode::OK, "text/css; charset=utf-8")
    );
    let small = site.get(&address, &[("accept-encoding", "gzip, br")]).await;
    assert_eq!(small.header("content-encoding"), "br");
    assert_eq!(
        small.header("cache-control"),
        "public, max-age=31536000, immutable"
    );
    assert_eq!(
        site.get("/static/essor.0000000000.css", &[]).await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn a_page_is_compressed_for_who_asks_and_never_kept_by_others() {
    let site = site().await;
    let got = site.get("/page", &[("accept-encoding", "gzip")]).await;
    assert_eq!(
        (got.header("content-encoding"), got.header("cache-control")),
        ("gzip", "private, no-cache")
    );
    let signed_in = site.get("/page", &[("cookie", "session=desk")]).await;
    assert_eq!(signed_in.header("cache-control"), "no-store");
    assert!(
        signed_in.text.contains("/bureau"),
        "the way to the desk is shown"
    );
}

#[tokio::test]
async fn the_server_says_that_it_is_alive() {
    let got = site().await.get("/sante", &[]).await;
    assert_eq!((got.status, got.text.as_str()), (StatusCode::OK, "ok"));
    assert!(got.cookies().is_empty());
}

#[test]
fn style_sheet_and_islands_stay_within_the_first_visit_s_budget() {
    let weight = |name: &str| {
        let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("static")
            .join(format!("{name}.br"));
        std::fs::metadata(file).unwrap().len()
    };
    // 45 kB in all for a public page: the rest is for its own HTML and pictures.
    let shared = weight("essor.css") + weight("favicon.svg") + weight("suggest.js");
    assert!(shared < 18_000, "{shared} bytes");
    assert!(shared + weight("htmx.js") < 35_000, "with htmx");
}
