//! A session's roster between the store and the rules.

use std::collections::BTreeSet;

use domain::catalogue::Audience;
use domain::enrolment::{
    Applicant, Booking, Change, Conditions, Entry, Policy, Review, Roster, Stage,
};
use domain::id::{PersonId, ProgrammeId, SessionId};
use domain::session;
use jiff::Timestamp;
use serde::Serialize;
use store::Connection;
use store::enrolment::EnrolmentRow;
use store::session::SessionRow;

use super::letters::{self, ToTell};
use super::{Origin, parse, resource};
use crate::access::{Action, Actor, authorise};
use crate::{App, Error, Result, content, history};

/// Minutes before the start at which every offer has ended.
const MARGIN_MINUTES: u32 = 60;

/// A session with its roster, locked for a decision.
pub(crate) struct Seats {
    /// As stored when it was locked.
    pub(crate) session: SessionRow,
    /// As the rules see it.
    pub(crate) roster: Roster,
    /// How long seats are kept.
    pub(crate) policy: Policy,
    programme: ProgrammeId,
    rows: Vec<EnrolmentRow>,
    moves: Vec<Moved>,
    opened: bool,
}

/// Where an enrolment stood before the commands of this transaction; its row says where it stands now.
#[derive(Clone)]
pub(crate) struct Moved {
    /// Enrolment.
    pub(crate) id: String,
    /// As it was; `None` when it is new.
    pub(crate) before: Option<EnrolmentRow>,
}

/// What the event log keeps of an enrolment.
#[derive(Serialize)]
struct Logged<'a> {
    session: &'a str,
    person: &'a str,
    stage: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    offered_until: Option<i64>,
}

impl Seats {
    /// Locks the session and reads its roster.
    pub(crate) async fn load(tx: &mut Connection, session: &str) -> Result<Self> {
        tx.lock(store::Lock::Session, session).await?;
        let session = store::session::get(tx, session)
            .await?
            .ok_or(Error::NotFound)?;
        let season = store::programme::season(tx, &session.season_id)
            .await?
            .ok_or(Error::NotFound)?;
        let rows = store::enrolment::active_of_session(tx, &session.id).await?;
        let entries = rows.iter().map(entry).collect::<Result<Vec<_>>>()?;
        let roster = Roster::new(
            (small(session.least), small(session.capacity)),
            stage(&session)?,
            instant(session.starts_at)?,
            entries,
            session.next_arrival - 1,
        );
        let policy = Policy {
            offer_hours: small(season.offer_hours),
            margin_minutes: MARGIN_MINUTES,
        };
        Ok(Self {
            session,
            roster,
            policy,
            programme: parse(&season.programme_id)?,
            rows,
            moves: Vec::new(),
            opened: false,
        })
    }

    /// Checks the right to do `action` on the session.
    pub(crate) fn authorise(&self, app: &App, actor: &Actor, action: Action) -> Result<()> {
        authorise(
            app,
            actor,
            action,
            &resource(self.programme, &self.session)?,
        )
    }

    /// What the module's conditions and the person's diary say.
    pub(crate) async fn review(&self, db: &mut Connection, person: PersonId) -> Result<Review> {
        Ok(Review::of(
            &self.conditions(),
            &self.applicant(db, person, &[]).await?,
            &self.booking()?,
        ))
    }

    /// The same for somebody who leaves other sessions for this one.
    pub(crate) async fn review_leaving(
        &self,
        db: &mut Connection,
        person: PersonId,
        leaving: &[SessionId],
    ) -> Result<Review> {
        Ok(Review::of(
            &self.conditions(),
            &self.applicant(db, person, leaving).await?,
            &self.booking()?,
        ))
    }

    fn booking(&self) -> Result<Booking> {
        Ok(Booking {
            session: parse(&self.session.id)?,
            starts_at: instant(self.session.starts_at)?,
            ends_at: instant(self.session.ends_at)?,
        })
    }

    fn conditions(&self) -> Conditions {
        content::catalogue()
            .module(&self.session.module)
            .map_or_else(Conditions::default, |module| Conditions {
                reserved_to: (module.audience != Audience::Everyone)
                    .then(|| module.audience.slug().to_owned())
                    .into_iter()
                    .collect(),
                after: module.prerequisites.clone(),
            })
    }

    /// Who asks: profiles, modules taken or to be taken before, other registrations.
    async fn applicant(
        &self,
        db: &mut Connection,
        person: PersonId,
        leaving: &[SessionId],
    ) -> Result<Applicant> {
        let person = person.to_string();
        let row = store::people::person(db, &person)
            .await?
            .ok_or(Error::NotFound)?;
        let audiences: BTreeSet<String> = crate::people::audiences(&row)
            .into_iter()
            .map(|audience| audience.slug().to_owned())
            .collect();
        let mut applicant = Applicant {
            audiences,
            ..Applicant::default()
        };
        let leaving: BTreeSet<String> = leaving.iter().map(ToString::to_string).collect();
        for other in store::enrolment::of_person(db, &person).await? {
            let active = matches!(other.stage.as_str(), "placed" | "waiting" | "offered");
            if !active || other.session_stage == "cancelled" || leaving.contains(&other.session_id)
            {
                continue;
            }
            if other.stage == "placed" && other.ends_at <= self.session.starts_at {
                applicant.modules.insert(other.module);
            }
            if other.session_stage != "held" && other.session_id != self.session.id {
                applicant.bookings.push(Booking {
                    session: parse(&other.session_id)?,
                    starts_at: instant(other.starts_at)?,
                    ends_at: instant(other.ends_at)?,
                });
            }
        }
        Ok(applicant)
    }

    /// Stores what was decided, with its events and letters.
    pub(crate) async fn store(
        &mut self,
        app: &App,
        tx: &mut Connection,
        actor: &Actor,
        changes: &[Change],
        origin: Origin,
    ) -> Result<()> {
        self.keep(app, tx, actor, changes, origin).await?;
        self.tell(app, tx, None).await?;
        Ok(())
    }

    /// Writes the letters about everything kept so far; `moved_from` is the session as it was when it has another time or place now.
    /// Answers who is told what.
    pub(crate) async fn tell(
        &mut self,
        app: &App,
        tx: &mut Connection,
        moved_from: Option<&SessionRow>,
    ) -> Result<Vec<ToTell>> {
        let moves = std::mem::take(&mut self.moves);
        let opened = std::mem::take(&mut self.opened);
        let news = letters::news(&self.rows, &moves, opened, moved_from.is_some());
        let news = if self.session.stage == "held" {
            Vec::new()
        } else {
            news
        };
        letters::write(app, tx, self, &news, moved_from).await
    }

    /// The same where the desk takes back seats that it held out.
    pub(crate) async fn tell_taken_back(
        &mut self,
        app: &App,
        tx: &mut Connection,
    ) -> Result<Vec<ToTell>> {
        let moves = std::mem::take(&mut self.moves);
        let news = letters::news(&self.rows, &moves, false, false);
        let news: Vec<_> = news.into_iter().map(letters::News::taken_back).collect();
        letters::write(app, tx, self, &news, None).await
    }

    /// Stores what was decided, with its events, and goes on from there. Letters wait for [`Seats::tell`].
    pub(crate) async fn keep(
        &mut self,
        app: &App,
        tx: &mut Connection,
        actor: &Actor,
        changes: &[Change],
        origin: Origin,
    ) -> Result<()> {
        for change in changes {
            self.roster.apply(change);
            match change {
                Change::Entered { entry } => self.enter(app, tx, actor, entry, origin).await?,
                Change::Moved { id, to, .. } => {
                    let id = id.to_string();
                    let Some(row) = self.rows.iter_mut().find(|row| row.id == id) else {
                        return Err(Error::Internal(format!(
                            "enrolment {id} is not of this session"
                        )));
                    };
                    let before = row.clone();
                    set_stage(row, to, app.now());
                    row.version += 1;
                    store::enrolment::set_stage(
                        tx,
                        &id,
                        &row.stage,
                        row.stage_at,
                        row.offered_until,
                    )
                    .await?;
                    log(app, tx, actor, Some(&before), row).await?;
                    wish_met(app, tx, actor, row, &self.session).await?;
                    self.note(&id, Some(before));
                }
                Change::Session { stage } => {
                    self.opened |= matches!(stage, session::Stage::Confirmed { .. });
                    stage.name().clone_into(&mut self.session.stage);
                    self.session.stage_at =
                        stage.at().unwrap_or_else(|| app.now()).as_millisecond();
                    history::record(
                        app,
                        tx,
                        actor,
                        &format!("session.{}", stage.name()),
                        ("session", &self.session.id),
                        None,
                        Some(stage),
                    )
                    .await?;
                }
                // The session's own use cases store its size and time.
                Change::Resized { .. } | Change::Rescheduled { .. } => {}
            }
        }
        if !changes.is_empty() {
            let session = &self.session;
            store::session::after_decision(
                tx,
                &session.id,
                session.next_arrival,
                &session.stage,
                session.stage_at,
            )
            .await?;
        }
        Ok(())
    }

    /// Remembers where an enrolment stood before the first of several moves.
    fn note(&mut self, id: &str, before: Option<EnrolmentRow>) {
        if !self.moves.iter().any(|moved| moved.id == id) {
            let id = id.to_owned();
            self.moves.push(Moved { id, before });
        }
    }

    async fn enter(
        &mut self,
        app: &App,
        tx: &mut Connection,
        actor: &Actor,
        entry: &Entry,
        origin: Origin,
    ) -> Result<()> {
        let now = app.now();
        let mut row = EnrolmentRow {
            id: entry.id.to_string(),
            session_id: self.session.id.clone(),
            person_id: entry.person.to_string(),
            arrival: entry.arrival,
            stage: String::new(),
            stage_at: 0,
            offered_until: None,
            origin: origin.slug().to_owned(),
            requested_by: actor.id(),
            requested_at: now.as_millisecond(),
            version: 1,
        };
        set_stage(&mut row, &entry.stage, now);
        store::enrolment::insert(tx, &row).await?;
        log(app, tx, actor, None, &row).await?;
        wish_met(app, tx, actor, &row, &self.session).await?;
        self.session.next_arrival = self.session.next_arrival.max(entry.arrival + 1);
        self.note(&row.id, None);
        self.rows.push(row);
        Ok(())
    }
}

/// Whoever has a seat no longer wishes for the module.
async fn wish_met(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    row: &EnrolmentRow,
    session: &SessionRow,
) -> Result<()> {
    if row.stage != "placed" {
        return Ok(());
    }
    let (season, module) = (&session.season_id, &session.module);
    crate::wish::met(app, tx, actor, &row.person_id, season, module, &session.id).await
}

async fn log(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    before: Option<&EnrolmentRow>,
    after: &EnrolmentRow,
) -> Result<()> {
    fn logged(row: &EnrolmentRow) -> Logged<'_> {
        Logged {
            session: &row.session_id,
            person: &row.person_id,
            stage: &row.stage,
            offered_until: row.offered_until,
        }
    }
    let action = format!("enrolment.{}", after.stage);
    let before = before.map(logged);
    history::record(
        app,
        tx,
        actor,
        &action,
        ("enrolment", &after.id),
        before.as_ref(),
        Some(&logged(after)),
    )
    .await
}

fn set_stage(row: &mut EnrolmentRow, stage: &Stage, now: Timestamp) {
    stage.name().clone_into(&mut row.stage);
    (row.stage_at, row.offered_until) = match stage {
        Stage::Offered { until } => (now.as_millisecond(), Some(until.as_millisecond())),
        other => (other.instant().unwrap_or(now).as_millisecond(), None),
    };
}

fn entry(row: &EnrolmentRow) -> Result<Entry> {
    let at = instant(row.offered_until.unwrap_or(row.stage_at))?;
    let stage = Stage::from_parts(&row.stage, Some(at)).ok_or_else(|| corrupt(&row.stage))?;
    Ok(Entry {
        id: parse(&row.id)?,
        person: parse(&row.person_id)?,
        arrival: row.arrival,
        stage,
    })
}

fn stage(session: &SessionRow) -> Result<session::Stage> {
    let reason = session::Reason::parse(&session.cancel_reason).ok();
    session::Stage::from_parts(&session.stage, Some(instant(session.stage_at)?), reason)
        .ok_or_else(|| corrupt(&session.stage))
}

/// An instant as stored.
pub(crate) fn instant(milliseconds: i64) -> Result<Timestamp> {
    Timestamp::from_millisecond(milliseconds).map_err(|error| corrupt(&error.to_string()))
}

fn small(number: i64) -> u32 {
    u32::try_from(number).unwrap_or_default()
}

fn corrupt(what: &str) -> Error {
    Error::Store(store::Error::Corrupt(what.to_owned()))
}
