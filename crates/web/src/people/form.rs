//! The form of a person.

use application::Error;
use application::people::{self, PersonInput, PersonRow};
use axum::extract::Path;
use serde::{Deserialize, Serialize};

use super::shared::{Choice, commune, profiles, sectors};
use crate::shell::error::refusal;
use crate::shell::form::sentence;
use crate::shell::{Answer, Ctx, FieldErrors, Flash, Form, Page, WebError};

/// What the form sends.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct PersonForm {
    pub(super) name: String,
    pub(super) email: String,
    pub(super) phone: String,
    pub(super) commune: String,
    pub(super) commune_code: String,
    pub(super) organisation: String,
    pub(super) registration: String,
    pub(super) sector: String,
    pub(super) profiles: Vec<String>,
    pub(super) language: String,
    pub(super) needs: String,
    pub(super) note: String,
    pub(super) version: String,
}

impl PersonForm {
    fn input(&self) -> PersonInput {
        PersonInput {
            name: self.name.clone(),
            email: self.email.clone(),
            phone: self.phone.clone(),
            commune: self.commune.clone(),
            organisation: self.organisation.clone(),
            registration: self.registration.clone(),
            sector: self.sector.clone(),
            profiles: self.profiles.clone(),
            language: self.language.clone(),
            needs: self.needs.clone(),
            note: self.note.clone(),
            version: self.version.clone(),
        }
    }

    fn of(person: &PersonRow, organisation: Option<&people::OrganisationRow>) -> Self {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        Self {
            name: person.name.clone(),
            email: text(&person.email),
            phone: text(&person.phone),
            commune: commune(person.commune_code.as_deref()),
            commune_code: text(&person.commune_code),
            organisation: organisation
                .map(|organisation| organisation.name.clone())
                .unwrap_or_default(),
            registration: organisation
                .and_then(|organisation| organisation.registration.clone())
                .unwrap_or_default(),
            sector: text(&person.sector),
            profiles: people::profiles_of(&person.audience),
            language: person.language.clone(),
            needs: person.needs.clone(),
            note: person.note.clone(),
            version: person.version.to_string(),
        }
    }
}

#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct PersonFormPage {
    /// The person's id; empty for a new one.
    pub(super) id: String,
    pub(super) form: PersonForm,
    pub(super) errors: FieldErrors,
    /// What stands against it, when a rule says no.
    pub(super) refusal: String,
    /// The person as somebody else left them meanwhile.
    pub(super) theirs: Option<PersonForm>,
    pub(super) sectors: Vec<Choice>,
    pub(super) profiles: Vec<Choice>,
    pub(super) languages: Vec<Choice>,
}

impl Page for PersonFormPage {
    const TEMPLATE: &'static str = "people/form.html";
}

fn page(ctx: &Ctx, id: &str, form: PersonForm) -> PersonFormPage {
    PersonFormPage {
        id: id.to_owned(),
        form,
        sectors: sectors(ctx.language()),
        profiles: profiles(ctx.language()),
        languages: ["fr", "en"]
            .iter()
            .map(|code| Choice::new(*code, ctx.text(&format!("people-language-{code}"))))
            .collect(),
        ..PersonFormPage::default()
    }
}

/// The names of the form's fields that errors can be about.
const FIELDS: [&str; 12] = [
    "name",
    "email",
    "phone",
    "commune",
    "organisation",
    "registration",
    "sector",
    "profiles",
    "language",
    "needs",
    "note",
    "version",
];

/// What is wrong with the fields, put beside them.
pub(super) fn beside(
    wrong: &[application::FieldError],
    fields: &[&'static str],
    ctx: &Ctx,
) -> FieldErrors {
    let mut errors = FieldErrors::default();
    for wrong in wrong {
        let field = fields
            .iter()
            .copied()
            .find(|field| *field == wrong.field)
            .unwrap_or("name");
        errors.add(field, sentence(&wrong.error, ctx.language()));
    }
    errors
}

/// `GET /bureau/personnes/nouvelle`: the empty form.
pub(super) async fn new_person(ctx: Ctx) -> Answer {
    allowed(&ctx)?;
    ctx.page(&page(
        &ctx,
        "",
        PersonForm {
            language: ctx.language().code().to_owned(),
            ..PersonForm::default()
        },
    ))
}

/// Forms are for those who may send them.
pub(super) fn allowed(ctx: &Ctx) -> Result<(), WebError> {
    use application::access::{Action, Resource, authorise};
    Ok(authorise(
        ctx.app(),
        ctx.actor(),
        Action::ManagePeople,
        &Resource::everything(),
    )?)
}

/// `POST /bureau/personnes/nouvelle`: makes the person.
pub(super) async fn create_person(ctx: Ctx, Form(form): Form<PersonForm>) -> Answer {
    match people::create_person(ctx.app(), ctx.actor(), &form.input()).await {
        Ok(person) => Ok(ctx.redirect_with(
            &format!("/bureau/personnes/{}", person.id),
            &[Flash::ok(ctx.text("people-created"))],
        )),
        Err(Error::Invalid(wrong)) => {
            let errors = beside(&wrong, &FIELDS, &ctx);
            ctx.invalid(&PersonFormPage {
                errors,
                ..page(&ctx, "", form)
            })
        }
        Err(Error::Refused(refused)) => {
            let refusal = refusal(&refused, ctx.language());
            ctx.invalid(&PersonFormPage {
                refusal,
                ..page(&ctx, "", form)
            })
        }
        Err(other) => Err(other.into()),
    }
}

/// `GET /bureau/personnes/{id}/modifier`: the form with what is known.
pub(super) async fn edit_person(ctx: Ctx, Path(id): Path<String>) -> Answer {
    allowed(&ctx)?;
    let known = people::person_page(ctx.app(), ctx.actor(), &id).await?;
    let form = PersonForm::of(&known.person, known.organisation.as_ref());
    ctx.page(&page(&ctx, &id, form))
}

/// `POST /bureau/personnes/{id}/modifier`: saves; when somebody else saved meanwhile, shows both.
pub(super) async fn save_person(
    ctx: Ctx,
    Path(id): Path<String>,
    Form(form): Form<PersonForm>,
) -> Answer {
    match people::edit_person(ctx.app(), ctx.actor(), &id, &form.input()).await {
        Ok(_) => Ok(ctx.redirect_with(
            &format!("/bureau/personnes/{id}"),
            &[Flash::ok(ctx.text("people-saved"))],
        )),
        Err(Error::Invalid(wrong)) => {
            let errors = beside(&wrong, &FIELDS, &ctx);
            ctx.invalid(&PersonFormPage {
                errors,
                ..page(&ctx, &id, form)
            })
        }
        Err(Error::Stale) => {
            let known = people::person_page(ctx.app(), ctx.actor(), &id).await?;
            let theirs = PersonForm::of(&known.person, known.organisation.as_ref());
            let form = PersonForm {
                version: theirs.version.clone(),
                ..form
            };
            ctx.page_with(
                axum::http::StatusCode::CONFLICT,
                &PersonFormPage {
                    theirs: Some(theirs),
                    ..page(&ctx, &id, form)
                },
            )
        }
        Err(Error::Refused(refused)) => {
            let refusal = refusal(&refused, ctx.language());
            ctx.invalid(&PersonFormPage {
                refusal,
                ..page(&ctx, &id, form)
            })
        }
        Err(other) => Err(other.into()),
    }
}
