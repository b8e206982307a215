//! Firms, farms, local authorities and associations.

use application::Error;
use application::people::{
    self, ORGANISATION_KINDS, OrganisationFilter, OrganisationInput, OrganisationRow,
};
use axum::extract::Path;
use axum::http::StatusCode;
use domain::language::Language;
use serde::{Deserialize, Serialize};

use super::download;
use super::form::{allowed, beside};
use super::list::{may_manage, order};
use super::shared::{
    Choice, PAGE, Pages, SortLink, changed_address, commune, local, narrows, page_number,
    sector_label, sectors, word,
};
use super::story::{Told, told};
use crate::shell::error::refusal;
use crate::shell::form::sentence;
use crate::shell::{Answer, Ctx, FieldErrors, Flash, Form, Page, Query};

const PATH: &str = "/bureau/organisations";

/// What the list is narrowed to.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Filter {
    q: String,
    commune: String,
    secteur: String,
    r#type: String,
    tri: String,
    sens: String,
    page: String,
    format: String,
}

impl Filter {
    fn told(&self) -> [(&'static str, &str); 6] {
        [
            ("q", self.q.as_str()),
            ("commune", &self.commune),
            ("secteur", &self.secteur),
            ("type", &self.r#type),
            ("tri", &self.tri),
            ("sens", &self.sens),
        ]
    }

    fn address(&self, changed: &[(&str, &str)]) -> String {
        changed_address(PATH, &self.told(), changed)
    }
}

#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Line {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) registration: String,
    pub(super) commune: String,
    pub(super) sector: String,
    pub(super) people: i64,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Sorts {
    pub(super) name: SortLink,
    pub(super) commune: SortLink,
    pub(super) sector: SortLink,
    pub(super) people: SortLink,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct OrganisationList {
    pub(super) filter: Filter,
    pub(super) filtered: bool,
    pub(super) commune_wrong: String,
    pub(super) sectors: Vec<Choice>,
    pub(super) kinds: Vec<Choice>,
    pub(super) lines: Vec<Line>,
    pub(super) total: i64,
    pub(super) pages: Pages,
    pub(super) sorts: Sorts,
    pub(super) csv: String,
    pub(super) xlsx: String,
    pub(super) may_manage: bool,
}

impl Page for OrganisationList {
    const TEMPLATE: &'static str = "people/organisations.html";
}

pub(super) fn kinds(language: Language) -> Vec<Choice> {
    ORGANISATION_KINDS
        .iter()
        .map(|kind| Choice::new(*kind, word("exchange-kind-", kind, language)))
        .collect()
}

/// `GET /bureau/organisations`: the organisations that match, or a file of all of them.
pub(super) async fn list(ctx: Ctx, query: Query<Filter>) -> Answer {
    let filter = query.value;
    let language = ctx.language();
    let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let (word_of_order, sort) = order(&filter.tri);
    let (code, commune_wrong) = people::commune_filter(ctx.app(), &filter.commune).await?;
    let number = page_number(&filter.page);
    let wanted = OrganisationFilter {
        query: filter.q.clone(),
        commune: code,
        sector: some(&filter.secteur),
        kind: some(&filter.r#type),
        sort,
        descending: filter.sens == "desc",
        offset: (number - 1) * PAGE,
        limit: PAGE,
        ..OrganisationFilter::default()
    };
    if download::is_file(&filter.format) {
        let table =
            application::exchange::organisations_table(ctx.app(), ctx.actor(), wanted, language)
                .await?;
        return download::table(&ctx, &table, "organisations", &filter.format);
    }
    let found = people::search_organisations(ctx.app(), ctx.actor(), wanted).await?;
    let sort_link = |slug: &str| {
        SortLink::new(slug, word_of_order, filter.sens == "desc", |tri, sens| {
            filter.address(&[("tri", tri), ("sens", sens)])
        })
    };
    ctx.page(&OrganisationList {
        filtered: narrows(&filter.told()),
        commune_wrong: commune_wrong.map_or_else(String::new, |error| sentence(&error, language)),
        sectors: sectors(language),
        kinds: kinds(language),
        pages: Pages::new(number, found.rows.len(), found.total, |page| {
            filter.address(&[("page", &page.to_string())])
        }),
        lines: found
            .rows
            .into_iter()
            .map(|row| Line {
                kind: word("exchange-kind-", &row.kind, language),
                commune: commune(row.commune_code.as_deref()),
                sector: sector_label(row.sector.as_deref(), language),
                id: row.id,
                name: row.name,
                registration: row.registration.unwrap_or_default(),
                people: row.people,
            })
            .collect(),
        total: found.total,
        sorts: Sorts {
            name: sort_link("nom"),
            commune: sort_link("commune"),
            sector: sort_link("secteur"),
            people: sort_link("organisation"),
        },
        csv: filter.address(&[("format", "csv")]),
        xlsx: filter.address(&[("format", "xlsx")]),
        may_manage: may_manage(&ctx),
        filter,
    })
}

#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Member {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) phone: String,
    pub(super) commune: String,
}

#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct OrganisationPage {
    pub(super) id: String,
    pub(super) organisation: OrganisationForm,
    pub(super) kind: String,
    pub(super) sector: String,
    pub(super) created: String,
    pub(super) merged_into: String,
    pub(super) people: Vec<Member>,
    pub(super) story: Vec<Told>,
    pub(super) may_manage: bool,
    /// Whether the last merge can be taken back.
    pub(super) may_separate: bool,
}

impl Page for OrganisationPage {
    const TEMPLATE: &'static str = "people/organisation.html";
}

/// `GET /bureau/organisations/{id}`: details, people, and what happened.
pub(super) async fn page(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let language = ctx.language();
    let found = people::organisation_page(ctx.app(), ctx.actor(), &id).await?;
    let may_manage = may_manage(&ctx);
    let row = &found.organisation;
    let may_separate = may_manage
        && row.merged_into.is_none()
        && people::separable_organisations(ctx.app(), ctx.actor(), &id)
            .await?
            .is_some();
    ctx.page(&OrganisationPage {
        may_separate,
        organisation: OrganisationForm::of(row),
        kind: word("exchange-kind-", &row.kind, language),
        sector: sector_label(row.sector.as_deref(), language),
        created: local(row.created_at, ctx.zone()),
        merged_into: row.merged_into.clone().unwrap_or_default(),
        people: found
            .people
            .into_iter()
            .map(|person| Member {
                commune: commune(person.commune_code.as_deref()),
                id: person.id,
                name: person.name,
                email: person.email.unwrap_or_default(),
                phone: person.phone.unwrap_or_default(),
            })
            .collect(),
        story: if may_manage {
            found
                .events
                .iter()
                .map(|event| told(event, language, ctx.zone()))
                .collect()
        } else {
            Vec::new()
        },
        may_manage,
        id,
    })
}

/// What the form sends.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct OrganisationForm {
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) registration: String,
    pub(super) sector: String,
    pub(super) commune: String,
    pub(super) commune_code: String,
    pub(super) email: String,
    pub(super) phone: String,
    pub(super) note: String,
    pub(super) version: String,
}

impl OrganisationForm {
    fn input(&self) -> OrganisationInput {
        OrganisationInput {
            name: self.name.clone(),
            kind: self.kind.clone(),
            registration: self.registration.clone(),
            sector: self.sector.clone(),
            commune: self.commune.clone(),
            email: self.email.clone(),
            phone: self.phone.clone(),
            note: self.note.clone(),
            version: self.version.clone(),
        }
    }

    fn of(row: &OrganisationRow) -> Self {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        Self {
            name: row.name.clone(),
            kind: row.kind.clone(),
            registration: text(&row.registration),
            sector: text(&row.sector),
            commune: commune(row.commune_code.as_deref()),
            commune_code: text(&row.commune_code),
            email: text(&row.email),
            phone: text(&row.phone),
            note: row.note.clone(),
            version: row.version.to_string(),
        }
    }
}

#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct OrganisationFormPage {
    /// The organisation's id; empty for a new one.
    pub(super) id: String,
    pub(super) form: OrganisationForm,
    pub(super) errors: FieldErrors,
    /// What stands against it, when a rule says no.
    pub(super) refusal: String,
    /// The organisation as somebody else left it meanwhile.
    pub(super) theirs: Option<OrganisationForm>,
    pub(super) sectors: Vec<Choice>,
    pub(super) kinds: Vec<Choice>,
}

impl Page for OrganisationFormPage {
    const TEMPLATE: &'static str = "people/organisation_form.html";
}

const FIELDS: [&str; 9] = [
    "name",
    "kind",
    "registration",
    "sector",
    "commune",
    "email",
    "phone",
    "note",
    "version",
];

fn form_page(ctx: &Ctx, id: &str, form: OrganisationForm) -> OrganisationFormPage {
    OrganisationFormPage {
        id: id.to_owned(),
        form,
        sectors: sectors(ctx.language()),
        kinds: kinds(ctx.language()),
        ..OrganisationFormPage::default()
    }
}

/// `GET /bureau/organisations/nouvelle`: the empty form.
pub(super) async fn new(ctx: Ctx) -> Answer {
    allowed(&ctx)?;
    ctx.page(&form_page(
        &ctx,
        "",
        OrganisationForm {
            kind: "firm".to_owned(),
            ..OrganisationForm::default()
        },
    ))
}

/// `POST /bureau/organisations/nouvelle`: makes the organisation.
pub(super) async fn create(ctx: Ctx, Form(form): Form<OrganisationForm>) -> Answer {
    let made = people::create_organisation(ctx.app(), ctx.actor(), &form.input()).await;
    answer(&ctx, "", form, made, "people-organisation-created").await
}

/// `GET /bureau/organisations/{id}/modifier`: the form with what is known.
pub(super) async fn edit(ctx: Ctx, Path(id): Path<String>) -> Answer {
    allowed(&ctx)?;
    let known = people::organisation_page(ctx.app(), ctx.actor(), &id).await?;
    ctx.page(&form_page(
        &ctx,
        &id,
        OrganisationForm::of(&known.organisation),
    ))
}

/// `POST /bureau/organisations/{id}/modifier`: saves; when somebody else saved meanwhile, shows both.
pub(super) async fn save(
    ctx: Ctx,
    Path(id): Path<String>,
    Form(form): Form<OrganisationForm>,
) -> Answer {
    let saved = people::edit_organisation(ctx.app(), ctx.actor(), &id, &form.input()).await;
    answer(&ctx, &id, form, saved, "people-organisation-saved").await
}

async fn answer(
    ctx: &Ctx,
    id: &str,
    form: OrganisationForm,
    done: application::Result<OrganisationRow>,
    message: &str,
) -> Answer {
    match done {
        Ok(row) => Ok(ctx.redirect_with(
            &format!("{PATH}/{}", row.id),
            &[Flash::ok(ctx.text(message))],
        )),
        Err(Error::Invalid(wrong)) => {
            let errors = beside(&wrong, &FIELDS, ctx);
            ctx.invalid(&OrganisationFormPage {
                errors,
                ..form_page(ctx, id, form)
            })
        }
        Err(Error::Refused(refused)) => {
            let refusal = refusal(&refused, ctx.language());
            ctx.invalid(&OrganisationFormPage {
                refusal,
                ..form_page(ctx, id, form)
            })
        }
        Err(Error::Stale) => {
            let known = people::organisation_page(ctx.app(), ctx.actor(), id).await?;
            let theirs = OrganisationForm::of(&known.organisation);
            let form = OrganisationForm {
                version: theirs.version.clone(),
                ..form
            };
            ctx.page_with(
                StatusCode::CONFLICT,
                &OrganisationFormPage {
                    theirs: Some(theirs),
                    ..form_page(ctx, id, form)
                },
            )
        }
        Err(other) => Err(other.into()),
    }
}
