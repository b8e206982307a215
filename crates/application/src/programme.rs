//! Programmes, their seasons, and the partners shown on them.

mod partner;
mod season;

use domain::id::{ProgrammeId, TerritoryId};
use domain::input::{InputError, Phone, ShortText, parse_whole};
use domain::programme::{numbered, slug_of};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use store::Connection;
pub use store::partner::PartnerRow;
pub use store::programme::{ProgrammeRow, SeasonRow};

pub use partner::{
    EditPartner, Move, add_partner, delete_partner, edit_partner, move_partner, partner_of,
};
pub use season::{EditSeason, create_season, delete_season, edit_season, season};

use crate::access::{Action, Actor, Resource, authorise};
use crate::input::{Fields, taken, version_of};
use crate::{App, Error, Refused, Result, history};

/// How to reach a programme, as people write it: telephone, then address.
#[must_use]
pub fn contact(programme: &ProgrammeRow) -> Vec<String> {
    let phone = programme.contact_phone.as_deref().map(|number| {
        Phone::parse(number).map_or_else(|_| number.to_owned(), |phone| phone.to_string())
    });
    phone
        .into_iter()
        .chain(programme.contact_email.clone())
        .collect()
}

/// A programme as typed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Edit {
    /// Name.
    pub name: String,
    /// Id of the territory in which it runs.
    pub territory: String,
    /// What it is, for everybody.
    pub summary: String,
    /// Where people can write.
    pub contact_email: String,
    /// Where people can call.
    pub contact_phone: String,
    /// IANA name of its time zone; empty: `Europe/Paris`.
    pub time_zone: String,
    /// How long before a session people are reminded of it, in hours; empty: 48.
    pub reminder_hours: String,
    /// The version that was edited; empty for a new programme.
    pub version: String,
}

/// The time zone of a programme that names none.
pub const USUAL_TIME_ZONE: &str = "Europe/Paris";

/// Hours before a session at which people are reminded, where a programme says nothing else.
pub const USUAL_REMINDER_HOURS: i64 = 48;

/// Every programme that the actor may see on the desk, oldest first.
pub async fn list(app: &App, actor: &Actor) -> Result<Vec<ProgrammeRow>> {
    authorise(app, actor, Action::SeeDesk, &Resource::everything())?;
    let all = store::programme::list(&mut app.read().await?).await?;
    let mut seen = Vec::with_capacity(all.len());
    for row in all {
        let resource = Resource::of_programme(id_of(&row.id)?);
        if app.policies().allow(actor, Action::SeeDesk, &resource)? {
            seen.push(row);
        }
    }
    Ok(seen)
}

/// One programme, by its slug.
pub async fn get(app: &App, actor: &Actor, slug: &str) -> Result<ProgrammeRow> {
    let found = store::programme::by_slug(&mut app.read().await?, slug).await?;
    let Some(row) = found else {
        authorise(app, actor, Action::SeeDesk, &Resource::everything())?;
        return Err(Error::NotFound);
    };
    authorise(
        app,
        actor,
        Action::SeeDesk,
        &Resource::of_programme(id_of(&row.id)?),
    )?;
    Ok(row)
}

/// The seasons of a programme, latest first.
pub async fn seasons(app: &App, actor: &Actor, programme: &ProgrammeRow) -> Result<Vec<SeasonRow>> {
    let resource = Resource::of_programme(id_of(&programme.id)?);
    authorise(app, actor, Action::SeeDesk, &resource)?;
    let mut db = app.read().await?;
    Ok(store::programme::list_seasons(&mut db, Some(&programme.id)).await?)
}

/// Makes a programme; answers its slug. For those who may manage any programme.
pub async fn create(app: &App, actor: &Actor, command: &Edit) -> Result<String> {
    let id: ProgrammeId = app.new_id();
    authorise(
        app,
        actor,
        Action::ManageProgramme,
        &Resource::of_programme(id),
    )?;
    let mut tx = app.write().await?;
    let mut row = parse(&mut tx, command, None).await?;
    row.id = id.to_string();
    row.created_at = app.now().as_millisecond();
    row.version = 1;
    row.slug = free_slug(&mut tx, &row.name).await?;
    store::programme::insert(&mut tx, &row)
        .await
        .map_err(taken("name"))?;
    let subject = ("programme", row.id.as_str());
    history::record(
        app,
        &mut tx,
        actor,
        "programme.created",
        subject,
        None,
        Some(&row),
    )
    .await?;
    tx.commit().await?;
    Ok(row.slug)
}

/// Changes a programme. Its address on the web stays.
pub async fn edit(app: &App, actor: &Actor, slug: &str, command: &Edit) -> Result<()> {
    let mut tx = app.write().await?;
    let before = load(app, &mut tx, actor, slug).await?;
    let row = parse(&mut tx, command, Some(&before)).await?;
    store::programme::update(&mut tx, &row)
        .await
        .map_err(taken("name"))?;
    let after = ProgrammeRow {
        version: row.version + 1,
        ..row
    };
    let subject = ("programme", before.id.as_str());
    history::record(
        app,
        &mut tx,
        actor,
        "programme.changed",
        subject,
        Some(&before),
        Some(&after),
    )
    .await?;
    Ok(tx.commit().await?)
}

/// Removes a programme without seasons and roles.
pub async fn delete(app: &App, actor: &Actor, slug: &str, version: &str) -> Result<()> {
    let version = version_of(version)?;
    let mut tx = app.write().await?;
    let before = load(app, &mut tx, actor, slug).await?;
    if store::programme::uses(&mut tx, &before.id).await? > 0 {
        return Err(Refused::new("programme-refused-in-use")
            .with("name", &before.name)
            .into());
    }
    store::programme::delete(&mut tx, &before.id, version).await?;
    let subject = ("programme", before.id.as_str());
    history::record(
        app,
        &mut tx,
        actor,
        "programme.deleted",
        subject,
        Some(&before),
        None,
    )
    .await?;
    Ok(tx.commit().await?)
}

/// The programme to change, once it is known that the actor may.
async fn load(app: &App, db: &mut Connection, actor: &Actor, slug: &str) -> Result<ProgrammeRow> {
    let Some(row) = store::programme::by_slug(db, slug).await? else {
        authorise(app, actor, Action::ManageProgramme, &Resource::everything())?;
        return Err(Error::NotFound);
    };
    authorise(
        app,
        actor,
        Action::ManageProgramme,
        &Resource::of_programme(id_of(&row.id)?),
    )?;
    Ok(row)
}

/// The typed id of a stored programme.
pub(crate) fn id_of(id: &str) -> Result<ProgrammeId> {
    ProgrammeId::parse(id).map_err(|_| store::Error::Corrupt(format!("programme id {id}")).into())
}

async fn free_slug(db: &mut Connection, name: &str) -> Result<String> {
    let slug = slug_of(name);
    // The address of the form for a new one is no programme's.
    let first = if slug == "nouveau" { 2 } else { 1 };
    for n in first..1000 {
        let tried = numbered(&slug, n);
        if store::programme::by_slug(db, &tried).await?.is_none() {
            return Ok(tried);
        }
    }
    Err(Error::field("name", InputError::AlreadyTaken))
}

async fn parse(
    db: &mut Connection,
    command: &Edit,
    before: Option<&ProgrammeRow>,
) -> Result<ProgrammeRow> {
    let mut fields = Fields::default();
    let name = fields.take("name", ShortText::<120>::parse(&command.name));
    let empty = command.territory.trim().is_empty();
    let territory = fields.take(
        "territory",
        TerritoryId::parse(command.territory.trim())
            .map_err(|error| if empty { InputError::Empty } else { error }),
    );
    if let Some(id) = territory
        && store::territory::get(db, &id.to_string()).await?.is_none()
    {
        fields.wrong("territory", InputError::UnknownChoice);
    }
    let summary = fields.note::<4000>("summary", &command.summary);
    let contact_email = fields.email("contact_email", &command.contact_email);
    let contact_phone = fields.phone("contact_phone", &command.contact_phone);
    let time_zone = match command.time_zone.trim() {
        "" => USUAL_TIME_ZONE,
        name => name,
    };
    if TimeZone::get(time_zone).is_err() {
        fields.wrong("time_zone", InputError::UnknownChoice);
    }
    // From an hour to two weeks before.
    let reminder = fields.take_optional("reminder_hours", &command.reminder_hours, |raw| {
        parse_whole(raw, 1, 336)
    });
    let version = fields.version(&command.version, before.is_some());
    let (name, territory) = fields.finish(name.zip(territory))?;
    Ok(ProgrammeRow {
        id: before.map_or_else(String::new, |row| row.id.clone()),
        name: name.into(),
        slug: before.map_or_else(String::new, |row| row.slug.clone()),
        territory_id: territory.to_string(),
        summary,
        contact_email,
        contact_phone,
        time_zone: time_zone.to_owned(),
        reminder_hours: reminder.unwrap_or(USUAL_REMINDER_HOURS),
        created_at: before.map_or(0, |row| row.created_at),
        version,
    })
}
