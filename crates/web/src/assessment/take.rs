//! Taking the test: what it is, one question a page, stopping and coming back.

use application::Error;
use application::access::limit;
use application::assessment::{self, Begin, Invitation, Opened, Replied, Reply};
use axum::extract::Path;
use axum::http::header;
use axum::response::IntoResponse as _;
use serde::{Deserialize, Serialize};

use super::Key;
use crate::listing::Choice;
use crate::shell::error::refusal;
use crate::shell::{Answer, Client, Ctx, FieldErrors, Flash, Form, Page, Query, WebError};

/// More of an answer than this is none of ours.
const LONGEST: usize = 100;

/// What the test is, before it begins.
#[derive(Debug, Default, Serialize)]
pub(super) struct Welcome {
    /// `new`, `open`, `done` or `declined`.
    pub(super) stage: &'static str,
    pub(super) after: bool,
    /// Where to go on, or the result.
    pub(super) link: String,
    pub(super) action: String,
    pub(super) back: String,
    pub(super) most: usize,
}

impl Page for Welcome {
    const TEMPLATE: &'static str = "assessment/welcome.html";
}

fn welcome_page(invitation: Invitation, action: String, back: String) -> Welcome {
    Welcome {
        stage: invitation.stage,
        after: !invitation.occasion.is_start(),
        link: invitation.link.unwrap_or_default(),
        most: domain::assessment::adaptive::Rules::default().most,
        action,
        back,
    }
}

/// What was pressed on the page that tells what the test is.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Pressed {
    suite: String,
}

const OWN: &str = "/mon-espace/test";

/// `GET /mon-espace/test`: what it is, for a participant.
pub(super) async fn own_welcome(ctx: Ctx) -> Answer {
    crate::space::participant(&ctx)?;
    let invitation = assessment::own_invitation(ctx.app(), ctx.actor()).await?;
    let invitation = invitation.ok_or_else(WebError::not_found)?;
    ctx.page(&welcome_page(
        invitation,
        OWN.to_owned(),
        "/mon-espace".to_owned(),
    ))
}

/// `POST /mon-espace/test`: begins, or says that one does not want to.
pub(super) async fn own_begin(ctx: Ctx, Form(pressed): Form<Pressed>) -> Answer {
    crate::space::participant(&ctx)?;
    if pressed.suite == "non" {
        assessment::decline_own(ctx.app(), ctx.actor()).await?;
        return Ok(declined(&ctx, "/mon-espace"));
    }
    led(
        &ctx,
        assessment::begin_own(ctx.app(), ctx.actor()).await,
        "/mon-espace",
    )
}

fn declined(ctx: &Ctx, to: &str) -> axum::response::Response {
    ctx.redirect_with(to, &[Flash::ok(ctx.text("assessment-declined"))])
}

/// On to the first question, or back with the sentence that says why not.
fn led(ctx: &Ctx, begun: application::Result<String>, back: &str) -> Answer {
    match begun {
        Ok(page) => Ok(ctx.redirect(&page)),
        Err(Error::Refused(refused)) => {
            let told = Flash::wait(refusal(&refused, ctx.language()));
            Ok(ctx.redirect_with(back, &[told]))
        }
        Err(other) => Err(other.into()),
    }
}

fn response(id: &str, part: &str, key: &str) -> String {
    format!("/questionnaire/{id}/{part}?cle={key}")
}

/// `GET /questionnaire/{id}/test`: what it is, for whoever has just answered the questionnaire.
pub(super) async fn welcome(ctx: Ctx, Path(id): Path<String>, key: Query<Key>) -> Answer {
    let key = key.value.cle;
    let invitation = assessment::invitation_of_response(ctx.app(), &id, &key).await?;
    let invitation = invitation.ok_or_else(WebError::not_found)?;
    ctx.page(&welcome_page(
        invitation,
        response(&id, "test", &key),
        response(&id, "parcours", &key),
    ))
}

/// `POST /questionnaire/{id}/test`: begins, or says that one does not want to.
pub(super) async fn begin(
    ctx: Ctx,
    Path(id): Path<String>,
    key: Query<Key>,
    Client(client): Client,
    Form(pressed): Form<Pressed>,
) -> Answer {
    let key = key.value.cle;
    let back = response(&id, "parcours", &key);
    limit::count(ctx.app(), limit::ANONYMOUS, &client).await?;
    if pressed.suite == "non" {
        assessment::decline_from_response(ctx.app(), ctx.actor(), &id, &key).await?;
        return Ok(declined(&ctx, &back));
    }
    let begun = assessment::begin_from_response(ctx.app(), ctx.actor(), &id, &key).await;
    led(&ctx, begun, &back)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct BeginFor {
    occasion: String,
}

/// `POST /bureau/personnes/{id}/test`: begins for somebody who sits beside a member of staff.
pub(super) async fn begin_for(
    ctx: Ctx,
    Path(id): Path<String>,
    Form(typed): Form<BeginFor>,
) -> Answer {
    let person = id.parse().map_err(|_| WebError::not_found())?;
    let command = Begin {
        occasion: typed.occasion,
    };
    let begun = assessment::begin_for(ctx.app(), ctx.actor(), person, &command).await;
    led(&ctx, begun, &format!("/bureau/personnes/{id}"))
}

/// A picture to look at, or to touch.
#[derive(Debug, Default, Serialize)]
pub(super) struct PictureView {
    pub(super) src: String,
    pub(super) alt: String,
    pub(super) touch: bool,
}

/// One question.
#[derive(Debug, Default, Serialize)]
pub(super) struct Question {
    pub(super) place: i64,
    pub(super) most: usize,
    pub(super) ask: String,
    pub(super) picture: Option<PictureView>,
    pub(super) choices: Vec<Choice>,
    pub(super) chosen: String,
    pub(super) item: String,
    pub(super) action: String,
    pub(super) stop: String,
    pub(super) errors: FieldErrors,
}

impl Page for Question {
    const TEMPLATE: &'static str = "assessment/question.html";
}

pub(super) fn address(opened: &Opened, part: &str) -> String {
    let slash = if part.is_empty() { "" } else { "/" };
    format!("/test/{}{slash}{part}?cle={}", opened.run.id, opened.key)
}

/// The question at hand; none once the test is over.
fn question(ctx: &Ctx, opened: &Opened) -> Option<Question> {
    let shown = opened.shown.as_ref()?;
    let language = ctx.language();
    let choices = (1..)
        .zip(&shown.order)
        .filter_map(|(place, choice)| {
            let choice = shown.item.choices.get(*choice)?;
            Some(Choice::new(i64::to_string(&place), choice.text(language)))
        })
        .collect();
    let picture = shown.item.picture.as_ref().map(|picture| PictureView {
        src: address(opened, &format!("image/{}", shown.place)),
        alt: picture.alt.get(language).to_owned(),
        touch: shown
            .item
            .choices
            .iter()
            .any(|choice| choice.spot.is_some()),
    });
    Some(Question {
        place: shown.place,
        most: opened.most,
        ask: shown.item.ask.get(language).to_owned(),
        picture,
        choices,
        chosen: String::new(),
        item: shown.item.slug.clone(),
        action: address(opened, ""),
        stop: address(opened, "pause"),
        errors: FieldErrors::default(),
    })
}

/// `GET /test/{id}`: the question at hand, or on to the result.
pub(super) async fn show(ctx: Ctx, Path(id): Path<String>, key: Query<Key>) -> Answer {
    let opened = assessment::open(ctx.app(), &id, &key.value.cle).await?;
    match question(&ctx, &opened) {
        Some(question) => ctx.page(&question),
        None => Ok(ctx.redirect(&address(&opened, "resultat"))),
    }
}

/// The first value of a field, cut to what any of ours may be.
fn one(raw: &[(String, String)], name: &str) -> String {
    raw.iter()
        .find(|(other, _)| other == name)
        .map(|(_, value)| value.chars().take(LONGEST).collect())
        .unwrap_or_default()
}

/// What a form says. A picture that is touched sends where as `carte.x` and `carte.y`.
fn read(raw: &[(String, String)]) -> Reply {
    let number = |name: &str| one(raw, name).trim().parse().ok();
    Reply {
        place: one(raw, "place"),
        item: one(raw, "item"),
        what: one(raw, "reponse"),
        choice: one(raw, "choice"),
        touched: number("carte.x").zip(number("carte.y")),
    }
}

/// `POST /test/{id}`: keeps the answer and goes on.
pub(super) async fn reply(
    ctx: Ctx,
    Path(id): Path<String>,
    key: Query<Key>,
    Form(raw): Form<Vec<(String, String)>>,
) -> Answer {
    let key = key.value.cle;
    let reply = read(&raw);
    let page = format!("/test/{id}?cle={key}");
    match assessment::answer(ctx.app(), ctx.actor(), &id, &key, &reply).await {
        Ok(Replied::Next | Replied::Again { differs: false }) => Ok(ctx.redirect(&page)),
        Ok(Replied::Over) => Ok(ctx.redirect(&format!("/test/{id}/resultat?cle={key}"))),
        Ok(Replied::Again { differs: true }) => {
            let told = Flash::wait(ctx.text("assessment-answered-before"));
            Ok(ctx.redirect_with(&page, &[told]))
        }
        Ok(Replied::Foreign) | Err(Error::Stale) => {
            let told = Flash::wait(ctx.text("assessment-not-at-hand"));
            Ok(ctx.redirect_with(&page, &[told]))
        }
        Err(Error::Invalid(_)) => {
            let opened = assessment::open(ctx.app(), &id, &key).await?;
            let Some(question) = question(&ctx, &opened) else {
                return Ok(ctx.redirect(&address(&opened, "resultat")));
            };
            let mut errors = FieldErrors::default();
            errors.add("choice", ctx.text("assessment-choose"));
            ctx.invalid(&Question {
                chosen: reply.choice,
                errors,
                ..question
            })
        }
        Err(error) => Err(error.into()),
    }
}

/// `GET /test/{id}/image/{place}`: the picture of a question that was reached.
pub(super) async fn picture(
    ctx: Ctx,
    Path((id, place)): Path<(String, i64)>,
    key: Query<Key>,
) -> Answer {
    let svg = assessment::picture(ctx.app(), &id, &key.value.cle, place).await?;
    Ok(drawing(svg))
}

/// A picture as the browser takes it: nothing in it may run, and it never changes under its address.
pub(super) fn drawing(svg: impl Into<axum::body::Body>) -> axum::response::Response {
    let headers = [
        (header::CONTENT_TYPE, "image/svg+xml"),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; sandbox",
        ),
        (header::CACHE_CONTROL, "private, max-age=86400"),
    ];
    (headers, svg.into()).into_response()
}

/// Where one stops: the link to go on later, and the way to the result.
#[derive(Debug, Default, Serialize)]
pub(super) struct Paused {
    pub(super) link: String,
    pub(super) back: String,
    pub(super) action: String,
    pub(super) stop: String,
    pub(super) answers: i64,
    pub(super) mail: bool,
}

impl Page for Paused {
    const TEMPLATE: &'static str = "assessment/paused.html";
}

/// `GET /test/{id}/pause`: stop for now, or for good.
pub(super) async fn pause(ctx: Ctx, Path(id): Path<String>, key: Query<Key>) -> Answer {
    let key = key.value.cle;
    match assessment::leave(ctx.app(), &id, &key).await {
        Ok((opened, link)) => ctx.page(&Paused {
            link,
            back: address(&opened, ""),
            action: address(&opened, "pause"),
            stop: address(&opened, "fin"),
            answers: opened.run.answers,
            mail: opened.person.email.is_some(),
        }),
        Err(Error::Refused(_)) => Ok(ctx.redirect(&format!("/test/{id}/resultat?cle={key}"))),
        Err(other) => Err(other.into()),
    }
}

/// Nothing but the form's token.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Nothing {}

/// `POST /test/{id}/pause`: the link by mail, to the address that is known.
pub(super) async fn send_link(
    ctx: Ctx,
    Path(id): Path<String>,
    key: Query<Key>,
    Form(Nothing {}): Form<Nothing>,
) -> Answer {
    let key = key.value.cle;
    let told = match assessment::send_link(ctx.app(), &id, &key).await {
        // The holder of a link is not told an address that they may not know.
        Ok(_) => Flash::ok(ctx.text("assessment-link-sent")),
        Err(Error::Refused(refused)) => Flash::wait(refusal(&refused, ctx.language())),
        Err(other) => return Err(other.into()),
    };
    Ok(ctx.redirect_with(&format!("/test/{id}/pause?cle={key}"), &[told]))
}

/// `POST /test/{id}/fin`: on to the result, as far as it goes.
pub(super) async fn stop(
    ctx: Ctx,
    Path(id): Path<String>,
    key: Query<Key>,
    Form(Nothing {}): Form<Nothing>,
) -> Answer {
    let key = key.value.cle;
    assessment::stop(ctx.app(), ctx.actor(), &id, &key).await?;
    Ok(ctx.redirect(&format!("/test/{id}/resultat?cle={key}")))
}
