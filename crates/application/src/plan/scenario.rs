//! The settings of a plan: which part of the season, with what means, and what counts how much.

use domain::input::{InputError, ShortText, parse_date, parse_time, parse_whole};
use domain::plan::{Starts, public_holidays};
use jiff::SignedDuration;
use jiff::civil::{Date, Time};
use planner::format::Weights;
use serde::{Deserialize, Serialize};
use store::programme::SeasonRow;

use crate::input::Fields;
use crate::{Error, Result};

/// Days before the first session that a plan may open: people need time to answer.
const NOTICE_DAYS: i64 = 10;
/// The longest part of a season that is planned in one go, in days.
const LONGEST_DAYS: i32 = 366;
/// Most trainers that a scenario may add.
const MOST_EXTRA: i64 = 10;
/// The shortest time between two parts of a day, so that the longest session (three hours) ends before the next begins.
const APART: SignedDuration = SignedDuration::from_mins(180);

/// The settings as typed. Empty means: as usual.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Ask {
    /// Slug of the season.
    pub season: String,
    /// Name of the scenario.
    pub name: String,
    /// First day on which a session may be opened.
    pub from: String,
    /// Last day.
    pub until: String,
    /// Ids of sites that are left out.
    pub without_sites: Vec<String>,
    /// How many trainers to add.
    pub extra: String,
    /// Id of the trainer whom they are copies of.
    pub extra_like: String,
    /// Most new sessions.
    pub most_sessions: String,
    /// Minutes of computing.
    pub minutes: String,
    /// Sessions that a trainer gives in a week, at most.
    pub per_trainer: String,
    /// Sessions that a person attends in a week, at most.
    pub per_person: String,
    /// Days without session, one a line.
    pub days_off: String,
    /// When sessions begin in the morning; `-`: never.
    pub morning: String,
    /// In the afternoon.
    pub afternoon: String,
    /// In the evening.
    pub evening: String,
    /// How much the ways of people count: `low`, `usual` or `high`.
    pub near: String,
    /// The ways of trainers.
    pub trainer_ways: String,
    /// The number of sessions.
    pub few_sessions: String,
    /// Sessions with too few people.
    pub filled: String,
    /// People of one level together.
    pub same_level: String,
}

/// How much a wish counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Importance {
    /// A third.
    Low,
    /// As the format suggests.
    #[default]
    Usual,
    /// Three times.
    High,
}

impl Importance {
    /// Every degree.
    pub const ALL: [Self; 3] = [Self::Low, Self::Usual, Self::High];

    /// Its name in forms.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Usual => "usual",
            Self::High => "high",
        }
    }

    fn parse(raw: &str) -> std::result::Result<Self, InputError> {
        match raw.trim() {
            "" => Ok(Self::Usual),
            raw => Self::ALL
                .into_iter()
                .find(|one| one.slug() == raw)
                .ok_or(InputError::UnknownChoice),
        }
    }

    const fn of(self, weight: i64) -> i64 {
        match self {
            Self::Low => weight / 3,
            Self::Usual => weight,
            Self::High => weight * 3,
        }
    }
}

/// The weights that `training-planning/1` suggests: a module missing weighs as much as a hundred kilometres.
pub(super) const USUAL_WEIGHTS: Weights = Weights {
    missing_module: 100,
    incomplete_path: 200,
    non_preferred: 5,
    level_spread: 10,
    person_km: 1,
    trainer_km: 1,
    session: 30,
    underfill: 20,
};

/// The settings, sound.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scenario {
    /// Name.
    pub name: String,
    /// First day on which a session may be opened.
    pub from: Date,
    /// Last day.
    pub until: Date,
    /// Ids of sites that are left out.
    pub without_sites: Vec<String>,
    /// Trainers to add.
    pub extra: u32,
    /// Id of the trainer whom they are copies of.
    pub extra_like: Option<String>,
    /// Most new sessions.
    pub most_sessions: Option<u32>,
    /// Minutes of computing.
    pub minutes: u32,
    /// Sessions that a trainer gives in a week, at most.
    pub per_trainer: u32,
    /// Sessions that a person attends in a week, at most.
    pub per_person: u32,
    /// Days without session.
    pub days_off: Vec<Date>,
    /// When sessions begin.
    pub starts: Starts,
    /// What the ways of people count.
    pub near: Importance,
    /// What the ways of trainers count.
    pub trainer_ways: Importance,
    /// What the number of sessions counts.
    pub few_sessions: Importance,
    /// What too small groups count.
    pub filled: Importance,
    /// What people of one level count.
    pub same_level: Importance,
}

impl Scenario {
    /// The weights of the objective.
    #[must_use]
    pub const fn weights(&self) -> Weights {
        let usual = USUAL_WEIGHTS;
        Weights {
            person_km: self.near.of(usual.person_km),
            trainer_km: self.trainer_ways.of(usual.trainer_km),
            session: self.few_sessions.of(usual.session),
            underfill: self.filled.of(usual.underfill),
            level_spread: self.same_level.of(usual.level_spread),
            ..usual
        }
    }

    /// The settings as they would be typed, for another scenario of `season` (its slug) that begins with them.
    #[must_use]
    pub fn typed(&self, season: &str) -> Ask {
        let clock = |time: Option<Time>| {
            time.map_or_else(
                || "-".to_owned(),
                |time| format!("{:02}:{:02}", time.hour(), time.minute()),
            )
        };
        let days: Vec<String> = self.days_off.iter().map(Date::to_string).collect();
        Ask {
            season: season.to_owned(),
            name: self.name.clone(),
            from: self.from.to_string(),
            until: self.until.to_string(),
            without_sites: self.without_sites.clone(),
            extra: match self.extra {
                0 => String::new(),
                extra => extra.to_string(),
            },
            extra_like: self.extra_like.clone().unwrap_or_default(),
            most_sessions: self
                .most_sessions
                .map(|most| most.to_string())
                .unwrap_or_default(),
            minutes: self.minutes.to_string(),
            per_trainer: self.per_trainer.to_string(),
            per_person: self.per_person.to_string(),
            days_off: days.join("\n"),
            morning: clock(self.starts.morning),
            afternoon: clock(self.starts.afternoon),
            evening: clock(self.starts.evening),
            near: self.near.slug().to_owned(),
            trainer_ways: self.trainer_ways.slug().to_owned(),
            few_sessions: self.few_sessions.slug().to_owned(),
            filled: self.filled.slug().to_owned(),
            same_level: self.same_level.slug().to_owned(),
        }
    }

    /// The settings that a form begins with: what is left of the season, public holidays left out.
    #[must_use]
    pub fn suggested(season: &SeasonRow, today: Date) -> Ask {
        let first: Date = season.starts_on.parse().unwrap_or(today);
        let last: Date = season.ends_on.parse().unwrap_or(today);
        let earliest = today
            .checked_add(jiff::Span::new().days(NOTICE_DAYS))
            .unwrap_or(today);
        Self {
            name: String::new(),
            from: first.max(earliest).min(last),
            until: last,
            without_sites: Vec::new(),
            extra: 0,
            extra_like: None,
            most_sessions: None,
            minutes: 1,
            per_trainer: 4,
            per_person: 2,
            days_off: public_holidays(first.max(today), last),
            starts: Starts::default(),
            near: Importance::Usual,
            trainer_ways: Importance::Usual,
            few_sessions: Importance::Usual,
            filled: Importance::Usual,
            same_level: Importance::Usual,
        }
        .typed(&season.slug)
    }

    /// Reads settings, telling every field that is wrong. `sites` and `trainers` are the ids that there are.
    ///
    /// # Errors
    /// [`Error::Invalid`].
    pub(super) fn parse(
        ask: &Ask,
        today: Date,
        sites: &[String],
        trainers: &[String],
    ) -> Result<Self> {
        let mut fields = Fields::default();
        let name = fields.take("name", ShortText::<80>::parse(&ask.name));
        let (from, until) = days(&mut fields, ask, today);
        for site in &ask.without_sites {
            if !sites.contains(site) {
                fields.wrong("without_sites", InputError::UnknownChoice);
            }
        }
        let whole = |fields: &mut Fields, field, raw: &str, usual: u32, least, most| {
            fields
                .take_optional(field, raw, |raw| parse_whole(raw, least, most))
                .map_or(usual, |number| u32::try_from(number).unwrap_or(usual))
        };
        let extra = whole(&mut fields, "extra", &ask.extra, 0, 0, MOST_EXTRA);
        let extra_like = fields.take_optional("extra_like", &ask.extra_like, |raw| {
            let known = trainers.iter().find(|id| *id == raw);
            known.cloned().ok_or(InputError::UnknownChoice)
        });
        if extra > 0 && ask.extra_like.trim().is_empty() {
            fields.wrong("extra_like", InputError::Empty);
        }
        let most_sessions = fields
            .take_optional("most_sessions", &ask.most_sessions, |raw| {
                parse_whole(raw, 0, 10_000)
            })
            .and_then(|most| u32::try_from(most).ok());
        let minutes = whole(&mut fields, "minutes", &ask.minutes, 1, 1, 30);
        let per_trainer = whole(&mut fields, "per_trainer", &ask.per_trainer, 4, 1, 14);
        let per_person = whole(&mut fields, "per_person", &ask.per_person, 2, 1, 6);
        let days_off = days_off(&mut fields, &ask.days_off);
        let starts = starts(&mut fields, ask);
        let mut importance = |field, raw: &str| {
            fields
                .take(field, Importance::parse(raw))
                .unwrap_or_default()
        };
        let near = importance("near", &ask.near);
        let trainer_ways = importance("trainer_ways", &ask.trainer_ways);
        let few_sessions = importance("few_sessions", &ask.few_sessions);
        let filled = importance("filled", &ask.filled);
        let same_level = importance("same_level", &ask.same_level);
        let scenario = (|| {
            Some(Self {
                name: name?.as_str().to_owned(),
                from: from?,
                until: until?,
                without_sites: ask.without_sites.clone(),
                extra,
                extra_like,
                most_sessions,
                minutes,
                per_trainer,
                per_person,
                days_off: days_off?,
                starts: starts?,
                near,
                trainer_ways,
                few_sessions,
                filled,
                same_level,
            })
        })();
        fields.finish(scenario)
    }

    /// As stored.
    ///
    /// # Errors
    /// [`Error::Store`] for what is not one of ours.
    pub fn read(json: &str) -> Result<Self> {
        serde_json::from_str(json).map_err(|error| Error::Store(store::Error::from(error)))
    }
}

/// First and last day: not in the past, not backwards, at most a year.
fn days(fields: &mut Fields, ask: &Ask, today: Date) -> (Option<Date>, Option<Date>) {
    let from = fields.take("from", parse_date(&ask.from));
    let until = fields.take("until", parse_date(&ask.until));
    if let (Some(from), Some(until)) = (from, until) {
        let longest = from
            .checked_add(jiff::Span::new().days(LONGEST_DAYS))
            .unwrap_or(from);
        if until < from || until < today {
            fields.wrong("until", InputError::EndBeforeStart);
        } else if until > longest {
            fields.wrong(
                "until",
                InputError::OutOfRange {
                    min: 1,
                    max: i64::from(LONGEST_DAYS),
                },
            );
        }
    }
    (from, until)
}

fn days_off(fields: &mut Fields, raw: &str) -> Option<Vec<Date>> {
    let mut days = Vec::new();
    for line in raw.split([',', ';', '\n']).map(str::trim) {
        if line.is_empty() {
            continue;
        }
        days.push(fields.take("days_off", parse_date(line))?);
    }
    days.sort_unstable();
    days.dedup();
    Some(days)
}

/// When sessions begin: each part of the day where it belongs, three hours apart.
fn starts(fields: &mut Fields, ask: &Ask) -> Option<Starts> {
    let usual = Starts::default();
    let mut take = |field, raw: &str, usual| match raw.trim() {
        "" => Some(usual),
        "-" => Some(None),
        raw => fields.take(field, parse_time(raw)).map(Some),
    };
    let starts = Starts {
        morning: take("morning", &ask.morning, usual.morning)?,
        afternoon: take("afternoon", &ask.afternoon, usual.afternoon)?,
        evening: take("evening", &ask.evening, usual.evening)?,
    };
    let in_order = [
        ("morning", starts.morning.or(usual.morning)),
        ("afternoon", starts.afternoon.or(usual.afternoon)),
        ("evening", starts.evening.or(usual.evening)),
    ];
    let mut sound = true;
    for pair in in_order.windows(2) {
        if let [(_, Some(one)), (field, Some(next))] = pair
            && one.duration_until(*next) < APART
        {
            fields.wrong(field, InputError::EndBeforeStart);
            sound = false;
        }
    }
    sound.then_some(starts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn ask() -> Ask {
        Ask {
            name: "Tous les lieux".into(),
            from: "2026-10-05".into(),
            until: "2026-12-18".into(),
            ..Ask::default()
        }
    }

    fn read(ask: &Ask) -> Result<Scenario> {
        let sites = ["site".to_owned()];
        Scenario::parse(ask, date(2026, 9, 1), &sites, &["trainer".to_owned()])
    }

    #[test]
    fn what_is_left_empty_is_as_usual_and_is_typed_back_the_same() {
        let scenario = read(&ask()).unwrap();
        assert_eq!(scenario.weights(), USUAL_WEIGHTS);
        assert_eq!(scenario.starts, Starts::default());
        let again = read(&scenario.typed("saison")).unwrap();
        assert_eq!(again, scenario);
        let json = serde_json::to_string(&scenario).unwrap();
        assert_eq!(Scenario::read(&json).unwrap(), scenario);
    }

    #[test]
    fn what_counts_more_weighs_three_times() {
        let near = Ask {
            near: "high".into(),
            few_sessions: "low".into(),
            ..ask()
        };
        let weights = read(&near).unwrap().weights();
        assert_eq!((weights.person_km, weights.session), (3, 10));
    }

    #[test]
    fn every_wrong_field_is_told() {
        let wrong = Ask {
            name: String::new(),
            until: "2026-10-01".into(),
            without_sites: vec!["nowhere".into()],
            extra: "2".into(),
            minutes: "600".into(),
            days_off: "2026-11-11\nhier".into(),
            evening: "15:00".into(),
            near: "enormously".into(),
            ..ask()
        };
        let Err(Error::Invalid(fields)) = read(&wrong) else {
            panic!("nothing wrong found")
        };
        let mut names: Vec<_> = fields.iter().map(|field| field.field.as_str()).collect();
        names.sort_unstable();
        assert_eq!(
            names,
            [
                "days_off",
                "evening",
                "extra_like",
                "minutes",
                "name",
                "near",
                "until",
                "without_sites"
            ]
        );
    }

    #[test]
    fn a_part_of_the_day_can_be_left_out() {
        let no_evening = Ask {
            evening: "-".into(),
            ..ask()
        };
        assert_eq!(read(&no_evening).unwrap().starts.evening, None);
    }
}
