//! One workshop of the catalogue.

use serde::{Deserialize, Serialize};

use crate::content::{ContentVersion, Problems};
use crate::language::{Language, Translated};

/// Whom a module is for.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    /// No reservation.
    #[default]
    Everyone,
    /// Reserved for people who run a farm.
    Farmers,
    /// Reserved for elected officials and local-government staff.
    ElectedOrStaff,
}

impl Audience {
    /// Every audience.
    pub const ALL: [Self; 3] = [Self::Everyone, Self::Farmers, Self::ElectedOrStaff];

    /// What files, addresses and the vocabulary call it.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Everyone => "everyone",
            Self::Farmers => "farmers",
            Self::ElectedOrStaff => "elected-or-staff",
        }
    }

    /// The audience of this slug.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|audience| audience.slug() == slug)
    }

    /// Whether someone who belongs to these audiences may come.
    #[must_use]
    pub fn admits<'a>(self, audiences: impl IntoIterator<Item = &'a Self>) -> bool {
        self == Self::Everyone || audiences.into_iter().any(|audience| *audience == self)
    }
}

/// How many people make a group.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Below this the session does not open.
    pub least: u32,
    /// The number at which people learn best.
    pub best: u32,
    /// Never more, whatever the room holds.
    pub most: u32,
}

/// One of the four parts of a session.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// How long it takes, in minutes.
    pub minutes: u32,
    /// What happens, in French.
    pub fr: String,
    /// What happens, in English.
    pub en: String,
}

impl Part {
    /// What happens.
    #[must_use]
    pub fn text(&self, language: Language) -> &str {
        match language {
            Language::Fr => &self.fr,
            Language::En => &self.en,
        }
    }
}

/// The four parts that every session has.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Parts {
    /// What the trainer shows and explains.
    pub input: Part,
    /// What everyone does.
    pub hands_on: Part,
    /// A test or quiz.
    pub evaluation: Part,
    /// Break and exchange of experience.
    pub exchange: Part,
}

impl Parts {
    /// The parts by name, in the order of the session.
    #[must_use]
    pub const fn all(&self) -> [(&'static str, &Part); 4] {
        [
            ("input", &self.input),
            ("hands_on", &self.hands_on),
            ("evaluation", &self.evaluation),
            ("exchange", &self.exchange),
        ]
    }
}

/// A workshop as the catalogue describes it; its dated occurrences are sessions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Module {
    /// What files and addresses call it; never changes once used.
    pub slug: String,
    /// Counts up when the content changes in a way that matters to those who took it.
    pub version: u32,
    /// Slug of the track it belongs to.
    pub track: String,
    /// Slug of its theme.
    pub theme: String,
    /// Level of practice it is meant for: 0 never touched a mouse, 1 some practice, 2 at ease,
    /// 3 experienced.
    pub level: u8,
    /// Whom it is reserved for.
    pub audience: Audience,
    /// Length of a session, in minutes.
    pub minutes: u32,
    /// Slugs of the modules that come before.
    pub prerequisites: Vec<String>,
    /// Slugs of the equipment that the room must offer.
    pub room: Vec<String>,
    /// Slugs of the skills that the trainer must have.
    pub skills: Vec<String>,
    /// Its name.
    pub title: Translated,
    /// Size of the group.
    pub group: Group,
    /// What one can do afterwards, two to four aims.
    pub aims: Vec<Translated>,
    /// What happens in a session.
    pub parts: Parts,
}

impl Module {
    /// Names this state of the module: recorded with sessions and certificates, so that what
    /// people took can be told from what the catalogue says today.
    #[must_use]
    pub fn content_version(&self) -> ContentVersion {
        ContentVersion::of(self)
    }

    /// Notes what is wrong in this module alone, without regard to the other files.
    pub(super) fn check(&self, file: &str, problems: &mut Problems) {
        problems.need_slug(file, "slug", &self.slug);
        let stem = file.rsplit('/').next().unwrap_or(file);
        if stem.strip_suffix(".toml") != Some(self.slug.as_str()) {
            problems.add(
                file,
                "slug",
                format!(
                    "the file must be called {}.toml; rename it or change the slug",
                    self.slug
                ),
            );
        }
        if self.version == 0 {
            problems.add(file, "version", "versions count from 1");
        }
        if self.level > 3 {
            problems.add(
                file,
                "level",
                "choose a level from 0 (beginner) to 3 (experienced)",
            );
        }
        if !(30..=480).contains(&self.minutes) {
            problems.add(file, "minutes", "a session lasts from 30 to 480 minutes");
        }
        let Group { least, best, most } = self.group;
        if least == 0 || least > best || best > most || most > 100 {
            problems.add(
                file,
                "group",
                "sizes must go up from least (1 or more) through best to most (100 at the very most)",
            );
        }
        problems.need_text(file, "title", &self.title);
        if !(2..=4).contains(&self.aims.len()) {
            problems.add(file, "aims", "write two to four aims");
        }
        for (index, aim) in self.aims.iter().enumerate() {
            problems.need_text(file, &format!("aims[{index}]"), aim);
        }
        if self.skills.is_empty() {
            problems.add(
                file,
                "skills",
                "name at least one skill that the trainer must have",
            );
        }
        self.check_parts(file, problems);
    }

    fn check_parts(&self, file: &str, problems: &mut Problems) {
        for (name, part) in self.parts.all() {
            let text = Translated::new(&part.fr, &part.en);
            problems.need_text(file, &format!("parts.{name}"), &text);
            if part.minutes == 0 {
                problems.add(
                    file,
                    format!("parts.{name}.minutes"),
                    "every part takes time; give it at least a minute",
                );
            }
        }
        let sum: u64 = self
            .parts
            .all()
            .iter()
            .map(|(_, part)| u64::from(part.minutes))
            .sum();
        if sum != u64::from(self.minutes) {
            problems.add(
                file,
                "parts",
                format!(
                    "the four parts add up to {sum} minutes, the session lasts {}; make them agree",
                    self.minutes
                ),
            );
        }
    }
}
