//! Browsers that staff have prepared for a day without network.

use crate::{Connection, Error, Result, Value};

/// A prepared browser.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow, serde::Serialize)]
pub struct DeviceRow {
    /// Identifier, made on the device.
    pub id: String,
    /// Account that prepared it; what it sends is sent in that name.
    pub account_id: String,
    /// What its owner calls it.
    pub name: String,
    /// Its key: an uncompressed point of P-256, base64url.
    pub public_key: String,
    /// When it was first prepared, UTC milliseconds.
    pub created_at: i64,
    /// Until when it may show the lists it was given.
    pub list_until: i64,
    /// Until when it may send what was said.
    pub send_until: i64,
    /// Number of the last delivery that was taken.
    pub last_batch: i64,
    /// How far its clock was behind ours at the last delivery, in milliseconds.
    pub clock_offset: i64,
    /// When it was heard of last.
    pub seen_at: i64,
    /// When it was turned off.
    pub revoked_at: Option<i64>,
}

macro_rules! columns {
    () => {
        "id, account_id, name, public_key, created_at, list_until, send_until, last_batch, clock_offset, seen_at, revoked_at"
    };
}

/// The device of that id.
pub async fn device(db: &mut Connection, id: &str) -> Result<Option<DeviceRow>> {
    db.fetch_optional(
        concat!("SELECT ", columns!(), " FROM device WHERE id = $1"),
        [id.into()],
    )
    .await
}

/// Devices, newest first; `account`: of that account only.
pub async fn devices(db: &mut Connection, account: Option<&str>) -> Result<Vec<DeviceRow>> {
    db.fetch_all(
        concat!(
            "SELECT ",
            columns!(),
            " FROM device WHERE (CAST($1 AS TEXT) IS NULL OR account_id = $1) ORDER BY created_at DESC, id DESC"
        ),
        [account.into()],
    )
    .await
}

/// Adds a device.
///
/// # Errors
/// [`Error::Duplicate`] when the id is taken.
pub async fn insert_device(db: &mut Connection, row: &DeviceRow) -> Result<()> {
    db.execute(
        "INSERT INTO device (id, account_id, name, public_key, created_at, list_until, send_until, last_batch, clock_offset, seen_at, revoked_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        [
            Value::from(&row.id),
            Value::from(&row.account_id),
            Value::from(&row.name),
            Value::from(&row.public_key),
            row.created_at.into(),
            row.list_until.into(),
            row.send_until.into(),
            row.last_batch.into(),
            row.clock_offset.into(),
            row.seen_at.into(),
            row.revoked_at.into(),
        ],
    )
    .await?;
    Ok(())
}

/// Prepares a device for another day.
///
/// # Errors
/// [`Error::Stale`] when it was turned off meanwhile.
pub async fn renew_device(db: &mut Connection, row: &DeviceRow) -> Result<()> {
    let changed = db
        .execute(
            "UPDATE device SET name = $2, list_until = $3, send_until = $4, seen_at = $5 WHERE id = $1 AND revoked_at IS NULL",
            [
                Value::from(&row.id),
                Value::from(&row.name),
                row.list_until.into(),
                row.send_until.into(),
                row.seen_at.into(),
            ],
        )
        .await?;
    if changed == 0 {
        Err(Error::Stale)
    } else {
        Ok(())
    }
}

/// Notes that a delivery of that number has come; `false` when one of that number or a later one was there before.
pub async fn met(
    db: &mut Connection,
    device: &str,
    batch: i64,
    clock_offset: i64,
    at: i64,
) -> Result<bool> {
    let changed = db
        .execute(
            "UPDATE device SET last_batch = $2, clock_offset = $3, seen_at = $4 WHERE id = $1 AND last_batch < $2 AND revoked_at IS NULL",
            [device.into(), batch.into(), clock_offset.into(), at.into()],
        )
        .await?;
    Ok(changed > 0)
}

/// Turns a device off; `false` when it was off already.
pub async fn revoke_device(db: &mut Connection, device: &str, at: i64) -> Result<bool> {
    let changed = db
        .execute(
            "UPDATE device SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL",
            [device.into(), at.into()],
        )
        .await?;
    Ok(changed > 0)
}

/// Notes that a device was given the list of a session.
pub async fn grant(db: &mut Connection, device: &str, session: &str) -> Result<()> {
    db.execute(
        "INSERT INTO device_session (device_id, session_id) VALUES ($1, $2) ON CONFLICT (device_id, session_id) DO NOTHING",
        [device.into(), session.into()],
    )
    .await?;
    Ok(())
}

/// The sessions whose lists a device was given, with their beginnings in UTC milliseconds, in order of time.
pub async fn sessions_of_device(db: &mut Connection, device: &str) -> Result<Vec<(String, i64)>> {
    db.fetch_all(
        "SELECT d.session_id, s.starts_at FROM device_session d JOIN session s ON s.id = d.session_id
         WHERE d.device_id = $1 ORDER BY s.starts_at, s.id",
        [device.into()],
    )
    .await
}
