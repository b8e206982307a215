//! The bag: what people take home from their path. Made when it is asked for, from what is kept anyway; nothing of it is stored.

mod gather;
mod quizzes;

use documents::bag::{Bag, BagError, group};
use documents::pdf;
use domain::id::PersonId;
use store::Connection;
use store::programme::SeasonRow;

use crate::access::{Action, Actor, Resource, authorise};
use crate::certificate::{resource, season_by_slug};
use crate::enrolment::authorise_for_session;
use crate::people::person_resource;
use crate::{App, Error, Refused, Result};

use gather::{Gathered, gather};

/// How a bag is wrapped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrapping {
    /// A zipped folder for a USB stick.
    Folder,
    /// An EPUB.
    Book,
}

/// A bag, wrapped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrapped {
    /// Name of the file, with its ending.
    pub file: String,
    /// Its media type.
    pub kind: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

const ZIP: &str = "application/zip";
const EPUB: &str = "application/epub+zip";

/// The participant's own bag: of the newest season in which they attended anything.
///
/// # Errors
/// [`Error::Refused`] before the first session, and what [`authorise`] says.
pub async fn own(
    app: &App,
    actor: &Actor,
    person: PersonId,
    wrapping: Wrapping,
) -> Result<Wrapped> {
    authorise(app, actor, Action::ManageOwn, &Resource::of_person(person))?;
    newest(app, &person.to_string(), wrapping).await
}

/// Somebody's bag, for the desk and for referents who see them.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Refused`] before their first session, and what [`authorise`] says.
pub async fn of_person(
    app: &App,
    actor: &Actor,
    person: &str,
    wrapping: Wrapping,
) -> Result<Wrapped> {
    let mut db = app.read().await?;
    let row = store::people::person(&mut db, person)
        .await?
        .filter(|row| row.erased_at.is_none())
        .ok_or(Error::NotFound)?;
    let theirs = person_resource(&mut db, &row).await?;
    authorise(app, actor, Action::SeePeople, &theirs)?;
    drop(db);
    newest(app, person, wrapping).await
}

/// The bags of everybody who attended anything in a season, a folder each.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Refused`] when nobody did, and what [`authorise`] says.
pub async fn of_season(app: &App, actor: &Actor, season: &str) -> Result<Wrapped> {
    let mut db = app.read().await?;
    let (season, _) = season_by_slug(&mut db, season).await?;
    authorise(app, actor, Action::IssueCertificates, &resource(&season)?)?;
    let gathered = gather(app, &mut db, &season, None).await?;
    drop(db);
    wrap_group(format!("valises-{}.zip", season.slug), gathered).await
}

/// The bags of the group of one session, a folder each, with that session alone: for its trainer and the desk.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Refused`] when nobody is marked as having come, and what [`authorise`] says.
pub async fn of_session(app: &App, actor: &Actor, session: &str) -> Result<Wrapped> {
    let mut db = app.read().await?;
    let row = store::session::get(&mut db, session)
        .await?
        .ok_or(Error::NotFound)?;
    authorise_for_session(app, &mut db, actor, Action::MarkAttendance, &row).await?;
    let season = season_of(&mut db, &row.season_id).await?;
    let gathered = gather(app, &mut db, &season, None).await?;
    drop(db);
    let gathered = gathered
        .into_iter()
        .filter_map(|one| one.only(session))
        .collect();
    wrap_group("valises-du-groupe.zip".to_owned(), gathered).await
}

async fn season_of(db: &mut Connection, id: &str) -> Result<SeasonRow> {
    let season = store::programme::season(db, id).await?;
    season.ok_or(Error::NotFound)
}

async fn newest(app: &App, person: &str, wrapping: Wrapping) -> Result<Wrapped> {
    let mut db = app.read().await?;
    for season in store::programme::list_seasons(&mut db, None).await? {
        let gathered = gather(app, &mut db, &season, Some(person)).await?;
        if let Some(one) = gathered.into_iter().next() {
            drop(db);
            return wrap_one(one, wrapping).await;
        }
    }
    Err(Refused::new("bag-refused-none").into())
}

async fn wrap_one(gathered: Gathered, wrapping: Wrapping) -> Result<Wrapped> {
    blocking(move || {
        let bag = gathered.bag()?;
        let slug = bag.slug();
        Ok(match wrapping {
            Wrapping::Folder => Wrapped {
                file: format!("valise-{slug}.zip"),
                kind: ZIP,
                bytes: bag.folder().map_err(unmade)?,
            },
            Wrapping::Book => Wrapped {
                file: format!("valise-{slug}.epub"),
                kind: EPUB,
                bytes: bag.epub().map_err(unmade)?,
            },
        })
    })
    .await
}

async fn wrap_group(file: String, gathered: Vec<Gathered>) -> Result<Wrapped> {
    if gathered.is_empty() {
        return Err(Refused::new("bag-refused-none").into());
    }
    blocking(move || {
        let bags = gathered
            .into_iter()
            .map(Gathered::bag)
            .collect::<Result<Vec<Bag>>>()?;
        Ok(Wrapped {
            file,
            kind: ZIP,
            bytes: group(&bags).map_err(unmade)?,
        })
    })
    .await
}

/// Setting and packing take the processor for seconds when the group is large: not on a worker that answers requests.
async fn blocking(work: impl FnOnce() -> Result<Wrapped> + Send + 'static) -> Result<Wrapped> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| Error::Internal(error.to_string()))?
}

#[expect(clippy::needless_pass_by_value, reason = "as map_err hands it over")]
fn unmade(error: BagError) -> Error {
    Error::Internal(error.to_string())
}

/// The certificate as it lies in the bag.
fn certificate(paper: &pdf::Certificate) -> Result<Vec<u8>> {
    pdf::certificate(paper).map_err(|error| Error::Internal(error.to_string()))
}
