//! What participants change of their own record.

use domain::id::PersonId;
use domain::input::{InputError, parse_whole};
use serde::{Deserialize, Serialize};
use store::people::{OrganisationRow, PersonRow};

use super::PersonInput;
use super::records::living;
use crate::access::{Action, Actor, Resource, authorise};
use crate::{App, Error, FieldError, Result, history};

/// One's own details as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OwnDetails {
    /// E-mail address.
    pub email: String,
    /// Telephone.
    pub phone: String,
    /// Commune: code, name, or name with postcode.
    pub commune: String,
    /// What one needs to take part.
    pub needs: String,
    /// Language of letters, two letters.
    pub language: String,
    /// The version that was read.
    pub version: String,
}

/// One's own record, with one's firm.
///
/// # Errors
/// [`Error::SignInNeeded`] for anybody but a participant.
pub async fn own_record(app: &App, actor: &Actor) -> Result<(PersonRow, Option<OrganisationRow>)> {
    let person = own_id(app, actor)?;
    let mut db = app.read().await?;
    let person = living(&mut db, &person.to_string()).await?;
    let organisation = match &person.organisation_id {
        Some(id) => store::people::organisation(&mut db, id).await?,
        None => None,
    };
    Ok((person, organisation))
}

/// Changes one's own details. With another e-mail address the links sent to the former one open nothing any longer.
///
/// # Errors
/// [`Error::Invalid`]; [`Error::Stale`] when the desk changed the record meanwhile; [`Error::SignInNeeded`].
pub async fn edit_own(app: &App, actor: &Actor, details: &OwnDetails) -> Result<PersonRow> {
    let id = own_id(app, actor)?.to_string();
    let mut tx = app.write().await?;
    let before = living(&mut tx, &id).await?;
    let input = PersonInput {
        name: before.name.clone(),
        email: details.email.clone(),
        phone: details.phone.clone(),
        commune: details.commune.clone(),
        needs: details.needs.clone(),
        language: details.language.clone(),
        ..PersonInput::default()
    };
    let parsed = input.parse(&mut tx).await?;
    if parsed.email.is_none() && parsed.phone.is_none() {
        return Err(Error::Invalid(vec![FieldError::new(
            "email",
            InputError::Empty,
        )]));
    }
    let version = parse_whole(&details.version, 0, i64::MAX)
        .map_err(|error| Error::field("version", error))?;
    let mut after = PersonRow {
        email: parsed.email,
        phone: parsed.phone,
        commune_code: parsed.commune,
        needs: parsed.needs,
        language: parsed.language.map_or_else(
            || before.language.clone(),
            |language| language.code().to_owned(),
        ),
        version,
        ..before.clone()
    };
    after.version = store::people::update_person(&mut tx, &after).await?;
    if after.email != before.email {
        store::people::void_links(&mut tx, &id).await?;
        after.link_epoch += 1;
    }
    history::record(
        app,
        &mut tx,
        actor,
        "people.changed",
        ("person", &id),
        Some(&before),
        Some(&after),
    )
    .await?;
    tx.commit().await?;
    Ok(after)
}

/// The certificates that one was given and that hold, newest first.
///
/// # Errors
/// [`Error::SignInNeeded`] for anybody but a participant.
pub async fn own_certificates(
    app: &App,
    actor: &Actor,
) -> Result<Vec<store::people::PersonCertificateRow>> {
    let id = own_id(app, actor)?.to_string();
    let mut db = app.read().await?;
    let mut all = store::people::person_certificates(&mut db, &id).await?;
    all.retain(|certificate| certificate.revoked_at.is_none());
    Ok(all)
}

/// The participant who asks.
pub(crate) fn own_id(app: &App, actor: &Actor) -> Result<PersonId> {
    let Actor::Participant { person, .. } = actor else {
        return Err(Error::SignInNeeded);
    };
    authorise(app, actor, Action::ManageOwn, &Resource::of_person(*person))?;
    Ok(*person)
}
