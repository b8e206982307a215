//! What the desk shows where a season is needed, before there is one.

use application::access::Role;
use axum::http::StatusCode;
use serde::Serialize;

use crate::shell::{Answer, Ctx, Page};

#[derive(Serialize)]
pub(super) struct NoSeason {
    /// Whether who asks can make a season.
    pub(super) may_create: bool,
}

impl Page for NoSeason {
    const TEMPLATE: &'static str = "session/no_season.html";
}

/// The answer, unless it is that there is nothing: then that a season comes first. For addresses that name nothing but the season.
pub(crate) fn or_no_season(ctx: &Ctx, answer: Answer) -> Answer {
    match answer {
        Err(error) if error.status() == StatusCode::NOT_FOUND => {
            let roles = [Role::Administrator, Role::Coordinator];
            ctx.page(&NoSeason {
                may_create: roles.into_iter().any(|role| ctx.actor().is(role)),
            })
        }
        answer => answer,
    }
}
