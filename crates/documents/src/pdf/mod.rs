//! Everything printed: PDF set from the templates in `templates/`.
//!
//! Each document has its own plain input: words of people and content, dates, minutes. Labels come
//! from the locale files (`document-…`). Files are tagged for screen readers (PDF/UA-1), fit for
//! archives (PDF/A-2a) and the same bytes for the same input.

mod attendance;
mod certificate;
mod debrief;
mod pathway;
mod people;
mod preparation;
pub mod qr;
mod questionnaire;
mod quiz;
mod world;

use std::collections::BTreeMap;

use domain::language::Language;
use jiff::civil::{Date, Time};
use serde::Serialize;

pub use attendance::{AttendanceSheet, SheetPerson};
pub use certificate::{Certificate, CertifiedModule, Says, certificate, certificates};
pub use debrief::{HomeModule, HomeSheet};
pub use pathway::{PathMeeting, PathSheet, PathStep};
pub use people::{ListedPerson, PeopleList};
pub use preparation::{PreparationNeed, PreparationPerson, PreparationSheet, PreparationStep};
pub use questionnaire::{PaperAnswer, PaperPage, PaperQuestion, PaperQuestionnaire};
pub use quiz::{QuizAnswerSpace, QuizPaper, QuizPaperQuestion};
pub use world::PdfError;

use crate::formats;
use crate::texts::Texts;

/// A half day, or any other stretch of one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HalfDay {
    /// The day.
    pub date: Date,
    /// Local time at which it begins.
    pub start: Time,
    /// Local time at which it ends.
    pub end: Time,
}

impl HalfDay {
    /// “mardi 3 février 2026” and “de 14 h à 16 h”.
    fn parts(&self, language: Language) -> [String; 2] {
        [
            formats::date(language, self.date),
            formats::time_range(language, self.start, self.end),
        ]
    }

    /// “mardi 3 février 2026, de 14 h à 16 h”.
    fn written(&self, language: Language) -> String {
        self.parts(language).join(", ")
    }
}

/// What every template needs.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Frame {
    title: String,
    author: String,
    language: &'static str,
    made: world::Made,
    /// Labels by the last part of their key.
    words: BTreeMap<&'static str, String>,
}

impl Frame {
    fn new(
        language: Language,
        title: String,
        author: &str,
        made: Date,
        words: &[(&'static str, &str)],
    ) -> Self {
        let texts = Texts::embedded();
        Self {
            title,
            author: author.to_owned(),
            language: language.code(),
            made: made.into(),
            words: words
                .iter()
                .map(|(name, key)| (*name, texts.get(language, key)))
                .collect(),
        }
    }
}
