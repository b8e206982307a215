//! The letters of the questionnaire.

use documents::calendar::Person;
use documents::mail::{Context, Mail};
use domain::input::EmailAddress;
use domain::language::Language;
use jiff::tz::TimeZone;
use store::Connection;
use store::people::PersonRow;
use store::programme::ProgrammeRow;
use store::response::ResponseRow;

use super::{id_of, load};
use crate::access::{limit, link};
use crate::input::Fields;
use crate::mail::{Matter, Recipient, post};
use crate::{App, Result};

/// Letters with a resume link to one address.
const RESUME: limit::Limit = limit::Limit {
    name: "questionnaire-resume",
    most: 5,
    seconds: 3600,
};

/// In whose name letters are written.
pub(crate) struct Around<'a> {
    programme: &'a ProgrammeRow,
    zone: &'a TimeZone,
}

/// Whom to ask about a programme, in words: its name, telephone and address.
#[must_use]
pub fn contact_of(programme: &ProgrammeRow) -> String {
    let told = crate::programme::contact(programme);
    if told.is_empty() {
        programme.name.clone()
    } else {
        format!("{}, {}", programme.name, told.join(", "))
    }
}

impl<'a> Around<'a> {
    pub(crate) fn of(programme: &'a ProgrammeRow, zone: &'a TimeZone) -> Self {
        Self { programme, zone }
    }

    pub(crate) fn context(&self, app: &App, to: &Recipient) -> Context {
        Context {
            language: to.language,
            recipient: Person {
                name: to.name.clone(),
                email: to.address.clone(),
            },
            sender: Person {
                name: self.programme.name.clone(),
                email: self.programme.contact_email.clone().unwrap_or_default(),
            },
            contact: contact_of(self.programme),
            zone: self.zone.clone(),
            now: app.now(),
        }
    }
}

/// To a person at their address, if they have one.
pub(crate) fn recipient(person: &PersonRow) -> Option<Recipient> {
    Some(Recipient {
        address: person.email.clone()?,
        name: person.name.clone(),
        person: person.id.parse().ok(),
        language: Language::ALL
            .into_iter()
            .find(|language| language.code() == person.language)
            .unwrap_or(Language::Fr),
    })
}

/// Sends the link under which a response is taken up again to an address that the one who answers typed.
///
/// # Errors
/// [`crate::Error::Invalid`] on `email`, [`crate::Error::NotFound`] for another key, [`crate::Error::TooMany`].
pub async fn send_link(
    app: &App,
    id: &str,
    key: &str,
    email: &str,
    language: Language,
) -> Result<String> {
    let mut fields = Fields::default();
    let address = fields.take("email", EmailAddress::parse(email));
    let address = fields.finish(address)?;
    limit::count(app, RESUME, address.as_str()).await?;
    let mut tx = app.write().await?;
    let opened = load(app, &mut tx, id, key).await?;
    let to = Recipient {
        address: address.as_str().to_owned(),
        name: String::new(),
        person: None,
        language,
    };
    let letter = Mail::QuestionnaireResume {
        link: link::response(app, id_of(&opened.response)?)?,
    };
    let offered = &opened.offered;
    let context = Around::of(&offered.programme, &offered.zone).context(app, &to);
    let dedup = format!("resume {id} {} {}", opened.response.version, to.address);
    let matter = Matter {
        kind: letter.kind(),
        about: ("response", id),
        dedup_key: Some(&dedup),
    };
    post(app, &mut tx, &to, matter, letter.render(&context)).await?;
    tx.commit().await?;
    Ok(to.address)
}

/// Tells somebody that their path is there.
pub(super) async fn path_ready(
    app: &App,
    tx: &mut Connection,
    around: &Around<'_>,
    person: &PersonRow,
    response: &ResponseRow,
    steps: usize,
) -> Result<()> {
    let Some(to) = recipient(person) else {
        return Ok(());
    };
    let letter = Mail::PathwayReady {
        link: link::personal(app, person)?,
        steps: u32::try_from(steps).unwrap_or(u32::MAX),
    };
    let dedup = format!("pathway {}", response.id);
    let matter = Matter {
        kind: letter.kind(),
        about: ("response", &response.id),
        dedup_key: Some(&dedup),
    };
    post(
        app,
        tx,
        &to,
        matter,
        letter.render(&around.context(app, &to)),
    )
    .await?;
    Ok(())
}

/// Asks a person whether what was completed in their name is theirs.
pub(super) async fn confirm_path(
    app: &App,
    tx: &mut Connection,
    around: &Around<'_>,
    person: &PersonRow,
    response: &ResponseRow,
) -> Result<()> {
    let Some(to) = recipient(person) else {
        return Ok(());
    };
    let letter = Mail::PathwayConfirm {
        link: link::confirmation(app, id_of(response)?)?,
    };
    let dedup = format!("confirm {}", response.id);
    let matter = Matter {
        kind: letter.kind(),
        about: ("response", &response.id),
        dedup_key: Some(&dedup),
    };
    let rendered = letter.render(&around.context(app, &to));
    post(app, tx, &to, matter, rendered).await?;
    Ok(())
}
