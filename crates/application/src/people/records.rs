//! Making and changing people at the desk.

use domain::input::parse_whole;
use domain::text::fold;
use store::people::PersonRow;

use super::find::{create, json, organisation_of, same_person};
use super::{PersonInput, person_resource};
use crate::access::{Action, Actor, Resource, authorise};
use crate::{App, Error, Refused, Result, history};

/// Makes a person.
///
/// # Errors
/// [`Error::Invalid`]; [`Error::Refused`] with `people-refused-known` when the same person is there already.
pub async fn create_person(app: &App, actor: &Actor, input: &PersonInput) -> Result<PersonRow> {
    authorise(app, actor, Action::ManagePeople, &Resource::everything())?;
    let mut tx = app.write().await?;
    let parsed = input.parse(&mut tx).await?;
    let folded = fold(parsed.name.as_str());
    tx.lock_name(&format!("person {folded}")).await?;
    if let Some(known) = same_person(&mut tx, &parsed, &folded).await? {
        return Err(Refused::new("people-refused-known")
            .with("name", known.name)
            .into());
    }
    let person = create(app, &mut tx, actor, "coordinator", &parsed).await?;
    tx.commit().await?;
    Ok(person)
}

/// Changes a person read at `input.version`.
///
/// # Errors
/// [`Error::Invalid`]; [`Error::NotFound`]; [`Error::Stale`] when somebody else changed them meanwhile; [`Error::Refused`] for a record
/// that was merged or erased.
pub async fn edit_person(
    app: &App,
    actor: &Actor,
    id: &str,
    input: &PersonInput,
) -> Result<PersonRow> {
    authorise(app, actor, Action::ManagePeople, &Resource::everything())?;
    let mut tx = app.write().await?;
    let before = living(&mut tx, id).await?;
    let parsed = input.parse(&mut tx).await?;
    let version =
        parse_whole(&input.version, 0, i64::MAX).map_err(|error| Error::field("version", error))?;
    let unchanged = kept_organisation(
        &mut tx,
        &before,
        parsed.organisation.as_ref().map(|name| fold(name.as_str())),
    )
    .await?;
    let organisation_id = match unchanged {
        Some(id) if parsed.registration.is_none() => Some(id),
        _ => organisation_of(app, &mut tx, actor, &parsed)
            .await?
            .map(|organisation| organisation.id),
    };
    let mut after = PersonRow {
        name: parsed.name.as_str().to_owned(),
        folded: fold(parsed.name.as_str()),
        email: parsed.email,
        phone: parsed.phone,
        commune_code: parsed.commune,
        organisation_id,
        sector: parsed.sector,
        audience: json(&parsed.profiles)?,
        language: parsed.language.map_or_else(
            || before.language.clone(),
            |language| language.code().to_owned(),
        ),
        needs: parsed.needs,
        note: parsed.note,
        version,
        ..before.clone()
    };
    after.version = store::people::update_person(&mut tx, &after).await?;
    if after.email != before.email {
        // Links sent to the former address must not open the person's space any longer.
        store::people::void_links(&mut tx, id).await?;
        after.link_epoch += 1;
    }
    history::record(
        app,
        &mut tx,
        actor,
        "people.changed",
        ("person", id),
        Some(&before),
        Some(&after),
    )
    .await?;
    tx.commit().await?;
    Ok(after)
}

/// The organisation that the person has already, if its name was typed unchanged: it may lie in another commune than the person.
async fn kept_organisation(
    db: &mut store::Connection,
    person: &PersonRow,
    typed: Option<String>,
) -> Result<Option<String>> {
    let (Some(id), Some(typed)) = (&person.organisation_id, typed) else {
        return Ok(None);
    };
    let organisation = store::people::organisation(db, id).await?;
    Ok(organisation
        .filter(|organisation| organisation.folded == typed)
        .map(|organisation| organisation.id))
}

/// The person, unless merged or erased.
pub(super) async fn living(db: &mut store::Connection, id: &str) -> Result<PersonRow> {
    let person = store::people::person(db, id)
        .await?
        .ok_or(Error::NotFound)?;
    if person.erased_at.is_some() {
        return Err(Refused::new("people-refused-erased").into());
    }
    if person.merged_into.is_some() {
        return Err(Refused::new("people-refused-merged").into());
    }
    Ok(person)
}

/// What a person belongs to, for the right to act on them.
pub(super) async fn resource_of(
    db: &mut store::Connection,
    id: &str,
) -> Result<(PersonRow, Resource)> {
    let person = store::people::person(db, id)
        .await?
        .ok_or(Error::NotFound)?;
    let resource = person_resource(db, &person).await?;
    Ok((person, resource))
}
