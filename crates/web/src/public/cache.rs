//! Public pages kept as they were sent, until anything changes.
//!
//! A public page is the same for everybody who is not signed in, and every change writes an event. So a page is good as long as the newest
//! event is the same; and for a minute at most, because sessions begin without an event.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::{Body, Bytes};
use axum::extract::{FromRequestParts, Request};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header, request};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use tower::{ServiceExt as _, service_fn};
use tower_http::CompressionLevel;
use tower_http::compression::Compression;

use crate::State;
use crate::shell::{Answer, Ctx, WebError};

/// Bytes kept in all.
const MOST_BYTES: usize = 8 * 1024 * 1024;
/// A longer address is some robot's: answered, not kept.
const LONGEST_KEY: usize = 600;
/// A larger body is not kept, in bytes.
const LARGEST: usize = 1024 * 1024;
/// How hard to compress: a page is sent more often than it is made.
const LEVEL: CompressionLevel = CompressionLevel::Precise(6);

/// The pages kept.
#[derive(Default)]
pub struct PublicCache(Mutex<Pages>);

#[derive(Default)]
struct Pages {
    /// Number of the newest event, and the minute.
    stamp: (i64, i64),
    kept: HashMap<String, Arc<Kept>>,
    bytes: usize,
}

/// A page as sent.
struct Kept {
    kind: HeaderValue,
    encoding: Encoding,
    tag: HeaderValue,
    body: Bytes,
}

impl PublicCache {
    fn get(&self, stamp: (i64, i64), key: &str) -> Option<Arc<Kept>> {
        let mut pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if pages.stamp != stamp {
            *pages = Pages {
                stamp,
                ..Pages::default()
            };
        }
        pages.kept.get(key).cloned()
    }

    fn keep(&self, stamp: (i64, i64), key: String, page: &Arc<Kept>) {
        let mut pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let bytes = page.body.len() + key.len();
        if pages.stamp != stamp || page.body.len() > LARGEST {
            return;
        }
        if pages.bytes + bytes > MOST_BYTES {
            pages.kept.clear();
            pages.bytes = 0;
        }
        pages.bytes += bytes;
        pages.kept.insert(key, Arc::clone(page));
    }
}

/// In which form the browser takes a body.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Brotli,
    Gzip,
    Plain,
}

impl Encoding {
    fn accepted(headers: &HeaderMap) -> Self {
        let accepted = headers
            .get(header::ACCEPT_ENCODING)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        let takes = |wanted: &str| {
            accepted.split(',').any(|entry| {
                let mut parts = entry.split(';').map(str::trim);
                parts.next() == Some(wanted)
                    && parts.all(|part| !matches!(part, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
            })
        };
        if takes("br") {
            Self::Brotli
        } else if takes("gzip") {
            Self::Gzip
        } else {
            Self::Plain
        }
    }

    const fn name(self) -> Option<&'static str> {
        match self {
            Self::Brotli => Some("br"),
            Self::Gzip => Some("gzip"),
            Self::Plain => None,
        }
    }
}

/// A request for a public page: answers from what is kept where it can.
pub(crate) struct Public {
    ctx: Ctx,
    address: String,
    encoding: Encoding,
    known: Option<HeaderValue>,
}

impl FromRequestParts<State> for Public {
    type Rejection = WebError;

    async fn from_request_parts(
        parts: &mut request::Parts,
        state: &State,
    ) -> Result<Self, WebError> {
        Ok(Self {
            ctx: Ctx::from_request_parts(parts, state).await?,
            address: parts.uri.to_string(),
            encoding: Encoding::accepted(&parts.headers),
            known: parts.headers.get(header::IF_NONE_MATCH).cloned(),
        })
    }
}

impl Public {
    /// The page as it is kept, or made now and kept.
    pub(crate) async fn answer<M: Future<Output = Answer> + Send>(
        self,
        make: impl FnOnce(Ctx) -> M + Send,
    ) -> Answer {
        if !self.ctx.is_for_everybody() || self.address.len() > LONGEST_KEY {
            return make(self.ctx).await;
        }
        let app = self.ctx.app();
        // Read before the page is made: what changes meanwhile makes a newer number.
        let newest = application::history::newest(app).await?;
        let stamp = (newest, app.now().as_second().div_euclid(60));
        let key = format!(
            "{} {} {}",
            self.ctx.language(),
            self.encoding.name().unwrap_or_default(),
            self.address
        );
        let cache = Arc::clone(&self.ctx.state.public);
        if let Some(kept) = cache.get(stamp, &key) {
            return Ok(kept.response(self.known.as_ref()));
        }
        let response = make(self.ctx).await?;
        if response.status() != StatusCode::OK
            || response.headers().contains_key(header::SET_COOKIE)
        {
            return Ok(response);
        }
        let kept = Arc::new(Kept::of(response, self.encoding).await?);
        cache.keep(stamp, key, &kept);
        Ok(kept.response(self.known.as_ref()))
    }
}

impl Kept {
    async fn of(response: Response, wanted: Encoding) -> Result<Self, WebError> {
        let kind = response
            .headers()
            .get(header::CONTENT_TYPE)
            .cloned()
            .unwrap_or_else(|| HeaderValue::from_static("application/octet-stream"));
        let plain = read(response).await?;
        let digest = Sha256::digest(&plain);
        let hex = data_encoding::HEXLOWER.encode(digest.get(..8).unwrap_or_default());
        let compressed = compress(&kind, &plain, wanted).await?;
        let (encoding, body) = match compressed {
            Some(body) => (wanted, body),
            None => (Encoding::Plain, plain),
        };
        // Weak: the same page in another encoding is the same to us.
        let tag = HeaderValue::from_str(&format!("W/\"{hex}\"")).map_err(WebError::internal)?;
        Ok(Self {
            kind,
            encoding,
            tag,
            body,
        })
    }

    /// The page, or that it has not changed since the browser last saw it.
    fn response(&self, known: Option<&HeaderValue>) -> Response {
        let is_known = known == Some(&self.tag);
        let mut response = if is_known {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            Body::from(self.body.clone()).into_response()
        };
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, self.kind.clone());
        headers.insert(header::ETAG, self.tag.clone());
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        if let Some(name) = self.encoding.name().filter(|_| !is_known) {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
        }
        response
    }
}

async fn read(response: Response) -> Result<Bytes, WebError> {
    axum::body::to_bytes(response.into_body(), usize::MAX)
        .await
        .map_err(WebError::internal)
}

/// The body in that encoding; nothing where it does not become smaller.
async fn compress(
    kind: &HeaderValue,
    plain: &Bytes,
    encoding: Encoding,
) -> Result<Option<Bytes>, WebError> {
    let Some(name) = encoding.name() else {
        return Ok(None);
    };
    let (kind, body) = (kind.clone(), plain.clone());
    let inner = service_fn(move |_: Request| {
        let mut response = Body::from(body.clone()).into_response();
        response
            .headers_mut()
            .insert(header::CONTENT_TYPE, kind.clone());
        std::future::ready(Ok::<_, Infallible>(response))
    });
    let request = Request::builder()
        .header(header::ACCEPT_ENCODING, name)
        .body(Body::empty())
        .map_err(WebError::internal)?;
    let answer = match Compression::new(inner)
        .quality(LEVEL)
        .oneshot(request)
        .await
    {
        Ok(answer) => answer.map(Body::new),
        Err(never) => match never {},
    };
    if !answer.headers().contains_key(header::CONTENT_ENCODING) {
        return Ok(None);
    }
    read(answer).await.map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(size: usize) -> Arc<Kept> {
        Arc::new(Kept {
            kind: HeaderValue::from_static("text/html"),
            encoding: Encoding::Plain,
            tag: HeaderValue::from_static("W/\"1\""),
            body: Bytes::from(vec![b'x'; size]),
        })
    }

    #[test]
    fn a_newer_event_or_minute_forgets_everything() {
        let cache = PublicCache::default();
        assert!(cache.get((1, 1), "a").is_none());
        cache.keep((1, 1), "a".to_owned(), &page(10));
        assert!(cache.get((1, 1), "a").is_some());
        assert!(cache.get((2, 1), "a").is_none());
        assert!(cache.get((1, 1), "a").is_none(), "it is gone for good");
    }

    #[test]
    fn a_page_made_from_what_was_before_is_not_kept_as_new() {
        let cache = PublicCache::default();
        assert!(cache.get((2, 1), "a").is_none());
        cache.keep((1, 1), "a".to_owned(), &page(10));
        assert!(cache.get((2, 1), "a").is_none());
    }

    #[test]
    fn never_more_than_so_many_bytes() {
        let cache = PublicCache::default();
        assert!(cache.get((1, 1), "").is_none());
        for number in 0..40 {
            cache.keep((1, 1), number.to_string(), &page(LARGEST / 2));
            assert!(cache.0.lock().unwrap().bytes <= MOST_BYTES);
        }
        cache.keep((1, 1), "large".to_owned(), &page(LARGEST + 1));
        assert!(cache.get((1, 1), "large").is_none());
    }

    #[test]
    fn the_smallest_form_that_the_browser_takes_is_chosen() {
        let accepted = |text| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(text));
            Encoding::accepted(&headers).name()
        };
        assert_eq!(accepted("gzip, deflate, br"), Some("br"));
        assert_eq!(accepted("gzip;q=0.5, br;q=0"), Some("gzip"));
        assert_eq!(accepted("identity"), None);
    }
}
