//! What a group has missed, at a glance.

use super::{Answer, mark};
use crate::assessment::gift::{Kind, Question};

/// How a group did on one question.
#[derive(Debug, Clone, PartialEq)]
pub struct Missed {
    /// The place of the question in the quiz.
    pub question: usize,
    /// People who took the quiz.
    pub people: usize,
    /// Of these, people who left the question out.
    pub left_out: usize,
    /// People whose answer was not wholly right, those who left it out included.
    pub missed: usize,
    /// The mean score, from 0 to 1.
    pub mean: f64,
    /// Wrong answers with the number of people who gave them, most frequent first.
    pub wrong: Vec<(Answer, usize)>,
}

/// How a group did on each question that asks something. A sheet holds one person's answers, in the
/// order of the questions; what is missing at its end was left out, and an answer that cannot be
/// marked counts as wrong.
#[must_use]
pub fn group(questions: &[Question], sheets: &[Vec<Option<Answer>>]) -> Vec<Missed> {
    questions
        .iter()
        .enumerate()
        .filter(|(_, question)| question.kind != Kind::Description)
        .map(|(place, question)| one(place, question, sheets))
        .collect()
}

/// The questions that most people missed, worst first; those that nobody missed are left out.
#[must_use]
pub fn most_missed(mut results: Vec<Missed>) -> Vec<Missed> {
    results.retain(|result| result.missed > 0);
    results.sort_by(|a, b| {
        (b.missed.cmp(&a.missed))
            .then(a.mean.total_cmp(&b.mean))
            .then(a.question.cmp(&b.question))
    });
    results
}

#[expect(clippy::cast_precision_loss, reason = "people in a room")]
fn one(place: usize, question: &Question, sheets: &[Vec<Option<Answer>>]) -> Missed {
    let mut result = Missed {
        question: place,
        people: sheets.len(),
        left_out: 0,
        missed: 0,
        mean: 0.0,
        wrong: Vec::new(),
    };
    for sheet in sheets {
        let answer = sheet.get(place).and_then(Option::as_ref);
        result.left_out += usize::from(answer.is_none());
        let marked = mark(question, answer);
        if let Ok(marked) = &marked {
            result.mean += marked.score / sheets.len() as f64;
        }
        if marked.is_ok_and(|marked| marked.is_right()) {
            continue;
        }
        result.missed += 1;
        let Some(answer) = answer else { continue };
        match result.wrong.iter_mut().find(|(known, _)| known == answer) {
            Some((_, count)) => *count += 1,
            None => result.wrong.push((answer.clone(), 1)),
        }
    }
    result
        .wrong
        .sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    result
}
