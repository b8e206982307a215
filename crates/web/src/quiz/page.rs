//! The page of one quiz, and what can be taken from it: GIFT and paper.

use application::content::catalogue;
use application::quiz::{self, Quiz};
use axum::extract::Path;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::LIST;
use super::view::{MadeView, made};
use super::words::{kind, stage};
use crate::listing::{Choice, Link};
use crate::people::download::file;
use crate::shell::{Answer, Ctx, Page, Query, WebError};

/// The page of one quiz.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct QuizPage {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) module: String,
    pub(super) stage: String,
    pub(super) tone: &'static str,
    pub(super) status: String,
    pub(super) mine: bool,
    pub(super) owner: String,
    pub(super) again: bool,
    /// The one session that it is for.
    pub(super) session: Option<Link>,
    pub(super) revision: i64,
    pub(super) changed: Option<Date>,
    pub(super) author: String,
    pub(super) sheets: usize,
    pub(super) version: i64,
    pub(super) questions: Vec<MadeView>,
    pub(super) kinds: Vec<Choice>,
}

impl Page for QuizPage {
    const TEMPLATE: &'static str = "quiz/page.html";
}

/// `GET /bureau/quiz/{id}`: the questions with what is right, and all that can be done.
pub(super) async fn show(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let quiz = quiz::open(ctx.app(), ctx.actor(), &id).await?;
    ctx.page(&page(&ctx, quiz)?)
}

fn page(ctx: &Ctx, quiz: Quiz) -> Result<QuizPage, WebError> {
    let (tone, status) = stage(ctx, &quiz.row.stage);
    let session = quiz
        .session
        .as_ref()
        .map(|session| {
            let choice = super::import::session(ctx, session)?;
            let href = format!("/formateur/seances/{}/quiz", choice.value);
            Ok::<_, WebError>(Link::new(choice.label, href))
        })
        .transpose()?;
    let changed =
        Timestamp::from_millisecond(quiz.revision.created_at).map_err(WebError::internal)?;
    Ok(QuizPage {
        module: catalogue()
            .module(&quiz.row.module)
            .map_or(quiz.row.module.as_str(), |module| {
                module.title.get(ctx.language())
            })
            .to_owned(),
        tone,
        status,
        mine: quiz.mine,
        owner: quiz.trainer.unwrap_or_else(|| ctx.text("quiz-of-desk")),
        again: quiz.row.again == 1,
        session,
        revision: quiz.row.revision,
        changed: Some(changed.to_zoned(ctx.zone().clone()).date()),
        author: Some(quiz.revision.author_name)
            .filter(|name| !name.is_empty())
            .unwrap_or_else(|| ctx.text("quiz-of-desk")),
        sheets: quiz.sheets,
        version: quiz.row.version,
        questions: made(ctx, &quiz.row.id, &quiz.questions),
        kinds: domain::quiz::KINDS
            .map(|slug| Choice::new(slug, kind(ctx, slug)))
            .to_vec(),
        title: quiz.row.title,
        stage: quiz.row.stage,
        id: quiz.row.id,
    })
}

/// `GET /bureau/quiz/{id}/export.gift`: the questions for other programs.
pub(super) async fn export(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let (name, text) = quiz::export(ctx.app(), ctx.actor(), &id).await?;
    Ok(file(text.into_bytes(), "text/plain; charset=utf-8", &name))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    corrige: String,
    seance: String,
}

/// `GET /bureau/quiz/{id}/papier.pdf`: to print, with corrections when `corrige=oui`.
pub(super) async fn paper(ctx: Ctx, Path(id): Path<String>, query: Query<Wanted>) -> Answer {
    let wanted = query.value;
    let session = Some(wanted.seance.as_str()).filter(|session| !session.is_empty());
    let corrected = wanted.corrige == "oui";
    let bytes = quiz::paper(
        ctx.app(),
        ctx.actor(),
        &id,
        session,
        corrected,
        ctx.language(),
    )
    .await?;
    let name = if corrected {
        "quiz-corrige.pdf"
    } else {
        "quiz.pdf"
    };
    Ok(crate::attendance::pdf(&bytes, name))
}

/// The way back to the list.
pub(super) fn crumbs(ctx: &Ctx, id: &str, title: &str) -> Vec<Link> {
    vec![
        Link::new(ctx.text("quiz-list"), LIST),
        Link::new(title, format!("{LIST}/{id}")),
    ]
}
