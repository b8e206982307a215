//! What the public pages tell of the programme, its seasons and its sites. Nothing here needs a right: it tells of no person.

use domain::catalogue::Module;
use domain::territory::{Area, Point};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use store::Connection;
use store::agenda::SeasonFigures;
use store::partner::PartnerRow;
use store::programme::{ProgrammeRow, SeasonRow};
use store::site::SiteFilter;

use crate::access::area_of;
use crate::content::catalogue;
use crate::site::{Site, read};
use crate::territory::gazetteer;
use crate::{App, Error, Result};

/// The programme as its first page shows it.
#[derive(Clone, Debug)]
pub struct Showcase {
    /// The programme of the current season, else the oldest; `None` on an empty installation.
    pub programme: Option<ProgrammeRow>,
    /// The season to show first, never one in preparation.
    pub season: Option<ShownSeason>,
    /// Where the programme runs.
    pub area: Area,
    /// Where its sessions are held.
    pub sites: Vec<ShownSite>,
}

/// A season with its days read.
#[derive(Clone, Debug)]
pub struct ShownSeason {
    /// As stored.
    pub row: SeasonRow,
    /// First day.
    pub starts_on: Date,
    /// Last day.
    pub ends_on: Date,
}

/// A site with its place.
#[derive(Clone, Debug)]
pub struct ShownSite {
    /// As stored, read.
    pub site: Site,
    /// Its commune's name.
    pub commune: &'static str,
    /// Where it is.
    pub position: Option<Point>,
}

/// Everything that a season's page shows.
#[derive(Clone, Debug)]
pub struct SeasonPage {
    /// The season.
    pub season: ShownSeason,
    /// Its programme.
    pub programme: ProgrammeRow,
    /// Partners in the order in which they are shown.
    pub partners: Vec<PartnerRow>,
    /// What it amounts to.
    pub figures: SeasonFigures,
    /// Where its sessions are held.
    pub sites: Vec<ShownSite>,
    /// Where the programme runs.
    pub area: Area,
    /// All seasons that can be shown, latest first.
    pub seasons: Vec<SeasonRow>,
}

impl ShownSeason {
    fn of(row: SeasonRow) -> Result<Self> {
        let day = |text: &str| {
            text.parse()
                .map_err(|error| Error::Internal(format!("day {text:?}: {error}")))
        };
        Ok(Self {
            starts_on: day(&row.starts_on)?,
            ends_on: day(&row.ends_on)?,
            row,
        })
    }
}

impl ShownSite {
    fn of(site: Site) -> Self {
        let commune = gazetteer()
            .resolve(&site.row.commune_code)
            .map_or("", |found| found.commune.name);
        Self {
            position: site.point(),
            commune,
            site,
        }
    }
}

/// What an installation is called and where its clocks are: those of its first programme.
#[derive(Clone, Debug, PartialEq)]
pub struct Identity {
    /// Name of the programme.
    pub programme: String,
    /// Name of its territory.
    pub territory: String,
    /// Where its hours are told.
    pub zone: TimeZone,
}

/// What the installation is called; `None` before there is a programme.
///
/// # Errors
/// The store's.
pub async fn identity(app: &App) -> Result<Option<Identity>> {
    let mut db = app.read().await?;
    let Some(programme) = store::programme::list(&mut db).await?.into_iter().next() else {
        return Ok(None);
    };
    let territory = store::territory::get(&mut db, &programme.territory_id).await?;
    Ok(Some(Identity {
        zone: TimeZone::get(&programme.time_zone)
            .map_err(|error| Error::Internal(format!("time zone: {error}")))?,
        territory: territory.map_or_else(String::new, |territory| territory.name),
        programme: programme.name,
    }))
}

/// The programme, its current season and its sites.
///
/// # Errors
/// The store's.
pub async fn showcase(app: &App) -> Result<Showcase> {
    let mut db = app.read().await?;
    let season = current(app, &mut db).await?;
    let programme = match &season {
        Some(season) => store::programme::get(&mut db, &season.programme_id).await?,
        None => store::programme::list(&mut db).await?.into_iter().next(),
    };
    let area = area_at(&mut db, programme.as_ref()).await?;
    let sites = match &season {
        Some(season) => sites_of(&mut db, Some(&season.id)).await?,
        None => Vec::new(),
    };
    Ok(Showcase {
        programme,
        season: season.map(ShownSeason::of).transpose()?,
        area,
        sites,
    })
}

/// The sites that are not put away, those of coming and past sessions; one-off places only with the season that uses them.
///
/// # Errors
/// The store's.
pub async fn sites(app: &App) -> Result<Vec<ShownSite>> {
    let mut db = app.read().await?;
    let season = current(app, &mut db).await?;
    sites_of(&mut db, season.as_ref().map(|season| season.id.as_str()))
        .await
        .map(|mut of_season| {
            of_season.sort_by(|one, other| one.site.row.folded.cmp(&other.site.row.folded));
            of_season
        })
}

/// One site, also when put away: addresses stay good.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn site(app: &App, slug: &str) -> Result<ShownSite> {
    let mut db = app.read().await?;
    let row = store::site::by_slug(&mut db, slug)
        .await?
        .ok_or(Error::NotFound)?;
    let rooms = store::room::list(&mut db, Some(&row.id)).await?;
    Ok(ShownSite::of(read(row, rooms)?))
}

/// Where the programme of the current season runs.
///
/// # Errors
/// The store's.
pub async fn area(app: &App) -> Result<Area> {
    let mut db = app.read().await?;
    let season = current(app, &mut db).await?;
    let programme = match season {
        Some(season) => store::programme::get(&mut db, &season.programme_id).await?,
        None => store::programme::list(&mut db).await?.into_iter().next(),
    };
    area_at(&mut db, programme.as_ref()).await
}

/// The season to show first; `None` when none can be shown.
///
/// # Errors
/// The store's.
pub async fn current_season(app: &App) -> Result<Option<SeasonRow>> {
    current(app, &mut app.read().await?).await
}

/// A season's page.
///
/// # Errors
/// [`Error::NotFound`], also while it is in preparation.
pub async fn season(app: &App, slug: &str) -> Result<SeasonPage> {
    let mut db = app.read().await?;
    let row = store::programme::season_by_slug(&mut db, slug)
        .await?
        .filter(|season| season.stage != "preparing")
        .ok_or(Error::NotFound)?;
    let programme = store::programme::get(&mut db, &row.programme_id)
        .await?
        .ok_or(Error::NotFound)?;
    let mut seasons = store::programme::list_seasons(&mut db, None).await?;
    seasons.retain(|season| season.stage != "preparing");
    Ok(SeasonPage {
        partners: store::partner::of_season(&mut db, &row.id).await?,
        figures: store::agenda::season_figures(&mut db, &row.id).await?,
        sites: season_sites(&mut db, &row.id).await?,
        area: area_at(&mut db, Some(&programme)).await?,
        season: ShownSeason::of(row)?,
        programme,
        seasons,
    })
}

/// Modules that come right before another one, as far as the catalogue has them.
#[must_use]
pub fn prerequisites(module: &Module) -> Vec<&'static Module> {
    module
        .prerequisites
        .iter()
        .filter_map(|slug| catalogue().module(slug))
        .collect()
}

async fn current(app: &App, db: &mut Connection) -> Result<Option<SeasonRow>> {
    // Seasons begin and end at midnight where the first programme is; a season's border is no matter of hours.
    let zone = store::programme::list(db)
        .await?
        .into_iter()
        .next()
        .and_then(|programme| TimeZone::get(&programme.time_zone).ok())
        .unwrap_or(TimeZone::UTC);
    let today = zone.to_datetime(app.now()).date().to_string();
    Ok(store::programme::current_season(db, &today).await?)
}

async fn area_at(db: &mut Connection, programme: Option<&ProgrammeRow>) -> Result<Area> {
    match programme.and_then(|programme| programme.territory_id.parse().ok()) {
        Some(territory) => area_of(db, Some(&territory)).await,
        None => Ok(Area::default()),
    }
}

/// Regular sites in use, and those of the season.
async fn sites_of(db: &mut Connection, season: Option<&str>) -> Result<Vec<ShownSite>> {
    let used = match season {
        Some(season) => store::agenda::season_sites(db, season).await?,
        None => Vec::new(),
    };
    let rows = store::site::list(db, &SiteFilter::default()).await?;
    let shown = rows.into_iter().filter(|row| {
        used.iter().any(|(id,)| *id == row.id) || (row.regular != 0 && row.archived_at.is_none())
    });
    let mut sites = Vec::new();
    for row in shown {
        let rooms = store::room::list(db, Some(&row.id)).await?;
        sites.push(ShownSite::of(read(row, rooms)?));
    }
    Ok(sites)
}

/// Only those of the season.
async fn season_sites(db: &mut Connection, season: &str) -> Result<Vec<ShownSite>> {
    let used = store::agenda::season_sites(db, season).await?;
    let mut sites = sites_of(db, Some(season)).await?;
    sites.retain(|shown| used.iter().any(|(id,)| *id == shown.site.row.id));
    Ok(sites)
}
