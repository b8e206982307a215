//! Signing in and out, one's own account, the team's accounts, and how to try the demonstration.

mod demonstration;
mod own;
mod sign_in;
mod team;
mod token;

use application::access::{Actor, Role};
use axum::Router;
use axum::http::{HeaderMap, header};
use axum::response::Response;
use documents::formats;
use jiff::Timestamp;
use serde::Deserialize;

use crate::State;
use crate::shell::ctx::within;
use crate::shell::{Ctx, Flash};

/// The addresses of this area.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        .merge(sign_in::routes())
        .merge(own::routes())
        .merge(team::routes())
        .merge(demonstration::routes())
}

/// A form with nothing in it but its token.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Nothing {}

/// Where somebody's work or own pages begin.
fn home(actor: &Actor) -> &'static str {
    match actor {
        Actor::Participant { .. } => "/mon-espace",
        _ if actor.is(Role::Administrator) || actor.is(Role::Coordinator) => "/bureau",
        _ if actor.is(Role::Trainer) => "/formateur",
        _ if actor.is(Role::Referent) => "/referent",
        _ => "/",
    }
}

/// The browser is signed in now: to where one wanted to go, else to where one's work begins. What the browser held before ends.
async fn welcome(
    ctx: &Ctx,
    signed_in: application::access::sign_in::SignedIn,
    wanted: &str,
) -> application::Result<Response> {
    if let Some(old) = ctx.session_token() {
        application::access::sign_in::out(ctx.app(), old).await?;
    }
    let to = match within(wanted) {
        "/" => home(&signed_in.actor),
        wanted => wanted,
    };
    let mut response = ctx.redirect(to);
    ctx.start_session(&mut response, signed_in.token, Some(signed_in.seconds));
    Ok(response)
}

/// What the browser calls itself.
fn user_agent(headers: &HeaderMap) -> &str {
    headers
        .get(header::USER_AGENT)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

/// A role in words, with where it is held; `place` is the name of its programme or territory.
fn role(ctx: &Ctx, role: Role, place: Option<&str>) -> String {
    let word = match role {
        Role::Administrator => ctx.text("access-role-administrator"),
        Role::Coordinator => ctx.text("access-role-coordinator"),
        Role::Trainer => ctx.text("access-role-trainer"),
        Role::Referent => ctx.text("access-role-referent"),
    };
    match place {
        Some(place) => ctx.text_with(
            "access-role-within",
            &[("role", word.as_str().into()), ("place", place.into())],
        ),
        None => word,
    }
}

/// An instant in words, as clocks show it where the sessions are.
fn instant(ctx: &Ctx, milliseconds: i64) -> String {
    let local = Timestamp::from_millisecond(milliseconds)
        .ok()
        .map(|at| ctx.zone().to_datetime(at));
    local.map_or_else(String::new, |at| {
        format!(
            "{}, {}",
            formats::date_short(ctx.language(), at.date()),
            formats::time(ctx.language(), at.time())
        )
    })
}

/// To that page, where it says that it is done.
fn done(ctx: &Ctx, to: &str, key: &str) -> Response {
    ctx.redirect_with(to, &[Flash::ok(ctx.text(key))])
}

#[cfg(test)]
pub(crate) fn samples() -> Vec<crate::shell::sample::Sample> {
    [
        sign_in::samples(),
        token::samples(),
        demonstration::samples(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::sample::staff;
    use domain::id::Id;

    #[test]
    fn each_role_lands_where_it_works() {
        let participant = Actor::Participant {
            person: Id::new(0, &[0; 10]),
            name: "Zoé".into(),
        };
        assert_eq!(home(&staff(Role::Administrator)), "/bureau");
        assert_eq!(home(&staff(Role::Coordinator)), "/bureau");
        assert_eq!(home(&staff(Role::Trainer)), "/formateur");
        assert_eq!(home(&staff(Role::Referent)), "/referent");
        assert_eq!(home(&participant), "/mon-espace");
    }
}
