//! Entering sheets of paper: what stands on the sheet is typed, one field a question, the keyboard alone.

use application::Error;
use application::quiz::{self, Entered, Entry, EntryForm};
use axum::extract::Path;
use axum::http::StatusCode;
use domain::quiz::{Asked, Put, letter};
use serde::{Deserialize, Serialize};

use super::view::{errors, label};
use crate::listing::Link;
use crate::shell::error::refusal;
use crate::shell::{Answer, Ctx, FieldErrors, Flash, Form, Page, Query, WebError};

/// A question of the sheet.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Line {
    pub(super) name: String,
    pub(super) label: String,
    /// Letters with what they stand for.
    pub(super) options: Vec<(String, String)>,
    /// The left sides to which a letter belongs, in order.
    pub(super) sides: Vec<String>,
    /// How it is typed.
    pub(super) hint: String,
    pub(super) value: String,
}

/// Somebody of the list.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Other {
    pub(super) name: String,
    pub(super) href: String,
    pub(super) done: bool,
    pub(super) current: bool,
}

/// The page of one sheet.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct EntryPage {
    pub(super) title: String,
    pub(super) name: String,
    pub(super) crumbs: Vec<Link>,
    pub(super) action: String,
    pub(super) revision: i64,
    /// The newest state of the questions, if the sheet shows another.
    pub(super) newest: Option<i64>,
    /// Other states, to be chosen when the paper is older.
    pub(super) revisions: Vec<Link>,
    pub(super) version: Option<i64>,
    pub(super) on_screen: bool,
    pub(super) lines: Vec<Line>,
    pub(super) people: Vec<Other>,
    pub(super) errors: FieldErrors,
    pub(super) refused: Option<String>,
    pub(super) stale: bool,
}

impl Page for EntryPage {
    const TEMPLATE: &'static str = "quiz/entry.html";
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    version: String,
}

/// A sheet as sent: the texts in order of the questions.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    revision: String,
    version: String,
    typed: Vec<String>,
}

fn address(session: &str, quiz: &str, person: &str) -> String {
    format!("/formateur/seances/{session}/quiz/{quiz}/saisie/{person}")
}

fn line(ctx: &Ctx, put: &Put, value: &str) -> Option<Line> {
    let lettered = |choices: &[domain::quiz::Choice]| {
        choices
            .iter()
            .enumerate()
            .map(|(index, choice)| (letter(index).to_string(), choice.text.clone()))
            .collect()
    };
    let (options, hint) = match &put.asked {
        Asked::Nothing => return None,
        Asked::One(choices) => (lettered(choices), "quiz-entry-one"),
        Asked::Several(choices) => (lettered(choices), "quiz-entry-several"),
        Asked::Truth => (Vec::new(), "quiz-entry-truth"),
        Asked::Words => (Vec::new(), "quiz-entry-words"),
        Asked::Number => (Vec::new(), "quiz-entry-number"),
        Asked::Pairs { right, .. } => (lettered(right), "quiz-entry-pairs"),
    };
    Some(Line {
        name: format!("q{}", put.place),
        label: label(put),
        options,
        sides: match &put.asked {
            Asked::Pairs { left, .. } => left.iter().map(|side| side.text.clone()).collect(),
            _ => Vec::new(),
        },
        hint: ctx.text(hint),
        value: value.to_owned(),
    })
}

fn page(ctx: &Ctx, entry: &Entry, person: &str, typed: &[String]) -> EntryPage {
    let (session, quiz) = (&entry.session.id, &entry.quiz.id);
    let here = address(session, quiz, person);
    EntryPage {
        title: entry.quiz.title.clone(),
        name: entry.name.clone(),
        crumbs: vec![
            Link::new(ctx.text("attendance-days"), "/formateur"),
            Link::new(
                ctx.text("quiz-of-session"),
                format!("/formateur/seances/{session}/quiz"),
            ),
        ],
        revision: entry.revision,
        newest: (entry.revision != entry.quiz.revision).then_some(entry.quiz.revision),
        revisions: (1..=entry.quiz.revision)
            .rev()
            .filter(|number| *number != entry.revision)
            .map(|number| {
                let words = ctx.text_with("quiz-revision", &[("number", number.into())]);
                Link::new(words, format!("{here}?version={number}"))
            })
            .collect(),
        version: entry.version,
        on_screen: entry.on_screen,
        lines: entry
            .put
            .iter()
            .filter_map(|put| line(ctx, put, typed.get(put.place).map_or("", String::as_str)))
            .collect(),
        people: entry
            .people
            .iter()
            .map(|(id, name, done)| Other {
                name: name.clone(),
                href: address(session, quiz, id),
                done: *done,
                current: id == person,
            })
            .collect(),
        action: here,
        ..EntryPage::default()
    }
}

async fn load(ctx: &Ctx, of: (&str, &str, &str), revision: Option<i64>) -> Result<Entry, WebError> {
    Ok(quiz::entry(ctx.app(), ctx.actor(), of, revision, ctx.language()).await?)
}

/// `GET …/saisie/{person}`: the sheet of one person; `version` names the state of the questions that the paper shows.
pub(super) async fn show(
    ctx: Ctx,
    Path((session, quiz, person)): Path<(String, String, String)>,
    query: Query<Wanted>,
) -> Answer {
    let revision = query.value.version.trim().parse().ok();
    let entry = load(&ctx, (&session, &quiz, &person), revision).await?;
    ctx.page(&page(&ctx, &entry, &person, &entry.typed))
}

/// The texts by place of the question: nothing is typed for texts between questions.
fn by_place(entry: &Entry, typed: &[String]) -> Vec<String> {
    let mut typed = typed.iter();
    entry
        .put
        .iter()
        .map(|put| match put.asked {
            Asked::Nothing => String::new(),
            _ => typed.next().cloned().unwrap_or_default(),
        })
        .collect()
}

/// `POST …/saisie/{person}`: keeps the sheet, then on to the next person.
pub(super) async fn save(
    ctx: Ctx,
    Path((session, quiz, person)): Path<(String, String, String)>,
    Form(sent): Form<Sent>,
) -> Answer {
    let of = (session.as_str(), quiz.as_str(), person.as_str());
    let revision = sent.revision.trim().parse().ok();
    let entry = load(&ctx, of, revision).await?;
    let typed = by_place(&entry, &sent.typed);
    let form = EntryForm {
        revision: sent.revision.clone(),
        typed: typed.clone(),
        version: sent.version.clone(),
    };
    let mut shown = page(&ctx, &entry, &person, &typed);
    let seen = sent.version.trim().parse().ok();
    match quiz::enter(ctx.app(), ctx.actor(), of, &form).await {
        Ok(Entered::Done(next)) => {
            let text = ctx.text_with("quiz-entered", &[("name", entry.name.into())]);
            let to = match next {
                Some(next) => address(&session, &quiz, &next),
                None => format!("/formateur/seances/{session}/quiz"),
            };
            Ok(ctx.redirect_with(&to, &[Flash::ok(text)]))
        }
        Ok(Entered::Wrong(wrong)) => {
            shown.errors = errors(&ctx, &wrong);
            shown.version = seen;
            ctx.invalid(&shown)
        }
        Err(Error::Stale) => {
            // The version of now, so that saving again means it.
            shown.stale = true;
            ctx.page_with(StatusCode::CONFLICT, &shown)
        }
        Err(Error::Refused(refused)) => {
            shown.refused = Some(refusal(&refused, ctx.language()));
            shown.version = seen;
            ctx.page_with(StatusCode::CONFLICT, &shown)
        }
        Err(error) => Err(error.into()),
    }
}
