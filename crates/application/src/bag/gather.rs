//! What goes into the bags of a season, read in a few statements for everybody at once.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use documents::bag::{Bag, BagContact, BagCorrection, BagPaper, BagPlace, BagSession};
use documents::pdf::{self, HalfDay};
use documents::texts::Texts;
use domain::catalogue::Module;
use domain::input::Phone;
use domain::language::Language;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use sha2::{Digest as _, Sha256};
use store::Connection;
use store::attendance::AttendedRow;
use store::certificate::{BearerRow, CertificateRow};
use store::programme::{ProgrammeRow, SeasonRow};
use store::session::{SessionFilter, SessionOverview};

use super::quizzes::{self, Corrected};
use crate::certificate::{Copy, language_of, paper};
use crate::enrolment::instant;
use crate::people::commune_label;
use crate::{App, Error, Result, content};

/// One person's bag before its papers are set.
pub(super) struct Gathered {
    bag: Bag,
    certificate: Option<pdf::Certificate>,
    /// Ids of the sessions in it, in the same order.
    sessions: Vec<String>,
}

impl Gathered {
    /// What whoever gave `session` may hand out: that session alone. Certificates, other sessions and what comes next are not theirs to see.
    pub(super) fn only(mut self, session: &str) -> Option<Self> {
        let place = self.sessions.iter().position(|id| id == session)?;
        self.bag.sessions = vec![self.bag.sessions.into_iter().nth(place)?];
        self.bag.next.clear();
        self.certificate = None;
        Some(self)
    }

    /// The bag with its papers.
    pub(super) fn bag(self) -> Result<Bag> {
        let mut bag = self.bag;
        if let Some(paper) = &self.certificate {
            bag.papers.push(BagPaper {
                file: "attestation.pdf".to_owned(),
                title: Texts::embedded().get(bag.language, "bag-certificate"),
                bytes: super::certificate(paper)?,
            });
        }
        Ok(bag)
    }
}

/// What all bags of a season share.
struct Shared {
    programme: ProgrammeRow,
    season: SeasonRow,
    zone: TimeZone,
    today: Date,
    sessions: HashMap<String, SessionOverview>,
    /// Modules of each person's path, in order.
    paths: BTreeMap<String, Vec<String>>,
    places: Vec<BagPlace>,
    referents: Vec<store::referent::ReferentRow>,
}

/// The bags of everybody who attended anything in a season, by name; `person`: of that one only.
pub(super) async fn gather(
    app: &App,
    db: &mut Connection,
    season: &SeasonRow,
    person: Option<&str>,
) -> Result<Vec<Gathered>> {
    let attended = store::attendance::attended(db, &season.id, person).await?;
    if attended.is_empty() {
        return Ok(Vec::new());
    }
    let bearers = store::certificate::bearers(db, &season.id, person).await?;
    let given = store::certificate::valid(db, &season.id, person).await?;
    let shared = Shared::load(app, db, season).await?;
    let base = &app.config().base_url;
    let mut own: BTreeMap<&str, Vec<&AttendedRow>> = BTreeMap::new();
    for row in &attended {
        own.entry(&row.person_id).or_default().push(row);
    }
    let mut bags = Vec::with_capacity(bearers.len());
    for bearer in &bearers {
        let rows = own.remove(bearer.person_id.as_str()).unwrap_or_default();
        let newest = given
            .iter()
            .filter(|row| row.person_id == bearer.person_id)
            .max_by_key(|row| row.issued_at);
        let language = language_of(&bearer.language);
        let corrected = quizzes::corrected(db, &bearer.person_id, language).await?;
        bags.push(shared.bag_of(bearer, &rows, newest, corrected, base)?);
    }
    Ok(bags)
}

impl Shared {
    async fn load(app: &App, db: &mut Connection, season: &SeasonRow) -> Result<Self> {
        let programme = store::programme::get(db, &season.programme_id)
            .await?
            .ok_or(Error::NotFound)?;
        let zone = crate::session::zone_of(db, season).await?;
        let filter = SessionFilter {
            season_id: Some(season.id.clone()),
            ..SessionFilter::default()
        };
        let sessions = store::session::list(db, &filter).await?;
        let mut paths: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for step in store::plan::path_steps(db, &season.id).await? {
            paths.entry(step.person_id).or_default().push(step.module);
        }
        let sites = store::site::SiteFilter {
            archived: Some(false),
            regular: Some(true),
            ..store::site::SiteFilter::default()
        };
        let places = store::site::list(db, &sites)
            .await?
            .into_iter()
            .map(|site| BagPlace {
                name: site.name,
                address: located(&site.address, &site.commune_code),
                phone: site.phone.as_deref().map(telephone),
            })
            .collect();
        let relays = store::referent::ReferentFilter {
            territory_id: Some(programme.territory_id.clone()),
            ..store::referent::ReferentFilter::default()
        };
        Ok(Self {
            referents: store::referent::list(db, &relays).await?,
            sessions: sessions
                .into_iter()
                .map(|session| (session.id.clone(), session))
                .collect(),
            today: zone.to_datetime(app.now()).date(),
            season: season.clone(),
            programme,
            zone,
            paths,
            places,
        })
    }

    fn bag_of(
        &self,
        bearer: &BearerRow,
        attended: &[&AttendedRow],
        certificate: Option<&CertificateRow>,
        mut corrected: Corrected,
        base: &str,
    ) -> Result<Gathered> {
        let language = language_of(&bearer.language);
        let sessions = attended
            .iter()
            .map(|row| {
                let corrections = corrected.remove(&row.session_id).unwrap_or_default();
                self.session(row, corrections, language)
            })
            .collect::<Result<Vec<_>>>()?;
        let taken: BTreeSet<&str> = attended.iter().map(|row| row.module.as_str()).collect();
        let path = self.paths.get(&bearer.person_id);
        let next = path
            .into_iter()
            .flatten()
            .filter(|module| !taken.contains(module.as_str()))
            .filter_map(|module| content::catalogue().module(module))
            .map(|module| module.title.get(language).to_owned())
            .collect();
        let bag = Bag {
            id: identity(&bearer.person_id, &self.season.id),
            language,
            person: bearer.name.clone(),
            programme: self.programme.name.clone(),
            season: self.season.name.clone(),
            made: self.today,
            sessions,
            next,
            places: self.places.clone(),
            people: self.people(language),
            papers: Vec::new(),
        };
        Ok(Gathered {
            bag,
            certificate: certificate.and_then(|row| paper(row, base, Copy::Bearer)),
            sessions: attended.iter().map(|row| row.session_id.clone()).collect(),
        })
    }

    fn session(
        &self,
        row: &AttendedRow,
        corrections: Vec<BagCorrection>,
        language: Language,
    ) -> Result<BagSession> {
        let held = self.sessions.get(&row.session_id).ok_or(Error::NotFound)?;
        let starts = self.zone.to_datetime(instant(held.starts_at)?);
        let ends = self.zone.to_datetime(instant(held.ends_at)?);
        let module = content::catalogue().module(&row.module);
        Ok(BagSession {
            title: module.map_or_else(
                || row.module.clone(),
                |module| module.title.get(language).to_owned(),
            ),
            time: HalfDay {
                date: starts.date(),
                start: starts.time(),
                end: ends.time(),
            },
            site: format!("{}, {}", held.site_name, commune_label(&held.commune_code)),
            trainer: held.trainer_name.clone(),
            minutes: u32::try_from(row.minutes).unwrap_or_default(),
            aims: module.map_or_else(Vec::new, |module| {
                let aims = module.aims.iter();
                aims.map(|aim| aim.get(language).to_owned()).collect()
            }),
            parts: module.map_or_else(Vec::new, |module| parts(module, language)),
            corrections,
        })
    }

    /// Who helps: the programme, then those who relay it.
    fn people(&self, language: Language) -> Vec<BagContact> {
        let programme = BagContact {
            name: self.programme.name.clone(),
            role: Texts::embedded().get(language, "bag-contact-programme"),
            phone: self.programme.contact_phone.as_deref().map(telephone),
            email: self.programme.contact_email.clone(),
        };
        let referents = self.referents.iter().map(|row| BagContact {
            name: row.name.clone(),
            role: row.organisation.clone(),
            phone: row.phone.as_deref().map(telephone),
            email: row.email.clone(),
        });
        std::iter::once(programme)
            .chain(referents)
            .filter(|contact| contact.phone.is_some() || contact.email.is_some())
            .collect()
    }
}

/// The parts of a session with their names.
fn parts(module: &Module, language: Language) -> Vec<(String, String)> {
    let texts = Texts::embedded();
    let parts = &module.parts;
    [
        (
            texts.get(language, "public-modules-part-input"),
            &parts.input,
        ),
        (
            texts.get(language, "public-modules-part-hands-on"),
            &parts.hands_on,
        ),
        (
            texts.get(language, "public-modules-part-evaluation"),
            &parts.evaluation,
        ),
        (
            texts.get(language, "public-modules-part-exchange"),
            &parts.exchange,
        ),
    ]
    .into_iter()
    .map(|(name, part)| (name, part.text(language).to_owned()))
    .collect()
}

/// Street, postcode and commune.
fn located(street: &str, commune: &str) -> String {
    let commune = commune_label(commune);
    if street.is_empty() {
        commune
    } else {
        format!("{street}, {commune}")
    }
}

fn telephone(kept: &str) -> String {
    Phone::parse(kept).map_or_else(|_| kept.to_owned(), |phone| phone.to_string())
}

/// The same for one person and season, whatever is in the bag.
fn identity(person: &str, season: &str) -> u128 {
    let hash = Sha256::digest(format!("bag {person} {season}"));
    hash.iter()
        .take(16)
        .fold(0, |sum, byte| (sum << 8) | u128::from(*byte))
}
