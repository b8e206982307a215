//! What can be filled into a text.

use std::borrow::Cow;

use fluent_bundle::FluentValue;
use fluent_bundle::types::{FluentNumber, FluentNumberOptions};

/// A value for a variable of a text.
///
/// Numbers choose the plural and are written with the separators of the language. What only
/// looks like a number (a year, a postcode, a sign-in code) must be passed as text.
#[derive(Debug, Clone, PartialEq)]
pub enum Arg<'a> {
    /// A count or another whole number.
    Integer(i64),
    /// A number with a fraction, written with at most two decimals.
    Decimal(f64),
    /// A text, inserted as it is: escaping for HTML is the business of the page.
    Text(Cow<'a, str>),
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Arg<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl<'a> From<Cow<'a, str>> for Arg<'a> {
    fn from(text: Cow<'a, str>) -> Self {
        Self::Text(text)
    }
}

impl From<f64> for Arg<'_> {
    fn from(number: f64) -> Self {
        Self::Decimal(number)
    }
}

macro_rules! from_whole_numbers {
    ($($number:ty),*) => {$(
        impl From<$number> for Arg<'_> {
            fn from(number: $number) -> Self {
                Self::Integer(i64::from(number))
            }
        }
    )*};
}

from_whole_numbers!(i8, i16, i32, i64, u8, u16, u32);

macro_rules! from_wide_numbers {
    ($($number:ty),*) => {$(
        impl From<$number> for Arg<'_> {
            /// Counts beyond `i64::MAX` do not occur; they would be shown as that.
            fn from(number: $number) -> Self {
                Self::Integer(i64::try_from(number).unwrap_or(i64::MAX))
            }
        }
    )*};
}

from_wide_numbers!(u64, usize);

impl<'a> Arg<'a> {
    /// The value as Fluent takes it.
    pub(super) fn to_fluent(&self) -> FluentValue<'_> {
        match self {
            Self::Integer(number) => FluentValue::from(*number),
            Self::Decimal(number) => {
                FluentValue::Number(FluentNumber::new(*number, FluentNumberOptions::default()))
            }
            Self::Text(text) => FluentValue::String(Cow::Borrowed(text)),
        }
    }
}
