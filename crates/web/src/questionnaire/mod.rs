//! The questionnaire: page by page without script, stopped and taken up again, and its end, the personal path.

mod end;
mod entry;
mod page;
mod paper;
mod words;

pub(crate) use page::{Asked, Stored, asked, values};
pub(crate) use words::wrong;

use application::access::limit;
use application::questionnaire::{self, Offered, Opened};
use axum::Router;
use axum::extract::Path;
use axum::routing::get;
use documents::texts::Arg;
use serde::{Deserialize, Serialize};

use crate::State;
use crate::shell::{Answer, Client, Ctx, FieldErrors, Flash, Form, Page, Query};

/// The addresses of this area.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        .route("/questionnaire", get(welcome).post(begin))
        .route("/questionnaire/papier.pdf", get(paper::form))
        .route("/questionnaire/reprise/{id}", get(take_up))
        .route("/questionnaire/{id}/pause", get(stop).post(send_link))
        .route(
            "/questionnaire/{id}/coordonnees",
            get(end::contact).post(end::finish),
        )
        .route(
            "/questionnaire/{id}/parcours",
            get(end::path).post(end::register),
        )
        .route("/questionnaire/{id}/parcours.pdf", get(end::print))
        .route(
            "/questionnaire/{id}/confirmer",
            get(end::ask_confirm).post(end::confirm),
        )
        .route(
            "/questionnaire/{id}/{page}",
            get(page::show).post(page::save),
        )
        .route("/bureau/saisie", get(entry::desk).post(entry::save_at_desk))
        .route(
            "/referent/saisie",
            get(entry::referent).post(entry::save_as_referent),
        )
}

/// The key of a response's links, in every address of it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Key {
    cle: String,
}

/// What it is, how long it takes, and the button to begin.
#[derive(Serialize)]
struct Welcome {
    open: bool,
    title: String,
    intro: String,
    questions: usize,
    pages: usize,
    season: String,
    contact: String,
}

impl Page for Welcome {
    const TEMPLATE: &'static str = "questionnaire/welcome.html";
}

/// `GET /questionnaire`: what it is and what it gives.
async fn welcome(ctx: Ctx) -> Answer {
    let language = ctx.language();
    let page = match questionnaire::offered(ctx.app()).await? {
        Some(Offered {
            season,
            questionnaire,
            programme,
            ..
        }) => Welcome {
            open: season.stage == "open",
            title: questionnaire.title().get(language).to_owned(),
            intro: questionnaire.intro().get(language).to_owned(),
            questions: questionnaire.questions().count(),
            pages: questionnaire.pages().len() + 1,
            season: season.name,
            contact: questionnaire::contact_of(&programme),
        },
        None => Welcome {
            open: false,
            title: ctx.text("questionnaire-title"),
            intro: String::new(),
            questions: 0,
            pages: 0,
            season: String::new(),
            contact: String::new(),
        },
    };
    ctx.page(&page)
}

/// Nothing but the form's token.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Nothing {}

/// `POST /questionnaire`: begins, and leads to the first page.
async fn begin(ctx: Ctx, Client(client): Client, Form(Nothing {}): Form<Nothing>) -> Answer {
    limit::count(ctx.app(), limit::ANONYMOUS, &client).await?;
    let opened = questionnaire::start(ctx.app(), ctx.actor(), ctx.language()).await?;
    Ok(ctx.redirect(&where_to_go_on(&opened)))
}

/// `GET /questionnaire/reprise/{id}`: where it was left.
async fn take_up(ctx: Ctx, Path(id): Path<String>, key: Query<Key>) -> Answer {
    let opened = questionnaire::open(ctx.app(), &id, &key.value.cle).await?;
    Ok(ctx.redirect(&where_to_go_on(&opened)))
}

/// The address of a part of a response.
fn address(opened: &Opened, part: &str) -> String {
    format!(
        "/questionnaire/{}/{part}?cle={}",
        opened.response.id, opened.key
    )
}

/// The page to go on with: where it was left, the contact details after the last, the path once it is complete.
fn where_to_go_on(opened: &Opened) -> String {
    if opened.response.completed_at.is_some() {
        return address(opened, "parcours");
    }
    let pages = opened.offered.questionnaire.progress(&opened.answers);
    let place = usize::try_from(opened.response.page).unwrap_or_default();
    match pages.get(place) {
        Some(progress) => address(opened, &progress.page.slug),
        None => address(opened, "coordonnees"),
    }
}

/// The link to go on later, shown and sent.
#[derive(Default, Serialize)]
struct Stopped {
    link: String,
    back: String,
    action: String,
    email: String,
    errors: FieldErrors,
}

impl Page for Stopped {
    const TEMPLATE: &'static str = "questionnaire/stopped.html";
}

fn stopped(ctx: &Ctx, opened: &Opened) -> Stopped {
    let base = &ctx.app().config().base_url;
    Stopped {
        link: format!(
            "{base}/questionnaire/reprise/{}?cle={}",
            opened.response.id, opened.key
        ),
        back: where_to_go_on(opened),
        action: address(opened, "pause"),
        ..Stopped::default()
    }
}

/// `GET /questionnaire/{id}/pause`: the link to go on later.
async fn stop(ctx: Ctx, Path(id): Path<String>, key: Query<Key>) -> Answer {
    let opened = questionnaire::open(ctx.app(), &id, &key.value.cle).await?;
    ctx.page(&stopped(&ctx, &opened))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Sent {
    email: String,
}

/// `POST /questionnaire/{id}/pause`: the link by mail.
async fn send_link(
    ctx: Ctx,
    Path(id): Path<String>,
    key: Query<Key>,
    Form(sent): Form<Sent>,
) -> Answer {
    let opened = questionnaire::open(ctx.app(), &id, &key.value.cle).await?;
    let answer =
        questionnaire::send_link(ctx.app(), &id, &key.value.cle, &sent.email, ctx.language()).await;
    match answer {
        Ok(email) => {
            let told = ctx.text_with(
                "questionnaire-link-sent",
                &[("email", Arg::from(email.as_str()))],
            );
            Ok(ctx.redirect_with(&address(&opened, "pause"), &[Flash::ok(told)]))
        }
        Err(error) => {
            let errors = FieldErrors::of(error, ctx.language())?;
            ctx.invalid(&Stopped {
                email: sent.email,
                errors,
                ..stopped(&ctx, &opened)
            })
        }
    }
}

#[cfg(test)]
pub(crate) mod samples;
