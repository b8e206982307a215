//! Style sheet, scripts and pictures: embedded, under names that change with their content.

use std::collections::HashMap;
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

#[derive(RustEmbed)]
#[folder = "static/"]
struct Files;

/// One file in the forms it is sent in.
struct Asset {
    kind: &'static str,
    plain: Bytes,
    gzip: Option<Bytes>,
    brotli: Option<Bytes>,
}

/// All files, by hashed name.
pub struct Assets {
    by_address: HashMap<String, Asset>,
    addresses: HashMap<String, String>,
}

impl Assets {
    /// Reads what `cargo xtask assets` has built.
    #[must_use]
    pub fn embedded() -> Self {
        let read = |name: &str| Files::get(name).map(|file| Bytes::from(file.data.into_owned()));
        let mut by_address = HashMap::new();
        let mut addresses = HashMap::new();
        for name in Files::iter().filter(|name| !name.ends_with(".br") && !name.ends_with(".gz")) {
            let Some(plain) = read(&name) else { continue };
            let hash = data_encoding::HEXLOWER.encode(&Sha256::digest(&plain));
            let hashed = match name.rsplit_once('.') {
                Some((stem, ending)) => {
                    format!("{stem}.{}.{ending}", hash.get(..10).unwrap_or_default())
                }
                None => format!("{name}.{}", hash.get(..10).unwrap_or_default()),
            };
            let asset = Asset {
                kind: kind(&name),
                plain,
                gzip: read(&format!("{name}.gz")),
                brotli: read(&format!("{name}.br")),
            };
            addresses.insert(name.into_owned(), format!("/static/{hashed}"));
            by_address.insert(hashed, asset);
        }
        Self {
            by_address,
            addresses,
        }
    }

    /// The address of a file by the name it was built under, such as `essor.css`.
    #[must_use]
    pub fn address(&self, name: &str) -> Option<&str> {
        self.addresses.get(name).map(String::as_str)
    }

    /// What a file holds, by the name it was built under.
    pub(crate) fn content(&self, name: &str) -> Option<Bytes> {
        let hashed = self.address(name)?.strip_prefix("/static/")?;
        Some(self.by_address.get(hashed)?.plain.clone())
    }

    /// The addresses of all files by name.
    pub(crate) fn addresses(&self) -> HashMap<String, String> {
        self.addresses.clone()
    }
}

/// `GET /static/{name}`: sent compressed where the browser takes it, kept for a year.
pub(crate) async fn serve(
    assets: Arc<Assets>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Response {
    let Some(asset) = assets.by_address.get(&name) else {
        return (StatusCode::NOT_FOUND, "404").into_response();
    };
    let accepted = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let accepts = |coding: &str| {
        accepted
            .split(',')
            .any(|one| one.split(';').next().unwrap_or_default().trim() == coding)
    };
    let (body, coding) = match (&asset.brotli, &asset.gzip) {
        (Some(brotli), _) if accepts("br") => (brotli, Some("br")),
        (_, Some(gzip)) if accepts("gzip") => (gzip, Some("gzip")),
        _ => (&asset.plain, None),
    };
    let mut response = Response::new(Body::from(body.clone()));
    let about = response.headers_mut();
    about.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.kind));
    about.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=31536000, immutable"),
    );
    about.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(coding) = coding {
        about.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    response
}

fn kind(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    }
}
