//! Reading a file: what is good, and line and reason of what is not.

use serde::{Deserialize, Serialize};

use super::answers;
use super::question::{Kind, Question};
use super::scan::{find, places, plain, some_text, split, text};

/// Why a question cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Reason {
    /// An essay: there is no answer to compare with.
    #[error("this is an essay question (empty braces), which cannot be marked; give it answers")]
    Essay,
    /// The braces are never closed.
    #[error("the opening brace is never closed; an empty line inside a question ends it too early")]
    NoClosingBrace,
    /// A closing brace alone.
    #[error("there is a closing brace without an opening one")]
    NoOpeningBrace,
    /// More than one pair of braces.
    #[error("there are two groups of answers; write a backslash before a brace that is just text")]
    TwoGroups,
    /// A title that does not end.
    #[error("the title starts with :: but does not end with ::")]
    EndlessTitle,
    /// A text before the first `=` or `~`.
    #[error("an answer must start with = (right) or ~ (wrong)")]
    AnswerWithoutSign,
    /// Nothing after `=` or `~`.
    #[error("an answer is empty")]
    EmptyAnswer,
    /// A choice of one.
    #[error("there is only one answer to choose from")]
    TooFewChoices,
    /// No answer is worth anything.
    #[error("no answer is right; start the right one with =")]
    NoRightAnswer,
    /// No answer is worth 100 %.
    #[error("no answer is worth 100 %")]
    NothingIsWorthAll,
    /// The weights of several answers.
    #[error("the weights of the right answers add up to {0} %, not to 100 %")]
    WeightsDoNotAddUp(String),
    /// A weight that is no number from -100 to 100.
    #[error("\"{0}\" is no weight; write a number from -100 to 100 between two %")]
    BadWeight(String),
    /// What should be a number.
    #[error("\"{0}\" is no number")]
    BadNumber(String),
    /// A range whose end is before its start.
    #[error("the range ends before it starts")]
    RangeUpsideDown,
    /// A number marked as wrong.
    #[error("a number cannot be marked as wrong with ~; give it a weight, or only a feedback")]
    WrongNumber,
    /// A pair without `->`.
    #[error("some answers have -> and some have not; in a matching question all need it")]
    PairWithoutArrow,
    /// Fewer than two pairs.
    #[error("matching needs at least two pairs")]
    TooFewPairs,
    /// Nothing is asked.
    #[error("there are answers but no question")]
    NoText,
}

/// Something wrong in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("line {line}: {reason}")]
pub struct Problem {
    /// The line on which the question starts, from 1.
    pub line: usize,
    /// Its title, or the beginning of its text, to recognise it by.
    pub name: String,
    /// What is wrong.
    pub reason: Reason,
}

/// A question with the place where it was found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Placed {
    /// The line on which it starts, from 1.
    pub line: usize,
    /// The question.
    pub question: Question,
}

/// What a file holds.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Import {
    /// Questions that can be used.
    pub good: Vec<Placed>,
    /// What is wrong with the others.
    pub problems: Vec<Problem>,
}

impl Import {
    /// All questions.
    ///
    /// # Errors
    /// What is wrong, if anything is: then nothing is taken.
    pub fn all(self) -> Result<Vec<Question>, Vec<Problem>> {
        if self.problems.is_empty() {
            Ok(self.good_only())
        } else {
            Err(self.problems)
        }
    }

    /// The good questions, the others left out: only when someone has asked for it.
    #[must_use]
    pub fn good_only(self) -> Vec<Question> {
        self.good
            .into_iter()
            .map(|placed| placed.question)
            .collect()
    }
}

/// Reads a GIFT file.
#[must_use]
pub fn read(file: &str) -> Import {
    let file = file.strip_prefix('\u{feff}').unwrap_or(file);
    let file = file.replace("\r\n", "\n").replace('\r', "\n");
    let mut import = Import::default();
    let mut category = None;
    let mut block = Block::default();
    for (number, line) in file.lines().enumerate() {
        let trimmed = line.trim();
        if trimmed.is_empty() {
            block.end(&category, &mut import);
        } else if trimmed.starts_with("//") {
            // A comment, also in the middle of a question.
        } else if let Some(path) = block.category(trimmed) {
            category = Some(plain(path)).filter(|path| !path.is_empty());
        } else {
            block.add(number + 1, line);
        }
    }
    block.end(&category, &mut import);
    import
}

/// The lines of one question.
#[derive(Default)]
struct Block {
    line: usize,
    raw: String,
}

impl Block {
    /// The path, if the line says the category of the following questions.
    fn category<'l>(&self, line: &'l str) -> Option<&'l str> {
        let path = line.strip_prefix("$CATEGORY:").map(str::trim);
        path.filter(|_| self.raw.is_empty())
    }

    fn add(&mut self, number: usize, line: &str) {
        if self.raw.is_empty() {
            self.line = number;
        } else {
            self.raw.push('\n');
        }
        self.raw.push_str(line);
    }

    fn end(&mut self, category: &Option<String>, import: &mut Import) {
        if self.raw.is_empty() {
            return;
        }
        let raw = std::mem::take(&mut self.raw);
        match question(&raw) {
            Ok(read) => import.good.push(Placed {
                line: self.line,
                question: Question {
                    category: category.clone(),
                    ..read
                },
            }),
            Err(reason) => import.problems.push(Problem {
                line: self.line,
                name: name(&raw),
                reason,
            }),
        }
    }
}

/// What to recognise a question by.
fn name(raw: &str) -> String {
    let raw = raw.trim_start_matches(':');
    let end = places(raw, &['{', ':', '\n']).next();
    let start = end.and_then(|end| raw.get(..end)).unwrap_or(raw);
    plain(start).chars().take(60).collect()
}

fn question(raw: &str) -> Result<Question, Reason> {
    let raw = raw.trim();
    let (title, rest) = match raw.strip_prefix("::") {
        None => (None, raw),
        Some(rest) => {
            let (title, rest) = split(rest, "::").ok_or(Reason::EndlessTitle)?;
            (Some(plain(title)).filter(|title| !title.is_empty()), rest)
        }
    };
    let mut read = Question {
        category: None,
        title,
        text: text(rest),
        after: String::new(),
        kind: Kind::Description,
        feedback: None,
    };
    let Some((before, within, after)) = parts(rest)? else {
        return Ok(read);
    };
    let (within, general) = match find(within, "####") {
        Some(place) => (
            within.get(..place).unwrap_or_default(),
            within.get(place + 4..).unwrap_or_default(),
        ),
        None => (within, ""),
    };
    read.text = text(before);
    read.after = plain(after);
    if read.text.is_empty() && read.after.is_empty() {
        return Err(Reason::NoText);
    }
    read.kind = answers::kind(within)?;
    read.feedback = some_text(general);
    Ok(read)
}

/// What comes before, between and after the braces; nothing when there are none.
fn parts(rest: &str) -> Result<Option<(&str, &str, &str)>, Reason> {
    let braces: Vec<usize> = places(rest, &['{', '}']).collect();
    let opens = |place: &usize| rest.get(*place..).is_some_and(|rest| rest.starts_with('{'));
    match braces.as_slice() {
        [] => Ok(None),
        [first, ..] if !opens(first) => Err(Reason::NoOpeningBrace),
        [open, close] if !opens(close) => Ok(Some((
            rest.get(..*open).unwrap_or_default(),
            rest.get(open + 1..*close).unwrap_or_default(),
            rest.get(close + 1..).unwrap_or_default(),
        ))),
        [_] => Err(Reason::NoClosingBrace),
        all if all.iter().all(opens) => Err(Reason::NoClosingBrace),
        _ => Err(Reason::TwoGroups),
    }
}
