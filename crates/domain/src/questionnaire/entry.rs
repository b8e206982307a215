//! Reading what someone typed on one page.

use std::collections::{BTreeMap, BTreeSet};

use super::{Answer, Answers, Availability, Cell, CommuneAnswer, Page, Question, QuestionKind};
use crate::input::{InputError, LongText, parse_whole};

/// Most characters kept of one typed value that is no text.
const LONGEST_ENTRY: usize = 200;

/// Why an entry is no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AnswerError {
    /// Nothing entered where an answer is needed.
    #[error("an answer is needed")]
    Required,
    /// Not one of the options.
    #[error("\"{value}\" is not one of the choices")]
    UnknownOption {
        /// What came in.
        value: String,
    },
    /// Several values where one is asked for.
    #[error("only one answer is possible")]
    OnlyOne,
    /// More options than allowed.
    #[error("at most {most} answers are possible, {chosen} were chosen")]
    TooMany {
        /// Most options allowed.
        most: u32,
        /// Options chosen.
        chosen: usize,
    },
    /// "None of these" together with one of these.
    #[error("\"{value}\" cannot go with another answer")]
    NotWithOthers {
        /// Value of the option that stands alone.
        value: String,
    },
    /// Not a text or number that can be taken.
    #[error(transparent)]
    Input(#[from] InputError),
    /// No commune of that name, postcode or code.
    #[error("no commune found for \"{entry}\"")]
    UnknownCommune {
        /// What was typed.
        entry: String,
    },
    /// Several communes of that name or postcode.
    #[error("several communes are called \"{entry}\"")]
    SeveralCommunes {
        /// What was typed.
        entry: String,
        /// The communes it may be, to choose from.
        among: Vec<CommuneAnswer>,
    },
}

/// Finds communes by what someone typed: a code, a postcode or a name. One result is the answer,
/// several are put to the person.
pub type FindCommunes<'a> = &'a dyn Fn(&str) -> Vec<CommuneAnswer>;

/// What came of a page that was sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageEntry {
    /// Earlier answers with those of this page; what was entered wrongly keeps its earlier
    /// answer, so that nothing is lost by trying.
    pub answers: Answers,
    /// What is wrong, by slug of question.
    pub errors: BTreeMap<String, AnswerError>,
    /// What was typed on this page, by slug of question, to be shown again beside the errors.
    pub typed: BTreeMap<String, Vec<String>>,
}

impl PageEntry {
    /// Whether the page can be left behind.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.errors.is_empty()
    }
}

pub(super) fn read_page<'q>(
    page: &'q Page,
    asked: impl Fn(&'q Question) -> bool,
    raw: &[(String, String)],
    before: &Answers,
    find: FindCommunes<'_>,
) -> PageEntry {
    let mut entry = PageEntry {
        answers: before.clone(),
        ..PageEntry::default()
    };
    for question in &page.questions {
        if !asked(question) {
            entry.answers.remove(&question.slug);
            continue;
        }
        let typed: Vec<String> = raw
            .iter()
            .filter(|(name, value)| *name == question.slug && !value.trim().is_empty())
            .map(|(_, value)| value.clone())
            .collect();
        match read(question, &typed, find) {
            Ok(Some(answer)) => entry.answers.set(&question.slug, answer),
            Ok(None) => entry.answers.remove(&question.slug),
            Err(error) => {
                entry.errors.insert(question.slug.clone(), error);
            }
        }
        entry.typed.insert(question.slug.clone(), typed);
    }
    entry
}

fn read(
    question: &Question,
    typed: &[String],
    find: FindCommunes<'_>,
) -> Result<Option<Answer>, AnswerError> {
    let Some(first) = typed.first() else {
        return if question.required {
            Err(AnswerError::Required)
        } else {
            Ok(None)
        };
    };
    let several = matches!(question.kind, QuestionKind::Multiple | QuestionKind::Grid);
    if !several && typed.len() > 1 {
        return Err(AnswerError::OnlyOne);
    }
    let answer = match question.kind {
        QuestionKind::Single => Answer::Choice(option(question, first)?),
        QuestionKind::Scale => {
            let step = option(question, first)?;
            Answer::Number(step.parse().map_err(|_| unknown(first))?)
        }
        QuestionKind::Multiple => Answer::Choices(options(question, typed)?),
        QuestionKind::Grid => Answer::Week(week(typed)?),
        QuestionKind::Text => Answer::Text(text(question, first)?),
        QuestionKind::Commune => Answer::Commune(commune(first, find)?),
        QuestionKind::Number => {
            let least = i64::from(question.least.unwrap_or(0));
            Answer::Number(parse_whole(first, least, i64::from(question.most()))?)
        }
    };
    Ok(Some(answer))
}

fn unknown(value: &str) -> AnswerError {
    AnswerError::UnknownOption {
        value: value.chars().take(LONGEST_ENTRY).collect(),
    }
}

fn option(question: &Question, value: &str) -> Result<String, AnswerError> {
    let value = value.trim();
    question
        .option(value)
        .map(|option| option.value.clone())
        .ok_or_else(|| unknown(value))
}

fn options(question: &Question, typed: &[String]) -> Result<BTreeSet<String>, AnswerError> {
    let chosen = typed
        .iter()
        .map(|value| option(question, value))
        .collect::<Result<BTreeSet<_>, _>>()?;
    let alone = chosen
        .iter()
        .find(|value| question.option(value).is_some_and(|o| o.exclusive));
    if let Some(value) = alone
        && chosen.len() > 1
    {
        return Err(AnswerError::NotWithOthers {
            value: value.clone(),
        });
    }
    let most = question.most();
    if u32::try_from(chosen.len()).unwrap_or(u32::MAX) > most {
        return Err(AnswerError::TooMany {
            most,
            chosen: chosen.len(),
        });
    }
    Ok(chosen)
}

fn week(typed: &[String]) -> Result<Availability, AnswerError> {
    typed
        .iter()
        .map(|value| match value.trim().parse::<Cell>() {
            Ok(cell) if Availability::OFFERED.has(cell) => Ok(cell),
            _ => Err(unknown(value)),
        })
        .collect()
}

fn text(question: &Question, typed: &str) -> Result<String, AnswerError> {
    // The type bounds what any text may be, the question bounds this one.
    let text = LongText::<5000>::parse(typed)?;
    let max = usize::try_from(question.most()).unwrap_or(usize::MAX);
    if text.as_str().chars().count() > max {
        return Err(InputError::TooLong { max }.into());
    }
    Ok(text.as_str().to_owned())
}

fn commune(typed: &str, find: FindCommunes<'_>) -> Result<CommuneAnswer, AnswerError> {
    let entry = typed.trim();
    if entry.chars().count() > LONGEST_ENTRY {
        return Err(InputError::TooLong { max: LONGEST_ENTRY }.into());
    }
    let mut found = find(entry);
    match (found.pop(), found.is_empty()) {
        (None, _) => Err(AnswerError::UnknownCommune {
            entry: entry.to_owned(),
        }),
        (Some(only), true) => Ok(only),
        (Some(last), false) => {
            found.push(last);
            Err(AnswerError::SeveralCommunes {
                entry: entry.to_owned(),
                among: found,
            })
        }
    }
}
