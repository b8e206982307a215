//! What the desk does with wishes: list, answer, close.

use documents::mail::{Alternative, Mail};

use domain::input::{InputError, LongText};
use domain::text::fold;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::Connection;
use store::programme::SeasonRow;
use store::wish::{Demand, WishFilter, WishLine, WishRow};

use super::{logged, of_season};
use crate::access::{Action, Actor, Resource, authorise};
use crate::input::{Fields, version_of};
use crate::mail::{Matter, post};

use crate::questionnaire::{self, Around};
use crate::{App, Error, Result, content, history};

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

pub(super) async fn load(
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
