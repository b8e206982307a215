//! Plans of a season: made from its real demand, computed, adjusted by hand, published and, while nobody has answered, taken back.
//!
//! A plan is a proposal. Nothing that people or the public see changes before a coordinator publishes it.

mod adjust;
mod calendar;
mod communes;
mod deeds;
mod existing;
mod figures;
mod ground;
mod hold;
mod names;
mod publish;
mod repair;
mod run;
mod scenario;
mod translate;
mod view;

use domain::plan::Stage;
use jiff::tz::TimeZone;
use planner::Plan;
use planner::format::Instance;
use serde::Serialize;
use store::Connection;
use store::plan::{PlanBody, PlanRow};
use store::programme::SeasonRow;
use store::site::SiteFilter;
use store::trainer::TrainerFilter;

use crate::access::{Action, Actor, authorise};
use crate::enrolment::parse;
use crate::{App, Error, Refused, Result, history};

pub use adjust::{Broken, Change, Trial, change, lock, take_back, try_change};
pub use communes::DETOUR;
pub use figures::Figures;
use ground::Ground;
pub use ground::{Moved, Seen};
pub use hold::{Held, obstacles};
pub use names::Names;
pub use planner::Cause;
pub use publish::{
    ANSWER_DAYS, LeftOut, Opened, Publication, preview, preview_undo, publish, undo,
};
pub use repair::{
    AskRepair, Fate, Repair, SeatChange, apply, create_repair, preview_repair, repair,
};
pub use run::{Effort, Runs, compute, give_up_silent, start, stop};
pub use scenario::{Ask, Importance, Scenario};
pub use translate::{Disruption, Frame, Missing, key};
use translate::{Translation, translate};
pub use view::{Listed, PlanView, PlannedView, Seated, compare, get, list};

/// What can be chosen in the form of a new plan.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Choices {
    /// Seasons: slug and name.
    pub seasons: Vec<(String, String)>,
    /// Sites: id and name.
    pub sites: Vec<(String, String)>,
    /// Trainers: id and name.
    pub trainers: Vec<(String, String)>,
}

/// What the event log keeps of a plan.
#[derive(Serialize)]
struct Logged<'a> {
    name: &'a str,
    stage: &'a str,
    figures: &'a str,
}

fn logged(row: &PlanRow) -> Logged<'_> {
    Logged {
        name: &row.name,
        stage: &row.stage,
        figures: &row.figures,
    }
}

/// The form of a new plan: what can be chosen, and the settings it begins with, those of the plan `like` if there is one.
///
/// # Errors
/// [`Error::NotFound`] for a season or plan that does not exist, and what the policies say.
pub async fn form(
    app: &App,
    actor: &Actor,
    season: &str,
    like: Option<&str>,
) -> Result<(Ask, Choices)> {
    let choices = choices(app, actor).await?;
    if let Some(like) = like {
        let mut db = app.read().await?;
        let loaded = load(app, &mut db, actor, like).await?;
        let mut ask = loaded.scenario()?.typed(&loaded.season.slug);
        ask.name = String::new();
        return Ok((ask, choices));
    }
    let season = if season.is_empty() {
        crate::session::current_season(app, actor).await?
    } else {
        let mut db = app.read().await?;
        let season = store::programme::season_by_slug(&mut db, season).await?;
        season.ok_or(Error::NotFound)?
    };
    authorise_for(app, actor, &season)?;
    let mut db = app.read().await?;
    let zone = crate::session::zone_of(&mut db, &season).await?;
    let today = zone.to_datetime(app.now()).date();
    Ok((Scenario::suggested(&season, today), choices))
}

async fn choices(app: &App, actor: &Actor) -> Result<Choices> {
    let seasons = crate::session::seasons(app, actor).await?;
    let mut db = app.read().await?;
    let (sites, trainers) = means(&mut db).await?;
    Ok(Choices {
        seasons: seasons
            .into_iter()
            .map(|one| (one.slug, one.name))
            .collect(),
        sites,
        trainers,
    })
}

type Named = Vec<(String, String)>;

/// Sites and trainers in use, by name.
async fn means(db: &mut Connection) -> Result<(Named, Named)> {
    let sites = SiteFilter {
        archived: Some(false),
        regular: Some(true),
        ..SiteFilter::default()
    };
    let trainers = TrainerFilter {
        archived: Some(false),
        ..TrainerFilter::default()
    };
    let sites = store::site::list(db, &sites).await?;
    let trainers = store::trainer::list(db, &trainers).await?;
    Ok((
        sites.into_iter().map(|one| (one.id, one.name)).collect(),
        trainers.into_iter().map(|one| (one.id, one.name)).collect(),
    ))
}

/// Makes a plan of a season's demand as it is now; answers its id. It is not computed yet.
///
/// # Errors
/// [`Error::Invalid`] with every wrong field, [`Error::NotFound`], [`Error::Refused`] when nobody has anything to attend or nothing can be
/// opened, and what the policies say.
pub async fn create(app: &App, actor: &Actor, ask: &Ask) -> Result<String> {
    let mut tx = app.write().await?;
    let season = store::programme::season_by_slug(&mut tx, ask.season.trim())
        .await?
        .ok_or(Error::NotFound)?;
    authorise_for(app, actor, &season)?;
    let (sites, trainers) = means(&mut tx).await?;
    let ids = |named: Named| -> Vec<String> { named.into_iter().map(|one| one.0).collect() };
    let ground = Ground::load(app, &mut tx, season).await?;
    let scenario = Scenario::parse(ask, ground.now.date(), &ids(sites), &ids(trainers))?;
    let id = new_plan(app, &mut tx, actor, &ground, &scenario, None, None).await?;
    tx.commit().await?;
    Ok(id)
}

/// Makes the same plan anew from the season's data of today, beginning with what the old one proposes; answers the new one's id.
///
/// # Errors
/// As [`create`].
pub async fn renew(app: &App, actor: &Actor, id: &str) -> Result<String> {
    let mut tx = app.write().await?;
    let old = load(app, &mut tx, actor, id).await?;
    let body = body(&mut tx, id).await?;
    let ground = Ground::load(app, &mut tx, old.season.clone()).await?;
    let scenario = old.scenario()?;
    let begin = Some((&body.frame, &body.best));
    let id = new_plan(
        app,
        &mut tx,
        actor,
        &ground,
        &scenario,
        body.frame.disruption.as_ref(),
        begin,
    )
    .await?;
    tx.commit().await?;
    Ok(id)
}

/// Stores a plan of what `ground` holds; `begin` is an older plan of the same season whose sessions it begins with where they still fit.
async fn new_plan(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    ground: &Ground,
    scenario: &Scenario,
    disruption: Option<&Disruption>,
    begin: Option<(&Frame, &Plan)>,
) -> Result<String> {
    let id = app.new_id::<domain::id::kind::Plan>().to_string();
    let Translation {
        instance,
        frame,
        mut kept,
    } = translate(ground, scenario, &id, disruption);
    if instance.people.len() <= frame.stand_ins.len() {
        return Err(Refused::new("plan-refused-nobody").into());
    }
    if disruption.is_some() && frame.affected.is_empty() {
        return Err(Refused::new("plan-refused-nothing-affected").into());
    }
    if let Some((old, plan)) = begin
        && old.monday == frame.monday
    {
        kept.extend(figures::still_possible(&instance, &kept, old, plan));
    }
    let best = Plan {
        instance: Some(id.clone()),
        sessions: kept,
        meta: None,
    };
    let figures = Figures::of(&instance, &frame, &best);
    let now = app.now().as_millisecond();
    let row = PlanRow {
        id: id.clone(),
        season_id: ground.season.id.clone(),
        name: scenario.name.clone(),
        kind: if disruption.is_some() {
            "absence"
        } else {
            "season"
        }
        .to_owned(),
        stage: Stage::Draft.name().to_owned(),
        stage_at: now,
        reason: String::new(),
        scenario: json(scenario)?,
        figures: json(&figures)?,
        locks: "[]".to_owned(),
        stop_asked: 0,
        beat_at: None,
        made_by: actor.id(),
        made_by_name: actor.name().to_owned(),
        created_at: now,
        version: 1,
    };
    let body = PlanBody {
        frame: json(&frame)?,
        instance: json(&instance)?,
        best: Some(json(&best)?),
        seen: json(&ground.seen())?,
    };
    store::plan::insert(tx, &row, &body).await?;
    record(app, tx, actor, "plan.created", None, Some(&row)).await?;
    Ok(id)
}

/// Throws a plan away that nobody outside of the desk knows of.
///
/// # Errors
/// [`Error::Refused`] while it runs and once it was published, [`Error::Stale`], [`Error::NotFound`], and what the policies say.
pub async fn delete(app: &App, actor: &Actor, id: &str, version: &str) -> Result<()> {
    let mut tx = app.write().await?;
    let loaded = load(app, &mut tx, actor, id).await?;
    if !loaded.stage.may_delete() {
        return Err(Refused::new("plan-refused-delete").into());
    }
    let version = crate::input::version_of(version)?;
    store::plan::delete(&mut tx, id, version).await?;
    record(app, &mut tx, actor, "plan.deleted", Some(&loaded.row), None).await?;
    Ok(tx.commit().await?)
}

/// What of the season is not as the plan took it to be.
///
/// # Errors
/// [`Error::NotFound`], and what the policies say.
pub async fn changes(app: &App, actor: &Actor, id: &str) -> Result<Vec<Moved>> {
    let mut db = app.read().await?;
    let loaded = load(app, &mut db, actor, id).await?;
    let body = body(&mut db, id).await?;
    let ground = Ground::load(app, &mut db, loaded.season).await?;
    Ok(differences(&body.seen, &ground))
}

fn differences(seen: &Seen, ground: &Ground) -> Vec<Moved> {
    let mut moved: Vec<Moved> = seen
        .differences(&ground.seen())
        .into_iter()
        .map(|(kind, id, how)| Moved {
            name: ground.name_of(&kind, &id).unwrap_or_default(),
            kind,
            id,
            how,
        })
        .collect();
    moved.sort();
    moved
}

/// A plan without its large parts, once the right to it is checked.
struct Loaded {
    row: PlanRow,
    stage: Stage,
    season: SeasonRow,
}

impl Loaded {
    /// Refuses what was decided on an older state of the plan.
    fn seen_at(&self, version: &str) -> Result<()> {
        if version.trim() == self.row.version.to_string() {
            Ok(())
        } else {
            Err(Error::Stale)
        }
    }

    fn scenario(&self) -> Result<Scenario> {
        Scenario::read(&self.row.scenario)
    }

    fn figures(&self) -> Figures {
        serde_json::from_str(&self.row.figures).unwrap_or_default()
    }

    fn locks(&self) -> Vec<String> {
        serde_json::from_str(&self.row.locks).unwrap_or_default()
    }
}

/// The large parts of a plan, read.
struct Body {
    frame: Frame,
    instance: Instance,
    best: Plan,
    seen: Seen,
}

async fn load(app: &App, db: &mut Connection, actor: &Actor, id: &str) -> Result<Loaded> {
    let row = store::plan::get(db, id).await?;
    let season = match &row {
        Some(row) => store::programme::season(db, &row.season_id).await?,
        None => None,
    };
    let (Some(row), Some(season)) = (row, season) else {
        authorise(
            app,
            actor,
            Action::ManagePlans,
            &crate::access::Resource::everything(),
        )?;
        return Err(Error::NotFound);
    };
    authorise_for(app, actor, &season)?;
    let stage = Stage::from_name(&row.stage)
        .ok_or_else(|| Error::Store(store::Error::Corrupt(row.stage.clone())))?;
    Ok(Loaded { row, stage, season })
}

/// A plan that is to be carried out, held for it; nothing when it was before (a button pressed twice).
async fn to_carry_out(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    id: &str,
    version: &str,
) -> Result<Option<Loaded>> {
    tx.lock_name(&format!("plan {id}")).await?;
    let loaded = load(app, tx, actor, id).await?;
    if loaded.stage == Stage::Published {
        return Ok(None);
    }
    loaded.seen_at(version)?;
    Ok(Some(loaded))
}

/// The plan goes on to another stage, now.
async fn go_on(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    before: &PlanRow,
    stage: Stage,
    action: &str,
) -> Result<()> {
    let after = PlanRow {
        stage: stage.name().to_owned(),
        stage_at: app.now().as_millisecond(),
        ..before.clone()
    };
    store::plan::update(tx, &after).await?;
    record(app, tx, actor, action, Some(before), Some(&after)).await
}

async fn body(db: &mut Connection, id: &str) -> Result<Body> {
    let body = store::plan::body(db, id).await?.ok_or(Error::NotFound)?;
    let best = match &body.best {
        Some(best) => read(best)?,
        None => Plan::default(),
    };
    Ok(Body {
        frame: read(&body.frame)?,
        instance: read(&body.instance)?,
        seen: read(&body.seen)?,
        best,
    })
}

fn authorise_for(app: &App, actor: &Actor, season: &SeasonRow) -> Result<()> {
    let resource = crate::access::Resource::of_programme(parse(&season.programme_id)?);
    authorise(app, actor, Action::ManagePlans, &resource)
}

async fn record(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    action: &str,
    before: Option<&PlanRow>,
    after: Option<&PlanRow>,
) -> Result<()> {
    let id = after
        .or(before)
        .map_or("", |row| row.id.as_str())
        .to_owned();
    history::record(
        app,
        tx,
        actor,
        action,
        ("plan", &id),
        before.map(logged).as_ref(),
        after.map(logged).as_ref(),
    )
    .await
}

fn json<S: Serialize>(value: &S) -> Result<String> {
    Ok(serde_json::to_string(value).map_err(store::Error::from)?)
}

fn read<T: serde::de::DeserializeOwned>(json: &str) -> Result<T> {
    Ok(serde_json::from_str(json).map_err(store::Error::from)?)
}

async fn zone(db: &mut Connection, season: &SeasonRow) -> Result<TimeZone> {
    crate::session::zone_of(db, season).await
}
