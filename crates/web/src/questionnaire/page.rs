//! One page of questions.

use std::collections::BTreeMap;

use application::people::commune_label;
use application::questionnaire::{self, Opened, Saved};
use axum::extract::Path;
use axum::http::StatusCode;
use domain::questionnaire::{Answer as Given, AnswerError, PageEntry, Question};
use serde::Serialize;

use super::{Key, address, where_to_go_on, words};
use crate::listing::Choice;
use crate::shell::{Answer, Ctx, FieldErrors, Form, Page, Query, WebError};

/// A question as it is asked, with what was answered or typed.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Asked {
    pub(crate) slug: String,
    pub(crate) kind: &'static str,
    pub(crate) label: String,
    pub(crate) help: String,
    pub(crate) required: bool,
    pub(crate) options: Vec<Choice>,
    pub(crate) values: Vec<String>,
    pub(crate) value: String,
}

/// What is stored where something else was typed in another tab.
#[derive(Debug, Serialize)]
pub(crate) struct Stored {
    pub(crate) label: String,
    pub(crate) answer: String,
}

#[derive(Debug, Default, Serialize)]
pub(super) struct Questions {
    pub(super) title: String,
    pub(super) intro: String,
    pub(super) step: usize,
    pub(super) steps: usize,
    pub(super) questions: Vec<Asked>,
    pub(super) days: Vec<Choice>,
    pub(super) moments: Vec<Choice>,
    pub(super) absent: Vec<String>,
    pub(super) errors: FieldErrors,
    pub(super) stale: bool,
    pub(super) stored: Vec<Stored>,
    pub(super) version: i64,
    pub(super) action: String,
    pub(super) back: String,
}

impl Page for Questions {
    const TEMPLATE: &'static str = "questionnaire/page.html";
}

/// An answer as the values of a form.
pub(crate) fn values(answer: &Given) -> Vec<String> {
    match answer {
        Given::Choice(value) | Given::Text(value) => vec![value.clone()],
        Given::Choices(values) => values.iter().cloned().collect(),
        Given::Number(number) => vec![number.to_string()],
        Given::Week(week) => week.cells().map(|cell| cell.to_string()).collect(),
        Given::Commune(commune) => vec![commune_label(&commune.code)],
    }
}

/// A question with the values of a form.
pub(crate) fn asked(
    ctx: &Ctx,
    question: &Question,
    values: Vec<String>,
    error: Option<&AnswerError>,
) -> Asked {
    let language = ctx.language();
    let mut asked = Asked {
        slug: question.slug.clone(),
        kind: words::kind(question),
        label: question.label.get(language).to_owned(),
        help: question
            .help
            .as_ref()
            .map_or("", |help| help.get(language))
            .to_owned(),
        required: question.required,
        options: words::options(ctx, question),
        value: values.first().cloned().unwrap_or_default(),
        values,
    };
    if let Some(AnswerError::SeveralCommunes { among, .. }) = error {
        asked.kind = "communes";
        asked.options = among
            .iter()
            .map(|commune| {
                let label = commune_label(&commune.code);
                Choice::new(&label, label.clone())
            })
            .collect();
    }
    asked
}

/// The page with what is stored, or, after an attempt, with what was typed.
fn questions(
    ctx: &Ctx,
    opened: &Opened,
    slug: &str,
    entry: Option<&PageEntry>,
) -> Result<Questions, WebError> {
    let questionnaire = opened.offered.questionnaire;
    let page = questionnaire.page(slug).ok_or_else(WebError::not_found)?;
    let pages = questionnaire.progress(&opened.answers);
    let place = pages.iter().position(|progress| progress.page.slug == slug);
    let place = place.ok_or_else(WebError::not_found)?;
    let mut errors = FieldErrors::default();
    let mut list = Vec::new();
    for question in questionnaire.asked_on(page, &opened.answers) {
        let error = entry.and_then(|entry| entry.errors.get(&question.slug));
        if let Some(error) = error {
            errors.add(question.slug.clone(), words::wrong(ctx, question, error));
        }
        let values = match entry {
            Some(entry) => entry.typed.get(&question.slug).cloned().unwrap_or_default(),
            None => opened
                .answers
                .get(&question.slug)
                .map(values)
                .unwrap_or_default(),
        };
        list.push(asked(ctx, question, values, error));
    }
    let before = place.checked_sub(1).and_then(|place| pages.get(place));
    Ok(Questions {
        title: page.title.get(ctx.language()).to_owned(),
        intro: page
            .intro
            .as_ref()
            .map_or("", |intro| intro.get(ctx.language()))
            .to_owned(),
        step: place + 1,
        steps: pages.len() + 1,
        questions: list,
        days: words::days(ctx),
        moments: words::moments(ctx),
        absent: words::absent(),
        errors,
        stale: false,
        stored: Vec::new(),
        version: opened.response.version,
        action: address(opened, slug),
        back: before.map_or_else(
            || "/questionnaire".to_owned(),
            |progress| address(opened, &progress.page.slug),
        ),
    })
}

/// `GET /questionnaire/{id}/{page}`: one theme.
pub(super) async fn show(
    ctx: Ctx,
    Path((id, page)): Path<(String, String)>,
    key: Query<Key>,
) -> Answer {
    let opened = questionnaire::open(ctx.app(), &id, &key.value.cle).await?;
    if opened.response.completed_at.is_some() {
        return Ok(ctx.redirect(&address(&opened, "parcours")));
    }
    ctx.page(&questions(&ctx, &opened, &page, None)?)
}

fn one<'a>(raw: &'a [(String, String)], name: &str) -> Option<&'a str> {
    raw.iter()
        .find(|(other, _)| other == name)
        .map(|(_, value)| value.as_str())
}

/// `POST /questionnaire/{id}/{page}`: keeps the page and goes on, stops, or shows what is wrong with it.
pub(super) async fn save(
    ctx: Ctx,
    Path((id, page)): Path<(String, String)>,
    key: Query<Key>,
    Form(raw): Form<Vec<(String, String)>>,
) -> Answer {
    let key = key.value.cle;
    let stopping = one(&raw, "suite") == Some("pause");
    let version = one(&raw, "version").and_then(|version| version.parse().ok());
    let saved = questionnaire::save_page(
        ctx.app(),
        &id,
        &key,
        &page,
        &raw,
        version.unwrap_or_default(),
        stopping,
    )
    .await;
    match saved {
        Ok(Saved::Kept(opened)) if stopping => Ok(ctx.redirect(&address(&opened, "pause"))),
        Ok(Saved::Kept(opened)) => Ok(ctx.redirect(&where_to_go_on(&opened))),
        Ok(Saved::Wrong(wrong)) => {
            let (opened, entry) = *wrong;
            ctx.invalid(&questions(&ctx, &opened, &page, Some(&entry))?)
        }
        Err(application::Error::Stale) => stale(&ctx, &id, &key, &page, &raw).await,
        Err(application::Error::Refused(_)) => {
            let opened = questionnaire::open(ctx.app(), &id, &key).await?;
            Ok(ctx.redirect(&where_to_go_on(&opened)))
        }
        Err(error) => Err(error.into()),
    }
}

/// The page was answered in another tab meanwhile: what was typed here, beside what is kept.
async fn stale(ctx: &Ctx, id: &str, key: &str, slug: &str, raw: &[(String, String)]) -> Answer {
    let opened = questionnaire::open(ctx.app(), id, key).await?;
    let questionnaire = opened.offered.questionnaire;
    let page = questionnaire.page(slug).ok_or_else(WebError::not_found)?;
    let mut typed: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, value) in raw.iter().filter(|(_, value)| !value.trim().is_empty()) {
        typed.entry(name.clone()).or_default().push(value.clone());
    }
    let mut stored = Vec::new();
    for question in questionnaire.asked_on(page, &opened.answers) {
        let Some(answer) = opened.answers.get(&question.slug) else {
            continue;
        };
        let mut here = typed.get(&question.slug).cloned().unwrap_or_default();
        let mut kept = values(answer);
        here.sort();
        kept.sort();
        if here != kept {
            stored.push(Stored {
                label: question.label.get(ctx.language()).to_owned(),
                answer: questionnaire.in_words(question, answer, ctx.language()),
            });
        }
    }
    let entry = PageEntry {
        typed,
        ..PageEntry::default()
    };
    let page = Questions {
        stale: true,
        stored,
        ..questions(ctx, &opened, slug, Some(&entry))?
    };
    ctx.page_with(StatusCode::CONFLICT, &page)
}
