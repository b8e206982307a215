//! Dates, hours, numbers and distances the way people of each language write them.
//!
//! Units and numbers are held together by no-break spaces (U+00A0), thousands by narrow ones
//! (U+202F) in French, so that a line never breaks inside. English is British: day before month.

use domain::language::Language;
use jiff::civil::{Date, Time, Weekday};

/// A no-break space, written between a number and its unit.
pub const NBSP: char = '\u{a0}';
/// A narrow no-break space, written between thousands and before `?`, `!` and `;` in French.
pub const NARROW: char = '\u{202f}';

const MONTHS_FR: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The name of a day of the week: “mardi”, “Tuesday”.
#[must_use]
pub fn weekday(language: Language, day: Weekday) -> &'static str {
    match language {
        Language::Fr => match day {
            Weekday::Monday => "lundi",
            Weekday::Tuesday => "mardi",
            Weekday::Wednesday => "mercredi",
            Weekday::Thursday => "jeudi",
            Weekday::Friday => "vendredi",
            Weekday::Saturday => "samedi",
            Weekday::Sunday => "dimanche",
        },
        Language::En => match day {
            Weekday::Monday => "Monday",
            Weekday::Tuesday => "Tuesday",
            Weekday::Wednesday => "Wednesday",
            Weekday::Thursday => "Thursday",
            Weekday::Friday => "Friday",
            Weekday::Saturday => "Saturday",
            Weekday::Sunday => "Sunday",
        },
    }
}

/// The name of a month, 1 to 12: “février”, “February”; empty for any other number.
#[must_use]
pub fn month(language: Language, number: i8) -> &'static str {
    let names = match language {
        Language::Fr => &MONTHS_FR,
        Language::En => &MONTHS_EN,
    };
    usize::try_from(number)
        .ok()
        .and_then(|number| names.get(number.checked_sub(1)?))
        .copied()
        .unwrap_or_default()
}

/// The day of a month: “1er”, “2”; “1”, “2”.
fn day_of_month(language: Language, date: Date) -> String {
    match (language, date.day()) {
        (Language::Fr, 1) => "1er".to_owned(),
        (_, day) => day.to_string(),
    }
}

/// “mardi 3 février 2026”, “Tuesday 3 February 2026”.
#[must_use]
pub fn date(language: Language, date: Date) -> String {
    format!("{} {}", date_without_year(language, date), date.year())
}

/// “mardi 3 février”, “Tuesday 3 February”.
#[must_use]
pub fn date_without_year(language: Language, date: Date) -> String {
    format!(
        "{} {}",
        weekday(language, date.weekday()),
        day_and_month(language, date)
    )
}

/// “3 février”, “3 February”, the day held to its month.
#[must_use]
pub fn day_and_month(language: Language, date: Date) -> String {
    format!(
        "{}{NBSP}{}",
        day_of_month(language, date),
        month(language, date.month())
    )
}

/// “3 février 2026”, “3 February 2026”.
#[must_use]
pub fn date_without_weekday(language: Language, date: Date) -> String {
    format!("{} {}", day_and_month(language, date), date.year())
}

/// “février 2026”, “February 2026”.
#[must_use]
pub fn month_and_year(language: Language, date: Date) -> String {
    format!("{} {}", month(language, date.month()), date.year())
}

/// For tables: “03/02/2026”, “3 Feb 2026” (never a day and a month that could be swapped).
#[must_use]
pub fn date_short(language: Language, date: Date) -> String {
    match language {
        Language::Fr => format!("{:02}/{:02}/{}", date.day(), date.month(), date.year()),
        Language::En => {
            let name = month(language, date.month());
            format!(
                "{}{NBSP}{}{NBSP}{}",
                date.day(),
                name.get(..3).unwrap_or(name),
                date.year()
            )
        }
    }
}

/// “du 3 février au 12 juin 2026”, “from 3 February to 12 June 2026”; one day alone is “le 3 février 2026”, “on 3 February 2026”.
#[must_use]
pub fn date_range(language: Language, first: Date, last: Date) -> String {
    let (from, to, on) = match language {
        Language::Fr => ("du", "au", "le"),
        Language::En => ("from", "to", "on"),
    };
    let end = date_without_weekday(language, last);
    if first == last {
        return format!("{on} {end}");
    }
    let start = if first.year() == last.year() {
        day_and_month(language, first)
    } else {
        date_without_weekday(language, first)
    };
    format!("{from} {start} {to} {end}")
}

/// “14 h 30”, “14 h”; “2:30 pm”, “2 pm”.
#[must_use]
pub fn time(language: Language, time: Time) -> String {
    let (hour, minute) = (time.hour(), time.minute());
    match language {
        Language::Fr if minute == 0 => format!("{hour}{NBSP}h"),
        Language::Fr => format!("{hour}{NBSP}h{NBSP}{minute:02}"),
        Language::En => {
            let half = if hour < 12 { "am" } else { "pm" };
            let hour = match hour % 12 {
                0 => 12,
                other => other,
            };
            if minute == 0 {
                format!("{hour}{NBSP}{half}")
            } else {
                format!("{hour}:{minute:02}{NBSP}{half}")
            }
        }
    }
}

/// “de 14 h à 16 h 30”, “from 2 pm to 4:30 pm”.
#[must_use]
pub fn time_range(language: Language, start: Time, end: Time) -> String {
    let (start, end) = (time(language, start), time(language, end));
    match language {
        Language::Fr => format!("de {start} à {end}"),
        Language::En => format!("from {start} to {end}"),
    }
}

/// For tables: “14 h – 16 h 30”, “2 pm – 4:30 pm”.
#[must_use]
pub fn time_span(language: Language, start: Time, end: Time) -> String {
    format!("{}{NBSP}– {}", time(language, start), time(language, end))
}

/// A length of time given in minutes: “45 min”, “6 h”, “6 h 30”; “6 h 30 min” in English.
#[must_use]
pub fn duration(language: Language, minutes: u32) -> String {
    let (hours, rest) = (minutes / 60, minutes % 60);
    match (hours, rest) {
        (0, rest) => format!("{rest}{NBSP}min"),
        (hours, 0) => format!("{}{NBSP}h", integer(language, i64::from(hours))),
        (hours, rest) => {
            let hours = integer(language, i64::from(hours));
            match language {
                Language::Fr => format!("{hours}{NBSP}h{NBSP}{rest:02}"),
                Language::En => format!("{hours}{NBSP}h{NBSP}{rest:02}{NBSP}min"),
            }
        }
    }
}

/// A whole number: “1 500” with a narrow no-break space, “1,500”.
#[must_use]
pub fn integer(language: Language, number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() * 2);
    if number < 0 {
        text.push('−');
    }
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(match language {
                Language::Fr => NARROW,
                Language::En => ',',
            });
        }
        text.push(digit);
    }
    text
}

/// A number with at most two decimals, none shown in vain: “1 234,5”, “1,234.5”.
/// What is no number is shown as a dash.
#[must_use]
pub fn decimal(language: Language, number: f64) -> String {
    if !number.is_finite() {
        return "–".to_owned();
    }
    let rounded = format!("{:.2}", number.abs());
    let (whole, fraction) = rounded.split_once('.').unwrap_or((&rounded, ""));
    let fraction = fraction.trim_end_matches('0');
    let whole: i64 = whole.parse().unwrap_or(i64::MAX);
    let sign = if number < 0.0 && (whole != 0 || !fraction.is_empty()) {
        "−"
    } else {
        ""
    };
    let whole = integer(language, whole);
    match (fraction, language) {
        ("", _) => format!("{sign}{whole}"),
        (fraction, Language::Fr) => format!("{sign}{whole},{fraction}"),
        (fraction, Language::En) => format!("{sign}{whole}.{fraction}"),
    }
}

/// A share from 0 to 1 in whole per cent: “25 %”, “25%”.
#[must_use]
pub fn percent(language: Language, share: f64) -> String {
    let number = decimal(language, (share * 100.0).round());
    match language {
        Language::Fr => format!("{number}{NBSP}%"),
        Language::En => format!("{number}%"),
    }
}

/// A distance given in kilometres: “2,5 km” below ten, “12 km” above.
#[must_use]
pub fn distance(language: Language, kilometres: f64) -> String {
    let rounded = if kilometres < 9.95 {
        (kilometres * 10.0).round() / 10.0
    } else {
        kilometres.round()
    };
    format!("{}{NBSP}km", decimal(language, rounded))
}

/// An enumeration: “a, b et c”, “a, b and c”.
#[must_use]
pub fn list<T: AsRef<str>>(language: Language, items: &[T]) -> String {
    let and = match language {
        Language::Fr => "et",
        Language::En => "and",
    };
    match items {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [others @ .., last] => {
            let others: Vec<&str> = others.iter().map(AsRef::as_ref).collect();
            format!("{} {and} {}", others.join(", "), last.as_ref())
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date as day, time as hour};

    use super::*;

    /// No-break spaces made plain, so that the expectations can be read.
    fn plain(text: &str) -> String {
        text.replace([NBSP, NARROW], " ")
    }

    #[test]
    fn dates_are_written_out_in_each_language() {
        let written = |language, at| plain(&date(language, at));
        assert_eq!(
            written(Language::Fr, day(2026, 2, 3)),
            "mardi 3 février 2026"
        );
        assert_eq!(
            written(Language::Fr, day(2026, 2, 1)),
            "dimanche 1er février 2026"
        );
        assert_eq!(
            written(Language::En, day(2026, 2, 3)),
            "Tuesday 3 February 2026"
        );
    }

    #[test]
    fn short_dates_cannot_be_mistaken_for_another_day() {
        assert_eq!(date_short(Language::Fr, day(2026, 2, 3)), "03/02/2026");
        assert_eq!(
            plain(&date_short(Language::En, day(2026, 2, 3))),
            "3 Feb 2026"
        );
    }

    #[test]
    fn a_range_names_the_year_once_when_it_is_the_same() {
        let range = |language, a, b| plain(&date_range(language, a, b));
        let (a, b, c) = (day(2026, 2, 3), day(2026, 6, 12), day(2027, 1, 1));
        assert_eq!(range(Language::Fr, a, b), "du 3 février au 12 juin 2026");
        assert_eq!(
            range(Language::Fr, a, c),
            "du 3 février 2026 au 1er janvier 2027"
        );
        assert_eq!(range(Language::En, a, a), "on 3 February 2026");
    }

    #[test]
    fn hours_are_written_as_people_say_them() {
        let written = |language, at| plain(&time(language, at));
        assert_eq!(written(Language::Fr, hour(14, 30, 0, 0)), "14 h 30");
        assert_eq!(written(Language::Fr, hour(9, 0, 0, 0)), "9 h");
        assert_eq!(written(Language::En, hour(14, 30, 0, 0)), "2:30 pm");
        assert_eq!(written(Language::En, hour(12, 0, 0, 0)), "12 pm");
        assert_eq!(written(Language::En, hour(0, 5, 0, 0)), "12:05 am");
    }

    #[test]
    fn lengths_of_time_keep_two_digits_for_minutes() {
        let written = |language, minutes| plain(&duration(language, minutes));
        assert_eq!(written(Language::Fr, 390), "6 h 30");
        assert_eq!(written(Language::Fr, 365), "6 h 05");
        assert_eq!(written(Language::Fr, 45), "45 min");
        assert_eq!(written(Language::En, 390), "6 h 30 min");
        assert_eq!(written(Language::En, 120), "2 h");
    }

    #[test]
    fn numbers_take_the_separators_of_the_language() {
        assert_eq!(integer(Language::Fr, 1_234_567), "1\u{202f}234\u{202f}567");
        assert_eq!(integer(Language::En, -38_000), "−38,000");
        assert_eq!(integer(Language::Fr, 999), "999");
        assert_eq!(decimal(Language::Fr, 2.50), "2,5");
        assert_eq!(decimal(Language::En, -0.001), "0");
        assert_eq!(plain(&percent(Language::Fr, 0.25)), "25 %");
    }

    #[test]
    fn distances_are_finer_nearby() {
        let written = |km| plain(&distance(Language::Fr, km));
        assert_eq!(written(2.46), "2,5 km");
        assert_eq!(written(9.97), "10 km");
        assert_eq!(written(12.3), "12 km");
    }

    #[test]
    fn enumerations_end_with_and() {
        assert_eq!(list(Language::Fr, &["a", "b", "c"]), "a, b et c");
        assert_eq!(list(Language::En, &["a", "b"]), "a and b");
        assert_eq!(list::<&str>(Language::En, &[]), "");
    }
}
