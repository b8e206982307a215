//! Paper sheets and telephone calls: a referent or the desk types in what somebody else answered.

use std::collections::BTreeMap;

use domain::language::Language;
use domain::questionnaire::{Answer, AnswerError, Answers, Role};
use domain::territory::Area;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
pub use store::response::EnteredRow;

use super::finish::{complete, find};
use super::{Contact, Offered, find_communes, json, keyed, new_row, offered};
use crate::access::{
    Action, Actor, Resource, Role as StaffRole, Scope, area_of, authorise, scope, territories_of,
};
use crate::enrolment::parse;
use crate::{App, Error, FieldError, Refused, Result};

/// How a sheet came in.
pub const ENTRY_ORIGINS: [&str; 2] = ["paper", "phone"];

/// A whole sheet as typed: contact details and, by slug of question, numbers of options or words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Entry {
    /// How to reach the person.
    #[serde(flatten)]
    pub contact: Contact,
    /// `paper` or `phone`.
    pub origin: String,
    /// What was typed, by slug of question.
    pub typed: BTreeMap<String, String>,
}

/// What came of a sheet.
#[derive(Clone, Debug, PartialEq)]
pub enum EntryAnswer {
    /// It is kept.
    Kept(Entered),
    /// Something cannot be taken; nothing was written.
    Wrong {
        /// By slug of question.
        answers: BTreeMap<String, AnswerError>,
        /// By field of [`Contact`].
        contact: Vec<FieldError>,
    },
}

/// A sheet that was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entered {
    /// Whose it is.
    pub person: String,
    /// Their name.
    pub name: String,
}

/// Keeps a whole sheet, as far as it was filled in: only who somebody is and where they live must be known. One reading of every answer, one
/// transaction.
///
/// # Errors
/// What the policies say; [`Error::Refused`] when there is no season, or the commune lies outside the referent's territory.
pub async fn enter(
    app: &App,
    actor: &Actor,
    entry: &Entry,
    language: Language,
) -> Result<EntryAnswer> {
    let mut tx = app.write().await?;
    scope(app, &mut tx, actor, Action::EnterQuestionnaire).await?;
    let offered = offered(app)
        .await?
        .filter(|offered| offered.season.stage == "open")
        .ok_or_else(|| Refused::new("questionnaire-refused-no-season"))?;
    let home = area_of(&mut tx, None).await?;
    let (answers, wrong) = read(&offered, entry, &home);
    let commune = home_of(&offered, &answers);
    if let Some(commune) = &commune {
        let resource = Resource {
            programme: Some(parse(&offered.season.programme_id)?),
            territories: territories_of(&mut tx, Some(commune)).await?,
            ..Resource::default()
        };
        match authorise(app, actor, Action::EnterQuestionnaire, &resource) {
            Err(Error::Forbidden) => {
                return Err(Refused::new("questionnaire-refused-territory").into());
            }
            other => other?,
        }
    }
    let origin = ENTRY_ORIGINS
        .into_iter()
        .find(|known| *known == entry.origin)
        .unwrap_or("paper");
    let mut response = new_row(app, &offered, origin, actor.id(), language);
    response.answers = json(&answers)?;
    let came = match origin {
        "phone" => "phone",
        _ if actor.is(StaffRole::Coordinator) || actor.is(StaffRole::Administrator) => {
            "coordinator"
        }
        _ => "referent",
    };
    let found = find(
        app,
        &mut tx,
        actor,
        (came, false),
        &entry.contact,
        &offered,
        &answers,
        &response,
    )
    .await;
    let (person, contact) = match found {
        Ok(person) => (Some(person), Vec::new()),
        Err(Error::Invalid(fields)) => (None, fields),
        Err(other) => return Err(other),
    };
    let (Some(person), true) = (person, wrong.is_empty()) else {
        return Ok(EntryAnswer::Wrong {
            answers: wrong,
            contact,
        });
    };
    store::response::insert(&mut tx, &response).await?;
    complete(app, &mut tx, actor, &offered, response, &answers, &person).await?;
    tx.commit().await?;
    Ok(EntryAnswer::Kept(Entered {
        person: person.id,
        name: person.name,
    }))
}

/// Every page in order, so that conditions see the answers before them. Blank lines of a sheet are no fault.
fn read(offered: &Offered, entry: &Entry, home: &Area) -> (Answers, BTreeMap<String, AnswerError>) {
    let questionnaire = offered.questionnaire;
    let mut answers = Answers::default();
    let mut wrong = BTreeMap::new();
    for page in questionnaire.pages() {
        let raw: Vec<(String, String)> = page
            .questions
            .iter()
            .flat_map(|question| {
                let typed = entry.typed.get(&question.slug).map_or("", String::as_str);
                keyed::expand(question, typed)
                    .into_iter()
                    .map(|value| (question.slug.clone(), value))
            })
            .collect();
        let read =
            questionnaire.read_page(page, &raw, &answers, &|typed| find_communes(home, typed));
        answers = read.answers;
        wrong.extend(read.errors.into_iter().filter(|(slug, error)| {
            let role = questionnaire
                .question(slug)
                .and_then(|question| question.role);
            *error != AnswerError::Required || matches!(role, Some(Role::Profile | Role::Home))
        }));
    }
    (questionnaire.relevant(&answers), wrong)
}

fn home_of(offered: &Offered, answers: &Answers) -> Option<String> {
    let question = offered.questionnaire.with_role(Role::Home)?;
    match answers.get(&question.slug) {
        Some(Answer::Commune(commune)) => Some(commune.code.clone()),
        _ => None,
    }
}

/// The sheets that the actor entered today, newest first.
pub async fn entered_today(app: &App, actor: &Actor, zone: &TimeZone) -> Result<Vec<EnteredRow>> {
    let mut db = app.read().await?;
    let _: Scope = scope(app, &mut db, actor, Action::EnterQuestionnaire).await?;
    let Some(account) = actor.id() else {
        return Ok(Vec::new());
    };
    let midnight = app
        .now()
        .to_zoned(zone.clone())
        .start_of_day()
        .map_err(|error| Error::Internal(error.to_string()))?;
    Ok(
        store::response::entered_by(&mut db, &account, midnight.timestamp().as_millisecond())
            .await?,
    )
}
