//! A merge taken back at the desk.

use application::Error;
use application::people::{self, Separable};
use axum::extract::Path;
use serde::Serialize;

use super::form;
use super::removal::Nothing;
use super::shared::{local, word};
use crate::shell::error::refusal;
use crate::shell::{Answer, Ctx, Flash, Form, Page};

/// What taking the merge back would do.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct SeparatePage {
    /// `personnes` or `organisations`.
    pub(super) list: &'static str,
    pub(super) id: String,
    pub(super) kept: String,
    pub(super) gone: String,
    pub(super) at: String,
    /// What goes back to the other record: what, and how many.
    pub(super) moves: Vec<(String, usize)>,
    /// Registrations that stay ended.
    pub(super) ended: usize,
    /// Why it cannot be taken back.
    pub(super) refusal: String,
}

impl Page for SeparatePage {
    const TEMPLATE: &'static str = "people/separate.html";
}

impl SeparatePage {
    fn of(ctx: &Ctx, list: &'static str, id: String, found: Option<Separable>) -> Self {
        let Some(merge) = found else {
            return Self {
                list,
                id,
                refusal: ctx.text("people-refused-separate"),
                ..Self::default()
            };
        };
        Self {
            list,
            id,
            kept: merge.kept,
            gone: merge.gone,
            at: local(merge.at, ctx.zone()),
            moves: merge
                .moves
                .iter()
                .map(|(kind, count)| (word("people-moves-", kind, ctx.language()), *count))
                .collect(),
            ended: merge.ended,
            refusal: String::new(),
        }
    }
}

/// `GET /bureau/personnes/{id}/separer`: what taking the last merge back does.
pub(super) async fn ask_people(ctx: Ctx, Path(id): Path<String>) -> Answer {
    form::allowed(&ctx)?;
    let found = people::separable_people(ctx.app(), ctx.actor(), &id).await?;
    ctx.page(&SeparatePage::of(&ctx, "personnes", id, found))
}

/// `POST /bureau/personnes/{id}/separer`: takes the last merge back.
pub(super) async fn separate_people(ctx: Ctx, Path(id): Path<String>, _: Form<Nothing>) -> Answer {
    let done = people::separate_people(ctx.app(), ctx.actor(), &id).await;
    answer(&ctx, "personnes", &id, done.map(|_| ()))
}

/// `GET /bureau/organisations/{id}/separer`: what taking the last merge back does.
pub(super) async fn ask_organisations(ctx: Ctx, Path(id): Path<String>) -> Answer {
    form::allowed(&ctx)?;
    let found = people::separable_organisations(ctx.app(), ctx.actor(), &id).await?;
    ctx.page(&SeparatePage::of(&ctx, "organisations", id, found))
}

/// `POST /bureau/organisations/{id}/separer`: takes the last merge back.
pub(super) async fn separate_organisations(
    ctx: Ctx,
    Path(id): Path<String>,
    _: Form<Nothing>,
) -> Answer {
    let done = people::separate_organisations(ctx.app(), ctx.actor(), &id).await;
    answer(&ctx, "organisations", &id, done.map(|_| ()))
}

fn answer(ctx: &Ctx, list: &str, id: &str, done: Result<(), Error>) -> Answer {
    let flash = match done {
        Ok(()) => Flash::ok(ctx.text("people-separated")),
        Err(Error::Refused(why)) => Flash::bad(refusal(&why, ctx.language())),
        Err(other) => return Err(other.into()),
    };
    Ok(ctx.redirect_with(&format!("/bureau/{list}/{id}"), &[flash]))
}
