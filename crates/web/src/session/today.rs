//! What needs doing today.

use application::session::{Movable, OpenOffer};
use application::{enrolment, session};
use axum::extract::Path;
use serde::Serialize;

use super::view::{Back, Line, answered, in_words, instant, lines, title};
use crate::shell::{Answer, Ctx, Flash, Form, Page};

/// Somebody who could come on another date.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct MovableLine {
    pub(super) enrolment: String,
    pub(super) person: String,
    pub(super) name: String,
    pub(super) phone: String,
    pub(super) rank: i64,
    pub(super) from: Line,
    pub(super) to: Line,
}

/// A seat held out.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct OfferLine {
    pub(super) enrolment: String,
    pub(super) person: String,
    pub(super) name: String,
    pub(super) phone: String,
    pub(super) until: String,
    pub(super) session: Line,
}

/// A wish that nobody has answered.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct WishLine {
    pub(super) module: String,
    pub(super) title: String,
    pub(super) count: i64,
}

/// Somebody to call.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct CallLine {
    pub(super) id: String,
    pub(super) person: String,
    pub(super) name: String,
    pub(super) phone: String,
    pub(super) what: String,
    pub(super) session: String,
}

/// A letter that did not go out.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct FailedLine {
    pub(super) id: String,
    pub(super) to: String,
    pub(super) subject: String,
    pub(super) error: String,
}

#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct TodayPage {
    pub(super) nothing: bool,
    pub(super) groups: Vec<Line>,
    pub(super) movable: Vec<MovableLine>,
    pub(super) too_late: Vec<Line>,
    pub(super) without: Vec<Line>,
    pub(super) to_close: Vec<Line>,
    pub(super) offers: Vec<OfferLine>,
    pub(super) wishes: Vec<WishLine>,
    pub(super) calls: Vec<CallLine>,
    pub(super) failed: Vec<FailedLine>,
}

impl Page for TodayPage {
    const TEMPLATE: &'static str = "session/today.html";
}

/// `GET /bureau`: what needs doing, each with its action.
pub(super) async fn today(ctx: Ctx) -> Answer {
    let today = session::today(ctx.app(), ctx.actor()).await?;
    let calls = today.calls.iter().map(|call| CallLine {
        id: call.id.clone(),
        person: call.person.clone(),
        name: call.name.clone(),
        phone: call.phone.clone().unwrap_or_default(),
        what: call.subject.clone(),
        session: call.session.clone(),
    });
    let failed = today.failed.iter().map(|letter| FailedLine {
        id: letter.id.clone(),
        to: letter.recipient_name.clone(),
        subject: letter.subject.clone(),
        error: letter.last_error.clone(),
    });
    let wishes = today.wishes.iter().map(|wish| WishLine {
        title: wish.module.as_deref().map_or_else(
            || ctx.text("session-today-wish-any"),
            |module| title(module, ctx.language()),
        ),
        module: wish.module.clone().unwrap_or_default(),
        count: wish.open,
    });
    ctx.page(&TodayPage {
        nothing: today.is_empty(),
        groups: lines(&ctx, &today.groups),
        movable: today.movable.iter().map(|one| movable(&ctx, one)).collect(),
        too_late: lines(&ctx, &today.too_late),
        without: lines(&ctx, &today.without),
        to_close: lines(&ctx, &today.to_close),
        offers: today.offers.iter().map(|one| offer(&ctx, one)).collect(),
        wishes: wishes.collect(),
        calls: calls.collect(),
        failed: failed.collect(),
    })
}

fn movable(ctx: &Ctx, one: &Movable) -> MovableLine {
    MovableLine {
        enrolment: one.enrolment.clone(),
        person: one.person.clone(),
        name: one.name.clone(),
        phone: one.phone.clone().unwrap_or_default(),
        rank: one.rank,
        from: Line::of(ctx, &one.from),
        to: Line {
            status: in_words(ctx, &one.to),
            ..Line::of(ctx, &one.to)
        },
    }
}

fn offer(ctx: &Ctx, one: &OpenOffer) -> OfferLine {
    OfferLine {
        enrolment: one.enrolment.clone(),
        person: one.person.clone(),
        name: one.name.clone(),
        phone: one.phone.clone().unwrap_or_default(),
        until: instant(ctx.language(), one.until),
        session: Line::of(ctx, &one.session),
    }
}

/// `POST /bureau/appels/{id}/fait`: somebody without e-mail was told.
pub(super) async fn called(ctx: Ctx, Path(id): Path<String>, Form(sent): Form<Back>) -> Answer {
    let outcome = enrolment::phoned(ctx.app(), ctx.actor(), &id).await;
    let outcome = outcome.map(|()| vec![Flash::ok(ctx.text("enrolment-done-phoned"))]);
    answered(&ctx, outcome, sent.or("/bureau"))
}
