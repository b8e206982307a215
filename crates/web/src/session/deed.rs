//! What is done to a session besides changing it: repeat, confirm, cancel, hold, give it a trainer.

use application::session::{self, Cancel, Command, Repeat};
use axum::extract::Path;
use serde::Deserialize;

use super::form::{PreviewPage, done_flashes, heading};
use super::view::{Back, answered};
use crate::listing::{Deed, Field, FormPage, Link};
use crate::shell::{Answer, Ctx, Flash, Form};

fn crumbs(ctx: &Ctx, id: &str, heading: String) -> Vec<Link> {
    vec![
        Link::new(ctx.text("session-list"), "/bureau/seances"),
        Link::new(heading, format!("/bureau/seances/{id}")),
    ]
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Times {
    times: String,
    anyway: String,
    sure: String,
    again: String,
}

fn repeat_form(ctx: &Ctx, id: &str, heading: String, times: &str) -> FormPage {
    let field = Field::line("number", "times", ctx.text("session-repeat-times"), times);
    FormPage::new(
        ctx.text("session-repeat-title"),
        crumbs(ctx, id, heading),
        format!("/bureau/seances/{id}/repeter"),
        vec![field.required()],
        "",
    )
    .lead(ctx.text("session-repeat-lead"))
}

/// `GET /bureau/seances/{id}/repeter`: how often.
pub(super) async fn ask_repeat(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let heading = heading(&ctx, &id).await?;
    ctx.page(&repeat_form(&ctx, &id, heading, "1"))
}

/// `POST /bureau/seances/{id}/repeter`: what stands against it, or the deed.
pub(super) async fn repeat(ctx: Ctx, Path(id): Path<String>, Form(sent): Form<Times>) -> Answer {
    let heading = heading(&ctx, &id).await?;
    if !sent.again.is_empty() {
        return ctx.page(&repeat_form(&ctx, &id, heading, &sent.times));
    }
    let repeat = Repeat {
        times: sent.times.clone(),
        anyway: sent.anyway.clone(),
    };
    let command = Command::Duplicate {
        id: id.clone(),
        repeat,
    };
    let outcome = async {
        if sent.sure.is_empty() {
            let preview = session::preview(ctx.app(), ctx.actor(), &command).await?;
            if !preview.is_empty() {
                return Ok(Err(preview));
            }
        }
        let done = session::carry_out(ctx.app(), ctx.actor(), &command).await?;
        Ok(Ok(done.sessions.len()))
    }
    .await;
    match outcome {
        Ok(Ok(made)) => {
            let told = ctx.text_with("session-repeated", &[("n", made.into())]);
            Ok(ctx.redirect_with("/bureau/seances", &[Flash::ok(told)]))
        }
        Ok(Err(preview)) => ctx.page(&PreviewPage {
            heading: ctx.text("session-repeat-title"),
            lead: ctx.text("session-preview-lead"),
            crumbs: crumbs(&ctx, &id, heading),
            action: format!("/bureau/seances/{id}/repeter"),
            fields: vec![("times", sent.times)],
            yes: ctx.text("session-repeat"),
            can_go_back: true,
            back: format!("/bureau/seances/{id}"),
            ..PreviewPage::of(&ctx, &preview)
        }),
        Err(error) => repeat_form(&ctx, &id, heading, &sent.times).again(&ctx, error, None),
    }
}

/// `GET /bureau/seances/{id}/confirmer`: who would be told.
pub(super) async fn ask_confirm(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let command = Command::Confirm { id: id.clone() };
    let preview = match session::preview(ctx.app(), ctx.actor(), &command).await {
        Ok(preview) => preview,
        Err(error) => return answered(&ctx, Err(error), &format!("/bureau/seances/{id}")),
    };
    let heading = heading(&ctx, &id).await?;
    ctx.page(&PreviewPage {
        heading: ctx.text("session-confirm-title"),
        lead: ctx.text("session-confirm-lead"),
        crumbs: crumbs(&ctx, &id, heading),
        action: format!("/bureau/seances/{id}/confirmer"),
        yes: ctx.text("session-confirm"),
        back: format!("/bureau/seances/{id}"),
        ..PreviewPage::of(&ctx, &preview)
    })
}

/// `POST /bureau/seances/{id}/confirmer`: it takes place.
pub(super) async fn confirm(ctx: Ctx, Path(id): Path<String>, Form(_): Form<Back>) -> Answer {
    let done = session::confirm(ctx.app(), ctx.actor(), &id).await;
    let flashes =
        done.map(|done| done_flashes(&ctx, "session-confirmed", done.preview.letters.len()));
    answered(&ctx, flashes, &format!("/bureau/seances/{id}"))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Why {
    reason: String,
    version: String,
    sure: String,
    again: String,
}

fn cancel_form(ctx: &Ctx, id: &str, heading: String, why: &Why) -> FormPage {
    let field = Field::line(
        "area",
        "reason",
        ctx.text("session-cancel-reason"),
        &why.reason,
    );
    FormPage::new(
        ctx.text("session-cancel-title"),
        crumbs(ctx, id, heading),
        format!("/bureau/seances/{id}/annuler"),
        vec![field.required()],
        &why.version,
    )
    .lead(ctx.text("session-cancel-lead"))
}

/// `GET /bureau/seances/{id}/annuler`: why.
pub(super) async fn ask_cancel(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let why = Why {
        version: session::as_typed(ctx.app(), ctx.actor(), &id)
            .await?
            .version,
        ..Why::default()
    };
    let heading = heading(&ctx, &id).await?;
    ctx.page(&cancel_form(&ctx, &id, heading, &why))
}

/// `POST /bureau/seances/{id}/annuler`: who would be told what, then the deed.
pub(super) async fn cancel(ctx: Ctx, Path(id): Path<String>, Form(why): Form<Why>) -> Answer {
    let heading = heading(&ctx, &id).await?;
    if !why.again.is_empty() {
        return ctx.page(&cancel_form(&ctx, &id, heading, &why));
    }
    let command = Command::Cancel {
        id: id.clone(),
        cancel: Cancel {
            reason: why.reason.clone(),
            version: why.version.clone(),
        },
    };
    if why.sure.is_empty() {
        return match session::preview(ctx.app(), ctx.actor(), &command).await {
            Ok(preview) => ctx.page(&PreviewPage {
                heading: ctx.text("session-cancel-title"),
                lead: ctx.text("session-preview-lead"),
                crumbs: crumbs(&ctx, &id, heading),
                action: format!("/bureau/seances/{id}/annuler"),
                fields: vec![("reason", why.reason), ("version", why.version)],
                yes: ctx.text("session-cancel-go"),
                danger: true,
                can_go_back: true,
                back: format!("/bureau/seances/{id}"),
                ..PreviewPage::of(&ctx, &preview)
            }),
            Err(error) => cancel_again(&ctx, &id, heading, &why, error).await,
        };
    }
    match session::carry_out(ctx.app(), ctx.actor(), &command).await {
        Ok(done) => {
            let flashes = done_flashes(&ctx, "session-cancelled", done.preview.letters.len());
            Ok(ctx.redirect_with(&format!("/bureau/seances/{id}"), &flashes))
        }
        Err(error) => cancel_again(&ctx, &id, heading, &why, error).await,
    }
}

async fn cancel_again(
    ctx: &Ctx,
    id: &str,
    heading: String,
    why: &Why,
    error: application::Error,
) -> Answer {
    if matches!(error, application::Error::Stale) {
        let deed = Deed {
            subject: ("session", id),
            version: &why.version,
            yes: "session-cancel",
            action: format!("/bureau/seances/{id}/annuler"),
            fields: vec![("reason", why.reason.clone())],
            page: format!("/bureau/seances/{id}"),
            to: format!("/bureau/seances/{id}"),
            told: "session-cancelled",
        };
        return deed.stale(ctx).await;
    }
    cancel_form(ctx, id, heading, why).again(ctx, error, None)
}

/// `POST /bureau/seances/{id}/tenue`: it has taken place.
pub(super) async fn hold(ctx: Ctx, Path(id): Path<String>, Form(sent): Form<Back>) -> Answer {
    let done = session::hold(ctx.app(), ctx.actor(), &id).await;
    let flashes = done.map(|_| vec![Flash::ok(ctx.text("session-held"))]);
    let here = format!("/bureau/seances/{id}");
    answered(&ctx, flashes, sent.or(&here))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Assigned {
    trainer: String,
    anyway: String,
}

/// `POST /bureau/seances/{id}/formateur`: gives it a trainer.
pub(super) async fn assign(ctx: Ctx, Path(id): Path<String>, Form(sent): Form<Assigned>) -> Answer {
    let anyway = !sent.anyway.is_empty();
    let done = session::assign_trainer(ctx.app(), ctx.actor(), &id, &sent.trainer, anyway).await;
    let flashes = done.map(|done| {
        let mut flashes = vec![Flash::ok(ctx.text("session-assigned"))];
        let page = PreviewPage::of(&ctx, &done.preview);
        flashes.extend(page.warnings.into_iter().map(Flash::wait));
        flashes
    });
    answered(&ctx, flashes, &format!("/bureau/seances/{id}"))
}
