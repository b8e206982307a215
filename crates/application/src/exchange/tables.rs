//! Lists as tables.

use documents::spreadsheet::{Cell, Table};
use documents::texts::Texts;
use domain::language::Language;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use store::Connection;
use store::exchange::EnrolmentLine;
use store::people::{OrganisationFilter, OrganisationListRow, PeopleFilter, PersonListRow};

use super::List;
use super::columns::{columns, fields};
use crate::access::{Action, Actor, Resource, authorise};
use crate::content::{catalogue, vocabulary};
use crate::people::{commune_label, profiles_of};
use crate::territory::gazetteer;
use crate::{App, Result};

/// More lines than this no file gets.
const MOST: i64 = 1_000_000;

/// Where instants are told in; the programme's own where the list knows it.
const HOME_ZONE: &str = "Europe/Paris";

/// A whole list as a table, in `language`. Of sessions, wishes, enrolments and attendance only those of `season` (its id), if one is given.
///
/// # Errors
/// What [`authorise`] says.
pub async fn export(
    app: &App,
    actor: &Actor,
    list: List,
    season: Option<&str>,
    language: Language,
) -> Result<Table> {
    match list {
        List::People => {
            return people_table(
                app,
                actor,
                PeopleFilter {
                    season: season.map(str::to_owned),
                    ..PeopleFilter::default()
                },
                language,
            )
            .await;
        }
        List::Organisations => {
            return organisations_table(app, actor, OrganisationFilter::default(), language).await;
        }
        _ => {}
    }
    authorise(app, actor, Action::Export, &Resource::everything())?;
    let mut db = app.read().await?;
    let rows = match list {
        List::Referents => referents(&mut db, language).await?,
        List::Sites => sites(&mut db).await?,
        List::Trainers => trainers(&mut db, language).await?,
        List::Sessions => sessions(&mut db, season, language).await?,
        List::Wishes => wishes(&mut db, season, language).await?,
        List::Attendance => store::exchange::attendance(&mut db, season)
            .await?
            .iter()
            .map(|line| attended(line, language))
            .collect(),
        _ => store::exchange::enrolments(&mut db, season)
            .await?
            .iter()
            .map(|line| enrolled(line, language))
            .collect(),
    };
    Ok(table(list, rows, language))
}

fn table(list: List, rows: Vec<Vec<Cell>>, language: Language) -> Table {
    Table {
        name: Texts::embedded().get(language, list.key()),
        columns: columns(fields(list), language),
        rows,
    }
}

/// The people that match, as a table.
///
/// # Errors
/// What [`authorise`] says.
pub async fn people_table(
    app: &App,
    actor: &Actor,
    filter: PeopleFilter,
    language: Language,
) -> Result<Table> {
    authorise(app, actor, Action::Export, &Resource::everything())?;
    let filter = PeopleFilter {
        limit: MOST,
        offset: 0,
        ..filter
    };
    let people = crate::people::search_people(app, actor, filter).await?;
    Ok(table(
        List::People,
        people
            .rows
            .iter()
            .map(|person| person_line(person, language))
            .collect(),
        language,
    ))
}

/// The organisations that match, as a table.
///
/// # Errors
/// What [`authorise`] says.
pub async fn organisations_table(
    app: &App,
    actor: &Actor,
    filter: OrganisationFilter,
    language: Language,
) -> Result<Table> {
    authorise(app, actor, Action::Export, &Resource::everything())?;
    let filter = OrganisationFilter {
        limit: MOST,
        offset: 0,
        ..filter
    };
    let found = crate::people::search_organisations(app, actor, filter).await?;
    Ok(table(
        List::Organisations,
        found
            .rows
            .iter()
            .map(|row| organisation_line(row, language))
            .collect(),
        language,
    ))
}

fn person_line(person: &PersonListRow, language: Language) -> Vec<Cell> {
    let profiles: Vec<String> = profiles_of(&person.audience)
        .iter()
        .map(|slug| profile_label(slug, language))
        .collect();
    vec![
        person.name.as_str().into(),
        person.email.clone().into(),
        person.phone.clone().into(),
        commune(person.commune_code.as_deref()),
        person.organisation_name.clone().into(),
        person.organisation_registration.clone().into(),
        sector(person.sector.as_deref(), language),
        profiles.join("; ").into(),
        person.language.as_str().into(),
        person.needs.as_str().into(),
        person.note.as_str().into(),
        person.enrolments.into(),
        local(person.created_at, HOME_ZONE)
            .map(DateTime::date)
            .into(),
    ]
}

fn organisation_line(row: &OrganisationListRow, language: Language) -> Vec<Cell> {
    vec![
        row.name.as_str().into(),
        word("exchange-kind-", &row.kind, language),
        row.registration.clone().into(),
        sector(row.sector.as_deref(), language),
        commune(row.commune_code.as_deref()),
        row.email.clone().into(),
        row.phone.clone().into(),
        row.note.as_str().into(),
        row.people.into(),
        local(row.created_at, HOME_ZONE).map(DateTime::date).into(),
    ]
}

async fn referents(db: &mut Connection, language: Language) -> Result<Vec<Vec<Cell>>> {
    let territories = store::territory::list(db, None).await?;
    let rows = store::referent::list(db, &store::referent::ReferentFilter::default()).await?;
    let name = |id: &str| {
        territories
            .iter()
            .find(|territory| territory.id == id)
            .map(|territory| territory.name.clone())
    };
    Ok(rows
        .into_iter()
        .map(|row| {
            vec![
                row.name.into(),
                name(&row.territory_id).into(),
                word("exchange-referent-", &row.kind, language),
                row.organisation.into(),
                commune(row.commune_code.as_deref()),
                row.email.into(),
                row.phone.into(),
                row.note.into(),
            ]
        })
        .collect())
}

async fn sites(db: &mut Connection) -> Result<Vec<Vec<Cell>>> {
    let mut lines = Vec::new();
    for row in store::site::list(db, &store::site::SiteFilter::default()).await? {
        let site = crate::site::read(row, Vec::new())?;
        let point = match (site.row.latitude, site.row.longitude) {
            (Some(lat), Some(lon)) => format!("{lat}, {lon}"),
            _ => String::new(),
        };
        let mut line: Vec<Cell> = vec![
            site.row.name.as_str().into(),
            commune(Some(&site.row.commune_code)),
            site.row.address.as_str().into(),
            point.into(),
        ];
        line.extend(
            domain::questionnaire::DAYS
                .into_iter()
                .map(|day| Cell::from(site.hours.text(day))),
        );
        line.extend([
            site.accessibility.join("; ").into(),
            site.row.access_note.as_str().into(),
            site.row.phone.clone().into(),
            Cell::YesNo(site.row.regular == 0),
        ]);
        lines.push(line);
    }
    Ok(lines)
}

async fn trainers(db: &mut Connection, language: Language) -> Result<Vec<Vec<Cell>>> {
    let providers = store::trainer::list_providers(db, None).await?;
    let mut lines = Vec::new();
    for row in store::trainer::list(db, &store::trainer::TrainerFilter::default()).await? {
        let trainer = crate::trainer::read(row)?;
        let provider = trainer
            .row
            .provider_id
            .as_ref()
            .and_then(|id| providers.iter().find(|provider| provider.id == *id));
        let skills: Vec<String> = trainer
            .skills
            .iter()
            .map(|slug| {
                vocabulary()
                    .skill(slug)
                    .map_or_else(|| slug.clone(), |term| term.label.get(language).to_owned())
            })
            .collect();
        let free: Vec<String> = trainer
            .availability
            .cells()
            .map(|cell| cell.to_string())
            .collect();
        lines.push(vec![
            trainer.row.name.into(),
            trainer.row.email.into(),
            trainer.row.phone.into(),
            provider.map(|provider| provider.name.clone()).into(),
            commune(trainer.row.commune_code.as_deref()),
            skills.join("; ").into(),
            free.join("; ").into(),
            trainer.row.note.into(),
        ]);
    }
    Ok(lines)
}

async fn sessions(
    db: &mut Connection,
    season: Option<&str>,
    language: Language,
) -> Result<Vec<Vec<Cell>>> {
    let seasons = store::programme::list_seasons(db, None).await?;
    let programmes = store::programme::list(db).await?;
    let filter = store::session::SessionFilter {
        season_id: season.map(str::to_owned),
        ..store::session::SessionFilter::default()
    };
    let rows = store::session::list(db, &filter).await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let zone = programmes
                .iter()
                .find(|programme| programme.id == row.programme_id);
            let zone = zone.map_or(HOME_ZONE, |programme| programme.time_zone.as_str());
            let (starts, ends) = (local(row.starts_at, zone), local(row.ends_at, zone));
            let clock =
                |at: Option<DateTime>| at.map(|at| format!("{:02}:{:02}", at.hour(), at.minute()));
            vec![
                seasons
                    .iter()
                    .find(|season| season.id == row.season_id)
                    .map(|season| season.slug.clone())
                    .into(),
                module(&row.module, language),
                row.site_name.into(),
                row.room_name.into(),
                row.trainer_name.into(),
                starts.map(DateTime::date).into(),
                clock(starts).into(),
                clock(ends).into(),
                row.least.into(),
                row.capacity.into(),
                row.public_note.into(),
                word("exchange-session-", &row.stage, language),
                row.placed.into(),
                row.waiting.into(),
            ]
        })
        .collect())
}

async fn wishes(
    db: &mut Connection,
    season: Option<&str>,
    language: Language,
) -> Result<Vec<Vec<Cell>>> {
    let rows = store::exchange::wishes(db, season).await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            vec![
                row.name.into(),
                row.email.into(),
                row.phone.into(),
                commune(row.commune_code.as_deref()),
                row.season.into(),
                row.module
                    .map_or(Cell::Empty, |slug| module(&slug, language)),
                row.detail.into(),
                word("exchange-wish-reason-", &row.reason, language),
                word("exchange-wish-", &row.stage, language),
                row.answer.into(),
                local(row.created_at, &row.time_zone).into(),
            ]
        })
        .collect())
}

fn enrolled(line: &EnrolmentLine, language: Language) -> Vec<Cell> {
    vec![
        line.name.as_str().into(),
        line.email.clone().into(),
        line.phone.clone().into(),
        commune(line.commune_code.as_deref()),
        line.organisation.clone().into(),
        sector(line.sector.as_deref(), language),
        line.season.as_str().into(),
        module(&line.module, language),
        line.site.as_str().into(),
        local(line.starts_at, &line.time_zone).into(),
        word("exchange-enrolment-", &line.stage, language),
        word("exchange-origin-", &line.origin, language),
        local(line.requested_at, &line.time_zone).into(),
        line.mark
            .as_deref()
            .map_or(Cell::Empty, |mark| word("exchange-mark-", mark, language)),
        line.minutes.into(),
    ]
}

fn attended(line: &EnrolmentLine, language: Language) -> Vec<Cell> {
    vec![
        line.name.as_str().into(),
        commune(line.commune_code.as_deref()),
        line.organisation.clone().into(),
        sector(line.sector.as_deref(), language),
        line.season.as_str().into(),
        module(&line.module, language),
        line.site.as_str().into(),
        local(line.starts_at, &line.time_zone).into(),
        line.mark
            .as_deref()
            .map_or(Cell::Empty, |mark| word("exchange-mark-", mark, language)),
        line.minutes.into(),
        local(line.requested_at, &line.time_zone).into(),
    ]
}

/// The word for a stored slug, or the slug itself when the locale files do not know it.
fn word(prefix: &str, slug: &str, language: Language) -> Cell {
    Texts::embedded()
        .find(language, &format!("{prefix}{slug}"))
        .unwrap_or_else(|| slug.to_owned())
        .into()
}

fn module(slug: &str, language: Language) -> Cell {
    catalogue()
        .module(slug)
        .map_or(slug, |module| module.title.get(language))
        .into()
}

fn sector(slug: Option<&str>, language: Language) -> Cell {
    let Some(slug) = slug else { return Cell::Empty };
    vocabulary()
        .sector(slug)
        .map_or(slug, |sector| sector.label.get(language))
        .into()
}

fn profile_label(slug: &str, language: Language) -> String {
    vocabulary()
        .profile(slug)
        .map_or(slug, |profile| profile.label.get(language))
        .to_owned()
}

/// As it can be brought back in: the name alone where it is the only one of its kind in the département list, else with its postcode.
fn commune(code: Option<&str>) -> Cell {
    match code {
        Some(code) if gazetteer().resolve(code).is_some() => commune_label(code).into(),
        Some(code) => code.into(),
        None => Cell::Empty,
    }
}

fn local(milliseconds: i64, zone: &str) -> Option<DateTime> {
    let zone = TimeZone::get(zone)
        .or_else(|_| TimeZone::get(HOME_ZONE))
        .ok()?;
    Some(zone.to_datetime(Timestamp::from_millisecond(milliseconds).ok()?))
}
