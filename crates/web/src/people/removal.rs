//! A person's data: handed over, or erased.

use application::people;
use axum::extract::Path;
use domain::id::PersonId;
use serde::Serialize;

use super::{download, form};
use crate::shell::{Answer, Ctx, Flash, Form, Page, WebError};

#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct ErasePage {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) coming: usize,
}

impl Page for ErasePage {
    const TEMPLATE: &'static str = "people/erase.html";
}

/// Nothing but the token.
#[derive(Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Nothing {}

fn id_of(raw: &str) -> Result<PersonId, WebError> {
    raw.parse().map_err(|_| WebError::not_found())
}

/// `GET /bureau/personnes/{id}/effacer`: what erasing means, before it is done.
pub(super) async fn ask(ctx: Ctx, Path(id): Path<String>) -> Answer {
    form::allowed(&ctx)?;
    let page = people::person_page(ctx.app(), ctx.actor(), &id).await?;
    let now = ctx.app().now().as_millisecond();
    let is_coming = |row: &&people::PersonEnrolmentRow| {
        row.starts_at > now && ["placed", "waiting", "offered"].contains(&row.stage.as_str())
    };
    ctx.page(&ErasePage {
        coming: page.enrolments.iter().filter(is_coming).count(),
        name: page.person.name,
        id,
    })
}

/// `POST /bureau/personnes/{id}/effacer`: erases.
pub(super) async fn erase(ctx: Ctx, Path(id): Path<String>, _: Form<Nothing>) -> Answer {
    people::erase_person(ctx.app(), ctx.actor(), id_of(&id)?).await?;
    Ok(ctx.redirect_with("/bureau/personnes", &[Flash::ok(ctx.text("people-erased"))]))
}

/// `GET /bureau/personnes/{id}/donnees`: everything kept about the person, as a file.
pub(super) async fn export(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let data = people::export_person(ctx.app(), ctx.actor(), id_of(&id)?).await?;
    let bytes = serde_json::to_vec_pretty(&data).map_err(WebError::internal)?;
    Ok(download::file(
        bytes,
        "application/json",
        "donnees-personnelles.json",
    ))
}
