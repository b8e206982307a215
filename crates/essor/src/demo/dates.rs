//! The fifty dates of the season.

use anyhow::Context as _;
use application::session;
use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};

use super::means::{Place, SITES, TRAINERS, WEEKS};
use super::{MAKER, Scene};

/// A session that was made.
#[derive(Clone, Debug)]
pub(crate) struct Dated {
    pub(crate) id: String,
    pub(crate) module: &'static str,
    pub(crate) day: Date,
    pub(crate) starts: &'static str,
}

/// Module, how often, site of its first date.
const WORKSHOPS: [(&str, i64, usize); 19] = [
    ("choisir-son-materiel", 2, 0),
    ("premiers-gestes", 3, 1),
    ("ranger-et-sauvegarder", 2, 2),
    ("courriel", 3, 3),
    ("rechercher-sur-internet", 3, 0),
    ("smartphone-tablette", 3, 1),
    ("photo-et-video", 2, 2),
    ("prospectus-et-affiche", 2, 3),
    ("reseaux-sociaux", 4, 0),
    ("fiche-etablissement", 4, 1),
    ("preparer-son-site", 3, 2),
    ("creer-son-site", 3, 3),
    ("referencement", 2, 0),
    ("mesurer-son-audience", 2, 1),
    ("boutique-en-ligne", 3, 2),
    ("securite", 3, 0),
    ("demarches-en-ligne", 2, 1),
    ("declaration-pac", 2, 2),
    ("donnees-de-l-exploitation", 2, 3),
];

/// Fifty dates: the easy workshops first, each on a day and hour of its own, so that anybody may come to any of them.
pub(super) async fn sessions(
    scene: &Scene,
    season: &str,
    first: Date,
    sites: &[Place],
    trainers: &[String],
) -> anyhow::Result<Vec<Dated>> {
    let mut made = Vec::new();
    let mut dates = calendar(first);
    // One of them is today, so that the trainer's day is not empty.
    if let Some(next) = dates.iter_mut().find(|(_, _, day, _)| *day >= scene.today) {
        next.2 = scene.today;
    }
    for (index, (module, site, day, starts)) in dates.into_iter().enumerate() {
        let place = sites.get(site).context("site")?;
        let is_meeting = index == MEETING;
        let command = session::Edit {
            season: season.to_owned(),
            module: module.to_owned(),
            site: place.id.clone(),
            room: if is_meeting {
                place.rooms.last()
            } else {
                place.rooms.first()
            }
            .cloned()
            .unwrap_or_default(),
            trainer: if index == WITHOUT_TRAINER {
                String::new()
            } else {
                trainer_for(module, trainers)?
            },
            day: day.to_string(),
            starts: starts.to_owned(),
            capacity: if is_meeting {
                "12".to_owned()
            } else {
                String::new()
            },
            anyway: "oui".to_owned(),
            ..session::Edit::default()
        };
        let id = session::create(&scene.app, &MAKER, command)
            .await
            .with_context(|| format!("{module} {day}"))?;
        made.push(Dated {
            id,
            module,
            day,
            starts,
        });
    }
    Ok(made)
}

/// The date, counted from 0, that is given in the large room with twelve seats; nobody is registered there yet.
pub(crate) const MEETING: usize = 47;
/// The date for which no trainer was found yet.
const WITHOUT_TRAINER: usize = 36;

/// Public holidays of a fixed day in France: month and day.
const HOLIDAYS: [(i8, i8); 8] = [
    (1, 1),
    (5, 1),
    (5, 8),
    (7, 14),
    (8, 15),
    (11, 1),
    (11, 11),
    (12, 25),
];

/// Module, site, day and hour of the fifty dates in order of time.
fn calendar(first: Date) -> Vec<(&'static str, usize, Date, &'static str)> {
    const HOURS: [(i64, &str); 4] = [(0, "14:00"), (1, "18:00"), (3, "09:30"), (4, "14:00")];
    let mut turns: Vec<(&str, usize)> = Vec::new();
    for turn in 0..4 {
        for (index, (module, dates, site)) in WORKSHOPS.into_iter().enumerate() {
            if turn < dates {
                turns.push((
                    module,
                    (site + usize::try_from(turn).unwrap_or_default() + index / 8) % SITES.len(),
                ));
            }
        }
    }
    // The meeting is on security, in the town with the large room.
    if let Some(meeting) = turns.get_mut(MEETING) {
        *meeting = ("securite", 0);
    }
    let days = (0..WEEKS).flat_map(|week| {
        HOURS.map(|(day, starts)| (first.saturating_add((week * 7 + day).days()), starts))
    });
    let open = days.filter(|(day, _)| !HOLIDAYS.contains(&(day.month(), day.day())));
    turns
        .into_iter()
        .zip(open)
        .map(|((module, site), (day, starts))| (module, site, day, starts))
        .collect()
}

/// The first trainer who knows the subject.
fn trainer_for(module: &str, trainers: &[String]) -> anyhow::Result<String> {
    let module = application::content::catalogue()
        .module(module)
        .context("module")?;
    let knows = TRAINERS.iter().position(|(_, _, skills)| {
        module
            .skills
            .iter()
            .all(|skill| skills.contains(&skill.as_str()))
    });
    Ok(knows
        .and_then(|index| trainers.get(index))
        .cloned()
        .unwrap_or_default())
}

/// Whether a day is one that people usually come on.
pub(crate) fn is_weekday(day: Date) -> bool {
    !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}
