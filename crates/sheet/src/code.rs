//! What the codes of a sheet contain.

use thiserror::Error;

use crate::layout::Layout;

/// Who a line is for: a short number that the session's own list resolves; [`Tag::NOBODY`] on lines
/// for people who come unannounced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tag(pub u32);

impl Tag {
    /// A line without a name.
    pub const NOBODY: Self = Self(0);
}

/// Which page of which session's sheet: what its code says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SheetId {
    session: [u8; 16],
    page: u8,
    pages: u8,
    first_half_day: u8,
    half_days: u8,
    lines: u8,
}

/// What cannot be a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SheetError {
    /// No half day, or more than [`Layout::HALF_DAYS_MOST`].
    #[error("a page has 1 to {most} half days, not {0}", most = Layout::HALF_DAYS_MOST)]
    HalfDays(u8),
    /// No line, or more than [`Layout::LINES_MOST`].
    #[error("a page has 1 to {most} lines, not {0}", most = Layout::LINES_MOST)]
    Lines(u8),
    /// A page beyond the last.
    #[error("there is no page {page} of {pages}")]
    Page {
        /// From 1.
        page: u8,
        /// How many there are.
        pages: u8,
    },
}

/// First letters of every sheet's code, with the edition of the layout.
const PREFIX: &str = "ESSR1";
/// First letter of every line's code.
const LINE_PREFIX: &str = "L";

impl SheetId {
    /// A page.
    ///
    /// - `session`: the session's id, as 16 bytes
    /// - `page`, `pages`: which of how many, from 1
    /// - `first_half_day`: number of the first half day on it within the session, from 0
    /// - `half_days`, `lines`: how many are on it
    ///
    /// # Errors
    /// [`SheetError`] for what does not fit a page.
    pub const fn new(
        session: [u8; 16],
        (page, pages): (u8, u8),
        first_half_day: u8,
        half_days: u8,
        lines: u8,
    ) -> Result<Self, SheetError> {
        if half_days == 0 || half_days > Layout::HALF_DAYS_MOST {
            return Err(SheetError::HalfDays(half_days));
        }
        if lines == 0 || lines > Layout::LINES_MOST {
            return Err(SheetError::Lines(lines));
        }
        if page == 0 || page > pages {
            return Err(SheetError::Page { page, pages });
        }
        Ok(Self {
            session,
            page,
            pages,
            first_half_day,
            half_days,
            lines,
        })
    }

    /// The session's id.
    #[must_use]
    pub const fn session(&self) -> [u8; 16] {
        self.session
    }

    /// Which page, from 1, of how many.
    #[must_use]
    pub const fn page(&self) -> (u8, u8) {
        (self.page, self.pages)
    }

    /// Number of the page's first half day within the session, from 0.
    #[must_use]
    pub const fn first_half_day(&self) -> u8 {
        self.first_half_day
    }

    /// How many half days the page has.
    #[must_use]
    pub const fn half_days(&self) -> u8 {
        self.half_days
    }

    /// How many lines the page has.
    #[must_use]
    pub const fn lines(&self) -> u8 {
        self.lines
    }

    fn bytes(&self) -> Vec<u8> {
        let counts = [
            self.page,
            self.pages,
            self.first_half_day,
            self.half_days,
            self.lines,
        ];
        self.session.into_iter().chain(counts).collect()
    }

    /// The text of the sheet's QR code: capitals and digits only, 42 of them (version 3 at
    /// correction Q takes 47).
    #[must_use]
    pub fn code(&self) -> String {
        format!("{PREFIX}{}", letters(&with_check(&self.bytes(), &[])))
    }

    /// Reads [`SheetId::code`] back; `None` for any other text.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        let bytes = unchecked(&bytes_of(code.strip_prefix(PREFIX)?, 23)?, &[])?;
        let (session, counts) = bytes.split_first_chunk::<16>()?;
        let &[page, pages, first, half_days, lines] = counts else {
            return None;
        };
        Self::new(*session, (page, pages), first, half_days, lines).ok()
    }

    /// The text of a line's QR code, 13 capitals and digits (version 1 at correction Q takes 16). Its
    /// check covers the sheet's code too: a line of another page is no line of this one.
    #[must_use]
    pub fn line_code(&self, line: u8, tag: Tag) -> String {
        let [a, b, c, d] = tag.0.to_be_bytes();
        let check = with_check(&[line, a, b, c, d], &self.bytes());
        format!("{LINE_PREFIX}{}", letters(&check))
    }

    /// The tag of a line of this sheet; `None` for any other text, line or sheet.
    #[must_use]
    pub fn parse_line(&self, line: u8, code: &str) -> Option<Tag> {
        let checked = bytes_of(code.strip_prefix(LINE_PREFIX)?, 7)?;
        let bytes = unchecked(&checked, &self.bytes())?;
        match *bytes.as_slice() {
            [at, a, b, c, d] if at == line => Some(Tag(u32::from_be_bytes([a, b, c, d]))),
            _ => None,
        }
    }
}

/// CRC-16/IBM-3740 (polynomial 0x1021, start 0xFFFF).
fn crc(bytes: impl IntoIterator<Item = u8>) -> u16 {
    bytes.into_iter().fold(0xFFFF, |crc, byte| {
        (0..8).fold(crc ^ (u16::from(byte) << 8), |crc, _| {
            let carried = crc & 0x8000 != 0;
            (crc << 1) ^ if carried { 0x1021 } else { 0 }
        })
    })
}

fn with_check(bytes: &[u8], context: &[u8]) -> Vec<u8> {
    let check = crc(context.iter().chain(bytes).copied());
    [bytes, &check.to_be_bytes()].concat()
}

fn unchecked(bytes: &[u8], context: &[u8]) -> Option<Vec<u8>> {
    let (bytes, check) = bytes.split_last_chunk::<2>()?;
    let expected = crc(context.iter().chain(bytes).copied());
    (expected.to_be_bytes() == *check).then(|| bytes.to_vec())
}

/// Five bits a letter; the alphabet of Crockford's base 32, all of it in the QR code's own.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

fn letters(bytes: &[u8]) -> String {
    let (mut text, mut held, mut bits) = (String::new(), 0_u32, 0);
    let mut put = |value: u32| {
        let letter = ALPHABET.get((value & 31) as usize).copied();
        text.push(char::from(letter.unwrap_or(b'0')));
    };
    for byte in bytes {
        held = (held << 8) | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            put(held >> bits);
        }
        held &= (1 << bits) - 1;
    }
    if bits > 0 {
        put(held << (5 - bits));
    }
    text
}

/// Exactly so many bytes; the bits over must be nought.
fn bytes_of(text: &str, count: usize) -> Option<Vec<u8>> {
    if text.len() != (count * 8).div_ceil(5) {
        return None;
    }
    let (mut bytes, mut held, mut bits) = (Vec::with_capacity(count), 0_u32, 0);
    for letter in text.bytes() {
        let value = ALPHABET.iter().position(|known| *known == letter)?;
        held = (held << 5) | u32::try_from(value).ok()?;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from((held >> bits) & 0xFF).ok()?);
            held &= (1 << bits) - 1;
        }
    }
    (held == 0 && bytes.len() == count).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet() -> SheetId {
        let session = *b"\x01\x9a\xff\x00session-test";
        SheetId::new(session, (2, 3), 4, 3, 11).unwrap()
    }

    #[test]
    fn the_checksum_is_the_one_named() {
        // The check value of the catalogue of parametrised CRC algorithms.
        assert_eq!(crc(*b"123456789"), 0x29B1);
    }

    #[test]
    fn a_sheet_reads_back_from_its_code() {
        let code = sheet().code();
        assert_eq!(code.len(), 42);
        assert_eq!(SheetId::parse(&code), Some(sheet()));
    }

    #[test]
    fn a_line_reads_back_on_its_own_place_of_its_own_sheet_only() {
        let code = sheet().line_code(5, Tag(0xDEAD_BEEF));
        assert_eq!(code.len(), 13);
        assert_eq!(sheet().parse_line(5, &code), Some(Tag(0xDEAD_BEEF)));
        assert_eq!(sheet().parse_line(6, &code), None);
        let other = SheetId::new(sheet().session, (1, 3), 4, 3, 11).unwrap();
        assert_eq!(other.parse_line(5, &code), None);
    }

    #[test]
    fn one_letter_altered_is_never_taken() {
        for (code, line) in [
            (sheet().code(), None),
            (sheet().line_code(0, Tag(7)), Some(0)),
        ] {
            for at in 0..code.len() {
                for letter in ALPHABET {
                    let mut altered = code.clone().into_bytes();
                    altered[at] = *letter;
                    let altered = String::from_utf8(altered).unwrap();
                    if altered == code {
                        continue;
                    }
                    match line {
                        None => assert_eq!(SheetId::parse(&altered), None, "{altered}"),
                        Some(line) => assert_eq!(sheet().parse_line(line, &altered), None),
                    }
                }
            }
        }
    }

    #[test]
    fn other_texts_are_no_sheet() {
        for text in [
            "",
            "ESSR1",
            "https://essor.example/",
            "ESSR1éééééééééééé",
            "L",
        ] {
            assert_eq!(SheetId::parse(text), None);
            assert_eq!(sheet().parse_line(0, text), None);
        }
    }

    #[test]
    fn a_page_that_does_not_fit_is_refused() {
        let new = |page, half_days, lines| SheetId::new([0; 16], page, 0, half_days, lines);
        assert_eq!(new((1, 1), 0, 1), Err(SheetError::HalfDays(0)));
        assert_eq!(new((1, 1), 5, 1), Err(SheetError::HalfDays(5)));
        assert_eq!(new((1, 1), 1, 0), Err(SheetError::Lines(0)));
        assert_eq!(new((1, 1), 1, 12), Err(SheetError::Lines(12)));
        assert_eq!(
            new((2, 1), 1, 1),
            Err(SheetError::Page { page: 2, pages: 1 })
        );
    }
}
