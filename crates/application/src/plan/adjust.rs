//! A plan changed by hand: tried first, with its cost and what speaks against it, then kept, and taken back if need be; sessions locked.

use std::collections::BTreeSet;

use planner::check::Breach;
use planner::format::{Instance, PlannedSession};
use planner::{Plan, Violation, check};
use serde::{Deserialize, Serialize};
use store::Connection;
use store::plan::PlanStepRow;

use super::figures::Figures;
use super::names::Names;
use super::translate::{Frame, key};
use super::{Body, Loaded, body, json, load, read, record};
use crate::access::Actor;
use crate::{App, Error, Refused, Result};

/// A change by hand. Sessions are named by their key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Change {
    /// Another time or place; who cannot come then leaves.
    Move {
        /// Session.
        key: String,
        /// Site.
        site: String,
        /// Room of the site.
        room: String,
        /// Half-day.
        slot: u32,
    },
    /// Another trainer.
    Trainer {
        /// Session.
        key: String,
        /// Trainer.
        trainer: String,
    },
    /// Not opened after all.
    Close {
        /// Session.
        key: String,
    },
    /// One more person.
    Add {
        /// Session.
        key: String,
        /// Person.
        person: String,
    },
    /// One person less.
    Remove {
        /// Session.
        key: String,
        /// Person.
        person: String,
    },
}

impl Change {
    /// The session that it changes.
    #[must_use]
    pub fn key(&self) -> &str {
        match self {
            Self::Move { key, .. }
            | Self::Trainer { key, .. }
            | Self::Close { key }
            | Self::Add { key, .. }
            | Self::Remove { key, .. } => key,
        }
    }
}

/// A rule that a change would break: the key of its sentence, and who or what it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Broken {
    /// Key in the locale files.
    pub key: &'static str,
    /// Whom or what it is about.
    pub name: String,
}

/// What a change would come to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Trial {
    /// What speaks against it; empty: it can be done.
    pub broken: Vec<Broken>,
    /// People who would lose their seat by it: names.
    pub leaving: Vec<String>,
    /// What the plan comes to now.
    pub before: Figures,
    /// What it would come to.
    pub after: Figures,
    /// What the session would be named then; empty once closed.
    pub key: String,
}

/// What a change would come to, without doing it.
///
/// # Errors
/// [`Error::NotFound`] for another plan or session, [`Error::Refused`] for what exists already or is locked, and what the policies say.
pub async fn try_change(app: &App, actor: &Actor, id: &str, change: &Change) -> Result<Trial> {
    let mut db = app.read().await?;
    let loaded = adjustable(app, &mut db, actor, id).await?;
    let body = body(&mut db, id).await?;
    let names = Names::load(app, &mut db, &loaded.season, &body.instance).await?;
    Ok(attempt(&body, &loaded, change, &names)?.1)
}

/// Makes a change; answers what the session is named now.
///
/// # Errors
/// Those of [`try_change`]; [`Error::Refused`] when it breaks a rule, [`Error::Stale`] when somebody else changed the plan meanwhile.
pub async fn change(
    app: &App,
    actor: &Actor,
    id: &str,
    version: &str,
    change: &Change,
) -> Result<Trial> {
    let mut tx = app.write().await?;
    let loaded = adjustable(app, &mut tx, actor, id).await?;
    loaded.seen_at(version)?;
    let body = body(&mut tx, id).await?;
    let names = Names::load(app, &mut tx, &loaded.season, &body.instance).await?;
    let (plan, trial) = attempt(&body, &loaded, change, &names)?;
    if !trial.broken.is_empty() {
        return Err(Refused::new("plan-refused-broken").into());
    }
    let number = store::plan::last_step(&mut tx, id)
        .await?
        .map_or(1, |step| step.number + 1);
    let step = PlanStepRow {
        plan_id: id.to_owned(),
        number,
        what: json(change)?,
        before_plan: json(&body.best)?,
        at: app.now().as_millisecond(),
    };
    store::plan::add_step(&mut tx, &step).await?;
    keep(app, &mut tx, actor, &loaded, &plan, trial.after).await?;
    tx.commit().await?;
    Ok(trial)
}

/// Takes the last change by hand back; answers what it had been.
///
/// # Errors
/// [`Error::Refused`] when there is none, [`Error::Stale`], [`Error::NotFound`], and what the policies say.
pub async fn take_back(app: &App, actor: &Actor, id: &str, version: &str) -> Result<Change> {
    let mut tx = app.write().await?;
    let loaded = adjustable(app, &mut tx, actor, id).await?;
    loaded.seen_at(version)?;
    let step = store::plan::last_step(&mut tx, id)
        .await?
        .ok_or_else(|| Refused::new("plan-refused-no-step"))?;
    let body = body(&mut tx, id).await?;
    let plan: Plan = read(&step.before_plan)?;
    let figures = measured(&body.instance, &body.frame, &plan, loaded.figures());
    store::plan::drop_steps(&mut tx, id, step.number).await?;
    keep(app, &mut tx, actor, &loaded, &plan, figures).await?;
    tx.commit().await?;
    read(&step.what)
}

/// Locks a session, so that computing again leaves it as it is, or unlocks it.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Refused`] when the plan cannot be adjusted, and what the policies say.
pub async fn lock(app: &App, actor: &Actor, id: &str, key: &str, locked: bool) -> Result<()> {
    let mut tx = app.write().await?;
    let loaded = adjustable(app, &mut tx, actor, id).await?;
    let body = body(&mut tx, id).await?;
    find(&body.best, key).ok_or(Error::NotFound)?;
    let mut locks: BTreeSet<String> = loaded.locks().into_iter().collect();
    if locked {
        locks.insert(key.to_owned());
    } else {
        locks.remove(key);
    }
    let mut row = loaded.row.clone();
    row.locks = json(&locks)?;
    store::plan::update(&mut tx, &row).await?;
    let action = if locked {
        "plan.locked"
    } else {
        "plan.unlocked"
    };
    record(app, &mut tx, actor, action, Some(&loaded.row), Some(&row)).await?;
    Ok(tx.commit().await?)
}

async fn adjustable(app: &App, db: &mut Connection, actor: &Actor, id: &str) -> Result<Loaded> {
    let loaded = load(app, db, actor, id).await?;
    if loaded.stage.may_adjust() {
        Ok(loaded)
    } else {
        Err(Refused::new("plan-refused-not-adjustable").into())
    }
}

async fn keep(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    loaded: &Loaded,
    plan: &Plan,
    figures: Figures,
) -> Result<()> {
    let mut row = loaded.row.clone();
    row.figures = json(&figures)?;
    store::plan::set_best(tx, &row.id, &json(plan)?).await?;
    store::plan::update(tx, &row).await?;
    record(
        app,
        tx,
        actor,
        "plan.adjusted",
        Some(&loaded.row),
        Some(&row),
    )
    .await
}

pub(super) fn find(plan: &Plan, name: &str) -> Option<usize> {
    plan.sessions
        .iter()
        .position(|session| key(session) == name)
}

/// Figures of a plan, with what is known besides from `known`.
fn measured(instance: &Instance, frame: &Frame, plan: &Plan, known: Figures) -> Figures {
    let mut figures = Figures::of(instance, frame, plan).costing(check(instance, plan).terms);
    figures.bound = known.bound;
    figures.steps = known.steps;
    figures.spent = known.spent;
    figures
}

/// The plan after a change, and what it comes to.
fn attempt(body: &Body, loaded: &Loaded, change: &Change, names: &Names) -> Result<(Plan, Trial)> {
    let Body {
        frame,
        instance,
        best,
        ..
    } = body;
    let place = find(best, change.key()).ok_or(Error::NotFound)?;
    let session = best.sessions.get(place).ok_or(Error::NotFound)?;
    refuse_fixed(instance, frame, loaded, session, change)?;
    let before = check(instance, best);
    let known: Vec<&Breach> = before.violations.iter().map(|one| &one.breach).collect();
    let mut plan = best.clone();
    let (leaving, name) = carry_out(instance, frame, &mut plan, place, change, &known);
    let verdict = check(instance, &plan);
    let broken = verdict
        .violations
        .iter()
        .filter(|one| !known.contains(&&one.breach))
        .map(|one| broken(one, names))
        .collect();
    let was = loaded.figures();
    let trial = Trial {
        broken,
        leaving: leaving.iter().map(|one| names.person(one)).collect(),
        before: measured(instance, frame, best, was),
        after: measured(instance, frame, &plan, was),
        key: match change {
            Change::Close { .. } => String::new(),
            _ => name,
        },
    };
    Ok((plan, trial))
}

/// Sessions that exist are changed on their own pages, where their people are told; locked ones are unlocked first.
fn refuse_fixed(
    instance: &Instance,
    frame: &Frame,
    loaded: &Loaded,
    session: &PlannedSession,
    change: &Change,
) -> Result<()> {
    let name = key(session);
    if frame.existing.contains_key(&name) {
        let has_seat = |person: &String| {
            instance.replan.as_ref().is_some_and(|replan| {
                let mut all = replan.reference.iter();
                all.any(|one| key(one) == name && one.people.contains(person))
            })
        };
        match change {
            Change::Add { .. } => {}
            Change::Remove { person, .. } if !has_seat(person) => {}
            _ => return Err(Refused::new("plan-refused-exists").into()),
        }
    } else if loaded.locks().contains(&name)
        && matches!(
            change,
            Change::Move { .. } | Change::Trainer { .. } | Change::Close { .. }
        )
    {
        return Err(Refused::new("plan-refused-locked").into());
    }
    Ok(())
}

/// Carries a change out on the plan; answers who loses a seat by it: those who cannot come to the session any more, and those who cannot
/// attend what builds on it. Sessions to be opened that nobody is left in are not opened.
fn carry_out(
    instance: &Instance,
    frame: &Frame,
    plan: &mut Plan,
    place: usize,
    change: &Change,
    known: &[&Breach],
) -> (Vec<String>, String) {
    let mut gone = Vec::new();
    let Some(session) = plan.sessions.get_mut(place) else {
        return (gone, String::new());
    };
    match change {
        Change::Move {
            site, room, slot, ..
        } => {
            session.site.clone_from(site);
            session.room.clone_from(room);
            session.slot = *slot;
        }
        Change::Trainer { trainer, .. } => session.trainer.clone_from(trainer),
        Change::Close { .. } => {}
        Change::Add { person, .. } => session.people.push(person.clone()),
        Change::Remove { person, .. } => {
            session.people.retain(|one| one != person);
            gone.push(person.clone());
        }
    }
    let name = key(session);
    if let Change::Close { .. } = change {
        gone.extend(plan.sessions.remove(place).people);
    }
    if !matches!(change, Change::Trainer { .. } | Change::Add { .. }) {
        let_go(instance, plan, &name, known, &mut gone);
        plan.sessions.retain(|one| {
            !one.people.is_empty() || key(one) == name || frame.existing.contains_key(&key(one))
        });
    }
    gone.sort_unstable();
    gone.dedup();
    (gone, name)
}

/// Lets those go who cannot come to the session `name` where and when it is now, or who lack what comes before another.
fn let_go(
    instance: &Instance,
    plan: &mut Plan,
    name: &str,
    known: &[&Breach],
    gone: &mut Vec<String>,
) {
    loop {
        let verdict = check(instance, plan);
        let fresh = verdict
            .violations
            .iter()
            .filter(|one| !known.contains(&&one.breach));
        let found = fresh.into_iter().find_map(|one| {
            let person = person_of(&one.breach)?;
            let place = plan.sessions.iter().position(|session| {
                let leaves = match &one.breach {
                    Breach::Before { module, .. } => session.module == *module,
                    _ => key(session) == name,
                };
                leaves && session.people.contains(person)
            })?;
            Some((place, person.clone()))
        });
        let Some((place, person)) = found else {
            return;
        };
        if let Some(session) = plan.sessions.get_mut(place) {
            session.people.retain(|one| *one != person);
        }
        gone.push(person);
    }
}

/// Whom a breach is about, if it is about a person.
fn person_of(breach: &Breach) -> Option<&String> {
    match breach {
        Breach::NotInPath { person, .. }
        | Breach::Again { person, .. }
        | Breach::PersonAway { person, .. }
        | Breach::TooFar { person, .. }
        | Breach::PersonDay { person, .. }
        | Breach::PersonWeek { person, .. }
        | Breach::Before { person, .. } => Some(person),
        _ => None,
    }
}

fn broken(violation: &Violation, names: &Names) -> Broken {
    let site = |id: &String| names.sites.get(id).cloned().unwrap_or_default();
    let trainer = |id: &String| names.trainers.get(id).cloned().unwrap_or_default();
    let (key, name) = match &violation.breach {
        Breach::Closed { site: id, .. } => ("plan-broken-closed", site(id)),
        Breach::Empty => ("plan-broken-empty", String::new()),
        Breach::Overfull { seats, .. } => ("plan-broken-overfull", seats.to_string()),
        Breach::RoomTwice { .. } => ("plan-broken-room", String::new()),
        Breach::ModuleTwice { site: id, .. } => ("plan-broken-module", site(id)),
        Breach::NoSkill { trainer: id, .. } => ("plan-broken-skill", trainer(id)),
        Breach::TrainerAway { trainer: id, .. } => ("plan-broken-trainer-away", trainer(id)),
        Breach::TrainerTwice { trainer: id, .. } => ("plan-broken-trainer-twice", trainer(id)),
        Breach::TrainerWeek { trainer: id, .. } => ("plan-broken-trainer-week", trainer(id)),
        Breach::TrainerSites { trainer: id, .. } => ("plan-broken-trainer-sites", trainer(id)),
        Breach::NotInPath { person, .. } => ("plan-broken-not-wanted", names.person(person)),
        Breach::Again { person, .. } => ("plan-broken-again", names.person(person)),
        Breach::PersonAway { person, .. } => ("plan-broken-person-away", names.person(person)),
        Breach::TooFar { person, .. } => ("plan-broken-too-far", names.person(person)),
        Breach::PersonDay { person, .. } | Breach::PersonWeek { person, .. } => {
            ("plan-broken-too-often", names.person(person))
        }
        Breach::Before { person, .. } => ("plan-broken-order", names.person(person)),
        Breach::TooManySessions { most, .. } => ("plan-broken-too-many", most.to_string()),
        _ => ("plan-broken-other", String::new()),
    };
    Broken { key, name }
}
