//! Wishes: what people would come to if it were there. Counted as demand, answered by the desk, closed when a seat is found.

mod desk;

pub use desk::{Reply, Wanted, WishPage, answer, close, get, list};

use domain::id::PersonId;
use domain::input::InputError;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::Connection;
use store::programme::SeasonRow;

pub use store::wish::{Demand, WishLine, WishRow};

use crate::access::{Action, Actor, Resource, authorise};
use crate::enrolment::parse;
use crate::input::Fields;

use crate::people::{PersonInput, find_or_create, person_resource};
use crate::questionnaire;
use crate::{App, Error, FieldError, Refused, Result, content, history};

/// What may have led to a wish.
pub const REASONS: [&str; 3] = ["full", "absent", "asked"];
/// What may become of it.
pub const STAGES: [&str; 3] = ["open", "answered", "closed"];

/// An open wish of a person, still without what it is for.
pub(crate) fn blank(app: &App, season: &str, person: &str) -> WishRow {
    WishRow {
        id: app.new_id::<domain::id::kind::Wish>().to_string(),
        season_id: season.to_owned(),
        person_id: person.to_owned(),
        module: None,
        detail: String::new(),
        reason: String::new(),
        stage: "open".to_owned(),
        created_at: app.now().as_millisecond(),
        answered_at: None,
        answer: String::new(),
        session_id: None,
        version: 1,
    }
}

/// What the event log keeps of a wish.
#[derive(Serialize)]
struct Logged<'a> {
    person: &'a str,
    module: Option<&'a str>,
    reason: &'a str,
    stage: &'a str,
    session: Option<&'a str>,
}

fn logged(row: &WishRow) -> Logged<'_> {
    Logged {
        person: &row.person_id,
        module: row.module.as_deref(),
        reason: &row.reason,
        stage: &row.stage,
        session: row.session_id.as_deref(),
    }
}

/// Keeps a wish, once for a person and a module: one that is open or answered already stands for it. Answers whether it is new.
pub(crate) async fn keep(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    wish: WishRow,
) -> Result<bool> {
    tx.lock_name(&format!("wishes {}", wish.person_id)).await?;
    let known = store::wish::of_person(tx, &wish.person_id, &wish.season_id).await?;
    let same = known.into_iter().find(|known| {
        known.stage != "closed"
            && known.module == wish.module
            && (wish.module.is_some() || known.detail == wish.detail)
    });
    if let Some(mut known) = same {
        // Words of one's own are worth more than that a session was full.
        if known.stage == "open" && known.detail.is_empty() && !wish.detail.is_empty() {
            known.detail = wish.detail;
            known.reason = wish.reason;
            store::wish::update(tx, &known).await?;
        }
        return Ok(false);
    }
    store::wish::insert(tx, &wish).await?;
    history::record(
        app,
        tx,
        actor,
        "wish.kept",
        ("wish", &wish.id),
        None,
        Some(&logged(&wish)),
    )
    .await?;
    Ok(true)
}

/// Closes the wishes of a person for a module: they have a seat in `session`.
pub(crate) async fn met(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    person: &str,
    season: &str,
    module: &str,
    session: &str,
) -> Result<()> {
    for wish in store::wish::of_person(tx, person, season).await? {
        if wish.stage == "closed" || wish.module.as_deref() != Some(module) {
            continue;
        }
        let met = WishRow {
            stage: "closed".to_owned(),
            session_id: Some(session.to_owned()),
            ..wish.clone()
        };
        store::wish::update(tx, &met).await?;
        history::record(
            app,
            tx,
            actor,
            "wish.met",
            ("wish", &met.id),
            Some(&logged(&wish)),
            Some(&logged(&met)),
        )
        .await?;
    }
    Ok(())
}

/// A wish as typed by a visitor or at the desk.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct Ask {
    /// Slug of the module; empty for a wish in own words only.
    pub module: String,
    /// Own words.
    pub detail: String,
    /// Whose it is, when known: id. Only the desk and the participant themself may say so.
    pub person: String,
    /// Who it is.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Telephone.
    pub phone: String,
    /// Commune.
    pub commune: String,
}

/// Keeps a wish for the present season: anybody's own, or one that the desk was told. Answers whether it is new.
///
/// # Errors
/// [`Error::Invalid`] with the fields of [`Ask`], [`Error::Refused`] when there is no season.
pub async fn ask(app: &App, actor: &Actor, ask: &Ask) -> Result<bool> {
    let season = season_now(app).await?;
    let mut fields = Fields::default();
    let module = ask.module.trim();
    if !module.is_empty() && content::catalogue().module(module).is_none() {
        fields.wrong("module", InputError::UnknownChoice);
    }
    let detail = fields.note::<500>("detail", &ask.detail);
    if module.is_empty() && detail.trim().is_empty() {
        fields.wrong("detail", InputError::Empty);
    }
    let checked = fields.finish(Some(()));
    let mut tx = app.write().await?;
    let person = match whose(app, &mut tx, actor, &season, ask).await {
        Ok(person) => {
            checked?;
            person
        }
        Err(Error::Invalid(mut wrong)) => {
            if let Err(Error::Invalid(more)) = checked {
                wrong.extend(more);
            }
            return Err(Error::Invalid(wrong));
        }
        Err(other) => return Err(other),
    };
    let wish = WishRow {
        module: Some(module.to_owned()).filter(|module| !module.is_empty()),
        detail,
        reason: "asked".to_owned(),
        ..blank(app, &season.id, &person)
    };
    let new = keep(app, &mut tx, actor, wish).await?;
    tx.commit().await?;
    Ok(new)
}

/// Whose wish it is: the participant, somebody the desk chose, or somebody by their details.
async fn whose(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    season: &SeasonRow,
    ask: &Ask,
) -> Result<String> {
    if let Actor::Participant { person, .. } = actor {
        authorise(app, actor, Action::ManageOwn, &Resource::of_person(*person))?;
        return Ok(person.to_string());
    }
    let at_desk = actor.staff().is_some();
    if at_desk {
        authorise(app, actor, Action::ManageWishes, &of_season(season)?)?;
    }
    if at_desk && !ask.person.is_empty() {
        let person = store::people::person(tx, &ask.person)
            .await?
            .ok_or(Error::NotFound)?;
        authorise(
            app,
            actor,
            Action::SeePeople,
            &person_resource(tx, &person).await?,
        )?;
        return Ok(person.id);
    }
    let input = PersonInput {
        name: ask.name.clone(),
        email: ask.email.clone(),
        phone: ask.phone.clone(),
        commune: ask.commune.clone(),
        ..PersonInput::default()
    };
    let found = find_or_create(
        app,
        tx,
        actor,
        if at_desk { "coordinator" } else { "web" },
        &input,
    )
    .await;
    let unreachable = ask.email.trim().is_empty() && ask.phone.trim().is_empty();
    match found {
        Ok(_) if unreachable && !at_desk => Err(Error::field("email", InputError::Empty)),
        Ok(found) => Ok(found.person.id),
        Err(Error::Invalid(mut wrong)) => {
            if unreachable && !at_desk {
                wrong.push(FieldError::new("email", InputError::Empty));
            }
            Err(Error::Invalid(wrong))
        }
        Err(other) => Err(other),
    }
}

fn of_season(season: &SeasonRow) -> Result<Resource> {
    Ok(Resource::of_programme(parse(&season.programme_id)?))
}

async fn season_now(app: &App) -> Result<SeasonRow> {
    questionnaire::offered(app)
        .await?
        .map(|offered| offered.season)
        .ok_or_else(|| Refused::new("wish-refused-no-season").into())
}

/// The open and answered wishes of a participant in the present season.
///
/// # Errors
/// What the policies say.
pub async fn own(app: &App, actor: &Actor, person: PersonId) -> Result<Vec<WishRow>> {
    authorise(app, actor, Action::ManageOwn, &Resource::of_person(person))?;
    let Some(offered) = questionnaire::offered(app).await? else {
        return Ok(Vec::new());
    };
    let mut db = app.read().await?;
    let wishes = store::wish::of_person(&mut db, &person.to_string(), &offered.season.id).await?;
    Ok(wishes
        .into_iter()
        .filter(|wish| wish.stage != "closed")
        .collect())
}

/// Sessions to come that could answer a wish: those of its module, or all for a wish in own words, each with its local start.
///
/// # Errors
/// What the policies say, [`Error::NotFound`].
pub async fn sessions_for(
    app: &App,
    actor: &Actor,
    id: &str,
) -> Result<Vec<(store::session::SessionOverview, jiff::civil::DateTime)>> {
    let mut db = app.read().await?;
    let (wish, season) = desk::load(app, &mut db, actor, id).await?;
    let offered = questionnaire::offered_by(&mut db, season).await?;
    let sessions = store::session::list(
        &mut db,
        &store::session::SessionFilter {
            season_id: Some(wish.season_id.clone()),
            from: Some(app.now().as_millisecond()),
            modules: wish
                .module
                .as_deref()
                .map(|module| store::session::listed([module])),
            stages: Some(store::session::listed(["gathering", "confirmed"])),
            ..store::session::SessionFilter::default()
        },
    )
    .await?;
    sessions
        .into_iter()
        .map(|session| {
            let at = Timestamp::from_millisecond(session.starts_at)
                .map_err(|error| Error::Internal(error.to_string()))?;
            Ok((session, offered.zone.to_datetime(at)))
        })
        .collect()
}
