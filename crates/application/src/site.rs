//! Sites, regular or for once, and their rooms.

mod room;

use std::collections::BTreeMap;

use domain::id::SiteId;
use domain::input::{InputError, ShortText};
use domain::programme::{OpeningHours, numbered, slug_of};
use domain::questionnaire::{DAYS, day_code};
use domain::territory::{Area, Point};
use domain::text::fold;
use serde::{Deserialize, Serialize};
use store::Connection;
use store::room::RoomRow;
use store::site::SiteRow;

pub use store::site::SiteFilter;

pub use room::{EditRoom, add_room, archive_room, delete_room, edit_room, restore_room, room_at};

use crate::access::{Action, Actor, Resource, area_of, authorise};
use crate::content::vocabulary;
use crate::input::{Fields, taken};
use crate::means::{self, Means};
use crate::people::parse_commune;
use crate::territory::gazetteer;
use crate::{App, Error, Result, history};

/// A site as typed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Edit {
    /// Name.
    pub name: String,
    /// Its commune: name with postcode, or code.
    pub commune: String,
    /// Street and number.
    pub address: String,
    /// Where it is when known better than the commune's centre: `50.3812, 2.3336`.
    pub coordinates: String,
    /// Hours of each day: `9:00-12:00, 14:00-18:00`.
    pub monday: String,
    /// See `monday`.
    pub tuesday: String,
    /// See `monday`.
    pub wednesday: String,
    /// See `monday`.
    pub thursday: String,
    /// See `monday`.
    pub friday: String,
    /// See `monday`.
    pub saturday: String,
    /// See `monday`.
    pub sunday: String,
    /// Slugs of the vocabulary.
    pub accessibility: Vec<String>,
    /// How to get there and in.
    pub access_note: String,
    /// Where people can call.
    pub phone: String,
    /// Anything: a one-off place. Empty: a regular site.
    pub one_off: String,
    /// The version that was edited; empty for a new site.
    pub version: String,
}

impl Edit {
    /// The hours typed for each day, Monday first.
    #[must_use]
    pub fn hours(&self) -> [&str; 7] {
        [
            &self.monday,
            &self.tuesday,
            &self.wednesday,
            &self.thursday,
            &self.friday,
            &self.saturday,
            &self.sunday,
        ]
    }
}

/// A site with its rooms, read.
#[derive(Clone, Debug)]
pub struct Site {
    /// As stored.
    pub row: SiteRow,
    /// Its hours.
    pub hours: OpeningHours,
    /// Slugs of the vocabulary.
    pub accessibility: Vec<String>,
    /// Its rooms, those in use first.
    pub rooms: Vec<Room>,
}

impl Site {
    /// Where it is: its own place, else the centre of its commune.
    #[must_use]
    pub fn point(&self) -> Option<Point> {
        match (self.row.latitude, self.row.longitude) {
            (Some(lat), Some(lon)) => Some(Point { lat, lon }),
            _ => gazetteer()
                .resolve(&self.row.commune_code)
                .and_then(|found| found.commune.centre()),
        }
    }
}

/// A room, read.
#[derive(Clone, Debug)]
pub struct Room {
    /// As stored.
    pub row: RoomRow,
    /// Slug of the vocabulary, and how many.
    pub equipment: BTreeMap<String, i64>,
}

/// Sites by name, with their rooms.
pub async fn list(app: &App, actor: &Actor, filter: &SiteFilter) -> Result<Vec<Site>> {
    authorise(app, actor, Action::SeeDesk, &Resource::everything())?;
    let mut db = app.read().await?;
    let mut rooms: BTreeMap<String, Vec<RoomRow>> = BTreeMap::new();
    for room in store::room::list(&mut db, None).await? {
        rooms.entry(room.site_id.clone()).or_default().push(room);
    }
    let filter = SiteFilter {
        search: filter
            .search
            .as_deref()
            .map(fold)
            .filter(|text| !text.is_empty()),
        ..filter.clone()
    };
    let rows = store::site::list(&mut db, &filter).await?;
    rows.into_iter()
        .map(|row| {
            let rooms = rooms.remove(&row.id).unwrap_or_default();
            read(row, rooms)
        })
        .collect()
}

/// One site with its rooms.
pub async fn get(app: &App, actor: &Actor, id: &str) -> Result<Site> {
    authorise(app, actor, Action::SeeDesk, &Resource::everything())?;
    let mut db = app.read().await?;
    let row = load(&mut db, id).await?;
    let rooms = store::room::list(&mut db, Some(id)).await?;
    read(row, rooms)
}

/// A site and its rooms as stored, read: for pages that check the right to see it themselves.
pub fn read(row: SiteRow, rooms: Vec<RoomRow>) -> Result<Site> {
    let hours = serde_json::from_str(&row.opening_hours).map_err(store::Error::from)?;
    let accessibility = serde_json::from_str(&row.accessibility).map_err(store::Error::from)?;
    let rooms = rooms
        .into_iter()
        .map(|row| {
            let equipment = serde_json::from_str(&row.equipment).map_err(store::Error::from)?;
            Ok(Room { row, equipment })
        })
        .collect::<Result<_>>()?;
    Ok(Site {
        row,
        hours,
        accessibility,
        rooms,
    })
}

/// Makes a site; answers its id.
pub async fn create(app: &App, actor: &Actor, command: &Edit) -> Result<String> {
    authorise(app, actor, Action::ManageMeans, &Resource::everything())?;
    let mut tx = app.write().await?;
    let id = create_in(app, &mut tx, actor, command).await?;
    tx.commit().await?;
    Ok(id)
}

/// Makes a site within a transaction of the caller's (an import: all lines or none); the right to do it is checked by the caller.
pub async fn create_in(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    command: &Edit,
) -> Result<String> {
    let home = area_of(tx, None).await?;
    let mut row = parse(command, &home, None)?;
    row.id = app.new_id::<domain::id::kind::Site>().to_string();
    row.created_at = app.now().as_millisecond();
    row.version = 1;
    row.slug = free_slug(tx, &row.name).await?;
    store::site::insert(tx, &row).await.map_err(taken("name"))?;
    let subject = ("site", row.id.as_str());
    history::record(app, tx, actor, "site.created", subject, None, Some(&row)).await?;
    Ok(row.id)
}

/// Changes a site. Its address on the web stays.
pub async fn edit(app: &App, actor: &Actor, id: &str, command: &Edit) -> Result<()> {
    authorise(app, actor, Action::ManageMeans, &Resource::everything())?;
    let mut tx = app.write().await?;
    let before = load(&mut tx, id).await?;
    let home = area_of(&mut tx, None).await?;
    let row = parse(command, &home, Some(&before))?;
    means::save(app, &mut tx, actor, "changed", &before, row).await?;
    Ok(tx.commit().await?)
}

/// Puts a site away: nothing new is held there. Refused while sessions are still to come.
pub async fn archive(app: &App, actor: &Actor, id: &str, version: &str) -> Result<()> {
    authorise(app, actor, Action::ManageMeans, &Resource::everything())?;
    let mut tx = app.write().await?;
    let before = load(&mut tx, id).await?;
    means::archive(app, tx, actor, before, version).await
}

/// Takes a site up again.
pub async fn restore(app: &App, actor: &Actor, id: &str, version: &str) -> Result<()> {
    authorise(app, actor, Action::ManageMeans, &Resource::everything())?;
    let mut tx = app.write().await?;
    let before = load(&mut tx, id).await?;
    means::restore(app, tx, actor, before, version).await
}

/// Removes a site where no session was ever held, with its rooms.
pub async fn delete(app: &App, actor: &Actor, id: &str, version: &str) -> Result<()> {
    authorise(app, actor, Action::ManageMeans, &Resource::everything())?;
    let mut tx = app.write().await?;
    let before = load(&mut tx, id).await?;
    means::delete(app, tx, actor, before, version).await
}

impl Means for SiteRow {
    const KIND: &'static str = "site";
    const SESSIONS_TO_COME: &'static str = "site-refused-sessions-to-come";
    const IN_USE: &'static str = "site-refused-in-use";

    fn id(&self) -> &str {
        &self.id
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn version(&self) -> i64 {
        self.version
    }

    fn at_version(self, version: i64) -> Self {
        Self { version, ..self }
    }

    fn put_away(self, since: Option<i64>) -> Self {
        Self {
            archived_at: since,
            ..self
        }
    }

    async fn update(&self, tx: &mut Connection) -> Result<()> {
        store::site::update(tx, self).await.map_err(taken("name"))
    }

    async fn delete(&self, tx: &mut Connection) -> store::Result<()> {
        store::site::delete(tx, &self.id, self.version).await
    }

    async fn sessions_from(&self, tx: &mut Connection, from: i64) -> store::Result<i64> {
        store::site::sessions_from(tx, &self.id, from).await
    }
}

async fn load(db: &mut Connection, id: &str) -> Result<SiteRow> {
    SiteId::parse(id).map_err(|_| Error::NotFound)?;
    store::site::get(db, id).await?.ok_or(Error::NotFound)
}

async fn free_slug(db: &mut Connection, name: &str) -> Result<String> {
    let slug = slug_of(name);
    for n in 1..1000 {
        let tried = numbered(&slug, n);
        if store::site::by_slug(db, &tried).await?.is_none() {
            return Ok(tried);
        }
    }
    Err(Error::field("name", InputError::AlreadyTaken))
}

fn parse(command: &Edit, home: &Area, before: Option<&SiteRow>) -> Result<SiteRow> {
    let mut fields = Fields::default();
    let name = fields.take("name", ShortText::<120>::parse(&command.name));
    let commune = fields.take("commune", parse_commune(&command.commune, home));
    let address = fields.take_optional("address", &command.address, ShortText::<200>::parse);
    let point = fields.take_optional("coordinates", &command.coordinates, parse_point);
    let mut hours = OpeningHours::default();
    for (day, raw) in DAYS.into_iter().zip(command.hours()) {
        fields.take(day_code(day), hours.set(day, raw));
    }
    let accessibility = fields.slugs("accessibility", &command.accessibility, |slug| {
        vocabulary().accessibility(slug).is_some()
    });
    let access_note = fields.note::<2000>("access_note", &command.access_note);
    let phone = fields.phone("phone", &command.phone);
    let version = fields.version(&command.version, before.is_some());
    let (name, commune_code) = fields.finish(name.zip(commune))?;
    let json = |error: serde_json::Error| Error::Internal(error.to_string());
    Ok(SiteRow {
        id: before.map_or_else(String::new, |row| row.id.clone()),
        folded: fold(name.as_str()),
        name: name.into(),
        slug: before.map_or_else(String::new, |row| row.slug.clone()),
        commune_code,
        address: address.map_or_else(String::new, String::from),
        latitude: point.map(|point| point.lat),
        longitude: point.map(|point| point.lon),
        opening_hours: serde_json::to_string(&hours).map_err(json)?,
        accessibility: serde_json::to_string(&accessibility).map_err(json)?,
        access_note,
        phone,
        regular: i64::from(command.one_off.trim().is_empty()),
        archived_at: before.and_then(|row| row.archived_at),
        created_at: before.map_or(0, |row| row.created_at),
        version,
    })
}

/// Degrees north and east, as maps on the web show them: `50.3812, 2.3336`.
fn parse_point(raw: &str) -> std::result::Result<Point, InputError> {
    let (lat, lon) = raw
        .split_once([',', ';', ' '])
        .ok_or(InputError::NotANumber)?;
    let degrees = |text: &str, most: f64, bound: i64| {
        let number: f64 = text.trim().parse().map_err(|_| InputError::NotANumber)?;
        if number.is_finite() && number.abs() <= most {
            Ok(number)
        } else {
            Err(InputError::OutOfRange {
                min: -bound,
                max: bound,
            })
        }
    };
    Ok(Point {
        lat: degrees(lat, 90.0, 90)?,
        lon: degrees(lon, 180.0, 180)?,
    })
}
