//! Badges as pictures: the signed text inside of a PNG or SVG file, and out of it again (Open Badges 3.0, “baking”).

/// Longest signed text looked for in a picture, in bytes.
const LONGEST: usize = 64 * 1024;
/// The keyword of the PNG text chunk.
const KEYWORD: &[u8] = b"openbadgecredential";
/// What every PNG file begins with.
const PNG: [u8; 8] = [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a];
/// Length and bytes of the header chunk, which comes first: 4 + 4 + 13 + 4.
const HEADER: usize = 25;

/// Which picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Art {
    /// For a certificate of attendance.
    Attendance,
    /// For a certificate of success.
    Success,
}

impl Art {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Attendance, Self::Success];

    /// The name of its files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Attendance => "presence",
            Self::Success => "reussite",
        }
    }

    /// The picture as PNG, without a badge in it.
    #[must_use]
    pub const fn png(self) -> &'static [u8] {
        match self {
            Self::Attendance => include_bytes!("../art/presence.png"),
            Self::Success => include_bytes!("../art/reussite.png"),
        }
    }

    /// The picture as SVG, without a badge in it.
    #[must_use]
    pub const fn svg(self) -> &'static str {
        match self {
            Self::Attendance => include_str!("../art/presence.svg"),
            Self::Success => include_str!("../art/reussite.svg"),
        }
    }

    /// The picture as PNG with a compact badge in it.
    #[must_use]
    pub fn baked_png(self, token: &str) -> Vec<u8> {
        let (before, after) = self.png().split_at(PNG.len() + HEADER);
        // Keyword, not compressed, no language, no translated keyword.
        let mut data = KEYWORD.to_vec();
        data.extend_from_slice(&[0, 0, 0, 0, 0]);
        data.extend_from_slice(token.as_bytes());
        let mut chunk = b"iTXt".to_vec();
        chunk.extend_from_slice(&data);
        let length = u32::try_from(data.len()).unwrap_or(u32::MAX);
        let mut file = before.to_vec();
        file.extend_from_slice(&length.to_be_bytes());
        file.extend_from_slice(&chunk);
        file.extend_from_slice(&checksum(&chunk).to_be_bytes());
        file.extend_from_slice(after);
        file
    }

    /// The picture as SVG with a compact badge in it. A compact badge is letters, digits, `-`, `_` and `.` only.
    #[must_use]
    pub fn baked_svg(self, token: &str) -> String {
        self.svg()
            .replacen(
                "<svg ",
                "<svg xmlns:openbadges=\"https://purl.imsglobal.org/ob/v3p0\" ",
                1,
            )
            .replacen(
                "<title>",
                &format!("<openbadges:credential verify=\"{token}\"/><title>"),
                1,
            )
    }
}

/// The checksum of PNG chunks (CRC-32 of ISO 3309).
fn checksum(bytes: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in bytes {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = if sum & 1 == 1 {
                (sum >> 1) ^ 0xedb8_8320
            } else {
                sum >> 1
            };
        }
    }
    !sum
}

/// The text of a badge in a file that somebody shows: from a PNG or SVG picture, or the file itself when it is text. Nothing when there is
/// none; whether the text is a badge is not judged here.
#[must_use]
pub fn text_of(file: &[u8]) -> Option<String> {
    if let Some(chunks) = file.strip_prefix(&PNG) {
        return from_png(chunks);
    }
    let text = std::str::from_utf8(file).ok()?;
    match text.find("<openbadges:credential") {
        Some(at) => from_svg(text.get(at..)?),
        None if text.contains("<svg") => None,
        None => Some(text.to_owned()),
    }
}

fn from_png(mut rest: &[u8]) -> Option<String> {
    loop {
        let (length, after) = rest.split_first_chunk::<4>()?;
        let (kind, after) = after.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        let data = after.get(..length)?;
        if kind == b"iTXt"
            && let Some(text) = data.strip_prefix(KEYWORD)
        {
            // Compressed texts are refused: the standard forbids them, and a small one can become a very large one.
            let [0, 0, _, more @ ..] = text else {
                return None;
            };
            let mut parts = more.splitn(3, |byte| *byte == 0);
            let text = parts.nth(2)?;
            return (text.len() <= LONGEST).then(|| String::from_utf8_lossy(text).into_owned());
        }
        rest = after.get(length.checked_add(4)?..)?;
    }
}

fn from_svg(element: &str) -> Option<String> {
    let (tag, after) = element.split_once('>')?;
    if let Some((_, value)) = tag.split_once("verify=") {
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        return value.get(1..)?.split(quote).next().map(str::to_owned);
    }
    let (inner, _) = after.split_once("</openbadges:credential>")?;
    let inner = inner.trim();
    let json = inner
        .strip_prefix("<![CDATA[")
        .and_then(|text| text.strip_suffix("]]>"))
        .unwrap_or(inner);
    Some(json.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "eyJhbGciOiJFZERTQSJ9.e30.AAAA-_";

    #[test]
    fn a_badge_comes_out_of_the_picture_it_was_put_in() {
        for art in Art::ALL {
            let png = art.baked_png(TOKEN);
            assert_eq!(text_of(&png).as_deref(), Some(TOKEN));
            assert_eq!(
                png.len(),
                art.png().len() + 12 + KEYWORD.len() + 5 + TOKEN.len()
            );
            assert_eq!(
                text_of(art.baked_svg(TOKEN).as_bytes()).as_deref(),
                Some(TOKEN)
            );
            assert_eq!(text_of(art.png()), None, "no badge in the bare picture");
            assert_eq!(text_of(art.svg().as_bytes()), None);
        }
        assert_eq!(text_of(TOKEN.as_bytes()).as_deref(), Some(TOKEN));
        let json =
            "<svg><openbadges:credential><![CDATA[{\"a\":1}]]></openbadges:credential></svg>";
        assert_eq!(text_of(json.as_bytes()).as_deref(), Some("{\"a\":1}"));
    }

    #[test]
    fn the_checksum_is_that_of_the_format() {
        assert_eq!(
            checksum(b"IEND"),
            0xae42_6082,
            "as at the end of every PNG file"
        );
    }

    #[test]
    fn a_broken_picture_holds_no_badge_and_does_no_harm() {
        let good = Art::Success.baked_png(TOKEN);
        for cut in 0..120 {
            let _ = text_of(&good[..cut]);
        }
        let mut endless = PNG.to_vec();
        endless.extend_from_slice(&[0xff; 40]);
        assert_eq!(text_of(&endless), None);
        assert_eq!(text_of(&[0xff, 0xfe, 0x00]), None);
        let mut compressed = good.clone();
        let at = compressed
            .windows(KEYWORD.len())
            .position(|part| part == KEYWORD)
            .unwrap();
        compressed[at + KEYWORD.len() + 1] = 1;
        assert_eq!(text_of(&compressed), None);
        assert_eq!(text_of(b"<svg><openbadges:credential verify=x"), None);
    }
}
