//! A repair carried out through the use cases of sessions and registrations.

use std::collections::{BTreeMap, BTreeSet};

use planner::format::PlannedSession;
use store::Connection;
use store::session::SessionRow;

use super::Body;
use super::publish::edit;
use super::repair::{Fate, Repair};
use super::translate::key;
use crate::access::Actor;
use crate::enrolment::{SeatChange, ToTell, reseat_in};
use crate::session::{Cancel, Command, Edit, carry_out_in, refuse_clashes_of};
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
    /// Sessions for whose place or trainer something in the plan stands, as they were before anything was done.
    pub(super) before: BTreeMap<String, SessionRow>,
    pub(super) told: Vec<ToTell>,
}

impl Deeds<'_> {
    fn planned(&self, name: &str) -> Result<&PlannedSession> {
        let mut all = self.body.best.sessions.iter();
        all.find(|one| key(one) == name)
            .ok_or_else(|| Error::Internal("a session went missing".into()))
    }

    /// A planned session as the form of sessions takes it, with real places and trainers. Several sessions change places before all stand
    /// well, so clashes are looked for at the end.
    fn edit(&self, session: &PlannedSession) -> Edit {
        let mut edit = edit(self.body, session, self.season);
        if let Some(row) = self.meant(&session.site) {
            edit.site.clone_from(&row.site_id);
            edit.room = row.room_id.clone().unwrap_or_default();
        }
        edit.trainer = self.trainer(&edit.trainer);
        edit.anyway = "oui".to_owned();
        edit
    }

    fn trainer(&self, name: &str) -> String {
        match self.meant(name) {
            Some(row) => row.trainer_id.clone().unwrap_or_default(),
            None => name.to_owned(),
        }
    }

    /// The session whose place or trainer `name` stands for.
    fn meant(&self, name: &str) -> Option<&SessionRow> {
        let id = self.body.frame.stands_for.get(name)?;
        self.before.get(id)
    }

    /// Makes the sessions that are new.
    pub(super) async fn open(&mut self, tx: &mut Connection, repair: &Repair) -> Result<()> {
        for (name, id) in &self.body.frame.existing {
            self.made.insert(name.clone(), id.clone());
        }
        for id in self.body.frame.stands_for.values() {
            if let Some(row) = store::session::get(tx, id).await? {
                self.before.insert(id.clone(), row);
            }
        }
        for name in &repair.opened {
            let edit = self.edit(self.planned(name)?);
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
                    trainer: self.trainer(trainer),
                    anyway: "oui".to_owned(),
                    ..current
                },
                Fate::Moved { to } => {
                    self.made.insert(to.clone(), id.clone());
                    let there = self.edit(self.planned(to)?);
                    Edit {
                        site: there.site,
                        room: there.room,
                        trainer: there.trainer,
                        day: there.day,
                        starts: there.starts,
                        ends: String::new(),
                        anyway: there.anyway,
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

    /// Moves people to the sessions where they go now, all at once.
    pub(super) async fn move_people(&mut self, tx: &mut Connection, repair: &Repair) -> Result<()> {
        let cancelled: BTreeSet<String> = repair
            .fates
            .iter()
            .filter(|(_, fate)| *fate == Fate::Cancelled)
            .map(|(id, _)| id.clone())
            .collect();
        let mut changes = Vec::new();
        for seat in &repair.seats {
            let to = seat.to.as_ref().and_then(|name| self.made.get(name));
            // Who goes with their session has their letter; who loses a cancelled one gets it with the cancellation.
            if to == Some(&seat.session) || to.is_none() && cancelled.contains(&seat.session) {
                continue;
            }
            changes.push(SeatChange {
                from: seat.session.clone(),
                person: seat.person.clone(),
                to: to.cloned(),
            });
        }
        let told = reseat_in(self.app, tx, self.actor, &changes, &cancelled).await?;
        self.told.extend(told);
        Ok(())
    }

    /// Refuses when a room or a trainer is in two places at once now that all is done.
    pub(super) async fn refuse_clashes(&self, tx: &mut Connection, repair: &Repair) -> Result<()> {
        let moved = repair
            .fates
            .iter()
            .filter(|(_, fate)| *fate != Fate::Cancelled)
            .map(|(id, _)| id);
        let opened = repair.opened.iter().filter_map(|name| self.made.get(name));
        for id in moved.chain(opened) {
            refuse_clashes_of(tx, id).await?;
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
