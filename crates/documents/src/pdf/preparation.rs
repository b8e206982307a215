//! The trainer's preparation on paper.

use domain::language::Language;
use jiff::civil::Date;
use serde::Serialize;

use super::{Frame, PdfError, world};
use crate::formats;
use crate::texts::Texts;

/// What a trainer takes along to a session. All texts are in its language already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreparationSheet {
    /// The language it is written in.
    pub language: Language,
    /// The name of the programme.
    pub programme: String,
    /// The title of the module.
    pub module: String,
    /// Day and hours.
    pub when: String,
    /// Site, room and address.
    pub place: String,
    /// The parts by the clock.
    pub steps: Vec<PreparationStep>,
    /// What the room must have.
    pub needs: Vec<PreparationNeed>,
    /// What there is too little of, in words.
    pub short: Vec<String>,
    /// Who comes.
    pub people: Vec<PreparationPerson>,
    /// Notes of those who gave it before: text, and who wrote it when.
    pub notes: Vec<(String, String)>,
    /// The day it is printed.
    pub made: Date,
}

/// A part of the session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreparationStep {
    /// From when to when.
    pub hours: String,
    /// How long, in minutes.
    pub minutes: u32,
    /// What it is called.
    pub part: String,
    /// What happens.
    pub text: String,
}

/// Something that the room must have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreparationNeed {
    /// What it is called.
    pub name: String,
    /// How many there are, if the room is known.
    pub there: Option<i64>,
    /// Whether it is missing.
    pub missing: bool,
}

/// Somebody who comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreparationPerson {
    /// Their name.
    pub name: String,
    /// Their firm, in small print.
    pub detail: String,
    /// What to know, a line each.
    pub lines: Vec<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Data<'a> {
    #[serde(flatten)]
    frame: Frame,
    programme: &'a str,
    heading: String,
    when: &'a str,
    place: &'a str,
    steps: Vec<[String; 4]>,
    needs: Vec<Need<'a>>,
    short: &'a [String],
    people: Vec<Person<'a>>,
    notes: &'a [(String, String)],
    footer: String,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Need<'a> {
    name: &'a str,
    state: String,
    missing: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Person<'a> {
    name: &'a str,
    detail: &'a str,
    lines: &'a [String],
}

impl PreparationSheet {
    /// Prints the sheet.
    ///
    /// # Errors
    /// [`PdfError`] if the template fails.
    pub fn pdf(&self) -> Result<Vec<u8>, PdfError> {
        let (language, texts) = (self.language, Texts::embedded());
        let heading = texts.format(
            language,
            "document-preparation-title",
            &[("module", (&self.module).into())],
        );
        let frame = Frame::new(
            language,
            heading.clone(),
            &self.programme,
            self.made,
            &[
                ("page", "document-page"),
                ("plan", "document-preparation-plan"),
                ("room", "document-preparation-room"),
                ("people", "document-preparation-people"),
                ("nobody", "document-preparation-nobody"),
                ("notes", "document-preparation-notes"),
                ("hours", "document-preparation-hours"),
                ("part", "document-preparation-part"),
                ("what", "document-preparation-what"),
            ],
        );
        let state = |need: &PreparationNeed| match need.there {
            None => texts.get(language, "preparation-room-unknown"),
            Some(_) if need.missing => texts.get(language, "preparation-room-missing"),
            Some(there) => texts.format(
                language,
                "preparation-room-there",
                &[("count", there.into())],
            ),
        };
        let data = Data {
            frame,
            programme: &self.programme,
            heading,
            when: &self.when,
            place: &self.place,
            steps: self
                .steps
                .iter()
                .map(|step| {
                    [
                        step.hours.clone(),
                        formats::duration(language, step.minutes),
                        step.part.clone(),
                        step.text.clone(),
                    ]
                })
                .collect(),
            needs: self
                .needs
                .iter()
                .map(|need| Need {
                    name: &need.name,
                    state: state(need),
                    missing: need.missing,
                })
                .collect(),
            short: &self.short,
            people: self
                .people
                .iter()
                .map(|person| Person {
                    name: &person.name,
                    detail: &person.detail,
                    lines: &person.lines,
                })
                .collect(),
            notes: &self.notes,
            footer: texts.get(language, "document-preparation-footer"),
        };
        world::set("preparation.typ", &data.heading, &data)
    }
}
