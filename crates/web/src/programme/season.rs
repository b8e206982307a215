//! Seasons, at the desk.

use application::programme::{self, EditSeason, SeasonRow};
use axum::Router;
use axum::extract::Path;
use axum::routing::get;
use documents::formats;
use domain::input::Minutes;
use domain::programme::SeasonStage;

use super::{partner, stage};
use crate::State;
use crate::listing::{Choice, Confirm, Deed, Detail, Fact, Field, FormPage, Link, Version, done};
use crate::shell::{Answer, Ctx, Form};

/// Where the pages of seasons are.
pub(super) const HERE: &str = "/bureau/saisons";

pub(super) fn routes() -> Router<State> {
    Router::new()
        .route(
            "/bureau/programmes/{slug}/saisons/nouvelle",
            get(new).post(create),
        )
        .route("/bureau/saisons/{slug}", get(show))
        .route("/bureau/saisons/{slug}/modifier", get(edit).post(save))
        .route(
            "/bureau/saisons/{slug}/supprimer",
            get(ask_delete).post(delete),
        )
}

/// `GET /bureau/saisons/{slug}`: one season with its partners.
async fn show(ctx: Ctx, Path(slug): Path<String>) -> Answer {
    let (programme, season, partners) = programme::season(ctx.app(), ctx.actor(), &slug).await?;
    let here = format!("{HERE}/{slug}");
    let minutes = u32::try_from(season.certificate_minutes).unwrap_or_default();
    let hours = [("hours", documents::texts::Arg::Integer(season.offer_hours))];
    ctx.page(&Detail {
        title: season.name.clone(),
        crumbs: vec![
            Link::new(ctx.text("programme-list"), super::LIST),
            Link::new(
                programme.name,
                format!("{}/{}", super::LIST, programme.slug),
            ),
        ],
        badge: Some(stage(&ctx, &season.stage)),
        facts: vec![
            Fact::new(
                ctx.text("programme-dates"),
                super::dates(&ctx, &season.starts_on, &season.ends_on),
            ),
            Fact::lines(
                ctx.text("programme-summary"),
                season.summary.lines().map(str::to_owned).collect(),
            ),
            Fact::new(
                ctx.text("programme-offer-hours"),
                ctx.text_with("programme-hours", &hours),
            ),
            Fact::new(
                ctx.text("programme-certificate"),
                formats::duration(ctx.language(), minutes),
            ),
            Fact::new(
                ctx.text("programme-questionnaire"),
                season.questionnaire.clone(),
            ),
            Fact::new(ctx.text("programme-rules"), season.pathway_rules.clone()),
        ],
        sections: vec![partner::section(&ctx, &slug, &partners)],
        actions: vec![
            Link::new(ctx.text("listing-edit"), format!("{here}/modifier")),
            Link::new(ctx.text("listing-delete"), format!("{here}/supprimer")),
        ],
        version: season.version,
        ..Detail::default()
    })
}

fn typed(season: &SeasonRow) -> EditSeason {
    let row = season.clone();
    let minutes = Minutes(u32::try_from(row.certificate_minutes).unwrap_or_default());
    EditSeason {
        name: row.name,
        starts_on: row.starts_on,
        ends_on: row.ends_on,
        stage: row.stage,
        summary: row.summary,
        questionnaire: row.questionnaire,
        pathway_rules: row.pathway_rules,
        offer_hours: row.offer_hours.to_string(),
        certificate: format!("{} h {:02}", minutes.hours(), minutes.rest()),
        version: row.version.to_string(),
    }
}

fn fields(ctx: &Ctx, typed: &EditSeason) -> Vec<Field> {
    let stages = SeasonStage::ALL.map(|one| Choice::new(one.slug(), stage(ctx, one.slug()).1));
    vec![
        Field::line("text", "name", ctx.text("programme-season"), &typed.name)
            .required()
            .hint(ctx.text("programme-season-hint")),
        Field::line(
            "date",
            "starts_on",
            ctx.text("programme-starts-on"),
            &typed.starts_on,
        )
        .required(),
        Field::line(
            "date",
            "ends_on",
            ctx.text("programme-ends-on"),
            &typed.ends_on,
        )
        .required(),
        Field::radios(
            "stage",
            ctx.text("programme-stage"),
            stages.to_vec(),
            &typed.stage,
        )
        .hint(ctx.text("programme-stage-hint")),
        Field::line(
            "area",
            "summary",
            ctx.text("programme-summary"),
            &typed.summary,
        )
        .hint(ctx.text("programme-summary-hint")),
        Field::line(
            "number",
            "offer_hours",
            ctx.text("programme-offer-hours"),
            &typed.offer_hours,
        )
        .required()
        .hint(ctx.text("programme-offer-hours-hint")),
        Field::line(
            "text",
            "certificate",
            ctx.text("programme-certificate"),
            &typed.certificate,
        )
        .required()
        .hint(ctx.text("programme-certificate-hint")),
        Field::line(
            "text",
            "questionnaire",
            ctx.text("programme-questionnaire"),
            &typed.questionnaire,
        )
        .hint(ctx.text("programme-content-hint")),
        Field::line(
            "text",
            "pathway_rules",
            ctx.text("programme-rules"),
            &typed.pathway_rules,
        )
        .hint(ctx.text("programme-content-hint")),
    ]
}

/// The form of a new season (`None`) or of one that exists; `back` is where its cancel leads.
fn form(ctx: &Ctx, action: String, title: String, back: Link, typed: &EditSeason) -> FormPage {
    let list = Link::new(ctx.text("programme-list"), super::LIST);
    FormPage::new(
        title,
        vec![list, back],
        action,
        fields(ctx, typed),
        &typed.version,
    )
}

fn new_form(ctx: &Ctx, programme: &programme::ProgrammeRow, typed: &EditSeason) -> FormPage {
    let back = format!("{}/{}", super::LIST, programme.slug);
    let action = format!("{back}/saisons/nouvelle");
    form(
        ctx,
        action,
        ctx.text("programme-season-new"),
        Link::new(&programme.name, back),
        typed,
    )
}

fn edit_form(ctx: &Ctx, slug: &str, typed: &EditSeason) -> FormPage {
    let back = Link::new(ctx.text("programme-season-one"), format!("{HERE}/{slug}"));
    form(
        ctx,
        format!("{HERE}/{slug}/modifier"),
        ctx.text("programme-season-edit"),
        back,
        typed,
    )
}

async fn new(ctx: Ctx, Path(slug): Path<String>) -> Answer {
    let programme = programme::get(ctx.app(), ctx.actor(), &slug).await?;
    let usual = EditSeason {
        stage: SeasonStage::Preparing.slug().to_owned(),
        offer_hours: "48".to_owned(),
        certificate: "1 h 30".to_owned(),
        ..EditSeason::default()
    };
    ctx.page(&new_form(&ctx, &programme, &usual))
}

async fn create(ctx: Ctx, Path(slug): Path<String>, Form(sent): Form<EditSeason>) -> Answer {
    match programme::create_season(ctx.app(), ctx.actor(), &slug, &sent).await {
        Ok(season) => Ok(done(&ctx, &format!("{HERE}/{season}"), "listing-saved")),
        Err(error) => {
            let programme = programme::get(ctx.app(), ctx.actor(), &slug).await?;
            new_form(&ctx, &programme, &sent).again(&ctx, error, None)
        }
    }
}

async fn edit(ctx: Ctx, Path(slug): Path<String>) -> Answer {
    let (_, season, _) = programme::season(ctx.app(), ctx.actor(), &slug).await?;
    ctx.page(&edit_form(&ctx, &slug, &typed(&season)))
}

async fn save(ctx: Ctx, Path(slug): Path<String>, Form(sent): Form<EditSeason>) -> Answer {
    let Err(error) = programme::edit_season(ctx.app(), ctx.actor(), &slug, &sent).await else {
        return Ok(done(&ctx, &format!("{HERE}/{slug}"), "listing-saved"));
    };
    let (_, stored, _) = programme::season(ctx.app(), ctx.actor(), &slug).await?;
    let current = (fields(&ctx, &typed(&stored)), stored.version);
    edit_form(&ctx, &slug, &sent).again(&ctx, error, Some(current))
}

async fn ask_delete(ctx: Ctx, Path(slug): Path<String>) -> Answer {
    let (_, season, _) = programme::season(ctx.app(), ctx.actor(), &slug).await?;
    let at = format!("{HERE}/{slug}");
    let back = Link::new(&season.name, format!("{HERE}/{slug}"));
    let page = Confirm::deletion(
        &ctx,
        &season.name,
        "programme-season-delete-text",
        &at,
        back,
        season.version,
    );
    ctx.page(&page)
}

async fn delete(ctx: Ctx, Path(slug): Path<String>, Form(sent): Form<Version>) -> Answer {
    let (programme, season, _) = programme::season(ctx.app(), ctx.actor(), &slug).await?;
    let list = format!("{}/{}", super::LIST, programme.slug);
    let at = format!("{HERE}/{slug}");
    let done = programme::delete_season(ctx.app(), ctx.actor(), &slug, &sent.version).await;
    Deed::delete(("season", &season.id), &sent, &at, &list)
        .answer(&ctx, done)
        .await
}
