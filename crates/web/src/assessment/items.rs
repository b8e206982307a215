//! The item bank on the desk: what is asked, how often, and what it is worth.

use application::assessment::{self, BankLine};
use axum::extract::Path;
use documents::texts::Arg;
use domain::assessment::bank::Item;
use domain::language::Language;
use serde::{Deserialize, Serialize};

use super::take::drawing;
use crate::listing::{Asked, Cell, Choice, Filter, FilterKind, Head, Link, Listing};
use crate::shell::{Answer, Ctx, Page, Query};

const LIST: &str = "/bureau/tests/questions";

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    q: String,
    tri: String,
    page: String,
    format: String,
    domaine: String,
    niveau: String,
    mesure: String,
}

/// `GET /bureau/tests/questions`: every item with the use made of it.
pub(super) async fn list(ctx: Ctx, query: Query<Wanted>) -> Answer {
    let sent = query.value;
    let (tests, lines) = assessment::bank_lines(ctx.app(), ctx.actor()).await?;
    let language = ctx.language();
    let fits = |line: &&BankLine| {
        let texts = [
            line.item.ask.get(language),
            line.item.slug.as_str(),
            line.item.competence.as_str(),
        ];
        texts
            .iter()
            .any(|text| domain::text::contains_folded(text, &sent.q))
            && (sent.domaine.is_empty() || line.area.id == sent.domaine)
            && (sent.niveau.is_empty() || line.item.level.to_string() == sent.niveau)
            && (sent.mesure.is_empty() || (sent.mesure == "oui") == line.item.calibrated.is_some())
    };
    let listing = Listing {
        title: ctx.text("assessment-bank"),
        lead: ctx.text_with(
            "assessment-bank-lead",
            &[
                ("items", count(lines.len())),
                ("tests", Arg::Integer(tests)),
            ],
        ),
        path: LIST,
        actions: vec![Link::new(ctx.text("assessment-list"), "/bureau/tests")],
        search_label: ctx.text("assessment-bank-search"),
        filters: filters(&ctx, &sent),
        heads: vec![
            Head::text("ask", ctx.text("assessment-item")),
            Head::text("competence", ctx.text("assessment-competence")),
            Head::number("level", ctx.text("assessment-level-head")),
            Head::number("shown", ctx.text("assessment-shown")),
            Head::text("share", ctx.text("assessment-share")),
            Head::text("right", ctx.text("assessment-right-share")),
            Head::text("difficulty", ctx.text("assessment-difficulty")),
            Head::text("calibrated", ctx.text("assessment-calibration")),
            Head::text("slug", ctx.text("assessment-slug")).exported_only(),
            Head::text("slope", ctx.text("assessment-slope")).exported_only(),
            Head::text("guess", ctx.text("assessment-guess")).exported_only(),
            Head::number("answers", ctx.text("assessment-answers")).exported_only(),
            Head::number("unknown", ctx.text("assessment-unknown")).exported_only(),
            Head::number("passed", ctx.text("assessment-passed")).exported_only(),
            Head::number("seconds", ctx.text("assessment-seconds")).exported_only(),
        ],
        rows: lines
            .iter()
            .filter(fits)
            .map(|line| row(&ctx, line))
            .collect(),
        empty: (
            ctx.text("listing-nothing-found"),
            ctx.text("listing-nothing-found-text"),
        ),
    };
    listing.answer(
        &ctx,
        &Asked {
            search: sent.q,
            sort: sent.tri,
            page: sent.page,
            format: sent.format,
        },
    )
}

fn count(number: usize) -> Arg<'static> {
    Arg::Integer(i64::try_from(number).unwrap_or(i64::MAX))
}

fn filters(ctx: &Ctx, sent: &Wanted) -> Vec<Filter> {
    let filter = |name, label: &str, options, value: &str| Filter {
        kind: FilterKind::Choice,
        name,
        label: ctx.text(label),
        options,
        value: value.to_owned(),
        none: ctx.text("listing-all"),
    };
    let framework = application::content::bank().framework();
    let areas = framework
        .areas
        .iter()
        .map(|area| Choice::new(&area.id, area.name.get(ctx.language())))
        .collect();
    let levels = (1..=8)
        .map(|level| Choice::new(level.to_string(), level.to_string()))
        .collect();
    let measured = vec![
        Choice::new("oui", ctx.text("assessment-calibrated")),
        Choice::new("non", ctx.text("assessment-provisional")),
    ];
    vec![
        filter("domaine", "assessment-area", areas, &sent.domaine),
        filter("niveau", "assessment-level-head", levels, &sent.niveau),
        filter("mesure", "assessment-calibration", measured, &sent.mesure),
    ]
}

/// A share in per cent of so many, with its sorting key.
#[expect(clippy::cast_precision_loss, reason = "counts of answers")]
fn share(ctx: &Ctx, part: i64, whole: i64) -> Cell {
    if whole == 0 {
        return Cell::default();
    }
    let share = part as f64 / whole as f64;
    Cell::text(documents::formats::percent(ctx.language(), share)).sorted_by(&format!("{share:.4}"))
}

/// Figures sort as figures, below zero too.
fn figure(ctx: &Ctx, figure: f64) -> Cell {
    let text = documents::formats::decimal(ctx.language(), figure);
    Cell::text(text).sorted_by(&format!("{:08.3}", figure + 100.0))
}

fn row(ctx: &Ctx, line: &BankLine) -> Vec<Cell> {
    let item = line.item;
    let parameters = item.parameters();
    let answers = line.answers.as_ref();
    let counted = |pick: fn(&assessment::ItemLine) -> i64| answers.map_or(0, pick);
    let shown_share = line.share.map_or_else(Cell::default, |share| {
        Cell::text(documents::formats::percent(ctx.language(), share / 100.0))
            .sorted_by(&format!("{share:08.3}"))
    });
    vec![
        Cell::link(
            item.ask.get(ctx.language()),
            format!("{LIST}/{}", item.slug),
        ),
        Cell::text(competence(ctx, item)).sorted_by(&item.competence),
        Cell::number(i64::from(item.level)),
        Cell::number(line.shown),
        shown_share,
        share(
            ctx,
            counted(|line| line.right_answers),
            counted(|line| line.answers),
        ),
        figure(ctx, parameters.difficulty),
        calibration(ctx, item),
        Cell::text(&item.slug),
        figure(ctx, parameters.slope),
        figure(ctx, parameters.guess),
        Cell::number(counted(|line| line.answers)),
        Cell::number(counted(|line| line.unknown)),
        Cell::number(counted(|line| line.passed)),
        Cell::number(counted(|line| line.millis.unwrap_or_default() / 1000)),
    ]
}

fn competence(ctx: &Ctx, item: &Item) -> String {
    let framework = application::content::bank().framework();
    let name = framework
        .competence(&item.competence)
        .map_or("", |competence| competence.name.get(ctx.language()));
    format!("{} {name}", item.competence)
}

fn calibration(ctx: &Ctx, item: &Item) -> Cell {
    match item.calibrated {
        Some(known) => Cell::text(ctx.text_with(
            "assessment-calibrated-on",
            &[("answers", Arg::Integer(i64::from(known.answers)))],
        )),
        None => Cell::text(ctx.text("assessment-provisional")),
    }
}

/// One of an item's answers.
#[derive(Debug, Default, Serialize)]
pub(super) struct ChoiceRow {
    pub(super) fr: String,
    pub(super) en: String,
    pub(super) right: bool,
    pub(super) chosen: i64,
}

/// An item on its own page.
#[derive(Debug, Default, Serialize)]
pub(super) struct ItemView {
    pub(super) slug: String,
    pub(super) ask: String,
    pub(super) ask_fr: String,
    pub(super) ask_en: String,
    pub(super) because_fr: String,
    pub(super) because_en: String,
    pub(super) picture: Option<String>,
    pub(super) alt: String,
    pub(super) area: String,
    pub(super) competence: String,
    pub(super) level: u8,
    pub(super) shown: i64,
    pub(super) share: Option<f64>,
    pub(super) answers: i64,
    pub(super) right: i64,
    pub(super) unknown: i64,
    pub(super) passed: i64,
    pub(super) seconds: Option<i64>,
    pub(super) slope: f64,
    pub(super) difficulty: f64,
    pub(super) guess: f64,
    /// How many answers its parameters rest on; none while they are provisional.
    pub(super) calibrated: Option<u32>,
    pub(super) choices: Vec<ChoiceRow>,
}

impl Page for ItemView {
    const TEMPLATE: &'static str = "assessment/item.html";
}

/// `GET /bureau/tests/questions/{slug}`: an item in both languages, with its use.
pub(super) async fn page(ctx: Ctx, Path(slug): Path<String>) -> Answer {
    let page = assessment::item_page(ctx.app(), ctx.actor(), &slug).await?;
    let (line, item) = (&page.line, page.line.item);
    let parameters = item.parameters();
    let answers = line.answers.as_ref();
    let counted = |pick: fn(&assessment::ItemLine) -> i64| answers.map_or(0, pick);
    let text = |text: &domain::language::Translated, language| text.get(language).to_owned();
    let picture = item.picture.as_ref();
    ctx.page(&ItemView {
        slug: item.slug.clone(),
        ask: text(&item.ask, ctx.language()),
        ask_fr: text(&item.ask, Language::Fr),
        ask_en: text(&item.ask, Language::En),
        because_fr: text(&item.because, Language::Fr),
        because_en: text(&item.because, Language::En),
        picture: picture.map(|_| format!("{LIST}/{}/image", item.slug)),
        alt: picture.map_or_else(String::new, |picture| text(&picture.alt, ctx.language())),
        area: text(&line.area.name, ctx.language()),
        competence: competence(&ctx, item),
        level: item.level,
        shown: line.shown,
        share: line.share.map(|share| share / 100.0),
        answers: counted(|line| line.answers),
        right: counted(|line| line.right_answers),
        unknown: counted(|line| line.unknown),
        passed: counted(|line| line.passed),
        seconds: answers
            .and_then(|line| line.millis)
            .map(|millis| millis / 1000),
        slope: parameters.slope,
        difficulty: parameters.difficulty,
        guess: parameters.guess,
        calibrated: item.calibrated.map(|known| known.answers),
        choices: item
            .choices
            .iter()
            .zip(&page.chosen)
            .map(|(choice, chosen)| ChoiceRow {
                fr: choice.fr.clone(),
                en: choice.en.clone(),
                right: choice.right,
                chosen: *chosen,
            })
            .collect(),
    })
}

/// `GET /bureau/tests/questions/{slug}/image`: its picture.
pub(super) async fn picture(ctx: Ctx, Path(slug): Path<String>) -> Answer {
    let svg = assessment::picture_of_item(ctx.app(), ctx.actor(), &slug)?;
    Ok(drawing(svg))
}
