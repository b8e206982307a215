//! What the desk sees: who took a test, and what a season's tests gave together.

use application::assessment::{self, Group, RunLine, RunPage};
use application::people::commune_label;
use application::programme::SeasonRow;
use documents::texts::Arg;
use domain::assessment::adaptive::{Band, Level};
use domain::assessment::small::Shown;
use domain::id::PersonId;
use serde::{Deserialize, Serialize};

use super::result::{AreaView, areas};
use super::words;
use crate::listing::{Asked, Cell, Choice, Filter, FilterKind, Head, Link, Listing};
use crate::session::or_no_season;
use crate::shell::{Answer, Ctx, Page, Query, WebError};

const LIST: &str = "/bureau/tests";

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    q: String,
    tri: String,
    page: String,
    format: String,
    saison: String,
    etat: String,
    occasion: String,
}

/// `GET /bureau/tests`: the tests of a season.
pub(super) async fn list(ctx: Ctx, query: Query<Wanted>) -> Answer {
    let sent = query.value;
    if sent.saison.is_empty() {
        return or_no_season(&ctx, listed(&ctx, sent).await);
    }
    listed(&ctx, sent).await
}

/// The stage of a line as its filter calls it.
fn state(line: &RunLine) -> &'static str {
    match (line.stage.as_str(), line.conclusive) {
        ("done", 1) => "done",
        ("done", _) => "stopped",
        ("open", _) => "open",
        _ => "declined",
    }
}

async fn listed(ctx: &Ctx, sent: Wanted) -> Answer {
    let (season, seasons, lines) = assessment::list(ctx.app(), ctx.actor(), &sent.saison).await?;
    let folded = domain::text::fold(&sent.q);
    let fits = |line: &&RunLine| {
        let names = [Some(&line.name), line.organisation_name.as_ref()];
        names
            .into_iter()
            .flatten()
            .any(|name| domain::text::fold(name).contains(&folded))
            && (sent.etat.is_empty() || state(line) == sent.etat)
            && (sent.occasion.is_empty() || line.occasion == sent.occasion)
    };
    let rows = lines
        .iter()
        .filter(fits)
        .map(|line| row(ctx, line))
        .collect();
    let listing = Listing {
        title: ctx.text("assessment-list"),
        lead: ctx.text_with(
            "assessment-list-lead",
            &[("season", Arg::from(season.name.as_str()))],
        ),
        path: LIST,
        actions: vec![
            Link::new(
                ctx.text("assessment-summary"),
                format!("{LIST}/bilan?saison={}", season.slug),
            ),
            Link::new(ctx.text("assessment-bank"), format!("{LIST}/questions")),
        ],
        search_label: ctx.text("assessment-search"),
        filters: filters(ctx, &sent, &seasons),
        heads: heads(ctx),
        rows,
        empty: (
            ctx.text("assessment-none"),
            ctx.text("assessment-none-text"),
        ),
    };
    listing.answer(
        ctx,
        &Asked {
            search: sent.q,
            sort: sent.tri,
            page: sent.page,
            format: sent.format,
        },
    )
}

/// By season, stage and occasion.
fn filters(ctx: &Ctx, sent: &Wanted, seasons: &[SeasonRow]) -> Vec<Filter> {
    let states = ["done", "stopped", "open", "declined"].map(|slug| {
        let stage = if slug == "stopped" { "done" } else { slug };
        Choice::new(slug, words::stage(ctx, stage, slug == "done").1)
    });
    let occasions = ["questionnaire", "before", "after"]
        .map(|slug| Choice::new(slug, words::occasion(ctx, slug)));
    let filter = |name, label: &str, options: Vec<Choice>, value: &str, none: &str| Filter {
        kind: FilterKind::Choice,
        name,
        label: ctx.text(label),
        options,
        value: value.to_owned(),
        none: ctx.text(none),
    };
    let others = seasons
        .iter()
        .map(|one| Choice::new(&one.slug, &one.name))
        .collect();
    vec![
        filter(
            "saison",
            "assessment-season",
            others,
            &sent.saison,
            "assessment-present-season",
        ),
        filter(
            "etat",
            "assessment-stage",
            states.into(),
            &sent.etat,
            "listing-all",
        ),
        filter(
            "occasion",
            "assessment-occasion",
            occasions.into(),
            &sent.occasion,
            "listing-all",
        ),
    ]
}

fn heads(ctx: &Ctx) -> Vec<Head> {
    vec![
        Head::text("name", ctx.text("assessment-person")),
        Head::text("occasion", ctx.text("assessment-occasion")),
        Head::text("day", ctx.text("assessment-day")),
        Head::text("stage", ctx.text("assessment-stage")),
        Head::text("level", ctx.text("assessment-level-head")),
        Head::number("answers", ctx.text("assessment-answers")),
        Head::text("applied", ctx.text("assessment-counts")),
        Head::text("commune", ctx.text("wish-commune")).exported_only(),
        Head::text("organisation", ctx.text("wish-organisation")).exported_only(),
        Head::text("ability", ctx.text("assessment-ability")).exported_only(),
        Head::text("error", ctx.text("assessment-error")).exported_only(),
    ]
}

fn level_of(line: &RunLine) -> Option<Option<Level>> {
    let level = u8::try_from(line.level?).ok()?;
    Some(Level::try_from(level).ok())
}

fn row(ctx: &Ctx, line: &RunLine) -> Vec<Cell> {
    let (tone, word) = words::stage(ctx, &line.stage, line.conclusive == 1);
    let at = line.finished_at.unwrap_or(line.started_at);
    let day = words::day(ctx, at);
    let shown = day.parse().map_or_else(
        |_| day.clone(),
        |date| documents::formats::date_short(ctx.language(), date),
    );
    let level = level_of(line).filter(|_| line.conclusive == 1);
    let figure = |figure: Option<f64>| {
        Cell::text(figure.map_or_else(String::new, |figure| format!("{figure:.2}")))
    };
    vec![
        Cell::link(&line.name, format!("/bureau/personnes/{}", line.person_id)),
        Cell::text(words::occasion(ctx, &line.occasion)),
        Cell::text(shown).sorted_by(&day),
        Cell::badge(tone, word),
        Cell::text(level.map_or_else(String::new, |level| words::level(ctx, level)))
            .sorted_by(&line.level.unwrap_or(-1).to_string()),
        Cell::number(line.answers),
        Cell::text(if line.applied == 1 {
            ctx.text("assessment-yes")
        } else {
            String::new()
        }),
        Cell::text(
            line.commune_code
                .as_deref()
                .map(commune_label)
                .unwrap_or_default(),
        ),
        Cell::text(line.organisation_name.clone().unwrap_or_default()),
        figure(line.ability),
        figure(line.error),
    ]
}

/// A count with its words; nothing where it is kept back.
#[derive(Debug, Default, Serialize)]
pub(super) struct Figure {
    pub(super) label: String,
    pub(super) count: Option<u32>,
}

/// Counts with their words.
#[derive(Debug, Default, Serialize)]
pub(super) struct Figures {
    pub(super) total: Option<u32>,
    pub(super) figures: Vec<Figure>,
}

/// An area at the start and after.
#[derive(Debug, Default, Serialize)]
pub(super) struct AreaRow {
    pub(super) name: String,
    pub(super) start: Option<(&'static str, String)>,
    pub(super) after: Option<(&'static str, String)>,
}

/// What the tests of a season gave together.
#[derive(Debug, Default, Serialize)]
pub(super) struct SummaryPage {
    pub(super) season: String,
    pub(super) slug: String,
    pub(super) seasons: Vec<Choice>,
    pub(super) whole: bool,
    pub(super) stages: Figures,
    pub(super) start: Figures,
    pub(super) after: Figures,
    pub(super) change: Figures,
    pub(super) areas: Vec<AreaRow>,
}

impl Page for SummaryPage {
    const TEMPLATE: &'static str = "assessment/summary.html";
}

fn figures(group: &Group, labels: Vec<String>) -> Figures {
    Figures {
        total: group.total,
        figures: labels
            .into_iter()
            .zip(&group.counts)
            .map(|(label, shown)| Figure {
                label,
                count: Shown::count(*shown),
            })
            .collect(),
    }
}

/// `GET /bureau/tests/bilan`: what the tests of a season gave together, without small groups for those who may not see the people.
pub(super) async fn summary(ctx: Ctx, query: Query<Wanted>) -> Answer {
    let sent = query.value;
    let is_plain = sent.saison.is_empty();
    let answer = summed(&ctx, &sent.saison).await;
    if is_plain {
        or_no_season(&ctx, answer)
    } else {
        answer
    }
}

async fn summed(ctx: &Ctx, slug: &str) -> Answer {
    let summary = assessment::summary(ctx.app(), ctx.actor(), slug).await?;
    let bands = || {
        let named = [
            Band::Basic,
            Band::Intermediate,
            Band::Advanced,
            Band::HighlyAdvanced,
        ];
        let mut labels = vec![ctx.text("assessment-level-before")];
        labels.extend(named.map(|band| words::band(ctx, band).0));
        labels
    };
    let stages = [
        ("done", true),
        ("done", false),
        ("open", false),
        ("declined", false),
    ]
    .map(|(stage, conclusive)| words::stage(ctx, stage, conclusive).1);
    let changes = [
        "assessment-change-down",
        "assessment-change-same",
        "assessment-change-up",
    ]
    .map(|key| ctx.text(key));
    let footing = |footing: Option<domain::assessment::run::Footing>| {
        footing.map(|footing| words::footing(ctx, footing))
    };
    ctx.page(&SummaryPage {
        stages: figures(&summary.stages, stages.into()),
        start: figures(&summary.start, bands()),
        after: figures(&summary.after, bands()),
        change: figures(&summary.change, changes.into()),
        areas: summary
            .areas
            .iter()
            .map(|area| AreaRow {
                name: area.area.name.get(ctx.language()).to_owned(),
                start: footing(area.start),
                after: footing(area.after),
            })
            .collect(),
        seasons: summary
            .seasons
            .iter()
            .map(|one| Choice::new(&one.slug, &one.name))
            .collect(),
        season: summary.season.name,
        slug: summary.season.slug,
        whole: summary.whole,
    })
}

/// A test on a person's page.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct TestLine {
    occasion: String,
    day: String,
    tone: &'static str,
    stage: String,
    level: String,
    change: String,
    applied: bool,
    areas: Vec<AreaView>,
}

impl TestLine {
    fn of(ctx: &Ctx, page: &RunPage) -> Self {
        let run = &page.run;
        let is_conclusive = run.conclusive == 1;
        let (tone, stage) = words::stage(ctx, &run.stage, is_conclusive);
        Self {
            occasion: words::occasion(ctx, &run.occasion),
            day: words::day(ctx, run.finished_at.unwrap_or(run.started_at)),
            tone,
            stage,
            level: if is_conclusive {
                words::level(ctx, page.level)
            } else {
                String::new()
            },
            change: page
                .change
                .map_or_else(String::new, |(change, _)| words::change(ctx, change)),
            applied: run.applied == 1,
            areas: if is_conclusive {
                areas(ctx, &page.areas)
            } else {
                Vec::new()
            },
        }
    }

    /// A sample.
    #[cfg(test)]
    pub(crate) fn sample() -> Self {
        Self {
            occasion: "Avant".into(),
            day: "2026-03-02".into(),
            tone: "ok",
            stage: "Terminé".into(),
            level: "3 sur 8".into(),
            change: "En progrès".into(),
            applied: true,
            areas: super::samples::areas(),
        }
    }
}

/// The tests of a person, for whoever may see them; nothing for others.
pub(crate) async fn of_person(ctx: &Ctx, id: &str) -> Result<Option<Vec<TestLine>>, WebError> {
    let person: PersonId = id.parse().map_err(|_| WebError::not_found())?;
    let runs = assessment::of_person(ctx.app(), ctx.actor(), person).await?;
    Ok(runs.map(|runs| runs.iter().map(|run| TestLine::of(ctx, run)).collect()))
}
