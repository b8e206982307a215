//! Rooms of sites.

use crate::error::one_or_stale;
use crate::{Connection, Result, Value};

/// A room as stored.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow, serde::Serialize)]
pub struct RoomRow {
    /// Identifier.
    pub id: String,
    /// Its site.
    pub site_id: String,
    /// Name.
    pub name: String,
    /// Most participants at once.
    pub capacity: i64,
    /// JSON object, slug of the vocabulary to how many.
    pub equipment: String,
    /// When it was put away, UTC milliseconds.
    pub archived_at: Option<i64>,
    /// Raised at every change.
    pub version: i64,
}

/// The room of that id.
pub async fn get(db: &mut Connection, id: &str) -> Result<Option<RoomRow>> {
    db.fetch_optional(
        "SELECT id, site_id, name, capacity, equipment, archived_at, version FROM room WHERE id = $1",
        [id.into()],
    )
    .await
}

/// The rooms of a site (`None`: of every site), those in use before archived ones, by name.
pub async fn list(db: &mut Connection, site: Option<&str>) -> Result<Vec<RoomRow>> {
    db.fetch_all(
        "SELECT id, site_id, name, capacity, equipment, archived_at, version FROM room
         WHERE (CAST($1 AS TEXT) IS NULL OR site_id = $1)
         ORDER BY site_id, CASE WHEN archived_at IS NULL THEN 0 ELSE 1 END, name, id",
        [site.into()],
    )
    .await
}

/// Adds a room.
pub async fn insert(db: &mut Connection, row: &RoomRow) -> Result<()> {
    db.execute(
        "INSERT INTO room (id, site_id, name, capacity, equipment, archived_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        [
            Value::from(&row.id),
            Value::from(&row.site_id),
            Value::from(&row.name),
            row.capacity.into(),
            Value::from(&row.equipment),
            row.archived_at.into(),
            row.version.into(),
        ],
    )
    .await?;
    Ok(())
}

/// Writes the room over version `row.version`, which is raised by one. Its site does not change.
pub async fn update(db: &mut Connection, row: &RoomRow) -> Result<()> {
    let rows = db
        .execute(
            "UPDATE room SET name = $3, capacity = $4, equipment = $5, archived_at = $6, version = version + 1
             WHERE id = $1 AND version = $2",
            [
                Value::from(&row.id),
                row.version.into(),
                Value::from(&row.name),
                row.capacity.into(),
                Value::from(&row.equipment),
                row.archived_at.into(),
            ],
        )
        .await?;
    one_or_stale(rows)
}

/// Removes a room; [`crate::Error::Reference`] when a session was ever held there.
pub async fn delete(db: &mut Connection, id: &str, version: i64) -> Result<()> {
    let rows = db
        .execute(
            "DELETE FROM room WHERE id = $1 AND version = $2",
            [id.into(), version.into()],
        )
        .await?;
    one_or_stale(rows)
}

/// How many sessions that are not cancelled the room still has from an instant on.
pub async fn sessions_from(db: &mut Connection, room: &str, from: i64) -> Result<i64> {
    db.number(
        "SELECT COUNT(*) FROM session WHERE room_id = $1 AND ends_at > $2 AND stage <> 'cancelled'",
        [room.into(), from.into()],
    )
    .await
}
