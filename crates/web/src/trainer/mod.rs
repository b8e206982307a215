//! Trainers and their providers, at the desk.

mod provider;

use std::collections::BTreeMap;

use application::content::vocabulary;
use application::people::commune_label;
use application::trainer::{self, Edit, Trainer, TrainerFilter};
use axum::Router;
use axum::extract::Path;
use axum::routing::{get, post};
use documents::formats;
use domain::questionnaire::{DAYS, Slot, day_code};
use serde::Deserialize;

use crate::State;
use crate::listing::{
    Asked, Cell, Choice, Confirm, Deed, Detail, Fact, Field, Filter, FilterKind, FormPage, Head,
    Link, Listing, Version, done,
};
use crate::shell::{Answer, Ctx, Form, Query};
use crate::site::state;

const LIST: &str = "/bureau/formateurs";

/// The addresses of this area.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        .route("/bureau/formateurs", get(list))
        .route("/bureau/formateurs/nouveau", get(new).post(create))
        .route("/bureau/formateurs/{id}", get(show))
        .route("/bureau/formateurs/{id}/modifier", get(edit).post(save))
        .route("/bureau/formateurs/{id}/archiver", post(archive))
        .route("/bureau/formateurs/{id}/reprendre", post(restore))
        .route(
            "/bureau/formateurs/{id}/supprimer",
            get(ask_delete).post(delete),
        )
        .merge(provider::routes())
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    q: String,
    tri: String,
    page: String,
    format: String,
    etat: String,
    prestataire: String,
}

/// The names of providers and accounts, for showing and choosing.
struct Names {
    providers: Vec<Choice>,
    accounts: Vec<Choice>,
}

impl Names {
    async fn load(ctx: &Ctx) -> application::Result<Self> {
        let providers = trainer::list_providers(ctx.app(), ctx.actor(), "").await?;
        let accounts = trainer::accounts(ctx.app(), ctx.actor()).await?;
        Ok(Self {
            providers: providers
                .into_iter()
                .map(|row| Choice::new(row.id, row.name))
                .collect(),
            accounts: accounts
                .into_iter()
                .map(|row| Choice::new(row.id, format!("{} ({})", row.name, row.email)))
                .collect(),
        })
    }

    fn of(choices: &[Choice], id: Option<&String>) -> String {
        let found = choices.iter().find(|choice| Some(&choice.value) == id);
        found.map_or_else(String::new, |choice| choice.label.clone())
    }
}

/// `GET /bureau/formateurs`: who can give sessions.
async fn list(ctx: Ctx, query: Query<Wanted>) -> Answer {
    let wanted = query.value;
    let filter = TrainerFilter {
        search: Some(wanted.q.clone()),
        archived: match wanted.etat.as_str() {
            "archives" => Some(true),
            "tous" => None,
            _ => Some(false),
        },
        provider_id: Some(wanted.prestataire.clone()).filter(|id| !id.is_empty()),
    };
    let trainers = trainer::list(ctx.app(), ctx.actor(), &filter).await?;
    let names = Names::load(&ctx).await?;
    let listing = Listing {
        title: ctx.text("trainer-list"),
        lead: ctx.text("trainer-list-lead"),
        path: LIST,
        actions: vec![
            Link::new(ctx.text("trainer-new"), "/bureau/formateurs/nouveau"),
            Link::new(ctx.text("trainer-providers"), "/bureau/prestataires"),
        ],
        search_label: ctx.text("trainer-search"),
        filters: vec![
            Filter {
                kind: FilterKind::Choice,
                name: "prestataire",
                label: ctx.text("trainer-provider"),
                options: names.providers.clone(),
                value: wanted.prestataire.clone(),
                none: ctx.text("listing-all"),
            },
            Filter {
                kind: FilterKind::Choice,
                name: "etat",
                label: ctx.text("listing-state"),
                options: vec![
                    Choice::new("archives", ctx.text("listing-is-archived")),
                    Choice::new("tous", ctx.text("listing-all")),
                ],
                value: wanted.etat.clone(),
                none: ctx.text("listing-active"),
            },
        ],
        heads: vec![
            Head::text("nom", ctx.text("trainer-name")),
            Head::text("prestataire", ctx.text("trainer-provider")),
            Head::text("commune", ctx.text("trainer-commune")),
            Head::text("savoir-faire", ctx.text("trainer-skills")),
            Head::text("etat", ctx.text("listing-state")),
            Head::text("courriel", ctx.text("trainer-email")).exported_only(),
            Head::text("telephone", ctx.text("trainer-phone")).exported_only(),
        ],
        rows: trainers.iter().map(|one| row(&ctx, one, &names)).collect(),
        empty: (ctx.text("trainer-none"), ctx.text("trainer-none-text")),
    };
    let asked = Asked {
        search: wanted.q,
        sort: wanted.tri,
        page: wanted.page,
        format: wanted.format,
    };
    listing.answer(&ctx, &asked)
}

fn row(ctx: &Ctx, one: &Trainer, names: &Names) -> Vec<Cell> {
    vec![
        Cell::link(&one.row.name, format!("{LIST}/{}", one.row.id)),
        Cell::text(Names::of(&names.providers, one.row.provider_id.as_ref())),
        Cell::text(
            one.row
                .commune_code
                .as_deref()
                .map(commune_label)
                .unwrap_or_default(),
        ),
        Cell::text(skills(ctx, one).join(", ")),
        state(ctx, one.row.archived_at).1,
        Cell::text(one.row.email.clone().unwrap_or_default()),
        Cell::text(one.row.phone.clone().unwrap_or_default()),
    ]
}

fn skills(ctx: &Ctx, one: &Trainer) -> Vec<String> {
    let terms = vocabulary()
        .skills
        .iter()
        .filter(|term| one.skills.contains(&term.slug));
    terms
        .map(|term| term.label.get(ctx.language()).to_owned())
        .collect()
}

fn moment(ctx: &Ctx, slot: Slot) -> String {
    match slot {
        Slot::Morning => ctx.text("trainer-morning"),
        Slot::Afternoon => ctx.text("trainer-afternoon"),
        Slot::Evening => ctx.text("trainer-evening"),
    }
}

/// When they have time: a line for each day that has some.
fn availability(ctx: &Ctx, one: &Trainer) -> Vec<String> {
    let mut days: BTreeMap<i8, Vec<String>> = BTreeMap::new();
    for cell in one.availability.cells() {
        days.entry(cell.day.to_monday_zero_offset())
            .or_default()
            .push(moment(ctx, cell.slot));
    }
    let named = DAYS.into_iter().filter_map(|day| {
        let moments = days.get(&day.to_monday_zero_offset())?;
        Some(format!(
            "{} : {}",
            formats::weekday(ctx.language(), day),
            moments.join(", ")
        ))
    });
    named.collect()
}

/// `GET /bureau/formateurs/{id}`: one trainer.
async fn show(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let one = trainer::get(ctx.app(), ctx.actor(), &id).await?;
    let names = Names::load(&ctx).await?;
    let here = format!("{LIST}/{id}");
    let (badge, _) = state(&ctx, one.row.archived_at);
    let archiving = if one.row.archived_at.is_none() {
        Link::new(ctx.text("listing-archive"), format!("{here}/archiver"))
    } else {
        Link::new(ctx.text("listing-restore"), format!("{here}/reprendre"))
    };
    let provider = one
        .row
        .provider_id
        .as_ref()
        .map(|id| format!("/bureau/prestataires/{id}"));
    ctx.page(&Detail {
        title: one.row.name.clone(),
        crumbs: vec![Link::new(ctx.text("trainer-list"), LIST)],
        badge: Some(badge),
        facts: vec![
            Fact::new(
                ctx.text("trainer-provider"),
                Names::of(&names.providers, one.row.provider_id.as_ref()),
            )
            .to(provider),
            Fact::new(
                ctx.text("trainer-email"),
                one.row.email.clone().unwrap_or_default(),
            ),
            Fact::new(
                ctx.text("trainer-phone"),
                crate::listing::phone(one.row.phone.as_deref()),
            ),
            Fact::new(
                ctx.text("trainer-commune"),
                one.row
                    .commune_code
                    .as_deref()
                    .map(commune_label)
                    .unwrap_or_default(),
            ),
            Fact::lines(ctx.text("trainer-skills"), skills(&ctx, &one)),
            Fact::lines(ctx.text("trainer-availability"), availability(&ctx, &one)),
            Fact::new(
                ctx.text("trainer-account"),
                Names::of(&names.accounts, one.row.account_id.as_ref()),
            ),
            Fact::lines(
                ctx.text("trainer-note"),
                one.row.note.lines().map(str::to_owned).collect(),
            ),
        ],
        actions: vec![
            Link::new(ctx.text("listing-edit"), format!("{here}/modifier")),
            Link::new(ctx.text("listing-delete"), format!("{here}/supprimer")),
        ],
        deeds: vec![archiving],
        version: one.row.version,
        ..Detail::default()
    })
}

/// What a stored trainer looks like in the form.
fn typed(one: &Trainer) -> Edit {
    let row = one.row.clone();
    Edit {
        name: row.name,
        email: row.email.unwrap_or_default(),
        phone: row.phone.unwrap_or_default(),
        provider: row.provider_id.unwrap_or_default(),
        account: row.account_id.unwrap_or_default(),
        commune: row
            .commune_code
            .as_deref()
            .map(commune_label)
            .unwrap_or_default(),
        skills: one.skills.clone(),
        availability: one
            .availability
            .cells()
            .map(|cell| cell.to_string())
            .collect(),
        note: row.note,
        version: row.version.to_string(),
    }
}

fn fields(ctx: &Ctx, names: &Names, typed: &Edit) -> Vec<Field> {
    let terms = vocabulary().skills.iter();
    let skills = terms
        .map(|term| Choice::new(&term.slug, term.label.get(ctx.language())))
        .collect();
    let days = DAYS.map(|day| Choice::new(day_code(day), formats::weekday(ctx.language(), day)));
    let moments = Slot::ALL.map(|slot| Choice::new(slot.code(), moment(ctx, slot)));
    vec![
        Field::line("text", "name", ctx.text("trainer-name"), &typed.name).required(),
        Field::line("email", "email", ctx.text("trainer-email"), &typed.email),
        Field::line("tel", "phone", ctx.text("trainer-phone"), &typed.phone),
        Field::select(
            "provider",
            ctx.text("trainer-provider"),
            names.providers.clone(),
            &typed.provider,
        ),
        Field::line(
            "commune",
            "commune",
            ctx.text("trainer-commune"),
            &typed.commune,
        )
        .hint(ctx.text("trainer-commune-hint")),
        Field::checkboxes("skills", ctx.text("trainer-skills"), skills, &typed.skills)
            .hint(ctx.text("trainer-skills-hint")),
        Field::week(
            "availability",
            ctx.text("trainer-availability"),
            days.to_vec(),
            moments.to_vec(),
            &typed.availability,
        ),
        Field::select(
            "account",
            ctx.text("trainer-account"),
            names.accounts.clone(),
            &typed.account,
        )
        .hint(ctx.text("trainer-account-hint")),
        Field::line("area", "note", ctx.text("trainer-note"), &typed.note)
            .hint(ctx.text("trainer-note-hint")),
    ]
}

fn form(ctx: &Ctx, id: Option<&str>, names: &Names, typed: &Edit) -> FormPage {
    let fields = fields(ctx, names, typed);
    let at = (LIST, "/bureau/formateurs/nouveau");
    FormPage::of_one(
        ctx,
        ["trainer-list", "trainer-new", "trainer-one", "trainer-edit"],
        at,
        id,
        fields,
        &typed.version,
    )
}

async fn new(ctx: Ctx) -> Answer {
    let names = Names::load(&ctx).await?;
    ctx.page(&form(&ctx, None, &names, &Edit::default()))
}

async fn create(ctx: Ctx, Form(sent): Form<Edit>) -> Answer {
    match trainer::create(ctx.app(), ctx.actor(), &sent).await {
        Ok(id) => Ok(done(&ctx, &format!("{LIST}/{id}"), "listing-saved")),
        Err(error) => {
            let names = Names::load(&ctx).await?;
            form(&ctx, None, &names, &sent).again(&ctx, error, None)
        }
    }
}

async fn edit(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let one = trainer::get(ctx.app(), ctx.actor(), &id).await?;
    let names = Names::load(&ctx).await?;
    ctx.page(&form(&ctx, Some(&id), &names, &typed(&one)))
}

async fn save(ctx: Ctx, Path(id): Path<String>, Form(sent): Form<Edit>) -> Answer {
    let Err(error) = trainer::edit(ctx.app(), ctx.actor(), &id, &sent).await else {
        return Ok(done(&ctx, &format!("{LIST}/{id}"), "listing-saved"));
    };
    let stored = trainer::get(ctx.app(), ctx.actor(), &id).await?;
    let names = Names::load(&ctx).await?;
    let current = (fields(&ctx, &names, &typed(&stored)), stored.row.version);
    form(&ctx, Some(&id), &names, &sent).again(&ctx, error, Some(current))
}

async fn archive(ctx: Ctx, Path(id): Path<String>, Form(sent): Form<Version>) -> Answer {
    let at = format!("{LIST}/{id}");
    let done = trainer::archive(ctx.app(), ctx.actor(), &id, &sent.version).await;
    Deed::archive(("trainer", &id), &sent, &at)
        .answer(&ctx, done)
        .await
}

async fn restore(ctx: Ctx, Path(id): Path<String>, Form(sent): Form<Version>) -> Answer {
    let at = format!("{LIST}/{id}");
    let done = trainer::restore(ctx.app(), ctx.actor(), &id, &sent.version).await;
    Deed::restore(("trainer", &id), &sent, &at)
        .answer(&ctx, done)
        .await
}

async fn ask_delete(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let one = trainer::get(ctx.app(), ctx.actor(), &id).await?;
    let at = format!("{LIST}/{id}");
    let back = Link::new(&one.row.name, format!("{LIST}/{id}"));
    let page = Confirm::deletion(
        &ctx,
        &one.row.name,
        "trainer-delete-text",
        &at,
        back,
        one.row.version,
    );
    ctx.page(&page)
}

async fn delete(ctx: Ctx, Path(id): Path<String>, Form(sent): Form<Version>) -> Answer {
    let at = format!("{LIST}/{id}");
    let done = trainer::delete(ctx.app(), ctx.actor(), &id, &sent.version).await;
    Deed::delete(("trainer", &id), &sent, &at, LIST)
        .answer(&ctx, done)
        .await
}
