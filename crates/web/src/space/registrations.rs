//! What participants do with their own registrations.

use application::agenda;
use application::enrolment::{self, Move};
use axum::extract::Path;
use serde::Serialize;

use super::{Pressed, Registration, participant};
use crate::shell::{Answer, Ctx, Flash, Form, Page, WebError};

#[derive(Serialize)]
struct Withdraw {
    registration: Registration,
}

impl Page for Withdraw {
    const TEMPLATE: &'static str = "space/withdraw.html";
}

/// `GET /mon-espace/inscriptions/{id}/retrait`: whether one is sure.
pub(super) async fn ask_withdraw(ctx: Ctx, Path(id): Path<String>) -> Answer {
    participant(&ctx)?;
    let registration = agenda::own(ctx.app(), ctx.actor())
        .await?
        .iter()
        .find(|own| own.enrolment.id == id)
        .map(|own| Registration::of(&ctx, own))
        .ok_or_else(WebError::not_found)?;
    ctx.page(&Withdraw { registration })
}

/// `POST /mon-espace/inscriptions/{id}/retrait`: gives up the seat or the wait.
pub(super) async fn withdraw(
    ctx: Ctx,
    Path(id): Path<String>,
    Form(Pressed {}): Form<Pressed>,
) -> Answer {
    act(&ctx, &id, Move::Withdraw, "space-withdrawn").await
}

/// `POST /mon-espace/inscriptions/{id}/accepter`: takes the seat that is kept.
pub(super) async fn accept(
    ctx: Ctx,
    Path(id): Path<String>,
    Form(Pressed {}): Form<Pressed>,
) -> Answer {
    act(&ctx, &id, Move::Accept, "space-accepted").await
}

/// `POST /mon-espace/inscriptions/{id}/refuser`: leaves the seat to the next.
pub(super) async fn decline(
    ctx: Ctx,
    Path(id): Path<String>,
    Form(Pressed {}): Form<Pressed>,
) -> Answer {
    act(&ctx, &id, Move::Decline, "space-declined").await
}

async fn act(ctx: &Ctx, id: &str, what: Move, done: &str) -> Answer {
    participant(ctx)?;
    enrolment::act(ctx.app(), ctx.actor(), id, what).await?;
    Ok(ctx.redirect_with("/mon-espace", &[Flash::ok(ctx.text(done))]))
}

#[cfg(test)]
pub(super) fn samples() -> Vec<crate::shell::sample::Sample> {
    use crate::shell::sample::Sample;
    vec![Sample::of(Withdraw {
        registration: Registration {
            id: "1".to_owned(),
            card: crate::public::sample_card("free"),
            stage: "placed",
            rank: 0,
            wait_key: "public-registration-wait-full",
            until: None,
        },
    })]
}
