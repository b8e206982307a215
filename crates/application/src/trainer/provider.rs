//! Providers: the firms and bodies that send trainers.

use domain::id::ProviderId;
use domain::input::{InputError, OrganisationName};
use domain::text::fold;
use serde::{Deserialize, Serialize};
use store::Connection;
use store::trainer::ProviderRow;

use crate::access::{Action, Actor, Resource, authorise};
use crate::input::{Fields, in_use, version_of};
use crate::{App, Error, Refused, Result, history};

/// A provider as typed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct EditProvider {
    /// Name.
    pub name: String,
    /// Where to write.
    pub email: String,
    /// Where to call.
    pub phone: String,
    /// Note for staff.
    pub note: String,
    /// The version that was edited; empty for a new provider.
    pub version: String,
}

/// Providers whose name contains `search`, by name.
pub async fn list_providers(app: &App, actor: &Actor, search: &str) -> Result<Vec<ProviderRow>> {
    authorise(app, actor, Action::SeeDesk, &Resource::everything())?;
    let folded = fold(search);
    let search = Some(folded.as_str()).filter(|text| !text.is_empty());
    Ok(store::trainer::list_providers(&mut app.read().await?, search).await?)
}

/// One provider.
pub async fn provider(app: &App, actor: &Actor, id: &str) -> Result<ProviderRow> {
    authorise(app, actor, Action::SeeDesk, &Resource::everything())?;
    let mut db = app.read().await?;
    load(&mut db, id).await
}

/// Adds a provider; answers its id.
pub async fn create_provider(app: &App, actor: &Actor, command: &EditProvider) -> Result<String> {
    authorise(app, actor, Action::ManageMeans, &Resource::everything())?;
    let mut tx = app.write().await?;
    let mut row = parse(command, None)?;
    row.id = app.new_id::<domain::id::kind::Provider>().to_string();
    row.created_at = app.now().as_millisecond();
    row.version = 1;
    free_name(&mut tx, &row).await?;
    store::trainer::insert_provider(&mut tx, &row).await?;
    let subject = ("provider", row.id.as_str());
    history::record(
        app,
        &mut tx,
        actor,
        "provider.created",
        subject,
        None,
        Some(&row),
    )
    .await?;
    tx.commit().await?;
    Ok(row.id)
}

/// Changes a provider.
pub async fn edit_provider(
    app: &App,
    actor: &Actor,
    id: &str,
    command: &EditProvider,
) -> Result<()> {
    authorise(app, actor, Action::ManageMeans, &Resource::everything())?;
    let mut tx = app.write().await?;
    let before = load(&mut tx, id).await?;
    let row = parse(command, Some(&before))?;
    free_name(&mut tx, &row).await?;
    store::trainer::update_provider(&mut tx, &row).await?;
    let after = ProviderRow {
        version: row.version + 1,
        ..row
    };
    history::record(
        app,
        &mut tx,
        actor,
        "provider.changed",
        ("provider", id),
        Some(&before),
        Some(&after),
    )
    .await?;
    Ok(tx.commit().await?)
}

/// Removes a provider who sends no trainer.
pub async fn delete_provider(app: &App, actor: &Actor, id: &str, version: &str) -> Result<()> {
    authorise(app, actor, Action::ManageMeans, &Resource::everything())?;
    let version = version_of(version)?;
    let mut tx = app.write().await?;
    let before = load(&mut tx, id).await?;
    let refused = Refused::new("trainer-refused-provider-in-use").with("name", &before.name);
    store::trainer::delete_provider(&mut tx, id, version)
        .await
        .map_err(in_use(refused))?;
    history::record(
        app,
        &mut tx,
        actor,
        "provider.deleted",
        ("provider", id),
        Some(&before),
        None,
    )
    .await?;
    Ok(tx.commit().await?)
}

async fn load(db: &mut Connection, id: &str) -> Result<ProviderRow> {
    ProviderId::parse(id).map_err(|_| Error::NotFound)?;
    store::trainer::provider(db, id)
        .await?
        .ok_or(Error::NotFound)
}

async fn free_name(db: &mut Connection, row: &ProviderRow) -> Result<()> {
    match store::trainer::provider_by_folded(db, &row.folded).await? {
        Some(other) if other.id != row.id => Err(Error::field("name", InputError::AlreadyTaken)),
        _ => Ok(()),
    }
}

fn parse(command: &EditProvider, before: Option<&ProviderRow>) -> Result<ProviderRow> {
    let mut fields = Fields::default();
    let name = fields.take("name", OrganisationName::parse(&command.name));
    let email = fields.email("email", &command.email);
    let phone = fields.phone("phone", &command.phone);
    let note = fields.note::<2000>("note", &command.note);
    let version = fields.version(&command.version, before.is_some());
    let name = fields.finish(name)?;
    Ok(ProviderRow {
        id: before.map_or_else(String::new, |row| row.id.clone()),
        folded: fold(name.as_str()),
        name: name.into(),
        email,
        phone,
        note,
        created_at: before.map_or(0, |row| row.created_at),
        version,
    })
}
