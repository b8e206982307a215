//! Quizzes at the end of a session: making them, answering them on the screen and on paper, and what the group missed.

mod edit;
mod import;
mod keep;
mod letters;
mod paper;
mod results;
mod sheet;
mod take;

use domain::assessment::gift::{self, Question};
use domain::assessment::marking::Answer;
use domain::input::ShortText;
use domain::quiz::{Belongs, Given, nearest, reach};
use jiff::tz::TimeZone;
use serde::Deserialize;
use store::Connection;
use store::quiz::{QuizLine, QuizRevisionRow, QuizRow};
use store::session::{SessionFilter, SessionOverview, SessionRow};

use crate::access::{Action, Actor, Resource, authorise};
use crate::enrolment::{authorise_for_session, parse};
use crate::input::{Fields, version_of};
use crate::session::season_of;
use crate::{App, Error, Refused, Result, content};

pub use edit::{Saved, draft, move_question, remove_question, save_question};
pub use import::{
    Fault, Import, LARGEST_FILE, Outcome, Why, create, file_text, read, ready, ready_text, replace,
};
use keep::{New, make, put_questions, save};
pub use letters::tell;
pub use paper::{Entered, Entry, EntryForm, enter, entry, in_words, paper};
pub use results::{
    ModuleLine, Person, QuestionResult, QuizResults, SessionResults, Wrong, by_module, of_quiz,
    of_session,
};
pub use sheet::{Sheet, Told, told};
pub use take::{HandIn, OwnQuiz, Sent, Taking, Who, hand_in, own, questions_at, readings, take};

/// Longest title, in characters.
const LONGEST_TITLE: usize = 120;
/// Days back in which sessions are offered to be given a quiz of their own.
const SESSIONS_DAYS: i64 = 30;

/// A quiz with its newest questions.
#[derive(Clone, Debug)]
pub struct Quiz {
    /// The quiz.
    pub row: QuizRow,
    /// The state of its questions.
    pub revision: QuizRevisionRow,
    /// The questions.
    pub questions: Vec<Question>,
    /// Whether the actor may change it.
    pub mine: bool,
    /// The session that it is for, if one alone, with the zone in which its hours are told.
    pub session: Option<(SessionOverview, TimeZone)>,
    /// Name of the trainer whose it is.
    pub trainer: Option<String>,
    /// How many sheets of answers there are, of any of its states.
    pub sheets: usize,
}

/// A quiz in a list.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The quiz.
    pub line: QuizLine,
    /// Whether the actor may change it.
    pub mine: bool,
}

/// What is said of a quiz besides its questions, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Its title.
    pub title: String,
    /// The one session that it is for; empty: every session of the module.
    pub session: String,
    /// `oui`: may be answered more than once.
    pub again: String,
    /// The version that was read.
    pub version: String,
}

/// Every quiz that the actor may use: trainers see their own and those in use.
///
/// # Errors
/// What [`authorise`] says.
pub async fn list(app: &App, actor: &Actor) -> Result<Vec<Listed>> {
    authorise(app, actor, Action::UseQuizzes, &Resource::everything())?;
    let mut db = app.read().await?;
    let mut listed = Vec::new();
    for line in store::quiz::list(&mut db).await? {
        let mine = may_change(app, actor, line.trainer_id.as_deref())?;
        if mine || line.stage == "open" {
            listed.push(Listed { line, mine });
        }
    }
    Ok(listed)
}

/// A quiz with its newest questions.
///
/// # Errors
/// [`Error::NotFound`], also for what others have not put to use; what [`authorise`] says.
pub async fn open(app: &App, actor: &Actor, id: &str) -> Result<Quiz> {
    let mut db = app.read().await?;
    let row = usable(app, &mut db, actor, id).await?;
    let revision = revision_of(&mut db, &row, row.revision).await?;
    let session = match &row.session_id {
        Some(session) => Some(dated(&mut db, session).await?),
        None => None,
    };
    let trainer = match &row.trainer_id {
        Some(trainer) => store::trainer::get(&mut db, trainer)
            .await?
            .map(|trainer| trainer.name),
        None => None,
    };
    Ok(Quiz {
        mine: may_change(app, actor, row.trainer_id.as_deref())?,
        questions: questions_of(&revision)?,
        sheets: store::quiz::answered(&mut db, Some(&row.id), None)
            .await?
            .len(),
        session,
        trainer,
        revision,
        row,
    })
}

/// Sessions of a module that can be given a quiz of their own: the actor's, recent or to come.
///
/// # Errors
/// What [`authorise`] says.
pub async fn sessions_of(
    app: &App,
    actor: &Actor,
    module: &str,
) -> Result<Vec<(SessionOverview, TimeZone)>> {
    authorise(app, actor, Action::UseQuizzes, &Resource::everything())?;
    let from = app
        .now()
        .saturating_sub(jiff::SignedDuration::from_hours(24 * SESSIONS_DAYS))
        .unwrap_or(app.now());
    let mut db = app.read().await?;
    let filter = SessionFilter {
        from: Some(from.as_millisecond()),
        ..SessionFilter::default()
    };
    let mut found = Vec::new();
    for session in store::session::list(&mut db, &filter).await? {
        if session.module == module
            && session.stage != "cancelled"
            && sees_roster(
                app,
                actor,
                &session.programme_id,
                session.trainer_id.as_deref(),
            )?
        {
            let (_, zone) = season_of(&mut db, &session.season_id).await?;
            found.push((session, zone));
        }
    }
    Ok(found)
}

/// Changes what is said of a quiz besides its questions.
///
/// # Errors
/// [`Error::Invalid`] (fields `title`, `session`, `version`), [`Error::Stale`], [`Error::NotFound`], and what [`authorise`] says.
pub async fn set(app: &App, actor: &Actor, id: &str, settings: &Settings) -> Result<QuizRow> {
    let mut tx = app.write().await?;
    let before = changeable(app, &mut tx, actor, id).await?;
    let mut fields = Fields::default();
    let title = fields.take("title", ShortText::<LONGEST_TITLE>::parse(&settings.title));
    let version = fields.version(&settings.version, true);
    let session = match session_for(app, &mut tx, actor, &before.module, &settings.session).await {
        Ok(session) => session,
        Err(Error::Invalid(wrong)) => {
            for one in wrong {
                fields.wrong(&one.field, one.error);
            }
            None
        }
        Err(error) => return Err(error),
    };
    let title = fields.finish(title)?;
    let row = QuizRow {
        title: title.into(),
        session_id: session,
        again: i64::from(settings.again == "oui"),
        version,
        ..before.clone()
    };
    let after = save(app, &mut tx, actor, "quiz.changed", &before, row).await?;
    tx.commit().await?;
    Ok(after)
}

/// Puts a quiz to use (`open`), takes it back (`draft`) or puts it away (`archived`).
///
/// # Errors
/// [`Error::Refused`] when it asks nothing, [`Error::Stale`], [`Error::NotFound`], and what [`authorise`] says.
pub async fn set_stage(
    app: &App,
    actor: &Actor,
    id: &str,
    stage: &str,
    version: &str,
) -> Result<()> {
    let mut tx = app.write().await?;
    let before = changeable(app, &mut tx, actor, id).await?;
    let (stage, verb) = match stage {
        "open" => ("open", "quiz.opened"),
        "draft" => ("draft", "quiz.taken-back"),
        "archived" => ("archived", "quiz.archived"),
        _ => return Err(Error::NotFound),
    };
    if stage == "open" {
        let revision = revision_of(&mut tx, &before, before.revision).await?;
        if !asks(&questions_of(&revision)?) {
            return Err(Refused::new("quiz-refused-empty").into());
        }
    }
    let row = QuizRow {
        stage: stage.to_owned(),
        version: version_of(version)?,
        ..before.clone()
    };
    save(app, &mut tx, actor, verb, &before, row).await?;
    tx.commit().await?;
    Ok(())
}

/// Copies a quiz to the same or another module, as the actor's own; answers the copy's id.
///
/// # Errors
/// [`Error::Invalid`] (field `module`), [`Error::NotFound`], and what [`authorise`] says.
pub async fn copy(app: &App, actor: &Actor, id: &str, module: &str) -> Result<String> {
    let mut tx = app.write().await?;
    let from = usable(app, &mut tx, actor, id).await?;
    let revision = revision_of(&mut tx, &from, from.revision).await?;
    let module = known_module(module)?;
    let questions = questions_of(&revision)?;
    let new = New {
        module,
        title: from.title,
        session: None,
        again: from.again,
    };
    let made = make(app, &mut tx, actor, new, &questions).await?;
    tx.commit().await?;
    Ok(made.id)
}

/// The questions as a GIFT file, with a name for it.
///
/// # Errors
/// As [`open`].
pub async fn export(app: &App, actor: &Actor, id: &str) -> Result<(String, String)> {
    let quiz = open(app, actor, id).await?;
    let name = domain::text::fold(&quiz.row.title).replace(' ', "-");
    Ok((format!("{name}.gift"), gift::write(&quiz.questions)))
}

/// Whether at least one question asks something.
fn asks(questions: &[Question]) -> bool {
    questions
        .iter()
        .any(|question| question.kind != gift::Kind::Description)
}

fn known_module(slug: &str) -> Result<String> {
    content::catalogue()
        .module(slug.trim())
        .map(|module| module.slug.clone())
        .ok_or_else(|| Error::field("module", domain::input::InputError::UnknownChoice))
}

/// The session that a quiz is to be for: of its module, and one whose list the actor sees.
async fn session_for(
    app: &App,
    db: &mut Connection,
    actor: &Actor,
    module: &str,
    session: &str,
) -> Result<Option<String>> {
    let wrong = || Error::field("session", domain::input::InputError::UnknownChoice);
    let session = session.trim();
    if session.is_empty() {
        return Ok(None);
    }
    let row = match session_row(app, db, actor, Action::SeeRoster, session).await {
        Err(Error::NotFound) => return Err(wrong()),
        other => other?,
    };
    if row.module == module {
        Ok(Some(row.id))
    } else {
        Err(wrong())
    }
}

fn resource(trainer: Option<&str>) -> Result<Resource> {
    Ok(Resource {
        trainer: trainer.map(parse).transpose()?,
        ..Resource::default()
    })
}

fn may_change(app: &App, actor: &Actor, trainer: Option<&str>) -> Result<bool> {
    app.policies()
        .allow(actor, Action::ManageQuizzes, &resource(trainer)?)
}

/// Whether the list of a session is the actor's to see.
fn sees_roster(app: &App, actor: &Actor, programme: &str, trainer: Option<&str>) -> Result<bool> {
    let resource = Resource {
        programme: Some(parse(programme)?),
        ..resource(trainer)?
    };
    app.policies().allow(actor, Action::SeeRoster, &resource)
}

/// A quiz that the actor may look at.
async fn usable(app: &App, db: &mut Connection, actor: &Actor, id: &str) -> Result<QuizRow> {
    authorise(app, actor, Action::UseQuizzes, &Resource::everything())?;
    let row = store::quiz::get(db, id).await?.ok_or(Error::NotFound)?;
    if row.stage == "open" || may_change(app, actor, row.trainer_id.as_deref())? {
        Ok(row)
    } else {
        Err(Error::NotFound)
    }
}

/// A quiz that the actor may change.
async fn changeable(app: &App, db: &mut Connection, actor: &Actor, id: &str) -> Result<QuizRow> {
    let row = usable(app, db, actor, id).await?;
    let owned = resource(row.trainer_id.as_deref())?;
    authorise(app, actor, Action::ManageQuizzes, &owned)?;
    Ok(row)
}

/// A session that the actor may do `action` on. To a trainer the sessions of others do not exist.
async fn session_row(
    app: &App,
    db: &mut Connection,
    actor: &Actor,
    action: Action,
    id: &str,
) -> Result<SessionRow> {
    let row = store::session::get(db, id).await?.ok_or(Error::NotFound)?;
    match authorise_for_session(app, db, actor, action, &row).await {
        Err(Error::Forbidden) => Err(Error::NotFound),
        other => other.map(|()| row),
    }
}

/// A session with the zone in which its hours are told.
async fn dated(db: &mut Connection, session: &str) -> Result<(SessionOverview, TimeZone)> {
    let overview = store::session::overview(db, session)
        .await?
        .ok_or(Error::NotFound)?;
    let (_, zone) = season_of(db, &overview.season_id).await?;
    Ok((overview, zone))
}

async fn revision_of(db: &mut Connection, quiz: &QuizRow, number: i64) -> Result<QuizRevisionRow> {
    store::quiz::revision(db, &quiz.id, number)
        .await?
        .ok_or(Error::NotFound)
}

fn questions_of(revision: &QuizRevisionRow) -> Result<Vec<Question>> {
    Ok(serde_json::from_str(&revision.questions).map_err(store::Error::from)?)
}

fn answers_of(text: &str) -> Result<Vec<Option<Answer>>> {
    Ok(serde_json::from_str(text).map_err(store::Error::from)?)
}

/// The quizzes that a session offers: the nearest ones in use.
pub(crate) async fn offered(
    db: &mut Connection,
    session: &str,
    module: &str,
    trainer: Option<&str>,
) -> Result<Vec<QuizRow>> {
    let given = Given {
        session,
        module,
        trainer,
    };
    let near = store::quiz::open_of_module(db, module)
        .await?
        .into_iter()
        .filter_map(|row| {
            let quiz = Belongs {
                module: &row.module,
                session: row.session_id.as_deref(),
                trainer: row.trainer_id.as_deref(),
            };
            Some((reach(quiz, given)?, row))
        })
        .collect();
    Ok(nearest(near))
}
