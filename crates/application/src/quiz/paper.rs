//! Quizzes on paper: printed, with or without corrections, and entered sheet by sheet.

use documents::formats;
use documents::pdf::{QuizAnswerSpace, QuizPaper, QuizPaperQuestion};
use documents::texts::Texts;
use domain::assessment::gift::{Numbers, Question};
use domain::assessment::marking::Answer;
use domain::language::Language;
use domain::quiz::{
    Asked, Put, Reading, Said, Unreadable, keys, letter, put, read_keys, right, score, shown,
};
use jiff::tz::TimeZone;
use serde::Deserialize;
use store::Connection;
use store::quiz::{QuizAnswerRow, QuizRow};
use store::session::SessionOverview;

use super::take::Logged;
use super::{answers_of, dated, questions_of, revision_of, session_row, usable};
use crate::access::{Action, Actor};
use crate::enrolment::instant;
use crate::input::version_of;
use crate::{App, Error, Refused, Result, content, history};

/// A sheet as typed: for each question what stands on the paper.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct EntryForm {
    /// The state of the questions that the paper shows.
    pub revision: String,
    /// One text a question, in order of the quiz.
    pub typed: Vec<String>,
    /// Version of the sheet that is corrected; empty: there was none.
    pub version: String,
}

/// The page on which a sheet is entered.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The quiz.
    pub quiz: QuizRow,
    /// The session.
    pub session: SessionOverview,
    /// Zone in which its hours are told.
    pub zone: TimeZone,
    /// Name of the person.
    pub name: String,
    /// The state of the questions that is shown.
    pub revision: i64,
    /// The questions of that state.
    pub questions: Vec<Question>,
    /// As they are put.
    pub put: Vec<Put>,
    /// What was entered so far, as letters.
    pub typed: Vec<String>,
    /// Version of the sheet, if there is one.
    pub version: Option<i64>,
    /// Answered on the screen already: nothing is entered for them.
    pub on_screen: bool,
    /// The other people of the list: id, name, whether there is a sheet of theirs.
    pub people: Vec<(String, String, bool)>,
}

/// What came of entering a sheet.
#[derive(Clone, Debug, PartialEq)]
pub enum Entered {
    /// It is kept. The next person of the list without sheet.
    Done(Option<String>),
    /// Something cannot be read: place of the question and what is wrong.
    Wrong(Vec<(usize, Unreadable)>),
}

/// The quiz to print. With a session its date stands on it; `corrected` shows what is right.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Internal`] when the template fails, and what [`crate::access::authorise`] says.
pub async fn paper(
    app: &App,
    actor: &Actor,
    id: &str,
    session: Option<&str>,
    corrected: bool,
    language: Language,
) -> Result<Vec<u8>> {
    let mut db = app.read().await?;
    let quiz = usable(app, &mut db, actor, id).await?;
    let revision = revision_of(&mut db, &quiz, quiz.revision).await?;
    let questions = questions_of(&revision)?;
    let held = match session {
        Some(session) => {
            session_row(app, &mut db, actor, Action::SeeRoster, session).await?;
            Some(dated(&mut db, session).await?)
        }
        None => None,
    };
    drop(db);
    let module = content::catalogue()
        .module(&quiz.module)
        .map_or(quiz.module.clone(), |module| {
            module.title.get(language).to_owned()
        });
    let when = held
        .as_ref()
        .map(|(session, zone)| {
            let starts = instant(session.starts_at)?.to_zoned(zone.clone());
            Ok::<_, Error>(format!(
                "{}, {}",
                formats::date(language, starts.date()),
                session.site_name
            ))
        })
        .transpose()?;
    let made = held.as_ref().map_or_else(
        || app.now().to_zoned(TimeZone::UTC).date(),
        |(_, zone)| app.now().to_zoned(zone.clone()).date(),
    );
    let paper = QuizPaper {
        language,
        title: quiz.title.clone(),
        module,
        when,
        revision: quiz.revision,
        corrected,
        questions: on_paper(&quiz.id, &questions, corrected, language),
        made,
    };
    // Setting a page takes the processor for longer than a request may hold a worker.
    tokio::task::spawn_blocking(move || paper.pdf())
        .await
        .map_err(|error| Error::Internal(error.to_string()))?
        .map_err(|error| Error::Internal(error.to_string()))
}

fn on_paper(
    quiz: &str,
    questions: &[Question],
    corrected: bool,
    language: Language,
) -> Vec<QuizPaperQuestion> {
    put(quiz, questions)
        .into_iter()
        .zip(questions)
        .map(|(put, question)| {
            let right = right(question).filter(|_| corrected);
            let is_right = |text: &str| match &right {
                Some(Said::Texts(texts)) => texts.iter().any(|one| one == text),
                _ => false,
            };
            let lettered = |index: usize, text: &str| {
                (letter(index).to_string(), text.to_owned(), is_right(text))
            };
            let space = match &put.asked {
                Asked::One(choices) | Asked::Several(choices) => QuizAnswerSpace::Choices {
                    several: matches!(put.asked, Asked::Several(_)),
                    choices: choices
                        .iter()
                        .enumerate()
                        .map(|(index, choice)| lettered(index, &choice.text))
                        .collect(),
                },
                Asked::Truth => QuizAnswerSpace::Truth {
                    right: match right {
                        Some(Said::Truth(truth)) => Some(truth),
                        _ => None,
                    },
                },
                Asked::Words | Asked::Number => QuizAnswerSpace::Line {
                    right: right.as_ref().map(|said| in_words(said, language)),
                },
                Asked::Pairs {
                    left,
                    right: offered,
                } => QuizAnswerSpace::Pairs {
                    left: left
                        .iter()
                        .map(|side| {
                            (
                                side.text.clone(),
                                pair_letter(right.as_ref(), &side.text, offered),
                            )
                        })
                        .collect(),
                    right: offered
                        .iter()
                        .enumerate()
                        .map(|(index, choice)| (letter(index).to_string(), choice.text.clone()))
                        .collect(),
                },
                Asked::Nothing => QuizAnswerSpace::Nothing,
            };
            QuizPaperQuestion {
                number: put.number,
                text: put.text,
                after: put.after,
                space,
                feedback: question.feedback.as_ref().filter(|_| corrected).map(shown),
            }
        })
        .collect()
}

/// The letter of what belongs to a left side, on a corrected sheet.
fn pair_letter(
    right: Option<&Said>,
    left: &str,
    offered: &[domain::quiz::Choice],
) -> Option<String> {
    let Some(Said::Pairs(pairs)) = right else {
        return None;
    };
    let (_, wanted) = pairs.iter().find(|(one, _)| one == left)?;
    let wanted = wanted.as_ref()?;
    let index = offered.iter().position(|choice| choice.text == *wanted)?;
    Some(letter(index).to_string())
}

/// An answer in words of a language.
#[must_use]
pub fn in_words(said: &Said, language: Language) -> String {
    let texts = Texts::embedded();
    let number = |value: f64| formats::decimal(language, value);
    match said {
        Said::Texts(all) => all.join(" / "),
        Said::Truth(true) => texts.get(language, "document-quiz-true"),
        Said::Truth(false) => texts.get(language, "document-quiz-false"),
        Said::Numbers(all) => {
            let all: Vec<String> = all
                .iter()
                .map(|numbers| {
                    let (low, high) = match *numbers {
                        Numbers::Near {
                            value,
                            tolerance: 0.0,
                        } => return number(value),
                        Numbers::Near { value, tolerance } => {
                            (value - tolerance, value + tolerance)
                        }
                        Numbers::Between { low, high } => (low, high),
                    };
                    texts.format(
                        language,
                        "document-quiz-between",
                        &[("low", number(low).into()), ("high", number(high).into())],
                    )
                })
                .collect();
            all.join(" / ")
        }
        Said::Pairs(pairs) => pairs
            .iter()
            .map(|(left, right)| format!("{left} → {}", right.as_deref().unwrap_or("–")))
            .collect::<Vec<_>>()
            .join(" ; "),
    }
}

/// What there is to enter a person's sheet.
///
/// # Errors
/// [`Error::NotFound`] for a quiz of another module, or somebody who is not on the session's list, and what [`crate::access::authorise`] says.
pub async fn entry(
    app: &App,
    actor: &Actor,
    (session, quiz, person): (&str, &str, &str),
    revision: Option<i64>,
    language: Language,
) -> Result<Entry> {
    let mut db = app.read().await?;
    session_row(app, &mut db, actor, Action::MarkAttendance, session).await?;
    let (overview, zone) = dated(&mut db, session).await?;
    let row = fitting(app, &mut db, actor, quiz, &overview).await?;
    let people = store::attendance::sheet(&mut db, session).await?;
    let name = people
        .iter()
        .find(|line| line.person_id == person)
        .map(|line| line.name.clone())
        .ok_or(Error::NotFound)?;
    let answered: Vec<String> = store::quiz::answered(&mut db, Some(quiz), Some(session))
        .await?
        .into_iter()
        .map(|sheet| sheet.person_id)
        .collect();
    let known = first_sheet(&mut db, session, quiz, person).await?;
    let number = revision
        .or_else(|| known.as_ref().map(|sheet| sheet.revision))
        .unwrap_or(row.revision);
    let questions = questions_of(&revision_of(&mut db, &row, number).await?)?;
    let put = put(&row.id, &questions);
    let on_screen = known.as_ref().is_some_and(|sheet| sheet.origin == "web");
    let given = match &known {
        Some(sheet) if sheet.revision == number => answers_of(&sheet.answers)?,
        _ => Vec::new(),
    };
    let (yes, no) = truth_letters(language);
    Ok(Entry {
        typed: put
            .iter()
            .map(|put| {
                let answer = given.get(put.place).and_then(Option::as_ref);
                answer.map_or_else(String::new, |answer| keys(put, answer, yes, no))
            })
            .collect(),
        version: known.map(|sheet| sheet.version),
        people: people
            .into_iter()
            .map(|line| {
                let has = answered.contains(&line.person_id);
                (line.person_id, line.name, has)
            })
            .collect(),
        quiz: row,
        session: overview,
        zone,
        name,
        revision: number,
        questions,
        put,
        on_screen,
    })
}

/// The letters of true and false on a sheet.
fn truth_letters(language: Language) -> (char, char) {
    match language {
        Language::Fr => ('V', 'F'),
        Language::En => ('T', 'F'),
    }
}

/// Keeps a sheet of paper, or corrects it. Questions without letters were left out.
///
/// # Errors
/// As [`entry`]; [`Error::Stale`] when somebody else entered it meanwhile; [`Error::Refused`] for who answered on the screen, or before the
/// session has begun.
pub async fn enter(
    app: &App,
    actor: &Actor,
    (session, quiz, person): (&str, &str, &str),
    form: &EntryForm,
) -> Result<Entered> {
    let mut tx = app.write().await?;
    session_row(app, &mut tx, actor, Action::MarkAttendance, session).await?;
    let (overview, _) = dated(&mut tx, session).await?;
    let row = fitting(app, &mut tx, actor, quiz, &overview).await?;
    if overview.stage == "cancelled" || app.now().as_millisecond() < overview.starts_at {
        return Err(Refused::new("quiz-refused-not-begun").into());
    }
    tx.lock(store::Lock::Person, person).await?;
    let people = store::attendance::sheet(&mut tx, session).await?;
    if people.iter().all(|line| line.person_id != person) {
        return Err(Error::NotFound);
    }
    let number = version_of(&form.revision)?;
    let questions = questions_of(&revision_of(&mut tx, &row, number).await?)?;
    let (answers, wrong) = typed_answers(&row.id, &questions, &form.typed);
    if !wrong.is_empty() {
        return Ok(Entered::Wrong(wrong));
    }
    let known = first_sheet(&mut tx, session, quiz, person).await?;
    if known.as_ref().is_some_and(|sheet| sheet.origin == "web") {
        return Err(Refused::new("quiz-refused-on-screen").into());
    }
    let sheet = QuizAnswerRow {
        id: known.as_ref().map_or_else(
            || app.new_id::<QuizAnswerRow>().to_string(),
            |sheet| sheet.id.clone(),
        ),
        quiz_id: row.id.clone(),
        revision: number,
        session_id: session.to_owned(),
        person_id: person.to_owned(),
        turn: known.as_ref().map_or(1, |sheet| sheet.turn),
        origin: "paper".to_owned(),
        answers: serde_json::to_string(&answers).map_err(store::Error::from)?,
        score: i64::from(score(&questions, &answers).permille),
        made_at: app.now().as_millisecond(),
        entered_by: actor.id(),
        version: 1,
    };
    store_sheet(&mut tx, known.as_ref(), sheet.clone(), form).await?;
    let action = if known.is_some() {
        "quiz.corrected"
    } else {
        "quiz.entered"
    };
    let before = known.as_ref().map(Logged::of);
    let subject = ("quiz", row.id.as_str());
    let after = Logged::of(&sheet);
    history::record(
        app,
        &mut tx,
        actor,
        action,
        subject,
        before.as_ref(),
        Some(&after),
    )
    .await?;
    let answered = store::quiz::answered(&mut tx, Some(quiz), Some(session)).await?;
    tx.commit().await?;
    let has = |id: &str| answered.iter().any(|sheet| sheet.person_id == id);
    // After this one, then from the top.
    let at = people.iter().position(|line| line.person_id == person);
    let (before, after) = people.split_at(at.map_or(0, |at| at + 1));
    let next = after
        .iter()
        .chain(before)
        .find(|line| !has(&line.person_id));
    Ok(Entered::Done(next.map(|line| line.person_id.clone())))
}

/// The answers that the letters stand for, and what is wrong with some. Nothing typed: left out.
fn typed_answers(
    quiz: &str,
    questions: &[Question],
    typed: &[String],
) -> (Vec<Option<Answer>>, Vec<(usize, Unreadable)>) {
    let mut wrong = Vec::new();
    let answers = put(quiz, questions)
        .iter()
        .zip(questions)
        .map(|(put, question)| {
            let typed = typed.get(put.place).map_or("", String::as_str);
            let Reading {
                answer,
                wrong: unreadable,
            } = read_keys(put, question, typed);
            if let Some(unreadable) = unreadable.filter(|one| *one != Unreadable::Missing) {
                wrong.push((put.place, unreadable));
            }
            answer
        })
        .collect();
    (answers, wrong)
}

/// Stores the first sheet, or writes over the version that was read.
async fn store_sheet(
    tx: &mut Connection,
    known: Option<&QuizAnswerRow>,
    mut sheet: QuizAnswerRow,
    form: &EntryForm,
) -> Result<()> {
    let seen = form.version.trim();
    match known {
        None if seen.is_empty() => store::quiz::insert_answer(tx, &sheet)
            .await
            .map_err(|error| match error {
                store::Error::Duplicate(_) => Error::Stale,
                other => other.into(),
            }),
        // The same sheet sent twice.
        Some(known) if seen.is_empty() && known.answers == sheet.answers => Ok(()),
        Some(known) if seen == known.version.to_string() => {
            sheet.version = known.version;
            Ok(store::quiz::update_answer(tx, &sheet).await?)
        }
        _ => Err(Error::Stale),
    }
}

/// The sheet that counts of a person: the first.
async fn first_sheet(
    db: &mut Connection,
    session: &str,
    quiz: &str,
    person: &str,
) -> Result<Option<QuizAnswerRow>> {
    Ok(store::quiz::answers_of(db, session, person)
        .await?
        .into_iter()
        .find(|sheet| sheet.quiz_id == quiz))
}

/// A quiz that can have been given in the session: of its module, and for it when it is for one session only.
async fn fitting(
    app: &App,
    db: &mut Connection,
    actor: &Actor,
    quiz: &str,
    session: &SessionOverview,
) -> Result<QuizRow> {
    let row = usable(app, db, actor, quiz).await?;
    let own = row.session_id.as_ref().is_none_or(|id| *id == session.id);
    if row.module == session.module && own {
        Ok(row)
    } else {
        Err(Error::NotFound)
    }
}
