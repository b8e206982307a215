//! Probable duplicates, and two records made one.

use application::Error;
use application::people::{
    self, Duplicate, MergeCommand, MergeField, MergePreview, OrganisationRow, PersonRow,
};
use domain::language::Language;
use serde::{Deserialize, Serialize};

use super::shared::{commune, local, module, sector_label, word};
use crate::listing::phone;
use crate::shell::error::refusal;
use crate::shell::{Answer, Ctx, Flash, Form, Page, Query, WebError};

/// More pairs than this are not shown at once.
const MOST_PAIRS: usize = 100;

/// One record of a pair.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Side {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) phone: String,
    pub(super) commune: String,
    pub(super) registration: String,
}

#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Pair {
    pub(super) first: Side,
    pub(super) second: Side,
    pub(super) reasons: Vec<String>,
}

#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct DuplicatesPage {
    /// `personnes` or `organisations`.
    pub(super) list: &'static str,
    pub(super) total: usize,
    pub(super) pairs: Vec<Pair>,
}

impl Page for DuplicatesPage {
    const TEMPLATE: &'static str = "people/duplicates.html";
}

fn side_of_person(person: &PersonRow) -> Side {
    Side {
        id: person.id.clone(),
        name: person.name.clone(),
        email: person.email.clone().unwrap_or_default(),
        phone: person.phone.clone().unwrap_or_default(),
        commune: commune(person.commune_code.as_deref()),
        registration: String::new(),
    }
}

fn side_of_organisation(organisation: &OrganisationRow) -> Side {
    Side {
        id: organisation.id.clone(),
        name: organisation.name.clone(),
        email: organisation.email.clone().unwrap_or_default(),
        phone: organisation.phone.clone().unwrap_or_default(),
        commune: commune(organisation.commune_code.as_deref()),
        registration: organisation.registration.clone().unwrap_or_default(),
    }
}

fn shown<T>(ctx: &Ctx, list: &'static str, found: &[Duplicate<T>], side: fn(&T) -> Side) -> Answer {
    let language = ctx.language();
    let pairs = found.iter().take(MOST_PAIRS).map(|pair| Pair {
        first: side(&pair.first),
        second: side(&pair.second),
        reasons: pair
            .reasons
            .iter()
            .map(|reason| word("people-reason-", reason.slug(), language))
            .collect(),
    });
    ctx.page(&DuplicatesPage {
        list,
        total: found.len(),
        pairs: pairs.collect(),
    })
}

/// `GET /bureau/personnes/doublons`: people who may be one.
pub(super) async fn people(ctx: Ctx) -> Answer {
    let found = people::duplicate_people(ctx.app(), ctx.actor()).await?;
    shown(&ctx, "personnes", &found, side_of_person)
}

/// `GET /bureau/organisations/doublons`: organisations that may be one.
pub(super) async fn organisations(ctx: Ctx) -> Answer {
    let found = people::duplicate_organisations(ctx.app(), ctx.actor()).await?;
    shown(&ctx, "organisations", &found, side_of_organisation)
}

/// Two records that are two.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Apart {
    one: String,
    other: String,
}

/// `POST /bureau/personnes/distinctes`: remembers that two people are two.
pub(super) async fn keep_people_apart(ctx: Ctx, Form(pair): Form<Apart>) -> Answer {
    people::keep_apart(ctx.app(), ctx.actor(), "person", &pair.one, &pair.other).await?;
    Ok(ctx.redirect_with(
        "/bureau/personnes/doublons",
        &[Flash::ok(ctx.text("people-kept-apart"))],
    ))
}

/// `POST /bureau/organisations/distinctes`: remembers that two organisations are two.
pub(super) async fn keep_organisations_apart(ctx: Ctx, Form(pair): Form<Apart>) -> Answer {
    people::keep_apart(
        ctx.app(),
        ctx.actor(),
        "organisation",
        &pair.one,
        &pair.other,
    )
    .await?;
    Ok(ctx.redirect_with(
        "/bureau/organisations/doublons",
        &[Flash::ok(ctx.text("people-kept-apart"))],
    ))
}

/// Which two: the one that stays, and the one that goes into it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Which {
    garder: String,
    absorber: String,
}

#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) label: String,
    pub(super) kept: String,
    pub(super) gone: String,
    pub(super) gone_wins: bool,
    pub(super) differs: bool,
}

#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Clash {
    pub(super) module: String,
    pub(super) starts: String,
    pub(super) remains: String,
    pub(super) ends: String,
}

#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Move {
    pub(super) what: String,
    pub(super) count: usize,
}

#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct MergePage {
    /// `personnes` or `organisations`.
    pub(super) list: &'static str,
    pub(super) kept: Side,
    pub(super) gone: Side,
    pub(super) kept_version: i64,
    pub(super) gone_version: i64,
    pub(super) fields: Vec<Field>,
    pub(super) moves: Vec<Move>,
    pub(super) clashes: Vec<Clash>,
    /// What stands against it, when it was tried.
    pub(super) refusal: String,
}

impl Page for MergePage {
    const TEMPLATE: &'static str = "people/merge.html";
}

fn field(
    field: &MergeField,
    organisations: &[Option<OrganisationRow>; 2],
    language: Language,
) -> Field {
    let said = |value: &str, place: usize| match field.field {
        "commune" => commune(Some(value).filter(|code| !code.is_empty())),
        "sector" => sector_label(Some(value), language),
        "phone" => phone(Some(value)),
        "kind" => word("exchange-kind-", value, language),
        "language" => word("people-language-", value, language),
        "organisation" => organisations
            .get(place)
            .and_then(Option::as_ref)
            .map(|organisation| organisation.name.clone())
            .unwrap_or_default(),
        _ => value.to_owned(),
    };
    Field {
        name: field.field,
        label: word("exchange-column-", field.field, language),
        kept: said(&field.kept, 0),
        gone: said(&field.gone, 1),
        gone_wins: field.gone_wins,
        differs: field.kept != field.gone,
    }
}

fn merge_page<T>(
    list: &'static str,
    preview: &MergePreview<T>,
    (kept, gone): (Side, Side),
    versions: (i64, i64),
    organisations: &[Option<OrganisationRow>; 2],
    ctx: &Ctx,
) -> MergePage {
    let language = ctx.language();
    let stage = |id: &str, clash: &people::MergeClash| {
        let stage = if id == clash.clash.kept_id {
            &clash.clash.kept_stage
        } else {
            &clash.clash.gone_stage
        };
        word("exchange-enrolment-", stage, language)
    };
    MergePage {
        list,
        kept,
        gone,
        kept_version: versions.0,
        gone_version: versions.1,
        fields: preview
            .fields
            .iter()
            .map(|one| field(one, organisations, language))
            .collect(),
        moves: preview
            .moves
            .iter()
            .map(|(kind, count)| Move {
                what: word("people-moves-", kind, language),
                count: *count,
            })
            .collect(),
        clashes: preview
            .clashes
            .iter()
            .map(|clash| Clash {
                module: module(&clash.clash.module, language),
                starts: local(clash.clash.starts_at, ctx.zone()),
                remains: stage(&clash.remains, clash),
                ends: stage(&clash.ends, clash),
            })
            .collect(),
        refusal: String::new(),
    }
}

async fn people_page(ctx: &Ctx, kept: &str, gone: &str) -> Result<MergePage, WebError> {
    let preview = people::preview_people(ctx.app(), ctx.actor(), kept, gone).await?;
    let mut organisations = [None, None];
    for (slot, person) in organisations.iter_mut().zip([&preview.kept, &preview.gone]) {
        *slot = people::person_page(ctx.app(), ctx.actor(), &person.id)
            .await?
            .organisation;
    }
    let sides = (side_of_person(&preview.kept), side_of_person(&preview.gone));
    let versions = (preview.kept.version, preview.gone.version);
    Ok(merge_page(
        "personnes",
        &preview,
        sides,
        versions,
        &organisations,
        ctx,
    ))
}

async fn organisations_page(ctx: &Ctx, kept: &str, gone: &str) -> Result<MergePage, WebError> {
    let preview = people::preview_organisations(ctx.app(), ctx.actor(), kept, gone).await?;
    let sides = (
        side_of_organisation(&preview.kept),
        side_of_organisation(&preview.gone),
    );
    let versions = (preview.kept.version, preview.gone.version);
    Ok(merge_page(
        "organisations",
        &preview,
        sides,
        versions,
        &[None, None],
        ctx,
    ))
}

/// `GET /bureau/personnes/reunir`: the two side by side, and what would move.
pub(super) async fn preview_people(ctx: Ctx, which: Query<Which>) -> Answer {
    ctx.page(&people_page(&ctx, &which.value.garder, &which.value.absorber).await?)
}

/// `GET /bureau/organisations/reunir`: the two side by side, and what would move.
pub(super) async fn preview_organisations(ctx: Ctx, which: Query<Which>) -> Answer {
    ctx.page(&organisations_page(&ctx, &which.value.garder, &which.value.absorber).await?)
}

/// What the form sends: for every field that differs, `choix-FIELD` = `absorber` where the other's value wins.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct MergeForm {
    garder: String,
    absorber: String,
    kept_version: String,
    gone_version: String,
    take: Vec<String>,
}

impl MergeForm {
    fn command(&self) -> MergeCommand {
        MergeCommand {
            kept: self.garder.clone(),
            gone: self.absorber.clone(),
            kept_version: self.kept_version.clone(),
            gone_version: self.gone_version.clone(),
            take: self.take.clone(),
        }
    }
}

/// `POST /bureau/personnes/reunir`: merges; when one of the two changed since, shows them again.
pub(super) async fn merge_people(ctx: Ctx, Form(form): Form<MergeForm>) -> Answer {
    match people::merge_people(ctx.app(), ctx.actor(), &form.command()).await {
        Ok(person) => Ok(ctx.redirect_with(
            &format!("/bureau/personnes/{}", person.id),
            &[Flash::ok(ctx.text("people-merged"))],
        )),
        Err(error) => {
            let refusal = said(&ctx, error)?;
            let page = people_page(&ctx, &form.garder, &form.absorber).await?;
            ctx.invalid(&MergePage { refusal, ..page })
        }
    }
}

/// `POST /bureau/organisations/reunir`: merges; when one of the two changed since, shows them again.
pub(super) async fn merge_organisations(ctx: Ctx, Form(form): Form<MergeForm>) -> Answer {
    match people::merge_organisations(ctx.app(), ctx.actor(), &form.command()).await {
        Ok(organisation) => {
            let to = format!("/bureau/organisations/{}", organisation.id);
            Ok(ctx.redirect_with(&to, &[Flash::ok(ctx.text("people-merged"))]))
        }
        Err(error) => {
            let refusal = said(&ctx, error)?;
            let page = organisations_page(&ctx, &form.garder, &form.absorber).await?;
            ctx.invalid(&MergePage { refusal, ..page })
        }
    }
}

/// The sentence for what stands against a merge; other errors are passed on.
fn said(ctx: &Ctx, error: Error) -> Result<String, WebError> {
    match error {
        Error::Stale => Ok(ctx.text("people-merge-stale")),
        Error::Refused(refused) => Ok(refusal(&refused, ctx.language())),
        other => Err(other.into()),
    }
}
