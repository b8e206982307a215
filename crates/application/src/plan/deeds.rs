//! A repair carried out through the use cases of sessions and registrations.

use std::collections::{BTreeMap, BTreeSet};

use planner::format::PlannedSession;
use store::Connection;

use super::Body;
use super::publish::edit;
use super::repair::{Fate, Repair};
use super::translate::key;
use crate::access::Actor;
use crate::enrolment::{ToTell, transfer_in, withdraw_in};
use crate::session::{Cancel, Command, Edit, carry_out_in};
use crate::{App, Error, Result};

/// A repair being carried out.
pub(super) struct Deeds<'a> {
    pub(super) app: &'a App,
    pub(super) actor: &'a Actor,
    pub(super) body: &'a Body,
    pub(super) season: &'a str,
    pub(super) plan: &'a str,
    /// Sessions by their key in the plan.
    pub(super) made: BTreeMap<String, String>,
    pub(super) told: Vec<ToTell>,
}

impl Deeds<'_> {
    fn planned(&self, name: &str) -> Result<&PlannedSession> {
        let mut all = self.body.best.sessions.iter();
        all.find(|one| key(one) == name)
            .ok_or_else(|| Error::Internal("a session went missing".into()))
    }

    /// Makes the sessions that are new.
    pub(super) async fn open(&mut self, tx: &mut Connection, repair: &Repair) -> Result<()> {
        for (name, id) in &self.body.frame.existing {
            self.made.insert(name.clone(), id.clone());
        }
        for name in &repair.opened {
            let edit = edit(self.body, self.planned(name)?, self.season);
            let command = Command::Create(edit);
            let done = carry_out_in(self.app, tx, self.actor, &command).await?;
            for id in done.sessions {
                store::plan::add_session(tx, self.plan, &id).await?;
                self.made.insert(name.clone(), id);
            }
        }
        Ok(())
    }

    /// Gives sessions their trainers, times and places.
    pub(super) async fn move_sessions(
        &mut self,
        tx: &mut Connection,
        repair: &Repair,
    ) -> Result<()> {
        for (id, fate) in &repair.fates {
            let row = store::session::get(tx, id).await?.ok_or(Error::NotFound)?;
            let (_, zone) = crate::session::season_of(tx, &row.season_id).await?;
            let current = Edit::of(&row, self.season, &zone);
            let edit = match fate {
                Fate::Cancelled => continue,
                Fate::Trainer { trainer } => Edit {
                    trainer: trainer.clone(),
                    ..current
                },
                Fate::Moved { to } => {
                    self.made.insert(to.clone(), id.clone());
                    let there = edit(self.body, self.planned(to)?, self.season);
                    Edit {
                        site: there.site,
                        room: there.room,
                        trainer: there.trainer,
                        day: there.day,
                        starts: there.starts,
                        ends: String::new(),
                        ..current
                    }
                }
            };
            let id = id.clone();
            let command = Command::Edit { id, edit };
            let done = carry_out_in(self.app, tx, self.actor, &command).await?;
            self.told.extend(done.preview.letters);
        }
        Ok(())
    }

    /// Moves people to the sessions where they go now.
    pub(super) async fn move_people(&mut self, tx: &mut Connection, repair: &Repair) -> Result<()> {
        let cancelled: BTreeSet<&String> = repair
            .fates
            .iter()
            .filter(|(_, fate)| *fate == Fate::Cancelled)
            .map(|(id, _)| id)
            .collect();
        for seat in &repair.seats {
            let to = seat.to.as_ref().and_then(|name| self.made.get(name));
            // Who goes with their session has their letter; who loses a cancelled one gets it with the cancellation.
            if to == Some(&seat.session) || to.is_none() && cancelled.contains(&seat.session) {
                continue;
            }
            let rows = store::enrolment::active_of_session(tx, &seat.session).await?;
            let Some(row) = rows.into_iter().find(|row| row.person_id == seat.person) else {
                continue;
            };
            if let Some(to) = to.cloned() {
                let moved = transfer_in(self.app, tx, self.actor, &row.id, &to).await?;
                self.told.extend(moved.1);
            } else {
                withdraw_in(self.app, tx, self.actor, &row.id).await?;
            }
        }
        Ok(())
    }

    /// Calls off what cannot be saved.
    pub(super) async fn cancel(
        &mut self,
        tx: &mut Connection,
        repair: &Repair,
        reason: &str,
    ) -> Result<()> {
        for (id, fate) in &repair.fates {
            if *fate != Fate::Cancelled {
                continue;
            }
            let cancel = Cancel {
                reason: reason.to_owned(),
                version: String::new(),
            };
            let id = id.clone();
            let command = Command::Cancel { id, cancel };
            let done = carry_out_in(self.app, tx, self.actor, &command).await?;
            self.told.extend(done.preview.letters);
        }
        Ok(())
    }
}
