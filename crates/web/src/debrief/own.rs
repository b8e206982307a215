//! The participant's own page of the talk.

use application::debrief;
use jiff::civil::Date;
use serde::Serialize;

use super::{missing_words, printed, title, use_word};
use crate::attendance::pdf;
use crate::shell::{Answer, Ctx, Page, WebError};
use crate::space::participant;

/// A module and what is used of it.
#[derive(Debug, Default, Serialize)]
pub(super) struct Did {
    pub(super) title: String,
    pub(super) days: Vec<Date>,
    pub(super) used: String,
}

/// The page.
#[derive(Debug, Default, Serialize)]
pub(super) struct HomePage {
    pub(super) season: String,
    pub(super) sessions: usize,
    pub(super) minutes: u32,
    pub(super) did: Vec<Did>,
    pub(super) next: Vec<String>,
    pub(super) missing: Vec<String>,
    pub(super) contact: String,
    pub(super) made: Date,
}

impl Page for HomePage {
    const TEMPLATE: &'static str = "debrief/home.html";
}

/// Whether the participant has a page of their own to open.
pub(crate) async fn has_own(ctx: &Ctx) -> application::Result<bool> {
    Ok(debrief::own_home(ctx.app(), ctx.actor()).await?.is_some())
}

/// `GET /mon-espace/bilan`: what was done, what is used, what was decided.
pub(super) async fn show(ctx: Ctx) -> Answer {
    participant(&ctx)?;
    let home = debrief::own_home(ctx.app(), ctx.actor())
        .await?
        .ok_or_else(WebError::not_found)?;
    ctx.page(&HomePage {
        did: home
            .modules
            .iter()
            .map(|used| Did {
                title: title(&ctx, &used.module),
                days: used.days.clone(),
                used: used
                    .how
                    .map_or_else(String::new, |how| use_word(ctx.language(), how)),
            })
            .collect(),
        next: home
            .next
            .lines()
            .filter(|line| !line.trim().is_empty())
            .map(str::to_owned)
            .collect(),
        missing: missing_words(&home.missing, ctx.language()),
        season: home.season,
        sessions: home.sessions,
        minutes: home.minutes,
        contact: home.contact,
        made: home.made,
    })
}

/// `GET /mon-espace/bilan.pdf`: the same on paper.
pub(super) async fn print(ctx: Ctx) -> Answer {
    participant(&ctx)?;
    let home = debrief::own_home(ctx.app(), ctx.actor())
        .await?
        .ok_or_else(WebError::not_found)?;
    let bytes = printed(&home, ctx.language(), &ctx.app().config().base_url).await?;
    Ok(pdf(&bytes, "bilan.pdf"))
}
