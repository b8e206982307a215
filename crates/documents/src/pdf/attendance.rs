//! The attendance sheet to sign.

use domain::language::Language;
use jiff::civil::Date;
use serde::Serialize;

use super::{Frame, HalfDay, PdfError, world};
use crate::texts::Texts;

/// Most columns of signature boxes that fit beside the names; more half days take another sheet.
const BOXES_MOST: usize = 4;

/// A session on paper, to be signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttendanceSheet {
    /// The language it is written in.
    pub language: Language,
    /// The name of the programme.
    pub programme: String,
    /// The name of the season.
    pub season: String,
    /// The title of the module.
    pub module: String,
    /// The site, with its commune.
    pub site: String,
    /// The room, if the site has several.
    pub room: Option<String>,
    /// The trainers' names.
    pub trainers: Vec<String>,
    /// When it is held: one column of boxes each.
    pub half_days: Vec<HalfDay>,
    /// Who is expected, in the order to be shown.
    pub people: Vec<SheetPerson>,
    /// Empty lines for those who come unannounced.
    pub blank_lines: usize,
    /// The day it is printed.
    pub made: Date,
}

/// Someone expected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SheetPerson {
    /// The name.
    pub name: String,
    /// The organisation or commune, in small print; may be empty.
    pub detail: String,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Data {
    #[serde(flatten)]
    frame: Frame,
    programme: String,
    heading: String,
    facts: Vec<Fact>,
    footer: String,
    people: Vec<SheetPerson>,
    sheets: Vec<Boxes>,
}

#[derive(Serialize)]
struct Fact {
    label: String,
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Boxes {
    /// The day and the hours of each.
    half_days: Vec<[String; 2]>,
}

impl AttendanceSheet {
    /// Prints the sheet.
    ///
    /// # Errors
    /// [`PdfError`] if the template fails.
    pub fn pdf(&self) -> Result<Vec<u8>, PdfError> {
        let (language, texts) = (self.language, Texts::embedded());
        let heading = texts.format(
            language,
            "document-attendance-title",
            &[("module", (&self.module).into())],
        );
        let frame = Frame::new(
            language,
            heading.clone(),
            &self.programme,
            self.made,
            &[
                ("page", "document-page"),
                ("person", "document-attendance-person"),
                ("trainer", "document-attendance-trainer-signature"),
            ],
        );
        let fact = |key, text: String| Fact {
            label: texts.get(language, key),
            text,
        };
        let mut facts = vec![
            fact("document-attendance-site", self.site.clone()),
            fact("document-attendance-season", self.season.clone()),
        ];
        if !self.trainers.is_empty() {
            facts.push(fact(
                "document-attendance-trainer",
                self.trainers.join(", "),
            ));
        }
        if let Some(room) = &self.room {
            facts.push(fact("document-attendance-room", room.clone()));
        }
        let nobody = SheetPerson {
            name: String::new(),
            detail: String::new(),
        };
        let people = self
            .people
            .iter()
            .cloned()
            .chain(std::iter::repeat_n(nobody, self.blank_lines));
        let mut sheets: Vec<Boxes> = self
            .half_days
            .chunks(BOXES_MOST)
            .map(|days| Boxes {
                half_days: days.iter().map(|day| day.parts(language)).collect(),
            })
            .collect();
        if sheets.is_empty() {
            // Without a date there still is a list of names.
            sheets.push(Boxes {
                half_days: Vec::new(),
            });
        }
        let data = Data {
            frame,
            programme: self.programme.clone(),
            heading,
            facts,
            footer: texts.get(language, "document-attendance-footer"),
            people: people.collect(),
            sheets,
        };
        world::set("attendance.typ", &data.heading, &data)
    }
}
