//! Reminders shortly before a session.

use jiff::SignedDuration;

use super::{Letter, News, write};
use crate::enrolment::Seats;
use crate::{App, Result};

/// How long before the start people are reminded.
const BEFORE: SignedDuration = SignedDuration::from_hours(48);

/// Reminds everyone with a seat of sessions that are to take place within 48 hours, once each; answers how many were told. Who got the seat
/// within that time has just been told and is not reminded. Run by the worker of any node.
///
/// # Errors
/// The store's.
pub async fn remind(app: &App) -> Result<usize> {
    let now = app.now().as_millisecond();
    let before = i64::try_from(BEFORE.as_millis()).unwrap_or_default();
    let due = {
        let mut db = app.read().await?;
        store::enrolment::sessions_to_remind(&mut db, now, before).await?
    };
    let mut told = 0;
    for (session,) in &due {
        let mut tx = app.write().await?;
        let seats = Seats::load(&mut tx, session).await?;
        let rows = store::enrolment::to_remind(&mut tx, session, before).await?;
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
