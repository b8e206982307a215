//! The letters that participants sign in with: a code or a link.

use documents::calendar::Person;
use documents::mail::{Context, Mail};
use domain::input::EmailAddress;
use domain::language::Language;
use jiff::SignedDuration;
use jiff::tz::TimeZone;
use store::Connection;
use store::people::PersonRow;

use super::{limit, link, sign_in};
use crate::mail::{Matter, Recipient};
use crate::{App, Error, Result, mail};

/// Sends a code to that address if a participant has it. The answer is the same if nobody does, so that nobody learns who takes part.
///
/// # Errors
/// [`Error::Invalid`] for what is no address; [`Error::TooMany`].
pub async fn send_code(app: &App, email: &str, language: Language) -> Result<()> {
    let email = asked(app, email).await?;
    let mut tx = app.write().await?;
    if let Some((person, code)) = sign_in::make_code(app, &mut tx, &email).await? {
        let minutes = minutes(sign_in::CODE);
        post(
            app,
            &mut tx,
            &person,
            &email,
            language,
            Mail::SignInCode { code, minutes },
        )
        .await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Sends a link that signs in to that address if a participant has it; otherwise as [`send_code`].
///
/// # Errors
/// As [`send_code`].
pub async fn send_link(app: &App, email: &str, language: Language) -> Result<()> {
    let email = asked(app, email).await?;
    let mut tx = app.write().await?;
    if let Some(person) = sign_in::participant_at(&mut tx, &email).await? {
        let minutes = minutes(link::SIGN_IN);
        let link = link::sign_in(app, &person)?;
        post(
            app,
            &mut tx,
            &person,
            &email,
            language,
            Mail::SignInLink { link, minutes },
        )
        .await?;
    }
    tx.commit().await?;
    Ok(())
}

/// The address as it is stored; known and unknown ones count alike.
async fn asked(app: &App, email: &str) -> Result<String> {
    let email = EmailAddress::parse(email).map_err(|error| Error::field("email", error))?;
    let email = email.to_string().to_lowercase();
    limit::count(app, limit::CODE_SENT, &email).await?;
    Ok(email)
}

fn minutes(duration: SignedDuration) -> u32 {
    u32::try_from(duration.as_mins()).unwrap_or_default()
}

async fn post(
    app: &App,
    tx: &mut Connection,
    person: &PersonRow,
    email: &str,
    language: Language,
    letter: Mail,
) -> Result<()> {
    let context = context(app, tx, person, email, language).await?;
    let to = Recipient {
        address: email.to_owned(),
        name: person.name.clone(),
        person: person.id.parse().ok(),
        language,
    };
    let matter = Matter {
        kind: letter.kind(),
        about: ("person", &person.id),
        dedup_key: None,
    };
    mail::post(app, tx, &to, matter, letter.render(&context)).await?;
    Ok(())
}

/// Written in the name of the first programme; before there is one, of the installation.
async fn context(
    app: &App,
    db: &mut Connection,
    person: &PersonRow,
    email: &str,
    language: Language,
) -> Result<Context> {
    let (name, address) = app
        .config()
        .mail_from
        .rsplit_once('<')
        .unwrap_or(("Essor", &app.config().mail_from));
    let mut sender = Person {
        name: name.trim().to_owned(),
        email: address.trim_end_matches('>').to_owned(),
    };
    let mut contact = Vec::new();
    let mut zone = TimeZone::UTC;
    if let Some(programme) = store::programme::list(db).await?.into_iter().next() {
        contact = crate::programme::contact(&programme);
        sender.name = programme.name;
        zone = TimeZone::get(&programme.time_zone).unwrap_or(zone);
        if let Some(address) = programme.contact_email {
            sender.email = address;
        }
    }
    Ok(Context {
        language,
        recipient: Person {
            name: person.name.clone(),
            email: email.to_owned(),
        },
        sender,
        contact: contact.join(", "),
        zone,
        now: app.now(),
    })
}
