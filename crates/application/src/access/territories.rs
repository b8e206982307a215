//! Where somebody may act: own territories, and the communes they are made of.

use std::collections::BTreeSet;

use domain::id::TerritoryId;
use domain::territory::{Area, Part};
use store::Connection;

use super::{Action, Actor, Resource};
use crate::territory::gazetteer;
use crate::{App, Error, Result};

/// The people or places that somebody may see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// All of them.
    Everything,
    /// Those of these communes, by code.
    Communes(Vec<String>),
}

impl Scope {
    /// The communes to narrow a list to; `None` when there is no need.
    #[must_use]
    pub fn communes(&self) -> Option<Vec<String>> {
        match self {
            Self::Everything => None,
            Self::Communes(communes) => Some(communes.clone()),
        }
    }

    /// Whether what lies in that commune (`None`: nowhere known) belongs to it.
    #[must_use]
    pub fn contains(&self, commune: Option<&str>) -> bool {
        match self {
            Self::Everything => true,
            Self::Communes(communes) => {
                commune.is_some_and(|code| communes.iter().any(|known| known == code))
            }
        }
    }
}

/// The own territories in which a commune lies, for [`Resource::territories`].
pub async fn territories_of(
    db: &mut Connection,
    commune: Option<&str>,
) -> Result<Vec<TerritoryId>> {
    let Some(commune) = commune
        .and_then(|code| gazetteer().resolve(code))
        .map(|found| found.commune)
    else {
        return Ok(Vec::new());
    };
    let mut territories = BTreeSet::new();
    for part in store::territory::all_parts(db).await? {
        let covers = match part.kind.as_str() {
            "commune" => gazetteer()
                .resolve(&part.code)
                .is_some_and(|found| found.commune == commune),
            "epci" => commune.epci == Some(part.code.as_str()),
            "departement" => commune.departement == part.code,
            "region" => commune.region == part.code,
            _ => false,
        };
        if covers {
            territories.insert(id_of(&part.territory_id)?);
        }
    }
    Ok(territories.into_iter().collect())
}

/// The communes of one own territory (`None`: of all of them together). Parts that no longer exist are passed over.
pub async fn area_of(db: &mut Connection, territory: Option<&TerritoryId>) -> Result<Area> {
    let rows = match territory {
        Some(territory) => store::territory::parts(db, &territory.to_string()).await?,
        None => store::territory::all_parts(db).await?,
    };
    let mut communes = Vec::new();
    for row in rows {
        let Ok(part) = format!("{}:{}", row.kind, row.code).parse::<Part>() else {
            continue;
        };
        if let Ok(area) = gazetteer().area([&part]) {
            communes.extend(
                area.codes()
                    .iter()
                    .filter_map(|code| gazetteer().commune(code)),
            );
        }
    }
    Ok(Area::of(communes))
}

/// What `actor` may do `action` on: everything, or what lies in the territories that they relay.
///
/// # Errors
/// [`Error::SignInNeeded`] for a visitor, [`Error::Forbidden`] when there is nothing at all.
pub async fn scope(app: &App, db: &mut Connection, actor: &Actor, action: Action) -> Result<Scope> {
    if app
        .policies()
        .allow(actor, action, &Resource::everything())?
    {
        return Ok(Scope::Everything);
    }
    let mut communes = BTreeSet::new();
    let mut anywhere = false;
    let bound = actor
        .staff()
        .map(|staff| staff.bindings.as_slice())
        .unwrap_or_default();
    let territories: BTreeSet<TerritoryId> = bound
        .iter()
        .filter_map(|binding| binding.territory)
        .collect();
    for territory in territories {
        let there = Resource {
            territories: vec![territory],
            ..Resource::default()
        };
        if app.policies().allow(actor, action, &there)? {
            anywhere = true;
            communes.extend(
                area_of(db, Some(&territory))
                    .await?
                    .codes()
                    .iter()
                    .map(|code| (*code).to_owned()),
            );
        }
    }
    match (anywhere, actor) {
        (true, _) => Ok(Scope::Communes(communes.into_iter().collect())),
        (false, Actor::Visitor) => Err(Error::SignInNeeded),
        (false, _) => Err(Error::Forbidden),
    }
}

fn id_of(text: &str) -> Result<TerritoryId> {
    TerritoryId::parse(text)
        .map_err(|_| store::Error::Corrupt(format!("territory id {text:?}")).into())
}
