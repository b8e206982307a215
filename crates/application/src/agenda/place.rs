//! The commune that somebody means when looking for something near.

use domain::territory::{Commune, MatchedBy, Point, Quality, Query};
use serde::Serialize;
use store::Connection;

use crate::Result;
use crate::access::area_of;
use crate::people::{commune_label, parse_commune};
use crate::territory::gazetteer;

/// Longest text that can be a commune.
const LONGEST: usize = 80;
/// Suggestions for one text.
const SUGGESTIONS: usize = 8;

/// Around which commune to look.
#[derive(Clone, Debug, PartialEq)]
pub struct Near {
    /// Its code.
    pub code: &'static str,
    /// As it is shown: `Frévent (62270)`.
    pub label: String,
    /// Its centre.
    pub centre: Option<Point>,
}

impl Near {
    fn of(commune: &'static Commune) -> Self {
        Self {
            code: commune.code,
            label: commune_label(commune.code),
            centre: commune.centre(),
        }
    }
}

/// The commune chosen, or the one most likely meant: of several the one in the installation's territories, small faults forgiven.
pub(super) async fn find(db: &mut Connection, typed: &str, code: &str) -> Result<Option<Near>> {
    let typed = typed.trim();
    if let Some(found) = gazetteer()
        .resolve(code.trim())
        .filter(|_| !code.is_empty())
    {
        return Ok(Some(Near::of(found.commune)));
    }
    if typed.is_empty() || typed.chars().count() > LONGEST {
        return Ok(None);
    }
    let home = area_of(db, None).await?;
    if let Some(found) = parse_commune(typed, &home)
        .ok()
        .and_then(|code| gazetteer().resolve(&code))
    {
        return Ok(Some(Near::of(found.commune)));
    }
    // Of several communes with a postcode the largest one here.
    let here = gazetteer().search(&Query {
        area: Some(&home),
        limit: 1,
        ..Query::new(typed)
    });
    let anywhere = || {
        gazetteer().search(&Query {
            limit: 1,
            ..Query::new(typed)
        })
    };
    let hit = here.into_iter().next().or_else(|| {
        anywhere()
            .into_iter()
            .next()
            .filter(|hit| hit.quality <= Quality::AllWords)
    });
    Ok(hit
        .and_then(|hit| gazetteer().resolve(hit.commune.code))
        .map(|found| Near::of(found.commune)))
}

/// A commune that a text may mean.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Suggestion {
    /// Its code.
    pub code: &'static str,
    /// As it is shown and can be typed back.
    pub label: String,
    /// Département, and the former name through which it was found.
    pub detail: String,
}

/// Communes that a text may mean while it is typed, those of the installation's territories first.
///
/// # Errors
/// The store's.
pub async fn suggestions(app: &crate::App, typed: &str) -> Result<Vec<Suggestion>> {
    let typed = typed.trim();
    if typed.is_empty() || typed.chars().count() > LONGEST {
        return Ok(Vec::new());
    }
    let home = area_of(&mut app.read().await?, None).await?;
    let mut hits = gazetteer().search(&Query {
        area: Some(&home),
        limit: SUGGESTIONS,
        ..Query::new(typed)
    });
    let near = hits.first().and_then(|hit| hit.commune.centre());
    for hit in gazetteer().search(&Query {
        near,
        limit: SUGGESTIONS,
        ..Query::new(typed)
    }) {
        if hits.len() < SUGGESTIONS && hits.iter().all(|known| known.commune != hit.commune) {
            hits.push(hit);
        }
    }
    Ok(hits
        .into_iter()
        .map(|hit| {
            let departement = gazetteer()
                .departement(hit.commune.departement)
                .map_or("", |departement| departement.name);
            let former = match hit.matched {
                MatchedBy::FormerName(former) | MatchedBy::FormerCode(former) => former.name,
                _ => "",
            };
            Suggestion {
                code: hit.commune.code,
                label: commune_label(hit.commune.code),
                detail: if former.is_empty() {
                    departement.to_owned()
                } else {
                    format!("{former}, {departement}")
                },
            }
        })
        .collect())
}
