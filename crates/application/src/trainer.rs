//! Trainers, and the providers who send them.

mod provider;

use domain::id::{AccountId, ProviderId, TrainerId};
use domain::input::{InputError, PersonName};
use domain::questionnaire::{Availability, Cell};
use domain::territory::Area;
use domain::text::fold;
use serde::{Deserialize, Serialize};
use store::Connection;
use store::trainer::TrainerRow;

pub use store::trainer::{ProviderRow, TrainerFilter};

pub use provider::{
    EditProvider, create_provider, delete_provider, edit_provider, list_providers, provider,
};

use crate::access::{Action, Actor, Resource, area_of, authorise};
use crate::content::vocabulary;
use crate::input::{Fields, taken};
use crate::means::{self, Means};
use crate::people::parse_commune;
use crate::{App, Error, Result, history};

/// A trainer as typed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Edit {
    /// Name.
    pub name: String,
    /// Where to write.
    pub email: String,
    /// Where to call.
    pub phone: String,
    /// Id of the provider; empty: nobody sends them.
    pub provider: String,
    /// Id of the account they sign in with; empty: none.
    pub account: String,
    /// Home commune: name with postcode, or code; may be empty.
    pub commune: String,
    /// Slugs of the vocabulary.
    pub skills: Vec<String>,
    /// Cells of the week in which they have time, such as `monday-morning`.
    pub availability: Vec<String>,
    /// Note for staff.
    pub note: String,
    /// The version that was edited; empty for a new trainer.
    pub version: String,
}

/// A trainer, read.
#[derive(Clone, Debug)]
pub struct Trainer {
    /// As stored.
    pub row: TrainerRow,
    /// Slugs of the vocabulary.
    pub skills: Vec<String>,
    /// When they have time.
    pub availability: Availability,
}

/// Trainers by name.
pub async fn list(app: &App, actor: &Actor, filter: &TrainerFilter) -> Result<Vec<Trainer>> {
    authorise(app, actor, Action::SeeDesk, &Resource::everything())?;
    let mut db = app.read().await?;
    let filter = TrainerFilter {
        search: filter
            .search
            .as_deref()
            .map(fold)
            .filter(|text| !text.is_empty()),
        ..filter.clone()
    };
    let rows = store::trainer::list(&mut db, &filter).await?;
    rows.into_iter().map(read).collect()
}

/// One trainer.
pub async fn get(app: &App, actor: &Actor, id: &str) -> Result<Trainer> {
    authorise(app, actor, Action::SeeDesk, &Resource::everything())?;
    let mut db = app.read().await?;
    read(load(&mut db, id).await?)
}

/// A trainer as stored, read.
pub fn read(row: TrainerRow) -> Result<Trainer> {
    let skills = serde_json::from_str(&row.skills).map_err(store::Error::from)?;
    let availability = serde_json::from_str(&row.availability).map_err(store::Error::from)?;
    Ok(Trainer {
        row,
        skills,
        availability,
    })
}

/// Accounts that a trainer or referent can be given, by name.
pub async fn accounts(app: &App, actor: &Actor) -> Result<Vec<store::trainer::AccountChoice>> {
    authorise(app, actor, Action::ManageMeans, &Resource::everything())?;
    let mut db = app.read().await?;
    Ok(store::trainer::account_choices(&mut db).await?)
}

/// Adds a trainer; answers the id.
pub async fn create(app: &App, actor: &Actor, command: &Edit) -> Result<String> {
    authorise(app, actor, Action::ManageMeans, &Resource::everything())?;
    let mut tx = app.write().await?;
    let id = create_in(app, &mut tx, actor, command).await?;
    tx.commit().await?;
    Ok(id)
}

/// Adds a trainer within a transaction of the caller's (an import: all lines or none); the right to do it is checked by the caller.
pub async fn create_in(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    command: &Edit,
) -> Result<String> {
    let mut row = parse(tx, command, None).await?;
    row.id = app.new_id::<domain::id::kind::Trainer>().to_string();
    row.created_at = app.now().as_millisecond();
    row.version = 1;
    store::trainer::insert(tx, &row)
        .await
        .map_err(taken("account"))?;
    let subject = ("trainer", row.id.as_str());
    history::record(app, tx, actor, "trainer.created", subject, None, Some(&row)).await?;
    Ok(row.id)
}

/// Changes a trainer.
pub async fn edit(app: &App, actor: &Actor, id: &str, command: &Edit) -> Result<()> {
    authorise(app, actor, Action::ManageMeans, &Resource::everything())?;
    let mut tx = app.write().await?;
    let before = load(&mut tx, id).await?;
    let row = parse(&mut tx, command, Some(&before)).await?;
    means::save(app, &mut tx, actor, "changed", &before, row).await?;
    Ok(tx.commit().await?)
}

/// Puts a trainer away: they are proposed for nothing new. Refused while they still have sessions to give.
pub async fn archive(app: &App, actor: &Actor, id: &str, version: &str) -> Result<()> {
    authorise(app, actor, Action::ManageMeans, &Resource::everything())?;
    let mut tx = app.write().await?;
    let before = load(&mut tx, id).await?;
    means::archive(app, tx, actor, before, version).await
}

/// Takes a trainer up again.
pub async fn restore(app: &App, actor: &Actor, id: &str, version: &str) -> Result<()> {
    authorise(app, actor, Action::ManageMeans, &Resource::everything())?;
    let mut tx = app.write().await?;
    let before = load(&mut tx, id).await?;
    means::restore(app, tx, actor, before, version).await
}

/// Removes a trainer who was never given a session.
pub async fn delete(app: &App, actor: &Actor, id: &str, version: &str) -> Result<()> {
    authorise(app, actor, Action::ManageMeans, &Resource::everything())?;
    let mut tx = app.write().await?;
    let before = load(&mut tx, id).await?;
    means::delete(app, tx, actor, before, version).await
}

impl Means for TrainerRow {
    const KIND: &'static str = "trainer";
    const SESSIONS_TO_COME: &'static str = "trainer-refused-sessions-to-come";
    const IN_USE: &'static str = "trainer-refused-in-use";

    fn id(&self) -> &str {
        &self.id
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn version(&self) -> i64 {
        self.version
    }

    fn at_version(self, version: i64) -> Self {
        Self { version, ..self }
    }

    fn put_away(self, since: Option<i64>) -> Self {
        Self {
            archived_at: since,
            ..self
        }
    }

    async fn update(&self, tx: &mut Connection) -> Result<()> {
        store::trainer::update(tx, self)
            .await
            .map_err(taken("account"))
    }

    async fn delete(&self, tx: &mut Connection) -> store::Result<()> {
        store::trainer::delete(tx, &self.id, self.version).await
    }

    async fn sessions_from(&self, tx: &mut Connection, from: i64) -> store::Result<i64> {
        store::trainer::sessions_from(tx, &self.id, from).await
    }
}

async fn load(db: &mut Connection, id: &str) -> Result<TrainerRow> {
    TrainerId::parse(id).map_err(|_| Error::NotFound)?;
    store::trainer::get(db, id).await?.ok_or(Error::NotFound)
}

async fn parse(
    db: &mut Connection,
    command: &Edit,
    before: Option<&TrainerRow>,
) -> Result<TrainerRow> {
    let home: Area = area_of(db, None).await?;
    let mut fields = Fields::default();
    let name = fields.take("name", PersonName::parse(&command.name));
    let email = fields.email("email", &command.email);
    let phone = fields.phone("phone", &command.phone);
    let provider = fields.take_optional("provider", &command.provider, ProviderId::parse);
    if let Some(id) = provider
        && store::trainer::provider(db, &id.to_string())
            .await?
            .is_none()
    {
        fields.wrong("provider", InputError::UnknownChoice);
    }
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
        let holder = store::trainer::by_account(db, &id).await?;
        if holder.is_some_and(|other| before.is_none_or(|row| row.id != other.id)) {
            fields.wrong("account", InputError::AlreadyTaken);
        }
    }
    let commune =
        fields.take_optional("commune", &command.commune, |raw| parse_commune(raw, &home));
    let skills = fields.slugs("skills", &command.skills, |slug| {
        vocabulary().skill(slug).is_some()
    });
    let mut availability = Availability::NEVER;
    for raw in &command.availability {
        let cell = raw.parse::<Cell>().map_err(|_| InputError::UnknownChoice);
        if let Some(cell) = fields.take("availability", cell) {
            availability = availability.with(cell);
        }
    }
    let note = fields.note::<2000>("note", &command.note);
    let version = fields.version(&command.version, before.is_some());
    let name = fields.finish(name)?;
    let json = |error: serde_json::Error| Error::Internal(error.to_string());
    Ok(TrainerRow {
        id: before.map_or_else(String::new, |row| row.id.clone()),
        provider_id: provider.map(|id| id.to_string()),
        account_id: account.map(|id| id.to_string()),
        folded: fold(name.as_str()),
        name: name.into(),
        email,
        phone,
        commune_code: commune,
        skills: serde_json::to_string(&skills).map_err(json)?,
        availability: serde_json::to_string(&availability).map_err(json)?,
        note,
        archived_at: before.and_then(|row| row.archived_at),
        created_at: before.map_or(0, |row| row.created_at),
        version,
    })
}
