//! Finding one's way in text with escapes, and undoing and making them.

use super::question::{Format, Text};

/// The characters that mean something unless a backslash comes before.
const SPECIAL: [char; 9] = ['~', '=', '#', '{', '}', ':', '\\', '[', '%'];

/// The places of `wanted` that no backslash comes before.
pub(super) fn places<'t>(text: &'t str, wanted: &'t [char]) -> impl Iterator<Item = usize> + 't {
    let mut escaped = false;
    text.char_indices().filter_map(move |(place, c)| {
        if escaped {
            escaped = false;
            return None;
        }
        escaped = c == '\\';
        wanted.contains(&c).then_some(place)
    })
}

/// The place of a `mark` of several characters whose first one no backslash comes before.
pub(super) fn find(text: &str, mark: &str) -> Option<usize> {
    let first: Vec<char> = mark.chars().take(1).collect();
    places(text, &first).find(|place| {
        text.get(*place..)
            .is_some_and(|rest| rest.starts_with(mark))
    })
}

/// What comes before and after the first `mark`.
pub(super) fn split<'t>(text: &'t str, mark: &str) -> Option<(&'t str, &'t str)> {
    let place = find(text, mark)?;
    Some((text.get(..place)?, text.get(place + mark.len()..)?))
}

/// The text meant: without escapes, blanks around it and line breaks within.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.trim().chars();
    while let Some(c) = letters.next() {
        match c {
            '\\' => match letters.next() {
                Some('n') => out.push('\n'),
                Some(special) if SPECIAL.contains(&special) => out.push(special),
                Some(other) => {
                    out.push('\\');
                    out.push(other);
                }
                None => out.push('\\'),
            },
            '\n' | '\t' => out.push(' '),
            _ => out.push(c),
        }
    }
    out
}

/// The text meant, with its format.
pub(super) fn text(raw: &str) -> Text {
    let raw = raw.trim();
    let known = Format::ALL.into_iter().find_map(|format| {
        let rest = raw.strip_prefix('[')?;
        let name = rest.get(..format.name().len())?;
        let rest = rest.get(format.name().len()..)?.strip_prefix(']')?;
        name.eq_ignore_ascii_case(format.name())
            .then_some((format, rest))
    });
    match known {
        Some((format, rest)) => Text {
            format: Some(format),
            text: plain(rest),
        },
        None => Text::new(plain(raw)),
    }
}

/// A text, or nothing where there is none.
pub(super) fn some_text(raw: &str) -> Option<Text> {
    let read = text(raw);
    (!read.is_empty()).then_some(read)
}

/// A text as it is written into a file: what has a meaning of its own behind a backslash.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for (place, c) in text.char_indices() {
        match c {
            '\n' => out.push_str("\\n"),
            // These two mean something at the start only.
            '[' | '%' if place > 0 => out.push(c),
            _ => {
                if SPECIAL.contains(&c) {
                    out.push('\\');
                }
                out.push(c);
            }
        }
    }
    out
}

/// A text with its format, as it is written into a file.
pub(super) fn written(text: &Text) -> String {
    let format = text.format.map(|format| format!("[{}]", format.name()));
    format.unwrap_or_default() + &escaped(&text.text)
}
