//! The agenda that everybody sees: coming sessions, filtered by what people ask for, near their commune.
//!
//! Nothing here needs a right: it tells of no person. One statement reads the sessions, everything else happens in memory.

mod filter;
mod place;

use domain::catalogue::Module;
use domain::language::Language;
use domain::session::{Opening, Stage};
use domain::territory::{Commune, Point};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use store::agenda::AgendaRow;
use store::enrolment::PersonEnrolment;

use crate::access::Actor;
use crate::content::catalogue;
use crate::people::own_id;
use crate::territory::gazetteer;
use crate::{App, Error, Result};

pub use filter::{Filter, Moment, Order, Wanted};
pub use place::{Near, Suggestion, suggestions};

/// Sessions on one page of the agenda.
pub const PAGE: usize = 30;
/// Sessions in a feed.
const FEED: usize = 300;

/// A session with everything that the public may know of it.
#[derive(Clone, Debug)]
pub struct Listed {
    /// As stored, with its counts.
    pub row: AgendaRow,
    /// What is taught; `None` when the catalogue no longer has it.
    pub module: Option<&'static Module>,
    /// Begin, on the clock of the programme.
    pub starts: DateTime,
    /// End, on the clock of the programme.
    pub ends: DateTime,
    /// Commune of the site.
    pub commune: Option<&'static Commune>,
    /// Where the site is.
    pub position: Option<Point>,
    /// Kilometres from the commune asked for.
    pub distance_km: Option<f64>,
    /// Whether one can register, and how it stands.
    pub standing: Standing,
    /// What is missing before it opens.
    pub opening: Option<Opening>,
}

/// How a session stands for a newcomer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Seats are free.
    Free {
        /// How many.
        left: u32,
    },
    /// One can get on the waiting list.
    Full {
        /// How many wait already.
        waiting: u32,
    },
    /// It does not take place.
    Cancelled,
    /// It has begun or is over.
    Over,
}

impl Listed {
    fn of(row: AgendaRow, now: Timestamp) -> Result<Self> {
        let zone = TimeZone::get(&row.time_zone)
            .map_err(|error| Error::Internal(format!("time zone: {error}")))?;
        let civil = |milliseconds| {
            Timestamp::from_millisecond(milliseconds)
                .map(|instant| zone.to_datetime(instant))
                .map_err(|error| Error::Internal(format!("instant: {error}")))
        };
        let commune = gazetteer()
            .resolve(&row.commune_code)
            .map(|found| found.commune);
        let position = match (row.latitude, row.longitude) {
            (Some(lat), Some(lon)) => Some(Point { lat, lon }),
            _ => commune.and_then(Commune::centre),
        };
        let placed = small(row.placed);
        let stage = match row.stage.as_str() {
            "gathering" => Some(Stage::Gathering),
            _ => None,
        };
        Ok(Self {
            module: catalogue().module(&row.module),
            starts: civil(row.starts_at)?,
            ends: civil(row.ends_at)?,
            commune,
            position,
            distance_km: None,
            standing: standing(&row, now),
            opening: stage
                .filter(|_| row.starts_at > now.as_millisecond())
                .and_then(|stage| domain::session::opening(&stage, small(row.least), placed)),
            row,
        })
    }

    /// What is taught, in words.
    #[must_use]
    pub fn title(&self, language: Language) -> &str {
        self.module.map_or(self.row.module.as_str(), |module| {
            module.title.get(language)
        })
    }

    /// The commune's name.
    #[must_use]
    pub fn commune_name(&self) -> &str {
        self.commune.map_or("", |commune| commune.name)
    }

    /// Seats that nobody has and that are held out to nobody.
    #[must_use]
    pub fn seats_left(&self) -> u32 {
        small(self.row.capacity - self.row.placed - self.row.offered)
    }
}

fn standing(row: &AgendaRow, now: Timestamp) -> Standing {
    if row.stage == "cancelled" {
        return Standing::Cancelled;
    }
    if row.stage == "held" || row.starts_at <= now.as_millisecond() {
        return Standing::Over;
    }
    let left = row.capacity - row.placed - row.offered;
    if left > 0 && row.waiting == 0 {
        Standing::Free { left: small(left) }
    } else {
        Standing::Full {
            waiting: small(row.waiting),
        }
    }
}

/// One page of the agenda.
#[derive(Clone, Debug)]
pub struct Agenda {
    /// The sessions of the page.
    pub sessions: Vec<Listed>,
    /// How many match in all.
    pub total: usize,
    /// The page, from 1; never past the last.
    pub page: usize,
    /// What was understood of the filter.
    pub wanted: Wanted,
}

/// The page of the agenda that a filter asks for; sessions called off are left out.
///
/// # Errors
/// The store's.
pub async fn list(app: &App, filter: &Filter) -> Result<Agenda> {
    let mut db = app.read().await?;
    let wanted = filter.read(&mut db).await?;
    let now = app.now();
    let mut sessions = coming(&mut db, now).await?;
    sessions.retain(|listed| listed.standing != Standing::Cancelled);
    let sessions = wanted.choose(sessions);
    let total = sessions.len();
    let page = filter.page().clamp(1, total.div_ceil(PAGE).max(1));
    Ok(Agenda {
        sessions: sessions
            .into_iter()
            .skip((page - 1) * PAGE)
            .take(PAGE)
            .collect(),
        total,
        page,
        wanted,
    })
}

/// The sessions of a feed, in order of time; sessions called off are in it, so that calendars take them away.
///
/// # Errors
/// The store's.
pub async fn feed(app: &App, filter: &Filter) -> Result<(Vec<Listed>, Wanted)> {
    let mut db = app.read().await?;
    let mut wanted = filter.read(&mut db).await?;
    wanted.order = Order::Time;
    let mut sessions = wanted.choose(coming(&mut db, app.now()).await?);
    sessions.truncate(FEED);
    Ok((sessions, wanted))
}

/// What sessions have in common.
#[derive(Clone, Copy, Debug)]
pub enum Only<'a> {
    /// Nothing.
    Any,
    /// What is taught, by slug.
    Module(&'a str),
    /// Where, by slug.
    Site(&'a str),
}

/// Coming sessions in order of time, those called off left out.
///
/// # Errors
/// The store's.
pub async fn next(app: &App, only: Only<'_>) -> Result<Vec<Listed>> {
    let mut sessions = coming(&mut app.read().await?, app.now()).await?;
    sessions.retain(|listed| {
        listed.standing != Standing::Cancelled
            && match only {
                Only::Any => true,
                Only::Module(slug) => listed.row.module == slug,
                Only::Site(slug) => listed.row.site_slug == slug,
            }
    });
    Ok(sessions)
}

/// Every coming session, in order of time; sessions called off are in it.
///
/// # Errors
/// The store's.
async fn coming(db: &mut store::Connection, now: Timestamp) -> Result<Vec<Listed>> {
    store::agenda::coming(db, now.as_millisecond())
        .await?
        .into_iter()
        .map(|row| Listed::of(row, now))
        .collect()
}

/// One session, past ones too.
///
/// # Errors
/// [`Error::NotFound`], also while its season is in preparation.
pub async fn session(app: &App, id: &str) -> Result<Listed> {
    let row = store::agenda::session(&mut app.read().await?, id)
        .await?
        .ok_or(Error::NotFound)?;
    Listed::of(row, app.now())
}

/// A participant's own registration, with its session.
#[derive(Clone, Debug)]
pub struct Own {
    /// The registration, with the rank of whoever waits.
    pub enrolment: PersonEnrolment,
    /// The session.
    pub session: Listed,
    /// Until when a seat is kept, on the clock of the programme.
    pub offered_until: Option<DateTime>,
}

/// A participant's own registrations, in order of time; those given up are left out.
///
/// # Errors
/// [`Error::SignInNeeded`] for anybody but a participant.
pub async fn own(app: &App, actor: &Actor) -> Result<Vec<Own>> {
    let person = own_id(app, actor)?.to_string();
    let mut db = app.read().await?;
    let mut own = Vec::new();
    for enrolment in store::enrolment::of_person(&mut db, &person).await? {
        let is_theirs = matches!(enrolment.stage.as_str(), "placed" | "waiting" | "offered")
            || enrolment.session_stage == "cancelled";
        if !is_theirs {
            continue;
        }
        if let Some(row) = store::agenda::session(&mut db, &enrolment.session_id).await? {
            let session = Listed::of(row, app.now())?;
            let zone = TimeZone::get(&session.row.time_zone)
                .map_err(|error| Error::Internal(format!("time zone: {error}")))?;
            let offered_until = enrolment
                .offered_until
                .and_then(|until| Timestamp::from_millisecond(until).ok())
                .map(|until| zone.to_datetime(until));
            own.push(Own {
                enrolment,
                session,
                offered_until,
            });
        }
    }
    Ok(own)
}

fn small(number: i64) -> u32 {
    u32::try_from(number.max(0)).unwrap_or(u32::MAX)
}
