//! Signing in: participants by code or link, staff by password; signing out here or everywhere.

use application::access::{Actor, account, sign_in};
use application::{Error, Result as Outcome};
use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, post};
use serde::{Deserialize, Serialize};

use super::{Nothing, home, user_agent, welcome};
use crate::State;
use crate::shell::ctx::within;
use crate::shell::error::refusal;
use crate::shell::{Answer, Client, Ctx, FieldErrors, Flash, Form, Page, Query};

pub(super) fn routes() -> Router<State> {
    Router::new()
        .route("/connexion", get(page).post(with_password))
        .route("/connexion/courriel", post(send))
        .route("/connexion/code", get(code_page).post(with_code))
        .route("/acces/{link}", get(open_link).post(follow_link))
        .route("/deconnexion", post(out))
        .route("/deconnexion/partout", post(out_everywhere))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    suite: String,
}

/// The sign-in page: two ways, one for participants, one for staff.
#[derive(Default, Serialize)]
struct SignIn {
    /// Where one wanted to go.
    suite: String,
    /// Typed by a participant.
    email: String,
    /// Typed by a member of staff.
    staff_email: String,
    errors: FieldErrors,
    /// Why the password was refused.
    refused: Option<String>,
    /// Something to know first.
    notice: Option<String>,
    /// Where whoever is signed in already belongs.
    home: &'static str,
    /// Nobody has an account yet: says how to make the first.
    first: bool,
}

impl Page for SignIn {
    const TEMPLATE: &'static str = "access/sign_in.html";
}

impl SignIn {
    async fn new(ctx: &Ctx, wanted: &str) -> Outcome<Self> {
        Ok(Self {
            suite: within(wanted).to_owned(),
            home: match ctx.actor() {
                Actor::Visitor => "",
                known => home(known),
            },
            first: account::none_yet(ctx.app()).await?,
            ..Self::default()
        })
    }
}

/// `GET /connexion`: both ways in.
async fn page(ctx: Ctx, query: Query<Wanted>) -> Answer {
    ctx.page(&SignIn::new(&ctx, &query.value.suite).await?)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Password {
    email: String,
    password: String,
    suite: String,
}

/// `POST /connexion`: staff, by password.
async fn with_password(
    ctx: Ctx,
    headers: HeaderMap,
    Client(client): Client,
    Form(form): Form<Password>,
) -> Answer {
    let outcome = sign_in::with_password(
        ctx.app(),
        &form.email,
        &form.password,
        &client,
        user_agent(&headers),
    )
    .await;
    match outcome {
        Ok(signed_in) => Ok(welcome(&ctx, signed_in, &form.suite).await?),
        Err(Error::Refused(why)) => {
            let page = SignIn {
                staff_email: form.email,
                refused: Some(refusal(&why, ctx.language())),
                ..SignIn::new(&ctx, &form.suite).await?
            };
            ctx.invalid(&page)
        }
        Err(other) => Err(other.into()),
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ByMail {
    email: String,
    /// `link` for a link; anything else is a code.
    way: String,
    suite: String,
}

/// `POST /connexion/courriel`: sends a code or a link to a participant. The answer never says whether the address is known.
async fn send(ctx: Ctx, Form(form): Form<ByMail>) -> Answer {
    let by_link = form.way == "link";
    let outcome = if by_link {
        sign_in::send_link(ctx.app(), &form.email, ctx.language()).await
    } else {
        sign_in::send_code(ctx.app(), &form.email, ctx.language()).await
    };
    if let Err(error) = outcome {
        let page = SignIn {
            errors: FieldErrors::of(error, ctx.language())?,
            email: form.email,
            ..SignIn::new(&ctx, &form.suite).await?
        };
        return ctx.invalid(&page);
    }
    ctx.page(&Code {
        suite: within(&form.suite).to_owned(),
        email: form.email.trim().to_owned(),
        sent: if by_link { "link" } else { "code" },
        refused: None,
    })
}

/// The page on which the code is typed.
#[derive(Default, Serialize)]
struct Code {
    suite: String,
    email: String,
    /// What was just sent: `code`, `link`, or nothing.
    sent: &'static str,
    refused: Option<String>,
}

impl Page for Code {
    const TEMPLATE: &'static str = "access/code.html";
}

/// `GET /connexion/code`: for whoever has a code already.
async fn code_page(ctx: Ctx, query: Query<Wanted>) -> Answer {
    ctx.page(&Code {
        suite: within(&query.value.suite).to_owned(),
        ..Code::default()
    })
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Typed {
    email: String,
    code: String,
    suite: String,
}

/// `POST /connexion/code`: participants, by the code.
async fn with_code(ctx: Ctx, headers: HeaderMap, Form(form): Form<Typed>) -> Answer {
    let outcome =
        sign_in::with_code(ctx.app(), &form.email, &form.code, user_agent(&headers)).await;
    match outcome {
        Ok(signed_in) => Ok(welcome(&ctx, signed_in, &form.suite).await?),
        Err(Error::Refused(why)) => ctx.invalid(&Code {
            suite: within(&form.suite).to_owned(),
            email: form.email,
            sent: "",
            refused: Some(refusal(&why, ctx.language())),
        }),
        Err(other) => Err(other.into()),
    }
}

/// Asks a member of staff whether they mean to leave the desk for a participant's pages.
#[derive(Serialize)]
struct LinkPage {
    action: String,
    home: &'static str,
}

impl Page for LinkPage {
    const TEMPLATE: &'static str = "access/link.html";
}

/// `GET /acces/{link}`: a participant's personal link signs them in. A member of staff is asked first.
async fn open_link(
    ctx: Ctx,
    headers: HeaderMap,
    Path(link): Path<String>,
    query: Query<Wanted>,
) -> Answer {
    if ctx.actor().staff().is_some() {
        return ctx.page(&LinkPage {
            action: format!("/acces/{link}"),
            home: home(ctx.actor()),
        });
    }
    enter(&ctx, &headers, &link, &query.value.suite).await
}

/// `POST /acces/{link}`: yes, as that participant.
async fn follow_link(
    ctx: Ctx,
    headers: HeaderMap,
    Path(link): Path<String>,
    Form(_): Form<Nothing>,
) -> Answer {
    enter(&ctx, &headers, &link, "").await
}

async fn enter(ctx: &Ctx, headers: &HeaderMap, link: &str, wanted: &str) -> Answer {
    match sign_in::with_link(ctx.app(), link, user_agent(headers)).await {
        Ok(signed_in) => Ok(welcome(ctx, signed_in, wanted).await?),
        Err(Error::NotFound) => {
            let page = SignIn {
                notice: Some(ctx.text("access-link-void")),
                ..SignIn::new(ctx, wanted).await?
            };
            ctx.page_with(StatusCode::NOT_FOUND, &page)
        }
        Err(other) => Err(other.into()),
    }
}

/// `POST /deconnexion`: ends this browser's sign-in.
async fn out(ctx: Ctx, Form(_): Form<Nothing>) -> Answer {
    if let Some(token) = ctx.session_token() {
        sign_in::out(ctx.app(), token).await?;
    }
    Ok(gone(&ctx, "access-out-done"))
}

/// `POST /deconnexion/partout`: ends every sign-in, and makes a participant's links void.
async fn out_everywhere(ctx: Ctx, Form(_): Form<Nothing>) -> Answer {
    sign_in::out_everywhere(ctx.app(), ctx.actor()).await?;
    Ok(gone(&ctx, "access-out-everywhere-done"))
}

fn gone(ctx: &Ctx, key: &str) -> axum::response::Response {
    let mut response = ctx.redirect_with("/", &[Flash::ok(ctx.text(key))]);
    ctx.end_session(&mut response);
    response
}

#[cfg(test)]
pub(super) fn samples() -> Vec<crate::shell::sample::Sample> {
    use crate::shell::sample::Sample;
    let mut errors = FieldErrors::default();
    errors.add("email", "Ce n’est pas une adresse e-mail.");
    vec![
        Sample::of(SignIn::default()),
        Sample::of(SignIn {
            suite: "/bureau/seances?page=2".into(),
            email: "<b>".into(),
            staff_email: "claire@essor.example".into(),
            errors,
            refused: Some("Non.".into()),
            notice: Some("Ce lien n’est plus bon.".into()),
            home: "/bureau",
            first: true,
        }),
        Sample::of(Code::default()),
        Sample::of(Code {
            suite: "/mon-espace".into(),
            email: "zoe@essor.example".into(),
            sent: "code",
            refused: Some("Non.".into()),
        }),
        Sample::of(Code {
            sent: "link",
            ..Code::default()
        }),
        Sample::of(LinkPage {
            action: "/acces/x".into(),
            home: "/bureau",
        }),
    ]
}
