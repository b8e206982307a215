//! Browsers prepared for a day without network: who has one, what it was given, and turning it off when it is lost.

use domain::id::DeviceId;
use domain::input::{InputError, ShortText};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use store::Connection;
use store::attendance::{AsideRow, DeviceRow, OperationRow};

use super::{Sheet, my_sessions, sheet};
use crate::access::{Action, Actor, Resource, authorise};
use crate::enrolment::authorise_for_session;
use crate::input::Fields;
use crate::{App, Error, Refused, Result, history};

/// Days after the lists have gone during which a device may still send what was said.
const DAYS_TO_SEND: i64 = 7;

/// A browser to be prepared, as it presents itself.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Prepare {
    /// Its id, of its own making.
    pub device: String,
    /// What its owner calls it.
    pub name: String,
    /// Its public key: an uncompressed point of P-256, base64url without padding.
    pub key: String,
}

/// The list of a session as a device is given it.
#[derive(Clone, Debug)]
pub struct List {
    /// Who is expected or came.
    pub sheet: Sheet,
    /// Everything said there so far.
    pub operations: Vec<OperationRow>,
}

/// A device with its lists of the day.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// The device.
    pub device: DeviceRow,
    /// The lists, in order of time.
    pub lists: Vec<List>,
}

/// A device as its owner or the desk sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Owned {
    /// The device.
    pub device: DeviceRow,
    /// Name of whoever prepared it.
    pub owner: String,
}

/// Devices, and what they sent that names no session.
#[derive(Clone, Debug, PartialEq)]
pub struct Devices {
    /// The devices, newest first.
    pub devices: Vec<Owned>,
    /// What could not be applied.
    pub aside: Vec<AsideRow>,
}

/// Gives a browser the lists of its owner's sessions of today.
///
/// # Errors
/// [`Error::SignInNeeded`]; [`Error::Invalid`] (fields `device`, `name`, `key`); [`Error::Refused`] when there is no session today, or for a device
/// that is somebody else's, has another key or was turned off.
pub async fn prepare(app: &App, actor: &Actor, command: &Prepare) -> Result<Prepared> {
    let owner = actor
        .staff()
        .ok_or(Error::SignInNeeded)?
        .account
        .to_string();
    let mut fields = Fields::default();
    let id = fields.take("device", DeviceId::parse(&command.device));
    let name = fields.take("name", ShortText::<80>::parse(&command.name));
    let key = fields.take("key", key_of(&command.key).ok_or(InputError::UnknownChoice));
    let (id, name) = fields.finish(id.zip(name).filter(|_| key.is_some()))?;
    let day = my_sessions(app, actor).await?;
    let now = app.now();
    let mut tx = app.write().await?;
    let mut given = Vec::new();
    let mut until = now;
    for (session, zone) in &day.today {
        let row = store::session::get(&mut tx, &session.id)
            .await?
            .ok_or(Error::NotFound)?;
        authorise_for_session(app, &mut tx, actor, Action::MarkAttendance, &row).await?;
        let midnight = now.to_zoned(zone.clone()).start_of_day();
        if let Ok(end) = midnight.and_then(|day| day.tomorrow()) {
            until = until.max(end.timestamp());
        }
        given.push(row.id);
    }
    if given.is_empty() {
        return Err(Refused::new("attendance-device-nothing").into());
    }
    let row = DeviceRow {
        id: id.to_string(),
        account_id: owner,
        name: String::from(name),
        public_key: command.key.clone(),
        created_at: now.as_millisecond(),
        list_until: until.as_millisecond(),
        send_until: after_days(until, DAYS_TO_SEND).as_millisecond(),
        last_batch: 0,
        clock_offset: 0,
        seen_at: now.as_millisecond(),
        revoked_at: None,
    };
    keep(&mut tx, &row).await?;
    for session in &given {
        store::attendance::grant(&mut tx, &row.id, session).await?;
    }
    let subject = ("account", row.account_id.as_str());
    let after = (&row.id, &row.name, &given);
    history::record(
        app,
        &mut tx,
        actor,
        "attendance.device-prepared",
        subject,
        None,
        Some(&after),
    )
    .await?;
    tx.commit().await?;
    let lists = lists(app, actor, &row).await?;
    Ok(Prepared { device: row, lists })
}

fn after_days(instant: Timestamp, days: i64) -> Timestamp {
    instant
        .saturating_add(SignedDuration::from_hours(24 * days))
        .unwrap_or(instant)
}

/// The bytes of an uncompressed point of P-256.
pub(super) fn key_of(text: &str) -> Option<Vec<u8>> {
    let bytes = data_encoding::BASE64URL_NOPAD
        .decode(text.as_bytes())
        .ok()?;
    (bytes.len() == 65 && bytes.first() == Some(&4)).then_some(bytes)
}

/// Adds the device, or prepares it for another day.
async fn keep(tx: &mut Connection, row: &DeviceRow) -> Result<()> {
    let Some(known) = store::attendance::device(tx, &row.id).await? else {
        return Ok(store::attendance::insert_device(tx, row).await?);
    };
    if known.account_id != row.account_id || known.public_key != row.public_key {
        return Err(Refused::new("attendance-device-forged").into());
    }
    store::attendance::renew_device(tx, row)
        .await
        .map_err(|error| match error {
            store::Error::Stale => Refused::new("attendance-device-revoked").into(),
            other => other.into(),
        })
}

/// The lists that a device may show by now: its owner's sessions of today among those it was given.
pub(super) async fn lists(app: &App, actor: &Actor, device: &DeviceRow) -> Result<Vec<List>> {
    if app.now().as_millisecond() >= device.list_until {
        return Ok(Vec::new());
    }
    let given = {
        let mut db = app.read().await?;
        store::attendance::sessions_of_device(&mut db, &device.id).await?
    };
    let mut lists = Vec::new();
    for (session, _) in my_sessions(app, actor).await?.today {
        if given.iter().any(|(id, _)| *id == session.id) {
            let sheet = sheet(app, actor, &session.id).await?;
            let mut db = app.read().await?;
            let operations = store::attendance::operations(&mut db, &session.id).await?;
            lists.push(List { sheet, operations });
        }
    }
    Ok(lists)
}

/// One's own devices, or everybody's for whoever manages trainers.
///
/// # Errors
/// [`Error::SignInNeeded`] for anybody but staff.
pub async fn devices(app: &App, actor: &Actor) -> Result<Devices> {
    let own = actor
        .staff()
        .ok_or(Error::SignInNeeded)?
        .account
        .to_string();
    let all = app
        .policies()
        .allow(actor, Action::ManageMeans, &Resource::everything())?;
    let of = (!all).then_some(own.as_str());
    let mut db = app.read().await?;
    let mut devices = Vec::new();
    for device in store::attendance::devices(&mut db, of).await? {
        let owner = store::access::account(&mut db, &device.account_id)
            .await?
            .map_or_else(String::new, |account| account.name);
        devices.push(Owned { device, owner });
    }
    let aside = store::attendance::aside_of_device(&mut db, of).await?;
    Ok(Devices { devices, aside })
}

/// Turns a device off: it sends nothing any more, and forgets its lists when it next asks.
///
/// # Errors
/// [`Error::NotFound`] for a device that is not one's own, unless one manages trainers.
pub async fn revoke(app: &App, actor: &Actor, device: &str) -> Result<()> {
    let mut tx = app.write().await?;
    let row = store::attendance::device(&mut tx, device)
        .await?
        .ok_or(Error::NotFound)?;
    own_or_managed(app, actor, &row.account_id)?;
    if store::attendance::revoke_device(&mut tx, device, app.now().as_millisecond()).await? {
        let subject = ("account", row.account_id.as_str());
        let before = (&row.id, &row.name);
        history::record(
            app,
            &mut tx,
            actor,
            "attendance.device-revoked",
            subject,
            Some(&before),
            None,
        )
        .await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Somebody has seen to what a device sent and could not be applied; without a session only the device's owner and the desk may.
///
/// # Errors
/// [`Error::NotFound`] when nothing like it waits, and what [`authorise`] says.
pub async fn seen_to(app: &App, actor: &Actor, aside: &str, session: Option<&str>) -> Result<()> {
    let mut tx = app.write().await?;
    match session {
        Some(session) => {
            super::load(app, &mut tx, actor, Action::MarkAttendance, session).await?;
        }
        None => {
            let waiting = store::attendance::aside_of_device(&mut tx, None).await?;
            let row = waiting.iter().find(|row| row.id == aside);
            own_or_managed(app, actor, &row.ok_or(Error::NotFound)?.account_id)?;
        }
    }
    if !store::attendance::settle_aside(&mut tx, aside, session, app.now().as_millisecond()).await?
    {
        return Err(Error::NotFound);
    }
    tx.commit().await?;
    Ok(())
}

fn own_or_managed(app: &App, actor: &Actor, account: &str) -> Result<()> {
    match actor {
        Actor::Staff(staff) if staff.account.to_string() == account => Ok(()),
        _ => match authorise(app, actor, Action::ManageMeans, &Resource::everything()) {
            Err(Error::Forbidden) => Err(Error::NotFound),
            other => other,
        },
    }
}
