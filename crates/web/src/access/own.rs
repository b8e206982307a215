//! One's own account: name, password, where one is signed in, tokens.

use application::access::account::{self, SCOPES};
use application::access::sign_in;
use application::{Error, FieldError};
use axum::Router;
use axum::extract::Path;
use axum::routing::{get, post};
use domain::input::InputError;
use serde::Deserialize;

use super::token::{NewToken, ask, tokens};
use super::{Nothing, done, instant, team};
use crate::State;
use crate::listing::{Choice, Detail, Fact, Field, FormPage, Link, Section};
use crate::shell::{Answer, Ctx, Form};

const HERE: &str = "/bureau/compte";

pub(super) fn routes() -> Router<State> {
    Router::new()
        .route("/bureau/compte", get(show))
        .route("/bureau/compte/modifier", get(edit).post(save))
        .route("/bureau/compte/mot-de-passe", get(password).post(change))
        .route("/bureau/compte/connexions/{name}/terminer", post(end))
        .route("/bureau/compte/jetons/nouveau", get(new_token).post(create))
        .route(
            "/bureau/compte/jetons/{id}/revoquer",
            get(ask_revoke).post(revoke),
        )
}

fn crumbs(ctx: &Ctx) -> Vec<Link> {
    vec![Link::new(ctx.text("access-own"), HERE)]
}

/// `GET /bureau/compte`: the account of whoever asks.
async fn show(ctx: Ctx) -> Answer {
    let own = account::own(ctx.app(), ctx.actor()).await?;
    let names = team::Names::load(&ctx).await?;
    let roles = own.roles.iter().map(|row| names.role(&ctx, row));
    let mut browsers = Section::new(
        ctx.text("access-browsers"),
        ["access-browser", "access-since", "access-seen"]
            .map(|key| ctx.text(key))
            .to_vec(),
        ctx.text("access-browsers-none"),
        None,
    );
    let token = ctx.session_token().unwrap_or_default();
    for one in sign_in::browsers(ctx.app(), ctx.actor(), token).await? {
        let agent = match one.user_agent.as_str() {
            "" => ctx.text("access-browser-unknown"),
            known => known.to_owned(),
        };
        let (name, deeds) = if one.this_one {
            let words = [("browser", agent.as_str().into())];
            (ctx.text_with("access-browser-this", &words), Vec::new())
        } else {
            let end = format!("{HERE}/connexions/{}/terminer", one.name);
            (agent, vec![Link::new(ctx.text("access-browser-end"), end)])
        };
        let cells = vec![name, instant(&ctx, one.since), instant(&ctx, one.seen_at)];
        browsers.line(cells, None, 0, deeds, Vec::new());
    }
    let rows = account::tokens(ctx.app(), ctx.actor(), &own.row.id).await?;
    let add = Link::new(
        ctx.text("access-token-new"),
        format!("{HERE}/jetons/nouveau"),
    );
    ctx.page(&Detail {
        title: ctx.text("access-own"),
        facts: vec![
            Fact::new(ctx.text("access-name"), &own.row.name),
            Fact::new(ctx.text("access-email"), &own.row.email),
            Fact::new(
                ctx.text("access-language"),
                team::language(&ctx, &own.row.language),
            ),
            Fact::lines(ctx.text("access-roles"), roles.collect()),
        ],
        sections: vec![browsers, tokens(&ctx, &rows, HERE, Some(add))],
        actions: vec![
            Link::new(ctx.text("access-own-edit"), format!("{HERE}/modifier")),
            Link::new(
                ctx.text("access-password-change"),
                format!("{HERE}/mot-de-passe"),
            ),
        ],
        deeds: vec![Link::new(
            ctx.text("access-out-everywhere"),
            "/deconnexion/partout",
        )],
        ..Detail::default()
    })
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Own {
    name: String,
    language: String,
    version: String,
}

fn own_fields(ctx: &Ctx, name: &str, language: &str) -> Vec<Field> {
    vec![
        Field::line("text", "name", ctx.text("access-name"), name).required(),
        Field::radios(
            "language",
            ctx.text("access-language"),
            team::languages(ctx),
            language,
        )
        .required(),
    ]
}

fn own_form(ctx: &Ctx, typed: &Own) -> FormPage {
    let fields = own_fields(ctx, &typed.name, &typed.language);
    let action = format!("{HERE}/modifier");
    FormPage::new(
        ctx.text("access-own-edit"),
        crumbs(ctx),
        action,
        fields,
        &typed.version,
    )
}

/// `GET /bureau/compte/modifier`: name and language.
async fn edit(ctx: Ctx) -> Answer {
    let own = account::own(ctx.app(), ctx.actor()).await?.row;
    let typed = Own {
        name: own.name,
        language: own.language,
        version: own.version.to_string(),
    };
    ctx.page(&own_form(&ctx, &typed))
}

/// `POST /bureau/compte/modifier`.
async fn save(ctx: Ctx, Form(typed): Form<Own>) -> Answer {
    let Own {
        name,
        language,
        version,
    } = &typed;
    match account::edit_own(ctx.app(), ctx.actor(), name, language, version).await {
        Ok(()) => Ok(done(&ctx, HERE, "listing-saved")),
        Err(error) => {
            let now = account::own(ctx.app(), ctx.actor()).await?.row;
            let current = (own_fields(&ctx, &now.name, &now.language), now.version);
            own_form(&ctx, &typed).again(&ctx, error, Some(current))
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Passwords {
    old: String,
    new: String,
}

fn password_form(ctx: &Ctx) -> FormPage {
    let hint = ctx.text_with(
        "access-password-hint",
        &[(
            "least",
            i64::try_from(application::access::PASSWORD_LEAST)
                .unwrap_or_default()
                .into(),
        )],
    );
    let fields = vec![
        Field::line("password", "old", ctx.text("access-password-old"), "").required(),
        Field::line("password", "new", ctx.text("access-password-new"), "")
            .required()
            .hint(hint),
    ];
    let action = format!("{HERE}/mot-de-passe");
    FormPage::new(
        ctx.text("access-password-change"),
        crumbs(ctx),
        action,
        fields,
        "",
    )
    .lead(ctx.text("access-password-lead"))
}

/// `GET /bureau/compte/mot-de-passe`.
async fn password(ctx: Ctx) -> Answer {
    account::own(ctx.app(), ctx.actor()).await?;
    ctx.page(&password_form(&ctx))
}

/// `POST /bureau/compte/mot-de-passe`: signs out everywhere; one signs in again with the new one.
async fn change(ctx: Ctx, Form(typed): Form<Passwords>) -> Answer {
    match account::change_own_password(ctx.app(), ctx.actor(), &typed.old, &typed.new).await {
        Ok(()) => {
            let mut response = done(&ctx, "/connexion", "access-password-changed");
            ctx.end_session(&mut response);
            Ok(response)
        }
        Err(Error::Invalid(wrong)) if is_wrong_password(&wrong) => {
            ctx.invalid(&password_form(&ctx).wrong("old", ctx.text("access-password-wrong")))
        }
        Err(error) => password_form(&ctx).again(&ctx, error, None),
    }
}

fn is_wrong_password(wrong: &[FieldError]) -> bool {
    wrong
        .iter()
        .any(|field| field.field == "old" && field.error == InputError::UnknownChoice)
}

/// `POST /bureau/compte/connexions/{name}/terminer`: signs one browser out.
async fn end(ctx: Ctx, Path(name): Path<String>, Form(_): Form<Nothing>) -> Answer {
    sign_in::out_there(ctx.app(), ctx.actor(), &name).await?;
    Ok(done(&ctx, HERE, "access-browser-ended"))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    name: String,
    scopes: Vec<String>,
}

fn token_form(ctx: &Ctx, typed: &Wanted) -> FormPage {
    let scopes = SCOPES.map(|scope| Choice::new(scope, self::scope(ctx, scope)));
    let fields = vec![
        Field::line("text", "name", ctx.text("access-token-name"), &typed.name)
            .required()
            .hint(ctx.text("access-token-name-hint")),
        Field::checkboxes(
            "scopes",
            ctx.text("access-token-scopes"),
            scopes.to_vec(),
            &typed.scopes,
        )
        .hint(ctx.text("access-token-scopes-hint")),
    ];
    FormPage::new(
        ctx.text("access-token-new"),
        crumbs(ctx),
        format!("{HERE}/jetons/nouveau"),
        fields,
        "",
    )
    .lead(ctx.text("access-token-lead"))
}

/// What a scope allows, in words.
fn scope(ctx: &Ctx, scope: &str) -> String {
    let key = format!("access-scope-{}", scope.replace(':', "-"));
    format!("{} ({scope})", ctx.text(&key))
}

/// `GET /bureau/compte/jetons/nouveau`.
async fn new_token(ctx: Ctx) -> Answer {
    account::own(ctx.app(), ctx.actor()).await?;
    ctx.page(&token_form(&ctx, &Wanted::default()))
}

/// `POST /bureau/compte/jetons/nouveau`: shows the token, once.
async fn create(ctx: Ctx, Form(typed): Form<Wanted>) -> Answer {
    let own = account::own(ctx.app(), ctx.actor()).await?.row;
    let made =
        account::create_token(ctx.app(), ctx.actor(), &own.id, &typed.name, &typed.scopes).await;
    match made {
        Ok(token) => ctx.page(&NewToken {
            crumbs: crumbs(&ctx),
            token,
        }),
        Err(error) => token_form(&ctx, &typed).again(&ctx, error, None),
    }
}

/// `GET /bureau/compte/jetons/{id}/revoquer`: asks first.
async fn ask_revoke(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let own = account::own(ctx.app(), ctx.actor()).await?.row;
    ctx.page(&ask(&ctx, &own.id, &id, HERE).await?)
}

/// `POST /bureau/compte/jetons/{id}/revoquer`.
async fn revoke(ctx: Ctx, Path(id): Path<String>, Form(_): Form<Nothing>) -> Answer {
    let own = account::own(ctx.app(), ctx.actor()).await?.row;
    account::revoke_token(ctx.app(), ctx.actor(), &own.id, &id).await?;
    Ok(done(&ctx, HERE, "access-token-revoked"))
}
