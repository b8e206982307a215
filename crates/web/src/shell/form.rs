//! Forms: checked to come from a page of ours, read with repeated fields.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{StatusCode, header};
use documents::texts::{Arg, Texts};
use domain::input::InputError;
use domain::language::Language;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::WebError;
use super::visit::Visit;
use crate::State;

/// A posted form. Declare fields as `String`, `Option<String>` or `Vec<String>` with `#[serde(default)]`
/// and check them afterwards: what people typed must be able to go back to them.
///
/// Refused before the handler runs: without the page's token (403), not a form (400), a field of the
/// wrong shape (422), too large (413).
#[derive(Debug, Clone)]
pub struct Form<T>(pub T);

#[derive(Deserialize)]
struct Token {
    #[serde(default)]
    csrf: Vec<String>,
}

impl<T: DeserializeOwned> FromRequest<State> for Form<T> {
    type Rejection = WebError;

    async fn from_request(request: Request, state: &State) -> Result<Self, WebError> {
        let visit = visit_of(&request)?;
        let is_form = request
            .headers()
            .get(header::CONTENT_TYPE)
            .is_some_and(|kind| {
                kind.as_bytes()
                    .starts_with(b"application/x-www-form-urlencoded")
            });
        if !is_form {
            return Err(WebError::bad_request().because("not a form"));
        }
        let body =
            Bytes::from_request(request, state)
                .await
                .map_err(|rejection| match rejection.into_response_status() {
                    StatusCode::PAYLOAD_TOO_LARGE => WebError::too_large(),
                    _ => WebError::bad_request().because("the body broke off"),
                })?;
        read(state, &visit, &body).map(Self)
    }
}

/// The status of a rejection.
trait Status {
    fn into_response_status(self) -> StatusCode;
}

impl Status for axum::extract::rejection::BytesRejection {
    fn into_response_status(self) -> StatusCode {
        self.status()
    }
}

/// The visit that the shell's layer has put into the request.
pub(super) fn visit_of(request: &Request) -> Result<Arc<Visit>, WebError> {
    request
        .extensions()
        .get::<Arc<Visit>>()
        .cloned()
        .ok_or_else(|| WebError::internal("a route outside of the shell's layers"))
}

/// Reads url-encoded fields after checking their token.
pub(super) fn read<T: DeserializeOwned>(
    state: &State,
    visit: &Visit,
    fields: &[u8],
) -> Result<T, WebError> {
    let token: Token = serde_html_form::from_bytes(fields)
        .map_err(|error| WebError::bad_request().because(error))?;
    let is_ours = token
        .csrf
        .iter()
        .any(|token| visit.holds(&state.app, token));
    if !is_ours {
        let sentence = Texts::embedded().get(visit.language, "error-form-expired");
        return Err(WebError::forbidden()
            .saying(sentence)
            .because("form token missing or wrong"));
    }
    serde_html_form::from_bytes(fields).map_err(|error| {
        let sentence = Texts::embedded().get(visit.language, "error-form-malformed");
        WebError::unprocessable().saying(sentence).because(error)
    })
}

/// What is wrong with the fields of a form, by name: one sentence each, in the reader's language.
///
/// In a template, `errors.name` is the sentence or undefined; the macros of `components.html` take it as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct FieldErrors(BTreeMap<Cow<'static, str>, String>);

impl FieldErrors {
    /// What a use case found wrong with its command, for the form it came from. Anything but wrong fields
    /// is not for the form and comes back as it is.
    ///
    /// # Errors
    /// Every error but [`application::Error::Invalid`].
    pub fn of(error: application::Error, language: Language) -> Result<Self, WebError> {
        let application::Error::Invalid(wrong) = error else {
            return Err(error.into());
        };
        let mut errors = Self::default();
        for field in wrong {
            errors.add(field.field, sentence(&field.error, language));
        }
        Ok(errors)
    }

    /// Notes what is wrong with a field. The first thing said of a field stays.
    pub fn add(&mut self, field: impl Into<Cow<'static, str>>, sentence: impl Into<String>) {
        self.0
            .entry(field.into())
            .or_insert_with(|| sentence.into());
    }

    /// Takes the value, or notes what is wrong with it.
    pub fn keep<V, E>(
        &mut self,
        field: &'static str,
        result: Result<V, E>,
        sentence: impl FnOnce(E) -> String,
    ) -> Option<V> {
        match result {
            Ok(value) => Some(value),
            Err(error) => {
                self.add(field, sentence(error));
                None
            }
        }
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What is wrong with a field.
    #[must_use]
    pub fn get(&self, field: &str) -> Option<&str> {
        self.0.get(field).map(String::as_str)
    }
}

/// What is wrong with an entry, in a language.
#[must_use]
pub fn sentence(error: &InputError, language: Language) -> String {
    let (figures, words) = (error.figures(), error.words());
    let figures = figures
        .iter()
        .map(|(name, figure)| (*name, Arg::Integer(*figure)));
    let words = words
        .iter()
        .map(|(name, word)| (*name, Arg::from(word.as_str())));
    let values: Vec<_> = figures.chain(words).collect();
    Texts::embedded().format(language, error.key(), &values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wrong_entry_has_its_sentence_in_every_language() {
        for error in InputError::samples() {
            for language in Language::ALL {
                let sentence = sentence(&error, language);
                assert!(
                    !sentence.is_empty() && !sentence.contains('⟦'),
                    "{error:?} in {language}: {sentence}"
                );
            }
        }
    }
}
