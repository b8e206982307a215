//! One item: a question with one best answer, with a picture to act on where words would not do.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::assessment::adaptive::simulate::Draws;
use crate::assessment::adaptive::{Level, Parameters};
use crate::content::{ContentVersion, Problems};
use crate::language::{Language, Translated};

/// A rectangle of a picture, in the units of its view box: left, top, width, height.
pub type Spot = [u32; 4];

/// A picture.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Picture {
    /// The name of an SVG file in `pictures/`.
    pub file: String,
    /// What it shows, for those who do not see it: enough to answer.
    pub alt: Translated,
}

/// An answer to choose.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ItemChoice {
    /// What people read, in French; the letter in the picture where there is a spot.
    pub fr: String,
    /// What people read, in English.
    pub en: String,
    /// Whether this is the best answer.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub right: bool,
    /// Where to touch the picture to choose this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spot: Option<Spot>,
}

impl ItemChoice {
    /// What people read.
    #[must_use]
    pub fn text(&self, language: Language) -> &str {
        match language {
            Language::Fr => &self.fr,
            Language::En => &self.en,
        }
    }
}

/// What real answers said about an item.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Calibrated {
    /// How sharply it tells people apart.
    pub slope: f64,
    /// How difficult it is.
    pub difficulty: f64,
    /// The chance of guessing.
    pub guess: f64,
    /// How many answers this rests on.
    pub answers: u32,
}

/// One item.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// What files and answers call it; never changes once used.
    pub slug: String,
    /// The number of its competence, such as `4.2`.
    pub competence: String,
    /// The level of DigComp that it is written for, from 1 to 8.
    pub level: u8,
    /// The question.
    pub ask: Translated,
    /// Why the best answer is the best, told after any answer.
    pub because: Translated,
    /// A picture, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<Picture>,
    /// Two to six answers, one of them right.
    pub choices: Vec<ItemChoice>,
    /// Parameters from real answers; without them those of the level stand in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calibrated: Option<Calibrated>,
}

/// The slope of an item before calibration: that of an ordinary item.
const USUAL_SLOPE: f64 = 1.0;

impl Item {
    /// Its parameters: from real answers, or else provisional ones: the difficulty of its level, an
    /// ordinary slope, and for guessing one chance in as many as there are answers.
    #[must_use]
    pub fn parameters(&self) -> Parameters {
        if let Some(known) = self.calibrated {
            return Parameters {
                slope: known.slope,
                difficulty: known.difficulty,
                guess: known.guess,
            };
        }
        let choices = u32::try_from(self.choices.len()).unwrap_or(4).max(2);
        Parameters {
            slope: USUAL_SLOPE,
            difficulty: self.level().map_or(0.0, Level::difficulty),
            guess: 1.0 / f64::from(choices),
        }
    }

    /// The level it is written for.
    #[must_use]
    pub fn level(&self) -> Option<Level> {
        Level::try_from(self.level).ok()
    }

    /// Names this state of its words and picture; parameters may change without another name.
    #[must_use]
    pub fn version(&self) -> ContentVersion {
        ContentVersion::of(&Self {
            calibrated: None,
            ..self.clone()
        })
    }

    /// The place of the right answer.
    #[must_use]
    pub fn right(&self) -> Option<usize> {
        self.choices.iter().position(|choice| choice.right)
    }

    /// The order in which answers are shown: letters of a picture in their own order, words in
    /// one that follows from `seed`.
    #[must_use]
    pub fn order(&self, seed: u64) -> Vec<usize> {
        let mut draws = Draws::new(seed);
        let mut order: Vec<(u64, &str, usize)> = self
            .choices
            .iter()
            .enumerate()
            .map(|(place, choice)| match choice.spot {
                Some(_) => (0, choice.fr.as_str(), place),
                None => (draws.next(), "", place),
            })
            .collect();
        order.sort_unstable();
        order.into_iter().map(|(_, _, place)| place).collect()
    }

    /// Notes what is wrong in this item alone.
    pub(super) fn check(
        &self,
        file: &str,
        field: &str,
        drawings: &BTreeMap<&str, Drawing>,
        problems: &mut Problems,
    ) {
        // Files hold many items: say by its slug which one is meant.
        let named = format!("{field} ({})", self.slug);
        let at = |part: &str| format!("{named}.{part}");
        problems.need_slug(file, &at("slug"), &self.slug);
        if self.level().is_none() {
            problems.add(file, at("level"), "choose a level from 1 to 8");
        }
        problems.need_text(file, &at("ask"), &self.ask);
        problems.need_text(file, &at("because"), &self.because);
        if !(2..=6).contains(&self.choices.len()) {
            problems.add(file, at("choices"), "write two to six answers");
        }
        if self.choices.iter().filter(|choice| choice.right).count() != 1 {
            problems.add(file, at("choices"), "mark exactly one answer as right");
        }
        for (n, choice) in self.choices.iter().enumerate() {
            let text = Translated::new(&choice.fr, &choice.en);
            problems.need_text(file, &at(&format!("choices[{n}]")), &text);
            for (other, earlier) in self.choices.iter().take(n).enumerate() {
                if earlier.fr == choice.fr || earlier.en == choice.en {
                    let problem = format!("says the same as choices[{other}]");
                    problems.add(file, at(&format!("choices[{n}]")), problem);
                }
            }
        }
        if let Some(known) = &self.calibrated
            && let Err(bad) = Parameters::new(known.slope, known.difficulty, known.guess)
        {
            problems.add(file, at("calibrated"), bad.to_string());
        }
        self.check_picture(file, &named, drawings, problems);
    }

    fn check_picture(
        &self,
        file: &str,
        named: &str,
        drawings: &BTreeMap<&str, Drawing>,
        problems: &mut Problems,
    ) {
        let spots = self.choices.iter().filter_map(|choice| choice.spot);
        let Some(picture) = &self.picture else {
            if spots.count() > 0 {
                let problem = "a spot needs a picture; name one or take the spots out";
                problems.add(file, format!("{named}.picture"), problem);
            }
            return;
        };
        problems.need_text(file, &format!("{named}.picture.alt"), &picture.alt);
        let field = format!("{named}.picture.file");
        let Some(drawing) = drawings.get(picture.file.as_str()) else {
            let problem = format!("there is no \"{}\" in pictures/", picture.file);
            problems.add(file, field, problem);
            return;
        };
        if drawing.active {
            let problem = "this drawing holds a script or a link; take it out";
            problems.add(file, field, problem);
            return;
        }
        let Some([width, height]) = drawing.size else {
            let problem = "this drawing does not start with viewBox=\"0 0 width height\"";
            problems.add(file, field, problem);
            return;
        };
        let inside = |[left, top, wide, high]: Spot| {
            wide > 0
                && high > 0
                && left.saturating_add(wide) <= width
                && top.saturating_add(high) <= height
        };
        let mut count = 0;
        for (n, choice) in self.choices.iter().enumerate() {
            let Some(spot) = choice.spot else { continue };
            count += 1;
            if !inside(spot) {
                let problem = format!("lies outside the picture, which is {width} by {height}");
                problems.add(file, format!("{named}.choices[{n}].spot"), problem);
            }
        }
        if count != 0 && count != self.choices.len() {
            let problem = "give every answer a spot, or none";
            problems.add(file, format!("{named}.choices"), problem);
        }
    }
}

/// What must be known of an SVG file.
#[derive(Debug)]
pub(super) struct Drawing {
    size: Option<[u32; 2]>,
    active: bool,
}

impl Drawing {
    pub(super) fn read(svg: &str) -> Self {
        let size = svg
            .split_once("viewBox=\"0 0 ")
            .and_then(|(_, rest)| rest.split_once('"'))
            .and_then(|(numbers, _)| numbers.split_once(' '))
            .and_then(|(width, height)| Some([width.parse().ok()?, height.parse().ok()?]));
        let lower = svg.to_ascii_lowercase();
        let active = ["<script", "javascript:", "href=", "<foreignobject", " on"]
            .iter()
            .any(|sign| lower.contains(sign));
        Self { size, active }
    }
}
