//! What somebody looks for, as the address of the agenda says it.

use domain::catalogue::Audience;
use domain::input::parse_date;
use domain::text::fold;
use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};
use store::Connection;

use super::{Listed, Near, Standing, place};
use crate::Result;
use crate::content::{catalogue, vocabulary};

/// Kilometres around a commune when nothing else is said.
const USUAL_KM: u32 = 30;
/// Most kilometres around a commune.
const MOST_KM: u32 = 500;
/// Words looked for; more narrow nothing down.
const MOST_WORDS: usize = 12;

/// The filter as typed. Names are those of the address, in French.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// Words of the workshop, the site or the commune.
    pub q: String,
    /// Commune as typed.
    pub commune: String,
    /// Its code, when chosen from the suggestions.
    pub commune_code: String,
    /// Kilometres around it; `tous` for any.
    pub km: String,
    /// Slug of the theme.
    pub theme: String,
    /// Slug of the track.
    pub serie: String,
    /// Slug of the audience: what is open to it.
    pub public: String,
    /// `matin`, `apres-midi`, `soir`, `samedi`; several mean any of them.
    pub moment: Vec<String>,
    /// First day.
    pub du: String,
    /// Last day.
    pub au: String,
    /// `libres`: only where a seat is free.
    pub places: String,
    /// Slug of the module.
    pub atelier: String,
    /// Slug of the site.
    pub lieu: String,
    /// `date` or `distance`.
    pub tri: String,
    /// Page of the list.
    pub page: String,
}

/// A time of day or week that suits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// Begins before noon.
    Morning,
    /// Begins from noon to before six.
    Afternoon,
    /// Begins at six or later.
    Evening,
    /// On a Saturday.
    Saturday,
}

impl Moment {
    /// Every moment, in the order of the week.
    pub const ALL: [Self; 4] = [
        Self::Morning,
        Self::Afternoon,
        Self::Evening,
        Self::Saturday,
    ];

    /// Its name in addresses.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Morning => "matin",
            Self::Afternoon => "apres-midi",
            Self::Evening => "soir",
            Self::Saturday => "samedi",
        }
    }

    /// Whether a session is at that moment.
    #[must_use]
    pub fn suits(self, listed: &Listed) -> bool {
        let hour = listed.starts.hour();
        match self {
            Self::Morning => hour < 12,
            Self::Afternoon => (12..18).contains(&hour),
            Self::Evening => hour >= 18,
            Self::Saturday => listed.starts.date().weekday() == Weekday::Saturday,
        }
    }
}

/// In which order the list is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The next first.
    #[default]
    Time,
    /// The nearest first, at one place the next first.
    Distance,
}

/// The filter as understood. What could not be read is left out and named.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Words of the workshop, the site or the commune, folded.
    pub words: Vec<String>,
    /// Around which commune.
    pub near: Option<Near>,
    /// At most this far from it.
    pub km: Option<u32>,
    /// Slug of the theme.
    pub theme: Option<String>,
    /// Slug of the track.
    pub track: Option<String>,
    /// What is open to this audience.
    pub audience: Option<Audience>,
    /// Any of these; empty means any at all.
    pub moments: Vec<Moment>,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub until: Option<Date>,
    /// Only where a seat is free.
    pub free: bool,
    /// Slug of the module.
    pub module: Option<String>,
    /// Slug of the site.
    pub site: Option<String>,
    /// In which order.
    pub order: Order,
    /// Names of the fields that could not be read.
    pub ignored: Vec<&'static str>,
}

impl Filter {
    /// The page asked for.
    pub(super) fn page(&self) -> usize {
        self.page.trim().parse().unwrap_or(1)
    }

    /// Understands what was typed.
    pub(super) async fn read(&self, db: &mut Connection) -> Result<Wanted> {
        let near = place::find(db, &self.commune, &self.commune_code).await?;
        Ok(self.read_at(near))
    }

    fn read_at(&self, near: Option<Near>) -> Wanted {
        let mut wanted = Wanted {
            words: fold(&self.q)
                .split(' ')
                .filter(|word| !word.is_empty())
                .take(MOST_WORDS)
                .map(str::to_owned)
                .collect(),
            free: self.places == "libres",
            near,
            ..Wanted::default()
        };
        let ignored = &mut wanted.ignored;
        if wanted.near.is_none() && !self.commune.trim().is_empty() {
            ignored.push("commune");
        }
        wanted.km = match self.km.trim() {
            "tous" => None,
            "" => Some(USUAL_KM),
            text => match text.parse::<u32>() {
                Ok(km) if km > 0 => Some(km.min(MOST_KM)),
                _ => {
                    ignored.push("km");
                    Some(USUAL_KM)
                }
            },
        };
        wanted.theme = known(&self.theme, "theme", ignored, |slug| {
            vocabulary().theme(slug).is_some()
        });
        wanted.track = known(&self.serie, "serie", ignored, |slug| {
            catalogue().track(slug).is_some()
        });
        wanted.module = known(&self.atelier, "atelier", ignored, |slug| {
            catalogue().module(slug).is_some()
        });
        wanted.audience = known(&self.public, "public", ignored, |slug| {
            Audience::from_slug(slug).is_some()
        })
        .and_then(|slug| Audience::from_slug(&slug));
        wanted.site = Some(self.lieu.trim().to_owned()).filter(|slug| !slug.is_empty());
        for typed in self.moment.iter().filter(|typed| !typed.is_empty()) {
            match Moment::ALL
                .into_iter()
                .find(|moment| moment.slug() == typed)
            {
                Some(moment) if !wanted.moments.contains(&moment) => wanted.moments.push(moment),
                None if !ignored.contains(&"moment") => ignored.push("moment"),
                _ => {}
            }
        }
        wanted.from = day(&self.du, "du", ignored);
        wanted.until = day(&self.au, "au", ignored);
        wanted.order = match (self.tri.as_str(), &wanted.near) {
            ("date", _) | (_, None) => Order::Time,
            _ => Order::Distance,
        };
        wanted
    }
}

/// A slug that exists; nothing when empty, named as ignored when unknown.
fn known(
    typed: &str,
    field: &'static str,
    ignored: &mut Vec<&'static str>,
    exists: impl Fn(&str) -> bool,
) -> Option<String> {
    let slug = typed.trim();
    if slug.is_empty() {
        return None;
    }
    if exists(slug) {
        return Some(slug.to_owned());
    }
    ignored.push(field);
    None
}

fn day(typed: &str, field: &'static str, ignored: &mut Vec<&'static str>) -> Option<Date> {
    if typed.trim().is_empty() {
        return None;
    }
    let read = parse_date(typed).ok();
    if read.is_none() {
        ignored.push(field);
    }
    read
}

impl Wanted {
    /// The sessions that match, each with its distance, in the order asked for.
    pub(super) fn choose(&self, sessions: Vec<Listed>) -> Vec<Listed> {
        let mut chosen: Vec<Listed> = sessions
            .into_iter()
            .filter_map(|mut listed| {
                if let Some(near) = &self.near {
                    listed.distance_km = listed
                        .position
                        .zip(near.centre)
                        .map(|(place, home)| place.distance_km(home));
                }
                self.matches(&listed).then_some(listed)
            })
            .collect();
        if self.order == Order::Distance {
            // Stable: at one place the order of time stays.
            chosen.sort_by(|one, other| {
                let far = |listed: &Listed| listed.distance_km.unwrap_or(f64::MAX);
                far(one).total_cmp(&far(other))
            });
        }
        chosen
    }

    fn matches(&self, listed: &Listed) -> bool {
        let module = listed.module;
        let is = |wanted: &Option<String>, actual: Option<&str>| {
            wanted
                .as_deref()
                .is_none_or(|wanted| Some(wanted) == actual)
        };
        let day = listed.starts.date();
        is(&self.theme, module.map(|module| module.theme.as_str()))
            && is(&self.track, module.map(|module| module.track.as_str()))
            && is(&self.module, Some(&listed.row.module))
            && is(&self.site, Some(&listed.row.site_slug))
            && self.audience.is_none_or(|audience| {
                module.is_some_and(|module| {
                    module.audience == audience || module.audience == Audience::Everyone
                })
            })
            && (self.moments.is_empty() || self.moments.iter().any(|moment| moment.suits(listed)))
            && self.from.is_none_or(|from| day >= from)
            && self.until.is_none_or(|until| day <= until)
            && (!self.free || matches!(listed.standing, Standing::Free { .. }))
            && self.is_near(listed)
            && self.has_words(listed)
    }

    fn is_near(&self, listed: &Listed) -> bool {
        match (&self.near, self.km) {
            (Some(_), Some(km)) => listed
                .distance_km
                .is_none_or(|distance| distance <= f64::from(km)),
            _ => true,
        }
    }

    fn has_words(&self, listed: &Listed) -> bool {
        if self.words.is_empty() {
            return true;
        }
        let mut hay = fold(&listed.row.site_name);
        for text in [listed.commune_name(), &listed.row.site_address] {
            hay.push(' ');
            hay.push_str(&fold(text));
        }
        if let Some(module) = listed.module {
            let aims = module.aims.iter();
            for text in aims.chain([&module.title]) {
                for words in [&text.fr, &text.en] {
                    hay.push(' ');
                    hay.push_str(&fold(words));
                }
            }
        }
        self.words.iter().all(|word| hay.contains(word.as_str()))
    }
}
