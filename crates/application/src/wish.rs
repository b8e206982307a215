//! Wishes: what people would come to if it were there. Counted as demand, answered by the desk, closed when a seat is found.

use documents::mail::{Alternative, Mail};
use domain::id::PersonId;
use domain::input::{InputError, LongText};
use domain::text::fold;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::Connection;
use store::programme::SeasonRow;
use store::wish::WishFilter;
pub use store::wish::{Demand, WishLine, WishRow};

use crate::access::{Action, Actor, Resource, authorise};
use crate::enrolment::parse;
use crate::input::{Fields, version_of};
use crate::mail::{Matter, post};
use crate::people::{PersonInput, find_or_create, person_resource};
use crate::questionnaire::{self, Around};
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

/// The wishes of a season, with how much is wished.
#[derive(Clone, Debug)]
pub struct WishPage {
    /// The season.
    pub season: SeasonRow,
    /// Those that match.
    pub lines: Vec<WishLine>,
    /// How many match in all.
    pub total: i64,
    /// People with an open wish, by module.
    pub by_module: Vec<Demand>,
    /// People with an open wish, by commune.
    pub by_commune: Vec<Demand>,
}

/// Which wishes to list; empty means any.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Slug of the season; empty: the present one.
    pub season: String,
    /// Stage.
    pub stage: String,
    /// Slug of the module; `-`: about none.
    pub module: String,
    /// Code of the commune.
    pub commune: String,
    /// Part of the name or of the words.
    pub search: String,
    /// Oldest first.
    pub oldest_first: bool,
    /// How many to leave out.
    pub offset: i64,
    /// At most this many; 0: all.
    pub limit: i64,
}

/// Lists wishes and counts demand.
///
/// # Errors
/// What the policies say; [`Error::NotFound`] without a season.
pub async fn list(app: &App, actor: &Actor, wanted: &Wanted) -> Result<WishPage> {
    let season = if wanted.season.is_empty() {
        questionnaire::offered(app)
            .await?
            .map(|offered| offered.season)
    } else {
        let mut db = app.read().await?;
        store::programme::season_by_slug(&mut db, &wanted.season).await?
    };
    let resource = season
        .as_ref()
        .map_or_else(|| Ok(Resource::everything()), of_season)?;
    authorise(app, actor, Action::ManageWishes, &resource)?;
    let season = season.ok_or(Error::NotFound)?;
    let given = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let search: String = wanted.search.trim().chars().take(100).collect();
    let filter = WishFilter {
        season_id: season.id.clone(),
        stage: given(&wanted.stage),
        module: given(&wanted.module)
            .map(|module| if module == "-" { String::new() } else { module }),
        commune: given(&wanted.commune),
        name: given(&fold(&search)).or_else(|| given(&search)),
        words: given(&search.to_lowercase()),
        oldest_first: wanted.oldest_first,
        offset: wanted.offset.max(0),
        limit: if wanted.limit > 0 {
            wanted.limit
        } else {
            1_000_000
        },
    };
    let mut db = app.read().await?;
    Ok(WishPage {
        lines: store::wish::list(&mut db, &filter).await?,
        total: store::wish::count(&mut db, &filter).await?,
        by_module: store::wish::by_module(&mut db, &season.id).await?,
        by_commune: store::wish::by_commune(&mut db, &season.id).await?,
        season,
    })
}

/// An answer to a wish as typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct Reply {
    /// A sentence, sent to the person.
    pub answer: String,
    /// The session that answers it: its id; empty for none.
    pub session: String,
    /// The version of the wish that was seen.
    pub version: String,
}

async fn load(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    id: &str,
) -> Result<(WishRow, SeasonRow)> {
    let wish = store::wish::get(tx, id).await?;
    let season = match &wish {
        Some(wish) => store::programme::season(tx, &wish.season_id).await?,
        None => None,
    };
    let resource = season
        .as_ref()
        .map_or_else(|| Ok(Resource::everything()), of_season)?;
    authorise(app, actor, Action::ManageWishes, &resource)?;
    Ok((wish.ok_or(Error::NotFound)?, season.ok_or(Error::NotFound)?))
}

/// One wish, for the desk.
///
/// # Errors
/// What the policies say, [`Error::NotFound`].
pub async fn get(
    app: &App,
    actor: &Actor,
    id: &str,
) -> Result<(WishRow, store::people::PersonRow)> {
    let mut db = app.read().await?;
    let (wish, _) = load(app, &mut db, actor, id).await?;
    let person = store::people::person(&mut db, &wish.person_id)
        .await?
        .ok_or(Error::NotFound)?;
    Ok((wish, person))
}

/// Answers a wish: the sentence goes to the person by mail, if they have an address. Answers whether a letter was written.
///
/// # Errors
/// [`Error::Invalid`] with the fields of [`Reply`], [`Error::Stale`], [`Error::NotFound`], and what the policies say.
pub async fn answer(app: &App, actor: &Actor, id: &str, reply: &Reply) -> Result<bool> {
    let mut tx = app.write().await?;
    let (wish, season) = load(app, &mut tx, actor, id).await?;
    let mut fields = Fields::default();
    let text = fields.take("answer", LongText::<1000>::parse(&reply.answer));
    let session = match reply.session.trim() {
        "" => None,
        session => {
            let found = store::session::overview(&mut tx, session).await?;
            let found = found.filter(|session| session.season_id == wish.season_id);
            if found.is_none() {
                fields.wrong("session", InputError::UnknownChoice);
            }
            found
        }
    };
    let text = fields.finish(text)?;
    if version_of(&reply.version)? != wish.version {
        return Err(Error::Stale);
    }
    let answered = WishRow {
        stage: "answered".to_owned(),
        answered_at: Some(app.now().as_millisecond()),
        answer: text.as_str().to_owned(),
        session_id: session.as_ref().map(|session| session.id.clone()),
        ..wish.clone()
    };
    store::wish::update(&mut tx, &answered).await?;
    history::record(
        app,
        &mut tx,
        actor,
        "wish.answered",
        ("wish", id),
        Some(&logged(&wish)),
        Some(&logged(&answered)),
    )
    .await?;
    let told = tell(app, &mut tx, season, &answered, session).await?;
    tx.commit().await?;
    Ok(told)
}

async fn tell(
    app: &App,
    tx: &mut Connection,
    season: SeasonRow,
    wish: &WishRow,
    session: Option<store::session::SessionOverview>,
) -> Result<bool> {
    let person = store::people::person(tx, &wish.person_id)
        .await?
        .ok_or(Error::NotFound)?;
    let Some(to) = questionnaire::recipient(&person) else {
        return Ok(false);
    };
    let offered = questionnaire::offered_by(tx, season).await?;
    let title = |slug: &str| {
        content::catalogue().module(slug).map_or_else(
            || slug.to_owned(),
            |module| module.title.get(to.language).to_owned(),
        )
    };
    let base = &app.config().base_url;
    let sessions = session
        .into_iter()
        .map(|session| {
            Ok(Alternative {
                module: title(&session.module),
                start: Timestamp::from_millisecond(session.starts_at)
                    .map_err(|error| Error::Internal(error.to_string()))?,
                place: session.site_name,
                link: format!("{base}/seances/{}", session.id),
            })
        })
        .collect::<Result<Vec<_>>>()?;
    let own_words = wish
        .module
        .as_deref()
        .map_or_else(|| wish.detail.clone(), title);
    let letter = Mail::WishAnswered {
        wish: own_words,
        answer: wish.answer.clone(),
        sessions,
        agenda: format!("{base}/agenda"),
    };
    let dedup = format!("wish {} {}", wish.id, wish.version);
    let matter = Matter {
        kind: letter.kind(),
        about: ("wish", &wish.id),
        dedup_key: Some(&dedup),
    };
    let context = Around::of(&offered.programme, &offered.zone).context(app, &to);
    post(app, tx, &to, matter, letter.render(&context)).await
}

/// Closes a wish without an answer, or takes it up again when it is closed.
///
/// # Errors
/// [`Error::Stale`], [`Error::NotFound`], and what the policies say.
pub async fn close(app: &App, actor: &Actor, id: &str, version: &str) -> Result<()> {
    let mut tx = app.write().await?;
    let (wish, _) = load(app, &mut tx, actor, id).await?;
    if version_of(version)? != wish.version {
        return Err(Error::Stale);
    }
    let stage = match (wish.stage.as_str(), wish.answered_at) {
        ("closed", None) => "open",
        ("closed", Some(_)) => "answered",
        _ => "closed",
    };
    let after = WishRow {
        stage: stage.to_owned(),
        ..wish.clone()
    };
    store::wish::update(&mut tx, &after).await?;
    let action = if stage == "closed" {
        "wish.closed"
    } else {
        "wish.reopened"
    };
    history::record(
        app,
        &mut tx,
        actor,
        action,
        ("wish", id),
        Some(&logged(&wish)),
        Some(&logged(&after)),
    )
    .await?;
    tx.commit().await?;
    Ok(())
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
    let (wish, season) = load(app, &mut db, actor, id).await?;
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
