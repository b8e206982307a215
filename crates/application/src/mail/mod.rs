//! Letters: written into the outbox in the transaction of what they tell, sent by the worker, shown on the mailbox page.

mod transport;

use documents::mail::Rendered;
use domain::id::PersonId;
use domain::language::Language;
use jiff::SignedDuration;
use store::Connection;
pub use store::mail::{MailFilter, MailRow};

use crate::access::{Action, Actor, Resource, authorise};
use crate::{App, Error, Result, history};

pub use transport::{SendError, Transport};

/// Tries before a letter is given up, each later than the one before: about a day and a half in all.
const TRIES: i64 = 8;
/// How long a node may take over the letters it took.
const CLAIM: SignedDuration = SignedDuration::from_mins(5);
/// Letters taken at once.
const BATCH: i64 = 20;

/// To whom a letter goes.
#[derive(Clone, Debug)]
pub struct Recipient {
    /// E-mail address.
    pub address: String,
    /// Name.
    pub name: String,
    /// The participant, if one.
    pub person: Option<PersonId>,
    /// Language of the letter.
    pub language: Language,
}

/// What a letter is about, and what keeps it from being written twice.
#[derive(Clone, Copy, Debug)]
pub struct Matter<'a> {
    /// Kind of letter, as in `documents::mail`.
    pub kind: &'a str,
    /// What it is about: kind and identifier.
    pub about: (&'a str, &'a str),
    /// A second letter with the same key is not written.
    pub dedup_key: Option<&'a str>,
}

/// Writes a letter into the outbox, in the transaction of what it tells. Answers whether it is new.
pub async fn post(
    app: &App,
    tx: &mut Connection,
    to: &Recipient,
    matter: Matter<'_>,
    letter: Rendered,
) -> Result<bool> {
    let now = app.now().as_millisecond();
    let (method, calendar) = letter
        .calendar
        .map(|part| (part.method.name().to_owned(), part.body))
        .unzip();
    let row = MailRow {
        id: app.new_id::<domain::id::kind::Message>().to_string(),
        created_at: now,
        due_at: now,
        kind: matter.kind.to_owned(),
        recipient_address: to.address.clone(),
        recipient_name: to.name.clone(),
        person_id: to.person.map(|person| person.to_string()),
        language: to.language.code().to_owned(),
        subject: letter.subject,
        text_body: letter.text,
        html_body: letter.html,
        calendar_method: method,
        calendar_body: calendar,
        subject_kind: Some(matter.about.0.to_owned()),
        subject_id: Some(matter.about.1.to_owned()),
        dedup_key: matter.dedup_key.map(str::to_owned),
        // Without an address somebody calls.
        stage: if to.address.is_empty() {
            "call"
        } else {
            "queued"
        }
        .to_owned(),
        ..MailRow::default()
    };
    Ok(store::mail::enqueue(tx, &row).await?)
}

/// Sends the letters that are due and answers how many were taken. Safe on several nodes at once.
pub async fn send_due(app: &App, transport: &Transport) -> Result<usize> {
    let now = app.now();
    let letters = {
        let mut tx = app.write().await?;
        let until = now.saturating_add(CLAIM).unwrap_or(now);
        let letters =
            store::mail::claim(&mut tx, now.as_millisecond(), until.as_millisecond(), BATCH)
                .await?;
        tx.commit().await?;
        letters
    };
    for letter in &letters {
        let outcome = transport.send(&app.config().mail_from, letter).await;
        let mut tx = app.write().await?;
        match outcome {
            Ok(()) => store::mail::sent(&mut tx, &letter.id, app.now().as_millisecond()).await?,
            Err(error) => {
                tracing::warn!(mail = letter.id, %error, "letter not sent");
                let again = matches!(error, SendError::Temporary(_)) && letter.attempts < TRIES;
                let retry_at = again.then(|| now.as_millisecond() + wait_after(letter.attempts));
                store::mail::not_sent(&mut tx, &letter.id, &error.to_string(), retry_at).await?;
            }
        }
        tx.commit().await?;
    }
    Ok(letters.len())
}

/// Milliseconds to wait after the given number of tries: 1 minute, then four times as long each time, at most 12 hours.
fn wait_after(attempts: i64) -> i64 {
    let exponent = u32::try_from(attempts.clamp(1, 8) - 1).unwrap_or_default();
    (60_000 * 4_i64.pow(exponent)).min(12 * 3_600_000)
}

/// The right to read letters; in the demonstration everybody has it, because nothing leaves it.
fn may_read(app: &App, actor: &Actor) -> Result<()> {
    if app.config().demonstration {
        return Ok(());
    }
    authorise(app, actor, Action::SeeMail, &Resource::everything())
}

/// How many letters match.
pub async fn count(app: &App, actor: &Actor, filter: &MailFilter) -> Result<i64> {
    may_read(app, actor)?;
    let mut db = app.read().await?;
    Ok(store::mail::count(&mut db, filter).await?)
}

/// The letters of the outbox, newest first.
pub async fn list(app: &App, actor: &Actor, filter: &MailFilter) -> Result<Vec<MailRow>> {
    may_read(app, actor)?;
    let mut db = app.read().await?;
    let letters = store::mail::list(&mut db, filter).await?;
    Ok(letters
        .into_iter()
        .map(|letter| without_secret(app, letter))
        .collect())
}

/// Whether letters of this kind let whoever reads them sign in. They are for the recipient alone; only the demonstration shows them.
pub(crate) fn is_secret(app: &App, kind: &str) -> bool {
    matches!(kind, "sign-in-code" | "sign-in-link") && !app.config().demonstration
}

fn without_secret(app: &App, letter: MailRow) -> MailRow {
    if is_secret(app, &letter.kind) {
        MailRow {
            subject: "******".to_owned(),
            text_body: String::new(),
            html_body: String::new(),
            ..letter
        }
    } else {
        letter
    }
}

/// One letter.
pub async fn get(app: &App, actor: &Actor, id: &str) -> Result<MailRow> {
    may_read(app, actor)?;
    let mut db = app.read().await?;
    let letter = store::mail::get(&mut db, id)
        .await?
        .ok_or(Error::NotFound)?;
    Ok(without_secret(app, letter))
}

/// Puts a letter that failed back in the queue.
pub async fn retry(app: &App, actor: &Actor, id: &str) -> Result<()> {
    authorise(app, actor, Action::SeeMail, &Resource::everything())?;
    let mut tx = app.write().await?;
    if !store::mail::retry(&mut tx, id, app.now().as_millisecond()).await? {
        return Err(Error::NotFound);
    }
    let state = serde_json::json!({ "stage": "queued" });
    let subject = ("mail", id);
    history::record(
        app,
        &mut tx,
        actor,
        "mail.retried",
        subject,
        None,
        Some(&state),
    )
    .await?;
    tx.commit().await?;
    Ok(())
}
