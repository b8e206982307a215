//! Creating, changing and repeating sessions within a transaction.

use domain::enrolment::Change;
use domain::id::PersonId;
use domain::input::parse_whole;
use domain::session::weekly;
use jiff::tz::TimeZone;
use store::Connection;
use store::programme::SeasonRow;
use store::session::SessionRow;

use super::command::Planned;
use super::{Done, Edit, Preview, Repeat, check, of_season, season_of, session_id, zone_of};
use crate::access::{Action, Actor, authorise};
use crate::enrolment::{Origin, Seats, authorise_for_session, instant, refused};
use crate::input::Fields;
use crate::{App, Error, Refused, Result, history};

/// Most repeats at once: more than a season has weeks is a slip of the keyboard.
const MOST_REPEATS: i64 = 30;

pub(super) async fn create(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    edit: &Edit,
) -> Result<Done> {
    let season = store::programme::season_by_slug(tx, edit.season.trim())
        .await?
        .ok_or(Error::NotFound)?;
    authorise(app, actor, Action::ManageSessions, &of_season(&season)?)?;
    let zone = zone_of(tx, &season).await?;
    let planned = Planned::parse(tx, edit, &season, &zone).await?;
    let mut row = fresh(app, &season);
    planned.write(&mut row);
    insert(app, tx, actor, row, &planned, &season, &zone).await
}

/// A session without registrations yet.
fn fresh(app: &App, season: &SeasonRow) -> SessionRow {
    let now = app.now().as_millisecond();
    SessionRow {
        id: app.new_id::<domain::session::Session>().to_string(),
        season_id: season.id.clone(),
        module: String::new(),
        module_version: String::new(),
        site_id: String::new(),
        room_id: None,
        trainer_id: None,
        starts_at: 0,
        ends_at: 0,
        least: 0,
        capacity: 0,
        stage: "gathering".to_owned(),
        stage_at: now,
        cancel_reason: String::new(),
        public_note: String::new(),
        calendar_sequence: 0,
        next_arrival: 1,
        created_at: now,
        version: 1,
    }
}

async fn insert(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    row: SessionRow,
    planned: &Planned,
    season: &SeasonRow,
    zone: &TimeZone,
) -> Result<Done> {
    let preview = Preview {
        clashes: check::clashes(tx, session_id(&row.id)?, planned, Vec::new()).await?,
        warnings: check::warnings(app, planned, season, zone),
        letters: Vec::new(),
    };
    store::session::insert(tx, &row).await?;
    let subject = ("session", row.id.as_str());
    history::record(app, tx, actor, "session.created", subject, None, Some(&row)).await?;
    Ok(Done {
        sessions: vec![row.id],
        preview,
    })
}

pub(super) async fn duplicate(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    id: &str,
    repeat: &Repeat,
) -> Result<Done> {
    let original = store::session::get(tx, id).await?.ok_or(Error::NotFound)?;
    authorise_for_session(app, tx, actor, Action::ManageSessions, &original).await?;
    let mut fields = Fields::default();
    let times = fields.take("times", parse_whole(&repeat.times, 1, MOST_REPEATS));
    let times = fields.finish(times)?;
    let (season, zone) = season_of(tx, &original.season_id).await?;
    let first = (instant(original.starts_at)?, instant(original.ends_at)?);
    let typed = Edit::of(&original, &season.slug, &zone);
    let mut done = Done::default();
    for (starts, ends) in weekly(first, u8::try_from(times).unwrap_or_default(), &zone, &[]) {
        let mut planned = Planned::parse(tx, &typed, &season, &zone).await?;
        (planned.starts_at, planned.ends_at) = (starts, ends);
        let mut row = fresh(app, &season);
        planned.write(&mut row);
        let one = insert(app, tx, actor, row, &planned, &season, &zone).await?;
        done.sessions.extend(one.sessions);
        done.preview.clashes.extend(one.preview.clashes);
        for warning in one.preview.warnings {
            if !done.preview.warnings.contains(&warning) {
                done.preview.warnings.push(warning);
            }
        }
    }
    Ok(done)
}

pub(super) async fn edit(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    id: &str,
    edit: &Edit,
) -> Result<Done> {
    let mut seats = Seats::load(tx, id).await?;
    seats.authorise(app, actor, Action::ManageSessions)?;
    let before = seats.session.clone();
    if edit.version.trim() != before.version.to_string() {
        return Err(Error::Stale);
    }
    if seats.roster.stage().changeable().is_err() {
        return Err(Refused::new("session-refused-over").into());
    }
    let (season, zone) = season_of(tx, &before.season_id).await?;
    let planned = Planned::parse(tx, edit, &season, &zone).await?;
    let participants: Vec<PersonId> = active(&seats);
    if planned.module.slug != before.module && !participants.is_empty() {
        return Err(Refused::new("session-refused-module-taken").into());
    }
    let mut preview = Preview {
        clashes: check::clashes(tx, session_id(id)?, &planned, participants).await?,
        warnings: check::warnings(app, &planned, &season, &zone),
        letters: Vec::new(),
    };
    apply(app, tx, actor, &mut seats, &planned).await?;
    let mut after = seats.session.clone();
    planned.write(&mut after);
    if after.module == before.module {
        after.module_version.clone_from(&before.module_version);
    }
    if after == before {
        return Ok(Done {
            sessions: vec![id.to_owned()],
            preview,
        });
    }
    let moved = is_moved(&before, &after);
    if moved {
        after.calendar_sequence += 1;
    }
    store::session::update(tx, &after).await?;
    after.version += 1;
    let subject = ("session", id);
    history::record(
        app,
        tx,
        actor,
        "session.changed",
        subject,
        Some(&before),
        Some(&after),
    )
    .await?;
    seats.session = after;
    preview.letters = seats.tell(app, tx, moved.then_some(&before)).await?;
    Ok(Done {
        sessions: vec![id.to_owned()],
        preview,
    })
}

/// What those registered must be told: another time or another place. A trainer or a size is not their business.
fn is_moved(before: &SessionRow, after: &SessionRow) -> bool {
    let seen = |row: &SessionRow| {
        let place = (row.site_id.clone(), row.room_id.clone());
        (row.starts_at, row.ends_at, place)
    };
    seen(before) != seen(after)
}

/// Lets the roster follow: first the size, then the time.
async fn apply(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    seats: &mut Seats,
    planned: &Planned,
) -> Result<()> {
    let resized = seats
        .roster
        .resize(planned.least, planned.capacity, app.now(), &seats.policy)
        .map_err(|refusal| refused(&refusal))?;
    keep(app, tx, actor, seats, &resized.changes).await?;
    let rescheduled = seats
        .roster
        .reschedule(planned.starts_at, app.now(), &seats.policy)
        .map_err(|refusal| refused(&refusal))?;
    keep(app, tx, actor, seats, &rescheduled.changes).await
}

async fn keep(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    seats: &mut Seats,
    changes: &[Change],
) -> Result<()> {
    seats
        .keep(app, tx, actor, changes, Origin::Coordinator)
        .await
}

fn active(seats: &Seats) -> Vec<PersonId> {
    let entries = seats.roster.entries().iter();
    entries
        .filter(|entry| entry.stage.is_active())
        .map(|entry| entry.person)
        .collect()
}
