//! What sites, rooms and trainers have in common: they are changed, put away, taken up again and removed in the same way.

use std::future::Future;

use serde::Serialize;
use store::{Connection, Transaction};

use crate::access::Actor;
use crate::input::{in_use, version_of};
use crate::{App, Refused, Result, history};

/// A row that the desk keeps for its sessions.
pub(crate) trait Means: Clone + Serialize + Send + Sync {
    /// As in the history; its actions are `KIND.changed` and so on.
    const KIND: &'static str;
    /// Key of the refusal while sessions are still to come.
    const SESSIONS_TO_COME: &'static str;
    /// Key of the refusal while sessions rest on it.
    const IN_USE: &'static str;

    /// Its id.
    fn id(&self) -> &str;
    /// Its name.
    fn name(&self) -> &str;
    /// The version that was seen.
    fn version(&self) -> i64;
    /// The same with another version.
    fn at_version(self, version: i64) -> Self;
    /// The same put away since then, or taken up again.
    fn put_away(self, since: Option<i64>) -> Self;
    /// Writes it over its version.
    fn update(&self, tx: &mut Connection) -> impl Future<Output = Result<()>> + Send;
    /// Removes it at its version.
    fn delete(&self, tx: &mut Connection) -> impl Future<Output = store::Result<()>> + Send;
    /// How many sessions it has from an instant on.
    fn sessions_from(
        &self,
        tx: &mut Connection,
        from: i64,
    ) -> impl Future<Output = store::Result<i64>> + Send;
}

/// Writes a changed row, and what was done to it (`changed`, `archived` …) into the history.
pub(crate) async fn save<M: Means>(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    verb: &str,
    before: &M,
    row: M,
) -> Result<()> {
    row.update(tx).await?;
    let version = row.version() + 1;
    let after = row.at_version(version);
    let action = format!("{}.{verb}", M::KIND);
    let subject = (M::KIND, after.id());
    history::record(app, tx, actor, &action, subject, Some(before), Some(&after)).await
}

/// Puts away, unless sessions are still to come.
pub(crate) async fn archive<M: Means>(
    app: &App,
    mut tx: Transaction,
    actor: &Actor,
    before: M,
    version: &str,
) -> Result<()> {
    let now = app.now().as_millisecond();
    let coming = before.sessions_from(&mut tx, now).await?;
    if coming > 0 {
        return Err(Refused::new(M::SESSIONS_TO_COME)
            .with("name", before.name())
            .with("count", coming)
            .into());
    }
    let row = before.clone().put_away(Some(now));
    let row = row.at_version(version_of(version)?);
    save(app, &mut tx, actor, "archived", &before, row).await?;
    Ok(tx.commit().await?)
}

/// Takes up again.
pub(crate) async fn restore<M: Means>(
    app: &App,
    mut tx: Transaction,
    actor: &Actor,
    before: M,
    version: &str,
) -> Result<()> {
    let row = before.clone().put_away(None);
    let row = row.at_version(version_of(version)?);
    save(app, &mut tx, actor, "restored", &before, row).await?;
    Ok(tx.commit().await?)
}

/// Removes, unless sessions rest on it.
pub(crate) async fn delete<M: Means>(
    app: &App,
    mut tx: Transaction,
    actor: &Actor,
    before: M,
    version: &str,
) -> Result<()> {
    let refused = Refused::new(M::IN_USE).with("name", before.name());
    let row = before.clone().at_version(version_of(version)?);
    row.delete(&mut tx).await.map_err(in_use(refused))?;
    let action = format!("{}.deleted", M::KIND);
    let subject = (M::KIND, before.id());
    history::record(app, &mut tx, actor, &action, subject, Some(&before), None).await?;
    Ok(tx.commit().await?)
}
