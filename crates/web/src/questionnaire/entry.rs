//! The entry screen: a whole paper sheet on one dense page, options typed as numbers.

use std::collections::BTreeMap;

use application::people::commune_label;
use application::questionnaire::{
    self, Contact, ENTRY_ORIGINS, EnteredRow, Entry, EntryAnswer, Offered,
};
use documents::texts::Arg;
use domain::questionnaire::{Availability, Question, QuestionKind};
use jiff::Timestamp;
use serde::Serialize;

use super::words;
use crate::listing::Choice;
use crate::session::or_no_season;
use crate::shell::form::sentence;
use crate::shell::{Answer, Ctx, FieldErrors, Flash, Form, Page, WebError};

const DESK: &str = "/bureau/saisie";
const REFERENT: &str = "/referent/saisie";

/// A question with its numbered options.
#[derive(Debug, Default, Serialize)]
pub(super) struct Line {
    pub(super) name: String,
    pub(super) kind: &'static str,
    pub(super) label: String,
    pub(super) options: Vec<String>,
    pub(super) value: String,
}

#[derive(Debug, Default, Serialize)]
pub(super) struct Theme {
    pub(super) title: String,
    pub(super) lines: Vec<Line>,
}

#[derive(Debug, Default, Serialize)]
pub(super) struct Done {
    pub(super) name: String,
    pub(super) commune: String,
    pub(super) at: String,
}

#[derive(Debug, Default, Serialize)]
pub(super) struct EntryPage {
    pub(super) action: &'static str,
    pub(super) season: String,
    pub(super) contact: Contact,
    pub(super) origin: String,
    pub(super) origins: Vec<Choice>,
    pub(super) themes: Vec<Theme>,
    pub(super) errors: FieldErrors,
    pub(super) refused: String,
    pub(super) done: Vec<Done>,
}

impl Page for EntryPage {
    const TEMPLATE: &'static str = "questionnaire/entry.html";
}

/// The name of a question's field: apart from those of the contact details.
fn field(slug: &str) -> String {
    format!("r_{slug}")
}

fn line(ctx: &Ctx, question: &Question, typed: &BTreeMap<String, String>) -> Line {
    let options = match question.kind {
        QuestionKind::Grid => {
            let moments = words::moments(ctx);
            let days = words::days(ctx);
            Availability::OFFERED
                .cells()
                .map(|cell| {
                    let cell = cell.to_string();
                    let (day, moment) = cell.split_once('-').unwrap_or_default();
                    let label = |choices: &[Choice], value: &str| {
                        let found = choices.iter().find(|choice| choice.value == value);
                        found.map_or_else(String::new, |choice| choice.label.clone())
                    };
                    format!("{} {}", label(&days, day), label(&moments, moment))
                })
                .collect()
        }
        _ => words::options(ctx, question)
            .into_iter()
            .map(|option| option.label)
            .collect(),
    };
    Line {
        name: field(&question.slug),
        kind: words::kind(question),
        label: question.label.get(ctx.language()).to_owned(),
        options,
        value: typed.get(&question.slug).cloned().unwrap_or_default(),
    }
}

async fn page(ctx: &Ctx, action: &'static str, entry: &Entry) -> Result<EntryPage, WebError> {
    let Some(offered) = questionnaire::offered(ctx.app()).await? else {
        return Err(WebError::not_found().saying(ctx.text("questionnaire-refused-no-season")));
    };
    let done = questionnaire::entered_today(ctx.app(), ctx.actor(), &offered.zone).await?;
    let themes = offered.questionnaire.pages().iter().map(|page| Theme {
        title: page.title.get(ctx.language()).to_owned(),
        lines: page
            .questions
            .iter()
            .map(|question| line(ctx, question, &entry.typed))
            .collect(),
    });
    Ok(EntryPage {
        action,
        season: offered.season.name.clone(),
        contact: entry.contact.clone(),
        origin: ENTRY_ORIGINS
            .into_iter()
            .find(|known| *known == entry.origin)
            .unwrap_or("paper")
            .to_owned(),
        origins: vec![
            Choice::new("paper", ctx.text("questionnaire-origin-paper")),
            Choice::new("phone", ctx.text("questionnaire-origin-phone")),
        ],
        themes: themes.collect(),
        done: done.iter().map(|row| entered(&offered, row)).collect(),
        ..EntryPage::default()
    })
}

fn entered(offered: &Offered, row: &EnteredRow) -> Done {
    let at = Timestamp::from_millisecond(row.completed_at).unwrap_or_default();
    Done {
        name: row.name.clone(),
        commune: row
            .commune_code
            .as_deref()
            .map(commune_label)
            .unwrap_or_default(),
        at: offered.zone.to_datetime(at).to_string(),
    }
}

/// `GET /bureau/saisie`: an empty sheet.
pub(super) async fn desk(ctx: Ctx) -> Answer {
    empty(&ctx, DESK).await
}

/// `GET /referent/saisie`: an empty sheet.
pub(super) async fn referent(ctx: Ctx) -> Answer {
    empty(&ctx, REFERENT).await
}

async fn empty(ctx: &Ctx, action: &'static str) -> Answer {
    let page = page(ctx, action, &Entry::default()).await;
    or_no_season(ctx, page.and_then(|page| ctx.page(&page)))
}

/// `POST /bureau/saisie`: keeps the sheet and shows the next.
pub(super) async fn save_at_desk(ctx: Ctx, Form(raw): Form<Vec<(String, String)>>) -> Answer {
    save(&ctx, DESK, raw).await
}

/// `POST /referent/saisie`: keeps the sheet and shows the next.
pub(super) async fn save_as_referent(ctx: Ctx, Form(raw): Form<Vec<(String, String)>>) -> Answer {
    save(&ctx, REFERENT, raw).await
}

fn read(raw: Vec<(String, String)>) -> Entry {
    let mut entry = Entry::default();
    for (name, value) in raw {
        match name.as_str() {
            "name" => entry.contact.name = value,
            "email" => entry.contact.email = value,
            "phone" => entry.contact.phone = value,
            "organisation" => entry.contact.organisation = value,
            "origin" => entry.origin = value,
            _ => {
                if let Some(slug) = name.strip_prefix("r_") {
                    entry.typed.insert(slug.to_owned(), value);
                }
            }
        }
    }
    entry
}

async fn save(ctx: &Ctx, action: &'static str, raw: Vec<(String, String)>) -> Answer {
    let entry = read(raw);
    match questionnaire::enter(ctx.app(), ctx.actor(), &entry, ctx.language()).await {
        Ok(EntryAnswer::Kept(entered)) => {
            let told = ctx.text_with(
                "questionnaire-entered",
                &[("name", Arg::from(entered.name.as_str()))],
            );
            Ok(ctx.redirect_with(action, &[Flash::ok(told)]))
        }
        Ok(EntryAnswer::Wrong { answers, contact }) => {
            let mut page = page(ctx, action, &entry).await?;
            let asked = questionnaire::offered(ctx.app()).await?;
            for (slug, error) in &answers {
                let question = asked
                    .as_ref()
                    .and_then(|offered| offered.questionnaire.question(slug));
                if let Some(question) = question {
                    page.errors
                        .add(field(slug), words::wrong(ctx, question, error));
                }
            }
            for fault in contact {
                page.errors
                    .add(fault.field.clone(), sentence(&fault.error, ctx.language()));
            }
            ctx.invalid(&page)
        }
        Err(application::Error::Refused(refused)) => {
            let mut page = page(ctx, action, &entry).await?;
            page.refused = crate::shell::error::refusal(&refused, ctx.language());
            ctx.invalid(&page)
        }
        Err(error) => Err(error.into()),
    }
}
