//! The personal path on paper.

use domain::language::Language;
use jiff::civil::Date;
use serde::Serialize;

use super::{Frame, HalfDay, PdfError, qr, world};
use crate::formats;
use crate::texts::Texts;

/// A person's path, to take home.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathSheet {
    /// The language it is written in.
    pub language: Language,
    /// The name of the programme.
    pub programme: String,
    /// The name of the person.
    pub person: String,
    /// A few words in front.
    pub introduction: String,
    /// The level found, in words.
    pub level: Option<String>,
    /// The steps, in order.
    pub steps: Vec<PathStep>,
    /// Whom to ask: name, telephone, address.
    pub contact: String,
    /// The person's own page, shown as a QR code.
    pub link: Option<String>,
    /// The day the path was drawn up.
    pub made: Date,
}

/// A step of the path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathStep {
    /// The title of the module.
    pub title: String,
    /// Why it is proposed, in plain words.
    pub reason: String,
    /// When and where it can be taken; empty if there is none yet.
    pub meetings: Vec<PathMeeting>,
    /// What else is to be known: “registered”, “full: your wish is noted”.
    pub note: Option<String>,
}

/// A session that suits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathMeeting {
    /// When.
    pub when: HalfDay,
    /// The site, its commune and perhaps the distance.
    pub place: String,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Data<'a> {
    #[serde(flatten)]
    frame: Frame,
    programme: &'a str,
    heading: String,
    person: &'a str,
    introduction: &'a str,
    level: Option<&'a str>,
    steps: Vec<Step<'a>>,
    contact: &'a str,
    link: Option<&'a str>,
    qr: Option<String>,
    footer: String,
}

#[derive(Serialize)]
struct Step<'a> {
    title: &'a str,
    reason: &'a str,
    meetings: Vec<Meeting<'a>>,
    note: Option<&'a str>,
}

#[derive(Serialize)]
struct Meeting<'a> {
    when: String,
    place: &'a str,
}

impl PathSheet {
    /// Prints the path.
    ///
    /// # Errors
    /// [`PdfError`] if the template fails.
    pub fn pdf(&self) -> Result<Vec<u8>, PdfError> {
        let (language, texts) = (self.language, Texts::embedded());
        let heading = texts.get(language, "document-pathway-title");
        let frame = Frame::new(
            language,
            format!("{heading} – {}", self.person),
            &self.programme,
            self.made,
            &[
                ("page", "document-page"),
                ("level", "document-pathway-level"),
                ("contact", "document-pathway-contact"),
                ("online", "document-pathway-online"),
            ],
        );
        let ident = frame.title.clone();
        let data = Data {
            frame,
            programme: &self.programme,
            heading,
            person: &self.person,
            introduction: &self.introduction,
            level: self.level.as_deref(),
            steps: self
                .steps
                .iter()
                .map(|step| Step {
                    title: &step.title,
                    reason: &step.reason,
                    meetings: step
                        .meetings
                        .iter()
                        .map(|meeting| Meeting {
                            when: meeting.when.written(language),
                            place: &meeting.place,
                        })
                        .collect(),
                    note: step.note.as_deref(),
                })
                .collect(),
            contact: &self.contact,
            link: self.link.as_deref(),
            qr: self.link.as_deref().and_then(qr::svg),
            footer: texts.format(
                language,
                "document-pathway-footer",
                &[(
                    "date",
                    formats::date_without_weekday(language, self.made).into(),
                )],
            ),
        };
        world::set("pathway.typ", &ident, &data)
    }
}
