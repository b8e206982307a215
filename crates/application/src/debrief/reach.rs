//! With whom somebody may hold the talk.

use std::collections::BTreeSet;

use store::Connection;
use store::people::PersonRow;
use store::programme::SeasonRow;

use crate::access::{Action, Actor, Resource, area_of, authorise};
use crate::enrolment::parse;
use crate::people::person_resource;
use crate::{App, Result};

/// How far the right to hold talks of a season reaches.
pub(super) struct Reach {
    all: bool,
    communes: BTreeSet<String>,
    trained: BTreeSet<String>,
}

impl Reach {
    /// Whether it reaches somebody of that commune.
    pub(super) fn holds(&self, person: &str, commune: Option<&str>) -> bool {
        self.all
            || self.trained.contains(person)
            || commune.is_some_and(|code| self.communes.contains(code))
    }
}

/// What `actor` may do `action` on in a season: everything, people of their territories, people they had as a trainer.
pub(super) async fn reach(
    app: &App,
    db: &mut Connection,
    actor: &Actor,
    action: Action,
    season: &SeasonRow,
) -> Result<Reach> {
    let programme = Resource::of_programme(parse(&season.programme_id)?);
    let mut reach = Reach {
        all: app.policies().allow(actor, action, &programme)?,
        communes: BTreeSet::new(),
        trained: BTreeSet::new(),
    };
    if reach.all {
        return Ok(reach);
    }
    let mut anywhere = false;
    if let Some(staff) = actor.staff() {
        for territory in staff
            .bindings
            .iter()
            .filter_map(|binding| binding.territory)
        {
            let there = Resource {
                territories: vec![territory],
                ..programme.clone()
            };
            if app.policies().allow(actor, action, &there)? {
                anywhere = true;
                let area = area_of(db, Some(&territory)).await?;
                reach
                    .communes
                    .extend(area.codes().iter().map(ToString::to_string));
            }
        }
        if let Some(trainer) = staff.trainer {
            let own = Resource {
                trainer: Some(trainer),
                ..programme.clone()
            };
            if app.policies().allow(actor, action, &own)? {
                anywhere = true;
                let had = store::debrief::trained_by(db, &season.id, &trainer.to_string()).await?;
                reach.trained.extend(had);
            }
        }
    }
    if !anywhere {
        authorise(app, actor, action, &programme)?;
    }
    Ok(reach)
}

/// What the talk with a person is to the policies.
pub(super) async fn resource(
    db: &mut Connection,
    actor: &Actor,
    season: &SeasonRow,
    person: &PersonRow,
) -> Result<Resource> {
    let mut resource = Resource {
        programme: Some(parse(&season.programme_id)?),
        person: None,
        ..person_resource(db, person).await?
    };
    if let Some(trainer) = actor.staff().and_then(|staff| staff.trainer) {
        let had = store::debrief::trained_by(db, &season.id, &trainer.to_string()).await?;
        resource.trainer = Some(trainer).filter(|_| had.contains(&person.id));
    }
    Ok(resource)
}
