//! What stands between the braces.

use super::question::{Choice, Kind, Numbers, NumericAnswer, Pair};
use super::read::Reason;
use super::scan::{places, plain, some_text, split, text};

/// Reads the answers of a question.
pub(super) fn kind(raw: &str) -> Result<Kind, Reason> {
    let raw = raw.trim();
    if raw.is_empty() {
        return Err(Reason::Essay);
    }
    if let Some(rest) = raw.strip_prefix('#') {
        return numeric(rest.trim());
    }
    if places(raw, &['~']).next().is_some() {
        return choices(raw);
    }
    if let Some(kind) = true_false(raw) {
        return Ok(kind);
    }
    let pieces = pieces(raw)?;
    let arrows = pieces
        .iter()
        .filter(|piece| split(piece.body, "->").is_some())
        .count();
    if arrows == 0 {
        return short(&pieces);
    }
    if arrows < pieces.len() {
        return Err(Reason::PairWithoutArrow);
    }
    matching(&pieces)
}

fn true_false(raw: &str) -> Option<Kind> {
    let (word, feedback) = split(raw, "#").unwrap_or((raw, ""));
    let right = match word.trim().to_ascii_uppercase().as_str() {
        "T" | "TRUE" => true,
        "F" | "FALSE" => false,
        _ => return None,
    };
    let (wrong, well) = split(feedback, "#").unwrap_or((feedback, ""));
    Some(Kind::TrueFalse {
        right,
        if_wrong: some_text(wrong),
        if_right: some_text(well),
    })
}

/// One answer: its sign, its weight in percent if written, what follows, and the feedback.
struct Piece<'t> {
    right: bool,
    weight: Option<f64>,
    body: &'t str,
    feedback: &'t str,
}

/// Parts the answers at `=` and `~`.
fn pieces(raw: &str) -> Result<Vec<Piece<'_>>, Reason> {
    let starts: Vec<usize> = places(raw, &['=', '~']).collect();
    let before = starts.first().and_then(|first| raw.get(..*first));
    if before.is_none_or(|text| !text.trim().is_empty()) {
        return Err(Reason::AnswerWithoutSign);
    }
    let ends = starts.iter().skip(1).copied().chain([raw.len()]);
    starts
        .iter()
        .zip(ends)
        .filter_map(|(start, end)| raw.get(*start..end))
        .map(piece)
        .collect()
}

fn piece(raw: &str) -> Result<Piece<'_>, Reason> {
    let right = raw.starts_with('=');
    let body = raw.get(1..).unwrap_or_default().trim();
    let (weight, body) = match body.strip_prefix('%') {
        None => (None, body),
        Some(rest) => {
            let (weight, body) = rest
                .split_once('%')
                .ok_or(Reason::BadWeight(short_of(rest)))?;
            let weight = number(weight).ok_or_else(|| Reason::BadWeight(short_of(weight)))?;
            if !(-100.0..=100.0).contains(&weight) {
                return Err(Reason::BadWeight(short_of(&weight.to_string())));
            }
            (Some(weight), body)
        }
    };
    let (body, feedback) = split(body, "#").unwrap_or((body, ""));
    Ok(Piece {
        right,
        weight,
        body: body.trim(),
        feedback,
    })
}

fn choices(raw: &str) -> Result<Kind, Reason> {
    let pieces = pieces(raw)?;
    if pieces.len() < 2 {
        return Err(Reason::TooFewChoices);
    }
    if pieces.iter().any(|piece| piece.body.is_empty()) {
        return Err(Reason::EmptyAnswer);
    }
    let single = pieces.iter().any(|piece| piece.right);
    let choices: Vec<Choice> = pieces.iter().map(choice).collect();
    let best = choices
        .iter()
        .map(|choice| choice.weight)
        .fold(0.0, f64::max);
    if best <= 0.0 {
        return Err(Reason::NoRightAnswer);
    }
    if single {
        if best < 100.0 {
            return Err(Reason::NothingIsWorthAll);
        }
        return Ok(Kind::Single(choices));
    }
    let sum: f64 = choices.iter().map(|choice| choice.weight.max(0.0)).sum();
    // A third is written 33.333 or 33: close enough.
    if (sum - 100.0).abs() > 1.0 {
        return Err(Reason::WeightsDoNotAddUp(format!("{sum:.1}")));
    }
    Ok(Kind::Multiple(choices))
}

fn choice(piece: &Piece<'_>) -> Choice {
    let usual = if piece.right { 100.0 } else { 0.0 };
    Choice {
        text: text(piece.body),
        weight: piece.weight.unwrap_or(usual),
        feedback: some_text(piece.feedback),
    }
}

fn short(pieces: &[Piece<'_>]) -> Result<Kind, Reason> {
    if pieces.iter().any(|piece| piece.body.is_empty()) {
        return Err(Reason::EmptyAnswer);
    }
    let choices: Vec<Choice> = pieces.iter().map(choice).collect();
    if choices.iter().all(|choice| choice.weight < 100.0) {
        return Err(Reason::NothingIsWorthAll);
    }
    Ok(Kind::Short(choices))
}

fn matching(pieces: &[Piece<'_>]) -> Result<Kind, Reason> {
    let pairs: Vec<Pair> = pieces
        .iter()
        .filter_map(|piece| split(piece.body, "->"))
        .map(|(left, right)| Pair {
            left: text(left),
            right: plain(right),
        })
        .collect();
    if pairs.iter().any(|pair| pair.right.is_empty()) {
        return Err(Reason::EmptyAnswer);
    }
    if pairs.iter().filter(|pair| !pair.left.is_empty()).count() < 2 {
        return Err(Reason::TooFewPairs);
    }
    Ok(Kind::Matching(pairs))
}

fn numeric(raw: &str) -> Result<Kind, Reason> {
    if places(raw, &['=', '~']).next() != Some(0) {
        let (body, feedback) = split(raw, "#").unwrap_or((raw, ""));
        let answer = NumericAnswer {
            numbers: numbers(body)?,
            weight: 100.0,
            feedback: some_text(feedback),
        };
        return Ok(Kind::Numeric {
            answers: vec![answer],
            otherwise: None,
        });
    }
    let (mut answers, mut otherwise) = (Vec::new(), None);
    for piece in pieces(raw)? {
        if piece.right {
            answers.push(NumericAnswer {
                numbers: numbers(piece.body)?,
                weight: piece.weight.unwrap_or(100.0),
                feedback: some_text(piece.feedback),
            });
        } else if piece.body.is_empty() || piece.body == "*" {
            otherwise = some_text(piece.feedback);
        } else {
            return Err(Reason::WrongNumber);
        }
    }
    if answers.iter().all(|answer| answer.weight < 100.0) {
        return Err(Reason::NothingIsWorthAll);
    }
    Ok(Kind::Numeric { answers, otherwise })
}

fn numbers(raw: &str) -> Result<Numbers, Reason> {
    let need = |text: &str| number(text).ok_or_else(|| Reason::BadNumber(short_of(text)));
    if let Some((low, high)) = raw.split_once("..") {
        let (low, high) = (need(low)?, need(high)?);
        if low > high {
            return Err(Reason::RangeUpsideDown);
        }
        return Ok(Numbers::Between { low, high });
    }
    let (value, tolerance) = raw.split_once(':').unwrap_or((raw, "0"));
    let (value, tolerance) = (need(value)?, need(tolerance)?);
    if tolerance < 0.0 {
        return Err(Reason::BadNumber(short_of(&tolerance.to_string())));
    }
    Ok(Numbers::Near { value, tolerance })
}

/// A number as people write it in French or English: `3.5`, `3,5`, `1 200`.
pub(crate) fn number(text: &str) -> Option<f64> {
    let digits: String = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            ',' => '.',
            '−' => '-',
            c => c,
        })
        .collect();
    let plain = digits
        .chars()
        .all(|c| c.is_ascii_digit() || "+-.eE".contains(c));
    digits
        .parse()
        .ok()
        .filter(|number: &f64| plain && number.is_finite())
}

/// The start of what someone wrote, to be shown in a message.
fn short_of(text: &str) -> String {
    text.trim().chars().take(30).collect()
}
