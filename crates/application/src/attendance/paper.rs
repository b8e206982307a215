//! The list to sign, and the rows that the API answers.

use documents::pdf::{AttendanceSheet, HalfDay, SheetPerson};
use domain::language::Language;
use store::attendance::SheetLine;

use super::{load, sheet};
use crate::access::{Action, Actor};
use crate::enrolment::instant;
use crate::people::commune_label;
use crate::territory::gazetteer;
use crate::{App, Error, Result, content};

/// Lines for those who come unannounced.
const BLANK_LINES: usize = 3;

/// Everybody expected or marked in a session, with their marks, by name.
///
/// # Errors
/// [`Error::NotFound`], and what [`crate::access::authorise`] says.
pub async fn of_session(app: &App, actor: &Actor, session: &str) -> Result<Vec<SheetLine>> {
    let mut db = app.read().await?;
    load(app, &mut db, actor, Action::SeeRoster, session).await?;
    Ok(store::attendance::sheet(&mut db, session).await?)
}

/// The attendance sheet to print and sign, as PDF.
///
/// # Errors
/// As [`super::sheet()`], and [`Error::Internal`] when the template fails.
pub async fn sheet_pdf(
    app: &App,
    actor: &Actor,
    session: &str,
    language: Language,
) -> Result<Vec<u8>> {
    let sheet = sheet(app, actor, session).await?;
    let programme = {
        let mut db = app.read().await?;
        store::programme::get(&mut db, &sheet.season.programme_id)
            .await?
            .ok_or(Error::NotFound)?
    };
    let starts = instant(sheet.session.starts_at)?.to_zoned(sheet.zone.clone());
    let ends = instant(sheet.session.ends_at)?.to_zoned(sheet.zone.clone());
    let commune = gazetteer()
        .resolve(&sheet.session.commune_code)
        .map_or_else(String::new, |found| found.commune.name.to_owned());
    let paper = AttendanceSheet {
        language,
        programme: programme.name,
        season: sheet.season.name,
        module: content::catalogue()
            .module(&sheet.session.module)
            .map_or(sheet.session.module.clone(), |module| {
                module.title.get(language).to_owned()
            }),
        site: [sheet.session.site_name, commune]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", "),
        room: sheet.session.room_name,
        trainers: sheet.session.trainer_name.into_iter().collect(),
        half_days: vec![HalfDay {
            date: starts.date(),
            start: starts.time(),
            end: ends.time(),
        }],
        people: sheet
            .people
            .into_iter()
            .map(|person| SheetPerson {
                detail: person.line.organisation_name.unwrap_or_else(|| {
                    commune_label(person.line.commune_code.as_deref().unwrap_or_default())
                }),
                name: person.line.name,
            })
            .collect(),
        blank_lines: BLANK_LINES,
        made: app.now().to_zoned(sheet.zone).date(),
    };
    // Setting a page takes the processor for longer than a request may hold a worker.
    tokio::task::spawn_blocking(move || paper.pdf())
        .await
        .map_err(|error| Error::Internal(error.to_string()))?
        .map_err(|error| Error::Internal(error.to_string()))
}
