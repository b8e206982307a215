//! Sessions at the desk: create, edit, repeat, move, confirm, hold and cancel, each with a preview of what it would do.
//!
//! A preview carries the command out in a transaction that is never committed, so that it cannot differ from the thing itself.

mod check;
mod command;
mod dashboard;
mod history;
mod list;
mod stage;
mod today;
mod write;

use domain::id::SessionId;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use store::Connection;
use store::programme::SeasonRow;

use crate::access::{Action, Actor, Resource, authorise};
use crate::enrolment::{ToTell, parse};
use crate::{App, Error, Refused, Result};

pub use check::{Clash, Warning};
pub use command::Edit;
pub use dashboard::{
    CommuneShare, Dashboard, Demand, Figures, SHADES, SectorShare, Shaded, ShadedMap,
    current_season, dashboard, seasons,
};
pub use history::{HistoryLine, history_of_session};
pub use list::{
    Listed, Seated, SessionPage, list, local_time, page, session_of_enrolment, today_of, told,
    usual_time,
};
pub use store::session::{SessionFilter, SessionOverview};
pub use today::{Movable, OpenOffer, Today, today};

/// Everything the desk does to sessions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// A new session.
    Create(Edit),
    /// Another time, place, size, trainer or note.
    Edit {
        /// The session.
        id: String,
        /// As it is to be.
        edit: Edit,
    },
    /// The same again, weekly.
    Duplicate {
        /// The session.
        id: String,
        /// How often.
        repeat: Repeat,
    },
    /// It takes place, however few people it has.
    Confirm {
        /// The session.
        id: String,
    },
    /// It has taken place.
    Hold {
        /// The session.
        id: String,
    },
    /// It does not take place.
    Cancel {
        /// The session.
        id: String,
        /// Why.
        cancel: Cancel,
    },
}

/// How often a session is repeated, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Repeat {
    /// Further weeks, 1 to 30.
    pub times: String,
    /// Not empty: although the room or the trainer is busy then.
    pub anyway: String,
}

/// Why a session is cancelled, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Cancel {
    /// For those registered.
    pub reason: String,
    /// The version that was read; empty: whatever it is.
    pub version: String,
}

/// What a command would do.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Preview {
    /// What would be in two places at once.
    pub clashes: Vec<Clash>,
    /// What does not fit and yet may be.
    pub warnings: Vec<Warning>,
    /// Who would get which letter, or must be called.
    pub letters: Vec<ToTell>,
}

impl Preview {
    /// Whether there is nothing to look at before going on.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.clashes.is_empty() && self.warnings.is_empty() && self.letters.is_empty()
    }

    /// Whether a room or a trainer would be in two sessions at once.
    #[must_use]
    pub fn refuses(&self) -> bool {
        self.clashes.iter().any(|clash| clash.refuses)
    }
}

/// What was done.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Done {
    /// The sessions made or changed.
    pub sessions: Vec<String>,
    /// What it did besides.
    pub preview: Preview,
}

/// Carries out a command.
///
/// # Errors
/// [`Error::Invalid`], [`Error::NotFound`], [`Error::Stale`] when somebody edited the session meanwhile, [`Error::Refused`] by the rules or
/// because a room or trainer is busy and `anyway` is empty, and what [`authorise`] says.
pub async fn carry_out(app: &App, actor: &Actor, command: &Command) -> Result<Done> {
    let mut tx = app.write().await?;
    let (done, anyway) = run(app, &mut tx, actor, command).await?;
    refuse_clashes(&done, anyway)?;
    tx.commit().await?;
    Ok(done)
}

/// Makes a session within a transaction of the caller's (an import: all lines or none); answers its id.
///
/// # Errors
/// Those of [`carry_out`].
pub(crate) async fn create_in(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    edit: Edit,
) -> Result<String> {
    let done = carry_out_in(app, tx, actor, &Command::Create(edit)).await?;
    done.sessions
        .into_iter()
        .next()
        .ok_or_else(|| Error::Internal("a session was made without id".into()))
}

/// Carries out a command within a transaction of the caller's.
///
/// # Errors
/// Those of [`carry_out`].
pub(crate) async fn carry_out_in(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    command: &Command,
) -> Result<Done> {
    let (done, anyway) = run(app, tx, actor, command).await?;
    refuse_clashes(&done, anyway)?;
    Ok(done)
}

/// Refuses when the session, as it now stands, has its room or trainer together with another: for a caller who moves several at once and
/// cannot be free of clashes between the first and the last.
///
/// # Errors
/// [`Error::Refused`], [`Error::NotFound`].
pub(crate) async fn refuse_clashes_of(tx: &mut Connection, id: &str) -> Result<()> {
    let row = store::session::get(tx, id).await?.ok_or(Error::NotFound)?;
    let (season, zone) = season_of(tx, &row.season_id).await?;
    let typed = Edit::of(&row, &season.slug, &zone);
    let planned = command::Planned::parse(tx, &typed, &season, &zone).await?;
    let clashes = check::clashes(tx, session_id(id)?, &planned, Vec::new()).await?;
    refuse(&clashes)
}

/// A room or a trainer in two places at once is refused, unless the coordinator insists.
fn refuse_clashes(done: &Done, anyway: bool) -> Result<()> {
    if anyway {
        return Ok(());
    }
    refuse(&done.preview.clashes)
}

fn refuse(clashes: &[Clash]) -> Result<()> {
    match clashes.iter().find(|clash| clash.refuses) {
        Some(clash) => Err(match clash.key {
            "session-conflict-trainer" => Refused::new("session-refused-trainer-busy"),
            _ => Refused::new("session-refused-room-busy"),
        }
        .into()),
        None => Ok(()),
    }
}

/// What a command would do, without doing it.
///
/// # Errors
/// Those of [`carry_out`], clashes excepted.
pub async fn preview(app: &App, actor: &Actor, command: &Command) -> Result<Preview> {
    let mut tx = app.write().await?;
    let (done, _) = run(app, &mut tx, actor, command).await?;
    // Nothing of it remains: the transaction is dropped without commit.
    Ok(done.preview)
}

/// Makes a session; answers its id.
///
/// # Errors
/// Those of [`carry_out`].
pub async fn create(app: &App, actor: &Actor, edit: Edit) -> Result<String> {
    let done = carry_out(app, actor, &Command::Create(edit)).await?;
    done.sessions
        .into_iter()
        .next()
        .ok_or_else(|| Error::Internal("a session was made without id".into()))
}

/// Changes a session.
///
/// # Errors
/// Those of [`carry_out`].
pub async fn edit(app: &App, actor: &Actor, id: &str, edit: Edit) -> Result<Done> {
    let id = id.to_owned();
    carry_out(app, actor, &Command::Edit { id, edit }).await
}

/// Moves a session to another time and place; the rest stays.
///
/// # Errors
/// Those of [`carry_out`].
pub async fn shift(app: &App, actor: &Actor, id: &str, to: Edit) -> Result<Done> {
    let current = as_typed(app, actor, id).await?;
    let merged = Edit {
        day: to.day,
        starts: to.starts,
        ends: to.ends,
        site: to.site,
        room: to.room,
        version: to.version,
        anyway: to.anyway,
        ..current
    };
    edit(app, actor, id, merged).await
}

/// Gives a session a trainer (empty: none); `anyway` although they are busy then.
///
/// # Errors
/// Those of [`carry_out`].
pub async fn assign_trainer(
    app: &App,
    actor: &Actor,
    id: &str,
    trainer: &str,
    anyway: bool,
) -> Result<Done> {
    let current = as_typed(app, actor, id).await?;
    let merged = Edit {
        trainer: trainer.to_owned(),
        anyway: if anyway { "oui" } else { "" }.to_owned(),
        ..current
    };
    edit(app, actor, id, merged).await
}

/// Makes the same session again every week; answers the new ids.
///
/// # Errors
/// Those of [`carry_out`].
pub async fn duplicate(app: &App, actor: &Actor, id: &str, repeat: Repeat) -> Result<Vec<String>> {
    let id = id.to_owned();
    let done = carry_out(app, actor, &Command::Duplicate { id, repeat }).await?;
    Ok(done.sessions)
}

/// Says that a session takes place, however few.
///
/// # Errors
/// Those of [`carry_out`].
pub async fn confirm(app: &App, actor: &Actor, id: &str) -> Result<Done> {
    carry_out(app, actor, &Command::Confirm { id: id.to_owned() }).await
}

/// Says that a session has taken place.
///
/// # Errors
/// Those of [`carry_out`].
pub async fn hold(app: &App, actor: &Actor, id: &str) -> Result<Done> {
    carry_out(app, actor, &Command::Hold { id: id.to_owned() }).await
}

/// Calls a session off and tells everyone.
///
/// # Errors
/// Those of [`carry_out`].
pub async fn cancel(app: &App, actor: &Actor, id: &str, cancel: Cancel) -> Result<Done> {
    let id = id.to_owned();
    carry_out(app, actor, &Command::Cancel { id, cancel }).await
}

/// A session as the form shows it, with its version.
///
/// # Errors
/// [`Error::NotFound`], and what [`authorise`] says.
pub async fn as_typed(app: &App, actor: &Actor, id: &str) -> Result<Edit> {
    let mut db = app.read().await?;
    let row = store::session::get(&mut db, id)
        .await?
        .ok_or(Error::NotFound)?;
    let (season, zone) = season_of(&mut db, &row.season_id).await?;
    authorise(app, actor, Action::SeeDesk, &of_season(&season)?)?;
    Ok(Edit::of(&row, &season.slug, &zone))
}

/// Does it within the transaction; answers also whether clashes are to be put up with.
async fn run(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    command: &Command,
) -> Result<(Done, bool)> {
    match command {
        Command::Create(edit) => {
            let done = write::create(app, tx, actor, edit).await?;
            Ok((done, !edit.anyway.is_empty()))
        }
        Command::Edit { id, edit } => {
            let done = write::edit(app, tx, actor, id, edit).await?;
            Ok((done, !edit.anyway.is_empty()))
        }
        Command::Duplicate { id, repeat } => {
            let done = write::duplicate(app, tx, actor, id, repeat).await?;
            Ok((done, !repeat.anyway.is_empty()))
        }
        Command::Confirm { id } => Ok((stage::confirm(app, tx, actor, id).await?, true)),
        Command::Hold { id } => Ok((stage::hold(app, tx, actor, id).await?, true)),
        Command::Cancel { id, cancel } => {
            Ok((stage::cancel(app, tx, actor, id, cancel).await?, true))
        }
    }
}

/// A season with the time zone of its programme.
pub(crate) async fn season_of(db: &mut Connection, season: &str) -> Result<(SeasonRow, TimeZone)> {
    let season = store::programme::season(db, season)
        .await?
        .ok_or(Error::NotFound)?;
    let zone = zone_of(db, &season).await?;
    Ok((season, zone))
}

pub(crate) async fn zone_of(db: &mut Connection, season: &SeasonRow) -> Result<TimeZone> {
    let programme = store::programme::get(db, &season.programme_id)
        .await?
        .ok_or(Error::NotFound)?;
    TimeZone::get(&programme.time_zone).map_err(|error| Error::Internal(error.to_string()))
}

/// What a season's sessions are to the policies.
fn of_season(season: &SeasonRow) -> Result<Resource> {
    Ok(Resource::of_programme(parse(&season.programme_id)?))
}

/// An identifier of a session as stored.
fn session_id(id: &str) -> Result<SessionId> {
    parse(id)
}
