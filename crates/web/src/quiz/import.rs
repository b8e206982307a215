//! New quizzes from GIFT files, and other questions for those that are there.

use application::content::catalogue;
use application::quiz::{self, Fault, Import, Outcome};
use application::session::SessionOverview;
use axum::extract::Path;
use axum::http::StatusCode;
use documents::formats;
use domain::assessment::gift;
use domain::text::fold;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::LIST;
use super::words::why;
use crate::listing::{Choice, Link};
use crate::shell::{Answer, Ctx, FieldErrors, Flash, Page, Query, Upload, WebError};

/// A question that cannot be taken.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct FaultView {
    pub(super) line: usize,
    pub(super) name: String,
    pub(super) why: String,
}

/// The form of an import.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct ImportPage {
    pub(super) heading: String,
    pub(super) crumbs: Vec<Link>,
    pub(super) action: String,
    /// Whether it makes a new quiz.
    pub(super) fresh: bool,
    pub(super) form: Import,
    pub(super) modules: Vec<Choice>,
    pub(super) sessions: Vec<Choice>,
    /// Quizzes that come with the program: title of the module and address.
    pub(super) ready: Vec<Link>,
    pub(super) errors: FieldErrors,
    pub(super) faults: Vec<FaultView>,
    /// Questions that would have been good.
    pub(super) good: usize,
    pub(super) stale: bool,
}

impl Page for ImportPage {
    const TEMPLATE: &'static str = "quiz/import.html";
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    atelier: String,
    seance: String,
    pret: String,
}

fn title(ctx: &Ctx, module: &str) -> String {
    catalogue()
        .module(module)
        .map_or(module, |module| module.title.get(ctx.language()))
        .to_owned()
}

/// Every module, by title.
pub(super) fn modules(ctx: &Ctx) -> Vec<Choice> {
    let mut all: Vec<Choice> = catalogue()
        .modules()
        .map(|module| Choice::new(&module.slug, module.title.get(ctx.language())))
        .collect();
    all.sort_by_key(|choice| fold(&choice.label));
    all
}

/// A session among those to choose from.
pub(super) fn session(
    ctx: &Ctx,
    (session, zone): &(SessionOverview, TimeZone),
) -> Result<Choice, WebError> {
    let starts = Timestamp::from_millisecond(session.starts_at).map_err(WebError::internal)?;
    let starts = starts.to_zoned(zone.clone());
    let day = formats::date(ctx.language(), starts.date());
    Ok(Choice::new(
        &session.id,
        format!("{day}, {}", session.site_name),
    ))
}

async fn fresh(ctx: &Ctx, form: Import) -> Result<ImportPage, WebError> {
    let sessions = quiz::sessions_of(ctx.app(), ctx.actor(), &form.module).await?;
    Ok(ImportPage {
        heading: ctx.text("quiz-new"),
        crumbs: vec![Link::new(ctx.text("quiz-list"), LIST)],
        action: format!("{LIST}/nouveau"),
        fresh: true,
        modules: modules(ctx),
        sessions: sessions
            .iter()
            .map(|one| session(ctx, one))
            .collect::<Result<_, _>>()?,
        ready: quiz::ready(ctx.language())
            .into_iter()
            .map(|module| Link::new(title(ctx, module), format!("{LIST}/nouveau?pret={module}")))
            .collect(),
        form,
        ..ImportPage::default()
    })
}

/// `GET /bureau/quiz/nouveau`: a file, a text, or a quiz that comes with the program.
pub(super) async fn new(ctx: Ctx, query: Query<Wanted>) -> Answer {
    let wanted = query.value;
    let mut form = Import {
        module: wanted.atelier,
        session: wanted.seance,
        ..Import::default()
    };
    if let Some(text) = quiz::ready_text(&wanted.pret, ctx.language()) {
        form.title = title(&ctx, &wanted.pret);
        form.module = wanted.pret;
        text.clone_into(&mut form.text);
    }
    ctx.page(&fresh(&ctx, form).await?)
}

/// What was sent, the file's text in place of the one typed, and whether that is a text at all.
fn sent(upload: Upload<Import>) -> (Import, application::Result<()>) {
    let mut form = upload.fields;
    let read = match upload.files.first() {
        Some(file) => quiz::file_text(&file.content).map(|text| form.text = text),
        None => Ok(()),
    };
    (form, read)
}

/// `POST /bureau/quiz/nouveau`: makes the quiz, or says what is wrong with the questions, line by line.
pub(super) async fn create(ctx: Ctx, upload: Upload<Import>) -> Answer {
    let (form, read) = sent(upload);
    let outcome = match read {
        Ok(()) => quiz::create(ctx.app(), ctx.actor(), &form).await,
        Err(error) => Err(error),
    };
    match outcome {
        Ok(Outcome::Done {
            quiz,
            taken,
            left_out,
        }) => Ok(done(&ctx, &quiz, taken, &left_out)),
        Ok(Outcome::Refused { good, faults }) => {
            let mut page = fresh(&ctx, form).await?;
            refuse(&ctx, &mut page, good, &faults);
            ctx.invalid(&page)
        }
        Err(error) => {
            let mut page = fresh(&ctx, form).await?;
            page.errors = FieldErrors::of(error, ctx.language())?;
            ctx.invalid(&page)
        }
    }
}

fn refuse(ctx: &Ctx, page: &mut ImportPage, good: usize, faults: &[Fault]) {
    page.good = good;
    page.faults = faults
        .iter()
        .map(|fault| FaultView {
            line: fault.line,
            name: fault.name.clone(),
            why: why(ctx, &fault.why),
        })
        .collect();
    if faults.is_empty() {
        page.errors.add("text", ctx.text("quiz-import-nothing"));
    }
}

fn done(ctx: &Ctx, quiz: &str, taken: usize, left_out: &[Fault]) -> axum::response::Response {
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let text = ctx.text_with("quiz-imported", &[("count", count(taken).into())]);
    let mut flashes = vec![Flash::ok(text)];
    if !left_out.is_empty() {
        let lines: Vec<String> = left_out
            .iter()
            .map(|fault| fault.line.to_string())
            .collect();
        let lines = formats::list(ctx.language(), &lines);
        flashes.push(Flash::wait(ctx.text_with(
            "quiz-imported-without",
            &[
                ("count", count(left_out.len()).into()),
                ("lines", lines.into()),
            ],
        )));
    }
    ctx.redirect_with(&format!("{LIST}/{quiz}"), &flashes)
}

async fn other(ctx: &Ctx, id: &str, form: Option<Import>) -> Result<ImportPage, WebError> {
    let quiz = quiz::open(ctx.app(), ctx.actor(), id).await?;
    if !quiz.mine {
        return Err(WebError::forbidden());
    }
    let form = form.unwrap_or_else(|| Import {
        text: gift::write(&quiz.questions),
        version: quiz.row.version.to_string(),
        ..Import::default()
    });
    Ok(ImportPage {
        heading: ctx.text("quiz-import-again"),
        crumbs: vec![
            Link::new(ctx.text("quiz-list"), LIST),
            Link::new(&quiz.row.title, format!("{LIST}/{id}")),
        ],
        action: format!("{LIST}/{id}/importer"),
        form,
        ..ImportPage::default()
    })
}

/// `GET /bureau/quiz/{id}/importer`: the questions as a text to change, or another file.
pub(super) async fn again(ctx: Ctx, Path(id): Path<String>) -> Answer {
    ctx.page(&other(&ctx, &id, None).await?)
}

/// `POST /bureau/quiz/{id}/importer`: puts the questions in place of those there.
pub(super) async fn replace(ctx: Ctx, Path(id): Path<String>, upload: Upload<Import>) -> Answer {
    let (form, read) = sent(upload);
    let outcome = match read {
        Ok(()) => quiz::replace(ctx.app(), ctx.actor(), &id, &form).await,
        Err(error) => Err(error),
    };
    match outcome {
        Ok(Outcome::Done {
            quiz,
            taken,
            left_out,
        }) => Ok(done(&ctx, &quiz, taken, &left_out)),
        Ok(Outcome::Refused { good, faults }) => {
            let mut page = other(&ctx, &id, Some(form)).await?;
            refuse(&ctx, &mut page, good, &faults);
            ctx.invalid(&page)
        }
        Err(application::Error::Stale) => {
            let version = quiz::open(ctx.app(), ctx.actor(), &id).await?.row.version;
            let mut page = other(&ctx, &id, Some(form)).await?;
            page.form.version = version.to_string();
            page.stale = true;
            ctx.page_with(StatusCode::CONFLICT, &page)
        }
        Err(error) => {
            let mut page = other(&ctx, &id, Some(form)).await?;
            page.errors = FieldErrors::of(error, ctx.language())?;
            ctx.invalid(&page)
        }
    }
}
