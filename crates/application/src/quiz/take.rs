//! Participants answer the quiz of a session they took part in: signed in, or through the link of a letter.

use std::collections::BTreeMap;

use domain::assessment::gift::Question;
use domain::assessment::marking::Answer;
use domain::id::{PersonId, SessionId};
use domain::preparation::evaluation_begins;
use domain::quiz::{Reading, Unreadable, read, score};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use store::Connection;
use store::quiz::{QuizAnswerRow, QuizRow};
use store::session::SessionOverview;

use super::{answers_of, dated, offered, questions_of, revision_of};
use crate::access::{Action, Actor, Resource, authorise, link};
use crate::enrolment::{instant, parse};
use crate::people::own_id;
use crate::{App, Error, Refused, Result, content, history};

/// Who answers.
#[derive(Clone, Copy, Debug)]
pub enum Who<'a> {
    /// The participant who is signed in.
    Signed(&'a Actor),
    /// The holder of a letter's link.
    Keyed {
        /// The person that the link names.
        person: &'a str,
        /// Its key.
        key: &'a str,
    },
}

/// A quiz before somebody who may answer it.
#[derive(Clone, Debug)]
pub struct Taking {
    /// The quiz.
    pub quiz: QuizRow,
    /// The state of its questions that is shown.
    pub revision: i64,
    /// These questions.
    pub questions: Vec<Question>,
    /// The session.
    pub session: SessionOverview,
    /// Zone in which its hours are told.
    pub zone: TimeZone,
    /// Who answers.
    pub person: String,
    /// The number of this try, from 1.
    pub turn: i64,
    /// The newest sheet handed in, with the questions that it answers.
    pub last: Option<(QuizAnswerRow, Vec<Question>, Vec<Option<Answer>>)>,
    /// Whether answers can be handed in now.
    pub open: bool,
    /// Other quizzes of the session, by id and title.
    pub others: Vec<(String, String)>,
}

/// A sheet as sent: `q0`, `q1` … by place of the question, `q3-0` for a pair.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// The state of the questions that was shown.
    pub revision: i64,
    /// The number of the try.
    pub turn: i64,
    /// What was sent, by name of field.
    pub values: BTreeMap<String, Vec<String>>,
    /// Whether questions may be left out.
    pub anyway: bool,
}

/// What came of handing in.
#[derive(Clone, Debug, PartialEq)]
pub enum HandIn {
    /// It is kept: the sheet's try.
    Done(i64),
    /// Something is missing or cannot be read: place of the question and what is wrong. Nothing was kept.
    Incomplete(Vec<(usize, Unreadable)>),
}

/// A quiz on the participant's own page.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnQuiz {
    /// The session.
    pub session: String,
    /// The quiz.
    pub quiz: String,
    /// Its title.
    pub title: String,
    /// What the newest sheet is worth, in thousandths; none: not answered yet.
    pub score: Option<i64>,
    /// Whether answers can be handed in now.
    pub open: bool,
}

/// The quizzes of the participant's sessions, latest session first: those that can be answered and those that were.
///
/// # Errors
/// [`Error::SignInNeeded`] for anybody but a participant.
pub async fn own(app: &App, actor: &Actor) -> Result<Vec<OwnQuiz>> {
    let person = own_id(app, actor)?.to_string();
    let mut db = app.read().await?;
    let mut own = Vec::new();
    let mut seen: Vec<String> = Vec::new();
    let enrolled = store::enrolment::of_person(&mut db, &person)
        .await?
        .into_iter()
        .filter(|one| one.session_stage != "cancelled")
        .map(|one| one.session_id);
    // Whoever came without a seat has a mark, and sheets perhaps.
    let marked = store::quiz::came_to(&mut db, &person).await?;
    for session in enrolled.chain(marked.into_iter().map(|(id,)| id)) {
        if seen.contains(&session) {
            continue;
        }
        seen.push(session.clone());
        let Ok(state) = State::load(app, &mut db, &person, &session).await else {
            continue;
        };
        for quiz in &state.quizzes {
            let score = state.last(&quiz.id).map(|sheet| sheet.score);
            let open = state.is_open(quiz);
            if score.is_some() || open {
                own.push(OwnQuiz {
                    session: session.clone(),
                    quiz: quiz.id.clone(),
                    title: quiz.title.clone(),
                    score,
                    open,
                });
            }
        }
    }
    Ok(own)
}

/// The quiz of a session as somebody who took part may answer it: `quiz`, or the first one offered. To anybody else there is none.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Refused`] before the evaluation begins, [`Error::SignInNeeded`].
pub async fn take(app: &App, who: Who<'_>, session: &str, quiz: Option<&str>) -> Result<Taking> {
    let actor = resolve(app, who, session).await?;
    let person = own_id(app, &actor)?.to_string();
    let mut db = app.read().await?;
    let state = State::load(app, &mut db, &person, session).await?;
    let chosen = state.quizzes.iter().find(|one| match quiz {
        Some(id) => one.id == id,
        None => true,
    });
    let chosen = chosen.ok_or(Error::NotFound)?.clone();
    let last = match state.last(&chosen.id).cloned() {
        Some(sheet) => {
            let revision = revision_of(&mut db, &chosen, sheet.revision).await?;
            let answers = answers_of(&sheet.answers)?;
            Some((sheet, questions_of(&revision)?, answers))
        }
        None => None,
    };
    if last.is_none() && app.now() < state.begins {
        return Err(Refused::new("quiz-refused-early").into());
    }
    let revision = revision_of(&mut db, &chosen, chosen.revision).await?;
    Ok(Taking {
        open: state.is_open(&chosen),
        turn: state.next_turn(&chosen.id),
        revision: revision.number,
        questions: questions_of(&revision)?,
        others: state
            .quizzes
            .iter()
            .filter(|one| one.id != chosen.id)
            .map(|one| (one.id.clone(), one.title.clone()))
            .collect(),
        person,
        last,
        session: state.session,
        zone: state.zone,
        quiz: chosen,
    })
}

/// The questions of another state of a quiz that somebody has before them: the one that their page shows.
///
/// # Errors
/// [`Error::NotFound`] for a state that there never was.
pub async fn questions_at(app: &App, taking: &Taking, revision: i64) -> Result<Vec<Question>> {
    let mut db = app.read().await?;
    questions_of(&revision_of(&mut db, &taking.quiz, revision).await?)
}

/// Keeps a sheet of answers. The same sheet sent twice is kept once.
///
/// # Errors
/// As [`take`]; [`Error::Refused`] when it was answered already and may not be again.
pub async fn hand_in(
    app: &App,
    who: Who<'_>,
    session: &str,
    quiz: &str,
    sent: &Sent,
) -> Result<HandIn> {
    let actor = resolve(app, who, session).await?;
    let person = own_id(app, &actor)?.to_string();
    let mut tx = app.write().await?;
    tx.lock(store::Lock::Person, &person).await?;
    let state = State::load(app, &mut tx, &person, session).await?;
    let row = state
        .quizzes
        .iter()
        .find(|one| one.id == quiz)
        .ok_or(Error::NotFound)?
        .clone();
    if app.now() < state.begins {
        return Err(Refused::new("quiz-refused-early").into());
    }
    let revision = revision_of(&mut tx, &row, sent.revision).await?;
    let questions = questions_of(&revision)?;
    let (answers, wrong) = readings(&questions, &sent.values);
    let stops = |wrong: Unreadable| !(sent.anyway && wrong == Unreadable::Missing);
    if wrong.iter().any(|(_, wrong)| stops(*wrong)) {
        return Ok(HandIn::Incomplete(wrong));
    }
    let answers_text = serde_json::to_string(&answers).map_err(store::Error::from)?;
    // The button pressed twice, or a page sent again.
    let twin = |sheet: &&QuizAnswerRow| sheet.turn == sent.turn && sheet.answers == answers_text;
    if state.sheets_of(&row.id).any(|sheet| twin(&sheet)) {
        return Ok(HandIn::Done(sent.turn));
    }
    if !state.is_open(&row) || sent.turn != state.next_turn(&row.id) {
        return Err(Refused::new("quiz-refused-answered").into());
    }
    let sheet = QuizAnswerRow {
        id: app.new_id::<QuizAnswerRow>().to_string(),
        quiz_id: row.id.clone(),
        revision: revision.number,
        session_id: session.to_owned(),
        person_id: person,
        turn: sent.turn,
        origin: "web".to_owned(),
        answers: answers_text,
        score: i64::from(score(&questions, &answers).permille),
        made_at: app.now().as_millisecond(),
        entered_by: None,
        version: 1,
    };
    store::quiz::insert_answer(&mut tx, &sheet)
        .await
        .map_err(|error| match error {
            store::Error::Duplicate(_) => Refused::new("quiz-refused-answered").into(),
            other => Error::from(other),
        })?;
    let subject = ("quiz", row.id.as_str());
    let logged = Logged::of(&sheet);
    history::record(
        app,
        &mut tx,
        &actor,
        "quiz.answered",
        subject,
        None,
        Some(&logged),
    )
    .await?;
    tx.commit().await?;
    Ok(HandIn::Done(sheet.turn))
}

/// What the event log keeps of a sheet.
#[derive(Serialize)]
pub(super) struct Logged<'a> {
    sheet: &'a str,
    session: &'a str,
    person: &'a str,
    turn: i64,
    score: i64,
}

impl<'a> Logged<'a> {
    pub(super) fn of(row: &'a QuizAnswerRow) -> Self {
        Self {
            sheet: &row.id,
            session: &row.session_id,
            person: &row.person_id,
            turn: row.turn,
            score: row.score,
        }
    }
}

/// The answers of a sheet, and what is wrong with some.
#[must_use]
pub fn readings(
    questions: &[Question],
    values: &BTreeMap<String, Vec<String>>,
) -> (Vec<Option<Answer>>, Vec<(usize, Unreadable)>) {
    let mut wrong = Vec::new();
    let answers = questions
        .iter()
        .enumerate()
        .map(|(place, question)| {
            let sent = |pair: Option<usize>| {
                let name = match pair {
                    Some(pair) => format!("q{place}-{pair}"),
                    None => format!("q{place}"),
                };
                values
                    .get(&name)
                    .map(|all| all.iter().map(String::as_str).collect())
                    .unwrap_or_default()
            };
            let Reading {
                answer,
                wrong: unreadable,
            } = read(question, sent)?;
            if let Some(unreadable) = unreadable {
                wrong.push((place, unreadable));
            }
            answer
        })
        .collect();
    (answers, wrong)
}

/// Whoever answers, as an actor: the holder of a key is the person that it names.
async fn resolve(app: &App, who: Who<'_>, session: &str) -> Result<Actor> {
    match who {
        Who::Signed(actor) => Ok(actor.clone()),
        Who::Keyed { person, key } => {
            let id: PersonId = parse(person)?;
            let of: SessionId = parse(session)?;
            if !link::quiz_holds(app, of, id, key) {
                return Err(Error::NotFound);
            }
            let mut db = app.read().await?;
            let row = store::people::person(&mut db, person)
                .await?
                .filter(|row| row.erased_at.is_none() && row.merged_into.is_none())
                .ok_or(Error::NotFound)?;
            let actor = Actor::Participant {
                person: id,
                name: row.name,
            };
            authorise(app, &actor, Action::ManageOwn, &Resource::of_person(id))?;
            Ok(actor)
        }
    }
}

/// A session's quizzes before one person.
struct State {
    session: SessionOverview,
    zone: TimeZone,
    /// When its evaluation begins.
    begins: Timestamp,
    now: Timestamp,
    /// Offered, then answered before.
    quizzes: Vec<QuizRow>,
    offered: Vec<String>,
    sheets: Vec<QuizAnswerRow>,
}

impl State {
    /// [`Error::NotFound`] for whoever takes no part.
    async fn load(app: &App, db: &mut Connection, person: &str, session: &str) -> Result<Self> {
        if !store::quiz::takes_part(db, session, person).await? {
            return Err(Error::NotFound);
        }
        let (session, zone) = dated(db, session).await?;
        let mut quizzes = offered(
            db,
            &session.id,
            &session.module,
            session.trainer_id.as_deref(),
        )
        .await?;
        let offered = quizzes.iter().map(|quiz| quiz.id.clone()).collect();
        let sheets = store::quiz::answers_of(db, &session.id, person).await?;
        for sheet in &sheets {
            if quizzes.iter().all(|quiz| quiz.id != sheet.quiz_id)
                && let Some(quiz) = store::quiz::get(db, &sheet.quiz_id).await?
            {
                quizzes.push(quiz);
            }
        }
        let (starts, ends) = (instant(session.starts_at)?, instant(session.ends_at)?);
        let begins = content::catalogue()
            .module(&session.module)
            .map_or(ends, |module| {
                evaluation_begins(&module.parts, starts, ends)
            });
        Ok(Self {
            session,
            zone,
            begins,
            now: app.now(),
            quizzes,
            offered,
            sheets,
        })
    }

    fn sheets_of<'a>(&'a self, quiz: &'a str) -> impl Iterator<Item = &'a QuizAnswerRow> + 'a {
        self.sheets
            .iter()
            .filter(move |sheet| sheet.quiz_id == quiz)
    }

    fn last(&self, quiz: &str) -> Option<&QuizAnswerRow> {
        self.sheets.iter().rfind(|sheet| sheet.quiz_id == quiz)
    }

    fn next_turn(&self, quiz: &str) -> i64 {
        self.last(quiz).map_or(1, |sheet| sheet.turn + 1)
    }

    fn is_open(&self, quiz: &QuizRow) -> bool {
        self.offered.contains(&quiz.id)
            && self.now >= self.begins
            && (quiz.again == 1 || self.last(&quiz.id).is_none())
    }
}
