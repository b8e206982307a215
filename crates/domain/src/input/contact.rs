//! How to reach someone: e-mail and telephone.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{InputError, text};

/// An e-mail address that the mail server will take, in lower case.
///
/// Lower case throughout, because people type their own address differently from day to day
/// and no provider of the field tells capitals apart.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress(String);

impl EmailAddress {
    /// Most characters of an address (RFC 5321).
    pub const MAX: usize = 254;

    /// Reads an address such as `anne.petit@example.fr`.
    ///
    /// # Errors
    /// [`InputError::Empty`], [`InputError::TooLong`], [`InputError::ControlCharacters`],
    /// [`InputError::NotAnEmail`].
    pub fn parse(raw: &str) -> Result<Self, InputError> {
        let address = text::line(raw, Self::MAX)?.to_ascii_lowercase();
        let (local, host) = address.rsplit_once('@').ok_or(InputError::NotAnEmail)?;
        if is_local_part(local) && is_host(host) {
            Ok(Self(address))
        } else {
            Err(InputError::NotAnEmail)
        }
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_local_part(local: &str) -> bool {
    local.len() <= 64
        && local.split('.').all(|atom| {
            !atom.is_empty()
                && atom
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&b))
        })
}

fn is_host(host: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    let last = host.rsplit('.').next().unwrap_or_default();
    host.contains('.')
        && host.split('.').all(is_label)
        && last.len() >= 2
        && last.bytes().any(|b| b.is_ascii_alphabetic())
}

impl TryFrom<String> for EmailAddress {
    type Error = InputError;

    fn try_from(raw: String) -> Result<Self, InputError> {
        Self::parse(&raw)
    }
}

impl From<EmailAddress> for String {
    fn from(address: EmailAddress) -> Self {
        address.0
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where a number without its country code belongs.
///
/// Needed because 04 followed by eight digits is a landline of the French south-east and a
/// mobile phone in Belgium.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PhoneCountry {
    /// Ten digits beginning with 0.
    #[default]
    France,
    /// Nine digits beginning with 0, ten for mobile phones.
    Belgium,
}

/// A telephone number, kept as `+` and digits (E.164), shown as people write it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Phone(String);

impl Phone {
    /// Reads a number as typed in France; see [`Phone::parse_in`].
    ///
    /// # Errors
    /// Those of [`Phone::parse_in`].
    pub fn parse(raw: &str) -> Result<Self, InputError> {
        Self::parse_in(raw, PhoneCountry::France)
    }

    /// Reads a number with any of the usual separators: `03 21 03 04 05`, `+33 (0)3.21…`,
    /// `0032 475/12.34.56`. A number of nine digits beginning with 0 is Belgian anywhere.
    ///
    /// # Errors
    /// [`InputError::Empty`], [`InputError::ControlCharacters`], [`InputError::NotAPhone`].
    pub fn parse_in(raw: &str, country: PhoneCountry) -> Result<Self, InputError> {
        let line = text::line(raw, 40).map_err(|error| match error {
            InputError::TooLong { .. } => InputError::NotAPhone,
            other => other,
        })?;
        let line = line.replace("(0)", "");
        let (plus, rest) = match line.strip_prefix('+') {
            Some(rest) => (true, rest),
            None => (false, line.as_str()),
        };
        let mut digits = String::with_capacity(15);
        for c in rest.chars() {
            match c {
                '0'..='9' => digits.push(c),
                ' ' | '.' | '-' | '/' | '(' | ')' | '\u{2010}'..='\u{2013}' => {}
                _ => return Err(InputError::NotAPhone),
            }
        }
        let abroad = if plus {
            Some(digits.as_str())
        } else {
            digits.strip_prefix("00")
        };
        let whole = match abroad {
            Some(whole) => whole.to_owned(),
            None => with_country(&digits, country)?,
        };
        if is_international(&whole) {
            Ok(Self(format!("+{whole}")))
        } else {
            Err(InputError::NotAPhone)
        }
    }

    /// The number for machines and for `tel:` links: `+33321030405`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn with_country(digits: &str, country: PhoneCountry) -> Result<String, InputError> {
    let local = digits.strip_prefix('0').ok_or(InputError::NotAPhone)?;
    match (local.len(), country) {
        (9, PhoneCountry::France) => Ok(format!("33{local}")),
        (9, PhoneCountry::Belgium) if local.starts_with('4') => Ok(format!("32{local}")),
        (8, _) => Ok(format!("32{local}")),
        _ => Err(InputError::NotAPhone),
    }
}

fn is_international(whole: &str) -> bool {
    let plausible =
        |local: &str, lengths: &[usize]| lengths.contains(&local.len()) && !local.starts_with('0');
    if let Some(local) = whole.strip_prefix("33") {
        plausible(local, &[9])
    } else if let Some(local) = whole.strip_prefix("32") {
        plausible(
            local,
            if local.starts_with('4') {
                &[8, 9]
            } else {
                &[8]
            },
        )
    } else {
        plausible(whole, &[8, 9, 10, 11, 12, 13, 14, 15])
    }
}

/// Digits in groups of the given lengths, what is left in one last group.
fn grouped(digits: &str, lengths: &[usize]) -> String {
    let mut out = String::with_capacity(digits.len() + lengths.len());
    let mut rest = digits;
    for length in lengths {
        let Some((group, after)) = rest.split_at_checked(*length) else {
            break;
        };
        out.push_str(group);
        if !after.is_empty() {
            out.push(' ');
        }
        rest = after;
    }
    out + rest
}

impl TryFrom<String> for Phone {
    type Error = InputError;

    fn try_from(raw: String) -> Result<Self, InputError> {
        Self::parse(&raw)
    }
}

impl From<Phone> for String {
    fn from(phone: Phone) -> Self {
        phone.0
    }
}

impl fmt::Display for Phone {
    /// French numbers as dialled at home (`03 21 03 04 05`), others with their country code.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(local) = self.0.strip_prefix("+33") {
            write!(f, "{}", grouped(&format!("0{local}"), &[2, 2, 2, 2]))
        } else if let Some(local) = self.0.strip_prefix("+32") {
            let lengths: &[usize] = match (local.len(), local.get(..1)) {
                (9, _) => &[3, 2, 2],
                (_, Some("2" | "3" | "4" | "9")) => &[1, 3, 2],
                _ => &[2, 2, 2],
            };
            write!(f, "+32 {}", grouped(local, lengths))
        } else {
            write!(f, "{}", grouped(&self.0, &[4, 3, 3, 3]))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_kept_in_lower_case() {
        let address = EmailAddress::parse(" Anne.Petit+boutic@Mairie-Frevent.FR ").unwrap();
        assert_eq!(address.as_str(), "anne.petit+boutic@mairie-frevent.fr");
    }

    #[test]
    fn what_no_mail_server_takes_is_not_an_address() {
        let long_local = format!("{}@example.fr", "a".repeat(65));
        for bad in [
            "anne",
            "anne@",
            "@example.fr",
            "anne@example",
            "a b@example.fr",
            "anne@@example.fr",
            "anne@example..fr",
            ".anne@example.fr",
            "anne@-example.fr",
            "anne@example.f",
            "anné@example.fr",
            "<anne@example.fr>",
            "anne@example.fr,b@example.fr",
            "a@192.168.1.10",
            "anne;rm@example.fr",
            long_local.as_str(),
        ] {
            assert_eq!(
                EmailAddress::parse(bad),
                Err(InputError::NotAnEmail),
                "{bad}"
            );
        }
        assert_eq!(
            EmailAddress::parse("a@b.fr\0"),
            Err(InputError::ControlCharacters)
        );
        // A second header cannot be smuggled in: the line end becomes a space, which is refused.
        assert_eq!(
            EmailAddress::parse("a@b.fr\r\nBcc: c@d.fr"),
            Err(InputError::NotAnEmail)
        );
    }

    #[test]
    fn french_numbers_in_all_their_spellings_are_one_number() {
        for raw in [
            "0321030405",
            "03 21 03 04 05",
            "03.21.03.04.05",
            "03-21-03-04-05",
            "+33321030405",
            "+33 (0)3 21 03 04 05",
            "0033 3 21 03 04 05",
            " 03\u{a0}21 03 04 05 ",
        ] {
            let phone = Phone::parse(raw).unwrap();
            assert_eq!(phone.as_str(), "+33321030405", "{raw}");
            assert_eq!(phone.to_string(), "03 21 03 04 05");
        }
    }

    #[test]
    fn belgian_numbers_depend_on_where_they_are_typed_only_when_ambiguous() {
        let mobile = "0475/12.34.56";
        assert_eq!(Phone::parse(mobile).unwrap().as_str(), "+33475123456");
        let belgian = Phone::parse_in(mobile, PhoneCountry::Belgium).unwrap();
        assert_eq!(belgian.as_str(), "+32475123456");
        assert_eq!(belgian.to_string(), "+32 475 12 34 56");
        assert_eq!(Phone::parse("+32 475 12 34 56").unwrap(), belgian);
        let namur = Phone::parse("081 22 33 44").unwrap();
        assert_eq!(
            (namur.as_str(), namur.to_string().as_str()),
            ("+3281223344", "+32 81 22 33 44")
        );
        assert_eq!(
            Phone::parse("02 123 45 67").unwrap().to_string(),
            "+32 2 123 45 67"
        );
    }

    #[test]
    fn impossible_numbers_are_refused() {
        for bad in [
            "12",
            "0021",
            "3210304050",
            "03 21 03 04",
            "03 21 03 04 05 06",
            "+33 0 21 03 04 05",
            "03 21 03 04 0x",
            "00",
            "+",
            "++33321030405",
            "٠٣٢١٠٣٠٤٠٥",
            "1234567890123456789012345678901234567890123",
        ] {
            assert_eq!(Phone::parse(bad), Err(InputError::NotAPhone), "{bad}");
        }
        assert_eq!(Phone::parse(""), Err(InputError::Empty));
        assert_eq!(
            Phone::parse("+44 20 7946 0958").unwrap().as_str(),
            "+442079460958"
        );
    }

    #[test]
    fn what_is_shown_is_read_back_as_the_same_number() {
        for raw in [
            "0612345678",
            "+32475123456",
            "+3281223344",
            "+442079460958",
            "+352621123456",
        ] {
            let phone = Phone::parse(raw).unwrap();
            assert_eq!(Phone::parse(&phone.to_string()).unwrap(), phone);
        }
    }
}
