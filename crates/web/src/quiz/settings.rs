//! What is said of a quiz besides its questions: title, session, stage, copies.

use application::quiz::{self, Settings};
use axum::extract::Path;
use serde::Deserialize;

use super::LIST;
use super::import::{modules, session};
use super::page::crumbs;
use crate::listing::{Deed, Field, FormPage, done};
use crate::shell::{Answer, Ctx, Form, WebError};

async fn form(
    ctx: &Ctx,
    id: &str,
    typed: Option<&Settings>,
) -> Result<(FormPage, Vec<Field>, i64), WebError> {
    let quiz = quiz::open(ctx.app(), ctx.actor(), id).await?;
    if !quiz.mine {
        return Err(WebError::forbidden());
    }
    let stored = Settings {
        title: quiz.row.title.clone(),
        session: quiz.row.session_id.clone().unwrap_or_default(),
        again: if quiz.row.again == 1 { "oui" } else { "" }.to_owned(),
        version: quiz.row.version.to_string(),
    };
    let mut sessions = quiz::sessions_of(ctx.app(), ctx.actor(), &quiz.row.module).await?;
    if let Some(own) = quiz.session
        && sessions.iter().all(|(one, _)| one.id != own.0.id)
    {
        sessions.push(own);
    }
    let options = sessions
        .iter()
        .map(|one| session(ctx, one))
        .collect::<Result<Vec<_>, _>>()?;
    let fields = |said: &Settings| {
        vec![
            Field::line("text", "title", ctx.text("quiz-title"), &said.title).required(),
            Field::select(
                "session",
                ctx.text("quiz-session"),
                options.clone(),
                &said.session,
            )
            .hint(ctx.text("quiz-session-hint")),
            Field::checkbox("again", ctx.text("quiz-again"), said.again == "oui")
                .hint(ctx.text("quiz-again-hint")),
        ]
    };
    let shown = typed.unwrap_or(&stored);
    let page = FormPage::new(
        ctx.text("quiz-settings"),
        crumbs(ctx, id, &quiz.row.title),
        format!("{LIST}/{id}/modifier"),
        fields(shown),
        &shown.version,
    );
    Ok((page, fields(&stored), quiz.row.version))
}

/// `GET /bureau/quiz/{id}/modifier`: title, session, and whether it may be answered again.
pub(super) async fn edit(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let (page, _, _) = form(&ctx, &id, None).await?;
    ctx.page(&page)
}

/// `POST /bureau/quiz/{id}/modifier`: keeps them.
pub(super) async fn save(ctx: Ctx, Path(id): Path<String>, Form(typed): Form<Settings>) -> Answer {
    match quiz::set(ctx.app(), ctx.actor(), &id, &typed).await {
        Ok(_) => Ok(done(&ctx, &format!("{LIST}/{id}"), "quiz-saved")),
        Err(error) => {
            let (page, stored, version) = form(&ctx, &id, Some(&typed)).await?;
            page.again(&ctx, error, Some((stored, version)))
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Stage {
    stage: String,
    version: String,
}

/// `POST /bureau/quiz/{id}/etat`: puts it to use, takes it back, puts it away.
pub(super) async fn set_stage(ctx: Ctx, Path(id): Path<String>, Form(sent): Form<Stage>) -> Answer {
    let outcome = quiz::set_stage(ctx.app(), ctx.actor(), &id, &sent.stage, &sent.version).await;
    let page = format!("{LIST}/{id}");
    let (yes, told) = match sent.stage.as_str() {
        "open" => ("quiz-open", "quiz-opened"),
        "draft" => ("quiz-take-back", "quiz-taken-back"),
        _ => ("quiz-archive", "quiz-archived"),
    };
    Deed {
        subject: ("quiz", &id),
        version: &sent.version,
        yes,
        action: format!("{page}/etat"),
        fields: vec![("stage", sent.stage.clone())],
        to: page.clone(),
        page,
        told,
    }
    .answer(&ctx, outcome)
    .await
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Copy {
    module: String,
}

async fn copy_form(ctx: &Ctx, id: &str, module: Option<&str>) -> Result<FormPage, WebError> {
    let quiz = quiz::open(ctx.app(), ctx.actor(), id).await?;
    let chosen = module.unwrap_or(&quiz.row.module).to_owned();
    Ok(FormPage::new(
        ctx.text("quiz-copy"),
        crumbs(ctx, id, &quiz.row.title),
        format!("{LIST}/{id}/copier"),
        vec![Field::select("module", ctx.text("quiz-module"), modules(ctx), &chosen).required()],
        "",
    )
    .lead(ctx.text("quiz-copy-lead")))
}

/// `GET /bureau/quiz/{id}/copier`: for which module?
pub(super) async fn ask_copy(ctx: Ctx, Path(id): Path<String>) -> Answer {
    ctx.page(&copy_form(&ctx, &id, None).await?)
}

/// `POST /bureau/quiz/{id}/copier`: makes the copy.
pub(super) async fn copy(ctx: Ctx, Path(id): Path<String>, Form(sent): Form<Copy>) -> Answer {
    match quiz::copy(ctx.app(), ctx.actor(), &id, &sent.module).await {
        Ok(copy) => Ok(done(&ctx, &format!("{LIST}/{copy}"), "quiz-copied")),
        Err(error) => {
            let page = copy_form(&ctx, &id, Some(&sent.module)).await?;
            page.again(&ctx, error, None)
        }
    }
}
