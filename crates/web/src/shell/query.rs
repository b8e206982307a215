//! Filters in an address: never a reason to refuse a page.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request;
use serde::de::DeserializeOwned;

/// More pairs than this are no address of ours.
const MOST_PAIRS: usize = 100;

/// The query string. Values that cannot be read are left out and named in `ignored`, so that the page
/// can say so; all others hold. `T` needs `#[serde(default)]` on the whole struct.
#[derive(Debug, Clone, PartialEq)]
pub struct Query<T> {
    /// What could be read.
    pub value: T,
    /// The names of what could not.
    pub ignored: Vec<String>,
}

impl<T: DeserializeOwned + Default> Query<T> {
    /// Reads a query string.
    #[must_use]
    pub fn read(query: &str) -> Self {
        if let Ok(value) = serde_html_form::from_str(query) {
            return Self {
                value,
                ignored: Vec::new(),
            };
        }
        let (mut kept, mut ignored) = (String::new(), Vec::new());
        for pair in query
            .split('&')
            .filter(|pair| !pair.is_empty())
            .take(MOST_PAIRS)
        {
            let longer = if kept.is_empty() {
                pair.to_owned()
            } else {
                format!("{kept}&{pair}")
            };
            if serde_html_form::from_str::<T>(&longer).is_ok() {
                kept = longer;
            } else {
                ignored.push(pair.split('=').next().unwrap_or_default().to_owned());
            }
        }
        Self {
            value: serde_html_form::from_str(&kept).unwrap_or_default(),
            ignored,
        }
    }
}

impl<T: DeserializeOwned + Default, S: Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut request::Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::read(parts.uri.query().unwrap_or_default()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Default, PartialEq, Deserialize)]
    #[serde(default)]
    struct Filter {
        theme: Vec<String>,
        km: Option<u32>,
        page: u32,
    }

    #[test]
    fn what_can_be_read_holds_and_the_rest_is_named() {
        let query = Query::<Filter>::read("theme=web&km=loin&theme=mail&page=2&inconnu=1");
        assert_eq!(
            query.value,
            Filter {
                theme: vec!["web".into(), "mail".into()],
                km: None,
                page: 2
            }
        );
        assert_eq!(query.ignored, ["km"]);
    }

    #[test]
    fn nonsense_is_an_empty_filter() {
        for query in [
            "",
            "&&&",
            "page=-1",
            "page=1&page=2",
            "%ff=%fe",
            "=",
            "page=99999999999999",
        ] {
            let read = Query::<Filter>::read(query);
            assert!(read.value.page <= 1, "{query}");
        }
    }
}
