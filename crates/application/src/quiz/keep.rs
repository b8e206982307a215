//! Writing quizzes: new ones, other questions as the next state, and other settings, each with its history.

use domain::assessment::gift::Question;
use store::Connection;
use store::quiz::{QuizRevisionRow, QuizRow};

use super::asks;
use crate::access::{Action, Actor, Resource};
use crate::{App, Refused, Result, history};

/// A quiz about to be made.
pub(super) struct New {
    pub(super) module: String,
    pub(super) title: String,
    pub(super) session: Option<String>,
    pub(super) again: i64,
}

/// Makes a quiz of the actor's: a trainer's own, or the desk's.
pub(super) async fn make(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    new: New,
    questions: &[Question],
) -> Result<QuizRow> {
    let desk = app
        .policies()
        .allow(actor, Action::ManageQuizzes, &Resource::everything())?;
    let trainer = actor.staff().and_then(|staff| staff.trainer);
    let row = QuizRow {
        id: app.new_id::<QuizRow>().to_string(),
        module: new.module,
        session_id: new.session,
        trainer_id: if desk {
            None
        } else {
            trainer.map(|id| id.to_string())
        },
        title: new.title,
        stage: "draft".to_owned(),
        revision: 1,
        again: new.again,
        created_at: app.now().as_millisecond(),
        version: 1,
    };
    store::quiz::insert(tx, &row).await?;
    keep(app, tx, actor, &row.id, 1, questions).await?;
    let subject = ("quiz", row.id.as_str());
    history::record(app, tx, actor, "quiz.created", subject, None, Some(&row)).await?;
    Ok(row)
}

/// Gives a quiz other questions, as its next state.
pub(super) async fn put_questions(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    before: &QuizRow,
    version: i64,
    questions: &[Question],
) -> Result<QuizRow> {
    if before.stage == "open" && !asks(questions) {
        return Err(Refused::new("quiz-refused-empty").into());
    }
    let row = QuizRow {
        revision: before.revision + 1,
        version,
        ..before.clone()
    };
    let after = save(app, tx, actor, "quiz.edited", before, row).await?;
    keep(app, tx, actor, &after.id, after.revision, questions).await?;
    Ok(after)
}

async fn keep(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    quiz: &str,
    number: i64,
    questions: &[Question],
) -> Result<()> {
    let row = QuizRevisionRow {
        quiz_id: quiz.to_owned(),
        number,
        questions: serde_json::to_string(questions).map_err(store::Error::from)?,
        author_name: actor.name().to_owned(),
        created_at: app.now().as_millisecond(),
    };
    Ok(store::quiz::insert_revision(tx, &row).await?)
}

/// Writes a quiz over the version that `row` names, with its history.
pub(super) async fn save(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    action: &str,
    before: &QuizRow,
    mut row: QuizRow,
) -> Result<QuizRow> {
    row.version = store::quiz::update(tx, &row).await?;
    let subject = ("quiz", row.id.as_str());
    history::record(app, tx, actor, action, subject, Some(before), Some(&row)).await?;
    Ok(row)
}
