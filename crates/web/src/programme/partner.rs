//! Partners of a season, at the desk.

use application::programme::{self, EditPartner, Move, PartnerRow};
use axum::Router;
use axum::extract::Path;
use axum::routing::{get, post};
use domain::programme::PartnerKind;

use super::season::HERE;
use crate::State;
use crate::listing::{Choice, Confirm, Deed, Field, FormPage, Link, Section, Version, done};
use crate::shell::{Answer, Ctx, Form};

pub(super) fn routes() -> Router<State> {
    Router::new()
        .route(
            "/bureau/saisons/{slug}/partenaires/nouveau",
            get(new).post(create),
        )
        .route(
            "/bureau/saisons/{slug}/partenaires/{id}/modifier",
            get(edit).post(save),
        )
        .route("/bureau/saisons/{slug}/partenaires/{id}/monter", post(up))
        .route(
            "/bureau/saisons/{slug}/partenaires/{id}/descendre",
            post(down),
        )
        .route(
            "/bureau/saisons/{slug}/partenaires/{id}/supprimer",
            get(ask_delete).post(delete),
        )
}

fn kind(ctx: &Ctx, kind: PartnerKind) -> String {
    match kind {
        PartnerKind::Funder => ctx.text("programme-partner-funder"),
        PartnerKind::Host => ctx.text("programme-partner-host"),
        PartnerKind::Chamber => ctx.text("programme-partner-chamber"),
        PartnerKind::Sponsor => ctx.text("programme-partner-sponsor"),
        PartnerKind::Other => ctx.text("programme-partner-other"),
    }
}

/// The partners of a season, on its page, in the order in which the public sees them.
pub(super) fn section(ctx: &Ctx, slug: &str, partners: &[PartnerRow]) -> Section {
    let here = format!("{HERE}/{slug}/partenaires");
    let heads = [
        "programme-partner",
        "programme-partner-kind",
        "programme-partner-contribution",
    ];
    let mut section = Section::new(
        ctx.text("programme-partners"),
        heads.map(|key| ctx.text(key)).to_vec(),
        ctx.text("programme-partner-none"),
        Some(Link::new(
            ctx.text("programme-partner-new"),
            format!("{here}/nouveau"),
        )),
    );
    for (place, one) in partners.iter().enumerate() {
        let at = format!("{here}/{}", one.id);
        let mut deeds = Vec::new();
        if place > 0 {
            deeds.push(Link::new(
                ctx.text("programme-partner-up"),
                format!("{at}/monter"),
            ));
        }
        if place + 1 < partners.len() {
            deeds.push(Link::new(
                ctx.text("programme-partner-down"),
                format!("{at}/descendre"),
            ));
        }
        let words = PartnerKind::parse(&one.kind)
            .map(|known| kind(ctx, known))
            .unwrap_or_default();
        section.line(
            vec![one.name.clone(), words, one.contribution.clone()],
            Some(format!("{at}/modifier")),
            one.version,
            deeds,
            vec![Link::new(
                ctx.text("listing-delete"),
                format!("{at}/supprimer"),
            )],
        );
    }
    section
}

fn typed(one: &PartnerRow) -> EditPartner {
    EditPartner {
        name: one.name.clone(),
        kind: one.kind.clone(),
        url: one.url.clone().unwrap_or_default(),
        contribution: one.contribution.clone(),
        version: one.version.to_string(),
    }
}

fn fields(ctx: &Ctx, typed: &EditPartner) -> Vec<Field> {
    let kinds = PartnerKind::ALL.map(|one| Choice::new(one.slug(), kind(ctx, one)));
    vec![
        Field::line("text", "name", ctx.text("programme-partner"), &typed.name).required(),
        Field::radios(
            "kind",
            ctx.text("programme-partner-kind"),
            kinds.to_vec(),
            &typed.kind,
        )
        .required(),
        Field::line("text", "url", ctx.text("programme-partner-url"), &typed.url)
            .hint(ctx.text("programme-partner-url-hint")),
        Field::line(
            "area",
            "contribution",
            ctx.text("programme-partner-contribution"),
            &typed.contribution,
        )
        .hint(ctx.text("programme-partner-contribution-hint")),
    ]
}

fn form(ctx: &Ctx, slug: &str, id: Option<&str>, typed: &EditPartner) -> FormPage {
    let here = format!("{HERE}/{slug}");
    let (title, action) = match id {
        None => (
            ctx.text("programme-partner-new"),
            format!("{here}/partenaires/nouveau"),
        ),
        Some(id) => (
            ctx.text("programme-partner-edit"),
            format!("{here}/partenaires/{id}/modifier"),
        ),
    };
    let crumbs = vec![
        Link::new(ctx.text("programme-list"), super::LIST),
        Link::new(ctx.text("programme-season-one"), here),
    ];
    FormPage::new(title, crumbs, action, fields(ctx, typed), &typed.version)
}

async fn new(ctx: Ctx, Path(slug): Path<String>) -> Answer {
    programme::season(ctx.app(), ctx.actor(), &slug).await?;
    let usual = EditPartner {
        kind: PartnerKind::Funder.slug().to_owned(),
        ..EditPartner::default()
    };
    ctx.page(&form(&ctx, &slug, None, &usual))
}

async fn create(ctx: Ctx, Path(slug): Path<String>, Form(sent): Form<EditPartner>) -> Answer {
    match programme::add_partner(ctx.app(), ctx.actor(), &slug, &sent).await {
        Ok(_) => Ok(back(&ctx, &slug, "listing-saved")),
        Err(error) => form(&ctx, &slug, None, &sent).again(&ctx, error, None),
    }
}

async fn edit(ctx: Ctx, Path((slug, id)): Path<(String, String)>) -> Answer {
    let one = programme::partner_of(ctx.app(), ctx.actor(), &slug, &id).await?;
    ctx.page(&form(&ctx, &slug, Some(&id), &typed(&one)))
}

async fn save(
    ctx: Ctx,
    Path((slug, id)): Path<(String, String)>,
    Form(sent): Form<EditPartner>,
) -> Answer {
    let Err(error) = programme::edit_partner(ctx.app(), ctx.actor(), &slug, &id, &sent).await
    else {
        return Ok(back(&ctx, &slug, "listing-saved"));
    };
    let stored = programme::partner_of(ctx.app(), ctx.actor(), &slug, &id).await?;
    let current = (fields(&ctx, &typed(&stored)), stored.version);
    form(&ctx, &slug, Some(&id), &sent).again(&ctx, error, Some(current))
}

async fn up(ctx: Ctx, Path((slug, id)): Path<(String, String)>, Form(_): Form<Version>) -> Answer {
    programme::move_partner(ctx.app(), ctx.actor(), &slug, &id, Move::Up).await?;
    Ok(back(&ctx, &slug, "listing-saved"))
}

async fn down(
    ctx: Ctx,
    Path((slug, id)): Path<(String, String)>,
    Form(_): Form<Version>,
) -> Answer {
    programme::move_partner(ctx.app(), ctx.actor(), &slug, &id, Move::Down).await?;
    Ok(back(&ctx, &slug, "listing-saved"))
}

async fn ask_delete(ctx: Ctx, Path((slug, id)): Path<(String, String)>) -> Answer {
    let one = programme::partner_of(ctx.app(), ctx.actor(), &slug, &id).await?;
    let at = format!("{HERE}/{slug}/partenaires/{id}");
    let back = Link::new(ctx.text("programme-season-one"), format!("{HERE}/{slug}"));
    let page = Confirm::deletion(
        &ctx,
        &one.name,
        "programme-partner-delete-text",
        &at,
        back,
        one.version,
    );
    ctx.page(&page)
}

async fn delete(
    ctx: Ctx,
    Path((slug, id)): Path<(String, String)>,
    Form(sent): Form<Version>,
) -> Answer {
    let page = format!("{HERE}/{slug}");
    let at = format!("{page}/partenaires/{id}");
    let done = programme::delete_partner(ctx.app(), ctx.actor(), &slug, &id, &sent.version).await;
    Deed::delete(("partner", &id), &sent, &at, &page)
        .shown_at(&page)
        .answer(&ctx, done)
        .await
}

fn back(ctx: &Ctx, slug: &str, key: &str) -> axum::response::Response {
    done(ctx, &format!("{HERE}/{slug}"), key)
}
