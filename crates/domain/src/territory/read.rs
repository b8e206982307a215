//! Reading the data files (CSV without line breaks inside fields).

use std::borrow::Cow;

/// A data file that is not as expected: the program was built from wrong data.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}, line {line}: {reason}")]
pub struct ReadError {
    /// Which file.
    pub file: &'static str,
    /// Line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub reason: &'static str,
}

/// Calls `each` with the `N` fields of every line after the header.
pub(super) fn rows<const N: usize>(
    file: &'static str,
    text: &'static str,
    mut each: impl FnMut([Cow<'static, str>; N]) -> Result<(), &'static str>,
) -> Result<(), ReadError> {
    for (index, line) in text.lines().enumerate().skip(1) {
        let error = |reason| ReadError {
            file,
            line: index + 1,
            reason,
        };
        let mut fields = [const { Cow::Borrowed("") }; N];
        let mut rest = Some(line);
        for field in &mut fields {
            let (value, after) = split(rest.ok_or(error("a field is missing"))?).map_err(error)?;
            *field = value;
            rest = after;
        }
        if rest.is_some() {
            return Err(error("too many fields"));
        }
        each(fields).map_err(error)?;
    }
    Ok(())
}

/// The first field of a line, and what is left of the line when it goes on.
fn split(line: &'static str) -> Result<(Cow<'static, str>, Option<&'static str>), &'static str> {
    let Some(quoted) = line.strip_prefix('"') else {
        return Ok(match line.split_once(',') {
            Some((field, rest)) => (Cow::Borrowed(field), Some(rest)),
            None => (Cow::Borrowed(line), None),
        });
    };
    let mut end = 0;
    loop {
        let (before, after) = quoted
            .get(end..)
            .and_then(|rest| rest.split_once('"'))
            .ok_or("a quotation mark is not closed")?;
        end += before.len();
        match after.chars().next() {
            Some('"') => end += 2,
            Some(',') | None => {
                let field = quoted.get(..end).unwrap_or_default();
                return Ok((
                    Cow::Owned(field.replace("\"\"", "\"")),
                    after.strip_prefix(','),
                ));
            }
            Some(_) => return Err("a quotation mark stands inside a field"),
        }
    }
}

/// A field that is never quoted and so lies in the embedded text itself.
#[expect(
    clippy::ptr_arg,
    reason = "a &str would not live as long as the embedded text"
)]
pub(super) fn plain(field: &Cow<'static, str>) -> Result<&'static str, &'static str> {
    match field {
        Cow::Borrowed(text) => Ok(text),
        Cow::Owned(_) => Err("a quoted field where a plain one is expected"),
    }
}

/// A number, or nothing.
pub(super) fn number<T: std::str::FromStr>(field: &str) -> Result<Option<T>, &'static str> {
    if field.is_empty() {
        return Ok(None);
    }
    field.parse().map(Some).map_err(|_| "not a number")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &'static str) -> Result<Vec<[String; 2]>, ReadError> {
        let mut out = Vec::new();
        rows::<2>("x.csv", text, |fields| {
            out.push(fields.map(Cow::into_owned));
            Ok(())
        })?;
        Ok(out)
    }

    #[test]
    fn quoted_fields_keep_commas_and_quotation_marks() {
        let rows = read("a,b\n1,\"x, \"\"y\"\"\"\n\"\",2\n,\n").unwrap();
        assert_eq!(rows, [["1", "x, \"y\""], ["", "2"], ["", ""]]);
    }

    #[test]
    fn a_wrong_line_is_told_by_its_number() {
        for (text, line) in [
            ("a,b\n1,2\n3", 3),
            ("a,b\n1,2,3", 2),
            ("a,b\n\"1,2", 2),
            ("a,b\n\"1\"x,2", 2),
        ] {
            assert_eq!(read(text).unwrap_err().line, line, "{text}");
        }
    }
}
