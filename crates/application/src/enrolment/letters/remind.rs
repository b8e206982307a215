//! Reminders shortly before a session.

use super::{Letter, News, write};
use crate::enrolment::Seats;
use crate::{App, Result};

/// Reminds everyone with a seat of sessions that are to take place within the hours that the programme says, once each; answers how many were told. Who got the seat
/// within that time has just been told and is not reminded. Run by the worker of any node.
///
/// # Errors
/// The store's.
pub async fn remind(app: &App) -> Result<usize> {
    let now = app.now().as_millisecond();
    let due = {
        let mut db = app.read().await?;
        store::enrolment::sessions_to_remind(&mut db, now).await?
    };
    let mut told = 0;
    for (session,) in &due {
        let mut tx = app.write().await?;
        let seats = Seats::load(&mut tx, session).await?;
        let rows = store::enrolment::to_remind(&mut tx, session).await?;
        let news: Vec<News> = rows
            .into_iter()
            .map(|row| News {
                was: row.stage.clone(),
                row,
                letter: Letter::Reminder,
            })
            .collect();
        told += write(app, &mut tx, &seats, &news, None).await?.len();
        tx.commit().await?;
    }
    Ok(told)
}
