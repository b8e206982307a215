//! Rooms of a site.

use std::collections::BTreeMap;

use domain::id::RoomId;
use domain::input::{ShortText, parse_whole};
use domain::programme::{LARGEST_CAPACITY, MOST_PIECES};
use serde::{Deserialize, Serialize};
use store::Connection;
use store::room::RoomRow;

use crate::access::{Action, Actor, Resource, authorise};
use crate::content::vocabulary;
use crate::input::{Fields, in_use, version_of};
use crate::{App, Error, Refused, Result, history};

/// A room as typed. `equipment` and `count` go together, one of each for every kind of equipment.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct EditRoom {
    /// Name.
    pub name: String,
    /// Most participants at once.
    pub capacity: String,
    /// Slugs of the vocabulary.
    pub equipment: Vec<String>,
    /// How many of each; empty: none.
    pub count: Vec<String>,
    /// The version that was edited; empty for a new room.
    pub version: String,
}

/// The room of that id, at that site.
pub async fn room_at(app: &App, actor: &Actor, site: &str, id: &str) -> Result<RoomRow> {
    authorise(app, actor, Action::SeeDesk, &Resource::everything())?;
    let mut db = app.read().await?;
    load(&mut db, site, id).await
}

/// Adds a room to a site; answers its id.
pub async fn add_room(app: &App, actor: &Actor, site: &str, command: &EditRoom) -> Result<String> {
    authorise(app, actor, Action::ManageMeans, &Resource::everything())?;
    let mut tx = app.write().await?;
    super::load(&mut tx, site).await?;
    let mut row = parse(command, None)?;
    row.id = app.new_id::<domain::id::kind::Room>().to_string();
    row.site_id = site.to_owned();
    row.version = 1;
    store::room::insert(&mut tx, &row).await?;
    let subject = ("room", row.id.as_str());
    history::record(
        app,
        &mut tx,
        actor,
        "room.created",
        subject,
        None,
        Some(&row),
    )
    .await?;
    tx.commit().await?;
    Ok(row.id)
}

/// Changes a room.
pub async fn edit_room(
    app: &App,
    actor: &Actor,
    site: &str,
    id: &str,
    command: &EditRoom,
) -> Result<()> {
    authorise(app, actor, Action::ManageMeans, &Resource::everything())?;
    let mut tx = app.write().await?;
    let before = load(&mut tx, site, id).await?;
    let row = parse(command, Some(&before))?;
    save(app, &mut tx, actor, "room.changed", &before, row).await?;
    Ok(tx.commit().await?)
}

/// Puts a room away. Refused while sessions are still to come there.
pub async fn archive_room(
    app: &App,
    actor: &Actor,
    site: &str,
    id: &str,
    version: &str,
) -> Result<()> {
    authorise(app, actor, Action::ManageMeans, &Resource::everything())?;
    let version = version_of(version)?;
    let mut tx = app.write().await?;
    let before = load(&mut tx, site, id).await?;
    let now = app.now().as_millisecond();
    let coming = store::room::sessions_from(&mut tx, id, now).await?;
    if coming > 0 {
        let refused = Refused::new("site-refused-sessions-to-come");
        return Err(refused
            .with("name", &before.name)
            .with("count", coming)
            .into());
    }
    let row = RoomRow {
        archived_at: Some(now),
        version,
        ..before.clone()
    };
    save(app, &mut tx, actor, "room.archived", &before, row).await?;
    Ok(tx.commit().await?)
}

/// Takes a room up again.
pub async fn restore_room(
    app: &App,
    actor: &Actor,
    site: &str,
    id: &str,
    version: &str,
) -> Result<()> {
    authorise(app, actor, Action::ManageMeans, &Resource::everything())?;
    let version = version_of(version)?;
    let mut tx = app.write().await?;
    let before = load(&mut tx, site, id).await?;
    let row = RoomRow {
        archived_at: None,
        version,
        ..before.clone()
    };
    save(app, &mut tx, actor, "room.restored", &before, row).await?;
    Ok(tx.commit().await?)
}

/// Removes a room where no session was ever held.
pub async fn delete_room(
    app: &App,
    actor: &Actor,
    site: &str,
    id: &str,
    version: &str,
) -> Result<()> {
    authorise(app, actor, Action::ManageMeans, &Resource::everything())?;
    let version = version_of(version)?;
    let mut tx = app.write().await?;
    let before = load(&mut tx, site, id).await?;
    let refused = Refused::new("site-refused-in-use").with("name", &before.name);
    store::room::delete(&mut tx, id, version)
        .await
        .map_err(in_use(refused))?;
    history::record(
        app,
        &mut tx,
        actor,
        "room.deleted",
        ("room", id),
        Some(&before),
        None,
    )
    .await?;
    Ok(tx.commit().await?)
}

async fn save(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    action: &str,
    before: &RoomRow,
    row: RoomRow,
) -> Result<()> {
    store::room::update(tx, &row).await?;
    let after = RoomRow {
        version: row.version + 1,
        ..row
    };
    let subject = ("room", after.id.as_str());
    history::record(app, tx, actor, action, subject, Some(before), Some(&after)).await
}

async fn load(db: &mut Connection, site: &str, id: &str) -> Result<RoomRow> {
    RoomId::parse(id).map_err(|_| Error::NotFound)?;
    let room = store::room::get(db, id).await?;
    room.filter(|room| room.site_id == site)
        .ok_or(Error::NotFound)
}

fn parse(command: &EditRoom, before: Option<&RoomRow>) -> Result<RoomRow> {
    let mut fields = Fields::default();
    let name = fields.take("name", ShortText::<80>::parse(&command.name));
    let capacity = fields.take(
        "capacity",
        parse_whole(&command.capacity, 1, LARGEST_CAPACITY),
    );
    let kinds = fields.slugs("equipment", &command.equipment, |slug| {
        vocabulary().equipment(slug).is_some()
    });
    let mut equipment = BTreeMap::new();
    for kind in kinds {
        let raw = command
            .equipment
            .iter()
            .position(|slug| slug.trim() == kind);
        let raw = raw
            .and_then(|at| command.count.get(at))
            .map_or("", String::as_str);
        let count = fields.take_optional("equipment", raw, |raw| parse_whole(raw, 0, MOST_PIECES));
        if let Some(count) = count.filter(|count| *count > 0) {
            equipment.insert(kind, count);
        }
    }
    let version = fields.version(&command.version, before.is_some());
    let (name, capacity) = fields.finish(name.zip(capacity))?;
    Ok(RoomRow {
        id: before.map_or_else(String::new, |row| row.id.clone()),
        site_id: before.map_or_else(String::new, |row| row.site_id.clone()),
        name: name.into(),
        capacity,
        equipment: serde_json::to_string(&equipment)
            .map_err(|error| Error::Internal(error.to_string()))?,
        archived_at: before.and_then(|row| row.archived_at),
        version,
    })
}
