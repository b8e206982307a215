//! Editing the questions of a quiz one by one.

use domain::assessment::gift::Question;
use domain::quiz::{Draft, MOST_QUESTIONS, Row, tidy};

use super::import::{Why, too_much};
use super::{changeable, put_questions, questions_of, revision_of};
use crate::access::Actor;
use crate::input::version_of;
use crate::{App, Error, Refused, Result};

/// What came of saving a question.
#[derive(Clone, Debug, PartialEq)]
pub enum Saved {
    /// It stands at this place now.
    Done(usize),
    /// It is not sound.
    Wrong(Why),
}

/// A question as the form shows it.
///
/// # Errors
/// [`Error::NotFound`] for a place without question.
pub fn draft(questions: &[Question], place: usize) -> Result<Draft> {
    questions.get(place).map(Draft::of).ok_or(Error::NotFound)
}

/// Writes a question at its place, or a new one at the end.
///
/// # Errors
/// [`Error::Stale`], [`Error::NotFound`], [`Error::Refused`] when the quiz is full, and what [`crate::access::authorise`] says.
pub async fn save_question(
    app: &App,
    actor: &Actor,
    quiz: &str,
    place: Option<usize>,
    draft: &Draft,
    version: &str,
) -> Result<Saved> {
    let mut tx = app.write().await?;
    let before = changeable(app, &mut tx, actor, quiz).await?;
    let version = version_of(version)?;
    let revision = revision_of(&mut tx, &before, before.revision).await?;
    let mut questions = questions_of(&revision)?;
    let known = match place {
        // Somebody else may have taken questions away meanwhile.
        Some(place) if version != before.version && questions.len() <= place => {
            return Err(Error::Stale);
        }
        Some(place) => Some(questions.get(place).ok_or(Error::NotFound)?),
        None => None,
    };
    let question = match tidied(draft).question(known) {
        Ok(question) => question,
        Err(reason) => return Ok(Saved::Wrong(Why::Gift(reason))),
    };
    if let Some(why) = too_much(&question) {
        return Ok(Saved::Wrong(why));
    }
    let at = place.unwrap_or(questions.len());
    if at >= MOST_QUESTIONS {
        return Err(Refused::new("quiz-refused-full")
            .with("most", MOST_QUESTIONS)
            .into());
    }
    match questions.get_mut(at) {
        Some(slot) => *slot = question,
        None => questions.push(question),
    }
    put_questions(app, &mut tx, actor, &before, version, &questions).await?;
    tx.commit().await?;
    Ok(Saved::Done(at))
}

/// The draft without characters that nobody types.
fn tidied(draft: &Draft) -> Draft {
    Draft {
        kind: draft.kind.clone(),
        text: tidy(&draft.text),
        after: tidy(&draft.after),
        rows: draft
            .rows
            .iter()
            .map(|row| Row {
                text: tidy(&row.text),
                other: tidy(&row.other),
                worth: tidy(&row.worth),
                feedback: tidy(&row.feedback),
            })
            .collect(),
        truth: draft.truth.clone(),
        if_wrong: tidy(&draft.if_wrong),
        if_right: tidy(&draft.if_right),
        feedback: tidy(&draft.feedback),
    }
}

/// Moves a question one place up or down; at the end of the way it stays.
///
/// # Errors
/// [`Error::Stale`], [`Error::NotFound`], and what [`crate::access::authorise`] says.
pub async fn move_question(
    app: &App,
    actor: &Actor,
    quiz: &str,
    place: usize,
    up: bool,
    version: &str,
) -> Result<usize> {
    change(app, actor, quiz, version, |questions| {
        if place >= questions.len() {
            return Err(Error::NotFound);
        }
        let to = if up {
            place.saturating_sub(1)
        } else {
            (place + 1).min(questions.len() - 1)
        };
        questions.swap(place, to);
        Ok(to)
    })
    .await
}

/// Takes a question away.
///
/// # Errors
/// As [`move_question`]; [`Error::Refused`] for the last one that asks something of a quiz in use.
pub async fn remove_question(
    app: &App,
    actor: &Actor,
    quiz: &str,
    place: usize,
    version: &str,
) -> Result<()> {
    change(app, actor, quiz, version, |questions| {
        if place >= questions.len() {
            return Err(Error::NotFound);
        }
        questions.remove(place);
        Ok(())
    })
    .await
}

async fn change<T>(
    app: &App,
    actor: &Actor,
    quiz: &str,
    version: &str,
    edit: impl FnOnce(&mut Vec<Question>) -> Result<T>,
) -> Result<T> {
    let mut tx = app.write().await?;
    let before = changeable(app, &mut tx, actor, quiz).await?;
    let version = version_of(version)?;
    if version != before.version {
        return Err(Error::Stale);
    }
    let revision = revision_of(&mut tx, &before, before.revision).await?;
    let mut questions = questions_of(&revision)?;
    let done = edit(&mut questions)?;
    put_questions(app, &mut tx, actor, &before, version, &questions).await?;
    tx.commit().await?;
    Ok(done)
}
