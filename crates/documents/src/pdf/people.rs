//! The list of those registered for a session.

use domain::language::Language;
use jiff::civil::Date;
use serde::Serialize;

use super::{Frame, HalfDay, PdfError, world};
use crate::formats;
use crate::texts::Texts;

/// Who is registered, for the people who hold the session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeopleList {
    /// The language it is written in.
    pub language: Language,
    /// The name of the programme.
    pub programme: String,
    /// The title of the module.
    pub module: String,
    /// The site, with its commune.
    pub site: String,
    /// When the session begins.
    pub when: Option<HalfDay>,
    /// The people, in the order to be shown.
    pub people: Vec<ListedPerson>,
    /// The day it is printed.
    pub made: Date,
}

/// Someone on the list. What is unknown is left empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ListedPerson {
    /// The name.
    pub name: String,
    /// The firm or authority.
    pub organisation: String,
    /// The commune.
    pub commune: String,
    /// The telephone number.
    pub phone: String,
    /// How the registration stands, in words.
    pub state: String,
}

#[derive(Serialize)]
struct Data<'a> {
    #[serde(flatten)]
    frame: Frame,
    programme: &'a str,
    heading: String,
    subtitle: String,
    people: &'a [ListedPerson],
    footer: String,
}

impl PeopleList {
    /// Prints the list.
    ///
    /// # Errors
    /// [`PdfError`] if the template fails.
    pub fn pdf(&self) -> Result<Vec<u8>, PdfError> {
        let (language, texts) = (self.language, Texts::embedded());
        let heading = texts.format(
            language,
            "document-people-title",
            &[("module", (&self.module).into())],
        );
        let count = texts.format(
            language,
            "document-people-count",
            &[("count", self.people.len().into())],
        );
        let subtitle = [
            self.when.map(|when| when.written(language)),
            Some(self.site.clone()),
            Some(count),
        ];
        let frame = Frame::new(
            language,
            heading.clone(),
            &self.programme,
            self.made,
            &[
                ("page", "document-page"),
                ("nobody", "document-people-nobody"),
                ("name", "document-people-name"),
                ("organisation", "document-people-organisation"),
                ("commune", "document-people-commune"),
                ("phone", "document-people-phone"),
                ("state", "document-people-state"),
            ],
        );
        let data = Data {
            frame,
            programme: &self.programme,
            heading,
            subtitle: subtitle
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" · "),
            people: &self.people,
            footer: texts.format(
                language,
                "document-people-footer",
                &[(
                    "date",
                    formats::date_without_weekday(language, self.made).into(),
                )],
            ),
        };
        world::set("people.typ", &data.heading, &data)
    }
}
