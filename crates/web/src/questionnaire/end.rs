//! The end of the questionnaire: contact details, then the personal path with its registrations.

use application::pathway::{self, Meeting, PathView, SessionOverview};
use application::questionnaire::{self, Contact, Opened};
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use documents::texts::Arg;
use domain::enrolment::Decision;
use serde::Serialize;

use super::{Key, address, where_to_go_on};
use crate::assessment::Proposal;
use crate::pathway::{StepCard, cards, level, sheet};
use crate::shell::error::refusal;
use crate::shell::{Answer, Ctx, FieldErrors, Flash, Form, Page, Query, WebError};

#[derive(Debug, Default, Serialize)]
pub(super) struct ContactPage {
    pub(super) form: Contact,
    pub(super) errors: FieldErrors,
    pub(super) step: usize,
    pub(super) steps: usize,
    pub(super) version: i64,
    pub(super) action: String,
    pub(super) back: String,
    pub(super) stop: String,
    pub(super) stale: bool,
}

impl Page for ContactPage {
    const TEMPLATE: &'static str = "questionnaire/contact.html";
}

fn contact_page(opened: &Opened, form: Contact) -> ContactPage {
    let pages = opened.offered.questionnaire.progress(&opened.answers);
    ContactPage {
        form,
        step: pages.len() + 1,
        steps: pages.len() + 1,
        version: opened.response.version,
        action: address(opened, "coordonnees"),
        back: pages
            .last()
            .map_or_else(String::new, |last| address(opened, &last.page.slug)),
        stop: address(opened, "pause"),
        ..ContactPage::default()
    }
}

/// The first page on which something that is needed is missing.
fn first_missing(opened: &Opened) -> Option<String> {
    let pages = opened.offered.questionnaire.progress(&opened.answers);
    let page = pages.iter().find(|progress| !progress.missing.is_empty())?;
    Some(address(opened, &page.page.slug))
}

/// `GET /questionnaire/{id}/coordonnees`: how to reach the one who answered.
pub(super) async fn contact(ctx: Ctx, Path(id): Path<String>, key: Query<Key>) -> Answer {
    let opened = questionnaire::open(ctx.app(), &id, &key.value.cle).await?;
    if opened.response.completed_at.is_some() {
        return Ok(ctx.redirect(&where_to_go_on(&opened)));
    }
    if let Some(missing) = first_missing(&opened) {
        let told = Flash::wait(ctx.text("questionnaire-refused-incomplete"));
        return Ok(ctx.redirect_with(&missing, &[told]));
    }
    ctx.page(&contact_page(&opened, Contact::default()))
}

/// `POST /questionnaire/{id}/coordonnees`: completes the questionnaire.
pub(super) async fn finish(
    ctx: Ctx,
    Path(id): Path<String>,
    key: Query<Key>,
    Form(form): Form<Contact>,
) -> Answer {
    let finished = questionnaire::finish(ctx.app(), ctx.actor(), &id, &key.value.cle, &form).await;
    let opened = questionnaire::open(ctx.app(), &id, &key.value.cle).await?;
    match finished {
        Ok(_) => Ok(ctx.redirect(&address(&opened, "parcours"))),
        Err(application::Error::Stale) => {
            let page = ContactPage {
                stale: true,
                ..contact_page(&opened, form)
            };
            ctx.page_with(StatusCode::CONFLICT, &page)
        }
        Err(application::Error::Refused(refused)) => {
            let to = first_missing(&opened).unwrap_or_else(|| where_to_go_on(&opened));
            Ok(ctx.redirect_with(&to, &[Flash::wait(refusal(&refused, ctx.language()))]))
        }
        Err(error) => {
            let errors = FieldErrors::of(error, ctx.language())?;
            ctx.invalid(&ContactPage {
                errors,
                ..contact_page(&opened, form)
            })
        }
    }
}

/// Whether the new path is to take the place of the present one.
#[derive(Debug, Default, Serialize)]
pub(super) struct ConfirmPage {
    pub(super) action: String,
}

impl Page for ConfirmPage {
    const TEMPLATE: &'static str = "questionnaire/confirm.html";
}

/// Nothing but the form's token.
#[derive(Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Nothing {}

/// `GET /questionnaire/{id}/confirmer`: by the link of the letter; a button, since programs open links too.
pub(super) async fn ask_confirm(ctx: Ctx, Path(id): Path<String>, key: Query<Key>) -> Answer {
    let key = key.value.cle;
    if !application::access::link::confirmation_holds(ctx.app(), &id, &key) {
        return Err(WebError::not_found());
    }
    ctx.page(&ConfirmPage {
        action: format!("/questionnaire/{id}/confirmer?cle={key}"),
    })
}

/// `POST /questionnaire/{id}/confirmer`: the path is theirs from now on.
pub(super) async fn confirm(
    ctx: Ctx,
    Path(id): Path<String>,
    key: Query<Key>,
    Form(Nothing {}): Form<Nothing>,
) -> Answer {
    questionnaire::confirm(ctx.app(), ctx.actor(), &id, &key.value.cle).await?;
    let response = id.parse().map_err(|_| WebError::not_found())?;
    let own = application::access::link::response_key(ctx.app(), response)?;
    let told = Flash::ok(ctx.text("questionnaire-confirmed"));
    Ok(ctx.redirect_with(&format!("/questionnaire/{id}/parcours?cle={own}"), &[told]))
}

#[derive(Debug, Default, Serialize)]
pub(super) struct PathPage {
    /// Whether the person is to confirm it by the link sent to them.
    pub(super) unconfirmed: bool,
    pub(super) name: Option<String>,
    pub(super) level: String,
    /// The level test, where it may be begun from here.
    pub(super) test: Option<Proposal>,
    pub(super) steps: Vec<StepCard>,
    pub(super) planned: usize,
    pub(super) wishes: Vec<String>,
    pub(super) action: String,
    pub(super) print: String,
    pub(super) contact: String,
}

impl Page for PathPage {
    const TEMPLATE: &'static str = "questionnaire/path.html";
}

async fn view(ctx: &Ctx, id: &str, key: &str) -> Result<PathView, WebError> {
    let found = pathway::of_response(ctx.app(), id, key).await?;
    found.ok_or_else(WebError::not_found)
}

/// `GET /questionnaire/{id}/parcours`: level, modules with their reasons, sessions, wishes.
pub(super) async fn path(ctx: Ctx, Path(id): Path<String>, key: Query<Key>) -> Answer {
    let opened = questionnaire::open(ctx.app(), &id, &key.value.cle).await?;
    if opened.response.completed_at.is_none() {
        return Ok(ctx.redirect(&where_to_go_on(&opened)));
    }
    let view = view(&ctx, &id, &key.value.cle).await?;
    let welcome = address(&opened, "test");
    let test = application::assessment::invitation_of_response(ctx.app(), &id, &key.value.cle)
        .await?
        .map(|invitation| Proposal::of(invitation, welcome));
    ctx.page(&PathPage {
        test,
        unconfirmed: opened.response.unconfirmed == 1,
        name: view.person.as_ref().map(|person| person.name.clone()),
        level: level(&ctx, view.level),
        steps: cards(&ctx, &view),
        planned: view.plan().len(),
        wishes: view.wishes.iter().map(|wish| wish.detail.clone()).collect(),
        action: address(&opened, "parcours"),
        print: address(&opened, "parcours.pdf"),
        contact: questionnaire::contact_of(&view.offered.programme),
    })
}

/// `GET /questionnaire/{id}/parcours.pdf`: the path on paper.
pub(super) async fn print(ctx: Ctx, Path(id): Path<String>, key: Query<Key>) -> Answer {
    let view = view(&ctx, &id, &key.value.cle).await?;
    let pdf = sheet(&ctx, &view).pdf().map_err(WebError::internal)?;
    Ok(([(header::CONTENT_TYPE, "application/pdf")], pdf).into_response())
}

/// `POST /questionnaire/{id}/parcours`: asks for a seat in one session (`seance`) or in the whole plan (`toutes`).
pub(super) async fn register(
    ctx: Ctx,
    Path(id): Path<String>,
    key: Query<Key>,
    Form(raw): Form<Vec<(String, String)>>,
) -> Answer {
    let key = key.value.cle;
    let opened = questionnaire::open(ctx.app(), &id, &key).await?;
    let sessions: Vec<String> = if raw.iter().any(|(name, _)| name == "toutes") {
        let view = view(&ctx, &id, &key).await?;
        let plan: Vec<&Meeting> = view.plan();
        plan.iter()
            .map(|meeting| meeting.session.id.clone())
            .collect()
    } else {
        let chosen = raw.into_iter().filter(|(name, _)| name == "seance");
        chosen.map(|(_, session)| session).collect()
    };
    let answers = pathway::register_proposed(ctx.app(), ctx.actor(), &id, &key, &sessions).await?;
    let mut told = Vec::new();
    for (session, answer) in answers {
        told.push(told_of(&ctx, &session, answer)?);
    }
    if told.is_empty() {
        told.push(Flash::wait(ctx.text("pathway-no-longer-proposed")));
    }
    Ok(ctx.redirect_with(&address(&opened, "parcours"), &told))
}

fn told_of(
    ctx: &Ctx,
    session: &SessionOverview,
    answer: application::Result<application::enrolment::Answer>,
) -> Result<Flash, WebError> {
    let title = application::content::catalogue()
        .module(&session.module)
        .map_or_else(
            || session.module.clone(),
            |module| module.title.get(ctx.language()).to_owned(),
        );
    let named = ("module", Arg::from(title.as_str()));
    let refused = |refused: &application::Refused| {
        let why = refusal(refused, ctx.language());
        Flash::bad(ctx.text_with(
            "pathway-not-registered",
            &[named.clone(), ("why", Arg::from(why.as_str()))],
        ))
    };
    Ok(match answer {
        Ok(answer) => match answer.decision {
            Decision::Placed => Flash::ok(ctx.text_with("pathway-registered", &[named])),
            Decision::Waiting { rank, .. } => {
                let rank = ("rank", Arg::Integer(i64::from(rank)));
                Flash::wait(ctx.text_with("pathway-waiting", &[named, rank]))
            }
            Decision::Refused { why } => match application::enrolment::refused(&why) {
                application::Error::Refused(why) => refused(&why),
                other => return Err(other.into()),
            },
        },
        Err(application::Error::Refused(why)) => refused(&why),
        Err(other) => return Err(other.into()),
    })
}
