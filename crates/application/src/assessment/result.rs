//! What a test gave, for the person: level, areas, what changed since an earlier test, and whether it counts for the path.

use std::collections::BTreeMap;

use domain::assessment::adaptive::{Ability, Level};
use domain::assessment::bank::{self, Item};
use domain::assessment::run::{Change, Footing, Occasion, Tally};
use store::Connection;
use store::assessment::{AnswerRow, RunRow};

use super::{Ground, Logged, Opened, frozen, level_of, load, occasion_of};
use crate::access::{Actor, link};
use crate::{App, Refused, Result, history, pathway};

/// An area of a result.
#[derive(Clone, Debug)]
pub struct Area {
    /// The area, with its names.
    pub area: bank::Area,
    /// Questions asked.
    pub asked: usize,
    /// What the answers amount to beside the others.
    pub footing: Footing,
}

/// A test taken earlier, to compare with.
#[derive(Clone, Debug)]
pub struct Earlier {
    /// When it ended, UTC milliseconds.
    pub finished_at: i64,
    /// Its level.
    pub level: Option<Level>,
    /// What has changed since.
    pub change: Change,
    /// The address of its result, within the site.
    pub link: String,
}

/// A question as it was asked and answered.
#[derive(Clone, Debug)]
pub struct Reviewed {
    /// The item, as it was shown.
    pub item: Item,
    /// Place in the run, from 1.
    pub place: i64,
    /// Which of its answers was chosen.
    pub chosen: Option<usize>,
    /// Whether it was the right one.
    pub right: bool,
}

/// What a test gave.
pub struct ResultView {
    /// The run.
    pub opened: Opened,
    /// Its occasion.
    pub occasion: Occasion,
    /// The ability and its error; none without an answer.
    pub ability: Option<Ability>,
    /// The level; none: the first steps are still ahead.
    pub level: Option<Level>,
    /// The levels within one standard error.
    pub between: (Option<Level>, Option<Level>),
    /// The areas, in order.
    pub areas: Vec<Area>,
    /// The newest earlier test that rests on enough answers.
    pub earlier: Option<Earlier>,
    /// The level of practice, 0 to 3, that paths are computed with.
    pub practice: u8,
    /// The level of practice that the questionnaire comes to; none without one.
    pub told: Option<u8>,
    /// The questions, in order.
    pub items: Vec<Reviewed>,
}

impl ResultView {
    /// Whether the person may say that it counts for their path.
    #[must_use]
    pub fn may_apply(&self) -> bool {
        self.told.is_some() && self.opened.run.conclusive == 1
    }
}

pub(super) fn ability(run: &RunRow) -> Option<Ability> {
    Some(Ability {
        mean: run.ability?,
        error: run.error?,
    })
}

/// The areas of a run, in order.
pub(super) async fn areas(
    db: &mut Connection,
    run: &RunRow,
    answers: &[AnswerRow],
) -> Result<Vec<Area>> {
    let ground = Ground::of(db, answers).await?;
    let mean = run.ability.unwrap_or_default();
    let mut tallies: BTreeMap<usize, Tally> = BTreeMap::new();
    for answer in answers {
        let Some((_, item)) = ground.bank.item(&answer.item) else {
            continue;
        };
        if let Some(place) = ground.bank.framework().place_of(&item.competence) {
            let tally = tallies.entry(place).or_default();
            tally.add(&item.parameters(), mean, answer.is_right == 1);
        }
    }
    let areas = ground.bank.framework().areas.iter().enumerate();
    Ok(areas
        .map(|(place, area)| {
            let tally = tallies.get(&place).copied().unwrap_or_default();
            Area {
                area: area.clone(),
                asked: tally.asked,
                footing: tally.footing(),
            }
        })
        .collect())
}

/// The newest conclusive run of the person that ended before this one began.
pub(super) async fn before(db: &mut Connection, run: &RunRow) -> Result<Option<RunRow>> {
    let runs = store::assessment::of_person(db, &run.person_id, None).await?;
    Ok(runs.into_iter().find(|other| {
        other.id != run.id
            && other.stage == "done"
            && other.conclusive == 1
            && other.finished_at.is_some_and(|at| at <= run.started_at)
    }))
}

/// What has changed from an earlier run to a later one; none unless both rest on enough answers.
pub(super) fn change(earlier: &RunRow, later: &RunRow) -> Option<Change> {
    if earlier.conclusive != 1 || later.conclusive != 1 {
        return None;
    }
    Some(Change::between(ability(earlier)?, ability(later)?))
}

/// What a test gave, for the holder of its key.
///
/// # Errors
/// [`crate::Error::NotFound`] for another key; [`crate::Error::Refused`] while it is not over.
pub async fn result(app: &App, id: &str, key: &str) -> Result<ResultView> {
    let mut db = app.read().await?;
    let opened = load(app, &mut db, id, key).await?;
    if opened.run.stage != "done" {
        return Err(Refused::new("assessment-refused-not-over").into());
    }
    let run = &opened.run;
    let ability = ability(run);
    let earlier = match before(&mut db, run).await? {
        Some(other) => match (change(&other, run), other.level, other.finished_at) {
            (Some(change), Some(level), Some(finished_at)) => Some(Earlier {
                finished_at,
                level: level_of(level),
                change,
                link: format!(
                    "/test/{}/resultat?cle={}",
                    other.id,
                    link::level_run_key(app, &other.id)?
                ),
            }),
            _ => None,
        },
        None => None,
    };
    let mut items = Vec::with_capacity(opened.answers.len());
    for answer in &opened.answers {
        let shown = frozen::shown(
            &mut db,
            run,
            answer.position,
            &answer.item,
            &answer.item_version,
        )
        .await?;
        items.push(Reviewed {
            item: shown.item,
            place: answer.position,
            chosen: answer
                .choice
                .and_then(|choice| usize::try_from(choice).ok()),
            right: answer.is_right == 1,
        });
    }
    let level = run.level.and_then(level_of);
    let told = pathway::told(&mut db, &opened.offered, &run.person_id).await?;
    Ok(ResultView {
        occasion: occasion_of(run)?,
        between: ability.map_or((None, None), Level::between),
        areas: areas(&mut db, run, &opened.answers).await?,
        practice: Level::practice(level),
        told: told.map(|(_, level)| level),
        ability,
        level,
        earlier,
        items,
        opened,
    })
}

/// The person says whether a result counts for their path, in place of what the questionnaire told; the path is drawn up anew.
///
/// # Errors
/// [`crate::Error::NotFound`] for another key; [`crate::Error::Refused`] where it rests on too few answers, or there is no questionnaire.
pub async fn apply(app: &App, actor: &Actor, id: &str, key: &str, counts: bool) -> Result<()> {
    let mut tx = app.write().await?;
    tx.lock_name(&format!("level run {id}")).await?;
    let opened = load(app, &mut tx, id, key).await?;
    let mut run = opened.run;
    if run.stage != "done" || run.conclusive != 1 {
        return Err(Refused::new("assessment-refused-not-conclusive").into());
    }
    let Some((response, _)) = pathway::told(&mut tx, &opened.offered, &run.person_id).await? else {
        return Err(Refused::new("assessment-refused-no-path").into());
    };
    if (run.applied == 1) == counts {
        return Ok(());
    }
    let before = serde_json::to_value(Logged::of(&run)).map_err(store::Error::from)?;
    run.applied = i64::from(counts);
    run.updated_at = app.now().as_millisecond();
    store::assessment::update(&mut tx, &run).await?;
    if counts {
        store::assessment::apply_no_other(&mut tx, &run).await?;
    }
    let after = serde_json::to_value(Logged::of(&run)).map_err(store::Error::from)?;
    history::record(
        app,
        &mut tx,
        actor,
        "assessment.applied",
        ("level-run", &run.id),
        Some(&before),
        Some(&after),
    )
    .await?;
    pathway::draw_up(
        app,
        &mut tx,
        actor,
        &opened.offered,
        &opened.person,
        &response,
    )
    .await?;
    Ok(tx.commit().await?)
}
