//! Writing a file that any reader of GIFT takes, and that [`read()`](fn@super::read) reads back alike.

use super::question::{Choice, Kind, Numbers, Question, Text};
use super::scan::{escaped, written};

/// Questions as a GIFT file. An arrow `->` in a short answer or on the left of a pair becomes `→`,
/// since the format has no way to say it.
#[must_use]
pub fn write(questions: &[Question]) -> String {
    let mut out = String::new();
    let mut category: &Option<String> = &None;
    for question in questions {
        if question.category != *category {
            category = &question.category;
            let path = category.as_deref().unwrap_or_default();
            out.push_str(&format!("$CATEGORY: {}\n\n", escaped(path)));
        }
        out.push_str(&one(question));
        out.push_str("\n\n");
    }
    out
}

fn one(question: &Question) -> String {
    let text = written(&question.text);
    let title = match &question.title {
        Some(title) => format!("::{}::", escaped(title)),
        // What would be taken for a comment or a category is behind an empty title.
        None if text.starts_with("//") || text.starts_with('$') => "::::".to_owned(),
        None => String::new(),
    };
    let Some(answers) = answers(&question.kind) else {
        return title + &text;
    };
    let general = question
        .feedback
        .as_ref()
        .map(|feedback| format!("\t####{}\n", written(feedback)))
        .unwrap_or_default();
    let after = match question.after.as_str() {
        "" => String::new(),
        after => format!(" {}", escaped(after)),
    };
    format!("{title}{text} {{{answers}{general}}}{after}")
}

fn answers(kind: &Kind) -> Option<String> {
    let lines: Vec<String> = match kind {
        Kind::Description => return None,
        Kind::Single(choices) => choices
            .iter()
            .map(|c| choice(c, c.weight >= 100.0))
            .collect(),
        Kind::Multiple(choices) => choices.iter().map(|c| choice(c, false)).collect(),
        Kind::Short(choices) => choices
            .iter()
            .map(|c| choice(c, true).replace("->", "→"))
            .collect(),
        Kind::TrueFalse {
            right,
            if_wrong,
            if_right,
        } => return Some(true_false(*right, if_wrong.as_ref(), if_right.as_ref())),
        Kind::Numeric { answers, otherwise } => {
            let mut lines = vec!["#".to_owned()];
            lines.extend(answers.iter().map(|answer| {
                format!(
                    "={}{}{}",
                    weight(answer.weight, 100.0),
                    numbers(&answer.numbers),
                    feedback(answer.feedback.as_ref())
                )
            }));
            lines.extend(otherwise.iter().map(|text| format!("~#{}", written(text))));
            lines
        }
        Kind::Matching(pairs) => pairs
            .iter()
            .map(|pair| {
                let left = Text {
                    text: pair.left.text.replace("->", "→"),
                    ..pair.left
                };
                format!("={} -> {}", written(&left), escaped(&pair.right))
            })
            .collect(),
    };
    let lines: Vec<String> = lines.iter().map(|line| format!("\t{line}\n")).collect();
    Some(format!("\n{}", lines.concat()))
}

fn choice(choice: &Choice, right: bool) -> String {
    let (sign, usual) = if right { ('=', 100.0) } else { ('~', 0.0) };
    format!(
        "{sign}{}{}{}",
        weight(choice.weight, usual),
        written(&choice.text),
        feedback(choice.feedback.as_ref())
    )
}

/// A weight, unless it is the usual one.
fn weight(weight: f64, usual: f64) -> String {
    if (weight - usual).abs() < f64::EPSILON {
        String::new()
    } else {
        format!("%{weight}%")
    }
}

fn numbers(numbers: &Numbers) -> String {
    match numbers {
        Numbers::Near { value, tolerance } => format!("{value}:{tolerance}"),
        Numbers::Between { low, high } => format!("{low}..{high}"),
    }
}

fn feedback(text: Option<&Text>) -> String {
    text.map(|text| format!("#{}", written(text)))
        .unwrap_or_default()
}

fn true_false(right: bool, if_wrong: Option<&Text>, if_right: Option<&Text>) -> String {
    let word = if right { "TRUE" } else { "FALSE" };
    let wrong = if_wrong.map(written).unwrap_or_default();
    match if_right {
        Some(well) => format!("{word}#{wrong}#{}", written(well)),
        None if wrong.is_empty() => word.to_owned(),
        None => format!("{word}#{wrong}"),
    }
}
