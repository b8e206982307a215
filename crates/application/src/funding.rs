//! Who pays for sessions and places, and the hours of each funder: counted from the attendance lists, with nothing to enter again.

use std::collections::BTreeMap;

use domain::attendance::Mark;
use domain::funding::{Given, Held, Share, shares};
use domain::id::PartnerId;
use domain::input::{InputError, Minutes};
use domain::session::length;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use serde::Serialize;
use store::Connection;
use store::funding::{FunderRow, GivenRow, PlaceRow};

use crate::access::{Action, Actor, Resource, authorise};
use crate::enrolment::{authorise_for_session, instant, parse};
use crate::{App, Error, Result, history};

/// Which sessions: of a season (slug) or of all, on days from the first to the last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Period {
    /// Slug of the season; empty: all.
    pub season: String,
    /// First day; `None`: from the beginning.
    pub from: Option<Date>,
    /// Last day; `None`: until now.
    pub until: Option<Date>,
}

/// A session with its local times and its funder.
#[derive(Clone, Debug, PartialEq)]
pub struct Sitting {
    /// As stored.
    pub row: GivenRow,
    /// When it began, there.
    pub starts: DateTime,
    /// When it ended, there.
    pub ends: DateTime,
    /// How long it lasts.
    pub length: Minutes,
    /// Who pays for it: name and id.
    pub funder: Option<(String, String)>,
    /// Those who have a place or came, each with who pays for it.
    pub places: Vec<Place>,
}

/// A place with who pays for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// As stored.
    pub row: PlaceRow,
    /// Name of who pays; of the session's funder if nobody else.
    pub funder: Option<(String, String)>,
}

/// Hours for one funder.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Name and ids of the funder (one a season); `None`: nobody pays.
    pub funder: Option<String>,
    /// What it pays for.
    pub share: Share,
}

/// The report of a period.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// Seasons to choose from: slug and name.
    pub seasons: Vec<(String, String)>,
    /// One line a funder, by name; what nobody pays for comes last.
    pub lines: Vec<Line>,
    /// Every session, by time.
    pub sessions: Vec<Sitting>,
}

/// What one session says of its funding, to change it.
#[derive(Clone, Debug, PartialEq)]
pub struct OfSession {
    /// The session.
    pub sitting: Sitting,
    /// Funders of its season.
    pub funders: Vec<FunderRow>,
}

/// The hours of each funder in a period, with the sessions and places they are made of. Only what has begun is counted.
///
/// # Errors
/// [`Error::NotFound`] for an unknown season, and what [`authorise`] says.
pub async fn report(app: &App, actor: &Actor, period: &Period) -> Result<Report> {
    let mut db = app.read().await?;
    let mut seasons = Vec::new();
    for season in store::programme::list_seasons(&mut db, None).await? {
        let resource = Resource::of_programme(parse(&season.programme_id)?);
        if app.policies().allow(actor, Action::Export, &resource)? {
            seasons.push(season);
        }
    }
    if seasons.is_empty() {
        authorise(app, actor, Action::Export, &Resource::everything())?;
    }
    seasons.sort_by(|a, b| (&b.starts_on, &b.slug).cmp(&(&a.starts_on, &a.slug)));
    let wanted = match period.season.as_str() {
        "" => None,
        slug => {
            let found = seasons.iter().find(|season| season.slug == slug);
            Some(found.ok_or(Error::NotFound)?.id.clone())
        }
    };
    let now = app.now().as_millisecond();
    let given = store::funding::given(&mut db, wanted.as_deref(), None, 0, now).await?;
    let places = store::funding::places(&mut db, wanted.as_deref(), None, 0, now).await?;
    let funders = store::funding::funders(&mut db).await?;
    drop(db);
    let mut sessions = sittings(given, places, &funders)?;
    sessions.retain(|one| {
        let day = one.starts.date();
        seasons.iter().any(|season| season.id == one.row.season_id)
            && period.from.is_none_or(|from| from <= day)
            && period.until.is_none_or(|until| day <= until)
    });
    Ok(Report {
        seasons: seasons
            .into_iter()
            .map(|season| (season.slug, season.name))
            .collect(),
        lines: lines(&sessions, &funders)?,
        sessions,
    })
}

/// The funder of each season that has exactly one.
fn only(funders: &[FunderRow]) -> BTreeMap<&str, &FunderRow> {
    let mut only: BTreeMap<&str, Option<&FunderRow>> = BTreeMap::new();
    for funder in funders {
        only.entry(&funder.season_id)
            .and_modify(|one| *one = None)
            .or_insert(Some(funder));
    }
    only.into_iter()
        .filter_map(|(season, one)| Some((season, one?)))
        .collect()
}

fn sittings(
    given: Vec<GivenRow>,
    places: Vec<PlaceRow>,
    funders: &[FunderRow],
) -> Result<Vec<Sitting>> {
    let only = only(funders);
    let named = |id: &str| {
        let found = funders.iter().find(|one| one.id == id);
        found.map(|one| (one.name.clone(), one.id.clone()))
    };
    let mut by_session: BTreeMap<String, Vec<PlaceRow>> = BTreeMap::new();
    for place in places {
        by_session
            .entry(place.session_id.clone())
            .or_default()
            .push(place);
    }
    given
        .into_iter()
        .map(|row| {
            let zone = TimeZone::get(&row.time_zone).unwrap_or(TimeZone::UTC);
            let (starts, ends) = (instant(row.starts_at)?, instant(row.ends_at)?);
            let funder = row
                .funder_id
                .as_deref()
                .or_else(|| only.get(row.season_id.as_str()).map(|one| one.id.as_str()))
                .and_then(&named);
            let places = by_session.remove(&row.id).unwrap_or_default();
            Ok(Sitting {
                places: places
                    .into_iter()
                    .map(|place| Place {
                        funder: place
                            .funder_id
                            .as_deref()
                            .and_then(&named)
                            .or_else(|| funder.clone()),
                        row: place,
                    })
                    .collect(),
                starts: zone.to_datetime(starts),
                ends: zone.to_datetime(ends),
                length: length(starts, ends),
                funder,
                row,
            })
        })
        .collect()
}

/// The domain's shares, those of one name put together: a funder of two seasons is two partners.
fn lines(sessions: &[Sitting], funders: &[FunderRow]) -> Result<Vec<Line>> {
    let id = |funder: &Option<(String, String)>| -> Result<Option<PartnerId>> {
        funder.as_ref().map(|(_, id)| parse(id)).transpose()
    };
    let mut given = Vec::new();
    let mut held = Vec::new();
    for one in sessions {
        let session = parse(&one.row.id)?;
        given.push(Given {
            session,
            day: one.starts.date(),
            length: one.length,
            funder: id(&one.funder)?,
            only: None,
            has_trainer: one.row.trainer_name.is_some(),
        });
        for place in &one.places {
            held.push(Held {
                session,
                person: parse(&place.row.person_id)?,
                funder: id(&place.funder)?,
                mark: place
                    .row
                    .mark
                    .as_deref()
                    .map(|mark| mark_of(mark, place.row.minutes, one.length))
                    .transpose()?,
            });
        }
    }
    let mut by_name: BTreeMap<(bool, String), Share> = BTreeMap::new();
    for (funder, share) in shares(&given, &held) {
        let name = funder.map(|id| {
            let id = id.to_string();
            let found = funders.iter().find(|one| one.id == id);
            found.map_or_else(String::new, |one| one.name.clone())
        });
        let key = (name.is_none(), name.unwrap_or_default());
        by_name.entry(key).or_default().add(share);
    }
    Ok(by_name
        .into_iter()
        .map(|((nobody, name), share)| Line {
            funder: (!nobody).then_some(name),
            share,
        })
        .collect())
}

fn mark_of(mark: &str, attended: Option<i64>, length: Minutes) -> Result<Mark> {
    let attended = u32::try_from(attended.unwrap_or_default()).unwrap_or_default();
    Mark::from_parts(mark, Some(length.0.saturating_sub(attended)))
        .ok_or_else(|| Error::Store(store::Error::Corrupt(mark.to_owned())))
}

/// One session with its places and the funders to choose from.
///
/// # Errors
/// [`Error::NotFound`], and what [`authorise`] says.
pub async fn of_session(app: &App, actor: &Actor, session: &str) -> Result<OfSession> {
    let mut db = app.read().await?;
    load(app, &mut db, actor, session).await
}

async fn load(app: &App, db: &mut Connection, actor: &Actor, session: &str) -> Result<OfSession> {
    let row = store::session::get(db, session)
        .await?
        .ok_or(Error::NotFound)?;
    authorise_for_session(app, db, actor, Action::ManageSessions, &row).await?;
    let given = store::funding::given(db, None, Some(session), 0, i64::MAX).await?;
    let places = store::funding::places(db, None, Some(session), 0, i64::MAX).await?;
    let mut funders = store::funding::funders(db).await?;
    funders.retain(|one| one.season_id == row.season_id);
    let sitting = sittings(given, places, &funders)?.pop();
    Ok(OfSession {
        sitting: sitting.ok_or(Error::NotFound)?,
        funders,
    })
}

/// What the event log keeps.
#[derive(Serialize)]
struct Logged {
    funder: Option<String>,
    /// Seats with a funder of their own.
    places: BTreeMap<String, String>,
}

impl Logged {
    fn of(sitting: &Sitting) -> Self {
        Self {
            funder: sitting.row.funder_id.clone(),
            places: sitting
                .places
                .iter()
                .filter_map(|place| {
                    Some((
                        place.row.enrolment_id.clone()?,
                        place.row.funder_id.clone()?,
                    ))
                })
                .collect(),
        }
    }
}

/// Says who pays for a session, and for the seats in it where that is somebody else. Empty: the funder of the season, or of the session.
/// Seats that are not named stay as they are.
///
/// # Errors
/// [`Error::Invalid`] (field `funder`, or `place-` with the seat's id) for somebody who is no funder of the season or a seat of another
/// session, [`Error::NotFound`], and what [`authorise`] says.
pub async fn set(
    app: &App,
    actor: &Actor,
    session: &str,
    funder: &str,
    places: &BTreeMap<String, String>,
) -> Result<()> {
    let mut tx = app.write().await?;
    let before = load(app, &mut tx, actor, session).await?;
    let known = |id: &str| before.funders.iter().any(|one| one.id == id);
    let chosen = |field: String, id: &str| match id.trim() {
        "" => Ok(None),
        id if known(id) => Ok(Some(id.to_owned())),
        _ => Err(Error::field(field, InputError::UnknownChoice)),
    };
    let of_session = chosen("funder".to_owned(), funder)?;
    store::funding::set_session(&mut tx, session, of_session.as_deref()).await?;
    for (seat, funder) in places {
        let field = format!("place-{seat}");
        let is_here = before
            .sitting
            .places
            .iter()
            .any(|place| place.row.enrolment_id.as_deref() == Some(seat));
        if !is_here {
            return Err(Error::field(field, InputError::UnknownChoice));
        }
        let funder = chosen(field, funder)?.filter(|id| of_session.as_ref() != Some(id));
        store::funding::set_place(&mut tx, seat, funder.as_deref()).await?;
    }
    let after = load(app, &mut tx, actor, session).await?;
    let (was, is) = (Logged::of(&before.sitting), Logged::of(&after.sitting));
    let subject = ("session", session);
    history::record(
        app,
        &mut tx,
        actor,
        "session.funded",
        subject,
        Some(&was),
        Some(&is),
    )
    .await?;
    Ok(tx.commit().await?)
}
