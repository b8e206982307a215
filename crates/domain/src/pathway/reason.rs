//! Reasons in words, with one's own answers in them.

use crate::content::Problem;
use crate::language::{Language, Translated};
use crate::questionnaire::{
    Answer, Answers, Question, QuestionKind, Questionnaire, chosen_in_order,
};

/// A piece of a reason.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Words(String),
    /// The answer to a question.
    Answer(String),
    /// The words of one option of a question.
    Option(String, String),
    /// The title of the module that needs this one.
    Module,
}

/// A reason with its blanks, known to fit the questionnaire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Template {
    fr: Vec<Piece>,
    en: Vec<Piece>,
}

impl Template {
    /// Reads a reason. With a questionnaire its blanks are answers, without one the only blank
    /// is `{module}`.
    pub(super) fn parse(
        text: &Translated,
        questionnaire: Option<&Questionnaire>,
    ) -> Result<Self, (Language, Problem)> {
        let read = |language| {
            pieces(text.get(language), questionnaire).map_err(|problem| (language, problem))
        };
        Ok(Self {
            fr: read(Language::Fr)?,
            en: read(Language::En)?,
        })
    }

    /// The reason drawn from someone's answers.
    pub(super) fn with_answers(
        &self,
        questionnaire: &Questionnaire,
        answers: &Answers,
    ) -> Translated {
        self.fill(|piece, language| match piece {
            Piece::Answer(slug) => questionnaire
                .question(slug)
                .map(|question| answer(question, answers.get(slug), language)),
            Piece::Option(slug, value) => questionnaire
                .question(slug)
                .and_then(|question| question.option(value))
                .map(|option| option.echo(language)),
            Piece::Words(_) | Piece::Module => None,
        })
    }

    /// The reason of a module that another needs.
    pub(super) fn with_module(&self, title: &Translated) -> Translated {
        self.fill(|piece, language| {
            (*piece == Piece::Module).then(|| title.get(language).to_owned())
        })
    }

    fn fill(&self, blank: impl Fn(&Piece, Language) -> Option<String>) -> Translated {
        let write = |pieces: &[Piece], language| -> String {
            pieces
                .iter()
                .map(|piece| match piece {
                    Piece::Words(words) => words.clone(),
                    other => blank(other, language).unwrap_or_default(),
                })
                .collect()
        };
        Translated::new(write(&self.fr, Language::Fr), write(&self.en, Language::En))
    }
}

/// An answer inside a sentence.
fn answer(question: &Question, answer: Option<&Answer>, language: Language) -> String {
    let (nothing, and) = match language {
        Language::Fr => ("pas de réponse", "et"),
        Language::En => ("no answer", "and"),
    };
    let Some(answer) = answer else {
        return nothing.to_owned();
    };
    match answer {
        Answer::Text(text) => text.clone(),
        Answer::Commune(commune) => commune.name.clone(),
        Answer::Number(number) if question.kind == QuestionKind::Number => number.to_string(),
        _ => {
            let mut echoes: Vec<String> = chosen_in_order(question, answer)
                .iter()
                .map(|option| option.echo(language))
                .collect();
            match (echoes.pop(), echoes.is_empty()) {
                (None, _) => nothing.to_owned(),
                (Some(only), true) => only,
                (Some(last), false) => format!("{} {and} {last}", echoes.join(", ")),
            }
        }
    }
}

fn pieces(text: &str, questionnaire: Option<&Questionnaire>) -> Result<Vec<Piece>, Problem> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((words, after)) = rest.split_once('{') {
        pieces.push(Piece::Words(words.to_owned()));
        let (blank, after) = after.split_once('}').ok_or_else(|| {
            Problem::new(
                "content-blank-open",
                "a { without its }; close it or remove it",
            )
        })?;
        pieces.push(piece(blank, questionnaire)?);
        rest = after;
    }
    if rest.contains('}') {
        return Err(Problem::new(
            "content-blank-close",
            "a } without its {; open it or remove it",
        ));
    }
    pieces.push(Piece::Words(rest.to_owned()));
    Ok(pieces)
}

fn piece(blank: &str, questionnaire: Option<&Questionnaire>) -> Result<Piece, Problem> {
    let Some(questionnaire) = questionnaire else {
        return if blank == "module" {
            Ok(Piece::Module)
        } else {
            Err(Problem::new(
                "content-blank-module",
                format!("{{{blank}}} means nothing here; only {{module}} does"),
            )
            .with("blank", format!("{{{blank}}}")))
        };
    };
    let (slug, option) = match blank.split_once(':') {
        Some((slug, option)) => (slug, Some(option)),
        None => (blank, None),
    };
    let question = questionnaire.question(slug).ok_or_else(|| {
        let english = format!("{{{blank}}}: no question is called \"{slug}\"; correct it");
        Problem::new("content-blank-question", english)
            .with("blank", format!("{{{blank}}}"))
            .with("name", slug)
    })?;
    if question.kind == QuestionKind::Grid {
        let english = format!("{{{blank}}}: a week grid cannot be put in a sentence; remove it");
        let problem = Problem::new("content-blank-grid", english);
        return Err(problem.with("blank", format!("{{{blank}}}")));
    }
    match option {
        None => Ok(Piece::Answer(slug.to_owned())),
        Some(value) if question.option(value).is_some() => {
            Ok(Piece::Option(slug.to_owned(), value.to_owned()))
        }
        Some(value) => {
            let english =
                format!("{{{blank}}}: \"{value}\" is no option of that question; correct it");
            Err(Problem::new("content-blank-option", english)
                .with("blank", format!("{{{blank}}}"))
                .with("name", value))
        }
    }
}
