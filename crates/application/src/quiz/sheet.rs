//! A sheet of answers beside what would have been right.

use domain::assessment::gift::Question;
use domain::assessment::marking::{Answer, mark};
use domain::quiz::{Put, Said, Score, put, right, said, score, shown};

/// A question with what was answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// The question.
    pub put: Put,
    /// What was answered; none: left out.
    pub said: Option<Said>,
    /// What would have been right; none where nothing is asked.
    pub right: Option<Said>,
    /// From 0 to 1.
    pub worth: f64,
    /// Whether it was wholly right.
    pub is_right: bool,
    /// What is told to the person.
    pub feedback: Vec<String>,
}

/// A whole sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// What it is worth.
    pub score: Score,
    /// Its questions.
    pub told: Vec<Told>,
}

/// The sheet with its correction.
#[must_use]
pub fn told(quiz: &str, questions: &[Question], answers: &[Option<Answer>]) -> Sheet {
    let told = put(quiz, questions)
        .into_iter()
        .zip(questions)
        .map(|(put, question)| {
            let answer = answers.get(put.place).and_then(Option::as_ref);
            let marked = mark(question, answer).ok();
            Told {
                said: answer.and_then(|answer| said(question, answer)),
                right: right(question),
                worth: marked.as_ref().map_or(0.0, |mark| mark.score),
                is_right: marked
                    .as_ref()
                    .is_some_and(domain::assessment::marking::Mark::is_right),
                feedback: marked
                    .map(|mark| mark.feedback.into_iter().map(shown).collect())
                    .unwrap_or_default(),
                put,
            }
        })
        .collect();
    Sheet {
        score: score(questions, answers),
        told,
    }
}
