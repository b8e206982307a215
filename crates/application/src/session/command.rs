//! What the coordinator fills in for a session, and what it means.

use domain::catalogue::Module;
use domain::id::SessionId;
use domain::input::{InputError, LongText, parse_date, parse_time, parse_whole};
use domain::session::{self, SessionFault};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use store::Connection;
use store::programme::SeasonRow;
use store::room::RoomRow;
use store::session::SessionRow;
use store::site::SiteRow;
use store::trainer::TrainerRow;

use crate::input::Fields;
use crate::{Error, Refused, Result, content};

/// A session as typed. Empty means: as the module suggests (end, sizes), or not chosen yet (room, trainer).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Edit {
    /// Slug of the season; cannot be changed afterwards.
    pub season: String,
    /// Slug of the module.
    pub module: String,
    /// Id of the site.
    pub site: String,
    /// Id of the room.
    pub room: String,
    /// Id of the trainer.
    pub trainer: String,
    /// Day.
    pub day: String,
    /// From what time.
    pub starts: String,
    /// Until what time.
    pub ends: String,
    /// Fewest people for whom it takes place.
    pub least: String,
    /// Most people.
    pub capacity: String,
    /// Shown on the session's page.
    pub public_note: String,
    /// The version that was read, when editing.
    pub version: String,
    /// Not empty: although the room or the trainer is busy then.
    pub anyway: String,
}

impl Edit {
    /// A stored session as it would be typed; `season` is the season's slug.
    #[must_use]
    pub fn of(row: &SessionRow, season: &str, zone: &TimeZone) -> Self {
        let local = |at: i64| {
            Timestamp::from_millisecond(at).map_or(DateTime::default(), |at| zone.to_datetime(at))
        };
        let clock = |at: DateTime| format!("{:02}:{:02}", at.hour(), at.minute());
        let (starts, ends) = (local(row.starts_at), local(row.ends_at));
        Self {
            season: season.to_owned(),
            module: row.module.clone(),
            site: row.site_id.clone(),
            room: row.room_id.clone().unwrap_or_default(),
            trainer: row.trainer_id.clone().unwrap_or_default(),
            day: starts.date().to_string(),
            starts: clock(starts),
            ends: clock(ends),
            least: row.least.to_string(),
            capacity: row.capacity.to_string(),
            public_note: row.public_note.clone(),
            version: row.version.to_string(),
            anyway: String::new(),
        }
    }
}

/// A session whose every field is sound.
pub(super) struct Planned {
    pub(super) module: &'static Module,
    pub(super) site: SiteRow,
    pub(super) room: Option<RoomRow>,
    pub(super) trainer: Option<TrainerRow>,
    pub(super) starts_at: Timestamp,
    pub(super) ends_at: Timestamp,
    pub(super) least: u32,
    pub(super) capacity: u32,
    pub(super) public_note: String,
}

impl Planned {
    /// Reads a command, telling every field that is wrong.
    pub(super) async fn parse(
        db: &mut Connection,
        edit: &Edit,
        season: &SeasonRow,
        zone: &TimeZone,
    ) -> Result<Self> {
        let mut fields = Fields::default();
        let module = fields.take("module", module_of(&edit.module));
        let site = fields.take("site", site_of(db, &edit.site).await?);
        let room = fields.take("room", room_of(db, &edit.room, site.as_ref()).await?);
        let trainer = fields.take("trainer", trainer_of(db, &edit.trainer).await?);
        let time = times(&mut fields, edit, module, zone);
        let size = sizes(
            &mut fields,
            edit,
            module,
            room.as_ref().and_then(Option::as_ref),
        );
        let public_note =
            fields.take_optional("public_note", &edit.public_note, LongText::<2000>::parse);
        let planned = (|| {
            let ((starts_at, ends_at), (least, capacity)) = (time?, size?);
            Some(Self {
                module: module?,
                site: site?,
                room: room?,
                trainer: trainer?,
                starts_at,
                ends_at,
                least,
                capacity,
                public_note: public_note.map_or_else(String::new, String::from),
            })
        })();
        let planned = fields.finish(planned)?;
        planned.check_figures(season)?;
        Ok(planned)
    }

    /// What no single field is to blame for.
    fn check_figures(&self, season: &SeasonRow) -> Result<()> {
        let session = session::Session {
            id: SessionId::new(0, &[0; 10]),
            season: crate::enrolment::parse(&season.id)?,
            module: session::ModuleRef {
                slug: self.module.slug.clone(),
                version: self.module.version,
            },
            site: crate::enrolment::parse(&self.site.id)?,
            room: None,
            trainer: None,
            starts_at: self.starts_at,
            ends_at: self.ends_at,
            least: self.least,
            capacity: self.capacity,
            stage: session::Stage::Gathering,
        };
        // A room that is small for the group warns only: a chair can be carried in.
        match session.faults(u32::MAX).first() {
            None => Ok(()),
            Some(SessionFault::EndsBeforeStart) => {
                Err(Error::field("ends", InputError::EndBeforeStart))
            }
            Some(SessionFault::Least) => Err(Error::field(
                "least",
                InputError::OutOfRange {
                    min: 1,
                    max: i64::from(self.capacity),
                },
            )),
            Some(fault) => Err(Refused::new(fault.key()).into()),
        }
    }

    /// Writes what is planned into a row.
    pub(super) fn write(&self, row: &mut SessionRow) {
        row.module.clone_from(&self.module.slug);
        row.module_version = self.module.content_version().to_string();
        row.site_id.clone_from(&self.site.id);
        row.room_id = self.room.as_ref().map(|room| room.id.clone());
        row.trainer_id = self.trainer.as_ref().map(|trainer| trainer.id.clone());
        row.starts_at = self.starts_at.as_millisecond();
        row.ends_at = self.ends_at.as_millisecond();
        row.least = i64::from(self.least);
        row.capacity = i64::from(self.capacity);
        row.public_note.clone_from(&self.public_note);
    }
}

type Parsed<T> = std::result::Result<T, InputError>;

fn module_of(slug: &str) -> Parsed<&'static Module> {
    if slug.trim().is_empty() {
        return Err(InputError::Empty);
    }
    content::catalogue()
        .module(slug.trim())
        .ok_or(InputError::UnknownChoice)
}

async fn site_of(db: &mut Connection, id: &str) -> Result<Parsed<SiteRow>> {
    if id.trim().is_empty() {
        return Ok(Err(InputError::Empty));
    }
    let site = store::site::get(db, id.trim()).await?;
    Ok(site.ok_or(InputError::UnknownChoice))
}

async fn room_of(
    db: &mut Connection,
    id: &str,
    site: Option<&SiteRow>,
) -> Result<Parsed<Option<RoomRow>>> {
    if id.trim().is_empty() {
        return Ok(Ok(None));
    }
    let room = store::room::get(db, id.trim()).await?;
    // While the site is wrong the room is not to blame.
    let fits = |room: &RoomRow| site.is_none_or(|site| room.site_id == site.id);
    Ok(room.filter(fits).map(Some).ok_or(InputError::UnknownChoice))
}

async fn trainer_of(db: &mut Connection, id: &str) -> Result<Parsed<Option<TrainerRow>>> {
    if id.trim().is_empty() {
        return Ok(Ok(None));
    }
    let trainer = store::trainer::get(db, id.trim()).await?;
    Ok(trainer.map(Some).ok_or(InputError::UnknownChoice))
}

/// Begin and end; without an end as long as the module lasts.
fn times(
    fields: &mut Fields,
    edit: &Edit,
    module: Option<&Module>,
    zone: &TimeZone,
) -> Option<(Timestamp, Timestamp)> {
    let day = fields.take("day", parse_date(&edit.day));
    let starts = fields.take("starts", parse_time(&edit.starts));
    let ends = fields.take_optional("ends", &edit.ends, parse_time);
    let instant = |time| {
        let local = day?.to_datetime(time);
        zone.to_ambiguous_timestamp(local).compatible().ok()
    };
    let begin = instant(starts?)?;
    let end = match ends {
        Some(time) => instant(time)?,
        None => begin
            .saturating_add(SignedDuration::from_mins(i64::from(module?.minutes)))
            .ok()?,
    };
    Some((begin, end))
}

/// Least and most people; without figures as the module suggests, as far as the room holds them.
fn sizes(
    fields: &mut Fields,
    edit: &Edit,
    module: Option<&Module>,
    room: Option<&RoomRow>,
) -> Option<(u32, u32)> {
    let whole = |raw: &str| parse_whole(raw, 1, i64::from(session::MOST_SEATS)).map(small);
    let capacity = fields.take_optional("capacity", &edit.capacity, whole);
    let least = fields.take_optional("least", &edit.least, whole);
    let group = module?.group;
    let capacity = capacity.unwrap_or_else(|| {
        room.map_or(group.most, |room| group.most.min(small(room.capacity)))
            .max(1)
    });
    Some((least.unwrap_or(group.least.min(capacity)), capacity))
}

fn small(number: i64) -> u32 {
    u32::try_from(number).unwrap_or_default()
}
