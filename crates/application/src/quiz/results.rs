//! What came of a quiz: per question what the group missed, per person, per session, per module.

use std::collections::BTreeMap;

use domain::assessment::gift::Question;
use domain::assessment::marking::{Answer, group};
use domain::language::Language;
use domain::quiz::{put, said};
use jiff::tz::TimeZone;
use store::Connection;
use store::quiz::{AnsweredLine, QuizRow};
use store::session::SessionOverview;

use super::paper::in_words;
use super::{
    answers_of, dated, list, offered, questions_of, revision_of, sees_roster, session_row, usable,
};
use crate::access::{Action, Actor};
use crate::{App, Result};

/// Wrong answers told for one question.
const MOST_WRONG: usize = 4;

/// A wrong answer and how many gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// In words.
    pub said: String,
    /// How many people.
    pub people: usize,
}

/// What the group did with one question.
#[derive(Clone, Debug, PartialEq)]
pub struct QuestionResult {
    /// Its number in its state of the quiz.
    pub number: usize,
    /// What is asked.
    pub text: String,
    /// What would have been right, in words.
    pub right: String,
    /// People who were asked.
    pub people: usize,
    /// Of these, people who left it out.
    pub left_out: usize,
    /// People whose answer was not wholly right.
    pub missed: usize,
    /// The mean, from 0 to 1.
    pub mean: f64,
    /// The most frequent wrong answers.
    pub wrong: Vec<Wrong>,
}

/// What one person did.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// Who.
    pub id: String,
    /// Their name.
    pub name: String,
    /// Their sheets, in order of their tries; none: not answered.
    pub sheets: Vec<PersonSheet>,
}

/// One sheet of a person.
#[derive(Clone, Debug, PartialEq)]
pub struct PersonSheet {
    /// The number of the try.
    pub turn: i64,
    /// `web` or `paper`.
    pub origin: String,
    /// Mean over the questions, in thousandths.
    pub score: i64,
    /// When, UTC milliseconds.
    pub made_at: i64,
    /// The questions as they were answered.
    pub questions: Vec<Question>,
    /// The answers.
    pub answers: Vec<Option<Answer>>,
}

/// What came of one quiz, in one session or everywhere.
#[derive(Clone, Debug)]
pub struct QuizResults {
    /// The quiz.
    pub quiz: QuizRow,
    /// Whether it is offered now (for a session).
    pub offered: bool,
    /// People who answered.
    pub answered: usize,
    /// The mean of the sheets that count, in thousandths; none without sheets.
    pub mean: Option<i64>,
    /// Per question, in order of the quiz; the first sheet of each person counts.
    pub questions: Vec<QuestionResult>,
}

/// What came of the quizzes of one session.
#[derive(Clone, Debug)]
pub struct SessionResults {
    /// The session.
    pub session: SessionOverview,
    /// Zone in which its hours are told.
    pub zone: TimeZone,
    /// Its quizzes, with the people of its list.
    pub quizzes: Vec<(QuizResults, Vec<Person>)>,
}

/// What came of a quiz in one session, in the list by module.
#[derive(Clone, Debug, PartialEq)]
pub struct ModuleLine {
    /// Slug of the module.
    pub module: String,
    /// The quiz.
    pub quiz: String,
    /// Its title.
    pub title: String,
    /// The session.
    pub session: String,
    /// Its start, UTC milliseconds.
    pub starts_at: i64,
    /// Where.
    pub site: String,
    /// Who gave it.
    pub trainer: Option<String>,
    /// People who answered.
    pub people: i64,
    /// The mean of their first sheets, in thousandths.
    pub mean: i64,
}

/// What came of the quizzes of a session, for its trainer and the desk.
///
/// # Errors
/// [`crate::Error::NotFound`], also for other trainers' sessions, and what [`crate::access::authorise`] says.
pub async fn of_session(
    app: &App,
    actor: &Actor,
    session: &str,
    language: Language,
) -> Result<SessionResults> {
    let mut db = app.read().await?;
    session_row(app, &mut db, actor, Action::SeeRoster, session).await?;
    let (overview, zone) = dated(&mut db, session).await?;
    let trainer = overview.trainer_id.as_deref();
    let mut quizzes = offered(&mut db, session, &overview.module, trainer).await?;
    let now_offered: Vec<String> = quizzes.iter().map(|quiz| quiz.id.clone()).collect();
    for quiz in store::quiz::answered_in(&mut db, session).await? {
        if !now_offered.contains(&quiz.id) {
            quizzes.push(quiz);
        }
    }
    let on_list = store::attendance::sheet(&mut db, session).await?;
    let mut results = Vec::with_capacity(quizzes.len());
    for quiz in quizzes {
        let lines = store::quiz::answered(&mut db, Some(&quiz.id), Some(session)).await?;
        let states = states(&mut db, &quiz, &lines).await?;
        let offered = now_offered.contains(&quiz.id);
        let mut people: Vec<Person> = Vec::new();
        for line in &on_list {
            people.push(Person {
                id: line.person_id.clone(),
                name: line.name.clone(),
                sheets: Vec::new(),
            });
        }
        for line in &lines {
            let sheet = PersonSheet {
                turn: line.turn,
                origin: line.origin.clone(),
                score: line.score,
                made_at: line.made_at,
                questions: states.get(&line.revision).cloned().unwrap_or_default(),
                answers: answers_of(&line.answers)?,
            };
            match people.iter_mut().find(|one| one.id == line.person_id) {
                Some(person) => person.sheets.push(sheet),
                None => people.push(Person {
                    id: line.person_id.clone(),
                    name: line.name.clone(),
                    sheets: vec![sheet],
                }),
            }
        }
        results.push((summed(quiz, offered, &lines, &states, language)?, people));
    }
    Ok(SessionResults {
        session: overview,
        zone,
        quizzes: results,
    })
}

/// What came of a quiz in all the sessions whose lists the actor sees, and each of these sessions.
///
/// # Errors
/// [`crate::Error::NotFound`], and what [`crate::access::authorise`] says.
pub async fn of_quiz(
    app: &App,
    actor: &Actor,
    id: &str,
    language: Language,
) -> Result<(QuizResults, Vec<ModuleLine>)> {
    let mut db = app.read().await?;
    let quiz = usable(app, &mut db, actor, id).await?;
    let lines = seen(
        app,
        actor,
        store::quiz::answered(&mut db, Some(id), None).await?,
    )?;
    let states = states(&mut db, &quiz, &lines).await?;
    let sessions = by_session(&quiz.module, &quiz.title, &lines);
    Ok((summed(quiz, false, &lines, &states, language)?, sessions))
}

/// What came of the quizzes of each module, session by session, as far as the actor sees their lists.
///
/// # Errors
/// What [`crate::access::authorise`] says.
pub async fn by_module(app: &App, actor: &Actor) -> Result<Vec<ModuleLine>> {
    let quizzes = list(app, actor).await?;
    let mut db = app.read().await?;
    let lines = seen(
        app,
        actor,
        store::quiz::answered(&mut db, None, None).await?,
    )?;
    let mut all = Vec::new();
    for quiz in &quizzes {
        let own: Vec<AnsweredLine> = lines
            .iter()
            .filter(|line| line.quiz_id == quiz.line.id)
            .cloned()
            .collect();
        all.extend(by_session(&quiz.line.module, &quiz.line.title, &own));
    }
    Ok(all)
}

/// The sheets of sessions whose lists the actor sees.
fn seen(app: &App, actor: &Actor, lines: Vec<AnsweredLine>) -> Result<Vec<AnsweredLine>> {
    let mut known: BTreeMap<String, bool> = BTreeMap::new();
    let mut kept = Vec::with_capacity(lines.len());
    for line in lines {
        let may = match known.get(&line.session_id) {
            Some(may) => *may,
            None => {
                let trainer = line.trainer_id.as_deref();
                let may = sees_roster(app, actor, &line.programme_id, trainer)?;
                known.insert(line.session_id.clone(), may);
                may
            }
        };
        if may {
            kept.push(line);
        }
    }
    Ok(kept)
}

/// The first sheet of each person in each session: what people knew before they saw a correction.
fn first(lines: &[AnsweredLine]) -> Vec<&AnsweredLine> {
    let mut first: Vec<&AnsweredLine> = Vec::new();
    for line in lines {
        let known = first
            .iter()
            .rev()
            .any(|one| one.person_id == line.person_id && one.session_id == line.session_id);
        if !known {
            first.push(line);
        }
    }
    first
}

fn mean(sheets: &[&AnsweredLine]) -> Option<i64> {
    let count = i64::try_from(sheets.len()).unwrap_or(i64::MAX);
    (count > 0).then(|| sheets.iter().map(|sheet| sheet.score).sum::<i64>() / count)
}

fn by_session(module: &str, title: &str, lines: &[AnsweredLine]) -> Vec<ModuleLine> {
    let mut sessions: Vec<(String, Vec<&AnsweredLine>)> = Vec::new();
    for sheet in first(lines) {
        match sessions.iter_mut().find(|(id, _)| *id == sheet.session_id) {
            Some((_, sheets)) => sheets.push(sheet),
            None => sessions.push((sheet.session_id.clone(), vec![sheet])),
        }
    }
    sessions
        .into_iter()
        .filter_map(|(session, sheets)| {
            let one = sheets.first()?;
            Some(ModuleLine {
                module: module.to_owned(),
                quiz: one.quiz_id.clone(),
                title: title.to_owned(),
                session,
                starts_at: one.starts_at,
                site: one.site_name.clone(),
                trainer: one.trainer_name.clone(),
                people: i64::try_from(sheets.len()).unwrap_or(i64::MAX),
                mean: mean(&sheets).unwrap_or_default(),
            })
        })
        .collect()
}

/// The states of a quiz that were answered, and the newest.
async fn states(
    db: &mut Connection,
    quiz: &QuizRow,
    lines: &[AnsweredLine],
) -> Result<BTreeMap<i64, Vec<Question>>> {
    let mut states = BTreeMap::new();
    let numbers = lines.iter().map(|line| line.revision);
    for number in numbers.chain([quiz.revision]) {
        if let std::collections::btree_map::Entry::Vacant(slot) = states.entry(number) {
            slot.insert(questions_of(&revision_of(db, quiz, number).await?)?);
        }
    }
    Ok(states)
}

/// Per question over all states: a question that stayed as it was is counted once, in the order of the newest state, older ones after.
fn summed(
    quiz: QuizRow,
    offered: bool,
    lines: &[AnsweredLine],
    states: &BTreeMap<i64, Vec<Question>>,
    language: Language,
) -> Result<QuizResults> {
    let counted = first(lines);
    let mut all: Vec<(Question, QuestionResult)> = Vec::new();
    for (number, questions) in states.iter().rev() {
        let sheets: Vec<Vec<Option<Answer>>> = counted
            .iter()
            .filter(|line| line.revision == *number)
            .map(|line| answers_of(&line.answers))
            .collect::<Result<_>>()?;
        if sheets.is_empty() && *number != quiz.revision {
            continue;
        }
        let puts = put(&quiz.id, questions);
        for missed in group(questions, &sheets) {
            let (Some(question), Some(put)) =
                (questions.get(missed.question), puts.get(missed.question))
            else {
                continue;
            };
            let wrong = missed.wrong.iter().filter_map(|(answer, people)| {
                Some(Wrong {
                    said: in_words(&said(question, answer)?, language),
                    people: *people,
                })
            });
            let result = QuestionResult {
                number: put.number.unwrap_or_default(),
                text: put.text.clone(),
                right: domain::quiz::right(question)
                    .map(|said| in_words(&said, language))
                    .unwrap_or_default(),
                people: missed.people,
                left_out: missed.left_out,
                missed: missed.missed,
                mean: missed.mean,
                wrong: wrong.collect(),
            };
            match all.iter_mut().find(|(known, _)| known == question) {
                Some((_, known)) => add(known, result),
                None => all.push((question.clone(), result)),
            }
        }
    }
    Ok(QuizResults {
        offered,
        answered: counted.len(),
        mean: mean(&counted),
        questions: all
            .into_iter()
            .map(|(_, mut result)| {
                result
                    .wrong
                    .sort_by_key(|wrong| std::cmp::Reverse(wrong.people));
                result.wrong.truncate(MOST_WRONG);
                result
            })
            .collect(),
        quiz,
    })
}

#[expect(clippy::cast_precision_loss, reason = "people in rooms")]
fn add(known: &mut QuestionResult, other: QuestionResult) {
    let people = known.people + other.people;
    if people > 0 {
        known.mean =
            (known.mean * known.people as f64 + other.mean * other.people as f64) / people as f64;
    }
    known.people = people;
    known.left_out += other.left_out;
    known.missed += other.missed;
    for wrong in other.wrong {
        match known.wrong.iter_mut().find(|one| one.said == wrong.said) {
            Some(one) => one.people += wrong.people,
            None => known.wrong.push(wrong),
        }
    }
}
