//! The letter after a session: here is the quiz.

use documents::mail::Mail;
use jiff::SignedDuration;

use super::{dated, offered};
use crate::access::link;
use crate::enrolment::{instant, parse};
use crate::mail::{Matter, post};
use crate::questionnaire::{Around, recipient};
use crate::{App, Error, Result, content};

/// Days after the closing of a list in which people are still told.
const DAYS: i64 = 7;

/// Sends those who came to a session the link of its quiz, once the trainer has closed the list; answers how many were told. Whoever answered
/// already is not told. Run by the worker of any node.
///
/// # Errors
/// The store's.
pub async fn tell(app: &App) -> Result<usize> {
    let since = app
        .now()
        .saturating_sub(SignedDuration::from_hours(24 * DAYS))
        .unwrap_or(app.now());
    let due = {
        let mut db = app.read().await?;
        store::quiz::sessions_to_tell(&mut db, since.as_millisecond()).await?
    };
    let mut told = 0;
    for (session,) in &due {
        told += tell_session(app, session).await?;
    }
    Ok(told)
}

async fn tell_session(app: &App, id: &str) -> Result<usize> {
    let mut tx = app.write().await?;
    let (session, zone) = dated(&mut tx, id).await?;
    let quizzes = offered(&mut tx, id, &session.module, session.trainer_id.as_deref()).await?;
    if quizzes.is_empty() {
        return Ok(0);
    }
    let programme = store::programme::get(&mut tx, &session.programme_id)
        .await?
        .ok_or(Error::NotFound)?;
    let around = Around::of(&programme, &zone);
    let mut told = 0;
    for (person,) in store::quiz::people_to_tell(&mut tx, id).await? {
        let Some(row) = store::people::person(&mut tx, &person).await? else {
            continue;
        };
        let Some(to) = recipient(&row) else {
            continue;
        };
        let letter = Mail::QuizReady {
            module: content::catalogue()
                .module(&session.module)
                .map_or(session.module.clone(), |module| {
                    module.title.get(to.language).to_owned()
                }),
            start: instant(session.starts_at)?,
            link: link::quiz(app, parse(id)?, parse(&person)?)?,
        };
        let dedup = format!("quiz-ready {id} {person}");
        let matter = Matter {
            kind: letter.kind(),
            about: ("session", id),
            dedup_key: Some(&dedup),
        };
        let rendered = letter.render(&around.context(app, &to));
        told += usize::from(post(app, &mut tx, &to, matter, rendered).await?);
    }
    tx.commit().await?;
    Ok(told)
}
