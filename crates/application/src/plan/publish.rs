//! Publishing a plan: its sessions are made and its people asked; and taking that back while nobody has answered.
//!
//! A preview carries the publication out in a transaction that is never committed, so that it cannot differ from the thing itself.

use std::collections::BTreeSet;

use domain::id::PersonId;
use domain::plan::Stage;
use planner::format::PlannedSession;
use serde::Serialize;
use store::{Connection, Lock};

use super::ground::{Ground, Moved};
use super::translate::{Frame, key, whole_site};
use super::view::slot_start;
use super::{Body, Loaded, body, differences, go_on, load, to_carry_out};
use crate::access::Actor;
use crate::enrolment::{ToTell, parse, propose_in, take_back_in};
use crate::session::{Cancel, Command, Edit, Warning, carry_out_in};
use crate::{App, Error, Refused, Result};

/// Days that people have to answer, least and most.
pub const ANSWER_DAYS: (i64, i64) = (1, 30);

/// Somebody to whom no seat could be held out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// Their name.
    pub name: String,
    /// Slug of the module.
    pub module: String,
    /// Key of the sentence that says why.
    pub why: &'static str,
}

/// A session that is made, and what does not quite fit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Opened {
    /// What names it in the plan.
    pub key: String,
    /// Its id.
    pub session: String,
    /// What does not fit and yet may be.
    pub warnings: Vec<Warning>,
}

/// What a publication does.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Publication {
    /// What of the season is not as the plan took it to be: then nothing else is here, and publishing is refused.
    pub changed: Vec<Moved>,
    /// Sessions made.
    pub opened: Vec<Opened>,
    /// Seats held out.
    pub seats: usize,
    /// Those to whom none could be.
    pub left_out: Vec<LeftOut>,
    /// Who is told what.
    pub letters: Vec<ToTell>,
    /// It was published before; nothing was done now.
    pub before: bool,
}

/// What publishing would do.
///
/// # Errors
/// Those of [`publish`], the season's changes excepted, which are told.
pub async fn preview(app: &App, actor: &Actor, id: &str, days: &str) -> Result<Publication> {
    let mut tx = app.write().await?;
    // Nothing of it remains: the transaction is dropped without commit.
    let loaded = load(app, &mut tx, actor, id).await?;
    run(app, &mut tx, actor, &loaded, days).await
}

/// Publishes a plan: makes its sessions and holds its seats out for `days`. A second time does nothing.
///
/// # Errors
/// [`Error::Refused`] when the season was edited meanwhile, there is nothing to publish or a room or trainer is busy, [`Error::Invalid`] for the
/// days, [`Error::Stale`] when the plan was changed after its preview, [`Error::NotFound`], and what the policies say.
pub async fn publish(
    app: &App,
    actor: &Actor,
    id: &str,
    version: &str,
    days: &str,
) -> Result<Publication> {
    let mut tx = app.write().await?;
    let Some(loaded) = to_carry_out(app, &mut tx, actor, id, version).await? else {
        return Ok(Publication {
            before: true,
            ..Publication::default()
        });
    };
    let publication = run(app, &mut tx, actor, &loaded, days).await?;
    if !publication.changed.is_empty() {
        let n = publication.changed.len();
        return Err(Refused::new("plan-refused-changed").with("n", n).into());
    }
    let (stage, action) = (Stage::Published, "plan.published");
    go_on(app, &mut tx, actor, &loaded.row, stage, action).await?;
    tx.commit().await?;
    Ok(publication)
}

async fn run(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    loaded: &Loaded,
    days: &str,
) -> Result<Publication> {
    let id = loaded.row.id.as_str();
    if !loaded.stage.may_publish() {
        return Err(Refused::new("plan-refused-not-publishable").into());
    }
    let days = domain::input::parse_whole(days, ANSWER_DAYS.0, ANSWER_DAYS.1)
        .map_err(|error| Error::field("days", error))?;
    let body = body(tx, id).await?;
    if body.frame.disruption.is_some() {
        return Err(Refused::new("plan-refused-is-repair").into());
    }
    let ground = Ground::load(app, tx, loaded.season.clone()).await?;
    let changed = differences(&body.seen, &ground);
    if !changed.is_empty() {
        return Ok(Publication {
            changed,
            ..Publication::default()
        });
    }
    let mut sessions: Vec<&PlannedSession> = body.best.sessions.iter().collect();
    sessions.sort_by_key(|session| (session.slot, key(session)));
    let asked = newcomers(&body);
    if asked.iter().all(|(_, people)| people.is_empty()) {
        return Err(Refused::new("plan-refused-nothing").into());
    }
    lock(tx, &body, &asked).await?;
    let mut publication = Publication::default();
    for session in sessions {
        let (_, people) = asked
            .iter()
            .find(|(name, _)| *name == key(session))
            .ok_or_else(|| Error::Internal("a session went missing".into()))?;
        if people.is_empty() {
            continue;
        }
        let made = match body.frame.existing.get(&key(session)) {
            Some(existing) => existing.clone(),
            None => {
                let edit = edit(&body, session, &loaded.season.slug);
                open(app, tx, actor, id, session, edit, &mut publication).await?
            }
        };
        let hours = u32::try_from(days * 24).unwrap_or(24);
        ask(
            app,
            tx,
            actor,
            (id, &made),
            session,
            people,
            hours,
            &mut publication,
        )
        .await?;
    }
    Ok(publication)
}

/// People of each session who do not have the seat yet, stand-ins left out.
fn newcomers(body: &Body) -> Vec<(String, Vec<String>)> {
    let none = Vec::new();
    let reference = body
        .instance
        .replan
        .as_ref()
        .map_or(&none, |replan| &replan.reference);
    body.best
        .sessions
        .iter()
        .map(|session| {
            let name = key(session);
            let there: BTreeSet<&String> = reference
                .iter()
                .filter(|one| key(one) == name)
                .flat_map(|one| &one.people)
                .collect();
            let people = session
                .people
                .iter()
                .filter(|person| !there.contains(person) && !body.frame.stand_ins.contains(person));
            (name, people.cloned().collect())
        })
        .collect()
}

/// Persons before sessions, each in order of id: nobody else decides on them meanwhile.
async fn lock(tx: &mut Connection, body: &Body, asked: &[(String, Vec<String>)]) -> Result<()> {
    let people: BTreeSet<&String> = asked.iter().flat_map(|(_, people)| people).collect();
    for person in people {
        tx.lock(Lock::Person, person.as_str()).await?;
    }
    let sessions: BTreeSet<&String> = body.frame.existing.values().collect();
    for session in sessions {
        tx.lock(Lock::Session, session.as_str()).await?;
    }
    Ok(())
}

/// A planned session as the form of sessions takes it.
pub(super) fn edit(body: &Body, session: &PlannedSession, season: &str) -> Edit {
    let Frame { like, .. } = &body.frame;
    let starts = slot_start(&body.instance, &body.frame, session.slot);
    Edit {
        season: season.to_owned(),
        module: session.module.clone(),
        site: session.site.clone(),
        room: if session.room == whole_site(&session.site) {
            String::new()
        } else {
            session.room.clone()
        },
        // A trainer whom the scenario added is still to be found.
        trainer: if like.contains_key(&session.trainer) {
            String::new()
        } else {
            session.trainer.clone()
        },
        day: starts.date().to_string(),
        starts: format!("{:02}:{:02}", starts.hour(), starts.minute()),
        ..Edit::default()
    }
}

/// Makes a session; answers its id.
async fn open(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    plan: &str,
    session: &PlannedSession,
    edit: Edit,
    publication: &mut Publication,
) -> Result<String> {
    let done = carry_out_in(app, tx, actor, &Command::Create(edit)).await?;
    let made = done
        .sessions
        .into_iter()
        .next()
        .ok_or_else(|| Error::Internal("a session was made without id".into()))?;
    store::plan::add_session(tx, plan, &made).await?;
    publication.opened.push(Opened {
        key: key(session),
        session: made.clone(),
        warnings: done.preview.warnings,
    });
    Ok(made)
}

#[expect(clippy::too_many_arguments, reason = "one step of one publication")]
async fn ask(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    (plan, made): (&str, &str),
    session: &PlannedSession,
    people: &[String],
    hours: u32,
    publication: &mut Publication,
) -> Result<()> {
    let ids = people
        .iter()
        .map(|person| parse(person))
        .collect::<Result<Vec<PersonId>>>()?;
    let proposed = propose_in(app, tx, actor, made, &ids, hours).await?;
    publication.seats += proposed.seats.len();
    for (_, enrolment) in proposed.seats {
        store::plan::add_seat(tx, plan, &enrolment.to_string()).await?;
    }
    for (person, refusal) in proposed.left_out {
        let row = store::people::person(tx, &person.to_string()).await?;
        publication.left_out.push(LeftOut {
            name: row.map(|row| row.name).unwrap_or_default(),
            module: session.module.clone(),
            why: refusal.key(),
        });
    }
    publication.letters.extend(proposed.letters);
    Ok(())
}

/// What taking a publication back would do: who is told.
///
/// # Errors
/// Those of [`undo`].
pub async fn preview_undo(app: &App, actor: &Actor, id: &str, reason: &str) -> Result<Vec<ToTell>> {
    let mut tx = app.write().await?;
    Ok(run_undo(app, &mut tx, actor, id, reason).await?.1)
}

/// Takes a publication back that nobody has answered: its sessions are cancelled, its offers withdrawn, and those who were asked are told.
///
/// # Errors
/// [`Error::Refused`] once somebody has answered or registered, [`Error::Invalid`] without a reason, [`Error::NotFound`], and what the policies
/// say. A second time does nothing.
pub async fn undo(app: &App, actor: &Actor, id: &str, reason: &str) -> Result<Vec<ToTell>> {
    let mut tx = app.write().await?;
    tx.lock_name(&format!("plan {id}")).await?;
    if load(app, &mut tx, actor, id).await?.stage == Stage::Undone {
        return Ok(Vec::new());
    }
    let (before, told) = run_undo(app, &mut tx, actor, id, reason).await?;
    let (stage, action) = (Stage::Undone, "plan.undone");
    go_on(app, &mut tx, actor, &before, stage, action).await?;
    tx.commit().await?;
    Ok(told)
}

async fn run_undo(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    id: &str,
    reason: &str,
) -> Result<(store::plan::PlanRow, Vec<ToTell>)> {
    let loaded = load(app, tx, actor, id).await?;
    if loaded.stage != Stage::Published {
        return Err(Refused::new("plan-refused-not-published").into());
    }
    let sessions = store::plan::sessions(tx, id).await?;
    for session in sessions.iter().collect::<BTreeSet<_>>() {
        tx.lock(Lock::Session, session.as_str()).await?;
    }
    let seats = store::plan::seats(tx, id).await?;
    let answered = seats.iter().filter(|seat| seat.stage != "offered").count();
    let others = store::plan::others_in_sessions(tx, id).await?;
    let answered = answered + usize::try_from(others).unwrap_or_default();
    if answered > 0 {
        return Err(Refused::new("plan-refused-answered")
            .with("n", answered)
            .into());
    }
    let mut told = Vec::new();
    for session in &sessions {
        let row = store::session::get(tx, session)
            .await?
            .ok_or(Error::NotFound)?;
        if row.stage == "cancelled" {
            continue;
        }
        let cancel = Cancel {
            reason: reason.to_owned(),
            version: String::new(),
        };
        let command = Command::Cancel {
            id: session.clone(),
            cancel,
        };
        let done = carry_out_in(app, tx, actor, &command).await?;
        told.extend(done.preview.letters);
    }
    for seat in seats {
        if !sessions.contains(&seat.session_id) {
            let enrolment = parse(&seat.enrolment_id)?;
            told.extend(take_back_in(app, tx, actor, &seat.session_id, enrolment).await?);
        }
    }
    Ok((loaded.row, told))
}
