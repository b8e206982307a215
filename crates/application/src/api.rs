//! What only programs need: public lists by cursor, and calls that can be made again without doing anything twice.

use domain::enrolment::Decision;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use store::access::IdempotencyRow;

pub use store::enrolment::EnrolmentRow;
pub use store::session::{SessionFilter, SessionOverview, listed};

use crate::access::Actor;
use crate::enrolment::{Origin, refused, register_in};
use crate::people::PersonInput;
use crate::{App, Error, Result};

/// Sessions as everybody may see them: those of seasons still being prepared are left out. `site` is a site's slug.
pub async fn sessions(
    app: &App,
    mut filter: SessionFilter,
    site: Option<&str>,
) -> Result<Vec<SessionOverview>> {
    let mut db = app.read().await?;
    if let Some(slug) = site {
        let Some(site) = store::site::by_slug(&mut db, slug).await? else {
            return Ok(Vec::new());
        };
        filter.sites = Some(store::session::listed([site.id.as_str()]));
    }
    let seasons = store::programme::list_seasons(&mut db, None).await?;
    let hidden: Vec<_> = seasons
        .into_iter()
        .filter(|season| season.stage == "preparing")
        .collect();
    let mut sessions = store::session::list(&mut db, &filter).await?;
    sessions.retain(|session| !hidden.iter().any(|season| season.id == session.season_id));
    Ok(sessions)
}

/// One session as everybody may see it.
///
/// # Errors
/// [`Error::NotFound`], also while its season is being prepared.
pub async fn session(app: &App, id: &str) -> Result<SessionOverview> {
    let mut db = app.read().await?;
    let session = store::session::overview(&mut db, id)
        .await?
        .ok_or(Error::NotFound)?;
    let season = store::programme::season(&mut db, &session.season_id).await?;
    if season.is_none_or(|season| season.stage == "preparing") {
        return Err(Error::NotFound);
    }
    Ok(session)
}

/// The answer to a call that registers somebody.
#[derive(Clone, Debug, PartialEq)]
pub enum Keyed {
    /// Registered just now.
    Enrolled(Enrolled),
    /// The same call was made before under this key: what it was answered.
    Again(Enrolled),
    /// The key was used for another request.
    OtherRequest,
}

/// What became of a request for a seat.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Enrolled {
    /// The enrolment.
    pub id: String,
    /// Place on the waiting list, from 1; none with a seat.
    pub rank: Option<u32>,
}

/// Registers somebody in a session; under a key of the caller's choice the same call does nothing the second time.
///
/// # Errors
/// [`Error::Invalid`], [`Error::NotFound`], [`Error::Refused`] when a rule says no, and what the policies say.
pub async fn enrol(
    app: &App,
    actor: &Actor,
    session: &str,
    person: &PersonInput,
    key: Option<&str>,
) -> Result<Keyed> {
    let answer = match try_enrol(app, actor, session, person, key).await {
        // Another call with the same key was quicker: its answer is there now. A deadlock may go well the second time, and so may a call
        // under whose eyes a backup was put back.
        Err(Error::Store(
            store::Error::Duplicate(_) | store::Error::Transient(_) | store::Error::Reference,
        )) => try_enrol(app, actor, session, person, key).await,
        answer => answer,
    }?;
    // Nobody waits for this in line any more. An answer given again may rest on a call that is still being written.
    app.settled().await?;
    Ok(answer)
}

async fn try_enrol(
    app: &App,
    actor: &Actor,
    session: &str,
    person: &PersonInput,
    key: Option<&str>,
) -> Result<Keyed> {
    let Actor::Api { token, .. } = actor else {
        return Err(Error::SignInNeeded);
    };
    let token = token.to_string();
    let request = data_encoding::HEXLOWER.encode(&Sha256::digest(format!("{session}\n{person:?}")));
    let _turn = app.turns().take(session).await;
    let mut tx = app.write().await?;
    if let Some(key) = key
        && let Some(earlier) = store::access::answered(&mut tx, &token, key).await?
    {
        if earlier.request_hash != request {
            return Ok(Keyed::OtherRequest);
        }
        return Ok(Keyed::Again(
            serde_json::from_str(&earlier.body).map_err(store::Error::from)?,
        ));
    }
    let answers = register_in(
        app,
        &mut tx,
        actor,
        session,
        std::slice::from_ref(person),
        Origin::Api,
    )
    .await?;
    let answer = answers.into_iter().next().ok_or(Error::NotFound)?;
    let rank = match answer.decision {
        Decision::Placed => None,
        Decision::Waiting { rank, .. } => Some(rank),
        Decision::Refused { why } => return Err(refused(&why)),
    };
    let id = answer.enrolment.ok_or(Error::NotFound)?.to_string();
    let enrolled = Enrolled { id, rank };
    if let Some(key) = key {
        let body = serde_json::to_string(&enrolled).map_err(store::Error::from)?;
        let row = IdempotencyRow {
            request_hash: request,
            status: 201,
            body,
        };
        store::access::answer(&mut tx, &token, key, &row, app.now().as_millisecond()).await?;
    }
    tx.commit_ahead().await?;
    Ok(Keyed::Enrolled(enrolled))
}
