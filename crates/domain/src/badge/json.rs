//! JSON that can be signed: read strictly, written in the one form of RFC 8785 (JSON Canonicalization Scheme).
//!
//! What two readers could understand differently is refused rather than read: a name that stands twice, a number that is not a whole one
//! of at most 2⁵³ − 1, more than [`DEEPEST`] levels. Our badges need none of these.

use std::fmt::{self, Write as _};

use serde::de::{self, Deserialize, DeserializeSeed, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// Levels of objects and lists that a badge may have; ours have seven.
pub const DEEPEST: usize = 16;
/// The largest whole number that every reader of JSON keeps exactly (RFC 7493).
const LARGEST: i64 = 9_007_199_254_740_991;

/// Reads a text strictly.
///
/// # Errors
/// What the text is not, in English, for the log.
pub fn read(text: &str) -> Result<Value, serde_json::Error> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let value = Level(DEEPEST).deserialize(&mut reader)?;
    reader.end()?;
    Ok(value)
}

/// A value, of which so many levels may follow.
struct Level(usize);

impl<'de> DeserializeSeed<'de> for Level {
    type Value = Value;

    fn deserialize<D: de::Deserializer<'de>>(self, reader: D) -> Result<Value, D::Error> {
        reader.deserialize_any(self)
    }
}

impl Level {
    fn next<E: de::Error>(&self) -> Result<Self, E> {
        let left = self.0.checked_sub(1);
        left.map(Self).ok_or_else(|| E::custom("too many levels"))
    }
}

fn whole<E: de::Error>(number: i64) -> Result<Value, E> {
    if (-LARGEST..=LARGEST).contains(&number) {
        Ok(Value::Number(Number::from(number)))
    } else {
        Err(E::custom("a number that is too large"))
    }
}

impl<'de> Visitor<'de> for Level {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON without doubled names and without fractions")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Value, E> {
        whole(value)
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Value, E> {
        whole(i64::try_from(value).unwrap_or(i64::MAX))
    }

    fn visit_f64<E: de::Error>(self, _: f64) -> Result<Value, E> {
        Err(E::custom("a number with a fraction or an exponent"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element_seed(self.next()?)? {
            values.push(value);
        }
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(Name(name)) = members.next_key()? {
            let value = members.next_value_seed(self.next()?)?;
            if map.insert(name, value).is_some() {
                return Err(de::Error::custom("a name that stands twice"));
            }
        }
        Ok(Value::Object(map))
    }
}

/// The name of a member: nothing but text.
struct Name(String);

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: de::Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        String::deserialize(reader).map(Self)
    }
}

/// The one way to write a value (RFC 8785): names in order of their UTF-16 units, no space, the shortest escapes. Numbers are whole here
/// (see [`read`]), so that their shortest form is plain decimal.
#[must_use]
pub fn canonical(value: &Value) -> String {
    let mut out = String::new();
    write(value, &mut out);
    out
}

fn write(value: &Value, out: &mut String) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(yes) => out.push_str(if *yes { "true" } else { "false" }),
        Value::Number(number) => {
            // Writing into a string cannot fail.
            let _ = write!(out, "{number}");
        }
        Value::String(text) => quote(text, out),
        Value::Array(values) => {
            out.push('[');
            for (place, value) in values.iter().enumerate() {
                if place > 0 {
                    out.push(',');
                }
                write(value, out);
            }
            out.push(']');
        }
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
            out.push('{');
            for (place, (name, value)) in members.into_iter().enumerate() {
                if place > 0 {
                    out.push(',');
                }
                quote(name, out);
                out.push(':');
                write(value, out);
            }
            out.push('}');
        }
    }
}

fn quote(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\u{c}' => out.push_str("\\f"),
            '\r' => out.push_str("\\r"),
            c if c < ' ' => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}
