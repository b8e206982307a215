//! Editing one question by a form.

use application::quiz::{self, Quiz, Saved};
use axum::extract::Path;
use axum::http::StatusCode;
use domain::quiz::{Draft, KINDS, Row};
use serde::{Deserialize, Serialize};

use super::LIST;
use super::page::crumbs;
use super::view::{MadeView, made};
use super::words::{kind, why};
use crate::listing::{Choice, Confirm, Link, done};
use crate::shell::error::refusal;
use crate::shell::{Answer, Ctx, Flash, Form, Page, Query, WebError};

/// Empty lines after those filled in.
const MORE_LINES: usize = 3;

/// A line of the form.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct RowView {
    pub(super) number: usize,
    pub(super) row: Row,
    /// What it may be worth.
    pub(super) worths: Vec<Choice>,
}

/// The form of a question.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct QuestionPage {
    pub(super) heading: String,
    pub(super) crumbs: Vec<Link>,
    pub(super) action: String,
    pub(super) kind: String,
    pub(super) kind_name: String,
    pub(super) draft: Draft,
    pub(super) rows: Vec<RowView>,
    pub(super) version: i64,
    /// What is wrong.
    pub(super) fault: Option<String>,
    /// The question as somebody else left it meanwhile.
    pub(super) stale: bool,
    pub(super) stored: Option<MadeView>,
}

impl Page for QuestionPage {
    const TEMPLATE: &'static str = "quiz/question.html";
}

/// A question as sent: lines as lists of the same length.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    kind: String,
    text: String,
    after: String,
    answer: Vec<String>,
    other: Vec<String>,
    worth: Vec<String>,
    said: Vec<String>,
    truth: String,
    if_wrong: String,
    if_right: String,
    feedback: String,
    version: String,
}

impl Sent {
    fn draft(&self) -> Draft {
        let at = |list: &[String], place: usize| list.get(place).cloned().unwrap_or_default();
        Draft {
            kind: self.kind.clone(),
            text: self.text.clone(),
            after: self.after.clone(),
            rows: (0..self.answer.len())
                .map(|place| Row {
                    text: at(&self.answer, place),
                    other: at(&self.other, place),
                    worth: at(&self.worth, place),
                    feedback: at(&self.said, place),
                })
                .collect(),
            truth: self.truth.clone(),
            if_wrong: self.if_wrong.clone(),
            if_right: self.if_right.clone(),
            feedback: self.feedback.clone(),
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    genre: String,
}

fn page(ctx: &Ctx, quiz: &Quiz, place: Option<usize>, draft: Draft) -> QuestionPage {
    let id = &quiz.row.id;
    let mut rows: Vec<Row> = draft
        .rows
        .iter()
        .filter(|row| **row != Row::default())
        .cloned()
        .collect();
    let fresh = Row {
        worth: if draft.kind == "single" || draft.kind == "multiple" {
            "no"
        } else {
            "yes"
        }
        .to_owned(),
        ..Row::default()
    };
    if !matches!(draft.kind.as_str(), "truth" | "description") {
        rows.extend(std::iter::repeat_n(fresh, MORE_LINES));
    }
    let worths = |worth: &str| {
        let mut all = vec![
            Choice::new("yes", ctx.text("quiz-worth-yes")),
            Choice::new("no", ctx.text("quiz-worth-no")),
        ];
        if !matches!(worth, "yes" | "no" | "") {
            let part = ctx.text_with("quiz-worth-part", &[("percent", worth.into())]);
            all.push(Choice::new(worth, part));
        }
        all
    };
    QuestionPage {
        heading: ctx.text(if place.is_some() {
            "quiz-question-edit"
        } else {
            "quiz-question-new"
        }),
        crumbs: crumbs(ctx, id, &quiz.row.title),
        action: match place {
            Some(place) => format!("{LIST}/{id}/questions/{place}"),
            None => format!("{LIST}/{id}/questions/nouvelle"),
        },
        kind: draft.kind.clone(),
        kind_name: kind(ctx, &draft.kind),
        rows: rows
            .into_iter()
            .enumerate()
            .map(|(index, row)| RowView {
                number: index + 1,
                worths: worths(&row.worth),
                row,
            })
            .collect(),
        draft,
        version: quiz.row.version,
        ..QuestionPage::default()
    }
}

/// The place of a question in an address; anything else is an address that does not exist.
fn place_of(part: &str) -> Result<usize, WebError> {
    part.parse().map_err(|_| WebError::not_found())
}

async fn mine(ctx: &Ctx, id: &str) -> Result<Quiz, WebError> {
    let quiz = quiz::open(ctx.app(), ctx.actor(), id).await?;
    if quiz.mine {
        Ok(quiz)
    } else {
        Err(WebError::forbidden())
    }
}

/// `GET /bureau/quiz/{id}/questions/nouvelle`: an empty question of a kind.
pub(super) async fn new(ctx: Ctx, Path(id): Path<String>, query: Query<Wanted>) -> Answer {
    let quiz = mine(&ctx, &id).await?;
    let wanted = query.value.genre;
    let kind = KINDS.into_iter().find(|kind| *kind == wanted);
    ctx.page(&page(
        &ctx,
        &quiz,
        None,
        Draft::new(kind.unwrap_or("single")),
    ))
}

/// `GET /bureau/quiz/{id}/questions/{place}`: a question to change.
pub(super) async fn edit(ctx: Ctx, Path((id, place)): Path<(String, String)>) -> Answer {
    let place = place_of(&place)?;
    let quiz = mine(&ctx, &id).await?;
    let draft = quiz::draft(&quiz.questions, place)?;
    ctx.page(&page(&ctx, &quiz, Some(place), draft))
}

/// `POST /bureau/quiz/{id}/questions/nouvelle`: adds it at the end.
pub(super) async fn add(ctx: Ctx, Path(id): Path<String>, Form(sent): Form<Sent>) -> Answer {
    keep(&ctx, &id, None, &sent).await
}

/// `POST /bureau/quiz/{id}/questions/{place}`: keeps it.
pub(super) async fn save(
    ctx: Ctx,
    Path((id, place)): Path<(String, String)>,
    Form(sent): Form<Sent>,
) -> Answer {
    keep(&ctx, &id, Some(place_of(&place)?), &sent).await
}

async fn keep(ctx: &Ctx, id: &str, place: Option<usize>, sent: &Sent) -> Answer {
    let draft = sent.draft();
    let outcome =
        quiz::save_question(ctx.app(), ctx.actor(), id, place, &draft, &sent.version).await;
    let said = match outcome {
        Ok(Saved::Done(place)) => {
            let to = format!("{LIST}/{id}#question-{place}");
            return Ok(done(ctx, &to, "quiz-question-saved"));
        }
        Ok(Saved::Wrong(wrong)) => Some(why(ctx, &wrong)),
        Err(application::Error::Refused(refused)) => Some(refusal(&refused, ctx.language())),
        Err(application::Error::Stale) => None,
        Err(error) => return Err(error.into()),
    };
    let quiz = mine(ctx, id).await?;
    let place = place.filter(|place| *place < quiz.questions.len());
    let mut shown = page(ctx, &quiz, place, draft);
    let status = if said.is_some() {
        // The same version again: only what was typed is wrong.
        shown.version = sent.version.trim().parse().unwrap_or(quiz.row.version);
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        shown.stale = true;
        let stored = made(ctx, id, &quiz.questions);
        shown.stored = place.and_then(|place| stored.into_iter().nth(place));
        StatusCode::CONFLICT
    };
    shown.fault = said;
    ctx.page_with(status, &shown)
}

/// What a button of a question sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Pressed {
    vers: String,
    version: String,
}

/// `POST …/deplacer`: one place up or down.
pub(super) async fn shift(
    ctx: Ctx,
    Path((id, place)): Path<(String, String)>,
    Form(sent): Form<Pressed>,
) -> Answer {
    let place = place_of(&place)?;
    let up = sent.vers == "haut";
    let moved = quiz::move_question(ctx.app(), ctx.actor(), &id, place, up, &sent.version).await;
    let page = format!("{LIST}/{id}");
    match moved {
        Ok(place) => Ok(ctx.redirect(&format!("{page}#question-{place}"))),
        Err(error) => look_again(&ctx, &page, error),
    }
}

/// After another change the place may be another question's: nothing is done, and the page shows what there is now.
fn look_again(ctx: &Ctx, page: &str, error: application::Error) -> Answer {
    let text = match error {
        application::Error::Stale => ctx.text("quiz-question-stale"),
        application::Error::Refused(refused) => refusal(&refused, ctx.language()),
        other => return Err(other.into()),
    };
    Ok(ctx.redirect_with(page, &[Flash::bad(text)]))
}

/// `GET …/retirer`: is it really meant?
pub(super) async fn ask_remove(ctx: Ctx, Path((id, place)): Path<(String, String)>) -> Answer {
    let place = place_of(&place)?;
    let quiz = mine(&ctx, &id).await?;
    let shown = made(&ctx, &id, &quiz.questions);
    let question = shown.get(place).ok_or_else(WebError::not_found)?;
    ctx.page(&Confirm {
        title: ctx.text("quiz-question-remove"),
        text: question.label.clone(),
        yes: ctx.text("quiz-question-remove"),
        action: format!("{LIST}/{id}/questions/{place}/retirer"),
        back: Link::new(quiz.row.title, format!("{LIST}/{id}")),
        version: quiz.row.version,
    })
}

/// `POST …/retirer`: takes it away.
pub(super) async fn remove(
    ctx: Ctx,
    Path((id, place)): Path<(String, String)>,
    Form(sent): Form<Pressed>,
) -> Answer {
    let place = place_of(&place)?;
    let removed = quiz::remove_question(ctx.app(), ctx.actor(), &id, place, &sent.version).await;
    let page = format!("{LIST}/{id}");
    match removed {
        Ok(()) => Ok(done(&ctx, &page, "quiz-question-removed")),
        Err(error) => look_again(&ctx, &page, error),
    }
}
