//! Giving certificates: to one person, or to everybody of a season who is entitled, in one transaction.

use documents::calendar::Person;
use documents::mail::{Context, Mail};
use domain::certificate::{Basis, Code, ShareRule, entitlement};
use domain::id::kind;
use domain::input::Minutes;
use jiff::tz::TimeZone;
use store::Connection;
use store::attendance::AttendedRow;
use store::certificate::{BearerRow, CertificateRow, FollowedRow};
use store::programme::{ProgrammeRow, SeasonRow};

use super::{
    Logged, Printed, earned_by, language_of, lines, of_person, resource, says, take_back, threshold,
};
use crate::access::{Action, Actor, authorise, link};
use crate::badge::{self, Press};
use crate::enrolment::parse;
use crate::mail::{Matter, Recipient, post};
use crate::session::season_of;
use crate::territory::gazetteer;
use crate::{App, Error, Refused, Result, history};

/// How often another code is drawn when one is given already: once is rare, twice is a broken source of randomness.
const TRIES: usize = 4;

/// What came of giving certificates.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Issued {
    /// Given now, by name of the bearer.
    pub given: Vec<CertificateRow>,
    /// How many of these took the place of one that said something else.
    pub replaced: usize,
    /// How many hold and say what is so already.
    pub unchanged: usize,
    /// How many people do not have enough hours yet.
    pub not_yet: usize,
}

/// What is the same on all certificates of a season.
struct Season {
    row: SeasonRow,
    zone: TimeZone,
    programme: ProgrammeRow,
    partners: Vec<String>,
    rule: ShareRule,
    /// Everybody's paths, by person.
    followed: Vec<FollowedRow>,
    /// Minutes of people in all seasons, by person.
    cumulative: Vec<(String, i64)>,
}

/// What was attended, and the certificates that hold, of one person.
struct Own<'a> {
    attended: &'a [AttendedRow],
    held: &'a [CertificateRow],
}

/// Gives a person their certificate of a season, or another one when their hours have changed since the last.
///
/// # Errors
/// [`Error::NotFound`] for somebody who attended nothing, [`Error::Refused`] when hours are missing or nothing changed since the last one,
/// and what [`authorise`] says.
pub async fn issue(app: &App, actor: &Actor, season: &str, person: &str) -> Result<CertificateRow> {
    let mut issued = run(app, actor, season, Some(person)).await?;
    match issued.given.pop() {
        Some(row) => Ok(row),
        None if issued.unchanged > 0 => Err(Refused::new("certificate-refused-unchanged").into()),
        None if issued.not_yet > 0 => Err(Refused::new("certificate-refused-not-yet").into()),
        None => Err(Error::NotFound),
    }
}

/// Gives everybody of a season their certificate who is entitled to one; who has one that is right keeps it.
///
/// # Errors
/// [`Error::NotFound`], and what [`authorise`] says.
pub async fn issue_all(app: &App, actor: &Actor, season: &str) -> Result<Issued> {
    run(app, actor, season, None).await
}

/// A few queries for all, then one pass over the people.
async fn run(app: &App, actor: &Actor, slug: &str, person: Option<&str>) -> Result<Issued> {
    let mut tx = app.write().await?;
    let found = store::programme::season_by_slug(&mut tx, slug)
        .await?
        .ok_or(Error::NotFound)?;
    authorise(app, actor, Action::IssueCertificates, &resource(&found)?)?;
    // One at a time for a season: two clicks give one certificate.
    tx.lock_name(&format!("certificates {}", found.id)).await?;
    let (row, zone) = season_of(&mut tx, &found.id).await?;
    let season = Season {
        programme: store::programme::get(&mut tx, &row.programme_id)
            .await?
            .ok_or(Error::NotFound)?,
        partners: store::partner::of_season(&mut tx, &row.id)
            .await?
            .into_iter()
            .map(|partner| partner.name)
            .collect(),
        rule: badge::asked(&mut tx, &row.programme_id).await?.0,
        followed: store::certificate::followed(&mut tx, &row.id, person).await?,
        cumulative: store::certificate::cumulative(&mut tx, &row.programme_id, person).await?,
        row,
        zone,
    };
    let id = &season.row.id;
    let attended = store::attendance::attended(&mut tx, id, person).await?;
    let mut given = store::certificate::valid(&mut tx, id, person).await?;
    given.sort_by(|a, b| (&a.person_id, a.issued_at).cmp(&(&b.person_id, b.issued_at)));
    let bearers = store::certificate::bearers(&mut tx, id, person).await?;
    let mut issued = Issued::default();
    let mut press = None;
    for bearer in bearers {
        let from = given.partition_point(|row| row.person_id < bearer.person_id);
        let own = given.get(from..).unwrap_or_default();
        let held = own.partition_point(|row| row.person_id == bearer.person_id);
        let held = own.get(..held).unwrap_or_default();
        let own = Own {
            attended: of_person(&attended, &bearer.person_id),
            held,
        };
        let Some((row, printed)) =
            one(app, &mut tx, actor, &season, &bearer, &own, &mut issued).await?
        else {
            continue;
        };
        // Made ready once somebody gets one: a programme that certifies nothing needs no key.
        let press = match &mut press {
            Some(press) => press,
            none => none.insert(Press::ready(app, &mut tx, actor, &season.programme).await?),
        };
        press.grant(app, &mut tx, &row, &printed).await?;
        tell(app, &mut tx, &season, &row).await?;
        issued.given.push(row);
    }
    tx.commit().await?;
    Ok(issued)
}

async fn one(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    season: &Season,
    bearer: &BearerRow,
    Own { attended, held }: &Own<'_>,
    issued: &mut Issued,
) -> Result<Option<(CertificateRow, Printed)>> {
    let language = language_of(&bearer.language);
    let lines = lines(attended, &season.zone, language)?;
    let Ok(content) = entitlement(lines, threshold(season.row.certificate_minutes)) else {
        issued.not_yet += 1;
        return Ok(None);
    };
    let earned = earned_by(&season.followed, &bearer.person_id, season.rule);
    if held.iter().any(|row| says(row, &content.lines, earned)) {
        issued.unchanged += 1;
        return Ok(None);
    }
    for row in *held {
        take_back(app, tx, actor, row, super::REPLACED).await?;
    }
    let now = app.now();
    let printed = Printed {
        name: bearer.name.clone(),
        organisation: bearer.organisation_name.clone(),
        programme: season.programme.name.clone(),
        season: season.row.name.clone(),
        partners: season.partners.clone(),
        place: place(attended),
        issued_on: now.to_zoned(season.zone.clone()).date(),
        lines: content.lines,
        total: content.total,
        earned,
        asked: season.rule.share,
        by_session: season.rule.basis == Basis::Session,
        cumulative: season.cumulative(&bearer.person_id),
        is_agent: bearer.organisation_kind.as_deref() == Some("local-authority"),
    };
    let row = CertificateRow {
        id: app.new_id::<kind::Certificate>().to_string(),
        season_id: season.row.id.clone(),
        person_id: bearer.person_id.clone(),
        code: fresh_code(app, tx).await?,
        minutes: i64::from(printed.total.0),
        content: serde_json::to_string(&printed).map_err(store::Error::from)?,
        language: language.code().to_owned(),
        issued_at: now.as_millisecond(),
        revoked_at: None,
        revoked_why: String::new(),
    };
    store::certificate::insert(tx, &row).await?;
    let subject = ("certificate", row.id.as_str());
    let logged = Logged::of(&row);
    history::record(
        app,
        tx,
        actor,
        "certificate.issued",
        subject,
        None,
        Some(&logged),
    )
    .await?;
    issued.replaced += usize::from(!held.is_empty());
    Ok(Some((row, printed)))
}

impl Season {
    /// What a person attended in all seasons of the programme.
    fn cumulative(&self, person: &str) -> Minutes {
        let found = self
            .cumulative
            .binary_search_by(|(one, _)| one.as_str().cmp(person));
        let minutes = found.ok().and_then(|at| self.cumulative.get(at));
        Minutes(minutes.map_or(0, |(_, minutes)| {
            u32::try_from(*minutes).unwrap_or_default()
        }))
    }
}

/// Writes to the bearer that the certificate can be had; without an address somebody hands it over.
async fn tell(app: &App, tx: &mut Connection, season: &Season, row: &CertificateRow) -> Result<()> {
    let Some(person) = store::people::person(tx, &row.person_id).await? else {
        return Ok(());
    };
    let Some(address) = person.email.clone() else {
        return Ok(());
    };
    let language = language_of(&row.language);
    let programme = &season.programme;
    let context = Context {
        language,
        recipient: Person {
            name: person.name.clone(),
            email: address.clone(),
        },
        sender: Person {
            name: programme.name.clone(),
            email: programme.contact_email.clone().unwrap_or_default(),
        },
        contact: crate::programme::contact(programme).join(", "),
        zone: season.zone.clone(),
        now: app.now(),
    };
    let letter = Mail::CertificateReady {
        link: link::personal(app, &person)?,
        minutes: u32::try_from(row.minutes).unwrap_or_default(),
    };
    let to = Recipient {
        address,
        name: person.name.clone(),
        person: Some(parse(&person.id)?),
        language,
    };
    let key = format!("certificate-ready {}", row.id);
    let matter = Matter {
        kind: letter.kind(),
        about: ("certificate", &row.id),
        dedup_key: Some(&key),
    };
    post(app, tx, &to, matter, letter.render(&context)).await?;
    Ok(())
}

/// The commune where the last session was held: that is where people would have signed.
fn place(attended: &[AttendedRow]) -> String {
    attended
        .last()
        .and_then(|row| gazetteer().resolve(&row.commune_code))
        .map_or_else(String::new, |found| found.commune.name.to_owned())
}

async fn fresh_code(app: &App, tx: &mut Connection) -> Result<String> {
    for _ in 0..TRIES {
        let code = Code::from_random(app.random()).to_string();
        if store::certificate::by_code(tx, &code).await?.is_none() {
            return Ok(code);
        }
    }
    Err(Error::Internal("no certificate code is free".into()))
}
