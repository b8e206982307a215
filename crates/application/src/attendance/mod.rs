//! The trainer's list: who is expected, what each needs, who came and for how long, and notes for the next trainer.

mod book;
mod device;
mod mark;
mod paper;
mod sheet;
mod sync;

use domain::attendance::Sitting;
use domain::certificate::{Content, Line, entitlement};
use domain::id::{Id, PersonId};
use domain::input::{LongText, Minutes};
use domain::language::Language;
use domain::session::{self, Stage};
use store::session::SessionRow;

use crate::access::{Action, Actor, Resource, authorise};
use crate::certificate::{lines, threshold};
use crate::enrolment::{Origin, Seats, authorise_for_session, instant, parse, refused};
use crate::input::Fields;
use crate::session::season_of;
use crate::{App, Error, Refused, Result, history};

pub use device::{Devices, List, Owned, Prepare, Prepared, devices, prepare, revoke, seen_to};
pub use mark::{Command, Marked, mark, mark_all_present, walk_in};
pub use paper::{of_session, sheet_pdf};
pub use sheet::{Dated, Day, Sheet, SheetPerson, Statement, my_sessions, sheet};
pub use store::attendance::{AsideRow, OperationRow};
pub use store::session::{SessionNoteRow, SessionOverview};
pub use sync::{Aside, Delivered, SIGNED_FOR, deliver};

/// Longest note from one trainer to the next, in characters.
const LONGEST_NOTE: usize = 2_000;

/// Closes the list: the session was held. `rest` says what becomes of those without a mark: `absent`, or nothing, and then there may be none.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Refused`] before the start, once closed or cancelled, or while somebody is without a mark, and what
/// [`authorise`] says.
pub async fn hold(app: &App, actor: &Actor, session: &str, rest: &str) -> Result<()> {
    let mut tx = app.write().await?;
    let mut seats = Seats::load(&mut tx, session).await?;
    seats.authorise(app, actor, Action::MarkAttendance)?;
    if app.now() < seats.roster.starts_at() {
        return Err(Refused::new("attendance-refused-not-begun").into());
    }
    if matches!(seats.session.stage.as_str(), "held" | "cancelled") {
        return Err(Refused::new("attendance-refused-over").into());
    }
    let open: Vec<_> = store::attendance::sheet(&mut tx, session)
        .await?
        .into_iter()
        .filter(|line| line.mark.is_none())
        .collect();
    if rest == "absent" {
        for line in &open {
            mark::put(app, &mut tx, actor, &seats.session, line, &mark::absent()).await?;
        }
    } else if !open.is_empty() {
        return Err(Refused::new("attendance-refused-unmarked")
            .with("count", open.len())
            .into());
    }
    let changed = seats
        .roster
        .hold(app.now(), &seats.policy)
        .map_err(|refusal| refused(&refusal))?;
    seats
        .store(app, &mut tx, actor, &changed.changes, Origin::Coordinator)
        .await?;
    tx.commit().await?;
    Ok(())
}

/// Leaves a note for whoever gives this module next.
///
/// # Errors
/// [`Error::Invalid`] (field `body`), [`Error::NotFound`], and what [`authorise`] says.
pub async fn add_note(app: &App, actor: &Actor, session: &str, body: &str) -> Result<()> {
    let mut tx = app.write().await?;
    let row = load(app, &mut tx, actor, Action::MarkAttendance, session).await?;
    let mut fields = Fields::default();
    let body = fields.take("body", LongText::<LONGEST_NOTE>::parse(body));
    let note = SessionNoteRow {
        id: app.new_id::<SessionNoteRow>().to_string(),
        session_id: row.id,
        author_id: actor.id(),
        author_name: actor.name().to_owned(),
        body: String::from(fields.finish(body)?),
        created_at: app.now().as_millisecond(),
    };
    store::session::add_note(&mut tx, &note).await?;
    let subject = ("session", session);
    history::record(
        app,
        &mut tx,
        actor,
        "session.noted",
        subject,
        None,
        Some(&note),
    )
    .await?;
    tx.commit().await?;
    Ok(())
}

/// What a person really attended in a season, whatever the threshold.
///
/// # Errors
/// [`Error::NotFound`], and what [`authorise`] says: the person themself, or the desk.
pub async fn hours(
    app: &App,
    actor: &Actor,
    person: PersonId,
    season: &str,
    language: Language,
) -> Result<Content> {
    let mut db = app.read().await?;
    let (season, zone) = season_of(&mut db, season).await?;
    if let Actor::Participant { .. } = actor {
        authorise(app, actor, Action::ManageOwn, &Resource::of_person(person))?;
    } else {
        let programme = Resource::of_programme(parse(&season.programme_id)?);
        authorise(app, actor, Action::SeeRoster, &programme)?;
    }
    let rows = store::attendance::attended(&mut db, &season.id, Some(&person.to_string())).await?;
    let lines: Vec<Line> = lines(&rows, &zone, language)?;
    Ok(
        entitlement(lines, threshold(0)).unwrap_or_else(|_| Content {
            lines: Vec::new(),
            total: Minutes(0),
        }),
    )
}

/// A session that `actor` may do `action` on. To a trainer the sessions of others do not exist.
async fn load(
    app: &App,
    db: &mut store::Connection,
    actor: &Actor,
    action: Action,
    session: &str,
) -> Result<SessionRow> {
    let row = store::session::get(db, session)
        .await?
        .ok_or(Error::NotFound)?;
    match authorise_for_session(app, db, actor, action, &row).await {
        Err(Error::Forbidden) if !matches!(actor, Actor::Api { .. }) => Err(Error::NotFound),
        Err(error) => Err(error),
        Ok(()) => Ok(row),
    }
}

/// What the rules need of a session to take attendance.
fn sitting(row: &SessionRow) -> Result<Sitting> {
    let reason = session::Reason::parse(&row.cancel_reason).ok();
    let stage = Stage::from_parts(&row.stage, Some(instant(row.stage_at)?), reason)
        .ok_or_else(|| Error::Store(store::Error::Corrupt(row.stage.clone())))?;
    Ok(Sitting {
        session: parse(&row.id)?,
        stage,
        starts_at: instant(row.starts_at)?,
        ends_at: instant(row.ends_at)?,
    })
}

/// Whoever marks, as an account; Essor itself has none.
fn account(actor: &Actor) -> domain::id::AccountId {
    actor
        .staff()
        .map_or_else(|| Id::new(0, &[0; 10]), |staff| staff.account)
}
