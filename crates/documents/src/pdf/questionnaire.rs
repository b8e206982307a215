//! The questionnaire on paper.

use domain::language::Language;
use jiff::civil::Date;
use serde::Serialize;

use super::{Frame, PdfError, world};
use crate::texts::Texts;

/// A questionnaire to fill in by hand. All texts are in its language already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperQuestionnaire {
    /// The language it is written in.
    pub language: Language,
    /// The name of the programme.
    pub programme: String,
    /// Its title.
    pub title: String,
    /// What it is for, in a few sentences.
    pub introduction: String,
    /// The themes, in order.
    pub pages: Vec<PaperPage>,
    /// To whom and where it is handed in.
    pub give_back: String,
    /// The day it is printed.
    pub made: Date,
}

/// A theme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperPage {
    /// Its title.
    pub title: String,
    /// Its questions, numbered through the whole questionnaire.
    pub questions: Vec<PaperQuestion>,
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperQuestion {
    /// What is asked.
    pub text: String,
    /// A hint in small print.
    pub help: Option<String>,
    /// How it is answered.
    pub answer: PaperAnswer,
}

/// How a question is answered on paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum PaperAnswer {
    /// Boxes to tick.
    Choice {
        /// The options, in order.
        options: Vec<String>,
        /// Whether several may be ticked.
        several: bool,
    },
    /// A table of boxes, several of which may be ticked: the week grid.
    Grid {
        /// Headers of the rows.
        rows: Vec<String>,
        /// Headers of the columns.
        columns: Vec<String>,
    },
    /// One of some steps between two ends.
    Scale {
        /// What the first step means.
        from: String,
        /// What the last step means.
        to: String,
        /// How many steps.
        steps: u8,
    },
    /// Lines to write on.
    Text {
        /// How many lines.
        lines: u8,
    },
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Data<'a> {
    #[serde(flatten)]
    frame: Frame,
    programme: &'a str,
    heading: &'a str,
    introduction: &'a str,
    pages: Vec<Page<'a>>,
    give_back: &'a str,
    footer: String,
}

#[derive(Serialize)]
struct Page<'a> {
    title: &'a str,
    questions: Vec<Question<'a>>,
}

#[derive(Serialize)]
struct Question<'a> {
    number: usize,
    text: &'a str,
    help: Option<&'a str>,
    answer: &'a PaperAnswer,
}

impl PaperQuestionnaire {
    /// Prints the form.
    ///
    /// # Errors
    /// [`PdfError`] if the template fails.
    pub fn pdf(&self) -> Result<Vec<u8>, PdfError> {
        let frame = Frame::new(
            self.language,
            self.title.clone(),
            &self.programme,
            self.made,
            &[
                ("page", "document-page"),
                ("several", "document-questionnaire-several"),
                ("single", "document-questionnaire-single"),
                ("give-back", "document-questionnaire-give-back"),
            ],
        );
        let mut number = 0;
        let pages = self
            .pages
            .iter()
            .map(|page| Page {
                title: &page.title,
                questions: page
                    .questions
                    .iter()
                    .map(|question| {
                        number += 1;
                        Question {
                            number,
                            text: &question.text,
                            help: question.help.as_deref(),
                            answer: &question.answer,
                        }
                    })
                    .collect(),
            })
            .collect();
        let data = Data {
            frame,
            programme: &self.programme,
            heading: &self.title,
            introduction: &self.introduction,
            pages,
            give_back: &self.give_back,
            footer: Texts::embedded().get(self.language, "document-questionnaire-footer"),
        };
        world::set("questionnaire.typ", &self.title, &data)
    }
}
