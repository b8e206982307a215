//! What a button does to one thing of the desk, and both states when somebody else was quicker.

use application::{Error, history};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use super::Link;
use crate::people::story::{Change, changed};
use crate::shell::{Answer, Ctx, Flash, Page};

/// A version sent by a button.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Version {
    /// The version that was shown.
    pub version: String,
}

/// Something done to one thing by a button.
#[derive(Clone, Debug)]
pub struct Deed<'a> {
    /// What it is done to: kind and id, as in the history.
    pub subject: (&'a str, &'a str),
    /// The version that was shown.
    pub version: &'a str,
    /// Key of the words of the button.
    pub yes: &'static str,
    /// Where the button sends.
    pub action: String,
    /// Names and values that it sends besides the version.
    pub fields: Vec<(&'static str, String)>,
    /// The page of the thing.
    pub page: String,
    /// Where it leads when done.
    pub to: String,
    /// Key of what is said then.
    pub told: &'static str,
}

impl<'a> Deed<'a> {
    fn at(
        subject: (&'a str, &'a str),
        version: &'a Version,
        at: &str,
        (yes, word, told): (&'static str, &str, &'static str),
    ) -> Self {
        Self {
            subject,
            version: &version.version,
            yes,
            action: format!("{at}/{word}"),
            fields: Vec::new(),
            page: at.to_owned(),
            to: at.to_owned(),
            told,
        }
    }

    /// Puts away what has its page `at`.
    pub fn archive(subject: (&'a str, &'a str), version: &'a Version, at: &str) -> Self {
        let words = ("listing-archive", "archiver", "listing-archived");
        Self::at(subject, version, at, words)
    }

    /// Takes up again what has its page `at`.
    pub fn restore(subject: (&'a str, &'a str), version: &'a Version, at: &str) -> Self {
        let words = ("listing-restore", "reprendre", "listing-restored");
        Self::at(subject, version, at, words)
    }

    /// Deletes what has its page `at`; leads `to` a list then.
    pub fn delete(subject: (&'a str, &'a str), version: &'a Version, at: &str, to: &str) -> Self {
        let words = ("listing-delete", "supprimer", "listing-deleted");
        Self {
            to: to.to_owned(),
            ..Self::at(subject, version, at, words)
        }
    }

    /// For what is shown on the page of something else.
    #[must_use]
    pub fn shown_at(self, page: &str) -> Self {
        Self {
            page: page.to_owned(),
            to: page.to_owned(),
            ..self
        }
    }

    /// The answer: on to where it leads, or, when the thing was changed meanwhile, the state that was shown beside the one of now, with
    /// the button again.
    ///
    /// # Errors
    /// Every other error, as it is.
    pub async fn answer<T>(self, ctx: &Ctx, done: application::Result<T>) -> Answer {
        match done {
            Ok(_) => Ok(ctx.redirect_with(&self.to, &[Flash::ok(ctx.text(self.told))])),
            Err(Error::Stale) => self.stale(ctx).await,
            Err(other) => Err(other.into()),
        }
    }

    /// Both states, and the button again.
    ///
    /// # Errors
    /// The store's.
    pub async fn stale(self, ctx: &Ctx) -> Answer {
        let shown = self.version.trim().parse().unwrap_or_default();
        let since = history::since(ctx.app(), ctx.actor(), self.subject, shown).await?;
        let page = match since {
            Some(since) => StalePage {
                who: since.who,
                changes: changed(&since.shown, &since.stored, ctx.language(), ctx.zone()),
                version: Some(since.version),
                ..self.page(ctx)
            },
            None => self.page(ctx),
        };
        ctx.page_with(StatusCode::CONFLICT, &page)
    }

    fn page(&self, ctx: &Ctx) -> StalePage {
        StalePage {
            who: String::new(),
            changes: Vec::new(),
            version: None,
            yes: ctx.text(self.yes),
            action: self.action.clone(),
            fields: self.fields.clone(),
            back: Link::new(ctx.text("listing-see-again"), &self.page),
        }
    }
}

/// What changed between what was shown and now.
#[derive(Clone, Debug, Serialize)]
struct StalePage {
    /// Who changed it last.
    who: String,
    changes: Vec<Change>,
    /// The version of now; without it the page must be opened again first.
    version: Option<i64>,
    yes: String,
    action: String,
    fields: Vec<(&'static str, String)>,
    back: Link,
}

impl Page for StalePage {
    const TEMPLATE: &'static str = "listing/stale.html";
}

#[cfg(test)]
pub(super) fn samples() -> Vec<crate::shell::sample::Sample> {
    use crate::shell::sample::Sample;
    let page = StalePage {
        who: "Claire <Delattre>".into(),
        changes: vec![Change {
            field: "Nom".into(),
            before: "<b>A</b>".into(),
            after: "B".into(),
        }],
        version: Some(4),
        yes: "Archiver".into(),
        action: "/bureau/lieux/1/archiver".into(),
        fields: vec![("reason", "\"Neige\"".into())],
        back: Link::new("Revoir la fiche", "/bureau/lieux/1"),
    };
    vec![
        Sample::of(page.clone()),
        Sample::of(StalePage {
            who: String::new(),
            changes: Vec::new(),
            version: None,
            ..page
        }),
    ]
}
