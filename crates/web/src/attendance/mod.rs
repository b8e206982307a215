//! The trainer's pages: their days, and the list of a session on a tablet or an old laptop. Everything works without script.

mod devices;
mod offline;
mod view;

use application::attendance::{self, Command};
use application::people::PersonInput;
use application::{Error, Result as Outcome};
use axum::Router;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::{Deserialize, Serialize};

use self::view::{DayPage, ListView, SessionPage};
use crate::State;
use crate::shell::error::refusal;
use crate::shell::form::sentence;
use crate::shell::{Answer, Ctx, FieldErrors, Flash, Form, Page, WebError};

/// The addresses of this area.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        .route("/formateur", get(days))
        .route("/formateur/seances/{id}", get(show))
        .route("/formateur/seances/{id}/presence", post(mark))
        .route("/formateur/seances/{id}/tous-presents", post(mark_all))
        .route("/formateur/seances/{id}/arrivee", post(walk_in))
        .route("/formateur/seances/{id}/notes", post(add_note))
        .route(
            "/formateur/seances/{id}/cloture",
            get(ask_close).post(close),
        )
        .route("/formateur/seances/{id}/emargement.pdf", get(paper))
        .merge(offline::routes())
        .merge(devices::routes())
}

/// `GET /formateur`: the signed-in trainer's sessions.
async fn days(ctx: Ctx) -> Answer {
    let day = attendance::my_sessions(ctx.app(), ctx.actor()).await?;
    ctx.page(&DayPage::of(&ctx, day)?)
}

/// `GET /formateur/seances/{id}`: the list of a session, with what the trainer needs to give it.
async fn show(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let sheet = attendance::sheet(ctx.app(), ctx.actor(), &id).await?;
    ctx.page(&SessionPage::of(&ctx, &sheet)?)
}

/// `POST …/presence`: one tap for one person.
async fn mark(ctx: Ctx, Path(id): Path<String>, Form(command): Form<Command>) -> Answer {
    let outcome = attendance::mark(ctx.app(), ctx.actor(), &id, &command).await;
    let anchor = format!("#p-{}", command.person);
    answer(&ctx, &id, &anchor, outcome.map(|_| None)).await
}

/// `POST …/tous-presents`: everybody without a mark is present.
async fn mark_all(ctx: Ctx, Path(id): Path<String>, Form(_): Form<Nothing>) -> Answer {
    let outcome = attendance::mark_all_present(ctx.app(), ctx.actor(), &id).await;
    let outcome = outcome.map(|count| {
        let count = i64::try_from(count).unwrap_or_default();
        Some(ctx.text_with("attendance-all-done", &[("count", count.into())]))
    });
    answer(&ctx, &id, "#liste", outcome).await
}

/// A form of one button.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Nothing {}

/// The list again, with what there is to say: as the part that htmx asked for, or by way of a redirect.
async fn answer(ctx: &Ctx, id: &str, anchor: &str, outcome: Outcome<Option<String>>) -> Answer {
    let (message, bad) = match outcome {
        Ok(message) => (message, false),
        Err(error) => (Some(said(ctx, error)?), true),
    };
    if ctx.wants_part() {
        let sheet = attendance::sheet(ctx.app(), ctx.actor(), id).await?;
        let mut list = ListView::of(ctx, &sheet);
        list.message = message;
        list.bad = bad;
        return ctx.page(&ListPart { list });
    }
    let flashes: Vec<Flash> = message
        .map(|text| {
            if bad {
                Flash::bad(text)
            } else {
                Flash::ok(text)
            }
        })
        .into_iter()
        .collect();
    Ok(ctx.redirect_with(&format!("/formateur/seances/{id}{anchor}"), &flashes))
}

/// What can be said beside the list; everything else is a page of its own.
fn said(ctx: &Ctx, error: Error) -> Result<String, WebError> {
    match error {
        Error::Stale => Ok(ctx.text("attendance-error-stale")),
        Error::Refused(refused) => Ok(refusal(&refused, ctx.language())),
        Error::Invalid(fields) => Ok(fields
            .iter()
            .map(|field| sentence(&field.error, ctx.language()))
            .collect::<Vec<_>>()
            .join(" ")),
        other => Err(other.into()),
    }
}

/// The list alone.
#[derive(Serialize)]
struct ListPart {
    list: ListView,
}

impl Page for ListPart {
    const TEMPLATE: &'static str = "attendance/part.html";
}

/// Somebody at the door, as typed.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct WalkIn {
    name: String,
    phone: String,
    email: String,
    organisation: String,
}

/// `POST …/arrivee`: somebody comes unannounced.
async fn walk_in(ctx: Ctx, Path(id): Path<String>, Form(typed): Form<WalkIn>) -> Answer {
    let input = PersonInput {
        name: typed.name.clone(),
        phone: typed.phone.clone(),
        email: typed.email.clone(),
        organisation: typed.organisation.clone(),
        ..PersonInput::default()
    };
    let error = match attendance::walk_in(ctx.app(), ctx.actor(), &id, &input).await {
        Ok(person) => {
            let text = ctx.text_with(
                "attendance-walk-in-done",
                &[("name", typed.name.trim().into())],
            );
            let to = format!("/formateur/seances/{id}#p-{person}");
            return Ok(ctx.redirect_with(&to, &[Flash::ok(text)]));
        }
        Err(Error::Refused(refused)) => {
            let flash = Flash::bad(refusal(&refused, ctx.language()));
            return Ok(ctx.redirect_with(&format!("/formateur/seances/{id}"), &[flash]));
        }
        Err(error) => error,
    };
    let errors = FieldErrors::of(error, ctx.language())?;
    let sheet = attendance::sheet(ctx.app(), ctx.actor(), &id).await?;
    let mut page = SessionPage::of(&ctx, &sheet)?;
    page.walk_in = typed;
    page.errors = errors;
    ctx.invalid(&page)
}

/// A note, as typed.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Note {
    body: String,
}

/// `POST …/notes`: something for the next trainer.
async fn add_note(ctx: Ctx, Path(id): Path<String>, Form(typed): Form<Note>) -> Answer {
    match attendance::add_note(ctx.app(), ctx.actor(), &id, &typed.body).await {
        Ok(()) => {
            let flash = Flash::ok(ctx.text("attendance-note-done"));
            Ok(ctx.redirect_with(&format!("/formateur/seances/{id}#notes"), &[flash]))
        }
        Err(error) => {
            let errors = FieldErrors::of(error, ctx.language())?;
            let sheet = attendance::sheet(ctx.app(), ctx.actor(), &id).await?;
            let mut page = SessionPage::of(&ctx, &sheet)?;
            page.note = typed.body;
            page.errors = errors;
            ctx.invalid(&page)
        }
    }
}

/// What remains before the list is closed.
#[derive(Serialize)]
struct ClosePage {
    title: String,
    id: String,
    unmarked: Vec<String>,
}

impl Page for ClosePage {
    const TEMPLATE: &'static str = "attendance/close.html";
}

/// `GET …/cloture`: who is still without a mark.
async fn ask_close(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let sheet = attendance::sheet(ctx.app(), ctx.actor(), &id).await?;
    let open = sheet.people.iter().filter(|person| person.mark.is_none());
    let unmarked = open.map(|person| person.line.name.clone()).collect();
    ctx.page(&ClosePage {
        title: view::title(&ctx, &sheet.session.module),
        id,
        unmarked,
    })
}

/// What becomes of those without a mark.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Rest {
    rest: String,
}

/// `POST …/cloture`: the session was held.
async fn close(ctx: Ctx, Path(id): Path<String>, Form(typed): Form<Rest>) -> Answer {
    let to = format!("/formateur/seances/{id}");
    let flash = match attendance::hold(ctx.app(), ctx.actor(), &id, &typed.rest).await {
        Ok(()) => Flash::ok(ctx.text("attendance-closed-done")),
        Err(error) => Flash::bad(said(&ctx, error)?),
    };
    Ok(ctx.redirect_with(&to, &[flash]))
}

/// `GET …/emargement.pdf`: the list to print and sign.
async fn paper(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let bytes = attendance::sheet_pdf(ctx.app(), ctx.actor(), &id, ctx.language()).await?;
    Ok(pdf(&bytes, "emargement.pdf"))
}

/// A PDF of personal data: shown in the browser, kept by no cache.
pub(crate) fn pdf(bytes: &[u8], name: &str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("inline; filename=\"{name}\""),
        ),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    (headers, bytes.to_vec()).into_response()
}

#[cfg(test)]
pub(crate) fn samples() -> Vec<crate::shell::sample::Sample> {
    use crate::shell::sample::Sample;
    let close = |unmarked: Vec<String>| ClosePage {
        title: "Chercher sur Internet".into(),
        id: "1".into(),
        unmarked,
    };
    let mut all = view::samples();
    all.extend(offline::samples());
    all.extend(devices::samples());
    all.push(Sample::of(close(vec!["Jeanne <b>Petit</b>".into()])));
    all.push(Sample::of(close(Vec::new())));
    all.push(Sample::of(ListPart {
        list: view::sample_list(),
    }));
    all
}
