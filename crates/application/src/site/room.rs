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
use crate::input::Fields;
use crate::means::{self, Means};
use crate::{App, Error, Result, history};

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
    means::save(app, &mut tx, actor, "changed", &before, row).await?;
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
    let mut tx = app.write().await?;
    let before = load(&mut tx, site, id).await?;
    means::archive(app, tx, actor, before, version).await
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
    let mut tx = app.write().await?;
    let before = load(&mut tx, site, id).await?;
    means::restore(app, tx, actor, before, version).await
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
    let mut tx = app.write().await?;
    let before = load(&mut tx, site, id).await?;
    means::delete(app, tx, actor, before, version).await
}

impl Means for RoomRow {
    const KIND: &'static str = "room";
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
        Ok(store::room::update(tx, self).await?)
    }

    async fn delete(&self, tx: &mut Connection) -> store::Result<()> {
        store::room::delete(tx, &self.id, self.version).await
    }

    async fn sessions_from(&self, tx: &mut Connection, from: i64) -> store::Result<i64> {
        store::room::sessions_from(tx, &self.id, from).await
    }
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
