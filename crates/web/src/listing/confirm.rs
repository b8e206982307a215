//! The page before what cannot be taken back.

use serde::Serialize;

use super::Link;
use crate::shell::{Ctx, Page};

/// Asks whether it is really meant; works without script.
#[derive(Clone, Debug, Serialize)]
pub struct Confirm {
    /// What would be done, as a question.
    pub title: String,
    /// What that means.
    pub text: String,
    /// The button that does it.
    pub yes: String,
    /// Where the form is sent.
    pub action: String,
    /// Where it was asked from.
    pub back: Link,
    /// The version that was shown.
    pub version: i64,
}

impl Confirm {
    /// Before something called `name` is deleted; `text` is the key of what that means, `at` the address of the thing.
    pub fn deletion(ctx: &Ctx, name: &str, text: &str, at: &str, back: Link, version: i64) -> Self {
        Self {
            title: ctx.text_with("listing-delete-question", &[("name", name.into())]),
            text: ctx.text(text),
            yes: ctx.text("listing-delete"),
            action: format!("{at}/supprimer"),
            back,
            version,
        }
    }
}

impl Page for Confirm {
    const TEMPLATE: &'static str = "listing/confirm.html";
}

#[cfg(test)]
pub(super) fn sample() -> crate::shell::sample::Sample {
    crate::shell::sample::Sample::of(Confirm {
        title: "Supprimer « Médiathèque » ?".into(),
        text: "Le lieu disparaît, avec ses salles.".into(),
        yes: "Supprimer".into(),
        action: "/bureau/lieux/1/supprimer".into(),
        back: Link::new("Médiathèque", "/bureau/lieux/1"),
        version: 3,
    })
}
