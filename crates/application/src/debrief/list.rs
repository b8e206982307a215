//! Who is due for a talk, who had one.

use std::collections::{BTreeMap, BTreeSet};

use domain::debrief::Due;
use jiff::tz::TimeZone;
use store::debrief::DueLine;
use store::programme::SeasonRow;

use super::reach::reach;
use super::{course, is_over, season_named, seasons_of};
use crate::access::{Action, Actor, Resource, authorise};
use crate::{App, Error, Result};

/// Somebody of the list.
#[derive(Clone, Debug, PartialEq)]
pub struct DuePerson {
    /// How far they are.
    pub line: DueLine,
    /// Why they are due; nothing while they are on their way.
    pub due: Option<Due>,
}

/// The list.
#[derive(Clone, Debug)]
pub struct DuePage {
    /// The season.
    pub season: SeasonRow,
    /// Where its hours are told.
    pub zone: TimeZone,
    /// The seasons to choose from, newest first: slug and name.
    pub seasons: Vec<(String, String)>,
    /// Everybody with whom `actor` may talk and who is due or had a talk already, by name.
    pub people: Vec<DuePerson>,
}

/// Everybody who is due for a talk or had one in a season (by slug; empty: the present one), as far as one may hold it.
///
/// # Errors
/// [`Error::NotFound`] without a season, and what the policies say.
pub async fn list(app: &App, actor: &Actor, season: &str) -> Result<DuePage> {
    let mut db = app.read().await?;
    let Some((season, zone)) = season_named(app, &mut db, season).await? else {
        if actor.staff().is_none() {
            authorise(app, actor, Action::HoldDebriefs, &Resource::everything())?;
        }
        return Err(Error::NotFound);
    };
    let reach = reach(app, &mut db, actor, Action::HoldDebriefs, &season).await?;
    let now = app.now().as_millisecond();
    let lines = store::debrief::lines(&mut db, &season.id, None, now).await?;
    let mut taken: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in store::debrief::taken(&mut db, None).await? {
        taken.entry(row.person_id).or_default().insert(row.module);
    }
    let mut steps: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in store::debrief::steps(&mut db, &season.id, None).await? {
        steps.entry(row.person_id).or_default().push(row.module);
    }
    let is_over = is_over(app, &season, &zone);
    let people = lines
        .into_iter()
        .filter(|line| reach.holds(&line.person_id, line.commune_code.as_deref()))
        .map(|line| {
            let own_steps = steps.get(&line.person_id).into_iter().flatten();
            let own_taken = taken.get(&line.person_id).into_iter().flatten();
            let due = course(
                &line,
                own_steps.map(String::as_str),
                own_taken.map(String::as_str),
                is_over,
            );
            DuePerson { line, due }
        })
        .filter(|one| one.due.is_some() || one.line.stage.is_some())
        .collect();
    Ok(DuePage {
        seasons: seasons_of(&mut db, &season).await?,
        season,
        zone,
        people,
    })
}
