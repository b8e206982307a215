//! Editing a question by a form, and what makes a question sound.

use serde::{Deserialize, Serialize};

use crate::assessment::gift::{
    self, Choice, Kind, Numbers, NumericAnswer, Pair, Question, Reason, Text, number,
};

/// The kinds of question, as forms and addresses call them.
pub const KINDS: [&str; 7] = [
    "single",
    "multiple",
    "truth",
    "words",
    "number",
    "matching",
    "description",
];

/// A line of the form: an answer, a number, or a pair.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Row {
    /// The answer, the number, or the left side.
    pub text: String,
    /// The right side of a pair; how far off a number may be.
    pub other: String,
    /// What it is worth: `yes`, `no`, or a number from -100 to 100.
    pub worth: String,
    /// What is told to those who give it.
    pub feedback: String,
}

impl Row {
    fn is_empty(&self) -> bool {
        [&self.text, &self.other, &self.feedback]
            .iter()
            .all(|text| text.trim().is_empty())
    }
}

/// A question as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    /// One of [`KINDS`].
    pub kind: String,
    /// What is asked.
    pub text: String,
    /// What comes after a gap.
    pub after: String,
    /// Answers, numbers or pairs; empty ones are left out.
    pub rows: Vec<Row>,
    /// `true` or `false`, for those two.
    pub truth: String,
    /// What is told to those who are wrong (true or false), or whose number is another one.
    pub if_wrong: String,
    /// What is told to those who are right (true or false).
    pub if_right: String,
    /// What is told to everyone.
    pub feedback: String,
}

impl Draft {
    /// An empty question of a kind.
    #[must_use]
    pub fn new(kind: &str) -> Self {
        Self {
            kind: kind.to_owned(),
            truth: "true".to_owned(),
            ..Self::default()
        }
    }

    /// A question as the form shows it.
    #[must_use]
    pub fn of(question: &Question) -> Self {
        let mut draft = Self {
            kind: kind_of(&question.kind).to_owned(),
            text: question.text.text.clone(),
            after: question.after.clone(),
            feedback: plain(question.feedback.as_ref()),
            truth: "true".to_owned(),
            ..Self::default()
        };
        match &question.kind {
            Kind::Single(choices) | Kind::Short(choices) => {
                draft.rows = choices.iter().map(|one| row(one, 100.0, 0.0)).collect();
            }
            Kind::Multiple(choices) => {
                let share = share(choices.iter().filter(|one| one.weight > 0.0).count());
                draft.rows = choices.iter().map(|one| row(one, share, -share)).collect();
            }
            Kind::TrueFalse {
                right,
                if_wrong,
                if_right,
            } => {
                draft.truth = right.to_string();
                draft.if_wrong = plain(if_wrong.as_ref());
                draft.if_right = plain(if_right.as_ref());
            }
            Kind::Numeric { answers, otherwise } => {
                draft.rows = answers.iter().map(numeric_row).collect();
                draft.if_wrong = plain(otherwise.as_ref());
            }
            Kind::Matching(pairs) => {
                draft.rows = pairs
                    .iter()
                    .map(|pair| Row {
                        text: pair.left.text.clone(),
                        other: pair.right.clone(),
                        ..Row::default()
                    })
                    .collect();
            }
            Kind::Description => {}
        }
        draft
    }

    /// The question meant, if it is sound. What the form does not show (category, title, formats of texts that stay as they were) is
    /// taken from the question that is edited.
    ///
    /// # Errors
    /// The first thing wrong, as for a question in a file.
    pub fn question(&self, before: Option<&Question>) -> Result<Question, Reason> {
        let rows: Vec<&Row> = self.rows.iter().filter(|row| !row.is_empty()).collect();
        let kind = match self.kind.as_str() {
            "single" => Kind::Single(choices(&rows, 100.0, 0.0)?),
            "multiple" => {
                let share = share(rows.iter().filter(|row| row.worth == "yes").count());
                Kind::Multiple(choices(&rows, share, -share)?)
            }
            "truth" => Kind::TrueFalse {
                right: self.truth == "true",
                if_wrong: some(&self.if_wrong),
                if_right: some(&self.if_right),
            },
            "words" => Kind::Short(choices(&rows, 100.0, 0.0)?),
            "number" => Kind::Numeric {
                answers: rows
                    .iter()
                    .map(|row| numeric(row))
                    .collect::<Result<_, _>>()?,
                otherwise: some(&self.if_wrong),
            },
            "matching" => Kind::Matching(
                rows.iter()
                    .map(|row| Pair {
                        left: Text::new(row.text.trim()),
                        right: row.other.trim().to_owned(),
                    })
                    .collect(),
            ),
            _ => Kind::Description,
        };
        let text = self.text.replace("\r\n", "\n");
        let question = Question {
            category: before.and_then(|before| before.category.clone()),
            title: before.and_then(|before| before.title.clone()),
            text: Text {
                format: before
                    .filter(|before| before.text.text == text.trim())
                    .and_then(|before| before.text.format),
                text: text.trim().to_owned(),
            },
            after: self.after.trim().to_owned(),
            kind,
            feedback: some(&self.feedback),
        };
        check(&question)?;
        Ok(question)
    }
}

/// Whether a question is sound, by the rules of files: every question of a quiz can be exported and read again as the same kind.
///
/// # Errors
/// What a reader of the file would say.
pub fn check(question: &Question) -> Result<(), Reason> {
    if question.text.is_empty() && question.after.is_empty() {
        return Err(Reason::NoText);
    }
    let import = gift::read(&gift::write(std::slice::from_ref(question)));
    if let Some(problem) = import.problems.into_iter().next() {
        return Err(problem.reason);
    }
    let [read] = import.good.as_slice() else {
        return Err(Reason::NoText);
    };
    // Words to choose from without a right one read as another kind.
    if kind_of(&read.question.kind) == kind_of(&question.kind) {
        Ok(())
    } else {
        Err(Reason::NoRightAnswer)
    }
}

/// Ends of line as one sign, and no characters that nobody types: what a form or a file of strangers may hold.
#[must_use]
pub fn tidy(text: &str) -> String {
    text.replace("\r\n", "\n")
        .chars()
        .map(|c| if c == '\r' { '\n' } else { c })
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        // Marks that turn the direction of writing hide what stands there.
        .filter(|c| !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
        .collect()
}

const fn kind_of(kind: &Kind) -> &'static str {
    match kind {
        Kind::Single(_) => "single",
        Kind::Multiple(_) => "multiple",
        Kind::TrueFalse { .. } => "truth",
        Kind::Short(_) => "words",
        Kind::Numeric { .. } => "number",
        Kind::Matching(_) => "matching",
        Kind::Description => "description",
    }
}

fn plain(text: Option<&Text>) -> String {
    text.map(|text| text.text.clone()).unwrap_or_default()
}

fn some(typed: &str) -> Option<Text> {
    let typed = typed.trim();
    (!typed.is_empty()).then(|| Text::new(typed))
}

/// What each of `count` right answers is worth, in percent.
#[expect(clippy::cast_precision_loss, reason = "a handful of answers")]
fn share(count: usize) -> f64 {
    100.0 / count.max(1) as f64
}

fn worth(weight: f64, yes: f64, no: f64) -> String {
    // A third is written 33.333 or 33.
    let near = |other: f64| (weight - other).abs() < 0.5;
    if near(yes) {
        "yes".to_owned()
    } else if near(no) {
        "no".to_owned()
    } else {
        weight.to_string()
    }
}

fn row(choice: &Choice, yes: f64, no: f64) -> Row {
    Row {
        text: choice.text.text.clone(),
        worth: worth(choice.weight, yes, no),
        feedback: plain(choice.feedback.as_ref()),
        ..Row::default()
    }
}

fn numeric_row(answer: &NumericAnswer) -> Row {
    let (value, tolerance) = match answer.numbers {
        Numbers::Near { value, tolerance } => (value, tolerance),
        Numbers::Between { low, high } => (f64::midpoint(low, high), (high - low) / 2.0),
    };
    Row {
        text: value.to_string(),
        other: if tolerance > 0.0 {
            tolerance.to_string()
        } else {
            String::new()
        },
        worth: worth(answer.weight, 100.0, 0.0),
        feedback: plain(answer.feedback.as_ref()),
    }
}

fn weight(row: &Row, yes: f64, no: f64) -> Result<f64, Reason> {
    match row.worth.trim() {
        "yes" => Ok(yes),
        "no" | "" => Ok(no),
        other => number(other)
            .filter(|weight| (-100.0..=100.0).contains(weight))
            .ok_or_else(|| Reason::BadWeight(other.chars().take(30).collect())),
    }
}

fn choices(rows: &[&Row], yes: f64, no: f64) -> Result<Vec<Choice>, Reason> {
    rows.iter()
        .map(|row| {
            if row.text.trim().is_empty() {
                return Err(Reason::EmptyAnswer);
            }
            Ok(Choice {
                text: Text::new(row.text.trim()),
                weight: weight(row, yes, no)?,
                feedback: some(&row.feedback),
            })
        })
        .collect()
}

fn numeric(row: &Row) -> Result<NumericAnswer, Reason> {
    let need = |text: &str| {
        number(text).ok_or_else(|| Reason::BadNumber(text.trim().chars().take(30).collect()))
    };
    let tolerance = match row.other.trim() {
        "" => 0.0,
        typed => need(typed)?,
    };
    if tolerance < 0.0 {
        return Err(Reason::BadNumber(row.other.trim().to_owned()));
    }
    Ok(NumericAnswer {
        numbers: Numbers::Near {
            value: need(&row.text)?,
            tolerance,
        },
        weight: weight(row, 100.0, 0.0)?,
        feedback: some(&row.feedback),
    })
}
