//! The end of a questionnaire: who answered, and the path that follows.

use domain::id::PersonId;
use domain::questionnaire::{Answer, Answers, Questionnaire, Role};
use serde::{Deserialize, Serialize};
use store::Connection;
use store::people::PersonRow;
use store::response::ResponseRow;
use store::wish::WishRow;

use super::letters::{self, Around};
use super::{Offered, Progress, freeze, load};
use crate::access::{Actor, limit, link};
use crate::enrolment::parse;
use crate::people::{PersonInput, find_or_create};
use crate::{App, Error, FieldError, Refused, Result, history, pathway, wish};

/// How the one who answered can be reached. No company number is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Contact {
    /// Whole name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Telephone.
    pub phone: String,
    /// Firm, farm or local authority; empty for future founders and others without.
    pub organisation: String,
    /// The version of the response that the page was shown with.
    pub version: String,
}

/// What a completed questionnaire came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finished {
    /// Who answered.
    pub person: PersonId,
    /// Whether the person is to confirm it, by the link sent to them, before it takes the place of the path that they have.
    pub unconfirmed: bool,
    /// Whether this call completed it; not so when it was complete already.
    pub now: bool,
}

/// Completes a response: finds or makes the person, draws up their path, keeps the wishes, in one transaction.
///
/// Completing twice does nothing the second time. A name and an address prove nothing: where the person has a path already, and is not the
/// one who is signed in, the response waits until they confirm it by the link in a letter, and what they have stays.
///
/// # Errors
/// [`Error::Invalid`] with the fields of [`Contact`] (one needs a name, and an e-mail address or a telephone), [`Error::NotFound`] for another
/// key, [`Error::Stale`], [`Error::Refused`] when answers are missing.
pub async fn finish(
    app: &App,
    actor: &Actor,
    id: &str,
    key: &str,
    contact: &Contact,
) -> Result<Finished> {
    let address = contact.email.trim().to_lowercase();
    if !address.is_empty() {
        limit::count(app, limit::QUESTIONNAIRE, &address).await?;
    }
    let mut tx = app.write().await?;
    tx.lock_name(&format!("response {id}")).await?;
    let mut opened = load(app, &mut tx, id, key).await?;
    if let (Some(_), Some(person)) = (opened.response.completed_at, &opened.response.person_id) {
        return Ok(Finished {
            person: parse(person)?,
            unconfirmed: opened.response.unconfirmed == 1,
            now: false,
        });
    }
    if contact.version.trim() != opened.response.version.to_string() {
        return Err(Error::Stale);
    }
    if !opened.offered.questionnaire.is_complete(&opened.answers) {
        return Err(Refused::new("questionnaire-refused-incomplete").into());
    }
    let person = find(
        app,
        &mut tx,
        actor,
        ("questionnaire", true),
        contact,
        &opened.offered,
        &opened.answers,
        &opened.response,
    )
    .await?;
    let season = &opened.offered.season.id;
    let has_path = store::response::completed_by(&mut tx, &person.id, season)
        .await?
        .is_some();
    let unconfirmed = has_path && !is_proven(actor, &person);
    opened.response.unconfirmed = i64::from(unconfirmed);
    complete(
        app,
        &mut tx,
        actor,
        &opened.offered,
        opened.response,
        &opened.answers,
        &person,
    )
    .await?;
    tx.commit().await?;
    Ok(Finished {
        person: parse(&person.id)?,
        unconfirmed,
        now: true,
    })
}

/// Whether whoever acts is certainly the person, or staff who speak with them.
fn is_proven(actor: &Actor, person: &PersonRow) -> bool {
    match actor {
        Actor::Participant { person: own, .. } => own.to_string() == person.id,
        Actor::Visitor => false,
        _ => true,
    }
}

/// Confirms a response by the link sent to the person: from now on its path is theirs. Confirming twice does nothing the second time.
///
/// # Errors
/// [`Error::NotFound`] for another key, or when the person is gone.
pub async fn confirm(app: &App, actor: &Actor, id: &str, key: &str) -> Result<()> {
    if !link::confirmation_holds(app, id, key) {
        return Err(Error::NotFound);
    }
    let own = link::response_key(app, id.parse().map_err(|_| Error::NotFound)?)?;
    let mut tx = app.write().await?;
    let mut opened = load(app, &mut tx, id, &own).await?;
    let person = opened.response.person_id.clone().ok_or(Error::NotFound)?;
    let person = store::people::person(&mut tx, &person)
        .await?
        .filter(|person| person.erased_at.is_none())
        .ok_or(Error::NotFound)?;
    let at = app.now().as_millisecond();
    if store::response::confirm(&mut tx, id, at).await? {
        opened.response.completed_at = Some(at);
        opened.response.unconfirmed = 0;
        let progress = Progress::of(&opened.response);
        history::record(
            app,
            &mut tx,
            actor,
            "questionnaire.confirmed",
            ("response", id),
            None,
            Some(&progress),
        )
        .await?;
        count(
            app,
            &mut tx,
            actor,
            &opened.offered,
            &opened.response,
            &opened.answers,
            &person,
        )
        .await?;
    }
    Ok(tx.commit().await?)
}

/// The person of these details and answers. `origin` says how they came in and whether they must be reachable.
#[expect(
    clippy::too_many_arguments,
    reason = "the parts of one sheet, each used once"
)]
pub(super) async fn find(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    (origin, reachable): (&str, bool),
    contact: &Contact,
    offered: &Offered,
    answers: &Answers,
    response: &ResponseRow,
) -> Result<PersonRow> {
    let mut input = told(offered.questionnaire, answers);
    input.name.clone_from(&contact.name);
    input.email.clone_from(&contact.email);
    input.phone.clone_from(&contact.phone);
    input.organisation.clone_from(&contact.organisation);
    input.language.clone_from(&response.language);
    let unreachable = contact.email.trim().is_empty() && contact.phone.trim().is_empty();
    let found = find_or_create(app, tx, actor, origin, &input).await;
    if !(reachable && unreachable) {
        return Ok(found?.person);
    }
    let mut wrong = match found {
        Err(Error::Invalid(wrong)) => wrong,
        Err(other) => return Err(other),
        Ok(_) => Vec::new(),
    };
    wrong.push(FieldError::new("email", domain::input::InputError::Empty));
    Err(Error::Invalid(wrong))
}

/// What the answers say of a person, as the desk would type it.
fn told(questionnaire: &Questionnaire, answers: &Answers) -> PersonInput {
    let asked = |role: Role| {
        let question = questionnaire.with_role(role)?;
        Some((question, answers.get(&question.slug)?))
    };
    let chosen = |role: Role| {
        questionnaire
            .with_role(role)
            .map(|question| answers.choices(&question.slug))
            .unwrap_or_default()
    };
    let known = crate::content::vocabulary();
    let sector = chosen(Role::Sector)
        .into_iter()
        .find(|slug| known.sector(slug).is_some());
    let needs = asked(Role::Needs)
        .filter(|(question, answer)| !only_exclusive(question, answer))
        .map(|(question, answer)| {
            questionnaire.in_words(question, answer, domain::language::Language::Fr)
        });
    let commune = asked(Role::Home).and_then(|(_, answer)| match answer {
        Answer::Commune(commune) => Some(crate::people::commune_label(&commune.code)),
        _ => None,
    });
    PersonInput {
        commune: commune.unwrap_or_default(),
        sector: sector.unwrap_or_default().to_owned(),
        profiles: chosen(Role::Profile)
            .into_iter()
            .filter(|slug| known.profile(slug).is_some())
            .map(str::to_owned)
            .collect(),
        needs: needs.unwrap_or_default(),
        ..PersonInput::default()
    }
}

/// "Nothing special" is no need.
fn only_exclusive(question: &domain::questionnaire::Question, answer: &Answer) -> bool {
    match answer {
        Answer::Choices(values) => values.iter().all(|value| {
            question
                .option(value)
                .is_some_and(|option| option.exclusive)
        }),
        _ => false,
    }
}

/// Stores the completed response, with its path, wishes and letter unless the person is to confirm it first.
pub(super) async fn complete(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    offered: &Offered,
    mut response: ResponseRow,
    answers: &Answers,
    person: &PersonRow,
) -> Result<()> {
    let now = app.now().as_millisecond();
    response.person_id = Some(person.id.clone());
    response.completed_at = Some(now);
    response.updated_at = now;
    store::response::update(tx, &response).await?;
    freeze(app, tx, offered.questionnaire).await?;
    let progress = Progress::of(&response);
    history::record(
        app,
        tx,
        actor,
        "questionnaire.completed",
        ("response", &response.id),
        None,
        Some(&progress),
    )
    .await?;
    if response.unconfirmed == 1 {
        let around = Around::of(&offered.programme, &offered.zone);
        return letters::confirm_path(app, tx, &around, person, &response).await;
    }
    count(app, tx, actor, offered, &response, answers, person).await
}

/// What counts of a response: the path, the wishes, and the letter that says so.
async fn count(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    offered: &Offered,
    response: &ResponseRow,
    answers: &Answers,
    person: &PersonRow,
) -> Result<()> {
    let path = pathway::draw_up(app, tx, actor, offered, person, response).await?;
    if let Some(text) = offered
        .questionnaire
        .with_role(Role::Wish)
        .and_then(|question| answers.get(&question.slug))
        && let Answer::Text(text) = text
    {
        wish::keep(
            app,
            tx,
            actor,
            WishRow {
                detail: text.clone(),
                reason: "asked".to_owned(),
                ..wish::blank(app, &offered.season.id, &person.id)
            },
        )
        .await?;
    }
    letters::path_ready(
        app,
        tx,
        &Around::of(&offered.programme, &offered.zone),
        person,
        response,
        path.steps.len(),
    )
    .await
}
