//! What was answered, and what would have been right, in words.

use crate::assessment::gift::{Choice, Format, Kind, Numbers, Pair, Question, Text};
use crate::assessment::marking::Answer;

/// An answer in words; how true, false and numbers are written is a matter of language.
#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    /// These texts.
    Texts(Vec<String>),
    /// True or false.
    Truth(bool),
    /// These numbers.
    Numbers(Vec<Numbers>),
    /// What was put beside what; none where nothing was.
    Pairs(Vec<(String, Option<String>)>),
}

/// What would have been right; nothing where nothing is asked.
#[must_use]
pub fn right(question: &Question) -> Option<Said> {
    let texts = |choices: &[Choice], least: f64| {
        Said::Texts(
            choices
                .iter()
                .filter(|choice| choice.weight >= least)
                .map(|choice| shown(&choice.text))
                .collect(),
        )
    };
    Some(match &question.kind {
        Kind::Description => return None,
        Kind::Single(choices) => texts(choices, 100.0),
        Kind::Multiple(choices) => texts(choices, f64::MIN_POSITIVE),
        Kind::Short(choices) => Said::Texts(
            choices
                .iter()
                .filter(|choice| choice.weight >= 100.0)
                // What stands for anything is told as dots.
                .map(|choice| shown(&choice.text).replace('*', "…"))
                .collect(),
        ),
        Kind::TrueFalse { right, .. } => Said::Truth(*right),
        Kind::Numeric { answers, .. } => Said::Numbers(
            answers
                .iter()
                .filter(|answer| answer.weight >= 100.0)
                .map(|answer| answer.numbers)
                .collect(),
        ),
        Kind::Matching(pairs) => Said::Pairs(
            asked(pairs)
                .map(|(_, pair)| (shown(&pair.left), Some(pair.right.clone())))
                .collect(),
        ),
    })
}

/// What was answered; nothing when the answer does not belong to the question.
#[must_use]
pub fn said(question: &Question, answer: &Answer) -> Option<Said> {
    let text = |choices: &[Choice], place: usize| choices.get(place).map(|one| shown(&one.text));
    Some(match (&question.kind, answer) {
        (Kind::Single(choices), Answer::Choice(place)) => {
            Said::Texts(text(choices, *place).into_iter().collect())
        }
        (Kind::Multiple(choices), Answer::Choices(places)) => Said::Texts(
            places
                .iter()
                .filter_map(|place| text(choices, *place))
                .collect(),
        ),
        (Kind::TrueFalse { .. }, Answer::Truth(truth)) => Said::Truth(*truth),
        (Kind::Short(_) | Kind::Numeric { .. }, Answer::Typed(typed)) => {
            Said::Texts(vec![typed.clone()])
        }
        (Kind::Matching(pairs), Answer::Pairs(chosen)) => Said::Pairs(
            asked(pairs)
                .map(|(place, pair)| {
                    let chosen = chosen.get(place).copied().flatten();
                    let chosen = chosen.and_then(|chosen| pairs.get(chosen));
                    (shown(&pair.left), chosen.map(|pair| pair.right.clone()))
                })
                .collect(),
        ),
        _ => return None,
    })
}

fn asked(pairs: &[Pair]) -> impl Iterator<Item = (usize, &Pair)> {
    pairs
        .iter()
        .enumerate()
        .filter(|(_, pair)| !pair.left.is_empty())
}

/// A text as people read it. What a file calls HTML (or Moodle's mixture) loses its tags: markup of strangers is never shown as such.
#[must_use]
pub fn shown(text: &Text) -> String {
    match text.format {
        Some(Format::Html | Format::Moodle) => without_tags(&text.text),
        _ => text.text.trim().to_owned(),
    }
}

/// Tags after which a line ends.
const LINES: [&str; 8] = ["br", "/p", "/div", "/li", "/h1", "/h2", "/h3", "/tr"];

fn without_tags(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        let (before, tag) = rest.split_at(open);
        out.push_str(before);
        let inside = tag.get(1..).unwrap_or_default();
        let is_tag = inside.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!');
        match inside.find('>').filter(|_| is_tag) {
            Some(close) => {
                let name = inside.get(..close).unwrap_or_default().to_ascii_lowercase();
                let name = name.split([' ', '\n', '\t']).next().unwrap_or_default();
                if LINES.contains(&name.trim_end_matches('/')) || name == "br/" {
                    out.push('\n');
                }
                rest = inside.get(close + 1..).unwrap_or_default();
            }
            None => {
                out.push('<');
                rest = inside;
            }
        }
    }
    out.push_str(rest);
    let lines: Vec<&str> = out.lines().map(str::trim).collect();
    entities(lines.join("\n").trim())
}

/// The few entities that editors write, and numbered ones.
fn entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        let (before, from) = rest.split_at(start);
        out.push_str(before);
        let end = from.find(';').filter(|end| *end <= 9);
        let read = end.and_then(|end| {
            let name = from.get(1..end)?;
            Some((entity(name)?, end))
        });
        if let Some((character, end)) = read {
            out.push(character);
            rest = from.get(end + 1..).unwrap_or_default();
        } else {
            out.push('&');
            rest = from.get(1..).unwrap_or_default();
        }
    }
    out.push_str(rest);
    out
}

fn entity(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "eacute" => 'é',
        "egrave" => 'è',
        "ecirc" => 'ê',
        "agrave" => 'à',
        "ccedil" => 'ç',
        "rsquo" => '’',
        "laquo" => '«',
        "raquo" => '»',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|c| !c.is_control())?
        }
    })
}
