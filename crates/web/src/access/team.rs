//! The team: accounts of staff and the roles they hold, for administrators.

use application::access::account::{self, Account, EditAccount, RoleBindingRow};
use application::access::{PASSWORD_LEAST, Role};
use application::{programme, territory};
use axum::Router;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::get;
use domain::language::Language;
use domain::text::fold;
use serde::Deserialize;

use super::token::{ask, tokens};
use super::{Nothing, done, instant};
use crate::State;
use crate::listing::{
    Asked, Cell, Choice, Detail, Fact, Field, Filter, FilterKind, FormPage, Head, Link, Listing,
};
use crate::shell::{Answer, Ctx, Form, Query};

const LIST: &str = "/bureau/comptes";

pub(super) fn routes() -> Router<State> {
    Router::new()
        .route("/bureau/comptes", get(list))
        .route("/bureau/comptes/nouveau", get(new).post(create))
        .route("/bureau/comptes/{id}", get(show))
        .route("/bureau/comptes/{id}/modifier", get(edit).post(save))
        .route(
            "/bureau/comptes/{id}/jetons/{token}/revoquer",
            get(ask_revoke).post(revoke),
        )
}

/// The languages to choose from.
pub(super) fn languages(ctx: &Ctx) -> Vec<Choice> {
    Language::ALL
        .into_iter()
        .map(|one| Choice::new(one.code(), language(ctx, one.code())))
        .collect()
}

/// A language in words.
pub(super) fn language(ctx: &Ctx, code: &str) -> String {
    match code {
        "en" => ctx.text("access-language-en"),
        _ => ctx.text("access-language-fr"),
    }
}

/// Programmes and territories in which roles can be held.
pub(super) struct Names {
    programmes: Vec<Choice>,
    territories: Vec<Choice>,
}

impl Names {
    /// All of them for whoever may see them, else none: roles are then told without.
    pub(super) async fn load(ctx: &Ctx) -> application::Result<Self> {
        let programmes = match programme::list(ctx.app(), ctx.actor()).await {
            Err(application::Error::Forbidden) => Vec::new(),
            all => all?,
        };
        let territories = match territory::list(ctx.app(), ctx.actor(), "").await {
            Err(application::Error::Forbidden) => Vec::new(),
            all => all?,
        };
        let programmes = programmes
            .into_iter()
            .map(|one| Choice::new(one.id, one.name));
        let territories = territories
            .into_iter()
            .map(|one| Choice::new(one.row.id, one.row.name));
        Ok(Self {
            programmes: programmes.collect(),
            territories: territories.collect(),
        })
    }

    /// A role in words.
    pub(super) fn role(&self, ctx: &Ctx, row: &RoleBindingRow) -> String {
        let Some(role) = Role::parse(&row.role) else {
            return row.role.clone();
        };
        let find = |choices: &[Choice], id: &Option<String>| {
            let id = id.as_deref()?;
            let found = choices.iter().find(|choice| choice.value == id)?;
            Some(found.label.clone())
        };
        let place = find(&self.programmes, &row.programme_id)
            .or_else(|| find(&self.territories, &row.territory_id));
        super::role(ctx, role, place.as_deref())
    }

    /// Every role that can be given: everywhere, and within each programme or territory.
    fn choices(&self, ctx: &Ctx) -> Vec<Choice> {
        let mut choices = Vec::new();
        for role in Role::ALL {
            choices.push(Choice::new(role.slug(), super::role(ctx, role, None)));
            let (kind, places) = match role {
                Role::Coordinator => ("programme", self.programmes.as_slice()),
                Role::Referent => ("territory", self.territories.as_slice()),
                Role::Administrator | Role::Trainer => ("", [].as_slice()),
            };
            for place in places {
                let value = format!("{}@{kind}:{}", role.slug(), place.value);
                choices.push(Choice::new(
                    value,
                    super::role(ctx, role, Some(&place.label)),
                ));
            }
        }
        choices
    }
}

fn state(ctx: &Ctx, account: &Account) -> (&'static str, String) {
    if account.row.disabled_at.is_some() {
        ("bad", ctx.text("access-disabled"))
    } else {
        ("ok", ctx.text("access-enabled"))
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    q: String,
    tri: String,
    page: String,
    format: String,
    role: String,
    etat: String,
}

impl Wanted {
    fn leaves(&self, account: &Account) -> bool {
        let found = fold(&format!("{} {}", account.row.name, account.row.email))
            .contains(&fold(self.q.trim()));
        let role = self.role.is_empty() || account.roles.iter().any(|held| held.role == self.role);
        let state = match self.etat.as_str() {
            "actif" => account.row.disabled_at.is_none(),
            "ferme" => account.row.disabled_at.is_some(),
            _ => true,
        };
        found && role && state
    }
}

fn filters(ctx: &Ctx, wanted: &Wanted) -> Vec<Filter> {
    let roles = Role::ALL.map(|one| Choice::new(one.slug(), super::role(ctx, one, None)));
    vec![
        Filter {
            kind: FilterKind::Choice,
            name: "role",
            label: ctx.text("access-role"),
            options: roles.to_vec(),
            value: wanted.role.clone(),
            none: ctx.text("listing-all"),
        },
        Filter {
            kind: FilterKind::Choice,
            name: "etat",
            label: ctx.text("listing-state"),
            options: vec![
                Choice::new("actif", ctx.text("access-enabled")),
                Choice::new("ferme", ctx.text("access-disabled")),
            ],
            value: wanted.etat.clone(),
            none: ctx.text("listing-all"),
        },
    ]
}

/// `GET /bureau/comptes`: everybody who works with Essor.
async fn list(ctx: Ctx, query: Query<Wanted>) -> Answer {
    let wanted = query.value;
    let accounts = account::list(ctx.app(), ctx.actor()).await?;
    let names = Names::load(&ctx).await?;
    let rows = accounts.iter().filter(|one| wanted.leaves(one)).map(|one| {
        let roles: Vec<_> = one.roles.iter().map(|row| names.role(&ctx, row)).collect();
        let (tone, word) = state(&ctx, one);
        vec![
            Cell::link(&one.row.name, format!("{LIST}/{}", one.row.id)),
            Cell::text(&one.row.email),
            Cell::text(roles.join(", ")),
            Cell::badge(tone, word),
        ]
    });
    let listing = Listing {
        title: ctx.text("access-team"),
        lead: ctx.text("access-team-lead"),
        path: LIST,
        actions: vec![Link::new(
            ctx.text("access-account-new"),
            format!("{LIST}/nouveau"),
        )],
        search_label: ctx.text("access-team-search"),
        rows: rows.collect(),
        filters: filters(&ctx, &wanted),
        heads: vec![
            Head::text("nom", ctx.text("access-name")),
            Head::text("courriel", ctx.text("access-email")),
            Head::text("roles", ctx.text("access-roles")),
            Head::text("etat", ctx.text("listing-state")),
        ],
        empty: (
            ctx.text("access-team-none"),
            ctx.text("access-team-none-text"),
        ),
    };
    let asked = Asked {
        search: wanted.q,
        sort: wanted.tri,
        page: wanted.page,
        format: wanted.format,
    };
    listing.answer(&ctx, &asked)
}

/// `GET /bureau/comptes/{id}`: one account.
async fn show(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let one = account::get(ctx.app(), ctx.actor(), &id).await?;
    let names = Names::load(&ctx).await?;
    let held = account::tokens(ctx.app(), ctx.actor(), &id).await?;
    let here = format!("{LIST}/{id}");
    let roles = one.roles.iter().map(|row| names.role(&ctx, row)).collect();
    ctx.page(&Detail {
        title: one.row.name.clone(),
        crumbs: vec![Link::new(ctx.text("access-team"), LIST)],
        badge: Some(state(&ctx, &one)),
        facts: vec![
            Fact::new(ctx.text("access-email"), &one.row.email),
            Fact::new(
                ctx.text("access-language"),
                language(&ctx, &one.row.language),
            ),
            Fact::lines(ctx.text("access-roles"), roles),
            Fact::new(
                ctx.text("access-account-since"),
                instant(&ctx, one.row.created_at),
            ),
        ],
        sections: vec![tokens(&ctx, &held, &here, None)],
        actions: vec![Link::new(
            ctx.text("listing-edit"),
            format!("{here}/modifier"),
        )],
        ..Detail::default()
    })
}

fn fields(ctx: &Ctx, names: &Names, typed: &EditAccount, is_new: bool) -> Vec<Field> {
    let least = i64::try_from(PASSWORD_LEAST).unwrap_or_default();
    let hint = if is_new {
        "access-password-hint"
    } else {
        "access-password-keep"
    };
    let password = Field::line("password", "password", ctx.text("access-password"), "")
        .hint(ctx.text_with(hint, &[("least", least.into())]));
    let mut fields = vec![
        Field::line("text", "name", ctx.text("access-name"), &typed.name).required(),
        Field::line("email", "email", ctx.text("access-email"), &typed.email)
            .required()
            .hint(ctx.text("access-account-email-hint")),
        Field::radios(
            "language",
            ctx.text("access-language"),
            languages(ctx),
            &typed.language,
        )
        .required(),
        Field::checkboxes(
            "roles",
            ctx.text("access-roles"),
            names.choices(ctx),
            &typed.roles,
        )
        .hint(ctx.text("access-roles-hint")),
        if is_new {
            password.required()
        } else {
            password
        },
    ];
    if !is_new {
        fields.push(
            Field::checkbox(
                "disabled",
                ctx.text("access-disable"),
                !typed.disabled.is_empty(),
            )
            .hint(ctx.text("access-disable-hint")),
        );
    }
    fields
}

fn form(ctx: &Ctx, names: &Names, id: Option<&str>, typed: &EditAccount) -> FormPage {
    let (title, action) = match id {
        None => (ctx.text("access-account-new"), format!("{LIST}/nouveau")),
        Some(id) => (
            ctx.text("access-account-edit"),
            format!("{LIST}/{id}/modifier"),
        ),
    };
    let crumbs = vec![Link::new(ctx.text("access-team"), LIST)];
    let fields = fields(ctx, names, typed, id.is_none());
    FormPage::new(title, crumbs, action, fields, &typed.version)
}

fn typed(one: &Account) -> EditAccount {
    EditAccount {
        name: one.row.name.clone(),
        email: one.row.email.clone(),
        language: one.row.language.clone(),
        password: String::new(),
        roles: one.roles.iter().map(account::written).collect(),
        disabled: one
            .row
            .disabled_at
            .map_or_else(String::new, |_| "oui".to_owned()),
        version: one.row.version.to_string(),
    }
}

/// `GET /bureau/comptes/nouveau`.
async fn new(ctx: Ctx) -> Answer {
    account::list(ctx.app(), ctx.actor()).await?;
    let usual = EditAccount {
        language: Language::Fr.code().to_owned(),
        ..EditAccount::default()
    };
    ctx.page(&form(&ctx, &Names::load(&ctx).await?, None, &usual))
}

/// `POST /bureau/comptes/nouveau`.
async fn create(ctx: Ctx, Form(sent): Form<EditAccount>) -> Answer {
    match account::create(ctx.app(), ctx.actor(), &sent).await {
        Ok(_) => Ok(saved(&ctx)),
        Err(error) => form(&ctx, &Names::load(&ctx).await?, None, &sent).again(&ctx, error, None),
    }
}

/// `GET /bureau/comptes/{id}/modifier`.
async fn edit(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let one = account::get(ctx.app(), ctx.actor(), &id).await?;
    let names = Names::load(&ctx).await?;
    ctx.page(&form(&ctx, &names, Some(&id), &typed(&one)))
}

/// `POST /bureau/comptes/{id}/modifier`.
async fn save(ctx: Ctx, Path(id): Path<String>, Form(sent): Form<EditAccount>) -> Answer {
    let Err(error) = account::edit(ctx.app(), ctx.actor(), &id, &sent).await else {
        return Ok(saved(&ctx));
    };
    let stored = account::get(ctx.app(), ctx.actor(), &id).await?;
    let names = Names::load(&ctx).await?;
    let current = (
        fields(&ctx, &names, &typed(&stored), false),
        stored.row.version,
    );
    form(&ctx, &names, Some(&id), &sent).again(&ctx, error, Some(current))
}

fn saved(ctx: &Ctx) -> Response {
    done(ctx, LIST, "listing-saved")
}

/// `GET /bureau/comptes/{id}/jetons/{token}/revoquer`: asks first.
async fn ask_revoke(ctx: Ctx, Path((id, token)): Path<(String, String)>) -> Answer {
    ctx.page(&ask(&ctx, &id, &token, &format!("{LIST}/{id}")).await?)
}

/// `POST /bureau/comptes/{id}/jetons/{token}/revoquer`.
async fn revoke(
    ctx: Ctx,
    Path((id, token)): Path<(String, String)>,
    Form(_): Form<Nothing>,
) -> Answer {
    account::revoke_token(ctx.app(), ctx.actor(), &id, &token).await?;
    Ok(done(&ctx, &format!("{LIST}/{id}"), "access-token-revoked"))
}
