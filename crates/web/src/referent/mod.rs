//! Referents, at the desk.

mod home;

use application::people::commune_label;
use application::referent::{self, Edit, ReferentFilter, ReferentRow};
use application::{territory, trainer};
use axum::Router;
use axum::extract::Path;
use axum::routing::get;
use domain::programme::ReferentKind;
use serde::Deserialize;

use crate::State;
use crate::listing::{
    Asked, Cell, Choice, Confirm, Deed, Detail, Fact, Field, Filter, FilterKind, FormPage, Head,
    Link, Listing, Version, done,
};
use crate::shell::{Answer, Ctx, Form, Query};

const LIST: &str = "/bureau/referents";

/// The addresses of this area.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        .route("/referent", get(home::home))
        .route("/referent/inscrire", get(home::new).post(home::register))
        .route("/bureau/referents", get(list))
        .route("/bureau/referents/nouveau", get(new).post(create))
        .route("/bureau/referents/{id}", get(show))
        .route("/bureau/referents/{id}/modifier", get(edit).post(save))
        .route(
            "/bureau/referents/{id}/supprimer",
            get(ask_delete).post(delete),
        )
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    q: String,
    tri: String,
    page: String,
    format: String,
    territoire: String,
    genre: String,
}

/// The names of territories and accounts, for showing and choosing.
struct Names {
    territories: Vec<Choice>,
    accounts: Vec<Choice>,
}

impl Names {
    async fn load(ctx: &Ctx) -> application::Result<Self> {
        let territories = territory::list(ctx.app(), ctx.actor(), "").await?;
        let accounts = trainer::accounts(ctx.app(), ctx.actor()).await?;
        Ok(Self {
            territories: territories
                .into_iter()
                .map(|one| Choice::new(one.row.id, one.row.name))
                .collect(),
            accounts: accounts
                .into_iter()
                .map(|row| Choice::new(row.id, format!("{} ({})", row.name, row.email)))
                .collect(),
        })
    }

    fn of(choices: &[Choice], id: &str) -> String {
        let found = choices.iter().find(|choice| choice.value == id);
        found.map_or_else(String::new, |choice| choice.label.clone())
    }
}

fn kind(ctx: &Ctx, kind: ReferentKind) -> String {
    match kind {
        ReferentKind::Elected => ctx.text("referent-elected"),
        ReferentKind::Staff => ctx.text("referent-staff"),
        ReferentKind::Other => ctx.text("referent-other"),
    }
}

fn kinds(ctx: &Ctx) -> Vec<Choice> {
    ReferentKind::ALL
        .map(|one| Choice::new(one.slug(), kind(ctx, one)))
        .to_vec()
}

/// `GET /bureau/referents`: who relays the programme.
async fn list(ctx: Ctx, query: Query<Wanted>) -> Answer {
    let wanted = query.value;
    let filter = ReferentFilter {
        search: Some(wanted.q.clone()),
        territory_id: Some(wanted.territoire.clone()).filter(|id| !id.is_empty()),
        kind: Some(wanted.genre.clone()).filter(|kind| !kind.is_empty()),
    };
    let referents = referent::list(ctx.app(), ctx.actor(), &filter).await?;
    let names = Names::load(&ctx).await?;
    let listing = Listing {
        title: ctx.text("referent-list"),
        lead: ctx.text("referent-list-lead"),
        path: LIST,
        actions: vec![Link::new(
            ctx.text("referent-new"),
            "/bureau/referents/nouveau",
        )],
        search_label: ctx.text("referent-search"),
        filters: vec![
            Filter {
                kind: FilterKind::Choice,
                name: "territoire",
                label: ctx.text("referent-territory"),
                options: names.territories.clone(),
                value: wanted.territoire.clone(),
                none: ctx.text("listing-all"),
            },
            Filter {
                kind: FilterKind::Choice,
                name: "genre",
                label: ctx.text("referent-kind"),
                options: kinds(&ctx),
                value: wanted.genre.clone(),
                none: ctx.text("listing-all"),
            },
        ],
        heads: vec![
            Head::text("name", ctx.text("referent-name")),
            Head::text("kind", ctx.text("referent-kind")),
            Head::text("organisation", ctx.text("referent-organisation")),
            Head::text("territory", ctx.text("referent-territory")),
            Head::text("commune", ctx.text("referent-commune")),
            Head::text("email", ctx.text("referent-email")),
            Head::text("phone", ctx.text("referent-phone")),
            Head::text("note", ctx.text("referent-note")).exported_only(),
        ],
        rows: referents.iter().map(|one| row(&ctx, one, &names)).collect(),
        empty: (ctx.text("referent-none"), ctx.text("referent-none-text")),
    };
    let asked = Asked {
        search: wanted.q,
        sort: wanted.tri,
        page: wanted.page,
        format: wanted.format,
    };
    listing.answer(&ctx, &asked)
}

fn row(ctx: &Ctx, one: &ReferentRow, names: &Names) -> Vec<Cell> {
    vec![
        Cell::link(&one.name, format!("{LIST}/{}", one.id)),
        Cell::text(
            ReferentKind::parse(&one.kind)
                .map(|known| kind(ctx, known))
                .unwrap_or_default(),
        ),
        Cell::text(&one.organisation),
        Cell::text(Names::of(&names.territories, &one.territory_id)),
        Cell::text(
            one.commune_code
                .as_deref()
                .map(commune_label)
                .unwrap_or_default(),
        ),
        Cell::text(one.email.clone().unwrap_or_default()),
        Cell::text(crate::listing::phone(one.phone.as_deref())),
        Cell::text(&one.note),
    ]
}

/// `GET /bureau/referents/{id}`: one referent.
async fn show(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let one = referent::get(ctx.app(), ctx.actor(), &id).await?;
    let names = Names::load(&ctx).await?;
    let here = format!("{LIST}/{id}");
    ctx.page(&Detail {
        title: one.name,
        crumbs: vec![Link::new(ctx.text("referent-list"), LIST)],
        facts: vec![
            Fact::new(
                ctx.text("referent-kind"),
                ReferentKind::parse(&one.kind)
                    .map(|known| kind(&ctx, known))
                    .unwrap_or_default(),
            ),
            Fact::new(ctx.text("referent-organisation"), one.organisation),
            Fact::new(
                ctx.text("referent-territory"),
                Names::of(&names.territories, &one.territory_id),
            )
            .to(Some(format!("/bureau/territoires/{}", one.territory_id))),
            Fact::new(
                ctx.text("referent-commune"),
                one.commune_code
                    .as_deref()
                    .map(commune_label)
                    .unwrap_or_default(),
            ),
            Fact::new(ctx.text("referent-email"), one.email.unwrap_or_default()),
            Fact::new(
                ctx.text("referent-phone"),
                crate::listing::phone(one.phone.as_deref()),
            ),
            Fact::new(
                ctx.text("referent-account"),
                Names::of(
                    &names.accounts,
                    one.account_id.as_deref().unwrap_or_default(),
                ),
            ),
            Fact::lines(
                ctx.text("referent-note"),
                one.note.lines().map(str::to_owned).collect(),
            ),
        ],
        actions: vec![
            Link::new(ctx.text("listing-edit"), format!("{here}/modifier")),
            Link::new(ctx.text("listing-delete"), format!("{here}/supprimer")),
        ],
        version: one.version,
        ..Detail::default()
    })
}

fn typed(one: &ReferentRow) -> Edit {
    let row = one.clone();
    Edit {
        name: row.name,
        territory: row.territory_id,
        kind: row.kind,
        organisation: row.organisation,
        commune: row
            .commune_code
            .as_deref()
            .map(commune_label)
            .unwrap_or_default(),
        email: row.email.unwrap_or_default(),
        phone: row.phone.unwrap_or_default(),
        account: row.account_id.unwrap_or_default(),
        note: row.note,
        version: row.version.to_string(),
    }
}

fn fields(ctx: &Ctx, names: &Names, typed: &Edit) -> Vec<Field> {
    vec![
        Field::line("text", "name", ctx.text("referent-name"), &typed.name).required(),
        Field::radios("kind", ctx.text("referent-kind"), kinds(ctx), &typed.kind).required(),
        Field::select(
            "territory",
            ctx.text("referent-territory"),
            names.territories.clone(),
            &typed.territory,
        )
        .required(),
        Field::line(
            "text",
            "organisation",
            ctx.text("referent-organisation"),
            &typed.organisation,
        )
        .hint(ctx.text("referent-organisation-hint")),
        Field::line(
            "commune",
            "commune",
            ctx.text("referent-commune"),
            &typed.commune,
        )
        .hint(ctx.text("site-commune-hint")),
        Field::line("email", "email", ctx.text("referent-email"), &typed.email),
        Field::line("tel", "phone", ctx.text("referent-phone"), &typed.phone),
        Field::select(
            "account",
            ctx.text("referent-account"),
            names.accounts.clone(),
            &typed.account,
        )
        .hint(ctx.text("referent-account-hint")),
        Field::line("area", "note", ctx.text("referent-note"), &typed.note),
    ]
}

fn form(ctx: &Ctx, id: Option<&str>, names: &Names, typed: &Edit) -> FormPage {
    let fields = fields(ctx, names, typed);
    let at = (LIST, "/bureau/referents/nouveau");
    FormPage::of_one(
        ctx,
        [
            "referent-list",
            "referent-new",
            "referent-one",
            "referent-edit",
        ],
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
    match referent::create(ctx.app(), ctx.actor(), &sent).await {
        Ok(id) => Ok(done(&ctx, &format!("{LIST}/{id}"), "listing-saved")),
        Err(error) => {
            let names = Names::load(&ctx).await?;
            form(&ctx, None, &names, &sent).again(&ctx, error, None)
        }
    }
}

async fn edit(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let one = referent::get(ctx.app(), ctx.actor(), &id).await?;
    let names = Names::load(&ctx).await?;
    ctx.page(&form(&ctx, Some(&id), &names, &typed(&one)))
}

async fn save(ctx: Ctx, Path(id): Path<String>, Form(sent): Form<Edit>) -> Answer {
    let Err(error) = referent::edit(ctx.app(), ctx.actor(), &id, &sent).await else {
        return Ok(done(&ctx, &format!("{LIST}/{id}"), "listing-saved"));
    };
    let stored = referent::get(ctx.app(), ctx.actor(), &id).await?;
    let names = Names::load(&ctx).await?;
    let current = (fields(&ctx, &names, &typed(&stored)), stored.version);
    form(&ctx, Some(&id), &names, &sent).again(&ctx, error, Some(current))
}

async fn ask_delete(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let one = referent::get(ctx.app(), ctx.actor(), &id).await?;
    let at = format!("{LIST}/{id}");
    let back = Link::new(&one.name, format!("{LIST}/{id}"));
    let page = Confirm::deletion(
        &ctx,
        &one.name,
        "referent-delete-text",
        &at,
        back,
        one.version,
    );
    ctx.page(&page)
}

async fn delete(ctx: Ctx, Path(id): Path<String>, Form(sent): Form<Version>) -> Answer {
    let at = format!("{LIST}/{id}");
    let done = referent::delete(ctx.app(), ctx.actor(), &id, &sent.version).await;
    Deed::delete(("referent", &id), &sent, &at, LIST)
        .answer(&ctx, done)
        .await
}
