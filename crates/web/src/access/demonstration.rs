//! How to try the demonstration: as whom, where, and what.

use application::access::demonstration::{self, Entry};
use axum::Router;
use axum::routing::get;
use serde::Serialize;

use crate::State;
use crate::shell::{Answer, Ctx, Page, WebError};

pub(super) fn routes() -> Router<State> {
    Router::new().route("/demonstration", get(page))
}

/// Somebody one may be.
#[derive(Serialize)]
struct Character {
    title: String,
    text: String,
    email: String,
    password: String,
    /// The personal link, for participants.
    link: String,
    home: &'static str,
}

#[derive(Serialize)]
struct Demonstration {
    roles: Vec<Character>,
}

impl Page for Demonstration {
    const TEMPLATE: &'static str = "access/demonstration.html";
}

/// `GET /demonstration`: only where there is one.
async fn page(ctx: Ctx) -> Answer {
    let characters = demonstration::characters(ctx.app())
        .await?
        .ok_or_else(WebError::not_found)?;
    let one = |entry: Option<Entry>, title: &str, text: &str, home| {
        entry.map(|entry| Character {
            title: ctx.text(title),
            text: ctx.text(text),
            // Wherever the server is reached now.
            link: entry
                .link
                .find("/acces/")
                .and_then(|at| entry.link.get(at..))
                .unwrap_or_default()
                .to_owned(),
            email: entry.email,
            password: entry.password,
            home,
        })
    };
    let roles = [
        one(
            characters.coordinator,
            "access-role-coordinator",
            "access-demonstration-coordinator",
            "/bureau",
        ),
        one(
            characters.trainer,
            "access-role-trainer",
            "access-demonstration-trainer",
            "/formateur",
        ),
        one(
            characters.referent,
            "access-role-referent",
            "access-demonstration-referent",
            "/referent",
        ),
        one(
            characters.participant,
            "access-demonstration-participant",
            "access-demonstration-participant-text",
            "/mon-espace",
        ),
        one(
            characters.administrator,
            "access-role-administrator",
            "access-demonstration-administrator",
            "/bureau/comptes",
        ),
    ];
    ctx.page(&Demonstration {
        roles: roles.into_iter().flatten().collect(),
    })
}

#[cfg(test)]
pub(super) fn samples() -> Vec<crate::shell::sample::Sample> {
    use crate::shell::sample::Sample;
    let character = |password: &str, link: &str| Character {
        title: "Coordinatrice".into(),
        text: "Organise la saison.".into(),
        email: "coordinatrice@essor.example".into(),
        password: password.into(),
        link: link.into(),
        home: "/bureau",
    };
    vec![
        Sample::of(Demonstration { roles: Vec::new() }),
        Sample::of(Demonstration {
            roles: vec![
                character("demonstration-essor", ""),
                character("", "/acces/x.y"),
            ],
        }),
    ]
}
