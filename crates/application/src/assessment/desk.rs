//! What the desk sees: who took a test, what a season's tests gave together, and what the items are worth.

use std::collections::{BTreeMap, BTreeSet};

use domain::assessment::adaptive::Level;
use domain::assessment::bank::{self, Item};
use domain::assessment::run::{Change, Footing, Occasion, Tally};
use domain::assessment::small::{LEAST, Shown, protect};
use domain::id::PersonId;
use store::Connection;
use store::assessment::{ItemLine, RunLine, RunRow};
use store::programme::SeasonRow;

use super::level_of;
use super::result::{Area, areas, before, change};
use crate::access::{Action, Actor, Resource, authorise};
use crate::people::person_resource;
use crate::{App, Error, Result, content, questionnaire};

/// The bands in which a summary counts people: before level 1, then the four of the framework.
const BANDS: usize = 5;

/// A run on the desk.
#[derive(Clone, Debug)]
pub struct RunPage {
    /// The run.
    pub run: RunRow,
    /// Name of the person.
    pub name: String,
    /// Name of the season.
    pub season: String,
    /// Its level.
    pub level: Option<Level>,
    /// The areas, in order.
    pub areas: Vec<Area>,
    /// What has changed since an earlier run, and that run's level.
    pub change: Option<(Change, Option<Level>)>,
}

/// Seasons to choose from, newest first: slug and name.
async fn seasons(
    app: &App,
    db: &mut Connection,
    actor: &Actor,
    action: Action,
) -> Result<Vec<SeasonRow>> {
    let mut seen = Vec::new();
    for season in store::programme::list_seasons(db, None).await? {
        let programme = crate::enrolment::parse(&season.programme_id)?;
        if app
            .policies()
            .allow(actor, action, &Resource::of_programme(programme))?
        {
            seen.push(season);
        }
    }
    Ok(seen)
}

/// The season of this slug, or the present one, among those that one may see.
async fn season(
    app: &App,
    db: &mut Connection,
    actor: &Actor,
    action: Action,
    slug: &str,
) -> Result<(SeasonRow, Vec<SeasonRow>)> {
    let seen = seasons(app, db, actor, action).await?;
    if seen.is_empty() {
        authorise(app, actor, action, &Resource::everything())?;
    }
    let present = if slug.is_empty() {
        questionnaire::offered(app)
            .await?
            .map(|offered| offered.season.slug)
    } else {
        Some(slug.to_owned())
    };
    let found = seen
        .iter()
        .find(|season| Some(&season.slug) == present.as_ref())
        .or_else(|| seen.first().filter(|_| slug.is_empty()));
    let found = found.ok_or(Error::NotFound)?.clone();
    Ok((found, seen))
}

/// The tests of a season, newest first, with the season and those that can be chosen. People whose data are erased are not in it.
///
/// # Errors
/// What the policies say; [`Error::NotFound`] without a season.
pub async fn list(
    app: &App,
    actor: &Actor,
    slug: &str,
) -> Result<(SeasonRow, Vec<SeasonRow>, Vec<RunLine>)> {
    let mut db = app.read().await?;
    let (season, seen) = season(app, &mut db, actor, Action::SeeAssessments, slug).await?;
    let mut lines = store::assessment::of_season(&mut db, &season.id).await?;
    lines.retain(|line| !line.name.is_empty());
    Ok((season, seen, lines))
}

/// The tests that a person took, newest first; none for whoever may not see them.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn of_person(app: &App, actor: &Actor, person: PersonId) -> Result<Option<Vec<RunPage>>> {
    let mut db = app.read().await?;
    let row = store::people::person(&mut db, &person.to_string())
        .await?
        .ok_or(Error::NotFound)?;
    let resource = person_resource(&mut db, &row).await?;
    match authorise(app, actor, Action::SeeAssessments, &resource) {
        Err(Error::Forbidden | Error::SignInNeeded) => return Ok(None),
        other => other?,
    }
    let runs = store::assessment::of_person(&mut db, &row.id, None).await?;
    let mut pages = Vec::with_capacity(runs.len());
    for run in runs {
        pages.push(page(&mut db, run, row.name.clone()).await?);
    }
    Ok(Some(pages))
}

async fn page(db: &mut Connection, run: RunRow, name: String) -> Result<RunPage> {
    let answers = store::assessment::answers(db, &run.id).await?;
    let season = store::programme::season(db, &run.season_id).await?;
    let earlier = if run.stage == "done" {
        before(db, &run).await?
    } else {
        None
    };
    Ok(RunPage {
        name,
        season: season.map(|season| season.name).unwrap_or_default(),
        level: run.level.and_then(level_of),
        areas: areas(db, &run, &answers).await?,
        change: earlier
            .and_then(|earlier| Some((change(&earlier, &run)?, earlier.level.and_then(level_of)))),
        run,
    })
}

/// A count of people, as far as it may be shown, with how many there are in all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The counts.
    pub counts: Vec<Shown>,
    /// How many people together; none where even that would point at somebody.
    pub total: Option<u32>,
}

/// How an area stands in a season beside the others.
#[derive(Clone, Debug)]
pub struct AreaMean {
    /// The area.
    pub area: bank::Area,
    /// At the start of paths; none where too few people were asked to say so.
    pub start: Option<Footing>,
    /// Once workshops were attended.
    pub after: Option<Footing>,
}

/// What the tests of a season gave together.
#[derive(Clone, Debug)]
pub struct Summary {
    /// The season.
    pub season: SeasonRow,
    /// Seasons to choose from.
    pub seasons: Vec<SeasonRow>,
    /// Whether small groups are shown: only to those who may see the people themselves.
    pub whole: bool,
    /// Tests: over with a result, stopped early, under way, declined.
    pub stages: Group,
    /// People by band at the start of their path.
    pub start: Group,
    /// People by band once they had attended.
    pub after: Group,
    /// Of those who took both: lower, about the same, higher.
    pub change: Group,
    /// The areas, in order.
    pub areas: Vec<AreaMean>,
}

fn group(counts: &[u32], whole: bool) -> Group {
    let total: u32 = counts.iter().sum();
    if whole {
        return Group {
            counts: counts.iter().map(|count| Shown::Count(*count)).collect(),
            total: Some(total),
        };
    }
    Group {
        counts: protect(counts),
        total: (total == 0 || total >= LEAST).then_some(total),
    }
}

/// Place among the bands of a summary.
fn band(level: Option<Level>) -> usize {
    level.map_or(0, |level| level.band() as usize + 1)
}

/// What the tests of a season gave together. Whoever may not see the people themselves sees no group so small that it points at somebody.
///
/// # Errors
/// What the policies say; [`Error::NotFound`] without a season.
pub async fn summary(app: &App, actor: &Actor, slug: &str) -> Result<Summary> {
    let mut db = app.read().await?;
    let (season, seen) = season(app, &mut db, actor, Action::SeeAssessmentSummary, slug).await?;
    let programme = crate::enrolment::parse(&season.programme_id)?;
    let whole = app.policies().allow(
        actor,
        Action::SeeAssessments,
        &Resource::of_programme(programme),
    )?;
    let lines = store::assessment::of_season(&mut db, &season.id).await?;
    let mut stages = [0_u32; 4];
    let mut bands = [[0_u32; BANDS]; 2];
    let mut newest: BTreeMap<(&str, bool), &RunLine> = BTreeMap::new();
    for line in &lines {
        let place = match (line.stage.as_str(), line.conclusive) {
            ("done", 1) => 0,
            ("done", _) => 1,
            ("open", _) => 2,
            _ => 3,
        };
        if let Some(count) = stages.get_mut(place) {
            *count += 1;
        }
        if place == 0
            && let Some(occasion) = Occasion::of(&line.occasion)
        {
            // Newest first: one result a person on either side.
            newest
                .entry((line.person_id.as_str(), occasion.is_start()))
                .or_insert(line);
        }
    }
    let mut changes = [0_u32; 3];
    for ((person, is_start), line) in &newest {
        let side = usize::from(!is_start);
        let level = line.level.and_then(level_of);
        if let Some(count) = bands
            .get_mut(side)
            .and_then(|bands| bands.get_mut(band(level)))
        {
            *count += 1;
        }
        if let (false, Some(start)) = (is_start, newest.get(&(*person, true)))
            && let Some(count) =
                changed(start, line).and_then(|change| changes.get_mut(change as usize))
        {
            *count += 1;
        }
    }
    let [start, after] = bands;
    Ok(Summary {
        areas: area_means(&mut db, &season.id, whole).await?,
        stages: group(&stages, whole),
        start: group(&start, whole),
        after: group(&after, whole),
        change: group(&changes, whole),
        seasons: seen,
        whole,
        season,
    })
}

fn changed(before: &RunLine, after: &RunLine) -> Option<Change> {
    let ability = |line: &RunLine| {
        Some(domain::assessment::adaptive::Ability {
            mean: line.ability?,
            error: line.error?,
        })
    };
    Some(Change::between(ability(before)?, ability(after)?))
}

async fn area_means(db: &mut Connection, season: &str, whole: bool) -> Result<Vec<AreaMean>> {
    let bank = content::bank();
    let mut tallies: BTreeMap<(usize, bool), (Tally, BTreeSet<String>)> = BTreeMap::new();
    for answer in store::assessment::answers_in(db, season).await? {
        let Some((_, item)) = bank.item(&answer.item) else {
            continue;
        };
        let place = bank.framework().place_of(&item.competence);
        if let (Some(place), Some(occasion)) = (place, Occasion::of(&answer.occasion)) {
            let (tally, people) = tallies.entry((place, occasion.is_start())).or_default();
            tally.add(&item.parameters(), answer.ability, answer.is_right == 1);
            people.insert(answer.person_id);
        }
    }
    let least = if whole { 1 } else { LEAST as usize };
    let footing = |place: usize, is_start: bool| {
        tallies
            .get(&(place, is_start))
            .filter(|(_, people)| people.len() >= least)
            .map(|(tally, _)| tally.footing())
    };
    let areas = bank.framework().areas.iter().enumerate();
    Ok(areas
        .map(|(place, area)| AreaMean {
            area: area.clone(),
            start: footing(place, true),
            after: footing(place, false),
        })
        .collect())
}

/// An item of the bank with the use made of it.
#[derive(Clone, Debug)]
pub struct BankLine {
    /// The item.
    pub item: &'static Item,
    /// Its area.
    pub area: &'static bank::Area,
    /// Tests in which it was shown.
    pub shown: i64,
    /// The same as a share of all tests, in per cent.
    pub share: Option<f64>,
    /// What people answered; none while nobody has.
    pub answers: Option<ItemLine>,
}

/// An item on its own page.
#[derive(Clone, Debug)]
pub struct ItemPage {
    /// The item with its use.
    pub line: BankLine,
    /// How often each of its answers was chosen, in the order of its file, in its present words.
    pub chosen: Vec<i64>,
}

/// The item bank, in the order of its files, with the use made of each item and how many tests were begun.
///
/// # Errors
/// What the policies say.
pub async fn bank_lines(app: &App, actor: &Actor) -> Result<(i64, Vec<BankLine>)> {
    authorise(app, actor, Action::SeeAssessments, &Resource::everything())?;
    let mut db = app.read().await?;
    let uses: BTreeMap<String, i64> = store::assessment::uses(&mut db)
        .await?
        .into_iter()
        .collect();
    let answers: BTreeMap<String, ItemLine> = store::assessment::by_item(&mut db)
        .await?
        .into_iter()
        .map(|line| (line.item.clone(), line))
        .collect();
    let tests = uses.get("").copied().unwrap_or_default();
    let bank = content::bank();
    let lines = bank
        .items()
        .iter()
        .filter_map(|item| {
            let place = bank.framework().place_of(&item.competence)?;
            let shown = uses.get(&item.slug).copied().unwrap_or_default();
            Some(BankLine {
                item,
                area: bank.framework().areas.get(place)?,
                shown,
                share: per_cent(shown, tests),
                answers: answers.get(&item.slug).cloned(),
            })
        })
        .collect();
    Ok((tests, lines))
}

#[expect(clippy::cast_precision_loss, reason = "counts of tests")]
fn per_cent(part: i64, whole: i64) -> Option<f64> {
    (whole > 0).then(|| 100.0 * part as f64 / whole as f64)
}

/// One item of the bank with all that is known of it.
///
/// # Errors
/// What the policies say; [`Error::NotFound`].
pub async fn item_page(app: &App, actor: &Actor, slug: &str) -> Result<ItemPage> {
    let (_, lines) = bank_lines(app, actor).await?;
    let line = lines
        .into_iter()
        .find(|line| line.item.slug == slug)
        .ok_or(Error::NotFound)?;
    let mut db = app.read().await?;
    let version = line.item.version();
    let counted = store::assessment::chosen(&mut db, slug, version.as_str()).await?;
    let chosen = (0_i64..)
        .zip(&line.item.choices)
        .map(|(place, _)| {
            let found = counted.iter().find(|(choice, _)| *choice == place);
            found.map_or(0, |(_, count)| *count)
        })
        .collect();
    Ok(ItemPage { line, chosen })
}
