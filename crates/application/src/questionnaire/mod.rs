//! Answering the questionnaire: page by page, stopped and taken up again, or entered for somebody else.

mod enter;
mod finish;
pub mod keyed;
mod letters;

use domain::id::ResponseId;
use domain::language::Language;
use domain::questionnaire::{Answers, CommuneAnswer, PageEntry, Questionnaire};
use domain::territory::{Area, Commune, Query};
use jiff::tz::TimeZone;
use store::Connection;
use store::content_version::ContentVersionRow;
use store::programme::{ProgrammeRow, SeasonRow};
use store::response::ResponseRow;

use crate::access::{Actor, area_of, link};
use crate::people::communes_meant;
use crate::territory::gazetteer;
use crate::{App, Error, Refused, Result, content, history};

pub use enter::{ENTRY_ORIGINS, Entered, EnteredRow, Entry, EntryAnswer, enter, entered_today};
pub use finish::{Contact, Finished, confirm, finish};
pub use letters::contact_of;
pub use letters::send_link;
pub(crate) use letters::{Around, recipient};

/// Communes put to somebody whose entry may mean several.
const MOST_COMMUNES: usize = 8;

/// A season with what is needed to answer its questionnaire.
pub struct Offered {
    /// Its programme.
    pub programme: ProgrammeRow,
    /// The season.
    pub season: SeasonRow,
    /// Where its hours are told.
    pub zone: TimeZone,
    /// Its questionnaire.
    pub questionnaire: &'static Questionnaire,
}

/// A response that is being answered.
pub struct Opened {
    /// As stored.
    pub response: ResponseRow,
    /// Its answers.
    pub answers: Answers,
    /// The season that it leads into.
    pub offered: Offered,
    /// The key of its links.
    pub key: String,
}

/// What came of a page that was sent.
pub enum Saved {
    /// It is kept; the response as it now is.
    Kept(Box<Opened>),
    /// Something on it cannot be taken; nothing was written.
    Wrong(Box<(Opened, PageEntry)>),
}

/// The questionnaire of the present season, for everybody to see; none between seasons.
pub async fn offered(app: &App) -> Result<Option<Offered>> {
    let mut db = app.read().await?;
    let today = app.now().to_zoned(TimeZone::UTC).date().to_string();
    match store::programme::current_season(&mut db, &today).await? {
        Some(season) => Ok(Some(offered_by(&mut db, season).await?)),
        None => Ok(None),
    }
}

/// What a season offers.
pub(crate) async fn offered_by(db: &mut Connection, season: SeasonRow) -> Result<Offered> {
    let programme = store::programme::get(db, &season.programme_id)
        .await?
        .ok_or(Error::NotFound)?;
    let zone =
        TimeZone::get(&programme.time_zone).map_err(|error| Error::Internal(error.to_string()))?;
    let questionnaire = content::embedded()
        .questionnaire(&season.questionnaire)
        .ok_or_else(|| Error::Internal(format!("no questionnaire {:?}", season.questionnaire)))?;
    Ok(Offered {
        programme,
        season,
        zone,
        questionnaire,
    })
}

/// Begins a response to the present season's questionnaire. Open to everybody: what it answers is known to the holder of its key only.
///
/// # Errors
/// [`Error::Refused`] when there is no season or it is closed.
pub async fn start(app: &App, actor: &Actor, language: Language) -> Result<Opened> {
    let offered = offered(app)
        .await?
        .filter(|offered| offered.season.stage == "open")
        .ok_or_else(|| Refused::new("questionnaire-refused-no-season"))?;
    let mut tx = app.write().await?;
    let row = new_row(app, &offered, "web", None, language);
    store::response::insert(&mut tx, &row).await?;
    history::record(
        app,
        &mut tx,
        actor,
        "questionnaire.started",
        ("response", &row.id),
        None,
        Some(&Progress::of(&row)),
    )
    .await?;
    tx.commit().await?;
    opened(app, offered, row)
}

/// What the event log keeps of a response: how far it is, not what it says.
#[derive(serde::Serialize)]
pub(crate) struct Progress<'a> {
    person: Option<&'a str>,
    origin: &'a str,
    page: i64,
    completed: bool,
}

impl<'a> Progress<'a> {
    pub(crate) fn of(row: &'a ResponseRow) -> Self {
        Self {
            person: row.person_id.as_deref(),
            origin: &row.origin,
            page: row.page,
            completed: row.completed_at.is_some(),
        }
    }
}

fn new_row(
    app: &App,
    offered: &Offered,
    origin: &str,
    entered_by: Option<String>,
    language: Language,
) -> ResponseRow {
    let now = app.now().as_millisecond();
    ResponseRow {
        id: app.new_id::<domain::id::kind::Response>().to_string(),
        season_id: offered.season.id.clone(),
        person_id: None,
        questionnaire: offered.questionnaire.slug().to_owned(),
        questionnaire_version: offered.questionnaire.content_version().to_string(),
        answers: "{}".to_owned(),
        page: 0,
        origin: origin.to_owned(),
        entered_by,
        language: language.code().to_owned(),
        started_at: now,
        updated_at: now,
        completed_at: None,
        unconfirmed: 0,
        version: 1,
    }
}

fn opened(app: &App, offered: Offered, response: ResponseRow) -> Result<Opened> {
    Ok(Opened {
        answers: answers_of(&response)?,
        key: link::response_key(app, id_of(&response)?)?,
        offered,
        response,
    })
}

pub(crate) fn id_of(response: &ResponseRow) -> Result<ResponseId> {
    response.id.parse().map_err(|_| Error::NotFound)
}

/// The answers of a response as stored.
pub(crate) fn answers_of(response: &ResponseRow) -> Result<Answers> {
    Ok(serde_json::from_str(&response.answers).map_err(store::Error::from)?)
}

/// A response, for the holder of its key.
///
/// # Errors
/// [`Error::NotFound`], also for another response's key.
pub async fn open(app: &App, id: &str, key: &str) -> Result<Opened> {
    let mut db = app.read().await?;
    load(app, &mut db, id, key).await
}

async fn load(app: &App, db: &mut Connection, id: &str, key: &str) -> Result<Opened> {
    if !link::response_holds(app, id, key) {
        return Err(Error::NotFound);
    }
    let row = store::response::get(db, id).await?.ok_or(Error::NotFound)?;
    let season = store::programme::season(db, &row.season_id)
        .await?
        .ok_or(Error::NotFound)?;
    opened(app, offered_by(db, season).await?, row)
}

/// Keeps one page: `raw` are the form's names and values, `version` the response's version that the page was shown with. Whoever is `stopping`
/// is not held up by what is wrong: the rest of the page is kept, and they come back to it.
///
/// # Errors
/// [`Error::NotFound`] for another key or page, [`Error::Stale`] when the response was written meanwhile (another tab),
/// [`Error::Refused`] when it is complete. Wrong answers are told by [`Saved::Wrong`].
pub async fn save_page(
    app: &App,
    id: &str,
    key: &str,
    page: &str,
    raw: &[(String, String)],
    version: i64,
    stopping: bool,
) -> Result<Saved> {
    let mut tx = app.write().await?;
    let mut opened = load(app, &mut tx, id, key).await?;
    if opened.response.completed_at.is_some() {
        return Err(Refused::new("questionnaire-refused-complete").into());
    }
    let questionnaire = opened.offered.questionnaire;
    let page = questionnaire.page(page).ok_or(Error::NotFound)?;
    let home = area_of(&mut tx, None).await?;
    let entry = questionnaire.read_page(page, raw, &opened.answers, &|typed| {
        find_communes(&home, typed)
    });
    if opened.response.version != version {
        return Err(Error::Stale);
    }
    let is_sound = entry.is_sound();
    if !is_sound && !stopping {
        return Ok(Saved::Wrong(Box::new((opened, entry))));
    }
    opened.answers = questionnaire.relevant(&entry.answers);
    opened.response.answers = json(&opened.answers)?;
    opened.response.questionnaire_version = questionnaire.content_version().to_string();
    opened.response.updated_at = app.now().as_millisecond();
    let place = next_page(questionnaire, page.slug.as_str(), &opened.answers);
    opened.response.page = if is_sound { place } else { place - 1 };
    store::response::update(&mut tx, &opened.response).await?;
    opened.response.version += 1;
    tx.commit().await?;
    Ok(Saved::Kept(Box::new(opened)))
}

/// The place, among the pages asked of this person, of the one after `page`.
fn next_page(questionnaire: &Questionnaire, page: &str, answers: &Answers) -> i64 {
    let asked = questionnaire.progress(answers);
    let place = asked.iter().position(|progress| progress.page.slug == page);
    i64::try_from(place.map_or(0, |place| place + 1)).unwrap_or_default()
}

pub(crate) fn json<S: serde::Serialize>(value: &S) -> Result<String> {
    Ok(serde_json::to_string(value).map_err(store::Error::from)?)
}

/// The communes that an entry may mean: one is the answer, several are put to the person.
pub(crate) fn find_communes(home: &Area, typed: &str) -> Vec<CommuneAnswer> {
    let answer = |commune: &Commune| CommuneAnswer {
        code: commune.code.to_owned(),
        name: commune.name.to_owned(),
    };
    let meant = communes_meant(typed, home);
    if !meant.is_empty() || typed.chars().count() > 80 {
        return meant.into_iter().map(answer).collect();
    }
    let all = |area| {
        gazetteer().search(&Query {
            area,
            limit: MOST_COMMUNES,
            ..Query::new(typed)
        })
    };
    let mut hits = all(Some(home));
    if hits.is_empty() {
        hits = all(None);
    }
    hits.iter().map(|hit| answer(hit.commune)).collect()
}

/// Keeps the questionnaire's text as it was when it was answered.
async fn freeze(app: &App, tx: &mut Connection, questionnaire: &Questionnaire) -> Result<()> {
    let file = format!("questionnaires/{}.toml", questionnaire.slug());
    let now = app.now().as_millisecond();
    let row = ContentVersionRow {
        id: app.new_id::<ContentVersionRow>().to_string(),
        kind: "questionnaire".to_owned(),
        slug: questionnaire.slug().to_owned(),
        version: questionnaire.content_version().to_string(),
        body: content::embedded_text(&file).unwrap_or_default().to_owned(),
        created_at: now,
        created_by: None,
        published_at: Some(now),
    };
    store::content_version::keep(tx, &row).await?;
    Ok(())
}
