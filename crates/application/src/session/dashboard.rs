//! The season at a glance.

use std::collections::BTreeMap;

use domain::territory::{Area, Shape, TerritoryMap};
use serde::Serialize;
use store::desk::AttendanceCount;
use store::programme::{ProgrammeRow, SeasonRow};
use store::session::SessionFilter;

use super::list::{Listed, local};
use super::zone_of;
use crate::access::{Action, Actor, Resource, area_of, authorise};
use crate::enrolment::parse;
use crate::territory::{gazetteer, outlines};
use crate::{App, Error, Result};

/// Steps of shading on the map, without the one for nobody.
pub const SHADES: usize = 5;

/// People of one sector.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SectorShare {
    /// Slug of the sector; none: not known.
    pub sector: Option<String>,
    /// Different people with a seat.
    pub people: i64,
    /// Their share of all people, 0 to 1.
    pub share: f64,
}

/// People of one commune against its inhabitants.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CommuneShare {
    /// Code; none: not known.
    pub code: Option<String>,
    /// Name.
    pub name: String,
    /// Different people with a seat.
    pub people: i64,
    /// Their share of all people, 0 to 1.
    pub share: f64,
    /// Inhabitants, when known.
    pub population: Option<u32>,
    /// Share of the territory's inhabitants, 0 to 1; none outside of it.
    pub population_share: Option<f64>,
}

/// A commune on the map.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Shaded {
    /// Name.
    pub name: &'static str,
    /// People.
    pub people: i64,
    /// 0: nobody; 1 to [`SHADES`].
    pub shade: usize,
    /// Outline as the `d` of an SVG path.
    pub path: Option<String>,
    /// Circle where no outline is known: centre and radius.
    pub circle: Option<(i32, i32, i32)>,
}

/// The territory's map.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ShadedMap {
    /// `viewBox`.
    pub view_box: String,
    /// The communes.
    pub shapes: Vec<Shaded>,
    /// Most people in one commune.
    pub most: i64,
}

/// What is asked for of one module.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Demand {
    /// Slug; none for wishes in words.
    pub module: Option<String>,
    /// Wishes not yet answered.
    pub open: i64,
    /// All wishes.
    pub wishes: i64,
    /// People on waiting lists of sessions still to come.
    pub waiting: i64,
}

/// The season's figures.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figures {
    /// Seats of all sessions that are not cancelled.
    pub seats: i64,
    /// Seats taken.
    pub placed: i64,
    /// People waiting.
    pub waiting: i64,
    /// Different people with a seat.
    pub people: i64,
    /// Sessions that are not cancelled.
    pub sessions: i64,
    /// Seats taken of all seats, 0 to 1; none without seats.
    pub fill: Option<f64>,
    /// Sessions by stage: `gathering`, `confirmed`, `held`, `cancelled`.
    pub stages: Vec<(&'static str, i64)>,
}

/// A season at a glance.
#[derive(Clone, Debug, PartialEq)]
pub struct Dashboard {
    /// Its programme.
    pub programme: ProgrammeRow,
    /// The season.
    pub season: SeasonRow,
    /// Figures.
    pub figures: Figures,
    /// Its sessions in order of time.
    pub sessions: Vec<Listed>,
    /// People by sector, most first.
    pub sectors: Vec<SectorShare>,
    /// People by commune, most first; all communes of the territory are among them.
    pub communes: Vec<CommuneShare>,
    /// Communes of the territory without anybody.
    pub missed: usize,
    /// The territory's map.
    pub map: Option<ShadedMap>,
    /// Demand by module, most first.
    pub demand: Vec<Demand>,
    /// Attendance by mark.
    pub attendance: Vec<AttendanceCount>,
}

/// A season at a glance.
///
/// # Errors
/// [`Error::NotFound`], and what [`authorise`] says.
pub async fn dashboard(app: &App, actor: &Actor, season: &str) -> Result<Dashboard> {
    let mut db = app.read().await?;
    let Some(season) = store::programme::season_by_slug(&mut db, season).await? else {
        authorise(app, actor, Action::SeeDesk, &Resource::everything())?;
        return Err(Error::NotFound);
    };
    let resource = Resource::of_programme(parse(&season.programme_id)?);
    authorise(app, actor, Action::SeeDesk, &resource)?;
    let programme = store::programme::get(&mut db, &season.programme_id)
        .await?
        .ok_or(Error::NotFound)?;
    let zone = zone_of(&mut db, &season).await?;
    let filter = SessionFilter {
        season_id: Some(season.id.clone()),
        ..SessionFilter::default()
    };
    let mut sessions = Vec::new();
    for session in store::session::list(&mut db, &filter).await? {
        sessions.push(local(session, &zone)?);
    }
    let area = area_of(&mut db, Some(&parse(&programme.territory_id)?)).await?;
    let by_sector = store::desk::people_by_sector(&mut db, &season.id).await?;
    let by_commune = store::desk::people_by_commune(&mut db, &season.id).await?;
    let people: i64 = by_sector.iter().map(|(_, people)| people).sum();
    let communes = communes(&area, by_commune, people);
    Ok(Dashboard {
        figures: figures(&sessions, people),
        sectors: by_sector
            .into_iter()
            .map(|(sector, count)| SectorShare {
                sector,
                people: count,
                share: share(count, people),
            })
            .collect(),
        missed: communes
            .iter()
            .filter(|commune| commune.people == 0)
            .count(),
        map: map(&area, &communes),
        communes,
        demand: demand(
            store::desk::wishes_by_module(&mut db, Some(&season.id)).await?,
            &sessions,
        ),
        attendance: store::desk::attendance_by_mark(&mut db, &season.id).await?,
        programme,
        season,
        sessions,
    })
}

/// The season that the desk opens with: the one that is running, else the latest.
///
/// # Errors
/// [`Error::NotFound`] while there is none, and what [`authorise`] says.
pub async fn current_season(app: &App, actor: &Actor) -> Result<SeasonRow> {
    authorise(app, actor, Action::SeeDesk, &Resource::everything())?;
    let mut db = app.read().await?;
    let today = app.now().to_string();
    let today = today.get(..10).unwrap_or_default();
    if let Some(season) = store::programme::current_season(&mut db, today).await?
        && app.policies().allow(
            actor,
            Action::SeeDesk,
            &Resource::of_programme(parse(&season.programme_id)?),
        )?
    {
        return Ok(season);
    }
    for season in store::programme::list_seasons(&mut db, None).await? {
        let resource = Resource::of_programme(parse(&season.programme_id)?);
        if app.policies().allow(actor, Action::SeeDesk, &resource)? {
            return Ok(season);
        }
    }
    Err(Error::NotFound)
}

/// The seasons whose desk the actor sees, latest first; closed ones are left out.
///
/// # Errors
/// What [`authorise`] says.
pub async fn seasons(app: &App, actor: &Actor) -> Result<Vec<SeasonRow>> {
    authorise(app, actor, Action::SeeDesk, &Resource::everything())?;
    let mut db = app.read().await?;
    let mut seen = Vec::new();
    for season in store::programme::list_seasons(&mut db, None).await? {
        let resource = Resource::of_programme(parse(&season.programme_id)?);
        if season.stage != "closed" && app.policies().allow(actor, Action::SeeDesk, &resource)? {
            seen.push(season);
        }
    }
    Ok(seen)
}

fn figures(sessions: &[Listed], people: i64) -> Figures {
    let alive = || {
        sessions
            .iter()
            .map(|listed| &listed.session)
            .filter(|session| session.stage != "cancelled")
    };
    let seats: i64 = alive().map(|session| session.capacity).sum();
    let placed: i64 = alive().map(|session| session.placed).sum();
    let stages = ["gathering", "confirmed", "held", "cancelled"];
    let count = |stage: &str| {
        let of_stage = sessions.iter().filter(|one| one.session.stage == stage);
        i64::try_from(of_stage.count()).unwrap_or(i64::MAX)
    };
    Figures {
        seats,
        placed,
        waiting: alive().map(|session| session.waiting).sum(),
        people,
        sessions: i64::try_from(alive().count()).unwrap_or(i64::MAX),
        fill: (seats > 0).then(|| share(placed, seats)),
        stages: stages
            .into_iter()
            .map(|stage| (stage, count(stage)))
            .collect(),
    }
}

/// Part of a whole, 0 without a whole. Counts are far below 2^52.
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn share(part: i64, whole: i64) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 / whole as f64
    }
}

/// Every commune of the territory and every other that somebody comes from.
fn communes(area: &Area, counted: Vec<(Option<String>, i64)>, people: i64) -> Vec<CommuneShare> {
    let mut counts: BTreeMap<Option<String>, i64> = BTreeMap::new();
    for code in area.codes() {
        counts.insert(Some((*code).to_owned()), 0);
    }
    for (code, count) in counted {
        // A code of yesterday counts for the commune of today.
        let code = code.map(|code| {
            gazetteer()
                .resolve(&code)
                .map_or(code, |found| found.commune.code.to_owned())
        });
        *counts.entry(code).or_default() += count;
    }
    let inhabitants = i64::try_from(area.population()).unwrap_or(i64::MAX);
    let mut communes: Vec<CommuneShare> = counts
        .into_iter()
        .map(|(code, count)| {
            let commune = code.as_deref().and_then(|code| gazetteer().commune(code));
            let inside = code.as_deref().is_some_and(|code| area.contains(code));
            let population = commune.and_then(|commune| commune.population);
            CommuneShare {
                name: commune.map_or_else(String::new, |commune| commune.name.to_owned()),
                people: count,
                share: share(count, people),
                population,
                population_share: population
                    .filter(|_| inside)
                    .map(|population| share(i64::from(population), inhabitants)),
                code,
            }
        })
        .collect();
    communes.sort_by(|a, b| {
        b.people
            .cmp(&a.people)
            .then_with(|| b.population.cmp(&a.population))
            .then_with(|| a.name.cmp(&b.name))
    });
    communes
}

fn map(area: &Area, communes: &[CommuneShare]) -> Option<ShadedMap> {
    let drawn = TerritoryMap::draw(area, gazetteer(), outlines())?;
    let people = |code: &str| {
        communes
            .iter()
            .find(|commune| commune.code.as_deref() == Some(code))
            .map_or(0, |commune| commune.people)
    };
    let most = drawn
        .shapes
        .iter()
        .map(|shape| people(shape.code))
        .max()
        .unwrap_or_default();
    let view_box = drawn.view_box();
    let shapes = drawn
        .shapes
        .into_iter()
        .map(|shape| {
            let count = people(shape.code);
            let (path, circle) = match shape.shape {
                Shape::Path(path) => (Some(path), None),
                Shape::Circle { x, y, r } => (None, Some((x, y, r))),
            };
            Shaded {
                name: shape.name,
                people: count,
                shade: shade(count, most),
                path,
                circle,
            }
        })
        .collect();
    Some(ShadedMap {
        view_box,
        shapes,
        most,
    })
}

/// The step of shading: nobody is 0, the commune with most people the darkest.
fn shade(people: i64, most: i64) -> usize {
    if people <= 0 || most <= 0 {
        return 0;
    }
    let steps = i64::try_from(SHADES).unwrap_or(1);
    let step = (people * steps + most - 1) / most;
    usize::try_from(step.clamp(1, steps)).unwrap_or(SHADES)
}

fn demand(wishes: Vec<store::desk::WishCount>, sessions: &[Listed]) -> Vec<Demand> {
    let mut by_module: BTreeMap<Option<String>, Demand> = BTreeMap::new();
    let fresh = |module: &Option<String>| Demand {
        module: module.clone(),
        open: 0,
        wishes: 0,
        waiting: 0,
    };
    for wish in wishes {
        let entry = by_module
            .entry(wish.module.clone())
            .or_insert_with(|| fresh(&wish.module));
        entry.open += wish.open;
        entry.wishes += wish.total;
    }
    for listed in sessions
        .iter()
        .filter(|one| one.is_ahead() && one.session.waiting > 0)
    {
        let module = Some(listed.session.module.clone());
        let entry = by_module
            .entry(module.clone())
            .or_insert_with(|| fresh(&module));
        entry.waiting += listed.session.waiting;
    }
    let mut demand: Vec<Demand> = by_module.into_values().collect();
    demand.sort_by_key(|one| std::cmp::Reverse(one.open + one.waiting));
    demand
}
