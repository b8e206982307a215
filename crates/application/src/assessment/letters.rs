//! The link to go on later, by mail.

use documents::mail::Mail;

use super::answer::leave;
use super::person_id;
use crate::access::limit;
use crate::mail::{Matter, post};
use crate::questionnaire::{Around, recipient};
use crate::{App, Refused, Result};

/// Letters with the link of one run.
const RESUME: limit::Limit = limit::Limit {
    name: "assessment-resume",
    most: 5,
    seconds: 3600,
};

/// Sends the link under which a test is taken up again to the person whose it is, at the address that is known. Answers that address.
///
/// # Errors
/// [`crate::Error::NotFound`] for another key; [`crate::Error::Refused`] once it is over, or where no address is known;
/// [`crate::Error::TooMany`].
pub async fn send_link(app: &App, id: &str, key: &str) -> Result<String> {
    let (opened, link) = leave(app, id, key).await?;
    let to =
        recipient(&opened.person).ok_or_else(|| Refused::new("assessment-refused-no-address"))?;
    limit::count(app, RESUME, &person_id(&opened.person)?.to_string()).await?;
    let letter = Mail::LevelTestResume { link };
    let offered = &opened.offered;
    let context = Around::of(&offered.programme, &offered.zone).context(app, &to);
    let dedup = format!("level {id} {}", opened.run.version);
    let matter = Matter {
        kind: letter.kind(),
        about: ("level-run", id),
        dedup_key: Some(&dedup),
    };
    let mut tx = app.write().await?;
    post(app, &mut tx, &to, matter, letter.render(&context)).await?;
    tx.commit().await?;
    Ok(to.address)
}
