//! Publishing a plan after seeing what it does, and taking that back.

use application::enrolment::ToTell;
use application::plan::{self, Publication};
use axum::extract::Path;
use serde::{Deserialize, Serialize};

use super::LIST;
use super::page::changed_in_words;
use super::words::{answered, lines, warning};
use crate::listing::Link;
use crate::shell::{Answer, Ctx, FieldErrors, Flash, Form, Page, Query};

/// Days that people have to answer, unless said otherwise.
const USUAL_DAYS: &str = "7";

/// Somebody who is told something.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Letter {
    pub(super) name: String,
    pub(super) what: String,
    pub(super) how: String,
    pub(super) phone: String,
}

pub(super) fn letters(ctx: &Ctx, told: &[ToTell]) -> Vec<Letter> {
    told.iter()
        .map(|one| Letter {
            name: one.name.clone(),
            what: ctx.text(&format!("enrolment-letter-{}", one.letter.slug())),
            how: ctx.text(if one.email.is_some() {
                "session-preview-by-mail"
            } else {
                "session-preview-by-phone"
            }),
            phone: one.phone.clone().unwrap_or_default(),
        })
        .collect()
}

/// A session to be made.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Made {
    pub(super) title: String,
    pub(super) when: String,
    pub(super) place: String,
    pub(super) trainer: String,
    pub(super) people: usize,
    pub(super) warnings: Vec<String>,
}

#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct PublishPage {
    pub(super) heading: String,
    pub(super) lead: String,
    pub(super) crumbs: Vec<Link>,
    pub(super) href: String,
    pub(super) action: String,
    pub(super) yes: String,
    pub(super) danger: bool,
    pub(super) changed: Vec<String>,
    pub(super) refused: String,
    pub(super) sessions: Vec<Made>,
    pub(super) left_out: Vec<String>,
    pub(super) changes: Vec<String>,
    pub(super) letters: Vec<Letter>,
    pub(super) days: Option<String>,
    pub(super) reason: Option<String>,
    pub(super) errors: FieldErrors,
    pub(super) version: i64,
}

impl Page for PublishPage {
    const TEMPLATE: &'static str = "plan/publish.html";
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    days: String,
    reason: String,
    version: String,
}

impl Wanted {
    fn days(&self) -> String {
        if self.days.trim().is_empty() {
            USUAL_DAYS.to_owned()
        } else {
            self.days.clone()
        }
    }
}

/// The page around a preview: where it is and what it is about.
pub(super) async fn around(
    ctx: &Ctx,
    id: &str,
    heading: &str,
    lead: &str,
) -> application::Result<PublishPage> {
    let all = plan::compare(ctx.app(), ctx.actor(), &[id.to_owned()]).await?;
    let one = all.into_iter().next().ok_or(application::Error::NotFound)?;
    let href = format!("{LIST}/{id}");
    Ok(PublishPage {
        heading: ctx.text(heading),
        lead: ctx.text(lead),
        crumbs: vec![
            Link::new(ctx.text("plan-list"), LIST),
            Link::new(one.row.name.clone(), &href),
        ],
        version: one.row.version,
        href,
        ..PublishPage::default()
    })
}

impl PublishPage {
    /// The page after a use case said no: wrong fields beside them, a rule as a sentence.
    pub(super) fn again(mut self, ctx: &Ctx, error: application::Error) -> Answer {
        match error {
            application::Error::Refused(refused) => {
                self.refused = crate::shell::error::refusal(&refused, ctx.language());
                ctx.page_with(axum::http::StatusCode::CONFLICT, &self)
            }
            application::Error::Stale => {
                self.refused = ctx.text("plan-stale");
                ctx.page_with(axum::http::StatusCode::CONFLICT, &self)
            }
            other => {
                self.errors = FieldErrors::of(other, ctx.language())?;
                ctx.invalid(&self)
            }
        }
    }
}

/// `GET /bureau/planification/{id}/publier`: what would be made and who would be told; `days` to answer.
pub(super) async fn ask(ctx: Ctx, Path(id): Path<String>, query: Query<Wanted>) -> Answer {
    let days = query.value.days();
    let mut page = publish_page(&ctx, &id, &days).await?;
    match plan::preview(ctx.app(), ctx.actor(), &id, &days).await {
        Ok(preview) => {
            fill(&ctx, &id, &mut page, &preview).await?;
            ctx.page(&page)
        }
        Err(error) => page.again(&ctx, error),
    }
}

async fn publish_page(ctx: &Ctx, id: &str, days: &str) -> application::Result<PublishPage> {
    let page = around(ctx, id, "plan-publish-title", "plan-publish-lead").await?;
    Ok(PublishPage {
        action: format!("{LIST}/{id}/publier"),
        yes: ctx.text("plan-publish"),
        days: Some(days.to_owned()),
        ..page
    })
}

async fn fill(
    ctx: &Ctx,
    id: &str,
    page: &mut PublishPage,
    preview: &Publication,
) -> application::Result<()> {
    let view = plan::get(ctx.app(), ctx.actor(), id).await?;
    page.changed = changed_in_words(ctx, &preview.changed);
    for line in lines(ctx, &view) {
        let opened = preview.opened.iter().find(|one| one.key == line.key);
        let Some(opened) = opened else { continue };
        page.sessions.push(Made {
            warnings: opened
                .warnings
                .iter()
                .filter_map(|one| warning(ctx, one))
                .collect(),
            title: line.title,
            when: line.when,
            place: line.place,
            trainer: line.trainer,
            people: line.people,
        });
    }
    page.left_out = preview
        .left_out
        .iter()
        .map(|one| {
            let why = match one.why {
                "enrolment-refused-clash" => "plan-left-out-clash",
                "enrolment-refused-too-late-to-offer" => "plan-left-out-late",
                "enrolment-refused-no-seat-free" => "plan-left-out-full",
                _ => "plan-left-out-other",
            };
            ctx.text_with(
                why,
                &[
                    ("name", one.name.as_str().into()),
                    (
                        "module",
                        crate::session::view::title(&one.module, ctx.language())
                            .as_str()
                            .into(),
                    ),
                ],
            )
        })
        .collect();
    page.letters = letters(ctx, &preview.letters);
    Ok(())
}

/// `POST /bureau/planification/{id}/publier`: makes the sessions and asks the people.
pub(super) async fn publish(ctx: Ctx, Path(id): Path<String>, Form(sent): Form<Wanted>) -> Answer {
    let days = sent.days();
    match plan::publish(ctx.app(), ctx.actor(), &id, &sent.version, &days).await {
        Ok(done) => {
            let told = if done.before {
                ctx.text("plan-published-before")
            } else {
                ctx.text_with(
                    "plan-published",
                    &[
                        ("sessions", done.opened.len().into()),
                        ("seats", done.seats.into()),
                    ],
                )
            };
            Ok(ctx.redirect_with(&format!("{LIST}/{id}"), &[Flash::ok(told)]))
        }
        Err(error) => publish_page(&ctx, &id, &days).await?.again(&ctx, error),
    }
}

async fn undo_page(ctx: &Ctx, id: &str, reason: &str) -> application::Result<PublishPage> {
    let page = around(ctx, id, "plan-undo-title", "plan-undo-lead").await?;
    Ok(PublishPage {
        action: format!("{LIST}/{id}/retirer"),
        yes: ctx.text("plan-undo"),
        danger: true,
        reason: Some(reason.to_owned()),
        ..page
    })
}

/// `GET /bureau/planification/{id}/retirer`: who would be told that it is taken back, and why.
pub(super) async fn ask_undo(ctx: Ctx, Path(id): Path<String>, query: Query<Wanted>) -> Answer {
    let reason = if query.value.reason.trim().is_empty() {
        ctx.text("plan-undo-usual-reason")
    } else {
        query.value.reason
    };
    let mut page = undo_page(&ctx, &id, &reason).await?;
    match plan::preview_undo(ctx.app(), ctx.actor(), &id, &reason).await {
        Ok(told) => {
            page.letters = letters(&ctx, &told);
            ctx.page(&page)
        }
        Err(error) => answered(&ctx, Err(error), &page.href),
    }
}

/// `POST /bureau/planification/{id}/retirer`: takes the publication back.
pub(super) async fn undo(ctx: Ctx, Path(id): Path<String>, Form(sent): Form<Wanted>) -> Answer {
    match plan::undo(ctx.app(), ctx.actor(), &id, &sent.reason).await {
        Ok(told) => {
            let said = ctx.text_with("plan-undone", &[("n", told.len().into())]);
            Ok(ctx.redirect_with(&format!("{LIST}/{id}"), &[Flash::ok(said)]))
        }
        Err(error) => undo_page(&ctx, &id, &sent.reason).await?.again(&ctx, error),
    }
}
