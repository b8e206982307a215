//! The page on which anybody checks a badge: pasted, sent as a file, or by its address.

use application::Error;
use application::badge::{self, Checked, Verdict};
use axum::extract::Path;
use axum::http::StatusCode;
use domain::badge::Unreadable;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::shell::client::Client;
use crate::shell::{Answer, Ctx, FieldErrors, Page, Upload};

/// The form, and what came of it.
#[derive(Default, Serialize)]
struct CheckPage {
    badge: String,
    email: String,
    errors: FieldErrors,
    found: Option<FoundView>,
}

impl Page for CheckPage {
    const TEMPLATE: &'static str = "badge/check.html";
}

#[derive(Default, Serialize)]
struct FoundView {
    /// `ok`, `wait` or `bad`.
    tone: &'static str,
    heading: &'static str,
    text: &'static str,
    says: Option<SaysView>,
}

#[derive(Default, Serialize)]
struct SaysView {
    title: String,
    person: String,
    description: String,
    criteria: String,
    issuer: String,
    issuer_href: String,
    from: Option<Date>,
    until: Option<Date>,
    modules: Vec<ModuleView>,
    /// The address given is the bearer's.
    confirmed: bool,
    /// An address was given, but the badge holds none.
    unconfirmed: bool,
}

#[derive(Default, Serialize)]
struct ModuleView {
    title: String,
    hours: String,
    competences: Vec<String>,
}

/// Tone, and the keys of the heading and of the sentence.
fn words(verdict: Verdict) -> (&'static str, &'static str, &'static str) {
    match verdict {
        Verdict::Valid => ("ok", "badge-valid", "badge-valid-text"),
        Verdict::Expired => ("wait", "badge-expired", "badge-expired-text"),
        Verdict::Revoked => ("bad", "badge-revoked", "badge-revoked-text"),
        Verdict::Replaced => ("bad", "badge-revoked", "badge-replaced-text"),
        Verdict::Erased => ("bad", "badge-revoked", "badge-erased-text"),
        Verdict::Altered => ("bad", "badge-altered", "badge-altered-text"),
        Verdict::UnknownIssuer => ("wait", "badge-foreign", "badge-foreign-text"),
        Verdict::KeyGone => ("wait", "badge-key-gone", "badge-key-gone-text"),
        Verdict::NotRegistered => ("bad", "badge-unknown", "badge-unknown-text"),
        Verdict::OtherHolder => ("bad", "badge-other-holder", "badge-other-holder-text"),
        Verdict::Unreadable(why) => (
            "bad",
            "badge-unreadable",
            match why {
                Unreadable::Empty => "badge-empty-text",
                Unreadable::TooLong => "badge-too-long-text",
                Unreadable::NotABadge => "badge-not-a-badge-text",
                Unreadable::OtherProof => "badge-other-proof-text",
            },
        ),
    }
}

impl FoundView {
    fn of(ctx: &Ctx, checked: Checked, email: &str) -> Self {
        let (tone, heading, text) = words(checked.verdict);
        let day = |text: &str| {
            let at: Timestamp = text.parse().ok()?;
            Some(ctx.zone().to_datetime(at).date())
        };
        let says = checked.says.map(|says| SaysView {
            from: day(&says.from),
            until: says.until.as_deref().and_then(day),
            title: says.title,
            person: says.person,
            description: says.description,
            criteria: says.criteria,
            issuer: says.issuer.0,
            issuer_href: says.issuer.1,
            confirmed: says.holder == Some(true),
            unconfirmed: says.holder.is_none() && !email.trim().is_empty(),
            modules: says
                .modules
                .into_iter()
                .map(|(title, hours, competences)| ModuleView {
                    title,
                    hours,
                    competences,
                })
                .collect(),
        });
        Self {
            tone,
            heading,
            text,
            says,
        }
    }
}

/// `GET /badges`: the form.
pub(super) async fn ask(ctx: Ctx) -> Answer {
    ctx.page(&CheckPage::default())
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Shown {
    badge: String,
    email: String,
}

/// `POST /badges`: what came of it. A file goes before a text.
pub(super) async fn check(ctx: Ctx, who: Client, upload: Upload<Shown>) -> Answer {
    let Shown { badge, email } = upload.fields;
    let text = match upload.files.first() {
        None => badge.clone(),
        // A file that holds no badge is told as what it is, not as nothing.
        Some(file) => documents::badge::text_of(&file.content).unwrap_or_else(|| "?".to_owned()),
    };
    let checked = match badge::check(ctx.app(), &who.0, &text, &email).await {
        Ok(checked) => checked,
        Err(error) => {
            let errors = FieldErrors::of(error, ctx.language())?;
            return ctx.invalid(&CheckPage {
                badge,
                email,
                errors,
                found: None,
            });
        }
    };
    let is_unreadable = matches!(checked.verdict, Verdict::Unreadable(_));
    let page = CheckPage {
        found: Some(FoundView::of(&ctx, checked, &email)),
        // What cannot be read is shown again to be looked at, unless it is far too long to look at.
        badge: if is_unreadable && badge.len() <= domain::badge::LONGEST {
            badge
        } else {
            String::new()
        },
        email: if is_unreadable { email } else { String::new() },
        errors: FieldErrors::default(),
    };
    if is_unreadable {
        ctx.invalid(&page)
    } else {
        ctx.page(&page)
    }
}

/// `GET /badges/{id}`: what stands behind the address of a badge.
pub(super) async fn show(ctx: Ctx, who: Client, Path(id): Path<String>) -> Answer {
    let checked = match badge::show(ctx.app(), &who.0, &id).await {
        Ok(checked) => checked,
        Err(Error::NotFound) => {
            let checked = Checked {
                verdict: Verdict::NotRegistered,
                says: None,
            };
            let page = CheckPage {
                found: Some(FoundView::of(&ctx, checked, "")),
                ..CheckPage::default()
            };
            return ctx.page_with(StatusCode::NOT_FOUND, &page);
        }
        Err(error) => return Err(error.into()),
    };
    ctx.page(&CheckPage {
        found: Some(FoundView::of(&ctx, checked, "")),
        ..CheckPage::default()
    })
}

#[cfg(test)]
pub(super) fn samples() -> Vec<crate::shell::sample::Sample> {
    use crate::shell::sample::Sample;
    let verdicts = [
        Verdict::Valid,
        Verdict::Expired,
        Verdict::Revoked,
        Verdict::Replaced,
        Verdict::Erased,
        Verdict::Altered,
        Verdict::UnknownIssuer,
        Verdict::KeyGone,
        Verdict::NotRegistered,
        Verdict::OtherHolder,
        Verdict::Unreadable(Unreadable::Empty),
        Verdict::Unreadable(Unreadable::TooLong),
        Verdict::Unreadable(Unreadable::NotABadge),
        Verdict::Unreadable(Unreadable::OtherProof),
    ];
    let says = |confirmed: bool| SaysView {
        title: "Attestation de réussite – <b>Automne</b>".into(),
        person: "Jeanne <b>Petit</b>".into(),
        description: "Ateliers suivis.".into(),
        criteria: "Au moins 80 %.".into(),
        issuer: "Boutic".into(),
        issuer_href: "https://essor.example/badges/emetteurs/1".into(),
        from: Some(jiff::civil::date(2026, 10, 5)),
        until: confirmed.then(|| jiff::civil::date(2029, 10, 5)),
        modules: vec![ModuleView {
            title: "Courriel".into(),
            hours: "3 h".into(),
            competences: vec!["2.1 Échanger à distance".into()],
        }],
        confirmed,
        unconfirmed: !confirmed,
    };
    let mut all: Vec<Sample> = verdicts
        .into_iter()
        .enumerate()
        .map(|(place, verdict)| {
            let (tone, heading, text) = words(verdict);
            Sample::of(CheckPage {
                found: Some(FoundView {
                    tone,
                    heading,
                    text,
                    says: (place < 2).then(|| says(place == 0)),
                }),
                badge: "</textarea><script>".into(),
                ..CheckPage::default()
            })
        })
        .collect();
    let mut errors = FieldErrors::default();
    errors.add("badge", "Collez un badge.");
    all.push(Sample::of(CheckPage {
        errors,
        ..CheckPage::default()
    }));
    all.push(Sample::of(CheckPage::default()));
    all
}
