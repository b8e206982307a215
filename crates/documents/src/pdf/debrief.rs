//! The page that a person takes home at the end of their path.

use domain::language::Language;
use jiff::civil::Date;
use serde::Serialize;

use super::{Frame, PdfError, qr, world};
use crate::formats;
use crate::texts::Texts;

/// What a person takes home.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HomeSheet {
    /// The language it is written in.
    pub language: Language,
    /// The name of the programme.
    pub programme: String,
    /// The name of the season.
    pub season: String,
    /// The name of the person.
    pub person: String,
    /// Sessions attended.
    pub sessions: usize,
    /// Minutes attended.
    pub minutes: u32,
    /// What they did, in order of time.
    pub modules: Vec<HomeModule>,
    /// What they decided to do next, in their words; may be empty.
    pub next: String,
    /// What was missing, in words.
    pub missing: Vec<String>,
    /// Whom to ask.
    pub contact: String,
    /// The person's own page, shown as a QR code.
    pub link: Option<String>,
    /// The day of the talk.
    pub made: Date,
}

/// A module and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HomeModule {
    /// Its title.
    pub title: String,
    /// On which days.
    pub days: Vec<Date>,
    /// What is used of it, in words; may be empty.
    pub used: String,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Data<'a> {
    #[serde(flatten)]
    frame: Frame,
    programme: &'a str,
    heading: String,
    person: &'a str,
    summary: String,
    modules: Vec<Module<'a>>,
    next: Vec<&'a str>,
    missing: &'a [String],
    contact: &'a str,
    link: Option<&'a str>,
    qr: Option<String>,
    footer: String,
}

#[derive(Serialize)]
struct Module<'a> {
    title: &'a str,
    days: String,
    used: &'a str,
}

impl HomeSheet {
    /// Prints the page.
    ///
    /// # Errors
    /// [`PdfError`] if the template fails.
    pub fn pdf(&self) -> Result<Vec<u8>, PdfError> {
        let (language, texts) = (self.language, Texts::embedded());
        let heading = texts.get(language, "document-debrief-title");
        let frame = Frame::new(
            language,
            format!("{heading} – {}", self.person),
            &self.programme,
            self.made,
            &[
                ("page", "document-page"),
                ("did", "document-debrief-did"),
                ("next", "document-debrief-next"),
                ("missing", "document-debrief-missing"),
                ("contact", "document-pathway-contact"),
                ("online", "document-debrief-online"),
            ],
        );
        let ident = frame.title.clone();
        let day = |date: &Date| formats::date_without_weekday(language, *date);
        let data = Data {
            frame,
            programme: &self.programme,
            heading,
            person: &self.person,
            summary: texts.format(
                language,
                "document-debrief-summary",
                &[
                    ("season", (&self.season).into()),
                    (
                        "sessions",
                        u32::try_from(self.sessions).unwrap_or_default().into(),
                    ),
                    ("hours", formats::duration(language, self.minutes).into()),
                ],
            ),
            modules: self
                .modules
                .iter()
                .map(|module| Module {
                    title: &module.title,
                    days: module.days.iter().map(day).collect::<Vec<_>>().join(", "),
                    used: &module.used,
                })
                .collect(),
            next: self
                .next
                .lines()
                .filter(|line| !line.trim().is_empty())
                .collect(),
            missing: &self.missing,
            contact: &self.contact,
            link: self.link.as_deref(),
            qr: self.link.as_deref().and_then(qr::svg),
            footer: texts.format(
                language,
                "document-debrief-footer",
                &[("date", day(&self.made).into())],
            ),
        };
        world::set("debrief.typ", &ident, &data)
    }
}
