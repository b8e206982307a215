//! When a trainer falls ill, a site closes or a session cannot take place: the least change to what exists, each told with its reason before
//! anything is done, then done through the use cases of sessions and registrations, so that everybody gets the usual letters.

use std::collections::{BTreeMap, BTreeSet};

use domain::input::{InputError, parse_date};
use domain::plan::Stage;
use planner::format::PlannedSession;
use serde::{Deserialize, Serialize};
use store::Connection;

use super::deeds::Deeds;
use super::ground::Ground;
use super::translate::{Disruption, Missing, key};
use super::{
    Ask, Body, Loaded, Scenario, authorise_for, body, differences, go_on, load, means, new_plan,
    to_carry_out,
};
use crate::access::Actor;
use crate::enrolment::ToTell;
use crate::input::Fields;
use crate::{App, Error, Refused, Result};

/// What cannot take place, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AskRepair {
    /// Slug of the season.
    pub season: String,
    /// `trainer`, `site` or `session`.
    pub kind: String,
    /// Which one: its id.
    pub id: String,
    /// First day; for a session nothing.
    pub from: String,
    /// Last day.
    pub until: String,
}

/// Makes the repair of what an absence, a closed site or an impossible session breaks; answers its id. It is not computed yet.
///
/// # Errors
/// [`Error::Invalid`] with every wrong field, [`Error::Refused`] when nothing is affected, [`Error::NotFound`], and what the policies say.
pub async fn create_repair(app: &App, actor: &Actor, ask: &AskRepair) -> Result<String> {
    let mut tx = app.write().await?;
    let season = store::programme::season_by_slug(&mut tx, ask.season.trim())
        .await?
        .ok_or(Error::NotFound)?;
    authorise_for(app, actor, &season)?;
    let ground = Ground::load(app, &mut tx, season).await?;
    let (disruption, name) = parse(&mut tx, ask, &ground).await?;
    let (sites, trainers) = means(&mut tx).await?;
    let ids = |named: Vec<(String, String)>| -> Vec<String> {
        named.into_iter().map(|one| one.0).collect()
    };
    let suggested = Scenario::suggested(&ground.season, ground.now.date());
    let usual = Ask {
        name,
        // A repair cannot wait for the usual notice.
        from: ground.now.date().to_string(),
        ..suggested
    };
    let scenario = Scenario::parse(&usual, ground.now.date(), &ids(sites), &ids(trainers))?;
    let made = new_plan(
        app,
        &mut tx,
        actor,
        &ground,
        &scenario,
        Some(&disruption),
        None,
    )
    .await?;
    tx.commit().await?;
    Ok(made)
}

async fn parse(
    db: &mut Connection,
    ask: &AskRepair,
    ground: &Ground,
) -> Result<(Disruption, String)> {
    let mut fields = Fields::default();
    let id = ask.id.trim();
    let what = match ask.kind.as_str() {
        "trainer" => store::trainer::get(db, id)
            .await?
            .map(|row| (Missing::Trainer(row.id), row.name)),
        "site" => store::site::get(db, id)
            .await?
            .map(|row| (Missing::Site(row.id), row.name)),
        "session" => ground
            .sessions
            .iter()
            .find(|one| one.session.id == id)
            .map(|one| {
                (
                    Missing::Session(id.to_owned()),
                    one.session.site_name.clone(),
                )
            }),
        _ => None,
    };
    if what.is_none() {
        fields.wrong("id", InputError::UnknownChoice);
    }
    let is_session = ask.kind == "session";
    let today = ground.now.date();
    let day = |fields: &mut Fields, field, raw: &str| {
        if is_session {
            Some(today)
        } else {
            fields.take(field, parse_date(raw))
        }
    };
    let from = day(&mut fields, "from", &ask.from);
    let until = day(&mut fields, "until", &ask.until);
    if let (Some(from), Some(until)) = (from, until)
        && until < from
    {
        fields.wrong("until", InputError::EndBeforeStart);
    }
    let parsed = (|| {
        let (what, name) = what?;
        let (from, until) = (from?, until?);
        Some((Disruption { what, from, until }, name))
    })();
    fields.finish(parsed)
}

/// What becomes of a session that exists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Fate {
    /// Another trainer (an id; empty: none is found) at the same time and place.
    Trainer {
        /// The trainer.
        trainer: String,
    },
    /// Another time, place or both, perhaps with another trainer: its key in the plan.
    Moved {
        /// The session in the plan.
        to: String,
    },
    /// It does not take place.
    Cancelled,
}

/// What becomes of one person's seat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SeatChange {
    /// Person.
    pub person: String,
    /// The session that they had: its id.
    pub session: String,
    /// The session of the plan where they go: its key; `None`: no place was found.
    pub to: Option<String>,
    /// Key of the sentence that says why.
    pub why: &'static str,
}

/// All that a repair changes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Repair {
    /// Sessions that exist (id) and what becomes of them, in order of time.
    pub fates: Vec<(String, Fate)>,
    /// Sessions to be opened: keys in the plan.
    pub opened: Vec<String>,
    /// People whose seat changes; those of a moved session who stay in it among them.
    pub seats: Vec<SeatChange>,
}

/// What a computed repair changes, session by session and person by person.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Refused`] for a plan that is no repair, and what the policies say.
pub async fn repair(app: &App, actor: &Actor, id: &str) -> Result<Repair> {
    let mut db = app.read().await?;
    load(app, &mut db, actor, id).await?;
    compare(&body(&mut db, id).await?)
}

/// The change from what exists to what is planned.
fn compare(body: &Body) -> Result<Repair> {
    let (frame, plan) = (&body.frame, &body.best);
    let disruption = frame
        .disruption
        .as_ref()
        .ok_or_else(|| Refused::new("plan-refused-no-repair"))?;
    let none = Vec::new();
    let reference = body
        .instance
        .replan
        .as_ref()
        .map_or(&none, |replan| &replan.reference);
    let id_of = |session: &PlannedSession| {
        let found = frame.existing.get(&key(session));
        found.cloned().unwrap_or_default()
    };
    // Where each existing session is in the plan.
    let mut stands: BTreeMap<String, &PlannedSession> = BTreeMap::new();
    let mut left: Vec<&PlannedSession> = plan.sessions.iter().collect();
    for session in reference {
        let same = |one: &&PlannedSession| key(one) == key(session) && one.module == session.module;
        if let Some(place) = left.iter().position(same) {
            stands.insert(id_of(session), left.remove(place));
        }
    }
    for session in reference {
        if stands.contains_key(&id_of(session)) {
            continue;
        }
        let shared = |one: &PlannedSession| {
            let there = session.people.iter();
            there.filter(|person| one.people.contains(person)).count()
        };
        let best = (0..left.len())
            .filter(|place| {
                left.get(*place)
                    .is_some_and(|one| one.module == session.module)
            })
            .max_by_key(|place| left.get(*place).map_or(0, |one| shared(one)))
            .filter(|place| left.get(*place).is_some_and(|one| shared(one) > 0));
        if let Some(place) = best {
            stands.insert(id_of(session), left.remove(place));
        }
    }
    let mut repair = Repair {
        opened: left.iter().map(|one| key(one)).collect(),
        ..Repair::default()
    };
    for session in reference {
        let id = id_of(session);
        let stand = stands.get(&id).copied();
        fate(
            &mut repair,
            frame.affected.contains(&key(session)),
            &id,
            session,
            stand,
        );
        let why = reason(disruption, frame.affected.contains(&key(session)));
        for person in &session.people {
            if frame.stand_ins.contains(person) {
                continue;
            }
            if let Some(to) = where_to(plan.sessions.as_slice(), session, stand, person) {
                repair.seats.push(SeatChange {
                    person: person.clone(),
                    session: id.clone(),
                    to,
                    why,
                });
            }
        }
    }
    Ok(repair)
}

/// Where somebody goes who had a seat in `session`; nothing when all is as it was for them.
#[expect(
    clippy::option_option,
    reason = "nothing changes, they go somewhere, or nowhere"
)]
fn where_to(
    plan: &[PlannedSession],
    session: &PlannedSession,
    stand: Option<&PlannedSession>,
    person: &String,
) -> Option<Option<String>> {
    let now = plan
        .iter()
        .find(|one| one.module == session.module && one.people.contains(person));
    match (now, stand) {
        (Some(now), Some(stand)) if key(now) == key(stand) => {
            let same = (now.slot, &now.site) == (session.slot, &session.site);
            (!same).then(|| Some(key(now)))
        }
        (Some(now), _) => Some(Some(key(now))),
        (None, _) => Some(None),
    }
}

fn fate(
    repair: &mut Repair,
    affected: bool,
    id: &str,
    session: &PlannedSession,
    stand: Option<&PlannedSession>,
) {
    let fate = match stand {
        Some(stand) if key(stand) == key(session) => {
            if stand.trainer == session.trainer {
                return;
            }
            Fate::Trainer {
                trainer: stand.trainer.clone(),
            }
        }
        Some(stand) => Fate::Moved { to: key(stand) },
        None if affected || !session.people.is_empty() => Fate::Cancelled,
        None => return,
    };
    repair.fates.push((id.to_owned(), fate));
}

const fn reason(disruption: &Disruption, affected: bool) -> &'static str {
    match (affected, &disruption.what) {
        (false, _) => "plan-why-makes-room",
        (true, Missing::Trainer(_)) => "plan-why-trainer",
        (true, Missing::Site(_)) => "plan-why-site",
        (true, Missing::Session(_)) => "plan-why-session",
    }
}

/// Who would be told what by the repair.
///
/// # Errors
/// Those of [`apply`].
pub async fn preview_repair(
    app: &App,
    actor: &Actor,
    id: &str,
    reason: &str,
) -> Result<Vec<ToTell>> {
    let mut tx = app.write().await?;
    let loaded = load(app, &mut tx, actor, id).await?;
    run(app, &mut tx, actor, &loaded, reason).await
}

/// Carries a repair out: sessions get their trainers, times and places, people their seats, and what cannot be saved is cancelled with `reason`.
/// A second time does nothing.
///
/// # Errors
/// [`Error::Refused`] when the season was edited meanwhile or a rule says no to a seat, [`Error::Stale`], [`Error::Invalid`] when a reason is
/// needed and missing, [`Error::NotFound`], and what the policies say.
pub async fn apply(
    app: &App,
    actor: &Actor,
    id: &str,
    version: &str,
    reason: &str,
) -> Result<Vec<ToTell>> {
    let mut tx = app.write().await?;
    let Some(loaded) = to_carry_out(app, &mut tx, actor, id, version).await? else {
        return Ok(Vec::new());
    };
    let told = run(app, &mut tx, actor, &loaded, reason).await?;
    let (stage, action) = (Stage::Published, "plan.applied");
    go_on(app, &mut tx, actor, &loaded.row, stage, action).await?;
    tx.commit().await?;
    Ok(told)
}

async fn run(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    loaded: &Loaded,
    reason: &str,
) -> Result<Vec<ToTell>> {
    let id = loaded.row.id.as_str();
    if !loaded.stage.may_publish() {
        return Err(Refused::new("plan-refused-not-publishable").into());
    }
    let body = body(tx, id).await?;
    let ground = Ground::load(app, tx, loaded.season.clone()).await?;
    let changed = differences(&body.seen, &ground);
    if !changed.is_empty() {
        return Err(Refused::new("plan-refused-changed")
            .with("n", changed.len())
            .into());
    }
    let repair = compare(&body)?;
    let people: BTreeSet<&String> = repair.seats.iter().map(|seat| &seat.person).collect();
    for person in people {
        tx.lock(store::Lock::Person, person.as_str()).await?;
    }
    let mut deeds = Deeds {
        app,
        actor,
        body: &body,
        season: &loaded.season.slug,
        plan: id,
        made: BTreeMap::new(),
        before: BTreeMap::new(),
        told: Vec::new(),
    };
    deeds.open(tx, &repair).await?;
    deeds.move_sessions(tx, &repair).await?;
    deeds.move_people(tx, &repair).await?;
    deeds.cancel(tx, &repair, reason).await?;
    deeds.refuse_clashes(tx, &repair).await?;
    Ok(deeds.told)
}
