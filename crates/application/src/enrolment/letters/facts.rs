//! What letters tell of a session.

use documents::calendar::Person;
use documents::mail::{Alternative, Change, Context, SessionFacts};
use domain::language::Language;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use store::Connection;
use store::enrolment::EnrolmentRow;
use store::people::PersonRow;
use store::programme::ProgrammeRow;
use store::session::{SessionFilter, SessionOverview, SessionRow};
use store::site::SiteRow;

use crate::enrolment::instant;
use crate::territory::gazetteer;
use crate::{App, Error, Result, content};

/// Other dates named in a letter.
const MOST_OTHERS: usize = 5;

/// A session with its surroundings.
pub(super) struct Facts {
    pub(super) session: SessionOverview,
    programme: ProgrammeRow,
    zone: TimeZone,
    position: Option<(f64, f64)>,
    base: String,
    starts_at: Timestamp,
    ends_at: Timestamp,
}

impl Facts {
    pub(super) async fn load(app: &App, db: &mut Connection, session: &str) -> Result<Self> {
        let session = store::session::overview(db, session)
            .await?
            .ok_or(Error::NotFound)?;
        let programme = store::programme::get(db, &session.programme_id)
            .await?
            .ok_or(Error::NotFound)?;
        let site = store::site::get(db, &session.site_id)
            .await?
            .ok_or(Error::NotFound)?;
        let zone = TimeZone::get(&programme.time_zone)
            .map_err(|error| Error::Internal(error.to_string()))?;
        Ok(Self {
            starts_at: instant(session.starts_at)?,
            ends_at: instant(session.ends_at)?,
            position: position(&site),
            base: app.config().base_url.clone(),
            session,
            programme,
            zone,
        })
    }

    /// The session as one person's letter tells it.
    ///
    /// The calendar entry is one for ever for that person and session. Its version grows with the session's own changes, with each new
    /// registration of the person (a later arrival) and with each move of it.
    pub(super) fn session_facts(&self, row: &EnrolmentRow, language: Language) -> SessionFacts {
        let version = self.session.calendar_sequence + 32 * row.arrival + row.version.min(31);
        SessionFacts {
            uid: format!("{}-{}@{}", row.session_id, row.person_id, self.host()),
            sequence: u32::try_from(version).unwrap_or(u32::MAX),
            ..self.told(language)
        }
    }

    /// The session as it is told to somebody who is not registered.
    pub(super) fn told(&self, language: Language) -> SessionFacts {
        SessionFacts {
            uid: format!("{}@{}", self.session.id, self.host()),
            sequence: u32::try_from(self.session.calendar_sequence).unwrap_or_default(),
            module: title(&self.session.module, language),
            start: self.starts_at,
            end: self.ends_at,
            place: place(&self.session),
            room: self.session.room_name.clone(),
            position: self.position,
            bring: None,
            link: format!("{}/seances/{}", self.base, self.session.id),
        }
    }

    /// Who writes to whom.
    pub(super) fn context(&self, app: &App, person: &PersonRow) -> Context {
        let own = app.config().mail_from.as_str();
        let own = own
            .rsplit_once('<')
            .map_or(own, |(_, address)| address.trim_end_matches('>'));
        let programme = &self.programme;
        let contact = crate::programme::contact(programme);
        Context {
            language: language(person),
            recipient: Person {
                name: person.name.clone(),
                email: person.email.clone().unwrap_or_default(),
            },
            sender: Person {
                name: programme.name.clone(),
                email: programme
                    .contact_email
                    .clone()
                    .unwrap_or_else(|| own.to_owned()),
            },
            contact: contact.join(", "),
            zone: self.zone.clone(),
            now: app.now(),
        }
    }

    /// What is other than it was.
    pub(super) async fn changes(
        &self,
        db: &mut Connection,
        before: &SessionRow,
    ) -> Result<Vec<Change>> {
        let mut changes = Vec::new();
        let now = &self.session;
        if (before.starts_at, before.ends_at) != (now.starts_at, now.ends_at) {
            changes.push(Change::When {
                start: instant(before.starts_at)?,
                end: instant(before.ends_at)?,
            });
        }
        if before.site_id != now.site_id {
            let old = store::site::get(db, &before.site_id).await?;
            changes.push(Change::Place {
                old: old.map_or_else(String::new, |site| site_place(&site)),
                new: place(now),
            });
        } else if let (Some(old), Some(new)) = (&before.room_id, &now.room_name)
            && before.room_id != now.room_id
        {
            let old = store::room::get(db, old).await?;
            changes.push(Change::Room {
                old: old.map_or_else(String::new, |room| room.name),
                new: new.clone(),
            });
        }
        Ok(changes)
    }

    /// Other dates of the same module with a seat to be had.
    pub(super) async fn others(
        &self,
        db: &mut Connection,
        now: Timestamp,
    ) -> Result<Vec<SessionOverview>> {
        let filter = SessionFilter {
            from: Some(now.as_millisecond()),
            modules: Some(store::session::listed([self.session.module.as_str()])),
            stages: Some(store::session::listed(["gathering", "confirmed"])),
            with_free_seats: true,
            ..SessionFilter::default()
        };
        let mut others = store::session::list(db, &filter).await?;
        others.retain(|other| {
            other.id != self.session.id && other.programme_id == self.session.programme_id
        });
        others.truncate(MOST_OTHERS);
        Ok(others)
    }

    /// Those dates as a letter lists them.
    pub(super) fn alternatives(
        &self,
        others: &[SessionOverview],
        language: Language,
    ) -> Vec<Alternative> {
        others
            .iter()
            .filter_map(|other| {
                Some(Alternative {
                    module: title(&other.module, language),
                    start: instant(other.starts_at).ok()?,
                    place: format!("{}, {}", other.site_name, commune(&other.commune_code)),
                    link: format!("{}/seances/{}", self.base, other.id),
                })
            })
            .collect()
    }

    fn host(&self) -> &str {
        let host = self
            .base
            .split_once("://")
            .map_or(self.base.as_str(), |(_, host)| host);
        host.split(['/', ':']).next().unwrap_or(host)
    }
}

/// The language in which a person is written to.
pub(super) fn language(person: &PersonRow) -> Language {
    Language::ALL
        .into_iter()
        .find(|language| language.code() == person.language)
        .unwrap_or(Language::Fr)
}

fn title(module: &str, language: Language) -> String {
    content::catalogue().module(module).map_or_else(
        || module.to_owned(),
        |module| module.title.get(language).to_owned(),
    )
}

fn place(session: &SessionOverview) -> String {
    line(
        &session.site_name,
        &session.site_address,
        &session.commune_code,
    )
}

fn site_place(site: &SiteRow) -> String {
    line(&site.name, &site.address, &site.commune_code)
}

fn line(name: &str, address: &str, code: &str) -> String {
    [name, address, &commune(code)]
        .into_iter()
        .filter(|part| !part.trim().is_empty())
        .collect::<Vec<_>>()
        .join(", ")
}

fn commune(code: &str) -> String {
    gazetteer()
        .resolve(code)
        .map_or_else(|| code.to_owned(), |found| found.commune.name.to_owned())
}

fn position(site: &SiteRow) -> Option<(f64, f64)> {
    site.latitude.zip(site.longitude).or_else(|| {
        let centre = gazetteer().resolve(&site.commune_code)?.commune.centre()?;
        Some((centre.lat, centre.lon))
    })
}
