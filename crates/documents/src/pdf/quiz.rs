//! A quiz on paper, to answer by hand or with its corrections.

use domain::language::Language;
use jiff::civil::Date;
use serde::Serialize;

use super::{Frame, PdfError, world};
use crate::texts::Texts;

/// A quiz to print. All texts are in its language already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuizPaper {
    /// The language it is written in.
    pub language: Language,
    /// Its title.
    pub title: String,
    /// The title of the module.
    pub module: String,
    /// Day and place of the session, if it is printed for one.
    pub when: Option<String>,
    /// The state of its questions, which whoever enters the sheets must know.
    pub revision: i64,
    /// Whether what is right is shown.
    pub corrected: bool,
    /// The questions.
    pub questions: Vec<QuizPaperQuestion>,
    /// The day it is printed.
    pub made: Date,
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct QuizPaperQuestion {
    /// Its number; none for a text between questions.
    pub number: Option<usize>,
    /// What is asked, up to the gap.
    pub text: String,
    /// What comes after the gap.
    pub after: String,
    /// How it is answered.
    pub space: QuizAnswerSpace,
    /// What is told to everyone, on a corrected sheet.
    pub feedback: Option<String>,
}

/// How a question is answered on paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum QuizAnswerSpace {
    /// Boxes to tick.
    Choices {
        /// Whether several may be ticked.
        several: bool,
        /// Letter, text, and whether it is right (on a corrected sheet).
        choices: Vec<(String, String, bool)>,
    },
    /// True or false.
    Truth {
        /// Which is right, on a corrected sheet.
        right: Option<bool>,
    },
    /// A line to write on.
    Line {
        /// What is right, on a corrected sheet.
        right: Option<String>,
    },
    /// Things to match: a letter goes beside each left side.
    Pairs {
        /// What is asked, with the letter that is right on a corrected sheet.
        left: Vec<(String, Option<String>)>,
        /// Letters with what they stand for.
        right: Vec<(String, String)>,
    },
    /// Nothing.
    Nothing,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Data<'a> {
    #[serde(flatten)]
    frame: Frame,
    heading: &'a str,
    module: &'a str,
    when: Option<&'a str>,
    corrected: bool,
    questions: &'a [QuizPaperQuestion],
    footer: String,
}

impl QuizPaper {
    /// Prints the quiz.
    ///
    /// # Errors
    /// [`PdfError`] if the template fails.
    pub fn pdf(&self) -> Result<Vec<u8>, PdfError> {
        let texts = Texts::embedded();
        let frame = Frame::new(
            self.language,
            self.title.clone(),
            &self.module,
            self.made,
            &[
                ("page", "document-page"),
                ("name", "document-quiz-name"),
                ("several", "document-questionnaire-several"),
                ("single", "document-questionnaire-single"),
                ("pairs", "document-quiz-pairs"),
                ("true", "document-quiz-true"),
                ("false", "document-quiz-false"),
                ("right", "document-quiz-right"),
                ("corrected", "document-quiz-corrected"),
            ],
        );
        let data = Data {
            frame,
            heading: &self.title,
            module: &self.module,
            when: self.when.as_deref(),
            corrected: self.corrected,
            questions: &self.questions,
            footer: texts.format(
                self.language,
                "document-quiz-footer",
                &[("revision", self.revision.into())],
            ),
        };
        world::set("quiz.typ", &self.title, &data)
    }
}
