//! What the pages of people, organisations, files and history have in common: addresses with filters, pages, dates, words.

use documents::texts::Texts;
use domain::language::Language;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;

/// Lines on one page of a list.
pub(crate) const PAGE: i64 = 50;

/// An instant as the desk's clocks show it, ISO text for the templates' date filters; empty for one that is none.
pub(crate) fn local(milliseconds: i64, zone: &TimeZone) -> String {
    Timestamp::from_millisecond(milliseconds)
        .map(|at| {
            zone.to_datetime(at)
                .round(jiff::Unit::Minute)
                .unwrap_or_default()
                .to_string()
        })
        .unwrap_or_default()
}

/// A choice of a form.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Choice {
    pub(crate) value: String,
    pub(crate) label: String,
}

impl Choice {
    pub(crate) fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
        }
    }
}

/// The sectors to choose from.
pub(crate) fn sectors(language: Language) -> Vec<Choice> {
    let sectors = &application::content::vocabulary().sectors;
    sectors
        .iter()
        .map(|sector| Choice::new(&sector.slug, sector.label.get(language)))
        .collect()
}

/// The profiles to choose from.
pub(crate) fn profiles(language: Language) -> Vec<Choice> {
    let profiles = &application::content::vocabulary().profiles;
    profiles
        .iter()
        .map(|profile| Choice::new(&profile.slug, profile.label.get(language)))
        .collect()
}

/// The word for a sector's slug.
pub(crate) fn sector_label(slug: Option<&str>, language: Language) -> String {
    let Some(slug) = slug else {
        return String::new();
    };
    application::content::vocabulary()
        .sector(slug)
        .map_or(slug, |sector| sector.label.get(language))
        .to_owned()
}

/// The words for a stored list of profiles.
pub(crate) fn profile_labels(audience: &str, language: Language) -> Vec<String> {
    let vocabulary = application::content::vocabulary();
    application::people::profiles_of(audience)
        .iter()
        .map(|slug| {
            vocabulary
                .profile(slug)
                .map_or(slug.as_str(), |profile| profile.label.get(language))
                .to_owned()
        })
        .collect()
}

/// A commune as shown, or its code when it is not known.
pub(crate) fn commune(code: Option<&str>) -> String {
    let Some(code) = code else {
        return String::new();
    };
    let label = application::people::commune_label(code);
    if label.is_empty() {
        code.to_owned()
    } else {
        label
    }
}

/// The title of a module.
pub(crate) fn module(slug: &str, language: Language) -> String {
    application::content::catalogue()
        .module(slug)
        .map_or(slug, |module| module.title.get(language))
        .to_owned()
}

/// The word for a stored slug, or the slug itself.
pub(crate) fn word(prefix: &str, slug: &str, language: Language) -> String {
    Texts::embedded()
        .find(language, &format!("{prefix}{slug}"))
        .unwrap_or_else(|| slug.to_owned())
}

/// An address with its filters; empty ones are left out.
pub(crate) fn address(path: &str, filters: &[(&str, &str)]) -> String {
    let told: Vec<_> = filters
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .collect();
    match serde_html_form::to_string(&told) {
        Ok(query) if !query.is_empty() => format!("{path}?{query}"),
        _ => path.to_owned(),
    }
}

/// The address of a list narrowed to `told`, some of it changed.
pub(super) fn changed_address(
    path: &str,
    told: &[(&str, &str)],
    changed: &[(&str, &str)],
) -> String {
    let is_changed = |name: &str| changed.iter().any(|(other, _)| *other == name);
    let mut filters: Vec<(&str, &str)> = told
        .iter()
        .copied()
        .filter(|(name, _)| !is_changed(name))
        .collect();
    filters.extend(changed);
    address(path, &filters)
}

/// Whether what was told narrows a list, rather than only sorting it.
pub(super) fn narrows(told: &[(&str, &str)]) -> bool {
    told.iter()
        .any(|(name, value)| !matches!(*name, "tri" | "sens") && !value.trim().is_empty())
}

/// The pages of a list, as the macro `pagination` takes them.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Pages {
    from: i64,
    to: i64,
    total: i64,
    previous: Option<String>,
    next: Option<String>,
}

/// The number of a page from an address, from 1.
pub(crate) fn page_number(raw: &str) -> i64 {
    raw.trim().parse().unwrap_or(1).clamp(1, 1_000_000)
}

impl Pages {
    /// Page `number` of `total` lines; `with_page` makes the address of another page.
    pub(crate) fn new(
        number: i64,
        shown: usize,
        total: i64,
        with_page: impl Fn(i64) -> String,
    ) -> Self {
        let before = (number - 1) * PAGE;
        let shown = i64::try_from(shown).unwrap_or_default();
        Self {
            from: if shown == 0 { 0 } else { before + 1 },
            to: before + shown,
            total,
            previous: (number > 1).then(|| with_page(number - 1)),
            next: (before + shown < total).then(|| with_page(number + 1)),
        }
    }
}

/// The head of a column that sorts.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct SortLink {
    pub(crate) href: String,
    pub(crate) direction: &'static str,
}

impl SortLink {
    /// The head for the order `slug`, when the list is in the order `current`, turned round if `descending`.
    pub(crate) fn new(
        slug: &str,
        current: &str,
        descending: bool,
        with: impl Fn(&str, &str) -> String,
    ) -> Self {
        let is_current = slug == current;
        Self {
            href: with(
                slug,
                if is_current && !descending {
                    "desc"
                } else {
                    ""
                },
            ),
            direction: match (is_current, descending) {
                (false, _) => "",
                (true, false) => "ascending",
                (true, true) => "descending",
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_stay_in_the_address_and_hostile_ones_stay_values() {
        assert_eq!(address("/p", &[("q", ""), ("tri", "")]), "/p");
        assert_eq!(
            address("/p", &[("q", "a&b=c"), ("tri", "nom")]),
            "/p?q=a%26b%3Dc&tri=nom"
        );
    }

    #[test]
    fn an_instant_is_shown_in_local_time() {
        assert_eq!(
            local(1_791_187_200_000, &TimeZone::get("Europe/Paris").unwrap()),
            "2026-10-05T10:00:00"
        );
    }

    #[test]
    fn nonsense_is_the_first_page() {
        for (raw, page) in [
            ("", 1),
            ("0", 1),
            ("-3", 1),
            ("2", 2),
            ("99999999999999999999", 1),
            ("x", 1),
        ] {
            assert_eq!(page_number(raw), page);
        }
    }
}
