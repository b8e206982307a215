//! The one who is meant, or a new record: how enrolment, the API, imports and the questionnaire come to a person.

use domain::territory::Area;
use domain::text::fold;
use store::Connection;
use store::people::{OrganisationRow, PersonRow};

use super::PersonInput;
use super::entry::ParsedPerson;
use crate::access::Actor;
use crate::{App, Result, history};

/// The person who was meant.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundPerson {
    /// Their record as it now is.
    pub person: PersonRow,
    /// Whether it was made just now.
    pub created: bool,
}

/// The person of that e-mail address and name (without an address: of that telephone number and name), or a new one. What a known person
/// had not told yet is filled in, nothing is overwritten. The organisation is found by its number, or by its name in the same commune, or
/// made. `origin` is one of [`super::ORIGINS`].
///
/// Runs inside the caller's transaction, which must have authorised the caller.
///
/// # Errors
/// [`crate::Error::Invalid`] with the fields of [`PersonInput`].
pub async fn find_or_create(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    origin: &str,
    input: &PersonInput,
) -> Result<FoundPerson> {
    let parsed = input.parse(tx).await?;
    find_or_create_parsed(app, tx, actor, origin, &parsed).await
}

/// [`find_or_create`] with the installation's communes at hand: many in one go.
pub(crate) async fn find_or_create_at(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    origin: &str,
    input: &PersonInput,
    home: &Area,
) -> Result<FoundPerson> {
    let parsed = input.parse_at(home)?;
    find_or_create_parsed(app, tx, actor, origin, &parsed).await
}

async fn find_or_create_parsed(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    origin: &str,
    parsed: &ParsedPerson,
) -> Result<FoundPerson> {
    let folded = fold(parsed.name.as_str());
    // Two requests of one new person at once must not make two.
    tx.lock_name(&format!("person {folded}")).await?;
    match same_person(tx, parsed, &folded).await? {
        Some(known) => Ok(FoundPerson {
            person: complete(app, tx, actor, known, parsed).await?,
            created: false,
        }),
        None => Ok(FoundPerson {
            person: create(app, tx, actor, origin, parsed).await?,
            created: true,
        }),
    }
}

/// Who is certainly the same: same address and name, or, where an address is missing on either side, same telephone and name.
pub(super) async fn same_person(
    db: &mut Connection,
    parsed: &ParsedPerson,
    folded: &str,
) -> Result<Option<PersonRow>> {
    if let Some(email) = &parsed.email
        && let Some(known) = store::people::person_by_email_and_name(db, email, folded).await?
    {
        return Ok(Some(known));
    }
    if let Some(phone) = &parsed.phone {
        let namesakes = store::people::people_by_phone(db, phone).await?;
        return Ok(namesakes.into_iter().find(|person| {
            person.folded == folded && (person.email.is_none() || parsed.email.is_none())
        }));
    }
    Ok(None)
}

/// Fills in what was not known yet.
async fn complete(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    known: PersonRow,
    parsed: &ParsedPerson,
) -> Result<PersonRow> {
    let mut person = known.clone();
    let fill = |slot: &mut Option<String>, told: &Option<String>| {
        if slot.is_none() {
            slot.clone_from(told);
        }
    };
    fill(&mut person.email, &parsed.email);
    fill(&mut person.phone, &parsed.phone);
    fill(&mut person.commune_code, &parsed.commune);
    fill(&mut person.sector, &parsed.sector);
    if person.audience == "[]" && !parsed.profiles.is_empty() {
        person.audience = json(&parsed.profiles)?;
    }
    if person.needs.is_empty() {
        person.needs.clone_from(&parsed.needs);
    }
    if person.note.is_empty() {
        person.note.clone_from(&parsed.note);
    }
    if person.organisation_id.is_none() {
        person.organisation_id = organisation_of(app, tx, actor, parsed)
            .await?
            .map(|organisation| organisation.id);
    }
    if person == known {
        return Ok(known);
    }
    person.version = store::people::update_person(tx, &person).await?;
    history::record(
        app,
        tx,
        actor,
        "people.completed",
        ("person", &person.id),
        Some(&known),
        Some(&person),
    )
    .await?;
    Ok(person)
}

pub(super) async fn create(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    origin: &str,
    parsed: &ParsedPerson,
) -> Result<PersonRow> {
    let organisation = organisation_of(app, tx, actor, parsed).await?;
    let person = PersonRow {
        id: app.new_id::<domain::id::kind::Person>().to_string(),
        name: parsed.name.as_str().to_owned(),
        folded: fold(parsed.name.as_str()),
        email: parsed.email.clone(),
        phone: parsed.phone.clone(),
        commune_code: parsed.commune.clone(),
        organisation_id: organisation.map(|organisation| organisation.id),
        sector: parsed.sector.clone(),
        audience: json(&parsed.profiles)?,
        language: parsed
            .language
            .unwrap_or(app.config().language)
            .code()
            .to_owned(),
        needs: parsed.needs.clone(),
        note: parsed.note.clone(),
        origin: origin.to_owned(),
        link_epoch: 0,
        merged_into: None,
        erased_at: None,
        created_at: app.now().as_millisecond(),
        version: 1,
    };
    store::people::insert_person(tx, &person).await?;
    history::record(
        app,
        tx,
        actor,
        "people.created",
        ("person", &person.id),
        None,
        Some(&person),
    )
    .await?;
    Ok(person)
}

/// The organisation that was typed with a person: by its number, else by its name in the person's commune, else a new one.
pub(super) async fn organisation_of(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    parsed: &ParsedPerson,
) -> Result<Option<OrganisationRow>> {
    let Some(name) = &parsed.organisation else {
        // A number alone names an organisation that is known already, or none.
        return match &parsed.registration {
            Some(registration) => {
                Ok(store::people::organisation_by_registration(tx, registration).await?)
            }
            None => Ok(None),
        };
    };
    let folded = fold(name.as_str());
    tx.lock_name(&format!("organisation {folded}")).await?;
    if let Some(registration) = &parsed.registration
        && let Some(known) = store::people::organisation_by_registration(tx, registration).await?
    {
        return Ok(Some(known));
    }
    if let Some(known) =
        store::people::organisation_by_name(tx, &folded, parsed.commune.as_deref()).await?
    {
        // Another number is another establishment.
        if known.registration.is_none()
            || parsed.registration.is_none()
            || known.registration == parsed.registration
        {
            return Ok(Some(known));
        }
    }
    let is = |slugs: [&str; 2]| {
        parsed
            .profiles
            .iter()
            .any(|profile| slugs.contains(&profile.as_str()))
    };
    let kind = if is(["elu", "agent"]) {
        "local-authority"
    } else if is(["association", "association"]) {
        "association"
    } else {
        "firm"
    };
    let organisation = OrganisationRow {
        id: app.new_id::<domain::id::kind::Organisation>().to_string(),
        name: name.as_str().to_owned(),
        folded,
        kind: kind.to_owned(),
        registration: parsed.registration.clone(),
        sector: parsed.sector.clone(),
        commune_code: parsed.commune.clone(),
        email: None,
        phone: None,
        note: String::new(),
        merged_into: None,
        created_at: app.now().as_millisecond(),
        version: 1,
    };
    store::people::insert_organisation(tx, &organisation).await?;
    history::record(
        app,
        tx,
        actor,
        "organisation.created",
        ("organisation", &organisation.id),
        None,
        Some(&organisation),
    )
    .await?;
    Ok(Some(organisation))
}

pub(super) fn json(profiles: &[String]) -> Result<String> {
    Ok(serde_json::to_string(profiles).map_err(store::Error::from)?)
}
