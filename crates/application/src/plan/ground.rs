//! What a plan rests on, out of the store: sites, trainers, sessions that exist, people with their paths and their time.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::catalogue::Audience;
use domain::pathway::Profile;
use domain::programme::OpeningHours;
use domain::questionnaire::Availability;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use store::Connection;
use store::programme::SeasonRow;
use store::room::RoomRow;
use store::session::{SessionFilter, SessionOverview, listed};
use store::site::{SiteFilter, SiteRow};
use store::trainer::{TrainerFilter, TrainerRow};

use crate::enrolment::instant;
use crate::questionnaire::answers_of;
use crate::{App, Result, content};

/// A season as the planner's translation needs it.
pub(super) struct Ground {
    pub(super) season: SeasonRow,
    /// Now, local time.
    pub(super) now: DateTime,
    pub(super) sites: Vec<Place>,
    pub(super) trainers: Vec<Teacher>,
    pub(super) people: Vec<Participant>,
    /// Sessions still to be held, in order of time, of every season: rooms, trainers and people are taken then.
    pub(super) sessions: Vec<Existing>,
}

/// A site that is in use.
pub(super) struct Place {
    pub(super) row: SiteRow,
    pub(super) rooms: Vec<RoomRow>,
    pub(super) hours: OpeningHours,
}

/// A trainer who is in use.
pub(super) struct Teacher {
    pub(super) row: TrainerRow,
    pub(super) skills: BTreeSet<String>,
    /// Everywhere when nobody has asked yet.
    pub(super) availability: Availability,
}

/// Somebody with something to attend.
pub(super) struct Participant {
    pub(super) id: String,
    pub(super) name: String,
    /// Home commune.
    pub(super) home: Option<String>,
    /// 0 to 3.
    pub(super) level: i64,
    /// Modules of the path and wishes, not attended yet, in order.
    pub(super) path: Vec<String>,
    pub(super) availability: Availability,
    pub(super) travel_km: Option<f64>,
    pub(super) audiences: BTreeSet<Audience>,
}

/// A session that exists.
pub(super) struct Existing {
    pub(super) session: SessionOverview,
    pub(super) starts: DateTime,
    /// Who has a seat or is offered one, by arrival.
    pub(super) seated: Vec<String>,
    /// Who waits.
    pub(super) waiting: Vec<String>,
}

/// One short hash for each thing that a plan rests on: `site:ID`, `trainer:ID`, `person:ID`, `session:ID`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seen(pub(super) BTreeMap<String, String>);

/// A thing of the season that is not as the plan took it to be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Moved {
    /// `site`, `trainer`, `person` or `session`.
    pub kind: String,
    /// Its identifier.
    pub id: String,
    /// `new`, `gone` or `changed`.
    pub how: &'static str,
    /// Its name.
    pub name: String,
}

impl Seen {
    /// What is not as it was.
    pub(super) fn differences(&self, now: &Self) -> Vec<(String, String, &'static str)> {
        let keys: BTreeSet<&String> = self.0.keys().chain(now.0.keys()).collect();
        keys.into_iter()
            .filter_map(|key| {
                let how = match (self.0.get(key), now.0.get(key)) {
                    (Some(one), Some(other)) if one == other => return None,
                    (Some(_), Some(_)) => "changed",
                    (None, _) => "new",
                    (_, None) => "gone",
                };
                let (kind, id) = key.split_once(':')?;
                Some((kind.to_owned(), id.to_owned(), how))
            })
            .collect()
    }
}

fn hash(parts: &[String]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.as_bytes());
        hasher.update([0]);
    }
    let mut text = data_encoding::HEXLOWER.encode(&hasher.finalize());
    text.truncate(16);
    text
}

impl Ground {
    pub(super) async fn load(app: &App, db: &mut Connection, season: SeasonRow) -> Result<Self> {
        let zone = crate::session::zone_of(db, &season).await?;
        let sessions = sessions(app, db, &zone).await?;
        Ok(Self {
            now: zone.to_datetime(app.now()),
            sites: places(db).await?,
            trainers: teachers(db).await?,
            people: people(app, db, &season).await?,
            sessions,
            season,
        })
    }

    /// What the plan rests on, to be compared later.
    pub(super) fn seen(&self) -> Seen {
        let mut seen = BTreeMap::new();
        for place in &self.sites {
            let mut parts = vec![place.row.version.to_string()];
            parts.extend(
                place
                    .rooms
                    .iter()
                    .map(|room| format!("{} {}", room.id, room.version)),
            );
            seen.insert(format!("site:{}", place.row.id), hash(&parts));
        }
        for one in &self.trainers {
            let parts = [one.row.version.to_string()];
            seen.insert(format!("trainer:{}", one.row.id), hash(&parts));
        }
        for one in &self.sessions {
            let row = &one.session;
            let parts = [
                row.version.to_string(),
                row.stage.clone(),
                one.seated.join(","),
            ];
            seen.insert(format!("session:{}", row.id), hash(&parts));
        }
        for one in &self.people {
            let cells: Vec<String> = one.availability.cells().map(|c| c.to_string()).collect();
            let parts = [
                one.home.clone().unwrap_or_default(),
                one.level.to_string(),
                one.path.join(","),
                cells.join(","),
                one.travel_km.map(|km| km.to_string()).unwrap_or_default(),
                format!("{:?}", one.audiences),
            ];
            seen.insert(format!("person:{}", one.id), hash(&parts));
        }
        Seen(seen)
    }

    /// What it is called.
    pub(super) fn name_of(&self, kind: &str, id: &str) -> Option<String> {
        let title = |slug: &str| {
            content::catalogue().module(slug).map_or_else(
                || slug.to_owned(),
                |module| module.title.get(domain::language::Language::Fr).to_owned(),
            )
        };
        match kind {
            "site" => {
                let mut all = self.sites.iter();
                all.find(|one| one.row.id == id)
                    .map(|one| one.row.name.clone())
            }
            "trainer" => {
                let mut all = self.trainers.iter();
                all.find(|one| one.row.id == id)
                    .map(|one| one.row.name.clone())
            }
            "person" => {
                let mut all = self.people.iter();
                all.find(|one| one.id == id).map(|one| one.name.clone())
            }
            _ => {
                let mut all = self.sessions.iter();
                all.find(|one| one.session.id == id)
                    .map(|one| format!("{}, {}", title(&one.session.module), one.starts.date()))
            }
        }
    }
}

async fn places(db: &mut Connection) -> Result<Vec<Place>> {
    let filter = SiteFilter {
        archived: Some(false),
        ..SiteFilter::default()
    };
    let mut rooms: HashMap<String, Vec<RoomRow>> = HashMap::new();
    for room in store::room::list(db, None).await? {
        if room.archived_at.is_none() {
            rooms.entry(room.site_id.clone()).or_default().push(room);
        }
    }
    let mut places = Vec::new();
    for row in store::site::list(db, &filter).await? {
        places.push(Place {
            rooms: rooms.remove(&row.id).unwrap_or_default(),
            hours: serde_json::from_str(&row.opening_hours).map_err(store::Error::from)?,
            row,
        });
    }
    Ok(places)
}

async fn teachers(db: &mut Connection) -> Result<Vec<Teacher>> {
    let filter = TrainerFilter {
        archived: Some(false),
        ..TrainerFilter::default()
    };
    let mut teachers = Vec::new();
    for row in store::trainer::list(db, &filter).await? {
        let grid: Availability =
            serde_json::from_str(&row.availability).map_err(store::Error::from)?;
        teachers.push(Teacher {
            skills: serde_json::from_str(&row.skills).map_err(store::Error::from)?,
            availability: if grid.is_empty() {
                Availability::ALWAYS
            } else {
                grid
            },
            row,
        });
    }
    Ok(teachers)
}

async fn sessions(app: &App, db: &mut Connection, zone: &TimeZone) -> Result<Vec<Existing>> {
    let now = app.now().as_millisecond();
    let filter = SessionFilter {
        from: Some(now),
        stages: Some(listed(["gathering", "confirmed"])),
        ..SessionFilter::default()
    };
    let mut by_session: HashMap<String, (Vec<String>, Vec<String>)> = HashMap::new();
    for one in store::plan::counting(db, now).await? {
        let (seated, waiting) = by_session.entry(one.session_id).or_default();
        if one.stage == "waiting" {
            waiting.push(one.person_id);
        } else {
            seated.push(one.person_id);
        }
    }
    let mut existing = Vec::new();
    for session in store::session::list(db, &filter).await? {
        let (seated, waiting) = by_session.remove(&session.id).unwrap_or_default();
        existing.push(Existing {
            starts: zone.to_datetime(instant(session.starts_at)?),
            session,
            seated,
            waiting,
        });
    }
    Ok(existing)
}

async fn people(app: &App, db: &mut Connection, season: &SeasonRow) -> Result<Vec<Participant>> {
    let now = app.now().as_millisecond();
    let mut attended: HashMap<String, BTreeSet<String>> = HashMap::new();
    for (person, module) in store::plan::attended(db, now).await? {
        attended.entry(person).or_default().insert(module);
    }
    let mut wanted: HashMap<String, (i64, Vec<String>)> = HashMap::new();
    let mut steps = store::plan::path_steps(db, &season.id).await?;
    steps.extend(store::plan::open_wishes(db, &season.id).await?);
    for step in steps {
        let (level, path) = wanted.entry(step.person_id).or_insert((1, Vec::new()));
        *level = step.level.unwrap_or(*level);
        if !path.contains(&step.module) {
            path.push(step.module);
        }
    }
    let questionnaire = content::embedded().questionnaire(&season.questionnaire);
    let mut profiles: HashMap<String, Profile> = HashMap::new();
    for response in store::response::completed_in(db, &season.id).await? {
        if let (Some(questionnaire), Some(person)) = (questionnaire, &response.person_id) {
            let profile = Profile::from_answers(questionnaire, &answers_of(&response)?);
            profiles.insert(person.clone(), profile);
        }
    }
    let mut people = Vec::new();
    for row in store::plan::people(db, &season.id, now).await? {
        let (level, mut path) = wanted.remove(&row.id).unwrap_or((1, Vec::new()));
        let done = attended.remove(&row.id).unwrap_or_default();
        let profile = profiles.remove(&row.id);
        let mut audiences: BTreeSet<Audience> = profile
            .as_ref()
            .map(|profile| profile.audiences.clone())
            .unwrap_or_default();
        let slugs = crate::people::profiles_of(&row.audience);
        audiences.extend(content::vocabulary().audiences_of(slugs.iter().map(String::as_str)));
        // A reserved module that the person may not attend is no demand: registration would refuse it.
        path.retain(|module| {
            let module = content::catalogue().module(module);
            module.is_some_and(|one| !done.contains(&one.slug) && one.audience.admits(&audiences))
        });
        let home = profile.as_ref().and_then(|profile| profile.home.clone());
        people.push(Participant {
            home: home.or(row.commune_code),
            level,
            path,
            availability: profile
                .as_ref()
                .map_or(Availability::ALWAYS, |profile| profile.availability),
            travel_km: profile.and_then(|profile| profile.travel_km),
            audiences,
            id: row.id,
            name: row.name,
        });
    }
    Ok(people)
}
