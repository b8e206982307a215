//! A merge taken back, as long as neither record was changed since.

use serde::Serialize;
use serde::de::DeserializeOwned;
use store::event::{EventFilter, EventRow};
use store::people::{OrganisationRow, PersonRow};
use store::{Connection, Error as StoreError};

use super::merge::MergeState;
use super::{organisations, records};
use crate::access::{Action, Actor, Resource, authorise};
use crate::{App, Error, Refused, Result, history};

/// A merge that can be taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Separable {
    /// Name of the record that stayed.
    pub kept: String,
    /// Name of the record that went.
    pub gone: String,
    /// When they were merged, UTC milliseconds.
    pub at: i64,
    /// What goes back: kind and how many.
    pub moves: Vec<(String, usize)>,
    /// Enrolments that ended with the merge and stay ended.
    pub ended: usize,
}

/// The states before and after the newest merge into a record.
struct Merge<T> {
    at: i64,
    before: MergeState<T>,
    after: MergeState<T>,
}

/// A record that can be merged.
trait Mergeable: DeserializeOwned {
    const KIND: &'static str;
    const ACTION: &'static str;
    fn name(&self) -> &str;
    fn version(&self) -> i64;
}

impl Mergeable for PersonRow {
    const KIND: &'static str = "person";
    const ACTION: &'static str = "people.merged";
    fn name(&self) -> &str {
        &self.name
    }
    fn version(&self) -> i64 {
        self.version
    }
}

impl Mergeable for OrganisationRow {
    const KIND: &'static str = "organisation";
    const ACTION: &'static str = "organisation.merged";
    fn name(&self) -> &str {
        &self.name
    }
    fn version(&self) -> i64 {
        self.version
    }
}

/// The newest merge into `kept`, if the record is as that merge left it.
async fn newest_merge<T: Mergeable>(
    db: &mut Connection,
    id: &str,
    kept: &T,
) -> Result<Option<Merge<T>>> {
    let filter = EventFilter {
        subject_kind: Some(T::KIND.to_owned()),
        subject_id: Some(id.to_owned()),
        action_prefix: Some(T::ACTION.to_owned()),
        limit: 1,
        ..EventFilter::default()
    };
    let events = store::event::list(db, &filter).await?;
    Ok(events
        .first()
        .and_then(read)
        .filter(|merge: &Merge<T>| merge.after.kept.version() == kept.version()))
}

/// An erasure empties the states, and one of an earlier form says too little: neither can be taken back.
fn read<T: Mergeable>(event: &EventRow) -> Option<Merge<T>> {
    let before: MergeState<T> = serde_json::from_str(event.before_state.as_deref()?).ok()?;
    before.settled.as_ref()?;
    Some(Merge {
        at: event.at,
        before,
        after: serde_json::from_str(event.after_state.as_deref()?).ok()?,
    })
}

impl<T: Mergeable> Merge<T> {
    fn separable(&self) -> Separable {
        let mut moves: Vec<(String, usize)> = Vec::new();
        for row in &self.before.moved {
            match moves.last_mut() {
                Some((kind, count)) if *kind == row.kind => *count += 1,
                _ => moves.push((row.kind.clone(), 1)),
            }
        }
        let settled = self.before.settled.as_ref();
        Separable {
            kept: self.before.kept.name().to_owned(),
            gone: self.before.gone.name().to_owned(),
            at: self.at,
            moves,
            ended: settled.map_or(0, |settled| settled.enrolments.len()),
        }
    }
}

fn changed() -> Error {
    Refused::new("people-refused-separate").into()
}

/// What was changed since the merge keeps it from being taken back.
fn stale(error: StoreError) -> Error {
    match error {
        StoreError::Stale | StoreError::Duplicate(_) => changed(),
        other => other.into(),
    }
}

/// The merge into a person that can be taken back, if there is one.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Refused`] for a record that was merged or erased itself.
pub async fn separable_people(app: &App, actor: &Actor, kept: &str) -> Result<Option<Separable>> {
    authorise(app, actor, Action::ManagePeople, &Resource::everything())?;
    let mut db = app.read().await?;
    let row = records::living(&mut db, kept).await?;
    let merge = newest_merge(&mut db, kept, &row).await?;
    Ok(merge.map(|merge| merge.separable()))
}

/// The merge into an organisation that can be taken back, if there is one.
///
/// # Errors
/// As [`separable_people`].
pub async fn separable_organisations(
    app: &App,
    actor: &Actor,
    kept: &str,
) -> Result<Option<Separable>> {
    authorise(app, actor, Action::ManagePeople, &Resource::everything())?;
    let mut db = app.read().await?;
    let row = organisations::living(&mut db, kept).await?;
    let merge = newest_merge(&mut db, kept, &row).await?;
    Ok(merge.map(|merge| merge.separable()))
}

/// Takes the newest merge into `kept` back: both records as they were, each with its own seats, marks, questionnaires, paths, wishes,
/// certificates and letters. What came since stays with `kept`; enrolments that ended with the merge, being doubled, stay ended. Answers
/// the record that is back.
///
/// # Errors
/// [`Error::Refused`] when there is nothing to take back or either record was changed since; [`Error::NotFound`].
pub async fn separate_people(app: &App, actor: &Actor, kept: &str) -> Result<PersonRow> {
    authorise(app, actor, Action::ManagePeople, &Resource::everything())?;
    let mut tx = app.write().await?;
    tx.lock(store::Lock::Person, kept).await?;
    let now = records::living(&mut tx, kept).await?;
    let Merge { before, after, .. } = newest_merge(&mut tx, kept, &now)
        .await?
        .ok_or_else(changed)?;
    let settled = before.settled.unwrap_or_default();
    let version = after.gone.version;
    store::people::separate_person(
        &mut tx,
        (kept, &before.gone.id),
        version,
        &before.moved,
        &settled,
    )
    .await
    .map_err(stale)?;
    let mut restored = PersonRow {
        version: now.version,
        link_epoch: now.link_epoch,
        ..before.kept
    };
    restored.version = store::people::update_person(&mut tx, &restored).await?;
    if restored.email != now.email {
        store::people::void_links(&mut tx, kept).await?;
        restored.link_epoch += 1;
    }
    let back = records::living(&mut tx, &before.gone.id).await?;
    history::record(
        app,
        &mut tx,
        actor,
        "people.separated",
        ("person", kept),
        Some(&MergeState::after(now, after.gone)),
        Some(&MergeState::after(restored, back.clone())),
    )
    .await?;
    tx.commit().await?;
    Ok(back)
}

/// Takes the newest merge into the organisation `kept` back: both as they were, each with its own people.
///
/// # Errors
/// As [`separate_people`].
pub async fn separate_organisations(
    app: &App,
    actor: &Actor,
    kept: &str,
) -> Result<OrganisationRow> {
    authorise(app, actor, Action::ManagePeople, &Resource::everything())?;
    let mut tx = app.write().await?;
    let now = organisations::living(&mut tx, kept).await?;
    let Merge { before, after, .. } = newest_merge(&mut tx, kept, &now)
        .await?
        .ok_or_else(changed)?;
    let settled = before.settled.unwrap_or_default();
    let version = after.gone.version;
    store::people::separate_organisation(
        &mut tx,
        (kept, &before.gone.id),
        version,
        &before.moved,
        &settled.merged,
    )
    .await
    .map_err(stale)?;
    let mut restored = OrganisationRow {
        version: now.version,
        ..before.kept
    };
    restored.version = store::people::update_organisation(&mut tx, &restored).await?;
    let back = organisations::living(&mut tx, &before.gone.id).await?;
    history::record(
        app,
        &mut tx,
        actor,
        "organisation.separated",
        ("organisation", kept),
        Some(&MergeState::after(now, after.gone)),
        Some(&MergeState::after(restored, back.clone())),
    )
    .await?;
    tx.commit().await?;
    Ok(back)
}
