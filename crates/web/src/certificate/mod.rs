//! Certificates: given at the desk, fetched by participants, checked by anybody who has the code.

mod desk;

use application::Error;
use application::certificate::{self, Copy, Verified};
use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::routing::{get, post};
use domain::certificate::Kind;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::State;
use crate::attendance::pdf;
use crate::shell::client::Client;
use crate::shell::{Answer, Ctx, FieldErrors, Page, Query};

/// The addresses of this area.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        .route("/attestations", get(ask))
        .route("/attestations/{code}", get(verify))
        .route("/mon-espace/attestations/{file}", get(own))
        .route("/bureau/attestations", get(desk::list))
        .route("/bureau/attestations/donner", post(desk::issue))
        .route("/bureau/attestations/donner-toutes", post(desk::issue_all))
        .route("/bureau/attestations/saison/{file}", get(desk::batch))
        .route("/bureau/attestations/{file}", get(desk::one))
        .route(
            "/bureau/attestations/{file}/retirer",
            get(desk::ask_revoke).post(desk::revoke),
        )
}

/// Where a code is typed, and what comes of it.
#[derive(Default, Serialize)]
struct CheckPage {
    code: String,
    errors: FieldErrors,
    /// Typed well, but there is no such certificate.
    unknown: bool,
    found: Option<FoundView>,
}

impl Page for CheckPage {
    const TEMPLATE: &'static str = "certificate/check.html";
}

#[derive(Serialize)]
struct FoundView {
    code: String,
    /// `valid`, `replaced`, `revoked` or `erased`.
    state: &'static str,
    name: String,
    organisation: Option<String>,
    programme: String,
    season: String,
    minutes: u32,
    sessions: usize,
    /// Certifies success, not attendance alone.
    success: bool,
    /// Percent of the path followed, and asked for.
    share: u8,
    asked: u8,
    issued_on: Option<Date>,
    lines: Vec<LineView>,
}

#[derive(Serialize)]
struct LineView {
    module: String,
    day: Date,
    minutes: u32,
}

impl FoundView {
    fn of(found: Verified) -> Self {
        let state = match (&found.printed, found.revoked_at, found.replaced) {
            (None, _, _) => "erased",
            (_, None, _) => "valid",
            (_, Some(_), true) => "replaced",
            (_, Some(_), false) => "revoked",
        };
        // What is withdrawn says nothing about anybody any more.
        let printed = found.printed.filter(|_| state == "valid");
        Self {
            code: found.code,
            state,
            minutes: printed.as_ref().map_or(0, |printed| printed.total.0),
            sessions: printed.as_ref().map_or(0, |printed| printed.lines.len()),
            success: printed
                .as_ref()
                .is_some_and(|printed| printed.earned.kind == Kind::Success),
            share: printed.as_ref().map_or(0, |printed| printed.earned.share),
            asked: printed.as_ref().map_or(0, |printed| printed.asked),
            issued_on: printed.as_ref().map(|printed| printed.issued_on),
            lines: printed.as_ref().map_or_else(Vec::new, |printed| {
                let lines = printed.lines.iter();
                lines
                    .map(|line| LineView {
                        module: line.module.clone(),
                        day: line.date,
                        minutes: line.minutes.0,
                    })
                    .collect()
            }),
            name: printed
                .as_ref()
                .map_or_else(String::new, |printed| printed.name.clone()),
            organisation: printed
                .as_ref()
                .and_then(|printed| printed.organisation.clone()),
            programme: printed
                .as_ref()
                .map_or_else(String::new, |printed| printed.programme.clone()),
            season: printed.map_or_else(String::new, |printed| printed.season),
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Typed {
    code: String,
}

/// `GET /attestations`: a field for the code; `?code=` is what the form sends.
async fn ask(ctx: Ctx, who: Client, query: Query<Typed>) -> Answer {
    if query.value.code.trim().is_empty() {
        return ctx.page(&CheckPage::default());
    }
    check(&ctx, &who, query.value.code).await
}

/// `GET /attestations/{code}`: what the printed address and the QR code lead to.
async fn verify(ctx: Ctx, who: Client, Path(code): Path<String>) -> Answer {
    check(&ctx, &who, code).await
}

async fn check(ctx: &Ctx, who: &Client, code: String) -> Answer {
    match certificate::verify(ctx.app(), &who.0, &code).await {
        Ok(found) => ctx.page(&CheckPage {
            found: Some(FoundView::of(found)),
            ..CheckPage::default()
        }),
        Err(Error::NotFound) => ctx.page_with(
            StatusCode::NOT_FOUND,
            &CheckPage {
                code,
                unknown: true,
                ..CheckPage::default()
            },
        ),
        Err(error) => {
            let errors = FieldErrors::of(error, ctx.language())?;
            ctx.invalid(&CheckPage {
                code,
                errors,
                ..CheckPage::default()
            })
        }
    }
}

/// Which certificate a file is, and for whom: `{id}.pdf`, or `{id}-employeur.pdf`.
fn wanted(file: &str) -> Result<(&str, Copy), Error> {
    let name = file.strip_suffix(".pdf").ok_or(Error::NotFound)?;
    Ok(match name.strip_suffix("-employeur") {
        Some(id) => (id, Copy::Employer),
        None => (name, Copy::Bearer),
    })
}

/// What the file is called on the reader's computer.
fn file_name(copy: Copy) -> &'static str {
    match copy {
        Copy::Bearer => "attestation.pdf",
        Copy::Employer => "copie-employeur.pdf",
    }
}

/// `GET /mon-espace/attestations/{id}.pdf`: the participant's own, or the copy for their employer.
async fn own(ctx: Ctx, Path(file): Path<String>) -> Answer {
    let (id, copy) = wanted(&file)?;
    let bytes = certificate::pdf_own(ctx.app(), ctx.actor(), id, copy).await?;
    Ok(pdf(&bytes, file_name(copy)))
}

#[cfg(test)]
pub(crate) fn samples() -> Vec<crate::shell::sample::Sample> {
    use crate::shell::sample::Sample;
    use jiff::civil::date;
    let found = |state, lines: Vec<LineView>| CheckPage {
        found: Some(FoundView {
            code: "ESS-012V-A0Y5-D".into(),
            state,
            name: "Jeanne <b>Petit</b>".into(),
            organisation: Some("Boulangerie".into()),
            programme: "Boutic".into(),
            season: "Automne".into(),
            minutes: 225,
            sessions: 2,
            success: state == "valid",
            share: 91,
            asked: 80,
            issued_on: (state == "valid").then(|| date(2026, 10, 5)),
            lines,
        }),
        ..CheckPage::default()
    };
    let mut errors = FieldErrors::default();
    errors.add("code", "Ce n’est pas un code.");
    let line = LineView {
        module: "Courriel".into(),
        day: date(2026, 10, 1),
        minutes: 105,
    };
    let mut all = vec![
        Sample::of(CheckPage::default()),
        Sample::of(CheckPage {
            code: "\"><script>".into(),
            errors,
            ..CheckPage::default()
        }),
        Sample::of(CheckPage {
            code: "ESS-012V-A0Y5-D".into(),
            unknown: true,
            ..CheckPage::default()
        }),
        Sample::of(found("valid", vec![line])),
        Sample::of(found("replaced", Vec::new())),
        Sample::of(found("revoked", Vec::new())),
        Sample::of(found("erased", Vec::new())),
    ];
    all.extend(desk::samples());
    all
}
