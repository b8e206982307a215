//! What came of a quiz: in one session, and everywhere.

use application::content::catalogue;
use application::quiz::{self, ModuleLine, Person, QuizResults, SessionResults, in_words};
use axum::extract::Path;
use documents::spreadsheet::{Cell, Column, Kind, Table};
use domain::quiz::{put, said, score};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::LIST;
use super::page::crumbs;
use super::view::label;
use super::words::share;
use crate::listing::Link;
use crate::people::download;
use crate::shell::{Answer, Ctx, Page, Query, WebError};

/// From this share of the group on a question is said to be missed by many.
const MANY: f64 = 0.5;

/// What the group did with one question.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct QuestionLine {
    pub(super) number: usize,
    pub(super) text: String,
    pub(super) right: String,
    pub(super) people: usize,
    pub(super) missed: usize,
    pub(super) left_out: usize,
    pub(super) mean: String,
    /// `ok`, `wait` or `bad`.
    pub(super) tone: &'static str,
    pub(super) word: String,
    /// Wrong answers with how many gave them.
    pub(super) wrong: Vec<(String, usize)>,
}

/// What one person did.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct PersonLine {
    pub(super) name: String,
    pub(super) answered: bool,
    pub(super) paper: bool,
    pub(super) mean: String,
    pub(super) right: usize,
    pub(super) asked: usize,
    pub(super) tries: usize,
    /// Where their sheet of paper is entered.
    pub(super) entry: Option<String>,
}

/// What came of one quiz.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct QuizBlock {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) offered: bool,
    pub(super) answered: usize,
    pub(super) mean: Option<String>,
    pub(super) questions: Vec<QuestionLine>,
    pub(super) people: Vec<PersonLine>,
}

/// The results of a session.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct SessionPage {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) day: Option<Date>,
    pub(super) site: String,
    pub(super) crumbs: Vec<Link>,
    pub(super) quizzes: Vec<QuizBlock>,
    /// Where a quiz is made for it.
    pub(super) new: String,
}

impl Page for SessionPage {
    const TEMPLATE: &'static str = "quiz/session.html";
}

/// A session in which a quiz was answered.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct SessionLine {
    pub(super) href: String,
    pub(super) day: Option<Date>,
    pub(super) site: String,
    pub(super) trainer: String,
    pub(super) people: i64,
    pub(super) mean: String,
}

/// The results of a quiz everywhere.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct QuizPage {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) crumbs: Vec<Link>,
    pub(super) quiz: QuizBlock,
    pub(super) sessions: Vec<SessionLine>,
}

impl Page for QuizPage {
    const TEMPLATE: &'static str = "quiz/results.html";
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    format: String,
}

fn day(at: i64, zone: &TimeZone) -> Result<Date, WebError> {
    let at = Timestamp::from_millisecond(at).map_err(WebError::internal)?;
    Ok(at.to_zoned(zone.clone()).date())
}

fn permille(mean: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "from 0 to 1000")]
    let permille = (mean * 1000.0).round() as i64;
    permille
}

/// The questions, those that most missed first.
fn question_lines(ctx: &Ctx, results: &QuizResults) -> Vec<QuestionLine> {
    let mut lines: Vec<(usize, QuestionLine)> = results
        .questions
        .iter()
        .enumerate()
        .map(|(place, one)| {
            #[expect(clippy::cast_precision_loss, reason = "people in a room")]
            let missed = one.missed as f64 / one.people.max(1) as f64;
            let (tone, word) = match missed {
                _ if one.people == 0 => ("info", ctx.text("quiz-missed-unknown")),
                share if share >= MANY => ("bad", ctx.text("quiz-missed-many")),
                share if share > 0.0 => ("wait", ctx.text("quiz-missed-some")),
                _ => ("ok", ctx.text("quiz-missed-none")),
            };
            let line = QuestionLine {
                number: one.number,
                text: one.text.clone(),
                right: one.right.clone(),
                people: one.people,
                missed: one.missed,
                left_out: one.left_out,
                mean: share(ctx, permille(one.mean)),
                tone,
                word,
                wrong: one
                    .wrong
                    .iter()
                    .map(|wrong| (wrong.said.clone(), wrong.people))
                    .collect(),
            };
            (place, line)
        })
        .collect();
    lines.sort_by_key(|(place, line)| (std::cmp::Reverse(line.missed), *place));
    lines.into_iter().map(|(_, line)| line).collect()
}

fn person_line(ctx: &Ctx, session: &str, quiz: &str, person: &Person) -> PersonLine {
    let first = person.sheets.first();
    let paper = first.is_some_and(|sheet| sheet.origin == "paper");
    let counted = first.map(|sheet| score(&sheet.questions, &sheet.answers));
    PersonLine {
        name: person.name.clone(),
        answered: first.is_some(),
        paper,
        mean: first
            .map(|sheet| share(ctx, sheet.score))
            .unwrap_or_default(),
        right: counted.map_or(0, |score| score.right),
        asked: counted.map_or(0, |score| score.asked),
        tries: person.sheets.len(),
        entry: (first.is_none() || paper).then(|| {
            format!(
                "/formateur/seances/{session}/quiz/{quiz}/saisie/{}",
                person.id
            )
        }),
    }
}

fn block(ctx: &Ctx, results: &QuizResults) -> QuizBlock {
    QuizBlock {
        id: results.quiz.id.clone(),
        title: results.quiz.title.clone(),
        offered: results.offered,
        answered: results.answered,
        mean: results.mean.map(|mean| share(ctx, mean)),
        questions: question_lines(ctx, results),
        people: Vec::new(),
    }
}

/// `GET /formateur/seances/{id}/quiz`: what the group missed, at a glance, and each person.
pub(super) async fn of_session(ctx: Ctx, Path(id): Path<String>, query: Query<Wanted>) -> Answer {
    let results = quiz::of_session(ctx.app(), ctx.actor(), &id, ctx.language()).await?;
    let format = query.value.format;
    if download::is_file(&format) {
        let table = table(&ctx, &results);
        return download::table(&ctx, &table, "quiz", &format);
    }
    let session = &results.session;
    ctx.page(&SessionPage {
        id: id.clone(),
        title: catalogue()
            .module(&session.module)
            .map_or(session.module.as_str(), |module| {
                module.title.get(ctx.language())
            })
            .to_owned(),
        day: Some(day(session.starts_at, &results.zone)?),
        site: session.site_name.clone(),
        crumbs: vec![
            Link::new(ctx.text("attendance-days"), "/formateur"),
            Link::new(
                ctx.text("quiz-back-session"),
                format!("/formateur/seances/{id}"),
            ),
        ],
        quizzes: results
            .quizzes
            .iter()
            .map(|(one, people)| QuizBlock {
                people: people
                    .iter()
                    .map(|person| person_line(&ctx, &id, &one.quiz.id, person))
                    .collect(),
                ..block(&ctx, one)
            })
            .collect(),
        new: format!("{LIST}/nouveau?atelier={}&seance={id}", session.module),
    })
}

/// One row a person, try and question.
fn table(ctx: &Ctx, results: &SessionResults) -> Table {
    let column = |key, label: &str, kind| Column::new(key, ctx.text(label), kind);
    let mut rows = Vec::new();
    for (quiz, people) in &results.quizzes {
        for person in people {
            for sheet in &person.sheets {
                let puts = put(&quiz.quiz.id, &sheet.questions);
                let told = quiz::told(&quiz.quiz.id, &sheet.questions, &sheet.answers).told;
                for ((put, question), told) in puts.iter().zip(&sheet.questions).zip(told) {
                    if put.number.is_none() {
                        continue;
                    }
                    let answer = sheet.answers.get(put.place).and_then(Option::as_ref);
                    let words = answer
                        .and_then(|answer| said(question, answer))
                        .map(|said| in_words(&said, ctx.language()))
                        .unwrap_or_default();
                    rows.push(vec![
                        Cell::from(person.name.as_str()),
                        Cell::from(quiz.quiz.title.as_str()),
                        Cell::from(sheet.turn),
                        Cell::from(ctx.text(if sheet.origin == "paper" {
                            "quiz-on-paper"
                        } else {
                            "quiz-on-screen"
                        })),
                        Cell::from(label(put)),
                        Cell::from(words),
                        Cell::from(told.is_right),
                        Cell::from(permille(told.worth) / 10),
                        Cell::from(sheet.score / 10),
                    ]);
                }
            }
        }
    }
    Table {
        name: ctx.text("quiz-results"),
        columns: vec![
            column("name", "quiz-person", Kind::Text),
            column("quiz", "quiz-title", Kind::Text),
            column("turn", "quiz-try", Kind::Number),
            column("origin", "quiz-origin", Kind::Text),
            column("question", "quiz-question", Kind::Text),
            column("answer", "quiz-answer", Kind::Text),
            column("right", "quiz-is-right", Kind::YesNo),
            column("worth", "quiz-worth-percent", Kind::Number),
            column("mean", "quiz-mean-percent", Kind::Number),
        ],
        rows,
    }
}

fn session_line(ctx: &Ctx, line: &ModuleLine) -> Result<SessionLine, WebError> {
    Ok(SessionLine {
        href: format!("/formateur/seances/{}/quiz", line.session),
        day: Some(day(line.starts_at, ctx.zone())?),
        site: line.site.clone(),
        trainer: line.trainer.clone().unwrap_or_default(),
        people: line.people,
        mean: share(ctx, line.mean),
    })
}

/// `GET /bureau/quiz/{id}/resultats`: all sessions together, and each of them.
pub(super) async fn of_quiz(ctx: Ctx, Path(id): Path<String>, query: Query<Wanted>) -> Answer {
    let (results, sessions) = quiz::of_quiz(ctx.app(), ctx.actor(), &id, ctx.language()).await?;
    let format = query.value.format;
    if download::is_file(&format) {
        let table = questions_table(&ctx, &results);
        return download::table(&ctx, &table, "quiz-questions", &format);
    }
    ctx.page(&QuizPage {
        id: id.clone(),
        title: results.quiz.title.clone(),
        crumbs: crumbs(&ctx, &id, &results.quiz.title),
        quiz: block(&ctx, &results),
        sessions: sessions
            .iter()
            .map(|line| session_line(&ctx, line))
            .collect::<Result<_, _>>()?,
    })
}

fn questions_table(ctx: &Ctx, results: &QuizResults) -> Table {
    let column = |key, label: &str, kind| Column::new(key, ctx.text(label), kind);
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    Table {
        name: ctx.text("quiz-results"),
        columns: vec![
            column("number", "quiz-number", Kind::Number),
            column("question", "quiz-question", Kind::Text),
            column("right", "quiz-right", Kind::Text),
            column("people", "quiz-people", Kind::Number),
            column("missed", "quiz-missed", Kind::Number),
            column("left_out", "quiz-left-out", Kind::Number),
            column("mean", "quiz-mean-percent", Kind::Number),
            column("wrong", "quiz-wrong", Kind::Text),
        ],
        rows: results
            .questions
            .iter()
            .map(|one| {
                let wrong: Vec<String> = one
                    .wrong
                    .iter()
                    .map(|wrong| format!("{} ({})", wrong.said, wrong.people))
                    .collect();
                vec![
                    Cell::from(count(one.number)),
                    Cell::from(one.text.as_str()),
                    Cell::from(one.right.as_str()),
                    Cell::from(count(one.people)),
                    Cell::from(count(one.missed)),
                    Cell::from(count(one.left_out)),
                    Cell::from(permille(one.mean) / 10),
                    Cell::from(wrong.join(" ; ")),
                ]
            })
            .collect(),
    }
}
