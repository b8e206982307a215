//! Certificates of attendance: who is entitled to one, giving and withdrawing them, and the check by code that is open to everybody.

mod issue;
mod paper;

use domain::certificate::{
    Code, Earned, Followed, Kind, Line, NotYet, ShareRule, Threshold, earned, entitlement,
};
use domain::id::PersonId;
use domain::input::{LongText, Minutes};
use domain::language::Language;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use store::attendance::AttendedRow;
use store::certificate::FollowedRow;
use store::programme::SeasonRow;

use crate::access::{Action, Actor, Resource, authorise, limit};
use crate::enrolment::{instant, parse};
use crate::input::Fields;
use crate::session::season_of;
use crate::{App, Error, Refused, Result, content, history};

pub use issue::{Issued, issue, issue_all};
pub use paper::{Copy, pdf, pdf_of_season, pdf_own};
pub use store::certificate::{BearerRow, CertificateRow};

/// Longest reason of a withdrawal, in characters.
const LONGEST_REASON: usize = 300;

/// Why a certificate was withdrawn by giving another.
pub const REPLACED: &str = "replaced";

/// One certificate, for the desk: to ask before it is withdrawn.
///
/// # Errors
/// [`Error::NotFound`], and what [`authorise`] says.
pub async fn get(app: &App, actor: &Actor, id: &str) -> Result<(SeasonRow, CertificateRow)> {
    let mut db = app.read().await?;
    let row = store::certificate::get(&mut db, id)
        .await?
        .ok_or(Error::NotFound)?;
    let (season, _) = season_of(&mut db, &row.season_id).await?;
    authorise(app, actor, Action::IssueCertificates, &resource(&season)?)?;
    Ok((season, row))
}

/// What is printed on a certificate, frozen on the day it is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Printed {
    /// The bearer's name.
    pub name: String,
    /// Their firm, farm or local authority.
    pub organisation: Option<String>,
    /// Name of the programme.
    pub programme: String,
    /// Name of the season.
    pub season: String,
    /// Names of the partners shown.
    pub partners: Vec<String>,
    /// Where it was made out.
    pub place: String,
    /// Day of issue, where it was made out.
    pub issued_on: Date,
    /// What was attended.
    pub lines: Vec<Line>,
    /// Time attended in all.
    pub total: Minutes,
    /// What was earned: attendance or success, and the share it rests on.
    #[serde(default)]
    pub earned: Earned,
    /// Percent that the programme asked for then.
    #[serde(default)]
    pub asked: u8,
    /// Whether it asked for that of each session, or of the path as a whole.
    #[serde(default)]
    pub by_session: bool,
    /// Time attended in all seasons of the programme until then; 0 on certificates from before it was counted.
    #[serde(default = "none")]
    pub cumulative: Minutes,
    /// Whether the bearer worked for a local authority then: their employer may have a copy.
    #[serde(default)]
    pub is_agent: bool,
}

fn none() -> Minutes {
    Minutes(0)
}

/// Somebody who attended in a season, and where their certificate stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Who.
    pub bearer: BearerRow,
    /// Sessions they came to.
    pub sessions: usize,
    /// Time there.
    pub minutes: Minutes,
    /// Which certificate that earns.
    pub earned: Earned,
    /// What is missing before they may have one; nothing when entitled.
    pub missing: Option<NotYet>,
    /// The certificate they have.
    pub certificate: Option<CertificateRow>,
    /// Whether it says something else than what was attended by now.
    pub outdated: bool,
}

/// What anybody may know who holds a certificate in their hands.
#[derive(Clone, Debug, PartialEq)]
pub struct Verified {
    /// As printed; nothing once the bearer has had their data erased.
    pub printed: Option<Printed>,
    /// The code, as printed.
    pub code: String,
    /// When it was given, UTC milliseconds.
    pub issued_at: i64,
    /// When it was withdrawn, UTC milliseconds.
    pub revoked_at: Option<i64>,
    /// Whether another one took its place.
    pub replaced: bool,
}

/// Everybody who attended anything in a season, by name, with the season.
///
/// # Errors
/// [`Error::NotFound`], and what [`authorise`] says.
pub async fn candidates(
    app: &App,
    actor: &Actor,
    season: &str,
) -> Result<(SeasonRow, Vec<Candidate>)> {
    let mut db = app.read().await?;
    let (season, zone) = season_by_slug(&mut db, season).await?;
    authorise(app, actor, Action::IssueCertificates, &resource(&season)?)?;
    let attended = store::attendance::attended(&mut db, &season.id, None).await?;
    let given = store::certificate::valid(&mut db, &season.id, None).await?;
    let followed = store::certificate::followed(&mut db, &season.id, None).await?;
    let (rule, _) = crate::badge::asked(&mut db, &season.programme_id).await?;
    let bearers = store::certificate::bearers(&mut db, &season.id, None).await?;
    let candidates = bearers
        .into_iter()
        .map(|bearer| {
            let earned = earned_by(&followed, &bearer.person_id, rule);
            candidate(bearer, earned, &attended, &given, &season, &zone)
        })
        .collect::<Result<_>>()?;
    Ok((season, candidates))
}

/// The seasons whose certificates `actor` may give, newest first: slug and name.
///
/// # Errors
/// [`Error::Forbidden`] or [`Error::SignInNeeded`] for those who may give none anywhere.
pub async fn seasons(app: &App, actor: &Actor) -> Result<Vec<(String, String)>> {
    let mut db = app.read().await?;
    let mut all = store::programme::list_seasons(&mut db, None).await?;
    all.sort_by(|a, b| (&b.starts_on, &b.slug).cmp(&(&a.starts_on, &a.slug)));
    let mut seasons = Vec::new();
    for season in all {
        if authorise(app, actor, Action::IssueCertificates, &resource(&season)?).is_ok() {
            seasons.push((season.slug, season.name));
        }
    }
    if seasons.is_empty() {
        authorise(
            app,
            actor,
            Action::IssueCertificates,
            &Resource::everything(),
        )?;
    }
    Ok(seasons)
}

/// The season of that slug, with its time zone.
async fn season_by_slug(db: &mut store::Connection, slug: &str) -> Result<(SeasonRow, TimeZone)> {
    let season = store::programme::season_by_slug(db, slug)
        .await?
        .ok_or(Error::NotFound)?;
    season_of(db, &season.id).await
}

/// What somebody earned, from the sessions of everybody's paths in order of person.
fn earned_by(followed: &[FollowedRow], person: &str, rule: ShareRule) -> Earned {
    let from = followed.partition_point(|row| row.person_id.as_str() < person);
    let path: Vec<Followed> = followed
        .iter()
        .skip(from)
        .take_while(|row| row.person_id == person)
        .map(|row| Followed {
            length: Minutes(u32::try_from(row.length / 60_000).unwrap_or_default()),
            attended: Minutes(u32::try_from(row.minutes).unwrap_or_default()),
        })
        .collect();
    earned(&path, rule)
}

fn candidate(
    bearer: BearerRow,
    earned: Earned,
    attended: &[AttendedRow],
    given: &[CertificateRow],
    season: &SeasonRow,
    zone: &TimeZone,
) -> Result<Candidate> {
    let own = of_person(attended, &bearer.person_id);
    let lines = lines(own, zone, language_of(&bearer.language))?;
    let sessions = lines.len();
    let minutes = lines.iter().map(|line| line.minutes).sum();
    let certificate = given
        .iter()
        .filter(|row| row.person_id == bearer.person_id)
        .max_by_key(|row| row.issued_at)
        .cloned();
    let (missing, outdated) = match entitlement(lines, threshold(season.certificate_minutes)) {
        Ok(content) => (
            None,
            certificate
                .as_ref()
                .is_some_and(|row| !says(row, &content.lines, earned)),
        ),
        Err(not_yet) => (Some(not_yet), certificate.is_some()),
    };
    Ok(Candidate {
        bearer,
        sessions,
        minutes,
        earned,
        missing,
        certificate,
        outdated,
    })
}

/// The part of rows in order of person that is one person's.
fn of_person<'a>(attended: &'a [AttendedRow], person: &str) -> &'a [AttendedRow] {
    let from = attended.partition_point(|row| row.person_id.as_str() < person);
    let rest = attended.get(from..).unwrap_or_default();
    let length = rest.partition_point(|row| row.person_id == person);
    rest.get(..length).unwrap_or_default()
}

/// Whether a certificate says exactly these sessions and minutes; titles may have changed since. Success once certified stays, also when
/// the path grows afterwards; success earned since is to be certified.
fn says(row: &CertificateRow, lines: &[Line], earned: Earned) -> bool {
    let facts = |lines: &[Line]| -> Vec<_> {
        let mut facts: Vec<_> = lines
            .iter()
            .map(|line| (line.session, line.date, line.minutes))
            .collect();
        facts.sort_unstable();
        facts
    };
    printed_of(row).is_some_and(|printed| {
        let holds = printed.earned.kind == Kind::Success || earned.kind == Kind::Attendance;
        holds && facts(&printed.lines) == facts(lines)
    })
}

/// What a certificate says; nothing once its bearer is erased.
#[must_use]
pub fn printed_of(row: &CertificateRow) -> Option<Printed> {
    serde_json::from_str(&row.content).ok()
}

/// Withdraws a certificate, with a reason for the desk.
///
/// # Errors
/// [`Error::Invalid`] (field `reason`), [`Error::NotFound`], [`Error::Refused`] when it is withdrawn already, and what [`authorise`] says.
pub async fn revoke(app: &App, actor: &Actor, id: &str, reason: &str) -> Result<()> {
    let mut tx = app.write().await?;
    let row = store::certificate::get(&mut tx, id)
        .await?
        .ok_or(Error::NotFound)?;
    let (season, _) = season_of(&mut tx, &row.season_id).await?;
    authorise(app, actor, Action::IssueCertificates, &resource(&season)?)?;
    let mut fields = Fields::default();
    let reason = fields.take("reason", LongText::<LONGEST_REASON>::parse(reason));
    let reason = String::from(fields.finish(reason)?);
    if !take_back(app, &mut tx, actor, &row, &reason).await? {
        return Err(Refused::new("certificate-refused-revoked").into());
    }
    tx.commit().await?;
    Ok(())
}

async fn take_back(
    app: &App,
    tx: &mut store::Connection,
    actor: &Actor,
    row: &CertificateRow,
    reason: &str,
) -> Result<bool> {
    let at = app.now().as_millisecond();
    if !store::certificate::revoke(tx, &row.id, at, reason).await? {
        return Ok(false);
    }
    let subject = ("certificate", row.id.as_str());
    let after = Logged {
        revoked_why: reason,
        ..Logged::of(row)
    };
    let before = Logged::of(row);
    history::record(
        app,
        tx,
        actor,
        "certificate.revoked",
        subject,
        Some(&before),
        Some(&after),
    )
    .await?;
    Ok(true)
}

/// What the event log keeps of a certificate.
#[derive(Serialize)]
struct Logged<'a> {
    season: &'a str,
    person: &'a str,
    code: &'a str,
    minutes: i64,
    revoked_why: &'a str,
}

impl<'a> Logged<'a> {
    fn of(row: &'a CertificateRow) -> Self {
        Self {
            season: &row.season_id,
            person: &row.person_id,
            code: &row.code,
            minutes: row.minutes,
            revoked_why: &row.revoked_why,
        }
    }
}

/// Checks a code for anybody. `who` is the network address that asks: codes cannot be tried one after the other.
///
/// # Errors
/// [`Error::Invalid`] (field `code`) for what cannot be a code, [`Error::NotFound`], [`Error::TooMany`].
pub async fn verify(app: &App, who: &str, code: &str) -> Result<Verified> {
    let mut fields = Fields::default();
    let code = fields.take("code", Code::parse(code));
    let code = fields.finish(code)?.to_string();
    limit::count(app, limit::CERTIFICATE, who).await?;
    let mut db = app.read().await?;
    let row = store::certificate::by_code(&mut db, &code)
        .await?
        .ok_or(Error::NotFound)?;
    Ok(Verified {
        printed: printed_of(&row),
        code: row.code,
        issued_at: row.issued_at,
        revoked_at: row.revoked_at,
        replaced: row.revoked_why == REPLACED,
    })
}

/// The certificates of a participant, newest first, for their own page and the desk.
///
/// # Errors
/// What [`authorise`] says.
pub async fn own(
    app: &App,
    actor: &Actor,
    person: PersonId,
) -> Result<Vec<store::people::PersonCertificateRow>> {
    authorise(app, actor, Action::ManageOwn, &Resource::of_person(person))?;
    let mut db = app.read().await?;
    let person = person.to_string();
    let mut rows = store::people::person_certificates(&mut db, &person).await?;
    rows.retain(|row| row.revoked_at.is_none());
    Ok(rows)
}

/// What the programme of this threshold asks for.
pub(crate) fn threshold(minutes: i64) -> Threshold {
    Threshold {
        sessions: 1,
        minutes: Minutes(u32::try_from(minutes).unwrap_or_default()),
    }
}

/// Lines of a certificate in a language.
pub(crate) fn lines(
    rows: &[AttendedRow],
    zone: &TimeZone,
    language: Language,
) -> Result<Vec<Line>> {
    rows.iter()
        .map(|row| {
            Ok(Line {
                session: parse(&row.session_id)?,
                module: content::catalogue()
                    .module(&row.module)
                    .map_or(row.module.as_str(), |module| module.title.get(language))
                    .to_owned(),
                slug: row.module.clone(),
                date: instant(row.starts_at)?.to_zoned(zone.clone()).date(),
                minutes: Minutes(u32::try_from(row.minutes).unwrap_or_default()),
            })
        })
        .collect()
}

pub(crate) fn language_of(code: &str) -> Language {
    code.parse().unwrap_or_default()
}

fn resource(season: &SeasonRow) -> Result<Resource> {
    Ok(Resource::of_programme(parse(&season.programme_id)?))
}
