//! Referents: who relays the programme in a territory.

use domain::id::{AccountId, ReferentId, TerritoryId};
use domain::input::{InputError, PersonName, ShortText};
use domain::programme::ReferentKind;
use domain::text::fold;
use serde::{Deserialize, Serialize};
use store::Connection;
pub use store::referent::{ReferentFilter, ReferentRow};

use crate::access::{Action, Actor, Resource, area_of, authorise};
use crate::input::{Fields, taken, version_of};
use crate::people::parse_commune;
use crate::{App, Error, Result, history};

/// A referent as typed, in a form or a line of a file.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Edit {
    /// Name.
    pub name: String,
    /// Id or name of the territory.
    pub territory: String,
    /// `elected`, `staff` or `other`.
    pub kind: String,
    /// Town hall, intercommunality, chamber …
    pub organisation: String,
    /// Commune: name with postcode, or code; may be empty.
    pub commune: String,
    /// Where to write.
    pub email: String,
    /// Where to call.
    pub phone: String,
    /// Id of the account they sign in with; empty: none.
    pub account: String,
    /// Note for staff.
    pub note: String,
    /// The version that was edited; empty for a new referent.
    pub version: String,
}

/// Referents by name.
pub async fn list(app: &App, actor: &Actor, filter: &ReferentFilter) -> Result<Vec<ReferentRow>> {
    authorise(app, actor, Action::SeeDesk, &Resource::everything())?;
    let filter = ReferentFilter {
        search: filter
            .search
            .as_deref()
            .map(fold)
            .filter(|text| !text.is_empty()),
        ..filter.clone()
    };
    Ok(store::referent::list(&mut app.read().await?, &filter).await?)
}

/// One referent.
pub async fn get(app: &App, actor: &Actor, id: &str) -> Result<ReferentRow> {
    authorise(app, actor, Action::SeeDesk, &Resource::everything())?;
    let mut db = app.read().await?;
    load(&mut db, id).await
}

/// Adds a referent; answers the id.
pub async fn create(app: &App, actor: &Actor, command: &Edit) -> Result<String> {
    authorise(app, actor, Action::ManageMeans, &Resource::everything())?;
    let mut tx = app.write().await?;
    let id = create_in(app, &mut tx, actor, command).await?;
    tx.commit().await?;
    Ok(id)
}

/// Adds a referent within a transaction of the caller's (an import: all lines or none); the right to do it is checked by the caller.
pub async fn create_in(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    command: &Edit,
) -> Result<String> {
    let mut row = parse(tx, command, None).await?;
    row.id = app.new_id::<domain::id::kind::Referent>().to_string();
    row.created_at = app.now().as_millisecond();
    row.version = 1;
    store::referent::insert(tx, &row)
        .await
        .map_err(taken("account"))?;
    let subject = ("referent", row.id.as_str());
    history::record(
        app,
        tx,
        actor,
        "referent.created",
        subject,
        None,
        Some(&row),
    )
    .await?;
    Ok(row.id)
}

/// Changes a referent.
pub async fn edit(app: &App, actor: &Actor, id: &str, command: &Edit) -> Result<()> {
    authorise(app, actor, Action::ManageMeans, &Resource::everything())?;
    let mut tx = app.write().await?;
    let before = load(&mut tx, id).await?;
    let row = parse(&mut tx, command, Some(&before)).await?;
    store::referent::update(&mut tx, &row)
        .await
        .map_err(taken("account"))?;
    let after = ReferentRow {
        version: row.version + 1,
        ..row
    };
    history::record(
        app,
        &mut tx,
        actor,
        "referent.changed",
        ("referent", id),
        Some(&before),
        Some(&after),
    )
    .await?;
    Ok(tx.commit().await?)
}

/// Removes a referent. Their account, if any, stays.
pub async fn delete(app: &App, actor: &Actor, id: &str, version: &str) -> Result<()> {
    authorise(app, actor, Action::ManageMeans, &Resource::everything())?;
    let version = version_of(version)?;
    let mut tx = app.write().await?;
    let before = load(&mut tx, id).await?;
    store::referent::delete(&mut tx, id, version).await?;
    history::record(
        app,
        &mut tx,
        actor,
        "referent.deleted",
        ("referent", id),
        Some(&before),
        None,
    )
    .await?;
    Ok(tx.commit().await?)
}

async fn load(db: &mut Connection, id: &str) -> Result<ReferentRow> {
    ReferentId::parse(id).map_err(|_| Error::NotFound)?;
    store::referent::get(db, id).await?.ok_or(Error::NotFound)
}

/// The id of the territory given by id (forms) or by name (files).
async fn territory_of(
    db: &mut Connection,
    raw: &str,
) -> Result<std::result::Result<String, InputError>> {
    if raw.trim().is_empty() {
        return Ok(Err(InputError::Empty));
    }
    let row = match TerritoryId::parse(raw.trim()) {
        Ok(id) => store::territory::get(db, &id.to_string()).await?,
        Err(_) => store::territory::by_folded(db, &fold(raw)).await?,
    };
    Ok(row.map(|row| row.id).ok_or(InputError::UnknownChoice))
}

async fn parse(
    db: &mut Connection,
    command: &Edit,
    before: Option<&ReferentRow>,
) -> Result<ReferentRow> {
    let home = area_of(db, None).await?;
    let mut fields = Fields::default();
    let name = fields.take("name", PersonName::parse(&command.name));
    let territory = fields.take("territory", territory_of(db, &command.territory).await?);
    let kind = ReferentKind::parse(command.kind.trim()).ok_or(InputError::UnknownChoice);
    let kind = fields.take("kind", kind);
    let organisation = fields.take_optional(
        "organisation",
        &command.organisation,
        ShortText::<160>::parse,
    );
    let commune =
        fields.take_optional("commune", &command.commune, |raw| parse_commune(raw, &home));
    let email = fields.email("email", &command.email);
    let phone = fields.phone("phone", &command.phone);
    let account = fields.take_optional("account", &command.account, AccountId::parse);
    if let Some(id) = account {
        let id = id.to_string();
        if !store::trainer::account_choices(db)
            .await?
            .iter()
            .any(|choice| choice.id == id)
        {
            fields.wrong("account", InputError::UnknownChoice);
        }
        let holder = store::referent::by_account(db, &id).await?;
        if holder.is_some_and(|other| before.is_none_or(|row| row.id != other.id)) {
            fields.wrong("account", InputError::AlreadyTaken);
        }
    }
    let note = fields.note::<2000>("note", &command.note);
    let version = fields.version(&command.version, before.is_some());
    let ((name, territory_id), kind) = fields.finish(name.zip(territory).zip(kind))?;
    Ok(ReferentRow {
        id: before.map_or_else(String::new, |row| row.id.clone()),
        territory_id,
        account_id: account.map(|id| id.to_string()),
        folded: fold(name.as_str()),
        name: name.into(),
        kind: kind.slug().to_owned(),
        organisation: organisation.map_or_else(String::new, String::from),
        commune_code: commune,
        email,
        phone,
        note,
        created_at: before.map_or(0, |row| row.created_at),
        version,
    })
}
