//! Marking who came, correcting it, and people who come unannounced.

use domain::attendance::{Attendance, AttendanceError, Mark, Marking, Recorded, record};
use domain::enrolment::Request;
use domain::id::PersonId;
use domain::input::{InputError, Minutes};
use serde::{Deserialize, Serialize};
use store::Connection;
use store::attendance::{AttendanceRow, SheetLine};
use store::session::SessionRow;

use super::book::Book;
use super::{account, load};
use crate::access::{Action, Actor};
use crate::enrolment::{Origin, Seats, authorise_for_session, instant, parse};
use crate::input::Fields;
use crate::people::{PersonInput, find_or_create};
use crate::{App, Error, Refused, Result, history};

/// A mark as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Command {
    /// Who.
    pub person: String,
    /// `present`, `late`, `left-early`, `absent` or `excused`.
    pub mark: String,
    /// Minutes missed, for `late` and `left-early`: `15`, `1 h`.
    pub minutes: String,
    /// Version of the mark on the screen; empty: there was none; `*`: whatever there is.
    pub version: String,
}

/// A mark as it now stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Marked {
    /// As stored.
    pub row: AttendanceRow,
    /// Whether it was stored now; not when the same was said already.
    pub changed: bool,
}

/// What the event log keeps of a mark.
#[derive(Serialize)]
pub(super) struct Logged<'a> {
    session: &'a str,
    person: &'a str,
    mark: &'a str,
    minutes: i64,
}

impl<'a> Logged<'a> {
    pub(super) fn of(row: &'a AttendanceRow) -> Self {
        Self {
            session: &row.session_id,
            person: &row.person_id,
            mark: &row.mark,
            minutes: row.minutes,
        }
    }
}

/// A mark with the version it was made for.
pub(super) struct Said {
    mark: Mark,
    seen: Seen,
}

enum Seen {
    Version(Option<u32>),
    Whatever,
}

/// Did not come, for whom nothing was said.
pub(super) fn absent() -> Said {
    Said {
        mark: Mark::Absent,
        seen: Seen::Version(None),
    }
}

/// Says how somebody on the list attended, for the first time or as a correction.
///
/// # Errors
/// [`Error::Invalid`] (fields `mark`, `minutes`, `version`), [`Error::NotFound`] for somebody who is not on the list, [`Error::Stale`] when
/// another tablet said otherwise meanwhile, [`Error::Refused`] by the rules, and what [`crate::access::authorise`] says.
pub async fn mark(app: &App, actor: &Actor, session: &str, command: &Command) -> Result<Marked> {
    let mut tx = app.write().await?;
    let row = locked(app, &mut tx, actor, session).await?;
    let said = said(command)?;
    let line = store::attendance::sheet(&mut tx, session)
        .await?
        .into_iter()
        .find(|line| line.person_id == command.person)
        .ok_or(Error::NotFound)?;
    let marked = put(app, &mut tx, actor, &row, &line, &said).await?;
    tx.commit().await?;
    Ok(marked)
}

/// Marks everybody present who has no mark yet; answers how many.
///
/// # Errors
/// As [`mark`].
pub async fn mark_all_present(app: &App, actor: &Actor, session: &str) -> Result<usize> {
    let mut tx = app.write().await?;
    let row = locked(app, &mut tx, actor, session).await?;
    let lines = store::attendance::sheet(&mut tx, session).await?;
    let said = Said {
        mark: Mark::Present,
        seen: Seen::Version(None),
    };
    let mut count = 0;
    for line in lines.iter().filter(|line| line.mark.is_none()) {
        put(app, &mut tx, actor, &row, line, &said).await?;
        count += 1;
    }
    tx.commit().await?;
    Ok(count)
}

/// Somebody who comes unannounced: known or new, marked present, with a seat if one is free. Answers the person's id.
///
/// # Errors
/// [`Error::Invalid`] with the fields of [`PersonInput`], and as [`mark`].
pub async fn walk_in(
    app: &App,
    actor: &Actor,
    session: &str,
    input: &PersonInput,
) -> Result<String> {
    let mut tx = app.write().await?;
    // Before anybody's record is made.
    let row = load(app, &mut tx, actor, Action::MarkAttendance, session).await?;
    let person = find_or_create(app, &mut tx, actor, "coordinator", input)
        .await?
        .person;
    tx.lock(store::Lock::Person, &person.id).await?;
    seat_at_door(app, &mut tx, actor, session, parse(&person.id)?).await?;
    let on_list = store::attendance::sheet(&mut tx, session)
        .await?
        .into_iter()
        .find(|line| line.person_id == person.id);
    let line = on_list.unwrap_or_else(|| SheetLine {
        person_id: person.id.clone(),
        enrolment_id: None,
        name: person.name.clone(),
        email: None,
        phone: None,
        commune_code: None,
        organisation_name: None,
        needs: String::new(),
        level: None,
        earlier: 0,
        mark: None,
        minutes: None,
        mark_version: None,
    });
    let said = Said {
        mark: Mark::Present,
        seen: Seen::Whatever,
    };
    put(app, &mut tx, actor, &row, &line, &said).await?;
    tx.commit().await?;
    Ok(person.id)
}

/// A seat for somebody who stands in the room, if one is free: they take part with or without, and a letter about it would be absurd.
pub(super) async fn seat_at_door(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    session: &str,
    person: PersonId,
) -> Result<()> {
    let mut seats = Seats::load(tx, session).await?;
    let request = Request {
        id: app.new_id(),
        person,
        review: seats.review(tx, person).await?,
    };
    if let Ok(changed) = seats
        .roster
        .place_by_hand(&request, app.now(), &seats.policy)
    {
        seats
            .keep(app, tx, actor, &changed.changes, Origin::Coordinator)
            .await?;
    }
    Ok(())
}

/// The session, locked, so that two tablets come one after the other.
async fn locked(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    session: &str,
) -> Result<SessionRow> {
    load(app, tx, actor, Action::MarkAttendance, session).await?;
    tx.lock(store::Lock::Session, session).await?;
    let row = store::session::get(tx, session)
        .await?
        .ok_or(Error::NotFound)?;
    authorise_for_session(app, tx, actor, Action::MarkAttendance, &row).await?;
    Ok(row)
}

fn said(command: &Command) -> Result<Said> {
    let mut fields = Fields::default();
    let missed = match command.mark.trim() {
        "late" | "left-early" => fields.take("minutes", Minutes::parse(&command.minutes, 1, 1_440)),
        _ => None,
    };
    let missed = missed.map(|minutes| minutes.0);
    // A wrong number of minutes is told once, at its own field.
    let known = Mark::from_parts(command.mark.trim(), missed.or(Some(0)));
    let known = known.ok_or(if command.mark.trim().is_empty() {
        InputError::Empty
    } else {
        InputError::UnknownChoice
    });
    let mark = fields.take("mark", known);
    let version = command.version.trim();
    let seen = match version {
        "" => Some(Seen::Version(None)),
        "*" => Some(Seen::Whatever),
        number => fields
            .take(
                "version",
                number.parse::<u32>().map_err(|_| InputError::NotANumber),
            )
            .map(|number| Seen::Version(Some(number))),
    };
    let both = mark.zip(seen).map(|(mark, seen)| Said { mark, seen });
    fields.finish(both)
}

/// Stores a mark of somebody on the list, with its history; the caller has authorised and locked.
pub(super) async fn put(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    session: &SessionRow,
    line: &SheetLine,
    said: &Said,
) -> Result<Marked> {
    let mut book = Book::open(tx, session).await?;
    let sitting = book.sitting.clone();
    let person = parse(&line.person_id)?;
    let before = store::attendance::get(tx, &session.id, &line.person_id).await?;
    let current = before
        .as_ref()
        .map(|row| as_it_stands(row, line, &sitting, actor))
        .transpose()?;
    let marking = Marking {
        person,
        enrolment: line.enrolment_id.as_deref().map(parse).transpose()?,
        mark: said.mark,
        seen: match said.seen {
            Seen::Version(seen) => seen,
            Seen::Whatever => current.as_ref().map(|current| current.version),
        },
        at: app.now(),
        by: account(actor),
    };
    let attendance = match record(&sitting, current.as_ref(), &marking)
        .map_err(|error| says_no(&error))?
    {
        Recorded::New { attendance, .. } => attendance,
        Recorded::Unchanged => {
            let row = before
                .ok_or_else(|| Error::Internal("a mark that is not there is unchanged".into()))?;
            // The same as what counts meanwhile, but now it is settled.
            let changed = book.standing(person).conflict.is_some();
            if changed {
                book.say(app, tx, actor, person, said.mark).await?;
            }
            return Ok(Marked { row, changed });
        }
    };
    book.say(app, tx, actor, person, attendance.mark).await?;
    let row = AttendanceRow {
        session_id: session.id.clone(),
        person_id: line.person_id.clone(),
        mark: attendance.mark.name().to_owned(),
        minutes: i64::from(attendance.mark.attended(sitting.length()).0),
        marked_at: attendance.marked_at.as_millisecond(),
        marked_by: actor.id(),
        version: i64::from(attendance.version),
    };
    store::attendance::put(tx, &row)
        .await
        .map_err(|error| match error {
            store::Error::Duplicate(_) => Error::Stale,
            other => other.into(),
        })?;
    let action = if before.is_some() {
        "attendance.corrected"
    } else {
        "attendance.marked"
    };
    let subject = line
        .enrolment_id
        .as_deref()
        .map_or(("session", session.id.as_str()), |id| ("enrolment", id));
    let was = before.as_ref().map(Logged::of);
    history::record(
        app,
        tx,
        actor,
        action,
        subject,
        was.as_ref(),
        Some(&Logged::of(&row)),
    )
    .await?;
    Ok(Marked { row, changed: true })
}

fn as_it_stands(
    row: &AttendanceRow,
    line: &SheetLine,
    sitting: &domain::attendance::Sitting,
    actor: &Actor,
) -> Result<Attendance> {
    Ok(Attendance {
        session: sitting.session,
        person: parse(&row.person_id)?,
        enrolment: line.enrolment_id.as_deref().map(parse).transpose()?,
        mark: read(&row.mark, row.minutes, sitting.length())?,
        version: u32::try_from(row.version).unwrap_or(u32::MAX),
        marked_at: instant(row.marked_at)?,
        marked_by: row
            .marked_by
            .as_deref()
            .and_then(|id| id.parse().ok())
            .unwrap_or_else(|| account(actor)),
    })
}

/// A mark as stored, of a session of that length.
pub(super) fn read(mark: &str, attended: i64, length: Minutes) -> Result<Mark> {
    let missed = length
        .0
        .saturating_sub(u32::try_from(attended).unwrap_or_default());
    Mark::from_parts(mark, Some(missed))
        .ok_or_else(|| Error::Store(store::Error::Corrupt(mark.to_owned())))
}

fn says_no(error: &AttendanceError) -> Error {
    let refused = Refused::new(error.key());
    match error {
        AttendanceError::Stale { .. } => Error::Stale,
        AttendanceError::MissedTooMuch { length } => refused.with("minutes", length.0).into(),
        AttendanceError::TooEarly { .. } | AttendanceError::Cancelled => refused.into(),
    }
}
