//! Forms with files.

use axum::body::Bytes;
use axum::extract::multipart::MultipartError;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::StatusCode;
use serde::de::DeserializeOwned;

use super::WebError;
use super::form::{read, visit_of};
use crate::State;

/// The most that an upload may weigh, in bytes; routes that take files set it with
/// `DefaultBodyLimit::max(upload::LIMIT)`.
pub const LIMIT: usize = 10 * 1024 * 1024;
/// More parts than this are no form of ours.
const MOST_PARTS: usize = 200;

/// A file as it was sent. Its name is the sender's: for showing, never for a path.
#[derive(Debug, Clone)]
pub struct SentFile {
    /// The name of the form's field.
    pub field: String,
    /// The name of the file on the sender's computer.
    pub name: String,
    /// The content.
    pub content: Bytes,
}

/// A posted form with files (`multipart/form-data`), with the same checks as [`super::Form`].
#[derive(Debug, Clone)]
pub struct Upload<T> {
    /// The fields that are no files.
    pub fields: T,
    /// The files; empty choices are left out.
    pub files: Vec<SentFile>,
}

impl<T: DeserializeOwned> FromRequest<State> for Upload<T> {
    type Rejection = WebError;

    async fn from_request(request: Request, state: &State) -> Result<Self, WebError> {
        let visit = visit_of(&request)?;
        let mut parts = Multipart::from_request(request, state)
            .await
            .map_err(|rejection| WebError::bad_request().because(rejection))?;
        let (mut texts, mut files) = (Vec::new(), Vec::new());
        while let Some(part) = parts.next_field().await.map_err(refusal)? {
            if texts.len() + files.len() >= MOST_PARTS {
                return Err(WebError::too_large());
            }
            let field = part.name().unwrap_or_default().to_owned();
            match part.file_name().map(str::to_owned) {
                None => texts.push((field, part.text().await.map_err(refusal)?)),
                Some(name) => {
                    let content = part.bytes().await.map_err(refusal)?;
                    if !name.is_empty() || !content.is_empty() {
                        files.push(SentFile {
                            field,
                            name,
                            content,
                        });
                    }
                }
            }
        }
        let encoded = serde_html_form::to_string(&texts).map_err(WebError::internal)?;
        Ok(Self {
            fields: read(state, &visit, encoded.as_bytes())?,
            files,
        })
    }
}

fn refusal(error: MultipartError) -> WebError {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => WebError::too_large(),
        _ => WebError::bad_request().because(error),
    }
}
