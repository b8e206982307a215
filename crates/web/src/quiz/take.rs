//! Answering a quiz: on one's own pages, through a letter's link, or, for its maker, to try it out.

use std::collections::BTreeMap;

use application::quiz::{self, HandIn, Sent, Sheet, Taking, Who};
use application::{Error, content};
use axum::extract::Path;
use domain::assessment::gift::Question;
use domain::quiz::Unreadable;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::LIST;
use super::view::{QuestionView, ToldView, errors, questions, told};
use crate::listing::Link;
use crate::shell::{Answer, Ctx, FieldErrors, Flash, Form, Page, Query, WebError};

/// What is sent along with the answers.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Hidden {
    pub(super) name: &'static str,
    pub(super) value: String,
}

/// The quiz to be answered.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct TakePage {
    pub(super) title: String,
    pub(super) module: String,
    pub(super) day: Option<Date>,
    pub(super) preview: bool,
    pub(super) crumbs: Vec<Link>,
    pub(super) action: String,
    pub(super) hidden: Vec<Hidden>,
    pub(super) questions: Vec<QuestionView>,
    pub(super) errors: FieldErrors,
    /// Whether all that is wrong is that something is missing.
    pub(super) may_leave_out: bool,
}

impl Page for TakePage {
    const TEMPLATE: &'static str = "quiz/take.html";
}

/// The quiz with its correction.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct SheetPage {
    pub(super) title: String,
    pub(super) module: String,
    pub(super) day: Option<Date>,
    pub(super) preview: bool,
    pub(super) crumbs: Vec<Link>,
    pub(super) right: usize,
    pub(super) asked: usize,
    pub(super) told: Vec<ToldView>,
    /// Where it can be answered again.
    pub(super) again: Option<String>,
    pub(super) others: Vec<Link>,
    pub(super) back: Link,
}

impl Page for SheetPage {
    const TEMPLATE: &'static str = "quiz/sheet.html";
}

/// What an address asks besides.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    encore: String,
    cle: String,
    quiz: String,
}

type Fields = BTreeMap<String, Vec<String>>;

/// By which way somebody came: their own pages, or a letter's link.
struct Way {
    session: String,
    /// The person and the key, for a link.
    key: Option<(String, String)>,
}

impl Way {
    fn who<'a>(&'a self, ctx: &'a Ctx) -> Who<'a> {
        match &self.key {
            Some((person, key)) => Who::Keyed { person, key },
            None => Who::Signed(ctx.actor()),
        }
    }

    fn address(&self, quiz: &str, more: &str) -> String {
        match &self.key {
            Some((person, key)) => {
                format!(
                    "/quiz/{}/{person}?cle={key}&quiz={quiz}{more}",
                    self.session
                )
            }
            None => {
                let more = more.trim_start_matches('&');
                let mark = if more.is_empty() { "" } else { "?" };
                format!(
                    "/mon-espace/seances/{}/quiz/{quiz}{mark}{more}",
                    self.session
                )
            }
        }
    }

    fn action(&self, quiz: &str) -> String {
        match &self.key {
            Some((person, _)) => format!("/quiz/{}/{person}", self.session),
            None => self.address(quiz, ""),
        }
    }

    fn crumbs(&self, ctx: &Ctx) -> Vec<Link> {
        match &self.key {
            Some(_) => Vec::new(),
            None => vec![Link::new(ctx.text("space-title"), "/mon-espace")],
        }
    }

    fn hidden(&self, taking: &Taking) -> Vec<Hidden> {
        let mut hidden = vec![
            Hidden {
                name: "revision",
                value: taking.revision.to_string(),
            },
            Hidden {
                name: "turn",
                value: taking.turn.to_string(),
            },
        ];
        if let Some((_, key)) = &self.key {
            hidden.push(Hidden {
                name: "cle",
                value: key.clone(),
            });
            hidden.push(Hidden {
                name: "quiz",
                value: taking.quiz.id.clone(),
            });
        }
        hidden
    }

    fn back(&self, ctx: &Ctx) -> Link {
        match &self.key {
            Some(_) => Link::new(ctx.text("quiz-back-home"), "/"),
            None => Link::new(ctx.text("quiz-back-space"), "/mon-espace"),
        }
    }
}

/// `GET /mon-espace/seances/{session}/quiz/{quiz}`: the quiz of a session of one's own, or its correction.
pub(super) async fn own(
    ctx: Ctx,
    Path((session, quiz)): Path<(String, String)>,
    asked: Query<Asked>,
) -> Answer {
    crate::space::participant(&ctx)?;
    let way = Way { session, key: None };
    show(&ctx, &way, Some(&quiz), &asked.value.encore).await
}

/// `GET /quiz/{session}/{person}`: the same through the link of a letter.
pub(super) async fn keyed(
    ctx: Ctx,
    Path((session, person)): Path<(String, String)>,
    asked: Query<Asked>,
) -> Answer {
    let asked = asked.value;
    let way = Way {
        session,
        key: Some((person, asked.cle)),
    };
    let quiz = Some(asked.quiz.as_str()).filter(|quiz| !quiz.is_empty());
    show(&ctx, &way, quiz, &asked.encore).await
}

async fn show(ctx: &Ctx, way: &Way, quiz: Option<&str>, again: &str) -> Answer {
    let taking = quiz::take(ctx.app(), way.who(ctx), &way.session, quiz).await?;
    match &taking.last {
        Some((_, questions, answers)) if again != "oui" || !taking.open => {
            let sheet = quiz::told(&taking.quiz.id, questions, answers);
            ctx.page(&SheetPage {
                again: taking
                    .open
                    .then(|| way.address(&taking.quiz.id, "&encore=oui")),
                others: taking
                    .others
                    .iter()
                    .map(|(id, title)| Link::new(title, way.address(id, "")))
                    .collect(),
                back: way.back(ctx),
                crumbs: way.crumbs(ctx),
                day: Some(day(&taking)?),
                ..sheet_page(ctx, &taking.quiz.title, &taking.quiz.module, &sheet)
            })
        }
        _ => ctx.page(&take_page(
            ctx,
            way,
            &taking,
            &taking.questions,
            &Fields::new(),
        )?),
    }
}

fn sheet_page(ctx: &Ctx, title: &str, module: &str, sheet: &Sheet) -> SheetPage {
    SheetPage {
        title: title.to_owned(),
        module: module_title(ctx, module),
        right: sheet.score.right,
        asked: sheet.score.asked,
        told: told(ctx, sheet),
        ..SheetPage::default()
    }
}

fn take_page(
    ctx: &Ctx,
    way: &Way,
    taking: &Taking,
    asked: &[Question],
    sent: &Fields,
) -> Result<TakePage, WebError> {
    Ok(TakePage {
        title: taking.quiz.title.clone(),
        module: module_title(ctx, &taking.quiz.module),
        day: Some(day(taking)?),
        crumbs: way.crumbs(ctx),
        action: way.action(&taking.quiz.id),
        hidden: way.hidden(taking),
        questions: questions(ctx, &taking.quiz.id, asked, sent),
        ..TakePage::default()
    })
}

fn day(taking: &Taking) -> Result<Date, WebError> {
    let starts =
        Timestamp::from_millisecond(taking.session.starts_at).map_err(WebError::internal)?;
    Ok(starts.to_zoned(taking.zone.clone()).date())
}

fn module_title(ctx: &Ctx, slug: &str) -> String {
    content::catalogue()
        .module(slug)
        .map_or(slug, |module| module.title.get(ctx.language()))
        .to_owned()
}

/// `POST /mon-espace/seances/{session}/quiz/{quiz}`: hands the answers in.
pub(super) async fn hand_in_own(
    ctx: Ctx,
    Path((session, quiz)): Path<(String, String)>,
    Form(fields): Form<Fields>,
) -> Answer {
    crate::space::participant(&ctx)?;
    let way = Way { session, key: None };
    hand_in(&ctx, &way, &quiz, fields).await
}

/// `POST /quiz/{session}/{person}`: the same through a link.
pub(super) async fn hand_in_keyed(
    ctx: Ctx,
    Path((session, person)): Path<(String, String)>,
    Form(fields): Form<Fields>,
) -> Answer {
    let way = Way {
        session,
        key: Some((person, first(&fields, "cle"))),
    };
    let quiz = first(&fields, "quiz");
    hand_in(&ctx, &way, &quiz, fields).await
}

fn first(fields: &Fields, name: &str) -> String {
    fields
        .get(name)
        .and_then(|all| all.first())
        .cloned()
        .unwrap_or_default()
}

async fn hand_in(ctx: &Ctx, way: &Way, quiz: &str, fields: Fields) -> Answer {
    let number = |name: &str| first(&fields, name).trim().parse().unwrap_or_default();
    let sent = Sent {
        revision: number("revision"),
        turn: number("turn"),
        anyway: first(&fields, "anyway") == "oui",
        values: fields.clone(),
    };
    match quiz::hand_in(ctx.app(), way.who(ctx), &way.session, quiz, &sent).await {
        Ok(HandIn::Done(_)) => {
            let flash = Flash::ok(ctx.text("quiz-handed-in"));
            Ok(ctx.redirect_with(&way.address(quiz, ""), &[flash]))
        }
        Ok(HandIn::Incomplete(wrong)) => {
            let mut taking = quiz::take(ctx.app(), way.who(ctx), &way.session, Some(quiz)).await?;
            let asked = quiz::questions_at(ctx.app(), &taking, sent.revision).await?;
            taking.revision = sent.revision;
            taking.turn = sent.turn;
            let mut page = take_page(ctx, way, &taking, &asked, &fields)?;
            page.errors = errors(ctx, &wrong);
            page.may_leave_out = all_missing(&wrong);
            ctx.invalid(&page)
        }
        // What was handed in already is shown, with the reason.
        Err(Error::Refused(refused)) if refused.key == "quiz-refused-answered" => {
            let flash = Flash::bad(ctx.text("quiz-refused-answered"));
            Ok(ctx.redirect_with(&way.address(quiz, ""), &[flash]))
        }
        Err(error) => Err(error.into()),
    }
}

fn all_missing(wrong: &[(usize, Unreadable)]) -> bool {
    wrong.iter().all(|(_, wrong)| *wrong == Unreadable::Missing)
}

/// `GET /bureau/quiz/{id}/apercu`: the quiz as participants will see it.
pub(super) async fn preview(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let quiz = quiz::open(ctx.app(), ctx.actor(), &id).await?;
    ctx.page(&preview_page(&ctx, &quiz, &Fields::new()))
}

fn preview_page(ctx: &Ctx, quiz: &quiz::Quiz, sent: &Fields) -> TakePage {
    let here = format!("{LIST}/{}", quiz.row.id);
    TakePage {
        title: quiz.row.title.clone(),
        module: module_title(ctx, &quiz.row.module),
        preview: true,
        crumbs: vec![
            Link::new(ctx.text("quiz-list"), LIST),
            Link::new(&quiz.row.title, &here),
        ],
        action: format!("{here}/apercu"),
        questions: questions(ctx, &quiz.row.id, &quiz.questions, sent),
        ..TakePage::default()
    }
}

/// `POST /bureau/quiz/{id}/apercu`: the correction of answers that are kept nowhere.
pub(super) async fn try_out(
    ctx: Ctx,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Answer {
    let quiz = quiz::open(ctx.app(), ctx.actor(), &id).await?;
    let (answers, wrong) = quiz::readings(&quiz.questions, &fields);
    let stops = wrong.iter().any(|(_, wrong)| *wrong != Unreadable::Missing);
    let anyway = first(&fields, "anyway") == "oui";
    if stops || (!wrong.is_empty() && !anyway) {
        let mut page = preview_page(&ctx, &quiz, &fields);
        page.errors = errors(&ctx, &wrong);
        page.may_leave_out = all_missing(&wrong);
        return ctx.invalid(&page);
    }
    let sheet = quiz::told(&quiz.row.id, &quiz.questions, &answers);
    let here = format!("{LIST}/{}", quiz.row.id);
    ctx.page(&SheetPage {
        preview: true,
        crumbs: vec![
            Link::new(ctx.text("quiz-list"), LIST),
            Link::new(&quiz.row.title, &here),
        ],
        again: Some(format!("{here}/apercu")),
        back: Link::new(ctx.text("quiz-back-quiz"), &here),
        ..sheet_page(&ctx, &quiz.row.title, &quiz.row.module, &sheet)
    })
}
