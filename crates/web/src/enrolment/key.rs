//! One-click pages behind links in letters. Opening one does nothing (mail scanners open every link): it shows one clear button. Nobody signs
//! in; the key in the address is enough, and a wrong one is an address that does not exist.

use application::enrolment::{self, Move};
use application::session;
use axum::extract::Path;
use serde::{Deserialize, Serialize};

use crate::session::view::{Line, instant};
use crate::shell::error::refusal;
use crate::shell::{Answer, Ctx, Form, Page, Query};

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Key {
    cle: String,
}

/// The sentence and the one button, or what came of it.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct KeyPage {
    pub(super) heading: String,
    pub(super) text: String,
    pub(super) session: Line,
    /// The button; empty: there is nothing left to do.
    pub(super) yes: String,
    pub(super) action: String,
    pub(super) key: String,
    pub(super) tone: &'static str,
}

impl Page for KeyPage {
    const TEMPLATE: &'static str = "enrolment/key.html";
}

/// What differs between the three moves.
struct Asked {
    what: Move,
    word: &'static str,
    text: &'static str,
    yes: &'static str,
    path: &'static str,
    done: &'static str,
}

const WITHDRAW: Asked = Asked {
    what: Move::Withdraw,
    word: "enrolment-key-withdraw",
    text: "enrolment-key-withdraw-text",
    yes: "enrolment-key-withdraw-yes",
    path: "retrait",
    done: "enrolment-done-withdrawn",
};
const ACCEPT: Asked = Asked {
    what: Move::Accept,
    word: "enrolment-key-accept",
    text: "enrolment-key-accept-text",
    yes: "enrolment-key-accept-yes",
    path: "accepter",
    done: "enrolment-done-accepted",
};
const DECLINE: Asked = Asked {
    what: Move::Decline,
    word: "enrolment-key-decline",
    text: "enrolment-key-decline-text",
    yes: "enrolment-key-decline-yes",
    path: "refuser",
    done: "enrolment-done-declined",
};

/// `GET /inscriptions/{id}/retrait`: the button that gives up a seat.
pub(super) async fn ask_withdraw(ctx: Ctx, Path(id): Path<String>, key: Query<Key>) -> Answer {
    ask(&ctx, &id, &key.value.cle, &WITHDRAW).await
}

/// `POST /inscriptions/{id}/retrait`: gives it up.
pub(super) async fn withdraw(ctx: Ctx, Path(id): Path<String>, Form(key): Form<Key>) -> Answer {
    act(&ctx, &id, &key.cle, &WITHDRAW).await
}

/// `GET /inscriptions/{id}/accepter`: the button that takes the seat held out.
pub(super) async fn ask_accept(ctx: Ctx, Path(id): Path<String>, key: Query<Key>) -> Answer {
    ask(&ctx, &id, &key.value.cle, &ACCEPT).await
}

/// `POST /inscriptions/{id}/accepter`: takes it.
pub(super) async fn accept(ctx: Ctx, Path(id): Path<String>, Form(key): Form<Key>) -> Answer {
    act(&ctx, &id, &key.cle, &ACCEPT).await
}

/// `GET /inscriptions/{id}/refuser`: the button that leaves the seat held out.
pub(super) async fn ask_decline(ctx: Ctx, Path(id): Path<String>, key: Query<Key>) -> Answer {
    ask(&ctx, &id, &key.value.cle, &DECLINE).await
}

/// `POST /inscriptions/{id}/refuser`: leaves it.
pub(super) async fn decline(ctx: Ctx, Path(id): Path<String>, Form(key): Form<Key>) -> Answer {
    act(&ctx, &id, &key.cle, &DECLINE).await
}

async fn ask(ctx: &Ctx, id: &str, key: &str, asked: &Asked) -> Answer {
    let keyed = enrolment::by_key(ctx.app(), id, key).await?;
    let listed = session::told(ctx.app(), &keyed.session.id).await?;
    let until = match keyed.enrolment.offered_until {
        Some(until) => session::local_time(ctx.app(), &listed, until).await?,
        None => None,
    };
    let stage = keyed.enrolment.stage.as_str();
    let can = listed.is_ahead()
        && match asked.what {
            Move::Withdraw => matches!(stage, "placed" | "waiting" | "offered"),
            Move::Accept | Move::Decline => stage == "offered",
        };
    let line = Line::of(ctx, &listed);
    if !can {
        let stage = match stage {
            // Nothing is offered to somebody who waits.
            "waiting" => ctx.text("session-waiting"),
            "offered" => ctx.text(&format!("session-stage-{}", keyed.session.stage)),
            stage => ctx.text(&format!("enrolment-stage-{stage}")),
        };
        return ctx.page(&KeyPage {
            heading: ctx.text("enrolment-key-over"),
            text: ctx.text_with("enrolment-key-over-text", &[("stage", stage.into())]),
            session: line,
            tone: "info",
            ..KeyPage::default()
        });
    }
    let until = until
        .map(|at| instant(ctx.language(), at))
        .unwrap_or_default();
    let mut values = vec![("name", keyed.name.into())];
    if matches!(asked.what, Move::Accept) {
        values.push(("until", until.into()));
    }
    ctx.page(&KeyPage {
        heading: ctx.text(asked.word),
        text: ctx.text_with(asked.text, &values),
        session: line,
        yes: ctx.text(asked.yes),
        action: format!("/inscriptions/{id}/{}", asked.path),
        key: key.to_owned(),
        tone: "",
    })
}

async fn act(ctx: &Ctx, id: &str, key: &str, asked: &Asked) -> Answer {
    let done = enrolment::act_by_key(ctx.app(), id, key, asked.what).await;
    let keyed = enrolment::by_key(ctx.app(), id, key).await?;
    let line = Line::of(ctx, &session::told(ctx.app(), &keyed.session.id).await?);
    let (tone, text) = match done {
        Ok(()) => ("ok", ctx.text(asked.done)),
        Err(application::Error::Refused(refused)) => ("bad", refusal(&refused, ctx.language())),
        Err(error) => return Err(error.into()),
    };
    ctx.page(&KeyPage {
        heading: ctx.text(asked.word),
        text,
        session: line,
        tone,
        ..KeyPage::default()
    })
}

/// `GET /inscriptions/invitation/{session}/{person}`: the button that takes the seat somebody was invited to.
pub(super) async fn ask_invited(
    ctx: Ctx,
    Path((session, person)): Path<(String, String)>,
    key: Query<Key>,
) -> Answer {
    let key = key.value.cle;
    let invited = enrolment::invited(ctx.app(), &session, &person, &key).await?;
    let listed = session::told(ctx.app(), &invited.session.id).await?;
    ctx.page(&KeyPage {
        heading: ctx.text("enrolment-key-invited"),
        text: ctx.text_with(
            "enrolment-key-invited-text",
            &[("name", invited.name.into())],
        ),
        session: Line::of(&ctx, &listed),
        yes: ctx.text("enrolment-key-invited-yes"),
        action: format!("/inscriptions/invitation/{session}/{person}"),
        key,
        tone: "",
    })
}

/// `POST /inscriptions/invitation/{session}/{person}`: takes it, or a place on the waiting list.
pub(super) async fn take_up(
    ctx: Ctx,
    Path((session, person)): Path<(String, String)>,
    Form(key): Form<Key>,
) -> Answer {
    use domain::enrolment::Decision;
    let invited = enrolment::invited(ctx.app(), &session, &person, &key.cle).await?;
    let outcome = enrolment::take_up(ctx.app(), &session, &person, &key.cle).await;
    let listed = session::told(ctx.app(), &invited.session.id).await?;
    let (tone, text) = match outcome {
        Ok(answer) => match answer.decision {
            Decision::Waiting { rank, .. } => (
                "wait",
                ctx.text_with("enrolment-stage-waiting", &[("rank", rank.into())]),
            ),
            _ => ("ok", ctx.text("enrolment-done-accepted")),
        },
        Err(application::Error::Refused(refused)) => ("bad", refusal(&refused, ctx.language())),
        Err(error) => return Err(error.into()),
    };
    ctx.page(&KeyPage {
        heading: ctx.text("enrolment-key-invited"),
        text,
        session: Line::of(&ctx, &listed),
        tone,
        ..KeyPage::default()
    })
}
