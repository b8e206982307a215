//! In which language to answer.

use domain::language::Language;

/// The language of a request: asked for in the address, kept in the cookie, else what the browser prefers,
/// else French. What is no language of ours counts as not said.
pub(super) fn negotiate(
    asked: Option<&str>,
    kept: Option<&str>,
    accepted: Option<&str>,
) -> Language {
    asked
        .and_then(|text| text.parse().ok())
        .or_else(|| kept.and_then(|text| text.parse().ok()))
        .or_else(|| accepted.and_then(preferred))
        .unwrap_or_default()
}

/// The best language of an `Accept-Language` header that is one of ours.
fn preferred(header: &str) -> Option<Language> {
    header
        .split(',')
        .filter_map(|entry| {
            let mut parts = entry.split(';').map(str::trim);
            let language = parts.next()?.parse::<Language>().ok()?;
            let weight = parts
                .find_map(|part| part.strip_prefix("q="))
                .map_or(Some(1.0), |q| q.parse::<f32>().ok())
                .filter(|q| *q > 0.0)?;
            Some((weight, language))
        })
        // The first of equals is preferred, as it is written first.
        .reduce(|best, next| if next.0 > best.0 { next } else { best })
        .map(|(_, language)| language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_wins_over_the_cookie_and_the_cookie_over_the_browser() {
        assert_eq!(negotiate(Some("en"), Some("fr"), Some("fr")), Language::En);
        assert_eq!(negotiate(None, Some("en"), Some("fr")), Language::En);
        assert_eq!(negotiate(None, None, Some("en-GB,en;q=0.9")), Language::En);
        assert_eq!(negotiate(Some("zz"), None, None), Language::Fr);
    }

    #[test]
    fn the_browser_s_weights_are_respected_and_nonsense_ignored() {
        assert_eq!(preferred("nl, en;q=0.5, fr;q=0.8"), Some(Language::Fr));
        assert_eq!(preferred("en;q=0, fr;q=0.1"), Some(Language::Fr));
        assert_eq!(preferred("en, fr"), Some(Language::En));
        assert_eq!(preferred(";;,q=,en;q=x"), None);
    }
}
