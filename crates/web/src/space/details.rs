//! One's own details.

use application::Error;
use application::people::{self, OwnDetails};
use axum::http::StatusCode;
use serde::Serialize;

use super::participant;
use crate::shell::{Answer, Ctx, FieldErrors, Flash, Form, Page};

#[derive(Serialize)]
struct Details {
    name: String,
    form: OwnDetails,
    errors: FieldErrors,
    /// Somebody else changed the record meanwhile: how it is now.
    stale: Option<OwnDetails>,
}

impl Page for Details {
    const TEMPLATE: &'static str = "space/details.html";
}

/// The record as the form shows it.
async fn current(ctx: &Ctx) -> application::Result<(String, OwnDetails)> {
    let (person, _) = people::own_record(ctx.app(), ctx.actor()).await?;
    let details = OwnDetails {
        email: person.email.unwrap_or_default(),
        phone: person.phone.unwrap_or_default(),
        commune: person
            .commune_code
            .as_deref()
            .map(people::commune_label)
            .unwrap_or_default(),
        needs: person.needs,
        language: person.language,
        version: person.version.to_string(),
    };
    Ok((person.name, details))
}

/// `GET /mon-espace/coordonnees`: the details as they are.
pub(super) async fn form(ctx: Ctx) -> Answer {
    participant(&ctx)?;
    let (name, form) = current(&ctx).await?;
    ctx.page(&Details {
        name,
        form,
        errors: FieldErrors::default(),
        stale: None,
    })
}

/// `POST /mon-espace/coordonnees`: changes them.
pub(super) async fn save(ctx: Ctx, Form(form): Form<OwnDetails>) -> Answer {
    participant(&ctx)?;
    match people::edit_own(ctx.app(), ctx.actor(), &form).await {
        Ok(_) => {
            Ok(ctx.redirect_with("/mon-espace", &[Flash::ok(ctx.text("space-details-saved"))]))
        }
        Err(Error::Stale) => {
            let (name, now) = current(&ctx).await?;
            let form = OwnDetails {
                version: now.version.clone(),
                ..form
            };
            let page = Details {
                name,
                form,
                errors: FieldErrors::default(),
                stale: Some(now),
            };
            ctx.page_with(StatusCode::CONFLICT, &page)
        }
        Err(error) => {
            let errors = FieldErrors::of(error, ctx.language())?;
            let (name, _) = current(&ctx).await?;
            ctx.invalid(&Details {
                name,
                form,
                errors,
                stale: None,
            })
        }
    }
}

#[cfg(test)]
pub(super) fn samples() -> Vec<crate::shell::sample::Sample> {
    use crate::shell::sample::Sample;
    let details = OwnDetails {
        email: "zoe@<exemple>.fr".to_owned(),
        language: "fr".to_owned(),
        version: "3".to_owned(),
        ..OwnDetails::default()
    };
    let mut errors = FieldErrors::default();
    errors.add("phone", "Ce n’est pas un numéro.");
    vec![
        Sample::of(Details {
            name: "Zoé".to_owned(),
            form: details.clone(),
            errors,
            stale: None,
        }),
        Sample::of(Details {
            name: "Zoé".to_owned(),
            form: details.clone(),
            errors: FieldErrors::default(),
            stale: Some(details),
        }),
    ]
}
