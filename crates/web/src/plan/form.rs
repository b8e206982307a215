//! The form of a new scenario.

use application::plan::{self, Ask, Choices, Importance};
use serde::Deserialize;

use super::LIST;
use crate::listing::{Choice, Field, FormPage, Link};
use crate::shell::{Answer, Ctx, Flash, Form, Query};

fn choices(named: &[(String, String)]) -> Vec<Choice> {
    named
        .iter()
        .map(|(value, label)| Choice::new(value, label))
        .collect()
}

fn fields(ctx: &Ctx, ask: &Ask, known: &Choices) -> Vec<Field> {
    let mut fields = vec![
        Field::line("text", "name", ctx.text("plan-name"), &ask.name)
            .required()
            .hint(ctx.text("plan-name-hint")),
        Field::select(
            "season",
            ctx.text("session-season"),
            choices(&known.seasons),
            &ask.season,
        )
        .required(),
        Field::line("date", "from", ctx.text("plan-from"), &ask.from).required(),
        Field::line("date", "until", ctx.text("plan-until"), &ask.until).required(),
        Field::checkboxes(
            "without_sites",
            ctx.text("plan-without-sites"),
            choices(&known.sites),
            &ask.without_sites,
        )
        .hint(ctx.text("plan-without-sites-hint")),
        Field::line("number", "extra", ctx.text("plan-extra"), &ask.extra)
            .hint(ctx.text("plan-extra-hint")),
        Field::select(
            "extra_like",
            ctx.text("plan-extra-like"),
            choices(&known.trainers),
            &ask.extra_like,
        ),
        Field::line(
            "number",
            "most_sessions",
            ctx.text("plan-most-sessions"),
            &ask.most_sessions,
        )
        .hint(ctx.text("plan-most-sessions-hint")),
        Field::line("number", "minutes", ctx.text("plan-minutes"), &ask.minutes)
            .hint(ctx.text("plan-minutes-hint")),
    ];
    fields.extend(times(ctx, ask));
    fields.extend(importances(ctx, ask));
    fields
}

fn times(ctx: &Ctx, ask: &Ask) -> Vec<Field> {
    let line = |kind, name, key: &str, value: &str| Field::line(kind, name, ctx.text(key), value);
    vec![
        line("number", "per_person", "plan-per-person", &ask.per_person),
        line(
            "number",
            "per_trainer",
            "plan-per-trainer",
            &ask.per_trainer,
        ),
        line("text", "morning", "plan-morning", &ask.morning).hint(ctx.text("plan-hours-hint")),
        line("text", "afternoon", "plan-afternoon", &ask.afternoon),
        line("text", "evening", "plan-evening", &ask.evening),
        line("area", "days_off", "plan-days-off", &ask.days_off)
            .hint(ctx.text("plan-days-off-hint")),
    ]
}

fn importances(ctx: &Ctx, ask: &Ask) -> Vec<Field> {
    let degrees = Importance::ALL.map(|one| {
        Choice::new(
            one.slug(),
            ctx.text(&format!("plan-importance-{}", one.slug())),
        )
    });
    let one = |name, key: &str, value: &str| {
        let value = if value.is_empty() { "usual" } else { value };
        Field::select(name, ctx.text(key), degrees.to_vec(), value).required()
    };
    vec![
        one("near", "plan-near", &ask.near),
        one("trainer_ways", "plan-trainer-ways", &ask.trainer_ways),
        one("few_sessions", "plan-few-sessions", &ask.few_sessions),
        one("filled", "plan-filled", &ask.filled),
        one("same_level", "plan-same-level", &ask.same_level),
    ]
}

fn page(ctx: &Ctx, ask: &Ask, known: &Choices) -> FormPage {
    FormPage::new(
        ctx.text("plan-new"),
        vec![Link::new(ctx.text("plan-list"), LIST)],
        format!("{LIST}/nouveau"),
        fields(ctx, ask, known),
        "",
    )
    .lead(ctx.text("plan-new-lead"))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Start {
    saison: String,
    comme: String,
}

/// `GET /bureau/planification/nouveau`: the settings; `comme` takes those of another plan, `saison` those of a season.
pub(super) async fn new(ctx: Ctx, query: Query<Start>) -> Answer {
    let Start { saison, comme } = query.value;
    let like = Some(comme.as_str()).filter(|id| !id.is_empty());
    let (ask, known) = plan::form(ctx.app(), ctx.actor(), &saison, like).await?;
    ctx.page(&page(&ctx, &ask, &known))
}

/// `POST /bureau/planification/nouveau`: makes the plan and starts computing it.
pub(super) async fn create(ctx: Ctx, Form(ask): Form<Ask>) -> Answer {
    match plan::create(ctx.app(), ctx.actor(), &ask).await {
        Ok(id) => started(&ctx, &id).await,
        Err(error) => {
            let (_, known) = plan::form(ctx.app(), ctx.actor(), &ask.season, None).await?;
            page(&ctx, &ask, &known).again(&ctx, error, None)
        }
    }
}

/// To the page of a new plan, its computation begun if nothing else is being computed.
pub(super) async fn started(ctx: &Ctx, id: &str) -> Answer {
    let flashes = match plan::start(&ctx.state.app, ctx.actor(), id).await {
        Ok(()) => Vec::new(),
        Err(application::Error::Refused(refused)) => vec![Flash::wait(
            crate::shell::error::refusal(&refused, ctx.language()),
        )],
        Err(error) => return Err(error.into()),
    };
    Ok(ctx.redirect_with(&format!("{LIST}/{id}"), &flashes))
}
