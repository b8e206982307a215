//! The page that a person takes home: what they did, what they use, what they decided, whom to ask.

use std::collections::BTreeMap;

use documents::mail::Mail;
use domain::debrief::{Kept, Use, Wanted};
use domain::language::Language;
use domain::questionnaire::Answer;
use jiff::Timestamp;
use jiff::civil::Date;
use store::people::PersonRow;
use store::programme::ProgrammeRow;

use super::{DebriefRow, Opened, finished, gather, load, logged, module_title};
use crate::access::{Actor, link};
use crate::mail::{Matter, post};
use crate::people::own_id;
use crate::questionnaire::{Around, contact_of, recipient};
use crate::session::season_of;
use crate::{App, Error, Result, history};

/// A module and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsedModule {
    /// Slug of the module.
    pub module: String,
    /// On which days it was attended.
    pub days: Vec<Date>,
    /// What is used of it; nothing where it was not said.
    pub how: Option<Use>,
}

/// What a person takes home.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    /// Whose it is.
    pub person: String,
    /// The language they read.
    pub language: Language,
    /// Name of the programme.
    pub programme: String,
    /// Name of the season.
    pub season: String,
    /// Sessions attended.
    pub sessions: usize,
    /// Minutes attended.
    pub minutes: u32,
    /// What they did, in order of time.
    pub modules: Vec<UsedModule>,
    /// What they decided to do next, in their words.
    pub next: String,
    /// What was missing: a module's slug or own words.
    pub missing: Vec<Wanted>,
    /// Whom to ask.
    pub contact: String,
    /// The day of the talk.
    pub made: Date,
}

/// What one person takes home, for whoever held the talk.
///
/// # Errors
/// As [`super::open`]; [`Error::Refused`] while the talk is not finished.
pub async fn home(app: &App, actor: &Actor, season: &str, person: &str) -> Result<Home> {
    let mut db = app.read().await?;
    let opened = load(app, &mut db, actor, season, person).await?;
    let programme = programme_of(&mut db, &opened).await?;
    written(&opened, &programme)
}

/// What the participant who is signed in takes home of their newest talk, if they had one.
///
/// # Errors
/// [`Error::SignInNeeded`] for anybody but a participant.
pub async fn own_home(app: &App, actor: &Actor) -> Result<Option<Home>> {
    let id = own_id(app, actor)?.to_string();
    let mut db = app.read().await?;
    let Some(row) = store::debrief::finished_of(&mut db, &id)
        .await?
        .into_iter()
        .next()
    else {
        return Ok(None);
    };
    let (season, zone) = season_of(&mut db, &row.season_id).await?;
    let person = store::people::person(&mut db, &id)
        .await?
        .ok_or(Error::NotFound)?;
    let opened = gather(app, &mut db, season, zone, person).await?;
    if opened
        .row
        .as_ref()
        .is_none_or(|row| row.stage != "finished")
    {
        return Ok(None);
    }
    let programme = programme_of(&mut db, &opened).await?;
    written(&opened, &programme).map(Some)
}

async fn programme_of(db: &mut store::Connection, opened: &Opened) -> Result<ProgrammeRow> {
    store::programme::get(db, &opened.season.programme_id)
        .await?
        .ok_or(Error::NotFound)
}

fn day(opened: &Opened, at: i64) -> Date {
    Timestamp::from_millisecond(at)
        .map_or_else(|_| Date::default(), |at| opened.zone.to_datetime(at).date())
}

fn written(opened: &Opened, programme: &ProgrammeRow) -> Result<Home> {
    let row = finished(opened)?;
    let kept: &Kept = &opened.talk.kept;
    let mut order: Vec<&str> = Vec::new();
    let mut days: BTreeMap<&str, Vec<Date>> = BTreeMap::new();
    for session in &opened.attended {
        if !order.contains(&session.module.as_str()) {
            order.push(&session.module);
        }
        days.entry(&session.module)
            .or_default()
            .push(day(opened, session.starts_at));
    }
    let modules = order
        .into_iter()
        .map(|module| UsedModule {
            module: module.to_owned(),
            days: days.remove(module).unwrap_or_default(),
            how: kept.uses.get(module).map(|used| used.how),
        })
        .collect();
    let minutes: i64 = opened.attended.iter().map(|row| row.minutes).sum();
    Ok(Home {
        person: opened.person.name.clone(),
        language: language_of(&opened.person),
        programme: programme.name.clone(),
        season: opened.season.name.clone(),
        sessions: opened.attended.len(),
        minutes: u32::try_from(minutes).unwrap_or_default(),
        modules,
        next: match kept.answers.get("suite") {
            Some(Answer::Text(text)) => text.clone(),
            _ => String::new(),
        },
        missing: opened
            .talk
            .lacks
            .iter()
            .map(|lack| lack.wanted.clone())
            .collect(),
        contact: contact_of(programme),
        made: day(opened, row.finished_at.unwrap_or(row.updated_at)),
    })
}

fn language_of(person: &PersonRow) -> Language {
    Language::ALL
        .into_iter()
        .find(|language| language.code() == person.language)
        .unwrap_or(Language::Fr)
}

/// Sends the page to the person by letter; answers whether it went (they have an address, and this state of the talk was not sent before).
///
/// # Errors
/// As [`home`].
pub async fn send_home(app: &App, actor: &Actor, season: &str, person: &str) -> Result<bool> {
    let mut tx = app.write().await?;
    let opened = load(app, &mut tx, actor, season, person).await?;
    let row: DebriefRow = finished(&opened)?.clone();
    let programme = programme_of(&mut tx, &opened).await?;
    let home = written(&opened, &programme)?;
    let Some(to) = recipient(&opened.person) else {
        return Ok(false);
    };
    let letter = Mail::DebriefHome {
        modules: home
            .modules
            .iter()
            .map(|used| module_title(&used.module, to.language))
            .collect(),
        minutes: home.minutes,
        next: home.next,
        link: link::personal(app, &opened.person)?,
    };
    let dedup = format!("debrief {} {}", row.id, row.version);
    let matter = Matter {
        kind: letter.kind(),
        about: ("debrief", &row.id),
        dedup_key: Some(&dedup),
    };
    let context = Around::of(&programme, &opened.zone).context(app, &to);
    let is_new = post(app, &mut tx, &to, matter, letter.render(&context)).await?;
    if is_new {
        history::record(
            app,
            &mut tx,
            actor,
            "debrief.sent",
            ("debrief", &row.id),
            None,
            Some(&logged(&row)),
        )
        .await?;
    }
    tx.commit().await?;
    Ok(is_new)
}
