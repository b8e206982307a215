//! What the identifiers of an instance are called.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use planner::format::Instance;
use store::Connection;
use store::programme::SeasonRow;

use crate::{App, Result};

/// What identifiers are called.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Sites of the instance that are real, by id.
    pub sites: BTreeMap<String, String>,
    /// Rooms of real sites: room, site and name.
    pub rooms: Vec<(String, String, String)>,
    /// Trainers by id.
    pub trainers: BTreeMap<String, String>,
    people: HashMap<String, String>,
}

impl Names {
    pub(super) async fn load(
        app: &App,
        db: &mut Connection,
        season: &SeasonRow,
        instance: &Instance,
    ) -> Result<Self> {
        let mut names = Self::default();
        let in_plan: BTreeSet<&str> = instance.sites.iter().map(|one| one.id.as_str()).collect();
        for site in store::site::list(db, &store::site::SiteFilter::default()).await? {
            if in_plan.contains(site.id.as_str()) {
                names.sites.insert(site.id, site.name);
            }
        }
        for room in store::room::list(db, None).await? {
            names.rooms.push((room.id, room.site_id, room.name));
        }
        for trainer in store::trainer::list(db, &store::trainer::TrainerFilter::default()).await? {
            names.trainers.insert(trainer.id, trainer.name);
        }
        let now = app.now().as_millisecond();
        for person in store::plan::people(db, &season.id, now).await? {
            names.people.insert(person.id, person.name);
        }
        for person in &instance.people {
            if !names.people.contains_key(&person.id)
                && let Some(row) = store::people::person(db, &person.id).await?
            {
                names.people.insert(row.id, row.name);
            }
        }
        Ok(names)
    }

    /// The name of a person; empty when they are no longer known.
    #[must_use]
    pub fn person(&self, id: &str) -> String {
        self.people.get(id).cloned().unwrap_or_default()
    }
}
