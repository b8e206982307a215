//! Certificates as PDF, from what was frozen when they were given.

use std::collections::BTreeMap;

use documents::pdf;
use domain::certificate::Kind;
use domain::id::PersonId;
use jiff::civil::Date;
use store::certificate::CertificateRow;

use super::{Printed, language_of, printed_of, resource, season_by_slug};
use crate::access::{Action, Actor, Resource, authorise};
use crate::enrolment::parse;
use crate::session::season_of;
use crate::{App, Error, Refused, Result};

/// For whom a certificate is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Copy {
    /// For its bearer.
    Bearer,
    /// For the employer of an agent: hours, dates and workshops, and nothing else.
    Employer,
}

/// One certificate as PDF, for the desk.
///
/// # Errors
/// [`Error::NotFound`], also once it is withdrawn and for the employer's copy of somebody who is no agent, and what [`authorise`] says.
pub async fn pdf(app: &App, actor: &Actor, id: &str, copy: Copy) -> Result<Vec<u8>> {
    let mut db = app.read().await?;
    let row = standing(&mut db, id).await?;
    let (season, _) = season_of(&mut db, &row.season_id).await?;
    authorise(app, actor, Action::IssueCertificates, &resource(&season)?)?;
    drop(db);
    set(app, vec![row], copy).await
}

/// The participant's own certificate as PDF. Other people's do not exist for them.
///
/// # Errors
/// [`Error::NotFound`], [`Error::SignInNeeded`].
pub async fn pdf_own(app: &App, actor: &Actor, id: &str, copy: Copy) -> Result<Vec<u8>> {
    let Actor::Participant { .. } = actor else {
        return Err(Error::SignInNeeded);
    };
    let mut db = app.read().await?;
    let row = standing(&mut db, id).await?;
    drop(db);
    let person: PersonId = parse(&row.person_id)?;
    authorise(app, actor, Action::ManageOwn, &Resource::of_person(person)).map_err(|error| {
        match error {
            Error::Forbidden => Error::NotFound,
            other => other,
        }
    })?;
    set(app, vec![row], copy).await
}

/// All certificates of a season that hold, by name, in one file to print.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Refused`] when there are none, and what [`authorise`] says.
pub async fn pdf_of_season(app: &App, actor: &Actor, season: &str) -> Result<Vec<u8>> {
    let mut db = app.read().await?;
    let (season, _) = season_by_slug(&mut db, season).await?;
    authorise(app, actor, Action::IssueCertificates, &resource(&season)?)?;
    let rows = store::certificate::valid(&mut db, &season.id, None).await?;
    drop(db);
    if rows.is_empty() {
        return Err(Refused::new("certificate-refused-none").into());
    }
    set(app, rows, Copy::Bearer).await
}

/// A certificate that holds.
async fn standing(db: &mut store::Connection, id: &str) -> Result<CertificateRow> {
    store::certificate::get(db, id)
        .await?
        .filter(|row| row.revoked_at.is_none())
        .ok_or(Error::NotFound)
}

async fn set(app: &App, rows: Vec<CertificateRow>, copy: Copy) -> Result<Vec<u8>> {
    let base = app.config().base_url.clone();
    let papers: Vec<_> = rows
        .iter()
        .filter_map(|row| paper(row, &base, copy))
        .collect();
    // Setting hundreds of pages takes the processor for seconds: not on a worker that answers requests.
    let set = tokio::task::spawn_blocking(move || match papers.as_slice() {
        [] => Ok(None),
        [one] => pdf::certificate(one).map(Some),
        all => pdf::certificates(all).map(Some),
    });
    set.await
        .map_err(|error| Error::Internal(error.to_string()))?
        .map_err(|error| Error::Internal(error.to_string()))?
        .ok_or(Error::NotFound)
}

/// As printed: sessions of one module stand together with their days.
fn paper(row: &CertificateRow, base: &str, copy: Copy) -> Option<pdf::Certificate> {
    let printed = printed_of(row).filter(|printed| copy == Copy::Bearer || printed.is_agent)?;
    let says = says(&printed, copy);
    let cumulative = (copy == Copy::Bearer && printed.cumulative > printed.total)
        .then_some(printed.cumulative.0);
    let mut order: Vec<&str> = Vec::new();
    let mut modules: BTreeMap<&str, (Vec<Date>, u32)> = BTreeMap::new();
    for line in &printed.lines {
        if !modules.contains_key(line.module.as_str()) {
            order.push(&line.module);
        }
        let (dates, minutes) = modules.entry(&line.module).or_default();
        dates.push(line.date);
        *minutes = minutes.saturating_add(line.minutes.0);
    }
    let modules = order
        .into_iter()
        .filter_map(|title| {
            let (dates, minutes) = modules.get(title)?;
            Some(pdf::CertifiedModule {
                title: title.to_owned(),
                dates: dates.clone(),
                minutes: *minutes,
            })
        })
        .collect();
    Some(pdf::Certificate {
        language: language_of(&row.language),
        person: printed.name,
        organisation: printed.organisation,
        issuer: printed.programme.clone(),
        programme: printed.programme,
        season: printed.season,
        modules,
        verify_url: format!("{base}/attestations/{}", row.code),
        code: row.code.clone(),
        partners: printed.partners,
        signatory: None,
        place: printed.place,
        date: printed.issued_on,
        says,
        cumulative,
    })
}

fn says(printed: &Printed, copy: Copy) -> pdf::Says {
    match (copy, printed.earned.kind) {
        (Copy::Employer, _) => pdf::Says::Employer,
        (Copy::Bearer, Kind::Attendance) => pdf::Says::Attendance,
        (Copy::Bearer, Kind::Success) => pdf::Says::Success {
            share: printed.earned.share,
            asked: printed.asked,
            each: printed.by_session,
        },
    }
}
