//! Questions from GIFT files and from what people paste: all of them, or the good ones when somebody asks for these.

use documents::spreadsheet::import::decode;
use domain::assessment::gift::{self, Kind, Question, Reason};
use domain::input::{InputError, ShortText};
use domain::language::Language;
use domain::quiz::{LONGEST_TEXT, MOST_CHOICES, MOST_QUESTIONS, tidy};
use serde::{Deserialize, Serialize};

use super::{LONGEST_TITLE, New, changeable, known_module, make, put_questions, session_for};
use crate::access::{Action, Actor, Resource, authorise};
use crate::input::{Fields, version_of};
use crate::{App, Error, Result, content};

/// Largest file of questions, in bytes: far more than a quiz of [`MOST_QUESTIONS`] questions takes.
pub const LARGEST_FILE: usize = 500_000;

/// What to import, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Import {
    /// The quiz's title; for a new one.
    pub title: String,
    /// Slug of its module; for a new one.
    pub module: String,
    /// The one session that it is for; empty: every session of the module. For a new one.
    pub session: String,
    /// The questions in GIFT.
    pub text: String,
    /// `oui`: bad questions are left out instead of refusing all.
    pub keep: String,
    /// The version that was read; for one that is there already.
    pub version: String,
}

/// Why a question cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// It cannot be read, or not marked.
    Gift(Reason),
    /// More answers than letters of the alphabet.
    TooManyChoices,
    /// A text longer than [`LONGEST_TEXT`].
    TooLong,
}

/// A question that cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The line on which it starts, from 1.
    pub line: usize,
    /// What to recognise it by.
    pub name: String,
    /// Why.
    pub why: Why,
}

/// What came of an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The quiz holds the questions now.
    Done {
        /// The quiz.
        quiz: String,
        /// How many were taken.
        taken: usize,
        /// Those left out, as was asked.
        left_out: Vec<Fault>,
    },
    /// Nothing was taken.
    Refused {
        /// How many would have been good.
        good: usize,
        /// What is wrong with the others.
        faults: Vec<Fault>,
    },
}

/// The text of a file that was sent, whatever it was written with.
///
/// # Errors
/// [`Error::Invalid`] on `file` when it is larger than [`LARGEST_FILE`], or no text.
pub fn file_text(bytes: &[u8]) -> Result<String> {
    if bytes.len() > LARGEST_FILE {
        return Err(Error::field(
            "file",
            InputError::TooLong { max: LARGEST_FILE },
        ));
    }
    let text = decode(bytes);
    if text.contains('\0') {
        return Err(Error::field("file", InputError::ControlCharacters));
    }
    Ok(text.into_owned())
}

/// What a text holds: questions that can be taken, and what is wrong with the others.
#[must_use]
pub fn read(text: &str) -> (Vec<Question>, Vec<Fault>) {
    let import = gift::read(&tidy(text));
    let mut faults: Vec<Fault> = import
        .problems
        .into_iter()
        .map(|problem| Fault {
            line: problem.line,
            name: problem.name,
            why: Why::Gift(problem.reason),
        })
        .collect();
    let mut good = Vec::new();
    for placed in import.good {
        match too_much(&placed.question) {
            None => good.push(placed.question),
            Some(why) => faults.push(Fault {
                line: placed.line,
                name: placed.question.text.text.chars().take(60).collect(),
                why,
            }),
        }
    }
    faults.sort_by_key(|fault| fault.line);
    (good, faults)
}

/// What is too much of a question.
pub(super) fn too_much(question: &Question) -> Option<Why> {
    let choices = match &question.kind {
        Kind::Single(choices) | Kind::Multiple(choices) | Kind::Short(choices) => choices.len(),
        Kind::Matching(pairs) => pairs.len(),
        Kind::Numeric { answers, .. } => answers.len(),
        Kind::TrueFalse { .. } | Kind::Description => 0,
    };
    if choices > MOST_CHOICES {
        return Some(Why::TooManyChoices);
    }
    let long = |text: &str| text.chars().count() > LONGEST_TEXT;
    let in_answers = match &question.kind {
        Kind::Single(choices) | Kind::Multiple(choices) | Kind::Short(choices) => {
            choices.iter().any(|choice| {
                long(&choice.text.text)
                    || choice
                        .feedback
                        .as_ref()
                        .is_some_and(|text| long(&text.text))
            })
        }
        Kind::Matching(pairs) => pairs
            .iter()
            .any(|pair| long(&pair.left.text) || long(&pair.right)),
        _ => false,
    };
    let outside = [Some(&question.text), question.feedback.as_ref()];
    let outside = outside.into_iter().flatten().any(|text| long(&text.text));
    (in_answers || outside || long(&question.after)).then_some(Why::TooLong)
}

/// The questions to take with those left out, or what speaks against it.
type Taken = std::result::Result<(Vec<Question>, Vec<Fault>), Outcome>;

/// Which questions of a text are to be taken.
fn taken(text: &str, keep: bool) -> Result<Taken> {
    if text.trim().is_empty() {
        return Err(Error::field("text", InputError::Empty));
    }
    if text.len() > LARGEST_FILE {
        return Err(Error::field(
            "text",
            InputError::TooLong { max: LARGEST_FILE },
        ));
    }
    let (good, faults) = read(text);
    if good.len() > MOST_QUESTIONS {
        let max = i64::try_from(MOST_QUESTIONS).unwrap_or(i64::MAX);
        return Err(Error::field("text", InputError::OutOfRange { min: 1, max }));
    }
    if good.is_empty() || !(faults.is_empty() || keep) {
        return Ok(Err(Outcome::Refused {
            good: good.len(),
            faults,
        }));
    }
    Ok(Ok((good, faults)))
}

/// Makes a quiz from GIFT.
///
/// # Errors
/// [`Error::Invalid`] (fields `title`, `module`, `session`, `text`), and what [`authorise`] says.
pub async fn create(app: &App, actor: &Actor, import: &Import) -> Result<Outcome> {
    authorise(app, actor, Action::UseQuizzes, &Resource::everything())?;
    let mut tx = app.write().await?;
    let mut fields = Fields::default();
    let title = fields.take("title", ShortText::<LONGEST_TITLE>::parse(&import.title));
    let mut told = |outcome: Result<Option<String>>| match outcome {
        Ok(value) => Ok(value),
        Err(Error::Invalid(wrong)) => {
            for one in wrong {
                fields.wrong(&one.field, one.error);
            }
            Ok(None)
        }
        Err(error) => Err(error),
    };
    let module = told(known_module(&import.module).map(Some))?;
    let session = match &module {
        Some(module) => told(session_for(app, &mut tx, actor, module, &import.session).await)?,
        None => None,
    };
    let read = match taken(&import.text, import.keep == "oui") {
        Err(Error::Invalid(wrong)) => {
            for one in wrong {
                fields.wrong(&one.field, one.error);
            }
            None
        }
        other => Some(other?),
    };
    let all = title.zip(module).zip(read);
    let ((title, module), read) = fields.finish(all)?;
    let (questions, left_out) = match read {
        Ok(read) => read,
        Err(refused) => return Ok(refused),
    };
    let new = New {
        module,
        title: title.into(),
        session,
        again: 0,
    };
    let row = make(app, &mut tx, actor, new, &questions).await?;
    tx.commit().await?;
    Ok(Outcome::Done {
        quiz: row.id,
        taken: questions.len(),
        left_out,
    })
}

/// Puts other questions in place of a quiz's; those already answered stay as they were answered.
///
/// # Errors
/// [`Error::Invalid`] (fields `text`, `version`), [`Error::Stale`], [`Error::NotFound`], and what [`authorise`] says.
pub async fn replace(app: &App, actor: &Actor, id: &str, import: &Import) -> Result<Outcome> {
    let mut tx = app.write().await?;
    let before = changeable(app, &mut tx, actor, id).await?;
    let version = version_of(&import.version)?;
    let (questions, left_out) = match taken(&import.text, import.keep == "oui")? {
        Ok(read) => read,
        Err(refused) => return Ok(refused),
    };
    put_questions(app, &mut tx, actor, &before, version, &questions).await?;
    tx.commit().await?;
    Ok(Outcome::Done {
        quiz: before.id,
        taken: questions.len(),
        left_out,
    })
}

/// Modules for which a quiz comes with the program, in this language.
#[must_use]
pub fn ready(language: Language) -> Vec<&'static str> {
    let modules = content::catalogue().modules();
    modules
        .map(|module| module.slug.as_str())
        .filter(|slug| ready_text(slug, language).is_some())
        .collect()
}

/// The quiz that comes with the program for a module, in GIFT.
#[must_use]
pub fn ready_text(module: &str, language: Language) -> Option<&'static str> {
    content::embedded_text(&format!("quizzes/{}/{module}.gift", language.code()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quizzes_of_the_program_are_sound_and_there_in_both_languages() {
        let french = ready(Language::Fr);
        assert!(french.len() >= 4, "{french:?}");
        assert_eq!(french, ready(Language::En));
        for module in french {
            let counts = Language::ALL.map(|language| {
                let (good, faults) = read(ready_text(module, language).unwrap());
                assert_eq!(faults, [], "{module} in {language}");
                good.len()
            });
            assert!(counts[0] >= 5, "{module}: {counts:?}");
            assert_eq!(counts[0], counts[1], "{module}");
        }
    }

    #[test]
    fn a_file_is_read_whatever_it_was_written_with() {
        assert_eq!(file_text("é".as_bytes()).unwrap(), "é");
        assert_eq!(file_text(b"\xe9").unwrap(), "é");
        assert_eq!(file_text(b"\xff\xfe\xe9\x00").unwrap(), "é");
        let refused = file_text(b"PK\x03\x04\x00\x00");
        assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
        let refused = file_text(&vec![b'a'; LARGEST_FILE + 1]);
        assert!(matches!(refused, Err(Error::Invalid(_))));
    }

    #[test]
    fn too_many_answers_and_endless_texts_are_told_with_their_line() {
        let choices: String = (0..27).map(|n| format!(" ~réponse {n}")).collect();
        let file = format!(
            "Bien ? {{T}}\n\nTrop ? {{=a {choices}}}\n\n{} {{T}}",
            "long ".repeat(500)
        );
        let (good, faults) = read(&file);
        assert_eq!(good.len(), 1);
        let told: Vec<_> = faults
            .iter()
            .map(|fault| (fault.line, &fault.why))
            .collect();
        assert_eq!(told, [(3, &Why::TooManyChoices), (5, &Why::TooLong)]);
    }
}
