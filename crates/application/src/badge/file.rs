//! A badge as a file: JSON with its proof, compact text, or a picture with the text inside.

use documents::badge::Art;
use domain::badge::json;
use domain::certificate::Kind;
use domain::id::PersonId;
use serde_json::Value;
use store::badge::BadgeRow;
use store::certificate::CertificateRow;

use super::{Press, key_address};
use crate::access::{Action, Actor, Resource, authorise};
use crate::certificate::{Printed, printed_of};
use crate::enrolment::parse;
use crate::session::season_of;
use crate::{App, Error, Result};

/// In which form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// JSON with its proof.
    Json,
    /// Compact text.
    Compact,
    /// A picture made of points.
    Png,
    /// A picture made of lines.
    Svg,
}

impl Form {
    /// The form that a file of that ending has.
    #[must_use]
    pub fn of_ending(ending: &str) -> Option<Self> {
        match ending {
            "json" => Some(Self::Json),
            "jwt" => Some(Self::Compact),
            "png" => Some(Self::Png),
            "svg" => Some(Self::Svg),
            _ => None,
        }
    }
}

/// A file ready to be sent.
#[derive(Clone, Debug, PartialEq)]
pub struct BadgeFile {
    /// What it is, for HTTP.
    pub kind: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The picture that a certificate has.
pub(super) fn art(printed: &Printed) -> Art {
    match printed.earned.kind {
        Kind::Attendance => Art::Attendance,
        Kind::Success => Art::Success,
    }
}

/// The badge of a certificate that holds, for its bearer and for the desk. A certificate from before badges gets its own now.
///
/// # Errors
/// [`Error::NotFound`], also for other people's and for withdrawn ones, and what [`authorise`] says.
pub async fn file(app: &App, actor: &Actor, certificate: &str, form: Form) -> Result<BadgeFile> {
    let mut db = app.read().await?;
    let row = store::certificate::get(&mut db, certificate)
        .await?
        .filter(|row| row.revoked_at.is_none())
        .ok_or(Error::NotFound)?;
    let (season, _) = season_of(&mut db, &row.season_id).await?;
    if let Actor::Participant { .. } = actor {
        let person: PersonId = parse(&row.person_id)?;
        let allowed = authorise(app, actor, Action::ManageOwn, &Resource::of_person(person));
        allowed.map_err(|_| Error::NotFound)?;
    } else {
        let programme = Resource::of_programme(parse(&season.programme_id)?);
        authorise(app, actor, Action::IssueCertificates, &programme)?;
    }
    let printed = printed_of(&row).ok_or(Error::NotFound)?;
    let found = store::badge::of_certificate(&mut db, &row.id).await?;
    drop(db);
    let badge = match found {
        Some(badge) => badge,
        None => late(app, actor, &row, &printed, &season.programme_id).await?,
    };
    let mut db = app.read().await?;
    let key = store::badge::key(&mut db, &badge.key_id)
        .await?
        .ok_or(Error::NotFound)?;
    made(&badge, &key_address(&key), art(&printed), form)
}

async fn late(
    app: &App,
    actor: &Actor,
    row: &CertificateRow,
    printed: &Printed,
    programme: &str,
) -> Result<BadgeRow> {
    let mut tx = app.write().await?;
    let programme = store::programme::get(&mut tx, programme)
        .await?
        .ok_or(Error::NotFound)?;
    let mut press = Press::ready(app, &mut tx, actor, &programme).await?;
    // Somebody else may have been quicker while this one waited for the lock.
    let badge = match store::badge::of_certificate(&mut tx, &row.id).await? {
        Some(badge) => badge,
        None => press.grant(app, &mut tx, row, printed).await?,
    };
    tx.commit().await?;
    Ok(badge)
}

fn made(badge: &BadgeRow, key: &str, art: Art, form: Form) -> Result<BadgeFile> {
    let stored = |text: &str| {
        json::read(text).map_err(|error| Error::Store(store::Error::Corrupt(error.to_string())))
    };
    let credential = stored(&badge.credential)?;
    let compact = || domain::badge::token(key, &credential).with(&badge.signature);
    let (kind, bytes) = match form {
        Form::Json => {
            let mut document = credential;
            if let Value::Object(members) = &mut document {
                members.insert("proof".to_owned(), stored(&badge.proof)?);
            }
            let text = serde_json::to_string_pretty(&document).map_err(store::Error::from)?;
            ("application/vc+ld+json; charset=utf-8", text.into_bytes())
        }
        Form::Compact => ("application/vc+jwt; charset=utf-8", compact().into_bytes()),
        Form::Png => ("image/png", art.baked_png(&compact())),
        Form::Svg => ("image/svg+xml", art.baked_svg(&compact()).into_bytes()),
    };
    Ok(BadgeFile { kind, bytes })
}
