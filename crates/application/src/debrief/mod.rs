//! The talk at the end of a path: who is due, what is said, what the person takes home, and what was missing.

mod home;
mod list;
pub mod missing;
mod proposal;
mod reach;
mod subject;
mod tell;

pub use home::{Home, UsedModule, home, own_home, send_home};
pub use list::{DuePage, DuePerson, list};
pub use proposal::{Decision, ProposalPage, decide, proposal, proposals, propose, report, slug_of};
pub use store::debrief::{DebriefRow, DueLine, LackRow, StepRow};
pub use store::missing::{AskerRow, ProposalRow, SubjectRow};
pub use tell::{Letter, askers_told, preview, tell};

use std::collections::BTreeSet;

use domain::debrief::{Course, Due, Entry, Kept, Lack, Talk, Wanted, due, read};
use domain::language::Language;
use domain::questionnaire::Questionnaire;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;
use store::Connection;
use store::attendance::AttendedRow;
use store::people::PersonRow;
use store::programme::SeasonRow;
use store::wish::WishRow;

use crate::access::{Action, Actor, Resource, authorise};
use crate::questionnaire::{answers_of, json, offered_by};
use crate::session::season_of;
use crate::{App, Error, Refused, Result, content, history};

/// A question of the first questionnaire and what was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// The question.
    pub question: domain::language::Translated,
    /// The answer in words, in French and English.
    pub answer: [String; 2],
}

/// A talk with everything at hand.
pub struct Opened {
    /// The season.
    pub season: SeasonRow,
    /// Where its hours are told.
    pub zone: TimeZone,
    /// With whom.
    pub person: PersonRow,
    /// How far they are.
    pub line: DueLine,
    /// Why they are due; nothing while they are on their way.
    pub due: Option<Due>,
    /// The questions.
    pub form: &'static Questionnaire,
    /// As stored; nothing before the first word is kept.
    pub row: Option<DebriefRow>,
    /// What was said so far.
    pub talk: Talk,
    /// Slugs of the modules attended this season.
    pub taken: BTreeSet<String>,
    /// Slugs of the modules attended ever.
    pub known: BTreeSet<String>,
    /// Their path.
    pub steps: Vec<StepRow>,
    /// Sessions attended this season, in order of time.
    pub attended: Vec<AttendedRow>,
    /// What they said at the beginning.
    pub answered: Vec<Answered>,
    /// Their open wishes.
    pub wishes: Vec<WishRow>,
}

impl Opened {
    /// The version that a form must send; 0 before the first word is kept.
    #[must_use]
    pub fn version(&self) -> i64 {
        self.row.as_ref().map_or(0, |row| row.version)
    }
}

/// What came of a form that was sent.
pub enum Saved {
    /// It is kept.
    Kept(Box<Opened>),
    /// Something on it cannot be taken; nothing was written.
    Wrong(Box<(Opened, Entry)>),
}

/// What the event log keeps of a talk: that it was held, not what was said.
#[derive(Serialize)]
struct Logged<'a> {
    person: &'a str,
    stage: &'a str,
    version: i64,
}

fn logged(row: &DebriefRow) -> Logged<'_> {
    Logged {
        person: &row.person_id,
        stage: &row.stage,
        version: row.version,
    }
}

/// The season of that slug; empty: the present one.
async fn season_named(
    app: &App,
    db: &mut Connection,
    slug: &str,
) -> Result<Option<(SeasonRow, TimeZone)>> {
    let season = if slug.is_empty() {
        let today = app.now().to_zoned(TimeZone::UTC).date().to_string();
        store::programme::current_season(db, &today).await?
    } else {
        store::programme::season_by_slug(db, slug).await?
    };
    match season {
        Some(season) => Ok(Some(season_of(db, &season.id).await?)),
        None => Ok(None),
    }
}

/// The seasons of the same programme, newest first: slug and name.
async fn seasons_of(db: &mut Connection, season: &SeasonRow) -> Result<Vec<(String, String)>> {
    let mut seasons = store::programme::list_seasons(db, Some(&season.programme_id)).await?;
    seasons.sort_by(|a, b| (&b.starts_on, &b.slug).cmp(&(&a.starts_on, &a.slug)));
    Ok(seasons
        .into_iter()
        .map(|season| (season.slug, season.name))
        .collect())
}

fn is_over(app: &App, season: &SeasonRow, zone: &TimeZone) -> bool {
    let today = zone.to_datetime(app.now()).date();
    season
        .ends_on
        .parse::<Date>()
        .is_ok_and(|last| last < today)
}

fn course<'a>(
    line: &DueLine,
    steps: impl Iterator<Item = &'a str>,
    attended: impl Iterator<Item = &'a str>,
    is_season_over: bool,
) -> Option<Due> {
    due(&Course {
        steps: steps.collect(),
        attended: attended.collect(),
        sessions: line.sessions,
        coming: line.coming,
        is_season_over,
    })
}

/// The title of a module in a language.
#[must_use]
pub fn module_title(slug: &str, language: Language) -> String {
    content::catalogue().module(slug).map_or_else(
        || slug.to_owned(),
        |module| module.title.get(language).to_owned(),
    )
}

/// The talk with one person in a season (by slug), with everything at hand.
///
/// # Errors
/// [`Error::NotFound`], also for whoever may not hold it; [`Error::SignInNeeded`].
pub async fn open(app: &App, actor: &Actor, season: &str, person: &str) -> Result<Opened> {
    let mut db = app.read().await?;
    load(app, &mut db, actor, season, person).await
}

async fn load(
    app: &App,
    db: &mut Connection,
    actor: &Actor,
    season: &str,
    person: &str,
) -> Result<Opened> {
    if actor.staff().is_none() && !matches!(actor, Actor::System) {
        authorise(app, actor, Action::HoldDebriefs, &Resource::everything())?;
    }
    let (season, zone) = season_named(app, db, season)
        .await?
        .ok_or(Error::NotFound)?;
    let person = store::people::person(db, person)
        .await?
        .filter(|person| person.merged_into.is_none() && person.erased_at.is_none())
        .ok_or(Error::NotFound)?;
    let allowed = reach::resource(db, actor, &season, &person).await?;
    match authorise(app, actor, Action::HoldDebriefs, &allowed) {
        // Whether somebody takes part is nobody else's business.
        Err(Error::Forbidden) => return Err(Error::NotFound),
        other => other?,
    }
    gather(app, db, season, zone, person).await
}

async fn gather(
    app: &App,
    db: &mut Connection,
    season: SeasonRow,
    zone: TimeZone,
    person: PersonRow,
) -> Result<Opened> {
    let now = app.now().as_millisecond();
    let line = store::debrief::lines(db, &season.id, Some(&person.id), now)
        .await?
        .pop()
        .ok_or(Error::NotFound)?;
    let all = store::debrief::taken(db, Some(&person.id)).await?;
    let taken: BTreeSet<String> = all
        .iter()
        .filter(|row| row.season_id == season.id)
        .map(|row| row.module.clone())
        .collect();
    let known: BTreeSet<String> = all.into_iter().map(|row| row.module).collect();
    let steps = store::debrief::steps(db, &season.id, Some(&person.id)).await?;
    let due = course(
        &line,
        steps.iter().map(|step| step.module.as_str()),
        known.iter().map(String::as_str),
        is_over(app, &season, &zone),
    );
    let mut attended =
        store::attendance::attended(db, &season.id, Some(person.id.as_str())).await?;
    attended.sort_by_key(|row| row.starts_at);
    let row = store::debrief::current(db, &season.id, &person.id).await?;
    let talk = match &row {
        Some(row) => talk_of(db, row).await?,
        None => Talk::default(),
    };
    let mut wishes = store::wish::of_person(db, &person.id, &season.id).await?;
    wishes.retain(|wish| wish.stage == "open");
    Ok(Opened {
        form: content::embedded()
            .debrief(&season.questionnaire)
            .ok_or_else(|| Error::Internal("no questions for the talk".to_owned()))?,
        answered: answered(db, &season, &person).await?,
        line,
        due,
        row,
        talk,
        taken,
        known,
        steps,
        attended,
        wishes,
        season,
        zone,
        person,
    })
}

async fn answered(
    db: &mut Connection,
    season: &SeasonRow,
    person: &PersonRow,
) -> Result<Vec<Answered>> {
    let Some(response) = store::response::completed_by(db, &person.id, &season.id).await? else {
        return Ok(Vec::new());
    };
    let offered = offered_by(db, season.clone()).await?;
    let answers = offered.questionnaire.relevant(&answers_of(&response)?);
    let told = offered.questionnaire.questions().filter_map(|question| {
        let answer = answers.get(&question.slug)?;
        if matches!(answer, domain::questionnaire::Answer::Week(_)) {
            return None;
        }
        Some(Answered {
            question: question.label.clone(),
            answer: [Language::Fr, Language::En]
                .map(|language| offered.questionnaire.in_words(question, answer, language)),
        })
    });
    Ok(told.collect())
}

async fn talk_of(db: &mut Connection, row: &DebriefRow) -> Result<Talk> {
    let kept: Kept = serde_json::from_str(&row.answers).map_err(store::Error::from)?;
    let lacks = store::debrief::lacks(db, &row.id).await?;
    Ok(Talk {
        kept,
        lacks: lacks.iter().map(lack_of).collect(),
    })
}

fn lack_of(row: &LackRow) -> Lack {
    Lack {
        wanted: match &row.module {
            Some(module) => Wanted::Module(module.clone()),
            None => Wanted::Words(row.detail.clone()),
        },
        weight: u8::try_from(row.weight).unwrap_or(2),
    }
}

/// Keeps what was said so far, or finishes the talk: `raw` are the form's names and values, `version` the one it was shown with. Sending
/// the very same again is harmless; a finished talk stays finished.
///
/// # Errors
/// As [`open`]; [`Error::Stale`] when somebody else wrote it meanwhile. What cannot be taken is told by [`Saved::Wrong`].
pub async fn save(
    app: &App,
    actor: &Actor,
    (season, person): (&str, &str),
    raw: &[(String, String)],
    version: i64,
    finishing: bool,
) -> Result<Saved> {
    let mut tx = app.write().await?;
    tx.lock_name(&format!("debrief {person}")).await?;
    let opened = load(app, &mut tx, actor, season, person).await?;
    let is_finished = opened
        .row
        .as_ref()
        .is_some_and(|row| row.stage == "finished");
    let entry = read(
        opened.form,
        &opened.taken,
        &|slug| content::catalogue().module(slug).is_some(),
        raw,
        finishing || is_finished,
    );
    let stage = if finishing || is_finished {
        "finished"
    } else {
        "draft"
    };
    if opened.version() != version {
        let is_same = entry.errors.is_empty()
            && entry.talk == opened.talk
            && opened.row.as_ref().is_some_and(|row| row.stage == stage);
        return if is_same {
            Ok(Saved::Kept(Box::new(opened)))
        } else {
            Err(Error::Stale)
        };
    }
    if !entry.errors.is_empty() {
        return Ok(Saved::Wrong(Box::new((opened, entry))));
    }
    let row = written(app, actor, &opened, &entry.talk, stage)?;
    store_talk(app, &mut tx, actor, &opened, &row, &entry.talk).await?;
    let opened = gather(app, &mut tx, opened.season, opened.zone, opened.person).await?;
    tx.commit().await?;
    Ok(Saved::Kept(Box::new(opened)))
}

fn written(
    app: &App,
    actor: &Actor,
    opened: &Opened,
    talk: &Talk,
    stage: &str,
) -> Result<DebriefRow> {
    let now = app.now().as_millisecond();
    let before = opened.row.as_ref();
    let held_before = before.and_then(|row| row.finished_at);
    Ok(DebriefRow {
        id: before.map_or_else(
            || app.new_id::<DebriefRow>().to_string(),
            |row| row.id.clone(),
        ),
        season_id: opened.season.id.clone(),
        person_id: opened.person.id.clone(),
        content_version: opened.form.content_version().to_string(),
        answers: json(&talk.kept)?,
        held_by: actor.staff().map(|staff| staff.account.to_string()),
        held_by_name: actor.name().to_owned(),
        stage: stage.to_owned(),
        started_at: before.map_or(now, |row| row.started_at),
        updated_at: now,
        finished_at: held_before.or((stage == "finished").then_some(now)),
        version: before.map_or(1, |row| row.version),
    })
}

async fn store_talk(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    opened: &Opened,
    row: &DebriefRow,
    talk: &Talk,
) -> Result<()> {
    match &opened.row {
        Some(_) => store::debrief::update(tx, row).await?,
        None => store::debrief::insert(tx, row).await?,
    }
    // What is said again keeps its line, so that the subject it was put into stays.
    let mut known = store::debrief::lacks(tx, &row.id).await?;
    for (position, lack) in (0..).zip(&talk.lacks) {
        let same = known
            .iter()
            .position(|old| lack_of(old).wanted == lack.wanted);
        let id = match same {
            Some(index) => known.swap_remove(index).id,
            None => app.new_id::<LackRow>().to_string(),
        };
        let (module, detail) = match &lack.wanted {
            Wanted::Module(module) => (Some(module.clone()), String::new()),
            Wanted::Words(words) => (None, words.clone()),
        };
        let line = LackRow {
            id,
            debrief_id: row.id.clone(),
            module,
            detail,
            weight: i64::from(lack.weight),
            position,
        };
        store::debrief::put_lack(tx, &line).await?;
    }
    for gone in known {
        store::debrief::drop_lack(tx, &gone.id).await?;
    }
    let was_finished = opened
        .row
        .as_ref()
        .is_some_and(|before| before.stage == "finished");
    let action = if row.stage == "finished" && !was_finished {
        "debrief.finished"
    } else {
        "debrief.saved"
    };
    let after = DebriefRow {
        version: opened.version() + 1,
        ..row.clone()
    };
    history::record(
        app,
        tx,
        actor,
        action,
        ("debrief", &row.id),
        opened.row.as_ref().map(logged).as_ref(),
        Some(&logged(&after)),
    )
    .await
}

/// A talk that is finished, or why there is nothing to take home yet.
fn finished(opened: &Opened) -> Result<&DebriefRow> {
    opened
        .row
        .as_ref()
        .filter(|row| row.stage == "finished")
        .ok_or_else(|| Refused::new("debrief-refused-draft").into())
}
