//! What holds a plan back, with the names that pages need.

use planner::{Cause, Problem, explain};

use super::{body, load};
use crate::access::Actor;
use crate::{App, Refused, Result};

/// Most obstacles told: those that matter most come first.
const MOST: usize = 12;

/// People who lack a module, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Slug of the module.
    pub module: String,
    /// Name of the site nearest to them.
    pub site: Option<String>,
    /// The kind of half-day in which they could come: `morning`, `afternoon`, `evening` or `saturday`.
    pub slots: Option<String>,
    /// Its weekday (0 = Monday), when it is one alone.
    pub weekday: Option<u32>,
    /// How many people.
    pub people: usize,
    /// What is in the way.
    pub cause: Cause,
    /// How many of them one more of it would serve.
    pub served: u32,
}

/// What is in the way of those who lack a module, what helps most first.
///
/// # Errors
/// [`crate::Error::NotFound`], and what the policies say.
pub async fn obstacles(app: &App, actor: &Actor, id: &str) -> Result<Vec<Held>> {
    let mut db = app.read().await?;
    load(app, &mut db, actor, id).await?;
    let body = body(&mut db, id).await?;
    drop(db);
    let problem = Problem::new(body.instance)
        .map_err(|_| Refused::new("plan-refused-unsound").with("what", ""))?;
    let found = explain(&problem, &body.best);
    let sites = &problem.instance().sites;
    let held = found.into_iter().take(MOST).map(|one| Held {
        site: one.site.and_then(|id| {
            let site = sites.iter().find(|site| site.id == id);
            site.map(|site| site.name.clone())
        }),
        module: one.module,
        slots: one.slots,
        weekday: one.weekday,
        people: one.people.len(),
        cause: one.cause,
        served: one.served,
    });
    Ok(held.collect())
}
