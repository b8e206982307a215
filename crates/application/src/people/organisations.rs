//! Firms, farms, local authorities and associations at the desk.

use domain::input::parse_whole;
use domain::territory::Area;
use domain::text::fold;
use store::people::{OrganisationFilter, OrganisationListRow, OrganisationRow};

use super::OrganisationInput;
use super::entry::ParsedOrganisation;
use super::view::{OrganisationPage, PeoplePage};
use crate::access::{Action, Actor, Resource, authorise, scope};
use crate::{App, Error, Refused, Result, history};

/// What an organisation can be.
pub const ORGANISATION_KINDS: [&str; 4] = ["firm", "local-authority", "association", "other"];

/// Makes an organisation.
///
/// # Errors
/// [`Error::Invalid`]; [`Error::Refused`] with `organisation-refused-known` when its number, or its name in its commune, is there already.
pub async fn create_organisation(
    app: &App,
    actor: &Actor,
    input: &OrganisationInput,
) -> Result<OrganisationRow> {
    authorise(app, actor, Action::ManagePeople, &Resource::everything())?;
    let mut tx = app.write().await?;
    let parsed = input.parse(&mut tx).await?;
    if let Some(known) = known(&mut tx, &parsed).await? {
        return Err(Refused::new("organisation-refused-known")
            .with("name", known.name)
            .into());
    }
    let organisation = insert(app, &mut tx, actor, parsed).await?;
    tx.commit().await?;
    Ok(organisation)
}

/// The organisation that was typed, found by its number or by its name in its commune, or a new one; answers its id and whether it is new.
pub(crate) async fn find_or_create_organisation(
    app: &App,
    tx: &mut store::Connection,
    actor: &Actor,
    input: &OrganisationInput,
    home: &Area,
) -> Result<(String, bool)> {
    let parsed = input.parse_at(home)?;
    match known(tx, &parsed).await? {
        Some(known) => Ok((known.id, false)),
        None => Ok((insert(app, tx, actor, parsed).await?.id, true)),
    }
}

async fn known(
    tx: &mut store::Connection,
    parsed: &ParsedOrganisation,
) -> Result<Option<OrganisationRow>> {
    let folded = fold(parsed.name.as_str());
    tx.lock_name(&format!("organisation {folded}")).await?;
    if let Some(registration) = &parsed.registration
        && let Some(known) = store::people::organisation_by_registration(tx, registration).await?
    {
        return Ok(Some(known));
    }
    let namesake =
        store::people::organisation_by_name(tx, &folded, parsed.commune.as_deref()).await?;
    Ok(namesake.filter(|known| known.registration.is_none() || parsed.registration.is_none()))
}

async fn insert(
    app: &App,
    tx: &mut store::Connection,
    actor: &Actor,
    parsed: ParsedOrganisation,
) -> Result<OrganisationRow> {
    let organisation = OrganisationRow {
        id: app.new_id::<domain::id::kind::Organisation>().to_string(),
        name: parsed.name.as_str().to_owned(),
        folded: fold(parsed.name.as_str()),
        kind: parsed.kind,
        registration: parsed.registration,
        sector: parsed.sector,
        commune_code: parsed.commune,
        email: parsed.email,
        phone: parsed.phone,
        note: parsed.note,
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
    Ok(organisation)
}

/// Changes an organisation read at `input.version`.
///
/// # Errors
/// [`Error::Invalid`]; [`Error::NotFound`]; [`Error::Stale`]; [`Error::Refused`] when it was merged away or its new number is another's.
pub async fn edit_organisation(
    app: &App,
    actor: &Actor,
    id: &str,
    input: &OrganisationInput,
) -> Result<OrganisationRow> {
    authorise(app, actor, Action::ManagePeople, &Resource::everything())?;
    let mut tx = app.write().await?;
    let before = living(&mut tx, id).await?;
    let parsed = input.parse(&mut tx).await?;
    let version =
        parse_whole(&input.version, 0, i64::MAX).map_err(|error| Error::field("version", error))?;
    if let Some(registration) = &parsed.registration {
        let same = store::people::organisations_of_registration(&mut tx, registration).await?;
        if let Some(other) = same.into_iter().find(|other| other.id != id) {
            return Err(Refused::new("organisation-refused-known")
                .with("name", other.name)
                .into());
        }
    }
    let mut after = OrganisationRow {
        name: parsed.name.as_str().to_owned(),
        folded: fold(parsed.name.as_str()),
        kind: parsed.kind,
        registration: parsed.registration,
        sector: parsed.sector,
        commune_code: parsed.commune,
        email: parsed.email,
        phone: parsed.phone,
        note: parsed.note,
        version,
        ..before.clone()
    };
    after.version = store::people::update_organisation(&mut tx, &after).await?;
    history::record(
        app,
        &mut tx,
        actor,
        "organisation.changed",
        ("organisation", id),
        Some(&before),
        Some(&after),
    )
    .await?;
    tx.commit().await?;
    Ok(after)
}

pub(super) async fn living(db: &mut store::Connection, id: &str) -> Result<OrganisationRow> {
    let organisation = store::people::organisation(db, id)
        .await?
        .ok_or(Error::NotFound)?;
    if organisation.merged_into.is_some() {
        return Err(Refused::new("people-refused-merged").into());
    }
    Ok(organisation)
}

/// One page of the organisations that `actor` may see and that match, and how many match in all.
pub async fn search_organisations(
    app: &App,
    actor: &Actor,
    filter: OrganisationFilter,
) -> Result<PeoplePage<OrganisationListRow>> {
    let mut db = app.read().await?;
    let scope = scope(app, &mut db, actor, Action::SeePeople).await?;
    let filter = OrganisationFilter {
        communes: scope.communes(),
        ..filter
    };
    Ok(PeoplePage {
        total: store::people::count_organisations(&mut db, &filter).await?,
        rows: store::people::search_organisations(&mut db, &filter).await?,
    })
}

/// An organisation with its people and what happened to it.
///
/// # Errors
/// [`Error::NotFound`], also for whoever may not see it.
pub async fn organisation_page(app: &App, actor: &Actor, id: &str) -> Result<OrganisationPage> {
    let mut db = app.read().await?;
    let scope = scope(app, &mut db, actor, Action::SeePeople).await?;
    let organisation = store::people::organisation(&mut db, id)
        .await?
        .ok_or(Error::NotFound)?;
    let people = store::people::people_of_organisation(&mut db, id).await?;
    let people: Vec<_> = people
        .into_iter()
        .filter(|person| scope.contains(person.commune_code.as_deref()))
        .collect();
    if !scope.contains(organisation.commune_code.as_deref()) && people.is_empty() {
        return Err(Error::NotFound);
    }
    let filter = store::event::EventFilter {
        subject_kind: Some("organisation".to_owned()),
        subject_id: Some(id.to_owned()),
        limit: 200,
        ..store::event::EventFilter::default()
    };
    let events = store::event::list(&mut db, &filter).await?;
    Ok(OrganisationPage {
        organisation,
        people,
        events,
    })
}
