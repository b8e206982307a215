//! The page templates: embedded in release builds, read from disk in debug builds so that an edit
//! shows at once. Strict about undefined names, everything escaped.

use std::borrow::Cow;
use std::collections::HashMap;

use documents::formats;
use documents::texts::{Arg, Texts};
use domain::input::Phone;
use domain::language::Language;
use jiff::civil::{Date, DateTime, Time};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, Serde, Value, ValueKind};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Output, UndefinedBehavior, context};
use rust_embed::RustEmbed;

use super::assets::Assets;
use super::frame::{Frame, Page};

#[derive(RustEmbed)]
#[folder = "templates/"]
struct Files;

/// The templates, ready in every language.
pub struct Templates {
    fr: Environment<'static>,
    en: Environment<'static>,
}

impl Templates {
    /// Sets up the templates with the addresses of the static files.
    #[must_use]
    pub fn new(assets: &Assets) -> Self {
        let addresses = assets.addresses();
        Self {
            fr: environment(Language::Fr, addresses.clone()),
            en: environment(Language::En, addresses),
        }
    }

    /// Renders a page.
    ///
    /// # Errors
    /// If the template does not exist or uses a name that the page does not have: a mistake of ours.
    pub fn render<P: Page>(
        &self,
        language: Language,
        frame: &Frame,
        page: &P,
    ) -> Result<String, Error> {
        self.render_value(language, P::TEMPLATE, frame, Value::from(Serde(page)))
    }

    /// Renders a template with data that has lost its type (samples).
    pub(crate) fn render_value(
        &self,
        language: Language,
        template: &str,
        frame: &Frame,
        page: Value,
    ) -> Result<String, Error> {
        let kept = match language {
            Language::Fr => &self.fr,
            Language::En => &self.en,
        };
        // An environment keeps what it has read. In debug builds a copy without memory reads anew.
        let fresh;
        let environment = if cfg!(debug_assertions) {
            fresh = kept.clone();
            &fresh
        } else {
            kept
        };
        environment
            .get_template(template)?
            .render(context! { frame => Value::from(Serde(frame)), ..page })
    }

    /// The names of all templates.
    #[cfg(test)]
    pub(crate) fn names() -> impl Iterator<Item = Cow<'static, str>> {
        Files::iter()
    }

    /// The source of a template.
    #[cfg(test)]
    pub(crate) fn source(name: &str) -> Option<String> {
        Files::get(name).map(|file| String::from_utf8_lossy(&file.data).into_owned())
    }
}

fn environment(language: Language, addresses: HashMap<String, String>) -> Environment<'static> {
    let mut env = Environment::new();
    if let Ok(syntax) = SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .build()
    {
        env.set_syntax(syntax);
    }
    env.set_loader(|name| {
        Ok(Files::get(name).map(|file| String::from_utf8_lossy(&file.data).into_owned()))
    });
    env.set_undefined_behavior(UndefinedBehavior::Strict);
    env.set_auto_escape_callback(|_| AutoEscape::Html);
    env.set_formatter(|out, state, value| {
        // What is absent is shown as nothing, not as the word “none”.
        if value.is_none() {
            return Ok(());
        }
        match value.as_str().filter(|_| !value.is_safe()) {
            Some(text) => escape(out, text),
            None => minijinja::escape_formatter(out, state, value),
        }
    });
    env.add_function("asset", move |name: &str| {
        addresses
            .get(name)
            .cloned()
            .ok_or_else(|| fault(format!("there is no static file “{name}”")))
    });
    env.add_function("t", move |key: Cow<'_, str>, values: Kwargs| {
        text(language, &key, &values)
    });
    env.add_function("t_exists", move |key: Cow<'_, str>| {
        Texts::embedded().has(language, &key)
    });
    env.add_function(
        "date_range",
        move |first: Serde<Date>, last: Serde<Date>| formats::date_range(language, *first, *last),
    );
    env.add_function("time_range", move |start: &str, end: &str| {
        Ok::<_, Error>(formats::time_range(language, clock(start)?, clock(end)?))
    });
    env.add_function("time_span", move |start: &str, end: &str| {
        Ok::<_, Error>(formats::time_span(language, clock(start)?, clock(end)?))
    });
    add_date_filters(&mut env, language);
    add_number_filters(&mut env, language);
    env
}

fn add_date_filters(env: &mut Environment<'static>, language: Language) {
    env.add_filter("date", move |day: &str| {
        day_of(day).map(|day| formats::date(language, day))
    });
    env.add_filter("date_without_year", move |day: &str| {
        day_of(day).map(|day| formats::date_without_year(language, day))
    });
    env.add_filter("date_without_weekday", move |day: &str| {
        day_of(day).map(|day| formats::date_without_weekday(language, day))
    });
    env.add_filter("date_short", move |day: &str| {
        day_of(day).map(|day| formats::date_short(language, day))
    });
    env.add_filter("month_and_year", move |day: &str| {
        day_of(day).map(|day| formats::month_and_year(language, day))
    });
    env.add_filter("weekday", move |day: &str| {
        day_of(day).map(|day| formats::weekday(language, day.weekday()))
    });
    env.add_filter("month", move |day: &str| {
        day_of(day).map(|day| formats::month(language, day.month()))
    });
    env.add_filter("day_number", move |day: &str| day_of(day).map(Date::day));
    env.add_filter("time", move |time: &str| {
        clock(time).map(|time| formats::time(language, time))
    });
}

fn add_number_filters(env: &mut Environment<'static>, language: Language) {
    env.add_filter("hours", move |minutes: u32| {
        formats::duration(language, minutes)
    });
    env.add_filter("phone", |number: &str| {
        Phone::parse(number).map_or_else(|_| number.to_owned(), |phone| phone.to_string())
    });
    env.add_filter("km", move |kilometres: f64| {
        formats::distance(language, kilometres)
    });
    env.add_filter("number", move |number: i64| {
        formats::integer(language, number)
    });
    env.add_filter("decimal", move |number: f64| {
        formats::decimal(language, number)
    });
    env.add_filter("percent", move |share: f64| {
        formats::percent(language, share)
    });
    env.add_filter("and_list", move |items: Vec<String>| {
        formats::list(language, &items)
    });
}

/// `t("key", name=value)`: a text of the interface. Whole numbers choose the plural.
fn text(language: Language, key: &str, values: &Kwargs) -> Result<String, Error> {
    let texts = Texts::embedded();
    if !texts.has(language, key) {
        return Err(fault(format!("there is no text “{key}” in {language}")));
    }
    let names: Vec<&str> = values.args().collect();
    if names.is_empty() {
        return Ok(texts.get(language, key));
    }
    let mut filled = Vec::with_capacity(names.len());
    for name in names {
        filled.push((name, argument(name, values.get::<Value>(name)?)?));
    }
    Ok(texts.format(language, key, &filled))
}

fn argument(name: &str, value: Value) -> Result<Arg<'static>, Error> {
    match value.kind() {
        ValueKind::Undefined => Err(fault(format!("the value of “{name}” is undefined"))),
        ValueKind::Number => Ok(match i64::try_from(value.clone()) {
            Ok(whole) => Arg::Integer(whole),
            Err(_) => Arg::Decimal(f64::try_from(value)?),
        }),
        _ => Ok(Arg::from(value.to_string())),
    }
}

/// Escapes a text for HTML, in content and in quoted attributes. (The engine's own way also escapes the
/// slash, which makes addresses twice as long and no safer.)
fn escape(out: &mut Output<'_>, text: &str) -> Result<(), Error> {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
        let (before, from) = rest.split_at(at);
        out.write_str(before)?;
        let mut after = from.chars();
        out.write_str(match after.next() {
            Some('&') => "&amp;",
            Some('<') => "&lt;",
            Some('>') => "&gt;",
            Some('"') => "&quot;",
            _ => "&#39;",
        })?;
        rest = after.as_str();
    }
    Ok(out.write_str(rest)?)
}

/// Reads the day of an ISO date or date with time.
fn day_of(text: &str) -> Result<Date, Error> {
    text.parse::<DateTime>().map(DateTime::date).map_err(|_| {
        fault(format!(
            "“{text}” is no date: pass a civil date in the territory's time zone"
        ))
    })
}

/// Reads the time of an ISO time or date with time.
fn clock(text: &str) -> Result<Time, Error> {
    text.parse::<DateTime>()
        .map(DateTime::time)
        .or_else(|_| text.parse())
        .map_err(|_| {
            fault(format!(
                "“{text}” is no time: pass a civil time in the territory's time zone"
            ))
        })
}

fn fault(sentence: String) -> Error {
    Error::new(ErrorKind::InvalidOperation, sentence)
}
